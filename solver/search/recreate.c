#include "solver/search/ruin.h"

enum {
    TYPE_BLINK = 4,       /* one vehicle type in so many is overlooked when a route is opened: else the cheapest for one stop always wins */
    SCAN_ALL_ROUTES = 12, /* with fewer routes, or ... */
    SCAN_ALL_STOPS = 250  /* ... stops, every route is looked at; otherwise those of the nearest stops only */
};

enum xd_status xd_ruin_init(struct xd_ruin *ruin, const struct xd_search_data *data, struct xd_arena *arena, struct xd_rng *rng,
                            struct xd_error *error)
{
    *ruin = (struct xd_ruin){.rng = rng, .blink_mean = XD_BLINK_MEAN};
    ruin->order = xd_arena_alloc(arena, (size_t)data->stops_n, sizeof *ruin->order);
    ruin->route_seen = xd_arena_alloc_zero(arena, (size_t)data->routes_max, sizeof *ruin->route_seen);
    ruin->changed = xd_arena_alloc(arena, (size_t)data->stops_n, sizeof *ruin->changed);
    if (!ruin->order || !ruin->route_seen || !ruin->changed)
        return xd_fail_memory(error, "the search", (size_t)data->stops_n * sizeof *ruin->order);
    return XD_OK;
}

static bool blinks_now(struct xd_ruin *ruin)
{
    if (ruin->until_blink-- > 0)
        return false;
    ruin->until_blink = (int32_t)xd_rng_below(ruin->rng, 2 * (uint32_t)ruin->blink_mean - 1);
    return true;
}

/* Penalties for load that the route cannot escape once it also carries the stop, wherever on the way. */
static int64_t load_bound(const struct xd_state *state, const struct xd_piece *route, const struct xd_piece *stop, int32_t type)
{
    int64_t penalty = 0;
    for (int32_t dim = 0; dim < state->data->dims_n; dim++) {
        int64_t delivery = route->load[dim].delivery + stop->load[dim].delivery, pickup = route->load[dim].pickup + stop->load[dim].pickup;
        int64_t most = delivery > pickup ? delivery : pickup;
        most = route->load[dim].maximum > most ? route->load[dim].maximum : most;
        penalty += xd_penalty(&state->weights, (enum xd_excess)(XD_EXCESS_LOAD_0 + dim), most - state->data->types[type].capacity[dim]);
    }
    return penalty;
}

static void scan_route(struct xd_ruin *ruin, const struct xd_state *state, int32_t stop, int32_t route, bool blinks, struct xd_insertion *best)
{
    const struct xd_search_data *data = state->data;
    const struct xd_route_state *now = &state->routes[route];
    const struct xd_piece *piece = &data->stops[stop];
    if (!xd_type_allowed(piece, now->type))
        return;
    const struct xd_vehicle_type *type = &data->types[now->type];
    int64_t base = load_bound(state, xd_route_piece(state, route), piece, now->type) - now->slack;
    if (data->timed)
        base += type->cost_per_s * piece->travel_s;
    if (base - data->detour_saving[now->type] >= best->delta)
        return;
    const struct xd_matrix *matrix = data->problem->matrices[type->matrix];
    int32_t here = data->location[stop], end = xd_route_end(state, route);
    for (int32_t node = xd_route_start(state, route), next; node != end; node = next) {
        next = state->next[node];
        int64_t to_m = 0, to_s = 0, from_m = 0, from_s = 0;
        if (blinks && blinks_now(ruin))
            continue;
        if (!xd_search_leg(data, matrix, state->location[node], here, &to_m, &to_s) ||
            !xd_search_leg(data, matrix, here, state->location[next], &from_m, &from_s))
            continue;
        const struct xd_piece *before = &state->prefix[node], *after = &state->prefix[next];
        int64_t bound = base + type->cost_per_m * (to_m + from_m - (after->length_m - before->length_m));
        if (data->timed) {
            int64_t leg_s = after->travel_s - before->travel_s - (next == end ? 0 : data->stops[next].travel_s);
            bound += type->cost_per_s * (to_s + from_s - leg_s);
        }
        if (bound >= best->delta)
            continue;
        struct xd_piece changed = *before;
        xd_piece_append(data, &changed, to_m, to_s, piece);
        xd_piece_append(data, &changed, from_m, from_s, &state->suffix[next]);
        int64_t delta = xd_price_change(state, route, &changed);
        if (delta < best->delta)
            *best = (struct xd_insertion){delta, node, XD_NONE};
    }
}

