/* Places at the kerb: reached and left only with them on the vehicle's side of the road, in routes, searches and sweeps alike. */
#include "maps/approach.h"
#include "maps/route.h"
#include "maps/table.h"
#include "tests/harness/random_map.h"
#include "tests/harness/road_map.h"
#include "tests/harness/roads.h"
#include "tests/unit/maps_suites.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { RADIUS_M = 100, POINTS_N = 10, MAPS_N = 60 };

/* A street of 1,000 m from west to east, dead at both ends. */
#define STREET(tags) "node 1 0 0\nnode 2 1000 0\nway 1 1 2 : highway=residential" tags "\n"

struct trip {
    const char *map;
    const char *profile;
    enum xd_approach approach;
    int from_m[2], to_m[2];
    int length_m; /* -1: no way */
};

static const struct trip trips[] = {
    /* eastwards with places on the right of it: straight on; with the target on the left: on to the end, and back */
    {STREET(""), "minivan", XD_APPROACH_ANY, {300, -10}, {600, 10}, 300},
    {STREET(""), "minivan", XD_APPROACH_KERB, {300, -10}, {600, -10}, 300},
    {STREET(""), "minivan", XD_APPROACH_KERB, {300, -10}, {600, 10}, 700 + 400},
    {STREET(""), "minivan", XD_APPROACH_KERB, {300, 10}, {600, 10}, 300 + 1000 + 400}, /* left westwards, reached westwards */
    {STREET(""), "minivan", XD_APPROACH_KERB, {300, 10}, {600, -10}, 300 + 600},
    {STREET(""), "minivan", XD_APPROACH_KERB, {600, -10}, {300, -10}, 400 + 1000 + 300},
    {STREET(""), "minivan", XD_APPROACH_KERB, {600, 10}, {300, 10}, 300},
    {STREET(""), "minivan", XD_APPROACH_KERB, {500, -10}, {500, 10}, 500 + 500}, /* over the road: round the end */
    {STREET(""), "minivan", XD_APPROACH_KERB, {500, -10}, {500, -10}, 0},
    /* where the side does not matter */
    {STREET(""), "minivan", XD_APPROACH_KERB, {300, 2}, {600, 2}, 300},
    {STREET(""), "minivan", XD_APPROACH_KERB, {300, 0}, {600, 4}, 700 + 400},        /* the target's does */
    {STREET(", oneway=yes"), "minivan", XD_APPROACH_KERB, {300, 10}, {600, 10}, -1}, /* an island: one cannot come back */
    {STREET("") "node 3 500 500\nway 2 1 3 : highway=residential, oneway=yes\nway 3 3 2 : highway=residential, oneway=yes",
     "minivan",
     XD_APPROACH_KERB,
     {250, 270},
     {750, 270},
     679},
    {STREET(", motor_vehicle:backward=no") "way 2 2 1 : highway=residential", "minivan", XD_APPROACH_KERB, {300, 10}, {600, 10}, 300},
    {STREET(""), "walking", XD_APPROACH_KERB, {300, 10}, {600, 10}, 300},
    {STREET(""), "minivan", XD_APPROACH_KERB, {300, -10}, {1020, 10}, 700}, /* beyond the end, where one turns */
    {STREET("") "node 3 1000 300\nway 2 2 3 : highway=residential", "minivan", XD_APPROACH_KERB, {300, -10}, {1010, -10}, 700}, /* a corner */
    {STREET("") "node 3 1000 300\nnode 4 1300 0\nway 2 2 3 : highway=residential\nway 3 2 4 : highway=residential",
     "minivan",
     XD_APPROACH_KERB,
     {1000, 200},
     {1000, -10},
     200}, /* not out to the other end of the street and back */
    /* beyond a hairpin: outside of it, right of who drives in at the south and out at the north, though left of the line that he leaves on */
    {"node 1 0 0\nnode 2 400 0\nnode 3 0 200\nway 1 1 2 3 : highway=residential", "minivan", XD_APPROACH_KERB, {200, -10}, {430, 40}, 200},
    {"node 1 0 0\nnode 2 400 0\nnode 3 0 200\nway 1 1 2 3 : highway=residential", "minivan", XD_APPROACH_KERB, {200, -10}, {430, -10}, 200},
    {"node 1 0 0\nnode 2 400 0\nnode 3 0 200\nway 1 3 2 1 : highway=residential", "minivan", XD_APPROACH_KERB, {200, -10}, {430, 40}, 200},
    /* where traffic keeps left */
    {STREET(", driving_side=left"), "minivan", XD_APPROACH_KERB, {300, 10}, {600, 10}, 300},
    {STREET(", driving_side=left"), "minivan", XD_APPROACH_KERB, {300, -10}, {600, -10}, 300 + 1000 + 400},
    {STREET(""), "minivan", XD_APPROACH_KERB_LEFT, {300, 10}, {600, 10}, 300},
    {STREET(", driving_side=right"), "minivan", XD_APPROACH_KERB_LEFT, {300, 10}, {600, 10}, 300 + 1000 + 400},
};

