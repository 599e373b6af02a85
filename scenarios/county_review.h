/* What a planner should look at before believing a plan of this county. Nothing here stops a plan: all are warnings. */
#ifndef XD_SCENARIOS_COUNTY_REVIEW_H
#define XD_SCENARIOS_COUNTY_REVIEW_H

#include "scenarios/county.h"

enum { XD_REVIEW_UNPLACED_TOLD_MAX = 50, XD_REVIEW_OFF_ROAD_TOLD_MAX = 20 };

/* Warns, located in the tables, of
 *   places without a position, with the reason why the map gave none (the first XD_REVIEW_UNPLACED_TOLD_MAX, the others counted),
 *   places with goods that no road of the fleet reaches (the first XD_REVIEW_OFF_ROAD_TOLD_MAX, the others counted),
 *   positions that lie nearer to the roads when they are read in another crs (needs 8 places and a mean of 100 m),
 *   refrigerated goods without a refrigerated vehicle,
 *   vehicle types whose base has no way to the hub and back, and those that reach no place and come back within range, duty and shift (needs the tables; left out before xd_county_tables).
 * Cost: O(places * profiles + map places * XD_REVIEW_UNPLACED_TOLD_MAX). Threads: none. */
void xd_county_review(const struct xd_county *county, struct xd_diagnostics *diagnostics);

/* The crs in which the given positions lie nearest to the roads, with the mean distances (each at most the snap radius) as read and as that;
 * the scenario's own unless another is better by far: from 100 m or more to six tenths or less, over at least 8 places. */
enum xd_crs xd_county_likely_crs(const struct xd_county *county, int32_t *mean_m, int32_t *likely_m);

#endif
