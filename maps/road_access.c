#include "maps/road_access.h"

#include "maps/road_value.h"

#include <string.h>

static const struct {
    const char *word;
    uint8_t access;
} access_words[] = {
    {"yes", XD_ACCESS_YES},
    {"true", XD_ACCESS_YES},
    {"1", XD_ACCESS_YES},
    {"permissive", XD_ACCESS_YES},
    {"designated", XD_ACCESS_YES},
    {"official", XD_ACCESS_YES},
    {"public", XD_ACCESS_YES},
    {"allowed", XD_ACCESS_YES},
    {"destination", XD_ACCESS_DESTINATION},
    {"delivery", XD_ACCESS_DESTINATION},
    {"customers", XD_ACCESS_DESTINATION},
    {"local", XD_ACCESS_DESTINATION},
    {"discouraged", XD_ACCESS_DESTINATION},
    {"private", XD_ACCESS_PRIVATE},
    {"permit", XD_ACCESS_PRIVATE},
    {"residents", XD_ACCESS_PRIVATE},
    {"restricted", XD_ACCESS_PRIVATE},
    {"no", XD_ACCESS_NO},
    {"false", XD_ACCESS_NO},
    {"0", XD_ACCESS_NO},
    {"agricultural", XD_ACCESS_NO},
    {"forestry", XD_ACCESS_NO},
    {"emergency", XD_ACCESS_NO},
    {"military", XD_ACCESS_NO},
    {"use_sidepath", XD_ACCESS_NO},
};

static uint8_t access_word(const char *word, size_t n)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(access_words); i++)
        if (strlen(access_words[i].word) == n && memcmp(access_words[i].word, word, n) == 0)
            return access_words[i].access;
    return XD_ACCESS_UNSET;
}

static uint8_t access_value(const char *value)
{
    uint8_t most_open = XD_ACCESS_UNSET;
    while (value && *value) {
        size_t n = strcspn(value, ";");
        size_t start = strspn(value, " ");
        if (start < n) {
            size_t end = n;
            while (end > start && value[end - 1] == ' ')
                end--;
            uint8_t access = access_word(value + start, end - start);
            if (access != XD_ACCESS_UNSET && (most_open == XD_ACCESS_UNSET || access < most_open))
                most_open = access;
        }
        value += n;
        value += *value == ';';
    }
    return most_open;
}

/* In the order in which they are looked at: the first that tells something fills its key. */
static const struct {
    const char *key;
    enum xd_access_key access_key;
} access_keys[] = {
    {"access", XD_KEY_ACCESS},     {"vehicle", XD_KEY_VEHICLE}, {"motor_vehicle", XD_KEY_MOTOR_VEHICLE},
    {"motorcar", XD_KEY_MOTORCAR}, {"goods", XD_KEY_GOODS},     {"hgv", XD_KEY_HGV},
    {"bus", XD_KEY_BUS},           {"psv", XD_KEY_BUS},         {"foot", XD_KEY_FOOT},
};

void xd_road_access_decode(struct xd_osm_tags tags, uint8_t access[XD_ACCESS_KEYS_N])
{
    memset(access, XD_ACCESS_UNSET, XD_ACCESS_KEYS_N);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(access_keys); i++)
        if (access[access_keys[i].access_key] == XD_ACCESS_UNSET)
            access[access_keys[i].access_key] = access_value(xd_osm_tag_value(tags, access_keys[i].key));
}

static uint16_t lesser_told(uint16_t a, uint16_t b)
{
    return a == 0 ? b : b == 0 || a < b ? a : b;
}

struct xd_road_limits xd_road_limits_decode(struct xd_osm_tags tags)
{
    return (struct xd_road_limits){
        .maxweight_100kg = lesser_told(xd_road_value_weight_100kg(xd_osm_tag_value(tags, "maxweight")),
                                       xd_road_value_weight_100kg(xd_osm_tag_value(tags, "maxweightrating"))),
        .maxheight_cm = lesser_told(xd_road_value_length_cm(xd_osm_tag_value(tags, "maxheight")),
                                    xd_road_value_length_cm(xd_osm_tag_value(tags, "maxheight:physical"))),
        .maxwidth_cm = lesser_told(xd_road_value_length_cm(xd_osm_tag_value(tags, "maxwidth")),
                                   xd_road_value_length_cm(xd_osm_tag_value(tags, "maxwidth:physical"))),
    };
}

/* Barriers that a vehicle cannot pass unless tags open them. People on foot pass all of them, unless foot=no or access=no. Gates, lift gates, toll
 * booths, cattle grids, entrances, height restrictors and unknown words bar nobody by themselves. */
static const char *const closed_barriers[] = {
    "bollard",     "block",         "jersey_barrier", "log",         "debris",         "chain", "planter",  "cycle_barrier", "motorcycle_barrier",
    "stile",       "turnstile",     "kissing_gate",   "wicket_gate", "wall",           "fence", "hedge",    "ditch",         "full-height_turnstile",
    "horse_stile", "barrier_board", "guard_rail",     "city_wall",   "retaining_wall", "rope",  "bus_trap", "sump_buster",   "yes",
    "tank_trap",   "delineators",
};

static bool value_is(struct xd_osm_tags tags, const char *key, const char *value)
{
    const char *found = xd_osm_tag_value(tags, key);
    return found && strcmp(found, value) == 0;
}

static bool bars_vehicles(struct xd_osm_tags tags, const char *barrier)
{
    if (value_is(tags, "locked", "yes"))
        return true;
    if (strcmp(barrier, "kerb") == 0)
        return value_is(tags, "kerb", "raised");
    if (strcmp(barrier, "bollard") == 0 && value_is(tags, "bollard", "rising"))
        return false;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(closed_barriers); i++)
        if (strcmp(barrier, closed_barriers[i]) == 0)
            return true;
    return false;
}

bool xd_road_barrier_decode(struct xd_osm_tags tags, struct xd_road_barrier *barrier)
{
    const char *kind = xd_osm_tag_value(tags, "barrier");
    if (!kind || strcmp(kind, "no") == 0)
        return false;
    struct xd_road_barrier made = {0};
    xd_road_access_decode(tags, made.access);
    /* Tags of access say more than the kind of barrier. */
    if (made.access[XD_KEY_ACCESS] == XD_ACCESS_UNSET && made.access[XD_KEY_VEHICLE] == XD_ACCESS_UNSET && bars_vehicles(tags, kind)) {
        made.access[XD_KEY_VEHICLE] = XD_ACCESS_NO;
        /* These are built so that buses pass. */
        if (made.access[XD_KEY_BUS] == XD_ACCESS_UNSET && (strcmp(kind, "bus_trap") == 0 || strcmp(kind, "sump_buster") == 0))
            made.access[XD_KEY_BUS] = XD_ACCESS_YES;
    }
    struct xd_road_limits limits = xd_road_limits_decode(tags);
    made.maxweight_100kg = limits.maxweight_100kg;
    made.maxheight_cm = limits.maxheight_cm;
    made.maxwidth_cm = limits.maxwidth_cm;
    bool bars = limits.maxweight_100kg || limits.maxheight_cm || limits.maxwidth_cm;
    for (int key = 0; key < XD_ACCESS_KEYS_N; key++)
        bars = bars || made.access[key] == XD_ACCESS_PRIVATE || made.access[key] == XD_ACCESS_NO;
    if (bars)
        *barrier = made;
    return bars;
}
