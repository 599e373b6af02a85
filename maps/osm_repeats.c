#include "maps/osm_repeats.h"

#include "base/alloc.h"

#include <stdlib.h>

enum { BITS_AN_OBJECT = 32, BITS_LEAST_LOG = 16, BITS_MOST_LOG = 33, WORD_BITS = 64 };

static int by_id(const void *a, const void *b)
{
    const struct xd_osm_repeat *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/* ---- the first round: ids that came before, and a few that only look so ---- */

static bool came_before(struct xd_osm_repeats *repeats, enum xd_osm_kind kind, int64_t id)
{
    const uint64_t mixed = ((uint64_t)id * XD_OSM_KINDS_N + kind) * UINT64_C(0x9e3779b97f4a7c15);
    const uint64_t at = (mixed ^ mixed >> 32) * UINT64_C(0xd6e8feb86659fd93) >> repeats->bits_shift;
    uint64_t *word = &repeats->bits[at / WORD_BITS];
    const uint64_t bit = UINT64_C(1) << at % WORD_BITS;
    const bool was_there = *word & bit;
    *word |= bit;
    return was_there;
}

static enum xd_status look_for_repeat(void *context, enum xd_osm_kind kind, int64_t id, int32_t version, struct xd_error *error)
{
    struct xd_osm_repeats *repeats = context;
    (void)version;
    if (!came_before(repeats, kind, id))
        return XD_OK;
    enum xd_status status = xd_array_reserve((void **)&repeats->items[kind], &repeats->items_max[kind], repeats->items_n[kind] + 1,
                                             sizeof *repeats->items[kind], XD_OSM_REPEATS_MAX, "ids that repeat", error);
    if (status == XD_OK)
        repeats->items[kind][repeats->items_n[kind]++] = (struct xd_osm_repeat){.id = id};
    return status;
}

static void sort(struct xd_osm_repeats *repeats)
{
    for (int kind = 0; kind < XD_OSM_KINDS_N; kind++) {
        struct xd_osm_repeat *items = repeats->items[kind];
        size_t n = 0;
        if (repeats->items_n[kind] > 0)
            qsort(items, repeats->items_n[kind], sizeof *items, by_id);
        for (size_t i = 0; i < repeats->items_n[kind]; i++)
            if (n == 0 || items[n - 1].id != items[i].id)
                items[n++] = items[i];
        repeats->items_n[kind] = n;
    }
}

/* ---- the second: their versions ---- */

static struct xd_osm_repeat *find(const struct xd_osm_repeats *repeats, enum xd_osm_kind kind, int64_t id)
{
    const struct xd_osm_repeat key = {.id = id};
    return repeats->items_n[kind] == 0 ? NULL : bsearch(&key, repeats->items[kind], repeats->items_n[kind], sizeof key, by_id);
}

static void note(struct xd_osm_repeats *repeats, enum xd_osm_kind kind, int64_t id, int32_t version, bool is_deleted)
{
    struct xd_osm_repeat *item = find(repeats, kind, id);
    if (!item)
        return;
    if (!item->is_seen || version > item->version) {
        item->version = version;
        item->is_deleted = is_deleted;
    }
    item->lowest = !item->is_seen || version < item->lowest ? version : item->lowest;
    item->is_repeated = item->is_seen;
    item->is_seen = true;
}

static enum xd_status note_deleted(void *context, enum xd_osm_kind kind, int64_t id, int32_t version, struct xd_error *error)
{
    (void)error;
    note(context, kind, id, version, true);
    return XD_OK;
}

static enum xd_status note_there(void *context, enum xd_osm_kind kind, int64_t id, int32_t version, struct xd_error *error)
{
    (void)error;
    note(context, kind, id, version, false);
    return XD_OK;
}

bool xd_osm_repeats_end(struct xd_osm_repeats *repeats)
{
    bool any = false;
    for (int kind = 0; kind < XD_OSM_KINDS_N; kind++) {
        struct xd_osm_repeat *items = repeats->items[kind];
        size_t n = 0;
        for (size_t i = 0; i < repeats->items_n[kind]; i++)
            if (items[i].is_repeated && (items[i].is_deleted || items[i].version != items[i].lowest))
                items[n++] = items[i];
        repeats->items_n[kind] = n;
        any = any || n > 0;
    }
    return any;
}

bool xd_osm_is_outdated(const struct xd_osm_repeats *repeats, enum xd_osm_kind kind, int64_t id, int32_t version)
{
    const struct xd_osm_repeat *item = repeats ? find(repeats, kind, id) : NULL;
    return item && (item->is_deleted || version < item->version);
}

void xd_osm_repeats_free(struct xd_osm_repeats *repeats)
{
    for (int kind = 0; kind < XD_OSM_KINDS_N; kind++)
        xd_free(repeats->items[kind]);
    xd_free(repeats->bits);
    *repeats = (struct xd_osm_repeats){.bits = NULL};
}

/* ---- sinks ---- */

#define OBJECT_SINK(name, type, kind, take)                                                                                                          \
    static enum xd_status name(void *context, const struct type *object, struct xd_error *error)                                                     \
    {                                                                                                                                                \
        return take(context, kind, object->id, object->version, error);                                                                              \
    }
OBJECT_SINK(look_at_node, xd_osm_node, XD_OSM_NODE, look_for_repeat)
OBJECT_SINK(look_at_way, xd_osm_way, XD_OSM_WAY, look_for_repeat)
OBJECT_SINK(look_at_relation, xd_osm_relation, XD_OSM_RELATION, look_for_repeat)
OBJECT_SINK(note_node, xd_osm_node, XD_OSM_NODE, note_there)
OBJECT_SINK(note_way, xd_osm_way, XD_OSM_WAY, note_there)
OBJECT_SINK(note_relation, xd_osm_relation, XD_OSM_RELATION, note_there)

enum xd_status xd_osm_repeats_sink(struct xd_osm_repeats *repeats, int round, int64_t objects_n, struct xd_osm_sink *sink, struct xd_error *error)
{
    if (round == 2) {
        sort(repeats);
        *sink = (struct xd_osm_sink){.context = repeats,
                                     .node = note_node,
                                     .way = note_way,
                                     .relation = note_relation,
                                     .deleted = note_deleted,
                                     .versions = true,
                                     .way_ids_alone = true};
        return XD_OK;
    }
    unsigned log = BITS_LEAST_LOG;
    while (log < BITS_MOST_LOG && (INT64_C(1) << log) / BITS_AN_OBJECT < objects_n)
        log++;
    repeats->bits_shift = WORD_BITS - log;
    repeats->bits = xd_alloc_zero((size_t)1 << log >> 3, 1);
    *sink = (struct xd_osm_sink){.context = repeats,
                                 .node = look_at_node,
                                 .way = look_at_way,
                                 .relation = look_at_relation,
                                 .deleted = look_for_repeat,
                                 .way_ids_alone = true};
    return repeats->bits ? XD_OK : xd_fail_memory(error, "ids that repeat", (size_t)1 << log >> 3);
}
