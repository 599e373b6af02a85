/* The roads of a map as edges, junctions and states: what all vehicles of a kind share. Found once; vehicles weigh it (maps/graph.h).
 *
 * Edge: a chain of pieces (straight lines between neighbouring points of the map) from one junction to another. Piece p of edge e is first_piece[e] + p,
 *       between points point[first_piece[e] + e + p] and the next (an edge has one point more than pieces).
 * Directed edge: edge * 2, or edge * 2 + 1 when run against its drawing order.
 * State: a junction, with what of the way there matters for going on: the turn restrictions under way and the directed edge one came by. The latter with
 *        turn costs, and where there are restrictions at junctions that are none to one of the vehicles that they bind. Otherwise a junction is one
 *        state. A vehicle that drives edge e from within comes to state arrival[directed edge].
 * Turning back, over the edge one came by: at junctions, but where just two pieces meet for the vehicle and nothing stands its road goes on, and it may
 *        not. So what others drive there changes nothing for it.
 * Arc: from a state over a directed edge to a state: CSR by tail, in the order of directed edges. bans: the restrictions that forbid it to whom they bind.
 * Units: length_cm centimetres. Owns: all arrays, in one arena; borrows the network. Threads: immutable.
 * Deterministic: of the network in normal form, so that neither container nor file order shows.
 */
#ifndef XD_MAPS_TOPOLOGY_H
#define XD_MAPS_TOPOLOGY_H

#include "maps/network.h"
#include "maps/profile.h"

enum {
    XD_TURN_STRAIGHT = 0, /* degrees to either side, up to 180 */
    XD_TURN_BACK = 255    /* over the same edge */
};

struct xd_topology {
    const struct xd_network *network;
    bool turn_costs; /* a state for each directed edge, turns measured */

    int32_t junctions_n;
    const int32_t *junction_node;   /* junctions_n: network node */
    const uint8_t *junction_stands; /* junctions_n: 1 where a barrier stands or a restriction passes, whomever they concern */

    int32_t edges_n;
    const int32_t *edge_tail, *edge_head; /* edges_n: junctions at the first and last point */
    const int64_t *first_piece;           /* edges_n + 1 */
    const struct xd_position *point;      /* first_piece[edges_n] + edges_n */
    const int32_t *piece_length_cm;       /* pieces */
    const int32_t *piece_road;            /* network road */
    const uint16_t *piece_radius_m[2];    /* of the curve at its first and last point (maps/curvature.h); 0: none */
    const int32_t *piece_step;            /* place of the piece's first point in network->road_node * 2, + 1 when drawn against its road */

    int32_t states_n, arcs_n;
    const int32_t *state_junction; /* states_n */
    const int32_t *state_edge;     /* states_n: the directed edge one came by, or -1 where any */
    const int32_t *arrival;        /* 2 * edges_n: state at the end of a directed edge that one entered within */
    const int32_t *first_out;      /* states_n + 1 */
    const int32_t *head;           /* arcs_n: state */
    const int32_t *tail;           /* arcs_n: state */
    const int32_t *arc_edge;       /* arcs_n: directed edge */
    const uint8_t *arc_turn;       /* arcs_n: XD_TURN_*, or NULL without turn costs */
    const int32_t *arc_bans;       /* arcs_n: where its list in bans begins, or -1; lists end with -1 */
    const int32_t *bans;           /* restrictions of the network */
    const int32_t *entry_first;    /* 2 * edges_n + 1: the arcs over a directed edge are entry_arc[entry_first[d] .. entry_first[d + 1]) */
    const int32_t *entry_arc;      /* arcs_n, ascending for each directed edge */

    int32_t restrictions_used_n; /* of the network's: all their roads are here */
};

/* An edge of two pieces and more is cut before it passes EDGE_MAX_CM, so that its time fits 30 bits. A piece that would be longer than PIECE_FAR_CM is told as
 * that: it is no road, but two ends of the world. */
enum { XD_TOPOLOGY_EDGE_MAX_CM = 1 << 23, XD_TOPOLOGY_PIECE_FAR_CM = 1 << 30 };

/* The roads that at least one of the profiles (up to XD_PROFILES_MAX) can use in some direction. Edges end where one of the profiles' roads does.
 * Errors: XD_DATA over limits, XD_NO_MEMORY. Cost: O(points of roads + restrictions). */
XD_MUST_CHECK enum xd_status xd_topology_build(const struct xd_network *network, const struct xd_profile *const *profiles, int32_t profiles_n,
                                               bool turn_costs, struct xd_topology **topology, struct xd_error *error);
/* The same with arrays that stay the caller's. Errors: XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_topology_borrow(const struct xd_topology *arrays, struct xd_topology **topology, struct xd_error *error);
void xd_topology_free(struct xd_topology *topology);
/* Length of the piece from network->road_node[place] to the next point: great circle, whole centimetres. */
int32_t xd_topology_piece_cm(const struct xd_network *network, int64_t place);

/* End of a directed edge: the junction it leads to, and the one it comes from. */
static inline int32_t xd_topology_to(const struct xd_topology *topology, int32_t directed)
{
    return directed % 2 ? topology->edge_tail[directed / 2] : topology->edge_head[directed / 2];
}
static inline int32_t xd_topology_from(const struct xd_topology *topology, int32_t directed)
{
    return directed % 2 ? topology->edge_head[directed / 2] : topology->edge_tail[directed / 2];
}

/* The piece that a directed edge ends with. That which it begins with is the last of directed ^ 1. */
static inline int64_t xd_topology_last_piece(const struct xd_topology *topology, int32_t directed)
{
    return directed % 2 ? topology->first_piece[directed / 2] : topology->first_piece[directed / 2 + 1] - 1;
}

static inline struct xd_position xd_topology_state_position(const struct xd_topology *topology, int32_t state)
{
    return topology->network->node_position[topology->junction_node[topology->state_junction[state]]];
}

#endif
