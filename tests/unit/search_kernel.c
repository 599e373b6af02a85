/* The kernel's walks: after any number of steps everything cached is what the sequences say, limits hold, and a refused step leaves no trace. */
#include "tests/unit/search_random.h"
#include "tests/unit/search_suites.h"

#include "solver/search/local.h"
#include "solver/search/walk.h"

#include <stdlib.h>
#include <string.h>

enum { PROBLEMS = 40, STOPS_MOST = 90 };

/* One vehicle type; with a clock: windows, service, a shift. Some optional stops, in some problems too few vehicles. */
static struct xd_problem *problem_make(struct xd_rng *rng, const struct search_random *base, bool timed, bool symmetric)
{
    const struct xd_problem *source = base->problem;
    struct xd_stop stops[STOPS_MOST];
    struct xd_vehicle_type type = source->types[0];
    struct xd_matrix *matrix = base->matrices[0];
    struct xd_problem *problem = NULL;
    for (int32_t i = 0; symmetric && i < matrix->points_n; i++) {
        for (int32_t k = 0; k < i; k++)
            matrix->length_m[xd_matrix_cell(matrix, i, k)] = matrix->length_m[xd_matrix_cell(matrix, k, i)];
    }
    for (int32_t s = 0; s < source->stops_n; s++) {
        stops[s] = source->stops[s];
        if (xd_rng_below(rng, 4) == 0)
            stops[s].unserved_cost = xd_rng_between(rng, 0, 3000);
        if (timed) {
            stops[s].earliest_s = xd_rng_between(rng, 0, 3000);
            stops[s].latest_s = stops[s].earliest_s + xd_rng_between(rng, 50, 2000);
            stops[s].service_s = xd_rng_between(rng, 0, 60);
        }
    }
    type.fixed_cost = xd_rng_between(rng, 0, 500);
    type.cost_per_m = xd_rng_between(rng, 1, 3);
    type.count = xd_rng_below(rng, 2) == 0 ? type.count : 3;
    if (timed) {
        type.latest_s = 6000;
        type.end_location = 1;
    }
    const struct xd_problem_input input = {.name = "kernel",
                                           .stops = stops,
                                           .stops_n = source->stops_n,
                                           .types = &type,
                                           .types_n = 1,
                                           .matrices = source->matrices,
                                           .matrices_n = 1,
                                           .cost_scale = 1};
    CU_ASSERT_EQUAL_FATAL(xd_problem_build(&input, &problem, NULL), XD_OK);
    return problem;
}

struct trial {
    struct search_random base;
    struct xd_problem *problem;
    struct xd_search_data *data;
    struct xd_kernel *kernel;
    struct xd_walk *walk;
};

static bool trial_make(struct trial *trial, uint64_t number)
{
    struct xd_rng rng = xd_rng_at(51, XD_RNG_TEST, 1, number);
    const bool timed = number % 2 == 1;
    *trial = (struct trial){.base = search_random_make(&rng, 1 + (int32_t)xd_rng_below(&rng, STOPS_MOST), 0)};
    trial->problem = problem_make(&rng, &trial->base, timed, number % 4 < 2);
    CU_ASSERT_EQUAL_FATAL(xd_search_data_create(trial->problem, 1, NULL, &trial->data, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_kernel_create(trial->data, NULL, 0, &trial->kernel, NULL), XD_OK);
    if (!trial->kernel) /* not a stop that could be served */
        return false;
    CU_ASSERT(trial->kernel->calls == (trial->data->timed ? &xd_kernel_timed : &xd_kernel_pure));
    CU_ASSERT(trial->data->timed || number % 4 >= 2 || trial->kernel->in == trial->kernel->out);
    CU_ASSERT_EQUAL_FATAL(xd_walk_create(trial->kernel, &trial->walk, NULL), XD_OK);
    const int32_t none = 0;
    const struct xd_routes routes = {.routes_n = 0, .types = &none, .first = &none, .stops = &none};
    trial->kernel->calls->load(trial->walk, &routes, trial->data->active, trial->data->active_n, trial->kernel->routes_max);
    trial->walk->rng = rng;
    return true;
}

static void trial_free(struct trial *trial)
{
    xd_walk_free(trial->walk);
    xd_kernel_free(trial->kernel);
    xd_search_data_free(trial->data);
    xd_problem_free(trial->problem);
    search_random_free(&trial->base);
}

static void steps_leave_a_walk_sound(void)
{
    int unsound = 0;
    int64_t gained = 0, left_n = 0;
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        struct trial trial;
        if (trial_make(&trial, number)) {
            const struct xd_kernel_calls *calls = trial.kernel->calls;
            unsound += !calls->is_sound(trial.walk);
            calls->fill_up(trial.walk);
            unsound += !calls->is_sound(trial.walk);
            const int64_t before = trial.walk->cost;
            for (int round = 0; round < 100; round++) {
                calls->run(trial.walk, 1 + round, 30, 0.99);
                unsound += !calls->is_sound(trial.walk) || trial.walk->best_cost > trial.walk->cost;
            }
            gained += before - trial.walk->best_cost;
            left_n += trial.walk->bank_n;
        }
        trial_free(&trial);
    }
    CU_ASSERT_EQUAL(unsound, 0);
    CU_ASSERT(gained > 1000 && left_n > 10);
}

