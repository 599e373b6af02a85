#include "solver/search/move.h"

/* One piece of the exchange where it lies now. */
struct piece_place {
    int32_t before, after; /* nodes around it */
    int32_t first, last;   /* its end stops; unset when n == 0 */
    int32_t n;
    bool reversed;
};

static struct piece_place place_find(const struct xd_state *state, int32_t before, int32_t n, bool reversed)
{
    struct piece_place place = {.before = before, .n = n, .reversed = reversed};
    int32_t node = before;
    for (int32_t i = 0; i < n; i++) {
        node = state->next[node];
        if (i == 0)
            place.first = node;
    }
    place.last = node;
    place.after = state->next[node];
    return place;
}

static void way_through(const struct xd_state *state, const struct xd_matrix *matrix, const struct piece_place *piece, struct xd_way *way)
{
    int32_t node = piece->reversed ? piece->last : piece->first;
    for (int32_t i = 0; i < piece->n; i++, node = piece->reversed ? state->prev[node] : state->next[node])
        xd_way_to_node(state, matrix, way, node);
}

static void build_through(const struct xd_state *state, const struct piece_place *piece, struct xd_piece_builder *builder)
{
    int32_t node = piece->reversed ? piece->last : piece->first;
    for (int32_t i = 0; i < piece->n; i++, node = piece->reversed ? state->prev[node] : state->next[node])
        xd_builder_add_stop(builder, node);
}

static bool place_allowed(const struct xd_state *state, const struct piece_place *piece, int32_t type)
{
    int32_t node = piece->first;
    for (int32_t i = 0; i < piece->n; i++, node = state->next[node]) {
        if (!xd_type_allowed(&state->data->stops[node], type))
            return false;
    }
    return true;
}

static int32_t write_through(const struct xd_state *state, const struct piece_place *piece, int32_t *stops, int32_t n)
{
    int32_t node = piece->reversed ? piece->last : piece->first;
    for (int32_t i = 0; i < piece->n; i++, node = piece->reversed ? state->prev[node] : state->next[node])
        stops[n++] = node;
    return n;
}

/* Least change of a route in which `out` makes room for `in`, from the legs alone; XD_MOVE_FORBIDDEN without a road. */
static int64_t legs_change(const struct xd_state *state, const struct piece_place *out, const struct piece_place *in)
{
    int32_t route = state->route[out->before], type = state->routes[route].type;
    const struct xd_matrix *matrix = xd_route_matrix(state, route);
    struct xd_way way = {.last_location = state->location[out->before]};
    way_through(state, matrix, in, &way);
    xd_way_to_node(state, matrix, &way, out->after);
    if (way.broken)
        return XD_MOVE_FORBIDDEN;
    const struct xd_piece *from = &state->prefix[out->before], *to = &state->prefix[out->after];
    return xd_way_cost(state, type, way.length_m - (to->length_m - from->length_m), way.travel_s - (to->travel_s - from->travel_s));
}

static int64_t side_change(const struct xd_state *state, const struct piece_place *out, const struct piece_place *in)
{
    int32_t route = state->route[out->before];
    struct xd_piece_builder builder;
    xd_builder_start(&builder, state->data, xd_route_matrix(state, route), &state->prefix[out->before], state->location[out->before]);
    build_through(state, in, &builder);
    xd_builder_add(&builder, &state->suffix[out->after], state->location[out->after], state->location[xd_route_end(state, route)]);
    return xd_price_change(state, route, &builder.piece);
}

static bool empties(const struct xd_state *state, const struct piece_place *out, const struct piece_place *in)
{
    return in->n == 0 && !xd_node_is_stop(state, out->before) && !xd_node_is_stop(state, out->after);
}

static int64_t delta_between(const struct xd_state *state, const struct piece_place *a, const struct piece_place *b, int64_t limit)
{
    const struct xd_route_state *route_a = &state->routes[state->route[a->before]], *route_b = &state->routes[state->route[b->before]];
    if (!place_allowed(state, a, route_b->type) || !place_allowed(state, b, route_a->type))
        return XD_MOVE_FORBIDDEN;
    bool empties_a = empties(state, a, b), empties_b = empties(state, b, a);
    int64_t bound_a = -route_a->cost - route_a->penalty, bound_b = -route_b->cost - route_b->penalty;
    if (!empties_a) {
        int64_t legs = legs_change(state, a, b);
        if (legs == XD_MOVE_FORBIDDEN)
            return XD_MOVE_FORBIDDEN;
        bound_a = legs - route_a->slack;
    }
    if (!empties_b) {
        int64_t legs = legs_change(state, b, a);
        if (legs == XD_MOVE_FORBIDDEN)
            return XD_MOVE_FORBIDDEN;
        bound_b = legs - route_b->slack;
    }
    if (bound_a + bound_b >= limit)
        return bound_a + bound_b;
    int64_t delta_a = empties_a ? bound_a : side_change(state, a, b);
    if (delta_a + bound_b >= limit)
        return delta_a + bound_b;
    return delta_a + (empties_b ? bound_b : side_change(state, b, a));
}

