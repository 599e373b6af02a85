/* One-to-many searches on a graph from points within edges; scratch is kept between searches.
 * Ways are compared as maps/weight.h tells; all sums are exact integers. */
#ifndef XD_MAPS_DIJKSTRA_H
#define XD_MAPS_DIJKSTRA_H

#include "maps/snap.h"

/* A point within an edge, seen from the edge's ends. A part that is closed in its direction is no way (xd_way_none). */
struct xd_edge_point {
    struct xd_way from_tail, to_head; /* in drawing order */
    struct xd_way from_head, to_tail; /* against it */
};
/* snap must be XD_SNAP_OK on this graph. Cost: O(pieces of its edge). */
void xd_edge_point_find(const struct xd_graph *graph, const struct xd_snap *snap, struct xd_edge_point *point);

/* The way between two points of one edge that stays on it; none where they lie on different edges or in the wrong order of a one-way. */
struct xd_way xd_edge_direct_way(const struct xd_graph *graph, const struct xd_snap *source, const struct xd_snap *target);

struct xd_dijkstra {
    const struct xd_graph *graph;
    struct xd_way *label; /* nodes_n: final where settled[v] == search, else the best so far where seen[v] == search */
    int32_t *parent_arc;  /* nodes_n: -1 where the way starts at the source's edge */
    uint32_t *seen, *settled;
    struct xd_heap_item *heap;
    int32_t *heap_at; /* nodes_n: place in the heap */
    int32_t heap_n;
    uint32_t search;
    int32_t open_n; /* targets not yet settled */
};

XD_MUST_CHECK enum xd_status xd_dijkstra_create(const struct xd_graph *graph, struct xd_dijkstra **dijkstra, struct xd_error *error);
void xd_dijkstra_free(struct xd_dijkstra *dijkstra);

/* From the source until all that leads to the edges of targets[targets_n] (not XD_SNAP_OK: left out) is settled or nothing is left.
 * Cost: O(arcs + nodes log nodes). */
void xd_dijkstra_run(struct xd_dijkstra *dijkstra, const struct xd_snap *source, const struct xd_edge_point *from, const struct xd_snap *targets,
                     int32_t targets_n);

enum { XD_VIA_EDGE = -1 }; /* the way stays on the edge */
/* The best way of the last run to a point; the direct one along a shared edge is among them. via: XD_VIA_EDGE, or the arc over which it enters the
 * target's edge. */
struct xd_way xd_dijkstra_way(const struct xd_dijkstra *dijkstra, const struct xd_snap *source, const struct xd_snap *target,
                              const struct xd_edge_point *to, int32_t *via);

#endif
