/* Whom the vehicles reach and how far from the road, and in which crs the positions most likely are. */
#include "base/alloc.h"
#include "scenarios/county_connectors.h"
#include "scenarios/county_crs.h"
#include "scenarios/county_reach.h"
#include "scenarios/county_review.h"
#include "tests/unit/scenarios_fixture.h"

#include <stdio.h>
#include <string.h>

enum { ALONG_MAX = 32 };

struct survey {
    struct xd_network *network;
    struct xd_scenario *scenario;
    struct xd_county *county;
};

static struct survey survey_open(struct xd_small_tables tables)
{
    struct survey survey = {.network = xd_small_network(), .scenario = xd_small_scenario(tables)};
    struct xd_error error = {0};
    const enum xd_status status = xd_county_survey(survey.scenario, survey.network, NULL, NULL, NULL, &survey.county, &error);
    if (status != XD_OK)
        puts(error.message);
    CU_ASSERT_EQUAL_FATAL(status, XD_OK);
    return survey;
}

static void survey_close(struct survey *survey)
{
    xd_county_free(survey->county);
    xd_scenario_free(survey->scenario);
    xd_network_free(survey->network);
}

/* ---- reach ---- */

static const char places_of_all_sorts[] =
    "c,County,county,,106.6,29,,\nh,Hub,hub,,106.60,27,,\na,A,village,,106.61,27.0009,,\nb,Island,village,,106.61,"
    "27.1,,\nd,Hill,village,,106.61,27.02,,\ne,Far,village,,108,27,,\nf,无此村,village,,,,,\n"
    "g,G,township,,106.64,27.0018,,\n";

static void each_place_is_told_with_what_keeps_vehicles_from_it(void)
{
    struct survey survey = survey_open((struct xd_small_tables){.places = places_of_all_sorts, .demand = "a,parcel,down,1,piece,,,\n"});
    struct xd_county_reach *reach = NULL;
    struct xd_error error = {0};
    /* 0.1 degrees of latitude are 11,120 m: farther than ten radii of 1,000 m, so that the island has no road that would do. */
    static const struct {
        enum xd_snap_status status;
        int32_t distance_m, usable_m;
    } expected[] = {{XD_SNAP_OFF_NETWORK, 0, 0} /* a county: not looked at */,
                    {XD_SNAP_OK, 0, -1},
                    {XD_SNAP_OK, 100, -1},
                    {XD_SNAP_ISLAND, 0, -1},
                    {XD_SNAP_OFF_NETWORK, 2224, 2224},
                    {XD_SNAP_OFF_NETWORK, -1, -1},
                    {XD_SNAP_OFF_NETWORK, -1, -1},
                    {XD_SNAP_OK, 200, -1}};
    CU_ASSERT_EQUAL_FATAL(xd_county_reach_find(survey.county, &reach, &error), XD_OK);
    CU_ASSERT_EQUAL_FATAL(reach->places_n, (int32_t)XD_ARRAY_LENGTH(expected));
    CU_ASSERT_EQUAL_FATAL(reach->profiles_n, 1);
    for (int32_t i = 1; i < reach->places_n; i++) {
        CU_ASSERT_EQUAL(reach->snaps[i].status, expected[i].status);
        CU_ASSERT_EQUAL(reach->snaps[i].distance_m, expected[i].distance_m);
        CU_ASSERT_EQUAL(reach->usable_m[i], expected[i].usable_m);
    }
    CU_ASSERT_EQUAL(reach->counted_n, 7);
    CU_ASSERT_EQUAL(reach->unplaced_n, 1);
    CU_ASSERT_EQUAL(reach->reached_n, 3);
    CU_ASSERT_EQUAL(reach->unreached_n, 3);
    CU_ASSERT_EQUAL(reach->in_part_n, 0);
    /* 0, 100, 200 m: the second of three is the median, and nine tenths take all three. */
    CU_ASSERT_EQUAL(reach->spread.places_n, 3);
    CU_ASSERT_EQUAL(reach->spread.median_m, 100);
    CU_ASSERT_EQUAL(reach->spread.p90_m, 200);
    CU_ASSERT_EQUAL(reach->spread.max_m, 200);
    CU_ASSERT_EQUAL_FATAL(reach->spread.farthest_n, 3);
    CU_ASSERT_EQUAL(reach->spread.farthest[0], 7);
    CU_ASSERT_EQUAL(reach->spread.farthest[1], 2);
    CU_ASSERT_EQUAL(reach->spread.farthest[2], 1);
    xd_county_reach_free(reach);
    survey_close(&survey);
}

