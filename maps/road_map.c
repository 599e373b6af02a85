#include "maps/road_map.h"

enum xd_status xd_road_map_build(const struct xd_network *network, const struct xd_profile *const *profiles, int32_t profiles_n, bool turn_costs,
                                 struct xd_road_map *map, struct xd_error *error)
{
    *map = (struct xd_road_map){0};
    enum xd_status status = xd_topology_build(network, profiles, profiles_n, turn_costs, &map->topology, error);
    if (status == XD_OK)
        status = xd_snap_index_build(map->topology, &map->index, error);
    if (status != XD_OK)
        xd_road_map_free(map);
    return status;
}

enum xd_status xd_road_map_order(struct xd_road_map *map, int64_t work_max, const struct xd_progress *progress, struct xd_error *error)
{
    const int64_t most = xd_hierarchy_steps_most(map->topology);
    work_max = work_max < most ? work_max : most;
    if (map->hierarchy || work_max <= map->ordered_work)
        return XD_OK;
    enum xd_status status = xd_hierarchy_build(map->topology, work_max, progress, &map->hierarchy, error);
    if (status == XD_OK)
        map->ordered_work = work_max;
    return status;
}

void xd_road_map_free(struct xd_road_map *map)
{
    xd_hierarchy_free(map->hierarchy);
    xd_snap_index_free(map->index);
    xd_topology_free(map->topology);
    *map = (struct xd_road_map){0};
}
