/* maps/elevation, elevation_area, elevation_solve, elevation_roads: heights of the ground, and what roads get of them. */
#include "base/alloc.h"
#include "base/rng.h"
#include "maps/elevation_area.h"
#include "maps/elevation_roads.h"
#include "maps/elevation_solve.h"
#include "maps/synth_elevation.h"
#include "tests/harness/maps_network.h"
#include "tests/unit/maps_suites.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = 1201, DEGREE_E7 = 10000000 };

static struct xd_elevation *elevation_of(const struct xd_elevation_cell *cells, int32_t cells_n)
{
    struct xd_elevation *elevation = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_elevation_create(cells, cells_n, &elevation, NULL), XD_OK);
    return elevation;
}

/* side * side samples by metres_at(row from the north, column). */
static void fill(struct xd_elevation *elevation, int32_t tile, int32_t side, int16_t (*metres_at)(int32_t row, int32_t column))
{
    int16_t *height_m = xd_alloc((size_t)side * (size_t)side, sizeof *height_m);
    CU_ASSERT_PTR_NOT_NULL_FATAL(height_m);
    for (int32_t row = 0; row < side; row++)
        for (int32_t column = 0; column < side; column++)
            height_m[row * side + column] = metres_at(row, column);
    xd_elevation_fill(elevation, tile, side, height_m);
}

static int32_t height_cm(const struct xd_elevation *elevation, int32_t lon_e7, int32_t lat_e7)
{
    return xd_elevation_height_cm(elevation, (struct xd_position){lon_e7, lat_e7});
}

/* ---- heights of the ground ---- */

static int16_t three_by_three(int32_t row, int32_t column)
{
    static const int16_t height_m[3][3] = {{100, 200, 300}, {-50, 0, 77}, {XD_ELEVATION_VOID_M, 10, 20}};
    return height_m[row][column];
}

static void a_height_lies_between_the_four_samples_around_it(void)
{
    struct xd_elevation *elevation = elevation_of(&(struct xd_elevation_cell){26, 106}, 1);
    fill(elevation, 0, 3, three_by_three);                               /* samples every half degree */
    CU_ASSERT_EQUAL(height_cm(elevation, 1060000000, 270000000), 10000); /* the north-west sample */
    CU_ASSERT_EQUAL(height_cm(elevation, 1065000000, 265000000), 0);     /* the middle one */
    CU_ASSERT_EQUAL(height_cm(elevation, 1062500000, 270000000), 15000); /* half way: (100 + 200) / 2 */
    CU_ASSERT_EQUAL(height_cm(elevation, 1062500000, 267500000), 6250);  /* (100 + 200 - 50 + 0) / 4 */
    CU_ASSERT_EQUAL(height_cm(elevation, 1061000000, 269000000), 8800);  /* .8 * .8 * 100 + .2 * .8 * 200 + .8 * .2 * -50 */
    CU_ASSERT_EQUAL(height_cm(elevation, 1069999999, 260000001), 2000);  /* just inside the south-east sample */
    CU_ASSERT_EQUAL(height_cm(elevation, 1060000250, 270000000), 10001); /* 100 m in 5e6 steps: 0.5 cm, rounded away from zero */
    CU_ASSERT_EQUAL(height_cm(elevation, 1060000400, 265000000), -5000); /* 50 m in 5e6: -4999.6 cm */
    CU_ASSERT_EQUAL(height_cm(elevation, 1059999999, 265000000), XD_ELEVATION_UNKNOWN_CM);
    CU_ASSERT_EQUAL(height_cm(elevation, 1065000000, 270000001), XD_ELEVATION_UNKNOWN_CM);
    xd_elevation_free(elevation);
}

