/* How a network is read must not show in it: threads, blocks read ahead, text kept or read twice. */
#include "tests/unit/osm_load.h"
#include "base/arena.h"
#include "maps/network_hash.h"
#include "maps/osm_repeats.h"
#include "tests/harness/osm_record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNKS_N = 20, CHUNK_NODES = 60, CHUNK_WAYS = 12, WAY_NODES = 9, FILE_MAX = 1 << 22, SPOOL = 1 << 26 };

/* A map that is told in pieces: ways go through nodes of other pieces, ids come twice, most with other versions, some nodes are missing, some have tags. */
struct pieces {
    struct xd_osm_node nodes[CHUNKS_N][CHUNK_NODES];
    struct xd_osm_way ways[CHUNKS_N][CHUNK_WAYS];
    int64_t refs[CHUNKS_N][CHUNK_WAYS][WAY_NODES];
};

static const struct xd_osm_tag bollard[] = {{"barrier", "bollard"}, {"access", "what"}};
static const struct xd_osm_tag gate[] = {{"barrier", "gate"}};
static const struct xd_osm_tag signals[] = {{"highway", "traffic_signals"}};
static const struct xd_osm_tag village[] = {{"place", "village"}, {"name", "A"}};
static const struct xd_osm_tag service[] = {{"highway", "service"}, {"name", "B"}, {"surface", "unheard of"}};
static const struct xd_osm_tag tertiary[] = {{"highway", "tertiary"}, {"maxspeed", "40"}};
static const struct xd_osm_tag hamlet[] = {{"place", "hamlet"}, {"name", "C"}, {"highway", "residential"}};
static const struct xd_osm_tag rail[] = {{"railway", "rail"}};
static const struct xd_osm_tag no_u_turn[] = {{"type", "restriction"}, {"restriction", "no_u_turn"}};
/* Way 1011 is a railway, 77 is not there. */
static const struct xd_osm_member members[] = {
    {XD_OSM_WAY, 1001, "from"}, {XD_OSM_WAY, 1011, "from"}, {XD_OSM_WAY, 77, "from"}, {XD_OSM_NODE, 5, "via"}, {XD_OSM_WAY, 1001, "to"}};
static const struct xd_osm_relation relation = {.id = 7, .members = members, .members_n = 5, .tags = {no_u_turn, 2}};

static void make_pieces(struct pieces *pieces)
{
    uint64_t drawn = 1;
    for (int c = 0; c < CHUNKS_N; c++) {
        for (int i = 0; i < CHUNK_NODES; i++) {
            const int number = c * CHUNK_NODES + i;
            struct xd_osm_node *node = &pieces->nodes[c][i];
            *node = (struct xd_osm_node){.id = number % 50 == 49 ? number - 40 : number * (c % 2 ? 3 : 1) + (INT64_C(1) << 33) * (c % 3),
                                         .position = {.lon_e7 = 1071000000 + number * 700, .lat_e7 = 265000000 + number % 7 * 900},
                                         .version = number * 7 % 5};
            if (number % 11 == 5)
                node->tags = (struct xd_osm_tags){number % 2 ? bollard : gate, number % 2 ? 2 : 1};
            else if (number % 13 == 5)
                node->tags = (struct xd_osm_tags){number % 2 ? signals : village, number % 2 ? 1 : 2};
        }
    }
    for (int c = 0; c < CHUNKS_N; c++)
        for (int w = 0; w < CHUNK_WAYS; w++) {
            const int number = c * CHUNK_WAYS + w;
            struct xd_osm_way *way = &pieces->ways[c][w];
            for (int k = 0; k < WAY_NODES; k++) {
                drawn = drawn * UINT64_C(6364136223846793005) + 1;
                const uint32_t at = (uint32_t)(drawn >> 33) % (CHUNKS_N * CHUNK_NODES);
                pieces->refs[c][w][k] = at % 97 == 0 ? INT64_C(-5) : pieces->nodes[at / CHUNK_NODES][at % CHUNK_NODES].id;
            }
            *way = (struct xd_osm_way){.id = number % 40 == 39 ? 1000 + number - 30 : 1000 + number * (c % 2 ? 1 : 2),
                                       .node_ids = pieces->refs[c][w],
                                       .node_ids_n = WAY_NODES,
                                       .version = number * 3 % 4,
                                       .tags = {w % 4 == 0   ? service
                                                : w % 4 == 1 ? tertiary
                                                : w % 4 == 2 ? hamlet
                                                             : rail,
                                                w % 4 == 1   ? 2
                                                : w % 4 == 3 ? 1
                                                             : 3}};
        }
}

