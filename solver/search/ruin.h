/* Ruin and recreate: strings of neighbouring routes are taken out and put back greedily.
 *
 * Source: Christiaens, Vanden Berghe 2020 (SISR: adjacent string removal, greedy insertion with blinks). Ours prices insertions with penalties,
 * opens routes on any spare vehicle type, leaves a stop unserved when that is cheaper, and looks only at routes near the stop on large problems.
 */
#ifndef XD_SOLVER_SEARCH_RUIN_H
#define XD_SOLVER_SEARCH_RUIN_H

#include "base/rng.h"
#include "solver/search/move.h"

struct xd_insertion_key {
    int64_t key;
    int32_t stop;
};

enum { XD_BLINK_MEAN = 100 };

/* Scratch of one island, made before the loop. */
struct xd_ruin {
    struct xd_insertion_key *order; /* stops_n */
    int64_t *route_seen;            /* routes_max: the stamp of the last scan that saw the route */
    int64_t stamp;                  /* weeks of search pass 2^31 */
    int32_t *changed, changed_n;    /* stops taken out or put in since the caller last emptied it; stops_n */
    struct xd_rng *rng;
    int32_t blink_mean; /* one position in so many is overlooked; set by the caller */
    int32_t until_blink;
};
XD_MUST_CHECK enum xd_status xd_ruin_init(struct xd_ruin *ruin, const struct xd_search_data *data, struct xd_arena *arena, struct xd_rng *rng,
                                          struct xd_error *error);

void xd_ruin_strings(struct xd_ruin *ruin, struct xd_state *state, double removed_mean, int32_t string_max);
/* Takes out every stop: a fresh start that can still be rolled back. */
void xd_ruin_all(struct xd_state *state);
/* From now on insertion overlooks one position in `mean`. */
static inline void xd_ruin_blink(struct xd_ruin *ruin, int32_t mean)
{
    if (ruin->blink_mean != mean)
        ruin->until_blink = 0;
    ruin->blink_mean = mean;
}
/* Puts the bank back where it pays. most_n: at most so many stops are tried. */
void xd_recreate(struct xd_ruin *ruin, struct xd_state *state, int32_t most_n, bool blinks);

struct xd_insertion {
    int64_t delta; /* of the routes' price; the stop's own price is not in it */
    int32_t after; /* node, or XD_NONE: a route of its own ... */
    int32_t type;  /* ... on this type */
};
/* The cheapest place for an unserved stop with delta < limit; false when there is none. */
bool xd_insertion_find(struct xd_ruin *ruin, const struct xd_state *state, int32_t stop, int64_t limit, bool blinks, struct xd_insertion *best);
/* The same within one route, and for routes of its own. */
bool xd_insertion_in_route(struct xd_ruin *ruin, const struct xd_state *state, int32_t stop, int32_t route, int64_t limit, struct xd_insertion *best);
bool xd_insertion_open(const struct xd_state *state, int32_t stop, int64_t limit, struct xd_insertion *best);
void xd_insertion_apply(struct xd_state *state, int32_t stop, const struct xd_insertion *insertion);

#endif
