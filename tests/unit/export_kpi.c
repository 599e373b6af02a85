/* kpi.json against sums made by hand, on the county of export_fixture.h. */
#include "base/json_writer.h"
#include "tests/unit/export_fixture.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static json_t *kpi_of(const struct export_county *made)
{
    struct xd_buffer buffer;
    struct xd_json_writer json;
    struct xd_error error;
    xd_buffer_init(&buffer, 1 << 20);
    xd_json_begin(&json, &buffer, true, &error);
    xd_export_kpi(&made->input, &json, NULL);
    CU_ASSERT_EQUAL(xd_json_end(&json), XD_OK);
    json_t *kpi = json_loadb(buffer.bytes, buffer.length, 0, NULL);
    CU_ASSERT_PTR_NOT_NULL(kpi);
    xd_buffer_free(&buffer);
    return kpi;
}

/* The member at a path like "cost_yuan/total" or "vehicles/0/stops". */
static const json_t *member(const json_t *at, const char *path)
{
    char key[64];
    while (at && *path) {
        const size_t n = strcspn(path, "/");
        snprintf(key, sizeof key, "%.*s", (int)n, path);
        at = json_is_array(at) ? json_array_get(at, (size_t)(key[0] - '0')) : json_object_get(at, key);
        path += n + (path[n] == '/' ? 1 : 0);
    }
    return at;
}

struct expected {
    const char *path;
    double value;
};
static const double null_value = -1.0;

static void compare(const json_t *kpi, const struct expected *expected, size_t expected_n)
{
    for (size_t i = 0; i < expected_n; i++) {
        const json_t *found = member(kpi, expected[i].path);
        const bool same = expected[i].value == null_value ? json_is_null(found)
                                                          : json_is_number(found) && fabs(json_number_value(found) - expected[i].value) < 1e-9;
        if (!same)
            printf("    %s: found %g, expected %g\n", expected[i].path, json_number_value(found), expected[i].value);
        CU_ASSERT_TRUE(same);
    }
}

/* Leaves at the release, 10:00. A: arrives 10:30 (36000 + 1800 = 37800), stays 240 + 25 * 6 + 50 kg * 720 s/t = 426 s, leaves 38226.
 * B: arrives 39126, stays 240 + 14 * 6 = 324 s, leaves 39450; home 42150. */
static void one_route_gives_the_sums_made_by_hand(void)
{
    static const struct expected expected[] = {
        /* 60 km of 8 L per 100 km at 7.50 yuan = 36.00; 60 km of 0.15; 39 parcels of 0.10; 35 of 0.50 and 4 of 1.00 */
        {"cost_yuan/vehicles_fixed", 70},
        {"cost_yuan/drivers", 200},
        {"cost_yuan/energy", 36},
        {"cost_yuan/other_distance", 9},
        {"cost_yuan/hourly", 0},
        {"cost_yuan/handling", 3.9},
        {"cost_yuan/agents", 21.5},
        {"cost_yuan/total", 340.4},
        {"unserved_price_yuan", 1025},  /* C: 500 + 3 * 5; D: 500 + 2 * 5 */
        {"cost_per_parcel_yuan", 6.95}, /* 340.40 / (39 + 50 kg / 5 kg) = 6.947 */
        {"vehicles_used", 1},
        {"vehicles_available", 4}, /* the fleet, not the routes */
        {"places", 4},
        {"places_served", 2},
        {"coverage_percent", 50},
        {"stops_served", 2},
        {"stops_unserved", 2},
        {"length_km", 60},
        {"empty_length_km", 0},
        {"duty_hours", 1.708}, /* 6150 s */
        /* on board 52.5 kg for 20 km, 65 for 10, 70 for 30: 3800 of 600 * 60 = 10.56 %; by volume 0.28, 0.28, 0.26 m3: 16.2 of 270 = 6 % */
        {"load_factor_percent", 10.6},
        {"down_parcels", 35},
        {"down_parcels_asked", 40},
        {"up_parcels", 4},
        {"up_parcels_asked", 4},
        {"produce_kg", 50},
        {"produce_kg_asked", 50},
        {"petrol_l", 4.8},
        {"diesel_l", 0},
        {"electricity_kwh", 0},
        {"co2_kg", 11.04}, /* 4.8 L of 2.3 kg */
        {"vehicles/0/stops", 2},
        {"vehicles/0/driving_hours", 1.5},
        {"vehicles/0/waiting_hours", 0},
        {"vehicles/0/cost_yuan", 315},                 /* 70 + 200 + 36 + 9 */
        {"vehicles/0/peak_load_mass_percent", 11.7},   /* 70 / 600 */
        {"vehicles/0/peak_load_volume_percent", 6.2}}; /* 0.28 / 4.5 */
    struct export_county made;
    if (export_county_open(&made, NULL, true)) {
        json_t *kpi = kpi_of(&made);
        compare(kpi, expected, XD_ARRAY_LENGTH(expected));
        CU_ASSERT_STRING_EQUAL(json_string_value(member(kpi, "vehicles/0/vehicle")), "微面 1");
        json_decref(kpi);
    }
    export_county_close(&made);
}

