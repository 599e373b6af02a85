#include "io/osm/spool.h"

#include "base/alloc.h"
#include "io/bytes/protobuf.h"

#include <string.h>

enum {
    CHUNK_BYTES = 8 << 20 /* large pages pay: base/alloc.c */,
    VARINT_BYTES_MAX = 10,
    NODE_BYTES_MAX = 1 + 4 * VARINT_BYTES_MAX,
    COLUMN_NODES = 512
};

enum record { NODE, TAGGED_NODE, WAY };

struct chunk {
    struct chunk *next;
    size_t used_n, size_n;
    unsigned char bytes[];
};

/* What differences count from. */
struct last {
    int64_t node_id, way_id;
    struct xd_position position;
};

struct xd_osm_spool {
    const struct xd_osm_sink *first;
    struct chunk *chunks, *newest;
    size_t bytes_n, bytes_max;
    bool is_over; /* more than bytes_max: nothing is kept any more */
    struct last last;
};

enum xd_status xd_osm_spool_create(size_t bytes_max, struct xd_osm_spool **spool, struct xd_error *error)
{
    struct xd_osm_spool *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "reading a map", sizeof *made);
    made->bytes_max = bytes_max;
    *spool = made;
    return XD_OK;
}

static void let_go(struct xd_osm_spool *spool)
{
    for (struct chunk *chunk = spool->chunks, *next; chunk; chunk = next) {
        next = chunk->next;
        xd_free(chunk);
    }
    spool->chunks = spool->newest = NULL;
}

void xd_osm_spool_free(struct xd_osm_spool *spool)
{
    if (spool)
        let_go(spool);
    xd_free(spool);
}

bool xd_osm_spool_is_whole(const struct xd_osm_spool *spool)
{
    return !spool->is_over;
}

/* ---- keeping ---- */

/* Room for n bytes in a row; NULL with XD_OK when the spool is over. */
static enum xd_status room(struct xd_osm_spool *spool, size_t n, unsigned char **at, struct xd_error *error)
{
    *at = NULL;
    if (!spool->newest || spool->newest->size_n - spool->newest->used_n < n) {
        const size_t size_n = n > CHUNK_BYTES ? n : CHUNK_BYTES;
        if (size_n > spool->bytes_max - spool->bytes_n) {
            let_go(spool);
            spool->is_over = true;
            return XD_OK;
        }
        struct chunk *chunk = xd_alloc(1, sizeof *chunk + size_n);
        if (!chunk)
            return xd_fail_memory(error, "the nodes of a map", sizeof *chunk + size_n);
        *chunk = (struct chunk){.size_n = size_n};
        *(spool->newest ? &spool->newest->next : &spool->chunks) = chunk;
        spool->newest = chunk;
        spool->bytes_n += size_n;
    }
    *at = spool->newest->bytes + spool->newest->used_n;
    return XD_OK;
}

static unsigned char *put(unsigned char *at, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = (unsigned char)(value | 0x80);
    *at++ = (unsigned char)value;
    return at;
}

/* The difference modulo 2^64, small both ways. */
static unsigned char *put_difference(unsigned char *at, int64_t value, int64_t last)
{
    const uint64_t difference = (uint64_t)value - (uint64_t)last;
    return put(at, difference << 1 ^ (0 - (difference >> 63)));
}

static enum xd_status keep_node(void *context, const struct xd_osm_node *node, struct xd_error *error)
{
    struct xd_osm_spool *spool = context;
    struct last *last = &spool->last;
    size_t tags_bytes = 0;
    unsigned char *at;
    if (spool->is_over)
        return XD_OK;
    for (int32_t i = 0; i < node->tags.items_n; i++)
        tags_bytes += strlen(node->tags.items[i].key) + strlen(node->tags.items[i].value) + 2;
    enum xd_status status = room(spool, NODE_BYTES_MAX + tags_bytes, &at, error);
    if (status != XD_OK || !at)
        return status;
    *at++ = node->tags.items_n > 0 ? TAGGED_NODE : NODE;
    at = put_difference(at, node->id, last->node_id);
    at = put_difference(at, node->position.lat_e7, last->position.lat_e7);
    at = put_difference(at, node->position.lon_e7, last->position.lon_e7);
    last->node_id = node->id;
    last->position = node->position;
    if (node->tags.items_n > 0)
        at = put(at, (uint64_t)node->tags.items_n);
    for (int32_t i = 0; i < node->tags.items_n; i++) {
        const char *const texts[] = {node->tags.items[i].key, node->tags.items[i].value};
        for (int k = 0; k < 2; k++) {
            const size_t n = strlen(texts[k]) + 1;
            memcpy(at, texts[k], n);
            at += n;
        }
    }
    spool->newest->used_n = (size_t)(at - spool->newest->bytes);
    return XD_OK;
}

static enum xd_status keep_way(void *context, const struct xd_osm_way *way, struct xd_error *error)
{
    struct xd_osm_spool *spool = context;
    unsigned char *at = NULL;
    enum xd_status status = spool->is_over ? XD_OK : room(spool, 1 + VARINT_BYTES_MAX, &at, error);
    if (status == XD_OK && at) {
        *at++ = WAY;
        at = put_difference(at, way->id, spool->last.way_id);
        spool->last.way_id = way->id;
        spool->newest->used_n = (size_t)(at - spool->newest->bytes);
    }
    return status == XD_OK ? spool->first->way(spool->first->context, way, error) : status;
}

static enum xd_status give_relation(void *context, const struct xd_osm_relation *relation, struct xd_error *error)
{
    const struct xd_osm_spool *spool = context;
    return spool->first->relation(spool->first->context, relation, error);
}

