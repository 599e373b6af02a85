#include "io/export/shapes.h"
#include "maps/route.h"

#include <string.h>

enum { BASE_LEGS_N = 3 }; /* base to hub, hub to base, and one more than visits between */

struct growing {
    struct xd_shapes *shapes;
    size_t points_n, points_max;
};

static enum xd_status add_leg(const struct xd_county *county, int32_t profile, int32_t from, int32_t to, struct growing *growing, uint8_t *off_road,
                              struct xd_error *error)
{
    if (from == to)
        return XD_OK;
    const struct xd_county_profile *roads = &county->profiles[profile];
    struct xd_road_route route = {0};
    enum xd_status status = xd_road_route_find(roads->graph, NULL, &roads->snaps[from], &roads->snaps[to], &route, error);
    if (status == XD_OK && !route.found)
        status = xd_fail(error, XD_INTERNAL, xd_at_none(), "no road between points %ld and %ld of a checked plan", (long)from, (long)to);
    if (status == XD_OK)
        status = xd_array_reserve((void **)&growing->shapes->points, &growing->points_max, growing->points_n + (size_t)route.points_n,
                                  sizeof *route.points, XD_SHAPE_POINTS_MAX, "route shapes", error);
    if (status == XD_OK && route.points_n > 0) {
        memcpy(growing->shapes->points + growing->points_n, route.points, (size_t)route.points_n * sizeof *route.points);
        growing->points_n += (size_t)route.points_n;
        *off_road = (uint8_t)((route.leaves_place ? XD_SHAPE_LEAVES : 0) | (route.enters_place ? XD_SHAPE_ENTERS : 0));
    }
    xd_road_route_free(&route);
    return status;
}

static enum xd_status add_route(const struct xd_county *county, const struct xd_plan_route *route, struct growing *growing, int32_t first_leg,
                                struct xd_error *error)
{
    const struct xd_problem *problem = county->problem;
    const int32_t type = xd_problem_vehicle_type(problem, route->vehicle);
    const struct xd_vehicle_type *facts = &problem->types[type];
    int32_t at = facts->base_location;
    enum xd_status status = XD_OK;
    for (int32_t leg = 0; status == XD_OK && leg < route->visits_n + BASE_LEGS_N; leg++) {
        const int32_t v = leg - 1;
        const int32_t next = leg == 0               ? facts->start_location
                             : v < route->visits_n  ? problem->stops[route->visits[v].stop].location
                             : v == route->visits_n ? facts->end_location
                                                    : facts->base_location;
        status = add_leg(county, county->type_profile[type], at, next, growing, &growing->shapes->off_road[first_leg + leg], error);
        growing->shapes->first_point[first_leg + leg + 1] = (int64_t)growing->points_n;
        at = next;
    }
    return status;
}

enum xd_status xd_shapes_create(const struct xd_county *county, const struct xd_plan *plan, struct xd_shapes **shapes, struct xd_error *error)
{
    struct xd_shapes *made = xd_alloc_zero(1, sizeof *made);
    struct growing growing = {.shapes = made};
    size_t legs_n = 0;
    for (int32_t r = 0; r < plan->routes_n; r++)
        legs_n += (size_t)plan->routes[r].visits_n + BASE_LEGS_N;
    if (made) {
        made->routes_n = plan->routes_n;
        made->first_leg = xd_alloc_zero((size_t)plan->routes_n + 1, sizeof *made->first_leg);
        made->first_point = xd_alloc_zero(legs_n + 1, sizeof *made->first_point);
        made->off_road = xd_alloc_zero(legs_n + 1, sizeof *made->off_road);
    }
    enum xd_status status =
        made && made->first_leg && made->first_point && made->off_road ? XD_OK : xd_fail_memory(error, "route shapes", legs_n * sizeof(int64_t));
    for (int32_t r = 0; status == XD_OK && r < plan->routes_n; r++) {
        status = add_route(county, &plan->routes[r], &growing, made->first_leg[r], error);
        made->first_leg[r + 1] = made->first_leg[r] + plan->routes[r].visits_n + BASE_LEGS_N;
    }
    if (status == XD_OK)
        *shapes = made;
    else
        xd_shapes_free(made);
    return status;
}

void xd_shapes_free(struct xd_shapes *shapes)
{
    if (!shapes)
        return;
    xd_free(shapes->first_leg);
    xd_free(shapes->first_point);
    xd_free(shapes->points);
    xd_free(shapes->off_road);
    xd_free(shapes);
}
