/* The parts that xd_scenario_from_map is made of. Internal. */
#ifndef XD_SCENARIOS_INIT_PARTS_H
#define XD_SCENARIOS_INIT_PARTS_H

#include "scenarios/init.h"

/* Demand of every village: parcels by residents or drawn, produce for some. map_place[i]: the map's place of place i, -1 = none. */
XD_MUST_CHECK enum xd_status xd_init_demand(const struct xd_network *network, const int32_t *map_place, uint64_t seed, struct xd_scenario *scenario,
                                            struct xd_error *error);
/* The default types with counts by XD_INIT_FLEET_RULE. */
XD_MUST_CHECK enum xd_status xd_init_fleet(struct xd_scenario *scenario, struct xd_error *error);

#endif