/* Headers may come again: a file of files is one. Nodes come behind ways in every other piece. begins: where each piece does. */
static void write_pbf(const struct pieces *pieces, struct xd_buffer *out, size_t begins[2 * CHUNKS_N])
{
    static const struct pbf_form dense = {.dense = true, .packing = PBF_ZLIB, .granularity_nano = 100};
    static const struct pbf_form plain = {.dense = false, .packing = PBF_RAW, .granularity_nano = 100};
    for (int c = 0; c < CHUNKS_N; c++) {
        const struct pbf_map nodes = {.nodes = pieces->nodes[c], .nodes_n = CHUNK_NODES};
        const struct pbf_map ways = {.ways = pieces->ways[c], .ways_n = CHUNK_WAYS, .relations = &relation, .relations_n = c == 3 ? 1 : 0};
        begins[2 * c] = out->length;
        pbf_map_write(out, c % 2 ? &ways : &nodes, c % 3 ? &dense : &plain, NULL);
        begins[2 * c + 1] = out->length;
        pbf_map_write(out, c % 2 ? &nodes : &ways, c % 3 ? &dense : &plain, NULL);
    }
}

static void print(struct xd_buffer *out, const char *text)
{
    CU_ASSERT_EQUAL_FATAL(xd_buffer_append(out, text, strlen(text), NULL), XD_OK);
}

static void print_tags(struct xd_buffer *out, struct xd_osm_tags tags)
{
    for (int32_t i = 0; i < tags.items_n; i++)
        CU_ASSERT_EQUAL_FATAL(xd_buffer_printf(out, NULL, "<tag k='%s' v='%s'/>", tags.items[i].key, tags.items[i].value), XD_OK);
}

/* As in PBF: below 0 one that deleted the object. */
static void print_version(struct xd_buffer *out, int32_t version)
{
    if (version != 0)
        CU_ASSERT_EQUAL_FATAL(xd_buffer_printf(out, NULL, " version='%d'%s", abs(version), version < 0 ? " visible='false'" : ""), XD_OK);
    print(out, ">");
}

static void print_node(struct xd_buffer *out, const struct xd_osm_node *node)
{
    CU_ASSERT_EQUAL_FATAL(xd_buffer_printf(out, NULL, "<node id='%lld' lat='%.7f' lon='%.7f'", (long long)node->id, node->position.lat_e7 / 1e7,
                                           node->position.lon_e7 / 1e7),
                          XD_OK);
    print_version(out, node->version);
    print_tags(out, node->tags);
    print(out, "</node>\n");
}

static void print_way(struct xd_buffer *out, const struct xd_osm_way *way)
{
    CU_ASSERT_EQUAL_FATAL(xd_buffer_printf(out, NULL, "<way id='%lld'", (long long)way->id), XD_OK);
    print_version(out, way->version);
    for (int32_t i = 0; i < way->node_ids_n; i++)
        CU_ASSERT_EQUAL_FATAL(xd_buffer_printf(out, NULL, "<nd ref='%lld'/>", (long long)way->node_ids[i]), XD_OK);
    print_tags(out, way->tags);
    print(out, "</way>\n");
}

