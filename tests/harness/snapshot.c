#include "tests/harness/snapshot.h"

#include "maps/network_hash.h"
#include "maps/route.h"
#include "maps/table.h"
#include "tests/harness/profiles.h"
#include "tests/harness/road_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PLACES_N = 6 };

const char snapshot_sample_map[] =
    "node 1 0 0\nnode 2 400 0 : highway=traffic_signals\nnode 3 800 0 : barrier=gate\nnode 4 800 400\nnode 5 400 400\n"
    "node 6 0 400 : place=village, name=A, ref=520123\nnode 7 1200 0\nnode 8 1400 200\nnode 9 1200 400\n"
    "node 10 2000 0\nnode 11 2400 0 : place=town, name=B, name:zh=乙\nnode 12 400 800\n"
    "way 1 1 2 3 : highway=secondary, name=X\nway 2 3 7 : highway=tertiary, name=X\nway 3 2 5 6 : highway=residential\n"
    "way 4 5 4 3 : highway=unclassified, oneway=yes, name=Y\nway 5 7 8 9 7 : highway=service, junction=roundabout\n"
    "way 6 7 10 : route=ferry, duration=00:10\nway 7 10 11 : highway=track, hgv:conditional=no @ (weight>4)\nway 8 5 12 : highway=footway\n"
    "relation 1 way:1:from node:2:via way:3:to : type=restriction, restriction=no_left_turn\n"
    "relation 2 way:4:from node:3:via way:2:to : type=restriction, restriction:conditional=only_left_turn @ (length<7)\n";

static void refuse(const char *what)
{
    fprintf(stderr, "the snapshot of a test is wrong: %s\n", what);
    exit(1);
}

unsigned char *snapshot_memory(size_t n)
{
    void *bytes = NULL;
    if (posix_memalign(&bytes, XD_CHECKSUM_BLOCK, n > 0 ? n : 1) != 0)
        refuse("out of memory");
    return bytes;
}

static void read_back(const char *path, struct snapshot_sample *sample)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        refuse(path);
    sample->n = (size_t)ftell(file);
    rewind(file);
    sample->bytes = snapshot_memory(sample->n);
    if (fread(sample->bytes, 1, sample->n, file) != sample->n)
        refuse(path);
    fclose(file);
}

void snapshot_sample_make(struct snapshot_sample *sample)
{
    char path[] = "/tmp/xiangdao-snapshot-XXXXXX";
    struct xd_error error = {.status = XD_OK};
    struct xd_network *network = road_map_network(snapshot_sample_map);
    const int fd = mkstemp(path);
    if (fd < 0)
        refuse(path);
    (void)close(fd);
    *sample = (struct snapshot_sample){.profiles = xd_test_profiles(), .network_hash = network->hash};
    struct xd_standard_roads standard = {.network = network, .built_in = sample->profiles};
    if (xd_snapshot_identify(path, sample->profiles, &sample->identity, &error) != XD_OK ||
        xd_standard_roads_ready(&standard, NULL, &error) != XD_OK || xd_snapshot_write(path, &sample->identity, &standard, &error) != XD_OK)
        refuse(error.message);
    read_back(path, sample);
    (void)unlink(path);
    xd_standard_roads_free(&standard);
    xd_network_free(network);
}

void snapshot_sample_free(struct snapshot_sample *sample)
{
    free(sample->bytes);
}

void snapshot_seal(unsigned char *bytes, size_t n)
{
    struct xd_snapshot_header header;
    const size_t covered_from = offsetof(struct xd_snapshot_header, identity);
    if (n < sizeof header)
        return;
    memcpy(&header, bytes, sizeof header);
    size_t begin = n;
    for (int32_t i = 0; i < header.sections_n && sizeof header + ((size_t)i + 1) * sizeof(struct xd_snapshot_entry) <= n; i++) {
        struct xd_snapshot_entry entry, next = {.offset = (int64_t)n};
        unsigned char *at = bytes + sizeof header + (size_t)i * sizeof entry;
        memcpy(&entry, at, sizeof entry);
        if (i + 1 < header.sections_n && sizeof header + ((size_t)i + 2) * sizeof entry <= n)
            memcpy(&next, at + sizeof entry, sizeof next);
        if (i == 0 && entry.offset > 0 && (size_t)entry.offset < n)
            begin = (size_t)entry.offset;
        if (entry.offset < 0 || next.offset < entry.offset || next.offset > (int64_t)n)
            continue;
        entry.checksum = xd_checksum(bytes + entry.offset, (size_t)(next.offset - entry.offset));
        memcpy(at, &entry, sizeof entry);
    }
    header.checksum = begin > covered_from ? xd_checksum(bytes + covered_from, begin - covered_from) : 0;
    memcpy(bytes, &header, sizeof header);
}

