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
    int32_t *target_nodes;            /* 2 * good_n: end nodes of their edges */
    struct xd_edge_point *edge_point; /* good_n */
    struct xd_matrix *matrix;
    struct xd_dijkstra **searches; /* one a worker, made when first needed */
    /* for sweeps */
    const struct xd_hierarchy *hierarchy; /* NULL: searches only */
    struct xd_sweep *sweep;
    struct xd_sweep_target *targets; /* good_n */
    struct on_edge *on_edge;         /* good_n */
    struct xd_sweep_batch **batches; /* one a worker */
    int32_t **cells;                 /* one a worker: seconds, then metres, XD_SWEEP_LANES rows of good_n */
    int32_t first_item;
    const struct xd_progress *progress;
};

static int32_t rounded(int64_t value, int64_t unit)
{
    const int64_t whole = (value + unit / 2) / unit;
    return whole < XD_UNREACHABLE ? (int32_t)whole : XD_UNREACHABLE;
}

static enum xd_status set_cell(struct work *work, int32_t row, int32_t column, struct xd_way way, struct xd_error *error)
{
    const size_t cell = xd_matrix_cell(work->matrix, row, column);
    work->matrix->time_s[cell] = rounded(way.time_ms, 1000);
    work->matrix->length_m[cell] = rounded(way.length_cm, 100);
    if (work->matrix->time_s[cell] == XD_UNREACHABLE || work->matrix->length_m[cell] == XD_UNREACHABLE)
        return xd_fail(error, XD_DATA, xd_at_none(),
                       "the way from point %ld to point %ld is too long for a travel table; expected less than %ld s and m", (long)row + 1,
                       (long)column + 1, (long)XD_UNREACHABLE);
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
    xd_dijkstra_run(work->searches[worker], source, &work->edge_point[from], work->target_nodes, 2 * work->good_n);
    for (int32_t i = 0; i < work->good_n && status == XD_OK; i++) {
        int via;
        const int32_t column = work->good[i];
        const struct xd_way way =
            xd_dijkstra_way(work->searches[worker], source, &work->edge_point[from], &work->points[column], &work->edge_point[i], &via);
        if (column != row && way.time_ms != XD_WAY_NONE)
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
        const struct xd_way direct = xd_edge_direct_way(source, &work->edge_point[from], &work->points[column], &work->edge_point[to]);
        const struct xd_short_way over = xd_sweep_way(batch, lane, &work->targets[to]);
        if (column != row && (direct.time_ms < over.time_ms || (direct.time_ms == over.time_ms && direct.length_cm < over.length_cm)))
            status = set_cell(work, row, column, direct, error);
    }
    return status;
}

/* A row of cells to the matrix's columns. */
static void spread(const struct work *work, int32_t row, const int32_t *seconds, const int32_t *metres)
{
    int32_t *time_s = work->matrix->time_s + xd_matrix_cell(work->matrix, row, 0),
            *length_m = work->matrix->length_m + xd_matrix_cell(work->matrix, row, 0);
    for (int32_t i = 0; i < work->good_n; i++) {
        time_s[work->good[i]] = seconds[i];
        length_m[work->good[i]] = metres[i];
    }
}

/* Whatever stands there: unreachable but for the diagonal. */
static void row_clear(const struct work *work, int32_t row)
{
    for (int32_t column = 0; column < work->matrix->points_n; column++) {
        const size_t cell = xd_matrix_cell(work->matrix, row, column);
        work->matrix->time_s[cell] = work->matrix->length_m[cell] = column == row ? 0 : XD_UNREACHABLE;
    }
}

