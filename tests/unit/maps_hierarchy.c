/* Orders, completions, and tables where sweeps meet their limits. */
#include "base/alloc.h"
#include "base/rng.h"
#include "maps/customize.h"
#include "maps/order.h"
#include "maps/query.h"
#include "maps/table.h"
#include "tests/harness/maps_network.h"
#include "tests/harness/profiles.h"
#include "tests/harness/road_map.h"
#include "tests/harness/roads.h"
#include "tests/oracle/road_dijkstra.h"
#include "tests/unit/maps_suites.h"

#include <string.h>

enum { NODES_MAX = 1200, ARCS_MAX = 8 * NODES_MAX };

/* Arcs in both directions, as lists by tail. */
struct net {
    int32_t nodes_n, pairs_n;
    int32_t pair[ARCS_MAX][2];
    int32_t first[NODES_MAX + 2], head[2 * ARCS_MAX];
    struct xd_position position[NODES_MAX];
};

static void join(struct net *net, int32_t a, int32_t b)
{
    net->pair[net->pairs_n][0] = a;
    net->pair[net->pairs_n++][1] = b;
}

static void close_net(struct net *net)
{
    int32_t next[NODES_MAX + 1];
    memset(net->first, 0, sizeof net->first);
    for (int32_t p = 0; p < net->pairs_n; p++)
        for (int end = 0; end < 2; end++)
            net->first[net->pair[p][end] + 1]++;
    for (int32_t v = 0; v < net->nodes_n; v++)
        net->first[v + 1] += net->first[v];
    memcpy(next, net->first, sizeof next);
    for (int32_t p = 0; p < net->pairs_n; p++)
        for (int end = 0; end < 2; end++)
            net->head[next[net->pair[p][end]]++] = net->pair[p][1 - end];
}

static void draw_net(struct net *net, int kind, struct xd_rng *rng)
{
    const int32_t side = 30;
    memset(net, 0, sizeof *net);
    net->nodes_n = kind == 0 ? 0 : kind == 1 ? 1 : side * side;
    for (int32_t v = 0; v < net->nodes_n; v++)
        net->position[v] = (struct xd_position){.lon_e7 = v % side * 1000, .lat_e7 = v / side * 1000};
    for (int32_t v = 0; v < net->nodes_n && kind >= 2; v++) {
        if (kind == 2 && v > 0)
            join(net, v - 1, v); /* a line */
        else if (kind == 3 && v > 0)
            join(net, 0, v); /* a star */
        else if (kind == 4 && v > 0)
            join(net, (int32_t)xd_rng_below(rng, (uint32_t)v), v); /* a tree */
        else if (kind == 5 && v % side > 0)
            join(net, v - 1, v); /* a grid */
        if (kind == 5 && v >= side)
            join(net, v - side, v);
        if (kind == 6) { /* by chance, with loops, repeats and parts */
            join(net, (int32_t)xd_rng_below(rng, (uint32_t)net->nodes_n), v);
            join(net, v, v);
        }
        if (kind == 7)
            net->position[v] = (struct xd_position){0}; /* all in one place */
        if (kind == 7 && v >= 3)
            join(net, v, v - 3);
        if (kind == 7 && v >= 7)
            join(net, v, v - 7);
    }
    close_net(net);
}

