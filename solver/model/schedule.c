/* Times, loads, costs and reasons of bare routes. */
#include "solver/model/plan.h"

#include "base/alloc.h"

#include <stdlib.h>

/* ---- one route ---- */

/* Drives the route from the start depot at leave_s as early as everything allows; fills the times of the visits. Returns the arrival at the end depot. */
static int64_t drive(const struct xd_problem *problem, const struct xd_vehicle_type *type, int64_t leave_s, struct xd_visit *visits, int32_t visits_n)
{
    const struct xd_matrix *matrix = problem->matrices[type->matrix];
    int32_t at = type->start_location;
    int64_t now_s = leave_s;
    for (int32_t i = 0; i < visits_n; i++) {
        const struct xd_stop *stop = &problem->stops[visits[i].stop];
        visits[i].arrive_s = now_s + xd_matrix_time_s(matrix, at, stop->location);
        visits[i].begin_s = visits[i].arrive_s > stop->earliest_s ? visits[i].arrive_s : stop->earliest_s;
        visits[i].depart_s = visits[i].begin_s + stop->service_s;
        now_s = visits[i].depart_s;
        at = stop->location;
    }
    return now_s + xd_matrix_time_s(matrix, at, type->end_location);
}

/* From the start depot, where the vehicle must have come from its base. */
static int64_t earliest_leave_s(const struct xd_problem *problem, const struct xd_vehicle_type *type, const struct xd_base_legs *legs,
                                const struct xd_visit *visits, int32_t visits_n)
{
    int64_t leave_s = type->earliest_s + legs->approach_s;
    for (int32_t i = 0; i < visits_n; i++)
        if (problem->stops[visits[i].stop].release_s > leave_s)
            leave_s = problem->stops[visits[i].stop].release_s;
    return leave_s;
}

/* The latest that keeps the return to the end depot of the earliest schedule (whose times the visits hold) and makes no visit later than it is there or
 * may be. */
static int64_t latest_leave_s(const struct xd_problem *problem, const struct xd_vehicle_type *type, int64_t back_s, const struct xd_visit *visits,
                              int32_t visits_n)
{
    const struct xd_matrix *matrix = problem->matrices[type->matrix];
    int32_t next = type->end_location;
    int64_t must_s = back_s; /* be at `next` by then */
    for (int32_t i = visits_n - 1; i >= 0; i--) {
        const struct xd_stop *stop = &problem->stops[visits[i].stop];
        int64_t begin_s = must_s - xd_matrix_time_s(matrix, stop->location, next) - stop->service_s;
        if (begin_s > stop->latest_s)
            begin_s = stop->latest_s > visits[i].begin_s ? stop->latest_s : visits[i].begin_s;
        must_s = begin_s;
        next = stop->location;
    }
    return must_s - xd_matrix_time_s(matrix, type->start_location, next);
}

static enum xd_status fill_lengths(const struct xd_problem *problem, const struct xd_vehicle_type *type, const struct xd_base_legs *legs,
                                   struct xd_plan_route *route, struct xd_error *error)
{
    const struct xd_matrix *matrix = problem->matrices[type->matrix];
    int32_t at = type->start_location;
    if (!legs->reachable)
        return xd_fail(error, XD_DATA, xd_at_none(),
                       "vehicle type %s has no way from its base, location %ld, to its depot and back; expected a road for every leg of a route",
                       type->name, (long)type->base_location);
    route->approach_m = legs->approach_m;
    route->homeward_m = legs->homeward_m;
    route->length_m = legs->approach_m + legs->homeward_m;
    for (int32_t i = 0; i <= route->visits_n; i++) {
        const int32_t to = i < route->visits_n ? problem->stops[route->visits[i].stop].location : type->end_location;
        if (!xd_matrix_reachable(matrix, at, to))
            return xd_fail(error, XD_DATA, xd_at_none(),
                           "vehicle type %s has no way from location %ld to %ld; expected a road for every leg of a route", type->name, (long)at,
                           (long)to);
        if (i < route->visits_n)
            route->visits[i].length_m = xd_matrix_length_m(matrix, at, to);
        route->length_m += xd_matrix_length_m(matrix, at, to);
        at = to;
    }
    return XD_OK;
}

static void fill_loads(const struct xd_problem *problem, struct xd_plan_route *route)
{
    for (int d = 0; d < XD_DIMS_N; d++) {
        int64_t load = 0;
        for (int32_t i = 0; i < route->visits_n; i++)
            load += problem->stops[route->visits[i].stop].delivery[d];
        route->load_start[d] = load;
        for (int32_t i = 0; i < route->visits_n; i++) {
            const struct xd_stop *stop = &problem->stops[route->visits[i].stop];
            load += stop->pickup[d] - stop->delivery[d];
            route->visits[i].load_after[d] = load;
        }
    }
}

