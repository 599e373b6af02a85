#include "solver/construct/construct.h"

#include <stdlib.h>

enum { SAVINGS_NEIGHBOURS = 40, CHANCE_PERMILLE = 200 };

struct saving {
    int64_t gain;
    int32_t from, to;
};

/* Chains of stops, each known by its ends. */
struct savings {
    const struct xd_search_data *data;
    const struct xd_weights *weights;
    const struct xd_matrix *matrix;
    struct xd_rng *rng; /* NULL: savings as they are */
    int32_t type;
    int32_t *next, *prev;           /* XD_NONE at the ends of a chain */
    int32_t *other_end;             /* of end stops */
    struct xd_piece *chain;         /* of first stops: the stops' piece, depots not in it */
    int64_t *cost;                  /* of first stops: as a route */
    int64_t *to_depot, *from_depot; /* of placed stops: cost of the leg */
    bool *placed;                   /* in some chain */
    struct saving *list;
    size_t list_n;
};

/* Price of a chain as a route of a type; XD_MOVE_FORBIDDEN unless feasible. */
static int64_t chain_price(const struct savings *savings, const struct xd_piece *chain, int32_t first, int32_t last, int32_t type)
{
    const struct xd_search_data *data = savings->data;
    const struct xd_vehicle_type *vehicle = &data->types[type];
    struct xd_piece_builder builder;
    if (!xd_type_allowed(chain, type))
        return XD_MOVE_FORBIDDEN;
    xd_builder_start(&builder, data, xd_search_matrix(data, type), &data->starts[type], vehicle->start_location);
    xd_builder_add(&builder, chain, data->location[first], data->location[last]);
    xd_builder_add(&builder, &data->ends[type], vehicle->end_location, vehicle->end_location);
    if (builder.broken || xd_route_penalty(data, savings->weights, type, &builder.piece) != 0)
        return XD_MOVE_FORBIDDEN;
    return xd_route_cost(data, type, &builder.piece);
}

static int64_t leg_cost(const struct savings *savings, int32_t from, int32_t to)
{
    const struct xd_vehicle_type *vehicle = &savings->data->types[savings->type];
    int64_t length_m = 0, travel_s = 0;
    if (!xd_search_leg(savings->data, savings->matrix, from, to, &length_m, &travel_s))
        return XD_MOVE_FORBIDDEN;
    return vehicle->cost_per_m * length_m + vehicle->cost_per_s * travel_s;
}

static void list_add(struct savings *savings, int32_t from, int32_t to)
{
    const int32_t *location = savings->data->location;
    if (!savings->placed[from] || !savings->placed[to])
        return;
    int64_t joint = leg_cost(savings, location[from], location[to]);
    if (joint == XD_MOVE_FORBIDDEN)
        return;
    int64_t gain = savings->to_depot[from] + savings->from_depot[to] - joint;
    int64_t permille = savings->rng ? (int64_t)xd_rng_below(savings->rng, CHANCE_PERMILLE) : 0;
    gain -= gain / 1000 * permille + gain % 1000 * permille / 1000;
    savings->list[savings->list_n++] = (struct saving){gain, from, to};
}

static int saving_order(const void *a, const void *b)
{
    const struct saving *first = a, *second = b;
    if (first->gain != second->gain)
        return first->gain > second->gain ? -1 : 1;
    if (first->from != second->from)
        return first->from < second->from ? -1 : 1;
    return first->to < second->to ? -1 : first->to > second->to;
}

static bool among_neighbours(const struct xd_search_data *data, int32_t stop, int32_t other)
{
    const int32_t *row = data->neighbours + (size_t)stop * (size_t)data->neighbours_n;
    for (int32_t k = 0; k < data->neighbours_n && k < SAVINGS_NEIGHBOURS; k++) {
        if (row[k] == other)
            return true;
    }
    return false;
}

