#include "maps/network_join.h"

#include "base/sort.h"
#include "maps/piece_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELL_E7 = 50000, CELLS_BIAS = 1 << 20, TIERS_N = 2, PART_WHOLE = 1000000 };

/* Metres of a unit of 1e-7 degrees along a meridian. */
static const double METRES_A_UNIT = 6371008.8 * 3.14159265358979323846 / 180.0 / 1e7;
static const double UNITS_RADIAN = 3.14159265358979323846 / 180.0 / 1e7;

struct search {
    struct xd_joins *joins;
    double reach_m;             /* of all spots */
    int64_t south_e7, north_e7; /* of all spots, with their reach */
    int64_t *cells;             /* spots_n, ascending: row, column */
    struct xd_piece *pieces;    /* that may be near a spot */
    size_t pieces_n, pieces_max;
    struct xd_piece_near (*near)[TIERS_N]; /* spots_n: the nearest piece of usual roads (tier 0), and of footpaths (tier 1) */
    int64_t looks_n;
};

/* ---- points and spots ---- */

struct placed {
    struct xd_position position;
    int32_t point;
};

static int by_place(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->position.lat_e7 != y->position.lat_e7)
        return x->position.lat_e7 < y->position.lat_e7 ? -1 : 1;
    if (x->position.lon_e7 != y->position.lon_e7)
        return x->position.lon_e7 < y->position.lon_e7 ? -1 : 1;
    return (x->point > y->point) - (x->point < y->point);
}

static bool at_one_place(struct xd_position a, struct xd_position b)
{
    return a.lon_e7 == b.lon_e7 && a.lat_e7 == b.lat_e7;
}

/* Spots in the order of their first points. */
static void spots_number(struct xd_joins *joins, struct placed *placed, int32_t points_n)
{
    qsort(placed, (size_t)points_n, sizeof *placed, by_place);
    for (int32_t i = 0, first = 0; i < points_n; i++) {
        first = i > 0 && at_one_place(placed[i].position, placed[i - 1].position) ? first : placed[i].point;
        joins->point_spot[placed[i].point] = first;
    }
    for (int32_t point = 0; point < points_n; point++) {
        const int32_t first = joins->point_spot[point];
        const struct xd_extra_road *road = &joins->roads[joins->point_road[point]];
        const bool is_end = xd_joins_is_end(joins, point);
        if (first == point) {
            joins->spots[joins->spots_n] =
                (struct xd_spot){.position = road->points[point - joins->first_point[joins->point_road[point]]], .first_point = point, .gap_m = -1};
            joins->point_spot[point] = joins->spots_n++;
        } else {
            joins->point_spot[point] = joins->point_spot[first];
        }
        struct xd_spot *spot = &joins->spots[joins->point_spot[point]];
        const int32_t join_m = is_end ? road->join_m : road->road.flags & (XD_ROAD_BRIDGE | XD_ROAD_TUNNEL) ? 0 : XD_EXTRA_CROSS_M;
        spot->first_end = spot->ends_n == 0 && is_end ? point : spot->first_end;
        spot->points_n++;
        spot->ends_n += is_end;
        spot->join_m = join_m > spot->join_m ? join_m : spot->join_m;
    }
}

static enum xd_status points_list(struct xd_joins *joins, struct xd_error *error)
{
    int32_t points_n = 0;
    joins->first_point = xd_alloc((size_t)joins->roads_n + 1, sizeof *joins->first_point);
    if (!joins->first_point)
        return xd_fail_memory(error, "extra roads", (size_t)joins->roads_n * sizeof *joins->first_point);
    for (int32_t r = 0; r < joins->roads_n; r++) {
        joins->first_point[r] = points_n;
        points_n += joins->roads[r].points_n;
    }
    joins->first_point[joins->roads_n] = points_n;
    joins->point_road = xd_alloc((size_t)points_n + 1, sizeof *joins->point_road);
    joins->point_spot = xd_alloc((size_t)points_n + 1, sizeof *joins->point_spot);
    joins->spots = xd_alloc((size_t)points_n + 1, sizeof *joins->spots);
    struct placed *placed = xd_alloc((size_t)points_n + 1, sizeof *placed);
    enum xd_status status = XD_OK;
    if (joins->point_road && joins->point_spot && joins->spots && placed) {
        for (int32_t r = 0; r < joins->roads_n; r++)
            for (int32_t i = 0; i < joins->roads[r].points_n; i++) {
                joins->point_road[joins->first_point[r] + i] = r;
                placed[joins->first_point[r] + i] = (struct placed){joins->roads[r].points[i], joins->first_point[r] + i};
            }
        spots_number(joins, placed, points_n);
    } else {
        status = xd_fail_memory(error, "points of extra roads", (size_t)points_n * sizeof *joins->spots);
    }
    xd_free(placed);
    return status;
}

