/* The parts of the roads that hang together for a vehicle: which count, and which pieces of road hang on them. Private to maps/graph.c, but
 * what maps/graph.h shows of it.
 *
 * A part is a strongly connected component; its edges are the directed ones that lead from it to itself. A piece hangs on a part when a way leads from the part to it and
 * from it to the part: through whatever lies between, and by turning back where one stopped on the piece. */
#ifndef XD_MAPS_GRAPH_PARTS_H
#define XD_MAPS_GRAPH_PARTS_H

#include "base/arena.h"
#include "maps/graph.h"

struct xd_graph_parts {
    const int32_t *order;            /* states, by component */
    int64_t *length_cm;              /* components_n: of the part's edges */
    int32_t *edges_n;                /* components_n */
    uint64_t *from, *to;             /* components_n: bits of the parts that lead to the component, and that it leads to */
    int32_t part[XD_ROAD_PARTS_MAX]; /* parts_n: component of each bit; the longest first. The next bit is for a small part that a request lies on */
    uint64_t used;                   /* bits that XD_PIECE_MAIN stands for */
    uint8_t *piece_use;
};

/* Finds the parts of a graph whose arcs are weighed and whose components are known, and judges the pieces by them. piece_use: pieces_n, to be filled.
 * Errors: XD_NO_MEMORY. Cost: O(pieces + arcs). */
XD_MUST_CHECK enum xd_status xd_graph_parts_find(struct xd_graph *graph, const int32_t *order, uint8_t *piece_use, struct xd_arena *arena,
                                                 struct xd_error *error);

#endif
