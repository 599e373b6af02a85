/* The limits of turn restrictions: at each of them, and one above it. */
#include "tests/harness/road_map.h"
#include "tests/unit/maps_suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_LEFT "type=restriction, restriction=no_left_turn"

enum { SPOKES_N = 66, HUB_NODE = 1000, STREET_N = XD_RESTRICTION_STEPS_MAX + 2 };

/* Ways 1 .. SPOKES_N from nodes of the same ids to HUB_NODE. */
struct wheel {
    struct xd_osm_node nodes[SPOKES_N + 1];
    struct xd_osm_way ways[SPOKES_N];
    int64_t ids[SPOKES_N][2];
    struct xd_osm_member members[SPOKES_N + 1];
};

static const struct xd_osm_tag road_tags[] = {{"highway", "residential"}};
static const struct xd_osm_tag no_entry_tags[] = {{"type", "restriction"}, {"restriction", "no_entry"}};

static void wheel_make(struct wheel *wheel)
{
    wheel->nodes[SPOKES_N] = (struct xd_osm_node){.id = HUB_NODE, .position = road_map_position(0, 0)};
    for (int32_t i = 0; i < SPOKES_N; i++) {
        wheel->ids[i][0] = i + 1;
        wheel->ids[i][1] = HUB_NODE;
        wheel->nodes[i] = (struct xd_osm_node){.id = i + 1, .position = road_map_position(100 + i, 100)};
        wheel->ways[i] = (struct xd_osm_way){.id = i + 1, .node_ids = wheel->ids[i], .node_ids_n = 2, .tags = {road_tags, 1}};
    }
}

/* From the first from_n ways into the next to_n ways over the hub. */
static struct xd_osm_relation wheel_relation(struct wheel *wheel, int64_t id, int32_t from_n, int32_t to_n)
{
    for (int32_t i = 0; i < from_n + to_n; i++)
        wheel->members[i] = (struct xd_osm_member){.kind = XD_OSM_WAY, .id = i + 1, .role = i < from_n ? "from" : "to"};
    wheel->members[from_n + to_n] = (struct xd_osm_member){.kind = XD_OSM_NODE, .id = HUB_NODE, .role = "via"};
    return (struct xd_osm_relation){.id = id, .members = wheel->members, .members_n = from_n + to_n + 1, .tags = {no_entry_tags, 2}};
}

static void members_over_the_limit_drop_the_restriction(void)
{
    struct wheel *wheel = calloc(1, sizeof *wheel);
    wheel_make(wheel);
    for (int32_t over = 0; over < 2; over++) {
        const int32_t ways_n = XD_RESTRICTION_MEMBERS_MAX - 1 + over; /* and the node */
        const struct xd_osm_relation relation = wheel_relation(wheel, 7, 30, ways_n - 30);
        const struct road_map_objects objects = {
            .nodes = wheel->nodes, .nodes_n = SPOKES_N + 1, .ways = wheel->ways, .ways_n = SPOKES_N, .relations = &relation, .relations_n = 1};
        struct xd_network *network = NULL;
        CU_ASSERT_EQUAL_FATAL(road_map_build(&objects, &network, NULL), XD_OK);
        CU_ASSERT_EQUAL(network->restrictions_n, over ? 0 : 30 * 33);
        CU_ASSERT_EQUAL(network->counts.restrictions_dropped[XD_RESTRICTION_OVER_LIMIT], over);
        xd_network_free(network);
    }
    free(wheel);
}

