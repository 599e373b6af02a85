#include "app/closures.h"
#include "app/commands.h"
#include "app/extra_roads.h"
#include "app/network_roads.h"
#include "app/options.h"
#include "app/progress.h"
#include "app/workspace.h"
#include "base/alloc.h"
#include "base/parallel.h"
#include "io/export/matrix_write.h"
#include "io/tables/points_read.h"
#include "maps/table.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { JSON_BYTES_MAX = 256 << 20, FAR_TOLD_N = 20 };

struct matrix_facts {
    int32_t points_n, unsnapped_n, connected_n, far_n, apart_n;
    int64_t unreachable_n; /* cells */
    bool has_ways;         /* between two points */
    double order_s, customize_s, snap_s, table_s, write_s;
};

static enum xd_status print_matrix_json(const struct xd_app_roads *roads, const struct matrix_facts *facts, const struct xd_matrix_points *points,
                                        struct xd_error *error)
{
    struct xd_buffer buffer;
    struct xd_json_writer json;
    xd_buffer_init(&buffer, JSON_BYTES_MAX);
    xd_json_begin(&json, &buffer, true, error);
    xd_json_object_begin(&json, NULL);
    xd_json_string(&json, "schema", "xiangdao-matrix-run");
    xd_json_int(&json, "version", 1);
    xd_json_int(&json, "points", facts->points_n);
    xd_json_int(&json, "points_off_road", facts->unsnapped_n);
    xd_json_int(&json, "unreachable", facts->unreachable_n);
    if (facts->connected_n > 0)
        xd_matrix_connectors_json(&json, points, facts->points_n);
    xd_matrix_points_json(&json, "snaps", points, facts->points_n);
    xd_json_object_begin(&json, "seconds");
    xd_json_double(&json, "load", roads->load_s, 6);
    xd_json_double(&json, "graph", roads->graph_s, 6);
    xd_json_double(&json, "reweigh", roads->reweigh_s, 6);
    xd_json_double(&json, "order", facts->order_s, 6);
    xd_json_double(&json, "customize", facts->customize_s, 6);
    xd_json_double(&json, "snap", facts->snap_s, 6);
    xd_json_double(&json, "table", facts->table_s, 6);
    xd_json_double(&json, "write", facts->write_s, 6);
    xd_json_object_end(&json);
    xd_json_string(&json, "snapshot", xd_snapshot_use_name(roads->opened->snapshot));
    xd_json_int(&json, "peak_bytes", xd_process_peak_bytes());
    xd_json_object_end(&json);
    return xd_app_print_json(&json, &buffer);
}

/* Asked before the work, as xd_matrix_write asks after it. */
static enum xd_status matrix_form_check(const char *path, struct xd_error *error)
{
    static const char *const endings[] = {".csv", ".json", ".bin"};
    const size_t length = strlen(path);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(endings); i++)
        if (length > strlen(endings[i]) && strcmp(path + length - strlen(endings[i]), endings[i]) == 0)
            return XD_OK;
    return xd_fail(error, XD_USAGE, xd_at_file(path), "ends in none of .csv, .json, .bin, which tell the form of the table");
}

/* Of a point that lies far from a road, or at none that would do. */
static void tell_point(const struct xd_app_roads *roads, const char *id, const struct xd_snap *snap, bool apart)
{
    const long distance_m = snap->distance_m;
    if (snap->connector_m > 0)
        fprintf(stderr, xd_message("point %s: beyond the last road, joined to it by a straight line of %ld m (%ld s)\n"), id, (long)snap->connector_m,
                (long)snap->connector_s);
    else if (apart)
        fprintf(stderr, xd_message("point %s: island, its roads (%ld m away) do not lead to those of most points\n"), id, distance_m);
    else if (snap->status != XD_SNAP_OK && distance_m < 0)
        fprintf(stderr, xd_message("point %s: too far from a road, there is none within %d m\n"), id, 10 * (int)roads->radius_m);
    else if (snap->status == XD_SNAP_ISLAND)
        fprintf(stderr, xd_message("point %s: island, the road %ld m away is cut off from the others\n"), id, distance_m);
    else if (snap->status == XD_SNAP_CLOSED)
        fprintf(stderr, xd_message("point %s: closed to this vehicle, the nearest road is %ld m away\n"), id, distance_m);
    else if (snap->status != XD_SNAP_OK)
        fprintf(stderr, xd_message("point %s: too far from a road, the nearest is %ld m away\n"), id, distance_m);
    else if (distance_m > XD_APP_FAR_M)
        fprintf(stderr, xd_message("point %s: %ld m from the road\n"), id, distance_m);
}

