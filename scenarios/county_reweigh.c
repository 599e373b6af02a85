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
    enum xd_status status = xd_county_profile_weigh(county, profile, overlay, &other->graph, error);
    if (status != XD_OK)
        return status;
    other->snaps = xd_alloc((size_t)county->points_n, sizeof *other->snaps);
    if (!other->snaps)
        return xd_fail_memory(error, "points on the road", (size_t)county->points_n * sizeof *other->snaps);
    for (int32_t i = 0; i < county->points_n; i++) {
        other->snaps[i] = profile->open_snaps[i];
        xd_snap_under_closures(profile->map->index, other->graph, county->scenario->places.items[county->point_place[i]].position, radius_m,
                               &other->snaps[i]);
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

enum xd_status xd_county_reweigh(struct xd_county *county, const struct xd_overlay *overlay, int32_t threads_n, const struct xd_progress *progress,
                                 struct xd_error *error)
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
        status = xd_county_hub_check(county, error);
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

/* ---- who is cut off ---- */

/* Whether the roads that one comes to on leaving a point are of the component that leads to the other. */
static bool leads_to(const struct xd_graph *graph, const struct xd_snap *from, const struct xd_snap *to)
{
    const struct xd_topology *topology = graph->topology;
    struct xd_edge_point source, target;
    xd_edge_point_find(graph, from, &source);
    xd_edge_point_find(graph, to, &target);
    const int64_t leaves_ms[XD_DIRECTIONS_N] = {source.to_head.cost_ms, source.to_tail.cost_ms};
    const int64_t enters_ms[XD_DIRECTIONS_N] = {target.from_tail.cost_ms, target.from_head.cost_ms};
    if (xd_edge_direct_way(graph, from, to).cost_ms != XD_WAY_NONE)
        return true;
    for (int in = 0; in < XD_DIRECTIONS_N; in++) {
        const int32_t directed = 2 * to->edge + in;
        for (int32_t i = topology->entry_first[directed]; i < topology->entry_first[directed + 1] && enters_ms[in] != XD_WAY_NONE; i++) {
            const int32_t arc = topology->entry_arc[i], component = graph->component[topology->tail[arc]];
            for (int out = 0; out < XD_DIRECTIONS_N && graph->turn[arc].cost_ms < XD_FAR_WAY; out++)
                if (leaves_ms[out] != XD_WAY_NONE && graph->component[topology->arrival[2 * from->edge + out]] == component)
                    return true;
        }
    }
    return false;
}

static bool serves(const struct xd_county_profile *profile, int32_t point)
{
    if (profile->matrix)
        return xd_matrix_reachable(profile->matrix, 0, point) && xd_matrix_reachable(profile->matrix, point, 0);
    return profile->snaps[0].status == XD_SNAP_OK && profile->snaps[point].status == XD_SNAP_OK &&
           leads_to(profile->graph, &profile->snaps[0], &profile->snaps[point]) &&
           leads_to(profile->graph, &profile->snaps[point], &profile->snaps[0]);
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