static void diagonal_clear(const struct work *work, int32_t row)
{
    const size_t cell = xd_matrix_cell(work->matrix, row, row);
    work->matrix->time_s[cell] = work->matrix->length_m[cell] = 0;
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
    int32_t *seconds = in_place ? work->matrix->time_s + (size_t)first * row_n : work->cells[worker];
    int32_t *metres = in_place ? work->matrix->length_m + (size_t)first * row_n : work->cells[worker] + XD_SWEEP_LANES * row_n;
    enum xd_status status = XD_OK;
    if (xd_cancelled(work->progress))
        return xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted");
    for (int32_t lane = 0; lane < lanes_n; lane++)
        sources[lane] = (struct xd_sweep_source){work->points[work->good[first + lane]].edge, &work->edge_point[first + lane]};
    xd_sweep_run(work->sweep, batch, sources, lanes_n);
    const uint32_t far = xd_sweep_cells(batch, work->targets, work->good_n, lanes_n, row_n, seconds, metres);
    for (int32_t lane = 0; lane < lanes_n && status == XD_OK; lane++) {
        const int32_t row = work->good[first + lane];
        if (far >> lane & 1) {
            row_clear(work, row);
            status = search_row(work, first + lane, worker, error);
            continue;
        }
        if (!in_place)
            spread(work, row, seconds + (size_t)lane * row_n, metres + (size_t)lane * row_n);
        diagonal_clear(work, row);
        status = mend_along_edge(work, first + lane, lane, batch, error);
    }
    return status;
}

static enum xd_status sweeps_prepare(struct work *work, int32_t threads_n, struct xd_error *error)
{
    const size_t good_n = (size_t)work->good_n;
    enum xd_status status = xd_sweep_create(work->hierarchy, work->target_nodes, 2 * work->good_n, &work->sweep, error);
    if (status != XD_OK)
        return status;
    work->targets = xd_alloc(good_n, sizeof *work->targets);
    work->on_edge = xd_alloc(good_n, sizeof *work->on_edge);
    work->batches = xd_alloc_zero((size_t)threads_n, sizeof *work->batches);
    work->cells = xd_alloc_zero((size_t)threads_n, sizeof *work->cells);
    if (!work->targets || !work->on_edge || !work->batches || !work->cells)
        return xd_fail_memory(error, "a travel table", good_n * sizeof *work->targets);
    for (int32_t i = 0; i < work->good_n; i++) {
        work->targets[i] = xd_sweep_target_of(work->sweep, work->points[work->good[i]].edge, &work->edge_point[i]);
        work->on_edge[i] = (struct on_edge){work->points[work->good[i]].edge, i};
    }
    qsort(work->on_edge, good_n, sizeof *work->on_edge, by_edge);
    for (int32_t t = 0; t < threads_n && status == XD_OK; t++) {
        status = xd_sweep_batch_create(work->sweep, &work->batches[t], error);
        const bool in_place = work->good_n == work->matrix->points_n;
        work->cells[t] = in_place ? NULL : xd_alloc(2 * XD_SWEEP_LANES * good_n, sizeof **work->cells);
        if (status == XD_OK && !in_place && !work->cells[t])
            status = xd_fail_memory(error, "a travel table", 2 * XD_SWEEP_LANES * good_n * sizeof **work->cells);
    }
    return status;
}

/* ---- both ---- */

static int32_t items_of(const struct work *work)
{
    return work->hierarchy ? (work->good_n + XD_SWEEP_LANES - 1) / XD_SWEEP_LANES : work->good_n;
}

static enum xd_status prepare(struct work *work, int32_t points_n, int32_t *threads_n, struct xd_error *error)
{
    work->good = xd_alloc((size_t)points_n + 1, sizeof *work->good);
    work->edge_point = xd_alloc((size_t)points_n + 1, sizeof *work->edge_point);
    work->target_nodes = xd_alloc((size_t)points_n * 2 + 1, sizeof *work->target_nodes);
    if (!work->good || !work->edge_point || !work->target_nodes)
        return xd_fail_memory(error, "a travel table", (size_t)points_n * (2 * sizeof *work->target_nodes + sizeof *work->edge_point));
    for (int32_t i = 0; i < points_n; i++) {
        if (work->points[i].status != XD_SNAP_OK)
            continue;
        xd_edge_point_find(work->graph, &work->points[i], &work->edge_point[work->good_n]);
        work->target_nodes[2 * work->good_n] = work->graph->edge_tail[work->points[i].edge];
        work->target_nodes[2 * work->good_n + 1] = work->graph->edge_head[work->points[i].edge];
        work->good[work->good_n++] = i;
    }
    const int32_t items_n = items_of(work);
    *threads_n = items_n < *threads_n ? (items_n > 1 ? items_n : 1) : *threads_n;
    work->searches = xd_alloc_zero((size_t)*threads_n, sizeof *work->searches);
    if (!work->searches)
        return xd_fail_memory(error, "a travel table", (size_t)*threads_n * sizeof *work->searches);
    return work->hierarchy && work->good_n > 0 ? sweeps_prepare(work, *threads_n, error) : XD_OK;
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
    xd_sweep_free(work->sweep);
    xd_free(work->good);
    xd_free(work->edge_point);
    xd_free(work->target_nodes);
    xd_matrix_free(work->matrix);
}

