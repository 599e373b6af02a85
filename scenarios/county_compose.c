#include "scenarios/county_goods.h"

#include "base/number.h"

#include <inttypes.h>
#include <string.h>

struct stop_array {
    struct xd_county_stop *stops;
    struct xd_stop *problem_stops;
    int32_t stops_n;
};

static void stop_array_free(struct stop_array *array)
{
    xd_free(array->stops);
    xd_free(array->problem_stops);
}

/* sums[point * 2 + cold]. */
static enum xd_status goods_collect(const struct xd_county *county, struct xd_goods_sum *sums, struct xd_error *error)
{
    const struct xd_scenario *scenario = county->scenario;
    for (int32_t i = 0; i < scenario->demand_n; i++) {
        const struct xd_demand *row = &scenario->demand[i];
        const int32_t point = row->place >= 0 ? county->place_point[row->place] : -1;
        if (point <= 0)
            continue;
        const enum xd_status status = xd_goods_sum_add(&sums[point * 2 + (row->cold ? 1 : 0)], row, scenario->demand_path, error);
        if (status != XD_OK)
            return status;
    }
    return XD_OK;
}

/* Price of leaving the stop; never above what the solver counts exactly. */
static int64_t unserved_cost(const int64_t *parameters, const struct xd_county_stop *stop)
{
    const int64_t max_fen = XD_COST_MAX / XD_COUNTY_UNITS_PER_FEN;
    const int64_t parcels_n = stop->down_parcels_n + stop->up_parcels_n;
    const int64_t rates[] = {parameters[XD_PARAMETER_UNSERVED_FEN_STOP], parameters[XD_PARAMETER_UNSERVED_FEN_PARCEL],
                             parameters[XD_PARAMETER_UNSERVED_FEN_KG]};
    const int64_t amounts[] = {1, parcels_n, (stop->produce_g + 999) / 1000};
    int64_t fen = 0;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rates); i++) {
        if (rates[i] > 0 && amounts[i] > (max_fen - fen) / rates[i])
            return max_fen * XD_COUNTY_UNITS_PER_FEN;
        fen += rates[i] * amounts[i];
    }
    return fen * XD_COUNTY_UNITS_PER_FEN;
}

/* A visit, a parcel, a tonne: rounded up to a second. Bounded by the problem's longest time, which no window allows. */
static int64_t service_s(const int64_t *parameters, const struct xd_county_stop *stop)
{
    const int64_t parcel_s = parameters[XD_PARAMETER_SERVICE_PARCEL_S], produce_s_t = parameters[XD_PARAMETER_SERVICE_PRODUCE_S_T];
    const int64_t parcels_n = stop->down_parcels_n + stop->up_parcels_n;
    if ((parcel_s > 0 && parcels_n > XD_TIME_MAX / parcel_s) || (produce_s_t > 0 && stop->produce_g / 1000000 > XD_TIME_MAX / produce_s_t))
        return XD_TIME_MAX;
    const int64_t total_s = parameters[XD_PARAMETER_SERVICE_FIXED_S] + parcels_n * parcel_s + (stop->produce_g * produce_s_t + 999999) / 1000000;
    return total_s < XD_TIME_MAX ? total_s : XD_TIME_MAX;
}

static enum xd_status stop_fill(const struct xd_county *county, int32_t point, const struct xd_county_stop *goods, struct xd_stop *stop,
                                struct xd_error *error)
{
    const struct xd_place *place = &county->scenario->places.items[goods->place];
    const int64_t *parameters = county->scenario->parameters.value;
    stop->location = point;
    stop->earliest_s = place->opens_s >= 0 ? place->opens_s : parameters[XD_PARAMETER_POINT_OPENS_S];
    stop->latest_s = place->closes_s >= 0 ? place->closes_s : parameters[XD_PARAMETER_POINT_CLOSES_S];
    stop->service_s = service_s(parameters, goods);
    stop->release_s = goods->down_g > 0 || goods->down_parcels_n > 0 ? parameters[XD_PARAMETER_HUB_RELEASE_S] : 0;
    stop->needs = goods->cold ? XD_FEATURE_COLD : 0;
    stop->unserved_cost = unserved_cost(parameters, goods);
    stop->origin = goods->place;
    if (stop->latest_s >= stop->earliest_s)
        return XD_OK;
    char opens[12], closes[12];
    xd_format_clock(stop->earliest_s, opens);
    xd_format_clock(stop->latest_s, closes);
    return xd_fail(error, XD_DATA, xd_at_line(county->scenario->places_path, place->line, 0),
                   "%s closes at %s and opens at %s; expected it to close later", place->name, closes, opens);
}

