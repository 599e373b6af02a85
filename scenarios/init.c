#include "scenarios/init_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { INIT_DATE_DAYS = 20781 /* 2026-11-24: the program has no clock here; the planner sets the day */, CODE_SIZE = 32 };

static bool is_village(const struct xd_map_place *place)
{
    return place->kind == XD_MAP_VILLAGE || place->kind == XD_MAP_HAMLET;
}

static bool is_town(const struct xd_map_place *place)
{
    return place->kind == XD_MAP_CITY || place->kind == XD_MAP_TOWN;
}

/* n, w, r as in OSM's own short forms of ids. */
static char type_letter(const struct xd_map_place *place)
{
    return place->osm_type == XD_OSM_NODE ? 'n' : place->osm_type == XD_OSM_WAY ? 'w' : 'r';
}

static const char *copy(struct xd_scenario *scenario, const char *text)
{
    return xd_arena_string(&scenario->arena, text, strlen(text));
}

struct map_counts {
    int32_t villages_n, hamlets_n, towns_n, others_n;
};

static enum xd_status map_check(const struct xd_network *network, struct map_counts *counts, struct xd_error *error)
{
    *counts = (struct map_counts){0};
    for (int32_t i = 0; i < network->map_places_n; i++) {
        const struct xd_map_place *place = &network->map_places[i];
        counts->villages_n += place->kind == XD_MAP_VILLAGE ? 1 : 0;
        counts->hamlets_n += place->kind == XD_MAP_HAMLET ? 1 : 0;
        counts->towns_n += is_town(place) ? 1 : 0;
        counts->others_n += !is_village(place) && !is_town(place) ? 1 : 0;
    }
    if (counts->villages_n + counts->hamlets_n == 0)
        return xd_fail(error, XD_DATA, xd_at_none(),
                       "the map holds no place=village or place=hamlet (found %d cities and towns and %d places of other kinds); take a map that "
                       "covers a whole county, or "
                       "write the tables of places and demand by hand",
                       counts->towns_n, counts->others_n);
    const int64_t places_n = (int64_t)counts->villages_n + counts->hamlets_n + counts->towns_n + 1;
    if (places_n > XD_PLACES_MAX)
        return xd_fail(error, XD_DATA, xd_at_none(),
                       "the map holds %lld cities, towns, villages and hamlets, expected at most %d; cut one county out of it first",
                       (long long)places_n, (int)XD_PLACES_MAX);
    return XD_OK;
}

/* ---- the hub ---- */

enum { GRID_N = 256 };

static int32_t grid_at(int32_t value_e7, int32_t low_e7, int32_t high_e7)
{
    const int64_t span = (int64_t)high_e7 - low_e7 + 1;
    const int64_t cell = ((int64_t)value_e7 - low_e7) * GRID_N / span;
    return (int32_t)(cell < 0 ? 0 : cell >= GRID_N ? GRID_N - 1 : cell);
}

/* Road nodes in the 3 x 3 cells of a 256 x 256 grid over the map around the place: how dense its roads are. */
static int64_t roads_near(const struct xd_network *network, const int32_t *grid, struct xd_position at)
{
    const int32_t x = grid_at(at.lon_e7, network->south_west.lon_e7, network->north_east.lon_e7);
    const int32_t y = grid_at(at.lat_e7, network->south_west.lat_e7, network->north_east.lat_e7);
    int64_t nodes_n = 0;
    for (int32_t dy = -1; dy <= 1; dy++)
        for (int32_t dx = -1; dx <= 1; dx++)
            if (x + dx >= 0 && x + dx < GRID_N && y + dy >= 0 && y + dy < GRID_N)
                nodes_n += grid[(y + dy) * GRID_N + x + dx];
    return nodes_n;
}

/* Is a a larger place than b? Both are of the same group (towns, or villages where there is no town). Equal ones: false, the first stays. */
static bool is_larger(const struct xd_network *network, const int32_t *grid, const struct xd_map_place *a, const struct xd_map_place *b)
{
    if (a->population != b->population)
        return a->population > b->population;
    if (a->kind != b->kind)
        return a->kind < b->kind; /* city, town, village, hamlet */
    return roads_near(network, grid, a->position) > roads_near(network, grid, b->position);
}

