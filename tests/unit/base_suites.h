/* The suites of base, one a file. */
#ifndef XD_TESTS_UNIT_BASE_SUITES_H
#define XD_TESTS_UNIT_BASE_SUITES_H

#include "base/macros.h"
#include "tests/harness/harness.h"

#define XD_CASE(function)                                                                                                                            \
    {                                                                                                                                                \
#function, (function)                                                                                                                        \
    }

extern const struct xd_test_suite xd_suite_base_error;
extern const struct xd_test_suite xd_suite_base_alloc;
extern const struct xd_test_suite xd_suite_base_number;
extern const struct xd_test_suite xd_suite_base_text;
extern const struct xd_test_suite xd_suite_base_rng;
extern const struct xd_test_suite xd_suite_base_geo;
extern const struct xd_test_suite xd_suite_base_sort;
extern const struct xd_test_suite xd_suite_base_matrix;
extern const struct xd_test_suite xd_suite_base_json_writer;
extern const struct xd_test_suite xd_suite_base_parallel;
extern const struct xd_test_suite xd_suite_base_output;
extern const struct xd_test_suite xd_suite_base_fault;

#endif
