#include "io/export/gpx.h"

#include "base/number.h"
#include "io/export/markup.h"
#include "io/export/titles.h"

#include <stdio.h>

/* ` lat="26.8000000" lon="106.8000000"` */
static enum xd_status append_position(struct xd_buffer *buffer, struct xd_position position, struct xd_error *error)
{
    const int64_t lat = position.lat_e7;
    const int64_t lon = position.lon_e7;
    return xd_buffer_printf(buffer, error, " lat=\"%s%lld.%07lld\" lon=\"%s%lld.%07lld\"", lat < 0 ? "-" : "",
                            (long long)((lat < 0 ? -lat : lat) / 10000000), (long long)((lat < 0 ? -lat : lat) % 10000000), lon < 0 ? "-" : "",
                            (long long)((lon < 0 ? -lon : lon) / 10000000), (long long)((lon < 0 ? -lon : lon) % 10000000));
}

static enum xd_status append_element(struct xd_buffer *buffer, const char *name, const char *text, struct xd_error *error)
{
    enum xd_status status = xd_buffer_printf(buffer, error, "<%s>", name);
    if (status == XD_OK)
        status = xd_markup_append(buffer, text, error);
    return status == XD_OK ? xd_buffer_printf(buffer, error, "</%s>", name) : status;
}

/* label: "3 10:30 ". snap: of the place, for the vehicle: the end of a straight line is told in both languages, as drivers read it. */
static enum xd_status append_waypoint(const struct xd_place *place, const struct xd_snap *snap, const char *label, struct xd_buffer *buffer,
                                      struct xd_error *error)
{
    enum xd_status status = xd_buffer_printf(buffer, error, "<wpt");
    if (status == XD_OK)
        status = append_position(buffer, place->position, error);
    if (status == XD_OK)
        status = xd_buffer_printf(buffer, error, "><name>%s", label);
    if (status == XD_OK)
        status = xd_markup_append(buffer, place->name, error);
    if (status == XD_OK)
        status = xd_buffer_printf(buffer, error, "</name>");
    if (status == XD_OK && snap->connector_m > 0)
        status = xd_buffer_printf(buffer, error, "<desc>直线接驳 connector: %ld m, %ld min</desc>", (long)snap->connector_m,
                                  ((long)snap->connector_s + 30) / 60);
    return status == XD_OK ? xd_buffer_printf(buffer, error, "</wpt>\n") : status;
}

static enum xd_status append_visit(const struct xd_export_input *input, const struct xd_plan_route *route, int32_t v, struct xd_buffer *buffer,
                                   struct xd_error *error)
{
    char arrive[12], label[32];
    xd_format_clock(route->visits[v].arrive_s, arrive);
    snprintf(label, sizeof label, "%ld %s ", (long)v + 1, arrive);
    const struct xd_snap *snap = xd_county_vehicle_snap(input->county, route->vehicle, input->county->problem->stops[route->visits[v].stop].location);
    return append_waypoint(xd_stop_place(input->county, route->visits[v].stop), snap, label, buffer, error);
}

/* A vehicle that does not live at the hub is told when to leave its base and the hub, or when it is back there. */
static enum xd_status append_base(const struct xd_export_input *input, const struct xd_plan_route *route, bool out, struct xd_buffer *buffer,
                                  struct xd_error *error)
{
    const struct xd_places *places = &input->county->scenario->places;
    const struct xd_place *base = xd_vehicle_base(input->county, route->vehicle);
    if (!base)
        return XD_OK;
    const struct xd_place *const ends[2] = {out ? base : &places->items[places->hub], out ? &places->items[places->hub] : base};
    const struct xd_vehicle_type *type = &input->county->problem->types[xd_problem_vehicle_type(input->county->problem, route->vehicle)];
    const int32_t at_base = type->base_location, at_hub = type->start_location;
    const int64_t times_s[2] = {out ? route->start_s : route->depot_back_s, out ? route->depot_leave_s : route->end_s};
    enum xd_status status = XD_OK;
    for (int i = 0; i < 2 && status == XD_OK; i++) {
        char clock[12], label[32];
        xd_format_clock(times_s[i], clock);
        snprintf(label, sizeof label, "%s ", clock);
        status =
            append_waypoint(ends[i], xd_county_vehicle_snap(input->county, route->vehicle, (i == 0) == out ? at_base : at_hub), label, buffer, error);
    }
    return status;
}

enum xd_status xd_gpx_write(const struct xd_export_input *input, const struct xd_shapes *shapes, int32_t route, struct xd_buffer *buffer,
                            struct xd_error *error)
{
    const struct xd_plan_route *driven = &xd_verified_plan_values(input->plan)->routes[route];
    char title[XD_TITLE_MAX];
    xd_vehicle_title(input->county, driven->vehicle, title, sizeof title);
    enum xd_status status = xd_buffer_printf(buffer, error,
                                             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"Xiangdao\" "
                                             "xmlns=\"http://www.topografix.com/GPX/1/1\">\n<metadata>");
    if (status == XD_OK)
        status = append_element(buffer, "name", title, error);
    if (status == XD_OK)
        status = append_element(buffer, "desc", input->county->scenario->credit, error);
    if (status == XD_OK)
        status = xd_buffer_printf(buffer, error, "</metadata>\n");
    if (status == XD_OK)
        status = append_base(input, driven, true, buffer, error);
    for (int32_t v = 0; status == XD_OK && v < driven->visits_n; v++)
        status = append_visit(input, driven, v, buffer, error);
    if (status == XD_OK)
        status = append_base(input, driven, false, buffer, error);
    if (status == XD_OK)
        status = xd_buffer_printf(buffer, error, "<trk>");
    if (status == XD_OK)
        status = append_element(buffer, "name", title, error);
    if (status == XD_OK)
        status = xd_buffer_printf(buffer, error, "<trkseg>\n");
    const int64_t end = shapes->first_point[shapes->first_leg[route + 1]];
    for (int64_t p = shapes->first_point[shapes->first_leg[route]]; status == XD_OK && p < end; p++) {
        status = xd_buffer_printf(buffer, error, "<trkpt");
        if (status == XD_OK)
            status = append_position(buffer, shapes->points[p], error);
        if (status == XD_OK)
            status = xd_buffer_printf(buffer, error, "/>\n");
    }
    return status == XD_OK ? xd_buffer_printf(buffer, error, "</trkseg></trk>\n</gpx>\n") : status;
}
