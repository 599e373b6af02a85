#include "solver/search/local_search.h"

enum { REVERSE_SPAN_MAX = 60 };

enum xd_status xd_local_search_init(struct xd_local_search *search, const struct xd_search_data *data, int32_t neighbours_n, struct xd_arena *arena,
                                    struct xd_error *error)
{
    *search = (struct xd_local_search){.queue_size = data->stops_n};
    search->neighbours_n = neighbours_n < data->neighbours_n ? neighbours_n : data->neighbours_n;
    search->queue = xd_arena_alloc(arena, (size_t)data->stops_n, sizeof *search->queue);
    search->queued = xd_arena_alloc_zero(arena, (size_t)data->stops_n, sizeof *search->queued);
    if (!search->queue || !search->queued)
        return xd_fail_memory(error, "the search", (size_t)data->stops_n * sizeof *search->queue);
    return XD_OK;
}

void xd_local_search_queue(struct xd_local_search *search, int32_t stop)
{
    if (search->queued[stop])
        return;
    int32_t at = search->queue_from + search->queue_n++;
    search->queue[at >= search->queue_size ? at - search->queue_size : at] = stop;
    search->queued[stop] = true;
}

void xd_local_search_queue_all(struct xd_local_search *search, const struct xd_state *state)
{
    for (int32_t i = 0; i < state->data->active_n; i++)
        xd_local_search_queue(search, state->data->active[i]);
}

static int32_t queue_take(struct xd_local_search *search)
{
    int32_t stop = search->queue[search->queue_from++];
    if (search->queue_from == search->queue_size)
        search->queue_from = 0;
    search->queue_n--;
    search->queued[stop] = false;
    return stop;
}

static void queue_around(struct xd_local_search *search, const struct xd_state *state, int32_t node)
{
    if (xd_node_is_stop(state, node)) {
        xd_local_search_queue(search, node);
        if (state->route[node] == XD_NONE)
            return;
    }
    if (xd_node_is_stop(state, state->prev[node]) && node != xd_route_start(state, state->route[node]))
        xd_local_search_queue(search, state->prev[node]);
    if (node != xd_route_end(state, state->route[node]) && xd_node_is_stop(state, state->next[node]))
        xd_local_search_queue(search, state->next[node]);
}

/* The nodes before and after whose surroundings change; queue_around needs live sentinels, so stops only. */
static void queue_stop_around(struct xd_local_search *search, const struct xd_state *state, int32_t node)
{
    if (xd_node_is_stop(state, node))
        queue_around(search, state, node);
}

static bool exchange_try(struct xd_local_search *search, struct xd_state *state, const struct xd_exchange *move)
{
    search->moves_tried_n++;
    if (xd_exchange_delta(state, move, 0) >= 0)
        return false;
    int32_t ends[2 * (XD_MOVE_PIECE + 2)], n = 0;
    const int32_t before[2] = {move->before_a, move->before_b}, pieces[2] = {move->a_n, move->b_n};
    for (int side = 0; side < 2; side++) {
        int32_t node = before[side];
        ends[n++] = node;
        for (int32_t i = 0; i <= pieces[side]; i++)
            ends[n++] = node = state->next[node];
    }
    xd_exchange_apply(state, move);
    search->moves_made_n++;
    for (int32_t i = 0; i < n; i++)
        queue_stop_around(search, state, ends[i]);
    return true;
}

static int64_t leg_cost(const struct xd_state *state, int32_t type, int32_t from, int32_t to)
{
    int64_t length_m = 0, travel_s = 0;
    if (!xd_search_leg(state->data, xd_search_matrix(state->data, type), state->location[from], state->location[to], &length_m, &travel_s))
        return XD_MOVE_FORBIDDEN;
    return xd_way_cost(state, type, length_m, travel_s);
}

/* The piece of n stops that has `stop` at its front (or back) in driving order; XD_NONE when the route is too short.
 * Returns the node before the piece. */
static int32_t piece_before(const struct xd_state *state, int32_t stop, int32_t n, bool front)
{
    int32_t node = stop;
    for (int32_t i = 1; i < n; i++) {
        node = front ? state->next[node] : state->prev[node];
        if (!xd_node_is_stop(state, node))
            return XD_NONE;
    }
    return front ? state->prev[stop] : state->prev[node];
}

static bool overlap(const struct xd_state *state, int32_t before_a, int32_t a_n, int32_t before_b, int32_t b_n)
{
    if (state->route[before_a] != state->route[before_b])
        return false;
    int32_t a = state->position[before_a], b = state->position[before_b];
    return a <= b ? a + a_n > b : b + b_n > a;
}

