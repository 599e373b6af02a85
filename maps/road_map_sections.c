#include "maps/road_map_sections.h"

struct facts {
    int64_t ordered_work;
};

void xd_road_map_list(const struct xd_road_map *map, struct xd_sections *sections)
{
    const struct facts facts = {map->ordered_work};
    (void)xd_section_copy(sections, &facts, sizeof facts);
    xd_topology_list(map->topology, sections);
    xd_snap_index_list(map->index, sections);
    xd_hierarchy_list(map->hierarchy, sections);
}

enum xd_status xd_road_map_take(struct xd_sections *sections, const struct xd_network *network, struct xd_road_map *map, struct xd_error *error)
{
    const struct facts *facts = xd_section_copy(sections, NULL, sizeof *facts);
    *map = (struct xd_road_map){0};
    if (sections->is_wrong)
        return XD_OK;
    map->ordered_work = facts->ordered_work;
    enum xd_status status = xd_topology_take(sections, network, &map->topology, error);
    if (status == XD_OK && !sections->is_wrong)
        status = xd_snap_index_take(sections, map->topology, &map->index, error);
    if (status == XD_OK && !sections->is_wrong)
        status = xd_hierarchy_take(sections, map->topology, &map->hierarchy, error);
    if (status != XD_OK || sections->is_wrong)
        xd_road_map_free(map);
    return status;
}
