/* Pairs of places on a synthetic county and on real maps: tables, queries and routes are those of the oracle, for several vehicles on one topology.
 * With XD_TEST_LONG set (tests/long/road_pairs.sh) twenty times as many pairs, and those of the scale map. */
#include "io/osm/read.h"
#include "maps/overlay.h"
#include "maps/road_map.h"
#include "tests/harness/harness.h"
#include "tests/harness/maps_network.h"
#include "tests/harness/profiles.h"
#include "tests/harness/random_map.h"
#include "tests/harness/road_trial.h"
#include "tests/unit/maps_suites.h"

#include <stdio.h>
#include <stdlib.h>

enum { POINTS_MAX = 500, CLOSURES_N = 40 };

/* What is tried of a map, for each vehicle without and with turn costs. */
struct extent {
    int32_t sources_n, points_n, routes_n;
};

/* Less than n where the vehicle has few roads. */
static int32_t draw_points(const struct xd_road_map *map, const struct xd_graph *graph, struct xd_rng *rng, struct xd_snap *points, int32_t n)
{
    const struct xd_network *network = map->topology->network;
    int32_t i = 0;
    for (int32_t tries = 0; tries < 50 * n && i < n; tries++) {
        struct xd_position at = network->node_position[xd_rng_below(rng, (uint32_t)network->nodes_n)];
        if (i % 3 != 0) {
            at.lon_e7 += (int32_t)xd_rng_between(rng, -20000, 20000);
            at.lat_e7 += (int32_t)xd_rng_between(rng, -20000, 20000);
        }
        xd_snap_find(map->index, graph, at, 1000, &points[i]);
        i += points[i].status == XD_SNAP_OK;
    }
    return i;
}

static void try_vehicle(const struct xd_road_map *map, const struct xd_profile *profile, struct xd_road_rules_options rules,
                        const struct xd_overlay *overlay, struct extent extent, int32_t *pairs_n)
{
    static struct xd_snap points[POINTS_MAX];
    const struct xd_graph_conditions conditions = {.heights = rules.heights, .energy = rules.energy, .overlay = overlay};
    struct road_trial trial = {.label = profile->name, .points = points, .threads_n = 2, .routes_n = extent.routes_n, .searched_routes_n = 2};
    struct xd_graph *graph = NULL;
    struct xd_rng rng = xd_rng_at(3, XD_RNG_TEST, rules.turn_costs, (uint64_t)profile->name[0]);
    CU_ASSERT_EQUAL_FATAL(xd_graph_weigh(map->topology, profile, &conditions, &graph, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_weights_take(map->hierarchy, graph, INT64_MAX, &trial.weights, NULL), XD_OK);
    rules.closures_bit = xd_overlay_bit(overlay, profile);
    trial.graph = graph;
    trial.oracle = xd_road_oracle_create(map->topology->network, profile, &rules);
    trial.points_n = draw_points(map, graph, &rng, points, extent.points_n);
    trial.sources_n = trial.points_n < extent.sources_n ? trial.points_n : extent.sources_n;
    road_trial_run(&trial);
    CU_ASSERT_EQUAL(trial.wrong_n, 0);
    CU_ASSERT(trial.reached_n >= trial.sources_n * trial.points_n / 2);
    *pairs_n += trial.sources_n * trial.points_n;
    xd_road_oracle_free(trial.oracle);
    xd_weights_free(trial.weights);
    xd_graph_free(graph);
}

/* Each vehicle without turn costs and, where asked, with them; every second with heights and energy, two of four with closures. Gives how many pairs
 * were tried. */
static int32_t try_vehicles(const struct xd_network *network, const struct xd_profile *const *profiles, int32_t n, bool turn_costs,
                            struct extent extent)
{
    int32_t pairs_n = 0;
    struct xd_rng rng = xd_rng_at(4, XD_RNG_TEST, 0, 0);
    struct xd_road_heights heights = random_map_heights(&rng, network);
    struct xd_closures closures = {0};
    struct xd_overlay *overlay = NULL;
    random_map_closures(&rng, network, CLOSURES_N, &closures);
    CU_ASSERT_EQUAL_FATAL(xd_overlay_build(network, xd_test_profiles(), &closures, XD_CLOSURE_ALWAYS, &overlay, NULL), XD_OK);
    for (int turns = 0; turns < 1 + turn_costs; turns++) {
        struct xd_road_map map = {0};
        CU_ASSERT_EQUAL_FATAL(xd_road_map_build(network, profiles, n, turns == 1, &map, NULL), XD_OK);
        CU_ASSERT_EQUAL_FATAL(xd_road_map_order(&map, INT64_MAX, NULL, NULL), XD_OK);
        for (int32_t i = 0; i < n; i++) {
            const bool hilly = i % 2 == 1, closed = i % 4 >= 2;
            const struct xd_road_rules_options rules = {
                .heights = hilly ? &heights : NULL, .energy = hilly, .turn_costs = turns == 1, .closures = closed ? &closures : NULL};
            try_vehicle(&map, profiles[i], rules, closed ? overlay : NULL, extent, &pairs_n);
        }
        xd_road_map_free(&map);
    }
    random_map_heights_free(&heights);
    xd_overlay_free(overlay);
    xd_closures_free(&closures);
    return pairs_n;
}

static int32_t try_all_vehicles(const struct xd_network *network, bool turn_costs, struct extent extent)
{
    const struct xd_profiles *all = xd_test_profiles();
    const struct xd_profile *profiles[XD_PROFILES_MAX];
    for (int32_t i = 0; i < all->items_n; i++)
        profiles[i] = &all->items[i];
    return try_vehicles(network, profiles, all->items_n, turn_costs, extent);
}

/* NULL, and the case skipped, where the shared data is absent. */
static struct xd_network *read_shared(const char *file)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_network *network = NULL;
    if (!xd_shared_file(file, path)) {
        xd_skip("no shared data");
        return NULL;
    }
    CU_ASSERT_EQUAL_FATAL(xd_osm_read_network(path, NULL, &network, NULL), XD_OK);
    return network;
}

