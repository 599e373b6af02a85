/* Nearest piece of road by a packed tree of boxes: pieces in the order of a space-filling curve, eight to a leaf, eight boxes to a node. */
#include "maps/snap.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

enum { FANOUT = 8, LEVELS_MAX = 12, FAR_RADII = 10 };

struct item {
    struct xd_position a, b;
    int32_t edge; /* -1: a road that is closed to the vehicle */
    int32_t piece;
    uint32_t code;
};

struct box {
    int32_t west, south, east, north;
};

/* Level 0 holds a box for each FANOUT items, level l + 1 one for each FANOUT boxes of level l; the top level has one box. */
struct tree {
    struct item *items;
    int32_t items_n;
    struct box *levels[LEVELS_MAX];
    int32_t level_n[LEVELS_MAX];
    int32_t levels_n;
};

enum { MAIN, ISLANDS, CLOSED, TREES_N };

struct xd_snap_index {
    const struct xd_graph *graph;
    struct tree trees[TREES_N];
};

/* ---- building ---- */

/* Interleaves the upper 16 bits of two coordinates: the Morton order. */
static uint32_t spread_bits(uint32_t value)
{
    value = (value | value << 8) & 0x00ff00ffU;
    value = (value | value << 4) & 0x0f0f0f0fU;
    value = (value | value << 2) & 0x33333333U;
    return (value | value << 1) & 0x55555555U;
}

/* Position within the network's box as 16 bits each way. */
static uint32_t curve_code(const struct xd_network *network, struct xd_position a, struct xd_position b)
{
    const int64_t width = (int64_t)network->north_east.lon_e7 - network->south_west.lon_e7 + 1;
    const int64_t height = (int64_t)network->north_east.lat_e7 - network->south_west.lat_e7 + 1;
    const int64_t east = ((int64_t)a.lon_e7 + b.lon_e7) / 2 - network->south_west.lon_e7;
    const int64_t north = ((int64_t)a.lat_e7 + b.lat_e7) / 2 - network->south_west.lat_e7;
    return spread_bits((uint32_t)(east * 65535 / width)) | spread_bits((uint32_t)(north * 65535 / height)) << 1;
}

static int by_code(const void *a, const void *b)
{
    const struct item *left = a;
    const struct item *right = b;
    if (left->code != right->code)
        return left->code < right->code ? -1 : 1;
    if (left->edge != right->edge)
        return left->edge < right->edge ? -1 : 1;
    return (left->piece > right->piece) - (left->piece < right->piece);
}

static struct box item_box(const struct item *item)
{
    return (struct box){.west = item->a.lon_e7 < item->b.lon_e7 ? item->a.lon_e7 : item->b.lon_e7,
                        .east = item->a.lon_e7 > item->b.lon_e7 ? item->a.lon_e7 : item->b.lon_e7,
                        .south = item->a.lat_e7 < item->b.lat_e7 ? item->a.lat_e7 : item->b.lat_e7,
                        .north = item->a.lat_e7 > item->b.lat_e7 ? item->a.lat_e7 : item->b.lat_e7};
}

static void widen(struct box *box, struct box other)
{
    box->west = other.west < box->west ? other.west : box->west;
    box->south = other.south < box->south ? other.south : box->south;
    box->east = other.east > box->east ? other.east : box->east;
    box->north = other.north > box->north ? other.north : box->north;
}

static enum xd_status pack(struct tree *tree, struct xd_error *error)
{
    if (tree->items_n == 0)
        return XD_OK;
    qsort(tree->items, (size_t)tree->items_n, sizeof *tree->items, by_code);
    int32_t below_n = tree->items_n;
    do {
        const int32_t level = tree->levels_n;
        const int32_t n = (below_n + FANOUT - 1) / FANOUT;
        struct box *boxes = xd_alloc((size_t)n, sizeof *boxes);
        if (!boxes)
            return xd_fail_memory(error, "the index of roads", (size_t)n * sizeof *boxes);
        tree->levels[level] = boxes;
        tree->level_n[level] = n;
        tree->levels_n++;
        for (int32_t i = 0; i < below_n; i++) {
            const struct box below = level == 0 ? item_box(&tree->items[i]) : tree->levels[level - 1][i];
            if (i % FANOUT == 0)
                boxes[i / FANOUT] = below;
            else
                widen(&boxes[i / FANOUT], below);
        }
        below_n = n;
    } while (below_n > 1);
    return XD_OK;
}

static void add_item(struct xd_snap_index *index, int kind, struct item item)
{
    struct tree *tree = &index->trees[kind];
    if (tree->items) {
        item.code = curve_code(index->graph->network, item.a, item.b);
        tree->items[tree->items_n] = item;
    }
    tree->items_n++;
}

