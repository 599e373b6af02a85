/* Straight lines from places beyond the last road: who gets one, how long and slow it is, and that ways are the roads' with the lines at both ends. */
#include "base/rng.h"
#include "maps/overlay.h"
#include "maps/route.h"
#include "maps/speed_cap.h"
#include "maps/table.h"
#include "tests/harness/maps_network.h"
#include "tests/harness/profiles.h"
#include "tests/harness/random_map.h"
#include "tests/harness/road_map.h"
#include "tests/harness/roads.h"
#include "tests/oracle/road_dijkstra.h"
#include "tests/unit/maps_suites.h"

#include <math.h>
#include <string.h>

enum { POINTS_N = 24, RADIUS_M = 300, MAPS_N = 6 };

/* A street of 2 km along the equator; an island beside it, 400 m north, from 3 to 4 km east; a footpath 600 m south of the street. */
static const char street[] =
    "node 1 0 0\nnode 2 1000 0\nnode 3 2000 0\nway 1 1 2 : highway=unclassified, name=connector\nway 2 2 3 : highway=unclassified, name=connector\n"
    "node 4 3000 400\nnode 5 4000 400\nway 3 4 5 : highway=unclassified\n"
    "node 6 0 -600\nnode 7 1000 -600\nway 4 6 7 : highway=footway\nway 5 2 7 : highway=footway\n";

static struct xd_snap snap_at(const struct test_roads *roads, struct xd_position at, int32_t radius_m, struct xd_connector connector)
{
    struct xd_snap snap;
    test_roads_snap(roads, at, radius_m, &snap);
    xd_snap_connect(roads->map.index, roads->graph, &connector, &snap);
    return snap;
}

static void only_a_place_beyond_the_radius_and_within_the_longest_line_is_joined(void)
{
    static const struct {
        double east_m, north_m;
        struct xd_connector connector;
        enum xd_snap_status status;
        int32_t connector_m, connector_s;
        double road_east_m;
    } cases[] = {
        /* 1,500 m from the street at 4 km/h: 1350 s; the nearest road within the radius is none at all. */
        {500, 1500, {2000, 4000}, XD_SNAP_OK, 1500, 1350, 500},
        {500, 1500, {1501, 4000}, XD_SNAP_OK, 1500, 1350, 500},
        {500, 1500, {1499, 4000}, XD_SNAP_OFF_NETWORK, 0, 0, 0},
        {500, 1500, {0, 4000}, XD_SNAP_OFF_NETWORK, 0, 0, 0},
        /* 900 m at 7 km/h: 462.857 s; at 500 m an hour 6480 s. */
        {1200, 900, {2000, 7000}, XD_SNAP_OK, 900, 463, 1200},
        {1200, 900, {2000, 500}, XD_SNAP_OK, 900, 6480, 1200},
        /* within the radius of 300 m: as ever */
        {500, 290, {2000, 4000}, XD_SNAP_OK, 0, 0, 500},
        /* 50 m from the island, 1,097 m from the street's end (2000, 0) */
        {3000, 450, {2000, 4000}, XD_SNAP_OK, 1097, 987, 2000},
        {3000, 450, {1000, 4000}, XD_SNAP_ISLAND, 0, 0, 0},
        /* 10 m from the footpath, which is closed to a minivan: 590 m from the street */
        {500, -590, {2000, 4000}, XD_SNAP_OK, 590, 531, 500},
        {500, -590, {500, 4000}, XD_SNAP_CLOSED, 0, 0, 0},
    };
    struct xd_network *network = road_map_network(street);
    struct test_roads roads = test_roads_make(network, "minivan", false);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        const struct xd_position at = road_map_position(cases[i].east_m, cases[i].north_m), road = road_map_position(cases[i].road_east_m, 0);
        const struct xd_snap snap = snap_at(&roads, at, RADIUS_M, cases[i].connector);
        CU_ASSERT_EQUAL(snap.status, cases[i].status);
        CU_ASSERT_EQUAL(snap.connector_m, cases[i].connector_m);
        CU_ASSERT_EQUAL(snap.connector_s, cases[i].connector_s);
        CU_ASSERT_EQUAL(snap.place.lon_e7, at.lon_e7);
        CU_ASSERT_EQUAL(snap.place.lat_e7, at.lat_e7);
        if (snap.status == XD_SNAP_OK) {
            CU_ASSERT_DOUBLE_EQUAL(xd_distance_m(snap.position, road), 0.0, 0.2);
        } else {
            struct xd_snap plain; /* what is told of it stays what it was */
            test_roads_snap(&roads, at, RADIUS_M, &plain);
            CU_ASSERT_EQUAL(memcmp(&plain, &snap, sizeof snap), 0);
        }
    }
    test_roads_free(&roads);
    xd_network_free(network);
}

