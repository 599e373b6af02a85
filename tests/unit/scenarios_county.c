/* From tables and a map to the problem that the solver gets: goods to loads, places to windows, the fleet to costs. */
#include "base/alloc.h"
#include "tests/unit/scenarios_fixture.h"

#include <stdio.h>
#include <string.h>

enum { FEN = XD_COUNTY_UNITS_PER_FEN, ALLOCATIONS_MAX = 20000 };

static struct xd_county *county_of(struct xd_scenario *scenario, const struct xd_network *network)
{
    struct xd_county *county = NULL;
    struct xd_error error = {0};
    const enum xd_status status = xd_small_county(scenario, network, &county, &error);
    if (status != XD_OK)
        printf("\n    %s:%ld: %s", error.source, (long)error.line, error.message);
    CU_ASSERT_EQUAL_FATAL(status, XD_OK);
    return county;
}

/* The composition must fail; its error for the caller to look at. */
static struct xd_error error_of(struct xd_small_tables tables, enum xd_status expected)
{
    struct xd_network *network = xd_small_network();
    struct xd_scenario *scenario = xd_small_scenario(tables);
    struct xd_county *county = NULL;
    struct xd_error error = {0};
    const int64_t live_n = xd_alloc_statistics_read().live_n;
    CU_ASSERT_EQUAL(xd_small_county(scenario, network, &county, &error), expected);
    CU_ASSERT_EQUAL(error.status, expected);
    CU_ASSERT_PTR_NULL(county);
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
    xd_county_free(county);
    xd_scenario_free(scenario);
    xd_network_free(network);
    return error;
}

static void goods_of_a_place_become_one_stop_a_temperature_with_loads_from_their_units(void)
{
    struct xd_network *network = xd_small_network();
    struct xd_scenario *scenario = xd_small_scenario((struct xd_small_tables){
        .demand = "a,parcel,down,10,piece,,,\na,parcel,up,2,件,,,\na,kiwi,up,200,斤,,,\na,leafy,up,0.05,t,,,\na,egg,up,3,筐,24,0.3,\nb,berry,up,10,"
                  "kg,,0.0401,no\n",
        .fleet =
            "van,minivan,2,600,4.5,no,70,200,0.15,0,petrol,8,,08:00,18:00,8,\ncool,reefer,1,1400,14,yes,260,220,0.3,0,diesel,16,2,08:00,18:00,8,\n"});
    struct xd_county *county = county_of(scenario, network);
    CU_ASSERT_EQUAL(county->points_n, 3); /* hub, A, B: the township has no goods */
    CU_ASSERT_EQUAL_FATAL(county->stops_n, 3);
    const struct xd_stop *dry = &county->problem->stops[0], *cold = &county->problem->stops[1], *warm = &county->problem->stops[2];
    CU_ASSERT_EQUAL(dry->needs, 0);
    CU_ASSERT_EQUAL(dry->delivery[0], 15000); /* 10 parcels of 1.5 kg, of 8 dm3 */
    CU_ASSERT_EQUAL(dry->delivery[1], 80);
    CU_ASSERT_EQUAL(dry->pickup[0], 134000);         /* 2 parcels of 5 kg + 200 jin of 500 g + 24 kg of eggs */
    CU_ASSERT_EQUAL(dry->pickup[1], 30 + 400 + 300); /* 2 * 15 dm3 + 100 kg / 250 kg/m3 + 0.3 m3 */
    CU_ASSERT_EQUAL(county->stops[0].produce_g, 124000);
    CU_ASSERT_EQUAL(county->stops[0].goods_g[XD_GOODS_KIWI], 100000);
    CU_ASSERT_EQUAL(cold->needs, XD_FEATURE_COLD); /* leafy vegetables, by their class */
    CU_ASSERT_EQUAL(cold->pickup[0], 50000);
    CU_ASSERT_EQUAL(cold->delivery[0], 0);
    CU_ASSERT_EQUAL(warm->pickup[1], 41);               /* 40.1 dm3, rounded up */
    CU_ASSERT_EQUAL(warm->needs, 0);                    /* berries, but the row says that they go warm */
    CU_ASSERT_EQUAL(dry->service_s, 240 + 12 * 6 + 90); /* 4 min + 12 parcels of 6 s + 124 kg at 720 s/t = 89.28 s, up */
    CU_ASSERT_EQUAL(cold->service_s, 240 + 36);         /* 50 kg at 720 s/t */
    CU_ASSERT_EQUAL(dry->unserved_cost, (INT64_C(50000) + 12 * 500 + 124 * 100) * FEN); /* 500 yuan + 5 a parcel + 1 a kg */
    xd_county_free(county);
    xd_scenario_free(scenario);
    xd_network_free(network);
}

