/* Steps that opening a county and weighing it anew have in common. Private to scenarios/county*.c. */
#ifndef XD_SCENARIOS_COUNTY_PARTS_H
#define XD_SCENARIOS_COUNTY_PARTS_H

#include "scenarios/county.h"

XD_MUST_CHECK enum xd_status xd_county_profile_weigh(const struct xd_county *county, const struct xd_county_profile *profile,
                                                     const struct xd_overlay *overlay, struct xd_graph **graph, struct xd_error *error);
/* The hub must lie at a road that at least one vehicle of the fleet may use; the message tells of the vehicle that comes nearest. */
XD_MUST_CHECK enum xd_status xd_county_hub_check(const struct xd_county *county, struct xd_error *error);
/* made: profiles_n, all NULL; what was made is there after an error too. */
XD_MUST_CHECK enum xd_status xd_county_tables_make(const struct xd_county *county, int32_t threads_n, const struct xd_progress *progress,
                                                   struct xd_matrix **made, struct xd_error *error);
/* The made tables for the county's, which are in made afterwards; the problem goes. */
void xd_county_tables_take(struct xd_county *county, struct xd_matrix **made);

#endif
