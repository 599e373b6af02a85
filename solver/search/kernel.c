#include "solver/search/kernel.h"

enum { KERNEL_TIMES = 1 << 30 };

/* No leg missing, none too dear; with a clock none so slow that the lateness of all stops in one route could pass 2^30. */
static bool legs_fit(const struct xd_search_data *data, const struct xd_vehicle_type *type)
{
    const struct xd_matrix *matrix = data->problem->matrices[type->matrix];
    const int64_t cost_max = XD_KERNEL_CELL_LIMIT / (type->cost_per_m > 0 ? type->cost_per_m : 1);
    const int32_t length_max = (int32_t)cost_max;
    const int64_t time_max = KERNEL_TIMES / (data->active_n + 2) - type->latest_s;
    int64_t service_s = 0;
    for (int32_t i = 0; i < data->active_n; i++)
        service_s = data->problem->stops[data->active[i]].service_s > service_s ? data->problem->stops[data->active[i]].service_s : service_s;
    for (int32_t i = 0; i < data->active_n + 1; i++) {
        const int32_t from = i < data->active_n ? data->location[data->active[i]] : type->start_location;
        const size_t row = xd_matrix_cell(matrix, from, 0);
        for (int32_t k = 0; k < data->active_n + 1; k++) {
            const int32_t to = k < data->active_n ? data->location[data->active[k]] : type->end_location;
            if (matrix->length_m[row + (size_t)to] > length_max || (data->timed && matrix->time_s[row + (size_t)to] + service_s > time_max))
                return false;
        }
    }
    return true;
}

static bool stops_fit(const struct xd_search_data *data)
{
    int64_t load = 0;
    for (int32_t i = 0; i < data->active_n; i++) {
        const struct xd_stop *stop = &data->problem->stops[data->active[i]];
        if (stop->pickup[0] != 0 || (data->timed && stop->release_s > data->types[0].earliest_s))
            return false;
        load += stop->delivery[0];
    }
    return load < XD_LOAD_MAX;
}

bool xd_kernel_fits(const struct xd_search_data *data)
{
    const struct xd_vehicle_type *type = &data->types[0];
    if (data->types_n != 1 || data->dims_n != 1 || data->active_n < 1 || data->active_n + 2 > XD_KERNEL_COLUMNS)
        return false;
    if (type->capacity[0] > XD_KERNEL_CELL_LIMIT || type->fixed_cost > XD_KERNEL_CELL_LIMIT || type->length_max_m != XD_LENGTH_NO_LIMIT)
        return false;
    if (data->timed && (type->cost_per_s != 0 || type->duration_max_s < type->latest_s - type->earliest_s))
        return false;
    return stops_fit(data) && legs_fit(data, type);
}

static void number_nodes(const struct xd_search_data *data, const int32_t *order, int32_t order_n, int32_t *stop, int32_t *node)
{
    int32_t n = 0;
    for (int32_t s = 0; s < data->stops_n; s++)
        node[s] = -1;
    for (int32_t i = 0; i < order_n; i++) {
        if (node[order[i]] < 0) {
            node[order[i]] = n;
            stop[n++] = order[i];
        }
    }
    for (int32_t i = 0; i < data->active_n; i++) {
        if (node[data->active[i]] < 0) {
            node[data->active[i]] = n;
            stop[n++] = data->active[i];
        }
    }
}

static bool symmetric(const struct xd_search_data *data)
{
    const struct xd_vehicle_type *type = &data->types[0];
    const struct xd_matrix *matrix = data->problem->matrices[type->matrix];
    if (data->timed || type->start_location != type->end_location)
        return false;
    for (int32_t i = 0; i < data->active_n; i++) {
        const int32_t a = data->location[data->active[i]];
        if (xd_matrix_length_m(matrix, a, type->start_location) != xd_matrix_length_m(matrix, type->start_location, a))
            return false;
        for (int32_t k = 0; k < i; k++) {
            const int32_t b = data->location[data->active[k]];
            if (xd_matrix_length_m(matrix, a, b) != xd_matrix_length_m(matrix, b, a))
                return false;
        }
    }
    return true;
}

