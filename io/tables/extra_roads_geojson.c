/* GeoJSON (RFC 7946) of extra roads: a FeatureCollection or one Feature; lines with the tags of OpenStreetMap as properties. */
#include "io/bytes/json_read.h"
#include "io/tables/extra_road_draft.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DEGREES_LON = 180, DEGREES_LAT = 90, NUMBER_BYTES = 32, FIELD_BYTES = 32 };

struct tags {
    struct xd_osm_tag items[XD_EXTRA_ROAD_TAGS_MAX + 1]; /* and a highway where none is told */
    int32_t items_n;
    char numbers[XD_EXTRA_ROAD_TAGS_MAX][NUMBER_BYTES];
};

struct feature {
    struct xd_extra_reading *reading;
    const struct xd_json_document *document;
    const struct xd_json_step *at;
    struct xd_extra_road road;
    struct tags tags;
    struct xd_clauses clauses;
    char label[XD_EXTRA_ROAD_LABEL_MAX + 1], field[FIELD_BYTES];
    bool doubted[XD_ROAD_DOUBTS_N]; /* told already, of this file */
};

/* ---- the line ---- */

static bool degrees_of(const struct feature *feature, const struct xd_json_step *position, size_t index, int limit, int32_t *value_e7)
{
    struct xd_json_step item;
    xd_json_item(position, index, &item);
    const double degrees = json_number_value(item.value);
    if (!json_is_number(item.value) || !(degrees >= -limit && degrees <= limit)) {
        xd_json_refuse(feature->document, &item, "found %s, expected degrees from -%d to %d (lon before lat)",
                       json_is_number(item.value) ? xd_message("a number out of range") : xd_json_type_name(item.value), limit, limit);
        return false;
    }
    *value_e7 = (int32_t)lround(degrees * 1e7);
    return true;
}

static bool take_position(struct feature *feature, const struct xd_json_step *at)
{
    struct xd_position position;
    if (!json_is_array(at->value) || json_array_size(at->value) < 2) {
        xd_json_refuse(feature->document, at, "found %s, expected a position: [lon, lat]",
                       json_is_array(at->value) ? xd_message("fewer than two numbers") : xd_json_type_name(at->value));
        return false;
    }
    return degrees_of(feature, at, 0, DEGREES_LON, &position.lon_e7) && degrees_of(feature, at, 1, DEGREES_LAT, &position.lat_e7) &&
           xd_extra_add_point(feature->reading, position);
}

static void take_line(struct feature *feature, const struct xd_json_step *at)
{
    feature->reading->points_n = 0;
    if (!json_is_array(at->value) || json_array_size(at->value) < 2) {
        xd_json_refuse(feature->document, at, "found %s, expected a line: a list of two positions or more",
                       json_is_array(at->value) ? xd_message("fewer than two positions") : xd_json_type_name(at->value));
        return;
    }
    for (size_t i = 0; i < json_array_size(at->value); i++) {
        struct xd_json_step item;
        xd_json_item(at, i, &item);
        if (!take_position(feature, &item))
            return;
    }
    if (xd_extra_no_extent(feature->reading))
        xd_json_refuse(feature->document, at, "found the same position throughout, expected points of a line");
    else
        (void)xd_extra_keep(feature->reading, &feature->road); /* tells its errors */
}

static void take_geometry(struct feature *feature)
{
    struct xd_json_step geometry, type, coordinates;
    if (!xd_json_member(feature->document, feature->at, "geometry", &geometry))
        return;
    if (!json_is_object(geometry.value)) {
        xd_json_refuse(feature->document, &geometry, "found %s, expected an object", xd_json_type_name(geometry.value));
        return;
    }
    if (!xd_json_member(feature->document, &geometry, "type", &type))
        return;
    const char *name = json_is_string(type.value) ? json_string_value(type.value) : xd_json_type_name(type.value);
    const bool lines = strcmp(name, "MultiLineString") == 0;
    if (!lines && strcmp(name, "LineString") != 0) {
        xd_json_refuse(feature->document, &type, "found %.40s, expected LineString or MultiLineString", name);
        return;
    }
    if (!xd_json_member(feature->document, &geometry, "coordinates", &coordinates))
        return;
    if (!lines) {
        take_line(feature, &coordinates);
        return;
    }
    if (!json_is_array(coordinates.value) || json_array_size(coordinates.value) == 0)
        xd_json_refuse(feature->document, &coordinates, "found no line, expected a list of lines");
    for (size_t i = 0; i < json_array_size(coordinates.value) && !feature->reading->no_memory; i++) {
        struct xd_json_step line;
        xd_json_item(&coordinates, i, &line);
        take_line(feature, &line);
    }
}

