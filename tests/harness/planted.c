/* Suites of known outcome, for planted.sh: what the harness must tell about them. */
#include "tests/harness/harness.h"

#include "base/macros.h"

#include <stdio.h>
#include <stdlib.h>

static void passes(void)
{
    CU_ASSERT(1 + 1 == 2);
}

static void fails(void)
{
    CU_ASSERT(1 + 1 == 3);
}

static void fails_at_once(void)
{
    CU_ASSERT_FATAL(1 + 1 == 3);
    puts("unreachable");
}

static void skips_twice(void)
{
    xd_skip("first reason");
    xd_skip("second reason");
}

static void skips_and_fails(void)
{
    xd_skip("only a part");
    CU_ASSERT(1 + 1 == 3);
}

static void crashes(void)
{
    abort();
}

static void leaves_a_file(void)
{
    char path[XD_TEST_PATH_MAX];
    xd_temporary_file("left", "x", 1, path);
    printf("left %s\n", xd_temporary_folder());
}

int main(int argc, char **argv)
{
    static const struct xd_test_case good[] = {{"passes", passes}, {"skips_twice", skips_twice}};
    static const struct xd_test_case bad[] = {{"fails", fails}, {"fails_at_once", fails_at_once}, {"skips_and_fails", skips_and_fails}};
    static const struct xd_test_case crash[] = {{"crashes", crashes}};
    static const struct xd_test_case files[] = {{"leaves_a_file", leaves_a_file}};
    static const struct xd_test_case twice[] = {{"same", passes}, {"same", passes}};
    static const struct xd_test_suite suites[] = {
        {"good", good, XD_ARRAY_LENGTH(good)},    {"bad", bad, XD_ARRAY_LENGTH(bad)},       {"crash", crash, XD_ARRAY_LENGTH(crash)},
        {"files", files, XD_ARRAY_LENGTH(files)}, {"twice", twice, XD_ARRAY_LENGTH(twice)},
    };
    return xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites));
}
