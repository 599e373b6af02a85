#include "maps/route.h"

#include "base/alloc.h"

#include <string.h>

/* The route as it grows. */
struct line {
    const struct xd_graph *graph;
    struct xd_position *points;
    size_t points_n, points_max;
    struct xd_road_step *steps;
    size_t steps_n, steps_max;
    int64_t held_ms; /* of turns, told with the next piece */
    int64_t climb_cm, descent_cm;
};

static enum xd_status add_point(struct line *line, struct xd_position point, struct xd_error *error)
{
    const struct xd_position *last = line->points_n > 0 ? &line->points[line->points_n - 1] : NULL;
    if (last && last->lon_e7 == point.lon_e7 && last->lat_e7 == point.lat_e7)
        return XD_OK; /* a point that repeats the last is left out */
    enum xd_status status =
        xd_array_reserve((void **)&line->points, &line->points_max, line->points_n + 1, sizeof *line->points, INT32_MAX, "points of a way", error);
    if (status == XD_OK)
        line->points[line->points_n++] = point;
    return status;
}

static enum xd_status add_step(struct line *line, struct xd_road_step step, struct xd_error *error)
{
    const enum xd_status status =
        xd_array_reserve((void **)&line->steps, &line->steps_max, line->steps_n + 1, sizeof *line->steps, INT32_MAX, "steps of a way", error);
    if (status == XD_OK)
        line->steps[line->steps_n++] = step;
    return status;
}

/* From the last point straight on to the other end of the line; nothing where the place lies at the road. */
static enum xd_status add_connector(struct line *line, const struct xd_snap *snap, struct xd_position end, struct xd_error *error)
{
    const struct xd_road_step step = {.name = "connector",
                                      .time_ms = (int64_t)snap->connector_s * 1000,
                                      .length_cm = (int64_t)snap->connector_m * 100,
                                      .first_point = (int32_t)line->points_n - 1,
                                      .is_connector = true};
    const enum xd_status status = snap->connector_m > 0 ? add_step(line, step, error) : XD_OK;
    return status == XD_OK && snap->connector_m > 0 ? add_point(line, end, error) : status;
}

static enum xd_status add_to_step(struct line *line, int64_t piece, int64_t time_ms, int64_t length_cm, struct xd_error *error)
{
    const char *name = line->graph->network->road_name[line->graph->topology->piece_road[piece]];
    enum xd_status status = XD_OK;
    if (line->steps_n == 0 || line->steps[line->steps_n - 1].is_connector || strcmp(line->steps[line->steps_n - 1].name, name) != 0)
        status = add_step(line, (struct xd_road_step){.name = name, .first_point = (int32_t)line->points_n - 1}, error);
    if (status == XD_OK) {
        line->steps[line->steps_n - 1].time_ms += time_ms + line->held_ms;
        line->steps[line->steps_n - 1].length_cm += length_cm;
        line->held_ms = 0;
    }
    return status;
}

static int64_t between(const struct line *line, int64_t piece, int32_t low_ppm, int32_t high_ppm, int64_t whole)
{
    const struct xd_topology *topology = line->graph->topology;
    return xd_snap_part(topology, piece, high_ppm, whole) - xd_snap_part(topology, piece, low_ppm, whole);
}

/* Along one piece (of the topology) in a direction, between two parts of it, which are told in drawing order; then the point there. */
static enum xd_status drive_piece(struct line *line, int64_t piece, int direction, int32_t low_ppm, int32_t high_ppm, struct xd_position point,
                                  struct xd_error *error)
{
    const int64_t ms = line->graph->piece_ms[direction][piece], cm = line->graph->topology->piece_length_cm[piece];
    enum xd_status status = add_to_step(line, piece, between(line, piece, low_ppm, high_ppm, ms), between(line, piece, low_ppm, high_ppm, cm), error);
    const int64_t rise_cm = xd_graph_piece_rise_cm(line->graph, piece), part_cm = between(line, piece, low_ppm, high_ppm, rise_cm);
    const int64_t up_cm = direction ? -part_cm : part_cm;
    line->climb_cm += up_cm > 0 ? up_cm : 0;
    line->descent_cm += up_cm < 0 ? -up_cm : 0;
    return status == XD_OK ? add_point(line, point, error) : status;
}

static struct xd_position point_behind(const struct xd_topology *topology, int32_t edge, int64_t piece, int direction)
{
    return topology->point[piece + edge + (direction ? 0 : 1)];
}

/* Whole pieces of an edge, counted within it: first, first + 1 .. last in drawing order, or down from first to last against it. Nothing when they have
 * passed each other. */
