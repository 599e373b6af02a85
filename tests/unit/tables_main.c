#include "io/bytes/libraries.h"
#include "tests/unit/tables_fixture.h"

int main(int argc, char **argv)
{
    xd_libraries_init();
    const struct xd_test_suite suites[] = {xd_suite_tables_csv,       xd_suite_tables_yaml,  xd_suite_tables_scenario, xd_suite_tables_plan,
                                           xd_suite_tables_malformed, xd_suite_tables_fault, xd_suite_tables_closures, xd_suite_tables_extra_roads};
    int result = xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites));
    xd_libraries_end();
    return result;
}
