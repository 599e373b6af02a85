#include "app/workspace.h"

#include "app/closures.h"
#include "app/elevation.h"
#include "app/extra_roads.h"
#include "app/violations.h"
#include "io/tables/profiles_read.h"
#include "io/tables/scenario_read.h"

#include <stdio.h>

static double now_s(const struct xd_progress *progress)
{
    return progress && progress->elapsed_s ? progress->elapsed_s(progress->context) : 0.0;
}

static void print_list(const struct xd_error *items, int32_t items_n, int32_t left_out_n, const char *label)
{
    for (int32_t i = 0; i < items_n; i++) {
        char text[XD_ERROR_SOURCE_MAX + XD_ERROR_FIELD_MAX + XD_ERROR_MESSAGE_MAX + 64];
        xd_error_format(&items[i], text, sizeof text);
        fprintf(stderr, "%s: %s\n", xd_message(label), text);
    }
    if (left_out_n > 0)
        fprintf(stderr, xd_message("%s: and %ld more of this kind\n"), xd_message(label), (long)left_out_n);
}

void xd_diagnostics_print(const struct xd_diagnostics *diagnostics)
{
    print_list(diagnostics->errors, diagnostics->errors_n, diagnostics->errors_left_out_n, "error");
    print_list(diagnostics->warnings, diagnostics->warnings_n, diagnostics->warnings_left_out_n, "warning");
}

enum xd_status xd_diagnostics_take_last(const struct xd_diagnostics *diagnostics, struct xd_error *error, enum xd_status status)
{
    struct xd_diagnostics rest = *diagnostics;
    if (diagnostics->errors_n > 0) {
        status = diagnostics->errors[0].status;
        if (error) {
            *error = diagnostics->errors[diagnostics->errors_n - 1];
            error->status = status;
        }
        rest.errors_n--;
    }
    xd_diagnostics_print(&rest);
    return status;
}

enum xd_status xd_profiles_open(const char *path, struct xd_profiles **profiles, struct xd_error *error)
{
    struct xd_diagnostics diagnostics = {0};
    enum xd_status status = xd_profiles_read(path, &diagnostics, profiles);
    status = xd_diagnostics_take_last(&diagnostics, error, status);
    xd_diagnostics_free(&diagnostics);
    return status;
}

enum xd_status xd_workspace_load(struct xd_workspace *workspace, const struct xd_workspace_source *source, const struct xd_progress *progress,
                                 struct xd_error *error)
{
    const double start_s = now_s(progress);
    struct xd_diagnostics diagnostics = {0};
    enum xd_status status = xd_scenario_read(source->scenario, &diagnostics, &workspace->scenario);
    status = xd_diagnostics_take_last(&diagnostics, error, status);
    xd_diagnostics_free(&diagnostics);
    if (status == XD_OK)
        status = xd_app_date(source->date, &workspace->scenario->date_days, error);
    if (status == XD_OK)
        status =
            xd_app_closures_add(source->closures, workspace->scenario->profiles, workspace->scenario->crs, &workspace->scenario->closures, error);
    if (status == XD_OK)
        status = xd_app_map_open(workspace->scenario->map_path, !source->no_snapshot, progress, &workspace->map, error);
    if (status == XD_OK)
        status =
            xd_app_extra_roads_add(&workspace->scenario->extra_roads, source->extra_roads, workspace->scenario->crs, workspace->map, NULL, error);
    if (status == XD_OK)
        workspace->network = workspace->map->network;
    if (status == XD_OK)
        status = xd_app_heights_open(workspace->scenario->elevation_path, workspace->network, progress, &workspace->heights, error);
    workspace->load_s = now_s(progress) - start_s;
    return status;
}

enum xd_status xd_workspace_prepare(struct xd_workspace *workspace, int32_t threads_n, const struct xd_progress *progress, struct xd_error *error)
{
    const double start_s = now_s(progress);
    enum xd_status status =
        xd_county_open(workspace->scenario, workspace->network, workspace->map->standard, workspace->heights, progress, &workspace->county, error);
    double opened_s = now_s(progress);
    workspace->open_s = opened_s - start_s;
    if (status == XD_OK)
        status = xd_app_overlay_build(workspace->network, workspace->scenario->profiles, &workspace->scenario->closures,
                                      workspace->scenario->date_days, &workspace->overlay, error);
    if (status == XD_OK && workspace->overlay)
        status = xd_county_reweigh(workspace->county, workspace->overlay, threads_n, progress, error);
    workspace->reweigh_s = now_s(progress) - opened_s;
    opened_s += workspace->reweigh_s;
    if (status == XD_OK)
        status = xd_county_tables(workspace->county, threads_n, progress, error);
    if (status == XD_OK)
        status = xd_county_compose(workspace->county, error);
    workspace->table_s = now_s(progress) - opened_s;
    return status;
}

enum xd_status xd_workspace_solve(struct xd_workspace *workspace, const struct xd_solve_options *options, const struct xd_progress *progress,
                                  struct xd_error *error)
{
    const double start_s = now_s(progress);
    const struct xd_problem *problem = workspace->county->problem;
    struct xd_solve_result result = {0};
    struct xd_violations violations = {0};
    enum xd_status status = xd_solve(problem, options, progress, &result, error);
    if (status != XD_OK)
        goto done;
    workspace->stop_reason = result.stop_reason;
    workspace->feasible = result.feasible;
    const struct xd_routes routes = xd_solve_result_routes(&result);
    status = xd_plan_schedule(problem, &routes, options->seed, result.iterations, &workspace->plan, error);
    if (status != XD_OK)
        goto done;
    status = xd_check_plan(problem, workspace->plan, &violations, &workspace->verified, error);
    if (status == XD_NO_PLAN) {
        xd_violations_print(stderr, workspace->county, workspace->plan, &violations);
        status = xd_fail(error, XD_INTERNAL, xd_at_none(),
                         "the checker refused the solver's plan (%ld violations, listed above); nothing was written; please report this",
                         (long)violations.items_n);
    }
    if (status == XD_OK)
        status = xd_metrics_compute(workspace->county, workspace->verified, &workspace->metrics, error);
done:
    xd_violations_free(&violations);
    xd_solve_result_free(&result);
    workspace->search_s = now_s(progress) - start_s;
    return status;
}

void xd_workspace_free(struct xd_workspace *workspace)
{
    if (!workspace)
        return;
    xd_metrics_free(workspace->metrics);
    xd_verified_plan_free(workspace->verified);
    xd_plan_free(workspace->plan);
    xd_county_free(workspace->county);
    xd_overlay_free(workspace->overlay);
    xd_road_heights_free(workspace->heights);
    xd_app_map_close(workspace->map);
    xd_scenario_free(workspace->scenario);
    *workspace = (struct xd_workspace){0};
}
