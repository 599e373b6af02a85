/* The relief of a synthetic county as tiles of elevation, as a survey from orbit would give them. */
#ifndef XD_MAPS_SYNTH_ELEVATION_H
#define XD_MAPS_SYNTH_ELEVATION_H

#include "maps/elevation.h"
#include "maps/synth_relief.h"

/* Samples of the cell's tile: height_m[side * side] as in maps/elevation.h, whole metres, XD_ELEVATION_VOID_M outside the county.
 * False when none of them lies within. */
bool xd_synth_elevation_tile(const struct xd_synth_relief *ground, struct xd_elevation_cell cell, int32_t side, int16_t *height_m);

#endif
