/* Tags of ways -> speed: signs, weights, sizes and widths. */
#include "tests/profiles/profile_suites.h"
#include "tests/profiles/road_table.h"

/* clang-format off: one row a line
   tri mini ev tru ree bus foot */
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
    {"30 40 40 40 40 40  5", "highway=trunk, maxspeed=４０", NULL},
    {RESIDENTIAL, "highway=trunk, maxspeed=６０；２０", NULL},
    {"18 18 18 18 18 18  5", "highway=trunk, maxspeed=10 knots", NULL}, /* 18.52 */
    {TRUNK, "highway=trunk, maxspeed=signals", NULL},
    {"30 50 50 50 50 50  5", "highway=trunk, maxspeed:type=CN:urban", NULL},
    {"30 30 30 30 30 30  5", "highway=trunk, zone:maxspeed=CN:30", NULL},
    {"30 40 40 40 40 40  5", "highway=trunk, maxspeed=40, zone:maxspeed=CN:30", NULL}, /* the way's own goes before its zone's */
    {TRUNK, "highway=trunk, maxspeed:type=sign", NULL},
    /* of trucks and buses */
    {"30 60 60 30 30 60  5", "highway=trunk, maxspeed:hgv=30", NULL},
    {"30 50 50 30 30 50  5", "highway=trunk, maxspeed=50, maxspeed:hgv=30", NULL},
    {"30 40 40 50 50 40  5", "highway=trunk, maxspeed=40, maxspeed:hgv=50", NULL},
    {"30 60 60 30 30 60  5", "highway=trunk, maxspeed:hgv:forward=30", TRUNK},
    {TRUNK, "highway=trunk, maxspeed:hgv:backward=30", "30 60 60 30 30 60  5"},
    {"30 60 60 60 60 40  5", "highway=trunk, maxspeed:bus=40", NULL},
    {"30 60 60 60 60 60  5", "highway=trunk, maxspeed:hgv=none", NULL},
    /* what the road can bear, whatever the sign says */
    {RESIDENTIAL, "highway=trunk, maxspeed=60, maxspeed:practical=20", NULL},
    {RESIDENTIAL, "highway=trunk, maxspeed:advisory=20", NULL},
    {RESIDENTIAL, "highway=trunk, maxspeed:advisory:forward=20", TRUNK},
    {RESIDENTIAL, "highway=trunk, maxspeed:advisory=40, maxspeed:practical=20", NULL},
    {RESIDENTIAL, "highway=residential, maxspeed:practical=60", NULL},
};

