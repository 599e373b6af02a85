#include "base/alloc.h"
#include "solver/model/plan.h"
#include "tests/oracle/random_problem.h"
#include "tests/unit/model_suites.h"

#include <stdio.h>
#include <string.h>

enum { POINTS_N = 4, STOPS_N = 3 };

/* Three stops, two types, one matrix of 100 s and 1,000 m between any two of four places. */
struct world {
    struct xd_matrix *matrix;
    const struct xd_matrix *matrices[1];
    struct xd_stop stops[STOPS_N];
    struct xd_vehicle_type types[2];
    struct xd_problem_input input;
};

static void world_make(struct world *w)
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
        w->stops[s] = (struct xd_stop){.location = s + 1, .delivery = {10, 1}, .latest_s = 1000, .unserved_cost = 50};
    for (int32_t t = 0; t < 2; t++) {
        w->types[t] = (struct xd_vehicle_type){
            .count = 2 + t, .capacity = {100, 10}, .latest_s = 2000, .duration_max_s = XD_TIME_MAX, .length_max_m = XD_LENGTH_NO_LIMIT};
        w->types[t].fixed_cost = 7;
        w->types[t].cost_per_m = 1;
        snprintf(w->types[t].name, sizeof w->types[t].name, "van %d", (int)t);
    }
    w->input = (struct xd_problem_input){.name = "world",
                                         .stops = w->stops,
                                         .stops_n = STOPS_N,
                                         .types = w->types,
                                         .types_n = 2,
                                         .matrices = w->matrices,
                                         .matrices_n = 1,
                                         .cost_scale = 1};
}

static void a_problem_copies_what_it_is_given(void)
{
    struct world w;
    struct xd_problem *problem = NULL;
    world_make(&w);
    CU_ASSERT_EQUAL_FATAL(xd_problem_build(&w.input, &problem, NULL), XD_OK);
    w.stops[1].delivery[0] = 99;
    w.types[1].name[0] = 'X';
    CU_ASSERT_EQUAL(problem->stops[1].delivery[0], 10);
    CU_ASSERT_STRING_EQUAL(problem->types[1].name, "van 1");
    CU_ASSERT_STRING_EQUAL(problem->name, "world");
    CU_ASSERT_EQUAL(problem->vehicles_n, 5);
    /* left: 3 * 50; fixed: 3 * 7; length: 2 * 3 legs * 1,000 m * 1 */
    CU_ASSERT_EQUAL(problem->cost_bound, 150 + 21 + 6000);
    xd_problem_free(problem);
    xd_problem_free(NULL);
    xd_matrix_free(w.matrix);
}

static void a_vehicle_knows_its_type(void)
{
    static const int32_t expected[] = {0, 0, 1, 1, 1};
    struct world w;
    struct xd_problem *problem = NULL;
    world_make(&w);
    CU_ASSERT_EQUAL_FATAL(xd_problem_build(&w.input, &problem, NULL), XD_OK);
    for (int32_t v = 0; v < 5; v++)
        CU_ASSERT_EQUAL(xd_problem_vehicle_type(problem, v), expected[v]);
    xd_problem_free(problem);
    /* A type without vehicles owns none. */
    w.types[0].count = 0;
    CU_ASSERT_EQUAL_FATAL(xd_problem_build(&w.input, &problem, NULL), XD_OK);
    for (int32_t v = 0; v < 3; v++)
        CU_ASSERT_EQUAL(xd_problem_vehicle_type(problem, v), 1);
    xd_problem_free(problem);
    xd_matrix_free(w.matrix);
}

