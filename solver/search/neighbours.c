#include "solver/search/neighbours.h"

#include "base/alloc.h"
#include "base/parallel.h"

#include <math.h>
#include <stdlib.h>

enum { BLOCK_STOPS = 64 };

struct proximity {
    double cost;
    int32_t stop;
};

struct neighbour_work {
    const struct xd_search_data *data;
    const struct xd_progress *progress;
    const struct xd_matrix *matrix;
    double per_m, per_s; /* cost of a leg */
    double per_late_s;   /* cost of a second of lateness that the pair cannot avoid; a fifth of it for waiting */
    int32_t *neighbours;
};

/* Cost of visiting b right after a. */
static inline double proximity_one_way(const struct neighbour_work *work, int32_t a, int32_t b)
{
    const struct xd_search_data *data = work->data;
    size_t cell = xd_matrix_cell(work->matrix, data->location[a], data->location[b]);
    int32_t length_m = work->matrix->length_m[cell];
    if (length_m == XD_UNREACHABLE)
        return (double)INFINITY;
    double cost = work->per_m * (double)length_m;
    if (!data->timed && work->per_s <= 0)
        return cost;
    int32_t travel_s = work->matrix->time_s[cell];
    cost += work->per_s * (double)travel_s;
    if (!data->timed)
        return cost;
    const struct xd_stop *first = &data->problem->stops[a], *second = &data->problem->stops[b];
    int64_t wait_s = second->earliest_s - travel_s - first->service_s - first->latest_s;
    int64_t late_s = first->earliest_s + first->service_s + travel_s - second->latest_s;
    return cost + work->per_late_s * (0.2 * (double)(wait_s > 0 ? wait_s : 0) + (double)(late_s > 0 ? late_s : 0));
}

static inline double proximity_either_way(const struct neighbour_work *work, int32_t a, int32_t b)
{
    double there = proximity_one_way(work, a, b), back = proximity_one_way(work, b, a);
    return there < back ? there : back;
}

static bool may_share_route(const struct xd_search_data *data, int32_t a, int32_t b)
{
    return a != b && (data->stops[a].allowed & data->stops[b].allowed) != 0;
}

/* --- the nearest ------------------------------------------------------------------------------------------------------------------------ */

/* The nearest so far of one stop, the farthest of them on top. */
struct nearest {
    int32_t n;
    struct proximity heap[XD_SEARCH_NEIGHBOURS];
};

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

