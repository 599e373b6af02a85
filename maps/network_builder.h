/* The inside of the network builder: drafts as they come from the file, and the parts that put them in normal form. Internal to maps/network*.c. */
#ifndef XD_MAPS_NETWORK_BUILDER_H
#define XD_MAPS_NETWORK_BUILDER_H

#include "base/arena.h"
#include "maps/map_place.h"
#include "maps/network.h"
#include "maps/node_signal.h"
#include "maps/osm_repeats.h"

/* A way as it came, its node ids at refs[first_ref .. first_ref + refs_n). */
struct xd_draft_road {
    int64_t osm_id;
    int64_t first_ref;
    int32_t refs_n;
    int32_t sequence; /* in the file: of ways with the same id the first is kept */
    size_t name;      /* offset in names */
    int32_t clauses;  /* here and below: where its list begins in the part's clauses; -1 = none */
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
    int64_t osm_id;
    int32_t node;
    int32_t clauses;
    struct xd_road_barrier barrier;
};

/* A member of a restriction that says where it is. */
enum xd_draft_role { XD_DRAFT_FROM, XD_DRAFT_VIA, XD_DRAFT_TO };
struct xd_draft_member {
    int64_t id;
    enum xd_draft_role role;
    enum xd_osm_kind kind; /* a way; of via a way or a node */
    bool node_missing;     /* of the file; known at the end of pass 2 */
};

/* A restriction as it came: its members at members[first_member .. first_member + members_n). */
struct xd_draft_restriction {
    int64_t osm_id;
    int64_t first_member;
    int32_t members_n;
    int32_t sequence;
    int32_t clauses;
    uint16_t clauses_place; /* among the network's, once they are frozen */
    struct xd_restriction_tags tags;
};

/* State of a way that some restriction names. */
enum xd_draft_way { XD_DRAFT_WAY_MISSING, XD_DRAFT_WAY_FOUND /* but no road */, XD_DRAFT_WAY_ROAD };

/* State of a node that some way or relation names. */
enum xd_draft_node { XD_DRAFT_NODE_MISSING, XD_DRAFT_NODE_FOUND, XD_DRAFT_NODE_USED /* by a road */ };

/* A wanted node that the file holds, and what stands on it. */
struct xd_draft_found {
    int32_t node;
    int32_t tags; /* in found_tags, or -1 */
    struct xd_position position;
};
struct xd_draft_found_tags {
    struct xd_road_barrier barrier;
    struct xd_road_doubts doubts; /* count only when this is the first node of its id */
    int32_t clauses;
    uint8_t signal; /* XD_NODE_* */
    bool is_barrier;
};

/* How the ids of one kind of object follow each other. */
struct xd_draft_ids {
    int64_t first, last;
    bool any;
    bool are_mixed; /* not each above the one before */
};

/* What a piece of the file says, as it came: a thread fills a part of its own, and parts are joined in the order of the file. */
struct xd_network_part {
    struct xd_network_builder *builder; /* not written to while parts are filled */
    bool joined_at_once;                /* the builder's own part of pass 2: what one object says is joined before the next comes */
    struct xd_draft_road *roads;
    size_t roads_n, roads_max;
    int64_t *refs; /* of roads, of the areas of places, and via nodes of restrictions */
    size_t refs_n, refs_max;
    char *names; /* NUL-terminated strings one after the other; offset 0 is "" */
    size_t names_n, names_max;
    struct xd_draft_place *places;
    size_t places_n, places_max;
    struct xd_draft_restriction *restrictions;
    size_t restrictions_n, restrictions_max;
    struct xd_draft_member *members;
    size_t members_n, members_max;
    struct xd_clause *clauses; /* lists one after the other */
    size_t clauses_n, clauses_max;
    struct xd_network_counts counts;
    struct xd_draft_ids ids[XD_OSM_KINDS_N];
    bool any_deleted;

    /* pass 2 */
    struct xd_draft_found *found;
    size_t found_n, found_max;
    struct xd_draft_found_tags *found_tags;
    size_t found_tags_n, found_tags_max;
    int32_t *member_ways; /* ways that restrictions name and that are no roads: indices of builder->member_way */
    size_t member_ways_n, member_ways_max;
    size_t cursor; /* where the last id was found: the next is mostly near */
};

struct xd_network_builder {
    int32_t threads_n;
    const struct xd_osm_repeats *repeats; /* or NULL */
    struct xd_network_part all;           /* what was joined */
    struct xd_network_part own;           /* of pass 2, where the reader gives objects one by one */
    struct xd_draft_barrier *barriers;
    size_t barriers_n, barriers_max;

    /* from the end of pass 1 */
    int64_t *wanted; /* ids, ascending */
    struct xd_position *position;
    uint8_t *node_state;  /* enum xd_draft_node */
    uint8_t *node_signal; /* XD_NODE_* */
    size_t wanted_n;
    size_t cursor;             /* of xd_draft_node_find */
    int64_t *member_way;       /* ids of the ways that restrictions name, ascending */
    uint8_t *member_way_state; /* enum xd_draft_way */
    size_t member_ways_n;
};

/* What finish fills, in the arena that the network owns, or taken over from the builder: a copy of it would double the memory. */
struct xd_network_frozen {
    struct xd_network network; /* first: the public face */
    struct xd_arena arena;
    char *names;                       /* taken over */
    int64_t *node_osm_id;              /* taken over */
    struct xd_position *node_position; /* taken over */
    uint8_t *node_signal;              /* taken over */
    int32_t *node_barrier;
    struct xd_road_barrier *barriers;
    struct xd_road *roads;
    int64_t *road_osm_id;
    int64_t *first_node;
    int32_t *road_node;
    const char **road_name;
    struct xd_map_place *map_places;
    struct xd_restriction *restrictions;
    int64_t *restriction_step;
    struct xd_clause *clauses;
};

