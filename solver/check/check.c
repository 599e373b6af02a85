/* The judge. Written from the definitions in problem.h and plan.h, sharing nothing with the scheduler or the searchers: sums are saturating because a
 * plan from a file may state any number. */
#include "solver/check/report.h"

#include "base/alloc.h"
#include "base/number.h"

struct xd_verified_plan {
    const struct xd_problem *problem;
    struct xd_plan *plan;
};

struct judge {
    const struct xd_problem *problem;
    const struct xd_plan *plan;
    struct xd_report report;
    int32_t *times_served;  /* by stop: visits and lines in the unserved list */
    int32_t *routes_driven; /* by vehicle */
    /* What the routes cost by our own sums; meaningless once a route could not be priced. */
    int64_t fixed_cost, length_cost, duration_cost;
    bool all_priced;
};

static int64_t saturating_add(int64_t a, int64_t b)
{
    int64_t sum;
    if (xd_add_i64(a, b, &sum))
        return sum;
    return a > 0 ? INT64_MAX : INT64_MIN;
}

static int64_t saturating_subtract(int64_t a, int64_t b)
{
    int64_t difference;
    if (!__builtin_sub_overflow(a, b, &difference))
        return difference;
    return a >= 0 ? INT64_MAX : INT64_MIN;
}

static int64_t saturating_multiply(int64_t a, int64_t b)
{
    int64_t product;
    if (xd_multiply_i64(a, b, &product))
        return product;
    return (a < 0) == (b < 0) ? INT64_MAX : INT64_MIN;
}

static void at_least(struct judge *judge, enum xd_violation_kind kind, int32_t route, int32_t stop, int64_t found, int64_t limit)
{
    if (found < limit)
        xd_report_add(&judge->report, kind, route, stop, found, limit);
}

static void at_most(struct judge *judge, enum xd_violation_kind kind, int32_t route, int32_t stop, int64_t found, int64_t limit)
{
    if (found > limit)
        xd_report_add(&judge->report, kind, route, stop, found, limit);
}

static void equal(struct judge *judge, enum xd_violation_kind kind, int32_t route, int32_t stop, int64_t found, int64_t expected)
{
    if (found != expected)
        xd_report_add(&judge->report, kind, route, stop, found, expected);
}

/* ---- one route ---- */

/* Counts what the route serves; false when it names a stop that the problem does not have. */
static bool know_stops(struct judge *judge, int32_t r)
{
    const struct xd_plan_route *route = &judge->plan->routes[r];
    bool known = true;
    for (int32_t i = 0; i < route->visits_n; i++) {
        const int32_t stop = route->visits[i].stop;
        if (stop < 0 || stop >= judge->problem->stops_n) {
            xd_report_add(&judge->report, XD_VIOLATION_STOP_UNKNOWN, r, -1, stop, (int64_t)judge->problem->stops_n - 1);
            known = false;
        } else if (++judge->times_served[stop] == 2) {
            xd_report_add(&judge->report, XD_VIOLATION_STOP_TWICE, r, stop, 2, 1);
        }
    }
    return known;
}

static const struct xd_vehicle_type *know_vehicle(struct judge *judge, int32_t r)
{
    const struct xd_problem *problem = judge->problem;
    const int32_t vehicle = judge->plan->routes[r].vehicle;
    if (vehicle < 0 || vehicle >= problem->vehicles_n) {
        xd_report_add(&judge->report, XD_VIOLATION_VEHICLE_UNKNOWN, r, -1, vehicle, (int64_t)problem->vehicles_n - 1);
        return NULL;
    }
    if (++judge->routes_driven[vehicle] > 1)
        xd_report_add(&judge->report, XD_VIOLATION_VEHICLE_TWICE, r, -1, judge->routes_driven[vehicle], 1);
    int32_t type = 0;
    while (vehicle >= problem->first_vehicle[type + 1])
        type++;
    return &problem->types[type];
}

