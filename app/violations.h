/* Violations in people's words: which vehicle, which village, found and allowed. */
#ifndef XD_APP_VIOLATIONS_H
#define XD_APP_VIOLATIONS_H

#include "scenarios/county.h"

#include <stdio.h>

void xd_violations_print(FILE *file, const struct xd_county *county, const struct xd_plan *plan, const struct xd_violations *violations);
/* The planner's name of a plan's route ("微面 2") into dst; returns needed length. */
size_t xd_route_title(const struct xd_county *county, int32_t vehicle, char *dst, size_t n);

#endif
