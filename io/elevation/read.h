/* The tiles of elevation that a map needs, from a folder or one file. */
#ifndef XD_IO_ELEVATION_READ_H
#define XD_IO_ELEVATION_READ_H

#include "maps/elevation_area.h"

/* path: a folder of tiles (others of its files are passed over; of several for one cell the first in the order of their names is taken), or one tile.
 * Cells of the area without a tile stay missing, and one warning lists them. Errors and warnings go to diagnostics, the status is that of the first error:
 * XD_NO_INPUT (no such file or folder, not one tile of the area), XD_DATA (see io/elevation/hgt.h; a file that is not named like a tile; too many tiles),
 * XD_IO, XD_NO_MEMORY. *elevation is set only on XD_OK. */
XD_MUST_CHECK enum xd_status xd_elevation_read(const char *path, const struct xd_elevation_area *area, struct xd_elevation **elevation,
                                               struct xd_diagnostics *diagnostics);

#endif