/* Whoever walks takes the footpath at 10 m; a minivan of the same fleet needs the line. */
static void each_profile_has_a_line_of_its_own(void)
{
    struct xd_network *network = road_map_network(street);
    struct test_roads van = test_roads_make(network, "minivan", false), foot = test_roads_make(network, "walking", false);
    const struct xd_position at = road_map_position(500, -590);
    CU_ASSERT_EQUAL(snap_at(&van, at, RADIUS_M, (struct xd_connector){2000, 4000}).connector_m, 590);
    CU_ASSERT_EQUAL(snap_at(&foot, at, RADIUS_M, (struct xd_connector){2000, 4000}).connector_m, 0);
    test_roads_free(&van);
    test_roads_free(&foot);
    xd_network_free(network);
}

/* ---- against a search on the uncompressed map, and a look at every piece of road ---- */

/* To the nearest piece that a vehicle can come to and leave again. */
static double nearest_m(const struct xd_graph *graph, struct xd_position at)
{
    const double metres_a_unit = 6371008.8 * 3.14159265358979323846 / 180.0 / 1e7,
                 narrow = cos((double)at.lat_e7 * 1e-7 * 3.14159265358979323846 / 180.0);
    const struct xd_topology *topology = graph->topology;
    double best_m = (double)INFINITY;
    for (int32_t e = 0; e < topology->edges_n; e++)
        for (int64_t p = topology->first_piece[e]; p < topology->first_piece[e + 1]; p++) {
            const struct xd_position a = topology->point[p + e], b = topology->point[p + e + 1];
            const double ax = (a.lon_e7 - at.lon_e7) * metres_a_unit * narrow, ay = (a.lat_e7 - at.lat_e7) * metres_a_unit;
            const double dx = (b.lon_e7 - a.lon_e7) * metres_a_unit * narrow, dy = (b.lat_e7 - a.lat_e7) * metres_a_unit;
            const double square = dx * dx + dy * dy, t = square > 0 ? fmin(1.0, fmax(0.0, -(ax * dx + ay * dy) / square)) : 0.0;
            if (graph->piece_use[p] & XD_PIECE_MAIN)
                best_m = fmin(best_m, hypot(ax + t * dx, ay + t * dy));
        }
    return best_m;
}

struct tally {
    int32_t joined_n, wrong_lines_n, wrong_cells_n, wrong_routes_n, cells_n;
};

static bool is_route_of(const struct xd_road_route *route, const struct xd_snap *from, const struct xd_snap *to, int64_t time_s, int64_t length_m)
{
    int64_t time_ms = 0, length_cm = 0;
    int32_t lines_n = 0;
    for (int32_t s = 0; s < route->steps_n; s++) {
        time_ms += route->steps[s].time_ms;
        length_cm += route->steps[s].length_cm;
        lines_n += route->steps[s].is_connector;
    }
    const struct xd_position first = route->points[0], last = route->points[route->points_n - 1];
    const struct xd_position begin = from->connector_m > 0 ? from->place : from->position, end = to->connector_m > 0 ? to->place : to->position;
    return time_ms == route->time_ms && length_cm == route->length_cm && (route->time_ms + 500) / 1000 == time_s &&
           (route->length_cm + 50) / 100 == length_m && lines_n == (from->connector_m > 0) + (to->connector_m > 0) &&
           route->leaves_place == (from->connector_m > 0) && route->enters_place == (to->connector_m > 0) && first.lon_e7 == begin.lon_e7 &&
           first.lat_e7 == begin.lat_e7 && last.lon_e7 == end.lon_e7 && last.lat_e7 == end.lat_e7;
}

