#include "solver/search/move.h"

int64_t xd_insert_delta(const struct xd_state *state, int32_t stop, int32_t after, int64_t limit)
{
    const struct xd_search_data *data = state->data;
    int32_t route = state->route[after], next = state->next[after], type = state->routes[route].type;
    if (!xd_type_allowed(&data->stops[stop], type))
        return XD_MOVE_FORBIDDEN;
    const struct xd_matrix *matrix = xd_search_matrix(data, type);
    struct xd_way way = {.last_location = state->location[after]};
    xd_way_to_node(state, matrix, &way, stop);
    xd_way_to_node(state, matrix, &way, next);
    if (way.broken)
        return XD_MOVE_FORBIDDEN;
    const struct xd_piece *from = &state->prefix[after], *to = &state->prefix[next];
    int64_t bound = xd_way_cost(state, type, way.length_m - (to->length_m - from->length_m), way.travel_s - (to->travel_s - from->travel_s)) -
                    state->routes[route].slack - data->price[stop];
    if (bound >= limit)
        return bound;
    struct xd_piece_builder builder;
    xd_builder_start(&builder, data, matrix, from, state->location[after]);
    xd_builder_add_stop(&builder, stop);
    xd_builder_add(&builder, &state->suffix[next], state->location[next], 0);
    return xd_price_change(state, route, &builder.piece) - data->price[stop];
}

static int64_t price_alone(const struct xd_state *state, int32_t stop, int32_t type)
{
    const struct xd_search_data *data = state->data;
    if (!xd_type_allowed(&data->stops[stop], type))
        return XD_MOVE_FORBIDDEN;
    const struct xd_vehicle_type *vehicle = &data->types[type];
    struct xd_piece_builder builder;
    xd_builder_start(&builder, data, xd_search_matrix(data, type), &data->starts[type], vehicle->start_location);
    xd_builder_add_stop(&builder, stop);
    xd_builder_add(&builder, &data->ends[type], vehicle->end_location, vehicle->end_location);
    return builder.broken ? XD_MOVE_FORBIDDEN : xd_route_price(data, &state->weights, type, &builder.piece);
}

int64_t xd_open_delta(const struct xd_state *state, int32_t stop, int32_t type, int64_t limit)
{
    int64_t bound = state->data->types[type].fixed_cost - state->data->price[stop];
    if (bound >= limit)
        return bound;
    int64_t price = price_alone(state, stop, type);
    return price == XD_MOVE_FORBIDDEN ? XD_MOVE_FORBIDDEN : price - state->data->price[stop];
}

/* The route's price without the stop, less its price now. */
static int64_t leave_change(const struct xd_state *state, int32_t stop, int64_t limit)
{
    int32_t route = state->route[stop], before = state->prev[stop], after = state->next[stop], type = state->routes[route].type;
    const struct xd_matrix *matrix = xd_route_matrix(state, route);
    if (state->routes[route].stops_n == 1)
        return -state->routes[route].cost - state->routes[route].penalty;
    struct xd_way way = {.last_location = state->location[before]};
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
    xd_builder_add(&builder, &state->suffix[after], state->location[after], 0);
    return xd_price_change(state, route, &builder.piece);
}

int64_t xd_remove_delta(const struct xd_state *state, int32_t stop, int64_t limit)
{
    int64_t price = state->data->price[stop];
    int64_t change = leave_change(state, stop, limit - price);
    return change == XD_MOVE_FORBIDDEN ? XD_MOVE_FORBIDDEN : change + price;
}

int64_t xd_split_delta(const struct xd_state *state, int32_t stop, int32_t type, int64_t limit)
{
    int64_t alone = price_alone(state, stop, type);
    if (alone == XD_MOVE_FORBIDDEN)
        return XD_MOVE_FORBIDDEN;
    int64_t change = leave_change(state, stop, limit - alone);
    return change == XD_MOVE_FORBIDDEN ? XD_MOVE_FORBIDDEN : change + alone;
}

void xd_split_apply(struct xd_state *state, int32_t stop, int32_t type)
{
    xd_state_remove(state, stop, 1);
    (void)xd_state_open_route(state, type, stop);
}
