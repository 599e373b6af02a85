#include "tests/harness/pbf_encode.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { STRINGS_MAX = 256, PART_BYTES_MAX = 1 << 26 };

static void must(enum xd_status status)
{
    if (status != XD_OK)
        exit(99);
}

static void append(struct xd_buffer *out, const void *bytes, size_t n)
{
    must(xd_buffer_append(out, bytes, n, NULL));
}

void pbf_varint(struct xd_buffer *out, uint64_t value)
{
    unsigned char bytes[10];
    size_t n = 0;
    for (; value >= 0x80; value >>= 7)
        bytes[n++] = (unsigned char)(0x80 | (value & 0x7f));
    bytes[n++] = (unsigned char)value;
    append(out, bytes, n);
}

void pbf_zigzag(struct xd_buffer *out, int64_t value)
{
    pbf_varint(out, value >= 0 ? (uint64_t)value << 1 : ~((uint64_t)value << 1));
}

void pbf_number(struct xd_buffer *out, unsigned field, uint64_t value)
{
    pbf_varint(out, (uint64_t)field << 3);
    pbf_varint(out, value);
}

void pbf_bytes(struct xd_buffer *out, unsigned field, const void *bytes, size_t n)
{
    pbf_varint(out, (uint64_t)field << 3 | 2);
    pbf_varint(out, n);
    append(out, bytes, n);
}

void pbf_text(struct xd_buffer *out, unsigned field, const char *text)
{
    pbf_bytes(out, field, text, strlen(text));
}

void pbf_part(struct xd_buffer *out, unsigned field, const struct xd_buffer *part)
{
    pbf_bytes(out, field, part->bytes, part->length);
}

void pbf_deflate(struct xd_buffer *out, const struct xd_buffer *content)
{
    uLongf n = compressBound((uLong)content->length);
    unsigned char *packed = malloc(n);
    if (!packed || compress2(packed, &n, (const unsigned char *)(content->bytes ? content->bytes : ""), (uLong)content->length, 9) != Z_OK)
        exit(99);
    append(out, packed, n);
    free(packed);
}

void pbf_block_of_blob(struct xd_buffer *out, const char *type, const struct xd_buffer *blob)
{
    struct xd_buffer header;
    xd_buffer_init(&header, PART_BYTES_MAX);
    pbf_text(&header, 1, type);
    pbf_number(&header, 3, blob->length);
    unsigned char length[4] = {(unsigned char)(header.length >> 24), (unsigned char)(header.length >> 16), (unsigned char)(header.length >> 8),
                               (unsigned char)header.length};
    append(out, length, sizeof length);
    append(out, header.bytes, header.length);
    append(out, blob->bytes, blob->length);
    xd_buffer_free(&header);
}

void pbf_block(struct xd_buffer *out, const char *type, const struct xd_buffer *content, enum pbf_packing packing)
{
    struct xd_buffer blob;
    struct xd_buffer packed;
    xd_buffer_init(&blob, PART_BYTES_MAX);
    xd_buffer_init(&packed, PART_BYTES_MAX);
    if (packing == PBF_RAW) {
        pbf_part(&blob, 1, content);
    } else {
        pbf_deflate(&packed, content);
        pbf_number(&blob, 2, content->length);
        pbf_part(&blob, 3, &packed);
    }
    pbf_block_of_blob(out, type, &blob);
    xd_buffer_free(&blob);
    xd_buffer_free(&packed);
}

void pbf_header(struct xd_buffer *out, const char *one_more_feature, enum pbf_packing packing)
{
    struct xd_buffer content;
    xd_buffer_init(&content, PART_BYTES_MAX);
    pbf_text(&content, 4, "OsmSchema-V0.6");
    pbf_text(&content, 4, "DenseNodes");
    if (one_more_feature)
        pbf_text(&content, 4, one_more_feature);
    pbf_text(&content, 16, "tests");
    pbf_block(out, "OSMHeader", &content, packing);
    xd_buffer_free(&content);
}

struct strings {
    const char *items[STRINGS_MAX];
    size_t items_n;
};

static uint64_t string_index(struct strings *strings, const char *text)
{
    for (size_t i = 0; i < strings->items_n; i++)
        if (strcmp(strings->items[i], text) == 0)
            return i;
    if (strings->items_n == STRINGS_MAX)
        exit(99);
    strings->items[strings->items_n] = text;
    return strings->items_n++;
}

