#include "io/instance/solve_json.h"

#include "base/json_writer.h"

enum { SECONDS_DIGITS = 6 };

enum xd_status xd_solve_json_write(const struct xd_instance *instance, const struct xd_solve_facts *facts, struct xd_buffer *buffer,
                                   struct xd_error *error)
{
    const struct xd_problem *problem = instance->problem;
    const struct xd_plan *plan = facts->plan ? xd_verified_plan_values(facts->plan) : NULL;
    struct xd_json_writer json;
    xd_json_begin(&json, buffer, true, error);
    xd_json_object_begin(&json, NULL);
    xd_json_string(&json, "schema", "xiangdao-solve");
    xd_json_int(&json, "version", 1);
    xd_json_string(&json, "instance", problem->name);
    xd_json_string(&json, "family", xd_instance_family_name(instance->family));
    xd_json_string(&json, "convention", xd_instance_convention_name(instance->convention));
    xd_json_string(&json, "convention_text", xd_instance_convention_text(instance->convention));
    if (plan)
        xd_json_fixed(&json, "cost", plan->total_cost, instance->cost_decimals);
    else
        xd_json_null(&json, "cost");
    xd_json_bool(&json, "feasible", plan != NULL);
    xd_json_array_begin(&json, "routes");
    for (int32_t r = 0; plan && r < plan->routes_n; r++) {
        xd_json_array_begin_line(&json, NULL);
        for (int32_t i = 0; i < plan->routes[r].visits_n; i++)
            xd_json_int(&json, NULL, problem->stops[plan->routes[r].visits[i].stop].origin);
        xd_json_array_end(&json);
    }
    xd_json_array_end(&json);
    xd_json_int(&json, "routes_n", plan ? plan->routes_n : 0);
    xd_json_double(&json, "seconds", facts->seconds, SECONDS_DIGITS);
    xd_json_int(&json, "iterations", facts->iterations);
    xd_json_int(&json, "horizon", facts->horizon);
    xd_json_int(&json, "seed", facts->seed);
    xd_json_int(&json, "threads", facts->threads_n);
    xd_json_string(&json, "stop_reason", facts->stop_reason);
    xd_json_hash(&json, "problem_hash", problem->hash);
    xd_json_object_end(&json);
    return xd_json_end(&json);
}
