/* The normal form of a network: nodes and roads by id, so that neither container nor file order shows. */
#include "maps/network_builder.h"
#include "maps/network_hash.h"

#include <stdlib.h>

static int by_road(const void *a, const void *b)
{
    const struct xd_draft_road *left = a;
    const struct xd_draft_road *right = b;
    if (left->osm_id != right->osm_id)
        return left->osm_id < right->osm_id ? -1 : 1;
    return (left->sequence > right->sequence) - (left->sequence < right->sequence);
}

static int by_barrier(const void *a, const void *b)
{
    const struct xd_draft_barrier *left = a;
    const struct xd_draft_barrier *right = b;
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
            builder->node_state[resolved->node[run->first + i]] = XD_DRAFT_NODE_USED;
    }
    run->first = resolved->nodes_n;
    run->nodes_n = 0;
    return XD_OK;
}

static enum xd_status resolve_way(struct xd_network_builder *builder, int32_t road, struct resolved *resolved, struct xd_error *error)
{
    const struct xd_draft_road *draft = &builder->roads[road];
    const size_t runs_before = resolved->runs_n;
    struct run run = {.road = road, .first = resolved->nodes_n};
    enum xd_status status = XD_OK;
    for (int32_t i = 0; i < draft->refs_n && status == XD_OK; i++) {
        const int32_t at =
            (int32_t)xd_draft_node_find(builder, builder->refs[draft->first_ref + i]); /* every ref is wanted; neighbours have near ids */
        if (builder->node_state[at] == XD_DRAFT_NODE_MISSING) {
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
static enum xd_status freeze_nodes(struct xd_network_builder *builder, struct xd_network_frozen *frozen, int32_t *renumbered, struct xd_error *error)
{
    struct xd_network *network = &frozen->network;
    int32_t nodes_n = 0;
    for (size_t i = 0; i < builder->wanted_n; i++)
        renumbered[i] = builder->node_state[i] == XD_DRAFT_NODE_USED ? nodes_n++ : -1;
    frozen->node_osm_id = xd_arena_alloc(&frozen->arena, (size_t)nodes_n, sizeof *frozen->node_osm_id);
    frozen->node_position = xd_arena_alloc(&frozen->arena, (size_t)nodes_n, sizeof *frozen->node_position);
    frozen->node_barrier = xd_arena_alloc(&frozen->arena, (size_t)nodes_n, sizeof *frozen->node_barrier);
    frozen->node_signal = xd_arena_alloc(&frozen->arena, (size_t)nodes_n, sizeof *frozen->node_signal);
    frozen->barriers = xd_arena_alloc(&frozen->arena, builder->barriers_n + 1, sizeof *frozen->barriers);
    if (!frozen->node_osm_id || !frozen->node_position || !frozen->node_barrier || !frozen->node_signal || !frozen->barriers)
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
        frozen->node_signal[renumbered[i]] = builder->node_signal[i];
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

static enum xd_status freeze_roads(struct xd_network_builder *builder, struct xd_network_frozen *frozen, const struct resolved *resolved,
                                   const int32_t *renumbered, struct xd_error *error)
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
        const struct xd_draft_road *draft = &builder->roads[run->road];
        frozen->roads[i] = draft->road;
        frozen->road_osm_id[i] = draft->osm_id;
        frozen->first_node[i] = run->first;
        frozen->road_name[i] = frozen->names + draft->name;
    }
    frozen->first_node[n] = resolved->nodes_n;
    for (int64_t i = 0; i < resolved->nodes_n; i++)
        frozen->road_node[i] = renumbered[resolved->node[i]];
    frozen->network.roads_n = (int32_t)n;
    return XD_OK;
}

static void show(struct xd_network_frozen *frozen, const struct xd_network_counts *counts)
{
    struct xd_network *network = &frozen->network;
    network->node_osm_id = frozen->node_osm_id;
    network->node_position = frozen->node_position;
    network->node_barrier = frozen->node_barrier;
    network->node_signal = frozen->node_signal;
    network->barriers = frozen->barriers;
    network->roads = frozen->roads;
    network->road_osm_id = frozen->road_osm_id;
    network->first_node = frozen->first_node;
    network->road_node = frozen->road_node;
    network->road_name = frozen->road_name;
    network->map_places = frozen->map_places;
    network->restrictions = frozen->restrictions;
    network->restriction_step = frozen->restriction_step;
    network->counts = *counts;
    network->hash = xd_network_hash(network);
}

enum xd_status xd_network_builder_finish(struct xd_network_builder *builder, struct xd_network **network, struct xd_error *error)
{
    struct resolved resolved = {0};
    int32_t *renumbered = NULL;
    struct xd_network_frozen *frozen = xd_alloc_zero(1, sizeof *frozen);
    enum xd_status status = frozen ? resolve_ways(builder, &resolved, error) : xd_fail_memory(error, "a road network", sizeof *frozen);
    if (status != XD_OK)
        goto done;
    renumbered = xd_alloc(builder->wanted_n + 1, sizeof *renumbered);
    frozen->names = xd_arena_copy(&frozen->arena, builder->names, builder->names_n, 1);
    if (!renumbered || !frozen->names) {
        status = xd_fail_memory(error, "the network's nodes and names", builder->wanted_n * sizeof *renumbered + builder->names_n);
        goto done;
    }
    status = freeze_nodes(builder, frozen, renumbered, error);
    if (status == XD_OK)
        status = freeze_roads(builder, frozen, &resolved, renumbered, error);
    if (status == XD_OK)
        status = xd_draft_restrictions_freeze(builder, frozen, error);
    if (status == XD_OK)
        status = xd_draft_places_freeze(builder, frozen, error);
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
    struct xd_network_frozen *frozen = (struct xd_network_frozen *)network; /* its first member */
    if (!frozen)
        return;
    struct xd_arena arena = frozen->arena;
    xd_free(frozen);
    xd_arena_free(&arena);
}
