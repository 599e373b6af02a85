#include "tests/harness/osm_record.h"

#include "base/macros.h"

#include <bzlib.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

const char osm_sample_xml[] = "<?xml version='1.0' encoding='UTF-8'?>\n"
                              "<osm version=\"0.6\" generator=\"tests\">\n"
                              "  <bounds minlat=\"-1\" minlon=\"-1\" maxlat=\"1\" maxlon=\"1\"/>\n"
                              "  <node id=\"1\" version=\"2\" lat=\"26.5123457\" lon=\"107.1234568\"/>\n"
                              "  <node id=\"2\" lat=\"-0.0000001\" lon=\"1e-7\">\n"
                              "    <tag k=\"place\" v=\"village\"/>\n"
                              "    <tag k=\"name\" v=\"\xe4\xb8\x8a\xe5\x9d\x9d\xe6\x9d\x91\"/>\n"
                              "  </node>\n"
                              "  <node id=\"-5\" lat=\"90\" lon=\"-180.00\">\n"
                              "    <tag k=\"barrier\" v=\"gate\"/><tag k=\"barrier\" v=\"bollard\"/>\n"
                              "  </node>\n"
                              "  <node id=\"13703433736\" lat=\"-90.0\" lon=\"180\" visible=\"true\"/>\n"
                              "  <node id=\"6\" visible=\"false\"/>\n"
                              "  <way id=\"10\">\n"
                              "    <nd ref=\"1\"/><nd ref=\"2\"/><nd ref=\"13703433736\"/><nd ref=\"1\"/><nd ref=\"999\"/>\n"
                              "    <tag k=\"highway\" v=\"tertiary\"/>\n"
                              "    <tag k=\"name\" v=\"A &amp; B &lt;&#xf6;&gt; &quot;C&quot; &apos;D&apos;\"/>\n"
                              "  </way>\n"
                              "  <way id=\"-11\"/>\n"
                              "  <relation id=\"20\">\n"
                              "    <member type=\"node\" ref=\"1\" role=\"via\"/>\n"
                              "    <member type=\"way\" ref=\"-11\" role=\"from\"/>\n"
                              "    <member type=\"relation\" ref=\"21\" role=\"\"/>\n"
                              "    <tag k=\"type\" v=\"restriction\"/>\n"
                              "  </relation>\n"
                              "</osm>\n";

const char osm_sample_lines[] = "node 1 265123457 1071234568\n"
                                "node 2 -1 1 [place=village] [name=\xe4\xb8\x8a\xe5\x9d\x9d\xe6\x9d\x91]\n"
                                "node -5 900000000 -1800000000 [barrier=gate]\n"
                                "node 13703433736 -900000000 1800000000\n"
                                "way 10 1 2 13703433736 1 999 [highway=tertiary] [name=A & B <\xc3\xb6> \"C\" 'D']\n"
                                "way -11\n"
                                "relation 20 node 1 via, way -11 from, relation 21 , [type=restriction]\n";

static const struct xd_osm_tag village_tags[] = {{"place", "village"}, {"name", "\xe4\xb8\x8a\xe5\x9d\x9d\xe6\x9d\x91"}};
static const struct xd_osm_tag gate_tags[] = {{"barrier", "gate"}, {"barrier", "bollard"}};
static const struct xd_osm_tag road_tags[] = {{"highway", "tertiary"}, {"name", "A & B <\xc3\xb6> \"C\" 'D'"}};
static const struct xd_osm_tag restriction_tags[] = {{"type", "restriction"}};
static const int64_t road_nodes[] = {1, 2, INT64_C(13703433736), 1, 999};
static const struct xd_osm_member members[] = {{XD_OSM_NODE, 1, "via"}, {XD_OSM_WAY, -11, "from"}, {XD_OSM_RELATION, 21, ""}};
static const struct xd_osm_node nodes[] = {
    {.id = 1, .position = {.lat_e7 = 265123457, .lon_e7 = 1071234568}},
    {.id = 2, .position = {.lat_e7 = -1, .lon_e7 = 1}, .tags = {village_tags, 2}},
    {.id = -5, .position = {.lat_e7 = 900000000, .lon_e7 = -1800000000}, .tags = {gate_tags, 2}},
    {.id = INT64_C(13703433736), .position = {.lat_e7 = -900000000, .lon_e7 = 1800000000}},
};
static const struct xd_osm_way ways[] = {{.id = 10, .node_ids = road_nodes, .node_ids_n = 5, .tags = {road_tags, 2}}, {.id = -11}};
static const struct xd_osm_relation relations[] = {{.id = 20, .members = members, .members_n = 3, .tags = {restriction_tags, 1}}};
const struct pbf_map osm_sample_map = {nodes, XD_ARRAY_LENGTH(nodes), ways, XD_ARRAY_LENGTH(ways), relations, XD_ARRAY_LENGTH(relations)};