static enum xd_status seat_find(const struct xd_network *network, bool towns, int32_t *seat, struct xd_error *error)
{
    int32_t *grid = xd_alloc_zero((size_t)GRID_N * GRID_N, sizeof *grid);
    if (!grid)
        return xd_fail_memory(error, "the density of roads", (size_t)GRID_N * GRID_N * sizeof *grid);
    for (int32_t i = 0; i < network->nodes_n; i++)
        grid[grid_at(network->node_position[i].lat_e7, network->south_west.lat_e7, network->north_east.lat_e7) * GRID_N +
             grid_at(network->node_position[i].lon_e7, network->south_west.lon_e7, network->north_east.lon_e7)]++;
    int32_t best = -1;
    for (int32_t i = 0; i < network->map_places_n; i++) {
        const struct xd_map_place *place = &network->map_places[i];
        if (towns ? !is_town(place) : !is_village(place))
            continue;
        if (best < 0 || is_larger(network, grid, place, &network->map_places[best]))
            best = i;
    }
    xd_free(grid);
    *seat = best;
    return XD_OK;
}

/* What the hub is settled on. */
struct roads {
    const struct xd_network *network;
    struct xd_standard_roads *standard;
    const struct xd_profile *truck;
};

/* Where a light truck can start: the position itself near a road of the main component, else the nearest junction of one. */
static enum xd_status hub_settle(const struct roads *roads, int32_t radius_m, struct xd_position *position, struct xd_error *error)
{
    struct xd_road_map own, *map = NULL;
    struct xd_graph *graph = NULL;
    struct xd_snap snap = {0};
    enum xd_status status = xd_standard_roads_take(roads->standard, roads->network, &roads->truck, 1, false, &own, &map, error);
    if (status == XD_OK)
        status = xd_graph_weigh(map->topology, roads->truck, NULL, &graph, error);
    if (status == XD_OK)
        xd_snap_find(map->index, graph, *position, radius_m, &snap);
    if (status == XD_OK && snap.status != XD_SNAP_OK) {
        int32_t best = -1;
        double best_m = 0;
        for (int32_t v = 0; v < graph->nodes_n; v++) {
            if (graph->component[v] != graph->main_component)
                continue;
            const double distance_m = xd_distance_m(*position, xd_topology_state_position(map->topology, v));
            if (best < 0 || distance_m < best_m) {
                best = v;
                best_m = distance_m;
            }
        }
        if (best < 0)
            status = xd_fail(error, XD_DATA, xd_at_none(),
                             "the map holds no road that a light truck may use, expected some; write the scenario by hand for other vehicles");
        else
            *position = xd_topology_state_position(map->topology, best);
    }
    xd_graph_free(graph);
    xd_road_map_free(&own);
    return status;
}

/* ---- places ---- */

static enum xd_status place_make(struct xd_scenario *scenario, const struct xd_map_place *from, enum xd_tier tier, struct xd_error *error)
{
    char code[CODE_SIZE];
    snprintf(code, sizeof code, "%c%" PRId64, type_letter(from), from->osm_id);
    struct xd_place place = {.tier = tier,
                             .parent = -1,
                             .position = from->position,
                             .source = XD_PLACE_GIVEN,
                             .residents_n = from->population,
                             .opens_s = -1,
                             .closes_s = -1,
                             .elevation_m = XD_ELEVATION_UNKNOWN};
    place.code = copy(scenario, code);
    place.name = from->name[0] ? copy(scenario, from->name) : place.code;
    if (!place.code || !place.name)
        return xd_fail_memory(error, "places", CODE_SIZE);
    scenario->places.items[scenario->places.items_n++] = place;
    return XD_OK;
}

static enum xd_status hub_make(struct xd_scenario *scenario, const struct xd_map_place *seat, struct xd_position position, struct xd_error *error)
{
    const char *suffix = " 县级公共配送中心";
    const size_t seat_n = strlen(seat->name), suffix_n = strlen(suffix);
    char *name = xd_arena_alloc(&scenario->arena, seat_n + suffix_n + 1, 1);
    const char *code = copy(scenario, "hub");
    if (!name || !code)
        return xd_fail_memory(error, "the hub", seat_n + suffix_n + 1);
    memcpy(name, seat->name, seat_n);
    memcpy(name + seat_n, suffix + (seat_n == 0 ? 1 : 0), suffix_n + 1 - (seat_n == 0 ? 1 : 0));
    scenario->places.items[scenario->places.items_n++] = (struct xd_place){.code = code,
                                                                           .name = name,
                                                                           .tier = XD_TIER_HUB,
                                                                           .parent = -1,
                                                                           .position = position,
                                                                           .source = XD_PLACE_GIVEN,
                                                                           .residents_n = -1,
                                                                           .opens_s = -1,
                                                                           .closes_s = -1,
                                                                           .elevation_m = XD_ELEVATION_UNKNOWN};
    return XD_OK;
}

