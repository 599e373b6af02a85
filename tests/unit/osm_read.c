/* The same objects come out of every container and form; limits; progress; cancelling; sinks that stop. */
#include "base/alloc.h"
#include "io/osm/object.h"
#include "tests/harness/osm_record.h"
#include "tests/unit/osm_suites.h"

#include <stdlib.h>
#include <string.h>

enum { BYTES_MAX = 1 << 24 };

static void expect_lines(const char *what, const void *bytes, size_t n, const char *lines)
{
    struct xd_buffer found;
    struct xd_error error = {.status = XD_OK};
    xd_buffer_init(&found, BYTES_MAX);
    enum xd_status status = osm_record_memory(bytes, n, &found, &error);
    if (status != XD_OK || !found.bytes || strcmp(found.bytes, lines) != 0)
        fprintf(stderr, "%s: status %d %s\n%s", what, (int)status, error.message, found.bytes ? found.bytes : "(nothing)\n");
    CU_ASSERT_EQUAL(status, XD_OK);
    CU_ASSERT_STRING_EQUAL(found.bytes ? found.bytes : "", lines);
    xd_buffer_free(&found);
}

static void xml_gives_the_objects_plain_and_packed(void)
{
    struct xd_buffer packed;
    xd_buffer_init(&packed, BYTES_MAX);
    expect_lines("xml", osm_sample_xml, strlen(osm_sample_xml), osm_sample_lines);
    gzip_bytes(osm_sample_xml, strlen(osm_sample_xml), &packed);
    expect_lines("gz", packed.bytes, packed.length, osm_sample_lines);
    xd_buffer_clear(&packed);
    bzip2_bytes(osm_sample_xml, strlen(osm_sample_xml), &packed);
    expect_lines("bz2", packed.bytes, packed.length, osm_sample_lines);
    xd_buffer_free(&packed);
}

static void pbf_gives_the_same_objects_in_every_form(void)
{
    static const struct pbf_form forms[] = {
        {.dense = true, .packing = PBF_ZLIB, .granularity_nano = 100},
        {.dense = true, .packing = PBF_RAW, .granularity_nano = 100, .lat_offset_nano = -900000000, .lon_offset_nano = 12300},
        {.dense = false, .packing = PBF_ZLIB, .granularity_nano = 1, .lat_offset_nano = 7},
        {.dense = false, .packing = PBF_RAW, .granularity_nano = 50},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(forms); i++) {
        struct xd_buffer bytes;
        xd_buffer_init(&bytes, BYTES_MAX);
        pbf_map_write(&bytes, &osm_sample_map, &forms[i], NULL);
        expect_lines("pbf", bytes.bytes, bytes.length, osm_sample_lines);
        xd_buffer_free(&bytes);
    }
}

/* 12.5 units of 10 nanodegrees: 1.25 e7 -> 1; 15 units of 10: 1.5 -> 2; -15: -2 (half away from zero, as the XML reader rounds). */
static void fine_positions_round_half_away_from_zero_in_both(void)
{
    static const struct {
        int64_t nano;
        const char *xml;
        int32_t e7;
    } cases[] = {{120, "0.000000120", 1}, {150, "0.00000015", 2}, {-150, "-0.00000015", -2}, {149, "0.000000149", 1}, {-49, "-0.000000049", 0}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        char text[256];
        char line[64];
        struct xd_buffer node, group, content, bytes;
        struct xd_buffer *all[] = {&node, &group, &content, &bytes};
        for (size_t k = 0; k < XD_ARRAY_LENGTH(all); k++)
            xd_buffer_init(all[k], BYTES_MAX);
        snprintf(line, sizeof line, "node 1 %ld 0\n", (long)cases[i].e7);
        snprintf(text, sizeof text, "<osm version='0.6'><node id='1' lat='%s' lon='0'/></osm>", cases[i].xml);
        expect_lines("xml", text, strlen(text), line);
        pbf_number(&node, 1, 2); /* zigzag of 1 */
        pbf_varint(&node, 8 << 3);
        pbf_zigzag(&node, cases[i].nano);
        pbf_number(&node, 9, 0);
        pbf_part(&group, 1, &node);
        pbf_part(&content, 2, &group);
        pbf_number(&content, 17, 1);
        pbf_header(&bytes, NULL, PBF_RAW);
        pbf_block(&bytes, "OSMData", &content, PBF_RAW);
        expect_lines("pbf", bytes.bytes, bytes.length, line);
        for (size_t k = 0; k < XD_ARRAY_LENGTH(all); k++)
            xd_buffer_free(all[k]);
    }
}

