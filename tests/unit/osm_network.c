/* A network from a file: the same over containers, two passes of progress, errors with the file's name. */
#include "base/alloc.h"
#include "io/bytes/libraries.h"
#include "tests/harness/harness.h"
#include "tests/harness/osm_record.h"
#include "tests/unit/osm_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char town_xml[] =
    "<osm version='0.6'>"
    "<node id='1' lat='26.5' lon='107.1'/><node id='2' lat='26.501' lon='107.1'/>"
    "<node id='3' lat='26.502' lon='107.101'><tag k='place' v='village'/><tag k='name' v='A'/></node>"
    "<way id='10'><nd ref='1'/><nd ref='2'/><nd ref='3'/><tag k='highway' v='tertiary'/></way>"
    "<way id='11'><nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='1'/><tag k='place' v='hamlet'/><tag k='name' v='B'/></way>"
    "<relation id='10'><member type='node' ref='2' role='label'/><tag k='type' v='boundary'/><tag k='place' v='town'/></relation>"
    "<relation id='11'><member type='way' ref='10' role='from'/><member type='node' ref='2' role='via'/>"
    "<member type='way' ref='10' role='to'/><tag k='type' v='restriction'/><tag k='restriction' v='no_u_turn'/></relation>"
    "</osm>";

/* The hash of the network of a file that the case writes; 0 when it could not be read. */
static uint64_t hash_of(const char *name, const void *bytes, size_t n)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_network *network = NULL;
    struct xd_error error = {.status = XD_OK};
    xd_temporary_file(name, bytes, n, path);
    enum xd_status status = xd_osm_read_network(path, NULL, &network, &error);
    if (status != XD_OK)
        fprintf(stderr, "%s: %s\n", name, error.message);
    CU_ASSERT_EQUAL(status, XD_OK);
    uint64_t hash = network ? network->hash : 0;
    xd_network_free(network);
    return hash;
}

static void one_town_gives_one_network_hash_over_containers_and_names(void)
{
    static const struct xd_osm_tag village[] = {{"place", "village"}, {"name", "A"}};
    static const struct xd_osm_tag road[] = {{"highway", "tertiary"}};
    static const struct xd_osm_tag hamlet[] = {{"place", "hamlet"}, {"name", "B"}};
    static const struct xd_osm_tag boundary[] = {{"type", "boundary"}, {"place", "town"}};
    static const struct xd_osm_member label = {.kind = XD_OSM_NODE, .id = 2, .role = "label"};
    static const int64_t ids[] = {1, 2, 3, 1};
    static const struct xd_osm_node nodes[] = {{.id = 1, .position = {.lat_e7 = 265000000, .lon_e7 = 1071000000}},
                                               {.id = 2, .position = {.lat_e7 = 265010000, .lon_e7 = 1071000000}},
                                               {.id = 3, .position = {.lat_e7 = 265020000, .lon_e7 = 1071010000}, .tags = {village, 2}}};
    static const struct xd_osm_way ways[] = {{.id = 10, .node_ids = ids, .node_ids_n = 3, .tags = {road, 1}},
                                             {.id = 11, .node_ids = ids, .node_ids_n = 4, .tags = {hamlet, 2}}};
    static const struct xd_osm_tag no_u_turn[] = {{"type", "restriction"}, {"restriction", "no_u_turn"}};
    static const struct xd_osm_member members[] = {
        {.kind = XD_OSM_WAY, .id = 10, .role = "from"}, {.kind = XD_OSM_NODE, .id = 2, .role = "via"}, {.kind = XD_OSM_WAY, .id = 10, .role = "to"}};
    static const struct xd_osm_relation relations[] = {{.id = 10, .members = &label, .members_n = 1, .tags = {boundary, 2}},
                                                       {.id = 11, .members = members, .members_n = 3, .tags = {no_u_turn, 2}}};
    static const struct pbf_map map = {.nodes = nodes, .nodes_n = 3, .ways = ways, .ways_n = 2, .relations = relations, .relations_n = 2};
    static const struct pbf_form form = {.dense = true, .packing = PBF_ZLIB, .granularity_nano = 100};
    struct xd_buffer packed;
    xd_buffer_init(&packed, 1 << 20);
    uint64_t hash = hash_of("town.osm", town_xml, strlen(town_xml));
    CU_ASSERT_NOT_EQUAL(hash, 0);
    gzip_bytes(town_xml, strlen(town_xml), &packed);
    CU_ASSERT_EQUAL(hash_of("gzip-by-another-name.osm.pbf", packed.bytes, packed.length), hash);
    xd_buffer_clear(&packed);
    bzip2_bytes(town_xml, strlen(town_xml), &packed);
    CU_ASSERT_EQUAL(hash_of("town.osm.bz2", packed.bytes, packed.length), hash);
    xd_buffer_clear(&packed);
    pbf_map_write(&packed, &map, &form, NULL);
    CU_ASSERT_EQUAL(hash_of("town.osm.pbf", packed.bytes, packed.length), hash);
    xd_buffer_free(&packed);
}

