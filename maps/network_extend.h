/* A network with roads added that its map does not have.
 *
 * Points at the same place are one node, of whichever extra roads. An end joins the nearest road of the map within its join_m: at the end of that road's
 * piece where this lies within join_m too, else the piece is divided there. A point between the ends that lies within XD_EXTRA_CROSS_M of a road of the map
 * joins it in the same way. Nobody joins motorways, motorroads, ferries, bridges and tunnels, and roads on bridges and in tunnels only by their ends;
 * footpaths only where no other road is within reach. What joins within XD_EXTRA_CROSS_M is moved there, else a piece of the extra road leads there. An
 * end without a road of the map joins the nearest other extra road within join_m.
 * New nodes and roads have negative ids, below all of the map's. Lengths of divided pieces are those of their new lines.
 * The rest is as it was: restrictions, barriers and signals stand where they stood. A restriction that begins or ends with a divided piece holds for the part
 * at the turn.
 */
#ifndef XD_MAPS_NETWORK_EXTEND_H
#define XD_MAPS_NETWORK_EXTEND_H

#include "maps/extra_road.h"
#include "maps/network.h"

enum { XD_EXTRA_CROSS_M = 15, XD_EXTRA_GAP_TOLD_M = 500, XD_EXTRA_LOOKS_MAX = 1 << 27 };

struct xd_extend_counts {
    int32_t roads_n, points_n; /* added; points after joining */
    int64_t length_m;
    int32_t joined_at_nodes_n;  /* places where extra roads join the map: at points of its roads, */
    int32_t joined_on_pieces_n; /* and between them */
    int32_t joined_to_extra_n;  /* ends that join other extra roads */
    int32_t ends_open_n;        /* ends that lead to no other road */
};

/* *extended is a network of its own, in normal form; the given one stays.
 * Tells in the diagnostics, located: as errors (XD_DATA) roads that join the map neither themselves nor over other extra roads, and those that shrink to one
 * node; as warnings ends that nearly join a road: within XD_EXTRA_GAP_TOLD_M, and half the length of their own road. Errors of limits and XD_NO_MEMORY
 * stand there too. Cost: O(pieces of the network + points near * log), XD_EXTRA_LOOKS_MAX pieces and boxes of them at the
 * most. Deterministic: of the order of roads. */
XD_MUST_CHECK enum xd_status xd_network_extend(const struct xd_network *network, const struct xd_extra_road *roads, int32_t roads_n,
                                               struct xd_diagnostics *diagnostics, struct xd_network **extended, struct xd_extend_counts *counts);

#endif
