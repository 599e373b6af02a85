/* The table of malformed maps: each is refused with the status, the place and the message that it deserves. */
#include "base/alloc.h"
#include "tests/harness/osm_record.h"
#include "tests/unit/osm_suites.h"

#include <stdio.h>
#include <string.h>

enum { BYTES_MAX = 1 << 27, IN_DATA = -2 };

/* IN_DATA as place: the byte where the block behind the header begins. */
struct pbf_case {
    const char *name;
    void (*make)(struct xd_buffer *out);
    int64_t byte_offset;
    const char *fragment;
};

static void expect_error(const char *name, const void *bytes, size_t n, int64_t line, int64_t column, int64_t byte_offset, const char *fragment)
{
    struct xd_buffer lines;
    struct xd_error error = {.status = XD_OK};
    xd_buffer_init(&lines, BYTES_MAX);
    enum xd_status status = osm_record_memory(bytes, n, &lines, &error);
    bool good = status == XD_DATA && error.status == XD_DATA && strcmp(error.source, "map") == 0 && error.line == line && error.column == column &&
                error.byte_offset == byte_offset && strstr(error.message, fragment);
    if (!good)
        fprintf(stderr, "%s: status %d %lld:%lld byte %lld \"%s\"\n", name, (int)status, (long long)error.line, (long long)error.column,
                (long long)error.byte_offset, error.message);
    CU_ASSERT(good);
    xd_buffer_free(&lines);
}

#define OSM "<osm version='0.6'>\n"
#define END "\n</osm>\n"