/* ---- spots near a piece ---- */

static int64_t cell_of(int64_t lon_e7, int64_t lat_e7)
{
    const int64_t column = (lon_e7 + INT64_C(2000000000)) / CELL_E7, row = (lat_e7 + INT64_C(2000000000)) / CELL_E7;
    return row * CELLS_BIAS + column;
}

static enum xd_status search_begin(struct xd_joins *joins, struct search *search, struct xd_error *error)
{
    const size_t n = (size_t)joins->spots_n;
    int64_t *scratch = xd_alloc(n + 1, sizeof *scratch);
    *search = (struct search){.joins = joins, .reach_m = XD_EXTRA_GAP_TOLD_M, .south_e7 = INT32_MAX, .north_e7 = INT32_MIN};
    search->cells = xd_alloc(n + 1, sizeof *search->cells);
    search->near = xd_alloc(n + 1, sizeof *search->near);
    enum xd_status status = XD_OK;
    if (scratch && search->cells && search->near) {
        for (size_t i = 0; i < n; i++) {
            const struct xd_spot *spot = &joins->spots[i];
            search->cells[i] = cell_of(spot->position.lon_e7, spot->position.lat_e7);
            if (spot->join_m > search->reach_m)
                search->reach_m = spot->join_m;
            search->south_e7 = spot->position.lat_e7 < search->south_e7 ? spot->position.lat_e7 : search->south_e7;
            search->north_e7 = spot->position.lat_e7 > search->north_e7 ? spot->position.lat_e7 : search->north_e7;
        }
        xd_sort_i64(search->cells, scratch, n);
    } else {
        status = xd_fail_memory(error, "extra roads", n * (sizeof *search->near + 2 * sizeof *scratch));
    }
    xd_free(scratch);
    return status;
}

static void search_end(struct search *search)
{
    xd_free(search->cells);
    xd_free(search->pieces);
    xd_free(search->near);
}