static enum xd_status stops_count(const struct xd_county *county, const struct xd_goods_sum *sums, int32_t *parts_n, int32_t *stops_n,
                                  struct xd_error *error)
{
    int64_t total_n = 0;
    for (int32_t i = 2; i < county->points_n * 2; i++) {
        const int64_t needed_n = xd_goods_sum_empty(&sums[i]) ? 0 : xd_goods_parts_n(county, i / 2, i % 2 == 1, &sums[i]);
        if (needed_n > XD_PROBLEM_STOPS_MAX - total_n)
            return xd_fail(error, XD_DATA, xd_at_file(county->scenario->demand_path),
                           "%s needs %lld visits of the largest vehicle that may come, which makes more than the %d that a day can hold; correct its "
                           "quantities or the fleet",
                           county->scenario->places.items[county->point_place[i / 2]].name, (long long)needed_n, (int)XD_PROBLEM_STOPS_MAX);
        parts_n[i] = (int32_t)needed_n;
        total_n += needed_n;
    }
    *stops_n = (int32_t)total_n;
    return XD_OK;
}

/* Stops in order of point, dry before cold, part by part. */
static enum xd_status stops_make(const struct xd_county *county, struct stop_array *array, struct xd_error *error)
{
    const size_t sums_n = (size_t)county->points_n * 2;
    struct xd_goods_sum *sums = xd_alloc_zero(sums_n, sizeof *sums);
    int32_t *parts_n = xd_alloc_zero(sums_n, sizeof *parts_n);
    int32_t stops_n = 0;
    enum xd_status status = sums && parts_n ? XD_OK : xd_fail_memory(error, "goods of the places", sums_n * sizeof *sums);
    if (status == XD_OK)
        status = goods_collect(county, sums, error);
    if (status == XD_OK)
        status = stops_count(county, sums, parts_n, &stops_n, error);
    if (status != XD_OK)
        goto done;
    array->stops = xd_alloc_zero((size_t)stops_n, sizeof *array->stops);
    array->problem_stops = xd_alloc_zero((size_t)stops_n, sizeof *array->problem_stops);
    if (!array->stops || !array->problem_stops) {
        status = xd_fail_memory(error, "stops", (size_t)stops_n * (sizeof *array->stops + sizeof *array->problem_stops));
        goto done;
    }
    for (int32_t i = 2; i < county->points_n * 2 && status == XD_OK; i++) {
        for (int32_t part = 0; part < parts_n[i] && status == XD_OK; part++) {
            struct xd_county_stop *stop = &array->stops[array->stops_n];
            struct xd_stop *problem_stop = &array->problem_stops[array->stops_n++];
            stop->place = county->point_place[i / 2];
            stop->cold = i % 2 == 1;
            xd_goods_part(&sums[i], part, parts_n[i], stop, problem_stop->delivery, problem_stop->pickup);
            status = stop_fill(county, i / 2, stop, problem_stop, error);
        }
    }
done:
    xd_free(parts_n);
    xd_free(sums);
    return status;
}

/* Cuts on a UTF-8 border. */
static void name_copy(char dst[XD_PROBLEM_NAME_MAX], const char *name)
{
    size_t n = strlen(name);
    if (n >= XD_PROBLEM_NAME_MAX) {
        n = XD_PROBLEM_NAME_MAX - 1;
        while (n > 0 && ((unsigned char)name[n] & 0xc0) == 0x80)
            n--;
    }
    memcpy(dst, name, n);
    dst[n] = '\0';
}

