#include "maps/customize.h"

#include "base/arena.h"

#include <string.h>

struct weights {
    struct xd_weights face; /* first */
    struct xd_arena arena;
    int32_t *up, *down; /* full */
};

#define INLINE static inline __attribute__((always_inline))

/* ---- weights of one width, known to the compiler ---- */

INLINE bool is_less(const int32_t *a, const int32_t *b, int width)
{
    for (int k = 0; k + 1 < width; k++)
        if (a[k] != b[k])
            return a[k] < b[k];
    return a[width - 1] < b[width - 1];
}

/* Numbers below 2^30 each; a sum that does not fit is far. Energy, the last when there is any, is always less than the length. */
INLINE void add(const int32_t *a, const int32_t *b, int32_t *sum, int width, int told_n)
{
    bool is_far = false;
    for (int k = 0; k < width; k++) {
        sum[k] = a[k] + b[k];
        is_far = is_far || (k < told_n && sum[k] >= XD_FAR_WAY);
    }
    for (int k = 0; k < width && is_far; k++)
        sum[k] = XD_FAR_WAY;
}

INLINE void improve(int32_t *weight, const int32_t *a, const int32_t *b, int width, int told_n)
{
    int32_t sum[XD_WEIGHT_WIDEST];
    add(a, b, sum, width, told_n);
    if (is_less(sum, weight, width))
        memcpy(weight, sum, (size_t)width * sizeof *sum);
}

/* The least that customizing takes. */
static int64_t pairs_n(const struct xd_hierarchy *hierarchy)
{
    int64_t n = 0;
    for (int32_t v = 0; v < hierarchy->nodes_n; v++) {
        const int64_t degree = hierarchy->up_first[v + 1] - hierarchy->up_first[v];
        n += degree * (degree - 1) / 2;
    }
    return n;
}

/* Every lower triangle in ascending rank of its lowest node. */
INLINE bool lower_triangles(const struct xd_hierarchy *hierarchy, int32_t *up, int32_t *down, int64_t work_max, int width, int told_n)
{
    const int32_t *first = hierarchy->up_first, *head = hierarchy->up_head;
    int64_t work = 0;
    if (pairs_n(hierarchy) > work_max)
        return false;
    for (int32_t v = 0; v < hierarchy->nodes_n && work <= work_max; v++) {
        const int32_t end = first[v + 1];
        for (int32_t i = first[v]; i < end; i++) {
            const int32_t begin = first[head[i]];
            int32_t at = begin;
            for (int32_t j = i + 1; j < end; j++) {
                while (head[at] != head[j])
                    at++;
                improve(up + at * width, down + i * width, up + j * width, width, told_n);
                improve(down + at * width, down + j * width, up + i * width, width, told_n);
            }
            work += at - begin + 1;
        }
    }
    return work <= work_max;
}

/* One of two ways from v, or to it, over another higher node: the better weight, and whether the arc itself is still needed. An arc that is just as good
 * as the way round is not, unless the way round takes nothing from there on, where two arcs could each be left out for the other's sake. */
INLINE void replace(int32_t *weight, uint8_t *is_needed, const int32_t *first_part, const int32_t *rest, int width, int told_n)
{
    static const int32_t nothing[XD_WEIGHT_WIDEST];
    int32_t sum[XD_WEIGHT_WIDEST];
    add(first_part, rest, sum, width, told_n);
    if (is_less(weight, sum, width))
        return;
    if (is_less(sum, weight, width)) {
        memcpy(weight, sum, (size_t)width * sizeof *sum);
        *is_needed = 0;
    } else if (is_less(nothing, rest, width)) {
        *is_needed = 0;
    }
}

/* Every triangle again, from the highest node down: the weights become those of the best ways. */
INLINE void upper_triangles(const struct xd_hierarchy *hierarchy, int32_t *up, int32_t *down, uint8_t *needed_up, uint8_t *needed_down, int width,
                            int told_n)
{
    const int32_t *first = hierarchy->up_first, *head = hierarchy->up_head;
    for (int32_t v = hierarchy->nodes_n - 1; v >= 0; v--) {
        const int32_t end = first[v + 1];
        for (int32_t i = first[v]; i < end; i++) {
            int32_t at = first[head[i]];
            for (int32_t j = i + 1; j < end; j++) {
                while (head[at] != head[j])
                    at++;
                replace(up + i * width, &needed_up[i], up + j * width, down + at * width, width, told_n);
                replace(up + j * width, &needed_up[j], up + i * width, up + at * width, width, told_n);
                replace(down + i * width, &needed_down[i], down + j * width, up + at * width, width, told_n);
                replace(down + j * width, &needed_down[j], down + i * width, down + at * width, width, told_n);
            }
        }
    }
}

