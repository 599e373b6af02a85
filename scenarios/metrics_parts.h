/* The parts that xd_metrics_compute is made of. Internal to the metrics. */
#ifndef XD_SCENARIOS_METRICS_PARTS_H
#define XD_SCENARIOS_METRICS_PARTS_H

#include "scenarios/metrics.h"

/* Rounds a running sum, so that the parts handed out add up to the rounded whole. Zero-initialise but for `unit`. Values from 0. */
struct xd_rounding {
    int64_t unit;  /* exact units to one rounded unit */
    int64_t exact; /* taken so far */
    int64_t given; /* rounded, handed out so far */
};
int64_t xd_rounding_take(struct xd_rounding *rounding, int64_t exact);

/* exact / unit, half up; both from 0. */
int64_t xd_round_half_up(int64_t exact, int64_t unit);
/* 1000 * part / whole, half up, without overflow; 0 when whole is 0. */
int64_t xd_permille(int64_t part, int64_t whole);
/* Rounds n exact amounts (0 and more) so that they add up to their rounded sum: each half up, the rest to the largest (the first of equals). */
void xd_round_split(const int64_t *exact, size_t n, int64_t unit, int64_t *rounded);

/* A time with the number of parcels or villages that have it. */
struct xd_time_sample {
    int64_t time_s;
    int64_t weight_n;
    bool on_time;
};
/* Sorts the samples. Samples of weight 0 do not count. */
void xd_distribution_of(struct xd_time_sample *samples, size_t samples_n, struct xd_distribution *distribution);

/* metrics->routes, and all sums over routes: costs, lengths, energy, CO2, loads, goods served. */
XD_MUST_CHECK enum xd_status xd_metrics_routes(const struct xd_county *county, const struct xd_plan *plan, struct xd_metrics *metrics,
                                               struct xd_error *error);
/* metrics->places, coverage, and the distributions of hours. */
XD_MUST_CHECK enum xd_status xd_metrics_service(const struct xd_county *county, const struct xd_plan *plan, struct xd_metrics *metrics,
                                                struct xd_error *error);

#endif
