/* Solutions: the form written, read back, its cost in the units of the instance, and the object of solve --json. */
#include "io/instance/solve_json.h"
#include "tests/malformed/instance_cases.h"
#include "tests/unit/instance_fixture.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 1 << 16 };

/* The text that the writer makes of the routes of a text. */
static void expect_written(const char *base, enum xd_instance_convention convention, const char *routes, const char *expected)
{
    struct xd_instance *instance = xd_instance_of(base, convention);
    struct xd_solution solution = {0};
    struct xd_buffer buffer;
    xd_buffer_init(&buffer, TEXT_MAX);
    CU_ASSERT_EQUAL_FATAL(xd_solution_try(routes, strlen(routes), instance, &solution, NULL), XD_OK);
    struct xd_verified_plan *verified = xd_instance_judge(instance, &solution, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(verified);
    CU_ASSERT_EQUAL(xd_solution_write(instance, verified, &buffer, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_buffer_append(&buffer, "", 1, NULL), XD_OK);
    CU_ASSERT_STRING_EQUAL(buffer.bytes, expected);
    if (strcmp(buffer.bytes, expected) != 0)
        printf("\n%s", buffer.bytes);
    /* read again: the same routes, and the stated cost is the plan's */
    struct xd_solution again = {0};
    CU_ASSERT_EQUAL(xd_solution_try(buffer.bytes, strlen(buffer.bytes), instance, &again, NULL), XD_OK);
    CU_ASSERT_TRUE(again.has_cost && again.cost == xd_verified_plan_values(verified)->total_cost);
    struct xd_verified_plan *second = xd_instance_judge(instance, &again, NULL);
    CU_ASSERT_PTR_NOT_NULL(second);
    xd_verified_plan_free(second);
    xd_solution_free(&again);
    xd_verified_plan_free(verified);
    xd_solution_free(&solution);
    xd_buffer_free(&buffer);
    xd_instance_free(instance);
}

static void solutions_are_written_in_the_cvrplib_form(void)
{
    const char *base = xd_instance_bases[XD_BASE_CVRP];
    /* 0-1-2-0: 5 + 5 + 10 = 20; 0-4-3-0: 1 + 4 + 5 = 10. Routes stand in the order of their first customers. */
    expect_written(base, XD_CONVENTION_ROUNDED, "Route #1: 4 3\nRoute #2: 1 2\n", "Route #1: 1 2\nRoute #2: 4 3\nCost 30\n");
    /* sqrt 2 = 1.41421 -> 1.4142; sqrt 17 = 4.12311 -> 4.1231: 20 + 1.4142 + 4.1231 + 5 = 30.5373 */
    expect_written(base, XD_CONVENTION_EXACT, "Route #1: 1 2\nRoute #2: 4 3\n", "Route #1: 1 2\nRoute #2: 4 3\nCost 30.5373\n");
    /* 20 + 1.4 + 4.1 + 5 = 30.5 */
    expect_written(base, XD_CONVENTION_TRUNCATED, "Route #1: 1 2\nRoute #2: 4 3\n", "Route #1: 1 2\nRoute #2: 4 3\nCost 30.5\n");
    expect_written(xd_instance_bases[XD_BASE_SOLOMON], XD_CONVENTION_AUTO, "Route #1: 1 2\nRoute #2: 3\n", "Route #1: 1 2\nRoute #2: 3\nCost 22.8\n");
}

static void thirty_is_the_optimum_of_the_small_instance(void)
{
    /* Loads 4 5 6 3, capacity 10, lengths from 0: 5 10 5 1, between: 12 5, 13 3, 14 4, 23 7, 24 9, 34 4. All ways to part the customers:
     * 12|34 20+10 = 30; 13|24 13+20 = 33; 12|3|4 20+10+2 = 32; 34|1|2 10+10+20 = 40; 13|2|4 13+20+2 = 35; 14|2|3 10+20+10 = 40;
     * 24|1|3 20+10+10 = 40; 1|2|3|4 10+20+10+2 = 42; 14|23 and all larger groups are over the capacity. */
    static const struct {
        const char *routes;
        int64_t cost;
    } ways[] = {
        {"Route #1: 1 2\nRoute #2: 3 4\n", 30},
        {"Route #1: 1 3\nRoute #2: 2 4\n", 33},
        {"Route #1: 1 2\nRoute #2: 3\nRoute #3: 4\n", 32},
        {"Route #1: 3 4\nRoute #2: 1\nRoute #3: 2\n", 40},
        {"Route #1: 1 3\nRoute #2: 2\nRoute #3: 4\n", 35},
        {"Route #1: 1 4\nRoute #2: 2\nRoute #3: 3\n", 40},
        {"Route #1: 2 4\nRoute #2: 1\nRoute #3: 3\n", 40},
        {"Route #1: 1\nRoute #2: 2\nRoute #3: 3\nRoute #4: 4\n", 42},
        {"Route #1: 1 4\nRoute #2: 2 3\n", -1},
        {"Route #1: 1 2 4\nRoute #2: 3\n", -1},
    };
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_AUTO);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(ways); i++)
        CU_ASSERT_EQUAL(xd_instance_cost_of(instance, ways[i].routes), ways[i].cost);
    xd_instance_free(instance);
}