static enum xd_status tables_allocate(struct xd_kernel *kernel, struct xd_error *error)
{
    const size_t cells_n = (size_t)kernel->nodes_n * (size_t)kernel->stride, bytes = kernel->calls->cell_bytes;
    kernel->out = xd_arena_alloc(&kernel->arena, cells_n, bytes);
    kernel->in = symmetric(kernel->data) ? kernel->out : xd_arena_alloc(&kernel->arena, cells_n, bytes);
    kernel->near = xd_arena_alloc(&kernel->arena, (size_t)kernel->nodes_n * (size_t)kernel->near_n, kernel->calls->near_bytes);
    if (!kernel->out || !kernel->in || !kernel->near)
        return xd_fail_memory(error, "the search", 2 * cells_n * bytes);
    return XD_OK;
}

static void wants_fill(struct xd_kernel *kernel, int64_t *price)
{
    const struct xd_search_data *data = kernel->data;
    const struct xd_vehicle_type *type = &data->types[0];
    const struct xd_matrix *matrix = data->problem->matrices[type->matrix];
    kernel->capacity = (int32_t)type->capacity[0];
    kernel->fixed = (int32_t)type->fixed_cost;
    kernel->shift_begin_s = (int32_t)type->earliest_s;
    kernel->shift_end_s = (int32_t)type->latest_s;
    for (int32_t v = 0; v < kernel->nodes_n; v++) {
        const struct xd_stop *stop = &data->problem->stops[kernel->stop[v]];
        const int32_t far_m = xd_matrix_length_m(matrix, stop->location, type->end_location);
        price[v] = data->price[kernel->stop[v]];
        kernel->want[v] = (struct xd_want){(int32_t)stop->delivery[0], (int32_t)stop->earliest_s, (int32_t)stop->latest_s, far_m};
    }
}

enum xd_status xd_kernel_create(const struct xd_search_data *data, const int32_t *order, int32_t order_n, struct xd_kernel **kernel,
                                struct xd_error *error)
{
    enum xd_status status = XD_OK;
    int32_t *stop = NULL, *node = NULL;
    int64_t *price = NULL;
    *kernel = NULL;
    if (!xd_kernel_fits(data))
        return XD_OK;
    struct xd_kernel *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the search", sizeof *made);
    made->data = data;
    made->calls = data->timed ? &xd_kernel_timed : &xd_kernel_pure;
    made->nodes_n = data->active_n;
    made->columns_n = data->active_n + 2;
    made->stride = (made->columns_n + 15) & ~15;
    made->near_n = data->neighbours_n;
    made->routes_max = data->routes_max;
    stop = xd_arena_alloc(&made->arena, (size_t)made->nodes_n, sizeof *stop);
    node = xd_arena_alloc(&made->arena, (size_t)data->stops_n, sizeof *node);
    price = xd_arena_alloc(&made->arena, (size_t)made->nodes_n, sizeof *price);
    made->want = xd_arena_alloc(&made->arena, (size_t)made->nodes_n, sizeof *made->want);
    if (!stop || !node || !price || !made->want) {
        status = xd_fail_memory(error, "the search", (size_t)made->nodes_n * sizeof *made->want);
        goto done;
    }
    status = tables_allocate(made, error);
    if (status != XD_OK)
        goto done;
    number_nodes(data, order, order_n, stop, node);
    made->stop = stop;
    made->node = node;
    made->price = price;
    wants_fill(made, price);
    made->calls->fill(made);
    *kernel = made;
    made = NULL;
done:
    xd_kernel_free(made);
    return status;
}

void xd_kernel_free(struct xd_kernel *kernel)
{
    if (!kernel)
        return;
    xd_arena_free(&kernel->arena);
    xd_free(kernel);
}
