/* The equations of smoothed heights: minimise  sum of weight * (height - ground)^2  over nodes  +  sum of coupling * (difference)^2  over links.
 *
 * Roads are chains and dead ends for the most part: nodes with at most two links are eliminated exactly, one after the other, and conjugate gradients
 * (diagonal preconditioner) work on what is left, the junctions; then the chains are filled in again.
 * Threads: one call, one thread. Numbers: doubles in a fixed order, the same for every compiler.
 * Source: elimination and conjugate gradients as in Saad, Iterative Methods for Sparse Linear Systems, 2003, 6.7, 9.2.
 */
#ifndef XD_MAPS_ELEVATION_SOLVE_H
#define XD_MAPS_ELEVATION_SOLVE_H

#include "base/arena.h"
#include "base/progress.h"

struct xd_height_link {
    int32_t a, b;    /* nodes; a link from a node to itself says nothing */
    double coupling; /* >= 0 */
};

/* weight[nodes_n] >= 0, above 0 for one node at least of each connected part; a node without weight and links keeps its height.
 * height_cm[nodes_n]: a first guess, then the answer. *iterations_n (may be NULL) counts on. scratch is used and left as it is.
 * Errors: XD_NO_MEMORY, XD_INTERRUPTED; height_cm is then of no use. Cost: O(nodes + links + iterations * junctions). */
XD_MUST_CHECK enum xd_status xd_heights_solve(int32_t nodes_n, const double *weight, const double *ground_cm, const struct xd_height_link *links,
                                              int32_t links_n, struct xd_arena *scratch, const struct xd_progress *progress, double *height_cm,
                                              int32_t *iterations_n, struct xd_error *error);

#endif
