/* Extra roads: a network with some added is the network of a map that had them all along, with its junctions drawn. */
#include "base/alloc.h"
#include "maps/graph.h"
#include "maps/network_extend.h"
#include "maps/piece_tree.h"
#include "tests/harness/maps_network.h"
#include "tests/harness/profiles.h"
#include "tests/harness/road_map.h"
#include "tests/unit/maps_suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROADS_MAX = 4, POINTS_MAX = 8 };

/* "TAGS: EAST,NORTH EAST,NORTH ..." */
struct drawn {
    struct xd_extra_road roads[ROADS_MAX];
    struct xd_position points[ROADS_MAX][POINTS_MAX];
    char labels[ROADS_MAX][2];
    int32_t roads_n;
};

static void draw(const char *const texts[ROADS_MAX], int32_t join_m, struct drawn *drawn)
{
    *drawn = (struct drawn){0};
    for (; drawn->roads_n < ROADS_MAX && texts[drawn->roads_n]; drawn->roads_n++) {
        const int32_t r = drawn->roads_n;
        struct xd_extra_road *road = &drawn->roads[r];
        const char *at = strstr(texts[r], ": ");
        char text[256];
        struct road_map_tags tags;
        double east_m, north_m;
        int length;
        snprintf(text, sizeof text, "%.*s", (int)(at - texts[r]), texts[r]);
        const struct xd_osm_tags read = road_map_tags(text, &tags);
        drawn->labels[r][0] = (char)('A' + r);
        *road = (struct xd_extra_road){.label = drawn->labels[r],
                                       .name = "",
                                       .points = drawn->points[r],
                                       .join_m = join_m > 0 ? join_m : XD_EXTRA_JOIN_DEFAULT_M,
                                       .source = "extra.csv",
                                       .field = "road",
                                       .line = 10 * r + 2,
                                       .end_line = 10 * r + 3};
        CU_ASSERT_TRUE_FATAL(xd_road_decode(read, &road->road, NULL, NULL));
        for (at += 2; sscanf(at, "%lf,%lf%n", &east_m, &north_m, &length) == 2; at += length)
            drawn->points[r][road->points_n++] = road_map_position(east_m, north_m);
    }
}

/* All that was there is there still: ids, places and what belongs to them; old roads go through their old points, and others only between these. */
static void expect_kept(const struct xd_network *old, const struct xd_network *network, int32_t roads_n)
{
    const int32_t new_n = network->nodes_n - old->nodes_n;
    CU_ASSERT_EQUAL_FATAL(network->roads_n, old->roads_n + roads_n);
    for (int32_t i = 0; i < network->nodes_n; i++) {
        CU_ASSERT_TRUE(i == 0 || network->node_osm_id[i - 1] < network->node_osm_id[i]);
        CU_ASSERT_TRUE(network->node_barrier[i] == (i < new_n ? -1 : old->node_barrier[i - new_n]));
        CU_ASSERT_TRUE(network->node_signal[i] == (i < new_n ? 0 : old->node_signal[i - new_n]));
        CU_ASSERT_TRUE(i < new_n || (network->node_osm_id[i] == old->node_osm_id[i - new_n] &&
                                     memcmp(&network->node_position[i], &old->node_position[i - new_n], sizeof(struct xd_position)) == 0));
    }
    for (int32_t r = 0; r < old->roads_n; r++) {
        int64_t k = network->first_node[r + roads_n];
        CU_ASSERT_EQUAL(network->road_osm_id[r + roads_n], old->road_osm_id[r]);
        CU_ASSERT_STRING_EQUAL(network->road_name[r + roads_n], old->road_name[r]);
        for (int64_t o = old->first_node[r]; o < old->first_node[r + 1]; o++, k++) {
            while (k < network->first_node[r + roads_n + 1] && network->road_node[k] < new_n && o > old->first_node[r])
                k++;
            CU_ASSERT_TRUE_FATAL(k < network->first_node[r + roads_n + 1] && network->road_node[k] == old->road_node[o] + new_n);
        }
        CU_ASSERT_EQUAL(k, network->first_node[r + roads_n + 1]);
    }
    CU_ASSERT_EQUAL(network->restrictions_n, old->restrictions_n);
    CU_ASSERT_EQUAL(network->map_places_n, old->map_places_n);
}

