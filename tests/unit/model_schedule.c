#include "base/alloc.h"
#include "solver/model/plan.h"
#include "tests/oracle/random_problem.h"
#include "tests/unit/model_suites.h"

#include <string.h>

enum { POINTS_N = 5, STOPS_N = 4 };

/* A line of places 100 s and 1,000 m apart: the depot at 0, stop s at s + 1. */
struct world {
    struct xd_matrix *matrix;
    struct xd_stop stops[STOPS_N];
    struct xd_vehicle_type types[2];
    struct xd_problem *problem;
};

static void world_describe(struct world *w)
{
    memset(w, 0, sizeof *w);
    CU_ASSERT_EQUAL_FATAL(xd_matrix_create(POINTS_N, &w->matrix, NULL), XD_OK);
    for (int32_t from = 0; from < POINTS_N; from++) {
        for (int32_t to = 0; to < POINTS_N; to++) {
            const int32_t apart = from < to ? to - from : from - to;
            w->matrix->time_s[xd_matrix_cell(w->matrix, from, to)] = 100 * apart;
            w->matrix->length_m[xd_matrix_cell(w->matrix, from, to)] = 1000 * apart;
        }
    }
    for (int32_t s = 0; s < STOPS_N; s++)
        w->stops[s] =
            (struct xd_stop){.location = s + 1, .delivery = {20, 2}, .pickup = {5, 1}, .latest_s = 10000, .service_s = 50, .unserved_cost = 7};
    for (int32_t t = 0; t < 2; t++)
        w->types[t] = (struct xd_vehicle_type){.name = "van",
                                               .count = 2,
                                               .capacity = {100, 100},
                                               .earliest_s = 1000,
                                               .latest_s = 9000,
                                               .duration_max_s = XD_TIME_MAX,
                                               .length_max_m = XD_LENGTH_NO_LIMIT,
                                               .fixed_cost = 11,
                                               .cost_per_m = 2,
                                               .cost_per_s = 3};
}

static void world_build(struct world *w)
{
    const struct xd_matrix *matrices[1] = {w->matrix};
    const struct xd_problem_input input = {.name = "line",
                                           .stops = w->stops,
                                           .stops_n = STOPS_N,
                                           .types = w->types,
                                           .types_n = 2,
                                           .matrices = matrices,
                                           .matrices_n = 1,
                                           .cost_scale = 1};
    CU_ASSERT_EQUAL_FATAL(xd_problem_build(&input, &w->problem, NULL), XD_OK);
}

static void world_free(struct world *w)
{
    xd_problem_free(w->problem);
    xd_matrix_free(w->matrix);
}

static struct xd_plan *schedule(const struct world *w, int32_t routes_n, const int32_t *types, const int32_t *first, const int32_t *stops)
{
    const struct xd_routes routes = {routes_n, types, first, stops};
    struct xd_plan *plan = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_plan_schedule(w->problem, &routes, 5, 6, &plan, NULL), XD_OK);
    return plan;
}

static void a_route_without_windows_leaves_at_the_shift(void)
{
    struct world w;
    world_describe(&w);
    world_build(&w);
    struct xd_plan *plan = schedule(&w, 1, (const int32_t[]){0}, (const int32_t[]){0, 2}, (const int32_t[]){0, 1});
    const struct xd_plan_route *route = &plan->routes[0];
    /* 1000 +100 = 1100, +50 = 1150, +100 = 1250, +50 = 1300, back +200 = 1500 */
    CU_ASSERT_EQUAL(route->start_s, 1000);
    CU_ASSERT_EQUAL(route->visits[0].arrive_s, 1100);
    CU_ASSERT_EQUAL(route->visits[0].begin_s, 1100);
    CU_ASSERT_EQUAL(route->visits[0].depart_s, 1150);
    CU_ASSERT_EQUAL(route->visits[1].arrive_s, 1250);
    CU_ASSERT_EQUAL(route->end_s, 1500);
    CU_ASSERT_EQUAL(route->length_m, 1000 + 1000 + 2000);
    CU_ASSERT_EQUAL(route->visits[1].length_m, 1000);
    CU_ASSERT_EQUAL(route->load_start[0], 40);
    CU_ASSERT_EQUAL(route->visits[0].load_after[0], 25); /* 40 - 20 + 5 */
    CU_ASSERT_EQUAL(route->visits[1].load_after[0], 10);
    CU_ASSERT_EQUAL(route->visits[1].load_after[1], 2);
    CU_ASSERT_EQUAL(plan->fixed_cost, 11);
    CU_ASSERT_EQUAL(plan->length_cost, 4000 * 2);
    CU_ASSERT_EQUAL(plan->duration_cost, 500 * 3);
    CU_ASSERT_EQUAL(plan->unserved_cost, 14);
    CU_ASSERT_EQUAL(plan->total_cost, 11 + 8000 + 1500 + 14);
    CU_ASSERT_EQUAL(plan->problem_hash, w.problem->hash);
    CU_ASSERT_EQUAL(plan->seed, 5);
    CU_ASSERT_EQUAL(plan->iterations, 6);
    xd_plan_free(plan);
    world_free(&w);
}

