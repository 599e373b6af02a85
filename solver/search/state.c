#include "solver/search/state.h"

#include <string.h>

static int64_t saturating_add(int64_t a, int64_t b)
{
    int64_t sum;
    if (__builtin_add_overflow(a, b, &sum))
        return a > 0 ? INT64_MAX / 2 : INT64_MIN / 2;
    return sum > INT64_MAX / 2 ? INT64_MAX / 2 : sum;
}

enum xd_status xd_state_create(const struct xd_search_data *data, struct xd_state **state, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    size_t stops_n = (size_t)data->stops_n, routes_n = (size_t)data->routes_max, nodes_n = stops_n + 2 * routes_n;
    struct xd_state *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the search", sizeof *made);
    struct xd_arena *arena = &made->arena;
    made->data = data;
    made->next = xd_arena_alloc(arena, nodes_n, sizeof(int32_t));
    made->prev = xd_arena_alloc(arena, nodes_n, sizeof(int32_t));
    made->route = xd_arena_alloc(arena, nodes_n, sizeof(int32_t));
    made->position = xd_arena_alloc(arena, nodes_n, sizeof(int32_t));
    made->location = xd_arena_alloc(arena, nodes_n, sizeof(int32_t));
    made->saved_next = xd_arena_alloc(arena, nodes_n, sizeof(int32_t));
    made->prefix = xd_arena_alloc_zero(arena, nodes_n, sizeof(struct xd_piece));
    made->suffix = xd_arena_alloc_zero(arena, nodes_n, sizeof(struct xd_piece));
    made->routes = xd_arena_alloc_zero(arena, routes_n, sizeof(struct xd_route_state));
    made->used = xd_arena_alloc(arena, routes_n, sizeof(int32_t));
    made->free_slots = xd_arena_alloc(arena, routes_n, sizeof(int32_t));
    made->touched = xd_arena_alloc(arena, routes_n, sizeof(int32_t));
    made->type_used = xd_arena_alloc(arena, (size_t)data->types_n, sizeof(int32_t));
    made->bank = xd_arena_alloc(arena, stops_n, sizeof(int32_t));
    made->bank_at = xd_arena_alloc(arena, stops_n, sizeof(int32_t));
    made->saved_bank = xd_arena_alloc(arena, stops_n, sizeof(int32_t));
    made->scratch_a = xd_arena_alloc(arena, stops_n, sizeof(int32_t));
    made->scratch_b = xd_arena_alloc(arena, stops_n, sizeof(int32_t));
    if (!made->next || !made->prev || !made->route || !made->position || !made->location || !made->saved_next || !made->prefix || !made->suffix ||
        !made->routes || !made->used || !made->free_slots || !made->touched || !made->type_used || !made->bank || !made->bank_at ||
        !made->saved_bank || !made->scratch_a || !made->scratch_b) {
        status = xd_fail_memory(error, "the search", nodes_n * 2 * sizeof(struct xd_piece));
        goto done;
    }
    memcpy(made->location, data->location, stops_n * sizeof(int32_t));
    made->weights.least = 1;
    for (int kind = 0; kind < XD_EXCESS_KINDS_N; kind++)
        xd_weights_set(&made->weights, (enum xd_excess)kind, 256);
    xd_state_clear(made);
    *state = made;
    made = NULL;
done:
    xd_state_free(made);
    return status;
}

void xd_state_free(struct xd_state *state)
{
    if (!state)
        return;
    xd_arena_free(&state->arena);
    xd_free(state);
}

void xd_state_clear(struct xd_state *state)
{
    const struct xd_search_data *data = state->data;
    state->used_n = state->free_n = state->touched_n = state->bank_n = 0;
    state->objective = state->penalty = 0;
    for (int32_t t = 0; t < data->types_n; t++)
        state->type_used[t] = 0;
    for (int32_t s = 0; s < data->stops_n; s++) {
        state->route[s] = XD_NONE;
        state->bank_at[s] = XD_NONE;
    }
    for (int32_t r = data->routes_max - 1; r >= 0; r--) {
        int32_t start = xd_route_start(state, r), end = xd_route_end(state, r);
        state->routes[r] = (struct xd_route_state){.type = XD_NONE, .used_at = XD_NONE, .saved_type = XD_NONE};
        state->free_slots[state->free_n++] = r;
        state->next[start] = state->saved_next[start] = end;
        state->prev[end] = start;
        state->route[start] = state->route[end] = r;
    }
    for (int32_t i = 0; i < data->active_n; i++) {
        int32_t stop = data->active[i];
        state->bank_at[stop] = state->bank_n;
        state->bank[state->bank_n++] = stop;
        state->objective += data->price[stop];
    }
    state->bank_changed = true;
    xd_state_commit(state);
}