static void tell_points(const struct xd_app_roads *roads, const struct xd_points *points, const struct xd_snap *snaps, const bool *apart,
                        struct matrix_facts *facts)
{
    int32_t told_n = 0;
    for (int32_t i = 0; i < points->items_n; i++) {
        const bool is_good = snaps[i].status == XD_SNAP_OK && snaps[i].connector_m == 0 && !apart[i];
        facts->unsnapped_n += snaps[i].status != XD_SNAP_OK;
        facts->connected_n += snaps[i].connector_m > 0;
        facts->apart_n += apart[i];
        facts->far_n += is_good && snaps[i].distance_m > XD_APP_FAR_M;
        if (!is_good || (snaps[i].distance_m > XD_APP_FAR_M && told_n++ < FAR_TOLD_N))
            tell_point(roads, points->ids[i], &snaps[i], apart[i]);
    }
    if (facts->far_n > FAR_TOLD_N)
        fprintf(stderr, xd_message("%ld more points lie farther than %d m from the road; --snaps FILE.csv lists all\n"),
                (long)facts->far_n - FAR_TOLD_N, XD_APP_FAR_M);
}

static void count_ways(const struct xd_matrix *matrix, struct matrix_facts *facts)
{
    for (int32_t from = 0; from < matrix->points_n; from++)
        for (int32_t to = 0; to < matrix->points_n; to++) {
            const bool is_way = xd_matrix_reachable(matrix, from, to);
            facts->unreachable_n += !is_way;
            facts->has_ways = facts->has_ways || (is_way && from != to);
        }
}

/* Nothing can be driven: the most likely reason. */
static enum xd_status say_no_way(const struct xd_app_roads *roads, const struct xd_points *points, const struct xd_snap *snaps,
                                 struct xd_error *error)
{
    int32_t swapped_n = 0;
    for (int32_t i = 0; i < points->items_n; i++)
        swapped_n += snaps[i].status == XD_SNAP_OFF_NETWORK && xd_app_roads_look_swapped(roads, points->positions[i]);
    if (2 * swapped_n >= points->items_n)
        return xd_fail(error, XD_NO_PLAN, xd_at_none(),
                       "no way between any two of %ld points: lon and lat look swapped (with them exchanged, %ld lie at a road)",
                       (long)points->items_n, (long)swapped_n);
    return xd_fail(error, XD_NO_PLAN, xd_at_none(), "no way between any two of %ld points for this vehicle; expected one at least",
                   (long)points->items_n);
}

static enum xd_status make_table(struct xd_app_roads *roads, const struct xd_snap *snaps, int32_t threads_n, const struct xd_progress *progress,
                                 struct matrix_facts *facts, struct xd_matrix **matrix, struct xd_error *error)
{
    struct xd_weights *weights = NULL;
    const int64_t steps = xd_table_search_steps(roads->graph, snaps, facts->points_n);
    double start_s = progress->elapsed_s(progress->context);
    enum xd_status status = xd_road_map_order(roads->map, steps, progress, error);
    facts->order_s = progress->elapsed_s(progress->context) - start_s;
    start_s += facts->order_s;
    if (status == XD_OK)
        status = xd_weights_take(roads->map->hierarchy, roads->graph, steps, &weights, error);
    facts->customize_s = progress->elapsed_s(progress->context) - start_s;
    start_s += facts->customize_s;
    if (status == XD_OK)
        status = xd_table_compute(roads->graph, weights, snaps, facts->points_n, threads_n, progress, matrix, error);
    facts->table_s = progress->elapsed_s(progress->context) - start_s;
    xd_weights_free(weights);
    return status;
}

static enum xd_status print_facts(const struct xd_app_roads *roads, const struct matrix_facts *facts, const struct xd_matrix_points *told, bool json,
                                  struct xd_error *error)
{
    if (json)
        return print_matrix_json(roads, facts, told, error);
    printf(xd_language_is_chinese() ? "%ld 个点,不可达 %lld 对;读图 %.2f 秒,建图 %.2f 秒,计算 %.2f 秒\n"
                                    : "%ld points, %lld unreachable pairs; %.2f s to read, %.2f s to build, %.2f s for the table\n",
           (long)facts->points_n, (long long)facts->unreachable_n, roads->load_s, roads->graph_s + facts->order_s + facts->customize_s,
           facts->table_s);
    return XD_OK;
}

