/* A problem made ready for search: what moves look up, laid out for them, and nothing that changes.
 *
 * Nodes: stops are 0..stops_n-1; route slot r starts at node stops_n + 2r and ends at node stops_n + 2r + 1.
 * Owns: everything in one arena; borrows the problem. Threads: immutable after xd_search_data_create.
 * Memory: O(stops * neighbours). Cost to create: O(stops^2) for the neighbours, over threads_n threads with the same result for any.
 */
#ifndef XD_SOLVER_SEARCH_DATA_H
#define XD_SOLVER_SEARCH_DATA_H

#include "base/arena.h"
#include "base/progress.h"
#include "solver/model/problem.h"
#include "solver/segment/duration_segment.h"
#include "solver/segment/load_segment.h"

enum { XD_SEARCH_NEIGHBOURS = 60 };
#define XD_MOVE_FORBIDDEN (INT64_MAX / 4) /* the delta of a move that may not be made */

/* All that a route's cost depends on, of a piece of it. */
struct xd_piece {
    struct xd_duration_segment time;
    struct xd_load_segment load[XD_DIMS_N];
    int64_t length_m;
    int64_t travel_s; /* legs and services, no waiting: a lower bound on duration that moves can add up edge by edge */
    uint64_t allowed; /* bit t: vehicle type t may serve every stop of the piece */
};

struct xd_search_data {
    struct xd_arena arena;
    const struct xd_problem *problem;
    int32_t stops_n;
    int32_t types_n;
    const struct xd_vehicle_type
        *types;                   /* the problem's, with the ways from and to their bases taken off shift, duration and range, added to fixed cost */
    int32_t routes_max;           /* slots: no solution has more routes */
    int32_t dims_n;               /* capacity dimensions that any stop uses */
    bool timed;                   /* false: the clock can neither bind nor cost anything, travel times are not looked at */
    const int32_t *location;      /* stops_n */
    const struct xd_piece *stops; /* stops_n: each stop as a piece */
    const struct xd_piece *starts, *ends; /* types_n: the depots as pieces */
    const int32_t *tail_class;            /* types_n: equal where a cached tail (matrix, end depot, shift end) may change hands */
    const int64_t *price;                 /* stops_n: of leaving the stop; required stops have required_price */
    int64_t required_price;               /* above what any optional saving is worth, as far as 64 bits allow */
    const int32_t *active;                /* active_n: stops that some vehicle may be able to serve, ascending */
    int32_t active_n;
    int32_t neighbours_n;
    const int32_t *neighbours;    /* stops_n x neighbours_n: nearest first, -1 after the last */
    bool hurried;                 /* cancelled while they were looked for: the neighbours are a guess */
    const int64_t *detour_saving; /* types_n: the most that driving by way of a third place was seen to save; 0 with the triangle inequality */
    int64_t mean_leg_cost;        /* of a leg between neighbours, >= 1: the natural size of a move */
    int64_t mean_leg_s;           /* its time, >= 1 */
    int64_t mean_leg_m;           /* its length, >= 1 */
};

/* Cancelled: XD_OK with neighbours that are a guess, see xd_neighbours_find. Errors: XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_search_data_create(const struct xd_problem *problem, int32_t threads_n, const struct xd_progress *progress,
                                                   struct xd_search_data **data, struct xd_error *error);
void xd_search_data_free(struct xd_search_data *data);

static inline const struct xd_matrix *xd_search_matrix(const struct xd_search_data *data, int32_t type)
{
    return data->problem->matrices[data->types[type].matrix];
}

/* One leg. False where there is no road; then nothing is written. */
static inline bool xd_search_leg(const struct xd_search_data *data, const struct xd_matrix *matrix, int32_t from, int32_t to, int64_t *length_m,
                                 int64_t *travel_s)
{
    size_t cell = xd_matrix_cell(matrix, from, to);
    int32_t length = matrix->length_m[cell];
    if (length == XD_UNREACHABLE)
        return false;
    *length_m = length;
    *travel_s = data->timed ? matrix->time_s[cell] : 0;
    return true;
}

/* first <- first, leg, second. */
static inline void xd_piece_append(const struct xd_search_data *data, struct xd_piece *first, int64_t length_m, int64_t travel_s,
                                   const struct xd_piece *second)
{
    if (data->timed) {
        first->time = xd_duration_segment_join(&first->time, travel_s, &second->time);
        first->travel_s += travel_s + second->travel_s;
    }
    for (int32_t dim = 0; dim < data->dims_n; dim++)
        first->load[dim] = xd_load_segment_join(&first->load[dim], &second->load[dim]);
    first->length_m += length_m + second->length_m;
    first->allowed &= second->allowed;
}

#endif