/* The load on every leg against capacity: the heaviest moment is named, with the stop that the vehicle leaves then (-1 at the start). */
static void judge_load(struct judge *judge, int32_t r, const struct xd_vehicle_type *type, int dim)
{
    const struct xd_plan_route *route = &judge->plan->routes[r];
    const struct xd_stop *stops = judge->problem->stops;
    int64_t delivered = 0, picked_up = 0, all_deliveries = 0;
    for (int32_t i = 0; i < route->visits_n; i++)
        all_deliveries = saturating_add(all_deliveries, stops[route->visits[i].stop].delivery[dim]);
    int64_t heaviest = all_deliveries;
    int32_t heaviest_at = -1;
    equal(judge, XD_VIOLATION_LOAD_STATED, r, -1, route->load_start[dim], all_deliveries);
    for (int32_t i = 0; i < route->visits_n; i++) {
        const int32_t stop = route->visits[i].stop;
        delivered = saturating_add(delivered, stops[stop].delivery[dim]);
        picked_up = saturating_add(picked_up, stops[stop].pickup[dim]);
        const int64_t on_board = saturating_add(saturating_subtract(all_deliveries, delivered), picked_up);
        equal(judge, XD_VIOLATION_LOAD_STATED, r, stop, route->visits[i].load_after[dim], on_board);
        if (on_board > heaviest) {
            heaviest = on_board;
            heaviest_at = stop;
        }
    }
    at_most(judge, dim == 0 ? XD_VIOLATION_MASS : XD_VIOLATION_VOLUME, r, heaviest_at, heaviest, type->capacity[dim]);
}

/* One leg from where the vehicle left at left_s: the arrival stated must be possible. Adds to *length_m; false without a road. */
static bool judge_leg(struct judge *judge, int32_t r, const struct xd_matrix *matrix, int32_t from, int32_t to, int32_t stop, int64_t left_s,
                      int64_t arrive_s, int64_t *leg_m)
{
    if (!xd_matrix_reachable(matrix, from, to)) {
        xd_report_add(&judge->report, XD_VIOLATION_UNREACHABLE, r, stop, from, to);
        return false;
    }
    at_least(judge, XD_VIOLATION_TRAVEL_TIME, r, stop, arrive_s, saturating_add(left_s, xd_matrix_time_s(matrix, from, to)));
    *leg_m = xd_matrix_length_m(matrix, from, to);
    return true;
}

/* The way between base and depot, from where the vehicle left at left_s to where it is at there_s. A vehicle that lives at its depots has none. */
static bool judge_base_way(struct judge *judge, int32_t r, const struct xd_vehicle_type *type, enum xd_violation_kind kind, int64_t *length_m)
{
    const struct xd_plan_route *route = &judge->plan->routes[r];
    const struct xd_matrix *matrix = judge->problem->matrices[type->matrix];
    const bool out = kind == XD_VIOLATION_BASE_LEAVE;
    const int32_t from = out ? type->base_location : type->end_location, to = out ? type->start_location : type->base_location;
    const int64_t left_s = out ? route->start_s : route->depot_back_s, there_s = out ? route->depot_leave_s : route->end_s;
    int64_t way_s = 0, way_m = 0;
    if (type->base_location != type->start_location) {
        if (!xd_matrix_reachable(matrix, from, to)) {
            xd_report_add(&judge->report, XD_VIOLATION_UNREACHABLE, r, -1, from, to);
            return false;
        }
        way_s = xd_matrix_time_s(matrix, from, to);
        way_m = xd_matrix_length_m(matrix, from, to);
    }
    at_least(judge, kind, r, -1, there_s, saturating_add(left_s, way_s));
    equal(judge, XD_VIOLATION_LENGTH_STATED, r, -1, out ? route->approach_m : route->homeward_m, way_m);
    *length_m += way_m;
    return true;
}

