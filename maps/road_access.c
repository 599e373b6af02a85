#include "maps/road_access.h"

#include "base/macros.h"
#include "maps/road_value.h"

#include <string.h>

enum { ACCESS_UNKNOWN = -1, ACCESS_FOR_BUSES = XD_ACCESS_NO + 1 };

#define NAMES(ending)                                                                                                                                \
    {                                                                                                                                                \
        [XD_KEY_ACCESS] = "access" ending, [XD_KEY_VEHICLE] = "vehicle" ending, [XD_KEY_MOTOR_VEHICLE] = "motor_vehicle" ending,                     \
        [XD_KEY_MOTORCAR] = "motorcar" ending, [XD_KEY_GOODS] = "goods" ending, [XD_KEY_HGV] = "hgv" ending, [XD_KEY_PSV] = "psv" ending,            \
        [XD_KEY_BUS] = "bus" ending, [XD_KEY_MINIBUS] = "minibus" ending, [XD_KEY_TOURIST_BUS] = "tourist_bus" ending, [XD_KEY_FOOT] = "foot" ending \
    }

const char *const xd_access_key_names[XD_ACCESS_KEYS_N] = NAMES("");
static const char *const forward_names[XD_ACCESS_KEYS_N] = NAMES(":forward");
static const char *const backward_names[XD_ACCESS_KEYS_N] = NAMES(":backward");

/* END_ONLY: what allows a visit to somebody who lives or works there, as a delivery is. agricultural and forestry allow the work on fields and in
 * woods alone, so that goods may not come that way. */
static const struct xd_road_word access_words[] = {
    {"yes", XD_ACCESS_YES},
    {"true", XD_ACCESS_YES},
    {"1", XD_ACCESS_YES},
    {"permissive", XD_ACCESS_YES},
    {"designated", XD_ACCESS_YES},
    {"official", XD_ACCESS_YES},
    {"public", XD_ACCESS_YES},
    {"allowed", XD_ACCESS_YES},
    {"destination", XD_ACCESS_END_ONLY},
    {"delivery", XD_ACCESS_END_ONLY},
    {"customers", XD_ACCESS_END_ONLY},
    {"private", XD_ACCESS_END_ONLY},
    {"permit", XD_ACCESS_END_ONLY},
    {"residents", XD_ACCESS_END_ONLY},
    {"restricted", XD_ACCESS_END_ONLY},
    {"local", XD_ACCESS_END_ONLY},
    {"discouraged", XD_ACCESS_END_ONLY},
    {"no", XD_ACCESS_NO},
    {"false", XD_ACCESS_NO},
    {"0", XD_ACCESS_NO},
    {"agricultural", XD_ACCESS_NO},
    {"forestry", XD_ACCESS_NO},
    {"emergency", XD_ACCESS_NO},
    {"military", XD_ACCESS_NO},
    {"use_sidepath", XD_ACCESS_NO},
    {"psv", ACCESS_FOR_BUSES},
    {"bus", ACCESS_FOR_BUSES},
    {"unknown", XD_ACCESS_UNSET},
    {"variable", XD_ACCESS_UNSET},
};

/* The most open word of a list; *for_buses where one of them is psv or bus, which closes to all others. */
static unsigned access_value(const char *value, bool *for_buses, struct xd_road_doubts *doubts)
{
    struct xd_road_words words;
    bool unread = false;
    unsigned most_open = XD_ACCESS_UNSET;
    if (xd_road_words_begin(&words, value, &unread))
        for (const char *word = xd_road_words_next(&words); word; word = xd_road_words_next(&words)) {
            int access = XD_ROAD_WORD(access_words, word, ACCESS_UNKNOWN);
            unread = unread || access == ACCESS_UNKNOWN;
            *for_buses = *for_buses || access == ACCESS_FOR_BUSES;
            access = access == ACCESS_FOR_BUSES ? XD_ACCESS_NO : access == ACCESS_UNKNOWN ? XD_ACCESS_UNSET : access;
            if (access != XD_ACCESS_UNSET && (most_open == XD_ACCESS_UNSET || (unsigned)access < most_open))
                most_open = (unsigned)access;
        }
    if (unread)
        xd_road_doubt_add(doubts, XD_DOUBT_ACCESS);
    return most_open;
}

/* Does the key begin with one that is obeyed, with an ending behind? */
static bool begins_with_obeyed(const char *key)
{
    if (strncmp(key, "oneway:", strlen("oneway:")) == 0 || strncmp(key, "max", strlen("max")) == 0)
        return true;
    for (int i = 0; i < XD_ACCESS_KEYS_N; i++) {
        const size_t n = strlen(xd_access_key_names[i]);
        if (strncmp(key, xd_access_key_names[i], n) == 0 && key[n] == ':')
            return true;
    }
    return false;
}

