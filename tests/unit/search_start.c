/* The start of the search on problems of hundreds and thousands of stops: neighbours, constructions, the first local search in slices, and what a
 * clock or a cancel may do to them. */
#include "tests/unit/search_random.h"
#include "tests/unit/search_suites.h"

#include "solver/check/check.h"
#include "solver/construct/construct.h"
#include "solver/search/local_search.h"
#include "solver/search/solve.h"

#include <stdatomic.h>
#include <string.h>

enum { LARGE_STOPS = 600, HUGE_STOPS = 2000 };
_Static_assert((int)LARGE_STOPS > (int)XD_REGRET_STOPS, "the constructions are those of large problems");

static struct search_random problem_make(uint64_t number, int32_t stops_n, int richness)
{
    struct xd_rng rng = xd_rng_at(41, XD_RNG_TEST, 1, number);
    return search_random_make(&rng, stops_n, richness);
}

/* Cancelled from the n-th look on (0 = never), and a clock that jumps at every look. */
struct fake {
    _Atomic int32_t looks_n;
    int32_t cancel_after;
    double clock_s, step_s;
};

static bool fake_cancelled(void *context)
{
    struct fake *fake = context;
    return fake->cancel_after > 0 && atomic_fetch_add(&fake->looks_n, 1) + 1 >= fake->cancel_after;
}

static double fake_elapsed(void *context)
{
    struct fake *fake = context;
    return fake->clock_s += fake->step_s;
}

static struct xd_progress fake_progress(struct fake *fake)
{
    return (struct xd_progress){.context = fake, .cancelled = fake_cancelled, .elapsed_s = fake->step_s > 0 ? fake_elapsed : NULL};
}

/* --- neighbours --------------------------------------------------------------------------------------------------------------------------- */

static int64_t either_way_m(const struct xd_problem *problem, int32_t a, int32_t b)
{
    int32_t from = problem->stops[a].location, to = problem->stops[b].location;
    int32_t there = xd_matrix_length_m(problem->matrices[0], from, to), back = xd_matrix_length_m(problem->matrices[0], to, from);
    return there < back ? there : back;
}

/* The definition: the next one is the nearest of those that come after the last one by (length, number). */
static int32_t next_by_definition(const struct xd_problem *problem, int32_t stop, int32_t last)
{
    int32_t best = XD_NONE;
    for (int32_t other = 0; other < problem->stops_n; other++) {
        int64_t length_m = either_way_m(problem, stop, other), last_m = last == XD_NONE ? -1 : either_way_m(problem, stop, last);
        bool after = length_m > last_m || (length_m == last_m && other > last);
        if (other != stop && after && (best == XD_NONE || length_m < either_way_m(problem, stop, best)))
            best = other;
    }
    return best;
}

static void neighbours_are_the_nearest_either_way(void)
{
    struct search_random random = problem_make(1, 200, 0); /* blocks of 64, and a rest */
    struct xd_search_data *data = NULL;
    int wrong = 0;
    CU_ASSERT_EQUAL_FATAL(xd_search_data_create(random.problem, 3, NULL, &data, NULL), XD_OK);
    CU_ASSERT_EQUAL(data->neighbours_n, XD_SEARCH_NEIGHBOURS);
    CU_ASSERT(!data->hurried && data->active_n == 200);
    for (int32_t stop = 0; stop < data->stops_n; stop++) {
        for (int32_t k = 0, last = XD_NONE; k < data->neighbours_n; k++) {
            last = next_by_definition(random.problem, stop, last);
            wrong += data->neighbours[stop * data->neighbours_n + k] != last;
        }
    }
    CU_ASSERT_EQUAL(wrong, 0);
    xd_search_data_free(data);
    search_random_free(&random);
}

/* Rows hold other stops of a common vehicle, each once, and end with -1. */
static int rows_wrong(const struct xd_search_data *data)
{
    int wrong = 0;
    for (int32_t i = 0; i < data->active_n; i++) {
        int32_t stop = data->active[i];
        const int32_t *row = data->neighbours + (size_t)stop * (size_t)data->neighbours_n;
        for (int32_t k = 0; k < data->neighbours_n; k++) {
            wrong += row[k] == stop || (k > 0 && row[k] >= 0 && row[k - 1] < 0);
            wrong += row[k] >= 0 && (data->stops[row[k]].allowed & data->stops[stop].allowed) == 0;
            for (int32_t l = 0; l < k && row[k] >= 0; l++)
                wrong += row[l] == row[k];
        }
    }
    return wrong;
}

