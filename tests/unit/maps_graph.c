/* From roads to a graph: chains, rings, parallels, barriers, ferries, islands. Small networks drawn in the comments. */
#include "base/geo.h"
#include "maps/graph.h"
#include "tests/harness/maps_network.h"
#include "tests/harness/profiles.h"
#include "tests/unit/maps_suites.h"

#include <string.h>

enum { NODES_MAX = 16, WAYS_MAX = 8 };

/* Nodes 1..n on a line to the east, 0.001 degrees apart, unless moved; ways by their node ids. */
struct drawing {
    struct xd_osm_node nodes[NODES_MAX];
    struct xd_osm_way ways[WAYS_MAX];
    struct xd_osm_tag tags[WAYS_MAX][2];
    int64_t ids[WAYS_MAX][NODES_MAX];
    int32_t nodes_n, ways_n;
};

static struct drawing draw_nodes(int32_t n)
{
    struct drawing drawing = {.nodes_n = n};
    for (int32_t i = 0; i < n; i++)
        drawing.nodes[i] = (struct xd_osm_node){.id = i + 1, .position = {.lon_e7 = 1070000000 + i * 10000, .lat_e7 = 265000000}};
    return drawing;
}

/* ids end with 0 */
static void draw_way(struct drawing *drawing, const char *highway, const char *key, const char *value, const int64_t *ids)
{
    int32_t w = drawing->ways_n++, n = 0;
    while (ids[n] != 0) {
        drawing->ids[w][n] = ids[n];
        n++;
    }
    drawing->tags[w][0] = strcmp(highway, "ferry") == 0 ? (struct xd_osm_tag){"route", "ferry"} : (struct xd_osm_tag){"highway", highway};
    drawing->tags[w][1] = (struct xd_osm_tag){key, value};
    drawing->ways[w] = (struct xd_osm_way){.id = 100 + w, .node_ids_n = n, .tags = {NULL, key ? 2 : 1}};
}

static struct xd_network *network_of(struct drawing *drawing)
{
    enum xd_status status;
    for (int32_t w = 0; w < drawing->ways_n; w++) {
        drawing->ways[w].node_ids = drawing->ids[w];
        drawing->ways[w].tags.items = drawing->tags[w];
    }
    struct xd_network *network = network_of_objects(drawing->nodes, drawing->nodes_n, drawing->ways, drawing->ways_n, &status);
    CU_ASSERT_EQUAL_FATAL(status, XD_OK);
    return network;
}

static struct xd_graph *graph_of(const struct xd_network *network, const char *profile)
{
    struct xd_graph *graph = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_graph_build(network, xd_test_profile(profile), &graph, NULL), XD_OK);
    return graph;
}

/* nodes, edges, arcs, components */
static void expect_counts(const struct xd_graph *graph, int32_t nodes_n, int32_t edges_n, int32_t arcs_n, int32_t components_n)
{
    CU_ASSERT_EQUAL(graph->nodes_n, nodes_n);
    CU_ASSERT_EQUAL(graph->topology->edges_n, edges_n);
    CU_ASSERT_EQUAL(graph->open_arcs_n, arcs_n);
    CU_ASSERT_EQUAL(graph->components_n, components_n);
}

static void check_drawing(struct drawing *drawing, const char *profile, int32_t nodes_n, int32_t edges_n, int32_t arcs_n, int32_t components_n)
{
    struct xd_network *network = network_of(drawing);
    struct xd_graph *graph = graph_of(network, profile);
    expect_counts(graph, nodes_n, edges_n, arcs_n, components_n);
    xd_graph_free(graph);
    xd_network_free(network);
}

