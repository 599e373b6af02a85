/* A benchmark instance from any bytes (the first chooses the convention): a located error, or a problem on which plans can be scheduled, judged, written and
 * read again at the same cost. */
#include "base/alloc.h"
#include "io/instance/solution.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { STOPS_TRIED_MAX = 64 };

static void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    xd_alloc_budget_set((size_t)256 << 20); /* tables of thousands of points are no use here */
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

/* Customers in file order on `routes_n` routes. */
static void plan_on(const struct xd_instance *instance, int32_t routes_n)
{
    int32_t types[STOPS_TRIED_MAX] = {0}, first[STOPS_TRIED_MAX + 1], stops[STOPS_TRIED_MAX];
    const int32_t stops_n = instance->problem->stops_n;
    struct xd_violations violations = {0};
    struct xd_verified_plan *verified = NULL;
    struct xd_plan *plan = NULL;
    for (int32_t s = 0; s < stops_n; s++)
        stops[s] = s;
    for (int32_t r = 0; r <= routes_n; r++)
        first[r] = (int32_t)((int64_t)r * stops_n / routes_n);
    const struct xd_routes routes = {.routes_n = routes_n, .types = types, .first = first, .stops = stops};
    enum xd_status status = xd_plan_schedule(instance->problem, &routes, 0, 0, &plan, NULL);
    require(status == XD_OK || status == XD_DATA); /* more routes than vehicles */
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
    struct xd_instance *instance = NULL;
    if (size == 0)
        return 0;
    const struct xd_instance_options options = {.convention = (enum xd_instance_convention)(data[0] % 4)};
    const enum xd_status status = xd_instance_parse("fuzz", (const char *)data + 1, size - 1, &options, &instance, &error);
    require((status == XD_OK) == (instance != NULL));
    if (!instance) {
        require(status == XD_DATA || status == XD_NO_MEMORY);
        require(error.status == status && error.message[0] != '\0' && (status != XD_DATA || strcmp(error.source, "fuzz") == 0));
        return 0;
    }
    const int32_t stops_n = instance->problem->stops_n;
    require(stops_n >= 1 && instance->matrix->points_n == stops_n + 1 && instance->convention != XD_CONVENTION_AUTO);
    for (int32_t s = 0; s < stops_n; s++)
        require(instance->problem->stops[s].delivery[0] <= instance->problem->types[0].capacity[0]);
    if (stops_n <= STOPS_TRIED_MAX) {
        plan_on(instance, 1);
        plan_on(instance, stops_n);
    }
    xd_instance_free(instance);
    return 0;
}
