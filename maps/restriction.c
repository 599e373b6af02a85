#include "maps/restriction.h"

#include "maps/road_conditions.h"

#include <string.h>

enum {
    GENERAL = 1 << XD_KEY_ACCESS | 1 << XD_KEY_VEHICLE | 1 << XD_KEY_MOTOR_VEHICLE,
    BUSES =
        1 << XD_KEY_PSV | 1 << XD_KEY_BUS | 1 << XD_KEY_MINIBUS | 1 << XD_KEY_TOURIST_BUS /* an exception for one kind of bus is meant for buses */
};

static const char type_word[] = "restriction";

/* A word of n bytes, not terminated. */
struct word {
    const char *text;
    size_t n;
};

static bool word_is(struct word word, const char *other)
{
    return strlen(other) == word.n && memcmp(word.text, other, word.n) == 0;
}

/* The next word of a ";" list (",", as some write it), trimmed; false at its end. */
static bool next_word(const char **list, struct word *word)
{
    *list += strspn(*list, " ;,");
    word->text = *list;
    word->n = strcspn(*list, ";,");
    *list += word->n;
    while (word->n > 0 && word->text[word->n - 1] == ' ')
        word->n--;
    return word->n > 0;
}

static const struct {
    const char *word;
    enum xd_access_key key;
} vehicles[] = {
    {"vehicle", XD_KEY_VEHICLE},   {"motor_vehicle", XD_KEY_MOTOR_VEHICLE},
    {"motorcar", XD_KEY_MOTORCAR}, {"goods", XD_KEY_GOODS},
    {"hgv", XD_KEY_HGV},           {"bus", XD_KEY_BUS},
    {"psv", XD_KEY_PSV},           {"minibus", XD_KEY_MINIBUS},
    {"foot", XD_KEY_FOOT},
};

/* 0 for vehicles that none of ours is. */
static uint16_t vehicle_keys(struct word word)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(vehicles); i++)
        if (word_is(word, vehicles[i].word))
            return (uint16_t)(1 << vehicles[i].key);
    return 0;
}

static const struct {
    const char *word;
    enum xd_turn_rule rule;
} kinds[] = {
    {"no_left_turn", XD_TURN_NO},      {"no_right_turn", XD_TURN_NO},
    {"no_straight_on", XD_TURN_NO},    {"no_turn", XD_TURN_NO},
    {"no_entry", XD_TURN_NO},          {"no_exit", XD_TURN_NO},
    {"no_u_turn", XD_TURN_NO_U},       {"only_left_turn", XD_TURN_ONLY},
    {"only_right_turn", XD_TURN_ONLY}, {"only_straight_on", XD_TURN_ONLY},
    {"only_u_turn", XD_TURN_ONLY_U},
};

/* Adds what a value of restriction=* forbids the vehicles of keys. False when no word of it is known. */
static bool take_kinds(const char *value, uint16_t keys, struct xd_restriction_tags *restriction)
{
    struct word word;
    bool known = false;
    while (next_word(&value, &word))
        for (size_t i = 0; i < XD_ARRAY_LENGTH(kinds); i++)
            if (word_is(word, kinds[i].word)) {
                restriction->keys[kinds[i].rule] |= keys;
                known = true;
            }
    return known;
}

/* What stands behind "restriction": "" for the plain word, "hgv" for "restriction:hgv"; text NULL for any other key. */
static struct word qualifier_of(const char *key)
{
    const size_t n = sizeof type_word - 1;
    if (strncmp(key, type_word, n) != 0 || (key[n] != '\0' && key[n] != ':'))
        return (struct word){NULL, 0};
    const char *rest = key + n + (key[n] == ':');
    return (struct word){rest, strlen(rest)};
}

static bool is_conditional(struct word qualifier)
{
    static const char ending[] = "conditional";
    const size_t n = sizeof ending - 1;
    return qualifier.n >= n && memcmp(qualifier.text + qualifier.n - n, ending, n) == 0 &&
           (qualifier.n == n || qualifier.text[qualifier.n - n - 1] == ':');
}

bool xd_restriction_is(struct xd_osm_tags tags)
{
    const char *type = xd_osm_tag_value(tags, "type");
    return type && qualifier_of(type).text;
}

/* One word of restriction:conditional; "none" and "no" let off. */
static bool take_rule(const char *text, uint16_t *rule)
{
    const struct word word = {text, strlen(text)};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(kinds); i++)
        if (word_is(word, kinds[i].word)) {
            *rule = (uint16_t)kinds[i].rule;
            return true;
        }
    *rule = XD_TURN_RULES_N;
    return word_is(word, "none") || word_is(word, "no");
}

