/* A vehicle profile: how one kind of vehicle sees roads. Data, not code: one row of a table each. */
#ifndef XD_MAPS_PROFILE_H
#define XD_MAPS_PROFILE_H

#include "maps/road.h"

struct xd_profile {
    const char *name; /* "tricycle", "minivan", "ev_van", "light_truck", "reefer", "bus", "walking" */
    const char *name_zh;
    uint8_t access_keys; /* bit (1 << enum xd_access_key): the keys that this vehicle obeys */
    bool is_bus;         /* obeys oneway_bus */
    bool on_foot;        /* ignores oneway, may use paths */
    int32_t top_speed_kmh;
    int32_t mass_100kg, height_cm, width_cm; /* own, loaded; against the road's limits */
    int32_t class_kmh[XD_ROAD_CLASSES_N];    /* 0 = not used by this vehicle */
    int32_t china_kmh[XD_ROAD_CN_N];         /* here and below: cap; 0 = none, XD_CAP_CLOSED = too bad for it */
    int32_t surface_kmh[XD_SURFACES_N];
    int32_t smoothness_kmh[9];
    int32_t track_grade_kmh[6];
};

enum { XD_CAP_CLOSED = -1 };

const struct xd_profile *xd_profiles(int32_t *profiles_n);
const struct xd_profile *xd_profile_find(const char *name); /* NULL when unknown */
/* Speed of this vehicle on the road in the given direction (+1 drawing order, -1 against); 0 = may not or cannot pass. Least of all
 * caps. A ferry gives its speed between its landings where no duration is told (see maps/graph.h). Cost: O(1). */
int32_t xd_profile_speed_kmh(const struct xd_profile *profile, const struct xd_road *road, int direction);
/* May the vehicle pass the barrier? */
bool xd_profile_passes(const struct xd_profile *profile, const struct xd_road_barrier *barrier);

#endif