static void list_fill(struct savings *savings)
{
    const struct xd_search_data *data = savings->data;
    for (int32_t i = 0; i < data->active_n; i++) {
        int32_t stop = data->active[i];
        const int32_t *row = data->neighbours + (size_t)stop * (size_t)data->neighbours_n;
        for (int32_t k = 0; k < data->neighbours_n && k < SAVINGS_NEIGHBOURS && row[k] >= 0; k++) {
            if (row[k] < stop && among_neighbours(data, row[k], stop))
                continue; /* listed with the other one */
            list_add(savings, stop, row[k]);
            list_add(savings, row[k], stop);
        }
    }
    if (savings->list_n > 1)
        qsort(savings->list, savings->list_n, sizeof *savings->list, saving_order);
}

/* from is the last of its chain, to the first of another. */
static void merge_try(struct savings *savings, int32_t from, int32_t to)
{
    if (savings->next[from] != XD_NONE || savings->prev[to] != XD_NONE || savings->other_end[from] == to)
        return;
    const struct xd_search_data *data = savings->data;
    int32_t first = savings->other_end[from], last = savings->other_end[to];
    int64_t length_m = 0, travel_s = 0;
    if (!xd_search_leg(data, savings->matrix, data->location[from], data->location[to], &length_m, &travel_s))
        return;
    struct xd_piece joined = savings->chain[first];
    xd_piece_append(data, &joined, length_m, travel_s, &savings->chain[to]);
    int64_t cost = chain_price(savings, &joined, first, last, savings->type);
    if (cost >= savings->cost[first] + savings->cost[to])
        return;
    savings->next[from] = to;
    savings->prev[to] = from;
    savings->other_end[first] = last;
    savings->other_end[last] = first;
    savings->chain[first] = joined;
    savings->cost[first] = cost;
}

/* Every stop that fits a vehicle alone is a chain. */
static void chains_begin(struct savings *savings)
{
    const struct xd_search_data *data = savings->data;
    const struct xd_vehicle_type *vehicle = &data->types[savings->type];
    for (int32_t i = 0; i < data->active_n; i++) {
        int32_t stop = data->active[i];
        savings->next[stop] = savings->prev[stop] = XD_NONE;
        savings->other_end[stop] = stop;
        savings->chain[stop] = data->stops[stop];
        savings->cost[stop] = chain_price(savings, &savings->chain[stop], stop, stop, savings->type);
        savings->placed[stop] = savings->cost[stop] < XD_MOVE_FORBIDDEN;
        savings->to_depot[stop] = leg_cost(savings, data->location[stop], vehicle->end_location);
        savings->from_depot[stop] = leg_cost(savings, vehicle->start_location, data->location[stop]);
    }
}

static int32_t reference_type(const struct xd_search_data *data, int32_t variant)
{
    const struct xd_vehicle_type *types = data->types;
    bool passed[XD_PROBLEM_VEHICLE_TYPES_MAX] = {false};
    int32_t best = 0;
    for (int32_t rank = 0; rank <= variant % data->types_n; rank++) {
        best = XD_NONE;
        for (int32_t t = 0; t < data->types_n; t++) {
            if (!passed[t] && (best == XD_NONE || types[t].capacity[0] > types[best].capacity[0]))
                best = t;
        }
        passed[best] = true;
    }
    return best;
}

/* A chain becomes a route on the cheapest spare type; on none it is left in the bank. */
static void chain_place(const struct savings *savings, struct xd_state *state, int32_t first)
{
    const struct xd_search_data *data = savings->data;
    int64_t best = XD_MOVE_FORBIDDEN;
    int32_t best_type = XD_NONE, n = 0;
    for (int32_t stop = first; stop != XD_NONE; stop = savings->next[stop])
        state->scratch_b[n++] = stop;
    for (int32_t t = 0; t < data->types_n && state->free_n > 0; t++) {
        const struct xd_vehicle_type *vehicle = &data->types[t];
        if (!xd_type_spare(state, t))
            continue;
        struct xd_piece_builder builder; /* on the type's own roads */
        xd_builder_start(&builder, data, xd_search_matrix(data, t), &data->starts[t], vehicle->start_location);
        for (int32_t i = 0; i < n; i++)
            xd_builder_add_stop(&builder, state->scratch_b[i]);
        xd_builder_add(&builder, &data->ends[t], vehicle->end_location, vehicle->end_location);
        if (builder.broken || !xd_type_allowed(&builder.piece, t) || xd_route_penalty(data, savings->weights, t, &builder.piece) != 0)
            continue;
        int64_t cost = xd_route_cost(data, t, &builder.piece);
        if (cost < best) {
            best = cost;
            best_type = t;
        }
    }
    if (best_type != XD_NONE)
        xd_state_set_route(state, state->free_slots[state->free_n - 1], best_type, state->scratch_b, n);
}

