#include "maps/network_extend.h"

#include "maps/network_builder.h"
#include "maps/network_hash.h"
#include "maps/network_join.h"

#include <stdlib.h>
#include <string.h>

/* What is made of the joins: new nodes stand before the map's, extra roads before its roads. */
struct extension {
    const struct xd_network *old;
    struct xd_joins joins;
    int32_t *spot_node;               /* spots_n: of the extended network */
    int32_t nodes_n;                  /* new ones */
    int32_t first_cut, first_own_cut; /* new nodes of cuts */
    int32_t *road_node;               /* of extra roads, first_node[r] .. first_node[r + 1] */
    int64_t *first_node;              /* roads_n + 1 */
    int32_t *group;                   /* roads_n: an extra road that it hangs together with, or itself */
    uint8_t *on_map;                  /* roads_n: of groups by their first: does one of them join the map? */
    struct xd_network_frozen *frozen;
};

/* ---- what hangs together ---- */

static int32_t group_of(struct extension *made, int32_t road)
{
    while (made->group[road] != road)
        road = made->group[road] = made->group[made->group[road]];
    return road;
}

static void group_join(struct extension *made, int32_t a, int32_t b)
{
    const int32_t x = group_of(made, a), y = group_of(made, b);
    made->group[x > y ? x : y] = x > y ? y : x;
}

static void groups_find(struct extension *made)
{
    const struct xd_joins *joins = &made->joins;
    for (int32_t r = 0; r < joins->roads_n; r++)
        made->group[r] = r;
    for (int32_t point = 0; point < joins->first_point[joins->roads_n]; point++)
        group_join(made, joins->point_road[point], joins->point_road[joins->spots[joins->point_spot[point]].first_point]);
    for (int32_t s = 0; s < joins->spots_n; s++) {
        const struct xd_spot *spot = &joins->spots[s];
        if (spot->joint.kind == XD_JOINT_SPOT)
            group_join(made, joins->point_road[spot->first_point], joins->point_road[joins->spots[spot->joint.index].first_point]);
        if (spot->joint.kind == XD_JOINT_OWN_CUT)
            group_join(made, joins->point_road[spot->first_point], joins->point_road[joins->own_cuts[spot->joint.index].place]);
    }
    for (int32_t s = 0; s < joins->spots_n; s++)
        if (joins->spots[s].joint.kind == XD_JOINT_NODE || joins->spots[s].joint.kind == XD_JOINT_CUT)
            made->on_map[group_of(made, joins->point_road[joins->spots[s].first_point])] = 1;
}

static double length_of(const struct xd_extra_road *road)
{
    double length_m = 0.0;
    for (int32_t i = 0; i + 1 < road->points_n; i++)
        length_m += xd_distance_m(road->points[i], road->points[i + 1]);
    return length_m;
}

static struct xd_location at_end(const struct xd_extra_road *road, bool last)
{
    return xd_at_cell(road->source, last ? road->end_line : road->line, 0, road->field);
}

static void refuse_apart(const struct extension *made, int32_t r, struct xd_diagnostics *diagnostics)
{
    const struct xd_joins *joins = &made->joins;
    const struct xd_extra_road *road = &joins->roads[r];
    int32_t gap_m = -1;
    for (int32_t point = joins->first_point[r]; point < joins->first_point[r + 1]; point++) {
        const int32_t here_m = joins->spots[joins->point_spot[point]].gap_m;
        gap_m = here_m >= 0 && (gap_m < 0 || here_m < gap_m) ? here_m : gap_m;
    }
    if (gap_m >= 0)
        xd_diagnostics_error(
            diagnostics, XD_DATA, at_end(road, false),
            "the extra road %.60s joins no road of the map: the nearest is %ld m from it, expected an end within %ld m (join_m); draw it up to "
            "a road, or raise join_m",
            road->label, (long)gap_m, (long)road->join_m);
    else
        xd_diagnostics_error(
            diagnostics, XD_DATA, at_end(road, false),
            "the extra road %.60s joins no road of the map: there is none within %ld m, expected an end within %ld m (join_m); is it drawn in "
            "the right crs?",
            road->label, (long)XD_EXTRA_GAP_TOLD_M, (long)road->join_m);
}

