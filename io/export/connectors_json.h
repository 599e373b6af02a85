/* Places at the end of a straight line beyond the roads, as plan.json, kpi.json and the report tell them. */
#ifndef XD_IO_EXPORT_CONNECTORS_JSON_H
#define XD_IO_EXPORT_CONNECTORS_JSON_H

#include "base/json_writer.h"
#include "scenarios/county_connectors.h"

/* An array, by place, then by profile. */
void xd_connectors_json(struct xd_json_writer *json, const char *key, const struct xd_county *county);

#endif
