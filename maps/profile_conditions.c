#include "maps/profile_conditions.h"

#include "maps/road_limit.h"

static bool has_key(const struct xd_profile *profile, int key)
{
    return (profile->access_keys >> key & 1) != 0;
}

static bool compares(int64_t own, const struct xd_clause_test *test)
{
    const uint8_t relation = own < test->bound ? XD_TEST_LESS : own > test->bound ? XD_TEST_MORE : XD_TEST_EQUAL;
    return (test->compare & relation) != 0;
}

static bool test_holds(const struct xd_profile *profile, const struct xd_clause_test *test, bool at_end)
{
    switch ((enum xd_test_kind)test->kind) {
    case XD_TEST_END:
        return at_end;
    case XD_TEST_KEY:
        return has_key(profile, test->bound);
    case XD_TEST_MASS:
        return compares(profile->mass_kg, test);
    case XD_TEST_AXLE:
        return compares(profile->axle_kg, test);
    case XD_TEST_HEIGHT:
        return compares(profile->height_cm, test);
    case XD_TEST_WIDTH:
        return compares(profile->width_cm, test);
    case XD_TEST_LENGTH:
        return compares(profile->length_cm, test);
    case XD_TEST_KINDS_N:
        break;
    }
    return false;
}

bool xd_profile_meets(const struct xd_profile *profile, const struct xd_clause *clause, bool at_end)
{
    for (int i = 0; i < clause->tests_n; i++)
        if (!test_holds(profile, &clause->tests[i], at_end))
            return false;
    return true;
}

static void replace_rule(const struct xd_clause *clause, struct xd_road_rule *rule)
{
    if (clause->kind == XD_CLAUSE_ONEWAY)
        rule->oneway = clause->value & 7u;
    else if (clause->part & XD_CLAUSE_FORWARD)
        rule->forward = clause->value & 3u;
    if (clause->kind == XD_CLAUSE_ACCESS && (clause->part & XD_CLAUSE_BACKWARD))
        rule->backward = clause->value & 3u;
}

/* One field of one group: of each key the last clause that holds, of several keys the least. Returns the clause behind. */
static const struct xd_clause *replace_limit(const struct xd_profile *profile, const struct xd_clause *clause, bool at_end,
                                             struct xd_road_limits *limits)
{
    const uint8_t part = clause->part;
    uint16_t *field = xd_road_limit_at(&limits[part], (enum xd_limit_key)clause->which);
    bool is_last = false;
    *field = 0;
    while (!is_last && clause->kind == XD_CLAUSE_LIMIT && clause->part == part &&
           xd_road_limit_at(&limits[part], (enum xd_limit_key)clause->which) == field) {
        const uint8_t key = clause->which;
        uint16_t told = 0;
        for (; !is_last && clause->kind == XD_CLAUSE_LIMIT && clause->part == part && clause->which == key; clause++) {
            told = xd_profile_meets(profile, clause, at_end) ? clause->value : told;
            is_last = clause->is_last;
        }
        const bool counts = part == XD_LIMIT_ALL || key < XD_LIMIT_HEIGHT_PHYSICAL || *field > 0;
        if (told > 0 && counts && (*field == 0 || told < *field))
            *field = told;
    }
    return clause;
}

static void replace(const struct xd_profile *profile, const struct xd_clause *list, bool at_end, struct xd_road_rule *rules,
                    struct xd_road_limits *limits)
{
    const struct xd_clause *end = list + xd_clause_list_n(list);
    while (list < end) {
        if (list->kind == XD_CLAUSE_LIMIT) {
            list = replace_limit(profile, list, at_end, limits);
            continue;
        }
        if ((list->kind == XD_CLAUSE_ACCESS || list->kind == XD_CLAUSE_ONEWAY) && xd_profile_meets(profile, list, at_end))
            replace_rule(list, &rules[list->which]);
        list++;
    }
}

struct xd_road xd_profile_road(const struct xd_profile *profile, const struct xd_clause *list, const struct xd_road *road, bool at_end)
{
    struct xd_road changed = *road;
    replace(profile, list, at_end, changed.rules, changed.limits);
    for (bool is_last = false; !is_last; is_last = list++->is_last) {
        uint8_t *kmh = list->which < XD_SPEED_GROUPS_N ? changed.maxspeed_kmh[list->which] : changed.advised_kmh;
        if (list->kind != XD_CLAUSE_SPEED || !xd_profile_meets(profile, list, at_end))
            continue;
        if (list->part & XD_CLAUSE_FORWARD)
            kmh[0] = (uint8_t)list->value;
        if (list->part & XD_CLAUSE_BACKWARD)
            kmh[1] = (uint8_t)list->value;
    }
    return changed;
}

struct xd_road_barrier xd_profile_barrier(const struct xd_profile *profile, const struct xd_clause *list, const struct xd_road_barrier *barrier,
                                          bool at_end)
{
    struct xd_road_barrier changed = *barrier;
    replace(profile, list, at_end, changed.rules, changed.limits);
    return changed;
}
