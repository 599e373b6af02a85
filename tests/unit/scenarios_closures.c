/* A county whose roads close and open again: what is not behind the closure stays as it is. */
#include "base/alloc.h"
#include "scenarios/county_review.h"
#include "solver/check/check.h"
#include "solver/search/solve.h"
#include "tests/unit/scenarios_fixture.h"

#include <stdio.h>
#include <string.h>

enum { ALLOCATIONS_MAX = 2000 };

/* Four villages on the street, which begins at the hub at 106.60: A at 106.61, B at 106.64, and near its end C at 106.67 and D at 106.675. */
static const char places[] = "h,Hub,hub,,106.60,27,,\na,A,village,,106.61,27,,\nb,B,village,,106.64,27,,\nc,C,village,,106.67,27,,\n"
                             "d,D,village,,106.675,27,,\n";
static const char demand[] = "a,parcel,down,10,piece,,,\nb,parcel,down,10,piece,,,\nc,parcel,down,10,piece,,,\nd,parcel,down,10,piece,,,\n";

static const int32_t one_part[] = {0, 1}, one_point[] = {0, 1};

/* Everything within radius_m of a place on the street. */
static struct xd_closure around(const struct xd_position *at, int32_t radius_m)
{
    return (struct xd_closure){.name = "slide",
                               .note = "",
                               .shape = XD_CLOSURE_CIRCLE,
                               .points = at,
                               .first_part = one_part,
                               .first_point = one_point,
                               .groups_n = 1,
                               .reach_m = radius_m,
                               .directions = XD_CLOSURE_BOTH,
                               .from_days = XD_CLOSURE_ALWAYS,
                               .until_days = XD_CLOSURE_ALWAYS,
                               .months = XD_MONTHS_ALL,
                               .profiles = XD_CLOSURE_ALL_PROFILES};
}

struct ground {
    struct xd_network *network;
    struct xd_scenario *scenario;
    struct xd_county *county;
    struct xd_closure closure;
    struct xd_closures closures;
    struct xd_overlay *overlay;
};

static void ground_open(struct ground *ground, const struct xd_position *at, int32_t radius_m)
{
    struct xd_error error = {0};
    *ground = (struct ground){.network = xd_small_network(), .closure = around(at, radius_m)};
    ground->scenario = xd_small_scenario((struct xd_small_tables){.places = places, .demand = demand});
    CU_ASSERT_EQUAL_FATAL(xd_small_county(ground->scenario, ground->network, &ground->county, &error), XD_OK);
    ground->closures = (struct xd_closures){.items = &ground->closure, .items_n = 1};
    CU_ASSERT_EQUAL_FATAL(
        xd_overlay_build(ground->network, ground->scenario->profiles, &ground->closures, XD_CLOSURE_ALWAYS, &ground->overlay, &error), XD_OK);
}

static void ground_close(struct ground *ground)
{
    xd_county_free(ground->county);
    xd_overlay_free(ground->overlay);
    xd_scenario_free(ground->scenario);
    xd_network_free(ground->network);
}

static void reweigh(struct ground *ground, const struct xd_overlay *overlay)
{
    struct xd_error error = {0};
    CU_ASSERT_EQUAL_FATAL(xd_county_reweigh(ground->county, overlay, 2, NULL, &error), XD_OK);
    CU_ASSERT_PTR_NULL(ground->county->problem); /* it was of the other roads */
    CU_ASSERT_EQUAL_FATAL(xd_county_compose(ground->county, &error), XD_OK);
}

static int32_t *copy_of(const struct xd_matrix *matrix)
{
    const size_t n = (size_t)matrix->points_n * (size_t)matrix->points_n;
    int32_t *copy = xd_alloc(n, sizeof *copy);
    CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
    memcpy(copy, matrix->time_s, n * sizeof *copy);
    return copy;
}