static enum xd_status give_deleted(void *context, enum xd_osm_kind kind, int64_t id, int32_t version, struct xd_error *error)
{
    const struct xd_osm_spool *spool = context;
    return spool->first->deleted ? spool->first->deleted(spool->first->context, kind, id, version, error) : XD_OK;
}

struct xd_osm_sink xd_osm_spool_sink(struct xd_osm_spool *spool, const struct xd_osm_sink *first)
{
    spool->first = first;
    return (struct xd_osm_sink){.context = spool, .node = keep_node, .way = keep_way, .relation = give_relation, .deleted = give_deleted};
}

/* ---- giving ---- */

struct replay {
    const struct xd_osm_sink *sink;
    struct last last;
    struct xd_osm_tag *tags;
    size_t tags_max;
    int64_t ids[COLUMN_NODES]; /* nodes without tags that wait to be given together */
    struct xd_position positions[COLUMN_NODES];
    int32_t nodes_n;
};

/* What the spool wrote is whole. */
static uint64_t take(struct xd_protobuf *bytes)
{
    uint64_t value = 0;
    (void)xd_protobuf_number(bytes, &value);
    return value;
}

static int64_t take_difference(struct xd_protobuf *bytes, int64_t last)
{
    return (int64_t)((uint64_t)last + (uint64_t)xd_protobuf_zigzag(take(bytes)));
}

static enum xd_status give_columns(struct replay *replay, struct xd_error *error)
{
    const struct xd_osm_sink *sink = replay->sink;
    const struct xd_osm_nodes nodes = {.ids = replay->ids, .positions = replay->positions, .nodes_n = replay->nodes_n};
    enum xd_status status = XD_OK;
    replay->nodes_n = 0;
    if (sink->nodes)
        return nodes.nodes_n > 0 ? sink->nodes(sink->context, &nodes, error) : XD_OK;
    for (int32_t i = 0; i < nodes.nodes_n && status == XD_OK && sink->node; i++)
        status = sink->node(sink->context, &(struct xd_osm_node){.id = nodes.ids[i], .position = nodes.positions[i]}, error);
    return status;
}

static enum xd_status take_tags(struct replay *replay, struct xd_protobuf *bytes, struct xd_osm_tags *tags, struct xd_error *error)
{
    const size_t n = (size_t)take(bytes);
    enum xd_status status = xd_array_reserve((void **)&replay->tags, &replay->tags_max, n, sizeof *replay->tags, SIZE_MAX, "tags", error);
    for (size_t i = 0; i < n && status == XD_OK; i++) {
        replay->tags[i].key = (const char *)bytes->at;
        replay->tags[i].value = replay->tags[i].key + strlen(replay->tags[i].key) + 1;
        bytes->at = (const unsigned char *)replay->tags[i].value + strlen(replay->tags[i].value) + 1;
    }
    *tags = (struct xd_osm_tags){.items = replay->tags, .items_n = (int32_t)n};
    return status;
}

static enum xd_status give_node(struct replay *replay, bool is_tagged, struct xd_protobuf *bytes, struct xd_error *error)
{
    struct last *last = &replay->last;
    last->node_id = take_difference(bytes, last->node_id);
    last->position.lat_e7 = (int32_t)take_difference(bytes, last->position.lat_e7);
    last->position.lon_e7 = (int32_t)take_difference(bytes, last->position.lon_e7);
    if (!is_tagged) {
        replay->ids[replay->nodes_n] = last->node_id;
        replay->positions[replay->nodes_n++] = last->position;
        return replay->nodes_n == COLUMN_NODES ? give_columns(replay, error) : XD_OK;
    }
    struct xd_osm_node node = {.id = last->node_id, .position = last->position};
    enum xd_status status = take_tags(replay, bytes, &node.tags, error);
    if (status == XD_OK)
        status = give_columns(replay, error);
    return status == XD_OK && replay->sink->node ? replay->sink->node(replay->sink->context, &node, error) : status;
}

static enum xd_status give_chunk(struct replay *replay, const struct chunk *chunk, struct xd_error *error)
{
    struct xd_protobuf bytes = xd_protobuf_over(chunk->bytes, chunk->used_n);
    enum xd_status status = XD_OK;
    while (xd_protobuf_left(bytes) > 0 && status == XD_OK) {
        const enum record record = (enum record) * bytes.at++;
        if (record == WAY) {
            replay->last.way_id = take_difference(&bytes, replay->last.way_id);
            if (replay->sink->way)
                status = replay->sink->way(replay->sink->context, &(struct xd_osm_way){.id = replay->last.way_id}, error);
        } else {
            status = give_node(replay, record == TAGGED_NODE, &bytes, error);
        }
    }
    return status;
}

enum xd_status xd_osm_spool_replay(const struct xd_osm_spool *spool, const char *name, const struct xd_osm_sink *sink,
                                   const struct xd_progress *progress, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    struct replay *replay = xd_alloc_zero(1, sizeof *replay);
    if (!replay)
        return xd_fail_memory(error, "the nodes of a map", sizeof *replay);
    replay->sink = sink;
    for (const struct chunk *chunk = spool->chunks; chunk && status == XD_OK; chunk = chunk->next)
        status = xd_cancelled(progress) ? xd_fail(error, XD_INTERRUPTED, xd_at_file(name), "reading the map was interrupted")
                                        : give_chunk(replay, chunk, error);
    if (status == XD_OK)
        status = give_columns(replay, error);
    xd_free(replay->tags);
    xd_free(replay);
    return status;
}
