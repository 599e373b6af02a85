#include "maps/query.h"

#include "base/arena.h"

#include <string.h>

enum { UP, DOWN, SIDES_N }; /* away from the source, towards the target */
enum { NONE = -1, FROM_START = -2 };

/* By rank, apart for the cache's sake: width numbers of the best way, the first XD_FAR_WAY where there is none; and where it came from: a rank, or
 * FROM_START - of at a start. */
struct labels {
    int32_t *way, *from;
};

/* Where a side begins: a state's rank, with the way between it and the point. */
struct start {
    int32_t side, rank, of; /* of: direction at the source, entry arc at the target */
    struct xd_way way;
};

struct xd_query {
    const struct xd_weights *weights;
    struct xd_arena arena;
    struct labels labels[SIDES_N];
    int32_t *visited, visited_n;      /* ranks, ascending */
    int32_t *lower_first, *lower_arc; /* arcs of the hierarchy by head: lower_arc[lower_first[v] .. lower_first[v + 1]) */
    int32_t *tail;                    /* arcs of the hierarchy */
    struct start *starts;             /* of both sides: as many as two edges have entries from all ends */
    int32_t *climbing;                /* as many: ranks whose turn is next */
    /* the last way */
    struct xd_snap source, target;
    bool is_direct;
    int32_t meeting; /* rank, or NONE */
    /* growing lists of the trace */
    int32_t *arcs;
    size_t arcs_n, arcs_max;
    struct hop *stack;
    size_t stack_n, stack_max;
};

static size_t most_entries(const struct xd_topology *topology)
{
    int32_t most = 1;
    for (int32_t d = 0; d < 2 * topology->edges_n; d++) {
        const int32_t n = topology->entry_first[d + 1] - topology->entry_first[d];
        most = n > most ? n : most;
    }
    return XD_DIRECTIONS_N * ((size_t)most + 1);
}

enum xd_status xd_query_create(const struct xd_weights *weights, struct xd_query **query, struct xd_error *error)
{
    const struct xd_hierarchy *hierarchy = weights->hierarchy;
    const size_t nodes_n = (size_t)hierarchy->nodes_n + 2, arcs_n = (size_t)hierarchy->arcs_n + 1;
    struct xd_query *made = xd_alloc_zero(1, sizeof *made);
    bool good = made != NULL;
    for (int side = 0; side < SIDES_N && good; side++) {
        made->labels[side].way = xd_arena_alloc(&made->arena, nodes_n * (size_t)weights->width, sizeof(int32_t));
        made->labels[side].from = xd_arena_alloc(&made->arena, nodes_n, sizeof(int32_t));
        good = made->labels[side].way && made->labels[side].from;
    }
    if (good) {
        made->weights = weights;
        made->lower_first = xd_arena_alloc_zero(&made->arena, nodes_n, sizeof(int32_t));
        made->lower_arc = xd_arena_alloc(&made->arena, arcs_n, sizeof(int32_t));
        made->tail = xd_arena_alloc(&made->arena, arcs_n, sizeof(int32_t));
        made->starts = xd_arena_alloc(&made->arena, most_entries(hierarchy->topology), sizeof *made->starts);
        made->climbing = xd_arena_alloc(&made->arena, most_entries(hierarchy->topology), sizeof(int32_t));
        made->visited = xd_arena_alloc(&made->arena, nodes_n, sizeof(int32_t));
        good = made->lower_first && made->lower_arc && made->tail && made->starts && made->climbing && made->visited;
    }
    if (!good) {
        xd_query_free(made);
        return xd_fail_memory(error, "a road search", nodes_n * SIDES_N * 4 * sizeof(int32_t));
    }
    for (int side = 0; side < SIDES_N; side++)
        for (size_t v = 0; v < nodes_n; v++)
            made->labels[side].way[v * (size_t)weights->width] = XD_FAR_WAY;
    int32_t *first = made->lower_first;
    for (int32_t a = 0; a < hierarchy->arcs_n; a++)
        first[hierarchy->up_head[a] + 2]++;
    for (int32_t v = 0; v < hierarchy->nodes_n; v++)
        first[v + 2] += first[v + 1];
    for (int32_t v = 0; v < hierarchy->nodes_n; v++)
        for (int32_t a = hierarchy->up_first[v]; a < hierarchy->up_first[v + 1]; a++) {
            made->tail[a] = v;
            made->lower_arc[first[hierarchy->up_head[a] + 1]++] = a;
        }
    *query = made;
    return XD_OK;
}

