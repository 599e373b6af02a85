/* Snapshots as bytes: what is written is what is read; nothing that is damaged, or for something else, is ever used; nothing that is forged does harm. */
#include "base/alloc.h"
#include "base/output.h"
#include "maps/network_hash.h"
#include "maps/road_map_sections.h"
#include "maps/table.h"
#include "tests/harness/maps_network.h"
#include "tests/harness/profiles.h"
#include "tests/harness/road_map.h"
#include "tests/harness/snapshot.h"
#include "tests/unit/snapshot_suites.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { POINTS_N = 30, ALLOCATIONS_MAX = 1000, OPERATIONS_MAX = 100 };

static unsigned char *copy_of(const struct snapshot_sample *sample, size_t n)
{
    unsigned char *copy = snapshot_memory(n);
    memcpy(copy, sample->bytes, n);
    return copy;
}

static void a_sample_is_taken_and_its_network_is_the_one_that_was_written(void)
{
    struct snapshot_sample sample;
    struct xd_sections sections;
    struct xd_network *network = NULL, *from_map = road_map_network(snapshot_sample_map);
    struct xd_standard_roads standard;
    snapshot_sample_make(&sample);
    CU_ASSERT_EQUAL_FATAL(xd_snapshot_parse(sample.bytes, sample.n, &sample.identity, 1, &sections), XD_SNAPSHOT_GOOD);
    CU_ASSERT_EQUAL(sections.items_n, SNAPSHOT_SAMPLE_SECTIONS_N);
    CU_ASSERT_EQUAL(xd_standard_roads_restore(&sections, sample.profiles, &network, &standard, NULL), XD_OK);
    CU_ASSERT_FALSE_FATAL(sections.is_wrong);
    CU_ASSERT_EQUAL(network->hash, from_map->hash);
    CU_ASSERT_EQUAL(xd_network_hash(network), from_map->hash); /* so all that is hashed is there */
    CU_ASSERT_EQUAL(memcmp(&network->counts, &from_map->counts, sizeof network->counts), 0);
    CU_ASSERT_EQUAL(memcmp(&network->south_west, &from_map->south_west, sizeof network->south_west), 0);
    CU_ASSERT_EQUAL(memcmp(&network->north_east, &from_map->north_east, sizeof network->north_east), 0);
    CU_ASSERT_EQUAL(network->map_places_n, 2);
    CU_ASSERT_STRING_EQUAL(network->map_places[1].name_zh, "乙");
    CU_ASSERT_EQUAL(network->restrictions_n, from_map->restrictions_n);
    CU_ASSERT(network->restrictions_n > 0 && network->barriers_n == 1);
    CU_ASSERT_EQUAL(network->clauses_n, 2);
    CU_ASSERT_EQUAL(memcmp(network->clauses, from_map->clauses, 2 * sizeof *network->clauses), 0);
    CU_ASSERT_PTR_NOT_NULL(standard.map.hierarchy);
    CU_ASSERT(standard.map.topology->restrictions_used_n > 0);
    xd_sections_free(&sections);
    xd_standard_roads_free(&standard);
    xd_network_free(network);
    xd_network_free(from_map);
    snapshot_sample_free(&sample);
}

static void equal_maps_give_equal_bytes(void)
{
    struct snapshot_sample one, other;
    snapshot_sample_make(&one);
    snapshot_sample_make(&other);
    other.identity.map_mtime_ns = one.identity.map_mtime_ns;
    memcpy(other.identity.map_name, one.identity.map_name, sizeof one.identity.map_name);
    CU_ASSERT_EQUAL_FATAL(one.n, other.n);
    memcpy(other.bytes + offsetof(struct xd_snapshot_header, identity), &other.identity, sizeof other.identity);
    snapshot_seal(other.bytes, other.n);
    CU_ASSERT_EQUAL(memcmp(one.bytes, other.bytes, one.n), 0);
    snapshot_sample_free(&one);
    snapshot_sample_free(&other);
}

