/* What closures and slow-downs do to the roads of a network on a day: laid over the roads when they are weighed (maps/graph.h), never built into them.
 *
 * Shape: ranges of pieces, by their places in network->road_node, sorted by first piece, then closure; those of road r are
 *        ranges[first_range[r] .. first_range[r + 1]). Neighbouring pieces of one closure and one kind are one range. Where several closures hold, the least
 *        speed of all counts, and the least cap.
 * Owns: its arrays; borrows network, profiles and closures. Threads: immutable. */
#ifndef XD_MAPS_OVERLAY_H
#define XD_MAPS_OVERLAY_H

#include "maps/closure.h"
#include "maps/network.h"
#include "maps/profile.h"

enum { XD_OVERLAY_RANGES_MAX = 2000000 };

struct xd_overlay_range {
    int64_t first, end; /* pieces first .. end - 1 */
    uint32_t profiles;  /* as in xd_closure */
    int32_t closure;
    int32_t max_kmh;    /* INT32_MAX: no cap; 0: closed */
    uint8_t percent;    /* of the speed, 1..100 */
    uint8_t directions; /* XD_CLOSURE_* of the road's drawing order */
};

/* What a closure touches, for whichever vehicle may drive there. */
struct xd_closure_extent {
    bool in_force;    /* on the day; else all below is 0 */
    int64_t pieces_n; /* drawn pieces of road, each once for both directions */
    int64_t length_cm;
    int32_t ways_missing_n; /* of its way ids: no road of the network has them */
};

struct xd_overlay {
    const struct xd_network *network;
    const struct xd_profiles *profiles; /* what the bits of profiles mean */
    const struct xd_closures *closures;
    int32_t *first_range; /* roads_n + 1 */
    struct xd_overlay_range *ranges;
    int32_t ranges_n;
    struct xd_closure_extent *extents; /* one a closure */
    int32_t in_force_n;
};

/* day: of the plan, or XD_CLOSURE_ALWAYS. Errors: XD_DATA over XD_OVERLAY_RANGES_MAX, XD_NO_MEMORY.
 * Cost: O(roads * closures) boxes, and what xd_shape_touch takes for the roads in them; ways are found by search. */
XD_MUST_CHECK enum xd_status xd_overlay_build(const struct xd_network *network, const struct xd_profiles *profiles,
                                              const struct xd_closures *closures, int64_t day, struct xd_overlay **overlay, struct xd_error *error);
void xd_overlay_free(struct xd_overlay *overlay);

/* Warns of closures in force that touch no road, and of way ids that the network does not have. */
void xd_overlay_review(const struct xd_overlay *overlay, struct xd_diagnostics *diagnostics);

/* A vehicle's bit in xd_overlay_range.profiles: by its name among the overlay's profiles; 0 for others, for which only closures for all hold. */
uint32_t xd_overlay_bit(const struct xd_overlay *overlay, const struct xd_profile *profile);

/* What a piece in a direction of its road (0 as drawn, 1 against) becomes. */
struct xd_overlay_effect {
    int32_t max_kmh, percent;
};
struct xd_overlay_effect xd_overlay_effect_of(const struct xd_overlay *overlay, uint32_t bit, int32_t road, int64_t place, int direction);

/* overlay may be NULL: nothing changes. Cost: O(ranges of the road). */
static inline struct xd_overlay_effect xd_overlay_at(const struct xd_overlay *overlay, uint32_t bit, int32_t road, int64_t place, int direction)
{
    if (!overlay || overlay->first_range[road] == overlay->first_range[road + 1])
        return (struct xd_overlay_effect){INT32_MAX, 100};
    return xd_overlay_effect_of(overlay, bit, road, place, direction);
}

/* A piece's time (XD_PIECE_CLOSED stays) at the percent of its speed, rounded half up; INT32_MAX where it would be longer. */
static inline int32_t xd_overlay_slowed_ms(struct xd_overlay_effect effect, int32_t ms)
{
    const int64_t slowed_ms = ms < 0 ? ms : ((int64_t)ms * 100 + effect.percent / 2) / effect.percent;
    return slowed_ms < INT32_MAX ? (int32_t)slowed_ms : INT32_MAX;
}

#endif
