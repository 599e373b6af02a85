#include "solver/search/island.h"

#include "solver/construct/construct.h"

#include <math.h>

enum {
    WEIGHTS_EVERY = 100,
    CYCLE_FIRST = 20, /* iterations of the first cooling, a stop */
    STRING_MAX = 10,
    BANK_TRIED_MAX = 40,
    LOCAL_NEIGHBOURS = 20,
    LOCAL_EVERY = 500, /* ruins, on average, to a local search */
    START_SLICE = 32,  /* stops that an iteration of the first local search takes from its queue */
    ANEW_STOPS = 20,   /* with so few, one ruin in ANEW_EVERY takes out everything: other fleets lie too far for strings and the temperature */
    ANEW_EVERY = 25,
    BLINK_ANEW = 3 /* then one position in so many is overlooked by insertion */
};

/* Measured on X and Solomon instances; docs/decisions/002-first-solver.md. Temperatures in mean legs. */
static const double REMOVED_MEAN = 10.0, HOT = 0.3, COLD = 0.01;
static const double GOOD_LOW = 0.4, GOOD_HIGH = 0.6; /* share of solutions that keep a limit, before its weight changes */

static int64_t scaled(double value)
{
    return value < 1 ? 1 : value > (double)XD_WEIGHT_LIMIT ? XD_WEIGHT_LIMIT : (int64_t)value;
}

/* A stop too much on board costs a few legs; so does a leg's time or length over the limit. */
static void weights_init(struct xd_island *island)
{
    const struct xd_search_data *data = island->data;
    double leg = (double)data->mean_leg_cost * 256.0;
    for (int32_t dim = 0; dim < XD_DIMS_N; dim++) {
        double sum = 0;
        for (int32_t i = 0; i < data->active_n; i++) {
            const struct xd_load_segment *load = &data->stops[data->active[i]].load[dim];
            sum += (double)load->maximum;
        }
        double mean = data->active_n > 0 ? sum / data->active_n : 1;
        xd_weights_set(&island->state->weights, (enum xd_excess)(XD_EXCESS_LOAD_0 + dim), scaled(leg / (mean > 1 ? mean : 1)));
    }
    xd_weights_set(&island->state->weights, XD_EXCESS_LATE, scaled(leg / (double)data->mean_leg_s));
    xd_weights_set(&island->state->weights, XD_EXCESS_DURATION, scaled(leg / (double)data->mean_leg_s));
    xd_weights_set(&island->state->weights, XD_EXCESS_LENGTH, scaled(leg / (double)data->mean_leg_m));
}

enum xd_status xd_island_create(const struct xd_search_data *data, uint64_t seed, int32_t number, struct xd_island **island, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    struct xd_island *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the search", sizeof *made);
    made->data = data;
    made->seed = seed;
    made->number = number;
    status = xd_state_create(data, &made->state, error);
    if (status == XD_OK)
        status = xd_ruin_init(&made->ruin, data, &made->arena, &made->rng, error);
    if (status == XD_OK)
        status = xd_local_search_init(&made->local, data, LOCAL_NEIGHBOURS, &made->arena, error);
    if (status != XD_OK)
        goto done;
    made->best.objective = INT64_MAX;
    made->best.types = xd_arena_alloc(&made->arena, (size_t)data->routes_max, sizeof(int32_t));
    made->best.first = xd_arena_alloc(&made->arena, (size_t)data->routes_max + 1, sizeof(int32_t));
    made->best.stops = xd_arena_alloc(&made->arena, (size_t)data->stops_n, sizeof(int32_t));
    if (!made->best.types || !made->best.first || !made->best.stops) {
        status = xd_fail_memory(error, "the search", (size_t)data->stops_n * sizeof(int32_t));
        goto done;
    }
    weights_init(made);
    *island = made;
    made = NULL;
done:
    xd_island_free(made);
    return status;
}

void xd_island_free(struct xd_island *island)
{
    if (!island)
        return;
    xd_state_free(island->state);
    xd_arena_free(&island->arena);
    xd_free(island);
}

