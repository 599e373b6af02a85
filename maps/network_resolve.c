/* From the ids that ways name to nodes of the network, and to the stretches of each way that the file holds. */
#include "maps/network_builder.h"

#include "base/parallel.h"

#include <stdlib.h>

enum { ROADS_AN_ITEM = 2048, NODES_A_BUCKET = 4, LINEAR_N = 16 };

static int by_road(const void *a, const void *b)
{
    const struct xd_draft_road *left = a;
    const struct xd_draft_road *right = b;
    if (left->osm_id != right->osm_id)
        return left->osm_id < right->osm_id ? -1 : 1;
    return (left->sequence > right->sequence) - (left->sequence < right->sequence);
}

/* Most files have their ways in the order of id already. */
static void sort_roads(struct xd_network_part *all)
{
    size_t i = 1;
    while (i < all->roads_n && all->roads[i - 1].osm_id <= all->roads[i].osm_id)
        i++;
    if (i < all->roads_n)
        qsort(all->roads, all->roads_n, sizeof *all->roads, by_road);
}

/* Drops the later ones of ways with equal ids; the first of the file stays. */
static void drop_duplicate_ways(struct xd_network_part *all)
{
    size_t n = 0;
    for (size_t i = 0; i < all->roads_n; i++) {
        if (n > 0 && all->roads[n - 1].osm_id == all->roads[i].osm_id)
            all->counts.duplicate_ways++;
        else if (n++ < i)
            all->roads[n - 1] = all->roads[i];
    }
    all->roads_n = n;
}

/* ---- ids to indices ---- */

/* Where in `wanted` ids with equal upper bits begin: a look into it and a few ids beside each other in place of a search through all. */
struct buckets {
    struct xd_network_builder *builder;
    int32_t *first; /* buckets_n + 1 */
    size_t buckets_n;
    unsigned shift;
};

static size_t bucket_of(const struct buckets *buckets, int64_t id)
{
    return (size_t)(((uint64_t)id - (uint64_t)buckets->builder->wanted[0]) >> buckets->shift);
}

static enum xd_status make_buckets(struct xd_network_builder *builder, struct buckets *buckets, struct xd_error *error)
{
    const size_t n = builder->wanted_n;
    *buckets = (struct buckets){.builder = builder};
    if (n == 0)
        return XD_OK;
    const uint64_t range = (uint64_t)builder->wanted[n - 1] - (uint64_t)builder->wanted[0];
    while (range >> buckets->shift >= n / NODES_A_BUCKET + 1)
        buckets->shift++;
    buckets->buckets_n = (size_t)(range >> buckets->shift) + 1;
    buckets->first = xd_alloc(buckets->buckets_n + 1, sizeof *buckets->first);
    if (!buckets->first)
        return xd_fail_memory(error, "the nodes of roads", (buckets->buckets_n + 1) * sizeof *buckets->first);
    size_t filled_n = 0;
    for (size_t i = 0; i < n; i++)
        for (const size_t bucket = bucket_of(buckets, builder->wanted[i]); filled_n <= bucket;)
            buckets->first[filled_n++] = (int32_t)i;
    buckets->first[filled_n] = (int32_t)n;
    return XD_OK;
}