/* --- bank, slots, caches ------------------------------------------------------------------------------------------------------------------ */

static void bank_add(struct xd_state *state, int32_t stop)
{
    state->bank_at[stop] = state->bank_n;
    state->bank[state->bank_n++] = stop;
    state->route[stop] = XD_NONE;
    state->objective += state->data->price[stop];
    state->bank_changed = true;
}

static void bank_take(struct xd_state *state, int32_t stop)
{
    int32_t last = state->bank[--state->bank_n];
    state->bank[state->bank_at[stop]] = last;
    state->bank_at[last] = state->bank_at[stop];
    state->bank_at[stop] = XD_NONE;
    state->objective -= state->data->price[stop];
    state->bank_changed = true;
}

static void touch(struct xd_state *state, int32_t r)
{
    if (!state->routes[r].touched) {
        state->routes[r].touched = true;
        state->touched[state->touched_n++] = r;
    }
}

static void slot_set_type(struct xd_state *state, int32_t r, int32_t type)
{
    struct xd_route_state *route = &state->routes[r];
    if (route->type == type)
        return;
    if (route->type != XD_NONE)
        state->type_used[route->type]--;
    if (type == XD_NONE) {
        int32_t last = state->used[--state->used_n];
        state->used[route->used_at] = last;
        state->routes[last].used_at = route->used_at;
        route->used_at = XD_NONE;
        state->free_slots[state->free_n++] = r;
    } else {
        if (route->type == XD_NONE) {
            /* usually on top of the stack */
            int32_t at = state->free_n - 1;
            while (state->free_slots[at] != r)
                at--;
            state->free_slots[at] = state->free_slots[--state->free_n];
            route->used_at = state->used_n;
            state->used[state->used_n++] = r;
        }
        state->type_used[type]++;
        int32_t start = xd_route_start(state, r), end = xd_route_end(state, r);
        state->location[start] = state->data->types[type].start_location;
        state->location[end] = state->data->types[type].end_location;
        state->prefix[start] = state->data->starts[type];
        state->suffix[end] = state->data->ends[type];
    }
    route->type = type;
}

static void slot_price(struct xd_state *state, int32_t r)
{
    struct xd_route_state *route = &state->routes[r];
    state->objective -= route->cost;
    state->penalty = saturating_add(state->penalty, -route->penalty);
    route->cost = route->penalty = route->slack = 0;
    if (route->type != XD_NONE) {
        const struct xd_piece *piece = xd_route_piece(state, r);
        const struct xd_vehicle_type *type = &state->data->types[route->type];
        route->cost = xd_route_cost(state->data, route->type, piece);
        route->penalty = xd_route_penalty(state->data, &state->weights, route->type, piece);
        route->slack = route->cost + route->penalty - type->fixed_cost - type->cost_per_m * piece->length_m;
        if (state->data->timed)
            route->slack -= type->cost_per_s * piece->travel_s;
    }
    state->objective += route->cost;
    state->penalty = saturating_add(state->penalty, route->penalty);
}

