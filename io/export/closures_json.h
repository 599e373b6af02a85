/* Closures as members of JSON documents: plan.json, kpi.json, run.json, network check. */
#ifndef XD_IO_EXPORT_CLOSURES_JSON_H
#define XD_IO_EXPORT_CLOSURES_JSON_H

#include "base/json_writer.h"
#include "scenarios/county.h"

/* An array, one object a closure on a line; those that are not in force only with `all`. overlay NULL: empty. */
void xd_closures_json(struct xd_json_writer *json, const char *key, const struct xd_overlay *overlay, bool all);
/* An array of the places that they cut off: place, name. */
void xd_cut_off_json(struct xd_json_writer *json, const char *key, const struct xd_county *county);
/* How many that are. */
int32_t xd_cut_off_n(const struct xd_county *county);
/* "both", "forward", "backward" */
const char *xd_closure_direction_name(const struct xd_closure *closure);

#endif
