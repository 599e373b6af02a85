/* A solution under the fast search, and the way back: what an iteration changes is copied to a journal first, so that undoing costs what changed.
 *
 * Holds every limit at all times: stops that fit nowhere are in the bank at their price. A walk may hold a part of the solution only (a zone); stops of
 * other zones are absent: in no route and not in the bank.
 * Links (of the variant's layout) carry each stop's place, its legs, and with a clock when it begins at the earliest and at the latest.
 * Owns: one arena; borrows the kernel. Nothing allocates after creation. Threads: one walk, one thread.
 */
#ifndef XD_SOLVER_SEARCH_WALK_H
#define XD_SOLVER_SEARCH_WALK_H

#include "solver/search/kernel.h"

/* A route slot. The slot after the last is where absent stops are: nothing fits into it. */
struct xd_tour {
    int32_t first, last; /* nodes; set when stops_n > 0 */
    int32_t stops_n;
    int32_t room;    /* capacity left */
    int32_t stamp;   /* of the journal */
    int32_t seen;    /* by the ruin */
    int32_t changed; /* since the best was kept */
    int32_t pad;
};

struct xd_tour_saved {
    int32_t route;
    struct xd_tour tour;
};

struct xd_order {
    int64_t key;
    int32_t node;
};

struct xd_walk {
    struct xd_arena arena;
    const struct xd_kernel *kernel;
    struct xd_rng rng;
    void *links, *best_links, *journal; /* columns_n, nodes_n, nodes_n */
    int32_t *journal_node, journal_n;
    struct xd_tour *tours, *best_tours; /* routes_max + 1 */
    struct xd_tour_saved *tour_journal;
    int32_t tour_journal_n;
    int32_t stamp, seen;
    int32_t *free_slots, free_n;   /* a stack; the iteration only takes from it */
    int32_t *emptied, emptied_n;   /* in this iteration */
    int32_t slots_top;             /* no slot from here on was ever used */
    int32_t used_n, used_before_n; /* routes with stops */
    int32_t free_before_n;
    int32_t served_n;
    int32_t *bank, bank_n, *bank_before, bank_before_n;
    struct xd_order *order;
    int32_t order_n;
    int32_t *nodes, nodes_n; /* those that the walk holds */
    int64_t cost, best_cost; /* of the objective: legs, fixed, prices of the bank */
    int32_t best_slots_top;
    int32_t *dirty, dirty_n; /* nodes whose links differ from the best */
    int32_t *dirty_tours, dirty_tours_n;
    int32_t until_blink;
    int64_t iterations, accepted_n;
};

XD_MUST_CHECK enum xd_status xd_walk_create(const struct xd_kernel *kernel, struct xd_walk **walk, struct xd_error *error);
void xd_walk_free(struct xd_walk *walk);

#endif