/* Brings the caches up to date when prefixes before `first_stale` and suffixes after `last_stale` are good; then the price. */
static void refresh(struct xd_state *state, int32_t r, int32_t first_stale, int32_t last_stale)
{
    const struct xd_search_data *data = state->data;
    struct xd_route_state *route = &state->routes[r];
    int32_t start = xd_route_start(state, r), end = xd_route_end(state, r);
    const struct xd_matrix *matrix = xd_search_matrix(data, route->type);
    int32_t position = first_stale == state->next[start] ? 0 : state->position[state->prev[first_stale]];
    state->position[start] = 0;
    for (int32_t before = state->prev[first_stale], node = first_stale;; before = node, node = state->next[node]) {
        int64_t length_m = 0, travel_s = 0;
        (void)xd_search_leg(data, matrix, state->location[before], state->location[node], &length_m, &travel_s);
        state->position[node] = ++position;
        state->prefix[node] = state->prefix[before];
        xd_piece_append(data, &state->prefix[node], length_m, travel_s, node == end ? &data->ends[route->type] : &data->stops[node]);
        if (node == end)
            break;
    }
    route->stops_n = position - 1;
    for (int32_t node = last_stale, after = state->next[last_stale];; after = node, node = state->prev[node]) {
        int64_t length_m = 0, travel_s = 0;
        (void)xd_search_leg(data, matrix, state->location[node], state->location[after], &length_m, &travel_s);
        state->suffix[node] = node == start ? data->starts[route->type] : data->stops[node];
        xd_piece_append(data, &state->suffix[node], length_m, travel_s, &state->suffix[after]);
        if (node == start)
            break;
    }
    slot_price(state, r);
}

static void slot_empty(struct xd_state *state, int32_t r)
{
    int32_t start = xd_route_start(state, r), end = xd_route_end(state, r);
    state->next[start] = end;
    state->prev[end] = start;
    state->routes[r].stops_n = 0;
    slot_set_type(state, r, XD_NONE);
    slot_price(state, r);
}

static void slot_write(struct xd_state *state, int32_t r, int32_t type, const int32_t *stops, int32_t stops_n)
{
    if (stops_n == 0) {
        slot_empty(state, r);
        return;
    }
    int32_t last = xd_route_start(state, r), end = xd_route_end(state, r);
    for (int32_t i = 0; i < stops_n; i++) {
        state->next[last] = stops[i];
        state->prev[stops[i]] = last;
        state->route[stops[i]] = r;
        last = stops[i];
    }
    state->next[last] = end;
    state->prev[end] = last;
    slot_set_type(state, r, type);
    refresh(state, r, stops[0], last);
}

/* --- changes ------------------------------------------------------------------------------------------------------------------------------ */

void xd_state_set_route(struct xd_state *state, int32_t route, int32_t type, const int32_t *stops, int32_t stops_n)
{
    touch(state, route);
    for (int32_t node = state->next[xd_route_start(state, route)]; xd_node_is_stop(state, node); node = state->next[node])
        bank_add(state, node);
    for (int32_t i = 0; i < stops_n; i++)
        bank_take(state, stops[i]);
    slot_write(state, route, type, stops, stops_n);
}

int32_t xd_state_open_route(struct xd_state *state, int32_t type, int32_t stop)
{
    int32_t route = state->free_slots[state->free_n - 1];
    xd_state_set_route(state, route, type, &stop, 1);
    return route;
}

void xd_state_insert(struct xd_state *state, int32_t stop, int32_t after_node)
{
    int32_t route = state->route[after_node], next = state->next[after_node];
    touch(state, route);
    bank_take(state, stop);
    state->route[stop] = route;
    state->next[after_node] = stop;
    state->prev[stop] = after_node;
    state->next[stop] = next;
    state->prev[next] = stop;
    refresh(state, route, stop, stop);
}

void xd_state_remove(struct xd_state *state, int32_t first_stop, int32_t stops_n)
{
    int32_t route = state->route[first_stop], before = state->prev[first_stop], after = first_stop;
    touch(state, route);
    for (int32_t i = 0; i < stops_n; i++) {
        int32_t next = state->next[after];
        bank_add(state, after);
        after = next;
    }
    state->next[before] = after;
    state->prev[after] = before;
    if (!xd_node_is_stop(state, before) && !xd_node_is_stop(state, after))
        slot_empty(state, route);
    else
        refresh(state, route, after, before);
}

void xd_state_exchange_routes(struct xd_state *state, int32_t route_1, const int32_t *stops_1, int32_t stops_1_n, int32_t route_2,
                              const int32_t *stops_2, int32_t stops_2_n)
{
    touch(state, route_1);
    touch(state, route_2);
    int32_t type_1 = state->routes[route_1].type, type_2 = state->routes[route_2].type;
    slot_write(state, route_1, type_1, stops_1, stops_1_n);
    slot_write(state, route_2, type_2, stops_2, stops_2_n);
}