static void costs_are_told_in_the_units_of_the_instance(void)
{
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_EXACT);
    static const struct {
        int64_t cost;
        const char *text;
    } costs[] = {{0, "0.0000"}, {1, "0.0001"}, {10000, "1.0000"}, {5246111, "524.6111"}, {INT64_MAX, "922337203685477.5807"}};
    char text[XD_SOLUTION_COST_TEXT_MAX];
    for (size_t i = 0; i < XD_ARRAY_LENGTH(costs); i++) {
        xd_solution_cost_text(instance, costs[i].cost, text);
        CU_ASSERT_STRING_EQUAL(text, costs[i].text);
    }
    xd_instance_free(instance);
    instance = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_ROUNDED);
    xd_solution_cost_text(instance, 26362, text);
    CU_ASSERT_STRING_EQUAL(text, "26362");
    xd_instance_free(instance);
}

static void forms_of_others_are_read(void)
{
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_ROUNDED);
    static const char *const forms[] = {
        "Route #1: 1 2\nRoute #2: 3 4\n",
        "\xEF\xBB\xBFRoute #1:1 2\r\nRoute #2: 3 4 \r\nCost 30\r\n",
        "Cost 30\n\nRoute #7 :  1\t2\n  Route #3: 3 4",
        "Route #1 @1: 1 2\nRoute #2 @1 %1: 3 4\nCost 30.0\n",
        "Route #1: 1\f2\nRoute #2: 3 \v4\nRoute #3:\nCost 30\n",
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(forms); i++)
        CU_ASSERT_EQUAL(xd_instance_cost_of(instance, forms[i]), 30);
    xd_instance_free(instance);
}

/* The reader takes what the checker then names. */
static void wrong_routes_are_the_checkers_to_name(void)
{
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_ROUNDED);
    static const struct {
        const char *routes;
        enum xd_violation_kind kind;
    } wrong[] = {
        {"Route #1: 1 2\nRoute #2: 3\n", XD_VIOLATION_STOP_REQUIRED},
        {"Route #1: 1 2\nRoute #2: 3 4\nRoute #3: 1\n", XD_VIOLATION_STOP_TWICE},
        {"Route #1: 1 3 4\nRoute #2: 2\n", XD_VIOLATION_MASS},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(wrong); i++) {
        struct xd_solution solution = {0};
        enum xd_violation_kind kind = XD_VIOLATION_KINDS_N;
        CU_ASSERT_EQUAL_FATAL(xd_solution_try(wrong[i].routes, strlen(wrong[i].routes), instance, &solution, NULL), XD_OK);
        CU_ASSERT_PTR_NULL(xd_instance_judge(instance, &solution, &kind));
        CU_ASSERT_EQUAL(kind, wrong[i].kind);
        xd_solution_free(&solution);
    }
    xd_instance_free(instance);
}

