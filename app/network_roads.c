#include "app/network_roads.h"

#include "app/closures.h"
#include "app/elevation.h"
#include "app/extra_roads.h"
#include "app/workspace.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

enum { LAT_LIMIT_E7 = 900000000 };

void xd_app_roads_free(struct xd_app_roads *roads)
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
static enum xd_status roads_close(const struct xd_app_vehicle *vehicle, int64_t day, const struct xd_profile *profile, struct xd_app_roads *roads,
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

enum xd_status xd_app_roads_open(const char *map, const struct xd_app_vehicle *vehicle, const struct xd_progress *progress,
                                 struct xd_app_roads *roads, struct xd_error *error)
{
    const struct xd_profile *profile = NULL;
    int64_t day = XD_CLOSURE_ALWAYS;
    struct xd_parameters parameters;
    xd_parameters_default(&parameters);
    parameters.value[XD_PARAMETER_SNAP_RADIUS_M] = vehicle->radius_m;
    enum xd_status status = xd_app_connector_set(&vehicle->connector, &parameters, error);
    if (status == XD_OK)
        status = xd_app_approach_set(vehicle->approach, &parameters, error);
    roads->connector = xd_parameters_connector(&parameters);
    roads->approach = xd_parameters_approach(&parameters);
    roads->radius_m = (int32_t)vehicle->radius_m;
    if (status == XD_OK)
        status = xd_app_date(vehicle->date, &day, error);
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

/* The part of the roads that all positions share is that of the roads under closures too. */
void xd_app_roads_snap(struct xd_app_roads *roads, const struct xd_position *positions, int32_t n, struct xd_snap *snaps)
{
    struct xd_graph *open = roads->open ? roads->open : roads->graph;
    bool shares = xd_snap_use_shared_part(roads->map->index, open, positions, n, roads->radius_m);
    for (int32_t i = 0; i < n; i++) {
        xd_snap_find(roads->map->index, open, positions[i], roads->radius_m, &snaps[i]);
        xd_snap_connect(roads->map->index, open, &roads->connector, &snaps[i]);
    }
    for (int32_t i = 0; i < n && roads->open && shares; i++)
        if (snaps[i].status == XD_SNAP_OK)
            shares = !xd_graph_use_part(roads->graph, snaps[i].edge, snaps[i].piece);
    for (int32_t i = 0; i < n && roads->open; i++)
        xd_snap_under_closures(roads->map->index, roads->graph, positions[i], roads->radius_m, &roads->connector, &snaps[i]);
    for (int32_t i = 0; i < n; i++)
        xd_snap_approach(roads->graph, roads->approach, &snaps[i]);
}

static uint64_t parts_of(const struct xd_app_roads *roads, const struct xd_snap *snap)
{
    if (snap->status != XD_SNAP_OK)
        return 0;
    const struct xd_piece_reach reach = xd_graph_piece_reach(roads->graph, snap->edge, snap->piece);
    return reach.from & reach.to;
}

void xd_app_roads_apart(const struct xd_app_roads *roads, const struct xd_snap *snaps, int32_t n, bool *apart)
{
    int32_t points_n[XD_ROAD_PARTS_MAX + 1] = {0}, most = 0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t bit = 0; bit <= XD_ROAD_PARTS_MAX; bit++)
            points_n[bit] += (int32_t)(parts_of(roads, &snaps[i]) >> bit & 1);
    for (int32_t bit = 1; bit <= XD_ROAD_PARTS_MAX; bit++)
        if (points_n[bit] > points_n[most])
            most = bit;
    for (int32_t i = 0; i < n; i++)
        apart[i] = snaps[i].status == XD_SNAP_OK && points_n[most] > 0 && !(parts_of(roads, &snaps[i]) >> most & 1);
}

bool xd_app_roads_look_swapped(const struct xd_app_roads *roads, struct xd_position position)
{
    const struct xd_position swapped = {.lon_e7 = position.lat_e7, .lat_e7 = position.lon_e7};
    struct xd_snap snap;
    if (swapped.lat_e7 < -LAT_LIMIT_E7 || swapped.lat_e7 > LAT_LIMIT_E7)
        return false;
    xd_snap_find(roads->map->index, roads->graph, swapped, roads->radius_m, &snap);
    return snap.distance_m >= 0 && snap.distance_m <= roads->radius_m;
}

enum xd_status xd_app_print_json(struct xd_json_writer *json, struct xd_buffer *buffer)
{
    const enum xd_status status = xd_json_end(json);
    if (status == XD_OK)
        fwrite(buffer->bytes, 1, buffer->length, stdout);
    xd_buffer_free(buffer);
    return status;
}
