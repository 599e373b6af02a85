#include "io/export/plan_json.h"

#include "base/json_writer.h"
#include "base/number.h"
#include "io/export/closures_json.h"
#include "io/export/connectors_json.h"
#include "io/export/titles.h"

#include <inttypes.h>
#include <stdio.h>

struct plan_writing {
    struct xd_json_writer *json;
    const struct xd_county *county;
    const struct xd_problem *problem;
    const struct xd_plan *plan;
    bool has_connectors;
};

int64_t xd_plan_json_fen(const struct xd_problem *problem, int64_t units)
{
    int64_t whole = units / problem->cost_scale;
    return whole + (units % problem->cost_scale >= (problem->cost_scale + 1) / 2);
}

void xd_plan_json_clock(int64_t seconds, char dst[32])
{
    uint64_t size = seconds < 0 ? (uint64_t)(-seconds) : (uint64_t)seconds;
    snprintf(dst, 32, "%s%02" PRIu64 ":%02u:%02u", seconds < 0 ? "-" : "", size / 3600, (unsigned)(size / 60 % 60), (unsigned)(size % 60));
}

static void put_time(struct xd_json_writer *json, const char *key, const char *key_s, int64_t seconds)
{
    char clock[32];
    xd_plan_json_clock(seconds, clock);
    xd_json_int(json, key_s, seconds);
    xd_json_string(json, key, clock);
}

static void put_cost(const struct plan_writing *writing, const char *key_units, const char *key_yuan, int64_t units)
{
    xd_json_int(writing->json, key_units, units);
    xd_json_fixed(writing->json, key_yuan, xd_plan_json_fen(writing->problem, units), 2);
}

static void put_scenario(const struct plan_writing *writing)
{
    struct xd_json_writer *json = writing->json;
    const struct xd_scenario *scenario = writing->county->scenario;
    char date[11];
    xd_format_date(scenario->date_days, date);
    xd_json_object_begin(json, "scenario");
    xd_json_string(json, "name", scenario->name ? scenario->name : "");
    xd_json_string(json, "date", date);
    xd_json_bool(json, "synthetic", scenario->synthetic);
    xd_json_hash(json, "hash", xd_scenario_hash(scenario));
    xd_json_object_end(json);
}