static void windows_release_and_cutoff_bound_stops_and_vehicles(void)
{
    struct xd_network *network = xd_small_network();
    struct xd_scenario *scenario = xd_small_scenario((struct xd_small_tables){
        .parameters = "  hub_release: \"09:15\"\n  hub_cutoff: \"17:00\"\n  point_opens: \"08:00\"\n  point_closes: \"16:30\"\n",
        .places = "h,Hub,hub,,106.60,27,,\na,A,village,,106.61,27,10:00,11:30\nb,B,village,,106.64,27,,\n",
        .demand = "a,parcel,down,1,piece,,,\nb,parcel,up,1,piece,,,\n",
        .fleet = "early,minivan,1,600,4.5,no,70,200,0,0,,,,06:00,12:30,8,\nlate,minivan,1,600,4.5,no,70,200,0,0,,,,08:00,20:00,7.5,120\n"});
    struct xd_county *county = county_of(scenario, network);
    CU_ASSERT_EQUAL_FATAL(county->stops_n, 2);
    const struct xd_stop *stops = county->problem->stops;
    CU_ASSERT_EQUAL(stops[0].earliest_s, 36000); /* its own hours */
    CU_ASSERT_EQUAL(stops[0].latest_s, 41400);
    CU_ASSERT_EQUAL(stops[0].release_s, 33300);
    CU_ASSERT_EQUAL(stops[1].earliest_s, 28800); /* the scenario's */
    CU_ASSERT_EQUAL(stops[1].latest_s, 59400);
    CU_ASSERT_EQUAL(stops[1].release_s, 0); /* nothing is brought: no parcel to wait for */
    const struct xd_vehicle_type *types = county->problem->types;
    CU_ASSERT_EQUAL(types[0].earliest_s, 21600);
    CU_ASSERT_EQUAL(types[0].latest_s, 45000); /* shift before the cut-off */
    CU_ASSERT_EQUAL(types[1].latest_s, 61200); /* cut-off before the shift's end */
    CU_ASSERT_EQUAL(types[1].duration_max_s, 27000);
    CU_ASSERT_EQUAL(types[1].length_max_m, 120000);
    CU_ASSERT_EQUAL(types[0].length_max_m, XD_LENGTH_NO_LIMIT);
    xd_county_free(county);
    xd_scenario_free(scenario);
    xd_network_free(network);
}

