/* An elimination order of a road graph's nodes by nested dissection: good for every weight, found once a map.
 *
 * Dead ends and chains of degree 2 go first, in rounds of nodes that do not touch; the rest is cut by inertial flow: along four directions the first
 * and last quarter of the nodes are joined by a maximum flow of unit capacities, and the cut with the fewest arcs for its balance parts the nodes.
 * Shape: rank[nodes_n] is a permutation of 0..nodes_n-1; the highest rank is the top separator. Arcs count without direction.
 * Deterministic. Cost: about 5 us a node of a county's roads, up to some 30 us of a city's grid; on networks without small separators it grows with
 * nodes * cut, which work_max bounds. Memory: O(nodes + arcs). Errors: XD_NO_MEMORY, XD_INTERRUPTED.
 * Source: Schild, Sommer 2015 (inertial flow); Dibbelt, Strasser, Wagner 2014. Ours takes dead ends and chains out first.
 */
#ifndef XD_MAPS_ORDER_H
#define XD_MAPS_ORDER_H

#include "base/error.h"
#include "base/geo.h"
#include "base/progress.h"

struct xd_order_input {
    int32_t nodes_n;
    const int32_t *first_out, *head;    /* arcs by tail */
    const struct xd_position *position; /* nodes_n */
    int64_t work_max;                   /* steps, of some nanoseconds each */
    int64_t arcs_max;                   /* of a completion along the order: a separator becomes a clique in it */
    const struct xd_progress *progress; /* may be NULL */
};
/* *work: steps done. Where it is work_max, as after a separator whose clique has more than arcs_max arcs, the order was given up and rank holds nothing of use. */
XD_MUST_CHECK enum xd_status xd_order_find(const struct xd_order_input *input, int32_t *rank, int64_t *work, struct xd_error *error);

#endif