static void compare(const struct test_roads *roads, struct xd_road_oracle *oracle, const struct xd_snap *snaps, struct tally *tally)
{
    struct xd_matrix *swept = NULL, *searched = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads->graph, roads->weights, snaps, POINTS_N, 2, NULL, &swept, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads->graph, NULL, snaps, POINTS_N, 1, NULL, &searched, NULL), XD_OK);
    for (int32_t i = 0; i < POINTS_N; i++) {
        struct xd_way ways[POINTS_N];
        for (int32_t j = 0; j < POINTS_N; j++) {
            ways[j] = xd_way_none();
            if (snaps[i].status == XD_SNAP_OK && snaps[j].status == XD_SNAP_OK)
                xd_road_oracle_run(oracle, roads->map.topology, &snaps[i], &snaps[j], 1, &ways[j]);
        }
        for (int32_t j = 0; j < POINTS_N; j++) {
            const bool there = ways[j].cost_ms != XD_WAY_NONE;
            const int64_t lines_s = (int64_t)snaps[i].connector_s + snaps[j].connector_s,
                          lines_m = (int64_t)snaps[i].connector_m + snaps[j].connector_m;
            const int64_t time_s = i == j ? 0 : there ? (ways[j].time_ms + 500) / 1000 + lines_s : XD_UNREACHABLE;
            const int64_t length_m = i == j ? 0 : there ? (ways[j].length_cm + 50) / 100 + lines_m : XD_UNREACHABLE;
            struct xd_road_route route = {0};
            tally->cells_n += there && i != j && lines_m > 0;
            tally->wrong_cells_n += xd_matrix_time_s(swept, i, j) != time_s || xd_matrix_length_m(swept, i, j) != length_m ||
                                    xd_matrix_time_s(searched, i, j) != time_s || xd_matrix_length_m(searched, i, j) != length_m;
            if (i == j)
                continue;
            CU_ASSERT_EQUAL_FATAL(xd_road_route_find(roads->graph, j % 2 ? roads->weights : NULL, &snaps[i], &snaps[j], &route, NULL), XD_OK);
            tally->wrong_routes_n += route.found != there || (there && !is_route_of(&route, &snaps[i], &snaps[j], time_s, length_m));
            xd_road_route_free(&route);
        }
    }
    xd_matrix_free(swept);
    xd_matrix_free(searched);
}

