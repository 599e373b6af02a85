#include "scenarios/metrics_parts.h"

#include "base/number.h"

#include <stdlib.h>

int64_t xd_round_half_up(int64_t exact, int64_t unit)
{
    const int64_t rest = exact % unit;
    return exact / unit + (rest >= unit - rest ? 1 : 0);
}

int64_t xd_rounding_take(struct xd_rounding *rounding, int64_t exact)
{
    rounding->exact += exact;
    const int64_t rounded = xd_round_half_up(rounding->exact, rounding->unit);
    const int64_t part = rounded - rounding->given;
    rounding->given = rounded;
    return part;
}

int64_t xd_permille(int64_t part, int64_t whole)
{
    if (whole <= 0)
        return 0;
    while (part > INT64_MAX / 2000 || whole > INT64_MAX / 2000) {
        part /= 2;
        whole /= 2;
    }
    return (2000 * part + whole) / (2 * whole);
}

void xd_round_split(const int64_t *exact, size_t n, int64_t unit, int64_t *rounded)
{
    int64_t whole = 0, sum = 0;
    size_t largest = 0;
    for (size_t i = 0; i < n; i++) {
        whole += exact[i];
        rounded[i] = xd_round_half_up(exact[i], unit);
        sum += rounded[i];
        largest = exact[i] > exact[largest] ? i : largest;
    }
    rounded[largest] += xd_round_half_up(whole, unit) - sum;
}

static int compare_samples(const void *a, const void *b)
{
    const struct xd_time_sample *x = a, *y = b;
    if (x->time_s != y->time_s)
        return x->time_s < y->time_s ? -1 : 1;
    return x->weight_n < y->weight_n ? -1 : x->weight_n > y->weight_n;
}

void xd_distribution_of(struct xd_time_sample *samples, size_t samples_n, struct xd_distribution *distribution)
{
    int64_t sum_s = 0, reached_n = 0;
    *distribution = (struct xd_distribution){0};
    if (samples_n > 0)
        qsort(samples, samples_n, sizeof *samples, compare_samples);
    for (size_t i = 0; i < samples_n; i++) {
        if (samples[i].weight_n == 0)
            continue;
        distribution->samples_n += samples[i].weight_n;
        distribution->on_time_n += samples[i].on_time ? samples[i].weight_n : 0;
        distribution->max_s = samples[i].time_s;
        sum_s += samples[i].time_s * samples[i].weight_n;
    }
    if (distribution->samples_n == 0)
        return;
    distribution->mean_s = xd_round_half_up(sum_s, distribution->samples_n);
    const int64_t rank = distribution->samples_n - distribution->samples_n / 10; /* ceil(0.9 n) */
    for (size_t i = 0; i < samples_n && reached_n < rank; i++) {
        reached_n += samples[i].weight_n;
        if (samples[i].weight_n > 0)
            distribution->p90_s = samples[i].time_s;
    }
}

/* What was asked of the county, and whether all sums that follow stay far from overflow: parcels of all stops times the longest time. */
static enum xd_status goods_asked(const struct xd_county *county, struct xd_metrics *metrics, struct xd_error *error)
{
    const int64_t bound = INT64_MAX / XD_TIME_MAX / 4;
    for (int32_t i = 0; i < county->stops_n; i++) {
        const struct xd_county_stop *stop = &county->stops[i];
        if (!xd_add_i64(metrics->down_parcels_asked_n, stop->down_parcels_n, &metrics->down_parcels_asked_n) ||
            !xd_add_i64(metrics->up_parcels_asked_n, stop->up_parcels_n, &metrics->up_parcels_asked_n) || metrics->down_parcels_asked_n > bound ||
            metrics->up_parcels_asked_n > bound)
            return xd_fail(error, XD_DATA, xd_at_none(), "the places ask for more than %lld parcels, expected fewer; correct the quantities",
                           (long long)bound);
        metrics->produce_asked_g += stop->produce_g; /* at most 32,000 stops of 1e12 */
    }
    return XD_OK;
}

static void money_of_goods(const struct xd_county *county, struct xd_metrics *metrics)
{
    const int64_t *parameters = county->scenario->parameters.value;
    metrics->handling_fen = (metrics->down_parcels_n + metrics->up_parcels_n) * parameters[XD_PARAMETER_HANDLING_FEN_PARCEL];
    metrics->agent_fen = metrics->down_parcels_n * parameters[XD_PARAMETER_AGENT_DOWN_FEN_PARCEL] +
                         metrics->up_parcels_n * parameters[XD_PARAMETER_AGENT_UP_FEN_PARCEL];
    metrics->operating_fen = metrics->fixed_fen + metrics->driver_fen + metrics->energy_fen + metrics->other_distance_fen + metrics->hourly_fen +
                             metrics->handling_fen + metrics->agent_fen;
    /* One parcel up weighs parcel_g: produce counts as that many parcels, in grams so that nothing is rounded before the end. */
    const int64_t parcel_g = parameters[XD_PARAMETER_PARCEL_UP_MASS_G];
    const int64_t parcels_n = metrics->down_parcels_n + metrics->up_parcels_n;
    int64_t units_g, cost;
    metrics->cost_per_parcel_fen = -1;
    if (!xd_multiply_i64(parcels_n, parcel_g, &units_g) || !xd_add_i64(units_g, metrics->produce_g, &units_g) || units_g == 0)
        return;
    if (xd_multiply_i64(metrics->operating_fen, parcel_g, &cost))
        metrics->cost_per_parcel_fen = xd_round_half_up(cost, units_g);
}

enum xd_status xd_metrics_compute(const struct xd_county *county, const struct xd_verified_plan *plan, struct xd_metrics **metrics,
                                  struct xd_error *error)
{
    const struct xd_plan *values = xd_verified_plan_values(plan);
    if (!county->problem || values->problem_hash != county->problem->hash)
        return xd_fail(error, XD_DATA, xd_at_none(), "the plan was made for another problem than this county; plan again");
    struct xd_metrics *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "metrics", sizeof *made);
    enum xd_status status = goods_asked(county, made, error);
    if (status == XD_OK)
        status = xd_metrics_routes(county, values, made, error);
    if (status == XD_OK)
        status = xd_metrics_service(county, values, made, error);
    if (status != XD_OK) {
        xd_metrics_free(made);
        return status;
    }
    money_of_goods(county, made);
    made->unserved_fen = xd_round_half_up(values->unserved_cost, XD_COUNTY_UNITS_PER_FEN);
    *metrics = made;
    return XD_OK;
}

void xd_metrics_free(struct xd_metrics *metrics)
{
    if (!metrics)
        return;
    xd_free(metrics->routes);
    xd_free(metrics->places);
    xd_free(metrics);
}
