/* The roads that the routes drive, leg by leg, for maps and navigation files.
 *
 * Shape: leg l of the plan's route r is legs[first_leg[r] + l], visits_n + 3 legs a route: from the base to the hub, from visit to visit, back to the hub, back
 *        to the base; its points are points[first_point[leg] .. first_point[leg + 1]). A leg from a point to itself has no points.
 * Owns: all arrays. Cost: one Dijkstra a leg. */
#ifndef XD_IO_EXPORT_SHAPES_H
#define XD_IO_EXPORT_SHAPES_H

#include "scenarios/county.h"

struct xd_shapes {
    int32_t routes_n;
    int32_t *first_leg;   /* routes_n + 1 */
    int64_t *first_point; /* legs + 1 */
    struct xd_position *points;
    uint8_t *off_road; /* legs: bits XD_SHAPE_LEAVES, XD_SHAPE_ENTERS: the first, the last point is a place at the end of a straight line */
};

enum { XD_SHAPE_POINTS_MAX = 50000000 };
enum { XD_SHAPE_LEAVES = 1, XD_SHAPE_ENTERS = 2 };

XD_MUST_CHECK enum xd_status xd_shapes_create(const struct xd_county *county, const struct xd_plan *plan, struct xd_shapes **shapes,
                                              struct xd_error *error);
void xd_shapes_free(struct xd_shapes *shapes);

#endif
