/* Curves, slopes and energy. */
#include "maps/speed_cap.h"
#include "tests/harness/profiles.h"
#include "tests/profiles/profile_suites.h"

#include <stdio.h>

enum { VEHICLES_N = 7 };

/* km/h of tricycle, minivan, ev_van, light_truck, reefer, bus, walking */
static const struct {
    int32_t radius_m;
    int32_t kmh[VEHICLES_N];
} by_radius[] = {
    /* v = 3.6 sqrt(a r): a hairpin of 8 m, minivan 3.6 sqrt(2.2 * 8) = 15.1 */
    {1, {4, 5, 5, 4, 4, 4, 5}},          {8, {11, 15, 14, 12, 12, 11, 5}},          {15, {15, 20, 19, 17, 17, 15, 5}},
    {30, {22, 29, 27, 24, 24, 22, 5}},   {60, {30, 41, 39, 35, 34, 31, 5}},         {125, {30, 59, 56, 50, 49, 45, 5}},
    {1000, {30, 60, 70, 70, 70, 60, 5}}, {2000000000, {30, 60, 70, 70, 70, 60, 5}}, {0, {30, 60, 70, 70, 70, 60, 5}}, /* straight, or not known */
    {-5, {30, 60, 70, 70, 70, 60, 5}},
};

static const struct {
    int32_t per_mille_up;
    int32_t kmh[VEHICLES_N];
} by_slope[] = {
    {0, {30, 60, 70, 70, 70, 60, 5}},   {30, {30, 60, 70, 70, 70, 60, 5}},  {31, {25, 60, 70, 55, 55, 50, 5}},  {50, {25, 60, 70, 55, 55, 50, 5}},
    {51, {18, 50, 55, 40, 38, 35, 5}},  {81, {12, 35, 40, 25, 22, 22, 4}},  {121, {6, 22, 28, 14, 12, 12, 3}},  {1000, {6, 22, 28, 14, 12, 12, 3}},
    {-50, {30, 60, 70, 70, 70, 60, 5}}, {-51, {25, 50, 50, 45, 45, 40, 5}}, {-81, {18, 40, 40, 30, 30, 28, 5}}, {-121, {12, 25, 25, 18, 18, 16, 4}},
};

static void curves_cap_the_speed_by_what_the_load_bears(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(by_radius); i++)
        for (int32_t p = 0; p < VEHICLES_N; p++) {
            const struct xd_profile *profile = &xd_test_profiles()->items[p];
            const int32_t kmh = xd_speed_cap_radius_kmh(profile, by_radius[i].radius_m);
            if (kmh != by_radius[i].kmh[p])
                fprintf(stderr, "%s at %ld m: expected %ld, found %ld\n", profile->name, (long)by_radius[i].radius_m, (long)by_radius[i].kmh[p],
                        (long)kmh);
            CU_ASSERT_EQUAL(kmh, by_radius[i].kmh[p]);
        }
}

static void slopes_cap_the_speed_of_loaded_vehicles(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(by_slope); i++)
        for (int32_t p = 0; p < VEHICLES_N; p++) {
            const struct xd_profile *profile = &xd_test_profiles()->items[p];
            const int32_t kmh = xd_speed_cap_slope_kmh(profile, by_slope[i].per_mille_up);
            if (kmh != by_slope[i].kmh[p])
                fprintf(stderr, "%s at %ld per mille: expected %ld, found %ld\n", profile->name, (long)by_slope[i].per_mille_up,
                        (long)by_slope[i].kmh[p], (long)kmh);
            CU_ASSERT_EQUAL(kmh, by_slope[i].kmh[p]);
        }
}

static void even_what_bears_nothing_creeps_round_a_bend(void)
{
    struct xd_profile profile = *xd_test_profile("minivan");
    profile.lateral_cm_s2 = 1;
    CU_ASSERT_EQUAL(xd_speed_cap_radius_kmh(&profile, 1), 1);
    profile.lateral_cm_s2 = 0; /* no limit */
    CU_ASSERT_EQUAL(xd_speed_cap_radius_kmh(&profile, 1), 60);
}

/* Wider curves are never slower, steeper slopes never faster, and nobody stands still or drives above the top speed. */
static void caps_are_monotone_and_close_nothing(void)
{
    for (int32_t p = 0; p < xd_test_profiles()->items_n; p++) {
        const struct xd_profile *profile = &xd_test_profiles()->items[p];
        int32_t wrong_n = 0;
        for (int32_t radius_m = 1; radius_m < 3000; radius_m++) {
            const int32_t kmh = xd_speed_cap_radius_kmh(profile, radius_m);
            wrong_n += kmh < 1 || kmh > profile->top_kmh || kmh > xd_speed_cap_radius_kmh(profile, radius_m + 1);
        }
        for (int32_t slope = 0; slope < 400; slope++) {
            const int32_t up = xd_speed_cap_slope_kmh(profile, slope), down = xd_speed_cap_slope_kmh(profile, -slope);
            wrong_n += up < 1 || down < 1 || up > profile->top_kmh || down > profile->top_kmh;
            wrong_n += up < xd_speed_cap_slope_kmh(profile, slope + 1) || down < xd_speed_cap_slope_kmh(profile, -slope - 1);
        }
        CU_ASSERT_EQUAL(wrong_n, 0);
    }
}

