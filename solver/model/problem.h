/* The frozen routing problem: stops, vehicle types, matrices, objective. One form for counties and for benchmark instances.
 *
 * Units: seconds of the plan's day, metres, grams and cubic decimetres (or the instance's own units: dims are just numbers);
 *        cost in units of the problem, cost_scale of them to one unit of display (counties: 3,600,000 units = 1 fen, so that yuan per km and
 *        per hour are exact per metre and second; instances: 1 or 10).
 * Owns: all arrays (copied at build), in one arena; borrows the matrices. Threads: immutable after xd_problem_build.
 * xd_problem_build proves that no sum a solver can form overflows int64: see docs/limits.md.
 */
#ifndef XD_SOLVER_MODEL_PROBLEM_H
#define XD_SOLVER_MODEL_PROBLEM_H

#include "base/matrix.h"
#include "base/progress.h"

enum {
    XD_DIMS_N = 2, /* capacity dimensions: 0 mass (g), 1 volume (dm3); instances use 0 */
    XD_PROBLEM_STOPS_MAX = 32000,
    XD_PROBLEM_VEHICLE_TYPES_MAX = 64,
    XD_PROBLEM_VEHICLES_MAX = 32000,
    XD_PROBLEM_MATRICES_MAX = 16,
    XD_PROBLEM_NAME_MAX = 64
};
#define XD_REQUIRED (-1)                            /* unserved_cost of a stop that must be served */
#define XD_LOAD_MAX 1000000000000                   /* 1e12 a stop or vehicle */
#define XD_COST_RATE_MAX 1000000000                 /* cost per metre, per second */
#define XD_COST_MAX 1000000000000000                /* 1e15: fixed cost, unserved cost */
#define XD_TIME_MAX 100000000                       /* seconds; also of instances in tenths */
#define XD_PROBLEM_SUM_MAX (((int64_t)1 << 62) - 1) /* no sum of costs passes this */

/* What must be served, once, by one vehicle: goods dropped and picked up in the same visit. */
struct xd_stop {
    int32_t location;             /* row of the matrices */
    int64_t delivery[XD_DIMS_N];  /* from the start depot to here */
    int64_t pickup[XD_DIMS_N];    /* from here to the end depot */
    int64_t earliest_s, latest_s; /* service must begin in [earliest, latest]; early vehicles wait */
    int64_t service_s;
    int64_t release_s;     /* the vehicle that serves it leaves its start depot no earlier; 0 for stops without delivery */
    uint32_t needs;        /* feature bits (XD_FEATURE_*) that the vehicle must have */
    int64_t unserved_cost; /* price of leaving it, or XD_REQUIRED */
    int32_t origin;        /* the caller's index (place, customer number); not used by solvers */
};

enum { XD_FEATURE_COLD = 1 };

/* A kind of vehicle: `count` equal vehicles that load at a start depot and unload at an end depot; each drives at most one route.
 * It lives at a base: where base_location is start_location, the route is from depot to depot. Elsewhere the vehicle comes from there empty before, and goes
 * back there empty after: both ways are part of its route, for shift, duration, range and cost alike. */
struct xd_vehicle_type {
    char name[XD_PROBLEM_NAME_MAX];
    int32_t count;
    int32_t matrix; /* which matrix it drives on */
    int32_t start_location, end_location;
    int32_t base_location; /* start_location: it lives at its depots */
    int64_t capacity[XD_DIMS_N];
    uint32_t features;
    int64_t earliest_s, latest_s;   /* shift: leaves its base not before, back there not after */
    int64_t duration_max_s;         /* from leaving the base to coming back there, waiting and service included; XD_TIME_MAX = no limit */
    int64_t length_max_m;           /* XD_LENGTH_NO_LIMIT = none: the day's range of an electric vehicle */
    int64_t fixed_cost;             /* when used */
    int64_t cost_per_m, cost_per_s; /* of driven length; of duration */
};
#define XD_LENGTH_NO_LIMIT 1000000000

/* The ways between a type's base and its depots, on its own matrix: constants of every route that it drives. */
struct xd_base_legs {
    bool reachable;                 /* there are both; where one is missing all lengths are 0 and the type can drive nothing */
    int64_t approach_s, approach_m; /* base to start depot; 0 where it lives there */
    int64_t homeward_s, homeward_m; /* end depot to base */
};

struct xd_problem {
    char name[XD_PROBLEM_NAME_MAX];
    int32_t stops_n;
    const struct xd_stop *stops;
    int32_t types_n;
    const struct xd_vehicle_type *types;
    const struct xd_base_legs *base_legs; /* types_n */
    int32_t vehicles_n;                   /* sum of counts; vehicle v is the (v - first_vehicle[type])-th of its type */
    const int32_t *first_vehicle;         /* types_n + 1 */
    int32_t matrices_n;
    const struct xd_matrix *const *matrices;
    int64_t cost_scale;
    int64_t cost_bound; /* proven: no routes of up to stops_n visits, late or not, cost more with what they leave; at most XD_PROBLEM_SUM_MAX */
    uint64_t hash;      /* of everything above, matrices included */
};

/* What the caller fills: base_legs follow from the types. */
struct xd_problem_input {
    const char *name;
    const struct xd_stop *stops;
    int32_t stops_n;
    const struct xd_vehicle_type *types;
    int32_t types_n;
    const struct xd_matrix *const *matrices;
    int32_t matrices_n;
    int64_t cost_scale;
    const struct xd_progress *progress; /* asked between rows of the matrices whether to go on; NULL = go on. Not part of the problem */
};

/* Matrices hold the same number of points each, 0 on the diagonal, and are unreachable in both values or in neither.
 * Cost: O(matrix cells). Errors: XD_DATA naming the stop or type, the field, found and expected (ranges; windows that end before they begin; vehicle types that can carry
 * nothing; unknown locations or matrices; a bound on any reachable sum not under 2^62); XD_INTERRUPTED. */
XD_MUST_CHECK enum xd_status xd_problem_build(const struct xd_problem_input *input, struct xd_problem **problem, struct xd_error *error);
void xd_problem_free(struct xd_problem *problem);

/* On this matrix, for a vehicle of these places: what xd_problem_build derives for each type. */
struct xd_base_legs xd_base_legs_on(const struct xd_matrix *matrix, int32_t base_location, int32_t start_location, int32_t end_location);

int32_t xd_problem_vehicle_type(const struct xd_problem *problem, int32_t vehicle);

#endif
