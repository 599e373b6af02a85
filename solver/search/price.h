/* What a route costs: the problem's objective plus penalties for what it breaks. Weights adapt while the search runs.
 *
 * Weights are in 1/256 cost units a unit of excess. The excess that is charged is capped so that no product passes 2^55: sums stay inside int64.
 * A penalty is at least `least` where anything is broken, so penalty == 0 means feasible: 1 in the walk, XD_PENALTY_FORBIDDING (more than any plan
 * but the dearest costs) where nothing may be broken.
 */
#ifndef XD_SOLVER_SEARCH_PRICE_H
#define XD_SOLVER_SEARCH_PRICE_H

#include "solver/search/data.h"

enum xd_excess { XD_EXCESS_LOAD_0, XD_EXCESS_LOAD_1, XD_EXCESS_LATE, XD_EXCESS_DURATION, XD_EXCESS_LENGTH, XD_EXCESS_KINDS_N };

struct xd_weights {
    int64_t weight[XD_EXCESS_KINDS_N];
    int64_t cap[XD_EXCESS_KINDS_N];
    int64_t least;
};

#define XD_WEIGHT_LIMIT (INT64_C(1) << 40)
#define XD_PENALTY_LIMIT (INT64_C(1) << 55)
#define XD_PENALTY_FORBIDDING (INT64_C(1) << 50)

static inline void xd_weights_set(struct xd_weights *weights, enum xd_excess kind, int64_t weight)
{
    weight = weight < 1 ? 1 : weight > XD_WEIGHT_LIMIT ? XD_WEIGHT_LIMIT : weight;
    weights->weight[kind] = weight;
    weights->cap[kind] = XD_PENALTY_LIMIT / weight;
}

static inline int64_t xd_penalty(const struct xd_weights *weights, enum xd_excess kind, int64_t excess)
{
    if (excess <= 0)
        return 0;
    excess = excess > weights->cap[kind] ? weights->cap[kind] : excess;
    return ((excess * weights->weight[kind]) >> 8) + weights->least;
}

/* By how much the route breaks each limit, negative or 0 where it keeps it. */
static inline void xd_route_excess(const struct xd_search_data *data, int32_t type, const struct xd_piece *route, int64_t excess[XD_EXCESS_KINDS_N])
{
    const struct xd_vehicle_type *vehicle = &data->types[type];
    excess[XD_EXCESS_LOAD_0] = route->load[0].maximum - vehicle->capacity[0];
    excess[XD_EXCESS_LOAD_1] = data->dims_n > 1 ? route->load[1].maximum - vehicle->capacity[1] : 0;
    excess[XD_EXCESS_LATE] = data->timed ? xd_duration_segment_lateness(&route->time) : 0;
    excess[XD_EXCESS_DURATION] = data->timed ? route->time.duration_s - vehicle->duration_max_s : 0;
    excess[XD_EXCESS_LENGTH] = vehicle->length_max_m == XD_LENGTH_NO_LIMIT ? 0 : route->length_m - vehicle->length_max_m;
}

/* `route` is a whole route of vehicle type `type`, depots included. */
static inline int64_t xd_route_penalty(const struct xd_search_data *data, const struct xd_weights *weights, int32_t type,
                                       const struct xd_piece *route)
{
    const struct xd_vehicle_type *vehicle = &data->types[type];
    int64_t penalty = xd_penalty(weights, XD_EXCESS_LOAD_0, route->load[0].maximum - vehicle->capacity[0]);
    if (data->dims_n > 1)
        penalty += xd_penalty(weights, XD_EXCESS_LOAD_1, route->load[1].maximum - vehicle->capacity[1]);
    if (vehicle->length_max_m != XD_LENGTH_NO_LIMIT)
        penalty += xd_penalty(weights, XD_EXCESS_LENGTH, route->length_m - vehicle->length_max_m);
    if (data->timed) {
        penalty += xd_penalty(weights, XD_EXCESS_LATE, xd_duration_segment_lateness(&route->time));
        penalty += xd_penalty(weights, XD_EXCESS_DURATION, route->time.duration_s - vehicle->duration_max_s);
    }
    return penalty;
}

static inline int64_t xd_route_cost(const struct xd_search_data *data, int32_t type, const struct xd_piece *route)
{
    const struct xd_vehicle_type *vehicle = &data->types[type];
    return vehicle->fixed_cost + vehicle->cost_per_m * route->length_m + (data->timed ? vehicle->cost_per_s * route->time.duration_s : 0);
}

static inline int64_t xd_route_price(const struct xd_search_data *data, const struct xd_weights *weights, int32_t type, const struct xd_piece *route)
{
    return xd_route_cost(data, type, route) + xd_route_penalty(data, weights, type, route);
}

#endif
