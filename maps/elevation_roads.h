/* The heights of roads: one a node, made of samples of the ground that are noisy and that no road follows exactly.
 *
 * The ground under each node is sampled, and the heights are smoothed along the roads, through junctions, as heat would spread: of all profiles the one
 * that minimises, over the pieces of road between neighbouring nodes,
 *     sum of length * (height - ground)^2  +  reach^2 * sum of (rise^2 / length),
 * which weighs the ground around a node by exp(-distance / reach) along the road and leaves a constant grade as it is. Bridges, tunnels and ferries have
 * no ground of their own: they join their ends at one grade, through any number of roads. Where a piece still is steeper than
 * XD_ELEVATION_GRADE_LIMIT_PERCENT, the ground at its ends is not believed and left out, and the heights are found again.
 * Heights belong to nodes, so rises telescope: over any way they sum to height(last) - height(first), and round any circle to 0.
 * Why so: docs/decisions/005-elevation.md.
 *
 * Units: cm. Owns: the heights. Threads: immutable once made. Numbers: doubles in a fixed order, rounded to cm: equal for every compiler and machine.
 */
#ifndef XD_MAPS_ELEVATION_ROADS_H
#define XD_MAPS_ELEVATION_ROADS_H

#include "base/progress.h"
#include "maps/elevation.h"
#include "maps/network.h"

enum {
    XD_ELEVATION_REACH_M = 100,
    XD_ELEVATION_GRADE_LIMIT_PERCENT = 30, /* no road that goods go by is steeper */
    XD_ELEVATION_GAP_M = 1000              /* nodes without ground are bridged so far from one with ground, along the roads */
};

struct xd_road_heights {
    int32_t nodes_n;
    int32_t *node_cm;     /* of the network's nodes; XD_ELEVATION_UNKNOWN_CM far from all ground */
    int32_t unknown_n;    /* of them */
    int32_t unbelieved_n; /* nodes whose ground was left out for its grades */
    int32_t iterations_n; /* of the solver, over all rounds */
};

/* reach_m: XD_ELEVATION_REACH_M; 0: the ground as it is (but for bridges and gaps). Errors: XD_NO_MEMORY, XD_INTERRUPTED.
 * Cost: O(nodes + pieces) times the iterations, some ten to a few hundred. */
XD_MUST_CHECK enum xd_status xd_road_heights_create(const struct xd_elevation *elevation, const struct xd_network *network, int32_t reach_m,
                                                    const struct xd_progress *progress, struct xd_road_heights **heights, struct xd_error *error);
void xd_road_heights_free(struct xd_road_heights *heights);
/* From node a to node b; 0 where one has no height: such roads are taken for flat. */
int32_t xd_road_heights_rise_cm(const struct xd_road_heights *heights, int32_t a, int32_t b);

#endif
