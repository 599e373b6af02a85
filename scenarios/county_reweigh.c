/* Closures come and go on a county that stays as it is. */
#include "maps/dijkstra.h"
#include "scenarios/county_parts.h"

/* A profile as it will be. */
struct other {
    struct xd_graph *graph;
    struct xd_snap *snaps;
};

enum xd_status xd_county_profile_weigh(const struct xd_county *county, const struct xd_county_profile *profile, const struct xd_overlay *overlay,
                                       struct xd_graph **graph, struct xd_error *error)
{
    const struct xd_graph_conditions conditions = {.heights = county->heights, .overlay = overlay};
    return xd_graph_weigh(profile->map->topology, profile->profile, &conditions, graph, error);
}

static enum xd_status other_make(const struct xd_county *county, const struct xd_county_profile *profile, const struct xd_overlay *overlay,
                                 struct other *other, struct xd_error *error)
{
    const int32_t radius_m = (int32_t)county->scenario->parameters.value[XD_PARAMETER_SNAP_RADIUS_M];
    const struct xd_connector connector = xd_parameters_connector(&county->scenario->parameters);
    enum xd_status status = xd_county_profile_weigh(county, profile, overlay, &other->graph, error);
    if (status != XD_OK)
        return status;
    other->snaps = xd_alloc((size_t)county->points_n, sizeof *other->snaps);
    if (!other->snaps)
        return xd_fail_memory(error, "points on the road", (size_t)county->points_n * sizeof *other->snaps);
    for (int32_t i = 0; i < county->points_n; i++) {
        other->snaps[i] = profile->open_snaps[i];
        xd_snap_under_closures(profile->map->index, other->graph, county->scenario->places.items[county->point_place[i]].position, radius_m,
                               &connector, &other->snaps[i]);
        if (i == 0 && other->snaps[0].status == XD_SNAP_OK) /* the hub: its part decides on the others */
            (void)xd_graph_use_part(other->graph, other->snaps[0].edge, other->snaps[0].piece);
        xd_snap_approach(other->graph, xd_parameters_approach(&county->scenario->parameters), &other->snaps[i]);
    }
    return XD_OK;
}

/* What the county has for what it gets, and back again. */
static void exchange(struct xd_county *county, struct other *others, const struct xd_overlay **overlay)
{
    const struct xd_overlay *had = county->overlay;
    for (int32_t p = 0; p < county->profiles_n; p++) {
        const struct other old = {county->profiles[p].graph, county->profiles[p].snaps};
        county->profiles[p].graph = others[p].graph;
        county->profiles[p].snaps = others[p].snaps;
        others[p] = old;
    }
    county->overlay = *overlay;
    *overlay = had;
}

static bool has_tables(const struct xd_county *county)
{
    return county->profiles_n > 0 && county->profiles[county->profiles_n - 1].matrix;
}

static enum xd_status reweigh(struct xd_county *county, const struct xd_overlay *overlay, bool needs_hub, int32_t threads_n,
                              const struct xd_progress *progress, struct xd_error *error)
{
    const size_t profiles_n = (size_t)county->profiles_n;
    struct other *others = xd_alloc_zero(profiles_n, sizeof *others);
    struct xd_matrix **tables = xd_alloc_zero(profiles_n, sizeof *tables);
    enum xd_status status = others && tables ? XD_OK : xd_fail_memory(error, "the roads of the county", profiles_n * sizeof *others);
    for (int32_t p = 0; p < county->profiles_n && status == XD_OK; p++) {
        xd_report(progress, "roads", p, county->profiles_n, -1);
        status = xd_cancelled(progress) ? xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted while the roads were read for the vehicles")
                                        : other_make(county, &county->profiles[p], overlay, &others[p], error);
    }
    if (status == XD_OK) {
        exchange(county, others, &overlay);
        status = needs_hub ? xd_county_hub_check(county, error) : XD_OK;
        if (status == XD_OK && has_tables(county)) {
            status = xd_county_tables_make(county, threads_n, progress, tables, error);
            if (status == XD_OK)
                xd_county_tables_take(county, tables);
        }
        if (status != XD_OK)
            exchange(county, others, &overlay);
    }
    for (int32_t p = 0; p < county->profiles_n && others && tables; p++) {
        xd_graph_free(others[p].graph);
        xd_free(others[p].snaps);
        xd_matrix_free(tables[p]);
    }
    xd_free(others);
    xd_free(tables);
    return status;
}

