/* A hierarchy with the weights of one graph: what sweeps and queries run on.
 *
 * Shape: a weight is width numbers in the order of maps/weight.h, without those that this graph does not need: cost when it is the time (has_costs),
 *        energy when there is none. Arcs up and arcs down have CSR of their own, so that arcs which no best way needs can be left out.
 * Values: below XD_FAR_WAY; a first number of XD_FAR_WAY: no way, or one too long to be told here; who meets it must search otherwise.
 * Owns: its arrays; borrows hierarchy and graph. Threads: immutable but for xd_weights_perfect.
 * Source: Dibbelt, Strasser, Wagner 2014 (customization by lower triangles, the perfect one by the others).
 */
#ifndef XD_MAPS_CUSTOMIZE_H
#define XD_MAPS_CUSTOMIZE_H

#include "maps/graph.h"
#include "maps/hierarchy.h"

enum { XD_WEIGHT_WIDEST = 4 };

struct xd_arcs_by_rank {
    const int32_t *first;  /* nodes_n + 1 */
    const int32_t *head;   /* higher ranks */
    const int32_t *weight; /* width numbers an arc */
};

struct xd_weights {
    const struct xd_hierarchy *hierarchy;
    const struct xd_graph *graph;
    int32_t width;
    int32_t time_at, length_at;         /* places in a weight; the cost's is 0, energy follows the length */
    struct xd_arcs_by_rank up;          /* from a rank to a head */
    struct xd_arcs_by_rank down;        /* from a head to a rank */
    const int32_t *full_up, *full_down; /* of all the hierarchy's arcs: what ways are unpacked from */
};

/* hierarchy may be NULL: *weights is NULL then, and so it is where customizing would take more than work_max steps; most of that is told before any is done.
 * Errors: XD_NO_MEMORY. Cost: for every pair of arcs up from a node a step or some, found by walking the lower head's arcs. */
XD_MUST_CHECK enum xd_status xd_weights_take(const struct xd_hierarchy *hierarchy, const struct xd_graph *graph, int64_t work_max,
                                             struct xd_weights **weights, struct xd_error *error);
/* Leaves out the arcs that no best way needs, once for what is used often. Every way stays as it was. Cost: as xd_weights_take, some times. */
XD_MUST_CHECK enum xd_status xd_weights_perfect(struct xd_weights *weights, struct xd_error *error);
void xd_weights_free(struct xd_weights *weights); /* NULL is legal */

/* To and from the numbers of one weight. */
void xd_weight_pack(const struct xd_weights *weights, struct xd_short_way way, int32_t *numbers);
struct xd_short_way xd_weight_unpack(const struct xd_weights *weights, const int32_t *numbers);

#endif
