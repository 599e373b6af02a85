#include "io/osm/pbf_block.h"

#include "base/alloc.h"
#include "base/number.h"
#include "base/text.h"
#include "io/bytes/protobuf.h"

#include <string.h>

enum { NANO_PER_E7 = 100, GRANULARITY_DEFAULT = 100 };

/* A field of bytes that may stand once in its message. */
struct part {
    struct xd_protobuf bytes;
    bool seen;
};

static enum xd_status broken(struct xd_pbf_block_reader *reader, const char *what, enum xd_protobuf_result result)
{
    return xd_fail(reader->error, XD_DATA, reader->at, "%s in this block is damaged: %s; download the map again", xd_message(what),
                   xd_message(xd_protobuf_problem(result)));
}

static enum xd_status take_part(struct xd_pbf_block_reader *reader, const struct xd_protobuf_field *field, const char *what, struct part *part)
{
    if (field->type != XD_PROTOBUF_BYTES || part->seen)
        return xd_fail(reader->error, XD_DATA, reader->at, "%s in this block: field %u %s; expected it once, as bytes; download the map again",
                       xd_message(what), (unsigned)field->number, part->seen ? xd_message("comes twice") : xd_message("has the wrong type"));
    *part = (struct part){.bytes = field->bytes, .seen = true};
    return XD_OK;
}

static enum xd_status take_number(struct xd_pbf_block_reader *reader, const struct xd_protobuf_field *field, const char *what, uint64_t *value,
                                  bool *seen)
{
    if (field->type != XD_PROTOBUF_VARINT)
        return xd_fail(reader->error, XD_DATA, reader->at, "%s in this block: field %u %s; expected a number; download the map again",
                       xd_message(what), (unsigned)field->number, xd_message("has the wrong type"));
    *value = field->value;
    *seen = true;
    return XD_OK;
}

/* Adds the next zigzag delta to *sum. END when the list has no more. */
static inline enum xd_protobuf_result next_delta(struct xd_protobuf *list, int64_t *sum, bool *overflow)
{
    uint64_t delta;
    enum xd_protobuf_result result = xd_protobuf_number(list, &delta);
    if (result == XD_PROTOBUF_OK && !xd_add_i64(*sum, xd_protobuf_zigzag(delta), sum))
        *overflow = true;
    return result;
}

static enum xd_status overflowed(struct xd_pbf_block_reader *reader, const char *what)
{
    return xd_fail(reader->error, XD_DATA, reader->at, "%s in this block: a sum of differences passes 64 bits; download the map again",
                   xd_message(what));
}

static enum xd_status string_at(struct xd_pbf_block_reader *reader, uint64_t index, const char **string)
{
    if (index >= reader->strings_n)
        return xd_fail(reader->error, XD_DATA, reader->at, "%s %lld names string %llu; expected less than %zu; download the map again",
                       xd_osm_kind_name(reader->draft.kind), (long long)reader->draft.id, (unsigned long long)index, reader->strings_n);
    *string = reader->string_bytes + reader->strings[index];
    return XD_OK;
}

static enum xd_status add_tag(struct xd_pbf_block_reader *reader, uint64_t key_index, uint64_t value_index)
{
    const char *key = NULL;
    const char *value = NULL;
    enum xd_status status = string_at(reader, key_index, &key);
    if (status == XD_OK)
        status = string_at(reader, value_index, &value);
    if (status == XD_OK)
        status = xd_osm_draft_tag(&reader->draft, key, value, reader->error);
    return status;
}

static enum xd_status add_tags(struct xd_pbf_block_reader *reader, struct xd_protobuf keys, struct xd_protobuf values)
{
    for (;;) {
        uint64_t key;
        uint64_t value;
        enum xd_protobuf_result key_result = xd_protobuf_number(&keys, &key);
        enum xd_protobuf_result value_result = xd_protobuf_number(&values, &value);
        if (key_result == XD_PROTOBUF_END && value_result == XD_PROTOBUF_END)
            return XD_OK;
        if (key_result != XD_PROTOBUF_OK || value_result != XD_PROTOBUF_OK)
            return broken(reader, "a list of tags", key_result != XD_PROTOBUF_OK ? key_result : value_result);
        enum xd_status status = add_tag(reader, key, value);
        if (status != XD_OK)
            return status;
    }
}

