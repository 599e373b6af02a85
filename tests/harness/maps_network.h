/* Networks for the tests of maps: from objects in memory, from a synthetic county, from a map of the shared data. */
#ifndef XD_TESTS_MAPS_NETWORK_H
#define XD_TESTS_MAPS_NETWORK_H

#include "maps/network.h"
#include "maps/synth.h"

/* NULL where the builder refused; *status tells why. Frees nothing of the caller's. */
struct xd_network *network_of_objects(const struct xd_osm_node *nodes, int32_t nodes_n, const struct xd_osm_way *ways, int32_t ways_n,
                                      enum xd_status *status);
struct xd_network *network_of_synth(uint64_t seed, int32_t townships_n, int32_t villages_n); /* fails the case when it cannot be made */

#endif
