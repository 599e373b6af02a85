#include "scenarios/county_crs.h"

#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* Distances in the order of points; returns how many. */
static int32_t distances_measure(const struct xd_county *county, enum xd_crs crs, int32_t *distance_m)
{
    const struct xd_scenario *scenario = county->scenario;
    const int32_t radius_m = (int32_t)scenario->parameters.value[XD_PARAMETER_SNAP_RADIUS_M];
    int32_t n = 0;
    for (int32_t i = 0; i < scenario->places.items_n; i++) {
        const struct xd_place *place = &scenario->places.items[i];
        struct xd_snap snap;
        if (place->source != XD_PLACE_GIVEN)
            continue;
        const struct xd_position told = xd_position_from_wgs84(place->position, scenario->crs);
        xd_snap_find(county->profiles[0].map->index, county->profiles[0].graph, xd_position_to_wgs84(told, crs), radius_m, &snap);
        distance_m[n++] = snap.status == XD_SNAP_OK ? snap.distance_m : radius_m;
    }
    return n;
}

static bool is_likely(const struct xd_crs_judgement *judgement, const struct xd_crs_reading *reading)
{
    const int32_t told_m = judgement->readings[judgement->told].median_m;
    return judgement->places_n >= XD_CRS_PLACES_LEAST && (int64_t)reading->median_m * XD_CRS_FALL_TIMES <= told_m &&
           told_m - reading->median_m >= XD_CRS_FALL_LEAST_M && (int64_t)reading->nearer_n * 2 >= judgement->places_n &&
           reading->nearer_n >= XD_CRS_NEARER_LEAST && reading->nearer_n >= (int64_t)reading->farther_n * XD_CRS_NEARER_TIMES;
}

static bool is_better(const struct xd_crs_reading *a, const struct xd_crs_reading *b)
{
    return a->median_m < b->median_m || (a->median_m == b->median_m && a->nearer_n > b->nearer_n);
}

enum xd_status xd_county_judge_crs(const struct xd_county *county, struct xd_crs_judgement *judgement, struct xd_error *error)
{
    const size_t places_n = (size_t)county->scenario->places.items_n;
    struct xd_crs_judgement made = {.told = county->scenario->crs, .likely = county->scenario->crs};
    int32_t *told_m = xd_alloc(places_n + 1, sizeof *told_m), *other_m = xd_alloc(places_n + 1, sizeof *other_m);
    enum xd_status status = told_m && other_m ? XD_OK : xd_fail_memory(error, "distances of places", 2 * places_n * sizeof *told_m);
    if (status == XD_OK)
        made.places_n = distances_measure(county, made.told, told_m);
    for (int crs = 0; crs < XD_CRS_N && made.places_n > 0; crs++) {
        struct xd_crs_reading *reading = &made.readings[crs];
        (void)distances_measure(county, (enum xd_crs)crs, other_m);
        for (int32_t i = 0; i < made.places_n; i++) {
            reading->nearer_n += other_m[i] <= told_m[i] - XD_CRS_FALL_LEAST_M;
            reading->farther_n += other_m[i] >= told_m[i] + XD_CRS_FALL_LEAST_M;
        }
        qsort(other_m, (size_t)made.places_n, sizeof *other_m, by_value);
        reading->median_m = other_m[(made.places_n - 1) / 2];
    }
    for (int crs = 0; crs < XD_CRS_N; crs++)
        if (crs != (int)made.told && is_likely(&made, &made.readings[crs]) &&
            (made.likely == made.told || is_better(&made.readings[crs], &made.readings[made.likely])))
            made.likely = (enum xd_crs)crs;
    if (status == XD_OK)
        *judgement = made;
    xd_free(told_m);
    xd_free(other_m);
    return status;
}
