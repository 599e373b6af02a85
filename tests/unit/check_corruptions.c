/* The judge against plans that were spoiled on purpose, one way at a time. */
#include "base/alloc.h"
#include "base/rng.h"
#include "solver/check/check.h"
#include "tests/oracle/brute_force.h"
#include "tests/oracle/random_problem.h"
#include "tests/unit/model_suites.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { POINTS_N = 7, STOPS_N = 6, TYPES_N = 2 };

/* Seven places, 100 s and 1,000 m between any two; the depot is 0, stop s lies at s + 1. Two vans and a cold one drive {0, 1}, {2, 3} and {4};
 * stop 5 is left, a second cold one stands idle. Every stop takes 50 s, opens at 500 and closes at 1,500; the vans leave at 400 s, reach the first stop at 500 s, and are back at
 * 800 s, 800 s and 650 s (the cold one). */
struct world {
    struct xd_matrix *matrix;
    const struct xd_matrix *matrices[1];
    struct xd_stop stops[STOPS_N];
    struct xd_vehicle_type types[TYPES_N];
    struct xd_problem_input input;
    struct xd_problem *problem;
    struct xd_plan *plan;
};

static void world_describe(struct world *w)
{
    memset(w, 0, sizeof *w);
    CU_ASSERT_EQUAL_FATAL(xd_matrix_create(POINTS_N, &w->matrix, NULL), XD_OK);
    for (int32_t from = 0; from < POINTS_N; from++) {
        for (int32_t to = 0; to < POINTS_N; to++) {
            w->matrix->time_s[xd_matrix_cell(w->matrix, from, to)] = from == to ? 0 : 100;
            w->matrix->length_m[xd_matrix_cell(w->matrix, from, to)] = from == to ? 0 : 1000;
        }
    }
    w->matrices[0] = w->matrix;
    for (int32_t s = 0; s < STOPS_N; s++)
        w->stops[s] = (struct xd_stop){.location = s + 1,
                                       .delivery = {20, 10},
                                       .pickup = {10, 5},
                                       .earliest_s = 500,
                                       .latest_s = 1500,
                                       .service_s = 50,
                                       .unserved_cost = XD_REQUIRED,
                                       .origin = s};
    w->stops[0].release_s = 100;
    w->stops[4].needs = XD_FEATURE_COLD;
    w->stops[5].unserved_cost = 10;
    for (int32_t t = 0; t < TYPES_N; t++)
        w->types[t] = (struct xd_vehicle_type){.name = "van",
                                               .count = 2,
                                               .capacity = {100, 100},
                                               .features = t == 0 ? 0 : XD_FEATURE_COLD,
                                               .latest_s = 5000,
                                               .duration_max_s = 3000,
                                               .length_max_m = 10000,
                                               .fixed_cost = 1000,
                                               .cost_per_m = 2,
                                               .cost_per_s = 3};
    w->input = (struct xd_problem_input){.name = "world",
                                         .stops = w->stops,
                                         .stops_n = STOPS_N,
                                         .types = w->types,
                                         .types_n = TYPES_N,
                                         .matrices = w->matrices,
                                         .matrices_n = 1,
                                         .cost_scale = 1};
}