static size_t first_cell(const struct search *search, int64_t cell)
{
    size_t low = 0, high = (size_t)search->joins->spots_n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (search->cells[middle] < cell)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Ends alone, and those that neither the map nor another road's point has joined already. */
static bool may_join_extra(const struct xd_spot *spot)
{
    return spot->ends_n > 0 && spot->points_n == 1 && spot->joint.kind == XD_JOINT_NONE;
}

/* Whether a spot lies in the cells that the piece comes near to. */
static bool comes_near(const struct search *search, struct xd_position a, struct xd_position b)
{
    const int64_t north = a.lat_e7 > b.lat_e7 ? a.lat_e7 : b.lat_e7, south = a.lat_e7 > b.lat_e7 ? b.lat_e7 : a.lat_e7;
    const int64_t east = a.lon_e7 > b.lon_e7 ? a.lon_e7 : b.lon_e7, west = a.lon_e7 > b.lon_e7 ? b.lon_e7 : a.lon_e7;
    const double reach = search->reach_m / METRES_A_UNIT;
    const int64_t margin_lat = (int64_t)reach + 1;
    if (north + margin_lat < search->south_e7 || south - margin_lat > search->north_e7)
        return false;
    const double widest = cos((double)(north > -south ? north : -south) * UNITS_RADIAN);
    const int64_t margin_lon = (int64_t)(reach / (widest > 0.05 ? widest : 0.05)) + 1;
    for (int64_t row = south - margin_lat; row <= north + margin_lat + CELL_E7; row += CELL_E7) {
        const size_t i = first_cell(search, cell_of(west - margin_lon, row));
        if (i < (size_t)search->joins->spots_n && search->cells[i] <= cell_of(east + margin_lon, row))
            return true;
    }
    return false;
}

static enum xd_status add_piece(struct search *search, const struct xd_piece *piece, struct xd_error *error)
{
    const enum xd_status status = xd_array_reserve((void **)&search->pieces, &search->pieces_max, search->pieces_n + 1, sizeof *search->pieces,
                                                   INT32_MAX / 8, "points of roads", error);
    if (status == XD_OK)
        search->pieces[search->pieces_n++] = *piece;
    return status;
}

static enum xd_status refuse_crowd(const struct search *search, int32_t s, struct xd_error *error)
{
    const struct xd_joins *joins = search->joins;
    const struct xd_extra_road *road = &joins->roads[joins->point_road[joins->spots[s].first_point]];
    return xd_fail(
        error, XD_DATA, xd_at_cell(road->source, road->line, 0, road->field),
        "the extra road %.60s: too many roads lie in one place, more than %lld pieces to look at; draw each road once, and only where there is one",
        road->label, (long long)XD_EXTRA_LOOKS_MAX);
}

/* The nearest of the listed pieces to each spot that joins something, or to those alone that may join other extra roads. */
static enum xd_status find_nearest(struct search *search, int tier, bool ends_alone, struct xd_error *error)
{
    const struct xd_joins *joins = search->joins;
    struct xd_piece_tree *tree = NULL;
    enum xd_status status = xd_piece_tree_build(search->pieces, (int32_t)search->pieces_n, &tree, error);
    for (int32_t s = 0; s < joins->spots_n && status == XD_OK; s++) {
        const struct xd_spot *spot = &joins->spots[s];
        struct xd_piece_near *near = &search->near[s][tier];
        *near = (struct xd_piece_near){.squared_m = search->reach_m * search->reach_m, .place = -1};
        if (spot->join_m > 0 && (!ends_alone || may_join_extra(spot)))
            search->looks_n += xd_piece_tree_find(tree, spot->position, ends_alone ? joins->point_road[spot->first_point] : -1, near);
        if (search->looks_n > XD_EXTRA_LOOKS_MAX)
            status = refuse_crowd(search, s, error);
    }
    xd_piece_tree_free(tree);
    search->pieces_n = 0;
    return status;
}

/* ---- joining the map ---- */

static bool may_be_joined(const struct xd_road *road)
{
    return road->road_class != XD_ROAD_FERRY && road->road_class != XD_ROAD_MOTORWAY &&
           !(road->flags & (XD_ROAD_BRIDGE | XD_ROAD_TUNNEL | XD_ROAD_MOTORROAD));
}

static enum xd_status look_at_map(struct search *search, int tier, struct xd_error *error)
{
    const struct xd_network *network = search->joins->network;
    enum xd_status status = XD_OK;
    for (int32_t r = 0; r < network->roads_n && status == XD_OK; r++) {
        if (!may_be_joined(&network->roads[r]) || (network->roads[r].road_class == XD_ROAD_PATH) != (tier == 1))
            continue;
        for (int64_t k = network->first_node[r]; k + 1 < network->first_node[r + 1] && status == XD_OK; k++) {
            const struct xd_piece piece = {k, network->node_position[network->road_node[k]], network->node_position[network->road_node[k + 1]],
                                           -2 /* none of the extra roads */};
            if (comes_near(search, piece.a, piece.b))
                status = add_piece(search, &piece, error);
        }
    }
    return status == XD_OK ? find_nearest(search, tier, false, error) : status;
}

static int32_t between(int32_t a, int32_t b, int32_t part_ppm)
{
    return (int32_t)(a + ((int64_t)b - a) * part_ppm / PART_WHOLE);
}

static struct xd_join_cut cut_at(const struct xd_piece_near *near, struct xd_position a, struct xd_position b)
{
    const int32_t part_ppm = (int32_t)(near->part * PART_WHOLE + 0.5);
    return (struct xd_join_cut){.place = near->place,
                                .part_ppm = part_ppm,
                                .position = {.lon_e7 = between(a.lon_e7, b.lon_e7, part_ppm), .lat_e7 = between(a.lat_e7, b.lat_e7, part_ppm)}};
}

/* Which end of the piece lies within join_m of the spot: 0, 1, or -1. What a cut would put onto an end is that end. */
static int end_within(const struct xd_spot *spot, const struct xd_join_cut *cut, struct xd_position a, struct xd_position b)
{
    const double to_a = xd_distance_m(spot->position, a), to_b = xd_distance_m(spot->position, b);
    if (at_one_place(cut->position, a) || at_one_place(cut->position, b))
        return at_one_place(cut->position, a) ? 0 : 1;
    if (to_a > spot->join_m && to_b > spot->join_m)
        return -1;
    return to_a <= to_b ? 0 : 1;
}

/* The usual road within reach, else the footpath; NULL when there is neither. */
static const struct xd_piece_near *chosen(const struct search *search, int32_t s)
{
    const struct xd_spot *spot = &search->joins->spots[s];
    const double squared_m = (double)spot->join_m * spot->join_m;
    for (int tier = 0; tier < TIERS_N; tier++)
        if (search->near[s][tier].place >= 0 && search->near[s][tier].squared_m <= squared_m)
            return &search->near[s][tier];
    return NULL;
}

static void join_map(struct search *search, int32_t s)
{
    struct xd_joins *joins = search->joins;
    const struct xd_network *network = joins->network;
    struct xd_spot *spot = &joins->spots[s];
    const struct xd_piece_near *near = chosen(search, s);
    if (!near) {
        if (spot->join_m > 0 && search->near[s][0].place >= 0 && search->near[s][0].squared_m <= (double)XD_EXTRA_GAP_TOLD_M * XD_EXTRA_GAP_TOLD_M)
            spot->gap_m = (int32_t)(sqrt(search->near[s][0].squared_m) + 0.5);
        return;
    }
    const int32_t nodes[] = {network->road_node[near->place], network->road_node[near->place + 1]};
    const struct xd_position a = network->node_position[nodes[0]], b = network->node_position[nodes[1]];
    const struct xd_join_cut cut = cut_at(near, a, b);
    const int end = end_within(spot, &cut, a, b);
    if (end >= 0) {
        spot->joint = (struct xd_joint){XD_JOINT_NODE, nodes[end]};
        spot->moved = xd_distance_m(spot->position, end ? b : a) <= XD_EXTRA_CROSS_M;
    } else {
        spot->joint = (struct xd_joint){XD_JOINT_CUT, joins->cuts_n};
        spot->moved = near->squared_m <= (double)XD_EXTRA_CROSS_M * XD_EXTRA_CROSS_M;
        joins->cuts[joins->cuts_n++] = cut;
    }
}

/* ---- joining each other ---- */

static enum xd_status look_at_extra(struct search *search, struct xd_error *error)
{
    const struct xd_joins *joins = search->joins;
    enum xd_status status = XD_OK;
    for (int32_t r = 0; r < joins->roads_n; r++)
        for (int32_t i = 0; i + 1 < joins->roads[r].points_n && may_be_joined(&joins->roads[r].road) && status == XD_OK; i++) {
            const struct xd_piece piece = {joins->first_point[r] + i, joins->roads[r].points[i], joins->roads[r].points[i + 1], r};
            status = add_piece(search, &piece, error);
        }
    for (int32_t s = 0; s < joins->spots_n; s++)
        search->near[s][1].place = -1; /* of footpaths of the map */
    return status == XD_OK ? find_nearest(search, 0, true, error) : status;
}

static void join_extra(struct search *search, int32_t s)
{
    struct xd_joins *joins = search->joins;
    struct xd_spot *spot = &joins->spots[s];
    if (!may_join_extra(spot))
        return;
    const struct xd_piece_near *near = chosen(search, s);
    if (!near)
        return;
    const int32_t ends[] = {joins->point_spot[near->place], joins->point_spot[near->place + 1]};
    const struct xd_position a = joins->spots[ends[0]].position, b = joins->spots[ends[1]].position;
    const struct xd_join_cut cut = cut_at(near, a, b);
    const int end = end_within(spot, &cut, a, b);
    if (end < 0) {
        spot->joint = (struct xd_joint){XD_JOINT_OWN_CUT, joins->own_cuts_n};
        spot->moved = near->squared_m <= (double)XD_EXTRA_CROSS_M * XD_EXTRA_CROSS_M;
        joins->own_cuts[joins->own_cuts_n++] = cut;
        return;
    }
    struct xd_spot *other = &joins->spots[ends[end]];
    if (other->joint.kind == XD_JOINT_SPOT && other->joint.index == s)
        return; /* it has come here already */
    spot->joint = (struct xd_joint){XD_JOINT_SPOT, ends[end]};
    other->met = true;
}

/* ---- both ---- */

static int compare_cuts(const struct xd_join_cut *x, const struct xd_join_cut *y)
{
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->part_ppm > y->part_ppm) - (x->part_ppm < y->part_ppm);
}

