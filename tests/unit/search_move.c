#include "tests/unit/search_random.h"
#include "tests/unit/search_suites.h"

#include "solver/construct/construct.h"
#include "solver/search/local_search.h"

enum { PROBLEMS = 60, MOVES = 400, STOPS_MAX = 30 };

enum kind { EXCHANGE, TAILS, REVERSE, CHANGE, SWAP, INSERT, OPEN, REMOVE, SPLIT, KINDS_N };

struct bench {
    struct search_random random;
    struct xd_search_data *data;
    struct xd_state *state;
    struct xd_arena arena;
    struct xd_rng rng;
    struct xd_ruin ruin;
};

static bool bench_make(struct bench *bench, uint64_t number)
{
    *bench = (struct bench){.rng = xd_rng_at(11, XD_RNG_TEST, 1, number)};
    xd_arena_init(&bench->arena);
    bench->random = search_random_make(&bench->rng, 1 + (int32_t)xd_rng_below(&bench->rng, STOPS_MAX), number % 5 == 0 ? 0 : 1);
    if (!bench->random.problem || xd_search_data_create(bench->random.problem, 1, NULL, &bench->data, NULL) != XD_OK ||
        xd_state_create(bench->data, &bench->state, NULL) != XD_OK ||
        xd_ruin_init(&bench->ruin, bench->data, &bench->arena, &bench->rng, NULL) != XD_OK) {
        CU_FAIL("not made");
        return false;
    }
    for (int kind = 0; kind < XD_EXCESS_KINDS_N; kind++) /* low weights, so that broken limits are common */
        xd_weights_set(&bench->state->weights, (enum xd_excess)kind, xd_rng_between(&bench->rng, 1, 4000));
    xd_state_reprice(bench->state);
    return true;
}

static void bench_free(struct bench *bench)
{
    xd_state_free(bench->state);
    xd_search_data_free(bench->data);
    xd_arena_free(&bench->arena);
    search_random_free(&bench->random);
}

static int32_t node_draw(struct bench *bench, bool start_too)
{
    struct xd_state *state = bench->state;
    int32_t route = state->used[xd_rng_below(&bench->rng, (uint32_t)state->used_n)];
    int32_t steps = (int32_t)xd_rng_below(&bench->rng, (uint32_t)(state->routes[route].stops_n + (start_too ? 1 : 0))) + (start_too ? 0 : 1);
    int32_t node = xd_route_start(state, route);
    while (steps-- > 0)
        node = state->next[node];
    return node;
}

static bool exchange_draw(struct bench *bench, struct xd_exchange *move)
{
    const struct xd_state *state = bench->state;
    move->before_a = node_draw(bench, true);
    move->before_b = node_draw(bench, true);
    move->a_n = (int32_t)xd_rng_below(&bench->rng, XD_MOVE_PIECE + 1);
    move->b_n = (int32_t)xd_rng_below(&bench->rng, XD_MOVE_PIECE + 1);
    move->a_reversed = xd_rng_below(&bench->rng, 2) == 1;
    move->b_reversed = xd_rng_below(&bench->rng, 2) == 1;
    int32_t route_a = state->route[move->before_a], route_b = state->route[move->before_b];
    int32_t at_a = state->position[move->before_a], at_b = state->position[move->before_b];
    if (move->a_n + move->b_n == 0 || at_a + move->a_n > state->routes[route_a].stops_n || at_b + move->b_n > state->routes[route_b].stops_n)
        return false;
    if (route_a == route_b && (at_a == at_b || (at_a < at_b ? at_a + move->a_n > at_b : at_b + move->b_n > at_a)))
        return false;
    return true;
}

static int32_t type_draw(struct bench *bench)
{
    return (int32_t)xd_rng_below(&bench->rng, (uint32_t)bench->data->types_n);
}