static void write_tags(struct xd_buffer *message, struct strings *strings, struct xd_osm_tags tags)
{
    struct xd_buffer keys;
    struct xd_buffer values;
    xd_buffer_init(&keys, PART_BYTES_MAX);
    xd_buffer_init(&values, PART_BYTES_MAX);
    for (int32_t i = 0; i < tags.items_n; i++) {
        pbf_varint(&keys, string_index(strings, tags.items[i].key));
        pbf_varint(&values, string_index(strings, tags.items[i].value));
    }
    if (tags.items_n > 0) {
        pbf_part(message, 2, &keys);
        pbf_part(message, 3, &values);
    }
    xd_buffer_free(&keys);
    xd_buffer_free(&values);
}

static uint64_t version_number(int32_t version)
{
    return (uint64_t)(version < 0 ? -version : version);
}

/* Nothing for an object without a version. */
static void write_info(struct xd_buffer *message, int32_t version)
{
    struct xd_buffer info;
    xd_buffer_init(&info, PART_BYTES_MAX);
    pbf_number(&info, 1, version_number(version));
    if (version < 0)
        pbf_number(&info, 6, 0);
    if (version != 0)
        pbf_part(message, 4, &info);
    xd_buffer_free(&info);
}

static int64_t units(int32_t value_e7, int64_t offset_nano, int64_t granularity_nano)
{
    return ((int64_t)value_e7 * 100 - offset_nano) / granularity_nano;
}

static void write_plain_nodes(struct xd_buffer *group, struct strings *strings, const struct pbf_map *map, const struct pbf_form *form)
{
    for (size_t i = 0; i < map->nodes_n; i++) {
        struct xd_buffer node;
        xd_buffer_init(&node, PART_BYTES_MAX);
        pbf_varint(&node, 1 << 3);
        pbf_zigzag(&node, map->nodes[i].id);
        write_tags(&node, strings, map->nodes[i].tags);
        write_info(&node, map->nodes[i].version);
        pbf_varint(&node, 8 << 3);
        pbf_zigzag(&node, units(map->nodes[i].position.lat_e7, form->lat_offset_nano, form->granularity_nano));
        pbf_varint(&node, 9 << 3);
        pbf_zigzag(&node, units(map->nodes[i].position.lon_e7, form->lon_offset_nano, form->granularity_nano));
        pbf_part(group, 1, &node);
        xd_buffer_free(&node);
    }
}

static void write_dense_nodes(struct xd_buffer *group, struct strings *strings, const struct pbf_map *map, const struct pbf_form *form)
{
    enum { IDS, LATS, LONS, TAGS, VERSIONS, VISIBLE, INFO, DENSE, LISTS_N };
    bool any_version = false;
    struct xd_buffer list[LISTS_N];
    int64_t before[3] = {0, 0, 0};
    for (int i = 0; i < LISTS_N; i++)
        xd_buffer_init(&list[i], PART_BYTES_MAX);
    for (size_t i = 0; i < map->nodes_n; i++) {
        const struct xd_osm_node *node = &map->nodes[i];
        int64_t now[3] = {node->id, units(node->position.lat_e7, form->lat_offset_nano, form->granularity_nano),
                          units(node->position.lon_e7, form->lon_offset_nano, form->granularity_nano)};
        for (int k = 0; k < 3; k++) {
            pbf_zigzag(&list[k], now[k] - before[k]);
            before[k] = now[k];
        }
        for (int32_t k = 0; k < node->tags.items_n; k++) {
            pbf_varint(&list[TAGS], string_index(strings, node->tags.items[k].key));
            pbf_varint(&list[TAGS], string_index(strings, node->tags.items[k].value));
        }
        pbf_varint(&list[TAGS], 0);
        pbf_varint(&list[VERSIONS], version_number(node->version));
        pbf_varint(&list[VISIBLE], node->version >= 0);
        any_version = any_version || node->version != 0;
    }
    pbf_part(&list[INFO], 1, &list[VERSIONS]);
    pbf_part(&list[INFO], 6, &list[VISIBLE]);
    pbf_part(&list[DENSE], 1, &list[IDS]);
    if (any_version)
        pbf_part(&list[DENSE], 5, &list[INFO]);
    pbf_part(&list[DENSE], 8, &list[LATS]);
    pbf_part(&list[DENSE], 9, &list[LONS]);
    pbf_part(&list[DENSE], 10, &list[TAGS]);
    pbf_part(group, 2, &list[DENSE]);
    for (int i = 0; i < LISTS_N; i++)
        xd_buffer_free(&list[i]);
}

