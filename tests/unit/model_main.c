#include "tests/unit/model_suites.h"

int main(int argc, char **argv)
{
    const struct xd_test_suite suites[] = {
        xd_suite_model_problem,
        xd_suite_model_schedule,
        xd_suite_check_corruptions,
        xd_suite_check_bases,
    };
    return xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites));
}
