#include "tests/harness/random_map.h"

#include "base/macros.h"
#include "tests/harness/harness.h"
#include "tests/harness/profiles.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { SIDE_MAX = 5, NODES_MAX = 120, WAYS_MAX = 80, WAY_MAX = 12, SPACING_M = 120 };

/* A metre here is a little more than one, so that SPACING_M are a whole number of units of 1e-7 degrees, and 12000 cm wherever they lie. */
static const double METRE_M = 10792.0 / 120.0 / (1e7 * 180.0 / (3.14159265358979323846 * 6371008.8));

struct way {
    int node[WAY_MAX];
    int n;
};

struct map {
    struct xd_rng *rng;
    char *text;
    size_t at;
    int east_m[NODES_MAX], north_m[NODES_MAX];
    int nodes_n;
    struct way ways[WAYS_MAX];
    int ways_n;
    int width, height;
    bool is_even; /* straight lines, speeds of which one is a multiple of the other: ways that are equal in cost, in time, in length */
};

static void say(struct map *map, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    map->at += (size_t)vsnprintf(map->text + map->at, RANDOM_MAP_SIZE - map->at, format, arguments);
    va_end(arguments);
    CU_ASSERT_FATAL(map->at < RANDOM_MAP_SIZE);
}

static int below(struct map *map, int bound)
{
    return (int)xd_rng_below(map->rng, (uint32_t)bound);
}

static bool chance(struct map *map, int percent)
{
    return below(map, 100) < percent;
}

static int add_node(struct map *map, int east_m, int north_m)
{
    CU_ASSERT_FATAL(map->nodes_n < NODES_MAX);
    map->east_m[map->nodes_n] = east_m;
    map->north_m[map->nodes_n] = north_m;
    return map->nodes_n++;
}

static struct way *add_way(struct map *map)
{
    CU_ASSERT_FATAL(map->ways_n < WAYS_MAX);
    struct way *way = &map->ways[map->ways_n++];
    way->n = 0;
    return way;
}

static void go(struct way *way, int node)
{
    if (way->n < WAY_MAX)
        way->node[way->n++] = node;
}

/* On to the node, now and then over one or two others that bend, double back or lie where another lies. */
static void go_bent(struct map *map, struct way *way, int node)
{
    const int from = way->node[way->n - 1];
    for (int i = !map->is_even && chance(map, 25) ? 1 + below(map, 2) : 0; i > 0 && map->nodes_n < NODES_MAX - 30; i--) {
        const int jitter = chance(map, 15) ? 0 : 25;
        const int near = chance(map, 50) ? from : node;
        if (jitter == 0)
            go(way, add_node(map, map->east_m[near], map->north_m[near]));
        else
            go(way, add_node(map, (map->east_m[from] + map->east_m[node]) / 2 + below(map, 2 * jitter) - jitter,
                             (map->north_m[from] + map->north_m[node]) / 2 + below(map, 2 * jitter) - jitter));
    }
    go(way, node);
}

/* A line of the grid, cut into ways here and there, some pieces left out. */
static void draw_line(struct map *map, int first, int step, int n)
{
    struct way *way = NULL;
    for (int i = 0; i + 1 < n; i++) {
        if (chance(map, 12)) {
            way = NULL;
            continue;
        }
        if (!way || chance(map, 45) || way->n + 3 >= WAY_MAX) {
            way = add_way(map);
            go(way, first + i * step);
        }
        go_bent(map, way, first + (i + 1) * step);
    }
}

static int any_node(struct map *map)
{
    return below(map, map->width * map->height);
}

static int beside(struct map *map, int node)
{
    return add_node(map, map->east_m[node] + below(map, 120) - 60, map->north_m[node] + below(map, 120) - 60);
}

/* Dead ends, rings, short cuts, a second piece between the same nodes, a way that comes back to a node of its own. */
static void draw_extras(struct map *map)
{
    for (int i = 1 + below(map, 5); i > 0; i--) {
        struct way *way = add_way(map);
        const int node = any_node(map), shape = below(map, 5);
        go(way, node);
        if (shape == 0 || shape == 4)
            go(way, beside(map, node));
        if (shape == 1)
            go_bent(map, way, (node + 1) % (map->width * map->height));
        if (shape == 2 || shape == 4) {
            const int a = beside(map, node), b = beside(map, node);
            go(way, a);
            go(way, b);
            go(way, shape == 2 ? node : way->node[1]);
            if (shape == 4 && chance(map, 50))
                go(way, beside(map, node));
        }
        if (shape == 3) {
            const struct way *other = &map->ways[below(map, map->ways_n - 1)];
            const int k = below(map, other->n - 1);
            way->node[0] = other->node[k];
            go(way, other->node[k + 1]);
        }
        if (way->n == 2 && way->node[0] == way->node[1])
            way->node[1] = beside(map, node);
    }
}

