/* The solver's front door: problem in, bare best routes out. To be replaced by stronger engines behind the same door.
 *
 * Deterministic: the same problem, seed and iterations give the same routes for any threads_n. With a time limit the iterations of whole epochs are
 * returned; iterations = that figure replays the run. The clock is looked at between epochs, first after the first one; before that come neighbours,
 * O(stops^2), and constructions, near linear: about 2 s for 10,000 stops on two cores. Cancelling is looked at there too.
 */
#ifndef XD_SOLVER_SEARCH_SOLVE_H
#define XD_SOLVER_SEARCH_SOLVE_H

#include "base/progress.h"
#include "solver/model/plan.h"

struct xd_solve_options {
    uint64_t seed;
    int32_t threads_n;                  /* >= 1 */
    int64_t iterations_max;             /* over all islands together; 0 = no limit; rounded up to whole epochs */
    int64_t horizon;                    /* iterations that the cooling is laid out for; 0: iterations_max, or what the clock allows */
    double seconds_max;                 /* 0 = no limit; looked at between epochs only. Both 0: xd_solve_iterations_default */
    int64_t target_cost;                /* stop when reached; INT64_MIN = none */
    bool iterations_tell_all;           /* a run by time must be repeated by its iterations alone: no horizon, hence no kernel */
    const struct xd_routes *warm_start; /* NULL = none */
};
/* Plain problems of so many stops and more are searched by the kernel (docs/decisions/007-kernel.md); below, the islands are better. */
enum { XD_SOLVE_KERNEL_STOPS = 300 };

enum xd_stop_reason { XD_STOP_ITERATIONS, XD_STOP_TIME, XD_STOP_TARGET, XD_STOP_CANCELLED, XD_STOP_TRIVIAL };

struct xd_solve_result {
    int32_t routes_n;
    int32_t *types; /* routes_n */
    int32_t *first; /* routes_n + 1 */
    int32_t *stops;
    int64_t cost;       /* of the problem's objective, unserved included */
    bool feasible;      /* false: some required stop is unserved (the rest of the plan holds all constraints) */
    int64_t iterations; /* done */
    int64_t horizon;    /* that the search was cooled over: iterations and horizon replay a run by time */
    enum xd_stop_reason stop_reason;
};

/* The routes returned always hold every hard constraint (capacity, windows, shift, ...); stops that do not fit are left unserved.
 * Cancelled: XD_OK with the best so far and XD_STOP_CANCELLED; before the first epoch that is one construction, and iterations are 0.
 * Errors: XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_solve(const struct xd_problem *problem, const struct xd_solve_options *options, const struct xd_progress *progress,
                                      struct xd_solve_result *result, struct xd_error *error);
void xd_solve_result_free(struct xd_solve_result *result);
/* 1000 a stop, at least 20,000. On the example county 100,000 more are worth 0.2 %. */
int64_t xd_solve_iterations_default(const struct xd_problem *problem);
struct xd_routes xd_solve_result_routes(const struct xd_solve_result *result);
const char *xd_stop_reason_name(enum xd_stop_reason reason); /* "iterations", "time", "target", "cancelled", "trivial" */

#endif