#define STREET "node 1 0 0\nnode 2 1000 0\n"
#define HOUSES "way 10 1 2 : highway=residential\n"
#define TURNS                                                                                                                                        \
    "relation 7 way:10:from node:2:via way:12:to : type=restriction, restriction=no_left_turn\n"                                                     \
    "relation 8 way:12:from node:2:via way:11:to : type=restriction, restriction=only_left_turn\n"                                                   \
    "relation 9 way:10:from node:2:via way:10:to : type=restriction, restriction=no_u_turn\n"                                                        \
    "relation 6 way:10:from way:11:via way:13:to : type=restriction, restriction=no_right_turn\n"
#define CROSSING "node 1 0 0\nnode 2 1000 0\nnode 3 2000 0\nnode 4 1000 1000\nnode 5 2000 -1000\n"

static const struct {
    const char *map, *roads[ROADS_MAX], *expected;
    struct xd_extend_counts counts; /* without length */
} cases_of_joining[] = {
    /* at a point between two of the road: its piece is divided */
    {STREET HOUSES,
     {"highway=track: 500,10 500,600"},
     STREET "node -1 500 0\nnode -2 500 600\nway 10 1 -1 2 : highway=residential\nway -1 -1 -2 : highway=track\n",
     {.roads_n = 1, .points_n = 2, .joined_on_pieces_n = 1, .ends_open_n = 1}},
    /* too far to be moved: a piece leads there */
    {STREET HOUSES,
     {"highway=track: 500,20 500,600"},
     STREET "node -1 500 0\nnode -3 500 20\nnode -2 500 600\nway 10 1 -1 2 : highway=residential\nway -1 -1 -3 -2 : highway=track\n",
     {.roads_n = 1, .points_n = 3, .joined_on_pieces_n = 1, .ends_open_n = 1}},
    /* the road's own point is near enough; the end is the last point here */
    {STREET HOUSES,
     {"highway=track: 990,600 990,10"},
     STREET "node -1 990 600\n" HOUSES "way -1 -1 2 : highway=track\n",
     {.roads_n = 1, .points_n = 2, .joined_at_nodes_n = 1, .ends_open_n = 1}},
    {STREET HOUSES,
     {"highway=track: 1000,600 1000,25"},
     STREET "node -2 1000 600\nnode -1 1000 25\n" HOUSES "way -1 -2 -1 2 : highway=track\n",
     {.roads_n = 1, .points_n = 3, .joined_at_nodes_n = 1, .ends_open_n = 1}},
    /* crossing: a point between the ends joins within 15 m, and not within 16 */
    {STREET HOUSES,
     {"highway=track: 500,-300 500,14 500,300"},
     STREET "node -3 500 -300\nnode -1 500 0\nnode -2 500 300\nway 10 1 -1 2 : highway=residential\nway -1 -3 -1 -2 : highway=track\n",
     {.roads_n = 1, .points_n = 3, .joined_on_pieces_n = 1, .ends_open_n = 2}},
    {STREET HOUSES,
     {"highway=track: 200,0 500,16 500,300"},
     STREET "node -1 200 0\nnode -3 500 16\nnode -2 500 300\nway 10 1 -1 2 : highway=residential\nway -1 -1 -3 -2 : highway=track\n",
     {.roads_n = 1, .points_n = 3, .joined_on_pieces_n = 1, .ends_open_n = 1}},
    /* on a bridge only the ends join */
    {STREET HOUSES,
     {"highway=track, bridge=yes: 200,0 500,3 500,300"},
     STREET "node -1 200 0\nnode -3 500 3\nnode -2 500 300\nway 10 1 -1 2 : highway=residential\nway -1 -1 -3 -2 : highway=track, bridge=yes\n",
     {.roads_n = 1, .points_n = 3, .joined_on_pieces_n = 1, .ends_open_n = 1}},
    /* two on one piece, in whichever order; two at one point of it */
    {STREET HOUSES,
     {"highway=track: 750,0 750,300", "highway=track: 250,0 250,300"},
     STREET "node -4 750 300\nnode -3 250 300\nnode -2 250 0\nnode -1 750 0\nway 10 1 -2 -1 2 : highway=residential\n"
            "way -2 -1 -4 : highway=track\nway -1 -2 -3 : highway=track\n",
     {.roads_n = 2, .points_n = 4, .joined_on_pieces_n = 2, .ends_open_n = 2}},
    {STREET HOUSES,
     {"highway=track: 500,10 500,300", "highway=track: 500,-10 500,-300"},
     STREET "node -3 500 300\nnode -2 500 -300\nnode -1 500 0\nway 10 1 -1 2 : highway=residential\nway -2 -1 -3 : highway=track\n"
            "way -1 -1 -2 : highway=track\n",
     {.roads_n = 2, .points_n = 4, .joined_on_pieces_n = 1, .ends_open_n = 2}},
    /* each other: at one point, in the middle, end to end */
    {STREET HOUSES,
     {"highway=track: 500,0 500,600", "highway=track: 500,600 900,600"},
     STREET "node -3 500 600\nnode -2 900 600\nnode -1 500 0\nway 10 1 -1 2 : highway=residential\nway -2 -1 -3 : highway=track\n"
            "way -1 -3 -2 : highway=track\n",
     {.roads_n = 2, .points_n = 4, .joined_on_pieces_n = 1, .ends_open_n = 1}},
    {STREET HOUSES,
     {"highway=track: 500,0 500,600", "highway=track: 520,300 900,300"},
     STREET "node -5 500 600\nnode -4 520 300\nnode -3 900 300\nnode -2 500 0\nnode -1 500 299.995\nway 10 1 -2 2 : highway=residential\n"
            "way -2 -2 -1 -5 : highway=track\nway -1 -1 -4 -3 : highway=track\n",
     {.roads_n = 2, .points_n = 6, .joined_on_pieces_n = 1, .joined_to_extra_n = 1, .ends_open_n = 2}},
    {STREET HOUSES,
     {"highway=track: 900,300 510,300", "highway=track: 500,0 500,600"}, /* the same the other way round, and near enough to be moved */
     STREET "node -4 900 300\nnode -3 500 600\nnode -2 500 0\nnode -1 500 299.995\nway 10 1 -2 2 : highway=residential\n"
            "way -2 -4 -1 : highway=track\nway -1 -2 -1 -3 : highway=track\n",
     {.roads_n = 2, .points_n = 5, .joined_on_pieces_n = 1, .joined_to_extra_n = 1, .ends_open_n = 2}},
    {STREET HOUSES,
     {"highway=track: 500,0 500,600", "highway=track: 510,620 900,620"},
     STREET "node -4 500 600\nnode -3 510 620\nnode -2 900 620\nnode -1 500 0\nway 10 1 -1 2 : highway=residential\n"
            "way -2 -1 -4 -3 : highway=track\nway -1 -3 -2 : highway=track\n",
     {.roads_n = 2, .points_n = 5, .joined_on_pieces_n = 1, .joined_to_extra_n = 1, .ends_open_n = 1}},
    /* a footpath only where nothing else is within reach */
    {STREET "node 3 0 -15\nnode 4 1000 -15\n" HOUSES "way 11 3 4 : highway=path\n",
     {"highway=track: 500,-13 500,-300"},
     STREET "node 3 0 -15\nnode 4 1000 -15\nnode -2 500 -300\nnode -1 500 0\nway 10 1 -1 2 : highway=residential\nway 11 3 4 : highway=path\n"
            "way -1 -1 -2 : highway=track\n",
     {.roads_n = 1, .points_n = 2, .joined_on_pieces_n = 1, .ends_open_n = 1}},
    {STREET "way 11 1 2 : highway=path\n",
     {"highway=path: 500,0 500,-300"},
     STREET "node -2 500 -300\nnode -1 500 0\nway 11 1 -1 2 : highway=path\nway -1 -1 -2 : highway=path\n",
     {.roads_n = 1, .points_n = 2, .joined_on_pieces_n = 1, .ends_open_n = 1}},
    /* restrictions stand where they stood */
    {CROSSING
     "way 10 1 2 : highway=residential\nway 11 2 3 : highway=residential\nway 12 4 2 : highway=residential\nway 13 3 5 : highway=residential\n" TURNS,
     {"highway=track: 500,0 500,-300", "highway=track: 1000,500 700,500", "highway=track: 1500,0 1500,300", "highway=track: 2000,-500 2300,-500"},
     CROSSING
     "node -8 500 -300\nnode -7 700 500\nnode -6 1500 300\nnode -5 2300 -500\nnode -4 500 0\nnode -3 1500 0\nnode -2 1000 500\nnode -1 2000 -500\n"
     "way 10 1 -4 2 : highway=residential\nway 11 2 -3 3 : highway=residential\nway 12 4 -2 2 : highway=residential\n"
     "way 13 3 -1 5 : highway=residential\nway -4 -4 -8 : highway=track\nway -3 -2 -7 : highway=track\nway -2 -3 -6 : highway=track\n"
     "way -1 -1 -5 : highway=track\n" TURNS,
     {.roads_n = 4, .points_n = 8, .joined_on_pieces_n = 4, .ends_open_n = 4}},
    /* and so do barriers, signals, names and places; ids go on below those that are there */
    {"node -5 0 0 : barrier=gate\nnode 2 1000 0 : highway=traffic_signals\nnode 9 1000 5 : place=village, name=V, ref=123456\n"
     "way -7 -5 2 : highway=residential, name=Lane\n",
     {"highway=tertiary: 500,0 500,300"},
     "node -5 0 0 : barrier=gate\nnode 2 1000 0 : highway=traffic_signals\nnode 9 1000 5 : place=village, name=V, ref=123456\nnode -7 500 300\n"
     "node -6 500 0\nway -7 -5 -6 2 : highway=residential, name=Lane\nway -8 -6 -7 : highway=tertiary\n",
     {.roads_n = 1, .points_n = 2, .joined_on_pieces_n = 1, .ends_open_n = 1}},
};