static bool shared_hash(const char *relative, uint64_t *hash)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_network *network = NULL;
    if (!xd_shared_file(relative, path))
        return false;
    CU_ASSERT_EQUAL(xd_osm_read_network(path, NULL, &network, NULL), XD_OK);
    *hash = network ? network->hash : 0;
    xd_network_free(network);
    return true;
}

static void real_maps_give_one_network_hash_over_containers(void)
{
    static const char *const twins[][2] = {
        {"osm/small/andorra-2026.osm.pbf", "osm/small/andorra-2026.osm.bz2"},
        {"osm/small/andorra-2026-roads.osm.pbf", "osm/small/andorra-2026-roads.osm"},
        {"osm/small/north-bayreuth.osm.pbf", "osm/small/north-bayreuth.osm.gz"},
        {"osm/tiny/krautsand.osm.pbf", "osm/tiny/krautsand.osm"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(twins); i++) {
        uint64_t one = 1;
        uint64_t other = 2;
        if (!shared_hash(twins[i][0], &one) || !shared_hash(twins[i][1], &other)) {
            xd_skip("no shared data");
            return;
        }
        CU_ASSERT(one != 0 && one == other);
    }
}

/* From the file by another reader: 34 villages and 27 hamlets are nodes, 2 hamlets are ways; the way "Sornàs" (town) lies around the node "Sornás" (village). */
static void villages_that_a_real_map_draws_as_areas_are_there_once(void)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_network *network = NULL;
    int32_t kinds_n[XD_MAP_OTHER + 1] = {0};
    int32_t areas_n = 0;
    if (!xd_shared_file("osm/small/andorra-2026.osm.pbf", path)) {
        xd_skip("no shared data");
        return;
    }
    CU_ASSERT_EQUAL_FATAL(xd_osm_read_network(path, NULL, &network, NULL), XD_OK);
    for (int32_t i = 0; i < network->map_places_n; i++) {
        const struct xd_map_place *place = &network->map_places[i];
        kinds_n[place->kind]++;
        if (place->osm_type == XD_OSM_NODE)
            continue;
        CU_ASSERT_EQUAL(place->osm_type, XD_OSM_WAY);
        CU_ASSERT_EQUAL(place->osm_id, areas_n == 0 ? 368472454 : 432393054);
        CU_ASSERT_STRING_EQUAL(place->name, areas_n == 0 ? "el Vilar" : "");
        /* Within the outlines' boxes. */
        CU_ASSERT(labs(place->position.lon_e7 - (areas_n == 0 ? 16080500L : 15116500L)) < 10000);
        CU_ASSERT(labs(place->position.lat_e7 - (areas_n == 0 ? 425722500L : 424661600L)) < 10000);
        areas_n++;
    }
    CU_ASSERT_EQUAL(areas_n, 2);
    CU_ASSERT_EQUAL(kinds_n[XD_MAP_VILLAGE], 34);
    CU_ASSERT_EQUAL(kinds_n[XD_MAP_HAMLET], 29);
    CU_ASSERT_EQUAL(kinds_n[XD_MAP_TOWN], 7);
    CU_ASSERT_EQUAL(network->counts.place_areas_seen, 3);
    CU_ASSERT_EQUAL(network->counts.place_areas_twice, 1);
    CU_ASSERT_EQUAL(network->counts.place_areas_unplaced, 0);
    xd_network_free(network);
}

static void expect_no_network(const char *path, enum xd_status expected, const char *fragment)
{
    struct xd_network *network = NULL;
    struct xd_error error = {.status = XD_OK};
    enum xd_status status = xd_osm_read_network(path, NULL, &network, &error);
    if (status != expected || !strstr(error.message, fragment))
        fprintf(stderr, "%s: status %d \"%s\"\n", path, (int)status, error.message);
    CU_ASSERT_EQUAL(status, expected);
    CU_ASSERT_PTR_NULL(network);
    CU_ASSERT_STRING_EQUAL(error.source, path);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, fragment));
}

