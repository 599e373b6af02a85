/* The judge of vehicles that live elsewhere than at their depot. */
#include "solver/check/check.h"
#include "tests/unit/model_suites.h"

#include <stdio.h>
#include <string.h>

enum { POINTS_N = 7, STOPS_N = 6, TYPES_N = 2 };

/* The world of check_corruptions.c, but that the two vans live at stop 4's place, 100 s and 1,000 m from the depot: they leave it at 300 s and are back at 900 s. */
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
    w->stops[0].release_s = 400; /* in time at the depot, after they have left their base */
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
    w->types[0].base_location = 5;
}

static void world_free(struct world *w)
{
    xd_plan_free(w->plan);
    xd_problem_free(w->problem);
    xd_matrix_free(w->matrix);
}

static void has_no_road_from_its_base(struct world *w)
{
    const size_t cell = xd_matrix_cell(w->matrix, 5, 0);
    w->matrix->time_s[cell] = w->matrix->length_m[cell] = XD_UNREACHABLE;
}
static void forgets_the_approach(struct world *w)
{
    w->plan->routes[0].start_s = 400;
}
static void forgets_the_way_home(struct world *w)
{
    w->plan->routes[0].end_s = 800;
}
static void misstates_the_approach(struct world *w)
{
    w->plan->routes[0].approach_m = 999;
}
static void misstates_the_way_home(struct world *w)
{
    w->plan->routes[0].homeward_m = 1001;
}
static void starts_before_the_shift(struct world *w)
{
    w->types[0].earliest_s = 301;
}
static void is_home_after_the_shift(struct world *w)
{
    w->types[0].latest_s = 899;
}
static void lasts_too_long_with_the_ways(struct world *w)
{
    w->types[0].duration_max_s = 599;
}
static void drives_too_far_with_the_ways(struct world *w)
{
    w->types[0].length_max_m = 4999;
}
static void could_serve_it_only_if_it_lived_here(struct world *w)
{
    w->types[1].count = 1; /* is out: a van alone at stop 5 drives 4,000 m with the ways from and to its base */
    w->types[0].count = 3;
    w->plan->routes[2].vehicle = 3;
    w->types[0].length_max_m = 3999;
}

static void the_ways_from_and_to_a_base_are_judged_by_the_roads(void)
{
    static const struct {
        void (*spoil_problem)(struct world *w);
        void (*spoil_plan)(struct world *w);
        enum xd_violation_kind kind;
        int32_t route, stop;
        int64_t found, limit;
    } cases[] = {
        {has_no_road_from_its_base, NULL, XD_VIOLATION_UNREACHABLE, 0, -1, 5, 0},
        {NULL, forgets_the_approach, XD_VIOLATION_BASE_LEAVE, 0, -1, 400, 500},
        {NULL, forgets_the_way_home, XD_VIOLATION_BASE_BACK, 0, -1, 800, 900},
        {NULL, misstates_the_approach, XD_VIOLATION_LENGTH_STATED, 0, -1, 999, 1000},
        {NULL, misstates_the_way_home, XD_VIOLATION_LENGTH_STATED, 0, -1, 1001, 1000},
        {starts_before_the_shift, NULL, XD_VIOLATION_SHIFT_START, 0, -1, 300, 301},
        {is_home_after_the_shift, NULL, XD_VIOLATION_SHIFT_END, 0, -1, 900, 899},
        {lasts_too_long_with_the_ways, NULL, XD_VIOLATION_DURATION, 0, -1, 600, 599},
        {drives_too_far_with_the_ways, NULL, XD_VIOLATION_RANGE, 0, -1, 5000, 4999},
        {could_serve_it_only_if_it_lived_here, NULL, XD_VIOLATION_REASON, -1, 5, XD_UNSERVED_CHOICE, XD_UNSERVED_FLEET},
    };
    static const int32_t types[] = {0, 0, 1}, first[] = {0, 2, 4, 5}, stops[] = {0, 1, 2, 3, 4};
    const struct xd_routes routes = {3, types, first, stops};
    for (size_t i = 0; i <= XD_ARRAY_LENGTH(cases); i++) { /* the last one unspoiled */
        struct world w;
        struct xd_violations violations = {0};
        struct xd_verified_plan *verified = NULL;
        world_describe(&w);
        CU_ASSERT_EQUAL_FATAL(xd_problem_build(&w.input, &w.problem, NULL), XD_OK);
        CU_ASSERT_EQUAL_FATAL(xd_plan_schedule(w.problem, &routes, 1, 2, &w.plan, NULL), XD_OK);
        if (i < XD_ARRAY_LENGTH(cases) && cases[i].spoil_problem) {
            cases[i].spoil_problem(&w);
            xd_problem_free(w.problem);
            CU_ASSERT_EQUAL_FATAL(xd_problem_build(&w.input, &w.problem, NULL), XD_OK);
            w.plan->problem_hash = w.problem->hash;
        }
        if (i < XD_ARRAY_LENGTH(cases) && cases[i].spoil_plan)
            cases[i].spoil_plan(&w);
        CU_ASSERT_EQUAL(xd_check_plan(w.problem, w.plan, &violations, &verified, NULL), i < XD_ARRAY_LENGTH(cases) ? XD_NO_PLAN : XD_OK);
        bool told = i == XD_ARRAY_LENGTH(cases);
        for (int32_t v = 0; v < violations.items_n && !told; v++)
            told = violations.items[v].kind == cases[i].kind && violations.items[v].route == cases[i].route &&
                   violations.items[v].stop == cases[i].stop && violations.items[v].found == cases[i].found &&
                   violations.items[v].limit == cases[i].limit;
        CU_ASSERT(told);
        if (!told)
            printf("\n  case %zu: %s is not told\n", i, xd_violation_name(cases[i].kind));
        xd_verified_plan_free(verified);
        xd_violations_free(&violations);
        world_free(&w);
    }
}

static const struct xd_test_case cases[] = {XD_CASE(the_ways_from_and_to_a_base_are_judged_by_the_roads)};
const struct xd_test_suite xd_suite_check_bases = {"check_bases", cases, XD_ARRAY_LENGTH(cases)};
