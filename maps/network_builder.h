/* The inside of the network builder: drafts as they come from the file, and the parts that put them in normal form. Internal to maps/network*.c. */
#ifndef XD_MAPS_NETWORK_BUILDER_H
#define XD_MAPS_NETWORK_BUILDER_H

#include "base/arena.h"
#include "maps/map_place.h"
#include "maps/network.h"
#include "maps/node_signal.h"

/* A way as it came, its node ids at refs[first_ref .. first_ref + refs_n). */
struct xd_draft_road {
    int64_t osm_id;
    int64_t first_ref;
    int32_t refs_n;
    int32_t sequence; /* in the file: of ways with the same id the first is kept */
    size_t name;      /* offset in names */
    struct xd_road road;
};

/* A place as it came. A node has its position; a way has its nodes at refs[first_ref .. first_ref + refs_n), a relation those of its members that stand
 * for it: label before admin_centre. */
struct xd_draft_place {
    struct xd_map_place place; /* without the strings */
    size_t name, name_zh, code;
    int64_t first_ref;
    int32_t refs_n;
    int32_t labels_n; /* the first of the refs: nodes that are drawn in its stead */
    int32_t sequence;
};

struct xd_draft_barrier {
    int32_t node;
    struct xd_road_barrier barrier;
};

/* A member of a restriction that says where it is. */
enum xd_draft_role { XD_DRAFT_FROM, XD_DRAFT_VIA, XD_DRAFT_TO };
struct xd_draft_member {
    int64_t id;
    enum xd_draft_role role;
    enum xd_osm_kind kind; /* a way; of via a way or a node */
};

/* A restriction as it came: its members at members[first_member .. first_member + members_n). */
struct xd_draft_restriction {
    int64_t osm_id;
    int64_t first_member;
    int32_t members_n;
    int32_t sequence;
    struct xd_restriction_tags tags;
};

/* State of a way that some restriction names. */
enum xd_draft_way { XD_DRAFT_WAY_MISSING, XD_DRAFT_WAY_FOUND /* but no road */, XD_DRAFT_WAY_ROAD };

/* State of a node that some way or relation names. */
enum xd_draft_node { XD_DRAFT_NODE_MISSING, XD_DRAFT_NODE_FOUND, XD_DRAFT_NODE_USED /* by a road */ };

struct xd_network_builder {
    struct xd_draft_road *roads;
    size_t roads_n, roads_max;
    int64_t *refs; /* of roads, of the areas of places, and via nodes of restrictions */
    size_t refs_n, refs_max;
    char *names; /* NUL-terminated strings one after the other; offset 0 is "" */
    size_t names_n, names_max;
    struct xd_draft_place *places;
    size_t places_n, places_max;
    struct xd_draft_barrier *barriers;
    size_t barriers_n, barriers_max;
    struct xd_draft_restriction *restrictions;
    size_t restrictions_n, restrictions_max;
    struct xd_draft_member *members;
    size_t members_n, members_max;

    /* from the end of pass 1 */
    int64_t *wanted; /* ids, ascending */
    struct xd_position *position;
    uint8_t *node_state;  /* enum xd_draft_node */
    uint8_t *node_signal; /* XD_NODE_* */
    size_t wanted_n;
    size_t cursor;             /* where the last id was found: the next is mostly near */
    int64_t *member_way;       /* ids of the ways that restrictions name, ascending */
    uint8_t *member_way_state; /* enum xd_draft_way */
    size_t member_ways_n;

    struct xd_network_counts counts;
};

/* What finish fills, in the arena that the network owns. */
struct xd_network_frozen {
    struct xd_network network; /* first: the public face */
    struct xd_arena arena;
    char *names;
    int64_t *node_osm_id;
    struct xd_position *node_position;
    int32_t *node_barrier;
    uint8_t *node_signal;
    struct xd_road_barrier *barriers;
    struct xd_road *roads;
    int64_t *road_osm_id;
    int64_t *first_node;
    int32_t *road_node;
    const char **road_name;
    struct xd_map_place *map_places;
    struct xd_restriction *restrictions;
    int64_t *restriction_step;
};

/* Keeps a copy of text among the names. */
XD_MUST_CHECK enum xd_status xd_draft_string(struct xd_network_builder *builder, const char *text, size_t *offset, struct xd_error *error);
/* Keeps node ids among the refs; *first_ref is where they begin. */
XD_MUST_CHECK enum xd_status xd_draft_refs(struct xd_network_builder *builder, const int64_t *ids, int32_t ids_n, int64_t *first_ref,
                                           struct xd_error *error);
/* Index of the wanted id, or wanted_n. Cost: O(log distance) from the last one. */
size_t xd_draft_node_find(struct xd_network_builder *builder, int64_t id);

/* maps/network_places.c: places of nodes, and of ways and relations with the refs kept; then all in normal form. Tags that tell no place: nothing. */
XD_MUST_CHECK enum xd_status xd_draft_place_node(struct xd_network_builder *builder, const struct xd_osm_node *node, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_draft_place_relation(struct xd_network_builder *builder, const struct xd_osm_relation *relation,
                                                     struct xd_error *error);
/* Adds a place of decoded tags; `draft` tells type, id, position or refs. */
XD_MUST_CHECK enum xd_status xd_draft_place_add(struct xd_network_builder *builder, const struct xd_map_place_tags *tags,
                                                const struct xd_draft_place *draft, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_draft_places_freeze(struct xd_network_builder *builder, struct xd_network_frozen *frozen, struct xd_error *error);

/* maps/network_restrictions.c: in pass 1 each type=restriction relation is taken, or counted as dropped. */
XD_MUST_CHECK enum xd_status xd_draft_restriction_relation(struct xd_network_builder *builder, const struct xd_osm_relation *relation,
                                                           struct xd_error *error);
/* Between the passes: lists the ways that restrictions name. *missing_n: those that are no roads; pass 2 tells of them whether the file holds them. */
XD_MUST_CHECK enum xd_status xd_draft_members_list(struct xd_network_builder *builder, size_t *missing_n, struct xd_error *error);
void xd_draft_member_found(struct xd_network_builder *builder, int64_t way_id);
/* Needs nodes and roads frozen. */
XD_MUST_CHECK enum xd_status xd_draft_restrictions_freeze(struct xd_network_builder *builder, struct xd_network_frozen *frozen,
                                                          struct xd_error *error);

#endif