/* The plan, made for the world as described; then the problem again after spoil. */
static void world_make(struct world *w, void (*spoil_problem)(struct world *w))
{
    static const int32_t types[] = {0, 0, 1}, first[] = {0, 2, 4, 5}, stops[] = {0, 1, 2, 3, 4};
    const struct xd_routes routes = {3, types, first, stops};
    world_describe(w);
    CU_ASSERT_EQUAL_FATAL(xd_problem_build(&w->input, &w->problem, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_plan_schedule(w->problem, &routes, 1, 2, &w->plan, NULL), XD_OK);
    if (!spoil_problem)
        return;
    spoil_problem(w);
    xd_problem_free(w->problem);
    CU_ASSERT_EQUAL_FATAL(xd_problem_build(&w->input, &w->problem, NULL), XD_OK);
    w->plan->problem_hash = w->problem->hash;
}

static void world_free(struct world *w)
{
    xd_plan_free(w->plan);
    xd_problem_free(w->problem);
    xd_matrix_free(w->matrix);
}

/* ---- the ways to spoil ---- */

static void other_problem(struct world *w)
{
    w->plan->problem_hash ^= 1;
}
static void visits_a_stranger(struct world *w)
{
    w->plan->routes[0].visits[1].stop = 77;
}
static void visits_before_the_first(struct world *w)
{
    w->plan->routes[0].visits[0].stop = -1;
}
static void leaves_a_stranger(struct world *w)
{
    w->plan->unserved[0].stop = STOPS_N;
}
static void visits_twice(struct world *w)
{
    w->plan->routes[0].visits[1].stop = 2;
}
static void visits_and_leaves(struct world *w)
{
    w->plan->unserved[0].stop = 0;
}
static void forgets(struct world *w)
{
    w->plan->unserved_n = 0;
}
static void leaves_what_must_be(struct world *w)
{
    w->stops[5].unserved_cost = XD_REQUIRED;
}
static void invents_a_vehicle(struct world *w)
{
    w->plan->routes[2].vehicle = 4;
}
static void invents_a_vehicle_below(struct world *w)
{
    w->plan->routes[0].vehicle = -1;
}
static void drives_twice(struct world *w)
{
    w->plan->routes[1].vehicle = 0;
}
static void drives_for_nothing(struct world *w)
{
    w->plan->routes[2].visits_n = 0;
}
static void is_too_heavy(struct world *w)
{
    w->types[0].capacity[0] = 39;
}
static void is_too_heavy_on_the_way(struct world *w)
{
    w->stops[0].pickup[0] = 61;
    w->types[0].capacity[0] = 80;
}
static void is_too_big(struct world *w)
{
    w->types[0].capacity[1] = 19;
}
static void misstates_the_start(struct world *w)
{
    w->plan->routes[0].load_start[1]--;
}
static void misstates_a_load(struct world *w)
{
    w->plan->routes[0].visits[1].load_after[0]++;
}
static void is_warm(struct world *w)
{
    w->types[1].features = 0;
}
static void has_no_road(struct world *w)
{
    const size_t cell = xd_matrix_cell(w->matrix, 1, 2);
    w->matrix->time_s[cell] = w->matrix->length_m[cell] = XD_UNREACHABLE;
}
static void has_no_road_home(struct world *w)
{
    const size_t cell = xd_matrix_cell(w->matrix, 5, 0);
    w->matrix->time_s[cell] = w->matrix->length_m[cell] = XD_UNREACHABLE;
}
static void flies(struct world *w)
{
    w->plan->routes[0].visits[1].arrive_s--;
}
static void serves_before_it_is_there(struct world *w)
{
    w->plan->routes[0].visits[1].arrive_s++;
}
static void flies_home(struct world *w)
{
    w->plan->routes[0].depot_back_s--;
}
static void leaves_before_it_is_there(struct world *w)
{
    w->plan->routes[0].depot_leave_s--;
}
static void is_home_before_it_is_back(struct world *w)
{
    w->plan->routes[0].end_s--;
}
static void is_early(struct world *w)
{
    w->stops[0].earliest_s = 501;
}
static void is_late(struct world *w)
{
    w->stops[1].latest_s = 649;
}
static void hurries(struct world *w)
{
    w->stops[1].service_s = 51;
}
static void leaves_without_goods(struct world *w)
{
    w->stops[1].release_s = 401;
}
static void starts_too_soon(struct world *w)
{
    w->types[1].earliest_s = 401;
}
static void ends_too_late(struct world *w)
{
    w->types[1].latest_s = 649;
}
static void lasts_too_long(struct world *w)
{
    w->types[1].duration_max_s = 249;
}
static void drives_too_far(struct world *w)
{
    w->types[1].length_max_m = 1999;
}
static void misstates_its_length(struct world *w)
{
    w->plan->routes[1].length_m++;
}
static void misstates_a_leg(struct world *w)
{
    w->plan->routes[1].visits[1].length_m--;
}
static void misstates_fixed(struct world *w)
{
    w->plan->routes[0].fixed_cost++;
}
static void misstates_all_fixed(struct world *w)
{
    w->plan->fixed_cost--;
}
static void misstates_length_cost(struct world *w)
{
    w->plan->routes[0].length_cost--;
}
static void misstates_all_length_cost(struct world *w)
{
    w->plan->length_cost++;
}
static void misstates_duration_cost(struct world *w)
{
    w->plan->routes[1].duration_cost++;
}
static void misstates_all_duration_cost(struct world *w)
{
    w->plan->duration_cost++;
}
static void misstates_the_unserved(struct world *w)
{
    w->plan->unserved_cost = 0;
}
static void misstates_the_total(struct world *w)
{
    w->plan->total_cost++;
}
static void blames_time(struct world *w)
{
    w->plan->unserved[0].reason = XD_UNSERVED_TIME;
}
static void calls_it_choice_but_none_stands_idle(struct world *w)
{
    w->types[1].count = 1;
}
static void calls_it_choice_but_is_too_heavy(struct world *w)
{
    w->stops[5].delivery[0] = 101;
}
static void calls_it_choice_but_needs_more(struct world *w)
{
    w->stops[5].needs = 2;
}
static void calls_it_choice_but_cannot_be_in_time(struct world *w)
{
    w->stops[5].earliest_s = w->stops[5].latest_s = 99;
}
static void calls_it_choice_but_has_no_road(struct world *w)
{
    for (int32_t from = 0; from < POINTS_N - 1; from++) {
        const size_t cell = xd_matrix_cell(w->matrix, from, POINTS_N - 1);
        w->matrix->time_s[cell] = w->matrix->length_m[cell] = XD_UNREACHABLE;
    }
}
static void overflows_all(struct world *w)
{
    w->plan->routes[0].start_s = INT64_MIN;
    w->plan->routes[0].end_s = INT64_MAX;
    w->plan->routes[0].visits[0].depart_s = INT64_MAX;
    w->plan->routes[0].visits[1].begin_s = INT64_MAX;
}

#define ALSO(kind) (1u << XD_VIOLATION_##kind)
#define ALL_COSTS (ALSO(COST_FIXED) | ALSO(COST_LENGTH) | ALSO(COST_DURATION) | ALSO(COST_UNSERVED) | ALSO(COST_TOTAL))

static const struct {
    void (*spoil_problem)(struct world *w);
    void (*spoil_plan)(struct world *w);
    enum xd_violation_kind kind;
    int32_t route, stop;
    int64_t found, limit;
    uint32_t also; /* kinds that follow from it */
} corruptions[] = {
    {NULL, visits_a_stranger, XD_VIOLATION_STOP_UNKNOWN, 0, -1, 77, 5, ALSO(STOP_MISSING)},
    {NULL, visits_before_the_first, XD_VIOLATION_STOP_UNKNOWN, 0, -1, -1, 5, ALSO(STOP_MISSING)},
    {NULL, leaves_a_stranger, XD_VIOLATION_STOP_UNKNOWN, -1, -1, 6, 5, ALSO(STOP_MISSING) | ALSO(COST_UNSERVED) | ALSO(COST_TOTAL)},
    {NULL, visits_twice, XD_VIOLATION_STOP_TWICE, 1, 2, 2, 1, ALSO(STOP_MISSING)},
    {NULL, visits_and_leaves, XD_VIOLATION_STOP_TWICE, -1, 0, 2, 1,
     ALSO(STOP_MISSING) | ALSO(STOP_REQUIRED) | ALSO(COST_UNSERVED) | ALSO(COST_TOTAL)},
    {NULL, forgets, XD_VIOLATION_STOP_MISSING, -1, 5, 0, 1, ALSO(COST_UNSERVED) | ALSO(COST_TOTAL)},
    {leaves_what_must_be, NULL, XD_VIOLATION_STOP_REQUIRED, -1, 5, 0, 1, ALSO(COST_UNSERVED) | ALSO(COST_TOTAL)},
    {NULL, invents_a_vehicle, XD_VIOLATION_VEHICLE_UNKNOWN, 2, -1, 4, 3, 0},
    {NULL, invents_a_vehicle_below, XD_VIOLATION_VEHICLE_UNKNOWN, 0, -1, -1, 3, 0},
    {NULL, drives_twice, XD_VIOLATION_VEHICLE_TWICE, 1, -1, 2, 1, 0},
    {NULL, drives_for_nothing, XD_VIOLATION_ROUTE_EMPTY, 2, -1, 0, 1, ALSO(STOP_MISSING) | ALSO(LOAD_STATED) | ALSO(LENGTH_STATED) | ALL_COSTS},
    {is_too_heavy, NULL, XD_VIOLATION_MASS, 0, -1, 40, 39, 0},
    /* 40 at the start, less 20, plus 61. The pickup also changes what the plan should state. */
    {is_too_heavy_on_the_way, NULL, XD_VIOLATION_MASS, 0, 0, 81, 80, ALSO(LOAD_STATED)},
    {is_too_big, NULL, XD_VIOLATION_VOLUME, 0, -1, 20, 19, 0},
    {NULL, misstates_the_start, XD_VIOLATION_LOAD_STATED, 0, -1, 19, 20, 0},
    {NULL, misstates_a_load, XD_VIOLATION_LOAD_STATED, 0, 1, 21, 20, 0},
    {is_warm, NULL, XD_VIOLATION_NEEDS, 2, 4, 0, XD_FEATURE_COLD, 0},
    {has_no_road, NULL, XD_VIOLATION_UNREACHABLE, 0, 1, 1, 2, 0},
    {NULL, leaves_before_it_is_there, XD_VIOLATION_BASE_LEAVE, 0, -1, 399, 400, 0},
    {NULL, is_home_before_it_is_back, XD_VIOLATION_BASE_BACK, 0, -1, 799, 800, ALSO(COST_DURATION) | ALSO(COST_TOTAL)},
    {has_no_road_home, NULL, XD_VIOLATION_UNREACHABLE, 2, -1, 5, 0, 0},
    {NULL, flies, XD_VIOLATION_TRAVEL_TIME, 0, 1, 649, 650, 0},
    {NULL, serves_before_it_is_there, XD_VIOLATION_TRAVEL_TIME, 0, 1, 650, 651, 0},
    {NULL, flies_home, XD_VIOLATION_TRAVEL_TIME, 0, -1, 799, 800, ALSO(COST_DURATION) | ALSO(COST_TOTAL)},
    {is_early, NULL, XD_VIOLATION_WINDOW_EARLY, 0, 0, 500, 501, 0},
    {is_late, NULL, XD_VIOLATION_WINDOW_LATE, 0, 1, 650, 649, 0},
    {hurries, NULL, XD_VIOLATION_SERVICE_TIME, 0, 1, 700, 701, 0},
    {leaves_without_goods, NULL, XD_VIOLATION_RELEASE, 0, 1, 400, 401, 0},
    {starts_too_soon, NULL, XD_VIOLATION_SHIFT_START, 2, -1, 400, 401, 0},
    /* then the cold ones are no choice for stop 5 any more, and the vans are out */
    {ends_too_late, NULL, XD_VIOLATION_SHIFT_END, 2, -1, 650, 649, ALSO(REASON)},
    {lasts_too_long, NULL, XD_VIOLATION_DURATION, 2, -1, 250, 249, ALSO(REASON)},
    {drives_too_far, NULL, XD_VIOLATION_RANGE, 2, -1, 2000, 1999, ALSO(REASON)},
    {NULL, misstates_its_length, XD_VIOLATION_LENGTH_STATED, 1, -1, 3001, 3000, 0},
    {NULL, misstates_a_leg, XD_VIOLATION_LENGTH_STATED, 1, 3, 999, 1000, 0},
    {NULL, misstates_fixed, XD_VIOLATION_COST_FIXED, 0, -1, 1001, 1000, 0},
    {NULL, misstates_all_fixed, XD_VIOLATION_COST_FIXED, -1, -1, 2999, 3000, 0},
    /* 3,000 m at 2; (3,000 + 3,000 + 2,000) m at 2 */
    {NULL, misstates_length_cost, XD_VIOLATION_COST_LENGTH, 0, -1, 5999, 6000, 0},
    {NULL, misstates_all_length_cost, XD_VIOLATION_COST_LENGTH, -1, -1, 16001, 16000, 0},
    /* 400 s at 3; (400 + 400 + 250) s at 3 */
    {NULL, misstates_duration_cost, XD_VIOLATION_COST_DURATION, 1, -1, 1201, 1200, 0},
    {NULL, misstates_all_duration_cost, XD_VIOLATION_COST_DURATION, -1, -1, 3151, 3150, 0},
    {NULL, misstates_the_unserved, XD_VIOLATION_COST_UNSERVED, -1, -1, 0, 10, 0},
    {NULL, misstates_the_total, XD_VIOLATION_COST_TOTAL, -1, -1, 22161, 22160, 0},
    {NULL, blames_time, XD_VIOLATION_REASON, -1, 5, XD_UNSERVED_TIME, XD_UNSERVED_CHOICE, 0},
    {calls_it_choice_but_none_stands_idle, NULL, XD_VIOLATION_REASON, -1, 5, XD_UNSERVED_CHOICE, XD_UNSERVED_FLEET, 0},
    {calls_it_choice_but_is_too_heavy, NULL, XD_VIOLATION_REASON, -1, 5, XD_UNSERVED_CHOICE, XD_UNSERVED_CAPACITY, 0},
    {calls_it_choice_but_needs_more, NULL, XD_VIOLATION_REASON, -1, 5, XD_UNSERVED_CHOICE, XD_UNSERVED_FEATURE, 0},
    {calls_it_choice_but_cannot_be_in_time, NULL, XD_VIOLATION_REASON, -1, 5, XD_UNSERVED_CHOICE, XD_UNSERVED_TIME, 0},
    {calls_it_choice_but_has_no_road, NULL, XD_VIOLATION_REASON, -1, 5, XD_UNSERVED_CHOICE, XD_UNSERVED_UNREACHABLE, 0},
    {NULL, overflows_all, XD_VIOLATION_SHIFT_START, 0, -1, INT64_MIN, 0,
     ALSO(TRAVEL_TIME) | ALSO(WINDOW_LATE) | ALSO(SERVICE_TIME) | ALSO(RELEASE) | ALSO(SHIFT_END) | ALSO(DURATION) | ALL_COSTS},
};

static bool is_told(const struct xd_violations *violations, size_t i)
{
    bool told = false;
    for (int32_t v = 0; v < violations->items_n; v++) {
        const struct xd_violation *item = &violations->items[v];
        const bool same = item->kind == corruptions[i].kind && item->route == corruptions[i].route && item->stop == corruptions[i].stop;
        told = told || (same && item->found == corruptions[i].found && item->limit == corruptions[i].limit);
        if (item->kind != corruptions[i].kind && !(corruptions[i].also >> item->kind & 1u)) {
            printf("\n  corruption %zu: not expected: %s route %d stop %d found %" PRId64 " limit %" PRId64 "\n", i, xd_violation_name(item->kind),
                   (int)item->route, (int)item->stop, item->found, item->limit);
            return false;
        }
    }
    if (!told)
        printf("\n  corruption %zu: %s is not told\n", i, xd_violation_name(corruptions[i].kind));
    return told;
}

static void the_plan_is_right_before_it_is_spoiled(void)
{
    struct world w;
    struct xd_violations violations = {0};
    struct xd_verified_plan *verified = NULL;
    world_make(&w, NULL);
    CU_ASSERT_EQUAL(xd_check_plan(w.problem, w.plan, &violations, &verified, NULL), XD_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(verified);
    CU_ASSERT_EQUAL(violations.items_n, 0);
    CU_ASSERT_PTR_EQUAL(xd_verified_plan_problem(verified), w.problem);
    CU_ASSERT_PTR_NOT_EQUAL(xd_verified_plan_values(verified), w.plan);
    CU_ASSERT_EQUAL(xd_verified_plan_values(verified)->total_cost, 3000 + 16000 + 3150 + 10);
    CU_ASSERT_EQUAL(xd_verified_plan_values(verified)->routes[1].visits[1].stop, 3);
    xd_verified_plan_free(verified);
    xd_verified_plan_free(NULL);
    xd_violations_free(&violations);
    xd_violations_free(NULL);
    world_free(&w);
}

static void every_planted_corruption_is_told_with_its_place_and_amounts(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(corruptions); i++) {
        struct world w;
        struct xd_violations violations = {0};
        struct xd_verified_plan *verified = NULL;
        world_make(&w, corruptions[i].spoil_problem);
        if (corruptions[i].spoil_plan)
            corruptions[i].spoil_plan(&w);
        CU_ASSERT_EQUAL(xd_check_plan(w.problem, w.plan, &violations, &verified, NULL), XD_NO_PLAN);
        CU_ASSERT_PTR_NULL(verified);
        CU_ASSERT(is_told(&violations, i));
        xd_verified_plan_free(verified);
        xd_violations_free(&violations);
        world_free(&w);
    }
}

static void a_plan_for_another_problem_is_told_with_both_hashes(void)
{
    struct world w;
    struct xd_violations violations = {0};
    struct xd_verified_plan *verified = NULL;
    world_make(&w, NULL);
    other_problem(&w);
    CU_ASSERT_EQUAL(xd_check_plan(w.problem, w.plan, &violations, &verified, NULL), XD_NO_PLAN);
    CU_ASSERT_EQUAL_FATAL(violations.items_n, 1);
    CU_ASSERT_EQUAL(violations.items[0].kind, XD_VIOLATION_PROBLEM);
    CU_ASSERT_EQUAL((uint64_t)violations.items[0].found, w.problem->hash ^ 1);
    CU_ASSERT_EQUAL((uint64_t)violations.items[0].limit, w.problem->hash);
    xd_violations_free(&violations);
    world_free(&w);
}

static void every_kind_has_a_corruption_a_name_and_a_text(void)
{
    uint32_t planted = ALSO(PROBLEM); /* has a case of its own */
    for (size_t i = 0; i < XD_ARRAY_LENGTH(corruptions); i++)
        planted |= 1u << corruptions[i].kind;
    CU_ASSERT_EQUAL(planted, (1u << XD_VIOLATION_KINDS_N) - 1);
    for (int a = 0; a < XD_VIOLATION_KINDS_N; a++) {
        const char *text = xd_violation_text((enum xd_violation_kind)a);
        /* Both numbers, in order: the text is given to printf with exactly these. */
        const char *first = strstr(text, "%lld");
        CU_ASSERT_PTR_NOT_NULL_FATAL(first);
        CU_ASSERT_PTR_NOT_NULL_FATAL(strstr(first + 4, "%lld"));
        CU_ASSERT_PTR_NULL(strchr(strstr(first + 4, "%lld") + 4, '%'));
        for (int b = 0; b < a; b++)
            CU_ASSERT_STRING_NOT_EQUAL(xd_violation_name((enum xd_violation_kind)a), xd_violation_name((enum xd_violation_kind)b));
    }
}

static void more_violations_than_the_list_holds_are_counted(void)
{
    struct xd_random_problem made = xd_random_problem_make(3, 512, true);
    struct xd_plan nothing = {0};
    struct xd_violations violations = {0};
    struct xd_verified_plan *verified = NULL;
    CU_ASSERT_PTR_NOT_NULL_FATAL(made.problem);
    nothing.problem_hash = made.problem->hash;
    struct xd_unserved twice[1600];
    for (size_t i = 0; i < XD_ARRAY_LENGTH(twice); i++)
        twice[i] = (struct xd_unserved){-5, XD_UNSERVED_CHOICE};
    nothing.unserved = twice;
    nothing.unserved_n = (int32_t)XD_ARRAY_LENGTH(twice);
    CU_ASSERT_EQUAL(xd_check_plan(made.problem, &nothing, &violations, &verified, NULL), XD_NO_PLAN);
    CU_ASSERT_EQUAL(violations.items_n, XD_VIOLATIONS_MAX);
    CU_ASSERT_EQUAL(violations.left_out_n, 1600 + 512 - XD_VIOLATIONS_MAX); /* unknown, missing */
    xd_violations_free(&violations);
    xd_random_problem_free(&made);
}

static void best_plans_of_random_problems_pass_at_the_cost_of_the_oracle(void)
{
    int32_t feasible_n = 0, routes_n = 0, left_n = 0, away_n = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct xd_random_problem made = xd_random_problem_make(seed, (int32_t)(seed % 6), seed % 4 == 0);
        struct xd_brute_result best;
        struct xd_plan *plan = NULL;
        struct xd_violations violations = {0};
        struct xd_verified_plan *verified = NULL;
        CU_ASSERT_PTR_NOT_NULL_FATAL(made.problem);
        CU_ASSERT_FATAL(xd_brute_force(made.problem, &best));
        if (best.feasible) {
            const struct xd_routes routes = xd_brute_routes(&best);
            CU_ASSERT_EQUAL_FATAL(xd_plan_schedule(made.problem, &routes, seed, 0, &plan, NULL), XD_OK);
            CU_ASSERT_EQUAL(plan->total_cost, best.cost);
            CU_ASSERT(plan->total_cost <= made.problem->cost_bound);
            CU_ASSERT_EQUAL(xd_check_plan(made.problem, plan, &violations, &verified, NULL), XD_OK);
            feasible_n++;
            routes_n += plan->routes_n;
            left_n += plan->unserved_n;
            for (int32_t r = 0; r < plan->routes_n; r++)
                away_n += plan->routes[r].approach_m > 0;
        }
        xd_verified_plan_free(verified);
        xd_violations_free(&violations);
        xd_plan_free(plan);
        xd_random_problem_free(&made);
    }
    CU_ASSERT(feasible_n > 100); /* the sample says something */
    CU_ASSERT(routes_n > 150);
    CU_ASSERT(left_n > 50);
    CU_ASSERT(away_n > 50); /* vehicles that live elsewhere */
}

