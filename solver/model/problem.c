#include "solver/model/problem.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/number.h"

#include <string.h>

/* The frozen problem and the arena that holds all of it, itself included. */
struct problem_box {
    struct xd_problem problem;
    struct xd_arena arena;
};

/* One field of one stop or vehicle type, with the range it must lie in. */
struct ranged_field {
    const char *name;
    int64_t value, min, max;
};

static enum xd_status check_count(const char *what, int64_t found, int64_t min, int64_t max, struct xd_error *error)
{
    if (found >= min && found <= max)
        return XD_OK;
    return xd_fail(error, XD_DATA, xd_at_none(), "the problem has %lld %s; expected %lld to %lld", (long long)found, what, (long long)min,
                   (long long)max);
}

static enum xd_status check_fields(const char *kind, int32_t index, const struct ranged_field *fields, size_t fields_n, struct xd_error *error)
{
    for (size_t i = 0; i < fields_n; i++) {
        const struct ranged_field *f = &fields[i];
        if (f->value >= f->min && f->value <= f->max)
            continue;
        struct xd_location at = xd_at_none();
        at.field = f->name;
        return xd_fail(error, XD_DATA, at, "%s %ld has %s %lld; expected %lld to %lld", kind, (long)index, f->name, (long long)f->value,
                       (long long)f->min, (long long)f->max);
    }
    return XD_OK;
}

static enum xd_status check_stop(const struct xd_stop *stop, int32_t index, int32_t points_n, struct xd_error *error)
{
    const struct ranged_field fields[] = {
        {"location", stop->location, 0, points_n - 1},
        {"delivery mass", stop->delivery[0], 0, XD_LOAD_MAX},
        {"delivery volume", stop->delivery[1], 0, XD_LOAD_MAX},
        {"pickup mass", stop->pickup[0], 0, XD_LOAD_MAX},
        {"pickup volume", stop->pickup[1], 0, XD_LOAD_MAX},
        {"earliest_s", stop->earliest_s, 0, XD_TIME_MAX},
        {"latest_s", stop->latest_s, stop->earliest_s, XD_TIME_MAX},
        {"service_s", stop->service_s, 0, XD_TIME_MAX},
        {"release_s", stop->release_s, 0, XD_TIME_MAX},
        {"unserved_cost", stop->unserved_cost, XD_REQUIRED, XD_COST_MAX},
    };
    return check_fields("stop", index, fields, XD_ARRAY_LENGTH(fields), error);
}

static enum xd_status check_type(const struct xd_vehicle_type *type, int32_t index, int32_t points_n, int32_t matrices_n, struct xd_error *error)
{
    const struct ranged_field fields[] = {
        {"count", type->count, 0, XD_PROBLEM_VEHICLES_MAX},          {"matrix", type->matrix, 0, matrices_n - 1},
        {"start_location", type->start_location, 0, points_n - 1},   {"end_location", type->end_location, 0, points_n - 1},
        {"base_location", type->base_location, 0, points_n - 1},     {"capacity mass", type->capacity[0], 0, XD_LOAD_MAX},
        {"capacity volume", type->capacity[1], 0, XD_LOAD_MAX},      {"earliest_s", type->earliest_s, 0, XD_TIME_MAX},
        {"latest_s", type->latest_s, type->earliest_s, XD_TIME_MAX}, {"duration_max_s", type->duration_max_s, 0, XD_TIME_MAX},
        {"length_max_m", type->length_max_m, 0, XD_LENGTH_NO_LIMIT}, {"fixed_cost", type->fixed_cost, 0, XD_COST_MAX},
        {"cost_per_m", type->cost_per_m, 0, XD_COST_RATE_MAX},       {"cost_per_s", type->cost_per_s, 0, XD_COST_RATE_MAX},
    };
    if (!memchr(type->name, 0, sizeof type->name))
        return xd_fail(error, XD_DATA, xd_at_none(), "vehicle type %ld has a name without an end; expected at most %d bytes", (long)index,
                       XD_PROBLEM_NAME_MAX - 1);
    enum xd_status status = check_fields("vehicle type", index, fields, XD_ARRAY_LENGTH(fields), error);
    if (status == XD_OK && type->capacity[0] == 0 && type->capacity[1] == 0)
        status =
            xd_fail(error, XD_DATA, xd_at_none(), "vehicle type %ld (%s) can carry nothing; expected a capacity over 0", (long)index, type->name);
    return status;
}