static void tables_and_routes_are_dijkstra_with_the_lines_at_both_ends(void)
{
    static const char *const profiles[] = {"minivan", "light_truck", "tricycle"};
    static const struct xd_connector connector = {1500, 4500};
    struct tally tally = {0};
    for (uint64_t m = 0; m < MAPS_N; m++) {
        static char text[RANDOM_MAP_SIZE];
        struct xd_rng rng = xd_rng_at(m, XD_RNG_TEST, 0, 0);
        random_map_draw(&rng, text);
        struct xd_network *network = road_map_network(text);
        const char *profile = profiles[m % XD_ARRAY_LENGTH(profiles)];
        struct test_roads roads = test_roads_make(network, profile, false);
        const struct xd_road_rules_options options = {0};
        struct xd_road_oracle *oracle = xd_road_oracle_create(network, xd_test_profile(profile), &options);
        struct xd_snap snaps[POINTS_N];
        for (int32_t i = 0; i < POINTS_N; i++) {
            struct xd_position at = network->node_position[xd_rng_below(&rng, (uint32_t)network->nodes_n)];
            at.lon_e7 += (int32_t)xd_rng_between(&rng, -150000, 150000);
            at.lat_e7 += (int32_t)xd_rng_between(&rng, -150000, 150000);
            snaps[i] = snap_at(&roads, at, RADIUS_M, connector);
            const double near_m = nearest_m(roads.graph, at);
            const bool within = near_m <= RADIUS_M, joined = !within && near_m <= connector.longest_m;
            tally.joined_n += joined;
            tally.wrong_lines_n += (snaps[i].status == XD_SNAP_OK) != (within || joined) || (snaps[i].connector_m > 0) != joined ||
                                   (joined && fabs(near_m - snaps[i].connector_m) > 0.51) ||
                                   (joined && fabs(snaps[i].connector_m / 1.25 - snaps[i].connector_s) > 0.51); /* 4.5 km/h is 1.25 m/s */
        }
        compare(&roads, oracle, snaps, &tally);
        xd_road_oracle_free(oracle);
        test_roads_free(&roads);
        xd_network_free(network);
    }
    CU_ASSERT_EQUAL(tally.wrong_lines_n, 0);
    CU_ASSERT_EQUAL(tally.wrong_cells_n, 0);
    CU_ASSERT_EQUAL(tally.wrong_routes_n, 0);
    CU_ASSERT_TRUE(tally.joined_n > 20);
    CU_ASSERT_TRUE(tally.cells_n > 500);
}

/* ---- from a place to itself ---- */

static void from_a_place_to_itself_there_is_nothing_to_drive(void)
{
    struct xd_network *network = road_map_network(street);
    struct test_roads roads = test_roads_make(network, "minivan", false);
    const struct xd_position far = road_map_position(500, 1500), near_it = road_map_position(501, 1500);
    const struct xd_snap snaps[] = {snap_at(&roads, far, RADIUS_M, (struct xd_connector){2000, 4000}),
                                    snap_at(&roads, far, RADIUS_M, (struct xd_connector){2000, 4000}),
                                    snap_at(&roads, near_it, RADIUS_M, (struct xd_connector){2000, 4000})};
    struct xd_matrix *matrix = NULL;
    struct xd_road_route route = {0};
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads.graph, NULL, snaps, 3, 1, NULL, &matrix, NULL), XD_OK);
    CU_ASSERT_EQUAL(xd_matrix_time_s(matrix, 0, 0), 0);
    CU_ASSERT_EQUAL(xd_matrix_length_m(matrix, 0, 1), 0);
    CU_ASSERT_EQUAL(xd_matrix_length_m(matrix, 0, 2), 1500 + 1 + 1500); /* over the street: nobody knows what lies between */
    CU_ASSERT_EQUAL_FATAL(xd_road_route_find(roads.graph, NULL, &snaps[0], &snaps[1], &route, NULL), XD_OK);
    CU_ASSERT_TRUE(route.found && route.time_ms == 0 && route.length_cm == 0 && route.steps_n == 0);
    CU_ASSERT_EQUAL_FATAL(route.points_n, 1);
    CU_ASSERT_EQUAL(route.points[0].lat_e7, far.lat_e7);
    xd_road_route_free(&route);
    xd_matrix_free(matrix);
    test_roads_free(&roads);
    xd_network_free(network);
}

/* ---- energy ---- */

