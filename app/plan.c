#include "app/closures.h"
#include "app/commands.h"
#include "app/extra_roads.h"
#include "app/interrupt.h"
#include "app/options.h"
#include "app/progress.h"
#include "app/workspace.h"
#include "base/json_writer.h"
#include "base/parallel.h"
#include "scenarios/county_review.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SECONDS_MAX = 7 * 24 * 3600, COMMAND_LINE_MAX = 2048, JSON_BYTES_MAX = 64 << 20, PATH_BYTES = 4096 };

struct plan_options {
    struct xd_workspace_source source;
    const char *folder, *policy;
    double seconds;
    int64_t iterations, seed, threads;
    bool json;
};

static void headline(FILE *file, const struct xd_workspace *workspace, const char *folder)
{
    const struct xd_metrics *m = workspace->metrics;
    const bool zh = xd_language_is_chinese();
    fprintf(file,
            zh ? "%s:%ld 辆车服务 %ld/%ld 个村点,行驶 %.1f 公里,当日运营成本 %.2f 元"
               : "%s: %ld vehicles serve %ld of %ld places, %.1f km, %.2f yuan for the day",
            workspace->scenario->name, (long)m->routes_n, (long)m->places_served_n, (long)m->places_n, (double)m->length_m / 1000.0,
            (double)m->operating_fen / 100.0);
    if (m->cost_per_parcel_fen >= 0)
        fprintf(file, zh ? ",单件 %.2f 元" : ", %.2f a parcel", (double)m->cost_per_parcel_fen / 100.0);
    fputc('\n', file);
    if (m->down_by_parcel.samples_n > 0)
        fprintf(file,
                zh ? "包裹到村平均 %.1f 小时,九成 %.1f 小时内,最长 %.1f 小时\n"
                   : "parcels, hub to village: mean %.1f h, 90 %% within %.1f h, longest %.1f h\n",
                (double)m->down_by_parcel.mean_s / 3600.0, (double)m->down_by_parcel.p90_s / 3600.0, (double)m->down_by_parcel.max_s / 3600.0);
    if (m->stops_unserved_n > 0)
        fprintf(file, zh ? "%ld 个停靠未服务%s\n" : "stops left unserved: %ld%s\n", (long)m->stops_unserved_n,
                !folder ? ""
                : zh    ? "(见 stops.csv 与报告)"
                        : " (see stops.csv and the report)");
    if (folder)
        fprintf(file, zh ? "报告: %s/report.html\n" : "report: %s/report.html\n", folder);
}

/* What was matched, and what deserves a look before the plan is believed. */
static void county_told(const struct xd_workspace *workspace)
{
    const struct xd_county *county = workspace->county;
    struct xd_diagnostics diagnostics = {0};
    xd_county_review(county, &diagnostics);
    xd_diagnostics_print(&diagnostics);
    xd_diagnostics_free(&diagnostics);
    if (county->matched_n > 0 || county->unmatched_n > 0)
        fprintf(stderr,
                xd_language_is_chinese() ? "无坐标的地点:按名称匹配到地图 %ld 个,未匹配 %ld 个\n"
                                         : "places without coordinates: %ld matched to the map by name, %ld not\n",
                (long)county->matched_n, (long)county->unmatched_n);
}

static void now_text(char *dst, size_t n)
{
    const time_t now = time(NULL);
    struct tm parts;
    if (!localtime_r(&now, &parts) || strftime(dst, n, "%Y-%m-%dT%H:%M:%S%z", &parts) == 0)
        dst[0] = '\0';
}

static enum xd_status write_folder(const struct plan_options *options, const struct xd_workspace *workspace, const struct xd_run_facts *run,
                                   struct xd_error *error)
{
    const struct xd_export_input input = {.county = workspace->county,
                                          .plan = workspace->verified,
                                          .metrics = workspace->metrics,
                                          .language = xd_language_is_chinese() ? XD_LANGUAGE_ZH : XD_LANGUAGE_EN};
    struct xd_output_set *set = NULL;
    enum xd_status status = xd_output_set_open(&set, error);
    if (status == XD_OK)
        status = xd_export_plan(&input, run, options->folder, set, error);
    if (status != XD_OK) {
        xd_output_set_discard(set);
        return status;
    }
    status = xd_output_set_commit(set, error);
    return status == XD_OK ? xd_export_remove_stale(&input, options->folder, error) : status;
}

