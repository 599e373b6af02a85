/* Every case of tests/malformed/instance_cases.c gives the status, the place and the words that stand there; and what no table holds: bytes, sizes. */
#include "base/alloc.h"
#include "tests/malformed/instance_cases.h"
#include "tests/unit/instance_fixture.h"

#include <stdio.h>
#include <string.h>

static void judge(const struct xd_instance_case *c, const char *source, enum xd_status status, const struct xd_error *error)
{
    const bool good = status == XD_DATA && error->status == XD_DATA && strcmp(error->source, source) == 0 && error->line == c->line &&
                      error->column == c->column && strcmp(error->field, c->field) == 0 && strstr(error->message, c->message);
    if (!good)
        printf("\n  case %s: status %d: %s:%ld:%ld: %s: %s\n", c->name, (int)status, error->source, (long)error->line, (long)error->column,
               error->field, error->message);
    CU_ASSERT_TRUE(good);
}

static void every_malformed_instance_is_told_at_its_place(void)
{
    for (size_t i = 0; i < xd_instance_malformed_n; i++) {
        const struct xd_instance_case *c = &xd_instance_malformed[i];
        struct xd_instance *instance = NULL;
        struct xd_error error = {.status = XD_OK};
        if (c->base == XD_BASE_SOLUTION)
            continue;
        char *text = xd_instance_case_text(c);
        CU_ASSERT_PTR_NOT_NULL_FATAL(text);
        judge(c, "instance", xd_instance_try(text, strlen(text), XD_CONVENTION_AUTO, &instance, &error), &error);
        xd_instance_free(instance);
        xd_free(text);
    }
}

static void every_malformed_solution_is_told_at_its_place(void)
{
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_AUTO);
    for (size_t i = 0; i < xd_instance_malformed_n; i++) {
        const struct xd_instance_case *c = &xd_instance_malformed[i];
        struct xd_solution solution = {.routes_n = -7};
        struct xd_error error = {.status = XD_OK};
        if (c->base != XD_BASE_SOLUTION)
            continue;
        char *text = xd_instance_case_text(c);
        CU_ASSERT_PTR_NOT_NULL_FATAL(text);
        judge(c, "solution", xd_solution_try(text, strlen(text), instance, &solution, &error), &error);
        CU_ASSERT_EQUAL(solution.routes_n, -7); /* unchanged */
        xd_free(text);
    }
    xd_instance_free(instance);
}

static void every_base_is_sound(void)
{
    for (int b = 0; b < XD_BASE_SOLUTION; b++)
        xd_instance_free(xd_instance_of(xd_instance_bases[b], XD_CONVENTION_AUTO));
}

/* Cut anywhere: an error with its line, or, from the last row that counts on, the same instance. Never a part of it. */
static void every_cut_of_an_instance_is_the_whole_or_an_error(void)
{
    for (int b = 0; b < XD_BASE_SOLUTION; b++) {
        const char *text = xd_instance_bases[b];
        struct xd_instance *whole = xd_instance_of(text, XD_CONVENTION_AUTO);
        const char *last = b == XD_BASE_SOLOMON ? text + strlen(text) - 1 : strstr(text, "\n-1") + 3;
        for (size_t n = 0; n < strlen(text); n++) {
            struct xd_instance *cut = NULL;
            struct xd_error error = {.status = XD_OK};
            const enum xd_status status = xd_instance_try(text, n, XD_CONVENTION_AUTO, &cut, &error);
            if (text + n >= last && status == XD_OK) {
                CU_ASSERT_EQUAL(cut->problem->hash, whole->problem->hash);
            } else if (status == XD_OK) { /* a table of Solomon's has no end mark: whole rows less are a smaller instance */
                CU_ASSERT_TRUE(b == XD_BASE_SOLOMON && cut->problem->stops_n < 3);
            } else {
                CU_ASSERT_EQUAL(status, XD_DATA);
                CU_ASSERT_TRUE(n == 0 || error.line > 0);
                CU_ASSERT_TRUE(error.message[0] != '\0');
            }
            xd_instance_free(cut);
        }
        xd_instance_free(whole);
    }
}