/* Memory that held something else before: no byte of it is written. */
static void what_memory_held_before_is_not_written(void)
{
    struct snapshot_sample samples[2];
    for (int i = 0; i < 2; i++) {
        (void)mallopt(M_PERTURB, i == 0 ? 0x5a : 0xa5); /* the allocators of sanitizers do not know it */
        snapshot_sample_make(&samples[i]);
    }
    (void)mallopt(M_PERTURB, 0);
    CU_ASSERT_EQUAL_FATAL(samples[0].n, samples[1].n);
    const struct xd_snapshot_header *header = (const struct xd_snapshot_header *)(const void *)samples[0].bytes;
    for (size_t at = sizeof *header + (size_t)header->sections_n * sizeof(struct xd_snapshot_entry); at < samples[0].n; at++)
        if (samples[0].bytes[at] != samples[1].bytes[at]) {
            fprintf(stderr, "byte %zu differs\n", at);
            CU_ASSERT_FATAL(false);
        }
    for (int i = 0; i < 2; i++)
        snapshot_sample_free(&samples[i]);
}

static void no_snapshot_with_a_changed_byte_is_used(void)
{
    static const unsigned char changes[] = {0x01, 0x80, 0xff};
    struct snapshot_sample sample;
    snapshot_sample_make(&sample);
    CU_ASSERT_EQUAL_FATAL(snapshot_try(&sample, sample.bytes, sample.n, NULL), XD_SNAPSHOT_GOOD);
    int32_t used_n = 0, stale_n = 0;
    for (size_t i = 0; i < sample.n; i++)
        for (size_t k = 0; k < XD_ARRAY_LENGTH(changes); k++) {
            struct xd_sections sections;
            sample.bytes[i] ^= changes[k];
            const enum xd_snapshot_look look = xd_snapshot_parse(sample.bytes, sample.n, &sample.identity, 1, &sections);
            used_n += look == XD_SNAPSHOT_GOOD;
            stale_n += look == XD_SNAPSHOT_STALE;
            sample.bytes[i] ^= changes[k];
        }
    CU_ASSERT_EQUAL(used_n, 0);
    CU_ASSERT_EQUAL(stale_n, (int32_t)(sizeof sample.identity * XD_ARRAY_LENGTH(changes)));
    CU_ASSERT_EQUAL(snapshot_try(&sample, sample.bytes, sample.n, NULL), XD_SNAPSHOT_GOOD);
    snapshot_sample_free(&sample);
}

static void no_snapshot_that_is_cut_or_longer_is_used(void)
{
    struct snapshot_sample sample;
    snapshot_sample_make(&sample);
    for (size_t n = 0; n < sample.n; n++) {
        unsigned char *cut = copy_of(&sample, n); /* exactly as long, for the address sanitizer */
        CU_ASSERT_EQUAL(snapshot_try(&sample, cut, n, NULL), XD_SNAPSHOT_DAMAGED);
        snapshot_seal(cut, n);
        CU_ASSERT_EQUAL(snapshot_try(&sample, cut, n, NULL), XD_SNAPSHOT_DAMAGED);
        free(cut);
    }
    unsigned char *longer = snapshot_memory(sample.n + XD_CHECKSUM_BLOCK);
    memcpy(longer, sample.bytes, sample.n);
    memset(longer + sample.n, 0, XD_CHECKSUM_BLOCK);
    CU_ASSERT_EQUAL(snapshot_try(&sample, longer, sample.n + XD_CHECKSUM_BLOCK, NULL), XD_SNAPSHOT_DAMAGED);
    free(longer);
    snapshot_sample_free(&sample);
}

