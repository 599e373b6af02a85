/* Two passes over the map: the first keeps the ways that are roads or places with the ids of their nodes, the second only the nodes that those ids name.
 * maps/network_freeze.c then puts the network in normal form. */
#include "maps/network_builder.h"

#include <string.h>

enum xd_status xd_network_builder_create(struct xd_network_builder **builder, struct xd_error *error)
{
    struct xd_network_builder *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "a road network", sizeof *made);
    made->threads_n = 1;
    made->all.builder = made;
    made->own.builder = made;
    made->own.joined_at_once = true;
    *builder = made;
    return XD_OK;
}

void xd_network_builder_free(struct xd_network_builder *builder)
{
    if (!builder)
        return;
    xd_network_part_free(&builder->all);
    xd_network_part_free(&builder->own);
    xd_free(builder->barriers);
    xd_free(builder->member_way);
    xd_free(builder->member_way_state);
    xd_free(builder->wanted);
    xd_free(builder->position);
    xd_free(builder->node_state);
    xd_free(builder->node_signal);
    xd_free(builder);
}

void xd_network_builder_threads(struct xd_network_builder *builder, int32_t threads_n)
{
    builder->threads_n = threads_n;
}

void xd_network_builder_outdates(struct xd_network_builder *builder, const struct xd_osm_repeats *repeats)
{
    builder->repeats = repeats;
}

bool xd_network_builder_may_repeat(const struct xd_network_builder *builder, int64_t *objects_n)
{
    const struct xd_network_part *all = &builder->all;
    bool may = all->any_deleted;
    for (int kind = 0; kind < XD_OSM_KINDS_N; kind++)
        may = may || all->ids[kind].are_mixed;
    *objects_n = all->counts.nodes_seen + all->counts.ways_seen + all->counts.relations_seen;
    return may;
}

static bool is_outdated(const struct xd_network_part *part, enum xd_osm_kind kind, int64_t id, int32_t version)
{
    return xd_osm_is_outdated(part->builder->repeats, kind, id, version);
}

static enum xd_status note_deleted(void *context, enum xd_osm_kind kind, int64_t id, int32_t version, struct xd_error *error)
{
    struct xd_network_part *part = context;
    (void)kind, (void)id, (void)version, (void)error;
    part->any_deleted = true;
    return XD_OK;
}

/* ---- pass 1 ---- */

static enum xd_status take_road(struct xd_network_part *part, const struct xd_osm_way *way, struct xd_draft_road *draft, struct xd_error *error)
{
    enum xd_status status =
        xd_array_reserve((void **)&part->roads, &part->roads_max, part->roads_n + 1, sizeof *part->roads, XD_NETWORK_ROADS_MAX, "roads", error);
    if (status == XD_OK)
        status = xd_draft_string(part, xd_road_name(way->tags), &draft->name, error);
    if (status != XD_OK)
        return status;
    draft->osm_id = way->id;
    draft->refs_n = way->node_ids_n;
    draft->sequence = (int32_t)part->roads_n;
    part->roads[part->roads_n++] = *draft;
    return XD_OK;
}

