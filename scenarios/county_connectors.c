#include "scenarios/county_connectors.h"

enum { BASE_LEGS_N = 3 }; /* base to hub, hub to base, and one more than visits between */

bool xd_county_is_connected(const struct xd_county *county, int32_t point)
{
    for (int32_t p = 0; p < county->profiles_n; p++)
        if (county->profiles[p].snaps[point].connector_m > 0)
            return true;
    return false;
}

int32_t xd_county_connected_n(const struct xd_county *county)
{
    int32_t n = 0;
    for (int32_t point = 0; point < county->points_n; point++)
        n += xd_county_is_connected(county, point);
    return n;
}

static void add_route(const struct xd_county *county, const struct xd_plan_route *route, struct xd_connector_use *use)
{
    const struct xd_problem *problem = county->problem;
    const struct xd_vehicle_type *type = &problem->types[xd_problem_vehicle_type(problem, route->vehicle)];
    int32_t at = type->base_location;
    for (int32_t leg = 0; leg < route->visits_n + BASE_LEGS_N; leg++) {
        const int32_t v = leg - 1;
        const int32_t next = leg == 0               ? type->start_location
                             : v < route->visits_n  ? problem->stops[route->visits[v].stop].location
                             : v == route->visits_n ? type->end_location
                                                    : type->base_location;
        const struct xd_snap *to = xd_county_vehicle_snap(county, route->vehicle, next);
        const struct xd_snap_ends ends = xd_snap_ends_of(xd_county_vehicle_snap(county, route->vehicle, at), to);
        use->visits_n += leg > 0 && v < route->visits_n && to->connector_m > 0;
        use->length_m += ends.length_m; /* nothing where it stays */
        use->time_s += ends.time_s;
        at = next;
    }
}

struct xd_connector_use xd_county_connector_use(const struct xd_county *county, const struct xd_plan *plan)
{
    struct xd_connector_use use = {0};
    for (int32_t r = 0; r < plan->routes_n; r++)
        add_route(county, &plan->routes[r], &use);
    return use;
}

bool xd_county_assumes(const struct xd_county *county, int32_t parameter)
{
    const bool of_lines = parameter == XD_PARAMETER_CONNECTOR_M || parameter == XD_PARAMETER_CONNECTOR_M_H;
    if (county->scenario->parameters.given[parameter])
        return false;
    return !of_lines || (parameter == XD_PARAMETER_CONNECTOR_M_H && xd_county_connected_n(county) > 0);
}
