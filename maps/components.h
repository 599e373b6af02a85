/* Strongly connected components of a graph in CSR form. */
#ifndef XD_MAPS_COMPONENTS_H
#define XD_MAPS_COMPONENTS_H

#include "base/error.h"

/* component[nodes_n]: 0 = the one with the most nodes (of equals the one with the lowest node), the others by their lowest node.
 * Cost: O(nodes + arcs). Source: Tarjan, SIAM J. Comput. 1 (1972), without recursion. Errors: XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_components_find(int32_t nodes_n, const int32_t *first_out, const int32_t *head, int32_t *component,
                                                int32_t *components_n, struct xd_error *error);

#endif
