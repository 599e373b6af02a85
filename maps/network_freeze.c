/* The normal form of a network: nodes and roads by id, so that neither container nor file order shows. */
#include "maps/network_builder.h"
#include "maps/network_hash.h"

#include <stdlib.h>
#include <string.h>

static int by_barrier(const void *a, const void *b)
{
    const struct xd_draft_barrier *left = a;
    const struct xd_draft_barrier *right = b;
    return (left->node > right->node) - (left->node < right->node);
}

/* Gives back what lies behind the first n items; what cannot be given back stays. */
static void shrink(void **items, size_t n, size_t size)
{
    void *shrunk = xd_realloc(*items, n + 1, size);
    if (shrunk)
        *items = shrunk;
}

/* The network takes the builder's nodes over, without those that no road uses. renumbered[wanted] = index in the network, or -1; NULL when all stay. */
static enum xd_status take_nodes(struct xd_network_builder *builder, struct xd_network_frozen *frozen, int32_t **renumbered, struct xd_error *error)
{
    size_t n = 0, wanted_n = builder->wanted_n;
    while (n < wanted_n && builder->node_state[n] == XD_DRAFT_NODE_USED)
        n++;
    if (n < wanted_n) {
        *renumbered = xd_alloc(wanted_n, sizeof **renumbered);
        if (!*renumbered)
            return xd_fail_memory(error, "the network's nodes", wanted_n * sizeof **renumbered);
        n = 0;
        for (size_t i = 0; i < wanted_n; i++) {
            const bool used = builder->node_state[i] == XD_DRAFT_NODE_USED;
            (*renumbered)[i] = used ? (int32_t)n : -1;
            builder->wanted[n] = builder->wanted[i];
            builder->position[n] = builder->position[i];
            builder->node_signal[n] = builder->node_signal[i];
            n += used;
        }
    }
    frozen->node_osm_id = builder->wanted;
    frozen->node_position = builder->position;
    frozen->node_signal = builder->node_signal;
    builder->wanted = NULL;
    builder->position = NULL;
    builder->node_signal = NULL;
    builder->wanted_n = 0;
    shrink((void **)&frozen->node_osm_id, n, sizeof *frozen->node_osm_id);
    shrink((void **)&frozen->node_position, n, sizeof *frozen->node_position);
    frozen->network.nodes_n = (int32_t)n;
    return XD_OK;
}

static enum xd_status freeze_barriers(struct xd_network_builder *builder, struct xd_network_frozen *frozen, const int32_t *renumbered,
                                      struct xd_error *error)
{
    struct xd_network *network = &frozen->network;
    const size_t nodes_n = (size_t)network->nodes_n;
    frozen->node_barrier = xd_arena_alloc(&frozen->arena, nodes_n, sizeof *frozen->node_barrier);
    frozen->barriers = xd_arena_alloc(&frozen->arena, builder->barriers_n + 1, sizeof *frozen->barriers);
    if (!frozen->node_barrier || !frozen->barriers)
        return xd_fail_memory(error, "the network's nodes", nodes_n * sizeof *frozen->node_barrier);
    memset(frozen->node_barrier, 0xff, nodes_n * sizeof *frozen->node_barrier); /* -1 */
    if (builder->barriers_n > 0)
        qsort(builder->barriers, builder->barriers_n, sizeof *builder->barriers, by_barrier);
    for (size_t i = 0; i < builder->barriers_n; i++) {
        const int32_t wanted = builder->barriers[i].node, node = renumbered ? renumbered[wanted] : wanted;
        if (node < 0)
            continue;
        frozen->node_barrier[node] = network->barriers_n;
        frozen->barriers[network->barriers_n++] = builder->barriers[i].barrier;
    }
    builder->all.counts.barriers = network->barriers_n;
    return XD_OK;
}

