#include "maps/hierarchy.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "maps/order.h"

#include <stdlib.h>
#include <string.h>

struct hierarchy {
    struct xd_hierarchy face; /* first */
    struct xd_arena arena;
    int32_t *rank, *node, *up_first, *up_head;
};

enum { RANKS_A_LOOK = 4096 };

static int by_value(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static int64_t states_counted(const struct xd_topology *topology)
{
    return topology->states_n > XD_HIERARCHY_SMALL ? topology->states_n : XD_HIERARCHY_SMALL;
}

int64_t xd_hierarchy_steps_most(const struct xd_topology *topology)
{
    return XD_HIERARCHY_STEPS_MAX * states_counted(topology);
}

static int64_t arcs_most(const struct xd_topology *topology)
{
    return XD_HIERARCHY_ARCS_MAX * states_counted(topology);
}

/* ---- completion ---- */

struct growing {
    int32_t *items;
    size_t n, max;
};

static enum xd_status push(struct growing *growing, int32_t item, struct xd_error *error)
{
    enum xd_status status = xd_array_reserve((void **)&growing->items, &growing->max, growing->n + 1, sizeof *growing->items, INT32_MAX / 2,
                                             "arcs of a road hierarchy", error);
    if (status == XD_OK)
        growing->items[growing->n++] = item;
    return status;
}

/* Higher neighbours of every rank from the topology's arcs, with repeats: lists[first[r] .. first[r+1]). */
static void graph_lists(const struct hierarchy *made, int32_t *first, int32_t *list)
{
    const struct xd_topology *topology = made->face.topology;
    memset(first, 0, ((size_t)topology->states_n + 2) * sizeof *first);
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t v = 0; v < topology->states_n; v++)
            for (int32_t a = topology->first_out[v]; a < topology->first_out[v + 1]; a++) {
                const int32_t x = made->rank[v], y = made->rank[topology->head[a]];
                const int32_t low = x < y ? x : y, high = x < y ? y : x;
                if (low == high)
                    continue;
                if (pass == 0)
                    first[low + 2]++;
                else
                    list[first[low + 1]++] = high;
            }
        for (int32_t r = 0; r <= topology->states_n && pass == 0; r++)
            first[r + 1] += first[r];
    }
}

/* Rank by rank: the topology's higher neighbours and those that lower ranks hand on to their parents. Sorting counts as a step an arc and bit. */
static enum xd_status complete(struct hierarchy *made, int64_t work_max, const struct xd_progress *progress, bool *given_up, struct xd_error *error)
{
    const int32_t nodes_n = made->face.nodes_n;
    const size_t n = (size_t)nodes_n + 2, graph_arcs_n = (size_t)made->face.topology->arcs_n;
    struct growing heads = {0};
    const int64_t arcs_max = arcs_most(made->face.topology);
    int64_t work = 0;
    int32_t *first = xd_alloc(n, sizeof *first), *list = xd_alloc(graph_arcs_n + 1, sizeof *list);
    int32_t *child = xd_alloc(n, sizeof *child), *sibling = xd_alloc(n, sizeof *sibling), *seen = xd_alloc(n, sizeof *seen);
    enum xd_status status = XD_OK;
    if (!first || !list || !child || !sibling || !seen) {
        status = xd_fail_memory(error, "a road hierarchy", n * 5 * sizeof *first);
        goto done;
    }
    graph_lists(made, first, list);
    memset(child, -1, n * sizeof *child);
    memset(seen, -1, n * sizeof *seen);
    for (int32_t v = 0; v < nodes_n && status == XD_OK; v++) {
        const size_t begin = heads.n;
        made->up_first[v] = (int32_t)begin;
        if (v % RANKS_A_LOOK == 0 && xd_cancelled(progress))
            status = xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted");
        if (work > work_max || (int64_t)heads.n > arcs_max) {
            *given_up = true;
            goto done;
        }
        for (int32_t i = first[v]; i < first[v + 1] && status == XD_OK; i++) {
            if (seen[list[i]] == v)
                continue;
            seen[list[i]] = v;
            status = push(&heads, list[i], error);
        }
        for (int32_t c = child[v]; c >= 0 && status == XD_OK; c = sibling[c]) {
            const int32_t end = made->up_first[c + 1];
            work += end - made->up_first[c];
            for (int32_t i = made->up_first[c]; i < end && status == XD_OK; i++) {
                const int32_t head = heads.items[i];
                if (head == v || seen[head] == v)
                    continue;
                seen[head] = v;
                status = push(&heads, head, error);
            }
        }
        if (heads.n > begin) {
            qsort(heads.items + begin, heads.n - begin, sizeof *heads.items, by_value);
            const int32_t parent = heads.items[begin];
            work += 8 * (int64_t)(heads.n - begin);
            sibling[v] = child[parent];
            child[parent] = v;
        }
        made->up_first[v + 1] = (int32_t)heads.n;
    }
    if (status == XD_OK) {
        made->up_head = xd_arena_copy(&made->arena, heads.items ? heads.items : seen, heads.n, sizeof *made->up_head);
        made->face.arcs_n = (int32_t)heads.n;
        if (!made->up_head)
            status = xd_fail_memory(error, "a road hierarchy", heads.n * sizeof *made->up_head);
    }
done:
    xd_free(heads.items);
    xd_free(first);
    xd_free(list);
    xd_free(child);
    xd_free(sibling);
    xd_free(seen);
    return status;
}