static const struct road_case by_size[] = {
    {"20 20 20  0  0  0  5", "highway=residential, maxweight=3.5", NULL},
    {"20 20 20 20 20  0  5", "highway=residential, maxweight=4.5", NULL}, /* at the limit */
    {"20 20 20  0  0  0  5", "highway=residential, maxweight=4.4 t", NULL},
    {"20 20  0  0  0  0  5", "highway=residential, maxweight=2000 kg", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, maxweightrating=3.5", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, maxweight=10, maxweightrating=3.5", NULL},
    {RESIDENTIAL, "highway=residential, maxweight=none", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, maxgcweight=3.5", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, maxgcweightrating=3.5, maxweight=10", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, maxweight=3500", NULL}, /* surely kilograms */
    {"20 20 20  0  0  0  5", "highway=residential, maxweight=3500kg", NULL},
    {"20 20  0  0  0  0  5", "highway=residential, maxweight=3 st", NULL},     /* 2.72 t */
    {"20 20 20  0  0  0  5", "highway=residential, maxweight=7000 lbs", NULL}, /* 3.18 t */
    {"20 20 20  0  0  0  5", "highway=residential, maxweight=60 cwt", NULL},   /* 3.05 t */
    {RESIDENTIAL, "highway=residential, maxweight=unsigned", NULL},
    {RESIDENTIAL, "highway=residential, maxweight=heavy", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, maxweight=3.5;7.5", NULL}, /* the least of a list */
    /* the most special group that is told */
    {"20 20 20  0  0 20  5", "highway=residential, maxweight:hgv=3.5", NULL},
    {"20 20 20 20 20  0  5", "highway=residential, maxweight=3.5, maxweight:hgv=7.5", NULL},
    {"20 20  0  0  0 20  5", "highway=residential, maxweight:goods=2", NULL},
    {"20 20  0 20 20 20  5", "highway=residential, maxweight:goods=2, maxweight:hgv=7.5", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, maxweight=3.5, maxweight:hgv=default", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, maxaxleload=2.5", NULL},
    {"20 20 20 20 20  0  5", "highway=residential, maxaxleload=3", NULL},
    {"20 20 20  0  0 20  5", "highway=residential, maxaxleload:hgv=2.5", NULL},
    {"20 20 20 20 20  0  5", "highway=residential, maxlength=6", NULL},
    {"20  0  0  0  0  0  5", "highway=residential, maxlength=4", NULL},
    {"20 20 20  0  0 20  5", "highway=residential, maxlength:hgv=5.5", NULL},
    {"20 20 20 20  0 20  5", "highway=residential, maxheight=3.2", NULL},
    {"20 20 20 20  0 20  5", "highway=residential, maxheight=10'6\"", NULL}, /* 320 cm */
    {"20 20 20 20  0 20  5", "highway=residential, maxheight=10′6″", NULL},
    {"20 20 20 20  0 20  5", "highway=residential, maxheight=10.5 ft", NULL},
    {"20 20 20 20  0 20  5", "highway=residential, maxheight=126 in", NULL},
    {"20 20 20 20  0 20  5", "highway=residential, maxheight=320 cm", NULL},
    {RESIDENTIAL, "highway=residential, maxheight=below_default", NULL},
    {RESIDENTIAL, "highway=residential, maxheight=0", NULL},
    {"20 20 20  0  0 20  5", "highway=residential, maxheight:hgv=2.5", NULL},
    {"20 20  0  0  0  0  5", "highway=residential, maxheight:hgv=4, maxheight:physical=2", NULL}, /* stone does not ask who comes */
    {RESIDENTIAL, "highway=residential, maxheight=default", NULL},
    {"20 20  0  0  0  0  5", "highway=residential, maxheight=7'", NULL}, /* 213 cm */
    {"20 20  0  0  0  0  5", "highway=residential, maxheight:physical=2", NULL},
    {"20 20 20 20  0 20  5", "highway=residential, maxwidth=2.2", NULL},
    {"20  0  0  0  0  0  5", "highway=residential, maxwidth=1.5", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, maxwidth:physical=2", NULL},
    {"20 20 20  0  0 20  5", "highway=residential, maxwidth:hgv=2", NULL},
};

static const struct road_case by_width[] = {
    {TRUNK, "highway=trunk, width=4.5", NULL},
    {"30 40 40 35 35 30  5", "highway=trunk, width=4.4", NULL},
    {"30 40 40 35 35 30  5", "highway=trunk, width=3.5", NULL},
    {"30 30 30 25 25 20  5", "highway=trunk, width=3.4 m", NULL},
    {"30 30 30 25 25 20  5", "highway=trunk, width=3", NULL},
    {"25 20 20 15 15 12  5", "highway=trunk, width=2.9", NULL},
    {"25 20 20 15  0  0  5", "highway=trunk, width=2.5", NULL}, /* the truck, 2.20 m and 0.30 m to spare, just passes; the reefer does not */
    {"20 15 12  0  0  0  5", "highway=trunk, width=2.4", NULL},
    {"20 15  0  0  0  0  5", "highway=trunk, width=2", NULL},
    {"20  0  0  0  0  0  5", "highway=trunk, width=1.5", NULL},
    {ON_FOOT, "highway=trunk, width=1.4", NULL},
    {"30 30 30 25 25 20  5", "highway=trunk, width=3,2", NULL},
    {"30 30 30 25 25 20  5", "highway=trunk, width:carriageway=3, width=8", NULL},
    {TRUNK, "highway=trunk, width=narrow", NULL},
    {"10 10 10 10 10 10  5", "highway=track, width=3", NULL}, /* a cap never raises */
    /* an estimate slows, and closes to nobody */
    {"30 30 30 25 25 20  5", "highway=trunk, est_width=3", NULL},
    {"25 20 20 15 15 12  5", "highway=trunk, est_width=2.5", NULL},
    {"20 15 12 10 10  8  5", "highway=trunk, est_width=1.5", NULL},
    {"30 30 30 25 25 20  5", "highway=trunk, width=3, est_width=8", NULL},
    /* one lane for both directions */
    {"30 35 35 30 30 25  5", "highway=trunk, lanes=1", NULL},
    {"30 35 35 30 30 25  5", "highway=trunk, lanes=1.5", NULL},
    {TRUNK, "highway=trunk, lanes=1, oneway=yes", ON_FOOT},
    {TRUNK, "highway=trunk, lanes=2", NULL},
    {TRUNK, "highway=trunk, lanes=1, width=5", NULL},
    {TRUNK, "highway=trunk, lanes=many", NULL},
    {"20 30 30 25 25 20  5", "highway=trunk, width=3, surface=gravel", NULL}, /* the least of all */
};
/* clang-format on */

static void speed_limits_cap_each_direction(void)
{
    ROAD_TABLE_CHECK(by_maxspeed);
}

static void what_is_too_heavy_high_wide_or_long_may_not_pass(void)
{
    ROAD_TABLE_CHECK(by_size);
}

static void narrow_roads_are_slow_or_too_narrow(void)
{
    ROAD_TABLE_CHECK(by_width);
}

static const struct xd_test_case cases[] = {
    {"speed_limits_cap_each_direction", speed_limits_cap_each_direction},
    {"what_is_too_heavy_high_wide_or_long_may_not_pass", what_is_too_heavy_high_wide_or_long_may_not_pass},
    {"narrow_roads_are_slow_or_too_narrow", narrow_roads_are_slow_or_too_narrow},
};
const struct xd_test_suite xd_suite_profile_limits = {"profile_limits", cases, XD_ARRAY_LENGTH(cases)};
