#include "maps/road_conditions.h"

#include "base/macros.h"
#include "maps/road_access.h"
#include "maps/road_limit.h"
#include "maps/road_value.h"

#include <string.h>

enum { KEY_MAX = 64 };

static const char conditional[] = ":conditional";

/* A tag and what it is about. */
struct target {
    struct xd_clause like;
    const char *text;
    bool has_direction;
};

static bool cut_ending(char *key, const char *ending)
{
    const size_t n = strlen(key), ending_n = strlen(ending);
    if (n <= ending_n || strcmp(key + n - ending_n, ending) != 0)
        return false;
    key[n - ending_n] = '\0';
    return true;
}

/* ---- which tags ---- */

static bool is_access(const char *key, struct xd_clause *like)
{
    for (int i = 0; i < XD_ACCESS_KEYS_N; i++)
        if (strcmp(key, xd_access_key_names[i]) == 0) {
            *like = (struct xd_clause){.kind = XD_CLAUSE_ACCESS, .which = (uint8_t)i};
            return true;
        }
    return false;
}

static bool is_speed(const char *key, struct xd_clause *like)
{
    static const struct xd_road_word groups[] = {{"maxspeed", XD_SPEED_ALL},
                                                 {"maxspeed:hgv", XD_SPEED_HGV},
                                                 {"maxspeed:bus", XD_SPEED_BUS},
                                                 {"maxspeed:practical", XD_SPEED_GROUPS_N},
                                                 {"maxspeed:advisory", XD_SPEED_GROUPS_N}};
    const int group = XD_ROAD_WORD(groups, key, -1);
    *like = (struct xd_clause){.kind = XD_CLAUSE_SPEED, .which = (uint8_t)(group < 0 ? 0 : group)};
    return group >= 0;
}

static bool is_oneway(const char *key, struct xd_clause *like)
{
    static const char prefix[] = "oneway:";
    if (strcmp(key, "oneway") == 0) {
        *like = (struct xd_clause){.kind = XD_CLAUSE_ONEWAY, .which = XD_KEY_ACCESS};
        return true;
    }
    if (strncmp(key, prefix, sizeof prefix - 1) != 0 || !is_access(key + sizeof prefix - 1, like) || like->which == XD_KEY_ACCESS)
        return false;
    like->kind = XD_CLAUSE_ONEWAY;
    return true;
}

static bool is_limit(const char *key, struct xd_clause *like)
{
    for (int i = 0; i < XD_LIMIT_KEYS_N; i++)
        for (int group = 0; group < XD_LIMIT_GROUPS_N; group++) {
            const char *name = xd_road_limit_name((enum xd_limit_key)i, (enum xd_limit_group)group);
            if (name && strcmp(key, name) == 0) {
                *like = (struct xd_clause){.kind = XD_CLAUSE_LIMIT, .which = (uint8_t)i, .part = (uint8_t)group};
                return true;
            }
        }
    return false;
}

/* Where a direction has a word of its own, the condition of the key without direction does not replace it. */
static uint8_t free_directions(struct xd_osm_tags tags, char key[KEY_MAX])
{
    static const char *const endings[] = {":forward", ":backward"};
    const size_t n = strlen(key);
    uint8_t part = XD_CLAUSE_BOTH;
    for (int d = 0; d < 2 && n + strlen(endings[d]) < KEY_MAX; d++) {
        memcpy(key + n, endings[d], strlen(endings[d]) + 1);
        if (xd_osm_tag_value(tags, key))
            part &= (uint8_t) ~(d == 0 ? XD_CLAUSE_FORWARD : XD_CLAUSE_BACKWARD);
        key[n] = '\0';
    }
    return part;
}

/* False for a key that nobody obeys without its condition either. */
static bool find_target(struct xd_osm_tags tags, const char *name, size_t n, struct target *target)
{
    struct xd_clause *like = &target->like;
    char key[KEY_MAX];
    uint8_t part = XD_CLAUSE_BOTH;
    if (n >= KEY_MAX)
        return false;
    memcpy(key, name, n);
    key[n] = '\0';
    if (is_limit(key, like) || is_oneway(key, like))
        return true;
    if (cut_ending(key, ":forward"))
        part = XD_CLAUSE_FORWARD;
    else if (cut_ending(key, ":backward"))
        part = XD_CLAUSE_BACKWARD;
    if (!is_access(key, like) && !is_speed(key, like))
        return false;
    target->has_direction = part != XD_CLAUSE_BOTH;
    like->part = target->has_direction ? part : free_directions(tags, key);
    return true;
}

/* In an order of their own, whatever that of the tags, so that keys with a direction come behind those without. */
static bool is_before(const struct target *a, const struct target *b)
{
    if (a->like.kind != b->like.kind)
        return a->like.kind < b->like.kind;
    if (a->like.which != b->like.which)
        return a->like.which < b->like.which;
    return a->has_direction != b->has_direction ? b->has_direction : a->like.part < b->like.part;
}

static int32_t list_targets(struct xd_osm_tags tags, struct target targets[XD_CLAUSES_MAX], struct xd_clause_doubts *too_many)
{
    int32_t n = 0;
    for (int32_t i = 0; i < tags.items_n; i++) {
        const char *key = tags.items[i].key;
        const size_t key_n = strlen(key), ending_n = sizeof conditional - 1;
        struct target target = {.text = tags.items[i].value};
        if (key_n <= ending_n || strcmp(key + key_n - ending_n, conditional) != 0 || !find_target(tags, key, key_n - ending_n, &target))
            continue;
        if (n == XD_CLAUSES_MAX) {
            too_many->unread = true;
            continue;
        }
        int32_t at = n++;
        for (; at > 0 && is_before(&target, &targets[at - 1]); at--)
            targets[at] = targets[at - 1];
        targets[at] = target;
    }
    return n;
}