/* The longest legs of a matrix, in seconds and metres; its cells folded into the hash. */
struct matrix_facts {
    int64_t leg_time_max_s, leg_length_max_m;
    uint64_t hash;
};

static enum xd_status scan_matrix(const struct xd_matrix *matrix, int32_t index, const struct xd_progress *progress, struct matrix_facts *facts,
                                  struct xd_error *error)
{
    struct matrix_facts f = {0, 0, xd_mix64((uint64_t)matrix->points_n)};
    for (int32_t from = 0; from < matrix->points_n; from++) {
        if (xd_cancelled(progress))
            return xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted while the tables were made");
        for (int32_t to = 0; to < matrix->points_n; to++) {
            const int32_t time_s = xd_matrix_time_s(matrix, from, to);
            const int32_t length_m = xd_matrix_length_m(matrix, from, to);
            const bool whole = time_s >= 0 && length_m >= 0 && (time_s == XD_UNREACHABLE) == (length_m == XD_UNREACHABLE);
            if (!whole || (from == to && (time_s != 0 || length_m != 0)))
                return xd_fail(error, XD_DATA, xd_at_none(),
                               "matrix %ld holds %ld s and %ld m from %ld to %ld; expected values from 0, both or neither unreachable, and 0 from a "
                               "place to itself",
                               (long)index, (long)time_s, (long)length_m, (long)from, (long)to);
            if (time_s != XD_UNREACHABLE) {
                f.leg_time_max_s = time_s > f.leg_time_max_s ? time_s : f.leg_time_max_s;
                f.leg_length_max_m = length_m > f.leg_length_max_m ? length_m : f.leg_length_max_m;
            }
            f.hash = xd_mix64(f.hash ^ ((uint64_t)(uint32_t)time_s << 32 | (uint32_t)length_m));
        }
    }
    *facts = f;
    return XD_OK;
}

static int64_t max_i64(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

struct xd_base_legs xd_base_legs_on(const struct xd_matrix *matrix, int32_t base_location, int32_t start_location, int32_t end_location)
{
    struct xd_base_legs legs = {.reachable = true};
    if (base_location == start_location)
        return legs;
    legs.reachable = xd_matrix_reachable(matrix, base_location, start_location) && xd_matrix_reachable(matrix, end_location, base_location);
    if (legs.reachable) {
        legs.approach_s = xd_matrix_time_s(matrix, base_location, start_location);
        legs.approach_m = xd_matrix_length_m(matrix, base_location, start_location);
        legs.homeward_s = xd_matrix_time_s(matrix, end_location, base_location);
        legs.homeward_m = xd_matrix_length_m(matrix, end_location, base_location);
    }
    return legs;
}

static struct xd_base_legs base_legs_of(const struct xd_problem_input *input, const struct xd_vehicle_type *type)
{
    return xd_base_legs_on(input->matrices[type->matrix], type->base_location, type->start_location, type->end_location);
}

/* total += a * b; false once the sum passes XD_PROBLEM_SUM_MAX. */
static bool add_product(int64_t *total, int64_t a, int64_t b)
{
    int64_t product;
    return xd_multiply_i64(a, b, &product) && xd_add_i64(*total, product, total) && *total <= XD_PROBLEM_SUM_MAX;
}

/* Nothing of up to n visits costs more than the bound: they lie on at most n routes, which have at most 2n legs between them, and the ways from and to their
 * bases; a route lasts at most until its latest possible waiting ends, plus all its legs and services. */
static enum xd_status prove_sums(const struct xd_problem_input *input, const struct matrix_facts *legs, int64_t *bound, struct xd_error *error)
{
    const int64_t stops_n = input->stops_n;
    int64_t wait_until_s = 0, service_max_s = 0, unserved = 0, fixed = 0, per_m = 0, per_s = 0, base_s = 0, base_m = 0;
    for (int32_t i = 0; i < input->stops_n; i++) {
        const struct xd_stop *s = &input->stops[i];
        wait_until_s = max_i64(wait_until_s, max_i64(s->earliest_s, s->release_s));
        service_max_s = max_i64(service_max_s, s->service_s);
        if (s->unserved_cost != XD_REQUIRED && !xd_add_i64(unserved, s->unserved_cost, &unserved))
            unserved = INT64_MAX;
    }
    for (int32_t t = 0; t < input->types_n; t++) {
        const struct xd_vehicle_type *type = &input->types[t];
        wait_until_s = max_i64(wait_until_s, type->earliest_s);
        fixed = max_i64(fixed, type->fixed_cost);
        per_m = max_i64(per_m, type->cost_per_m);
        per_s = max_i64(per_s, type->cost_per_s);
        const struct xd_base_legs base = base_legs_of(input, type);
        base_m = max_i64(base_m, base.approach_m + base.homeward_m);
        base_s = max_i64(base_s, base.approach_s + base.homeward_s);
    }
    /* 4 * 32,000 legs of less than 2^31 and 32,000 services and waits of 1e8: under 2^58. */
    const int64_t length_m = 2 * stops_n * legs->leg_length_max_m + stops_n * base_m;
    const int64_t duration_s = 2 * stops_n * legs->leg_time_max_s + stops_n * (service_max_s + wait_until_s + base_s);
    int64_t total = 0;
    if (add_product(&total, 1, unserved) && add_product(&total, stops_n, fixed) && add_product(&total, length_m, per_m) &&
        add_product(&total, duration_s, per_s)) {
        *bound = total;
        return XD_OK;
    }
    return xd_fail(error, XD_DATA, xd_at_none(),
                   "the costs are too large to be added safely: %lld stops, at most %lld per vehicle, %lld per metre over %lld m, %lld per second "
                   "over %lld s, %lld for "
                   "what is left; expected a total under 2^62; use larger units of cost",
                   (long long)stops_n, (long long)fixed, (long long)per_m, (long long)length_m, (long long)per_s, (long long)duration_s,
                   (long long)unserved);
}

static void hash_stop(struct xd_hash *hash, const struct xd_stop *s)
{
    const int64_t values[] = {s->location, s->delivery[0], s->delivery[1], s->pickup[0], s->pickup[1],     s->earliest_s,
                              s->latest_s, s->service_s,   s->release_s,   s->needs,     s->unserved_cost, s->origin};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(values); i++)
        xd_hash_i64(hash, values[i]);
}

