/* How far the grades of roads are off, by the reach of their smoothing (docs/decisions/005-elevation.md).
 *
 * Synthetic: the roads of a mountain county, with a node every 25 m. Its relief is the truth, that of roads that were built: the survey sees the relief
 * with gullies and ridges that the roads do not follow, cut to the grid and the whole metres of SRTM, with noise.
 * Real, where the shared data are at hand: how much of the major roads of Andorra comes out steeper than 12 %, which hardly any of them is. */
#include "base/rng.h"
#include "bench/harness.h"
#include "io/bytes/libraries.h"
#include "io/elevation/read.h"
#include "io/osm/read.h"
#include "maps/elevation_roads.h"
#include "maps/synth_elevation.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { NODE_EVERY_M = 25, PIECE_M = 100, GRADES_MAX = 400000, SEED = 5, NEW_ID = 100000000, WAY_NODES_MAX = 100000 };

static const int32_t reaches_m[] = {0, 25, 50, 75, 100, 150, 200, 300};

static void must(enum xd_status status)
{
    if (status != XD_OK)
        exit(status);
}

/* ---- the survey ---- */

static double normal(struct xd_rng *rng)
{
    double sum = 0.0;
    for (int32_t i = 0; i < 12; i++)
        sum += xd_rng_unit(rng);
    return sum - 6.0;
}

/* gully_m: of ground that varies over 200 m, by a mean of the noise of the samples within about 140 m; noise_m: of each sample by itself (rms). */
static void roughen(int16_t *height_m, int32_t side, int32_t gully_m, int32_t noise_m, uint64_t stream)
{
    const int32_t reach = side == XD_ELEVATION_SIDE_3S ? 1 : 4;
    float *noise = xd_alloc((size_t)side * (size_t)side, sizeof *noise);
    must(noise ? XD_OK : XD_NO_MEMORY);
    struct xd_rng rng = xd_rng_at(SEED, XD_RNG_BENCH, 1, stream);
    for (int32_t i = 0; i < side * side; i++)
        noise[i] = (float)normal(&rng);
    for (int32_t row = reach; row < side - reach; row++)
        for (int32_t column = reach; column < side - reach; column++) {
            int16_t *height = &height_m[row * side + column];
            double around = 0.0;
            if (*height == XD_ELEVATION_VOID_M)
                continue;
            for (int32_t y = -reach; y <= reach; y++)
                for (int32_t x = -reach; x <= reach; x++)
                    around += (double)noise[(row + y) * side + column + x];
            *height = (int16_t)lrint(*height + gully_m * around / (2 * reach + 1) + noise_m * normal(&rng));
        }
    xd_free(noise);
}

static struct xd_elevation *survey(const struct xd_synth_relief *ground, int32_t side, int32_t gully_m, int32_t noise_m)
{
    static const struct xd_elevation_cell cells[] = {{26, 106}, {26, 107}, {27, 106}, {27, 107}};
    struct xd_elevation *elevation = NULL;
    must(xd_elevation_create(cells, 4, &elevation, NULL));
    for (int32_t i = 0; i < 4; i++) {
        int16_t *height_m = xd_alloc((size_t)side * (size_t)side, sizeof *height_m);
        must(height_m ? XD_OK : XD_NO_MEMORY);
        (void)xd_synth_elevation_tile(ground, cells[i], side, height_m);
        roughen(height_m, side, gully_m, noise_m, (uint64_t)i);
        xd_elevation_fill(elevation, i, side, height_m);
    }
    return elevation;
}

/* ---- the roads ---- */