static void an_extended_network_is_that_of_a_map_with_the_roads_drawn(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases_of_joining); i++) {
        struct xd_network *old = road_map_network(cases_of_joining[i].map), *expected = road_map_network(cases_of_joining[i].expected);
        struct xd_network *network = NULL;
        struct xd_diagnostics diagnostics = {0};
        struct xd_extend_counts counts;
        struct drawn drawn;
        draw(cases_of_joining[i].roads, 0, &drawn);
        const enum xd_status status = xd_network_extend(old, drawn.roads, drawn.roads_n, &diagnostics, &network, &counts);
        for (int32_t e = 0; e < diagnostics.errors_n; e++)
            printf("\n    case %zu: %s", i, diagnostics.errors[e].message);
        CU_ASSERT_EQUAL_FATAL(status, XD_OK);
        expect_kept(old, network, drawn.roads_n);
        if (network->hash != expected->hash)
            printf("\n    case %zu: %d nodes, expected %d", i, (int)network->nodes_n, (int)expected->nodes_n);
        CU_ASSERT_EQUAL(network->hash, expected->hash);
        CU_ASSERT_TRUE(counts.length_m > 0);
        counts.length_m = 0;
        CU_ASSERT_EQUAL(memcmp(&counts, &cases_of_joining[i].counts, sizeof counts), 0);
        xd_diagnostics_free(&diagnostics);
        xd_network_free(network);
        xd_network_free(expected);
        xd_network_free(old);
    }
}

