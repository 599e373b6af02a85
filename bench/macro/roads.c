/* From a map to its travel tables, as issue and docs ask for them: seconds of load, map (topology and index), weighing, order, customization, the perfect
 * one, from a snapshot to the first way, tables of 1,000 and 5,000 places, and microseconds of one way. Places are road nodes drawn with a fixed seed; each map without turn costs and with
 * them. The least of three runs, but load and order, which run once. Maps from the command line, else Andorra and the synthetic scale map of the shared data.
 * XD_BENCH_DUMP=FILE writes the last map's graph for the peers. bench/macro/roads.sh runs this beside the floor (osmium, SAX2) and the peers that are installed. */
#include "bench/harness.h"

#include "base/alloc.h"
#include "base/rng.h"
#include "io/bytes/libraries.h"
#include "io/osm/read.h"
#include "io/snapshot/snapshot.h"
#include "io/tables/profiles_read.h"
#include "maps/query.h"
#include "maps/route.h"
#include "maps/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { POINTS_N = 5000, SMALL_N = 1000, RUNS = 3, WAYS_N = 20000, THREADS_N = 2 };

struct bench {
    char name[160]; /* of the map, and what is with it */
    struct xd_network *network;
    struct xd_road_map map;
    struct xd_graph *graph;
    struct xd_weights *weights;
    struct xd_snap *snaps;
};

static void report(const struct bench *bench, const char *step, double value, const char *unit)
{
    char name[240];
    snprintf(name, sizeof name, "%s/%s", bench->name, step);
    xd_bench_report("roads", name, value, unit);
}

static enum xd_status weigh(struct bench *bench, const struct xd_profile *profile, bool turn_costs, struct xd_error *error)
{
    double start_s = xd_bench_seconds();
    enum xd_status status = xd_road_map_build(bench->network, &profile, 1, turn_costs, &bench->map, error);
    report(bench, "map", xd_bench_seconds() - start_s, "s");
    double best_s = 1e9;
    for (int run = 0; run < RUNS && status == XD_OK; run++) {
        xd_graph_free(bench->graph);
        bench->graph = NULL;
        start_s = xd_bench_seconds();
        status = xd_graph_weigh(bench->map.topology, profile, NULL, &bench->graph, error);
        best_s = xd_bench_seconds() - start_s < best_s ? xd_bench_seconds() - start_s : best_s;
    }
    report(bench, "weigh", best_s, "s");
    return status;
}

static enum xd_status customize(struct bench *bench, struct xd_error *error)
{
    double start_s = xd_bench_seconds(), best_s = 1e9, best_perfect_s = 1e9;
    enum xd_status status = xd_road_map_order(&bench->map, INT64_MAX, NULL, error);
    report(bench, "order", xd_bench_seconds() - start_s, "s");
    for (int run = 0; run < RUNS && status == XD_OK; run++) {
        xd_weights_free(bench->weights);
        bench->weights = NULL;
        start_s = xd_bench_seconds();
        status = xd_weights_take(bench->map.hierarchy, bench->graph, INT64_MAX, &bench->weights, error);
        best_s = xd_bench_seconds() - start_s < best_s ? xd_bench_seconds() - start_s : best_s;
        start_s = xd_bench_seconds();
        if (status == XD_OK)
            status = xd_weights_perfect(bench->weights, error);
        best_perfect_s = xd_bench_seconds() - start_s < best_perfect_s ? xd_bench_seconds() - start_s : best_perfect_s;
    }
    report(bench, "customize", best_s, "s");
    report(bench, "perfect", best_perfect_s, "s");
    return status;
}

static enum xd_status table(const struct bench *bench, const char *step, int32_t points_n, int32_t threads_n, struct xd_error *error)
{
    double best_s = 1e9;
    enum xd_status status = XD_OK;
    for (int run = 0; run < RUNS && status == XD_OK; run++) {
        struct xd_matrix *matrix = NULL;
        const double start_s = xd_bench_seconds();
        status = xd_table_compute(bench->graph, bench->weights, bench->snaps, points_n, threads_n, NULL, &matrix, error);
        const double taken_s = xd_bench_seconds() - start_s;
        best_s = taken_s < best_s ? taken_s : best_s;
        if (status == XD_OK)
            xd_bench_keep((uint64_t)matrix->time_s[points_n + 7]);
        xd_matrix_free(matrix);
    }
    report(bench, step, best_s, "s");
    return status;
}

