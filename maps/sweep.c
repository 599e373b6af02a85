#include "maps/sweep.h"

#include "base/alloc.h"
#include "base/arena.h"

#include <string.h>

/* Versions of the inner loops for wider vectors, chosen when the program is loaded. Sanitizers start too early for that. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&                       \
    !defined(__SANITIZE_THREAD__)
#define WIDE __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define WIDE
#endif

enum { ROW = 2 * XD_SWEEP_LANES, NOT_SELECTED = -1 };

struct sweep_arc {
    int32_t head; /* selected node */
    struct xd_short_way way;
};

struct xd_sweep {
    struct xd_arena arena;
    const struct xd_hierarchy *hierarchy;
    int32_t selected_n;
    int32_t *selected_of; /* by rank, or NOT_SELECTED */
    int32_t *first;       /* selected_n + 1 */
    struct sweep_arc *arcs;
};

/* ---- selection ---- */

/* Marks all ranks above the targets: heads of arcs that lead down to what is marked. Ascending ranks need one pass. */
static int32_t mark(const struct xd_hierarchy *hierarchy, const int32_t *targets, int32_t targets_n, int32_t *selected_of, int64_t *arcs_n)
{
    int32_t selected_n = 0;
    *arcs_n = 0;
    for (int32_t r = 0; r < hierarchy->nodes_n; r++)
        selected_of[r] = NOT_SELECTED;
    for (int32_t i = 0; i < targets_n; i++)
        selected_of[hierarchy->rank[targets[i]]] = 0;
    for (int32_t r = 0; r < hierarchy->nodes_n; r++) {
        if (selected_of[r] == NOT_SELECTED)
            continue;
        selected_n++;
        for (int32_t a = hierarchy->up_first[r]; a < hierarchy->up_first[r + 1]; a++) {
            if (hierarchy->down[a].time_ms >= XD_FAR_WAY)
                continue;
            selected_of[hierarchy->up_head[a]] = 0;
            (*arcs_n)++;
        }
    }
    return selected_n;
}

enum xd_status xd_sweep_create(const struct xd_hierarchy *hierarchy, const int32_t *targets, int32_t targets_n, struct xd_sweep **sweep,
                               struct xd_error *error)
{
    struct xd_sweep *made = xd_alloc_zero(1, sizeof *made);
    int64_t arcs_n = 0;
    enum xd_status status = XD_OK;
    if (made)
        made->selected_of = xd_arena_alloc(&made->arena, (size_t)hierarchy->nodes_n + 1, sizeof *made->selected_of);
    if (!made || !made->selected_of) {
        status = xd_fail_memory(error, "a travel table", (size_t)hierarchy->nodes_n * sizeof *made->selected_of);
        goto done;
    }
    made->hierarchy = hierarchy;
    made->selected_n = mark(hierarchy, targets, targets_n, made->selected_of, &arcs_n);
    made->first = xd_arena_alloc(&made->arena, (size_t)made->selected_n + 1, sizeof *made->first);
    made->arcs = xd_arena_alloc(&made->arena, (size_t)arcs_n + 1, sizeof *made->arcs);
    if (!made->first || !made->arcs) {
        status = xd_fail_memory(error, "a travel table", (size_t)arcs_n * sizeof *made->arcs);
        goto done;
    }
    int32_t s = 0, arc = 0;
    for (int32_t r = hierarchy->nodes_n - 1; r >= 0; r--) {
        if (made->selected_of[r] == NOT_SELECTED)
            continue;
        made->selected_of[r] = s;
        made->first[s++] = arc;
        for (int32_t a = hierarchy->up_first[r]; a < hierarchy->up_first[r + 1]; a++)
            if (hierarchy->down[a].time_ms < XD_FAR_WAY)
                made->arcs[arc++] = (struct sweep_arc){made->selected_of[hierarchy->up_head[a]], hierarchy->down[a]};
    }
    made->first[s] = arc;
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
    xd_arena_free(&sweep->arena);
    xd_free(sweep);
}

static size_t lanes_of(const struct xd_sweep *sweep, int32_t node)
{
    return (size_t)sweep->selected_of[sweep->hierarchy->rank[node]] * ROW;
}

/* ---- scratch ---- */

struct batch {
    struct xd_sweep_batch face; /* first */
    struct xd_arena arena;
};

enum xd_status xd_sweep_batch_create(const struct xd_sweep *sweep, struct xd_sweep_batch **batch, struct xd_error *error)
{
    const size_t nodes_n = (size_t)sweep->hierarchy->nodes_n + 1, selected_n = (size_t)sweep->selected_n + 1;
    struct batch *made = xd_alloc_zero(1, sizeof *made);
    if (made) {
        made->face.lanes = xd_arena_alloc(&made->arena, selected_n * ROW, sizeof(int32_t));
        made->face.climb = xd_arena_alloc(&made->arena, nodes_n, sizeof *made->face.climb);
        made->face.stamp = xd_arena_alloc_zero(&made->arena, selected_n, sizeof(int32_t));
    }
    if (!made || !made->face.lanes || !made->face.climb || !made->face.stamp) {
        xd_sweep_batch_free(made ? &made->face : NULL);
        return xd_fail_memory(error, "a travel table", selected_n * ROW * sizeof(int32_t));
    }
    for (size_t r = 0; r < nodes_n; r++)
        made->face.climb[r] = (struct xd_short_way){XD_FAR_WAY, XD_FAR_WAY};
    *batch = &made->face;
    return XD_OK;
}