static enum xd_status drive_pieces(struct line *line, int32_t edge, int64_t first, int64_t last, int direction, struct xd_error *error)
{
    const struct xd_topology *topology = line->graph->topology;
    enum xd_status status = XD_OK;
    for (int64_t p = first; (direction ? p >= last : p <= last) && status == XD_OK; p += direction ? -1 : 1) {
        const int64_t piece = topology->first_piece[edge] + p;
        status = drive_piece(line, piece, direction, 0, XD_SNAP_PART_WHOLE, point_behind(topology, edge, piece, direction), error);
    }
    return status;
}

static int64_t last_piece(const struct xd_topology *topology, int32_t edge)
{
    return topology->first_piece[edge + 1] - topology->first_piece[edge] - 1;
}

/* From the source to the end of its edge. */
static enum xd_status leave_edge(struct line *line, const struct xd_snap *from, int direction, struct xd_error *error)
{
    const struct xd_topology *topology = line->graph->topology;
    const int64_t piece = topology->first_piece[from->edge] + from->piece;
    enum xd_status status = drive_piece(line, piece, direction, direction ? 0 : from->part_ppm, direction ? from->part_ppm : XD_SNAP_PART_WHOLE,
                                        point_behind(topology, from->edge, piece, direction), error);
    if (status == XD_OK)
        status =
            drive_pieces(line, from->edge, from->piece + (direction ? -1 : 1), direction ? 0 : last_piece(topology, from->edge), direction, error);
    return status;
}

/* From the begin of the target's edge, in the direction, to the target. */
static enum xd_status enter_edge(struct line *line, const struct xd_snap *to, int direction, struct xd_error *error)
{
    const struct xd_topology *topology = line->graph->topology;
    const int64_t piece = topology->first_piece[to->edge] + to->piece;
    enum xd_status status =
        drive_pieces(line, to->edge, direction ? last_piece(topology, to->edge) : 0, to->piece + (direction ? 1 : -1), direction, error);
    if (status == XD_OK)
        status =
            drive_piece(line, piece, direction, direction ? to->part_ppm : 0, direction ? XD_SNAP_PART_WHOLE : to->part_ppm, to->position, error);
    return status;
}

/* The faster of the two directions that the edge allows between both; both on one piece have at most one. */
static enum xd_status stay_on_edge(struct line *line, const struct xd_snap *from, const struct xd_snap *to, struct xd_error *error)
{
    const struct xd_topology *topology = line->graph->topology;
    const int64_t first = topology->first_piece[from->edge];
    const bool is_back = to->piece < from->piece || (to->piece == from->piece && to->part_ppm < from->part_ppm);
    const int direction = is_back ? 1 : 0;
    const struct xd_snap *low = is_back ? to : from, *high = is_back ? from : to;
    if (from->piece == to->piece && low->part_ppm == high->part_ppm)
        return add_point(line, to->position, error);
    if (from->piece == to->piece)
        return drive_piece(line, first + from->piece, direction, low->part_ppm, high->part_ppm, to->position, error);
    enum xd_status status =
        drive_piece(line, first + from->piece, direction, is_back ? 0 : from->part_ppm, is_back ? from->part_ppm : XD_SNAP_PART_WHOLE,
                    point_behind(topology, from->edge, first + from->piece, direction), error);
    if (status == XD_OK)
        status = drive_pieces(line, from->edge, from->piece + (is_back ? -1 : 1), to->piece + (is_back ? 1 : -1), direction, error);
    if (status == XD_OK)
        status = drive_piece(line, first + to->piece, direction, is_back ? to->part_ppm : 0, is_back ? XD_SNAP_PART_WHOLE : to->part_ppm,
                             to->position, error);
    return status;
}

static enum xd_status draw_roads(struct line *line, const struct xd_snap *from, const struct xd_snap *to, const struct xd_trace *trace,
                                 struct xd_error *error)
{
    const struct xd_graph *graph = line->graph;
    const struct xd_topology *topology = graph->topology;
    if (trace->is_direct)
        return stay_on_edge(line, from, to, error);
    enum xd_status status = leave_edge(line, from, trace->leaves, error);
    for (int32_t i = 0; i < trace->arcs_n && status == XD_OK; i++) {
        const int32_t directed = topology->arc_edge[trace->arcs[i]], edge = directed / 2, direction = directed % 2;
        line->held_ms += graph->turn[trace->arcs[i]].time_ms;
        status = drive_pieces(line, edge, direction ? last_piece(topology, edge) : 0, direction ? 0 : last_piece(topology, edge), direction, error);
    }
    line->held_ms += graph->turn[trace->entry].time_ms;
    return status == XD_OK ? enter_edge(line, to, topology->arc_edge[trace->entry] % 2, error) : status;
}

