#include "tests/oracle/random_problem.h"

#include "base/rng.h"

#include <stdio.h>

enum { STOPS_MAX = 512, TYPES_MAX = 3 };

static bool chance(struct xd_rng *rng, uint32_t in)
{
    return xd_rng_below(rng, in) == 0;
}

static bool fill_matrix(struct xd_rng *rng, int32_t points_n, bool gaps, struct xd_matrix **matrix)
{
    if (xd_matrix_create(points_n, matrix, NULL) != XD_OK)
        return false;
    for (int32_t from = 0; from < points_n; from++) {
        for (int32_t to = 0; to < points_n; to++) {
            const size_t cell = xd_matrix_cell(*matrix, from, to);
            if (from == to || (gaps && chance(rng, 12)))
                continue;
            (*matrix)->length_m[cell] = (int32_t)xd_rng_between(rng, 500, 20000);
            (*matrix)->time_s[cell] = (*matrix)->length_m[cell] / 10 + (int32_t)xd_rng_below(rng, 300);
        }
    }
    return true;
}

static void fill_stop(struct xd_rng *rng, int32_t index, bool required_only, struct xd_stop *stop)
{
    *stop = (struct xd_stop){.location = 2 + index, .latest_s = 86400, .unserved_cost = XD_REQUIRED, .origin = index};
    for (int d = 0; d < XD_DIMS_N; d++) {
        stop->delivery[d] = xd_rng_between(rng, 0, 100);
        stop->pickup[d] = chance(rng, 2) ? xd_rng_between(rng, 0, 100) : 0;
    }
    if (chance(rng, 2)) {
        stop->earliest_s = xd_rng_between(rng, 28800, 50000);
        stop->latest_s = stop->earliest_s + xd_rng_between(rng, 1800, 14400);
    }
    stop->service_s = xd_rng_between(rng, 60, 900);
    stop->release_s = chance(rng, 4) ? xd_rng_between(rng, 28800, 36000) : 0;
    stop->needs = chance(rng, 8) ? XD_FEATURE_COLD : 0;
    if (!required_only && chance(rng, 3))
        stop->unserved_cost = xd_rng_between(rng, 0, 120000);
}

static void fill_type(struct xd_rng *rng, int32_t index, int32_t stops_n, struct xd_vehicle_type *type)
{
    *type = (struct xd_vehicle_type){.duration_max_s = XD_TIME_MAX, .length_max_m = XD_LENGTH_NO_LIMIT};
    snprintf(type->name, sizeof type->name, "type %d", (int)index);
    type->count = index == 0 ? stops_n : (int32_t)xd_rng_between(rng, 0, 3);
    type->count = type->count > 0 || index > 0 ? type->count : 1;
    type->matrix = (int32_t)xd_rng_below(rng, 2);
    type->start_location = (int32_t)xd_rng_below(rng, 2);
    type->end_location = chance(rng, 3) ? 1 - type->start_location : type->start_location;
    for (int d = 0; d < XD_DIMS_N; d++)
        type->capacity[d] = xd_rng_between(rng, 110, 400);
    type->features = index == 0 || chance(rng, 2) ? XD_FEATURE_COLD : 0;
    type->earliest_s = xd_rng_between(rng, 21600, 30000);
    type->latest_s = xd_rng_between(rng, 61200, 80000);
    if (chance(rng, 3))
        type->duration_max_s = xd_rng_between(rng, 14400, 36000);
    if (chance(rng, 3))
        type->length_max_m = xd_rng_between(rng, 40000, 90000);
    type->fixed_cost = xd_rng_between(rng, 0, 100000);
    type->cost_per_m = xd_rng_between(rng, 0, 5);
    type->cost_per_s = xd_rng_between(rng, 0, 5);
    type->base_location = type->start_location;
}

struct xd_random_problem xd_random_problem_make(uint64_t seed, int32_t stops_n, bool required_only)
{
    struct xd_random_problem made = {0};
    struct xd_stop stops[STOPS_MAX];
    struct xd_vehicle_type types[TYPES_MAX];
    struct xd_rng rng = xd_rng_at(seed, XD_RNG_TEST, 0, (uint64_t)stops_n);
    if (stops_n > STOPS_MAX || !fill_matrix(&rng, stops_n + 2, false, &made.matrices[0]) ||
        !fill_matrix(&rng, stops_n + 2, true, &made.matrices[1])) {
        xd_random_problem_free(&made);
        return made;
    }
    const int32_t types_n = 1 + (int32_t)xd_rng_below(&rng, TYPES_MAX);
    for (int32_t s = 0; s < stops_n; s++)
        fill_stop(&rng, s, required_only, &stops[s]);
    for (int32_t t = 0; t < types_n; t++)
        fill_type(&rng, t, stops_n, &types[t]);
    struct xd_rng bases = xd_rng_at(seed, XD_RNG_TEST, 2, (uint64_t)stops_n);
    for (int32_t t = 0; t < types_n; t++)
        if (chance(&bases, 2)) /* at a stop's place, the other depot, and now and then at its own */
            types[t].base_location = (int32_t)xd_rng_below(&bases, (uint32_t)stops_n + 2);
    const struct xd_matrix *matrices[2] = {made.matrices[0], made.matrices[1]};
    const struct xd_problem_input input = {.name = "random",
                                           .stops = stops,
                                           .stops_n = stops_n,
                                           .types = types,
                                           .types_n = types_n,
                                           .matrices = matrices,
                                           .matrices_n = 2,
                                           .cost_scale = 1};
    if (xd_problem_build(&input, &made.problem, NULL) != XD_OK)
        xd_random_problem_free(&made);
    return made;
}

void xd_random_problem_free(struct xd_random_problem *made)
{
    xd_problem_free(made->problem);
    xd_matrix_free(made->matrices[0]);
    xd_matrix_free(made->matrices[1]);
    *made = (struct xd_random_problem){0};
}