/* id is one of the wanted; hint: the index of the one before it in its way. */
static int64_t find(const struct buckets *buckets, int64_t hint, int64_t id)
{
    const int64_t *wanted = buckets->builder->wanted;
    if (hint + 1 < (int64_t)buckets->builder->wanted_n && wanted[hint + 1] == id)
        return hint + 1;
    const size_t bucket = bucket_of(buckets, id);
    int64_t low = buckets->first[bucket], high = buckets->first[bucket + 1] - 1;
    while (high - low > LINEAR_N) {
        const int64_t middle = low + (high - low) / 2;
        if (wanted[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < high && wanted[low] < id)
        low++;
    return low;
}

/* In place: where ids of roads stood, indices of wanted stand then. */
static enum xd_status find_nodes(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    const struct buckets *buckets = context;
    struct xd_network_part *all = &buckets->builder->all;
    const size_t first = (size_t)item * ROADS_AN_ITEM, end = first + ROADS_AN_ITEM < all->roads_n ? first + ROADS_AN_ITEM : all->roads_n;
    int64_t hint = 0;
    (void)worker, (void)error;
    for (size_t r = first; r < end; r++) {
        for (int64_t at = all->roads[r].first_ref; at < all->roads[r].first_ref + all->roads[r].refs_n; at++)
            all->refs[at] = hint = find(buckets, hint, all->refs[at]);
    }
    return XD_OK;
}

/* ---- stretches ---- */

/* Ends the stretch under way at node n of the network's; one that is no longer than a node is forgotten. */
static enum xd_status end_run(struct xd_network_builder *builder, struct xd_resolved *resolved, struct xd_run *run, struct xd_error *error)
{
    if (resolved->nodes_n - run->first < 2) {
        resolved->nodes_n = run->first;
        return XD_OK;
    }
    enum xd_status status = xd_array_reserve((void **)&resolved->runs, &resolved->runs_max, resolved->runs_n + 1, sizeof *resolved->runs,
                                             XD_NETWORK_ROADS_MAX, "roads", error);
    if (status != XD_OK)
        return status;
    resolved->runs[resolved->runs_n++] = *run;
    for (int64_t i = run->first; i < resolved->nodes_n; i++)
        builder->node_state[resolved->node[i]] = XD_DRAFT_NODE_USED;
    run->first = resolved->nodes_n;
    return XD_OK;
}

static enum xd_status split_way(struct xd_network_builder *builder, int32_t road, struct xd_resolved *resolved, struct xd_error *error)
{
    const struct xd_draft_road *draft = &builder->all.roads[road];
    const size_t runs_before = resolved->runs_n;
    struct xd_run run = {.road = road, .first = resolved->nodes_n};
    enum xd_status status = XD_OK;
    for (int32_t i = 0; i < draft->refs_n && status == XD_OK; i++) {
        const int32_t at = (int32_t)builder->all.refs[draft->first_ref + i];
        if (builder->node_state[at] == XD_DRAFT_NODE_MISSING) {
            builder->all.counts.node_refs_missing++;
            status = end_run(builder, resolved, &run, error);
        } else if (resolved->nodes_n > run.first && resolved->node[resolved->nodes_n - 1] == at) {
            builder->all.counts.nodes_repeated++;
        } else {
            resolved->node[resolved->nodes_n++] = at;
        }
    }
    if (status == XD_OK)
        status = end_run(builder, resolved, &run, error);
    if (resolved->runs_n == runs_before)
        builder->all.counts.roads_too_short++;
    else
        builder->all.counts.roads_kept++;
    return status;
}

enum xd_status xd_network_resolve(struct xd_network_builder *builder, struct xd_arena *arena, struct xd_resolved *resolved, struct xd_error *error)
{
    struct xd_network_part *all = &builder->all;
    struct buckets buckets = {0};
    size_t refs_n = 0;
    sort_roads(all);
    drop_duplicate_ways(all);
    for (size_t i = 0; i < all->roads_n; i++)
        refs_n += (size_t)all->roads[i].refs_n;
    resolved->node = xd_arena_alloc(arena, refs_n + 1, sizeof *resolved->node);
    if (!resolved->node)
        return xd_fail_memory(error, "the points of roads", (refs_n + 1) * sizeof *resolved->node);
    enum xd_status status = make_buckets(builder, &buckets, error);
    if (status == XD_OK)
        status = xd_parallel_for(builder->threads_n, (int32_t)((all->roads_n + ROADS_AN_ITEM - 1) / ROADS_AN_ITEM), find_nodes, &buckets, error);
    xd_free(buckets.first);
    for (size_t i = 0; i < all->roads_n && status == XD_OK; i++)
        status = split_way(builder, (int32_t)i, resolved, error);
    if (status == XD_OK && resolved->runs_n == 0)
        status = xd_fail(error, XD_DATA, xd_at_none(), "holds no road that a vehicle can use; expected ways tagged highway=* with their nodes");
    return status;
}
