/* The second suite of the network reader's tests. */
#ifndef XD_TESTS_UNIT_OSM_LOAD_H
#define XD_TESTS_UNIT_OSM_LOAD_H

#include "base/macros.h"
#include "tests/harness/harness.h"

extern const struct xd_test_suite xd_suite_osm_load;

#endif
