#include "maps/elevation_area.h"

enum { DEGREE_E7 = 10000000, CELLS_EAST = 360, CELLS_N = 360 * 180, SOUTHMOST_DEG = -90, WESTMOST_DEG = -180 };

static int32_t index_of(struct xd_elevation_cell cell)
{
    return (cell.south_deg - SOUTHMOST_DEG) * CELLS_EAST + cell.west_deg - WESTMOST_DEG;
}

static bool has_index(const struct xd_elevation_area *area, int32_t index)
{
    return (area->cells[index / 64] >> (index % 64) & 1) != 0;
}

static void add_cell(struct xd_elevation_area *area, struct xd_elevation_cell cell)
{
    const int32_t index = index_of(cell);
    area->cells[index / 64] |= UINT64_C(1) << (index % 64);
}

bool xd_elevation_area_has(const struct xd_elevation_area *area, struct xd_elevation_cell cell)
{
    return has_index(area, index_of(cell));
}

void xd_elevation_area_add(struct xd_elevation_area *area, struct xd_position position)
{
    add_cell(area, xd_elevation_cell_of(position));
}

void xd_elevation_area_add_box(struct xd_elevation_area *area, struct xd_position south_west, struct xd_position north_east)
{
    const struct xd_elevation_cell first = xd_elevation_cell_of(south_west), last = xd_elevation_cell_of(north_east);
    for (int32_t south_deg = first.south_deg; south_deg <= last.south_deg; south_deg++)
        for (int32_t west_deg = first.west_deg; west_deg <= last.west_deg; west_deg++)
            add_cell(area, (struct xd_elevation_cell){south_deg, west_deg});
}

static void add_line(struct xd_elevation_area *area, struct xd_position a, struct xd_position b)
{
    const struct xd_position south_west = {a.lon_e7 < b.lon_e7 ? a.lon_e7 : b.lon_e7, a.lat_e7 < b.lat_e7 ? a.lat_e7 : b.lat_e7};
    const struct xd_position north_east = {a.lon_e7 < b.lon_e7 ? b.lon_e7 : a.lon_e7, a.lat_e7 < b.lat_e7 ? b.lat_e7 : a.lat_e7};
    if ((int64_t)north_east.lon_e7 - south_west.lon_e7 <= DEGREE_E7 && north_east.lat_e7 - south_west.lat_e7 <= DEGREE_E7) {
        xd_elevation_area_add_box(area, south_west, north_east);
    } else {
        xd_elevation_area_add(area, a);
        xd_elevation_area_add(area, b);
    }
}

void xd_elevation_area_add_network(struct xd_elevation_area *area, const struct xd_network *network)
{
    for (int32_t road = 0; road < network->roads_n; road++)
        for (int64_t k = network->first_node[road]; k + 1 < network->first_node[road + 1]; k++)
            add_line(area, network->node_position[network->road_node[k]], network->node_position[network->road_node[k + 1]]);
}

enum xd_status xd_elevation_area_slots(const struct xd_elevation_area *area, struct xd_elevation **elevation, struct xd_error *error)
{
    struct xd_elevation_cell cells[XD_ELEVATION_TILES_MAX + 1];
    int32_t cells_n = 0;
    for (int32_t index = 0; index < CELLS_N; index++) {
        if (!has_index(area, index))
            continue;
        if (cells_n < XD_ELEVATION_TILES_MAX)
            cells[cells_n] = (struct xd_elevation_cell){index / CELLS_EAST + SOUTHMOST_DEG, index % CELLS_EAST + WESTMOST_DEG};
        cells_n++;
    }
    return xd_elevation_create(cells, cells_n, elevation, error);
}