static void roads_that_nobody_turns_off_are_not_joined(void)
{
    static const char *const ways[] = {"highway=motorway", "highway=trunk, motorroad=yes", "highway=residential, bridge=yes",
                                       "highway=residential, tunnel=yes", "route=ferry"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(ways); i++) {
        char map[256];
        struct xd_network *network = NULL;
        struct xd_diagnostics diagnostics = {0};
        struct xd_extend_counts counts;
        struct drawn drawn;
        snprintf(map, sizeof map, STREET "node 3 0 -20\nnode 4 1000 -20\nway 10 1 2 : %s\nway 11 3 4 : highway=tertiary\n", ways[i]);
        struct xd_network *old = road_map_network(map);
        draw((const char *const[ROADS_MAX]){"highway=track: 500,0 500,600"}, 0, &drawn);
        CU_ASSERT_EQUAL_FATAL(xd_network_extend(old, drawn.roads, 1, &diagnostics, &network, &counts), XD_OK);
        /* the tertiary road, 20 m away, and not the one that the end lies on */
        CU_ASSERT_EQUAL(network->first_node[2] - network->first_node[1], 2);
        CU_ASSERT_EQUAL(network->first_node[3] - network->first_node[2], 3);
        CU_ASSERT_EQUAL(counts.points_n, 3);
        xd_network_free(network);
        xd_network_free(old);
        xd_diagnostics_free(&diagnostics);
    }
}