void xd_query_free(struct xd_query *query)
{
    if (!query)
        return;
    struct xd_arena arena = query->arena;
    xd_free(query->arcs);
    xd_free(query->stack);
    xd_free(query);
    xd_arena_free(&arena);
}

/* ---- searching ---- */

#define INLINE static inline __attribute__((always_inline))

INLINE bool is_less(const int32_t *a, const int32_t *b, int width)
{
    for (int k = 0; k + 1 < width; k++)
        if (a[k] != b[k])
            return a[k] < b[k];
    return a[width - 1] < b[width - 1];
}

INLINE void reach(struct labels *labels, int32_t rank, const int32_t *way, int32_t from, int width)
{
    int32_t *label = labels->way + (int64_t)rank * width;
    if (way[0] > label[0] || !is_less(way, label, width))
        return;
    memcpy(label, way, (size_t)width * sizeof *way);
    labels->from[rank] = from;
}

/* A sum with a length (or the time behind a cost) beyond what is told here is no way. */
INLINE void relax(const struct xd_arcs_by_rank *arcs, struct labels *labels, int32_t here, int width, int told_n)
{
    int32_t way[XD_WEIGHT_WIDEST], sum[XD_WEIGHT_WIDEST];
    memcpy(way, labels->way + (int64_t)here * width, (size_t)width * sizeof *way);
    for (int32_t a = arcs->first[here]; a < arcs->first[here + 1]; a++) {
        const int32_t *weight = arcs->weight + (int64_t)a * width;
        bool is_far = false;
        for (int k = 0; k < width; k++) {
            sum[k] = way[k] + weight[k];
            is_far = is_far || (k < told_n && sum[k] >= XD_FAR_WAY);
        }
        if (!is_far)
            reach(labels, arcs->head[a], sum, here, width);
    }
}

static void relax_all(const struct xd_weights *weights, const struct xd_arcs_by_rank *arcs, struct labels *labels, int32_t here)
{
    if (weights->width == 2)
        relax(arcs, labels, here, 2, 2);
    else if (weights->width == 4)
        relax(arcs, labels, here, 4, 3);
    else if (weights->length_at == 2)
        relax(arcs, labels, here, 3, 3);
    else
        relax(arcs, labels, here, 3, 2);
}

/* The next rank above `here` for those whose turn it was; two that have met go on as one. */
static int32_t climb_on(const struct xd_hierarchy *hierarchy, int32_t here, int32_t *at, int32_t open_n)
{
    const int32_t first = hierarchy->up_first[here];
    int32_t parent = first < hierarchy->up_first[here + 1] ? hierarchy->up_head[first] : NONE, left_n = 0;
    for (int32_t i = 0; i < open_n; i++) {
        if (at[i] != here) {
            at[left_n++] = at[i];
        } else if (parent != NONE) {
            at[left_n++] = parent;
            parent = NONE;
        }
    }
    return left_n;
}

static int32_t *label_at(const struct xd_query *query, int side, int32_t rank)
{
    return query->labels[side].way + (int64_t)rank * query->weights->width;
}

static void forget(struct xd_query *query)
{
    for (int32_t i = 0; i < query->visited_n; i++)
        *label_at(query, UP, query->visited[i]) = *label_at(query, DOWN, query->visited[i]) = XD_FAR_WAY;
    query->visited_n = 0;
}