/* Every third stop's goods are cold, every third's too much for the cold van: these two kinds share none. */
static struct xd_problem *two_vans_make(const struct search_random *random)
{
    struct xd_stop stops[150];
    struct xd_vehicle_type types[2] = {random->problem->types[0], random->problem->types[0]};
    struct xd_problem *problem = NULL;
    types[0].features = XD_FEATURE_COLD;
    types[1].capacity[0] *= 10;
    for (int32_t s = 0; s < 150; s++) {
        stops[s] = random->problem->stops[s];
        stops[s].needs = s % 3 == 0 ? XD_FEATURE_COLD : 0;
        stops[s].delivery[0] = s % 3 == 1 ? types[1].capacity[0] : 1;
    }
    const struct xd_problem_input input = {.name = "two vans",
                                           .stops = stops,
                                           .stops_n = 150,
                                           .types = types,
                                           .types_n = 2,
                                           .matrices = random->problem->matrices,
                                           .matrices_n = 1,
                                           .cost_scale = 1};
    CU_ASSERT_EQUAL_FATAL(xd_problem_build(&input, &problem, NULL), XD_OK);
    return problem;
}

static void neighbours_share_a_vehicle_in_a_hurry_too(void)
{
    struct search_random random = problem_make(9, 150, 0);
    struct xd_problem *problem = two_vans_make(&random);
    for (int32_t cancel_after = 0; cancel_after < 2; cancel_after++) {
        struct fake fake = {.cancel_after = cancel_after};
        const struct xd_progress progress = fake_progress(&fake);
        struct xd_search_data *data = NULL;
        CU_ASSERT_EQUAL_FATAL(xd_search_data_create(problem, 2, &progress, &data, NULL), XD_OK);
        CU_ASSERT_EQUAL(data->active_n, 150);
        CU_ASSERT_EQUAL(data->hurried, cancel_after == 1);
        CU_ASSERT_EQUAL(rows_wrong(data), 0);
        xd_search_data_free(data);
    }
    xd_problem_free(problem);
    search_random_free(&random);
}

static void neighbours_in_a_hurry_are_near_all_the_same(void)
{
    struct search_random random = problem_make(2, LARGE_STOPS, 0);
    struct fake fake = {.cancel_after = 1};
    const struct xd_progress progress = fake_progress(&fake);
    struct xd_search_data *data = NULL;
    int64_t near_m = 0, any_m = 0, near_n = 0, any_n = 0;
    CU_ASSERT_EQUAL_FATAL(xd_search_data_create(random.problem, 2, &progress, &data, NULL), XD_OK);
    CU_ASSERT(data->hurried);
    CU_ASSERT_EQUAL(rows_wrong(data), 0);
    for (int32_t stop = 0; stop < data->stops_n; stop++) {
        for (int32_t k = 0; k < 10; k++, near_n++)
            near_m += either_way_m(random.problem, stop, data->neighbours[stop * data->neighbours_n + k]);
        for (int32_t other = 0; other < data->stops_n; other++, any_n++)
            any_m += either_way_m(random.problem, stop, other);
    }
    CU_ASSERT(near_m / near_n < any_m / any_n / 2); /* seen: 1 to 3.2 */
    xd_search_data_free(data);
    search_random_free(&random);
}

/* --- constructions and slices --------------------------------------------------------------------------------------------------------------- */