/* Every word of every section, and of header and table, with values that lead out of arrays; the checksums are right. */
static void no_forged_word_does_harm(void)
{
    static const int32_t values[] = {-1, INT32_MIN, INT32_MAX, 1 << 30, 3};
    struct snapshot_sample sample;
    snapshot_sample_make(&sample);
    unsigned char *forged = copy_of(&sample, sample.n);
    int32_t refused_n = 0, used_n = 0;
    for (size_t at = 0; at + sizeof(int32_t) <= sample.n; at += sizeof(int32_t))
        for (size_t k = 0; k < XD_ARRAY_LENGTH(values); k++) {
            memcpy(forged + at, &values[k], sizeof values[k]);
            snapshot_seal(forged, sample.n);
            const enum xd_snapshot_look look = snapshot_try(&sample, forged, sample.n, NULL);
            refused_n += look == XD_SNAPSHOT_DAMAGED;
            used_n += look == XD_SNAPSHOT_GOOD;
            memcpy(forged, sample.bytes, sample.n);
        }
    CU_ASSERT(refused_n > 1000 && used_n > 1000); /* ids, lengths, boxes and texts may be anything */
    free(forged);
    snapshot_sample_free(&sample);
}

/* Sections whose items index others: the first item led out of them is refused. */
static void what_indexes_out_of_its_array_is_refused(void)
{
    static const struct {
        int32_t section;
        const char *what;
    } cases[] = {{3, "barrier of a node"},
                 {8, "first node of a road"},
                 {9, "node of a road"},
                 {11, "step of a restriction"},
                 {12, "kind of a clause"},
                 {13, "name of a road"},
                 {18, "node of a junction"},
                 {20, "tail of an edge"},
                 {21, "head of an edge"},
                 {22, "first piece of an edge"},
                 {23, "position of a point"},
                 {24, "length of a piece"},
                 {25, "road of a piece"},
                 {26, "radius of a piece"},
                 {27, "radius of a piece"},
                 {28, "step of a piece"},
                 {29, "junction of a state"},
                 {30, "edge of a state"},
                 {31, "arrival of an edge"},
                 {32, "first arc of a state"},
                 {33, "head of an arc"},
                 {34, "tail of an arc"},
                 {35, "edge of an arc"},
                 {36, "bans of an arc"},
                 {37, "bans"},
                 {38, "first entry of an edge"},
                 {39, "entries of an edge"},
                 {41, "run of pieces"},
                 {46, "rank of a state"},
                 {47, "state of a rank"},
                 {48, "first arc of a rank"},
                 {49, "head of an arc of the hierarchy"},
                 {50, "place of an arc in the hierarchy"}};
    struct snapshot_sample sample;
    snapshot_sample_make(&sample);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        struct xd_snapshot_entry entry;
        memcpy(&entry, sample.bytes + sizeof(struct xd_snapshot_header) + (size_t)cases[i].section * sizeof entry, sizeof entry);
        CU_ASSERT_FATAL(entry.items_n > 0);
        unsigned char *forged = copy_of(&sample, sample.n);
        static const unsigned char far[] = {0xfe, 0xff, 0xff, 0x7f};
        memcpy(forged + entry.offset, far, entry.item_size < 4 ? (size_t)entry.item_size : sizeof far);
        snapshot_seal(forged, sample.n);
        const enum xd_snapshot_look look = snapshot_try(&sample, forged, sample.n, NULL);
        if (look != XD_SNAPSHOT_DAMAGED)
            fprintf(stderr, "not refused: %s\n", cases[i].what);
        CU_ASSERT_EQUAL(look, XD_SNAPSHOT_DAMAGED);
        free(forged);
    }
    snapshot_sample_free(&sample);
}

