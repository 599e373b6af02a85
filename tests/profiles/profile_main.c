#include "tests/profiles/profile_suites.h"

int main(int argc, char **argv)
{
    const struct xd_test_suite suites[] = {xd_suite_profile_roads,    xd_suite_profile_access,       xd_suite_profile_limits,
                                           xd_suite_profile_barriers, xd_suite_profile_doubts,       xd_suite_profile_caps,
                                           xd_suite_profile_values,   xd_suite_profile_restrictions, xd_suite_profile_document,
                                           xd_suite_profile_file,     xd_suite_profile_conditions};
    return xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites));
}
