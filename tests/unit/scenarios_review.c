/* What is told before a plan: each warning where it belongs, and none where all is well. */
#include "base/geo.h"
#include "scenarios/county_review.h"
#include "tests/unit/scenarios_fixture.h"

#include <stdio.h>
#include <string.h>

struct expected {
    const char *source, *words;
    int64_t line;
};

/* The review gives these warnings, and no other. */
static void judge(struct xd_small_tables tables, const struct expected *expected, size_t expected_n)
{
    struct xd_network *network = xd_small_network();
    struct xd_scenario *scenario = xd_small_scenario(tables);
    struct xd_county *county = NULL;
    struct xd_error error = {0};
    struct xd_diagnostics diagnostics = {0};
    CU_ASSERT_EQUAL_FATAL(xd_small_county(scenario, network, &county, &error), XD_OK);
    xd_county_review(county, &diagnostics);
    CU_ASSERT_EQUAL(diagnostics.errors_n, 0);
    CU_ASSERT_EQUAL(diagnostics.warnings_n, (int32_t)expected_n);
    for (int32_t w = 0; w < diagnostics.warnings_n; w++) {
        const struct xd_error *found = &diagnostics.warnings[w];
        const struct expected *e = (size_t)w < expected_n ? &expected[w] : NULL;
        const bool good = e && strstr(found->message, e->words) && strstr(found->source, e->source) && found->line == e->line;
        if (!good)
            printf("\n    found %s:%ld: %s", found->source, (long)found->line, found->message);
        CU_ASSERT_TRUE(good);
    }
    xd_diagnostics_free(&diagnostics);
    xd_county_free(county);
    xd_scenario_free(scenario);
    xd_network_free(network);
}

static void a_sound_county_is_not_warned_of(void)
{
    judge((struct xd_small_tables){0}, NULL, 0);
}

static void each_place_without_a_position_is_listed_with_the_reason(void)
{
    static const struct expected expected[] = {
        {"places.csv", "小河村 has no position, the map has 2 places of that name and no parent with a position tells which: it cannot be served", 3},
        {"places.csv", "无此村 has no position and the map has no place of that name: it cannot be served; give lon and lat", 4},
        {"places.csv", "(1 found) lies within 40 km of its parent T: it cannot be served; give lon and lat, or correct the parent", 5},
        {"places.csv", "无此镇 has no position and the map has no place of that name: its villages are looked for without it", 6},
        {"places.csv", "闲村 has no position and the map has no place of that name: no goods go there", 7},
    };
    judge((struct xd_small_tables){.places = "h,Hub,hub,,106.60,27,,\nb,小河村,village,-,,,,\nd,无此村,village,,,,,\ne,大坪村,village,t,,,,\n"
                                             "u,无此镇,township,,,,,\nf,闲村,village,,,,,\nt,T,township,,108,27,,\na,A,village,,106.61,27,,\n",
                                   .demand =
                                       "a,parcel,down,1,piece,,,\nb,parcel,down,1,piece,,,\nd,parcel,down,1,piece,,,\ne,parcel,down,1,piece,,,\n"},
          expected, XD_ARRAY_LENGTH(expected));
}

static void beyond_the_limit_places_are_counted_not_listed(void)
{
    char places[4000], demand[4000];
    struct expected expected[XD_REVIEW_UNPLACED_TOLD_MAX + 1];
    size_t used = (size_t)snprintf(places, sizeof places, "h,Hub,hub,,106.60,27,,\na,A,village,,106.61,27,,\n");
    size_t used_demand = (size_t)snprintf(demand, sizeof demand, "a,parcel,down,1,piece,,,\n");
    for (int i = 0; i < XD_REVIEW_UNPLACED_TOLD_MAX + 3; i++) {
        used += (size_t)snprintf(places + used, sizeof places - used, "u%d,无此村%d,village,,,,,\n", i, i);
        used_demand += (size_t)snprintf(demand + used_demand, sizeof demand - used_demand, "u%d,parcel,down,1,piece,,,\n", i);
        if (i < XD_REVIEW_UNPLACED_TOLD_MAX)
            expected[i] = (struct expected){"places.csv", "the map has no place of that name: it cannot be served", 4 + i};
    }
    expected[XD_REVIEW_UNPLACED_TOLD_MAX] = (struct expected){"places.csv", "3 more places have no position; xiangdao network check", 0};
    judge((struct xd_small_tables){.places = places, .demand = demand}, expected, XD_ARRAY_LENGTH(expected));
}

