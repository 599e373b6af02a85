#include "tests/unit/snapshot_suites.h"

#include "io/bytes/libraries.h"

int main(int argc, char **argv)
{
    const struct xd_test_suite suites[] = {xd_suite_snapshot_file, xd_suite_snapshot_map};
    xd_libraries_init();
    const int code = xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites));
    xd_libraries_end();
    return code;
}
