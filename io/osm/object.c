#include "io/osm/object.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TAGS_COMPARED_ALL_MAX = 24 };

void xd_osm_draft_begin(struct xd_osm_draft *draft, enum xd_osm_kind kind, int64_t id)
{
    draft->kind = kind;
    draft->id = id;
    draft->version = 0;
    draft->tags_n = 0;
    draft->node_ids_n = 0;
    draft->members_n = 0;
}

static enum xd_status too_many(const struct xd_osm_draft *draft, const char *what, int most_n, struct xd_error *error)
{
    return xd_fail(error, XD_DATA, xd_at_none(), "%s %lld: more than %d %s; expected at most that many", xd_osm_kind_name(draft->kind),
                   (long long)draft->id, most_n, what);
}

enum xd_status xd_osm_draft_tag(struct xd_osm_draft *draft, const char *key, const char *value, struct xd_error *error)
{
    if (draft->tags_n == XD_OSM_TAGS_MAX)
        return too_many(draft, "tags", XD_OSM_TAGS_MAX, error);
    enum xd_status status =
        xd_array_reserve((void **)&draft->tags, &draft->tags_capacity, draft->tags_n + 1, sizeof *draft->tags, XD_OSM_TAGS_MAX, "tags", error);
    if (status == XD_OK)
        draft->tags[draft->tags_n++] = (struct xd_osm_tag){.key = key, .value = value};
    return status;
}

enum xd_status xd_osm_draft_node_ids_reserve(struct xd_osm_draft *draft, size_t more_n, struct xd_error *error)
{
    const size_t room_n = XD_OSM_WAY_NODES_MAX - draft->node_ids_n;
    return xd_array_reserve((void **)&draft->node_ids, &draft->node_ids_capacity, draft->node_ids_n + (more_n < room_n ? more_n : room_n),
                            sizeof *draft->node_ids, XD_OSM_WAY_NODES_MAX, "nodes of a way", error);
}

enum xd_status xd_osm_draft_node_id(struct xd_osm_draft *draft, int64_t id, struct xd_error *error)
{
    if (draft->node_ids_n == draft->node_ids_capacity) {
        if (draft->node_ids_n == XD_OSM_WAY_NODES_MAX)
            return too_many(draft, "nodes", XD_OSM_WAY_NODES_MAX, error);
        enum xd_status status = xd_osm_draft_node_ids_reserve(draft, 1, error);
        if (status != XD_OK)
            return status;
    }
    draft->node_ids[draft->node_ids_n++] = id;
    return XD_OK;
}

enum xd_status xd_osm_draft_member(struct xd_osm_draft *draft, enum xd_osm_kind kind, int64_t id, const char *role, struct xd_error *error)
{
    if (draft->members_n == XD_OSM_MEMBERS_MAX)
        return too_many(draft, "members", XD_OSM_MEMBERS_MAX, error);
    enum xd_status status = xd_array_reserve((void **)&draft->members, &draft->members_capacity, draft->members_n + 1, sizeof *draft->members,
                                             XD_OSM_MEMBERS_MAX, "members of a relation", error);
    if (status == XD_OK)
        draft->members[draft->members_n++] = (struct xd_osm_member){.kind = kind, .id = id, .role = role};
    return status;
}

/* In a PBF equal keys are mostly one string of its table. */
static bool same_key(const struct xd_osm_tag *a, const struct xd_osm_tag *b)
{
    return a->key == b->key || strcmp(a->key, b->key) == 0;
}

/* qsort has no context argument; the tags compared are reached through the draft of this thread. */
static _Thread_local const struct xd_osm_tag *compared_tags;

static int compare_keys(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left;
    int32_t b = *(const int32_t *)right;
    int by_key = strcmp(compared_tags[a].key, compared_tags[b].key);
    return by_key != 0 ? by_key : (a > b) - (a < b);
}

/* Marks every repeat of an earlier key by key = NULL; false when there is none. O(n log n), so that a hostile file gains nothing by many tags. */
static enum xd_status mark_repeats_of_many(struct xd_osm_draft *draft, bool *found, struct xd_error *error)
{
    enum xd_status status =
        xd_array_reserve((void **)&draft->order, &draft->order_capacity, draft->tags_n, sizeof *draft->order, XD_OSM_TAGS_MAX, "tags", error);
    if (status != XD_OK)
        return status;
    for (size_t i = 0; i < draft->tags_n; i++)
        draft->order[i] = (int32_t)i;
    compared_tags = draft->tags;
    qsort(draft->order, draft->tags_n, sizeof *draft->order, compare_keys);
    compared_tags = NULL;
    const char *key = draft->tags[draft->order[0]].key;
    for (size_t i = 1; i < draft->tags_n; i++) {
        struct xd_osm_tag *tag = &draft->tags[draft->order[i]];
        if (tag->key == key || strcmp(tag->key, key) == 0) {
            tag->key = NULL;
            *found = true;
        } else {
            key = tag->key;
        }
    }
    return XD_OK;
}

