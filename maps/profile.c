/* What a vehicle makes of a road: the least of all caps, if it may and can pass at all. */
#include "maps/profile.h"

#include "base/hash.h"
#include "maps/profile_conditions.h"
#include "maps/profile_table.h"

#include <stdio.h>
#include <string.h>

const struct xd_profile *xd_profile_find(const struct xd_profiles *profiles, const char *name)
{
    for (int32_t i = 0; i < profiles->items_n; i++)
        if (strcmp(profiles->items[i].name, name) == 0)
            return &profiles->items[i];
    for (int32_t i = 0; i < profiles->items_n; i++)
        if (strcmp(profiles->items[i].name_zh, name) == 0)
            return &profiles->items[i];
    return NULL;
}

int32_t xd_profiles_names(const struct xd_profiles *profiles, const char **names, char *list, size_t n)
{
    size_t used = 0;
    list[0] = '\0';
    for (int32_t i = 0; i < profiles->items_n; i++) {
        names[i] = profiles->items[i].name;
        if (used < n)
            used += (size_t)snprintf(list + used, n - used, "%s%s", i ? ", " : "", names[i]);
    }
    return profiles->items_n;
}

uint64_t xd_profile_hash(const struct xd_profile *profile)
{
    struct xd_profile copy = *profile;
    struct xd_hash hash = xd_hash_begin();
    xd_hash_string(&hash, profile->name);
    for (size_t i = 0; i < xd_profile_properties_n; i++) {
        if (xd_profile_properties[i].kind == XD_PROFILE_LABEL)
            xd_hash_string(&hash, profile->name_zh);
        else
            xd_hash_i64(&hash, *xd_profile_value(&copy, &xd_profile_properties[i]));
    }
    return xd_hash_end(hash);
}

void xd_profiles_free(struct xd_profiles *profiles)
{
    if (!profiles)
        return;
    xd_arena_free(&profiles->arena);
    xd_free(profiles);
}

static bool has_key(const struct xd_profile *profile, enum xd_access_key key)
{
    return (profile->access_keys >> key & 1) != 0;
}

/* ---- may it? ---- */

static enum xd_pass allowed(const struct xd_profile *profile, const struct xd_road_rule *rules, int direction)
{
    for (int key = XD_ACCESS_KEYS_N - 1; key >= 0; key--) {
        const int access = direction > 0 ? rules[key].forward : rules[key].backward;
        if (has_key(profile, (enum xd_access_key)key) && access != XD_ACCESS_UNSET)
            return access == XD_ACCESS_YES ? XD_PASS_YES : access == XD_ACCESS_END_ONLY ? XD_PASS_END_ONLY : XD_PASS_NO;
    }
    return XD_PASS_YES;
}

/* People on foot obey only what is told for them. */
static enum xd_oneway oneway_of(const struct xd_profile *profile, const struct xd_road_rule *rules)
{
    const int least = has_key(profile, XD_KEY_FOOT) ? XD_KEY_FOOT : XD_KEY_ACCESS;
    for (int key = XD_ACCESS_KEYS_N - 1; key >= least; key--)
        if (has_key(profile, (enum xd_access_key)key) && rules[key].oneway != XD_ONEWAY_UNSET)
            return (enum xd_oneway)rules[key].oneway;
    return XD_ONEWAY_NO;
}

static bool is_against(enum xd_oneway oneway, int direction)
{
    return oneway == XD_ONEWAY_CLOSED || oneway == (direction > 0 ? XD_ONEWAY_BACKWARD : XD_ONEWAY_FORWARD);
}

/* ---- does it fit? ---- */

/* Of a kind of limit the most special one that is told: for hgv before goods before all. */
static int32_t limit_of(const struct xd_profile *profile, const struct xd_road_limits *limits, size_t offset)
{
    static const enum xd_access_key keys[XD_LIMIT_GROUPS_N] = {[XD_LIMIT_GOODS] = XD_KEY_GOODS, [XD_LIMIT_HGV] = XD_KEY_HGV};
    for (int group = XD_LIMIT_GROUPS_N - 1; group > XD_LIMIT_ALL; group--) {
        const uint16_t limit = *(const uint16_t *)(const void *)((const char *)&limits[group] + offset);
        if (limit > 0 && has_key(profile, keys[group]))
            return limit;
    }
    return *(const uint16_t *)(const void *)((const char *)&limits[XD_LIMIT_ALL] + offset);
}