static void savings_by_chance_differ_and_are_sound(void)
{
    struct search_random random = problem_make(3, 150, 0);
    struct xd_search_data *data = NULL;
    struct xd_state *state = NULL;
    int64_t plain = 0, before = 0;
    CU_ASSERT_EQUAL_FATAL(xd_search_data_create(random.problem, 1, NULL, &data, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_state_create(data, &state, NULL), XD_OK);
    CU_ASSERT_EQUAL(xd_construct_savings(state, 0, NULL, NULL), XD_OK);
    plain = before = state->objective;
    for (uint64_t number = 0; number < 3; number++) {
        struct xd_rng rng = xd_rng_at(42, XD_RNG_TEST, 2, number);
        xd_state_clear(state);
        CU_ASSERT_EQUAL(xd_construct_savings(state, 0, &rng, NULL), XD_OK);
        CU_ASSERT(xd_state_is_sound(state) && state->penalty == 0 && state->bank_n == 0);
        CU_ASSERT(state->objective != before && state->objective < plain + plain / 4);
        before = state->objective;
    }
    xd_state_free(state);
    xd_search_data_free(data);
    search_random_free(&random);
}

static int64_t local_optimum(const struct xd_search_data *data, int32_t slice)
{
    struct xd_arena arena;
    struct xd_state *state = NULL;
    struct xd_local_search local;
    xd_arena_init(&arena);
    CU_ASSERT_EQUAL_FATAL(xd_state_create(data, &state, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_local_search_init(&local, data, 20, &arena, NULL), XD_OK);
    CU_ASSERT_EQUAL(xd_construct_savings(state, 0, NULL, NULL), XD_OK);
    xd_local_search_queue_all(&local, state);
    for (int32_t before = local.queue_n; local.queue_n > 0; before = local.queue_n) {
        xd_local_search_run(&local, state, slice);
        CU_ASSERT(local.queue_n >= before - slice);
    }
    CU_ASSERT(xd_state_is_sound(state));
    int64_t price = xd_state_price(state);
    xd_state_free(state);
    xd_arena_free(&arena);
    return price;
}

static void a_local_search_in_slices_ends_where_a_whole_one_does(void)
{
    struct search_random random = problem_make(4, 150, 0);
    struct xd_search_data *data = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_search_data_create(random.problem, 1, NULL, &data, NULL), XD_OK);
    CU_ASSERT_EQUAL(local_optimum(data, 7), local_optimum(data, 1000000));
    xd_search_data_free(data);
    search_random_free(&random);
}

/* --- clock and cancel --------------------------------------------------------------------------------------------------------------------- */

static struct xd_solve_result run(const struct xd_problem *problem, const struct xd_solve_options *options, struct fake *fake)
{
    const struct xd_progress progress = fake_progress(fake);
    struct xd_solve_result result = {0};
    CU_ASSERT_EQUAL_FATAL(xd_solve(problem, options, &progress, &result, NULL), XD_OK);
    return result;
}

static bool equal(const struct xd_solve_result *a, const struct xd_solve_result *b)
{
    if (a->routes_n != b->routes_n || a->cost != b->cost || a->iterations != b->iterations)
        return false;
    size_t routes_n = (size_t)a->routes_n;
    return memcmp(a->first, b->first, (routes_n + 1) * sizeof *a->first) == 0 &&
           memcmp(a->stops, b->stops, (size_t)a->first[routes_n] * sizeof *a->stops) == 0;
}

/* Every stop is served, the judge accepts the plan, and the cost is the one stated. */
static bool complete(const struct xd_problem *problem, const struct xd_solve_result *result)
{
    struct xd_routes routes = xd_solve_result_routes(result);
    struct xd_violations violations = {0};
    struct xd_verified_plan *verified = NULL;
    struct xd_plan *plan = NULL;
    bool good = xd_plan_schedule(problem, &routes, 1, result->iterations, &plan, NULL) == XD_OK &&
                xd_check_plan(problem, plan, &violations, &verified, NULL) == XD_OK && result->feasible && plan->total_cost == result->cost &&
                result->first[result->routes_n] == problem->stops_n;
    xd_violations_free(&violations);
    xd_verified_plan_free(verified);
    xd_plan_free(plan);
    return good;
}

static void cancelled_at_any_look_of_the_start_the_plan_is_complete(void)
{
    const struct xd_solve_options options = {.seed = 5, .threads_n = 1, .iterations_max = 1000000000, .target_cost = INT64_MIN};
    struct search_random random = problem_make(5, LARGE_STOPS, 0);
    int32_t early_n = 0, late_n = 0;
    int64_t hurried = 0, constructed = 0;
    for (int32_t after = 1; late_n < 2 && after < 100; after++) {
        struct fake fake = {.cancel_after = after};
        struct xd_solve_result result = run(random.problem, &options, &fake);
        CU_ASSERT_EQUAL(result.stop_reason, XD_STOP_CANCELLED);
        CU_ASSERT(complete(random.problem, &result));
        hurried = after == 1 ? result.cost : hurried;
        constructed = result.iterations == 0 ? result.cost : constructed;
        early_n += result.iterations == 0;
        late_n += result.iterations > 0;
        xd_solve_result_free(&result);
    }
    CU_ASSERT_EQUAL(early_n, 10 + 1); /* 600 stops are 10 blocks of neighbours; one look when the first routes stand */
    CU_ASSERT_EQUAL(late_n, 2);
    CU_ASSERT(constructed < hurried && hurried < 2 * constructed);
    search_random_free(&random);
}

static void a_start_that_is_cancelled_does_not_depend_on_threads(void)
{
    struct search_random random = problem_make(6, LARGE_STOPS, 0);
    for (int32_t phase = 0; phase < 2; phase++) {
        struct xd_solve_result results[3];
        for (int32_t threads_n = 1; threads_n <= 3; threads_n++) {
            const struct xd_solve_options options = {.seed = 5, .threads_n = threads_n, .iterations_max = 1000000000, .target_cost = INT64_MIN};
            struct fake fake = {.cancel_after = phase == 0 ? 1 : 11}; /* in the neighbours; when the first routes stand */
            results[threads_n - 1] = run(random.problem, &options, &fake);
            CU_ASSERT_EQUAL(results[threads_n - 1].iterations, 0);
        }
        CU_ASSERT(equal(&results[0], &results[1]) && equal(&results[0], &results[2]));
        for (int i = 0; i < 3; i++)
            xd_solve_result_free(&results[i]);
    }
    search_random_free(&random);
}

/* The clock is over before the first look at it, or after some epochs of the first local search; the iterations give the same again. */
static void a_timed_run_of_thousands_of_stops_is_replayed_by_its_iterations(void)
{
    struct search_random random = problem_make(7, HUGE_STOPS, 0);
    int64_t shortest_n = 0;
    for (int32_t round = 0; round < 2; round++) {
        struct xd_solve_options options = {.seed = 8, .threads_n = 2, .seconds_max = 4, .target_cost = INT64_MIN};
        struct fake fake = {.step_s = round == 0 ? 1000 : 1}, still = {0};
        struct xd_solve_result timed = run(random.problem, &options, &fake);
        CU_ASSERT_EQUAL(timed.stop_reason, XD_STOP_TIME);
        CU_ASSERT(timed.iterations > shortest_n);
        CU_ASSERT(complete(random.problem, &timed));
        shortest_n = timed.iterations;
        options.seconds_max = 0;
        options.iterations_max = timed.iterations;
        options.horizon = timed.horizon;
        options.threads_n = 1;
        struct xd_solve_result replayed = run(random.problem, &options, &still);
        CU_ASSERT_EQUAL(replayed.stop_reason, XD_STOP_ITERATIONS);
        CU_ASSERT(equal(&timed, &replayed));
        xd_solve_result_free(&timed);
        xd_solve_result_free(&replayed);
    }
    search_random_free(&random);
}

static void the_first_local_search_improves_the_plan_from_epoch_to_epoch(void)
{
    struct search_random random = problem_make(8, HUGE_STOPS, 0);
    int64_t cost = INT64_MAX, iterations = 1;
    for (int32_t round = 0; round < 3; round++) {
        const struct xd_solve_options options = {.seed = 8, .threads_n = 2, .iterations_max = iterations, .target_cost = INT64_MIN};
        struct fake fake = {0};
        struct xd_solve_result result = run(random.problem, &options, &fake);
        CU_ASSERT(complete(random.problem, &result));
        CU_ASSERT(result.cost < cost);
        cost = result.cost;
        iterations = result.iterations + 1;
        xd_solve_result_free(&result);
    }
    search_random_free(&random);
}

static const struct xd_test_case cases[] = {
    {"neighbours_are_the_nearest_either_way", neighbours_are_the_nearest_either_way},
    {"neighbours_share_a_vehicle_in_a_hurry_too", neighbours_share_a_vehicle_in_a_hurry_too},
    {"neighbours_in_a_hurry_are_near_all_the_same", neighbours_in_a_hurry_are_near_all_the_same},
    {"savings_by_chance_differ_and_are_sound", savings_by_chance_differ_and_are_sound},
    {"a_local_search_in_slices_ends_where_a_whole_one_does", a_local_search_in_slices_ends_where_a_whole_one_does},
    {"cancelled_at_any_look_of_the_start_the_plan_is_complete", cancelled_at_any_look_of_the_start_the_plan_is_complete},
    {"a_start_that_is_cancelled_does_not_depend_on_threads", a_start_that_is_cancelled_does_not_depend_on_threads},
    {"a_timed_run_of_thousands_of_stops_is_replayed_by_its_iterations", a_timed_run_of_thousands_of_stops_is_replayed_by_its_iterations},
    {"the_first_local_search_improves_the_plan_from_epoch_to_epoch", the_first_local_search_improves_the_plan_from_epoch_to_epoch},
};
const struct xd_test_suite search_start_suite = {"search_start", cases, XD_ARRAY_LENGTH(cases)};
