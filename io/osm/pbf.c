/* The outer form of a PBF map: length, BlobHeader, Blob, again and again. Every error names the byte where its block begins. */
#include "io/osm/formats.h"

#include "base/alloc.h"
#include "io/bytes/protobuf.h"
#include "io/osm/pbf_block.h"

#include <string.h>
#include <zlib.h>

enum {
    BLOB_HEADER_BYTES_MAX = 64 * 1024,
    BLOB_BYTES_MAX = 32 * 1024 * 1024,
    READ_STEP_BYTES = 256 * 1024,
    DEFLATE_RATIO_MAX = 1032, /* zlib's own limit: a longer result than this times the input cannot be true */
    NAME_SHOWN_MAX = 40
};

struct bytes {
    unsigned char *items;
    size_t capacity;
};

struct pbf_reader {
    const struct xd_osm_pass *pass;
    struct xd_location at; /* where the block under way begins */
    struct bytes packed;   /* BlobHeader or Blob as in the file */
    struct bytes block;    /* decompressed */
    z_stream inflater;
    bool inflater_ready;
    bool header_seen;
    struct xd_pbf_block_reader objects;
};

struct blob {
    struct xd_protobuf raw, zlib;
    bool raw_seen, zlib_seen, raw_size_seen;
    uint64_t raw_size;
    const char *unsupported; /* name of a compression that is not read */
};

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

static enum xd_status bytes_reserve(struct bytes *bytes, size_t n, const char *what, struct xd_error *error)
{
    return xd_array_reserve((void **)&bytes->items, &bytes->capacity, n, 1, XD_PBF_BLOCK_BYTES_MAX, what, error);
}

static enum xd_status cut_off(const struct pbf_reader *reader, size_t needed_n, size_t found_n, struct xd_error *error)
{
    return xd_fail(error, XD_DATA, reader->at,
                   "the map ends at byte %lld in the middle of this block: %zu bytes needed, %zu found; it is cut off, download it again",
                   (long long)xd_input_offset(reader->pass->input), needed_n, found_n);
}

/* n bytes into reader->packed. The buffer grows with the bytes that are there, not with those that are promised. */
static enum xd_status read_packed(struct pbf_reader *reader, size_t n, struct xd_error *error)
{
    size_t filled_n = 0;
    while (filled_n < n) {
        size_t step_n = n - filled_n < READ_STEP_BYTES ? n - filled_n : READ_STEP_BYTES;
        size_t got_n;
        enum xd_status status = bytes_reserve(&reader->packed, filled_n + step_n, "a block of the map", error);
        if (status == XD_OK)
            status = xd_input_read(reader->pass->input, reader->packed.items + filled_n, step_n, &got_n, error);
        if (status != XD_OK)
            return status;
        filled_n += got_n;
        if (got_n < step_n)
            return cut_off(reader, n, filled_n, error);
    }
    return XD_OK;
}

static enum xd_status broken(const struct pbf_reader *reader, const char *what, const char *problem, struct xd_error *error)
{
    return xd_fail(error, XD_DATA, reader->at, "%s is damaged: %s; download the map again", xd_message(what), xd_message(problem));
}

static enum xd_status read_blob_header(struct pbf_reader *reader, struct xd_protobuf *type, size_t *data_n, bool *ended, struct xd_error *error)
{
    unsigned char length[4];
    size_t got_n;
    enum xd_status status = xd_input_read(reader->pass->input, length, sizeof length, &got_n, error);
    if (status != XD_OK)
        return status;
    *ended = got_n == 0;
    if (got_n == 0)
        return XD_OK;
    if (got_n < sizeof length)
        return cut_off(reader, sizeof length, got_n, error);
    uint32_t header_n = (uint32_t)length[0] << 24 | (uint32_t)length[1] << 16 | (uint32_t)length[2] << 8 | length[3];
    if (header_n == 0 || header_n > BLOB_HEADER_BYTES_MAX)
        return xd_fail(error, XD_DATA, reader->at, "a BlobHeader of %lu bytes; expected 1 to %d: the map is damaged from here on, download it again",
                       (unsigned long)header_n, (int)BLOB_HEADER_BYTES_MAX);
    status = read_packed(reader, header_n, error);
    if (status != XD_OK)
        return status;
    struct xd_protobuf header = xd_protobuf_over(reader->packed.items, header_n);
    struct xd_protobuf_field field;
    enum xd_protobuf_result result;
    bool type_seen = false;
    bool size_seen = false;
    uint64_t size = 0;
    while ((result = xd_protobuf_next(&header, &field)) == XD_PROTOBUF_OK) {
        if (field.number == 1 && field.type == XD_PROTOBUF_BYTES) {
            *type = field.bytes;
            type_seen = true;
        } else if (field.number == 3 && field.type == XD_PROTOBUF_VARINT) {
            size = field.value;
            size_seen = true;
        }
    }
    if (result != XD_PROTOBUF_END)
        return broken(reader, "a BlobHeader", xd_protobuf_problem(result), error);
    if (!type_seen || !size_seen)
        return broken(reader, "a BlobHeader", "it has no type or no size", error);
    if (size > BLOB_BYTES_MAX)
        return xd_fail(error, XD_DATA, reader->at, "a block of %llu bytes; expected at most %d: the map is damaged from here on, download it again",
                       (unsigned long long)size, (int)BLOB_BYTES_MAX);
    *data_n = (size_t)size;
    return XD_OK;
}