/* Places of conditions stand within items. */
static void a_place_behind_the_conditions_is_refused(void)
{
    static const struct {
        int32_t section;
        size_t offset;
    } cases[] = {
        {5, offsetof(struct xd_road_barrier, clauses)}, {6, offsetof(struct xd_road, clauses)}, {10, offsetof(struct xd_restriction, clauses)}};
    struct snapshot_sample sample;
    snapshot_sample_make(&sample);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++)
        for (uint16_t place = 2; place <= 3; place++) { /* of two */
            struct xd_snapshot_entry entry;
            memcpy(&entry, sample.bytes + sizeof(struct xd_snapshot_header) + (size_t)cases[i].section * sizeof entry, sizeof entry);
            unsigned char *forged = copy_of(&sample, sample.n);
            memcpy(forged + entry.offset + cases[i].offset, &place, sizeof place);
            snapshot_seal(forged, sample.n);
            CU_ASSERT_EQUAL(snapshot_try(&sample, forged, sample.n, NULL), place == 2 ? XD_SNAPSHOT_GOOD : XD_SNAPSHOT_DAMAGED);
            free(forged);
        }
    snapshot_sample_free(&sample);
}

static void a_text_without_an_end_is_refused(void)
{
    enum { NAMES = 15 };
    struct snapshot_sample sample;
    struct xd_snapshot_entry entry;
    snapshot_sample_make(&sample);
    memcpy(&entry, sample.bytes + sizeof(struct xd_snapshot_header) + NAMES * sizeof entry, sizeof entry);
    CU_ASSERT_EQUAL_FATAL(entry.item_size, 1);
    memset(sample.bytes + entry.offset + entry.items_n - 1, 'x', 1);
    snapshot_seal(sample.bytes, sample.n);
    CU_ASSERT_EQUAL(snapshot_try(&sample, sample.bytes, sample.n, NULL), XD_SNAPSHOT_DAMAGED);
    snapshot_sample_free(&sample);
}

/* Four ranks, of a topology whose states no arc joins, so that only the hierarchy's own rules speak. Triangles are looked for with no end in sight. */
static void a_hierarchy_that_is_none_is_refused(void)
{
    enum { NODES_N = 4, ARCS_MOST = 5 };
    static const struct {
        const char *what;
        int32_t first[NODES_N + 1], head[ARCS_MOST];
        bool good;
    } hierarchies[] = {{"0 to 1 and 3, 1 to 2 and 3, 2 to 3", {0, 2, 4, 5, 5}, {1, 3, 2, 3, 3}, true},
                       {"heads fall", {0, 2, 4, 5, 5}, {1, 3, 3, 2, 3}, false},
                       {"a head twice", {0, 2, 4, 5, 5}, {1, 3, 3, 3, 3}, false},
                       {"a rank leads to itself", {0, 1, 2, 4, 4}, {1, 2, 2, 3}, false},
                       {"a rank leads to a lower one", {0, 1, 2, 3, 4}, {1, 2, 3, 0}, false},
                       {"0 to 1 and 3, 1 to 2 alone", {0, 2, 3, 4, 4}, {1, 3, 2, 3}, false},
                       {"0 to 1 and 3, 1 to 2 and 3, 2 to none", {0, 2, 4, 4, 4}, {1, 3, 2, 3}, false}};
    static const int32_t order[NODES_N] = {0, 1, 2, 3};
    const struct xd_topology topology = {.states_n = NODES_N};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(hierarchies); i++) {
        const int32_t arcs_n = hierarchies[i].first[NODES_N], facts[] = {1, NODES_N, arcs_n, 0};
        struct xd_hierarchy *hierarchy = NULL;
        struct xd_sections sections = {.is_taking = true,
                                       .items_n = 6,
                                       .items = {{facts, 1, sizeof facts},
                                                 {order, NODES_N, sizeof *order},
                                                 {order, NODES_N, sizeof *order},
                                                 {hierarchies[i].first, NODES_N + 1, sizeof *order},
                                                 {hierarchies[i].head, arcs_n, sizeof *order},
                                                 {order, 0, sizeof *order}}};
        CU_ASSERT_EQUAL(xd_hierarchy_take(&sections, &topology, &hierarchy, NULL), XD_OK);
        if (sections.is_wrong == hierarchies[i].good)
            fprintf(stderr, "%s: %s\n", hierarchies[i].good ? "refused" : "taken", hierarchies[i].what);
        CU_ASSERT_EQUAL(sections.is_wrong, !hierarchies[i].good);
        CU_ASSERT_EQUAL(hierarchy != NULL, hierarchies[i].good);
        xd_hierarchy_free(hierarchy);
    }
}

