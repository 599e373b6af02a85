#include "tests/harness/road_trial.h"

#include "maps/route.h"
#include "maps/sweep.h"
#include "maps/table.h"
#include "tests/harness/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PRINTED_MAX = 5, PIECES_MAX = 100000 };

static void wrong(struct road_trial *trial, const char *what, int32_t from, int32_t to, struct xd_way found, struct xd_way truth)
{
    if (trial->wrong_n++ >= PRINTED_MAX)
        return;
    printf("  %s: %s %d -> %d:", trial->label, what, from, to);
    for (int i = 0; i < 2; i++) {
        const struct xd_way way = i ? truth : found;
        if (way.cost_ms == XD_WAY_NONE)
            printf(" none%s", i ? " (oracle)\n" : ",");
        else
            printf(" cost %lld time %lld ms %lld cm %lld kJ%s", (long long)way.cost_ms, (long long)way.time_ms, (long long)way.length_cm,
                   (long long)way.energy_kj, i ? " (oracle)\n" : ",");
    }
}

static bool is_same(struct xd_way a, struct xd_way b)
{
    return a.cost_ms == b.cost_ms &&
           (a.cost_ms == XD_WAY_NONE || (a.time_ms == b.time_ms && a.length_cm == b.length_cm && a.energy_kj == b.energy_kj));
}

/* ---- routes ---- */

struct pieces {
    int32_t directed[PIECES_MAX];
    int32_t n;
};

static void add_pieces(const struct xd_topology *topology, int32_t edge, int32_t first, int32_t last, int direction, struct pieces *pieces)
{
    for (int32_t p = first; direction ? p >= last : p <= last; p += direction ? -1 : 1)
        if (pieces->n < PIECES_MAX)
            pieces->directed[pieces->n++] = topology->piece_step[topology->first_piece[edge] + p] ^ direction;
}

static int32_t last_piece(const struct xd_topology *topology, int32_t edge)
{
    return (int32_t)(topology->first_piece[edge + 1] - topology->first_piece[edge]) - 1;
}

static bool is_at_end(const struct xd_topology *topology, const struct xd_snap *point)
{
    return point->part_ppm == 0 || point->part_ppm == XD_SNAP_PART_WHOLE ||
           topology->piece_length_cm[topology->first_piece[point->edge] + point->piece] == 0;
}

/* Without turning back where a way begins or ends just at a piece's end: that is nothing driven, and nothing that is forbidden. */
static void trim(const struct xd_topology *topology, const struct xd_snap *from, const struct xd_snap *to, struct pieces *pieces)
{
    if (is_at_end(topology, to) && pieces->n > 1 && pieces->directed[pieces->n - 1] == (pieces->directed[pieces->n - 2] ^ 1))
        pieces->n--;
    if (is_at_end(topology, from) && pieces->n > 1 && pieces->directed[0] == (pieces->directed[1] ^ 1))
        memmove(pieces->directed, pieces->directed + 1, (size_t)--pieces->n * sizeof *pieces->directed);
}

/* A way that stays on its edge may run in either direction where both points are one; the oracle then tells nought for both. */
static void list_pieces(const struct xd_topology *topology, const struct xd_snap *from, const struct xd_snap *to, const struct xd_trace *trace,
                        struct pieces *pieces)
{
    pieces->n = 0;
    if (trace->is_direct) {
        const bool back = to->piece < from->piece || (to->piece == from->piece && to->part_ppm < from->part_ppm);
        add_pieces(topology, from->edge, from->piece, to->piece, back, pieces);
        return;
    }
    add_pieces(topology, from->edge, from->piece, trace->leaves ? 0 : last_piece(topology, from->edge), trace->leaves, pieces);
    for (int32_t i = 0; i <= trace->arcs_n; i++) {
        const int32_t arc = i < trace->arcs_n ? trace->arcs[i] : trace->entry, directed = topology->arc_edge[arc], edge = directed / 2;
        const int32_t first = directed % 2 ? last_piece(topology, edge) : 0, last = directed % 2 ? 0 : last_piece(topology, edge);
        add_pieces(topology, edge, first, i < trace->arcs_n ? last : to->piece, directed % 2, pieces);
    }
}