static void where_a_sample_is_void_the_nearest_with_a_height_holds(void)
{
    struct xd_elevation *elevation = elevation_of(&(struct xd_elevation_cell){26, 106}, 1);
    fill(elevation, 0, 3, three_by_three);
    CU_ASSERT_EQUAL(height_cm(elevation, 1061000000, 261000000),
                    -5000); /* of (0,0) void, north -50, east 10: 0.8 and 0.8 away; the northern of equals */
    CU_ASSERT_EQUAL(height_cm(elevation, 1062000000, 261000000), 1000); /* the eastern is nearer */
    CU_ASSERT_EQUAL(height_cm(elevation, 1061000000, 262000000), -5000);
    CU_ASSERT_EQUAL(height_cm(elevation, 1062500000, 265000000), -2500); /* a void without weight says nothing */
    CU_ASSERT_EQUAL(height_cm(elevation, 1060000000, 262500000), -5000); /* on the edge, half way to the void */
    xd_elevation_free(elevation);
}

static int16_t only_voids(int32_t row, int32_t column)
{
    (void)row;
    (void)column;
    return XD_ELEVATION_VOID_M;
}

static int16_t one_hundred(int32_t row, int32_t column)
{
    (void)row;
    (void)column;
    return 100;
}

static void neighbours_share_their_edge_and_stand_in_for_each_other(void)
{
    static const struct xd_elevation_cell cells[] = {{-1, -1}, {-1, 0}, {0, -1}, {0, 0}};
    for (int32_t held = 0; held < 4; held++) {
        struct xd_elevation *elevation = elevation_of(cells, 4);
        fill(elevation, held, 3, one_hundred);
        CU_ASSERT_EQUAL(height_cm(elevation, 0, 0), 10000); /* the corner of all four */
        CU_ASSERT_EQUAL(height_cm(elevation, -1, -1), held == 0 ? 10000 : XD_ELEVATION_UNKNOWN_CM);
        CU_ASSERT_EQUAL(height_cm(elevation, 1, -1), held == 1 ? 10000 : XD_ELEVATION_UNKNOWN_CM);
        CU_ASSERT_EQUAL(height_cm(elevation, -1, 1), held == 2 ? 10000 : XD_ELEVATION_UNKNOWN_CM);
        CU_ASSERT_EQUAL(height_cm(elevation, 0, 1), held >= 2 ? 10000 : XD_ELEVATION_UNKNOWN_CM);
        xd_elevation_free(elevation);
    }
    struct xd_elevation *elevation = elevation_of(cells, 4);
    fill(elevation, 3, 3, only_voids);
    CU_ASSERT_EQUAL(height_cm(elevation, 5000000, 5000000), XD_ELEVATION_UNKNOWN_CM);
    xd_elevation_free(elevation);
}

static int16_t extreme(int32_t row, int32_t column)
{
    return (row + column) % 2 == 0 ? INT16_MAX : INT16_MIN + 1;
}

static void the_largest_samples_do_not_overflow(void)
{
    struct xd_elevation *elevation = elevation_of(&(struct xd_elevation_cell){89, 179}, 1);
    fill(elevation, 0, XD_ELEVATION_SIDE_1S, extreme);
    CU_ASSERT_EQUAL(height_cm(elevation, 1800000000, 900000000), INT16_MAX * 100); /* row 0, column 3600 */
    CU_ASSERT_EQUAL(height_cm(elevation, 1790000000, 890000000), INT16_MAX * 100);
    xd_elevation_free(elevation);
}

static void cells_have_the_names_of_their_south_west_corner(void)
{
    static const struct {
        struct xd_position position;
        const char *name;
    } cases[] = {{{1068000000, 268000000}, "N26E106"},
                 {{-1, -1}, "S01W001"},
                 {{0, 0}, "N00E000"},
                 {{-1800000000, -900000000}, "S90W180"},
                 {{1800000000, 900000000}, "N89E179"},
                 {{-10000000, 10000000}, "N01W001"}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        char name[XD_ELEVATION_NAME_BYTES];
        xd_elevation_cell_name(xd_elevation_cell_of(cases[i].position), name);
        CU_ASSERT_STRING_EQUAL(name, cases[i].name);
    }
}