/* The van lives at the township, 6 km along the street, where no goods go; the hub closes an hour before the shift ends. */
static void a_base_without_goods_is_a_point_without_a_stop(void)
{
    struct xd_network *network = xd_small_network();
    struct xd_scenario *scenario = xd_small_scenario((struct xd_small_tables){
        .parameters = "  hub_cutoff: \"17:00\"\n",
        .places = "h,Hub,hub,,106.60,27,,\nt,T,township,,106.66,27,,\na,A,village,t,106.61,27,,\nb,B,village,t,106.64,27,,\n",
        .fleet = "van,minivan,2,600,4.5,no,70,200,0.15,0,petrol,8,,08:00,18:00,8,\n"
                 "here,minivan,1,600,4.5,no,70,200,0.15,0,petrol,8,,08:00,18:00,8,\n",
        .base = 1});
    struct xd_county *county = county_of(scenario, network);
    const struct xd_matrix *matrix = county->profiles[0].matrix;
    const struct xd_base_legs *legs = county->problem->base_legs;
    CU_ASSERT_EQUAL_FATAL(county->points_n, 4); /* hub, A, B, then the base */
    CU_ASSERT_EQUAL(county->goods_points_n, 3);
    CU_ASSERT_EQUAL(county->point_place[3], 1);
    CU_ASSERT_EQUAL(county->place_point[1], 3);
    CU_ASSERT_EQUAL(county->stops_n, 2);
    CU_ASSERT_EQUAL(county->problem->types[0].base_location, 3);
    CU_ASSERT_EQUAL(county->problem->types[1].base_location, 0);
    CU_ASSERT(legs[0].reachable && legs[0].approach_m > 5900 && legs[0].approach_m < 6000);
    CU_ASSERT_EQUAL(legs[0].approach_s, xd_matrix_time_s(matrix, 3, 0));
    CU_ASSERT_EQUAL(legs[0].homeward_m, xd_matrix_length_m(matrix, 0, 3));
    CU_ASSERT_EQUAL(legs[1].approach_m, 0);
    CU_ASSERT_EQUAL(county->problem->types[0].latest_s, 61200 + legs[0].homeward_s); /* at the hub by 17:00, then home */
    CU_ASSERT_EQUAL(county->problem->types[1].latest_s, 61200);
    CU_ASSERT_EQUAL(county->problem->types[0].earliest_s, 28800);
    xd_county_free(county);
    scenario->fleet[0].base = 3; /* B, which is a point already */
    county = county_of(scenario, network);
    CU_ASSERT_EQUAL(county->points_n, 3);
    CU_ASSERT_EQUAL(county->goods_points_n, 3);
    CU_ASSERT_EQUAL(county->problem->types[0].base_location, 2);
    xd_county_free(county);
    scenario->fleet[0].base = 1; /* nobody lives there */
    scenario->fleet[0].count = 0;
    county = county_of(scenario, network);
    CU_ASSERT_EQUAL(county->points_n, 3);
    CU_ASSERT_EQUAL(county->problem->types[0].base_location, 0);
    xd_county_free(county);
    xd_scenario_free(scenario);
    xd_network_free(network);
}

/* 900 kg: one visit of the truck, two of the van. */
static void goods_are_divided_for_the_vehicles_that_can_leave_their_base(void)
{
    static const int32_t bases[] = {0, 1};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(bases); i++) {
        struct xd_network *network = xd_small_network();
        struct xd_scenario *scenario =
            xd_small_scenario((struct xd_small_tables){.places = "h,Hub,hub,,106.60,27,,\nt,T,township,,108,27,,\na,A,village,,106.61,27,,\n",
                                                       .demand = "a,dry,up,900,kg,,1,\n",
                                                       .fleet = "truck,light_truck,1,1600,16,no,70,200,0,0,,,,08:00,18:00,8,\n"
                                                                "van,minivan,2,600,4.5,no,70,200,0,0,,,,08:00,18:00,8,\n",
                                                       .base = bases[i]});
        struct xd_county *county = county_of(scenario, network);
        CU_ASSERT_EQUAL(county->problem->base_legs[0].reachable, i == 0);
        CU_ASSERT_EQUAL(county->stops_n, i == 0 ? 1 : 2);
        xd_county_free(county);
        xd_scenario_free(scenario);
        xd_network_free(network);
    }
}

static void a_yuan_is_the_same_number_of_units_by_day_kilometre_and_hour(void)
{
    struct xd_network *network = xd_small_network();
    struct xd_scenario *scenario =
        xd_small_scenario((struct xd_small_tables){.fleet = "van,minivan,2,600,4.5,no,70,200,0.15,0,petrol,8,,08:00,18:00,8,\ncool,reefer,1,1400,14,"
                                                            "yes,260,220,0.3,10,diesel,16,2,08:00,18:00,8,\n"});
    struct xd_county *county = county_of(scenario, network);
    const struct xd_vehicle_type *van = &county->problem->types[0], *cool = &county->problem->types[1];
    CU_ASSERT_EQUAL(van->fixed_cost, INT64_C(27000) * FEN);     /* 70 + 200 yuan */
    CU_ASSERT_EQUAL(van->cost_per_m * 1000, INT64_C(78) * FEN); /* a km: 0.08 L of 7.90 yuan = 63.2 fen, 63, and 15 of wear */
    CU_ASSERT_EQUAL(van->cost_per_s, 0);
    CU_ASSERT_EQUAL(cool->fixed_cost, INT64_C(48000) * FEN);
    CU_ASSERT_EQUAL(cool->cost_per_m * 1000, INT64_C(150) * FEN);  /* 0.16 L of 7.50 yuan = 120 fen, and 30 */
    CU_ASSERT_EQUAL(cool->cost_per_s * 3600, INT64_C(2500) * FEN); /* an hour: 10 yuan, and 2 L of 7.50 */
    CU_ASSERT_EQUAL(cool->features, XD_FEATURE_COLD);
    CU_ASSERT_EQUAL(county->problem->cost_scale, FEN);
    xd_county_free(county);
    xd_scenario_free(scenario);
    xd_network_free(network);
}