/* Said before the search, not after it. */
static enum xd_status folder_probe(const char *folder, struct xd_error *error)
{
    char path[PATH_BYTES];
    if ((size_t)snprintf(path, sizeof path, "%s/plan.json", folder) >= sizeof path)
        return xd_fail(error, XD_CANNOT_CREATE, xd_at_none(), "the output folder's name has more than %d bytes; choose a shorter one",
                       PATH_BYTES - 12);
    return xd_output_probe(path, error);
}

static enum xd_status print_json(const struct xd_workspace *workspace, const struct plan_options *options, struct xd_error *error)
{
    const struct xd_export_input input = {
        .county = workspace->county, .plan = workspace->verified, .metrics = workspace->metrics, .language = XD_LANGUAGE_EN};
    const struct xd_plan *plan = xd_verified_plan_values(workspace->verified);
    struct xd_buffer buffer;
    struct xd_json_writer json;
    xd_buffer_init(&buffer, JSON_BYTES_MAX);
    xd_json_begin(&json, &buffer, true, error);
    xd_json_object_begin(&json, NULL);
    xd_json_string(&json, "schema", "xiangdao-plan-result");
    xd_json_int(&json, "version", 1);
    xd_json_bool(&json, "feasible", workspace->feasible);
    xd_json_int(&json, "iterations", plan->iterations);
    xd_json_int(&json, "seed", (int64_t)plan->seed);
    xd_json_string(&json, "stop_reason", xd_stop_reason_name(workspace->stop_reason));
    xd_json_string(&json, "folder", options->folder);
    xd_json_object_begin(&json, "seconds");
    xd_json_double(&json, "load", workspace->load_s, 6);
    xd_json_double(&json, "snap", workspace->open_s, 6);
    xd_json_double(&json, "reweigh", workspace->reweigh_s, 6);
    xd_json_double(&json, "table", workspace->table_s, 6);
    xd_json_double(&json, "search", workspace->search_s, 6);
    xd_json_object_end(&json);
    xd_json_int(&json, "peak_bytes", xd_process_peak_bytes());
    xd_export_kpi(&input, &json, "kpi");
    xd_json_object_end(&json);
    const enum xd_status status = xd_json_end(&json);
    if (status == XD_OK)
        fwrite(buffer.bytes, 1, buffer.length, stdout);
    xd_buffer_free(&buffer);
    return status;
}

static enum xd_status run_plan(const struct plan_options *options, const char *command_line, struct xd_workspace *workspace,
                               struct xd_progress_bar *bar, struct xd_error *error)
{
    const struct xd_progress *progress = &bar->progress;
    char started[40];
    char host[256] = "";
    now_text(started, sizeof started);
    gethostname(host, sizeof host - 1);
    enum xd_status status = options->folder ? folder_probe(options->folder, error) : XD_OK;
    if (status == XD_OK)
        status = xd_workspace_load(workspace, &options->source, progress, error);
    if (status == XD_OK)
        status = xd_workspace_prepare(workspace, (int32_t)options->threads, progress, error);
    if (status == XD_OK)
        county_told(workspace);
    bar->cost_scale = (int64_t)XD_COUNTY_UNITS_PER_FEN * 100;
    bar->cost_unit = "yuan for vehicles";
    const struct xd_solve_options solve = {.seed = (uint64_t)options->seed,
                                           .threads_n = (int32_t)options->threads,
                                           .iterations_max = options->iterations,
                                           .seconds_max = options->seconds,
                                           .target_cost = INT64_MIN,
                                           .iterations_tell_all = true};
    if (status == XD_OK)
        status = xd_workspace_solve(workspace, &solve, progress, error);
    xd_progress_bar_end(bar);
    if (status != XD_OK)
        return status;
    const struct xd_run_facts run = {.load_s = workspace->load_s,
                                     .open_s = workspace->open_s,
                                     .reweigh_s = workspace->reweigh_s,
                                     .table_s = workspace->table_s,
                                     .search_s = workspace->search_s,
                                     .peak_bytes = xd_process_peak_bytes(),
                                     .threads_n = (int32_t)options->threads,
                                     .host = host,
                                     .started = started,
                                     .stop_reason = xd_stop_reason_name(workspace->stop_reason),
                                     .snapshot = xd_snapshot_use_name(workspace->map->snapshot),
                                     .command_line = command_line};
    const bool serves_none = workspace->metrics->stops_served_n == 0 && workspace->stop_reason != XD_STOP_CANCELLED;
    workspace->feasible = workspace->feasible && !serves_none;
    if (options->folder)
        status = write_folder(options, workspace, &run, error);
    if (status == XD_OK && options->json)
        status = print_json(workspace, options, error);
    else if (status == XD_OK)
        headline(stdout, workspace, options->folder);
    if (status == XD_OK && serves_none)
        status = xd_fail(error, XD_NO_PLAN, xd_at_file(options->source.scenario),
                         "no place is served: of %ld stops none can be reached in time by a vehicle that may carry its goods, or each costs more "
                         "than its price of being left (reasons: stops.csv); look at the fleet, the windows and unserved_yuan_stop",
                         (long)workspace->metrics->stops_unserved_n);
    return status;
}

