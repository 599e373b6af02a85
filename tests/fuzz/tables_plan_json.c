/* plan.json from any bytes, for the county of the tests: no crash, a plan or an error; a plan goes through the judge without one. */
#include "base/alloc.h"
#include "io/bytes/libraries.h"
#include "io/tables/plan_read.h"
#include "tests/unit/tables_county.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static struct xd_tables_county county;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    xd_libraries_init();
    if (!xd_tables_county_open(&county))
        __builtin_trap();
    xd_tables_county_connect(&county); /* so that version 3 has something to restate */
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct xd_diagnostics diagnostics = {0};
    struct xd_plan *plan = NULL;
    enum xd_status status = xd_plan_read_bytes((const char *)data, size, "fuzz", &county.county, &diagnostics, &plan);
    if ((status == XD_OK) != (plan != NULL) || (status == XD_OK) != (diagnostics.errors_n == 0))
        __builtin_trap();
    if (plan) {
        struct xd_violations violations = {0};
        struct xd_verified_plan *verified = NULL;
        (void)!xd_check_plan(county.county.problem, plan, &violations, &verified, NULL);
        xd_verified_plan_free(verified);
        xd_violations_free(&violations);
    }
    xd_plan_free(plan);
    xd_diagnostics_free(&diagnostics);
    return 0;
}