static void a_closed_street_cuts_off_what_lies_behind_and_changes_nothing_else(void)
{
    static const struct xd_position between_b_and_c = {.lon_e7 = 1066550000, .lat_e7 = 270000000};
    struct ground ground;
    ground_open(&ground, &between_b_and_c, 10);
    struct xd_county *county = ground.county;
    int32_t *open = copy_of(county->profiles[0].matrix);
    const struct xd_topology *topology = county->wheels.topology;
    const struct xd_snap_index *index = county->wheels.index;
    reweigh(&ground, ground.overlay);
    const struct xd_matrix *closed = county->profiles[0].matrix;
    CU_ASSERT_TRUE(county->wheels.topology == topology && county->wheels.index == index); /* not built again */
    for (int32_t i = 0; i < 5; i++)
        for (int32_t j = 0; j < 5; j++) {
            const bool apart = (i >= 3) != (j >= 3); /* C and D are behind it */
            CU_ASSERT_EQUAL(closed->time_s[i * 5 + j], apart ? XD_UNREACHABLE : open[i * 5 + j]);
        }
    for (int32_t point = 0; point < 5; point++) {
        CU_ASSERT_EQUAL(county->profiles[0].snaps[point].status, XD_SNAP_OK);
        CU_ASSERT_EQUAL(memcmp(&county->profiles[0].snaps[point], &county->profiles[0].open_snaps[point], sizeof(struct xd_snap)), 0);
        CU_ASSERT_EQUAL(point > 0 && xd_county_is_cut_off(county, point), point >= 3);
    }
    struct xd_diagnostics diagnostics = {0};
    xd_county_review(county, &diagnostics);
    CU_ASSERT_EQUAL_FATAL(diagnostics.warnings_n, 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.warnings[0].message, "C cannot be served: closures cut it off from the hub"));
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.warnings[1].message, "D cannot be served: closures cut it off from the hub"));
    xd_diagnostics_free(&diagnostics);
    reweigh(&ground, NULL); /* cleared: all as before */
    CU_ASSERT_EQUAL(memcmp(county->profiles[0].matrix->time_s, open, 25 * sizeof *open), 0);
    CU_ASSERT_FALSE(xd_county_is_cut_off(county, 3));
    xd_free(open);
    ground_close(&ground);
}

static void who_is_cut_off_is_known_before_the_tables_too(void)
{
    static const struct xd_position between_b_and_c = {.lon_e7 = 1066550000, .lat_e7 = 270000000},
                                    behind_a = {.lon_e7 = 1066150000, .lat_e7 = 270000000};
    for (int which = 0; which < 2; which++) {
        struct ground ground;
        struct xd_county *county = NULL;
        ground_open(&ground, which ? &behind_a : &between_b_and_c, 10);
        CU_ASSERT_EQUAL_FATAL(xd_county_open(ground.scenario, ground.network, NULL, NULL, NULL, &county, NULL), XD_OK);
        CU_ASSERT_EQUAL_FATAL(xd_county_reweigh(county, ground.overlay, 1, NULL, NULL), XD_OK);
        reweigh(&ground, ground.overlay);
        for (int32_t point = 1; point < 5; point++) {
            CU_ASSERT_EQUAL(xd_county_is_cut_off(county, point), point >= (which ? 2 : 3));
            CU_ASSERT_EQUAL(xd_county_is_cut_off(ground.county, point), point >= (which ? 2 : 3));
        }
        xd_county_free(county);
        ground_close(&ground);
    }
}

static void a_place_on_a_closed_piece_is_served_from_the_nearest_open_one_and_told(void)
{
    static const struct xd_position at_b = {.lon_e7 = 1066420000, .lat_e7 = 270000000};
    struct ground ground;
    ground_open(&ground, &at_b, 10); /* B lies at the node 106.64, on the pieces to both sides; that to the east is closed */
    struct xd_county *county = ground.county;
    reweigh(&ground, ground.overlay);
    CU_ASSERT_EQUAL(county->profiles[0].snaps[2].status, XD_SNAP_OK);
    CU_ASSERT_FALSE(xd_county_is_cut_off(county, 2));
    CU_ASSERT_TRUE(xd_county_is_cut_off(county, 3));
    ground_close(&ground);
    static const struct xd_position over_b = {.lon_e7 = 1066400000, .lat_e7 = 270000000};
    ground_open(&ground, &over_b, 10); /* both pieces at B: the open ones end 990 m from it, at 106.63 and 106.65 */
    county = ground.county;
    reweigh(&ground, ground.overlay);
    const struct xd_snap *snap = &county->profiles[0].snaps[2];
    CU_ASSERT_EQUAL(snap->status, XD_SNAP_OK);
    CU_ASSERT_TRUE(snap->distance_m > 980 && snap->distance_m < 1000);
    struct xd_diagnostics diagnostics = {0};
    xd_county_review(county, &diagnostics);
    bool told = false;
    for (int32_t i = 0; i < diagnostics.warnings_n; i++)
        told = told || strstr(diagnostics.warnings[i].message, "B lies at a road that a closure closes") != NULL;
    CU_ASSERT_TRUE(told);
    xd_diagnostics_free(&diagnostics);
    ground_close(&ground);
}

static void a_closed_hub_is_refused_and_the_county_keeps_what_it_had(void)
{
    static const struct xd_position everywhere = {.lon_e7 = 1066000000, .lat_e7 = 270000000};
    struct ground ground;
    ground_open(&ground, &everywhere, 9000);
    struct xd_county *county = ground.county;
    const struct xd_graph *graph = county->profiles[0].graph;
    const struct xd_matrix *matrix = county->profiles[0].matrix;
    const struct xd_problem *problem = county->problem;
    struct xd_error error = {0};
    CU_ASSERT_EQUAL(xd_county_reweigh(county, ground.overlay, 1, NULL, &error), XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "closure slide closes the road of the hub Hub"));
    CU_ASSERT_TRUE(county->profiles[0].graph == graph && county->profiles[0].matrix == matrix && county->problem == problem && !county->overlay);
    ground_close(&ground);
}

