#include "scenarios/metrics_parts.h"

#include <stdlib.h>

/* What the visits of one place told, before it becomes figures. */
struct place_times {
    int64_t up_parcel_s, up_produce_s; /* latest, -1 = none */
    int32_t stops_n;
};

/* Least travel time from the hub over the profiles of the fleet. */
static int64_t hub_time_s(const struct xd_county *county, int32_t point)
{
    int64_t best_s = -1;
    for (int32_t p = 0; p < county->profiles_n; p++) {
        const struct xd_matrix *matrix = county->profiles[p].matrix;
        if (xd_matrix_reachable(matrix, 0, point) && (best_s < 0 || xd_matrix_time_s(matrix, 0, point) < best_s))
            best_s = xd_matrix_time_s(matrix, 0, point);
    }
    return best_s;
}

static int compare_times(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Remote: farther than the 80th percentile (nearest rank) of the places that can be reached, so that equal times are never parted. */
static enum xd_status remote_mark(const struct xd_county *county, struct xd_metrics *metrics, struct xd_error *error)
{
    int32_t reached_n = 0;
    int64_t *times_s = xd_alloc((size_t)metrics->places_n, sizeof *times_s);
    if (!times_s)
        return xd_fail_memory(error, "times from the hub", (size_t)metrics->places_n * sizeof *times_s);
    for (int32_t i = 0; i < metrics->places_n; i++) {
        metrics->places[i].hub_time_s = hub_time_s(county, i + 1);
        if (metrics->places[i].hub_time_s >= 0)
            times_s[reached_n++] = metrics->places[i].hub_time_s;
    }
    if (reached_n > 0) {
        qsort(times_s, (size_t)reached_n, sizeof *times_s, compare_times);
        const int64_t threshold_s = times_s[reached_n - reached_n / 5 - 1]; /* rank ceil(0.8 n) */
        for (int32_t i = 0; i < metrics->places_n; i++)
            metrics->places[i].remote = metrics->places[i].hub_time_s > threshold_s;
    }
    xd_free(times_s);
    return XD_OK;
}

static void later(int64_t *latest_s, int64_t time_s)
{
    *latest_s = time_s > *latest_s ? time_s : *latest_s;
}

/* Samples by parcel: two arrays of as many as stops are served. */
struct parcel_samples {
    struct xd_time_sample *down, *up;
    size_t n;
};

static int64_t promise_down_s(const struct xd_county *county, bool remote)
{
    return county->scenario->parameters.value[remote ? XD_PARAMETER_PROMISE_DOWN_REMOTE_S : XD_PARAMETER_PROMISE_DOWN_NEAR_S];
}

static void visits_collect(const struct xd_county *county, const struct xd_plan *plan, struct xd_metrics *metrics, struct place_times *times,
                           struct parcel_samples *samples)
{
    const int64_t *parameters = county->scenario->parameters.value;
    for (int32_t r = 0; r < plan->routes_n; r++) {
        for (int32_t i = 0; i < plan->routes[r].visits_n; i++) {
            const struct xd_visit *visit = &plan->routes[r].visits[i];
            const struct xd_county_stop *stop = &county->stops[visit->stop];
            const int32_t index = county->place_point[stop->place] - 1;
            struct xd_place_metrics *place = &metrics->places[index];
            const int64_t down_s = visit->begin_s - parameters[XD_PARAMETER_HUB_RELEASE_S], up_s = plan->routes[r].depot_back_s - visit->begin_s;
            place->visits_n++;
            if (stop->down_g > 0 || stop->down_parcels_n > 0)
                later(&place->down_s, down_s);
            if (stop->goods_g[XD_GOODS_PARCEL] > 0 || stop->up_parcels_n > 0)
                later(&times[index].up_parcel_s, up_s);
            if (stop->produce_g > 0)
                later(&times[index].up_produce_s, up_s);
            samples->down[samples->n] = (struct xd_time_sample){down_s, stop->down_parcels_n, down_s <= promise_down_s(county, place->remote)};
            samples->up[samples->n++] = (struct xd_time_sample){up_s, stop->up_parcels_n, up_s <= parameters[XD_PARAMETER_PROMISE_UP_PARCEL_S]};
        }
    }
}

enum village_view { VIEW_DOWN, VIEW_UP, VIEW_DOWN_REMOTE, VIEW_DOWN_NEAR };

static void villages_distribute(const struct xd_county *county, const struct xd_metrics *metrics, const struct place_times *times,
                                enum village_view view, struct xd_time_sample *samples, struct xd_distribution *distribution)
{
    const int64_t *parameters = county->scenario->parameters.value;
    size_t n = 0;
    for (int32_t i = 0; i < metrics->places_n; i++) {
        const struct xd_place_metrics *place = &metrics->places[i];
        const int64_t time_s = view == VIEW_UP ? place->up_s : place->down_s;
        if (time_s < 0 || (view == VIEW_DOWN_REMOTE && !place->remote) || (view == VIEW_DOWN_NEAR && place->remote))
            continue;
        const bool up_on_time = times[i].up_parcel_s <= parameters[XD_PARAMETER_PROMISE_UP_PARCEL_S] &&
                                times[i].up_produce_s <= parameters[XD_PARAMETER_PROMISE_UP_PRODUCE_S];
        samples[n++] = (struct xd_time_sample){time_s, 1, view == VIEW_UP ? up_on_time : time_s <= promise_down_s(county, place->remote)};
    }
    xd_distribution_of(samples, n, distribution);
}

enum xd_status xd_metrics_service(const struct xd_county *county, const struct xd_plan *plan, struct xd_metrics *metrics, struct xd_error *error)
{
    const size_t places_n = (size_t)county->goods_points_n - 1, samples_max = (size_t)county->stops_n > places_n ? (size_t)county->stops_n : places_n;
    struct place_times *times = xd_alloc(places_n, sizeof *times);
    struct parcel_samples samples = {xd_alloc(samples_max, sizeof *samples.down), xd_alloc(samples_max, sizeof *samples.up), 0};
    enum xd_status status = XD_OK;
    metrics->places = xd_alloc_zero(places_n, sizeof *metrics->places);
    if (!metrics->places || !times || !samples.down || !samples.up) {
        status = xd_fail_memory(error, "metrics of the places",
                                places_n * (sizeof *times + sizeof *metrics->places) + 2 * samples_max * sizeof *samples.down);
        goto done;
    }
    metrics->places_n = (int32_t)places_n;
    for (size_t i = 0; i < places_n; i++) {
        metrics->places[i] = (struct xd_place_metrics){.place = county->point_place[i + 1], .down_s = -1, .up_s = -1};
        times[i] = (struct place_times){-1, -1, 0};
    }
    status = remote_mark(county, metrics, error);
    if (status != XD_OK)
        goto done;
    visits_collect(county, plan, metrics, times, &samples);
    for (int32_t i = 0; i < county->stops_n; i++)
        times[county->place_point[county->stops[i].place] - 1].stops_n++;
    for (size_t i = 0; i < places_n; i++) {
        struct xd_place_metrics *place = &metrics->places[i];
        place->up_s = times[i].up_parcel_s > times[i].up_produce_s ? times[i].up_parcel_s : times[i].up_produce_s;
        place->served = place->visits_n == times[i].stops_n;
        metrics->places_served_n += place->served ? 1 : 0;
    }
    xd_distribution_of(samples.down, samples.n, &metrics->down_by_parcel);
    xd_distribution_of(samples.up, samples.n, &metrics->up_by_parcel);
    villages_distribute(county, metrics, times, VIEW_DOWN, samples.down, &metrics->down_by_village);
    villages_distribute(county, metrics, times, VIEW_UP, samples.down, &metrics->up_by_village);
    villages_distribute(county, metrics, times, VIEW_DOWN_REMOTE, samples.down, &metrics->down_remote);
    villages_distribute(county, metrics, times, VIEW_DOWN_NEAR, samples.down, &metrics->down_near);
done:
    xd_free(samples.up);
    xd_free(samples.down);
    xd_free(times);
    return status;
}