static void roads_apart_and_ends_that_nearly_join_are_told_where_they_stand(void)
{
    static const struct {
        const char *roads[ROADS_MAX], *words;
        int32_t join_m;
        int64_t line;
        bool is_error;
    } cases[] = {
        {{"highway=track: 500,80 500,600"},
         "the extra road A joins no road of the map: the nearest is 80 m from it, expected an end within 30 m",
         0,
         2,
         true},
        {{"highway=track: 500,800 500,1600"}, "the extra road A joins no road of the map: there is none within 500 m", 0, 2, true},
        {{"highway=track: 500,0 500,600", "highway=track: 700,700 900,700"},
         "the extra road B joins no road of the map: there is none within 500 m",
         0,
         12,
         true},
        {{"highway=track: 5,2 8,3"}, "the extra road A comes to one point of the map's roads", 0, 2, true},
        /* an end 80 m off: of a road of 1,300 m a warning, at the row of that end; with a wider reach none, and of a short road neither */
        {{"highway=track: 200,0 200,650 800,80"},
         "the extra road A ends 80 m from a road of the map and does not join it, which takes 30 m",
         0,
         3,
         false},
        {{"highway=track: 800,80 200,650 200,0"},
         "the extra road A ends 80 m from a road of the map and does not join it, which takes 30 m",
         0,
         2,
         false},
        {{"highway=track: 200,0 200,650 800,80"}, NULL, 100, 0, false},
        {{"highway=track: 200,0 200,80"}, NULL, 0, 0, false},
    };
    struct xd_network *old = road_map_network(STREET HOUSES);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        struct xd_network *network = NULL;
        struct xd_diagnostics diagnostics = {0};
        struct xd_extend_counts counts = {.roads_n = -7};
        struct drawn drawn;
        draw(cases[i].roads, cases[i].join_m, &drawn);
        const enum xd_status status = xd_network_extend(old, drawn.roads, drawn.roads_n, &diagnostics, &network, &counts);
        CU_ASSERT_EQUAL(status, cases[i].is_error ? XD_DATA : XD_OK);
        CU_ASSERT_EQUAL(network == NULL, cases[i].is_error);
        CU_ASSERT_EQUAL(counts.roads_n == -7, cases[i].is_error);
        CU_ASSERT_EQUAL(diagnostics.errors_n, cases[i].is_error ? 1 : 0);
        CU_ASSERT_EQUAL_FATAL(diagnostics.warnings_n, cases[i].words && !cases[i].is_error ? 1 : 0);
        if (cases[i].words) {
            const struct xd_error *told = cases[i].is_error ? &diagnostics.errors[0] : &diagnostics.warnings[0];
            if (!strstr(told->message, cases[i].words) || told->line != cases[i].line)
                printf("\n    case %zu: line %ld: %s", i, (long)told->line, told->message);
            CU_ASSERT_PTR_NOT_NULL(strstr(told->message, cases[i].words));
            CU_ASSERT_EQUAL(told->line, cases[i].line);
            CU_ASSERT_STRING_EQUAL(told->source, "extra.csv");
        }
        xd_network_free(network);
        xd_diagnostics_free(&diagnostics);
    }
    xd_network_free(old);
}

