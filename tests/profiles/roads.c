/* What tags mean to each vehicle: km/h along the drawing order and against it; 0 = closed. One row a case; base rows change one tag at a time. */
#include "maps/profile.h"
#include "tests/unit/maps_suites.h"

#include <stdio.h>
#include <string.h>

enum { TAGS_MAX = 8, NAME_MAX = 160 };

/* "highway=track surface=mud" as tags; "~" in a value is a blank. The text is cut in place. */
static struct xd_osm_tags tags_of(char *text, struct xd_osm_tag items[TAGS_MAX])
{
    struct xd_osm_tags tags = {.items = items};
    char *saved = NULL;
    for (char *word = strtok_r(text, " ", &saved); word && tags.items_n < TAGS_MAX; word = strtok_r(NULL, " ", &saved)) {
        char *value = strchr(word, '=');
        *value++ = '\0';
        for (char *c = value; *c; c++)
            *c = *c == '~' ? ' ' : *c;
        items[tags.items_n++] = (struct xd_osm_tag){word, value};
    }
    return tags;
}

struct case_row {
    const char *profile; /* "*" = all on wheels */
    const char *tags;    /* "~" is a blank within a value */
    int forward_kmh, backward_kmh;
};

static const struct case_row rows[] = {
    /* class speeds: DOMAIN's table, and the vehicle's own top speed */
    {"minivan", "highway=motorway", 60, 0},
    {"light_truck", "highway=motorway", 70, 0},
    {"tricycle", "highway=motorway", 0, 0},
    {"tricycle", "highway=motorway_link", 0, 0},
    {"light_truck", "highway=trunk", 60, 60},
    {"light_truck", "highway=trunk_link", 60, 60},
    {"light_truck", "highway=primary", 50, 50},
    {"light_truck", "highway=secondary", 40, 40},
    {"light_truck", "highway=tertiary", 32, 32},
    {"*", "highway=unclassified", 25, 25},
    {"*", "highway=road", 25, 25},
    {"*", "highway=residential", 20, 20},
    {"*", "highway=living_street", 12, 12},
    {"*", "highway=service", 15, 15},
    {"*", "highway=track", 10, 10},
    {"tricycle", "highway=primary", 30, 30},
    {"walking", "highway=primary", 5, 5},
    {"walking", "highway=motorway", 0, 0},
    {"*", "highway=path", 0, 0},
    {"*", "highway=footway", 0, 0},
    {"walking", "highway=footway", 4, 4},
    {"walking", "highway=steps", 4, 4},
    /* tracks and village roads are routable */
    {"*", "highway=track tracktype=grade1", 10, 10},
    {"minivan", "highway=track tracktype=grade4", 10, 10},
    {"*", "highway=track tracktype=grade5", 8, 8},
    {"reefer", "highway=unclassified tracktype=grade3", 20, 20},
    /* surface, smoothness */
    {"light_truck", "highway=primary surface=asphalt", 50, 50},
    {"light_truck", "highway=primary surface=gravel", 25, 25},
    {"minivan", "highway=primary surface=unpaved", 30, 30},
    {"minivan", "highway=primary surface=dirt", 25, 25},
    {"minivan", "highway=primary surface=asphalt;mud", 10, 10},
    {"minivan", "highway=primary surface=mud", 10, 10},
    {"minivan", "highway=primary surface=of~the~moon", 50, 50},
    {"light_truck", "highway=primary smoothness=bad", 25, 25},
    {"minivan", "highway=unclassified smoothness=very_horrible", 5, 5},
    {"light_truck", "highway=unclassified smoothness=very_horrible", 0, 0},
    {"*", "highway=unclassified smoothness=impassable", 0, 0},
    {"*", "highway=unclassified impassable=yes", 0, 0},
    /* China's technical grade, above and below what the class says */
    {"light_truck", "highway=secondary highway:CN=4", 30, 30},
    {"light_truck", "highway=secondary highway:CN=3", 40, 40},
    {"light_truck", "highway=trunk highway:CN=2", 60, 60},
    {"light_truck", "highway=unclassified highway:CN=2", 25, 25},
    {"light_truck", "highway=secondary highway:CN=等外", 15, 15},
    {"light_truck", "highway=secondary highway:CN=四级公路", 30, 30},
    {"light_truck", "highway=secondary highway:CN=township", 30, 30},
    /* maxspeed in its forms: a cap, never a promise */
    {"light_truck", "highway=primary maxspeed=30", 30, 30},
    {"light_truck", "highway=unclassified maxspeed=80", 25, 25},
    {"light_truck", "highway=primary maxspeed=20~mph", 32, 32},
    {"light_truck", "highway=primary maxspeed=30~km/h", 30, 30},
    {"light_truck", "highway=primary maxspeed=40;30", 30, 30},
    {"light_truck", "highway=primary maxspeed=none", 50, 50},
    {"light_truck", "highway=primary maxspeed=walk", 6, 6},
    {"light_truck", "highway=trunk maxspeed=CN:urban", 50, 50},
    {"light_truck", "highway=primary maxspeed=３０", 30, 30},
    {"light_truck", "highway=primary maxspeed=fast", 50, 50},
    {"light_truck", "highway=primary maxspeed:forward=20", 20, 50},
    {"light_truck", "highway=primary maxspeed=40 maxspeed:backward=20", 40, 20},
    {"walking", "highway=primary maxspeed=3", 5, 5},
    /* one-way in all its forms */
    {"*", "highway=residential oneway=yes", 20, 0},
    {"*", "highway=residential oneway=true", 20, 0},
    {"*", "highway=residential oneway=1", 20, 0},
    {"*", "highway=residential oneway=-1", 0, 20},
    {"*", "highway=residential oneway=reverse", 0, 20},
    {"*", "highway=residential oneway=no", 20, 20},
    {"*", "highway=residential oneway=alternating", 20, 20},
    {"*", "highway=residential oneway=reversible", 0, 0},
    {"*", "highway=residential junction=roundabout", 20, 0},
    {"*", "highway=residential junction=circular", 20, 0},
    {"*", "highway=residential junction=roundabout oneway=-1", 0, 20},
    {"minivan", "highway=motorway oneway=no", 60, 60},
    {"minivan", "highway=motorway_link", 60, 60},
    {"minivan", "highway=residential oneway=yes oneway:motor_vehicle=no", 20, 20},
    {"minivan", "highway=residential motor_vehicle:backward=no", 20, 0},
    {"minivan", "highway=residential vehicle:forward=no", 0, 20},
    {"minivan", "highway=residential oneway=yes oneway:bus=no", 20, 0},
    {"bus", "highway=residential oneway=yes oneway:bus=no", 20, 20},
    {"bus", "highway=residential oneway=yes oneway:psv=no", 20, 20},
    {"bus", "highway=residential oneway=yes", 20, 0},
    {"walking", "highway=residential oneway=yes", 5, 5},
    /* access: the most special key that is set decides */
    {"*", "highway=service access=no", 0, 0},
    {"*", "highway=service access=private", 0, 0},
    {"*", "highway=service access=permissive", 15, 15},
    {"*", "highway=service access=destination", 15, 15},
    {"*", "highway=service access=delivery", 15, 15},
    {"*", "highway=service access=customers", 15, 15},
    {"*", "highway=service access=private;destination", 15, 15},
    {"*", "highway=service access=no vehicle=yes", 15, 15},
    {"*", "highway=service vehicle=no motor_vehicle=yes", 15, 15},
    {"*", "highway=service access=yes motor_vehicle=no", 0, 0},
    {"walking", "highway=service motor_vehicle=no", 5, 5},
    {"walking", "highway=service access=no foot=yes", 5, 5},
    {"minivan", "highway=service motor_vehicle=no goods=yes", 0, 0},
    {"ev_van", "highway=service motor_vehicle=no goods=yes", 15, 15},
    {"light_truck", "highway=service motor_vehicle=no goods=yes", 15, 15},
    {"light_truck", "highway=service goods=yes hgv=no", 0, 0},
    {"ev_van", "highway=service goods=yes hgv=no", 15, 15},
    {"reefer", "highway=service motor_vehicle=no hgv=designated", 15, 15},
    {"bus", "highway=service motor_vehicle=no bus=yes", 15, 15},
    {"bus", "highway=service motor_vehicle=no psv=yes", 15, 15},
    {"minivan", "highway=service motor_vehicle=no bus=yes", 0, 0},
    {"tricycle", "highway=service motorcar=no", 15, 15},
    {"minivan", "highway=service motorcar=no", 0, 0},
    {"bus", "highway=busway", 25, 25},
    {"minivan", "highway=busway", 0, 0},
    {"*", "highway=track motor_vehicle=agricultural", 0, 0},
    {"*", "highway=track motor_vehicle=agricultural;destination", 10, 10},
    {"tricycle", "highway=trunk motorroad=yes", 0, 0},
    {"minivan", "highway=trunk motorroad=yes", 60, 60},
    /* limits with units, against the vehicle's own size */
    {"light_truck", "highway=service maxweight=3.5", 0, 0},
    {"minivan", "highway=service maxweight=3.5", 15, 15},
    {"light_truck", "highway=service maxweight=4500~kg", 15, 15},
    {"light_truck", "highway=service maxweight=4400~kg", 0, 0},
    {"light_truck", "highway=service maxweight=none", 15, 15},
    {"light_truck", "highway=service maxheight=3", 0, 0},
    {"light_truck", "highway=service maxheight=3.2~m", 15, 15},
    {"light_truck", "highway=service maxheight=10'6\"", 15, 15}, /* 3.20 m */
    {"light_truck", "highway=service maxheight=10'", 0, 0},
    {"light_truck", "highway=service maxheight=default", 15, 15},
    {"minivan", "highway=service maxwidth=1.6", 0, 0},
    {"tricycle", "highway=service maxwidth=1.6", 15, 15},
    /* ferries */
    {"*", "route=ferry", 10, 10},
    {"*", "route=ferry foot=yes", 0, 0},
    {"walking", "route=ferry foot=yes", 10, 10},
    {"*", "route=ferry foot=yes motor_vehicle=yes", 10, 10},
    {"light_truck", "route=ferry motor_vehicle=yes hgv=no", 0, 0},
};

