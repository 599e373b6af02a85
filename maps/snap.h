/* From a position to the road: the nearest piece that the vehicle can come to and leave again.
 * A snapped point lies on one piece: the time from the piece's start is time_ms * part_ppm / 1000000 (integer division), the rest is what remains.
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
/* graph: a weighing of the index's topology. Ties: the lowest edge, then piece. Cost: O(log + pieces near). */
void xd_snap_find(const struct xd_snap_index *index, const struct xd_graph *graph, struct xd_position position, int32_t radius_m,
                  struct xd_snap *snap);
const char *xd_snap_status_name(enum xd_snap_status status); /* "ok", "off_network", "island", "closed" */

#endif
