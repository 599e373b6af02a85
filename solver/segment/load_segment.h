/* What one capacity dimension needs to know of a route piece with simultaneous deliveries and pickups.
 *
 * Deliveries are on board from the start of the route to their stop, pickups from their stop to the end. Units: of the dimension.
 * Source: Vidal et al. 2014, simultaneous delivery and pickup by concatenation.
 */
#ifndef XD_SOLVER_SEGMENT_LOAD_SEGMENT_H
#define XD_SOLVER_SEGMENT_LOAD_SEGMENT_H

#include <stdint.h>

struct xd_load_segment {
    int64_t delivery; /* brought into the piece and left there */
    int64_t pickup;   /* taken out of it */
    int64_t maximum;  /* most on board at any moment, of the piece's own goods */
};

static inline struct xd_load_segment xd_load_segment_stop(int64_t delivery, int64_t pickup)
{
    return (struct xd_load_segment){delivery, pickup, delivery > pickup ? delivery : pickup};
}

static inline struct xd_load_segment xd_load_segment_join(const struct xd_load_segment *first, const struct xd_load_segment *second)
{
    int64_t before = first->maximum + second->delivery; /* second's goods ride along through first */
    int64_t after = first->pickup + second->maximum;    /* first's pickups ride along through second */
    return (struct xd_load_segment){first->delivery + second->delivery, first->pickup + second->pickup, before > after ? before : after};
}

#endif