static bool is_open_end(const struct xd_spot *spot)
{
    return spot->ends_n > 0 && spot->points_n == 1 && spot->joint.kind == XD_JOINT_NONE && !spot->met;
}

/* Errors of roads that are apart; else warnings of ends that nearly join. */
static bool judge_roads(struct extension *made, struct xd_diagnostics *diagnostics, struct xd_extend_counts *counts)
{
    const struct xd_joins *joins = &made->joins;
    bool good = true;
    groups_find(made);
    for (int32_t r = 0; r < joins->roads_n; r++) {
        if (made->on_map[group_of(made, r)])
            continue;
        refuse_apart(made, r, diagnostics);
        good = false;
    }
    for (int32_t s = 0; s < joins->spots_n && good; s++) {
        const struct xd_spot *spot = &joins->spots[s];
        const int32_t r = joins->point_road[spot->first_point];
        counts->joined_to_extra_n += spot->joint.kind == XD_JOINT_SPOT || spot->joint.kind == XD_JOINT_OWN_CUT;
        if (!is_open_end(spot))
            continue;
        counts->ends_open_n++;
        if (spot->gap_m >= 0 && spot->gap_m * 2.0 < length_of(&joins->roads[r]))
            xd_diagnostics_warn(
                diagnostics, at_end(&joins->roads[r], spot->first_point > joins->first_point[r]),
                "the extra road %.60s ends %ld m from a road of the map and does not join it, which takes %ld m (join_m); is this meant? "
                "Else draw it up to the road, or raise join_m",
                joins->roads[r].label, (long)spot->gap_m, (long)joins->roads[r].join_m);
    }
    return good;
}

/* ---- nodes ---- */

static int32_t joint_node(const struct extension *made, struct xd_joint joint)
{
    switch (joint.kind) {
    case XD_JOINT_NODE:
        return made->nodes_n + joint.index;
    case XD_JOINT_CUT:
        return made->first_cut + joint.index;
    case XD_JOINT_OWN_CUT:
        return made->first_own_cut + joint.index;
    case XD_JOINT_SPOT:
        return made->spot_node[joint.index];
    case XD_JOINT_NONE:
        break;
    }
    return -1;
}

/* New nodes: spots that stay where they are, then cuts, then own cuts. */
static void nodes_number(struct extension *made)
{
    const struct xd_joins *joins = &made->joins;
    int32_t n = 0;
    for (int32_t s = 0; s < joins->spots_n; s++)
        made->spot_node[s] = joins->spots[s].moved ? -1 : n++;
    made->first_cut = n;
    made->first_own_cut = n + joins->cuts_n;
    made->nodes_n = made->first_own_cut + joins->own_cuts_n;
    for (int32_t s = 0; s < joins->spots_n; s++)
        if (joins->spots[s].moved)
            made->spot_node[s] = joint_node(made, joins->spots[s].joint);
}

static void add_node(struct extension *made, int32_t r, int32_t node)
{
    int64_t *end = &made->first_node[r + 1];
    if (*end == made->first_node[r] || made->road_node[*end - 1] != node)
        made->road_node[(*end)++] = node;
}

/* The way from a spot to what it joins, where the two are apart: drawn by the first of its ends. */
static bool leads_on(const struct extension *made, int32_t point)
{
    const struct xd_joins *joins = &made->joins;
    const struct xd_spot *spot = &joins->spots[joins->point_spot[point]];
    return spot->joint.kind != XD_JOINT_NONE && !spot->moved && spot->ends_n > 0 && spot->first_end == point;
}