/* `full_n` relations of 32 x 32 entries, then one of 32 x to_n; the network's restrictions in *entries_n. */
static enum xd_status wheel_restrictions(struct wheel *wheel, int32_t full_n, int32_t to_n, int32_t *entries_n, struct xd_error *error)
{
    struct xd_network_builder *builder = NULL;
    struct xd_network *network = NULL;
    struct xd_osm_sink sink;
    enum xd_status status = xd_network_builder_create(&builder, error);
    if (status == XD_OK)
        status = xd_network_builder_sink(builder, 1, &sink, error);
    for (int32_t i = 0; i < SPOKES_N && status == XD_OK; i++)
        status = sink.way(sink.context, &wheel->ways[i], error);
    for (int32_t i = 0; i <= full_n && status == XD_OK; i++) {
        const struct xd_osm_relation relation = wheel_relation(wheel, i, 32, i < full_n ? 31 : to_n);
        status = sink.relation(sink.context, &relation, error);
    }
    if (status == XD_OK)
        status = xd_network_builder_sink(builder, 2, &sink, error);
    for (int32_t i = 0; i <= SPOKES_N && status == XD_OK; i++)
        status = sink.node(sink.context, &wheel->nodes[i], error);
    if (status == XD_OK)
        status = xd_network_builder_finish(builder, &network, error);
    else
        xd_network_builder_free(builder);
    *entries_n = network ? network->restrictions_n : -1;
    xd_network_free(network);
    return status;
}

static void a_network_holds_as_many_restrictions_as_the_limit_says_and_not_one_more(void)
{
    struct wheel *wheel = calloc(1, sizeof *wheel);
    struct xd_error error = {.status = XD_OK};
    int32_t entries_n;
    const int32_t full_n = XD_NETWORK_RESTRICTIONS_MAX / (32 * 31), rest_n = XD_NETWORK_RESTRICTIONS_MAX % (32 * 31) / 32;
    CU_ASSERT_EQUAL_FATAL(full_n * 32 * 31 + rest_n * 32, XD_NETWORK_RESTRICTIONS_MAX);
    wheel_make(wheel);
    CU_ASSERT_EQUAL(wheel_restrictions(wheel, full_n, rest_n, &entries_n, &error), XD_OK);
    CU_ASSERT_EQUAL(entries_n, XD_NETWORK_RESTRICTIONS_MAX);
    CU_ASSERT_EQUAL(wheel_restrictions(wheel, full_n, rest_n + 1, &entries_n, &error), XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "turn restrictions"));
    free(wheel);
}

/* A via way of as many pieces as the limit allows beside the first and the last step, then one more. */
static void steps_over_the_limit_drop_the_restriction(void)
{
    static struct xd_osm_node nodes[STREET_N + 2];
    static int64_t ids[STREET_N + 2];
    static const struct xd_osm_member members[] = {
        {.kind = XD_OSM_WAY, .id = 1, .role = "from"}, {.kind = XD_OSM_WAY, .id = 2, .role = "via"}, {.kind = XD_OSM_WAY, .id = 3, .role = "to"}};
    for (int32_t i = 0; i < STREET_N + 2; i++) {
        ids[i] = i + 1;
        nodes[i] = (struct xd_osm_node){.id = i + 1, .position = road_map_position(10 * i, 0)};
    }
    for (int32_t over = 0; over < 2; over++) {
        const int32_t pieces_n = XD_RESTRICTION_STEPS_MAX - 2 + over;
        const struct xd_osm_way ways[] = {{.id = 1, .node_ids = ids, .node_ids_n = 2, .tags = {road_tags, 1}},
                                          {.id = 2, .node_ids = ids + 1, .node_ids_n = pieces_n + 1, .tags = {road_tags, 1}},
                                          {.id = 3, .node_ids = ids + 1 + pieces_n, .node_ids_n = 2, .tags = {road_tags, 1}}};
        const struct xd_osm_relation relation = {.id = 7, .members = members, .members_n = 3, .tags = {no_entry_tags, 2}};
        const struct road_map_objects objects = {
            .nodes = nodes, .nodes_n = STREET_N + 2, .ways = ways, .ways_n = 3, .relations = &relation, .relations_n = 1};
        struct xd_network *network = NULL;
        CU_ASSERT_EQUAL_FATAL(road_map_build(&objects, &network, NULL), XD_OK);
        CU_ASSERT_EQUAL(network->restrictions_n, over ? 0 : 1);
        CU_ASSERT(over || (network->restrictions[0].steps_n == XD_RESTRICTION_STEPS_MAX));
        CU_ASSERT_EQUAL(network->counts.restrictions_dropped[XD_RESTRICTION_OVER_LIMIT], over);
        xd_network_free(network);
    }
}