static void best_note(struct xd_island *island)
{
    struct xd_state *state = island->state;
    if (state->penalty != 0 || state->objective >= island->best.objective)
        return;
    island->best.objective = state->objective;
    island->best.routes_n = xd_state_save(state, island->best.types, island->best.first, island->best.stops);
}

void xd_island_adopt(struct xd_island *island, const struct xd_best *best)
{
    struct xd_routes routes = {.routes_n = best->routes_n, .types = best->types, .first = best->first, .stops = best->stops};
    xd_state_load(island->state, &routes);
    best_note(island);
}

/* --- annealing ---------------------------------------------------------------------------------------------------------------------------- */

/* -ln(u) of a uniform u, at most 0.06 off: the leading zeros, and a line between powers of two. No libm, so that all compilers decide alike. */
static double exponential_draw(struct xd_rng *rng)
{
    uint64_t bits = xd_rng_next(rng) | 1;
    int zeros = __builtin_clzll(bits);
    double mantissa = (double)(bits << zeros) * 0x1p-64; /* [1/2, 1) */
    return 0.6931471805599453 * ((double)zeros + 2.0 * (1.0 - mantissa));
}

static void cycle_start(struct xd_island *island)
{
    bool first = island->cycle_length == 0;
    island->cycle_length = first ? (int64_t)CYCLE_FIRST * island->data->active_n + 1000 : 2 * island->cycle_length;
    island->cycle_left = island->cycle_length;
    island->temperature = (double)island->data->mean_leg_cost * HOT;
    island->cooling = pow(COLD / HOT, 1.0 / (double)island->cycle_length);
}

/* --- weights ------------------------------------------------------------------------------------------------------------------------------ */

static void weights_watch(struct xd_island *island)
{
    struct xd_state *state = island->state;
    bool broken[XD_EXCESS_KINDS_N] = {false};
    if (state->penalty != 0) {
        for (int32_t i = 0; i < state->used_n; i++) {
            int32_t route = state->used[i];
            if (state->routes[route].penalty == 0)
                continue;
            int64_t excess[XD_EXCESS_KINDS_N];
            xd_route_excess(island->data, state->routes[route].type, xd_route_piece(state, route), excess);
            for (int kind = 0; kind < XD_EXCESS_KINDS_N; kind++)
                broken[kind] = broken[kind] || excess[kind] > 0;
        }
    }
    for (int kind = 0; kind < XD_EXCESS_KINDS_N; kind++)
        island->broken_n[kind] += broken[kind];
    island->watched_n++;
}

static void weights_adapt(struct xd_island *island)
{
    if (island->watched_n < WEIGHTS_EVERY)
        return;
    struct xd_weights *weights = &island->state->weights;
    for (int kind = 0; kind < XD_EXCESS_KINDS_N; kind++) {
        double good = 1.0 - (double)island->broken_n[kind] / island->watched_n;
        double weight = (double)weights->weight[kind];
        double factor = good < GOOD_LOW ? (island->broken_n[kind] == island->watched_n ? 1.5 : 1.2) : good > GOOD_HIGH ? 0.85 : 1.0;
        xd_weights_set(weights, (enum xd_excess)kind, scaled(factor > 1 ? weight * factor + 1 : weight * factor));
        island->broken_n[kind] = 0;
    }
    island->watched_n = 0;
    xd_state_reprice(island->state);
}

/* --- the start ---------------------------------------------------------------------------------------------------------------------------- */

static void weights_forbid(struct xd_state *state)
{
    for (int kind = 0; kind < XD_EXCESS_KINDS_N; kind++)
        xd_weights_set(&state->weights, (enum xd_excess)kind, XD_WEIGHT_LIMIT);
    state->weights.least = XD_PENALTY_FORBIDDING;
    xd_state_reprice(state);
}

static void weights_restore(struct xd_state *state, const struct xd_weights *weights)
{
    state->weights = *weights;
    xd_state_reprice(state);
}

/* What the construction left is put where it fits without breaking a limit, if anywhere, so that the first plan leaves little. A small problem is then
 * searched with limits that may be broken at a price, which leads farther; on a large one every slice of the search shall end with a plan to keep. */