static void hash_type(struct xd_hash *hash, const struct xd_vehicle_type *t)
{
    const int64_t values[] = {t->count,      t->matrix,   t->start_location, t->end_location, t->capacity[0], t->capacity[1], t->features,
                              t->earliest_s, t->latest_s, t->duration_max_s, t->length_max_m, t->fixed_cost,  t->cost_per_m,  t->cost_per_s};
    xd_hash_string(hash, t->name);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(values); i++)
        xd_hash_i64(hash, values[i]);
    if (t->base_location != t->start_location) { /* a fleet that lives at its depots is the problem that it was before there were bases */
        xd_hash_string(hash, "base");
        xd_hash_i64(hash, t->base_location);
    }
}

static uint64_t hash_input(const struct xd_problem_input *input, const uint64_t *matrix_hashes)
{
    struct xd_hash hash = xd_hash_begin();
    xd_hash_string(&hash, input->name);
    xd_hash_i64(&hash, input->cost_scale);
    xd_hash_i64(&hash, input->stops_n);
    for (int32_t i = 0; i < input->stops_n; i++)
        hash_stop(&hash, &input->stops[i]);
    xd_hash_i64(&hash, input->types_n);
    for (int32_t t = 0; t < input->types_n; t++)
        hash_type(&hash, &input->types[t]);
    xd_hash_i64(&hash, input->matrices_n);
    for (int32_t m = 0; m < input->matrices_n; m++)
        xd_hash_i64(&hash, (int64_t)matrix_hashes[m]);
    return xd_hash_end(hash);
}

static enum xd_status check_input(const struct xd_problem_input *input, int32_t *vehicles_n, struct xd_error *error)
{
    enum xd_status status = check_count("stops", input->stops_n, 0, XD_PROBLEM_STOPS_MAX, error);
    if (status == XD_OK)
        status = check_count("vehicle types", input->types_n, 1, XD_PROBLEM_VEHICLE_TYPES_MAX, error);
    if (status == XD_OK)
        status = check_count("matrices", input->matrices_n, 1, XD_PROBLEM_MATRICES_MAX, error);
    if (status == XD_OK)
        status = check_count("cost units to one of display", input->cost_scale, 1, XD_COST_MAX, error);
    if (status == XD_OK)
        status = check_count("bytes in its name", input->name ? (int64_t)strlen(input->name) : 0, 0, XD_PROBLEM_NAME_MAX - 1, error);
    for (int32_t m = 0; m < input->matrices_n && status == XD_OK; m++) {
        status = check_count("points in a matrix", input->matrices[m]->points_n, 1, XD_MATRIX_POINTS_MAX, error);
        if (status == XD_OK && input->matrices[m]->points_n != input->matrices[0]->points_n)
            status = xd_fail(error, XD_DATA, xd_at_none(), "matrix %ld has %ld points; expected %ld, as in matrix 0", (long)m,
                             (long)input->matrices[m]->points_n, (long)input->matrices[0]->points_n);
    }
    for (int32_t i = 0; i < input->stops_n && status == XD_OK; i++)
        status = check_stop(&input->stops[i], i, input->matrices[0]->points_n, error);
    int64_t count = 0;
    for (int32_t t = 0; t < input->types_n && status == XD_OK; t++) {
        status = check_type(&input->types[t], t, input->matrices[0]->points_n, input->matrices_n, error);
        count += input->types[t].count;
    }
    if (status == XD_OK)
        status = check_count("vehicles", count, 1, XD_PROBLEM_VEHICLES_MAX, error);
    if (status == XD_OK)
        *vehicles_n = (int32_t)count;
    return status;
}

