#include "scenarios/metrics_parts.h"

#include "base/number.h"

/* mL per 100 km of metres and mL per hour of seconds have this common unit: 1/900000 mL (Wh). CO2 is summed in 1/10000 g. */
enum { ENERGY_UNIT = 900000, CO2_UNIT = 10000 };

/* Sums over routes that are rounded at the end, or so that the routes add up to the county. */
struct route_sums {
    int64_t travel_cost[3]; /* cost units: energy, other by distance, by the hour */
    struct xd_rounding cost, energy[4], co2;
    int64_t load_m[XD_DIMS_N], capacity_m[XD_DIMS_N];
};

static bool add_product(int64_t *sum, int64_t a, int64_t b)
{
    int64_t product;
    return xd_multiply_i64(a, b, &product) && xd_add_i64(*sum, product, sum);
}

static int32_t places_count(const struct xd_county *county, const struct xd_plan_route *route)
{
    int32_t places_n = 0;
    for (int32_t i = 0; i < route->visits_n; i++) {
        bool seen = false;
        for (int32_t k = 0; k < i && !seen; k++)
            seen = county->stops[route->visits[k].stop].place == county->stops[route->visits[i].stop].place;
        places_n += seen ? 0 : 1;
    }
    return places_n;
}

/* Loads along the route: the peak of each dimension, metres without load, load and capacity times metres. From and to its base a vehicle drives empty. */
static enum xd_status loads_add(const struct xd_plan_route *route, const struct xd_vehicle_type *type, struct xd_metrics *metrics,
                                struct route_sums *sums, struct xd_route_metrics *made, struct xd_error *error)
{
    bool good = true;
    int64_t peak[XD_DIMS_N] = {0};
    const int64_t base_m = route->approach_m + route->homeward_m;
    int64_t left_m = route->length_m - base_m;
    metrics->empty_length_m += base_m;
    for (int d = 0; d < XD_DIMS_N; d++)
        good = good && add_product(&sums->capacity_m[d], type->capacity[d], base_m);
    for (int32_t leg = 0; leg <= route->visits_n; leg++) {
        const int64_t *load = leg == 0 ? route->load_start : route->visits[leg - 1].load_after;
        const int64_t length_m = leg < route->visits_n ? route->visits[leg].length_m : left_m;
        bool empty = true;
        left_m -= length_m;
        for (int d = 0; d < XD_DIMS_N; d++) {
            peak[d] = load[d] > peak[d] ? load[d] : peak[d];
            empty = empty && load[d] == 0;
            good = good && add_product(&sums->load_m[d], load[d], length_m) && add_product(&sums->capacity_m[d], type->capacity[d], length_m);
        }
        metrics->empty_length_m += empty ? length_m : 0;
    }
    for (int d = 0; d < XD_DIMS_N; d++)
        made->peak_load_permille[d] = xd_permille(peak[d], type->capacity[d]);
    return good ? XD_OK
                : xd_fail(error, XD_DATA, xd_at_none(),
                          "the loads of vehicle type %s over %lld m are too large to be added; expected smaller capacities", type->name,
                          (long long)route->length_m);
}

static void goods_add(const struct xd_county *county, const struct xd_plan_route *route, struct xd_metrics *metrics, struct xd_route_metrics *made)
{
    for (int32_t i = 0; i < route->visits_n; i++) {
        const struct xd_visit *visit = &route->visits[i];
        const struct xd_county_stop *stop = &county->stops[visit->stop];
        made->wait_s += visit->begin_s - visit->arrive_s;
        made->service_s += visit->depart_s - visit->begin_s;
        made->down_parcels_n += stop->down_parcels_n;
        made->up_parcels_n += stop->up_parcels_n;
        made->produce_g += stop->produce_g;
    }
    made->stops_n = route->visits_n;
    made->places_n = places_count(county, route);
    made->length_m = route->length_m;
    made->duration_s = route->end_s - route->start_s;
    made->drive_s = made->duration_s - made->wait_s - made->service_s;
    metrics->stops_served_n += made->stops_n;
    metrics->down_parcels_n += made->down_parcels_n;
    metrics->up_parcels_n += made->up_parcels_n;
    metrics->produce_g += made->produce_g;
    metrics->length_m += made->length_m;
    metrics->duration_s += made->duration_s;
}

static int64_t co2_per_unit(const int64_t *parameters, enum xd_energy energy)
{
    switch (energy) {
    case XD_ENERGY_DIESEL: /* mL * g/L = mg = 10 units */
        return parameters[XD_PARAMETER_CO2_DIESEL_G_L] * 10;
    case XD_ENERGY_PETROL:
        return parameters[XD_PARAMETER_CO2_PETROL_G_L] * 10;
    case XD_ENERGY_ELECTRIC: /* Wh * 1e-4 kg/kWh = 1e-4 g = 1 unit */
        return parameters[XD_PARAMETER_CO2_ELECTRICITY_MG_WH];
    case XD_ENERGY_NONE:
        break;
    }
    return 0;
}

