#include "maps/graph_parts.h"

enum { SMALL_BIT = XD_ROAD_PARTS_MAX };

static uint64_t bit_of(int i)
{
    return (uint64_t)1 << i;
}

static bool is_open(const struct xd_graph *graph, int32_t arc)
{
    return graph->weight[arc].cost_ms < XD_FAR_WAY;
}

/* ---- which parts there are ---- */

/* Directed edges within components, each once. */
static void measure(const struct xd_graph *graph, struct xd_graph_parts *parts)
{
    const struct xd_topology *topology = graph->topology;
    for (int32_t d = 0; d < 2 * topology->edges_n; d++) {
        for (int32_t i = topology->entry_first[d]; i < topology->entry_first[d + 1]; i++) {
            const int32_t arc = topology->entry_arc[i], component = graph->component[topology->tail[arc]];
            if (!is_open(graph, arc) || component != graph->component[topology->head[arc]])
                continue;
            parts->edges_n[component]++;
            parts->length_cm[component] += graph->weight[arc].length_cm;
            break;
        }
    }
}

/* The longest first: the main part in any case (of equals that of the lowest state), the others where they are large. */
static void choose(struct xd_graph *graph, struct xd_graph_parts *parts)
{
    int32_t main_part = -1, n = 0;
    for (int32_t s = 0; s < graph->nodes_n; s++)
        if (main_part < 0 || parts->length_cm[graph->component[s]] > parts->length_cm[main_part])
            main_part = graph->component[s];
    for (int32_t c = 0; c < graph->components_n; c++) {
        int32_t at = n;
        if (c != main_part && parts->edges_n[c] < XD_ROAD_PART_EDGES_LEAST)
            continue;
        while (at > 0 && (c == main_part || parts->length_cm[c] > parts->length_cm[parts->part[at - 1]]))
            at--;
        if (at == XD_ROAD_PARTS_MAX)
            continue;
        n += n < XD_ROAD_PARTS_MAX;
        for (int32_t i = n - 1; i > at; i--)
            parts->part[i] = parts->part[i - 1];
        parts->part[at] = c;
    }
    graph->main_component = main_part;
    graph->parts_n = n;
}

/* ---- where they lead ---- */

/* Arcs lead to the same component or to one of a lower number. */
static void spread(const struct xd_graph *graph, struct xd_graph_parts *parts)
{
    const struct xd_topology *topology = graph->topology;
    for (int32_t i = 0; i < graph->nodes_n; i++) {
        const int32_t s = parts->order[i];
        for (int32_t a = topology->first_out[s]; a < topology->first_out[s + 1]; a++)
            if (is_open(graph, a))
                parts->to[graph->component[s]] |= parts->to[graph->component[topology->head[a]]];
    }
    for (int32_t i = graph->nodes_n - 1; i >= 0; i--) {
        const int32_t s = parts->order[i];
        for (int32_t a = topology->first_out[s]; a < topology->first_out[s + 1]; a++)
            if (is_open(graph, a))
                parts->from[graph->component[topology->head[a]]] |= parts->from[graph->component[s]];
    }
}

static void clear_small(const struct xd_graph *graph, struct xd_graph_parts *parts)
{
    for (int32_t c = 0; c < graph->components_n; c++) {
        parts->from[c] &= ~bit_of(SMALL_BIT);
        parts->to[c] &= ~bit_of(SMALL_BIT);
    }
}

/* ---- the pieces ---- */

/* What can be driven into a directed edge, and what its end leads to. */
static uint64_t enters(const struct xd_graph *graph, int32_t directed)
{
    const struct xd_topology *topology = graph->topology;
    uint64_t bits = 0;
    for (int32_t i = topology->entry_first[directed]; i < topology->entry_first[directed + 1]; i++) {
        const int32_t arc = topology->entry_arc[i];
        if (graph->turn[arc].cost_ms < XD_FAR_WAY)
            bits |= graph->parts->from[graph->component[topology->tail[arc]]];
    }
    return bits;
}