/* The key of "hgv" in restriction:hgv:conditional, XD_KEY_VEHICLE of none; -1 for vehicles that none of ours is. */
static int conditional_key(struct word qualifier, struct word of_type)
{
    const size_t ending_n = strlen("conditional");
    const struct word own = {qualifier.text, qualifier.n > ending_n ? qualifier.n - ending_n - 1 : 0};
    const struct word word = own.n > 0 ? own : of_type;
    if (!word.text || word.n == 0)
        return XD_KEY_VEHICLE;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(vehicles); i++)
        if (word_is(word, vehicles[i].word))
            return (int)vehicles[i].key;
    return -1;
}

/* The conditional tags, from general to special keys. */
static void take_conditions(struct xd_osm_tags tags, struct word of_type, struct xd_clauses *clauses, struct xd_road_doubts *doubts)
{
    for (int key = 0; key < XD_ACCESS_KEYS_N; key++)
        for (int32_t i = 0; i < tags.items_n; i++) {
            const struct word qualifier = qualifier_of(tags.items[i].key);
            struct xd_clause_doubts found = {0};
            if (!qualifier.text || !is_conditional(qualifier) || conditional_key(qualifier, of_type) != key)
                continue;
            xd_clauses_read(tags.items[i].value, (struct xd_clause){.kind = XD_CLAUSE_TURN, .which = (uint8_t)key}, take_rule, clauses, &found);
            xd_road_conditions_doubt(&found, doubts);
        }
    xd_clauses_end(clauses);
}

/* Whether there are tags for others, and such with conditions. */
struct told {
    bool others, conditional;
};

/* What holds without a condition. */
static struct told take_rules(struct xd_osm_tags tags, struct word of_type, struct xd_restriction_tags *made)
{
    struct told told = {.conditional = of_type.text && is_conditional(of_type)};
    for (int32_t i = 0; i < tags.items_n; i++) {
        struct word qualifier = qualifier_of(tags.items[i].key);
        if (!qualifier.text)
            continue;
        if (is_conditional(qualifier)) {
            told.conditional = true;
            continue;
        }
        if (qualifier.n == 0 && of_type.text)
            qualifier = of_type;
        const uint16_t keys = qualifier.n == 0 ? 1 << XD_KEY_VEHICLE : vehicle_keys(qualifier);
        const bool known = take_kinds(tags.items[i].value, keys, made);
        told.others = told.others || (known && keys == 0);
    }
    return told;
}

enum xd_restriction_drop xd_restriction_decode(struct xd_osm_tags tags, struct xd_restriction_tags *restriction, struct xd_clauses *clauses,
                                               struct xd_road_doubts *doubts)
{
    static const char *const hours[] = {"hour_on", "hour_off", "day_on", "day_off"};
    struct xd_restriction_tags made = {0};
    const char *type = xd_osm_tag_value(tags, "type");
    const struct word of_type = type ? qualifier_of(type) : (struct word){NULL, 0};
    struct told told = take_rules(tags, of_type, &made);
    clauses->n = 0;
    take_conditions(tags, of_type, clauses, doubts);
    for (int rule = 0; rule < XD_TURN_RULES_N; rule++) {
        bool has = made.keys[rule] != 0;
        for (int32_t i = 0; i < clauses->n; i++)
            has = has || clauses->items[i].value == rule;
        made.rules |= (uint8_t)(has ? 1 << rule : 0);
    }
    bool ours = made.rules != 0;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(hours); i++)
        if (xd_osm_tag_value(tags, hours[i])) {
            xd_road_doubt_add(doubts, XD_DOUBT_CONDITIONAL);
            told.conditional = true;
            ours = false;
        }
    if (!ours)
        return told.conditional ? XD_RESTRICTION_CONDITIONAL : told.others ? XD_RESTRICTION_OTHER_VEHICLES : XD_RESTRICTION_UNKNOWN_KIND;
    const char *except = xd_osm_tag_value(tags, "except");
    struct word word;
    while (except && next_word(&except, &word))
        made.except_keys |= vehicle_keys(word);
    *restriction = made;
    return XD_RESTRICTION_DROPS_N;
}

bool xd_restriction_lets_off(uint16_t except_keys, uint32_t access_keys)
{
    uint32_t lets_off = access_keys & (GENERAL | BUSES);
    for (uint32_t key = XD_ACCESS_KEYS_N; key-- > 0;)
        if (access_keys & 1U << key) {
            lets_off |= 1U << key;
            break;
        }
    return (except_keys & lets_off) != 0;
}

const char *xd_restriction_drop_name(enum xd_restriction_drop drop)
{
    static const char *const names[XD_RESTRICTION_DROPS_N] = {"unknown_kind",   "conditional", "other_vehicles", "no_via",     "members",
                                                              "member_missing", "not_roads",   "not_meeting",    "over_limit", "repeated"};
    return (size_t)drop < XD_RESTRICTION_DROPS_N ? names[drop] : "none";
}