/* The clock and the road of a route; false when it has a leg without a road. */
static bool judge_way(struct judge *judge, int32_t r, const struct xd_vehicle_type *type, int64_t *length_m)
{
    const struct xd_plan_route *route = &judge->plan->routes[r];
    const struct xd_matrix *matrix = judge->problem->matrices[type->matrix];
    int32_t at = type->start_location;
    int64_t left_s = route->depot_leave_s, leg_m = 0;
    *length_m = 0;
    bool has_road = judge_base_way(judge, r, type, XD_VIOLATION_BASE_LEAVE, length_m);
    for (int32_t i = 0; i < route->visits_n; i++) {
        const struct xd_visit *visit = &route->visits[i];
        const struct xd_stop *stop = &judge->problem->stops[visit->stop];
        if (judge_leg(judge, r, matrix, at, stop->location, visit->stop, left_s, visit->arrive_s, &leg_m)) {
            equal(judge, XD_VIOLATION_LENGTH_STATED, r, visit->stop, visit->length_m, leg_m);
            *length_m += leg_m;
        } else {
            has_road = false;
        }
        at_least(judge, XD_VIOLATION_TRAVEL_TIME, r, visit->stop, visit->begin_s, visit->arrive_s);
        at_least(judge, XD_VIOLATION_WINDOW_EARLY, r, visit->stop, visit->begin_s, stop->earliest_s);
        at_most(judge, XD_VIOLATION_WINDOW_LATE, r, visit->stop, visit->begin_s, stop->latest_s);
        at_least(judge, XD_VIOLATION_SERVICE_TIME, r, visit->stop, visit->depart_s, saturating_add(visit->begin_s, stop->service_s));
        at_least(judge, XD_VIOLATION_RELEASE, r, visit->stop, route->depot_leave_s, stop->release_s);
        if ((stop->needs & type->features) != stop->needs)
            xd_report_add(&judge->report, XD_VIOLATION_NEEDS, r, visit->stop, type->features, stop->needs);
        at = stop->location;
        left_s = visit->depart_s;
    }
    if (judge_leg(judge, r, matrix, at, type->end_location, -1, left_s, route->depot_back_s, &leg_m))
        *length_m += leg_m;
    else
        has_road = false;
    return judge_base_way(judge, r, type, XD_VIOLATION_BASE_BACK, length_m) && has_road;
}

static void judge_route(struct judge *judge, int32_t r)
{
    const struct xd_plan_route *route = &judge->plan->routes[r];
    const struct xd_vehicle_type *type = know_vehicle(judge, r);
    if (route->visits_n <= 0)
        xd_report_add(&judge->report, XD_VIOLATION_ROUTE_EMPTY, r, -1, route->visits_n, 1);
    if (!know_stops(judge, r) || !type) {
        judge->all_priced = false;
        return;
    }
    int64_t length_m = 0;
    const int64_t duration_s = saturating_subtract(route->end_s, route->start_s);
    at_least(judge, XD_VIOLATION_SHIFT_START, r, -1, route->start_s, type->earliest_s);
    for (int dim = 0; dim < XD_DIMS_N; dim++)
        judge_load(judge, r, type, dim);
    const bool has_road = judge_way(judge, r, type, &length_m);
    at_most(judge, XD_VIOLATION_SHIFT_END, r, -1, route->end_s, type->latest_s);
    at_most(judge, XD_VIOLATION_DURATION, r, -1, duration_s, type->duration_max_s);
    const int64_t duration_cost = saturating_multiply(duration_s, type->cost_per_s);
    equal(judge, XD_VIOLATION_COST_FIXED, r, -1, route->fixed_cost, type->fixed_cost);
    equal(judge, XD_VIOLATION_COST_DURATION, r, -1, route->duration_cost, duration_cost);
    judge->fixed_cost = saturating_add(judge->fixed_cost, type->fixed_cost);
    judge->duration_cost = saturating_add(judge->duration_cost, duration_cost);
    if (!has_road) {
        judge->all_priced = false;
        return;
    }
    const int64_t length_cost = saturating_multiply(length_m, type->cost_per_m);
    at_most(judge, XD_VIOLATION_RANGE, r, -1, length_m, type->length_max_m);
    equal(judge, XD_VIOLATION_LENGTH_STATED, r, -1, route->length_m, length_m);
    equal(judge, XD_VIOLATION_COST_LENGTH, r, -1, route->length_cost, length_cost);
    judge->length_cost = saturating_add(judge->length_cost, length_cost);
}

/* ---- stops that are left ---- */

