/* Tags of ways -> speed of each vehicle, in drawing order and against it: class, surface, smoothness, grades, ferries, and what is no road. */
#include "tests/harness/road_map.h"
#include "tests/profiles/profile_suites.h"
#include "tests/profiles/road_table.h"

#include <stdio.h>

/* clang-format off: one row a line
   tri mini ev tru ree bus foot */
static const struct road_case by_class[] = {
    {" 0 60 70 70 70 60  0", "highway=motorway", NOBODY},
    {" 0 60 70 70 70 60  0", "highway=motorway_link", NULL},
    {"30 60 60 60 60 60  5", "highway=trunk", NULL},
    {"30 60 60 60 60 60  5", "highway=trunk_link", NULL},
    {"30 50 50 50 50 50  5", "highway=primary", NULL},
    {"30 40 40 40 40 40  5", "highway=secondary", NULL},
    {"30 32 32 32 32 32  5", "highway=tertiary", NULL},
    {"30 32 32 32 32 32  5", "highway=tertiary_link", NULL},
    {"25 25 25 25 25 25  5", "highway=unclassified", NULL}, /* village roads */
    {"25 25 25 25 25 25  5", "highway=road", NULL},
    {RESIDENTIAL, "highway=residential", NULL},
    {"12 12 12 12 12 12  5", "highway=living_street", NULL},
    {"15 15 15 15 15 15  5", "highway=service", NULL},
    {"10 10 10 10 10 10  5", "highway=track", NULL},
    {" 0  0  0  0  0  0  4", "highway=path", NULL},
    {" 0  0  0  0  0  0  4", "highway=footway", NULL},
    {" 0  0  0  0  0  0  4", "highway=steps", NULL},
    {" 0  0  0  0  0  0  4", "highway=pedestrian", NULL},
    {" 0  0  0  0  0  0  4", "highway=cycleway", NULL},
    {" 0  0  0  0  0 25  5", "highway=busway", NULL},
    {" 0 60 60 60 60 60  0", "highway=trunk, motorroad=yes", NULL},
    {"30 60 60 60 60 60  5", "highway=trunk, motorroad=no", NULL},
};

static const struct road_case by_surface[] = {
    {"30 60 60 60 60 60  5", "highway=trunk, surface=asphalt", NULL},
    {"30 60 60 60 60 60  5", "highway=trunk, surface=concrete", NULL},
    {"30 60 60 50 50 50  5", "highway=trunk, surface=concrete:plates", NULL},
    {"20 30 30 25 25 25  5", "highway=trunk, surface=sett", NULL},
    {"25 40 40 35 35 35  5", "highway=trunk, surface=compacted", NULL},
    {"20 30 30 25 25 25  5", "highway=trunk, surface=gravel", NULL},
    {"20 30 30 25 25 25  5", "highway=trunk, surface=unpaved", NULL},
    {"15 25 25 20 20 20  5", "highway=trunk, surface=dirt", NULL},
    {"15 25 25 20 20 20  5", "highway=trunk, surface=laterite", NULL},
    {" 8 10  8  8  8  8  5", "highway=trunk, surface=mud", NULL},
    {TRUNK, "highway=trunk, surface=水泥", NULL},
    {"20 30 30 25 25 25  5", "highway=trunk, surface=砂石", NULL},
    {"15 25 25 20 20 20  5", "highway=trunk, surface=土路", NULL},
    {"20 30 30 25 25 25  5", "highway=trunk, surface=Gravel", NULL}, /* in any case of letters */
    {"20 30 30 25 25 25  5", "highway=trunk, surface=asphalt；gravel", NULL},
    {"20 30 30 25 25 25  5", "highway=trunk, surface=tartan;gravel", NULL},
    {"20 30 30 25 25 25  5", "highway=trunk, surface=asphalt;gravel", NULL}, /* the worst of a list */
    {"20 30 30 25 25 25  5", "highway=trunk, surface=gravel; asphalt", NULL},
    {"30 60 60 60 60 60  5", "highway=trunk, surface=tartan", NULL}, /* unknown words cap nothing */
    {"10 10 10 10 10 10  5", "highway=track, surface=gravel", NULL}, /* a cap never raises */
    {" 8 10  8  8  8  8  5", "highway=track, surface=mud", NULL},
};