/* Both passes over the county's ways, with new nodes along them (first told, then used, each pass with the same ids). */
static void tell_county(const struct xd_synth_county *county, const struct xd_osm_sink *sink)
{
    static int64_t ids[WAY_NODES_MAX];
    int64_t id = NEW_ID;
    for (int32_t i = 0; i < county->nodes_n; i++)
        must(sink->node ? sink->node(sink->context, &county->nodes[i], NULL) : XD_OK);
    for (int32_t w = 0; w < county->ways_n; w++) {
        struct xd_osm_way way = county->ways[w];
        int32_t n = 0;
        for (int32_t k = 0; k < way.node_ids_n; k++) {
            ids[n++] = way.node_ids[k];
            if (k + 1 == way.node_ids_n)
                break;
            const struct xd_position a = county->nodes[way.node_ids[k] - county->nodes[0].id].position;
            const struct xd_position b = county->nodes[way.node_ids[k + 1] - county->nodes[0].id].position;
            const int32_t parts_n = (int32_t)(xd_distance_m(a, b) / NODE_EVERY_M);
            for (int32_t part = 1; part < parts_n && n < WAY_NODES_MAX - 1; part++) {
                const double at = (double)part / parts_n;
                const struct xd_osm_node node = {
                    .id = id, .position = {a.lon_e7 + (int32_t)(at * (b.lon_e7 - a.lon_e7)), a.lat_e7 + (int32_t)(at * (b.lat_e7 - a.lat_e7))}};
                must(sink->node ? sink->node(sink->context, &node, NULL) : XD_OK);
                ids[n++] = id++;
            }
        }
        way.node_ids = ids;
        way.node_ids_n = n;
        must(sink->way ? sink->way(sink->context, &way, NULL) : XD_OK);
    }
}

static struct xd_network *county_network(const struct xd_synth_county *county)
{
    struct xd_network_builder *builder = NULL;
    struct xd_network *network = NULL;
    must(xd_network_builder_create(&builder, NULL));
    for (int pass = 1; pass <= 2; pass++) {
        struct xd_osm_sink sink;
        must(xd_network_builder_sink(builder, pass, &sink, NULL));
        tell_county(county, &sink);
    }
    must(xd_network_builder_finish(builder, &network, NULL));
    return network;
}

/* ---- figures ---- */

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y ? 1 : 0;
}

static void report(const char *what, int32_t reach_m, const char *figure, double value, const char *unit)
{
    char name[96];
    snprintf(name, sizeof name, "%s_reach_%dm_%s", what, (int)reach_m, figure);
    xd_bench_report("elevation_grades", name, value, unit);
}

/* Grades over stretches of PIECE_M and more along each road, against those of the relief. */
static void measure(const struct xd_elevation *elevation, const struct xd_synth_relief *ground, const struct xd_network *network, const char *what,
                    int32_t reach_m)
{
    static double off[GRADES_MAX];
    struct xd_road_heights *heights = NULL;
    double squares = 0.0;
    int32_t n = 0;
    must(xd_road_heights_create(elevation, network, reach_m, NULL, &heights, NULL));
    for (int32_t r = 0; r < network->roads_n; r++) {
        double run_m = 0.0;
        int32_t from = network->road_node[network->first_node[r]];
        for (int64_t k = network->first_node[r]; k + 1 < network->first_node[r + 1] && n < GRADES_MAX; k++) {
            const int32_t to = network->road_node[k + 1];
            double from_m = 0.0, to_m = 0.0;
            run_m += xd_distance_m(network->node_position[network->road_node[k]], network->node_position[to]);
            if (run_m < PIECE_M || !xd_synth_relief_height_at(ground, network->node_position[from], &from_m) ||
                !xd_synth_relief_height_at(ground, network->node_position[to], &to_m))
                continue;
            off[n] = fabs(xd_road_heights_rise_cm(heights, from, to) / run_m - 100.0 * (to_m - from_m) / run_m);
            squares += off[n] * off[n];
            n++;
            from = to;
            run_m = 0.0;
        }
    }
    qsort(off, (size_t)n, sizeof *off, ascending);
    report(what, reach_m, "rms", sqrt(squares / n), "% grade error");
    report(what, reach_m, "p95", off[n * 95 / 100], "% grade error");
    xd_road_heights_free(heights);
}

