/* What is dropped of the tags is counted, kind by kind, with the least id as an example. */
#include "maps/road.h"
#include "tests/harness/road_map.h"
#include "tests/profiles/profile_suites.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *tags;
    const char *doubts; /* "access 1 limit 2": by key of xd_road_doubt_infos */
} ways[] = {
    {"highway=track", ""},
    {"highway=track, access=private, oneway=-1, maxspeed=30 mph, maxweight=3.5 t, surface=asphalt;gravel, lanes=2, width=3", ""},
    {"highway=track, access=unknown, maxweight=default, maxspeed=none, maxheight=below_default", ""},
    {"highway=track, access=zzz", "access 1"},
    {"highway=track, access=no;zzz", "access 1"},
    {"highway=track, access=zzz, hgv=yyy, motor_vehicle:forward=xxx", "access 3"},
    {"highway=track, bicycle=zzz, horse=zzz", ""}, /* nobody's concern */
    {"highway=track, oneway=maybe", "oneway 1"},
    {"highway=track, oneway:hgv=maybe", "oneway 1"},
    {"highway=track, oneway:bicycle=maybe", ""},
    {"highway=track, maxspeed=fast", "maxspeed 1"},
    {"highway=track, maxspeed=60;fast, maxspeed:hgv:backward=slow", "maxspeed 2"},
    {"highway=track, maxspeed:type=sign", ""},
    {"highway=track, maxspeed:practical=fast", "maxspeed 1"},
    {"highway=track, maxweight=heavy, maxheight:physical=high, maxlength:hgv=long", "limit 3"},
    {"highway=track, width=narrow", "width 1"},
    {"highway=track, lanes=many", "width 1"},
    {"highway=track, surface=tartan", "surface 1"},
    {"highway=track, surface=asphalt;tartan", "surface 1"},
    {"highway=track, smoothness=so_so", "smoothness 1"},
    {"highway=track, tracktype=grade9", "tracktype 1"},
    {"highway=track, highway:CN=9", "china_grade 1"},
    {"highway=track, highway:CN=9, china_class=village", "china_grade 1"},
    {"route=ferry, duration=soon", "duration 1"},
    {"highway=track, duration=soon", ""},
    {"highway=track, maxspeed:conditional=20 @ (snow), hgv:conditional=no @ (22:00-06:00), oneway:conditional=yes @ (Sa)", "conditional 3"},
    {"highway=track, maxweight:hgv:conditional=none @ (delivery), hgv:conditional=no @ (weight>7.5), motor_vehicle:conditional=no @ emergency", ""},
    {"highway=track, maxweight:conditional=3 @ (snow), maxweightrating:conditional=3 @ (snow), maxweight:hgv:conditional=9 @ bogus",
     "conditional 2 condition 1"},
    {"highway=track, hgv:conditional=no @ bogus, oneway:conditional=yes, maxspeed:conditional=fast @ (weight>3)", "condition 3"},
    {"highway=track, hgv:conditional=no @ bogus; no @ (22:00-06:00); no @ (Su)", "conditional 1 condition 1"}, /* by tags, not clauses */
    {"highway=track, bicycle:conditional=no @ (snow), parking:conditional=no, hgv:lanes:conditional=no @ (Su), maxstay:conditional=1 @ (Su)", ""},
    {"highway=track, bridge=movable, duration=soon", "duration 1"},
    {"highway=pedestrian, area=yes", "area 1"},
    {"highway=track, area=no", ""},
    {"building=yes, access=zzz, area=yes, maxspeed=fast", ""}, /* no road at all */
    {"highway=proposed, access=zzz", ""},
    {"highway=track, abandoned=yes, access=zzz", ""},
};

static const struct {
    const char *tags, *doubts;
} nodes[] = {
    {"barrier=gate", ""},
    {"barrier=cattle_grid", ""},
    {"barrier=zzz", "barrier 1"},
    {"barrier=height_restrictor", "barrier 1"},
    {"barrier=height_restrictor, maxheight=2.5", ""},
    {"barrier=width_restrictor", "barrier 1"},
    {"barrier=width_restrictor, maxwidth=wide", "limit 1 barrier 1"},
    {"barrier=bollard, access=zzz", "access 1"},
    {"barrier=gate, access:conditional=no @ (22:00-06:00)", "conditional 1"},
    {"highway=crossing, access=zzz", ""},
};

