/* Tags of ways -> speed of each vehicle, in drawing order and against it. 0 = may not or cannot. */
#include "maps/profile.h"
#include "tests/harness/road_map.h"
#include "tests/profiles/profile_suites.h"

#include <stdio.h>
#include <string.h>

enum { VEHICLES_N = 7 };

struct road_case {
    const char *forward; /* km/h of tricycle, minivan, ev_van, light_truck, reefer, bus, walking */
    const char *tags;
    const char *backward; /* NULL: as forward */
};

#define NOBODY " 0  0  0  0  0  0  0"
#define ON_FOOT " 0  0  0  0  0  0  5"
#define RESIDENTIAL "20 20 20 20 20 20  5"

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
    {"30 40 40 40 40 40  5", "highway=trunk, highway:CN=county", NULL},
    {"30 30 30 30 30 30  5", "highway=trunk, highway:CN=乡道", NULL},
    {"30 30 30 30 30 30  5", "highway=trunk, china_class=village", NULL},
    {"30 40 40 40 40 40  5", "highway=trunk, highway:CN=3, china_class=village", NULL},
    {"12 12 12 12 12 12  5", "highway=tertiary, highway:CN=3, surface=gravel, tracktype=grade4", NULL}, /* the least of all */
};

static const struct road_case by_maxspeed[] = {
    {"30 40 40 40 40 40  5", "highway=trunk, maxspeed=40", NULL},
    {"30 40 40 40 40 40  5", "highway=trunk, maxspeed=40 km/h", NULL},
    {"24 24 24 24 24 24  5", "highway=trunk, maxspeed=15 mph", NULL}, /* 24.14 */
    {"30 50 50 50 50 50  5", "highway=trunk, maxspeed=CN:urban", NULL},
    {"30 60 60 60 60 60  5", "highway=trunk, maxspeed=none", NULL},
    {" 6  6  6  6  6  6  5", "highway=trunk, maxspeed=walk", NULL},
    {RESIDENTIAL, "highway=residential, maxspeed=80", NULL},     /* a limit never raises */
    {" 3  3  3  3  3  3  5", "highway=trunk, maxspeed=3", NULL}, /* no limit for people */
    {"30 40 40 40 40 40  5", "highway=trunk, maxspeed=60;40", NULL},
    {"30 60 60 60 60 60  5", "highway=trunk, maxspeed=fast", NULL},
    {RESIDENTIAL, "highway=trunk, maxspeed:forward=20", "30 60 60 60 60 60  5"},
    {"30 40 40 40 40 40  5", "highway=trunk, maxspeed=40, maxspeed:backward=20", RESIDENTIAL},
};