static void add_edges(struct xd_snap_index *index)
{
    const struct xd_graph *graph = index->graph;
    for (int32_t e = 0; e < graph->edges_n; e++) {
        const int kind = graph->component[graph->edge_tail[e]] == 0 && graph->component[graph->edge_head[e]] == 0 ? MAIN : ISLANDS;
        const int64_t first = graph->first_piece[e];
        const struct xd_position *point = graph->point + first + e;
        for (int64_t p = 0; p < graph->first_piece[e + 1] - first; p++)
            add_item(index, kind, (struct item){.a = point[p], .b = point[p + 1], .edge = e, .piece = (int32_t)p});
    }
}

static void add_closed_roads(struct xd_snap_index *index)
{
    const struct xd_network *network = index->graph->network;
    const struct xd_profile *profile = index->graph->profile;
    for (int32_t r = 0; r < network->roads_n; r++) {
        if (xd_profile_speed_kmh(profile, &network->roads[r], 1) > 0 || xd_profile_speed_kmh(profile, &network->roads[r], -1) > 0)
            continue;
        for (int64_t i = network->first_node[r]; i + 1 < network->first_node[r + 1]; i++)
            add_item(index, CLOSED,
                     (struct item){.a = network->node_position[network->road_node[i]],
                                   .b = network->node_position[network->road_node[i + 1]],
                                   .edge = -1,
                                   .piece = -1});
    }
}

enum xd_status xd_snap_index_build(const struct xd_graph *graph, struct xd_snap_index **index, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    struct xd_snap_index *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the index of roads", sizeof *made);
    made->graph = graph;
    add_edges(made); /* counts */
    add_closed_roads(made);
    for (int kind = 0; kind < TREES_N && status == XD_OK; kind++) {
        struct tree *tree = &made->trees[kind];
        tree->items = xd_alloc((size_t)tree->items_n + 1, sizeof *tree->items);
        if (!tree->items)
            status = xd_fail_memory(error, "the index of roads", (size_t)tree->items_n * sizeof *tree->items);
        tree->items_n = 0;
    }
    if (status == XD_OK) {
        add_edges(made); /* fills */
        add_closed_roads(made);
    }
    for (int kind = 0; kind < TREES_N && status == XD_OK; kind++)
        status = pack(&made->trees[kind], error);
    if (status == XD_OK) {
        *index = made;
        made = NULL;
    }
    xd_snap_index_free(made);
    return status;
}

void xd_snap_index_free(struct xd_snap_index *index)
{
    if (!index)
        return;
    for (int kind = 0; kind < TREES_N; kind++) {
        xd_free(index->trees[kind].items);
        for (int32_t level = 0; level < index->trees[kind].levels_n; level++)
            xd_free(index->trees[kind].levels[level]);
    }
    xd_free(index);
}

/* ---- finding ---- */

/* The plane around the asked position: metres a unit of 1e-7 degrees. Straight for the few kilometres that matter here. */
struct plane {
    struct xd_position origin;
    double east_m, north_m;
};

struct nearest {
    double squared_m; /* the least so far; at first the radius, which itself still counts */
    const struct item *item;
    double part; /* 0..1 along the item */
};

static double squared_to_box(const struct plane *plane, const struct box *box)
{
    double east = 0.0;
    double north = 0.0;
    if (plane->origin.lon_e7 < box->west)
        east = ((double)box->west - plane->origin.lon_e7) * plane->east_m;
    else if (plane->origin.lon_e7 > box->east)
        east = ((double)plane->origin.lon_e7 - box->east) * plane->east_m;
    if (plane->origin.lat_e7 < box->south)
        north = ((double)box->south - plane->origin.lat_e7) * plane->north_m;
    else if (plane->origin.lat_e7 > box->north)
        north = ((double)plane->origin.lat_e7 - box->north) * plane->north_m;
    return east * east + north * north;
}

static double squared_to_item(const struct plane *plane, const struct item *item, double *part)
{
    const double ax = ((double)item->a.lon_e7 - plane->origin.lon_e7) * plane->east_m;
    const double ay = ((double)item->a.lat_e7 - plane->origin.lat_e7) * plane->north_m;
    const double bx = ((double)item->b.lon_e7 - plane->origin.lon_e7) * plane->east_m;
    const double by = ((double)item->b.lat_e7 - plane->origin.lat_e7) * plane->north_m;
    const double dx = bx - ax;
    const double dy = by - ay;
    const double length = dx * dx + dy * dy;
    const double along = -(ax * dx + ay * dy);
    /* Ends are taken as they are, so that pieces that meet there are equally far. */
    if (length <= 0.0 || along <= 0.0) {
        *part = 0.0;
        return ax * ax + ay * ay;
    }
    if (along >= length) {
        *part = 1.0;
        return bx * bx + by * by;
    }
    *part = along / length;
    const double x = ax + *part * dx;
    const double y = ay + *part * dy;
    return x * x + y * y;
}

