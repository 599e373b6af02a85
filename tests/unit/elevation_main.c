#include "base/macros.h"
#include "io/bytes/libraries.h"
#include "tests/unit/elevation_suites.h"

int main(int argc, char **argv)
{
    const struct xd_test_suite suites[] = {xd_suite_elevation_zip, xd_suite_elevation_hgt, xd_suite_elevation_read};
    xd_libraries_init();
    int code = xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites));
    xd_libraries_end();
    return code;
}
