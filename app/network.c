#include "app/closures.h"
#include "app/commands.h"
#include "app/elevation.h"
#include "app/extra_roads.h"
#include "app/options.h"
#include "app/progress.h"
#include "app/workspace.h"
#include "base/alloc.h"
#include "base/json_writer.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/text.h"
#include "io/export/matrix_write.h"
#include "io/tables/points_read.h"
#include "maps/polyline.h"
#include "maps/route.h"
#include "maps/table.h"

#include <stdio.h>
#include <string.h>

enum { JSON_BYTES_MAX = 256 << 20, LON_LIMIT_E7 = 1800000000, LAT_LIMIT_E7 = 900000000 };

/* Which vehicle on which ground, as the command line says. */
struct vehicle {
    const char *profile, *profiles_path, *elevation_path;
    const char *closures_path, *extra_roads_path, *date;
    bool turn_costs, energy, no_snapshot;
};

/* A map seen by one vehicle profile. */
struct roads {
    struct xd_profiles *profiles;
    struct xd_opened_map *opened;
    const struct xd_network *network; /* the map's */
    struct xd_road_map own, *map;     /* the standard one where that serves */
    struct xd_road_heights *heights;  /* NULL = all roads are flat */
    struct xd_closures closures;
    struct xd_overlay *overlay;        /* NULL = no closures */
    struct xd_graph *open, *graph;     /* without closures, and with them; open is NULL where there are none */
    double load_s, graph_s, reweigh_s; /* reading; map and graph; closures */
};

static void roads_free(struct roads *roads)
{
    xd_graph_free(roads->graph);
    xd_graph_free(roads->open);
    xd_overlay_free(roads->overlay);
    xd_closures_free(&roads->closures);
    xd_road_map_free(&roads->own);
    xd_road_heights_free(roads->heights);
    xd_app_map_close(roads->opened);
    xd_profiles_free(roads->profiles);
}

static enum xd_status find_profile(const struct xd_profiles *profiles, const char *name, const struct xd_profile **profile, struct xd_error *error)
{
    const char *names[XD_PROFILES_MAX];
    char list[256];
    *profile = xd_profile_find(profiles, name);
    if (*profile)
        return XD_OK;
    const int32_t names_n = xd_profiles_names(profiles, names, list, sizeof list);
    const char *near = xd_text_suggest(name, names, (size_t)names_n);
    if (near)
        return xd_fail(error, XD_USAGE, xd_at_none(), "unknown profile \"%s\"; did you mean %s? There are: %s", name, near, list);
    return xd_fail(error, XD_USAGE, xd_at_none(), "unknown profile \"%s\"; there are: %s", name, list);
}

/* The closures over roads that are weighed already. */
static enum xd_status roads_close(const struct vehicle *vehicle, int64_t day, const struct xd_profile *profile, struct roads *roads,
                                  const struct xd_progress *progress, struct xd_error *error)
{
    const double start_s = progress->elapsed_s(progress->context);
    enum xd_status status = xd_app_overlay_build(roads->network, roads->profiles, &roads->closures, day, &roads->overlay, error);
    if (status != XD_OK || !roads->overlay)
        return status;
    const struct xd_graph_conditions conditions = {.heights = roads->heights, .energy = vehicle->energy, .overlay = roads->overlay};
    struct xd_graph *graph = NULL;
    status = xd_graph_weigh(roads->map->topology, profile, &conditions, &graph, error);
    if (status == XD_OK) {
        roads->open = roads->graph;
        roads->graph = graph;
    }
    roads->reweigh_s = progress->elapsed_s(progress->context) - start_s;
    return status;
}

