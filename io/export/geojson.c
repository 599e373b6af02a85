#include "io/export/geojson.h"

#include "base/json_writer.h"
#include "base/number.h"
#include "io/export/titles.h"

static void write_position(struct xd_json_writer *json, const char *key, struct xd_position position)
{
    xd_json_array_begin_line(json, key);
    xd_json_fixed(json, NULL, position.lon_e7, 7);
    xd_json_fixed(json, NULL, position.lat_e7, 7);
    xd_json_array_end(json);
}

static void feature_begin(struct xd_json_writer *json)
{
    xd_json_object_begin(json, NULL);
    xd_json_string(json, "type", "Feature");
    xd_json_object_begin_line(json, "properties");
}

static void point_end(struct xd_json_writer *json, struct xd_position position)
{
    xd_json_object_end(json);
    xd_json_object_begin_line(json, "geometry");
    xd_json_string(json, "type", "Point");
    write_position(json, "coordinates", position);
    xd_json_object_end(json);
    xd_json_object_end(json);
}

static void write_clock(struct xd_json_writer *json, const char *key, int64_t seconds)
{
    char text[12];
    xd_format_clock(seconds, text);
    xd_json_string(json, key, text);
}

static void write_line(struct xd_json_writer *json, const struct xd_export_input *input, const struct xd_shapes *shapes, int32_t r)
{
    const struct xd_plan_route *route = &xd_verified_plan_values(input->plan)->routes[r];
    char title[XD_TITLE_MAX];
    xd_vehicle_title(input->county, route->vehicle, title, sizeof title);
    feature_begin(json);
    xd_json_string(json, "kind", "route");
    xd_json_string(json, "vehicle", title);
    xd_json_int(json, "route", r + 1);
    xd_json_int(json, "stops", route->visits_n);
    xd_json_fixed(json, "length_km", route->length_m, 3);
    write_clock(json, "start", route->start_s);
    write_clock(json, "end", route->end_s);
    const struct xd_place *base = xd_vehicle_base(input->county, route->vehicle);
    if (base) {
        xd_json_string(json, "base", base->name);
        write_clock(json, "hub_leave", route->depot_leave_s);
        write_clock(json, "hub_back", route->depot_back_s);
    }
    xd_json_string(json, "stroke", xd_route_colour(r));
    xd_json_object_end(json);
    xd_json_object_begin_line(json, "geometry");
    xd_json_string(json, "type", "LineString");
    xd_json_array_begin_line(json, "coordinates");
    const int64_t end = shapes->first_point[shapes->first_leg[r + 1]];
    struct xd_position last = {INT32_MIN, INT32_MIN};
    for (int64_t p = shapes->first_point[shapes->first_leg[r]]; p < end; p++) {
        if (shapes->points[p].lon_e7 != last.lon_e7 || shapes->points[p].lat_e7 != last.lat_e7)
            write_position(json, NULL, shapes->points[p]);
        last = shapes->points[p];
    }
    xd_json_array_end(json);
    xd_json_object_end(json);
    xd_json_object_end(json);
}

/* Where a vehicle that does not live at the hub begins and ends its day. */
static void write_base(struct xd_json_writer *json, const struct xd_export_input *input, int32_t r)
{
    const struct xd_plan_route *route = &xd_verified_plan_values(input->plan)->routes[r];
    const struct xd_place *base = xd_vehicle_base(input->county, route->vehicle);
    char title[XD_TITLE_MAX];
    if (!base)
        return;
    xd_vehicle_title(input->county, route->vehicle, title, sizeof title);
    feature_begin(json);
    xd_json_string(json, "kind", "base");
    xd_json_string(json, "vehicle", title);
    xd_json_int(json, "route", r + 1);
    xd_json_string(json, "code", base->code);
    xd_json_string(json, "name", base->name);
    write_clock(json, "leave", route->start_s);
    write_clock(json, "back", route->end_s);
    point_end(json, base->position);
}

/* The straight line to a stop, apart from the way of the day, which it is part of. */
static void write_connector(struct xd_json_writer *json, const struct xd_export_input *input, int32_t r, const struct xd_place *place,
                            const struct xd_snap *snap)
{
    char title[XD_TITLE_MAX];
    if (snap->connector_m == 0)
        return;
    xd_vehicle_title(input->county, xd_verified_plan_values(input->plan)->routes[r].vehicle, title, sizeof title);
    feature_begin(json);
    xd_json_string(json, "kind", "connector");
    xd_json_string(json, "vehicle", title);
    xd_json_int(json, "route", r + 1);
    xd_json_string(json, "code", place->code);
    xd_json_string(json, "name", place->name);
    xd_json_int(json, "connector_m", snap->connector_m);
    xd_json_int(json, "connector_s", snap->connector_s);
    xd_json_object_end(json);
    xd_json_object_begin_line(json, "geometry");
    xd_json_string(json, "type", "LineString");
    xd_json_array_begin_line(json, "coordinates");
    write_position(json, NULL, snap->position);
    write_position(json, NULL, place->position);
    xd_json_array_end(json);
    xd_json_object_end(json);
    xd_json_object_end(json);
}

