#include "solver/search/data.h"

#include "base/parallel.h"

#include <math.h>
#include <string.h>

enum { NEIGHBOUR_BLOCK = 64, DETOUR_STOPS = 1000, DETOUR_NEIGHBOURS = 20 };

/* Least legs into and out of every location of a matrix, from and to anywhere else: bounds that hold without the triangle inequality. */
struct nearest_legs {
    int32_t *in_s, *out_s, *in_m, *out_m;
};

static void nearest_legs_find(const struct xd_matrix *matrix, struct nearest_legs *legs)
{
    int32_t n = matrix->points_n;
    for (int32_t i = 0; i < n; i++)
        legs->in_s[i] = legs->out_s[i] = legs->in_m[i] = legs->out_m[i] = XD_UNREACHABLE;
    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j < n; j++) {
            size_t cell = xd_matrix_cell(matrix, i, j);
            int32_t time_s = matrix->time_s[cell], length_m = matrix->length_m[cell];
            if (i == j)
                continue;
            legs->in_s[j] = time_s < legs->in_s[j] ? time_s : legs->in_s[j];
            legs->in_m[j] = length_m < legs->in_m[j] ? length_m : legs->in_m[j];
            legs->out_s[i] = time_s < legs->out_s[i] ? time_s : legs->out_s[i];
            legs->out_m[i] = length_m < legs->out_m[i] ? length_m : legs->out_m[i];
        }
    }
}

/* May this type serve the stop at all? Necessary conditions only: what passes may still fit into no route. */
static bool type_may_serve(const struct xd_vehicle_type *type, const struct xd_stop *stop, const struct nearest_legs *legs)
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

static enum xd_status allowed_find(const struct xd_problem *problem, uint64_t *allowed, struct xd_error *error)
{
    struct xd_arena scratch;
    xd_arena_init(&scratch);
    enum xd_status status = XD_OK;
    memset(allowed, 0, (size_t)problem->stops_n * sizeof *allowed);
    for (int32_t m = 0; m < problem->matrices_n; m++) {
        size_t points_n = (size_t)problem->matrices[m]->points_n;
        struct nearest_legs legs;
        xd_arena_reset(&scratch);
        legs.in_s = xd_arena_alloc(&scratch, points_n, sizeof(int32_t));
        legs.out_s = xd_arena_alloc(&scratch, points_n, sizeof(int32_t));
        legs.in_m = xd_arena_alloc(&scratch, points_n, sizeof(int32_t));
        legs.out_m = xd_arena_alloc(&scratch, points_n, sizeof(int32_t));
        if (!legs.in_s || !legs.out_s || !legs.in_m || !legs.out_m) {
            status = xd_fail_memory(error, "the search", points_n * 4 * sizeof(int32_t));
            goto done;
        }
        nearest_legs_find(problem->matrices[m], &legs);
        for (int32_t t = 0; t < problem->types_n; t++) {
            if (problem->types[t].matrix != m)
                continue;
            for (int32_t s = 0; s < problem->stops_n; s++) {
                if (type_may_serve(&problem->types[t], &problem->stops[s], &legs))
                    allowed[s] |= UINT64_C(1) << t;
            }
        }
    }
done:
    xd_arena_free(&scratch);
    return status;
}