static enum xd_status type_fill(const struct xd_county *county, int32_t index, struct xd_vehicle_type *made, struct xd_error *error)
{
    const struct xd_scenario *scenario = county->scenario;
    const struct xd_fleet_type *type = &scenario->fleet[index];
    const int64_t cutoff_s = scenario->parameters.value[XD_PARAMETER_HUB_CUTOFF_S];
    *made = (struct xd_vehicle_type){.count = type->count, .matrix = county->type_profile[index]};
    name_copy(made->name, type->key);
    made->capacity[0] = type->payload_g;
    made->capacity[1] = type->volume_dm3;
    made->features = type->cold ? XD_FEATURE_COLD : 0;
    made->base_location = xd_county_base_point(county, index);
    made->earliest_s = type->shift_start_s;
    /* Back at the hub by its cut-off is back at the base by the cut-off and the way there. */
    const int64_t home_s = cutoff_s + xd_county_base_legs(county, index).homeward_s;
    made->latest_s = type->shift_end_s < home_s ? type->shift_end_s : home_s;
    made->duration_max_s = type->duty_max_s > 0 ? type->duty_max_s : XD_TIME_MAX;
    made->length_max_m = type->range_m < XD_RANGE_NONE ? type->range_m : XD_LENGTH_NO_LIMIT;
    made->fixed_cost = (type->fixed_fen_day + type->driver_fen_day) * XD_COUNTY_UNITS_PER_FEN;
    made->cost_per_m = xd_fleet_cost_fen_km(scenario, type) * (XD_COUNTY_UNITS_PER_FEN / 1000);
    made->cost_per_s = xd_fleet_cost_fen_h(scenario, type) * (XD_COUNTY_UNITS_PER_FEN / 3600);
    if (made->latest_s >= made->earliest_s)
        return XD_OK;
    char starts[12], ends[12];
    xd_format_clock(made->earliest_s, starts);
    xd_format_clock(made->latest_s, ends);
    return xd_fail(error, XD_CONFIG, xd_at_cell(scenario->fleet_path, type->line, 0, "shift_start"),
                   "vehicle type %s starts at %s and must be back by %s (shift_end or hub_cutoff); expected a start before that", type->key, starts,
                   ends);
}

enum xd_status xd_county_compose(struct xd_county *county, struct xd_error *error)
{
    struct stop_array array = {0};
    struct xd_vehicle_type *types = NULL;
    const struct xd_matrix **matrices = NULL;
    struct xd_problem *problem = NULL;
    char name[XD_PROBLEM_NAME_MAX];
    const size_t types_n = (size_t)county->scenario->fleet_n;
    enum xd_status status = XD_OK;
    for (int32_t p = 0; p < county->profiles_n; p++)
        if (!county->profiles[p].matrix)
            return xd_fail(error, XD_INTERNAL, xd_at_none(), "profile %s has no travel table; expected xd_county_tables before xd_county_compose",
                           county->profiles[p].profile->name);
    types = xd_alloc_zero(types_n, sizeof *types);
    matrices = xd_alloc_zero((size_t)county->profiles_n, sizeof *matrices);
    if (!types || !matrices) {
        status = xd_fail_memory(error, "vehicle types", types_n * sizeof *types);
        goto done;
    }
    for (int32_t p = 0; p < county->profiles_n; p++)
        matrices[p] = county->profiles[p].matrix;
    for (int32_t t = 0; t < county->scenario->fleet_n && status == XD_OK; t++)
        status = type_fill(county, t, &types[t], error);
    if (status == XD_OK)
        status = stops_make(county, &array, error);
    if (status != XD_OK)
        goto done;
    name_copy(name, county->scenario->name);
    const struct xd_problem_input input = {.name = name,
                                           .stops = array.problem_stops,
                                           .stops_n = array.stops_n,
                                           .types = types,
                                           .types_n = county->scenario->fleet_n,
                                           .matrices = matrices,
                                           .matrices_n = county->profiles_n,
                                           .cost_scale = XD_COUNTY_UNITS_PER_FEN};
    status = xd_problem_build(&input, &problem, error);
    if (status != XD_OK)
        goto done;
    xd_problem_free(county->problem);
    xd_free(county->stops);
    county->problem = problem;
    county->stops = array.stops;
    county->stops_n = array.stops_n;
    array.stops = NULL;
done:
    xd_free(matrices);
    xd_free(types);
    stop_array_free(&array);
    return status;
}
