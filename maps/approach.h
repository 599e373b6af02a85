/* From which side a place is reached: at the kerb, a vehicle stops only where it has the place beside it on its own side of the road. */
#ifndef XD_MAPS_APPROACH_H
#define XD_MAPS_APPROACH_H

#include "maps/snap.h"

/* KERB: on the side on which traffic drives: the right, but for roads tagged driving_side=left; KERB_LEFT: the left, but for driving_side=right. */
enum xd_approach { XD_APPROACH_ANY, XD_APPROACH_KERB, XD_APPROACH_KERB_LEFT, XD_APPROACHES_N };
enum { XD_APPROACH_BESIDE_M = 3 }; /* nearer to the line of the road it lies on no side */

extern const char *const xd_approach_names[XD_APPROACHES_N]; /* "any", "kerb", "kerb_left" */
/* Sets snap->barred, as graph has the roads; call it last, after xd_snap_find, _connect, _under_closures. Nothing is barred where the side does not matter: at
 * the end of a straight line to the road, on the line of the road, at a junction or the road's end, on foot, and where some part of the roads that the point
 * hangs on would be lost, as the one direction that is left could not be driven from it and back to it (one-way roads, closures). Cost: O(pieces of the edge). */
void xd_snap_approach(const struct xd_graph *graph, enum xd_approach approach, struct xd_snap *snap);

#endif
