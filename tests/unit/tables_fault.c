/* Each allocation of a whole reading and writing is failed in turn: never a result with something missing, never a leak. */
#include "base/alloc.h"
#include "io/tables/plan_read.h"
#include "io/tables/scenario_write.h"
#include "tests/malformed/tables_cases.h"
#include "tests/unit/tables_fixture.h"

#include <stdio.h>
#include <string.h>

enum { ALLOCATIONS_MAX = 20000 };

static void each_allocation_of_a_scenario_failed_is_no_memory(void)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_diagnostics none = {0};
    enum xd_status status;
    xd_tables_folder("fault", -1, NULL, 0, path);
    struct xd_scenario *sound = xd_tables_read(path, &none, &status);
    CU_ASSERT_PTR_NOT_NULL_FATAL(sound);
    uint64_t hash = xd_scenario_hash(sound);
    for (int and_after = 0; and_after < 2; and_after++) {
        bool failed = true;
        uint64_t nth = 1;
        for (; failed && nth < ALLOCATIONS_MAX; nth++) {
            struct xd_diagnostics diagnostics = {0};
            int64_t live_n = xd_alloc_statistics_read().live_n;
            xd_alloc_fail_at(nth, and_after);
            struct xd_scenario *scenario = xd_tables_read(path, &diagnostics, &status);
            xd_alloc_fail_at(0, false);
            failed = status != XD_OK;
            CU_ASSERT_EQUAL(failed, scenario == NULL);
            if (failed)
                CU_ASSERT_EQUAL(status, XD_NO_MEMORY);
            if (scenario)
                CU_ASSERT_EQUAL(xd_scenario_hash(scenario), hash);
            xd_scenario_free(scenario);
            xd_diagnostics_free(&diagnostics);
            CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
        }
        CU_ASSERT_TRUE(nth > 10 && nth < ALLOCATIONS_MAX);
    }
    xd_scenario_free(sound);
}

static void each_allocation_of_a_plan_failed_is_no_memory(void)
{
    struct xd_tables_county made;
    struct xd_buffer text;
    xd_buffer_init(&text, 1 << 20);
    CU_ASSERT_TRUE_FATAL(xd_tables_county_open(&made) && xd_tables_plan_text(&made, &text));
    bool failed = true;
    uint64_t nth = 1;
    for (; failed && nth < ALLOCATIONS_MAX; nth++) {
        struct xd_diagnostics diagnostics = {0};
        struct xd_plan *plan = NULL;
        int64_t live_n = xd_alloc_statistics_read().live_n;
        xd_alloc_fail_at(nth, false);
        enum xd_status status = xd_plan_read_bytes(text.bytes, text.length, "plan.json", &made.county, &diagnostics, &plan);
        xd_alloc_fail_at(0, false);
        failed = status != XD_OK;
        CU_ASSERT_EQUAL(failed, plan == NULL);
        if (failed)
            CU_ASSERT_EQUAL(status, XD_NO_MEMORY);
        xd_plan_free(plan);
        xd_diagnostics_free(&diagnostics);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
    }
    CU_ASSERT_TRUE(nth > 10 && nth < ALLOCATIONS_MAX);
    xd_buffer_free(&text);
    xd_tables_county_close(&made);
}

static void each_allocation_of_writing_failed_leaves_no_file(void)
{
    char path[XD_TEST_PATH_MAX];
    char file[XD_TEST_PATH_MAX];
    struct xd_diagnostics none = {0};
    enum xd_status status;
    xd_tables_folder("fault-write", -1, NULL, 0, path);
    struct xd_scenario *scenario = xd_tables_read(path, &none, &status);
    CU_ASSERT_PTR_NOT_NULL_FATAL(scenario);
    snprintf(path, sizeof path, "%s/fault-out", xd_temporary_folder());
    if (snprintf(file, sizeof file, "%s/scenario.yaml", path) < 0)
        return;
    for (uint64_t nth = 1; nth < ALLOCATIONS_MAX; nth++) {
        struct xd_output_set *set = NULL;
        struct xd_error error;
        int64_t live_n = xd_alloc_statistics_read().live_n;
        CU_ASSERT_EQUAL_FATAL(xd_output_set_open(&set, &error), XD_OK);
        xd_alloc_fail_at(nth, false);
        status = xd_scenario_write(scenario, "m", path, set, &error);
        xd_alloc_fail_at(0, false);
        xd_output_set_discard(set);
        FILE *left = fopen(file, "rb");
        CU_ASSERT_PTR_NULL(left);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
        if (status == XD_OK)
            break;
        CU_ASSERT_EQUAL(status, XD_NO_MEMORY);
    }
    CU_ASSERT_EQUAL(status, XD_OK);
    xd_scenario_free(scenario);
}

static const struct xd_test_case cases[] = {
    XD_CASE(each_allocation_of_a_scenario_failed_is_no_memory),
    XD_CASE(each_allocation_of_a_plan_failed_is_no_memory),
    XD_CASE(each_allocation_of_writing_failed_leaves_no_file),
};
const struct xd_test_suite xd_suite_tables_fault = {"tables_fault", cases, XD_ARRAY_LENGTH(cases)};
