/* Tags of nodes -> who passes. */
#include "maps/profile.h"
#include "tests/harness/profiles.h"
#include "tests/harness/road_map.h"
#include "tests/profiles/profile_suites.h"

#include <stdio.h>
#include <string.h>

#define ALL "1111111"
#define ON_FOOT "0000001"
#define NOBODY "0000000"

/* clang-format off: one row a line */
static const struct {
    const char *tags;
    const char *passes; /* tricycle, minivan, ev_van, light_truck, reefer, bus, walking: 1 = yes, * = at the end of a trip, 0 = no */
    int32_t delay_s;    /* of those in vehicles who pass */
} rows[] = {
    {"highway=crossing", ALL, 0},
    {"barrier=no", ALL, 0},
    {"barrier=bollard", ON_FOOT, 0},
    {"barrier=bollard, bollard=rising", ALL, 0},
    {"barrier=bollard, bollard=removable", ON_FOOT, 0},
    {"barrier=bollard, motor_vehicle=yes", ALL, 0},
    {"barrier=bollard, access=yes", ALL, 0},
    {"barrier=bollard, bicycle=yes, foot=yes", ON_FOOT, 0},
    {"barrier=bollard, bus=yes", "0000011", 0},
    {"barrier=bollard, hgv=yes", "0001101", 0},
    {"barrier=bollard, access=no", NOBODY, 0},
    {"barrier=bollard, access=no, foot=yes", ON_FOOT, 0},
    {"barrier=block", ON_FOOT, 0},
    {"barrier=jersey_barrier", ON_FOOT, 0},
    {"barrier=chain", ON_FOOT, 0},
    {"barrier=log", ON_FOOT, 0},
    {"barrier=debris", ON_FOOT, 0},
    {"barrier=cycle_barrier", ON_FOOT, 0},
    {"barrier=stile", ON_FOOT, 0},
    {"barrier=fence", ON_FOOT, 0},
    {"barrier=yes", ON_FOOT, 0},
    {"barrier=gate", ALL, 60},
    {"barrier=gate, locked=yes", ON_FOOT, 60},
    {"barrier=gate, locked=no", ALL, 60},
    {"barrier=gate, access=private", "*******", 60},
    {"barrier=gate, access=private, foot=yes", "******1", 60},
    {"barrier=gate, motor_vehicle=no", ON_FOOT, 60},
    {"barrier=gate, motor_vehicle=destination", "******1", 60},
    {"barrier=gate, hgv=no", "1110011", 60},
    {"barrier=lift_gate", ALL, 60},
    {"barrier=swing_gate", ALL, 60},
    {"barrier=toll_booth", ALL, 30},
    {"barrier=cattle_grid", ALL, 0},
    {"barrier=border_control", ALL, 120},
    {"barrier=entrance", ALL, 0},
    {"barrier=height_restrictor", ALL, 0},
    {"barrier=height_restrictor, maxheight=2.5", "1110001", 0},
    {"barrier=height_restrictor, maxheight=3.2", "1111011", 0},
    {"barrier=width_restrictor, maxwidth=1.8", "1110001", 0},
    {"barrier=gate, maxweight=3.5", "1110001", 60},
    {"barrier=kerb", ALL, 0},
    {"barrier=kerb, kerb=lowered", ALL, 0},
    {"barrier=kerb, kerb=raised", ON_FOOT, 0},
    {"barrier=bus_trap", "0000011", 0}, /* built to let buses through */
    {"barrier=sump_buster", "0000011", 0},
    {"barrier=bus_trap, bus=no", ON_FOOT, 0},
    {"barrier=bus_trap, access=yes", ALL, 0},
    {"barrier=zzz", ALL, 0},
    {"barrier=gate, access=yes", ALL, 60},
    {"barrier=gate, access=no", NOBODY, 0},
    {"barrier=gate, access=private, locked=yes", "*******", 60}, /* who may come has a key */
    {"barrier=lift_gate, access=permit", "*******", 60},
    {"barrier=lift_gate, motor_vehicle=customers, hgv=no", "***00*1", 60},
    {"barrier=sliding_gate", ALL, 60},
    {"barrier=checkpoint", ALL, 120},
    {"barrier=toll_booth, hgv=no", "1110011", 30},
    {"barrier=height_restrictor, maxheight:physical=2", "1100001", 0},
    {"barrier=height_restrictor, maxheight=7'6\"", "1110001", 0}, /* 228 cm */
    {"barrier=height_restrictor, maxheight=default", ALL, 0},
    {"barrier=width_restrictor, maxwidth:physical=2", "1110001", 0},
    {"barrier=gate, maxaxleload=2", "1110001", 60},
    {"barrier=gate, maxlength=5", "1110001", 60},
    {"barrier=gate, maxweight=3.5, maxweight:hgv=7.5", "1111101", 60},
    {"barrier=bollard, psv=yes", "0000011", 0},
    {"barrier=bollard, minibus=yes", "0000011", 0},
    {"barrier=bollard, vehicle=no;delivery", "******1", 0},
    {"barrier=turnstile", ON_FOOT, 0},
    {"barrier=kissing_gate", ON_FOOT, 0},
    {"barrier=planter", ON_FOOT, 0},
    {"barrier=wall", ON_FOOT, 0},
    {"barrier=Bollard", ON_FOOT, 0},
};
/* clang-format on */

