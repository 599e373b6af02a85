/* Two passes over the map: the first keeps the ways that are roads with the ids of their nodes, the second only the nodes that those ids name.
 * The network is then put in normal form: nodes and roads by id, so that neither container nor file order shows. */
#include "maps/network.h"

#include "base/arena.h"
#include "base/sort.h"
#include "maps/map_place.h"
#include "maps/network_hash.h"

#include <stdlib.h>
#include <string.h>

/* A way as it came, its node ids at refs[first_ref .. first_ref + refs_n). */
struct draft_road {
    int64_t osm_id;
    int64_t first_ref;
    int32_t refs_n;
    int32_t sequence; /* in the file: of ways with the same id the first is kept */
    size_t name;      /* offset in names */
    struct xd_road road;
};

struct draft_place {
    struct xd_map_place place; /* without the strings */
    size_t name, name_zh, code;
    int32_t sequence;
};

struct draft_barrier {
    int32_t node;
    struct xd_road_barrier barrier;
};

/* enum: state of a node that some road names */
enum { NODE_MISSING, NODE_FOUND, NODE_USED };

struct xd_network_builder {
    struct draft_road *roads;
    size_t roads_n, roads_max;
    int64_t *refs;
    size_t refs_n, refs_max;
    char *names; /* NUL-terminated strings one after the other; offset 0 is "" */
    size_t names_n, names_max;
    struct draft_place *places;
    size_t places_n, places_max;
    struct draft_barrier *barriers;
    size_t barriers_n, barriers_max;

    /* from the end of pass 1 */
    int64_t *wanted; /* ids, ascending */
    struct xd_position *position;
    uint8_t *node_state;
    size_t wanted_n;
    size_t cursor; /* where the last id was found: the next is mostly near */

    struct xd_network_counts counts;
};

/* ---- pass 1 ---- */

enum xd_status xd_network_builder_create(struct xd_network_builder **builder, struct xd_error *error)
{
    struct xd_network_builder *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "a road network", sizeof *made);
    *builder = made;
    return XD_OK;
}

void xd_network_builder_free(struct xd_network_builder *builder)
{
    if (!builder)
        return;
    xd_free(builder->roads);
    xd_free(builder->refs);
    xd_free(builder->names);
    xd_free(builder->places);
    xd_free(builder->barriers);
    xd_free(builder->wanted);
    xd_free(builder->position);
    xd_free(builder->node_state);
    xd_free(builder);
}

static enum xd_status keep_string(struct xd_network_builder *builder, const char *text, size_t *offset, struct xd_error *error)
{
    const size_t n = strlen(text) + 1;
    enum xd_status status = xd_array_reserve((void **)&builder->names, &builder->names_max, builder->names_n + n + 1, 1, XD_NETWORK_NAME_BYTES_MAX,
                                             "bytes of names", error);
    if (status != XD_OK)
        return status;
    if (builder->names_n == 0)
        builder->names[builder->names_n++] = '\0';
    *offset = n == 1 ? 0 : builder->names_n;
    if (n > 1) {
        memcpy(builder->names + builder->names_n, text, n);
        builder->names_n += n;
    }
    return XD_OK;
}

static enum xd_status take_way(void *context, const struct xd_osm_way *way, struct xd_error *error)
{
    struct xd_network_builder *builder = context;
    struct draft_road draft = {
        .osm_id = way->id, .first_ref = (int64_t)builder->refs_n, .refs_n = way->node_ids_n, .sequence = (int32_t)builder->roads_n};
    builder->counts.ways_seen++;
    if (!xd_road_decode(way->tags, &draft.road)) {
        builder->counts.ways_not_roads++;
        return XD_OK;
    }
    enum xd_status status = xd_array_reserve((void **)&builder->roads, &builder->roads_max, builder->roads_n + 1, sizeof *builder->roads,
                                             XD_NETWORK_ROADS_MAX, "roads", error);
    if (status == XD_OK)
        status = xd_array_reserve((void **)&builder->refs, &builder->refs_max, builder->refs_n + (size_t)way->node_ids_n, sizeof *builder->refs,
                                  XD_NETWORK_ROAD_NODES_MAX, "points of roads", error);
    const char *name = xd_osm_tag_value(way->tags, "name");
    if (!name)
        name = xd_osm_tag_value(way->tags, "ref");
    if (status == XD_OK)
        status = keep_string(builder, name ? name : "", &draft.name, error);
    if (status != XD_OK)
        return status;
    if (way->node_ids_n > 0)
        memcpy(builder->refs + builder->refs_n, way->node_ids, (size_t)way->node_ids_n * sizeof *builder->refs);
    builder->refs_n += (size_t)way->node_ids_n;
    builder->roads[builder->roads_n++] = draft;
    return XD_OK;
}

