#include "tests/harness/roads.h"

#include "tests/harness/harness.h"
#include "tests/harness/profiles.h"

struct test_roads test_roads_make(const struct xd_network *network, const char *profile, bool turn_costs)
{
    struct test_roads roads = {.network = network};
    const struct xd_profile *found = xd_test_profile(profile);
    CU_ASSERT_EQUAL_FATAL(xd_road_map_build(network, &found, 1, turn_costs, &roads.map, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_graph_weigh(roads.map.topology, found, NULL, &roads.graph, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_road_map_order(&roads.map, INT64_MAX, NULL, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_weights_take(roads.map.hierarchy, roads.graph, INT64_MAX, &roads.weights, NULL), XD_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(roads.weights);
    return roads;
}

void test_roads_free(struct test_roads *roads)
{
    xd_weights_free(roads->weights);
    xd_graph_free(roads->graph);
    xd_road_map_free(&roads->map);
}

void test_roads_snap(const struct test_roads *roads, struct xd_position position, int32_t radius_m, struct xd_snap *snap)
{
    xd_snap_find(roads->map.index, roads->graph, position, radius_m, snap);
}