static int by_cut(const void *a, const void *b)
{
    return compare_cuts(a, b);
}

/* Cuts in the order of place, each once; joints of that kind follow. */
static enum xd_status cuts_sort(struct xd_joins *joins, enum xd_joint_kind kind, struct xd_join_cut *cuts, int32_t *cuts_n, struct xd_error *error)
{
    struct xd_join_cut *found = xd_alloc((size_t)*cuts_n + 1, sizeof *found);
    int32_t n = 0;
    if (!found)
        return xd_fail_memory(error, "extra roads", (size_t)*cuts_n * sizeof *found);
    memcpy(found, cuts, (size_t)*cuts_n * sizeof *found);
    qsort(cuts, (size_t)*cuts_n, sizeof *cuts, by_cut);
    for (int32_t i = 0; i < *cuts_n; i++)
        if (n == 0 || compare_cuts(&cuts[i], &cuts[n - 1]) != 0)
            cuts[n++] = cuts[i];
    for (int32_t s = 0; s < joins->spots_n; s++) {
        struct xd_joint *joint = &joins->spots[s].joint;
        if (joint->kind == kind)
            joint->index = (int32_t)((struct xd_join_cut *)bsearch(&found[joint->index], cuts, (size_t)n, sizeof *cuts, by_cut) - cuts);
    }
    *cuts_n = n;
    xd_free(found);
    return XD_OK;
}

