#include "solver/search/solve.h"

#include "base/alloc.h"
#include "base/parallel.h"
#include "solver/search/anneal.h"
#include "solver/search/island.h"

#include <string.h>

enum {
    ISLANDS_N = 4,      /* fixed: the result may not depend on the threads */
    EPOCH_WORK = 60000, /* an island does about so many stops' worth of iterations an epoch, within these bounds: a fraction of a second */
    EPOCH_MIN = 4,
    EPOCH_MAX = 1000,
    ITERATIONS_A_STOP = 1000, /* without any limit given */
    ITERATIONS_LEAST = 20000,
    EXCHANGE_EVERY = 10000 /* iterations of an island between exchanges, in whole epochs */
};

struct solve_run {
    const struct xd_solve_options *options;
    const struct xd_progress *progress;
    struct xd_search_data *data;
    struct xd_island *islands[ISLANDS_N];
    struct xd_anneal *anneal; /* where the problem has a kernel; no islands then */
    int32_t islands_n;        /* that stand: the first alone when their start was cancelled */
    int64_t epoch, epoch_iterations, done, horizon;
    double begun_s;
    enum xd_stop_reason stop_reason;
};

static enum xd_status start_item(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    (void)worker;
    struct solve_run *run = context;
    if (item > 0 && (run->data->hurried || xd_cancelled(run->progress)))
        return xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted");
    enum xd_status status = xd_island_create(run->data, run->options->seed, item, &run->islands[item], error);
    if (status != XD_OK)
        return status;
    return xd_island_start(run->islands[item], item < ISLANDS_N / 2 ? run->options->warm_start : NULL, error);
}

static enum xd_status epoch_item(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    (void)worker;
    (void)error;
    struct solve_run *run = context;
    xd_island_run(run->islands[item], run->epoch, run->epoch_iterations);
    return XD_OK;
}

static struct xd_island *best_island(const struct solve_run *run)
{
    struct xd_island *best = run->islands[0];
    for (int32_t i = 1; i < run->islands_n; i++) {
        if (run->islands[i]->best.objective < best->best.objective)
            best = run->islands[i];
    }
    return best;
}

/* The island with the worst best goes on from the best one. */
static void exchange(struct solve_run *run)
{
    const struct xd_island *best = best_island(run);
    struct xd_island *worst = run->islands[0];
    for (int32_t i = 1; i < run->islands_n; i++) {
        if (run->islands[i]->best.objective > worst->best.objective)
            worst = run->islands[i];
    }
    if (worst->best.objective > best->best.objective)
        xd_island_adopt(worst, &best->best);
}

static struct xd_best best_of(const struct solve_run *run)
{
    if (!run->anneal)
        return best_island(run)->best;
    const struct xd_flat *flat = &run->anneal->best;
    return (struct xd_best){flat->cost, flat->routes_n, flat->types, flat->first, flat->stops};
}

static void served_mark(const struct xd_best *best, bool *served)
{
    for (int32_t i = 0; best->routes_n > 0 && i < best->first[best->routes_n]; i++)
        served[best->stops[i]] = true;
}

/* The problem's own objective: required stops left out have no price in it, stops that no vehicle could ever serve do. */
static int64_t cost_of(const struct xd_problem *problem, const struct xd_search_data *data, int64_t objective, const bool *served, bool *feasible)
{
    int64_t cost = objective;
    *feasible = true;
    for (int32_t s = 0; s < problem->stops_n; s++) {
        bool required = problem->stops[s].unserved_cost == XD_REQUIRED;
        if (served[s])
            continue;
        if (required)
            *feasible = false;
        if (required && data->stops[s].allowed)
            cost -= data->required_price;
        if (!required && !data->stops[s].allowed)
            cost += problem->stops[s].unserved_cost;
    }
    return cost;
}

static int64_t cost_now(const struct solve_run *run, bool *scratch, bool *feasible)
{
    const struct xd_best best = best_of(run);
    memset(scratch, 0, (size_t)run->data->stops_n * sizeof *scratch);
    served_mark(&best, scratch);
    return cost_of(run->data->problem, run->data, best.objective, scratch, feasible);
}

int64_t xd_solve_iterations_default(const struct xd_problem *problem)
{
    int64_t iterations = (int64_t)ITERATIONS_A_STOP * problem->stops_n;
    return iterations > ITERATIONS_LEAST ? iterations : ITERATIONS_LEAST;
}

