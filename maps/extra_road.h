/* Roads that the map does not have, as a planner draws them: each becomes a road of the network (maps/network_extend.h).
 *
 * Owns: a set owns its list, and the arena its texts and points (xd_extra_roads_free). Zero-initialise. */
#ifndef XD_MAPS_EXTRA_ROAD_H
#define XD_MAPS_EXTRA_ROAD_H

#include "base/arena.h"
#include "maps/road.h"

enum {
    XD_EXTRA_ROADS_MAX = 20000,
    XD_EXTRA_POINTS_MAX = 200000, /* of all together */
    XD_EXTRA_JOIN_DEFAULT_M = 30,
    XD_EXTRA_JOIN_MAX_M = 500
};

struct xd_extra_road {
    const char *label; /* what the file calls it, for messages */
    const char *name;  /* "" when it has none */
    struct xd_road road;
    const struct xd_clause *clauses;  /* its conditions, a list of up to XD_CLAUSES_MAX; NULL = none */
    const struct xd_position *points; /* points_n, two and more, not all at one place */
    int32_t points_n;
    int32_t join_m;             /* how far an end may lie from the road that it joins */
    const char *source, *field; /* where it was told: file, column or feature; NULL in memory */
    int64_t line, end_line;     /* of its first and last point; 0 = not known */
};

struct xd_extra_roads {
    struct xd_arena arena;
    struct xd_extra_road *items;
    int32_t items_n, points_n;
    size_t capacity;
};

/* Appends a copy of the struct; what it points to must live as long as the set. Errors: XD_DATA over the limits, XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_extra_roads_add(struct xd_extra_roads *roads, const struct xd_extra_road *road, struct xd_error *error);
struct xd_hash;
void xd_extra_roads_hash(const struct xd_extra_roads *roads, struct xd_hash *hash); /* all that they say, but not where it was told */
void xd_extra_roads_free(struct xd_extra_roads *roads);

#endif
