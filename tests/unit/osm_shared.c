/* Real maps: counts as another program gave them, equal content over containers, and the parser cases of osm-testdata. */
#include "base/hash.h"
#include "tests/harness/osm_record.h"
#include "tests/unit/osm_suites.h"

#include <stdio.h>
#include <string.h>

struct tally {
    int64_t nodes_n, ways_n, highways_n, relations_n, node_id_max;
    struct xd_hash hash;
};

static void add_tags(struct tally *tally, struct xd_osm_tags tags)
{
    xd_hash_i64(&tally->hash, tags.items_n);
    for (int32_t i = 0; i < tags.items_n; i++) {
        xd_hash_string(&tally->hash, tags.items[i].key);
        xd_hash_string(&tally->hash, tags.items[i].value);
    }
}

static enum xd_status add_node(void *context, const struct xd_osm_node *node, struct xd_error *error)
{
    struct tally *tally = context;
    (void)error;
    tally->nodes_n++;
    tally->node_id_max = node->id > tally->node_id_max ? node->id : tally->node_id_max;
    xd_hash_i64(&tally->hash, node->id);
    xd_hash_i64(&tally->hash, node->position.lat_e7);
    xd_hash_i64(&tally->hash, node->position.lon_e7);
    add_tags(tally, node->tags);
    return XD_OK;
}

static enum xd_status add_way(void *context, const struct xd_osm_way *way, struct xd_error *error)
{
    struct tally *tally = context;
    (void)error;
    tally->ways_n++;
    for (int32_t i = 0; i < way->tags.items_n; i++)
        tally->highways_n += strcmp(way->tags.items[i].key, "highway") == 0;
    xd_hash_i64(&tally->hash, way->id);
    for (int32_t i = 0; i < way->node_ids_n; i++)
        xd_hash_i64(&tally->hash, way->node_ids[i]);
    add_tags(tally, way->tags);
    return XD_OK;
}

static enum xd_status add_relation(void *context, const struct xd_osm_relation *relation, struct xd_error *error)
{
    struct tally *tally = context;
    (void)error;
    tally->relations_n++;
    xd_hash_i64(&tally->hash, relation->id);
    for (int32_t i = 0; i < relation->members_n; i++) {
        xd_hash_i64(&tally->hash, (int64_t)relation->members[i].kind);
        xd_hash_i64(&tally->hash, relation->members[i].id);
        xd_hash_string(&tally->hash, relation->members[i].role);
    }
    add_tags(tally, relation->tags);
    return XD_OK;
}

static bool take(const char *relative, struct tally *tally)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_error error = {.status = XD_OK};
    struct xd_osm_sink sink = {.context = tally, .node = add_node, .way = add_way, .relation = add_relation};
    *tally = (struct tally){.hash = xd_hash_begin()};
    if (!xd_shared_file(relative, path))
        return false;
    enum xd_status status = xd_osm_read_file(path, &sink, NULL, &error);
    if (status != XD_OK)
        fprintf(stderr, "%s: %s\n", relative, error.message);
    CU_ASSERT_EQUAL(status, XD_OK);
    return true;
}

/* From the table of the shared data's own README, made by another reader. */
static void real_maps_hold_the_objects_that_another_reader_counted(void)
{
    static const struct {
        const char *file;
        int64_t nodes_n, ways_n, highways_n, relations_n, node_id_max;
    } maps[] = {
        {"osm/edge/valhalla-bus.osm.pbf", 14508, 2336, 508, 123, 3595787522},
        {"osm/edge/valhalla-melborne.osm.pbf", 1161, 1278, 1278, 718, 1161},
        {"osm/small/andorra-2026.osm.pbf", 490035, 25706, 8265, 721, 13703433736},
        {"osm/small/andorra-2026-roads.osm.pbf", 147590, 8265, 8265, 147, 13694994092},
        {"osm/small/beatty-nevada.osm", 6624, 344, 170, 8, 4881046735},
        {"osm/small/liechtenstein-2013-08-03.osm.pbf", 65733, 7121, 2753, 113, 65733},
        {"osm/small/liechtenstein-gisops.osm.pbf", 295005, 29874, 6984, 884, 9207797082},
        {"osm/small/monaco-2016.osm.pbf", 180118, 27377, 2927, 212, 4035273179},
        {"osm/small/north-bayreuth.osm.pbf", 58631, 7801, 2056, 179, 3166637168},
        {"osm/tiny/beijing-bupt-2025.osm.pbf", 2312, 472, 194, 32, 12797102001},
        {"osm/tiny/krautsand.osm.pbf", 1157, 33, 10, 24, 5008194367},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(maps); i++) {
        struct tally tally;
        if (!take(maps[i].file, &tally)) {
            xd_skip("no shared data");
            return;
        }
        CU_ASSERT_EQUAL(tally.nodes_n, maps[i].nodes_n);
        CU_ASSERT_EQUAL(tally.ways_n, maps[i].ways_n);
        CU_ASSERT_EQUAL(tally.highways_n, maps[i].highways_n);
        CU_ASSERT_EQUAL(tally.relations_n, maps[i].relations_n);
        CU_ASSERT_EQUAL(tally.node_id_max, maps[i].node_id_max);
    }
}

