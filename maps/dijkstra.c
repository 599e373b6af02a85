#include "maps/dijkstra.h"

#include "base/alloc.h"

enum { ARITY = 4 };

struct xd_heap_item {
    struct xd_way key;
    int32_t node;
};

static const struct xd_way no_way = {XD_WAY_NONE, XD_WAY_NONE};

static bool is_less(struct xd_way a, struct xd_way b)
{
    return a.time_ms < b.time_ms || (a.time_ms == b.time_ms && a.length_cm < b.length_cm);
}

static struct xd_way sum(struct xd_way a, struct xd_way b)
{
    if (a.time_ms == XD_WAY_NONE || b.time_ms == XD_WAY_NONE)
        return no_way;
    return (struct xd_way){a.time_ms + b.time_ms, a.length_cm + b.length_cm};
}

/* ---- points within edges ---- */

void xd_edge_point_find(const struct xd_graph *graph, const struct xd_snap *snap, struct xd_edge_point *point)
{
    const int64_t first = graph->first_piece[snap->edge];
    const int64_t last = graph->first_piece[snap->edge + 1];
    const int64_t at = first + snap->piece;
    const bool forward = graph->piece_forward_ms[at] != XD_PIECE_CLOSED;
    const bool backward = graph->piece_backward_ms[at] != XD_PIECE_CLOSED;
    int64_t forward_ms[2] = {0, 0}; /* before the point and behind it, in drawing order */
    int64_t backward_ms[2] = {0, 0};
    int64_t cm[2] = {0, 0};
    for (int64_t p = first; p < last; p++) {
        const int side = p >= at;
        forward_ms[side] += graph->piece_forward_ms[p];
        backward_ms[side] += graph->piece_backward_ms[p];
        cm[side] += graph->piece_length_cm[p];
    }
    const int64_t part_forward_ms = (int64_t)graph->piece_forward_ms[at] * snap->part_ppm / XD_SNAP_PART_WHOLE;
    const int64_t part_backward_ms = (int64_t)graph->piece_backward_ms[at] * snap->part_ppm / XD_SNAP_PART_WHOLE;
    const int64_t part_cm = (int64_t)graph->piece_length_cm[at] * snap->part_ppm / XD_SNAP_PART_WHOLE;
    point->from_tail = forward ? (struct xd_way){forward_ms[0] + part_forward_ms, cm[0] + part_cm} : no_way;
    point->to_head = forward ? (struct xd_way){forward_ms[1] - part_forward_ms, cm[1] - part_cm} : no_way;
    point->to_tail = backward ? (struct xd_way){backward_ms[0] + part_backward_ms, cm[0] + part_cm} : no_way;
    point->from_head = backward ? (struct xd_way){backward_ms[1] - part_backward_ms, cm[1] - part_cm} : no_way;
}

/* ---- the heap: 4-ary, with places for decrease-key ---- */

static void put(struct xd_dijkstra *dijkstra, int32_t at, struct xd_heap_item item)
{
    dijkstra->heap[at] = item;
    dijkstra->heap_at[item.node] = at;
}

static void sift_up(struct xd_dijkstra *dijkstra, int32_t at, struct xd_heap_item item)
{
    while (at > 0) {
        const int32_t parent = (at - 1) / ARITY;
        if (!is_less(item.key, dijkstra->heap[parent].key))
            break;
        put(dijkstra, at, dijkstra->heap[parent]);
        at = parent;
    }
    put(dijkstra, at, item);
}

static int32_t pop(struct xd_dijkstra *dijkstra)
{
    const int32_t node = dijkstra->heap[0].node;
    const struct xd_heap_item item = dijkstra->heap[--dijkstra->heap_n];
    int32_t at = 0;
    for (;;) {
        int32_t least = -1;
        for (int32_t child = at * ARITY + 1; child <= at * ARITY + ARITY && child < dijkstra->heap_n; child++)
            if (least < 0 || is_less(dijkstra->heap[child].key, dijkstra->heap[least].key))
                least = child;
        if (least < 0 || !is_less(dijkstra->heap[least].key, item.key))
            break;
        put(dijkstra, at, dijkstra->heap[least]);
        at = least;
    }
    if (dijkstra->heap_n > 0)
        put(dijkstra, at, item);
    return node;
}

/* ---- searching ---- */

enum xd_status xd_dijkstra_create(const struct xd_graph *graph, struct xd_dijkstra **dijkstra, struct xd_error *error)
{
    const size_t n = (size_t)graph->nodes_n + 1;
    struct xd_dijkstra *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "a road search", sizeof *made);
    made->graph = graph;
    made->label = xd_alloc(n, sizeof *made->label);
    made->parent_arc = xd_alloc(n, sizeof *made->parent_arc);
    made->seen = xd_alloc_zero(n, sizeof *made->seen);
    made->settled = xd_alloc_zero(n, sizeof *made->settled);
    made->heap = xd_alloc(n, sizeof *made->heap);
    made->heap_at = xd_alloc(n, sizeof *made->heap_at);
    if (!made->label || !made->parent_arc || !made->seen || !made->settled || !made->heap || !made->heap_at) {
        xd_dijkstra_free(made);
        return xd_fail_memory(error, "a road search", n * (sizeof *made->label + sizeof *made->heap + 4 * sizeof(int32_t)));
    }
    *dijkstra = made;
    return XD_OK;
}