static void write_xml(const struct pieces *pieces, struct xd_buffer *out)
{
    print(out, "<osm version='0.6'>\n");
    for (int c = 0; c < CHUNKS_N; c++)
        for (int half = 0; half < 2; half++) {
            for (int i = 0; i < CHUNK_NODES && c % 2 == half; i++)
                print_node(out, &pieces->nodes[c][i]);
            for (int w = 0; w < CHUNK_WAYS && c % 2 != half; w++)
                print_way(out, &pieces->ways[c][w]);
        }
    print(out, "<relation id='7'><member type='way' ref='1001' role='from'/><member type='way' ref='1011' role='from'/>"
               "<member type='way' ref='77' role='from'/><member type='node' ref='5' role='via'/><member type='way' ref='1001' role='to'/>"
               "<tag k='type' v='restriction'/><tag k='restriction' v='no_u_turn'/></relation></osm>\n");
}

static struct xd_network *network_of(const char *path, int32_t threads_n, size_t spool_bytes_max)
{
    const struct xd_osm_network_options options = {.threads_n = threads_n, .spool_bytes_max = spool_bytes_max};
    struct xd_network *network = NULL;
    struct xd_error error = {.status = XD_OK};
    if (xd_osm_read_network_as(path, &options, NULL, &network, &error) != XD_OK)
        fprintf(stderr, "%s: %s\n", path, error.message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(network);
    return network;
}

static void expect_same(const struct xd_network *expected, struct xd_network *found)
{
    CU_ASSERT_EQUAL(found->hash, expected->hash);
    CU_ASSERT_EQUAL(memcmp(&found->counts, &expected->counts, sizeof found->counts), 0);
    xd_network_free(found);
}

static void threads_blocks_and_keeping_do_not_show_in_a_network(void)
{
    struct pieces *pieces = xd_alloc_zero(1, sizeof *pieces);
    struct xd_buffer bytes;
    size_t begins[2 * CHUNKS_N];
    char pbf[XD_TEST_PATH_MAX], xml[XD_TEST_PATH_MAX], bz2[XD_TEST_PATH_MAX];
    CU_ASSERT_PTR_NOT_NULL_FATAL(pieces);
    xd_buffer_init(&bytes, FILE_MAX);
    make_pieces(pieces);
    write_pbf(pieces, &bytes, begins);
    xd_temporary_file("pieces.osm.pbf", bytes.bytes, bytes.length, pbf);
    xd_buffer_clear(&bytes);
    write_xml(pieces, &bytes);
    xd_temporary_file("pieces.osm", bytes.bytes, bytes.length, xml);
    struct xd_buffer packed;
    xd_buffer_init(&packed, FILE_MAX);
    bzip2_bytes(bytes.bytes, bytes.length, &packed);
    xd_temporary_file("pieces.osm.bz2", packed.bytes, packed.length, bz2);

    struct xd_network *expected = network_of(pbf, 1, SPOOL);
    CU_ASSERT(expected->counts.duplicate_nodes > 0 && expected->counts.duplicate_ways > 0 && expected->counts.node_refs_missing > 0);
    CU_ASSERT(expected->counts.barriers > 0 && expected->counts.node_doubts.tags_n[XD_DOUBT_ACCESS] > 0);
    CU_ASSERT(expected->counts.way_doubts.tags_n[XD_DOUBT_SURFACE] > 0);
    CU_ASSERT_EQUAL(expected->counts.restrictions_kept + expected->counts.restrictions_dropped[XD_RESTRICTION_NOT_MEETING] +
                        expected->counts.restrictions_dropped[XD_RESTRICTION_MEMBER_MISSING],
                    1);
    for (int32_t threads_n = 2; threads_n <= 9; threads_n += 3)
        expect_same(expected, network_of(pbf, threads_n, SPOOL));
    expect_same(expected, network_of(xml, 1, SPOOL));
    expect_same(expected, network_of(xml, 3, 0));
    expect_same(expected, network_of(bz2, 2, SPOOL));
    expect_same(expected, network_of(bz2, 2, 0));
    xd_network_free(expected);
    xd_buffer_free(&packed);
    xd_buffer_free(&bytes);
    xd_free(pieces);
}

/* ---- versions ---- */

enum { VERSION_NODES = 11, VERSION_WAYS = 9, VERSION_RELATIONS = 3 };

struct versions {
    struct xd_osm_node nodes[VERSION_NODES];
    struct xd_osm_way ways[VERSION_WAYS];
    struct xd_osm_relation relations[VERSION_RELATIONS];
};

/* What holds: node 2 of version 7, 500 m to the north; 4 deleted; 5, whose deletion is of an older version; 6 as a gate. Way 10 as a road of version 5; 11,
 * 12 none; 13 of version 2; relation 8 alone. */
static void make_versions(struct versions *versions, bool reversed)
{
    static const int64_t refs[] = {1, 2, 3, 5, 6, 4};
    static const struct xd_osm_tag site[] = {{"type", "site"}, {"restriction", "no_u_turn"}};
    static const struct xd_osm_member over_2[] = {{XD_OSM_WAY, 10, "from"}, {XD_OSM_NODE, 2, "via"}, {XD_OSM_WAY, 10, "to"}};
    static const struct {
        int64_t id;
        int32_t version, north_e7;
        const struct xd_osm_tag *tags;
    } nodes[VERSION_NODES] = {{1, 3, 0, NULL}, {2, 1, 0, NULL},  {2, 7, 45000, NULL}, {3, 4, 0, NULL}, {4, 2, 0, NULL}, {4, -3, 0, NULL},
                              {5, 9, 0, NULL}, {5, -8, 0, NULL}, {6, 1, 0, bollard},  {6, 2, 0, gate}, {9, 1, 0, NULL}};
    static const struct {
        int64_t id;
        int32_t version, first, n;
        const struct xd_osm_tag *tags;
    } ways[VERSION_WAYS] = {{10, 1, 0, 2, tertiary}, {10, 5, 0, 3, service}, {11, 3, 1, 2, tertiary}, {11, 4, 1, 2, rail},   {12, 2, 1, 3, tertiary},
                            {12, -3, 0, 0, NULL},    {13, 2, 2, 4, service}, {13, 1, 0, 2, tertiary}, {14, 1, 0, 2, service}};
    for (int i = 0; i < VERSION_NODES; i++)
        versions->nodes[reversed ? VERSION_NODES - 1 - i : i] =
            (struct xd_osm_node){.id = nodes[i].id,
                                 .version = nodes[i].version,
                                 .position = {.lon_e7 = 1071000000 + (int32_t)nodes[i].id * 9000, .lat_e7 = 265000000 + nodes[i].north_e7},
                                 .tags = {nodes[i].tags, nodes[i].tags == bollard ? 2
                                                         : nodes[i].tags          ? 1
                                                                                  : 0}};
    for (int i = 0; i < VERSION_WAYS; i++)
        versions->ways[reversed ? VERSION_WAYS - 1 - i : i] = (struct xd_osm_way){.id = ways[i].id,
                                                                                  .version = ways[i].version,
                                                                                  .node_ids = refs + ways[i].first,
                                                                                  .node_ids_n = ways[i].n,
                                                                                  .tags = {ways[i].tags, ways[i].tags == service ? 3
                                                                                                         : ways[i].tags == rail  ? 1
                                                                                                         : ways[i].tags          ? 2
                                                                                                                                 : 0}};
    for (int i = 0; i < VERSION_RELATIONS; i++)
        versions->relations[reversed ? VERSION_RELATIONS - 1 - i : i] = (struct xd_osm_relation){
            .id = i < 2 ? 7 : 8, .version = i == 1 ? 2 : 1, .members = over_2, .members_n = 3, .tags = {i == 1 ? site : no_u_turn, 2}};
}

static void versions_hold(struct xd_network *network)
{
    CU_ASSERT_EQUAL_FATAL(network->nodes_n, 5); /* 1 2 3 5 6 */
    CU_ASSERT_EQUAL(network->node_osm_id[4], 6);
    CU_ASSERT_EQUAL(network->node_position[1].lat_e7, 265045000);
    CU_ASSERT_EQUAL_FATAL(network->roads_n, 3);
    CU_ASSERT_EQUAL(network->road_osm_id[0], 10);
    CU_ASSERT_EQUAL(network->road_osm_id[1], 13);
    CU_ASSERT_EQUAL(network->road_osm_id[2], 14);
    CU_ASSERT_EQUAL(network->roads[0].road_class, XD_ROAD_SERVICE);
    CU_ASSERT_EQUAL(network->roads[1].road_class, XD_ROAD_SERVICE);
    CU_ASSERT_EQUAL(network->first_node[1], 3);
    CU_ASSERT_EQUAL(network->first_node[2], 6); /* without node 4 */
    CU_ASSERT_EQUAL_FATAL(network->barriers_n, 1);
    CU_ASSERT_EQUAL(network->barriers[0].kind, XD_BARRIER_GATE);
    CU_ASSERT_EQUAL(network->restrictions_n > 0 ? network->restrictions[0].osm_id : 0, 8);
    CU_ASSERT_EQUAL(network->counts.restrictions_seen, 2);
    CU_ASSERT_EQUAL(network->counts.restrictions_dropped[XD_RESTRICTION_REPEATED], 1);
    CU_ASSERT_EQUAL(network->counts.duplicate_nodes, 3); /* of 2, 4 and 6 */
    CU_ASSERT_EQUAL(network->counts.duplicate_ways, 4);
    CU_ASSERT_EQUAL(network->counts.node_refs_missing, 1);
    xd_network_free(network);
}

static void of_several_versions_of_an_object_the_highest_holds(void)
{
    struct versions versions;
    struct xd_buffer bytes;
    char path[XD_TEST_PATH_MAX];
    xd_buffer_init(&bytes, FILE_MAX);
    for (int form = 0; form < 6; form++) {
        make_versions(&versions, form % 2);
        xd_buffer_clear(&bytes);
        if (form < 4) {
            const struct pbf_map map = {.nodes = versions.nodes,
                                        .nodes_n = VERSION_NODES,
                                        .ways = versions.ways,
                                        .ways_n = VERSION_WAYS,
                                        .relations = versions.relations,
                                        .relations_n = VERSION_RELATIONS};
            pbf_map_write(&bytes, &map, &(struct pbf_form){.dense = form < 2, .packing = PBF_ZLIB, .granularity_nano = 100}, NULL);
        } else {
            print(&bytes, "<osm version='0.6'>");
            for (int i = 0; i < VERSION_NODES; i++)
                print_node(&bytes, &versions.nodes[i]);
            for (int i = 0; i < VERSION_WAYS; i++)
                print_way(&bytes, &versions.ways[i]);
            for (int i = 0; i < VERSION_RELATIONS; i++) {
                CU_ASSERT_EQUAL(xd_buffer_printf(&bytes, NULL, "<relation id='%d' version='%d'>", (int)versions.relations[i].id,
                                                 (int)versions.relations[i].version),
                                XD_OK);
                print(&bytes,
                      "<member type='way' ref='10' role='from'/><member type='node' ref='2' role='via'/><member type='way' ref='10' role='to'/>");
                print_tags(&bytes, versions.relations[i].tags);
                print(&bytes, "</relation>");
            }
            print(&bytes, "</osm>");
        }
        xd_temporary_file(form < 4 ? "versions.osm.pbf" : "versions.osm", bytes.bytes, bytes.length, path);
        for (int32_t threads_n = 1; threads_n <= 3; threads_n += 2) {
            versions_hold(network_of(path, threads_n, SPOOL));
            versions_hold(network_of(path, threads_n, 0));
        }
    }
    xd_buffer_free(&bytes);
}

/* Of equal versions, and of objects that tell none, the first of the file. */
static void of_equal_versions_the_first_holds(void)
{
    static const char *const versions[] = {"", " version='3'", " version='-1'", " version='x'"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(versions); i++)
        for (int first_is_deleted = 0; first_is_deleted < 2; first_is_deleted++) {
            struct xd_buffer bytes;
            char path[XD_TEST_PATH_MAX];
            const char *version = versions[i];
            xd_buffer_init(&bytes, FILE_MAX);
            print(&bytes, "<osm version='0.6'><node id='1' lat='1' lon='1'/><node id='2' lat='1' lon='1.001'/><node id='3' lat='1' lon='1.002'/>");
            CU_ASSERT_EQUAL(xd_buffer_printf(&bytes, NULL, "<way id='9'%s%s><nd ref='1'/><nd ref='2'/><tag k='highway' v='primary'/></way>", version,
                                             first_is_deleted ? " visible='false'" : ""),
                            XD_OK);
            CU_ASSERT_EQUAL(xd_buffer_printf(&bytes, NULL, "<way id='9'%s><nd ref='1'/><nd ref='2'/><tag k='highway' v='service'/></way>", version),
                            XD_OK);
            print(&bytes, "<way id='10'><nd ref='2'/><nd ref='3'/><tag k='highway' v='service'/></way></osm>");
            xd_temporary_file("equal.osm", bytes.bytes, bytes.length, path);
            struct xd_network *network = network_of(path, 1, SPOOL);
            CU_ASSERT_EQUAL(network->road_osm_id[0], first_is_deleted ? 10 : 9);
            CU_ASSERT_EQUAL(network->roads[0].road_class, first_is_deleted ? XD_ROAD_SERVICE : XD_ROAD_PRIMARY);
            CU_ASSERT_EQUAL(network->counts.duplicate_ways, 1);
            xd_network_free(network);
            xd_buffer_free(&bytes);
        }
}

static void ids_that_repeat_are_limited(void)
{
    struct xd_osm_repeats repeats = {.bits = NULL};
    struct xd_osm_sink sink;
    struct xd_error error = {.status = XD_OK};
    const struct xd_osm_node node = {.id = 7};
    CU_ASSERT_EQUAL_FATAL(xd_osm_repeats_sink(&repeats, 1, 1, &sink, &error), XD_OK);
    for (int i = 0; i <= XD_OSM_REPEATS_MAX; i++)
        CU_ASSERT_EQUAL_FATAL(sink.node(sink.context, &node, &error), XD_OK);
    CU_ASSERT_EQUAL(sink.node(sink.context, &node, &error), XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "ids that repeat"));
    xd_osm_repeats_free(&repeats);
}