static void each_place_off_the_roads_is_listed_with_what_to_do(void)
{
    static const struct expected expected[] = {
        {"places.csv", "Island cannot be served: the roads within 1000 m do not lead to the hub and back", 4},
        {"places.csv",
         "Hill cannot be served: the nearest road is 2224 m away, expected at most 1000 m (snap_radius_m); correct its position or crs, draw the "
         "road in extra_roads, or allow a straight line (connector_m)",
         5},
        {"places.csv", "Far cannot be served: there is no road within 10000 m", 6},
    };
    judge((struct xd_small_tables){.places = "h,Hub,hub,,106.60,27,,\na,A,village,,106.61,27,,\nb,Island,village,,106.61,27.1,,\nc,Hill,village,,106."
                                             "61,27.02,,\nd,Far,village,,108,27,,\n",
                                   .demand =
                                       "a,parcel,down,1,piece,,,\nb,parcel,down,1,piece,,,\nc,parcel,down,1,piece,,,\nd,parcel,down,1,piece,,,\n"},
          expected, XD_ARRAY_LENGTH(expected));
}

static void goods_and_vehicles_that_cannot_meet_are_told(void)
{
    static const struct expected cold[] = {
        {"demand.csv", "1 rows of goods need a refrigerated vehicle and the fleet has none: they stay unserved", 3}};
    judge((struct xd_small_tables){.demand = "a,parcel,down,1,piece,,,\na,berry,up,5,kg,,,\na,leafy,up,5,kg,,,no\n"}, cold, 1);
    static const struct expected range[] = {
        {"fleet.csv", "ev cannot serve any place within its range, shift and longest duty: the nearest is 1.9 km there and back", 3}};
    judge((struct xd_small_tables){.fleet =
                                       "van,minivan,1,600,4.5,no,70,200,0,0,,,,08:00,18:00,8,\nev,ev_van,1,900,6,no,70,200,0,0,,,,08:00,18:00,8,1\n"
                                       "none,ev_van,0,900,6,no,70,200,0,0,,,,08:00,18:00,8,1\n"},
          range, 1);
}

static void a_base_that_one_may_drive_to_but_not_leave_is_told(void)
{
    struct xd_network *network = xd_small_network();
    struct xd_scenario *scenario = xd_small_scenario((struct xd_small_tables){.base = 3});
    struct xd_county *county = NULL;
    struct xd_diagnostics diagnostics = {0};
    CU_ASSERT_EQUAL_FATAL(xd_small_county(scenario, network, &county, NULL), XD_OK);
    struct xd_matrix *matrix = county->profiles[0].matrix;
    const size_t cell = xd_matrix_cell(matrix, 2, 0);
    matrix->time_s[cell] = matrix->length_m[cell] = XD_UNREACHABLE;
    xd_county_review(county, &diagnostics);
    CU_ASSERT_EQUAL_FATAL(diagnostics.warnings_n, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.warnings[0].message, "van has its base at B and no way from there to the hub and back on roads that"));
    CU_ASSERT_STRING_EQUAL(diagnostics.warnings[0].field, "base");
    CU_ASSERT_EQUAL(diagnostics.warnings[0].line, 2);
    xd_diagnostics_free(&diagnostics);
    xd_county_free(county);
    xd_scenario_free(scenario);
    xd_network_free(network);
}