static void write_ways(struct xd_buffer *group, struct strings *strings, const struct pbf_map *map)
{
    for (size_t i = 0; i < map->ways_n; i++) {
        struct xd_buffer way;
        struct xd_buffer refs;
        int64_t before = 0;
        xd_buffer_init(&way, PART_BYTES_MAX);
        xd_buffer_init(&refs, PART_BYTES_MAX);
        pbf_number(&way, 1, (uint64_t)map->ways[i].id);
        write_tags(&way, strings, map->ways[i].tags);
        write_info(&way, map->ways[i].version);
        for (int32_t k = 0; k < map->ways[i].node_ids_n; k++) {
            pbf_zigzag(&refs, map->ways[i].node_ids[k] - before);
            before = map->ways[i].node_ids[k];
        }
        pbf_part(&way, 8, &refs);
        pbf_part(group, 3, &way);
        xd_buffer_free(&way);
        xd_buffer_free(&refs);
    }
}

static void write_relations(struct xd_buffer *group, struct strings *strings, const struct pbf_map *map)
{
    for (size_t i = 0; i < map->relations_n; i++) {
        struct xd_buffer relation;
        struct xd_buffer list[3];
        int64_t before = 0;
        xd_buffer_init(&relation, PART_BYTES_MAX);
        for (int k = 0; k < 3; k++)
            xd_buffer_init(&list[k], PART_BYTES_MAX);
        pbf_number(&relation, 1, (uint64_t)map->relations[i].id);
        write_tags(&relation, strings, map->relations[i].tags);
        write_info(&relation, map->relations[i].version);
        for (int32_t k = 0; k < map->relations[i].members_n; k++) {
            const struct xd_osm_member *member = &map->relations[i].members[k];
            pbf_varint(&list[0], string_index(strings, member->role));
            pbf_zigzag(&list[1], member->id - before);
            pbf_varint(&list[2], (uint64_t)member->kind);
            before = member->id;
        }
        for (int k = 0; k < 3; k++) {
            pbf_part(&relation, 8 + (unsigned)k, &list[k]);
            xd_buffer_free(&list[k]);
        }
        pbf_part(group, 4, &relation);
        xd_buffer_free(&relation);
    }
}

static void write_objects(struct xd_buffer *out, const struct pbf_map *map, const struct pbf_form *form, enum xd_osm_kind kind)
{
    struct strings strings = {.items = {""}, .items_n = 1}; /* 0 ends the tags of a dense node */
    struct xd_buffer group;
    struct xd_buffer table;
    struct xd_buffer content;
    xd_buffer_init(&group, PART_BYTES_MAX);
    xd_buffer_init(&table, PART_BYTES_MAX);
    xd_buffer_init(&content, PART_BYTES_MAX);
    if (kind == XD_OSM_WAY)
        write_ways(&group, &strings, map);
    else if (kind == XD_OSM_RELATION)
        write_relations(&group, &strings, map);
    else if (form->dense)
        write_dense_nodes(&group, &strings, map, form);
    else
        write_plain_nodes(&group, &strings, map, form);
    for (size_t i = 0; i < strings.items_n; i++)
        pbf_text(&table, 1, strings.items[i]);
    pbf_part(&content, 1, &table);
    pbf_part(&content, 2, &group);
    pbf_number(&content, 17, (uint64_t)form->granularity_nano);
    pbf_number(&content, 19, (uint64_t)form->lat_offset_nano);
    pbf_number(&content, 20, (uint64_t)form->lon_offset_nano);
    pbf_block(out, "OSMData", &content, form->packing);
    xd_buffer_free(&group);
    xd_buffer_free(&table);
    xd_buffer_free(&content);
}

void pbf_map_write(struct xd_buffer *out, const struct pbf_map *map, const struct pbf_form *form, size_t ends[3])
{
    pbf_header(out, NULL, form->packing);
    for (int kind = XD_OSM_NODE; kind <= XD_OSM_RELATION; kind++) {
        if (ends)
            ends[kind] = out->length;
        write_objects(out, map, form, (enum xd_osm_kind)kind);
    }
}
