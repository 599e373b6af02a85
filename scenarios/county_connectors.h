/* Places that vehicles come to by a straight line beyond the last road (xd_snap_connect): what every output flags. */
#ifndef XD_SCENARIOS_COUNTY_CONNECTORS_H
#define XD_SCENARIOS_COUNTY_CONNECTORS_H

#include "scenarios/county.h"

/* Points that some profile comes to by a line, the hub and the bases of vehicles among them. */
int32_t xd_county_connected_n(const struct xd_county *county);
bool xd_county_is_connected(const struct xd_county *county, int32_t point);

/* What of a plan's driving is on such lines: each is driven on coming and on going. */
struct xd_connector_use {
    int32_t visits_n; /* to places at the end of one */
    int64_t length_m, time_s;
};
struct xd_connector_use xd_county_connector_use(const struct xd_county *county, const struct xd_plan *plan);

/* Whether a parameter is one that the plan rests on without the planner having set it: all that are not given, but of lines only the speed of those there are. */
bool xd_county_assumes(const struct xd_county *county, int32_t parameter);

#endif
