#include "maps/synth_elevation.h"

#include <math.h>

enum { DEGREE_E7 = 10000000 };

bool xd_synth_elevation_tile(const struct xd_synth_relief *ground, struct xd_elevation_cell cell, int32_t side, int16_t *height_m)
{
    bool is_any = false;
    for (int32_t row = 0; row < side; row++)
        for (int32_t column = 0; column < side; column++) {
            const int64_t lat_e7 = (int64_t)(cell.south_deg + 1) * DEGREE_E7 - (int64_t)row * DEGREE_E7 / (side - 1);
            const int64_t lon_e7 = (int64_t)cell.west_deg * DEGREE_E7 + (int64_t)column * DEGREE_E7 / (side - 1);
            double height = 0.0;
            const bool is_inside = xd_synth_relief_height_at(ground, (struct xd_position){(int32_t)lon_e7, (int32_t)lat_e7}, &height);
            height_m[(int64_t)row * side + column] = is_inside ? (int16_t)floor(height + 0.5) : XD_ELEVATION_VOID_M;
            is_any = is_any || is_inside;
        }
    return is_any;
}
