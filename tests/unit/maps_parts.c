/* Parts of the roads: which count, and which roads hang on them. */
#include "maps/road_map.h"
#include "maps/table.h"
#include "tests/harness/harness.h"
#include "tests/harness/profiles.h"
#include "tests/harness/road_map.h"
#include "tests/unit/maps_suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 1 << 20, SIDE_M = 100 };

struct seen {
    struct xd_network *network;
    struct xd_road_map map;
    struct xd_graph *graph;
};

static struct seen see(const char *text, const char *profile_name, bool turn_costs)
{
    struct seen seen = {.network = road_map_network(text)};
    const struct xd_profile *profile = xd_test_profile(profile_name);
    CU_ASSERT_EQUAL_FATAL(xd_road_map_build(seen.network, &profile, 1, turn_costs, &seen.map, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_graph_weigh(seen.map.topology, profile, NULL, &seen.graph, NULL), XD_OK);
    return seen;
}

static void forget(struct seen *seen)
{
    xd_graph_free(seen->graph);
    xd_road_map_free(&seen->map);
    xd_network_free(seen->network);
}

static struct xd_snap snap_at(const struct seen *seen, double east_m, double north_m)
{
    struct xd_snap snap;
    xd_snap_find(seen->map.index, seen->graph, road_map_position(east_m, north_m), 1000, &snap);
    return snap;
}

/* ---- roads that end at a barrier ---- */

#define STREET                                                                                                                                       \
    "node 1 0 0\nnode 2 1000 0\nnode 3 2000 0\nnode 4 1000 200\nnode 5 1000 400\nnode 6 1000 600 : barrier=bollard\n"                                \
    "way 10 1 2 3 : highway=secondary\nway 12 2 4 5 6 : highway=unclassified\n"

/* Nobody turns at the bollard, but who stops on the way there does. */
static void a_street_that_ends_at_a_bollard_is_of_use(void)
{
    static const char *const maps[] = {STREET, STREET "relation 1 way:12:from node:2:via way:10:to : type=restriction, restriction=only_left_turn\n"};
    for (int costs = 0; costs < 2; costs++)
        for (size_t m = 0; m < XD_ARRAY_LENGTH(maps); m++) {
            struct seen seen = see(maps[m], "minivan", costs == 1);
            const struct xd_snap street = snap_at(&seen, 1000, 300), road = snap_at(&seen, 1900, 0);
            CU_ASSERT(street.status == XD_SNAP_OK && street.distance_m == 0);
            const struct xd_snap points[] = {street, road};
            struct xd_matrix *table = NULL;
            CU_ASSERT_EQUAL_FATAL(xd_table_compute(seen.graph, NULL, points, 2, 1, NULL, &table, NULL), XD_OK);
            CU_ASSERT(xd_matrix_reachable(table, 0, 1) && xd_matrix_reachable(table, 1, 0));
            xd_matrix_free(table);
            forget(&seen);
        }
}

/* ---- large and small parts ---- */

/* A grid of columns by rows streets: its directed edges are 2 * (columns * (rows - 1) + rows * (columns - 1)). */
static void draw_grid(char *text, int first_id, int columns, int rows, double east_m, double north_m)
{
    char *at = text + strlen(text);
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++)
            at += sprintf(at, "node %d %.0f %.0f\n", first_id + r * columns + c, east_m + c * SIDE_M, north_m + r * SIDE_M);
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++) {
            const int id = first_id + r * columns + c;
            if (c + 1 < columns)
                at += sprintf(at, "way %d %d %d : highway=residential\n", 2 * id, id, id + 1);
            if (r + 1 < rows)
                at += sprintf(at, "way %d %d %d : highway=residential\n", 2 * id + 1, id, id + columns);
        }
}

static int32_t edges_of_grid(int columns, int rows)
{
    return 2 * (columns * (rows - 1) + rows * (columns - 1));
}

/* Corners of a grid have two streets only, which are one edge: four edges fewer both ways. */
enum { LARGE_COLUMNS = 18, LARGE_ROWS = 15, BELOW_ROWS = 14 };