static void nearest_offer(struct nearest *nearest, int32_t limit, struct proximity item)
{
    struct proximity *heap = nearest->heap;
    if (nearest->n == limit) {
        if (farther(&heap[0], &item)) {
            heap[0] = item;
            heap_sink(heap, limit, 0);
        }
        return;
    }
    int32_t at = nearest->n++;
    for (; at > 0 && farther(&item, &heap[(at - 1) / 2]); at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = item;
}

static void nearest_write(struct nearest *nearest, int32_t limit, int32_t *row)
{
    for (int32_t i = nearest->n; i < limit; i++)
        row[i] = -1;
    while (nearest->n > 0) {
        row[nearest->n - 1] = nearest->heap[0].stop;
        nearest->heap[0] = nearest->heap[--nearest->n];
        heap_sink(nearest->heap, nearest->n, 0);
    }
}

/* A block of stops at once: legs into them then lie side by side in the table, instead of a row apart. */
static enum xd_status block_item(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    (void)worker;
    const struct neighbour_work *work = context;
    const struct xd_search_data *data = work->data;
    struct nearest block[BLOCK_STOPS];
    const int32_t *stops = data->active + item * BLOCK_STOPS;
    const int32_t left_n = data->active_n - item * BLOCK_STOPS, n = left_n < BLOCK_STOPS ? left_n : BLOCK_STOPS, limit = data->neighbours_n;
    if (xd_cancelled(work->progress))
        return xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted");
    for (int32_t k = 0; k < n; k++)
        block[k].n = 0;
    for (int32_t i = 0; i < data->active_n; i++) {
        int32_t other = data->active[i];
        for (int32_t k = 0; k < n; k++) {
            struct proximity near = {(double)INFINITY, other};
            if (may_share_route(data, stops[k], other))
                near.cost = proximity_either_way(work, stops[k], other);
            if (!isinf(near.cost))
                nearest_offer(&block[k], limit, near);
        }
    }
    for (int32_t k = 0; k < n; k++)
        nearest_write(&block[k], limit, work->neighbours + (size_t)stops[k] * (size_t)limit);
    return XD_OK;
}

/* --- groups, in a hurry ------------------------------------------------------------------------------------------------------------------- */

struct grouped {
    double cost; /* from or to the group's own stop */
    int32_t group, stop;
};

static int grouped_order(const void *a, const void *b)
{
    const struct grouped *first = a, *second = b;
    if (first->group != second->group)
        return first->group < second->group ? -1 : 1;
    if (first->cost < second->cost || second->cost < first->cost)
        return first->cost < second->cost ? -1 : 1;
    return first->stop < second->stop ? -1 : 1;
}

static struct grouped group_find(const struct neighbour_work *work, int32_t stop, int32_t groups_n)
{
    const struct xd_search_data *data = work->data;
    struct grouped found = {(double)INFINITY, 0, stop};
    for (int32_t g = 0; g < groups_n; g++) {
        double cost = proximity_either_way(work, stop, data->active[(int64_t)g * data->active_n / groups_n]);
        if (cost < found.cost) {
            found.cost = cost;
            found.group = g;
        }
    }
    return found;
}

/* Neighbours are those who stand next to the stop when all stand in order of group and distance: a guess, but one that routes can be made of. */
static enum xd_status groups_fill(const struct neighbour_work *work, struct xd_error *error)
{
    const struct xd_search_data *data = work->data;
    const int32_t stops_n = data->active_n, limit = data->neighbours_n;
    struct grouped *order = xd_alloc((size_t)stops_n, sizeof *order);
    int32_t groups_n = 1;
    if (!order)
        return xd_fail_memory(error, "the search", (size_t)stops_n * sizeof *order);
    while (groups_n * groups_n < stops_n)
        groups_n++;
    for (int32_t i = 0; i < stops_n; i++)
        order[i] = group_find(work, data->active[i], groups_n);
    qsort(order, (size_t)stops_n, sizeof *order, grouped_order);
    for (int32_t i = 0; i < stops_n; i++) {
        int32_t *row = work->neighbours + (size_t)order[i].stop * (size_t)limit, n = 0;
        for (int32_t away = 1; away <= limit && n < limit; away++) {
            for (int32_t at = i - away; at <= i + away && n < limit; at += 2 * away) {
                if (at >= 0 && at < stops_n && may_share_route(data, order[i].stop, order[at].stop))
                    row[n++] = order[at].stop;
            }
        }
        while (n < limit)
            row[n++] = -1;
    }
    xd_free(order);
    return XD_OK;
}

/* --- weights and means -------------------------------------------------------------------------------------------------------------------- */

static const struct xd_vehicle_type *reference_type(const struct xd_search_data *data)
{
    const struct xd_vehicle_type *best = &data->types[0];
    for (int32_t t = 1; t < data->types_n; t++) {
        if (data->types[t].count > best->count)
            best = &data->types[t];
    }
    return best;
}

static void neighbour_work_weigh(struct neighbour_work *work)
{
    const struct xd_vehicle_type *type = reference_type(work->data);
    work->matrix = work->data->problem->matrices[type->matrix];
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

enum xd_status xd_neighbours_find(struct xd_search_data *data, int32_t threads_n, const struct xd_progress *progress, struct xd_error *error)
{
    struct neighbour_work work = {.data = data, .progress = progress};
    enum xd_status status = XD_OK;
    data->neighbours_n = data->active_n - 1 < XD_SEARCH_NEIGHBOURS ? (data->active_n > 1 ? data->active_n - 1 : 0) : XD_SEARCH_NEIGHBOURS;
    size_t cells_n = (size_t)data->stops_n * (size_t)data->neighbours_n;
    work.neighbours = xd_arena_alloc(&data->arena, cells_n, sizeof(int32_t));
    if (!work.neighbours)
        return xd_fail_memory(error, "the search", cells_n * sizeof(int32_t));
    data->neighbours = work.neighbours;
    neighbour_work_weigh(&work);
    if (data->neighbours_n > 0)
        status = xd_parallel_for(threads_n, (data->active_n + BLOCK_STOPS - 1) / BLOCK_STOPS, block_item, &work, error);
    data->hurried = status == XD_INTERRUPTED;
    if (data->hurried)
        status = groups_fill(&work, error);
    mean_legs_measure(&work, data);
    return status;
}