/* The 微面 live at B: 30 km and 2700 s to the hub before, and back after, with nothing on board. */
static void the_ways_from_and_to_a_base_are_driven_and_paid(void)
{
    static const struct expected expected[] = {
        {"cost_yuan/vehicles_fixed", 70},
        {"cost_yuan/energy", 72}, /* 120 km */
        {"cost_yuan/other_distance", 18},
        {"length_km", 120},
        {"empty_length_km", 60},
        {"duty_hours", 3.208},        /* 6150 + 2 * 2700 s */
        {"load_factor_percent", 5.3}, /* 3800 of 600 * 120 */
        {"petrol_l", 9.6},
        {"vehicles/0/length_km", 120},
        {"vehicles/0/base_length_km", 60},
        {"vehicles/0/driving_hours", 3},
        {"vehicles/0/cost_yuan", 360}, /* 70 + 200 + 72 + 18 */
        {"places", 4},
        {"hub_to_village_hours/by_parcel/max", 0.868}, /* the hours of the goods are those from and to the hub */
        {"village_to_hub_hours/by_village/max", 1.208},
        {"village_to_hub_hours/by_parcel/mean", 0.84}};
    const struct export_names own = {.base = 3};
    struct export_county made;
    if (export_county_open(&made, &own, true)) {
        json_t *kpi = kpi_of(&made);
        compare(kpi, expected, XD_ARRAY_LENGTH(expected));
        CU_ASSERT_STRING_EQUAL(json_string_value(member(kpi, "vehicles/0/base")), "小河村");
        json_decref(kpi);
    }
    export_county_close(&made);
    const struct export_names township = {.base = 1};
    if (export_county_open(&made, &township, true)) { /* no goods go there: it is no place to be served */
        json_t *kpi = kpi_of(&made);
        CU_ASSERT_EQUAL(json_integer_value(member(kpi, "places")), 4);
        CU_ASSERT_STRING_EQUAL(json_string_value(member(kpi, "vehicles/0/base")), "青溪镇");
        json_decref(kpi);
    }
    export_county_close(&made);
}

