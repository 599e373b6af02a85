/* Tags of ways -> who may pass: one-way roads and access. */
#include "tests/profiles/profile_suites.h"
#include "tests/profiles/road_table.h"

/* clang-format off: one row a line
   tri mini ev tru ree bus foot */
static const struct road_case by_oneway[] = {
    {RESIDENTIAL, "highway=residential, oneway=yes", ON_FOOT},
    {RESIDENTIAL, "highway=residential, oneway=true", ON_FOOT},
    {RESIDENTIAL, "highway=residential, oneway=1", ON_FOOT},
    {ON_FOOT, "highway=residential, oneway=-1", RESIDENTIAL},
    {ON_FOOT, "highway=residential, oneway=reverse", RESIDENTIAL},
    {RESIDENTIAL, "highway=residential, oneway=no", NULL},
    {RESIDENTIAL, "highway=residential, oneway=false", NULL},
    {RESIDENTIAL, "highway=residential, oneway=0", NULL},
    {"13 13 13 13 13 13  5", "highway=residential, oneway=alternating", NULL},
    {ON_FOOT, "highway=residential, oneway=reversible", NULL},
    {"13 13 13 13 13 13  5", "highway=residential, oneway=alternating, lanes=1", NULL},
    {" 4  4  4  4  4  4  5", "highway=residential, oneway=alternating, tracktype=grade5, surface=mud, maxspeed=6", NULL},
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
    /* the most special key goes first, as for access */
    {RESIDENTIAL, "highway=residential, oneway=yes, oneway:hgv=no", " 0  0  0 20 20  0  5"},
    {RESIDENTIAL, "highway=residential, oneway:hgv=yes", "20 20 20  0  0 20  5"},
    {RESIDENTIAL, "highway=residential, oneway=yes, oneway:goods=no", " 0  0 20 20 20  0  5"},
    {RESIDENTIAL, "highway=residential, oneway:goods=yes, oneway:hgv=no", "20 20  0 20 20 20  5"},
    {"20 20 20  0  0 20  5", "highway=residential, oneway:hgv=reversible", NULL},
    {"20 20 20 13 13 20  5", "highway=residential, oneway:hgv=alternating", NULL},
    {RESIDENTIAL, "highway=residential, oneway:motorcar=yes", "20  0  0  0  0 20  5"},
    {RESIDENTIAL, "highway=residential, oneway=yes, oneway:minibus=no", " 0  0  0  0  0 20  5"},
    {RESIDENTIAL, "highway=residential, oneway=yes, oneway:tourist_bus=no", ON_FOOT}, /* a bus with a timetable is none */
    {"20 20 20 20 20 20  5", "highway=residential, oneway=yes, oneway:foot=yes", NOBODY},
    {"20 20 20 20 20 20  0", "highway=residential, oneway:foot=-1", RESIDENTIAL},
    {RESIDENTIAL, "highway=residential, junction=roundabout, oneway:bus=no", " 0  0  0  0  0 20  5"},
    /* access by direction is a one-way road by another name */
    {RESIDENTIAL, "highway=residential, motor_vehicle:backward=no", ON_FOOT},
    {RESIDENTIAL, "highway=residential, access:backward=no", NOBODY},
    {RESIDENTIAL, "highway=residential, hgv:backward=no", "20 20 20  0  0 20  5"},
    {RESIDENTIAL, "highway=residential, motor_vehicle:backward=no, hgv:backward=yes", " 0  0  0 20 20  0  5"},
    {RESIDENTIAL, "highway=residential, motor_vehicle=no, motor_vehicle:forward=yes", ON_FOOT},
    {RESIDENTIAL, "highway=residential, motor_vehicle:backward=destination", "20* 20* 20* 20* 20* 20*  5"},
    {RESIDENTIAL, "highway=residential, oneway=yes, motor_vehicle:backward=yes", ON_FOOT},
    {ON_FOOT, "highway=residential, vehicle:forward=no", RESIDENTIAL},
};