static enum xd_status fill_route(const struct xd_problem *problem, int32_t type_index, struct xd_plan_route *route, struct xd_error *error)
{
    const struct xd_vehicle_type *type = &problem->types[type_index];
    const struct xd_base_legs *legs = &problem->base_legs[type_index];
    enum xd_status status = fill_lengths(problem, type, legs, route, error);
    if (status != XD_OK)
        return status;
    fill_loads(problem, route);
    const int64_t earliest_s = earliest_leave_s(problem, type, legs, route->visits, route->visits_n);
    const int64_t back_s = drive(problem, type, earliest_s, route->visits, route->visits_n);
    route->depot_leave_s = latest_leave_s(problem, type, back_s, route->visits, route->visits_n);
    route->depot_back_s = drive(problem, type, route->depot_leave_s, route->visits, route->visits_n);
    route->start_s = route->depot_leave_s - legs->approach_s;
    route->end_s = route->depot_back_s + legs->homeward_s;
    route->fixed_cost = type->fixed_cost;
    route->length_cost = route->length_m * type->cost_per_m;
    route->duration_cost = (route->end_s - route->start_s) * type->cost_per_s;
    return XD_OK;
}

/* ---- why a stop is left ---- */

static bool is_in_time_alone(const struct xd_problem *problem, const struct xd_vehicle_type *type, const struct xd_base_legs *legs, int32_t stop)
{
    const struct xd_matrix *matrix = problem->matrices[type->matrix];
    const int32_t location = problem->stops[stop].location;
    struct xd_visit visit = {.stop = stop};
    const int64_t length_m = legs->approach_m + xd_matrix_length_m(matrix, type->start_location, location) +
                             xd_matrix_length_m(matrix, location, type->end_location) + legs->homeward_m;
    const int64_t back_s = drive(problem, type, earliest_leave_s(problem, type, legs, &visit, 1), &visit, 1);
    const int64_t start_s = latest_leave_s(problem, type, back_s, &visit, 1) - legs->approach_s, end_s = back_s + legs->homeward_s;
    return visit.begin_s <= problem->stops[stop].latest_s && end_s <= type->latest_s && end_s - start_s <= type->duration_max_s &&
           length_m <= type->length_max_m;
}

/* used: routes of each type. */
static enum xd_unserved_reason prove_reason(const struct xd_problem *problem, const int32_t *used, int32_t stop)
{
    /* How far the best type comes: features, capacity, way, time, an idle vehicle. */
    static const enum xd_unserved_reason reasons[] = {XD_UNSERVED_FEATURE, XD_UNSERVED_CAPACITY, XD_UNSERVED_UNREACHABLE,
                                                      XD_UNSERVED_TIME,    XD_UNSERVED_FLEET,    XD_UNSERVED_CHOICE};
    const struct xd_stop *s = &problem->stops[stop];
    size_t farthest = 0;
    for (int32_t t = 0; t < problem->types_n; t++) {
        const struct xd_vehicle_type *type = &problem->types[t];
        const struct xd_base_legs *legs = &problem->base_legs[t];
        const struct xd_matrix *matrix = problem->matrices[type->matrix];
        size_t steps = 0;
        if (type->count > 0 && (s->needs & ~type->features) == 0) {
            steps = 1;
            bool fits = true;
            for (int d = 0; d < XD_DIMS_N; d++)
                fits = fits && s->delivery[d] <= type->capacity[d] && s->pickup[d] <= type->capacity[d];
            if (fits) {
                steps = 2;
                if (legs->reachable && xd_matrix_reachable(matrix, type->start_location, s->location) &&
                    xd_matrix_reachable(matrix, s->location, type->end_location))
                    steps = !is_in_time_alone(problem, type, legs, stop) ? 3 : used[t] < type->count ? 5 : 4;
            }
        }
        farthest = steps > farthest ? steps : farthest;
    }
    return reasons[farthest];
}

/* ---- the whole plan ---- */

/* A route in the order of the plan. */
struct route_key {
    int32_t type, first_stop, route;
};

static int compare_keys(const void *a, const void *b)
{
    const struct route_key *x = a, *y = b;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    if (x->first_stop != y->first_stop)
        return x->first_stop < y->first_stop ? -1 : 1;
    return x->route < y->route ? -1 : x->route > y->route;
}

/* Checks the bare routes and marks what they serve; keys of those that are not empty, in plan order. */
static enum xd_status read_routes(const struct xd_problem *problem, const struct xd_routes *routes, bool *served, struct route_key *keys,
                                  int32_t *keys_n, struct xd_error *error)
{
    int32_t n = 0;
    /* Sums of twice the stops stay under 2^63 (xd_problem.cost_bound), which leaves room for a stop visited twice: the checker names it. */
    const int64_t visits_n = routes->routes_n > 0 ? (int64_t)routes->first[routes->routes_n] - routes->first[0] : 0;
    if (visits_n > 2 * (int64_t)problem->stops_n)
        return xd_fail(error, XD_DATA, xd_at_none(), "the routes make %lld visits; expected at most %lld, two for each of the %ld stops",
                       (long long)visits_n, 2 * (long long)problem->stops_n, (long)problem->stops_n);
    for (int32_t r = 0; r < routes->routes_n; r++) {
        if (routes->types[r] < 0 || routes->types[r] >= problem->types_n)
            return xd_fail(error, XD_DATA, xd_at_none(), "route %ld has vehicle type %ld; expected 0 to %ld", (long)r, (long)routes->types[r],
                           (long)problem->types_n - 1);
        for (int32_t i = routes->first[r]; i < routes->first[r + 1]; i++) {
            if (routes->stops[i] < 0 || routes->stops[i] >= problem->stops_n)
                return xd_fail(error, XD_DATA, xd_at_none(), "route %ld visits stop %ld; expected 0 to %ld", (long)r, (long)routes->stops[i],
                               (long)problem->stops_n - 1);
            served[routes->stops[i]] = true;
        }
        if (routes->first[r] < routes->first[r + 1])
            keys[n++] = (struct route_key){routes->types[r], routes->stops[routes->first[r]], r};
    }
    if (n > 0)
        qsort(keys, (size_t)n, sizeof *keys, compare_keys);
    *keys_n = n;
    return XD_OK;
}

