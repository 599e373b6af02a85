/* What a verified plan costs and delivers. Definitions: docs/metrics.md. All money in fen, rounded once from exact cost units.
 * Owns: arrays (xd_metrics_free). */
#ifndef XD_SCENARIOS_METRICS_H
#define XD_SCENARIOS_METRICS_H

#include "scenarios/county.h"

/* Hours as seconds; p90 by nearest rank. samples_n = 0: no sample, the others are 0. */
struct xd_distribution {
    int64_t samples_n;
    int64_t mean_s, p90_s, max_s;
    int64_t on_time_n; /* within the promise */
};

struct xd_route_metrics {
    int32_t plan_route;
    int32_t fleet_type;
    int32_t number_in_type; /* from 1: "微面 2" */
    int32_t stops_n, places_n;
    int64_t length_m, duration_s, drive_s, wait_s, service_s;
    int64_t fixed_fen, driver_fen, distance_fen, hourly_fen; /* over all routes: distance + hourly = energy + other_distance + hourly of the county */
    int64_t energy_milli;                                    /* mL or Wh */
    int64_t co2_g;
    int64_t down_parcels_n, up_parcels_n, produce_g;
    int64_t peak_load_permille[XD_DIMS_N]; /* of capacity */
};

struct xd_place_metrics { /* one per place with demand, in point order (points 1..) */
    int32_t place;
    int32_t visits_n;
    bool served;          /* all of its stops */
    int64_t down_s, up_s; /* transit, -1 = none; of the latest part */
    int64_t hub_time_s;   /* travel time from the hub, -1 = unreachable */
    bool remote;          /* in the farthest fifth by hub_time_s */
};

struct xd_metrics {
    int64_t fixed_fen, driver_fen, energy_fen, other_distance_fen, hourly_fen, handling_fen, agent_fen; /* the split; adds up exactly */
    int64_t operating_fen;                                                                              /* their sum: what the day costs */
    int64_t unserved_fen;                                                                               /* price of what was left; shown apart */
    int32_t vehicles_n, routes_n, stops_served_n, stops_unserved_n, places_n, places_served_n;
    int64_t length_m, empty_length_m, duration_s;
    int64_t load_factor_permille;                    /* sum load*km / sum capacity*km, the tighter dimension */
    int64_t down_parcels_n, up_parcels_n, produce_g; /* served */
    int64_t down_parcels_asked_n, up_parcels_asked_n, produce_asked_g;
    int64_t cost_per_parcel_fen; /* operating cost / (served parcels + produce in parcels' mass): definition in docs/metrics.md; -1 = none */
    int64_t diesel_ml, petrol_ml, electricity_wh;
    int64_t co2_g;
    struct xd_distribution down_by_parcel, down_by_village, up_by_parcel, up_by_village;
    struct xd_distribution down_remote, down_near; /* by village */
    struct xd_route_metrics *routes;               /* routes_n, as in the plan */
    struct xd_place_metrics *places;               /* places_n */
};

/* Errors: XD_DATA when the plan is not the county's or a sum would overflow, XD_NO_MEMORY. Cost: O(visits log visits + points * profiles). */
XD_MUST_CHECK enum xd_status xd_metrics_compute(const struct xd_county *county, const struct xd_verified_plan *plan, struct xd_metrics **metrics,
                                                struct xd_error *error);
void xd_metrics_free(struct xd_metrics *metrics);

#endif