/* Roads between random points of a county's roads: all that was there is kept, nothing is cut off that was not, and the order of the extra roads' points
 * matters to nobody else. */
static void random_extra_roads_keep_a_county_as_it_was(void)
{
    enum { ROADS_N = 40 };
    struct xd_network *old = network_of_synth(4, 4, 30);
    struct xd_position points[ROADS_N][3];
    struct xd_extra_road roads[ROADS_N];
    struct xd_network *networks[2] = {NULL, NULL};
    const struct xd_profile *minivan = xd_test_profile("minivan");
    uint32_t state = 12345;
    for (int r = 0; r < ROADS_N; r++) {
        for (int i = 0; i < 3; i++) {
            state = state * 1664525U + 1013904223U;
            const int32_t road = (int32_t)((state >> 8) % (uint32_t)old->roads_n);
            const int64_t place = (old->first_node[road] + old->first_node[road + 1]) / 2;
            const struct xd_position a = old->node_position[old->road_node[place]], b = old->node_position[old->road_node[place - 1]];
            points[r][i] =
                (struct xd_position){(a.lon_e7 + b.lon_e7) / 2, (int32_t)((a.lat_e7 + b.lat_e7) / 2 + (int32_t)(state >> 16) % 4000 - 2000)};
        }
        roads[r] = (struct xd_extra_road){.label = "r", .name = "", .points = points[r], .points_n = 3, .join_m = 30};
        roads[r].road.road_class = XD_ROAD_UNCLASSIFIED;
    }
    for (int again = 0; again < 2; again++) {
        struct xd_diagnostics diagnostics = {0};
        struct xd_extend_counts counts;
        CU_ASSERT_EQUAL_FATAL(xd_network_extend(old, roads, ROADS_N, &diagnostics, &networks[again], &counts), XD_OK);
        expect_kept(old, networks[again], ROADS_N);
        CU_ASSERT_TRUE(counts.joined_on_pieces_n > ROADS_N / 2 && counts.joined_at_nodes_n > 0);
        xd_diagnostics_free(&diagnostics);
    }
    CU_ASSERT_EQUAL(networks[0]->hash, networks[1]->hash);
    CU_ASSERT_NOT_EQUAL(networks[0]->hash, old->hash);
    struct xd_graph *before = NULL, *after = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_graph_build(old, minivan, &before, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_graph_build(networks[0], minivan, &after, NULL), XD_OK);
    CU_ASSERT_TRUE(after->components_n <= before->components_n);
    CU_ASSERT_TRUE(after->nodes_n > before->nodes_n);
    xd_graph_free(before);
    xd_graph_free(after);
    xd_network_free(networks[0]);
    xd_network_free(networks[1]);
    xd_network_free(old);
}

static void each_allocation_that_fails_is_no_memory(void)
{
    struct xd_network *old = road_map_network(cases_of_joining[15].map);
    struct drawn drawn;
    enum xd_status status = XD_NO_MEMORY;
    draw(cases_of_joining[15].roads, 0, &drawn);
    for (uint64_t nth = 1; nth < 100 && status == XD_NO_MEMORY; nth++) {
        struct xd_network *network = NULL;
        struct xd_diagnostics diagnostics = {0};
        struct xd_extend_counts counts;
        const struct xd_alloc_statistics before = xd_alloc_statistics_read();
        xd_alloc_fail_at(nth, false);
        status = xd_network_extend(old, drawn.roads, drawn.roads_n, &diagnostics, &network, &counts);
        xd_alloc_fail_at(0, false);
        CU_ASSERT_EQUAL(network != NULL, status == XD_OK);
        CU_ASSERT_EQUAL(diagnostics.errors_n + diagnostics.errors_left_out_n, status == XD_OK ? 0 : 1);
        xd_network_free(network);
        xd_diagnostics_free(&diagnostics);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, before.live_n);
    }
    CU_ASSERT_EQUAL(status, XD_OK);
    xd_network_free(old);
}

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