static enum xd_status make_routes(const struct xd_problem *problem, const struct xd_routes *routes, const struct route_key *keys, int32_t keys_n,
                                  struct xd_plan *plan, struct xd_error *error)
{
    int32_t number = 0; /* within the type */
    for (int32_t k = 0; k < keys_n; k++) {
        const struct xd_vehicle_type *type = &problem->types[keys[k].type];
        const int32_t begin = routes->first[keys[k].route], end = routes->first[keys[k].route + 1];
        number = k > 0 && keys[k].type == keys[k - 1].type ? number + 1 : 0;
        if (number >= type->count)
            return xd_fail(error, XD_DATA, xd_at_none(),
                           "the routes need more than the %ld vehicles of type %ld (%s); expected at most one route a vehicle", (long)type->count,
                           (long)keys[k].type, type->name);
        struct xd_plan_route *route = &plan->routes[k];
        route->vehicle = problem->first_vehicle[keys[k].type] + number;
        route->visits_n = end - begin;
        route->visits = xd_alloc_zero((size_t)route->visits_n, sizeof *route->visits);
        plan->routes_n = k + 1;
        if (!route->visits)
            return xd_fail_memory(error, "the visits of a route", (size_t)route->visits_n * sizeof *route->visits);
        for (int32_t i = begin; i < end; i++)
            route->visits[i - begin].stop = routes->stops[i];
        const enum xd_status status = fill_route(problem, keys[k].type, route, error);
        if (status != XD_OK)
            return status;
        plan->fixed_cost += route->fixed_cost;
        plan->length_cost += route->length_cost;
        plan->duration_cost += route->duration_cost;
    }
    return XD_OK;
}

static void list_unserved(const struct xd_problem *problem, const bool *served, struct xd_plan *plan)
{
    int32_t used[XD_PROBLEM_VEHICLE_TYPES_MAX] = {0};
    for (int32_t r = 0; r < plan->routes_n; r++)
        used[xd_problem_vehicle_type(problem, plan->routes[r].vehicle)]++;
    for (int32_t s = 0; s < problem->stops_n; s++) {
        if (served[s])
            continue;
        plan->unserved[plan->unserved_n++] = (struct xd_unserved){s, prove_reason(problem, used, s)};
        if (problem->stops[s].unserved_cost != XD_REQUIRED)
            plan->unserved_cost += problem->stops[s].unserved_cost;
    }
}

enum xd_status xd_plan_schedule(const struct xd_problem *problem, const struct xd_routes *routes, uint64_t seed, int64_t iterations,
                                struct xd_plan **plan, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    const size_t stops_n = (size_t)problem->stops_n, routes_n = (size_t)routes->routes_n;
    int32_t keys_n = 0;
    bool *served = xd_alloc_zero(stops_n, sizeof *served);
    struct route_key *keys = xd_alloc(routes_n, sizeof *keys);
    struct xd_plan *made = xd_alloc_zero(1, sizeof *made);
    if (!served || !keys || !made) {
        status = xd_fail_memory(error, "the plan", stops_n * sizeof *served + routes_n * sizeof *keys + sizeof *made);
        goto done;
    }
    made->routes = xd_alloc_zero(routes_n, sizeof *made->routes);
    made->unserved = xd_alloc(stops_n, sizeof *made->unserved);
    if (!made->routes || !made->unserved) {
        status = xd_fail_memory(error, "the plan", routes_n * sizeof *made->routes + stops_n * sizeof *made->unserved);
        goto done;
    }
    made->problem_hash = problem->hash;
    made->seed = seed;
    made->iterations = iterations;
    status = read_routes(problem, routes, served, keys, &keys_n, error);
    if (status == XD_OK)
        status = make_routes(problem, routes, keys, keys_n, made, error);
    if (status != XD_OK)
        goto done;
    list_unserved(problem, served, made);
    made->total_cost = made->fixed_cost + made->length_cost + made->duration_cost + made->unserved_cost;
    *plan = made;
    made = NULL;
done:
    xd_plan_free(made);
    xd_free(keys);
    xd_free(served);
    return status;
}