/* rng NULL: no type is overlooked. */
static void open_scan(const struct xd_state *state, int32_t stop, struct xd_rng *rng, struct xd_insertion *best)
{
    const struct xd_search_data *data = state->data;
    int64_t price = data->price[stop];
    for (int32_t type = 0; type < data->types_n && state->free_n > 0; type++) {
        if (!xd_type_spare(state, type) || (rng && data->types_n > 1 && xd_rng_below(rng, TYPE_BLINK) == 0))
            continue;
        int64_t delta = xd_open_delta(state, stop, type, best->delta - price);
        if (delta != XD_MOVE_FORBIDDEN && delta + price < best->delta)
            *best = (struct xd_insertion){delta + price, XD_NONE, type};
    }
}

bool xd_insertion_in_route(struct xd_ruin *ruin, const struct xd_state *state, int32_t stop, int32_t route, int64_t limit, struct xd_insertion *best)
{
    *best = (struct xd_insertion){limit, XD_NONE, XD_NONE};
    scan_route(ruin, state, stop, route, false, best);
    return best->after != XD_NONE;
}

bool xd_insertion_open(const struct xd_state *state, int32_t stop, int64_t limit, struct xd_insertion *best)
{
    *best = (struct xd_insertion){limit, XD_NONE, XD_NONE};
    open_scan(state, stop, NULL, best);
    return best->type != XD_NONE;
}

bool xd_insertion_find(struct xd_ruin *ruin, const struct xd_state *state, int32_t stop, int64_t limit, bool blinks, struct xd_insertion *best)
{
    const struct xd_search_data *data = state->data;
    *best = (struct xd_insertion){limit, XD_NONE, XD_NONE};
    if (state->used_n <= SCAN_ALL_ROUTES || data->active_n <= SCAN_ALL_STOPS) {
        for (int32_t i = 0; i < state->used_n; i++)
            scan_route(ruin, state, stop, state->used[i], blinks, best);
    } else {
        const int32_t *row = data->neighbours + (size_t)stop * (size_t)data->neighbours_n;
        ruin->stamp++;
        for (int32_t k = 0; k < data->neighbours_n && row[k] >= 0; k++) {
            int32_t route = state->route[row[k]];
            if (route == XD_NONE || ruin->route_seen[route] == ruin->stamp)
                continue;
            ruin->route_seen[route] = ruin->stamp;
            scan_route(ruin, state, stop, route, blinks, best);
        }
    }
    open_scan(state, stop, blinks ? ruin->rng : NULL, best);
    return best->after != XD_NONE || best->type != XD_NONE;
}

void xd_insertion_apply(struct xd_state *state, int32_t stop, const struct xd_insertion *insertion)
{
    if (insertion->after != XD_NONE)
        xd_state_insert(state, stop, insertion->after);
    else
        (void)xd_state_open_route(state, insertion->type, stop);
}

/* By (key, stop): a total order. Shell sort, as qsort may allocate. */
static void order_sort(struct xd_insertion_key *items, int32_t n)
{
    int32_t gap = 1;
    while (gap < n / 3)
        gap = 3 * gap + 1;
    for (; gap > 0; gap /= 3) {
        for (int32_t i = gap; i < n; i++) {
            struct xd_insertion_key item = items[i];
            int32_t at = i;
            for (; at >= gap && (items[at - gap].key > item.key || (items[at - gap].key == item.key && items[at - gap].stop > item.stop)); at -= gap)
                items[at] = items[at - gap];
            items[at] = item;
        }
    }
}

