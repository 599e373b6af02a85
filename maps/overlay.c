/* Each closure in force marks the pieces of the roads that it can touch; the marks become ranges. */
#include "maps/overlay.h"

#include "base/alloc.h"
#include "maps/overlay_shape.h"
#include "maps/topology.h"

#include <stdlib.h>
#include <string.h>

struct box {
    int32_t west, south, east, north;
};

struct building {
    struct xd_overlay *overlay;
    struct box *road_box; /* roads_n */
    struct xd_position *points;
    uint8_t *touched;
    double *scratch; /* these three: for the longest road */
    size_t capacity;
};

static struct box box_of(const struct xd_network *network, int32_t road)
{
    struct box box = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    for (int64_t i = network->first_node[road]; i < network->first_node[road + 1]; i++) {
        const struct xd_position at = network->node_position[network->road_node[i]];
        box.west = at.lon_e7 < box.west ? at.lon_e7 : box.west;
        box.east = at.lon_e7 > box.east ? at.lon_e7 : box.east;
        box.south = at.lat_e7 < box.south ? at.lat_e7 : box.south;
        box.north = at.lat_e7 > box.north ? at.lat_e7 : box.north;
    }
    return box;
}

static enum xd_status prepare(struct building *building, struct xd_error *error)
{
    const struct xd_network *network = building->overlay->network;
    int64_t longest_n = 0;
    building->road_box = xd_alloc((size_t)network->roads_n + 1, sizeof *building->road_box);
    for (int32_t r = 0; r < network->roads_n && building->road_box; r++) {
        const int64_t n = network->first_node[r + 1] - network->first_node[r];
        longest_n = n > longest_n ? n : longest_n;
        building->road_box[r] = box_of(network, r);
    }
    building->points = xd_alloc((size_t)longest_n + 1, sizeof *building->points);
    building->touched = xd_alloc((size_t)longest_n + 1, 1);
    building->scratch = xd_alloc(2 * (size_t)longest_n + 1, sizeof *building->scratch);
    if (!building->road_box || !building->points || !building->touched || !building->scratch)
        return xd_fail_memory(error, "the roads that closures touch", (size_t)network->roads_n * sizeof *building->road_box);
    return XD_OK;
}

static enum xd_status add_range(struct building *building, int32_t closure, int64_t first, int64_t end, uint8_t directions, struct xd_error *error)
{
    struct xd_overlay *overlay = building->overlay;
    const struct xd_closure *told = &overlay->closures->items[closure];
    enum xd_status status = xd_array_reserve((void **)&overlay->ranges, &building->capacity, (size_t)overlay->ranges_n + 1, sizeof *overlay->ranges,
                                             XD_OVERLAY_RANGES_MAX, "stretches of road under closures", error);
    if (status == XD_OK)
        overlay->ranges[overlay->ranges_n++] = (struct xd_overlay_range){
            .first = first,
            .end = end,
            .profiles = told->profiles,
            .closure = closure,
            .max_kmh = told->speed_percent == 0 ? 0
                       : told->max_kmh > 0      ? told->max_kmh
                                                : INT32_MAX,
            .percent = (uint8_t)(told->speed_percent == 0 ? 100 : told->speed_percent),
            .directions = directions,
        };
    return status;
}

/* The road's marks in touched[] become ranges and are counted. */
static enum xd_status add_road(struct building *building, int32_t closure, int32_t road, struct xd_error *error)
{
    const struct xd_network *network = building->overlay->network;
    struct xd_closure_extent *extent = &building->overlay->extents[closure];
    const int64_t first = network->first_node[road], pieces_n = network->first_node[road + 1] - first - 1;
    enum xd_status status = XD_OK;
    for (int64_t from = 0, to; from < pieces_n && status == XD_OK; from = to) {
        to = from + 1;
        if (building->touched[from] == 0)
            continue;
        while (to < pieces_n && building->touched[to] == building->touched[from])
            to++;
        status = add_range(building, closure, first + from, first + to, building->touched[from], error);
        extent->pieces_n += to - from;
        for (int64_t piece = from; piece < to; piece++)
            extent->length_cm += xd_topology_piece_cm(network, first + piece);
    }
    return status;
}