static void containers_of_one_map_hold_the_same(void)
{
    static const char *const twins[][2] = {
        {"osm/small/andorra-2026.osm.pbf", "osm/small/andorra-2026.osm.bz2"},
        {"osm/small/andorra-2026-roads.osm.pbf", "osm/small/andorra-2026-roads.osm"},
        {"osm/small/liechtenstein-2013-08-03.osm.pbf", "osm/small/liechtenstein-2013-08-03.osm.bz2"},
        {"osm/small/north-bayreuth.osm.pbf", "osm/small/north-bayreuth.osm.gz"},
        {"osm/tiny/krautsand.osm.pbf", "osm/tiny/krautsand.osm.gz"},
        {"osm/tiny/krautsand.osm.pbf", "osm/tiny/krautsand.osm"},
        {"osm/tiny/beijing-bupt-2025.osm.pbf", "osm/tiny/beijing-bupt-2025.osm"},
        {"osm/tiny/shanghai-shu-2021.osm.pbf", "osm/tiny/shanghai-shu-2021.osm"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(twins); i++) {
        struct tally one;
        struct tally other;
        if (!take(twins[i][0], &one) || !take(twins[i][1], &other)) {
            xd_skip("no shared data");
            return;
        }
        CU_ASSERT_EQUAL(xd_hash_end(one.hash), xd_hash_end(other.hash));
        CU_ASSERT(one.nodes_n > 1000);
    }
}

/* What the authors say of a case: "valid", "invalid" or, where they leave it open, "". */
static void read_verdict(const char *file, char verdict[16])
{
    char relative[256], path[XD_TEST_PATH_MAX];
    verdict[0] = '\0';
    snprintf(relative, sizeof relative, "osm/edge/osm-testdata-xml/data/%.*s/result", (int)strcspn(file, "/"), file);
    FILE *stream = xd_shared_file(relative, path) ? fopen(path, "r") : NULL;
    if (stream && fscanf(stream, "%15s", verdict) != 1)
        verdict[0] = '\0';
    if (stream)
        fclose(stream);
}

static void osm_testdata_is_taken_and_refused_as_its_authors_say(void)
{
    /* why: where the authors leave it open, or we refuse what is valid */
    static const struct {
        const char *file;
        enum xd_status status;
        const char *fragment, *why;
    } files[] = {
        {"100-correct_but_no_data/data.osm", XD_OK, "", ""},
        {"101-missing_version/data.osm", XD_DATA, "no attribute version", ""},
        {"102-wrong_version/data.osm", XD_DATA, "version=\"0.1\"; expected 0.6", ""},
        {"103-old_version/data.osm", XD_DATA, "version=\"0.5\"; expected 0.6", "0.5 had segments in place of ways: what it holds would be misread"},
        {"104-empty_file/data.osm", XD_DATA, "empty (0 bytes)", ""},
        {"105-incomplete_xml_file/data.osm", XD_DATA, "ends before </osm>", ""},
        {"106-invalid_xml_file/data.osm", XD_DATA, "unknown element <foo>", ""},
        {"107-wrongly_nested_xml_file/data.osm", XD_DATA, "no attribute lat", ""},
        {"108-unknown_top_level/data.osm", XD_DATA, "begins with <foo>", ""},
        {"109-unknown_data_level/data.osm", XD_DATA, "unknown element <someelement>", ""},
        {"110-entity_declaration/data.osm", XD_DATA, "document type", ""},
        {"120-correct_gzip_file_without_data/data.osm.gz", XD_OK, "", ""},
        {"121-truncated_gzip_file/data.osm.gz", XD_DATA, "cut off", ""},
        {"122-no_osm_element/data.osm", XD_DATA, "begins with <node>", ""},
        {"123-unknown_element_in_node/data.osm", XD_DATA, "unknown element <nd> in node 36966060", ""},
        {"124-unknown_element_in_way/data.osm", XD_DATA, "unknown element <member> in way 21", ""},
        {"125-unknown_element_in_relation/data.osm", XD_DATA, "unknown element <nd> in relation 17", ""},
        {"126-wrong_member_type/data.osm", XD_DATA, "type=\"foo\"; expected node, way or relation", ""},
        {"127-missing_member_type/data.osm", XD_DATA, "no attribute type", ""},
        {"128-missing_member_ref/data.osm", XD_DATA, "type=\"n\"", ""},
        {"140-unicode/data.osm", XD_OK, "", ""},
        {"141-entities/data.osm", XD_OK, "", ""},
        {"142-whitespace/data.osm", XD_OK, "", ""},
        {"200-nodes/data.osm", XD_OK, "", ""},
        {"300-change-file/data.osc", XD_DATA, "file of changes", "valid, but no map: only what changed in one"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(files); i++) {
        char relative[256];
        char path[XD_TEST_PATH_MAX];
        struct tally tally = {.hash = xd_hash_begin()};
        struct xd_error error = {.status = XD_OK};
        struct xd_osm_sink sink = {.context = &tally, .node = add_node, .way = add_way, .relation = add_relation};
        snprintf(relative, sizeof relative, "osm/edge/osm-testdata-xml/data/%s", files[i].file);
        if (!xd_shared_file(relative, path)) {
            xd_skip("no shared data");
            return;
        }
        CU_ASSERT_EQUAL(xd_osm_read_file(path, &sink, NULL, &error), files[i].status);
        CU_ASSERT_PTR_NOT_NULL(strstr(error.message, files[i].fragment));
        char verdict[16];
        read_verdict(files[i].file, verdict);
        const bool is_as_told = strcmp(verdict, files[i].status == XD_OK ? "valid" : "invalid") == 0;
        CU_ASSERT_EQUAL(is_as_told, files[i].why[0] == '\0');
    }
}

/* Texts of 0 to 255 characters, in tags of a map that has no roads. */
static void tags_of_every_length_come_through(void)
{
    struct tally tally;
    if (!take("osm/edge/osm-testdata-tag_lengths.osm", &tally)) {
        xd_skip("no shared data");
        return;
    }
    CU_ASSERT(tally.nodes_n > 0);
}

/* Each node of the file carries its own character and that character's length in UTF-8. */
static enum xd_status check_unicode_node(void *context, const struct xd_osm_node *node, struct xd_error *error)
{
    const char *given = "";
    const char *escaped = "";
    const char *length = "";
    (void)error;
    for (int32_t i = 0; i < node->tags.items_n; i++) {
        const struct xd_osm_tag *tag = &node->tags.items[i];
        given = strcmp(tag->key, "unicode_char") == 0 ? tag->value : given;
        escaped = strcmp(tag->key, "unicode_xml") == 0 ? tag->value : escaped;
        length = strcmp(tag->key, "unicode_utf8_length") == 0 ? tag->value : length;
    }
    CU_ASSERT_STRING_EQUAL(given, escaped);
    CU_ASSERT(length[0] == (char)('0' + strlen(given)) && length[1] == '\0');
    ++*(int *)context;
    return XD_OK;
}

static void characters_of_every_length_come_through(void)
{
    char path[XD_TEST_PATH_MAX];
    int nodes_n = 0;
    struct xd_osm_sink sink = {.context = &nodes_n, .node = check_unicode_node};
    if (!xd_shared_file("osm/edge/osm-testdata-xml/data/140-unicode/data.osm", path)) {
        xd_skip("no shared data");
        return;
    }
    CU_ASSERT_EQUAL(xd_osm_read_file(path, &sink, NULL, NULL), XD_OK);
    CU_ASSERT_EQUAL(nodes_n, 5);
}

static const struct xd_test_case cases[] = {
    {"real_maps_hold_the_objects_that_another_reader_counted", real_maps_hold_the_objects_that_another_reader_counted},
    {"containers_of_one_map_hold_the_same", containers_of_one_map_hold_the_same},
    {"osm_testdata_is_taken_and_refused_as_its_authors_say", osm_testdata_is_taken_and_refused_as_its_authors_say},
    {"tags_of_every_length_come_through", tags_of_every_length_come_through},
    {"characters_of_every_length_come_through", characters_of_every_length_come_through},
};
const struct xd_test_suite xd_suite_osm_shared = {"osm_shared", cases, XD_ARRAY_LENGTH(cases)};