static enum xd_status money_and_energy_add(const struct xd_county *county, const struct xd_plan_route *route, struct xd_metrics *metrics,
                                           struct route_sums *sums, struct xd_route_metrics *made, struct xd_error *error)
{
    const struct xd_scenario *scenario = county->scenario;
    const struct xd_fleet_type *type = &scenario->fleet[made->fleet_type];
    const int64_t other_cost = made->length_m * type->other_fen_km * (XD_COUNTY_UNITS_PER_FEN / 1000);
    const int64_t hourly_cost = made->duration_s * type->hourly_fen * (XD_COUNTY_UNITS_PER_FEN / 3600);
    sums->travel_cost[0] += route->length_cost - other_cost + (route->duration_cost - hourly_cost);
    sums->travel_cost[1] += other_cost;
    sums->travel_cost[2] += hourly_cost;
    made->fixed_fen = type->fixed_fen_day;
    made->driver_fen = type->driver_fen_day;
    made->distance_fen = xd_rounding_take(&sums->cost, route->length_cost);
    made->hourly_fen = xd_rounding_take(&sums->cost, route->duration_cost);
    metrics->fixed_fen += made->fixed_fen;
    metrics->driver_fen += made->driver_fen;
    int64_t energy = 0, co2 = 0;
    if (!add_product(&energy, made->length_m * (ENERGY_UNIT / 100000), type->energy_per_100km_milli) ||
        !add_product(&energy, made->duration_s * (ENERGY_UNIT / 3600), type->energy_per_hour_milli) ||
        energy > INT64_MAX / 4 - sums->energy[type->energy].exact)
        return xd_fail(error, XD_DATA, xd_at_none(), "the energy of vehicle type %s over %lld m is too large to be added; expected less per 100 km",
                       type->key, (long long)made->length_m);
    if (type->energy != XD_ENERGY_NONE)
        made->energy_milli = xd_rounding_take(&sums->energy[type->energy], energy);
    if (!add_product(&co2, made->energy_milli, co2_per_unit(scenario->parameters.value, type->energy)) || co2 > INT64_MAX / 4 - sums->co2.exact)
        return xd_fail(error, XD_DATA, xd_at_none(),
                       "the CO2 of vehicle type %s over %lld m is too large to be added; expected less energy per 100 km", type->key,
                       (long long)made->length_m);
    made->co2_g = xd_rounding_take(&sums->co2, co2);
    return XD_OK;
}

enum xd_status xd_metrics_routes(const struct xd_county *county, const struct xd_plan *plan, struct xd_metrics *metrics, struct xd_error *error)
{
    const struct xd_problem *problem = county->problem;
    struct route_sums sums = {.cost = {.unit = XD_COUNTY_UNITS_PER_FEN}, .co2 = {.unit = CO2_UNIT}};
    enum xd_status status = XD_OK;
    for (size_t e = 0; e < XD_ARRAY_LENGTH(sums.energy); e++)
        sums.energy[e].unit = ENERGY_UNIT;
    metrics->routes = xd_alloc_zero((size_t)plan->routes_n, sizeof *metrics->routes);
    if (!metrics->routes)
        return xd_fail_memory(error, "metrics of the routes", (size_t)plan->routes_n * sizeof *metrics->routes);
    for (int32_t r = 0; r < plan->routes_n && status == XD_OK; r++) {
        const struct xd_plan_route *route = &plan->routes[r];
        struct xd_route_metrics *made = &metrics->routes[r];
        made->plan_route = r;
        made->fleet_type = xd_problem_vehicle_type(problem, route->vehicle);
        made->number_in_type = route->vehicle - problem->first_vehicle[made->fleet_type] + 1;
        goods_add(county, route, metrics, made);
        status = loads_add(route, &problem->types[made->fleet_type], metrics, &sums, made, error);
        if (status == XD_OK)
            status = money_and_energy_add(county, route, metrics, &sums, made, error);
    }
    if (status != XD_OK)
        return status;
    int64_t travel_fen[3];
    xd_round_split(sums.travel_cost, XD_ARRAY_LENGTH(travel_fen), XD_COUNTY_UNITS_PER_FEN, travel_fen);
    metrics->energy_fen = travel_fen[0];
    metrics->other_distance_fen = travel_fen[1];
    metrics->hourly_fen = travel_fen[2];
    metrics->diesel_ml = sums.energy[XD_ENERGY_DIESEL].given;
    metrics->petrol_ml = sums.energy[XD_ENERGY_PETROL].given;
    metrics->electricity_wh = sums.energy[XD_ENERGY_ELECTRIC].given;
    metrics->co2_g = sums.co2.given;
    metrics->routes_n = plan->routes_n;
    metrics->vehicles_n = problem->vehicles_n;
    metrics->stops_unserved_n = plan->unserved_n;
    for (int d = 0; d < XD_DIMS_N; d++) {
        const int64_t permille = xd_permille(sums.load_m[d], sums.capacity_m[d]);
        metrics->load_factor_permille = permille > metrics->load_factor_permille ? permille : metrics->load_factor_permille;
    }
    return XD_OK;
}