static void a_part_of_a_thousand_directed_edges_counts_as_the_main_one(void)
{
    char *text = calloc(1, TEXT_SIZE);
    CU_ASSERT(edges_of_grid(LARGE_COLUMNS, LARGE_ROWS) - 8 >= XD_ROAD_PART_EDGES_LEAST);
    CU_ASSERT(edges_of_grid(LARGE_COLUMNS, BELOW_ROWS) < XD_ROAD_PART_EDGES_LEAST);
    for (int large = 0; large < 2; large++) {
        text[0] = '\0';
        draw_grid(text, 1, 25, 25, 0, 0);
        draw_grid(text, 1001, LARGE_COLUMNS, large ? LARGE_ROWS : BELOW_ROWS, 0, 2900);
        struct seen seen = see(text, "minivan", false);
        const struct xd_snap here = snap_at(&seen, 500, 2450), there = snap_at(&seen, 550, 2900);
        CU_ASSERT_EQUAL(seen.graph->parts_n, 1 + large);
        CU_ASSERT(here.status == XD_SNAP_OK && here.distance_m == 50);
        CU_ASSERT(there.status == XD_SNAP_OK && there.distance_m == (large ? 0 : 500));
        /* from a part that counts to another there is no way, and both tables say so */
        struct xd_snap points[20];
        for (int i = 0; i < 20; i++)
            points[i] = snap_at(&seen, 30 + 80 * i, i % 2 ? 2900 : 2400);
        struct xd_weights *weights = NULL;
        struct xd_matrix *tables[2] = {NULL, NULL};
        CU_ASSERT_EQUAL_FATAL(xd_road_map_order(&seen.map, INT64_MAX, NULL, NULL), XD_OK);
        CU_ASSERT_EQUAL_FATAL(xd_weights_take(seen.map.hierarchy, seen.graph, INT64_MAX, &weights, NULL), XD_OK);
        for (int swept = 0; swept < 2; swept++)
            CU_ASSERT_EQUAL_FATAL(xd_table_compute(seen.graph, swept ? weights : NULL, points, 20, 1, NULL, &tables[swept], NULL), XD_OK);
        for (int cell = 0; cell < 400; cell++) {
            CU_ASSERT_EQUAL(tables[0]->time_s[cell] == XD_UNREACHABLE, large && cell / 20 % 2 != cell % 2);
            CU_ASSERT_EQUAL(tables[0]->time_s[cell], tables[1]->time_s[cell]);
        }
        /* where one is asked for, the other is none */
        CU_ASSERT(xd_graph_use_part(seen.graph, here.edge, here.piece));
        CU_ASSERT_EQUAL(snap_at(&seen, 550, 2900).status, large ? XD_SNAP_ISLAND : XD_SNAP_OK);
        CU_ASSERT_EQUAL(snap_at(&seen, 500, 2450).status, XD_SNAP_OK);
        xd_graph_use_parts(seen.graph);
        CU_ASSERT_EQUAL(snap_at(&seen, 550, 2900).distance_m, there.distance_m);
        xd_matrix_free(tables[0]);
        xd_matrix_free(tables[1]);
        xd_weights_free(weights);
        forget(&seen);
    }
    free(text);
}

/* A village of many lanes, and a long road elsewhere. */
static void the_main_part_is_the_longest_not_that_with_the_most_junctions(void)
{
    char *text = calloc(1, TEXT_SIZE);
    strcpy(text, "node 900 0 2000\nnode 901 90000 2000\nway 900 900 901 : highway=primary\n");
    draw_grid(text, 1, 5, 5, 0, 0);
    struct seen seen = see(text, "minivan", false);
    const struct xd_snap road = snap_at(&seen, 5000, 2000), lane = snap_at(&seen, 200, 0);
    CU_ASSERT_EQUAL(seen.graph->parts_n, 1);
    CU_ASSERT_EQUAL(road.status, XD_SNAP_OK);
    CU_ASSERT_EQUAL(lane.status, XD_SNAP_ISLAND);
    forget(&seen);
    free(text);
}

static void a_small_part_that_all_places_lie_on_is_used(void)
{
    /* a lane of its own, with a street to a bollard, 300 m from a long road; a yard apart */
    static const char text[] = "node 1 0 0\nnode 2 9000 0\nway 1 1 2 : highway=primary\n"
                               "node 3 0 300\nnode 4 500 300\nnode 5 1000 300\nnode 6 500 500 : barrier=bollard\nnode 7 0 900\nnode 8 200 900\n"
                               "way 2 3 4 5 : highway=residential\nway 3 4 6 : highway=residential\nway 4 7 8 : highway=service\n";
    for (int costs = 0; costs < 2; costs++) {
        struct seen seen = see(text, "minivan", costs == 1);
        const struct xd_position on_lane[] = {road_map_position(100, 310), road_map_position(0, 9000), road_map_position(500, 450)};
        const struct xd_position apart[] = {road_map_position(100, 310), road_map_position(100, 890)};
        const struct xd_position mixed[] = {road_map_position(100, 310), road_map_position(100, 10)};
        CU_ASSERT_EQUAL(snap_at(&seen, 100, 310).distance_m, 310); /* else the road */
        CU_ASSERT_FALSE(xd_snap_use_shared_part(seen.map.index, seen.graph, apart, 2, 1000));
        CU_ASSERT_FALSE(xd_snap_use_shared_part(seen.map.index, seen.graph, mixed, 2, 1000));
        CU_ASSERT_FALSE(xd_snap_use_shared_part(seen.map.index, seen.graph, on_lane + 1, 1, 1000));
        CU_ASSERT_EQUAL(snap_at(&seen, 100, 310).distance_m, 310);
        CU_ASSERT_TRUE(xd_snap_use_shared_part(seen.map.index, seen.graph, on_lane, 3, 1000));
        CU_ASSERT_EQUAL(snap_at(&seen, 100, 310).distance_m, 10);
        CU_ASSERT_EQUAL(snap_at(&seen, 500, 450).distance_m, 0);
        CU_ASSERT_EQUAL(snap_at(&seen, 100, 10).status, XD_SNAP_ISLAND);
        CU_ASSERT_EQUAL(xd_snap_usable_m(seen.map.index, seen.graph, road_map_position(100, 10), 1000, false), 290);
        CU_ASSERT_EQUAL(xd_snap_usable_m(seen.map.index, seen.graph, road_map_position(100, 10), 1000, true), 10);
        xd_graph_use_parts(seen.graph);
        CU_ASSERT_EQUAL(snap_at(&seen, 100, 310).distance_m, 310);
        forget(&seen);
    }
}