int64_t xd_table_search_steps(const struct xd_graph *graph, const struct xd_snap *points, int32_t points_n)
{
    int64_t good_n = 0;
    for (int32_t i = 0; i < points_n; i++)
        good_n += points[i].status == XD_SNAP_OK;
    return good_n < XD_SWEEP_LANES ? 0 : SEARCH_STEPS * good_n * ((int64_t)graph->nodes_n + graph->arcs_n);
}

enum xd_status xd_table_compute(const struct xd_graph *graph, const struct xd_hierarchy *hierarchy, const struct xd_snap *points, int32_t points_n,
                                int32_t threads_n, const struct xd_progress *progress, struct xd_matrix **matrix, struct xd_error *error)
{
    struct work work = {.graph = graph, .hierarchy = hierarchy, .points = points, .progress = progress};
    threads_n = threads_n < 1 ? 1 : threads_n > XD_THREADS_MAX ? XD_THREADS_MAX : threads_n;
    enum xd_status status = xd_matrix_create(points_n, &work.matrix, error);
    if (status == XD_OK)
        status = prepare(&work, points_n, &threads_n, error);
    const int32_t items_n = items_of(&work);
    for (; status == XD_OK && work.first_item < items_n; work.first_item += ITEMS_A_REPORT) {
        const int32_t some_n = items_n - work.first_item < ITEMS_A_REPORT ? items_n - work.first_item : ITEMS_A_REPORT;
        status = xd_parallel_for(threads_n, some_n, hierarchy ? sweep_item : search_item, &work, error);
        if (status == XD_OK)
            xd_report(progress, "table", work.first_item + some_n, items_n, -1);
    }
    if (status == XD_OK) {
        *matrix = work.matrix;
        work.matrix = NULL;
    }
    work_free(&work, threads_n);
    return status;
}

/* ---- one way, drawn ---- */

struct line {
    struct xd_position *points;
    size_t points_n, points_max;
};

/* A point that repeats the last is left out. */
static enum xd_status draw(struct line *line, struct xd_position point, struct xd_error *error)
{
    if (line->points_n > 0 && line->points[line->points_n - 1].lon_e7 == point.lon_e7 && line->points[line->points_n - 1].lat_e7 == point.lat_e7)
        return XD_OK;
    enum xd_status status =
        xd_array_reserve((void **)&line->points, &line->points_max, line->points_n + 1, sizeof *line->points, INT32_MAX, "points of a way", error);
    if (status == XD_OK)
        line->points[line->points_n++] = point;
    return status;
}

/* The edge's own points between two places in it, both counted in points from the edge's first; the ends are included. */
static enum xd_status draw_points(const struct xd_graph *graph, int32_t edge, int64_t from, int64_t to, struct line *line, struct xd_error *error)
{
    const struct xd_position *point = graph->point + graph->first_piece[edge] + edge;
    const int64_t step = to >= from ? 1 : -1;
    enum xd_status status = XD_OK;
    for (int64_t i = from; status == XD_OK; i += step) {
        status = draw(line, point[i], error);
        if (i == to)
            break;
    }
    return status;
}

static int64_t pieces_of(const struct xd_graph *graph, int32_t edge)
{
    return graph->first_piece[edge + 1] - graph->first_piece[edge];
}

