/* The best plan by enumeration: the truth for problems of up to XD_BRUTE_STOPS_MAX stops.
 *
 * Everything a problem can say is weighed: several types and counts, windows, release, shift, duration, range, both loads both ways, features,
 * stops that may be left at a price. Its arithmetic is its own: a route's shortest duration is found by trying every start at which some wait
 * becomes 0 or some window would close, its load leg by leg.
 * Cost: O(types * stops! * stops^2): 8 stops and 3 types take about 0.3 s at -O1.
 */
#ifndef XD_TESTS_ORACLE_BRUTE_FORCE_H
#define XD_TESTS_ORACLE_BRUTE_FORCE_H

#include "solver/model/plan.h"

enum { XD_BRUTE_STOPS_MAX = 8 };

/* An optimal solution; the arrays are in place, so that nothing needs freeing. */
struct xd_brute_result {
    bool feasible; /* false: no plan serves all stops that must be served; the rest is not set */
    int64_t cost;  /* of the objective, price of unserved stops included */
    int32_t routes_n;
    int32_t types[XD_BRUTE_STOPS_MAX];
    int32_t first[XD_BRUTE_STOPS_MAX + 1];
    int32_t stops[XD_BRUTE_STOPS_MAX];
};

/* problem->stops_n <= XD_BRUTE_STOPS_MAX, else *result is infeasible and false is returned. */
bool xd_brute_force(const struct xd_problem *problem, struct xd_brute_result *result);
struct xd_routes xd_brute_routes(const struct xd_brute_result *result); /* borrows */

/* Of one route in the order given: false when some constraint is broken; *cost is set otherwise. */
bool xd_brute_route_cost(const struct xd_problem *problem, int32_t type, const int32_t *stops, int32_t stops_n, int64_t *cost);

#endif
