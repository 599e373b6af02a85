#include "base/json_writer.h"
#include "io/export/closures_json.h"
#include "io/export/connectors_json.h"
#include "io/export/export.h"
#include "io/export/titles.h"

static void yuan(struct xd_json_writer *json, const char *key, int64_t fen)
{
    xd_json_fixed(json, key, fen, 2);
}

/* Seconds as hours with three decimals, rounded half up. */
static void hours(struct xd_json_writer *json, const char *key, int64_t seconds)
{
    xd_json_fixed(json, key, (seconds * 1000 + 1800) / 3600, 3);
}

static void percent(struct xd_json_writer *json, const char *key, int64_t part, int64_t whole)
{
    if (whole > 0)
        xd_json_fixed(json, key, (part * 10000 + whole / 2) / whole, 2);
    else
        xd_json_null(json, key);
}

static void distribution(struct xd_json_writer *json, const char *key, const struct xd_distribution *d)
{
    xd_json_object_begin(json, key);
    xd_json_int(json, "samples", d->samples_n);
    if (d->samples_n > 0) {
        hours(json, "mean", d->mean_s);
        hours(json, "p90", d->p90_s);
        hours(json, "max", d->max_s);
    } else {
        xd_json_null(json, "mean");
        xd_json_null(json, "p90");
        xd_json_null(json, "max");
    }
    percent(json, "on_time_percent", d->on_time_n, d->samples_n);
    xd_json_object_end(json);
}

static void costs(struct xd_json_writer *json, const struct xd_metrics *m)
{
    xd_json_object_begin(json, "cost_yuan");
    yuan(json, "vehicles_fixed", m->fixed_fen);
    yuan(json, "drivers", m->driver_fen);
    yuan(json, "energy", m->energy_fen);
    yuan(json, "other_distance", m->other_distance_fen);
    yuan(json, "hourly", m->hourly_fen);
    yuan(json, "handling", m->handling_fen);
    yuan(json, "agents", m->agent_fen);
    yuan(json, "total", m->operating_fen);
    xd_json_object_end(json);
    yuan(json, "unserved_price_yuan", m->unserved_fen);
    if (m->cost_per_parcel_fen >= 0)
        yuan(json, "cost_per_parcel_yuan", m->cost_per_parcel_fen);
    else
        xd_json_null(json, "cost_per_parcel_yuan");
}

static void service(struct xd_json_writer *json, const struct xd_metrics *m)
{
    xd_json_object_begin(json, "hub_to_village_hours");
    distribution(json, "by_parcel", &m->down_by_parcel);
    distribution(json, "by_village", &m->down_by_village);
    distribution(json, "near_villages", &m->down_near);
    distribution(json, "remote_villages", &m->down_remote);
    xd_json_object_end(json);
    xd_json_object_begin(json, "village_to_hub_hours");
    distribution(json, "by_parcel", &m->up_by_parcel);
    distribution(json, "by_village", &m->up_by_village);
    xd_json_object_end(json);
}

