#ifndef XD_TESTS_MAPS_SUITES_H
#define XD_TESTS_MAPS_SUITES_H

#include "tests/harness/harness.h"

extern const struct xd_test_suite xd_suite_maps_tables;
extern const struct xd_test_suite xd_suite_maps_graph;
extern const struct xd_test_suite xd_suite_maps_hierarchy;

#endif