/* Most ways have no such tag: their other keys need not be looked for. */
static bool any_ending(struct xd_osm_tags tags)
{
    for (int32_t i = 0; i < tags.items_n; i++)
        if (strchr(tags.items[i].key, ':') && begins_with_obeyed(tags.items[i].key))
            return true;
    return false;
}

void xd_road_access_decode(struct xd_osm_tags tags, struct xd_road_rule *rules, struct xd_road_doubts *doubts)
{
    const bool has_endings = any_ending(tags);
    bool for_buses = false;
    for (int key = 0; key < XD_ACCESS_KEYS_N; key++) {
        rules[key].forward = rules[key].backward = access_value(xd_osm_tag_value(tags, xd_access_key_names[key]), &for_buses, doubts) & 3u;
        if (!has_endings)
            continue;
        const unsigned forward = access_value(xd_osm_tag_value(tags, forward_names[key]), &for_buses, doubts);
        const unsigned backward = access_value(xd_osm_tag_value(tags, backward_names[key]), &for_buses, doubts);
        if (forward != XD_ACCESS_UNSET)
            rules[key].forward = forward & 3u;
        if (backward != XD_ACCESS_UNSET)
            rules[key].backward = backward & 3u;
    }
    if (for_buses && rules[XD_KEY_PSV].forward == XD_ACCESS_UNSET && rules[XD_KEY_PSV].backward == XD_ACCESS_UNSET)
        rules[XD_KEY_PSV].forward = rules[XD_KEY_PSV].backward = XD_ACCESS_YES;
}

static const struct xd_road_word oneways[] = {
    {"yes", XD_ONEWAY_FORWARD},
    {"true", XD_ONEWAY_FORWARD},
    {"1", XD_ONEWAY_FORWARD},
    {"-1", XD_ONEWAY_BACKWARD},
    {"reverse", XD_ONEWAY_BACKWARD},
    {"no", XD_ONEWAY_NO},
    {"false", XD_ONEWAY_NO},
    {"0", XD_ONEWAY_NO},
    {"reversible", XD_ONEWAY_CLOSED},
    {"both", XD_ONEWAY_NO},
    {"alternate", XD_ONEWAY_ALTERNATING},
    {"alternating", XD_ONEWAY_ALTERNATING},
};

static unsigned oneway_value(const char *value, struct xd_road_doubts *doubts)
{
    int oneway = value ? XD_ROAD_WORD(oneways, value, -1) : XD_ONEWAY_UNSET;
    if (oneway < 0) {
        xd_road_doubt_add(doubts, XD_DOUBT_ONEWAY);
        oneway = XD_ONEWAY_UNSET;
    }
    return (unsigned)oneway;
}

void xd_road_oneway_decode(struct xd_osm_tags tags, bool is_implied, struct xd_road_rule *rules, struct xd_road_doubts *doubts)
{
    rules[XD_KEY_ACCESS].oneway = oneway_value(xd_osm_tag_value(tags, "oneway"), doubts) & 7u;
    if (rules[XD_KEY_ACCESS].oneway == XD_ONEWAY_UNSET && is_implied)
        rules[XD_KEY_ACCESS].oneway = XD_ONEWAY_FORWARD;
    for (int32_t i = 0; i < tags.items_n; i++) {
        const size_t n = strlen("oneway:");
        if (strncmp(tags.items[i].key, "oneway:", n) != 0)
            continue;
        for (int key = XD_KEY_ACCESS + 1; key < XD_ACCESS_KEYS_N; key++)
            if (strcmp(tags.items[i].key + n, xd_access_key_names[key]) == 0)
                rules[key].oneway = oneway_value(tags.items[i].value, doubts) & 7u;
    }
}

bool xd_road_access_word(const char *word, uint16_t *access)
{
    const int found = XD_ROAD_WORD(access_words, word, ACCESS_UNKNOWN);
    if (found == ACCESS_UNKNOWN || found == ACCESS_FOR_BUSES)
        return false;
    *access = (uint16_t)found;
    return true;
}

bool xd_road_oneway_word(const char *word, uint16_t *oneway)
{
    const int found = XD_ROAD_WORD(oneways, word, -1);
    *oneway = (uint16_t)(found < 0 ? XD_ONEWAY_UNSET : found);
    return found >= 0;
}

bool xd_road_access_is_end(const char *word)
{
    static const struct xd_road_word handling[] = {{"loading", 1}, {"unloading", 1}};
    return XD_ROAD_WORD(access_words, word, ACCESS_UNKNOWN) == XD_ACCESS_END_ONLY || XD_ROAD_WORD(handling, word, 0) == 1;
}
