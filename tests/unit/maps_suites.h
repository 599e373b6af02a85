#ifndef XD_TESTS_MAPS_SUITES_H
#define XD_TESTS_MAPS_SUITES_H

#include "tests/harness/harness.h"

extern const struct xd_test_suite xd_suite_maps_tables;
extern const struct xd_test_suite xd_suite_maps_pairs;
extern const struct xd_test_suite xd_suite_maps_parts;
extern const struct xd_test_suite xd_suite_maps_pairs_long; /* with XD_TEST_LONG only */
extern const struct xd_test_suite xd_suite_maps_query;
extern const struct xd_test_suite xd_suite_maps_random;
extern const struct xd_test_suite xd_suite_maps_graph;
extern const struct xd_test_suite xd_suite_maps_hierarchy;
extern const struct xd_test_suite xd_suite_maps_map_places;
extern const struct xd_test_suite xd_suite_maps_restrictions;
extern const struct xd_test_suite xd_suite_maps_restriction_limits;
extern const struct xd_test_suite xd_suite_maps_elevation;
extern const struct xd_test_suite xd_suite_maps_turns;
extern const struct xd_test_suite xd_suite_maps_extra_roads;
extern const struct xd_test_suite xd_suite_maps_conditions;
extern const struct xd_test_suite xd_suite_maps_approach;
extern const struct xd_test_suite xd_suite_maps_overlay;
extern const struct xd_test_suite xd_suite_maps_connectors;

#endif
