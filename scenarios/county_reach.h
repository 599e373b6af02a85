/* Which places the vehicles can drive to, how far these lie from the roads, and why the others cannot be driven to: all places with goods, and the hubs,
 * townships and villages without; a row that stands for a whole county is nowhere to go.
 *
 * Shape: the snap of place i for the county's profile p is snaps[i * profiles_n + p]; usable_m the same.
 * Owns: its arrays (xd_county_reach_free); borrows the county. Threads: immutable. */
#ifndef XD_SCENARIOS_COUNTY_REACH_H
#define XD_SCENARIOS_COUNTY_REACH_H

#include "scenarios/county.h"

enum { XD_REACH_FARTHEST_N = 10 };

/* Distances in metres from places to the roads that serve them; nearest ranks. */
struct xd_reach_spread {
    int32_t places_n; /* that some profile reaches */
    int32_t median_m, p90_m, max_m;
    int32_t farthest_n;
    int32_t farthest[XD_REACH_FARTHEST_N]; /* places, the farthest first; ties in table order */
};

struct xd_county_reach {
    const struct xd_county *county;
    int32_t places_n, profiles_n;
    struct xd_snap *snaps;
    int32_t *usable_m;             /* of snaps that are not OK: to the nearest road that would do, -1 where there is none within 10 radii */
    int32_t counted_n, unplaced_n; /* places that are looked at; of them without a position */
    int32_t reached_n, unreached_n, in_part_n; /* by every profile; by none; by some. Of those with a position */
    struct xd_reach_spread spread;
};

/* Errors: XD_NO_MEMORY. Cost: O(places * profiles) snaps. */
XD_MUST_CHECK enum xd_status xd_county_reach_find(const struct xd_county *county, struct xd_county_reach **reach, struct xd_error *error);
void xd_county_reach_free(struct xd_county_reach *reach);

bool xd_county_reach_counts(const struct xd_county *county, int32_t place);
/* The snap of the profile that comes nearest of those that reach the place; NULL when none does. *profile: which (may be NULL). */
const struct xd_snap *xd_county_reach_best(const struct xd_county_reach *reach, int32_t place, int32_t *profile);

#endif