static int32_t row_differs(const struct case_row *row, const struct xd_profile *profile)
{
    char text[NAME_MAX];
    struct xd_osm_tag items[TAGS_MAX];
    struct xd_road road;
    int forward = 0, backward = 0;
    snprintf(text, sizeof text, "%s", row->tags);
    if (xd_road_decode(tags_of(text, items), &road)) {
        forward = xd_profile_speed_kmh(profile, &road, 1);
        backward = xd_profile_speed_kmh(profile, &road, -1);
    }
    if (forward == row->forward_kmh && backward == row->backward_kmh)
        return 0;
    printf("  %s %s: %d / %d km/h, expected %d / %d\n", profile->name, row->tags, forward, backward, row->forward_kmh, row->backward_kmh);
    return 1;
}

static void tags_give_each_vehicle_its_speed_and_direction(void)
{
    int32_t profiles_n = 0, wrong_n = 0;
    const struct xd_profile *profiles = xd_profiles(&profiles_n);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        bool seen = false;
        for (int32_t p = 0; p < profiles_n; p++) {
            bool all = strcmp(rows[i].profile, "*") == 0 && !profiles[p].on_foot;
            if (!all && strcmp(rows[i].profile, profiles[p].name) != 0)
                continue;
            wrong_n += row_differs(&rows[i], &profiles[p]);
            seen = true;
        }
        CU_ASSERT(seen);
    }
    CU_ASSERT_EQUAL(wrong_n, 0);
}

