/* A map to a profile's graph, once: seconds of the load (file to network) and of the graph (topology, index, weights), their sum, and peak memory of the process.
 * One run of one map a process, so that bench/macro/roads.sh can take turns with the programs that it is measured against. */
#include "bench/harness.h"

#include "io/bytes/libraries.h"
#include "io/osm/read.h"
#include "io/tables/profiles_read.h"
#include "maps/graph.h"
#include "maps/road_map.h"

#include <stdio.h>
#include <string.h>

static void report(const char *map, const char *step, double value, const char *unit)
{
    char name[200];
    snprintf(name, sizeof name, "%.150s/%s", map, step);
    xd_bench_report("osm_load", name, value, unit);
}

static enum xd_status measure(const char *path, const struct xd_profile *profile, struct xd_error *error)
{
    const char *slash = strrchr(path, '/'), *map = slash ? slash + 1 : path;
    struct xd_network *network = NULL;
    struct xd_road_map roads = {0};
    struct xd_graph *graph = NULL;
    const double start_s = xd_bench_seconds();
    enum xd_status status = xd_osm_read_network(path, NULL, &network, error);
    const double loaded_s = xd_bench_seconds();
    if (status == XD_OK)
        status = xd_road_map_build(network, &profile, 1, false, &roads, error);
    if (status == XD_OK)
        status = xd_graph_weigh(roads.topology, profile, NULL, &graph, error);
    const double end_s = xd_bench_seconds();
    if (status == XD_OK) {
        xd_bench_keep(network->hash);
        report(map, "load", loaded_s - start_s, "s");
        report(map, "graph", end_s - loaded_s, "s");
        report(map, "load_and_graph", end_s - start_s, "s");
        report(map, "peak_memory", (double)xd_bench_peak_bytes() / 1e6, "MB");
    }
    xd_graph_free(graph);
    xd_road_map_free(&roads);
    xd_network_free(network);
    return status;
}

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "../shared/osm/small/andorra-2026.osm.pbf";
    struct xd_profiles *profiles = NULL;
    struct xd_diagnostics diagnostics = {0};
    struct xd_error error = {.status = XD_OK};
    xd_libraries_init();
    if (xd_profiles_read(NULL, &diagnostics, &profiles) != XD_OK)
        return 1;
    const enum xd_status status = measure(path, xd_profile_find(profiles, "light_truck"), &error);
    if (status != XD_OK)
        fprintf(stderr, "skipped: %s: %s\n", path, error.message);
    xd_diagnostics_free(&diagnostics);
    xd_profiles_free(profiles);
    xd_libraries_end();
    return status == XD_OK ? 0 : 1;
}