static void as_many_tiles_as_the_limit_and_no_more(void)
{
    struct xd_elevation_area area = {0};
    struct xd_elevation *elevation = NULL;
    struct xd_error error = {.status = XD_OK};
    xd_elevation_area_add_box(&area, (struct xd_position){0, 0}, (struct xd_position){15 * DEGREE_E7, 15 * DEGREE_E7}); /* 16 x 16 */
    CU_ASSERT_EQUAL(xd_elevation_area_slots(&area, &elevation, &error), XD_OK);
    CU_ASSERT_EQUAL(elevation->tiles_n, XD_ELEVATION_TILES_MAX);
    CU_ASSERT_EQUAL(elevation->tiles[17].cell.south_deg, 1);
    CU_ASSERT_EQUAL(elevation->tiles[17].cell.west_deg, 1);
    xd_elevation_free(elevation);
    elevation = NULL;
    xd_elevation_area_add(&area, (struct xd_position){-1, 0});
    CU_ASSERT_EQUAL(xd_elevation_area_slots(&area, &elevation, &error), XD_DATA);
    CU_ASSERT_PTR_NULL(elevation);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "257"));
}

/* ---- the equations ---- */

enum { DENSE_MAX = 24, LINKS_MAX = 80 };

/* Gauss with pivots on the dense equations: knows nothing of links and chains. */
static void dense_solve(int32_t n, const double *weight, const double *ground_cm, const struct xd_height_link *links, int32_t links_n, double *x)
{
    static double m[DENSE_MAX][DENSE_MAX + 1];
    memset(m, 0, sizeof m);
    for (int32_t v = 0; v < n; v++) {
        m[v][v] = weight[v];
        m[v][n] = weight[v] * ground_cm[v];
    }
    for (int32_t i = 0; i < links_n; i++) {
        const int32_t a = links[i].a, b = links[i].b;
        m[a][a] += links[i].coupling;
        m[b][b] += links[i].coupling;
        m[a][b] -= links[i].coupling;
        m[b][a] -= links[i].coupling;
    }
    for (int32_t c = 0; c < n; c++) {
        int32_t pivot = c;
        for (int32_t r = c + 1; r < n; r++)
            pivot = fabs(m[r][c]) > fabs(m[pivot][c]) ? r : pivot;
        for (int32_t k = 0; k <= n; k++) {
            const double kept = m[c][k];
            m[c][k] = m[pivot][k];
            m[pivot][k] = kept;
        }
        for (int32_t r = 0; r < n; r++) {
            const double factor = r == c ? 0.0 : m[r][c] / m[c][c];
            for (int32_t k = c; k <= n; k++)
                m[r][k] -= factor * m[c][k];
        }
    }
    for (int32_t v = 0; v < n; v++)
        x[v] = m[v][n] / m[v][v];
}

static void the_equations_of_chains_rings_and_knots_are_solved_as_by_gauss(void)
{
    struct xd_arena scratch = {0};
    for (uint64_t round = 0; round < 400; round++) {
        struct xd_rng rng = xd_rng_at(1, XD_RNG_TEST, 5, round);
        struct xd_height_link links[LINKS_MAX];
        double weight[DENSE_MAX], ground_cm[DENSE_MAX], height_cm_of[DENSE_MAX], expected[DENSE_MAX];
        const int32_t n = (int32_t)xd_rng_between(&rng, 2, DENSE_MAX);
        const int32_t more_n = (int32_t)xd_rng_between(&rng, 0, round % 2 ? 40 : 3); /* few: chains and rings; many: knots */
        int32_t links_n = 0;
        for (int32_t v = 0; v < n; v++) {
            weight[v] = xd_rng_below(&rng, 4) == 0 && v > 0 ? 1e-3 : (double)xd_rng_between(&rng, 1, 3000);
            ground_cm[v] = height_cm_of[v] = (double)xd_rng_between(&rng, -10000, 200000);
            if (v > 0) /* all hang together */
                links[links_n++] =
                    (struct xd_height_link){v, (int32_t)xd_rng_between(&rng, v > 3 ? v - 3 : 0, v - 1), (double)xd_rng_between(&rng, 1, 100000)};
        }
        for (int32_t i = 0; i < more_n; i++) /* parallel ones and loops too */
            links[links_n++] = (struct xd_height_link){(int32_t)xd_rng_below(&rng, (uint32_t)n), (int32_t)xd_rng_below(&rng, (uint32_t)n),
                                                       (double)xd_rng_between(&rng, 1, 100000)};
        dense_solve(n, weight, ground_cm, links, links_n, expected);
        CU_ASSERT_EQUAL(xd_heights_solve(n, weight, ground_cm, links, links_n, &scratch, NULL, height_cm_of, NULL, NULL), XD_OK);
        xd_arena_reset(&scratch);
        for (int32_t v = 0; v < n; v++)
            CU_ASSERT(fabs(height_cm_of[v] - expected[v]) < 0.5);
    }
    xd_arena_free(&scratch);
}

