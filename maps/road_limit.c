#include "maps/road_limit.h"

#include "base/macros.h"
#include "maps/road_value.h"

#include <string.h>

enum { DM_MAX = 255 };

static uint16_t lesser_told(uint16_t a, uint16_t b)
{
    return a == 0 ? b : b == 0 || a < b ? a : b;
}

/* ---- limits ---- */

static const struct {
    const char *keys[XD_LIMIT_GROUPS_N]; /* NULL: what stands in the way, whoever comes */
    bool is_weight;
    size_t offset;
} limit_keys[XD_LIMIT_KEYS_N] = {
#define LIMIT(key, is_weight, field)                                                                                                                 \
    {                                                                                                                                                \
        {key, key ":goods", key ":hgv"}, is_weight, offsetof(struct xd_road_limits, field)                                                           \
    }
    [XD_LIMIT_WEIGHT] = LIMIT("maxweight", true, maxweight_100kg),
    [XD_LIMIT_WEIGHT_RATING] = LIMIT("maxweightrating", true, maxweight_100kg),
    [XD_LIMIT_TRAIN_WEIGHT] = LIMIT("maxgcweight", true, maxweight_100kg), /* of the whole train: our vehicles draw none */
    [XD_LIMIT_TRAIN_WEIGHT_RATING] = LIMIT("maxgcweightrating", true, maxweight_100kg),
    [XD_LIMIT_AXLE_LOAD] = LIMIT("maxaxleload", true, maxaxleload_100kg),
    [XD_LIMIT_HEIGHT] = LIMIT("maxheight", false, maxheight_cm),
    [XD_LIMIT_WIDTH] = LIMIT("maxwidth", false, maxwidth_cm),
    [XD_LIMIT_LENGTH] = LIMIT("maxlength", false, maxlength_cm),
    [XD_LIMIT_HEIGHT_PHYSICAL] = {{"maxheight:physical", NULL, NULL}, false, offsetof(struct xd_road_limits, maxheight_cm)},
    [XD_LIMIT_WIDTH_PHYSICAL] = {{"maxwidth:physical", NULL, NULL}, false, offsetof(struct xd_road_limits, maxwidth_cm)},
};

const char *xd_road_limit_name(enum xd_limit_key key, enum xd_limit_group group)
{
    return limit_keys[key].keys[group];
}

uint16_t *xd_road_limit_at(struct xd_road_limits *limits, enum xd_limit_key key)
{
    return (uint16_t *)(void *)((char *)limits + limit_keys[key].offset);
}

uint16_t xd_road_limit_value(enum xd_limit_key key, const char *value, bool *unread)
{
    return limit_keys[key].is_weight ? xd_road_value_weight_100kg(value, unread) : xd_road_value_length_cm(value, unread);
}

/* Most ways tell no limit: the many keys need not be looked for. */
static bool any_limit_tag(struct xd_osm_tags tags)
{
    for (int32_t i = 0; i < tags.items_n; i++)
        if (strncmp(tags.items[i].key, "max", 3) == 0 && strncmp(tags.items[i].key, "maxspeed", 8) != 0)
            return true;
    return false;
}

static bool any_speed_tag(struct xd_osm_tags tags)
{
    for (int32_t i = 0; i < tags.items_n; i++)
        if (strncmp(tags.items[i].key, "maxspeed", 8) == 0)
            return true;
    return false;
}

void xd_road_limits_decode(struct xd_osm_tags tags, struct xd_road_limits *limits, struct xd_road_doubts *doubts)
{
    memset(limits, 0, XD_LIMIT_GROUPS_N * sizeof *limits);
    if (!any_limit_tag(tags))
        return;
    for (int i = 0; i < XD_LIMIT_KEYS_N; i++) {
        uint16_t told = 0;
        for (int group = 0; group < XD_LIMIT_GROUPS_N; group++) {
            uint16_t *limit = xd_road_limit_at(&limits[group], (enum xd_limit_key)i);
            const char *key = limit_keys[i].keys[group];
            const char *value = key ? xd_osm_tag_value(tags, key) : NULL;
            bool unread = false;
            if (key)
                told = xd_road_limit_value((enum xd_limit_key)i, value, &unread);
            if (unread)
                xd_road_doubt_add(doubts, XD_DOUBT_LIMIT);
            if (key || *limit > 0)
                *limit = lesser_told(*limit, told);
        }
    }
}