enum insertion_order { ORDER_RANDOM, ORDER_DEMAND, ORDER_FAR, ORDER_CLOSE, ORDER_WINDOW, ORDER_LATEST, ORDER_EARLIEST };

static enum insertion_order order_draw(struct xd_ruin *ruin, const struct xd_search_data *data)
{
    /* weights 4 4 2 1, with windows 2 2 2 more */
    uint32_t draw = xd_rng_below(ruin->rng, data->timed ? 17 : 11);
    static const enum insertion_order ORDERS[] = {ORDER_RANDOM, ORDER_RANDOM, ORDER_RANDOM, ORDER_RANDOM,   ORDER_DEMAND,  ORDER_DEMAND,
                                                  ORDER_DEMAND, ORDER_DEMAND, ORDER_FAR,    ORDER_FAR,      ORDER_CLOSE,   ORDER_WINDOW,
                                                  ORDER_WINDOW, ORDER_LATEST, ORDER_LATEST, ORDER_EARLIEST, ORDER_EARLIEST};
    return ORDERS[draw];
}

static int64_t order_key(struct xd_ruin *ruin, const struct xd_search_data *data, enum insertion_order order, int32_t stop)
{
    const struct xd_stop *values = &data->problem->stops[stop];
    const struct xd_vehicle_type *type = &data->types[0];
    int32_t far_m = xd_matrix_length_m(xd_search_matrix(data, 0), type->start_location, values->location);
    int64_t volume = 0;
    for (int32_t dim = 0; dim < data->dims_n; dim++) { /* in parts of the first vehicle type, so that dimensions compare */
        int64_t most = values->delivery[dim] > values->pickup[dim] ? values->delivery[dim] : values->pickup[dim];
        volume += most * 1000 / (type->capacity[dim] > 0 ? type->capacity[dim] : 1);
    }
    switch (order) {
    case ORDER_DEMAND:
        return -volume;
    case ORDER_FAR:
        return -(int64_t)far_m;
    case ORDER_CLOSE:
        return far_m;
    case ORDER_WINDOW:
        return values->latest_s - values->earliest_s;
    case ORDER_LATEST:
        return values->latest_s;
    case ORDER_EARLIEST:
        return -values->earliest_s;
    case ORDER_RANDOM:
    default:
        return (int64_t)(xd_rng_next(ruin->rng) >> 1);
    }
}

void xd_recreate(struct xd_ruin *ruin, struct xd_state *state, int32_t most_n, bool blinks)
{
    const struct xd_search_data *data = state->data;
    enum insertion_order order = order_draw(ruin, data);
    int32_t n = state->bank_n, from = 0;
    if (n > most_n) { /* the stops just taken out lie at the end of the bank; of the others a window by chance */
        from = (int32_t)xd_rng_below(ruin->rng, (uint32_t)(n - most_n / 2));
        n = most_n / 2;
        for (int32_t i = 0; i < n; i++)
            ruin->order[i].stop = state->bank[from + i];
        for (int32_t i = state->bank_n - 1; i >= from + n && n < most_n && i >= state->bank_n - most_n / 2; i--)
            ruin->order[n++].stop = state->bank[i];
    } else {
        for (int32_t i = 0; i < n; i++)
            ruin->order[i].stop = state->bank[i];
    }
    for (int32_t i = 0; i < n; i++)
        ruin->order[i].key = order_key(ruin, data, order, ruin->order[i].stop);
    order_sort(ruin->order, n);
    for (int32_t i = 0; i < n; i++) {
        int32_t stop = ruin->order[i].stop;
        struct xd_insertion best;
        if (!xd_insertion_find(ruin, state, stop, data->price[stop], blinks, &best))
            continue;
        xd_insertion_apply(state, stop, &best);
        if (ruin->changed_n < data->stops_n)
            ruin->changed[ruin->changed_n++] = stop;
    }
}