/* More large parts than are told apart: the shortest count as small. */
static void as_many_large_parts_as_the_limit_count(void)
{
    enum { PARTS_N = XD_ROAD_PARTS_MAX + 1, NODES_N = 17 };
    struct xd_osm_node *nodes = calloc((size_t)PARTS_N * NODES_N * NODES_N, sizeof *nodes);
    struct xd_osm_way *ways = calloc((size_t)PARTS_N * 2 * NODES_N, sizeof *ways);
    int64_t *ids = calloc((size_t)PARTS_N * 2 * NODES_N * NODES_N, sizeof *ids);
    static const struct xd_osm_tag tags[] = {{"highway", "residential"}};
    int32_t nodes_n = 0, ways_n = 0;
    int64_t *next = ids;
    for (int part = 0; part < PARTS_N; part++) {
        const int first = nodes_n;
        for (int i = 0; i < NODES_N * NODES_N; i++, nodes_n++)
            nodes[nodes_n] = (struct xd_osm_node){
                .id = nodes_n + 1, .position = road_map_position(i % NODES_N * (100 + part), part * 5000.0 + (int)(i / NODES_N) * 100)};
        for (int line = 0; line < 2 * NODES_N; line++, next += NODES_N) {
            for (int i = 0; i < NODES_N; i++)
                next[i] = first + 1 + (line % 2 ? line / 2 + i * NODES_N : line / 2 * NODES_N + i);
            ways[ways_n] = (struct xd_osm_way){.id = ways_n + 1, .node_ids = next, .node_ids_n = NODES_N, .tags = {tags, 1}};
            ways_n++;
        }
    }
    struct xd_network *network = NULL;
    const struct road_map_objects objects = {.nodes = nodes, .nodes_n = nodes_n, .ways = ways, .ways_n = ways_n};
    CU_ASSERT_EQUAL_FATAL(road_map_build(&objects, &network, NULL), XD_OK);
    CU_ASSERT(edges_of_grid(NODES_N, NODES_N) - 8 >= XD_ROAD_PART_EDGES_LEAST);
    struct xd_graph *graph = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_graph_build(network, xd_test_profile("minivan"), &graph, NULL), XD_OK);
    CU_ASSERT_EQUAL(graph->parts_n, XD_ROAD_PARTS_MAX);
    for (int64_t p = 0; p < graph->topology->first_piece[graph->topology->edges_n]; p++) { /* the first part drawn is the shortest */
        const bool is_shortest = network->node_osm_id[network->road_node[graph->topology->piece_step[p] / 2]] <= NODES_N * NODES_N;
        CU_ASSERT_EQUAL((graph->piece_use[p] & XD_PIECE_MAIN) == 0, is_shortest);
    }
    xd_graph_free(graph);
    xd_network_free(network);
    free(nodes);
    free(ways);
    free(ids);
}

static const struct xd_test_case cases[] = {
    {"a_street_that_ends_at_a_bollard_is_of_use", a_street_that_ends_at_a_bollard_is_of_use},
    {"a_part_of_a_thousand_directed_edges_counts_as_the_main_one", a_part_of_a_thousand_directed_edges_counts_as_the_main_one},
    {"the_main_part_is_the_longest_not_that_with_the_most_junctions", the_main_part_is_the_longest_not_that_with_the_most_junctions},
    {"a_small_part_that_all_places_lie_on_is_used", a_small_part_that_all_places_lie_on_is_used},
    {"as_many_large_parts_as_the_limit_count", as_many_large_parts_as_the_limit_count},
};
const struct xd_test_suite xd_suite_maps_parts = {"maps_parts", cases, XD_ARRAY_LENGTH(cases)};