static void a_route_leaves_late_enough_not_to_wait(void)
{
    struct world w;
    world_describe(&w);
    w.stops[0].earliest_s = 2000;
    world_build(&w);
    struct xd_plan *plan = schedule(&w, 1, (const int32_t[]){0}, (const int32_t[]){0, 2}, (const int32_t[]){0, 1});
    CU_ASSERT_EQUAL(plan->routes[0].start_s, 1900);
    CU_ASSERT_EQUAL(plan->routes[0].visits[0].arrive_s, 2000);
    CU_ASSERT_EQUAL(plan->routes[0].end_s, 2400);
    xd_plan_free(plan);
    world_free(&w);
}

static void a_window_that_closes_keeps_the_wait_behind_it(void)
{
    struct world w;
    world_describe(&w);
    w.stops[0].latest_s = 1400;   /* must be served by then */
    w.stops[1].earliest_s = 2000; /* and this one opens later */
    world_build(&w);
    struct xd_plan *plan = schedule(&w, 1, (const int32_t[]){0}, (const int32_t[]){0, 2}, (const int32_t[]){0, 1});
    /* leaves 1300, serves 1400 to 1450, arrives 1550, waits to 2000, 2050, back 2250 */
    CU_ASSERT_EQUAL(plan->routes[0].start_s, 1300);
    CU_ASSERT_EQUAL(plan->routes[0].visits[1].arrive_s, 1550);
    CU_ASSERT_EQUAL(plan->routes[0].visits[1].begin_s, 2000);
    CU_ASSERT_EQUAL(plan->routes[0].end_s, 2250);
    xd_plan_free(plan);
    world_free(&w);
}

static void goods_that_come_late_hold_the_route(void)
{
    struct world w;
    world_describe(&w);
    w.stops[1].release_s = 3000;
    world_build(&w);
    struct xd_plan *plan = schedule(&w, 1, (const int32_t[]){0}, (const int32_t[]){0, 2}, (const int32_t[]){0, 1});
    CU_ASSERT_EQUAL(plan->routes[0].start_s, 3000);
    xd_plan_free(plan);
    world_free(&w);
}

static void a_vehicle_that_lives_elsewhere_comes_from_there_and_goes_back(void)
{
    struct world w;
    world_describe(&w);
    w.types[0].base_location = 3; /* 300 s and 3,000 m from the depot */
    world_build(&w);
    struct xd_plan *plan = schedule(&w, 1, (const int32_t[]){0}, (const int32_t[]){0, 2}, (const int32_t[]){0, 1});
    const struct xd_plan_route *route = &plan->routes[0];
    /* leaves its base at the shift, 1000; the depot 1300, +100 = 1400, +50, +100 = 1550, +50, back +200 = 1800, home +300 */
    CU_ASSERT_EQUAL(route->start_s, 1000);
    CU_ASSERT_EQUAL(route->depot_leave_s, 1300);
    CU_ASSERT_EQUAL(route->visits[0].arrive_s, 1400);
    CU_ASSERT_EQUAL(route->visits[0].length_m, 1000); /* since the depot */
    CU_ASSERT_EQUAL(route->depot_back_s, 1800);
    CU_ASSERT_EQUAL(route->end_s, 2100);
    CU_ASSERT_EQUAL(route->approach_m, 3000);
    CU_ASSERT_EQUAL(route->homeward_m, 3000);
    CU_ASSERT_EQUAL(route->length_m, 4000 + 6000);
    CU_ASSERT_EQUAL(plan->length_cost, 10000 * 2);
    CU_ASSERT_EQUAL(plan->duration_cost, 1100 * 3);
    xd_plan_free(plan);
    world_free(&w);
}

