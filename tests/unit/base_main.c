#include "tests/unit/base_suites.h"

int main(int argc, char **argv)
{
    const struct xd_test_suite suites[] = {
        xd_suite_base_error,  xd_suite_base_alloc,       xd_suite_base_number,   xd_suite_base_text,   xd_suite_base_rng,   xd_suite_base_geo,
        xd_suite_base_matrix, xd_suite_base_json_writer, xd_suite_base_parallel, xd_suite_base_output, xd_suite_base_fault, xd_suite_base_sort,
    };
    return xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites));
}
