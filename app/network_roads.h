/* What `network route` and `network matrix` have in common: a map as one vehicle sees it, and positions on it. */
#ifndef XD_APP_NETWORK_ROADS_H
#define XD_APP_NETWORK_ROADS_H

#include "app/connector.h"
#include "app/open_map.h"
#include "base/json_writer.h"
#include "maps/closure.h"
#include "maps/snap.h"
#include "maps/standard_roads.h"

enum { XD_APP_RADIUS_LEAST_M = 1, XD_APP_RADIUS_MOST_M = 20000 };
/* How far a road may lie without a word. */
enum { XD_APP_FAR_M = 100 };

/* Which vehicle on which ground, as the command line says. */
struct xd_app_vehicle {
    const char *profile, *profiles_path, *elevation_path;
    const char *closures_path, *extra_roads_path, *date;
    struct xd_app_connector connector;
    const char *approach;
    bool turn_costs, energy, no_snapshot;
    int64_t radius_m; /* how far a road may lie */
};

/* A map seen by one vehicle profile. Free with xd_app_roads_free, also after an error. */
struct xd_app_roads {
    struct xd_profiles *profiles;
    struct xd_opened_map *opened;
    const struct xd_network *network; /* the map's */
    struct xd_road_map own, *map;     /* the standard one where that serves */
    struct xd_road_heights *heights;  /* NULL = all roads are flat */
    struct xd_closures closures;
    struct xd_overlay *overlay;    /* NULL = no closures */
    struct xd_graph *open, *graph; /* without closures, and with them; open is NULL where there are none */
    struct xd_connector connector;
    enum xd_approach approach;
    int32_t radius_m;
    double load_s, graph_s, reweigh_s; /* reading; map and graph; closures */
};

#define XD_APP_RADIUS_OPTION(target, usual, usual_zh)                                                                                                \
    {                                                                                                                                                \
        XD_OPTION_INTEGER, "--radius", NULL, "M", (target), XD_APP_RADIUS_LEAST_M, XD_APP_RADIUS_MOST_M,                                             \
            "a road may lie up to M metres away, 1 to 20000 (default " usual ")", "道路距离上限 M 米,1 至 20000(默认" usual_zh ")"                   \
    }

XD_MUST_CHECK enum xd_status xd_app_roads_open(const char *map, const struct xd_app_vehicle *vehicle, const struct xd_progress *progress,
                                               struct xd_app_roads *roads, struct xd_error *error);
void xd_app_roads_free(struct xd_app_roads *roads);
/* All positions of a request, so that a small part of the roads on which all of them lie is used. */
void xd_app_roads_snap(struct xd_app_roads *roads, const struct xd_position *positions, int32_t n, struct xd_snap *snaps);
/* apart[n]: which of the points that are on a road lie on another part of the roads than most of them. */
void xd_app_roads_apart(const struct xd_app_roads *roads, const struct xd_snap *snaps, int32_t n, bool *apart);
/* Whether there is a road where a position lies with lon and lat exchanged. */
bool xd_app_roads_look_swapped(const struct xd_app_roads *roads, struct xd_position position);
/* Ends the document, prints the buffer and frees it. */
XD_MUST_CHECK enum xd_status xd_app_print_json(struct xd_json_writer *json, struct xd_buffer *buffer);

#endif