static bool mark_repeats_of_few(struct xd_osm_draft *draft)
{
    bool found = false;
    for (size_t i = 1; i < draft->tags_n; i++)
        for (size_t j = 0; j < i; j++)
            if (draft->tags[j].key && same_key(&draft->tags[i], &draft->tags[j])) {
                draft->tags[i].key = NULL;
                found = true;
                break;
            }
    return found;
}

/* True when no two keys can be equal: each has a bit of 64 to itself. Most objects have few tags, and most of those none that repeats. */
static bool keys_surely_differ(const struct xd_osm_draft *draft)
{
    uint64_t seen = 0;
    for (size_t i = 0; i < draft->tags_n; i++) {
        uint32_t sum = 0;
        for (const char *at = draft->tags[i].key; *at != '\0'; at++)
            sum = sum * 31 + (unsigned char)*at;
        const uint64_t bit = UINT64_C(1) << ((sum * UINT32_C(0x9e3779b1)) >> 26);
        if (seen & bit)
            return false;
        seen |= bit;
    }
    return true;
}

static enum xd_status drop_repeated_keys(struct xd_osm_draft *draft, struct xd_error *error)
{
    bool found = false;
    if (draft->tags_n < 2 || (draft->tags_n <= TAGS_COMPARED_ALL_MAX && keys_surely_differ(draft)))
        return XD_OK;
    if (draft->tags_n <= TAGS_COMPARED_ALL_MAX) {
        found = mark_repeats_of_few(draft);
    } else {
        enum xd_status status = mark_repeats_of_many(draft, &found, error);
        if (status != XD_OK)
            return status;
    }
    if (!found)
        return XD_OK;
    size_t kept_n = 0;
    for (size_t i = 0; i < draft->tags_n; i++)
        if (draft->tags[i].key)
            draft->tags[kept_n++] = draft->tags[i];
    draft->tags_n = kept_n;
    return XD_OK;
}

enum xd_status xd_osm_draft_give(struct xd_osm_draft *draft, const struct xd_osm_sink *sink, void *context, struct xd_error *error)
{
    enum xd_status status = drop_repeated_keys(draft, error);
    if (status != XD_OK)
        return status;
    struct xd_osm_tags tags = {.items = draft->tags, .items_n = (int32_t)draft->tags_n};
    if (draft->kind == XD_OSM_NODE && sink->node) {
        struct xd_osm_node node = {.id = draft->id, .position = draft->position, .tags = tags, .version = draft->version};
        return sink->node(context, &node, error);
    }
    if (draft->kind == XD_OSM_WAY && sink->way) {
        struct xd_osm_way way = {
            .id = draft->id, .node_ids = draft->node_ids, .node_ids_n = (int32_t)draft->node_ids_n, .tags = tags, .version = draft->version};
        return sink->way(context, &way, error);
    }
    if (draft->kind == XD_OSM_RELATION && sink->relation) {
        struct xd_osm_relation relation = {
            .id = draft->id, .members = draft->members, .members_n = (int32_t)draft->members_n, .tags = tags, .version = draft->version};
        return sink->relation(context, &relation, error);
    }
    return XD_OK;
}

void xd_osm_draft_free(struct xd_osm_draft *draft)
{
    if (!draft)
        return;
    xd_free(draft->tags);
    xd_free(draft->node_ids);
    xd_free(draft->members);
    xd_free(draft->order);
    *draft = (struct xd_osm_draft){.tags = NULL};
}

const char *xd_osm_kind_name(enum xd_osm_kind kind)
{
    switch (kind) {
    case XD_OSM_NODE:
        return "node";
    case XD_OSM_WAY:
        return "way";
    case XD_OSM_RELATION:
        return "relation";
    }
    return "object";
}

void xd_osm_locate(struct xd_error *error, struct xd_location at)
{
    if (!error || error->source[0] != '\0')
        return;
    if (at.source)
        snprintf(error->source, sizeof error->source, "%s", at.source);
    error->line = at.line;
    error->column = at.column;
    error->byte_offset = at.byte_offset;
}
