/* A network made ready for some vehicles: topology, index and, once asked for, the hierarchy. Vehicles, seasons and closures only weigh it
 * (xd_graph_weigh, xd_weights_take), in milliseconds. */
#ifndef XD_MAPS_ROAD_MAP_H
#define XD_MAPS_ROAD_MAP_H

#include "maps/hierarchy.h"
#include "maps/snap.h"

struct xd_road_map {
    struct xd_topology *topology;
    struct xd_snap_index *index;
    struct xd_hierarchy *hierarchy; /* NULL before xd_road_map_order, and where it was given up */
    int64_t ordered_work;           /* what xd_road_map_order was last allowed */
};

/* Fills *map, which owns its parts (xd_road_map_free); borrows the network. Errors as xd_topology_build. */
XD_MUST_CHECK enum xd_status xd_road_map_build(const struct xd_network *network, const struct xd_profile *const *profiles, int32_t profiles_n,
                                               bool turn_costs, struct xd_road_map *map, struct xd_error *error);
/* Once a map; again only when more work is allowed than before. Errors as xd_hierarchy_build. */
XD_MUST_CHECK enum xd_status xd_road_map_order(struct xd_road_map *map, int64_t work_max, const struct xd_progress *progress, struct xd_error *error);
void xd_road_map_free(struct xd_road_map *map);

#endif
