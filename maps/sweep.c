#include "maps/sweep.h"

#include "base/alloc.h"
#include "base/arena.h"

#include <string.h>

/* Versions of the inner loops for wider vectors, chosen when the program is loaded. Sanitizers start too early for that. XD_SWEEP_WIDE: the one version that
 * a test wants. */
#if defined(XD_SWEEP_WIDE)
#define WIDE XD_SWEEP_WIDE
#elif defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&                     \
    !defined(__SANITIZE_THREAD__)
#define WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDE
#endif
#define INLINE static inline __attribute__((always_inline))

enum { L = XD_SWEEP_LANES, NOT_SELECTED = -1 };

struct xd_sweep {
    struct xd_arena arena;
    const struct xd_weights *weights;
    int32_t rows_n;       /* selected nodes, then the edges' own */
    int32_t *row_of;      /* by rank, or NOT_SELECTED */
    int32_t *row_of_edge; /* by directed edge, or NOT_SELECTED */
    int32_t *first;       /* rows_n + 1: arcs of a row */
    int32_t *head;        /* arcs: row */
    int32_t *weight;      /* width numbers an arc */
};

/* ---- selection ---- */

/* How a directed edge can be entered: the number of turns that are open, and one of them. */
static int32_t open_entries(const struct xd_graph *graph, int32_t directed, int32_t *arc)
{
    const struct xd_topology *topology = graph->topology;
    int32_t n = 0;
    for (int32_t i = topology->entry_first[directed]; i < topology->entry_first[directed + 1]; i++) {
        if (graph->turn[topology->entry_arc[i]].cost_ms >= XD_FAR_WAY)
            continue;
        *arc = topology->entry_arc[i];
        n++;
    }
    return n;
}

static bool has_own_row(const struct xd_graph *graph, int32_t directed)
{
    int32_t arc = -1;
    return open_entries(graph, directed, &arc) != 1 || graph->turn[arc].cost_ms > 0;
}

/* Counts of what is selected. */
struct selection {
    int32_t nodes_n, edges_n;
    int64_t arcs_n;
};

/* Marks all ranks above the targets: heads of arcs that lead down to what is marked. Ascending ranks need one pass. */
static struct selection mark(struct xd_sweep *sweep, const struct xd_snap *targets, int32_t targets_n)
{
    const struct xd_weights *weights = sweep->weights;
    const struct xd_hierarchy *hierarchy = weights->hierarchy;
    const struct xd_topology *topology = hierarchy->topology;
    struct selection selection = {0};
    for (int32_t r = 0; r < hierarchy->nodes_n; r++)
        sweep->row_of[r] = NOT_SELECTED;
    for (int32_t d = 0; d < 2 * topology->edges_n; d++)
        sweep->row_of_edge[d] = NOT_SELECTED;
    for (int32_t i = 0; i < 2 * targets_n; i++) {
        const int32_t directed = 2 * targets[i / 2].edge + i % 2;
        if (sweep->row_of_edge[directed] != NOT_SELECTED)
            continue;
        sweep->row_of_edge[directed] = 0;
        for (int32_t k = topology->entry_first[directed]; k < topology->entry_first[directed + 1]; k++)
            sweep->row_of[hierarchy->rank[topology->tail[topology->entry_arc[k]]]] = 0;
        if (has_own_row(weights->graph, directed)) {
            selection.edges_n++;
            selection.arcs_n += topology->entry_first[directed + 1] - topology->entry_first[directed];
        }
    }
    for (int32_t r = 0; r < hierarchy->nodes_n; r++) {
        if (sweep->row_of[r] == NOT_SELECTED)
            continue;
        selection.nodes_n++;
        for (int32_t a = weights->down.first[r]; a < weights->down.first[r + 1]; a++) {
            if (weights->down.weight[(int64_t)a * weights->width] >= XD_FAR_WAY)
                continue;
            sweep->row_of[weights->down.head[a]] = 0;
            selection.arcs_n++;
        }
    }
    return selection;
}