static void a_node_without_weight_and_links_keeps_its_height(void)
{
    struct xd_arena scratch = {0};
    const double weight[] = {0.0, 2.0}, ground_cm[] = {7.0, 9.0};
    double height[] = {5.0, 6.0};
    CU_ASSERT_EQUAL(xd_heights_solve(2, weight, ground_cm, NULL, 0, &scratch, NULL, height, NULL, NULL), XD_OK);
    CU_ASSERT_EQUAL(height[0], 5.0);
    CU_ASSERT_EQUAL(height[1], 9.0);
    xd_arena_free(&scratch);
}

/* ---- heights of roads ---- */

enum { ROAD_NODES = 41, STEP_E7 = 2500 /* 27.8 m */ };

/* A road north along 106.5 degrees from 26.5, a node every STEP_E7, cut into ways at the given nodes; tags a way. */
struct road_map {
    struct xd_osm_node nodes[ROAD_NODES];
    int64_t ids[ROAD_NODES];
    struct xd_osm_way ways[4];
    int32_t ways_n;
};

static const struct xd_osm_tag plain[] = {{"highway", "secondary"}};
static const struct xd_osm_tag bridge[] = {{"highway", "secondary"}, {"bridge", "yes"}};
static const struct xd_osm_tag tunnel[] = {{"highway", "secondary"}, {"tunnel", "yes"}};
static const struct xd_osm_tag path[] = {{"highway", "path"}};

static void road_begin(struct road_map *map)
{
    for (int32_t i = 0; i < ROAD_NODES; i++) {
        map->ids[i] = 100 + i;
        map->nodes[i] = (struct xd_osm_node){.id = 100 + i, .position = {1065000000, 265000000 + i * STEP_E7}};
    }
    map->ways_n = 0;
}

static void road_add(struct road_map *map, int32_t first, int32_t last, const struct xd_osm_tag *tags, int32_t tags_n)
{
    map->ways[map->ways_n] =
        (struct xd_osm_way){.id = 1 + map->ways_n, .node_ids = map->ids + first, .node_ids_n = last - first + 1, .tags = {tags, tags_n}};
    map->ways_n++;
}

