/* Strongly connected components of a graph in CSR form. */
#ifndef XD_MAPS_COMPONENTS_H
#define XD_MAPS_COMPONENTS_H

#include "base/error.h"

/* component[nodes_n]: numbered so that an arc leads to the same component or to one of a lower number. order[nodes_n]: the nodes, by component.
 * Cost: O(nodes + arcs). Source: Tarjan, SIAM J. Comput. 1 (1972), without recursion. Errors: XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_components_find(int32_t nodes_n, const int32_t *first_out, const int32_t *head, int32_t *component, int32_t *order,
                                                int32_t *components_n, struct xd_error *error);

#endif
