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
    {"restriction:conditional=no_left_turn @ (weight>3.5)", "0001110"},
    {"restriction:conditional=only_straight_on @ (weight>3.5)", "0001110"},
    {"restriction:hgv:conditional=no_left_turn @ (weight>3.5)", "0001100"},
    {"restriction:hgv:conditional=no_left_turn @ (weight>7.5)", NOBODY},
    {"restriction:hgv:conditional=no_left_turn @ (weight>3.5 AND 07:00-19:00)", NOBODY},
    {"restriction=no_left_turn, restriction:conditional=none @ (weight<3.5)", "0001110"},
    {"restriction=no_left_turn, restriction:bus:conditional=none @ (length<8)", "1111100"},
    {"restriction=no_left_turn, restriction:conditional=none @ (delivery)", WHEELS}, /* nobody is let off for his delivery */
    {"restriction:conditional=no_left_turn @ (delivery)", NOBODY},
    {"restriction:conditional=no_left_turn @ (weight>1); none @ (weight>4)", "0110000"},
    {"restriction:conditional=no_left_turn @ (weight>3.5), restriction:hgv:conditional=none @ (length<7)", "0000010"},
    {"restriction:conditional=no_left_turn @ (weight>3.5), except=bus", "0001100"},
    {"restriction:conditional=no_left_turn @ (length>5)); 2", NOBODY},
    {"restriction:bicycle:conditional=no_left_turn @ (weight>3.5)", NOBODY},
    {"restriction=no_left_turn, restriction:conditional=none @ (19:00-07:00)", WHEELS},
    {"restriction=no_left_turn, day_on=Monday, day_off=Friday", NOBODY},
    {"restriction=left_turn", NOBODY},
    {"restriction=", NOBODY},
    {"except=psv", NOBODY},
};

static bool binds(const struct xd_restriction_tags *tags, const struct xd_clauses *clauses, const struct xd_profile *profile)
{
    for (int rule = 0; rule < XD_TURN_RULES_N; rule++) {
        const struct xd_restriction restriction = {
            .rule = (uint8_t)rule, .keys = tags->keys[rule], .except_keys = tags->except_keys, .clauses = clauses->n > 0};
        if ((tags->rules & 1 << rule) && xd_profile_is_bound(profile, clauses->items, &restriction))
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
        struct xd_clauses clauses;
        char full[256];
        snprintf(full, sizeof full, "type=restriction, %s", rows[i].tags);
        const struct xd_osm_tags read = road_map_tags(full, &text);
        CU_ASSERT_TRUE(xd_restriction_is(read));
        const bool understood = xd_restriction_decode(read, &tags, &clauses, NULL) == XD_RESTRICTION_DROPS_N;
        for (int32_t p = 0; p < profiles_n; p++) {
            const bool found = understood && binds(&tags, &clauses, &profiles[p]);
            if (found != (rows[i].binds[p] == '1'))
                fprintf(stderr, "%s: %s is %s\n", rows[i].tags, profiles[p].name, found ? "bound" : "free");
            CU_ASSERT_EQUAL(found, rows[i].binds[p] == '1');
        }
    }
}

/* Above 3.5 t the way straight on is prescribed in place of the turn that is barred to all others. */
static void a_condition_replaces_one_rule_by_another(void)
{
    static const char tags_text[] = "type=restriction, restriction=no_left_turn, restriction:conditional=only_straight_on @ (weight>3.5)";
    const char *const bound[XD_TURN_RULES_N] = {[XD_TURN_NO] = "1110000", [XD_TURN_ONLY] = "0001110"};
    struct road_map_tags text;
    struct xd_restriction_tags tags;
    struct xd_clauses clauses;
    CU_ASSERT_EQUAL_FATAL(xd_restriction_decode(road_map_tags(tags_text, &text), &tags, &clauses, NULL), XD_RESTRICTION_DROPS_N);
    CU_ASSERT_EQUAL(tags.rules, 1 << XD_TURN_NO | 1 << XD_TURN_ONLY);
    for (int rule = 0; rule < XD_TURN_RULES_N; rule++)
        for (int32_t p = 0; p < xd_test_profiles()->items_n && bound[rule]; p++) {
            const struct xd_restriction restriction = {.rule = (uint8_t)rule, .keys = tags.keys[rule], .clauses = 1};
            CU_ASSERT_EQUAL(xd_profile_is_bound(&xd_test_profiles()->items[p], clauses.items, &restriction), bound[rule][p] == '1');
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
    {"a_condition_replaces_one_rule_by_another", a_condition_replaces_one_rule_by_another},
    {"what_is_dropped_has_a_name", what_is_dropped_has_a_name},
};
const struct xd_test_suite xd_suite_profile_restrictions = {"profile_restrictions", cases, XD_ARRAY_LENGTH(cases)};