/* Hill lies 2,224 m from the street, Far some 130 km: with lines of up to 3,000 m the first is reached and counts as the farthest. */
static void a_place_at_the_end_of_a_straight_line_is_reached(void)
{
    struct survey survey = survey_open((struct xd_small_tables){.parameters = "  connector_m: 3000\n  connector_kmh: 8\n",
                                                                .places = places_of_all_sorts,
                                                                .demand = "a,parcel,down,1,piece,,,\nd,parcel,down,1,piece,,,\n"});
    struct xd_county_reach *reach = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_county_reach_find(survey.county, &reach, NULL), XD_OK);
    CU_ASSERT_EQUAL(reach->reached_n, 4);
    CU_ASSERT_EQUAL(reach->unreached_n, 2); /* the island is 11 km from a road that would do */
    CU_ASSERT_EQUAL(reach->snaps[4].status, XD_SNAP_OK);
    CU_ASSERT_EQUAL(reach->snaps[4].connector_m, 2224);
    CU_ASSERT_EQUAL(reach->snaps[4].connector_s, 1001); /* 2,224 m at 8 km/h: 1000.8 s */
    CU_ASSERT_EQUAL(reach->snaps[7].connector_m, 0);
    CU_ASSERT_EQUAL(reach->spread.max_m, 2224);
    CU_ASSERT_EQUAL(xd_county_connected_n(survey.county), 1);
    CU_ASSERT_TRUE(xd_county_is_connected(survey.county, survey.county->place_point[4]));
    CU_ASSERT_FALSE(xd_county_assumes(survey.county, XD_PARAMETER_CONNECTOR_M_H)); /* it is given */
    struct xd_diagnostics diagnostics = {0};
    xd_county_review(survey.county, &diagnostics);
    bool told = false;
    for (int32_t i = 0; i < diagnostics.warnings_n; i++)
        told = told || strstr(diagnostics.warnings[i].message,
                              "Hill lies beyond the last road: a straight line of 2224 m stands in for the way there, 17 min");
    CU_ASSERT_TRUE(told);
    xd_diagnostics_free(&diagnostics);
    xd_county_reach_free(reach);
    survey_close(&survey);
}

/* B lies 2,224 m off the street. */
static void legs_to_a_place_at_the_end_of_a_line_are_the_roads_and_the_line(void)
{
    static const char places[] = "h,Hub,hub,,106.60,27,,\na,A,village,,106.61,27,,\nb,B,village,,106.64,27.02,,\nf,Foot,village,,106.64,27,,\n";
    struct xd_network *network = xd_small_network();
    struct xd_scenario *scenario =
        xd_small_scenario((struct xd_small_tables){.parameters = "  connector_m: 3000\n",
                                                   .places = places,
                                                   .demand = "a,parcel,down,1,piece,,,\nb,parcel,down,1,piece,,,\nf,parcel,down,1,piece,,,\n"});
    struct xd_county *county = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_small_county(scenario, network, &county, NULL), XD_OK);
    const struct xd_matrix *matrix = county->profiles[0].matrix;
    for (int32_t point = 0; point < 2; point++) /* F lies at the foot of B's line */
        for (int back = 0; back < 2; back++) {
            CU_ASSERT_EQUAL(xd_matrix_length_m(matrix, back ? 2 : point, back ? point : 2),
                            xd_matrix_length_m(matrix, back ? 3 : point, back ? point : 3) + 2224);
            CU_ASSERT_EQUAL(xd_matrix_time_s(matrix, back ? 2 : point, back ? point : 2),
                            xd_matrix_time_s(matrix, back ? 3 : point, back ? point : 3) + 2002); /* 2,224 m at 4 km/h: 2001.6 s */
        }
    CU_ASSERT_EQUAL(xd_matrix_length_m(matrix, 2, 2), 0);
    static const int32_t types[] = {0}, first[] = {0, 3}, stops[] = {0, 1, 2};
    const struct xd_routes routes = {.routes_n = 1, .types = types, .first = first, .stops = stops};
    struct xd_plan *plan = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_plan_schedule(county->problem, &routes, 1, 1, &plan, NULL), XD_OK);
    const struct xd_connector_use use = xd_county_connector_use(county, plan);
    CU_ASSERT_EQUAL(use.visits_n, 1);
    CU_ASSERT_EQUAL(use.length_m, 2 * 2224);
    CU_ASSERT_EQUAL(use.time_s, 2 * 2002);
    xd_plan_free(plan);
    xd_county_free(county);
    xd_scenario_free(scenario);
    xd_network_free(network);
}