struct chain_rank {
    int32_t stops_n, first;
};

static int chain_order(const void *a, const void *b)
{
    const struct chain_rank *first = a, *second = b;
    if (first->stops_n != second->stops_n)
        return first->stops_n > second->stops_n ? -1 : 1;
    return first->first < second->first ? -1 : first->first > second->first;
}

static void chains_place(const struct savings *savings, struct xd_state *state, struct chain_rank *ranks)
{
    size_t n = 0;
    for (int32_t i = 0; i < savings->data->active_n; i++) {
        int32_t stop = savings->data->active[i];
        if (!savings->placed[stop] || savings->prev[stop] != XD_NONE)
            continue;
        ranks[n] = (struct chain_rank){0, stop};
        for (int32_t at = stop; at != XD_NONE; at = savings->next[at])
            ranks[n].stops_n++;
        n++;
    }
    if (n > 1)
        qsort(ranks, n, sizeof *ranks, chain_order);
    for (size_t i = 0; i < n; i++)
        chain_place(savings, state, ranks[i].first);
}

enum xd_status xd_construct_savings(struct xd_state *state, int32_t variant, struct xd_rng *rng, struct xd_error *error)
{
    const struct xd_search_data *data = state->data;
    struct xd_arena arena;
    struct savings savings = {.data = data, .weights = &state->weights, .rng = rng, .type = reference_type(data, variant)};
    enum xd_status status = XD_OK;
    size_t stops_n = (size_t)data->stops_n;
    size_t neighbours_n = (size_t)(data->neighbours_n < SAVINGS_NEIGHBOURS ? data->neighbours_n : SAVINGS_NEIGHBOURS);
    xd_arena_init(&arena);
    savings.matrix = xd_search_matrix(data, savings.type);
    savings.next = xd_arena_alloc(&arena, stops_n, sizeof(int32_t));
    savings.prev = xd_arena_alloc(&arena, stops_n, sizeof(int32_t));
    savings.other_end = xd_arena_alloc(&arena, stops_n, sizeof(int32_t));
    savings.chain = xd_arena_alloc(&arena, stops_n, sizeof(struct xd_piece));
    savings.cost = xd_arena_alloc(&arena, stops_n, sizeof(int64_t));
    savings.to_depot = xd_arena_alloc(&arena, stops_n, sizeof(int64_t));
    savings.from_depot = xd_arena_alloc(&arena, stops_n, sizeof(int64_t));
    savings.placed = xd_arena_alloc_zero(&arena, stops_n, sizeof(bool));
    savings.list = xd_arena_alloc(&arena, 2 * (size_t)data->active_n * neighbours_n, sizeof(struct saving));
    struct chain_rank *ranks = xd_arena_alloc(&arena, stops_n, sizeof *ranks);
    if (!savings.next || !savings.prev || !savings.other_end || !savings.chain || !savings.cost || !savings.to_depot || !savings.from_depot ||
        !savings.placed || !savings.list || !ranks) {
        status = xd_fail_memory(error, "the first routes", stops_n * (sizeof(struct xd_piece) + 2 * neighbours_n * sizeof(struct saving)));
        goto done;
    }
    chains_begin(&savings);
    list_fill(&savings);
    for (size_t i = 0; i < savings.list_n; i++)
        merge_try(&savings, savings.list[i].from, savings.list[i].to);
    chains_place(&savings, state, ranks);
    xd_state_commit(state);
done:
    xd_arena_free(&arena);
    return status;
}