void xd_sweep_batch_free(struct xd_sweep_batch *batch)
{
    if (!batch)
        return;
    struct batch *made = (struct batch *)batch;
    xd_arena_free(&made->arena);
    xd_free(made);
}

/* ---- up ---- */

static bool is_less(struct xd_short_way a, struct xd_short_way b)
{
    return a.time_ms < b.time_ms || (a.time_ms == b.time_ms && a.length_cm < b.length_cm);
}

static struct xd_short_way short_way(struct xd_way way)
{
    if (way.time_ms >= XD_FAR_WAY || way.length_cm >= XD_FAR_WAY)
        return (struct xd_short_way){XD_FAR_WAY, XD_FAR_WAY};
    return (struct xd_short_way){(int32_t)way.time_ms, (int32_t)way.length_cm};
}

static int32_t parent_of(const struct xd_hierarchy *hierarchy, int32_t rank)
{
    const int32_t first = hierarchy->up_first[rank];
    return first < hierarchy->up_first[rank + 1] ? hierarchy->up_head[first] : hierarchy->nodes_n;
}

static void lane_set(const struct xd_sweep *sweep, struct xd_sweep_batch *batch, int32_t rank, int32_t lane, struct xd_short_way way)
{
    const int32_t s = sweep->selected_of[rank];
    if (s == NOT_SELECTED)
        return;
    int32_t *row = batch->lanes + (size_t)s * ROW;
    if (batch->stamp[s] != batch->stamp_now) {
        batch->stamp[s] = batch->stamp_now;
        for (int k = 0; k < ROW; k++)
            row[k] = XD_FAR_WAY;
    }
    row[lane] = way.time_ms;
    row[XD_SWEEP_LANES + lane] = way.length_cm;
}

/* From both ends of the source's edge up the elimination tree, the lower rank first; each node on the way is final when it is left. */
static void climb(const struct xd_sweep *sweep, struct xd_sweep_batch *batch, const struct xd_sweep_source *source, int32_t lane)
{
    const struct xd_hierarchy *hierarchy = sweep->hierarchy;
    const struct xd_graph *graph = hierarchy->graph;
    int32_t at[2] = {hierarchy->rank[graph->edge_tail[source->edge]], hierarchy->rank[graph->edge_head[source->edge]]};
    const struct xd_short_way start[2] = {short_way(source->point->to_tail), short_way(source->point->to_head)};
    for (int end = 0; end < 2; end++)
        if (is_less(start[end], batch->climb[at[end]]))
            batch->climb[at[end]] = start[end];
    while (at[0] < hierarchy->nodes_n || at[1] < hierarchy->nodes_n) {
        const int32_t here = at[0] < at[1] ? at[0] : at[1];
        const struct xd_short_way way = batch->climb[here];
        batch->climb[here] = (struct xd_short_way){XD_FAR_WAY, XD_FAR_WAY};
        for (int end = 0; end < 2; end++)
            if (at[end] == here)
                at[end] = parent_of(hierarchy, here);
        if (way.time_ms >= XD_FAR_WAY)
            continue;
        lane_set(sweep, batch, here, lane, way);
        for (int32_t a = hierarchy->up_first[here]; a < hierarchy->up_first[here + 1]; a++) {
            struct xd_short_way next = {way.time_ms + hierarchy->up[a].time_ms, way.length_cm + hierarchy->up[a].length_cm};
            next.length_cm = next.length_cm < XD_FAR_WAY ? next.length_cm : XD_FAR_WAY;
            if (next.time_ms < XD_FAR_WAY && is_less(next, batch->climb[hierarchy->up_head[a]]))
                batch->climb[hierarchy->up_head[a]] = next;
        }
    }
}

/* ---- down ---- */

WIDE static void descend(const int32_t *first, const struct sweep_arc *arcs, int32_t selected_n, const int32_t *stamp, int32_t stamp_now,
                         int32_t *lanes)
{
    for (int32_t s = 0; s < selected_n; s++) {
        int32_t time[XD_SWEEP_LANES], length[XD_SWEEP_LANES];
        int32_t *row = lanes + (size_t)s * ROW;
        const bool is_set = stamp[s] == stamp_now;
        for (int k = 0; k < XD_SWEEP_LANES; k++) {
            time[k] = is_set ? row[k] : XD_FAR_WAY;
            length[k] = is_set ? row[XD_SWEEP_LANES + k] : XD_FAR_WAY;
        }
        for (int32_t a = first[s]; a < first[s + 1]; a++) {
            const int32_t *head = lanes + (size_t)arcs[a].head * ROW;
            const int32_t more_ms = arcs[a].way.time_ms, more_cm = arcs[a].way.length_cm;
            for (int k = 0; k < XD_SWEEP_LANES; k++) {
                const int32_t ms = head[k] + more_ms, cm = head[XD_SWEEP_LANES + k] + more_cm; /* below 2^31: each is at most XD_FAR_WAY */
                const bool better = (ms < time[k]) | ((ms == time[k]) & (cm < length[k]));
                time[k] = better ? ms : time[k];
                length[k] = better ? cm : length[k];
            }
        }
        for (int k = 0; k < XD_SWEEP_LANES; k++) {
            row[k] = time[k];
            row[XD_SWEEP_LANES + k] = length[k] < XD_FAR_WAY ? length[k] : XD_FAR_WAY;
        }
    }
}