static enum xd_status roads_open(const char *map, const struct vehicle *vehicle, const struct xd_progress *progress, struct roads *roads,
                                 struct xd_error *error)
{
    const struct xd_profile *profile = NULL;
    int64_t day = XD_CLOSURE_ALWAYS;
    enum xd_status status = xd_app_date(vehicle->date, &day, error);
    if (status == XD_OK)
        status = xd_profiles_open(vehicle->profiles_path, &roads->profiles, error);
    if (status == XD_OK)
        status = find_profile(roads->profiles, vehicle->profile, &profile, error);
    if (status == XD_OK)
        status = xd_app_closures_add(vehicle->closures_path, roads->profiles, XD_CRS_WGS84, &roads->closures, error);
    const double start_s = progress->elapsed_s(progress->context);
    if (status == XD_OK)
        status = xd_app_map_open(map, !vehicle->no_snapshot, progress, &roads->opened, error);
    if (status == XD_OK)
        status = xd_app_extra_roads_add(NULL, vehicle->extra_roads_path, XD_CRS_WGS84, roads->opened, NULL, error);
    if (status == XD_OK)
        roads->network = roads->opened->network;
    if (status == XD_OK)
        status = xd_app_heights_open(vehicle->elevation_path, roads->network, progress, &roads->heights, error);
    const double loaded_s = progress->elapsed_s(progress->context);
    if (status == XD_OK)
        status = xd_standard_roads_take(roads->opened->standard, roads->network, &profile, 1, vehicle->turn_costs, &roads->own, &roads->map, error);
    const struct xd_graph_conditions conditions = {.heights = roads->heights, .energy = vehicle->energy};
    if (status == XD_OK)
        status = xd_graph_weigh(roads->map->topology, profile, &conditions, &roads->graph, error);
    roads->load_s = loaded_s - start_s;
    roads->graph_s = progress->elapsed_s(progress->context) - loaded_s;
    return status == XD_OK ? roads_close(vehicle, day, profile, roads, progress, error) : status;
}

static void snap_on(const struct roads *roads, struct xd_position position, struct xd_snap *snap)
{
    xd_snap_find(roads->map->index, roads->open ? roads->open : roads->graph, position, XD_SNAP_RADIUS_DEFAULT_M, snap);
    if (roads->open)
        xd_snap_under_closures(roads->map->index, roads->graph, position, XD_SNAP_RADIUS_DEFAULT_M, snap);
}

static enum xd_status print_buffer(struct xd_json_writer *json, struct xd_buffer *buffer)
{
    const enum xd_status status = xd_json_end(json);
    if (status == XD_OK)
        fwrite(buffer->bytes, 1, buffer->length, stdout);
    xd_buffer_free(buffer);
    return status;
}

/* ---- network route ---- */

static enum xd_status parse_position(const char *option, const char *text, struct xd_position *position, struct xd_error *error)
{
    const char *comma = strchr(text, ',');
    int64_t lon_e7 = 0;
    int64_t lat_e7 = 0;
    if (!comma || xd_parse_fixed(text, (size_t)(comma - text), 7, -LON_LIMIT_E7, LON_LIMIT_E7, &lon_e7) != XD_NUMBER_OK ||
        xd_parse_fixed(comma + 1, strlen(comma + 1), 7, -LAT_LIMIT_E7, LAT_LIMIT_E7, &lat_e7) != XD_NUMBER_OK)
        return xd_fail(error, XD_USAGE, xd_at_none(), "%s \"%s\" is not a position; expected LON,LAT in degrees, like 106.83,26.81", option, text);
    *position = (struct xd_position){.lon_e7 = (int32_t)lon_e7, .lat_e7 = (int32_t)lat_e7};
    return XD_OK;
}

