#include "solver/search/move.h"

/* Legs and services of head .. node after, from the caches and the one new leg. */
static bool spliced(const struct xd_state *state, const struct xd_matrix *matrix, int32_t head, int32_t tail, int64_t *length_m, int64_t *travel_s)
{
    if (!xd_search_leg(state->data, matrix, state->location[head], state->location[tail], length_m, travel_s))
        return false;
    *length_m += state->prefix[head].length_m + state->suffix[tail].length_m;
    *travel_s += state->prefix[head].travel_s + state->suffix[tail].travel_s;
    return true;
}

/* Change of the route of head when `tail` of another route follows it; the tail is priced on the head's vehicle. */
static int64_t side_bound(const struct xd_state *state, int32_t head, int32_t tail)
{
    const struct xd_route_state *route = &state->routes[state->route[head]];
    if (!xd_node_is_stop(state, head) && !xd_node_is_stop(state, tail))
        return -route->cost - route->penalty;
    int64_t length_m = 0, travel_s = 0;
    if (!(state->suffix[tail].allowed >> route->type & 1) ||
        !spliced(state, xd_search_matrix(state->data, route->type), head, tail, &length_m, &travel_s))
        return XD_MOVE_FORBIDDEN;
    const struct xd_piece *now = xd_route_piece(state, state->route[head]);
    return xd_way_cost(state, route->type, length_m - now->length_m, travel_s - now->travel_s) - route->slack;
}

static int64_t side_change(const struct xd_state *state, int32_t head, int32_t tail)
{
    int32_t route = state->route[head];
    if (!xd_node_is_stop(state, head) && !xd_node_is_stop(state, tail))
        return -state->routes[route].cost - state->routes[route].penalty;
    struct xd_piece_builder builder;
    xd_builder_start(&builder, state->data, xd_route_matrix(state, route), &state->prefix[head], state->location[head]);
    xd_builder_add(&builder, &state->suffix[tail], state->location[tail], 0);
    return xd_price_change(state, route, &builder.piece);
}

int64_t xd_tails_delta(const struct xd_state *state, int32_t a, int32_t b, int64_t limit)
{
    int32_t after_a = state->next[a], after_b = state->next[b];
    int64_t bound_a = side_bound(state, a, after_b);
    if (bound_a == XD_MOVE_FORBIDDEN)
        return XD_MOVE_FORBIDDEN;
    int64_t bound_b = side_bound(state, b, after_a);
    if (bound_b == XD_MOVE_FORBIDDEN)
        return XD_MOVE_FORBIDDEN;
    if (bound_a + bound_b >= limit)
        return bound_a + bound_b;
    int64_t delta_a = side_change(state, a, after_b);
    if (delta_a + bound_b >= limit)
        return delta_a + bound_b;
    return delta_a + side_change(state, b, after_a);
}

static int32_t splice_write(const struct xd_state *state, int32_t head, int32_t tail, int32_t *stops)
{
    int32_t n = 0;
    if (xd_node_is_stop(state, head)) {
        for (int32_t node = state->next[xd_route_start(state, state->route[head])];; node = state->next[node]) {
            stops[n++] = node;
            if (node == head)
                break;
        }
    }
    for (int32_t node = tail; xd_node_is_stop(state, node); node = state->next[node])
        stops[n++] = node;
    return n;
}

void xd_tails_apply(struct xd_state *state, int32_t a, int32_t b)
{
    int32_t n_a = splice_write(state, a, state->next[b], state->scratch_a);
    int32_t n_b = splice_write(state, b, state->next[a], state->scratch_b);
    xd_state_exchange_routes(state, state->route[a], state->scratch_a, n_a, state->route[b], state->scratch_b, n_b);
}