/* --- undo --------------------------------------------------------------------------------------------------------------------------------- */

void xd_state_commit(struct xd_state *state)
{
    for (int32_t i = 0; i < state->touched_n; i++) {
        struct xd_route_state *route = &state->routes[state->touched[i]];
        int32_t end = xd_route_end(state, state->touched[i]);
        for (int32_t node = xd_route_start(state, state->touched[i]); node != end; node = state->next[node])
            state->saved_next[node] = state->next[node];
        route->saved_type = route->type;
        route->touched = false;
    }
    state->touched_n = 0;
    if (state->bank_changed) {
        memcpy(state->saved_bank, state->bank, (size_t)state->bank_n * sizeof *state->bank);
        state->saved_bank_n = state->bank_n;
        state->bank_changed = false;
    }
}

void xd_state_rollback(struct xd_state *state)
{
    if (state->bank_changed) {
        for (int32_t i = 0; i < state->bank_n; i++) {
            state->bank_at[state->bank[i]] = XD_NONE;
            state->objective -= state->data->price[state->bank[i]];
        }
        state->bank_n = 0;
        for (int32_t i = 0; i < state->saved_bank_n; i++)
            bank_add(state, state->saved_bank[i]);
        state->bank_changed = false;
    }
    for (int32_t i = 0; i < state->touched_n; i++) { /* slots first: a type must be free before another route takes it */
        int32_t r = state->touched[i];
        state->routes[r].touched = false;
        if (state->routes[r].saved_type == XD_NONE && state->routes[r].type != XD_NONE)
            slot_empty(state, r);
    }
    for (int32_t i = 0; i < state->touched_n; i++) {
        int32_t r = state->touched[i], end = xd_route_end(state, r), last = xd_route_start(state, r);
        if (state->routes[r].saved_type == XD_NONE)
            continue;
        while (last != end) {
            int32_t node = state->saved_next[last];
            state->next[last] = node;
            state->prev[node] = last;
            state->route[node] = r;
            last = node;
        }
        slot_set_type(state, r, state->routes[r].saved_type);
        refresh(state, r, state->next[xd_route_start(state, r)], state->prev[end]);
    }
    state->touched_n = 0;
}

void xd_state_reprice(struct xd_state *state)
{
    state->penalty = 0;
    for (int32_t i = 0; i < state->used_n; i++)
        state->routes[state->used[i]].penalty = 0;
    for (int32_t i = 0; i < state->used_n; i++)
        slot_price(state, state->used[i]);
}

/* --- copies ------------------------------------------------------------------------------------------------------------------------------- */

int32_t xd_state_save(const struct xd_state *state, int32_t *types, int32_t *first, int32_t *stops)
{
    int32_t routes_n = 0, n = 0;
    for (int32_t r = 0; r < state->data->routes_max; r++) {
        if (state->routes[r].type == XD_NONE)
            continue;
        types[routes_n] = state->routes[r].type;
        first[routes_n++] = n;
        for (int32_t node = state->next[xd_route_start(state, r)]; xd_node_is_stop(state, node); node = state->next[node])
            stops[n++] = node;
    }
    first[routes_n] = n;
    return routes_n;
}

/* The stops of one route that may be taken over, in order: unserved so far, allowed on the type, and with a road from each to the next. */
static int32_t loadable(const struct xd_state *state, int32_t type, const int32_t *stops, int32_t stops_n, int32_t *kept)
{
    const struct xd_search_data *data = state->data;
    const struct xd_vehicle_type *vehicle = &data->types[type];
    const struct xd_matrix *matrix = xd_search_matrix(data, type);
    int32_t kept_n = 0, last = vehicle->start_location;
    for (int32_t i = 0; i < stops_n; i++) {
        int32_t stop = stops[i];
        if (stop < 0 || stop >= data->stops_n || state->bank_at[stop] == XD_NONE || !xd_type_allowed(&data->stops[stop], type) ||
            !xd_matrix_reachable(matrix, last, data->location[stop]))
            continue;
        bool twice = false;
        for (int32_t k = 0; k < kept_n; k++)
            twice = twice || kept[k] == stop;
        if (twice)
            continue;
        kept[kept_n++] = stop;
        last = data->location[stop];
    }
    while (kept_n > 0 && !xd_matrix_reachable(matrix, data->location[kept[kept_n - 1]], vehicle->end_location))
        kept_n--;
    return kept_n;
}

