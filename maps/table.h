/* Travel tables between snapped points. */
#ifndef XD_MAPS_TABLE_H
#define XD_MAPS_TABLE_H

#include "base/matrix.h"
#include "base/progress.h"
#include "maps/customize.h"
#include "maps/snap.h"

/* About how many steps of a hierarchy's building the searches of all rows would cost: what may be spent on one (xd_hierarchy_build,
 * xd_weights_take). 0 for fewer points than a sweep takes at a time. */
int64_t xd_table_search_steps(const struct xd_graph *graph, const struct xd_snap *points, int32_t points_n);

/* Times and lengths (and energies, where the graph has them) of the ways of least cost (maps/weight.h), rounded half up to seconds and metres at the very
 * end. Points whose snap is not OK are unreachable from and to all others. A straight line to the road (xd_snap_connect) adds its seconds, metres and
 * kilojoules to all ways that begin or end at its point.
 * weights: of this graph: rows by sweeps (maps/sweep.h), but those by searches that hold a way of 2^30 ms or cm, or none. NULL: all by searches.
 * The same cells either way, and for any threads_n.
 * Parallel over sources. Errors: XD_NO_MEMORY, XD_INTERRUPTED, XD_DATA over INT32_MAX-1 seconds. */
XD_MUST_CHECK enum xd_status xd_table_compute(const struct xd_graph *graph, const struct xd_weights *weights, const struct xd_snap *points,
                                              int32_t points_n, int32_t threads_n, const struct xd_progress *progress, struct xd_matrix **matrix,
                                              struct xd_error *error);

#endif
