#include "io/bytes/libraries.h"
#include "tests/unit/scenarios_fixture.h"

int main(int argc, char **argv)
{
    xd_libraries_init();
    const struct xd_test_suite suites[] = {xd_suite_scenarios_county, xd_suite_scenarios_closures, xd_suite_scenarios_reach,
                                           xd_suite_scenarios_review, xd_suite_scenarios_document};
    const int result = xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites));
    xd_libraries_end();
    return result;
}