/* ---- use ---- */

static void must(enum xd_status status)
{
    if (status != XD_OK && status != XD_DATA && status != XD_INTERNAL) /* a way too long to be told, or that cannot be unpacked */
        refuse("a forged map cannot be used");
}

static uint64_t ways(const struct xd_graph *graph, const struct xd_weights *weights, const struct xd_snap snaps[PLACES_N])
{
    uint64_t sum = 0;
    for (int32_t i = 0; i < PLACES_N; i++)
        for (int with = 0; with < 2; with++) {
            struct xd_road_route route = {0};
            const enum xd_status status = xd_road_route_find(graph, with ? weights : NULL, &snaps[i], &snaps[(i + 2) % PLACES_N], &route, NULL);
            must(status);
            for (int32_t k = 0; status == XD_OK && k < route.steps_n; k++)
                sum += strlen(route.steps[k].name) + (uint64_t)route.steps[k].time_ms;
            xd_road_route_free(&route);
        }
    return sum;
}

static uint64_t drive(const struct xd_standard_roads *standard, const struct xd_profile *profile, const struct xd_road_heights *heights)
{
    const struct xd_graph_conditions conditions = {.heights = heights, .energy = true};
    struct xd_graph *graph = NULL;
    struct xd_weights *weights = NULL;
    struct xd_matrix *matrix = NULL;
    struct xd_snap snaps[PLACES_N];
    uint64_t sum = 0;
    must(xd_graph_weigh(standard->map.topology, profile, &conditions, &graph, NULL));
    for (int32_t i = 0; i < PLACES_N; i++)
        xd_snap_find(standard->map.index, graph, road_map_position(i * 450.0, i % 3 * 180.0), 1000, &snaps[i]);
    must(xd_weights_take(standard->map.hierarchy, graph, 1000000, &weights, NULL));
    if (weights)
        must(xd_weights_perfect(weights, NULL));
    sum += ways(graph, weights, snaps);
    if (xd_table_compute(graph, weights, snaps, PLACES_N, 1, NULL, &matrix, NULL) == XD_OK)
        for (size_t cell = 0; cell < PLACES_N * PLACES_N; cell++)
            sum += (uint64_t)(uint32_t)matrix->time_s[cell] * (cell + 1);
    xd_matrix_free(matrix);
    xd_weights_free(weights);
    xd_graph_free(graph);
    return sum;
}

static uint64_t use(const struct xd_network *network, const struct xd_standard_roads *standard)
{
    int32_t *node_cm = calloc((size_t)network->nodes_n + 1, sizeof *node_cm);
    const struct xd_road_heights heights = {.nodes_n = network->nodes_n, .node_cm = node_cm};
    uint64_t sum = xd_network_hash(network);
    if (!node_cm)
        refuse("out of memory");
    sum += drive(standard, xd_test_profile("light_truck"), &heights);
    sum += drive(standard, xd_test_profile("minivan"), &heights);
    free(node_cm);
    return sum;
}

enum xd_snapshot_look snapshot_try(const struct snapshot_sample *sample, const unsigned char *bytes, size_t n, uint64_t *uses)
{
    struct xd_sections sections = {0};
    struct xd_network *network = NULL;
    struct xd_standard_roads standard = {0};
    enum xd_snapshot_look look = xd_snapshot_parse(bytes, n, &sample->identity, 1, &sections);
    if (look == XD_SNAPSHOT_GOOD) {
        if (xd_standard_roads_restore(&sections, sample->profiles, &network, &standard, NULL) != XD_OK)
            refuse("out of memory");
        look = sections.is_wrong ? XD_SNAPSHOT_DAMAGED : look;
    }
    if (look == XD_SNAPSHOT_GOOD) {
        const uint64_t sum = use(network, &standard);
        if (uses)
            *uses = sum;
    }
    xd_sections_free(&sections);
    xd_standard_roads_free(&standard);
    xd_network_free(network);
    return look;
}
