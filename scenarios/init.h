/* A complete scenario from nothing but a map: places from place=*, a hub, default fleet and demand. All of it labelled as assumed. */
#ifndef XD_SCENARIOS_INIT_H
#define XD_SCENARIOS_INIT_H

#include "scenarios/scenario.h"

/* Villages: place=village|hamlet (every one). Townships: place=town|city, the nearest becomes the parent. Hub: the largest city or town (population,
 * then kind, then roads near, then id), moved to the nearest road junction. Demand: parcels by the population tag or the lognormal of the
 * domain notes, drawn with addressed streams from seed; produce for a share of villages. Fleet: enough of each default type for the demand.
 * Errors: XD_DATA "the map holds no place=village or place=hamlet ..." with what it does hold and what to do. */
XD_MUST_CHECK enum xd_status xd_scenario_from_map(const struct xd_network *network, const char *name, uint64_t seed, struct xd_scenario **scenario, struct xd_error *error);

/* The default fleet table of the domain notes (counts 0), also used by synth. Returns the number of types. */
int32_t xd_fleet_defaults(struct xd_fleet_type types[XD_FLEET_TYPES_MAX]);

#endif