static const struct road_case by_oneway[] = {
    {RESIDENTIAL, "highway=residential, oneway=yes", ON_FOOT},
    {RESIDENTIAL, "highway=residential, oneway=true", ON_FOOT},
    {RESIDENTIAL, "highway=residential, oneway=1", ON_FOOT},
    {ON_FOOT, "highway=residential, oneway=-1", RESIDENTIAL},
    {ON_FOOT, "highway=residential, oneway=reverse", RESIDENTIAL},
    {RESIDENTIAL, "highway=residential, oneway=no", NULL},
    {RESIDENTIAL, "highway=residential, oneway=false", NULL},
    {RESIDENTIAL, "highway=residential, oneway=0", NULL},
    {RESIDENTIAL, "highway=residential, oneway=alternating", NULL},
    {ON_FOOT, "highway=residential, oneway=reversible", NULL},
    {RESIDENTIAL, "highway=residential, oneway=maybe", NULL},
    {RESIDENTIAL, "highway=residential, junction=roundabout", ON_FOOT},
    {RESIDENTIAL, "highway=residential, junction=circular", ON_FOOT},
    {ON_FOOT, "highway=residential, junction=roundabout, oneway=-1", RESIDENTIAL},
    {RESIDENTIAL, "highway=residential, junction=roundabout, oneway=no", NULL},
    {RESIDENTIAL, "highway=residential, junction=yes", NULL},
    {" 0 60 70 70 70 60  0", "highway=motorway, oneway=no", NULL},
    {NOBODY, "highway=motorway, oneway=-1", " 0 60 70 70 70 60  0"},
    {" 0 60 70 70 70 60  0", "highway=motorway_link, oneway=yes", NOBODY},
    {RESIDENTIAL, "highway=residential, oneway=yes, oneway:bus=no", " 0  0  0  0  0 20  5"},
    {RESIDENTIAL, "highway=residential, oneway=yes, oneway:psv=no", " 0  0  0  0  0 20  5"},
    {"20 20 20 20 20  0  5", "highway=residential, oneway=yes, oneway:bus=-1", " 0  0  0  0  0 20  5"},
    {RESIDENTIAL, "highway=residential, oneway:bus=yes", "20 20 20 20 20  0  5"},
    {RESIDENTIAL, "highway=residential, oneway=yes, oneway:bicycle=no", ON_FOOT},
    {RESIDENTIAL, "highway=residential, oneway=yes, oneway:vehicle=no", NULL},
    {RESIDENTIAL, "highway=residential, oneway=no, oneway:motor_vehicle=yes", ON_FOOT},
    {RESIDENTIAL, "highway=residential, motor_vehicle:backward=no", ON_FOOT},
    {ON_FOOT, "highway=residential, vehicle:forward=no", RESIDENTIAL},
    {RESIDENTIAL, "highway=residential, oneway=yes, oneway:conditional=no @ (08:00-10:00)", ON_FOOT},
};

