/* Best ways on the uncompressed road network, by the rules of tests/oracle/road_rules.h: the truth for tables, queries and routes.
 *
 * Of maps/topology.h only the snapped places are looked up, by their place in the network. Ways are compared as maps/weight.h tells.
 * Cost of a source: O(pieces log pieces).
 */
#ifndef XD_TESTS_ORACLE_ROAD_DIJKSTRA_H
#define XD_TESTS_ORACLE_ROAD_DIJKSTRA_H

#include "maps/snap.h"
#include "tests/oracle/road_rules.h"

struct xd_road_oracle;
struct xd_road_oracle *xd_road_oracle_create(const struct xd_network *network, const struct xd_profile *profile,
                                             const struct xd_road_rules_options *options);
void xd_road_oracle_free(struct xd_road_oracle *oracle);
struct xd_road_rules *xd_road_oracle_rules(struct xd_road_oracle *oracle);

/* From one snapped place of a topology of the same network to others. */
void xd_road_oracle_run(struct xd_road_oracle *oracle, const struct xd_topology *topology, const struct xd_snap *from, const struct xd_snap *to,
                        int32_t to_n, struct xd_way *ways);
/* What the directed pieces pieces[0..n), one after the other, take from one snapped place on the first to another on the last; none where that is
 * forbidden or where they do not follow each other. */
struct xd_way xd_road_oracle_drive(struct xd_road_oracle *oracle, const struct xd_topology *topology, const struct xd_snap *from,
                                   const struct xd_snap *to, const int32_t *pieces, int32_t n);

#endif
