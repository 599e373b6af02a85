/* The road graph of one vehicle profile: junctions and dead ends as nodes, chains of degree-2 nodes compressed into edges.
 *
 * Shape: CSR: arcs of node v are first_out[v] .. first_out[v+1]). Every edge has one or two arcs. An edge is a chain of pieces (straight lines);
 *        piece p of edge e is first_piece[e] + p, between points point[first_piece[e] + e + p] and the next (an edge has one point more than pieces).
 * Units: time_ms milliseconds, length_cm centimetres, as exact integers: an arc's weight is the sum over its pieces, so compressed and
 *        uncompressed graphs give equal distances. Limits: one piece and one arc stay below INT32_MAX (split else).
 * Owns: all arrays; borrows the network (names, ids). Threads: immutable.
 */
#ifndef XD_MAPS_GRAPH_H
#define XD_MAPS_GRAPH_H

#include "maps/network.h"
#include "maps/profile.h"

struct xd_graph {
    const struct xd_network *network;
    const struct xd_profile *profile;

    int32_t nodes_n;
    int32_t arcs_n;
    const int32_t *first_out;    /* nodes_n + 1 */
    const int32_t *head;         /* arcs_n */
    const int32_t *time_ms;      /* arcs_n */
    const int32_t *length_cm;    /* arcs_n */
    const int32_t *arc_edge;     /* arcs_n: edge * 2 + (1 when run against the edge's drawing order) */
    const int32_t *node_network; /* nodes_n: network node */

    int32_t edges_n;
    const int32_t *edge_tail;        /* edges_n: graph node at the first point */
    const int32_t *edge_head;        /* edges_n: graph node at the last point */
    const int64_t *first_piece;      /* edges_n + 1 */
    const struct xd_position *point; /* first_piece[edges_n] + edges_n */
    const int32_t *piece_forward_ms; /* pieces; XD_PIECE_CLOSED where not passable */
    const int32_t *piece_backward_ms;
    const int32_t *piece_length_cm;
    const int32_t *piece_road; /* network road of each piece */

    const int32_t *component; /* nodes_n: strongly connected component, 0 = the largest */
    int32_t components_n;
    int64_t roads_used_n, roads_closed_n; /* of the network's roads: passable in some direction, or not for this profile */
};

enum { XD_PIECE_CLOSED = -1 };

XD_MUST_CHECK enum xd_status xd_graph_build(const struct xd_network *network, const struct xd_profile *profile, struct xd_graph **graph,
                                            struct xd_error *error);
void xd_graph_free(struct xd_graph *graph);

#endif
