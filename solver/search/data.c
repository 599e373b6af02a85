#include "solver/search/data.h"

#include "base/parallel.h"
#include "solver/search/neighbours.h"

#include <string.h>

enum { DETOUR_STOPS = 1000, DETOUR_NEIGHBOURS = 20 };

/* The ways from and to its base are constants of each route of a type: what is left of its shift, duration and range is that of a vehicle that lives at its
 * depots, and their price is part of the fixed cost. Searchers see only such vehicles. */
static void types_drive_from_base(struct xd_vehicle_type *types, const struct xd_base_legs *legs, int32_t types_n)
{
    for (int32_t t = 0; t < types_n; t++) {
        struct xd_vehicle_type *type = &types[t];
        const int64_t time_s = legs[t].approach_s + legs[t].homeward_s, length_m = legs[t].approach_m + legs[t].homeward_m;
        type->count = legs[t].reachable ? type->count : 0;
        type->base_location = type->start_location;
        type->earliest_s += legs[t].approach_s;
        type->latest_s -= legs[t].homeward_s;
        type->duration_max_s -= time_s;
        if (type->length_max_m != XD_LENGTH_NO_LIMIT)
            type->length_max_m -= length_m;
        type->fixed_cost += type->cost_per_m * length_m + type->cost_per_s * time_s;
    }
}

/* Of a matrix: least legs into and out of every location, from and to anywhere else (bounds that hold without the triangle inequality), and the
 * longest leg there is. */
struct leg_extremes {
    int32_t *in_s, *out_s, *in_m, *out_m;
    int32_t longest_s;
};

/* Legs from `from` to to_first..to_end-1, `from` not among them. */
static void row_look(const struct xd_matrix *matrix, int32_t from, int32_t to_first, int32_t to_end, struct leg_extremes *legs)
{
    const int32_t *time_s = matrix->time_s + xd_matrix_cell(matrix, from, 0), *length_m = matrix->length_m + xd_matrix_cell(matrix, from, 0);
    int32_t *in_s = legs->in_s, *in_m = legs->in_m;
    int32_t out_s = legs->out_s[from], out_m = legs->out_m[from], longest_s = legs->longest_s;
    for (int32_t to = to_first; to < to_end; to++) {
        int32_t there_s = time_s[to] == XD_UNREACHABLE ? 0 : time_s[to];
        in_s[to] = time_s[to] < in_s[to] ? time_s[to] : in_s[to];
        in_m[to] = length_m[to] < in_m[to] ? length_m[to] : in_m[to];
        out_s = time_s[to] < out_s ? time_s[to] : out_s;
        out_m = length_m[to] < out_m ? length_m[to] : out_m;
        longest_s = there_s > longest_s ? there_s : longest_s;
    }
    legs->out_s[from] = out_s;
    legs->out_m[from] = out_m;
    legs->longest_s = longest_s;
}

static void leg_extremes_find(const struct xd_matrix *matrix, struct leg_extremes *legs)
{
    int32_t n = matrix->points_n;
    for (int32_t i = 0; i < n; i++)
        legs->in_s[i] = legs->out_s[i] = legs->in_m[i] = legs->out_m[i] = XD_UNREACHABLE;
    for (int32_t i = 0; i < n; i++) {
        row_look(matrix, i, 0, i, legs);
        row_look(matrix, i, i + 1, n, legs);
    }
}

/* May this type serve the stop at all? Necessary conditions only: what passes may still fit into no route. */
static bool type_may_serve(const struct xd_vehicle_type *type, const struct xd_stop *stop, const struct leg_extremes *legs)
{
    if (type->count < 1 || (stop->needs & ~type->features) != 0)
        return false;
    for (int32_t dim = 0; dim < XD_DIMS_N; dim++) {
        if (stop->delivery[dim] > type->capacity[dim] || stop->pickup[dim] > type->capacity[dim])
            return false;
    }
    bool starts_here = type->start_location == stop->location, ends_here = type->end_location == stop->location;
    int64_t in_s = starts_here ? 0 : legs->in_s[stop->location], out_s = ends_here ? 0 : legs->out_s[stop->location];
    int64_t in_m = starts_here ? 0 : legs->in_m[stop->location], out_m = ends_here ? 0 : legs->out_m[stop->location];
    if (in_s == XD_UNREACHABLE || out_s == XD_UNREACHABLE)
        return false;
    int64_t leave_s = stop->release_s > type->earliest_s ? stop->release_s : type->earliest_s;
    int64_t begin_s = leave_s + in_s > stop->earliest_s ? leave_s + in_s : stop->earliest_s;
    return leave_s <= type->latest_s && begin_s <= stop->latest_s && begin_s + stop->service_s + out_s <= type->latest_s &&
           in_s + stop->service_s + out_s <= type->duration_max_s && (type->length_max_m == XD_LENGTH_NO_LIMIT || in_m + out_m <= type->length_max_m);
}