/* The roads, with the straight lines at both ends. */
static enum xd_status draw(struct line *line, const struct xd_snap *from, const struct xd_snap *to, const struct xd_trace *trace,
                           struct xd_error *error)
{
    enum xd_status status = add_point(line, from->connector_m > 0 ? from->place : from->position, error);
    if (xd_snap_is_same_place(from, to)) /* one stays */
        return status;
    if (status == XD_OK)
        status = add_connector(line, from, from->position, error);
    if (status == XD_OK)
        status = draw_roads(line, from, to, trace, error);
    return status == XD_OK ? add_connector(line, to, to->place, error) : status;
}

/* ---- the two ways to find it ---- */

static enum xd_status search(const struct xd_graph *graph, const struct xd_query_point *from, const struct xd_query_point *to, struct xd_way *way,
                             struct xd_trace *trace, struct xd_error *error)
{
    struct xd_dijkstra *dijkstra = NULL;
    int32_t via = XD_VIA_EDGE;
    enum xd_status status = xd_dijkstra_create(graph, &dijkstra, error);
    if (status == XD_OK) {
        xd_dijkstra_run(dijkstra, from->snap, &from->within, to->snap, 1);
        *way = xd_dijkstra_way(dijkstra, from->snap, to->snap, &to->within, &via);
        if (way->cost_ms != XD_WAY_NONE)
            status = xd_dijkstra_trace(dijkstra, from->snap, &from->within, via, trace, error);
    }
    xd_dijkstra_free(dijkstra);
    return status;
}

static enum xd_status ask(const struct xd_weights *weights, const struct xd_query_point *from, const struct xd_query_point *to, struct xd_way *way,
                          struct xd_trace *trace, struct xd_error *error)
{
    struct xd_query *query = NULL;
    enum xd_status status = xd_query_create(weights, &query, error);
    if (status == XD_OK) {
        *way = xd_way_of_short(xd_query_way(query, from, to));
        if (way->cost_ms != XD_WAY_NONE)
            status = xd_query_trace(query, trace, error);
    }
    xd_query_free(query);
    return status;
}

enum xd_status xd_road_route_find(const struct xd_graph *graph, const struct xd_weights *weights, const struct xd_snap *from,
                                  const struct xd_snap *to, struct xd_road_route *route, struct xd_error *error)
{
    struct line line = {.graph = graph};
    struct xd_trace trace = {0};
    struct xd_way way = xd_way_none();
    *route = (struct xd_road_route){0};
    if (from->status != XD_SNAP_OK || to->status != XD_SNAP_OK)
        return XD_OK;
    struct xd_query_point source = {.snap = from}, target = {.snap = to};
    xd_edge_point_find(graph, from, &source.within);
    xd_edge_point_find(graph, to, &target.within);
    enum xd_status status = weights ? ask(weights, &source, &target, &way, &trace, error) : XD_OK;
    if (status == XD_OK && way.cost_ms == XD_WAY_NONE) /* no hierarchy, no way, or one too long for it */
        status = search(graph, &source, &target, &way, &trace, error);
    if (status == XD_OK && way.cost_ms != XD_WAY_NONE)
        status = draw(&line, from, to, &trace, error);
    const struct xd_snap_ends ends = xd_snap_ends_of(from, to);
    if (status == XD_OK && way.cost_ms != XD_WAY_NONE)
        *route = (struct xd_road_route){.found = true,
                                        .time_ms = way.time_ms + ends.time_s * 1000,
                                        .length_cm = way.length_cm + ends.length_m * 100,
                                        .energy_kj = way.energy_kj + ends.energy_kj,
                                        .leaves_place = from->connector_m > 0,
                                        .enters_place = to->connector_m > 0 && !xd_snap_is_same_place(from, to),
                                        .climb_cm = line.climb_cm,
                                        .descent_cm = line.descent_cm,
                                        .points = line.points,
                                        .points_n = (int32_t)line.points_n,
                                        .steps = line.steps,
                                        .steps_n = (int32_t)line.steps_n};
    if (!route->found) {
        xd_free(line.points);
        xd_free(line.steps);
    }
    xd_trace_free(&trace);
    return status;
}

void xd_road_route_free(struct xd_road_route *route)
{
    if (!route)
        return;
    xd_free(route->points);
    xd_free(route->steps);
    *route = (struct xd_road_route){0};
}