static enum xd_status parse_blob(const struct pbf_reader *reader, size_t data_n, struct blob *blob, struct xd_error *error)
{
    static const char *const unsupported[] = {[4] = "lzma", [5] = "bzip2", [6] = "lz4", [7] = "zstd"};
    struct xd_protobuf message = xd_protobuf_over(reader->packed.items, data_n);
    struct xd_protobuf_field field;
    enum xd_protobuf_result result;
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
        return broken(reader, "a Blob", xd_protobuf_problem(result), error);
    if (blob->unsupported)
        return xd_fail(error, XD_DATA, reader->at,
                       "this block is packed with %s; expected zlib or none: convert the map first (osmium cat MAP -o map.osm.pbf)",
                       blob->unsupported);
    if (blob->raw_seen == blob->zlib_seen)
        return broken(reader, "a Blob", "it must hold either raw or zlib data", error);
    return XD_OK;
}

static enum xd_status inflate_blob(struct pbf_reader *reader, const struct blob *blob, struct xd_error *error)
{
    size_t zlib_n = xd_protobuf_left(blob->zlib);
    if (!blob->raw_size_seen || blob->raw_size > XD_PBF_BLOCK_BYTES_MAX)
        return xd_fail(error, XD_DATA, reader->at, "this block unpacks to %lld bytes; expected at most %d; download the map again",
                       blob->raw_size_seen ? (long long)blob->raw_size : -1LL, (int)XD_PBF_BLOCK_BYTES_MAX);
    if (blob->raw_size / DEFLATE_RATIO_MAX > zlib_n)
        return xd_fail(error, XD_DATA, reader->at,
                       "this block promises %llu bytes from %zu packed ones, which is not possible; download the map again",
                       (unsigned long long)blob->raw_size, zlib_n);
    size_t block_n = (size_t)blob->raw_size;
    enum xd_status status = bytes_reserve(&reader->block, block_n, "a block of the map", error);
    if (status != XD_OK)
        return status;
    int result;
    if (reader->inflater_ready) {
        result = inflateReset(&reader->inflater);
    } else {
        reader->inflater = (z_stream){.zalloc = zlib_allocate, .zfree = zlib_free};
        result = inflateInit(&reader->inflater);
        reader->inflater_ready = result == Z_OK;
    }
    if (result != Z_OK)
        return result == Z_MEM_ERROR ? xd_fail_memory(error, "decompression", 64 * 1024)
                                     : broken(reader, "a Blob", "its decompression cannot start", error);
    unsigned char nothing;
    reader->inflater.next_in = (unsigned char *)(uintptr_t)blob->zlib.at; /* zlib reads only; its type lacks the const */
    reader->inflater.avail_in = (unsigned)zlib_n;
    reader->inflater.next_out = block_n > 0 ? reader->block.items : &nothing;
    reader->inflater.avail_out = (unsigned)block_n;
    result = inflate(&reader->inflater, Z_FINISH);
    if (result == Z_MEM_ERROR)
        return xd_fail_memory(error, "decompression", 64 * 1024);
    if (result == Z_STREAM_END && reader->inflater.avail_out == 0 && reader->inflater.avail_in == 0)
        return XD_OK;
    if (result == Z_STREAM_END || result == Z_BUF_ERROR || result == Z_OK)
        return xd_fail(error, XD_DATA, reader->at, "this block does not unpack to the %zu bytes that it declares; download the map again", block_n);
    return broken(reader, "a Blob", reader->inflater.msg ? reader->inflater.msg : "wrong zlib data", error);
}

/* The Blob's content as bytes that may be changed. */
static enum xd_status unpack_blob(struct pbf_reader *reader, size_t data_n, unsigned char **bytes, size_t *n, struct xd_error *error)
{
    struct blob blob = {.raw_seen = false};
    enum xd_status status = parse_blob(reader, data_n, &blob, error);
    if (status != XD_OK)
        return status;
    if (blob.raw_seen) {
        *n = xd_protobuf_left(blob.raw);
        *bytes = *n > 0 ? reader->packed.items + (blob.raw.at - reader->packed.items) : NULL;
        return XD_OK;
    }
    status = inflate_blob(reader, &blob, error);
    if (status == XD_OK) {
        *bytes = reader->block.items;
        *n = (size_t)blob.raw_size;
    }
    return status;
}