static void what_is_no_road_is_not_decoded(void)
{
    static const char *const none[] = {
        "building=yes", "highway=proposed", "highway=construction", "highway=residential area=yes", "highway=track abandoned=yes", "highway=platform",
        "route=bus",    "railway=rail",     "highway=elevator"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(none); i++) {
        char text[NAME_MAX];
        struct xd_osm_tag items[TAGS_MAX];
        struct xd_road road;
        snprintf(text, sizeof text, "%s", none[i]);
        if (xd_road_decode(tags_of(text, items), &road)) {
            printf("  %s was taken for a road\n", none[i]);
            CU_FAIL("taken for a road");
        }
    }
}

static void barriers_stop_whom_they_should(void)
{
    static const struct {
        const char *profile, *tags;
        bool passes;
    } barriers[] = {
        {"minivan", "barrier=gate", true},
        {"minivan", "barrier=lift_gate", true},
        {"minivan", "barrier=toll_booth", true},
        {"minivan", "barrier=cattle_grid", true},
        {"minivan", "barrier=border_control", true},
        {"minivan", "barrier=gate locked=yes", false},
        {"minivan", "barrier=gate access=private", false},
        {"minivan", "barrier=gate motor_vehicle=no", false},
        {"minivan", "barrier=gate motor_vehicle=destination", true},
        {"minivan", "barrier=bollard", false},
        {"walking", "barrier=bollard", true},
        {"minivan", "barrier=bollard bollard=rising", true},
        {"minivan", "barrier=bollard motor_vehicle=yes", true},
        {"minivan", "barrier=bollard access=yes", true},
        {"minivan", "barrier=block", false},
        {"minivan", "barrier=jersey_barrier", false},
        {"minivan", "barrier=debris", false},
        {"minivan", "barrier=kerb", true},
        {"minivan", "barrier=kerb kerb=raised", false},
        {"minivan", "barrier=kerb kerb=lowered", true},
        {"minivan", "barrier=height_restrictor maxheight=2", true},
        {"light_truck", "barrier=height_restrictor maxheight=2", false},
        {"light_truck", "barrier=height_restrictor", true},
        {"bus", "barrier=bus_trap", false},
        {"bus", "barrier=bollard bus=yes", true},
        {"minivan", "barrier=bollard bus=yes", false},
        {"minivan", "barrier=stile", false},
        {"walking", "barrier=stile", true},
        {"walking", "barrier=gate foot=no", false},
        {"minivan", "barrier=no", true},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(barriers); i++) {
        char text[NAME_MAX];
        struct xd_osm_tag items[TAGS_MAX];
        struct xd_road_barrier barrier;
        snprintf(text, sizeof text, "%s", barriers[i].tags);
        bool passes = !xd_road_barrier_decode(tags_of(text, items), &barrier) || xd_profile_passes(xd_profile_find(barriers[i].profile), &barrier);
        if (passes != barriers[i].passes)
            printf("  %s at %s: %s\n", barriers[i].profile, barriers[i].tags, passes ? "passes" : "is stopped");
        CU_ASSERT_EQUAL(passes, barriers[i].passes);
    }
}

