/* Everything that tells ways (tables by sweeps and by searches, queries, routes), held against the oracle for one weighed topology. */
#ifndef XD_TESTS_HARNESS_ROAD_TRIAL_H
#define XD_TESTS_HARNESS_ROAD_TRIAL_H

#include "maps/customize.h"
#include "tests/oracle/road_dijkstra.h"

struct road_trial {
    const char *label; /* for what is printed of the first differences */
    const struct xd_graph *graph;
    struct xd_weights *weights;
    struct xd_road_oracle *oracle;
    const struct xd_snap *points;
    int32_t points_n;
    int32_t sources_n;         /* the first of the points: rows that are compared */
    int32_t threads_n;         /* of the table by sweeps; that by searches takes one */
    int32_t routes_n;          /* for each source: targets whose routes by query are looked at step by step */
    int32_t searched_routes_n; /* and by search */
    /* Found: */
    int32_t wrong_n, reached_n;
};
/* Adds to wrong_n and reached_n. Perfect weights are made of the trial's on the way. */
void road_trial_run(struct road_trial *trial);

/* The snap of a place of the network: ppm of the way from road_node[place] to the next; false when it is on no edge. */
struct road_trial_places;
struct road_trial_places *road_trial_places_create(const struct xd_topology *topology);
void road_trial_places_free(struct road_trial_places *places);
bool road_trial_snap(const struct road_trial_places *places, int64_t place, int32_t ppm, struct xd_snap *snap);

#endif
