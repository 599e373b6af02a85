#include "io/export/gpx.h"

#include "base/number.h"
#include "io/export/markup.h"
#include "io/export/titles.h"

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

static enum xd_status append_waypoint(const struct xd_export_input *input, const struct xd_plan_route *route, int32_t v, struct xd_buffer *buffer,
                                      struct xd_error *error)
{
    const struct xd_visit *visit = &route->visits[v];
    const struct xd_place *place = xd_stop_place(input->county, visit->stop);
    char arrive[12];
    xd_format_clock(visit->arrive_s, arrive);
    enum xd_status status = xd_buffer_printf(buffer, error, "<wpt");
    if (status == XD_OK)
        status = append_position(buffer, place->position, error);
    if (status == XD_OK)
        status = xd_buffer_printf(buffer, error, "><name>%ld %s ", (long)v + 1, arrive);
    if (status == XD_OK)
        status = xd_markup_append(buffer, place->name, error);
    return status == XD_OK ? xd_buffer_printf(buffer, error, "</name></wpt>\n") : status;
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
    for (int32_t v = 0; status == XD_OK && v < driven->visits_n; v++)
        status = append_waypoint(input, driven, v, buffer, error);
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