/* Damage in the eleventh piece and in the third: whatever is read ahead, the third is told; also when the file is cut off behind it. */
static void of_several_damaged_blocks_the_first_is_told(void)
{
    struct pieces *pieces = xd_alloc_zero(1, sizeof *pieces);
    struct xd_buffer bytes;
    size_t begins[2 * CHUNKS_N];
    char path[XD_TEST_PATH_MAX];
    CU_ASSERT_PTR_NOT_NULL_FATAL(pieces);
    xd_buffer_init(&bytes, FILE_MAX);
    make_pieces(pieces);
    write_pbf(pieces, &bytes, begins);
    bytes.bytes[begins[11] - 9] ^= 0x10; /* the last bytes of the block before */
    bytes.bytes[begins[3] - 9] ^= 0x10;
    for (int cut = 0; cut < 2; cut++) {
        struct xd_error first = {.status = XD_OK};
        xd_temporary_file("damaged.osm.pbf", bytes.bytes, cut ? begins[5] - 20 : bytes.length, path);
        for (int32_t threads_n = 1; threads_n <= 4; threads_n++) {
            const struct xd_osm_network_options options = {.threads_n = threads_n, .spool_bytes_max = SPOOL};
            struct xd_network *network = NULL;
            struct xd_error error = {.status = XD_OK};
            CU_ASSERT_EQUAL(xd_osm_read_network_as(path, &options, NULL, &network, &error), XD_DATA);
            CU_ASSERT_PTR_NULL(network);
            CU_ASSERT(error.byte_offset >= (int64_t)begins[2] && error.byte_offset < (int64_t)begins[3]);
            if (threads_n == 1)
                first = error;
            CU_ASSERT_EQUAL(error.byte_offset, first.byte_offset);
            CU_ASSERT_STRING_EQUAL(error.message, first.message);
        }
    }
    xd_buffer_free(&bytes);
    xd_free(pieces);
}