static void random_routes_pass_exactly_when_the_oracle_finds_them_feasible(void)
{
    int32_t passed_n = 0, refused_n = 0;
    for (uint64_t seed = 1; seed <= 1000; seed++) {
        struct xd_random_problem made = xd_random_problem_make(seed, 4, false);
        struct xd_rng rng = xd_rng_at(seed, XD_RNG_TEST, 1, 0);
        struct xd_plan *plan = NULL;
        struct xd_violations violations = {0};
        struct xd_verified_plan *verified = NULL;
        CU_ASSERT_PTR_NOT_NULL_FATAL(made.problem);
        const int32_t type = (int32_t)xd_rng_below(&rng, (uint32_t)made.problem->types_n);
        const int32_t first[2] = {0, 2};
        const int32_t a = (int32_t)xd_rng_below(&rng, 4), b = (a + 1 + (int32_t)xd_rng_below(&rng, 3)) % 4;
        const int32_t stops[2] = {a, b};
        const struct xd_routes routes = {1, &type, first, stops};
        int64_t cost = 0;
        bool feasible = xd_brute_route_cost(made.problem, type, stops, 2, &cost);
        for (int32_t s = 0; s < 4; s++)
            if (s != a && s != b && made.problem->stops[s].unserved_cost == XD_REQUIRED)
                feasible = false;
        if (xd_plan_schedule(made.problem, &routes, seed, 0, &plan, NULL) != XD_OK) {
            CU_ASSERT(!feasible || made.problem->types[type].count == 0);
        } else {
            const enum xd_status status = xd_check_plan(made.problem, plan, &violations, &verified, NULL);
            CU_ASSERT_EQUAL(status, feasible ? XD_OK : XD_NO_PLAN);
            CU_ASSERT(!feasible || plan->length_cost + plan->duration_cost + plan->fixed_cost == cost);
            passed_n += status == XD_OK;
            refused_n += status == XD_NO_PLAN;
        }
        xd_verified_plan_free(verified);
        xd_violations_free(&violations);
        xd_plan_free(plan);
        xd_random_problem_free(&made);
    }
    CU_ASSERT(passed_n > 20);
    CU_ASSERT(refused_n > 200);
}

