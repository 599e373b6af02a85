/* Every case of tests/malformed/tables_cases.c gives the status, the place and the words that stand there. */
#include "base/alloc.h"
#include "io/tables/plan_read.h"
#include "tests/malformed/tables_cases.h"
#include "tests/unit/tables_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool ends_with(const char *text, const char *end)
{
    size_t text_n = strlen(text);
    size_t end_n = strlen(end);
    return text_n >= end_n && strcmp(text + text_n - end_n, end) == 0;
}

/* The first error that holds the case's words; the whole list is printed when something is not as expected. */
static void judge(const struct xd_malformed_case *c, const char *source, enum xd_status status, const struct xd_diagnostics *diagnostics)
{
    const struct xd_error *error = NULL;
    for (int32_t e = 0; e < diagnostics->errors_n && !error; e++) {
        char line[2048];
        xd_error_format(&diagnostics->errors[e], line, sizeof line);
        if (strstr(line, c->message))
            error = &diagnostics->errors[e];
    }
    bool good = error && status == c->status && error->status == c->status && ends_with(error->source, source) &&
                (c->line == 0 || error->line == c->line) && (c->column == 0 || error->column == c->column) &&
                (c->field[0] == '\0' || strcmp(error->field, c->field) == 0) &&
                (c->errors_n < 0 || diagnostics->errors_n >= (c->errors_n ? c->errors_n : 1));
    if (!good) {
        printf("\n  case %s: status %d\n", c->name, (int)status);
        xd_tables_print(diagnostics);
    }
    CU_ASSERT_TRUE(good);
    CU_ASSERT_TRUE(c->file == XD_FILE_PLAN || c->errors_n != 0 || diagnostics->errors_n == 1); /* one fault gives one message */
    if (c->file != XD_FILE_PLAN && c->errors_n == 0 && diagnostics->errors_n != 1) {
        printf("\n  case %s gives %d errors:\n", c->name, (int)diagnostics->errors_n);
        xd_tables_print(diagnostics);
    }
}

static void run_table_case(const struct xd_malformed_case *c)
{
    char path[XD_TEST_PATH_MAX];
    char *text = c->from || c->to ? xd_malformed_apply(c, xd_tables_base[c->file]) : NULL;
    CU_ASSERT_TRUE_FATAL(text || (!c->from && !c->to));
    xd_tables_folder(c->name, (int)c->file, text, text ? strlen(text) : 0, path);
    struct xd_diagnostics diagnostics = {0};
    enum xd_status status;
    struct xd_scenario *scenario = xd_tables_read(path, &diagnostics, &status);
    CU_ASSERT_PTR_NULL(scenario);
    judge(c, c->source ? c->source : xd_tables_names[c->file], status, &diagnostics);
    xd_scenario_free(scenario);
    xd_diagnostics_free(&diagnostics);
    xd_free(text);
}

static void every_malformed_table_is_told_at_its_place(void)
{
    for (size_t i = 0; i < xd_tables_malformed_n; i++)
        if (xd_tables_malformed[i].file != XD_FILE_PLAN)
            run_table_case(&xd_tables_malformed[i]);
}

static void every_malformed_plan_is_told_at_its_place(void)
{
    struct xd_tables_county made;
    struct xd_buffer base;
    xd_buffer_init(&base, 1 << 20);
    CU_ASSERT_TRUE_FATAL(xd_tables_county_open(&made) && xd_tables_plan_text(&made, &base));
    if (getenv("XD_TABLES_SHOW"))
        printf("%s\n", base.bytes);
    for (size_t i = 0; i < xd_tables_malformed_n; i++) {
        const struct xd_malformed_case *c = &xd_tables_malformed[i];
        if (c->file != XD_FILE_PLAN)
            continue;
        struct xd_diagnostics diagnostics = {0};
        struct xd_plan *plan = NULL;
        char *text = xd_malformed_apply(c, base.bytes);
        CU_ASSERT_PTR_NOT_NULL_FATAL(text);
        enum xd_status status = xd_plan_read_bytes(text, strlen(text), "plan.json", &made.county, &diagnostics, &plan);
        CU_ASSERT_PTR_NULL(plan);
        judge(c, "plan.json", status, &diagnostics);
        xd_plan_free(plan);
        xd_diagnostics_free(&diagnostics);
        xd_free(text);
    }
    xd_buffer_free(&base);
    xd_tables_county_close(&made);
}

static void many_faults_are_told_at_once(void)
{
    char path[XD_TEST_PATH_MAX];
    static const char demand[] =
        "place,goods,direction,quantity,unit\n520326100201,parcel,down,-1,piece\n520326100201,bricks,up,1,kg\n999,parcel,down,x,lb\n";
    xd_tables_folder("many", XD_FILE_DEMAND, demand, strlen(demand), path);
    struct xd_diagnostics diagnostics = {0};
    enum xd_status status;
    CU_ASSERT_PTR_NULL(xd_tables_read(path, &diagnostics, &status));
    CU_ASSERT_EQUAL(status, XD_DATA);
    CU_ASSERT_EQUAL(diagnostics.errors_n, 4); /* quantity; goods; place and unit (a quantity without a unit is not judged) */
    xd_diagnostics_free(&diagnostics);
}

static const struct xd_test_case cases[] = {
    XD_CASE(every_malformed_table_is_told_at_its_place),
    XD_CASE(every_malformed_plan_is_told_at_its_place),
    XD_CASE(many_faults_are_told_at_once),
};
const struct xd_test_suite xd_suite_tables_malformed = {"tables_malformed", cases, XD_ARRAY_LENGTH(cases)};