static bool fits(const struct xd_profile *profile, const struct xd_road_limits *limits)
{
    const struct {
        size_t offset;
        int32_t own, unit;
    } sizes[] = {
        {offsetof(struct xd_road_limits, maxweight_100kg), profile->mass_kg, 100},
        {offsetof(struct xd_road_limits, maxaxleload_100kg), profile->axle_kg, 100},
        {offsetof(struct xd_road_limits, maxheight_cm), profile->height_cm, 1},
        {offsetof(struct xd_road_limits, maxwidth_cm), profile->width_cm, 1},
        {offsetof(struct xd_road_limits, maxlength_cm), profile->length_cm, 1},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(sizes); i++) {
        const int32_t limit = limit_of(profile, limits, sizes[i].offset);
        if (limit > 0 && sizes[i].own > limit * sizes[i].unit)
            return false;
    }
    return true;
}

static bool is_too_narrow(const struct xd_profile *profile, const struct xd_road *road)
{
    return road->width_dm > 0 && !(road->flags & XD_ROAD_WIDTH_ESTIMATED) && road->width_dm * 10 < profile->width_cm + profile->width_margin_cm;
}

static bool may_and_fits(const struct xd_profile *profile, const struct xd_road *road, enum xd_oneway oneway, int direction)
{
    if (profile->class_kmh[road->road_class] == 0 || ((road->flags & XD_ROAD_MOTORROAD) && profile->class_kmh[XD_ROAD_MOTORWAY] == 0))
        return false;
    if (is_against(oneway, direction) || !fits(profile, road->limits))
        return false;
    return road->road_class == XD_ROAD_FERRY || !is_too_narrow(profile, road);
}

/* ---- how fast? ---- */

/* The lesser of speed and cap; 0 where the cap says closed. */
static int32_t capped(int32_t kmh, int32_t cap_kmh)
{
    if (cap_kmh == XD_CAP_CLOSED)
        return 0;
    return cap_kmh > 0 && cap_kmh < kmh ? cap_kmh : kmh;
}

static int32_t width_cap(const struct xd_profile *profile, const struct xd_road *road, enum xd_oneway oneway)
{
    static const uint8_t below_dm[XD_WIDTH_CLASSES_N] = {
        [XD_WIDTH_BELOW_250] = 25, [XD_WIDTH_BELOW_300] = 30, [XD_WIDTH_BELOW_350] = 35, [XD_WIDTH_BELOW_450] = 45};
    if (road->width_dm == 0)
        return road->lanes_n == 1 && (oneway == XD_ONEWAY_NO || oneway == XD_ONEWAY_ALTERNATING) ? profile->one_lane_kmh : XD_CAP_NONE;
    for (int i = 0; i < XD_WIDTH_CLASSES_N; i++)
        if (road->width_dm < below_dm[i])
            return profile->width_kmh[i];
    return XD_CAP_NONE;
}

static int32_t posted_kmh(const struct xd_profile *profile, const struct xd_road *road, int direction)
{
    const int d = direction > 0 ? 0 : 1;
    if (has_key(profile, XD_KEY_HGV) && road->maxspeed_kmh[XD_SPEED_HGV][d] > 0)
        return road->maxspeed_kmh[XD_SPEED_HGV][d];
    if (has_key(profile, XD_KEY_BUS) && road->maxspeed_kmh[XD_SPEED_BUS][d] > 0)
        return road->maxspeed_kmh[XD_SPEED_BUS][d];
    return road->maxspeed_kmh[XD_SPEED_ALL][d];
}

static int32_t speed_kmh(const struct xd_profile *profile, const struct xd_road *road, enum xd_oneway oneway, int direction)
{
    int32_t kmh = profile->class_kmh[road->road_class];
    if (road->road_class == XD_ROAD_FERRY)
        return kmh;
    kmh = capped(kmh, profile->top_kmh);
    kmh = capped(kmh, profile->china_kmh[road->china_grade]);
    kmh = capped(kmh, profile->surface_kmh[road->surface]);
    kmh = capped(kmh, profile->smoothness_kmh[road->smoothness]);
    kmh = capped(kmh, profile->track_grade_kmh[road->track_grade]);
    kmh = capped(kmh, width_cap(profile, road, oneway));
    if ((road->flags & XD_ROAD_MOVABLE) && road->duration_s == 0)
        kmh = capped(kmh, profile->movable_bridge_kmh);
    if (!has_key(profile, XD_KEY_FOOT)) {
        kmh = capped(kmh, posted_kmh(profile, road, direction));
        kmh = capped(kmh, road->advised_kmh[direction > 0 ? 0 : 1]);
    }
    if (oneway == XD_ONEWAY_ALTERNATING && kmh > 0) {
        const int32_t slowed_kmh = kmh * 100 / profile->alternating_percent;
        kmh = slowed_kmh > 0 ? slowed_kmh : 1;
    }
    return kmh;
}