/* longest_s: of all matrices. */
static enum xd_status allowed_find(const struct xd_problem *problem, const struct xd_vehicle_type *types, uint64_t *allowed, int64_t *longest_s,
                                   struct xd_error *error)
{
    struct xd_arena scratch;
    xd_arena_init(&scratch);
    enum xd_status status = XD_OK;
    memset(allowed, 0, (size_t)problem->stops_n * sizeof *allowed);
    for (int32_t m = 0; m < problem->matrices_n; m++) {
        size_t points_n = (size_t)problem->matrices[m]->points_n;
        struct leg_extremes legs = {0};
        xd_arena_reset(&scratch);
        legs.in_s = xd_arena_alloc(&scratch, points_n, sizeof(int32_t));
        legs.out_s = xd_arena_alloc(&scratch, points_n, sizeof(int32_t));
        legs.in_m = xd_arena_alloc(&scratch, points_n, sizeof(int32_t));
        legs.out_m = xd_arena_alloc(&scratch, points_n, sizeof(int32_t));
        if (!legs.in_s || !legs.out_s || !legs.in_m || !legs.out_m) {
            status = xd_fail_memory(error, "the search", points_n * 4 * sizeof(int32_t));
            goto done;
        }
        leg_extremes_find(problem->matrices[m], &legs);
        *longest_s = legs.longest_s > *longest_s ? legs.longest_s : *longest_s;
        for (int32_t t = 0; t < problem->types_n; t++) {
            if (types[t].matrix != m)
                continue;
            for (int32_t s = 0; s < problem->stops_n; s++) {
                if (type_may_serve(&types[t], &problem->stops[s], &legs))
                    allowed[s] |= UINT64_C(1) << t;
            }
        }
    }
done:
    xd_arena_free(&scratch);
    return status;
}

/* False when no route can be late, wait or be paid for time, whatever its order. */
static bool time_matters(const struct xd_problem *problem, const struct xd_vehicle_type *types, int64_t longest_s)
{
    int64_t sum_s = longest_s * (problem->stops_n + 1);
    for (int32_t s = 0; s < problem->stops_n; s++)
        sum_s += problem->stops[s].service_s;
    for (int32_t t = 0; t < problem->types_n; t++) {
        const struct xd_vehicle_type *type = &types[t];
        if (type->cost_per_s != 0 || type->duration_max_s < sum_s || type->earliest_s + sum_s > type->latest_s)
            return true;
        for (int32_t s = 0; s < problem->stops_n; s++) {
            const struct xd_stop *stop = &problem->stops[s];
            if (stop->earliest_s > type->earliest_s || stop->release_s > type->earliest_s || stop->latest_s < type->earliest_s + sum_s)
                return true;
        }
    }
    return false;
}

static void stop_pieces_fill(const struct xd_problem *problem, const uint64_t *allowed, struct xd_piece *pieces)
{
    for (int32_t s = 0; s < problem->stops_n; s++) {
        const struct xd_stop *stop = &problem->stops[s];
        struct xd_piece *piece = &pieces[s];
        memset(piece, 0, sizeof *piece);
        piece->time = xd_duration_segment_stop(stop->earliest_s, stop->latest_s, stop->service_s, stop->release_s);
        for (int32_t dim = 0; dim < XD_DIMS_N; dim++)
            piece->load[dim] = xd_load_segment_stop(stop->delivery[dim], stop->pickup[dim]);
        piece->travel_s = stop->service_s;
        piece->allowed = allowed[s];
    }
}

