/* Heights of the ground from tiles of one degree, and the rises of roads over it.
 *
 * Shape: a slot for every tile that is needed, sorted by south, then west; a slot without heights is a missing tile. Heights of a tile are row-major,
 *        the north row first, side samples a row, both edges included: neighbours share the samples of their edge.
 * Units: samples in whole metres, everything made of them in cm; degrees by the south-west corner of a tile.
 * Owns: all samples. Threads: immutable once its tiles are filled, hence shared. Numbers: integers throughout, equal for every compiler.
 */
#ifndef XD_MAPS_ELEVATION_H
#define XD_MAPS_ELEVATION_H

#include "base/arena.h"
#include "base/geo.h"

enum {
    XD_ELEVATION_TILES_MAX = 256,
    XD_ELEVATION_SIDE_3S = 1201, /* samples a side at 3 and at 1 seconds of arc */
    XD_ELEVATION_SIDE_1S = 3601,
    XD_ELEVATION_VOID_M = -32768, /* a sample without a height */
    XD_ELEVATION_LOW_M = -500,    /* what ground can be */
    XD_ELEVATION_HIGH_M = 9000
};
/* No height: a missing tile or voids all around. */
#define XD_ELEVATION_UNKNOWN_CM INT32_MIN

struct xd_elevation_cell { /* one degree by its south-west corner */
    int32_t south_deg;     /* -90..89 */
    int32_t west_deg;      /* -180..179 */
};

struct xd_elevation_tile {
    struct xd_elevation_cell cell;
    int32_t side;      /* 0 = missing */
    int16_t *height_m; /* side * side */
};

struct xd_elevation {
    struct xd_elevation_tile *tiles;
    int32_t tiles_n;
};

/* Slots for the cells (sorted as above, each once), all missing. Errors: XD_DATA above XD_ELEVATION_TILES_MAX, XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_elevation_create(const struct xd_elevation_cell *cells, int32_t cells_n, struct xd_elevation **elevation,
                                                 struct xd_error *error);
/* Takes over height_m (xd_alloc, side * side samples) for a missing slot. side: XD_ELEVATION_SIDE_3S or _1S, or another from 2 (tests). */
void xd_elevation_fill(struct xd_elevation *elevation, int32_t tile, int32_t side, int16_t *height_m);
void xd_elevation_free(struct xd_elevation *elevation);

struct xd_elevation_cell xd_elevation_cell_of(struct xd_position position);
enum { XD_ELEVATION_NAME_BYTES = 16 };
void xd_elevation_cell_name(struct xd_elevation_cell cell, char dst[XD_ELEVATION_NAME_BYTES]); /* N26E106 */

/* Height at a position in cm, between the four samples around it; where one of them is void, that of the nearest with a height (by steps of the grid; of
 * equals the northern, then the western). On the edge of a missing tile the neighbour's samples hold. XD_ELEVATION_UNKNOWN_CM when there is none.
 * Cost: O(log tiles). */
int32_t xd_elevation_height_cm(const struct xd_elevation *elevation, struct xd_position position);

#endif