/* The nearest township, or the hub where the map has none (townships are places 1 .. towns_n). */
static int32_t parent_of(const struct xd_scenario *scenario, int32_t towns_n, struct xd_position position)
{
    int32_t best = 0;
    double best_m = 0;
    for (int32_t i = 1; i <= towns_n; i++) {
        const double distance_m = xd_distance_m(position, scenario->places.items[i].position);
        if (best == 0 || distance_m < best_m) {
            best = i;
            best_m = distance_m;
        }
    }
    return best;
}

/* Hub, townships, villages; each group in the order of the map's places. map_place[i]: where place i comes from (-1: the hub). */
static enum xd_status places_make(const struct roads *roads, const struct map_counts *counts, struct xd_scenario *scenario, int32_t **map_place,
                                  struct xd_error *error)
{
    const struct xd_network *network = roads->network;
    const size_t places_n = (size_t)counts->villages_n + (size_t)counts->hamlets_n + (size_t)counts->towns_n + 1;
    int32_t seat = -1;
    enum xd_status status = seat_find(network, counts->towns_n > 0, &seat, error);
    if (status != XD_OK)
        return status;
    struct xd_position position = network->map_places[seat].position;
    status = hub_settle(roads, (int32_t)scenario->parameters.value[XD_PARAMETER_SNAP_RADIUS_M], &position, error);
    if (status != XD_OK)
        return status;
    scenario->places.items = xd_arena_alloc(&scenario->arena, places_n, sizeof *scenario->places.items);
    *map_place = xd_arena_alloc(&scenario->arena, places_n, sizeof **map_place);
    if (!scenario->places.items || !*map_place)
        return xd_fail_memory(error, "places", places_n * sizeof *scenario->places.items);
    status = hub_make(scenario, &network->map_places[seat], position, error);
    (*map_place)[0] = -1;
    for (int towns = 1; towns >= 0; towns--) {
        for (int32_t i = 0; i < network->map_places_n && status == XD_OK; i++) {
            const struct xd_map_place *from = &network->map_places[i];
            if (towns ? !is_town(from) : !is_village(from))
                continue;
            (*map_place)[scenario->places.items_n] = i;
            status = place_make(scenario, from, towns ? XD_TIER_TOWNSHIP : XD_TIER_VILLAGE, error);
        }
    }
    for (int32_t i = counts->towns_n + 1; i < scenario->places.items_n && status == XD_OK; i++)
        scenario->places.items[i].parent = parent_of(scenario, counts->towns_n, scenario->places.items[i].position);
    scenario->places.hub = 0;
    return status;
}

enum xd_status xd_scenario_from_map(const struct xd_network *network, struct xd_standard_roads *standard, const struct xd_profiles *profiles,
                                    const char *name, uint64_t seed, struct xd_scenario **scenario, struct xd_error *error)
{
    struct map_counts counts;
    int32_t *map_place = NULL;
    const struct roads roads = {network, standard, xd_profile_find(profiles, "light_truck")};
    if (!roads.truck)
        return xd_fail(error, XD_INTERNAL, xd_at_none(), "the default fleet lacks a minivan, a light truck or a refrigerated vehicle");
    enum xd_status status = map_check(network, &counts, error);
    if (status != XD_OK)
        return status;
    struct xd_scenario *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the scenario", sizeof *made);
    xd_parameters_default(&made->parameters);
    made->date_days = INIT_DATE_DAYS;
    made->codes_free = true;
    made->profiles = profiles;
    made->folder = "";
    made->name = copy(made, name);
    made->map_path = copy(made, "");
    made->credit = copy(made, "© OpenStreetMap contributors");
    if (!made->name || !made->map_path || !made->credit)
        status = xd_fail_memory(error, "the scenario", strlen(name) + 1);
    if (status == XD_OK)
        status = places_make(&roads, &counts, made, &map_place, error);
    if (status == XD_OK)
        status = xd_init_demand(network, map_place, seed, made, error);
    if (status == XD_OK)
        status = xd_init_fleet(made, error);
    if (status == XD_OK)
        *scenario = made;
    else
        xd_scenario_free(made);
    return status;
}
