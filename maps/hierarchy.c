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
    struct xd_short_way *up, *down;
};

enum { RANKS_A_LOOK = 4096 };

static const struct xd_short_way far_way = {XD_FAR_WAY, XD_FAR_WAY};

static int by_value(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
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

/* Higher neighbours of every rank from the graph's arcs, with repeats: lists[first[r] .. first[r+1]). */
static void graph_lists(const struct hierarchy *made, int32_t *first, int32_t *list)
{
    const struct xd_graph *graph = made->face.graph;
    memset(first, 0, ((size_t)graph->nodes_n + 2) * sizeof *first);
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t v = 0; v < graph->nodes_n; v++)
            for (int32_t a = graph->first_out[v]; a < graph->first_out[v + 1]; a++) {
                const int32_t x = made->rank[v], y = made->rank[graph->head[a]];
                const int32_t low = x < y ? x : y, high = x < y ? y : x;
                if (low == high)
                    continue;
                if (pass == 0)
                    first[low + 2]++;
                else
                    list[first[low + 1]++] = high;
            }
        for (int32_t r = 0; r <= graph->nodes_n && pass == 0; r++)
            first[r + 1] += first[r];
    }
}

/* Rank by rank: the graph's higher neighbours and those that lower ranks hand on to their parents. Sorting counts as a step an arc and bit. */
static enum xd_status complete(struct hierarchy *made, int64_t work_max, const struct xd_progress *progress, bool *given_up, struct xd_error *error)
{
    const int32_t nodes_n = made->face.nodes_n;
    const size_t n = (size_t)nodes_n + 2, graph_arcs_n = (size_t)made->face.graph->arcs_n;
    struct growing heads = {0};
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
        if (work > work_max) {
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

/* ---- weights ---- */

static struct xd_short_way sum(struct xd_short_way a, struct xd_short_way b)
{
    struct xd_short_way way = {a.time_ms + b.time_ms, a.length_cm + b.length_cm}; /* each below 2^30 */
    way.time_ms = way.time_ms < XD_FAR_WAY ? way.time_ms : XD_FAR_WAY;
    way.length_cm = way.length_cm < XD_FAR_WAY ? way.length_cm : XD_FAR_WAY;
    return way;
}

static void improve(struct xd_short_way *way, struct xd_short_way by)
{
    if (by.time_ms < way->time_ms || (by.time_ms == way->time_ms && by.length_cm < way->length_cm))
        *way = by;
}

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

/* The graph's own weights, then every lower triangle in ascending rank of its lowest node. */
static bool take_weights(struct hierarchy *made, int64_t work_max)
{
    const struct xd_hierarchy *hierarchy = &made->face;
    const struct xd_graph *graph = hierarchy->graph;
    int64_t work = 0;
    for (int32_t a = 0; a < hierarchy->arcs_n; a++)
        made->up[a] = made->down[a] = far_way;
    for (int32_t v = 0; v < graph->nodes_n; v++)
        for (int32_t a = graph->first_out[v]; a < graph->first_out[v + 1]; a++) {
            const int32_t x = made->rank[v], y = made->rank[graph->head[a]];
            const struct xd_short_way way = sum((struct xd_short_way){graph->time_ms[a], graph->length_cm[a]}, (struct xd_short_way){0, 0});
            if (x < y)
                improve(&made->up[arc_of(made, x, y)], way);
            else if (y < x)
                improve(&made->down[arc_of(made, y, x)], way);
        }
    for (int32_t v = 0; v < hierarchy->nodes_n && work <= work_max; v++) {
        const int32_t end = made->up_first[v + 1];
        for (int32_t i = made->up_first[v]; i < end; i++) {
            const int32_t first = made->up_first[made->up_head[i]];
            int32_t at = first;
            for (int32_t j = i + 1; j < end; j++) {
                while (made->up_head[at] != made->up_head[j])
                    at++;
                improve(&made->up[at], sum(made->down[i], made->up[j]));
                improve(&made->down[at], sum(made->down[j], made->up[i]));
            }
            work += at - first + 1;
        }
    }
    return work <= work_max;
}

void xd_hierarchy_customize(struct xd_hierarchy **hierarchy, int64_t work_max)
{
    if (!*hierarchy || take_weights((struct hierarchy *)*hierarchy, work_max)) /* its first member */
        return;
    xd_hierarchy_free(*hierarchy);
    *hierarchy = NULL;
}

enum xd_status xd_hierarchy_build(const struct xd_graph *graph, int64_t work_max, const struct xd_progress *progress, struct xd_hierarchy **hierarchy,
                                  struct xd_error *error)
{
    const size_t n = (size_t)graph->nodes_n + 2;
    struct hierarchy *made = xd_alloc_zero(1, sizeof *made);
    struct xd_position *position = xd_alloc(n, sizeof *position);
    enum xd_status status = XD_OK;
    if (made) {
        made->face.graph = graph;
        made->face.nodes_n = graph->nodes_n;
        made->rank = xd_arena_alloc(&made->arena, n, sizeof *made->rank);
        made->node = xd_arena_alloc(&made->arena, n, sizeof *made->node);
        made->up_first = xd_arena_alloc_zero(&made->arena, n, sizeof *made->up_first);
    }
    if (!made || !position || !made->rank || !made->node || !made->up_first) {
        status = xd_fail_memory(error, "a road hierarchy", n * (3 * sizeof(int32_t) + sizeof *position));
        goto done;
    }
    for (int32_t v = 0; v < graph->nodes_n; v++)
        position[v] = graph->network->node_position[graph->node_network[v]];
    const struct xd_order_input input = {.nodes_n = graph->nodes_n,
                                         .first_out = graph->first_out,
                                         .head = graph->head,
                                         .position = position,
                                         .work_max = work_max,
                                         .progress = progress};
    int64_t work = 0;
    bool given_up = false;
    *hierarchy = NULL;
    status = xd_order_find(&input, made->rank, &work, error);
    if (status != XD_OK || work >= work_max)
        goto done;
    for (int32_t v = 0; v < graph->nodes_n; v++)
        made->node[made->rank[v]] = v;
    status = complete(made, work_max - work, progress, &given_up, error);
    if (status != XD_OK || given_up)
        goto done;
    made->up = xd_arena_alloc(&made->arena, (size_t)made->face.arcs_n + 1, sizeof *made->up);
    made->down = xd_arena_alloc(&made->arena, (size_t)made->face.arcs_n + 1, sizeof *made->down);
    if (!made->up || !made->down) {
        status = xd_fail_memory(error, "a road hierarchy", (size_t)made->face.arcs_n * 2 * sizeof *made->up);
        goto done;
    }
    for (int32_t a = 0; a < made->face.arcs_n; a++)
        made->up[a] = made->down[a] = far_way;
    made->face.rank = made->rank;
    made->face.node = made->node;
    made->face.up_first = made->up_first;
    made->face.up_head = made->up_head;
    made->face.up = made->up;
    made->face.down = made->down;
    *hierarchy = &made->face;
    made = NULL;
done:
    xd_free(position);
    xd_hierarchy_free(made ? &made->face : NULL);
    return status;
}

void xd_hierarchy_free(struct xd_hierarchy *hierarchy)
{
    if (!hierarchy)
        return;
    struct hierarchy *made = (struct hierarchy *)hierarchy;
    xd_arena_free(&made->arena);
    xd_free(made);
}