enum xd_status xd_problem_build(const struct xd_problem_input *input, struct xd_problem **problem, struct xd_error *error)
{
    struct xd_arena arena;
    struct matrix_facts legs = {0, 0, 0};
    uint64_t matrix_hashes[XD_PROBLEM_MATRICES_MAX] = {0};
    int64_t bound = 0;
    int32_t vehicles_n = 0;
    enum xd_status status = check_input(input, &vehicles_n, error);
    for (int32_t m = 0; m < input->matrices_n && status == XD_OK; m++) {
        struct matrix_facts facts = {0, 0, 0};
        status = scan_matrix(input->matrices[m], m, input->progress, &facts, error);
        if (status != XD_OK)
            break;
        legs.leg_time_max_s = max_i64(legs.leg_time_max_s, facts.leg_time_max_s);
        legs.leg_length_max_m = max_i64(legs.leg_length_max_m, facts.leg_length_max_m);
        matrix_hashes[m] = facts.hash;
    }
    if (status == XD_OK)
        status = prove_sums(input, &legs, &bound, error);
    if (status != XD_OK)
        return status;

    xd_arena_init(&arena);
    const size_t stops_n = (size_t)input->stops_n, types_n = (size_t)input->types_n;
    struct problem_box *box = xd_arena_alloc_zero(&arena, 1, sizeof *box);
    struct xd_stop *stops = xd_arena_copy(&arena, input->stops, stops_n, sizeof *stops);
    struct xd_vehicle_type *types = xd_arena_copy(&arena, input->types, types_n, sizeof *types);
    struct xd_base_legs *base_legs = xd_arena_alloc(&arena, types_n, sizeof *base_legs);
    int32_t *first_vehicle = xd_arena_alloc(&arena, types_n + 1, sizeof *first_vehicle);
    const struct xd_matrix **matrices = xd_arena_copy(&arena, input->matrices, (size_t)input->matrices_n, sizeof *matrices);
    if (!box || !stops || !types || !base_legs || !first_vehicle || !matrices) {
        xd_arena_free(&arena);
        return xd_fail_memory(error, "the problem", stops_n * sizeof *stops + types_n * sizeof *types);
    }
    first_vehicle[0] = 0;
    for (int32_t t = 0; t < input->types_n; t++) {
        first_vehicle[t + 1] = first_vehicle[t] + types[t].count;
        base_legs[t] = base_legs_of(input, &types[t]);
    }
    struct xd_problem *p = &box->problem;
    if (input->name)
        memcpy(p->name, input->name, strlen(input->name));
    p->stops_n = input->stops_n;
    p->stops = stops;
    p->types_n = input->types_n;
    p->types = types;
    p->base_legs = base_legs;
    p->vehicles_n = vehicles_n;
    p->first_vehicle = first_vehicle;
    p->matrices_n = input->matrices_n;
    p->matrices = matrices;
    p->cost_scale = input->cost_scale;
    p->cost_bound = bound;
    p->hash = hash_input(input, matrix_hashes);
    box->arena = arena;
    *problem = p;
    return XD_OK;
}

void xd_problem_free(struct xd_problem *problem)
{
    if (!problem)
        return;
    /* The box lies in its own arena: take the arena out before it goes. */
    struct xd_arena arena = ((struct problem_box *)(void *)problem)->arena;
    xd_arena_free(&arena);
}

int32_t xd_problem_vehicle_type(const struct xd_problem *problem, int32_t vehicle)
{
    int32_t low = 0, high = problem->types_n - 1;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (vehicle < problem->first_vehicle[middle + 1])
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}