static bool roads_draw(struct extension *made, struct xd_diagnostics *diagnostics)
{
    const struct xd_joins *joins = &made->joins;
    int32_t cut = 0;
    bool good = true;
    made->first_node[0] = 0;
    for (int32_t r = 0; r < joins->roads_n; r++) {
        made->first_node[r + 1] = made->first_node[r];
        for (int32_t point = joins->first_point[r]; point < joins->first_point[r + 1]; point++) {
            const bool before = point == joins->first_point[r];
            const int32_t joint = leads_on(made, point) ? joint_node(made, joins->spots[joins->point_spot[point]].joint) : -1;
            if (joint >= 0 && before)
                add_node(made, r, joint);
            add_node(made, r, made->spot_node[joins->point_spot[point]]);
            if (joint >= 0 && !before)
                add_node(made, r, joint);
            for (; cut < joins->own_cuts_n && joins->own_cuts[cut].place == point; cut++)
                add_node(made, r, made->first_own_cut + cut);
        }
        if (made->first_node[r + 1] - made->first_node[r] >= 2)
            continue;
        xd_diagnostics_error(
            diagnostics, XD_DATA, at_end(&joins->roads[r], false),
            "the extra road %.60s comes to one point of the map's roads, expected one that leads somewhere: all its points lie within %ld m "
            "of it",
            joins->roads[r].label, (long)joins->roads[r].join_m);
        good = false;
    }
    return good;
}

/* ---- the extended network ---- */