/* False when no route can be late, wait or be paid for time, whatever its order. */
static bool time_matters(const struct xd_problem *problem)
{
    int64_t leg_s = 0, sum_s = 0;
    for (int32_t m = 0; m < problem->matrices_n; m++) {
        const struct xd_matrix *matrix = problem->matrices[m];
        size_t cells_n = (size_t)matrix->points_n * (size_t)matrix->points_n;
        for (size_t cell = 0; cell < cells_n; cell++) {
            if (matrix->time_s[cell] != XD_UNREACHABLE && matrix->time_s[cell] > leg_s)
                leg_s = matrix->time_s[cell];
        }
    }
    sum_s = leg_s * (problem->stops_n + 1);
    for (int32_t s = 0; s < problem->stops_n; s++)
        sum_s += problem->stops[s].service_s;
    for (int32_t t = 0; t < problem->types_n; t++) {
        const struct xd_vehicle_type *type = &problem->types[t];
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

static void depot_pieces_fill(const struct xd_problem *problem, struct xd_piece *starts, struct xd_piece *ends, int32_t *tail_class)
{
    for (int32_t t = 0; t < problem->types_n; t++) {
        const struct xd_vehicle_type *type = &problem->types[t];
        memset(&starts[t], 0, sizeof starts[t]);
        starts[t].time = xd_duration_segment_stop(type->earliest_s, type->latest_s, 0, type->earliest_s);
        starts[t].allowed = UINT64_MAX;
        ends[t] = starts[t];
        tail_class[t] = t;
        for (int32_t u = 0; u < t; u++) {
            const struct xd_vehicle_type *other = &problem->types[u];
            if (other->matrix == type->matrix && other->end_location == type->end_location && other->earliest_s == type->earliest_s &&
                other->latest_s == type->latest_s) {
                tail_class[t] = u;
                break;
            }
        }
    }
}

/* --- neighbours ------------------------------------------------------------------------------------------------------------------------- */

struct proximity {
    double cost;
    int32_t stop;
};

struct neighbour_work {
    struct xd_search_data *data;
    const struct xd_matrix *matrix;
    double per_m, per_s; /* cost of a leg */
    double per_late_s;   /* cost of a second of lateness that the pair cannot avoid; a fifth of it for waiting */
    int32_t *neighbours;
};

/* Cost of visiting b right after a. Source: Vidal et al. 2013, with the weights of PyVRP. */
static double proximity_one_way(const struct neighbour_work *work, int32_t a, int32_t b)
{
    const struct xd_stop *first = &work->data->problem->stops[a], *second = &work->data->problem->stops[b];
    size_t cell = xd_matrix_cell(work->matrix, first->location, second->location);
    int32_t travel_s = work->matrix->time_s[cell];
    if (travel_s == XD_UNREACHABLE)
        return (double)INFINITY;
    double cost = work->per_m * (double)work->matrix->length_m[cell] + work->per_s * (double)travel_s;
    if (!work->data->timed)
        return cost;
    int64_t wait_s = second->earliest_s - travel_s - first->service_s - first->latest_s;
    int64_t late_s = first->earliest_s + first->service_s + travel_s - second->latest_s;
    return cost + work->per_late_s * (0.2 * (double)(wait_s > 0 ? wait_s : 0) + (double)(late_s > 0 ? late_s : 0));
}

static bool farther(const struct proximity *a, const struct proximity *b)
{
    return a->cost > b->cost || (!(a->cost < b->cost) && a->stop > b->stop);
}

static void heap_sink(struct proximity *heap, int32_t n, int32_t at)
{
    struct proximity item = heap[at];
    for (int32_t child = 2 * at + 1; child < n; child = 2 * at + 1) {
        if (child + 1 < n && farther(&heap[child + 1], &heap[child]))
            child++;
        if (!farther(&heap[child], &item))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = item;
}

static void neighbours_of(const struct neighbour_work *work, int32_t stop)
{
    const struct xd_search_data *data = work->data;
    struct proximity heap[XD_SEARCH_NEIGHBOURS]; /* the nearest so far, the farthest of them on top */
    int32_t n = 0, limit = data->neighbours_n;
    for (int32_t i = 0; i < data->active_n; i++) {
        int32_t other = data->active[i];
        if (other == stop || !(data->stops[other].allowed & data->stops[stop].allowed))
            continue;
        double there = proximity_one_way(work, stop, other), back = proximity_one_way(work, other, stop);
        struct proximity item = {there < back ? there : back, other};
        if (isinf(item.cost))
            continue;
        if (n < limit) {
            int32_t at = n++;
            for (; at > 0 && farther(&item, &heap[(at - 1) / 2]); at = (at - 1) / 2)
                heap[at] = heap[(at - 1) / 2];
            heap[at] = item;
        } else if (farther(&heap[0], &item)) {
            heap[0] = item;
            heap_sink(heap, n, 0);
        }
    }
    int32_t *row = work->neighbours + (size_t)stop * (size_t)limit;
    for (int32_t i = n; i < limit; i++)
        row[i] = -1;
    while (n > 0) {
        row[n - 1] = heap[0].stop;
        heap[0] = heap[--n];
        heap_sink(heap, n, 0);
    }
}

static enum xd_status neighbour_item(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    (void)worker;
    (void)error;
    const struct neighbour_work *work = context;
    for (int32_t i = item * NEIGHBOUR_BLOCK; i < work->data->active_n && i < (item + 1) * NEIGHBOUR_BLOCK; i++)
        neighbours_of(work, work->data->active[i]);
    return XD_OK;
}

static const struct xd_vehicle_type *reference_type(const struct xd_problem *problem)
{
    const struct xd_vehicle_type *best = &problem->types[0];
    for (int32_t t = 1; t < problem->types_n; t++) {
        if (problem->types[t].count > best->count)
            best = &problem->types[t];
    }
    return best;
}

static void neighbour_work_weigh(struct neighbour_work *work, const struct xd_problem *problem)
{
    const struct xd_vehicle_type *type = reference_type(problem);
    work->matrix = problem->matrices[type->matrix];
    work->per_m = (double)type->cost_per_m;
    work->per_s = (double)type->cost_per_s;
    if (type->cost_per_m == 0 && type->cost_per_s == 0)
        work->per_s = 1;
    double cost = 0, time_s = 0; /* along the depot's row: enough for a ratio */
    for (int32_t to = 0; to < work->matrix->points_n; to++) {
        size_t cell = xd_matrix_cell(work->matrix, type->start_location, to);
        if (work->matrix->time_s[cell] == XD_UNREACHABLE)
            continue;
        cost += work->per_m * (double)work->matrix->length_m[cell] + work->per_s * (double)work->matrix->time_s[cell];
        time_s += (double)work->matrix->time_s[cell];
    }
    work->per_late_s = time_s > 0 ? cost / time_s : 1;
}

static int64_t at_least_one(double value)
{
    return value < 1 ? 1 : value > 1e15 ? INT64_C(1000000000000000) : (int64_t)value;
}

static void mean_legs_measure(const struct neighbour_work *work, struct xd_search_data *data)
{
    double cost = 0, time_s = 0, length_m = 0, n = 0;
    for (int32_t i = 0; i < data->active_n; i++) {
        const int32_t *row = data->neighbours + (size_t)data->active[i] * (size_t)data->neighbours_n;
        for (int32_t k = 0; k < data->neighbours_n && k < 10 && row[k] >= 0; k++) {
            size_t cell = xd_matrix_cell(work->matrix, data->location[data->active[i]], data->location[row[k]]);
            if (work->matrix->time_s[cell] == XD_UNREACHABLE)
                continue;
            cost += work->per_m * (double)work->matrix->length_m[cell] + work->per_s * (double)work->matrix->time_s[cell];
            time_s += (double)work->matrix->time_s[cell];
            length_m += (double)work->matrix->length_m[cell];
            n += 1;
        }
    }
    data->mean_leg_cost = at_least_one(n > 0 ? cost / n : 1);
    data->mean_leg_s = at_least_one(n > 0 ? time_s / n : 1);
    data->mean_leg_m = at_least_one(n > 0 ? length_m / n : 1);
}

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
            int64_t here = detour_saving_at(data, &data->problem->types[t], data->active[i]);
            saving[t] = here > saving[t] ? here : saving[t];
        }
    }
    data->detour_saving = saving;
    return XD_OK;
}