static void barriers_stop_whom_they_are_made_for_and_cost_time(void)
{
    const struct xd_profiles *profiles = xd_test_profiles();
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        struct road_map_tags tags;
        struct xd_road_barrier barrier;
        struct xd_clauses clauses;
        char found[8] = ALL;
        int32_t delay_s = 0;
        if (xd_road_barrier_decode(road_map_tags(rows[i].tags, &tags), &barrier, &clauses, NULL)) {
            barrier.clauses = clauses.n > 0;
            for (int32_t p = 0; p < profiles->items_n; p++) {
                const struct xd_barrier_use use = xd_profile_barrier_use(&profiles->items[p], clauses.items, &barrier);
                found[p] = "0*1"[use.pass];
                delay_s = use.delay_s > delay_s ? use.delay_s : delay_s;
                CU_ASSERT_EQUAL(xd_profile_passes(&profiles->items[p], clauses.items, &barrier), use.pass != XD_PASS_NO);
                CU_ASSERT(use.delay_s == 0 || use.pass != XD_PASS_NO);
                CU_ASSERT(use.delay_s == 0 || profiles->items[p].top_kmh > 5); /* people on foot wait at no gate */
            }
        }
        const int32_t expected_s = strncmp(rows[i].passes, "000000", 6) == 0 ? 0 : rows[i].delay_s;
        if (strcmp(found, rows[i].passes) != 0 || delay_s != expected_s)
            fprintf(stderr, "%s: expected %s %ld s, found %s %ld s\n", rows[i].tags, rows[i].passes, (long)expected_s, found, (long)delay_s);
        CU_ASSERT_STRING_EQUAL(found, rows[i].passes);
        CU_ASSERT_EQUAL(delay_s, expected_s);
    }
}

static void a_node_that_bars_nobody_and_costs_nothing_is_no_barrier(void)
{
    static const char *const tags[] = {"barrier=cattle_grid", "barrier=entrance, access=yes", "barrier=no, access=no", "highway=crossing",
                                       "barrier=kerb"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(tags); i++) {
        struct road_map_tags one;
        struct xd_road_barrier barrier;
        CU_ASSERT(!xd_road_barrier_decode(road_map_tags(tags[i], &one), &barrier, NULL, NULL));
    }
}

static const struct xd_test_case cases[] = {
    {"barriers_stop_whom_they_are_made_for_and_cost_time", barriers_stop_whom_they_are_made_for_and_cost_time},
    {"a_node_that_bars_nobody_and_costs_nothing_is_no_barrier", a_node_that_bars_nobody_and_costs_nothing_is_no_barrier},
};
const struct xd_test_suite xd_suite_profile_barriers = {"profile_barriers", cases, XD_ARRAY_LENGTH(cases)};
