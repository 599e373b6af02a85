#include "maps/synth_relief.h"

#include "base/hash.h"
#include "base/rng.h"

#include <string.h>

enum { OCTAVES_N = 5, NEIGHBOURS_N = 8 };

static const double metres_per_degree = 111194.93; /* of latitude, on the sphere of base/geo.h */
static const double longitude_scale = 0.8910;      /* cos 27 deg: the made-up county lies there */

static const int8_t step_column[NEIGHBOURS_N] = {1, 1, 0, -1, -1, -1, 0, 1};
static const int8_t step_row[NEIGHBOURS_N] = {0, 1, 1, 1, 0, -1, -1, -1};

/* Value in -1..1 of a lattice point: a pure function of seed and place, so that a larger county extends a smaller one. */
static double lattice(uint64_t seed, int32_t octave, int32_t column, int32_t row)
{
    const uint64_t key = xd_mix64(seed ^ xd_mix64(((uint64_t)(uint32_t)octave << 58) ^ ((uint64_t)(uint32_t)column << 29) ^ (uint64_t)(uint32_t)row));
    return (double)(key >> 11) * (2.0 / 9007199254740992.0) - 1.0;
}

static double noise(uint64_t seed, int32_t octave, double x, double y)
{
    const int32_t column = (int32_t)x;
    const int32_t row = (int32_t)y;
    const double fx = x - column;
    const double fy = y - row;
    const double sx = fx * fx * (3.0 - 2.0 * fx);
    const double sy = fy * fy * (3.0 - 2.0 * fy);
    const double south = lattice(seed, octave, column, row) * (1.0 - sx) + lattice(seed, octave, column + 1, row) * sx;
    const double north = lattice(seed, octave, column, row + 1) * (1.0 - sx) + lattice(seed, octave, column + 1, row + 1) * sx;
    return south * (1.0 - sy) + north * sy;
}

static double absolute(double value)
{
    return value < 0.0 ? -value : value;
}

/* Valleys are where folded noise is near zero: |noise| gives V-shaped valleys between rounded ridges. */
static double height_at(uint64_t seed, double amplitude_m, double column, double row)
{
    double height = 0.0;
    double weight = 1.0;
    double scale = 1.0 / 40.0; /* the largest form spans 40 cells, 11 km */
    for (int32_t octave = 0; octave < OCTAVES_N; octave++) {
        const double value = noise(seed, octave, column * scale + 7.3 * octave, row * scale + 3.1 * octave);
        height += weight * (octave < 2 ? absolute(value) * 1.6 : 0.5 + 0.5 * value);
        weight *= octave < 2 ? 0.5 : 0.4;
        scale *= 2.1;
    }
    return amplitude_m * height / 2.2;
}

static void slopes_fill(struct xd_synth_relief *ground)
{
    for (int32_t row = 0; row < ground->rows; row++) {
        for (int32_t column = 0; column < ground->columns; column++) {
            double steepest = 0.0;
            const int64_t cell = (int64_t)row * ground->columns + column;
            for (int k = 0; k < NEIGHBOURS_N; k++) {
                const int32_t c = column + step_column[k];
                const int32_t r = row + step_row[k];
                if (c < 0 || r < 0 || c >= ground->columns || r >= ground->rows)
                    continue;
                const double run_m = XD_SYNTH_CELL_M * ((k & 1) ? 1.41421356 : 1.0);
                const double rise = absolute((double)ground->height_m[(int64_t)r * ground->columns + c] - (double)ground->height_m[cell]) / run_m;
                if (rise > steepest)
                    steepest = rise;
            }
            ground->slope[cell] = (float)steepest;
        }
    }
}