static void set_box(struct xd_network_frozen *frozen)
{
    struct xd_position least = {.lon_e7 = INT32_MAX, .lat_e7 = INT32_MAX};
    struct xd_position most = {.lon_e7 = INT32_MIN, .lat_e7 = INT32_MIN};
    for (int32_t i = 0; i < frozen->network.nodes_n; i++) {
        const struct xd_position position = frozen->node_position[i];
        least.lon_e7 = position.lon_e7 < least.lon_e7 ? position.lon_e7 : least.lon_e7;
        least.lat_e7 = position.lat_e7 < least.lat_e7 ? position.lat_e7 : least.lat_e7;
        most.lon_e7 = position.lon_e7 > most.lon_e7 ? position.lon_e7 : most.lon_e7;
        most.lat_e7 = position.lat_e7 > most.lat_e7 ? position.lat_e7 : most.lat_e7;
    }
    frozen->network.south_west = least;
    frozen->network.north_east = most;
}

static enum xd_status freeze_roads(struct xd_network_builder *builder, struct xd_network_frozen *frozen, const struct xd_resolved *resolved,
                                   const int32_t *renumbered, struct xd_error *error)
{
    const size_t n = resolved->runs_n;
    frozen->roads = xd_arena_alloc(&frozen->arena, n, sizeof *frozen->roads);
    frozen->road_osm_id = xd_arena_alloc(&frozen->arena, n, sizeof *frozen->road_osm_id);
    frozen->first_node = xd_arena_alloc(&frozen->arena, n + 1, sizeof *frozen->first_node);
    frozen->road_name = xd_arena_alloc(&frozen->arena, n, sizeof *frozen->road_name);
    if (!frozen->roads || !frozen->road_osm_id || !frozen->first_node || !frozen->road_name)
        return xd_fail_memory(error, "the network's roads", n * sizeof *frozen->roads);
    for (size_t i = 0; i < n; i++) {
        const struct xd_run *run = &resolved->runs[i];
        const struct xd_draft_road *draft = &builder->all.roads[run->road];
        frozen->roads[i] = draft->road;
        frozen->road_osm_id[i] = draft->osm_id;
        frozen->first_node[i] = run->first;
        frozen->road_name[i] = frozen->names + draft->name;
    }
    frozen->first_node[n] = resolved->nodes_n;
    frozen->road_node = resolved->node;
    for (int64_t i = 0; renumbered && i < resolved->nodes_n; i++)
        frozen->road_node[i] = renumbered[frozen->road_node[i]];
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
    network->clauses = frozen->clauses;
    network->counts = *counts;
    network->counts.way_doubts.object_id = network->counts.node_doubts.object_id = network->counts.relation_doubts.object_id =
        0; /* was the last that was looked at */
    network->hash = xd_network_hash(network);
}

static enum xd_status freeze(struct xd_network_builder *builder, struct xd_network_frozen *frozen, struct xd_resolved *resolved, int32_t **renumbered,
                             struct xd_error *error)
{
    enum xd_status status = xd_network_resolve(builder, &frozen->arena, resolved, error);
    if (status != XD_OK)
        return status;
    frozen->names = builder->all.names;
    status = xd_draft_places_freeze(builder, frozen, error);
    builder->all.names = NULL;
    xd_draft_members_note_missing(builder);
    if (status == XD_OK)
        status = take_nodes(builder, frozen, renumbered, error);
    if (status == XD_OK)
        status = xd_draft_clauses_freeze(builder, frozen, resolved, error);
    if (status == XD_OK)
        status = freeze_barriers(builder, frozen, *renumbered, error);
    if (status == XD_OK)
        status = freeze_roads(builder, frozen, resolved, *renumbered, error);
    if (status != XD_OK)
        return status;
    set_box(frozen);
    return xd_draft_restrictions_freeze(builder, frozen, error);
}

enum xd_status xd_network_builder_finish(struct xd_network_builder *builder, struct xd_network **network, struct xd_error *error)
{
    struct xd_resolved resolved = {0};
    int32_t *renumbered = NULL;
    struct xd_network_frozen *frozen = xd_alloc_zero(1, sizeof *frozen);
    enum xd_status status = frozen ? freeze(builder, frozen, &resolved, &renumbered, error) : xd_fail_memory(error, "a road network", sizeof *frozen);
    if (status == XD_OK) {
        show(frozen, &builder->all.counts);
        *network = &frozen->network;
        frozen = NULL;
    }
    xd_free(renumbered);
    xd_free(resolved.runs);
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
    xd_free(frozen->names);
    xd_free(frozen->node_osm_id);
    xd_free(frozen->node_position);
    xd_free(frozen->node_signal);
    xd_free(frozen);
    xd_arena_free(&arena);
}