static void each_allocation_of_weighing_anew_failed_keeps_the_county(void)
{
    static const struct xd_position between_b_and_c = {.lon_e7 = 1066550000, .lat_e7 = 270000000};
    struct ground ground;
    ground_open(&ground, &between_b_and_c, 10);
    struct xd_county *county = ground.county;
    enum xd_status status = XD_NO_MEMORY;
    uint64_t nth = 1;
    for (; status != XD_OK && nth < ALLOCATIONS_MAX; nth++) {
        const struct xd_graph *graph = county->profiles[0].graph;
        const int64_t live_n = xd_alloc_statistics_read().live_n;
        xd_alloc_fail_at(nth, false);
        status = xd_county_reweigh(county, ground.overlay, 1, NULL, NULL);
        xd_alloc_fail_at(0, false);
        CU_ASSERT_TRUE(status == XD_OK || status == XD_NO_MEMORY);
        CU_ASSERT_EQUAL(county->profiles[0].graph == graph, status != XD_OK);
        CU_ASSERT_EQUAL(county->overlay != NULL, status == XD_OK);
        if (status != XD_OK)
            CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
    }
    CU_ASSERT_TRUE(nth > 10 && nth < ALLOCATIONS_MAX);
    ground_close(&ground);
}

static struct xd_plan *plan_of(const struct xd_county *county)
{
    const struct xd_solve_options options = {.seed = 3, .threads_n = 1, .iterations_max = 300, .target_cost = INT64_MIN};
    struct xd_solve_result result = {0};
    struct xd_plan *plan = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_solve(county->problem, &options, NULL, &result, NULL), XD_OK);
    const struct xd_routes routes = xd_solve_result_routes(&result);
    CU_ASSERT_EQUAL_FATAL(xd_plan_schedule(county->problem, &routes, 3, 300, &plan, NULL), XD_OK);
    xd_solve_result_free(&result);
    return plan;
}

static int64_t travel_s(const struct xd_plan_route *route)
{
    int64_t service_s = 0;
    for (int32_t v = 0; v < route->visits_n; v++)
        service_s += route->visits[v].depart_s - route->visits[v].arrive_s;
    return route->end_s - route->start_s - service_s;
}

static void a_plan_with_a_closure_differs_only_where_it_must(void)
{
    static const struct xd_position between_b_and_c = {.lon_e7 = 1066550000, .lat_e7 = 270000000};
    struct ground ground;
    ground_open(&ground, &between_b_and_c, 10);
    struct xd_plan *open = plan_of(ground.county);
    reweigh(&ground, ground.overlay);
    struct xd_plan *closed = plan_of(ground.county);
    reweigh(&ground, NULL);
    struct xd_plan *cleared = plan_of(ground.county);
    CU_ASSERT_EQUAL(open->unserved_n, 0);
    CU_ASSERT_EQUAL_FATAL(closed->unserved_n, 2);
    for (int32_t u = 0; u < 2; u++) { /* C and D, for want of a road */
        CU_ASSERT_EQUAL(closed->unserved[u].reason, XD_UNSERVED_UNREACHABLE);
        CU_ASSERT_EQUAL(closed->unserved[u].stop, 2 + u);
    }
    CU_ASSERT_EQUAL_FATAL(open->routes_n, 1);
    CU_ASSERT_EQUAL_FATAL(closed->routes_n, 1);
    CU_ASSERT_EQUAL(open->routes[0].visits_n, 4);
    CU_ASSERT_EQUAL_FATAL(closed->routes[0].visits_n, 2);
    for (int32_t v = 0; v < 2; v++) /* A and B as before */
        CU_ASSERT_TRUE(closed->routes[0].visits[v].stop < 2);
    CU_ASSERT_TRUE(travel_s(&closed->routes[0]) < travel_s(&open->routes[0]));
    CU_ASSERT_EQUAL(cleared->total_cost, open->total_cost);
    CU_ASSERT_EQUAL(cleared->problem_hash, open->problem_hash);
    CU_ASSERT_NOT_EQUAL(closed->problem_hash, open->problem_hash);
    xd_plan_free(open);
    xd_plan_free(closed);
    xd_plan_free(cleared);
    ground_close(&ground);
}

static const struct xd_test_case cases[] = {
    XD_CASE(a_closed_street_cuts_off_what_lies_behind_and_changes_nothing_else),
    XD_CASE(who_is_cut_off_is_known_before_the_tables_too),
    XD_CASE(a_place_on_a_closed_piece_is_served_from_the_nearest_open_one_and_told),
    XD_CASE(a_closed_hub_is_refused_and_the_county_keeps_what_it_had),
    XD_CASE(each_allocation_of_weighing_anew_failed_keeps_the_county),
    XD_CASE(a_plan_with_a_closure_differs_only_where_it_must),
};
const struct xd_test_suite xd_suite_scenarios_closures = {"scenarios_closures", cases, XD_ARRAY_LENGTH(cases)};
