#include "io/export/report.h"

#include "base/hash.h"
#include "base/json_writer.h"
#include "base/number.h"
#include "io/export/embedded.h"
#include "io/export/plan_json.h"
#include "io/export/polyline.h"
#include "io/export/titles.h"
#include "scenarios/county_connectors.h"

#include <string.h>

/* Groups of background roads, as the page's roadStyles. */
enum { GROUP_MAJOR, GROUP_MINOR, GROUP_VILLAGE, GROUP_TRACK, GROUP_FERRY, GROUPS_N };

static const double road_tolerance_m = 6.0;
static const double route_tolerance_m = 3.0;

struct report {
    const struct xd_export_input *input;
    const struct xd_shapes *shapes;
    struct xd_json_writer json;
    struct xd_buffer line;      /* scratch: one encoded line */
    struct xd_position *points; /* scratch: points_max */
    unsigned char *keep;
    int64_t points_max;
};

static int group_of(const struct xd_road *road)
{
    switch ((enum xd_road_class)road->road_class) {
    case XD_ROAD_MOTORWAY:
    case XD_ROAD_TRUNK:
    case XD_ROAD_PRIMARY:
        return GROUP_MAJOR;
    case XD_ROAD_SECONDARY:
    case XD_ROAD_TERTIARY:
        return GROUP_MINOR;
    case XD_ROAD_UNCLASSIFIED:
    case XD_ROAD_RESIDENTIAL:
    case XD_ROAD_LIVING_STREET:
    case XD_ROAD_SERVICE:
        return GROUP_VILLAGE;
    case XD_ROAD_TRACK:
        return GROUP_TRACK;
    case XD_ROAD_FERRY:
        return GROUP_FERRY;
    default:
        return -1;
    }
}

static void write_polyline(struct report *report, const char *key, const struct xd_position *points, int64_t points_n, double tolerance_m)
{
    xd_buffer_clear(&report->line);
    if (report->json.status == XD_OK)
        report->json.status = xd_polyline_append(&report->line, points, points_n, tolerance_m, report->keep, report->json.error);
    xd_json_string(&report->json, key, report->line.bytes ? report->line.bytes : "");
}

/* From the main roads down, as long as the page stays light enough for a county office's computer. */
static void write_roads(struct report *report)
{
    const struct xd_network *network = report->input->county->network;
    int64_t left = XD_REPORT_ROAD_POINTS_MAX;
    xd_json_array_begin(&report->json, "roads");
    for (int group = 0; group < GROUPS_N; group++) {
        int64_t wanted = 0;
        for (int32_t r = 0; r < network->roads_n; r++)
            wanted += group_of(&network->roads[r]) == group ? network->first_node[r + 1] - network->first_node[r] : 0;
        xd_json_array_begin(&report->json, NULL);
        for (int32_t r = 0; wanted <= left && r < network->roads_n; r++) {
            if (group_of(&network->roads[r]) != group)
                continue;
            const int64_t first = network->first_node[r];
            const int64_t n = network->first_node[r + 1] - first;
            for (int64_t i = 0; i < n; i++)
                report->points[i] = network->node_position[network->road_node[first + i]];
            write_polyline(report, NULL, report->points, n, road_tolerance_m);
        }
        left -= wanted <= left ? wanted : 0;
        xd_json_array_end(&report->json);
    }
    xd_json_array_end(&report->json);
}

/* The stretches of road, drawn over the others. */
static void write_closure_lines(struct report *report, const struct xd_overlay *overlay, int32_t closure)
{
    const struct xd_network *network = overlay->network;
    xd_json_array_begin(&report->json, "lines");
    for (int32_t i = 0; i < overlay->ranges_n; i++) {
        const struct xd_overlay_range *range = &overlay->ranges[i];
        if (range->closure != closure)
            continue;
        for (int64_t p = range->first; p <= range->end; p++)
            report->points[p - range->first] = network->node_position[network->road_node[p]];
        write_polyline(report, NULL, report->points, range->end - range->first + 1, route_tolerance_m);
    }
    xd_json_array_end(&report->json);
}

