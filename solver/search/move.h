/* Moves of the local search: what each changes, what it would cost, and doing it. One operator a file.
 *
 * Every *_delta function gives the change of xd_state_price (objective + penalties) that its *_apply would make, exactly, when that is below
 * `limit`; any value >= limit otherwise (most moves are refused on the legs alone, before a segment is joined). XD_MOVE_FORBIDDEN: the move
 * would use a road that does not exist or a vehicle that may not serve a stop. Nothing allocates.
 */
#ifndef XD_SOLVER_SEARCH_MOVE_H
#define XD_SOLVER_SEARCH_MOVE_H

#include "solver/search/state.h"

enum { XD_MOVE_PIECE = 3 };

/* The a_n stops after before_a trade places with the b_n stops after before_b (0..XD_MOVE_PIECE each, not both 0; b_n = 0 is a relocation).
 * Each piece may be turned round. Within one route the pieces may not overlap, and before_a may not lie in b nor before_b in a, except as a's
 * last stop. Cost: O(a_n + b_n) between routes, O(route) within one. */
struct xd_exchange {
    int32_t before_a, before_b;
    int32_t a_n, b_n;
    bool a_reversed, b_reversed;
};
int64_t xd_exchange_delta(const struct xd_state *state, const struct xd_exchange *move, int64_t limit);
void xd_exchange_apply(struct xd_state *state, const struct xd_exchange *move);

/* 2-opt*: the routes of a and b trade what follows a and what follows b. a and b are stops or start depots of different routes whose types have
 * the same tail class. Cost: O(1). */
int64_t xd_tails_delta(const struct xd_state *state, int32_t a, int32_t b, int64_t limit);
void xd_tails_apply(struct xd_state *state, int32_t a, int32_t b);

/* 2-opt: the stops from first to last of one route are driven backwards. Cost: O(last - first). */
int64_t xd_reverse_delta(const struct xd_state *state, int32_t first, int32_t last, int64_t limit);
void xd_reverse_apply(struct xd_state *state, int32_t first, int32_t last);

/* The route is driven by a spare vehicle of another type. Cost: O(route). */
int64_t xd_vehicle_change_delta(const struct xd_state *state, int32_t route, int32_t type, int64_t limit);
void xd_vehicle_change_apply(struct xd_state *state, int32_t route, int32_t type);

/* Two routes trade their vehicle types. Cost: O(both routes). */
int64_t xd_vehicle_swap_delta(const struct xd_state *state, int32_t route_1, int32_t route_2, int64_t limit);
void xd_vehicle_swap_apply(struct xd_state *state, int32_t route_1, int32_t route_2);

/* An unserved stop is served after a node of a route in use. O(1). Applied by xd_state_insert. */
int64_t xd_insert_delta(const struct xd_state *state, int32_t stop, int32_t after, int64_t limit);
/* An unserved stop gets a route of its own on a spare vehicle. O(1). Applied by xd_state_open_route. */
int64_t xd_open_delta(const struct xd_state *state, int32_t stop, int32_t type, int64_t limit);
/* A served stop goes to the bank. O(1). Applied by xd_state_remove. */
int64_t xd_remove_delta(const struct xd_state *state, int32_t stop, int64_t limit);
/* A served stop leaves its route for a new one on a spare vehicle of the type. O(1). */
int64_t xd_split_delta(const struct xd_state *state, int32_t stop, int32_t type, int64_t limit);
void xd_split_apply(struct xd_state *state, int32_t stop, int32_t type);

/* Length and travel (services included) of a way through some stops, for the bounds. */
struct xd_way {
    int64_t length_m, travel_s;
    int32_t last_location;
    bool broken;
};

static inline void xd_way_to(const struct xd_state *state, const struct xd_matrix *matrix, struct xd_way *way, int32_t location, int64_t service_s)
{
    int64_t length_m = 0, travel_s = 0;
    if (!xd_search_leg(state->data, matrix, way->last_location, location, &length_m, &travel_s))
        way->broken = true;
    way->length_m += length_m;
    way->travel_s += travel_s + service_s;
    way->last_location = location;
}

static inline void xd_way_to_node(const struct xd_state *state, const struct xd_matrix *matrix, struct xd_way *way, int32_t node)
{
    int64_t service_s = xd_node_is_stop(state, node) ? state->data->stops[node].travel_s : 0;
    xd_way_to(state, matrix, way, state->location[node], service_s);
}

static inline int64_t xd_way_cost(const struct xd_state *state, int32_t type, int64_t length_m, int64_t travel_s)
{
    const struct xd_vehicle_type *vehicle = &state->data->types[type];
    return vehicle->cost_per_m * length_m + (state->data->timed ? vehicle->cost_per_s * travel_s : 0);
}

/* Price of a route piece with both depots in place, less what the route costs now. */
static inline int64_t xd_price_change(const struct xd_state *state, int32_t route, const struct xd_piece *changed)
{
    const struct xd_route_state *now = &state->routes[route];
    return xd_route_price(state->data, &state->weights, now->type, changed) - now->cost - now->penalty;
}

#endif