bool xd_road_limits_any(const struct xd_road_limits *limits)
{
    for (int group = 0; group < XD_LIMIT_GROUPS_N; group++)
        if (limits[group].maxweight_100kg || limits[group].maxaxleload_100kg || limits[group].maxheight_cm || limits[group].maxwidth_cm ||
            limits[group].maxlength_cm)
            return true;
    return false;
}

/* ---- width ---- */

void xd_road_width_decode(struct xd_osm_tags tags, struct xd_road *road, struct xd_road_doubts *doubts)
{
    static const struct {
        const char *key;
        bool is_estimated;
    } keys[] = {{"width:carriageway", false}, {"width", false}, {"est_width", true}};
    bool unread = false;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(keys) && road->width_dm == 0; i++) {
        const int dm = xd_road_value_length_cm(xd_osm_tag_value(tags, keys[i].key), &unread) / 10;
        road->width_dm = (uint8_t)(dm < DM_MAX ? dm : DM_MAX);
        if (dm > 0 && keys[i].is_estimated)
            road->flags |= XD_ROAD_WIDTH_ESTIMATED;
    }
    road->lanes_n = xd_road_value_lanes(xd_osm_tag_value(tags, "lanes"), &unread);
    if (unread)
        xd_road_doubt_add(doubts, XD_DOUBT_WIDTH);
}

/* ---- speed ---- */

static uint8_t speed_of(const char *value, struct xd_road_doubts *doubts)
{
    bool unread = false;
    const uint8_t kmh = xd_road_value_speed_kmh(value, &unread);
    if (unread)
        xd_road_doubt_add(doubts, XD_DOUBT_MAXSPEED);
    return kmh;
}

/* What is told for a direction goes before what is told for both. */
static void both_directions(struct xd_osm_tags tags, const char *const keys[3], uint8_t kmh[2], struct xd_road_doubts *doubts)
{
    const uint8_t both = speed_of(xd_osm_tag_value(tags, keys[0]), doubts);
    for (int d = 0; d < 2; d++) {
        const uint8_t one = speed_of(xd_osm_tag_value(tags, keys[1 + d]), doubts);
        kmh[d] = (uint8_t)lesser_told(kmh[d], one ? one : both);
    }
}

#define DIRECTIONS(key)                                                                                                                              \
    {                                                                                                                                                \
        key, key ":forward", key ":backward"                                                                                                         \
    }

void xd_road_speeds_decode(struct xd_osm_tags tags, struct xd_road *road, struct xd_road_doubts *doubts)
{
    static const char *const posted[XD_SPEED_GROUPS_N][3] = {
        [XD_SPEED_ALL] = DIRECTIONS("maxspeed"), [XD_SPEED_HGV] = DIRECTIONS("maxspeed:hgv"), [XD_SPEED_BUS] = DIRECTIONS("maxspeed:bus")};
    static const char *const advised[][3] = {DIRECTIONS("maxspeed:practical"), DIRECTIONS("maxspeed:advisory")};
    /* Where no number stands on the way, the zone that it lies in may. */
    static const char *const zones[] = {"maxspeed:type", "zone:maxspeed", "zone:traffic"};
    uint8_t *all = road->maxspeed_kmh[XD_SPEED_ALL];
    if (any_speed_tag(tags)) {
        for (int group = 0; group < XD_SPEED_GROUPS_N; group++)
            both_directions(tags, posted[group], road->maxspeed_kmh[group], doubts);
        for (size_t i = 0; i < XD_ARRAY_LENGTH(advised); i++)
            both_directions(tags, advised[i], road->advised_kmh, doubts);
    }
    for (size_t i = 0; i < XD_ARRAY_LENGTH(zones) && all[0] == 0 && all[1] == 0; i++) {
        bool unread = false; /* "sign" and other words of these keys tell where a limit comes from, not what it is */
        all[0] = all[1] = xd_road_value_speed_kmh(xd_osm_tag_value(tags, zones[i]), &unread);
    }
}
