/* OSM objects as they stream past, and the sink that takes them. io/osm produces, maps (network builder) and tests consume.
 * Borrows: every pointer lives only during the call. Strings are valid UTF-8, NUL-terminated. */
#ifndef XD_MAPS_OSM_OBJECT_H
#define XD_MAPS_OSM_OBJECT_H

#include "base/error.h"
#include "base/geo.h"

#include <stddef.h>

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
};

struct xd_osm_way {
    int64_t id;
    const int64_t *node_ids; /* node_ids_n, in drawing order, as in the file (repeats and missing nodes included) */
    int32_t node_ids_n;
    struct xd_osm_tags tags;
};

enum xd_osm_kind { XD_OSM_NODE, XD_OSM_WAY, XD_OSM_RELATION };

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
};

/* Members may be NULL: objects of that kind are then skipped (cheaply, where the format allows). A status other than XD_OK stops the reading and is returned. */
struct xd_osm_sink {
    void *context;
    enum xd_status (*node)(void *context, const struct xd_osm_node *node, struct xd_error *error);
    enum xd_status (*way)(void *context, const struct xd_osm_way *way, struct xd_error *error);
    enum xd_status (*relation)(void *context, const struct xd_osm_relation *relation, struct xd_error *error);
};

/* The value of key, or NULL. */
const char *xd_osm_tag_value(struct xd_osm_tags tags, const char *key);

#endif