/* Brings u right behind v (behind) or right before it: a piece with u at the joint goes there; 0..2 stops beyond v come back in exchange. */
static bool join_try(struct xd_local_search *search, struct xd_state *state, int32_t u, int32_t v, bool behind)
{
    int32_t beyond = behind ? state->next[v] : state->prev[v];
    if (beyond == u)
        return false;
    int32_t type_v = state->routes[state->route[v]].type;
    int64_t joint = behind ? leg_cost(state, type_v, v, u) : leg_cost(state, type_v, u, v);
    int64_t opened = behind ? leg_cost(state, type_v, v, beyond) : leg_cost(state, type_v, beyond, v);
    bool taut = state->routes[state->route[u]].slack == 0 && state->routes[state->route[v]].slack == 0;
    if (joint == XD_MOVE_FORBIDDEN)
        return false;
    for (int turned = 0; turned < 2; turned++) {
        /* behind v, u comes first: not turned, the piece runs on from u; turned, it runs up to u and is driven backwards */
        bool front = behind != (turned == 1);
        int32_t left = front ? state->prev[u] : state->next[u];
        int64_t left_leg = front ? leg_cost(state, type_v, left, u) : leg_cost(state, type_v, u, left);
        if (taut && joint >= left_leg && joint >= opened)
            continue; /* both legs that go at the joint are shorter than the new one: the gain, if any, is another pair's */
        for (int32_t a_n = 1 + turned; a_n <= XD_MOVE_PIECE; a_n++) {
            struct xd_exchange move = {.a_n = a_n, .a_reversed = turned == 1, .before_a = piece_before(state, u, a_n, front)};
            if (move.before_a == XD_NONE)
                break;
            int32_t node = beyond;
            for (move.b_n = 0; move.b_n <= 2; move.b_n++) {
                if (move.b_n > 0) {
                    if (!xd_node_is_stop(state, node))
                        break;
                    if (!behind)
                        move.before_b = state->prev[node];
                    else
                        move.before_b = v;
                    node = behind ? state->next[node] : state->prev[node];
                } else {
                    move.before_b = behind ? v : beyond;
                }
                if (overlap(state, move.before_a, move.a_n, move.before_b, move.b_n))
                    break;
                if (state->route[u] == state->route[v]) { /* v may not lie in the piece */
                    int32_t at = state->position[v] - state->position[move.before_a];
                    if (at >= 1 && at <= a_n)
                        break;
                    if (move.b_n == 0 && (move.before_b == move.before_a))
                        continue;
                }
                for (int b_turned = 0; b_turned < (move.b_n == 2 ? 2 : 1); b_turned++) {
                    move.b_reversed = b_turned == 1;
                    if (exchange_try(search, state, &move))
                        return true;
                }
            }
        }
    }
    return false;
}

static bool tails_try(struct xd_local_search *search, struct xd_state *state, int32_t head, int32_t tail)
{
    int32_t other = state->prev[tail], cut = state->next[head];
    search->moves_tried_n++;
    if (xd_tails_delta(state, head, other, 0) >= 0)
        return false;
    xd_tails_apply(state, head, other);
    search->moves_made_n++;
    queue_stop_around(search, state, head);
    queue_stop_around(search, state, tail);
    queue_stop_around(search, state, other);
    queue_stop_around(search, state, cut);
    return true;
}

static bool reverse_try(struct xd_local_search *search, struct xd_state *state, int32_t first, int32_t last)
{
    if (state->position[last] - state->position[first] > REVERSE_SPAN_MAX)
        return false;
    int32_t before = state->prev[first], after = state->next[last];
    search->moves_tried_n++;
    if (xd_reverse_delta(state, first, last, 0) >= 0)
        return false;
    xd_reverse_apply(state, first, last);
    search->moves_made_n++;
    const int32_t ends[] = {before, first, last, after};
    for (int i = 0; i < 4; i++)
        queue_stop_around(search, state, ends[i]);
    return true;
}

static bool pair_try(struct xd_local_search *search, struct xd_state *state, int32_t u, int32_t v)
{
    if (join_try(search, state, u, v, true) || join_try(search, state, u, v, false))
        return true;
    int32_t route_u = state->route[u], route_v = state->route[v];
    if (route_u != route_v) {
        if (state->data->tail_class[state->routes[route_u].type] != state->data->tail_class[state->routes[route_v].type])
            return false;
        return tails_try(search, state, u, v) || tails_try(search, state, v, u);
    }
    int32_t first = state->position[u] < state->position[v] ? u : v, last = first == u ? v : u;
    /* makes first and last neighbours: (first, last ... turned) or (turned ..., last) */
    return (state->next[first] != last && reverse_try(search, state, state->next[first], last)) ||
           (state->next[first] != last && reverse_try(search, state, first, state->prev[last]));
}

