/* The hash of a network in normal form: nodes, roads, barriers, signals, restrictions and map places; equal for the same data in any container and file order. */
#ifndef XD_MAPS_NETWORK_HASH_H
#define XD_MAPS_NETWORK_HASH_H

#include "maps/network.h"

uint64_t xd_network_hash(const struct xd_network *network);                      /* network->hash itself is not looked at */
uint64_t xd_road_hash(const struct xd_road *road, const struct xd_clause *list); /* list: its conditions, or NULL */

#endif