static bool is_before(const struct item *a, const struct item *b)
{
    return !b || a->edge < b->edge || (a->edge == b->edge && a->piece < b->piece);
}

static void look_at_items(const struct tree *tree, const struct plane *plane, int32_t leaf, struct nearest *nearest)
{
    const int32_t last = (leaf + 1) * FANOUT < tree->items_n ? (leaf + 1) * FANOUT : tree->items_n;
    for (int32_t i = leaf * FANOUT; i < last; i++) {
        double part;
        const double squared_m = squared_to_item(plane, &tree->items[i], &part);
        if (squared_m < nearest->squared_m || (squared_m <= nearest->squared_m && is_before(&tree->items[i], nearest->item)))
            *nearest = (struct nearest){.squared_m = squared_m, .item = &tree->items[i], .part = part};
    }
}

/* Down the boxes that are no farther than the nearest so far, the nearest box first. */
static void look_into(const struct tree *tree, const struct plane *plane, int32_t level, int32_t box, struct nearest *nearest)
{
    if (squared_to_box(plane, &tree->levels[level][box]) > nearest->squared_m)
        return;
    if (level == 0) {
        look_at_items(tree, plane, box, nearest);
        return;
    }
    const int32_t first = box * FANOUT;
    const int32_t n = tree->level_n[level - 1] - first < FANOUT ? tree->level_n[level - 1] - first : FANOUT;
    int32_t order[FANOUT];
    double squared_m[FANOUT];
    for (int32_t i = 0; i < n; i++) {
        const double here_m = squared_to_box(plane, &tree->levels[level - 1][first + i]);
        int32_t at = i;
        for (; at > 0 && squared_m[at - 1] > here_m; at--) {
            squared_m[at] = squared_m[at - 1];
            order[at] = order[at - 1];
        }
        squared_m[at] = here_m;
        order[at] = first + i;
    }
    for (int32_t i = 0; i < n; i++)
        look_into(tree, plane, level - 1, order[i], nearest);
}

static struct nearest find_in(const struct tree *tree, const struct plane *plane, double radius_m)
{
    struct nearest nearest = {.squared_m = radius_m * radius_m};
    if (tree->items_n > 0)
        look_into(tree, plane, tree->levels_n - 1, 0, &nearest);
    return nearest;
}

static int32_t between(int32_t a, int32_t b, int32_t part_ppm)
{
    return (int32_t)(a + ((int64_t)b - a) * part_ppm / XD_SNAP_PART_WHOLE);
}

void xd_snap_find(const struct xd_snap_index *index, struct xd_position position, int32_t radius_m, struct xd_snap *snap)
{
    static const double metres_a_unit = 6371008.8 * 3.14159265358979323846 / 180.0 / 1e7;
    const struct plane plane = {.origin = position,
                                .east_m = metres_a_unit * cos((double)position.lat_e7 / 1e7 * (3.14159265358979323846 / 180.0)),
                                .north_m = metres_a_unit};
    *snap = (struct xd_snap){.status = XD_SNAP_OFF_NETWORK, .edge = -1, .position = position, .distance_m = -1};
    const struct nearest main = find_in(&index->trees[MAIN], &plane, radius_m);
    if (main.item) {
        snap->status = XD_SNAP_OK;
        snap->edge = main.item->edge;
        snap->piece = main.item->piece;
        snap->part_ppm = (int32_t)(main.part * XD_SNAP_PART_WHOLE + 0.5);
        snap->position = (struct xd_position){.lon_e7 = between(main.item->a.lon_e7, main.item->b.lon_e7, snap->part_ppm),
                                              .lat_e7 = between(main.item->a.lat_e7, main.item->b.lat_e7, snap->part_ppm)};
        snap->distance_m = (int32_t)(sqrt(main.squared_m) + 0.5);
        return;
    }
    if (find_in(&index->trees[ISLANDS], &plane, radius_m).item)
        snap->status = XD_SNAP_ISLAND;
    else if (find_in(&index->trees[CLOSED], &plane, radius_m).item)
        snap->status = XD_SNAP_CLOSED;
    double squared_m = -1.0;
    for (int kind = 0; kind < TREES_N; kind++) {
        const struct nearest nearest = find_in(&index->trees[kind], &plane, (double)radius_m * FAR_RADII);
        if (nearest.item && (squared_m < 0.0 || nearest.squared_m < squared_m))
            squared_m = nearest.squared_m;
    }
    if (squared_m >= 0.0)
        snap->distance_m = (int32_t)(sqrt(squared_m) + 0.5);
}

const char *xd_snap_status_name(enum xd_snap_status status)
{
    static const char *const names[] = {"ok", "off_network", "island", "closed"};
    return names[status];
}
