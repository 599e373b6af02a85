/* The scenario of a synthetic county: its places, demand, and a fleet sized for them. */
#ifndef XD_SCENARIOS_SYNTH_SCENARIO_H
#define XD_SCENARIOS_SYNTH_SCENARIO_H

#include "maps/synth.h"
#include "scenarios/scenario.h"

/* Places keep their codes; every village asks for its parcels and sends its produce. Counts of the default fleet follow the day's mass.
 * Copies all it needs: the county may be freed. Errors: XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_scenario_from_synth(const struct xd_synth_county *county, struct xd_scenario **scenario, struct xd_error *error);

#endif
