/* Turn restrictions on small maps: every kind, every shape of members, every reason to drop one. A way to drive is told by the nodes it passes. */
#include "tests/harness/road_map.h"
#include "tests/unit/maps_suites.h"

#include "io/osm/read.h"
#include "maps/node_signal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A crossing at 5: 6 - 1 from the west (way 10), 2 in the east (11), 3 in the south (12), 4 in the north (13). */
#define CROSSING                                                                                                                                     \
    "node 1 0 100\nnode 2 200 100\nnode 3 100 0\nnode 4 100 200\nnode 5 100 100\nnode 6 -100 100\n"                                                  \
    "way 10 6 1 5 : highway=residential\nway 11 5 2 : highway=residential\nway 12 3 5 : highway=residential\nway 13 5 4 : highway=residential\n"
#define NO_LEFT "type=restriction, restriction=no_left_turn"

static int32_t step_node(const struct xd_network *network, int64_t step, bool end)
{
    return network->road_node[step / 2 + ((step % 2 == 0) == end ? 1 : 0)];
}

/* Every step lies on one road, and begins where the one before ends. */
static bool is_connected(const struct xd_network *network, const struct xd_restriction *restriction)
{
    for (int32_t i = 0; i < restriction->steps_n; i++) {
        const int64_t step = network->restriction_step[restriction->first_step + i];
        bool on_road = false;
        for (int32_t road = 0; road < network->roads_n && !on_road; road++)
            on_road = step / 2 >= network->first_node[road] && step / 2 + 1 < network->first_node[road + 1];
        if (!on_road ||
            (i > 0 && step_node(network, step, false) != step_node(network, network->restriction_step[restriction->first_step + i - 1], true)))
            return false;
    }
    return restriction->steps_n >= 2;
}

static size_t write_keys(char *text, size_t size, uint16_t keys)
{
    static const char *const names[] = {"access", "vehicle", "motor_vehicle", "motorcar",    "goods", "hgv",
                                        "psv",    "bus",     "minibus",       "tourist_bus", "foot"};
    size_t n = 0;
    for (int key = 0; key < XD_ACCESS_KEYS_N; key++)
        if (keys & 1 << key)
            n += (size_t)snprintf(text + n, size - n, "%s%s", n > 0 ? "+" : "", names[key]);
    return n;
}

/* Lines "7 no vehicle-bus: 1 5 4". */
static void list_restrictions(const struct xd_network *network, char *lines, size_t size)
{
    size_t n = 0;
    lines[0] = '\0';
    for (int32_t i = 0; i < network->restrictions_n; i++) {
        const struct xd_restriction *restriction = &network->restrictions[i];
        CU_ASSERT(is_connected(network, restriction));
        n += (size_t)snprintf(lines + n, size - n, "%lld %s ", (long long)restriction->osm_id, restriction->only ? "only" : "no");
        n += write_keys(lines + n, size - n, restriction->keys);
        if (restriction->except_keys) {
            n += (size_t)snprintf(lines + n, size - n, "-");
            n += write_keys(lines + n, size - n, restriction->except_keys);
        }
        for (int32_t s = -1; s < restriction->steps_n; s++) {
            const int32_t node = step_node(network, network->restriction_step[restriction->first_step + (s < 0 ? 0 : s)], s >= 0);
            n += (size_t)snprintf(lines + n, size - n, "%s%lld", s < 0 ? ": " : " ", (long long)network->node_osm_id[node]);
        }
        n += (size_t)snprintf(lines + n, size - n, "\n");
    }
}

static int64_t dropped_n(const struct xd_network *network)
{
    int64_t n = 0;
    for (int reason = 0; reason < XD_RESTRICTION_DROPS_N; reason++)
        n += network->counts.restrictions_dropped[reason];
    return n;
}

static void expect_restrictions(const char *map, const char *expected)
{
    char lines[2048];
    struct xd_network *network = road_map_network(map);
    list_restrictions(network, lines, sizeof lines);
    if (strcmp(lines, expected) != 0)
        fprintf(stderr, "%s\ngives:\n%s", map, lines);
    CU_ASSERT_STRING_EQUAL(lines, expected);
    CU_ASSERT_EQUAL(network->counts.restrictions_seen, network->counts.restrictions_kept + dropped_n(network));
    xd_network_free(network);
}