void xd_state_load(struct xd_state *state, const struct xd_routes *routes)
{
    xd_state_clear(state);
    for (int32_t r = 0; r < routes->routes_n && state->free_n > 0; r++) {
        int32_t type = routes->types[r];
        if (type < 0 || type >= state->data->types_n || !xd_type_spare(state, type))
            continue;
        int32_t kept_n = loadable(state, type, routes->stops + routes->first[r], routes->first[r + 1] - routes->first[r], state->scratch_a);
        if (kept_n > 0)
            xd_state_set_route(state, state->free_slots[state->free_n - 1], type, state->scratch_a, kept_n);
    }
    xd_state_commit(state);
}

/* --- test support ------------------------------------------------------------------------------------------------------------------------- */

static bool pieces_equal(const struct xd_search_data *data, const struct xd_piece *a, const struct xd_piece *b)
{
    bool equal = a->length_m == b->length_m && a->allowed == b->allowed;
    if (data->timed)
        equal = equal && memcmp(&a->time, &b->time, sizeof a->time) == 0 && a->travel_s == b->travel_s;
    for (int32_t dim = 0; dim < data->dims_n; dim++)
        equal = equal && memcmp(&a->load[dim], &b->load[dim], sizeof a->load[dim]) == 0;
    return equal;
}

static bool route_is_sound(const struct xd_state *state, int32_t r, int32_t *served_n)
{
    const struct xd_search_data *data = state->data;
    int32_t type = state->routes[r].type, end = xd_route_end(state, r), position = 0;
    struct xd_piece_builder builder;
    xd_builder_start(&builder, data, xd_search_matrix(data, type), &data->starts[type], data->types[type].start_location);
    for (int32_t before = xd_route_start(state, r), node = state->next[before]; node != end; before = node, node = state->next[node]) {
        if (!xd_node_is_stop(state, node) || state->prev[node] != before || state->route[node] != r || state->position[node] != ++position ||
            state->bank_at[node] != XD_NONE)
            return false;
        xd_builder_add_stop(&builder, node);
        if (!pieces_equal(data, &builder.piece, &state->prefix[node]))
            return false;
    }
    int32_t end_location = data->types[type].end_location;
    xd_builder_add(&builder, &data->ends[type], end_location, end_location);
    *served_n += position;
    return !builder.broken && position == state->routes[r].stops_n && pieces_equal(data, &builder.piece, &state->prefix[end]) &&
           pieces_equal(data, &builder.piece, &state->suffix[xd_route_start(state, r)]) && xd_type_allowed(&builder.piece, type) &&
           xd_route_cost(data, type, &builder.piece) == state->routes[r].cost &&
           xd_route_penalty(data, &state->weights, type, &builder.piece) == state->routes[r].penalty;
}

bool xd_state_is_sound(const struct xd_state *state)
{
    int64_t objective = 0, penalty = 0;
    int32_t served_n = 0, used_n = 0;
    for (int32_t r = 0; r < state->data->routes_max; r++) {
        if (state->routes[r].type == XD_NONE)
            continue;
        used_n++;
        if (!route_is_sound(state, r, &served_n))
            return false;
        objective += state->routes[r].cost;
        penalty = saturating_add(penalty, state->routes[r].penalty);
    }
    for (int32_t i = 0; i < state->bank_n; i++) {
        if (state->bank_at[state->bank[i]] != i || state->route[state->bank[i]] != XD_NONE)
            return false;
        objective += state->data->price[state->bank[i]];
    }
    for (int32_t t = 0; t < state->data->types_n; t++) {
        if (state->type_used[t] > state->data->types[t].count)
            return false;
    }
    return objective == state->objective && penalty == state->penalty && used_n == state->used_n && served_n + state->bank_n == state->data->active_n;
}
