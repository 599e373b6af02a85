#include "maps/approach.h"

#include "maps/standard_roads.h"

#include <math.h>

const char *const xd_approach_names[XD_APPROACHES_N] = {"any", "kerb", "kerb_left"};

/* On the plane around the place, in metres from `origin`. */
struct vector {
    double x, y;
};

static struct vector vector_to(struct xd_position place, struct xd_position origin, struct xd_position to)
{
    static const double radian = 3.14159265358979323846 / 180.0, metres_a_unit = 6371008.8 * 3.14159265358979323846 / 180.0 / 1e7;
    return (struct vector){((double)to.lon_e7 - origin.lon_e7) * metres_a_unit * cos((double)place.lat_e7 / 1e7 * radian),
                           ((double)to.lat_e7 - origin.lat_e7) * metres_a_unit};
}

static double cross(struct vector a, struct vector b)
{
    return a.x * b.y - a.y * b.x;
}

/* Metres from the line of the piece, in the drawing order of its edge: above 0 on its left. A place before a bend that doubles back may lie left of one leg
 * and right of the other: it lies outside of the bend. */
static double left_of_line_m(const struct xd_topology *topology, const struct xd_snap *snap)
{
    const struct xd_position *points = &topology->point[topology->first_piece[snap->edge] + snap->edge], *at = points + snap->piece;
    const struct vector along = vector_to(snap->place, at[0], at[1]), to_place = vector_to(snap->place, at[0], snap->place);
    const double length_m = hypot(along.x, along.y);
    if (snap->part_ppm == 0 || snap->part_ppm == XD_SNAP_PART_WHOLE) {
        const struct xd_position *bend = snap->part_ppm == 0 ? at : at + 1;
        const struct vector in = vector_to(snap->place, bend[-1], bend[0]), out = vector_to(snap->place, bend[0], bend[1]);
        if (in.x * out.x + in.y * out.y < 0.0)
            return cross(in, out) > 0.0 ? -snap->distance_m : snap->distance_m;
    }
    return length_m > 0.0 ? cross(along, to_place) / length_m : 0.0;
}

static bool drives_left(const struct xd_road *road, enum xd_approach approach)
{
    if (road->flags & (XD_ROAD_LEFT_SIDE | XD_ROAD_RIGHT_SIDE))
        return (road->flags & XD_ROAD_LEFT_SIDE) != 0;
    return approach == XD_APPROACH_KERB_LEFT;
}

/* At a junction or where the road ends, and vehicles turn. */
static bool is_at_end(const struct xd_topology *topology, const struct xd_snap *snap)
{
    const int64_t pieces_n = topology->first_piece[snap->edge + 1] - topology->first_piece[snap->edge];
    return (snap->piece == 0 && snap->part_ppm == 0) || (snap->piece == pieces_n - 1 && snap->part_ppm == XD_SNAP_PART_WHOLE);
}

/* Whether nothing is lost when the point is only come to and left in the direction. */
static bool suffices(const struct xd_graph *graph, const struct xd_snap *snap, int direction)
{
    const struct xd_piece_reach reach = xd_graph_piece_reach(graph, snap->edge, snap->piece);
    const uint64_t on = reach.from & reach.to;
    return on != 0 && (xd_graph_edge_reach(graph, 2 * snap->edge + direction) & on) == on;
}

void xd_snap_approach(const struct xd_graph *graph, enum xd_approach approach, struct xd_snap *snap)
{
    snap->barred = 0;
    if (approach == XD_APPROACH_ANY || snap->status != XD_SNAP_OK || snap->connector_m > 0 || !xd_is_on_wheels(graph->profile))
        return;
    const struct xd_topology *topology = graph->topology;
    const double left_m = is_at_end(topology, snap) ? 0.0 : left_of_line_m(topology, snap);
    if (fabs(left_m) < XD_APPROACH_BESIDE_M)
        return;
    const struct xd_road *road = &graph->network->roads[topology->piece_road[topology->first_piece[snap->edge] + snap->piece]];
    const int with = (left_m > 0.0) == drives_left(road, approach) ? 0 : 1; /* the direction that has it on its own side */
    if (suffices(graph, snap, with))
        snap->barred = (uint8_t)(1 << !with);
}
