/* Access and one-way rules, which ways and barrier nodes carry alike. */
#ifndef XD_MAPS_ROAD_ACCESS_H
#define XD_MAPS_ROAD_ACCESS_H

#include "maps/road.h"

/* Names of the access keys, by enum xd_access_key. */
extern const char *const xd_access_key_names[XD_ACCESS_KEYS_N];

/* rules[XD_ACCESS_KEYS_N]: each key, with :forward and :backward before the key itself; of a ";" list the most open. Unknown words count as unset. */
void xd_road_access_decode(struct xd_osm_tags tags, struct xd_road_rule *rules, struct xd_road_doubts *doubts);
/* rules[].oneway, from oneway and oneway:KEY; is_implied: one way with the drawing unless told otherwise. */
void xd_road_oneway_decode(struct xd_osm_tags tags, bool is_implied, struct xd_road_rule *rules, struct xd_road_doubts *doubts);
/* One word of access, as enum xd_access, and of one way, as enum xd_oneway; false when it is none. */
bool xd_road_access_word(const char *word, uint16_t *access);
bool xd_road_oneway_word(const char *word, uint16_t *oneway);
/* A word for business that ends a trip: destination, delivery ... */
bool xd_road_access_is_end(const char *word);

#endif