/* What is off leaves the scenario what it was: its speed says nothing, and plans made before lines were known keep its hash. */
static void lines_that_are_off_are_in_no_hash_and_no_assumption(void)
{
    struct survey off = survey_open((struct xd_small_tables){0}), speed = survey_open((struct xd_small_tables){.parameters = "  connector_kmh: 9\n"});
    struct survey on = survey_open((struct xd_small_tables){.parameters = "  connector_m: 2000\n"});
    struct survey fast = survey_open((struct xd_small_tables){.parameters = "  connector_m: 2000\n  connector_kmh: 9\n"});
    CU_ASSERT_EQUAL(xd_scenario_hash(off.scenario), xd_scenario_hash(speed.scenario));
    CU_ASSERT_NOT_EQUAL(xd_scenario_hash(off.scenario), xd_scenario_hash(on.scenario));
    CU_ASSERT_NOT_EQUAL(xd_scenario_hash(fast.scenario), xd_scenario_hash(on.scenario));
    CU_ASSERT_FALSE(xd_county_assumes(off.county, XD_PARAMETER_CONNECTOR_M));
    CU_ASSERT_FALSE(xd_county_assumes(off.county, XD_PARAMETER_CONNECTOR_M_H));
    CU_ASSERT_FALSE(xd_county_assumes(on.county, XD_PARAMETER_CONNECTOR_M_H)); /* nobody needs a line */
    CU_ASSERT_TRUE(xd_county_assumes(on.county, XD_PARAMETER_SNAP_RADIUS_M));
    survey_close(&off);
    survey_close(&speed);
    survey_close(&on);
    survey_close(&fast);
}

