#include "io/export/csv_tables.h"

#include "base/number.h"
#include "io/bytes/csv.h"
#include "io/export/titles.h"
#include "scenarios/county_connectors.h"

enum { CONNECTOR_COLUMNS_N = 2 };

static void put_header(struct xd_csv_writer *csv, const char *const *names, size_t names_n)
{
    for (size_t i = 0; i < names_n; i++)
        xd_csv_put_text(csv, names[i]);
    xd_csv_row_end(csv);
}

static void put_clock(struct xd_csv_writer *csv, int64_t seconds)
{
    char text[12];
    xd_format_clock(seconds, text);
    xd_csv_put_text(csv, text);
}

static void put_goods(struct xd_csv_writer *csv, const struct xd_county_stop *stop)
{
    xd_csv_put_integer(csv, stop->down_parcels_n);
    xd_csv_put_integer(csv, stop->up_parcels_n);
    xd_csv_put_fixed(csv, stop->produce_g, 3);
    xd_csv_put_text(csv, stop->cold ? "yes" : "no");
}

/* Where the vehicle comes from and goes to, the same on each of its rows, so that a row stays a visit. */
static void put_base(struct xd_csv_writer *csv, const struct xd_export_input *input, const struct xd_plan_route *route)
{
    const struct xd_places *places = &input->county->scenario->places;
    const struct xd_place *base = xd_vehicle_base(input->county, route->vehicle);
    base = base ? base : &places->items[places->hub];
    xd_csv_put_code(csv, base->code);
    xd_csv_put_text(csv, base->name);
    put_clock(csv, route->start_s);
    put_clock(csv, route->depot_leave_s);
    put_clock(csv, route->depot_back_s);
    put_clock(csv, route->end_s);
}

static void put_visit(struct xd_csv_writer *csv, const struct xd_export_input *input, const char *title, const struct xd_plan_route *route,
                      int32_t sequence, bool has_connectors)
{
    const struct xd_visit *visit = &route->visits[sequence - 1];
    const struct xd_place *place = xd_stop_place(input->county, visit->stop);
    xd_csv_put_text(csv, title);
    xd_csv_put_integer(csv, 1);
    xd_csv_put_integer(csv, sequence);
    xd_csv_put_code(csv, place->code);
    xd_csv_put_text(csv, place->name);
    put_clock(csv, visit->arrive_s);
    put_clock(csv, visit->begin_s);
    put_clock(csv, visit->depart_s);
    xd_csv_put_fixed(csv, visit->length_m, 3);
    xd_csv_put_fixed(csv, visit->load_after[0], 3);
    xd_csv_put_fixed(csv, visit->load_after[1], 3);
    put_goods(csv, &input->county->stops[visit->stop]);
    put_base(csv, input, route);
    if (has_connectors) {
        const struct xd_snap *snap = xd_county_vehicle_snap(input->county, route->vehicle, input->county->problem->stops[visit->stop].location);
        xd_csv_put_integer(csv, snap->connector_m);
        xd_csv_put_integer(csv, snap->connector_s);
    }
    xd_csv_row_end(csv);
}

enum xd_status xd_routes_csv_write(const struct xd_export_input *input, struct xd_buffer *buffer, struct xd_error *error)
{
    static const char *const header[] = {"vehicle",    "trip",       "sequence",    "place",         "name",          "arrive",
                                         "begin",      "depart",     "distance_km", "load_after_kg", "load_after_m3", "down_parcels",
                                         "up_parcels", "produce_kg", "cold",        "base",          "base_name",     "leave_base",
                                         "leave_hub",  "back_hub",   "back_base",   "connector_m",   "connector_s"};
    const bool has_connectors = xd_county_connected_n(input->county) > 0;
    const struct xd_plan *plan = xd_verified_plan_values(input->plan);
    struct xd_csv_writer csv;
    xd_csv_begin(&csv, buffer, error);
    put_header(&csv, header, XD_ARRAY_LENGTH(header) - (has_connectors ? 0 : CONNECTOR_COLUMNS_N));
    for (int32_t r = 0; r < plan->routes_n; r++) {
        char title[XD_TITLE_MAX];
        xd_vehicle_title(input->county, plan->routes[r].vehicle, title, sizeof title);
        for (int32_t v = 0; v < plan->routes[r].visits_n; v++)
            put_visit(&csv, input, title, &plan->routes[r], v + 1, has_connectors);
    }
    return xd_csv_end(&csv);
}