static void what_gives_no_network_is_told_with_the_name_of_the_file(void)
{
    static const char no_road[] = "<osm version='0.6'><node id='1' lat='26.5' lon='107.1'/></osm>";
    static const char bad_node[] = "<osm version='0.6'><node id='1' lat='x' lon='107.1'/></osm>";
    char path[XD_TEST_PATH_MAX];
    int ends[2];
    expect_no_network("/no/such/map.osm.pbf", XD_NO_INPUT, "does not exist");
    expect_no_network(xd_temporary_folder(), XD_NO_INPUT, "is a folder");
    xd_temporary_file("no-road.osm", no_road, strlen(no_road), path);
    expect_no_network(path, XD_DATA, "no road");
    xd_temporary_file("bad-node.osm", bad_node, strlen(bad_node), path);
    expect_no_network(path, XD_DATA, "lat=\"x\" is not a number");
    CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
    CU_ASSERT_EQUAL(write(ends[1], town_xml, strlen(town_xml)), (ssize_t)strlen(town_xml));
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    expect_no_network(path, XD_NO_INPUT, "a map is read twice");
    close(ends[0]);
}

struct watch {
    int64_t last_done;
    int64_t total;
};

static void note_progress(void *context, const char *phase, int64_t done, int64_t total, int64_t cost)
{
    struct watch *watch = context;
    (void)cost;
    if (strcmp(phase, "read map") != 0)
        return;
    CU_ASSERT(done >= watch->last_done && done <= total);
    *watch = (struct watch){.last_done = done, .total = total};
}

/* Text is kept while it is read. How often other maps are read: osm_load. */
static void progress_counts_the_file_as_often_as_it_is_read(void)
{
    char path[XD_TEST_PATH_MAX];
    struct watch watch = {0, 0};
    struct xd_progress progress = {.context = &watch, .report = note_progress};
    struct xd_network *network = NULL;
    xd_temporary_file("town.osm", town_xml, strlen(town_xml), path);
    CU_ASSERT_EQUAL(xd_osm_read_network(path, &progress, &network, NULL), XD_OK);
    CU_ASSERT_EQUAL(watch.total, (int64_t)strlen(town_xml));
    CU_ASSERT_EQUAL(watch.last_done, watch.total);
    xd_network_free(network);
}

static void each_failed_allocation_gives_no_network_and_leaves_nothing_behind(void)
{
    char path[XD_TEST_PATH_MAX];
    uint64_t hash = hash_of("town.osm", town_xml, strlen(town_xml));
    int nth = 1;
    xd_temporary_file("town.osm", town_xml, strlen(town_xml), path);
    for (; nth < 5000; nth++) {
        struct xd_network *network = NULL;
        int64_t live_before = xd_alloc_statistics_read().live_bytes;
        xd_alloc_fail_at((uint64_t)nth, false);
        enum xd_status status = xd_osm_read_network(path, NULL, &network, NULL);
        xd_alloc_fail_at(0, false);
        bool whole = status == XD_OK && network && network->hash == hash;
        CU_ASSERT(whole || (status == XD_NO_MEMORY && !network));
        xd_network_free(network);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_bytes, live_before);
        if (status == XD_OK)
            break;
    }
    CU_ASSERT(nth > 20 && nth < 5000);
}

static const struct xd_test_case cases[] = {
    {"one_town_gives_one_network_hash_over_containers_and_names", one_town_gives_one_network_hash_over_containers_and_names},
    {"real_maps_give_one_network_hash_over_containers", real_maps_give_one_network_hash_over_containers},
    {"villages_that_a_real_map_draws_as_areas_are_there_once", villages_that_a_real_map_draws_as_areas_are_there_once},
    {"what_gives_no_network_is_told_with_the_name_of_the_file", what_gives_no_network_is_told_with_the_name_of_the_file},
    {"progress_counts_the_file_as_often_as_it_is_read", progress_counts_the_file_as_often_as_it_is_read},
    {"each_failed_allocation_gives_no_network_and_leaves_nothing_behind", each_failed_allocation_gives_no_network_and_leaves_nothing_behind},
};

int main(int argc, char **argv)
{
    const struct xd_test_suite suites[] = {{"osm_network", cases, XD_ARRAY_LENGTH(cases)}, xd_suite_osm_load};
    xd_libraries_init();
    int result = xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites));
    xd_libraries_end();
    return result;
}