static void depot_pieces_fill(const struct xd_vehicle_type *types, int32_t types_n, struct xd_piece *starts, struct xd_piece *ends,
                              int32_t *tail_class)
{
    for (int32_t t = 0; t < types_n; t++) {
        const struct xd_vehicle_type *type = &types[t];
        memset(&starts[t], 0, sizeof starts[t]);
        starts[t].time = xd_duration_segment_stop(type->earliest_s, type->latest_s, 0, type->earliest_s);
        starts[t].allowed = UINT64_MAX;
        ends[t] = starts[t];
        tail_class[t] = t;
        for (int32_t u = 0; u < t; u++) {
            const struct xd_vehicle_type *other = &types[u];
            if (other->matrix == type->matrix && other->end_location == type->end_location && other->earliest_s == type->earliest_s &&
                other->latest_s == type->latest_s) {
                tail_class[t] = u;
                break;
            }
        }
    }
}

/* --- detours ---------------------------------------------------------------------------------------------------------------------------- */

static int64_t leg_cost(const struct xd_search_data *data, const struct xd_vehicle_type *type, int32_t from, int32_t to)
{
    int64_t length_m = 0, travel_s = 0;
    if (!xd_search_leg(data, data->problem->matrices[type->matrix], from, to, &length_m, &travel_s))
        return XD_MOVE_FORBIDDEN;
    return type->cost_per_m * length_m + type->cost_per_s * travel_s;
}

/* Over the places near a stop: how much cheaper than the leg is the way through the stop? */
static int64_t detour_saving_at(const struct xd_search_data *data, const struct xd_vehicle_type *type, int32_t stop)
{
    int32_t places[DETOUR_NEIGHBOURS + 2] = {type->start_location, type->end_location}, n = 2;
    int64_t in[DETOUR_NEIGHBOURS + 2], out[DETOUR_NEIGHBOURS + 2], most = 0;
    const int32_t *row = data->neighbours + (size_t)stop * (size_t)data->neighbours_n;
    for (int32_t k = 0; k < data->neighbours_n && k < DETOUR_NEIGHBOURS && row[k] >= 0; k++)
        places[n++] = data->location[row[k]];
    for (int32_t i = 0; i < n; i++) {
        in[i] = leg_cost(data, type, places[i], data->location[stop]);
        out[i] = leg_cost(data, type, data->location[stop], places[i]);
    }
    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j < n; j++) {
            int64_t leg = in[i] == XD_MOVE_FORBIDDEN || out[j] == XD_MOVE_FORBIDDEN ? XD_MOVE_FORBIDDEN : leg_cost(data, type, places[i], places[j]);
            if (leg != XD_MOVE_FORBIDDEN && leg - in[i] - out[j] > most)
                most = leg - in[i] - out[j];
        }
    }
    return most;
}

/* Large problems are sampled at even steps: the figure is a guard against pruning too much, not a bound that must hold. */
static enum xd_status detours_measure(struct xd_search_data *data, struct xd_error *error)
{
    int64_t *saving = xd_arena_alloc_zero(&data->arena, (size_t)data->types_n, sizeof *saving);
    if (!saving)
        return xd_fail_memory(error, "the search", (size_t)data->types_n * sizeof *saving);
    int32_t step = 1 + data->active_n / DETOUR_STOPS;
    for (int32_t t = 0; t < data->types_n; t++) {
        for (int32_t i = 0; i < data->active_n; i += step) {
            int64_t here = detour_saving_at(data, &data->types[t], data->active[i]);
            saving[t] = here > saving[t] ? here : saving[t];
        }
    }
    data->detour_saving = saving;
    return XD_OK;
}

/* --- prices ----------------------------------------------------------------------------------------------------------------------------- */

/* More than a plan that serves everything alone could cost, as far as stops_n of it still fit into int64. */
static int64_t required_price_find(const struct xd_problem *problem, const struct xd_search_data *data)
{
    double most = 0;
    for (int32_t i = 0; i < data->active_n; i++) {
        const struct xd_stop *stop = &problem->stops[data->active[i]];
        double alone = 0;
        for (int32_t t = 0; t < problem->types_n; t++) {
            const struct xd_vehicle_type *type = &data->types[t];
            const struct xd_matrix *matrix = problem->matrices[type->matrix];
            size_t out = xd_matrix_cell(matrix, type->start_location, stop->location),
                   back = xd_matrix_cell(matrix, stop->location, type->end_location);
            double cost = (double)type->fixed_cost + (double)type->cost_per_s * (double)stop->service_s;
            if (matrix->time_s[out] != XD_UNREACHABLE && matrix->time_s[back] != XD_UNREACHABLE)
                cost += (double)type->cost_per_m * ((double)matrix->length_m[out] + (double)matrix->length_m[back]) +
                        (double)type->cost_per_s * ((double)matrix->time_s[out] + (double)matrix->time_s[back]);
            alone = cost > alone ? cost : alone;
        }
        most += alone + (stop->unserved_cost > 0 ? (double)stop->unserved_cost : 0);
    }
    int64_t limit = (INT64_C(1) << 60) / (problem->stops_n + 1);
    return 2 * most + 1 < (double)limit ? (int64_t)(2 * most) + 1 : limit;
}