static int32_t first_road_of(const struct xd_network *network, int64_t way)
{
    int32_t low = 0, high = network->roads_n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (network->road_osm_id[middle] < way)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_way(const struct xd_network *network, int64_t way)
{
    const int32_t road = first_road_of(network, way);
    return road < network->roads_n && network->road_osm_id[road] == way;
}

static enum xd_status add_ways(struct building *building, int32_t closure, struct xd_error *error)
{
    const struct xd_network *network = building->overlay->network;
    const struct xd_closure *told = &building->overlay->closures->items[closure];
    enum xd_status status = XD_OK;
    for (int32_t w = 0; w < told->ways_n && status == XD_OK; w++) {
        int32_t road = first_road_of(network, told->ways[w]);
        building->overlay->extents[closure].ways_missing_n += !has_way(network, told->ways[w]);
        for (; road < network->roads_n && network->road_osm_id[road] == told->ways[w] && status == XD_OK; road++) {
            memset(building->touched, told->directions, (size_t)(network->first_node[road + 1] - network->first_node[road]));
            status = add_road(building, closure, road, error);
        }
    }
    return status;
}

static enum xd_status add_shape(struct building *building, int32_t closure, struct xd_error *error)
{
    const struct xd_network *network = building->overlay->network;
    struct xd_shape shape;
    enum xd_status status = xd_shape_prepare(&building->overlay->closures->items[closure], &shape, error);
    for (int32_t r = 0; r < network->roads_n && status == XD_OK; r++) {
        const struct box box = building->road_box[r];
        if (box.west > shape.box.east || box.east < shape.box.west || box.south > shape.box.north || box.north < shape.box.south)
            continue;
        const int64_t first = network->first_node[r];
        const int32_t points_n = (int32_t)(network->first_node[r + 1] - first);
        for (int32_t i = 0; i < points_n; i++)
            building->points[i] = network->node_position[network->road_node[first + i]];
        xd_shape_touch(&shape, building->points, points_n, building->touched, building->scratch);
        status = add_road(building, closure, r, error);
    }
    xd_shape_free(&shape);
    return status;
}

static int by_first(const void *a, const void *b)
{
    const struct xd_overlay_range *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->closure > y->closure) - (x->closure < y->closure);
}

static void index_ranges(struct xd_overlay *overlay)
{
    int32_t at = 0;
    if (overlay->ranges_n > 0)
        qsort(overlay->ranges, (size_t)overlay->ranges_n, sizeof *overlay->ranges, by_first);
    for (int32_t r = 0; r < overlay->network->roads_n; r++) {
        overlay->first_range[r] = at;
        while (at < overlay->ranges_n && overlay->ranges[at].first < overlay->network->first_node[r + 1])
            at++;
    }
    overlay->first_range[overlay->network->roads_n] = at;
}

static enum xd_status fill(struct building *building, int64_t day, struct xd_error *error)
{
    struct xd_overlay *overlay = building->overlay;
    enum xd_status status = prepare(building, error);
    for (int32_t c = 0; c < overlay->closures->items_n && status == XD_OK; c++) {
        if (!xd_closure_in_force(&overlay->closures->items[c], day))
            continue;
        overlay->extents[c].in_force = true;
        overlay->in_force_n++;
        status = overlay->closures->items[c].shape == XD_CLOSURE_WAYS ? add_ways(building, c, error) : add_shape(building, c, error);
    }
    if (status == XD_OK)
        index_ranges(overlay);
    xd_free(building->road_box);
    xd_free(building->points);
    xd_free(building->touched);
    xd_free(building->scratch);
    return status;
}