static bool is_at(struct xd_position a, struct xd_position b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

/* Drawn from one place to the other over the nodes between the pieces, each once but where positions repeat. */
static bool is_drawn(const struct road_trial *trial, const struct xd_road_route *route, const struct xd_snap *from, const struct xd_snap *to,
                     const struct pieces *pieces)
{
    const struct xd_road_rules *rules = xd_road_oracle_rules(trial->oracle);
    int32_t at = 0;
    if (route->points_n < 1 || !is_at(route->points[0], from->position) || !is_at(route->points[route->points_n - 1], to->position))
        return false;
    for (int32_t i = 0; i + 1 < pieces->n; i++) {
        const struct xd_position node = rules->network->node_position[xd_road_rules_node(rules, pieces->directed[i], true)];
        if (is_at(route->points[at], node))
            continue;
        if (++at >= route->points_n || !is_at(route->points[at], node))
            return false;
    }
    return at + 1 >= route->points_n - 1;
}

/* Where pieces without length are on the way, turning back within them is equal to not having been there. */
static bool stands_still(const struct road_trial *trial, const struct pieces *pieces)
{
    const struct xd_road_rules *rules = xd_road_oracle_rules(trial->oracle);
    for (int32_t i = 0; i < pieces->n; i++)
        if (rules->weight[pieces->directed[i]].cost_ms == 0)
            return true;
    return false;
}

static void check_route(struct road_trial *trial, const struct xd_weights *weights, const struct xd_trace *trace, int32_t i, int32_t j,
                        struct xd_way truth)
{
    static struct pieces pieces;
    struct xd_road_route route = {0};
    const struct xd_snap *from = &trial->points[i], *to = &trial->points[j];
    int64_t ms = 0, cm = 0;
    list_pieces(trial->graph->topology, from, to, trace, &pieces);
    struct xd_way driven = xd_road_oracle_drive(trial->oracle, trial->graph->topology, from, to, pieces.directed, pieces.n);
    if (!is_same(driven, truth)) {
        trim(trial->graph->topology, from, to, &pieces);
        driven = xd_road_oracle_drive(trial->oracle, trial->graph->topology, from, to, pieces.directed, pieces.n);
    }
    if (!is_same(driven, truth) && !(trace->is_direct && from->part_ppm == to->part_ppm && from->piece == to->piece) && !stands_still(trial, &pieces))
        wrong(trial, "a trace that drives", i, j, driven, truth);
    CU_ASSERT_EQUAL_FATAL(xd_road_route_find(trial->graph, weights, from, to, &route, NULL), XD_OK);
    for (int32_t s = 0; s < route.steps_n; s++) {
        ms += route.steps[s].time_ms;
        cm += route.steps[s].length_cm;
    }
    const struct xd_way told = {truth.cost_ms, route.time_ms, route.length_cm, route.energy_kj}, steps = {truth.cost_ms, ms, cm, truth.energy_kj};
    if (!route.found || !is_same(told, truth))
        wrong(trial, "a route", i, j, told, truth);
    if (!is_same(steps, truth))
        wrong(trial, "the steps of a route", i, j, steps, truth);
    if (!is_drawn(trial, &route, from, to, &pieces))
        wrong(trial, "the points of a route", i, j, told, truth);
    xd_road_route_free(&route);
}

/* ---- one row ---- */

static void check_searches(struct road_trial *trial, struct xd_dijkstra *search, int32_t i, const struct xd_way *truth)
{
    struct xd_edge_point from, to;
    xd_edge_point_find(trial->graph, &trial->points[i], &from);
    xd_dijkstra_run(search, &trial->points[i], &from, trial->points, trial->points_n);
    for (int32_t j = 0; j < trial->points_n; j++) {
        int32_t via;
        xd_edge_point_find(trial->graph, &trial->points[j], &to);
        const struct xd_way way = xd_dijkstra_way(search, &trial->points[i], &trial->points[j], &to, &via);
        trial->reached_n += truth[j].cost_ms != XD_WAY_NONE;
        if (!is_same(way, truth[j]))
            wrong(trial, "a search", i, j, way, truth[j]);
        else if (j < trial->searched_routes_n && truth[j].cost_ms != XD_WAY_NONE) {
            struct xd_trace trace = {0};
            CU_ASSERT_EQUAL_FATAL(xd_dijkstra_trace(search, &trial->points[i], &from, via, &trace, NULL), XD_OK);
            check_route(trial, NULL, &trace, i, j, truth[j]);
            xd_trace_free(&trace);
        }
    }
}

static void check_queries(struct road_trial *trial, struct xd_query *query, int32_t i, const struct xd_way *truth)
{
    struct xd_query_point from = {.snap = &trial->points[i]}, to;
    xd_edge_point_find(trial->graph, from.snap, &from.within);
    for (int32_t j = 0; j < trial->points_n; j++) {
        to.snap = &trial->points[j];
        xd_edge_point_find(trial->graph, to.snap, &to.within);
        const struct xd_way way = xd_way_of_short(xd_query_way(query, &from, &to));
        if (!is_same(way, truth[j]))
            wrong(trial, "a query", i, j, way, truth[j]);
        else if (j < trial->routes_n && truth[j].cost_ms != XD_WAY_NONE) {
            struct xd_trace trace = {0};
            CU_ASSERT_EQUAL_FATAL(xd_query_trace(query, &trace, NULL), XD_OK);
            check_route(trial, trial->weights, &trace, i, j, truth[j]);
            xd_trace_free(&trace);
        }
    }
}

static void check_cells(struct road_trial *trial, const char *what, const struct xd_matrix *matrix, int32_t i, const struct xd_way *truth)
{
    for (int32_t j = 0; j < trial->points_n; j++) {
        const bool reached = truth[j].cost_ms != XD_WAY_NONE, here = i == j;
        if (!reached && !xd_matrix_reachable(matrix, i, j))
            continue;
        const struct xd_way cell = {truth[j].cost_ms, xd_matrix_time_s(matrix, i, j), xd_matrix_length_m(matrix, i, j),
                                    matrix->energy_kj ? matrix->energy_kj[xd_matrix_cell(matrix, i, j)] : 0};
        const struct xd_way expected = {truth[j].cost_ms, here ? 0 : (truth[j].time_ms + 500) / 1000, here ? 0 : (truth[j].length_cm + 50) / 100,
                                        here ? 0 : truth[j].energy_kj};
        if (reached != xd_matrix_reachable(matrix, i, j) || !is_same(cell, expected))
            wrong(trial, what, i, j, cell, reached ? expected : xd_way_none());
    }
}

/* ---- sweeps ---- */

/* Way by way: where a row holds a way that is none, a table has it from searches. */
static void check_sweeps(struct road_trial *trial, const struct xd_way *truths)
{
    struct xd_sweep *sweep = NULL;
    struct xd_sweep_batch *batch = NULL;
    const int32_t n = trial->points_n;
    struct xd_edge_point *within = malloc((size_t)n * sizeof *within);
    CU_ASSERT_PTR_NOT_NULL_FATAL(within);
    for (int32_t i = 0; i < n; i++)
        xd_edge_point_find(trial->graph, &trial->points[i], &within[i]);
    CU_ASSERT_EQUAL_FATAL(xd_sweep_create(trial->weights, trial->points, n, &sweep, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_sweep_batch_create(sweep, &batch, NULL), XD_OK);
    for (int32_t first = 0; first < trial->sources_n; first += XD_SWEEP_LANES) {
        struct xd_sweep_source sources[XD_SWEEP_LANES];
        int32_t lanes_n = 0;
        for (; lanes_n < XD_SWEEP_LANES && first + lanes_n < trial->sources_n; lanes_n++)
            sources[lanes_n] = (struct xd_sweep_source){trial->points[first + lanes_n].edge, &within[first + lanes_n]};
        xd_sweep_run(batch, sources, lanes_n);
        for (int32_t j = 0; j < n; j++) {
            const struct xd_sweep_target target = xd_sweep_target_of(sweep, trial->points[j].edge, &within[j]);
            for (int32_t lane = 0; lane < lanes_n; lane++) {
                const struct xd_way over_ends = xd_way_of_short(xd_sweep_way(batch, lane, &target)), truth = truths[(first + lane) * n + j];
                const struct xd_way direct = xd_edge_direct_way(trial->graph, &trial->points[first + lane], &trial->points[j]);
                const struct xd_way way = xd_way_is_less(direct, over_ends) ? direct : over_ends;
                if (!is_same(way, truth))
                    wrong(trial, "a sweep", first + lane, j, way, truth);
            }
        }
    }
    xd_sweep_batch_free(batch);
    xd_sweep_free(sweep);
    free(within);
}

/* ---- all ---- */

static bool is_same_table(const struct xd_matrix *a, const struct xd_matrix *b)
{
    const size_t bytes = sizeof *a->time_s * (size_t)a->points_n * (size_t)a->points_n;
    return memcmp(a->time_s, b->time_s, bytes) == 0 && memcmp(a->length_m, b->length_m, bytes) == 0 &&
           (a->energy_kj == NULL) == (b->energy_kj == NULL) && (!a->energy_kj || memcmp(a->energy_kj, b->energy_kj, bytes) == 0);
}

enum { BY_SEARCHES, BY_SWEEPS, BY_PERFECT_SWEEPS, TABLES_N };

static void check_tables(struct road_trial *trial, struct xd_matrix *const *tables, int32_t i, const struct xd_way *truth)
{
    static const char *const names[] = {"a cell by search", "a cell by sweep", "a cell by perfect sweep"};
    for (int t = 0; t < TABLES_N; t++)
        if (tables[t])
            check_cells(trial, names[t], tables[t], i, truth);
}

/* Rows of the oracle's ways, from each source to each point. */
static struct xd_way *find_truths(const struct road_trial *trial)
{
    struct xd_way *truths = malloc((size_t)trial->sources_n * (size_t)trial->points_n * sizeof *truths);
    CU_ASSERT_PTR_NOT_NULL_FATAL(truths);
    for (int32_t i = 0; i < trial->sources_n; i++)
        xd_road_oracle_run(trial->oracle, trial->graph->topology, &trial->points[i], trial->points, trial->points_n, truths + i * trial->points_n);
    return truths;
}

static void check_weights(struct road_trial *trial, const struct xd_way *truths)
{
    struct xd_query *query = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_query_create(trial->weights, &query, NULL), XD_OK);
    for (int32_t i = 0; i < trial->sources_n; i++)
        check_queries(trial, query, i, truths + i * trial->points_n);
    xd_query_free(query);
    check_sweeps(trial, truths);
}

static struct xd_matrix *make_table(const struct road_trial *trial, const struct xd_weights *weights, int32_t threads_n)
{
    struct xd_matrix *table = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(trial->graph, weights, trial->points, trial->points_n, threads_n, NULL, &table, NULL), XD_OK);
    return table;
}