/* Draws a move, prices it, makes it unless forbidden, and compares with the price recomputed. 1: compared, 0: none, -1: wrong. */
static int move_check(struct bench *bench, enum kind kind)
{
    struct xd_state *state = bench->state;
    int64_t before = xd_state_price(state), delta = XD_MOVE_FORBIDDEN;
    struct xd_exchange move;
    if (kind == INSERT || kind == OPEN ? state->bank_n == 0 : state->used_n == 0)
        return 0;
    int32_t a = state->used_n > 0 ? node_draw(bench, kind == TAILS || kind == INSERT) : 0,
            b = state->used_n > 0 ? node_draw(bench, kind == TAILS) : 0;
    int32_t type = type_draw(bench), stop = state->bank_n > 0 ? state->bank[xd_rng_below(&bench->rng, (uint32_t)state->bank_n)] : 0;
    int32_t route_a = state->used_n > 0 ? state->route[a] : 0, route_b = state->used_n > 0 ? state->route[b] : 0;
    switch (kind) {
    case EXCHANGE:
        if (!exchange_draw(bench, &move) || (delta = xd_exchange_delta(state, &move, INT64_MAX)) == XD_MOVE_FORBIDDEN)
            return 0;
        xd_exchange_apply(state, &move);
        break;
    case TAILS:
        if (route_a == route_b || bench->data->tail_class[state->routes[route_a].type] != bench->data->tail_class[state->routes[route_b].type] ||
            (delta = xd_tails_delta(state, a, b, INT64_MAX)) == XD_MOVE_FORBIDDEN)
            return 0;
        xd_tails_apply(state, a, b);
        break;
    case REVERSE:
        if (route_a != route_b || state->position[a] > state->position[b] || (delta = xd_reverse_delta(state, a, b, INT64_MAX)) == XD_MOVE_FORBIDDEN)
            return 0;
        xd_reverse_apply(state, a, b);
        break;
    case CHANGE:
        if (type == state->routes[route_a].type || !xd_type_spare(state, type) ||
            (delta = xd_vehicle_change_delta(state, route_a, type, INT64_MAX)) == XD_MOVE_FORBIDDEN)
            return 0;
        xd_vehicle_change_apply(state, route_a, type);
        break;
    case SWAP:
        if (state->routes[route_a].type == state->routes[route_b].type ||
            (delta = xd_vehicle_swap_delta(state, route_a, route_b, INT64_MAX)) == XD_MOVE_FORBIDDEN)
            return 0;
        xd_vehicle_swap_apply(state, route_a, route_b);
        break;
    case INSERT:
        if (state->used_n == 0 || (delta = xd_insert_delta(state, stop, a, INT64_MAX)) == XD_MOVE_FORBIDDEN)
            return 0;
        xd_state_insert(state, stop, a);
        break;
    case OPEN:
        if (state->free_n == 0 || !xd_type_spare(state, type) || (delta = xd_open_delta(state, stop, type, INT64_MAX)) == XD_MOVE_FORBIDDEN)
            return 0;
        (void)xd_state_open_route(state, type, stop);
        break;
    case REMOVE:
        if ((delta = xd_remove_delta(state, a, INT64_MAX)) == XD_MOVE_FORBIDDEN)
            return 0;
        xd_state_remove(state, a, 1);
        break;
    case SPLIT:
    default:
        if (state->free_n == 0 || !xd_type_spare(state, type) || (delta = xd_split_delta(state, a, type, INT64_MAX)) == XD_MOVE_FORBIDDEN)
            return 0;
        xd_split_apply(state, a, type);
        break;
    }
    return xd_state_is_sound(state) && xd_state_price(state) - before == delta ? 1 : -1;
}

static void every_move_changes_the_price_by_its_delta(void)
{
    int compared[KINDS_N] = {0}, wrong[KINDS_N] = {0}, unsound = 0;
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        struct bench bench;
        if (bench_make(&bench, number)) {
            xd_recreate(&bench.ruin, bench.state, bench.data->active_n, true);
            unsound += !xd_state_is_sound(bench.state);
            for (int i = 0; i < MOVES; i++) {
                enum kind kind = (enum kind)xd_rng_below(&bench.rng, KINDS_N);
                int outcome = move_check(&bench, kind);
                compared[kind] += outcome != 0;
                wrong[kind] += outcome < 0;
                if (xd_rng_below(&bench.rng, 8) == 0)
                    xd_state_commit(bench.state);
                if (xd_rng_below(&bench.rng, 8) == 0) {
                    xd_state_rollback(bench.state);
                    unsound += !xd_state_is_sound(bench.state);
                }
            }
        }
        bench_free(&bench);
    }
    CU_ASSERT_EQUAL(unsound, 0);
    for (int kind = 0; kind < KINDS_N; kind++) {
        CU_ASSERT_EQUAL(wrong[kind], 0);
        CU_ASSERT(compared[kind] > 20);
    }
}

