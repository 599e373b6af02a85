/* Fastest ways on the uncompressed road network: the truth for tables.
 *
 * Built from the network and the profile's speeds alone: one vertex a network node, one arc a piece and direction, an array instead of a heap's
 * finesse. Of maps/graph.h only the snapped places are looked up, by their positions and road. Cost of a source: O(nodes log nodes).
 */
#ifndef XD_TESTS_ORACLE_ROAD_DIJKSTRA_H
#define XD_TESTS_ORACLE_ROAD_DIJKSTRA_H

#include "maps/snap.h"

struct xd_road_oracle;
struct xd_road_oracle *xd_road_oracle_create(const struct xd_network *network, const struct xd_profile *profile); /* NULL: no memory */
void xd_road_oracle_free(struct xd_road_oracle *oracle);

/* From one snapped place (of a graph of the same network and profile) to others: exact milliseconds and centimetres, INT64_MAX where there is no
 * way. Of equally fast ways the shortest. False when a place could not be found in the network. */
bool xd_road_oracle_run(struct xd_road_oracle *oracle, const struct xd_graph *graph, const struct xd_snap *from, const struct xd_snap *to,
                        int32_t to_n, int64_t *time_ms, int64_t *length_cm);

#endif
