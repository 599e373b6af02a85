/* Small instances of the tests' own, read from memory, and routes judged on them. */
#ifndef XD_TESTS_INSTANCE_FIXTURE_H
#define XD_TESTS_INSTANCE_FIXTURE_H

#include "io/instance/solution.h"
#include "tests/harness/harness.h"

#define XD_CASE(name)                                                                                                                                \
    {                                                                                                                                                \
#name, name                                                                                                                                  \
    }

extern const struct xd_test_suite xd_suite_instance_read, xd_suite_instance_solution, xd_suite_instance_shared, xd_suite_instance_malformed,
    xd_suite_instance_fault;

/* The instance of a text; fails the case when there is none. The bytes are copied to a block of exactly their size, for the address sanitizer. */
struct xd_instance *xd_instance_of(const char *text, enum xd_instance_convention convention);
/* As above for what may fail: the status; *instance is NULL then. */
enum xd_status xd_instance_try(const char *text, size_t n, enum xd_instance_convention convention, struct xd_instance **instance,
                               struct xd_error *error);
enum xd_status xd_solution_try(const char *text, size_t n, const struct xd_instance *instance, struct xd_solution *solution, struct xd_error *error);

/* The plan of the routes when the checker lets it pass, NULL otherwise; the first violation's kind in *kind (may be NULL). */
struct xd_verified_plan *xd_instance_judge(const struct xd_instance *instance, const struct xd_solution *solution, enum xd_violation_kind *kind);
/* Total cost of the routes of a text, -1 when the checker refuses them, -2 when they are not read. */
int64_t xd_instance_cost_of(const struct xd_instance *instance, const char *solution);
int32_t xd_instance_length(const struct xd_instance *instance, int32_t from, int32_t to);

#endif
