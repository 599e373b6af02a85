/* A complete scenario from nothing but a map: places from place=*, a hub, default fleet and demand. All of it labelled as assumed. */
#ifndef XD_SCENARIOS_INIT_H
#define XD_SCENARIOS_INIT_H

#include "maps/standard_roads.h"
#include "scenarios/scenario.h"

/* How the fleet is counted (X), for the comment in a written scenario: minivans carry all that fits into them, with twice the capacity needed and half as
 * many working days again as estimated; a light truck for each larger load; refrigerated vehicles likewise for cold goods; two spare of each type, a
 * tricycle and an electric van more for every 20 places. Vehicles that stay at the hub cost nothing. */
#define XD_INIT_FLEET_RULE                                                                                                                           \
    "minivans: twice the capacity that the goods need, or 1.5 times the estimated working days; light trucks: one a load larger than a minivan; "    \
    "refrigerated: as minivans, for cold goods; tricycles and electric vans: one per 20 places; 2 spare of each (assumed; unused vehicles cost "     \
    "nothing)"
#define XD_INIT_FLEET_RULE_ZH                                                                                                                                                                                   \
    "微面:按货量所需装载能力的2倍,或估算工作日的1.5倍;轻卡:每个超过微面装载量的货点一辆;冷藏车:冷链货物同微面算法;三轮和新能源车:每20个村点一辆;" \
    "各加2辆备用(假设;未出车不计成本)"

/* Villages: place=village|hamlet (every one). Townships: place=town|city, the nearest becomes the parent. Hub: the largest city or town (population, then
 * kind, then roads near, then the lower id; the largest village where there is no town), moved to the nearest junction that a light truck may use when no
 * such road is within the snap radius. Demand: parcels by the population tag or the lognormal of the domain notes, drawn with addressed streams from seed;
 * produce for a share of villages. Fleet: XD_INIT_FLEET_RULE. Codes "n<osm id>" (w of ways, r of relations), the hub "hub"; map_path "" (the caller
 * knows the file). Borrows profiles, which must have a light_truck; standard: as xd_county_open.
 * Errors: XD_DATA "the map holds no place=village or place=hamlet ..." with what it does hold and what to do, XD_DATA above XD_PLACES_MAX, XD_NO_MEMORY.
 * Cost: O(network + places * townships). */
XD_MUST_CHECK enum xd_status xd_scenario_from_map(const struct xd_network *network, struct xd_standard_roads *standard,
                                                  const struct xd_profiles *profiles, const char *name, uint64_t seed, struct xd_scenario **scenario,
                                                  struct xd_error *error);

/* The default fleet table of the domain notes (counts 0), also used by synth. Returns the number of types. */
int32_t xd_fleet_defaults(struct xd_fleet_type types[XD_FLEET_TYPES_MAX]);

#endif
