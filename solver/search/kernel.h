/* What the fast searches look up: legs, loads and windows of the stops that are searched, in 32 bits, laid out for the cache.
 *
 * Shape: nodes 0..nodes_n-1 are the active stops, numbered so that those near each other lie near each other; columns nodes_n and nodes_n + 1 are the
 *        start and the end depot. Row v of `out` holds the legs from node v to every column, row v of `in` those from every column to v.
 * Variants: a kernel is compiled once for each shape of problem from one source (solver/search/kernel_body.inc). *Pure*: one vehicle type, one load dimension
 *        without pickups, no clock. *Timed*: windows and a shift as well. Anything else has no kernel, nor has a problem whose figures do not fit: no sum of a
 *        few cells passes 2^31.
 * Units: legs in cost units of the problem, times in seconds. Owns: one arena; borrows the search data. Threads: immutable after creation.
 */
#ifndef XD_SOLVER_SEARCH_KERNEL_H
#define XD_SOLVER_SEARCH_KERNEL_H

#include "base/rng.h"
#include "solver/model/plan.h"
#include "solver/search/data.h"

enum { XD_KERNEL_CELL_LIMIT = 1 << 27, XD_KERNEL_COLUMNS = 12000 };

/* A stop's own figures. */
struct xd_want {
    int32_t load;
    int32_t early_s, late_s;
    int32_t far; /* cost of the leg to the end depot: an order of insertion */
};

struct xd_kernel;
struct xd_walk;
struct xd_local;
enum xd_local_kind { XD_LOCAL_EXCHANGE, XD_LOCAL_TAILS, XD_LOCAL_REVERSE, XD_LOCAL_SWAP_STAR, XD_LOCAL_KINDS_N };

/* One variant's functions: a search makes one indirect call, a move none. */
struct xd_kernel_calls {
    size_t cell_bytes, near_bytes, link_bytes;
    void (*fill)(struct xd_kernel *kernel);
    /* Takes over routes, as far as they keep the limits; the bank gets the rest of their stops and those named. All other stops are absent. It never
     * has more than slots_n routes. */
    void (*load)(struct xd_walk *walk, const struct xd_routes *routes, const int32_t *unserved, int32_t unserved_n, int32_t slots_n);
    void (*fill_up)(struct xd_walk *walk); /* puts the bank in where it fits */
    /* The solution, or the best since it was loaded. The routes' number; rooms as for xd_state_save. */
    int32_t (*save)(const struct xd_walk *walk, bool best, int32_t *types, int32_t *first, int32_t *stops);
    void (*run)(struct xd_walk *walk, int64_t iterations, double temperature, double cooling);
    bool (*is_sound)(const struct xd_walk *walk);
    /* The local search (solver/search/local.h). Routes in the problem's numbers, at most routes_max; a stop once. After the weights have changed: reprice. */
    size_t spot_bytes;
    void (*local_load)(struct xd_local *local, const struct xd_routes *routes);
    int32_t (*local_save)(const struct xd_local *local, int32_t *types, int32_t *first, int32_t *stops);
    void (*local_reprice)(struct xd_local *local);
    void (*local_queue_all)(struct xd_local *local);
    void (*local_run)(struct xd_local *local, bool swaps); /* until no queued stop's moves gain, nor (swaps) any SWAP* */
    bool (*local_move)(struct xd_local *local, enum xd_local_kind kind, struct xd_rng *rng, int64_t *delta); /* one by chance, for tests */
    bool (*local_is_sound)(const struct xd_local *local);
};

struct xd_kernel {
    struct xd_arena arena;
    const struct xd_search_data *data;
    const struct xd_kernel_calls *calls;
    int32_t nodes_n, columns_n;
    int32_t stride;          /* cells of a row */
    int32_t near_n;          /* neighbours of each node; a row is filled up with the node itself */
    int32_t capacity, fixed; /* of the vehicle type */
    int32_t shift_begin_s, shift_end_s;
    int32_t routes_max;
    const int32_t *stop; /* nodes_n: the problem's number */
    const int32_t *node; /* stops_n: the node, or -1 */
    const int64_t *price;
    struct xd_want *want;
    void *out, *in; /* cells of the variant; one table when symmetric */
    void *near;
};

/* order: active stops in the order of their numbers to come (routes of a first solution, one after another); those not in it follow.
 * *kernel is NULL where the problem has no fast form. Errors: XD_NO_MEMORY. Cost: O(stops^2). */
XD_MUST_CHECK enum xd_status xd_kernel_create(const struct xd_search_data *data, const int32_t *order, int32_t order_n, struct xd_kernel **kernel,
                                              struct xd_error *error);
void xd_kernel_free(struct xd_kernel *kernel);
bool xd_kernel_fits(const struct xd_search_data *data); /* has it a fast form? */

extern const struct xd_kernel_calls xd_kernel_pure, xd_kernel_timed;

#endif
