/* A customizable contraction hierarchy over a graph: an order and its chordal completion (once), and weights for all its arcs, taken
 * from the graph (xd_hierarchy_customize). Tables are swept over it by maps/sweep.h.
 *
 * Shape: nodes by rank. Arcs of rank v go to higher ranks only: up_first[v] .. up_first[v+1]), heads ascending; the first head is v's parent in the
 *        elimination tree. Each arc has a weight up (v to head) and one down (head to v): (time, length), compared in that order, so that tables
 *        equal Dijkstra's to the last centimetre.
 * Units: ms and cm in 32 bits. XD_FAR_WAY and above: no way, or one too long to be told here; who meets it must search otherwise.
 * Owns: everything, in one arena; borrows the graph. Threads: immutable but for xd_hierarchy_customize.
 * Source: Dibbelt, Strasser, Wagner 2014 (CCH). Ours has pairs for weights, and gives up where it would not pay.
 */
#ifndef XD_MAPS_HIERARCHY_H
#define XD_MAPS_HIERARCHY_H

#include "base/progress.h"
#include "maps/graph.h"

#define XD_FAR_WAY ((1 << 30) - 1)

struct xd_short_way {
    int32_t time_ms, length_cm;
};

struct xd_hierarchy {
    const struct xd_graph *graph;
    int32_t nodes_n, arcs_n;
    const int32_t *rank;                  /* nodes_n: of a graph node */
    const int32_t *node;                  /* nodes_n: graph node of a rank */
    const int32_t *up_first;              /* nodes_n + 1 */
    const int32_t *up_head;               /* arcs_n */
    const struct xd_short_way *up, *down; /* arcs_n */
};

/* Order and completion; the weights are all XD_FAR_WAY until xd_hierarchy_customize. *hierarchy is NULL with XD_OK where that would take more than
 * work_max steps (of some nanoseconds each): roads without small separators, on which a hierarchy does not pay.
 * Errors: XD_NO_MEMORY, XD_INTERRUPTED. Cost: the order, see maps/order.h; the completion O(its arcs). */
XD_MUST_CHECK enum xd_status xd_hierarchy_build(const struct xd_graph *graph, int64_t work_max, const struct xd_progress *progress,
                                                struct xd_hierarchy **hierarchy, struct xd_error *error);
/* Takes the weights of the graph as they are now. Where that would take more than work_max steps, *hierarchy is freed and NULL; NULL is legal.
 * Cost: for every pair of arcs up from a node a step or some, found by walking the lower head's arcs. */
void xd_hierarchy_customize(struct xd_hierarchy **hierarchy, int64_t work_max);
void xd_hierarchy_free(struct xd_hierarchy *hierarchy);

#endif
