/* Ways by tables: each tag that matters is one row. What a table does not know is as if it were not tagged, and counted. */
#include "maps/road.h"

#include "base/macros.h"
#include "maps/road_access.h"
#include "maps/road_conditions.h"
#include "maps/road_limit.h"
#include "maps/road_value.h"

#include <string.h>

static const struct xd_road_word classes[] = {
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

static const struct xd_road_word link_classes[] = {
    {"motorway_link", XD_ROAD_MOTORWAY},   {"trunk_link", XD_ROAD_TRUNK},       {"primary_link", XD_ROAD_PRIMARY},
    {"secondary_link", XD_ROAD_SECONDARY}, {"tertiary_link", XD_ROAD_TERTIARY},
};

static const struct xd_road_word surfaces[] = {
    {"paved", XD_SURFACE_PAVED},
    {"asphalt", XD_SURFACE_PAVED},
    {"concrete", XD_SURFACE_PAVED},
    {"chipseal", XD_SURFACE_PAVED},
    {"bitmac", XD_SURFACE_PAVED},
    {"tarmac", XD_SURFACE_PAVED},
    {"cement", XD_SURFACE_PAVED},
    {"沥青", XD_SURFACE_PAVED},
    {"柏油", XD_SURFACE_PAVED},
    {"水泥", XD_SURFACE_PAVED},
    {"混凝土", XD_SURFACE_PAVED},
    {"concrete:plates", XD_SURFACE_CONCRETE_PLATES},
    {"concrete:lanes", XD_SURFACE_CONCRETE_PLATES},
    {"paving_stones", XD_SURFACE_CONCRETE_PLATES},
    {"bricks", XD_SURFACE_CONCRETE_PLATES},
    {"brick", XD_SURFACE_CONCRETE_PLATES},
    {"paving_stones:lanes", XD_SURFACE_CONCRETE_PLATES},
    {"metal", XD_SURFACE_CONCRETE_PLATES},
    {"metal_grid", XD_SURFACE_CONCRETE_PLATES},
    {"wood", XD_SURFACE_CONCRETE_PLATES},
    {"cobblestone", XD_SURFACE_COBBLE},
    {"cobblestone:flattened", XD_SURFACE_COBBLE},
    {"unhewn_cobblestone", XD_SURFACE_COBBLE},
    {"sett", XD_SURFACE_COBBLE},
    {"stone", XD_SURFACE_COBBLE},
    {"pebbles", XD_SURFACE_COBBLE},
    {"compacted", XD_SURFACE_COMPACTED},
    {"fine_gravel", XD_SURFACE_COMPACTED},
    {"grass_paver", XD_SURFACE_COMPACTED},
    {"unpaved", XD_SURFACE_GRAVEL},
    {"gravel", XD_SURFACE_GRAVEL},
    {"pebblestone", XD_SURFACE_GRAVEL},
    {"rock", XD_SURFACE_GRAVEL},
    {"rocks", XD_SURFACE_GRAVEL},
    {"stones", XD_SURFACE_GRAVEL},
    {"crushed_limestone", XD_SURFACE_GRAVEL},
    {"碎石", XD_SURFACE_GRAVEL},
    {"砂石", XD_SURFACE_GRAVEL},
    {"砾石", XD_SURFACE_GRAVEL},
    {"dirt", XD_SURFACE_DIRT},
    {"earth", XD_SURFACE_DIRT},
    {"ground", XD_SURFACE_DIRT},
    {"soil", XD_SURFACE_DIRT},
    {"clay", XD_SURFACE_DIRT},
    {"laterite", XD_SURFACE_DIRT},
    {"grass", XD_SURFACE_DIRT},
    {"sand", XD_SURFACE_DIRT},
    {"woodchips", XD_SURFACE_DIRT},
    {"土路", XD_SURFACE_DIRT},
    {"泥土", XD_SURFACE_DIRT},
    {"mud", XD_SURFACE_MUD},
    {"snow", XD_SURFACE_MUD},
    {"ice", XD_SURFACE_MUD},
};

static const struct xd_road_word smoothnesses[] = {
    {"excellent", 1}, {"good", 2},     {"intermediate", 3},  {"bad", 4},
    {"very_bad", 5},  {"horrible", 6}, {"very_horrible", 7}, {"impassable", XD_SMOOTHNESS_IMPASSABLE},
};

static const struct xd_road_word track_grades[] = {{"grade1", 1}, {"grade2", 2}, {"grade3", 3}, {"grade4", 4}, {"grade5", 5}};

/* The grades by number and in words; below them the administrative ranks, by the grade that such roads in the hills commonly have (assumed). */
static const struct xd_road_word china_grades[] = {
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

/* A way with one of these set to yes is not there (yet, any more). */
static const char *const gone_keys[] = {"proposed", "abandoned", "disused", "razed", "demolished", "removed", "planned"};

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
static uint8_t worst_of_list(const struct xd_road_word *table, size_t table_n, const char *value, enum xd_road_doubt doubt,
                             struct xd_road_doubts *doubts)
{
    struct xd_road_words words;
    bool unread = false;
    int worst = 0;
    if (xd_road_words_begin(&words, value, &unread))
        for (const char *word = xd_road_words_next(&words); word; word = xd_road_words_next(&words)) {
            const int found = xd_road_word_find(table, table_n, word, 0);
            unread = unread || found == 0;
            worst = found > worst ? found : worst;
        }
    if (unread)
        xd_road_doubt_add(doubts, doubt);
    return (uint8_t)worst;
}

static void decode_flags(struct xd_osm_tags tags, struct xd_road *road)
{
    static const struct {
        const char *key;
        uint16_t flag;
    } yes_flags[] = {{"bridge", XD_ROAD_BRIDGE},     {"tunnel", XD_ROAD_TUNNEL},        {"toll", XD_ROAD_TOLL},
                     {"seasonal", XD_ROAD_SEASONAL}, {"winter_road", XD_ROAD_SEASONAL}, {"motorroad", XD_ROAD_MOTORROAD}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(yes_flags); i++)
        if (is_yes(xd_osm_tag_value(tags, yes_flags[i].key)))
            road->flags |= yes_flags[i].flag;
    const char *bridge = road->flags & XD_ROAD_BRIDGE ? xd_osm_tag_value(tags, "bridge") : NULL;
    if (bridge && (strcmp(bridge, "movable") == 0 || is_yes(xd_osm_tag_value(tags, "bridge:movable"))))
        road->flags |= XD_ROAD_MOVABLE;
    const char *side = xd_osm_tag_value(tags, "driving_side");
    if (side)
        road->flags |= strcmp(side, "left") == 0 ? XD_ROAD_LEFT_SIDE : strcmp(side, "right") == 0 ? XD_ROAD_RIGHT_SIDE : 0;
    const char *junction = xd_osm_tag_value(tags, "junction");
    if (junction && (strcmp(junction, "roundabout") == 0 || strcmp(junction, "circular") == 0))
        road->flags |= XD_ROAD_ROUNDABOUT;
}

static void decode_quality(struct xd_osm_tags tags, struct xd_road *road, struct xd_road_doubts *doubts)
{
    /* China's mappers write the grade as highway:CN; china_class, made for places, is met on roads with the same words. */
    static const char *const grade_keys[] = {"highway:CN", "china_class"};
    road->surface = worst_of_list(surfaces, XD_ARRAY_LENGTH(surfaces), xd_osm_tag_value(tags, "surface"), XD_DOUBT_SURFACE, doubts);
    road->smoothness = worst_of_list(smoothnesses, XD_ARRAY_LENGTH(smoothnesses), xd_osm_tag_value(tags, "smoothness"), XD_DOUBT_SMOOTHNESS, doubts);
    const char *passable = xd_osm_tag_value(tags, "passable");
    if (is_yes(xd_osm_tag_value(tags, "impassable")) || (passable && !is_yes(passable)))
        road->smoothness = XD_SMOOTHNESS_IMPASSABLE;
    road->track_grade = worst_of_list(track_grades, XD_ARRAY_LENGTH(track_grades), xd_osm_tag_value(tags, "tracktype"), XD_DOUBT_TRACKTYPE, doubts);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(grade_keys) && road->china_grade == XD_ROAD_CN_NONE; i++)
        road->china_grade =
            worst_of_list(china_grades, XD_ARRAY_LENGTH(china_grades), xd_osm_tag_value(tags, grade_keys[i]), XD_DOUBT_CHINA_GRADE, doubts);
}

/* A boat that is only told to take people on foot or bicycles takes no cars. */
static void decode_ferry(struct xd_osm_tags tags, struct xd_road *road)
{
    bool cars_told = false;
    for (int key = XD_KEY_ACCESS; key < XD_KEY_FOOT; key++)
        cars_told = cars_told || road->rules[key].forward != XD_ACCESS_UNSET || road->rules[key].backward != XD_ACCESS_UNSET;
    if (!cars_told && (is_yes(xd_osm_tag_value(tags, "foot")) || is_yes(xd_osm_tag_value(tags, "bicycle"))))
        road->rules[XD_KEY_VEHICLE].forward = road->rules[XD_KEY_VEHICLE].backward = XD_ACCESS_NO;
}

static void decode_duration(struct xd_osm_tags tags, struct xd_road *road, struct xd_road_doubts *doubts)
{
    bool unread = false;
    road->duration_s = xd_road_value_duration_s(xd_osm_tag_value(tags, "duration"), &unread);
    if (unread)
        xd_road_doubt_add(doubts, XD_DOUBT_DURATION);
}

/* Buses alone, unless the way says otherwise. */
static void decode_busway(struct xd_road *road)
{
    struct xd_road_rule *motor_vehicle = &road->rules[XD_KEY_MOTOR_VEHICLE], *psv = &road->rules[XD_KEY_PSV];
    if (motor_vehicle->forward == XD_ACCESS_UNSET)
        motor_vehicle->forward = motor_vehicle->backward = XD_ACCESS_NO;
    if (psv->forward == XD_ACCESS_UNSET)
        psv->forward = psv->backward = XD_ACCESS_YES;
}

bool xd_road_decode(struct xd_osm_tags tags, struct xd_road *road, struct xd_clauses *clauses, struct xd_road_doubts *doubts)
{
    const char *highway = xd_osm_tag_value(tags, "highway");
    const char *route = xd_osm_tag_value(tags, "route");
    const char *area = xd_osm_tag_value(tags, "area");
    struct xd_road made = {0};
    int link = highway ? XD_ROAD_WORD(link_classes, highway, -1) : -1;
    int road_class = highway ? XD_ROAD_WORD(classes, highway, link) : -1;
    if (!highway && route && strcmp(route, "ferry") == 0)
        road_class = XD_ROAD_FERRY;
    if (road_class < 0 || is_gone(tags))
        return false;
    if (is_yes(area)) {
        xd_road_doubt_add(doubts, XD_DOUBT_AREA);
        return false;
    }
    made.road_class = (uint8_t)road_class;
    made.flags = link >= 0 ? XD_ROAD_LINK : 0;
    decode_flags(tags, &made);
    xd_road_access_decode(tags, made.rules, doubts);
    if (highway && strcmp(highway, "busway") == 0)
        decode_busway(&made);
    if (road_class == XD_ROAD_FERRY)
        decode_ferry(tags, &made);
    if (road_class == XD_ROAD_FERRY || (made.flags & XD_ROAD_MOVABLE))
        decode_duration(tags, &made, doubts);
    const bool is_implied = (made.flags & XD_ROAD_ROUNDABOUT) || (road_class == XD_ROAD_MOTORWAY && link < 0);
    xd_road_oneway_decode(tags, is_implied, made.rules, doubts);
    decode_quality(tags, &made, doubts);
    xd_road_width_decode(tags, &made, doubts);
    xd_road_speeds_decode(tags, &made, doubts);
    xd_road_limits_decode(tags, made.limits, doubts);
    xd_road_conditions_decode(tags, clauses, doubts);
    *road = made;
    return true;
}

const char *xd_road_name(struct xd_osm_tags tags)
{
    static const char *const keys[] = {"name", "name:zh", "name:zh-Hans", "official_name", "ref", "name:en"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(keys); i++) {
        const char *value = xd_osm_tag_value(tags, keys[i]);
        if (value && value[0] != '\0')
            return value;
    }
    return "";
}