static enum xd_status ways(const struct bench *bench, struct xd_error *error)
{
    struct xd_query *query = NULL;
    struct xd_query_point *points = xd_alloc(SMALL_N, sizeof *points);
    enum xd_status status = points ? xd_query_create(bench->weights, &query, error) : xd_fail_memory(error, "points", SMALL_N * sizeof *points);
    if (status == XD_OK) {
        for (int32_t i = 0; i < SMALL_N; i++) {
            points[i].snap = &bench->snaps[i];
            xd_edge_point_find(bench->graph, &bench->snaps[i], &points[i].within);
        }
        struct xd_rng rng = xd_rng_at(2, XD_RNG_BENCH, 0, 0);
        const double start_s = xd_bench_seconds();
        for (int32_t i = 0; i < WAYS_N; i++)
            xd_bench_keep((uint64_t)xd_query_way(query, &points[xd_rng_below(&rng, SMALL_N)], &points[xd_rng_below(&rng, SMALL_N)]).time_ms);
        report(bench, "way", (xd_bench_seconds() - start_s) * 1e6 / WAYS_N, "us");
    }
    xd_query_free(query);
    xd_free(points);
    return status;
}

static bool put(FILE *file, const void *items, size_t n, size_t size)
{
    return fwrite(items, size, n, file) == n;
}

/* For peers (bench/peers): int32 counts of states, arcs and places, then by state longitude and latitude (1e-7 degrees), by open arc tail, head and time in
 * ms, then a state by place: the one at the end of its edge. */
static bool dump(const struct bench *bench, const char *path)
{
    const struct xd_topology *topology = bench->map.topology;
    const int32_t counts[3] = {topology->states_n, bench->graph->open_arcs_n, POINTS_N};
    FILE *file = fopen(path, "wb");
    bool good = file && put(file, counts, 3, sizeof *counts);
    for (int32_t s = 0; s < topology->states_n && good; s++) {
        const struct xd_position at = xd_topology_state_position(topology, s);
        good = put(file, &at, 1, sizeof at);
    }
    for (int column = 0; column < 3; column++)
        for (int32_t a = 0; a < topology->arcs_n && good; a++) {
            const int32_t number = column == 0 ? topology->tail[a] : column == 1 ? topology->head[a] : bench->graph->weight[a].time_ms;
            good = bench->graph->weight[a].cost_ms >= XD_FAR_WAY || put(file, &number, 1, sizeof number);
        }
    for (int32_t i = 0; i < POINTS_N && good; i++)
        good = put(file, &topology->arrival[2 * bench->snaps[i].edge], 1, sizeof(int32_t));
    return file && fclose(file) == 0 && good;
}

static enum xd_status run(struct bench *bench, const struct xd_profile *profile, bool turn_costs, struct xd_error *error)
{
    struct xd_rng rng = xd_rng_at(1, XD_RNG_BENCH, 0, 0);
    enum xd_status status = weigh(bench, profile, turn_costs, error);
    double start_s = xd_bench_seconds();
    for (int32_t i = 0; i < POINTS_N && status == XD_OK;) {
        const struct xd_position at = bench->network->node_position[xd_rng_below(&rng, (uint32_t)bench->network->nodes_n)];
        xd_snap_find(bench->map.index, bench->graph, at, 1000, &bench->snaps[i]);
        i += bench->snaps[i].status == XD_SNAP_OK;
    }
    report(bench, "snap", (xd_bench_seconds() - start_s) * 1e6 / POINTS_N, "us");
    if (status == XD_OK && !turn_costs && getenv("XD_BENCH_DUMP") && !dump(bench, getenv("XD_BENCH_DUMP")))
        fprintf(stderr, "cannot write the graph for the peers\n");
    if (status == XD_OK)
        status = customize(bench, error);
    if (status == XD_OK)
        status = table(bench, "table_1000", SMALL_N, 1, error);
    if (status == XD_OK)
        status = table(bench, "table_5000", POINTS_N, 1, error);
    if (status == XD_OK)
        status = table(bench, "table_5000_two_threads", POINTS_N, THREADS_N, error);
    if (status == XD_OK)
        status = ways(bench, error);
    xd_weights_free(bench->weights);
    xd_graph_free(bench->graph);
    xd_road_map_free(&bench->map);
    bench->weights = NULL;
    bench->graph = NULL;
    return status;
}

/* All that a second start does before it can answer: opens the snapshot, weighs the roads for a vehicle, customizes, finds two places and the way between
 * them. */