static struct xd_road_heights *heights_of(const struct road_map *map, int16_t (*metres_at)(int32_t row, int32_t column), int32_t reach_m)
{
    enum xd_status status;
    struct xd_road_heights *heights = NULL;
    struct xd_network *network = network_of_objects(map->nodes, ROAD_NODES, map->ways, map->ways_n, &status);
    CU_ASSERT_PTR_NOT_NULL_FATAL(network);
    struct xd_elevation *elevation = elevation_of(&(struct xd_elevation_cell){26, 106}, 1);
    fill(elevation, 0, XD_ELEVATION_SIDE_1S, metres_at);
    CU_ASSERT_EQUAL_FATAL(xd_road_heights_create(elevation, network, reach_m, NULL, &heights, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(heights->nodes_n, ROAD_NODES);
    xd_elevation_free(elevation);
    xd_network_free(network);
    return heights;
}

/* The road begins in row 1800 and goes north, 0.9 rows a node: 270 cm in 27.8 m are 9.7 %. */
static int16_t ramp(int32_t row, int32_t column)
{
    (void)column;
    return (int16_t)(1000 + (1800 - row) * 3);
}

static void a_constant_grade_stays_as_it_is(void)
{
    struct road_map map;
    road_begin(&map);
    road_add(&map, 0, 20, plain, 1);
    road_add(&map, 20, ROAD_NODES - 1, plain, 1);
    struct xd_road_heights *heights = heights_of(&map, ramp, 100);
    for (int32_t i = 16; i <= 24; i++) /* far from the ends, which turn level: 400 m = 4 reaches, e^-4 of a bend of a grade times a reach */
        CU_ASSERT(abs(heights->node_cm[i] - (100000 + i * 270)) < 50);
    for (int32_t i = 0; i + 1 < ROAD_NODES; i++) {
        const int32_t rise_cm = xd_road_heights_rise_cm(heights, i, i + 1);
        CU_ASSERT(rise_cm >= 0 && rise_cm <= 275);
        CU_ASSERT_EQUAL(rise_cm, -xd_road_heights_rise_cm(heights, i + 1, i));
    }
    CU_ASSERT_EQUAL(heights->unknown_n, 0);
    CU_ASSERT_EQUAL(heights->unbelieved_n, 0);
    xd_road_heights_free(heights);
}

/* Level ground with a gorge of 80 m under the nodes 11 to 29. */
static int16_t gorge(int32_t row, int32_t column)
{
    (void)column;
    return row <= 1800 - 9 && row >= 1800 - 27 ? 420 : 500;
}

static void a_bridge_of_two_roads_and_a_tunnel_join_their_ends_at_one_grade(void)
{
    const struct xd_osm_tag *const kinds[] = {bridge, tunnel};
    for (size_t k = 0; k < 2; k++) {
        struct road_map map;
        road_begin(&map);
        road_add(&map, 0, 8, plain, 1);
        road_add(&map, 8, 20, kinds[k], 2);
        road_add(&map, 20, 32, kinds[k], 2);
        road_add(&map, 32, ROAD_NODES - 1, plain, 1);
        struct xd_road_heights *heights = heights_of(&map, gorge, 100);
        for (int32_t i = 0; i < ROAD_NODES; i++)
            CU_ASSERT(abs(heights->node_cm[i] - 50000) <= 1);
        xd_road_heights_free(heights);
    }
    struct road_map map;
    road_begin(&map);
    road_add(&map, 0, ROAD_NODES - 1, plain, 1);
    struct xd_road_heights *heights = heights_of(&map, gorge, 100);
    CU_ASSERT(heights->node_cm[20] < 46000); /* without the bridge the road goes down */
    xd_road_heights_free(heights);
}

/* 500 m, but for one row of 900 m: a steeple, or a fault of the survey. */
static int16_t steeple(int32_t row, int32_t column)
{
    (void)column;
    return row == 1800 - 18 ? 900 : 500;
}

static void ground_too_steep_for_a_road_is_not_believed_but_for_footpaths(void)
{
    struct road_map map;
    road_begin(&map);
    road_add(&map, 0, ROAD_NODES - 1, plain, 1);
    struct xd_road_heights *heights = heights_of(&map, steeple, 10);
    CU_ASSERT(heights->unbelieved_n > 0);
    for (int32_t i = 0; i + 1 < ROAD_NODES; i++) /* 30 % of 27.8 m */
        CU_ASSERT(abs(xd_road_heights_rise_cm(heights, i, i + 1)) <= 834 + 1);
    xd_road_heights_free(heights);
    map.ways_n = 0;
    road_add(&map, 0, ROAD_NODES - 1, path, 1);
    heights = heights_of(&map, steeple, 10);
    CU_ASSERT_EQUAL(heights->unbelieved_n, 0);
    CU_ASSERT(heights->node_cm[20] > 60000);
    xd_road_heights_free(heights);
}

/* 300 m in the south of the road, no ground from its node 7 on. */
static int16_t half_known(int32_t row, int32_t column)
{
    (void)column;
    return row > 1800 - 6 ? 300 : XD_ELEVATION_VOID_M;
}

static void nodes_without_ground_are_bridged_for_a_kilometre_and_flat_beyond(void)
{
    struct road_map map;
    road_begin(&map);
    for (int32_t i = 0; i < ROAD_NODES; i++) /* wider apart: 55.6 m */
        map.nodes[i].position.lat_e7 = 265000000 + (i - 6) * 5000;
    road_add(&map, 0, ROAD_NODES - 1, plain, 1);
    struct xd_road_heights *heights = heights_of(&map, half_known, 100);
    CU_ASSERT(heights->unknown_n > 10 && heights->unknown_n < 20);
    for (int32_t i = 0; i < ROAD_NODES; i++) {
        CU_ASSERT_EQUAL(heights->node_cm[i], i < ROAD_NODES - heights->unknown_n ? 30000 : XD_ELEVATION_UNKNOWN_CM);
        if (i > 0)
            CU_ASSERT_EQUAL(xd_road_heights_rise_cm(heights, i - 1, i), 0);
    }
    xd_road_heights_free(heights);
}

/* Of the survey of a synthetic county, with noise, the smoothed heights give better grades than the ground itself. */
static void smoothing_brings_the_grades_of_a_noisy_survey_nearer_to_the_truth(void)
{
    const struct xd_synth_options options = {.seed = 5, .townships_n = 3, .villages_n = 20, .hubs_n = 1, .relief = XD_RELIEF_HILLS};
    struct xd_synth_county *county = NULL;
    enum xd_status status = xd_synth_county_create(&options, NULL, &county, NULL);
    CU_ASSERT_EQUAL_FATAL(status, XD_OK);
    struct xd_network *network = network_of_objects(county->nodes, county->nodes_n, county->ways, county->ways_n, &status);
    struct xd_elevation_area area = {0};
    struct xd_elevation *elevation = NULL;
    double squares[2] = {0};
    xd_elevation_area_add_network(&area, network);
    CU_ASSERT_EQUAL_FATAL(xd_elevation_area_slots(&area, &elevation, NULL), XD_OK);
    for (int32_t t = 0; t < elevation->tiles_n; t++) {
        int16_t *height_m = xd_alloc((size_t)SIDE * SIDE, sizeof *height_m);
        struct xd_rng rng = xd_rng_at(1, XD_RNG_TEST, 6, (uint64_t)t);
        CU_ASSERT_TRUE(xd_synth_elevation_tile(county->ground, elevation->tiles[t].cell, SIDE, height_m));
        for (int32_t i = 0; i < SIDE * SIDE; i++)
            if (height_m[i] != XD_ELEVATION_VOID_M)
                height_m[i] = (int16_t)(height_m[i] + xd_rng_between(&rng, -15, 15));
        xd_elevation_fill(elevation, t, SIDE, height_m);
    }
    for (int32_t smoothed = 0; smoothed < 2; smoothed++) {
        struct xd_road_heights *heights = NULL;
        CU_ASSERT_EQUAL_FATAL(xd_road_heights_create(elevation, network, smoothed ? XD_ELEVATION_REACH_M : 0, NULL, &heights, NULL), XD_OK);
        CU_ASSERT_EQUAL(heights->unknown_n, 0);
        for (int32_t r = 0; r < network->roads_n; r++)
            for (int64_t k = network->first_node[r]; k + 1 < network->first_node[r + 1]; k++) {
                const int32_t a = network->road_node[k], b = network->road_node[k + 1];
                double a_m = 0.0, b_m = 0.0;
                CU_ASSERT_TRUE(xd_synth_relief_height_at(county->ground, network->node_position[a], &a_m));
                CU_ASSERT_TRUE(xd_synth_relief_height_at(county->ground, network->node_position[b], &b_m));
                const double off_m = xd_road_heights_rise_cm(heights, a, b) / 100.0 - (b_m - a_m);
                squares[smoothed] += off_m * off_m;
            }
        xd_road_heights_free(heights);
    }
    CU_ASSERT(squares[1] < squares[0] / 4); /* the error is halved */
    xd_elevation_free(elevation);
    xd_network_free(network);
    xd_synth_county_free(county);
}

static bool stop_now(void *context)
{
    (void)context;
    return true;
}

static void each_failed_allocation_and_an_interrupt_are_told_and_leak_nothing(void)
{
    struct xd_network *network = network_of_synth(3, 3, 12);
    struct xd_elevation_area area = {0};
    struct xd_elevation *elevation = NULL;
    struct xd_road_heights *heights = NULL;
    struct xd_error error = {.status = XD_OK};
    const int64_t live_n = xd_alloc_statistics_read().live_n;
    xd_elevation_area_add_network(&area, network);
    for (uint64_t nth = 1; nth <= 2; nth++) {
        xd_alloc_fail_at(nth, false);
        CU_ASSERT_EQUAL(xd_elevation_area_slots(&area, &elevation, &error), XD_NO_MEMORY);
        xd_alloc_fail_at(0, false);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
    }
    CU_ASSERT_EQUAL_FATAL(xd_elevation_area_slots(&area, &elevation, NULL), XD_OK);
    for (int32_t t = 0; t < elevation->tiles_n; t++)
        fill(elevation, t, 3, one_hundred);
    const int64_t held_n = xd_alloc_statistics_read().live_n;
    uint64_t nth = 1;
    for (; nth < 1000; nth++) {
        xd_alloc_fail_at(nth, false);
        const enum xd_status status = xd_road_heights_create(elevation, network, 100, NULL, &heights, &error);
        xd_alloc_fail_at(0, false);
        if (status == XD_OK)
            break;
        CU_ASSERT_EQUAL(status, XD_NO_MEMORY);
        CU_ASSERT_PTR_NULL(heights);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, held_n);
    }
    CU_ASSERT(nth > 3);
    xd_road_heights_free(heights);
    heights = NULL;
    const struct xd_progress stopping = {.cancelled = stop_now};
    CU_ASSERT_EQUAL(xd_road_heights_create(elevation, network, 100, &stopping, &heights, &error), XD_INTERRUPTED);
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, held_n);
    xd_elevation_free(elevation);
    xd_network_free(network);
}

