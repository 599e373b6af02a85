#include "io/osm/write.h"

#include "base/buffer.h"
#include "io/bytes/gzip_write.h"

#include <string.h>

/* Attribute text: the five characters of XML. Values hold no control characters (they come from maps/synth). */
static enum xd_status append_escaped(struct xd_buffer *buffer, const char *text, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    for (const char *c = text; status == XD_OK && *c; c++) {
        const char *entity = *c == '&' ? "&amp;" : *c == '<' ? "&lt;" : *c == '>' ? "&gt;" : *c == '"' ? "&quot;" : NULL;
        status = entity ? xd_buffer_append(buffer, entity, strlen(entity), error) : xd_buffer_append(buffer, c, 1, error);
    }
    return status;
}

static enum xd_status append_tag(struct xd_buffer *buffer, const char *key, const char *value, struct xd_error *error)
{
    enum xd_status status = xd_buffer_printf(buffer, error, "<tag k=\"");
    if (status == XD_OK)
        status = append_escaped(buffer, key, error);
    if (status == XD_OK)
        status = xd_buffer_printf(buffer, error, "\" v=\"");
    if (status == XD_OK)
        status = append_escaped(buffer, value, error);
    if (status == XD_OK)
        status = xd_buffer_printf(buffer, error, "\"/>");
    return status;
}

static enum xd_status append_degrees(struct xd_buffer *buffer, const char *name, int32_t e7, struct xd_error *error)
{
    const int64_t size = e7 < 0 ? -(int64_t)e7 : e7;
    return xd_buffer_printf(buffer, error, " %s=\"%s%lld.%07lld\"", name, e7 < 0 ? "-" : "", (long long)(size / 10000000),
                            (long long)(size % 10000000));
}

static enum xd_status append_node(struct xd_buffer *buffer, const struct xd_osm_node *node, int32_t elevation_m, struct xd_error *error)
{
    enum xd_status status = xd_buffer_printf(buffer, error, "<node id=\"%lld\"", (long long)node->id);
    if (status == XD_OK)
        status = append_degrees(buffer, "lat", node->position.lat_e7, error);
    if (status == XD_OK)
        status = append_degrees(buffer, "lon", node->position.lon_e7, error);
    if (status == XD_OK)
        status = xd_buffer_printf(buffer, error, ">");
    for (int32_t i = 0; status == XD_OK && i < node->tags.items_n; i++)
        status = append_tag(buffer, node->tags.items[i].key, node->tags.items[i].value, error);
    if (status == XD_OK && !xd_osm_tag_value(node->tags, "ele"))
        status = xd_buffer_printf(buffer, error, "<tag k=\"ele\" v=\"%ld\"/>", (long)elevation_m);
    if (status == XD_OK)
        status = xd_buffer_printf(buffer, error, "</node>\n");
    return status;
}

static enum xd_status append_way(struct xd_buffer *buffer, const struct xd_osm_way *way, struct xd_error *error)
{
    enum xd_status status = xd_buffer_printf(buffer, error, "<way id=\"%lld\">", (long long)way->id);
    for (int32_t i = 0; status == XD_OK && i < way->node_ids_n; i++)
        status = xd_buffer_printf(buffer, error, "<nd ref=\"%lld\"/>", (long long)way->node_ids[i]);
    for (int32_t i = 0; status == XD_OK && i < way->tags.items_n; i++)
        status = append_tag(buffer, way->tags.items[i].key, way->tags.items[i].value, error);
    if (status == XD_OK)
        status = xd_buffer_printf(buffer, error, "</way>\n");
    return status;
}

enum xd_status xd_osm_write_gz(const struct xd_synth_county *county, const char *path, struct xd_output_set *set, struct xd_error *error)
{
    struct xd_buffer text;
    struct xd_output *output = NULL;
    xd_buffer_init(&text, XD_OSM_WRITE_BYTES_MAX);
    enum xd_status status =
        xd_buffer_printf(&text, error, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\" generator=\"xiangdao synth\">\n");
    for (int32_t i = 0; status == XD_OK && i < county->nodes_n; i++)
        status = append_node(&text, &county->nodes[i], county->node_elevation_m[i], error);
    for (int32_t i = 0; status == XD_OK && i < county->ways_n; i++)
        status = append_way(&text, &county->ways[i], error);
    if (status == XD_OK)
        status = xd_buffer_printf(&text, error, "</osm>\n");
    if (status == XD_OK)
        status = xd_output_add(set, path, &output, error);
    if (status == XD_OK)
        status = xd_gzip_write(text.bytes, text.length, output, error);
    xd_buffer_free(&text);
    return status;
}