static enum xd_status take_way(void *context, const struct xd_osm_way *way, struct xd_error *error)
{
    struct xd_network_part *part = context;
    struct xd_draft_road road = {0};
    struct xd_clauses clauses;
    struct xd_draft_place place = {.place = {.osm_id = way->id, .osm_type = XD_OSM_WAY}, .refs_n = way->node_ids_n};
    struct xd_map_place_tags place_tags;
    xd_draft_ids_note(&part->ids[XD_OSM_WAY], way->id);
    if (is_outdated(part, XD_OSM_WAY, way->id, way->version)) {
        const bool was_road = xd_road_decode(way->tags, &road.road, NULL, NULL);
        part->counts.ways_seen++;
        part->counts.ways_not_roads += !was_road;
        part->counts.duplicate_ways += was_road;
        return XD_OK;
    }
    part->counts.way_doubts.object_id = way->id;
    const bool is_road = xd_road_decode(way->tags, &road.road, &clauses, &part->counts.way_doubts);
    const bool is_place = xd_map_place_decode(way->tags, &place_tags);
    part->counts.ways_seen++;
    part->counts.ways_not_roads += !is_road;
    if (!is_road && !is_place)
        return XD_OK;
    enum xd_status status = xd_draft_refs(part, way->node_ids, (size_t)way->node_ids_n, &road.first_ref, error);
    if (status == XD_OK && is_road)
        status = xd_draft_clauses(part, &clauses, &road.clauses, error);
    if (status == XD_OK && is_road)
        status = take_road(part, way, &road, error);
    place.first_ref = road.first_ref;
    if (status == XD_OK && is_road && is_place) /* each has its own refs, as those of roads do not stay ids */
        status = xd_draft_refs(part, way->node_ids, (size_t)way->node_ids_n, &place.first_ref, error);
    if (status == XD_OK && is_place)
        status = xd_draft_place_add(part, &place_tags, &place, error);
    return status;
}

static enum xd_status take_relation(void *context, const struct xd_osm_relation *relation, struct xd_error *error)
{
    struct xd_network_part *part = context;
    const char *type = xd_osm_tag_value(relation->tags, "type");
    part->counts.relations_seen++;
    xd_draft_ids_note(&part->ids[XD_OSM_RELATION], relation->id);
    if (is_outdated(part, XD_OSM_RELATION, relation->id, relation->version)) {
        const bool was_restriction = xd_restriction_is(relation->tags);
        part->counts.restrictions_seen += was_restriction;
        part->counts.restrictions_dropped[XD_RESTRICTION_REPEATED] += was_restriction;
        return XD_OK;
    }
    if (xd_restriction_is(relation->tags))
        return xd_draft_restriction_relation(part, relation, error);
    if (type && (strcmp(type, "multipolygon") == 0 || strcmp(type, "boundary") == 0))
        return xd_draft_place_relation(part, relation, error);
    return XD_OK;
}

/* ---- pass 2 ---- */

/* After an object that came alone. */
static enum xd_status taken(struct xd_network_part *part, enum xd_status status, struct xd_error *error)
{
    if (status != XD_OK || !part->joined_at_once)
        return status;
    return xd_network_part_join(part->builder, part, error);
}

static enum xd_status reserve_found(struct xd_network_part *part, size_t more_n, struct xd_error *error)
{
    return xd_array_reserve((void **)&part->found, &part->found_max, part->found_n + more_n, sizeof *part->found, XD_NETWORK_NODES_MAX,
                            "nodes of roads", error);
}

static enum xd_status take_node_tags(struct xd_network_part *part, const struct xd_osm_node *node, int32_t *tags, struct xd_error *error)
{
    struct xd_draft_found_tags made = {.signal = xd_node_signal_decode(node->tags), .doubts = {.object_id = node->id}};
    const size_t n = part->found_tags_n;
    struct xd_clauses clauses = {.n = 0};
    made.is_barrier = xd_road_barrier_decode(node->tags, &made.barrier, &clauses, &made.doubts);
    enum xd_status status = xd_draft_clauses(part, &clauses, &made.clauses, error);
    if (status == XD_OK)
        status = xd_array_reserve((void **)&part->found_tags, &part->found_tags_max, n + 1, sizeof *part->found_tags, XD_NETWORK_NODES_MAX,
                                  "barriers", error);
    if (status != XD_OK)
        return status;
    part->found_tags[part->found_tags_n++] = made;
    *tags = (int32_t)n;
    return XD_OK;
}