static void ferries_take_as_long_as_they_say(void)
{
    static const struct {
        const char *tags;
        int32_t seconds;
    } ferries[] = {
        {"route=ferry duration=00:20", 1200},
        {"route=ferry duration=1:05", 3900},
        {"route=ferry duration=PT15M", 900},
        {"route=ferry duration=PT1H30M", 5400},
        {"route=ferry duration=20", 1200},
        {"route=ferry duration=25~min", 1500},
        {"route=ferry", 0},
        {"route=ferry duration=soon", 0},
        {"route=ferry duration=P999D", XD_FERRY_DURATION_MAX_S},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(ferries); i++) {
        char text[NAME_MAX];
        struct xd_osm_tag items[TAGS_MAX];
        struct xd_road road = {0};
        snprintf(text, sizeof text, "%s", ferries[i].tags);
        CU_ASSERT(xd_road_decode(tags_of(text, items), &road));
        if (road.ferry_duration_s != ferries[i].seconds)
            printf("  %s: %d s\n", ferries[i].tags, road.ferry_duration_s);
        CU_ASSERT_EQUAL(road.ferry_duration_s, ferries[i].seconds);
    }
}

static const struct xd_test_case cases[] = {
    {"tags_give_each_vehicle_its_speed_and_direction", tags_give_each_vehicle_its_speed_and_direction},
    {"what_is_no_road_is_not_decoded", what_is_no_road_is_not_decoded},
    {"barriers_stop_whom_they_should", barriers_stop_whom_they_should},
    {"ferries_take_as_long_as_they_say", ferries_take_as_long_as_they_say},
};
const struct xd_test_suite xd_suite_maps_roads = {"maps_roads", cases, XD_ARRAY_LENGTH(cases)};
