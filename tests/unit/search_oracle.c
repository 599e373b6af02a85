#include "tests/oracle/brute_force.h"
#include "tests/oracle/random_problem.h"
#include "tests/unit/search_random.h"
#include "tests/unit/search_suites.h"

#include "solver/search/solve.h"

#include <stdio.h>

enum { PROBLEMS = 150 };

/* 0 when the search finds the optimum, or agrees that not all required stops can be served. */
static int differs(const struct xd_problem *problem, uint64_t number, int *feasible_n)
{
    struct xd_solve_options options = {.seed = number, .threads_n = 2, .iterations_max = 40000, .target_cost = INT64_MIN};
    struct xd_solve_result result = {0};
    struct xd_brute_result truth;
    if (!problem || !xd_brute_force(problem, &truth) || xd_solve(problem, &options, NULL, &result, NULL) != XD_OK)
        return 1;
    *feasible_n += truth.feasible;
    bool same = result.feasible == truth.feasible && (!truth.feasible || result.cost == truth.cost);
    if (!same)
        printf("  problem %llu: found %s %lld, optimum %s %lld\n", (unsigned long long)number, result.feasible ? "feasible" : "incomplete",
               (long long)result.cost, truth.feasible ? "feasible" : "none", (long long)truth.cost);
    xd_solve_result_free(&result);
    return !same;
}

static void small_problems_are_solved_to_the_optimum(void)
{
    int wrong = 0, feasible_n = 0;
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        struct xd_random_problem made = xd_random_problem_make(number, 3 + (int32_t)(number % 4), number % 3 == 0);
        wrong += differs(made.problem, number, &feasible_n);
        xd_random_problem_free(&made);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(feasible_n > PROBLEMS / 3);
}

static void small_problems_with_noisy_tables_are_solved_to_the_optimum(void)
{
    int wrong = 0, feasible_n = 0;
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        struct xd_rng rng = xd_rng_at(31, XD_RNG_TEST, 1, number);
        struct search_random made = search_random_make(&rng, 2 + (int32_t)(number % 5), 1);
        wrong += differs(made.problem, number, &feasible_n);
        search_random_free(&made);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(feasible_n > PROBLEMS / 10);
}

static const struct xd_test_case CASES[] = {
    {"small_problems_are_solved_to_the_optimum", small_problems_are_solved_to_the_optimum},
    {"small_problems_with_noisy_tables_are_solved_to_the_optimum", small_problems_with_noisy_tables_are_solved_to_the_optimum},
};
const struct xd_test_suite search_oracle_suite = {"search_oracle", CASES, sizeof CASES / sizeof CASES[0]};