static const struct xd_test_case cases[] = {
    {"a_height_lies_between_the_four_samples_around_it", a_height_lies_between_the_four_samples_around_it},
    {"where_a_sample_is_void_the_nearest_with_a_height_holds", where_a_sample_is_void_the_nearest_with_a_height_holds},
    {"neighbours_share_their_edge_and_stand_in_for_each_other", neighbours_share_their_edge_and_stand_in_for_each_other},
    {"the_largest_samples_do_not_overflow", the_largest_samples_do_not_overflow},
    {"cells_have_the_names_of_their_south_west_corner", cells_have_the_names_of_their_south_west_corner},
    {"as_many_tiles_as_the_limit_and_no_more", as_many_tiles_as_the_limit_and_no_more},
    {"the_equations_of_chains_rings_and_knots_are_solved_as_by_gauss", the_equations_of_chains_rings_and_knots_are_solved_as_by_gauss},
    {"a_node_without_weight_and_links_keeps_its_height", a_node_without_weight_and_links_keeps_its_height},
    {"a_constant_grade_stays_as_it_is", a_constant_grade_stays_as_it_is},
    {"a_bridge_of_two_roads_and_a_tunnel_join_their_ends_at_one_grade", a_bridge_of_two_roads_and_a_tunnel_join_their_ends_at_one_grade},
    {"ground_too_steep_for_a_road_is_not_believed_but_for_footpaths", ground_too_steep_for_a_road_is_not_believed_but_for_footpaths},
    {"nodes_without_ground_are_bridged_for_a_kilometre_and_flat_beyond", nodes_without_ground_are_bridged_for_a_kilometre_and_flat_beyond},
    {"smoothing_brings_the_grades_of_a_noisy_survey_nearer_to_the_truth", smoothing_brings_the_grades_of_a_noisy_survey_nearer_to_the_truth},
    {"each_failed_allocation_and_an_interrupt_are_told_and_leak_nothing", each_failed_allocation_and_an_interrupt_are_told_and_leak_nothing},
};
const struct xd_test_suite xd_suite_maps_elevation = {"maps_elevation", cases, XD_ARRAY_LENGTH(cases)};