static void goods_that_come_late_are_fetched_no_sooner_than_they_come(void)
{
    struct world w;
    world_describe(&w);
    w.types[0].base_location = 3;
    w.stops[1].release_s = 3000;
    world_build(&w);
    struct xd_plan *plan = schedule(&w, 1, (const int32_t[]){0}, (const int32_t[]){0, 2}, (const int32_t[]){0, 1});
    CU_ASSERT_EQUAL(plan->routes[0].start_s, 2700); /* does not wait at the depot */
    CU_ASSERT_EQUAL(plan->routes[0].depot_leave_s, 3000);
    xd_plan_free(plan);
    world_free(&w);
}

static void a_late_visit_is_written_as_it_would_happen(void)
{
    struct world w;
    world_describe(&w);
    w.stops[0].latest_s = 500; /* before the shift */
    w.stops[1].earliest_s = 2000;
    world_build(&w);
    struct xd_plan *plan = schedule(&w, 1, (const int32_t[]){0}, (const int32_t[]){0, 2}, (const int32_t[]){0, 1});
    CU_ASSERT_EQUAL(plan->routes[0].start_s, 1000); /* no later than it must: the visit would be later still */
    CU_ASSERT_EQUAL(plan->routes[0].visits[0].begin_s, 1100);
    CU_ASSERT_EQUAL(plan->routes[0].end_s, 2250);
    xd_plan_free(plan);
    world_free(&w);
}

static void routes_are_ordered_by_type_and_first_stop(void)
{
    struct world w;
    world_describe(&w);
    world_build(&w);
    /* routes: type 1 {2}, type 0 {3}, type 0 {} (left out), type 0 {1, 0} */
    struct xd_plan *plan = schedule(&w, 4, (const int32_t[]){1, 0, 0, 0}, (const int32_t[]){0, 1, 2, 2, 4}, (const int32_t[]){2, 3, 1, 0});
    CU_ASSERT_EQUAL_FATAL(plan->routes_n, 3);
    CU_ASSERT_EQUAL(plan->routes[0].vehicle, 0);
    CU_ASSERT_EQUAL(plan->routes[0].visits[0].stop, 1);
    CU_ASSERT_EQUAL(plan->routes[1].vehicle, 1);
    CU_ASSERT_EQUAL(plan->routes[1].visits[0].stop, 3);
    CU_ASSERT_EQUAL(plan->routes[2].vehicle, 2);
    CU_ASSERT_EQUAL(plan->routes[2].visits[0].stop, 2);
    CU_ASSERT_EQUAL(plan->unserved_n, 0);
    xd_plan_free(plan);
    world_free(&w);
}

