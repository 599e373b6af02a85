/* Two passes over the map: the first keeps the ways that are roads or places with the ids of their nodes, the second only the nodes that those ids name.
 * maps/network_freeze.c then puts the network in normal form. */
#include "base/sort.h"
#include "maps/network_builder.h"

#include <string.h>

/* ---- pass 1 ---- */

enum xd_status xd_network_builder_create(struct xd_network_builder **builder, struct xd_error *error)
{
    struct xd_network_builder *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "a road network", sizeof *made);
    *builder = made;
    return XD_OK;
}

void xd_network_builder_free(struct xd_network_builder *builder)
{
    if (!builder)
        return;
    xd_free(builder->roads);
    xd_free(builder->refs);
    xd_free(builder->names);
    xd_free(builder->places);
    xd_free(builder->barriers);
    xd_free(builder->restrictions);
    xd_free(builder->members);
    xd_free(builder->member_way);
    xd_free(builder->member_way_state);
    xd_free(builder->wanted);
    xd_free(builder->position);
    xd_free(builder->node_state);
    xd_free(builder->node_signal);
    xd_free(builder);
}

enum xd_status xd_draft_string(struct xd_network_builder *builder, const char *text, size_t *offset, struct xd_error *error)
{
    const size_t n = strlen(text) + 1;
    enum xd_status status = xd_array_reserve((void **)&builder->names, &builder->names_max, builder->names_n + n + 1, 1, XD_NETWORK_NAME_BYTES_MAX,
                                             "bytes of names", error);
    if (status != XD_OK)
        return status;
    if (builder->names_n == 0)
        builder->names[builder->names_n++] = '\0';
    *offset = n == 1 ? 0 : builder->names_n;
    if (n > 1) {
        memcpy(builder->names + builder->names_n, text, n);
        builder->names_n += n;
    }
    return XD_OK;
}

enum xd_status xd_draft_refs(struct xd_network_builder *builder, const int64_t *ids, int32_t ids_n, int64_t *first_ref, struct xd_error *error)
{
    enum xd_status status = xd_array_reserve((void **)&builder->refs, &builder->refs_max, builder->refs_n + (size_t)ids_n, sizeof *builder->refs,
                                             XD_NETWORK_ROAD_NODES_MAX, "points of roads", error);
    if (status != XD_OK)
        return status;
    *first_ref = (int64_t)builder->refs_n;
    if (ids_n > 0)
        memcpy(builder->refs + builder->refs_n, ids, (size_t)ids_n * sizeof *builder->refs);
    builder->refs_n += (size_t)ids_n;
    return XD_OK;
}

static enum xd_status take_road(struct xd_network_builder *builder, const struct xd_osm_way *way, struct xd_draft_road *draft, struct xd_error *error)
{
    enum xd_status status = xd_array_reserve((void **)&builder->roads, &builder->roads_max, builder->roads_n + 1, sizeof *builder->roads,
                                             XD_NETWORK_ROADS_MAX, "roads", error);
    if (status == XD_OK)
        status = xd_draft_string(builder, xd_road_name(way->tags), &draft->name, error);
    if (status != XD_OK)
        return status;
    draft->osm_id = way->id;
    draft->refs_n = way->node_ids_n;
    draft->sequence = (int32_t)builder->roads_n;
    builder->roads[builder->roads_n++] = *draft;
    return XD_OK;
}

static enum xd_status take_way(void *context, const struct xd_osm_way *way, struct xd_error *error)
{
    struct xd_network_builder *builder = context;
    struct xd_draft_road road = {0};
    struct xd_draft_place place = {.place = {.osm_id = way->id, .osm_type = XD_OSM_WAY}, .refs_n = way->node_ids_n};
    struct xd_map_place_tags place_tags;
    builder->counts.way_doubts.object_id = way->id;
    const bool is_road = xd_road_decode(way->tags, &road.road, &builder->counts.way_doubts);
    const bool is_place = xd_map_place_decode(way->tags, &place_tags);
    builder->counts.ways_seen++;
    builder->counts.ways_not_roads += !is_road;
    if (!is_road && !is_place)
        return XD_OK;
    enum xd_status status = xd_draft_refs(builder, way->node_ids, way->node_ids_n, &road.first_ref, error);
    place.first_ref = road.first_ref;
    if (status == XD_OK && is_road)
        status = take_road(builder, way, &road, error);
    if (status == XD_OK && is_place)
        status = xd_draft_place_add(builder, &place_tags, &place, error);
    return status;
}

static enum xd_status take_relation(void *context, const struct xd_osm_relation *relation, struct xd_error *error)
{
    struct xd_network_builder *builder = context;
    const char *type = xd_osm_tag_value(relation->tags, "type");
    builder->counts.relations_seen++;
    if (xd_restriction_is(relation->tags))
        return xd_draft_restriction_relation(builder, relation, error);
    if (type && (strcmp(type, "multipolygon") == 0 || strcmp(type, "boundary") == 0))
        return xd_draft_place_relation(builder, relation, error);
    return XD_OK;
}

/* ---- between the passes ---- */