static enum xd_status take_relation(void *context, const struct xd_osm_relation *relation, struct xd_error *error)
{
    struct xd_network_builder *builder = context;
    const char *type = xd_osm_tag_value(relation->tags, "type");
    (void)error;
    builder->counts.relations_seen++;
    builder->counts.restrictions_seen += type && strcmp(type, "restriction") == 0;
    return XD_OK;
}

/* ---- between the passes ---- */

static enum xd_status list_wanted(struct xd_network_builder *builder, struct xd_error *error)
{
    const size_t refs_n = builder->refs_n;
    builder->wanted = xd_alloc(refs_n + 1, sizeof *builder->wanted);
    int64_t *scratch = xd_alloc(refs_n + 1, sizeof *scratch);
    if (!builder->wanted || !scratch) {
        xd_free(scratch);
        return xd_fail_memory(error, "the nodes of roads", 2 * (refs_n + 1) * sizeof *builder->wanted);
    }
    size_t n = 0;
    if (refs_n > 0) {
        memcpy(builder->wanted, builder->refs, refs_n * sizeof *builder->wanted);
        xd_sort_i64(builder->wanted, scratch, refs_n);
        n = 1;
        for (size_t i = 1; i < refs_n; i++)
            if (builder->wanted[i] != builder->wanted[n - 1])
                builder->wanted[n++] = builder->wanted[i];
    }
    xd_free(scratch);
    builder->wanted_n = n;
    builder->position = xd_alloc_zero(n + 1, sizeof *builder->position);
    builder->node_state = xd_alloc_zero(n + 1, sizeof *builder->node_state);
    if (!builder->position || !builder->node_state)
        return xd_fail_memory(error, "the nodes of roads", (n + 1) * sizeof *builder->position);
    return n > XD_NETWORK_NODES_MAX ? xd_fail(error, XD_DATA, xd_at_none(), "%s: %llu, the limit is %llu", "nodes of roads", (unsigned long long)n,
                                              (unsigned long long)XD_NETWORK_NODES_MAX)
                                    : XD_OK;
}