enum xd_status xd_overlay_build(const struct xd_network *network, const struct xd_profiles *profiles, const struct xd_closures *closures, int64_t day,
                                struct xd_overlay **overlay, struct xd_error *error)
{
    struct xd_overlay *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the roads that closures touch", sizeof *made);
    *made = (struct xd_overlay){.network = network, .profiles = profiles, .closures = closures};
    made->first_range = xd_alloc((size_t)network->roads_n + 1, sizeof *made->first_range);
    made->extents = xd_alloc_zero((size_t)closures->items_n + 1, sizeof *made->extents);
    struct building building = {.overlay = made};
    enum xd_status status = made->first_range && made->extents
                                ? fill(&building, day, error)
                                : xd_fail_memory(error, "the roads that closures touch", (size_t)network->roads_n * sizeof *made->first_range);
    if (status == XD_OK)
        *overlay = made;
    else
        xd_overlay_free(made);
    return status;
}

void xd_overlay_free(struct xd_overlay *overlay)
{
    if (!overlay)
        return;
    xd_free(overlay->first_range);
    xd_free(overlay->ranges);
    xd_free(overlay->extents);
    xd_free(overlay);
}

/* ---- asking ---- */

uint32_t xd_overlay_bit(const struct xd_overlay *overlay, const struct xd_profile *profile)
{
    const struct xd_profile *found = overlay && overlay->profiles ? xd_profile_find(overlay->profiles, profile->name) : NULL;
    return found ? UINT32_C(1) << (found - overlay->profiles->items) : 0;
}

struct xd_overlay_effect xd_overlay_effect_of(const struct xd_overlay *overlay, uint32_t bit, int32_t road, int64_t place, int direction)
{
    const uint8_t way = direction ? XD_CLOSURE_BACKWARD : XD_CLOSURE_FORWARD;
    struct xd_overlay_effect effect = {INT32_MAX, 100};
    for (int32_t i = overlay->first_range[road]; i < overlay->first_range[road + 1] && overlay->ranges[i].first <= place; i++) {
        const struct xd_overlay_range *range = &overlay->ranges[i];
        const bool holds = range->profiles == XD_CLOSURE_ALL_PROFILES || (range->profiles & bit);
        if (place >= range->end || !holds || !(range->directions & way))
            continue;
        effect.max_kmh = range->max_kmh < effect.max_kmh ? range->max_kmh : effect.max_kmh;
        effect.percent = range->percent < effect.percent ? range->percent : effect.percent;
    }
    return effect;
}

static void review_ways(const struct xd_overlay *overlay, int32_t closure, struct xd_location at, struct xd_diagnostics *diagnostics)
{
    const struct xd_closure *told = &overlay->closures->items[closure];
    for (int32_t w = 0; w < told->ways_n; w++)
        if (!has_way(overlay->network, told->ways[w]))
            xd_diagnostics_warn(diagnostics, at, "closure %.60s: way %lld is not in the map, or is no road; it closes nothing", told->name,
                                (long long)told->ways[w]);
}

void xd_overlay_review(const struct xd_overlay *overlay, struct xd_diagnostics *diagnostics)
{
    static const char *const fields[] = {
        [XD_CLOSURE_WAYS] = "way", [XD_CLOSURE_AREA] = "geometry", [XD_CLOSURE_LINE] = "geometry", [XD_CLOSURE_CIRCLE] = "radius_m"};
    for (int32_t c = 0; c < overlay->closures->items_n; c++) {
        const struct xd_closure *told = &overlay->closures->items[c];
        const struct xd_location at = xd_at_cell(told->source, told->line, told->column, fields[told->shape]);
        if (overlay->extents[c].ways_missing_n > 0)
            review_ways(overlay, c, at, diagnostics);
        if (!overlay->extents[c].in_force || overlay->extents[c].pieces_n > 0 || told->shape == XD_CLOSURE_WAYS)
            continue;
        if (told->shape == XD_CLOSURE_AREA)
            xd_diagnostics_warn(diagnostics, at, "closure %.60s: no road lies within the polygon; it closes nothing", told->name);
        else if (told->shape == XD_CLOSURE_LINE)
            xd_diagnostics_warn(diagnostics, at, "closure %.60s: no road runs along the line within %ld m; it closes nothing", told->name,
                                (long)told->reach_m);
        else
            xd_diagnostics_warn(diagnostics, at, "closure %.60s: no road lies within %ld m of the position; it closes nothing", told->name,
                                (long)told->reach_m);
    }
}