static void what_is_for_something_else_is_stale(void)
{
    struct snapshot_sample sample;
    snapshot_sample_make(&sample);
    const struct xd_snapshot_identity right = sample.identity;
    struct xd_snapshot_identity *const asked = &sample.identity;
    struct xd_snapshot_identity others[8];
    for (size_t i = 0; i < XD_ARRAY_LENGTH(others); i++)
        others[i] = right;
    others[0].byte_order = 0x04030201;
    others[1].format++;
    others[2].layout++;
    others[3].profiles++;
    others[4].map_bytes++;
    others[5].map_mtime_ns++;
    others[6].program[0]++;
    others[7].map_name[0]++;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(others); i++) {
        *asked = others[i];
        CU_ASSERT_EQUAL(snapshot_try(&sample, sample.bytes, sample.n, NULL), XD_SNAPSHOT_STALE);
    }
    *asked = right;
    CU_ASSERT_EQUAL(snapshot_try(&sample, sample.bytes, sample.n, NULL), XD_SNAPSHOT_GOOD);
    snapshot_sample_free(&sample);
}

/* ---- the same ways ---- */

static struct xd_matrix *table_on(const struct xd_road_map *map, const struct xd_profile *profile)
{
    struct xd_graph *graph = NULL;
    struct xd_weights *weights = NULL;
    struct xd_matrix *matrix = NULL;
    struct xd_snap snaps[POINTS_N];
    const struct xd_network *network = map->topology->network;
    CU_ASSERT_EQUAL_FATAL(xd_graph_weigh(map->topology, profile, NULL, &graph, NULL), XD_OK);
    for (int32_t i = 0; i < POINTS_N; i++)
        xd_snap_find(map->index, graph, network->node_position[(int64_t)network->nodes_n * i / POINTS_N], 1000, &snaps[i]);
    CU_ASSERT_EQUAL_FATAL(xd_weights_take(map->hierarchy, graph, INT64_MAX, &weights, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_table_compute(graph, weights, snaps, POINTS_N, 1, NULL, &matrix, NULL), XD_OK);
    xd_weights_free(weights);
    xd_graph_free(graph);
    return matrix;
}

static void a_snapshot_gives_the_tables_of_its_map_and_so_does_a_map_of_the_vehicle_alone(void)
{
    static const char *const names[] = {"minivan", "light_truck", "tricycle"};
    char path[XD_TEST_PATH_MAX];
    struct xd_network *network = network_of_synth(5, 3, 40);
    struct xd_standard_roads standard = {.network = network, .built_in = xd_test_profiles()};
    struct xd_snapshot_identity identity;
    struct xd_snapshot snapshot = {0};
    enum xd_snapshot_look look;
    xd_temporary_file("county.osm", "x", 1, path);
    CU_ASSERT_EQUAL_FATAL(xd_snapshot_identify(path, xd_test_profiles(), &identity, NULL), XD_OK);
    strcat(path, ".xdroads");
    CU_ASSERT_EQUAL_FATAL(xd_standard_roads_ready(&standard, NULL, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_snapshot_write(path, &identity, &standard, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_snapshot_read(path, &identity, xd_test_profiles(), &snapshot, &look, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(look, XD_SNAPSHOT_GOOD);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(names); i++) {
        const struct xd_profile *profile = xd_test_profile(names[i]);
        struct xd_road_map own;
        CU_ASSERT_EQUAL_FATAL(xd_road_map_build(network, &profile, 1, false, &own, NULL), XD_OK);
        struct xd_matrix *built = table_on(&standard.map, profile), *taken = table_on(&snapshot.standard.map, profile),
                         *alone = table_on(&own, profile);
        CU_ASSERT_EQUAL(memcmp(built->time_s, taken->time_s, POINTS_N * POINTS_N * sizeof *built->time_s), 0);
        CU_ASSERT_EQUAL(memcmp(built->length_m, taken->length_m, POINTS_N * POINTS_N * sizeof *built->length_m), 0);
        CU_ASSERT_EQUAL(memcmp(built->time_s, alone->time_s, POINTS_N * POINTS_N * sizeof *built->time_s), 0);
        xd_matrix_free(built);
        xd_matrix_free(taken);
        xd_matrix_free(alone);
        xd_road_map_free(&own);
    }
    xd_snapshot_close(&snapshot);
    xd_standard_roads_free(&standard);
    xd_network_free(network);
}

/* ---- faults ---- */

static void each_failed_allocation_of_reading_and_writing_is_told_and_leaves_nothing_behind(void)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_network *network = road_map_network(snapshot_sample_map);
    struct xd_standard_roads standard = {.network = network, .built_in = xd_test_profiles()};
    struct xd_snapshot_identity identity;
    xd_temporary_file("faults.osm", "x", 1, path);
    CU_ASSERT_EQUAL_FATAL(xd_snapshot_identify(path, xd_test_profiles(), &identity, NULL), XD_OK);
    strcat(path, ".xdroads");
    CU_ASSERT_EQUAL_FATAL(xd_standard_roads_ready(&standard, NULL, NULL), XD_OK);
    for (int writing = 1; writing >= 0; writing--) {
        enum xd_status status = XD_NO_MEMORY;
        int nth = 0;
        while (status != XD_OK && nth < ALLOCATIONS_MAX) {
            struct xd_snapshot snapshot = {0};
            struct xd_error error = {.status = XD_OK};
            enum xd_snapshot_look look = XD_SNAPSHOT_MISSING;
            const int64_t live = xd_alloc_statistics_read().live_n;
            xd_alloc_fail_at((uint64_t)++nth, false);
            status = writing ? xd_snapshot_write(path, &identity, &standard, &error)
                             : xd_snapshot_read(path, &identity, xd_test_profiles(), &snapshot, &look, &error);
            xd_alloc_fail_at(0, false);
            CU_ASSERT(status == XD_OK || (status == XD_NO_MEMORY && error.message[0] != '\0' && !snapshot.bytes));
            CU_ASSERT(status != XD_OK || writing || look == XD_SNAPSHOT_GOOD);
            xd_snapshot_close(&snapshot);
            CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live);
        }
        CU_ASSERT(nth > 5 && nth < ALLOCATIONS_MAX);
    }
    xd_standard_roads_free(&standard);
    xd_network_free(network);
}

static void each_failed_operation_of_writing_leaves_the_old_snapshot_or_a_whole_new_one(void)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_network *network = road_map_network(snapshot_sample_map);
    struct xd_standard_roads standard = {.network = network, .built_in = xd_test_profiles()};
    struct xd_snapshot_identity old, new;
    xd_temporary_file("operations.osm", "x", 1, path);
    CU_ASSERT_EQUAL_FATAL(xd_snapshot_identify(path, xd_test_profiles(), &old, NULL), XD_OK);
    new = old;
    new.map_mtime_ns++;
    strcat(path, ".xdroads");
    CU_ASSERT_EQUAL_FATAL(xd_standard_roads_ready(&standard, NULL, NULL), XD_OK);
    enum xd_status status = XD_IO;
    int nth = 0;
    while (status != XD_OK && nth < OPERATIONS_MAX) {
        struct xd_snapshot snapshot = {0};
        enum xd_snapshot_look look_old, look_new;
        CU_ASSERT_EQUAL_FATAL(xd_snapshot_write(path, &old, &standard, NULL), XD_OK);
        xd_output_fail_at((uint64_t)++nth, ENOSPC);
        status = xd_snapshot_write(path, &new, &standard, NULL);
        xd_output_fail_at(0, 0);
        CU_ASSERT(status == XD_OK || status == XD_IO || status == XD_CANNOT_CREATE);
        CU_ASSERT_EQUAL(xd_snapshot_read(path, &old, xd_test_profiles(), &snapshot, &look_old, NULL), XD_OK);
        xd_snapshot_close(&snapshot);
        CU_ASSERT_EQUAL(xd_snapshot_read(path, &new, xd_test_profiles(), &snapshot, &look_new, NULL), XD_OK);
        xd_snapshot_close(&snapshot);
        CU_ASSERT((look_old == XD_SNAPSHOT_GOOD) != (look_new == XD_SNAPSHOT_GOOD));
    }
    CU_ASSERT(nth > 3 && nth < OPERATIONS_MAX);
    xd_standard_roads_free(&standard);
    xd_network_free(network);
}

static void more_sections_than_a_file_has_room_for_and_longer_names_are_refused(void)
{
    struct xd_sections sections = {0};
    struct xd_snapshot_identity identity;
    struct xd_error error = {.status = XD_OK};
    char path[XD_SNAPSHOT_NAME_MAX + 64];
    const int32_t item = 7;
    for (int32_t i = 0; i < XD_SECTIONS_MAX; i++)
        CU_ASSERT_PTR_EQUAL(xd_section_walk(&sections, &item, 1, sizeof item), &item);
    CU_ASSERT_FALSE(sections.is_wrong);
    (void)xd_section_walk(&sections, &item, 1, sizeof item);
    CU_ASSERT(sections.is_wrong);
    CU_ASSERT_EQUAL(sections.items_n, XD_SECTIONS_MAX);
    xd_sections_free(&sections);

    memset(path, 'x', sizeof path);
    memcpy(path, "/tmp/", 5);
    path[5 + XD_SNAPSHOT_NAME_MAX] = '\0';
    CU_ASSERT_EQUAL(xd_snapshot_identify(path, xd_test_profiles(), &identity, &error), XD_NO_INPUT);
    path[5 + XD_SNAPSHOT_NAME_MAX] = 'x';
    path[6 + XD_SNAPSHOT_NAME_MAX] = '\0';
    CU_ASSERT_EQUAL(xd_snapshot_identify(path, xd_test_profiles(), &identity, &error), XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "255"));
}

