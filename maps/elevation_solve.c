#include "maps/elevation_solve.h"

#include <math.h>

enum { ITERATIONS_MAX = 2000, NONE = -1 };

static const double still_cm = 0.01; /* no height moves by more: the iteration ends */

/* A link has two ends, 2 * link and 2 * link + 1; each stands in the list of its node. */
struct elimination {
    int32_t nodes_n, links_n;
    double *coupling; /* links */
    int32_t *at_node; /* ends */
    int32_t *next, *previous;
    int32_t *first; /* nodes: ends */
    int32_t *degree;
    double *weight, *right; /* nodes: of the equations as they stand */
    int32_t *order;         /* the nodes eliminated, in order, then those that are left */
    int32_t eliminated_n, waiting_n;
    bool *is_queued;
    /* of an eliminated node: where its height comes from */
    int32_t (*from)[2];
    double (*part)[2];
};

static int32_t other(int32_t end)
{
    return end ^ 1;
}

static void detach(struct elimination *e, int32_t end)
{
    const int32_t node = e->at_node[end];
    if (e->previous[end] != NONE)
        e->next[e->previous[end]] = e->next[end];
    else
        e->first[node] = e->next[end];
    if (e->next[end] != NONE)
        e->previous[e->next[end]] = e->previous[end];
    e->degree[node]--;
}

static void attach(struct elimination *e, int32_t end, int32_t node)
{
    e->at_node[end] = node;
    e->previous[end] = NONE;
    e->next[end] = e->first[node];
    if (e->first[node] != NONE)
        e->previous[e->first[node]] = end;
    e->first[node] = end;
    e->degree[node]++;
}

static void queue_if_low(struct elimination *e, int32_t node)
{
    if (e->degree[node] <= 2 && !e->is_queued[node]) {
        e->is_queued[node] = true;
        e->order[e->waiting_n++] = node;
    }
}

/* What a neighbour gets of the node's own equation. */
static void pass_on(struct elimination *e, int32_t node, int32_t to, double part)
{
    e->weight[to] += part * e->weight[node];
    e->right[to] += part * e->right[node];
}

static void eliminate(struct elimination *e, int32_t node)
{
    const int32_t end_p = e->first[node];
    const int32_t end_q = end_p == NONE ? NONE : e->next[end_p];
    e->from[node][0] = e->from[node][1] = NONE;
    if (end_p == NONE)
        return;
    const double coupling_p = e->coupling[end_p / 2], coupling_q = end_q == NONE ? 0.0 : e->coupling[end_q / 2];
    const double whole = e->weight[node] + coupling_p + coupling_q;
    const int32_t p = e->at_node[other(end_p)], q = end_q == NONE ? NONE : e->at_node[other(end_q)];
    const double part_p = whole > 0.0 ? coupling_p / whole : 0.0, part_q = whole > 0.0 ? coupling_q / whole : 0.0;
    e->from[node][0] = p;
    e->part[node][0] = part_p;
    detach(e, end_p);
    pass_on(e, node, p, part_p);
    if (end_q == NONE) {
        detach(e, other(end_p));
        queue_if_low(e, p);
        return;
    }
    e->from[node][1] = q;
    e->part[node][1] = part_q;
    detach(e, end_q);
    pass_on(e, node, q, part_q);
    detach(e, other(end_q));
    if (p == q) { /* round to the same node: says nothing any more */
        detach(e, other(end_p));
    } else {
        e->coupling[end_p / 2] = part_p * coupling_q;
        attach(e, end_p, q);
    }
    queue_if_low(e, p);
    queue_if_low(e, q);
}

static enum xd_status elimination_create(struct elimination *e, const double *weight, const double *ground_cm, const struct xd_height_link *links,
                                         struct xd_arena *scratch, struct xd_error *error)
{
    const size_t n = (size_t)e->nodes_n, ends_n = 2 * (size_t)e->links_n;
    e->coupling = xd_arena_alloc(scratch, (size_t)e->links_n, sizeof *e->coupling);
    e->at_node = xd_arena_alloc(scratch, ends_n, sizeof *e->at_node);
    e->next = xd_arena_alloc(scratch, ends_n, sizeof *e->next);
    e->previous = xd_arena_alloc(scratch, ends_n, sizeof *e->previous);
    e->first = xd_arena_alloc(scratch, n, sizeof *e->first);
    e->degree = xd_arena_alloc_zero(scratch, n, sizeof *e->degree);
    e->weight = xd_arena_alloc(scratch, n, sizeof *e->weight);
    e->right = xd_arena_alloc(scratch, n, sizeof *e->right);
    e->order = xd_arena_alloc(scratch, n, sizeof *e->order);
    e->is_queued = xd_arena_alloc_zero(scratch, n, sizeof *e->is_queued);
    e->from = xd_arena_alloc(scratch, n, sizeof *e->from);
    e->part = xd_arena_alloc(scratch, n, sizeof *e->part);
    if (!e->coupling || !e->at_node || !e->next || !e->previous || !e->first || !e->degree || !e->weight || !e->right || !e->order || !e->is_queued ||
        !e->from || !e->part)
        return xd_fail_memory(error, "the equations of heights", n * 56 + ends_n * 16);
    for (int32_t v = 0; v < e->nodes_n; v++) {
        e->first[v] = NONE;
        e->weight[v] = weight[v];
        e->right[v] = weight[v] * ground_cm[v];
    }
    for (int32_t i = 0; i < e->links_n; i++) {
        e->coupling[i] = links[i].coupling;
        if (links[i].a == links[i].b)
            continue;
        attach(e, 2 * i, links[i].a);
        attach(e, 2 * i + 1, links[i].b);
    }
    return XD_OK;
}