/* From the source to its edge's end, over whole arcs, from the target's edge's end to the target. */
static enum xd_status draw_over_nodes(const struct xd_dijkstra *search, const struct xd_snap *from, const struct xd_snap *to, int via,
                                      struct line *line, struct xd_error *error)
{
    const struct xd_graph *graph = search->graph;
    const int32_t last = via == 1 ? graph->edge_tail[to->edge] : graph->edge_head[to->edge];
    int64_t arcs_n = 0;
    int32_t v = last;
    while (search->parent_arc[v] >= 0) {
        const int32_t edge_side = graph->arc_edge[search->parent_arc[v]];
        v = edge_side % 2 ? graph->edge_head[edge_side / 2] : graph->edge_tail[edge_side / 2];
        arcs_n++;
    }
    int32_t *arcs = xd_alloc((size_t)arcs_n + 1, sizeof *arcs);
    if (!arcs)
        return xd_fail_memory(error, "a way", (size_t)arcs_n * sizeof *arcs);
    int64_t at = arcs_n;
    for (int32_t w = last; search->parent_arc[w] >= 0;) {
        const int32_t edge_side = graph->arc_edge[search->parent_arc[w]];
        arcs[--at] = edge_side;
        w = edge_side % 2 ? graph->edge_head[edge_side / 2] : graph->edge_tail[edge_side / 2];
    }
    /* v is where the way leaves the source's edge: of a ring both ends are v, then the label tells which side it came by */
    struct xd_edge_point source;
    xd_edge_point_find(graph, from, &source);
    const struct xd_way start = search->label[v];
    const bool by_head = graph->edge_head[from->edge] == v && source.to_head.time_ms == start.time_ms && source.to_head.length_cm == start.length_cm;
    enum xd_status status = by_head ? draw_points(graph, from->edge, from->piece + 1, pieces_of(graph, from->edge), line, error)
                                    : draw_points(graph, from->edge, from->piece, 0, line, error);
    for (int64_t i = 0; i < arcs_n && status == XD_OK; i++) {
        const int64_t pieces_n = pieces_of(graph, arcs[i] / 2);
        status = arcs[i] % 2 ? draw_points(graph, arcs[i] / 2, pieces_n, 0, line, error) : draw_points(graph, arcs[i] / 2, 0, pieces_n, line, error);
    }
    if (status == XD_OK)
        status = via == 1 ? draw_points(graph, to->edge, 0, to->piece, line, error)
                          : draw_points(graph, to->edge, pieces_of(graph, to->edge), to->piece + 1, line, error);
    xd_free(arcs);
    return status;
}

static enum xd_status draw_way(const struct xd_dijkstra *search, const struct xd_snap *from, const struct xd_snap *to, int via, struct line *line,
                               struct xd_error *error)
{
    enum xd_status status = draw(line, from->position, error);
    if (status == XD_OK && via != 0)
        status = draw_over_nodes(search, from, to, via, line, error);
    else if (status == XD_OK && to->piece > from->piece)
        status = draw_points(search->graph, from->edge, from->piece + 1, to->piece, line, error);
    else if (status == XD_OK && to->piece < from->piece)
        status = draw_points(search->graph, from->edge, from->piece, to->piece + 1, line, error);
    if (status == XD_OK)
        status = draw(line, to->position, error);
    return status;
}

enum xd_status xd_road_route_find(const struct xd_graph *graph, const struct xd_snap *from, const struct xd_snap *to, struct xd_road_route *route,
                                  struct xd_error *error)
{
    struct xd_dijkstra *search = NULL;
    struct line line = {0};
    struct xd_road_route found = {0};
    enum xd_status status = XD_OK;
    if (from->status != XD_SNAP_OK || to->status != XD_SNAP_OK)
        goto done;
    status = xd_dijkstra_create(graph, &search, error);
    if (status != XD_OK)
        goto done;
    const int32_t targets[2] = {graph->edge_tail[to->edge], graph->edge_head[to->edge]};
    struct xd_edge_point from_point, to_point;
    int via = 0;
    xd_edge_point_find(graph, from, &from_point);
    xd_edge_point_find(graph, to, &to_point);
    xd_dijkstra_run(search, from, &from_point, targets, 2);
    const struct xd_way way = xd_dijkstra_way(search, from, &from_point, to, &to_point, &via);
    if (way.time_ms == XD_WAY_NONE)
        goto done;
    status = draw_way(search, from, to, via, &line, error);
    found = (struct xd_road_route){
        .found = true, .time_ms = way.time_ms, .length_cm = way.length_cm, .points = line.points, .points_n = (int32_t)line.points_n};
done:
    xd_dijkstra_free(search);
    if (status == XD_OK)
        *route = found;
    else
        xd_free(line.points);
    return status;
}

void xd_road_route_free(struct xd_road_route *route)
{
    if (!route)
        return;
    xd_free(route->points);
    *route = (struct xd_road_route){0};
}
