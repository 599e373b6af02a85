#include "tests/unit/search_random.h"
#include "tests/unit/search_suites.h"

#include "base/alloc.h"
#include "solver/check/check.h"
#include "solver/search/solve.h"

#include <string.h>

static const struct xd_solve_options OPTIONS = {.seed = 7, .threads_n = 1, .iterations_max = 4000, .target_cost = INT64_MIN};

/* 0 when the result makes a plan that the judge accepts and whose cost is the one stated. Required stops left out are allowed when said so. */
static int result_is_wrong(const struct xd_problem *problem, const struct xd_solve_result *result)
{
    struct xd_routes routes = xd_solve_result_routes(result);
    struct xd_plan *plan = NULL;
    struct xd_verified_plan *verified = NULL;
    struct xd_violations violations = {0};
    int wrong = 0;
    if (xd_plan_schedule(problem, &routes, 7, result->iterations, &plan, NULL) != XD_OK)
        return 1;
    enum xd_status status = xd_check_plan(problem, plan, &violations, &verified, NULL);
    if (status == XD_OK) {
        wrong = !result->feasible || plan->total_cost != result->cost;
    } else {
        for (int32_t i = 0; i < violations.items_n; i++)
            wrong |= violations.items[i].kind != XD_VIOLATION_STOP_REQUIRED;
        wrong |= status != XD_NO_PLAN || result->feasible || plan->total_cost != result->cost;
    }
    xd_violations_free(&violations);
    xd_verified_plan_free(verified);
    xd_plan_free(plan);
    return wrong;
}

static bool results_equal(const struct xd_solve_result *a, const struct xd_solve_result *b)
{
    if (a->routes_n != b->routes_n || a->cost != b->cost || a->feasible != b->feasible || a->iterations != b->iterations)
        return false;
    size_t routes_n = (size_t)a->routes_n, stops_n = (size_t)a->first[routes_n];
    return memcmp(a->types, b->types, routes_n * sizeof *a->types) == 0 && memcmp(a->first, b->first, (routes_n + 1) * sizeof *a->first) == 0 &&
           memcmp(a->stops, b->stops, stops_n * sizeof *a->stops) == 0;
}