static void an_order_is_a_permutation_whatever_the_network(void)
{
    static struct net net;
    static int32_t rank[NODES_MAX], again[NODES_MAX];
    static bool taken[NODES_MAX];
    for (int kind = 0; kind <= 7; kind++) {
        struct xd_rng rng = xd_rng_at(8, XD_RNG_TEST, 0, (uint64_t)kind);
        int32_t wrong_n = 0;
        draw_net(&net, kind, &rng);
        const struct xd_order_input input = {
            .nodes_n = net.nodes_n, .first_out = net.first, .head = net.head, .position = net.position, .work_max = INT64_MAX, .arcs_max = INT64_MAX};
        int64_t work = 0, work_again = 0;
        CU_ASSERT_EQUAL_FATAL(xd_order_find(&input, rank, &work, NULL), XD_OK);
        CU_ASSERT_EQUAL_FATAL(xd_order_find(&input, again, &work_again, NULL), XD_OK);
        CU_ASSERT(work < INT64_MAX && work == work_again);
        memset(taken, 0, sizeof taken);
        for (int32_t v = 0; v < net.nodes_n; v++) {
            wrong_n += rank[v] < 0 || rank[v] >= net.nodes_n || taken[rank[v]] || rank[v] != again[v];
            taken[rank[v] >= 0 && rank[v] < net.nodes_n ? rank[v] : 0] = true;
        }
        CU_ASSERT_EQUAL(wrong_n, 0);
    }
}

static void a_completion_hands_every_neighbour_on_to_the_parent_and_stays_small(void)
{
    struct xd_network *network = network_of_synth(5, 0, 0);
    struct test_roads roads = test_roads_make(network, "minivan", false);
    const struct xd_hierarchy *hierarchy = roads.map.hierarchy;
    int32_t wrong_n = 0;
    for (int32_t v = 0; v < hierarchy->nodes_n; v++) {
        const int32_t begin = hierarchy->up_first[v], end = hierarchy->up_first[v + 1];
        wrong_n += hierarchy->rank[hierarchy->node[v]] != v;
        for (int32_t a = begin; a < end; a++)
            wrong_n += hierarchy->up_head[a] <= (a == begin ? v : hierarchy->up_head[a - 1]);
        for (int32_t a = begin + 1; a < end; a++) {
            const int32_t parent = hierarchy->up_head[begin];
            bool found = false;
            for (int32_t b = hierarchy->up_first[parent]; b < hierarchy->up_first[parent + 1]; b++)
                found = found || hierarchy->up_head[b] == hierarchy->up_head[a];
            wrong_n += !found;
        }
    }
    CU_ASSERT_EQUAL(wrong_n, 0);
    /* a county's roads are nearly a tree: 1.2 arcs a node where each edge counts once; a poor order has several times as many */
    CU_ASSERT(hierarchy->arcs_n < 2 * roads.map.topology->edges_n);
    test_roads_free(&roads);
    xd_network_free(network);
}

/* Three islands in a row, 8 nodes each, joined by ferries of a week: from the first to the third it takes longer than 2^30 ms. */
static struct xd_network *far_islands(void)
{
    static struct xd_osm_node nodes[24];
    static struct xd_osm_way ways[5];
    static const struct xd_osm_tag road[] = {{"highway", "tertiary"}}, boat[] = {{"route", "ferry"}, {"duration", "P7D"}};
    static int64_t ids[5][8];
    enum xd_status status;
    for (int32_t i = 0; i < 24; i++)
        nodes[i] =
            (struct xd_osm_node){.id = i + 1, .position = {.lon_e7 = 1070000000 + i * 20000 + i / 8 * 500000, .lat_e7 = 265000000 + i % 3 * 5000}};
    for (int32_t w = 0; w < 5; w++) {
        ways[w] = (struct xd_osm_way){.id = w + 1, .node_ids = ids[w], .node_ids_n = w < 3 ? 8 : 2, .tags = {w < 3 ? road : boat, w < 3 ? 1 : 2}};
        for (int32_t k = 0; k < 8; k++)
            ids[w][k] = w < 3 ? 8 * w + k + 1 : 8 * (w - 3) + 8 + k;
    }
    struct xd_network *network = network_of_objects(nodes, 24, ways, 5, &status);
    CU_ASSERT_PTR_NOT_NULL_FATAL(network);
    return network;
}