/* ---- the width chosen at run time ---- */

static bool run_lower(const struct weights *made, int64_t work_max)
{
    const struct xd_hierarchy *hierarchy = made->face.hierarchy;
    const int told_n = made->face.length_at + 1;
    switch (made->face.width) {
    case 2:
        return lower_triangles(hierarchy, made->up, made->down, work_max, 2, 2);
    case 3:
        return told_n == 3 ? lower_triangles(hierarchy, made->up, made->down, work_max, 3, 3)
                           : lower_triangles(hierarchy, made->up, made->down, work_max, 3, 2);
    default:
        return lower_triangles(hierarchy, made->up, made->down, work_max, 4, 3);
    }
}

static void run_upper(const struct weights *made, int32_t *up, int32_t *down, uint8_t *needed_up, uint8_t *needed_down)
{
    const struct xd_hierarchy *hierarchy = made->face.hierarchy;
    const int told_n = made->face.length_at + 1;
    switch (made->face.width) {
    case 2:
        upper_triangles(hierarchy, up, down, needed_up, needed_down, 2, 2);
        break;
    case 3:
        if (told_n == 3)
            upper_triangles(hierarchy, up, down, needed_up, needed_down, 3, 3);
        else
            upper_triangles(hierarchy, up, down, needed_up, needed_down, 3, 2);
        break;
    default:
        upper_triangles(hierarchy, up, down, needed_up, needed_down, 4, 3);
        break;
    }
}

void xd_weight_pack(const struct xd_weights *weights, struct xd_short_way way, int32_t *numbers)
{
    numbers[0] = way.cost_ms;
    numbers[weights->time_at] = way.time_ms;
    numbers[weights->length_at] = way.length_cm;
    if (weights->width > weights->length_at + 1)
        numbers[weights->length_at + 1] = way.cost_ms >= XD_FAR_WAY ? XD_FAR_WAY : way.energy_kj;
}

struct xd_short_way xd_weight_unpack(const struct xd_weights *weights, const int32_t *numbers)
{
    return (struct xd_short_way){numbers[0], numbers[weights->time_at], numbers[weights->length_at],
                                 weights->width > weights->length_at + 1 ? numbers[weights->length_at + 1] : 0};
}

static void take_arcs(const struct weights *made)
{
    const struct xd_hierarchy *hierarchy = made->face.hierarchy;
    const int32_t width = made->face.width;
    for (int64_t i = 0; i < (int64_t)hierarchy->arcs_n * width; i++)
        made->up[i] = made->down[i] = XD_FAR_WAY;
    for (int32_t a = 0; a < hierarchy->topology->arcs_n; a++) {
        int32_t numbers[XD_WEIGHT_WIDEST];
        const int32_t at = hierarchy->arc_at[a];
        if (at < 0 || made->face.graph->weight[a].cost_ms >= XD_FAR_WAY)
            continue;
        int32_t *weight = (at % 2 ? made->down : made->up) + (int64_t)(at / 2) * width;
        xd_weight_pack(&made->face, made->face.graph->weight[a], numbers);
        if (is_less(numbers, weight, width))
            memcpy(weight, numbers, (size_t)width * sizeof *numbers);
    }
}

