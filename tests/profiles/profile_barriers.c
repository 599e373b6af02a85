/* Tags of nodes -> who passes. */
#include "maps/profile.h"
#include "tests/harness/road_map.h"
#include "tests/profiles/profile_suites.h"

#include <stdio.h>
#include <string.h>

#define ALL "1111111"
#define ON_FOOT "0000001"
#define NOBODY "0000000"

static const struct {
    const char *tags;
    const char *passes; /* tricycle, minivan, ev_van, light_truck, reefer, bus, walking */
} rows[] = {
    {"highway=crossing", ALL},
    {"barrier=no", ALL},
    {"barrier=bollard", ON_FOOT},
    {"barrier=bollard, bollard=rising", ALL},
    {"barrier=bollard, bollard=removable", ON_FOOT},
    {"barrier=bollard, motor_vehicle=yes", ALL},
    {"barrier=bollard, access=yes", ALL},
    {"barrier=bollard, bicycle=yes, foot=yes", ON_FOOT},
    {"barrier=bollard, bus=yes", "0000011"},
    {"barrier=bollard, hgv=yes", "0001101"},
    {"barrier=bollard, access=no", NOBODY},
    {"barrier=bollard, access=no, foot=yes", ON_FOOT},
    {"barrier=block", ON_FOOT},
    {"barrier=jersey_barrier", ON_FOOT},
    {"barrier=chain", ON_FOOT},
    {"barrier=log", ON_FOOT},
    {"barrier=debris", ON_FOOT},
    {"barrier=cycle_barrier", ON_FOOT},
    {"barrier=stile", ON_FOOT},
    {"barrier=fence", ON_FOOT},
    {"barrier=yes", ON_FOOT},
    {"barrier=gate", ALL},
    {"barrier=gate, locked=yes", ON_FOOT},
    {"barrier=gate, locked=no", ALL},
    {"barrier=gate, access=private", NOBODY},
    {"barrier=gate, access=private, foot=yes", ON_FOOT},
    {"barrier=gate, motor_vehicle=no", ON_FOOT},
    {"barrier=gate, motor_vehicle=destination", ALL},
    {"barrier=gate, hgv=no", "1110011"},
    {"barrier=lift_gate", ALL},
    {"barrier=swing_gate", ALL},
    {"barrier=toll_booth", ALL},
    {"barrier=cattle_grid", ALL},
    {"barrier=border_control", ALL},
    {"barrier=entrance", ALL},
    {"barrier=height_restrictor", ALL},
    {"barrier=height_restrictor, maxheight=2.5", "1110001"},
    {"barrier=height_restrictor, maxheight=3.2", "1111011"},
    {"barrier=width_restrictor, maxwidth=1.8", "1110001"},
    {"barrier=gate, maxweight=3.5", "1110001"},
    {"barrier=kerb", ALL},
    {"barrier=kerb, kerb=lowered", ALL},
    {"barrier=kerb, kerb=raised", ON_FOOT},
    {"barrier=bus_trap", "0000011"}, /* built to let buses through */
    {"barrier=sump_buster", "0000011"},
    {"barrier=bus_trap, bus=no", ON_FOOT},
    {"barrier=bus_trap, access=yes", ALL},
    {"barrier=zzz", ALL},
};

static void barriers_stop_whom_they_are_made_for(void)
{
    int32_t profiles_n;
    const struct xd_profile *profiles = xd_profiles(&profiles_n);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        struct road_map_tags tags;
        struct xd_road_barrier barrier;
        char found[8] = ALL;
        if (xd_road_barrier_decode(road_map_tags(rows[i].tags, &tags), &barrier))
            for (int32_t p = 0; p < profiles_n; p++)
                found[p] = xd_profile_passes(&profiles[p], &barrier) ? '1' : '0';
        if (strcmp(found, rows[i].passes) != 0)
            fprintf(stderr, "%s: expected %s, found %s\n", rows[i].tags, rows[i].passes, found);
        CU_ASSERT_STRING_EQUAL(found, rows[i].passes);
    }
}

static void a_node_that_bars_nobody_is_no_barrier(void)
{
    static const char *const tags[] = {"barrier=gate", "barrier=cattle_grid", "barrier=no, access=no", "highway=crossing",
                                       "barrier=gate, access=yes"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(tags); i++) {
        struct road_map_tags one;
        struct xd_road_barrier barrier;
        CU_ASSERT(!xd_road_barrier_decode(road_map_tags(tags[i], &one), &barrier));
    }
}

static const struct xd_test_case cases[] = {
    {"barriers_stop_whom_they_are_made_for", barriers_stop_whom_they_are_made_for},
    {"a_node_that_bars_nobody_is_no_barrier", a_node_that_bars_nobody_is_no_barrier},
};
const struct xd_test_suite xd_suite_profile_barriers = {"profile_barriers", cases, XD_ARRAY_LENGTH(cases)};
