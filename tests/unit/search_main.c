#include "tests/unit/search_suites.h"

int main(int argc, char **argv)
{
    const struct xd_test_suite suites[] = {search_segment_suite, search_move_suite,  search_kernel_suite,
                                           search_start_suite,   search_solve_suite, search_oracle_suite};
    return xd_run_suites(argc, argv, suites, sizeof suites / sizeof suites[0]);
}