/* n via ways between the same two nodes can be driven in n! orders. Five: 120 of them, back and forth, ending where `to` begins. */
static void via_ways_that_can_be_driven_in_too_many_orders_drop_the_restriction(void)
{
    for (int32_t n = 5; n <= 13; n += 8) {
        char map[4096];
        size_t at = (size_t)snprintf(
            map, sizeof map, "node 1 0 0\nnode 2 100 0\nnode 3 200 0\nnode 4 300 0\nway 1 1 2 : highway=service\nway 2 3 4 : highway=service\n");
        for (int32_t i = 0; i < n; i++)
            at += (size_t)snprintf(map + at, sizeof map - at, "node %d 150 %d\nway %d 2 %d 3 : highway=service\n", 10 + i, i, 10 + i, 10 + i);
        at += (size_t)snprintf(map + at, sizeof map - at, "relation 7 way:1:from way:2:to");
        for (int32_t i = 0; i < n; i++)
            at += (size_t)snprintf(map + at, sizeof map - at, " way:%d:via", 10 + i);
        snprintf(map + at, sizeof map - at, " : " NO_LEFT "\n");
        struct xd_network *network = road_map_network(map);
        CU_ASSERT_EQUAL(network->restrictions_n, n == 5 ? 120 : 0);
        CU_ASSERT_EQUAL(network->counts.restrictions_dropped[XD_RESTRICTION_OVER_LIMIT], n == 5 ? 0 : 1);
        xd_network_free(network);
    }
}

/* Four via ways between the same two nodes end where they begin, not where `to` does: tried in all orders, kept in none. When all tries together are
 * too many, the restriction with the highest id goes. */
static void tries_of_all_restrictions_together_are_limited(void)
{
    enum { VIA_N = 4, FEW_N = 100, MANY_N = 60000 };
    static const char *const roles[] = {"from", "via", "to"};
    static const int64_t ids[][2] = {{1, 2}, {3, 4}, {2, 3}};
    struct xd_osm_node nodes[4];
    struct xd_osm_way ways[2 + VIA_N];
    struct xd_osm_member members[2 + VIA_N];
    struct xd_osm_relation *relations = calloc(MANY_N + 1, sizeof *relations);
    const struct xd_osm_member good[] = {
        {.kind = XD_OSM_WAY, .id = 1, .role = "from"}, {.kind = XD_OSM_NODE, .id = 2, .role = "via"}, {.kind = XD_OSM_WAY, .id = 3, .role = "to"}};
    for (int32_t i = 0; i < 4; i++)
        nodes[i] = (struct xd_osm_node){.id = i + 1, .position = road_map_position(100 * i, 0)};
    for (int32_t i = 0; i < 2 + VIA_N; i++) {
        ways[i] = (struct xd_osm_way){.id = i + 1, .node_ids = ids[i < 2 ? i : 2], .node_ids_n = 2, .tags = {road_tags, 1}};
        members[i] = (struct xd_osm_member){.kind = XD_OSM_WAY, .id = i + 1, .role = roles[i == 0 ? 0 : i == 1 ? 2 : 1]};
    }
    for (int32_t n = FEW_N; n <= MANY_N; n += MANY_N - FEW_N) {
        for (int32_t i = 0; i < n; i++)
            relations[i] = (struct xd_osm_relation){.id = i + 1, .members = members, .members_n = 2 + VIA_N, .tags = {no_entry_tags, 2}};
        relations[n] = (struct xd_osm_relation){.id = n + 1, .members = good, .members_n = 3, .tags = {no_entry_tags, 2}};
        const struct road_map_objects objects = {
            .nodes = nodes, .nodes_n = 4, .ways = ways, .ways_n = 2 + VIA_N, .relations = relations, .relations_n = n + 1};
        struct xd_network *network = NULL;
        CU_ASSERT_EQUAL_FATAL(road_map_build(&objects, &network, NULL), XD_OK);
        const int64_t *dropped = network->counts.restrictions_dropped;
        CU_ASSERT_EQUAL(network->restrictions_n, n == FEW_N ? 1 : 0);
        CU_ASSERT_EQUAL(dropped[XD_RESTRICTION_NOT_MEETING] + dropped[XD_RESTRICTION_OVER_LIMIT], n == FEW_N ? n : n + 1);
        CU_ASSERT_EQUAL(dropped[XD_RESTRICTION_OVER_LIMIT] > 0, n == MANY_N);
        xd_network_free(network);
    }
    free(relations);
}