static void write_closures(struct report *report)
{
    const struct xd_overlay *overlay = report->input->county->overlay;
    struct xd_json_writer *json = &report->json;
    xd_json_array_begin(json, "closures");
    for (int32_t c = 0; overlay && c < overlay->closures->items_n; c++) {
        if (!overlay->extents[c].in_force)
            continue;
        xd_json_object_begin(json, NULL);
        xd_json_bool(json, "closed", overlay->closures->items[c].speed_percent == 0);
        write_closure_lines(report, overlay, c);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

static void write_place(struct xd_json_writer *json, const struct xd_place *place)
{
    xd_json_string(json, "name", place->name);
    xd_json_string(json, "code", place->code);
    if (place->source == XD_PLACE_UNPLACED) {
        xd_json_null(json, "lat");
        xd_json_null(json, "lon");
    } else {
        xd_json_fixed(json, "lat", place->position.lat_e7, 7);
        xd_json_fixed(json, "lon", place->position.lon_e7, 7);
    }
}

/* The township, as drivers say it; villages of one name are common. */
static void write_town(struct xd_json_writer *json, const struct xd_county *county, const struct xd_place *place)
{
    const bool known = place->tier == XD_TIER_VILLAGE && place->parent >= 0;
    xd_json_string(json, "town", known ? county->scenario->places.items[place->parent].name : "");
}

static void write_goods(struct xd_json_writer *json, const struct xd_county_stop *stop)
{
    xd_json_int(json, "down", stop->down_parcels_n);
    xd_json_int(json, "up", stop->up_parcels_n);
    xd_json_fixed(json, "produce", stop->produce_g, 3);
    xd_json_bool(json, "cold", stop->cold);
}

/* The way on the roads; straight lines beyond them are drawn apart. */
static void write_path(struct report *report, int32_t r)
{
    const struct xd_shapes *shapes = report->shapes;
    int64_t n = 0;
    for (int32_t leg = shapes->first_leg[r]; leg < shapes->first_leg[r + 1]; leg++) {
        const int64_t first = shapes->first_point[leg] + (shapes->off_road[leg] & XD_SHAPE_LEAVES ? 1 : 0);
        const int64_t end = shapes->first_point[leg + 1] - (shapes->off_road[leg] & XD_SHAPE_ENTERS ? 1 : 0);
        for (int64_t p = first; p < end; p++)
            report->points[n++] = shapes->points[p];
    }
    write_polyline(report, "path", report->points, n, route_tolerance_m);
}

static void write_connector(struct xd_json_writer *json, const struct xd_county *county, int32_t vehicle, int32_t location)
{
    const struct xd_snap *snap = xd_county_vehicle_snap(county, vehicle, location);
    if (snap->connector_m == 0)
        return;
    xd_json_object_begin_line(json, NULL);
    write_place(json, &county->scenario->places.items[county->point_place[location]]);
    xd_json_fixed(json, "road_lat", snap->position.lat_e7, 7);
    xd_json_fixed(json, "road_lon", snap->position.lon_e7, 7);
    xd_json_int(json, "m", snap->connector_m);
    xd_json_int(json, "s", snap->connector_s);
    xd_json_object_end(json);
}

/* Straight lines that the vehicle drives: at the hub, at its base, at its stops. */
static void write_connectors(struct report *report, const struct xd_plan_route *route)
{
    const struct xd_county *county = report->input->county;
    const struct xd_vehicle_type *type = &county->problem->types[xd_problem_vehicle_type(county->problem, route->vehicle)];
    int32_t last = -1;
    xd_json_array_begin(&report->json, "connectors");
    write_connector(&report->json, county, route->vehicle, type->start_location);
    if (type->base_location != type->start_location)
        write_connector(&report->json, county, route->vehicle, type->base_location);
    for (int32_t v = 0; v < route->visits_n; v++) {
        const int32_t location = county->problem->stops[route->visits[v].stop].location;
        if (location != last)
            write_connector(&report->json, county, route->vehicle, location);
        last = location;
    }
    xd_json_array_end(&report->json);
}

static void write_vehicle(struct report *report, int32_t r)
{
    const struct xd_county *county = report->input->county;
    const struct xd_plan_route *route = &xd_verified_plan_values(report->input->plan)->routes[r];
    const struct xd_vehicle_type *type = &county->problem->types[xd_problem_vehicle_type(county->problem, route->vehicle)];
    struct xd_json_writer *json = &report->json;
    char title[XD_TITLE_MAX];
    xd_vehicle_title(county, route->vehicle, title, sizeof title);
    xd_json_object_begin(json, NULL);
    xd_json_string(json, "title", title);
    xd_json_string(json, "colour", xd_route_colour(r));
    xd_json_int(json, "start", route->start_s);
    xd_json_int(json, "end", route->end_s);
    const struct xd_place *base = xd_vehicle_base(county, route->vehicle);
    if (base) { /* absent: it lives at the hub */
        xd_json_object_begin_line(json, "base");
        write_place(json, base);
        xd_json_int(json, "hub_leave", route->depot_leave_s);
        xd_json_int(json, "hub_back", route->depot_back_s);
        xd_json_fixed(json, "approach_km", route->approach_m, 3);
        xd_json_fixed(json, "homeward_km", route->homeward_m, 3);
        xd_json_object_end(json);
    }
    xd_json_fixed(json, "km", route->length_m, 3);
    xd_json_fixed(json, "load_kg", route->load_start[0], 3);
    xd_json_fixed(json, "load_m3", route->load_start[1], 3);
    xd_json_fixed(json, "capacity_kg", type->capacity[0], 3);
    xd_json_fixed(json, "capacity_m3", type->capacity[1], 3);
    write_path(report, r);
    if (xd_county_connected_n(county) > 0)
        write_connectors(report, route);
    xd_json_array_begin(json, "stops");
    for (int32_t v = 0; v < route->visits_n; v++) {
        const struct xd_visit *visit = &route->visits[v];
        const struct xd_snap *snap = xd_county_snap(county, county->problem->stops[visit->stop].location);
        xd_json_object_begin_line(json, NULL);
        xd_json_int(json, "n", v + 1);
        write_place(json, xd_stop_place(county, visit->stop));
        write_town(json, county, xd_stop_place(county, visit->stop));
        const struct xd_snap *own = xd_county_vehicle_snap(county, route->vehicle, county->problem->stops[visit->stop].location);
        xd_json_int(json, "snap", own->connector_m > 0 ? own->distance_m : snap->distance_m);
        if (own->connector_m > 0) {
            xd_json_int(json, "connector_m", own->connector_m);
            xd_json_int(json, "connector_s", own->connector_s);
        }
        xd_json_int(json, "arrive", visit->arrive_s);
        xd_json_int(json, "begin", visit->begin_s);
        xd_json_int(json, "depart", visit->depart_s);
        xd_json_fixed(json, "km", visit->length_m, 3);
        xd_json_fixed(json, "kg", visit->load_after[0], 3);
        xd_json_fixed(json, "m3", visit->load_after[1], 3);
        write_goods(json, &county->stops[visit->stop]);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
    xd_json_object_end(json);
}

/* Why a place cannot be reached: where it stands to the roads. */
static void write_note(struct xd_json_writer *json, const struct xd_county *county, int32_t stop)
{
    const struct xd_place *place = xd_stop_place(county, stop);
    const struct xd_snap *snap = xd_county_snap(county, county->problem->stops[stop].location);
    static const char *const zh[] = {[XD_SNAP_OK] = "",
                                     [XD_SNAP_OFF_NETWORK] = "附近没有道路",
                                     [XD_SNAP_ISLAND] = "附近道路与路网不连通",
                                     [XD_SNAP_CLOSED] = "附近道路禁止车辆通行"};
    static const char *const en[] = {[XD_SNAP_OK] = "",
                                     [XD_SNAP_OFF_NETWORK] = "no road near",
                                     [XD_SNAP_ISLAND] = "the roads near are cut off",
                                     [XD_SNAP_CLOSED] = "the roads near are closed to vehicles"};
    const bool cut_off = xd_county_is_cut_off(county, county->problem->stops[stop].location);
    if (place->source != XD_PLACE_UNPLACED && snap->status == XD_SNAP_OK && !cut_off)
        return;
    xd_json_object_begin_line(json, "note");
    xd_json_string(json, "zh", place->source == XD_PLACE_UNPLACED ? "没有坐标，地图上也没有匹配到" : cut_off ? "因封路隔断" : zh[snap->status]);
    xd_json_string(json, "en",
                   place->source == XD_PLACE_UNPLACED ? "no coordinates, and no match on the map"
                   : cut_off                          ? "cut off by closed roads"
                                                      : en[snap->status]);
    xd_json_object_end(json);
}

static void write_unserved(struct report *report)
{
    const struct xd_county *county = report->input->county;
    const struct xd_plan *plan = xd_verified_plan_values(report->input->plan);
    xd_json_array_begin(&report->json, "unserved");
    for (int32_t u = 0; u < plan->unserved_n; u++) {
        const int32_t stop = plan->unserved[u].stop;
        xd_json_object_begin_line(&report->json, NULL);
        write_place(&report->json, xd_stop_place(county, stop));
        write_town(&report->json, county, xd_stop_place(county, stop));
        xd_json_string(&report->json, "reason", xd_unserved_reason_name(plan->unserved[u].reason));
        write_note(&report->json, county, stop);
        write_goods(&report->json, &county->stops[stop]);
        xd_json_fixed(&report->json, "price", xd_plan_json_fen(county->problem, county->problem->stops[stop].unserved_cost), 2);
        xd_json_object_end(&report->json);
    }
    xd_json_array_end(&report->json);
}

static void write_assumed(struct xd_json_writer *json, const struct xd_county *county)
{
    const struct xd_scenario *scenario = county->scenario;
    xd_json_array_begin(json, "assumed");
    for (int32_t p = 0; p < XD_PARAMETERS_N; p++) {
        if (!xd_county_assumes(county, p))
            continue;
        const struct xd_parameter_info *info = &xd_parameter_infos[p];
        const char grade[2] = {info->grade, '\0'};
        char value[64];
        xd_parameter_format(p, scenario->parameters.value[p], value, sizeof value);
        xd_json_object_begin_line(json, NULL);
        xd_json_string(json, "key", info->key);
        xd_json_string(json, "value", value);
        xd_json_string(json, "grade", grade);
        xd_json_object_begin(json, "label");
        xd_json_string(json, "zh", info->label_zh);
        xd_json_string(json, "en", info->label);
        xd_json_object_end(json);
        xd_json_object_begin(json, "unit");
        xd_json_string(json, "zh", info->unit_zh);
        xd_json_string(json, "en", info->unit);
        xd_json_object_end(json);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

static void write_places(struct xd_json_writer *json, const struct xd_metrics *metrics)
{
    xd_json_array_begin(json, "places");
    for (int32_t p = 0; p < metrics->places_n; p++) {
        xd_json_object_begin_line(json, NULL);
        xd_json_int(json, "down", metrics->places[p].down_s);
        xd_json_int(json, "up", metrics->places[p].up_s);
        xd_json_bool(json, "remote", metrics->places[p].remote);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

static void write_head(struct report *report)
{
    const struct xd_county *county = report->input->county;
    const struct xd_scenario *scenario = county->scenario;
    struct xd_json_writer *json = &report->json;
    char date[11];
    char hash[17];
    xd_format_date(scenario->date_days, date);
    xd_hash_hex(county->problem->hash, hash);
    xd_json_string(json, "lang", report->input->language == XD_LANGUAGE_ZH ? "zh" : "en");
    xd_json_string(json, "name", scenario->name);
    xd_json_string(json, "date", date);
    xd_json_bool(json, "synthetic", scenario->synthetic);
    xd_json_string(json, "credit", scenario->credit);
    xd_json_string(json, "identity", hash);
    xd_json_object_begin_line(json, "hub");
    write_place(json, &scenario->places.items[county->point_place[0]]);
    xd_json_object_end(json);
    xd_json_array_begin_line(json, "bounds");
    xd_json_fixed(json, NULL, county->network->south_west.lon_e7, 7);
    xd_json_fixed(json, NULL, county->network->south_west.lat_e7, 7);
    xd_json_fixed(json, NULL, county->network->north_east.lon_e7, 7);
    xd_json_fixed(json, NULL, county->network->north_east.lat_e7, 7);
    xd_json_array_end(json);
}

static enum xd_status write_data(struct report *report, struct xd_buffer *buffer, struct xd_error *error)
{
    const struct xd_plan *plan = xd_verified_plan_values(report->input->plan);
    struct xd_json_writer *json = &report->json;
    xd_json_begin(json, buffer, false, error);
    xd_json_object_begin(json, NULL);
    write_head(report);
    xd_export_kpi(report->input, json, "kpi");
    write_assumed(json, report->input->county);
    write_roads(report);
    write_closures(report);
    xd_json_array_begin(json, "vehicles");
    for (int32_t r = 0; r < plan->routes_n; r++)
        write_vehicle(report, r);
    xd_json_array_end(json);
    write_unserved(report);
    write_places(json, report->input->metrics);
    xd_json_object_end(json);
    return xd_json_end(json);
}

static enum xd_status append_bytes(struct xd_buffer *buffer, const char *before, const unsigned char *bytes, size_t n, const char *after,
                                   struct xd_error *error)
{
    enum xd_status status = xd_buffer_append(buffer, before, strlen(before), error);
    if (status == XD_OK && n > 0)
        status = xd_buffer_append(buffer, bytes, n, error);
    return status == XD_OK ? xd_buffer_append(buffer, after, strlen(after), error) : status;
}

static enum xd_status scratch_create(struct report *report, struct xd_error *error)
{
    const struct xd_network *network = report->input->county->network;
    report->points_max = report->shapes->first_point[report->shapes->first_leg[report->shapes->routes_n]];
    for (int32_t r = 0; r < network->roads_n; r++)
        if (network->first_node[r + 1] - network->first_node[r] > report->points_max)
            report->points_max = network->first_node[r + 1] - network->first_node[r];
    xd_buffer_init(&report->line, XD_REPORT_BYTES_MAX);
    report->points = xd_alloc((size_t)report->points_max, sizeof *report->points);
    report->keep = xd_alloc((size_t)report->points_max, 1);
    return report->points && report->keep ? XD_OK : xd_fail_memory(error, "report", (size_t)report->points_max * sizeof *report->points);
}

/* The page asks nobody for anything, even if a name or a later change tried: the policy lets in what stands in the file alone. */
static const char page_head[] = "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
                                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; style-src "
                                "'unsafe-inline'; img-src data:\">\n"
                                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Xiangdao</title>\n<style>\n";

enum xd_status xd_report_write(const struct xd_export_input *input, const struct xd_shapes *shapes, struct xd_buffer *buffer, struct xd_error *error)
{
    const struct {
        const unsigned char *bytes;
        size_t n;
    } scripts[] = {{xd_embedded_leaflet_js, xd_embedded_leaflet_js_n},
                   {xd_embedded_report_words_js, xd_embedded_report_words_js_n},
                   {xd_embedded_report_map_js, xd_embedded_report_map_js_n},
                   {xd_embedded_report_js, xd_embedded_report_js_n}};
    struct report report = {.input = input, .shapes = shapes};
    enum xd_status status = scratch_create(&report, error);
    if (status == XD_OK)
        status = append_bytes(buffer, page_head, xd_embedded_leaflet_css, xd_embedded_leaflet_css_n, "\n", error);
    if (status == XD_OK)
        status = append_bytes(buffer, "", xd_embedded_report_css, xd_embedded_report_css_n, "</style>\n</head>\n<body>\n", error);
    if (status == XD_OK)
        status =
            append_bytes(buffer, "", xd_embedded_report_body, xd_embedded_report_body_n, "<script type=\"application/json\" id=\"data\">", error);
    if (status == XD_OK)
        status = write_data(&report, buffer, error);
    if (status == XD_OK)
        status = append_bytes(buffer, "</script>\n", NULL, 0, "", error);
    for (size_t i = 0; status == XD_OK && i < XD_ARRAY_LENGTH(scripts); i++)
        status = append_bytes(buffer, "<script>\n", scripts[i].bytes, scripts[i].n, "\n</script>\n", error);
    if (status == XD_OK)
        status = append_bytes(buffer, "</body>\n</html>\n", NULL, 0, "", error);
    xd_buffer_free(&report.line);
    xd_free(report.points);
    xd_free(report.keep);
    return status;
}
