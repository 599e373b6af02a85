/* Snapping, and what tables are whatever their numbers: those are held against the oracle in maps_random.c and maps_pairs.c. */
#include "base/alloc.h"
#include "base/rng.h"
#include "maps/route.h"
#include "maps/table.h"
#include "tests/harness/harness.h"
#include "tests/harness/maps_network.h"
#include "tests/harness/profiles.h"
#include "tests/harness/roads.h"
#include "tests/unit/maps_suites.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A road node, or a position up to about 200 m from one. */
static struct xd_position draw_position(const struct xd_network *network, struct xd_rng *rng, bool on_node)
{
    struct xd_position at = network->node_position[xd_rng_below(rng, (uint32_t)network->nodes_n)];
    if (!on_node) {
        at.lon_e7 += (int32_t)xd_rng_between(rng, -20000, 20000);
        at.lat_e7 += (int32_t)xd_rng_between(rng, -20000, 20000);
    }
    return at;
}

static void draw_snaps(const struct test_roads *roads, struct xd_rng *rng, struct xd_snap *snaps, int32_t n)
{
    for (int32_t i = 0; i < n;) {
        test_roads_snap(roads, draw_position(roads->network, rng, i % 3 == 0), 1000, &snaps[i]);
        i += snaps[i].status == XD_SNAP_OK;
    }
}

static void a_table_is_the_same_for_any_number_of_threads_and_without_a_hierarchy(void)
{
    struct xd_network *network = network_of_synth(9, 5, 30);
    struct test_roads roads = test_roads_make(network, "minivan", false);
    struct xd_rng rng = xd_rng_at(4, XD_RNG_TEST, 0, 0);
    struct xd_snap snaps[40];
    struct xd_matrix *one = NULL;
    draw_snaps(&roads, &rng, snaps, 40);
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads.graph, roads.weights, snaps, 40, 1, NULL, &one, NULL), XD_OK);
    for (int32_t threads_n = 2; threads_n <= 5; threads_n += 3) {
        struct xd_matrix *other = NULL;
        CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads.graph, threads_n == 2 ? roads.weights : NULL, snaps, 40, threads_n, NULL, &other, NULL), XD_OK);
        CU_ASSERT_EQUAL(memcmp(one->time_s, other->time_s, sizeof(int32_t) * 40 * 40), 0);
        CU_ASSERT_EQUAL(memcmp(one->length_m, other->length_m, sizeof(int32_t) * 40 * 40), 0);
        xd_matrix_free(other);
    }
    xd_matrix_free(one);
    test_roads_free(&roads);
    xd_network_free(network);
}

/* Drawn length of a route: its points lie on the road, so the sum of their distances is its length but for roundings. */
static double drawn_m(const struct xd_road_route *route)
{
    double sum_m = 0;
    for (int32_t i = 0; i + 1 < route->points_n; i++)
        sum_m += xd_distance_m(route->points[i], route->points[i + 1]);
    return sum_m;
}

static void a_route_is_the_way_that_its_cell_stands_for(void)
{
    struct xd_network *network = network_of_synth(12, 6, 40);
    struct test_roads roads = test_roads_make(network, "light_truck", false);
    struct xd_rng rng = xd_rng_at(5, XD_RNG_TEST, 0, 0);
    struct xd_snap snaps[16];
    struct xd_matrix *matrix = NULL;
    draw_snaps(&roads, &rng, snaps, 16);
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads.graph, roads.weights, snaps, 16, 1, NULL, &matrix, NULL), XD_OK);
    for (int32_t i = 0; i < 16; i++) {
        for (int32_t j = 0; j < 16; j++) {
            struct xd_road_route route = {0};
            CU_ASSERT_EQUAL(xd_road_route_find(roads.graph, i % 2 ? roads.weights : NULL, &snaps[i], &snaps[j], &route, NULL), XD_OK);
            CU_ASSERT_EQUAL(route.found, xd_matrix_reachable(matrix, i, j));
            if (route.found && i != j) {
                CU_ASSERT_EQUAL((route.time_ms + 500) / 1000, xd_matrix_time_s(matrix, i, j));
                CU_ASSERT_EQUAL((route.length_cm + 50) / 100, xd_matrix_length_m(matrix, i, j));
                CU_ASSERT_DOUBLE_EQUAL(drawn_m(&route), (double)route.length_cm / 100.0, 1.0 + 0.01 * route.points_n);
            }
            xd_road_route_free(&route);
        }
    }
    xd_matrix_free(matrix);
    test_roads_free(&roads);
    xd_network_free(network);
}