/* A profile whose figures can be reckoned by hand: 1000 kg, c 0.02, 1 m2, half of the energy arrives, 500 W. */
static struct xd_profile plain(void)
{
    struct xd_profile profile = *xd_test_profile("ev_van");
    profile.energy_mass_kg = 1000;
    profile.rolling_per_mille = 20;
    profile.drag_area_dm2 = 100;
    profile.efficiency_percent = 50;
    profile.regeneration_percent = 40;
    profile.idle_w = 500;
    return profile;
}

static void energy_is_that_of_the_formula(void)
{
    struct xd_profile profile = plain();
    /* 1 km at 36 km/h = 10 m/s: rolling 1000 * 9.81 * 0.02 * 1000 = 196200, air 0.6 * 100 * 1000 = 60000; / 0.5; 500 W * 100 s */
    CU_ASSERT_EQUAL(xd_energy_j(&profile, 100000, 36, 0), 2 * (196200 + 60000) + 50000);
    /* and 10 m up: 98100 */
    CU_ASSERT_EQUAL(xd_energy_j(&profile, 100000, 36, 1000), 2 * (196200 + 60000 + 98100) + 50000);
    /* 20 m down: the wheels still want 60000 */
    CU_ASSERT_EQUAL(xd_energy_j(&profile, 100000, 36, -2000), 2 * 60000 + 50000);
    /* 50 m down: the wheels give 234300, of which 0.5 * 0.4 comes back */
    CU_ASSERT_EQUAL(xd_energy_j(&profile, 100000, 36, -5000), -46860 + 50000);
    CU_ASSERT_EQUAL(xd_energy_j(&profile, 100000, 36, -10000), -144960 + 50000);
    profile.regeneration_percent = 0;
    CU_ASSERT_EQUAL(xd_energy_j(&profile, 100000, 36, -10000), 50000);
    CU_ASSERT_EQUAL(xd_energy_j(&profile, 0, 36, 0), 0);
    CU_ASSERT_EQUAL(xd_energy_j(&profile, 100000, 0, 0), 0);
    profile.energy = XD_FUEL_NONE;
    CU_ASSERT_EQUAL(xd_energy_j(&profile, 100000, 36, 1000), 0);
    CU_ASSERT_EQUAL(xd_energy_j(xd_test_profile("walking"), 100000, 5, 1000), 0);
}

static void energy_grows_with_length_rise_and_mass(void)
{
    for (int32_t p = 0; p < xd_test_profiles()->items_n; p++) {
        const struct xd_profile *profile = &xd_test_profiles()->items[p];
        struct xd_profile heavier = *profile;
        int32_t wrong_n = 0;
        heavier.energy_mass_kg += 1;
        for (int32_t kmh = 1; kmh <= 90; kmh += 7) {
            for (int64_t rise_cm = -30000; rise_cm < 30000; rise_cm += 37)
                wrong_n += xd_energy_j(profile, 100000, kmh, rise_cm) > xd_energy_j(profile, 100000, kmh, rise_cm + 37);
            for (int64_t length_cm = 1; length_cm < 200000; length_cm += 131) {
                wrong_n += xd_energy_j(profile, length_cm, kmh, 0) > xd_energy_j(profile, length_cm + 1, kmh, 0);
                wrong_n += xd_energy_j(profile, length_cm, kmh, 500) > xd_energy_j(profile, length_cm + 1, kmh, 500);
                wrong_n += xd_energy_j(profile, length_cm, kmh, 500) > xd_energy_j(&heavier, length_cm, kmh, 500);
            }
        }
        CU_ASSERT_EQUAL(wrong_n, 0);
    }
}

/* The table's figures are fitted to the consumption on the flat of the domain notes, within a tenth. */
static void consumption_on_the_flat_is_that_of_the_vehicle_table(void)
{
    static const struct {
        const char *profile;
        int32_t kmh;
        double unit_j, units; /* per 100 km */
    } rows[] = {
        {"tricycle", 25, 3.6e6, 4},      {"minivan", 40, 32.2e6, 8}, {"ev_van", 40, 3.6e6, 24},
        {"light_truck", 40, 35.8e6, 13}, {"reefer", 40, 35.8e6, 16},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        const double units = (double)xd_energy_j(xd_test_profile(rows[i].profile), 10000000, rows[i].kmh, 0) / rows[i].unit_j;
        if (units < rows[i].units * 0.9 || units > rows[i].units * 1.1)
            fprintf(stderr, "%s: %.2f per 100 km, expected about %.2f\n", rows[i].profile, units, rows[i].units);
        CU_ASSERT(units >= rows[i].units * 0.9 && units <= rows[i].units * 1.1);
    }
}

static const struct xd_test_case cases[] = {
    {"curves_cap_the_speed_by_what_the_load_bears", curves_cap_the_speed_by_what_the_load_bears},
    {"slopes_cap_the_speed_of_loaded_vehicles", slopes_cap_the_speed_of_loaded_vehicles},
    {"even_what_bears_nothing_creeps_round_a_bend", even_what_bears_nothing_creeps_round_a_bend},
    {"caps_are_monotone_and_close_nothing", caps_are_monotone_and_close_nothing},
    {"energy_is_that_of_the_formula", energy_is_that_of_the_formula},
    {"energy_grows_with_length_rise_and_mass", energy_grows_with_length_rise_and_mass},
    {"consumption_on_the_flat_is_that_of_the_vehicle_table", consumption_on_the_flat_is_that_of_the_vehicle_table},
};
const struct xd_test_suite xd_suite_profile_caps = {"profile_caps", cases, XD_ARRAY_LENGTH(cases)};