/* ---- where the topology's arcs lie ---- */

static int32_t arc_of(const struct hierarchy *made, int32_t low, int32_t high)
{
    int32_t from = made->up_first[low], to = made->up_first[low + 1] - 1;
    while (from < to) {
        const int32_t middle = from + (to - from) / 2;
        if (made->up_head[middle] < high)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static void place_arcs(const struct hierarchy *made, int32_t *arc_at)
{
    const struct xd_topology *topology = made->face.topology;
    for (int32_t a = 0; a < topology->arcs_n; a++) {
        const int32_t x = made->rank[topology->tail[a]], y = made->rank[topology->head[a]];
        arc_at[a] = x < y ? 2 * arc_of(made, x, y) : y < x ? 2 * arc_of(made, y, x) + 1 : -1;
    }
}

/* ---- the order ---- */

/* Junctions are ordered, by the edges between them; the states of each follow each other. So one order serves with and without restrictions and turn
 * costs, and it is found on the smallest graph that has the map's shape. */
static enum xd_status junctions_order(const struct xd_topology *topology, int64_t work_max, const struct xd_progress *progress, int32_t *rank,
                                      int64_t *work, struct xd_error *error)
{
    const size_t n = (size_t)topology->junctions_n + 2;
    struct xd_position *position = xd_alloc(n, sizeof *position);
    int32_t *first = xd_alloc_zero(n, sizeof *first), *head = xd_alloc(2 * (size_t)topology->edges_n + 1, sizeof *head);
    enum xd_status status = position && first && head ? XD_OK : xd_fail_memory(error, "a road hierarchy", n * 2 * sizeof *position);
    if (status == XD_OK) {
        for (int32_t d = 0; d < 2 * topology->edges_n; d++)
            first[xd_topology_from(topology, d) + 2]++;
        for (int32_t j = 0; j < topology->junctions_n; j++) {
            position[j] = topology->network->node_position[topology->junction_node[j]];
            first[j + 2] += first[j + 1];
        }
        for (int32_t d = 0; d < 2 * topology->edges_n; d++)
            head[first[xd_topology_from(topology, d) + 1]++] = xd_topology_to(topology, d);
        const struct xd_order_input input = {.nodes_n = topology->junctions_n,
                                             .first_out = first,
                                             .head = head,
                                             .position = position,
                                             .work_max = work_max,
                                             .arcs_max = arcs_most(topology),
                                             .progress = progress};
        status = xd_order_find(&input, rank, work, error);
    }
    xd_free(position);
    xd_free(first);
    xd_free(head);
    return status;
}

static enum xd_status states_order(struct hierarchy *made, int64_t work_max, const struct xd_progress *progress, int64_t *work,
                                   struct xd_error *error)
{
    const struct xd_topology *topology = made->face.topology;
    const size_t n = (size_t)topology->junctions_n + 2;
    int32_t *rank = xd_alloc(n, sizeof *rank), *first = xd_alloc_zero(n, sizeof *first);
    enum xd_status status = rank && first ? junctions_order(topology, work_max, progress, rank, work, error)
                                          : xd_fail_memory(error, "a road hierarchy", n * 2 * sizeof *rank);
    if (status == XD_OK && *work < work_max) {
        for (int32_t s = 0; s < topology->states_n; s++)
            first[rank[topology->state_junction[s]] + 1]++;
        for (int32_t r = 0; r < topology->junctions_n; r++)
            first[r + 1] += first[r];
        for (int32_t s = 0; s < topology->states_n; s++) {
            made->rank[s] = first[rank[topology->state_junction[s]]]++;
            made->node[made->rank[s]] = s;
        }
    }
    xd_free(rank);
    xd_free(first);
    return status;
}

enum xd_status xd_hierarchy_build(const struct xd_topology *topology, int64_t work_max, const struct xd_progress *progress,
                                  struct xd_hierarchy **hierarchy, struct xd_error *error)
{
    const size_t n = (size_t)topology->states_n + 2;
    struct hierarchy *made = xd_alloc_zero(1, sizeof *made);
    int32_t *arc_at = NULL;
    int64_t work = 0;
    bool given_up = false;
    enum xd_status status = XD_OK;
    *hierarchy = NULL;
    if (work_max > xd_hierarchy_steps_most(topology))
        work_max = xd_hierarchy_steps_most(topology);
    if (made) {
        made->face.topology = topology;
        made->face.nodes_n = topology->states_n;
        made->rank = xd_arena_alloc(&made->arena, n, sizeof *made->rank);
        made->node = xd_arena_alloc(&made->arena, n, sizeof *made->node);
        made->up_first = xd_arena_alloc_zero(&made->arena, n, sizeof *made->up_first);
        arc_at = xd_arena_alloc(&made->arena, (size_t)topology->arcs_n + 1, sizeof *arc_at);
    }
    if (!made || !made->rank || !made->node || !made->up_first || !arc_at) {
        status = xd_fail_memory(error, "a road hierarchy", n * 3 * sizeof(int32_t) + (size_t)topology->arcs_n * sizeof *arc_at);
        goto done;
    }
    status = states_order(made, work_max, progress, &work, error);
    if (status == XD_OK && work < work_max)
        status = complete(made, work_max - work, progress, &given_up, error);
    if (status != XD_OK || work >= work_max || given_up)
        goto done;
    place_arcs(made, arc_at);
    made->face.rank = made->rank;
    made->face.node = made->node;
    made->face.up_first = made->up_first;
    made->face.up_head = made->up_head;
    made->face.arc_at = arc_at;
    *hierarchy = &made->face;
    made = NULL;
done:
    xd_hierarchy_free(made ? &made->face : NULL);
    return status;
}

enum xd_status xd_hierarchy_borrow(const struct xd_hierarchy *arrays, struct xd_hierarchy **hierarchy, struct xd_error *error)
{
    struct hierarchy *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "a road hierarchy", sizeof *made);
    made->face = *arrays;
    *hierarchy = &made->face;
    return XD_OK;
}

void xd_hierarchy_free(struct xd_hierarchy *hierarchy)
{
    if (!hierarchy)
        return;
    struct hierarchy *made = (struct hierarchy *)hierarchy;
    xd_arena_free(&made->arena);
    xd_free(made);
}
