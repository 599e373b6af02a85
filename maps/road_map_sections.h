/* A road map without turn costs as sections (maps/sections.h). */
#ifndef XD_MAPS_ROAD_MAP_SECTIONS_H
#define XD_MAPS_ROAD_MAP_SECTIONS_H

#include "maps/road_map.h"
#include "maps/sections.h"

/* Cost: O(states + arcs). */
void xd_road_map_list(const struct xd_road_map *map, struct xd_sections *sections);
/* The next sections as a map of that network, which borrows their items. It has no topology where they are none (sections->is_wrong): everything that
 * indexes something is checked. Errors: XD_NO_MEMORY. Cost: O(pieces + arcs). */
XD_MUST_CHECK enum xd_status xd_road_map_take(struct xd_sections *sections, const struct xd_network *network, struct xd_road_map *map,
                                              struct xd_error *error);

/* The parts, in this order; *hierarchy stays NULL where none was listed. */
void xd_topology_list(const struct xd_topology *topology, struct xd_sections *sections);
XD_MUST_CHECK enum xd_status xd_topology_take(struct xd_sections *sections, const struct xd_network *network, struct xd_topology **topology,
                                              struct xd_error *error);
void xd_snap_index_list(const struct xd_snap_index *index, struct xd_sections *sections);
XD_MUST_CHECK enum xd_status xd_snap_index_take(struct xd_sections *sections, const struct xd_topology *topology, struct xd_snap_index **index,
                                                struct xd_error *error);
void xd_hierarchy_list(const struct xd_hierarchy *hierarchy, struct xd_sections *sections);
XD_MUST_CHECK enum xd_status xd_hierarchy_take(struct xd_sections *sections, const struct xd_topology *topology, struct xd_hierarchy **hierarchy,
                                               struct xd_error *error);

#endif
