/* Suites of the writers, and a county small enough to be computed by hand. */
#ifndef XD_TESTS_UNIT_EXPORT_FIXTURE_H
#define XD_TESTS_UNIT_EXPORT_FIXTURE_H

#include "base/buffer.h"
#include "base/macros.h"
#include "io/export/export.h"
#include "io/export/shapes.h"
#include "tests/harness/harness.h"

#define XD_CASE(function)                                                                                                                            \
    {                                                                                                                                                \
#function, (function)                                                                                                                        \
    }

extern const struct xd_test_suite xd_suite_export_kpi;
extern const struct xd_test_suite xd_suite_export_text;
extern const struct xd_test_suite xd_suite_export_files;

/* Names that the planner would give; NULL = a plain one. */
struct export_names {
    const char *county, *vehicle, *village;
    int32_t base; /* of the first type: a row of the places; 0 = the hub */
};

/* Four villages: A and B on the way, C far from every road, D without a position. Four vehicles: three 微面, one 冷藏车.
 *
 *         hub ---20 km, 1800 s--- A ---10 km, 900 s--- B; hub to B and back 30 km, 2700 s
 *         A: 25 parcels down, 50 kg of dry produce up; B: 10 down, 4 up; C: 3 down; D: 2 down
 *
 * The first 微面 drives hub, A, B, hub; C and D stay. Or, without routes, all stay. */
struct export_county {
    struct xd_scenario *scenario;
    struct xd_network *network;
    struct xd_county *county;
    struct xd_verified_plan *verified;
    struct xd_metrics *metrics;
    struct xd_shapes *shapes;
    struct xd_export_input input;
};
/* False, with the case failed, when it could not be made. Close in either case. */
bool export_county_open(struct export_county *made, const struct export_names *names, bool routes);
void export_county_close(struct export_county *made);

#endif
