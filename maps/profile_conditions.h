/* What conditional tags say to one vehicle: of the clauses about one thing the last that holds replaces what is told without a condition. */
#ifndef XD_MAPS_PROFILE_CONDITIONS_H
#define XD_MAPS_PROFILE_CONDITIONS_H

#include "maps/profile.h"

/* The road (or barrier) as it stands for the vehicle; at_end: where its trip begins or ends. Cost: O(clauses). */
struct xd_road xd_profile_road(const struct xd_profile *profile, const struct xd_clause *list, const struct xd_road *road, bool at_end);
struct xd_road_barrier xd_profile_barrier(const struct xd_profile *profile, const struct xd_clause *list, const struct xd_road_barrier *barrier,
                                          bool at_end);
/* Whether all tests of the clause hold. */
bool xd_profile_meets(const struct xd_profile *profile, const struct xd_clause *clause, bool at_end);

#endif
