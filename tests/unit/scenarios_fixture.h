/* Suites and common ground of the tests of a county's composition: a small map in memory, and scenarios on it read from text. */
#ifndef XD_TESTS_UNIT_SCENARIOS_FIXTURE_H
#define XD_TESTS_UNIT_SCENARIOS_FIXTURE_H

#include "scenarios/county.h"
#include "tests/harness/harness.h"

#define XD_CASE(function)                                                                                                                            \
    {                                                                                                                                                \
#function, (function)                                                                                                                        \
    }

extern const struct xd_test_suite xd_suite_scenarios_county;
extern const struct xd_test_suite xd_suite_scenarios_closures;
extern const struct xd_test_suite xd_suite_scenarios_reach;
extern const struct xd_test_suite xd_suite_scenarios_review;
extern const struct xd_test_suite xd_suite_scenarios_document;

/* The map: a street of residential roads along latitude 27, nodes 0.01 degrees (about 990 m) apart, from 106.60 (the hub) to 106.68 east; a road
 * apart from it at latitude 27.1; place nodes 大坪村 (106.62), 小河村 twice (106.63, and 107.90 far away) and 云山镇 (106.60). */
struct xd_network *xd_small_network(void);

/* Tables of a scenario on it; NULL = the base: hub, township, villages A (106.61), B (106.64), one minivan type, 10 parcels down for each. */
struct xd_small_tables {
    const char *parameters;              /* lines of scenario.yaml below `parameters:`, each with two blanks in front */
    const char *places, *demand, *fleet; /* rows below the header */
    int32_t base;                        /* of the first vehicle type: a row of the places; 0 = the hub */
};
struct xd_scenario *xd_small_scenario(struct xd_small_tables tables);

/* scenario -> county with tables and problem; the status of the first step that fails, *county then NULL. */
enum xd_status xd_small_county(struct xd_scenario *scenario, const struct xd_network *network, struct xd_county **county, struct xd_error *error);

#endif
