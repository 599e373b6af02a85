/* place=* of the map, decoded from tags, and what makes two of them the same place. */
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
/* False when the object is no place that people live in. *place is filled only on true. */
bool xd_map_place_decode(struct xd_osm_tags tags, struct xd_map_place_tags *place);

/* May the two be one place by their kinds? City, town, village, hamlet and dwelling may (mappers differ about them), other kinds only with themselves. */
bool xd_map_place_kinds_agree(enum xd_map_place_kind a, enum xd_map_place_kind b);
/* Equal names, Latin letters without case and accents (Sornàs, Sornás). Cost: O(length). */
bool xd_map_place_names_agree(const char *a, const char *b);

#endif
