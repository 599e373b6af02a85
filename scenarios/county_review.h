/* What a planner should look at before believing a plan of this county. Nothing here stops a plan: all are warnings. */
#ifndef XD_SCENARIOS_COUNTY_REVIEW_H
#define XD_SCENARIOS_COUNTY_REVIEW_H

#include "scenarios/county.h"

enum { XD_REVIEW_UNPLACED_TOLD_MAX = 50, XD_REVIEW_OFF_ROAD_TOLD_MAX = 20 };

/* Warns, located in the tables, of
 *   places without a position, with the reason why the map gave none (the first XD_REVIEW_UNPLACED_TOLD_MAX, the others counted),
 *   places with goods that no road of the fleet reaches (the first XD_REVIEW_OFF_ROAD_TOLD_MAX, the others counted),
 *   places that closures cut off from the hub, or that are served from another road because theirs is closed (as many),
 *   positions that seem to be in another crs (scenarios/county_crs.h),
 *   refrigerated goods without a refrigerated vehicle,
 *   vehicle types whose base has no way to the hub and back, and those that reach no place and come back within range, duty and shift (needs the tables; left out before xd_county_tables).
 * Cost: O(places * profiles + map places * XD_REVIEW_UNPLACED_TOLD_MAX). Threads: none. */
void xd_county_review(const struct xd_county *county, struct xd_diagnostics *diagnostics);

#endif