/* offset + granularity * units, in nanodegrees, to e7; half away from zero. */
static enum xd_status to_e7(struct xd_pbf_block_reader *reader, int64_t offset_nano, int64_t units, int32_t limit_degrees, const char *name,
                            int32_t *value_e7)
{
    int64_t nano = 0;
    int64_t limit_nano = (int64_t)limit_degrees * 1000000000;
    bool fits = xd_multiply_i64(reader->granularity_nano, units, &nano) && xd_add_i64(nano, offset_nano, &nano);
    if (!fits || nano < -limit_nano || nano > limit_nano)
        return xd_fail(reader->error, XD_DATA, reader->at, "node %lld: %s of %.7f degrees; expected -%d to %d; download the map again",
                       (long long)reader->draft.id, name, ((double)reader->granularity_nano * (double)units + (double)offset_nano) / 1e9,
                       (int)limit_degrees, (int)limit_degrees);
    *value_e7 = (int32_t)((nano + (nano < 0 ? -(NANO_PER_E7 / 2) : NANO_PER_E7 / 2)) / NANO_PER_E7);
    return XD_OK;
}

static enum xd_status set_position(struct xd_pbf_block_reader *reader, int64_t lat_units, int64_t lon_units)
{
    enum xd_status status = to_e7(reader, reader->lat_offset_nano, lat_units, 90, "latitude", &reader->draft.position.lat_e7);
    if (status == XD_OK)
        status = to_e7(reader, reader->lon_offset_nano, lon_units, 180, "longitude", &reader->draft.position.lon_e7);
    return status;
}

static enum xd_status give(struct xd_pbf_block_reader *reader)
{
    return xd_osm_draft_give(&reader->draft, reader->sink, reader->context, reader->error);
}

static int32_t version_of(uint64_t value)
{
    return value <= INT32_MAX ? (int32_t)value : 0; /* -1: not told */
}

static enum xd_status give_deleted(struct xd_pbf_block_reader *reader, enum xd_osm_kind kind, int64_t id, int32_t version)
{
    return reader->sink->deleted ? reader->sink->deleted(reader->context, kind, id, version, reader->error) : XD_OK;
}

/* Info: field 1 = version, field 6 = visible, which only files with deleted objects carry. */
static enum xd_status read_info(struct xd_pbf_block_reader *reader, struct xd_protobuf message, bool *visible, int32_t *version)
{
    struct xd_protobuf_field field;
    enum xd_protobuf_result result;
    while ((result = xd_protobuf_next(&message, &field)) == XD_PROTOBUF_OK)
        if (field.number == 6 && field.type == XD_PROTOBUF_VARINT)
            *visible = field.value != 0;
        else if (field.number == 1 && field.type == XD_PROTOBUF_VARINT)
            *version = version_of(field.value);
    return result == XD_PROTOBUF_END ? XD_OK : broken(reader, "the information about an object", result);
}

static enum xd_status read_dense_info(struct xd_pbf_block_reader *reader, struct xd_protobuf message, struct part *versions, struct part *visible)
{
    struct xd_protobuf_field field;
    enum xd_protobuf_result result;
    while ((result = xd_protobuf_next(&message, &field)) == XD_PROTOBUF_OK)
        if (field.number == 6 || (field.number == 1 && reader->sink->versions)) {
            enum xd_status status = take_part(reader, &field, "the information about nodes", field.number == 1 ? versions : visible);
            if (status != XD_OK)
                return status;
        }
    return result == XD_PROTOBUF_END ? XD_OK : broken(reader, "the information about nodes", result);
}

