#ifndef XD_TESTS_SEARCH_SUITES_H
#define XD_TESTS_SEARCH_SUITES_H

#include "tests/harness/harness.h"

extern const struct xd_test_suite search_segment_suite;
extern const struct xd_test_suite search_move_suite;
extern const struct xd_test_suite search_start_suite;
extern const struct xd_test_suite search_kernel_suite;
extern const struct xd_test_suite search_solve_suite;
extern const struct xd_test_suite search_oracle_suite;

#endif