static uint64_t leaves(const struct xd_graph *graph, int32_t directed)
{
    return graph->parts->to[graph->component[graph->topology->arrival[directed]]];
}

static bool is_passable(const struct xd_graph *graph, int direction, int64_t first, int64_t last)
{
    for (int64_t p = first; p < last; p++)
        if (graph->piece_ms[direction][p] == XD_PIECE_CLOSED)
            return false;
    return true;
}

struct xd_piece_reach xd_graph_piece_reach(const struct xd_graph *graph, int32_t edge, int32_t piece)
{
    const int64_t first = graph->topology->first_piece[edge], last = graph->topology->first_piece[edge + 1], p = first + piece;
    struct xd_piece_reach reach = {.behind = UINT64_MAX};
    if (is_passable(graph, 0, first, p + 1))
        reach.from |= enters(graph, 2 * edge);
    if (is_passable(graph, 1, p, last))
        reach.from |= enters(graph, 2 * edge + 1);
    for (int direction = 0; direction < XD_DIRECTIONS_N; direction++) {
        const int32_t next = graph->component[graph->topology->arrival[2 * edge + direction]];
        if (!(direction ? is_passable(graph, 1, first, p + 1) : is_passable(graph, 0, p, last)))
            continue;
        reach.to |= graph->parts->to[next];
        reach.behind &= graph->parts->from[next];
    }
    return reach;
}

uint64_t xd_graph_edge_reach(const struct xd_graph *graph, int32_t directed)
{
    const int32_t edge = directed / 2;
    if (!is_passable(graph, directed % 2, graph->topology->first_piece[edge], graph->topology->first_piece[edge + 1]))
        return 0;
    return enters(graph, directed) & leaves(graph, directed);
}

static void judge_edge(const struct xd_graph *graph, int32_t e)
{
    const int64_t first = graph->topology->first_piece[e], last = graph->topology->first_piece[e + 1];
    const uint64_t in[XD_DIRECTIONS_N] = {enters(graph, 2 * e), enters(graph, 2 * e + 1)};
    const uint64_t out[XD_DIRECTIONS_N] = {leaves(graph, 2 * e), leaves(graph, 2 * e + 1)};
    const uint64_t used = graph->parts->used;
    /* first and last piece that lie open to the ends in each direction */
    int64_t in_until = first, out_until = first, in_since = last, out_since = last;
    while (in_until < last && graph->piece_ms[0][in_until] != XD_PIECE_CLOSED)
        in_until++;
    while (out_until < last && graph->piece_ms[1][out_until] != XD_PIECE_CLOSED)
        out_until++;
    while (in_since > first && graph->piece_ms[1][in_since - 1] != XD_PIECE_CLOSED)
        in_since--;
    while (out_since > first && graph->piece_ms[0][out_since - 1] != XD_PIECE_CLOSED)
        out_since--;
    for (int64_t p = first; p < last; p++) {
        const uint64_t from = (p < in_until ? in[0] : 0) | (p >= in_since ? in[1] : 0);
        const uint64_t to = (p < out_until ? out[1] : 0) | (p >= out_since ? out[0] : 0), on = from & to;
        const bool opens = graph->piece_ms[0][p] != XD_PIECE_CLOSED || graph->piece_ms[1][p] != XD_PIECE_CLOSED;
        graph->parts->piece_use[p] = (uint8_t)((opens ? XD_PIECE_OPEN : 0) | (on & used ? XD_PIECE_MAIN : on ? XD_PIECE_OTHER : 0));
    }
}

static void judge(const struct xd_graph *graph)
{
    for (int32_t e = 0; e < graph->topology->edges_n; e++)
        judge_edge(graph, e);
}

/* ---- the part of a request ---- */

