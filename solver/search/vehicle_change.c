#include "solver/search/move.h"

/* Price of the stops of `route` on a vehicle of `type`; XD_MOVE_FORBIDDEN when it may not drive them. */
static int64_t price_on(const struct xd_state *state, int32_t route, int32_t type)
{
    const struct xd_search_data *data = state->data;
    if (!(xd_route_piece(state, route)->allowed >> type & 1))
        return XD_MOVE_FORBIDDEN;
    const struct xd_vehicle_type *vehicle = &data->types[type];
    struct xd_piece_builder builder;
    xd_builder_start(&builder, data, xd_search_matrix(data, type), &data->starts[type], vehicle->start_location);
    for (int32_t node = state->next[xd_route_start(state, route)]; xd_node_is_stop(state, node); node = state->next[node])
        xd_builder_add_stop(&builder, node);
    xd_builder_add(&builder, &data->ends[type], vehicle->end_location, vehicle->end_location);
    return builder.broken ? XD_MOVE_FORBIDDEN : xd_route_price(data, &state->weights, type, &builder.piece);
}

static int32_t stops_write(const struct xd_state *state, int32_t route, int32_t *stops)
{
    int32_t n = 0;
    for (int32_t node = state->next[xd_route_start(state, route)]; xd_node_is_stop(state, node); node = state->next[node])
        stops[n++] = node;
    return n;
}

int64_t xd_vehicle_change_delta(const struct xd_state *state, int32_t route, int32_t type, int64_t limit)
{
    const struct xd_route_state *now = &state->routes[route];
    if (state->data->types[type].fixed_cost - now->cost - now->penalty >= limit)
        return limit;
    int64_t price = price_on(state, route, type);
    return price == XD_MOVE_FORBIDDEN ? XD_MOVE_FORBIDDEN : price - now->cost - now->penalty;
}

void xd_vehicle_change_apply(struct xd_state *state, int32_t route, int32_t type)
{
    int32_t n = stops_write(state, route, state->scratch_a);
    xd_state_set_route(state, route, type, state->scratch_a, n);
}

int64_t xd_vehicle_swap_delta(const struct xd_state *state, int32_t route_1, int32_t route_2, int64_t limit)
{
    const struct xd_route_state *now_1 = &state->routes[route_1], *now_2 = &state->routes[route_2];
    int64_t now = now_1->cost + now_1->penalty + now_2->cost + now_2->penalty;
    int64_t price_1 = price_on(state, route_1, now_2->type);
    if (price_1 == XD_MOVE_FORBIDDEN)
        return XD_MOVE_FORBIDDEN;
    if (price_1 - now >= limit)
        return price_1 - now;
    int64_t price_2 = price_on(state, route_2, now_1->type);
    return price_2 == XD_MOVE_FORBIDDEN ? XD_MOVE_FORBIDDEN : price_1 + price_2 - now;
}

void xd_vehicle_swap_apply(struct xd_state *state, int32_t route_1, int32_t route_2)
{
    int32_t type_1 = state->routes[route_1].type, type_2 = state->routes[route_2].type;
    int32_t n_1 = stops_write(state, route_1, state->scratch_a), n_2 = stops_write(state, route_2, state->scratch_b);
    xd_state_set_route(state, route_1, type_2, state->scratch_a, n_1);
    xd_state_set_route(state, route_2, type_1, state->scratch_b, n_2);
}
