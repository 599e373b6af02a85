/* Tables: batches of sources swept over a hierarchy; the few rows that this cannot tell, and small tables, by one search a source. */
#include "maps/table.h"

#include "base/alloc.h"
#include "base/parallel.h"
#include "maps/dijkstra.h"
#include "maps/sweep.h"

#include <stdlib.h>
#include <string.h>

enum {
    ITEMS_A_REPORT = 64, /* between two reports of progress: a constant, so that threads never show */
    SEARCH_STEPS = 10    /* of a hierarchy's work, to each node and arc that a search looks at */
};

/* Points by edge, for the ways that stay on it. */
struct on_edge {
    int32_t edge, i; /* i-th good point */
};

struct work {
    const struct xd_graph *graph;
    const struct xd_snap *points;
    int32_t *good, good_n;            /* points that are on the road, ascending */
    struct xd_snap *targets_at;       /* good_n: their snaps */
    struct xd_edge_point *edge_point; /* good_n */
    struct xd_matrix *matrix;
    struct xd_dijkstra **searches; /* one a worker, made when first needed */
    /* for sweeps */
    const struct xd_weights *weights; /* NULL: searches only */
    struct xd_sweep *sweep;
    struct xd_sweep_target *targets; /* good_n */
    struct on_edge *on_edge;         /* good_n */
    struct xd_piece_reach *reach;    /* good_n */
    struct xd_sweep_batch **batches; /* one a worker */
    int32_t **cells;                 /* one a worker: seconds, then metres, then kilojoules, XD_SWEEP_LANES rows of good_n each */
    int32_t first_item;
    const struct xd_progress *progress;
};

static int32_t rounded(int64_t value, int64_t unit)
{
    const int64_t whole = (value + unit / 2) / unit;
    return whole < XD_UNREACHABLE ? (int32_t)whole : XD_UNREACHABLE;
}

static enum xd_status too_long(int32_t row, int32_t column, struct xd_error *error)
{
    return xd_fail(error, XD_DATA, xd_at_none(), "the way from point %ld to point %ld is too long for a travel table; expected less than %ld s and m",
                   (long)row + 1, (long)column + 1, (long)XD_UNREACHABLE);
}

static enum xd_status set_cell(struct work *work, int32_t row, int32_t column, struct xd_way way, struct xd_error *error)
{
    const size_t cell = xd_matrix_cell(work->matrix, row, column);
    work->matrix->time_s[cell] = rounded(way.time_ms, 1000);
    work->matrix->length_m[cell] = rounded(way.length_cm, 100);
    if (work->matrix->energy_kj)
        work->matrix->energy_kj[cell] = (int32_t)way.energy_kj; /* less than the length in centimetres */
    if (work->matrix->time_s[cell] == XD_UNREACHABLE || work->matrix->length_m[cell] == XD_UNREACHABLE)
        return too_long(row, column, error);
    return XD_OK;
}

/* ---- by searches ---- */

static enum xd_status search_row(struct work *work, int32_t from, int32_t worker, struct xd_error *error)
{
    const int32_t row = work->good[from];
    const struct xd_snap *source = &work->points[row];
    enum xd_status status = work->searches[worker] ? XD_OK : xd_dijkstra_create(work->graph, &work->searches[worker], error);
    if (status != XD_OK)
        return status;
    xd_dijkstra_run(work->searches[worker], source, &work->edge_point[from], work->targets_at, work->good_n);
    for (int32_t i = 0; i < work->good_n && status == XD_OK; i++) {
        int32_t via;
        const int32_t column = work->good[i];
        const struct xd_way way = xd_dijkstra_way(work->searches[worker], source, &work->points[column], &work->edge_point[i], &via);
        if (column != row && way.cost_ms != XD_WAY_NONE)
            status = set_cell(work, row, column, way, error);
    }
    return status;
}

static enum xd_status search_item(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    struct work *work = context;
    if (xd_cancelled(work->progress))
        return xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted");
    return search_row(work, work->first_item + item, worker, error);
}

/* ---- by sweeps ---- */

static int by_edge(const void *a, const void *b)
{
    const struct on_edge *x = a, *y = b;
    if (x->edge != y->edge)
        return x->edge < y->edge ? -1 : 1;
    return (x->i > y->i) - (x->i < y->i);
}

