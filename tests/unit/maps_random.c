/* Thousands of small awkward maps: tables, queries and routes are those of the oracle, for several vehicles on one topology and on one of its own. */
#include "maps/overlay.h"
#include "maps/road_map.h"
#include "maps/table.h"
#include "tests/harness/harness.h"
#include "tests/harness/profiles.h"
#include "tests/harness/random_map.h"
#include "tests/harness/road_map.h"
#include "tests/harness/road_trial.h"
#include "tests/unit/maps_suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS_N = 20, VEHICLES_MAX = 3, MAPS_N = 700, MAPS_LONG_N = 10000, TWO_THREADS_EVERY = 64 /* threads cost more than such small tables */ };

struct conditions {
    struct xd_graph_conditions graph;
    struct xd_road_rules_options rules;
    int32_t threads_n;
};

static int32_t draw_points(struct xd_rng *rng, const struct xd_graph *graph, const struct road_trial_places *places, struct xd_snap *points)
{
    const struct xd_network *network = graph->network;
    int32_t n = 0;
    for (int tries = 0; tries < 10 * POINTS_N && n < POINTS_N; tries++) {
        const int64_t place = xd_rng_below(rng, (uint32_t)network->first_node[network->roads_n]);
        const int32_t ppm = xd_rng_below(rng, 5) == 0 ? (int32_t)xd_rng_below(rng, 2) * XD_SNAP_PART_WHOLE : (int32_t)xd_rng_below(rng, 1000001);
        if (!road_trial_snap(places, place, ppm, &points[n]))
            continue;
        const int64_t piece = graph->topology->first_piece[points[n].edge] + points[n].piece;
        n += graph->piece_ms[0][piece] != XD_PIECE_CLOSED || graph->piece_ms[1][piece] != XD_PIECE_CLOSED;
    }
    return n;
}

/* A piece of road is of use when all that are lead to it and are led to by it. Wherever one may stop, and by the ways of the oracle alone. */
static int32_t judge_pieces(const struct xd_graph *graph, struct xd_road_oracle *oracle, const struct xd_snap *points, int32_t n, const char *label)
{
    struct xd_way ways[POINTS_N][POINTS_N];
    int32_t wrong_n = 0;
    bool is_main[POINTS_N], some = false;
    for (int32_t i = 0; i < n; i++) {
        is_main[i] = (graph->piece_use[graph->topology->first_piece[points[i].edge] + points[i].piece] & XD_PIECE_MAIN) != 0;
        some = some || is_main[i];
        xd_road_oracle_run(oracle, graph->topology, &points[i], points, n, ways[i]);
    }
    for (int32_t i = 0; i < n && some; i++) {
        bool joins_all = true;
        for (int32_t k = 0; k < n; k++)
            joins_all = joins_all && (i == k || !is_main[k] || (ways[i][k].cost_ms != XD_WAY_NONE && ways[k][i].cost_ms != XD_WAY_NONE));
        wrong_n += joins_all != is_main[i] && graph->parts_n == 1;
        if (joins_all != is_main[i])
            printf("  %s: point %d is %s\n", label, i, is_main[i] ? "no part of the roads that it is said to hang on" : "said to hang on nothing");
    }
    return wrong_n;
}