static const struct road_case by_smoothness[] = {
    {"30 60 60 60 60 60  5", "highway=trunk, smoothness=excellent", NULL},
    {"30 60 60 60 60 60  5", "highway=trunk, smoothness=good", NULL},
    {"30 60 60 50 50 50  5", "highway=trunk, smoothness=intermediate", NULL},
    {"20 30 30 25 25 25  5", "highway=trunk, smoothness=bad", NULL},
    {"12 15 12 12 12 12  5", "highway=trunk, smoothness=very_bad", NULL},
    {" 6  8  6  6  6  0  5", "highway=trunk, smoothness=horrible", NULL},
    {" 0  5  0  0  0  0  5", "highway=trunk, smoothness=very_horrible", NULL},
    {ON_FOOT, "highway=trunk, smoothness=impassable", NULL},
    {ON_FOOT, "highway=track, impassable=yes", NULL},
    {ON_FOOT, "highway=track, passable=no", NULL},
    {"10 10 10 10 10 10  5", "highway=track, passable=yes", NULL},
};

static const struct road_case by_grade[] = {
    {"30 40 40 40 40 40  5", "highway=primary, tracktype=grade1", NULL},
    {"30 30 30 30 30 30  5", "highway=primary, tracktype=grade2", NULL},
    {RESIDENTIAL, "highway=primary, tracktype=grade3", NULL},
    {"12 12 12 12 12 12  5", "highway=primary, tracktype=grade4", NULL},
    {" 8  8  8  8  8  8  5", "highway=primary, tracktype=grade5", NULL},
    {"10 10 10 10 10 10  5", "highway=track, tracktype=grade1", NULL},
    {" 8  8  8  8  8  8  5", "highway=track, tracktype=grade5", NULL},
    {" 8  8  8  8  8  8  5", "highway=track, tracktype=grade2;grade5", NULL},
    {"30 60 60 60 60 60  5", "highway=trunk, highway:CN=2", NULL},
    {"30 40 40 40 40 40  5", "highway=trunk, highway:CN=3", NULL},
    {"30 40 40 40 40 40  5", "highway=trunk, highway:CN=三级", NULL},
    {"30 30 30 30 30 30  5", "highway=trunk, highway:CN=4", NULL},
    {"15 15 15 15 15 15  5", "highway=trunk, highway:CN=等外", NULL},
    {"30 60 60 60 60 60  5", "highway=trunk, highway:CN=0", NULL},
    {"30 60 60 60 60 60  5", "highway=trunk, highway:CN=1", NULL},
    {"30 30 30 30 30 30  5", "highway=trunk, highway:CN=3;4", NULL}, /* the worst of a list */
    {"30 60 60 60 60 60  5", "highway=trunk, highway:CN=7", NULL},
    {"30 40 40 40 40 40  5", "highway=trunk, highway:CN=county", NULL},
    {"30 30 30 30 30 30  5", "highway=trunk, highway:CN=乡道", NULL},
    {"30 30 30 30 30 30  5", "highway=trunk, china_class=village", NULL},
    {"30 40 40 40 40 40  5", "highway=trunk, highway:CN=3, china_class=village", NULL},
    {"12 12 12 12 12 12  5", "highway=tertiary, highway:CN=3, surface=gravel, tracktype=grade4", NULL}, /* the least of all */
};

static const struct road_case by_ferry[] = {
    {"10 10 10 10 10 10 10", "route=ferry", NULL},
    {"10 10 10 10 10 10 10", "route=ferry, motor_vehicle=yes", NULL},
    {" 0  0  0  0  0  0 10", "route=ferry, motor_vehicle=no", NULL},
    {" 0  0  0  0  0  0 10", "route=ferry, foot=yes", NULL},
    {" 0  0  0  0  0  0 10", "route=ferry, foot=yes, bicycle=yes", NULL},
    {"10 10 10 10 10 10 10", "route=ferry, foot=yes, motorcar=yes", NULL},
    {"10 10 10  0  0 10 10", "route=ferry, hgv=no", NULL},
    {"10* 10* 10* 10* 10* 10* 10*", "route=ferry, access=private", NULL},
    {"10 10 10 10 10 10 10", "route=ferry, oneway=yes", " 0  0  0  0  0  0 10"},
    {"10 10  0  0  0  0 10", "route=ferry, maxweight=2", NULL},
    {"10 10 10  0  0  0 10", "route=ferry, maxlength=5", NULL},
    {"10 10 10 10 10 10 10", "route=ferry, width=2, surface=mud, maxspeed=5", NULL}, /* caps are for roads */
    {RESIDENTIAL, "highway=residential, route=ferry", NULL},                         /* a road is a road */
};
/* clang-format on */

static void classes_have_their_speeds_and_tracks_and_village_roads_are_used(void)
{
    ROAD_TABLE_CHECK(by_class);
}