/* Of the hub and the vehicle's base. */
static void write_end_connectors(struct xd_json_writer *json, const struct xd_export_input *input, int32_t r)
{
    const struct xd_county *county = input->county;
    const int32_t vehicle = xd_verified_plan_values(input->plan)->routes[r].vehicle;
    const struct xd_vehicle_type *type = &county->problem->types[xd_problem_vehicle_type(county->problem, vehicle)];
    const int32_t ends[] = {type->start_location, type->base_location};
    for (int i = 0; i < 2 && (i == 0 || ends[1] != ends[0]); i++)
        write_connector(json, input, r, &county->scenario->places.items[county->point_place[ends[i]]],
                        xd_county_vehicle_snap(county, vehicle, ends[i]));
}

static void write_visit(struct xd_json_writer *json, const struct xd_export_input *input, int32_t r, int32_t v)
{
    const struct xd_plan_route *route = &xd_verified_plan_values(input->plan)->routes[r];
    const struct xd_visit *visit = &route->visits[v];
    const struct xd_place *place = xd_stop_place(input->county, visit->stop);
    const struct xd_county_stop *stop = &input->county->stops[visit->stop];
    char title[XD_TITLE_MAX];
    xd_vehicle_title(input->county, route->vehicle, title, sizeof title);
    feature_begin(json);
    xd_json_string(json, "kind", "stop");
    xd_json_string(json, "vehicle", title);
    xd_json_int(json, "route", r + 1);
    xd_json_int(json, "sequence", v + 1);
    xd_json_string(json, "code", place->code);
    xd_json_string(json, "name", place->name);
    write_clock(json, "arrive", visit->arrive_s);
    write_clock(json, "depart", visit->depart_s);
    xd_json_int(json, "down_parcels", stop->down_parcels_n);
    xd_json_int(json, "up_parcels", stop->up_parcels_n);
    xd_json_fixed(json, "produce_kg", stop->produce_g, 3);
    const struct xd_snap *snap = xd_county_vehicle_snap(input->county, route->vehicle, input->county->problem->stops[visit->stop].location);
    if (snap->connector_m > 0) {
        xd_json_int(json, "connector_m", snap->connector_m);
        xd_json_int(json, "connector_s", snap->connector_s);
    }
    point_end(json, place->position);
    write_connector(json, input, r, place, snap);
}

static void write_unserved(struct xd_json_writer *json, const struct xd_export_input *input, const struct xd_unserved *unserved)
{
    const struct xd_place *place = xd_stop_place(input->county, unserved->stop);
    if (place->source == XD_PLACE_UNPLACED)
        return;
    feature_begin(json);
    xd_json_string(json, "kind", "unserved");
    xd_json_string(json, "code", place->code);
    xd_json_string(json, "name", place->name);
    xd_json_string(json, "reason", xd_unserved_reason_name(unserved->reason));
    point_end(json, place->position);
}

enum xd_status xd_geojson_write(const struct xd_export_input *input, const struct xd_shapes *shapes, struct xd_buffer *buffer, struct xd_error *error)
{
    const struct xd_plan *plan = xd_verified_plan_values(input->plan);
    const struct xd_place *hub = &input->county->scenario->places.items[input->county->point_place[0]];
    struct xd_json_writer json;
    xd_json_begin(&json, buffer, true, error);
    xd_json_object_begin(&json, NULL);
    xd_json_string(&json, "type", "FeatureCollection");
    xd_json_string(&json, "name", input->county->scenario->name);
    xd_json_string(&json, "credit", input->county->scenario->credit);
    xd_json_array_begin(&json, "features");
    feature_begin(&json);
    xd_json_string(&json, "kind", "hub");
    xd_json_string(&json, "code", hub->code);
    xd_json_string(&json, "name", hub->name);
    point_end(&json, hub->position);
    for (int32_t r = 0; r < plan->routes_n; r++) {
        if (shapes->first_point[shapes->first_leg[r + 1]] - shapes->first_point[shapes->first_leg[r]] >= 2)
            write_line(&json, input, shapes, r);
        write_base(&json, input, r);
        write_end_connectors(&json, input, r);
        for (int32_t v = 0; v < plan->routes[r].visits_n; v++)
            write_visit(&json, input, r, v);
    }
    for (int32_t u = 0; u < plan->unserved_n; u++)
        write_unserved(&json, input, &plan->unserved[u]);
    xd_json_array_end(&json);
    xd_json_object_end(&json);
    return xd_json_end(&json);
}
