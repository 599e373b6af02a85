#include "solver/model/plan.h"

#include "base/alloc.h"

#include <string.h>

void xd_plan_free(struct xd_plan *plan)
{
    if (!plan)
        return;
    for (int32_t r = 0; plan->routes && r < plan->routes_n; r++)
        xd_free(plan->routes[r].visits);
    xd_free(plan->routes);
    xd_free(plan->unserved);
    xd_free(plan);
}

static enum xd_status copy_routes(const struct xd_plan *plan, struct xd_plan *copy, struct xd_error *error)
{
    const size_t routes_n = (size_t)plan->routes_n;
    copy->routes = xd_alloc_zero(routes_n, sizeof *copy->routes);
    if (!copy->routes)
        return xd_fail_memory(error, "a copy of the plan", routes_n * sizeof *copy->routes);
    for (size_t r = 0; r < routes_n; r++) {
        const size_t visits_n = (size_t)plan->routes[r].visits_n;
        copy->routes[r] = plan->routes[r];
        copy->routes[r].visits = xd_alloc(visits_n, sizeof *copy->routes[r].visits);
        copy->routes_n = (int32_t)r + 1;
        if (!copy->routes[r].visits)
            return xd_fail_memory(error, "a copy of the plan", visits_n * sizeof *copy->routes[r].visits);
        if (visits_n > 0)
            memcpy(copy->routes[r].visits, plan->routes[r].visits, visits_n * sizeof *copy->routes[r].visits);
    }
    return XD_OK;
}

enum xd_status xd_plan_copy(const struct xd_plan *plan, struct xd_plan **copy, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    const size_t unserved_n = (size_t)plan->unserved_n;
    struct xd_plan *made = xd_alloc(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "a copy of the plan", sizeof *made);
    *made = *plan;
    made->routes = NULL;
    made->routes_n = 0;
    made->unserved = xd_alloc(unserved_n, sizeof *made->unserved);
    if (!made->unserved) {
        status = xd_fail_memory(error, "a copy of the plan", unserved_n * sizeof *made->unserved);
        goto done;
    }
    if (unserved_n > 0)
        memcpy(made->unserved, plan->unserved, unserved_n * sizeof *made->unserved);
    status = copy_routes(plan, made, error);
    if (status != XD_OK)
        goto done;
    *copy = made;
    made = NULL;
done:
    xd_plan_free(made);
    return status;
}