/* Distance to the nearest piece that the vehicle can use on the main component, by looking at all of them. */
static double nearest_m(const struct xd_graph *graph, struct xd_position at)
{
    double best_m = (double)INFINITY, metres_a_degree = 111194.93, narrow = cos((double)at.lat_e7 * 1e-7 * 3.14159265358979323846 / 180.0);
    const struct xd_topology *topology = graph->topology;
    for (int32_t e = 0; e < topology->edges_n; e++) {
        if (graph->component[topology->arrival[2 * e]] != graph->main_component ||
            graph->component[topology->arrival[2 * e + 1]] != graph->main_component)
            continue;
        for (int64_t p = topology->first_piece[e]; p < topology->first_piece[e + 1]; p++) {
            const struct xd_position a = topology->point[p + e], b = topology->point[p + e + 1];
            double ax = (a.lon_e7 - at.lon_e7) * 1e-7 * metres_a_degree * narrow, ay = (a.lat_e7 - at.lat_e7) * 1e-7 * metres_a_degree;
            double bx = (b.lon_e7 - at.lon_e7) * 1e-7 * metres_a_degree * narrow, by = (b.lat_e7 - at.lat_e7) * 1e-7 * metres_a_degree;
            double dx = bx - ax, dy = by - ay, square = dx * dx + dy * dy, t = square > 0 ? -(ax * dx + ay * dy) / square : 0;
            t = t < 0 ? 0 : t > 1 ? 1 : t;
            best_m = fmin(best_m, hypot(ax + t * dx, ay + t * dy));
        }
    }
    return best_m;
}

static void a_place_snaps_to_the_nearest_road_of_the_main_part(void)
{
    struct xd_network *network = network_of_synth(3, 8, 60);
    struct test_roads roads = test_roads_make(network, "ev_van", false);
    struct xd_rng rng = xd_rng_at(6, XD_RNG_TEST, 0, 0);
    int32_t found_n = 0;
    for (int i = 0; i < 300; i++) {
        struct xd_position at = draw_position(network, &rng, i % 2 == 0);
        struct xd_snap snap;
        double truth_m = nearest_m(roads.graph, at);
        test_roads_snap(&roads, at, 300, &snap);
        if (truth_m < 299) {
            CU_ASSERT_EQUAL(snap.status, XD_SNAP_OK);
            CU_ASSERT_DOUBLE_EQUAL(snap.distance_m, truth_m, 1.0 + truth_m * 0.005);
            CU_ASSERT_DOUBLE_EQUAL(xd_distance_m(at, snap.position), truth_m, 1.0 + truth_m * 0.005);
            found_n++;
        } else if (truth_m > 301) {
            CU_ASSERT_NOT_EQUAL(snap.status, XD_SNAP_OK);
            CU_ASSERT_EQUAL(snap.edge, -1);
        }
    }
    CU_ASSERT(found_n > 150);
    test_roads_free(&roads);
    xd_network_free(network);
}

static bool cancel_now(void *context)
{
    (void)context;
    return true;
}

