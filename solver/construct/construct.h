/* First solutions, to start islands from. What they cannot place stays in the bank. */
#ifndef XD_SOLVER_CONSTRUCT_CONSTRUCT_H
#define XD_SOLVER_CONSTRUCT_CONSTRUCT_H

#include "solver/search/ruin.h"

/* Savings along the neighbour lists, for one reference vehicle type at first (the `variant`-th by capacity, largest first, round again after the
 * last); the finished routes get the cheapest types that can drive them, routes with more stops first. Breaks no limit.
 * rng: takes up to a fifth off every saving by chance, for starts that differ; NULL: none. State: cleared before, committed after. Errors: XD_NO_MEMORY. Cost: O(stops * neighbours * log).
 * Source: Clarke, Wright 1964; merges are priced by joining segments, so that windows, loads both ways and time costs count. */
XD_MUST_CHECK enum xd_status xd_construct_savings(struct xd_state *state, int32_t variant, struct xd_rng *rng, struct xd_error *error);

/* Regret-2 insertion: the stop that would lose most by waiting goes first. May break limits where the penalties make it worth while.
 * State: cleared before, committed after. Errors: XD_NO_MEMORY. Cost: O(stops^2) routes looked at; for up to XD_REGRET_STOPS stops. */
enum { XD_REGRET_STOPS = 400 };
XD_MUST_CHECK enum xd_status xd_construct_regret(struct xd_ruin *ruin, struct xd_state *state, struct xd_error *error);

#endif