int xd_app_plan(int argc, char **argv)
{
    struct plan_options o = {.seed = 1, .threads = xd_threads_available()};
    const struct xd_option options[] = {
        {XD_OPTION_POSITION, "SCENARIO", NULL, NULL, &o.source.scenario, 1, 0, "folder or YAML file of the county", "县域情景:文件夹或 YAML 文件"},
        {XD_OPTION_TEXT, "--output", "-o", "DIR", &o.folder, 0, 0, "write plan.json, tables, maps and report.html here",
         "把方案、表格、地图与报告写入此文件夹"},
        {XD_OPTION_TEXT, "--date", NULL, "D", &o.source.date, 0, 0, "day to plan, YYYY-MM-DD (default: the scenario's)",
         "计划日期 YYYY-MM-DD(默认取情景中的日期)"},
        {XD_OPTION_TEXT, "--extra-roads", NULL, "FILE", &o.source.extra_roads, 0, 0, "on top of the scenario's: " XD_APP_EXTRA_ROADS_HELP,
         "在情景之外另加的" XD_APP_EXTRA_ROADS_HELP_ZH},
        {XD_OPTION_TEXT, "--closures", NULL, "FILE", &o.source.closures, 0, 0, "on top of the scenario's: " XD_APP_CLOSURES_HELP,
         "在情景之外另加的" XD_APP_CLOSURES_HELP_ZH},
        {XD_OPTION_TEXT, "--policy", NULL, "NAME", &o.policy, 0, 0, "not built yet: policies come with scenario comparison", "政策比较功能尚未提供"},
        {XD_OPTION_SECONDS, "--time", NULL, "S", &o.seconds, 0, SECONDS_MAX, "stop the search after S seconds", "搜索 S 秒后停止"},
        {XD_OPTION_INTEGER, "--iterations", NULL, "N", &o.iterations, 1, 1000000000000, "stop after N iterations (reproducible)",
         "迭代 N 次后停止(可重现)"},
        {XD_OPTION_INTEGER, "--seed", NULL, "N", &o.seed, 0, INT64_MAX, "seed of the search (default 1)", "随机种子(默认 1)"},
        {XD_OPTION_INTEGER, "--threads", NULL, "N", &o.threads, 1, XD_THREADS_MAX,
         "threads (default: all processors); the plan does not depend on it", "线程数(默认全部);不影响结果"},
        {XD_OPTION_FLAG, "--json", NULL, NULL, &o.json, 0, 0, "print the figures as one JSON object", "以 JSON 输出指标"},
        XD_APP_NO_SNAPSHOT(&o.source.no_snapshot),
        {XD_OPTION_END, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL},
    };
    static const struct xd_command command = {
        "plan", xd_app_plan, "Plans a county: which village is served how, by whom, when.", "规划一个县:哪个村由哪辆车、何时服务。",
        "  xiangdao plan scenarios/examples/yunshan -o out/yunshan\n  xiangdao plan out/andorra -o out/andorra/plan --time 60 --lang zh"};
    struct xd_error error = {0};
    struct xd_workspace workspace = {0};
    struct xd_progress_bar bar;
    bool helped = false;
    enum xd_status status = xd_options_parse(&command, options, argc, argv, &helped, &error);
    if (status == XD_OK && helped)
        return 0;
    if (status == XD_OK && o.policy)
        status = xd_fail(&error, XD_USAGE, xd_at_none(), "--policy is not supported by this version; leave it out");
    char command_line[COMMAND_LINE_MAX] = "xiangdao plan";
    for (int i = 0; i < argc && strlen(command_line) + strlen(argv[i]) + 2 < sizeof command_line; i++)
        strcat(strcat(command_line, " "), argv[i]);
    xd_progress_bar_init(&bar, false);
    if (status == XD_OK)
        status = run_plan(&o, command_line, &workspace, &bar, &error);
    xd_progress_bar_end(&bar);
    int code = (int)status;
    if (status != XD_OK)
        code = xd_exit_with(&error);
    else if (workspace.stop_reason == XD_STOP_CANCELLED)
        code = XD_INTERRUPTED;
    else if (!workspace.feasible)
        code = XD_NO_PLAN;
    xd_workspace_free(&workspace);
    return code;
}