struct dense {
    struct part ids, info, lats, lons, tags, versions, visible;
};

/* One node of a group. */
struct dense_values {
    int64_t id, lat, lon;
    uint64_t version, visible;
};

static enum xd_status dense_parts(struct xd_pbf_block_reader *reader, struct xd_protobuf message, struct dense *dense)
{
    struct xd_protobuf_field field;
    enum xd_protobuf_result result;
    enum xd_status status = XD_OK;
    while (status == XD_OK && (result = xd_protobuf_next(&message, &field)) != XD_PROTOBUF_END) {
        if (result != XD_PROTOBUF_OK)
            return broken(reader, "a group of nodes", result);
        if (field.number == 1)
            status = take_part(reader, &field, "a group of nodes", &dense->ids);
        else if (field.number == 5)
            status = take_part(reader, &field, "a group of nodes", &dense->info);
        else if (field.number == 8)
            status = take_part(reader, &field, "a group of nodes", &dense->lats);
        else if (field.number == 9)
            status = take_part(reader, &field, "a group of nodes", &dense->lons);
        else if (field.number == 10)
            status = take_part(reader, &field, "a group of nodes", &dense->tags);
    }
    if (status == XD_OK && dense->info.seen)
        status = read_dense_info(reader, dense->info.bytes, &dense->versions, &dense->visible);
    return status;
}

/* Key, value, key, value, 0 for one node. */
static enum xd_status dense_tags(struct xd_pbf_block_reader *reader, struct xd_protobuf *list)
{
    for (;;) {
        uint64_t key;
        uint64_t value;
        enum xd_protobuf_result result = xd_protobuf_number(list, &key);
        if (result == XD_PROTOBUF_OK && key == 0)
            return XD_OK;
        if (result == XD_PROTOBUF_OK)
            result = xd_protobuf_number(list, &value);
        if (result != XD_PROTOBUF_OK)
            return broken(reader, "the tags of a group of nodes", result);
        enum xd_status status = add_tag(reader, key, value);
        if (status != XD_OK)
            return status;
    }
}

static enum xd_status give_columns(struct xd_pbf_block_reader *reader)
{
    struct xd_pbf_columns *columns = &reader->columns;
    const struct xd_osm_nodes nodes = {.ids = columns->ids, .positions = columns->positions, .nodes_n = columns->nodes_n};
    columns->nodes_n = 0;
    return nodes.nodes_n > 0 ? reader->sink->nodes(reader->context, &nodes, reader->error) : XD_OK;
}

/* A node without tags, for a sink that takes many at once. */
static enum xd_status dense_plain(struct xd_pbf_block_reader *reader, int64_t id, int64_t lat, int64_t lon)
{
    enum { LAT_MAX_E7 = 900000000, LON_MAX_E7 = 1800000000 };
    struct xd_pbf_columns *columns = &reader->columns;
    struct xd_position *position = &columns->positions[columns->nodes_n];
    const bool units_are_e7 = reader->granularity_nano == NANO_PER_E7 && reader->lat_offset_nano == 0 && reader->lon_offset_nano == 0;
    if (units_are_e7 && lat >= -LAT_MAX_E7 && lat <= LAT_MAX_E7 && lon >= -LON_MAX_E7 && lon <= LON_MAX_E7) {
        *position = (struct xd_position){.lon_e7 = (int32_t)lon, .lat_e7 = (int32_t)lat};
    } else {
        xd_osm_draft_begin(&reader->draft, XD_OSM_NODE, id);
        enum xd_status status = set_position(reader, lat, lon);
        if (status != XD_OK)
            return status;
        *position = reader->draft.position;
    }
    columns->ids[columns->nodes_n++] = id;
    return columns->nodes_n == XD_PBF_COLUMN_NODES ? give_columns(reader) : XD_OK;
}