static void the_ten_farthest_are_told_and_equal_ones_in_their_order(void)
{
    char places[2048];
    size_t used = (size_t)snprintf(places, sizeof places, "h,Hub,hub,,106.60,27,,\n");
    for (int i = 0; i < 12; i++) /* 100 m off the road, but two of 50 m first */
        used += (size_t)snprintf(places + used, sizeof places - used, "v%d,V,village,,%.3f,27.000%s,,\n", i, 106.601 + 0.005 * i, i < 2 ? "45" : "9");
    struct survey survey = survey_open((struct xd_small_tables){.places = places, .demand = "v0,parcel,down,1,piece,,,\n"});
    struct xd_county_reach *reach = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_county_reach_find(survey.county, &reach, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(reach->spread.farthest_n, XD_REACH_FARTHEST_N);
    for (int32_t i = 0; i < XD_REACH_FARTHEST_N; i++)
        CU_ASSERT_EQUAL(reach->spread.farthest[i], 3 + i);
    CU_ASSERT_EQUAL(reach->spread.median_m, 100);
    xd_county_reach_free(reach);
    survey_close(&survey);
}

static void a_hub_that_nobody_reaches_is_surveyed_but_not_planned(void)
{
    static const char *const hubs[] = {"h,Hub,hub,,106.60,27.02,,\na,A,village,,106.61,27,,\n", "h,无此县,hub,,,,,\na,A,village,,106.61,27,,\n"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(hubs); i++) {
        struct survey survey = survey_open((struct xd_small_tables){.places = hubs[i], .demand = "a,parcel,down,1,piece,,,\n"});
        struct xd_county *county = NULL;
        struct xd_county_reach *reach = NULL;
        struct xd_error error = {0};
        CU_ASSERT_EQUAL_FATAL(xd_county_reach_find(survey.county, &reach, NULL), XD_OK);
        CU_ASSERT_PTR_NULL(xd_county_reach_best(reach, 0, NULL));
        CU_ASSERT_PTR_NOT_NULL(xd_county_reach_best(reach, 1, NULL));
        CU_ASSERT_EQUAL(xd_county_open(survey.scenario, survey.network, NULL, NULL, NULL, &county, &error), XD_DATA);
        CU_ASSERT_PTR_NULL(county);
        CU_ASSERT_PTR_NOT_NULL(strstr(error.message, i == 0 ? "2224 m from the nearest road" : "has no position"));
        xd_county_reach_free(reach);
        survey_close(&survey);
    }
}

/* ---- crs ---- */

/* Places along the street, each off_m off the road, every so manieth written in one crs, and all read in another. */
static struct xd_crs_judgement judge_every(int places_n, int every, int off_m, enum xd_crs written, enum xd_crs told)
{
    char places[4096], demand[128] = "b,parcel,down,1,piece,,,\n";
    size_t used = 0;
    struct xd_crs_judgement judgement = {0};
    CU_ASSERT_FATAL(places_n <= ALONG_MAX);
    for (int i = 0; i < places_n; i++)
        used += (size_t)snprintf(places + used, sizeof places - used, "%c,%c,%s,,106.6,27,,\n", 'a' + i, 'a' + i, i == 0 ? "hub" : "village");
    struct survey survey = survey_open((struct xd_small_tables){.places = places, .demand = demand});
    survey.scenario->crs = told;
    for (int i = 0; i < places_n; i++) {
        const struct xd_position place = {.lon_e7 = 1066000000 + 800000 / places_n * i, .lat_e7 = 270000000 + off_m * 90};
        survey.scenario->places.items[i].position = xd_position_to_wgs84(xd_position_from_wgs84(place, i % every == 0 ? written : told), told);
    }
    CU_ASSERT_EQUAL_FATAL(xd_county_judge_crs(survey.county, &judgement, NULL), XD_OK);
    survey_close(&survey);
    return judgement;
}

static struct xd_crs_judgement judge(int places_n, int off_m, enum xd_crs written, enum xd_crs told)
{
    return judge_every(places_n, 1, off_m, written, told);
}

static void another_crs_is_likely_where_the_places_then_lie_far_nearer_to_the_roads(void)
{
    static const struct {
        int places_n, off_m;
        enum xd_crs written, told, likely;
    } cases[] = {
        {9, 20, XD_CRS_GCJ02, XD_CRS_WGS84, XD_CRS_GCJ02}, {9, 20, XD_CRS_BD09, XD_CRS_WGS84, XD_CRS_BD09},
        {9, 20, XD_CRS_WGS84, XD_CRS_GCJ02, XD_CRS_WGS84}, {9, 20, XD_CRS_BD09, XD_CRS_GCJ02, XD_CRS_BD09},
        {9, 20, XD_CRS_WGS84, XD_CRS_BD09, XD_CRS_WGS84},  {9, 20, XD_CRS_WGS84, XD_CRS_WGS84, XD_CRS_WGS84},
        {9, 20, XD_CRS_GCJ02, XD_CRS_GCJ02, XD_CRS_GCJ02}, {9, 20, XD_CRS_BD09, XD_CRS_BD09, XD_CRS_BD09},
        {5, 20, XD_CRS_GCJ02, XD_CRS_WGS84, XD_CRS_GCJ02}, /* as few as five, and no fewer */
        {4, 20, XD_CRS_GCJ02, XD_CRS_WGS84, XD_CRS_WGS84}, {26, 150, XD_CRS_WGS84, XD_CRS_WGS84, XD_CRS_WGS84},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        const struct xd_crs_judgement judgement = judge(cases[i].places_n, cases[i].off_m, cases[i].written, cases[i].told);
        if (judgement.likely != cases[i].likely)
            printf("\n    case %zu: %s", i, xd_crs_name(judgement.likely));
        CU_ASSERT_EQUAL(judgement.likely, cases[i].likely);
        CU_ASSERT_EQUAL(judgement.told, cases[i].told);
        CU_ASSERT_EQUAL(judgement.places_n, cases[i].places_n);
        CU_ASSERT(judgement.strays_n == 0 && judgement.strays_crs == judgement.told); /* all of them, or none */
    }
}

static void a_part_of_the_places_in_another_crs_is_told_place_by_place(void)
{
    static const struct {
        int places_n, every, strays_n;
    } cases[] = {{20, 2, 10}, {25, 5, 5}, {26, 6, 5 /* the fifth part of 26 are more */}, {16, 4, 4 /* fewer than five */}, {20, 20, 1}};
    static const enum xd_crs both[][2] = {{XD_CRS_GCJ02, XD_CRS_WGS84}, {XD_CRS_WGS84, XD_CRS_GCJ02}, {XD_CRS_BD09, XD_CRS_WGS84}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++)
        for (size_t k = 0; k < XD_ARRAY_LENGTH(both); k++) {
            const struct xd_crs_judgement judgement = judge_every(cases[i].places_n, cases[i].every, 20, both[k][0], both[k][1]);
            const bool is_told = cases[i].strays_n >= XD_CRS_STRAYS_LEAST && cases[i].strays_n * 100 >= cases[i].places_n * XD_CRS_STRAYS_PERCENT;
            CU_ASSERT_EQUAL(judgement.likely, judgement.told);
            CU_ASSERT_EQUAL(judgement.strays_n, is_told ? cases[i].strays_n : 0);
            CU_ASSERT_EQUAL(judgement.strays_crs, is_told ? both[k][0] : both[k][1]);
            for (int32_t s = 0; s < judgement.strays_n; s++)
                CU_ASSERT_EQUAL(judgement.strays[s], s * cases[i].every);
        }
}

/* On the one street of the map only the shift across it is seen: north by about 310 m near 106.6, 27. */
static void a_judgement_of_crs_states_its_figures(void)
{
    const struct xd_crs_judgement judgement = judge(9, 20, XD_CRS_GCJ02, XD_CRS_WGS84);
    const struct xd_crs_reading *told = &judgement.readings[XD_CRS_WGS84], *likely = &judgement.readings[XD_CRS_GCJ02];
    CU_ASSERT_TRUE(told->median_m > 200 && told->median_m < 400);
    CU_ASSERT_EQUAL(told->nearer_n, 0);
    CU_ASSERT_EQUAL(told->farther_n, 0);
    CU_ASSERT_EQUAL(likely->median_m, 20);
    CU_ASSERT_EQUAL(likely->nearer_n, 9);
    CU_ASSERT_EQUAL(likely->farther_n, 0);
}

static void names_that_the_map_placed_say_nothing_of_the_crs(void)
{
    struct survey survey = survey_open((struct xd_small_tables){.places = "h,云山镇,hub,,,,,\na,大坪村,village,h,,,,\nb,B,village,,106.61,27,,\n",
                                                                .demand = "a,parcel,down,1,piece,,,\n"});
    struct xd_crs_judgement judgement = {0};
    CU_ASSERT_EQUAL_FATAL(xd_county_judge_crs(survey.county, &judgement, NULL), XD_OK);
    CU_ASSERT_EQUAL(judgement.places_n, 1);
    CU_ASSERT_EQUAL(judgement.likely, XD_CRS_WGS84);
    survey_close(&survey);
}

static void each_allocation_that_fails_is_no_memory(void)
{
    struct survey survey = survey_open((struct xd_small_tables){0});
    for (int which = 0; which < 2; which++) {
        enum xd_status status = XD_NO_MEMORY;
        for (uint64_t nth = 1; nth < 20 && status == XD_NO_MEMORY; nth++) {
            struct xd_county_reach *reach = NULL;
            struct xd_crs_judgement judgement = {.places_n = -7};
            const struct xd_alloc_statistics before = xd_alloc_statistics_read();
            xd_alloc_fail_at(nth, false);
            status = which == 0 ? xd_county_reach_find(survey.county, &reach, NULL) : xd_county_judge_crs(survey.county, &judgement, NULL);
            xd_alloc_fail_at(0, false);
            CU_ASSERT_EQUAL(reach != NULL, which == 0 && status == XD_OK);
            CU_ASSERT_EQUAL(judgement.places_n == -7, which == 0 || status != XD_OK);
            xd_county_reach_free(reach);
            CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, before.live_n);
        }
        CU_ASSERT_EQUAL(status, XD_OK);
    }
    survey_close(&survey);
}

static const struct xd_test_case cases[] = {
    XD_CASE(each_place_is_told_with_what_keeps_vehicles_from_it),
    XD_CASE(a_place_at_the_end_of_a_straight_line_is_reached),
    XD_CASE(legs_to_a_place_at_the_end_of_a_line_are_the_roads_and_the_line),
    XD_CASE(lines_that_are_off_are_in_no_hash_and_no_assumption),
    XD_CASE(the_ten_farthest_are_told_and_equal_ones_in_their_order),
    XD_CASE(a_hub_that_nobody_reaches_is_surveyed_but_not_planned),
    XD_CASE(another_crs_is_likely_where_the_places_then_lie_far_nearer_to_the_roads),
    XD_CASE(a_part_of_the_places_in_another_crs_is_told_place_by_place),
    XD_CASE(a_judgement_of_crs_states_its_figures),
    XD_CASE(names_that_the_map_placed_say_nothing_of_the_crs),
    XD_CASE(each_allocation_that_fails_is_no_memory),
};
const struct xd_test_suite xd_suite_scenarios_reach = {"scenarios_reach", cases, XD_ARRAY_LENGTH(cases)};
