#include "scenarios/county_review.h"

#include "scenarios/county_crs.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int32_t radius_m(const struct xd_county *county)
{
    return (int32_t)county->scenario->parameters.value[XD_PARAMETER_SNAP_RADIUS_M];
}

static void warn_unplaced(const struct xd_county *county, const struct xd_place *place, bool has_goods, struct xd_diagnostics *diagnostics)
{
    const struct xd_places *places = &county->scenario->places;
    const struct xd_location at = xd_at_cell(county->scenario->places_path, place->line, 0, "lon");
    const char *result = xd_message(has_goods                         ? "it cannot be served"
                                    : place->tier == XD_TIER_TOWNSHIP ? "its villages are looked for without it"
                                                                      : "no goods go there");
    int32_t same_n = 0;
    for (int32_t i = 0; i < county->network->map_places_n; i++) {
        const struct xd_map_place *map_place = &county->network->map_places[i];
        same_n += strcmp(map_place->name, place->name) == 0 || strcmp(map_place->name_zh, place->name) == 0 ? 1 : 0;
    }
    if (same_n == 0)
        xd_diagnostics_warn(diagnostics, at, "%s has no position and the map has no place of that name: %s; give lon and lat, or the name on the map",
                            place->name, result);
    else if (place->parent >= 0 && places->items[place->parent].source != XD_PLACE_UNPLACED)
        xd_diagnostics_warn(diagnostics, at,
                            "%s has no position and no place of that name on the map (%" PRId32
                            " found) lies within %d km of its parent %s: %s; give lon and lat, or correct the parent",
                            place->name, same_n, XD_PLACES_MATCH_RADIUS_M / 1000, places->items[place->parent].name, result);
    else
        xd_diagnostics_warn(diagnostics, at,
                            "%s has no position, the map has %" PRId32
                            " places of that name and no parent with a position tells which: %s; give lon and lat",
                            place->name, same_n, result);
}

static void review_places(const struct xd_county *county, struct xd_diagnostics *diagnostics)
{
    const struct xd_scenario *scenario = county->scenario;
    int32_t off_n = 0, unplaced_n = 0;
    for (int32_t i = 0; i < scenario->places.items_n; i++)
        if (scenario->places.items[i].source == XD_PLACE_UNPLACED && unplaced_n++ < XD_REVIEW_UNPLACED_TOLD_MAX)
            warn_unplaced(county, &scenario->places.items[i], county->place_point[i] >= 0 && county->place_point[i] < county->goods_points_n,
                          diagnostics);
    if (unplaced_n > XD_REVIEW_UNPLACED_TOLD_MAX)
        xd_diagnostics_warn(diagnostics, xd_at_file(scenario->places_path),
                            "%" PRId32 " more places have no position; xiangdao network check MAP SCENARIO lists all",
                            unplaced_n - XD_REVIEW_UNPLACED_TOLD_MAX);
    for (int32_t point = 1; point < county->goods_points_n; point++) {
        const struct xd_place *place = &scenario->places.items[county->point_place[point]];
        const struct xd_snap *snap = xd_county_snap(county, point);
        if (place->source == XD_PLACE_UNPLACED || snap->status == XD_SNAP_OK || xd_county_is_cut_off(county, point) ||
            off_n++ >= XD_REVIEW_OFF_ROAD_TOLD_MAX)
            continue;
        const struct xd_location at = xd_at_cell(scenario->places_path, place->line, 0, "lon");
        if (snap->status == XD_SNAP_ISLAND)
            xd_diagnostics_warn(diagnostics, at,
                                "%s cannot be served: the roads within %" PRId32
                                " m do not lead to the hub and back; correct its position, or the map",
                                place->name, radius_m(county));
        else if (snap->status == XD_SNAP_CLOSED)
            xd_diagnostics_warn(diagnostics, at,
                                "%s cannot be served: no vehicle of the fleet may use the roads within %" PRId32 " m; correct the profile or the map",
                                place->name, radius_m(county));
        else if (snap->distance_m >= 0)
            xd_diagnostics_warn(diagnostics, at,
                                "%s cannot be served: the nearest road is %" PRId32 " m away, expected at most %" PRId32
                                " m (snap_radius_m); correct its position or crs, draw the road in extra_roads, or allow a straight line "
                                "(connector_m)",
                                place->name, snap->distance_m, radius_m(county));
        else
            xd_diagnostics_warn(diagnostics, at,
                                "%s cannot be served: there is no road within %" PRId32 " m; is it the right map, and the right crs?", place->name,
                                10 * radius_m(county));
    }
    if (off_n > XD_REVIEW_OFF_ROAD_TOLD_MAX)
        xd_diagnostics_warn(diagnostics, xd_at_file(scenario->places_path),
                            "%" PRId32 " more places cannot be served; xiangdao network check MAP SCENARIO lists all",
                            off_n - XD_REVIEW_OFF_ROAD_TOLD_MAX);
}

