/* Which tiles of elevation a map needs: a set of cells of one degree, filled from the positions of its roads and not from their box, as maps hold
 * members that lie far outside.
 * Threads: a value. Cost: 8 KiB; adding is O(1), a road's line O(cells of its box). */
#ifndef XD_MAPS_ELEVATION_AREA_H
#define XD_MAPS_ELEVATION_AREA_H

#include "maps/elevation.h"
#include "maps/network.h"

enum { XD_ELEVATION_AREA_WORDS = 1013 }; /* 360 * 180 bits */

struct xd_elevation_area { /* zero-initialised: empty */
    uint64_t cells[XD_ELEVATION_AREA_WORDS];
};

void xd_elevation_area_add(struct xd_elevation_area *area, struct xd_position position);
void xd_elevation_area_add_box(struct xd_elevation_area *area, struct xd_position south_west, struct xd_position north_east); /* both ends included */
/* Every node of a road, and what the straight line between neighbours can cross. Lines longer than a degree (wrong positions) add their ends alone. */
void xd_elevation_area_add_network(struct xd_elevation_area *area, const struct xd_network *network);
bool xd_elevation_area_has(const struct xd_elevation_area *area, struct xd_elevation_cell cell);
/* An elevation with a missing tile for each cell. Errors: XD_DATA above XD_ELEVATION_TILES_MAX, XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_elevation_area_slots(const struct xd_elevation_area *area, struct xd_elevation **elevation, struct xd_error *error);

#endif