static void expect(const char *tags, const struct xd_road_doubts *doubts, const char *expected)
{
    char found[256] = "";
    size_t n = 0;
    for (int kind = 0; kind < XD_ROAD_DOUBTS_N; kind++) {
        if (doubts->tags_n[kind] > 0)
            n += (size_t)snprintf(found + n, sizeof found - n, "%s%s %d", n ? " " : "", xd_road_doubt_infos[kind].key, (int)doubts->tags_n[kind]);
        CU_ASSERT_EQUAL(doubts->example_id[kind], doubts->tags_n[kind] > 0 ? 77 : 0);
    }
    if (strcmp(found, expected) != 0)
        fprintf(stderr, "%s: expected \"%s\", found \"%s\"\n", tags, expected, found);
    CU_ASSERT_STRING_EQUAL(found, expected);
}

static void every_tag_that_is_dropped_is_counted(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(ways); i++) {
        struct xd_road_doubts doubts = {.object_id = 77};
        struct road_map_tags tags;
        struct xd_road road;
        (void)xd_road_decode(road_map_tags(ways[i].tags, &tags), &road, NULL, &doubts);
        expect(ways[i].tags, &doubts, ways[i].doubts);
    }
    for (size_t i = 0; i < XD_ARRAY_LENGTH(nodes); i++) {
        struct xd_road_doubts doubts = {.object_id = 77};
        struct road_map_tags tags;
        struct xd_road_barrier barrier;
        (void)xd_road_barrier_decode(road_map_tags(nodes[i].tags, &tags), &barrier, NULL, &doubts);
        expect(nodes[i].tags, &doubts, nodes[i].doubts);
    }
}

static void the_example_is_the_least_id_in_any_order(void)
{
    static const int64_t ids[] = {9, -4, 7};
    for (size_t first = 0; first < XD_ARRAY_LENGTH(ids); first++) {
        struct xd_road_doubts doubts = {0};
        for (size_t i = 0; i < XD_ARRAY_LENGTH(ids); i++) {
            doubts.object_id = ids[(first + i) % XD_ARRAY_LENGTH(ids)];
            xd_road_doubt_add(&doubts, XD_DOUBT_LIMIT);
        }
        CU_ASSERT_EQUAL(doubts.tags_n[XD_DOUBT_LIMIT], 3);
        CU_ASSERT_EQUAL(doubts.example_id[XD_DOUBT_LIMIT], -4);
    }
}

/* Of all of a network: ways and nodes apart. */
static void a_network_tells_its_doubts(void)
{
    struct xd_network *network = road_map_network("node 1 0 0\nnode 2 100 0 : barrier=zzz\nnode 3 200 0\n"
                                                  "way 12 1 2 : highway=residential, access=zzz\n"
                                                  "way 11 2 3 : highway=residential, access=zzz, surface=tartan\n"
                                                  "way 13 1 3 : highway=pedestrian, area=yes\n");
    const struct xd_road_doubts *way = &network->counts.way_doubts, *node = &network->counts.node_doubts;
    CU_ASSERT_EQUAL(way->tags_n[XD_DOUBT_ACCESS], 2);
    CU_ASSERT_EQUAL(way->example_id[XD_DOUBT_ACCESS], 11);
    CU_ASSERT_EQUAL(way->tags_n[XD_DOUBT_SURFACE], 1);
    CU_ASSERT_EQUAL(way->example_id[XD_DOUBT_AREA], 13);
    CU_ASSERT_EQUAL(way->tags_n[XD_DOUBT_BARRIER], 0);
    CU_ASSERT_EQUAL(node->tags_n[XD_DOUBT_BARRIER], 1);
    CU_ASSERT_EQUAL(node->example_id[XD_DOUBT_BARRIER], 2);
    xd_network_free(network);
}

static const struct xd_test_case cases[] = {
    {"every_tag_that_is_dropped_is_counted", every_tag_that_is_dropped_is_counted},
    {"the_example_is_the_least_id_in_any_order", the_example_is_the_least_id_in_any_order},
    {"a_network_tells_its_doubts", a_network_tells_its_doubts},
};
const struct xd_test_suite xd_suite_profile_doubts = {"profile_doubts", cases, XD_ARRAY_LENGTH(cases)};