/* A route to this stop alone, by a vehicle that exists and has what it needs: the shortest it can last is from the moment that leaves no waiting. */
static bool can_be_in_time(const struct xd_vehicle_type *type, const struct xd_matrix *matrix, const struct xd_stop *stop)
{
    const bool lives_away = type->base_location != type->start_location;
    const int64_t from_base_s = lives_away ? xd_matrix_time_s(matrix, type->base_location, type->start_location) : 0;
    const int64_t to_base_s = lives_away ? xd_matrix_time_s(matrix, type->end_location, type->base_location) : 0;
    const int64_t base_m = lives_away ? (int64_t)xd_matrix_length_m(matrix, type->base_location, type->start_location) +
                                            xd_matrix_length_m(matrix, type->end_location, type->base_location)
                                      : 0;
    const int64_t out_s = xd_matrix_time_s(matrix, type->start_location, stop->location);
    const int64_t back_s = xd_matrix_time_s(matrix, stop->location, type->end_location);
    const int64_t there_s = type->earliest_s + from_base_s;
    const int64_t ready_s = there_s > stop->release_s ? there_s : stop->release_s;
    const int64_t leave_s = stop->earliest_s - out_s > ready_s ? stop->earliest_s - out_s : ready_s;
    const int64_t serve_s = leave_s + out_s;
    const int64_t home_at_s = serve_s + stop->service_s + back_s + to_base_s;
    const int64_t length_m =
        base_m + xd_matrix_length_m(matrix, type->start_location, stop->location) + xd_matrix_length_m(matrix, stop->location, type->end_location);
    return serve_s <= stop->latest_s && home_at_s <= type->latest_s && home_at_s - leave_s + from_base_s <= type->duration_max_s &&
           length_m <= type->length_max_m;
}

/* From the base, if it lives at one, to the depot, to the stop, to the depot, to the base. */
static bool can_get_there(const struct xd_vehicle_type *type, const struct xd_matrix *matrix, const struct xd_stop *stop)
{
    if (type->base_location != type->start_location && (!xd_matrix_reachable(matrix, type->base_location, type->start_location) ||
                                                        !xd_matrix_reachable(matrix, type->end_location, type->base_location)))
        return false;
    return xd_matrix_reachable(matrix, type->start_location, stop->location) && xd_matrix_reachable(matrix, stop->location, type->end_location);
}

static bool stands_idle(const struct judge *judge, int32_t type)
{
    int32_t out_n = 0;
    for (int32_t r = 0; r < judge->plan->routes_n; r++)
        out_n += judge->plan->routes[r].vehicle >= judge->problem->first_vehicle[type] &&
                 judge->plan->routes[r].vehicle < judge->problem->first_vehicle[type + 1];
    return out_n < judge->problem->types[type].count;
}

static enum xd_unserved_reason proven_reason(const struct judge *judge, const struct xd_stop *stop)
{
    const struct xd_problem *problem = judge->problem;
    bool some_feature = false, some_capacity = false, some_way = false, some_in_time = false;
    for (int32_t t = 0; t < problem->types_n; t++) {
        const struct xd_vehicle_type *type = &problem->types[t];
        const struct xd_matrix *matrix = problem->matrices[type->matrix];
        if (type->count == 0 || (stop->needs & type->features) != stop->needs)
            continue;
        some_feature = true;
        if (stop->delivery[0] > type->capacity[0] || stop->delivery[1] > type->capacity[1] || stop->pickup[0] > type->capacity[0] ||
            stop->pickup[1] > type->capacity[1])
            continue;
        some_capacity = true;
        if (!can_get_there(type, matrix, stop))
            continue;
        some_way = true;
        if (!can_be_in_time(type, matrix, stop))
            continue;
        some_in_time = true;
        if (stands_idle(judge, t))
            return XD_UNSERVED_CHOICE;
    }
    if (some_in_time)
        return XD_UNSERVED_FLEET;
    if (!some_feature)
        return XD_UNSERVED_FEATURE;
    if (!some_capacity)
        return XD_UNSERVED_CAPACITY;
    return some_way ? XD_UNSERVED_TIME : XD_UNSERVED_UNREACHABLE;
}

