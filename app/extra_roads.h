/* Roads that the map does not have, added to the network before anything is made of it. */
#ifndef XD_APP_EXTRA_ROADS_H
#define XD_APP_EXTRA_ROADS_H

#include "app/open_map.h"
#include "maps/network_extend.h"

#define XD_APP_EXTRA_ROADS_HELP "roads that the map lacks: CSV or GeoJSON (docs/formats/extra_roads.md)"
#define XD_APP_EXTRA_ROADS_HELP_ZH "地图缺失的道路:CSV 或 GeoJSON(见 docs/formats/extra_roads.md)"

/* Adds the scenario's roads (may be NULL), then those of the file (may be NULL; crs: of its table). The map's network is replaced by the extended one, and stays
 * where there are none or after an error. *counts (may be NULL) sums up. Prints warnings, and all errors but the last. */
XD_MUST_CHECK enum xd_status xd_app_extra_roads_add(const struct xd_extra_roads *of_scenario, const char *path, enum xd_crs crs,
                                                    struct xd_opened_map *map, struct xd_extend_counts *counts, struct xd_error *error);

#endif