static enum xd_status first_way(const char *path, const struct xd_snapshot_identity *identity, const struct xd_profiles *profiles,
                                const struct xd_profile *profile, const struct xd_position places[2], struct xd_error *error)
{
    struct xd_snapshot snapshot = {0};
    enum xd_snapshot_look look;
    struct xd_graph *graph = NULL;
    struct xd_weights *weights = NULL;
    struct xd_road_route route = {0};
    struct xd_snap from, to;
    enum xd_status status = xd_snapshot_read(path, identity, profiles, &snapshot, &look, error);
    if (status == XD_OK && look != XD_SNAPSHOT_GOOD)
        status = xd_fail(error, XD_INTERNAL, xd_at_file(path), "is no good snapshot");
    if (status == XD_OK)
        status = xd_graph_weigh(snapshot.standard.map.topology, profile, NULL, &graph, error);
    if (status == XD_OK)
        status = xd_weights_take(snapshot.standard.map.hierarchy, graph, INT64_MAX, &weights, error);
    if (status == XD_OK) {
        xd_snap_find(snapshot.standard.map.index, graph, places[0], 1000, &from);
        xd_snap_find(snapshot.standard.map.index, graph, places[1], 1000, &to);
        status = xd_road_route_find(graph, weights, &from, &to, &route, error);
        xd_bench_keep((uint64_t)route.time_ms);
    }
    xd_road_route_free(&route);
    xd_weights_free(weights);
    xd_graph_free(graph);
    xd_snapshot_close(&snapshot);
    return status;
}

static enum xd_status second_start(const struct bench *bench, const char *map, const struct xd_profiles *profiles, const struct xd_profile *profile,
                                   struct xd_error *error)
{
    struct xd_standard_roads standard = {.network = bench->network, .built_in = profiles};
    struct xd_snapshot_identity identity;
    char path[] = "/tmp/xiangdao-roads-XXXXXX";
    const struct xd_position places[2] = {bench->snaps[0].position, bench->snaps[1].position};
    double best_s = 1e9;
    const int fd = mkstemp(path);
    if (fd < 0)
        return xd_fail(error, XD_CANNOT_CREATE, xd_at_file(path), "cannot be made");
    (void)close(fd);
    enum xd_status status = xd_snapshot_identify(map, profiles, &identity, error);
    if (status == XD_OK)
        status = xd_standard_roads_ready(&standard, NULL, error);
    double start_s = xd_bench_seconds();
    if (status == XD_OK)
        status = xd_snapshot_write(path, &identity, &standard, error);
    report(bench, "snapshot_write", xd_bench_seconds() - start_s, "s");
    for (int run = 0; run < 2 * RUNS && status == XD_OK; run++) {
        start_s = xd_bench_seconds();
        status = first_way(path, &identity, profiles, profile, places, error);
        best_s = xd_bench_seconds() - start_s < best_s ? xd_bench_seconds() - start_s : best_s;
    }
    report(bench, "snapshot", best_s, "s");
    xd_standard_roads_free(&standard);
    (void)unlink(path);
    return status;
}

static enum xd_status measure(const char *path, const struct xd_profiles *profiles, const struct xd_profile *profile, struct xd_error *error)
{
    struct bench bench = {.snaps = xd_alloc(POINTS_N, sizeof *bench.snaps)};
    const char *slash = strrchr(path, '/'), *map = slash ? slash + 1 : path;
    const double start_s = xd_bench_seconds();
    enum xd_status status =
        bench.snaps ? xd_osm_read_network(path, NULL, &bench.network, error) : xd_fail_memory(error, "points", POINTS_N * sizeof *bench.snaps);
    snprintf(bench.name, sizeof bench.name, "%s", map);
    report(&bench, "load", xd_bench_seconds() - start_s, "s");
    for (int turn_costs = 0; turn_costs < 2 && status == XD_OK; turn_costs++) {
        snprintf(bench.name, sizeof bench.name, "%s%s", map, turn_costs ? "+turns" : "");
        status = run(&bench, profile, turn_costs == 1, error);
        if (status == XD_OK && turn_costs == 0)
            status = second_start(&bench, path, profiles, profile, error);
    }
    xd_network_free(bench.network);
    xd_free(bench.snaps);
    return status;
}

int main(int argc, char **argv)
{
    static const char *const usual[] = {"../shared/osm/small/andorra-2026.osm.pbf", "../shared/osm/medium/andorra-x25-roads-synthetic.osm.pbf"};
    const int paths_n = argc > 1 ? argc - 1 : (int)XD_ARRAY_LENGTH(usual);
    int measured_n = 0;
    struct xd_profiles *profiles = NULL;
    struct xd_diagnostics diagnostics = {0};
    xd_libraries_init();
    if (xd_profiles_read(NULL, &diagnostics, &profiles) != XD_OK)
        return 1;
    for (int i = 0; i < paths_n; i++) {
        struct xd_error error = {.status = XD_OK};
        const char *path = argc > 1 ? argv[i + 1] : usual[i];
        if (measure(path, profiles, xd_profile_find(profiles, "light_truck"), &error) == XD_OK)
            measured_n++;
        else
            fprintf(stderr, "skipped: %s: %s\n", path, error.message);
    }
    if (measured_n > 0)
        xd_bench_report("roads", "peak_memory", (double)xd_bench_peak_bytes() / 1e6, "MB");
    xd_diagnostics_free(&diagnostics);
    xd_profiles_free(profiles);
    xd_libraries_end();
    return measured_n > 0 ? 0 : 1;
}
