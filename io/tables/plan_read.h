/* plan.json back into a plan of the given county, for `xiangdao check` and warm starts: strict, located, all errors at once.
 * Nothing is judged here: a plan that breaks rules is read as it is (unknown places become stops that the checker names). What the file says twice
 * (10:15:20 beside 36920 seconds, yuan beside cost units, parcels of the scenario) is a warning where both differ; the exact figure counts. */
#ifndef XD_IO_TABLES_PLAN_READ_H
#define XD_IO_TABLES_PLAN_READ_H

#include "scenarios/county.h"

XD_MUST_CHECK enum xd_status xd_plan_read(const char *path, const struct xd_county *county, struct xd_diagnostics *diagnostics,
                                          struct xd_plan **plan);
/* From memory; source names it in messages. */
XD_MUST_CHECK enum xd_status xd_plan_read_bytes(const char *bytes, size_t n, const char *source, const struct xd_county *county,
                                                struct xd_diagnostics *diagnostics, struct xd_plan **plan);

#endif