static enum xd_status dense_node(struct xd_pbf_block_reader *reader, struct dense *dense, bool tagged, const struct dense_values *values)
{
    enum xd_status status = XD_OK;
    const bool visible = values->visible != 0;
    struct xd_protobuf *tags = &dense->tags.bytes;
    if (reader->sink->nodes && (!tagged || (xd_protobuf_left(*tags) > 0 && *tags->at == 0))) {
        if (tagged)
            tags->at++;
        return visible ? dense_plain(reader, values->id, values->lat, values->lon)
                       : give_deleted(reader, XD_OSM_NODE, values->id, version_of(values->version));
    }
    if (reader->columns.nodes_n > 0)
        status = give_columns(reader);
    xd_osm_draft_begin(&reader->draft, XD_OSM_NODE, values->id);
    reader->draft.version = version_of(values->version);
    if (status == XD_OK && tagged)
        status = dense_tags(reader, tags);
    if (status == XD_OK && !visible)
        return give_deleted(reader, XD_OSM_NODE, values->id, version_of(values->version));
    if (status == XD_OK)
        status = set_position(reader, values->lat, values->lon);
    return status == XD_OK ? give(reader) : status;
}

static enum xd_status read_dense(struct xd_pbf_block_reader *reader, struct xd_protobuf message)
{
    struct dense dense = {.ids = {.seen = false}};
    enum xd_status status = dense_parts(reader, message, &dense);
    if (status != XD_OK)
        return status;
    const bool tagged = xd_protobuf_left(dense.tags.bytes) > 0;
    const bool told_visible = xd_protobuf_left(dense.visible.bytes) > 0;
    const bool told_versions = xd_protobuf_left(dense.versions.bytes) > 0;
    struct dense_values values = {.visible = 1};
    reader->columns.nodes_n = 0;
    while (xd_protobuf_left(dense.ids.bytes) > 0) {
        bool overflow = false;
        enum xd_protobuf_result result = next_delta(&dense.ids.bytes, &values.id, &overflow);
        if (result == XD_PROTOBUF_OK)
            result = next_delta(&dense.lats.bytes, &values.lat, &overflow);
        if (result == XD_PROTOBUF_OK)
            result = next_delta(&dense.lons.bytes, &values.lon, &overflow);
        if (result == XD_PROTOBUF_OK && told_visible)
            result = xd_protobuf_number(&dense.visible.bytes, &values.visible);
        if (result == XD_PROTOBUF_OK && told_versions)
            result = xd_protobuf_number(&dense.versions.bytes, &values.version);
        if (result != XD_PROTOBUF_OK)
            return broken(reader, "a group of nodes", result);
        if (overflow)
            return overflowed(reader, "a group of nodes");
        status = dense_node(reader, &dense, tagged, &values);
        if (status != XD_OK)
            return status;
    }
    if (xd_protobuf_left(dense.lats.bytes) + xd_protobuf_left(dense.lons.bytes) + xd_protobuf_left(dense.tags.bytes) +
            xd_protobuf_left(dense.visible.bytes) + xd_protobuf_left(dense.versions.bytes) >
        0)
        return xd_fail(reader->error, XD_DATA, reader->at, "a group of nodes in this block has more values than nodes; download the map again");
    return give_columns(reader);
}

/* Node, Way and Relation share id 1, keys 2, values 3, info 4; the rest lies in lists 8, 9, 10. */
struct object {
    uint64_t id;
    bool id_seen;
    struct part keys, values, info;
    struct part list_8, list_9, list_10;
    uint64_t number_8, number_9; /* lat and lon of a plain node */
    bool number_8_seen, number_9_seen;
};

