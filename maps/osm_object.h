/* OSM objects as they stream past, and the sink that takes them. io/osm produces, maps (network builder) and tests consume.
 * Borrows: every pointer lives only during the call. Strings are valid UTF-8, NUL-terminated. */
#ifndef XD_MAPS_OSM_OBJECT_H
#define XD_MAPS_OSM_OBJECT_H

#include "base/error.h"
#include "base/geo.h"

#include <stddef.h>
#include <string.h>

struct xd_osm_tag {
    const char *key;
    const char *value;
};

struct xd_osm_tags {
    const struct xd_osm_tag *items;
    int32_t items_n;
};

struct xd_osm_node {
    int64_t id; /* any 64-bit value, negative ones too */
    struct xd_position position;
    struct xd_osm_tags tags;
    int32_t version; /* here and below: 0 = not told, or not asked for (xd_osm_sink.versions) */
};

struct xd_osm_way {
    int64_t id;
    const int64_t *node_ids; /* node_ids_n, in drawing order, as in the file (repeats and missing nodes included) */
    int32_t node_ids_n;
    struct xd_osm_tags tags;
    int32_t version;
};

enum xd_osm_kind { XD_OSM_NODE, XD_OSM_WAY, XD_OSM_RELATION };
enum { XD_OSM_KINDS_N = XD_OSM_RELATION + 1 };

struct xd_osm_member {
    enum xd_osm_kind kind;
    int64_t id;
    const char *role;
};

struct xd_osm_relation {
    int64_t id;
    const struct xd_osm_member *members;
    int32_t members_n;
    struct xd_osm_tags tags;
    int32_t version;
};

/* Nodes without tags that follow each other in the file. */
struct xd_osm_nodes {
    const int64_t *ids;                  /* nodes_n */
    const struct xd_position *positions; /* nodes_n */
    int32_t nodes_n;
};

/* How a sink takes several pieces of a file at once, each on a thread of its own. A part stands in the place of the sink's context for one piece; parts
 * are joined by one thread in the order of the file, so that what comes of it is what one thread would have made. */
struct xd_osm_parts {
    enum xd_status (*create)(void *context, void **part, struct xd_error *error);
    /* Takes what the part holds and leaves it empty, to be filled again. No part is being filled meanwhile. */
    enum xd_status (*join)(void *context, void *part, struct xd_error *error);
    void (*release)(void *part);
};

/* node, way and relation may be NULL: objects of that kind are then skipped (cheaply, where the format allows). A status other than XD_OK stops the reading
 * and is returned. */
struct xd_osm_sink {
    void *context;
    enum xd_status (*node)(void *context, const struct xd_osm_node *node, struct xd_error *error);
    enum xd_status (*way)(void *context, const struct xd_osm_way *way, struct xd_error *error);
    enum xd_status (*relation)(void *context, const struct xd_osm_relation *relation, struct xd_error *error);

    /* An object that the file says is deleted, of a kind that is not skipped; NULL: passed over. */
    enum xd_status (*deleted)(void *context, enum xd_osm_kind kind, int64_t id, int32_t version, struct xd_error *error);
    bool versions; /* the reader must tell them; without `nodes` */

    /* What follows makes reading faster; nothing of it need be there. */
    enum xd_status (*nodes)(void *context, const struct xd_osm_nodes *nodes, struct xd_error *error); /* many calls of `node` in one */
    bool way_ids_alone;               /* of a way only its id matters: the reader may leave out its tags and nodes */
    const struct xd_osm_parts *parts; /* NULL: one thread reads */
};

/* The value of key, or NULL. Most keys that are asked for are not there and differ in their first letter, so that this is looked at in place. */
static inline const char *xd_osm_tag_value(struct xd_osm_tags tags, const char *key)
{
    for (int32_t i = 0; i < tags.items_n; i++)
        if (tags.items[i].key[0] == key[0] && strcmp(tags.items[i].key, key) == 0)
            return tags.items[i].value;
    return NULL;
}

#endif
