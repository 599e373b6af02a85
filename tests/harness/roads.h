/* A network made ready for one vehicle, up to the weights of its hierarchy; every step must succeed. */
#ifndef XD_TESTS_HARNESS_ROADS_H
#define XD_TESTS_HARNESS_ROADS_H

#include "maps/customize.h"
#include "maps/road_map.h"

struct test_roads {
    const struct xd_network *network; /* borrowed */
    struct xd_road_map map;
    struct xd_graph *graph;
    struct xd_weights *weights;
};

struct test_roads test_roads_make(const struct xd_network *network, const char *profile, bool turn_costs);
void test_roads_free(struct test_roads *roads);
void test_roads_snap(const struct test_roads *roads, struct xd_position position, int32_t radius_m, struct xd_snap *snap);

#endif