/* Who is served over a line that nobody has seen. */
static void review_connectors(const struct xd_county *county, struct xd_diagnostics *diagnostics)
{
    int32_t told_n = 0;
    for (int32_t point = 0; point < county->points_n; point++) {
        const struct xd_place *place = &county->scenario->places.items[county->point_place[point]];
        const struct xd_snap *longest = NULL;
        for (int32_t p = 0; p < county->profiles_n; p++) {
            const struct xd_snap *snap = &county->profiles[p].snaps[point];
            if (snap->connector_m > 0 && (!longest || snap->connector_m > longest->connector_m))
                longest = snap;
        }
        if (!longest || told_n++ >= XD_REVIEW_OFF_ROAD_TOLD_MAX)
            continue;
        xd_diagnostics_warn(diagnostics, xd_at_cell(county->scenario->places_path, place->line, 0, "lon"),
                            "%s lies beyond the last road: a straight line of %" PRId32 " m stands in for the way there, %" PRId32
                            " min each way (connector_m, connector_kmh); better draw the road in extra_roads",
                            place->name, longest->connector_m, (longest->connector_s + 30) / 60);
    }
    if (told_n > XD_REVIEW_OFF_ROAD_TOLD_MAX)
        xd_diagnostics_warn(diagnostics, xd_at_file(county->scenario->places_path),
                            "%" PRId32 " more places are reached by a straight line; xiangdao network check MAP SCENARIO lists all",
                            told_n - XD_REVIEW_OFF_ROAD_TOLD_MAX);
}

static void review_crs(const struct xd_county *county, struct xd_diagnostics *diagnostics)
{
    struct xd_crs_judgement judgement;
    struct xd_error error;
    if (xd_county_judge_crs(county, &judgement, &error) != XD_OK) {
        xd_diagnostics_add(diagnostics, &error);
        return;
    }
    const struct xd_crs_reading *told = &judgement.readings[judgement.told], *likely = &judgement.readings[judgement.likely];
    if (judgement.likely != judgement.told)
        xd_diagnostics_warn(diagnostics, xd_at_cell(county->scenario->places_path, 0, 0, "lon"),
                            "the positions seem to be in another crs: read as %s, as the scenario says, half of %" PRId32
                            " places lie more than %" PRId32 " m from the roads, as %s %" PRId32 " m, and %" PRId32
                            " of them nearer than now; write `crs: %s` in scenario.yaml",
                            xd_crs_name(judgement.told), judgement.places_n, told->median_m, xd_crs_name(judgement.likely), likely->median_m,
                            likely->nearer_n, xd_crs_name(judgement.likely));
    if (judgement.strays_n > 0)
        xd_diagnostics_warn(
            diagnostics, xd_at_cell(county->scenario->places_path, 0, 0, "lon"),
            "%" PRId32 " of %" PRId32 " places seem to be %s, among them %s and %s, while the others are %s, as the scenario says; bring "
            "them into one crs (xiangdao network check MAP SCENARIO lists them)",
            judgement.strays_n, judgement.places_n, xd_crs_name(judgement.strays_crs), county->scenario->places.items[judgement.strays[0]].name,
            county->scenario->places.items[judgement.strays[1]].name, xd_crs_name(judgement.told));
}