static void every_result_passes_the_judge(void)
{
    int wrong = 0, served = 0;
    for (uint64_t number = 0; number < 150; number++) {
        struct xd_rng rng = xd_rng_at(21, XD_RNG_TEST, 2, number);
        struct search_random random = search_random_make(&rng, (int32_t)xd_rng_below(&rng, 40), number % 4 == 0 ? 0 : 1);
        struct xd_solve_result result = {0};
        if (!random.problem || xd_solve(random.problem, &OPTIONS, NULL, &result, NULL) != XD_OK)
            wrong++;
        else
            wrong += result_is_wrong(random.problem, &result);
        served += result.routes_n > 0 ? result.first[result.routes_n] : 0;
        xd_solve_result_free(&result);
        search_random_free(&random);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(served > 1000);
}

static void threads_do_not_change_the_result(void)
{
    for (uint64_t number = 0; number < 6; number++) {
        struct xd_rng rng = xd_rng_at(22, XD_RNG_TEST, 3, number);
        struct search_random random = search_random_make(&rng, 60 + 20 * (int32_t)number, number % 2 == 0 ? 0 : 1);
        struct xd_solve_result results[3] = {{0}};
        for (int32_t threads_n = 1; threads_n <= 3; threads_n++) {
            struct xd_solve_options options = OPTIONS;
            options.threads_n = threads_n;
            CU_ASSERT_EQUAL(xd_solve(random.problem, &options, NULL, &results[threads_n - 1], NULL), XD_OK);
        }
        CU_ASSERT(results_equal(&results[0], &results[1]) && results_equal(&results[0], &results[2]));
        for (int i = 0; i < 3; i++)
            xd_solve_result_free(&results[i]);
        search_random_free(&random);
    }
}

/* A clock that ticks at every look, and a cancel after so many. */
struct fake {
    double clock_s;
    int32_t cancel_after, reports_n;
    int64_t last_cost, last_done;
    bool cost_rose;
};

static double fake_elapsed(void *context)
{
    struct fake *fake = context;
    return fake->clock_s += 1.0;
}

static bool fake_cancelled(void *context)
{
    struct fake *fake = context;
    return fake->cancel_after > 0 && --fake->cancel_after == 0;
}

static void fake_report(void *context, const char *phase, int64_t done, int64_t total, int64_t cost)
{
    struct fake *fake = context;
    (void)phase;
    (void)total;
    fake->reports_n++;
    fake->last_done = done;
    fake->last_cost = cost;
}

static void timed_run_replay(int richness, double seconds_max)
{
    struct xd_rng rng = xd_rng_at(23, XD_RNG_TEST, 4, 0);
    struct search_random random = search_random_make(&rng, 80, richness);
    struct fake fake = {0};
    struct xd_progress progress = {.context = &fake, .elapsed_s = fake_elapsed, .report = fake_report};
    struct xd_solve_options options = OPTIONS;
    struct xd_solve_result timed = {0}, replayed = {0};
    options.iterations_max = 0;
    options.seconds_max = seconds_max;
    CU_ASSERT_EQUAL(xd_solve(random.problem, &options, &progress, &timed, NULL), XD_OK);
    CU_ASSERT_EQUAL(timed.stop_reason, XD_STOP_TIME);
    CU_ASSERT(timed.iterations > 0);
    CU_ASSERT_EQUAL(fake.last_cost, timed.cost);
    CU_ASSERT_EQUAL(fake.last_done, timed.iterations);
    options.seconds_max = 0;
    options.iterations_max = timed.iterations;
    options.horizon = timed.horizon;
    CU_ASSERT_EQUAL(xd_solve(random.problem, &options, NULL, &replayed, NULL), XD_OK);
    CU_ASSERT_EQUAL(replayed.stop_reason, XD_STOP_ITERATIONS);
    CU_ASSERT(results_equal(&timed, &replayed));
    xd_solve_result_free(&timed);
    xd_solve_result_free(&replayed);
    search_random_free(&random);
}

/* Over before the horizon is known, soon after, and long after: with it and past it. */
static void time_limited_run_is_replayed_by_its_iterations(void)
{
    static const double SECONDS[] = {1, 5, 20, 200};
    for (int richness = 0; richness < 2; richness++) {
        for (size_t i = 0; i < XD_ARRAY_LENGTH(SECONDS); i++)
            timed_run_replay(richness, SECONDS[i]);
    }
}

static void cancelled_run_gives_a_valid_plan(void)
{
    for (int32_t after = 1; after <= 3; after++) {
        struct xd_rng rng = xd_rng_at(24, XD_RNG_TEST, 5, 0);
        struct search_random random = search_random_make(&rng, 50, 1);
        struct fake fake = {.cancel_after = after};
        struct xd_progress progress = {.context = &fake, .cancelled = fake_cancelled};
        struct xd_solve_options options = OPTIONS;
        struct xd_solve_result result = {0};
        options.iterations_max = 1000000000;
        CU_ASSERT_EQUAL(xd_solve(random.problem, &options, &progress, &result, NULL), XD_OK);
        CU_ASSERT_EQUAL(result.stop_reason, XD_STOP_CANCELLED);
        CU_ASSERT(result.routes_n > 0);
        CU_ASSERT_EQUAL(result_is_wrong(random.problem, &result), 0);
        xd_solve_result_free(&result);
        search_random_free(&random);
    }
}

static void target_stops_the_search(void)
{
    struct xd_rng rng = xd_rng_at(25, XD_RNG_TEST, 6, 0);
    struct search_random random = search_random_make(&rng, 30, 0);
    struct xd_solve_result first = {0}, second = {0};
    struct xd_solve_options options = OPTIONS;
    CU_ASSERT_EQUAL(xd_solve(random.problem, &options, NULL, &first, NULL), XD_OK);
    options.iterations_max = 1000000000;
    options.target_cost = first.cost;
    CU_ASSERT_EQUAL(xd_solve(random.problem, &options, NULL, &second, NULL), XD_OK);
    CU_ASSERT_EQUAL(second.stop_reason, XD_STOP_TARGET);
    CU_ASSERT_EQUAL(second.cost, first.cost);
    xd_solve_result_free(&first);
    xd_solve_result_free(&second);
    search_random_free(&random);
}

static void warm_start_is_never_made_worse(void)
{
    int wrong = 0;
    for (uint64_t number = 0; number < 10; number++) {
        struct xd_rng rng = xd_rng_at(26, XD_RNG_TEST, 7, number);
        struct search_random random = search_random_make(&rng, 40, 1);
        struct xd_solve_result first = {0}, second = {0};
        struct xd_solve_options options = OPTIONS;
        wrong += xd_solve(random.problem, &options, NULL, &first, NULL) != XD_OK;
        struct xd_routes warm = xd_solve_result_routes(&first);
        options.warm_start = &warm;
        options.iterations_max = 1;
        options.seed = 99;
        wrong += xd_solve(random.problem, &options, NULL, &second, NULL) != XD_OK;
        wrong += first.feasible && (!second.feasible || second.cost > first.cost);
        wrong += result_is_wrong(random.problem, &second);
        xd_solve_result_free(&first);
        xd_solve_result_free(&second);
        search_random_free(&random);
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static void warm_start_with_nonsense_is_survived(void)
{
    struct xd_rng rng = xd_rng_at(27, XD_RNG_TEST, 8, 0);
    struct search_random random = search_random_make(&rng, 20, 1);
    const int32_t types[] = {-1, 99, 0, 0}, first[] = {0, 2, 4, 9, 9}, stops[] = {0, 1, 2, 3, 5, 5, -7, 4000, 6};
    struct xd_routes warm = {.routes_n = 4, .types = types, .first = first, .stops = stops};
    struct xd_solve_options options = OPTIONS;
    struct xd_solve_result result = {0};
    options.warm_start = &warm;
    CU_ASSERT_EQUAL(xd_solve(random.problem, &options, NULL, &result, NULL), XD_OK);
    CU_ASSERT_EQUAL(result_is_wrong(random.problem, &result), 0);
    xd_solve_result_free(&result);
    search_random_free(&random);
}

static void problem_without_stops_is_trivial(void)
{
    struct xd_rng rng = xd_rng_at(28, XD_RNG_TEST, 9, 0);
    struct search_random random = search_random_make(&rng, 0, 0);
    struct xd_solve_result result = {0};
    CU_ASSERT_EQUAL(xd_solve(random.problem, &OPTIONS, NULL, &result, NULL), XD_OK);
    CU_ASSERT_EQUAL(result.stop_reason, XD_STOP_TRIVIAL);
    CU_ASSERT(result.feasible && result.cost == 0 && result.routes_n == 0);
    xd_solve_result_free(&result);
    search_random_free(&random);
}

static void stops_without_a_road_are_left_out_and_said(void)
{
    struct xd_matrix *matrix = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_matrix_create(3, &matrix, NULL), XD_OK); /* not one road */
    struct xd_stop stops[2] = {{.location = 1, .delivery = {1}, .latest_s = 1000, .unserved_cost = 70},
                               {.location = 2, .delivery = {1}, .latest_s = 1000, .unserved_cost = XD_REQUIRED}};
    struct xd_vehicle_type type = {.name = "van",
                                   .count = 2,
                                   .capacity = {10},
                                   .latest_s = 1000,
                                   .duration_max_s = XD_TIME_MAX,
                                   .length_max_m = XD_LENGTH_NO_LIMIT,
                                   .cost_per_m = 1};
    const struct xd_matrix *matrices[] = {matrix};
    struct xd_problem_input input = {
        .name = "no roads", .stops = stops, .stops_n = 2, .types = &type, .types_n = 1, .matrices = matrices, .matrices_n = 1, .cost_scale = 1};
    struct xd_problem *problem = NULL;
    struct xd_solve_result result = {0};
    CU_ASSERT_EQUAL_FATAL(xd_problem_build(&input, &problem, NULL), XD_OK);
    CU_ASSERT_EQUAL(xd_solve(problem, &OPTIONS, NULL, &result, NULL), XD_OK);
    CU_ASSERT_EQUAL(result.stop_reason, XD_STOP_TRIVIAL);
    CU_ASSERT(!result.feasible && result.cost == 70 && result.routes_n == 0);
    xd_solve_result_free(&result);
    xd_problem_free(problem);
    xd_matrix_free(matrix);
}

static void every_failed_allocation_is_reported_and_leaks_nothing(void)
{
    struct xd_rng rng = xd_rng_at(29, XD_RNG_TEST, 10, 0);
    struct search_random random = search_random_make(&rng, 12, 1);
    struct xd_solve_options options = OPTIONS;
    options.iterations_max = 1;
    int64_t live_n = xd_alloc_statistics_read().live_n;
    int wrong = 0, failed = 0;
    for (uint64_t nth = 1; nth < 2000; nth++) {
        struct xd_solve_result result = {0};
        struct xd_error error;
        xd_alloc_fail_at(nth, false);
        enum xd_status status = xd_solve(random.problem, &options, NULL, &result, &error);
        xd_alloc_fail_at(0, false);
        if (status == XD_OK) {
            xd_solve_result_free(&result);
            break;
        }
        failed++;
        wrong += status != XD_NO_MEMORY || result.routes_n != 0 || result.types || xd_alloc_statistics_read().live_n != live_n;
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(failed > 20);
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
    search_random_free(&random);
}

static const struct xd_test_case CASES[] = {
    {"every_result_passes_the_judge", every_result_passes_the_judge},
    {"threads_do_not_change_the_result", threads_do_not_change_the_result},
    {"time_limited_run_is_replayed_by_its_iterations", time_limited_run_is_replayed_by_its_iterations},
    {"cancelled_run_gives_a_valid_plan", cancelled_run_gives_a_valid_plan},
    {"target_stops_the_search", target_stops_the_search},
    {"warm_start_is_never_made_worse", warm_start_is_never_made_worse},
    {"warm_start_with_nonsense_is_survived", warm_start_with_nonsense_is_survived},
    {"problem_without_stops_is_trivial", problem_without_stops_is_trivial},
    {"stops_without_a_road_are_left_out_and_said", stops_without_a_road_are_left_out_and_said},
    {"every_failed_allocation_is_reported_and_leaks_nothing", every_failed_allocation_is_reported_and_leaks_nothing},
};
const struct xd_test_suite search_solve_suite = {"search_solve", CASES, sizeof CASES / sizeof CASES[0]};