static const struct xd_test_case cases[] = {
    XD_CASE(more_sections_than_a_file_has_room_for_and_longer_names_are_refused),
    XD_CASE(a_sample_is_taken_and_its_network_is_the_one_that_was_written),
    XD_CASE(equal_maps_give_equal_bytes),
    XD_CASE(what_memory_held_before_is_not_written),
    XD_CASE(no_snapshot_with_a_changed_byte_is_used),
    XD_CASE(no_snapshot_that_is_cut_or_longer_is_used),
    XD_CASE(no_forged_word_does_harm),
    XD_CASE(what_indexes_out_of_its_array_is_refused),
    XD_CASE(a_place_behind_the_conditions_is_refused),
    XD_CASE(a_text_without_an_end_is_refused),
    XD_CASE(a_hierarchy_that_is_none_is_refused),
    XD_CASE(what_is_for_something_else_is_stale),
    XD_CASE(a_snapshot_gives_the_tables_of_its_map_and_so_does_a_map_of_the_vehicle_alone),
    XD_CASE(each_failed_allocation_of_reading_and_writing_is_told_and_leaves_nothing_behind),
    XD_CASE(each_failed_operation_of_writing_leaves_the_old_snapshot_or_a_whole_new_one),
};
const struct xd_test_suite xd_suite_snapshot_file = {"snapshot_file", cases, XD_ARRAY_LENGTH(cases)};
