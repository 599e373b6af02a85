/* libdeflate unpacks a whole Blob twice as fast as zlib, but does not say what is wrong with a bad one: zlib is asked then, for its words. */
#include "io/osm/pbf_blob.h"

#include "base/alloc.h"

#include <libdeflate.h>
#include <zlib.h>

enum { DEFLATE_RATIO_MAX = 1032 /* zlib's own limit: a longer result than this times the input cannot be true */ };

enum xd_status xd_pbf_broken(struct xd_location at, const char *what, const char *problem, struct xd_error *error)
{
    return xd_fail(error, XD_DATA, at, "%s is damaged: %s; download the map again", xd_message(what), xd_message(problem));
}

enum xd_status xd_pbf_blob_parse(const void *bytes, size_t n, struct xd_location at, struct xd_pbf_blob *blob, struct xd_error *error)
{
    static const char *const unsupported[] = {[4] = "lzma", [5] = "bzip2", [6] = "lz4", [7] = "zstd"};
    struct xd_protobuf message = xd_protobuf_over(bytes, n);
    struct xd_protobuf_field field;
    enum xd_protobuf_result result;
    *blob = (struct xd_pbf_blob){.at = at};
    while ((result = xd_protobuf_next(&message, &field)) == XD_PROTOBUF_OK) {
        if (field.number == 1 && field.type == XD_PROTOBUF_BYTES) {
            blob->raw = field.bytes;
            blob->raw_seen = true;
        } else if (field.number == 2 && field.type == XD_PROTOBUF_VARINT) {
            blob->raw_size = field.value;
            blob->raw_size_seen = true;
        } else if (field.number == 3 && field.type == XD_PROTOBUF_BYTES) {
            blob->zlib = field.bytes;
            blob->zlib_seen = true;
        } else if (field.number < XD_ARRAY_LENGTH(unsupported) && unsupported[field.number]) {
            blob->unsupported = unsupported[field.number];
        }
    }
    if (result != XD_PROTOBUF_END)
        return xd_pbf_broken(at, "a Blob", xd_protobuf_problem(result), error);
    if (blob->unsupported)
        return xd_fail(error, XD_DATA, at,
                       "this block is packed with %s; expected zlib or none: convert the map first (osmium cat MAP -o map.osm.pbf)",
                       blob->unsupported);
    if (blob->raw_seen == blob->zlib_seen)
        return xd_pbf_broken(at, "a Blob", "it must hold either raw or zlib data", error);
    return XD_OK;
}

size_t xd_pbf_blob_size(const struct xd_pbf_blob *blob)
{
    if (blob->raw_seen)
        return xd_protobuf_left(blob->raw);
    return blob->raw_size < XD_PBF_BLOCK_BYTES_MAX ? (size_t)blob->raw_size : XD_PBF_BLOCK_BYTES_MAX;
}

static void *zlib_allocate(void *opaque, unsigned items, unsigned size)
{
    (void)opaque;
    return xd_alloc(items, size);
}

static void zlib_free(void *opaque, void *pointer)
{
    (void)opaque;
    xd_free(pointer);
}

/* The slow way, to tell what is wrong. */
static enum xd_status inflate_by_zlib(const struct xd_pbf_blob *blob, unsigned char *block, size_t block_n, struct xd_error *error)
{
    z_stream inflater = {.zalloc = zlib_allocate, .zfree = zlib_free};
    int result = inflateInit(&inflater);
    if (result != Z_OK)
        return result == Z_MEM_ERROR ? xd_fail_memory(error, "decompression", 64 * 1024)
                                     : xd_pbf_broken(blob->at, "a Blob", "its decompression cannot start", error);
    unsigned char nothing;
    enum xd_status status = XD_OK;
    inflater.next_in = (unsigned char *)(uintptr_t)blob->zlib.at; /* zlib reads only; its type lacks the const */
    inflater.avail_in = (unsigned)xd_protobuf_left(blob->zlib);
    inflater.next_out = block_n > 0 ? block : &nothing;
    inflater.avail_out = (unsigned)block_n;
    result = inflate(&inflater, Z_FINISH);
    if (result == Z_MEM_ERROR)
        status = xd_fail_memory(error, "decompression", 64 * 1024);
    else if (result == Z_STREAM_END && inflater.avail_out == 0 && inflater.avail_in == 0)
        status = XD_OK;
    else if (result == Z_STREAM_END || result == Z_BUF_ERROR || result == Z_OK)
        status = xd_fail(error, XD_DATA, blob->at, "this block does not unpack to the %zu bytes that it declares; download the map again", block_n);
    else
        status = xd_pbf_broken(blob->at, "a Blob", inflater.msg ? inflater.msg : "wrong zlib data", error);
    inflateEnd(&inflater);
    return status;
}

static enum xd_status unpack_zlib(struct xd_pbf_unpacker *unpacker, const struct xd_pbf_blob *blob, struct xd_error *error)
{
    const size_t zlib_n = xd_protobuf_left(blob->zlib);
    if (!blob->raw_size_seen || blob->raw_size > XD_PBF_BLOCK_BYTES_MAX)
        return xd_fail(error, XD_DATA, blob->at, "this block unpacks to %lld bytes; expected at most %d; download the map again",
                       blob->raw_size_seen ? (long long)blob->raw_size : -1LL, (int)XD_PBF_BLOCK_BYTES_MAX);
    if (blob->raw_size / DEFLATE_RATIO_MAX > zlib_n)
        return xd_fail(error, XD_DATA, blob->at, "this block promises %llu bytes from %zu packed ones, which is not possible; download the map again",
                       (unsigned long long)blob->raw_size, zlib_n);
    const size_t block_n = (size_t)blob->raw_size;
    enum xd_status status =
        xd_array_reserve((void **)&unpacker->block, &unpacker->block_capacity, block_n, 1, XD_PBF_BLOCK_BYTES_MAX, "a block of the map", error);
    if (status != XD_OK)
        return status;
    if (!unpacker->decompressor)
        unpacker->decompressor = libdeflate_alloc_decompressor();
    if (!unpacker->decompressor)
        return xd_fail_memory(error, "decompression", 64 * 1024);
    size_t taken_n = 0, made_n = 0;
    if (block_n > 0 &&
        libdeflate_zlib_decompress_ex(unpacker->decompressor, blob->zlib.at, zlib_n, unpacker->block, block_n, &taken_n, &made_n) ==
            LIBDEFLATE_SUCCESS &&
        taken_n == zlib_n && made_n == block_n)
        return XD_OK;
    return inflate_by_zlib(blob, unpacker->block, block_n, error);
}

enum xd_status xd_pbf_unpack(struct xd_pbf_unpacker *unpacker, const struct xd_pbf_blob *blob, unsigned char **bytes, size_t *n,
                             struct xd_error *error)
{
    if (blob->raw_seen) {
        *n = xd_protobuf_left(blob->raw);
        *bytes = *n > 0 ? (unsigned char *)(uintptr_t)blob->raw.at : NULL; /* the packed bytes are the reader's own */
        return XD_OK;
    }
    enum xd_status status = unpack_zlib(unpacker, blob, error);
    if (status == XD_OK) {
        *bytes = unpacker->block;
        *n = (size_t)blob->raw_size;
    }
    return status;
}

void xd_pbf_unpacker_free(struct xd_pbf_unpacker *unpacker)
{
    if (unpacker->decompressor)
        libdeflate_free_decompressor(unpacker->decompressor);
    xd_free(unpacker->block);
    *unpacker = (struct xd_pbf_unpacker){.block = NULL};
}