void xd_sweep_run(const struct xd_sweep *sweep, struct xd_sweep_batch *batch, const struct xd_sweep_source *sources, int32_t sources_n)
{
    batch->stamp_now++;
    for (int32_t lane = 0; lane < sources_n; lane++)
        climb(sweep, batch, &sources[lane], lane);
    descend(sweep->first, sweep->arcs, sweep->selected_n, batch->stamp, batch->stamp_now, batch->lanes);
}

/* ---- cells ---- */

struct xd_sweep_target xd_sweep_target_of(const struct xd_sweep *sweep, int32_t edge, const struct xd_edge_point *point)
{
    const struct xd_graph *graph = sweep->hierarchy->graph;
    return (struct xd_sweep_target){.tail_lanes = lanes_of(sweep, graph->edge_tail[edge]),
                                    .head_lanes = lanes_of(sweep, graph->edge_head[edge]),
                                    .from_tail = short_way(point->from_tail),
                                    .from_head = short_way(point->from_head)};
}

struct xd_short_way xd_sweep_way(const struct xd_sweep_batch *batch, int32_t lane, const struct xd_sweep_target *target)
{
    const int32_t *tail = batch->lanes + target->tail_lanes + lane, *head = batch->lanes + target->head_lanes + lane;
    const struct xd_short_way over_tail = {tail[0] + target->from_tail.time_ms, tail[XD_SWEEP_LANES] + target->from_tail.length_cm};
    const struct xd_short_way over_head = {head[0] + target->from_head.time_ms, head[XD_SWEEP_LANES] + target->from_head.length_cm};
    return is_less(over_head, over_tail) ? over_head : over_tail;
}

enum { TILE = 16 };

/* Seconds and metres of up to TILE targets for all lanes: tile[target][lane]. */
WIDE static void tile_fill(const int32_t *lanes, const struct xd_sweep_target *targets, int32_t targets_n, int32_t time_s[TILE][XD_SWEEP_LANES],
                           int32_t length_m[TILE][XD_SWEEP_LANES], int32_t far[XD_SWEEP_LANES])
{
    for (int32_t j = 0; j < targets_n; j++) {
        const int32_t *tail = lanes + targets[j].tail_lanes, *head = lanes + targets[j].head_lanes;
        const struct xd_short_way by_tail = targets[j].from_tail, by_head = targets[j].from_head;
        for (int k = 0; k < XD_SWEEP_LANES; k++) {
            const int32_t tail_ms = tail[k] + by_tail.time_ms, tail_cm = tail[XD_SWEEP_LANES + k] + by_tail.length_cm;
            const int32_t head_ms = head[k] + by_head.time_ms, head_cm = head[XD_SWEEP_LANES + k] + by_head.length_cm;
            const bool over_head = (head_ms < tail_ms) | ((head_ms == tail_ms) & (head_cm < tail_cm));
            const int32_t ms = over_head ? head_ms : tail_ms, cm = over_head ? head_cm : tail_cm;
            far[k] |= (ms >= XD_FAR_WAY) | (cm >= XD_FAR_WAY);
            time_s[j][k] = (int32_t)(((uint32_t)ms + 500) / 1000);
            length_m[j][k] = (int32_t)(((uint32_t)cm + 50) / 100);
        }
    }
}

uint32_t xd_sweep_cells(const struct xd_sweep_batch *batch, const struct xd_sweep_target *targets, int32_t targets_n, int32_t lanes_n, size_t row_n,
                        int32_t *time_s, int32_t *length_m)
{
    int32_t seconds[TILE][XD_SWEEP_LANES], metres[TILE][XD_SWEEP_LANES], far[XD_SWEEP_LANES] = {0};
    uint32_t mask = 0;
    for (int32_t from = 0; from < targets_n; from += TILE) {
        const int32_t n = targets_n - from < TILE ? targets_n - from : TILE;
        tile_fill(batch->lanes, targets + from, n, seconds, metres, far);
        for (int32_t lane = 0; lane < lanes_n; lane++) {
            int32_t *time_row = time_s + (size_t)lane * row_n + from, *length_row = length_m + (size_t)lane * row_n + from;
            for (int32_t j = 0; j < n; j++) {
                time_row[j] = seconds[j][lane];
                length_row[j] = metres[j][lane];
            }
        }
    }
    for (int32_t lane = 0; lane < lanes_n; lane++)
        mask |= (uint32_t)(far[lane] != 0) << lane;
    return mask;
}