/* ---- its tags ---- */

/* A number as people write it: whole ones without decimals, however the file has them. */
static void number_text(const json_t *value, char text[NUMBER_BYTES])
{
    const double number = json_number_value(value);
    if (json_is_integer(value))
        snprintf(text, NUMBER_BYTES, "%lld", (long long)json_integer_value(value));
    else
        snprintf(text, NUMBER_BYTES, fabs(number) < 1e15 && floor(number) == number ? "%.0f" : "%.10g", number);
}

static bool take_join(struct feature *feature, const struct xd_json_step *member)
{
    const double join_m = json_number_value(member->value);
    if (json_is_number(member->value) && join_m >= 1 && join_m <= XD_EXTRA_JOIN_MAX_M) {
        feature->road.join_m = (int32_t)(join_m + 0.5);
        return true;
    }
    xd_json_refuse(feature->document, member, "found %s, expected metres from 1 to %d",
                   json_is_number(member->value) ? xd_message("a number out of range") : xd_json_type_name(member->value), (int)XD_EXTRA_JOIN_MAX_M);
    return false;
}

/* Texts, numbers and truth values are tags; null, lists and objects are somebody else's. */
static bool take_property(struct feature *feature, const struct xd_json_step *member)
{
    struct tags *tags = &feature->tags;
    const json_t *value = member->value;
    const char *text = NULL;
    if (strcmp(member->key, "join_m") == 0)
        return json_is_null(value) || take_join(feature, member);
    if (!json_is_string(value) && !json_is_number(value) && !json_is_boolean(value))
        return true;
    if (tags->items_n == XD_EXTRA_ROAD_TAGS_MAX) {
        xd_json_refuse(feature->document, member, "found more than %d properties, the limit of one road", (int)XD_EXTRA_ROAD_TAGS_MAX);
        return false;
    }
    if (json_is_number(value))
        number_text(value, tags->numbers[tags->items_n]);
    text = json_is_string(value)   ? json_string_value(value)
           : json_is_number(value) ? tags->numbers[tags->items_n]
           : json_is_true(value)   ? "yes"
                                   : "no";
    const char *key = strcmp(member->key, "width_m") == 0 ? "width" : member->key;
    if (*text)
        tags->items[tags->items_n++] = (struct xd_osm_tag){key, xd_extra_value(key, text)};
    return true;
}

static bool take_properties(struct feature *feature, const struct xd_json_step *properties)
{
    const char *key;
    json_t *value;
    bool good = true;
    if (properties->value && !json_is_null(properties->value) && !json_is_object(properties->value)) {
        xd_json_refuse(feature->document, properties, "found %s, expected an object", xd_json_type_name(properties->value));
        return false;
    }
    json_object_foreach((json_t *)(uintptr_t)properties->value, key, value)
    {
        const struct xd_json_step member = {.parent = properties, .key = key, .value = value};
        good = take_property(feature, &member) && good;
    }
    struct tags *tags = &feature->tags;
    if (!xd_osm_tag_value((struct xd_osm_tags){tags->items, tags->items_n}, "highway") &&
        !xd_osm_tag_value((struct xd_osm_tags){tags->items, tags->items_n}, "route"))
        tags->items[tags->items_n++] = (struct xd_osm_tag){"highway", "track"};
    return good;
}

/* Not a road is an error; a tag that is not understood only a warning, once a file and kind: a file that comes from elsewhere has what it has. */
static bool decode(struct feature *feature, const struct xd_json_step *properties)
{
    const struct xd_osm_tags tags = {feature->tags.items, feature->tags.items_n};
    struct xd_road_doubts doubts = {0};
    const struct xd_json_step *at = properties->value ? properties : feature->at;
    if (!xd_road_decode(tags, &feature->road.road, &feature->clauses, &doubts)) {
        const char *highway = xd_osm_tag_value(tags, "highway");
        xd_json_refuse(feature->document, at,
                       "found no road that can be driven (highway \"%.40s\"), expected one such as track, unclassified or tertiary",
                       highway ? highway : "");
        return false;
    }
    for (int kind = 0; kind < XD_ROAD_DOUBTS_N; kind++) {
        if (doubts.tags_n[kind] > 0 && !feature->doubted[kind])
            xd_json_warn(feature->document, at, "%s: found a value that is not understood, taken as not told here and wherever it stands",
                         xd_road_doubt_infos[kind].key);
        feature->doubted[kind] = feature->doubted[kind] || doubts.tags_n[kind] > 0;
    }
    feature->road.name = xd_road_name(tags);
    feature->road.clauses = feature->clauses.n > 0 ? feature->clauses.items : NULL;
    return true;
}

