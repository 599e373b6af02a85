#include "scenarios/county.h"

#include "scenarios/county_parts.h"

#include <string.h>

static int64_t parameter(const struct xd_scenario *scenario, enum xd_parameter index)
{
    return scenario->parameters.value[index];
}

static bool has_goods(const struct xd_scenario *scenario, const struct xd_demand *row)
{
    return row->place >= 0 && row->place != scenario->places.hub && (row->pieces_n > 0 || row->mass_g > 0);
}

/* What must hold before anything is looked up on the map. */
static enum xd_status scenario_check(const struct xd_scenario *scenario, struct xd_error *error)
{
    int64_t vehicles_n = 0, rows_n = 0;
    for (int32_t i = 0; i < scenario->fleet_n; i++)
        vehicles_n += scenario->fleet[i].count;
    for (int32_t i = 0; i < scenario->demand_n; i++)
        rows_n += has_goods(scenario, &scenario->demand[i]) ? 1 : 0;
    if (scenario->places.hub < 0)
        return xd_fail(error, XD_DATA, xd_at_file(scenario->places_path),
                       "found no hub among %d places, expected one of the tier hub: where the vehicles start", (int)scenario->places.items_n);
    if (rows_n == 0)
        return xd_fail(error, XD_DATA, xd_at_file(scenario->demand_path),
                       "found no goods in %d demand rows, expected parcels or produce for at least one place besides the hub",
                       (int)scenario->demand_n);
    if (vehicles_n == 0)
        return xd_fail(error, XD_CONFIG, xd_at_file(scenario->fleet_path),
                       "found %d vehicle types and no vehicle, expected a count above 0 in the fleet", (int)scenario->fleet_n);
    return XD_OK;
}

/* Gives the places that are marked, with point 0, the next points in table order. */
static void points_number(struct xd_county *county)
{
    for (int32_t i = 0; i < county->scenario->places.items_n; i++) {
        if (i == county->scenario->places.hub || county->place_point[i] != 0)
            continue;
        county->place_point[i] = county->points_n;
        county->point_place[county->points_n++] = i;
    }
}

static enum xd_status points_list(struct xd_county *county, struct xd_error *error)
{
    const struct xd_scenario *scenario = county->scenario;
    const size_t places_n = (size_t)scenario->places.items_n;
    county->point_place = xd_alloc(places_n, sizeof *county->point_place);
    county->place_point = xd_alloc(places_n, sizeof *county->place_point);
    if (!county->point_place || !county->place_point)
        return xd_fail_memory(error, "points of the county", places_n * sizeof *county->point_place);
    for (size_t i = 0; i < places_n; i++)
        county->place_point[i] = -1;
    for (int32_t i = 0; i < scenario->demand_n; i++)
        if (has_goods(scenario, &scenario->demand[i]))
            county->place_point[scenario->demand[i].place] = 0; /* marked; numbered below */
    county->point_place[0] = scenario->places.hub;
    county->place_point[scenario->places.hub] = 0;
    county->points_n = 1;
    points_number(county);
    county->goods_points_n = county->points_n;
    for (int32_t t = 0; t < scenario->fleet_n; t++) {
        const int32_t base = scenario->fleet[t].base;
        if (scenario->fleet[t].count > 0 && base >= 0 && county->place_point[base] < 0)
            county->place_point[base] = 0;
    }
    points_number(county);
    return XD_OK;
}

/* One entry for each profile that a vehicle of the fleet drives. Types without vehicles share the first, so that every type has a table. */
static enum xd_status profiles_list(struct xd_county *county, struct xd_error *error)
{
    const struct xd_scenario *scenario = county->scenario;
    const size_t types_n = (size_t)scenario->fleet_n;
    county->type_profile = xd_alloc_zero(types_n, sizeof *county->type_profile);
    county->profiles = xd_alloc_zero(types_n, sizeof *county->profiles);
    if (!county->type_profile || !county->profiles)
        return xd_fail_memory(error, "profiles of the county", types_n * sizeof *county->profiles);
    for (int32_t t = 0; t < scenario->fleet_n; t++) {
        const struct xd_fleet_type *type = &scenario->fleet[t];
        if (type->count == 0)
            continue;
        const struct xd_profile *profile = xd_profile_find(scenario->profiles, type->profile);
        if (!profile) {
            struct xd_location at = xd_at_cell(scenario->fleet_path, type->line, 0, "profile");
            return xd_fail(error, XD_CONFIG, at,
                           "vehicle type %s has the unknown profile \"%.40s\"; expected one that the map layer knows, such as minivan", type->key,
                           type->profile);
        }
        int32_t p = 0;
        while (p < county->profiles_n && county->profiles[p].profile != profile)
            p++;
        if (p == county->profiles_n)
            county->profiles[county->profiles_n++].profile = profile;
        county->type_profile[t] = p;
    }
    return XD_OK;
}

