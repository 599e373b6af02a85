/* A vehicle profile: how one kind of vehicle sees roads. Data, not code: maps/profiles.csv holds one row a property, one column a profile; io reads it
 * (io/tables/profiles_read.h), with what a user's own file says on top.
 *
 * Owns: a set owns its profiles and their texts (xd_profiles_free). Threads: immutable once read. */
#ifndef XD_MAPS_PROFILE_H
#define XD_MAPS_PROFILE_H

#include "base/arena.h"
#include "maps/restriction.h"

enum { XD_PROFILES_MAX = 32, XD_PROFILE_NAME_MAX = 31 };

/* Classes of narrow roads, in centimetres of the carriageway. */
enum xd_width_class { XD_WIDTH_BELOW_250, XD_WIDTH_BELOW_300, XD_WIDTH_BELOW_350, XD_WIDTH_BELOW_450, XD_WIDTH_CLASSES_N };
/* Classes of slopes, in metres a kilometre. */
enum xd_uphill_class { XD_UPHILL_OVER_30, XD_UPHILL_OVER_50, XD_UPHILL_OVER_80, XD_UPHILL_OVER_120, XD_UPHILL_CLASSES_N };
enum xd_downhill_class { XD_DOWNHILL_OVER_50, XD_DOWNHILL_OVER_80, XD_DOWNHILL_OVER_120, XD_DOWNHILL_CLASSES_N };
enum xd_fuel { XD_FUEL_NONE, XD_FUEL_DIESEL, XD_FUEL_PETROL, XD_FUEL_ELECTRIC, XD_FUELS_N };

struct xd_profile {
    const char *name; /* "minivan"; at most XD_PROFILE_NAME_MAX bytes */
    const char *name_zh;
    int32_t access_keys; /* bit (1 << enum xd_access_key): the keys that this vehicle obeys */
    int32_t top_kmh;
    int32_t mass_kg, axle_kg; /* own, loaded; here and below against the road's limits */
    int32_t height_cm, width_cm, length_cm;
    int32_t width_margin_cm;              /* a road narrower than the vehicle and this is closed to it */
    int32_t class_kmh[XD_ROAD_CLASSES_N]; /* 0 = not used by this vehicle */
    int32_t movable_bridge_kmh;           /* cap, where no duration is told: with the waiting */
    int32_t china_kmh[XD_ROAD_CN_N];      /* here and below: cap; XD_CAP_NONE, or XD_CAP_CLOSED = too bad for it */
    int32_t surface_kmh[XD_SURFACES_N];
    int32_t smoothness_kmh[9];
    int32_t track_grade_kmh[6];
    int32_t width_kmh[XD_WIDTH_CLASSES_N];
    int32_t one_lane_kmh;        /* two-way roads of one lane whose width is not known */
    int32_t alternating_percent; /* time on a lane that is used in turns, of the time without waiting */
    int32_t end_only_percent;    /* cost to the search of a road that is END_ONLY, of its time */
    int32_t end_only_barrier_s;  /* the same of a barrier, added */
    int32_t barrier_delay_s[XD_BARRIER_KINDS_N];
    int32_t turn_s;      /* turn costs, where they are asked for: of a turn right back on another road; that of less is by the square of its angle */
    int32_t u_turn_s;    /* on the same road */
    int32_t signal_s;    /* at traffic signals, straight on or not */
    int32_t stop_sign_s; /* at stop signs */
    /* of maps/speed_cap.h */
    int32_t lateral_cm_s2;                                                        /* sideways acceleration that its load bears; 0 = any */
    int32_t uphill_kmh[XD_UPHILL_CLASSES_N], downhill_kmh[XD_DOWNHILL_CLASSES_N]; /* caps, never closed */
    int32_t energy;                                                               /* enum xd_fuel */
    int32_t energy_mass_kg;                                                       /* at the nominal load */
    int32_t rolling_per_mille, drag_area_dm2, efficiency_percent, idle_w, regeneration_percent;
};

enum { XD_CAP_NONE = 0, XD_CAP_CLOSED = -1 };

struct xd_profiles {
    struct xd_arena arena;
    struct xd_profile *items; /* in the order of their columns */
    int32_t items_n;          /* up to XD_PROFILES_MAX */
};

const struct xd_profile *xd_profile_find(const struct xd_profiles *profiles, const char *name); /* by name, then by name_zh; NULL when unknown */
/* names[XD_PROFILES_MAX] and, in list[n], all of them with commas between; returns how many. */
int32_t xd_profiles_names(const struct xd_profiles *profiles, const char **names, char *list, size_t n);
uint64_t xd_profile_hash(const struct xd_profile *profile); /* of all that it says; its names too */
void xd_profiles_free(struct xd_profiles *profiles);

/* END_ONLY: at the beginning or the end of a trip, not to pass through. A search may not close it (the farm behind the gate is somebody's delivery), but
 * takes it dearly: end_only_percent, end_only_barrier_s. */
enum xd_pass { XD_PASS_NO, XD_PASS_END_ONLY, XD_PASS_YES };

/* What a vehicle makes of a road in a direction (+1 drawing order, -1 against). */
struct xd_road_use {
    int32_t speed_kmh; /* the least of all caps; 0 = may not or cannot pass. A ferry's is that between its landings where no duration is told. */
    bool end_only;
};
/* clauses: those of the network that the road or barrier is of, where its conditions stand. What is closed but for those who have business there is
 * END_ONLY. Cost: O(1), here and below; with conditions O(clauses). */
struct xd_road_use xd_profile_use(const struct xd_profile *profile, const struct xd_clause *clauses, const struct xd_road *road, int direction);
int32_t xd_profile_speed_kmh(const struct xd_profile *profile, const struct xd_clause *clauses, const struct xd_road *road, int direction);
enum xd_pass xd_profile_pass(const struct xd_profile *profile, const struct xd_clause *clauses, const struct xd_road *road, int direction);

struct xd_barrier_use {
    enum xd_pass pass;
    int32_t delay_s; /* to open a gate, to pay a toll */
};
struct xd_barrier_use xd_profile_barrier_use(const struct xd_profile *profile, const struct xd_clause *clauses,
                                             const struct xd_road_barrier *barrier);
/* At least END_ONLY. */
bool xd_profile_passes(const struct xd_profile *profile, const struct xd_clause *clauses, const struct xd_road_barrier *barrier);
/* Does the restriction bind it? One that obeys any of its keys, unless excepted: by its most special key, as a bus by any key of buses, or by motor_vehicle,
 * vehicle or access. So restriction:motorcar binds trucks too (they obey motorcar), while except=motorcar or except=goods lets no truck off: in doubt the
 * turn is not driven. Of its conditions the last that holds decides; that it ends its trip nearby lets nobody off. */
bool xd_profile_is_bound(const struct xd_profile *profile, const struct xd_clause *clauses, const struct xd_restriction *restriction);

#endif