static void places_without_coordinates_are_matched_by_name_and_parent(void)
{
    struct xd_network *network = xd_small_network();
    struct xd_scenario *scenario = xd_small_scenario((struct xd_small_tables){
        .places = "h,Hub,hub,,106.60,27,,\nt,云山镇,township,,,,,\na,大坪,village,,,,,\nb,小河村,village,t,,,,\nc,小河村,village,-,,,,\nd,无此村,"
                  "village,t,,,,\n",
        .demand = "a,parcel,down,1,piece,,,\nb,parcel,down,1,piece,,,\nc,parcel,down,1,piece,,,\nd,parcel,down,1,piece,,,\n"});
    struct xd_county *county = county_of(scenario, network);
    const struct xd_place *places = scenario->places.items;
    CU_ASSERT_EQUAL(county->matched_n, 3);
    CU_ASSERT_EQUAL(county->unmatched_n, 2);
    CU_ASSERT_EQUAL(places[1].source, XD_PLACE_MATCHED_NAME); /* the town, before its villages */
    CU_ASSERT_EQUAL(places[2].source, XD_PLACE_MATCHED_NAME); /* 大坪 is 大坪村 */
    CU_ASSERT_EQUAL(places[2].position.lon_e7, 1066200000);
    CU_ASSERT_EQUAL(places[3].source, XD_PLACE_MATCHED_NAME_PARENT); /* the 小河村 near its town, not that 130 km off */
    CU_ASSERT_EQUAL(places[3].position.lon_e7, 1066300000);
    CU_ASSERT_EQUAL(places[4].source, XD_PLACE_UNPLACED); /* two of the name, and no parent to tell which */
    CU_ASSERT_EQUAL(places[5].source, XD_PLACE_UNPLACED);
    CU_ASSERT_EQUAL_FATAL(county->stops_n, 4); /* what has no position is a stop too, so that it is listed */
    for (int32_t s = 0; s < 4; s++)
        CU_ASSERT_EQUAL(xd_matrix_reachable(county->profiles[0].matrix, 0, county->problem->stops[s].location), s < 2);
    xd_county_free(county);
    xd_scenario_free(scenario);
    xd_network_free(network);
}

static void what_no_road_reaches_is_left_with_the_reason_unreachable(void)
{
    struct xd_network *network = xd_small_network();
    struct xd_scenario *scenario = xd_small_scenario((struct xd_small_tables){
        .places = "h,Hub,hub,,106.60,27,,\na,A,village,,106.61,27,,\nb,Island,village,,106.61,27.1,,\nc,Far,village,,106.61,27.05,,\n",
        .demand = "a,parcel,down,1,piece,,,\nb,parcel,down,1,piece,,,\nc,parcel,down,1,piece,,,\na,berry,up,9,kg,,,\n"});
    struct xd_county *county = county_of(scenario, network);
    struct xd_plan *plan = NULL;
    struct xd_error error = {0};
    static const int32_t types[] = {0}, first[] = {0, 1}, stops[] = {0};
    const struct xd_routes routes = {.routes_n = 1, .types = types, .first = first, .stops = stops};
    CU_ASSERT_EQUAL_FATAL(county->stops_n, 4);
    CU_ASSERT_EQUAL(xd_county_snap(county, 2)->status, XD_SNAP_ISLAND);
    CU_ASSERT_EQUAL(xd_county_snap(county, 3)->status, XD_SNAP_OFF_NETWORK);
    CU_ASSERT_EQUAL_FATAL(xd_plan_schedule(county->problem, &routes, 1, 1, &plan, &error), XD_OK);
    CU_ASSERT_EQUAL_FATAL(plan->unserved_n, 3);
    CU_ASSERT_EQUAL(plan->unserved[0].reason, XD_UNSERVED_FEATURE); /* A's berries: no refrigerated vehicle */
    CU_ASSERT_EQUAL(plan->unserved[1].reason, XD_UNSERVED_UNREACHABLE);
    CU_ASSERT_EQUAL(plan->unserved[2].reason, XD_UNSERVED_UNREACHABLE);
    xd_plan_free(plan);
    xd_county_free(county);
    xd_scenario_free(scenario);
    xd_network_free(network);
}

