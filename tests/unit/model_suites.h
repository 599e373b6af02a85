/* The suites of solver/model and solver/check, one a file. */
#ifndef XD_TESTS_UNIT_MODEL_SUITES_H
#define XD_TESTS_UNIT_MODEL_SUITES_H

#include "base/macros.h"
#include "tests/harness/harness.h"

#define XD_CASE(function)                                                                                                                            \
    {                                                                                                                                                \
#function, (function)                                                                                                                        \
    }

extern const struct xd_test_suite xd_suite_model_problem;
extern const struct xd_test_suite xd_suite_model_schedule;
extern const struct xd_test_suite xd_suite_check_corruptions;
extern const struct xd_test_suite xd_suite_check_bases;

#endif
