/* The judge: recomputes everything about a plan from problem and matrices, and names every violation with amounts.
 * Shares no code with the searchers or with xd_plan_schedule. The only maker of xd_verified_plan, which is all that writers accept. */
#ifndef XD_SOLVER_CHECK_CHECK_H
#define XD_SOLVER_CHECK_CHECK_H

#include "solver/model/plan.h"

enum xd_violation_kind {
    XD_VIOLATION_PROBLEM, /* made for another problem (hash) */
    XD_VIOLATION_STOP_UNKNOWN,
    XD_VIOLATION_STOP_TWICE,    /* served twice, or served and unserved */
    XD_VIOLATION_STOP_MISSING,  /* neither served nor listed */
    XD_VIOLATION_STOP_REQUIRED, /* unserved though it must be */
    XD_VIOLATION_VEHICLE_UNKNOWN,
    XD_VIOLATION_VEHICLE_TWICE,
    XD_VIOLATION_ROUTE_EMPTY,
    XD_VIOLATION_MASS,         /* dim 0 over capacity somewhere on the way */
    XD_VIOLATION_VOLUME,       /* dim 1 */
    XD_VIOLATION_LOAD_STATED,  /* stated loads are not what the stops say */
    XD_VIOLATION_NEEDS,        /* e.g. refrigerated goods in an ordinary vehicle */
    XD_VIOLATION_UNREACHABLE,  /* a leg without a road */
    XD_VIOLATION_TRAVEL_TIME,  /* arrives sooner than the road allows, or departs before it arrives */
    XD_VIOLATION_WINDOW_EARLY, /* service begins before the stop opens */
    XD_VIOLATION_WINDOW_LATE,
    XD_VIOLATION_SERVICE_TIME, /* leaves before service is done */
    XD_VIOLATION_RELEASE,      /* leaves the depot before its goods are there */
    XD_VIOLATION_BASE_LEAVE,   /* at the start depot sooner than the way from the base allows */
    XD_VIOLATION_BASE_BACK,    /* back at the base sooner than the way from the end depot allows */
    XD_VIOLATION_SHIFT_START,
    XD_VIOLATION_SHIFT_END,
    XD_VIOLATION_DURATION,
    XD_VIOLATION_RANGE, /* length over length_max_m */
    XD_VIOLATION_LENGTH_STATED,
    XD_VIOLATION_COST_FIXED,
    XD_VIOLATION_COST_LENGTH,
    XD_VIOLATION_COST_DURATION,
    XD_VIOLATION_COST_UNSERVED,
    XD_VIOLATION_COST_TOTAL,
    XD_VIOLATION_REASON, /* a reason for leaving a stop that is not true */
    XD_VIOLATION_KINDS_N
};

struct xd_violation {
    enum xd_violation_kind kind;
    int32_t route; /* index in the plan, -1 = none */
    int32_t stop;  /* problem stop, -1 = none */
    int64_t found;
    int64_t limit; /* what was expected, or the bound */
};

enum { XD_VIOLATIONS_MAX = 1000 };
struct xd_violations {
    struct xd_violation *items; /* route by route, then what concerns no route */
    int32_t items_n;
    int64_t left_out_n;
};
void xd_violations_free(struct xd_violations *violations);
const char *xd_violation_name(enum xd_violation_kind kind); /* stable, "mass_over_capacity" ... */
const char *
xd_violation_text(enum xd_violation_kind kind); /* English message format with found and limit: "carries %1$lld g where %2$lld g are allowed" */

struct xd_verified_plan; /* owns a copy of the plan; borrows the problem */
/* XD_OK and *verified set when there is no violation; XD_NO_PLAN and violations filled otherwise (zero-initialised by the caller). */
XD_MUST_CHECK enum xd_status xd_check_plan(const struct xd_problem *problem, const struct xd_plan *plan, struct xd_violations *violations,
                                           struct xd_verified_plan **verified, struct xd_error *error);
const struct xd_plan *xd_verified_plan_values(const struct xd_verified_plan *verified);
const struct xd_problem *xd_verified_plan_problem(const struct xd_verified_plan *verified);
void xd_verified_plan_free(struct xd_verified_plan *verified);

#endif