static void write_steps(struct xd_json_writer *json, const struct xd_road_route *route)
{
    xd_json_array_begin(json, "steps");
    for (int32_t i = 0; i < route->steps_n; i++) {
        xd_json_object_begin_line(json, NULL);
        xd_json_string(json, "name", route->steps[i].name);
        xd_json_int(json, "length_m", (route->steps[i].length_cm + 50) / 100);
        xd_json_int(json, "time_s", (route->steps[i].time_ms + 500) / 1000);
        xd_json_int(json, "first_point", route->steps[i].first_point);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

static enum xd_status write_polyline(struct xd_json_writer *json, const struct xd_road_route *route, struct xd_error *error)
{
    char *text = xd_alloc((size_t)route->points_n + 1, XD_POLYLINE6_POINT_BYTES);
    if (!text)
        return xd_fail_memory(error, "a line", (size_t)route->points_n * XD_POLYLINE6_POINT_BYTES);
    xd_polyline6_encode(route->points, route->points_n, text);
    xd_json_string(json, "polyline6", text);
    xd_free(text);
    return XD_OK;
}

static enum xd_status print_route_json(const struct roads *roads, const struct xd_road_route *route, const struct xd_snap *from,
                                       const struct xd_snap *to, struct xd_error *error)
{
    struct xd_buffer buffer;
    struct xd_json_writer json;
    xd_buffer_init(&buffer, JSON_BYTES_MAX);
    xd_json_begin(&json, &buffer, true, error);
    xd_json_object_begin(&json, NULL);
    xd_json_string(&json, "schema", "xiangdao-route");
    xd_json_int(&json, "version", 1);
    xd_json_int(&json, "time_s", (route->time_ms + 500) / 1000);
    xd_json_int(&json, "length_m", (route->length_cm + 50) / 100);
    if (roads->graph->heights) {
        xd_json_int(&json, "climb_m", (route->climb_cm + 50) / 100);
        xd_json_int(&json, "descent_m", (route->descent_cm + 50) / 100);
    }
    if (roads->graph->has_energy)
        xd_json_int(&json, "energy_kj", route->energy_kj);
    xd_json_bool(&json, "turn_costs", roads->graph->topology->turn_costs);
    xd_json_string(&json, "snapshot", xd_snapshot_use_name(roads->opened->snapshot));
    xd_json_int(&json, "snap_from_m", from->distance_m);
    xd_json_int(&json, "snap_to_m", to->distance_m);
    xd_json_object_begin(&json, "geometry");
    xd_json_string(&json, "type", "LineString");
    xd_json_array_begin_line(&json, "coordinates");
    for (int32_t i = 0; i < route->points_n || i < 2; i++) { /* a line has two points, also where one stays */
        const struct xd_position point = route->points[i < route->points_n ? i : route->points_n - 1];
        xd_json_array_begin(&json, NULL);
        xd_json_fixed(&json, NULL, point.lon_e7, 7);
        xd_json_fixed(&json, NULL, point.lat_e7, 7);
        xd_json_array_end(&json);
    }
    xd_json_array_end(&json);
    xd_json_object_end(&json);
    const enum xd_status status = write_polyline(&json, route, error);
    write_steps(&json, route);
    xd_json_object_end(&json);
    if (status == XD_OK)
        return print_buffer(&json, &buffer);
    xd_buffer_free(&buffer);
    return status;
}

static enum xd_status snap_or_say(const struct roads *roads, const char *option, struct xd_position position, struct xd_snap *snap,
                                  struct xd_error *error)
{
    snap_on(roads, position, snap);
    if (snap->status == XD_SNAP_OK)
        return XD_OK;
    if (snap->distance_m < 0)
        return xd_fail(error, XD_NO_PLAN, xd_at_none(),
                       "%s lies farther than %d m from every road of the map, expected at most %d m; is it the right map?", option,
                       10 * XD_SNAP_RADIUS_DEFAULT_M, XD_SNAP_RADIUS_DEFAULT_M);
    return xd_fail(error, XD_NO_PLAN, xd_at_none(),
                   "%s cannot be reached by this vehicle (%s): the nearest road is %ld m away, expected one it may use within %d m", option,
                   xd_snap_status_name(snap->status), (long)snap->distance_m, XD_SNAP_RADIUS_DEFAULT_M);
}

static enum xd_status run_route(const char *map, const char *from_text, const char *to_text, const struct vehicle *vehicle, bool json,
                                const struct xd_progress *progress, struct xd_error *error)
{
    struct roads roads = {0};
    struct xd_position from_position, to_position;
    struct xd_snap from, to;
    struct xd_road_route route = {0};
    enum xd_status status = parse_position("--from", from_text, &from_position, error);
    if (status == XD_OK)
        status = parse_position("--to", to_text, &to_position, error);
    if (status == XD_OK)
        status = roads_open(map, vehicle, progress, &roads, error);
    if (status == XD_OK)
        status = snap_or_say(&roads, "--from", from_position, &from, error);
    if (status == XD_OK)
        status = snap_or_say(&roads, "--to", to_position, &to, error);
    if (status == XD_OK)
        status = xd_road_route_find(roads.graph, NULL, &from, &to, &route, error);
    if (status == XD_OK && !route.found && roads.overlay)
        status = xd_fail(error, XD_NO_PLAN, xd_at_none(), "with the closures there is no way from --from to --to for profile %s", vehicle->profile);
    else if (status == XD_OK && !route.found)
        status = xd_fail(error, XD_NO_PLAN, xd_at_none(), "there is no way from --from to --to for profile %s", vehicle->profile);
    if (status == XD_OK && json)
        status = print_route_json(&roads, &route, &from, &to, error);
    else if (status == XD_OK)
        printf(xd_language_is_chinese() ? "%.1f 分钟,%.2f 公里(到路网距离 %ld 米与 %ld 米)\n"
                                        : "%.1f min, %.2f km (from the road: %ld m and %ld m)\n",
               (double)route.time_ms / 60000.0, (double)route.length_cm / 100000.0, (long)from.distance_m, (long)to.distance_m);
    if (status == XD_OK && !json && roads.graph->heights)
        printf(xd_language_is_chinese() ? "爬升 %.0f 米,下降 %.0f 米\n" : "%.0f m up, %.0f m down\n", (double)route.climb_cm / 100.0,
               (double)route.descent_cm / 100.0);
    if (status == XD_OK && !json && roads.graph->has_energy)
        printf(xd_language_is_chinese() ? "能耗 %.1f 兆焦\n" : "energy %.1f MJ\n", (double)route.energy_kj / 1000.0);
    xd_road_route_free(&route);
    roads_free(&roads);
    return status;
}

int xd_app_network_route(int argc, char **argv)
{
    const char *map = NULL;
    const char *from = NULL;
    const char *to = NULL;
    struct vehicle vehicle = {.profile = "minivan"};
    bool json = false;
    const struct xd_option options[] = {
        {XD_OPTION_POSITION, "MAP", NULL, NULL, &map, 1, 0, "OpenStreetMap file", "OpenStreetMap 地图文件"},
        {XD_OPTION_TEXT, "--from", NULL, "LON,LAT", &from, 0, 0, "start, WGS-84 degrees", "起点经纬度(WGS-84)"},
        {XD_OPTION_TEXT, "--to", NULL, "LON,LAT", &to, 0, 0, "end, WGS-84 degrees", "终点经纬度(WGS-84)"},
        {XD_OPTION_TEXT, "--profile", NULL, "P", &vehicle.profile, 0, 0, "vehicle profile (default minivan)", "车辆类型(默认 minivan)"},
        {XD_OPTION_TEXT, "--profiles", NULL, "FILE", &vehicle.profiles_path, 0, 0, "table of your own profiles (docs/profiles.md)",
         "自定义车辆类型表(见 docs/profiles.md)"},
        {XD_OPTION_TEXT, "--elevation", NULL, "PATH", &vehicle.elevation_path, 0, 0, "folder or file of SRTM tiles (.hgt, .hgt.zip, .hgt.gz)",
         "SRTM 高程分幅文件夹或文件"},
        {XD_OPTION_FLAG, "--turn-costs", NULL, NULL, &vehicle.turn_costs, 0, 0, "turns, signals and stop signs take time",
         "计入转弯、红绿灯与停车让行的时间"},
        {XD_OPTION_FLAG, "--energy", NULL, NULL, &vehicle.energy, 0, 0, "tell the energy too, in kJ", "同时给出能耗(千焦)"},
        {XD_OPTION_TEXT, "--extra-roads", NULL, "FILE", &vehicle.extra_roads_path, 0, 0, XD_APP_EXTRA_ROADS_HELP, XD_APP_EXTRA_ROADS_HELP_ZH},
        {XD_OPTION_TEXT, "--closures", NULL, "FILE", &vehicle.closures_path, 0, 0, XD_APP_CLOSURES_HELP, XD_APP_CLOSURES_HELP_ZH},
        {XD_OPTION_TEXT, "--date", NULL, "D", &vehicle.date, 0, 0, "day of the closures, YYYY-MM-DD (default: all of them hold)",
         "封路日期 YYYY-MM-DD(默认全部生效)"},
        {XD_OPTION_FLAG, "--json", NULL, NULL, &json, 0, 0, "print time_s, length_m, the geometry and the steps as JSON",
         "以 JSON 输出时间、里程、线形与分段"},
        XD_APP_NO_SNAPSHOT(&vehicle.no_snapshot),
        {XD_OPTION_END, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL},
    };
    static const struct xd_command command = {
        "network route", xd_app_network_route, "The fastest way between two positions.", "两点间最快路线。",
        "  xiangdao network route county.osm.pbf --from 1.5218,42.5075 --to 1.5790,42.5720 --profile light_truck"};
    struct xd_error error = {0};
    struct xd_progress_bar bar;
    bool helped = false;
    enum xd_status status = xd_options_parse(&command, options, argc, argv, &helped, &error);
    if (status == XD_OK && helped)
        return 0;
    if (status == XD_OK && (!from || !to))
        status = xd_fail(&error, XD_USAGE, xd_at_none(), "--from LON,LAT and --to LON,LAT are both needed");
    xd_progress_bar_init(&bar, false);
    if (status == XD_OK)
        status = run_route(map, from, to, &vehicle, json, &bar.progress, &error);
    xd_progress_bar_end(&bar);
    return status == XD_OK ? 0 : xd_exit_with(&error);
}

/* ---- network matrix ---- */

struct matrix_facts {
    int32_t points_n, unsnapped_n;
    int64_t unreachable_n; /* cells */
    double order_s, customize_s, snap_s, table_s, write_s;
};

static enum xd_status print_matrix_json(const struct roads *roads, const struct matrix_facts *facts, struct xd_error *error)
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
    return print_buffer(&json, &buffer);
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

static enum xd_status run_matrix(const char *map, const char *points_path, const struct vehicle *vehicle, int32_t threads_n, const char *output,
                                 bool json, const struct xd_progress *progress, struct xd_error *error)
{
    struct roads roads = {0};
    struct xd_points points = {0};
    struct xd_diagnostics diagnostics = {0};
    struct xd_snap *snaps = NULL;
    struct xd_weights *weights = NULL;
    struct xd_matrix *matrix = NULL;
    struct matrix_facts facts = {0};
    enum xd_status status = xd_points_read(points_path, &diagnostics, &points);
    status = xd_diagnostics_take_last(&diagnostics, error, status);
    if (status == XD_OK)
        status = roads_open(map, vehicle, progress, &roads, error);
    double start_s = progress->elapsed_s(progress->context);
    if (status == XD_OK) {
        facts.points_n = points.items_n;
        snaps = xd_alloc((size_t)points.items_n, sizeof *snaps);
        if (!snaps)
            status = xd_fail_memory(error, "points", (size_t)points.items_n * sizeof *snaps);
    }
    for (int32_t i = 0; status == XD_OK && i < points.items_n; i++) {
        snap_on(&roads, points.positions[i], &snaps[i]);
        if (snaps[i].status != XD_SNAP_OK) {
            facts.unsnapped_n++;
            if (snaps[i].distance_m < 0)
                fprintf(stderr, xd_message("point %s: %s, no road within %d m\n"), points.ids[i], xd_snap_status_name(snaps[i].status),
                        10 * XD_SNAP_RADIUS_DEFAULT_M);
            else
                fprintf(stderr, xd_message("point %s: %s, the nearest road is %ld m away\n"), points.ids[i], xd_snap_status_name(snaps[i].status),
                        (long)snaps[i].distance_m);
        }
    }
    facts.snap_s = progress->elapsed_s(progress->context) - start_s;
    start_s += facts.snap_s;
    const int64_t steps = status == XD_OK ? xd_table_search_steps(roads.graph, snaps, points.items_n) : 0;
    if (status == XD_OK)
        status = xd_road_map_order(roads.map, steps, progress, error);
    facts.order_s = progress->elapsed_s(progress->context) - start_s;
    start_s += facts.order_s;
    if (status == XD_OK)
        status = xd_weights_take(roads.map->hierarchy, roads.graph, steps, &weights, error);
    facts.customize_s = progress->elapsed_s(progress->context) - start_s;
    start_s += facts.customize_s;
    if (status == XD_OK)
        status = xd_table_compute(roads.graph, weights, snaps, points.items_n, threads_n, progress, &matrix, error);
    facts.table_s = progress->elapsed_s(progress->context) - start_s;
    start_s += facts.table_s;
    for (size_t cell = 0; status == XD_OK && cell < (size_t)points.items_n * (size_t)points.items_n; cell++)
        facts.unreachable_n += matrix->time_s[cell] == XD_UNREACHABLE ? 1 : 0;
    if (status == XD_OK && output)
        status = xd_matrix_write(output, matrix, points.ids, error);
    facts.write_s = progress->elapsed_s(progress->context) - start_s;
    if (status == XD_OK && json)
        status = print_matrix_json(&roads, &facts, error);
    else if (status == XD_OK)
        printf(xd_language_is_chinese() ? "%ld 个点,不可达 %lld 对;读图 %.2f 秒,建图 %.2f 秒,计算 %.2f 秒\n"
                                        : "%ld points, %lld unreachable pairs; %.2f s to read, %.2f s to build, %.2f s for the table\n",
               (long)facts.points_n, (long long)facts.unreachable_n, roads.load_s, roads.graph_s + facts.order_s + facts.customize_s, facts.table_s);
    xd_matrix_free(matrix);
    xd_weights_free(weights);
    xd_free(snaps);
    roads_free(&roads);
    xd_points_free(&points);
    xd_diagnostics_free(&diagnostics);
    return status;
}

int xd_app_network_matrix(int argc, char **argv)
{
    const char *map = NULL;
    const char *points = NULL;
    struct vehicle vehicle = {.profile = "minivan"};
    const char *output = NULL;
    int64_t threads = xd_threads_available();
    bool json = false;
    const struct xd_option options[] = {
        {XD_OPTION_POSITION, "MAP", NULL, NULL, &map, 1, 0, "OpenStreetMap file", "OpenStreetMap 地图文件"},
        {XD_OPTION_TEXT, "--points", NULL, "FILE", &points, 0, 0, "CSV with id,lon,lat (required)", "点表 CSV:id,lon,lat(必填)"},
        {XD_OPTION_TEXT, "--profile", NULL, "P", &vehicle.profile, 0, 0, "vehicle profile (default minivan)", "车辆类型(默认 minivan)"},
        {XD_OPTION_TEXT, "--profiles", NULL, "FILE", &vehicle.profiles_path, 0, 0, "table of your own profiles (docs/profiles.md)",
         "自定义车辆类型表(见 docs/profiles.md)"},
        {XD_OPTION_TEXT, "--elevation", NULL, "PATH", &vehicle.elevation_path, 0, 0, "folder or file of SRTM tiles (.hgt, .hgt.zip, .hgt.gz)",
         "SRTM 高程分幅文件夹或文件"},
        {XD_OPTION_FLAG, "--turn-costs", NULL, NULL, &vehicle.turn_costs, 0, 0, "turns, signals and stop signs take time",
         "计入转弯、红绿灯与停车让行的时间"},
        {XD_OPTION_FLAG, "--energy", NULL, NULL, &vehicle.energy, 0, 0, "tell the energy too, in kJ", "同时给出能耗(千焦)"},
        {XD_OPTION_TEXT, "--extra-roads", NULL, "FILE", &vehicle.extra_roads_path, 0, 0, XD_APP_EXTRA_ROADS_HELP, XD_APP_EXTRA_ROADS_HELP_ZH},
        {XD_OPTION_TEXT, "--closures", NULL, "FILE", &vehicle.closures_path, 0, 0, XD_APP_CLOSURES_HELP, XD_APP_CLOSURES_HELP_ZH},
        {XD_OPTION_TEXT, "--date", NULL, "D", &vehicle.date, 0, 0, "day of the closures, YYYY-MM-DD (default: all of them hold)",
         "封路日期 YYYY-MM-DD(默认全部生效)"},
        {XD_OPTION_INTEGER, "--threads", NULL, "N", &threads, 1, XD_THREADS_MAX, "threads (default: all processors)", "线程数(默认全部)"},
        {XD_OPTION_TEXT, "--output", "-o", "FILE", &output, 0, 0, "write the table: FILE.csv, .json or .bin", "写出表格:.csv、.json 或 .bin"},
        {XD_OPTION_FLAG, "--json", NULL, NULL, &json, 0, 0, "print counts and seconds as JSON", "以 JSON 输出数量与耗时"},
        XD_APP_NO_SNAPSHOT(&vehicle.no_snapshot),
        {XD_OPTION_END, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL},
    };
    static const struct xd_command command = {"network matrix", xd_app_network_matrix, "Travel times and distances between points.",
                                              "多点间时间与距离表。", "  xiangdao network matrix county.osm.pbf --points points.csv -o table.csv"};
    struct xd_error error = {0};
    struct xd_progress_bar bar;
    bool helped = false;
    enum xd_status status = xd_options_parse(&command, options, argc, argv, &helped, &error);
    if (status == XD_OK && helped)
        return 0;
    if (status == XD_OK && !points)
        status = xd_fail(&error, XD_USAGE, xd_at_none(), "--points FILE is missing: a CSV with columns id,lon,lat");
    if (status == XD_OK && output)
        status = matrix_form_check(output, &error);
    xd_progress_bar_init(&bar, false);
    if (status == XD_OK)
        status = run_matrix(map, points, &vehicle, (int32_t)threads, output, json, &bar.progress, &error);
    xd_progress_bar_end(&bar);
    return status == XD_OK ? 0 : xd_exit_with(&error);
}