static struct xd_way label_way(const struct xd_query *query, int side, int32_t rank)
{
    return xd_way_of_short(xd_weight_unpack(query->weights, label_at(query, side, rank)));
}

/* Both sides up together, in ascending rank: each label is final when its turn comes, and what costs more than the best way so far is not followed. */
static struct xd_way climb(struct xd_query *query, int32_t starts_n, struct xd_way best)
{
    const struct xd_weights *weights = query->weights;
    int32_t *at = query->climbing, open_n = starts_n;
    for (int32_t i = 0; i < starts_n; i++) {
        int32_t numbers[XD_WEIGHT_WIDEST];
        const struct start *start = &query->starts[i];
        xd_weight_pack(weights, xd_short_way_of(start->way), numbers);
        reach(&query->labels[start->side], start->rank, numbers, FROM_START - start->of, weights->width);
        at[i] = start->rank;
    }
    int32_t most = best.cost_ms < XD_FAR_WAY ? (int32_t)best.cost_ms : XD_FAR_WAY - 1;
    while (open_n > 0) {
        int32_t here = at[0];
        for (int32_t i = 1; i < open_n; i++)
            here = at[i] < here ? at[i] : here;
        query->visited[query->visited_n++] = here;
        const int32_t up = *label_at(query, UP, here), down = *label_at(query, DOWN, here);
        if (up <= most && down <= most - up) {
            const struct xd_way way = xd_way_sum(label_way(query, UP, here), label_way(query, DOWN, here));
            if (xd_way_is_less(way, best) && xd_short_way_of(way).cost_ms < XD_FAR_WAY) {
                best = way;
                most = (int32_t)way.cost_ms;
                query->is_direct = false;
                query->meeting = here;
            }
        }
        if (up <= most)
            relax_all(weights, &weights->up, &query->labels[UP], here);
        if (down <= most)
            relax_all(weights, &weights->down, &query->labels[DOWN], here);
        open_n = climb_on(weights->hierarchy, here, at, open_n);
    }
    return best;
}

static int32_t add_start(struct xd_query *query, int32_t n, struct start start)
{
    if (start.way.cost_ms == XD_WAY_NONE)
        return n;
    query->starts[n] = start;
    return n + 1;
}

static int32_t leave(struct xd_query *query, const struct xd_query_point *from)
{
    const struct xd_weights *weights = query->weights;
    const struct xd_way leaving[XD_DIRECTIONS_N] = {from->within.to_head, from->within.to_tail};
    int32_t n = 0;
    for (int direction = 0; direction < XD_DIRECTIONS_N; direction++) {
        const int32_t state = weights->graph->topology->arrival[2 * from->snap->edge + direction];
        n = add_start(query, n, (struct start){UP, weights->hierarchy->rank[state], direction, leaving[direction]});
    }
    return n;
}

static int32_t enter(struct xd_query *query, int32_t n, const struct xd_query_point *to)
{
    const struct xd_graph *graph = query->weights->graph;
    const struct xd_topology *topology = graph->topology;
    const struct xd_way entering[XD_DIRECTIONS_N] = {to->within.from_tail, to->within.from_head};
    for (int direction = 0; direction < XD_DIRECTIONS_N; direction++) {
        const int32_t in = 2 * to->snap->edge + direction;
        for (int32_t i = topology->entry_first[in]; i < topology->entry_first[in + 1]; i++) {
            const int32_t arc = topology->entry_arc[i];
            const struct xd_way turn = {graph->turn[arc].cost_ms, graph->turn[arc].time_ms, 0, 0};
            if (turn.cost_ms < XD_FAR_WAY)
                n = add_start(query, n,
                              (struct start){DOWN, query->weights->hierarchy->rank[topology->tail[arc]], arc, xd_way_sum(turn, entering[direction])});
        }
    }
    return n;
}

