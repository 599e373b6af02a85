/* Granular local search: from a queue of stops, every move that brings a stop next to one of its neighbours; first improvement.
 *
 * Each gain puts the stops around the change back into the queue; the search ends when the queue is empty: at a local optimum for the stops
 * that were queued. Works on xd_state_price. Nothing allocates. Cost: O(queued * neighbours) moves.
 */
#ifndef XD_SOLVER_SEARCH_LOCAL_SEARCH_H
#define XD_SOLVER_SEARCH_LOCAL_SEARCH_H

#include "solver/search/move.h"

struct xd_local_search {
    int32_t *queue; /* a ring of stops_n */
    int32_t queue_from, queue_n, queue_size;
    bool *queued; /* stops_n */
    int32_t neighbours_n;
    int64_t moves_tried_n, moves_made_n;
};
XD_MUST_CHECK enum xd_status xd_local_search_init(struct xd_local_search *search, const struct xd_search_data *data, int32_t neighbours_n,
                                                  struct xd_arena *arena, struct xd_error *error);
void xd_local_search_queue(struct xd_local_search *search, int32_t stop);
void xd_local_search_queue_all(struct xd_local_search *search, const struct xd_state *state);
/* Takes at most most_n stops from the queue; what is left goes on at the next call. */
void xd_local_search_run(struct xd_local_search *search, struct xd_state *state, int32_t most_n);
/* Better vehicle types for the routes touched since the last commit. */
void xd_local_search_vehicles(struct xd_local_search *search, struct xd_state *state);

#endif
