/* Whom the vehicles reach and how far from the road, and in which crs the positions most likely are. */
#include "base/alloc.h"
#include "scenarios/county_crs.h"
#include "scenarios/county_reach.h"
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

/* Places along the street, each off_m off the road, written in one crs and read in another. */
static struct xd_crs_judgement judge(int places_n, int off_m, enum xd_crs written, enum xd_crs told)
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
        survey.scenario->places.items[i].position = xd_position_to_wgs84(xd_position_from_wgs84(place, written), told);
    }
    CU_ASSERT_EQUAL_FATAL(xd_county_judge_crs(survey.county, &judgement, NULL), XD_OK);
    survey_close(&survey);
    return judgement;
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
    XD_CASE(the_ten_farthest_are_told_and_equal_ones_in_their_order),
    XD_CASE(a_hub_that_nobody_reaches_is_surveyed_but_not_planned),
    XD_CASE(another_crs_is_likely_where_the_places_then_lie_far_nearer_to_the_roads),
    XD_CASE(a_judgement_of_crs_states_its_figures),
    XD_CASE(names_that_the_map_placed_say_nothing_of_the_crs),
    XD_CASE(each_allocation_that_fails_is_no_memory),
};
const struct xd_test_suite xd_suite_scenarios_reach = {"scenarios_reach", cases, XD_ARRAY_LENGTH(cases)};
