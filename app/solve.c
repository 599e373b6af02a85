/* xiangdao solve: a benchmark instance through the same engine as counties. */
#include "solver/search/solve.h"
#include "app/commands.h"
#include "app/options.h"
#include "app/progress.h"
#include "base/output.h"
#include "base/parallel.h"
#include "base/text.h"
#include "io/instance/solve_json.h"

#include <stdio.h>
#include <string.h>

enum { SECONDS_MAX = 7 * 24 * 3600 };
#define TEXT_BYTES_MAX ((size_t)64 << 20)

struct solve_options {
    const char *instance, *output, *start, *convention;
    double seconds;
    int64_t iterations, horizon, seed, threads;
    bool bound, json;
};

struct solve_work {
    struct xd_instance *instance;
    struct xd_solution start;
    struct xd_solve_result result;
    struct xd_plan *plan;
    struct xd_verified_plan *verified;
    double seconds;
};

static enum xd_status convention_of(const char *name, enum xd_instance_convention *convention, struct xd_error *error)
{
    static const enum xd_instance_convention all[] = {XD_CONVENTION_AUTO, XD_CONVENTION_ROUNDED, XD_CONVENTION_EXACT, XD_CONVENTION_TRUNCATED};
    const char *names[XD_ARRAY_LENGTH(all)];
    *convention = XD_CONVENTION_AUTO;
    for (size_t i = 0; name && i < XD_ARRAY_LENGTH(all); i++) {
        names[i] = xd_instance_convention_name(all[i]);
        if (strcmp(name, names[i]) == 0) {
            *convention = all[i];
            return XD_OK;
        }
    }
    if (!name)
        return XD_OK;
    const char *nearest = xd_text_suggest(name, names, XD_ARRAY_LENGTH(names));
    return xd_fail(error, XD_USAGE, xd_at_none(), "--convention \"%s\" is not known; expected auto, rounded, exact or truncated%s%s", name,
                   nearest ? "; did you mean " : "", nearest ? nearest : "");
}

/* Plan of the routes found, judged. Routes that leave a customer are no plan of an instance: verified stays NULL. */
static enum xd_status judge(const struct solve_options *options, struct solve_work *work, struct xd_error *error)
{
    const struct xd_problem *problem = work->instance->problem;
    const struct xd_routes routes = xd_solve_result_routes(&work->result);
    struct xd_violations violations = {0};
    if (!work->result.feasible)
        return XD_OK;
    enum xd_status status = xd_plan_schedule(problem, &routes, (uint64_t)options->seed, work->result.iterations, &work->plan, error);
    if (status == XD_OK)
        status = xd_check_plan(problem, work->plan, &violations, &work->verified, error);
    if (status == XD_NO_PLAN) {
        const struct xd_violation *first = &violations.items[0];
        status = xd_fail(error, XD_INTERNAL, xd_at_none(),
                         "the checker refused the solver's plan (%ld violations, the first %s: found %lld, expected %lld); please report this",
                         (long)violations.items_n, xd_violation_name(first->kind), (long long)first->found, (long long)first->limit);
    }
    xd_violations_free(&violations);
    return status;
}

/* "route 2, customer 7: found 12, expected 10", of what concerns one. */
static enum xd_status refuse_start(const struct xd_violations *violations, const char *name, struct xd_error *error)
{
    const struct xd_violation *first = &violations->items[0];
    char place[64] = "";
    size_t used = 0;
    if (first->route >= 0)
        used = (size_t)snprintf(place, sizeof place, "route %ld, ", (long)first->route + 1);
    if (first->stop >= 0)
        snprintf(place + used, sizeof place - used, "customer %ld, ", (long)first->stop + 1);
    return xd_fail(error, XD_DATA, xd_at_file(name),
                   "the routes are no solution of the instance: %ld violations, the first %s (%sfound %lld, expected %lld)",
                   (long)violations->items_n, xd_violation_name(first->kind), place, (long long)first->found, (long long)first->limit);
}