static void zero_bytes_and_garbage_are_refused(void)
{
    static const char zeros[64], mixed[] = "NAME : a\0b\nTYPE : CV\0RP\n";
    char noise[4096];
    uint32_t state = 7;
    for (size_t i = 0; i < sizeof noise; i++) {
        state = state * 1664525u + 1013904223u;
        noise[i] = (char)(state >> 24);
    }
    const struct {
        const char *bytes;
        size_t n;
        int64_t line;
        const char *message;
    } garbage[] = {{zeros, sizeof zeros, 1, "keyword \"????"},
                   {mixed, sizeof mixed - 1, 2, "\"CV?RP\" is not known here"},
                   {noise, sizeof noise, 1, "is not known"}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(garbage); i++) {
        struct xd_instance *instance = NULL;
        struct xd_error error = {.status = XD_OK};
        CU_ASSERT_EQUAL(xd_instance_try(garbage[i].bytes, garbage[i].n, XD_CONVENTION_AUTO, &instance, &error), XD_DATA);
        CU_ASSERT_EQUAL(error.line, garbage[i].line);
        CU_ASSERT_PTR_NOT_NULL(strstr(error.message, garbage[i].message));
        xd_instance_free(instance);
    }
}

/* A line of a million characters where a number, a name or a keyword stands: the message stays short, a name is cut. */
static void overlong_lines_are_told_shortly(void)
{
    enum { LONG_N = 1000000 };
    static const struct {
        const char *before, *message;
        char fill;
    } lines[] = {{"DIMENSION : ", "is out of range", '9'},
                 {"TYPE : ", "is not known here; expected CVRP", 'x'},
                 {"", "is not known", 'K'},
                 {"NAME : ", "DIMENSION is missing", 'n'},
                 {"COMMENT : ", "DIMENSION is missing", '-'},
                 {"DIMENSION : 2\nNODE_COORD_SECTION\n1 0 ", "is out of range", '0'}};
    char *text = xd_alloc(LONG_N + 64, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(lines); i++) {
        const size_t before_n = strlen(lines[i].before);
        struct xd_instance *instance = NULL;
        struct xd_error error = {.status = XD_OK};
        memcpy(text, lines[i].before, before_n);
        memset(text + before_n, lines[i].fill, LONG_N);
        CU_ASSERT_EQUAL(xd_instance_try(text, before_n + LONG_N, XD_CONVENTION_AUTO, &instance, &error), XD_DATA);
        CU_ASSERT_PTR_NOT_NULL(strstr(error.message, lines[i].message));
        CU_ASSERT_TRUE(strlen(error.message) < 200);
        xd_instance_free(instance);
    }
    xd_free(text);
}

/* A file that promises much and holds little gets little memory. */
static void a_huge_dimension_takes_no_memory_for_what_is_not_there(void)
{
    static const char *const promises[] = {
        "TYPE : CVRP\nDIMENSION : 32001\nCAPACITY : 1\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 0 0\n",
        "TYPE : CVRP\nDIMENSION : 32001\nCAPACITY : 1\nEDGE_WEIGHT_TYPE : EXPLICIT\nEDGE_WEIGHT_FORMAT : FULL_MATRIX\nEDGE_WEIGHT_SECTION\n0 1 1\n",
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(promises); i++) {
        struct xd_instance *instance = NULL;
        xd_alloc_statistics_reset();
        const int64_t live = xd_alloc_statistics_read().live_bytes;
        CU_ASSERT_EQUAL(xd_instance_try(promises[i], strlen(promises[i]), XD_CONVENTION_AUTO, &instance, NULL), XD_DATA);
        CU_ASSERT_TRUE(xd_alloc_statistics_read().peak_bytes - live < 4 << 20);
    }
}

