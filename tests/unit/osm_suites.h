/* The suites of the map reader, one a file. */
#ifndef XD_TESTS_UNIT_OSM_SUITES_H
#define XD_TESTS_UNIT_OSM_SUITES_H

#include "base/macros.h"
#include "tests/harness/harness.h"

extern const struct xd_test_suite xd_suite_osm_input;
extern const struct xd_test_suite xd_suite_osm_read;
extern const struct xd_test_suite xd_suite_osm_malformed;
extern const struct xd_test_suite xd_suite_osm_fault;
extern const struct xd_test_suite xd_suite_osm_shared;

#endif