/* The first profile that serves the point from another piece of road than without closures; NULL: none, or some profile stays. */
static const struct xd_county_profile *moved_profile(const struct xd_county *county, int32_t point)
{
    const struct xd_county_profile *moved = NULL;
    for (int32_t p = 0; p < county->profiles_n; p++) {
        const struct xd_snap *open = &county->profiles[p].open_snaps[point], *now = &county->profiles[p].snaps[point];
        if (open->status != XD_SNAP_OK || now->status != XD_SNAP_OK)
            continue;
        if (open->edge == now->edge && open->piece == now->piece)
            return NULL;
        moved = moved ? moved : &county->profiles[p];
    }
    return moved;
}

/* Whom closures cut off, and whom they move to another road. */
static void review_closures(const struct xd_county *county, struct xd_diagnostics *diagnostics)
{
    int32_t told_n = 0;
    for (int32_t point = 1; point < county->points_n && county->overlay; point++) {
        const struct xd_place *place = &county->scenario->places.items[county->point_place[point]];
        const bool cut_off = xd_county_is_cut_off(county, point);
        const struct xd_county_profile *moved = cut_off ? NULL : moved_profile(county, point);
        const struct xd_location at = xd_at_cell(county->scenario->places_path, place->line, 0, "name");
        if ((!cut_off && !moved) || told_n++ >= XD_REVIEW_OFF_ROAD_TOLD_MAX)
            continue;
        if (cut_off)
            xd_diagnostics_warn(diagnostics, at, "%s cannot be served: closures cut it off from the hub", place->name);
        else
            xd_diagnostics_warn(diagnostics, at,
                                "%s lies at a road that a closure closes: it is served from the nearest open one, %" PRId32
                                " m away instead of %" PRId32 " m",
                                place->name, moved->snaps[point].distance_m, moved->open_snaps[point].distance_m);
    }
    if (told_n > XD_REVIEW_OFF_ROAD_TOLD_MAX)
        xd_diagnostics_warn(
            diagnostics, xd_at_file(county->scenario->places_path),
            "%" PRId32 " more places are cut off by closures or served from other roads; xiangdao network check MAP SCENARIO lists those cut off",
            told_n - XD_REVIEW_OFF_ROAD_TOLD_MAX);
}

static void review_cold(const struct xd_county *county, struct xd_diagnostics *diagnostics)
{
    const struct xd_scenario *scenario = county->scenario;
    int32_t rows_n = 0, first_line = 0;
    for (int32_t t = 0; t < scenario->fleet_n; t++)
        if (scenario->fleet[t].cold && scenario->fleet[t].count > 0)
            return;
    for (int32_t i = 0; i < scenario->demand_n; i++) {
        if (!scenario->demand[i].cold)
            continue;
        first_line = rows_n++ == 0 ? scenario->demand[i].line : first_line;
    }
    if (rows_n > 0)
        xd_diagnostics_warn(diagnostics, xd_at_cell(scenario->demand_path, first_line, 0, "cold"),
                            "%" PRId32 " rows of goods need a refrigerated vehicle and the fleet has none: they stay unserved; add one to the fleet "
                            "(cold yes), or write no under cold here",
                            rows_n);
}

