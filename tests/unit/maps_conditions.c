/* Conditions in a network: kept once, in normal form, up to their limit; obeyed by who drives; movable bridges with their time. */
#include "maps/graph.h"
#include "maps/network_extend.h"
#include "maps/network_hash.h"
#include "tests/harness/profiles.h"
#include "tests/harness/road_map.h"
#include "tests/unit/maps_suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NODES "node 1 0 0\nnode 2 100 0\nnode 3 200 0 : barrier=gate, hgv:conditional=no @ (weight>3)\nnode 4 300 0\n"
#define CONDITION "hgv:conditional=no @ (weight>3)"
#define RESTRICTION "relation 7 way:1:from node:2:via way:2:to : type=restriction, restriction:conditional=no_turn @ (weight>3)\n"

static void each_list_is_there_once_in_any_order_of_ways_and_tags(void)
{
    static const char *const maps[] = {
        NODES "way 1 1 2 : highway=service, " CONDITION ", oneway:conditional=yes @ (weight>4)\nway 2 2 3 : highway=service, " CONDITION
              "\nway 3 3 4 : highway=service, maxspeed:conditional=30 @ (weight>3)\n" RESTRICTION,
        RESTRICTION "way 3 3 4 : maxspeed:conditional=30 @ (weight>3), highway=service\nway 2 2 3 : " CONDITION
                    ", highway=service\nway 1 1 2 : oneway:conditional=yes @ (weight>4), " CONDITION ", highway=service\n" NODES};
    uint64_t hash = 0;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(maps); i++) {
        struct xd_network *network = road_map_network(maps[i]);
        CU_ASSERT_EQUAL(network->clauses_n, 2 + 1 + 1 + 1); /* way 1; way 2 and the gate; way 3; the restriction */
        CU_ASSERT_EQUAL(network->roads[1].clauses, network->barriers[0].clauses);
        CU_ASSERT(network->roads[0].clauses > 0 && network->roads[1].clauses > 0 && network->roads[2].clauses > 0);
        CU_ASSERT(xd_clauses_are_sound(network->clauses, network->clauses_n));
        CU_ASSERT(i == 0 || network->hash == hash);
        hash = network->hash;
        xd_network_free(network);
    }
}

enum { CHAIN_N = 6 };

/* A chain of ways of its own conditions each, over gates of theirs, with a restriction between the first two. */
struct chain {
    struct xd_osm_node nodes[CHAIN_N + 1];
    struct xd_osm_way ways[CHAIN_N];
    int64_t ids[CHAIN_N][2];
    struct xd_osm_tag way_tags[CHAIN_N][2], node_tags[CHAIN_N + 1][2];
    char texts[2 * CHAIN_N + 1][40];
    struct xd_osm_relation relation;
};
static const struct xd_osm_member chain_members[] = {{XD_OSM_WAY, 1, "from"}, {XD_OSM_NODE, 2, "via"}, {XD_OSM_WAY, 2, "to"}};
static const struct xd_osm_tag chain_relation_tags[] = {{"type", "restriction"}, {"restriction:conditional", "no_turn @ (weight>99)"}};

static void chain_make(struct chain *chain)
{
    for (int i = 0; i <= CHAIN_N; i++) {
        snprintf(chain->texts[i], sizeof chain->texts[i], "no @ (weight>%d)", 10 + i);
        chain->node_tags[i][0] = (struct xd_osm_tag){"barrier", "gate"};
        chain->node_tags[i][1] = (struct xd_osm_tag){"hgv:conditional", chain->texts[i]};
        chain->nodes[i] = (struct xd_osm_node){.id = i + 1, .position = road_map_position(100 * i, 0), .tags = {chain->node_tags[i], 2}};
    }
    for (int i = 0; i < CHAIN_N; i++) {
        char *text = chain->texts[CHAIN_N + 1 + i];
        snprintf(text, sizeof chain->texts[0], "no @ (weight>%d); yes @ delivery", 50 + i);
        chain->way_tags[i][0] = (struct xd_osm_tag){"highway", "service"};
        chain->way_tags[i][1] = (struct xd_osm_tag){"motor_vehicle:conditional", text};
        chain->ids[i][0] = i + 1;
        chain->ids[i][1] = i + 2;
        chain->ways[i] = (struct xd_osm_way){.id = i + 1, .node_ids = chain->ids[i], .node_ids_n = 2, .tags = {chain->way_tags[i], 2}};
    }
    chain->relation = (struct xd_osm_relation){.id = 9, .members = chain_members, .members_n = 3, .tags = {chain_relation_tags, 2}};
}

