/* Parts of a map that is being read, and how they become one. */
#include "maps/network_builder.h"

#include <string.h>

void xd_network_part_free(struct xd_network_part *part)
{
    xd_free(part->roads);
    xd_free(part->refs);
    xd_free(part->names);
    xd_free(part->places);
    xd_free(part->restrictions);
    xd_free(part->members);
    xd_free(part->clauses);
    xd_free(part->found);
    xd_free(part->found_tags);
    xd_free(part->member_ways);
}

enum xd_status xd_draft_string(struct xd_network_part *part, const char *text, size_t *offset, struct xd_error *error)
{
    const size_t n = strlen(text) + 1;
    enum xd_status status =
        xd_array_reserve((void **)&part->names, &part->names_max, part->names_n + n + 1, 1, XD_NETWORK_NAME_BYTES_MAX, "bytes of names", error);
    if (status != XD_OK)
        return status;
    if (part->names_n == 0)
        part->names[part->names_n++] = '\0';
    *offset = n == 1 ? 0 : part->names_n;
    if (n > 1) {
        memcpy(part->names + part->names_n, text, n);
        part->names_n += n;
    }
    return XD_OK;
}

enum xd_status xd_draft_refs(struct xd_network_part *part, const int64_t *ids, size_t ids_n, int64_t *first_ref, struct xd_error *error)
{
    enum xd_status status = xd_array_reserve((void **)&part->refs, &part->refs_max, part->refs_n + ids_n, sizeof *part->refs,
                                             XD_NETWORK_ROAD_NODES_MAX, "points of roads", error);
    if (status != XD_OK)
        return status;
    *first_ref = (int64_t)part->refs_n;
    if (ids_n > 0)
        memcpy(part->refs + part->refs_n, ids, ids_n * sizeof *part->refs);
    part->refs_n += ids_n;
    return XD_OK;
}

/* ---- joining ---- */

static void counts_join(struct xd_network_counts *counts, const struct xd_network_counts *more)
{
    counts->nodes_seen += more->nodes_seen;
    counts->ways_seen += more->ways_seen;
    counts->relations_seen += more->relations_seen;
    counts->ways_not_roads += more->ways_not_roads;
    counts->duplicate_nodes += more->duplicate_nodes;
    counts->duplicate_ways += more->duplicate_ways;
    counts->place_areas_seen += more->place_areas_seen;
    counts->restrictions_seen += more->restrictions_seen;
    for (int reason = 0; reason < XD_RESTRICTION_DROPS_N; reason++)
        counts->restrictions_dropped[reason] += more->restrictions_dropped[reason];
    xd_road_doubts_join(&counts->way_doubts, &more->way_doubts);
    xd_road_doubts_join(&counts->relation_doubts, &more->relation_doubts);
}

static void ids_join(struct xd_network_part *all, struct xd_network_part *part)
{
    for (int kind = 0; kind < XD_OSM_KINDS_N; kind++) {
        const struct xd_draft_ids *more = &part->ids[kind];
        struct xd_draft_ids *ids = &all->ids[kind];
        if (!more->any)
            continue;
        xd_draft_ids_note(ids, more->first);
        ids->are_mixed = ids->are_mixed || more->are_mixed;
        ids->last = more->last;
        part->ids[kind] = (struct xd_draft_ids){.any = false};
    }
    all->any_deleted = all->any_deleted || part->any_deleted;
}

/* Where what a part holds comes to lie in the whole. */
struct shift {
    size_t names;
    int64_t refs;
    int32_t clauses;
};

static void shift_name(size_t *name, const struct shift *shift)
{
    if (*name > 0)
        *name += shift->names;
}

static void shift_clauses(int32_t *clauses, const struct shift *shift)
{
    if (*clauses >= 0)
        *clauses += shift->clauses;
}

static enum xd_status join_clauses(struct xd_network_part *all, const struct xd_network_part *part, struct shift *shift, struct xd_error *error)
{
    enum xd_status status = xd_array_reserve((void **)&all->clauses, &all->clauses_max, all->clauses_n + part->clauses_n, sizeof *all->clauses,
                                             XD_NETWORK_ROADS_MAX, "conditions of roads", error);
    if (status != XD_OK)
        return status;
    shift->clauses = (int32_t)all->clauses_n;
    memcpy(all->clauses + all->clauses_n, part->clauses, part->clauses_n * sizeof *all->clauses);
    all->clauses_n += part->clauses_n;
    return XD_OK;
}

static enum xd_status join_names(struct xd_network_part *all, const struct xd_network_part *part, struct shift *shift, struct xd_error *error)
{
    const size_t n = part->names_n > 0 ? part->names_n - 1 : 0; /* without the "" at offset 0, which all has once */
    enum xd_status status =
        xd_array_reserve((void **)&all->names, &all->names_max, all->names_n + n + 1, 1, XD_NETWORK_NAME_BYTES_MAX, "bytes of names", error);
    if (status != XD_OK)
        return status;
    if (all->names_n == 0)
        all->names[all->names_n++] = '\0';
    shift->names = all->names_n - 1;
    if (n > 0)
        memcpy(all->names + all->names_n, part->names + 1, n);
    all->names_n += n;
    return XD_OK;
}

static enum xd_status join_roads(struct xd_network_part *all, const struct xd_network_part *part, const struct shift *shift, struct xd_error *error)
{
    enum xd_status status = xd_array_reserve((void **)&all->roads, &all->roads_max, all->roads_n + part->roads_n, sizeof *all->roads,
                                             XD_NETWORK_ROADS_MAX, "roads", error);
    for (size_t i = 0; i < part->roads_n && status == XD_OK; i++) {
        struct xd_draft_road *road = &all->roads[all->roads_n];
        *road = part->roads[i];
        road->first_ref += shift->refs;
        road->sequence = (int32_t)all->roads_n++;
        shift_name(&road->name, shift);
        shift_clauses(&road->clauses, shift);
    }
    return status;
}

