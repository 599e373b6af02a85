/* The stops near each stop: whom the moves try to bring together.
 *
 * Near is what is cheap to visit right before or after on the most common vehicle type, unavoidable waiting and lateness included.
 * Source: Vidal et al. 2013, with the weights of PyVRP.
 */
#ifndef XD_SOLVER_SEARCH_NEIGHBOURS_H
#define XD_SOLVER_SEARCH_NEIGHBOURS_H

#include "solver/search/data.h"

/* Fills data->neighbours, neighbours_n and the mean legs between neighbours. Cancelled, it falls back on the stops of the same group, those nearest
 * to one of sqrt(stops) stops, and sets data->hurried. Errors: XD_NO_MEMORY. Cost: O(stops^2) on threads_n threads, with the same lists for any;
 * O(stops^1.5) for the groups. */
XD_MUST_CHECK enum xd_status xd_neighbours_find(struct xd_search_data *data, int32_t threads_n, const struct xd_progress *progress,
                                                struct xd_error *error);

#endif