static void a_solution_is_read_from_a_file(void)
{
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_TRUNCATED);
    const char *text = xd_instance_bases[XD_BASE_SOLUTION];
    struct xd_solution solution = {0};
    char path[XD_TEST_PATH_MAX];
    xd_temporary_file("five.sol", text, strlen(text), path);
    CU_ASSERT_EQUAL_FATAL(xd_solution_read(path, instance, &solution, NULL), XD_OK);
    CU_ASSERT_EQUAL(solution.routes_n, 2);
    CU_ASSERT_EQUAL(solution.first[2], 4);
    CU_ASSERT_EQUAL(solution.stops[3], 2); /* customer 3 is stop 2 */
    CU_ASSERT_EQUAL(solution.types[1], 0);
    CU_ASSERT_EQUAL(solution.cost, 300); /* 30 in tenths */
    xd_solution_free(&solution);
    xd_solution_free(&solution);
    xd_solution_free(NULL);
    xd_instance_free(instance);
}

static bool json_holds(const struct xd_instance *instance, const struct xd_solve_facts *facts, const char *const *parts, size_t parts_n)
{
    struct xd_buffer buffer;
    bool good = true;
    xd_buffer_init(&buffer, TEXT_MAX);
    CU_ASSERT_EQUAL_FATAL(xd_solve_json_write(instance, facts, &buffer, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_buffer_append(&buffer, "", 1, NULL), XD_OK);
    for (size_t i = 0; i < parts_n; i++)
        good = good && strstr(buffer.bytes, parts[i]);
    if (!good)
        printf("\n%s\n", buffer.bytes);
    xd_buffer_free(&buffer);
    return good;
}

static void the_json_object_holds_the_figures(void)
{
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_SOLOMON], XD_CONVENTION_AUTO);
    static const char routes[] = "Route #1: 1 2\nRoute #2: 3\n";
    static const char *const found[] = {"\"schema\": \"xiangdao-solve\"",
                                        "\"version\": 1,",
                                        "\"instance\": \"S3\"",
                                        "\"family\": \"vrptw\"",
                                        "\"convention\": \"truncated\"",
                                        "\"cost\": 22.8,",
                                        "\"feasible\": true",
                                        "[1, 2],",
                                        "[3]",
                                        "\"routes_n\": 2",
                                        "\"seconds\": 1.5,",
                                        "\"iterations\": 77",
                                        "\"horizon\": 99",
                                        "\"seed\": 5",
                                        "\"threads\": 3",
                                        "\"stop_reason\": \"time\""};
    static const char *const none[] = {"\"cost\": null", "\"feasible\": false", "\"routes\": []", "\"routes_n\": 0"};
    struct xd_solution solution = {0};
    CU_ASSERT_EQUAL_FATAL(xd_solution_try(routes, strlen(routes), instance, &solution, NULL), XD_OK);
    struct xd_verified_plan *verified = xd_instance_judge(instance, &solution, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(verified);
    struct xd_solve_facts facts = {
        .plan = verified, .seconds = 1.5, .iterations = 77, .horizon = 99, .seed = 5, .threads_n = 3, .stop_reason = "time"};
    CU_ASSERT_TRUE(json_holds(instance, &facts, found, XD_ARRAY_LENGTH(found)));
    facts.plan = NULL;
    CU_ASSERT_TRUE(json_holds(instance, &facts, none, XD_ARRAY_LENGTH(none)));
    xd_verified_plan_free(verified);
    xd_solution_free(&solution);
    xd_instance_free(instance);
}

static const struct xd_test_case cases[] = {
    XD_CASE(solutions_are_written_in_the_cvrplib_form),   XD_CASE(thirty_is_the_optimum_of_the_small_instance),
    XD_CASE(costs_are_told_in_the_units_of_the_instance), XD_CASE(forms_of_others_are_read),
    XD_CASE(wrong_routes_are_the_checkers_to_name),       XD_CASE(a_solution_is_read_from_a_file),
    XD_CASE(the_json_object_holds_the_figures),
};
const struct xd_test_suite xd_suite_instance_solution = {"instance_solution", cases, XD_ARRAY_LENGTH(cases)};
