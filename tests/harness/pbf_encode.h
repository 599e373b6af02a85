/* Writes small PBF maps for tests, whole ones from objects and odd ones piece by piece. Ends the program when memory is short. */
#ifndef XD_TESTS_PBF_ENCODE_H
#define XD_TESTS_PBF_ENCODE_H

#include "base/buffer.h"
#include "maps/osm_object.h"

/* Pieces of the wire format, appended to out. */
void pbf_varint(struct xd_buffer *out, uint64_t value);
void pbf_zigzag(struct xd_buffer *out, int64_t value);
void pbf_number(struct xd_buffer *out, unsigned field, uint64_t value);
void pbf_bytes(struct xd_buffer *out, unsigned field, const void *bytes, size_t n);
void pbf_text(struct xd_buffer *out, unsigned field, const char *text);
void pbf_part(struct xd_buffer *out, unsigned field, const struct xd_buffer *part);

/* Length, BlobHeader of type and Blob around content. */
enum pbf_packing { PBF_RAW, PBF_ZLIB };
void pbf_block(struct xd_buffer *out, const char *type, const struct xd_buffer *content, enum pbf_packing packing);
/* The same around a Blob as it stands. */
void pbf_block_of_blob(struct xd_buffer *out, const char *type, const struct xd_buffer *blob);
void pbf_deflate(struct xd_buffer *out, const struct xd_buffer *content);
/* An OSMHeader block with the two usual features, and one more unless NULL. */
void pbf_header(struct xd_buffer *out, const char *one_more_feature, enum pbf_packing packing);

struct pbf_form {
    bool dense;
    enum pbf_packing packing;
    int64_t granularity_nano; /* positions must be multiples of it */
    int64_t lat_offset_nano, lon_offset_nano;
};

/* An object with a version below 0 is one that was deleted by the version of that number. */
struct pbf_map {
    const struct xd_osm_node *nodes;
    size_t nodes_n;
    const struct xd_osm_way *ways;
    size_t ways_n;
    const struct xd_osm_relation *relations;
    size_t relations_n;
};

/* A header and one block for each kind of object. ends[0..2] (may be NULL): bytes of out at the end of each block but the last. */
void pbf_map_write(struct xd_buffer *out, const struct pbf_map *map, const struct pbf_form *form, size_t ends[3]);

#endif
