/* The whole pipeline of one run: scenario -> roads -> tables -> problem -> routes -> verified plan -> metrics, each step timed.
 * Owns every stage and frees them backwards (xd_workspace_free). */
#ifndef XD_APP_WORKSPACE_H
#define XD_APP_WORKSPACE_H

#include "app/open_map.h"
#include "io/export/export.h"
#include "maps/elevation_roads.h"
#include "scenarios/metrics.h"
#include "solver/search/solve.h"

struct xd_workspace {
    struct xd_scenario *scenario;
    struct xd_opened_map *map;
    const struct xd_network *network; /* the map's */
    struct xd_road_heights *heights;  /* of the network's roads; NULL = all are flat */
    struct xd_overlay *overlay;       /* of the scenario's closures on its day; NULL = there are none */
    struct xd_county *county;
    struct xd_plan *plan;
    struct xd_verified_plan *verified;
    struct xd_metrics *metrics;
    enum xd_stop_reason stop_reason;
    bool feasible;
    double load_s, open_s, reweigh_s, table_s, search_s; /* wall seconds by step */
};

/* What of a scenario the command line says otherwise; NULL = nothing. */
struct xd_workspace_source {
    const char *scenario;
    const char *date;
    const char *closures, *extra_roads; /* on top of the scenario's own */
    bool no_snapshot;
};

/* Scenario, roads and their elevation; prints the diagnostics (errors and warnings) to standard error. */
XD_MUST_CHECK enum xd_status xd_workspace_load(struct xd_workspace *workspace, const struct xd_workspace_source *source,
                                               const struct xd_progress *progress, struct xd_error *error);
/* Snaps, closures, tables, problem. */
XD_MUST_CHECK enum xd_status xd_workspace_prepare(struct xd_workspace *workspace, int32_t threads_n, const struct xd_progress *progress,
                                                  struct xd_error *error);
/* Search, schedule, check, metrics. A plan that the checker refuses is XD_INTERNAL, with the violations printed: nothing is written from it. */
XD_MUST_CHECK enum xd_status xd_workspace_solve(struct xd_workspace *workspace, const struct xd_solve_options *options,
                                                const struct xd_progress *progress, struct xd_error *error);
void xd_workspace_free(struct xd_workspace *workspace);

/* The built-in vehicle profiles (path NULL), with those of a file on top; prints all errors but the last. */
XD_MUST_CHECK enum xd_status xd_profiles_open(const char *path, struct xd_profiles **profiles, struct xd_error *error);

/* --no-snapshot, of all commands that read a map; target: a bool. */
#define XD_APP_NO_SNAPSHOT(target)                                                                                                                   \
    {                                                                                                                                                \
        XD_OPTION_FLAG, "--no-snapshot", NULL, NULL, target, 0, 0, "read the map itself: use no MAP.xdroads beside it, and write none",              \
            "直接读取地图:不使用也不写入其旁的 MAP.xdroads 快照"                                                                   \
    }

/* Prints what diagnostics hold, errors then warnings, one a line, to standard error. */
void xd_diagnostics_print(const struct xd_diagnostics *diagnostics);
/* All errors but the last to standard error, the last into *error: the caller prints it, so that all stand in their order. *error has, and returned is, the
 * status of the first, or `status` where the list is empty. */
enum xd_status xd_diagnostics_take_last(const struct xd_diagnostics *diagnostics, struct xd_error *error, enum xd_status status);

#endif
