/* One way at a time over customized weights: up from both ends to the best node in common, then unpacked to arcs of the topology.
 * Threads: one query object, one thread. Source: Dibbelt, Strasser, Wagner 2014 (elimination tree query). */
#ifndef XD_MAPS_QUERY_H
#define XD_MAPS_QUERY_H

#include "maps/customize.h"
#include "maps/dijkstra.h"

struct xd_query;
XD_MUST_CHECK enum xd_status xd_query_create(const struct xd_weights *weights, struct xd_query **query, struct xd_error *error);
void xd_query_free(struct xd_query *query);

/* A point with what lies between it and its edge's ends. */
struct xd_query_point {
    const struct xd_snap *snap; /* XD_SNAP_OK */
    struct xd_edge_point within;
};

/* The way of least cost, that along a shared edge included. XD_FAR_WAY: none, or too long to be told here. Cost: O(arcs above both ends). */
struct xd_short_way xd_query_way(struct xd_query *query, const struct xd_query_point *from, const struct xd_query_point *to);

/* How a way runs: along its source's edge to the end of that name (0 head, 1 tail), over arcs, and over entry into the target's edge. */
struct xd_trace {
    bool is_direct; /* it stays on the edge: nothing below counts */
    int32_t leaves; /* 0: in the source edge's drawing order, 1: against it */
    int32_t *arcs;  /* arcs_n, owned */
    int32_t arcs_n;
    int32_t entry; /* arc whose edge the target lies on, not driven to its end */
};
/* Of the last xd_query_way, which was found. Errors: XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_query_trace(struct xd_query *query, struct xd_trace *trace, struct xd_error *error);
/* The same of a search's way: via from xd_dijkstra_way. */
XD_MUST_CHECK enum xd_status xd_dijkstra_trace(const struct xd_dijkstra *search, const struct xd_snap *source, const struct xd_edge_point *from,
                                               int32_t via, struct xd_trace *trace, struct xd_error *error);
void xd_trace_free(struct xd_trace *trace);

#endif
