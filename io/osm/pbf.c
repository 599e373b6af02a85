/* The outer form of a PBF map: length, BlobHeader, Blob, again and again. Every error names the byte where its block begins.
 *
 * One thread reads the file; blocks are unpacked and decoded several at a time, each into a part of the sink, and joined in the order of the file. What is
 * told of a damaged file is therefore the first damage in it, whatever was read ahead. */
#include "io/osm/formats.h"

#include "base/alloc.h"
#include "base/parallel.h"
#include "io/bytes/libraries.h"
#include "io/bytes/protobuf.h"
#include "io/osm/pbf_blob.h"
#include "io/osm/pbf_block.h"

#include <string.h>

enum {
    BLOB_HEADER_BYTES_MAX = 64 * 1024,
    BLOB_BYTES_MAX = 32 * 1024 * 1024,
    READ_STEP_BYTES = 256 * 1024,
    NAME_SHOWN_MAX = 40,
    BATCH_BLOCKS_N = 8,             /* decoded side by side; the same for any number of threads */
    BATCH_BYTES = 16 * 1024 * 1024, /* unpacked, of a batch of several blocks */
    KEPT_BYTES = 2 * 1024 * 1024    /* buffers that a larger block needed are given back */
};

struct packed {
    unsigned char *items;
    size_t capacity;
};

/* A block of the batch under way. */
struct slot {
    struct packed packed;
    struct xd_pbf_blob blob;
    size_t number; /* of the file's blocks of data */
    void *part;    /* of the sink */
    uint8_t kinds; /* XD_PBF_NODES ... that are in it */
    enum xd_status status;
    struct xd_error error;
};

struct worker {
    struct xd_pbf_unpacker unpacker;
    struct xd_pbf_block_reader objects;
};

struct pbf_reader {
    const struct xd_osm_pass *pass;
    struct xd_location at; /* where the block under way begins */
    struct packed header;
    bool header_seen;
    size_t blocks_n; /* of data, so far */
    struct slot *slots;
    size_t slots_n, slots_max;
    size_t batch_bytes;
    struct worker *workers;
    int32_t workers_n;
};

static enum xd_status cut_off(const struct pbf_reader *reader, size_t needed_n, size_t found_n, struct xd_error *error)
{
    return xd_fail(error, XD_DATA, reader->at,
                   "the map ends at byte %lld in the middle of this block: %zu bytes needed, %zu found; it is cut off, download it again",
                   (long long)xd_input_offset(reader->pass->input), needed_n, found_n);
}