void xd_dijkstra_free(struct xd_dijkstra *dijkstra)
{
    if (!dijkstra)
        return;
    xd_free(dijkstra->label);
    xd_free(dijkstra->parent_arc);
    xd_free(dijkstra->seen);
    xd_free(dijkstra->settled);
    xd_free(dijkstra->heap);
    xd_free(dijkstra->heap_at);
    xd_free(dijkstra);
}

static void reach(struct xd_dijkstra *dijkstra, int32_t node, struct xd_way way, int32_t arc)
{
    if (way.time_ms == XD_WAY_NONE)
        return;
    const bool is_new = dijkstra->seen[node] != dijkstra->search;
    if (!is_new && !is_less(way, dijkstra->label[node]))
        return;
    dijkstra->seen[node] = dijkstra->search;
    dijkstra->label[node] = way;
    dijkstra->parent_arc[node] = arc;
    sift_up(dijkstra, is_new ? dijkstra->heap_n++ : dijkstra->heap_at[node], (struct xd_heap_item){.key = way, .node = node});
}

/* Marks are search numbers; when they run out all are wiped. A target is marked as settled in the number before this search's. */
static void begin(struct xd_dijkstra *dijkstra)
{
    if (dijkstra->search > UINT32_MAX - 2) {
        for (int32_t v = 0; v < dijkstra->graph->nodes_n; v++)
            dijkstra->seen[v] = dijkstra->settled[v] = 0;
        dijkstra->search = 0;
    }
    dijkstra->search += 2;
    dijkstra->heap_n = 0;
}

void xd_dijkstra_run(struct xd_dijkstra *dijkstra, const struct xd_snap *source, const struct xd_edge_point *from, const int32_t *targets,
                     int32_t targets_n)
{
    const struct xd_graph *graph = dijkstra->graph;
    begin(dijkstra);
    const uint32_t wanted = dijkstra->search - 1;
    int32_t open_n = 0;
    for (int32_t i = 0; i < targets_n; i++) {
        open_n += dijkstra->settled[targets[i]] != wanted;
        dijkstra->settled[targets[i]] = wanted;
    }
    reach(dijkstra, graph->edge_head[source->edge], from->to_head, -1);
    reach(dijkstra, graph->edge_tail[source->edge], from->to_tail, -1);
    while (dijkstra->heap_n > 0 && open_n > 0) {
        const int32_t v = pop(dijkstra);
        const struct xd_way here = dijkstra->label[v];
        open_n -= dijkstra->settled[v] == wanted;
        dijkstra->settled[v] = dijkstra->search;
        for (int32_t arc = graph->first_out[v]; arc < graph->first_out[v + 1]; arc++)
            if (dijkstra->settled[graph->head[arc]] != dijkstra->search)
                reach(dijkstra, graph->head[arc], (struct xd_way){here.time_ms + graph->time_ms[arc], here.length_cm + graph->length_cm[arc]}, arc);
    }
}

static struct xd_way label_of(const struct xd_dijkstra *dijkstra, int32_t node)
{
    return dijkstra->settled[node] == dijkstra->search ? dijkstra->label[node] : no_way;
}

static struct xd_way difference(struct xd_way a, struct xd_way b)
{
    if (a.time_ms == XD_WAY_NONE || b.time_ms == XD_WAY_NONE)
        return no_way;
    return (struct xd_way){a.time_ms - b.time_ms, a.length_cm - b.length_cm};
}

struct xd_way xd_edge_direct_way(const struct xd_snap *source, const struct xd_edge_point *from, const struct xd_snap *target,
                                 const struct xd_edge_point *to)
{
    struct xd_way best = no_way;
    if (source->edge != target->edge)
        return no_way;
    const bool is_ahead = target->piece > source->piece || (target->piece == source->piece && target->part_ppm >= source->part_ppm);
    const bool is_behind = target->piece < source->piece || (target->piece == source->piece && target->part_ppm <= source->part_ppm);
    if (is_ahead)
        best = difference(to->from_tail, from->from_tail);
    const struct xd_way back = is_behind ? difference(from->to_tail, to->to_tail) : no_way;
    return is_less(back, best) ? back : best;
}

struct xd_way xd_dijkstra_way(const struct xd_dijkstra *dijkstra, const struct xd_snap *source, const struct xd_edge_point *from,
                              const struct xd_snap *target, const struct xd_edge_point *to, int *via)
{
    const struct xd_graph *graph = dijkstra->graph;
    struct xd_way best = xd_edge_direct_way(source, from, target, to);
    *via = 0;
    const struct xd_way over_tail = sum(label_of(dijkstra, graph->edge_tail[target->edge]), to->from_tail);
    const struct xd_way over_head = sum(label_of(dijkstra, graph->edge_head[target->edge]), to->from_head);
    if (is_less(over_tail, best)) {
        best = over_tail;
        *via = 1;
    }
    if (is_less(over_head, best)) {
        best = over_head;
        *via = 2;
    }
    return best;
}