/* One relation 7 on the crossing. */
static void expect_on_crossing(const char *relation, const char *expected)
{
    char map[1024];
    snprintf(map, sizeof map, CROSSING "relation 7 %s\n", relation);
    expect_restrictions(map, expected);
}

static void each_kind_of_restriction_at_a_node_bars_its_turn_or_prescribes_it(void)
{
    static const struct {
        const char *kind;
        bool only;
    } kinds[] = {
        {"no_left_turn", false},   {"no_right_turn", false},   {"no_straight_on", false}, {"no_u_turn", false},
        {"no_turn", false},        {"no_entry", false},        {"no_exit", false},        {"only_left_turn", true},
        {"only_right_turn", true}, {"only_straight_on", true}, {"only_u_turn", true},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(kinds); i++) {
        char relation[256];
        snprintf(relation, sizeof relation, "way:10:from node:5:via way:13:to : type=restriction, restriction=%s", kinds[i].kind);
        expect_on_crossing(relation, kinds[i].only ? "7 only vehicle: 1 5 4\n" : "7 no vehicle: 1 5 4\n");
        snprintf(relation, sizeof relation, "way:13:to node:5:via way:10:from : type=restriction, restriction=%s", kinds[i].kind);
        expect_on_crossing(relation, kinds[i].only ? "7 only vehicle: 1 5 4\n" : "7 no vehicle: 1 5 4\n");
    }
}

static void steps_are_pieces_of_roads_with_the_direction_they_are_driven_in(void)
{
    /* Way 10 has positions 0..2, way 11 positions 3..4. Into 5: piece 1 with its drawing; out of it: piece 3 with its drawing. */
    struct xd_network *network = road_map_network(CROSSING "relation 7 way:10:from node:5:via way:11:to : " NO_LEFT);
    CU_ASSERT_EQUAL_FATAL(network->restrictions_n, 1);
    CU_ASSERT_EQUAL(network->restrictions[0].steps_n, 2);
    CU_ASSERT_EQUAL(network->restriction_step[0], 1 * 2);
    CU_ASSERT_EQUAL(network->restriction_step[1], 3 * 2);
    xd_network_free(network);
    /* Back: into 5 piece 3 against its drawing, out of it piece 1 against its drawing. */
    network = road_map_network(CROSSING "relation 7 way:11:from node:5:via way:10:to : " NO_LEFT);
    CU_ASSERT_EQUAL(network->restriction_step[0], 3 * 2 + 1);
    CU_ASSERT_EQUAL(network->restriction_step[1], 1 * 2 + 1);
    xd_network_free(network);
}

