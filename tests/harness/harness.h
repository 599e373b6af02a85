/* The test runner: suites of named cases over CUnit, with skips that are printed and counted.
 * A failed assertion anywhere makes the program return 1 (CUnit alone returns 0). */
#ifndef XD_TESTS_HARNESS_H
#define XD_TESTS_HARNESS_H

#include <CUnit/CUnit.h>
#include <stdbool.h>
#include <stddef.h>

struct xd_test_case {
    const char *name; /* a sentence: relocate_keeps_load_when_moved_within_route */
    void (*run)(void);
};

struct xd_test_suite {
    const char *name;
    const struct xd_test_case *cases;
    size_t cases_n;
};

/* Runs all cases, or those named on the command line by suite, by case or as suite/case. With the environment's XD_TEST_COUNTS a folder, a line
 * "passed failed skipped" of cases is written there; until the end is reached it says that one failed. Gives what main should return. */
int xd_run_suites(int argc, char **argv, const struct xd_test_suite *suites, size_t suites_n);

/* Counts the running case as skipped, unless it fails too: call, and return if nothing else can be tested. */
void xd_skip(const char *why);

enum { XD_TEST_PATH_MAX = 1024 };
/* Path of a file of the shared data ($XD_SHARED, default ../shared beside the source); false when it is not there (the case should skip). */
bool xd_shared_file(const char *relative, char path[XD_TEST_PATH_MAX]);
/* Path of a file of the source tree. */
void xd_source_file(const char *relative, char path[XD_TEST_PATH_MAX]);
/* A folder of this process's own, made at the first call, removed at exit. */
const char *xd_temporary_folder(void);
/* Writes bytes to name in the temporary folder and gives its path. Fails the case when it cannot. */
void xd_temporary_file(const char *name, const void *bytes, size_t n, char path[XD_TEST_PATH_MAX]);

#endif