static void ways_on_a_synthetic_county_are_those_of_the_oracle_for_every_vehicle(void)
{
    struct xd_network *network = network_of_synth(5, 0, 0);
    CU_ASSERT_EQUAL(try_all_vehicles(network, true, (struct extent){4, 500, 10}), 2 * xd_test_profiles()->items_n * 2000);
    xd_network_free(network);
}

static void ways_in_andorra_are_those_of_the_oracle_for_every_vehicle(void)
{
    struct xd_network *network = read_shared("osm/small/andorra-2026-roads.osm.pbf");
    if (network)
        CU_ASSERT_EQUAL(try_all_vehicles(network, false, (struct extent){4, 500, 10}), xd_test_profiles()->items_n * 2000);
    xd_network_free(network);
}

/* 5,000 pairs: 5 maps, 4 vehicles, without and with turn costs, 125 each; 100,000 when they may take long. */
static void try_map(const char *file)
{
    static const char *const names[] = {"tricycle", "minivan", "light_truck", "bus"};
    const struct xd_profile *profiles[XD_ARRAY_LENGTH(names)];
    struct xd_network *network = read_shared(file);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(names); i++)
        profiles[i] = xd_test_profile(names[i]);
    const int32_t sources_n = getenv("XD_TEST_LONG") ? 20 : 1;
    if (network)
        CU_ASSERT_EQUAL(try_vehicles(network, profiles, XD_ARRAY_LENGTH(names), true, (struct extent){sources_n, 125, 40}), sources_n * 1000);
    xd_network_free(network);
}

/* Cut-outs with many restrictions, one-way roads and access tags, full of loose ends; ids of 64 bits. */
static void ways_on_the_edge_maps_are_those_of_the_oracle_for_every_vehicle(void)
{
    static const char *const files[] = {"valhalla-bus.osm.pbf",
                                        "valhalla-melborne.osm.pbf",
                                        "valhalla-ny-access-restriction.osm.pbf",
                                        "valhalla-whitelion_bristol_uk.osm.pbf",
                                        "valhalla-whitelion_bristol_uk_reversed_oneway.osm.pbf",
                                        "osm-testdata-64bit_ids.osm"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(files); i++) {
        char file[128];
        snprintf(file, sizeof file, "osm/edge/%s", files[i]);
        struct xd_network *network = read_shared(file);
        if (!network)
            return;
        CU_ASSERT(try_all_vehicles(network, true, (struct extent){6, 60, 6}) > 0);
        xd_network_free(network);
    }
}

static void pairs_of_andorra(void)
{
    try_map("osm/small/andorra-2026.osm.pbf");
}

static void pairs_of_liechtenstein(void)
{
    try_map("osm/small/liechtenstein-gisops.osm.pbf");
}

static void pairs_of_monaco(void)
{
    try_map("osm/small/monaco-2016.osm.pbf");
}

static void pairs_of_north_bayreuth(void)
{
    try_map("osm/small/north-bayreuth.osm.pbf");
}

static void pairs_of_beatty_nevada(void)
{
    try_map("osm/small/beatty-nevada.osm");
}

static void pairs_of_the_scale_map(void)
{
    try_map("osm/medium/andorra-x25-roads-synthetic.osm.pbf");
}

static const struct xd_test_case cases[] = {
    {"ways_on_a_synthetic_county_are_those_of_the_oracle_for_every_vehicle", ways_on_a_synthetic_county_are_those_of_the_oracle_for_every_vehicle},
    {"ways_in_andorra_are_those_of_the_oracle_for_every_vehicle", ways_in_andorra_are_those_of_the_oracle_for_every_vehicle},
    {"ways_on_the_edge_maps_are_those_of_the_oracle_for_every_vehicle", ways_on_the_edge_maps_are_those_of_the_oracle_for_every_vehicle},
    {"pairs_of_andorra", pairs_of_andorra},
    {"pairs_of_liechtenstein", pairs_of_liechtenstein},
    {"pairs_of_monaco", pairs_of_monaco},
    {"pairs_of_north_bayreuth", pairs_of_north_bayreuth},
    {"pairs_of_beatty_nevada", pairs_of_beatty_nevada},
};
const struct xd_test_suite xd_suite_maps_pairs = {"maps_pairs", cases, XD_ARRAY_LENGTH(cases)};

static const struct xd_test_case long_cases[] = {
    {"pairs_of_the_scale_map", pairs_of_the_scale_map},
};
const struct xd_test_suite xd_suite_maps_pairs_long = {"maps_pairs_long", long_cases, XD_ARRAY_LENGTH(long_cases)};
