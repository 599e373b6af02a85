#include "io/bytes/libraries.h"
#include "tests/unit/osm_suites.h"

int main(int argc, char **argv)
{
    const struct xd_test_suite suites[] = {xd_suite_osm_input, xd_suite_osm_read, xd_suite_osm_malformed, xd_suite_osm_fault, xd_suite_osm_shared};
    xd_libraries_init();
    int result = xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites));
    xd_libraries_end();
    return result;
}