static struct xd_road_use use_of(const struct xd_profile *profile, const struct xd_road *road, int direction)
{
    const enum xd_pass pass = allowed(profile, road->rules, direction);
    const enum xd_oneway oneway = oneway_of(profile, road->rules);
    if (pass == XD_PASS_NO || !may_and_fits(profile, road, oneway, direction))
        return (struct xd_road_use){0};
    const int32_t kmh = speed_kmh(profile, road, oneway, direction);
    return (struct xd_road_use){.speed_kmh = kmh, .end_only = kmh > 0 && pass == XD_PASS_END_ONLY};
}

struct xd_road_use xd_profile_use(const struct xd_profile *profile, const struct xd_clause *clauses, const struct xd_road *road, int direction)
{
    if (road->clauses == 0)
        return use_of(profile, road, direction);
    const struct xd_clause *list = xd_clauses_at(clauses, road->clauses);
    struct xd_road changed = xd_profile_road(profile, list, road, false);
    struct xd_road_use use = use_of(profile, &changed, direction);
    if (use.speed_kmh == 0) {
        changed = xd_profile_road(profile, list, road, true);
        use = use_of(profile, &changed, direction);
        use.end_only = use.speed_kmh > 0;
    }
    return use;
}

int32_t xd_profile_speed_kmh(const struct xd_profile *profile, const struct xd_clause *clauses, const struct xd_road *road, int direction)
{
    return xd_profile_use(profile, clauses, road, direction).speed_kmh;
}

enum xd_pass xd_profile_pass(const struct xd_profile *profile, const struct xd_clause *clauses, const struct xd_road *road, int direction)
{
    const struct xd_road_use use = xd_profile_use(profile, clauses, road, direction);
    return use.speed_kmh == 0 ? XD_PASS_NO : use.end_only ? XD_PASS_END_ONLY : XD_PASS_YES;
}

/* ---- barriers and turns ---- */

static enum xd_pass pass_of(const struct xd_profile *profile, const struct xd_road_barrier *barrier)
{
    return fits(profile, barrier->limits) ? allowed(profile, barrier->rules, 1) : XD_PASS_NO;
}

struct xd_barrier_use xd_profile_barrier_use(const struct xd_profile *profile, const struct xd_clause *clauses, const struct xd_road_barrier *barrier)
{
    const struct xd_clause *list = xd_clauses_at(clauses, barrier->clauses);
    struct xd_road_barrier changed = list ? xd_profile_barrier(profile, list, barrier, false) : *barrier;
    enum xd_pass pass = pass_of(profile, &changed);
    if (list && pass == XD_PASS_NO) {
        changed = xd_profile_barrier(profile, list, barrier, true);
        pass = pass_of(profile, &changed) == XD_PASS_NO ? XD_PASS_NO : XD_PASS_END_ONLY;
    }
    return (struct xd_barrier_use){.pass = pass, .delay_s = pass == XD_PASS_NO ? 0 : profile->barrier_delay_s[barrier->kind]};
}

bool xd_profile_passes(const struct xd_profile *profile, const struct xd_clause *clauses, const struct xd_road_barrier *barrier)
{
    return xd_profile_barrier_use(profile, clauses, barrier).pass != XD_PASS_NO;
}

bool xd_profile_is_bound(const struct xd_profile *profile, const struct xd_clause *clauses, const struct xd_restriction *restriction)
{
    const struct xd_clause *list = xd_clauses_at(clauses, restriction->clauses);
    bool bound = (restriction->keys & (uint32_t)profile->access_keys) != 0;
    for (bool is_last = !list; !is_last; is_last = list++->is_last)
        if (has_key(profile, (enum xd_access_key)list->which) && xd_profile_meets(profile, list, false))
            bound = list->value == restriction->rule;
    return bound && !xd_restriction_lets_off(restriction->except_keys, (uint32_t)profile->access_keys);
}
