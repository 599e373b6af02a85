/* The frozen road network: roads of all vehicles in normal form, so that the same data in another container or file order gives
 * the same network and hash.
 *
 * Shape: nodes sorted by OSM id (only those that kept roads use); roads sorted by OSM way id (split where nodes were missing: then in drawing order);
 *        road r draws through road_node[first_node[r] .. first_node[r+1]). Names in one string table.
 * Owns: everything, in one arena. Threads: immutable after construction. Memory: only what highways use; nothing is sized by an OSM id.
 */
#ifndef XD_MAPS_NETWORK_H
#define XD_MAPS_NETWORK_H

#include "maps/restriction.h"

enum {
    XD_NETWORK_NODES_MAX = 200000000,
    XD_NETWORK_ROADS_MAX = 50000000,
    XD_NETWORK_ROAD_NODES_MAX = 400000000, /* node references of all roads, and of places that are areas */
    XD_NETWORK_NAME_BYTES_MAX = 1 << 30,   /* names of roads and places together */
    XD_NETWORK_MAP_PLACES_MAX = 2000000
};

/* place=* of the map: nodes, then ways, then relations, each in the order of OSM id. */
enum xd_map_place_kind {
    XD_MAP_CITY,
    XD_MAP_TOWN,
    XD_MAP_VILLAGE,
    XD_MAP_HAMLET,
    XD_MAP_SUBURB,
    XD_MAP_ISOLATED_DWELLING,
    XD_MAP_COUNTY,
    XD_MAP_OTHER
};

struct xd_map_place {
    int64_t osm_id;              /* a node and a way may share it */
    enum xd_osm_kind osm_type;   /* what is mapped: a point, or an area */
    struct xd_position position; /* of an area its centre, of a relation its label or admin_centre */
    enum xd_map_place_kind kind;
    int64_t population;  /* -1 = not told */
    const char *name;    /* name, else name:zh, else name:en, else "" */
    const char *name_zh; /* "" when not told */
    const char *code;    /* ref:admin / ref when a 6, 9 or 12 digit area code, else "" */
};

struct xd_network_counts { /* what was seen and what was dropped or repaired; all in objects of the file */
    int64_t nodes_seen, ways_seen, relations_seen;
    int64_t roads_kept;
    int64_t ways_not_roads;
    int64_t roads_too_short;                 /* fewer than two usable nodes */
    int64_t node_refs_missing;               /* way nodes that the file does not hold */
    int64_t nodes_repeated;                  /* the same node twice in a row */
    int64_t duplicate_nodes, duplicate_ways; /* same id again: only the highest version kept, of equal ones the first */
    int64_t barriers;
    int64_t place_areas_seen;     /* place=* of ways, multipolygons and boundaries */
    int64_t place_areas_twice;    /* the same place as a node, or as an area before it: only that one kept */
    int64_t place_areas_unplaced; /* none of the nodes in the file, or a relation that names no label or admin_centre */
    int64_t restrictions_seen;    /* type=restriction relations: kept or dropped */
    int64_t restrictions_kept;
    int64_t restrictions_in_part; /* of those kept: some of several from or to are not in the network */
    int64_t restrictions_dropped[XD_RESTRICTION_DROPS_N];
    struct xd_road_doubts way_doubts, node_doubts, relation_doubts; /* tags that were not understood or are not modelled */
};

struct xd_network {
    int32_t nodes_n;
    const int64_t *node_osm_id;              /* nodes_n, ascending */
    const struct xd_position *node_position; /* nodes_n */
    const int32_t *node_barrier;             /* nodes_n: index into barriers or -1 */
    const uint8_t *node_signal;              /* nodes_n: XD_NODE_* of maps/node_signal.h */
    const struct xd_road_barrier *barriers;
    int32_t barriers_n;

    int32_t roads_n;
    const struct xd_road *roads;
    const int64_t *road_osm_id;   /* roads_n, ascending */
    const int64_t *first_node;    /* roads_n + 1 */
    const int32_t *road_node;     /* first_node[roads_n] */
    const char *const *road_name; /* roads_n, "" when none */

    int32_t clauses_n;
    const struct xd_clause *clauses; /* conditions of roads, barriers and restrictions: maps/clause.h */

    int32_t restrictions_n;
    const struct xd_restriction *restrictions; /* by OSM id, then by their steps */
    const int64_t *restriction_step;

    int32_t map_places_n;
    const struct xd_map_place *map_places;

    struct xd_position south_west, north_east; /* of the nodes */
    struct xd_network_counts counts;
    uint64_t hash; /* of all but the counts, in normal form */
};

void xd_network_free(struct xd_network *network);

/* The builder reads the file twice: pass 1 keeps ways and relations, pass 2 only the nodes that they use and place nodes; so unsorted
 * files work and memory follows the roads. Use: create; sink(1); read the file; sink(2); read it again; finish. */
struct xd_network_builder;
XD_MUST_CHECK enum xd_status xd_network_builder_create(struct xd_network_builder **builder, struct xd_error *error);
/* Threads that finish may use; 1 unless told. The network is the same for any number. */
void xd_network_builder_threads(struct xd_network_builder *builder, int32_t threads_n);
/* Before pass 1: versions of objects that do not hold are left out. Borrowed until finish. Without it, of equal ids the first holds. */
struct xd_osm_repeats;
void xd_network_builder_outdates(struct xd_network_builder *builder, const struct xd_osm_repeats *repeats);
/* After pass 2: whether the file may have an id twice: its ids do not ascend, or it has deleted objects. *objects_n: of the file. */
bool xd_network_builder_may_repeat(const struct xd_network_builder *builder, int64_t *objects_n);
/* pass is 1 or 2. Calling for pass 2 ends pass 1. */
XD_MUST_CHECK enum xd_status xd_network_builder_sink(struct xd_network_builder *builder, int pass, struct xd_osm_sink *sink, struct xd_error *error);
/* Frees the builder in every case. Errors: XD_DATA when no road is left ("holds no road that a vehicle can use"), limits, XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_network_builder_finish(struct xd_network_builder *builder, struct xd_network **network, struct xd_error *error);
void xd_network_builder_free(struct xd_network_builder *builder);

#endif