struct watch {
    int64_t last_done, total;
    int reports_left; /* until the reading is cancelled; negative: never */
};

static void note_progress(void *context, const char *phase, int64_t done, int64_t total, int64_t cost)
{
    struct watch *watch = context;
    (void)phase, (void)cost;
    CU_ASSERT(done >= watch->last_done && done <= total);
    watch->last_done = done;
    watch->total = total;
}

static bool is_cancelled(void *context)
{
    struct watch *watch = context;
    return watch->reports_left >= 0 && watch->reports_left-- == 0;
}

static void a_reading_can_be_cancelled_wherever_it_is(void)
{
    struct pieces *pieces = xd_alloc_zero(1, sizeof *pieces);
    struct xd_buffer bytes;
    size_t begins[2 * CHUNKS_N];
    char path[XD_TEST_PATH_MAX];
    CU_ASSERT_PTR_NOT_NULL_FATAL(pieces);
    make_pieces(pieces);
    xd_buffer_init(&bytes, FILE_MAX);
    for (int form = 0; form < 3; form++) { /* PBF; text that is kept, and text that is read twice */
        xd_buffer_clear(&bytes);
        if (form == 0)
            write_pbf(pieces, &bytes, begins);
        else
            write_xml(pieces, &bytes);
        xd_temporary_file("pieces", bytes.bytes, bytes.length, path);
        const struct xd_osm_network_options options = {.threads_n = 2, .spool_bytes_max = form == 1 ? SPOOL : 0};
        int cancelled_n = 0;
        for (int at = 0;; at++) {
            struct watch watch = {.reports_left = at};
            const struct xd_progress progress = {.context = &watch, .report = note_progress, .cancelled = is_cancelled};
            struct xd_network *network = NULL;
            const enum xd_status status = xd_osm_read_network_as(path, &options, &progress, &network, NULL);
            xd_network_free(network);
            if (status == XD_OK) {
                /* Ids come twice with other versions: two rounds more to find them, and twice again with what was found. */
                CU_ASSERT_EQUAL(watch.total, (form == 1 ? 1 + 2 + 2 : 2 + 2 + 2) * (int64_t)bytes.length);
                CU_ASSERT_EQUAL(watch.last_done, watch.total);
                break;
            }
            CU_ASSERT_EQUAL(status, XD_INTERRUPTED);
            CU_ASSERT_PTR_NULL(network);
            cancelled_n++;
        }
        CU_ASSERT(cancelled_n > (form == 1 ? 2 : 4));
    }
    xd_buffer_free(&bytes);
    xd_free(pieces);
}