/* n bytes of the file into *packed. The buffer grows with the bytes that are there, not with those that are promised. */
static enum xd_status read_packed(struct pbf_reader *reader, size_t n, struct packed *packed, struct xd_error *error)
{
    size_t filled_n = 0;
    while (filled_n < n) {
        size_t step_n = n - filled_n < READ_STEP_BYTES ? n - filled_n : READ_STEP_BYTES;
        size_t got_n;
        enum xd_status status =
            xd_array_reserve((void **)&packed->items, &packed->capacity, filled_n + step_n, 1, BLOB_BYTES_MAX, "a block of the map", error);
        if (status == XD_OK)
            status = xd_input_read(reader->pass->input, packed->items + filled_n, step_n, &got_n, error);
        if (status != XD_OK)
            return status;
        filled_n += got_n;
        if (got_n < step_n)
            return cut_off(reader, n, filled_n, error);
    }
    return XD_OK;
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
    status = read_packed(reader, header_n, &reader->header, error);
    if (status != XD_OK)
        return status;
    struct xd_protobuf header = xd_protobuf_over(reader->header.items, header_n);
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
        return xd_pbf_broken(reader->at, "a BlobHeader", xd_protobuf_problem(result), error);
    if (!type_seen || !size_seen)
        return xd_pbf_broken(reader->at, "a BlobHeader", "it has no type or no size", error);
    if (size > BLOB_BYTES_MAX)
        return xd_fail(error, XD_DATA, reader->at, "a block of %llu bytes; expected at most %d: the map is damaged from here on, download it again",
                       (unsigned long long)size, (int)BLOB_BYTES_MAX);
    *data_n = (size_t)size;
    return XD_OK;
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

static enum xd_status read_header_block(struct pbf_reader *reader, const struct xd_pbf_blob *blob, struct xd_error *error)
{
    unsigned char *bytes = NULL;
    size_t n = 0;
    enum xd_status status = xd_pbf_unpack(&reader->workers[0].unpacker, blob, &bytes, &n, error);
    if (status != XD_OK)
        return status;
    struct xd_protobuf message = xd_protobuf_over(bytes, n);
    struct xd_protobuf_field field;
    enum xd_protobuf_result result;
    while ((result = xd_protobuf_next(&message, &field)) == XD_PROTOBUF_OK) {
        if ((field.number != 4 && field.number != 5) || field.type != XD_PROTOBUF_BYTES)
            continue;
        status = check_feature(reader, field.bytes, field.number == 4, error);
        if (status != XD_OK)
            return status;
    }
    return result == XD_PROTOBUF_END ? XD_OK : xd_pbf_broken(reader->at, "the header of the map", xd_protobuf_problem(result), error);
}

/* ---- a batch ---- */

static void give_back(unsigned char **items, size_t *capacity)
{
    if (*capacity <= KEPT_BYTES)
        return;
    xd_free(*items);
    *items = NULL;
    *capacity = 0;
}

static enum xd_status decode(struct pbf_reader *reader, struct worker *worker, struct slot *slot, void *context, struct xd_error *error)
{
    unsigned char *bytes = NULL;
    size_t n = 0;
    worker->objects.at = slot->blob.at;
    worker->objects.sink = reader->pass->sink;
    worker->objects.context = context;
    enum xd_status status = xd_pbf_unpack(&worker->unpacker, &slot->blob, &bytes, &n, error);
    if (status == XD_OK)
        status = xd_pbf_block_read(&worker->objects, bytes, n, &slot->kinds, error);
    give_back(&worker->unpacker.block, &worker->unpacker.block_capacity);
    return status;
}

/* The error stays with the block, so that the first in the file is told. */
static enum xd_status decode_slot(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    struct pbf_reader *reader = context;
    struct slot *slot = &reader->slots[item];
    (void)error;
    if (slot->status == XD_OK)
        slot->status = decode(reader, &reader->workers[worker], slot, slot->part, &slot->error);
    return XD_OK;
}

static void note_kinds(const struct pbf_reader *reader, const struct slot *slot)
{
    struct xd_pbf_index *index = reader->pass->index;
    if (index && index->filling && slot->number < XD_PBF_INDEX_BLOCKS_MAX && slot->number == index->blocks_n) {
        /* Without memory for it the index ends here: it only saves work. */
        if (xd_array_reserve((void **)&index->kinds, &index->capacity, index->blocks_n + 1, 1, XD_PBF_INDEX_BLOCKS_MAX, "blocks", NULL) == XD_OK)
            index->kinds[index->blocks_n++] = slot->kinds;
    }
}

static enum xd_status join_slot(struct pbf_reader *reader, struct slot *slot, struct xd_error *error)
{
    const struct xd_osm_sink *sink = reader->pass->sink;
    enum xd_status status = slot->status;
    reader->at = slot->blob.at;
    if (status != XD_OK && error)
        *error = slot->error;
    if (status == XD_OK)
        status = sink->parts->join(sink->context, slot->part, error);
    if (status == XD_OK)
        note_kinds(reader, slot);
    if (xd_pbf_blob_size(&slot->blob) > KEPT_BYTES) {
        sink->parts->release(slot->part);
        slot->part = NULL;
    }
    give_back(&slot->packed.items, &slot->packed.capacity);
    return status;
}

static enum xd_status run_batch(struct pbf_reader *reader, struct xd_error *error)
{
    const struct xd_osm_sink *sink = reader->pass->sink;
    const struct xd_location at = reader->at;
    enum xd_status status = XD_OK;
    for (size_t i = 0; i < reader->slots_n && status == XD_OK; i++)
        if (!reader->slots[i].part)
            status = sink->parts->create(sink->context, &reader->slots[i].part, error);
    if (status == XD_OK)
        status = xd_parallel_for(reader->workers_n, (int32_t)reader->slots_n, decode_slot, reader, error);
    for (size_t i = 0; i < reader->slots_n && status == XD_OK; i++)
        status = join_slot(reader, &reader->slots[i], error);
    reader->slots_n = 0;
    reader->batch_bytes = 0;
    if (status == XD_OK)
        reader->at = at;
    return status;
}

/* A block of data whose bytes are in the next slot. */
static enum xd_status take_data(struct pbf_reader *reader, size_t data_n, struct xd_error *error)
{
    const struct xd_osm_pass *pass = reader->pass;
    struct slot *slot = &reader->slots[reader->slots_n];
    slot->number = reader->blocks_n++;
    slot->kinds = 0;
    if (pass->index && !pass->index->filling && slot->number < pass->index->blocks_n &&
        (pass->index->kinds[slot->number] & xd_pbf_kinds_wanted(pass->sink)) == 0)
        return XD_OK;
    slot->error = (struct xd_error){.status = XD_OK};
    slot->status = xd_pbf_blob_parse(slot->packed.items, data_n, reader->at, &slot->blob, &slot->error);
    if (!pass->sink->parts) {
        if (slot->status != XD_OK && error)
            *error = slot->error;
        return slot->status == XD_OK ? decode(reader, &reader->workers[0], slot, pass->sink->context, error) : slot->status;
    }
    reader->slots_n++;
    reader->batch_bytes += xd_pbf_blob_size(&slot->blob);
    return reader->slots_n == reader->slots_max || reader->batch_bytes >= BATCH_BYTES ? run_batch(reader, error) : XD_OK;
}

/* ---- the file ---- */

/* One length, BlobHeader and Blob. */
static enum xd_status read_block(struct pbf_reader *reader, bool *ended, struct xd_error *error)
{
    struct xd_protobuf type = {NULL, NULL};
    struct slot *slot = &reader->slots[reader->slots_n];
    size_t data_n = 0;
    reader->at = xd_at_byte(xd_input_name(reader->pass->input), xd_input_offset(reader->pass->input));
    enum xd_status status = read_blob_header(reader, &type, &data_n, ended, error);
    if (status != XD_OK || *ended)
        return status;
    const bool is_header = bytes_are(type, "OSMHeader"), is_data = bytes_are(type, "OSMData");
    if (!is_header && !reader->header_seen) {
        char name[NAME_SHOWN_MAX + 1];
        show_name(type, name);
        return xd_fail(error, XD_DATA, reader->at, "the map begins with a block of type \"%s\"; expected OSMHeader: is this an OSM map?", name);
    }
    reader->header_seen = true;
    status = read_packed(reader, data_n, &slot->packed, error);
    if (status != XD_OK || (!is_header && !is_data))
        return status; /* the format asks to pass over blocks of other types */
    if (is_data)
        return take_data(reader, data_n, error);
    status = xd_pbf_blob_parse(slot->packed.items, data_n, reader->at, &slot->blob, error);
    return status == XD_OK ? read_header_block(reader, &slot->blob, error) : status;
}

/* What was read ahead goes before what became of reading on: damage in it comes first in the file. */
static enum xd_status read_blocks(struct pbf_reader *reader, struct xd_error *error)
{
    struct xd_error later = {.status = XD_OK};
    enum xd_status status = XD_OK;
    bool ended = false;
    while (status == XD_OK && !ended) {
        status = xd_osm_pass_tick(reader->pass, &later);
        if (status == XD_OK)
            status = read_block(reader, &ended, &later);
    }
    if (status != XD_INTERRUPTED && reader->slots_n > 0) {
        const enum xd_status before = run_batch(reader, error);
        if (before != XD_OK)
            return before;
    }
    if (status != XD_OK) {
        xd_osm_locate(&later, reader->at);
        if (error)
            *error = later;
    }
    return status;
}

static enum xd_status prepare(struct pbf_reader *reader, struct xd_error *error)
{
    const struct xd_osm_pass *pass = reader->pass;
    reader->slots_max = pass->sink->parts ? BATCH_BLOCKS_N : 1;
    reader->workers_n = pass->sink->parts && pass->threads_n > 1 ? pass->threads_n : 1;
    reader->workers_n = reader->workers_n < BATCH_BLOCKS_N ? reader->workers_n : BATCH_BLOCKS_N;
    reader->slots = xd_alloc_zero(reader->slots_max, sizeof *reader->slots);
    reader->workers = xd_alloc_zero((size_t)reader->workers_n, sizeof *reader->workers);
    return reader->slots && reader->workers ? XD_OK : xd_fail_memory(error, "reading a map", reader->slots_max * sizeof *reader->slots);
}

enum xd_status xd_osm_read_pbf(const struct xd_osm_pass *pass, struct xd_error *error)
{
    struct pbf_reader reader = {.pass = pass, .at = xd_at_file(xd_input_name(pass->input))};
    xd_libraries_init(); /* gives libdeflate our allocator */
    enum xd_status status = prepare(&reader, error);
    if (status == XD_OK)
        status = read_blocks(&reader, error);
    if (status != XD_OK)
        xd_osm_locate(error, reader.at);
    for (size_t i = 0; reader.slots && i < reader.slots_max; i++) {
        xd_free(reader.slots[i].packed.items);
        if (pass->sink->parts)
            pass->sink->parts->release(reader.slots[i].part);
    }
    for (int32_t i = 0; reader.workers && i < reader.workers_n; i++) {
        xd_pbf_unpacker_free(&reader.workers[i].unpacker);
        xd_pbf_block_reader_free(&reader.workers[i].objects);
    }
    xd_free(reader.slots);
    xd_free(reader.workers);
    xd_free(reader.header.items);
    return status;
}