static void measure_synthetic(void)
{
    static const int32_t surveys[][3] = {{XD_ELEVATION_SIDE_3S, 0, 0},
                                         {XD_ELEVATION_SIDE_3S, 4, 2},
                                         {XD_ELEVATION_SIDE_3S, 10, 3},
                                         {XD_ELEVATION_SIDE_1S, 4, 3},
                                         {XD_ELEVATION_SIDE_1S, 10, 4}};
    const struct xd_synth_options options = {.seed = SEED, .hubs_n = 1, .relief = XD_RELIEF_MOUNTAIN};
    struct xd_synth_county *county = NULL;
    must(xd_synth_county_create(&options, NULL, &county, NULL));
    struct xd_network *network = county_network(county);
    for (size_t s = 0; s < XD_ARRAY_LENGTH(surveys); s++) {
        char what[64];
        struct xd_elevation *elevation = survey(county->ground, surveys[s][0], surveys[s][1], surveys[s][2]);
        snprintf(what, sizeof what, "%ds_gullies_%dm_noise_%dm", surveys[s][0] == XD_ELEVATION_SIDE_3S ? 3 : 1, (int)surveys[s][1],
                 (int)surveys[s][2]);
        for (size_t i = 0; i < XD_ARRAY_LENGTH(reaches_m); i++)
            measure(elevation, county->ground, network, what, reaches_m[i]);
        xd_elevation_free(elevation);
    }
    xd_network_free(network);
    xd_synth_county_free(county);
}

static void measure_real(const char *shared)
{
    char map[1024], tiles[1024];
    struct xd_network *network = NULL;
    struct xd_elevation *elevation = NULL;
    struct xd_elevation_area area = {0};
    struct xd_diagnostics diagnostics = {0};
    snprintf(map, sizeof map, "%s/osm/small/andorra-2026.osm.pbf", shared);
    snprintf(tiles, sizeof tiles, "%s/osm/elevation", shared);
    if (xd_osm_read_network(map, NULL, &network, NULL) != XD_OK)
        return;
    xd_elevation_area_add_network(&area, network);
    must(xd_elevation_read(tiles, &area, &elevation, &diagnostics));
    for (size_t i = 0; i < XD_ARRAY_LENGTH(reaches_m); i++) {
        struct xd_road_heights *heights = NULL;
        double length_m = 0.0, steep_m = 0.0, climb_m = 0.0;
        const double start_s = xd_bench_seconds();
        must(xd_road_heights_create(elevation, network, reaches_m[i], NULL, &heights, NULL));
        report("andorra", reaches_m[i], "time", xd_bench_seconds() - start_s, "s");
        for (int32_t r = 0; r < network->roads_n; r++)
            for (int64_t k = network->first_node[r]; network->roads[r].road_class <= XD_ROAD_SECONDARY && k + 1 < network->first_node[r + 1]; k++) {
                const int32_t a = network->road_node[k], b = network->road_node[k + 1];
                const double run_m = xd_distance_m(network->node_position[a], network->node_position[b]);
                const double rise_m = fabs(xd_road_heights_rise_cm(heights, a, b) / 100.0);
                length_m += run_m;
                climb_m += rise_m;
                steep_m += rise_m > 0.12 * run_m ? run_m : 0.0;
            }
        report("andorra_major_roads", reaches_m[i], "over_12_percent", 100.0 * steep_m / length_m, "% of length");
        report("andorra_major_roads", reaches_m[i], "up_and_down", 1000.0 * climb_m / length_m, "m/km");
        xd_road_heights_free(heights);
    }
    xd_diagnostics_free(&diagnostics);
    xd_elevation_free(elevation);
    xd_network_free(network);
}

int main(void)
{
    const char *shared = getenv("XD_SHARED");
    xd_libraries_init();
    measure_synthetic();
    measure_real(shared ? shared : "../shared");
    return 0;
}