enum xd_status xd_county_reweigh(struct xd_county *county, const struct xd_overlay *overlay, int32_t threads_n, const struct xd_progress *progress,
                                 struct xd_error *error)
{
    return reweigh(county, overlay, true, threads_n, progress, error);
}

enum xd_status xd_county_survey_closures(struct xd_county *county, const struct xd_overlay *overlay, const struct xd_progress *progress,
                                         struct xd_error *error)
{
    return reweigh(county, overlay, false, 1, progress, error);
}

/* ---- who is cut off ---- */

/* The first that closes, to the vehicle, the piece of road that the hub lies on without closures. */
static const struct xd_closure *closure_at_hub(const struct xd_county *county, const struct xd_county_profile *profile)
{
    const struct xd_overlay *overlay = county->overlay;
    const struct xd_topology *topology = profile->graph->topology;
    const struct xd_snap *hub = &profile->open_snaps[0];
    const int64_t piece = topology->first_piece[hub->edge] + hub->piece;
    const int32_t road = topology->piece_road[piece], place = topology->piece_step[piece] / 2;
    const uint32_t bit = xd_overlay_bit(overlay, profile->profile);
    for (int32_t i = overlay->first_range[road]; i < overlay->first_range[road + 1]; i++) {
        const struct xd_overlay_range *range = &overlay->ranges[i];
        if (range->max_kmh == 0 && range->first <= place && place < range->end &&
            (range->profiles == XD_CLOSURE_ALL_PROFILES || (range->profiles & bit)))
            return &overlay->closures->items[range->closure];
    }
    return NULL;
}

const struct xd_closure *xd_county_hub_closure(const struct xd_county *county)
{
    const struct xd_closure *found = NULL;
    for (int32_t p = 0; p < county->profiles_n && county->overlay; p++) {
        if (county->profiles[p].snaps[0].status == XD_SNAP_OK)
            return NULL;
        if (county->profiles[p].open_snaps[0].status == XD_SNAP_OK && !found)
            found = closure_at_hub(county, &county->profiles[p]);
    }
    return found;
}

static bool is_on_hubs_part(const struct xd_graph *graph, const struct xd_snap *snap)
{
    return (graph->piece_use[graph->topology->first_piece[snap->edge] + snap->piece] & XD_PIECE_MAIN) != 0;
}

/* Over the part of the roads that both hang on, or along an edge. */
static bool joins(const struct xd_graph *graph, const struct xd_snap *hub, const struct xd_snap *point)
{
    return (is_on_hubs_part(graph, hub) && is_on_hubs_part(graph, point)) ||
           (xd_edge_direct_way(graph, hub, point).cost_ms != XD_WAY_NONE && xd_edge_direct_way(graph, point, hub).cost_ms != XD_WAY_NONE);
}

static bool serves(const struct xd_county_profile *profile, int32_t point)
{
    if (profile->matrix)
        return xd_matrix_reachable(profile->matrix, 0, point) && xd_matrix_reachable(profile->matrix, point, 0);
    return profile->snaps[0].status == XD_SNAP_OK && profile->snaps[point].status == XD_SNAP_OK &&
           joins(profile->graph, &profile->snaps[0], &profile->snaps[point]);
}

bool xd_county_is_cut_off(const struct xd_county *county, int32_t point)
{
    bool could = false;
    for (int32_t p = 0; p < county->profiles_n; p++) {
        if (serves(&county->profiles[p], point))
            return false;
        /* what snaps without closures is reached from all that does, and left for it */
        could = could || (county->profiles[p].open_snaps[0].status == XD_SNAP_OK && county->profiles[p].open_snaps[point].status == XD_SNAP_OK);
    }
    return could && county->overlay;
}