static void needs_cold(struct world *w)
{
    w->stops[3].needs = XD_FEATURE_COLD;
}
static void is_heavy(struct world *w)
{
    w->stops[3].pickup[0] = 101;
}
static void is_cut_off(struct world *w)
{
    const size_t cell = xd_matrix_cell(w->matrix, 4, 0); /* no way back */
    w->matrix->time_s[cell] = w->matrix->length_m[cell] = XD_UNREACHABLE;
}
static void closes_early(struct world *w)
{
    w->stops[3].latest_s = 1399;
}
static void opens_late(struct world *w)
{
    w->stops[3].earliest_s = 8551;
}
static void is_released_late(struct world *w)
{
    w->stops[3].release_s = 8151;
}
static void is_far(struct world *w)
{
    w->types[0].length_max_m = w->types[1].length_max_m = 7999;
}
static void takes_long(struct world *w)
{
    w->types[0].duration_max_s = w->types[1].duration_max_s = 849;
}
/* Both types live at 1, 100 s and 1,000 m from the depot; stop 3 at 4, 850 s and 8,000 m there and back. */
static void live_elsewhere(struct world *w)
{
    w->types[0].base_location = w->types[1].base_location = 1;
}
static void closes_before_one_comes_from_its_base(struct world *w)
{
    live_elsewhere(w);
    w->stops[3].latest_s = 1499;
}
static void is_too_far_from_its_base(struct world *w)
{
    live_elsewhere(w);
    w->types[0].length_max_m = w->types[1].length_max_m = 9999;
}
static void takes_too_long_from_its_base(struct world *w)
{
    live_elsewhere(w);
    w->types[0].duration_max_s = w->types[1].duration_max_s = 1049;
}
static void is_home_too_late(struct world *w)
{
    live_elsewhere(w);
    w->types[0].latest_s = w->types[1].latest_s = 2049;
}
static void is_just_possible_from_its_base(struct world *w)
{
    live_elsewhere(w);
    w->stops[3].latest_s = 1500;
    w->types[1].length_max_m = 10000;
    w->types[1].duration_max_s = 1050;
    w->types[1].latest_s = 2050;
    w->types[0].count = 0;
}
static void has_no_way_from_its_base(struct world *w)
{
    const size_t cell = xd_matrix_cell(w->matrix, 1, 0);
    live_elsewhere(w);
    w->matrix->time_s[cell] = w->matrix->length_m[cell] = XD_UNREACHABLE;
}
static void is_just_possible(struct world *w)
{
    w->stops[3].latest_s = 1400;
    w->stops[3].pickup[0] = 100;
    w->types[1].length_max_m = 8000;
    w->types[1].duration_max_s = 850;
    w->types[1].latest_s = 1850;
    w->types[0].count = 0;
    w->types[0].capacity[0] = 1;
}
static void only_the_small_one_is_cold(struct world *w)
{
    w->stops[3].needs = XD_FEATURE_COLD;
    w->types[0].features = XD_FEATURE_COLD;
    w->types[0].capacity[0] = 19;
}

static void the_reason_for_leaving_a_stop_is_proved(void)
{
    static const struct {
        void (*change)(struct world *w);
        enum xd_unserved_reason reason;
    } cases[] = {
        {needs_cold, XD_UNSERVED_FEATURE},
        {is_heavy, XD_UNSERVED_CAPACITY},
        {is_cut_off, XD_UNSERVED_UNREACHABLE},
        {closes_early, XD_UNSERVED_TIME},     /* 1000 + 400 = 1400 */
        {opens_late, XD_UNSERVED_TIME},       /* 8551 + 50 + 400 = 9001 */
        {is_released_late, XD_UNSERVED_TIME}, /* 8151 + 400 + 50 + 400 = 9001 */
        {is_far, XD_UNSERVED_TIME},
        {takes_long, XD_UNSERVED_TIME},
        {is_just_possible, XD_UNSERVED_CHOICE},
        {closes_before_one_comes_from_its_base, XD_UNSERVED_TIME}, /* 1000 + 100 + 400 = 1500 */
        {is_too_far_from_its_base, XD_UNSERVED_TIME},
        {takes_too_long_from_its_base, XD_UNSERVED_TIME},
        {is_home_too_late, XD_UNSERVED_TIME}, /* 1000 + 850 + 200 = 2050 */
        {is_just_possible_from_its_base, XD_UNSERVED_CHOICE},
        {has_no_way_from_its_base, XD_UNSERVED_UNREACHABLE},
        {only_the_small_one_is_cold, XD_UNSERVED_CAPACITY},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        struct world w;
        world_describe(&w);
        cases[i].change(&w);
        world_build(&w);
        struct xd_plan *plan = schedule(&w, 0, NULL, (const int32_t[]){0}, NULL);
        CU_ASSERT_EQUAL_FATAL(plan->unserved_n, STOPS_N);
        CU_ASSERT_EQUAL(plan->unserved[3].reason, cases[i].reason);
        CU_ASSERT_EQUAL(plan->total_cost, 28);
        xd_plan_free(plan);
        world_free(&w);
    }
}