/* The place is the end of the start tag that is wrong. */
static void malformed_xml_is_told_by_line_and_column(void)
{
    static const struct {
        const char *name;
        const char *text;
        int64_t line, column;
        const char *fragment;
    } files[] = {
        {"node without id", OSM "<node lat='1' lon='2'/>" END, 2, 22, "<node> has no attribute id; expected id="},
        {"node without lat", OSM "<node id='1' lon='2'/>" END, 2, 21, "<node> has no attribute lat"},
        {"node without lon", OSM "<node id='1' lat='2'/>" END, 2, 21, "<node> has no attribute lon"},
        {"id past 64 bits", OSM "<node id='99999999999999999999' lat='1' lon='2'/>" END, 2, 48, "id=\"99999999999999999999\" is out of range"},
        {"id with letters", OSM "<way id='12a'/>" END, 2, 14, "<way> id=\"12a\" is not a number; expected a whole number"},
        {"id empty", OSM "<way id=''/>" END, 2, 11, "<way> id=\"\" is empty"},
        {"id with a point", OSM "<relation id='1.0'/>" END, 2, 19, "id=\"1.0\" is not a number"},
        {"lat is nan", OSM "<node id='1' lat='nan' lon='2'/>" END, 2, 31, "lat=\"nan\" is not a number; expected degrees from -90 to 90"},
        {"lon is infinite", OSM "<node id='1' lat='1' lon='1e400'/>" END, 2, 33, "lon=\"1e400\" is out of range; expected degrees from -180 to 180"},
        {"lat over the pole", OSM "<node id='1' lat='90.0000001' lon='2'/>" END, 2, 38, "lat=\"90.0000001\" is out of range"},
        {"lon hexadecimal", OSM "<node id='1' lat='1' lon='0x10'/>" END, 2, 32, "lon=\"0x10\" is not a number"},
        {"lon with a comma", OSM "<node id='1' lat='1' lon='107,5'/>" END, 2, 33, "lon=\"107,5\" is not a number"},
        {"tag without k", OSM "<way id='1'>\n<tag v='x'/></way>" END, 3, 11, "<tag> has no attribute k"},
        {"tag without v", OSM "<way id='1'>\n<tag k='x'/></way>" END, 3, 11, "<tag> has no attribute v"},
        {"nd without ref", OSM "<way id='1'>\n<nd/></way>" END, 3, 4, "<nd> has no attribute ref"},
        {"nd in a node", OSM "<node id='1' lat='1' lon='2'>\n<nd ref='1'/></node>" END, 3, 12, "unknown element <nd> in node 1; expected tag"},
        {"member in a way", OSM "<way id='1'>\n<member/></way>" END, 3, 8, "unknown element <member> in way 1; expected nd or tag"},
        {"member without type", OSM "<relation id='1'>\n<member ref='1'/></relation>" END, 3, 16, "<member> has no attribute type"},
        {"member of odd type", OSM "<relation id='1'>\n<member type='area' ref='1'/></relation>" END, 3, 28,
         "type=\"area\"; expected node, way or relation"},
        {"member without ref", OSM "<relation id='1'>\n<member type='way'/></relation>" END, 3, 19, "<member> has no attribute ref"},
        {"unknown element", OSM "<nodes/>" END, 2, 7, "unknown element <nodes> in <osm>; expected node, way or relation"},
        {"element of another namespace", OSM "<x:node xmlns:x='u' id='1'/>" END, 2, 27, "unknown element <x:node>"},
        {"change file", "<osmChange version='0.6'>\n</osmChange>", 1, 25, "file of changes"},
        {"GPX track", "<?xml version='1.0'?>\n<gpx version='1.1'/>", 2, 19, "begins with <gpx>; expected <osm version=\"0.6\">"},
        {"osm without version", "<osm>\n</osm>", 1, 5, "<osm> has no attribute version"},
        {"osm 0.5", "<osm version='0.5'/>", 1, 19, "<osm> version=\"0.5\"; expected 0.6"},
        {"document type", "<!DOCTYPE osm [<!ENTITY a 'b'>]>\n" OSM END, 1, 15, "document type"},
        {"outer entities", "<!DOCTYPE osm SYSTEM 'file:///etc/passwd'>\n" OSM END, 1, 42, "document type"},
        {"unknown entity", OSM "<way id='1'><tag k='a' v='&nbsp;'/></way>" END, 2, 33, "not well-formed XML: Entity 'nbsp' not defined"},
        {"tags crossed", OSM "<way id='1'>\n<nd ref='1'></way></nd>" END, 3, 19,
         "not well-formed XML: Opening and ending tag mismatch: nd line 3 and way"},
        {"attribute twice", OSM "<way id='1' id='2'/>" END, 2, 19, "not well-formed XML: Attribute id redefined"},
        {"attribute without quotes", OSM "<way id=1/>" END, 2, 9, "not well-formed XML: AttValue"},
        {"second root", OSM "</osm>\n<osm version='0.6'/>", 3, 1, "not well-formed XML: Extra content at the end"},
        {"broken UTF-8", OSM "<way id='1'><tag k='name' v='\xff\xfe'/></way>" END, 2, 30, "not well-formed XML: Input is not proper UTF-8"},
        {"control character", OSM "<way id='1'><tag k='name' v='&#1;'/></way>" END, 2, 34,
         "not well-formed XML: xmlParseCharRef: invalid xmlChar value 1"},
        {"cut between objects", OSM "<way id='1'/>\n", 2, 14, "ends before </osm>"},
        {"cut in a tag", OSM "<way id='1'>\n<tag k='na", 3, 11, "ends before </osm>"},
        {"server ran out of time",
         OSM "<node id='1' lat='1' lon='2'/>\n<remark> runtime error: Query timed out in \"query\" at line 3 after 25 seconds. </remark>" END, 3, 89,
         "the map server cut this download off (\" runtime error: Query timed out"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(files); i++)
        expect_error(files[i].name, files[i].text, strlen(files[i].text), files[i].line, files[i].column, -1, files[i].fragment);
}

static void elements_nested_too_deep_are_refused(void)
{
    struct xd_buffer text;
    xd_buffer_init(&text, BYTES_MAX);
    CU_ASSERT_EQUAL(xd_buffer_printf(&text, NULL, OSM "<note>"), XD_OK);
    for (int i = 0; i < 100; i++)
        CU_ASSERT_EQUAL(xd_buffer_printf(&text, NULL, "<a>"), XD_OK);
    expect_error("deep", text.bytes, text.length, 2, 6 + 64 * 3, -1, "elements nested deeper than 64");
    xd_buffer_free(&text);
}

/* A quote that is never closed swallows the rest of the file: the parser gives up after 10 MB of it. */
static void a_tag_without_end_is_given_up_in_bounded_memory(void)
{
    enum { SWALLOWED_N = 20 * 1000 * 1000 };
    struct xd_buffer text;
    xd_buffer_init(&text, BYTES_MAX);
    CU_ASSERT_EQUAL(xd_buffer_printf(&text, NULL, OSM "<way id='1'><tag k='a' v=\""), XD_OK);
    for (int i = 0; i < SWALLOWED_N / 10; i++)
        CU_ASSERT_EQUAL_FATAL(xd_buffer_append(&text, "0123456789", 10, NULL), XD_OK);
    int64_t live_before = xd_alloc_statistics_read().live_bytes;
    xd_alloc_statistics_reset();
    expect_error("swallowed", text.bytes, text.length, 2, 13, -1, "longer than 10000000 bytes");
    CU_ASSERT(xd_alloc_statistics_read().peak_bytes - live_before < 30000000); /* 10 MB in a buffer that doubles */
    xd_buffer_free(&text);
}

static void what_is_no_map_is_told_by_name(void)
{
#define BYTES(literal) literal, sizeof(literal) - 1
    static const struct {
        const char *bytes;
        size_t n;
        const char *fragment;
    } files[] = {
        {BYTES(""), "the map is empty (0 bytes)"},
        {BYTES("PK\x03\x04rest"), "is a ZIP archive"},
        {BYTES("\xfd"
               "7zXZ\x00"),
         "packed with xz"},
        {BYTES("7z\xbc\xaf\x27\x1c"), "is a 7z archive"},
        {BYTES("\x28\xb5\x2f\xfd"), "packed with zstd"},
        {BYTES("\xff\xe0\x04o5m2"), "is an o5m map"},
        {BYTES("SQLite format 3\x00"), "is a database"},
        {BYTES("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"), "Git LFS pointer"},
        {BYTES("{\"version\": 0.6}"), "is JSON"},
        {BYTES("\x00\x00\x27\x0a\x00"), "is a shapefile"},
        {BYTES("<!DOCTYPE HTML>\n<html>"), "is a web page, not a map"},
        {BYTES("  <html lang='en'>"), "is a web page, not a map"},
        {BYTES("n1 v1 dV c0 t i0 u T x1 y2\n"), "is not an OSM map: it begins with the bytes 6e 31 20 76"},
        {BYTES("\n\n"), "is not an OSM map: it begins with the bytes 0a 0a 00 00"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(files); i++)
        expect_error(files[i].fragment, files[i].bytes, files[i].n, 0, 0, -1, files[i].fragment);
}

/* A header, then one block with the strings "", "highway", "residential" and the given group field. */
static void data_with(struct xd_buffer *out, unsigned group_field, const struct xd_buffer *object)
{
    struct xd_buffer table, group, content;
    xd_buffer_init(&table, BYTES_MAX);
    xd_buffer_init(&group, BYTES_MAX);
    xd_buffer_init(&content, BYTES_MAX);
    pbf_text(&table, 1, "");
    pbf_text(&table, 1, "highway");
    pbf_text(&table, 1, "residential");
    pbf_part(&group, group_field, object);
    pbf_part(&content, 2, &group);
    pbf_part(&content, 1, &table);
    pbf_header(out, NULL, PBF_RAW);
    pbf_block(out, "OSMData", &content, PBF_ZLIB);
    xd_buffer_free(&table);
    xd_buffer_free(&group);
    xd_buffer_free(&content);
}

/* One object whose fields of bytes are given as text: field, bytes, n. */
struct field {
    unsigned number;
    const char *bytes;
    size_t n;
};

static void data_of(struct xd_buffer *out, unsigned group_field, uint64_t id, const struct field *fields, size_t fields_n)
{
    struct xd_buffer object;
    xd_buffer_init(&object, BYTES_MAX);
    if (group_field != 2)
        pbf_number(&object, 1, id);
    for (size_t i = 0; i < fields_n; i++)
        pbf_bytes(&object, fields[i].number, fields[i].bytes, fields[i].n);
    data_with(out, group_field, &object);
    xd_buffer_free(&object);
}

#define DATA_OF(group_field, id, ...)                                                                                                                \
    do {                                                                                                                                             \
        const struct field fields[] = {__VA_ARGS__};                                                                                                 \
        data_of(out, group_field, id, fields, XD_ARRAY_LENGTH(fields));                                                                              \
    } while (0)

static void header_size_zero(struct xd_buffer *out)
{
    CU_ASSERT_EQUAL(xd_buffer_append(out, "\0\0\0\0more", 8, NULL), XD_OK);
}

static void header_size_huge(struct xd_buffer *out)
{
    pbf_header(out, NULL, PBF_RAW);
    CU_ASSERT_EQUAL(xd_buffer_append(out, "\x7f\xff\xff\xff more", 9, NULL), XD_OK);
}

static void header_size_just_over(struct xd_buffer *out)
{
    CU_ASSERT_EQUAL(xd_buffer_append(out, "\x00\x01\x00\x01more", 8, NULL), XD_OK);
}

static void data_without_header(struct xd_buffer *out)
{
    struct xd_buffer content;
    xd_buffer_init(&content, BYTES_MAX);
    pbf_text(&content, 1, "x");
    pbf_block(out, "OSMData", &content, PBF_RAW);
    xd_buffer_free(&content);
}

static void blob_header(struct xd_buffer *out, uint64_t size, bool typed)
{
    struct xd_buffer header;
    xd_buffer_init(&header, BYTES_MAX);
    pbf_header(out, NULL, PBF_RAW);
    if (typed)
        pbf_text(&header, 1, "OSMData");
    pbf_number(&header, 3, size);
    unsigned char length[4] = {0, 0, 0, (unsigned char)header.length};
    CU_ASSERT_EQUAL(xd_buffer_append(out, length, 4, NULL), XD_OK);
    CU_ASSERT_EQUAL(xd_buffer_append(out, header.bytes, header.length, NULL), XD_OK);
    xd_buffer_free(&header);
}

static void block_over_32_mib(struct xd_buffer *out)
{
    blob_header(out, 32 * 1024 * 1024 + 1, true);
}

static void block_of_negative_size(struct xd_buffer *out)
{
    blob_header(out, (uint64_t)-1, true);
}

static void block_promised_and_missing(struct xd_buffer *out)
{
    blob_header(out, 32 * 1024 * 1024, true);
}

static void block_without_type(struct xd_buffer *out)
{
    blob_header(out, 10, false);
}

static void blob_header_of_noise(struct xd_buffer *out)
{
    pbf_header(out, NULL, PBF_RAW);
    CU_ASSERT_EQUAL(xd_buffer_append(out, "\x00\x00\x00\x04\xff\xff\xff\xff", 8, NULL), XD_OK);
}

static void history_file(struct xd_buffer *out)
{
    pbf_header(out, "HistoricalInformation", PBF_ZLIB);
}

static void unknown_feature(struct xd_buffer *out)
{
    pbf_header(out, "Teleport\xff", PBF_ZLIB);
}

static void locations_on_ways(struct xd_buffer *out)
{
    pbf_header(out, "LocationsOnWays", PBF_ZLIB);
}

/* A Blob of the fields 1 (raw), 2 (raw_size, unless 0) and field `packed` with bytes. */
static void blob_with(struct xd_buffer *out, bool raw, uint64_t raw_size, unsigned packed, const char *bytes, size_t n)
{
    struct xd_buffer blob;
    xd_buffer_init(&blob, BYTES_MAX);
    pbf_header(out, NULL, PBF_RAW);
    if (raw)
        pbf_text(&blob, 1, "");
    if (raw_size > 0)
        pbf_number(&blob, 2, raw_size);
    if (packed > 0)
        pbf_bytes(&blob, packed, bytes, n);
    pbf_block_of_blob(out, "OSMData", &blob);
    xd_buffer_free(&blob);
}

static void packed_with_zstd(struct xd_buffer *out)
{
    blob_with(out, false, 10, 7, "zstd", 4);
}

static void packed_with_lzma(struct xd_buffer *out)
{
    blob_with(out, false, 10, 4, "lzma", 4);
}

static void blob_of_nothing(struct xd_buffer *out)
{
    blob_with(out, false, 10, 0, "", 0);
}

static void blob_of_both(struct xd_buffer *out)
{
    blob_with(out, true, 10, 3, "x", 1);
}

static void zlib_of_noise(struct xd_buffer *out)
{
    blob_with(out, false, 10, 3, "noise and no zlib", 17);
}

static void raw_size_over_the_limit(struct xd_buffer *out)
{
    blob_with(out, false, (uint64_t)1 << 40, 3, "x", 1);
}

static void raw_size_impossible(struct xd_buffer *out)
{
    blob_with(out, false, 32 * 1024 * 1024, 3, "x\x9c", 2);
}

static void raw_size_missing(struct xd_buffer *out)
{
    blob_with(out, false, 0, 3, "x\x9c", 2);
}

static void zlib_of_size(struct xd_buffer *out, uint64_t raw_size)
{
    struct xd_buffer content, packed;
    xd_buffer_init(&content, BYTES_MAX);
    xd_buffer_init(&packed, BYTES_MAX);
    pbf_text(&content, 1, "0123456789");
    pbf_deflate(&packed, &content);
    blob_with(out, false, raw_size, 3, packed.bytes, packed.length);
    xd_buffer_free(&content);
    xd_buffer_free(&packed);
}

static void raw_size_too_small(struct xd_buffer *out)
{
    zlib_of_size(out, 11); /* the content has 12 bytes */
}

static void raw_size_too_large(struct xd_buffer *out)
{
    zlib_of_size(out, 13);
}

static void string_index_too_large(struct xd_buffer *out)
{
    DATA_OF(3, 7, {2, "\x01", 1}, {3, "\x03", 1});
}

static void more_keys_than_values(struct xd_buffer *out)
{
    DATA_OF(3, 7, {2, "\x01\x01", 2}, {3, "\x02", 1});
}

static void way_without_id(struct xd_buffer *out)
{
    struct xd_buffer object;
    xd_buffer_init(&object, BYTES_MAX);
    pbf_bytes(&object, 8, "\x02", 1);
    data_with(out, 3, &object);
    xd_buffer_free(&object);
}

static void node_without_position(struct xd_buffer *out)
{
    data_of(out, 1, 8, NULL, 0);
}

static void way_nodes_past_64_bits(struct xd_buffer *out)
{
    DATA_OF(3, 7, {8, "\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01\x02", 11}); /* the largest number, then one more */
}

static void number_past_64_bits(struct xd_buffer *out)
{
    DATA_OF(3, 7, {8, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10});
}

static void way_nodes_cut(struct xd_buffer *out)
{
    DATA_OF(3, 7, {8, "\x02\x80", 2});
}

static void way_nodes_twice(struct xd_buffer *out)
{
    DATA_OF(3, 7, {8, "\x02", 1}, {8, "\x02", 1});
}

static void member_of_type_3(struct xd_buffer *out)
{
    DATA_OF(4, 7, {8, "\x00", 1}, {9, "\x02", 1}, {10, "\x03", 1});
}

static void members_without_roles(struct xd_buffer *out)
{
    DATA_OF(4, 7, {9, "\x02", 1}, {10, "\x01", 1});
}

static void dense_with_fewer_latitudes(struct xd_buffer *out)
{
    DATA_OF(2, 0, {1, "\x02\x02", 2}, {8, "\x02", 1}, {9, "\x02\x02", 2});
}

static void dense_with_more_longitudes(struct xd_buffer *out)
{
    DATA_OF(2, 0, {1, "\x02", 1}, {8, "\x02", 1}, {9, "\x02\x02", 2});
}

static void dense_tags_without_end(struct xd_buffer *out)
{
    DATA_OF(2, 0, {1, "\x02", 1}, {8, "\x02", 1}, {9, "\x02", 1}, {10, "\x01\x02", 2});
}

static void dense_tag_index_too_large(struct xd_buffer *out)
{
    DATA_OF(2, 0, {1, "\x02", 1}, {8, "\x02", 1}, {9, "\x02", 1}, {10, "\x01\x63\x00", 3});
}

static void latitude_over_the_pole(struct xd_buffer *out)
{
    DATA_OF(2, 0, {1, "\x02", 1}, {8, "\x82\xa4\xa7\xda\x06", 5}, {9, "\x02", 1}); /* 900,000,001 e7 */
}

static void longitude_past_64_bits(struct xd_buffer *out)
{
    DATA_OF(2, 0, {1, "\x02", 1}, {8, "\x02", 1}, {9, "\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10});
}

static void content_of(struct xd_buffer *out, unsigned field, uint64_t number, const char *string)
{
    struct xd_buffer table, group, content;
    xd_buffer_init(&table, BYTES_MAX);
    xd_buffer_init(&group, BYTES_MAX);
    xd_buffer_init(&content, BYTES_MAX);
    pbf_text(&table, 1, string);
    pbf_text(&group, 3, "\x08\x01");
    pbf_part(&content, 1, &table);
    pbf_part(&content, 2, &group);
    pbf_number(&content, field, number);
    pbf_header(out, NULL, PBF_RAW);
    pbf_block(out, "OSMData", &content, PBF_ZLIB);
    xd_buffer_free(&table);
    xd_buffer_free(&group);
    xd_buffer_free(&content);
}

static void granularity_zero(struct xd_buffer *out)
{
    content_of(out, 17, 0, "x");
}

static void string_of_broken_utf8(struct xd_buffer *out)
{
    content_of(out, 17, 100, "\xc3(");
}

static void group_of_wrong_type(struct xd_buffer *out)
{
    content_of(out, 2, 5, "x");
}

static void content_of_noise(struct xd_buffer *out)
{
    struct xd_buffer content;
    xd_buffer_init(&content, BYTES_MAX);
    CU_ASSERT_EQUAL(xd_buffer_append(&content, "\x0b\x0c", 2, NULL), XD_OK);
    pbf_header(out, NULL, PBF_RAW);
    pbf_block(out, "OSMData", &content, PBF_RAW);
    xd_buffer_free(&content);
}

static void bytes_behind_the_last_block(struct xd_buffer *out)
{
    pbf_header(out, NULL, PBF_RAW);
    CU_ASSERT_EQUAL(xd_buffer_append(out, "\n", 1, NULL), XD_OK);
}

static void malformed_pbf_is_told_by_the_byte_of_its_block(void)
{
    static const struct pbf_case files[] = {
        {"header size zero", header_size_zero, 0, "a BlobHeader of 0 bytes; expected 1 to 65536"},
        {"header size huge", header_size_huge, IN_DATA, "a BlobHeader of 2147483647 bytes; expected 1 to 65536"},
        {"header size just over", header_size_just_over, 0, "a BlobHeader of 65537 bytes"},
        {"data without header", data_without_header, 0, "begins with a block of type \"OSMData\"; expected OSMHeader"},
        {"block over 32 MiB", block_over_32_mib, IN_DATA, "a block of 33554433 bytes; expected at most 33554432"},
        {"block of negative size", block_of_negative_size, IN_DATA, "a block of 18446744073709551615 bytes"},
        {"block promised and missing", block_promised_and_missing, IN_DATA, "33554432 bytes needed, 0 found; it is cut off"},
        {"block without type", block_without_type, IN_DATA, "it has no type or no size"},
        {"blob header of noise", blob_header_of_noise, IN_DATA, "a BlobHeader is damaged: a field runs past the end"},
        {"history file", history_file, 0, "is a history of a map"},
        {"unknown feature", unknown_feature, 0, "needs the feature \"Teleport?\"; expected OsmSchema-V0.6 and DenseNodes"},
        {"locations on ways", locations_on_ways, 0, "LocationsOnWays"},
        {"packed with zstd", packed_with_zstd, IN_DATA, "packed with zstd; expected zlib or none: convert the map first (osmium cat"},
        {"packed with lzma", packed_with_lzma, IN_DATA, "packed with lzma"},
        {"blob of nothing", blob_of_nothing, IN_DATA, "it must hold either raw or zlib data"},
        {"blob of both", blob_of_both, IN_DATA, "it must hold either raw or zlib data"},
        {"zlib of noise", zlib_of_noise, IN_DATA, "a Blob is damaged: incorrect header check"},
        {"raw size over the limit", raw_size_over_the_limit, IN_DATA, "unpacks to 1099511627776 bytes; expected at most 33554432"},
        {"raw size impossible", raw_size_impossible, IN_DATA, "promises 33554432 bytes from 2 packed ones"},
        {"raw size missing", raw_size_missing, IN_DATA, "unpacks to -1 bytes"},
        {"raw size too small", raw_size_too_small, IN_DATA, "does not unpack to the 11 bytes that it declares"},
        {"raw size too large", raw_size_too_large, IN_DATA, "does not unpack to the 13 bytes that it declares"},
        {"string index too large", string_index_too_large, IN_DATA, "way 7 names string 3; expected less than 3"},
        {"more keys than values", more_keys_than_values, IN_DATA, "a list of tags in this block is damaged: too few values"},
        {"way without id", way_without_id, IN_DATA, "a way in this block has no id"},
        {"node without position", node_without_position, IN_DATA, "a node in this block has no lat or lon"},
        {"way nodes past 64 bits", way_nodes_past_64_bits, IN_DATA, "the nodes of a way in this block: a sum of differences passes 64 bits"},
        {"number past 64 bits", number_past_64_bits, IN_DATA, "a number of more than 64 bits"},
        {"way nodes cut", way_nodes_cut, IN_DATA, "the nodes of a way in this block is damaged: a field runs past the end"},
        {"way nodes twice", way_nodes_twice, IN_DATA, "field 8 comes twice"},
        {"member of type 3", member_of_type_3, IN_DATA, "relation 7: a member of type 3; expected 0, 1 or 2"},
        {"members without roles", members_without_roles, IN_DATA, "the members of a relation in this block is damaged: too few values"},
        {"dense with fewer latitudes", dense_with_fewer_latitudes, IN_DATA, "a group of nodes in this block is damaged: too few values"},
        {"dense with more longitudes", dense_with_more_longitudes, IN_DATA, "more values than nodes"},
        {"dense tags without end", dense_tags_without_end, IN_DATA, "the tags of a group of nodes in this block is damaged: too few values"},
        {"dense tag index too large", dense_tag_index_too_large, IN_DATA, "node 1 names string 99; expected less than 3"},
        {"latitude over the pole", latitude_over_the_pole, IN_DATA, "node 1: latitude of 90.0000001 degrees; expected -90 to 90"},
        {"longitude past 64 bits", longitude_past_64_bits, IN_DATA, "node 1: longitude of"},
        {"granularity zero", granularity_zero, IN_DATA, "granularity of this block is 0; expected 1 or more"},
        {"string of broken UTF-8", string_of_broken_utf8, IN_DATA, "string 0 of this block is not valid UTF-8"},
        {"group of wrong type", group_of_wrong_type, IN_DATA, "a group of objects in this block is damaged"},
        {"content of noise", content_of_noise, IN_DATA, "a field of unknown wire type or number"},
        {"bytes behind the last block", bytes_behind_the_last_block, IN_DATA, "4 bytes needed, 1 found"},
    };
    struct xd_buffer bytes;
    xd_buffer_init(&bytes, BYTES_MAX);
    pbf_header(&bytes, NULL, PBF_RAW);
    int64_t data_offset = (int64_t)bytes.length;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(files); i++) {
        xd_buffer_clear(&bytes);
        files[i].make(&bytes);
        expect_error(files[i].name, bytes.bytes, bytes.length, 0, 0, files[i].byte_offset == IN_DATA ? data_offset : files[i].byte_offset,
                     files[i].fragment);
    }
    xd_buffer_free(&bytes);
}

static const struct xd_test_case cases[] = {
    {"malformed_xml_is_told_by_line_and_column", malformed_xml_is_told_by_line_and_column},
    {"elements_nested_too_deep_are_refused", elements_nested_too_deep_are_refused},
    {"a_tag_without_end_is_given_up_in_bounded_memory", a_tag_without_end_is_given_up_in_bounded_memory},
    {"what_is_no_map_is_told_by_name", what_is_no_map_is_told_by_name},
    {"malformed_pbf_is_told_by_the_byte_of_its_block", malformed_pbf_is_told_by_the_byte_of_its_block},
};
const struct xd_test_suite xd_suite_osm_malformed = {"osm_malformed", cases, XD_ARRAY_LENGTH(cases)};
