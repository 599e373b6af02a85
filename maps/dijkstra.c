#include "maps/dijkstra.h"

#include "base/alloc.h"

enum { ARITY = 4 };

struct xd_heap_item {
    struct xd_way key;
    int32_t node;
};

/* ---- points within edges ---- */

/* Sums over the pieces from..to of an edge in one direction; none when one of them is closed. */
static struct xd_way over_pieces(const struct xd_graph *graph, int64_t from, int64_t to, int direction)
{
    struct xd_way sum = {0};
    for (int64_t p = from; p < to; p++) {
        if (graph->piece_ms[direction][p] == XD_PIECE_CLOSED)
            return xd_way_none();
        sum.cost_ms += xd_graph_piece_cost(graph, p, direction);
        sum.time_ms += graph->piece_ms[direction][p];
        sum.length_cm += graph->topology->piece_length_cm[p];
        sum.energy_kj += graph->has_energy ? graph->piece_kj[direction][p] : 0;
    }
    return sum;
}

/* The part of a piece that lies before the point, in drawing order; the rest is what remains of the whole. */
static struct xd_way part_of(const struct xd_graph *graph, int64_t piece, struct xd_way whole, int32_t part_ppm)
{
    if (whole.cost_ms == XD_WAY_NONE)
        return whole;
    const struct xd_topology *topology = graph->topology;
    return (struct xd_way){xd_snap_part(topology, piece, part_ppm, whole.cost_ms), xd_snap_part(topology, piece, part_ppm, whole.time_ms),
                           xd_snap_part(topology, piece, part_ppm, whole.length_cm), xd_snap_part(topology, piece, part_ppm, whole.energy_kj)};
}

void xd_edge_point_find(const struct xd_graph *graph, const struct xd_snap *snap, struct xd_edge_point *point)
{
    const int64_t first = graph->topology->first_piece[snap->edge];
    const int64_t last = graph->topology->first_piece[snap->edge + 1];
    const int64_t at = first + snap->piece;
    struct xd_way *const before[XD_DIRECTIONS_N] = {&point->from_tail, &point->to_tail};
    struct xd_way *const behind[XD_DIRECTIONS_N] = {&point->to_head, &point->from_head};
    for (int direction = 0; direction < XD_DIRECTIONS_N; direction++) {
        const struct xd_way whole = snap->barred & 1 << direction ? xd_way_none() : over_pieces(graph, at, at + 1, direction);
        const struct xd_way part = part_of(graph, at, whole, snap->part_ppm);
        *before[direction] = xd_way_sum(over_pieces(graph, first, at, direction), part);
        *behind[direction] = xd_way_sum(over_pieces(graph, at + 1, last, direction), xd_way_difference(whole, part));
    }
}

static struct xd_way direct_towards(const struct xd_graph *graph, const struct xd_snap *source, const struct xd_snap *target, int direction)
{
    if ((source->barred | target->barred) & 1 << direction)
        return xd_way_none();
    const int64_t first = graph->topology->first_piece[source->edge];
    const struct xd_snap *low = direction ? target : source, *high = direction ? source : target;
    const struct xd_way whole = over_pieces(graph, first + low->piece, first + low->piece + 1, direction),
                        before = part_of(graph, first + low->piece, whole, low->part_ppm);
    if (low->piece == high->piece)
        return xd_way_difference(part_of(graph, first + low->piece, whole, high->part_ppm), before);
    const struct xd_way rest = xd_way_difference(whole, before);
    const struct xd_way last =
        part_of(graph, first + high->piece, over_pieces(graph, first + high->piece, first + high->piece + 1, direction), high->part_ppm);
    return xd_way_sum(xd_way_sum(rest, over_pieces(graph, first + low->piece + 1, first + high->piece, direction)), last);
}