/* One map for all profiles on wheels, one for those on foot. */
static enum xd_status maps_open(struct xd_county *county, struct xd_standard_roads *standard, struct xd_error *error)
{
    const struct xd_profile **listed = xd_alloc((size_t)county->profiles_n + 1, sizeof(const struct xd_profile *));
    enum xd_status status = listed ? XD_OK : xd_fail_memory(error, "profiles of the county", (size_t)county->profiles_n * sizeof *listed);
    for (int kind = 0; kind < 2 && status == XD_OK; kind++) {
        struct xd_road_map *own = kind ? &county->foot : &county->wheels, *map = own;
        int32_t n = 0;
        for (int32_t p = 0; p < county->profiles_n; p++)
            if (xd_is_on_wheels(county->profiles[p].profile) == (kind == 0))
                listed[n++] = county->profiles[p].profile;
        if (n > 0)
            status = xd_standard_roads_take(standard, county->network, listed, n, false, own, &map, error);
        for (int32_t p = 0; p < county->profiles_n; p++)
            if (xd_is_on_wheels(county->profiles[p].profile) == (kind == 0))
                county->profiles[p].map = map;
    }
    xd_free(listed);
    return status;
}

void xd_county_snap_place(const struct xd_county *county, const struct xd_county_profile *profile, int32_t place, struct xd_snap *snap)
{
    const struct xd_place *where = &county->scenario->places.items[place];
    *snap = (struct xd_snap){.status = XD_SNAP_OFF_NETWORK, .edge = -1, .distance_m = -1};
    if (where->source != XD_PLACE_UNPLACED)
        xd_snap_find(profile->map->index, profile->graph, where->position, (int32_t)parameter(county->scenario, XD_PARAMETER_SNAP_RADIUS_M), snap);
    const struct xd_connector connector = xd_parameters_connector(&county->scenario->parameters);
    if (where->source != XD_PLACE_UNPLACED)
        xd_snap_connect(profile->map->index, profile->graph, &connector, snap);
    xd_snap_approach(profile->graph, xd_parameters_approach(&county->scenario->parameters), snap);
}

/* A small part of the roads, where all places lie at it, or else the hub's decides on what the vehicles reach. */
static enum xd_status part_choose(const struct xd_county *county, const struct xd_county_profile *profile, struct xd_error *error)
{
    struct xd_position *positions = xd_alloc((size_t)county->points_n, sizeof *positions);
    struct xd_snap hub;
    int32_t n = 0;
    if (!positions)
        return xd_fail_memory(error, "points on the road", (size_t)county->points_n * sizeof *positions);
    for (int32_t i = 0; i < county->points_n; i++)
        if (county->scenario->places.items[county->point_place[i]].source != XD_PLACE_UNPLACED)
            positions[n++] = county->scenario->places.items[county->point_place[i]].position;
    if (!xd_snap_use_shared_part(profile->map->index, profile->graph, positions, n,
                                 (int32_t)parameter(county->scenario, XD_PARAMETER_SNAP_RADIUS_M))) {
        xd_county_snap_place(county, profile, county->scenario->places.hub, &hub);
        if (hub.status == XD_SNAP_OK)
            (void)xd_graph_use_part(profile->graph, hub.edge, hub.piece);
    }
    xd_free(positions);
    return XD_OK;
}

static enum xd_status profile_open(const struct xd_county *county, struct xd_county_profile *profile, struct xd_error *error)
{
    enum xd_status status = xd_county_profile_weigh(county, profile, NULL, &profile->graph, error);
    if (status == XD_OK)
        status = part_choose(county, profile, error);
    if (status != XD_OK)
        return status;
    profile->snaps = xd_alloc_zero((size_t)county->points_n, sizeof *profile->snaps);
    profile->open_snaps = xd_alloc_zero((size_t)county->points_n, sizeof *profile->open_snaps);
    if (!profile->snaps || !profile->open_snaps)
        return xd_fail_memory(error, "points on the road", (size_t)county->points_n * sizeof *profile->snaps);
    for (int32_t i = 0; i < county->points_n; i++) {
        xd_county_snap_place(county, profile, county->point_place[i], &profile->snaps[i]);
        profile->open_snaps[i] = profile->snaps[i];
    }
    return XD_OK;
}

