#include "tests/fuzz/osm_fuzz.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "base/text.h"
#include "io/bytes/libraries.h"
#include "io/osm/formats.h"
#include "io/osm/object.h"
#include "io/osm/read.h"

#include <string.h>

enum { UNPACKED_MAX = 1 << 24 };

static void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static void take_text(struct xd_hash *hash, const char *text)
{
    size_t n = strlen(text);
    require(n <= XD_OSM_TAG_BYTES_MAX && xd_utf8_invalid_at(text, n) == n);
    xd_hash_bytes(hash, text, n);
}

static void take_tags(struct xd_hash *hash, struct xd_osm_tags tags)
{
    require(tags.items_n >= 0 && tags.items_n <= XD_OSM_TAGS_MAX);
    for (int32_t i = 0; i < tags.items_n; i++) {
        take_text(hash, tags.items[i].key);
        take_text(hash, tags.items[i].value);
        for (int32_t k = 0; k < i && i < 64; k++)
            require(strcmp(tags.items[i].key, tags.items[k].key) != 0);
    }
}

static enum xd_status take_node(void *context, const struct xd_osm_node *node, struct xd_error *error)
{
    (void)error;
    require(xd_position_valid(node->position) && node->version >= 0);
    xd_hash_i64(context, node->id);
    take_tags(context, node->tags);
    return XD_OK;
}

static enum xd_status take_way(void *context, const struct xd_osm_way *way, struct xd_error *error)
{
    (void)error;
    require(way->node_ids_n >= 0 && way->node_ids_n <= XD_OSM_WAY_NODES_MAX);
    for (int32_t i = 0; i < way->node_ids_n; i++)
        xd_hash_i64(context, way->node_ids[i]);
    take_tags(context, way->tags);
    return XD_OK;
}

static enum xd_status take_relation(void *context, const struct xd_osm_relation *relation, struct xd_error *error)
{
    (void)error;
    for (int32_t i = 0; i < relation->members_n; i++) {
        require(relation->members[i].kind <= XD_OSM_RELATION);
        xd_hash_i64(context, relation->members[i].id);
        take_text(context, relation->members[i].role);
    }
    take_tags(context, relation->tags);
    return XD_OK;
}

static enum xd_status take_deleted(void *context, enum xd_osm_kind kind, int64_t id, int32_t version, struct xd_error *error)
{
    (void)error;
    require(kind < XD_OSM_KINDS_N && version >= 0);
    xd_hash_i64(context, id);
    return XD_OK;
}

static enum xd_status read_once(const uint8_t *data, size_t size, struct xd_hash *hash, struct xd_error *error)
{
    struct xd_input *input = NULL;
    struct xd_osm_sink sink = {
        .context = hash, .node = take_node, .way = take_way, .relation = take_relation, .deleted = take_deleted, .versions = true};
    *hash = xd_hash_begin();
    enum xd_status status = xd_input_open_memory("fuzz", data, size, &input, error);
    require(status == XD_OK);
    xd_input_limit(input, UNPACKED_MAX);
    status = xd_osm_read_input(input, &sink, NULL, error);
    xd_input_close(input);
    return status;
}

/* Everything that makes reading a network faster: parts, columns of nodes, ids of ways alone, blocks left packed. */
enum speed { PLAIN, FAST };

static enum xd_status network_pass(const uint8_t *data, size_t size, struct xd_network_builder *builder, int number, enum speed speed,
                                   struct xd_pbf_index *index)
{
    struct xd_input *input = NULL;
    struct xd_osm_sink sink;
    enum xd_status status = xd_network_builder_sink(builder, number, &sink, NULL);
    require(status == XD_OK && xd_input_open_memory("fuzz", data, size, &input, NULL) == XD_OK);
    xd_input_limit(input, UNPACKED_MAX);
    if (speed == PLAIN) {
        sink.nodes = NULL;
        sink.parts = NULL;
        sink.way_ids_alone = false;
    }
    index->filling = number == 1;
    const struct xd_osm_pass pass = {.input = input, .sink = &sink, .threads_n = 1, .index = speed == FAST ? index : NULL};
    status = xd_osm_read_pass(&pass, NULL);
    xd_input_close(input);
    return status;
}

static uint64_t network_hash(const uint8_t *data, size_t size, enum speed speed, enum xd_status *status)
{
    struct xd_network_builder *builder = NULL;
    struct xd_network *network = NULL;
    struct xd_pbf_index index = {.kinds = NULL};
    uint64_t hash = 0;
    *status = xd_network_builder_create(&builder, NULL);
    for (int number = 1; number <= 2 && *status == XD_OK; number++)
        *status = network_pass(data, size, builder, number, speed, &index);
    if (*status == XD_OK) {
        *status = xd_network_builder_finish(builder, &network, NULL);
        builder = NULL;
    }
    if (network)
        hash = network->hash;
    xd_network_builder_free(builder);
    xd_network_free(network);
    xd_free(index.kinds);
    return hash;
}

void fuzz_osm_read(const uint8_t *data, size_t size)
{
    struct xd_error error = {.status = XD_OK};
    struct xd_hash first;
    struct xd_hash second;
    xd_libraries_init();
    int64_t live_before = xd_alloc_statistics_read().live_bytes;
    enum xd_status status = read_once(data, size, &first, &error);
    require(xd_alloc_statistics_read().live_bytes == live_before);
    require(status == XD_OK || (error.status == status && error.message[0] != '\0' && strcmp(error.source, "fuzz") == 0));
    require(xd_utf8_invalid_at(error.message, strlen(error.message)) == strlen(error.message));
    require(read_once(data, size, &second, NULL) == status && xd_hash_end(first) == xd_hash_end(second));
    enum xd_status plain, fast;
    const uint64_t hash = network_hash(data, size, PLAIN, &plain);
    require(network_hash(data, size, FAST, &fast) == hash && plain == fast);
    require(xd_alloc_statistics_read().live_bytes == live_before);
}