enum xd_status xd_joins_find(const struct xd_network *network, const struct xd_extra_road *roads, int32_t roads_n, struct xd_joins *joins,
                             struct xd_error *error)
{
    struct search search = {0};
    *joins = (struct xd_joins){.network = network, .roads = roads, .roads_n = roads_n};
    enum xd_status status = points_list(joins, error);
    if (status == XD_OK) {
        joins->cuts = xd_alloc((size_t)joins->spots_n + 1, sizeof *joins->cuts);
        joins->own_cuts = xd_alloc((size_t)joins->spots_n + 1, sizeof *joins->own_cuts);
        if (!joins->cuts || !joins->own_cuts)
            status = xd_fail_memory(error, "extra roads", 2 * (size_t)joins->spots_n * sizeof *joins->cuts);
    }
    if (status == XD_OK)
        status = search_begin(joins, &search, error);
    for (int tier = 0; tier < TIERS_N && status == XD_OK; tier++)
        status = look_at_map(&search, tier, error);
    for (int32_t s = 0; s < joins->spots_n && status == XD_OK; s++)
        join_map(&search, s);
    if (status == XD_OK)
        status = look_at_extra(&search, error);
    for (int32_t s = 0; s < joins->spots_n && status == XD_OK; s++)
        join_extra(&search, s);
    if (status == XD_OK)
        status = cuts_sort(joins, XD_JOINT_CUT, joins->cuts, &joins->cuts_n, error);
    if (status == XD_OK)
        status = cuts_sort(joins, XD_JOINT_OWN_CUT, joins->own_cuts, &joins->own_cuts_n, error);
    search_end(&search);
    return status;
}

void xd_joins_free(struct xd_joins *joins)
{
    xd_free(joins->first_point);
    xd_free(joins->point_road);
    xd_free(joins->point_spot);
    xd_free(joins->spots);
    xd_free(joins->cuts);
    xd_free(joins->own_cuts);
    *joins = (struct xd_joins){0};
}
