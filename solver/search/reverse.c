#include "solver/search/move.h"

int64_t xd_reverse_delta(const struct xd_state *state, int32_t first, int32_t last, int64_t limit)
{
    int32_t route = state->route[first], type = state->routes[route].type, before = state->prev[first], after = state->next[last];
    const struct xd_matrix *matrix = xd_route_matrix(state, route);
    struct xd_way way = {.last_location = state->location[before]};
    for (int32_t node = last; node != before; node = state->prev[node])
        xd_way_to_node(state, matrix, &way, node);
    xd_way_to_node(state, matrix, &way, after);
    if (way.broken)
        return XD_MOVE_FORBIDDEN;
    const struct xd_piece *from = &state->prefix[before], *to = &state->prefix[after];
    int64_t bound = xd_way_cost(state, type, way.length_m - (to->length_m - from->length_m), way.travel_s - (to->travel_s - from->travel_s)) -
                    state->routes[route].slack;
    if (bound >= limit)
        return bound;
    struct xd_piece_builder builder;
    xd_builder_start(&builder, state->data, matrix, from, state->location[before]);
    for (int32_t node = last; node != before; node = state->prev[node])
        xd_builder_add_stop(&builder, node);
    xd_builder_add(&builder, &state->suffix[after], state->location[after], 0);
    return xd_price_change(state, route, &builder.piece);
}

void xd_reverse_apply(struct xd_state *state, int32_t first, int32_t last)
{
    int32_t route = state->route[first], before = state->prev[first], after = state->next[last], n = 0;
    if (xd_node_is_stop(state, before)) {
        for (int32_t node = state->next[xd_route_start(state, route)]; node != first; node = state->next[node])
            state->scratch_a[n++] = node;
    }
    for (int32_t node = last; node != before; node = state->prev[node])
        state->scratch_a[n++] = node;
    for (int32_t node = after; xd_node_is_stop(state, node); node = state->next[node])
        state->scratch_a[n++] = node;
    xd_state_set_route(state, route, state->routes[route].type, state->scratch_a, n);
}