/* Ways too long to be told are told as none, all others as they are. */
static int32_t queries_differ_where_ways_are_far(const struct test_roads *roads, struct xd_road_oracle *oracle, const struct xd_snap *snaps,
                                                 int32_t n)
{
    struct xd_query *query = NULL;
    struct xd_query_point from, to;
    int32_t wrong_n = 0;
    CU_ASSERT_EQUAL_FATAL(xd_query_create(roads->weights, &query, NULL), XD_OK);
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < n; j++) {
            struct xd_way truth;
            from.snap = &snaps[i];
            to.snap = &snaps[j];
            xd_edge_point_find(roads->graph, from.snap, &from.within);
            xd_edge_point_find(roads->graph, to.snap, &to.within);
            xd_road_oracle_run(oracle, roads->map.topology, from.snap, to.snap, 1, &truth);
            const struct xd_short_way way = xd_query_way(query, &from, &to), expected = xd_short_way_of(truth);
            wrong_n += way.cost_ms != expected.cost_ms || way.time_ms != expected.time_ms || way.length_cm != expected.length_cm;
        }
    xd_query_free(query);
    return wrong_n;
}

static void ways_too_long_for_sweeps_are_found_all_the_same(void)
{
    enum { N = 48 };
    struct xd_network *network = far_islands();
    struct xd_matrix *matrix = NULL;
    struct xd_snap snaps[N];
    struct xd_way ways[N];
    int32_t wrong_n = 0, far_n = 0;
    struct test_roads roads = test_roads_make(network, "minivan", false);
    for (int32_t i = 0; i < N; i++) {
        struct xd_position at = network->node_position[i / 2];
        at.lat_e7 += i % 2 * 3000;
        test_roads_snap(&roads, at, 1000, &snaps[i]);
        CU_ASSERT_EQUAL_FATAL(snaps[i].status, XD_SNAP_OK);
    }
    struct xd_road_oracle *oracle = xd_road_oracle_create(network, xd_test_profile("minivan"), &(struct xd_road_rules_options){0});
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads.graph, roads.weights, snaps, N, 2, NULL, &matrix, NULL), XD_OK);
    for (int32_t i = 0; i < N; i++) {
        xd_road_oracle_run(oracle, roads.map.topology, &snaps[i], snaps, N, ways);
        for (int32_t j = 0; j < N; j++) {
            const int64_t time_s = i == j ? 0 : (ways[j].time_ms + 500) / 1000;
            wrong_n += time_s != xd_matrix_time_s(matrix, i, j) || (i != j && (ways[j].length_cm + 50) / 100 != xd_matrix_length_m(matrix, i, j));
            far_n += ways[j].time_ms > XD_FAR_WAY;
        }
    }
    CU_ASSERT_EQUAL(wrong_n, 0);
    CU_ASSERT(far_n > 100);
    CU_ASSERT_EQUAL(queries_differ_where_ways_are_far(&roads, oracle, snaps, N), 0);
    xd_road_oracle_free(oracle);
    xd_matrix_free(matrix);
    test_roads_free(&roads);
    xd_network_free(network);
}

/* At 60 km/h 10,800 km take 7.5 days: a length of more than 2^30 cm, a time of less than 2^30 ms. */
static void ways_whose_length_alone_is_too_long_are_not_told_by_queries(void)
{
    enum { N = 6 };
    struct xd_network *network =
        road_map_network("node 1 -15000000 0\nnode 2 -12000000 0\nnode 3 -9000000 0\nnode 4 -6000000 0\nnode 5 -3000000 0\nnode 6 0 0\n"
                         "node 7 -12000000 100\nnode 8 -9000000 100\nnode 9 -6000000 100\nnode 10 -3000000 100\nway 10 1 2 3 4 5 6 : highway=trunk\n"
                         "way 11 2 7 : highway=trunk\nway 12 3 8 : highway=trunk\nway 13 4 9 : highway=trunk\nway 14 5 10 : highway=trunk\n");
    struct test_roads roads = test_roads_make(network, "ev_van", false);
    struct xd_road_oracle *oracle = xd_road_oracle_create(network, xd_test_profile("ev_van"), &(struct xd_road_rules_options){0});
    struct xd_snap snaps[N];
    struct xd_way whole;
    for (int32_t i = 0; i < N; i++)
        test_roads_snap(&roads, network->node_position[i], 1000, &snaps[i]);
    CU_ASSERT_EQUAL(queries_differ_where_ways_are_far(&roads, oracle, snaps, N), 0);
    xd_road_oracle_run(oracle, roads.map.topology, &snaps[0], &snaps[N - 1], 1, &whole);
    CU_ASSERT(whole.length_cm > XD_FAR_WAY && whole.cost_ms < XD_FAR_WAY);
    xd_road_oracle_free(oracle);
    test_roads_free(&roads);
    xd_network_free(network);
}