/* Where each stop stands in the plan; -1 = unserved. */
struct served {
    int32_t route;
    int32_t visit;
    int32_t unserved;
};

static void put_stop(struct xd_csv_writer *csv, const struct xd_export_input *input, int32_t stop, const struct served *served)
{
    const struct xd_plan *plan = xd_verified_plan_values(input->plan);
    const struct xd_place *place = xd_stop_place(input->county, stop);
    const int32_t location = input->county->problem->stops[stop].location;
    const struct xd_snap *snap = xd_county_snap(input->county, location);
    if (served->route >= 0 && xd_county_vehicle_snap(input->county, plan->routes[served->route].vehicle, location)->connector_m > 0)
        snap = xd_county_vehicle_snap(input->county, plan->routes[served->route].vehicle, location);
    char title[XD_TITLE_MAX] = "";
    xd_csv_put_code(csv, place->code);
    xd_csv_put_text(csv, place->name);
    xd_csv_put_text(csv, xd_tier_name(place->tier));
    if (place->source == XD_PLACE_UNPLACED) {
        xd_csv_put_blank(csv);
        xd_csv_put_blank(csv);
        xd_csv_put_blank(csv);
    } else {
        xd_csv_put_fixed(csv, place->position.lon_e7, 7);
        xd_csv_put_fixed(csv, place->position.lat_e7, 7);
        xd_csv_put_integer(csv, snap->distance_m);
    }
    xd_csv_put_text(csv, xd_place_source_name(place->source));
    xd_csv_put_text(csv, place->source == XD_PLACE_UNPLACED ? "" : snap->connector_m > 0 ? "connector" : xd_snap_status_name(snap->status));
    put_goods(csv, &input->county->stops[stop]);
    if (served->route >= 0) {
        const struct xd_plan_route *route = &plan->routes[served->route];
        xd_vehicle_title(input->county, route->vehicle, title, sizeof title);
        xd_csv_put_text(csv, "yes");
        xd_csv_put_text(csv, title);
        xd_csv_put_integer(csv, served->visit + 1);
        put_clock(csv, route->visits[served->visit].begin_s);
        xd_csv_put_blank(csv);
    } else {
        xd_csv_put_text(csv, "no");
        xd_csv_put_blank(csv);
        xd_csv_put_blank(csv);
        xd_csv_put_blank(csv);
        xd_csv_put_text(csv, xd_unserved_reason_name(plan->unserved[served->unserved].reason));
    }
    xd_csv_row_end(csv);
}

enum xd_status xd_stops_csv_write(const struct xd_export_input *input, struct xd_buffer *buffer, struct xd_error *error)
{
    static const char *const header[] = {"place",         "name",    "tier",         "lon",        "lat",        "snap_m",
                                         "position_from", "road",    "down_parcels", "up_parcels", "produce_kg", "cold",
                                         "served",        "vehicle", "sequence",     "begin",      "reason"};
    const struct xd_plan *plan = xd_verified_plan_values(input->plan);
    const int32_t stops_n = input->county->stops_n;
    struct served *served = xd_alloc((size_t)stops_n, sizeof *served);
    if (!served)
        return xd_fail_memory(error, "stops.csv", (size_t)stops_n * sizeof *served);
    for (int32_t s = 0; s < stops_n; s++)
        served[s] = (struct served){-1, -1, -1};
    for (int32_t r = 0; r < plan->routes_n; r++)
        for (int32_t v = 0; v < plan->routes[r].visits_n; v++)
            served[plan->routes[r].visits[v].stop] = (struct served){r, v, -1};
    for (int32_t u = 0; u < plan->unserved_n; u++)
        served[plan->unserved[u].stop].unserved = u;
    struct xd_csv_writer csv;
    xd_csv_begin(&csv, buffer, error);
    put_header(&csv, header, XD_ARRAY_LENGTH(header));
    for (int32_t s = 0; s < stops_n; s++)
        put_stop(&csv, input, s, &served[s]);
    xd_free(served);
    return xd_csv_end(&csv);
}