struct xd_short_way xd_query_way(struct xd_query *query, const struct xd_query_point *from, const struct xd_query_point *to)
{
    const struct xd_way direct = from->snap->edge == to->snap->edge ? xd_edge_direct_way(query->weights->graph, from->snap, to->snap) : xd_way_none();
    forget(query);
    query->is_direct = direct.cost_ms != XD_WAY_NONE;
    query->meeting = NONE;
    return xd_short_way_of(climb(query, enter(query, leave(query, from), to), direct));
}

/* ---- unpacking ---- */

/* A way between two ranks that an arc of the hierarchy stands for. */
struct hop {
    int32_t from, to;
};

static int32_t arc_between(const struct xd_hierarchy *hierarchy, int32_t low, int32_t high)
{
    int32_t from = hierarchy->up_first[low], to = hierarchy->up_first[low + 1];
    const int32_t end = to;
    while (from < to) {
        const int32_t middle = from + (to - from) / 2;
        if (hierarchy->up_head[middle] < high)
            from = middle + 1;
        else
            to = middle;
    }
    return from < end && hierarchy->up_head[from] == high ? from : NONE;
}

/* The full weight of the arc from one rank to another, none when there is no such arc. */
static struct xd_way weight_between(const struct xd_query *query, int32_t from, int32_t to)
{
    const struct xd_weights *weights = query->weights;
    const int32_t arc = from < to ? arc_between(weights->hierarchy, from, to) : arc_between(weights->hierarchy, to, from);
    if (arc == NONE)
        return xd_way_none();
    const int32_t *full = from < to ? weights->full_up : weights->full_down;
    return xd_way_of_short(xd_weight_unpack(weights, full + (int64_t)arc * weights->width));
}

static bool is_same(struct xd_way a, struct xd_way b)
{
    return a.cost_ms == b.cost_ms && a.time_ms == b.time_ms && a.length_cm == b.length_cm && a.energy_kj == b.energy_kj;
}

/* The topology's arc of just this weight, or NONE: then a lower node lies between. */
static int32_t own_arc(const struct xd_query *query, struct hop hop, struct xd_way way)
{
    const struct xd_graph *graph = query->weights->graph;
    const int32_t *node = query->weights->hierarchy->node;
    for (int32_t a = graph->first_out[node[hop.from]]; a < graph->first_out[node[hop.from] + 1]; a++) {
        if (graph->head[a] == node[hop.to] && is_same(xd_way_of_short(graph->weight[a]), way))
            return a;
    }
    return NONE;
}

static int32_t middle_of(const struct xd_query *query, struct hop hop, struct xd_way way)
{
    const int32_t low = hop.from < hop.to ? hop.from : hop.to;
    for (int32_t i = query->lower_first[low]; i < query->lower_first[low + 1]; i++) {
        const int32_t x = query->tail[query->lower_arc[i]];
        if (is_same(xd_way_sum(weight_between(query, hop.from, x), weight_between(query, x, hop.to)), way))
            return x;
    }
    return NONE;
}

static enum xd_status push_hop(struct xd_query *query, struct hop hop, struct xd_error *error)
{
    enum xd_status status =
        xd_array_reserve((void **)&query->stack, &query->stack_max, query->stack_n + 1, sizeof *query->stack, INT32_MAX / 2, "steps of a way", error);
    if (status == XD_OK)
        query->stack[query->stack_n++] = hop;
    return status;
}