enum xd_status xd_county_hub_check(const struct xd_county *county, struct xd_error *error)
{
    const struct xd_place *hub = &county->scenario->places.items[county->scenario->places.hub];
    const int radius_m = (int)parameter(county->scenario, XD_PARAMETER_SNAP_RADIUS_M);
    const struct xd_closure *closure = xd_county_hub_closure(county);
    const struct xd_snap *best = NULL;
    for (int32_t p = 0; p < county->profiles_n; p++) {
        const struct xd_snap *snap = &county->profiles[p].snaps[0];
        if (snap->status == XD_SNAP_OK)
            return XD_OK;
        if (!best || (snap->distance_m >= 0 && (best->distance_m < 0 || snap->distance_m < best->distance_m)))
            best = snap;
    }
    const struct xd_location at = xd_at_line(county->scenario->places_path, hub->line, 0);
    if (closure)
        return xd_fail(
            error, XD_DATA, at,
            "closure %.60s closes the road of the hub %s, expected an open one within %d m; open that road for the vehicles, or move the hub",
            closure->name, hub->name, radius_m);
    if (best && best->status == XD_SNAP_ISLAND)
        return xd_fail(error, XD_DATA, at,
                       "the hub %s lies %d m from a road that is cut off from the map's main roads, expected one that joins them; move the hub",
                       hub->name, (int)best->distance_m);
    if (best && best->status == XD_SNAP_CLOSED)
        return xd_fail(error, XD_DATA, at,
                       "the hub %s lies %d m from a road that no vehicle of the fleet may use, expected an open one; move the hub", hub->name,
                       (int)best->distance_m);
    if (best && best->distance_m >= 0)
        return xd_fail(
            error, XD_DATA, at,
            "the hub %s lies %d m from the nearest road, expected at most %d m (snap_radius_m); correct its position or crs, or raise the radius",
            hub->name, (int)best->distance_m, radius_m);
    return xd_fail(error, XD_DATA, at,
                   "the hub %s lies farther than %d m from every road of the map, expected at most %d m; is it the right map, and the right crs?",
                   hub->name, 10 * radius_m, radius_m);
}

static enum xd_status hub_placed(const struct xd_scenario *scenario, struct xd_error *error)
{
    const struct xd_place *hub = &scenario->places.items[scenario->places.hub];
    if (hub->source != XD_PLACE_UNPLACED)
        return XD_OK;
    return xd_fail(error, XD_DATA, xd_at_line(scenario->places_path, hub->line, 0),
                   "the hub %s has no position and the map has no single place of that name; give its lon and lat in the table of places", hub->name);
}

enum xd_status xd_county_survey(struct xd_scenario *scenario, const struct xd_network *network, struct xd_standard_roads *standard,
                                const struct xd_road_heights *heights, const struct xd_progress *progress, struct xd_county **county,
                                struct xd_error *error)
{
    struct xd_county *made = NULL;
    enum xd_status status = scenario_check(scenario, error);
    if (status != XD_OK)
        return status;
    made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the county", sizeof *made);
    made->scenario = scenario;
    made->network = network;
    made->heights = heights;
    status = xd_places_match(&scenario->places, network, XD_PLACES_MATCH_RADIUS_M, &made->matched_n, &made->unmatched_n, error);
    if (status == XD_OK)
        status = points_list(made, error);
    if (status == XD_OK)
        status = profiles_list(made, error);
    if (status == XD_OK)
        status = maps_open(made, standard, error);
    for (int32_t p = 0; p < made->profiles_n && status == XD_OK; p++) {
        xd_report(progress, "roads", p, made->profiles_n, -1);
        status = xd_cancelled(progress) ? xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted while the roads were read for the vehicles")
                                        : profile_open(made, &made->profiles[p], error);
    }
    if (status == XD_OK) {
        *county = made;
        made = NULL;
    }
    xd_county_free(made);
    return status;
}

enum xd_status xd_county_open(struct xd_scenario *scenario, const struct xd_network *network, struct xd_standard_roads *standard,
                              const struct xd_road_heights *heights, const struct xd_progress *progress, struct xd_county **county,
                              struct xd_error *error)
{
    struct xd_county *made = NULL;
    enum xd_status status = xd_county_survey(scenario, network, standard, heights, progress, &made, error);
    if (status == XD_OK)
        status = hub_placed(scenario, error);
    if (status == XD_OK)
        status = xd_county_hub_check(made, error);
    if (status == XD_OK)
        *county = made;
    else
        xd_county_free(made);
    return status;
}

