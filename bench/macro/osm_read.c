/* One pass over maps named on the command line (or Andorra of the shared data): seconds a pass, and peak memory. */
#include "bench/harness.h"

#include "io/bytes/libraries.h"
#include "io/osm/read.h"

#include <stdio.h>
#include <string.h>

struct sums {
    uint64_t nodes;
    uint64_t others;
};

static enum xd_status take_node(void *context, const struct xd_osm_node *node, struct xd_error *error)
{
    (void)error;
    ((struct sums *)context)->nodes += (uint64_t)node->id + (uint64_t)(int64_t)node->position.lat_e7;
    return XD_OK;
}

static enum xd_status take_way(void *context, const struct xd_osm_way *way, struct xd_error *error)
{
    (void)error;
    ((struct sums *)context)->others += (uint64_t)way->node_ids_n + (uint64_t)way->tags.items_n;
    return XD_OK;
}

static enum xd_status take_relation(void *context, const struct xd_osm_relation *relation, struct xd_error *error)
{
    (void)error;
    ((struct sums *)context)->others += (uint64_t)relation->members_n;
    return XD_OK;
}

static int measure(const char *path)
{
    enum { RUNS_N = 3 };
    struct xd_error error = {.status = XD_OK};
    const char *slash = strrchr(path, '/');
    double best_s = 0;
    for (int run = 0; run < RUNS_N; run++) {
        struct sums sums = {0, 0};
        struct xd_osm_sink sink = {.context = &sums, .node = take_node, .way = take_way, .relation = take_relation};
        double begin_s = xd_bench_seconds();
        if (xd_osm_read_file(path, &sink, NULL, &error) != XD_OK) {
            fprintf(stderr, "%s: %s\n", path, error.message);
            return 0; /* the shared data may be absent */
        }
        double took_s = xd_bench_seconds() - begin_s;
        best_s = run == 0 || took_s < best_s ? took_s : best_s;
        xd_bench_keep(sums.nodes + sums.others);
    }
    xd_bench_report("osm_read", slash ? slash + 1 : path, best_s, "s");
    return 1;
}

int main(int argc, char **argv)
{
    static const char *const usual[] = {"../shared/osm/small/andorra-2026.osm.pbf", "../shared/osm/small/andorra-2026.osm.bz2",
                                        "../shared/osm/small/andorra-2026-roads.osm", "../shared/osm/medium/andorra-x25-roads-synthetic.osm.pbf"};
    int read_n = 0;
    xd_libraries_init();
    for (int i = 1; i < argc; i++)
        read_n += measure(argv[i]);
    for (size_t i = 0; argc == 1 && i < XD_ARRAY_LENGTH(usual); i++)
        read_n += measure(usual[i]);
    if (read_n > 0)
        xd_bench_report("osm_read", "peak_memory", (double)xd_bench_peak_bytes() / 1e6, "MB");
    xd_libraries_end();
    return 0;
}