static enum xd_status record_tags(struct xd_buffer *lines, struct xd_osm_tags tags, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    for (int32_t i = 0; i < tags.items_n && status == XD_OK; i++)
        status = xd_buffer_printf(lines, error, " [%s=%s]", tags.items[i].key, tags.items[i].value);
    return status == XD_OK ? xd_buffer_append(lines, "\n", 1, error) : status;
}

static enum xd_status record_node(void *context, const struct xd_osm_node *node, struct xd_error *error)
{
    enum xd_status status =
        xd_buffer_printf(context, error, "node %lld %ld %ld", (long long)node->id, (long)node->position.lat_e7, (long)node->position.lon_e7);
    return status == XD_OK ? record_tags(context, node->tags, error) : status;
}

static enum xd_status record_way(void *context, const struct xd_osm_way *way, struct xd_error *error)
{
    enum xd_status status = xd_buffer_printf(context, error, "way %lld", (long long)way->id);
    for (int32_t i = 0; i < way->node_ids_n && status == XD_OK; i++)
        status = xd_buffer_printf(context, error, " %lld", (long long)way->node_ids[i]);
    return status == XD_OK ? record_tags(context, way->tags, error) : status;
}

static enum xd_status record_relation(void *context, const struct xd_osm_relation *relation, struct xd_error *error)
{
    static const char *const kinds[] = {"node", "way", "relation"};
    enum xd_status status = xd_buffer_printf(context, error, "relation %lld", (long long)relation->id);
    for (int32_t i = 0; i < relation->members_n && status == XD_OK; i++)
        status = xd_buffer_printf(context, error, " %s %lld %s,", kinds[relation->members[i].kind], (long long)relation->members[i].id,
                                  relation->members[i].role);
    return status == XD_OK ? record_tags(context, relation->tags, error) : status;
}

struct xd_osm_sink osm_record_sink(struct xd_buffer *lines)
{
    return (struct xd_osm_sink){.context = lines, .node = record_node, .way = record_way, .relation = record_relation};
}

enum xd_status osm_record_memory(const void *bytes, size_t n, struct xd_buffer *lines, struct xd_error *error)
{
    struct xd_input *input = NULL;
    struct xd_osm_sink sink = osm_record_sink(lines);
    enum xd_status status = xd_input_open_memory("map", bytes, n, &input, error);
    if (status == XD_OK)
        status = xd_osm_read_input(input, &sink, NULL, error);
    xd_input_close(input);
    return status;
}

void gzip_bytes(const void *bytes, size_t n, struct xd_buffer *out)
{
    z_stream stream = {.zalloc = NULL};
    size_t room_n = n + n / 1000 + 256;
    unsigned char *packed = malloc(room_n);
    unsigned char *plain = malloc(n + 1);
    if (!packed || !plain || deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        exit(99);
    memcpy(plain, bytes, n);
    stream.next_in = plain;
    stream.avail_in = (unsigned)n;
    stream.next_out = packed;
    stream.avail_out = (unsigned)room_n;
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END || xd_buffer_append(out, packed, stream.total_out, NULL) != XD_OK)
        exit(99);
    deflateEnd(&stream);
    free(packed);
    free(plain);
}

void bzip2_bytes(const void *bytes, size_t n, struct xd_buffer *out)
{
    unsigned packed_n = (unsigned)(n + n / 100 + 600);
    char *packed = malloc(packed_n);
    char *plain = malloc(n + 1);
    if (!packed || !plain)
        exit(99);
    memcpy(plain, bytes, n);
    if (BZ2_bzBuffToBuffCompress(packed, &packed_n, plain, (unsigned)n, 1, 0, 0) != BZ_OK || xd_buffer_append(out, packed, packed_n, NULL) != XD_OK)
        exit(99);
    free(packed);
    free(plain);
}
