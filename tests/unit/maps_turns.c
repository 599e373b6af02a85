/* Turning, turning back and stopping, a case each: what the oracle of maps_random.c once found to be otherwise. */
#include "maps/dijkstra.h"
#include "maps/road_map.h"
#include "tests/harness/harness.h"
#include "tests/harness/profiles.h"
#include "tests/harness/road_map.h"
#include "tests/unit/maps_suites.h"

/* A minivan without curves to slow it and without turn costs of its own. */
static struct xd_profile plain_van(void)
{
    struct xd_profile van = *xd_test_profile("minivan");
    van.lateral_cm_s2 = van.turn_s = van.u_turn_s = van.signal_s = van.stop_sign_s = 0;
    return van;
}

struct trip {
    const char *map;
    const struct xd_profile *profile;
    bool turn_costs, among_others; /* people on foot on the same topology */
    double from_m[2], to_m[2];     /* east and north */
};

/* Milliseconds; -1 where there is no way. */
static int64_t trip_ms(const struct trip *trip)
{
    struct xd_network *network = road_map_network(trip->map);
    const struct xd_profile *profiles[] = {trip->profile, xd_test_profile("walking")};
    struct xd_road_map map = {0};
    struct xd_graph *graph = NULL;
    struct xd_dijkstra *search = NULL;
    struct xd_snap from, to;
    struct xd_edge_point source, target;
    int32_t via;
    CU_ASSERT_EQUAL_FATAL(xd_road_map_build(network, profiles, trip->among_others ? 2 : 1, trip->turn_costs, &map, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_graph_weigh(map.topology, trip->profile, NULL, &graph, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_dijkstra_create(graph, &search, NULL), XD_OK);
    xd_snap_find(map.index, graph, road_map_position(trip->from_m[0], trip->from_m[1]), 5, &from);
    xd_snap_find(map.index, graph, road_map_position(trip->to_m[0], trip->to_m[1]), 5, &to);
    CU_ASSERT_FATAL(from.status == XD_SNAP_OK && to.status == XD_SNAP_OK);
    xd_edge_point_find(graph, &from, &source);
    xd_edge_point_find(graph, &to, &target);
    xd_dijkstra_run(search, &from, &source, &to, 1);
    const struct xd_way way = xd_dijkstra_way(search, &from, &to, &target, &via);
    xd_dijkstra_free(search);
    xd_graph_free(graph);
    xd_road_map_free(&map);
    xd_network_free(network);
    return way.cost_ms == XD_WAY_NONE ? -1 : way.time_ms;
}

/* 1 in the west, 2 in the middle, 4 in the east; 3 in the north. */
#define FORK                                                                                                                                         \
    "node 1 0 0\nnode 2 200 0\nnode 3 200 200\nnode 4 400 0\n"                                                                                       \
    "way 10 1 2 : highway=residential\nway 11 2 3 : highway=residential\nway 12 2 4 : highway=residential\n"

static void a_turn_takes_its_time_by_the_square_of_its_angle_up_to_the_longest(void)
{
    static const int32_t seconds[] = {4, 60, 600};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(seconds); i++) {
        struct xd_profile van = plain_van();
        van.turn_s = seconds[i];
        struct trip trip = {FORK, &van, false, false, {10, 0}, {200, 190}};
        const int64_t free_ms = trip_ms(&trip);
        trip.turn_costs = true;
        CU_ASSERT_EQUAL(trip_ms(&trip) - free_ms, seconds[i] * 1000 / 4); /* (90 / 180)^2 */
        trip.to_m[0] = 390;
        trip.to_m[1] = 0;
        const int64_t straight_ms = trip_ms(&trip);
        trip.turn_costs = false;
        CU_ASSERT_EQUAL(straight_ms, trip_ms(&trip));
    }
}

static void where_a_road_of_two_ways_just_bends_no_turn_is_counted(void)
{
    struct xd_profile van = plain_van();
    van.turn_s = 40;
    static const char bend[] =
        "node 1 0 0\nnode 2 200 0\nnode 3 200 200\nnode 5 300 0\nway 10 1 2 : highway=residential\nway 11 2 3 : highway=tertiary\n";
    struct trip trip = {bend, &van, false, false, {10, 0}, {200, 190}};
    const int64_t free_ms = trip_ms(&trip);
    trip.turn_costs = true;
    CU_ASSERT_EQUAL(trip_ms(&trip), free_ms);
    /* Nor where a footpath meets it, whether or not anybody walks. */
    trip.map = "node 1 0 0\nnode 2 200 0\nnode 3 200 200\nnode 5 300 0\nway 10 1 2 : highway=residential\nway 11 2 3 : highway=tertiary\n"
               "way 12 2 5 : highway=path\n";
    CU_ASSERT_EQUAL(trip_ms(&trip), free_ms);
    trip.among_others = true;
    CU_ASSERT_EQUAL(trip_ms(&trip), free_ms);
}

static void stop_signs_and_signals_within_a_road_hold_up_whom_they_face(void)
{
    static const struct {
        const char *map;
        int32_t east_s, west_s;
    } rows[] = {
        {"node 1 0 0\nnode 2 100 0 : highway=stop\nnode 3 200 0\nway 10 1 2 3 : highway=residential\n", 5, 5},
        {"node 1 0 0\nnode 2 100 0 : highway=stop, direction=forward\nnode 3 200 0\nway 10 1 2 3 : highway=residential\n", 5, 0},
        {"node 1 0 0\nnode 2 100 0 : highway=stop, direction=backward\nnode 3 200 0\nway 10 1 2 3 : highway=residential\n", 0, 5},
        {"node 1 0 0\nnode 2 100 0 : highway=traffic_signals\nnode 3 200 0\nway 10 1 2 3 : highway=residential\n", 20, 20},
        {"node 1 0 0\nnode 2 100 0 : highway=traffic_signals, traffic_signals:direction=backward\nnode 3 200 0\nway 10 3 2 1 : highway=residential\n",
         20, 0},
        {"node 1 0 0\nnode 2 100 0 : highway=crossing, crossing=traffic_signals\nnode 3 200 0\nway 10 1 2 3 : highway=residential\n", 0, 0},
    };
    struct xd_profile van = plain_van();
    van.stop_sign_s = 5;
    van.signal_s = 20;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        const struct trip east = {rows[i].map, &van, true, false, {10, 0}, {190, 0}}, west = {rows[i].map, &van, true, false, {190, 0}, {10, 0}};
        struct trip free_east = east, free_west = west;
        free_east.turn_costs = free_west.turn_costs = false;
        CU_ASSERT_EQUAL(trip_ms(&east) - trip_ms(&free_east), rows[i].east_s * 1000);
        CU_ASSERT_EQUAL(trip_ms(&west) - trip_ms(&free_west), rows[i].west_s * 1000);
    }
}