void road_trial_run(struct road_trial *trial)
{
    struct xd_dijkstra *search = NULL;
    struct xd_matrix *tables[TABLES_N] = {NULL};
    struct xd_way *truths = find_truths(trial);
    CU_ASSERT_FATAL(trial->sources_n <= trial->points_n);
    CU_ASSERT_EQUAL_FATAL(xd_dijkstra_create(trial->graph, &search, NULL), XD_OK);
    if (trial->sources_n == trial->points_n) /* else it takes long, and its rows are those searches */
        tables[BY_SEARCHES] = make_table(trial, NULL, 1);
    tables[BY_SWEEPS] = make_table(trial, trial->weights, trial->threads_n);
    check_weights(trial, truths);
    CU_ASSERT_EQUAL_FATAL(xd_weights_perfect(trial->weights, NULL), XD_OK);
    tables[BY_PERFECT_SWEEPS] = make_table(trial, trial->weights, trial->threads_n);
    check_weights(trial, truths);
    for (int32_t i = 0; i < trial->sources_n; i++) {
        check_searches(trial, search, i, truths + i * trial->points_n);
        check_tables(trial, tables, i, truths + i * trial->points_n);
    }
    for (int t = 0; t < BY_PERFECT_SWEEPS; t++)
        if (tables[t] && !is_same_table(tables[t], tables[BY_PERFECT_SWEEPS]))
            wrong(trial, "another table", -1, t, xd_way_none(), xd_way_none());
    for (int t = 0; t < TABLES_N; t++)
        xd_matrix_free(tables[t]);
    free(truths);
    xd_dijkstra_free(search);
}

