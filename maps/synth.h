/* A believable mountain county from a seed: relief, valleys, roads, places, demand, as OSM objects and a scenario.
 * Pure: io writes what this makes. Deterministic in all arguments. */
#ifndef XD_MAPS_SYNTH_H
#define XD_MAPS_SYNTH_H

#include "base/arena.h"
#include "base/progress.h"
#include "maps/places.h"

struct xd_synth_relief; /* maps/synth_relief.h */
enum xd_relief { XD_RELIEF_PLAIN, XD_RELIEF_HILLS, XD_RELIEF_MOUNTAIN };

enum { XD_SYNTH_TOWNSHIPS_MAX = 200, XD_SYNTH_VILLAGES_MAX = 20000, XD_SYNTH_HUBS_MAX = 2 };

struct xd_synth_options {
    uint64_t seed;
    int32_t townships_n; /* 0 = drawn 12..20 */
    int32_t villages_n;  /* 0 = drawn 120..250 */
    int32_t hubs_n;      /* 1 */
    enum xd_relief relief;
};

struct xd_synth_place { /* beside xd_place of the same index */
    int64_t down_parcels_n, up_parcels_n;
    int64_t produce_g;
    int32_t goods; /* enum xd_goods of scenarios/scenario.h as a number; -1 = none */
};

struct xd_synth_county {
    struct xd_arena arena;
    const char *name;          /* 云山县 */
    struct xd_osm_node *nodes; /* ascending id; highway/place/barrier tags on them */
    int32_t nodes_n;
    int32_t *node_elevation_m;
    struct xd_osm_way *ways;
    int32_t ways_n;
    struct xd_places places;
    struct xd_synth_place *extra;         /* places.items_n */
    const struct xd_synth_relief *ground; /* its heights: maps/synth_elevation.h */
};

XD_MUST_CHECK enum xd_status xd_synth_county_create(const struct xd_synth_options *options, const struct xd_progress *progress,
                                                    struct xd_synth_county **county, struct xd_error *error);
void xd_synth_county_free(struct xd_synth_county *county);

#endif