static void every_failed_allocation_of_a_check_is_reported(void)
{
    struct world w;
    world_make(&w, NULL);
    for (int spoiled = 0; spoiled < 2; spoiled++) {
        const enum xd_status expected = spoiled ? XD_NO_PLAN : XD_OK;
        enum xd_status status = XD_NO_MEMORY;
        if (spoiled)
            misstates_the_total(&w);
        const int64_t live_n = xd_alloc_statistics_read().live_n;
        for (uint64_t nth = 1; status != expected && nth < 100; nth++) {
            struct xd_violations violations = {0};
            struct xd_verified_plan *verified = NULL;
            xd_alloc_fail_at(nth, true);
            status = xd_check_plan(w.problem, w.plan, &violations, &verified, NULL);
            xd_alloc_fail_at(0, false);
            CU_ASSERT(status == expected || status == XD_NO_MEMORY);
            CU_ASSERT((status == XD_OK) == (verified != NULL));
            xd_verified_plan_free(verified);
            xd_violations_free(&violations);
            CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
        }
        CU_ASSERT_EQUAL(status, expected);
    }
    world_free(&w);
}

static const struct xd_test_case cases[] = {
    XD_CASE(the_plan_is_right_before_it_is_spoiled),
    XD_CASE(every_planted_corruption_is_told_with_its_place_and_amounts),
    XD_CASE(a_plan_for_another_problem_is_told_with_both_hashes),
    XD_CASE(every_kind_has_a_corruption_a_name_and_a_text),
    XD_CASE(more_violations_than_the_list_holds_are_counted),
    XD_CASE(best_plans_of_random_problems_pass_at_the_cost_of_the_oracle),
    XD_CASE(random_routes_pass_exactly_when_the_oracle_finds_them_feasible),
    XD_CASE(every_failed_allocation_of_a_check_is_reported),
};
const struct xd_test_suite xd_suite_check_corruptions = {"check_corruptions", cases, XD_ARRAY_LENGTH(cases)};
