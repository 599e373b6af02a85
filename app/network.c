#include "app/closures.h"
#include "app/commands.h"
#include "app/extra_roads.h"
#include "app/network_roads.h"
#include "app/options.h"
#include "app/progress.h"
#include "app/workspace.h"
#include "base/alloc.h"
#include "base/number.h"
#include "maps/polyline.h"
#include "maps/route.h"

#include <stdio.h>
#include <string.h>

enum { JSON_BYTES_MAX = 256 << 20, LON_LIMIT_E7 = 1800000000, LAT_LIMIT_E7 = 900000000 };

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
        if (route->steps[i].is_connector)
            xd_json_bool(json, "connector", true);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

/* Of the route's metres and seconds, those on straight lines; 0 from a place to itself. */
static void write_connector(struct xd_json_writer *json, const struct xd_snap *from, const struct xd_snap *to)
{
    const bool stays = xd_snap_is_same_place(from, to);
    xd_json_object_begin(json, "connector");
    xd_json_int(json, "from_m", stays ? 0 : from->connector_m);
    xd_json_int(json, "from_s", stays ? 0 : from->connector_s);
    xd_json_int(json, "to_m", stays ? 0 : to->connector_m);
    xd_json_int(json, "to_s", stays ? 0 : to->connector_s);
    xd_json_object_end(json);
}

static void print_connector(const struct xd_snap *from, const struct xd_snap *to)
{
    const struct xd_snap_ends ends = xd_snap_ends_of(from, to);
    if (ends.length_m > 0)
        printf(xd_language_is_chinese() ? "其中直线接驳(地图无路):起点 %ld 米,终点 %ld 米,共 %.1f 分钟\n"
                                        : "of it by straight lines beyond the last road: %ld m at the start, %ld m at the end, %.1f min\n",
               (long)from->connector_m, (long)to->connector_m, (double)ends.time_s / 60.0);
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

static enum xd_status print_route_json(const struct xd_app_roads *roads, const struct xd_road_route *route, const struct xd_snap *from,
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
    if (from->connector_m > 0 || to->connector_m > 0)
        write_connector(&json, from, to);
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
        return xd_app_print_json(&json, &buffer);
    xd_buffer_free(&buffer);
    return status;
}

static enum xd_status say_why(const struct xd_app_roads *roads, const char *option, const struct xd_snap *snap, struct xd_error *error)
{
    const long distance_m = snap->distance_m;
    const int radius_m = (int)roads->radius_m;
    if (snap->status != XD_SNAP_ISLAND && snap->status != XD_SNAP_CLOSED && xd_app_roads_look_swapped(roads, snap->place))
        return xd_fail(error, XD_NO_PLAN, xd_at_none(), "%s lies far from every road; lon and lat look swapped: expected LON,LAT", option);
    if (distance_m < 0)
        return xd_fail(error, XD_NO_PLAN, xd_at_none(),
                       "%s lies farther than %d m from every road of the map, expected at most %d m; is it the right map?", option, 10 * radius_m,
                       radius_m);
    if (snap->status == XD_SNAP_ISLAND)
        return xd_fail(error, XD_NO_PLAN, xd_at_none(),
                       "%s lies at roads that are cut off from the others for this vehicle (the nearest %ld m away), expected one that joins them "
                       "within %d m; --radius M looks farther",
                       option, distance_m, radius_m);
    if (snap->status == XD_SNAP_CLOSED)
        return xd_fail(error, XD_NO_PLAN, xd_at_none(),
                       "%s lies at roads that are closed to this vehicle (the nearest %ld m away), expected one that it may use within %d m; "
                       "--radius M looks farther",
                       option, distance_m, radius_m);
    return xd_fail(error, XD_NO_PLAN, xd_at_none(), "%s lies %ld m from the nearest road, expected at most %d m; --radius M looks farther", option,
                   distance_m, radius_m);
}

static enum xd_status run_route(const char *map, const char *from_text, const char *to_text, const struct xd_app_vehicle *vehicle, bool json,
                                const struct xd_progress *progress, struct xd_error *error)
{
    struct xd_app_roads roads = {0};
    struct xd_position positions[2];
    struct xd_snap ends[2];
    const struct xd_snap *const from = &ends[0], *const to = &ends[1];
    struct xd_road_route route = {0};
    enum xd_status status = parse_position("--from", from_text, &positions[0], error);
    if (status == XD_OK)
        status = parse_position("--to", to_text, &positions[1], error);
    if (status == XD_OK)
        status = xd_app_roads_open(map, vehicle, progress, &roads, error);
    if (status == XD_OK)
        xd_app_roads_snap(&roads, positions, 2, ends);
    for (int i = 0; i < 2 && status == XD_OK; i++)
        if (ends[i].status != XD_SNAP_OK)
            status = say_why(&roads, i == 0 ? "--from" : "--to", &ends[i], error);
    if (status == XD_OK)
        status = xd_road_route_find(roads.graph, NULL, from, to, &route, error);
    if (status == XD_OK && !route.found && roads.overlay)
        status = xd_fail(error, XD_NO_PLAN, xd_at_none(), "with the closures there is no way from --from to --to for profile %s", vehicle->profile);
    else if (status == XD_OK && !route.found)
        status = xd_fail(error, XD_NO_PLAN, xd_at_none(), "there is no way from --from to --to for profile %s", vehicle->profile);
    if (status == XD_OK && json)
        status = print_route_json(&roads, &route, from, to, error);
    else if (status == XD_OK)
        printf(xd_language_is_chinese() ? "%.1f 分钟,%.2f 公里(到路网距离 %ld 米与 %ld 米)\n"
                                        : "%.1f min, %.2f km (from the road: %ld m and %ld m)\n",
               (double)route.time_ms / 60000.0, (double)route.length_cm / 100000.0, (long)from->distance_m, (long)to->distance_m);
    if (status == XD_OK && !json)
        print_connector(from, to);
    if (status == XD_OK && !json && roads.graph->heights)
        printf(xd_language_is_chinese() ? "爬升 %.0f 米,下降 %.0f 米\n" : "%.0f m up, %.0f m down\n", (double)route.climb_cm / 100.0,
               (double)route.descent_cm / 100.0);
    if (status == XD_OK && !json && roads.graph->has_energy)
        printf(xd_language_is_chinese() ? "能耗 %.1f 兆焦\n" : "energy %.1f MJ\n", (double)route.energy_kj / 1000.0);
    xd_road_route_free(&route);
    xd_app_roads_free(&roads);
    return status;
}

int xd_app_network_route(int argc, char **argv)
{
    const char *map = NULL;
    const char *from = NULL;
    const char *to = NULL;
    struct xd_app_vehicle vehicle = {.profile = "minivan", .radius_m = XD_SNAP_RADIUS_DEFAULT_M};
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
        XD_APP_RADIUS_OPTION(&vehicle.radius_m, "1000", " 1000"),
        XD_APP_CONNECTOR_OPTIONS(&vehicle.connector),
        XD_APP_APPROACH_OPTION(&vehicle.approach),
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