static int64_t judge_unserved(struct judge *judge)
{
    const struct xd_problem *problem = judge->problem;
    int64_t cost = 0;
    for (int32_t i = 0; i < judge->plan->unserved_n; i++) {
        const struct xd_unserved *line = &judge->plan->unserved[i];
        if (line->stop < 0 || line->stop >= problem->stops_n) {
            xd_report_add(&judge->report, XD_VIOLATION_STOP_UNKNOWN, -1, -1, line->stop, (int64_t)problem->stops_n - 1);
            continue;
        }
        const struct xd_stop *stop = &problem->stops[line->stop];
        if (++judge->times_served[line->stop] == 2)
            xd_report_add(&judge->report, XD_VIOLATION_STOP_TWICE, -1, line->stop, 2, 1);
        if (stop->unserved_cost == XD_REQUIRED)
            xd_report_add(&judge->report, XD_VIOLATION_STOP_REQUIRED, -1, line->stop, 0, 1);
        else
            cost = saturating_add(cost, stop->unserved_cost);
        equal(judge, XD_VIOLATION_REASON, -1, line->stop, (int64_t)line->reason, (int64_t)proven_reason(judge, stop));
    }
    for (int32_t s = 0; s < problem->stops_n; s++)
        if (judge->times_served[s] == 0)
            xd_report_add(&judge->report, XD_VIOLATION_STOP_MISSING, -1, s, 0, 1);
    return cost;
}

/* ---- the whole plan ---- */

static void judge_plan(struct judge *judge)
{
    const struct xd_plan *plan = judge->plan;
    if (plan->problem_hash != judge->problem->hash)
        xd_report_add(&judge->report, XD_VIOLATION_PROBLEM, -1, -1, (int64_t)plan->problem_hash, (int64_t)judge->problem->hash);
    for (int32_t r = 0; r < plan->routes_n; r++)
        judge_route(judge, r);
    const int64_t unserved_cost = judge_unserved(judge);
    equal(judge, XD_VIOLATION_COST_UNSERVED, -1, -1, plan->unserved_cost, unserved_cost);
    if (!judge->all_priced)
        return;
    equal(judge, XD_VIOLATION_COST_FIXED, -1, -1, plan->fixed_cost, judge->fixed_cost);
    equal(judge, XD_VIOLATION_COST_LENGTH, -1, -1, plan->length_cost, judge->length_cost);
    equal(judge, XD_VIOLATION_COST_DURATION, -1, -1, plan->duration_cost, judge->duration_cost);
    const int64_t total = saturating_add(saturating_add(judge->fixed_cost, judge->length_cost), saturating_add(judge->duration_cost, unserved_cost));
    equal(judge, XD_VIOLATION_COST_TOTAL, -1, -1, plan->total_cost, total);
}

static enum xd_status make_verified(const struct xd_problem *problem, const struct xd_plan *plan, struct xd_verified_plan **verified,
                                    struct xd_error *error)
{
    struct xd_verified_plan *made = xd_alloc(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the verified plan", sizeof *made);
    made->problem = problem;
    const enum xd_status status = xd_plan_copy(plan, &made->plan, error);
    if (status != XD_OK) {
        xd_free(made);
        return status;
    }
    *verified = made;
    return XD_OK;
}

enum xd_status xd_check_plan(const struct xd_problem *problem, const struct xd_plan *plan, struct xd_violations *violations,
                             struct xd_verified_plan **verified, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    struct judge judge = {.problem = problem, .plan = plan, .report = {.violations = violations, .error = error}, .all_priced = true};
    judge.times_served = xd_alloc_zero((size_t)problem->stops_n, sizeof *judge.times_served);
    judge.routes_driven = xd_alloc_zero((size_t)problem->vehicles_n, sizeof *judge.routes_driven);
    if (!judge.times_served || !judge.routes_driven) {
        status = xd_fail_memory(error, "the check of a plan", ((size_t)problem->stops_n + (size_t)problem->vehicles_n) * sizeof(int32_t));
        goto done;
    }
    judge_plan(&judge);
    if (judge.report.status != XD_OK)
        status = judge.report.status;
    else if (judge.report.found_n > 0)
        status = xd_fail(error, XD_NO_PLAN, xd_at_none(), "the plan has %lld violations; expected none", (long long)judge.report.found_n);
    else
        status = make_verified(problem, plan, verified, error);
done:
    xd_free(judge.routes_driven);
    xd_free(judge.times_served);
    return status;
}

const struct xd_plan *xd_verified_plan_values(const struct xd_verified_plan *verified)
{
    return verified->plan;
}

const struct xd_problem *xd_verified_plan_problem(const struct xd_verified_plan *verified)
{
    return verified->problem;
}

void xd_verified_plan_free(struct xd_verified_plan *verified)
{
    if (!verified)
        return;
    xd_plan_free(verified->plan);
    xd_free(verified);
}
