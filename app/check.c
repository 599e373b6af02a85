#include "app/commands.h"
#include "app/options.h"
#include "app/progress.h"
#include "app/violations.h"
#include "app/workspace.h"
#include "base/json_writer.h"
#include "base/parallel.h"
#include "io/export/titles.h"
#include "io/tables/plan_read.h"

#include <stdio.h>

enum { JSON_BYTES_MAX = 16 << 20 };

static enum xd_status print_json(const struct xd_county *county, const struct xd_plan *plan, const struct xd_violations *violations,
                                 const struct xd_diagnostics *misstated, struct xd_error *error)
{
    struct xd_buffer buffer;
    struct xd_json_writer json;
    xd_buffer_init(&buffer, JSON_BYTES_MAX);
    xd_json_begin(&json, &buffer, true, error);
    xd_json_object_begin(&json, NULL);
    xd_json_string(&json, "schema", "xiangdao-check");
    xd_json_int(&json, "version", 1);
    xd_json_bool(&json, "valid", violations->items_n == 0 && misstated->warnings_n == 0);
    xd_json_array_begin(&json, "violations");
    for (int32_t i = 0; i < violations->items_n; i++) {
        const struct xd_violation *v = &violations->items[i];
        char title[XD_TITLE_MAX];
        xd_json_object_begin_line(&json, NULL);
        xd_json_string(&json, "kind", xd_violation_name(v->kind));
        if (v->route >= 0 && v->route < plan->routes_n) {
            xd_vehicle_title(county, plan->routes[v->route].vehicle, title, sizeof title);
            xd_json_string(&json, "vehicle", title);
        }
        if (v->stop >= 0 && v->stop < county->stops_n)
            xd_json_string(&json, "place", xd_stop_place(county, v->stop)->code);
        xd_json_int(&json, "found", v->found);
        xd_json_int(&json, "limit", v->limit);
        xd_json_object_end(&json);
    }
    xd_json_array_end(&json);
    xd_json_int(&json, "left_out", violations->left_out_n);
    xd_json_array_begin(&json, "misstated"); /* what the file says twice, and not alike */
    for (int32_t i = 0; i < misstated->warnings_n; i++) {
        xd_json_object_begin_line(&json, NULL);
        xd_json_int(&json, "line", misstated->warnings[i].line);
        xd_json_string(&json, "field", misstated->warnings[i].field);
        xd_json_string(&json, "message", misstated->warnings[i].message);
        xd_json_object_end(&json);
    }
    xd_json_array_end(&json);
    xd_json_object_end(&json);
    const enum xd_status status = xd_json_end(&json);
    if (status == XD_OK)
        fwrite(buffer.bytes, 1, buffer.length, stdout);
    xd_buffer_free(&buffer);
    return status;
}

static enum xd_status run_check(const struct xd_workspace_source *source, const char *plan_path, bool json, struct xd_workspace *workspace,
                                const struct xd_progress *progress, struct xd_error *error)
{
    struct xd_diagnostics diagnostics = {0};
    struct xd_violations violations = {0};
    enum xd_status status = xd_workspace_load(workspace, source, progress, error);
    if (status == XD_OK)
        status = xd_workspace_prepare(workspace, xd_threads_available(), progress, error);
    if (status != XD_OK)
        goto done;
    status = xd_plan_read(plan_path, workspace->county, &diagnostics, &workspace->plan);
    status = xd_diagnostics_take_last(&diagnostics, error, status);
    if (status != XD_OK)
        goto done;
    status = xd_check_plan(workspace->county->problem, workspace->plan, &violations, &workspace->verified, error);
    if (status == XD_OK && diagnostics.warnings_n > 0)
        status = xd_fail(error, XD_NO_PLAN, xd_at_file(plan_path), "the plan keeps all rules, but says %ld things twice and not alike, as listed",
                         (long)diagnostics.warnings_n);
    else if (status == XD_NO_PLAN)
        status = xd_fail(error, XD_NO_PLAN, xd_at_file(plan_path), "the plan breaks the rules %lld times, as listed",
                         (long long)violations.items_n + (long long)violations.left_out_n);
    if (status != XD_OK && status != XD_NO_PLAN)
        goto done;
    if (json) {
        struct xd_error failed;
        const enum xd_status printed = print_json(workspace->county, workspace->plan, &violations, &diagnostics, &failed);
        if (printed != XD_OK) {
            status = printed;
            *error = failed;
        }
    } else if (status == XD_OK) {
        printf(xd_language_is_chinese() ? "方案有效:%ld 条线路,%ld 个未服务停靠,全部约束与成本重新核算无误\n"
                                        : "the plan is valid: %ld routes, %ld stops unserved; every constraint and cost recomputed\n",
               (long)workspace->plan->routes_n, (long)workspace->plan->unserved_n);
    } else {
        xd_violations_print(stdout, workspace->county, workspace->plan, &violations);
    }
done:
    xd_diagnostics_free(&diagnostics);
    xd_violations_free(&violations);
    return status;
}

int xd_app_check(int argc, char **argv)
{
    struct xd_workspace_source source = {0};
    const char *plan = NULL;
    bool json = false;
    const struct xd_option options[] = {
        {XD_OPTION_POSITION, "SCENARIO", NULL, NULL, &source.scenario, 1, 0, "folder or YAML file of the county", "县域情景:文件夹或 YAML 文件"},
        {XD_OPTION_POSITION, "PLAN", NULL, NULL, &plan, 1, 0, "plan.json", "方案文件 plan.json"},
        {XD_OPTION_TEXT, "--date", NULL, "D", &source.date, 0, 0, "day of the plan, YYYY-MM-DD, where `plan` was given one",
         "plan 用 --date 指定的日期 YYYY-MM-DD"},
        {XD_OPTION_TEXT, "--closures", NULL, "FILE", &source.closures, 0, 0, "the file that `plan` was given", "plan 用 --closures 指定的文件"},
        {XD_OPTION_TEXT, "--extra-roads", NULL, "FILE", &source.extra_roads, 0, 0, "the file that `plan` was given",
         "plan 用 --extra-roads 指定的文件"},
        {XD_OPTION_FLAG, "--json", NULL, NULL, &json, 0, 0, "print the violations as one JSON object", "以 JSON 输出"},
        XD_APP_NO_SNAPSHOT(&source.no_snapshot),
        {XD_OPTION_END, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL},
    };
    static const struct xd_command command = {
        "check", xd_app_check, "Verifies a plan independently of the solver; exit code 1 where it breaks a rule.",
        "独立于求解器核验方案;有违规时退出码为 1。", "  xiangdao check scenarios/examples/yunshan out/yunshan/plan.json"};
    struct xd_error error = {0};
    struct xd_workspace workspace = {0};
    struct xd_progress_bar bar;
    bool helped = false;
    enum xd_status status = xd_options_parse(&command, options, argc, argv, &helped, &error);
    if (status == XD_OK && helped)
        return 0;
    xd_progress_bar_init(&bar, false);
    if (status == XD_OK)
        status = run_check(&source, plan, json, &workspace, &bar.progress, &error);
    xd_progress_bar_end(&bar);
    xd_workspace_free(&workspace);
    return status == XD_OK ? 0 : xd_exit_with(&error);
}