static enum xd_status object_field(struct xd_pbf_block_reader *reader, const struct xd_protobuf_field *field, enum xd_osm_kind kind,
                                   struct object *object)
{
    const char *what = xd_osm_kind_name(kind);
    switch (field->number) {
    case 1:
        return take_number(reader, field, what, &object->id, &object->id_seen);
    case 2:
        return take_part(reader, field, what, &object->keys);
    case 3:
        return take_part(reader, field, what, &object->values);
    case 4:
        return take_part(reader, field, what, &object->info);
    case 8:
        return kind == XD_OSM_NODE ? take_number(reader, field, what, &object->number_8, &object->number_8_seen)
                                   : take_part(reader, field, what, &object->list_8);
    case 9:
        return kind == XD_OSM_NODE ? take_number(reader, field, what, &object->number_9, &object->number_9_seen)
                                   : take_part(reader, field, what, &object->list_9);
    case 10:
        return kind == XD_OSM_RELATION ? take_part(reader, field, what, &object->list_10) : XD_OK;
    default:
        return XD_OK;
    }
}

static enum xd_status way_nodes(struct xd_pbf_block_reader *reader, struct xd_protobuf refs)
{
    int64_t ref = 0;
    enum xd_status status = xd_osm_draft_node_ids_reserve(&reader->draft, xd_protobuf_left(refs), reader->error); /* a byte each at least */
    while (status == XD_OK) {
        bool overflow = false;
        enum xd_protobuf_result result = next_delta(&refs, &ref, &overflow);
        if (result == XD_PROTOBUF_END)
            return XD_OK;
        if (result != XD_PROTOBUF_OK)
            return broken(reader, "the nodes of a way", result);
        if (overflow)
            return overflowed(reader, "the nodes of a way");
        status = xd_osm_draft_node_id(&reader->draft, ref, reader->error);
    }
    return status;
}

static enum xd_status relation_members(struct xd_pbf_block_reader *reader, const struct object *object)
{
    struct xd_protobuf roles = object->list_8.bytes;
    struct xd_protobuf ids = object->list_9.bytes;
    struct xd_protobuf types = object->list_10.bytes;
    int64_t id = 0;
    while (xd_protobuf_left(ids) + xd_protobuf_left(roles) + xd_protobuf_left(types) > 0) {
        bool overflow = false;
        uint64_t role_index = 0;
        uint64_t type = 0;
        const char *role = NULL;
        enum xd_protobuf_result result = next_delta(&ids, &id, &overflow);
        if (result == XD_PROTOBUF_OK)
            result = xd_protobuf_number(&roles, &role_index);
        if (result == XD_PROTOBUF_OK)
            result = xd_protobuf_number(&types, &type);
        if (result != XD_PROTOBUF_OK)
            return broken(reader, "the members of a relation", result);
        if (overflow)
            return overflowed(reader, "the members of a relation");
        if (type > XD_OSM_RELATION)
            return xd_fail(reader->error, XD_DATA, reader->at, "relation %lld: a member of type %llu; expected 0, 1 or 2; download the map again",
                           (long long)reader->draft.id, (unsigned long long)type);
        enum xd_status status = string_at(reader, role_index, &role);
        if (status == XD_OK)
            status = xd_osm_draft_member(&reader->draft, (enum xd_osm_kind)type, id, role, reader->error);
        if (status != XD_OK)
            return status;
    }
    return XD_OK;
}