/* The longest part that the piece hangs on, or -1. By the small bit: whence one comes to it, and where one comes from it. */
static int32_t part_of_piece(const struct xd_graph *graph, int32_t edge, int32_t piece)
{
    const struct xd_topology *topology = graph->topology;
    struct xd_graph_parts *parts = graph->parts;
    const int64_t first = topology->first_piece[edge], last = topology->first_piece[edge + 1], p = first + piece;
    const bool out[XD_DIRECTIONS_N] = {is_passable(graph, 0, p, last), is_passable(graph, 1, first, p + 1)};
    const bool in[XD_DIRECTIONS_N] = {is_passable(graph, 0, first, p + 1), is_passable(graph, 1, p, last)};
    int32_t best = -1;
    clear_small(graph, parts);
    for (int direction = 0; direction < XD_DIRECTIONS_N; direction++) {
        const int32_t d = 2 * edge + direction;
        if (out[direction])
            parts->from[graph->component[topology->arrival[d]]] |= bit_of(SMALL_BIT);
        for (int32_t i = topology->entry_first[d]; i < topology->entry_first[d + 1] && in[direction]; i++)
            if (graph->turn[topology->entry_arc[i]].cost_ms < XD_FAR_WAY)
                parts->to[graph->component[topology->tail[topology->entry_arc[i]]]] |= bit_of(SMALL_BIT);
    }
    spread(graph, parts);
    for (int32_t c = 0; c < graph->components_n; c++)
        if ((parts->from[c] & parts->to[c] & bit_of(SMALL_BIT)) && parts->edges_n[c] > 0 &&
            (best < 0 || parts->length_cm[c] > parts->length_cm[best]))
            best = c;
    clear_small(graph, parts);
    return best;
}

bool xd_graph_use_part(struct xd_graph *graph, int32_t edge, int32_t piece)
{
    struct xd_graph_parts *parts = graph->parts;
    const struct xd_piece_reach reach = xd_graph_piece_reach(graph, edge, piece);
    const uint64_t on = reach.from & reach.to & (bit_of(graph->parts_n) - 1), longest = on & (~on + 1); /* the lowest bit */
    if (on && parts->used == longest)
        return true;
    if (on) {
        parts->used = longest;
    } else {
        const int32_t small = part_of_piece(graph, edge, piece);
        if (small < 0)
            return false;
        parts->from[small] |= bit_of(SMALL_BIT);
        parts->to[small] |= bit_of(SMALL_BIT);
        spread(graph, parts);
        parts->used = bit_of(SMALL_BIT);
    }
    judge(graph);
    return true;
}

void xd_graph_use_parts(struct xd_graph *graph)
{
    clear_small(graph, graph->parts);
    graph->parts->used = bit_of(graph->parts_n) - 1;
    judge(graph);
}

/* ---- all of it ---- */

enum xd_status xd_graph_parts_find(struct xd_graph *graph, const int32_t *order, uint8_t *piece_use, struct xd_arena *arena, struct xd_error *error)
{
    const size_t n = (size_t)graph->components_n + 1;
    struct xd_graph_parts *parts = xd_arena_alloc_zero(arena, 1, sizeof *parts);
    if (parts) {
        parts->order = order;
        parts->piece_use = piece_use;
        parts->length_cm = xd_arena_alloc_zero(arena, n, sizeof *parts->length_cm);
        parts->edges_n = xd_arena_alloc_zero(arena, n, sizeof *parts->edges_n);
        parts->from = xd_arena_alloc_zero(arena, n, sizeof *parts->from);
        parts->to = xd_arena_alloc_zero(arena, n, sizeof *parts->to);
    }
    if (!parts || !parts->length_cm || !parts->edges_n || !parts->from || !parts->to)
        return xd_fail_memory(error, "the parts of the road graph", n * (2 * sizeof(uint64_t) + sizeof *parts->length_cm));
    graph->parts = parts;
    measure(graph, parts);
    choose(graph, parts);
    for (int32_t i = 0; i < graph->parts_n; i++) {
        parts->from[parts->part[i]] |= bit_of(i);
        parts->to[parts->part[i]] |= bit_of(i);
    }
    spread(graph, parts);
    parts->used = bit_of(graph->parts_n) - 1;
    judge(graph);
    return XD_OK;
}
