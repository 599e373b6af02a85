/* Ways by tables: each tag that matters is one row. What a table does not know is as if it were not tagged. */
#include "maps/road.h"

#include "maps/road_access.h"
#include "maps/road_value.h"

#include <string.h>

struct word {
    const char *word;
    int value;
};

/* The value of word in a table, or `otherwise`. */
static int look_up(const struct word *table, size_t table_n, const char *word, int otherwise)
{
    for (size_t i = 0; word && i < table_n; i++)
        if (strcmp(table[i].word, word) == 0)
            return table[i].value;
    return otherwise;
}

#define LOOK_UP(table, word, otherwise) look_up(table, XD_ARRAY_LENGTH(table), word, otherwise)

static const struct word classes[] = {
    {"motorway", XD_ROAD_MOTORWAY},
    {"trunk", XD_ROAD_TRUNK},
    {"primary", XD_ROAD_PRIMARY},
    {"secondary", XD_ROAD_SECONDARY},
    {"tertiary", XD_ROAD_TERTIARY},
    {"unclassified", XD_ROAD_UNCLASSIFIED},
    {"road", XD_ROAD_UNCLASSIFIED},
    {"busway", XD_ROAD_UNCLASSIFIED},
    {"residential", XD_ROAD_RESIDENTIAL},
    {"living_street", XD_ROAD_LIVING_STREET},
    {"service", XD_ROAD_SERVICE},
    {"track", XD_ROAD_TRACK},
    {"path", XD_ROAD_PATH},
    {"footway", XD_ROAD_PATH},
    {"bridleway", XD_ROAD_PATH},
    {"pedestrian", XD_ROAD_PATH},
    {"steps", XD_ROAD_PATH},
    {"cycleway", XD_ROAD_PATH},
};

static const struct word link_classes[] = {
    {"motorway_link", XD_ROAD_MOTORWAY},   {"trunk_link", XD_ROAD_TRUNK},       {"primary_link", XD_ROAD_PRIMARY},
    {"secondary_link", XD_ROAD_SECONDARY}, {"tertiary_link", XD_ROAD_TERTIARY},
};

static const struct word surfaces[] = {
    {"paved", XD_SURFACE_PAVED},
    {"asphalt", XD_SURFACE_PAVED},
    {"concrete", XD_SURFACE_PAVED},
    {"chipseal", XD_SURFACE_PAVED},
    {"concrete:plates", XD_SURFACE_CONCRETE_PLATES},
    {"concrete:lanes", XD_SURFACE_CONCRETE_PLATES},
    {"paving_stones", XD_SURFACE_CONCRETE_PLATES},
    {"bricks", XD_SURFACE_CONCRETE_PLATES},
    {"brick", XD_SURFACE_CONCRETE_PLATES},
    {"metal", XD_SURFACE_CONCRETE_PLATES},
    {"wood", XD_SURFACE_CONCRETE_PLATES},
    {"cobblestone", XD_SURFACE_COBBLE},
    {"cobblestone:flattened", XD_SURFACE_COBBLE},
    {"unhewn_cobblestone", XD_SURFACE_COBBLE},
    {"sett", XD_SURFACE_COBBLE},
    {"stone", XD_SURFACE_COBBLE},
    {"compacted", XD_SURFACE_COMPACTED},
    {"fine_gravel", XD_SURFACE_COMPACTED},
    {"grass_paver", XD_SURFACE_COMPACTED},
    {"unpaved", XD_SURFACE_GRAVEL},
    {"gravel", XD_SURFACE_GRAVEL},
    {"pebblestone", XD_SURFACE_GRAVEL},
    {"rock", XD_SURFACE_GRAVEL},
    {"dirt", XD_SURFACE_DIRT},
    {"earth", XD_SURFACE_DIRT},
    {"ground", XD_SURFACE_DIRT},
    {"soil", XD_SURFACE_DIRT},
    {"clay", XD_SURFACE_DIRT},
    {"laterite", XD_SURFACE_DIRT},
    {"grass", XD_SURFACE_DIRT},
    {"sand", XD_SURFACE_DIRT},
    {"mud", XD_SURFACE_MUD},
    {"snow", XD_SURFACE_MUD},
    {"ice", XD_SURFACE_MUD},
};