static void surfaces_cap_the_speed(void)
{
    ROAD_TABLE_CHECK(by_surface);
}

static void smoothness_caps_or_closes(void)
{
    ROAD_TABLE_CHECK(by_smoothness);
}

static void track_grades_and_chinese_grades_cap_and_the_least_counts(void)
{
    ROAD_TABLE_CHECK(by_grade);
}

static void ferries_take_who_is_told(void)
{
    ROAD_TABLE_CHECK(by_ferry);
}

static int32_t ferry_duration(const char *text)
{
    struct road_map_tags tags;
    struct xd_road road = {0};
    return xd_road_decode(road_map_tags(text, &tags), &road, NULL, NULL) ? road.duration_s : -1;
}

static void ferries_take_the_time_that_they_tell(void)
{
    CU_ASSERT_EQUAL(ferry_duration("route=ferry, duration=00:25"), 1500);
    CU_ASSERT_EQUAL(ferry_duration("route=ferry, duration=00:25:30"), 1530);
    CU_ASSERT_EQUAL(ferry_duration("route=ferry, duration=PT25M"), 1500);
    CU_ASSERT_EQUAL(ferry_duration("route=ferry, duration=25"), 1500);
    CU_ASSERT_EQUAL(ferry_duration("route=ferry, duration=soon"), 0);
    CU_ASSERT_EQUAL(ferry_duration("route=ferry"), 0);
    CU_ASSERT_EQUAL(ferry_duration("highway=residential, duration=00:25"), 0);
}

static void what_is_not_there_or_no_line_is_no_road(void)
{
    static const char *const tags[] = {"highway=proposed",
                                       "highway=construction, construction=primary",
                                       "highway=residential, area=yes",
                                       "highway=pedestrian, area=yes",
                                       "route=ferry, area=yes",
                                       "highway=track, abandoned=yes",
                                       "highway=track, disused=yes",
                                       "highway=service, proposed=yes",
                                       "highway=platform",
                                       "highway=raceway",
                                       "highway=no",
                                       "route=bus",
                                       "building=yes",
                                       "name=路"};
    static const char *const roads[] = {"highway=residential, area=no", "highway=track, disused=no", "highway=tertiary, proposed=secondary"};
    struct road_map_tags one;
    struct xd_road road;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(tags); i++) {
        bool is_road = xd_road_decode(road_map_tags(tags[i], &one), &road, NULL, NULL);
        if (is_road)
            fprintf(stderr, "%s: taken as a road\n", tags[i]);
        CU_ASSERT(!is_road);
    }
    for (size_t i = 0; i < XD_ARRAY_LENGTH(roads); i++)
        CU_ASSERT(xd_road_decode(road_map_tags(roads[i], &one), &road, NULL, NULL));
    CU_ASSERT(!xd_road_decode((struct xd_osm_tags){0}, &road, NULL, NULL));
}

static void names_are_what_people_call_the_road(void)
{
    static const struct {
        const char *tags, *name;
    } rows[] = {
        {"name=中山路, name:zh=甲, ref=X034", "中山路"},
        {"name:zh=中山路, official_name=乙, ref=X034", "中山路"},
        {"official_name=中山大道, ref=X034", "中山大道"},
        {"ref=X034;Y012", "X034;Y012"},
        {"name:en=Sun Road", "Sun Road"},
        {"name=, ref=C123", "C123"},
        {"highway=track", ""},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        struct road_map_tags tags;
        CU_ASSERT_STRING_EQUAL(xd_road_name(road_map_tags(rows[i].tags, &tags)), rows[i].name);
    }
}

static const struct xd_test_case cases[] = {
    {"classes_have_their_speeds_and_tracks_and_village_roads_are_used", classes_have_their_speeds_and_tracks_and_village_roads_are_used},
    {"surfaces_cap_the_speed", surfaces_cap_the_speed},
    {"smoothness_caps_or_closes", smoothness_caps_or_closes},
    {"track_grades_and_chinese_grades_cap_and_the_least_counts", track_grades_and_chinese_grades_cap_and_the_least_counts},
    {"ferries_take_who_is_told", ferries_take_who_is_told},
    {"ferries_take_the_time_that_they_tell", ferries_take_the_time_that_they_tell},
    {"what_is_not_there_or_no_line_is_no_road", what_is_not_there_or_no_line_is_no_road},
    {"names_are_what_people_call_the_road", names_are_what_people_call_the_road},
};
const struct xd_test_suite xd_suite_profile_roads = {"profile_roads", cases, XD_ARRAY_LENGTH(cases)};
