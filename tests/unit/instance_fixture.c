#include "tests/unit/instance_fixture.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>

/* Exactly as long as the text, so that reading past its end is found. */
static char *exact_copy(const char *text, size_t n)
{
    char *copy = xd_alloc(n, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
    if (n > 0)
        memcpy(copy, text, n);
    return copy;
}

enum xd_status xd_instance_try(const char *text, size_t n, enum xd_instance_convention convention, struct xd_instance **instance,
                               struct xd_error *error)
{
    const struct xd_instance_options options = {.convention = convention};
    char *copy = exact_copy(text, n);
    const enum xd_status status = xd_instance_parse("instance", copy, n, &options, instance, error);
    xd_free(copy);
    CU_ASSERT_EQUAL((status == XD_OK), (*instance != NULL));
    return status;
}

struct xd_instance *xd_instance_of(const char *text, enum xd_instance_convention convention)
{
    struct xd_instance *instance = NULL;
    struct xd_error error = {.status = XD_OK};
    if (xd_instance_try(text, strlen(text), convention, &instance, &error) != XD_OK)
        printf("\n  %s:%ld:%ld: %s: %s\n", error.source, (long)error.line, (long)error.column, error.field, error.message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(instance);
    return instance;
}

enum xd_status xd_solution_try(const char *text, size_t n, const struct xd_instance *instance, struct xd_solution *solution, struct xd_error *error)
{
    char *copy = exact_copy(text, n);
    const enum xd_status status = xd_solution_parse("solution", copy, n, instance, solution, error);
    xd_free(copy);
    return status;
}

struct xd_verified_plan *xd_instance_judge(const struct xd_instance *instance, const struct xd_solution *solution, enum xd_violation_kind *kind)
{
    const struct xd_routes routes = xd_solution_routes(solution);
    struct xd_violations violations = {0};
    struct xd_verified_plan *verified = NULL;
    struct xd_plan *plan = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_plan_schedule(instance->problem, &routes, 0, 0, &plan, NULL), XD_OK);
    const enum xd_status status = xd_check_plan(instance->problem, plan, &violations, &verified, NULL);
    CU_ASSERT_EQUAL((status == XD_OK), (verified != NULL));
    if (kind && violations.items_n > 0)
        *kind = violations.items[0].kind;
    xd_violations_free(&violations);
    xd_plan_free(plan);
    return verified;
}

int64_t xd_instance_cost_of(const struct xd_instance *instance, const char *text)
{
    struct xd_solution solution = {0};
    struct xd_error error = {.status = XD_OK};
    int64_t cost = -2;
    if (xd_solution_try(text, strlen(text), instance, &solution, &error) == XD_OK) {
        struct xd_verified_plan *verified = xd_instance_judge(instance, &solution, NULL);
        cost = verified ? xd_verified_plan_values(verified)->total_cost : -1;
        xd_verified_plan_free(verified);
    } else {
        printf("\n  %s:%ld:%ld: %s: %s\n", error.source, (long)error.line, (long)error.column, error.field, error.message);
    }
    xd_solution_free(&solution);
    return cost;
}

int32_t xd_instance_length(const struct xd_instance *instance, int32_t from, int32_t to)
{
    return xd_matrix_length_m(instance->matrix, from, to);
}
