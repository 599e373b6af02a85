/* The planner's names of things, the same in every output. */
#ifndef XD_IO_EXPORT_TITLES_H
#define XD_IO_EXPORT_TITLES_H

#include "scenarios/county.h"

enum { XD_TITLE_MAX = 160 };

/* "微面 2": the type's name and the number within the type; a name too long for n bytes is cut at a character and ends in "…", the number stays.
 * Returns the length that would hold all of it. */
size_t xd_vehicle_title(const struct xd_county *county, int32_t vehicle, char *dst, size_t n);
/* Where a vehicle of the problem lives; NULL when that is the hub. */
const struct xd_place *xd_vehicle_base(const struct xd_county *county, int32_t vehicle);
/* Place of a problem stop. */
const struct xd_place *xd_stop_place(const struct xd_county *county, int32_t stop);
/* "unreachable", "no vehicle can carry it" ... as stable keys: choice, capacity, unreachable, time, feature. */
const char *xd_unserved_reason_name(enum xd_unserved_reason reason);
/* A colour "#rrggbb" for a route, apart from its neighbours' on screen and in print. */
const char *xd_route_colour(int32_t route);

#endif