static struct xd_position somewhere(uint32_t *state, uint32_t span)
{
    return (struct xd_position){(int32_t)(next(state) % span), 265000000 + (int32_t)(next(state) % span)};
}

/* Short, long, doubled and shrunk pieces, of one road or of several: the nearest is that of a look at each of them, on a tree of one piece. */
static void the_tree_of_pieces_gives_the_nearest_of_them(void)
{
    enum { PIECES_N = 700, QUERIES_N = 300 };
    static struct xd_piece pieces[PIECES_N];
    struct xd_piece_tree *tree = NULL, *ones[PIECES_N];
    uint32_t state = 99;
    int64_t looks_n = 0, found_n = 0;
    for (int32_t p = 0; p < PIECES_N; p++) {
        pieces[p] = (struct xd_piece){p, somewhere(&state, 1000000), somewhere(&state, 1000000), (int32_t)(next(&state) % 5)};
        if (p % 7 != 0)
            pieces[p].b =
                (struct xd_position){pieces[p].a.lon_e7 + (int32_t)(next(&state) % 3000), pieces[p].a.lat_e7 - (int32_t)(next(&state) % 3000)};
        if (p % 50 == 49)
            pieces[p] = (struct xd_piece){p, pieces[p - 1].b, pieces[p - 1].a, pieces[p - 1].road};
        if (p % 60 == 59)
            pieces[p].b = pieces[p].a;
        CU_ASSERT_EQUAL_FATAL(xd_piece_tree_build(&pieces[p], 1, &ones[p], NULL), XD_OK);
    }
    CU_ASSERT_EQUAL_FATAL(xd_piece_tree_build(pieces, PIECES_N, &tree, NULL), XD_OK);
    for (int q = 0; q < QUERIES_N; q++) {
        const double reach_m = q % 3 == 0 ? 20.0 : 500.0;
        const struct xd_position at = q % 4 == 0 ? pieces[q].a : somewhere(&state, 1000000);
        const int32_t but_road = q % 6 - 1;
        struct xd_piece_near found = {.squared_m = reach_m * reach_m, .place = -1}, expected = found;
        looks_n += xd_piece_tree_find(tree, at, but_road, &found);
        for (int32_t p = 0; p < PIECES_N; p++)
            (void)xd_piece_tree_find(ones[p], at, but_road, &expected);
        CU_ASSERT_EQUAL(found.place, expected.place);
        CU_ASSERT_DOUBLE_EQUAL(found.squared_m, expected.squared_m, 0.0);
        CU_ASSERT_DOUBLE_EQUAL(found.part, expected.part, 0.0);
        found_n += found.place >= 0;
    }
    CU_ASSERT_TRUE(found_n > QUERIES_N / 2 && looks_n < (int64_t)QUERIES_N * PIECES_N / 2);
    for (int32_t p = 0; p < PIECES_N; p++)
        xd_piece_tree_free(ones[p]);
    xd_piece_tree_free(tree);
    CU_ASSERT_EQUAL(xd_piece_tree_build(pieces, 0, &tree, NULL), XD_OK);
    CU_ASSERT_PTR_NULL(tree);
}