/* A move whose delta is below the limit is told exactly, any other as the limit or more. */
static void delta_with_a_limit_never_hides_a_gain(void)
{
    int wrong = 0, seen = 0;
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        struct bench bench;
        if (bench_make(&bench, number)) {
            xd_recreate(&bench.ruin, bench.state, bench.data->active_n, true);
            for (int i = 0; i < MOVES && bench.state->used_n > 0; i++) {
                struct xd_exchange move;
                if (!exchange_draw(&bench, &move))
                    continue;
                int64_t exact = xd_exchange_delta(bench.state, &move, INT64_MAX), limit = xd_rng_between(&bench.rng, -500, 500);
                int64_t limited = xd_exchange_delta(bench.state, &move, limit);
                wrong += exact < limit ? limited != exact : limited < limit;
                int32_t stop = node_draw(&bench, false);
                exact = xd_remove_delta(bench.state, stop, INT64_MAX);
                limited = xd_remove_delta(bench.state, stop, limit);
                wrong += exact < limit ? limited != exact : limited < limit;
                seen++;
            }
        }
        bench_free(&bench);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(seen > 1000);
}

static void rollback_takes_back_ruin_and_recreate(void)
{
    int wrong = 0;
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        struct bench bench;
        if (bench_make(&bench, number)) {
            xd_recreate(&bench.ruin, bench.state, bench.data->active_n, true);
            xd_state_commit(bench.state);
            int64_t before = xd_state_price(bench.state);
            for (int i = 0; i < 50; i++) {
                xd_ruin_strings(&bench.ruin, bench.state, 8, 10);
                wrong += !xd_state_is_sound(bench.state);
                xd_recreate(&bench.ruin, bench.state, 40, true);
                wrong += !xd_state_is_sound(bench.state);
                xd_state_rollback(bench.state);
                wrong += !xd_state_is_sound(bench.state) || xd_state_price(bench.state) != before;
            }
        }
        bench_free(&bench);
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static void local_search_only_ever_lowers_the_price(void)
{
    int wrong = 0;
    int64_t made = 0;
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        struct bench bench;
        if (bench_make(&bench, number)) {
            struct xd_local_search local;
            if (xd_local_search_init(&local, bench.data, 20, &bench.arena, NULL) == XD_OK) {
                xd_recreate(&bench.ruin, bench.state, bench.data->active_n, true);
                int64_t before = xd_state_price(bench.state);
                xd_local_search_queue_all(&local, bench.state);
                xd_local_search_run(&local, bench.state, INT32_MAX);
                xd_local_search_vehicles(&local, bench.state);
                wrong += xd_state_price(bench.state) > before || !xd_state_is_sound(bench.state);
                made += local.moves_made_n;
            }
        }
        bench_free(&bench);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(made > 50);
}

static void savings_and_regret_give_sound_routes(void)
{
    int wrong = 0;
    int32_t served_savings = 0, served_regret = 0;
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        struct bench bench;
        if (bench_make(&bench, number)) {
            wrong += xd_construct_savings(bench.state, (int32_t)number, number % 2 == 0 ? NULL : &bench.rng, NULL) != XD_OK ||
                     !xd_state_is_sound(bench.state) || bench.state->penalty != 0;
            served_savings += bench.data->active_n - bench.state->bank_n;
            xd_state_clear(bench.state);
            wrong += xd_construct_regret(&bench.ruin, bench.state, NULL) != XD_OK || !xd_state_is_sound(bench.state);
            served_regret += bench.data->active_n - bench.state->bank_n;
        }
        bench_free(&bench);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(served_savings > 200 && served_regret > 200);
}

static const struct xd_test_case CASES[] = {
    {"every_move_changes_the_price_by_its_delta", every_move_changes_the_price_by_its_delta},
    {"delta_with_a_limit_never_hides_a_gain", delta_with_a_limit_never_hides_a_gain},
    {"rollback_takes_back_ruin_and_recreate", rollback_takes_back_ruin_and_recreate},
    {"local_search_only_ever_lowers_the_price", local_search_only_ever_lowers_the_price},
    {"savings_and_regret_give_sound_routes", savings_and_regret_give_sound_routes},
};
const struct xd_test_suite search_move_suite = {"search_move", CASES, sizeof CASES / sizeof CASES[0]};