static enum xd_status unpack(struct xd_query *query, struct hop whole, struct xd_error *error)
{
    query->stack_n = 0;
    enum xd_status status = push_hop(query, whole, error);
    while (status == XD_OK && query->stack_n > 0) {
        const struct hop hop = query->stack[--query->stack_n];
        const struct xd_way way = weight_between(query, hop.from, hop.to);
        const int32_t arc = own_arc(query, hop, way);
        if (arc == NONE) {
            const int32_t x = middle_of(query, hop, way);
            if (x == NONE)
                return xd_fail(error, XD_INTERNAL, xd_at_none(), "a way of the road hierarchy cannot be unpacked; please report this");
            status = push_hop(query, (struct hop){x, hop.to}, error);
            if (status == XD_OK)
                status = push_hop(query, (struct hop){hop.from, x}, error);
            continue;
        }
        status =
            xd_array_reserve((void **)&query->arcs, &query->arcs_max, query->arcs_n + 1, sizeof *query->arcs, INT32_MAX / 2, "steps of a way", error);
        if (status == XD_OK)
            query->arcs[query->arcs_n++] = arc;
    }
    return status;
}

enum xd_status xd_query_trace(struct xd_query *query, struct xd_trace *trace, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    *trace = (struct xd_trace){.is_direct = query->is_direct};
    if (query->is_direct)
        return XD_OK;
    /* ranks from the source's start up to the meeting */
    int32_t ranks_n = 0, *ranks = xd_alloc((size_t)query->visited_n + 1, sizeof *ranks);
    if (!ranks)
        return xd_fail_memory(error, "a way", (size_t)query->visited_n * sizeof *ranks);
    int32_t at = query->meeting;
    for (; at >= 0; at = query->labels[UP].from[at])
        ranks[ranks_n++] = at;
    trace->leaves = FROM_START - at;
    query->arcs_n = 0;
    for (int32_t i = ranks_n - 1; i > 0 && status == XD_OK; i--)
        status = unpack(query, (struct hop){ranks[i], ranks[i - 1]}, error);
    xd_free(ranks);
    for (at = query->meeting; query->labels[DOWN].from[at] >= 0 && status == XD_OK; at = query->labels[DOWN].from[at])
        status = unpack(query, (struct hop){at, query->labels[DOWN].from[at]}, error);
    trace->entry = FROM_START - query->labels[DOWN].from[at];
    trace->arcs_n = (int32_t)query->arcs_n;
    if (status == XD_OK)
        trace->arcs = xd_alloc(query->arcs_n + 1, sizeof *trace->arcs);
    if (status == XD_OK && !trace->arcs)
        status = xd_fail_memory(error, "a way", query->arcs_n * sizeof *trace->arcs);
    if (status == XD_OK && query->arcs_n > 0)
        memcpy(trace->arcs, query->arcs, query->arcs_n * sizeof *trace->arcs);
    return status;
}

enum xd_status xd_dijkstra_trace(const struct xd_dijkstra *search, const struct xd_snap *source, const struct xd_edge_point *from, int32_t via,
                                 struct xd_trace *trace, struct xd_error *error)
{
    const struct xd_topology *topology = search->graph->topology;
    *trace = (struct xd_trace){.is_direct = via == XD_VIA_EDGE, .entry = via};
    if (trace->is_direct)
        return XD_OK;
    int32_t state = topology->tail[via];
    for (int32_t s = state; search->parent_arc[s] >= 0; s = topology->tail[search->parent_arc[s]])
        trace->arcs_n++;
    trace->arcs = xd_alloc((size_t)trace->arcs_n + 1, sizeof *trace->arcs);
    if (!trace->arcs)
        return xd_fail_memory(error, "a way", (size_t)trace->arcs_n * sizeof *trace->arcs);
    for (int32_t at = trace->arcs_n; search->parent_arc[state] >= 0; state = topology->tail[search->parent_arc[state]])
        trace->arcs[--at] = search->parent_arc[state];
    /* of a ring both ends may lead to this state: then the label tells which way it was */
    trace->leaves = topology->arrival[2 * source->edge] == state && is_same(from->to_head, search->label[state]) ? 0 : 1;
    return XD_OK;
}

void xd_trace_free(struct xd_trace *trace)
{
    xd_free(trace->arcs);
    *trace = (struct xd_trace){0};
}
