/* Conditional tags -> what each vehicle makes of them. */
#include "maps/profile.h"
#include "tests/harness/profiles.h"
#include "tests/harness/road_map.h"
#include "tests/profiles/profile_suites.h"
#include "tests/profiles/road_table.h"

#include <stdio.h>
#include <string.h>

#define LIGHT "20 20 20  0  0  0  5" /* below 3.5 t */

/* clang-format off: one row a line
   tri mini ev tru ree bus foot: 0.6, 1.9, 3.0, 4.5, 4.5, 6.5, 0.1 t; axles 0.4, 1.1, 1.8, 3.0, 3.0, 4.3 t;
   high 1.80, 1.95, 2.20, 3.20, 3.30, 2.90 m; wide 1.30, 1.70, 1.80, 2.20, 2.25, 2.20 m; long 3.00, 4.50, 5.00, 6.00, 6.00, 7.20 m */
static const struct road_case by_access[] = {
    {LIGHT, "highway=residential, motor_vehicle:conditional=no @ (weight>3.5)", NULL},
    {LIGHT, "highway=residential, motor_vehicle:conditional=no @ weight>3.5", NULL},
    {LIGHT, "highway=residential, motor_vehicle:conditional=no @ (weight > 3.5 t)", NULL},
    {LIGHT, "highway=residential, motor_vehicle:conditional=no @ (weight>3500 kg)", NULL},
    {LIGHT, "highway=residential, motor_vehicle:conditional=no@(WEIGHT>3.5)", NULL},
    {LIGHT, "highway=residential, motor_vehicle:conditional=no ＠ （weight＞３．５）", NULL},
    {LIGHT, "highway=residential, motor_vehicle:conditional=no @ ((weight>3.5))", NULL},
    {LIGHT, "highway=residential, motor_vehicle:conditional=no @ (maxweightrating>3.5)", NULL},
    {LIGHT, "highway=residential, motor_vehicle:conditional=no @ (gcweight>3.5)", NULL},
    {LIGHT, "highway=residential, motor_vehicle:conditional=no @ (weight>4.49 t)", NULL}, /* to the kilogram */
    {"20 20 20 20 20  0  5", "highway=residential, motor_vehicle:conditional=no @ (weight>4.5)", NULL},
    {LIGHT, "highway=residential, motor_vehicle:conditional=no @ (weight>=4.5)", NULL},
    {LIGHT, "highway=residential, motor_vehicle:conditional=no @ (weight≥4.5)", NULL},
    {"20 20 20  0  0 20  5", "highway=residential, motor_vehicle:conditional=no @ (weight=4.5)", NULL},
    {" 0  0  0  0  0 20  5", "highway=residential, motor_vehicle:conditional=no @ (weight<=4.5)", NULL},
    {" 0  0  0 20 20 20  5", "highway=residential, motor_vehicle:conditional=no @ (weight<4.5)", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, motor_vehicle:conditional=no @ (axleload>2)", NULL},
    {"20 20 20 20  0 20  5", "highway=residential, motor_vehicle:conditional=no @ (height>3.2)", NULL},
    {"20 20 20 20  0 20  5", "highway=residential, motor_vehicle:conditional=no @ (height>10'6\")", NULL},
    {"20 20 20 20  0 20  5", "highway=residential, motor_vehicle:conditional=no @ (width>2.2 m)", NULL},
    {"20 20 20 20 20  0  5", "highway=residential, motor_vehicle:conditional=no @ (length>600 cm)", NULL},
    {"20 20 20  0  0 20  5", "highway=residential, hgv:conditional=no @ (weight>3.5)", NULL},
    {RESIDENTIAL, "highway=residential, hgv:conditional=no @ (weight>7.5)", NULL},
    {" 0  0  0  0  0  0  0", "highway=residential, access:conditional=no @ (weight>0.05)", NULL},
    {"20 20 20 20 20  0  5", "highway=residential, bus:conditional=no @ (length>7)", NULL},
    /* the hierarchy of keys holds for them too */
    {"20 20 20 20 20  0  5", "highway=residential, motor_vehicle:conditional=no @ (weight>3.5), hgv=yes", NULL},
    {" 0  0  0 20 20  0  5", "highway=residential, motor_vehicle=no, hgv:conditional=yes @ (weight<7.5)", NULL},
    {"20 20 20 20* 20* 20  5", "highway=residential, hgv:conditional=destination @ (weight>3.5)", NULL},
    {"20 20 20  0  0 20  5", "highway=residential, motor_vehicle:conditional=no @ (hgv)", NULL},
    {" 0  0  0  0  0 20  5", "highway=residential, motor_vehicle=no, motor_vehicle:conditional=yes @ psv", NULL},
    /* AND, and several clauses: the last that holds counts */
    {"20 20 20  0  0 20  5", "highway=residential, motor_vehicle:conditional=no @ (weight>3.5 AND length<7)", NULL},
    {"20 20 20  0  0 20  5", "highway=residential, motor_vehicle:conditional=no @ (weight>3.5 and length<7)", NULL},
    {"20 20 20  0  0 20  5", "highway=residential, motor_vehicle:conditional=no @ (weight>3.5) AND (length<7)", NULL},
    {"20 20 20  0  0 20  5", "highway=residential, motor_vehicle:conditional=no @ (weight>3.5); yes @ (length>7)", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, motor_vehicle:conditional=yes @ (length>7); no @ (weight>3.5)", NULL},
    {"20  0  0 20 20 20  5", "highway=residential, motor_vehicle:conditional=no @ (weight>1); yes @ (weight>4);", NULL},
    /* business there: at the end of a trip */
    {"20* 20* 20* 20* 20* 20*  5", "highway=residential, motor_vehicle=no, motor_vehicle:conditional=yes @ (delivery)", NULL},
    {"20* 20* 20* 20* 20* 20*  5", "highway=residential, motor_vehicle=no, motor_vehicle:conditional=yes @ destination", NULL},
    {"20 20 20 20* 20* 20  5", "highway=residential, hgv=no, hgv:conditional=yes @ (delivery)", NULL},
    {"20 20 20 20* 20* 20*  5", "highway=residential, motor_vehicle:conditional=no @ (weight>3.5); yes @ (destination)", NULL},
    {" 0  0 20* 20* 20* 0  5", "highway=residential, motor_vehicle=no, goods:conditional=yes @ (delivery AND weight<7.5)", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, motor_vehicle:conditional=no @ (weight>3.5); yes @ (delivery AND weight<3.5)", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle:conditional=no @ (delivery)", NULL}, /* passing through stays open */
    /* by direction */
    {LIGHT, "highway=residential, motor_vehicle:forward:conditional=no @ (weight>3.5)", RESIDENTIAL},
    {RESIDENTIAL, "highway=residential, motor_vehicle:backward:conditional=no @ (weight>3.5)", LIGHT},
    {LIGHT, "highway=residential, motor_vehicle:conditional=no @ (weight>3.5), motor_vehicle:backward=yes", RESIDENTIAL},
    {RESIDENTIAL, "highway=residential, hgv:forward:conditional=yes @ (weight>3.5), hgv:conditional=no @ (weight>3.5)", "20 20 20  0  0 20  5"},
    /* hours, seasons and weather are not applied: what stands without them holds, whether it opens or closes */
    {RESIDENTIAL, "highway=residential, motor_vehicle:conditional=no @ (22:00-06:00)", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle:conditional=no @ (Mo-Fr 07:00-09:00,17:00-19:00; Sa 10:00-12:00)", NULL},
    {ON_FOOT, "highway=residential, motor_vehicle=no, motor_vehicle:conditional=yes @ (Jun-Sep)", NULL},
    {RESIDENTIAL, "highway=residential, access:conditional=no @ (snow)", NULL},
    {RESIDENTIAL, "highway=residential, hgv:conditional=no @ (weight>3.5 AND 22:00-06:00)", NULL},
    {LIGHT, "highway=residential, motor_vehicle:conditional=yes @ (Su); no @ (weight>3.5)", NULL},
    {LIGHT, "highway=residential, motor_vehicle:conditional=no @ (weight>3.5); yes @ (Su)", NULL},
    /* what breaks the grammar neither */
    {RESIDENTIAL, "highway=residential, motor_vehicle:conditional=no", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle:conditional=no @ (weight>3.5", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle:conditional=no @ weight>3.5)", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle:conditional=no @ (weight>heavy)", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle:conditional=no @ (wheels>2)", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle:conditional=no @ (weight>3.5 AND)", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle:conditional=perhaps @ (weight>3.5)", NULL},
    {RESIDENTIAL, "highway=residential, motor_vehicle:conditional=no @ (emergency)", NULL}, /* never one of ours */
    {RESIDENTIAL, "highway=residential, motor_vehicle:conditional=no @ (trailer AND 22:00-06:00)", NULL},
};

static const struct road_case by_oneway[] = {
    {RESIDENTIAL, "highway=residential, oneway:conditional=yes @ (weight>3.5)", LIGHT},
    {LIGHT, "highway=residential, oneway:conditional=-1 @ (weight>3.5)", RESIDENTIAL},
    {RESIDENTIAL, "highway=residential, oneway=yes, oneway:conditional=no @ (weight<3.5)", LIGHT},
    {RESIDENTIAL, "highway=residential, oneway:hgv:conditional=yes @ (weight>3.5)", "20 20 20  0  0 20  5"},
    {RESIDENTIAL, "highway=residential, oneway=yes, oneway:bus:conditional=no @ (length<8)", " 0  0  0  0  0 20  5"},
    {RESIDENTIAL, "highway=residential, oneway=yes, oneway:conditional=no @ (delivery)", "20* 20* 20* 20* 20* 20*  5"},
    {RESIDENTIAL, "highway=residential, oneway=yes, oneway:conditional=no @ (08:00-10:00)", ON_FOOT},
    {RESIDENTIAL, "highway=residential, oneway:conditional=yes @ (08:00-10:00)", NULL},
    {"20 20 20 13 13 13  5", "highway=residential, oneway:conditional=alternating @ (weight>3.5)", NULL},
};

static const struct road_case by_speed[] = {
    {"30 60 60 40 40 40  5", "highway=trunk, maxspeed:conditional=40 @ (weight>3.5)", NULL},
    {"30 50 50 40 40 40  5", "highway=trunk, maxspeed=50, maxspeed:conditional=40 @ (weight>3.5)", NULL},
    {"30 60 60 40 40 40  5", "highway=trunk, maxspeed=40, maxspeed:conditional=60 @ (weight<=3.5)", NULL},
    {"30 50 50 24 24 24  5", "highway=trunk, maxspeed=50, maxspeed:conditional=15 mph @ (weight>3.5)", NULL},
    {"30 50 50 30 30 50  5", "highway=trunk, maxspeed=50, maxspeed:hgv:conditional=30 @ (weight>3.5)", NULL},
    {"30 50 50 50 50 50  5", "highway=trunk, maxspeed=50, maxspeed:hgv:conditional=30 @ (weight>7.5)", NULL},
    {"30 50 50 50 50 30  5", "highway=trunk, maxspeed=50, maxspeed:bus:conditional=30 @ (length>7)", NULL},
    {"30 60 60 60 60 60  5", "highway=trunk, maxspeed=40, maxspeed:conditional=none @ (weight<7.5)", NULL},
    {"30 50 50 40 40 30  5", "highway=trunk, maxspeed=50, maxspeed:conditional=40 @ (weight>3.5); 30 @ (weight>6)", NULL},
    {"30 50 50 20 20 20  5", "highway=trunk, maxspeed=50, maxspeed:forward:conditional=20 @ (weight>3.5)", "30 50 50 50 50 50  5"},
    {"30 50 50 20 20 20  5", "highway=trunk, maxspeed=50, maxspeed:backward=30, maxspeed:conditional=20 @ (weight>3.5)", "30 30 30 30 30 30  5"},
    {"30 60 60 20 20 20  5", "highway=trunk, maxspeed:advisory:conditional=20 @ (weight>3.5)", NULL},
    {"30 50 50 50 50 50  5", "highway=trunk, maxspeed=50, maxspeed:conditional=20 @ (snow)", NULL},
    {"30 50 50 50 50 50  5", "highway=trunk, maxspeed=50, maxspeed:conditional=80 @ (06:00-22:00)", NULL},
    {"30 50 50 50 50 50  5", "highway=trunk, maxspeed=50, maxspeed:conditional=fast @ (weight<7.5)", NULL},
};

static const struct road_case by_limit[] = {
    {"20 20 20 20* 20* 20*  5", "highway=residential, maxweight=3.5, maxweight:conditional=none @ (delivery)", NULL},
    {"20 20 20 20* 20*  0  5", "highway=residential, maxweight=3.5, maxweight:conditional=5 @ (destination)", NULL},
    {LIGHT, "highway=residential, maxweight:conditional=3.5 @ (length>5)", NULL},
    {"20 20 20 20 20  0  5", "highway=residential, maxweight=3.5, maxweight:conditional=5 @ (length<7)", NULL},
    {"20 20 20  0  0 20  5", "highway=residential, maxweight:hgv:conditional=3.5 @ (length>5)", NULL},
    {"20 20 20 20* 20*  0  5", "highway=residential, maxweight=3.5, maxweight:hgv:conditional=7.5 @ (delivery)", NULL},
    /* of several keys the least, each by its last clause */
    {LIGHT, "highway=residential, maxweight=3.5, maxweightrating=10, maxweightrating:conditional=none @ (delivery)", NULL},
    {"20 20 20 20* 20*  0  5", "highway=residential, maxweight=3.5, maxweight:conditional=none @ (delivery), maxweightrating=5", NULL},
    {"20 20 20 20* 20* 20*  5",
     "highway=residential, maxweight=3.5, maxweight:conditional=none @ (delivery), maxgcweight=3, maxgcweight:conditional=10 @ (delivery)", NULL},
    {"20 20 20 20* 20* 20*  5", "highway=residential, maxaxleload=2, maxaxleload:conditional=none @ (delivery)", NULL},
    {"20 20 20  0  0 20*  5", "highway=residential, maxheight=2.8, maxheight:conditional=3 @ (delivery)", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, maxheight=2.8, maxheight:conditional=none @ (delivery), maxheight:physical=2.5", NULL},
    {"20 20 20  0  0 20*  5", "highway=residential, maxheight=2.8, maxheight:conditional=none @ (delivery), maxheight:hgv=2.5", NULL},
    {"20 20  0  0  0  0  5", "highway=residential, maxheight:hgv:conditional=4 @ (delivery), maxheight:physical=2", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, maxheight:hgv=2.5, maxheight:hgv:conditional=none @ (delivery), maxheight:physical=2.3", NULL},
    {"20 20 20 20*  0 20  5", "highway=residential, maxheight=3, maxheight:hgv:conditional=4 @ (delivery), maxheight:physical=3.25", NULL},
    {"20 20 20 20* 20* 20*  5", "highway=residential, maxwidth=2, maxwidth:conditional=2.5 @ (delivery)", NULL},
    {"20 20 20 20 20 20*  5", "highway=residential, maxlength=6, maxlength:conditional=10 @ (delivery)", NULL},
    {LIGHT, "highway=residential, maxweight=3.5, maxweight:conditional=10 @ (Su)", NULL},
    {RESIDENTIAL, "highway=residential, maxweight:conditional=3.5 @ (winter)", NULL},
};

static const struct road_case by_movable_bridge[] = {
    {" 5  5  5  5  5  5  5", "highway=trunk, bridge=movable", NULL},
    {" 5  5  5  5  5  5  5", "highway=trunk, bridge=yes, bridge:movable=swing", NULL},
    {TRUNK, "highway=trunk, bridge=yes, bridge:movable=no", NULL},
    {TRUNK, "highway=trunk, bridge:movable=lift", NULL}, /* no bridge */
    {TRUNK, "highway=trunk, bridge=movable, duration=00:10", NULL},
    {" 3  3  3  3  3  3  5", "highway=trunk, bridge=movable, maxspeed=3", NULL},
    {"20 20 20  0  0  0  5", "highway=residential, bridge=movable, maxweight=3.5, duration=00:10", NULL},
};
/* clang-format on */

static void a_condition_of_the_vehicle_opens_and_closes(void)
{
    ROAD_TABLE_CHECK(by_access);
}

static void a_condition_turns_a_one_way_road(void)
{
    ROAD_TABLE_CHECK(by_oneway);
}

static void a_condition_sets_a_speed_limit(void)
{
    ROAD_TABLE_CHECK(by_speed);
}

static void a_condition_sets_a_limit_of_weight_or_size(void)
{
    ROAD_TABLE_CHECK(by_limit);
}

static void a_movable_bridge_is_slow_or_takes_what_it_tells(void)
{
    ROAD_TABLE_CHECK(by_movable_bridge);
}

static const struct {
    const char *tags, *passes; /* 1, 0, or * = at the end of a trip */
} barriers[] = {
    {"barrier=gate, motor_vehicle:conditional=no @ (weight>3.5)", "1110001"},
    {"barrier=entrance, hgv:conditional=no @ (weight>3.5)", "1110011"},
    {"barrier=bollard, motor_vehicle:conditional=yes @ (delivery)", "******1"},
    {"barrier=gate, maxweight=3.5, maxweight:conditional=none @ (delivery)", "111***1"},
    {"barrier=gate, access:conditional=no @ (22:00-06:00)", "1111111"},
    {"barrier=gate, access=no, access:conditional=yes @ (08:00-18:00)", "0000000"},
};

static void a_condition_opens_and_closes_a_barrier(void)
{
    const struct xd_profiles *profiles = xd_test_profiles();
    for (size_t i = 0; i < XD_ARRAY_LENGTH(barriers); i++) {
        struct road_map_tags tags;
        struct xd_road_barrier barrier;
        struct xd_clauses clauses;
        char found[8] = "1111111";
        CU_ASSERT_TRUE_FATAL(xd_road_barrier_decode(road_map_tags(barriers[i].tags, &tags), &barrier, &clauses, NULL));
        barrier.clauses = clauses.n > 0;
        for (int32_t p = 0; p < profiles->items_n; p++)
            found[p] = "0*1"[xd_profile_barrier_use(&profiles->items[p], clauses.items, &barrier).pass];
        if (strcmp(found, barriers[i].passes) != 0)
            fprintf(stderr, "%s: expected %s, found %s\n", barriers[i].tags, barriers[i].passes, found);
        CU_ASSERT_STRING_EQUAL(found, barriers[i].passes);
    }
}

/* ---- the grammar ---- */

static const struct {
    const char *text, *found; /* "2 clauses, times, unread" */
} texts[] = {
    {"no @ (weight>3.5)", "1 clauses"},
    {"no @ (weight>3.5); yes @ delivery", "2 clauses"},
    {"no @ (a; b); yes @ delivery", "1 clauses, unread"},
    {"no @ (Mo 07:00-09:00; Tu); yes @ delivery", "1 clauses, times"},
    {"no @ \"by night; see sign\"; yes @ delivery", "1 clauses, unread"},
    {"no @ \"lanes (left\"; yes @ delivery", "1 clauses, unread"},
    {"no @ (07:00-09:00)", "0 clauses, times"},
    {"no @ 07:00-09:00)", "0 clauses, unread"},
    {"no @ 07:00-09:00", "0 clauses, times"},
    {"no @ (sunset-sunrise)", "0 clauses, times"},
    {"no @ (Nov 1-Apr 30)", "0 clauses, times"},
    {"no @ (PH)", "0 clauses, times"},
    {"no @ (week 1-20)", "0 clauses, times"},
    {"no @ wet", "0 clauses, times"},
    {"no @ (winter)", "0 clauses, times"},
    {"no @ flashing lights", "0 clauses, times"},
    {"no @ (Su AND delivery)", "0 clauses, times"},
    {"no @ (Su AND bogus)", "0 clauses, unread"},
    {"no @ (emergency AND bogus)", "0 clauses"},
    {"no @ (weight>3.5 AND length>5 AND width>2 AND height>2)", "1 clauses"},
    {"no @ (weight>3.5 AND length>5 AND width>2 AND height>2 AND hgv)", "0 clauses, unread"},
    {"no @ (weight>3.5 OR length>5)", "0 clauses, unread"},
    {"no @ (weight>3.5 ANDlength>5)", "0 clauses, unread"},
    {"", "0 clauses, unread"},
    {";", "0 clauses, unread"},
    {"@", "0 clauses, unread"},
    {"no @", "0 clauses, unread"},
    {"no @ ()", "0 clauses, unread"},
    {"no @ (>3.5)", "0 clauses, unread"},
    {"no @ (weight>)", "0 clauses, unread"},
    {"no @ (weight>3.5 furlongs)", "0 clauses, unread"},
    {"no @ (weight>0)", "0 clauses, unread"},
    {"no @ (weight>-3)", "0 clauses, unread"},
    {"no @ )(", "0 clauses, unread"},
    {"@ (weight>3.5)", "0 clauses, unread"},
};

static void what_breaks_the_grammar_is_told_from_what_asks_for_hours(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(texts); i++) {
        char found[64];
        struct xd_osm_tag items[] = {{"highway", "track"}, {"motor_vehicle:conditional", texts[i].text}};
        struct xd_road road;
        struct xd_clauses clauses;
        struct xd_road_doubts doubts = {0};
        CU_ASSERT_TRUE_FATAL(xd_road_decode((struct xd_osm_tags){items, 2}, &road, &clauses, &doubts));
        snprintf(found, sizeof found, "%d clauses%s%s", (int)clauses.n, doubts.tags_n[XD_DOUBT_CONDITIONAL] ? ", times" : "",
                 doubts.tags_n[XD_DOUBT_CONDITION] ? ", unread" : "");
        if (strcmp(found, texts[i].found) != 0)
            fprintf(stderr, "%s: expected \"%s\", found \"%s\"\n", texts[i].text, texts[i].found, found);
        CU_ASSERT_STRING_EQUAL(found, texts[i].found);
    }
}

/* 32 clauses of one way are kept; of four tests each is one; a value of 1,023 bytes is read. */
static void what_passes_a_limit_is_counted(void)
{
    char text[2048] = "";
    struct xd_road road;
    struct xd_clauses clauses;
    for (int i = 0; i < XD_CLAUSES_MAX; i++)
        strcat(text, "no @ weight>9;");
    struct xd_osm_tag items[] = {{"highway", "track"}, {"hgv:conditional", text}};
    struct xd_road_doubts doubts = {0};
    CU_ASSERT_TRUE(xd_road_decode((struct xd_osm_tags){items, 2}, &road, &clauses, &doubts));
    CU_ASSERT_EQUAL(clauses.n, XD_CLAUSES_MAX);
    CU_ASSERT_EQUAL(doubts.tags_n[XD_DOUBT_CONDITION], 0);
    strcat(text, "no @ weight>9");
    CU_ASSERT_TRUE(xd_road_decode((struct xd_osm_tags){items, 2}, &road, &clauses, &doubts));
    CU_ASSERT_EQUAL(clauses.n, XD_CLAUSES_MAX);
    CU_ASSERT_EQUAL(doubts.tags_n[XD_DOUBT_CONDITION], 1);
    CU_ASSERT_EQUAL(clauses.items[XD_CLAUSES_MAX - 1].is_last, 1);
    memset(text, ' ', 1100);
    memcpy(text, "no @ (weight>9)", 15);
    text[1023] = '\0';
    CU_ASSERT_TRUE(xd_road_decode((struct xd_osm_tags){items, 2}, &road, &clauses, &doubts));
    CU_ASSERT_EQUAL(clauses.n, 1);
    text[1023] = ' ';
    text[1024] = '\0';
    CU_ASSERT_TRUE(xd_road_decode((struct xd_osm_tags){items, 2}, &road, &clauses, &doubts));
    CU_ASSERT_EQUAL(clauses.n, 0);
    CU_ASSERT_EQUAL(doubts.tags_n[XD_DOUBT_CONDITION], 2);
}

static const struct xd_test_case cases[] = {
    {"a_condition_of_the_vehicle_opens_and_closes", a_condition_of_the_vehicle_opens_and_closes},
    {"a_condition_turns_a_one_way_road", a_condition_turns_a_one_way_road},
    {"a_condition_sets_a_speed_limit", a_condition_sets_a_speed_limit},
    {"a_condition_sets_a_limit_of_weight_or_size", a_condition_sets_a_limit_of_weight_or_size},
    {"a_movable_bridge_is_slow_or_takes_what_it_tells", a_movable_bridge_is_slow_or_takes_what_it_tells},
    {"a_condition_opens_and_closes_a_barrier", a_condition_opens_and_closes_a_barrier},
    {"what_breaks_the_grammar_is_told_from_what_asks_for_hours", what_breaks_the_grammar_is_told_from_what_asks_for_hours},
    {"what_passes_a_limit_is_counted", what_passes_a_limit_is_counted},
};
const struct xd_test_suite xd_suite_profile_conditions = {"profile_conditions", cases, XD_ARRAY_LENGTH(cases)};