enum xd_status xd_weights_take(const struct xd_hierarchy *hierarchy, const struct xd_graph *graph, int64_t work_max, struct xd_weights **weights,
                               struct xd_error *error)
{
    *weights = NULL;
    if (!hierarchy)
        return XD_OK;
    struct weights *made = xd_alloc_zero(1, sizeof *made);
    if (made) {
        made->face.hierarchy = hierarchy;
        made->face.graph = graph;
        made->face.time_at = graph->has_costs;
        made->face.length_at = made->face.time_at + 1;
        made->face.width = made->face.length_at + 1 + graph->has_energy;
        made->up = xd_arena_alloc(&made->arena, (size_t)hierarchy->arcs_n + 1, (size_t)made->face.width * sizeof *made->up);
        made->down = xd_arena_alloc(&made->arena, (size_t)hierarchy->arcs_n + 1, (size_t)made->face.width * sizeof *made->down);
    }
    if (!made || !made->up || !made->down) {
        xd_weights_free(made ? &made->face : NULL);
        return xd_fail_memory(error, "the weights of a road hierarchy", (size_t)hierarchy->arcs_n * 2 * XD_WEIGHT_WIDEST * sizeof(int32_t));
    }
    take_arcs(made);
    if (!run_lower(made, work_max)) {
        xd_weights_free(&made->face);
        return XD_OK;
    }
    made->face.full_up = made->up;
    made->face.full_down = made->down;
    made->face.up = (struct xd_arcs_by_rank){hierarchy->up_first, hierarchy->up_head, made->up};
    made->face.down = (struct xd_arcs_by_rank){hierarchy->up_first, hierarchy->up_head, made->down};
    *weights = &made->face;
    return XD_OK;
}

/* Only the arcs that are needed and lead somewhere, packed close. */
static bool keep_needed(struct weights *made, const int32_t *full, const uint8_t *is_needed, struct xd_arcs_by_rank *kept)
{
    const struct xd_hierarchy *hierarchy = made->face.hierarchy;
    const size_t width = (size_t)made->face.width;
    int32_t n = 0;
    for (int32_t a = 0; a < hierarchy->arcs_n; a++)
        n += is_needed[a] && full[(size_t)a * width] < XD_FAR_WAY;
    int32_t *first = xd_arena_alloc(&made->arena, (size_t)hierarchy->nodes_n + 1, sizeof *first);
    int32_t *head = xd_arena_alloc(&made->arena, (size_t)n + 1, sizeof *head);
    int32_t *weight = xd_arena_alloc(&made->arena, (size_t)n + 1, width * sizeof *weight);
    if (!first || !head || !weight)
        return false;
    n = 0;
    for (int32_t v = 0; v < hierarchy->nodes_n; v++) {
        first[v] = n;
        for (int32_t a = hierarchy->up_first[v]; a < hierarchy->up_first[v + 1]; a++) {
            if (!is_needed[a] || full[(size_t)a * width] >= XD_FAR_WAY)
                continue;
            head[n] = hierarchy->up_head[a];
            memcpy(weight + (size_t)n++ * width, full + (size_t)a * width, width * sizeof *weight);
        }
    }
    first[hierarchy->nodes_n] = n;
    *kept = (struct xd_arcs_by_rank){first, head, weight};
    return true;
}

enum xd_status xd_weights_perfect(struct xd_weights *weights, struct xd_error *error)
{
    struct weights *made = (struct weights *)weights; /* its first member */
    const size_t arcs_n = (size_t)weights->hierarchy->arcs_n + 1, bytes = (size_t)weights->width * sizeof(int32_t);
    int32_t *up = xd_alloc(arcs_n, bytes), *down = xd_alloc(arcs_n, bytes);
    uint8_t *needed_up = xd_alloc(arcs_n, 1), *needed_down = xd_alloc(arcs_n, 1);
    struct xd_arcs_by_rank kept_up, kept_down;
    enum xd_status status = XD_OK;
    bool good = up && down && needed_up && needed_down;
    if (good) {
        memcpy(up, made->up, (arcs_n - 1) * bytes);
        memcpy(down, made->down, (arcs_n - 1) * bytes);
        memset(needed_up, 1, arcs_n);
        memset(needed_down, 1, arcs_n);
        run_upper(made, up, down, needed_up, needed_down);
        good = keep_needed(made, made->up, needed_up, &kept_up) && keep_needed(made, made->down, needed_down, &kept_down);
    }
    if (good) {
        weights->up = kept_up;
        weights->down = kept_down;
    } else {
        status = xd_fail_memory(error, "the weights of a road hierarchy", arcs_n * bytes * 2);
    }
    xd_free(up);
    xd_free(down);
    xd_free(needed_up);
    xd_free(needed_down);
    return status;
}

void xd_weights_free(struct xd_weights *weights)
{
    struct weights *made = (struct weights *)weights; /* its first member */
    if (!made)
        return;
    struct xd_arena arena = made->arena;
    xd_free(made);
    xd_arena_free(&arena);
}