/* XD_COST_MAX is in units of the problem: 10^15 whole units, 10^14 with tenths, 10^11 with four decimals. */
static void the_largest_cost_of_each_convention_is_read_and_more_is_not(void)
{
    static const enum xd_instance_convention all[] = {XD_CONVENTION_ROUNDED, XD_CONVENTION_EXACT, XD_CONVENTION_TRUNCATED};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(all); i++) {
        struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], all[i]);
        struct xd_solution solution = {0};
        char most[64], above[64];
        const int64_t units = XD_COST_MAX / instance->problem->cost_scale;
        snprintf(most, sizeof most, "Route #1: 1\nCost %lld\n", (long long)units);
        snprintf(above, sizeof above, "Route #1: 1\nCost %lld.9\n", (long long)units);
        CU_ASSERT_EQUAL(xd_solution_try(above, strlen(above), instance, &solution, NULL), XD_DATA);
        CU_ASSERT_EQUAL(xd_solution_try(most, strlen(most), instance, &solution, NULL), XD_OK);
        CU_ASSERT_EQUAL(solution.cost, XD_COST_MAX);
        xd_solution_free(&solution);
        xd_instance_free(instance);
    }
}

static void a_solution_file_at_the_limit_is_read_and_a_larger_one_is_not(void)
{
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_AUTO);
    static const char routes[] = "Route #1: 1 2\nRoute #2: 3 4\n";
    char *text = xd_alloc(XD_SOLUTION_BYTES_MAX + 1, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    memset(text, '\n', XD_SOLUTION_BYTES_MAX + 1);
    memcpy(text, routes, sizeof routes - 1);
    for (size_t over_n = 0; over_n < 2; over_n++) {
        char path[XD_TEST_PATH_MAX];
        struct xd_solution solution = {0};
        struct xd_error error = {.status = XD_OK};
        xd_temporary_file("large.sol", text, XD_SOLUTION_BYTES_MAX + over_n, path);
        CU_ASSERT_EQUAL(xd_solution_read(path, instance, &solution, &error), over_n > 0 ? XD_DATA : XD_OK);
        CU_ASSERT_TRUE(over_n == 0 || strstr(error.message, "16777216"));
        xd_solution_free(&solution);
    }
    xd_free(text);
    xd_instance_free(instance);
}

static void files_that_cannot_be_read_are_no_input(void)
{
    struct xd_instance *instance = NULL, *sound = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_AUTO);
    struct xd_solution solution = {0};
    struct xd_error error = {.status = XD_OK};
    char path[XD_TEST_PATH_MAX];
    snprintf(path, sizeof path, "%s/absent.vrp", xd_temporary_folder());
    CU_ASSERT_EQUAL(xd_instance_read(path, NULL, &instance, &error), XD_NO_INPUT);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.source, "absent.vrp"));
    CU_ASSERT_EQUAL(xd_solution_read(path, sound, &solution, &error), XD_NO_INPUT);
    CU_ASSERT_EQUAL(xd_instance_read(xd_temporary_folder(), NULL, &instance, &error), XD_NO_INPUT);
    CU_ASSERT_PTR_NULL(instance);
    xd_temporary_file("empty.vrp", "", 0, path);
    CU_ASSERT_EQUAL(xd_instance_read(path, NULL, &instance, &error), XD_DATA);
    CU_ASSERT_EQUAL(xd_solution_read(path, sound, &solution, &error), XD_DATA);
    xd_instance_free(sound);
}

static const struct xd_test_case cases[] = {
    XD_CASE(every_base_is_sound),
    XD_CASE(every_malformed_instance_is_told_at_its_place),
    XD_CASE(every_malformed_solution_is_told_at_its_place),
    XD_CASE(every_cut_of_an_instance_is_the_whole_or_an_error),
    XD_CASE(zero_bytes_and_garbage_are_refused),
    XD_CASE(overlong_lines_are_told_shortly),
    XD_CASE(a_huge_dimension_takes_no_memory_for_what_is_not_there),
    XD_CASE(the_largest_cost_of_each_convention_is_read_and_more_is_not),
    XD_CASE(a_solution_file_at_the_limit_is_read_and_a_larger_one_is_not),
    XD_CASE(files_that_cannot_be_read_are_no_input),
};
const struct xd_test_suite xd_suite_instance_malformed = {"instance_malformed", cases, XD_ARRAY_LENGTH(cases)};
