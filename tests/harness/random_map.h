/* Small random road maps as text for tests/harness/road_map.h, drawn to be awkward. */
#ifndef XD_TESTS_HARNESS_RANDOM_MAP_H
#define XD_TESTS_HARNESS_RANDOM_MAP_H

#include "base/rng.h"
#include "maps/closure.h"
#include "maps/elevation_roads.h"
#include "maps/profile.h"

enum { RANDOM_MAP_SIZE = 1 << 16 };
/* A grid with gaps, cut into ways of all kinds, with dead ends, rings, parallel and doubled pieces, nodes at one place, barriers, signals and
 * restrictions. */
void random_map_draw(struct xd_rng *rng, char text[RANDOM_MAP_SIZE]);
/* A built-in profile with other numbers for turns, waiting and penalties. */
struct xd_profile random_map_profile(struct xd_rng *rng);
/* Heights of the network's nodes, some unknown. Free with random_map_heights_free. */
struct xd_road_heights random_map_heights(struct xd_rng *rng, const struct xd_network *network);
void random_map_heights_free(struct xd_road_heights *heights);
/* Adds n closures and slow-downs of single ways, for all vehicles or for some of the built-in ones, in both directions or in one. */
void random_map_closures(struct xd_rng *rng, const struct xd_network *network, int32_t n, struct xd_closures *closures);

#endif