/* The objects go to the parts in turn, which are joined one after the other. */
static struct xd_network *chain_in_parts(const struct chain *chain, int parts_n)
{
    struct xd_network_builder *builder = NULL;
    struct xd_network *network = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_network_builder_create(&builder, NULL), XD_OK);
    for (int pass = 1; pass <= 2; pass++) {
        struct xd_osm_sink sink;
        void *parts[3];
        CU_ASSERT_EQUAL_FATAL(xd_network_builder_sink(builder, pass, &sink, NULL), XD_OK);
        for (int k = 0; k < parts_n; k++)
            CU_ASSERT_EQUAL_FATAL(sink.parts->create(sink.context, &parts[k], NULL), XD_OK);
        for (int i = 0; i < CHAIN_N && pass == 1; i++)
            CU_ASSERT_EQUAL_FATAL(sink.way(parts[i * parts_n / CHAIN_N], &chain->ways[i], NULL), XD_OK);
        if (pass == 1)
            CU_ASSERT_EQUAL_FATAL(sink.relation(parts[parts_n - 1], &chain->relation, NULL), XD_OK);
        for (int i = 0; i <= CHAIN_N && pass == 2; i++)
            CU_ASSERT_EQUAL_FATAL(sink.node(parts[i * parts_n / (CHAIN_N + 1)], &chain->nodes[i], NULL), XD_OK);
        for (int k = 0; k < parts_n; k++) {
            CU_ASSERT_EQUAL_FATAL(sink.parts->join(sink.context, parts[k], NULL), XD_OK);
            sink.parts->release(parts[k]);
        }
    }
    CU_ASSERT_EQUAL_FATAL(xd_network_builder_finish(builder, &network, NULL), XD_OK);
    return network;
}

static void a_map_read_in_parts_has_the_same_conditions(void)
{
    struct chain *chain = calloc(1, sizeof *chain);
    const struct xd_osm_relation *relation = &chain->relation;
    struct xd_network *whole = NULL;
    chain_make(chain);
    const struct road_map_objects objects = {chain->nodes, chain->ways, relation, CHAIN_N + 1, CHAIN_N, 1};
    CU_ASSERT_EQUAL_FATAL(road_map_build(&objects, &whole, NULL), XD_OK);
    CU_ASSERT_EQUAL(whole->clauses_n, CHAIN_N * 2 + CHAIN_N + 1 + 1);
    for (int parts_n = 1; parts_n <= 3; parts_n++) {
        struct xd_network *network = chain_in_parts(chain, parts_n);
        CU_ASSERT_EQUAL(network->hash, whole->hash);
        for (int32_t r = 0; r < network->roads_n; r++)
            CU_ASSERT_EQUAL(xd_clauses_at(network->clauses, network->roads[r].clauses)->tests[0].bound, 1000 * (50 + r));
        for (int32_t i = 0; i < network->barriers_n; i++)
            CU_ASSERT_EQUAL(xd_clauses_at(network->clauses, network->barriers[i].clauses)->tests[0].bound, 1000 * (10 + i));
        CU_ASSERT_EQUAL_FATAL(network->restrictions_n, 1);
        CU_ASSERT_EQUAL(xd_clauses_at(network->clauses, network->restrictions[0].clauses)->tests[0].bound, 99000);
        xd_network_free(network);
    }
    xd_network_free(whole);
    free(chain);
}

static void what_a_condition_says_shows_in_the_hash(void)
{
    static const char *const ways[] = {CONDITION,
                                       "hgv:conditional=no @ (weight>3.001)",
                                       "hgv:conditional=no @ (weight>=3)",
                                       "hgv:conditional=destination @ (weight>3)",
                                       "goods:conditional=no @ (weight>3)",
                                       "name=A",
                                       "hgv:conditional=no @ (weight>3); no @ (weight>3)"};
    uint64_t hashes[XD_ARRAY_LENGTH(ways)];
    for (size_t i = 0; i < XD_ARRAY_LENGTH(ways); i++) {
        char map[256];
        snprintf(map, sizeof map, "node 1 0 0\nnode 2 100 0\nway 1 1 2 : highway=service, %s\n", ways[i]);
        struct xd_network *network = road_map_network(map);
        hashes[i] = network->hash;
        for (size_t k = 0; k < i; k++)
            CU_ASSERT_NOT_EQUAL(hashes[k], hashes[i]);
        xd_network_free(network);
    }
}