static void a_chain_of_roads_becomes_one_edge_that_keeps_its_length_and_points(void)
{
    struct drawing drawing = draw_nodes(5); /* 1-2-3 tertiary, 3-4-5 residential */
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){1, 2, 3, 0});
    draw_way(&drawing, "residential", NULL, NULL, (const int64_t[]){5, 4, 3, 0});
    struct xd_network *network = network_of(&drawing);
    struct xd_graph *graph = graph_of(network, "minivan");
    expect_counts(graph, 2, 1, 2, 1);
    int64_t leg_cm = (int64_t)(xd_distance_m(drawing.nodes[0].position, drawing.nodes[1].position) * 100.0 + 0.5);
    /* 32 km/h, then 20: 36 cm / kmh milliseconds a piece, rounded half up */
    int64_t ms = 2 * ((36 * leg_cm + 16) / 32) + 2 * ((36 * leg_cm + 10) / 20);
    for (int32_t a = 0; a < 2; a++) {
        CU_ASSERT_EQUAL(graph->weight[a].length_cm, 4 * leg_cm);
        CU_ASSERT_EQUAL(graph->weight[a].time_ms, ms);
    }
    CU_ASSERT_EQUAL(graph->topology->first_piece[1], 4);
    CU_ASSERT(graph->topology->point[0].lon_e7 == drawing.nodes[0].position.lon_e7 &&
              graph->topology->point[4].lon_e7 == drawing.nodes[4].position.lon_e7);
    xd_graph_free(graph);
    xd_network_free(network);
}

static void a_junction_ends_edges(void)
{
    struct drawing drawing = draw_nodes(5); /* 1-2-3-4, and 5 hangs on 2 */
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){1, 2, 3, 4, 0});
    draw_way(&drawing, "service", NULL, NULL, (const int64_t[]){2, 5, 0});
    check_drawing(&drawing, "minivan", 4, 3, 6, 1);
}

static void one_way_roads_have_one_arc_and_part_components(void)
{
    struct drawing drawing = draw_nodes(4); /* 1-2 both ways, 2>3>4 only out: 4 is reached, but never left */
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){1, 2, 0});
    draw_way(&drawing, "tertiary", "oneway", "yes", (const int64_t[]){2, 3, 4, 0});
    struct xd_network *network = network_of(&drawing);
    struct xd_graph *graph = graph_of(network, "minivan");
    expect_counts(graph, 2, 1, 1, 2);
    CU_ASSERT_EQUAL(graph->piece_use[0], XD_PIECE_OPEN | XD_PIECE_MAIN); /* from 1 and back */
    CU_ASSERT_EQUAL(graph->piece_use[1], XD_PIECE_OPEN);
    CU_ASSERT_EQUAL(graph->piece_use[2], XD_PIECE_OPEN);
    xd_graph_free(graph);
    xd_network_free(network);
}

static void a_ring_on_its_own_is_one_edge_from_its_lowest_node_to_itself(void)
{
    struct drawing drawing = draw_nodes(4);
    drawing.nodes[1].position.lat_e7 += 10000;
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){2, 3, 4, 2, 0});
    draw_way(&drawing, "tertiary", "oneway", "yes", (const int64_t[]){2, 3, 0}); /* a parallel piece: 2 and 3 become ends */
    check_drawing(&drawing, "minivan", 2, 3, 5, 1);
    drawing.ways_n = 1;
    check_drawing(&drawing, "minivan", 1, 1, 2, 1);
}

static void parallel_roads_between_two_places_stay_two(void)
{
    struct drawing drawing = draw_nodes(4);
    drawing.nodes[2].position.lat_e7 += 20000;
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){1, 2, 4, 0});
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){1, 3, 4, 0});
    draw_way(&drawing, "tertiary", "oneway", "yes", (const int64_t[]){1, 4, 0});
    check_drawing(&drawing, "minivan", 2, 3, 5, 1);
}

static void a_node_drawn_twice_in_a_row_adds_nothing(void)
{
    struct drawing drawing = draw_nodes(3);
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){1, 2, 2, 3, 3, 0});
    check_drawing(&drawing, "minivan", 2, 1, 2, 1);
}

static void a_barrier_within_a_way_parts_it_for_those_whom_it_stops(void)
{
    static const struct xd_osm_tag bollard[] = {{"barrier", "bollard"}};
    struct drawing drawing = draw_nodes(5); /* 1-2-3-4, a bollard at 2, where 5 joins too */
    drawing.nodes[1].tags = (struct xd_osm_tags){bollard, 1};
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){1, 2, 3, 4, 0});
    check_drawing(&drawing, "minivan", 3, 2, 2, 3); /* it is reached from both sides, and not left */
    check_drawing(&drawing, "walking", 3, 2, 4, 1);
    draw_way(&drawing, "service", NULL, NULL, (const int64_t[]){2, 5, 0});
    check_drawing(&drawing, "minivan", 4, 3, 3, 4);
    check_drawing(&drawing, "walking", 4, 3, 6, 1);
}