static int32_t lay_nodes(struct xd_sweep *sweep, int32_t *rows_n)
{
    const struct xd_weights *weights = sweep->weights;
    const size_t width = (size_t)weights->width;
    int32_t row = 0, arc = 0;
    for (int32_t r = weights->hierarchy->nodes_n - 1; r >= 0; r--) {
        if (sweep->row_of[r] == NOT_SELECTED)
            continue;
        sweep->row_of[r] = row;
        sweep->first[row++] = arc;
        for (int32_t a = weights->down.first[r]; a < weights->down.first[r + 1]; a++) {
            const int32_t *weight = weights->down.weight + (size_t)a * width;
            if (weight[0] >= XD_FAR_WAY)
                continue;
            sweep->head[arc] = sweep->row_of[weights->down.head[a]];
            memcpy(sweep->weight + (size_t)arc++ * width, weight, width * sizeof *weight);
        }
    }
    *rows_n = row;
    return arc;
}

static void lay_edges(struct xd_sweep *sweep, int32_t row, int32_t arc)
{
    const struct xd_weights *weights = sweep->weights;
    const struct xd_graph *graph = weights->graph;
    const struct xd_topology *topology = graph->topology;
    for (int32_t d = 0; d < 2 * topology->edges_n; d++) {
        int32_t only = -1;
        if (sweep->row_of_edge[d] == NOT_SELECTED)
            continue;
        if (!has_own_row(graph, d)) {
            open_entries(graph, d, &only);
            sweep->row_of_edge[d] = sweep->row_of[weights->hierarchy->rank[topology->tail[only]]];
            continue;
        }
        sweep->row_of_edge[d] = row;
        sweep->first[row++] = arc;
        for (int32_t i = topology->entry_first[d]; i < topology->entry_first[d + 1]; i++) {
            const struct xd_turn turn = graph->turn[topology->entry_arc[i]];
            if (turn.cost_ms >= XD_FAR_WAY)
                continue;
            sweep->head[arc] = sweep->row_of[weights->hierarchy->rank[topology->tail[topology->entry_arc[i]]]];
            xd_weight_pack(weights, (struct xd_short_way){turn.cost_ms, turn.time_ms, 0, 0}, sweep->weight + (size_t)arc++ * (size_t)weights->width);
        }
    }
    sweep->first[row] = arc;
    sweep->rows_n = row;
}

enum xd_status xd_sweep_create(const struct xd_weights *weights, const struct xd_snap *targets, int32_t targets_n, struct xd_sweep **sweep,
                               struct xd_error *error)
{
    const size_t nodes_n = (size_t)weights->hierarchy->nodes_n, directed_n = 2 * (size_t)weights->graph->topology->edges_n;
    struct xd_sweep *made = xd_alloc_zero(1, sizeof *made);
    enum xd_status status = XD_OK;
    if (made) {
        made->weights = weights;
        made->row_of = xd_arena_alloc(&made->arena, nodes_n + 1, sizeof *made->row_of);
        made->row_of_edge = xd_arena_alloc(&made->arena, directed_n + 1, sizeof *made->row_of_edge);
    }
    if (!made || !made->row_of || !made->row_of_edge) {
        status = xd_fail_memory(error, "a travel table", (nodes_n + directed_n) * sizeof(int32_t));
        goto done;
    }
    const struct selection selection = mark(made, targets, targets_n);
    made->first = xd_arena_alloc(&made->arena, (size_t)selection.nodes_n + (size_t)selection.edges_n + 1, sizeof *made->first);
    made->head = xd_arena_alloc(&made->arena, (size_t)selection.arcs_n + 1, sizeof *made->head);
    made->weight = xd_arena_alloc(&made->arena, (size_t)selection.arcs_n + 1, (size_t)weights->width * sizeof *made->weight);
    if (!made->first || !made->head || !made->weight) {
        status = xd_fail_memory(error, "a travel table", (size_t)selection.arcs_n * (size_t)(weights->width + 1) * sizeof(int32_t));
        goto done;
    }
    int32_t rows_n = 0;
    const int32_t arcs_n = lay_nodes(made, &rows_n);
    lay_edges(made, rows_n, arcs_n);
    *sweep = made;
    made = NULL;
done:
    xd_sweep_free(made);
    return status;
}

