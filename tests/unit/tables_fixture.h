/* Suites and common ground of the tests of tables. */
#ifndef XD_TESTS_UNIT_TABLES_FIXTURE_H
#define XD_TESTS_UNIT_TABLES_FIXTURE_H

#include "tests/harness/harness.h"
#include "tests/unit/tables_county.h"

#define XD_CASE(function)                                                                                                                            \
    {                                                                                                                                                \
#function, (function)                                                                                                                        \
    }

extern const struct xd_test_suite xd_suite_tables_csv;
extern const struct xd_test_suite xd_suite_tables_yaml;
extern const struct xd_test_suite xd_suite_tables_scenario;
extern const struct xd_test_suite xd_suite_tables_plan;
extern const struct xd_test_suite xd_suite_tables_malformed;
extern const struct xd_test_suite xd_suite_tables_fault;
extern const struct xd_test_suite xd_suite_tables_extra_roads;
extern const struct xd_test_suite xd_suite_tables_closures;

/* Writes the base files, with file `changed` (an enum xd_tables_file, -1 = none) as n bytes of text, or left out when text is NULL. Gives the folder. */
void xd_tables_folder(const char *name, int changed, const char *text, size_t n, char path[XD_TEST_PATH_MAX]);
/* Reads it; NULL after an error. */
struct xd_scenario *xd_tables_read(const char *path, struct xd_diagnostics *diagnostics, enum xd_status *status);
void xd_tables_print(const struct xd_diagnostics *diagnostics);

#endif