static void what_servers_and_editors_add_is_passed_over(void)
{
    static const char *const texts[] = {
        "\xef\xbb\xbf<?xml version='1.0'?>\n<osm version='0.6'><node id='1' lat='2' lon='3'/></osm>", /* byte order mark */
        "<osm version='0.6' xmlns='http://openstreetmap.org/osm/0.6'><node id='1' lat='2' lon='3'/></osm>",
        "<osm version='0.6'><note>The data is free</note><meta osm_base='x'/><node id='1' lat='2' lon='3'/></osm>",
        "<osm version='0.6'><remark>all went well</remark><!-- c --><?pi x?><node id='1' lat='2' lon='3'></node></osm>",
        "<osm version='0.6'><changeset id='5'><tag k='a' v='b'/><discussion><comment><text>t</text></comment></discussion></changeset>"
        "<node id='1' lat='2' lon='3'><center lat='1' lon='1'/></node></osm>",
        "<osm version='0.6'><node id='4' action='delete' lat='2' lon='3'/><node id='1' action='modify' visible='true' lat='2' lon='3'/></osm>",
        "<osm version='0.6'><way id='7' visible='false'><nd ref='1'/></way><node id='1' lat='+2' lon='3.'/></osm>\n\n",
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(texts); i++)
        expect_lines(texts[i], texts[i], strlen(texts[i]), "node 1 20000000 30000000\n");
    static const char geometry[] = "<osm version='0.6'><way id='7'><bounds minlat='1'/><nd ref='1' lat='2' lon='3'/></way>"
                                   "<relation id='8'><member type='way' ref='7'><nd lat='2' lon='3'/></member></relation></osm>";
    expect_lines("out geom", geometry, strlen(geometry), "way 7 1\nrelation 8 way 7 ,\n");
}

/* A table of many tags goes another way than one of few; in both the first of equal keys stays, in order. */
static void the_first_of_many_equal_keys_stays(void)
{
    struct xd_buffer text;
    struct xd_buffer line;
    xd_buffer_init(&text, BYTES_MAX);
    xd_buffer_init(&line, BYTES_MAX);
    CU_ASSERT_EQUAL(xd_buffer_printf(&text, NULL, "<osm version='0.6'><node id='1' lat='0' lon='0'>"), XD_OK);
    CU_ASSERT_EQUAL(xd_buffer_printf(&line, NULL, "node 1 0 0"), XD_OK);
    for (int i = 0; i < 300; i++) {
        CU_ASSERT_EQUAL(xd_buffer_printf(&text, NULL, "<tag k='k%d' v='%d'/>", i * 7 % 100, i), XD_OK);
        if (i < 100) /* 7 and 100 have no common factor: the first hundred keys differ */
            CU_ASSERT_EQUAL(xd_buffer_printf(&line, NULL, " [k%d=%d]", i * 7 % 100, i), XD_OK);
    }
    CU_ASSERT_EQUAL(xd_buffer_printf(&text, NULL, "</node></osm>"), XD_OK);
    CU_ASSERT_EQUAL(xd_buffer_printf(&line, NULL, "\n"), XD_OK);
    expect_lines("many keys", text.bytes, text.length, line.bytes);
    xd_buffer_free(&text);
    xd_buffer_free(&line);
}

