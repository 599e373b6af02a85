/* Local search on whole solutions by a kernel: every move that brings a stop next to a neighbour, and exchanges of stops between routes that are near each other.
 *
 * Routes may break capacity and (with a clock) windows, at a price: what a route has too much on board at weight_load, and its lateness at weight_warp, both in
 * 1/256 cost units. Stops in no route stay there. Every delta is exact: what the move changes of xd_local.cost + xd_local.penalty.
 * Owns: one arena; borrows the kernel. Nothing allocates after creation. Threads: one search, one thread.
 * Source: Vidal 2022 (SWAP* with the three best places a stop and route; ours finds pairs of routes by neighbours, not by sectors), Vidal et al. 2013
 * (time warp). */
#ifndef XD_SOLVER_SEARCH_LOCAL_H
#define XD_SOLVER_SEARCH_LOCAL_H

#include "solver/search/kernel.h"

enum { XD_LOCAL_STRING = 3, XD_LOCAL_PLACES = 3 };

struct xd_local_route {
    int32_t stops_n;
    int32_t changed; /* step of the last change */
    int64_t load, warp_s;
    int64_t cost; /* legs and, with stops, fixed */
    int64_t penalty;
};

/* The cheapest places for one stop in one route by legs, best first. */
struct xd_local_places {
    int32_t route, step; /* whose, and when they were found */
    int32_t before[XD_LOCAL_PLACES];
    int64_t legs[XD_LOCAL_PLACES]; /* INT64_MAX / 4: none */
};

struct xd_local {
    struct xd_arena arena;
    const struct xd_kernel *kernel;
    void *spots; /* of the variant: nodes, then start and end of each route */
    struct xd_local_route *routes;
    int32_t routes_n; /* slots; at least one is empty while vehicles are left */
    int64_t weight_load, weight_warp;
    int64_t cost, penalty;
    int32_t near_n; /* neighbours tried */
    int32_t step;
    int32_t *queue, queue_from, queue_n;
    bool *queued;
    int32_t *scratch_a, *scratch_b;
    struct xd_local_places *places_a, *places_b; /* of one pair of routes */
    int32_t *pair_seen;                          /* routes_n */
    int64_t moves_tried_n, moves_made_n;
};

XD_MUST_CHECK enum xd_status xd_local_create(const struct xd_kernel *kernel, struct xd_local **local, struct xd_error *error);
void xd_local_free(struct xd_local *local);

#endif
