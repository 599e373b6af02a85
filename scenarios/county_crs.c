#include "scenarios/county_crs.h"

#include <stdlib.h>

enum { TURNS_N = 3 };

static int by_value(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* A place as told, and where another reading moves it to, turned by so many right angles. */
static struct xd_position read_as(enum xd_crs told_crs, enum xd_crs crs, int turns, struct xd_position told_wgs84)
{
    const struct xd_position read = xd_position_to_wgs84(xd_position_from_wgs84(told_wgs84, told_crs), crs);
    const int32_t east = read.lon_e7 - told_wgs84.lon_e7, north = read.lat_e7 - told_wgs84.lat_e7;
    const int32_t to_east[] = {east, -north, -east, north}, to_north[] = {north, east, -north, -east};
    return (struct xd_position){told_wgs84.lon_e7 + to_east[turns], told_wgs84.lat_e7 + to_north[turns]};
}

/* Distances in the order of the places with a position of their own; returns how many. */
static int32_t distances_measure(const struct xd_county *county, enum xd_crs crs, int turns, int32_t *distance_m)
{
    const struct xd_scenario *scenario = county->scenario;
    const int32_t radius_m = (int32_t)scenario->parameters.value[XD_PARAMETER_SNAP_RADIUS_M];
    int32_t n = 0;
    for (int32_t i = 0; i < scenario->places.items_n; i++) {
        const struct xd_place *place = &scenario->places.items[i];
        if (place->source != XD_PLACE_GIVEN)
            continue;
        const int32_t road_m = xd_snap_usable_m(county->profiles[0].map->index, county->profiles[0].graph,
                                                read_as(scenario->crs, crs, turns, place->position), radius_m, true);
        distance_m[n++] = road_m >= 0 ? road_m : radius_m;
    }
    return n;
}

/* ---- a part of the places ---- */

static bool is_stray(int32_t told_m, int32_t other_m)
{
    return told_m - other_m >= XD_CRS_FALL_LEAST_M && (int64_t)other_m * XD_CRS_FALL_TIMES <= told_m;
}

static int32_t strays_count(const struct xd_crs_judgement *judgement, const int32_t *told_m, const int32_t *other_m)
{
    int32_t n = 0;
    for (int32_t i = 0; i < judgement->places_n; i++)
        n += is_stray(told_m[i], other_m[i]);
    return n;
}

static void strays_list(const struct xd_county *county, const int32_t *told_m, const int32_t *other_m, struct xd_crs_judgement *judgement)
{
    int32_t n = 0, listed_n = 0;
    for (int32_t i = 0; i < county->scenario->places.items_n && listed_n < XD_CRS_STRAYS_LISTED_N; i++) {
        if (county->scenario->places.items[i].source != XD_PLACE_GIVEN)
            continue;
        if (is_stray(told_m[n], other_m[n]))
            judgement->strays[listed_n++] = i;
        n++;
    }
}

static void strays_judge(const struct xd_county *county, enum xd_crs crs, const int32_t *told_m, int32_t *other_m, struct xd_crs_judgement *judgement)
{
    int32_t by_chance_n = 0; /* in all turns together */
    (void)distances_measure(county, crs, 0, other_m);
    const int32_t n = strays_count(judgement, told_m, other_m);
    if (n < XD_CRS_STRAYS_LEAST || (int64_t)n * 100 < (int64_t)judgement->places_n * XD_CRS_STRAYS_PERCENT || n <= judgement->strays_n)
        return;
    for (int turns = 1; turns <= TURNS_N; turns++) {
        (void)distances_measure(county, crs, turns, other_m);
        by_chance_n += strays_count(judgement, told_m, other_m);
    }
    if ((int64_t)n * TURNS_N < (int64_t)by_chance_n * XD_CRS_STRAYS_TIMES)
        return;
    (void)distances_measure(county, crs, 0, other_m);
    judgement->strays_crs = crs;
    judgement->strays_n = n;
    strays_list(county, told_m, other_m, judgement);
}

/* ---- all of them ---- */

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
    struct xd_crs_judgement made = {.told = county->scenario->crs, .likely = county->scenario->crs, .strays_crs = county->scenario->crs};
    int32_t *told_m = xd_alloc(places_n + 1, sizeof *told_m), *other_m = xd_alloc(places_n + 1, sizeof *other_m);
    enum xd_status status = told_m && other_m ? XD_OK : xd_fail_memory(error, "distances of places", 2 * places_n * sizeof *told_m);
    if (status == XD_OK)
        made.places_n = distances_measure(county, made.told, 0, told_m);
    for (int crs = 0; crs < XD_CRS_N && made.places_n > 0; crs++) {
        struct xd_crs_reading *reading = &made.readings[crs];
        (void)distances_measure(county, (enum xd_crs)crs, 0, other_m);
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
    for (int crs = 0; crs < XD_CRS_N && status == XD_OK && made.likely == made.told; crs++)
        if (crs != (int)made.told)
            strays_judge(county, (enum xd_crs)crs, told_m, other_m, &made);
    if (status == XD_OK)
        *judgement = made;
    xd_free(told_m);
    xd_free(other_m);
    return status;
}