/* Downward from the release at 36000 to begin: A 1800 s (25 parcels), B 3126 s (10). Upward from begin to 42150: A 4350 s, B 3024 s (4 parcels). */
static void hours_on_the_way_are_those_made_by_hand(void)
{
    static const struct expected expected[] = {{"hub_to_village_hours/by_parcel/samples", 35},
                                               {"hub_to_village_hours/by_parcel/mean", 0.605}, /* (25 * 1800 + 10 * 3126) / 35 = 2178.9 s */
                                               {"hub_to_village_hours/by_parcel/p90", 0.868},  /* the 32nd of 35 */
                                               {"hub_to_village_hours/by_parcel/max", 0.868},
                                               {"hub_to_village_hours/by_parcel/on_time_percent", 100},
                                               {"hub_to_village_hours/by_village/samples", 2},
                                               {"hub_to_village_hours/by_village/mean", 0.684}, /* 2463 s */
                                               {"hub_to_village_hours/near_villages/samples", 2},
                                               {"hub_to_village_hours/remote_villages/samples", 0}, /* a fifth of two places is none */
                                               {"hub_to_village_hours/remote_villages/mean", -1},
                                               {"hub_to_village_hours/remote_villages/on_time_percent", -1},
                                               {"village_to_hub_hours/by_parcel/samples", 4},
                                               {"village_to_hub_hours/by_parcel/mean", 0.84},
                                               {"village_to_hub_hours/by_village/samples", 2},
                                               {"village_to_hub_hours/by_village/mean", 1.024}, /* (4350 + 3024) / 2 = 3687 s */
                                               {"village_to_hub_hours/by_village/p90", 1.208},
                                               {"village_to_hub_hours/by_village/max", 1.208},
                                               {"village_to_hub_hours/by_village/on_time_percent", 100}};
    struct export_county made;
    if (export_county_open(&made, NULL, true)) {
        json_t *kpi = kpi_of(&made);
        compare(kpi, expected, XD_ARRAY_LENGTH(expected));
        json_decref(kpi);
    }
    export_county_close(&made);
}

static void a_day_without_routes_has_no_samples_and_costs_nothing(void)
{
    static const struct expected expected[] = {{"cost_yuan/total", 0},
                                               {"cost_per_parcel_yuan", -1},
                                               {"unserved_price_yuan", 2270}, /* A: 500 + 25 * 5 + 50 * 1; B: 500 + 14 * 5; C 515; D 510 */
                                               {"vehicles_used", 0},
                                               {"vehicles_available", 4},
                                               {"coverage_percent", 0},
                                               {"stops_unserved", 4},
                                               {"load_factor_percent", 0},
                                               {"hub_to_village_hours/by_parcel/samples", 0},
                                               {"hub_to_village_hours/by_parcel/mean", -1},
                                               {"village_to_hub_hours/by_village/max", -1},
                                               {"co2_kg", 0}};
    struct export_county made;
    if (export_county_open(&made, NULL, false)) {
        json_t *kpi = kpi_of(&made);
        compare(kpi, expected, XD_ARRAY_LENGTH(expected));
        CU_ASSERT_EQUAL(json_array_size(member(kpi, "vehicles")), 0);
        json_decref(kpi);
    }
    export_county_close(&made);
}

/* petrol_yuan_l is given; all other parameters are assumed, with the grade of their source; but the two of straight lines, which nobody drives here. */
static void what_the_scenario_does_not_state_is_listed_as_assumed(void)
{
    struct export_county made;
    if (export_county_open(&made, NULL, true)) {
        json_t *kpi = kpi_of(&made);
        const json_t *assumed = member(kpi, "assumed");
        CU_ASSERT_EQUAL(json_array_size(assumed), XD_PARAMETERS_N - 3);
        for (size_t i = 0; i < json_array_size(assumed); i++) {
            const json_t *one = json_array_get(assumed, i);
            CU_ASSERT_STRING_NOT_EQUAL(json_string_value(json_object_get(one, "parameter")), "petrol_yuan_l");
            CU_ASSERT_EQUAL(json_string_length(json_object_get(one, "grade")), 1);
            CU_ASSERT_TRUE(json_string_length(json_object_get(one, "value")) > 0);
        }
        json_decref(kpi);
    }
    export_county_close(&made);
}

static const struct xd_test_case cases[] = {
    XD_CASE(one_route_gives_the_sums_made_by_hand),
    XD_CASE(the_ways_from_and_to_a_base_are_driven_and_paid),
    XD_CASE(hours_on_the_way_are_those_made_by_hand),
    XD_CASE(a_day_without_routes_has_no_samples_and_costs_nothing),
    XD_CASE(what_the_scenario_does_not_state_is_listed_as_assumed),
};
const struct xd_test_suite xd_suite_export_kpi = {"export_kpi", cases, XD_ARRAY_LENGTH(cases)};