static void first_search_begin(struct xd_island *island, bool large)
{
    struct xd_state *state = island->state;
    island->weights = state->weights;
    weights_forbid(state);
    xd_recreate(&island->ruin, state, island->data->active_n, false);
    xd_state_commit(state);
    best_note(island);
    if (!large || state->penalty != 0)
        weights_restore(state, &island->weights);
    if (!large)
        xd_recreate(&island->ruin, state, island->data->active_n, island->number >= 2);
    island->ruin.changed_n = 0;
    xd_local_search_queue_all(&island->local, state);
    island->starting = true;
}

static void first_search_slice(struct xd_island *island)
{
    struct xd_state *state = island->state;
    xd_local_search_run(&island->local, state, START_SLICE);
    xd_local_search_vehicles(&island->local, state);
    xd_state_commit(state);
    best_note(island);
    island->starting = island->local.queue_n > 0;
    if (!island->starting)
        weights_restore(state, &island->weights);
}

enum xd_status xd_island_start(struct xd_island *island, const struct xd_routes *warm_start, struct xd_error *error)
{
    const bool large = island->data->active_n > XD_REGRET_STOPS;
    const bool repeats = island->number % 2 == 1 || island->number / 2 >= island->data->types_n; /* another one's savings */
    enum xd_status status = XD_OK;
    island->rng = xd_rng_at(island->seed, XD_RNG_CONSTRUCT, 0, (uint64_t)island->number);
    best_note(island); /* nothing served breaks no limit: from here on there is a best */
    if (warm_start)
        xd_state_load(island->state, warm_start);
    else if (large || island->number % 2 == 0)
        status = xd_construct_savings(island->state, island->number / 2, large && repeats ? &island->rng : NULL, error);
    else
        status = xd_construct_regret(&island->ruin, island->state, error);
    if (status != XD_OK)
        return status;
    best_note(island);
    first_search_begin(island, large);
    cycle_start(island);
    return XD_OK;
}

/* --- the walk ----------------------------------------------------------------------------------------------------------------------------- */

static void improve(struct xd_island *island)
{
    struct xd_ruin *ruin = &island->ruin;
    for (int32_t i = 0; i < ruin->changed_n; i++)
        xd_local_search_queue(&island->local, ruin->changed[i]);
    ruin->changed_n = 0;
    xd_local_search_run(&island->local, island->state, INT32_MAX);
    xd_local_search_vehicles(&island->local, island->state);
}

static void walk(struct xd_island *island)
{
    struct xd_state *state = island->state;
    int64_t before = xd_state_price(state);
    bool anew = island->data->active_n <= ANEW_STOPS && xd_rng_below(&island->rng, ANEW_EVERY) == 0;
    if (anew)
        xd_ruin_all(state);
    else
        xd_ruin_strings(&island->ruin, state, REMOVED_MEAN, STRING_MAX);
    xd_ruin_blink(&island->ruin, anew ? BLINK_ANEW : XD_BLINK_MEAN);
    xd_recreate(&island->ruin, state, BANK_TRIED_MAX, true);
    if (xd_rng_below(&island->rng, LOCAL_EVERY) == 0)
        improve(island);
    island->ruin.changed_n = 0;
    best_note(island);
    weights_watch(island);
    double worse = (double)(xd_state_price(state) - before);
    if (worse < island->temperature * exponential_draw(&island->rng))
        xd_state_commit(state);
    else
        xd_state_rollback(state);
    weights_adapt(island);
    island->temperature *= island->cooling;
    if (--island->cycle_left == 0)
        cycle_start(island);
}

void xd_island_run(struct xd_island *island, int64_t epoch, int64_t iterations)
{
    island->rng = xd_rng_at(island->seed, XD_RNG_SEARCH, (uint64_t)epoch, (uint64_t)island->number);
    for (int64_t i = 0; i < iterations; i++) {
        if (island->starting)
            first_search_slice(island);
        else
            walk(island);
        island->iterations++;
    }
}