void xd_sweep_free(struct xd_sweep *sweep)
{
    if (!sweep)
        return;
    struct xd_arena arena = sweep->arena;
    xd_free(sweep);
    xd_arena_free(&arena);
}

/* ---- scratch ---- */

struct batch {
    struct xd_sweep_batch face; /* first */
    struct xd_arena arena;
};

enum xd_status xd_sweep_batch_create(const struct xd_sweep *sweep, struct xd_sweep_batch **batch, struct xd_error *error)
{
    const size_t numbers_n = ((size_t)sweep->weights->hierarchy->nodes_n + 1) * (size_t)sweep->weights->width;
    const size_t rows_n = (size_t)sweep->rows_n + 1, row_bytes = (size_t)sweep->weights->width * L * sizeof(int32_t);
    struct batch *made = xd_alloc_zero(1, sizeof *made);
    if (made) {
        made->face.sweep = sweep;
        made->face.lanes = xd_arena_alloc(&made->arena, rows_n, row_bytes);
        made->face.climb = xd_arena_alloc(&made->arena, numbers_n, sizeof *made->face.climb);
        made->face.stamp = xd_arena_alloc_zero(&made->arena, rows_n, sizeof(int32_t));
    }
    if (!made || !made->face.lanes || !made->face.climb || !made->face.stamp) {
        xd_sweep_batch_free(made ? &made->face : NULL);
        return xd_fail_memory(error, "a travel table", rows_n * row_bytes);
    }
    for (size_t i = 0; i < numbers_n; i++)
        made->face.climb[i] = XD_FAR_WAY;
    *batch = &made->face;
    return XD_OK;
}

void xd_sweep_batch_free(struct xd_sweep_batch *batch)
{
    if (!batch)
        return;
    struct batch *made = (struct batch *)batch; /* its first member */
    struct xd_arena arena = made->arena;
    xd_free(made);
    xd_arena_free(&arena);
}

/* ---- up ---- */

INLINE bool is_less(const int32_t *a, const int32_t *b, int width)
{
    for (int k = 0; k + 1 < width; k++)
        if (a[k] != b[k])
            return a[k] < b[k];
    return a[width - 1] < b[width - 1];
}

INLINE void lane_set(struct xd_sweep_batch *batch, int32_t row, int32_t lane, const int32_t *numbers, int width)
{
    int32_t *lanes = batch->lanes + (size_t)row * (size_t)width * L;
    if (batch->stamp[row] != batch->stamp_now) {
        batch->stamp[row] = batch->stamp_now;
        for (int i = 0; i < width * L; i++)
            lanes[i] = XD_FAR_WAY;
    }
    for (int k = 0; k < width; k++)
        lanes[k * L + lane] = numbers[k];
}

