/* A scenario on its roads: positions matched, points snapped, tables computed, problem composed. The bridge between maps and solver.
 *
 * Use: xd_county_open (matches places, builds graphs, snaps), xd_county_tables, xd_county_compose; xd_county_reweigh where roads close or open, before the
 * tables or after them. Borrows scenario, network, standard roads, heights and overlay; owns the rest.
 * One stop per place and temperature (docs/decisions/003-stops-of-a-place.md), split where no vehicle that gets there can carry it at once.
 * Location l of every matrix is points[l]; location 0 is the hub. A vehicle type that lives elsewhere has its base there: it comes to the hub empty before
 * its route and goes home empty after it. */
#ifndef XD_SCENARIOS_COUNTY_H
#define XD_SCENARIOS_COUNTY_H

#include "maps/standard_roads.h"
#include "maps/table.h"
#include "scenarios/scenario.h"
#include "solver/check/check.h"

struct xd_county_profile {
    const struct xd_profile *profile;
    struct xd_road_map *map; /* the standard one, or one of the county's */
    struct xd_graph *graph;
    struct xd_snap *snaps;      /* points_n */
    struct xd_snap *open_snaps; /* points_n: on the roads without closures */
    struct xd_matrix *matrix;   /* NULL before xd_county_tables */
};

/* What one problem stop stands for. */
struct xd_county_stop {
    int32_t place;
    bool cold;             /* the refrigerated part of the place's goods */
    int32_t part, parts_n; /* 0 of 1, unless the goods exceed the largest vehicle and were split */
    int64_t down_parcels_n, up_parcels_n;
    int64_t down_g, up_g, produce_g; /* up_g includes produce_g */
    int64_t goods_g[XD_GOODS_N];     /* up, by class */
};

struct xd_county {
    const struct xd_scenario *scenario;
    const struct xd_network *network;
    const struct xd_road_heights *heights; /* NULL: all roads are flat */
    const struct xd_overlay *overlay;      /* closures in force on the roads (xd_county_reweigh); NULL: none */
    int32_t matched_n, unmatched_n;        /* places without coordinates */
    int32_t points_n;
    int32_t goods_points_n;          /* the hub and the places with goods; the points above are there for the vehicles that live at them */
    int32_t *point_place;            /* points_n: hub first, then places with goods in table order, then other bases of vehicles in table order */
    int32_t *place_point;            /* places_n: point or -1 */
    struct xd_road_map wheels, foot; /* shared by the profiles on wheels, unless the standard one serves them, and by those on foot */
    int32_t profiles_n;
    struct xd_county_profile *profiles; /* one per profile used by the fleet, in order of first use */
    int32_t *type_profile;              /* fleet_n */
    int32_t stops_n;                    /* = problem->stops_n; stop s of the problem is stops[s] */
    struct xd_county_stop *stops;
    struct xd_problem *problem; /* types in the order of the fleet table */
};

/* Gives the scenario's places without position the map's (xd_places_match); the rest of the scenario stays as it is.
 * Errors: XD_DATA/XD_CONFIG when the hub has no position or no vehicle can leave it (says why, with distances and what to do), no demand at all,
 * no vehicle at all. Unplaced and unsnapped villages are no error: they become stops that are unreachable.
 * standard: of the network; NULL: roads of the county's own for all its profiles. */
XD_MUST_CHECK enum xd_status xd_county_open(struct xd_scenario *scenario, const struct xd_network *network, struct xd_standard_roads *standard,
                                            const struct xd_road_heights *heights, const struct xd_progress *progress, struct xd_county **county,
                                            struct xd_error *error);
/* The same, whatever the hub's position: for looking at the places, not for planning. */
XD_MUST_CHECK enum xd_status xd_county_survey(struct xd_scenario *scenario, const struct xd_network *network, struct xd_standard_roads *standard,
                                              const struct xd_road_heights *heights, const struct xd_progress *progress, struct xd_county **county,
                                              struct xd_error *error);
/* May be called again: the tables are then replaced, the problem dropped. Errors: XD_NO_MEMORY, XD_INTERRUPTED; the county keeps what it had. */
XD_MUST_CHECK enum xd_status xd_county_tables(struct xd_county *county, int32_t threads_n, const struct xd_progress *progress,
                                              struct xd_error *error);
/* Other closures on the same roads: nothing is read, matched, indexed or ordered again. Points stay where they are snapped, cut off or not, unless their
 * piece of road is closed (xd_snap_under_closures). Tables that were there are computed anew, the problem is dropped. overlay: of the county's network,
 * NULL opens all roads; borrowed. Errors: as xd_county_open for a hub that no vehicle can leave, XD_NO_MEMORY, XD_INTERRUPTED; the county keeps what it had.
 * Cost: xd_graph_weigh a profile, and the tables. */
XD_MUST_CHECK enum xd_status xd_county_reweigh(struct xd_county *county, const struct xd_overlay *overlay, int32_t threads_n,
                                               const struct xd_progress *progress, struct xd_error *error);
/* The same for looking at the county, whatever becomes of the hub's road; without tables. */
XD_MUST_CHECK enum xd_status xd_county_survey_closures(struct xd_county *county, const struct xd_overlay *overlay, const struct xd_progress *progress,
                                                       struct xd_error *error);
/* The closure that closes the hub's road to a vehicle where none can leave the hub any more; NULL: none does. */
const struct xd_closure *xd_county_hub_closure(const struct xd_county *county);
/* Whether closures keep all vehicles from going from the hub to a point and back, which some of them could without. By the tables where these are there;
 * else by what hangs together with the hub's road. */
bool xd_county_is_cut_off(const struct xd_county *county, int32_t point);
/* Goods -> stops, fleet -> vehicle types. Errors: XD_DATA when the goods make more than XD_PROBLEM_STOPS_MAX stops or a place closes before it opens,
 * XD_CONFIG for a vehicle type whose shift ends before it begins, XD_INTERNAL before xd_county_tables; the county keeps what it had. */
XD_MUST_CHECK enum xd_status xd_county_compose(struct xd_county *county, struct xd_error *error);
void xd_county_free(struct xd_county *county);

/* Where a place lies on the roads of a profile, joined by a straight line where the scenario allows one; XD_SNAP_OFF_NETWORK at -1 m without a position. */
void xd_county_snap_place(const struct xd_county *county, const struct xd_county_profile *profile, int32_t place, struct xd_snap *snap);
/* The snap of a point for the first profile that reaches it, at best without a straight line (or the first profile's failed one). */
const struct xd_snap *xd_county_snap(const struct xd_county *county, int32_t point);
/* That of a vehicle of the problem: what its legs there are made of. */
const struct xd_snap *xd_county_vehicle_snap(const struct xd_county *county, int32_t vehicle, int32_t point);

/* The ways between the base of a fleet type with vehicles and the hub, on its roads. Needs the tables. */
struct xd_base_legs xd_county_base_legs(const struct xd_county *county, int32_t type);
/* The point that the vehicles of a fleet type live at: 0, the hub, unless the fleet says otherwise. */
int32_t xd_county_base_point(const struct xd_county *county, int32_t type);

/* 1 fen = this many cost units of the county problem. */
#define XD_COUNTY_UNITS_PER_FEN 3600000

#endif
