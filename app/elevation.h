/* The elevation of a map's roads, for the commands. */
#ifndef XD_APP_ELEVATION_H
#define XD_APP_ELEVATION_H

#include "io/elevation/read.h"
#include "maps/elevation_roads.h"

/* Reads the tiles that the network's roads need from path (a folder or a file); NULL: none, *elevation stays NULL and all roads are flat. Prints warnings to
 * standard error. Errors: those of io/elevation/read.h. The caller frees *elevation. */
XD_MUST_CHECK enum xd_status xd_app_elevation_open(const char *path, const struct xd_network *network, struct xd_elevation **elevation,
                                                   struct xd_error *error);
/* Those tiles, made to heights along the roads; *heights stays NULL where path is. The caller frees *heights. */
XD_MUST_CHECK enum xd_status xd_app_heights_open(const char *path, const struct xd_network *network, const struct xd_progress *progress,
                                                 struct xd_road_heights **heights, struct xd_error *error);

#endif