static void a_line_takes_the_energy_of_level_road_at_its_speed(void)
{
    struct xd_network *network = road_map_network(street);
    struct test_roads roads = test_roads_make(network, "minivan", false);
    const struct xd_graph_conditions conditions = {.energy = true};
    struct xd_matrix *matrix = NULL, *plain = NULL;
    struct xd_road_route route = {0};
    xd_graph_free(roads.graph);
    CU_ASSERT_EQUAL_FATAL(xd_graph_weigh(roads.map.topology, xd_test_profile("minivan"), &conditions, &roads.graph, NULL), XD_OK);
    struct xd_snap snaps[2] = {snap_at(&roads, road_map_position(500, 1500), RADIUS_M, (struct xd_connector){2000, 4000}),
                               snap_at(&roads, road_map_position(2000, 0), RADIUS_M, (struct xd_connector){2000, 4000})};
    const int64_t line_kj = (xd_energy_j(xd_test_profile("minivan"), 150000, 4, 0) + 500) / 1000;
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads.graph, NULL, snaps, 2, 1, NULL, &matrix, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_road_route_find(roads.graph, NULL, &snaps[0], &snaps[1], &route, NULL), XD_OK);
    CU_ASSERT_EQUAL(snaps[0].connector_kj, line_kj);
    CU_ASSERT_TRUE(line_kj > 0);
    snaps[0].connector_m = snaps[0].connector_s = snaps[0].connector_kj = 0;
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads.graph, NULL, snaps, 2, 1, NULL, &plain, NULL), XD_OK);
    for (int cell = 1; cell <= 2; cell++)
        CU_ASSERT_EQUAL(matrix->energy_kj[cell], plain->energy_kj[cell] + line_kj);
    CU_ASSERT_EQUAL(route.energy_kj, matrix->energy_kj[1]);
    CU_ASSERT_EQUAL(route.steps_n, 2); /* the line, and a road that has its name */
    CU_ASSERT_EQUAL(route.climb_cm + route.descent_cm, 0);
    xd_road_route_free(&route);
    xd_matrix_free(matrix);
    xd_matrix_free(plain);
    test_roads_free(&roads);
    xd_network_free(network);
}

static void a_way_that_the_lines_make_too_long_is_an_error(void)
{
    struct xd_network *network = road_map_network(street);
    struct test_roads roads = test_roads_make(network, "minivan", false);
    struct xd_snap snaps[2] = {snap_at(&roads, road_map_position(500, 1500), RADIUS_M, (struct xd_connector){2000, 4000}),
                               snap_at(&roads, road_map_position(2000, 0), RADIUS_M, (struct xd_connector){2000, 4000})};
    struct xd_matrix *matrix = NULL;
    struct xd_error error = {0};
    snaps[0].connector_s = INT32_MAX - 1; /* with the road's seconds more than a cell holds */
    CU_ASSERT_EQUAL(xd_table_compute(roads.graph, NULL, snaps, 2, 1, NULL, &matrix, &error), XD_DATA);
    CU_ASSERT_PTR_NULL(matrix);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "the way from point 1 to point 2 is too long"));
    test_roads_free(&roads);
    xd_network_free(network);
}

/* ---- under closures ---- */

