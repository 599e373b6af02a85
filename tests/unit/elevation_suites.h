#ifndef XD_TESTS_ELEVATION_SUITES_H
#define XD_TESTS_ELEVATION_SUITES_H

#include "tests/harness/harness.h"

extern const struct xd_test_suite xd_suite_elevation_zip;
extern const struct xd_test_suite xd_suite_elevation_hgt;
extern const struct xd_test_suite xd_suite_elevation_read;

#endif
