#include "app/extra_roads.h"

#include "app/workspace.h"
#include "io/tables/extra_roads_read.h"

static enum xd_status extend(const struct xd_extra_roads *roads, struct xd_opened_map *map, struct xd_extend_counts *counts,
                             struct xd_diagnostics *diagnostics)
{
    struct xd_network *extended = NULL;
    struct xd_extend_counts added = {0};
    if (roads->items_n == 0)
        return XD_OK;
    const enum xd_status status = xd_network_extend(map->network, roads->items, roads->items_n, diagnostics, &extended, &added);
    if (status != XD_OK)
        return status;
    xd_app_map_replace(map, extended);
    if (counts) {
        counts->roads_n += added.roads_n;
        counts->points_n += added.points_n;
        counts->length_m += added.length_m;
        counts->joined_at_nodes_n += added.joined_at_nodes_n;
        counts->joined_on_pieces_n += added.joined_on_pieces_n;
        counts->joined_to_extra_n += added.joined_to_extra_n;
        counts->ends_open_n += added.ends_open_n;
    }
    return XD_OK;
}

enum xd_status xd_app_extra_roads_add(const struct xd_extra_roads *of_scenario, const char *path, enum xd_crs crs, struct xd_opened_map *map,
                                      struct xd_extend_counts *counts, struct xd_error *error)
{
    struct xd_diagnostics diagnostics = {0};
    struct xd_extra_roads of_file = {0};
    enum xd_status status = of_scenario ? extend(of_scenario, map, counts, &diagnostics) : XD_OK;
    if (status == XD_OK && path)
        status = xd_extra_roads_read(path, crs, XD_ENCODING_AUTO, &diagnostics, &of_file);
    if (status == XD_OK)
        status = extend(&of_file, map, counts, &diagnostics);
    status = xd_diagnostics_take_last(&diagnostics, error, status);
    xd_extra_roads_free(&of_file);
    xd_diagnostics_free(&diagnostics);
    return status;
}
