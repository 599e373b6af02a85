/* plan.json: the plan as a program reads it back (io/tables/plan_read.h). Form: docs/formats/plan.md. */
#ifndef XD_IO_EXPORT_PLAN_JSON_H
#define XD_IO_EXPORT_PLAN_JSON_H

#include "base/buffer.h"
#include "io/export/export.h"

#define XD_PLAN_JSON_SCHEMA "xiangdao-plan"
/* 1: routes without base, from the time when all vehicles lived at the hub; 2: no place at the end of a straight line, still written where there is none. */
enum { XD_PLAN_JSON_VERSION_ROADS = 2, XD_PLAN_JSON_VERSION = 3 };

/* Appends the whole text. Errors: XD_DATA over the buffer's maximum, XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_export_plan_json(const struct xd_export_input *input, struct xd_buffer *buffer, struct xd_error *error);

/* Cost units as fen, rounded half up: what plan.json says in yuan beside the exact units. */
int64_t xd_plan_json_fen(const struct xd_problem *problem, int64_t units);
/* "HH:MM:SS"; hours may pass 24. */
void xd_plan_json_clock(int64_t seconds, char dst[32]);

#endif