static void a_member_that_passes_through_the_node_counts_on_both_sides(void)
{
    const char *unsplit =
        "node 1 0 100\nnode 2 200 100\nnode 4 100 200\nnode 5 100 100\nway 10 1 5 2 : highway=residential\nway 13 5 4 : highway=residential\n"
        "relation 7 %s node:5:via %s : type=restriction, restriction=%s\n";
    static const struct {
        const char *from, *to, *kind, *expected;
    } rows[] = {
        {"way:10:from", "way:13:to", "no_left_turn", "7 no vehicle: 1 5 4\n7 no vehicle: 2 5 4\n"},
        {"way:13:from", "way:10:to", "no_left_turn", "7 no vehicle: 4 5 1\n7 no vehicle: 4 5 2\n"},
        {"way:13:from", "way:10:to", "only_left_turn", "7 only vehicle: 4 5 1\n7 only vehicle: 4 5 2\n"},
        {"way:10:from", "way:10:to", "no_straight_on", "7 no vehicle: 1 5 2\n7 no vehicle: 2 5 1\n"},
        {"way:10:from", "way:10:to", "no_u_turn", "7 no vehicle: 1 5 1\n7 no vehicle: 2 5 2\n"},
        {"way:13:from", "way:13:to", "no_u_turn", "7 no vehicle: 4 5 4\n"},
        {"way:13:from", "way:13:to", "only_u_turn", "7 only vehicle: 4 5 4\n"},
        {"way:13:from", "way:13:to", "no_left_turn", ""}, /* nothing but a u-turn is there */
        {"way:10:from", "way:13:to", "no_u_turn", "7 no vehicle: 1 5 4\n7 no vehicle: 2 5 4\n"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        char map[512];
        snprintf(map, sizeof map, unsplit, rows[i].from, rows[i].to, rows[i].kind);
        expect_restrictions(map, rows[i].expected);
    }
}

static void several_from_and_several_to_give_every_combination_once(void)
{
    expect_on_crossing("way:10:from way:12:from way:10:from node:5:via way:13:to : type=restriction, restriction=no_entry",
                       "7 no vehicle: 1 5 4\n7 no vehicle: 3 5 4\n");
    expect_on_crossing("way:10:from node:5:via way:13:to way:12:to way:13:to : type=restriction, restriction=no_exit",
                       "7 no vehicle: 1 5 3\n7 no vehicle: 1 5 4\n");
    expect_on_crossing("way:10:from node:5:via way:13:to way:12:to : type=restriction, restriction=only_left_turn",
                       "7 only vehicle: 1 5 3\n7 only vehicle: 1 5 4\n");
    expect_on_crossing("way:10:from node:5:via node:5:via way:13:to : " NO_LEFT, "7 no vehicle: 1 5 4\n");
    /* A way turned back on itself is no way from one to the other. */
    expect_on_crossing("way:10:from way:13:from node:5:via way:13:to : type=restriction, restriction=no_entry", "7 no vehicle: 1 5 4\n");
}

/* 1 - 2 (way 10), then 2 - 3 - 4 (20), 5 - 4 (21, drawn backwards), 5 - 6 (22), then 6 - 7 (30); 8 beside 2, 9 beside 6. */
#define CHAIN                                                                                                                                        \
    "node 1 0 0\nnode 2 100 0\nnode 3 200 0\nnode 4 300 0\nnode 5 400 0\nnode 6 500 0\nnode 7 600 0\nnode 8 100 100\nnode 9 500 100\n"               \
    "way 20 2 3 4 : highway=residential\nway 21 5 4 : highway=residential\nway 22 5 6 : highway=residential\n"
#define ENDS "way 10 1 2 : highway=residential\nway 30 6 7 : highway=residential\n"
#define OVER_CHAIN "relation 7 way:10:from way:20:via way:21:via way:22:via way:30:to : type=restriction, restriction=no_u_turn\n"

static void via_ways_are_a_chain_in_any_order_and_direction(void)
{
    expect_restrictions(CHAIN ENDS OVER_CHAIN, "7 no vehicle: 1 2 3 4 5 6 7\n");
    expect_restrictions(CHAIN ENDS
                        "relation 7 way:30:to way:22:via way:20:via way:10:from way:21:via : type=restriction, restriction=only_straight_on\n",
                        "7 only vehicle: 1 2 3 4 5 6 7\n");
    expect_restrictions(CHAIN ENDS "relation 7 way:30:from way:22:via way:20:via way:21:via way:10:to : " NO_LEFT, "7 no vehicle: 7 6 5 4 3 2 1\n");
    expect_restrictions(CHAIN ENDS "relation 7 way:10:from way:20:via way:21:to : " NO_LEFT, "7 no vehicle: 1 2 3 4 5\n");
    /* From and to on one way, a turn by way of a connection; a via way missing in the chain; one too many. */
    expect_restrictions(CHAIN "way 10 1 2 8 : highway=residential\nway 30 7 6 9 : highway=residential\n" OVER_CHAIN,
                        "7 no vehicle: 1 2 3 4 5 6 7\n7 no vehicle: 1 2 3 4 5 6 9\n7 no vehicle: 8 2 3 4 5 6 7\n7 no vehicle: 8 2 3 4 5 6 9\n");
    expect_restrictions(CHAIN ENDS "relation 7 way:10:from way:20:via way:22:via way:30:to : " NO_LEFT, "");
    expect_restrictions(CHAIN ENDS "relation 7 way:10:from way:20:via way:22:via way:21:to : " NO_LEFT, "");
}

static void where_members_meet_at_their_ends_other_places_where_they_touch_do_not_count(void)
{
    /* Way 10 ends at 2, and touches 3 halfway: from 2 alone. */
    expect_restrictions(CHAIN "node 11 250 100\nway 10 1 3 11 2 : highway=residential\nway 30 4 7 : highway=residential\n"
                              "relation 7 way:10:from way:20:via way:30:to : " NO_LEFT,
                        "7 no vehicle: 11 2 3 4 7\n");
    /* Nowhere at an end of its own: on both sides of the via way's end, and not at 3. */
    expect_restrictions(CHAIN "node 11 250 100\nway 10 1 2 8 3 11 : highway=residential\nway 30 4 7 : highway=residential\n"
                              "relation 7 way:10:from way:20:via way:30:to : " NO_LEFT,
                        "7 no vehicle: 1 2 3 4 7\n7 no vehicle: 8 2 3 4 7\n");
    /* Within the via way: only the part of it that is driven. */
    expect_restrictions(CHAIN
                        "way 10 8 3 : highway=residential\nway 30 4 7 : highway=residential\nrelation 7 way:10:from way:20:via way:30:to : " NO_LEFT,
                        "7 no vehicle: 8 3 4 7\n");
}

/* A roundabout 1 2 3 4 drawn from 1, way 10 into 2, way 30 out of 4. */
#define ROUND                                                                                                                                        \
    "node 1 0 0\nnode 2 100 0\nnode 3 100 100\nnode 4 0 100\nnode 5 200 0\nnode 6 -100 100\nway 10 5 2 : highway=residential\n"                      \
    "way 30 4 6 : highway=residential\n"
#define OVER_ROUND "relation 7 way:10:from way:20:via way:30:to : " NO_LEFT "\n"
#define BACK_OVER_ROUND "relation 7 way:30:from way:20:via way:10:to : " NO_LEFT "\n"

static void a_via_way_that_is_a_ring_is_driven_the_way_that_is_open(void)
{
    expect_restrictions(ROUND "way 20 1 2 3 4 1 : highway=residential, junction=roundabout\n" OVER_ROUND, "7 no vehicle: 5 2 3 4 6\n");
    expect_restrictions(ROUND "way 20 1 2 3 4 1 : highway=residential, junction=roundabout\n" BACK_OVER_ROUND, "7 no vehicle: 6 4 1 2 5\n");
    expect_restrictions(ROUND "way 20 1 2 3 4 1 : highway=residential, oneway=-1\n" OVER_ROUND, "7 no vehicle: 5 2 1 4 6\n");
    /* Both ways round are open: the shorter one, or both. */
    expect_restrictions(ROUND "way 20 1 2 3 4 1 : highway=residential\n" OVER_ROUND, "7 no vehicle: 5 2 1 4 6\n7 no vehicle: 5 2 3 4 6\n");
    expect_restrictions(ROUND "node 7 50 150\nway 20 1 2 3 7 4 1 : highway=residential\n" OVER_ROUND, "7 no vehicle: 5 2 1 4 6\n");
    expect_restrictions(ROUND "node 7 50 -50\nway 20 1 7 2 3 4 1 : highway=residential\n" OVER_ROUND, "7 no vehicle: 5 2 3 4 6\n");
    /* A ring as member at its first node: it is on both sides. */
    expect_restrictions(ROUND "way 20 2 3 4 1 2 : highway=residential\nrelation 7 way:10:from node:2:via way:20:to : " NO_LEFT,
                        "7 no vehicle: 5 2 3\n7 no vehicle: 5 2 1\n");
}

static void where_nodes_are_missing_the_part_of_the_road_that_is_left_counts(void)
{
    /* Way 10 is two roads, 8 - 6 and 1 - 5. */
    expect_restrictions("node 8 -200 100\n" CROSSING
                        "way 14 8 6 99 1 5 : highway=residential\nrelation 7 way:14:from node:5:via way:11:to : " NO_LEFT,
                        "7 no vehicle: 1 5 2\n");
    expect_restrictions(CHAIN "way 10 1 2 : highway=residential\nway 40 2 8 99 9 6 : highway=residential\nway 30 6 7 : highway=residential\n"
                              "relation 7 way:10:from way:40:via way:30:to : " NO_LEFT,
                        "");
    expect_restrictions(CROSSING "way 14 8 9 5 99 : highway=residential\nrelation 7 way:14:from node:5:via way:11:to : " NO_LEFT, "");
}

static void what_cannot_be_kept_is_counted_with_its_reason(void)
{
    static const struct {
        enum xd_restriction_drop reason;
        const char *relation;
    } rows[] = {
        {XD_RESTRICTION_UNKNOWN_KIND, "way:10:from node:5:via way:11:to : type=restriction"},
        {XD_RESTRICTION_UNKNOWN_KIND, "way:10:from node:5:via way:11:to : type=restriction, restriction=no_parking"},
        {XD_RESTRICTION_CONDITIONAL, "way:10:from node:5:via way:11:to : type=restriction, restriction:conditional=no_left_turn @ (07:00-09:00)"},
        {XD_RESTRICTION_CONDITIONAL, "way:10:from node:5:via way:11:to : type=restriction, restriction:hgv:conditional=no_left_turn @ (Su)"},
        {XD_RESTRICTION_CONDITIONAL, "way:10:from node:5:via way:11:to : " NO_LEFT ", hour_on=07:00, hour_off=09:00"},
        {XD_RESTRICTION_OTHER_VEHICLES, "way:10:from node:5:via way:11:to : type=restriction, restriction:bicycle=no_left_turn"},
        {XD_RESTRICTION_NO_VIA, "way:10:from way:11:to : " NO_LEFT},
        {XD_RESTRICTION_NO_VIA, "way:10:from node:5:location_hint way:11:to : " NO_LEFT},
        {XD_RESTRICTION_MEMBERS, "node:5:via way:11:to : " NO_LEFT},
        {XD_RESTRICTION_MEMBERS, "way:10:from node:5:via : " NO_LEFT},
        {XD_RESTRICTION_MEMBERS, "way:10:from node:5:via node:1:via way:11:to : " NO_LEFT},
        {XD_RESTRICTION_MEMBERS, "way:10:from node:5:via way:12:via way:11:to : " NO_LEFT},
        {XD_RESTRICTION_MEMBERS, "node:1:from node:5:via way:11:to : " NO_LEFT},
        {XD_RESTRICTION_MEMBERS, "way:10:from relation:5:via way:11:to : " NO_LEFT},
        {XD_RESTRICTION_MEMBER_MISSING, "way:98:from node:5:via way:11:to : " NO_LEFT},
        {XD_RESTRICTION_MEMBER_MISSING, "way:10:from node:99:via way:11:to : " NO_LEFT},
        {XD_RESTRICTION_MEMBER_MISSING, "way:10:from way:98:via way:11:to : " NO_LEFT},
        {XD_RESTRICTION_MEMBER_MISSING, "way:17:from node:5:via way:11:to : " NO_LEFT}, /* there, without its nodes */
        {XD_RESTRICTION_NOT_ROADS, "way:15:from node:5:via way:11:to : " NO_LEFT},
        {XD_RESTRICTION_NOT_ROADS, "way:10:from way:15:via way:11:to : " NO_LEFT},
        {XD_RESTRICTION_NOT_ROADS, "way:10:from way:15:from node:5:via way:16:to : " NO_LEFT},
        {XD_RESTRICTION_NOT_MEETING, "way:10:from node:3:via way:11:to : " NO_LEFT},
        {XD_RESTRICTION_NOT_MEETING, "way:10:from node:6:via way:11:to : " NO_LEFT},
        {XD_RESTRICTION_NOT_MEETING, "way:10:from node:8:via way:11:to : " NO_LEFT}, /* on no road */
        {XD_RESTRICTION_NOT_MEETING, "way:10:from way:14:via way:11:to : " NO_LEFT},
        {XD_RESTRICTION_NOT_MEETING, "way:10:from way:13:via way:11:to : " NO_LEFT}, /* touches both at 5: nothing of it would be driven */
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        char map[2048];
        snprintf(map, sizeof map,
                 CROSSING
                 "node 7 900 0\nnode 8 900 100\nway 14 7 4 : highway=service\nway 15 1 5 2 : highway=construction\nway 16 5 2 : railway=rail\n"
                 "way 17 97 98 : highway=service\nrelation 7 %s\n",
                 rows[i].relation);
        struct xd_network *network = road_map_network(map);
        if (network->counts.restrictions_dropped[rows[i].reason] != 1)
            fprintf(stderr, "%s is not dropped as %s\n", rows[i].relation, xd_restriction_drop_name(rows[i].reason));
        CU_ASSERT_EQUAL(network->restrictions_n, 0);
        CU_ASSERT_EQUAL(network->counts.restrictions_seen, 1);
        CU_ASSERT_EQUAL(network->counts.restrictions_kept, 0);
        CU_ASSERT_EQUAL(network->counts.restrictions_dropped[rows[i].reason], 1);
        CU_ASSERT_EQUAL(dropped_n(network), 1);
        xd_network_free(network);
    }
}

static void what_is_left_of_several_members_is_kept_in_part(void)
{
    struct xd_network *network = road_map_network(
        CROSSING "relation 7 way:98:from way:10:from node:5:via way:11:to : type=restriction, restriction=no_entry\n"
                 "relation 8 way:10:from node:5:via way:11:to : " NO_LEFT "\nrelation 8 way:12:from node:5:via way:11:to : " NO_LEFT);
    char lines[256];
    list_restrictions(network, lines, sizeof lines);
    CU_ASSERT_STRING_EQUAL(lines, "7 no vehicle: 1 5 2\n8 no vehicle: 1 5 2\n");
    CU_ASSERT_EQUAL(network->counts.restrictions_seen, 3);
    CU_ASSERT_EQUAL(network->counts.restrictions_kept, 2);
    CU_ASSERT_EQUAL(network->counts.restrictions_in_part, 1);
    CU_ASSERT_EQUAL(network->counts.restrictions_dropped[XD_RESTRICTION_REPEATED], 1);
    xd_network_free(network);
}

static void vehicles_and_exceptions_are_kept_with_each_rule(void)
{
    static const struct {
        const char *tags, *expected;
    } rows[] = {
        {"type=restriction, restriction=no_left_turn, except=psv", "7 no vehicle-psv: 1 5 2\n"},
        {"type=restriction, restriction=no_left_turn, except=bicycle;hgv; goods", "7 no vehicle-goods+hgv: 1 5 2\n"},
        {"type=restriction, restriction=no_left_turn, except=bicycle", "7 no vehicle: 1 5 2\n"},
        {"type=restriction, restriction:hgv=no_left_turn", "7 no hgv: 1 5 2\n"},
        {"type=restriction, restriction:bus=no_left_turn", "7 no bus: 1 5 2\n"},
        {"type=restriction, restriction:psv=no_left_turn", "7 no psv: 1 5 2\n"},
        {"type=restriction, restriction:motorcar=no_left_turn, restriction:bicycle=no_left_turn", "7 no motorcar: 1 5 2\n"},
        {"type=restriction, restriction:motor_vehicle=no_left_turn", "7 no motor_vehicle: 1 5 2\n"},
        {"type=restriction, restriction:goods=no_left_turn, restriction:hgv=no_left_turn", "7 no goods+hgv: 1 5 2\n"},
        {"type=restriction, restriction:hgv=no_left_turn, restriction:bus=only_straight_on", "7 no hgv: 1 5 2\n7 only bus: 1 5 2\n"},
        {"type=restriction, restriction:hgv=no_left_turn, restriction:bus=no_u_turn", "7 no hgv: 1 5 2\n7 no bus: 1 5 2\n"},
        {"type=restriction:hgv, restriction=no_left_turn", "7 no hgv: 1 5 2\n"},
        {"type=restriction:bicycle, restriction=no_left_turn", ""},
        {"type=restriction, restriction=no_left_turn;no_u_turn", "7 no vehicle: 1 5 2\n"},
        {"type=restriction, restriction=no_left_turn, restriction:conditional=none @ (Su)", "7 no vehicle: 1 5 2\n"},
        {"type=restrictions, restriction=no_left_turn", ""},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        char relation[256];
        snprintf(relation, sizeof relation, "way:10:from node:5:via way:11:to : %s", rows[i].tags);
        expect_on_crossing(relation, rows[i].expected);
    }
}

static void neither_the_order_of_the_file_nor_that_of_members_shows_in_the_network(void)
{
    const char *maps[] = {
        CROSSING "relation 7 way:10:from way:12:from node:5:via way:13:to : type=restriction, restriction=no_entry\nrelation 6 way:13:from "
                 "node:5:via way:11:to : " NO_LEFT "\n",
        "relation 6 way:11:to node:5:via way:13:from : " NO_LEFT "\nrelation 7 way:13:to way:12:from way:10:from node:5:via : type=restriction, "
        "restriction=no_entry\n" CROSSING,
        CROSSING "relation 7 way:10:from way:12:from node:5:via way:13:to : type=restriction, restriction=no_entry\n",
        CROSSING "relation 7 way:10:from way:12:from node:5:via way:13:to : type=restriction, restriction=no_entry\nrelation 6 way:13:from "
                 "node:5:via way:11:to : " NO_LEFT ", except=bus\n",
        CROSSING "relation 7 way:10:from way:12:from node:5:via way:13:to : type=restriction, restriction=no_entry\nrelation 6 way:13:from "
                 "node:5:via way:11:to : "
                 "type=restriction, restriction=only_left_turn\n",
    };
    uint64_t hashes[XD_ARRAY_LENGTH(maps)];
    for (size_t i = 0; i < XD_ARRAY_LENGTH(maps); i++) {
        struct xd_network *network = road_map_network(maps[i]);
        hashes[i] = network->hash;
        xd_network_free(network);
    }
    CU_ASSERT_EQUAL(hashes[0], hashes[1]);
    for (size_t i = 2; i < XD_ARRAY_LENGTH(maps); i++)
        CU_ASSERT_NOT_EQUAL(hashes[0], hashes[i]);
    CU_ASSERT_NOT_EQUAL(hashes[3], hashes[4]);
}

static void traffic_signals_and_stop_signs_stay_with_the_nodes_of_roads(void)
{
    static const struct {
        const char *tags;
        uint8_t signal;
    } rows[] = {
        {"highway=traffic_signals", XD_NODE_SIGNAL},
        {"highway=traffic_signals, traffic_signals:direction=forward", XD_NODE_SIGNAL | XD_NODE_FORWARD},
        {"highway=traffic_signals, traffic_signals:direction=backward", XD_NODE_SIGNAL | XD_NODE_BACKWARD},
        {"highway=traffic_signals, traffic_signals:direction=both", XD_NODE_SIGNAL},
        {"highway=stop", XD_NODE_STOP},
        {"highway=stop, direction=backward", XD_NODE_STOP | XD_NODE_BACKWARD},
        {"highway=crossing, crossing=traffic_signals", XD_NODE_CROSSING_SIGNAL},
        {"highway=crossing, crossing=traffic_signals;uncontrolled", XD_NODE_CROSSING_SIGNAL},
        {"highway=crossing, crossing:signals=yes", XD_NODE_CROSSING_SIGNAL},
        {"highway=crossing, crossing=traffic_signals, crossing:signals=no", 0},
        {"highway=crossing, crossing=zebra", 0},
        {"highway=give_way", 0},
        {"crossing=traffic_signals", 0},
    };
    uint64_t hash_without = 0;
    for (size_t i = XD_ARRAY_LENGTH(rows); i-- > 0;) {
        char map[512];
        snprintf(map, sizeof map,
                 "node 1 0 0\nnode 2 100 0 : %s\nnode 3 200 0\nnode 4 300 0 : highway=traffic_signals\nway 10 1 2 3 : highway=service\n",
                 rows[i].tags);
        struct xd_network *network = road_map_network(map);
        if (network->node_signal[1] != rows[i].signal)
            fprintf(stderr, "%s gives %d\n", rows[i].tags, network->node_signal[1]);
        CU_ASSERT_EQUAL(network->nodes_n, 3);
        CU_ASSERT(network->node_signal[0] == 0 && network->node_signal[1] == rows[i].signal && network->node_signal[2] == 0);
        hash_without = rows[i].signal == 0 ? network->hash : hash_without;
        CU_ASSERT_EQUAL(network->hash == hash_without, rows[i].signal == 0);
        xd_network_free(network);
    }
}

/* From the file by another reader: 147 relations, 7 without via, 3 more without from; all others at a node but two, which go over one way. */
static void the_restrictions_of_a_real_map_are_kept(void)
{
    static const char *const files[] = {"osm/small/andorra-2026-roads.osm.pbf", "osm/small/andorra-2026-roads.osm"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(files); i++) {
        char path[XD_TEST_PATH_MAX];
        struct xd_network *network = NULL;
        int32_t only_n = 0, longer_n = 0;
        if (!xd_shared_file(files[i], path)) {
            xd_skip("no shared data");
            return;
        }
        CU_ASSERT_EQUAL_FATAL(xd_osm_read_network(path, NULL, &network, NULL), XD_OK);
        for (int32_t r = 0; r < network->restrictions_n; r++) {
            CU_ASSERT(is_connected(network, &network->restrictions[r]));
            only_n += network->restrictions[r].only;
            longer_n += network->restrictions[r].steps_n > 2;
        }
        CU_ASSERT_EQUAL(network->counts.restrictions_seen, 147);
        CU_ASSERT_EQUAL(network->counts.restrictions_kept, 137);
        CU_ASSERT_EQUAL(network->counts.restrictions_in_part, 0);
        CU_ASSERT_EQUAL(network->counts.restrictions_dropped[XD_RESTRICTION_NO_VIA], 7);
        CU_ASSERT_EQUAL(network->counts.restrictions_dropped[XD_RESTRICTION_MEMBERS], 3);
        CU_ASSERT_EQUAL(dropped_n(network), 10);
        CU_ASSERT_EQUAL(network->restrictions_n, 137);
        CU_ASSERT_EQUAL(only_n, 28);
        CU_ASSERT_EQUAL(longer_n, 2);
        int32_t signals_n = 0, stops_n = 0;
        for (int32_t node = 0; node < network->nodes_n; node++) {
            signals_n += (network->node_signal[node] & XD_NODE_SIGNAL) != 0;
            stops_n += (network->node_signal[node] & XD_NODE_STOP) != 0;
        }
        CU_ASSERT_EQUAL(signals_n, 64);
        CU_ASSERT_EQUAL(stops_n, 26);
        xd_network_free(network);
    }
}

#define CASE(name)                                                                                                                                   \
    {                                                                                                                                                \
#name, name                                                                                                                                  \
    }
static const struct xd_test_case cases[] = {
    CASE(each_kind_of_restriction_at_a_node_bars_its_turn_or_prescribes_it),
    CASE(steps_are_pieces_of_roads_with_the_direction_they_are_driven_in),
    CASE(a_member_that_passes_through_the_node_counts_on_both_sides),
    CASE(several_from_and_several_to_give_every_combination_once),
    CASE(via_ways_are_a_chain_in_any_order_and_direction),
    CASE(where_members_meet_at_their_ends_other_places_where_they_touch_do_not_count),
    CASE(a_via_way_that_is_a_ring_is_driven_the_way_that_is_open),
    CASE(where_nodes_are_missing_the_part_of_the_road_that_is_left_counts),
    CASE(what_cannot_be_kept_is_counted_with_its_reason),
    CASE(what_is_left_of_several_members_is_kept_in_part),
    CASE(vehicles_and_exceptions_are_kept_with_each_rule),
    CASE(neither_the_order_of_the_file_nor_that_of_members_shows_in_the_network),
    CASE(traffic_signals_and_stop_signs_stay_with_the_nodes_of_roads),
    CASE(the_restrictions_of_a_real_map_are_kept),
};
const struct xd_test_suite xd_suite_maps_restrictions = {"maps_restrictions", cases, XD_ARRAY_LENGTH(cases)};