static struct xd_snap snap_at(const struct test_roads *roads, const int at_m[2], enum xd_approach approach)
{
    struct xd_snap snap;
    test_roads_snap(roads, road_map_position(at_m[0], at_m[1]), RADIUS_M, &snap);
    xd_snap_approach(roads->graph, approach, &snap);
    return snap;
}

static int64_t route_m(const struct test_roads *roads, const struct xd_weights *weights, const struct xd_snap *from, const struct xd_snap *to)
{
    struct xd_road_route route = {0};
    if (from->status != XD_SNAP_OK || to->status != XD_SNAP_OK)
        return -1;
    CU_ASSERT_EQUAL_FATAL(xd_road_route_find(roads->graph, weights, from, to, &route, NULL), XD_OK);
    const int64_t length_m = route.found ? (route.length_cm + 50) / 100 : -1;
    xd_road_route_free(&route);
    return length_m;
}

static void a_place_is_reached_on_its_own_side_of_the_road(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(trips); i++) {
        struct xd_network *network = road_map_network(trips[i].map);
        struct test_roads roads = test_roads_make(network, trips[i].profile, false);
        const struct xd_snap points[] = {snap_at(&roads, trips[i].from_m, trips[i].approach), snap_at(&roads, trips[i].to_m, trips[i].approach)};
        struct xd_matrix *matrix = NULL;
        CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads.graph, roads.weights, points, 2, 1, NULL, &matrix, NULL), XD_OK);
        const int64_t searched_m = route_m(&roads, NULL, &points[0], &points[1]), queried_m = route_m(&roads, roads.weights, &points[0], &points[1]);
        const int64_t table_m = matrix->time_s[1] == XD_UNREACHABLE ? -1 : matrix->length_m[1];
        if (llabs(searched_m - trips[i].length_m) > 1 || queried_m != searched_m || table_m != searched_m)
            fprintf(stderr, "trip %zu: expected %d m, found %lld, %lld, %lld\n", i, trips[i].length_m, (long long)searched_m, (long long)queried_m,
                    (long long)table_m);
        CU_ASSERT(llabs(searched_m - trips[i].length_m) <= 1);
        CU_ASSERT(queried_m == searched_m && table_m == searched_m);
        xd_matrix_free(matrix);
        test_roads_free(&roads);
        xd_network_free(network);
    }
}

/* A line to the road stands for a road that nobody has drawn: it may end on either side. */
static void at_the_end_of_a_straight_line_the_side_does_not_matter(void)
{
    struct xd_network *network = road_map_network(STREET(""));
    struct test_roads roads = test_roads_make(network, "minivan", false);
    struct xd_snap snap;
    test_roads_snap(&roads, road_map_position(500, 300), RADIUS_M, &snap);
    xd_snap_connect(roads.map.index, roads.graph, &(struct xd_connector){1000, 4000}, &snap);
    xd_snap_approach(roads.graph, XD_APPROACH_KERB, &snap);
    CU_ASSERT_EQUAL(snap.status, XD_SNAP_OK);
    CU_ASSERT_EQUAL(snap.barred, 0);
    test_roads_free(&roads);
    xd_network_free(network);
}

/* ---- random maps ---- */

/* Metres from the place to the line through a and b, above 0 on the right of who drives from a to b. */
static double right_of_m(struct xd_position a, struct xd_position b, struct xd_position place)
{
    const double metres_a_unit = 6371008.8 * 3.14159265358979323846 / 180.0 / 1e7;
    const double dx = (b.lon_e7 - a.lon_e7) * metres_a_unit, dy = (b.lat_e7 - a.lat_e7) * metres_a_unit;
    const double x = (place.lon_e7 - a.lon_e7) * metres_a_unit, y = (place.lat_e7 - a.lat_e7) * metres_a_unit;
    return -(dx * y - dy * x) / hypot(dx, dy);
}

static bool is_at_bend(const struct xd_snap *snap)
{
    return snap->part_ppm == 0 || snap->part_ppm == XD_SNAP_PART_WHOLE;
}