static void vehicles_that_cannot_come_from_their_base_are_told(void)
{
    static const struct {
        const char *place, *words[2];
        int64_t lines[2];
        size_t words_n;
    } cases[] = {
        {"106.66,27", {NULL}, {0}, 0},
        {",",
         {"无此镇 has no position and the map has no place of that name: its villages are looked for without it",
          "van has its base at 无此镇, which has no position: it will not drive"},
         {3, 2},
         2},
        {"108,27", {"van has its base at 无此镇, but no road within 1000 m leads from there that its profile minivan may use"}, {2}, 1},
        {"106.61,27.1", {"van has its base at 无此镇, but no road within 1000 m leads from there"}, {2}, 1}, /* an island */
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        char places[256];
        struct expected expected[2];
        for (size_t w = 0; w < cases[i].words_n; w++)
            expected[w] = (struct expected){w + 1 < cases[i].words_n ? "places.csv" : "fleet.csv", cases[i].words[w], cases[i].lines[w]};
        snprintf(places, sizeof places, "h,Hub,hub,,106.60,27,,\nt,无此镇,township,,%s,,\na,A,village,,106.61,27,,\n", cases[i].place);
        judge((struct xd_small_tables){.places = places, .demand = "a,parcel,down,1,piece,,,\n", .base = 1}, expected, cases[i].words_n);
    }
    static const struct expected range[] = {
        {"fleet.csv", "ev cannot serve any place within its range, shift and longest duty: the nearest is 13.8 km there and back, with the ways from",
         2}};
    judge((struct xd_small_tables){.places = "h,Hub,hub,,106.60,27,,\nt,T,township,,106.66,27,,\na,A,village,,106.61,27,,\n",
                                   .demand = "a,parcel,down,1,piece,,,\n",
                                   .fleet = "ev,ev_van,1,900,6,no,70,200,0,0,,,,08:00,18:00,8,13\n",
                                   .base = 1},
          range, 1);
}

/* Rows of villages along the street, each 20 m off the road, written in a crs. */
static void village_rows(enum xd_crs written, char *places, size_t places_n, char *demand, size_t demand_n)
{
    size_t used = 0, used_demand = 0;
    for (int i = 0; i < 9; i++) {
        const struct xd_position true_one = {.lon_e7 = 1066000000 + 90000 * i, .lat_e7 = 270002000};
        const struct xd_position told = xd_position_from_wgs84(true_one, written);
        used += (size_t)snprintf(places + used, places_n - used, "%c,%c,%s,,%.7f,%.7f,,\n", 'a' + i, 'a' + i, i == 0 ? "hub" : "village",
                                 (double)told.lon_e7 / 1e7, (double)told.lat_e7 / 1e7);
        if (i > 0)
            used_demand += (size_t)snprintf(demand + used_demand, demand_n - used_demand, "%c,parcel,down,1,piece,,,\n", 'a' + i);
    }
}

static void positions_in_another_crs_than_told_are_seen_by_their_distance_from_the_roads(void)
{
    char places[2048], demand[1024];
    static const struct expected gcj02[] = {{"places.csv", "of them nearer than now; write `crs: gcj02` in scenario.yaml", 0}};
    village_rows(XD_CRS_GCJ02, places, sizeof places, demand, sizeof demand);
    judge((struct xd_small_tables){.places = places, .demand = demand}, gcj02, 1);
    village_rows(XD_CRS_WGS84, places, sizeof places, demand, sizeof demand);
    judge((struct xd_small_tables){.places = places, .demand = demand}, NULL, 0);
}

static const struct xd_test_case cases[] = {
    XD_CASE(a_sound_county_is_not_warned_of),
    XD_CASE(each_place_without_a_position_is_listed_with_the_reason),
    XD_CASE(beyond_the_limit_places_are_counted_not_listed),
    XD_CASE(each_place_off_the_roads_is_listed_with_what_to_do),
    XD_CASE(goods_and_vehicles_that_cannot_meet_are_told),
    XD_CASE(vehicles_that_cannot_come_from_their_base_are_told),
    XD_CASE(a_base_that_one_may_drive_to_but_not_leave_is_told),
    XD_CASE(positions_in_another_crs_than_told_are_seen_by_their_distance_from_the_roads),
};
const struct xd_test_suite xd_suite_scenarios_review = {"scenarios_review", cases, XD_ARRAY_LENGTH(cases)};
