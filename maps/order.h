/* An elimination order of a road graph's nodes by nested dissection: good for every weight, found once a map.
 *
 * Dead ends and chains of degree 2 go first, in rounds of nodes that do not touch; the rest is cut by inertial flow: along four directions the first
 * and last quarter of the nodes are joined by a maximum flow of unit capacities, and the cut with the fewest arcs for its balance parts the nodes.
 * Shape: rank[nodes_n] is a permutation of 0..nodes_n-1; the highest rank is the top separator. Arcs count without direction.
 * Deterministic. Cost: about 10 us a node at county size. Memory: O(nodes + arcs). Errors: XD_NO_MEMORY.
 * Source: Schild, Sommer 2015 (inertial flow); Dibbelt, Strasser, Wagner 2014. Ours takes dead ends and chains out first.
 */
#ifndef XD_MAPS_ORDER_H
#define XD_MAPS_ORDER_H

#include "base/error.h"
#include "base/geo.h"

XD_MUST_CHECK enum xd_status xd_order_find(int32_t nodes_n, const int32_t *first_out, const int32_t *head, const struct xd_position *position,
                                           int32_t *rank, struct xd_error *error);

#endif