static const struct word smoothnesses[] = {
    {"excellent", 1}, {"good", 2},     {"intermediate", 3},  {"bad", 4},
    {"very_bad", 5},  {"horrible", 6}, {"very_horrible", 7}, {"impassable", XD_SMOOTHNESS_IMPASSABLE},
};

static const struct word track_grades[] = {{"grade1", 1}, {"grade2", 2}, {"grade3", 3}, {"grade4", 4}, {"grade5", 5}};

/* The grades by number and in words; below them the administrative ranks, by the grade that such roads in the hills commonly have (assumed). */
static const struct word china_grades[] = {
    {"0", XD_ROAD_CN_EXPRESSWAY},     {"expressway", XD_ROAD_CN_EXPRESSWAY}, {"高速", XD_ROAD_CN_EXPRESSWAY},    {"高速公路", XD_ROAD_CN_EXPRESSWAY},
    {"1", XD_ROAD_CN_GRADE_1},        {"first", XD_ROAD_CN_GRADE_1},         {"一级", XD_ROAD_CN_GRADE_1},       {"一级公路", XD_ROAD_CN_GRADE_1},
    {"2", XD_ROAD_CN_GRADE_2},        {"second", XD_ROAD_CN_GRADE_2},        {"二级", XD_ROAD_CN_GRADE_2},       {"二级公路", XD_ROAD_CN_GRADE_2},
    {"3", XD_ROAD_CN_GRADE_3},        {"third", XD_ROAD_CN_GRADE_3},         {"三级", XD_ROAD_CN_GRADE_3},       {"三级公路", XD_ROAD_CN_GRADE_3},
    {"4", XD_ROAD_CN_GRADE_4},        {"fourth", XD_ROAD_CN_GRADE_4},        {"四级", XD_ROAD_CN_GRADE_4},       {"四级公路", XD_ROAD_CN_GRADE_4},
    {"等外", XD_ROAD_CN_UNGRADED},    {"等外公路", XD_ROAD_CN_UNGRADED},     {"ungraded", XD_ROAD_CN_UNGRADED},  {"substandard", XD_ROAD_CN_UNGRADED},
    {"national", XD_ROAD_CN_GRADE_2}, {"国道", XD_ROAD_CN_GRADE_2},          {"provincial", XD_ROAD_CN_GRADE_2}, {"省道", XD_ROAD_CN_GRADE_2},
    {"county", XD_ROAD_CN_GRADE_3},   {"县道", XD_ROAD_CN_GRADE_3},          {"township", XD_ROAD_CN_GRADE_4},   {"乡道", XD_ROAD_CN_GRADE_4},
    {"village", XD_ROAD_CN_GRADE_4},  {"村道", XD_ROAD_CN_GRADE_4},
};

/* A way with one of these set to yes is not there (yet, any more), or is no line. */
static const char *const gone_keys[] = {"area", "proposed", "abandoned", "disused", "razed", "demolished", "removed", "planned"};

static bool is_yes(const char *value)
{
    return value && strcmp(value, "no") != 0 && strcmp(value, "false") != 0 && strcmp(value, "0") != 0;
}

static bool is_gone(struct xd_osm_tags tags)
{
    /* A value that describes something else ("proposed=residential") tells of a plan for a road that is there. */
    for (size_t i = 0; i < XD_ARRAY_LENGTH(gone_keys); i++) {
        const char *value = xd_osm_tag_value(tags, gone_keys[i]);
        if (value && (strcmp(value, "yes") == 0 || strcmp(value, "true") == 0 || strcmp(value, "1") == 0))
            return true;
    }
    return false;
}

/* The worst of a ";" list: the vehicle has to pass all of it. */
static uint8_t worst_of_list(const struct word *table, size_t table_n, const char *value)
{
    int worst = 0;
    while (value && *value) {
        size_t n = strcspn(value, ";");
        char one[32];
        size_t start = strspn(value, " ");
        if (start < n && n - start < sizeof one) {
            memcpy(one, value + start, n - start);
            one[n - start] = '\0';
            for (size_t end = n - start; end > 0 && one[end - 1] == ' '; end--)
                one[end - 1] = '\0';
            int found = look_up(table, table_n, one, 0);
            if (found > worst)
                worst = found;
        }
        value += n;
        value += *value == ';';
    }
    return (uint8_t)worst;
}

