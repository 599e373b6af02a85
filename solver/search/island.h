/* One island: a solution walked by ruin, recreate and local search under simulated annealing, with penalties that adapt.
 *
 * Its course depends on (problem, seed, island number, iterations done) only. Threads: an island is run by one thread at a time.
 * Temperature: cycles of doubling length, so that a run of any length has spent most of itself in one whole cooling; no horizon is needed.
 */
#ifndef XD_SOLVER_SEARCH_ISLAND_H
#define XD_SOLVER_SEARCH_ISLAND_H

#include "solver/search/local_search.h"
#include "solver/search/ruin.h"

struct xd_best {       /* the best feasible solution met */
    int64_t objective; /* INT64_MAX: none */
    int32_t routes_n;
    int32_t *types, *first, *stops;
};

struct xd_island {
    int32_t number;
    uint64_t seed;
    struct xd_arena arena;
    const struct xd_search_data *data;
    struct xd_state *state;
    struct xd_rng rng;
    struct xd_ruin ruin;
    struct xd_local_search local;
    struct xd_best best;
    int64_t iterations;
    double temperature, cooling;
    int64_t cycle_left, cycle_length;
    bool starting;                                  /* the first local search is not over */
    struct xd_weights weights;                      /* for afterwards, while it goes on */
    int32_t watched_n, broken_n[XD_EXCESS_KINDS_N]; /* since the weights were last set */
};

XD_MUST_CHECK enum xd_status xd_island_create(const struct xd_search_data *data, uint64_t seed, int32_t number, struct xd_island **island,
                                              struct xd_error *error);
void xd_island_free(struct xd_island *island);
/* First solution: the warm start when given, otherwise a construction by island number. It is near linear in the stops; the first local search, which
 * takes longer, is left to the iterations, a slice of it to one of them. */
XD_MUST_CHECK enum xd_status xd_island_start(struct xd_island *island, const struct xd_routes *warm_start, struct xd_error *error);
void xd_island_run(struct xd_island *island, int64_t epoch, int64_t iterations);
/* Goes on from another island's best. */
void xd_island_adopt(struct xd_island *island, const struct xd_best *best);

#endif
