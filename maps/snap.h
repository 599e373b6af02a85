/* From a position to the road: the nearest piece that the vehicle can come to and leave again.
 * A snapped point lies on one piece: of what the piece takes, xd_snap_part lies before the point, the rest is what remains.
 * One index of all roads serves every vehicle, in tables and routes alike. */
#ifndef XD_MAPS_SNAP_H
#define XD_MAPS_SNAP_H

#include "maps/graph.h"

enum { XD_SNAP_RADIUS_DEFAULT_M = 1000, XD_SNAP_PART_WHOLE = 1000000 };
enum { XD_CONNECTOR_METRES_MAX = 30000, XD_CONNECTOR_KMH_DEFAULT = 4, XD_CONNECTOR_KMH_MAX = 30 };

enum xd_snap_status {
    XD_SNAP_OK,
    XD_SNAP_OFF_NETWORK, /* no road of this profile within the radius */
    XD_SNAP_ISLAND,      /* only roads that hang on no part that counts, or the nearest that hang on one hang on another */
    XD_SNAP_CLOSED       /* only roads that this vehicle may not use */
};

struct xd_snap {
    enum xd_snap_status status;
    int32_t edge;                /* -1 unless XD_SNAP_OK */
    int32_t piece;               /* within the edge */
    int32_t part_ppm;            /* 0..XD_SNAP_PART_WHOLE along the piece in drawing order of the edge */
    struct xd_position position; /* on the road */
    int32_t distance_m;          /* from the asked position; to the nearest road of any kind where status is not OK (-1: none within 10 radii) */
    struct xd_position place;    /* the asked position */
    int32_t connector_m, connector_s, connector_kj; /* of the straight line from place to position; 0: the place lies at the road */
    uint8_t barred; /* bits 1 << direction of the edge (0 in drawing order) in which it is neither reached nor left: maps/approach.h */
};

/* A straight line from a place to a road beyond the radius, driven slowly: a guess at a road that nobody has drawn. */
struct xd_connector {
    int32_t longest_m; /* 0: none */
    int32_t speed_m_h; /* metres an hour */
};

struct xd_snap_index; /* over the edges of a topology and the roads of its network that are in no edge; borrows both; immutable */
XD_MUST_CHECK enum xd_status xd_snap_index_build(const struct xd_topology *topology, struct xd_snap_index **index, struct xd_error *error);
void xd_snap_index_free(struct xd_snap_index *index);
/* graph: a weighing of the index's topology. Ties: the lowest place in network->road_node. Cost: O(log + pieces near). */
void xd_snap_find(const struct xd_snap_index *index, const struct xd_graph *graph, struct xd_position position, int32_t radius_m,
                  struct xd_snap *snap);
/* To the nearest road of the parts that count, or, elsewhere, of any large part or those; -1: none within the radius. */
int32_t xd_snap_usable_m(const struct xd_snap_index *index, const struct xd_graph *graph, struct xd_position position, int32_t radius_m,
                         bool elsewhere);
/* Where all the positions of a request that have an open road within the radius have their nearest one on the same small part of the roads, that part is
 * used (xd_graph_use_part). Says whether. */
bool xd_snap_use_shared_part(const struct xd_snap_index *index, struct xd_graph *graph, const struct xd_position *positions, int32_t n,
                             int32_t radius_m);
/* Where snap is not OK: joins the place to the nearest road that would be, at most longest_m away; else, and where there is none, it stays.
 * The line takes its metres (rounded half up) over the speed, and the energy of as much level road at that speed. */
void xd_snap_connect(const struct xd_snap_index *index, const struct xd_graph *graph, const struct xd_connector *connector, struct xd_snap *snap);
/* What the lines at both ends add to the way between them; nothing to that from a place to itself. Cost, cuts and closures know nothing of them. */
struct xd_snap_ends {
    int64_t time_s, length_m, energy_kj;
};
static inline bool xd_snap_is_same_place(const struct xd_snap *from, const struct xd_snap *to)
{
    return from->connector_m > 0 && to->connector_m > 0 && from->place.lon_e7 == to->place.lon_e7 && from->place.lat_e7 == to->place.lat_e7;
}
static inline struct xd_snap_ends xd_snap_ends_of(const struct xd_snap *from, const struct xd_snap *to)
{
    if (xd_snap_is_same_place(from, to))
        return (struct xd_snap_ends){0, 0, 0};
    return (struct xd_snap_ends){(int64_t)from->connector_s + to->connector_s, (int64_t)from->connector_m + to->connector_m,
                                 (int64_t)from->connector_kj + to->connector_kj};
}
/* Of what a piece (of the topology) takes, the part that lies before the point in drawing order of the edge. Rounded from where the road's drawing begins, so
 * that it does not depend on how the edge runs. */
static inline int64_t xd_snap_part(const struct xd_topology *topology, int64_t piece, int32_t part_ppm, int64_t whole)
{
    if (topology->piece_step[piece] % 2)
        return whole - whole * (XD_SNAP_PART_WHOLE - part_ppm) / XD_SNAP_PART_WHOLE;
    return whole * part_ppm / XD_SNAP_PART_WHOLE;
}
/* *snap: found on the same roads without closures; graph: with them. It stays where it is, cut off or not, unless its own piece is closed to the vehicle:
 * then it is found anew, on what is open, at best on what hangs together with the main component. A line to the road is drawn anew where there was one;
 * a place that lay at a road gets none because that is closed. */
void xd_snap_under_closures(const struct xd_snap_index *index, const struct xd_graph *graph, struct xd_position position, int32_t radius_m,
                            const struct xd_connector *connector, struct xd_snap *snap);
const char *xd_snap_status_name(enum xd_snap_status status); /* "ok", "off_network", "island", "closed" */

#endif
