/* Weights and sizes that a road or a barrier limits, the width of a road, and its speed limits. */
#ifndef XD_MAPS_ROAD_LIMIT_H
#define XD_MAPS_ROAD_LIMIT_H

#include "maps/road.h"

/* limits[XD_LIMIT_GROUPS_N]. Physical limits (maxheight:physical) count for each group that tells a limit of its own. */
void xd_road_limits_decode(struct xd_osm_tags tags, struct xd_road_limits *limits, struct xd_road_doubts *doubts);
bool xd_road_limits_any(const struct xd_road_limits *limits); /* of limits[XD_LIMIT_GROUPS_N] */
/* width_dm, lanes_n, XD_ROAD_WIDTH_ESTIMATED */
void xd_road_width_decode(struct xd_osm_tags tags, struct xd_road *road, struct xd_road_doubts *doubts);
/* maxspeed_kmh, advised_kmh */
void xd_road_speeds_decode(struct xd_osm_tags tags, struct xd_road *road, struct xd_road_doubts *doubts);

#endif
