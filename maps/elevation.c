#include "maps/elevation.h"

#include <stdio.h>

enum { DEGREE_E7 = 10000000, LAST_SOUTH_DEG = 89, LAST_WEST_DEG = 179 };

static int32_t floor_degrees(int32_t e7, int32_t last)
{
    const int32_t degrees = e7 / DEGREE_E7 - (e7 % DEGREE_E7 < 0 ? 1 : 0);
    return degrees > last ? last : degrees;
}

struct xd_elevation_cell xd_elevation_cell_of(struct xd_position position)
{
    return (struct xd_elevation_cell){.south_deg = floor_degrees(position.lat_e7, LAST_SOUTH_DEG),
                                      .west_deg = floor_degrees(position.lon_e7, LAST_WEST_DEG)};
}

void xd_elevation_cell_name(struct xd_elevation_cell cell, char dst[XD_ELEVATION_NAME_BYTES])
{
    const int south = cell.south_deg % 100, west = cell.west_deg % 1000; /* tells the compiler how many digits there are */
    snprintf(dst, XD_ELEVATION_NAME_BYTES, "%c%02d%c%03d", south < 0 ? 'S' : 'N', south < 0 ? -south : south, west < 0 ? 'W' : 'E',
             west < 0 ? -west : west);
}

enum xd_status xd_elevation_create(const struct xd_elevation_cell *cells, int32_t cells_n, struct xd_elevation **elevation, struct xd_error *error)
{
    if (cells_n > XD_ELEVATION_TILES_MAX)
        return xd_fail(error, XD_DATA, xd_at_none(), "the map's roads lie in %ld tiles of elevation, more than the limit of %d; cut the map first",
                       (long)cells_n, XD_ELEVATION_TILES_MAX);
    struct xd_elevation *made = xd_alloc_zero(1, sizeof *made);
    struct xd_elevation_tile *tiles = xd_alloc_zero((size_t)cells_n, sizeof *tiles);
    if (!made || !tiles) {
        xd_free(made);
        xd_free(tiles);
        return xd_fail_memory(error, "elevation tiles", (size_t)cells_n * sizeof *tiles);
    }
    for (int32_t i = 0; i < cells_n; i++)
        tiles[i].cell = cells[i];
    made->tiles = tiles;
    made->tiles_n = cells_n;
    *elevation = made;
    return XD_OK;
}

void xd_elevation_fill(struct xd_elevation *elevation, int32_t tile, int32_t side, int16_t *height_m)
{
    xd_free(elevation->tiles[tile].height_m);
    elevation->tiles[tile].side = side;
    elevation->tiles[tile].height_m = height_m;
}

void xd_elevation_free(struct xd_elevation *elevation)
{
    if (!elevation)
        return;
    for (int32_t i = 0; i < elevation->tiles_n; i++)
        xd_free(elevation->tiles[i].height_m);
    xd_free(elevation->tiles);
    xd_free(elevation);
}

/* The tile when it is there with its heights, else NULL. */
static const struct xd_elevation_tile *tile_with_heights(const struct xd_elevation *elevation, int32_t south_deg, int32_t west_deg)
{
    int32_t low = 0, high = elevation->tiles_n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        const struct xd_elevation_tile *tile = &elevation->tiles[middle];
        if (tile->cell.south_deg < south_deg || (tile->cell.south_deg == south_deg && tile->cell.west_deg < west_deg))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == elevation->tiles_n)
        return NULL;
    const struct xd_elevation_tile *tile = &elevation->tiles[low];
    return tile->cell.south_deg == south_deg && tile->cell.west_deg == west_deg && tile->side > 0 ? tile : NULL;
}

/* The tile that holds the position; of an edge also the tile south or west of it. */
static const struct xd_elevation_tile *tile_at(const struct xd_elevation *elevation, struct xd_position position)
{
    const struct xd_elevation_cell cell = xd_elevation_cell_of(position);
    const int32_t below_n = position.lat_e7 == cell.south_deg * DEGREE_E7 ? 1 : 0;
    const int32_t left_n = position.lon_e7 == cell.west_deg * DEGREE_E7 ? 1 : 0;
    for (int32_t below = 0; below <= below_n; below++)
        for (int32_t left = 0; left <= left_n; left++) {
            const struct xd_elevation_tile *tile = tile_with_heights(elevation, cell.south_deg - below, cell.west_deg - left);
            if (tile)
                return tile;
        }
    return NULL;
}

/* Where a position lies in the grid: the sample before it and the 1e-7 steps of the grid behind that one. */
static int32_t grid_step(int64_t from_edge_e7, int32_t side, int64_t *behind)
{
    const int64_t scaled = from_edge_e7 * (side - 1);
    int64_t step = scaled / DEGREE_E7;
    step = step > side - 2 ? side - 2 : step;
    *behind = scaled - step * DEGREE_E7;
    return (int32_t)step;
}

int32_t xd_elevation_height_cm(const struct xd_elevation *elevation, struct xd_position position)
{
    const struct xd_elevation_tile *tile = tile_at(elevation, position);
    if (!tile)
        return XD_ELEVATION_UNKNOWN_CM;
    int64_t east, south;
    const int32_t column = grid_step((int64_t)position.lon_e7 - (int64_t)tile->cell.west_deg * DEGREE_E7, tile->side, &east);
    const int32_t row = grid_step((int64_t)(tile->cell.south_deg + 1) * DEGREE_E7 - position.lat_e7, tile->side, &south);
    const int16_t *corner = &tile->height_m[(int64_t)row * tile->side + column];
    const int16_t height_m[4] = {corner[0], corner[1], corner[tile->side], corner[tile->side + 1]};
    const int64_t west = DEGREE_E7 - east, north = DEGREE_E7 - south;
    const int64_t weight[4] = {north * west, north * east, south * west, south * east}; /* of 1e14; times a sample it stays below 2^62 */
    int64_t sum = 0;
    int32_t nearest = -1;
    bool is_whole = true;
    for (int32_t k = 0; k < 4; k++) {
        if (height_m[k] == XD_ELEVATION_VOID_M) {
            is_whole = is_whole && weight[k] == 0;
            continue;
        }
        sum += weight[k] * height_m[k];
        const int64_t away_x = k % 2 == 0 ? east : west, away_y = k < 2 ? south : north;
        const int64_t near_x = nearest % 2 == 0 ? east : west, near_y = nearest < 2 ? south : north;
        if (nearest < 0 || away_x * away_x + away_y * away_y < near_x * near_x + near_y * near_y)
            nearest = k;
    }
    if (nearest < 0)
        return XD_ELEVATION_UNKNOWN_CM;
    if (!is_whole)
        return (int32_t)height_m[nearest] * 100;
    const int64_t unit = INT64_C(1000000000000); /* 1e14 / 100: a cm */
    return (int32_t)((sum + (sum < 0 ? -unit / 2 : unit / 2)) / unit);
}
