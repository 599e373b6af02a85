/* A solution from any bytes, of one of the tests' instances (the first byte chooses): a located error, or routes that the judge takes without a crash and that
 * cost the same when written and read again. */
#include "io/instance/solution.h"
#include "tests/malformed/instance_cases.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { INSTANCES_N = 3 };
static struct xd_instance *instances[INSTANCES_N];

static void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const struct {
        enum xd_instance_base base;
        enum xd_instance_convention convention;
    } made[INSTANCES_N] = {{XD_BASE_CVRP, XD_CONVENTION_ROUNDED}, {XD_BASE_CVRP, XD_CONVENTION_EXACT}, {XD_BASE_SOLOMON, XD_CONVENTION_TRUNCATED}};
    (void)argc;
    (void)argv;
    for (size_t i = 0; i < INSTANCES_N; i++) {
        const struct xd_instance_options options = {.convention = made[i].convention};
        const char *text = xd_instance_bases[made[i].base];
        require(xd_instance_parse("instance", text, strlen(text), &options, &instances[i], NULL) == XD_OK);
    }
    return 0;
}

static void write_and_read(const struct xd_instance *instance, const struct xd_verified_plan *verified)
{
    struct xd_buffer buffer;
    struct xd_solution again = {0};
    xd_buffer_init(&buffer, 1 << 20);
    require(xd_solution_write(instance, verified, &buffer, NULL) == XD_OK);
    require(xd_solution_parse("again", buffer.bytes, buffer.length, instance, &again, NULL) == XD_OK);
    const struct xd_plan *plan = xd_verified_plan_values(verified);
    require(again.routes_n == plan->routes_n && again.has_cost && again.cost == plan->total_cost);
    xd_solution_free(&again);
    xd_buffer_free(&buffer);
}

static void judge(const struct xd_instance *instance, const struct xd_solution *solution)
{
    const struct xd_routes routes = xd_solution_routes(solution);
    struct xd_violations violations = {0};
    struct xd_verified_plan *verified = NULL;
    struct xd_plan *plan = NULL;
    enum xd_status status = xd_plan_schedule(instance->problem, &routes, 0, 0, &plan, NULL);
    require(status == XD_OK || status == XD_DATA);
    if (status == XD_OK) {
        status = xd_check_plan(instance->problem, plan, &violations, &verified, NULL);
        require(status == XD_OK || (status == XD_NO_PLAN && violations.items_n > 0));
        if (verified)
            write_and_read(instance, verified);
    }
    xd_verified_plan_free(verified);
    xd_violations_free(&violations);
    xd_plan_free(plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct xd_error error = {.status = XD_OK};
    struct xd_solution solution = {.routes_n = -7};
    if (size == 0)
        return 0;
    const struct xd_instance *instance = instances[data[0] % INSTANCES_N];
    const enum xd_status status = xd_solution_parse("fuzz", (const char *)data + 1, size - 1, instance, &solution, &error);
    if (status != XD_OK) {
        require(status == XD_DATA && error.status == XD_DATA && error.message[0] != '\0' && strcmp(error.source, "fuzz") == 0 &&
                solution.routes_n == -7);
        return 0;
    }
    const int32_t stops_n = instance->problem->stops_n;
    require(solution.routes_n >= 1 && solution.first[0] == 0 && solution.first[solution.routes_n] <= 2 * stops_n);
    for (int32_t i = 0; i < solution.first[solution.routes_n]; i++)
        require(solution.stops[i] >= 0 && solution.stops[i] < stops_n);
    judge(instance, &solution);
    xd_solution_free(&solution);
    return 0;
}