static void bad_location(struct world *w)
{
    w->stops[1].location = POINTS_N;
}
static void negative_location(struct world *w)
{
    w->stops[1].location = -1;
}
static void negative_delivery(struct world *w)
{
    w->stops[2].delivery[0] = -1;
}
static void huge_pickup(struct world *w)
{
    w->stops[2].pickup[1] = XD_LOAD_MAX + 1;
}
static void backward_window(struct world *w)
{
    w->stops[0].earliest_s = 1001;
}
static void late_window(struct world *w)
{
    w->stops[0].latest_s = XD_TIME_MAX + 1;
}
static void negative_service(struct world *w)
{
    w->stops[0].service_s = -1;
}
static void late_release(struct world *w)
{
    w->stops[0].release_s = XD_TIME_MAX + 1;
}
static void odd_price(struct world *w)
{
    w->stops[0].unserved_cost = -2;
}
static void unknown_matrix(struct world *w)
{
    w->types[1].matrix = 1;
}
static void unknown_depot(struct world *w)
{
    w->types[1].start_location = POINTS_N;
}
static void unknown_end(struct world *w)
{
    w->types[1].end_location = -1;
}
static void unknown_base(struct world *w)
{
    w->types[1].base_location = POINTS_N;
}
static void carries_nothing(struct world *w)
{
    memset(w->types[1].capacity, 0, sizeof w->types[1].capacity);
}
static void negative_capacity(struct world *w)
{
    w->types[1].capacity[0] = -5;
}
static void backward_shift(struct world *w)
{
    w->types[1].earliest_s = 2001;
}
static void negative_duration(struct world *w)
{
    w->types[1].duration_max_s = -1;
}
static void huge_range(struct world *w)
{
    w->types[1].length_max_m = (int64_t)XD_LENGTH_NO_LIMIT + 1;
}
static void negative_fixed(struct world *w)
{
    w->types[1].fixed_cost = -1;
}
static void huge_rate(struct world *w)
{
    w->types[1].cost_per_s = (int64_t)XD_COST_RATE_MAX + 1;
}
static void endless_name(struct world *w)
{
    memset(w->types[1].name, 'x', sizeof w->types[1].name);
}
static void no_vehicles(struct world *w)
{
    w->types[0].count = w->types[1].count = 0;
}
static void too_many_vehicles(struct world *w)
{
    w->types[0].count = w->types[1].count = XD_PROBLEM_VEHICLES_MAX;
}
static void no_types(struct world *w)
{
    w->input.types_n = 0;
}
static void no_matrices(struct world *w)
{
    w->input.matrices_n = 0;
}
static void too_many_stops(struct world *w)
{
    w->input.stops_n = XD_PROBLEM_STOPS_MAX + 1;
}
static void no_scale(struct world *w)
{
    w->input.cost_scale = 0;
}
static void negative_time(struct world *w)
{
    w->matrix->time_s[1] = -1;
}
static void half_reachable(struct world *w)
{
    w->matrix->length_m[1] = XD_UNREACHABLE;
}
static void long_diagonal(struct world *w)
{
    w->matrix->time_s[0] = 1;
}
static void long_name(struct world *w)
{
    w->input.name = "0123456789012345678901234567890123456789012345678901234567890123";
}

static void what_is_out_of_range_is_named(void)
{
    static const struct {
        void (*spoil)(struct world *w);
        const char *says;
    } cases[] = {
        {bad_location, "stop 1 has location 4; expected 0 to 3"},
        {negative_location, "stop 1 has location -1; expected 0 to 3"},
        {negative_delivery, "stop 2 has delivery mass -1; expected 0 to 1000000000000"},
        {huge_pickup, "stop 2 has pickup volume 1000000000001; expected 0 to 1000000000000"},
        {backward_window, "stop 0 has latest_s 1000; expected 1001 to 100000000"},
        {late_window, "stop 0 has latest_s 100000001; expected 0 to 100000000"},
        {negative_service, "stop 0 has service_s -1"},
        {late_release, "stop 0 has release_s 100000001"},
        {odd_price, "stop 0 has unserved_cost -2; expected -1 to"},
        {unknown_matrix, "vehicle type 1 has matrix 1; expected 0 to 0"},
        {unknown_depot, "vehicle type 1 has start_location 4"},
        {unknown_end, "vehicle type 1 has end_location -1"},
        {unknown_base, "vehicle type 1 has base_location 4; expected 0 to 3"},
        {carries_nothing, "vehicle type 1 (van 1) can carry nothing"},
        {negative_capacity, "vehicle type 1 has capacity mass -5"},
        {backward_shift, "vehicle type 1 has latest_s 2000; expected 2001 to"},
        {negative_duration, "vehicle type 1 has duration_max_s -1"},
        {huge_range, "vehicle type 1 has length_max_m 1000000001"},
        {negative_fixed, "vehicle type 1 has fixed_cost -1"},
        {huge_rate, "vehicle type 1 has cost_per_s 1000000001"},
        {endless_name, "vehicle type 1 has a name without an end"},
        {no_vehicles, "0 vehicles; expected 1 to 32000"},
        {too_many_vehicles, "64000 vehicles; expected 1 to 32000"},
        {no_types, "0 vehicle types; expected 1 to 64"},
        {no_matrices, "0 matrices; expected 1 to 16"},
        {too_many_stops, "32001 stops; expected 0 to 32000"},
        {no_scale, "0 cost units"},
        {negative_time, "matrix 0 holds -1 s"},
        {half_reachable, "matrix 0 holds 100 s and 2147483647 m from 0 to 1"},
        {long_diagonal, "matrix 0 holds 1 s and 0 m from 0 to 0"},
        {long_name, "64 bytes in its name; expected 0 to 63"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        struct world w;
        struct xd_problem *problem = NULL;
        struct xd_error error = {0};
        world_make(&w);
        cases[i].spoil(&w);
        CU_ASSERT_EQUAL(xd_problem_build(&w.input, &problem, &error), XD_DATA);
        CU_ASSERT_PTR_NULL(problem);
        const bool said = strstr(error.message, cases[i].says) != NULL;
        CU_ASSERT(said);
        if (!said)
            printf("\n  said: %s\n  expected: %s\n", error.message, cases[i].says);
        xd_matrix_free(w.matrix);
    }
}

static void a_sum_of_costs_that_could_pass_2_to_62_is_refused(void)
{
    struct world w;
    struct xd_problem *problem = NULL;
    struct xd_error error = {0};
    world_make(&w);
    /* Three stops: 2 * 3 legs of 700,000,000 m at 1e9 each are 4.2e18, under 2^62 = 4.61e18; 800,000,000 m make 4.8e18. */
    w.types[0].cost_per_m = XD_COST_RATE_MAX;
    w.matrix->length_m[1] = 700000000;
    CU_ASSERT_EQUAL(xd_problem_build(&w.input, &problem, &error), XD_OK);
    CU_ASSERT_EQUAL(problem->cost_bound, INT64_C(4200000000000000000) + 150 + 21);
    xd_problem_free(problem);
    problem = NULL;
    w.matrix->length_m[1] = 800000000;
    CU_ASSERT_EQUAL(xd_problem_build(&w.input, &problem, &error), XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "too large to be added safely"));
    CU_ASSERT_PTR_NULL(problem);
    xd_matrix_free(w.matrix);
}