static int32_t try_vehicle(struct xd_rng *rng, const struct xd_road_map *map, const struct xd_profile *profile, const struct conditions *conditions,
                           const char *label)
{
    struct xd_road_rules_options rules = conditions->rules;
    rules.closures_bit = xd_overlay_bit(conditions->graph.overlay, profile);
    struct xd_snap points[POINTS_N];
    struct road_trial trial = {
        .label = label, .points = points, .threads_n = conditions->threads_n, .routes_n = POINTS_N, .searched_routes_n = POINTS_N / 4};
    struct xd_graph *graph = NULL;
    struct road_trial_places *places = road_trial_places_create(map->topology);
    CU_ASSERT_EQUAL_FATAL(xd_graph_weigh(map->topology, profile, &conditions->graph, &graph, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_weights_take(map->hierarchy, graph, INT64_MAX, &trial.weights, NULL), XD_OK);
    trial.graph = graph;
    trial.points_n = draw_points(rng, graph, places, points);
    trial.sources_n = trial.points_n;
    trial.oracle = xd_road_oracle_create(map->topology->network, profile, &rules);
    if (trial.points_n > 0)
        road_trial_run(&trial);
    trial.wrong_n += judge_pieces(graph, trial.oracle, points, trial.points_n, label);
    xd_road_oracle_free(trial.oracle);
    xd_weights_free(trial.weights);
    xd_graph_free(graph);
    road_trial_places_free(places);
    return trial.wrong_n;
}

static int32_t try_vehicles(struct xd_rng *rng, const struct xd_network *network, const struct xd_profile *const *profiles, int32_t n,
                            const struct conditions *conditions, const char *label)
{
    struct xd_road_map map = {0};
    int32_t wrong_n = 0;
    CU_ASSERT_EQUAL_FATAL(xd_road_map_build(network, profiles, n, conditions->rules.turn_costs, &map, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_road_map_order(&map, INT64_MAX, NULL, NULL), XD_OK);
    for (int32_t i = 0; i < n; i++)
        wrong_n += try_vehicle(rng, &map, profiles[i], conditions, label);
    xd_road_map_free(&map);
    return wrong_n;
}

static int32_t try_map(uint64_t number)
{
    static char text[RANDOM_MAP_SIZE];
    struct xd_rng rng = xd_rng_at(1, XD_RNG_TEST, 3, number);
    struct xd_profile drawn[VEHICLES_MAX];
    const struct xd_profile *profiles[VEHICLES_MAX];
    const int32_t n = 1 + (int32_t)xd_rng_below(&rng, VEHICLES_MAX);
    char label[64];
    random_map_draw(&rng, text);
    struct xd_network *network = road_map_network(text);
    struct xd_road_heights heights = random_map_heights(&rng, network);
    struct xd_road_rules_options options = {
        .heights = number % 3 == 0 ? &heights : NULL, .energy = number % 5 == 0, .turn_costs = number / 4 % 2 == 0};
    struct xd_closures closures = {0};
    struct xd_overlay *overlay = NULL;
    if (number % 4 == 0) {
        random_map_closures(&rng, network, 1 + (int32_t)xd_rng_below(&rng, 4), &closures);
        CU_ASSERT_EQUAL_FATAL(xd_overlay_build(network, xd_test_profiles(), &closures, XD_CLOSURE_ALWAYS, &overlay, NULL), XD_OK);
        options.closures = &closures;
    }
    const struct conditions conditions = {.graph = {.heights = options.heights, .energy = options.energy, .overlay = overlay},
                                          .rules = options,
                                          .threads_n = number % TWO_THREADS_EVERY == 0 ? 2 : 1};
    for (int32_t i = 0; i < n; i++) {
        drawn[i] = random_map_profile(&rng);
        profiles[i] = &drawn[i];
    }
    snprintf(label, sizeof label, "map %llu, %d vehicles%s", (unsigned long long)number, n, options.turn_costs ? ", turns" : "");
    int32_t wrong_n = try_vehicles(&rng, network, profiles, n, &conditions, label);
    snprintf(label, sizeof label, "map %llu, one vehicle%s", (unsigned long long)number, options.turn_costs ? ", turns" : "");
    if (n > 1)
        wrong_n += try_vehicles(&rng, network, profiles, 1, &conditions, label);
    random_map_heights_free(&heights);
    xd_overlay_free(overlay);
    xd_closures_free(&closures);
    xd_network_free(network);
    return wrong_n;
}

static uint64_t maps_n(void)
{
    return getenv("XD_TEST_LONG") ? MAPS_LONG_N : MAPS_N;
}

static void ways_on_random_maps_are_those_of_the_oracle(void)
{
    int32_t wrong_n = 0;
    for (uint64_t number = 0; number < maps_n(); number++)
        wrong_n += try_map(number) > 0;
    CU_ASSERT_EQUAL(wrong_n, 0);
}

/* ---- one vehicle among others ---- */

static void make_table(const struct xd_road_map *map, const struct xd_profile *profile, struct xd_rng rng, struct xd_matrix **matrix)
{
    struct xd_snap points[POINTS_N] = {{.status = XD_SNAP_OFF_NETWORK}};
    struct xd_graph *graph = NULL;
    const struct xd_network *network = map->topology->network;
    struct road_trial_places *places = road_trial_places_create(map->topology);
    CU_ASSERT_EQUAL_FATAL(xd_graph_weigh(map->topology, profile, NULL, &graph, NULL), XD_OK);
    for (int32_t i = 0; i < POINTS_N; i++) {
        const int64_t place = xd_rng_below(&rng, (uint32_t)network->first_node[network->roads_n]);
        if (!road_trial_snap(places, place, (int32_t)xd_rng_below(&rng, 1000001), &points[i]))
            points[i].status = XD_SNAP_OFF_NETWORK;
    }
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(graph, NULL, points, POINTS_N, 1, NULL, matrix, NULL), XD_OK);
    xd_graph_free(graph);
    road_trial_places_free(places);
}

static int32_t others_matter(uint64_t number)
{
    static char text[RANDOM_MAP_SIZE];
    struct xd_rng rng = xd_rng_at(2, XD_RNG_TEST, 3, number);
    const struct xd_profiles *all = xd_test_profiles();
    const struct xd_profile *profiles[XD_PROFILES_MAX];
    struct xd_matrix *tables[2] = {NULL, NULL};
    random_map_draw(&rng, text);
    struct xd_network *network = road_map_network(text);
    profiles[0] = &all->items[number % (uint64_t)all->items_n];
    for (int32_t i = 1; i < all->items_n; i++)
        profiles[i] = &all->items[(number + (uint64_t)i) % (uint64_t)all->items_n];
    for (int alone = 0; alone < 2; alone++) {
        struct xd_road_map map = {0};
        CU_ASSERT_EQUAL_FATAL(xd_road_map_build(network, profiles, alone ? 1 : all->items_n, number % 2 == 0, &map, NULL), XD_OK);
        make_table(&map, profiles[0], rng, &tables[alone]);
        xd_road_map_free(&map);
    }
    const size_t bytes = sizeof(int32_t) * POINTS_N * POINTS_N;
    const bool differ = memcmp(tables[0]->time_s, tables[1]->time_s, bytes) != 0 || memcmp(tables[0]->length_m, tables[1]->length_m, bytes) != 0;
    if (differ)
        printf("  map %llu: %s\n", (unsigned long long)number, profiles[0]->name);
    for (int32_t i = 0; differ && i < POINTS_N * POINTS_N; i++)
        if (tables[0]->time_s[i] != tables[1]->time_s[i] || tables[0]->length_m[i] != tables[1]->length_m[i])
            printf("     %d -> %d: %d s %d m, alone %d s %d m\n", i / POINTS_N, i % POINTS_N, tables[0]->time_s[i], tables[0]->length_m[i],
                   tables[1]->time_s[i], tables[1]->length_m[i]);
    xd_matrix_free(tables[0]);
    xd_matrix_free(tables[1]);
    xd_network_free(network);
    return differ;
}

static void a_vehicle_has_the_same_table_alone_and_among_others(void)
{
    int32_t wrong_n = 0;
    for (uint64_t number = 0; number < maps_n(); number++)
        wrong_n += others_matter(number);
    CU_ASSERT_EQUAL(wrong_n, 0);
}

static const struct xd_test_case cases[] = {
    {"ways_on_random_maps_are_those_of_the_oracle", ways_on_random_maps_are_those_of_the_oracle},
    {"a_vehicle_has_the_same_table_alone_and_among_others", a_vehicle_has_the_same_table_alone_and_among_others},
};
const struct xd_test_suite xd_suite_maps_random = {"maps_random", cases, XD_ARRAY_LENGTH(cases)};
