#include "maps/network_sections.h"

#include "maps/network_builder.h"

#include <string.h>

/* What is one number, or one of a kind. */
struct facts {
    int64_t places_n; /* of road_node */
    int64_t steps_n, names_n;
    uint64_t hash;
    int32_t nodes_n, barriers_n, roads_n, restrictions_n, map_places_n, clauses_n;
    struct xd_position south_west, north_east;
    struct xd_network_counts counts;
};
_Static_assert(sizeof(struct facts) == 4 * 8 + 6 * 4 + 2 * sizeof(struct xd_position) + sizeof(struct xd_network_counts), "no padding");

struct place {
    int64_t osm_id, population;
    struct xd_position position;
    int32_t osm_type, kind;
    int32_t name, name_zh, code; /* here and below: place of a text in the names */
    int32_t spare;
};
_Static_assert(sizeof(struct place) == 2 * 8 + sizeof(struct xd_position) + 6 * 4, "no padding");

/* All arrays in the order of the sections. */
struct arrays {
    const int32_t *road_name;   /* roads_n */
    const struct place *places; /* map_places_n */
    const char *names;          /* texts with their ends, the first "" */
};

static void walk(struct xd_sections *sections, const struct facts *facts, struct xd_network *network, struct arrays *arrays)
{
    network->node_osm_id = xd_section_walk(sections, network->node_osm_id, facts->nodes_n, sizeof *network->node_osm_id);
    network->node_position = xd_section_walk(sections, network->node_position, facts->nodes_n, sizeof *network->node_position);
    network->node_barrier = xd_section_walk(sections, network->node_barrier, facts->nodes_n, sizeof *network->node_barrier);
    network->node_signal = xd_section_walk(sections, network->node_signal, facts->nodes_n, sizeof *network->node_signal);
    network->barriers = xd_section_walk(sections, network->barriers, facts->barriers_n, sizeof *network->barriers);
    network->roads = xd_section_walk(sections, network->roads, facts->roads_n, sizeof *network->roads);
    network->road_osm_id = xd_section_walk(sections, network->road_osm_id, facts->roads_n, sizeof *network->road_osm_id);
    network->first_node = xd_section_walk(sections, network->first_node, (int64_t)facts->roads_n + 1, sizeof *network->first_node);
    network->road_node = xd_section_walk(sections, network->road_node, facts->places_n, sizeof *network->road_node);
    network->restrictions = xd_section_walk(sections, network->restrictions, facts->restrictions_n, sizeof *network->restrictions);
    network->restriction_step = xd_section_walk(sections, network->restriction_step, facts->steps_n, sizeof *network->restriction_step);
    network->clauses = xd_section_walk(sections, network->clauses, facts->clauses_n, sizeof *network->clauses);
    arrays->road_name = xd_section_walk(sections, arrays->road_name, facts->roads_n, sizeof *arrays->road_name);
    arrays->places = xd_section_walk(sections, arrays->places, facts->map_places_n, sizeof *arrays->places);
    arrays->names = xd_section_walk(sections, arrays->names, facts->names_n, 1);
}

/* ---- listing ---- */

struct names {
    char *bytes;
    size_t n, max;
};

/* A text that repeats the last one takes its place. */
static enum xd_status add_name(struct names *names, const char *text, int32_t *last, int32_t *at, struct xd_error *error)
{
    const size_t n = strlen(text) + 1;
    *at = 0;
    if (n == 1)
        return XD_OK;
    if (strcmp(names->bytes + *last, text) != 0) {
        enum xd_status status =
            xd_array_reserve((void **)&names->bytes, &names->max, names->n + n, 1, XD_NETWORK_NAME_BYTES_MAX, "bytes of names", error);
        if (status != XD_OK)
            return status;
        memcpy(names->bytes + names->n, text, n);
        *last = (int32_t)names->n;
        names->n += n;
    }
    *at = *last;
    return XD_OK;
}

static enum xd_status pack_names(const struct xd_network *network, int32_t *road_name, struct place *places, struct names *names,
                                 struct xd_error *error)
{
    int32_t last = 0;
    enum xd_status status = xd_array_reserve((void **)&names->bytes, &names->max, 1, 1, XD_NETWORK_NAME_BYTES_MAX, "bytes of names", error);
    if (status != XD_OK)
        return status;
    names->bytes[names->n++] = '\0';
    for (int32_t r = 0; r < network->roads_n && status == XD_OK; r++)
        status = add_name(names, network->road_name[r], &last, &road_name[r], error);
    for (int32_t i = 0; i < network->map_places_n && status == XD_OK; i++) {
        const struct xd_map_place *place = &network->map_places[i];
        places[i] = (struct place){.osm_id = place->osm_id,
                                   .population = place->population,
                                   .position = place->position,
                                   .osm_type = (int32_t)place->osm_type,
                                   .kind = (int32_t)place->kind};
        status = add_name(names, place->name, &last, &places[i].name, error);
        if (status == XD_OK)
            status = add_name(names, place->name_zh, &last, &places[i].name_zh, error);
        if (status == XD_OK)
            status = add_name(names, place->code, &last, &places[i].code, error);
    }
    return status;
}

