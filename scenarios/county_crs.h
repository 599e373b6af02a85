/* Are the places given in the crs that the scenario tells? Judged of all of them together, by how far they lie from the roads in each reading. */
#ifndef XD_SCENARIOS_COUNTY_CRS_H
#define XD_SCENARIOS_COUNTY_CRS_H

#include "scenarios/county.h"

enum { XD_CRS_N = 3, XD_CRS_PLACES_LEAST = 5, XD_CRS_FALL_LEAST_M = 30, XD_CRS_FALL_TIMES = 2, XD_CRS_NEARER_LEAST = 4, XD_CRS_NEARER_TIMES = 3 };
/* Of a part of the places. */
enum { XD_CRS_STRAYS_PERCENT = 20, XD_CRS_STRAYS_LEAST = 5, XD_CRS_STRAYS_TIMES = 3, XD_CRS_STRAYS_LISTED_N = 100 };

/* What one reading makes of the places. */
struct xd_crs_reading {
    int32_t median_m;            /* distance to the nearest road of the fleet's first profile; at most the snap radius, which stands for none */
    int32_t nearer_n, farther_n; /* places that lie nearer to it than as told, or farther, by XD_CRS_FALL_LEAST_M at least */
};

struct xd_crs_judgement {
    enum xd_crs told, likely;
    int32_t places_n; /* with a position of their own */
    struct xd_crs_reading readings[XD_CRS_N];
    enum xd_crs strays_crs;                 /* told: all places seem to be of one kind */
    int32_t strays_n;                       /* places that seem to be in strays_crs while the others are as told */
    int32_t strays[XD_CRS_STRAYS_LISTED_N]; /* the first of them: places, in table order */
};

/* Another crs is likely when
 *   at least XD_CRS_PLACES_LEAST places have a position,
 *   their median distance falls to 1 / XD_CRS_FALL_TIMES or less, and by XD_CRS_FALL_LEAST_M at least, and
 *   at least half of them, and XD_CRS_NEARER_LEAST, lie nearer by so much, and XD_CRS_NEARER_TIMES as many as lie farther.
 * Of several the one with the least median, then the most places nearer. Outside China the readings agree, and none is.
 * Where none is, a part of the places is likely to be in another crs when, of the places,
 *   XD_CRS_STRAYS_PERCENT and XD_CRS_STRAYS_LEAST at least are strays: their distance falls to 1 / XD_CRS_FALL_TIMES or less, and by XD_CRS_FALL_LEAST_M, and
 *   XD_CRS_STRAYS_TIMES as many as would be strays by chance: of the places moved as far in three other directions, on average.
 * Of several the one with the most strays.
 * Errors: XD_NO_MEMORY. Cost: O(places) snaps a reading. */
XD_MUST_CHECK enum xd_status xd_county_judge_crs(const struct xd_county *county, struct xd_crs_judgement *judgement, struct xd_error *error);

#endif