static void the_ways_from_and_to_a_base_are_constants_of_the_problem(void)
{
    struct world w;
    struct xd_problem *problem = NULL;
    struct xd_error error = {0};
    world_make(&w);
    w.matrix->time_s[xd_matrix_cell(w.matrix, 3, 0)] = 700;
    w.matrix->length_m[xd_matrix_cell(w.matrix, 3, 0)] = 2000;
    w.types[1].base_location = 3;
    w.types[1].end_location = 2;
    CU_ASSERT_EQUAL_FATAL(xd_problem_build(&w.input, &problem, NULL), XD_OK);
    CU_ASSERT(problem->base_legs[0].reachable);
    CU_ASSERT_EQUAL(problem->base_legs[0].approach_s + problem->base_legs[0].homeward_m, 0);
    CU_ASSERT(problem->base_legs[1].reachable);
    CU_ASSERT_EQUAL(problem->base_legs[1].approach_s, 700);
    CU_ASSERT_EQUAL(problem->base_legs[1].approach_m, 2000);
    CU_ASSERT_EQUAL(problem->base_legs[1].homeward_s, 100);
    CU_ASSERT_EQUAL(problem->base_legs[1].homeward_m, 1000);
    /* left: 3 * 50; fixed: 3 * 7; length: 2 * 3 legs * 2,000 m and 3 ways from and to the base of 3,000 m */
    CU_ASSERT_EQUAL(problem->cost_bound, 150 + 21 + 12000 + 9000);
    xd_problem_free(problem);
    /* With one way missing there is none. */
    w.matrix->time_s[xd_matrix_cell(w.matrix, 2, 3)] = w.matrix->length_m[xd_matrix_cell(w.matrix, 2, 3)] = XD_UNREACHABLE;
    CU_ASSERT_EQUAL_FATAL(xd_problem_build(&w.input, &problem, NULL), XD_OK);
    CU_ASSERT(!problem->base_legs[1].reachable);
    CU_ASSERT_EQUAL(problem->base_legs[1].approach_s + problem->base_legs[1].approach_m, 0);
    xd_problem_free(problem);
    problem = NULL;
    /* 2 * 3 legs of 700,000,000 m at 1e9 each are 4.2e18, under 2^62 = 4.61e18: with 3 ways of 1,400,000,000 m they are 8.4e18. */
    w.types[1].cost_per_m = XD_COST_RATE_MAX;
    w.types[1].end_location = 0;
    w.matrix->length_m[xd_matrix_cell(w.matrix, 3, 0)] = w.matrix->length_m[xd_matrix_cell(w.matrix, 0, 3)] = 700000000;
    CU_ASSERT_EQUAL(xd_problem_build(&w.input, &problem, &error), XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "too large to be added safely"));
    w.types[1].base_location = 0;
    CU_ASSERT_EQUAL(xd_problem_build(&w.input, &problem, &error), XD_OK);
    xd_problem_free(problem);
    xd_matrix_free(w.matrix);
}

