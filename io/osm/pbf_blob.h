/* One Blob of a PBF map as it lies in the file, and what it unpacks to. Inner to io/osm.
 *
 * Memory: a block of at most XD_PBF_BLOCK_BYTES_MAX, grown only after the packed bytes were found to be able to hold it.
 * Errors: XD_DATA located at the block, XD_NO_MEMORY. Threads: one unpacker, one thread. */
#ifndef XD_IO_OSM_PBF_BLOB_H
#define XD_IO_OSM_PBF_BLOB_H

#include "io/bytes/protobuf.h"
#include "io/osm/pbf_block.h"

struct libdeflate_decompressor;

struct xd_pbf_blob {
    struct xd_location at;
    struct xd_protobuf raw, zlib; /* one of them */
    bool raw_seen, zlib_seen, raw_size_seen;
    uint64_t raw_size;
    const char *unsupported; /* name of a compression that is not read */
};

/* Looks at bytes[n] of a Blob message; *blob borrows them. */
XD_MUST_CHECK enum xd_status xd_pbf_blob_parse(const void *bytes, size_t n, struct xd_location at, struct xd_pbf_blob *blob, struct xd_error *error);
size_t xd_pbf_blob_size(const struct xd_pbf_blob *blob); /* bytes that it unpacks to, as far as can be told and is allowed */

struct xd_pbf_unpacker { /* zero-initialise */
    struct libdeflate_decompressor *decompressor;
    unsigned char *block;
    size_t block_capacity;
};

/* The content as bytes that may be changed: in the unpacker, or in place of a raw Blob. */
XD_MUST_CHECK enum xd_status xd_pbf_unpack(struct xd_pbf_unpacker *unpacker, const struct xd_pbf_blob *blob, unsigned char **bytes, size_t *n,
                                           struct xd_error *error);
void xd_pbf_unpacker_free(struct xd_pbf_unpacker *unpacker);

XD_MUST_CHECK enum xd_status xd_pbf_broken(struct xd_location at, const char *what, const char *problem, struct xd_error *error);

#endif