/* As many roads as there may be, all across one another in a square of 100 m. */
static void roads_that_lie_in_one_place_by_the_thousand_are_refused(void)
{
    enum { POINTS_A_ROAD = XD_EXTRA_POINTS_MAX / XD_EXTRA_ROADS_MAX };
    struct xd_network *old = road_map_network("node 1 0 0\nnode 2 100 0\nway 1 1 2 : highway=residential\n"), *network = NULL;
    struct xd_extra_road *roads = calloc(XD_EXTRA_ROADS_MAX, sizeof *roads);
    struct xd_position *points = calloc(XD_EXTRA_POINTS_MAX, sizeof *points);
    struct xd_diagnostics diagnostics = {0};
    struct xd_extend_counts counts;
    uint32_t state = 5;
    CU_ASSERT_TRUE_FATAL(roads && points);
    for (int32_t i = 0; i < XD_EXTRA_POINTS_MAX; i++)
        points[i] = road_map_position(next(&state) % 100000 / 1000.0, 1000 + next(&state) % 100000 / 1000.0);
    for (int32_t r = 0; r < XD_EXTRA_ROADS_MAX; r++) {
        roads[r] = (struct xd_extra_road){.label = "r",
                                          .name = "",
                                          .points = points + (size_t)r * POINTS_A_ROAD,
                                          .points_n = POINTS_A_ROAD,
                                          .join_m = XD_EXTRA_JOIN_DEFAULT_M,
                                          .source = "extra.csv",
                                          .field = "road",
                                          .line = r + 2};
        roads[r].road.road_class = XD_ROAD_TRACK;
    }
    CU_ASSERT_EQUAL(xd_network_extend(old, roads, XD_EXTRA_ROADS_MAX, &diagnostics, &network, &counts), XD_DATA);
    CU_ASSERT_EQUAL_FATAL(diagnostics.errors_n, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.errors[0].message, "too many roads lie in one place"));
    CU_ASSERT_STRING_EQUAL(diagnostics.errors[0].source, "extra.csv");
    CU_ASSERT_TRUE(diagnostics.errors[0].line >= 2);
    xd_diagnostics_free(&diagnostics);
    xd_network_free(old);
    free(roads);
    free(points);
}

static void sets_hold_as_many_roads_and_points_as_the_limits_say(void)
{
    struct xd_extra_roads roads = {0};
    const struct xd_extra_road one = {.label = "1", .name = "", .points_n = 2},
                               many = {.label = "2", .name = "", .points_n = XD_EXTRA_POINTS_MAX - 1};
    struct xd_error error = {0};
    enum xd_status status = XD_OK;
    for (int32_t i = 0; i < XD_EXTRA_ROADS_MAX && status == XD_OK; i++)
        status = xd_extra_roads_add(&roads, &one, &error);
    CU_ASSERT_EQUAL(status, XD_OK);
    CU_ASSERT_EQUAL(xd_extra_roads_add(&roads, &one, &error), XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "extra roads: 20001 are needed, the limit is 20000"));
    xd_extra_roads_free(&roads);
    CU_ASSERT_EQUAL(xd_extra_roads_add(&roads, &many, &error), XD_OK);
    CU_ASSERT_EQUAL(xd_extra_roads_add(&roads, &one, &error), XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "points of extra roads: 200001, the limit is 200000"));
    CU_ASSERT_EQUAL(roads.items_n, 1);
    xd_extra_roads_free(&roads);
}

static const struct xd_test_case cases[] = {
    {"an_extended_network_is_that_of_a_map_with_the_roads_drawn", an_extended_network_is_that_of_a_map_with_the_roads_drawn},
    {"roads_that_nobody_turns_off_are_not_joined", roads_that_nobody_turns_off_are_not_joined},
    {"roads_apart_and_ends_that_nearly_join_are_told_where_they_stand", roads_apart_and_ends_that_nearly_join_are_told_where_they_stand},
    {"random_extra_roads_keep_a_county_as_it_was", random_extra_roads_keep_a_county_as_it_was},
    {"each_allocation_that_fails_is_no_memory", each_allocation_that_fails_is_no_memory},
    {"the_tree_of_pieces_gives_the_nearest_of_them", the_tree_of_pieces_gives_the_nearest_of_them},
    {"roads_that_lie_in_one_place_by_the_thousand_are_refused", roads_that_lie_in_one_place_by_the_thousand_are_refused},
    {"sets_hold_as_many_roads_and_points_as_the_limits_say", sets_hold_as_many_roads_and_points_as_the_limits_say},
};
const struct xd_test_suite xd_suite_maps_extra_roads = {"maps_extra_roads", cases, XD_ARRAY_LENGTH(cases)};