/* Cuts before a place in the old network's road_node. */
static int32_t cuts_before(const struct xd_joins *joins, int64_t place)
{
    int32_t low = 0, high = joins->cuts_n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (joins->cuts[middle].place < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int64_t new_place(const struct extension *made, int64_t place)
{
    return made->first_node[made->joins.roads_n] + place + cuts_before(&made->joins, place);
}

/* Ids below all others and below 0, ascending. False where there is no room. */
static bool ids_fill(int64_t *ids, int32_t n, int64_t least)
{
    const int64_t below = least < 0 ? least : 0;
    if (below < INT64_MIN + n)
        return false;
    for (int32_t i = 0; i < n; i++)
        ids[i] = below - n + i;
    return true;
}

static struct xd_position position_of(const struct extension *made, int32_t node, const int32_t *spot_of)
{
    const struct xd_joins *joins = &made->joins;
    if (node >= made->first_own_cut)
        return joins->own_cuts[node - made->first_own_cut].position;
    return node >= made->first_cut ? joins->cuts[node - made->first_cut].position : joins->spots[spot_of[node]].position;
}

static enum xd_status nodes_write(struct extension *made, struct xd_error *error)
{
    const struct xd_network *old = made->old;
    struct xd_network_frozen *frozen = made->frozen;
    const int64_t n = (int64_t)old->nodes_n + made->nodes_n;
    if (n > XD_NETWORK_NODES_MAX)
        return xd_fail(error, XD_DATA, xd_at_none(), "nodes of roads: %lld, the limit is %lld", (long long)n, (long long)XD_NETWORK_NODES_MAX);
    frozen->node_osm_id = xd_alloc((size_t)n, sizeof *frozen->node_osm_id);
    frozen->node_position = xd_alloc((size_t)n, sizeof *frozen->node_position);
    frozen->node_barrier = xd_arena_alloc(&frozen->arena, (size_t)n, sizeof *frozen->node_barrier);
    frozen->node_signal = xd_alloc_zero((size_t)n, sizeof *frozen->node_signal);
    frozen->barriers = xd_arena_copy(&frozen->arena, old->barriers, (size_t)old->barriers_n, sizeof *frozen->barriers);
    int32_t *spot_of = xd_alloc((size_t)made->nodes_n + 1, sizeof *spot_of);
    if (!frozen->node_osm_id || !frozen->node_position || !frozen->node_barrier || !frozen->node_signal || !frozen->barriers || !spot_of) {
        xd_free(spot_of);
        return xd_fail_memory(error, "the network's nodes", (size_t)n * (sizeof *frozen->node_osm_id + sizeof *frozen->node_position));
    }
    for (int32_t s = 0; s < made->joins.spots_n; s++)
        if (!made->joins.spots[s].moved)
            spot_of[made->spot_node[s]] = s;
    struct xd_network *network = &frozen->network;
    network->south_west = old->south_west;
    network->north_east = old->north_east;
    for (int32_t i = 0; i < made->nodes_n; i++) {
        const struct xd_position at = position_of(made, i, spot_of);
        frozen->node_position[i] = at;
        frozen->node_barrier[i] = -1;
        network->south_west.lon_e7 = at.lon_e7 < network->south_west.lon_e7 ? at.lon_e7 : network->south_west.lon_e7;
        network->south_west.lat_e7 = at.lat_e7 < network->south_west.lat_e7 ? at.lat_e7 : network->south_west.lat_e7;
        network->north_east.lon_e7 = at.lon_e7 > network->north_east.lon_e7 ? at.lon_e7 : network->north_east.lon_e7;
        network->north_east.lat_e7 = at.lat_e7 > network->north_east.lat_e7 ? at.lat_e7 : network->north_east.lat_e7;
    }
    xd_free(spot_of);
    memcpy(frozen->node_osm_id + made->nodes_n, old->node_osm_id, (size_t)old->nodes_n * sizeof *old->node_osm_id);
    memcpy(frozen->node_position + made->nodes_n, old->node_position, (size_t)old->nodes_n * sizeof *old->node_position);
    memcpy(frozen->node_barrier + made->nodes_n, old->node_barrier, (size_t)old->nodes_n * sizeof *old->node_barrier);
    memcpy(frozen->node_signal + made->nodes_n, old->node_signal, (size_t)old->nodes_n * sizeof *old->node_signal);
    network->nodes_n = (int32_t)n;
    network->barriers_n = old->barriers_n;
    return ids_fill(frozen->node_osm_id, made->nodes_n, old->node_osm_id[0])
               ? XD_OK
               : xd_fail(error, XD_DATA, xd_at_none(), "the map has a node of id %lld: no ids are left below it for extra roads",
                         (long long)old->node_osm_id[0]);
}

/* A text in the names, which have room for it. */
static const char *keep(char **names, const char *text)
{
    const size_t n = strlen(text) + 1;
    char *kept = *names;
    memcpy(kept, text, n);
    *names += n;
    return kept;
}

static size_t names_bytes(const struct extension *made)
{
    const struct xd_network *old = made->old;
    size_t n = 1;
    for (int32_t r = 0; r < made->joins.roads_n; r++)
        n += strlen(made->joins.roads[r].name) + 1;
    for (int32_t r = 0; r < old->roads_n; r++)
        n += strlen(old->road_name[r]) + 1;
    for (int32_t i = 0; i < old->map_places_n; i++)
        n += strlen(old->map_places[i].name) + strlen(old->map_places[i].name_zh) + strlen(old->map_places[i].code) + 3;
    return n;
}

static void lines_write(struct extension *made)
{
    const struct xd_network *old = made->old;
    const struct xd_joins *joins = &made->joins;
    struct xd_network_frozen *frozen = made->frozen;
    const int32_t extra_n = joins->roads_n;
    int64_t at = made->first_node[extra_n];
    int32_t cut = 0;
    memcpy(frozen->first_node, made->first_node, (size_t)extra_n * sizeof *frozen->first_node);
    memcpy(frozen->road_node, made->road_node, (size_t)at * sizeof *frozen->road_node);
    for (int32_t r = 0; r < old->roads_n; r++) {
        frozen->first_node[extra_n + r] = at;
        for (int64_t k = old->first_node[r]; k < old->first_node[r + 1]; k++) {
            frozen->road_node[at++] = made->nodes_n + old->road_node[k];
            for (; cut < joins->cuts_n && joins->cuts[cut].place == k; cut++)
                frozen->road_node[at++] = made->first_cut + cut;
        }
    }
    frozen->first_node[extra_n + old->roads_n] = at;
}

static enum xd_status roads_write(struct extension *made, struct xd_error *error)
{
    const struct xd_network *old = made->old;
    struct xd_network_frozen *frozen = made->frozen;
    const int32_t extra_n = made->joins.roads_n;
    const int64_t n = (int64_t)old->roads_n + extra_n;
    const int64_t points_n = made->first_node[extra_n] + old->first_node[old->roads_n] + made->joins.cuts_n;
    if (n > XD_NETWORK_ROADS_MAX || points_n > XD_NETWORK_ROAD_NODES_MAX)
        return xd_fail(error, XD_DATA, xd_at_none(), "roads and their points: %lld and %lld, the limits are %lld and %lld", (long long)n,
                       (long long)points_n, (long long)XD_NETWORK_ROADS_MAX, (long long)XD_NETWORK_ROAD_NODES_MAX);
    frozen->roads = xd_arena_alloc(&frozen->arena, (size_t)n, sizeof *frozen->roads);
    frozen->road_osm_id = xd_arena_alloc(&frozen->arena, (size_t)n, sizeof *frozen->road_osm_id);
    frozen->first_node = xd_arena_alloc(&frozen->arena, (size_t)n + 1, sizeof *frozen->first_node);
    frozen->road_node = xd_arena_alloc(&frozen->arena, (size_t)points_n, sizeof *frozen->road_node);
    frozen->road_name = xd_arena_alloc(&frozen->arena, (size_t)n, sizeof *frozen->road_name);
    frozen->map_places = xd_arena_copy(&frozen->arena, old->map_places, (size_t)old->map_places_n, sizeof *frozen->map_places);
    frozen->names = xd_alloc(names_bytes(made), 1);
    if (!frozen->roads || !frozen->road_osm_id || !frozen->first_node || !frozen->road_node || !frozen->road_name || !frozen->map_places ||
        !frozen->names)
        return xd_fail_memory(error, "the network's roads", (size_t)n * sizeof *frozen->roads + (size_t)points_n * sizeof *frozen->road_node);
    char *names = frozen->names;
    for (int32_t r = 0; r < extra_n; r++) {
        frozen->roads[r] = made->joins.roads[r].road;
        frozen->road_name[r] = keep(&names, made->joins.roads[r].name);
    }
    memcpy(frozen->roads + extra_n, old->roads, (size_t)old->roads_n * sizeof *old->roads);
    memcpy(frozen->road_osm_id + extra_n, old->road_osm_id, (size_t)old->roads_n * sizeof *old->road_osm_id);
    for (int32_t r = 0; r < old->roads_n; r++)
        frozen->road_name[extra_n + r] = keep(&names, old->road_name[r]);
    for (int32_t i = 0; i < old->map_places_n; i++) {
        frozen->map_places[i].name = keep(&names, old->map_places[i].name);
        frozen->map_places[i].name_zh = keep(&names, old->map_places[i].name_zh);
        frozen->map_places[i].code = keep(&names, old->map_places[i].code);
    }
    lines_write(made);
    frozen->network.roads_n = (int32_t)n;
    frozen->network.map_places_n = old->map_places_n;
    return ids_fill(frozen->road_osm_id, extra_n, old->road_osm_id[0])
               ? XD_OK
               : xd_fail(error, XD_DATA, xd_at_none(), "the map has a way of id %lld: no ids are left below it for extra roads",
                         (long long)old->road_osm_id[0]);
}

/* ---- restrictions ---- */

/* A step's parts in driving order; of the first step only the last, of the last only the first: those at the turn. */
static int32_t step_write(const struct extension *made, int64_t step, bool is_first, bool is_last, int64_t *steps)
{
    const int64_t place = step / 2, direction = step % 2;
    const int64_t from = new_place(made, place), to = new_place(made, place + 1) - 1;
    const int64_t begin = direction ? to : from, end = direction ? from : to;
    int32_t n = 0;
    for (int64_t k = is_first ? end : begin;; k += direction ? -1 : 1) {
        if (steps)
            steps[n] = k * 2 + direction;
        n++;
        if (k == end || is_last)
            return n;
    }
}

static int32_t steps_write(const struct extension *made, const struct xd_restriction *restriction, int64_t *steps)
{
    int32_t n = 0;
    for (int32_t i = 0; i < restriction->steps_n; i++)
        n += step_write(made, made->old->restriction_step[restriction->first_step + i], i == 0, i == restriction->steps_n - 1,
                        steps ? steps + n : NULL);
    return n;
}

/* With its steps beside it, so that it can be sorted. */
struct moved_restriction {
    struct xd_restriction restriction;
    const int64_t *steps;
};

/* As maps/network_restrictions.c has them. */
static int by_restriction(const void *a, const void *b)
{
    const struct moved_restriction *left = a, *right = b;
    const struct xd_restriction *x = &left->restriction, *y = &right->restriction;
    if (x->osm_id != y->osm_id)
        return x->osm_id < y->osm_id ? -1 : 1;
    if (x->only != y->only)
        return x->only ? 1 : -1;
    if (x->keys != y->keys)
        return x->keys < y->keys ? -1 : 1;
    if (x->clauses != y->clauses)
        return x->clauses < y->clauses ? -1 : 1;
    if (x->clauses != 0 && x->rule != y->rule)
        return x->rule < y->rule ? -1 : 1;
    for (int32_t i = 0; i < x->steps_n && i < y->steps_n; i++)
        if (left->steps[i] != right->steps[i])
            return left->steps[i] < right->steps[i] ? -1 : 1;
    return (x->steps_n > y->steps_n) - (x->steps_n < y->steps_n);
}

static enum xd_status restrictions_write(struct extension *made, struct xd_error *error)
{
    const struct xd_network *old = made->old;
    struct xd_network_frozen *frozen = made->frozen;
    const size_t n = (size_t)old->restrictions_n;
    int64_t steps_n = 0;
    for (size_t i = 0; i < n; i++)
        steps_n += steps_write(made, &old->restrictions[i], NULL);
    struct moved_restriction *moved = xd_alloc(n + 1, sizeof *moved);
    int64_t *steps = xd_alloc((size_t)steps_n + 1, sizeof *steps);
    frozen->restrictions = xd_arena_alloc(&frozen->arena, n + 1, sizeof *frozen->restrictions);
    frozen->restriction_step = xd_arena_alloc(&frozen->arena, (size_t)steps_n + 1, sizeof *frozen->restriction_step);
    enum xd_status status = XD_OK;
    if (moved && steps && frozen->restrictions && frozen->restriction_step) {
        int64_t *at = steps;
        for (size_t i = 0; i < n; i++) {
            moved[i] = (struct moved_restriction){.restriction = old->restrictions[i], .steps = at};
            moved[i].restriction.steps_n = steps_write(made, &old->restrictions[i], at);
            at += moved[i].restriction.steps_n;
        }
        if (n > 0)
            qsort(moved, n, sizeof *moved, by_restriction);
        steps_n = 0;
        for (size_t i = 0; i < n; i++) {
            frozen->restrictions[i] = moved[i].restriction;
            frozen->restrictions[i].first_step = steps_n;
            memcpy(frozen->restriction_step + steps_n, moved[i].steps, (size_t)moved[i].restriction.steps_n * sizeof *steps);
            steps_n += moved[i].restriction.steps_n;
        }
        frozen->network.restrictions_n = (int32_t)n;
    } else {
        status = xd_fail_memory(error, "turn restrictions", n * sizeof *moved + (size_t)steps_n * sizeof *steps);
    }
    xd_free(moved);
    xd_free(steps);
    return status;
}

/* ---- all ---- */

static void show(struct xd_network_frozen *frozen, const struct xd_network_counts *counts)
{
    struct xd_network *network = &frozen->network;
    network->node_osm_id = frozen->node_osm_id;
    network->node_position = frozen->node_position;
    network->node_barrier = frozen->node_barrier;
    network->node_signal = frozen->node_signal;
    network->barriers = frozen->barriers;
    network->roads = frozen->roads;
    network->road_osm_id = frozen->road_osm_id;
    network->first_node = frozen->first_node;
    network->road_node = frozen->road_node;
    network->road_name = frozen->road_name;
    network->map_places = frozen->map_places;
    network->restrictions = frozen->restrictions;
    network->restriction_step = frozen->restriction_step;
    network->clauses = frozen->clauses;
    network->counts = *counts;
    network->hash = xd_network_hash(network);
}

static enum xd_status freeze(struct extension *made, struct xd_error *error)
{
    made->frozen = xd_alloc_zero(1, sizeof *made->frozen);
    enum xd_status status = made->frozen ? nodes_write(made, error) : xd_fail_memory(error, "a road network", sizeof *made->frozen);
    if (status == XD_OK)
        status = roads_write(made, error);
    if (status == XD_OK)
        status = xd_network_clauses_extend(made->old, made->joins.roads, made->joins.roads_n, made->frozen, error);
    if (status == XD_OK)
        status = restrictions_write(made, error);
    if (status == XD_OK)
        show(made->frozen, &made->old->counts);
    return status;
}

static enum xd_status room_make(struct extension *made, struct xd_error *error)
{
    const size_t roads_n = (size_t)made->joins.roads_n;
    const size_t points_n = (size_t)made->joins.first_point[roads_n] + 2 * roads_n + (size_t)made->joins.own_cuts_n;
    made->spot_node = xd_alloc((size_t)made->joins.spots_n + 1, sizeof *made->spot_node);
    made->road_node = xd_alloc(points_n + 1, sizeof *made->road_node);
    made->first_node = xd_alloc(roads_n + 1, sizeof *made->first_node);
    made->group = xd_alloc(roads_n + 1, sizeof *made->group);
    made->on_map = xd_alloc_zero(roads_n + 1, sizeof *made->on_map);
    return made->spot_node && made->road_node && made->first_node && made->group && made->on_map
               ? XD_OK
               : xd_fail_memory(error, "extra roads", points_n * sizeof *made->road_node);
}

static void count(const struct extension *made, struct xd_extend_counts *counts)
{
    const struct xd_joins *joins = &made->joins;
    const struct xd_network *network = &made->frozen->network;
    double length_m = 0.0;
    counts->roads_n = joins->roads_n;
    counts->points_n = (int32_t)made->first_node[joins->roads_n];
    counts->joined_on_pieces_n = joins->cuts_n;
    for (int32_t s = 0; s < joins->spots_n; s++)
        counts->joined_at_nodes_n += joins->spots[s].joint.kind == XD_JOINT_NODE;
    for (int32_t r = 0; r < joins->roads_n; r++)
        for (int64_t k = network->first_node[r]; k + 1 < network->first_node[r + 1]; k++)
            length_m += xd_distance_m(network->node_position[network->road_node[k]], network->node_position[network->road_node[k + 1]]);
    counts->length_m = (int64_t)(length_m + 0.5);
}

enum xd_status xd_network_extend(const struct xd_network *network, const struct xd_extra_road *roads, int32_t roads_n,
                                 struct xd_diagnostics *diagnostics, struct xd_network **extended, struct xd_extend_counts *counts)
{
    struct extension made = {.old = network};
    struct xd_extend_counts counted = {0};
    struct xd_error error = {0};
    bool told = false; /* in the diagnostics already */
    enum xd_status status = xd_joins_find(network, roads, roads_n, &made.joins, &error);
    if (status == XD_OK)
        status = room_make(&made, &error);
    if (status == XD_OK && !judge_roads(&made, diagnostics, &counted)) {
        status = XD_DATA;
        told = true;
    }
    if (status == XD_OK) {
        nodes_number(&made);
        told = !roads_draw(&made, diagnostics);
        status = told ? XD_DATA : freeze(&made, &error);
    }
    if (status == XD_OK) {
        count(&made, &counted);
        *counts = counted;
        *extended = &made.frozen->network;
        made.frozen = NULL;
    } else if (!told) {
        xd_diagnostics_add(diagnostics, &error);
    }
    if (made.frozen)
        xd_network_free(&made.frozen->network);
    xd_free(made.spot_node);
    xd_free(made.road_node);
    xd_free(made.first_node);
    xd_free(made.group);
    xd_free(made.on_map);
    xd_joins_free(&made.joins);
    return status;
}