/* At a barrier: report, and is there a reason to stop? */
static bool finished(struct solve_run *run, bool *scratch)
{
    const struct xd_solve_options *options = run->options;
    const struct xd_progress *progress = run->progress;
    bool clock = options->seconds_max > 0 && progress && progress->elapsed_s, feasible = false;
    int64_t limit = options->iterations_max > 0 ? options->iterations_max : clock ? 0 : xd_solve_iterations_default(run->data->problem);
    int64_t cost = cost_now(run, scratch, &feasible);
    xd_report(progress, "search", run->done, limit, cost);
    if (xd_cancelled(progress))
        run->stop_reason = XD_STOP_CANCELLED;
    else if (options->target_cost != INT64_MIN && feasible && cost <= options->target_cost)
        run->stop_reason = XD_STOP_TARGET;
    else if (limit > 0 && run->done >= limit)
        run->stop_reason = XD_STOP_ITERATIONS;
    else if (clock && progress->elapsed_s(progress->context) - run->begun_s >= options->seconds_max)
        run->stop_reason = XD_STOP_TIME;
    else
        return false;
    return true;
}

/* Cancelled, the first island's plan is the result whatever the others have come to, so that it does not depend on the threads. */
static enum xd_status islands_start(struct solve_run *run, struct xd_error *error)
{
    enum xd_status status = xd_parallel_for(run->options->threads_n, ISLANDS_N, start_item, run, error);
    run->islands_n = status == XD_INTERRUPTED ? 1 : ISLANDS_N;
    if (status == XD_INTERRUPTED)
        run->stop_reason = XD_STOP_CANCELLED;
    return status == XD_INTERRUPTED ? XD_OK : status;
}

/* By the kernel. A cancelled start is one construction. */
static enum xd_status search_fast(struct solve_run *run, bool *scratch, struct xd_error *error)
{
    const struct xd_solve_options *options = run->options;
    const struct xd_progress *progress = run->progress;
    const bool clock = options->seconds_max > 0 && progress && progress->elapsed_s;
    enum xd_status status = xd_anneal_create(run->data, options->seed, options->warm_start, &run->anneal, error);
    if (status != XD_OK)
        return status;
    struct xd_anneal *anneal = run->anneal;
    if (run->data->hurried || xd_cancelled(progress)) {
        run->stop_reason = XD_STOP_CANCELLED;
        return XD_OK;
    }
    anneal->horizon = options->horizon > 0 ? options->horizon : options->iterations_max;
    if (anneal->horizon == 0 && !clock)
        anneal->horizon = xd_solve_iterations_default(run->data->problem);
    const double search_s = clock ? progress->elapsed_s(progress->context) : 0;
    do {
        status = xd_anneal_epoch(anneal, options->threads_n, error);
        if (status != XD_OK)
            return status;
        run->done = anneal->done;
        if (clock && anneal->horizon == 0) {
            const double now_s = progress->elapsed_s(progress->context);
            xd_anneal_calibrate(anneal, now_s - search_s, run->begun_s + options->seconds_max - now_s);
        }
    } while (!finished(run, scratch));
    run->horizon = anneal->horizon > 0 ? anneal->horizon : xd_anneal_horizon_hot(anneal);
    return XD_OK;
}

/* There is a first epoch whatever the clock says: a run stopped by time has iterations that replay it. */
static enum xd_status search(struct solve_run *run, bool *scratch, struct xd_error *error)
{
    enum xd_status status = islands_start(run, error);
    int64_t iterations = EPOCH_WORK / (run->data->active_n + 1);
    run->epoch_iterations = iterations < EPOCH_MIN ? EPOCH_MIN : iterations > EPOCH_MAX ? EPOCH_MAX : iterations;
    if (status != XD_OK || run->stop_reason == XD_STOP_CANCELLED)
        return status;
    do {
        status = xd_parallel_for(run->options->threads_n, ISLANDS_N, epoch_item, run, error);
        if (status != XD_OK)
            return status;
        int64_t before = run->epoch * run->epoch_iterations;
        run->epoch++;
        run->done = run->epoch * run->epoch_iterations * ISLANDS_N;
        if (before / EXCHANGE_EVERY != run->epoch * run->epoch_iterations / EXCHANGE_EVERY)
            exchange(run);
    } while (!finished(run, scratch));
    return XD_OK;
}