/* Everything that the planner did not set. */
static void put_assumptions(const struct plan_writing *writing)
{
    struct xd_json_writer *json = writing->json;
    const struct xd_parameters *parameters = &writing->county->scenario->parameters;
    xd_json_array_begin(json, "assumptions");
    for (int32_t i = 0; i < XD_PARAMETERS_N; i++) {
        if (!xd_county_assumes(writing->county, i))
            continue;
        const struct xd_parameter_info *info = &xd_parameter_infos[i];
        char value[64];
        char grade[2] = {info->grade, '\0'};
        xd_parameter_format(i, parameters->value[i], value, sizeof value);
        xd_json_object_begin_line(json, NULL);
        xd_json_string(json, "key", info->key);
        xd_json_string(json, "value", value);
        xd_json_string(json, "unit", info->unit);
        xd_json_string(json, "grade", grade);
        xd_json_string(json, "label", info->label);
        xd_json_string(json, "label_zh", info->label_zh);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

/* Which stop: the place's code, and which part of its goods. */
static void put_stop(const struct plan_writing *writing, int32_t stop)
{
    struct xd_json_writer *json = writing->json;
    const struct xd_county_stop *facts = &writing->county->stops[stop];
    const struct xd_place *place = xd_stop_place(writing->county, stop);
    xd_json_string(json, "place", place->code);
    xd_json_string(json, "name", place->name);
    xd_json_bool(json, "cold", facts->cold);
    xd_json_int(json, "part", facts->part + 1);
    xd_json_int(json, "parts", facts->parts_n);
}

static void put_visit(const struct plan_writing *writing, int32_t vehicle, const struct xd_visit *visit)
{
    struct xd_json_writer *json = writing->json;
    const struct xd_county_stop *facts = &writing->county->stops[visit->stop];
    xd_json_object_begin_line(json, NULL);
    put_stop(writing, visit->stop);
    put_time(json, "arrive", "arrive_s", visit->arrive_s);
    put_time(json, "begin", "begin_s", visit->begin_s);
    put_time(json, "depart", "depart_s", visit->depart_s);
    xd_json_int(json, "length_m", visit->length_m);
    if (writing->has_connectors) {
        const struct xd_snap *snap = xd_county_vehicle_snap(writing->county, vehicle, writing->problem->stops[visit->stop].location);
        xd_json_int(json, "connector_m", snap->connector_m);
        xd_json_int(json, "connector_s", snap->connector_s);
    }
    xd_json_int(json, "load_after_g", visit->load_after[0]);
    xd_json_int(json, "load_after_dm3", visit->load_after[1]);
    xd_json_int(json, "down_parcels", facts->down_parcels_n);
    xd_json_int(json, "up_parcels", facts->up_parcels_n);
    xd_json_fixed(json, "down_kg", facts->down_g, 3);
    xd_json_fixed(json, "up_kg", facts->up_g, 3);
    xd_json_fixed(json, "produce_kg", facts->produce_g, 3);
    xd_json_object_end(json);
}

static void put_route(const struct plan_writing *writing, const struct xd_plan_route *route)
{
    struct xd_json_writer *json = writing->json;
    int32_t type = xd_problem_vehicle_type(writing->problem, route->vehicle);
    char title[XD_TITLE_MAX];
    xd_vehicle_title(writing->county, route->vehicle, title, sizeof title);
    xd_json_object_begin(json, NULL);
    xd_json_int(json, "vehicle", route->vehicle);
    xd_json_string(json, "type", writing->county->scenario->fleet[type].key);
    xd_json_int(json, "number", route->vehicle - writing->problem->first_vehicle[type] + 1);
    xd_json_string(json, "name", title);
    const struct xd_place *base = xd_vehicle_base(writing->county, route->vehicle);
    const struct xd_places *places = &writing->county->scenario->places;
    base = base ? base : &places->items[places->hub];
    xd_json_string(json, "base", base->code);
    xd_json_string(json, "base_name", base->name);
    put_time(json, "start", "start_s", route->start_s);
    put_time(json, "hub_leave", "hub_leave_s", route->depot_leave_s);
    put_time(json, "hub_back", "hub_back_s", route->depot_back_s);
    put_time(json, "end", "end_s", route->end_s);
    xd_json_int(json, "length_m", route->length_m);
    xd_json_int(json, "approach_m", route->approach_m);
    xd_json_int(json, "homeward_m", route->homeward_m);
    xd_json_int(json, "load_start_g", route->load_start[0]);
    xd_json_int(json, "load_start_dm3", route->load_start[1]);
    put_cost(writing, "fixed_units", "fixed_yuan", route->fixed_cost);
    put_cost(writing, "distance_units", "distance_yuan", route->length_cost);
    put_cost(writing, "duration_units", "duration_yuan", route->duration_cost);
    xd_json_array_begin(json, "visits");
    for (int32_t v = 0; v < route->visits_n; v++)
        put_visit(writing, route->vehicle, &route->visits[v]);
    xd_json_array_end(json);
    xd_json_object_end(json);
}

static void put_unserved(const struct plan_writing *writing)
{
    struct xd_json_writer *json = writing->json;
    xd_json_array_begin(json, "unserved");
    for (int32_t u = 0; u < writing->plan->unserved_n; u++) {
        const struct xd_unserved *unserved = &writing->plan->unserved[u];
        xd_json_object_begin_line(json, NULL);
        put_stop(writing, unserved->stop);
        xd_json_string(json, "reason", xd_unserved_reason_name(unserved->reason));
        put_cost(writing, "price_units", "price_yuan", writing->problem->stops[unserved->stop].unserved_cost);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

/* Places that no vehicle can look for: without a position, or with one far from every road. */
static void put_unplaced(const struct plan_writing *writing)
{
    struct xd_json_writer *json = writing->json;
    const struct xd_county *county = writing->county;
    const struct xd_places *places = &county->scenario->places;
    xd_json_array_begin(json, "unplaced");
    for (int32_t p = 0; p < places->items_n; p++) {
        const struct xd_place *place = &places->items[p];
        int32_t point = county->place_point ? county->place_point[p] : -1;
        const struct xd_snap *snap =
            place->source != XD_PLACE_UNPLACED && point >= 0 && county->profiles_n > 0 ? xd_county_snap(county, point) : NULL;
        bool off_roads = snap && snap->status != XD_SNAP_OK;
        if (place->source != XD_PLACE_UNPLACED && !off_roads)
            continue;
        xd_json_object_begin_line(json, NULL);
        xd_json_string(json, "place", place->code);
        xd_json_string(json, "name", place->name);
        xd_json_bool(json, "has_demand", point >= 0 && point < county->goods_points_n);
        xd_json_string(json, "reason", off_roads ? xd_snap_status_name(snap->status) : "no_position");
        if (off_roads && snap->distance_m >= 0)
            xd_json_int(json, "road_distance_m", snap->distance_m);
        else
            xd_json_null(json, "road_distance_m");
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

static void put_seed(struct xd_json_writer *json, uint64_t seed)
{
    char text[32];
    if (seed <= INT64_MAX) {
        xd_json_int(json, "seed", (int64_t)seed);
        return;
    }
    snprintf(text, sizeof text, "%" PRIu64, seed); /* most readers of JSON have no number for it */
    xd_json_string(json, "seed", text);
}

enum xd_status xd_export_plan_json(const struct xd_export_input *input, struct xd_buffer *buffer, struct xd_error *error)
{
    struct xd_json_writer json;
    struct plan_writing writing = {.json = &json, .county = input->county, .problem = input->county->problem};
    const struct xd_plan *plan = xd_verified_plan_values(input->plan);
    writing.plan = plan;
    writing.has_connectors = xd_county_connected_n(input->county) > 0;
    xd_json_begin(&json, buffer, true, error);
    xd_json_object_begin(&json, NULL);
    xd_json_string(&json, "schema", XD_PLAN_JSON_SCHEMA);
    xd_json_int(&json, "version", writing.has_connectors ? XD_PLAN_JSON_VERSION : XD_PLAN_JSON_VERSION_ROADS);
    put_scenario(&writing);
    xd_json_hash(&json, "problem_hash", plan->problem_hash);
    xd_json_hash(&json, "network_hash", input->county->network ? input->county->network->hash : 0);
    put_seed(&json, plan->seed);
    xd_json_int(&json, "iterations", plan->iterations);
    xd_json_int(&json, "cost_units_per_fen", writing.problem->cost_scale);
    xd_json_string(&json, "credit", input->county->scenario->credit ? input->county->scenario->credit : "");
    xd_json_object_begin(&json, "cost");
    put_cost(&writing, "fixed_units", "fixed_yuan", plan->fixed_cost);
    put_cost(&writing, "distance_units", "distance_yuan", plan->length_cost);
    put_cost(&writing, "duration_units", "duration_yuan", plan->duration_cost);
    put_cost(&writing, "unserved_units", "unserved_yuan", plan->unserved_cost);
    put_cost(&writing, "total_units", "total_yuan", plan->total_cost);
    xd_json_object_end(&json);
    xd_json_array_begin(&json, "routes");
    for (int32_t r = 0; r < plan->routes_n; r++)
        put_route(&writing, &plan->routes[r]);
    xd_json_array_end(&json);
    put_unserved(&writing);
    put_unplaced(&writing);
    if (writing.has_connectors)
        xd_connectors_json(&json, "connectors", input->county);
    xd_closures_json(&json, "closures", input->county->overlay, false);
    xd_cut_off_json(&json, "cut_off", input->county);
    put_assumptions(&writing);
    xd_json_object_end(&json);
    return xd_json_end(&json);
}
