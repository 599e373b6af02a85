/* Which pieces of a drawn road a closure's area, line or circle touches.
 *
 * An area touches what lies in it, in part or whole; holes are open. Ends on its outline count.
 * A circle touches what comes as near to its centre as its radius.
 * A line touches what runs along it within its reach, and not what crosses it or begins at it: the road is followed in small steps; where it stays within
 * reach, it must come forward along the line by at least XD_SHAPE_ALONG_PERCENT of its own length, and a piece by the reach, or half of itself or the line.
 */
#ifndef XD_MAPS_OVERLAY_SHAPE_H
#define XD_MAPS_OVERLAY_SHAPE_H

#include "maps/closure.h"

enum { XD_SHAPE_ALONG_PERCENT = 80 };

struct xd_shape_box { /* 1e-7 degrees, borders within */
    int64_t west, south, east, north;
};

struct xd_shape {
    const struct xd_closure *closure; /* borrowed */
    struct xd_shape_box box;          /* what it can touch lies in here */
    double *along_m;                  /* of a line: each point's distance from the line's beginning; else NULL */
};

/* Errors: XD_NO_MEMORY. Cost: O(points). */
XD_MUST_CHECK enum xd_status xd_shape_prepare(const struct xd_closure *closure, struct xd_shape *shape, struct xd_error *error);
void xd_shape_free(struct xd_shape *shape);

/* A road's pieces are points[i] to points[i + 1]. touched[points_n - 1] gets, of each, the directions of the road (XD_CLOSURE_*) that the closure holds for;
 * 0: it is left alone. scratch: 2 * points_n numbers. Cost: O(points of the road * points of the shape); of a line times the steps of some metres. */
void xd_shape_touch(const struct xd_shape *shape, const struct xd_position *points, int32_t points_n, uint8_t *touched, double *scratch);

#endif
