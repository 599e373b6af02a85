/* Many-to-many over customized weights: the nodes that the targets need are selected once, then each batch of sources takes one pass over them.
 *
 * Shape: a row is width times XD_SWEEP_LANES numbers: the first numbers of the ways from all sources of the batch, then the second ones, and so on.
 * The rows stand in falling rank, so that a pass reads what it needs from before; rows for the target's edges, where several turns lead into them, come
 * last. 16 lanes are one or two vector registers; compilers make versions for several processors of one source, all with the same integers.
 * Source: Delling, Goldberg, Werneck 2011 (RPHAST). The upward part climbs the elimination tree: no queue.
 */
#ifndef XD_MAPS_SWEEP_H
#define XD_MAPS_SWEEP_H

#include "maps/customize.h"
#include "maps/dijkstra.h"

enum { XD_SWEEP_LANES = 16 };

struct xd_sweep;
/* For targets on the edges of these snaps (all XD_SNAP_OK). Borrows the weights. Threads: immutable. Errors: XD_NO_MEMORY.
 * Cost: O(nodes + selected nodes and arcs). */
XD_MUST_CHECK enum xd_status xd_sweep_create(const struct xd_weights *weights, const struct xd_snap *targets, int32_t targets_n,
                                             struct xd_sweep **sweep, struct xd_error *error);
void xd_sweep_free(struct xd_sweep *sweep);

/* Scratch of one worker. */
struct xd_sweep_batch {
    const struct xd_sweep *sweep;
    int32_t *lanes;            /* 64-byte aligned */
    int32_t *climb;            /* width numbers by rank; all XD_FAR_WAY between uses */
    int32_t *stamp, stamp_now; /* by row: the batch that has set its lanes */
};
XD_MUST_CHECK enum xd_status xd_sweep_batch_create(const struct xd_sweep *sweep, struct xd_sweep_batch **batch, struct xd_error *error);
void xd_sweep_batch_free(struct xd_sweep_batch *batch);

struct xd_sweep_source {
    int32_t edge;
    const struct xd_edge_point *point; /* on it */
};
/* Ways from the sources to all targets' edges, into the lanes; a way of XD_FAR_WAY in cost, time or length is none, or too long for here.
 * sources_n <= XD_SWEEP_LANES. */
void xd_sweep_run(struct xd_sweep_batch *batch, const struct xd_sweep_source *sources, int32_t sources_n);

/* One point as a target: how far it lies behind the ends of its edge. */
struct xd_sweep_target {
    size_t row[XD_DIRECTIONS_N];                       /* where the row of each way into its edge begins in the lanes */
    int32_t within[XD_DIRECTIONS_N][XD_WEIGHT_WIDEST]; /* and what follows on the edge */
};
struct xd_sweep_target xd_sweep_target_of(const struct xd_sweep *sweep, int32_t edge, const struct xd_edge_point *point);

/* The way from the lane's source over the ends of the target's edge. */
struct xd_short_way xd_sweep_way(const struct xd_sweep_batch *batch, int32_t lane, const struct xd_sweep_target *target);

/* Where a row of cells goes; energy_kj may be NULL. */
struct xd_sweep_cells {
    int32_t *time_s, *length_m, *energy_kj;
};
/* Seconds and metres (rounded half up) and kilojoules from every lane's source to targets[0..targets_n): cell [lane][target], rows row_n apart.
 * Lanes in which some way is XD_FAR_WAY get their bit set in the mask returned; their cells are not to be used. Cost: O(targets). */
uint32_t xd_sweep_fill(const struct xd_sweep_batch *batch, const struct xd_sweep_target *targets, int32_t targets_n, int32_t lanes_n, size_t row_n,
                       struct xd_sweep_cells cells);

#endif