static int32_t first_on_edge(const struct work *work, int32_t edge)
{
    int32_t from = 0, to = work->good_n;
    while (from < to) {
        const int32_t middle = from + (to - from) / 2;
        if (work->on_edge[middle].edge < edge)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Ways along a shared edge, where they are better than those over its ends, which are all that sweeps know. */
static enum xd_status mend_along_edge(struct work *work, int32_t from, int32_t lane, const struct xd_sweep_batch *batch, struct xd_error *error)
{
    const int32_t row = work->good[from];
    const struct xd_snap *source = &work->points[row];
    enum xd_status status = XD_OK;
    for (int32_t at = first_on_edge(work, source->edge); at < work->good_n && work->on_edge[at].edge == source->edge && status == XD_OK; at++) {
        const int32_t to = work->on_edge[at].i, column = work->good[to];
        const struct xd_way direct = xd_edge_direct_way(work->graph, source, &work->points[column]);
        if (column != row && xd_way_is_less(direct, xd_way_of_short(xd_sweep_way(batch, lane, &work->targets[to]))))
            status = set_cell(work, row, column, direct, error);
    }
    return status;
}

static struct xd_sweep_cells cells_of(const struct xd_matrix *matrix, int32_t row)
{
    const size_t cell = xd_matrix_cell(matrix, row, 0);
    return (struct xd_sweep_cells){matrix->time_s + cell, matrix->length_m + cell, matrix->energy_kj ? matrix->energy_kj + cell : NULL};
}

/* A row of cells to the matrix's columns. */
static void spread(const struct work *work, struct xd_sweep_cells to, struct xd_sweep_cells from, size_t lane_at)
{
    for (int32_t i = 0; i < work->good_n; i++) {
        to.time_s[work->good[i]] = from.time_s[lane_at + (size_t)i];
        to.length_m[work->good[i]] = from.length_m[lane_at + (size_t)i];
        if (to.energy_kj)
            to.energy_kj[work->good[i]] = from.energy_kj[lane_at + (size_t)i];
    }
}

static void diagonal_clear(const struct work *work, int32_t row)
{
    const size_t cell = xd_matrix_cell(work->matrix, row, row);
    work->matrix->time_s[cell] = work->matrix->length_m[cell] = 0;
    if (work->matrix->energy_kj)
        work->matrix->energy_kj[cell] = 0;
}

static void cell_clear(struct xd_sweep_cells row, int32_t column)
{
    row.time_s[column] = row.length_m[column] = XD_UNREACHABLE;
    if (row.energy_kj)
        row.energy_kj[column] = XD_UNREACHABLE;
}

static bool is_far(const struct work *work, const struct xd_sweep_batch *batch, int32_t lane, int32_t to)
{
    const struct xd_short_way way = xd_sweep_way(batch, lane, &work->targets[to]);
    return way.cost_ms >= XD_FAR_WAY || way.time_ms >= XD_FAR_WAY || way.length_cm >= XD_FAR_WAY;
}

/* Where all that a point leads to is led to by some part of the roads too, nothing leads from it to what that part does not lead to: no search is needed to tell. */
static bool only_cut_off(const struct work *work, const struct xd_sweep_batch *batch, int32_t from, int32_t lane)
{
    const uint64_t parts = work->reach[from].behind;
    for (int32_t to = 0; to < work->good_n; to++)
        if (is_far(work, batch, lane, to) && !(parts & ~work->reach[to].from))
            return false;
    return true;
}

static void clear_cut_off(const struct work *work, const struct xd_sweep_batch *batch, int32_t from, int32_t lane)
{
    for (int32_t to = 0; to < work->good_n; to++)
        if (is_far(work, batch, lane, to))
            cell_clear(cells_of(work->matrix, work->good[from]), work->good[to]);
}

static enum xd_status sweep_item(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    struct work *work = context;
    const int32_t first = (work->first_item + item) * XD_SWEEP_LANES, left_n = work->good_n - first;
    const int32_t lanes_n = left_n < XD_SWEEP_LANES ? left_n : XD_SWEEP_LANES;
    struct xd_sweep_source sources[XD_SWEEP_LANES];
    struct xd_sweep_batch *batch = work->batches[worker];
    const size_t row_n = (size_t)work->good_n;
    const bool in_place = work->good_n == work->matrix->points_n; /* rows and columns are the matrix's own */
    int32_t *own = work->cells[worker];
    const struct xd_sweep_cells cells =
        in_place ? cells_of(work->matrix, first) : (struct xd_sweep_cells){own, own + XD_SWEEP_LANES * row_n, own + 2 * XD_SWEEP_LANES * row_n};
    enum xd_status status = XD_OK;
    if (xd_cancelled(work->progress))
        return xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted");
    for (int32_t lane = 0; lane < lanes_n; lane++)
        sources[lane] = (struct xd_sweep_source){work->points[work->good[first + lane]].edge, &work->edge_point[first + lane]};
    xd_sweep_run(batch, sources, lanes_n);
    const uint32_t far = xd_sweep_fill(batch, work->targets, work->good_n, lanes_n, row_n, cells);
    for (int32_t lane = 0; lane < lanes_n && status == XD_OK; lane++) {
        const int32_t row = work->good[first + lane];
        const bool some_far = far >> lane & 1;
        if (some_far && !only_cut_off(work, batch, first + lane, lane)) {
            xd_matrix_clear_row(work->matrix, row);
            status = search_row(work, first + lane, worker, error);
            continue;
        }
        if (!in_place)
            spread(work, cells_of(work->matrix, row), cells, (size_t)lane * row_n);
        if (some_far)
            clear_cut_off(work, batch, first + lane, lane);
        diagonal_clear(work, row);
        status = mend_along_edge(work, first + lane, lane, batch, error);
    }
    return status;
}

static enum xd_status sweeps_prepare(struct work *work, int32_t threads_n, struct xd_error *error)
{
    const size_t good_n = (size_t)work->good_n;
    enum xd_status status = xd_sweep_create(work->weights, work->targets_at, work->good_n, &work->sweep, error);
    if (status != XD_OK)
        return status;
    work->targets = xd_alloc(good_n, sizeof *work->targets);
    work->on_edge = xd_alloc(good_n, sizeof *work->on_edge);
    work->batches = xd_alloc_zero((size_t)threads_n, sizeof *work->batches);
    work->cells = xd_alloc_zero((size_t)threads_n, sizeof *work->cells);
    work->reach = xd_alloc(good_n, sizeof *work->reach);
    if (!work->targets || !work->on_edge || !work->reach || !work->batches || !work->cells)
        return xd_fail_memory(error, "a travel table", good_n * sizeof *work->targets);
    for (int32_t i = 0; i < work->good_n; i++) {
        work->targets[i] = xd_sweep_target_of(work->sweep, work->points[work->good[i]].edge, &work->edge_point[i]);
        work->on_edge[i] = (struct on_edge){work->points[work->good[i]].edge, i};
        work->reach[i] = xd_graph_piece_reach(work->graph, work->points[work->good[i]].edge, work->points[work->good[i]].piece);
    }
    qsort(work->on_edge, good_n, sizeof *work->on_edge, by_edge);
    for (int32_t t = 0; t < threads_n && status == XD_OK; t++) {
        status = xd_sweep_batch_create(work->sweep, &work->batches[t], error);
        const bool in_place = work->good_n == work->matrix->points_n;
        work->cells[t] = in_place ? NULL : xd_alloc(3 * XD_SWEEP_LANES * good_n, sizeof **work->cells);
        if (status == XD_OK && !in_place && !work->cells[t])
            status = xd_fail_memory(error, "a travel table", 3 * XD_SWEEP_LANES * good_n * sizeof **work->cells);
    }
    return status;
}

/* ---- the straight lines at the ends ---- */

static enum xd_status add_ends(struct work *work, int32_t row, int32_t column, struct xd_error *error)
{
    const struct xd_snap_ends ends = xd_snap_ends_of(&work->points[row], &work->points[column]);
    const size_t cell = xd_matrix_cell(work->matrix, row, column);
    if (!xd_matrix_reachable(work->matrix, row, column))
        return XD_OK;
    const int64_t time_s = work->matrix->time_s[cell] + ends.time_s, length_m = work->matrix->length_m[cell] + ends.length_m;
    const int64_t energy_kj = work->matrix->energy_kj ? work->matrix->energy_kj[cell] + ends.energy_kj : 0;
    if (time_s >= XD_UNREACHABLE || length_m >= XD_UNREACHABLE || energy_kj >= XD_UNREACHABLE)
        return too_long(row, column, error);
    work->matrix->time_s[cell] = (int32_t)time_s;
    work->matrix->length_m[cell] = (int32_t)length_m;
    if (work->matrix->energy_kj)
        work->matrix->energy_kj[cell] = (int32_t)energy_kj;
    return XD_OK;
}

/* Once the roads between the points are all told: neither searches nor sweeps know of the lines. */
static enum xd_status add_connectors(struct work *work, struct xd_error *error)
{
    int32_t joined_n = 0;
    enum xd_status status = XD_OK;
    for (int32_t i = 0; i < work->good_n; i++) /* the points are looked up no more: room for those that a line joins */
        if (work->points[work->good[i]].connector_m > 0)
            work->good[joined_n++] = work->good[i];
    for (int32_t row = 0; row < work->matrix->points_n && joined_n > 0 && status == XD_OK; row++) {
        const bool all = work->points[row].connector_m > 0;
        const int32_t columns_n = all ? work->matrix->points_n : joined_n;
        for (int32_t i = 0; i < columns_n && status == XD_OK; i++)
            status = add_ends(work, row, all ? i : work->good[i], error);
    }
    return status;
}

/* ---- both ---- */

static int32_t items_of(const struct work *work)
{
    return work->weights ? (work->good_n + XD_SWEEP_LANES - 1) / XD_SWEEP_LANES : work->good_n;
}

static enum xd_status prepare(struct work *work, int32_t points_n, int32_t *threads_n, struct xd_error *error)
{
    work->good = xd_alloc((size_t)points_n + 1, sizeof *work->good);
    work->edge_point = xd_alloc((size_t)points_n + 1, sizeof *work->edge_point);
    work->targets_at = xd_alloc((size_t)points_n + 1, sizeof *work->targets_at);
    if (!work->good || !work->edge_point || !work->targets_at)
        return xd_fail_memory(error, "a travel table", (size_t)points_n * (sizeof *work->targets_at + sizeof *work->edge_point));
    for (int32_t i = 0; i < points_n; i++) {
        if (work->points[i].status != XD_SNAP_OK)
            continue;
        xd_edge_point_find(work->graph, &work->points[i], &work->edge_point[work->good_n]);
        work->targets_at[work->good_n] = work->points[i];
        work->good[work->good_n++] = i;
    }
    const int32_t items_n = items_of(work);
    *threads_n = items_n < *threads_n ? (items_n > 1 ? items_n : 1) : *threads_n;
    work->searches = xd_alloc_zero((size_t)*threads_n, sizeof *work->searches);
    if (!work->searches)
        return xd_fail_memory(error, "a travel table", (size_t)*threads_n * sizeof *work->searches);
    return work->weights && work->good_n > 0 ? sweeps_prepare(work, *threads_n, error) : XD_OK;
}

static void work_free(struct work *work, int32_t threads_n)
{
    for (int32_t t = 0; t < threads_n; t++) {
        xd_dijkstra_free(work->searches ? work->searches[t] : NULL);
        xd_sweep_batch_free(work->batches ? work->batches[t] : NULL);
        xd_free(work->cells ? work->cells[t] : NULL);
    }
    xd_free(work->searches);
    xd_free(work->batches);
    xd_free(work->cells);
    xd_free(work->targets);
    xd_free(work->on_edge);
    xd_free(work->reach);
    xd_sweep_free(work->sweep);
    xd_free(work->good);
    xd_free(work->edge_point);
    xd_free(work->targets_at);
    xd_matrix_free(work->matrix);
}

int64_t xd_table_search_steps(const struct xd_graph *graph, const struct xd_snap *points, int32_t points_n)
{
    int64_t good_n = 0;
    for (int32_t i = 0; i < points_n; i++)
        good_n += points[i].status == XD_SNAP_OK;
    return good_n < XD_SWEEP_LANES ? 0 : SEARCH_STEPS * good_n * ((int64_t)graph->nodes_n + graph->arcs_n);
}

enum xd_status xd_table_compute(const struct xd_graph *graph, const struct xd_weights *weights, const struct xd_snap *points, int32_t points_n,
                                int32_t threads_n, const struct xd_progress *progress, struct xd_matrix **matrix, struct xd_error *error)
{
    struct work work = {.graph = graph, .weights = weights, .points = points, .progress = progress};
    threads_n = threads_n < 1 ? 1 : threads_n > XD_THREADS_MAX ? XD_THREADS_MAX : threads_n;
    enum xd_status status = xd_matrix_create_blank(points_n, graph->has_energy, &work.matrix, error);
    if (status == XD_OK)
        status = prepare(&work, points_n, &threads_n, error);
    const bool all_are_swept = weights && work.good_n == points_n;
    for (int32_t row = 0; row < points_n && status == XD_OK && !all_are_swept; row++)
        xd_matrix_clear_row(work.matrix, row);
    const int32_t items_n = items_of(&work);
    for (; status == XD_OK && work.first_item < items_n; work.first_item += ITEMS_A_REPORT) {
        const int32_t some_n = items_n - work.first_item < ITEMS_A_REPORT ? items_n - work.first_item : ITEMS_A_REPORT;
        status = xd_parallel_for(threads_n, some_n, weights ? sweep_item : search_item, &work, error);
        if (status == XD_OK)
            xd_report(progress, "table", work.first_item + some_n, items_n, -1);
    }
    if (status == XD_OK)
        status = add_connectors(&work, error);
    if (status == XD_OK) {
        *matrix = work.matrix;
        work.matrix = NULL;
    }
    work_free(&work, threads_n);
    return status;
}
