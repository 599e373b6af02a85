/* Tags of a turn restriction -> whom it binds. */
#include "maps/profile.h"
#include "maps/restriction.h"
#include "tests/harness/profiles.h"
#include "tests/harness/road_map.h"
#include "tests/profiles/profile_suites.h"

#include <stdio.h>
#include <string.h>

#define WHEELS "1111110"
#define NOBODY "0000000"

static const struct {
    const char *tags;  /* beside type=restriction */
    const char *binds; /* tricycle, minivan, ev_van, light_truck, reefer, bus, walking */
} rows[] = {
    {"restriction=no_left_turn", WHEELS},
    {"restriction=only_straight_on", WHEELS},
    {"restriction=no_u_turn", WHEELS},
    {"restriction=no_left_turn, except=psv", "1111100"},
    {"restriction=no_left_turn, except=bus", "1111100"},
    {"restriction=no_left_turn, except=hgv", "1110010"},
    {"restriction=no_left_turn, except=goods", "1101110"},    /* trucks are no light goods vehicles */
    {"restriction=no_left_turn, except=motorcar", "1011110"}, /* nor are vans and trucks cars */
    {"restriction=no_left_turn, except=motor_vehicle", NOBODY},
    {"restriction=no_left_turn, except=vehicle", NOBODY},
    {"restriction=no_left_turn, except=psv;hgv;goods", "1100000"},
    {"restriction=no_left_turn, except=psv,hgv", "1110000"},
    {"restriction=no_left_turn, except=bicycle;emergency;taxi", WHEELS},
    {"restriction=no_left_turn, except=foot", WHEELS},
    {"restriction:hgv=no_left_turn", "0001100"},
    {"restriction:hgv=no_left_turn, except=goods", "0001100"},
    {"restriction:hgv=no_left_turn, except=hgv", NOBODY},
    {"restriction:goods=no_left_turn", "0011100"},
    {"restriction:motorcar=no_left_turn", "0111100"},
    {"restriction:motorcar=no_left_turn, except=hgv", "0110000"},
    {"restriction:bus=no_left_turn", "0000010"},
    {"restriction:psv=only_right_turn", "0000010"},
    {"restriction:motor_vehicle=no_left_turn", WHEELS},
    {"restriction:vehicle=no_left_turn", WHEELS},
    {"restriction:foot=no_straight_on", "0000001"},
    {"restriction:hgv=no_left_turn, restriction:bus=no_left_turn", "0001110"},
    {"restriction:hgv=no_left_turn, restriction:bicycle=no_left_turn", "0001100"},
    {"restriction:bicycle=no_left_turn", NOBODY},
    {"restriction:hgv:conditional=no_left_turn @ (07:00-19:00)", NOBODY},
    {"restriction:conditional=no_left_turn @ (07:00-19:00)", NOBODY},
    {"restriction=no_left_turn, restriction:conditional=none @ (19:00-07:00)", WHEELS},
    {"restriction=no_left_turn, day_on=Monday, day_off=Friday", NOBODY},
    {"restriction=left_turn", NOBODY},
    {"restriction=", NOBODY},
    {"except=psv", NOBODY},
};

static bool binds(const struct xd_restriction_tags *tags, uint32_t access_keys)
{
    for (int rule = 0; rule < XD_TURN_RULES_N; rule++) {
        const struct xd_restriction restriction = {.keys = tags->keys[rule], .except_keys = tags->except_keys};
        if (xd_restriction_binds(&restriction, access_keys))
            return true;
    }
    return false;
}

static void a_restriction_binds_whom_its_tags_tell(void)
{
    const struct xd_profile *profiles = xd_test_profiles()->items;
    const int32_t profiles_n = xd_test_profiles()->items_n;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        struct road_map_tags text;
        struct xd_restriction_tags tags = {0};
        char full[256];
        snprintf(full, sizeof full, "type=restriction, %s", rows[i].tags);
        const struct xd_osm_tags read = road_map_tags(full, &text);
        CU_ASSERT_TRUE(xd_restriction_is(read));
        const bool understood = xd_restriction_decode(read, &tags) == XD_RESTRICTION_DROPS_N;
        for (int32_t p = 0; p < profiles_n; p++) {
            const bool found = understood && binds(&tags, (uint32_t)profiles[p].access_keys);
            if (found != (rows[i].binds[p] == '1'))
                fprintf(stderr, "%s: %s is %s\n", rows[i].tags, profiles[p].name, found ? "bound" : "free");
            CU_ASSERT_EQUAL(found, rows[i].binds[p] == '1');
        }
    }
}

static void what_is_dropped_has_a_name(void)
{
    for (int reason = 0; reason < XD_RESTRICTION_DROPS_N; reason++)
        for (int other = 0; other < reason; other++)
            CU_ASSERT_STRING_NOT_EQUAL(xd_restriction_drop_name((enum xd_restriction_drop)reason),
                                       xd_restriction_drop_name((enum xd_restriction_drop)other));
    CU_ASSERT_STRING_EQUAL(xd_restriction_drop_name(XD_RESTRICTION_REPEATED), "repeated");
    CU_ASSERT_STRING_EQUAL(xd_restriction_drop_name(XD_RESTRICTION_DROPS_N), "none");
}

static const struct xd_test_case cases[] = {
    {"a_restriction_binds_whom_its_tags_tell", a_restriction_binds_whom_its_tags_tell},
    {"what_is_dropped_has_a_name", what_is_dropped_has_a_name},
};
const struct xd_test_suite xd_suite_profile_restrictions = {"profile_restrictions", cases, XD_ARRAY_LENGTH(cases)};