static void points_off_the_road_leave_their_rows_and_columns_unreachable(void)
{
    enum { N = 60 };
    struct xd_network *network = network_of_synth(9, 5, 30);
    struct xd_matrix *all = NULL, *some = NULL;
    struct xd_snap snaps[N];
    int32_t wrong_n = 0;
    struct test_roads roads = test_roads_make(network, "minivan", false);
    for (int32_t i = 0, v = 0; i < N; v += 7) {
        test_roads_snap(&roads, network->node_position[v % network->nodes_n], 1000, &snaps[i]);
        i += snaps[i].status == XD_SNAP_OK;
    }
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads.graph, NULL, snaps, N, 1, NULL, &all, NULL), XD_OK);
    for (int32_t i = 0; i < N; i += 5)
        snaps[i].status = XD_SNAP_OFF_NETWORK;
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads.graph, roads.weights, snaps, N, 1, NULL, &some, NULL), XD_OK);
    for (int32_t i = 0; i < N; i++)
        for (int32_t j = 0; j < N; j++) {
            const bool off = i != j && (i % 5 == 0 || j % 5 == 0);
            wrong_n +=
                off ? xd_matrix_reachable(some, i, j)
                    : xd_matrix_time_s(some, i, j) != xd_matrix_time_s(all, i, j) || xd_matrix_length_m(some, i, j) != xd_matrix_length_m(all, i, j);
        }
    CU_ASSERT_EQUAL(wrong_n, 0);
    xd_matrix_free(all);
    xd_matrix_free(some);
    test_roads_free(&roads);
    xd_network_free(network);
}

enum { RING_MOST = 6000 };

/* A ring with chords by chance has no small separators: its completion would fill memory. */
static struct xd_network *network_of_ring(int32_t n)
{
    static struct xd_osm_node nodes[RING_MOST];
    static struct xd_osm_way ways[3 * RING_MOST / 2];
    static int64_t ids[3 * RING_MOST / 2][2];
    static const struct xd_osm_tag road[] = {{"highway", "tertiary"}};
    struct xd_rng rng = xd_rng_at(5, XD_RNG_TEST, 0, 0);
    enum xd_status status;
    for (int32_t i = 0; i < n; i++)
        nodes[i] = (struct xd_osm_node){
            .id = i + 1, .position = {.lon_e7 = 1070000000 + (int32_t)xd_rng_below(&rng, 1000000), .lat_e7 = (int32_t)xd_rng_below(&rng, 1000000)}};
    for (int32_t w = 0; w < 3 * n / 2; w++) {
        ids[w][0] = w < n ? w + 1 : 2 * (w - n) + 1;
        ids[w][1] = w < n ? w % n + 2 > n ? 1 : w + 2 : 1 + (int64_t)xd_rng_below(&rng, (uint32_t)n);
        ways[w] = (struct xd_osm_way){.id = w + 1, .node_ids = ids[w], .node_ids_n = 2, .tags = {road, 1}};
    }
    struct xd_network *network = network_of_objects(nodes, (size_t)n, ways, (size_t)(3 * n / 2), &status);
    CU_ASSERT_PTR_NOT_NULL_FATAL(network);
    return network;
}