/* As the command line says. */
struct matrix_question {
    const char *map, *points, *output, *snaps;
    struct xd_app_vehicle vehicle;
    int32_t threads_n;
    bool json;
};

static enum xd_status run_matrix(const struct matrix_question *question, const struct xd_progress *progress, struct xd_error *error)
{
    struct xd_app_roads roads = {0};
    struct xd_points points = {0};
    struct xd_diagnostics diagnostics = {0};
    struct xd_snap *snaps = NULL;
    bool *apart = NULL;
    struct xd_matrix *matrix = NULL;
    struct matrix_facts facts = {0};
    enum xd_status status = xd_points_read(question->points, &diagnostics, &points);
    status = xd_diagnostics_take_last(&diagnostics, error, status);
    if (status == XD_OK)
        status = xd_app_roads_open(question->map, &question->vehicle, progress, &roads, error);
    double start_s = progress->elapsed_s(progress->context);
    if (status == XD_OK) {
        facts.points_n = points.items_n;
        snaps = xd_alloc((size_t)points.items_n, sizeof *snaps);
        apart = xd_alloc((size_t)points.items_n, sizeof *apart);
        if (!snaps || !apart)
            status = xd_fail_memory(error, "points", (size_t)points.items_n * sizeof *snaps);
    }
    if (status == XD_OK) {
        xd_app_roads_snap(&roads, points.positions, points.items_n, snaps);
        xd_app_roads_apart(&roads, snaps, points.items_n, apart);
        tell_points(&roads, &points, snaps, apart, &facts);
    }
    const struct xd_matrix_points told = {points.ids, points.positions, snaps, apart};
    facts.snap_s = progress->elapsed_s(progress->context) - start_s;
    if (status == XD_OK)
        status = make_table(&roads, snaps, question->threads_n, progress, &facts, &matrix, error);
    if (status == XD_OK)
        count_ways(matrix, &facts);
    start_s = progress->elapsed_s(progress->context);
    if (status == XD_OK && question->output)
        status = xd_matrix_write(question->output, matrix, &told, error);
    if (status == XD_OK && question->snaps)
        status = xd_matrix_snaps_write(question->snaps, &told, points.items_n, error);
    facts.write_s = progress->elapsed_s(progress->context) - start_s;
    if (status == XD_OK)
        status = print_facts(&roads, &facts, &told, question->json, error);
    if (status == XD_OK && points.items_n > 1 && !facts.has_ways)
        status = say_no_way(&roads, &points, snaps, error);
    xd_matrix_free(matrix);
    xd_free(snaps);
    xd_free(apart);
    xd_app_roads_free(&roads);
    xd_points_free(&points);
    xd_diagnostics_free(&diagnostics);
    return status;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat x, y;
    return a && b && (strcmp(a, b) == 0 || (stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino));
}

/* No output may take the place of what is read, or of the other one. */
static enum xd_status outputs_check(const struct matrix_question *question, struct xd_error *error)
{
    const char *const outputs[] = {question->output, question->snaps};
    const struct xd_app_vehicle *vehicle = &question->vehicle;
    const char *const inputs[] = {question->map,           question->points,       vehicle->profiles_path,
                                  vehicle->elevation_path, vehicle->closures_path, vehicle->extra_roads_path};
    for (size_t o = 0; o < XD_ARRAY_LENGTH(outputs); o++)
        for (size_t i = 0; i < XD_ARRAY_LENGTH(inputs); i++)
            if (is_same_file(outputs[o], inputs[i]))
                return xd_fail(error, XD_USAGE, xd_at_file(outputs[o]), "is read here and would be overwritten; choose another name for the output");
    if (is_same_file(question->output, question->snaps))
        return xd_fail(error, XD_USAGE, xd_at_file(question->snaps), "is named for two outputs; choose another name for one of them");
    return XD_OK;
}