static void repeat(struct xd_buffer *text, const char *piece, int n)
{
    for (int i = 0; i < n; i++)
        CU_ASSERT_EQUAL_FATAL(xd_buffer_append(text, piece, strlen(piece), NULL), XD_OK);
}

static void expect_limit(const char *head, const char *piece, int most_n, const char *tail, const char *fragment)
{
    for (int over = 0; over <= 1; over++) {
        struct xd_buffer text;
        struct xd_input *input = NULL;
        struct xd_error error = {.status = XD_OK};
        struct xd_osm_sink nothing = {.context = NULL};
        xd_buffer_init(&text, (size_t)1 << 28);
        repeat(&text, head, 1);
        repeat(&text, piece, most_n + over);
        repeat(&text, tail, 1);
        CU_ASSERT_EQUAL_FATAL(xd_input_open_memory("map", text.bytes, text.length, &input, NULL), XD_OK);
        CU_ASSERT_EQUAL(xd_osm_read_input(input, &nothing, NULL, &error), over ? XD_DATA : XD_OK);
        if (over)
            CU_ASSERT_PTR_NOT_NULL(strstr(error.message, fragment));
        xd_input_close(input);
        xd_buffer_free(&text);
    }
}

static void limits_hold_to_the_last_object(void)
{
    expect_limit("<osm version='0.6'><node id='1' lat='0' lon='0'>", "<tag k='a' v='b'/>", XD_OSM_TAGS_MAX, "</node></osm>", "more than 10000 tags");
    expect_limit("<osm version='0.6'><way id='1'>", "<nd ref='1'/>", XD_OSM_WAY_NODES_MAX, "</way></osm>", "more than 1000000 nodes");
    expect_limit("<osm version='0.6'><relation id='1'>", "<member type='way' ref='1'/>", XD_OSM_MEMBERS_MAX, "</relation></osm>",
                 "more than 1000000 members");
    expect_limit("<osm version='0.6'><way id='1'><tag k='name' v='", "x", XD_OSM_TAG_BYTES_MAX, "'/></way></osm>",
                 "65536 bytes; expected at most 65535");
}

static enum xd_status count_node(void *context, const struct xd_osm_node *node, struct xd_error *error)
{
    int *left_n = context;
    (void)node;
    return --*left_n > 0 ? XD_OK : xd_fail(error, XD_CONFIG, xd_at_none(), "enough");
}

static void what_the_sink_says_ends_the_reading_and_is_placed(void)
{
    static const struct pbf_form form = {.dense = true, .packing = PBF_ZLIB, .granularity_nano = 100};
    struct xd_buffer pbf;
    size_t ends[3];
    xd_buffer_init(&pbf, BYTES_MAX);
    pbf_map_write(&pbf, &osm_sample_map, &form, ends);
    for (int kind = 0; kind < 2; kind++) {
        int left_n = 2;
        struct xd_osm_sink sink = {.context = &left_n, .node = count_node};
        struct xd_input *input = NULL;
        struct xd_error error = {.status = XD_OK};
        CU_ASSERT_EQUAL_FATAL(kind == 0 ? xd_input_open_memory("map", osm_sample_xml, strlen(osm_sample_xml), &input, NULL)
                                        : xd_input_open_memory("map", pbf.bytes, pbf.length, &input, NULL),
                              XD_OK);
        CU_ASSERT_EQUAL(xd_osm_read_input(input, &sink, NULL, &error), XD_CONFIG);
        CU_ASSERT_EQUAL(left_n, 0);
        CU_ASSERT_STRING_EQUAL(error.message, "enough");
        CU_ASSERT_STRING_EQUAL(error.source, "map");
        CU_ASSERT(kind == 0 ? error.line == 8 : error.byte_offset == (int64_t)ends[0]); /* </node> of the second node */
        xd_input_close(input);
    }
    xd_buffer_free(&pbf);
}