static void each_failed_allocation_of_a_pbf_leaves_nothing_behind(void)
{
    struct pieces *pieces = xd_alloc_zero(1, sizeof *pieces);
    struct xd_buffer bytes;
    size_t begins[2 * CHUNKS_N];
    char path[XD_TEST_PATH_MAX];
    int nth = 1;
    CU_ASSERT_PTR_NOT_NULL_FATAL(pieces);
    make_pieces(pieces);
    xd_buffer_init(&bytes, FILE_MAX);
    write_pbf(pieces, &bytes, begins);
    xd_temporary_file("pieces.osm.pbf", bytes.bytes, bytes.length, path);
    struct xd_network *expected = network_of(path, 2, SPOOL);
    for (;; nth++) {
        const struct xd_osm_network_options options = {.threads_n = 1 + nth % 2, .spool_bytes_max = SPOOL};
        struct xd_network *network = NULL;
        const int64_t live_before = xd_alloc_statistics_read().live_bytes;
        xd_alloc_fail_at((uint64_t)nth, nth % 3 == 0);
        const enum xd_status status = xd_osm_read_network_as(path, &options, NULL, &network, NULL);
        xd_alloc_fail_at(0, false);
        CU_ASSERT((status == XD_OK && network->hash == expected->hash) || (status == XD_NO_MEMORY && !network));
        xd_network_free(network);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_bytes, live_before);
        if (status == XD_OK && nth > 300)
            break;
    }
    CU_ASSERT(nth < 5000);
    xd_network_free(expected);
    xd_buffer_free(&bytes);
    xd_free(pieces);
}

