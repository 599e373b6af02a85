#include "scenarios/county_reach.h"

#include <stdlib.h>

enum { FAR_RADII = 10, P90_PERCENT = 90 };

bool xd_county_reach_counts(const struct xd_county *county, int32_t place)
{
    return county->scenario->places.items[place].tier != XD_TIER_COUNTY || county->place_point[place] >= 0;
}

const struct xd_snap *xd_county_reach_best(const struct xd_county_reach *reach, int32_t place, int32_t *profile)
{
    const struct xd_snap *best = NULL;
    for (int32_t p = 0; p < reach->profiles_n; p++) {
        const struct xd_snap *snap = &reach->snaps[(size_t)place * (size_t)reach->profiles_n + (size_t)p];
        if (snap->status != XD_SNAP_OK || (best && snap->distance_m >= best->distance_m))
            continue;
        best = snap;
        if (profile)
            *profile = p;
    }
    return best;
}

static void place_find(struct xd_county_reach *reach, int32_t place)
{
    const struct xd_county *county = reach->county;
    const bool placed = county->scenario->places.items[place].source != XD_PLACE_UNPLACED;
    const int32_t radius_m = (int32_t)county->scenario->parameters.value[XD_PARAMETER_SNAP_RADIUS_M];
    int32_t reached_n = 0;
    for (int32_t p = 0; p < reach->profiles_n; p++) {
        const size_t at = (size_t)place * (size_t)reach->profiles_n + (size_t)p;
        xd_county_snap_place(county, &county->profiles[p], place, &reach->snaps[at]);
        reach->usable_m[at] = -1;
        if (reach->snaps[at].status == XD_SNAP_OK) {
            reached_n++;
        } else if (placed) {
            reach->usable_m[at] = xd_snap_usable_m(county->profiles[p].map->index, county->profiles[p].graph,
                                                   county->scenario->places.items[place].position, radius_m * FAR_RADII, false);
        }
    }
    if (!xd_county_reach_counts(county, place))
        return;
    reach->counted_n++;
    reach->unplaced_n += !placed;
    reach->reached_n += reached_n == reach->profiles_n;
    reach->unreached_n += placed && reached_n == 0;
    reach->in_part_n += reached_n > 0 && reached_n < reach->profiles_n;
}

struct distance {
    int32_t distance_m, place;
};

static int by_distance(const void *a, const void *b)
{
    const struct distance *x = a, *y = b;
    if (x->distance_m != y->distance_m)
        return x->distance_m < y->distance_m ? -1 : 1;
    return (x->place < y->place) - (x->place > y->place); /* so that the farthest come in table order when read from the end */
}

/* The least value that at least this share of n ascending values does not pass. */
static int32_t rank_of(int32_t n, int32_t percent)
{
    return (int32_t)(((int64_t)n * percent + 99) / 100) - 1;
}

static enum xd_status spread_measure(struct xd_county_reach *reach, struct xd_error *error)
{
    struct xd_reach_spread *spread = &reach->spread;
    struct distance *sorted = xd_alloc((size_t)reach->places_n + 1, sizeof *sorted);
    if (!sorted)
        return xd_fail_memory(error, "distances of places", (size_t)reach->places_n * sizeof *sorted);
    for (int32_t i = 0; i < reach->places_n; i++) {
        const struct xd_snap *best = xd_county_reach_best(reach, i, NULL);
        if (best && xd_county_reach_counts(reach->county, i))
            sorted[spread->places_n++] = (struct distance){best->distance_m, i};
    }
    if (spread->places_n > 0) {
        qsort(sorted, (size_t)spread->places_n, sizeof *sorted, by_distance);
        spread->median_m = sorted[rank_of(spread->places_n, 50)].distance_m;
        spread->p90_m = sorted[rank_of(spread->places_n, P90_PERCENT)].distance_m;
        spread->max_m = sorted[spread->places_n - 1].distance_m;
    }
    while (spread->farthest_n < XD_REACH_FARTHEST_N && spread->farthest_n < spread->places_n) {
        spread->farthest[spread->farthest_n] = sorted[spread->places_n - 1 - spread->farthest_n].place;
        spread->farthest_n++;
    }
    xd_free(sorted);
    return XD_OK;
}

enum xd_status xd_county_reach_find(const struct xd_county *county, struct xd_county_reach **reach, struct xd_error *error)
{
    struct xd_county_reach *made = xd_alloc_zero(1, sizeof *made);
    const size_t cells_n = (size_t)county->scenario->places.items_n * (size_t)county->profiles_n;
    enum xd_status status = made ? XD_OK : xd_fail_memory(error, "the reach of vehicles", sizeof *made);
    if (status != XD_OK)
        return status;
    made->county = county;
    made->places_n = county->scenario->places.items_n;
    made->profiles_n = county->profiles_n;
    made->snaps = xd_alloc(cells_n + 1, sizeof *made->snaps);
    made->usable_m = xd_alloc(cells_n + 1, sizeof *made->usable_m);
    if (!made->snaps || !made->usable_m)
        status = xd_fail_memory(error, "the reach of vehicles", cells_n * (sizeof *made->snaps + sizeof *made->usable_m));
    for (int32_t i = 0; i < made->places_n && status == XD_OK; i++)
        place_find(made, i);
    if (status == XD_OK)
        status = spread_measure(made, error);
    if (status == XD_OK) {
        *reach = made;
        made = NULL;
    }
    xd_county_reach_free(made);
    return status;
}

void xd_county_reach_free(struct xd_county_reach *reach)
{
    if (!reach)
        return;
    xd_free(reach->snaps);
    xd_free(reach->usable_m);
    xd_free(reach);
}