/* Looks at the first and last metres of a route; false where one has its place on the wrong side. */
static bool keeps_side(const struct xd_road_route *route, const struct xd_snap *from, const struct xd_snap *to)
{
    const struct xd_position *points = route->points;
    const int32_t n = route->points_n;
    if (n < 2)
        return true;
    const bool long_begin = xd_distance_m(points[0], points[1]) > 1.0, long_end = xd_distance_m(points[n - 2], points[n - 1]) > 1.0;
    return (!from->barred || !long_begin || is_at_bend(from) || right_of_m(points[0], points[1], from->place) > XD_APPROACH_BESIDE_M - 0.5) &&
           (!to->barred || !long_end || is_at_bend(to) || right_of_m(points[n - 2], points[n - 1], to->place) > XD_APPROACH_BESIDE_M - 0.5);
}

struct tally {
    int32_t wrong_n, barred_n, longer_n;
};

static void compare(const struct test_roads *roads, const struct xd_snap *any, const struct xd_snap *kerb, struct tally *tally)
{
    struct xd_matrix *free_table = NULL, *swept = NULL, *searched = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads->graph, roads->weights, any, POINTS_N, 1, NULL, &free_table, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads->graph, roads->weights, kerb, POINTS_N, 1, NULL, &swept, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads->graph, NULL, kerb, POINTS_N, 1, NULL, &searched, NULL), XD_OK);
    for (int32_t cell = 0; cell < POINTS_N * POINTS_N; cell++) {
        const struct xd_snap *from = &kerb[cell / POINTS_N], *to = &kerb[cell % POINTS_N];
        struct xd_road_route route = {0};
        bool good = swept->time_s[cell] == searched->time_s[cell] && swept->length_m[cell] == searched->length_m[cell] &&
                    (swept->time_s[cell] == XD_UNREACHABLE) == (free_table->time_s[cell] == XD_UNREACHABLE);
        if (from->status == XD_SNAP_OK && to->status == XD_SNAP_OK && from != to) {
            CU_ASSERT_EQUAL_FATAL(xd_road_route_find(roads->graph, roads->weights, from, to, &route, NULL), XD_OK);
            good = good && route.found && (route.time_ms + 500) / 1000 == swept->time_s[cell] && keeps_side(&route, from, to);
        }
        tally->longer_n += swept->time_s[cell] > free_table->time_s[cell];
        tally->wrong_n += !good;
        xd_road_route_free(&route);
    }
    xd_matrix_free(free_table);
    xd_matrix_free(swept);
    xd_matrix_free(searched);
}

static void tables_and_routes_on_random_maps_keep_to_the_side(void)
{
    static const char *const profiles[] = {"minivan", "light_truck", "bus"};
    static char text[RANDOM_MAP_SIZE];
    struct tally tally = {0};
    for (uint64_t number = 0; number < MAPS_N; number++) {
        struct xd_rng rng = xd_rng_at(7, XD_RNG_TEST, 5, number);
        struct xd_snap any[POINTS_N], kerb[POINTS_N];
        random_map_draw(&rng, text);
        struct xd_network *network = road_map_network(text);
        struct test_roads roads = test_roads_make(network, profiles[number % 3], number % 2 == 0);
        for (int32_t i = 0; i < POINTS_N; i++) {
            test_roads_snap(&roads, road_map_position((double)xd_rng_below(&rng, 480), (double)xd_rng_below(&rng, 480)), RADIUS_M, &any[i]);
            kerb[i] = any[i];
            xd_snap_approach(roads.graph, XD_APPROACH_KERB, &kerb[i]);
            tally.barred_n += kerb[i].barred != 0;
        }
        compare(&roads, any, kerb, &tally);
        test_roads_free(&roads);
        xd_network_free(network);
    }
    CU_ASSERT_EQUAL(tally.wrong_n, 0);
    CU_ASSERT(tally.barred_n > 50 && tally.longer_n > 100); /* the maps are worth it */
}

static const struct xd_test_case cases[] = {
    {"a_place_is_reached_on_its_own_side_of_the_road", a_place_is_reached_on_its_own_side_of_the_road},
    {"at_the_end_of_a_straight_line_the_side_does_not_matter", at_the_end_of_a_straight_line_the_side_does_not_matter},
    {"tables_and_routes_on_random_maps_keep_to_the_side", tables_and_routes_on_random_maps_keep_to_the_side},
};
const struct xd_test_suite xd_suite_maps_approach = {"maps_approach", cases, XD_ARRAY_LENGTH(cases)};