static void touch_name(struct world *w)
{
    w->input.name = "other";
}
static void touch_stop(struct world *w)
{
    w->stops[2].origin = 5;
}
static void touch_need(struct world *w)
{
    w->stops[2].needs = 1;
}
static void touch_type(struct world *w)
{
    w->types[1].cost_per_s = 1;
}
static void touch_base(struct world *w)
{
    w->types[1].base_location = 1;
}
static void touch_other_base(struct world *w)
{
    w->types[0].base_location = 1;
}
static void touch_cell(struct world *w)
{
    w->matrix->time_s[7]++;
}
static void touch_scale(struct world *w)
{
    w->input.cost_scale = 10;
}

static void the_hash_tells_every_difference(void)
{
    static void (*const touches[])(struct world * w) = {touch_name, touch_stop,       touch_need, touch_type,
                                                        touch_base, touch_other_base, touch_cell, touch_scale};
    uint64_t hashes[XD_ARRAY_LENGTH(touches) + 2];
    for (size_t i = 0; i < XD_ARRAY_LENGTH(hashes); i++) {
        struct world w;
        struct xd_problem *problem = NULL;
        world_make(&w);
        if (i < XD_ARRAY_LENGTH(touches))
            touches[i](&w);
        CU_ASSERT_EQUAL_FATAL(xd_problem_build(&w.input, &problem, NULL), XD_OK);
        hashes[i] = problem->hash;
        xd_problem_free(problem);
        xd_matrix_free(w.matrix);
    }
    const size_t last = XD_ARRAY_LENGTH(hashes) - 1; /* the last two are equal, untouched */
    CU_ASSERT_EQUAL(hashes[last], hashes[last - 1]);
    for (size_t i = 0; i < last; i++)
        for (size_t j = 0; j < i; j++)
            CU_ASSERT_NOT_EQUAL(hashes[i], hashes[j]);
}

static void every_failed_allocation_of_a_build_is_reported(void)
{
    struct world w;
    enum xd_status status = XD_NO_MEMORY;
    world_make(&w);
    const int64_t live_n = xd_alloc_statistics_read().live_n;
    for (uint64_t nth = 1; status != XD_OK && nth < 100; nth++) {
        struct xd_problem *problem = NULL;
        xd_alloc_fail_at(nth, true);
        status = xd_problem_build(&w.input, &problem, NULL);
        xd_alloc_fail_at(0, false);
        CU_ASSERT(status == XD_OK || status == XD_NO_MEMORY);
        CU_ASSERT((status == XD_OK) == (problem != NULL));
        xd_problem_free(problem);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
    }
    CU_ASSERT_EQUAL(status, XD_OK);
    xd_matrix_free(w.matrix);
}

static bool cancelled_at_once(void *context)
{
    (void)context;
    return true;
}

static void a_build_that_is_cancelled_gives_no_problem(void)
{
    const struct xd_progress progress = {.cancelled = cancelled_at_once};
    struct world w;
    struct xd_problem *problem = NULL;
    world_make(&w);
    w.input.progress = &progress;
    CU_ASSERT_EQUAL(xd_problem_build(&w.input, &problem, NULL), XD_INTERRUPTED);
    CU_ASSERT_PTR_NULL(problem);
    xd_matrix_free(w.matrix);
}

static const struct xd_test_case cases[] = {
    XD_CASE(a_problem_copies_what_it_is_given),
    XD_CASE(a_vehicle_knows_its_type),
    XD_CASE(what_is_out_of_range_is_named),
    XD_CASE(a_sum_of_costs_that_could_pass_2_to_62_is_refused),
    XD_CASE(the_ways_from_and_to_a_base_are_constants_of_the_problem),
    XD_CASE(a_build_that_is_cancelled_gives_no_problem),
    XD_CASE(the_hash_tells_every_difference),
    XD_CASE(every_failed_allocation_of_a_build_is_reported),
};
const struct xd_test_suite xd_suite_model_problem = {"model_problem", cases, XD_ARRAY_LENGTH(cases)};