static enum xd_status list_wanted(struct xd_network_builder *builder, struct xd_error *error)
{
    const size_t refs_n = builder->refs_n;
    builder->wanted = xd_alloc(refs_n + 1, sizeof *builder->wanted);
    int64_t *scratch = xd_alloc(refs_n + 1, sizeof *scratch);
    if (!builder->wanted || !scratch) {
        xd_free(scratch);
        return xd_fail_memory(error, "the nodes of roads", 2 * (refs_n + 1) * sizeof *builder->wanted);
    }
    size_t n = 0;
    if (refs_n > 0) {
        memcpy(builder->wanted, builder->refs, refs_n * sizeof *builder->wanted);
        xd_sort_i64(builder->wanted, scratch, refs_n);
        n = 1;
        for (size_t i = 1; i < refs_n; i++)
            if (builder->wanted[i] != builder->wanted[n - 1])
                builder->wanted[n++] = builder->wanted[i];
    }
    xd_free(scratch);
    builder->wanted_n = n;
    builder->position = xd_alloc_zero(n + 1, sizeof *builder->position);
    builder->node_state = xd_alloc_zero(n + 1, sizeof *builder->node_state);
    builder->node_signal = xd_alloc_zero(n + 1, sizeof *builder->node_signal);
    if (!builder->position || !builder->node_state || !builder->node_signal)
        return xd_fail_memory(error, "the nodes of roads", (n + 1) * sizeof *builder->position);
    return n > XD_NETWORK_NODES_MAX ? xd_fail(error, XD_DATA, xd_at_none(), "%s: %llu, the limit is %llu", "nodes of roads", (unsigned long long)n,
                                              (unsigned long long)XD_NETWORK_NODES_MAX)
                                    : XD_OK;
}

/* Index of the first wanted id that is not below `id`, looked for from `hint` on in growing steps: O(log distance), whatever order ids come in. */
static size_t find_from(const struct xd_network_builder *builder, size_t hint, int64_t id)
{
    const int64_t *wanted = builder->wanted;
    size_t low = hint, high = hint, step = 1; /* the answer lies in low .. high */
    if (hint < builder->wanted_n && wanted[hint] < id) {
        while (high < builder->wanted_n && wanted[high] < id) {
            low = high + 1;
            high = step < builder->wanted_n - high ? high + step : builder->wanted_n;
            step *= 2;
        }
    } else {
        while (low > 0 && wanted[low - 1] >= id) {
            high = low - 1;
            low = low > step ? low - step : 0;
            step *= 2;
        }
    }
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (wanted[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t xd_draft_node_find(struct xd_network_builder *builder, int64_t id)
{
    builder->cursor = find_from(builder, builder->cursor, id);
    return builder->cursor < builder->wanted_n && builder->wanted[builder->cursor] == id ? builder->cursor : builder->wanted_n;
}

/* ---- pass 2 ---- */

static enum xd_status take_node(void *context, const struct xd_osm_node *node, struct xd_error *error)
{
    struct xd_network_builder *builder = context;
    builder->counts.nodes_seen++;
    if (node->tags.items_n > 0) {
        enum xd_status status = xd_draft_place_node(builder, node, error);
        if (status != XD_OK)
            return status;
    }
    const size_t at = xd_draft_node_find(builder, node->id);
    if (at == builder->wanted_n)
        return XD_OK;
    if (builder->node_state[at] != XD_DRAFT_NODE_MISSING) {
        builder->counts.duplicate_nodes++;
        return XD_OK;
    }
    builder->node_state[at] = XD_DRAFT_NODE_FOUND;
    builder->position[at] = node->position;
    if (node->tags.items_n == 0)
        return XD_OK;
    builder->node_signal[at] = xd_node_signal_decode(node->tags);
    struct xd_draft_barrier draft = {.node = (int32_t)at};
    builder->counts.node_doubts.object_id = node->id;
    if (!xd_road_barrier_decode(node->tags, &draft.barrier, &builder->counts.node_doubts))
        return XD_OK;
    enum xd_status status = xd_array_reserve((void **)&builder->barriers, &builder->barriers_max, builder->barriers_n + 1, sizeof *builder->barriers,
                                             XD_NETWORK_NODES_MAX, "barriers", error);
    if (status == XD_OK)
        builder->barriers[builder->barriers_n++] = draft;
    return status;
}

/* A way that some restriction names and that is no road. */
static enum xd_status note_way(void *context, const struct xd_osm_way *way, struct xd_error *error)
{
    (void)error;
    xd_draft_member_found(context, way->id);
    return XD_OK;
}

enum xd_status xd_network_builder_sink(struct xd_network_builder *builder, int pass, struct xd_osm_sink *sink, struct xd_error *error)
{
    if (pass == 1) {
        *sink = (struct xd_osm_sink){.context = builder, .way = take_way, .relation = take_relation};
        return XD_OK;
    }
    size_t missing_n = 0;
    enum xd_status status = list_wanted(builder, error);
    if (status == XD_OK)
        status = xd_draft_members_list(builder, &missing_n, error);
    if (status == XD_OK)
        *sink = (struct xd_osm_sink){.context = builder, .node = take_node, .way = missing_n > 0 ? note_way : NULL};
    return status;
}
