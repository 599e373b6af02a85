/* Nodes where vehicles stop without a turn being barred: traffic signals and stop signs. */
#ifndef XD_MAPS_NODE_SIGNAL_H
#define XD_MAPS_NODE_SIGNAL_H

#include "maps/osm_object.h"

enum {
    XD_NODE_SIGNAL = 1,          /* highway=traffic_signals */
    XD_NODE_CROSSING_SIGNAL = 2, /* highway=crossing with signals for those on foot */
    XD_NODE_STOP = 4,            /* highway=stop */
    /* Only for who drives with, or against, the drawing of the road that the node lies on; neither: both. */
    XD_NODE_FORWARD = 8,
    XD_NODE_BACKWARD = 16
};

/* XD_NODE_* of a node's tags; 0 when there is none of them. */
uint8_t xd_node_signal_decode(struct xd_osm_tags tags);

#endif