/* Copies the best out; the arrays are the result's own. */
static enum xd_status result_make(const struct solve_run *run, bool *scratch, struct xd_solve_result *result, struct xd_error *error)
{
    struct xd_solve_result made = {.iterations = run->done, .horizon = run->horizon, .stop_reason = run->stop_reason};
    const struct xd_best found = run->islands[0] || run->anneal ? best_of(run) : (struct xd_best){0};
    const struct xd_best *best = run->islands[0] || run->anneal ? &found : NULL;
    size_t routes_n = best ? (size_t)best->routes_n : 0, stops_n = best && routes_n > 0 ? (size_t)best->first[routes_n] : 0;
    made.types = xd_alloc(routes_n, sizeof *made.types);
    made.first = xd_alloc_zero(routes_n + 1, sizeof *made.first);
    made.stops = xd_alloc(stops_n, sizeof *made.stops);
    if (!made.types || !made.first || !made.stops) {
        xd_solve_result_free(&made);
        return xd_fail_memory(error, "the routes found", (2 * routes_n + 1 + stops_n) * sizeof(int32_t));
    }
    made.routes_n = (int32_t)routes_n;
    if (routes_n > 0) {
        memcpy(made.types, best->types, routes_n * sizeof *made.types);
        memcpy(made.first, best->first, (routes_n + 1) * sizeof *made.first);
        memcpy(made.stops, best->stops, stops_n * sizeof *made.stops);
    }
    if (best) {
        made.cost = cost_now(run, scratch, &made.feasible);
    } else {
        memset(scratch, 0, (size_t)run->data->stops_n * sizeof *scratch);
        made.cost = cost_of(run->data->problem, run->data, 0, scratch, &made.feasible);
    }
    *result = made;
    return XD_OK;
}

static bool takes_kernel(const struct solve_run *run)
{
    return !run->options->iterations_tell_all && run->data->active_n >= XD_SOLVE_KERNEL_STOPS && xd_kernel_fits(run->data);
}

enum xd_status xd_solve(const struct xd_problem *problem, const struct xd_solve_options *options, const struct xd_progress *progress,
                        struct xd_solve_result *result, struct xd_error *error)
{
    struct solve_run run = {.options = options, .progress = progress, .stop_reason = XD_STOP_TRIVIAL};
    bool *scratch = xd_alloc((size_t)problem->stops_n, sizeof *scratch);
    enum xd_status status = XD_OK;
    if (!scratch) {
        status = xd_fail_memory(error, "the search", (size_t)problem->stops_n);
        goto done;
    }
    if (progress && progress->elapsed_s)
        run.begun_s = progress->elapsed_s(progress->context);
    status = xd_search_data_create(problem, options->threads_n, progress, &run.data, error);
    if (status != XD_OK)
        goto done;
    if (run.data->active_n > 0)
        status = takes_kernel(&run) ? search_fast(&run, scratch, error) : search(&run, scratch, error);
    if (status == XD_OK)
        status = result_make(&run, scratch, result, error);
done:
    for (int32_t i = 0; i < ISLANDS_N; i++)
        xd_island_free(run.islands[i]);
    xd_anneal_free(run.anneal);
    xd_search_data_free(run.data);
    xd_free(scratch);
    return status;
}

void xd_solve_result_free(struct xd_solve_result *result)
{
    if (!result)
        return;
    xd_free(result->types);
    xd_free(result->first);
    xd_free(result->stops);
    *result = (struct xd_solve_result){0};
}

struct xd_routes xd_solve_result_routes(const struct xd_solve_result *result)
{
    return (struct xd_routes){.routes_n = result->routes_n, .types = result->types, .first = result->first, .stops = result->stops};
}

const char *xd_stop_reason_name(enum xd_stop_reason reason)
{
    switch (reason) {
    case XD_STOP_ITERATIONS:
        return "iterations";
    case XD_STOP_TIME:
        return "time";
    case XD_STOP_TARGET:
        return "target";
    case XD_STOP_CANCELLED:
        return "cancelled";
    case XD_STOP_TRIVIAL:
    default:
        return "trivial";
    }
}
