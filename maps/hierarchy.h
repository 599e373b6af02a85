/* A customizable contraction hierarchy: an order of a topology's states and its chordal completion, found once a map. Weights for its arcs are taken
 * from a graph (maps/customize.h), again for every vehicle, season or closure.
 *
 * Shape: nodes by rank. Arcs of rank v go to higher ranks only: up_first[v] .. up_first[v+1]), heads ascending; the first head is v's parent in the
 *        elimination tree.
 * Owns: everything, in one arena; borrows the topology. Threads: immutable.
 * Source: Dibbelt, Strasser, Wagner 2014 (CCH). Ours gives up where it would not pay.
 */
#ifndef XD_MAPS_HIERARCHY_H
#define XD_MAPS_HIERARCHY_H

#include "base/progress.h"
#include "maps/topology.h"

/* Ceilings whatever is allowed, for each state of the topology; below XD_HIERARCHY_SMALL states as for so many. A city's grid of a million junctions stays
 * below them. */
enum {
    XD_HIERARCHY_STEPS_MAX = 20000, /* of order and completion together */
    XD_HIERARCHY_ARCS_MAX = 256,
    XD_HIERARCHY_SMALL = 5000
};
int64_t xd_hierarchy_steps_most(const struct xd_topology *topology); /* the first ceiling for the whole */

struct xd_hierarchy {
    const struct xd_topology *topology;
    int32_t nodes_n, arcs_n;
    const int32_t *rank;     /* nodes_n: of a state */
    const int32_t *node;     /* nodes_n: state of a rank */
    const int32_t *up_first; /* nodes_n + 1 */
    const int32_t *up_head;  /* arcs_n */
    const int32_t *arc_at; /* the topology's arcs: where it lies here, arc * 2 + (1 when it leads down), or -1 for one that leads back to its tail */
};

/* *hierarchy is NULL with XD_OK where that would take more than work_max steps (of some nanoseconds each) or passes a ceiling: roads without small separators, on which a
 * hierarchy does not pay. Errors: XD_NO_MEMORY, XD_INTERRUPTED. Cost: the order, see maps/order.h; the completion O(its arcs). */
XD_MUST_CHECK enum xd_status xd_hierarchy_build(const struct xd_topology *topology, int64_t work_max, const struct xd_progress *progress,
                                                struct xd_hierarchy **hierarchy, struct xd_error *error);
/* The same with arrays that stay the caller's. Errors: XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_hierarchy_borrow(const struct xd_hierarchy *arrays, struct xd_hierarchy **hierarchy, struct xd_error *error);
void xd_hierarchy_free(struct xd_hierarchy *hierarchy); /* NULL is legal */

#endif
