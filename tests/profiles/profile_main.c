#include "tests/profiles/profile_suites.h"

int main(int argc, char **argv)
{
    const struct xd_test_suite suites[] = {xd_suite_profile_roads, xd_suite_profile_barriers, xd_suite_profile_values, xd_suite_profile_document};
    return xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites));
}