static void routes_that_cannot_be_are_refused(void)
{
    static const struct {
        int32_t types[3], first[4], stops[10];
        const char *says;
    } cases[] = {
        {{2, 0, 0}, {0, 1, 2, 3}, {0, 1, 2}, "route 0 has vehicle type 2; expected 0 to 1"},
        {{0, 0, -1}, {0, 1, 2, 3}, {0, 1, 2}, "route 2 has vehicle type -1"},
        {{0, 0, 1}, {0, 1, 2, 3}, {0, 1, 4}, "route 2 visits stop 4; expected 0 to 3"},
        {{0, 0, 1}, {0, 1, 2, 3}, {0, -1, 2}, "route 1 visits stop -1"},
        {{0, 0, 0}, {0, 1, 2, 3}, {0, 1, 2}, "more than the 2 vehicles of type 0 (van)"},
        {{0, 0, 1}, {0, 3, 6, 9}, {0, 1, 2, 0, 1, 2, 0, 1, 2}, "the routes make 9 visits; expected at most 8"},
    };
    struct world w;
    world_describe(&w);
    world_build(&w);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        const struct xd_routes routes = {3, cases[i].types, cases[i].first, cases[i].stops};
        struct xd_plan *plan = NULL;
        struct xd_error error = {0};
        CU_ASSERT_EQUAL(xd_plan_schedule(w.problem, &routes, 0, 0, &plan, &error), XD_DATA);
        CU_ASSERT_PTR_NULL(plan);
        CU_ASSERT_PTR_NOT_NULL(strstr(error.message, cases[i].says));
    }
    world_free(&w);
}

static void a_leg_without_a_road_is_refused(void)
{
    struct world w;
    struct xd_plan *plan = NULL;
    struct xd_error error = {0};
    world_describe(&w);
    is_cut_off(&w);
    world_build(&w);
    const struct xd_routes routes = {1, (const int32_t[]){0}, (const int32_t[]){0, 1}, (const int32_t[]){3}};
    CU_ASSERT_EQUAL(xd_plan_schedule(w.problem, &routes, 0, 0, &plan, &error), XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "no way from location 4 to 0"));
    CU_ASSERT_PTR_NULL(plan);
    world_free(&w);
    world_describe(&w);
    has_no_way_from_its_base(&w);
    world_build(&w);
    CU_ASSERT_EQUAL(xd_plan_schedule(w.problem, &routes, 0, 0, &plan, &error), XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "no way from its base, location 1, to its depot and back"));
    CU_ASSERT_PTR_NULL(plan);
    world_free(&w);
}

static void every_failed_allocation_of_a_schedule_and_a_copy_is_reported(void)
{
    struct world w;
    world_describe(&w);
    world_build(&w);
    const struct xd_routes routes = {2, (const int32_t[]){0, 1}, (const int32_t[]){0, 1, 3}, (const int32_t[]){3, 2, 1}};
    enum xd_status status = XD_NO_MEMORY;
    const int64_t live_n = xd_alloc_statistics_read().live_n;
    for (uint64_t nth = 1; status != XD_OK && nth < 100; nth++) {
        struct xd_plan *plan = NULL, *copy = NULL;
        xd_alloc_fail_at(nth, true);
        status = xd_plan_schedule(w.problem, &routes, 0, 0, &plan, NULL);
        if (status == XD_OK)
            status = xd_plan_copy(plan, &copy, NULL);
        xd_alloc_fail_at(0, false);
        CU_ASSERT(status == XD_OK || status == XD_NO_MEMORY);
        CU_ASSERT((status == XD_OK) == (copy != NULL));
        xd_plan_free(plan);
        xd_plan_free(copy);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
    }
    CU_ASSERT_EQUAL(status, XD_OK);
    world_free(&w);
}

static const struct xd_test_case cases[] = {
    XD_CASE(a_route_without_windows_leaves_at_the_shift),
    XD_CASE(a_route_leaves_late_enough_not_to_wait),
    XD_CASE(a_window_that_closes_keeps_the_wait_behind_it),
    XD_CASE(goods_that_come_late_hold_the_route),
    XD_CASE(a_vehicle_that_lives_elsewhere_comes_from_there_and_goes_back),
    XD_CASE(goods_that_come_late_are_fetched_no_sooner_than_they_come),
    XD_CASE(a_late_visit_is_written_as_it_would_happen),
    XD_CASE(routes_are_ordered_by_type_and_first_stop),
    XD_CASE(the_reason_for_leaving_a_stop_is_proved),
    XD_CASE(routes_that_cannot_be_are_refused),
    XD_CASE(a_leg_without_a_road_is_refused),
    XD_CASE(every_failed_allocation_of_a_schedule_and_a_copy_is_reported),
};
const struct xd_test_suite xd_suite_model_schedule = {"model_schedule", cases, XD_ARRAY_LENGTH(cases)};