enum xd_status xd_synth_relief_create(struct xd_arena *arena, uint64_t seed, enum xd_relief relief, int32_t columns, int32_t rows,
                                      struct xd_synth_relief *ground, struct xd_error *error)
{
    static const double amplitude_m[] = {[XD_RELIEF_PLAIN] = 60.0, [XD_RELIEF_HILLS] = 420.0, [XD_RELIEF_MOUNTAIN] = 1150.0};
    static const double base_m[] = {[XD_RELIEF_PLAIN] = 110.0, [XD_RELIEF_HILLS] = 420.0, [XD_RELIEF_MOUNTAIN] = 640.0};
    const size_t cells_n = (size_t)columns * (size_t)rows;
    struct xd_synth_relief made = {.columns = columns, .rows = rows, .south_west = {.lon_e7 = 1068000000, .lat_e7 = 268000000}};
    made.height_m = xd_arena_alloc(arena, cells_n, sizeof *made.height_m);
    made.slope = xd_arena_alloc(arena, cells_n, sizeof *made.slope);
    if (!made.height_m || !made.slope)
        return xd_fail_memory(error, "synthetic relief", cells_n * 2 * sizeof(float));
    struct xd_rng rng = xd_rng_at(seed, XD_RNG_SYNTH_RELIEF, 0, 0);
    const uint64_t stream = xd_rng_next(&rng);
    for (int32_t row = 0; row < rows; row++)
        for (int32_t column = 0; column < columns; column++)
            made.height_m[(int64_t)row * columns + column] = (float)(base_m[relief] + height_at(stream, amplitude_m[relief], column, row));
    slopes_fill(&made);
    *ground = made;
    return XD_OK;
}

struct xd_position xd_synth_relief_position(const struct xd_synth_relief *ground, double column, double row)
{
    const double north_e7 = row * XD_SYNTH_CELL_M / metres_per_degree * 1e7;
    const double east_e7 = column * XD_SYNTH_CELL_M / (metres_per_degree * longitude_scale) * 1e7;
    return (struct xd_position){.lon_e7 = ground->south_west.lon_e7 + (int32_t)east_e7, .lat_e7 = ground->south_west.lat_e7 + (int32_t)north_e7};
}

double xd_synth_relief_height_m(const struct xd_synth_relief *ground, double column, double row)
{
    int32_t c = (int32_t)column;
    int32_t r = (int32_t)row;
    c = c < 0 ? 0 : c > ground->columns - 2 ? ground->columns - 2 : c;
    r = r < 0 ? 0 : r > ground->rows - 2 ? ground->rows - 2 : r;
    const double fx = column - c;
    const double fy = row - r;
    const float *south = &ground->height_m[(int64_t)r * ground->columns + c];
    const float *north = south + ground->columns;
    return ((double)south[0] * (1.0 - fx) + (double)south[1] * fx) * (1.0 - fy) + ((double)north[0] * (1.0 - fx) + (double)north[1] * fx) * fy;
}

bool xd_synth_relief_height_at(const struct xd_synth_relief *ground, struct xd_position position, double *height_m)
{
    const double column = ((double)position.lon_e7 - ground->south_west.lon_e7) / 1e7 * (metres_per_degree * longitude_scale) / XD_SYNTH_CELL_M;
    const double row = ((double)position.lat_e7 - ground->south_west.lat_e7) / 1e7 * metres_per_degree / XD_SYNTH_CELL_M;
    if (column < 0.0 || row < 0.0 || column > ground->columns || row > ground->rows)
        return false;
    *height_m = xd_synth_relief_height_m(ground, column - 0.5, row - 0.5);
    return true;
}

struct xd_position xd_synth_relief_north_east(const struct xd_synth_relief *ground)
{
    return xd_synth_relief_position(ground, ground->columns, ground->rows);
}

/* ---- least-effort paths: Dijkstra with a binary heap; labels are stamped so that nothing is cleared between calls ---- */

struct heap_entry {
    int64_t effort;
    int32_t cell;
};

struct xd_synth_pathfinder {
    const struct xd_synth_relief *ground;
    int64_t *effort;
    int32_t *parent;
    uint32_t *stamp;
    uint32_t round;
    struct heap_entry *heap; /* at most 8 entries a cell are pushed; lazily deleted */
    size_t heap_n, heap_max;
};

enum xd_status xd_synth_pathfinder_create(struct xd_arena *arena, const struct xd_synth_relief *ground, struct xd_synth_pathfinder **finder,
                                          struct xd_error *error)
{
    const size_t cells_n = (size_t)ground->columns * (size_t)ground->rows;
    struct xd_synth_pathfinder *made = xd_arena_alloc_zero(arena, 1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "path finder", sizeof *made);
    made->ground = ground;
    made->heap_max = cells_n * 4 + 16;
    made->effort = xd_arena_alloc(arena, cells_n, sizeof *made->effort);
    made->parent = xd_arena_alloc(arena, cells_n, sizeof *made->parent);
    made->stamp = xd_arena_alloc_zero(arena, cells_n, sizeof *made->stamp);
    made->heap = xd_arena_alloc(arena, made->heap_max, sizeof *made->heap);
    if (!made->effort || !made->parent || !made->stamp || !made->heap)
        return xd_fail_memory(error, "path finder", cells_n * 80);
    *finder = made;
    return XD_OK;
}

