/* Curves of a road, from the angles between its pieces. */
#ifndef XD_MAPS_CURVATURE_H
#define XD_MAPS_CURVATURE_H

#include "maps/network.h"

enum {
    XD_CURVE_STRAIGHT_M = 1000, /* radii of this and above, and ends of a road, are told as 0: no curve */
    XD_CURVE_REACH_M = 25       /* a corner is driven as an arc that begins this far before it, or half way to the next corner */
};

/* Radius in whole metres (at least 1, or 0) of the arc that touches both pieces which meet at the point of the road at that place of network->road_node,
 * as far from it as told above. Cost: O(1). */
uint16_t xd_curve_radius_m(const struct xd_network *network, int32_t road, int64_t place);

#endif