/* The search takes its start on trust: routes of a file are judged first. */
static enum xd_status judge_start(const struct xd_problem *problem, const struct xd_routes *start, const char *name, struct xd_error *error)
{
    struct xd_plan *plan = NULL;
    struct xd_verified_plan *verified = NULL;
    struct xd_violations violations = {0};
    enum xd_status status = xd_plan_schedule(problem, start, 0, 0, &plan, error);
    if (status == XD_DATA && error->source[0] == '\0') /* more routes than vehicles: the routes know no file */
        snprintf(error->source, sizeof error->source, "%s", name);
    if (status == XD_OK)
        status = xd_check_plan(problem, plan, &violations, &verified, error);
    if (status == XD_NO_PLAN)
        status = refuse_start(&violations, name, error);
    xd_verified_plan_free(verified);
    xd_violations_free(&violations);
    xd_plan_free(plan);
    return status;
}

static enum xd_status write_results(const struct solve_options *options, const struct solve_work *work, struct xd_error *error)
{
    const struct xd_instance *instance = work->instance;
    const struct xd_solve_facts facts = {.plan = work->verified,
                                         .seconds = work->seconds,
                                         .iterations = work->result.iterations,
                                         .horizon = work->result.horizon,
                                         .seed = options->seed,
                                         .threads_n = (int32_t)options->threads,
                                         .stop_reason = xd_stop_reason_name(work->result.stop_reason)};
    struct xd_buffer solution, json;
    enum xd_status status = XD_OK;
    xd_buffer_init(&solution, TEXT_BYTES_MAX);
    xd_buffer_init(&json, TEXT_BYTES_MAX);
    if (work->verified)
        status = xd_solution_write(instance, work->verified, &solution, error);
    if (status == XD_OK && work->verified && options->output)
        status = xd_output_file(options->output, solution.bytes, solution.length, error);
    if (status == XD_OK && options->json)
        status = xd_solve_json_write(instance, &facts, &json, error);
    if (status != XD_OK)
        goto done;
    if (options->json) {
        fwrite(json.bytes, 1, json.length, stdout);
    } else if (work->verified && options->output) {
        char cost[XD_SOLUTION_COST_TEXT_MAX];
        xd_solution_cost_text(instance, work->plan->total_cost, cost);
        printf(xd_language_is_chinese() ? "%s:%ld 条线路,成本 %s,%.1f 秒,%lld 次迭代\n" : "%s: %ld routes, cost %s, %.1f s, %lld iterations\n",
               instance->problem->name, (long)work->plan->routes_n, cost, work->seconds, (long long)work->result.iterations);
    } else if (work->verified) {
        fwrite(solution.bytes, 1, solution.length, stdout);
    }
    if (!work->verified) {
        const int32_t served_n = work->result.routes_n > 0 ? work->result.first[work->result.routes_n] : 0;
        fprintf(stderr,
                xd_language_is_chinese() ? "xiangdao: 没有找到可行方案:%ld 个客户中 %ld 个未能服务;请增加时间或迭代次数\n"
                                         : "xiangdao: no feasible plan was found: of %ld customers %ld are left; give it more time or iterations\n",
                (long)instance->problem->stops_n, (long)(instance->problem->stops_n - served_n));
    }
done:
    xd_buffer_free(&json);
    xd_buffer_free(&solution);
    return status;
}

static enum xd_status run_solve(const struct solve_options *options, struct solve_work *work, struct xd_progress_bar *bar, struct xd_error *error)
{
    struct xd_instance_options reading = {.convention = XD_CONVENTION_AUTO, .progress = &bar->progress};
    enum xd_status status = convention_of(options->convention, &reading.convention, error);
    if (status == XD_OK && options->output)
        status = xd_output_probe(options->output, error);
    if (status == XD_OK)
        status = xd_instance_read(options->instance, &reading, &work->instance, error);
    if (status == XD_OK && options->start)
        status = xd_solution_read(options->start, work->instance, &work->start, error);
    const struct xd_routes start = xd_solution_routes(&work->start);
    if (status == XD_OK && options->start)
        status = judge_start(work->instance->problem, &start, options->start, error);
    if (status != XD_OK)
        return status;
    const struct xd_solve_options solve = {.seed = (uint64_t)options->seed,
                                           .threads_n = (int32_t)options->threads,
                                           .iterations_max = options->iterations,
                                           .horizon = options->horizon,
                                           .seconds_max = options->seconds,
                                           .target_cost = INT64_MIN,
                                           .warm_start = options->start ? &start : NULL};
    bar->cost_scale = work->instance->problem->cost_scale;
    const double begun_s = bar->progress.elapsed_s(bar->progress.context);
    status = xd_solve(work->instance->problem, &solve, &bar->progress, &work->result, error);
    work->seconds = bar->progress.elapsed_s(bar->progress.context) - begun_s;
    xd_progress_bar_end(bar);
    if (status == XD_OK)
        status = judge(options, work, error);
    if (status == XD_OK)
        status = write_results(options, work, error);
    return status;
}

