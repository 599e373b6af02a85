#include "maps/synth_roads.h"

#include "base/hash.h"
#include "base/rng.h"

#include <string.h>

enum { DRAFT_NODES_MAX = 40000000, DRAFT_REFS_MAX = 80000000, FIRST_ID = 1001 };

struct draft_node {
    float column, row;
    struct xd_osm_tags tags;
};

struct draft_way {
    int32_t first_ref;
    int32_t refs_n;
    struct xd_osm_tags tags;
};

struct xd_synth_draft {
    struct xd_arena *kept; /* the county's: tags outlive the draft */
    const struct xd_synth_relief *ground;
    uint64_t stream;
    int32_t *cell_node; /* cells; -1 = none yet */
    struct draft_node *nodes;
    size_t nodes_n, nodes_max;
    struct draft_way *ways;
    size_t ways_n, ways_max;
    int32_t *refs;
    size_t refs_n, refs_max;
};

void xd_synth_tag(struct xd_synth_tags *tags, const char *key, const char *value)
{
    if (tags->items_n < XD_SYNTH_TAGS_MAX)
        tags->items[tags->items_n++] = (struct xd_osm_tag){key, value};
}

enum xd_status xd_synth_draft_create(struct xd_arena *scratch, struct xd_arena *kept, const struct xd_synth_relief *ground, uint64_t seed,
                                     struct xd_synth_draft **draft, struct xd_error *error)
{
    const size_t cells_n = (size_t)ground->columns * (size_t)ground->rows;
    struct xd_synth_draft *made = xd_arena_alloc_zero(scratch, 1, sizeof *made);
    int32_t *cell_node = xd_arena_alloc(scratch, cells_n, sizeof *cell_node);
    if (!made || !cell_node)
        return xd_fail_memory(error, "synthetic roads", cells_n * sizeof *cell_node);
    for (size_t cell = 0; cell < cells_n; cell++)
        cell_node[cell] = -1;
    struct xd_rng rng = xd_rng_at(seed, XD_RNG_SYNTH_ROADS, 0, 0);
    *made = (struct xd_synth_draft){.kept = kept, .ground = ground, .stream = xd_rng_next(&rng), .cell_node = cell_node};
    *draft = made;
    return XD_OK;
}

void xd_synth_draft_free(struct xd_synth_draft *draft)
{
    if (!draft)
        return;
    xd_free(draft->nodes);
    xd_free(draft->ways);
    xd_free(draft->refs);
}

static enum xd_status tags_copy(struct xd_arena *arena, const struct xd_synth_tags *tags, struct xd_osm_tags *copy, struct xd_error *error)
{
    *copy = (struct xd_osm_tags){0};
    if (!tags || tags->items_n == 0)
        return XD_OK;
    struct xd_osm_tag *items = xd_arena_copy(arena, tags->items, (size_t)tags->items_n, sizeof *items);
    if (!items)
        return xd_fail_memory(error, "tags", sizeof *items);
    *copy = (struct xd_osm_tags){.items = items, .items_n = tags->items_n};
    return XD_OK;
}

enum xd_status xd_synth_draft_node(struct xd_synth_draft *draft, double column, double row, const struct xd_synth_tags *tags, int32_t *node,
                                   struct xd_error *error)
{
    enum xd_status status =
        xd_array_reserve((void **)&draft->nodes, &draft->nodes_max, draft->nodes_n + 1, sizeof *draft->nodes, DRAFT_NODES_MAX, "nodes", error);
    struct xd_osm_tags copy;
    if (status == XD_OK)
        status = tags_copy(draft->kept, tags, &copy, error);
    if (status != XD_OK)
        return status;
    *node = (int32_t)draft->nodes_n;
    draft->nodes[draft->nodes_n++] = (struct draft_node){.column = (float)column, .row = (float)row, .tags = copy};
    return XD_OK;
}

/* -0.5..0.5, a pure function of the key: the same bend whoever draws it. */
static double wobble(const struct xd_synth_draft *draft, uint64_t key)
{
    return (double)(xd_mix64(draft->stream ^ xd_mix64(key)) >> 11) / 9007199254740992.0 - 0.5;
}

enum xd_status xd_synth_draft_cell_node(struct xd_synth_draft *draft, int32_t cell, int32_t *node, struct xd_error *error)
{
    if (draft->cell_node[cell] < 0) {
        const double column = cell % draft->ground->columns + 0.5 + 0.7 * wobble(draft, (uint64_t)(uint32_t)cell * 4);
        const double row = cell / draft->ground->columns + 0.5 + 0.7 * wobble(draft, (uint64_t)(uint32_t)cell * 4 + 1);
        const enum xd_status status = xd_synth_draft_node(draft, column, row, NULL, &draft->cell_node[cell], error);
        if (status != XD_OK)
            return status;
    }
    *node = draft->cell_node[cell];
    return XD_OK;
}

enum xd_status xd_synth_draft_node_tags(struct xd_synth_draft *draft, int32_t node, const struct xd_synth_tags *tags, struct xd_error *error)
{
    return tags_copy(draft->kept, tags, &draft->nodes[node].tags, error);
}