static void a_cancelled_table_is_none(void)
{
    struct xd_network *network = network_of_synth(9, 5, 30);
    struct test_roads roads = test_roads_make(network, "minivan", false);
    struct xd_rng rng = xd_rng_at(4, XD_RNG_TEST, 0, 0);
    const struct xd_progress progress = {.cancelled = cancel_now};
    struct xd_snap snaps[40];
    struct xd_matrix *matrix = NULL;
    draw_snaps(&roads, &rng, snaps, 40);
    struct xd_hierarchy *hierarchy = NULL;
    CU_ASSERT_EQUAL(xd_table_compute(roads.graph, roads.weights, snaps, 40, 2, &progress, &matrix, NULL), XD_INTERRUPTED);
    CU_ASSERT_EQUAL(xd_table_compute(roads.graph, NULL, snaps, 40, 2, &progress, &matrix, NULL), XD_INTERRUPTED);
    CU_ASSERT_PTR_NULL(matrix);
    CU_ASSERT_EQUAL(xd_hierarchy_build(roads.map.topology, INT64_MAX, &progress, &hierarchy, NULL), XD_INTERRUPTED);
    CU_ASSERT_PTR_NULL(hierarchy);
    test_roads_free(&roads);
    xd_network_free(network);
}

/* Everything from objects to a table and a route. */
static enum xd_status whole_run(struct xd_network *network)
{
    const struct xd_profile *profile = xd_test_profile("minivan");
    struct xd_road_map map = {0};
    struct xd_graph *graph = NULL;
    struct xd_weights *weights = NULL;
    struct xd_matrix *matrix = NULL;
    struct xd_road_route route = {0};
    struct xd_snap snaps[30]; /* enough for sweeps */
    enum xd_status status = xd_road_map_build(network, &profile, 1, true, &map, NULL);
    if (status == XD_OK)
        status = xd_graph_weigh(map.topology, profile, NULL, &graph, NULL);
    for (int32_t i = 0; i < 30 && status == XD_OK; i++)
        xd_snap_find(map.index, graph, network->node_position[i * (network->nodes_n / 30)], 1000, &snaps[i]);
    if (status == XD_OK)
        status = xd_road_map_order(&map, INT64_MAX, NULL, NULL);
    if (status == XD_OK)
        status = xd_weights_take(map.hierarchy, graph, INT64_MAX, &weights, NULL);
    if (status == XD_OK)
        status = xd_weights_perfect(weights, NULL);
    if (status == XD_OK)
        status = xd_table_compute(graph, weights, snaps, 30, 1, NULL, &matrix, NULL);
    if (status == XD_OK)
        status = xd_road_route_find(graph, weights, &snaps[0], &snaps[5], &route, NULL);
    xd_road_route_free(&route);
    xd_matrix_free(matrix);
    xd_weights_free(weights);
    xd_graph_free(graph);
    xd_road_map_free(&map);
    return status;
}

static void every_failed_allocation_is_told_and_leaks_nothing(void)
{
    struct xd_network *network = network_of_synth(2, 2, 5);
    const int64_t live_before = xd_alloc_statistics_read().live_bytes;
    uint64_t nth = 1;
    enum xd_status status;
    do {
        xd_alloc_fail_at(nth, nth % 2 == 0);
        status = whole_run(network);
        xd_alloc_fail_at(0, false);
        CU_ASSERT(status == XD_OK || status == XD_NO_MEMORY);
        nth++;
    } while (status != XD_OK && nth < 10000);
    CU_ASSERT_EQUAL(status, XD_OK);
    CU_ASSERT(nth > 20);
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_bytes, live_before);
    xd_network_free(network);
}

static const struct xd_test_case cases[] = {
    {"a_table_is_the_same_for_any_number_of_threads_and_without_a_hierarchy", a_table_is_the_same_for_any_number_of_threads_and_without_a_hierarchy},
    {"a_route_is_the_way_that_its_cell_stands_for", a_route_is_the_way_that_its_cell_stands_for},
    {"a_place_snaps_to_the_nearest_road_of_the_main_part", a_place_snaps_to_the_nearest_road_of_the_main_part},
    {"a_cancelled_table_is_none", a_cancelled_table_is_none},
    {"every_failed_allocation_is_told_and_leaks_nothing", every_failed_allocation_is_told_and_leaks_nothing},
};
const struct xd_test_suite xd_suite_maps_tables = {"maps_tables", cases, XD_ARRAY_LENGTH(cases)};
