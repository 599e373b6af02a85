/* The roads as one vehicle sees them: a topology, weighed. Weighing again is what a closure, a season or another vehicle costs.
 *
 * Shape: nodes are the topology's states, arcs its arcs. The arrays of pieces are the topology's too.
 * Units: milliseconds, centimetres, kilojoules, exact integers: an arc's weight is the sum over its pieces and its turn, so that compressed and
 *        uncompressed graphs give equal ways. A piece takes its length over its speed, rounded half up; where it ends in a curve that is driven more
 *        slowly, its part up to XD_CURVE_REACH_M from there (at most half of it) does so over that speed. Energies of pieces are whole kilojoules.
 * Owns: its arrays (and the topology, when xd_graph_build made it); borrows network and profile. Threads: immutable.
 */
#ifndef XD_MAPS_GRAPH_H
#define XD_MAPS_GRAPH_H

#include "maps/elevation_roads.h"
#include "maps/overlay.h"
#include "maps/topology.h"
#include "maps/weight.h"

/* What the turn at an arc's tail adds; cost_ms == XD_FAR_WAY: it is barred (barrier, restriction). */
struct xd_turn {
    int32_t cost_ms, time_ms;
};

/* bits of piece_use */
/* open in some direction; hangs on a part of the roads that counts: ways lead from it to the piece and from the piece to it; on another large part only */
enum { XD_PIECE_OPEN = 1, XD_PIECE_MAIN = 2, XD_PIECE_OTHER = 4 };
/* A part of the roads, all of which lead to each other, counts as the main one does where it has so many directed edges: islands with a road network, as
 * against yards and mistakes of the map. More of them than the maximum count as small. */
enum { XD_ROAD_PART_EDGES_LEAST = 1000, XD_ROAD_PARTS_MAX = 63 };
enum { XD_PIECE_CLOSED = -1, XD_DIRECTIONS_N = 2 };

struct xd_graph {
    const struct xd_topology *topology;
    const struct xd_network *network;
    const struct xd_profile *profile;
    bool has_costs;                        /* some way's cost is not its time */
    bool has_energy;                       /* else all energies are 0 */
    const struct xd_road_heights *heights; /* that it was weighed with, or NULL */

    int32_t nodes_n, arcs_n;
    int32_t open_arcs_n;
    const int32_t *first_out, *head;   /* the topology's */
    const struct xd_short_way *weight; /* arcs_n: turn and edge; cost_ms == XD_FAR_WAY: closed */
    const struct xd_turn *turn;        /* arcs_n */

    const int32_t *piece_ms[XD_DIRECTIONS_N];      /* in and against the edge's drawing order; XD_PIECE_CLOSED where not passable */
    const int32_t *piece_kj[XD_DIRECTIONS_N];      /* NULL without energy */
    const uint16_t *road_percent[XD_DIRECTIONS_N]; /* network roads, in their drawing order: cost of a millisecond there, in percent */
    const uint8_t *piece_use;                      /* XD_PIECE_* */

    const int32_t *component; /* nodes_n: strongly connected component; an arc leads to the same or to one of a lower number */
    int32_t components_n;
    int32_t main_component;               /* the one with the longest open roads; -1 without any */
    int32_t parts_n;                      /* that count: the main component and those of XD_ROAD_PART_EDGES_LEAST directed edges */
    struct xd_graph_parts *parts;         /* maps/graph_parts.h */
    int64_t roads_used_n, roads_closed_n; /* of the network's roads: passable in some direction, or not for this profile */
};

/* What beside vehicle and map decides on weights; all may be NULL or false. */
struct xd_graph_conditions {
    const struct xd_road_heights *heights; /* of the network: slopes slow, and count in the energy; NULL: flat */
    bool energy;                           /* weigh energies too */
    const struct xd_overlay *overlay;      /* closures and slow-downs on the network; NULL: none */
};

/* conditions may be NULL. Cost: O(pieces + arcs). Errors: XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_graph_weigh(const struct xd_topology *topology, const struct xd_profile *profile,
                                            const struct xd_graph_conditions *conditions, struct xd_graph **graph, struct xd_error *error);
/* A topology for this profile alone, without turn costs, weighed and owned by the graph. */
XD_MUST_CHECK enum xd_status xd_graph_build(const struct xd_network *network, const struct xd_profile *profile, struct xd_graph **graph,
                                            struct xd_error *error);
void xd_graph_free(struct xd_graph *graph);

/* All large parts count (as after xd_graph_weigh), or only the one that a piece of an edge hangs on, large or small: piece_use is judged anew, nothing else
 * changes. False, and nothing changes, where it hangs on none. Not while others look at the graph. Cost: O(pieces + arcs). */
void xd_graph_use_parts(struct xd_graph *graph);
bool xd_graph_use_part(struct xd_graph *graph, int32_t edge, int32_t piece);
/* The parts that lead to a piece, and that it leads to, as bits; it hangs on those that are in both. behind: those that lead wherever it leads beyond its edge. */
struct xd_piece_reach {
    uint64_t from, to, behind;
};
struct xd_piece_reach xd_graph_piece_reach(const struct xd_graph *graph, int32_t edge, int32_t piece);
/* The parts from which a way leads over the whole of a directed edge and back to them. */
uint64_t xd_graph_edge_reach(const struct xd_graph *graph, int32_t directed);

/* What a piece costs a vehicle in a direction (0 or 1) of its edge: its time, more on roads for the ends of trips. */
static inline int64_t xd_graph_piece_cost(const struct xd_graph *graph, int64_t piece, int direction)
{
    const int against = graph->topology->piece_step[piece] % 2;
    return (int64_t)graph->piece_ms[direction][piece] * graph->road_percent[direction ^ against][graph->topology->piece_road[piece]] / 100;
}
/* Up from its first point to its last, in the edge's drawing order; 0 without heights, and on ferries. */
int32_t xd_graph_piece_rise_cm(const struct xd_graph *graph, int64_t piece);

#endif
