#include "tests/unit/instance_fixture.h"

int main(int argc, char **argv)
{
    const struct xd_test_suite suites[] = {xd_suite_instance_read, xd_suite_instance_solution, xd_suite_instance_shared, xd_suite_instance_malformed,
                                           xd_suite_instance_fault};
    return xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites));
}
