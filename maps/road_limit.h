/* Weights and sizes that a road or a barrier limits, the width of a road, and its speed limits. */
#ifndef XD_MAPS_ROAD_LIMIT_H
#define XD_MAPS_ROAD_LIMIT_H

#include "maps/road.h"

/* Keys of limits; of those with one field the least counts. */
enum xd_limit_key {
    XD_LIMIT_WEIGHT,
    XD_LIMIT_WEIGHT_RATING,
    XD_LIMIT_TRAIN_WEIGHT,
    XD_LIMIT_TRAIN_WEIGHT_RATING,
    XD_LIMIT_AXLE_LOAD,
    XD_LIMIT_HEIGHT,
    XD_LIMIT_WIDTH,
    XD_LIMIT_LENGTH,
    /* last: what stands in the way, whoever comes; it lessens what a group tells for itself too */
    XD_LIMIT_HEIGHT_PHYSICAL,
    XD_LIMIT_WIDTH_PHYSICAL,
    XD_LIMIT_KEYS_N
};
const char *xd_road_limit_name(enum xd_limit_key key, enum xd_limit_group group); /* "maxweight:hgv"; NULL where only ALL is told */
/* The field of the key. */
uint16_t *xd_road_limit_at(struct xd_road_limits *limits, enum xd_limit_key key);
/* One value of it; 0 = none. */
uint16_t xd_road_limit_value(enum xd_limit_key key, const char *value, bool *unread);

/* limits[XD_LIMIT_GROUPS_N]. Physical limits (maxheight:physical) count for each group that tells a limit of its own. */
void xd_road_limits_decode(struct xd_osm_tags tags, struct xd_road_limits *limits, struct xd_road_doubts *doubts);
bool xd_road_limits_any(const struct xd_road_limits *limits); /* of limits[XD_LIMIT_GROUPS_N] */
/* width_dm, lanes_n, XD_ROAD_WIDTH_ESTIMATED */
void xd_road_width_decode(struct xd_osm_tags tags, struct xd_road *road, struct xd_road_doubts *doubts);
/* maxspeed_kmh, advised_kmh */
void xd_road_speeds_decode(struct xd_osm_tags tags, struct xd_road *road, struct xd_road_doubts *doubts);

#endif