static void closures_move_lines_and_make_none(void)
{
    static const struct xd_connector connector = {2000, 4000};
    struct xd_network *network =
        road_map_network("node 1 -200 0\nnode 2 1000 0\nnode 3 2000 0\nnode 4 3000 0\nnode 5 4000 0\nway 4 4 5 : highway=unclassified\n"
                         "way 1 1 2 : highway=unclassified\nway 2 2 3 : highway=unclassified\nway 3 3 4 : highway=unclassified\n");
    struct test_roads roads = test_roads_make(network, "minivan", false);
    /* with way 2 closed, way 1 is cut off from ways 3 and 4; with way 3 too, way 4 is cut off from the longer way 1 */
    static const int64_t closed[][4] = {{2}, {2, 3}, {1, 2, 3, 4}};
    static const int32_t closed_n[] = {1, 2, 4};
    struct xd_closure closure = {.name = "x",
                                 .note = "",
                                 .shape = XD_CLOSURE_WAYS,
                                 .ways = closed[0],
                                 .ways_n = 1,
                                 .directions = XD_CLOSURE_BOTH,
                                 .from_days = XD_CLOSURE_ALWAYS,
                                 .until_days = XD_CLOSURE_ALWAYS,
                                 .months = XD_MONTHS_ALL,
                                 .profiles = XD_CLOSURE_ALL_PROFILES};
    static const struct {
        double east_m, north_m;
        int closures;
        enum xd_snap_status status;
        int32_t connector_m;
    } cases[] = {
        {1500, 100, 0, XD_SNAP_CLOSED, 0}, /* it lay at the closed road: the open ones are 510 m away, but no line stands in for a closed road */
        {1500, 1200, 0, XD_SNAP_OK, 1300}, /* its line went to the closed road: the nearest open one is at (1000, 0) or (2000, 0) */
        {500, 1200, 0, XD_SNAP_OK, 1200},  /* its line stays, whether cut off or not */
        {2500, 1200, 0, XD_SNAP_OK, 1200},
        {500, 1990, 0, XD_SNAP_OK, 1990},
        {1500, 1980, 0, XD_SNAP_CLOSED, 0}, /* 2,042 m to the nearest open road */
        {500, 1200, 2, XD_SNAP_OFF_NETWORK, 0},
        {2900, 1800, 1, XD_SNAP_OK, 1803},  /* to (3000, 0), though that is cut off: the main part is too far */
        {2900, 1999, 1, XD_SNAP_CLOSED, 0}, /* 2,001.5 m */
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        const struct xd_position at = road_map_position(cases[i].east_m, cases[i].north_m);
        struct xd_closures closures = {.items = &closure, .items_n = 1};
        struct xd_overlay *overlay = NULL;
        struct xd_graph *graph = NULL;
        closure.ways = closed[cases[i].closures];
        closure.ways_n = closed_n[cases[i].closures];
        CU_ASSERT_EQUAL_FATAL(xd_overlay_build(network, xd_test_profiles(), &closures, XD_CLOSURE_ALWAYS, &overlay, NULL), XD_OK);
        const struct xd_graph_conditions conditions = {.overlay = overlay};
        CU_ASSERT_EQUAL_FATAL(xd_graph_weigh(roads.map.topology, xd_test_profile("minivan"), &conditions, &graph, NULL), XD_OK);
        struct xd_snap snap = snap_at(&roads, at, RADIUS_M, connector);
        CU_ASSERT_EQUAL(snap.status, XD_SNAP_OK);
        xd_snap_under_closures(roads.map.index, graph, at, RADIUS_M, &connector, &snap);
        CU_ASSERT_EQUAL(snap.status == XD_SNAP_OK, cases[i].status == XD_SNAP_OK);
        CU_ASSERT_EQUAL(snap.connector_m, cases[i].connector_m);
        xd_graph_free(graph);
        xd_overlay_free(overlay);
    }
    test_roads_free(&roads);
    xd_network_free(network);
}

static const struct xd_test_case cases[] = {
    {"only_a_place_beyond_the_radius_and_within_the_longest_line_is_joined", only_a_place_beyond_the_radius_and_within_the_longest_line_is_joined},
    {"each_profile_has_a_line_of_its_own", each_profile_has_a_line_of_its_own},
    {"tables_and_routes_are_dijkstra_with_the_lines_at_both_ends", tables_and_routes_are_dijkstra_with_the_lines_at_both_ends},
    {"from_a_place_to_itself_there_is_nothing_to_drive", from_a_place_to_itself_there_is_nothing_to_drive},
    {"a_line_takes_the_energy_of_level_road_at_its_speed", a_line_takes_the_energy_of_level_road_at_its_speed},
    {"a_way_that_the_lines_make_too_long_is_an_error", a_way_that_the_lines_make_too_long_is_an_error},
    {"closures_move_lines_and_make_none", closures_move_lines_and_make_none},
};
const struct xd_test_suite xd_suite_maps_connectors = {"maps_connectors", cases, XD_ARRAY_LENGTH(cases)};