static enum xd_status table_make(const struct xd_county *county, int32_t p, int32_t threads_n, const struct xd_progress *progress,
                                 struct xd_matrix **matrix, struct xd_error *error)
{
    const struct xd_graph *graph = county->profiles[p].graph;
    const struct xd_snap *snaps = county->profiles[p].snaps;
    const int64_t steps = xd_table_search_steps(graph, snaps, county->points_n);
    struct xd_weights *weights = NULL;
    enum xd_status status = xd_road_map_order(county->profiles[p].map, steps, progress, error);
    if (status == XD_OK)
        status = xd_weights_take(county->profiles[p].map->hierarchy, graph, steps, &weights, error);
    if (status == XD_OK)
        status = xd_table_compute(graph, weights, snaps, county->points_n, threads_n, progress, matrix, error);
    xd_weights_free(weights);
    return status;
}

enum xd_status xd_county_tables_make(const struct xd_county *county, int32_t threads_n, const struct xd_progress *progress, struct xd_matrix **made,
                                     struct xd_error *error)
{
    enum xd_status status = XD_OK;
    for (int32_t p = 0; p < county->profiles_n && status == XD_OK; p++)
        status = table_make(county, p, threads_n, progress, &made[p], error);
    return status;
}

void xd_county_tables_take(struct xd_county *county, struct xd_matrix **made)
{
    xd_problem_free(county->problem); /* it borrows the tables that go */
    county->problem = NULL;
    xd_free(county->stops);
    county->stops = NULL;
    county->stops_n = 0;
    for (int32_t p = 0; p < county->profiles_n; p++) {
        struct xd_matrix *old = county->profiles[p].matrix;
        county->profiles[p].matrix = made[p];
        made[p] = old;
    }
}

enum xd_status xd_county_tables(struct xd_county *county, int32_t threads_n, const struct xd_progress *progress, struct xd_error *error)
{
    struct xd_matrix **made = xd_alloc_zero((size_t)county->profiles_n, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "travel tables", (size_t)county->profiles_n * sizeof(struct xd_matrix *));
    enum xd_status status = xd_county_tables_make(county, threads_n, progress, made, error);
    if (status == XD_OK)
        xd_county_tables_take(county, made);
    for (int32_t p = 0; p < county->profiles_n; p++)
        xd_matrix_free(made[p]);
    xd_free(made);
    return status;
}

void xd_county_free(struct xd_county *county)
{
    if (!county)
        return;
    xd_problem_free(county->problem);
    xd_free(county->stops);
    for (int32_t p = 0; p < county->profiles_n; p++) {
        xd_matrix_free(county->profiles[p].matrix);
        xd_free(county->profiles[p].snaps);
        xd_free(county->profiles[p].open_snaps);
        xd_graph_free(county->profiles[p].graph);
    }
    xd_road_map_free(&county->wheels);
    xd_road_map_free(&county->foot);
    xd_free(county->profiles);
    xd_free(county->type_profile);
    xd_free(county->place_point);
    xd_free(county->point_place);
    xd_free(county);
}

const struct xd_snap *xd_county_snap(const struct xd_county *county, int32_t point)
{
    for (int connected = 0; connected < 2; connected++)
        for (int32_t p = 0; p < county->profiles_n; p++) {
            const struct xd_snap *snap = &county->profiles[p].snaps[point];
            if (snap->status == XD_SNAP_OK && (snap->connector_m > 0) == (connected == 1))
                return snap;
        }
    return &county->profiles[0].snaps[point];
}

const struct xd_snap *xd_county_vehicle_snap(const struct xd_county *county, int32_t vehicle, int32_t point)
{
    return &county->profiles[county->type_profile[xd_problem_vehicle_type(county->problem, vehicle)]].snaps[point];
}

int32_t xd_county_base_point(const struct xd_county *county, int32_t type)
{
    const int32_t base = county->scenario->fleet[type].base;
    const int32_t point = base >= 0 ? county->place_point[base] : 0;
    return point > 0 ? point : 0; /* the base of a type without vehicles may be no point */
}

struct xd_base_legs xd_county_base_legs(const struct xd_county *county, int32_t type)
{
    return xd_base_legs_on(county->profiles[county->type_profile[type]].matrix, xd_county_base_point(county, type), 0, 0);
}