static enum xd_status take_node(void *context, const struct xd_osm_node *node, struct xd_error *error)
{
    struct xd_network_part *part = context;
    enum xd_status status = XD_OK;
    part->counts.nodes_seen++;
    xd_draft_ids_note(&part->ids[XD_OSM_NODE], node->id);
    const size_t at = xd_draft_wanted_find(part->builder, &part->cursor, node->id);
    if (is_outdated(part, XD_OSM_NODE, node->id, node->version)) {
        part->counts.duplicate_nodes += at < part->builder->wanted_n;
        return taken(part, status, error);
    }
    if (node->tags.items_n > 0)
        status = xd_draft_place_node(part, node, error);
    if (status == XD_OK && at < part->builder->wanted_n) {
        struct xd_draft_found found = {.node = (int32_t)at, .tags = -1, .position = node->position};
        status = reserve_found(part, 1, error);
        if (status == XD_OK && node->tags.items_n > 0)
            status = take_node_tags(part, node, &found.tags, error);
        if (status == XD_OK)
            part->found[part->found_n++] = found;
    }
    return taken(part, status, error);
}

static enum xd_status take_nodes(void *context, const struct xd_osm_nodes *nodes, struct xd_error *error)
{
    struct xd_network_part *part = context;
    const struct xd_network_builder *builder = part->builder;
    enum xd_status status = reserve_found(part, (size_t)nodes->nodes_n, error);
    part->counts.nodes_seen += nodes->nodes_n;
    for (int32_t i = 0; i < nodes->nodes_n; i++)
        xd_draft_ids_note(&part->ids[XD_OSM_NODE], nodes->ids[i]);
    for (int32_t i = 0; i < nodes->nodes_n && status == XD_OK; i++) {
        const size_t at = xd_draft_wanted_find(builder, &part->cursor, nodes->ids[i]);
        if (at < builder->wanted_n)
            part->found[part->found_n++] = (struct xd_draft_found){.node = (int32_t)at, .tags = -1, .position = nodes->positions[i]};
    }
    return taken(part, status, error);
}

/* A way that some restriction names and that is no road. */
static enum xd_status note_way(void *context, const struct xd_osm_way *way, struct xd_error *error)
{
    struct xd_network_part *part = context;
    const size_t at = xd_draft_member_find(part->builder, way->id);
    if (at == part->builder->member_ways_n || is_outdated(part, XD_OSM_WAY, way->id, way->version))
        return XD_OK;
    enum xd_status status = xd_array_reserve((void **)&part->member_ways, &part->member_ways_max, part->member_ways_n + 1, sizeof *part->member_ways,
                                             INT32_MAX, "ways of turn restrictions", error);
    if (status == XD_OK)
        part->member_ways[part->member_ways_n++] = (int32_t)at;
    return taken(part, status, error);
}

/* ---- several parts at once ---- */

static enum xd_status create_part(void *context, void **part, struct xd_error *error)
{
    const struct xd_network_part *of = context;
    struct xd_network_part *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "a part of a road network", sizeof *made);
    made->builder = of->builder;
    *part = made;
    return XD_OK;
}

static enum xd_status join_part(void *context, void *part, struct xd_error *error)
{
    const struct xd_network_part *of = context;
    return xd_network_part_join(of->builder, part, error);
}

static void release_part(void *part)
{
    if (part)
        xd_network_part_free(part);
    xd_free(part);
}

static const struct xd_osm_parts parts = {.create = create_part, .join = join_part, .release = release_part};

enum xd_status xd_network_builder_sink(struct xd_network_builder *builder, int pass, struct xd_osm_sink *sink, struct xd_error *error)
{
    if (pass == 1) {
        *sink = (struct xd_osm_sink){.context = &builder->all,
                                     .way = take_way,
                                     .relation = take_relation,
                                     .deleted = note_deleted,
                                     .versions = builder->repeats != NULL,
                                     .parts = &parts};
        return XD_OK;
    }
    size_t missing_n = 0;
    enum xd_status status = xd_draft_wanted_list(builder, error);
    if (status == XD_OK)
        status = xd_draft_members_list(builder, &missing_n, error);
    if (status == XD_OK)
        *sink = (struct xd_osm_sink){.context = &builder->own,
                                     .node = take_node,
                                     .nodes = builder->repeats ? NULL : take_nodes,
                                     .deleted = note_deleted,
                                     .versions = builder->repeats != NULL,
                                     .way = missing_n > 0 ? note_way : NULL,
                                     .way_ids_alone = true,
                                     .parts = &parts};
    return status;
}