/* From the states at both ends of the source's edge up the elimination tree, the lower rank first; each node on the way is final when it is left. */
INLINE void climb_lanes(struct xd_sweep_batch *batch, const struct xd_sweep_source *source, int32_t lane, int width, int told_n)
{
    const struct xd_sweep *sweep = batch->sweep;
    const struct xd_weights *weights = sweep->weights;
    const struct xd_hierarchy *hierarchy = weights->hierarchy;
    const struct xd_way start[XD_DIRECTIONS_N] = {source->point->to_head, source->point->to_tail};
    int32_t at[XD_DIRECTIONS_N];
    for (int end = 0; end < XD_DIRECTIONS_N; end++) {
        int32_t numbers[XD_WEIGHT_WIDEST];
        at[end] = hierarchy->rank[hierarchy->topology->arrival[2 * source->edge + end]];
        xd_weight_pack(weights, xd_short_way_of(start[end]), numbers);
        if (is_less(numbers, batch->climb + (size_t)at[end] * (size_t)width, width))
            memcpy(batch->climb + (size_t)at[end] * (size_t)width, numbers, (size_t)width * sizeof *numbers);
    }
    while (at[0] < hierarchy->nodes_n || at[1] < hierarchy->nodes_n) {
        const int32_t here = at[0] < at[1] ? at[0] : at[1];
        int32_t way[XD_WEIGHT_WIDEST], *label = batch->climb + (size_t)here * (size_t)width;
        const int32_t parent =
            hierarchy->up_first[here] < hierarchy->up_first[here + 1] ? hierarchy->up_head[hierarchy->up_first[here]] : hierarchy->nodes_n;
        for (int k = 0; k < width; k++) {
            way[k] = label[k];
            label[k] = XD_FAR_WAY;
        }
        for (int end = 0; end < XD_DIRECTIONS_N; end++)
            if (at[end] == here)
                at[end] = parent;
        if (way[0] >= XD_FAR_WAY)
            continue;
        if (sweep->row_of[here] != NOT_SELECTED)
            lane_set(batch, sweep->row_of[here], lane, way, width);
        for (int32_t a = weights->up.first[here]; a < weights->up.first[here + 1]; a++) {
            int32_t next[XD_WEIGHT_WIDEST], *there = batch->climb + (size_t)weights->up.head[a] * (size_t)width;
            for (int k = 0; k < width; k++) {
                next[k] = way[k] + weights->up.weight[(size_t)a * (size_t)width + (size_t)k];
                next[k] = k > 0 && k < told_n && next[k] > XD_FAR_WAY ? XD_FAR_WAY : next[k];
            }
            if (next[0] < XD_FAR_WAY && is_less(next, there, width))
                memcpy(there, next, (size_t)width * sizeof *next);
        }
    }
}

/* ---- down ---- */

/* The numbers of one lane's way, by name: compilers make vectors of loops over lanes, not of arrays within them. Those beyond the width are 0. */
struct numbers {
    int32_t a, b, c, d;
};

INLINE struct numbers lane_sum(const int32_t *row, int i, const int32_t *more, int width)
{
    return (struct numbers){row[i] + more[0], row[L + i] + more[1], width > 2 ? row[2 * L + i] + more[2] : 0,
                            width > 3 ? row[3 * L + i] + more[3] : 0};
}

INLINE bool lane_is_less(struct numbers x, struct numbers y, int width)
{
    const bool d = width > 3 && x.d < y.d;
    const bool c = width > 2 && ((x.c < y.c) | ((x.c == y.c) & d));
    const bool b = (x.b < y.b) | ((x.b == y.b) & c);
    return (x.a < y.a) | ((x.a == y.a) & b);
}

INLINE void descend_lanes(const struct xd_sweep_batch *batch, int width, int told_n)
{
    const struct xd_sweep *sweep = batch->sweep;
    const int32_t *first = sweep->first, *head = sweep->head, *weight = sweep->weight;
    for (int32_t s = 0; s < sweep->rows_n; s++) {
        int32_t a[L], b[L], c[L], d[L];
        int32_t *row = batch->lanes + (size_t)s * (size_t)width * L;
        const bool is_set = batch->stamp[s] == batch->stamp_now;
        for (int i = 0; i < L; i++) {
            a[i] = is_set ? row[i] : XD_FAR_WAY;
            b[i] = is_set ? row[L + i] : XD_FAR_WAY;
            c[i] = is_set && width > 2 ? row[2 * L + i] : XD_FAR_WAY;
            d[i] = is_set && width > 3 ? row[3 * L + i] : XD_FAR_WAY;
        }
        for (int32_t arc = first[s]; arc < first[s + 1]; arc++) {
            const int32_t *from = batch->lanes + (size_t)head[arc] * (size_t)width * L;
            int32_t more[XD_WEIGHT_WIDEST] = {0};
            memcpy(more, weight + (size_t)arc * (size_t)width, (size_t)width * sizeof *more);
            for (int i = 0; i < L; i++) {
                const struct numbers sum = lane_sum(from, i, more, width); /* below 2^31: each part is at most XD_FAR_WAY */
                const bool better = lane_is_less(sum, (struct numbers){a[i], b[i], c[i], d[i]}, width);
                a[i] = better ? sum.a : a[i];
                b[i] = better ? sum.b : b[i];
                c[i] = better ? sum.c : c[i];
                d[i] = better ? sum.d : d[i];
            }
        }
        for (int i = 0; i < L; i++) {
            row[i] = a[i];
            row[L + i] = b[i] < XD_FAR_WAY ? b[i] : XD_FAR_WAY;
        }
        for (int i = 0; i < L && width > 2; i++)
            row[2 * L + i] = told_n < 3 || c[i] < XD_FAR_WAY ? c[i] : XD_FAR_WAY;
        for (int i = 0; i < L && width > 3; i++)
            row[3 * L + i] = d[i];
    }
}