#define NO_LEFT "relation 7 way:10:from node:2:via way:11:to : type=restriction, restriction=no_left_turn\n"

/* From 1 to 3 the left turn at 2 is barred: on to 4, back, and right. */
static void who_can_but_turn_back_does_so_for_nothing_whoever_else_could_go_on(void)
{
    struct xd_profile van = plain_van();
    struct trip trip = {FORK NO_LEFT, &van, true, false, {10, 0}, {200, 190}};
    const int64_t ms = trip_ms(&trip);
    van.u_turn_s = 30;
    CU_ASSERT_EQUAL(trip_ms(&trip), ms);
    trip.map = FORK NO_LEFT "node 5 500 0\nway 13 4 5 : highway=path\n";
    CU_ASSERT_EQUAL(trip_ms(&trip), ms);
    trip.among_others = true;
    CU_ASSERT_EQUAL(trip_ms(&trip), ms);
    /* Two roads to go on by, each 100 m and back: 36 s at 20 km/h, so that turning back at once is better. */
    trip.map = FORK NO_LEFT "node 5 500 0\nnode 6 400 100\nway 13 4 5 : highway=residential\nway 14 4 6 : highway=residential\n";
    CU_ASSERT_EQUAL(trip_ms(&trip), ms + 30000);
}

static void where_others_roads_meet_ones_own_is_no_place_to_turn_back(void)
{
    struct xd_profile van = plain_van();
    struct trip trip = {FORK NO_LEFT, &van, false, false, {10, 0}, {200, 190}};
    const int64_t ms = trip_ms(&trip);
    /* A footpath off 12, halfway from 2 to 4. */
    trip.map = "node 1 0 0\nnode 2 200 0\nnode 3 200 200\nnode 4 400 0\nnode 5 300 0\nnode 6 300 100\nway 10 1 2 : highway=residential\n"
               "way 11 2 3 : highway=residential\nway 12 2 5 4 : highway=residential\nway 13 5 6 : highway=path\n" NO_LEFT;
    for (int bits = 0; bits < 4; bits++) {
        trip.among_others = bits & 1;
        trip.turn_costs = bits & 2;
        const int64_t there_ms = trip_ms(&trip);
        CU_ASSERT(there_ms >= ms - 2 && there_ms <= ms + 2); /* roundings of one piece more */
    }
    /* Nor does the road end where it is somebody else's from there on, but for those whose it is not. */
    trip.map = FORK NO_LEFT "node 5 500 0\nway 13 4 5 : highway=residential, hgv=no\n";
    const int64_t longer_ms = trip_ms(&trip);
    CU_ASSERT(longer_ms >= ms + 36000 - 2 && longer_ms <= ms + 36000 + 2);
}

