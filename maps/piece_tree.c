#include "maps/piece_tree.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/sort.h"

#include <math.h>
#include <stdlib.h>

enum { FANOUT = 8, LEVELS_MAX = 12, BOXES_A_PIECE = 4, CURVE_BITS = 16 };

/* Metres of a unit of 1e-7 degrees along a meridian. */
static const double METRES_A_UNIT = 6371008.8 * 3.14159265358979323846 / 180.0 / 1e7;
static const double UNITS_RADIAN = 3.14159265358979323846 / 180.0 / 1e7;

struct box {
    int32_t west, south, east, north;
};

/* Level 0 holds a box for each part of a piece, level l + 1 one for each FANOUT of level l; the top level has one. */
struct xd_piece_tree {
    struct xd_arena arena;
    struct xd_piece *pieces;
    int32_t *piece_of; /* of a box of level 0 */
    struct box *levels[LEVELS_MAX];
    int32_t level_n[LEVELS_MAX];
    int32_t levels_n;
};

/* ---- building ---- */

/* In units of 1e-7 degrees: only to tell how many boxes a piece gets. */
static int64_t span_of(const struct xd_piece *piece)
{
    const int64_t east = llabs((int64_t)piece->b.lon_e7 - piece->a.lon_e7), north = llabs((int64_t)piece->b.lat_e7 - piece->a.lat_e7);
    return east > north ? east : north;
}

static int64_t parts_of(const struct xd_piece *piece, int64_t longest)
{
    return 1 + span_of(piece) / longest;
}

static int32_t between(int32_t a, int32_t b, int64_t part, int64_t parts_n)
{
    return (int32_t)(a + ((int64_t)b - a) * part / parts_n);
}

/* A unit wider than what it holds, as its ends are rounded. */
static struct box box_of(const struct xd_piece *piece, int64_t part, int64_t parts_n)
{
    const int32_t x[] = {between(piece->a.lon_e7, piece->b.lon_e7, part, parts_n), between(piece->a.lon_e7, piece->b.lon_e7, part + 1, parts_n)};
    const int32_t y[] = {between(piece->a.lat_e7, piece->b.lat_e7, part, parts_n), between(piece->a.lat_e7, piece->b.lat_e7, part + 1, parts_n)};
    return (struct box){x[x[1] < x[0]] - 1, y[y[1] < y[0]] - 1, x[x[1] >= x[0]] + 1, y[y[1] >= y[0]] + 1};
}

static void widen(struct box *box, const struct box *other)
{
    box->west = other->west < box->west ? other->west : box->west;
    box->south = other->south < box->south ? other->south : box->south;
    box->east = other->east > box->east ? other->east : box->east;
    box->north = other->north > box->north ? other->north : box->north;
}

static uint32_t spread_bits(uint32_t value)
{
    value = (value | value << 8) & 0x00ff00ffU;
    value = (value | value << 4) & 0x0f0f0f0fU;
    value = (value | value << 2) & 0x33333333U;
    return (value | value << 1) & 0x55555555U;
}

/* The box's middle within the whole along the Morton curve. */
static uint32_t curve_code(const struct box *whole, const struct box *box)
{
    const int64_t width = (int64_t)whole->east - whole->west + 1, height = (int64_t)whole->north - whole->south + 1;
    const int64_t east = ((int64_t)box->west + box->east) / 2 - whole->west, north = ((int64_t)box->south + box->north) / 2 - whole->south;
    const int64_t most = (1 << CURVE_BITS) - 1;
    return spread_bits((uint32_t)(east * most / width)) | spread_bits((uint32_t)(north * most / height)) << 1;
}

/* Boxes of level 0 and their pieces in the order of the curve; unsorted, sorted and scratch have room for all of them. */
static void boxes_sort(struct xd_piece_tree *tree, const struct box *whole, struct box *unsorted, int32_t *piece_of, int64_t *keys, int64_t *scratch)
{
    const int32_t n = tree->level_n[0];
    for (int32_t i = 0; i < n; i++)
        keys[i] = (int64_t)((uint64_t)curve_code(whole, &unsorted[i]) << 31 | (uint32_t)i);
    xd_sort_i64(keys, scratch, (size_t)n);
    for (int32_t i = 0; i < n; i++) {
        const int32_t from = (int32_t)(keys[i] & INT32_MAX);
        tree->levels[0][i] = unsorted[from];
        tree->piece_of[i] = piece_of[from];
    }
}