static void a_ferry_takes_its_duration_however_many_nodes_it_has(void)
{
    struct drawing drawing = draw_nodes(5); /* road 1-2, ferry 2-3-4, road 4-5: one chain */
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){1, 2, 0});
    draw_way(&drawing, "ferry", "duration", "00:20", (const int64_t[]){2, 3, 4, 0});
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){4, 5, 0});
    struct xd_network *network = network_of(&drawing);
    struct xd_graph *graph = graph_of(network, "minivan");
    CU_ASSERT_EQUAL_FATAL(graph->topology->edges_n, 1);
    CU_ASSERT_EQUAL(graph->piece_ms[0][1] + graph->piece_ms[0][2], 20 * 60 * 1000);
    CU_ASSERT_EQUAL(graph->piece_ms[1][1] + graph->piece_ms[1][2], 20 * 60 * 1000);
    xd_graph_free(graph);
    xd_network_free(network);
}

static void the_longest_component_is_the_main_one(void)
{
    struct drawing drawing = draw_nodes(9); /* 1-2 | 3-4 with 5, 6 hanging on it | 7-8-9 */
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){1, 2, 0});
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){3, 4, 6, 0});
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){4, 5, 0});
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){7, 8, 9, 0});
    struct xd_network *network = network_of(&drawing);
    struct xd_graph *graph = graph_of(network, "minivan");
    int32_t main_n = 0;
    expect_counts(graph, 8, 5, 10, 3);
    for (int32_t v = 0; v < graph->nodes_n; v++) {
        int64_t id = network->node_osm_id[graph->topology->junction_node[v]];
        CU_ASSERT_EQUAL(graph->component[v] == graph->main_component, id >= 3 && id <= 6);
        main_n += graph->component[v] == graph->main_component;
    }
    CU_ASSERT_EQUAL(main_n, 4);
    xd_graph_free(graph);
    xd_network_free(network);
}

static void roads_closed_to_a_vehicle_are_counted_and_left_out(void)
{
    struct drawing drawing = draw_nodes(3);
    draw_way(&drawing, "tertiary", NULL, NULL, (const int64_t[]){1, 2, 0});
    draw_way(&drawing, "tertiary", "hgv", "no", (const int64_t[]){2, 3, 0});
    struct xd_network *network = network_of(&drawing);
    struct xd_graph *truck = graph_of(network, "light_truck");
    struct xd_graph *van = graph_of(network, "minivan");
    CU_ASSERT(truck->roads_used_n == 1 && truck->roads_closed_n == 1);
    CU_ASSERT(van->roads_used_n == 2 && van->roads_closed_n == 0);
    expect_counts(truck, 2, 1, 2, 1);
    expect_counts(van, 2, 1, 2, 1);
    xd_graph_free(truck);
    xd_graph_free(van);
    xd_network_free(network);
}

static const struct xd_test_case cases[] = {
    {"a_chain_of_roads_becomes_one_edge_that_keeps_its_length_and_points", a_chain_of_roads_becomes_one_edge_that_keeps_its_length_and_points},
    {"a_junction_ends_edges", a_junction_ends_edges},
    {"one_way_roads_have_one_arc_and_part_components", one_way_roads_have_one_arc_and_part_components},
    {"a_ring_on_its_own_is_one_edge_from_its_lowest_node_to_itself", a_ring_on_its_own_is_one_edge_from_its_lowest_node_to_itself},
    {"parallel_roads_between_two_places_stay_two", parallel_roads_between_two_places_stay_two},
    {"a_node_drawn_twice_in_a_row_adds_nothing", a_node_drawn_twice_in_a_row_adds_nothing},
    {"a_barrier_within_a_way_parts_it_for_those_whom_it_stops", a_barrier_within_a_way_parts_it_for_those_whom_it_stops},
    {"a_ferry_takes_its_duration_however_many_nodes_it_has", a_ferry_takes_its_duration_however_many_nodes_it_has},
    {"the_longest_component_is_the_main_one", the_longest_component_is_the_main_one},
    {"roads_closed_to_a_vehicle_are_counted_and_left_out", roads_closed_to_a_vehicle_are_counted_and_left_out},
};
const struct xd_test_suite xd_suite_maps_graph = {"maps_graph", cases, XD_ARRAY_LENGTH(cases)};