struct xd_way xd_edge_direct_way(const struct xd_graph *graph, const struct xd_snap *source, const struct xd_snap *target)
{
    struct xd_way best = xd_way_none();
    if (source->edge != target->edge)
        return best;
    const bool is_ahead = target->piece > source->piece || (target->piece == source->piece && target->part_ppm >= source->part_ppm);
    const bool is_behind = target->piece < source->piece || (target->piece == source->piece && target->part_ppm <= source->part_ppm);
    if (is_ahead)
        best = direct_towards(graph, source, target, 0);
    const struct xd_way back = is_behind ? direct_towards(graph, source, target, 1) : xd_way_none();
    return xd_way_is_less(back, best) ? back : best;
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
        if (!xd_way_is_less(item.key, dijkstra->heap[parent].key))
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
            if (least < 0 || xd_way_is_less(dijkstra->heap[child].key, dijkstra->heap[least].key))
                least = child;
        if (least < 0 || !xd_way_is_less(dijkstra->heap[least].key, item.key))
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
    if (way.cost_ms == XD_WAY_NONE)
        return;
    const bool is_new = dijkstra->seen[node] != dijkstra->search;
    if (!is_new && !xd_way_is_less(way, dijkstra->label[node]))
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

/* All states from which the edge can be entered in a direction. */
static void want(struct xd_dijkstra *dijkstra, int32_t directed)
{
    const struct xd_topology *topology = dijkstra->graph->topology;
    for (int32_t i = topology->entry_first[directed]; i < topology->entry_first[directed + 1]; i++) {
        const int32_t state = topology->tail[topology->entry_arc[i]];
        dijkstra->open_n += dijkstra->settled[state] != dijkstra->search - 1;
        dijkstra->settled[state] = dijkstra->search - 1;
    }
}

void xd_dijkstra_run(struct xd_dijkstra *dijkstra, const struct xd_snap *source, const struct xd_edge_point *from, const struct xd_snap *targets,
                     int32_t targets_n)
{
    const struct xd_graph *graph = dijkstra->graph;
    begin(dijkstra);
    dijkstra->open_n = 0;
    for (int32_t i = 0; i < targets_n; i++) {
        for (int direction = 0; direction < XD_DIRECTIONS_N && targets[i].status == XD_SNAP_OK; direction++)
            want(dijkstra, 2 * targets[i].edge + direction);
    }
    reach(dijkstra, graph->topology->arrival[2 * source->edge], from->to_head, -1);
    reach(dijkstra, graph->topology->arrival[2 * source->edge + 1], from->to_tail, -1);
    while (dijkstra->heap_n > 0 && dijkstra->open_n > 0) {
        const int32_t v = pop(dijkstra);
        const struct xd_way here = dijkstra->label[v];
        dijkstra->open_n -= dijkstra->settled[v] == dijkstra->search - 1;
        dijkstra->settled[v] = dijkstra->search;
        for (int32_t arc = graph->first_out[v]; arc < graph->first_out[v + 1]; arc++)
            if (dijkstra->settled[graph->head[arc]] != dijkstra->search)
                reach(dijkstra, graph->head[arc], xd_way_sum(here, xd_way_of_short(graph->weight[arc])), arc);
    }
}

struct xd_way xd_dijkstra_way(const struct xd_dijkstra *dijkstra, const struct xd_snap *source, const struct xd_snap *target,
                              const struct xd_edge_point *to, int32_t *via)
{
    const struct xd_graph *graph = dijkstra->graph;
    const struct xd_topology *topology = graph->topology;
    const struct xd_way within[XD_DIRECTIONS_N] = {to->from_tail, to->from_head};
    struct xd_way best = xd_edge_direct_way(graph, source, target);
    *via = XD_VIA_EDGE;
    for (int direction = 0; direction < XD_DIRECTIONS_N; direction++) {
        const int32_t directed = 2 * target->edge + direction;
        for (int32_t i = topology->entry_first[directed]; i < topology->entry_first[directed + 1]; i++) {
            const int32_t arc = topology->entry_arc[i], state = topology->tail[arc];
            const struct xd_turn turn = graph->turn[arc];
            if (dijkstra->settled[state] != dijkstra->search || turn.cost_ms >= XD_FAR_WAY)
                continue;
            const struct xd_way way =
                xd_way_sum(xd_way_sum(dijkstra->label[state], (struct xd_way){turn.cost_ms, turn.time_ms, 0, 0}), within[direction]);
            if (xd_way_is_less(way, best)) {
                best = way;
                *via = arc;
            }
        }
    }
    return best;
}