static const struct road_case by_access[] = {
    {RESIDENTIAL, "highway=residential, access=yes", NULL},
    {RESIDENTIAL, "highway=residential, access=permissive", NULL},
    {NOBODY, "highway=residential, access=no", NULL},
    {RESIDENTIAL_END, "highway=residential, access=private", NULL},
    {RESIDENTIAL_END, "highway=residential, access=destination", NULL},
    {RESIDENTIAL_END, "highway=residential, access=delivery", NULL},
    {RESIDENTIAL_END, "highway=residential, access=customers", NULL},
    {RESIDENTIAL_END, "highway=residential, access=permit", NULL},
    {RESIDENTIAL_END, "highway=residential, access=residents", NULL},
    {RESIDENTIAL_END, "highway=residential, access=restricted", NULL},
    {RESIDENTIAL_END, "highway=residential, access=discouraged", NULL},
    {RESIDENTIAL_END, "highway=residential, access=no;private", NULL},
    {RESIDENTIAL, "highway=residential, access=private;yes", NULL},
    {RESIDENTIAL, "highway=residential, access=designated", NULL},
    {" 0  0  0  0  0  0  5*", "highway=residential, access=private, smoothness=impassable", NULL},
    {NOBODY, "highway=residential, access=emergency", NULL},
    {NOBODY, "highway=residential, access=military", NULL},
    {NOBODY, "highway=residential, access=agricultural", NULL},
    {NOBODY, "highway=residential, access=forestry", NULL},
    {RESIDENTIAL, "highway=residential, access=unknown", NULL},
    {ON_FOOT, "highway=residential, access=no, foot=yes", NULL},
    {"20 20 20 20 20 20  0", "highway=residential, foot=no", NULL},
    {ON_FOOT, "highway=residential, vehicle=no", NULL},
    {ON_FOOT, "highway=residential, motor_vehicle=no", NULL},
    {"20* 20* 20* 20* 20* 20*  5", "highway=residential, motor_vehicle=private", NULL},
    {"20* 20* 20* 20* 20* 20*  5", "highway=residential, motor_vehicle=destination", NULL},
    {"20* 20* 20* 20* 20* 20*  5", "highway=residential, motor_vehicle=delivery", NULL},
    {"20  0  0  0  0 20  5", "highway=residential, motorcar=no", NULL},
    {"20 20  0  0  0 20  5", "highway=residential, goods=no", NULL},
    {"20 20 20  0  0 20  5", "highway=residential, hgv=no", NULL},
    {"20 20 20 20* 20* 20  5", "highway=residential, hgv=destination", NULL},
    {"20 20 20 20 20  0  5", "highway=residential, bus=no", NULL},
    {"20 20 20 20 20  0  5", "highway=residential, psv=no", NULL},
    {RESIDENTIAL, "highway=residential, bus=yes, psv=no", NULL},
    {RESIDENTIAL, "highway=residential, minibus=yes, bus=no", NULL}, /* a rural bus is a small one */
    {"20 20 20 20 20  0  5", "highway=residential, minibus=no", NULL},
    {RESIDENTIAL, "highway=residential, tourist_bus=no", NULL}, /* and has a timetable */
    {RESIDENTIAL, "highway=residential, hazmat=no", NULL},      /* nobody carries dangerous goods */
    {" 0  0  0  0  0 20  0", "highway=residential, access=psv", NULL},
    {" 0  0  0  0  0 20  5", "highway=residential, motor_vehicle=bus", NULL},
    {" 0  0  0  0  0  0  5", "highway=residential, motor_vehicle=bus, psv=no", NULL},
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
    {"20* 20* 20* 20* 20* 20* 5*", "highway=residential, access=private, goods=delivery", NULL},
    {"20* 20* 20 20 20 20* 5*", "highway=residential, access=private, goods=yes", NULL},
    {" 0  0 20* 20* 20* 0  0", "highway=residential, access=no, goods=delivery", NULL},
    {RESIDENTIAL, "highway=residential, bicycle=no, horse=no", NULL},
    {"20* 20* 20* 20* 20* 20*  5", "highway=residential, motor_vehicle=no;destination", NULL}, /* of a list the most open */
    {ON_FOOT, "highway=residential, motor_vehicle=agricultural;forestry", NULL},
    {" 0  0  0  0  0  0  4", "highway=path, motor_vehicle=yes", NULL},
};
/* clang-format on */

static void one_way_roads_are_closed_against_their_direction(void)
{
    ROAD_TABLE_CHECK(by_oneway);
}

static void the_most_special_access_key_decides(void)
{
    ROAD_TABLE_CHECK(by_access);
}

static const struct xd_test_case cases[] = {
    {"one_way_roads_are_closed_against_their_direction", one_way_roads_are_closed_against_their_direction},
    {"the_most_special_access_key_decides", the_most_special_access_key_decides},
};
const struct xd_test_suite xd_suite_profile_access = {"profile_access", cases, XD_ARRAY_LENGTH(cases)};