static void free_work(struct solve_work *work)
{
    xd_verified_plan_free(work->verified);
    xd_plan_free(work->plan);
    xd_solve_result_free(&work->result);
    xd_solution_free(&work->start);
    xd_instance_free(work->instance);
}

int xd_app_solve(int argc, char **argv)
{
    struct solve_options o = {.seed = 1, .threads = xd_threads_available()};
    const struct xd_option options[] = {
        {XD_OPTION_POSITION, "INSTANCE", NULL, NULL, &o.instance, 1, 0, "CVRPLIB or Solomon file", "算例文件(CVRPLIB 或 Solomon 格式)"},
        {XD_OPTION_TEXT, "--output", "-o", "FILE", &o.output, 0, 0, "write the solution here, as CVRPLIB does (default: standard output)",
         "把解写入此文件(CVRPLIB 格式;默认输出到屏幕)"},
        {XD_OPTION_SECONDS, "--time", NULL, "S", &o.seconds, 0, SECONDS_MAX, "stop the search after S seconds", "搜索 S 秒后停止"},
        {XD_OPTION_INTEGER, "--iterations", NULL, "N", &o.iterations, 1, 1000000000000, "stop after N iterations (reproducible)",
         "迭代 N 次后停止(可重现)"},
        {XD_OPTION_INTEGER, "--horizon", NULL, "N", &o.horizon, 0, 1000000000000000,
         "iterations the search is laid out for; with --iterations it repeats a run by time, whose JSON tells both",
         "搜索所规划的迭代总数;与 --iterations 同用可重现限时运行(两者见其 JSON)"},
        {XD_OPTION_INTEGER, "--seed", NULL, "N", &o.seed, 0, INT64_MAX, "seed of the search (default 1)", "随机种子(默认 1)"},
        {XD_OPTION_INTEGER, "--threads", NULL, "N", &o.threads, 1, XD_THREADS_MAX,
         "threads (default: all processors); the solution does not depend on it", "线程数(默认全部);不影响结果"},
        {XD_OPTION_TEXT, "--start", NULL, "FILE", &o.start, 0, 0, "begin from the routes of this solution file", "从此解文件的线路出发"},
        {XD_OPTION_TEXT, "--convention", NULL, "NAME", &o.convention, 0, 0, "lengths: auto, rounded, exact, truncated (default auto)",
         "距离取整约定:auto、rounded、exact、truncated(默认 auto)"},
        {XD_OPTION_FLAG, "--bound", NULL, NULL, &o.bound, 0, 0, "not built yet: lower bounds come later", "下界功能尚未提供"},
        {XD_OPTION_FLAG, "--json", NULL, NULL, &o.json, 0, 0, "print result and figures as one JSON object", "以 JSON 输出结果"},
        {XD_OPTION_END, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL},
    };
    static const struct xd_command command = {
        "solve", xd_app_solve, "Solves a standard benchmark instance.", "求解标准算例。",
        "  xiangdao solve X-n106-k14.vrp --time 20 -o X-n106-k14.sol\n  xiangdao solve C101.txt --iterations 20000 --seed 3 --json"};
    struct xd_error error = {0};
    struct solve_work work = {0};
    struct xd_progress_bar bar;
    bool helped = false;
    enum xd_status status = xd_options_parse(&command, options, argc, argv, &helped, &error);
    if (status == XD_OK && helped)
        return 0;
    if (status == XD_OK && o.bound)
        status = xd_fail(&error, XD_USAGE, xd_at_none(), "--bound is not supported by this version; leave it out");
    xd_progress_bar_init(&bar, false);
    if (status == XD_OK)
        status = run_solve(&o, &work, &bar, &error);
    xd_progress_bar_end(&bar);
    int code = (int)status;
    if (status != XD_OK)
        code = xd_exit_with(&error);
    else if (work.result.stop_reason == XD_STOP_CANCELLED)
        code = XD_INTERRUPTED;
    else if (!work.verified)
        code = XD_NO_PLAN;
    free_work(&work);
    return code;
}