static enum xd_status read_object(struct xd_pbf_block_reader *reader, struct xd_protobuf message, enum xd_osm_kind kind)
{
    struct object object = {.id = 0};
    struct xd_protobuf_field field;
    enum xd_protobuf_result result;
    enum xd_status status = XD_OK;
    bool visible = true;
    int32_t version = 0;
    while (status == XD_OK && (result = xd_protobuf_next(&message, &field)) != XD_PROTOBUF_END) {
        if (result != XD_PROTOBUF_OK)
            return broken(reader, xd_osm_kind_name(kind), result);
        status = object_field(reader, &field, kind, &object);
    }
    if (status != XD_OK)
        return status;
    if (!object.id_seen || (kind == XD_OSM_NODE && !(object.number_8_seen && object.number_9_seen)))
        return xd_fail(reader->error, XD_DATA, reader->at, "a %s in this block has no %s; download the map again", xd_osm_kind_name(kind),
                       object.id_seen ? "lat or lon" : "id");
    if (object.info.seen)
        status = read_info(reader, object.info.bytes, &visible, &version);
    if (status != XD_OK)
        return status;
    const int64_t id = kind == XD_OSM_NODE ? xd_protobuf_zigzag(object.id) : (int64_t)object.id;
    if (!visible)
        return give_deleted(reader, kind, id, version);
    xd_osm_draft_begin(&reader->draft, kind, id);
    reader->draft.version = version;
    if (kind == XD_OSM_WAY && reader->sink->way_ids_alone)
        return give(reader);
    status = add_tags(reader, object.keys.bytes, object.values.bytes);
    if (status == XD_OK && kind == XD_OSM_NODE)
        status = set_position(reader, xd_protobuf_zigzag(object.number_8), xd_protobuf_zigzag(object.number_9));
    else if (status == XD_OK && kind == XD_OSM_WAY)
        status = way_nodes(reader, object.list_8.bytes);
    else if (status == XD_OK)
        status = relation_members(reader, &object);
    return status == XD_OK ? give(reader) : status;
}

static uint8_t kind_of_group_field(uint32_t number)
{
    /* 5 = change sets, which hold no road */
    return number == 1 || number == 2 ? XD_PBF_NODES : number == 3 ? XD_PBF_WAYS : number == 4 ? XD_PBF_RELATIONS : 0;
}

uint8_t xd_pbf_kinds_wanted(const struct xd_osm_sink *sink)
{
    return (uint8_t)((sink->node ? XD_PBF_NODES : 0) | (sink->way ? XD_PBF_WAYS : 0) | (sink->relation ? XD_PBF_RELATIONS : 0));
}

/* only_look: adds to *kinds what is in the group. */
static enum xd_status read_group(struct xd_pbf_block_reader *reader, struct xd_protobuf group, bool only_look, uint8_t *kinds)
{
    const uint8_t wanted = xd_pbf_kinds_wanted(reader->sink);
    struct xd_protobuf_field field;
    enum xd_protobuf_result result;
    enum xd_status status = XD_OK;
    while (status == XD_OK && (result = xd_protobuf_next(&group, &field)) != XD_PROTOBUF_END) {
        if (result != XD_PROTOBUF_OK)
            return broken(reader, "a group of objects", result);
        const uint8_t kind = kind_of_group_field(field.number);
        *kinds |= kind;
        if (only_look || (kind & wanted) == 0)
            continue;
        if (field.type != XD_PROTOBUF_BYTES)
            return broken(reader, "a group of objects", XD_PROTOBUF_BAD_FIELD);
        status = field.number == 2   ? read_dense(reader, field.bytes)
                 : field.number == 1 ? read_object(reader, field.bytes, XD_OSM_NODE)
                 : field.number == 3 ? read_object(reader, field.bytes, XD_OSM_WAY)
                                     : read_object(reader, field.bytes, XD_OSM_RELATION);
    }
    return status;
}

