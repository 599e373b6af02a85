/* The :conditional tags of ways and barriers. */
#ifndef XD_MAPS_ROAD_CONDITIONS_H
#define XD_MAPS_ROAD_CONDITIONS_H

#include "maps/road.h"

/* Fills *clauses with those that vehicles can be asked about, general before special ones; true when there are any. Counts what is left out.
 * clauses and doubts may be NULL. */
bool xd_road_conditions_decode(struct xd_osm_tags tags, struct xd_clauses *clauses, struct xd_road_doubts *doubts);
/* Counts what one tag left out. */
void xd_road_conditions_doubt(const struct xd_clause_doubts *found, struct xd_road_doubts *doubts);

#endif
