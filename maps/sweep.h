/* Many-to-many over a hierarchy: the nodes that the targets need are selected once, then each batch of sources takes one pass over them.
 *
 * Shape: lanes[selected node * 2 * XD_SWEEP_LANES]: XD_SWEEP_LANES times, then as many lengths, of the way from each source of the batch.
 * The nodes stand in falling rank, so that a pass reads what it needs from before. 16 lanes are one or two vector registers; compilers make versions
 * for several processors of one source, all with the same integers.
 * Source: Delling, Goldberg, Werneck 2011 (RPHAST). The upward part climbs the elimination tree: no queue.
 */
#ifndef XD_MAPS_SWEEP_H
#define XD_MAPS_SWEEP_H

#include "maps/dijkstra.h"
#include "maps/hierarchy.h"

enum { XD_SWEEP_LANES = 16 };

struct xd_sweep;
/* targets: graph nodes, repeats allowed. Borrows the hierarchy. Threads: immutable. Errors: XD_NO_MEMORY. Cost: O(selected nodes and arcs). */
XD_MUST_CHECK enum xd_status xd_sweep_create(const struct xd_hierarchy *hierarchy, const int32_t *targets, int32_t targets_n, struct xd_sweep **sweep,
                                             struct xd_error *error);
void xd_sweep_free(struct xd_sweep *sweep);

/* Scratch of one worker. */
struct xd_sweep_batch {
    int32_t *lanes;             /* 64-byte aligned */
    struct xd_short_way *climb; /* by rank; all XD_FAR_WAY between uses */
    int32_t *stamp, stamp_now;  /* by selected node: the batch that has set its lanes */
};
XD_MUST_CHECK enum xd_status xd_sweep_batch_create(const struct xd_sweep *sweep, struct xd_sweep_batch **batch, struct xd_error *error);
void xd_sweep_batch_free(struct xd_sweep_batch *batch);

struct xd_sweep_source {
    int32_t edge;
    const struct xd_edge_point *point; /* on it */
};
/* Ways from the sources to all targets, into the lanes; a way of XD_FAR_WAY in time or length is none, or too long for here.
 * sources_n <= XD_SWEEP_LANES. */
void xd_sweep_run(const struct xd_sweep *sweep, struct xd_sweep_batch *batch, const struct xd_sweep_source *sources, int32_t sources_n);

/* One point as a target: how far it lies behind the ends of its edge. */
struct xd_sweep_target {
    size_t tail_lanes, head_lanes; /* where the lanes of its edge's ends begin */
    struct xd_short_way from_tail, from_head;
};
struct xd_sweep_target xd_sweep_target_of(const struct xd_sweep *sweep, int32_t edge, const struct xd_edge_point *point);

/* The way from the lane's source over the ends of the target's edge. */
struct xd_short_way xd_sweep_way(const struct xd_sweep_batch *batch, int32_t lane, const struct xd_sweep_target *target);

/* Seconds and metres (rounded half up) from every lane's source to targets[0..targets_n): cell [lane][target] of time_s and length_m, rows row_n apart.
 * Lanes in which some way is XD_FAR_WAY get their bit set in the mask returned; their cells are not to be used. Cost: O(targets). */
uint32_t xd_sweep_cells(const struct xd_sweep_batch *batch, const struct xd_sweep_target *targets, int32_t targets_n, int32_t lanes_n, size_t row_n,
                        int32_t *time_s, int32_t *length_m);

#endif