static void a_network_on_which_a_hierarchy_does_not_pay_gets_none(void)
{
    struct xd_network *network = network_of_ring(4000);
    struct xd_graph *graph = NULL;
    struct xd_hierarchy *hierarchy = NULL;
    struct xd_weights *weights = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_graph_build(network, xd_test_profile("minivan"), &graph, NULL), XD_OK);
    const int64_t steps = 100 * ((int64_t)graph->nodes_n + graph->arcs_n); /* of about ten searches */
    for (int64_t work_max = 0; work_max <= steps; work_max += steps / 4) {
        CU_ASSERT_EQUAL(xd_hierarchy_build(graph->topology, work_max, NULL, &hierarchy, NULL), XD_OK);
        CU_ASSERT_EQUAL(xd_weights_take(hierarchy, graph, work_max, &weights, NULL), XD_OK);
        CU_ASSERT_PTR_NULL(weights);
        xd_hierarchy_free(hierarchy);
    }
    xd_graph_free(graph);
    xd_network_free(network);
}

/* Whatever is allowed: of the larger ring a separator alone passes the ceiling of arcs. What customizing takes is told before it is done. */
static void the_ceilings_of_a_hierarchy_hold_whatever_is_allowed(void)
{
    static const struct {
        int32_t junctions_n;
        bool has_hierarchy;
    } rings[] = {{1000, true}, {4000, true}, {RING_MOST, false}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rings); i++) {
        struct xd_network *network = network_of_ring(rings[i].junctions_n);
        const struct xd_profile *minivan = xd_test_profile("minivan");
        struct xd_road_map map;
        struct xd_graph *graph = NULL;
        struct xd_weights *weights = NULL;
        CU_ASSERT_EQUAL_FATAL(xd_road_map_build(network, &minivan, 1, false, &map, NULL), XD_OK);
        CU_ASSERT_EQUAL_FATAL(xd_graph_weigh(map.topology, minivan, &(struct xd_graph_conditions){.heights = NULL}, &graph, NULL), XD_OK);
        for (int again = 0; again < 2; again++) {
            CU_ASSERT_EQUAL(xd_road_map_order(&map, INT64_MAX, NULL, NULL), XD_OK);
            CU_ASSERT_EQUAL(map.hierarchy != NULL, rings[i].has_hierarchy);
            CU_ASSERT_EQUAL(map.ordered_work, xd_hierarchy_steps_most(map.topology));
        }
        CU_ASSERT_TRUE(!map.hierarchy || map.hierarchy->arcs_n <= XD_HIERARCHY_ARCS_MAX * XD_HIERARCHY_SMALL);
        CU_ASSERT_EQUAL(xd_weights_take(map.hierarchy, graph, 10 * (int64_t)graph->arcs_n, &weights, NULL), XD_OK);
        CU_ASSERT_PTR_NULL(weights);
        xd_graph_free(graph);
        xd_road_map_free(&map);
        xd_network_free(network);
    }
}

static const struct xd_test_case cases[] = {
    {"the_ceilings_of_a_hierarchy_hold_whatever_is_allowed", the_ceilings_of_a_hierarchy_hold_whatever_is_allowed},
    {"a_network_on_which_a_hierarchy_does_not_pay_gets_none", a_network_on_which_a_hierarchy_does_not_pay_gets_none},
    {"an_order_is_a_permutation_whatever_the_network", an_order_is_a_permutation_whatever_the_network},
    {"a_completion_hands_every_neighbour_on_to_the_parent_and_stays_small", a_completion_hands_every_neighbour_on_to_the_parent_and_stays_small},
    {"ways_too_long_for_sweeps_are_found_all_the_same", ways_too_long_for_sweeps_are_found_all_the_same},
    {"ways_whose_length_alone_is_too_long_are_not_told_by_queries", ways_whose_length_alone_is_too_long_are_not_told_by_queries},
    {"points_off_the_road_leave_their_rows_and_columns_unreachable", points_off_the_road_leave_their_rows_and_columns_unreachable},
};
const struct xd_test_suite xd_suite_maps_hierarchy = {"maps_hierarchy", cases, XD_ARRAY_LENGTH(cases)};
