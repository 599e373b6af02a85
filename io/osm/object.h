/* One OSM object while a reader puts it together: growing lists that are emptied, not freed, between objects. Inner to io/osm.
 *
 * Borrows: tag texts and roles are not copied; they must live until the object was given to the sink. Threads: one thread. */
#ifndef XD_IO_OSM_OBJECT_H
#define XD_IO_OSM_OBJECT_H

#include "maps/osm_object.h"

enum {
    XD_OSM_TAGS_MAX = 10000,        /* of one object */
    XD_OSM_TAG_BYTES_MAX = 65535,   /* of one key, value or role, checked by the readers; OSM's own limit is 255 characters */
    XD_OSM_WAY_NODES_MAX = 1000000, /* OSM's own limit is 2000 */
    XD_OSM_MEMBERS_MAX = 1000000    /* of one relation; OSM's own limit is 32000 */
};

struct xd_osm_draft {
    enum xd_osm_kind kind;
    int32_t version; /* 0 unless it is set after xd_osm_draft_begin */
    int64_t id;
    struct xd_position position;
    struct xd_osm_tag *tags;
    size_t tags_n, tags_capacity;
    int64_t *node_ids;
    size_t node_ids_n, node_ids_capacity;
    struct xd_osm_member *members;
    size_t members_n, members_capacity;
    int32_t *order; /* scratch for finding repeated keys */
    size_t order_capacity;
};

void xd_osm_draft_begin(struct xd_osm_draft *draft, enum xd_osm_kind kind, int64_t id);
XD_MUST_CHECK enum xd_status xd_osm_draft_tag(struct xd_osm_draft *draft, const char *key, const char *value, struct xd_error *error);
/* Room for that many more nodes, or for as many as a way may have. */
XD_MUST_CHECK enum xd_status xd_osm_draft_node_ids_reserve(struct xd_osm_draft *draft, size_t more_n, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_osm_draft_node_id(struct xd_osm_draft *draft, int64_t id, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_osm_draft_member(struct xd_osm_draft *draft, enum xd_osm_kind kind, int64_t id, const char *role,
                                                 struct xd_error *error);
/* Drops repeated keys (the first stays) and gives the object to the sink's member of its kind, which may be NULL. context: the sink's, or one of its parts. */
XD_MUST_CHECK enum xd_status xd_osm_draft_give(struct xd_osm_draft *draft, const struct xd_osm_sink *sink, void *context, struct xd_error *error);
void xd_osm_draft_free(struct xd_osm_draft *draft);

const char *xd_osm_kind_name(enum xd_osm_kind kind); /* "node", "way", "relation" */

/* Gives an error that has no place yet one; what is filled already stays. error may be NULL. */
void xd_osm_locate(struct xd_error *error, struct xd_location at);

#endif