static inline void xd_draft_ids_note(struct xd_draft_ids *ids, int64_t id)
{
    ids->are_mixed = ids->are_mixed || (ids->any && id <= ids->last);
    ids->first = ids->any ? ids->first : id;
    ids->last = id;
    ids->any = true;
}

/* maps/network_part.c. Keeps a copy of text among the names. */
XD_MUST_CHECK enum xd_status xd_draft_string(struct xd_network_part *part, const char *text, size_t *offset, struct xd_error *error);
/* Keeps node ids among the refs; *first_ref is where they begin. */
XD_MUST_CHECK enum xd_status xd_draft_refs(struct xd_network_part *part, const int64_t *ids, size_t ids_n, int64_t *first_ref,
                                           struct xd_error *error);
/* Adds what the part holds to builder->all, as if its objects had come there, and empties it. After an error the builder can only be freed. */
XD_MUST_CHECK enum xd_status xd_network_part_join(struct xd_network_builder *builder, struct xd_network_part *part, struct xd_error *error);
void xd_network_part_free(struct xd_network_part *part); /* what it owns */

/* maps/network_wanted.c. Between the passes: lists the nodes that ways and relations name. */
XD_MUST_CHECK enum xd_status xd_draft_wanted_list(struct xd_network_builder *builder, struct xd_error *error);
/* Index of the wanted id, or wanted_n. Cost: O(log distance) from *cursor, which is moved there. */
size_t xd_draft_wanted_find(const struct xd_network_builder *builder, size_t *cursor, int64_t id);
/* The same from the last id that was looked for so. */
size_t xd_draft_node_find(struct xd_network_builder *builder, int64_t id);

/* Neighbouring nodes of a way that the file holds: resolved.node[first .. first of the next run). */
struct xd_run {
    int32_t road; /* in builder->all.roads */
    int64_t first;
};
struct xd_resolved {
    struct xd_run *runs; /* to be freed */
    size_t runs_n, runs_max;
    int32_t *node; /* nodes_n indices of wanted, in the arena */
    int64_t nodes_n;
};
/* maps/network_resolve.c: roads by id, each once, and their nodes; those of them that are there become XD_DRAFT_NODE_USED. The refs of roads hold indices of
 * wanted in place of ids then. Cost: O(refs), in parallel but for a part. Errors: XD_DATA when no road is left, limits, XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_network_resolve(struct xd_network_builder *builder, struct xd_arena *arena, struct xd_resolved *resolved,
                                                struct xd_error *error);

/* maps/network_clauses.c. Keeps the list of an object; *first: where it begins, -1 when it is empty. */
XD_MUST_CHECK enum xd_status xd_draft_clauses(struct xd_network_part *part, const struct xd_clauses *clauses, int32_t *first, struct xd_error *error);
/* Each list once, in an order of their own; sets the places of the roads, and of the barriers and restrictions of the builder. What does not fit
 * into the limit is left out and counted. Roads are those of the runs. */
XD_MUST_CHECK enum xd_status xd_draft_clauses_freeze(struct xd_network_builder *builder, struct xd_network_frozen *frozen,
                                                     const struct xd_resolved *resolved, struct xd_error *error);
/* The clauses of a network and those of extra roads, whose places in frozen->roads are set. Errors: XD_DATA over the limit, XD_NO_MEMORY. */
struct xd_extra_road;
XD_MUST_CHECK enum xd_status xd_network_clauses_extend(const struct xd_network *network, const struct xd_extra_road *extra, int32_t extra_n,
                                                       struct xd_network_frozen *frozen, struct xd_error *error);

/* maps/network_places.c: places of nodes, and of ways and relations with the refs kept; then all in normal form. Tags that tell no place: nothing. */
XD_MUST_CHECK enum xd_status xd_draft_place_node(struct xd_network_part *part, const struct xd_osm_node *node, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_draft_place_relation(struct xd_network_part *part, const struct xd_osm_relation *relation, struct xd_error *error);
/* Adds a place of decoded tags; `draft` tells type, id, position or refs. */
XD_MUST_CHECK enum xd_status xd_draft_place_add(struct xd_network_part *part, const struct xd_map_place_tags *tags,
                                                const struct xd_draft_place *draft, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_draft_places_freeze(struct xd_network_builder *builder, struct xd_network_frozen *frozen, struct xd_error *error);

/* maps/network_restrictions.c: in pass 1 each type=restriction relation is taken, or counted as dropped. */
XD_MUST_CHECK enum xd_status xd_draft_restriction_relation(struct xd_network_part *part, const struct xd_osm_relation *relation,
                                                           struct xd_error *error);
/* Between the passes: lists the ways that restrictions name. *missing_n: those that are no roads; pass 2 tells of them whether the file holds them. */
XD_MUST_CHECK enum xd_status xd_draft_members_list(struct xd_network_builder *builder, size_t *missing_n, struct xd_error *error);
/* Index of the way among those that restrictions name, or member_ways_n. */
size_t xd_draft_member_find(const struct xd_network_builder *builder, int64_t way_id);
/* While the builder still has its nodes. */
void xd_draft_members_note_missing(struct xd_network_builder *builder);
/* Needs nodes and roads frozen. */
XD_MUST_CHECK enum xd_status xd_draft_restrictions_freeze(struct xd_network_builder *builder, struct xd_network_frozen *frozen,
                                                          struct xd_error *error);

#endif