/* 1, -1 or 0; CLOSED for lanes whose direction changes by the hour; UNTOLD for anything else. */
enum { ONEWAY_CLOSED = 2, ONEWAY_UNTOLD = 3 };

static const struct word oneways[] = {
    {"yes", 1},
    {"true", 1},
    {"1", 1},
    {"-1", -1},
    {"reverse", -1},
    {"no", 0},
    {"false", 0},
    {"0", 0},
    /* One lane, used in turns: open both ways. */
    {"alternating", 0},
    /* Which way it is open is not in the map: no plan may rest on it. */
    {"reversible", ONEWAY_CLOSED},
};

static int oneway_of(struct xd_osm_tags tags, const char *const *keys, size_t keys_n)
{
    for (size_t i = 0; i < keys_n; i++) {
        int oneway = LOOK_UP(oneways, xd_osm_tag_value(tags, keys[i]), ONEWAY_UNTOLD);
        if (oneway != ONEWAY_UNTOLD)
            return oneway;
    }
    return ONEWAY_UNTOLD;
}

/* "motor_vehicle:backward=no" is a one-way street by another name. */
static bool is_barred_one_way(struct xd_osm_tags tags, const char *const *keys, size_t keys_n)
{
    for (size_t i = 0; i < keys_n; i++) {
        const char *value = xd_osm_tag_value(tags, keys[i]);
        if (value && strcmp(value, "no") == 0)
            return true;
    }
    return false;
}

static void decode_oneway(struct xd_osm_tags tags, struct xd_road *road)
{
    static const char *const general[] = {"oneway:motor_vehicle", "oneway:vehicle", "oneway"};
    static const char *const for_buses[] = {"oneway:bus", "oneway:psv"};
    static const char *const forward[] = {"motor_vehicle:forward", "vehicle:forward", "access:forward"};
    static const char *const backward[] = {"motor_vehicle:backward", "vehicle:backward", "access:backward"};
    int oneway = oneway_of(tags, general, XD_ARRAY_LENGTH(general));
    if (oneway == ONEWAY_UNTOLD) {
        bool is_implied = (road->flags & XD_ROAD_ROUNDABOUT) || (road->road_class == XD_ROAD_MOTORWAY && !(road->flags & XD_ROAD_LINK));
        oneway = is_implied ? 1 : 0;
    }
    if (oneway == ONEWAY_CLOSED) {
        for (int key = XD_KEY_VEHICLE; key <= XD_KEY_BUS; key++)
            road->access[key] = XD_ACCESS_NO;
        oneway = 0;
    }
    if (oneway == 0 && is_barred_one_way(tags, backward, XD_ARRAY_LENGTH(backward)))
        oneway = 1;
    else if (oneway == 0 && is_barred_one_way(tags, forward, XD_ARRAY_LENGTH(forward)))
        oneway = -1;
    int bus = oneway_of(tags, for_buses, XD_ARRAY_LENGTH(for_buses));
    road->oneway = (int8_t)oneway;
    road->oneway_bus = (int8_t)(bus == ONEWAY_UNTOLD || bus == ONEWAY_CLOSED ? oneway : bus);
}

static void decode_flags(struct xd_osm_tags tags, struct xd_road *road)
{
    static const struct {
        const char *key;
        uint8_t flag;
    } yes_flags[] = {{"bridge", XD_ROAD_BRIDGE},     {"tunnel", XD_ROAD_TUNNEL},        {"toll", XD_ROAD_TOLL},
                     {"seasonal", XD_ROAD_SEASONAL}, {"winter_road", XD_ROAD_SEASONAL}, {"motorroad", XD_ROAD_MOTORROAD}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(yes_flags); i++)
        if (is_yes(xd_osm_tag_value(tags, yes_flags[i].key)))
            road->flags |= yes_flags[i].flag;
    const char *junction = xd_osm_tag_value(tags, "junction");
    if (junction && (strcmp(junction, "roundabout") == 0 || strcmp(junction, "circular") == 0))
        road->flags |= XD_ROAD_ROUNDABOUT;
}