static void goods_above_the_largest_vehicle_are_divided_without_loss(void)
{
    struct xd_network *network = xd_small_network();
    struct xd_scenario *scenario =
        xd_small_scenario((struct xd_small_tables){.demand = "a,parcel,down,901,piece,,,\na,kiwi,up,100,kg,,,\n"}); /* 1351.5 kg by vans of 600 kg */
    struct xd_county *county = county_of(scenario, network);
    int64_t parcels_n = 0, down_g = 0, up_g = 0;
    CU_ASSERT_EQUAL_FATAL(county->stops_n, 3);
    for (int32_t s = 0; s < county->stops_n; s++) {
        const struct xd_stop *stop = &county->problem->stops[s];
        CU_ASSERT_TRUE(stop->delivery[0] <= 600000 && stop->delivery[1] <= 4500);
        CU_ASSERT_EQUAL(county->stops[s].part, s);
        CU_ASSERT_EQUAL(county->stops[s].parts_n, 3);
        parcels_n += county->stops[s].down_parcels_n;
        down_g += stop->delivery[0];
        up_g += stop->pickup[0];
    }
    CU_ASSERT_EQUAL(parcels_n, 901);
    CU_ASSERT_EQUAL(down_g, 1351500);
    CU_ASSERT_EQUAL(up_g, 100000);
    xd_county_free(county);
    xd_scenario_free(scenario);
    xd_network_free(network);
}

static void a_hub_that_no_vehicle_can_leave_is_a_located_error(void)
{
    static const struct {
        const char *places, *words;
    } cases[] = {
        {"h,Hub,hub,,106.60,27.02,,\na,A,village,,106.61,27,,\n", "lies 2224 m from the nearest road, expected at most 1000 m"},
        {"h,Hub,hub,,108,27,,\na,A,village,,106.61,27,,\n", "farther than 10000 m from every road"},
        {"h,Hub,hub,,106.61,27.1,,\na,A,village,,106.61,27,,\n", "cut off from the map's main roads"},
        {"h,Hub,hub,,,,,\na,A,village,,106.61,27,,\n", "has no position and the map has no single place of that name"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        const struct xd_error error = error_of((struct xd_small_tables){.places = cases[i].places, .demand = "a,parcel,down,1,piece,,,\n"}, XD_DATA);
        if (!strstr(error.message, cases[i].words))
            printf("\n    found \"%s\"", error.message);
        CU_ASSERT_PTR_NOT_NULL(strstr(error.message, cases[i].words));
        CU_ASSERT_PTR_NOT_NULL(strstr(error.source, "places.csv"));
        CU_ASSERT_EQUAL(error.line, 2);
    }
}

static void goods_and_vehicles_that_make_no_day_are_located_errors(void)
{
    struct xd_error error = error_of((struct xd_small_tables){.demand = "a,parcel,down,0,piece,,,\n"}, XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "found no goods in 0 demand rows"));
    CU_ASSERT_PTR_NOT_NULL(strstr(error.source, "demand.csv"));
    error = error_of((struct xd_small_tables){.fleet = "van,minivan,1,600,4.5,no,70,200,0,0,,,,19:00,22:00,8,\n"}, XD_CONFIG);
    CU_ASSERT_STRING_EQUAL(error.message,
                           "vehicle type van starts at 19:00 and must be back by 18:00 (shift_end or hub_cutoff); expected a start before that");
    CU_ASSERT_PTR_NOT_NULL(strstr(error.source, "fleet.csv"));
    CU_ASSERT_EQUAL(error.line, 2);
    CU_ASSERT_STRING_EQUAL(error.field, "shift_start");
    /* 1,000,000 parcels of 1.5 kg by a vehicle of 100 g: 15 million visits */
    error = error_of(
        (struct xd_small_tables){.demand = "a,parcel,down,1000000,piece,,,\n", .fleet = "van,minivan,1,0.1,4.5,no,70,200,0,0,,,,08:00,18:00,8,\n"},
        XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "needs 15000000 visits"));
    CU_ASSERT_PTR_NOT_NULL(strstr(error.source, "demand.csv"));
}