enum xd_status xd_synth_draft_way(struct xd_synth_draft *draft, const int32_t *nodes, int32_t nodes_n, const struct xd_synth_tags *tags,
                                  struct xd_error *error)
{
    enum xd_status status =
        xd_array_reserve((void **)&draft->ways, &draft->ways_max, draft->ways_n + 1, sizeof *draft->ways, DRAFT_NODES_MAX, "ways", error);
    if (status == XD_OK)
        status = xd_array_reserve((void **)&draft->refs, &draft->refs_max, draft->refs_n + (size_t)nodes_n, sizeof *draft->refs, DRAFT_REFS_MAX,
                                  "way nodes", error);
    struct xd_osm_tags copy;
    if (status == XD_OK)
        status = tags_copy(draft->kept, tags, &copy, error);
    if (status != XD_OK)
        return status;
    memcpy(draft->refs + draft->refs_n, nodes, (size_t)nodes_n * sizeof *nodes);
    draft->ways[draft->ways_n++] = (struct draft_way){.first_ref = (int32_t)draft->refs_n, .refs_n = nodes_n, .tags = copy};
    draft->refs_n += (size_t)nodes_n;
    return XD_OK;
}

/* Each pair of neighbouring cells gets one bend node off the straight line, more on steep ground: mountain roads wind. */
static enum xd_status bend_node(struct xd_synth_draft *draft, int32_t from_cell, int32_t from, int32_t to, int32_t *bend, struct xd_error *error)
{
    double column_a, row_a, column_b, row_b;
    xd_synth_draft_place(draft, from, &column_a, &row_a);
    xd_synth_draft_place(draft, to, &column_b, &row_b);
    const double steep = (double)draft->ground->slope[from_cell];
    const double side = wobble(draft, ((uint64_t)(uint32_t)from << 32) ^ (uint64_t)(uint32_t)to) * (0.25 + (steep > 0.4 ? 0.8 : 2.0 * steep));
    const double column = (column_a + column_b) / 2.0 - side * (row_b - row_a);
    const double row = (row_a + row_b) / 2.0 + side * (column_b - column_a);
    return xd_synth_draft_node(draft, column, row, NULL, bend, error);
}

enum xd_status xd_synth_draft_road(struct xd_synth_draft *draft, const int32_t *path, int32_t path_n, const struct xd_synth_tags *tags,
                                   struct xd_error *error)
{
    if (path_n < 2)
        return XD_OK;
    int32_t *nodes = xd_alloc((size_t)path_n * 2, sizeof *nodes);
    if (!nodes)
        return xd_fail_memory(error, "road", (size_t)path_n * 8);
    int32_t nodes_n = 0;
    enum xd_status status = XD_OK;
    for (int32_t i = 0; status == XD_OK && i < path_n; i++) {
        int32_t node = -1;
        status = xd_synth_draft_cell_node(draft, path[i], &node, error);
        if (status == XD_OK && i > 0) {
            status = bend_node(draft, path[i - 1], nodes[nodes_n - 1], node, &nodes[nodes_n], error);
            nodes_n++;
        }
        nodes[nodes_n++] = node;
    }
    if (status == XD_OK)
        status = xd_synth_draft_way(draft, nodes, nodes_n, tags, error);
    xd_free(nodes);
    return status;
}

void xd_synth_draft_place(const struct xd_synth_draft *draft, int32_t node, double *column, double *row)
{
    *column = (double)draft->nodes[node].column;
    *row = (double)draft->nodes[node].row;
}

int64_t xd_synth_draft_node_id(int32_t node)
{
    return FIRST_ID + (int64_t)node;
}

enum xd_status xd_synth_draft_freeze(const struct xd_synth_draft *draft, struct xd_synth_county *county, struct xd_error *error)
{
    struct xd_arena *arena = &county->arena;
    struct xd_osm_node *nodes = xd_arena_alloc(arena, draft->nodes_n, sizeof *nodes);
    int32_t *elevation_m = xd_arena_alloc(arena, draft->nodes_n, sizeof *elevation_m);
    struct xd_osm_way *ways = xd_arena_alloc(arena, draft->ways_n, sizeof *ways);
    int64_t *refs = xd_arena_alloc(arena, draft->refs_n, sizeof *refs);
    if (!nodes || !elevation_m || !ways || !refs)
        return xd_fail_memory(error, "synthetic map", draft->nodes_n * sizeof *nodes);
    for (size_t i = 0; i < draft->nodes_n; i++) {
        const struct draft_node *from = &draft->nodes[i];
        const double column = (double)from->column;
        const double row = (double)from->row;
        nodes[i] = (struct xd_osm_node){
            .id = xd_synth_draft_node_id((int32_t)i), .position = xd_synth_relief_position(draft->ground, column, row), .tags = from->tags};
        elevation_m[i] = (int32_t)xd_synth_relief_height_m(draft->ground, column - 0.5, row - 0.5);
    }
    for (size_t i = 0; i < draft->refs_n; i++)
        refs[i] = xd_synth_draft_node_id(draft->refs[i]);
    for (size_t i = 0; i < draft->ways_n; i++) {
        const struct draft_way *from = &draft->ways[i];
        ways[i] = (struct xd_osm_way){.id = 5001 + (int64_t)i, .node_ids = refs + from->first_ref, .node_ids_n = from->refs_n, .tags = from->tags};
    }
    county->nodes = nodes;
    county->nodes_n = (int32_t)draft->nodes_n;
    county->node_elevation_m = elevation_m;
    county->ways = ways;
    county->ways_n = (int32_t)draft->ways_n;
    return XD_OK;
}