/* a lies before b. The new route: prefix to a, b, what lies between, a, suffix after b. */
static int64_t delta_within(const struct xd_state *state, const struct piece_place *a, const struct piece_place *b, int64_t limit)
{
    int32_t route = state->route[a->before], type = state->routes[route].type;
    const struct xd_matrix *matrix = xd_route_matrix(state, route);
    bool adjacent = a->n > 0 ? b->before == a->last : b->before == a->before;
    int32_t middle_first = a->after, middle_last = b->before;
    struct xd_way way = {.last_location = state->location[a->before]};
    way_through(state, matrix, b, &way);
    if (!adjacent) {
        const struct xd_piece *from = &state->prefix[middle_first], *to = &state->prefix[middle_last];
        xd_way_to_node(state, matrix, &way, middle_first);
        way.length_m += to->length_m - from->length_m;
        way.travel_s += to->travel_s - from->travel_s;
        way.last_location = state->location[middle_last];
    }
    way_through(state, matrix, a, &way);
    xd_way_to_node(state, matrix, &way, b->after);
    if (way.broken)
        return XD_MOVE_FORBIDDEN;
    const struct xd_piece *from = &state->prefix[a->before], *to = &state->prefix[b->after];
    int64_t bound = xd_way_cost(state, type, way.length_m - (to->length_m - from->length_m), way.travel_s - (to->travel_s - from->travel_s)) -
                    state->routes[route].slack;
    if (bound >= limit)
        return bound;
    struct xd_piece_builder builder;
    xd_builder_start(&builder, state->data, matrix, from, state->location[a->before]);
    build_through(state, b, &builder);
    for (int32_t node = middle_first; !adjacent; node = state->next[node]) {
        xd_builder_add_stop(&builder, node);
        if (node == middle_last)
            break;
    }
    build_through(state, a, &builder);
    xd_builder_add(&builder, &state->suffix[b->after], state->location[b->after], state->location[xd_route_end(state, route)]);
    return xd_price_change(state, route, &builder.piece);
}

static void places_find(const struct xd_state *state, const struct xd_exchange *move, struct piece_place *a, struct piece_place *b)
{
    *a = place_find(state, move->before_a, move->a_n, move->a_reversed);
    *b = place_find(state, move->before_b, move->b_n, move->b_reversed);
    bool within = state->route[move->before_a] == state->route[move->before_b];
    if (within && state->position[move->before_b] < state->position[move->before_a]) {
        struct piece_place first = *b;
        *b = *a;
        *a = first;
    }
}

int64_t xd_exchange_delta(const struct xd_state *state, const struct xd_exchange *move, int64_t limit)
{
    struct piece_place a, b;
    places_find(state, move, &a, &b);
    return state->route[a.before] == state->route[b.before] ? delta_within(state, &a, &b, limit) : delta_between(state, &a, &b, limit);
}

void xd_exchange_apply(struct xd_state *state, const struct xd_exchange *move)
{
    struct piece_place a, b;
    places_find(state, move, &a, &b);
    int32_t route_a = state->route[a.before], route_b = state->route[b.before], n_a = 0, n_b = 0;
    int32_t node = state->next[xd_route_start(state, route_a)];
    for (; node != a.after && state->position[node] <= state->position[a.before]; node = state->next[node])
        state->scratch_a[n_a++] = node;
    n_a = write_through(state, &b, state->scratch_a, n_a);
    if (route_a == route_b) {
        for (node = a.n > 0 ? a.after : state->next[a.before]; state->position[node] <= state->position[b.before]; node = state->next[node])
            state->scratch_a[n_a++] = node;
        n_a = write_through(state, &a, state->scratch_a, n_a);
        for (node = b.after; xd_node_is_stop(state, node); node = state->next[node])
            state->scratch_a[n_a++] = node;
        xd_state_set_route(state, route_a, state->routes[route_a].type, state->scratch_a, n_a);
        return;
    }
    for (node = a.after; xd_node_is_stop(state, node); node = state->next[node])
        state->scratch_a[n_a++] = node;
    for (node = state->next[xd_route_start(state, route_b)]; node != b.after && state->position[node] <= state->position[b.before];
         node = state->next[node])
        state->scratch_b[n_b++] = node;
    n_b = write_through(state, &a, state->scratch_b, n_b);
    for (node = b.after; xd_node_is_stop(state, node); node = state->next[node])
        state->scratch_b[n_b++] = node;
    xd_state_exchange_routes(state, route_a, state->scratch_a, n_a, route_b, state->scratch_b, n_b);
}
