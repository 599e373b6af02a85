/* Decodes one PrimitiveBlock of a PBF map: dense and plain nodes, ways, relations. Inner to io/osm.
 *
 * Cost: O(bytes of the block); groups that the sink does not want are stepped over. Memory: 4 bytes a string, plus one object.
 * Errors: XD_DATA located at the block; what the sink returns. Source: wiki.openstreetmap.org/wiki/PBF_Format. */
#ifndef XD_IO_OSM_PBF_BLOCK_H
#define XD_IO_OSM_PBF_BLOCK_H

#include "io/osm/object.h"

enum { XD_PBF_BLOCK_BYTES_MAX = 32 * 1024 * 1024 };
enum { XD_PBF_NODES = 1, XD_PBF_WAYS = 2, XD_PBF_RELATIONS = 4 }; /* sorts of objects in a block */

/* Nodes without tags that wait to be given together. */
enum { XD_PBF_COLUMN_NODES = 512 };
struct xd_pbf_columns {
    int64_t ids[XD_PBF_COLUMN_NODES];
    struct xd_position positions[XD_PBF_COLUMN_NODES];
    int32_t nodes_n;
};

struct xd_pbf_block_reader { /* zero-initialise */
    const struct xd_osm_sink *sink;
    void *context;         /* the sink's, or one of its parts */
    struct xd_location at; /* of the block */
    struct xd_osm_draft draft;
    struct xd_pbf_columns columns;
    const char *string_bytes;
    uint32_t *strings; /* offsets from string_bytes */
    size_t strings_n, strings_capacity;
    int64_t granularity_nano; /* nanodegrees a unit */
    int64_t lat_offset_nano, lon_offset_nano;
    struct xd_error *error;
};

/* The sorts of objects that the sink takes. */
uint8_t xd_pbf_kinds_wanted(const struct xd_osm_sink *sink);
/* Changes bytes[n]: strings are moved by a byte to make room for their NUL. *kinds: XD_PBF_NODES ... that the block holds. */
XD_MUST_CHECK enum xd_status xd_pbf_block_read(struct xd_pbf_block_reader *reader, unsigned char *bytes, size_t n, uint8_t *kinds,
                                               struct xd_error *error);
void xd_pbf_block_reader_free(struct xd_pbf_block_reader *reader);

#endif