/* 2,047 ways of 32 clauses and one of 31 are 65,535: one more does not fit. */
static void lists_over_the_limit_are_left_out_and_counted(void)
{
    enum { WAYS_N = 2048, TEXT_N = 20 * XD_CLAUSES_MAX };
    const struct xd_osm_node nodes[] = {{.id = 1, .position = road_map_position(0, 0)}, {.id = 2, .position = road_map_position(100, 0)}};
    static const int64_t ids[] = {1, 2};
    struct xd_osm_way *ways = calloc(WAYS_N, sizeof *ways);
    struct xd_osm_tag(*tags)[2] = calloc(WAYS_N, sizeof *tags);
    char(*texts)[TEXT_N] = calloc(WAYS_N, sizeof *texts);
    CU_ASSERT_FATAL(ways && tags && texts);
    for (int over = 0; over < 2; over++) {
        const struct road_map_objects objects = {.nodes = nodes, .nodes_n = 2, .ways = ways, .ways_n = WAYS_N};
        struct xd_network *network = NULL;
        for (int w = 0; w < WAYS_N; w++) {
            size_t n = 0;
            for (int c = w == WAYS_N - 1 && !over ? 1 : 0; c < XD_CLAUSES_MAX; c++)
                n += (size_t)snprintf(texts[w] + n, TEXT_N - n, "no @ weight>%d kg;", 1000 + w);
            tags[w][0] = (struct xd_osm_tag){"highway", "service"};
            tags[w][1] = (struct xd_osm_tag){"hgv:conditional", texts[w]};
            ways[w] = (struct xd_osm_way){.id = w + 1, .node_ids = ids, .node_ids_n = 2, .tags = {tags[w], 2}};
        }
        CU_ASSERT_EQUAL_FATAL(road_map_build(&objects, &network, NULL), XD_OK);
        CU_ASSERT_EQUAL(network->clauses_n, over ? XD_NETWORK_CLAUSES_MAX - 31 : XD_NETWORK_CLAUSES_MAX);
        CU_ASSERT_EQUAL(network->counts.way_doubts.tags_n[XD_DOUBT_CONDITION], over);
        int32_t without_n = 0;
        for (int32_t r = 0; r < network->roads_n; r++)
            without_n += network->roads[r].clauses == 0;
        CU_ASSERT_EQUAL(without_n, over);
        xd_network_free(network);
    }
    free(ways);
    free(tags);
    free(texts);
}

static void what_is_not_applied_is_counted_by_kind_of_object(void)
{
    struct xd_network *network = road_map_network(
        "node 1 0 0\nnode 2 100 0 : barrier=gate, access:conditional=no @ (22:00-06:00)\nnode 3 200 0\nway 1 1 2 : highway=service\n"
        "way 2 2 3 : highway=service, hgv:conditional=no @ bogus\n"
        "relation 7 way:1:from node:2:via way:2:to : type=restriction, restriction:conditional=no_turn @ (Su)\n"
        "relation 8 way:1:from node:2:via way:2:to : type=restriction, restriction=no_turn, restriction:conditional=none @ (bogus)\n");
    CU_ASSERT_EQUAL(network->counts.node_doubts.tags_n[XD_DOUBT_CONDITIONAL], 1);
    CU_ASSERT_EQUAL(network->counts.way_doubts.example_id[XD_DOUBT_CONDITION], 2);
    CU_ASSERT_EQUAL(network->counts.relation_doubts.example_id[XD_DOUBT_CONDITIONAL], 7);
    CU_ASSERT_EQUAL(network->counts.relation_doubts.example_id[XD_DOUBT_CONDITION], 8);
    CU_ASSERT_EQUAL(network->counts.relation_doubts.object_id, 0);
    CU_ASSERT_EQUAL(network->counts.restrictions_dropped[XD_RESTRICTION_CONDITIONAL], 1);
    CU_ASSERT_EQUAL(network->restrictions_n, 1);
    xd_network_free(network);
}