static void decode_quality(struct xd_osm_tags tags, struct xd_road *road)
{
    road->surface = worst_of_list(surfaces, XD_ARRAY_LENGTH(surfaces), xd_osm_tag_value(tags, "surface"));
    road->smoothness = worst_of_list(smoothnesses, XD_ARRAY_LENGTH(smoothnesses), xd_osm_tag_value(tags, "smoothness"));
    const char *passable = xd_osm_tag_value(tags, "passable");
    if (is_yes(xd_osm_tag_value(tags, "impassable")) || (passable && !is_yes(passable)))
        road->smoothness = XD_SMOOTHNESS_IMPASSABLE;
    road->track_grade = worst_of_list(track_grades, XD_ARRAY_LENGTH(track_grades), xd_osm_tag_value(tags, "tracktype"));
    /* China's mappers write the grade as highway:CN; china_class, made for places, is met on roads with the same words. */
    road->china_grade = (uint8_t)LOOK_UP(china_grades, xd_osm_tag_value(tags, "highway:CN"), XD_ROAD_CN_NONE);
    if (road->china_grade == XD_ROAD_CN_NONE)
        road->china_grade = (uint8_t)LOOK_UP(china_grades, xd_osm_tag_value(tags, "china_class"), XD_ROAD_CN_NONE);
}

static void decode_speeds(struct xd_osm_tags tags, struct xd_road *road)
{
    uint8_t both = xd_road_value_speed_kmh(xd_osm_tag_value(tags, "maxspeed"));
    uint8_t forward = xd_road_value_speed_kmh(xd_osm_tag_value(tags, "maxspeed:forward"));
    uint8_t backward = xd_road_value_speed_kmh(xd_osm_tag_value(tags, "maxspeed:backward"));
    road->maxspeed_forward_kmh = forward ? forward : both;
    road->maxspeed_backward_kmh = backward ? backward : both;
}

/* A boat that is only told to take people on foot or bicycles takes no cars. */
static void decode_ferry_access(struct xd_osm_tags tags, struct xd_road *road)
{
    bool cars_told = false;
    for (int key = XD_KEY_ACCESS; key <= XD_KEY_BUS; key++)
        cars_told = cars_told || road->access[key] != XD_ACCESS_UNSET;
    if (!cars_told && (is_yes(xd_osm_tag_value(tags, "foot")) || is_yes(xd_osm_tag_value(tags, "bicycle"))))
        road->access[XD_KEY_VEHICLE] = XD_ACCESS_NO;
}

bool xd_road_decode(struct xd_osm_tags tags, struct xd_road *road)
{
    const char *highway = xd_osm_tag_value(tags, "highway");
    const char *route = xd_osm_tag_value(tags, "route");
    struct xd_road made = {0};
    int link = LOOK_UP(link_classes, highway, -1);
    int road_class = LOOK_UP(classes, highway, link);
    if (road_class < 0 && !highway && route && strcmp(route, "ferry") == 0)
        road_class = XD_ROAD_FERRY;
    if (road_class < 0 || is_gone(tags))
        return false;
    made.road_class = (uint8_t)road_class;
    made.flags = link >= 0 ? XD_ROAD_LINK : 0;
    decode_flags(tags, &made);
    xd_road_access_decode(tags, made.access);
    if (highway && strcmp(highway, "busway") == 0) {
        if (made.access[XD_KEY_MOTOR_VEHICLE] == XD_ACCESS_UNSET)
            made.access[XD_KEY_MOTOR_VEHICLE] = XD_ACCESS_NO;
        if (made.access[XD_KEY_BUS] == XD_ACCESS_UNSET)
            made.access[XD_KEY_BUS] = XD_ACCESS_YES;
    }
    if (road_class == XD_ROAD_FERRY) {
        decode_ferry_access(tags, &made);
        made.ferry_duration_s = xd_road_value_duration_s(xd_osm_tag_value(tags, "duration"));
    }
    decode_oneway(tags, &made);
    decode_quality(tags, &made);
    decode_speeds(tags, &made);
    struct xd_road_limits limits = xd_road_limits_decode(tags);
    made.maxweight_100kg = limits.maxweight_100kg;
    made.maxheight_cm = limits.maxheight_cm;
    made.maxwidth_cm = limits.maxwidth_cm;
    *road = made;
    return true;
}