static const char *pick(struct map *map, const char *const *items, size_t n)
{
    return items[below(map, (int)n)];
}
#define PICK(map, ...) pick((map), (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static void say_ways(struct map *map)
{
    for (int w = 0; w < map->ways_n; w++) {
        say(map, "way %d", 1000 + w);
        for (int i = 0; i < map->ways[w].n; i++)
            say(map, " %d", 1 + map->ways[w].node[i]);
        if (chance(map, 4))
            say(map, " : route=ferry%s", PICK(map, "", ", duration=00:02", ", motor_vehicle=yes"));
        else if (map->is_even)
            say(map, " : highway=trunk, maxspeed=%s", PICK(map, "10", "20", "20", "30", "40", "60", "60"));
        else
            say(map, " : highway=%s",
                PICK(map, "tertiary", "tertiary", "residential", "residential", "unclassified", "service", "track", "path", "primary", "motorway"));
        if (chance(map, 20))
            say(map, ", oneway=%s", PICK(map, "yes", "yes", "-1", "reversible", "alternating"));
        if (chance(map, 15))
            say(map, ", %s",
                PICK(map, "access=private", "motor_vehicle=destination", "hgv=delivery", "vehicle=no", "foot=no", "hgv=no", "motorcar:backward=no"));
        if (!map->is_even && chance(map, 15))
            say(map, ", %s", PICK(map, "maxspeed=20", "surface=gravel", "smoothness=horrible", "width=2.4", "maxweight=3", "junction=roundabout"));
        if (!map->is_even && chance(map, 5))
            say(map, ", bridge=movable%s", PICK(map, "", ", duration=00:03"));
        if (chance(map, 15))
            say(map, ", %s",
                PICK(map, "motor_vehicle:conditional=no @ (weight>3.5)", "access:conditional=no @ (length>5); yes @ delivery",
                     "oneway:conditional=yes @ (weight>2)", "hgv:backward:conditional=no @ (weight>3)", "maxweight:conditional=2 @ (height>2)"));
        say(map, "\n");
    }
}

static void say_nodes(struct map *map)
{
    for (int v = 0; v < map->nodes_n; v++) {
        say(map, "node %d %.9f %.9f", 1 + v, map->east_m[v] * METRE_M, map->north_m[v] * METRE_M);
        if (chance(map, 6))
            say(map, " : barrier=%s%s", PICK(map, "gate", "gate", "lift_gate", "bollard", "toll_booth", "bus_trap"),
                PICK(map, "", "", ", access=private", ", hgv=no", ", foot=no", ", hgv:conditional=no @ (weight>3)"));
        else if (chance(map, 8))
            say(map, " : highway=traffic_signals%s", PICK(map, "", ", traffic_signals:direction=forward", ", traffic_signals:direction=backward"));
        else if (chance(map, 5))
            say(map, " : highway=stop%s", PICK(map, "", ", direction=forward", ", direction=backward"));
        say(map, "\n");
    }
}

/* A way other than the given one that has the node; the given one when there is none. */
static int way_at(struct map *map, int node, int not )
{
    int found = not, n = 0;
    for (int w = 0; w < map->ways_n; w++)
        for (int i = 0; i < map->ways[w].n && w != not ; i++)
            if (map->ways[w].node[i] == node) {
                if (below(map, ++n) == 0)
                    found = w;
                break;
            }
    return found;
}

static void say_restrictions(struct map *map)
{
    for (int i = below(map, 9); i > 0; i--) {
        const int from = below(map, map->ways_n), via_node = map->ways[from].node[below(map, map->ways[from].n)];
        say(map, "relation %d way:%d:from", 5000 + i, 1000 + from);
        if (chance(map, 60)) {
            say(map, " node:%d:via way:%d:to", 1 + via_node, 1000 + (chance(map, 12) ? from : way_at(map, via_node, from)));
            if (chance(map, 15))
                say(map, " way:%d:to", 1000 + way_at(map, via_node, from));
        } else {
            int last = from, node = via_node;
            for (int k = 1 + below(map, 2); k > 0; k--) {
                last = way_at(map, node, last);
                node = map->ways[last].node[chance(map, 50) ? 0 : map->ways[last].n - 1];
                say(map, " way:%d:via", 1000 + last);
            }
            say(map, " way:%d:to", 1000 + way_at(map, node, last));
        }
        say(map, " : type=restriction, %s=%s%s", PICK(map, "restriction", "restriction", "restriction", "restriction:hgv", "restriction:motorcar"),
            PICK(map, "no_left_turn", "no_right_turn", "no_straight_on", "no_u_turn", "no_turn", "only_straight_on", "only_left_turn", "only_u_turn"),
            PICK(map, "", "", "", ", except=motorcar", ", except=bus", ", restriction:hgv=only_u_turn", ", restriction=only_straight_on",
                 ", restriction:conditional=none @ (weight<4)", ", restriction:hgv:conditional=no_u_turn @ (weight>3)",
                 ", restriction:conditional=only_straight_on @ (length>5)"));
        say(map, "\n");
    }
}