/* Index of the first wanted id that is not below `id`, looked for from `hint` on in growing steps: O(log distance), whatever order ids come in. */
static size_t find_from(const struct xd_network_builder *builder, size_t hint, int64_t id)
{
    const int64_t *wanted = builder->wanted;
    size_t low = hint, high = hint, step = 1; /* the answer lies in low .. high */
    if (hint < builder->wanted_n && wanted[hint] < id) {
        while (high < builder->wanted_n && wanted[high] < id) {
            low = high + 1;
            high = step < builder->wanted_n - high ? high + step : builder->wanted_n;
            step *= 2;
        }
    } else {
        while (low > 0 && wanted[low - 1] >= id) {
            high = low - 1;
            low = low > step ? low - step : 0;
            step *= 2;
        }
    }
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (wanted[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Index of the wanted id, or wanted_n. */
static size_t find_wanted(struct xd_network_builder *builder, int64_t id)
{
    builder->cursor = find_from(builder, builder->cursor, id);
    return builder->cursor < builder->wanted_n && builder->wanted[builder->cursor] == id ? builder->cursor : builder->wanted_n;
}

/* ---- pass 2 ---- */

static enum xd_status take_place(struct xd_network_builder *builder, const struct xd_osm_node *node, struct xd_error *error)
{
    struct xd_map_place_tags told;
    if (!xd_map_place_decode(node->tags, &told))
        return XD_OK;
    struct draft_place draft = {.sequence = (int32_t)builder->places_n};
    draft.place = (struct xd_map_place){.osm_id = node->id, .position = node->position, .kind = told.kind, .population = told.population};
    enum xd_status status = xd_array_reserve((void **)&builder->places, &builder->places_max, builder->places_n + 1, sizeof *builder->places,
                                             XD_NETWORK_MAP_PLACES_MAX, "places of a map", error);
    if (status == XD_OK)
        status = keep_string(builder, told.name, &draft.name, error);
    if (status == XD_OK)
        status = keep_string(builder, told.name_zh, &draft.name_zh, error);
    if (status == XD_OK)
        status = keep_string(builder, told.code, &draft.code, error);
    if (status == XD_OK)
        builder->places[builder->places_n++] = draft;
    return status;
}

static enum xd_status take_node(void *context, const struct xd_osm_node *node, struct xd_error *error)
{
    struct xd_network_builder *builder = context;
    builder->counts.nodes_seen++;
    if (node->tags.items_n > 0) {
        enum xd_status status = take_place(builder, node, error);
        if (status != XD_OK)
            return status;
    }
    const size_t at = find_wanted(builder, node->id);
    if (at == builder->wanted_n)
        return XD_OK;
    if (builder->node_state[at] != NODE_MISSING) {
        builder->counts.duplicate_nodes++;
        return XD_OK;
    }
    builder->node_state[at] = NODE_FOUND;
    builder->position[at] = node->position;
    struct draft_barrier draft = {.node = (int32_t)at};
    if (node->tags.items_n == 0 || !xd_road_barrier_decode(node->tags, &draft.barrier))
        return XD_OK;
    enum xd_status status = xd_array_reserve((void **)&builder->barriers, &builder->barriers_max, builder->barriers_n + 1, sizeof *builder->barriers,
                                             XD_NETWORK_NODES_MAX, "barriers", error);
    if (status == XD_OK)
        builder->barriers[builder->barriers_n++] = draft;
    return status;
}

enum xd_status xd_network_builder_sink(struct xd_network_builder *builder, int pass, struct xd_osm_sink *sink, struct xd_error *error)
{
    if (pass == 1) {
        *sink = (struct xd_osm_sink){.context = builder, .way = take_way, .relation = take_relation};
        return XD_OK;
    }
    enum xd_status status = list_wanted(builder, error);
    if (status == XD_OK)
        *sink = (struct xd_osm_sink){.context = builder, .node = take_node};
    return status;
}

/* ---- normal form ---- */

/* What finish fills, in the arena that the network owns. */
struct frozen {
    struct xd_network network; /* first: the public face */
    struct xd_arena arena;
    int64_t *node_osm_id;
    struct xd_position *node_position;
    int32_t *node_barrier;
    struct xd_road_barrier *barriers;
    struct xd_road *roads;
    int64_t *road_osm_id;
    int64_t *first_node;
    int32_t *road_node;
    const char **road_name;
    struct xd_map_place *map_places;
};

static int by_road(const void *a, const void *b)
{
    const struct draft_road *left = a;
    const struct draft_road *right = b;
    if (left->osm_id != right->osm_id)
        return left->osm_id < right->osm_id ? -1 : 1;
    return (left->sequence > right->sequence) - (left->sequence < right->sequence);
}

static int by_place(const void *a, const void *b)
{
    const struct draft_place *left = a;
    const struct draft_place *right = b;
    if (left->place.osm_id != right->place.osm_id)
        return left->place.osm_id < right->place.osm_id ? -1 : 1;
    return (left->sequence > right->sequence) - (left->sequence < right->sequence);
}

static int by_barrier(const void *a, const void *b)
{
    const struct draft_barrier *left = a;
    const struct draft_barrier *right = b;
    return (left->node > right->node) - (left->node < right->node);
}

/* Drops the later ones of ways with equal ids; the first of the file stays. */
static void drop_duplicate_ways(struct xd_network_builder *builder)
{
    size_t n = 0;
    for (size_t i = 0; i < builder->roads_n; i++) {
        if (n > 0 && builder->roads[n - 1].osm_id == builder->roads[i].osm_id)
            builder->counts.duplicate_ways++;
        else
            builder->roads[n++] = builder->roads[i];
    }
    builder->roads_n = n;
}

/* Neighbouring nodes of a way that the file holds: resolved.node[first .. first + nodes_n). */
struct run {
    int32_t road; /* in builder->roads */
    int32_t nodes_n;
    int64_t first;
};

struct resolved {
    struct run *runs;
    size_t runs_n, runs_max;
    int32_t *node; /* indices of wanted */
    int64_t nodes_n;
};

static enum xd_status end_run(struct xd_network_builder *builder, struct resolved *resolved, struct run *run, struct xd_error *error)
{
    if (run->nodes_n < 2) {
        resolved->nodes_n = run->first;
    } else {
        enum xd_status status = xd_array_reserve((void **)&resolved->runs, &resolved->runs_max, resolved->runs_n + 1, sizeof *resolved->runs,
                                                 XD_NETWORK_ROADS_MAX, "roads", error);
        if (status != XD_OK)
            return status;
        resolved->runs[resolved->runs_n++] = *run;
        for (int32_t i = 0; i < run->nodes_n; i++)
            builder->node_state[resolved->node[run->first + i]] = NODE_USED;
    }
    run->first = resolved->nodes_n;
    run->nodes_n = 0;
    return XD_OK;
}

static enum xd_status resolve_way(struct xd_network_builder *builder, int32_t road, struct resolved *resolved, struct xd_error *error)
{
    const struct draft_road *draft = &builder->roads[road];
    const size_t runs_before = resolved->runs_n;
    struct run run = {.road = road, .first = resolved->nodes_n};
    enum xd_status status = XD_OK;
    for (int32_t i = 0; i < draft->refs_n && status == XD_OK; i++) {
        const int32_t at = (int32_t)find_wanted(builder, builder->refs[draft->first_ref + i]); /* every ref is wanted; neighbours have near ids */
        if (builder->node_state[at] == NODE_MISSING) {
            builder->counts.node_refs_missing++;
            status = end_run(builder, resolved, &run, error);
        } else if (run.nodes_n > 0 && resolved->node[resolved->nodes_n - 1] == at) {
            builder->counts.nodes_repeated++;
        } else {
            resolved->node[resolved->nodes_n++] = at;
            run.nodes_n++;
        }
    }
    if (status == XD_OK)
        status = end_run(builder, resolved, &run, error);
    if (resolved->runs_n == runs_before)
        builder->counts.roads_too_short++;
    else
        builder->counts.roads_kept++;
    return status;
}

static enum xd_status resolve_ways(struct xd_network_builder *builder, struct resolved *resolved, struct xd_error *error)
{
    if (builder->roads_n > 0)
        qsort(builder->roads, builder->roads_n, sizeof *builder->roads, by_road);
    drop_duplicate_ways(builder);
    resolved->node = xd_alloc(builder->refs_n + 1, sizeof *resolved->node);
    if (!resolved->node)
        return xd_fail_memory(error, "the points of roads", (builder->refs_n + 1) * sizeof *resolved->node);
    enum xd_status status = XD_OK;
    for (size_t i = 0; i < builder->roads_n && status == XD_OK; i++)
        status = resolve_way(builder, (int32_t)i, resolved, error);
    if (status == XD_OK && resolved->runs_n == 0)
        status = xd_fail(error, XD_DATA, xd_at_none(), "holds no road that a vehicle can use; expected ways tagged highway=* with their nodes");
    return status;
}

/* Nodes that roads use, in the order of id. renumbered[wanted] = index in the network, or -1. */
static enum xd_status freeze_nodes(struct xd_network_builder *builder, struct frozen *frozen, int32_t *renumbered, struct xd_error *error)
{
    struct xd_network *network = &frozen->network;
    int32_t nodes_n = 0;
    for (size_t i = 0; i < builder->wanted_n; i++)
        renumbered[i] = builder->node_state[i] == NODE_USED ? nodes_n++ : -1;
    frozen->node_osm_id = xd_arena_alloc(&frozen->arena, (size_t)nodes_n, sizeof *frozen->node_osm_id);
    frozen->node_position = xd_arena_alloc(&frozen->arena, (size_t)nodes_n, sizeof *frozen->node_position);
    frozen->node_barrier = xd_arena_alloc(&frozen->arena, (size_t)nodes_n, sizeof *frozen->node_barrier);
    frozen->barriers = xd_arena_alloc(&frozen->arena, builder->barriers_n + 1, sizeof *frozen->barriers);
    if (!frozen->node_osm_id || !frozen->node_position || !frozen->node_barrier || !frozen->barriers)
        return xd_fail_memory(error, "the network's nodes", (size_t)nodes_n * (sizeof *frozen->node_osm_id + sizeof *frozen->node_position));
    struct xd_position least = {.lon_e7 = INT32_MAX, .lat_e7 = INT32_MAX};
    struct xd_position most = {.lon_e7 = INT32_MIN, .lat_e7 = INT32_MIN};
    for (size_t i = 0; i < builder->wanted_n; i++) {
        const struct xd_position position = builder->position[i];
        if (renumbered[i] < 0)
            continue;
        frozen->node_osm_id[renumbered[i]] = builder->wanted[i];
        frozen->node_position[renumbered[i]] = position;
        frozen->node_barrier[renumbered[i]] = -1;
        least.lon_e7 = position.lon_e7 < least.lon_e7 ? position.lon_e7 : least.lon_e7;
        least.lat_e7 = position.lat_e7 < least.lat_e7 ? position.lat_e7 : least.lat_e7;
        most.lon_e7 = position.lon_e7 > most.lon_e7 ? position.lon_e7 : most.lon_e7;
        most.lat_e7 = position.lat_e7 > most.lat_e7 ? position.lat_e7 : most.lat_e7;
    }
    if (builder->barriers_n > 0)
        qsort(builder->barriers, builder->barriers_n, sizeof *builder->barriers, by_barrier);
    for (size_t i = 0; i < builder->barriers_n; i++) {
        const int32_t node = renumbered[builder->barriers[i].node];
        if (node < 0)
            continue;
        frozen->node_barrier[node] = network->barriers_n;
        frozen->barriers[network->barriers_n++] = builder->barriers[i].barrier;
    }
    builder->counts.barriers = network->barriers_n;
    network->nodes_n = nodes_n;
    network->south_west = least;
    network->north_east = most;
    return XD_OK;
}

static enum xd_status freeze_roads(struct xd_network_builder *builder, struct frozen *frozen, const struct resolved *resolved,
                                   const int32_t *renumbered, char *names, struct xd_error *error)
{
    const size_t n = resolved->runs_n;
    frozen->roads = xd_arena_alloc(&frozen->arena, n, sizeof *frozen->roads);
    frozen->road_osm_id = xd_arena_alloc(&frozen->arena, n, sizeof *frozen->road_osm_id);
    frozen->first_node = xd_arena_alloc(&frozen->arena, n + 1, sizeof *frozen->first_node);
    frozen->road_node = xd_arena_alloc(&frozen->arena, (size_t)resolved->nodes_n, sizeof *frozen->road_node);
    frozen->road_name = xd_arena_alloc(&frozen->arena, n, sizeof *frozen->road_name);
    if (!frozen->roads || !frozen->road_osm_id || !frozen->first_node || !frozen->road_node || !frozen->road_name)
        return xd_fail_memory(error, "the network's roads", n * sizeof *frozen->roads + (size_t)resolved->nodes_n * sizeof *frozen->road_node);
    for (size_t i = 0; i < n; i++) {
        const struct run *run = &resolved->runs[i];
        const struct draft_road *draft = &builder->roads[run->road];
        frozen->roads[i] = draft->road;
        frozen->road_osm_id[i] = draft->osm_id;
        frozen->first_node[i] = run->first;
        frozen->road_name[i] = names + draft->name;
    }
    frozen->first_node[n] = resolved->nodes_n;
    for (int64_t i = 0; i < resolved->nodes_n; i++)
        frozen->road_node[i] = renumbered[resolved->node[i]];
    frozen->network.roads_n = (int32_t)n;
    return XD_OK;
}

static enum xd_status freeze_places(struct xd_network_builder *builder, struct frozen *frozen, char *names, struct xd_error *error)
{
    frozen->map_places = xd_arena_alloc(&frozen->arena, builder->places_n + 1, sizeof *frozen->map_places);
    if (!frozen->map_places)
        return xd_fail_memory(error, "the map's places", builder->places_n * sizeof *frozen->map_places);
    if (builder->places_n > 0)
        qsort(builder->places, builder->places_n, sizeof *builder->places, by_place);
    int32_t n = 0;
    for (size_t i = 0; i < builder->places_n; i++) {
        const struct draft_place *draft = &builder->places[i];
        if (n > 0 && frozen->map_places[n - 1].osm_id == draft->place.osm_id) {
            builder->counts.duplicate_nodes++;
            continue;
        }
        struct xd_map_place *place = &frozen->map_places[n++];
        *place = draft->place;
        place->name = names + draft->name;
        place->name_zh = names + draft->name_zh;
        place->code = names + draft->code;
    }
    frozen->network.map_places_n = n;
    return XD_OK;
}

static void show(struct frozen *frozen, const struct xd_network_counts *counts)
{
    struct xd_network *network = &frozen->network;
    network->node_osm_id = frozen->node_osm_id;
    network->node_position = frozen->node_position;
    network->node_barrier = frozen->node_barrier;
    network->barriers = frozen->barriers;
    network->roads = frozen->roads;
    network->road_osm_id = frozen->road_osm_id;
    network->first_node = frozen->first_node;
    network->road_node = frozen->road_node;
    network->road_name = frozen->road_name;
    network->map_places = frozen->map_places;
    network->counts = *counts;
    network->hash = xd_network_hash(network);
}

enum xd_status xd_network_builder_finish(struct xd_network_builder *builder, struct xd_network **network, struct xd_error *error)
{
    struct resolved resolved = {0};
    int32_t *renumbered = NULL;
    struct frozen *frozen = xd_alloc_zero(1, sizeof *frozen);
    enum xd_status status = frozen ? resolve_ways(builder, &resolved, error) : xd_fail_memory(error, "a road network", sizeof *frozen);
    if (status != XD_OK)
        goto done;
    renumbered = xd_alloc(builder->wanted_n + 1, sizeof *renumbered);
    char *names = xd_arena_copy(&frozen->arena, builder->names, builder->names_n, 1);
    if (!renumbered || !names) {
        status = xd_fail_memory(error, "the network's nodes and names", builder->wanted_n * sizeof *renumbered + builder->names_n);
        goto done;
    }
    status = freeze_nodes(builder, frozen, renumbered, error);
    if (status == XD_OK)
        status = freeze_roads(builder, frozen, &resolved, renumbered, names, error);
    if (status == XD_OK)
        status = freeze_places(builder, frozen, names, error);
    if (status == XD_OK) {
        show(frozen, &builder->counts);
        *network = &frozen->network;
        frozen = NULL;
    }
done:
    xd_free(renumbered);
    xd_free(resolved.runs);
    xd_free(resolved.node);
    xd_network_free(frozen ? &frozen->network : NULL);
    xd_network_builder_free(builder);
    return status;
}

void xd_network_free(struct xd_network *network)
{
    struct frozen *frozen = (struct frozen *)network; /* its first member */
    if (!frozen)
        return;
    struct xd_arena arena = frozen->arena;
    xd_free(frozen);
    xd_arena_free(&arena);
}