static enum xd_status neighbours_find(struct xd_search_data *data, int32_t threads_n, struct xd_error *error)
{
    struct neighbour_work work = {.data = data};
    data->neighbours_n = data->active_n - 1 < XD_SEARCH_NEIGHBOURS ? (data->active_n > 1 ? data->active_n - 1 : 0) : XD_SEARCH_NEIGHBOURS;
    size_t cells_n = (size_t)data->stops_n * (size_t)data->neighbours_n;
    work.neighbours = xd_arena_alloc(&data->arena, cells_n, sizeof(int32_t));
    if (!work.neighbours)
        return xd_fail_memory(error, "the search", cells_n * sizeof(int32_t));
    data->neighbours = work.neighbours;
    neighbour_work_weigh(&work, data->problem);
    if (data->neighbours_n > 0) {
        enum xd_status status = xd_parallel_for(threads_n, (data->active_n + NEIGHBOUR_BLOCK - 1) / NEIGHBOUR_BLOCK, neighbour_item, &work, error);
        if (status != XD_OK)
            return status;
    }
    mean_legs_measure(&work, data);
    return detours_measure(data, error);
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
            const struct xd_vehicle_type *type = &problem->types[t];
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

static bool data_allocate(struct xd_search_data *data, const struct xd_problem *problem, int32_t **location, struct xd_piece **pieces,
                          struct xd_piece **starts, struct xd_piece **ends, int32_t **tail_class, int64_t **price, int32_t **active)
{
    size_t stops_n = (size_t)problem->stops_n, types_n = (size_t)problem->types_n;
    *location = xd_arena_alloc(&data->arena, stops_n, sizeof **location);
    *pieces = xd_arena_alloc(&data->arena, stops_n, sizeof **pieces);
    *starts = xd_arena_alloc(&data->arena, types_n, sizeof **starts);
    *ends = xd_arena_alloc(&data->arena, types_n, sizeof **ends);
    *tail_class = xd_arena_alloc(&data->arena, types_n, sizeof **tail_class);
    *price = xd_arena_alloc(&data->arena, stops_n, sizeof **price);
    *active = xd_arena_alloc(&data->arena, stops_n, sizeof **active);
    return *location && *pieces && *starts && *ends && *tail_class && *price && *active;
}

enum xd_status xd_search_data_create(const struct xd_problem *problem, int32_t threads_n, struct xd_search_data **data, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    int32_t *location = NULL, *tail_class = NULL, *active = NULL;
    struct xd_piece *pieces = NULL, *starts = NULL, *ends = NULL;
    int64_t *price = NULL;
    uint64_t *allowed = xd_alloc((size_t)problem->stops_n, sizeof *allowed);
    struct xd_search_data *made = xd_alloc_zero(1, sizeof *made);
    if (!allowed || !made || !data_allocate(made, problem, &location, &pieces, &starts, &ends, &tail_class, &price, &active)) {
        status = xd_fail_memory(error, "the search", (size_t)problem->stops_n * sizeof *pieces);
        goto done;
    }
    status = allowed_find(problem, allowed, error);
    if (status != XD_OK)
        goto done;
    made->problem = problem;
    made->stops_n = problem->stops_n;
    made->types_n = problem->types_n;
    made->timed = time_matters(problem);
    made->dims_n = 1;
    for (int32_t s = 0; s < problem->stops_n; s++) {
        location[s] = problem->stops[s].location;
        if (allowed[s])
            active[made->active_n++] = s;
        if (problem->stops[s].delivery[1] != 0 || problem->stops[s].pickup[1] != 0)
            made->dims_n = XD_DIMS_N;
    }
    stop_pieces_fill(problem, allowed, pieces);
    depot_pieces_fill(problem, starts, ends, tail_class);
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
    status = neighbours_find(made, threads_n, error);
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
