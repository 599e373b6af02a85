/* What a way costs. Ways are compared by all four numbers in this order, so that every search finds the same one of equals.
 * cost_ms is what a vehicle avoids: its time, more where a road is for those who have business there (maps/profile.h). */
#ifndef XD_MAPS_WEIGHT_H
#define XD_MAPS_WEIGHT_H

#include <stdbool.h>
#include <stdint.h>

struct xd_way {
    int64_t cost_ms, time_ms, length_cm, energy_kj; /* cost_ms == XD_WAY_NONE: there is none */
};
#define XD_WAY_NONE INT64_MAX

/* In 32 bits: cost, time and length below XD_FAR_WAY, energy between -XD_FAR_WAY and XD_FAR_WAY; or cost_ms == XD_FAR_WAY: none, or too long to be told. */
struct xd_short_way {
    int32_t cost_ms, time_ms, length_cm, energy_kj;
};
#define XD_FAR_WAY ((1 << 30) - 1)

static inline struct xd_way xd_way_none(void)
{
    return (struct xd_way){XD_WAY_NONE, XD_WAY_NONE, XD_WAY_NONE, 0};
}

static inline bool xd_way_is_less(struct xd_way a, struct xd_way b)
{
    if (a.cost_ms != b.cost_ms)
        return a.cost_ms < b.cost_ms;
    if (a.time_ms != b.time_ms)
        return a.time_ms < b.time_ms;
    return a.length_cm < b.length_cm || (a.length_cm == b.length_cm && a.energy_kj < b.energy_kj);
}

static inline struct xd_way xd_way_sum(struct xd_way a, struct xd_way b)
{
    if (a.cost_ms == XD_WAY_NONE || b.cost_ms == XD_WAY_NONE)
        return xd_way_none();
    return (struct xd_way){a.cost_ms + b.cost_ms, a.time_ms + b.time_ms, a.length_cm + b.length_cm, a.energy_kj + b.energy_kj};
}

static inline struct xd_way xd_way_difference(struct xd_way a, struct xd_way b)
{
    if (a.cost_ms == XD_WAY_NONE || b.cost_ms == XD_WAY_NONE)
        return xd_way_none();
    return (struct xd_way){a.cost_ms - b.cost_ms, a.time_ms - b.time_ms, a.length_cm - b.length_cm, a.energy_kj - b.energy_kj};
}

static inline struct xd_way xd_way_of_short(struct xd_short_way way)
{
    if (way.cost_ms >= XD_FAR_WAY)
        return xd_way_none();
    return (struct xd_way){way.cost_ms, way.time_ms, way.length_cm, way.energy_kj};
}

/* XD_FAR_WAY when it does not fit. */
static inline struct xd_short_way xd_short_way_of(struct xd_way way)
{
    if (way.cost_ms >= XD_FAR_WAY || way.time_ms >= XD_FAR_WAY || way.length_cm >= XD_FAR_WAY || way.energy_kj >= XD_FAR_WAY ||
        way.energy_kj <= -XD_FAR_WAY)
        return (struct xd_short_way){XD_FAR_WAY, XD_FAR_WAY, XD_FAR_WAY, 0};
    return (struct xd_short_way){(int32_t)way.cost_ms, (int32_t)way.time_ms, (int32_t)way.length_cm, (int32_t)way.energy_kj};
}

#endif