/* ---- places ---- */

struct road_trial_places {
    const struct xd_topology *topology;
    int32_t *edge, *piece; /* by place; edge -1: on none */
};

struct road_trial_places *road_trial_places_create(const struct xd_topology *topology)
{
    const size_t n = (size_t)topology->network->first_node[topology->network->roads_n];
    struct road_trial_places *places = calloc(1, sizeof *places);
    CU_ASSERT_PTR_NOT_NULL_FATAL(places);
    places->topology = topology;
    places->edge = malloc(n * sizeof *places->edge);
    places->piece = malloc(n * sizeof *places->piece);
    CU_ASSERT_FATAL(places->edge != NULL && places->piece != NULL);
    for (size_t i = 0; i < n; i++)
        places->edge[i] = -1;
    for (int32_t e = 0; e < topology->edges_n; e++)
        for (int64_t p = topology->first_piece[e]; p < topology->first_piece[e + 1]; p++) {
            places->edge[topology->piece_step[p] / 2] = e;
            places->piece[topology->piece_step[p] / 2] = (int32_t)(p - topology->first_piece[e]);
        }
    return places;
}

void road_trial_places_free(struct road_trial_places *places)
{
    if (!places)
        return;
    free(places->edge);
    free(places->piece);
    free(places);
}

bool road_trial_snap(const struct road_trial_places *places, int64_t place, int32_t ppm, struct xd_snap *snap)
{
    const struct xd_topology *topology = places->topology;
    const int32_t edge = places->edge[place];
    if (edge < 0)
        return false;
    const int64_t at = topology->first_piece[edge] + places->piece[place];
    const struct xd_position a = topology->point[at + edge], b = topology->point[at + edge + 1];
    const int32_t part_ppm = topology->piece_step[at] % 2 ? XD_SNAP_PART_WHOLE - ppm : ppm;
    const double part = (double)part_ppm / XD_SNAP_PART_WHOLE;
    *snap = (struct xd_snap){
        .status = XD_SNAP_OK,
        .edge = edge,
        .piece = places->piece[place],
        .part_ppm = part_ppm,
        .position = {a.lon_e7 + (int32_t)(part * ((double)b.lon_e7 - a.lon_e7)), a.lat_e7 + (int32_t)(part * ((double)b.lat_e7 - a.lat_e7))}};
    return true;
}
