/* Ways one at a time, and tables over perfect weights and over states of every directed edge: all the same as searches tell. */
#include "base/alloc.h"
#include "base/rng.h"
#include "maps/route.h"
#include "maps/table.h"
#include "tests/harness/harness.h"
#include "tests/harness/maps_network.h"
#include "tests/harness/roads.h"
#include "tests/unit/maps_suites.h"

#include <string.h>

enum { POINTS_N = 40 };

static void draw_points(const struct test_roads *roads, uint64_t seed, struct xd_snap *snaps)
{
    struct xd_rng rng = xd_rng_at(seed, XD_RNG_TEST, 0, 0);
    for (int32_t i = 0; i < POINTS_N;) {
        struct xd_position at = roads->network->node_position[xd_rng_below(&rng, (uint32_t)roads->network->nodes_n)];
        at.lat_e7 += (int32_t)xd_rng_between(&rng, -3000, 3000);
        test_roads_snap(roads, at, 1000, &snaps[i]);
        if (i > 0 && i % 8 == 0) { /* a neighbour on the same edge, often on the same piece */
            snaps[i] = snaps[i - 1];
            snaps[i].part_ppm = (int32_t)xd_rng_below(&rng, XD_SNAP_PART_WHOLE + 1);
        }
        i += snaps[i].status == XD_SNAP_OK;
    }
}

static bool is_same(struct xd_way a, struct xd_way b)
{
    return a.cost_ms == b.cost_ms &&
           (a.cost_ms == XD_WAY_NONE || (a.time_ms == b.time_ms && a.length_cm == b.length_cm && a.energy_kj == b.energy_kj));
}

/* A route's steps and its drawn arcs tell the same as its sums. */
static bool adds_up(const struct xd_road_route *route)
{
    int64_t ms = 0, cm = 0;
    for (int32_t i = 0; i < route->steps_n; i++) {
        ms += route->steps[i].time_ms;
        cm += route->steps[i].length_cm;
    }
    return ms == route->time_ms && cm == route->length_cm;
}

static int32_t queries_differ(const struct test_roads *roads, const struct xd_snap *snaps)
{
    struct xd_query *query = NULL;
    struct xd_dijkstra *search = NULL;
    int32_t wrong_n = 0;
    CU_ASSERT_EQUAL_FATAL(xd_query_create(roads->weights, &query, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_dijkstra_create(roads->graph, &search, NULL), XD_OK);
    for (int32_t i = 0; i < POINTS_N; i++) {
        struct xd_query_point from = {.snap = &snaps[i]};
        xd_edge_point_find(roads->graph, &snaps[i], &from.within);
        xd_dijkstra_run(search, &snaps[i], &from.within, snaps, POINTS_N);
        for (int32_t j = 0; j < POINTS_N; j++) {
            struct xd_query_point to = {.snap = &snaps[j]};
            struct xd_road_route route = {0};
            int32_t via;
            xd_edge_point_find(roads->graph, &snaps[j], &to.within);
            const struct xd_way told = xd_dijkstra_way(search, &snaps[i], &snaps[j], &to.within, &via);
            wrong_n += !is_same(told, xd_way_of_short(xd_query_way(query, &from, &to)));
            CU_ASSERT_EQUAL(xd_road_route_find(roads->graph, roads->weights, &snaps[i], &snaps[j], &route, NULL), XD_OK);
            wrong_n += route.found != (told.cost_ms != XD_WAY_NONE);
            wrong_n += route.found && (route.time_ms != told.time_ms || route.length_cm != told.length_cm || !adds_up(&route));
            xd_road_route_free(&route);
        }
    }
    xd_dijkstra_free(search);
    xd_query_free(query);
    return wrong_n;
}

static void queries_and_their_routes_equal_searches(void)
{
    static const char *const profiles[] = {"minivan", "light_truck", "walking"};
    struct xd_network *network = network_of_synth(21, 6, 40);
    struct xd_snap snaps[POINTS_N];
    for (size_t p = 0; p < XD_ARRAY_LENGTH(profiles); p++)
        for (int turns = 0; turns < 2; turns++) {
            struct test_roads roads = test_roads_make(network, profiles[p], turns == 1);
            draw_points(&roads, p, snaps);
            CU_ASSERT_EQUAL(queries_differ(&roads, snaps), 0);
            CU_ASSERT_EQUAL_FATAL(xd_weights_perfect(roads.weights, NULL), XD_OK);
            CU_ASSERT_EQUAL(queries_differ(&roads, snaps), 0);
            test_roads_free(&roads);
        }
    xd_network_free(network);
}

static void perfect_weights_leave_arcs_out_and_no_cell_changed(void)
{
    struct xd_network *network = network_of_synth(22, 6, 40);
    struct xd_snap snaps[POINTS_N];
    struct test_roads roads = test_roads_make(network, "minivan", false);
    struct xd_matrix *before = NULL, *after = NULL;
    draw_points(&roads, 7, snaps);
    const int32_t arcs_n = roads.weights->up.first[roads.map.hierarchy->nodes_n];
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads.graph, roads.weights, snaps, POINTS_N, 2, NULL, &before, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_weights_perfect(roads.weights, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads.graph, roads.weights, snaps, POINTS_N, 2, NULL, &after, NULL), XD_OK);
    CU_ASSERT(roads.weights->up.first[roads.map.hierarchy->nodes_n] < arcs_n);
    CU_ASSERT_EQUAL(memcmp(before->time_s, after->time_s, sizeof(int32_t) * POINTS_N * POINTS_N), 0);
    CU_ASSERT_EQUAL(memcmp(before->length_m, after->length_m, sizeof(int32_t) * POINTS_N * POINTS_N), 0);
    xd_matrix_free(before);
    xd_matrix_free(after);
    test_roads_free(&roads);
    xd_network_free(network);
}

static void states_of_every_directed_edge_change_no_cell_where_turns_are_free(void)
{
    struct xd_network *network = network_of_synth(23, 6, 40);
    struct xd_snap snaps[POINTS_N];
    struct test_roads plain = test_roads_make(network, "walking", false), turning = test_roads_make(network, "walking", true);
    struct xd_matrix *tables[2] = {NULL, NULL};
    CU_ASSERT(turning.graph->nodes_n > 2 * plain.graph->nodes_n);
    draw_points(&plain, 8, snaps); /* the edges are the same */
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(plain.graph, plain.weights, snaps, POINTS_N, 1, NULL, &tables[0], NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(turning.graph, turning.weights, snaps, POINTS_N, 1, NULL, &tables[1], NULL), XD_OK);
    CU_ASSERT_EQUAL(memcmp(tables[0]->time_s, tables[1]->time_s, sizeof(int32_t) * POINTS_N * POINTS_N), 0);
    CU_ASSERT_EQUAL(memcmp(tables[0]->length_m, tables[1]->length_m, sizeof(int32_t) * POINTS_N * POINTS_N), 0);
    xd_matrix_free(tables[0]);
    xd_matrix_free(tables[1]);
    test_roads_free(&plain);
    test_roads_free(&turning);
    xd_network_free(network);
}

static const struct xd_test_case cases[] = {
    {"queries_and_their_routes_equal_searches", queries_and_their_routes_equal_searches},
    {"perfect_weights_leave_arcs_out_and_no_cell_changed", perfect_weights_leave_arcs_out_and_no_cell_changed},
    {"states_of_every_directed_edge_change_no_cell_where_turns_are_free", states_of_every_directed_edge_change_no_cell_where_turns_are_free},
};
const struct xd_test_suite xd_suite_maps_query = {"maps_query", cases, XD_ARRAY_LENGTH(cases)};
