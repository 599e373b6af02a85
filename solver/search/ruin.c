#include "solver/search/ruin.h"

enum { SPLIT_DEPTH_PERCENT = 1 };

static bool leg_exists(const struct xd_state *state, int32_t route, int32_t from, int32_t to)
{
    return xd_matrix_reachable(xd_route_matrix(state, route), state->location[from], state->location[to]);
}

/* Takes out n consecutive stops from first on, unless that leaves two nodes without a road between them. */
static void take_out(struct xd_ruin *ruin, struct xd_state *state, int32_t first, int32_t n)
{
    if (n <= 0)
        return;
    int32_t route = state->route[first], before = state->prev[first], after = first;
    for (int32_t i = 0; i < n; i++)
        after = state->next[after];
    bool empties = !xd_node_is_stop(state, before) && !xd_node_is_stop(state, after);
    if (!empties && !leg_exists(state, route, before, after))
        return;
    if (ruin->changed_n < state->data->stops_n && xd_node_is_stop(state, before))
        ruin->changed[ruin->changed_n++] = before;
    if (ruin->changed_n < state->data->stops_n && xd_node_is_stop(state, after))
        ruin->changed[ruin->changed_n++] = after;
    xd_state_remove(state, first, n);
}

static int32_t back_from(const struct xd_state *state, int32_t node, int32_t steps)
{
    while (steps-- > 0)
        node = state->prev[node];
    return node;
}

static int32_t on_from(const struct xd_state *state, int32_t node, int32_t steps)
{
    while (steps-- > 0)
        node = state->next[node];
    return node;
}

/* A string of `length` stops that holds `stop`; every second time with `kept` stops in its midst left in place. */
static void string_take(struct xd_ruin *ruin, struct xd_state *state, int32_t stop, int32_t length)
{
    int32_t route = state->route[stop], stops_n = state->routes[route].stops_n, at = state->position[stop] - 1; /* 0-based */
    int32_t kept = 0;
    if (length > 1 && length < stops_n && xd_rng_below(ruin->rng, 2) == 0) {
        kept = 1;
        while (length + kept < stops_n && xd_rng_below(ruin->rng, 100) < SPLIT_DEPTH_PERCENT)
            kept++;
    }
    int32_t span = length + kept;
    int32_t low = at - span + 1 > 0 ? at - span + 1 : 0, high = at < stops_n - span ? at : stops_n - span;
    int32_t begin = (int32_t)xd_rng_between(ruin->rng, low, high);
    int32_t first = begin <= at ? back_from(state, stop, at - begin) : on_from(state, stop, begin - at);
    if (kept == 0) {
        take_out(ruin, state, first, length);
        return;
    }
    int32_t head = 1 + (int32_t)xd_rng_below(ruin->rng, (uint32_t)(length - 1)); /* stops before the kept ones */
    int32_t second = on_from(state, first, head + kept);
    take_out(ruin, state, second, length - head);
    take_out(ruin, state, first, head);
}

void xd_ruin_strings(struct xd_ruin *ruin, struct xd_state *state, double removed_mean, int32_t string_max)
{
    const struct xd_search_data *data = state->data;
    int32_t served_n = data->active_n - state->bank_n;
    if (served_n <= 0)
        return;
    double mean_stops = (double)served_n / (double)state->used_n;
    double length_max = mean_stops < (double)string_max ? mean_stops : (double)string_max;
    double strings_max = 4.0 * removed_mean / (1.0 + length_max) - 1.0;
    int32_t strings_n = (int32_t)(1.0 + xd_rng_unit(ruin->rng) * (strings_max > 0 ? strings_max : 0));
    int32_t seed = data->active[xd_rng_below(ruin->rng, (uint32_t)data->active_n)];
    const int32_t *row = data->neighbours + (size_t)seed * (size_t)data->neighbours_n;
    ruin->stamp++;
    for (int32_t k = -1; k < data->neighbours_n && strings_n > 0; k++) {
        int32_t stop = k < 0 ? seed : row[k];
        if (stop < 0)
            break;
        int32_t route = state->route[stop];
        if (route == XD_NONE || ruin->route_seen[route] == ruin->stamp)
            continue;
        ruin->route_seen[route] = ruin->stamp;
        double most = (double)state->routes[route].stops_n < length_max ? (double)state->routes[route].stops_n : length_max;
        int32_t length = (int32_t)(1.0 + xd_rng_unit(ruin->rng) * most);
        length = length > state->routes[route].stops_n ? state->routes[route].stops_n : length;
        string_take(ruin, state, stop, length);
        strings_n--;
    }
}

void xd_ruin_all(struct xd_state *state)
{
    while (state->used_n > 0)
        xd_state_set_route(state, state->used[state->used_n - 1], XD_NONE, NULL, 0);
}