static bool levels_pack(struct xd_piece_tree *tree)
{
    for (tree->levels_n = 1; tree->level_n[tree->levels_n - 1] > 1; tree->levels_n++) {
        const int32_t level = tree->levels_n, below_n = tree->level_n[level - 1], n = (below_n + FANOUT - 1) / FANOUT;
        struct box *boxes = xd_arena_alloc(&tree->arena, (size_t)n, sizeof *boxes);
        if (!boxes)
            return false;
        for (int32_t i = 0; i < below_n; i++) {
            if (i % FANOUT == 0)
                boxes[i / FANOUT] = tree->levels[level - 1][i];
            else
                widen(&boxes[i / FANOUT], &tree->levels[level - 1][i]);
        }
        tree->levels[level] = boxes;
        tree->level_n[level] = n;
    }
    return true;
}

static bool tree_fill(struct xd_piece_tree *tree, int32_t pieces_n, int64_t longest)
{
    const size_t n = (size_t)tree->level_n[0];
    struct box *unsorted = xd_alloc(n, sizeof *unsorted);
    int32_t *piece_of = xd_alloc(n, sizeof *piece_of);
    int64_t *keys = xd_alloc(n, sizeof *keys), *scratch = xd_alloc(n, sizeof *scratch);
    tree->levels[0] = xd_arena_alloc(&tree->arena, n, sizeof *tree->levels[0]);
    tree->piece_of = xd_arena_alloc(&tree->arena, n, sizeof *tree->piece_of);
    const bool good = unsorted && piece_of && keys && scratch && tree->levels[0] && tree->piece_of;
    if (good) {
        struct box whole = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
        int32_t at = 0;
        for (int32_t p = 0; p < pieces_n; p++) {
            const int64_t parts_n = parts_of(&tree->pieces[p], longest);
            for (int64_t part = 0; part < parts_n; part++) {
                unsorted[at] = box_of(&tree->pieces[p], part, parts_n);
                widen(&whole, &unsorted[at]);
                piece_of[at++] = p;
            }
        }
        boxes_sort(tree, &whole, unsorted, piece_of, keys, scratch);
    }
    xd_free(unsorted);
    xd_free(piece_of);
    xd_free(keys);
    xd_free(scratch);
    return good && levels_pack(tree);
}

enum xd_status xd_piece_tree_build(const struct xd_piece *pieces, int32_t pieces_n, struct xd_piece_tree **tree, struct xd_error *error)
{
    int64_t span = 0, boxes_n = 0;
    *tree = NULL;
    for (int32_t p = 0; p < pieces_n; p++)
        span += span_of(&pieces[p]);
    const int64_t longest = pieces_n > 0 ? span / ((int64_t)BOXES_A_PIECE * pieces_n) + 1 : 1;
    for (int32_t p = 0; p < pieces_n; p++)
        boxes_n += parts_of(&pieces[p], longest);
    if (boxes_n == 0)
        return XD_OK;
    if (boxes_n > INT32_MAX / 2)
        return xd_fail(error, XD_DATA, xd_at_none(), "%s: %llu, the limit is %llu", "points of roads", (unsigned long long)boxes_n,
                       (unsigned long long)(INT32_MAX / 2));
    struct xd_piece_tree *made = xd_alloc_zero(1, sizeof *made);
    if (made) {
        made->level_n[0] = (int32_t)boxes_n;
        made->pieces = xd_arena_copy(&made->arena, pieces, (size_t)pieces_n, sizeof *made->pieces);
    }
    if (!made || !made->pieces || !tree_fill(made, pieces_n, longest)) {
        xd_piece_tree_free(made);
        return xd_fail_memory(error, "the index of roads", (size_t)boxes_n * sizeof(struct box));
    }
    *tree = made;
    return XD_OK;
}

