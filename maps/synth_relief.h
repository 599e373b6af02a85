/* The ground of a synthetic county: heights on a grid of square cells, and least-effort paths over it. */
#ifndef XD_MAPS_SYNTH_RELIEF_H
#define XD_MAPS_SYNTH_RELIEF_H

#include "maps/synth.h"

enum { XD_SYNTH_CELL_M = 280 };

/* Row-major, row 0 in the south. Owns: arrays in the arena it was made in. */
struct xd_synth_relief {
    int32_t columns, rows;
    float *height_m; /* cells */
    float *slope;    /* cells: steepest rise to a neighbour, metres a metre */
    struct xd_position south_west;
};

XD_MUST_CHECK enum xd_status xd_synth_relief_create(struct xd_arena *arena, uint64_t seed, enum xd_relief relief, int32_t columns, int32_t rows,
                                                    struct xd_synth_relief *ground, struct xd_error *error);
/* Position of a point given in cells (fractions allowed) from the south-west corner. */
struct xd_position xd_synth_relief_position(const struct xd_synth_relief *ground, double column, double row);
/* Bilinear between the centres of cells: 0, 0 is that of the south-west cell. */
double xd_synth_relief_height_m(const struct xd_synth_relief *ground, double column, double row);
/* Height at a position, of the ground that roads are drawn over; false outside the cells. */
bool xd_synth_relief_height_at(const struct xd_synth_relief *ground, struct xd_position position, double *height_m);
struct xd_position xd_synth_relief_north_east(const struct xd_synth_relief *ground);

/* Least-effort path from `from` to the nearest cell with is_target set: effort = length * (1 + steepness^2 penalty), on built cells a third of it.
 * path receives the cells from `from` to the target, both included, at most path_max; *path_n = 0 when there is no way within path_max.
 * Scratch is reused between calls. Cost: O(k log k) in the cells looked at. */
struct xd_synth_pathfinder;
XD_MUST_CHECK enum xd_status xd_synth_pathfinder_create(struct xd_arena *arena, const struct xd_synth_relief *ground,
                                                        struct xd_synth_pathfinder **finder, struct xd_error *error);
void xd_synth_path_find(struct xd_synth_pathfinder *finder, int32_t from, const uint8_t *is_built, const uint8_t *is_target, int32_t *path,
                        int32_t path_max, int32_t *path_n);

#endif
