/* Everything that `plan` writes into its folder, from a verified plan only. Byte-equal for equal input, seed and iterations; what differs from
 * run to run is in run.json alone. */
#ifndef XD_IO_EXPORT_EXPORT_H
#define XD_IO_EXPORT_EXPORT_H

#include "base/output.h"
#include "scenarios/metrics.h"

/* Borrows all. */
struct xd_export_input {
    const struct xd_county *county;
    const struct xd_verified_plan *plan;
    const struct xd_metrics *metrics;
    enum xd_language language;
};

/* What differs from run to run: run.json. */
struct xd_run_facts {
    double load_s, open_s, reweigh_s, table_s, search_s;
    int64_t peak_bytes; /* of the process (resident), -1 = not known */
    int32_t threads_n;
    const char *host;    /* "" = not told */
    const char *started; /* ISO 8601 with zone */
    const char *stop_reason;
    const char *snapshot; /* of the map: xd_snapshot_use_name */
    const char *command_line;
};

/* Adds to the set under folder: plan.json, routes.csv, stops.csv, routes.geojson, gpx/NN-NAME.gpx, kpi.json, report.html, run.json. */
XD_MUST_CHECK enum xd_status xd_export_plan(const struct xd_export_input *input, const struct xd_run_facts *run, const char *folder,
                                            struct xd_output_set *set, struct xd_error *error);

/* After the set's commit: removes from folder/gpx what an earlier plan wrote there and this one did not, so that nobody drives yesterday's route.
 * Touches only plain files named NN-*.gpx that this program wrote. Errors: XD_IO, with the file that stays. */
XD_MUST_CHECK enum xd_status xd_export_remove_stale(const struct xd_export_input *input, const char *folder, struct xd_error *error);

/* kpi.json's object into a writer (also printed by `plan --json`). */
struct xd_json_writer;
void xd_export_kpi(const struct xd_export_input *input, struct xd_json_writer *json, const char *key);

#endif
