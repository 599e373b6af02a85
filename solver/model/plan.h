/* A plan: values only. Who drives what, when; what stays unserved; what it costs.
 * Owns: all arrays, each an allocation of its own, the visits of every route too (xd_plan_free). Made from bare routes by xd_plan_schedule, from a file by io; judged by solver/check alone. */
#ifndef XD_SOLVER_MODEL_PLAN_H
#define XD_SOLVER_MODEL_PLAN_H

#include "solver/model/problem.h"

struct xd_visit {
    int32_t stop;
    int64_t arrive_s;
    int64_t begin_s;               /* of service; arrive <= begin */
    int64_t depart_s;              /* begin + service */
    int64_t length_m;              /* driven since the previous visit or the depot */
    int64_t load_after[XD_DIMS_N]; /* on board when leaving */
};

struct xd_plan_route {
    int32_t vehicle; /* problem vehicle number */
    int32_t visits_n;
    struct xd_visit *visits;
    int64_t start_s, end_s;              /* leaves its base, back at it */
    int64_t depot_leave_s, depot_back_s; /* leaves the start depot loaded, back at the end depot; start_s and end_s of a vehicle that lives there */
    int64_t length_m;                    /* of all, with the ways from and to the base */
    int64_t approach_m, homeward_m;      /* base to start depot, end depot to base */
    int64_t load_start[XD_DIMS_N];       /* deliveries loaded at the start */
    int64_t fixed_cost, length_cost, duration_cost; /* cost units */
};

/* Proven by single-stop routes: of all vehicle types (with vehicles) those with the features stay, of these those with the capacity, of these those with a
 * way there and back, of these those in time, of these those of which the plan leaves one idle. The first step that leaves none is the reason; when
 * some stay it was a choice. */
enum xd_unserved_reason {
    XD_UNSERVED_CHOICE,      /* a vehicle that could serve it stands idle: serving costs more than the price of leaving it */
    XD_UNSERVED_CAPACITY,    /* no vehicle alone can carry it */
    XD_UNSERVED_UNREACHABLE, /* no way there and back for any vehicle that may serve it */
    XD_UNSERVED_TIME,        /* alone on an empty vehicle, still outside windows, shift, duration or range */
    XD_UNSERVED_FEATURE,     /* no vehicle has what it needs */
    XD_UNSERVED_FLEET        /* all vehicles that could serve it alone drive a route already */
};

struct xd_unserved {
    int32_t stop;
    enum xd_unserved_reason reason;
};

struct xd_plan {
    uint64_t problem_hash;
    uint64_t seed;
    int64_t iterations;
    int32_t routes_n;
    struct xd_plan_route *routes; /* ascending vehicle; no empty routes */
    int32_t unserved_n;
    struct xd_unserved *unserved; /* ascending stop */
    int64_t fixed_cost, length_cost, duration_cost, unserved_cost, total_cost;
};

void xd_plan_free(struct xd_plan *plan);
XD_MUST_CHECK enum xd_status xd_plan_copy(const struct xd_plan *plan, struct xd_plan **copy, struct xd_error *error);

/* A bare solution as searchers hold it. route r visits stops[first[r] .. first[r+1]) with vehicle type types[r]. Borrows. */
struct xd_routes {
    int32_t routes_n;
    const int32_t *types;
    const int32_t *first; /* routes_n + 1 */
    const int32_t *stops;
};

/* Times, loads and costs of bare routes: routes sorted by type then first stop and given vehicle numbers; each route leaves as late as it can
 * without ending later (least waiting; none at the depots), not before its shift, nor its depot before its goods' release; reasons for unserved stops proved one by one.
 * Does not judge feasibility (a late visit is written as it would happen): that is the checker's.
 * Errors: XD_DATA for an unknown stop or type, more routes of a type than vehicles, more than 2 * stops_n visits, an unreachable leg; XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_plan_schedule(const struct xd_problem *problem, const struct xd_routes *routes, uint64_t seed, int64_t iterations,
                                              struct xd_plan **plan, struct xd_error *error);

#endif