static void composing_again_replaces_the_problem_and_new_tables_drop_it(void)
{
    struct xd_network *network = xd_small_network();
    struct xd_scenario *scenario = xd_small_scenario((struct xd_small_tables){0});
    struct xd_county *county = county_of(scenario, network);
    struct xd_error error = {0};
    const uint64_t hash = county->problem->hash;
    CU_ASSERT_EQUAL(xd_county_compose(county, &error), XD_OK);
    CU_ASSERT_EQUAL(county->problem->hash, hash);
    scenario->demand[0].mass_g *= 2;
    CU_ASSERT_EQUAL(xd_county_compose(county, &error), XD_OK);
    CU_ASSERT_NOT_EQUAL(county->problem->hash, hash);
    CU_ASSERT_EQUAL(xd_county_tables(county, 2, NULL, &error), XD_OK);
    CU_ASSERT_PTR_NULL(county->problem);
    CU_ASSERT_EQUAL(county->stops_n, 0);
    xd_county_free(county);
    xd_scenario_free(scenario);
    xd_network_free(network);
}

static void each_allocation_of_a_composition_failed_is_no_memory(void)
{
    struct xd_network *network = xd_small_network();
    bool failed = true;
    uint64_t nth = 1, hash = 0;
    for (; failed && nth < ALLOCATIONS_MAX; nth++) {
        struct xd_scenario *scenario =
            xd_small_scenario((struct xd_small_tables){.places = "h,Hub,hub,,106.60,27,,\na,大坪村,village,,,,,\nb,B,village,,106.64,27,,\n"});
        struct xd_county *county = NULL;
        struct xd_error error = {0};
        const int64_t live_n = xd_alloc_statistics_read().live_n;
        xd_alloc_fail_at(nth, false);
        const enum xd_status status = xd_small_county(scenario, network, &county, &error);
        xd_alloc_fail_at(0, false);
        failed = status != XD_OK;
        CU_ASSERT_EQUAL(failed, county == NULL);
        if (failed)
            CU_ASSERT_EQUAL(status, XD_NO_MEMORY);
        if (county)
            hash = county->problem->hash;
        xd_county_free(county);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
        xd_scenario_free(scenario);
    }
    CU_ASSERT_TRUE(nth > 10 && nth < ALLOCATIONS_MAX);
    CU_ASSERT_NOT_EQUAL(hash, 0);
    xd_network_free(network);
}

static const struct xd_test_case cases[] = {
    XD_CASE(goods_of_a_place_become_one_stop_a_temperature_with_loads_from_their_units),
    XD_CASE(windows_release_and_cutoff_bound_stops_and_vehicles),
    XD_CASE(a_base_without_goods_is_a_point_without_a_stop),
    XD_CASE(goods_are_divided_for_the_vehicles_that_can_leave_their_base),
    XD_CASE(a_yuan_is_the_same_number_of_units_by_day_kilometre_and_hour),
    XD_CASE(places_without_coordinates_are_matched_by_name_and_parent),
    XD_CASE(what_no_road_reaches_is_left_with_the_reason_unreachable),
    XD_CASE(goods_above_the_largest_vehicle_are_divided_without_loss),
    XD_CASE(a_hub_that_no_vehicle_can_leave_is_a_located_error),
    XD_CASE(goods_and_vehicles_that_make_no_day_are_located_errors),
    XD_CASE(composing_again_replaces_the_problem_and_new_tables_drop_it),
    XD_CASE(each_allocation_of_a_composition_failed_is_no_memory),
};
const struct xd_test_suite xd_suite_scenarios_county = {"scenarios_county", cases, XD_ARRAY_LENGTH(cases)};
