/* Small road maps for tests, written as text. Ends the program when memory is short or the text is wrong. */
#ifndef XD_TESTS_ROAD_MAP_H
#define XD_TESTS_ROAD_MAP_H

#include "maps/network.h"

enum { ROAD_MAP_TAGS_MAX = 16 };

/* "highway=track, maxspeed=30 mph": tags apart by a comma and a blank. */
struct road_map_tags {
    char text[512];
    struct xd_osm_tag items[ROAD_MAP_TAGS_MAX];
    int32_t items_n;
};
struct xd_osm_tags road_map_tags(const char *text, struct road_map_tags *tags);

/* On the equator, so that a metre is as many units of 1e-7 degrees eastwards as northwards; positions round to about a centimetre. */
struct xd_position road_map_position(double east_m, double north_m);

/* Lines "node ID EAST_M NORTH_M [: TAGS]", "way ID NODE NODE ... : TAGS" and "relation ID MEMBER MEMBER ... : TAGS" with members like way:12:from
 * (node, way or relation; the role may be empty). Free with xd_network_free. */
struct xd_network *road_map_network(const char *text);

/* The two passes over objects in memory; NULL and *error on failure. */
struct road_map_objects {
    const struct xd_osm_node *nodes;
    const struct xd_osm_way *ways;
    const struct xd_osm_relation *relations;
    int32_t nodes_n, ways_n, relations_n;
};
enum xd_status road_map_build(const struct road_map_objects *objects, struct xd_network **network, struct xd_error *error);

#endif
