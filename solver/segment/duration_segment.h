/* What the clock needs to know of a route piece, so that two pieces can be joined in O(1).
 *
 * A piece is a sequence of stops (and depots). It is left undecided when its first stop is reached: starts in [earliest, latest] give the least
 * duration with the least lateness. Lateness is counted as time warp: a vehicle that is late pays and is set back to the end of the window.
 * Units: seconds. Shape: all members are plain sums and extremes; no overflow for the problems that xd_problem_build lets pass.
 * Source: Vidal et al. 2013 (time warp segments); release times as in PyVRP: the start may not be before the greatest release of the piece.
 */
#ifndef XD_SOLVER_SEGMENT_DURATION_SEGMENT_H
#define XD_SOLVER_SEGMENT_DURATION_SEGMENT_H

#include <stdint.h>

struct xd_duration_segment {
    int64_t duration_s;  /* legs, service and the waiting that no start avoids */
    int64_t time_warp_s; /* lateness that no start avoids (release not counted) */
    int64_t earliest_s;  /* the starts that reach both ... */
    int64_t latest_s;    /* ... end here */
    int64_t release_s;   /* the start may not be before */
};

static inline struct xd_duration_segment xd_duration_segment_stop(int64_t earliest_s, int64_t latest_s, int64_t service_s, int64_t release_s)
{
    return (struct xd_duration_segment){.duration_s = service_s, .earliest_s = earliest_s, .latest_s = latest_s, .release_s = release_s};
}

/* `first`, then travel_s on the road, then `second`. */
static inline struct xd_duration_segment xd_duration_segment_join(const struct xd_duration_segment *first, int64_t travel_s,
                                                                  const struct xd_duration_segment *second)
{
    int64_t delta_s = first->duration_s - first->time_warp_s + travel_s; /* from the start of first to reaching second */
    int64_t wait_s = second->earliest_s - delta_s - first->latest_s;
    int64_t late_s = first->earliest_s + delta_s - second->latest_s;
    wait_s = wait_s > 0 ? wait_s : 0;
    late_s = late_s > 0 ? late_s : 0;
    int64_t earliest_s = second->earliest_s - delta_s;
    int64_t latest_s = second->latest_s - delta_s;
    struct xd_duration_segment joined;
    joined.duration_s = first->duration_s + second->duration_s + travel_s + wait_s;
    joined.time_warp_s = first->time_warp_s + second->time_warp_s + late_s;
    joined.earliest_s = (earliest_s > first->earliest_s ? earliest_s : first->earliest_s) - wait_s;
    joined.latest_s = (latest_s < first->latest_s ? latest_s : first->latest_s) + late_s;
    joined.release_s = first->release_s > second->release_s ? first->release_s : second->release_s;
    return joined;
}

/* Lateness of the piece driven as a whole route: a start forced past `latest` by the release is late by the difference. */
static inline int64_t xd_duration_segment_lateness(const struct xd_duration_segment *segment)
{
    int64_t held_s = segment->release_s - segment->latest_s;
    return segment->time_warp_s + (held_s > 0 ? held_s : 0);
}

#endif