static const struct road_case by_access[] = {
    {RESIDENTIAL, "highway=residential, access=yes", NULL},
    {RESIDENTIAL, "highway=residential, access=permissive", NULL},
    {NOBODY, "highway=residential, access=no", NULL},
    {NOBODY, "highway=residential, access=private", NULL},
    {RESIDENTIAL, "highway=residential, access=destination", NULL},
    {RESIDENTIAL, "highway=residential, access=delivery", NULL},
    {RESIDENTIAL, "highway=residential, access=customers", NULL},
    {NOBODY, "highway=residential, access=agricultural", NULL},
    {NOBODY, "highway=residential, access=forestry", NULL},
    {RESIDENTIAL, "highway=residential, access=unknown", NULL},
    {ON_FOOT, "highway=residential, access=no, foot=yes", NULL},
    {"20 20 20 20 20 20  0", "highway=residential, foot=no", NULL},
    {ON_FOOT, "highway=residential, vehicle=no", NULL},
    {ON_FOOT, "highway=residential, motor_vehicle=no", NULL},
    {ON_FOOT, "highway=residential, motor_vehicle=private", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle=destination", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle=delivery", NULL},
    {"20  0  0  0  0 20  5", "highway=residential, motorcar=no", NULL},
    {"20 20  0  0  0 20  5", "highway=residential, goods=no", NULL},
    {"20 20 20  0  0 20  5", "highway=residential, hgv=no", NULL},
    {RESIDENTIAL, "highway=residential, hgv=destination", NULL},
    {"20 20 20 20 20  0  5", "highway=residential, bus=no", NULL},
    {"20 20 20 20 20  0  5", "highway=residential, psv=no", NULL},
    {RESIDENTIAL, "highway=residential, bus=yes, psv=no", NULL},
    /* the most special key decides: hgv > goods > motorcar > motor_vehicle > vehicle > access */
    {"20 20  0 20 20 20  5", "highway=residential, goods=no, hgv=yes", NULL},
    {"20  0 20 20 20 20  5", "highway=residential, motorcar=no, goods=yes", NULL},
    {" 0  0 20 20 20  0  5", "highway=residential, motor_vehicle=no, goods=yes", NULL},
    {" 0  0  0 20 20  0  5", "highway=residential, motor_vehicle=no, hgv=yes", NULL},
    {" 0  0  0  0  0 20  5", "highway=residential, motor_vehicle=no, bus=yes", NULL},
    {" 0  0  0  0  0 20  5", "highway=residential, motor_vehicle=no, psv=designated", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle=yes, vehicle=no", NULL},
    {"20 20 20 20 20 20  0", "highway=residential, vehicle=yes, access=no", NULL},
    {"20 20 20 20 20 20  0", "highway=residential, access=no, motor_vehicle=yes", NULL},
    {" 0  0 20 20 20  0  0", "highway=residential, access=private, goods=delivery", NULL},
    {RESIDENTIAL, "highway=residential, bicycle=no, horse=no", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle=no;destination", NULL}, /* of a list the most open */
    {ON_FOOT, "highway=residential, motor_vehicle=agricultural;forestry", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle:conditional=no @ (Mo-Fr)", NULL},
    {" 0  0  0  0  0  0  4", "highway=path, motor_vehicle=yes", NULL},
};

static const struct road_case by_size[] = {
    {"20 20 20  0  0  0  5", "highway=residential, maxweight=3.5", NULL},
    {"20 20 20 20 20  0  5", "highway=residential, maxweight=4.5", NULL}, /* at the limit */
    {"20 20 20  0  0  0  5", "highway=residential, maxweight=4.4 t", NULL},
    {"20 20  0  0  0  0  5", "highway=residential, maxweight=2000 kg", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, maxweightrating=3.5", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, maxweight=10, maxweightrating=3.5", NULL},
    {RESIDENTIAL, "highway=residential, maxweight=none", NULL},
    {"20 20 20 20  0 20  5", "highway=residential, maxheight=3.2", NULL},
    {RESIDENTIAL, "highway=residential, maxheight=default", NULL},
    {"20 20  0  0  0  0  5", "highway=residential, maxheight=7'", NULL}, /* 213 cm */
    {"20 20  0  0  0  0  5", "highway=residential, maxheight:physical=2", NULL},
    {"20 20 20 20  0 20  5", "highway=residential, maxwidth=2.2", NULL},
    {"20  0  0  0  0  0  5", "highway=residential, maxwidth=1.5", NULL},
};

static const struct road_case by_ferry[] = {
    {"10 10 10 10 10 10 10", "route=ferry", NULL},
    {"10 10 10 10 10 10 10", "route=ferry, motor_vehicle=yes", NULL},
    {" 0  0  0  0  0  0 10", "route=ferry, motor_vehicle=no", NULL},
    {" 0  0  0  0  0  0 10", "route=ferry, foot=yes", NULL},
    {" 0  0  0  0  0  0 10", "route=ferry, foot=yes, bicycle=yes", NULL},
    {"10 10 10 10 10 10 10", "route=ferry, foot=yes, motorcar=yes", NULL},
    {"10 10 10  0  0 10 10", "route=ferry, hgv=no", NULL},
    {NOBODY, "route=ferry, access=private", NULL},
    {"10 10 10 10 10 10 10", "route=ferry, oneway=yes", " 0  0  0  0  0  0 10"},
    {"10 10  0  0  0  0 10", "route=ferry, maxweight=2", NULL},
};
/* clang-format on */

static void compare(const struct road_case *one, const struct xd_road *road, int direction, const char *expected)
{
    int kmh[VEHICLES_N];
    char found[64];
    char wanted[64];
    int32_t profiles_n;
    const struct xd_profile *profiles = xd_profiles(&profiles_n);
    CU_ASSERT_EQUAL_FATAL(profiles_n, VEHICLES_N);
    CU_ASSERT_EQUAL_FATAL(sscanf(expected, "%d%d%d%d%d%d%d", &kmh[0], &kmh[1], &kmh[2], &kmh[3], &kmh[4], &kmh[5], &kmh[6]), VEHICLES_N);
    for (size_t i = 0, a = 0, b = 0; i < VEHICLES_N; i++) {
        a += (size_t)snprintf(found + a, sizeof found - a, "%d ", (int)xd_profile_speed_kmh(&profiles[i], road, direction));
        b += (size_t)snprintf(wanted + b, sizeof wanted - b, "%d ", kmh[i]);
    }
    if (strcmp(found, wanted) != 0)
        fprintf(stderr, "%s (%s)\n  expected %s\n  found    %s\n", one->tags, direction > 0 ? "forward" : "backward", wanted, found);
    CU_ASSERT_STRING_EQUAL(found, wanted);
}

static void check_all(const struct road_case *rows, size_t rows_n)
{
    for (size_t i = 0; i < rows_n; i++) {
        struct road_map_tags tags;
        struct xd_road road;
        bool is_road = xd_road_decode(road_map_tags(rows[i].tags, &tags), &road);
        if (!is_road)
            fprintf(stderr, "%s: no road\n", rows[i].tags);
        CU_ASSERT(is_road);
        if (!is_road)
            continue;
        compare(&rows[i], &road, 1, rows[i].forward);
        compare(&rows[i], &road, -1, rows[i].backward ? rows[i].backward : rows[i].forward);
    }
}

static void classes_have_their_speeds_and_tracks_and_village_roads_are_used(void)
{
    check_all(by_class, XD_ARRAY_LENGTH(by_class));
}

static void surfaces_cap_the_speed(void)
{
    check_all(by_surface, XD_ARRAY_LENGTH(by_surface));
}

static void smoothness_caps_or_closes(void)
{
    check_all(by_smoothness, XD_ARRAY_LENGTH(by_smoothness));
}

static void track_grades_and_chinese_grades_cap_and_the_least_counts(void)
{
    check_all(by_grade, XD_ARRAY_LENGTH(by_grade));
}

static void speed_limits_cap_each_direction(void)
{
    check_all(by_maxspeed, XD_ARRAY_LENGTH(by_maxspeed));
}

static void one_way_roads_are_closed_against_their_direction(void)
{
    check_all(by_oneway, XD_ARRAY_LENGTH(by_oneway));
}

static void the_most_special_access_key_decides(void)
{
    check_all(by_access, XD_ARRAY_LENGTH(by_access));
}

static void what_is_too_heavy_high_or_wide_may_not_pass(void)
{
    check_all(by_size, XD_ARRAY_LENGTH(by_size));
}

static void ferries_take_who_is_told(void)
{
    check_all(by_ferry, XD_ARRAY_LENGTH(by_ferry));
}

static void what_is_not_there_or_no_line_is_no_road(void)
{
    static const char *const tags[] = {"highway=proposed",
                                       "highway=construction, construction=primary",
                                       "highway=residential, area=yes",
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
        bool is_road = xd_road_decode(road_map_tags(tags[i], &one), &road);
        if (is_road)
            fprintf(stderr, "%s: taken as a road\n", tags[i]);
        CU_ASSERT(!is_road);
    }
    for (size_t i = 0; i < XD_ARRAY_LENGTH(roads); i++)
        CU_ASSERT(xd_road_decode(road_map_tags(roads[i], &one), &road));
    CU_ASSERT(!xd_road_decode((struct xd_osm_tags){0}, &road));
}

static const struct xd_test_case cases[] = {
    {"classes_have_their_speeds_and_tracks_and_village_roads_are_used", classes_have_their_speeds_and_tracks_and_village_roads_are_used},
    {"surfaces_cap_the_speed", surfaces_cap_the_speed},
    {"smoothness_caps_or_closes", smoothness_caps_or_closes},
    {"track_grades_and_chinese_grades_cap_and_the_least_counts", track_grades_and_chinese_grades_cap_and_the_least_counts},
    {"speed_limits_cap_each_direction", speed_limits_cap_each_direction},
    {"one_way_roads_are_closed_against_their_direction", one_way_roads_are_closed_against_their_direction},
    {"the_most_special_access_key_decides", the_most_special_access_key_decides},
    {"what_is_too_heavy_high_or_wide_may_not_pass", what_is_too_heavy_high_or_wide_may_not_pass},
    {"ferries_take_who_is_told", ferries_take_who_is_told},
    {"what_is_not_there_or_no_line_is_no_road", what_is_not_there_or_no_line_is_no_road},
};
const struct xd_test_suite xd_suite_profile_roads = {"profile_roads", cases, XD_ARRAY_LENGTH(cases)};
