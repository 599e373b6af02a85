/* One-to-many searches on a graph from points within edges; scratch is kept between searches.
 * Keys: (time, length) in that order, so that of equally fast ways the shortest is taken; both are exact integers. */
#ifndef XD_MAPS_DIJKSTRA_H
#define XD_MAPS_DIJKSTRA_H

#include "maps/snap.h"

struct xd_way {
    int64_t time_ms, length_cm; /* time_ms == XD_WAY_NONE: there is none */
};
#define XD_WAY_NONE INT64_MAX

/* A point within an edge, seen from the edge's ends. A part that is closed in its direction is XD_WAY_NONE. */
struct xd_edge_point {
    struct xd_way from_tail, to_head; /* in drawing order */
    struct xd_way from_head, to_tail; /* against it */
};
/* snap must be XD_SNAP_OK on this graph. */
void xd_edge_point_find(const struct xd_graph *graph, const struct xd_snap *snap, struct xd_edge_point *point);

/* The way between two points of one edge that stays on it; none where they lie on different edges or in the wrong order of a one-way. */
struct xd_way xd_edge_direct_way(const struct xd_snap *source, const struct xd_edge_point *from, const struct xd_snap *target,
                                 const struct xd_edge_point *to);

struct xd_dijkstra {
    const struct xd_graph *graph;
    struct xd_way *label; /* nodes_n: final where settled[v] == search, else the best so far where seen[v] == search */
    int32_t *parent_arc;  /* nodes_n: -1 where the way starts at the source's edge */
    uint32_t *seen, *settled;
    struct xd_heap_item *heap;
    int32_t *heap_at; /* nodes_n: place in the heap */
    int32_t heap_n;
    uint32_t search;
};

XD_MUST_CHECK enum xd_status xd_dijkstra_create(const struct xd_graph *graph, struct xd_dijkstra **dijkstra, struct xd_error *error);
void xd_dijkstra_free(struct xd_dijkstra *dijkstra);

/* From the source until all nodes of targets[targets_n] (repeats allowed) are settled or nothing is left. Cost: O(arcs + nodes log nodes). */
void xd_dijkstra_run(struct xd_dijkstra *dijkstra, const struct xd_snap *source, const struct xd_edge_point *from, const int32_t *targets,
                     int32_t targets_n);
/* The best way of the last run to a point; the direct one along a shared edge is among them. via: 0 direct, 1 over the target edge's tail, 2 over its head. */
struct xd_way xd_dijkstra_way(const struct xd_dijkstra *dijkstra, const struct xd_snap *source, const struct xd_edge_point *from,
                              const struct xd_snap *target, const struct xd_edge_point *to, int *via);

#endif
