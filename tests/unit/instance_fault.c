/* Each allocation of reading an instance, reading a solution and writing either form is failed in turn: out of memory, no part for the whole, no leak. */
#include "base/alloc.h"
#include "io/instance/solve_json.h"
#include "tests/malformed/instance_cases.h"
#include "tests/unit/instance_fixture.h"

#include <string.h>

enum { ALLOCATIONS_MAX = 1000, TEXT_MAX = 1 << 16 };

static const char routes_text[] = "Route #1: 1 2\nRoute #2: 3\nCost 22.8\n";

struct fault {
    const char *path; /* of the instance */
    struct xd_instance *sound;
    struct xd_verified_plan *verified;
    struct xd_error error;
};

static enum xd_status read_instance(struct fault *f)
{
    struct xd_instance *instance = NULL;
    const enum xd_status status = xd_instance_read(f->path, NULL, &instance, &f->error);
    CU_ASSERT_EQUAL((status == XD_OK), (instance != NULL));
    if (instance && f->sound)
        CU_ASSERT_EQUAL(instance->problem->hash, f->sound->problem->hash);
    xd_instance_free(instance);
    return status;
}

static enum xd_status read_solution(struct fault *f)
{
    struct xd_solution solution = {.routes_n = -7};
    const enum xd_status status = xd_solution_parse("solution", routes_text, sizeof routes_text - 1, f->sound, &solution, &f->error);
    if (status != XD_OK) {
        CU_ASSERT_EQUAL(solution.routes_n, -7);
        return status;
    }
    CU_ASSERT_EQUAL(solution.routes_n, 2);
    CU_ASSERT_EQUAL(solution.first[2], 3);
    xd_solution_free(&solution);
    return status;
}

static enum xd_status write_solution(struct fault *f)
{
    struct xd_buffer buffer;
    xd_buffer_init(&buffer, TEXT_MAX);
    const enum xd_status status = xd_solution_write(f->sound, f->verified, &buffer, &f->error);
    if (status == XD_OK)
        CU_ASSERT_TRUE(buffer.length == sizeof routes_text - 1 && memcmp(buffer.bytes, routes_text, buffer.length) == 0);
    xd_buffer_free(&buffer);
    return status;
}

static enum xd_status write_json(struct fault *f)
{
    const struct xd_solve_facts facts = {.plan = f->verified, .stop_reason = "iterations"};
    struct xd_buffer buffer;
    xd_buffer_init(&buffer, TEXT_MAX);
    const enum xd_status status = xd_solve_json_write(f->sound, &facts, &buffer, &f->error);
    if (status == XD_OK)
        CU_ASSERT_TRUE(buffer.length > 100 && buffer.bytes[buffer.length - 2] == '}');
    xd_buffer_free(&buffer);
    return status;
}

/* at_least: allocations that the work makes, so that a hook that counts nothing is found. */
static void fail_each(enum xd_status (*work)(struct fault *), struct fault *f, uint64_t at_least)
{
    for (int and_after = 0; and_after < 2; and_after++) {
        enum xd_status status = XD_NO_MEMORY;
        uint64_t nth = 0;
        while (status != XD_OK && nth < ALLOCATIONS_MAX) {
            const struct xd_alloc_statistics before = xd_alloc_statistics_read();
            f->error = (struct xd_error){.status = XD_OK};
            xd_alloc_fail_at(++nth, and_after);
            status = work(f);
            xd_alloc_fail_at(0, false);
            CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, before.live_n);
            CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_bytes, before.live_bytes);
            if (status != XD_OK) {
                CU_ASSERT_EQUAL(status, XD_NO_MEMORY);
                CU_ASSERT_EQUAL(f->error.status, XD_NO_MEMORY);
            }
        }
        CU_ASSERT_TRUE(nth > at_least && nth < ALLOCATIONS_MAX);
    }
}

static void each_allocation_of_reading_an_instance_failed_is_no_memory(void)
{
    for (int b = 0; b < XD_BASE_SOLUTION; b++) {
        char path[XD_TEST_PATH_MAX];
        struct fault f = {.path = path};
        xd_temporary_file("fault.txt", xd_instance_bases[b], strlen(xd_instance_bases[b]), path);
        f.sound = xd_instance_of(xd_instance_bases[b], XD_CONVENTION_AUTO);
        fail_each(read_instance, &f, 5); /* the file, the instance, the points, the matrix, the stops, the problem */
        xd_instance_free(f.sound);
    }
}

static void each_allocation_of_a_solution_failed_is_no_memory(void)
{
    struct fault f = {.sound = xd_instance_of(xd_instance_bases[XD_BASE_SOLOMON], XD_CONVENTION_AUTO)};
    struct xd_solution solution = {0};
    CU_ASSERT_EQUAL_FATAL(xd_solution_try(routes_text, sizeof routes_text - 1, f.sound, &solution, NULL), XD_OK);
    f.verified = xd_instance_judge(f.sound, &solution, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(f.verified);
    fail_each(read_solution, &f, 2);
    fail_each(write_solution, &f, 0);
    fail_each(write_json, &f, 0);
    xd_verified_plan_free(f.verified);
    xd_solution_free(&solution);
    xd_instance_free(f.sound);
}

static const struct xd_test_case cases[] = {
    XD_CASE(each_allocation_of_reading_an_instance_failed_is_no_memory),
    XD_CASE(each_allocation_of_a_solution_failed_is_no_memory),
};
const struct xd_test_suite xd_suite_instance_fault = {"instance_fault", cases, XD_ARRAY_LENGTH(cases)};