static void an_extra_road_brings_its_conditions(void)
{
    struct xd_network *network = road_map_network("node 1 0 0\nnode 2 100 0\nway 1 1 2 : highway=service, " CONDITION "\n"), *extended = NULL;
    const struct xd_position points[] = {road_map_position(100, 0), road_map_position(100, 100)};
    struct road_map_tags tags;
    struct xd_clauses clauses;
    struct xd_extra_road road = {.label = "1", .name = "", .points = points, .points_n = 2, .join_m = 30};
    struct xd_diagnostics diagnostics = {0};
    struct xd_extend_counts counts;
    CU_ASSERT_TRUE(xd_road_decode(road_map_tags("highway=service, motor_vehicle:conditional=no @ (weight>2)", &tags), &road.road, &clauses, NULL));
    road.clauses = clauses.items;
    const uint64_t with = xd_road_hash(&road.road, road.clauses);
    CU_ASSERT_NOT_EQUAL(with, xd_road_hash(&road.road, NULL));
    CU_ASSERT_EQUAL_FATAL(xd_network_extend(network, &road, 1, &diagnostics, &extended, &counts), XD_OK);
    CU_ASSERT_EQUAL(extended->clauses_n, 2);
    const struct xd_profile *truck = xd_test_profile("light_truck"), *van = xd_test_profile("ev_van");
    for (int32_t r = 0; r < extended->roads_n; r++) {
        CU_ASSERT_EQUAL(xd_profile_speed_kmh(truck, extended->clauses, &extended->roads[r], 1), 0);
        CU_ASSERT_EQUAL(xd_profile_speed_kmh(van, extended->clauses, &extended->roads[r], 1), extended->road_osm_id[r] == 1 ? 15 : 0);
    }
    xd_network_free(extended);
    xd_network_free(network);
}

/* Over the middle one of three pieces of 100 m; a trunk road is driven at 60 km/h. */
static void a_movable_bridge_takes_its_time(void)
{
    static const struct {
        const char *tags;
        int32_t piece_ms;
    } rows[] = {{"bridge=movable", 72000}, {"bridge=movable, duration=00:10", 600000}, {"bridge=yes", 6000}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        char map[256];
        snprintf(map, sizeof map,
                 "node 1 0 0\nnode 2 100 0\nnode 3 200 0\nnode 4 300 0\nway 1 1 2 : highway=trunk\nway 2 2 3 : highway=trunk, %s\n"
                 "way 3 3 4 : highway=trunk\n",
                 rows[i].tags);
        struct xd_network *network = road_map_network(map);
        const struct xd_profile *profile = xd_test_profile("minivan");
        struct xd_graph *graph = NULL;
        CU_ASSERT_EQUAL_FATAL(xd_graph_build(network, profile, &graph, NULL), XD_OK);
        for (int64_t p = 0; p < graph->topology->first_piece[graph->topology->edges_n]; p++)
            if (graph->topology->piece_road[p] == 1)
                CU_ASSERT(labs((long)graph->piece_ms[0][p] - rows[i].piece_ms) <= 20);
        xd_graph_free(graph);
        xd_network_free(network);
    }
}

static const struct xd_test_case cases[] = {
    {"each_list_is_there_once_in_any_order_of_ways_and_tags", each_list_is_there_once_in_any_order_of_ways_and_tags},
    {"a_map_read_in_parts_has_the_same_conditions", a_map_read_in_parts_has_the_same_conditions},
    {"what_a_condition_says_shows_in_the_hash", what_a_condition_says_shows_in_the_hash},
    {"lists_over_the_limit_are_left_out_and_counted", lists_over_the_limit_are_left_out_and_counted},
    {"what_is_not_applied_is_counted_by_kind_of_object", what_is_not_applied_is_counted_by_kind_of_object},
    {"an_extra_road_brings_its_conditions", an_extra_road_brings_its_conditions},
    {"a_movable_bridge_takes_its_time", a_movable_bridge_takes_its_time},
};
const struct xd_test_suite xd_suite_maps_conditions = {"maps_conditions", cases, XD_ARRAY_LENGTH(cases)};
