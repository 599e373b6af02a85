/* Violations in people's words: which vehicle, which village, found and allowed. */
#ifndef XD_APP_VIOLATIONS_H
#define XD_APP_VIOLATIONS_H

#include "scenarios/county.h"

#include <stdio.h>

void xd_violations_print(FILE *file, const struct xd_county *county, const struct xd_plan *plan, const struct xd_violations *violations);

#endif
