/* Travel tables and single routes between snapped points. */
#ifndef XD_MAPS_TABLE_H
#define XD_MAPS_TABLE_H

#include "base/matrix.h"
#include "base/progress.h"
#include "maps/hierarchy.h"
#include "maps/snap.h"

/* About how many steps of a hierarchy's building the searches of all rows would cost: what may be spent on one (xd_hierarchy_build,
 * xd_hierarchy_customize). 0 for fewer points than a sweep takes at a time. */
int64_t xd_table_search_steps(const struct xd_graph *graph, const struct xd_snap *points, int32_t points_n);

/* Fastest times and the lengths of those fastest ways, rounded half up to seconds and metres at the very end. Points whose snap is not OK
 * are unreachable from and to all others. Ties in time: the shorter way.
 * hierarchy: of this graph, with its weights taken: rows by sweeps (maps/sweep.h), but those by searches that hold a way of 2^30 ms or cm, or none.
 * NULL: all by searches. The same cells either way, and for any threads_n.
 * Parallel over sources. Errors: XD_NO_MEMORY, XD_INTERRUPTED, XD_DATA over INT32_MAX-1 seconds. */
XD_MUST_CHECK enum xd_status xd_table_compute(const struct xd_graph *graph, const struct xd_hierarchy *hierarchy, const struct xd_snap *points,
                                              int32_t points_n, int32_t threads_n, const struct xd_progress *progress, struct xd_matrix **matrix,
                                              struct xd_error *error);

struct xd_road_route {
    bool found;
    int64_t time_ms, length_cm;
    struct xd_position *points; /* points_n, from snap to snap, along the road */
    int32_t points_n;
};
/* The way that the table's cell stands for. Owns points (xd_road_route_free). */
XD_MUST_CHECK enum xd_status xd_road_route_find(const struct xd_graph *graph, const struct xd_snap *from, const struct xd_snap *to,
                                                struct xd_road_route *route, struct xd_error *error);
void xd_road_route_free(struct xd_road_route *route);

#endif
