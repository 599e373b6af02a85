/* Tags of a way or node from any bytes, "key=value" lines: no crash, and whatever they say, each vehicle gets a sound answer. */
#include "io/tables/profiles_read.h"

#include <stdint.h>
#include <string.h>

enum { TAGS_MAX = 64, TEXT_MAX = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static struct xd_osm_tags tags_of(char *text, struct xd_osm_tag items[TAGS_MAX])
{
    int32_t n = 0;
    char *saved = NULL;
    for (char *line = strtok_r(text, "\n", &saved); line && n < TAGS_MAX; line = strtok_r(NULL, "\n", &saved)) {
        char *equals = strchr(line, '=');
        if (!equals)
            continue;
        *equals = '\0';
        items[n++] = (struct xd_osm_tag){.key = line, .value = equals + 1};
    }
    return (struct xd_osm_tags){.items = items, .items_n = n};
}

static void require_bound(const struct xd_restriction_tags *tags, const struct xd_clauses *clauses, const struct xd_profiles *profiles)
{
    require(tags->rules != 0 && xd_clauses_are_sound(clauses->items, clauses->n));
    for (int rule = 0; rule < XD_TURN_RULES_N; rule++) {
        const struct xd_restriction restriction = {
            .rule = (uint8_t)rule, .keys = tags->keys[rule], .except_keys = tags->except_keys, .clauses = clauses->n > 0};
        for (int32_t p = 0; p < profiles->items_n; p++)
            require(!xd_profile_is_bound(&profiles->items[p], clauses->items, &restriction) || tags->rules & 1 << rule);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct xd_profiles *profiles;
    struct xd_diagnostics diagnostics = {0};
    char text[TEXT_MAX];
    struct xd_osm_tag items[TAGS_MAX];
    struct xd_road road;
    struct xd_road_barrier barrier;
    struct xd_clauses road_clauses = {.n = 0}, barrier_clauses = {.n = 0};
    struct xd_road_doubts doubts = {.object_id = 7};
    if (!profiles)
        require(xd_profiles_read(NULL, &diagnostics, &profiles) == XD_OK);
    if (size >= sizeof text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    const struct xd_osm_tags tags = tags_of(text, items);
    const bool is_road = xd_road_decode(tags, &road, &road_clauses, &doubts),
               is_barrier = xd_road_barrier_decode(tags, &barrier, &barrier_clauses, &doubts);
    require(xd_clauses_are_sound(road_clauses.items, road_clauses.n) && xd_clauses_are_sound(barrier_clauses.items, barrier_clauses.n));
    road.clauses = is_road && road_clauses.n > 0;
    barrier.clauses = is_barrier && barrier_clauses.n > 0;
    for (int32_t p = 0; p < profiles->items_n; p++) {
        const struct xd_profile *profile = &profiles->items[p];
        for (int direction = -1; is_road && direction <= 1; direction += 2) {
            const struct xd_road_use use = xd_profile_use(profile, road_clauses.items, &road, direction);
            require(use.speed_kmh >= 0 && use.speed_kmh <= 130 && (use.speed_kmh > 0 || !use.end_only));
            require(use.speed_kmh <= profile->class_kmh[road.road_class]);
        }
        if (is_barrier) {
            const struct xd_barrier_use use = xd_profile_barrier_use(profile, barrier_clauses.items, &barrier);
            require(use.delay_s >= 0 && use.delay_s <= 3600 && (use.pass != XD_PASS_NO || use.delay_s == 0));
        }
    }
    struct xd_restriction_tags restriction;
    struct xd_clauses turn_clauses;
    if (xd_restriction_decode(tags, &restriction, &turn_clauses, &doubts) == XD_RESTRICTION_DROPS_N)
        require_bound(&restriction, &turn_clauses, profiles);
    for (int kind = 0; kind < XD_ROAD_DOUBTS_N; kind++)
        require(doubts.tags_n[kind] >= 0 && doubts.example_id[kind] == (doubts.tags_n[kind] > 0 ? 7 : 0));
    require(!is_road || road.duration_s <= XD_DURATION_MAX_S);
    require(xd_road_name(tags) != NULL);
    return 0;
}