static void a_prescribed_road_that_is_closed_to_a_vehicle_is_not_asked_of_it(void)
{
    static const char map[] = "node 1 0 0\nnode 2 200 0\nnode 3 200 200\nnode 4 400 0\nway 10 1 2 : highway=residential\n"
                              "way 11 2 3 : highway=residential\nway 12 2 4 : highway=residential, hgv=no\n"
                              "relation 7 way:10:from node:2:via way:12:to : type=restriction, restriction=only_straight_on\n";
    struct xd_profile van = plain_van();
    struct trip trip = {map, xd_test_profile("light_truck"), false, false, {10, 0}, {200, 190}};
    for (int others = 0; others < 2; others++) {
        trip.among_others = others == 1;
        trip.profile = xd_test_profile("light_truck");
        const int64_t truck_ms = trip_ms(&trip);
        CU_ASSERT(truck_ms > 0 && truck_ms < 380 * 180 + 10000); /* straight there, but for the curve */
        trip.profile = &van;
        CU_ASSERT(trip_ms(&trip) > 780 * 180 - 10); /* 20 km/h: 180 ms a metre; on to 4 and back */
    }
}

static void a_ring_is_not_driven_round_again_where_that_is_barred(void)
{
    struct xd_network *network = road_map_network("node 1 0 0\nnode 2 100 0\nnode 3 200 50\nnode 4 200 -50\nway 10 1 2 : highway=residential\n"
                                                  "way 11 2 3 4 2 : highway=residential, oneway=yes\n"
                                                  "relation 7 way:11:from node:2:via way:11:to : type=restriction, restriction=no_straight_on\n");
    const struct xd_profile *van = xd_test_profile("minivan");
    struct xd_topology *topology = NULL;
    struct xd_graph *graph = NULL;
    int32_t barred_n = 0;
    CU_ASSERT_EQUAL_FATAL(xd_topology_build(network, &van, 1, false, &topology, NULL), XD_OK);
    CU_ASSERT_EQUAL(topology->restrictions_used_n, network->restrictions_n);
    CU_ASSERT(network->restrictions_n > 0);
    CU_ASSERT_EQUAL_FATAL(xd_graph_weigh(topology, van, NULL, &graph, NULL), XD_OK);
    for (int32_t a = 0; a < topology->arcs_n; a++)
        barred_n += graph->turn[a].cost_ms == XD_FAR_WAY && topology->state_edge[topology->tail[a]] == topology->arc_edge[a];
    CU_ASSERT(barred_n > 0);
    xd_graph_free(graph);
    xd_topology_free(topology);
    xd_network_free(network);
}

/* The road from 2 to 5 is closed half way in both directions, and private before: no arc tells that costs are not times, its pieces do. */
static void costs_of_roads_that_lead_nowhere_are_no_times(void)
{
    struct xd_network *network = road_map_network(
        "node 1 0 0\nnode 2 100 0\nnode 3 200 0\nnode 4 300 0\nnode 5 400 0\nnode 6 500 0\nnode 7 100 100\nnode 8 400 100\n"
        "way 10 1 2 : highway=residential\nway 11 2 3 : highway=residential, access=private\n"
        "way 12 4 3 : highway=residential, oneway=yes\nway 13 4 5 : highway=residential, oneway=yes\nway 14 5 6 : highway=residential\n"
        "way 15 2 7 8 5 : highway=residential\n");
    struct xd_graph *graph = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_graph_build(network, xd_test_profile("minivan"), &graph, NULL), XD_OK);
    for (int32_t a = 0; a < graph->arcs_n; a++)
        CU_ASSERT_EQUAL(graph->weight[a].cost_ms, graph->weight[a].time_ms);
    CU_ASSERT(graph->has_costs);
    xd_graph_free(graph);
    xd_network_free(network);
}

static const struct xd_test_case cases[] = {
    {"a_turn_takes_its_time_by_the_square_of_its_angle_up_to_the_longest", a_turn_takes_its_time_by_the_square_of_its_angle_up_to_the_longest},
    {"where_a_road_of_two_ways_just_bends_no_turn_is_counted", where_a_road_of_two_ways_just_bends_no_turn_is_counted},
    {"stop_signs_and_signals_within_a_road_hold_up_whom_they_face", stop_signs_and_signals_within_a_road_hold_up_whom_they_face},
    {"who_can_but_turn_back_does_so_for_nothing_whoever_else_could_go_on", who_can_but_turn_back_does_so_for_nothing_whoever_else_could_go_on},
    {"where_others_roads_meet_ones_own_is_no_place_to_turn_back", where_others_roads_meet_ones_own_is_no_place_to_turn_back},
    {"a_prescribed_road_that_is_closed_to_a_vehicle_is_not_asked_of_it", a_prescribed_road_that_is_closed_to_a_vehicle_is_not_asked_of_it},
    {"a_ring_is_not_driven_round_again_where_that_is_barred", a_ring_is_not_driven_round_again_where_that_is_barred},
    {"costs_of_roads_that_lead_nowhere_are_no_times", costs_of_roads_that_lead_nowhere_are_no_times},
};
const struct xd_test_suite xd_suite_maps_turns = {"maps_turns", cases, XD_ARRAY_LENGTH(cases)};