int xd_app_network_matrix(int argc, char **argv)
{
    struct matrix_question question = {.vehicle = {.profile = "minivan", .radius_m = XD_SNAP_RADIUS_DEFAULT_M}};
    struct xd_app_vehicle *const vehicle = &question.vehicle;
    int64_t threads = xd_threads_available();
    const struct xd_option options[] = {
        {XD_OPTION_POSITION, "MAP", NULL, NULL, &question.map, 1, 0, "OpenStreetMap file", "OpenStreetMap 地图文件"},
        {XD_OPTION_TEXT, "--points", NULL, "FILE", &question.points, 0, 0, "CSV with id,lon,lat (required)", "点表 CSV:id,lon,lat(必填)"},
        {XD_OPTION_TEXT, "--profile", NULL, "P", &vehicle->profile, 0, 0, "vehicle profile (default minivan)", "车辆类型(默认 minivan)"},
        {XD_OPTION_TEXT, "--profiles", NULL, "FILE", &vehicle->profiles_path, 0, 0, "table of your own profiles (docs/profiles.md)",
         "自定义车辆类型表(见 docs/profiles.md)"},
        {XD_OPTION_TEXT, "--elevation", NULL, "PATH", &vehicle->elevation_path, 0, 0, "folder or file of SRTM tiles (.hgt, .hgt.zip, .hgt.gz)",
         "SRTM 高程分幅文件夹或文件"},
        {XD_OPTION_FLAG, "--turn-costs", NULL, NULL, &vehicle->turn_costs, 0, 0, "turns, signals and stop signs take time",
         "计入转弯、红绿灯与停车让行的时间"},
        {XD_OPTION_FLAG, "--energy", NULL, NULL, &vehicle->energy, 0, 0, "tell the energy too, in kJ", "同时给出能耗(千焦)"},
        {XD_OPTION_TEXT, "--extra-roads", NULL, "FILE", &vehicle->extra_roads_path, 0, 0, XD_APP_EXTRA_ROADS_HELP, XD_APP_EXTRA_ROADS_HELP_ZH},
        XD_APP_RADIUS_OPTION(&vehicle->radius_m, "1000", " 1000"),
        XD_APP_CONNECTOR_OPTIONS(&vehicle->connector),
        XD_APP_APPROACH_OPTION(&vehicle->approach),
        {XD_OPTION_TEXT, "--closures", NULL, "FILE", &vehicle->closures_path, 0, 0, XD_APP_CLOSURES_HELP, XD_APP_CLOSURES_HELP_ZH},
        {XD_OPTION_TEXT, "--date", NULL, "D", &vehicle->date, 0, 0, "day of the closures, YYYY-MM-DD (default: all of them hold)",
         "封路日期 YYYY-MM-DD(默认全部生效)"},
        {XD_OPTION_INTEGER, "--threads", NULL, "N", &threads, 1, XD_THREADS_MAX, "threads (default: all processors)", "线程数(默认全部)"},
        {XD_OPTION_TEXT, "--output", "-o", "FILE", &question.output, 0, 0, "write the table: FILE.csv, .json or .bin",
         "写出表格:.csv、.json 或 .bin"},
        {XD_OPTION_TEXT, "--snaps", NULL, "FILE.csv", &question.snaps, 0, 0, "write where each point lies on the roads, and how far from them",
         "写出各点在路网上的位置、距离与状态"},
        {XD_OPTION_FLAG, "--json", NULL, NULL, &question.json, 0, 0, "print counts, seconds and where the points lie as JSON",
         "以 JSON 输出数量、耗时与各点位置"},
        XD_APP_NO_SNAPSHOT(&vehicle->no_snapshot),
        {XD_OPTION_END, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL},
    };
    static const struct xd_command command = {"network matrix", xd_app_network_matrix, "Travel times and distances between points.",
                                              "多点间时间与距离表。",
                                              "  xiangdao network matrix county.osm.pbf --points points.csv -o table.csv --snaps snaps.csv"};
    struct xd_error error = {0};
    struct xd_progress_bar bar;
    bool helped = false;
    enum xd_status status = xd_options_parse(&command, options, argc, argv, &helped, &error);
    if (status == XD_OK && helped)
        return 0;
    if (status == XD_OK && !question.points)
        status = xd_fail(&error, XD_USAGE, xd_at_none(), "--points FILE is missing: a CSV with columns id,lon,lat");
    if (status == XD_OK && question.output)
        status = matrix_form_check(question.output, &error);
    if (status == XD_OK)
        status = outputs_check(&question, &error);
    question.threads_n = (int32_t)threads;
    xd_progress_bar_init(&bar, false);
    if (status == XD_OK)
        status = run_matrix(&question, &bar.progress, &error);
    xd_progress_bar_end(&bar);
    return status == XD_OK ? 0 : xd_exit_with(&error);
}