/* ---- features ---- */

static bool is_of_type(const struct xd_json_document *document, const struct xd_json_step *at, const char *type)
{
    const char *found;
    if (!json_is_object(at->value)) {
        xd_json_refuse(document, at, "found %s, expected an object", xd_json_type_name(at->value));
        return false;
    }
    if (!xd_json_get_string(document, at, "type", &found))
        return false;
    if (strcmp(found, type) == 0)
        return true;
    const struct xd_json_step member = {.parent = at, .key = "type"};
    xd_json_refuse(document, &member, "found \"%.40s\", expected \"%s\"", found, type);
    return false;
}

/* Cuts a label on a UTF-8 border. */
static void label_write(char label[XD_EXTRA_ROAD_LABEL_MAX + 1], const char *text)
{
    size_t n = strlen(text);
    if (n > XD_EXTRA_ROAD_LABEL_MAX) {
        n = XD_EXTRA_ROAD_LABEL_MAX;
        while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
            n--;
    }
    memcpy(label, text, n);
    label[n] = '\0';
}

static void take_feature(struct feature *feature, const struct xd_json_step *at, size_t index)
{
    struct xd_json_step properties = {.parent = at, .key = "properties"};
    feature->at = at;
    feature->road = (struct xd_extra_road){.label = feature->label, .field = feature->field, .join_m = XD_EXTRA_JOIN_DEFAULT_M};
    feature->tags.items_n = 0;
    if (!is_of_type(feature->document, at, "Feature"))
        return;
    properties.value = json_object_get(at->value, "properties");
    const bool good = take_properties(feature, &properties);
    if (!good || !decode(feature, &properties))
        return;
    snprintf(feature->field, sizeof feature->field, "features[%zu]", index);
    label_write(feature->label, feature->road.name[0] ? feature->road.name : feature->field);
    take_geometry(feature);
}

/* "crs": "gcj02" beside the features, or the object that GeoJSON had before RFC 7946, which QGIS still writes. */
static bool take_crs(struct xd_extra_reading *reading, const struct xd_json_document *document, const struct xd_json_step *root)
{
    static const char *const same[] = {"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "urn:ogc:def:crs:EPSG::4490", "EPSG:4326",
                                       "EPSG:4490"};
    struct xd_json_step crs = {.parent = root, .key = "crs", .value = json_object_get(root->value, "crs")};
    const json_t *value = json_is_object(crs.value) ? json_object_get(json_object_get(crs.value, "properties"), "name") : crs.value;
    reading->crs = XD_CRS_WGS84;
    if (!crs.value || json_is_null(crs.value))
        return true;
    const char *name = json_is_string(value) ? json_string_value(value) : "";
    for (size_t i = 0; i < XD_ARRAY_LENGTH(same); i++)
        if (strcmp(same[i], name) == 0)
            return true;
    if (xd_crs_parse(name, &reading->crs))
        return true;
    xd_json_refuse(document, &crs, "found the crs \"%.60s\", expected one of wgs84, gcj02, bd09", name);
    return false;
}

static void take_root(struct feature *feature)
{
    const struct xd_json_document *document = feature->document;
    const struct xd_json_step root = {.value = document->root};
    struct xd_json_step features;
    size_t features_n = 0;
    const json_t *type = json_object_get(document->root, "type");
    const bool alone = json_is_string(type) && strcmp(json_string_value(type), "Feature") == 0;
    if ((!alone && !is_of_type(document, &root, "FeatureCollection")) || !take_crs(feature->reading, document, &root))
        return;
    if (alone)
        take_feature(feature, &root, 0);
    else if (xd_json_get_array(document, &root, "features", XD_EXTRA_ROADS_MAX, &features, &features_n))
        for (size_t i = 0; i < features_n && !feature->reading->no_memory && feature->reading->diagnostics->errors_left_out_n == 0; i++) {
            struct xd_json_step item;
            xd_json_item(&features, i, &item);
            take_feature(feature, &item, i);
        }
}

void xd_extra_geojson_read(struct xd_extra_reading *reading, const char *bytes, size_t n)
{
    struct xd_json_document document;
    struct feature feature = {.reading = reading, .document = &document};
    if (xd_json_read(bytes, n, reading->source, reading->diagnostics, &document) != XD_OK)
        return;
    take_root(&feature);
    xd_json_document_free(&document);
}