void random_map_draw(struct xd_rng *rng, char text[RANDOM_MAP_SIZE])
{
    static struct map map;
    map = (struct map){.rng = rng, .text = text, .width = 0};
    map.width = 2 + below(&map, SIDE_MAX - 1);
    map.height = 1 + below(&map, SIDE_MAX);
    map.is_even = chance(&map, 50);
    const int jitter = map.is_even ? 1 : 40;
    for (int v = 0; v < map.width * map.height; v++)
        add_node(&map, v % map.width * SPACING_M + below(&map, jitter), v / map.width * SPACING_M + below(&map, jitter));
    for (int y = 0; y < map.height; y++)
        draw_line(&map, y * map.width, 1, map.width);
    for (int x = 0; x < map.width; x++)
        draw_line(&map, x, map.width, map.height);
    if (map.ways_n == 0)
        draw_line(&map, 0, 1, 2);
    struct way *always = add_way(&map);
    go(always, 0);
    go(always, 1);
    draw_extras(&map);
    say_nodes(&map);
    say_ways(&map);
    say_restrictions(&map);
}

struct xd_profile random_map_profile(struct xd_rng *rng)
{
    const struct xd_profiles *profiles = xd_test_profiles();
    struct xd_profile profile = profiles->items[xd_rng_below(rng, (uint32_t)profiles->items_n)];
    if (xd_rng_below(rng, 3) == 0)
        return profile;
    profile.mass_kg = 1000 * (1 + (int32_t)xd_rng_below(rng, 6));
    profile.turn_s = (int32_t)xd_rng_below(rng, 4) == 0 ? 600 : (int32_t)xd_rng_below(rng, 30);
    profile.u_turn_s = (int32_t)xd_rng_below(rng, 60);
    profile.signal_s = (int32_t)xd_rng_below(rng, 40);
    profile.stop_sign_s = (int32_t)xd_rng_below(rng, 20);
    profile.end_only_percent = 100 * (1 + (int32_t)xd_rng_below(rng, 5));
    profile.end_only_barrier_s = (int32_t)xd_rng_below(rng, 300);
    profile.barrier_delay_s[XD_BARRIER_GATE] = (int32_t)xd_rng_below(rng, 90);
    return profile;
}

struct xd_road_heights random_map_heights(struct xd_rng *rng, const struct xd_network *network)
{
    struct xd_road_heights heights = {.nodes_n = network->nodes_n, .node_cm = malloc(sizeof(int32_t) * (size_t)network->nodes_n)};
    const int32_t relief_cm = xd_rng_below(rng, 2) == 0 ? 100 : 2000; /* too little to slow, or enough */
    CU_ASSERT_PTR_NOT_NULL_FATAL(heights.node_cm);
    for (int32_t v = 0; v < network->nodes_n; v++)
        heights.node_cm[v] = xd_rng_below(rng, 20) == 0 ? XD_ELEVATION_UNKNOWN_CM : (int32_t)xd_rng_between(rng, 90000, 90000 + relief_cm);
    return heights;
}

void random_map_heights_free(struct xd_road_heights *heights)
{
    free(heights->node_cm);
    heights->node_cm = NULL;
}

void random_map_closures(struct xd_rng *rng, const struct xd_network *network, int32_t n, struct xd_closures *closures)
{
    for (; n > 0; n--) {
        const uint32_t kind = xd_rng_below(rng, 3);
        const struct xd_closure closure = {.name = "",
                                           .note = "",
                                           .shape = XD_CLOSURE_WAYS,
                                           .ways = &network->road_osm_id[xd_rng_below(rng, (uint32_t)network->roads_n)],
                                           .ways_n = 1,
                                           .directions = (uint8_t)(1 + xd_rng_below(rng, 3)),
                                           .speed_percent = kind == 0   ? 0
                                                            : kind == 1 ? 1 + (int32_t)xd_rng_below(rng, 100)
                                                                        : 100,
                                           .max_kmh = kind == 2 ? 1 + (int32_t)xd_rng_below(rng, 40) : 0,
                                           .from_days = XD_CLOSURE_ALWAYS,
                                           .until_days = XD_CLOSURE_ALWAYS,
                                           .months = XD_MONTHS_ALL,
                                           .profiles = xd_rng_below(rng, 2) == 0 ? XD_CLOSURE_ALL_PROFILES : xd_rng_below(rng, 128)};
        CU_ASSERT_EQUAL_FATAL(xd_closures_add(closures, &closure, NULL), XD_OK);
    }
}
