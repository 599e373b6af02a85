/* One way, drawn and told: the same that the table's cell stands for. */
#ifndef XD_MAPS_ROUTE_H
#define XD_MAPS_ROUTE_H

#include "maps/query.h"

/* A stretch of the way on roads of one name. */
struct xd_road_step {
    const char *name; /* "" when the road has none; the network's */
    int64_t time_ms, length_cm;
    int32_t first_point; /* of points: where it begins */
    bool is_connector;   /* a straight line beyond the roads (xd_snap_connect), named "connector" */
};

struct xd_road_route {
    bool found;
    int64_t time_ms, length_cm, energy_kj;
    int64_t climb_cm, descent_cm;    /* both >= 0; of whole pieces in full, of others their part; straight lines beyond the roads count as level */
    bool leaves_place, enters_place; /* the first or the last point is the end of such a line */
    struct xd_position *points;      /* points_n, from snap to snap, along the road; from and to the place itself where a line leads there */
    int32_t points_n;
    struct xd_road_step *steps; /* steps_n; times and lengths add up to the route's */
    int32_t steps_n;
};
/* weights: of this graph, or NULL: then by a search. The same way either way, but for ways that are equal in all that maps/weight.h compares.
 * Owns points and steps (xd_road_route_free). Errors: XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_road_route_find(const struct xd_graph *graph, const struct xd_weights *weights, const struct xd_snap *from,
                                                const struct xd_snap *to, struct xd_road_route *route, struct xd_error *error);
void xd_road_route_free(struct xd_road_route *route);

#endif