static void routes(struct xd_json_writer *json, const struct xd_export_input *input)
{
    const struct xd_plan *plan = xd_verified_plan_values(input->plan);
    xd_json_array_begin(json, "vehicles");
    for (int32_t r = 0; r < input->metrics->routes_n; r++) {
        const struct xd_route_metrics *m = &input->metrics->routes[r];
        char title[XD_TITLE_MAX];
        xd_vehicle_title(input->county, plan->routes[m->plan_route].vehicle, title, sizeof title);
        xd_json_object_begin(json, NULL);
        const struct xd_plan_route *route = &plan->routes[m->plan_route];
        const struct xd_places *places = &input->county->scenario->places;
        const struct xd_place *base = xd_vehicle_base(input->county, route->vehicle);
        xd_json_string(json, "vehicle", title);
        xd_json_string(json, "base", base ? base->name : places->items[places->hub].name);
        xd_json_int(json, "stops", m->stops_n);
        xd_json_fixed(json, "length_km", m->length_m, 3);
        xd_json_fixed(json, "base_length_km", route->approach_m + route->homeward_m, 3);
        hours(json, "duty_hours", m->duration_s);
        hours(json, "driving_hours", m->drive_s);
        hours(json, "waiting_hours", m->wait_s);
        yuan(json, "cost_yuan", m->fixed_fen + m->driver_fen + m->distance_fen + m->hourly_fen);
        xd_json_int(json, "down_parcels", m->down_parcels_n);
        xd_json_int(json, "up_parcels", m->up_parcels_n);
        xd_json_fixed(json, "produce_kg", m->produce_g, 3);
        xd_json_fixed(json, "peak_load_mass_percent", m->peak_load_permille[0], 1);
        xd_json_fixed(json, "peak_load_volume_percent", m->peak_load_permille[1], 1);
        xd_json_fixed(json, "co2_kg", m->co2_g, 3);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

/* What the planner did not state: the defaults that stand in for it, with the grade of their source. */
static void assumptions(struct xd_json_writer *json, const struct xd_county *county)
{
    const struct xd_scenario *scenario = county->scenario;
    xd_json_array_begin(json, "assumed");
    for (int32_t p = 0; p < XD_PARAMETERS_N; p++) {
        if (!xd_county_assumes(county, p))
            continue;
        char text[64];
        const char grade[2] = {xd_parameter_infos[p].grade, '\0'};
        xd_parameter_format(p, scenario->parameters.value[p], text, sizeof text);
        xd_json_object_begin_line(json, NULL);
        xd_json_string(json, "parameter", xd_parameter_infos[p].key);
        xd_json_string(json, "value", text);
        xd_json_string(json, "unit", xd_parameter_infos[p].unit);
        xd_json_string(json, "grade", grade);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

/* Nothing where all places lie at roads. */
static void connectors(struct xd_json_writer *json, const struct xd_export_input *input)
{
    const int32_t places_n = xd_county_connected_n(input->county);
    if (places_n == 0)
        return;
    const struct xd_connector_use use = xd_county_connector_use(input->county, xd_verified_plan_values(input->plan));
    xd_json_object_begin(json, "connectors");
    xd_json_int(json, "places", places_n);
    xd_json_int(json, "visits", use.visits_n);
    xd_json_fixed(json, "length_km", use.length_m, 3);
    hours(json, "hours", use.time_s);
    xd_connectors_json(json, "list", input->county);
    xd_json_object_end(json);
}

void xd_export_kpi(const struct xd_export_input *input, struct xd_json_writer *json, const char *key)
{
    const struct xd_metrics *m = input->metrics;
    const struct xd_scenario *scenario = input->county->scenario;
    xd_json_object_begin(json, key);
    xd_json_string(json, "schema", "xiangdao-kpi");
    xd_json_int(json, "version", 1);
    xd_json_string(json, "scenario", scenario->name);
    xd_json_bool(json, "synthetic", scenario->synthetic);
    costs(json, m);
    xd_json_int(json, "vehicles_used", m->routes_n);
    xd_json_int(json, "vehicles_available", m->vehicles_n);
    xd_json_int(json, "places", m->places_n);
    xd_json_int(json, "places_served", m->places_served_n);
    percent(json, "coverage_percent", m->places_served_n, m->places_n);
    xd_json_int(json, "stops_served", m->stops_served_n);
    xd_json_int(json, "stops_unserved", m->stops_unserved_n);
    xd_json_fixed(json, "length_km", m->length_m, 3);
    xd_json_fixed(json, "empty_length_km", m->empty_length_m, 3);
    hours(json, "duty_hours", m->duration_s);
    xd_json_fixed(json, "load_factor_percent", m->load_factor_permille, 1);
    xd_json_int(json, "down_parcels", m->down_parcels_n);
    xd_json_int(json, "down_parcels_asked", m->down_parcels_asked_n);
    xd_json_int(json, "up_parcels", m->up_parcels_n);
    xd_json_int(json, "up_parcels_asked", m->up_parcels_asked_n);
    xd_json_fixed(json, "produce_kg", m->produce_g, 3);
    xd_json_fixed(json, "produce_kg_asked", m->produce_asked_g, 3);
    service(json, m);
    xd_json_fixed(json, "diesel_l", m->diesel_ml, 3);
    xd_json_fixed(json, "petrol_l", m->petrol_ml, 3);
    xd_json_fixed(json, "electricity_kwh", m->electricity_wh, 3);
    xd_json_fixed(json, "co2_kg", m->co2_g, 3);
    routes(json, input);
    xd_closures_json(json, "closures", input->county->overlay, false);
    xd_json_int(json, "places_cut_off", xd_cut_off_n(input->county));
    connectors(json, input);
    assumptions(json, input->county);
    xd_json_object_end(json);
}
