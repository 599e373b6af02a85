/* From a position to the road: the nearest piece that the vehicle can come to and leave again.
 * A snapped point lies on one piece: of what the piece takes, xd_snap_part lies before the point, the rest is what remains.
 * One index of all roads serves every vehicle, in tables and routes alike. */
#ifndef XD_MAPS_SNAP_H
#define XD_MAPS_SNAP_H

#include "maps/graph.h"

enum { XD_SNAP_RADIUS_DEFAULT_M = 1000, XD_SNAP_PART_WHOLE = 1000000 };

enum xd_snap_status {
    XD_SNAP_OK,
    XD_SNAP_OFF_NETWORK, /* no road of this profile within the radius */
    XD_SNAP_ISLAND,      /* only roads that are cut off from the main component */
    XD_SNAP_CLOSED       /* only roads that this vehicle may not use */
};

struct xd_snap {
    enum xd_snap_status status;
    int32_t edge;                /* -1 unless XD_SNAP_OK */
    int32_t piece;               /* within the edge */
    int32_t part_ppm;            /* 0..XD_SNAP_PART_WHOLE along the piece in drawing order of the edge */
    struct xd_position position; /* on the road */
    int32_t distance_m;          /* from the asked position; to the nearest road of any kind where status is not OK (-1: none within 10 radii) */
};

struct xd_snap_index; /* over the edges of a topology and the roads of its network that are in no edge; borrows both; immutable */
XD_MUST_CHECK enum xd_status xd_snap_index_build(const struct xd_topology *topology, struct xd_snap_index **index, struct xd_error *error);
void xd_snap_index_free(struct xd_snap_index *index);
/* graph: a weighing of the index's topology. Ties: the lowest place in network->road_node. Cost: O(log + pieces near). */
void xd_snap_find(const struct xd_snap_index *index, const struct xd_graph *graph, struct xd_position position, int32_t radius_m,
                  struct xd_snap *snap);
/* Of what a piece (of the topology) takes, the part that lies before the point in drawing order of the edge. Rounded from where the road's drawing begins, so
 * that it does not depend on how the edge runs. */
static inline int64_t xd_snap_part(const struct xd_topology *topology, int64_t piece, int32_t part_ppm, int64_t whole)
{
    if (topology->piece_step[piece] % 2)
        return whole - whole * (XD_SNAP_PART_WHOLE - part_ppm) / XD_SNAP_PART_WHOLE;
    return whole * part_ppm / XD_SNAP_PART_WHOLE;
}
/* *snap: found on the same roads without closures; graph: with them. It stays where it is, cut off or not, unless its own piece is closed to the vehicle:
 * then it is found anew, on what is open, at best on what hangs together with the main component. */
void xd_snap_under_closures(const struct xd_snap_index *index, const struct xd_graph *graph, struct xd_position position, int32_t radius_m,
                            struct xd_snap *snap);
const char *xd_snap_status_name(enum xd_snap_status status); /* "ok", "off_network", "island", "closed" */

#endif
