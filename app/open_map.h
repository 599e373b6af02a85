/* A map made ready for use: from its snapshot when that is good, else from the map itself, and the snapshot written for the next time.
 *
 * The snapshot of MAP is MAP.xdroads in the same folder. It is not written into a folder that nobody may write to (also not by root), nor for a map that was
 * changed less than XD_SNAPSHOT_YOUNG_S ago, whose next change might not show in its time; that it cannot be written is no error.
 */
#ifndef XD_APP_OPEN_MAP_H
#define XD_APP_OPEN_MAP_H

#include "base/progress.h"
#include "maps/standard_roads.h"

enum { XD_SNAPSHOT_YOUNG_S = 2 };

enum xd_snapshot_use {
    XD_SNAPSHOT_OFF,      /* none asked for; or none there, and none could be written */
    XD_SNAPSHOT_USED,     /* the map was not read */
    XD_SNAPSHOT_WRITTEN,  /* none was there */
    XD_SNAPSHOT_REPLACED, /* here and below: one was there, of another state of the map or another program ... */
    XD_SNAPSHOT_REFUSED   /* ... or damaged: the map was read, and the snapshot written anew where that could be done */
};
const char *xd_snapshot_use_name(enum xd_snapshot_use use); /* "off", "used", "written", "stale", "damaged" */

struct xd_opened_map {
    struct xd_network *network;
    struct xd_standard_roads *standard; /* built when it is asked for */
    enum xd_snapshot_use snapshot;
};

/* Errors: as xd_osm_read_network; XD_NO_MEMORY, XD_INTERRUPTED. Without a snapshot and with the wish for one it takes the time to order the roads, too. */
XD_MUST_CHECK enum xd_status xd_app_map_open(const char *path, bool with_snapshot, const struct xd_progress *progress, struct xd_opened_map **map,
                                             struct xd_error *error);
/* The map is this network from now on, with roads of its own; owns it. What was there is freed. */
void xd_app_map_replace(struct xd_opened_map *map, struct xd_network *network);
void xd_app_map_close(struct xd_opened_map *map); /* NULL is legal */

#endif