static bool bytes_are(struct xd_protobuf bytes, const char *text)
{
    return xd_protobuf_left(bytes) == strlen(text) && memcmp(bytes.at, text, strlen(text)) == 0;
}

/* Printable ASCII of a name from the file, for messages. */
static void show_name(struct xd_protobuf name, char dst[NAME_SHOWN_MAX + 1])
{
    size_t n = xd_protobuf_left(name) < NAME_SHOWN_MAX ? xd_protobuf_left(name) : NAME_SHOWN_MAX;
    for (size_t i = 0; i < n; i++)
        dst[i] = name.at[i] >= 0x20 && name.at[i] < 0x7f ? (char)name.at[i] : '?';
    dst[n] = '\0';
}

static enum xd_status check_feature(const struct pbf_reader *reader, struct xd_protobuf feature, bool is_required, struct xd_error *error)
{
    if (bytes_are(feature, "LocationsOnWays"))
        return xd_fail(error, XD_DATA, reader->at,
                       "keeps positions on its ways instead of its nodes (LocationsOnWays); use the extract that it was made from");
    if (!is_required || bytes_are(feature, "OsmSchema-V0.6") || bytes_are(feature, "DenseNodes"))
        return XD_OK;
    if (bytes_are(feature, "HistoricalInformation"))
        return xd_fail(error, XD_DATA, reader->at,
                       "is a history of a map (HistoricalInformation), not a map; cut one moment out first (osmium time-filter)");
    char name[NAME_SHOWN_MAX + 1];
    show_name(feature, name);
    return xd_fail(error, XD_DATA, reader->at,
                   "needs the feature \"%s\"; expected OsmSchema-V0.6 and DenseNodes alone: convert the map first (osmium cat)", name);
}

static enum xd_status read_header_block(const struct pbf_reader *reader, const unsigned char *bytes, size_t n, struct xd_error *error)
{
    struct xd_protobuf message = xd_protobuf_over(bytes, n);
    struct xd_protobuf_field field;
    enum xd_protobuf_result result;
    while ((result = xd_protobuf_next(&message, &field)) == XD_PROTOBUF_OK) {
        if ((field.number != 4 && field.number != 5) || field.type != XD_PROTOBUF_BYTES)
            continue;
        enum xd_status status = check_feature(reader, field.bytes, field.number == 4, error);
        if (status != XD_OK)
            return status;
    }
    return result == XD_PROTOBUF_END ? XD_OK : broken(reader, "the header of the map", xd_protobuf_problem(result), error);
}

/* One length, BlobHeader and Blob. */
static enum xd_status read_block(struct pbf_reader *reader, bool *ended, struct xd_error *error)
{
    struct xd_protobuf type = {NULL, NULL};
    unsigned char *bytes = NULL;
    size_t data_n = 0;
    size_t n = 0;
    reader->at = xd_at_byte(xd_input_name(reader->pass->input), xd_input_offset(reader->pass->input));
    enum xd_status status = read_blob_header(reader, &type, &data_n, ended, error);
    if (status != XD_OK || *ended)
        return status;
    bool is_header = bytes_are(type, "OSMHeader");
    bool is_data = bytes_are(type, "OSMData");
    if (!is_header && !reader->header_seen) {
        char name[NAME_SHOWN_MAX + 1];
        show_name(type, name);
        return xd_fail(error, XD_DATA, reader->at, "the map begins with a block of type \"%s\"; expected OSMHeader: is this an OSM map?", name);
    }
    reader->header_seen = true;
    status = read_packed(reader, data_n, error); /* overwrites the bytes of type */
    if (status != XD_OK || (!is_header && !is_data))
        return status; /* the format asks to pass over blocks of other types */
    status = unpack_blob(reader, data_n, &bytes, &n, error);
    if (status != XD_OK)
        return status;
    if (is_header)
        return read_header_block(reader, bytes, n, error);
    reader->objects.at = reader->at;
    return xd_pbf_block_read(&reader->objects, bytes, n, error);
}

enum xd_status xd_osm_read_pbf(const struct xd_osm_pass *pass, struct xd_error *error)
{
    struct pbf_reader reader = {.pass = pass, .objects = {.sink = pass->sink}};
    enum xd_status status = XD_OK;
    bool ended = false;
    while (status == XD_OK && !ended) {
        status = xd_osm_pass_tick(pass, error);
        if (status == XD_OK)
            status = read_block(&reader, &ended, error);
    }
    if (status != XD_OK)
        xd_osm_locate(error, reader.at);
    if (reader.inflater_ready)
        inflateEnd(&reader.inflater);
    xd_pbf_block_reader_free(&reader.objects);
    xd_free(reader.packed.items);
    xd_free(reader.block.items);
    return status;
}