static void kinds_that_the_sink_does_not_want_are_left_out(void)
{
    static const struct pbf_form form = {.dense = false, .packing = PBF_RAW, .granularity_nano = 100};
    struct xd_buffer pbf;
    xd_buffer_init(&pbf, BYTES_MAX);
    pbf_map_write(&pbf, &osm_sample_map, &form, NULL);
    for (int kind = 0; kind < 2; kind++) {
        struct xd_buffer lines;
        struct xd_input *input = NULL;
        xd_buffer_init(&lines, BYTES_MAX);
        struct xd_osm_sink sink = osm_record_sink(&lines);
        sink.node = NULL;
        sink.relation = NULL;
        CU_ASSERT_EQUAL_FATAL(kind == 0 ? xd_input_open_memory("map", osm_sample_xml, strlen(osm_sample_xml), &input, NULL)
                                        : xd_input_open_memory("map", pbf.bytes, pbf.length, &input, NULL),
                              XD_OK);
        CU_ASSERT_EQUAL(xd_osm_read_input(input, &sink, NULL, NULL), XD_OK);
        CU_ASSERT_EQUAL(strncmp(lines.bytes, "way 10 1 2 ", 11), 0);
        CU_ASSERT_STRING_EQUAL(strchr(lines.bytes, '\n'), "\nway -11\n");
        xd_input_close(input);
        xd_buffer_free(&lines);
    }
    xd_buffer_free(&pbf);
}

struct watch {
    int64_t last_done;
    int64_t total;
    bool stop;
};

static void note_progress(void *context, const char *phase, int64_t done, int64_t total, int64_t cost)
{
    struct watch *watch = context;
    CU_ASSERT_STRING_EQUAL(phase, "read map");
    CU_ASSERT(done >= watch->last_done && done <= total && cost == -1);
    watch->last_done = done;
    watch->total = total;
}

static bool wants_stop(void *context)
{
    return ((struct watch *)context)->stop;
}

static void progress_counts_file_bytes_and_stopping_is_told(void)
{
    for (int stop = 0; stop <= 1; stop++) {
        struct watch watch = {.last_done = 0, .stop = stop != 0};
        struct xd_progress progress = {.context = &watch, .report = note_progress, .cancelled = wants_stop};
        struct xd_osm_sink nothing = {.context = NULL};
        struct xd_input *input = NULL;
        CU_ASSERT_EQUAL_FATAL(xd_input_open_memory("map", osm_sample_xml, strlen(osm_sample_xml), &input, NULL), XD_OK);
        CU_ASSERT_EQUAL(xd_osm_read_input(input, &nothing, &progress, NULL), stop ? XD_INTERRUPTED : XD_OK);
        CU_ASSERT_EQUAL(watch.total, (int64_t)strlen(osm_sample_xml));
        CU_ASSERT(stop || watch.last_done == watch.total);
        xd_input_close(input);
    }
}

static const struct xd_test_case cases[] = {
    {"xml_gives_the_objects_plain_and_packed", xml_gives_the_objects_plain_and_packed},
    {"pbf_gives_the_same_objects_in_every_form", pbf_gives_the_same_objects_in_every_form},
    {"fine_positions_round_half_away_from_zero_in_both", fine_positions_round_half_away_from_zero_in_both},
    {"what_servers_and_editors_add_is_passed_over", what_servers_and_editors_add_is_passed_over},
    {"the_first_of_many_equal_keys_stays", the_first_of_many_equal_keys_stays},
    {"limits_hold_to_the_last_object", limits_hold_to_the_last_object},
    {"what_the_sink_says_ends_the_reading_and_is_placed", what_the_sink_says_ends_the_reading_and_is_placed},
    {"kinds_that_the_sink_does_not_want_are_left_out", kinds_that_the_sink_does_not_want_are_left_out},
    {"progress_counts_file_bytes_and_stopping_is_told", progress_counts_file_bytes_and_stopping_is_told},
};
const struct xd_test_suite xd_suite_osm_read = {"osm_read", cases, XD_ARRAY_LENGTH(cases)};
