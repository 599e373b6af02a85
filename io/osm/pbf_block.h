/* Decodes one PrimitiveBlock of a PBF map: dense and plain nodes, ways, relations. Inner to io/osm.
 *
 * Cost: O(bytes of the block); groups that the sink does not want are stepped over. Memory: 4 bytes a string, plus one object.
 * Errors: XD_DATA located at the block; what the sink returns. Source: wiki.openstreetmap.org/wiki/PBF_Format. */
#ifndef XD_IO_OSM_PBF_BLOCK_H
#define XD_IO_OSM_PBF_BLOCK_H

#include "io/osm/object.h"

enum { XD_PBF_BLOCK_BYTES_MAX = 32 * 1024 * 1024 };

struct xd_pbf_block_reader { /* zero-initialise */
    const struct xd_osm_sink *sink;
    struct xd_location at; /* of the block */
    struct xd_osm_draft draft;
    const char *string_bytes;
    uint32_t *strings; /* offsets from string_bytes */
    size_t strings_n, strings_capacity;
    int64_t granularity_nano; /* nanodegrees a unit */
    int64_t lat_offset_nano, lon_offset_nano;
    struct xd_error *error;
};

/* Changes bytes[n]: strings are moved by a byte to make room for their NUL. */
XD_MUST_CHECK enum xd_status xd_pbf_block_read(struct xd_pbf_block_reader *reader, unsigned char *bytes, size_t n, struct xd_error *error);
void xd_pbf_block_reader_free(struct xd_pbf_block_reader *reader);

#endif