static bool data_allocate(struct xd_search_data *data, const struct xd_problem *problem, struct xd_vehicle_type **types, int32_t **location,
                          struct xd_piece **pieces, struct xd_piece **starts, struct xd_piece **ends, int32_t **tail_class, int64_t **price,
                          int32_t **active)
{
    size_t stops_n = (size_t)problem->stops_n, types_n = (size_t)problem->types_n;
    *types = xd_arena_copy(&data->arena, problem->types, types_n, sizeof **types);
    *location = xd_arena_alloc(&data->arena, stops_n, sizeof **location);
    *pieces = xd_arena_alloc(&data->arena, stops_n, sizeof **pieces);
    *starts = xd_arena_alloc(&data->arena, types_n, sizeof **starts);
    *ends = xd_arena_alloc(&data->arena, types_n, sizeof **ends);
    *tail_class = xd_arena_alloc(&data->arena, types_n, sizeof **tail_class);
    *price = xd_arena_alloc(&data->arena, stops_n, sizeof **price);
    *active = xd_arena_alloc(&data->arena, stops_n, sizeof **active);
    return *types && *location && *pieces && *starts && *ends && *tail_class && *price && *active;
}

enum xd_status xd_search_data_create(const struct xd_problem *problem, int32_t threads_n, const struct xd_progress *progress,
                                     struct xd_search_data **data, struct xd_error *error)
{
    int64_t longest_s = 0;
    enum xd_status status = XD_OK;
    struct xd_vehicle_type *types = NULL;
    int32_t *location = NULL, *tail_class = NULL, *active = NULL;
    struct xd_piece *pieces = NULL, *starts = NULL, *ends = NULL;
    int64_t *price = NULL;
    uint64_t *allowed = xd_alloc((size_t)problem->stops_n, sizeof *allowed);
    struct xd_search_data *made = xd_alloc_zero(1, sizeof *made);
    if (!allowed || !made || !data_allocate(made, problem, &types, &location, &pieces, &starts, &ends, &tail_class, &price, &active)) {
        status = xd_fail_memory(error, "the search", (size_t)problem->stops_n * sizeof *pieces);
        goto done;
    }
    types_drive_from_base(types, problem->base_legs, problem->types_n);
    status = allowed_find(problem, types, allowed, &longest_s, error);
    if (status != XD_OK)
        goto done;
    made->problem = problem;
    made->stops_n = problem->stops_n;
    made->types_n = problem->types_n;
    made->types = types;
    made->timed = time_matters(problem, types, longest_s);
    made->dims_n = 1;
    for (int32_t s = 0; s < problem->stops_n; s++) {
        location[s] = problem->stops[s].location;
        if (allowed[s])
            active[made->active_n++] = s;
        if (problem->stops[s].delivery[1] != 0 || problem->stops[s].pickup[1] != 0)
            made->dims_n = XD_DIMS_N;
    }
    stop_pieces_fill(problem, allowed, pieces);
    depot_pieces_fill(types, problem->types_n, starts, ends, tail_class);
    made->routes_max = problem->vehicles_n < made->active_n ? problem->vehicles_n : made->active_n;
    made->location = location;
    made->stops = pieces;
    made->starts = starts;
    made->ends = ends;
    made->tail_class = tail_class;
    made->active = active;
    made->required_price = required_price_find(problem, made);
    for (int32_t s = 0; s < problem->stops_n; s++)
        price[s] = problem->stops[s].unserved_cost == XD_REQUIRED ? made->required_price : problem->stops[s].unserved_cost;
    made->price = price;
    status = xd_neighbours_find(made, threads_n, progress, error);
    if (status == XD_OK)
        status = detours_measure(made, error);
    if (status != XD_OK)
        goto done;
    *data = made;
    made = NULL;
done:
    xd_free(allowed);
    xd_search_data_free(made);
    return status;
}

void xd_search_data_free(struct xd_search_data *data)
{
    if (!data)
        return;
    xd_arena_free(&data->arena);
    xd_free(data);
}