static bool entry_before(struct heap_entry a, struct heap_entry b)
{
    return a.effort != b.effort ? a.effort < b.effort : a.cell < b.cell;
}

static void heap_push(struct xd_synth_pathfinder *finder, struct heap_entry entry)
{
    if (finder->heap_n == finder->heap_max)
        return; /* cannot happen while each cell improves at most a few times; a lost label only makes a path longer */
    size_t at = finder->heap_n++;
    while (at > 0 && entry_before(entry, finder->heap[(at - 1) / 2])) {
        finder->heap[at] = finder->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    finder->heap[at] = entry;
}

static struct heap_entry heap_pop(struct xd_synth_pathfinder *finder)
{
    const struct heap_entry top = finder->heap[0];
    const struct heap_entry last = finder->heap[--finder->heap_n];
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= finder->heap_n)
            break;
        if (child + 1 < finder->heap_n && entry_before(finder->heap[child + 1], finder->heap[child]))
            child++;
        if (!entry_before(finder->heap[child], last))
            break;
        finder->heap[at] = finder->heap[child];
        at = child;
    }
    if (finder->heap_n > 0)
        finder->heap[at] = last;
    return top;
}

static int64_t step_effort(const struct xd_synth_relief *ground, int32_t from, int32_t to, bool diagonal, bool built)
{
    const double run_m = XD_SYNTH_CELL_M * (diagonal ? 1.41421356 : 1.0);
    const double grade = absolute((double)ground->height_m[to] - (double)ground->height_m[from]) / run_m;
    const double effort = run_m * (1.0 + 150.0 * grade * grade);
    return (int64_t)(built ? effort / 3.0 : effort) + 1;
}

static void path_trace(const struct xd_synth_pathfinder *finder, int32_t target, int32_t *path, int32_t path_max, int32_t *path_n)
{
    int32_t length = 1;
    for (int32_t cell = target; finder->parent[cell] >= 0; cell = finder->parent[cell])
        length++;
    if (length > path_max)
        return;
    *path_n = length;
    for (int32_t cell = target; length > 0; cell = finder->parent[cell])
        path[--length] = cell;
}

static void relax(struct xd_synth_pathfinder *finder, int32_t cell, int32_t parent, int64_t effort)
{
    if (finder->stamp[cell] == finder->round && finder->effort[cell] <= effort)
        return;
    finder->stamp[cell] = finder->round;
    finder->effort[cell] = effort;
    finder->parent[cell] = parent;
    heap_push(finder, (struct heap_entry){effort, cell});
}

void xd_synth_path_find(struct xd_synth_pathfinder *finder, int32_t from, const uint8_t *is_built, const uint8_t *is_target, int32_t *path,
                        int32_t path_max, int32_t *path_n)
{
    const struct xd_synth_relief *ground = finder->ground;
    *path_n = 0;
    finder->heap_n = 0;
    finder->round++;
    relax(finder, from, -1, 0);
    while (finder->heap_n > 0) {
        const struct heap_entry top = heap_pop(finder);
        if (top.effort != finder->effort[top.cell])
            continue;
        if (is_target[top.cell]) {
            path_trace(finder, top.cell, path, path_max, path_n);
            return;
        }
        const int32_t column = top.cell % ground->columns;
        const int32_t row = top.cell / ground->columns;
        for (int k = 0; k < NEIGHBOURS_N; k++) {
            const int32_t c = column + step_column[k];
            const int32_t r = row + step_row[k];
            if (c < 1 || r < 1 || c >= ground->columns - 1 || r >= ground->rows - 1)
                continue;
            const int32_t next = r * ground->columns + c;
            relax(finder, next, top.cell, top.effort + step_effort(ground, top.cell, next, (k & 1) != 0, is_built[top.cell] && is_built[next]));
        }
    }
}
