/* The driver for problems that have a kernel: walks by ruin and recreate under one exponential cooling over a horizon of iterations.
 *
 * An epoch is a fixed number of iterations of a fixed number of walks, whatever the threads. *Islands* (small problems): each walk has a solution of its own; now
 * and then the worse goes on from the better. *Zones* (large ones): the walks work on disjoint groups of routes of one incumbent, cut anew in every
 * epoch along the way between two stops drawn by chance; merged in their order.
 * Its course depends on (problem, seed, horizon, warm start) only. Threads: xd_anneal_epoch runs its walks on threads_n.
 * Source of the zones: Accorsi, Vigo 2025 (several workers on one solution); ours is deterministic, by epochs.
 */
#ifndef XD_SOLVER_SEARCH_ANNEAL_H
#define XD_SOLVER_SEARCH_ANNEAL_H

#include "base/progress.h"
#include "solver/search/local.h"
#include "solver/search/walk.h"

enum { XD_ANNEAL_WALKS = 8 };

/* Routes in flat arrays with room for any solution. */
struct xd_flat {
    int64_t cost;
    int32_t routes_n;
    int32_t *types, *first, *stops;
};

struct xd_anneal {
    struct xd_arena arena;
    struct xd_kernel *kernel;
    uint64_t seed;
    bool zones;
    int32_t walks_n;
    struct xd_walk *walks[XD_ANNEAL_WALKS];
    struct xd_local *locals[XD_ANNEAL_WALKS];
    struct xd_flat now[XD_ANNEAL_WALKS], found[XD_ANNEAL_WALKS]; /* of each walk at the barrier: where it is, and its best */
    struct xd_flat incumbent;                                    /* zones only: all of now */
    struct xd_flat best;
    struct xd_flat part[XD_ANNEAL_WALKS]; /* zones: what the walks start from */
    int32_t *zone;                        /* of the incumbent's routes */
    struct xd_order *rank;
    bool *served;
    int32_t *unserved;
    int64_t epoch, epoch_iterations; /* iterations of a walk an epoch */
    int64_t done, horizon;           /* of all walks together; horizon 0: not known yet, stays hot */
};

/* Starts from the warm start, or from savings. Errors: XD_NO_MEMORY. Cost: O(stops^2) for the tables. */
XD_MUST_CHECK enum xd_status xd_anneal_create(const struct xd_search_data *data, uint64_t seed, const struct xd_routes *warm_start,
                                              struct xd_anneal **anneal, struct xd_error *error);
void xd_anneal_free(struct xd_anneal *anneal);
XD_MUST_CHECK enum xd_status xd_anneal_epoch(struct xd_anneal *anneal, int32_t threads_n, struct xd_error *error);
/* At a barrier of a run by time: fixes the horizon once enough is known of the speed. left_s: seconds that remain. */
void xd_anneal_calibrate(struct xd_anneal *anneal, double spent_s, double left_s);
int64_t xd_anneal_horizon_hot(const struct xd_anneal *anneal); /* one that replays a run that ended before it was calibrated */

#endif