/* ---- values ---- */

static bool take_speed(const char *text, uint16_t *value)
{
    bool unread = false;
    *value = xd_road_value_speed_kmh(text, &unread);
    return !unread && *text != '\0';
}

static bool take_weight(const char *text, uint16_t *value)
{
    bool unread = false;
    *value = xd_road_limit_value(XD_LIMIT_WEIGHT, text, &unread);
    return !unread && *text != '\0';
}

static bool take_size(const char *text, uint16_t *value)
{
    bool unread = false;
    *value = xd_road_limit_value(XD_LIMIT_LENGTH, text, &unread);
    return !unread && *text != '\0';
}

static xd_clause_value value_of(const struct xd_clause *like)
{
    if (like->kind == XD_CLAUSE_LIMIT)
        return like->which <= XD_LIMIT_AXLE_LOAD ? take_weight : take_size;
    return like->kind == XD_CLAUSE_ACCESS ? xd_road_access_word : like->kind == XD_CLAUSE_ONEWAY ? xd_road_oneway_word : take_speed;
}

/* ---- clauses ---- */

static bool one_field(int a, int b)
{
    struct xd_road_limits limits;
    return xd_road_limit_at(&limits, (enum xd_limit_key)a) == xd_road_limit_at(&limits, (enum xd_limit_key)b);
}

/* The least of several keys counts, so that what each of them tells without a condition is kept beside those with one. */
static bool add_unconditional(struct xd_osm_tags tags, const struct xd_clause *like, int key, struct xd_clauses *clauses)
{
    const char *own = xd_road_limit_name((enum xd_limit_key)key, (enum xd_limit_group)like->part);
    const char *name = own ? own : xd_road_limit_name((enum xd_limit_key)key, XD_LIMIT_ALL); /* :physical */
    struct xd_clause clause = {.kind = XD_CLAUSE_LIMIT, .which = (uint8_t)key, .part = like->part};
    bool unread = false;
    clause.value = xd_road_limit_value((enum xd_limit_key)key, xd_osm_tag_value(tags, name), &unread);
    return clause.value == 0 || xd_clauses_add(clauses, clause);
}

static void read_tag(const struct target *target, struct xd_clauses *clauses, struct xd_road_doubts *doubts)
{
    struct xd_clause_doubts found = {0};
    xd_clauses_read(target->text, target->like, value_of(&target->like), clauses, &found);
    xd_road_conditions_doubt(&found, doubts);
}

static bool are_for_one_limit(const struct xd_clause *a, const struct xd_clause *b)
{
    return a->kind == XD_CLAUSE_LIMIT && b->kind == XD_CLAUSE_LIMIT && a->part == b->part && one_field(a->which, b->which);
}

/* All keys of one field and group, at the first of them that has a condition; of each key what it tells without one stands first. */
static void read_limits(struct xd_osm_tags tags, const struct target *targets, int32_t targets_n, int32_t first, struct xd_clauses *clauses,
                        struct xd_road_doubts *doubts)
{
    struct xd_clauses made;
    const struct xd_clause *like = &targets[first].like;
    bool some = false, fit = true;
    for (int32_t i = 0; i < first; i++)
        if (are_for_one_limit(&targets[i].like, like))
            return;
    made.n = 0;
    for (int key = 0; key < XD_LIMIT_KEYS_N; key++) {
        if (!one_field(key, like->which))
            continue;
        fit = add_unconditional(tags, like, key, &made) && fit;
        for (int32_t i = first; i < targets_n; i++)
            if (are_for_one_limit(&targets[i].like, like) && targets[i].like.which == key)
                read_tag(&targets[i], &made, doubts);
    }
    for (int32_t i = 0; i < made.n; i++)
        some = some || made.items[i].tests_n > 0;
    for (int32_t i = 0; some && i < made.n; i++)
        fit = xd_clauses_add(clauses, made.items[i]) && fit;
    if (!fit)
        xd_road_doubt_add(doubts, XD_DOUBT_CONDITION);
}

void xd_road_conditions_doubt(const struct xd_clause_doubts *found, struct xd_road_doubts *doubts)
{
    if (found->at_times)
        xd_road_doubt_add(doubts, XD_DOUBT_CONDITIONAL);
    if (found->unread)
        xd_road_doubt_add(doubts, XD_DOUBT_CONDITION);
}

bool xd_road_conditions_decode(struct xd_osm_tags tags, struct xd_clauses *clauses, struct xd_road_doubts *doubts)
{
    struct target targets[XD_CLAUSES_MAX];
    struct xd_clauses made;
    struct xd_clause_doubts too_many = {0};
    made.n = 0;
    const int32_t targets_n = list_targets(tags, targets, &too_many);
    for (int32_t i = 0; i < targets_n; i++) {
        if (targets[i].like.kind == XD_CLAUSE_LIMIT)
            read_limits(tags, targets, targets_n, i, &made, doubts);
        else
            read_tag(&targets[i], &made, doubts);
    }
    xd_road_conditions_doubt(&too_many, doubts);
    xd_clauses_end(&made);
    if (clauses) {
        clauses->n = made.n;
        memcpy(clauses->items, made.items, (size_t)made.n * sizeof *made.items);
    }
    return made.n > 0;
}
