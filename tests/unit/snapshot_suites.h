/* The suites of io/snapshot, one a file. */
#ifndef XD_TESTS_UNIT_SNAPSHOT_SUITES_H
#define XD_TESTS_UNIT_SNAPSHOT_SUITES_H

#include "base/macros.h"
#include "tests/harness/harness.h"

#define XD_CASE(function)                                                                                                                            \
    {                                                                                                                                                \
#function, (function)                                                                                                                        \
    }

extern const struct xd_test_suite xd_suite_snapshot_file;
extern const struct xd_test_suite xd_suite_snapshot_map;

#endif
