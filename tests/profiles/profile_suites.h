/* Truth tables of the vehicle profiles: what tags mean for each vehicle. */
#ifndef XD_TESTS_PROFILE_SUITES_H
#define XD_TESTS_PROFILE_SUITES_H

#include "base/macros.h"
#include "tests/harness/harness.h"

extern const struct xd_test_suite xd_suite_profile_roads;
extern const struct xd_test_suite xd_suite_profile_access;
extern const struct xd_test_suite xd_suite_profile_limits;
extern const struct xd_test_suite xd_suite_profile_barriers;
extern const struct xd_test_suite xd_suite_profile_caps;
extern const struct xd_test_suite xd_suite_profile_doubts;
extern const struct xd_test_suite xd_suite_profile_values;
extern const struct xd_test_suite xd_suite_profile_restrictions;
extern const struct xd_test_suite xd_suite_profile_document;
extern const struct xd_test_suite xd_suite_profile_file;
extern const struct xd_test_suite xd_suite_profile_conditions;

#endif