/* One value of each sort is another. */
static void every_part_of_a_network_shows_in_its_hash(void)
{
    struct pieces *pieces = xd_alloc_zero(1, sizeof *pieces);
    struct xd_buffer bytes;
    char path[XD_TEST_PATH_MAX];
    CU_ASSERT_PTR_NOT_NULL_FATAL(pieces);
    make_pieces(pieces);
    xd_buffer_init(&bytes, FILE_MAX);
    write_xml(pieces, &bytes);
    xd_temporary_file("pieces.osm", bytes.bytes, bytes.length, path);
    struct xd_network *network = network_of(path, 1, SPOOL);
    struct xd_arena arena = {0};
    uint64_t seen[12] = {xd_network_hash(network)};
    size_t seen_n = 1;
    CU_ASSERT_EQUAL(seen[0], network->hash);
    for (int change = 0; change < 9; change++) {
        struct xd_network other = *network;
        const size_t nodes_n = (size_t)network->nodes_n, roads_n = (size_t)network->roads_n, places_n = (size_t)network->map_places_n;
        int64_t *ids = xd_arena_copy(&arena, network->node_osm_id, nodes_n, sizeof *ids);
        struct xd_position *positions = xd_arena_copy(&arena, network->node_position, nodes_n, sizeof *positions);
        uint8_t *node_signals = xd_arena_copy(&arena, network->node_signal, nodes_n, 1);
        struct xd_road *roads = xd_arena_copy(&arena, network->roads, roads_n, sizeof *roads);
        const char **names = xd_arena_copy(&arena, network->road_name, roads_n, sizeof *names);
        int32_t *road_node = xd_arena_copy(&arena, network->road_node, (size_t)network->first_node[roads_n], sizeof *road_node);
        struct xd_map_place *places = xd_arena_copy(&arena, network->map_places, places_n, sizeof *places);
        CU_ASSERT_FATAL(ids && positions && node_signals && roads && names && road_node && places);
        ids[nodes_n - 1] += change == 0;
        positions[nodes_n / 2].lon_e7 += change == 1;
        positions[nodes_n / 2].lat_e7 += change == 2;
        node_signals[3] ^= change == 3;
        roads[roads_n - 1].limits[XD_LIMIT_HGV].maxlength_cm = change == 4 ? 1200 : 0;
        names[0] = change == 5 ? "Bb" : names[0];
        road_node[7] ^= change == 6;
        places[0].population += change == 7;
        places[0].code = change == 8 ? "520000" : places[0].code;
        other.node_osm_id = ids;
        other.node_position = positions;
        other.node_signal = node_signals;
        other.roads = roads;
        other.road_name = names;
        other.road_node = road_node;
        other.map_places = places;
        const uint64_t hash = xd_network_hash(&other);
        for (size_t i = 0; i < seen_n; i++)
            CU_ASSERT_NOT_EQUAL(hash, seen[i]);
        seen[seen_n++] = hash;
    }
    xd_arena_free(&arena);
    xd_network_free(network);
    xd_buffer_free(&bytes);
    xd_free(pieces);
}

static const struct xd_test_case cases[] = {
    {"threads_blocks_and_keeping_do_not_show_in_a_network", threads_blocks_and_keeping_do_not_show_in_a_network},
    {"of_several_versions_of_an_object_the_highest_holds", of_several_versions_of_an_object_the_highest_holds},
    {"of_equal_versions_the_first_holds", of_equal_versions_the_first_holds},
    {"ids_that_repeat_are_limited", ids_that_repeat_are_limited},
    {"of_several_damaged_blocks_the_first_is_told", of_several_damaged_blocks_the_first_is_told},
    {"a_reading_can_be_cancelled_wherever_it_is", a_reading_can_be_cancelled_wherever_it_is},
    {"each_failed_allocation_of_a_pbf_leaves_nothing_behind", each_failed_allocation_of_a_pbf_leaves_nothing_behind},
    {"every_part_of_a_network_shows_in_its_hash", every_part_of_a_network_shows_in_its_hash},
};
const struct xd_test_suite xd_suite_osm_load = {"osm_load", cases, XD_ARRAY_LENGTH(cases)};