/* ---- cells ---- */

enum { TILE = 16 };

/* Numbers of up to TILE targets for all lanes: tile[target][lane]. */
struct tile {
    int32_t time_s[TILE][L], length_m[TILE][L], energy_kj[TILE][L], far[L];
};

/* Locals and restrict: else the compiler must fear that tile and targets overlap, and makes no vectors. */
INLINE void tile_lanes(const int32_t *restrict lanes, const struct xd_sweep_target *restrict targets, int32_t targets_n, struct tile *restrict tile,
                       int width, int told_n)
{
    int32_t far[L];
    memcpy(far, tile->far, sizeof far);
    for (int32_t j = 0; j < targets_n; j++) {
        const int32_t *restrict tail = lanes + targets[j].row[0], *restrict head = lanes + targets[j].row[1];
        int32_t *restrict time_s = tile->time_s[j], *restrict length_m = tile->length_m[j], *restrict energy_kj = tile->energy_kj[j];
        int32_t from_tail[XD_WEIGHT_WIDEST], from_head[XD_WEIGHT_WIDEST];
        memcpy(from_tail, targets[j].within[0], sizeof from_tail);
        memcpy(from_head, targets[j].within[1], sizeof from_head);
        for (int i = 0; i < L; i++) {
            const struct numbers by_tail = lane_sum(tail, i, from_tail, width), by_head = lane_sum(head, i, from_head, width);
            const bool better = lane_is_less(by_head, by_tail, width);
            const int32_t a = better ? by_head.a : by_tail.a, b = better ? by_head.b : by_tail.b, c = better ? by_head.c : by_tail.c,
                          d = better ? by_head.d : by_tail.d;
            far[i] |= (a >= XD_FAR_WAY) | (b >= XD_FAR_WAY) | ((told_n > 2) & (c >= XD_FAR_WAY));
            time_s[i] = (int32_t)(((uint32_t)(told_n > 2 ? b : a) + 500) / 1000);
            length_m[i] = (int32_t)(((uint32_t)(told_n > 2 ? c : b) + 50) / 100);
            if (width > told_n)
                energy_kj[i] = width > 3 ? d : c;
        }
    }
    memcpy(tile->far, far, sizeof far);
}

/* ---- for each width, and for each processor ---- */

#define FOR_WIDTH(name, width, told_n)                                                                                                               \
    WIDE static void descend_##name(const struct xd_sweep_batch *batch)                                                                              \
    {                                                                                                                                                \
        descend_lanes(batch, width, told_n);                                                                                                         \
    }                                                                                                                                                \
    WIDE static void tile_##name(const int32_t *lanes, const struct xd_sweep_target *targets, int32_t targets_n, struct tile *tile)                  \
    {                                                                                                                                                \
        tile_lanes(lanes, targets, targets_n, tile, width, told_n);                                                                                  \
    }                                                                                                                                                \
    static void climb_##name(struct xd_sweep_batch *batch, const struct xd_sweep_source *source, int32_t lane)                                       \
    {                                                                                                                                                \
        climb_lanes(batch, source, lane, width, told_n);                                                                                             \
    }

