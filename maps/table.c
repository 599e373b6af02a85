/* Tables row by row: one search a source, stopped when all targets' edges are settled. */
#include "maps/table.h"

#include "base/alloc.h"
#include "base/parallel.h"
#include "maps/dijkstra.h"

#include <stdlib.h>
#include <string.h>

/* Rows between two reports of progress: a constant, so that threads never show. */
enum { ROWS_A_REPORT = 64 };

struct work {
    const struct xd_graph *graph;
    const struct xd_snap *points;
    int32_t points_n;
    int32_t *targets; /* end nodes of the points' edges */
    int32_t targets_n;
    struct xd_dijkstra **searches; /* one a worker */
    struct xd_matrix *matrix;
    int32_t first_row;
    const struct xd_progress *progress;
};

static int32_t rounded(int64_t value, int64_t unit)
{
    const int64_t whole = (value + unit / 2) / unit;
    return whole < XD_UNREACHABLE ? (int32_t)whole : XD_UNREACHABLE;
}

static enum xd_status fill_row(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    struct work *work = context;
    const int32_t row = work->first_row + item;
    struct xd_dijkstra *search = work->searches[worker];
    const struct xd_snap *source = &work->points[row];
    if (xd_cancelled(work->progress))
        return xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted");
    if (source->status != XD_SNAP_OK)
        return XD_OK; /* the row is unreachable from the start */
    xd_dijkstra_run(search, source, work->targets, work->targets_n);
    for (int32_t column = 0; column < work->points_n; column++) {
        int via;
        if (column == row || work->points[column].status != XD_SNAP_OK)
            continue;
        const struct xd_way way = xd_dijkstra_way(search, source, &work->points[column], &via);
        if (way.time_ms == XD_WAY_NONE)
            continue;
        const size_t cell = xd_matrix_cell(work->matrix, row, column);
        work->matrix->time_s[cell] = rounded(way.time_ms, 1000);
        work->matrix->length_m[cell] = rounded(way.length_cm, 100);
        if (work->matrix->time_s[cell] == XD_UNREACHABLE || work->matrix->length_m[cell] == XD_UNREACHABLE)
            return xd_fail(error, XD_DATA, xd_at_none(), "the way from point %ld to point %ld is too long for a travel table; expected less than %ld s and m", (long)row + 1,
                           (long)column + 1, (long)XD_UNREACHABLE);
    }
    return XD_OK;
}

static enum xd_status prepare(struct work *work, int32_t threads_n, struct xd_error *error)
{
    work->searches = xd_alloc_zero((size_t)threads_n, sizeof *work->searches);
    work->targets = xd_alloc((size_t)work->points_n * 2 + 1, sizeof *work->targets);
    if (!work->searches || !work->targets)
        return xd_fail_memory(error, "a travel table", (size_t)work->points_n * 2 * sizeof *work->targets);
    for (int32_t i = 0; i < work->points_n; i++) {
        if (work->points[i].status != XD_SNAP_OK)
            continue;
        work->targets[work->targets_n++] = work->graph->edge_tail[work->points[i].edge];
        work->targets[work->targets_n++] = work->graph->edge_head[work->points[i].edge];
    }
    for (int32_t t = 0; t < threads_n; t++) {
        enum xd_status status = xd_dijkstra_create(work->graph, &work->searches[t], error);
        if (status != XD_OK)
            return status;
    }
    return XD_OK;
}

enum xd_status xd_table_compute(const struct xd_graph *graph, const struct xd_snap *points, int32_t points_n, int32_t threads_n, const struct xd_progress *progress,
                                struct xd_matrix **matrix, struct xd_error *error)
{
    struct work work = {.graph = graph, .points = points, .points_n = points_n, .progress = progress};
    if (threads_n < 1)
        threads_n = 1;
    if (threads_n > XD_THREADS_MAX)
        threads_n = XD_THREADS_MAX;
    enum xd_status status = xd_matrix_create(points_n, &work.matrix, error);
    if (status == XD_OK)
        status = prepare(&work, threads_n, error);
    for (; status == XD_OK && work.first_row < points_n; work.first_row += ROWS_A_REPORT) {
        const int32_t rows_n = points_n - work.first_row < ROWS_A_REPORT ? points_n - work.first_row : ROWS_A_REPORT;
        status = xd_parallel_for(threads_n, rows_n, fill_row, &work, error);
        xd_report(progress, "table", work.first_row + rows_n, points_n, -1);
    }
    for (int32_t t = 0; work.searches && t < threads_n; t++)
        xd_dijkstra_free(work.searches[t]);
    xd_free(work.searches);
    xd_free(work.targets);
    if (status == XD_OK) {
        *matrix = work.matrix;
        work.matrix = NULL;
    }
    xd_matrix_free(work.matrix);
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
    enum xd_status status = xd_array_reserve((void **)&line->points, &line->points_max, line->points_n + 1, sizeof *line->points, INT32_MAX, "points of a way", error);
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
static enum xd_status draw_over_nodes(const struct xd_dijkstra *search, const struct xd_snap *from, const struct xd_snap *to, int via, struct line *line,
                                      struct xd_error *error)
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
        status = via == 1 ? draw_points(graph, to->edge, 0, to->piece, line, error) : draw_points(graph, to->edge, pieces_of(graph, to->edge), to->piece + 1, line, error);
    xd_free(arcs);
    return status;
}

static enum xd_status draw_way(const struct xd_dijkstra *search, const struct xd_snap *from, const struct xd_snap *to, int via, struct line *line, struct xd_error *error)
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

enum xd_status xd_road_route_find(const struct xd_graph *graph, const struct xd_snap *from, const struct xd_snap *to, struct xd_road_route *route, struct xd_error *error)
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
    int via = 0;
    xd_dijkstra_run(search, from, targets, 2);
    const struct xd_way way = xd_dijkstra_way(search, from, to, &via);
    if (way.time_ms == XD_WAY_NONE)
        goto done;
    status = draw_way(search, from, to, via, &line, error);
    found = (struct xd_road_route){.found = true, .time_ms = way.time_ms, .length_cm = way.length_cm, .points = line.points, .points_n = (int32_t)line.points_n};
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