void xd_piece_tree_free(struct xd_piece_tree *tree)
{
    if (!tree)
        return;
    struct xd_arena arena = tree->arena;
    xd_free(tree);
    xd_arena_free(&arena);
}

/* ---- finding ---- */

struct look {
    const struct xd_piece_tree *tree;
    struct xd_position position;
    double east_m; /* metres a unit eastwards, on the plane around the position */
    int32_t but_road;
    int64_t looks_n;
    struct xd_piece_near *near;
};

/* *part: 0 to 1 along the piece; its ends are taken as they are. */
static double squared_to_piece(const struct look *look, const struct xd_piece *piece, double *part)
{
    const struct xd_position a = piece->a, b = piece->b;
    const double ax = ((double)a.lon_e7 - look->position.lon_e7) * look->east_m, ay = ((double)a.lat_e7 - look->position.lat_e7) * METRES_A_UNIT;
    const double dx = ((double)b.lon_e7 - a.lon_e7) * look->east_m, dy = ((double)b.lat_e7 - a.lat_e7) * METRES_A_UNIT;
    const double length = dx * dx + dy * dy, along = -(ax * dx + ay * dy);
    *part = length <= 0.0 || along <= 0.0 ? 0.0 : along >= length ? 1.0 : along / length;
    const double x = ax + *part * dx, y = ay + *part * dy;
    return x * x + y * y;
}

static double squared_to_box(const struct look *look, const struct box *box)
{
    const int64_t x = look->position.lon_e7, y = look->position.lat_e7;
    const int64_t east = x < box->west ? box->west - x : x > box->east ? x - box->east : 0;
    const int64_t north = y < box->south ? box->south - y : y > box->north ? y - box->north : 0;
    const double east_m = (double)east * look->east_m, north_m = (double)north * METRES_A_UNIT;
    return east_m * east_m + north_m * north_m;
}

static void look_at_piece(struct look *look, const struct xd_piece *piece)
{
    struct xd_piece_near *near = look->near;
    double part;
    look->looks_n++;
    if (piece->road == look->but_road)
        return;
    const double squared_m = squared_to_piece(look, piece, &part);
    if (squared_m < near->squared_m || (squared_m <= near->squared_m && near->place >= 0 && piece->place < near->place))
        *near = (struct xd_piece_near){.squared_m = squared_m, .place = piece->place, .part = part};
}

/* Down the boxes that are no farther than the nearest so far, the nearest box first. */
static void look_into(struct look *look, int32_t level, int32_t box)
{
    const struct xd_piece_tree *tree = look->tree;
    if (squared_to_box(look, &tree->levels[level][box]) > look->near->squared_m)
        return;
    if (level == 0) {
        look_at_piece(look, &tree->pieces[tree->piece_of[box]]);
        return;
    }
    const int32_t first = box * FANOUT, left_n = tree->level_n[level - 1] - first, n = left_n < FANOUT ? left_n : FANOUT;
    int32_t order[FANOUT];
    double squared_m[FANOUT];
    look->looks_n += n;
    for (int32_t i = 0; i < n; i++) {
        const double here_m = squared_to_box(look, &tree->levels[level - 1][first + i]);
        int32_t at = i;
        for (; at > 0 && squared_m[at - 1] > here_m; at--) {
            squared_m[at] = squared_m[at - 1];
            order[at] = order[at - 1];
        }
        squared_m[at] = here_m;
        order[at] = first + i;
    }
    for (int32_t i = 0; i < n; i++)
        look_into(look, level - 1, order[i]);
}

int64_t xd_piece_tree_find(const struct xd_piece_tree *tree, struct xd_position position, int32_t but_road, struct xd_piece_near *near)
{
    struct look look = {.tree = tree,
                        .position = position,
                        .east_m = METRES_A_UNIT * cos((double)position.lat_e7 * UNITS_RADIAN),
                        .but_road = but_road,
                        .near = near};
    if (tree)
        look_into(&look, tree->levels_n - 1, 0);
    return look.looks_n;
}
