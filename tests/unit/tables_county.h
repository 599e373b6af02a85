/* A county made by hand from the base scenario of tests/malformed, without CUnit: fuzz targets use it too. */
#ifndef XD_TESTS_UNIT_TABLES_COUNTY_H
#define XD_TESTS_UNIT_TABLES_COUNTY_H

#include "base/buffer.h"
#include "scenarios/county.h"

/* The base scenario as a county of three stops and four vehicles on made-up tables, and a verified plan of it. */
struct xd_tables_county {
    struct xd_scenario *scenario;
    struct xd_county county;
    struct xd_matrix *matrix;
    struct xd_verified_plan *verified;
};
bool xd_tables_county_open(struct xd_tables_county *made);
/* Village 1 is joined to its road by a straight line of 1500 m, 1350 s, for all vehicles: a plan then tells of it. The table stays. */
void xd_tables_county_connect(struct xd_tables_county *made);
void xd_tables_county_close(struct xd_tables_county *made);
/* Its plan.json. */
bool xd_tables_plan_text(const struct xd_tables_county *made, struct xd_buffer *text);

#endif