/* Two members that share more nodes than may be tried. */
static void nodes_where_members_may_meet_are_limited(void)
{
    enum { LONG_N = XD_RESTRICTION_TRIES_MAX / 2 + 1 };
    struct xd_osm_node *nodes = calloc(LONG_N, sizeof *nodes);
    int64_t *ids = calloc(LONG_N, sizeof *ids);
    for (int32_t i = 0; i < LONG_N; i++) {
        ids[i] = i + 1;
        nodes[i] = (struct xd_osm_node){.id = i + 1, .position = road_map_position(i, 0)};
    }
    for (int32_t over = 0; over < 2; over++) {
        /* from 1 2, via 2 3 and the long way from 3 on, to back from 3: the long way twice or, in the map but no member, once */
        const struct xd_osm_way ways[] = {{.id = 1, .node_ids = ids, .node_ids_n = 2, .tags = {road_tags, 1}},
                                          {.id = 2, .node_ids = ids + 1, .node_ids_n = 2, .tags = {road_tags, 1}},
                                          {.id = 3, .node_ids = ids + 2, .node_ids_n = LONG_N - 2, .tags = {road_tags, 1}},
                                          {.id = 4, .node_ids = ids + 2, .node_ids_n = LONG_N - 2, .tags = {road_tags, 1}}};
        const struct xd_osm_member members[] = {{.kind = XD_OSM_WAY, .id = 1, .role = "from"},
                                                {.kind = XD_OSM_WAY, .id = 2, .role = "via"},
                                                {.kind = XD_OSM_WAY, .id = 3, .role = "to"},
                                                {.kind = XD_OSM_WAY, .id = 4, .role = "to"}};
        const struct xd_osm_relation relation = {.id = 7, .members = members, .members_n = 3 + over, .tags = {no_entry_tags, 2}};
        const struct road_map_objects objects = {
            .nodes = nodes, .nodes_n = LONG_N, .ways = ways, .ways_n = 4, .relations = &relation, .relations_n = 1};
        struct xd_network *network = NULL;
        CU_ASSERT_EQUAL_FATAL(road_map_build(&objects, &network, NULL), XD_OK);
        CU_ASSERT_EQUAL(network->restrictions_n, over ? 0 : 1);
        CU_ASSERT_EQUAL(network->counts.restrictions_dropped[XD_RESTRICTION_OVER_LIMIT], over);
        xd_network_free(network);
    }
    free(nodes);
    free(ids);
}

#define CASE(name)                                                                                                                                   \
    {                                                                                                                                                \
#name, name                                                                                                                                  \
    }
static const struct xd_test_case cases[] = {
    CASE(members_over_the_limit_drop_the_restriction),    CASE(a_network_holds_as_many_restrictions_as_the_limit_says_and_not_one_more),
    CASE(steps_over_the_limit_drop_the_restriction),      CASE(via_ways_that_can_be_driven_in_too_many_orders_drop_the_restriction),
    CASE(tries_of_all_restrictions_together_are_limited), CASE(nodes_where_members_may_meet_are_limited),
};
const struct xd_test_suite xd_suite_maps_restriction_limits = {"maps_restriction_limits", cases, XD_ARRAY_LENGTH(cases)};
