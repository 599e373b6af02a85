/* place=* nodes of the map, decoded from their tags. */
#ifndef XD_MAPS_MAP_PLACE_H
#define XD_MAPS_MAP_PLACE_H

#include "maps/network.h"

/* What tags say of a place. Strings borrow the tags, or are "". */
struct xd_map_place_tags {
    enum xd_map_place_kind kind;
    int64_t population; /* -1 = not told */
    const char *name;
    const char *name_zh;
    const char *code;
};
/* False when the node is no place that people live in. *place is filled only on true. */
bool xd_map_place_decode(struct xd_osm_tags tags, struct xd_map_place_tags *place);

#endif
