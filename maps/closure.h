/* Closures and slow-downs as a planner tells them: where, in which direction, how much, when, for whom. Plain values; maps/overlay.h finds their roads.
 *
 * Shape: an area is groups of rings (a polygon each: its outline, then its holes), a line groups of one part, a circle one point; ways have none. Part p of
 *        group g, for p in first_part[g] .. first_part[g + 1], draws through points[first_point[p] .. first_point[p + 1]).
 * Owns: a set owns its list, and the arena its texts, ids and points (xd_closures_free). Zero-initialise. */
#ifndef XD_MAPS_CLOSURE_H
#define XD_MAPS_CLOSURE_H

#include "base/arena.h"
#include "base/geo.h"

enum {
    XD_CLOSURES_MAX = 10000,
    XD_CLOSURE_WAYS_MAX = 1000,
    XD_CLOSURE_POINTS_MAX = 20000,
    XD_CLOSURE_REACH_MAX_M = 100000,
    XD_CLOSURE_KMH_MAX = 150,
    XD_CLOSURE_LINE_REACH_M = 15
};

enum xd_closure_shape { XD_CLOSURE_WAYS, XD_CLOSURE_AREA, XD_CLOSURE_LINE, XD_CLOSURE_CIRCLE };

/* Bits of directions: with the drawing of a way or line, and against it. */
enum { XD_CLOSURE_FORWARD = 1, XD_CLOSURE_BACKWARD = 2, XD_CLOSURE_BOTH = 3 };
enum { XD_MONTHS_ALL = 0x1ffe }; /* bits 1 to 12 */
#define XD_CLOSURE_ALL_PROFILES UINT32_MAX
#define XD_CLOSURE_ALWAYS INT64_MIN /* of from and until: not told; of a plan's day: none, every closure is in force */

struct xd_closure {
    const char *name, *note; /* as given; "" when there is no note */
    enum xd_closure_shape shape;
    const int64_t *ways; /* ways_n OSM ids, ascending, each once */
    int32_t ways_n;
    const struct xd_position *points;
    const int32_t *first_part, *first_point; /* groups_n + 1; parts + 1 */
    int32_t groups_n;
    int32_t reach_m; /* of a line: how far it reaches to either side; of a circle: its radius */
    uint8_t directions;
    int32_t speed_percent;         /* 0: closed; 100: only the cap */
    int32_t max_kmh;               /* 0: no cap */
    int64_t from_days, until_days; /* first and last day */
    uint16_t months;               /* of the year: bit m, XD_MONTHS_ALL where no season is told */
    uint32_t profiles;             /* bit p: holds for the set's profile p; or XD_CLOSURE_ALL_PROFILES */
    const char *source;            /* where it was told; NULL in memory */
    int64_t line, column;
};

struct xd_closures {
    struct xd_arena arena;
    struct xd_closure *items;
    int32_t items_n; /* up to XD_CLOSURES_MAX */
    size_t capacity;
};

/* Appends a copy of the struct; what it points to must live as long as the set. Errors: XD_DATA over the limit, XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_closures_add(struct xd_closures *closures, const struct xd_closure *closure, struct xd_error *error);
void xd_closures_free(struct xd_closures *closures);

bool xd_closure_in_force(const struct xd_closure *closure, int64_t day);

struct xd_hash;
void xd_closures_hash(const struct xd_closures *closures, struct xd_hash *hash); /* all that they say, but not where it was told */

#endif