static int64_t steps_n(const struct xd_network *network)
{
    int64_t n = 0;
    for (int32_t i = 0; i < network->restrictions_n; i++) {
        const int64_t end = network->restrictions[i].first_step + network->restrictions[i].steps_n;
        n = end > n ? end : n;
    }
    return n;
}

enum xd_status xd_network_list(const struct xd_network *network, struct xd_sections *sections, struct xd_error *error)
{
    struct names names = {0};
    struct xd_network copy = *network;
    int32_t *road_name = xd_arena_alloc(&sections->arena, (size_t)network->roads_n + 1, sizeof *road_name);
    struct place *places = xd_arena_alloc(&sections->arena, (size_t)network->map_places_n + 1, sizeof *places);
    enum xd_status status = road_name && places ? pack_names(network, road_name, places, &names, error)
                                                : xd_fail_memory(error, "names of roads", (size_t)network->roads_n * sizeof *road_name);
    if (status == XD_OK) {
        const struct facts facts = {.places_n = network->first_node[network->roads_n],
                                    .steps_n = steps_n(network),
                                    .names_n = (int64_t)names.n,
                                    .hash = network->hash,
                                    .nodes_n = network->nodes_n,
                                    .barriers_n = network->barriers_n,
                                    .roads_n = network->roads_n,
                                    .restrictions_n = network->restrictions_n,
                                    .map_places_n = network->map_places_n,
                                    .clauses_n = network->clauses_n,
                                    .south_west = network->south_west,
                                    .north_east = network->north_east,
                                    .counts = network->counts};
        struct arrays arrays = {road_name, places, xd_arena_copy(&sections->arena, names.bytes, names.n, 1)};
        (void)xd_section_copy(sections, &facts, sizeof facts);
        walk(sections, &facts, &copy, &arrays);
        if (sections->is_wrong)
            status = xd_fail_memory(error, "names of roads", names.n);
    }
    xd_free(names.bytes);
    return status;
}

/* ---- taking ---- */

static bool are_counts(const struct facts *facts)
{
    return facts->nodes_n >= 0 && facts->nodes_n <= XD_NETWORK_NODES_MAX && facts->barriers_n >= 0 && facts->roads_n >= 0 &&
           facts->roads_n <= XD_NETWORK_ROADS_MAX && facts->places_n >= 0 && facts->places_n <= XD_NETWORK_ROAD_NODES_MAX &&
           facts->restrictions_n >= 0 && facts->steps_n >= 0 && facts->map_places_n >= 0 && facts->map_places_n <= XD_NETWORK_MAP_PLACES_MAX &&
           facts->clauses_n >= 0 && facts->clauses_n <= XD_NETWORK_CLAUSES_MAX && facts->names_n >= 1 &&
           facts->names_n <= XD_NETWORK_NAME_BYTES_MAX && xd_position_valid(facts->south_west) && xd_position_valid(facts->north_east);
}

/* What profiles look up by. */
static bool are_roads(const struct xd_road *roads, int32_t roads_n, int32_t clauses_n)
{
    bool good = true;
    for (int32_t r = 0; r < roads_n && good; r++) {
        const struct xd_road *road = &roads[r];
        good = road->road_class < XD_ROAD_CLASSES_N && road->china_grade < XD_ROAD_CN_N && road->surface < XD_SURFACES_N &&
               road->smoothness <= XD_SMOOTHNESS_IMPASSABLE && road->track_grade <= 5 && road->duration_s >= 0 &&
               road->duration_s <= XD_DURATION_MAX_S && road->clauses <= clauses_n;
        for (int key = 0; key < XD_ACCESS_KEYS_N && good; key++)
            good = road->rules[key].oneway <= XD_ONEWAY_ALTERNATING;
    }
    return good;
}

static bool are_barriers(const struct xd_road_barrier *barriers, int32_t barriers_n, int32_t clauses_n)
{
    for (int32_t i = 0; i < barriers_n; i++)
        if (barriers[i].kind >= XD_BARRIER_KINDS_N || barriers[i].clauses > clauses_n)
            return false;
    return true;
}

static bool are_restrictions(const struct xd_network *network, const struct facts *facts)
{
    for (int32_t i = 0; i < facts->restrictions_n; i++) {
        const struct xd_restriction *restriction = &network->restrictions[i];
        unsigned char only; /* what is no bool must not be read as one */
        memcpy(&only, (const unsigned char *)restriction + offsetof(struct xd_restriction, only), 1);
        if (only > 1 || restriction->rule >= XD_TURN_RULES_N || restriction->clauses > facts->clauses_n || restriction->steps_n < 2 ||
            restriction->first_step < 0 || restriction->first_step > facts->steps_n - restriction->steps_n)
            return false;
    }
    for (int64_t i = 0; i < facts->steps_n; i++)
        if (network->restriction_step[i] < 0 || network->restriction_step[i] / 2 >= facts->places_n - 1)
            return false;
    return true;
}

