/* From a map to a travel table: seconds of load, graph, snap index, snapping, order, customization and table, for maps named on the command line or Andorra and the
 * synthetic scale map of the shared data. 1,000 road nodes, drawn with a fixed seed, two threads. */
#include "bench/harness.h"

#include "base/rng.h"
#include "io/bytes/libraries.h"
#include "io/osm/read.h"
#include "maps/table.h"

#include <stdio.h>
#include <string.h>

enum { POINTS_N = 1000, THREADS_N = 2 };

static void report(const char *map, const char *step, double seconds)
{
    char name[200];
    snprintf(name, sizeof name, "%s/%s", map, step);
    xd_bench_report("maps_table", name, seconds, "s");
}

static enum xd_status measure(const char *path, struct xd_error *error)
{
    static struct xd_snap snaps[POINTS_N];
    struct xd_network *network = NULL;
    struct xd_graph *graph = NULL;
    struct xd_snap_index *index = NULL;
    struct xd_matrix *matrix = NULL;
    struct xd_rng rng = xd_rng_at(1, XD_RNG_BENCH, 0, 0);
    const char *slash = strrchr(path, '/'), *map = slash ? slash + 1 : path;
    double at_s[8] = {xd_bench_seconds()};
    struct xd_hierarchy *hierarchy = NULL;
    enum xd_status status = xd_osm_read_network(path, NULL, &network, error);
    at_s[1] = xd_bench_seconds();
    if (status == XD_OK)
        status = xd_graph_build(network, xd_profile_find("light_truck"), &graph, error);
    at_s[2] = xd_bench_seconds();
    if (status == XD_OK)
        status = xd_snap_index_build(graph, &index, error);
    at_s[3] = xd_bench_seconds();
    for (int32_t i = 0; i < POINTS_N && status == XD_OK; i++)
        xd_snap_find(index, network->node_position[xd_rng_below(&rng, (uint32_t)network->nodes_n)], 1000, &snaps[i]);
    at_s[4] = xd_bench_seconds();
    if (status == XD_OK)
        status = xd_hierarchy_build(graph, INT64_MAX, NULL, &hierarchy, error);
    at_s[5] = xd_bench_seconds();
    xd_hierarchy_customize(&hierarchy, INT64_MAX);
    at_s[6] = xd_bench_seconds();
    if (status == XD_OK)
        status = xd_table_compute(graph, hierarchy, snaps, POINTS_N, THREADS_N, NULL, &matrix, error);
    at_s[7] = xd_bench_seconds();
    if (status == XD_OK) {
        static const char *const steps[] = {"load", "graph", "snap_index", "snap_1000", "order", "customize", "table_1000"};
        xd_bench_keep((uint64_t)matrix->time_s[POINTS_N + 7]);
        for (size_t i = 0; i < XD_ARRAY_LENGTH(steps); i++)
            report(map, steps[i], at_s[i + 1] - at_s[i]);
    }
    xd_matrix_free(matrix);
    xd_hierarchy_free(hierarchy);
    xd_snap_index_free(index);
    xd_graph_free(graph);
    xd_network_free(network);
    return status;
}

int main(int argc, char **argv)
{
    static const char *const usual[] = {"../shared/osm/small/andorra-2026.osm.pbf", "../shared/osm/medium/andorra-x25-roads-synthetic.osm.pbf"};
    const int paths_n = argc > 1 ? argc - 1 : (int)XD_ARRAY_LENGTH(usual);
    int measured_n = 0;
    xd_libraries_init();
    for (int i = 0; i < paths_n; i++) {
        struct xd_error error = {.status = XD_OK};
        const char *path = argc > 1 ? argv[i + 1] : usual[i];
        if (measure(path, &error) == XD_OK)
            measured_n++;
        else
            fprintf(stderr, "skipped: %s: %s\n", path, error.message);
    }
    if (measured_n > 0)
        xd_bench_report("maps_table", "peak_memory", (double)xd_bench_peak_bytes() / 1e6, "MB");
    xd_libraries_end();
    return 0;
}
