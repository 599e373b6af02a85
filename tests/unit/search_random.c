#include "tests/unit/search_random.h"

#include "tests/harness/harness.h"

#include <stdio.h>
#include <string.h>

enum { STOPS_MAX = 2000, TYPES_MAX = 3 };

static bool chance(struct xd_rng *rng, uint32_t percent)
{
    return xd_rng_below(rng, 100) < percent;
}

static struct xd_matrix *matrix_make(struct xd_rng *rng, int32_t n, bool holes)
{
    struct xd_matrix *matrix = NULL;
    int32_t x[STOPS_MAX + 2], y[STOPS_MAX + 2];
    if (xd_matrix_create(n, &matrix, NULL) != XD_OK)
        return NULL;
    for (int32_t i = 0; i < n; i++) {
        x[i] = (int32_t)xd_rng_below(rng, 1000);
        y[i] = (int32_t)xd_rng_below(rng, 1000);
    }
    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j < n; j++) {
            if (i == j || (holes && chance(rng, 3)))
                continue;
            int32_t dx = x[i] > x[j] ? x[i] - x[j] : x[j] - x[i], dy = y[i] > y[j] ? y[i] - y[j] : y[j] - y[i];
            matrix->length_m[xd_matrix_cell(matrix, i, j)] = dx + dy + (int32_t)xd_rng_below(rng, 60);
            matrix->time_s[xd_matrix_cell(matrix, i, j)] = (dx + dy) / 2 + (int32_t)xd_rng_below(rng, 40);
        }
    }
    return matrix;
}

static void stop_make(struct xd_rng *rng, struct xd_stop *stop, int32_t location, int richness)
{
    *stop = (struct xd_stop){.location = location, .latest_s = 100000, .unserved_cost = XD_REQUIRED};
    stop->delivery[0] = 1 + xd_rng_between(rng, 0, 20);
    if (richness == 0)
        return;
    stop->pickup[0] = chance(rng, 50) ? xd_rng_between(rng, 0, 20) : 0;
    stop->delivery[1] = xd_rng_between(rng, 0, 50);
    stop->pickup[1] = xd_rng_between(rng, 0, 30);
    stop->service_s = xd_rng_between(rng, 0, 60);
    if (chance(rng, 50)) {
        stop->earliest_s = xd_rng_between(rng, 0, 3000);
        stop->latest_s = stop->earliest_s + xd_rng_between(rng, 100, 1500);
    }
    stop->release_s = chance(rng, 20) ? xd_rng_between(rng, 0, 800) : 0;
    stop->needs = chance(rng, 15) ? XD_FEATURE_COLD : 0;
    stop->unserved_cost = chance(rng, 40) ? xd_rng_between(rng, 0, 8000) : XD_REQUIRED;
}

static void type_make(struct xd_rng *rng, struct xd_vehicle_type *type, int32_t number, int32_t stops_n, int32_t points_n, int32_t matrices_n,
                      int richness)
{
    *type = (struct xd_vehicle_type){
        .count = stops_n > 0 ? stops_n : 1, .latest_s = 100000, .duration_max_s = XD_TIME_MAX, .length_max_m = XD_LENGTH_NO_LIMIT, .cost_per_m = 1};
    (void)snprintf(type->name, sizeof type->name, "type %d", (int)number);
    type->capacity[0] = xd_rng_between(rng, 25, 60);
    if (richness == 0)
        return;
    type->count = 1 + (int32_t)xd_rng_below(rng, 3);
    type->matrix = (int32_t)xd_rng_below(rng, (uint32_t)matrices_n);
    type->start_location = chance(rng, 80) ? 0 : (int32_t)xd_rng_below(rng, (uint32_t)points_n);
    type->end_location = chance(rng, 80) ? 0 : (int32_t)xd_rng_below(rng, (uint32_t)points_n);
    type->capacity[1] = xd_rng_between(rng, 50, 200);
    type->features = chance(rng, 60) ? XD_FEATURE_COLD : 0;
    type->earliest_s = xd_rng_between(rng, 0, 300);
    type->latest_s = xd_rng_between(rng, 3000, 8000);
    type->duration_max_s = chance(rng, 30) ? xd_rng_between(rng, 1500, 4000) : XD_TIME_MAX;
    type->length_max_m = chance(rng, 30) ? xd_rng_between(rng, 2000, 5000) : XD_LENGTH_NO_LIMIT;
    type->fixed_cost = xd_rng_between(rng, 0, 1500);
    type->cost_per_m = xd_rng_between(rng, 0, 3);
    type->cost_per_s = xd_rng_between(rng, 0, 2);
}

struct search_random search_random_make(struct xd_rng *rng, int32_t stops_n, int richness)
{
    struct search_random random = {0};
    struct xd_stop stops[STOPS_MAX];
    struct xd_vehicle_type types[TYPES_MAX];
    int32_t points_n = stops_n + 2, types_n = richness > 0 ? 1 + (int32_t)xd_rng_below(rng, TYPES_MAX) : 1, matrices_n = richness > 0 ? 2 : 1;
    memset(types, 0, sizeof types);
    for (int32_t m = 0; m < matrices_n; m++)
        random.matrices[m] = matrix_make(rng, points_n, richness > 0);
    for (int32_t s = 0; s < stops_n; s++) /* now and then two stops at one place */
        stop_make(rng, &stops[s], richness > 0 && chance(rng, 10) ? 1 : s + 2, richness);
    for (int32_t t = 0; t < types_n; t++)
        type_make(rng, &types[t], t, stops_n, points_n, matrices_n, richness);
    for (int32_t t = 0; t < types_n; t++)
        types[t].base_location = richness > 0 && chance(rng, 40) ? (int32_t)xd_rng_below(rng, (uint32_t)points_n) : types[t].start_location;
    struct xd_problem_input input = {.name = "random",
                                     .stops = stops,
                                     .stops_n = stops_n,
                                     .types = types,
                                     .types_n = types_n,
                                     .matrices = (const struct xd_matrix *const *)random.matrices,
                                     .matrices_n = matrices_n,
                                     .cost_scale = 1};
    struct xd_error error;
    if (xd_problem_build(&input, &random.problem, &error) != XD_OK)
        CU_FAIL(error.message);
    return random;
}

void search_random_free(struct search_random *random)
{
    xd_problem_free(random->problem);
    xd_matrix_free(random->matrices[0]);
    xd_matrix_free(random->matrices[1]);
}