FOR_WIDTH(time, 2, 2)
FOR_WIDTH(cost, 3, 3)
FOR_WIDTH(time_energy, 3, 2)
FOR_WIDTH(cost_energy, 4, 3)

static const struct {
    void (*climb)(struct xd_sweep_batch *batch, const struct xd_sweep_source *source, int32_t lane);
    void (*descend)(const struct xd_sweep_batch *batch);
    void (*tile)(const int32_t *lanes, const struct xd_sweep_target *targets, int32_t targets_n, struct tile *tile);
} loops[2][2] = {{{climb_time, descend_time, tile_time}, {climb_time_energy, descend_time_energy, tile_time_energy}},
                 {{climb_cost, descend_cost, tile_cost}, {climb_cost_energy, descend_cost_energy, tile_cost_energy}}};

#define LOOPS(sweep) loops[(sweep)->weights->graph->has_costs][(sweep)->weights->graph->has_energy]

void xd_sweep_run(struct xd_sweep_batch *batch, const struct xd_sweep_source *sources, int32_t sources_n)
{
    batch->stamp_now++;
    for (int32_t lane = 0; lane < sources_n; lane++)
        LOOPS(batch->sweep).climb(batch, &sources[lane], lane);
    LOOPS(batch->sweep).descend(batch);
}

struct xd_sweep_target xd_sweep_target_of(const struct xd_sweep *sweep, int32_t edge, const struct xd_edge_point *point)
{
    const size_t row_n = (size_t)sweep->weights->width * L;
    struct xd_sweep_target target = {.row = {(size_t)sweep->row_of_edge[2 * edge] * row_n, (size_t)sweep->row_of_edge[2 * edge + 1] * row_n}};
    xd_weight_pack(sweep->weights, xd_short_way_of(point->from_tail), target.within[0]);
    xd_weight_pack(sweep->weights, xd_short_way_of(point->from_head), target.within[1]);
    return target;
}

struct xd_short_way xd_sweep_way(const struct xd_sweep_batch *batch, int32_t lane, const struct xd_sweep_target *target)
{
    const int width = batch->sweep->weights->width;
    int32_t way[XD_DIRECTIONS_N][XD_WEIGHT_WIDEST];
    for (int direction = 0; direction < XD_DIRECTIONS_N; direction++)
        for (int k = 0; k < width; k++)
            way[direction][k] = batch->lanes[target->row[direction] + (size_t)(k * L + lane)] + target->within[direction][k];
    return xd_weight_unpack(batch->sweep->weights, is_less(way[1], way[0], width) ? way[1] : way[0]);
}

/* Columns of a tile to rows of a table. */
static void lay_tile(int32_t tile[TILE][L], int32_t targets_n, int32_t lanes_n, size_t row_n, int32_t *to)
{
    for (int32_t lane = 0; lane < lanes_n; lane++)
        for (int32_t j = 0; j < targets_n; j++)
            to[(size_t)lane * row_n + (size_t)j] = tile[j][lane];
}

uint32_t xd_sweep_fill(const struct xd_sweep_batch *batch, const struct xd_sweep_target *targets, int32_t targets_n, int32_t lanes_n, size_t row_n,
                       struct xd_sweep_cells cells)
{
    struct tile tile;
    uint32_t mask = 0;
    memset(tile.far, 0, sizeof tile.far);
    for (int32_t from = 0; from < targets_n; from += TILE) {
        const int32_t n = targets_n - from < TILE ? targets_n - from : TILE;
        LOOPS(batch->sweep).tile(batch->lanes, targets + from, n, &tile);
        lay_tile(tile.time_s, n, lanes_n, row_n, cells.time_s + from);
        lay_tile(tile.length_m, n, lanes_n, row_n, cells.length_m + from);
        if (cells.energy_kj && batch->sweep->weights->graph->has_energy)
            lay_tile(tile.energy_kj, n, lanes_n, row_n, cells.energy_kj + from);
    }
    for (int32_t lane = 0; lane < lanes_n; lane++)
        mask |= (uint32_t)(tile.far[lane] != 0) << lane;
    return mask;
}
