/* Where extra roads join a network, and each other. Internal to maps/network_extend.c.
 *
 * Shape: points of all extra roads one after the other: those of road r are first_point[r] .. first_point[r + 1]. Points at the same place are one spot. */
#ifndef XD_MAPS_NETWORK_JOIN_H
#define XD_MAPS_NETWORK_JOIN_H

#include "maps/network_extend.h"

enum xd_joint_kind {
    XD_JOINT_NONE,
    XD_JOINT_NODE,   /* of the network */
    XD_JOINT_CUT,    /* of a piece of the network */
    XD_JOINT_SPOT,   /* of another extra road */
    XD_JOINT_OWN_CUT /* of a piece of another extra road */
};
struct xd_joint {
    enum xd_joint_kind kind;
    int32_t index; /* node, cut, spot or own cut */
};

/* A new node between network->road_node[place] and the next; of an own cut: between point `place` of the extra roads and the next. */
struct xd_join_cut {
    int64_t place;
    int32_t part_ppm;
    struct xd_position position;
};

struct xd_spot {
    struct xd_position position;
    int32_t first_point; /* the first of its points */
    int32_t points_n, ends_n;
    int32_t first_end; /* of its points the first that is an end of its road, where ends_n > 0 */
    int32_t join_m;    /* of its ends, the most; XD_EXTRA_CROSS_M at least; 0: joins nothing */
    struct xd_joint joint;
    bool moved;    /* the joint stands for the spot; else its first end leads there */
    bool met;      /* another spot's end joins it */
    int32_t gap_m; /* to the nearest road of the map, within XD_EXTRA_GAP_TOLD_M; -1: none, or joined */
};

struct xd_joins {
    const struct xd_network *network;
    const struct xd_extra_road *roads;
    int32_t roads_n;
    int32_t *first_point; /* roads_n + 1 */
    int32_t *point_road, *point_spot;
    struct xd_spot *spots;
    int32_t spots_n;
    struct xd_join_cut *cuts, *own_cuts; /* by place, then part; each once */
    int32_t cuts_n, own_cuts_n;
};

/* Errors: XD_NO_MEMORY, XD_DATA located over XD_EXTRA_LOOKS_MAX; *joins is good for xd_joins_free either way. */
XD_MUST_CHECK enum xd_status xd_joins_find(const struct xd_network *network, const struct xd_extra_road *roads, int32_t roads_n,
                                           struct xd_joins *joins, struct xd_error *error);
void xd_joins_free(struct xd_joins *joins);

static inline bool xd_joins_is_end(const struct xd_joins *joins, int32_t point)
{
    const int32_t road = joins->point_road[point];
    return point == joins->first_point[road] || point == joins->first_point[road + 1] - 1;
}

#endif