static void refused_steps_leave_no_trace(void)
{
    int32_t first[2][STOPS_MOST + 1], stops[2][STOPS_MOST], types[STOPS_MOST];
    int wrong = 0;
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        struct trial trial;
        if (trial_make(&trial, number)) {
            const struct xd_kernel_calls *calls = trial.kernel->calls;
            calls->fill_up(trial.walk);
            calls->run(trial.walk, 50, 50, 1);
            const int64_t cost = trial.walk->cost, accepted_n = trial.walk->accepted_n;
            const int32_t routes_n = calls->save(trial.walk, false, types, first[0], stops[0]);
            calls->run(trial.walk, 300, -1e15, 1); /* no change is that good */
            wrong += !calls->is_sound(trial.walk) || trial.walk->cost != cost || trial.walk->accepted_n != accepted_n;
            wrong += calls->save(trial.walk, false, types, first[1], stops[1]) != routes_n ||
                     memcmp(first[0], first[1], ((size_t)routes_n + 1) * sizeof(int32_t)) != 0 ||
                     memcmp(stops[0], stops[1], (size_t)first[0][routes_n] * sizeof(int32_t)) != 0;
        }
        trial_free(&trial);
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

/* The best is a solution that can be taken up again, at its cost. */
static void the_best_kept_is_what_it_cost(void)
{
    int32_t first[STOPS_MOST + 1], stops[STOPS_MOST], types[STOPS_MOST], unserved[STOPS_MOST];
    int wrong = 0;
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        struct trial trial;
        if (trial_make(&trial, number)) {
            const struct xd_kernel_calls *calls = trial.kernel->calls;
            bool served[STOPS_MOST] = {false};
            calls->fill_up(trial.walk);
            calls->run(trial.walk, 2000, 60, 0.999);
            const int64_t cost = trial.walk->best_cost;
            const struct xd_routes routes = {calls->save(trial.walk, true, types, first, stops), types, first, stops};
            int32_t unserved_n = 0;
            for (int32_t i = 0; i < first[routes.routes_n]; i++)
                served[stops[i]] = true;
            for (int32_t i = 0; i < trial.data->active_n; i++) {
                if (!served[trial.data->active[i]])
                    unserved[unserved_n++] = trial.data->active[i];
            }
            calls->load(trial.walk, &routes, unserved, unserved_n, trial.kernel->routes_max);
            wrong += !calls->is_sound(trial.walk) || trial.walk->cost != cost || trial.walk->bank_n != unserved_n;
        }
        trial_free(&trial);
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

/* --- local search ------------------------------------------------------------------------------------------------------------------------- */

/* All stops in the routes there are, by chance. */
static void local_fill(struct trial *trial, struct xd_local *local, struct xd_rng *rng)
{
    int32_t route[STOPS_MOST], types[STOPS_MOST] = {0}, first[STOPS_MOST + 1] = {0}, stops[STOPS_MOST], n = 0;
    const int32_t routes_n = 1 + (int32_t)xd_rng_below(rng, (uint32_t)trial->kernel->routes_max);
    for (int32_t i = 0; i < trial->data->active_n; i++)
        route[i] = (int32_t)xd_rng_below(rng, (uint32_t)routes_n);
    for (int32_t r = 0; r < routes_n; r++) {
        for (int32_t i = 0; i < trial->data->active_n; i++) {
            if (route[i] == r)
                stops[n++] = trial->data->active[i];
        }
        first[r + 1] = n;
    }
    const struct xd_routes routes = {routes_n, types, first, stops};
    local->weight_load = xd_rng_between(rng, 0, 9000);
    local->weight_warp = xd_rng_between(rng, 0, 2000);
    trial->kernel->calls->local_load(local, &routes);
}

/* XD_TEST_LONG: 10^6 moves of each kind, else 10^5. */
static int64_t moves_wanted(void)
{
    const char *is_long = getenv("XD_TEST_LONG");
    return is_long && is_long[0] == '1' ? 1000000 : 100000;
}

static void every_local_move_changes_the_price_by_its_delta(void)
{
    static const int64_t SHARE[XD_LOCAL_KINDS_N] = {1, 1, 10, 10}; /* moves that must gain run dry: fewer of them a problem */
    int64_t compared_n[XD_LOCAL_KINDS_N] = {0}, wrong_n[XD_LOCAL_KINDS_N] = {0}, wanted_n = moves_wanted();
    bool enough = false;
    for (uint64_t number = 0; !enough && number < 100000; number++) {
        struct trial trial;
        struct xd_local *local = NULL;
        if (trial_make(&trial, number)) {
            const struct xd_kernel_calls *calls = trial.kernel->calls;
            struct xd_rng rng = xd_rng_at(52, XD_RNG_TEST, 2, number);
            CU_ASSERT_EQUAL_FATAL(xd_local_create(trial.kernel, &local, NULL), XD_OK);
            for (int i = 0; i < 4000; i++) {
                if (i % 500 == 0)
                    local_fill(&trial, local, &rng);
                const enum xd_local_kind kind = (enum xd_local_kind)xd_rng_below(&rng, XD_LOCAL_KINDS_N);
                const int64_t before = local->cost + local->penalty;
                int64_t delta = 0;
                if (!calls->local_move(local, kind, &rng, &delta))
                    continue;
                compared_n[kind]++;
                wrong_n[kind] += !calls->local_is_sound(local) || local->cost + local->penalty - before != delta;
            }
        }
        xd_local_free(local);
        trial_free(&trial);
        enough = true;
        for (int kind = 0; kind < XD_LOCAL_KINDS_N; kind++)
            enough = enough && compared_n[kind] * SHARE[kind] >= wanted_n;
    }
    CU_ASSERT(enough);
    for (int kind = 0; kind < XD_LOCAL_KINDS_N; kind++)
        CU_ASSERT_EQUAL(wrong_n[kind], 0);
}

static void the_local_search_ends_where_no_move_by_chance_gains(void)
{
    int wrong = 0;
    int64_t gained = 0, made_n = 0;
    for (uint64_t number = 0; number < PROBLEMS; number++) {
        struct trial trial;
        struct xd_local *local = NULL;
        if (trial_make(&trial, number)) {
            const struct xd_kernel_calls *calls = trial.kernel->calls;
            struct xd_rng rng = xd_rng_at(53, XD_RNG_TEST, 3, number);
            CU_ASSERT_EQUAL_FATAL(xd_local_create(trial.kernel, &local, NULL), XD_OK);
            local_fill(&trial, local, &rng);
            local->near_n = trial.kernel->near_n;
            const int64_t before = local->cost + local->penalty;
            calls->local_queue_all(local);
            calls->local_run(local, true);
            int64_t after = local->cost + local->penalty, delta = 0;
            wrong += after > before || !calls->local_is_sound(local);
            for (int i = 0; i < 300;
                 i++) /* SWAP* tells only gains: there are none left between routes that hold neighbours; nor reversals in small ones */
                wrong += trial.data->active_n <= XD_SEARCH_NEIGHBOURS && calls->local_move(local, XD_LOCAL_REVERSE, &rng, &delta);
            gained += before - after;
            made_n += local->moves_made_n;
        }
        xd_local_free(local);
        trial_free(&trial);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(gained > 100000 && made_n > 2000);
}

static const struct xd_test_case CASES[] = {
    {"steps_leave_a_walk_sound", steps_leave_a_walk_sound},
    {"refused_steps_leave_no_trace", refused_steps_leave_no_trace},
    {"the_best_kept_is_what_it_cost", the_best_kept_is_what_it_cost},
    {"every_local_move_changes_the_price_by_its_delta", every_local_move_changes_the_price_by_its_delta},
    {"the_local_search_ends_where_no_move_by_chance_gains", the_local_search_ends_where_no_move_by_chance_gains},
};
const struct xd_test_suite search_kernel_suite = {"search_kernel", CASES, XD_ARRAY_LENGTH(CASES)};
