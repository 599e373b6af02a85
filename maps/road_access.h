/* Access and size limits, which ways and barrier nodes carry alike. */
#ifndef XD_MAPS_ROAD_ACCESS_H
#define XD_MAPS_ROAD_ACCESS_H

#include "maps/road.h"

/* access[XD_ACCESS_KEYS_N]: enum xd_access by enum xd_access_key; of a ";" list the most open. Unknown words count as unset; so do all
 * :conditional and :lanes keys. */
void xd_road_access_decode(struct xd_osm_tags tags, uint8_t access[XD_ACCESS_KEYS_N]);

struct xd_road_limits {       /* 0 = not told */
    uint16_t maxweight_100kg; /* the lesser of maxweight and maxweightrating */
    uint16_t maxheight_cm;
    uint16_t maxwidth_cm;
};
struct xd_road_limits xd_road_limits_decode(struct xd_osm_tags tags);

#endif