static bool are_places(const struct place *places, const struct facts *facts)
{
    for (int32_t i = 0; i < facts->map_places_n; i++) {
        const struct place *place = &places[i];
        const int32_t texts[] = {place->name, place->name_zh, place->code};
        if (place->osm_type < 0 || place->osm_type > XD_OSM_RELATION || place->kind < 0 || place->kind > XD_MAP_OTHER || place->population < -1 ||
            !xd_position_valid(place->position) || !xd_are_within(texts, XD_ARRAY_LENGTH(texts), 0, (int32_t)facts->names_n))
            return false;
    }
    return true;
}

static bool is_sound(const struct xd_network *network, const struct facts *facts, const struct arrays *arrays)
{
    return xd_are_positions(network->node_position, facts->nodes_n) && xd_are_within(network->node_barrier, facts->nodes_n, -1, facts->barriers_n) &&
           are_barriers(network->barriers, facts->barriers_n, facts->clauses_n) && are_roads(network->roads, facts->roads_n, facts->clauses_n) &&
           xd_clauses_are_sound(network->clauses, facts->clauses_n) && xd_are_firsts_i64(network->first_node, facts->roads_n, facts->places_n, 2) &&
           xd_are_within(network->road_node, facts->places_n, 0, facts->nodes_n) && are_restrictions(network, facts) &&
           arrays->names[facts->names_n - 1] == '\0' && xd_are_within(arrays->road_name, facts->roads_n, 0, (int32_t)facts->names_n) &&
           are_places(arrays->places, facts);
}

static enum xd_status unpack_names(struct xd_network_frozen *frozen, const struct arrays *arrays, struct xd_error *error)
{
    struct xd_network *network = &frozen->network;
    const size_t roads_n = (size_t)network->roads_n, places_n = (size_t)network->map_places_n;
    frozen->road_name = xd_arena_alloc(&frozen->arena, roads_n + 1, sizeof *frozen->road_name);
    frozen->map_places = xd_arena_alloc(&frozen->arena, places_n + 1, sizeof *frozen->map_places);
    if (!frozen->road_name || !frozen->map_places)
        return xd_fail_memory(error, "names of roads", roads_n * sizeof *frozen->road_name + places_n * sizeof *frozen->map_places);
    for (size_t r = 0; r < roads_n; r++)
        frozen->road_name[r] = arrays->names + arrays->road_name[r];
    for (size_t i = 0; i < places_n; i++) {
        const struct place *place = &arrays->places[i];
        frozen->map_places[i] = (struct xd_map_place){.osm_id = place->osm_id,
                                                      .osm_type = (enum xd_osm_kind)place->osm_type,
                                                      .position = place->position,
                                                      .kind = (enum xd_map_place_kind)place->kind,
                                                      .population = place->population,
                                                      .name = arrays->names + place->name,
                                                      .name_zh = arrays->names + place->name_zh,
                                                      .code = arrays->names + place->code};
    }
    network->road_name = frozen->road_name;
    network->map_places = frozen->map_places;
    return XD_OK;
}

enum xd_status xd_network_take(struct xd_sections *sections, struct xd_network **network, struct xd_error *error)
{
    struct arrays arrays = {0};
    const struct facts *facts = xd_section_copy(sections, NULL, sizeof *facts);
    *network = NULL;
    sections->is_wrong = sections->is_wrong || !are_counts(facts);
    if (sections->is_wrong)
        return XD_OK;
    struct xd_network_frozen *frozen = xd_alloc_zero(1, sizeof *frozen);
    if (!frozen)
        return xd_fail_memory(error, "a road network", sizeof *frozen);
    struct xd_network *made = &frozen->network;
    walk(sections, facts, made, &arrays);
    sections->is_wrong = sections->is_wrong || !is_sound(made, facts, &arrays);
    made->nodes_n = facts->nodes_n;
    made->barriers_n = facts->barriers_n;
    made->roads_n = facts->roads_n;
    made->restrictions_n = facts->restrictions_n;
    made->map_places_n = facts->map_places_n;
    made->clauses_n = facts->clauses_n;
    made->south_west = facts->south_west;
    made->north_east = facts->north_east;
    made->counts = facts->counts;
    made->hash = facts->hash;
    const enum xd_status status = sections->is_wrong ? XD_OK : unpack_names(frozen, &arrays, error);
    if (status == XD_OK && !sections->is_wrong)
        *network = made;
    else
        xd_network_free(made);
    return status;
}