/* ---- the junctions ---- */

struct core {
    const struct elimination *e;
    const int32_t *nodes;
    int32_t nodes_n;
    double *diagonal, *residual, *direction, *image; /* by node */
};

/* image = equations * x, on the nodes that are left */
static void apply(const struct core *core, const double *x)
{
    const struct elimination *e = core->e;
    for (int32_t i = 0; i < core->nodes_n; i++) {
        const int32_t v = core->nodes[i];
        double sum = e->weight[v] * x[v];
        for (int32_t end = e->first[v]; end != NONE; end = e->next[end])
            sum += e->coupling[end / 2] * (x[v] - x[e->at_node[other(end)]]);
        core->image[v] = sum;
    }
}

static double begin(const struct core *core, const double *height_cm)
{
    const struct elimination *e = core->e;
    double product = 0.0;
    apply(core, height_cm);
    for (int32_t i = 0; i < core->nodes_n; i++) {
        const int32_t v = core->nodes[i];
        double diagonal = e->weight[v];
        for (int32_t end = e->first[v]; end != NONE; end = e->next[end])
            diagonal += e->coupling[end / 2];
        core->diagonal[v] = diagonal > 0.0 ? diagonal : 1.0;
        core->residual[v] = e->right[v] - core->image[v];
        core->direction[v] = core->residual[v] / core->diagonal[v];
        product += core->residual[v] * core->direction[v];
    }
    return product;
}

static enum xd_status iterate(const struct core *core, const struct xd_progress *progress, double *height_cm, int32_t *iterations_n,
                              struct xd_error *error)
{
    double product = begin(core, height_cm);
    for (int32_t i = 0; i < ITERATIONS_MAX && product > 0.0; i++) {
        double along = 0.0, next = 0.0, farthest_cm = 0.0;
        if (xd_cancelled(progress))
            return xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted while the heights of roads were found");
        apply(core, core->direction);
        for (int32_t k = 0; k < core->nodes_n; k++)
            along += core->direction[core->nodes[k]] * core->image[core->nodes[k]];
        if (!(along > 0.0))
            break;
        const double step = product / along;
        for (int32_t k = 0; k < core->nodes_n; k++) {
            const int32_t v = core->nodes[k];
            const double move_cm = fabs(step * core->direction[v]);
            farthest_cm = move_cm > farthest_cm ? move_cm : farthest_cm;
            height_cm[v] += step * core->direction[v];
            core->residual[v] -= step * core->image[v];
            next += core->residual[v] * core->residual[v] / core->diagonal[v];
        }
        if (iterations_n)
            ++*iterations_n;
        if (farthest_cm < still_cm)
            break;
        const double ratio = next / product;
        for (int32_t k = 0; k < core->nodes_n; k++) {
            const int32_t v = core->nodes[k];
            core->direction[v] = core->residual[v] / core->diagonal[v] + ratio * core->direction[v];
        }
        product = next;
    }
    return XD_OK;
}

static enum xd_status solve_core(struct elimination *e, struct xd_arena *scratch, const struct xd_progress *progress, double *height_cm,
                                 int32_t *iterations_n, struct xd_error *error)
{
    const size_t n = (size_t)e->nodes_n;
    int32_t *nodes = e->order + e->waiting_n;
    struct core core = {.e = e, .nodes = nodes};
    for (int32_t v = 0; v < e->nodes_n; v++)
        if (!e->is_queued[v])
            nodes[core.nodes_n++] = v;
    if (core.nodes_n == 0)
        return XD_OK;
    core.diagonal = xd_arena_alloc(scratch, n, sizeof(double));
    core.residual = xd_arena_alloc(scratch, n, sizeof(double));
    core.direction = xd_arena_alloc(scratch, n, sizeof(double));
    core.image = xd_arena_alloc(scratch, n, sizeof(double));
    if (!core.diagonal || !core.residual || !core.direction || !core.image)
        return xd_fail_memory(error, "the equations of heights", n * 4 * sizeof(double));
    return iterate(&core, progress, height_cm, iterations_n, error);
}

static void fill_in(const struct elimination *e, double *height_cm)
{
    for (int32_t i = e->waiting_n - 1; i >= 0; i--) {
        const int32_t v = e->order[i];
        double own = 1.0, height = 0.0; /* part of the node's own ground */
        for (int32_t k = 0; k < 2 && e->from[v][k] != NONE; k++) {
            own -= e->part[v][k];
            height += e->part[v][k] * height_cm[e->from[v][k]];
        }
        if (e->weight[v] > 0.0)
            height_cm[v] = height + own * (e->right[v] / e->weight[v]);
        else if (e->from[v][0] != NONE && e->part[v][0] > 0.0)
            height_cm[v] = height;
    }
}

enum xd_status xd_heights_solve(int32_t nodes_n, const double *weight, const double *ground_cm, const struct xd_height_link *links, int32_t links_n,
                                struct xd_arena *scratch, const struct xd_progress *progress, double *height_cm, int32_t *iterations_n,
                                struct xd_error *error)
{
    struct elimination e = {.nodes_n = nodes_n, .links_n = links_n};
    enum xd_status status = elimination_create(&e, weight, ground_cm, links, scratch, error);
    if (status != XD_OK)
        return status;
    for (int32_t v = 0; v < nodes_n; v++)
        queue_if_low(&e, v);
    for (; e.eliminated_n < e.waiting_n; e.eliminated_n++)
        eliminate(&e, e.order[e.eliminated_n]);
    status = solve_core(&e, scratch, progress, height_cm, iterations_n, error);
    if (status == XD_OK)
        fill_in(&e, height_cm);
    return status;
}