/* There and back to a stop that the type may serve, from its base and home, ignoring all but distance and time. */
static bool serves_any(const struct xd_county *county, int32_t index, int64_t *shortest_m)
{
    const struct xd_fleet_type *type = &county->scenario->fleet[index];
    const struct xd_matrix *matrix = county->profiles[county->type_profile[index]].matrix;
    const int64_t duty_s = type->duty_max_s > 0 ? type->duty_max_s : INT32_MAX;
    bool any = false;
    const struct xd_base_legs base = xd_county_base_legs(county, index);
    *shortest_m = -1;
    for (int32_t point = 1; base.reachable && point < county->goods_points_n; point++) {
        if (!xd_matrix_reachable(matrix, 0, point) || !xd_matrix_reachable(matrix, point, 0))
            continue;
        const size_t there = xd_matrix_cell(matrix, 0, point), back = xd_matrix_cell(matrix, point, 0);
        const int64_t length_m = base.approach_m + matrix->length_m[there] + matrix->length_m[back] + base.homeward_m;
        const int64_t time_s = base.approach_s + matrix->time_s[there] + matrix->time_s[back] + base.homeward_s;
        if (*shortest_m < 0 || length_m < *shortest_m)
            *shortest_m = length_m;
        any = any || (length_m <= type->range_m && time_s <= duty_s && time_s <= type->shift_end_s - type->shift_start_s);
    }
    return any;
}

/* A base from which there is no way to the hub and back. */
static void warn_base(const struct xd_county *county, int32_t index, struct xd_diagnostics *diagnostics)
{
    const struct xd_fleet_type *type = &county->scenario->fleet[index];
    const struct xd_place *base = &county->scenario->places.items[type->base];
    const struct xd_snap *snap = &county->profiles[county->type_profile[index]].snaps[xd_county_base_point(county, index)];
    const struct xd_location at = xd_at_cell(county->scenario->fleet_path, type->line, 0, "base");
    if (base->source == XD_PLACE_UNPLACED)
        xd_diagnostics_warn(diagnostics, at, "%s has its base at %s, which has no position: it will not drive; give the place's lon and lat",
                            type->key, base->name);
    else if (snap->status != XD_SNAP_OK)
        xd_diagnostics_warn(diagnostics, at,
                            "%s has its base at %s, but no road within %" PRId32
                            " m leads from there that its profile %s may use: it will not drive; correct the place's position, or give another base",
                            type->key, base->name, radius_m(county), type->profile);
    else
        xd_diagnostics_warn(
            diagnostics, at,
            "%s has its base at %s and no way from there to the hub and back on roads that its profile %s may use: it will not drive; "
            "give another base",
            type->key, base->name, type->profile);
}

static void review_types(const struct xd_county *county, struct xd_diagnostics *diagnostics)
{
    const struct xd_scenario *scenario = county->scenario;
    for (int32_t t = 0; t < scenario->fleet_n; t++) {
        const struct xd_fleet_type *type = &scenario->fleet[t];
        int64_t shortest_m;
        if (type->count == 0)
            continue;
        if (!xd_county_base_legs(county, t).reachable) {
            warn_base(county, t, diagnostics);
            continue;
        }
        if (serves_any(county, t, &shortest_m))
            continue;
        const struct xd_location at = xd_at_cell(scenario->fleet_path, type->line, 0, shortest_m < 0 ? "profile" : "range_km");
        if (shortest_m < 0)
            xd_diagnostics_warn(diagnostics, at, "%s reaches no place from the hub on roads that its profile %s may use; it will not drive",
                                type->key, type->profile);
        else
            xd_diagnostics_warn(diagnostics, at,
                                "%s cannot serve any place within its range, shift and longest duty: the nearest is %" PRId64 ".%" PRId64
                                " km there and back%s; it will not drive",
                                type->key, shortest_m / 1000, shortest_m % 1000 / 100,
                                xd_county_base_point(county, t) > 0 ? xd_message(", with the ways from and to its base") : "");
    }
}

void xd_county_review(const struct xd_county *county, struct xd_diagnostics *diagnostics)
{
    review_crs(county, diagnostics);
    review_places(county, diagnostics);
    review_connectors(county, diagnostics);
    review_closures(county, diagnostics);
    review_cold(county, diagnostics);
    if (county->profiles_n > 0 && county->profiles[county->profiles_n - 1].matrix)
        review_types(county, diagnostics);
}