static enum xd_status join_places(struct xd_network_part *all, const struct xd_network_part *part, const struct shift *shift, struct xd_error *error)
{
    enum xd_status status = xd_array_reserve((void **)&all->places, &all->places_max, all->places_n + part->places_n, sizeof *all->places,
                                             XD_NETWORK_MAP_PLACES_MAX, "places of a map", error);
    for (size_t i = 0; i < part->places_n && status == XD_OK; i++) {
        struct xd_draft_place *place = &all->places[all->places_n];
        *place = part->places[i];
        place->first_ref += shift->refs;
        place->sequence = (int32_t)all->places_n++;
        shift_name(&place->name, shift);
        shift_name(&place->name_zh, shift);
        shift_name(&place->code, shift);
    }
    return status;
}

static enum xd_status join_restrictions(struct xd_network_part *all, const struct xd_network_part *part, const struct shift *shift,
                                        struct xd_error *error)
{
    enum xd_status status = xd_array_reserve((void **)&all->restrictions, &all->restrictions_max, all->restrictions_n + part->restrictions_n,
                                             sizeof *all->restrictions, XD_NETWORK_RESTRICTIONS_MAX, "turn restrictions", error);
    if (status == XD_OK)
        status = xd_array_reserve((void **)&all->members, &all->members_max, all->members_n + part->members_n, sizeof *all->members,
                                  (size_t)XD_NETWORK_RESTRICTIONS_MAX * XD_RESTRICTION_MEMBERS_MAX, "members of turn restrictions", error);
    for (size_t i = 0; i < part->restrictions_n && status == XD_OK; i++) {
        struct xd_draft_restriction *restriction = &all->restrictions[all->restrictions_n];
        *restriction = part->restrictions[i];
        restriction->first_member += (int64_t)all->members_n;
        restriction->sequence = (int32_t)all->restrictions_n++;
        shift_clauses(&restriction->clauses, shift);
    }
    if (status == XD_OK && part->members_n > 0)
        memcpy(all->members + all->members_n, part->members, part->members_n * sizeof *all->members);
    all->members_n += status == XD_OK ? part->members_n : 0;
    return status;
}

/* Of nodes with one id the first of the file stays. */
static enum xd_status join_found(struct xd_network_builder *builder, const struct xd_network_part *part, const struct shift *shift,
                                 struct xd_error *error)
{
    struct xd_network_counts *counts = &builder->all.counts;
    for (size_t i = 0; i < part->found_n; i++) {
        const struct xd_draft_found *found = &part->found[i];
        if (builder->node_state[found->node] != XD_DRAFT_NODE_MISSING) {
            counts->duplicate_nodes++;
            continue;
        }
        builder->node_state[found->node] = XD_DRAFT_NODE_FOUND;
        builder->position[found->node] = found->position;
        if (found->tags < 0)
            continue;
        const struct xd_draft_found_tags *tags = &part->found_tags[found->tags];
        builder->node_signal[found->node] = tags->signal;
        xd_road_doubts_join(&counts->node_doubts, &tags->doubts);
        if (!tags->is_barrier)
            continue;
        enum xd_status status = xd_array_reserve((void **)&builder->barriers, &builder->barriers_max, builder->barriers_n + 1,
                                                 sizeof *builder->barriers, XD_NETWORK_NODES_MAX, "barriers", error);
        if (status != XD_OK)
            return status;
        struct xd_draft_barrier *barrier = &builder->barriers[builder->barriers_n++];
        *barrier = (struct xd_draft_barrier){
            .osm_id = builder->wanted[found->node], .node = found->node, .clauses = tags->clauses, .barrier = tags->barrier};
        shift_clauses(&barrier->clauses, shift);
    }
    return XD_OK;
}

enum xd_status xd_network_part_join(struct xd_network_builder *builder, struct xd_network_part *part, struct xd_error *error)
{
    struct xd_network_part *all = &builder->all;
    struct shift shift = {0};
    enum xd_status status = XD_OK;
    if (part->names_n > 0)
        status = join_names(all, part, &shift, error);
    if (status == XD_OK && part->clauses_n > 0)
        status = join_clauses(all, part, &shift, error);
    if (status == XD_OK && part->refs_n > 0)
        status = xd_draft_refs(all, part->refs, part->refs_n, &shift.refs, error);
    if (status == XD_OK && part->roads_n > 0)
        status = join_roads(all, part, &shift, error);
    if (status == XD_OK && part->places_n > 0)
        status = join_places(all, part, &shift, error);
    if (status == XD_OK && part->restrictions_n > 0)
        status = join_restrictions(all, part, &shift, error);
    if (status == XD_OK)
        status = join_found(builder, part, &shift, error);
    for (size_t i = 0; i < part->member_ways_n; i++)
        if (builder->member_way_state[part->member_ways[i]] == XD_DRAFT_WAY_MISSING)
            builder->member_way_state[part->member_ways[i]] = XD_DRAFT_WAY_FOUND;
    counts_join(&all->counts, &part->counts);
    ids_join(all, part);
    part->counts = (struct xd_network_counts){0};
    part->roads_n = part->refs_n = part->names_n = part->places_n = part->restrictions_n = part->members_n = part->clauses_n = 0;
    part->found_n = part->found_tags_n = part->member_ways_n = 0;
    return status;
}