/* Each string is moved over its length byte, which leaves a place for its NUL: no copy of the table, whatever follows it. */
static enum xd_status read_strings(struct xd_pbf_block_reader *reader, unsigned char *block, struct xd_protobuf table)
{
    struct xd_protobuf_field field;
    enum xd_protobuf_result result;
    reader->strings_n = 0;
    reader->string_bytes = (const char *)block;
    while ((result = xd_protobuf_next(&table, &field)) != XD_PROTOBUF_END) {
        if (result != XD_PROTOBUF_OK)
            return broken(reader, "the table of strings", result);
        if (field.number != 1)
            continue;
        if (field.type != XD_PROTOBUF_BYTES)
            return broken(reader, "the table of strings", XD_PROTOBUF_BAD_FIELD);
        enum xd_status status = xd_array_reserve((void **)&reader->strings, &reader->strings_capacity, reader->strings_n + 1, sizeof *reader->strings,
                                                 XD_PBF_BLOCK_BYTES_MAX, "the strings of a map block", reader->error);
        if (status != XD_OK)
            return status;
        size_t n = xd_protobuf_left(field.bytes);
        const char *text = (const char *)field.bytes.at;
        if (n > XD_OSM_TAG_BYTES_MAX)
            return xd_fail(reader->error, XD_DATA, reader->at, "string %zu of this block holds %zu bytes; expected at most %d", reader->strings_n, n,
                           (int)XD_OSM_TAG_BYTES_MAX);
        if ((n > 0 && memchr(text, '\0', n)) || xd_utf8_invalid_at(text, n) != n)
            return xd_fail(reader->error, XD_DATA, reader->at, "string %zu of this block is not valid UTF-8; download the map again",
                           reader->strings_n);
        unsigned char *moved = block + (field.bytes.at - block) - 1;
        memmove(moved, moved + 1, n);
        moved[n] = '\0';
        reader->strings[reader->strings_n++] = (uint32_t)(moved - block);
    }
    return XD_OK;
}

static enum xd_status block_field(struct xd_pbf_block_reader *reader, const struct xd_protobuf_field *field, struct part *strings, uint8_t *kinds)
{
    uint64_t value = 0;
    bool seen;
    enum xd_status status;
    switch (field->number) {
    case 1:
        return take_part(reader, field, "the header", strings);
    case 2:
        if (field->type != XD_PROTOBUF_BYTES)
            return broken(reader, "a group of objects", XD_PROTOBUF_BAD_FIELD);
        return read_group(reader, field->bytes, true, kinds);
    case 17:
        status = take_number(reader, field, "the header", &value, &seen);
        if (status == XD_OK && (value == 0 || value > INT32_MAX))
            return xd_fail(reader->error, XD_DATA, reader->at, "the granularity of this block is %lld; expected 1 or more; download the map again",
                           (long long)value);
        if (status == XD_OK)
            reader->granularity_nano = (int64_t)value;
        return status;
    case 19:
    case 20:
        status = take_number(reader, field, "the header", &value, &seen);
        if (status == XD_OK)
            *(field->number == 19 ? &reader->lat_offset_nano : &reader->lon_offset_nano) = (int64_t)value;
        return status;
    default:
        return XD_OK;
    }
}

enum xd_status xd_pbf_block_read(struct xd_pbf_block_reader *reader, unsigned char *bytes, size_t n, uint8_t *kinds, struct xd_error *error)
{
    struct xd_protobuf_field field;
    enum xd_protobuf_result result;
    struct part strings = {.seen = false};
    enum xd_status status = XD_OK;
    *kinds = 0;
    reader->error = error;
    reader->granularity_nano = GRANULARITY_DEFAULT;
    reader->lat_offset_nano = 0;
    reader->lon_offset_nano = 0;
    /* Fields may stand in any order: first what the objects need, then the objects. */
    struct xd_protobuf message = xd_protobuf_over(bytes, n);
    while (status == XD_OK && (result = xd_protobuf_next(&message, &field)) != XD_PROTOBUF_END)
        status = result == XD_PROTOBUF_OK ? block_field(reader, &field, &strings, kinds) : broken(reader, "the header", result);
    if (status != XD_OK || (*kinds & xd_pbf_kinds_wanted(reader->sink)) == 0)
        return status;
    status = read_strings(reader, bytes, strings.bytes);
    message = xd_protobuf_over(bytes, n);
    while (status == XD_OK && xd_protobuf_next(&message, &field) == XD_PROTOBUF_OK)
        if (field.number == 2)
            status = read_group(reader, field.bytes, false, kinds);
    return status;
}

void xd_pbf_block_reader_free(struct xd_pbf_block_reader *reader)
{
    if (!reader)
        return;
    xd_osm_draft_free(&reader->draft);
    xd_free(reader->strings);
    reader->strings = NULL;
    reader->strings_n = 0;
    reader->strings_capacity = 0;
}