static bool alone_try(struct xd_local_search *search, struct xd_state *state, int32_t u)
{
    int32_t before = state->prev[u], after = state->next[u];
    bool made = false;
    search->moves_tried_n++;
    if (xd_remove_delta(state, u, 0) < 0) {
        xd_state_remove(state, u, 1);
        made = true;
    } else if (state->free_n > 0 && state->routes[state->route[u]].stops_n > 1) {
        for (int32_t type = 0; type < state->data->types_n && !made; type++) {
            if (xd_type_spare(state, type) && xd_split_delta(state, u, type, 0) < 0) {
                xd_split_apply(state, u, type);
                made = true;
            }
        }
    }
    if (made) {
        search->moves_made_n++;
        queue_stop_around(search, state, before);
        queue_stop_around(search, state, after);
    }
    return made;
}

static bool bank_try(struct xd_local_search *search, struct xd_state *state, int32_t stop)
{
    const int32_t *row = state->data->neighbours + (size_t)stop * (size_t)state->data->neighbours_n;
    for (int32_t k = 0; k < search->neighbours_n && row[k] >= 0; k++) {
        if (state->route[row[k]] == XD_NONE)
            continue;
        for (int side = 0; side < 2; side++) {
            int32_t after = side == 0 ? row[k] : state->prev[row[k]];
            search->moves_tried_n++;
            if (xd_insert_delta(state, stop, after, 0) < 0) {
                xd_state_insert(state, stop, after);
                search->moves_made_n++;
                queue_stop_around(search, state, stop);
                return true;
            }
        }
    }
    for (int32_t type = 0; type < state->data->types_n && state->free_n > 0; type++) {
        if (xd_type_spare(state, type) && xd_open_delta(state, stop, type, 0) < 0) {
            (void)xd_state_open_route(state, type, stop);
            xd_local_search_queue(search, stop);
            return true;
        }
    }
    return false;
}

void xd_local_search_run(struct xd_local_search *search, struct xd_state *state, int32_t most_n)
{
    const struct xd_search_data *data = state->data;
    for (int32_t taken_n = 0; search->queue_n > 0 && taken_n < most_n; taken_n++) {
        int32_t u = queue_take(search);
        if (state->bank_at[u] == XD_NONE && state->route[u] == XD_NONE)
            continue; /* no vehicle can */
        if (state->route[u] == XD_NONE) {
            (void)bank_try(search, state, u);
            continue;
        }
        const int32_t *row = data->neighbours + (size_t)u * (size_t)data->neighbours_n;
        bool made = false;
        for (int32_t k = 0; k < search->neighbours_n && row[k] >= 0 && !made; k++) {
            if (state->route[row[k]] != XD_NONE)
                made = pair_try(search, state, u, row[k]);
        }
        if (!made)
            made = alone_try(search, state, u);
        if (made)
            xd_local_search_queue(search, u);
    }
}

void xd_local_search_vehicles(struct xd_local_search *search, struct xd_state *state)
{
    const struct xd_search_data *data = state->data;
    if (data->types_n < 2)
        return;
    for (int32_t i = 0; i < state->touched_n; i++) {
        int32_t route = state->touched[i];
        if (state->routes[route].type == XD_NONE)
            continue;
        int64_t best = 0;
        int32_t best_type = XD_NONE;
        for (int32_t type = 0; type < data->types_n; type++) {
            if (type == state->routes[route].type || !xd_type_spare(state, type))
                continue;
            search->moves_tried_n++;
            int64_t delta = xd_vehicle_change_delta(state, route, type, best);
            if (delta < best) {
                best = delta;
                best_type = type;
            }
        }
        if (best_type != XD_NONE) {
            xd_vehicle_change_apply(state, route, best_type);
            search->moves_made_n++;
        }
        for (int32_t k = 0; k < i; k++) { /* trades among the routes touched */
            int32_t other = state->touched[k];
            if (state->routes[other].type == XD_NONE || state->routes[other].type == state->routes[route].type)
                continue;
            search->moves_tried_n++;
            if (xd_vehicle_swap_delta(state, route, other, 0) < 0) {
                xd_vehicle_swap_apply(state, route, other);
                search->moves_made_n++;
            }
        }
    }
}
