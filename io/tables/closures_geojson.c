/* GeoJSON (RFC 7946) of closures: a FeatureCollection or one Feature. */
#include "base/text.h"
#include "io/bytes/json_read.h"
#include "io/tables/closure_fields.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PROPERTY_BYTES_MAX = 16384, DEGREES_LON = 180, DEGREES_LAT = 90 };

enum geometry { POINT, LINE, LINES, POLYGON, POLYGONS, GEOMETRIES_N };
static const char *const geometry_names[GEOMETRIES_N] = {"Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"};

/* Points of one geometry as they come. */
struct drawing {
    struct xd_position *points;
    int32_t *first_part, *first_point;
    size_t points_capacity, parts_capacity, groups_capacity;
    int32_t points_n, parts_n, groups_n;
};

struct feature {
    struct xd_closures_reading *reading;
    const struct xd_json_document *document;
    struct drawing *drawing;
    const struct xd_json_step *at;           /* the feature */
    const struct xd_json_step *properties;   /* NULL where there are none */
    char texts[XD_CLOSURES_COLUMNS_N][32];   /* numbers as texts */
    struct xd_buffer lists;                  /* lists as texts, each with its NUL */
    size_t list_at[XD_CLOSURES_COLUMNS_N];   /* where in lists, + 1; 0: the column is no list */
    const char *keys[XD_CLOSURES_COLUMNS_N]; /* as the feature writes them; NULL where it does not */
};

static bool tell_memory(struct xd_closures_reading *reading, const struct xd_error *error)
{
    if (!reading->no_memory)
        xd_diagnostics_add(reading->diagnostics, error);
    reading->no_memory = true;
    return false;
}

/* ---- coordinates ---- */

static bool reserve(struct xd_closures_reading *reading, void **items, size_t *capacity, int32_t needed_n, size_t size)
{
    struct xd_error error;
    if (xd_array_reserve(items, capacity, (size_t)needed_n, size, 2 * XD_CLOSURE_POINTS_MAX + 2, "points of a closure", &error) == XD_OK)
        return true;
    return tell_memory(reading, &error);
}

static bool degrees_of(const struct feature *feature, const struct xd_json_step *position, size_t index, int limit, int32_t *value_e7)
{
    struct xd_json_step item;
    xd_json_item(position, index, &item);
    const double degrees = json_number_value(item.value);
    if (!json_is_number(item.value) || !(degrees >= -limit && degrees <= limit)) {
        xd_json_refuse(feature->document, &item, "found %s, expected degrees from -%d to %d (lon before lat)",
                       json_is_number(item.value) ? "a number out of range" : xd_json_type_name(item.value), limit, limit);
        return false;
    }
    *value_e7 = (int32_t)lround(degrees * 1e7);
    return true;
}

static bool take_position(struct feature *feature, const struct xd_json_step *at)
{
    struct drawing *drawing = feature->drawing;
    struct xd_position position;
    if (!json_is_array(at->value) || json_array_size(at->value) < 2) {
        xd_json_refuse(feature->document, at, "found %s, expected a position: [lon, lat]",
                       json_is_array(at->value) ? "fewer than two numbers" : xd_json_type_name(at->value));
        return false;
    }
    if (!degrees_of(feature, at, 0, DEGREES_LON, &position.lon_e7) || !degrees_of(feature, at, 1, DEGREES_LAT, &position.lat_e7))
        return false;
    if (drawing->points_n == XD_CLOSURE_POINTS_MAX) {
        xd_json_refuse(feature->document, at, "found more than %d positions, the limit of one closure; simplify it", (int)XD_CLOSURE_POINTS_MAX);
        return false;
    }
    if (!reserve(feature->reading, (void **)&drawing->points, &drawing->points_capacity, drawing->points_n + 1, sizeof position))
        return false;
    drawing->points[drawing->points_n++] = position;
    return true;
}

static bool is_list(const struct feature *feature, const struct xd_json_step *at, size_t least_n, const char *what)
{
    if (json_is_array(at->value) && json_array_size(at->value) >= least_n)
        return true;
    if (json_is_array(at->value))
        xd_json_refuse(feature->document, at, "found %zu items, expected %s of at least %zu", json_array_size(at->value), xd_message(what), least_n);
    else
        xd_json_refuse(feature->document, at, "found %s, expected %s", xd_json_type_name(at->value), xd_message(what));
    return false;
}

static bool end_part(struct feature *feature)
{
    struct drawing *drawing = feature->drawing;
    if (!reserve(feature->reading, (void **)&drawing->first_point, &drawing->parts_capacity, drawing->parts_n + 2, sizeof *drawing->first_point))
        return false;
    drawing->first_point[0] = 0;
    drawing->first_point[++drawing->parts_n] = drawing->points_n;
    return true;
}

static bool end_group(struct feature *feature)
{
    struct drawing *drawing = feature->drawing;
    if (!reserve(feature->reading, (void **)&drawing->first_part, &drawing->groups_capacity, drawing->groups_n + 2, sizeof *drawing->first_part))
        return false;
    drawing->first_part[0] = 0;
    drawing->first_part[++drawing->groups_n] = drawing->parts_n;
    return true;
}

static bool has_extent(const struct drawing *drawing)
{
    const int32_t first = drawing->parts_n > 0 ? drawing->first_point[drawing->parts_n] : 0;
    for (int32_t i = first + 1; i < drawing->points_n; i++)
        if (drawing->points[i].lon_e7 != drawing->points[first].lon_e7 || drawing->points[i].lat_e7 != drawing->points[first].lat_e7)
            return true;
    return false;
}

/* A line, or a ring: a list of positions. */
static bool take_part(struct feature *feature, const struct xd_json_step *at, size_t least_n, const char *what)
{
    if (!is_list(feature, at, least_n, what))
        return false;
    for (size_t i = 0; i < json_array_size(at->value); i++) {
        struct xd_json_step item;
        xd_json_item(at, i, &item);
        if (!take_position(feature, &item))
            return false;
    }
    if (!has_extent(feature->drawing)) {
        xd_json_refuse(feature->document, at, "found the same position throughout, expected %s with an extent", xd_message(what));
        return false;
    }
    return end_part(feature);
}

static bool take_polygon(struct feature *feature, const struct xd_json_step *at)
{
    if (!is_list(feature, at, 1, "a polygon (a list of rings)"))
        return false;
    for (size_t i = 0; i < json_array_size(at->value); i++) {
        struct xd_json_step item;
        xd_json_item(at, i, &item);
        if (!take_part(feature, &item, 3, "a ring (a list of positions)"))
            return false;
    }
    return end_group(feature);
}

static bool take_line(struct feature *feature, const struct xd_json_step *at)
{
    return take_part(feature, at, 2, "a line (a list of positions)") && end_group(feature);
}

static bool take_each(struct feature *feature, const struct xd_json_step *at, const char *what,
                      bool (*take)(struct feature *, const struct xd_json_step *))
{
    if (!is_list(feature, at, 1, what))
        return false;
    for (size_t i = 0; i < json_array_size(at->value); i++) {
        struct xd_json_step item;
        xd_json_item(at, i, &item);
        if (!take(feature, &item))
            return false;
    }
    return true;
}

static bool take_coordinates(struct feature *feature, enum geometry geometry, const struct xd_json_step *at)
{
    switch (geometry) {
    case POINT:
        return take_position(feature, at) && end_part(feature) && end_group(feature);
    case LINE:
        return take_line(feature, at);
    case LINES:
        return take_each(feature, at, "a list of lines", take_line);
    case POLYGON:
        return take_polygon(feature, at);
    case POLYGONS:
        return take_each(feature, at, "a list of polygons", take_polygon);
    case GEOMETRIES_N:
        break;
    }
    return false;
}

/* ---- properties ---- */

static struct xd_location at_property(const struct xd_closure_fields *fields, size_t column, char key[XD_ERROR_FIELD_MAX])
{
    const struct feature *feature = fields->place;
    if (!feature->properties || !feature->keys[column])
        return xd_json_at(feature->document, feature->properties ? feature->properties : feature->at, key);
    const struct xd_json_step step = {.parent = feature->properties, .key = feature->keys[column]};
    return xd_json_at(feature->document, &step, key);
}

/* A number as people write it: whole ones without decimals, however the file has them. */
static void number_text(const json_t *value, char text[32])
{
    const double number = json_number_value(value);
    if (json_is_integer(value))
        snprintf(text, 32, "%lld", (long long)json_integer_value(value));
    else
        snprintf(text, 32, fabs(number) < 1e15 && floor(number) == number ? "%.0f" : "%.10g", number);
}

/* A list of texts and numbers as one text, with blanks between. */
static bool take_list(struct feature *feature, size_t column, const json_t *list)
{
    struct xd_error error;
    enum xd_status status = XD_OK;
    feature->list_at[column] = feature->lists.length + 1;
    for (size_t i = 0; i < json_array_size(list) && status == XD_OK; i++) {
        const json_t *item = json_array_get(list, i);
        char number[32];
        if (json_is_number(item))
            number_text(item, number);
        else if (!json_is_string(item))
            return false;
        status = xd_buffer_printf(&feature->lists, &error, "%s ", json_is_string(item) ? json_string_value(item) : number);
    }
    if (status == XD_OK)
        status = xd_buffer_append(&feature->lists, "", 1, &error);
    return status == XD_OK || (status == XD_NO_MEMORY && tell_memory(feature->reading, &error));
}

static size_t column_of(const char *key)
{
    size_t c = 0;
    while (c < XD_CLOSURES_COLUMNS_N && !xd_names_hold(xd_closures_columns[c].names, key))
        c++;
    return c;
}

static bool take_property(struct feature *feature, struct xd_closure_fields *fields, size_t column, const struct xd_json_step *member)
{
    const json_t *value = member->value;
    bool is_text = true;
    if (feature->keys[column]) {
        xd_json_refuse(feature->document, member, "is told twice: \"%.40s\" is the same", feature->keys[column]);
        return false;
    }
    feature->keys[column] = member->key;
    if (json_is_null(value))
        return true;
    if (json_is_string(value))
        fields->text[column] = json_string_value(value);
    else if (json_is_number(value)) {
        number_text(value, feature->texts[column]);
        fields->text[column] = feature->texts[column];
    } else {
        is_text = json_is_array(value) && take_list(feature, column, value);
    }
    if (!is_text && !feature->reading->no_memory)
        xd_json_refuse(feature->document, member, "found %s, expected a text or a number", xd_json_type_name(value));
    return is_text;
}

/* Known ones become texts; what is nearly one is refused, anything else is somebody else's. */
static bool take_properties(struct feature *feature, struct xd_closure_fields *fields)
{
    const char *words[XD_CLOSURES_COLUMNS_N];
    char english[XD_CLOSURES_COLUMNS_N][XD_CSV_KEY_MAX];
    bool good = true;
    const char *key;
    json_t *value;
    for (size_t c = 0; c < XD_CLOSURES_COLUMNS_N; c++) {
        fields->text[c] = "";
        snprintf(english[c], sizeof english[c], "%.*s", (int)strcspn(xd_closures_columns[c].names, "|"), xd_closures_columns[c].names);
        words[c] = english[c];
    }
    if (!feature->properties)
        return true;
    json_object_foreach((json_t *)(uintptr_t)feature->properties->value, key, value)
    {
        const struct xd_json_step member = {.parent = feature->properties, .key = key, .value = value};
        const size_t column = column_of(key);
        const char *near = column == XD_CLOSURES_COLUMNS_N ? xd_text_suggest(key, words, XD_CLOSURES_COLUMNS_N) : NULL;
        if (near)
            xd_json_refuse(feature->document, &member, "found an unknown key; do you mean \"%s\"?", near);
        else if (column < XD_CLOSURES_COLUMNS_N)
            good = take_property(feature, fields, column, &member) && good;
        good = good && !near;
    }
    for (size_t c = 0; c < XD_CLOSURES_COLUMNS_N && good; c++)
        if (feature->list_at[c] > 0)
            fields->text[c] = feature->lists.bytes + feature->list_at[c] - 1;
    return good;
}

/* ---- features ---- */

static bool geometry_of(const struct feature *feature, const struct xd_json_step *at, enum geometry *geometry)
{
    struct xd_json_step type;
    if (!json_is_object(at->value)) {
        xd_json_refuse(feature->document, at, "found %s, expected an object", xd_json_type_name(at->value));
        return false;
    }
    if (!xd_json_member(feature->document, at, "type", &type))
        return false;
    for (int g = 0; g < GEOMETRIES_N; g++)
        if (json_is_string(type.value) && strcmp(json_string_value(type.value), geometry_names[g]) == 0) {
            *geometry = (enum geometry)g;
            return true;
        }
    xd_json_refuse(feature->document, &type, "found %s%.40s, expected Point, LineString, MultiLineString, Polygon or MultiPolygon",
                   json_is_string(type.value) ? "" : xd_json_type_name(type.value), json_is_string(type.value) ? json_string_value(type.value) : "");
    return false;
}

static bool take_shape(struct feature *feature, const struct xd_closure_fields *fields, struct xd_closure *closure)
{
    struct xd_json_step at, coordinates;
    enum geometry geometry = POINT;
    struct drawing *drawing = feature->drawing;
    if (!xd_json_member(feature->document, feature->at, "geometry", &at))
        return false;
    const bool has_ways = fields->text[XD_CLOSURES_WAY][0] != '\0', is_null = json_is_null(at.value);
    if (has_ways && is_null)
        return xd_closure_take_ways(fields, closure);
    if (has_ways || is_null) {
        xd_json_refuse(feature->document, &at,
                       is_null ? "found neither a geometry nor ids of ways, expected one of them"
                               : "found a geometry beside ids of ways, expected one of them");
        return false;
    }
    if (!geometry_of(feature, &at, &geometry) || !xd_json_member(feature->document, &at, "coordinates", &coordinates))
        return false;
    drawing->points_n = drawing->parts_n = drawing->groups_n = 0;
    if (!take_coordinates(feature, geometry, &coordinates))
        return false;
    bool good = true;
    closure->shape = geometry == POINT ? XD_CLOSURE_CIRCLE : geometry <= LINES ? XD_CLOSURE_LINE : XD_CLOSURE_AREA;
    if (closure->shape == XD_CLOSURE_CIRCLE)
        good = xd_closure_take_reach(fields, XD_CLOSURES_RADIUS, 0, XD_CLOSURE_REACH_MAX_M, closure);
    else if (closure->shape == XD_CLOSURE_LINE)
        good = xd_closure_take_reach(fields, XD_CLOSURES_BUFFER, XD_CLOSURE_LINE_REACH_M, XD_CLOSURE_BUFFER_MAX_M, closure);
    return good && xd_closure_take_points(feature->reading, closure, drawing->points, drawing->first_part, drawing->first_point, drawing->groups_n);
}

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

static void take_feature(struct xd_closures_reading *reading, const struct xd_json_document *document, const struct xd_json_step *at,
                         struct drawing *drawing)
{
    struct feature feature = {.reading = reading, .document = document, .drawing = drawing, .at = at};
    struct xd_closure_fields fields = {.reading = reading, .at = at_property, .place = &feature};
    struct xd_closure closure = {.source = reading->source};
    struct xd_json_step properties = {.parent = at, .key = "properties"};
    if (!is_of_type(document, at, "Feature"))
        return;
    properties.value = json_object_get(at->value, "properties");
    if (properties.value && json_is_object(properties.value))
        feature.properties = &properties;
    else if (properties.value && !json_is_null(properties.value)) {
        xd_json_refuse(document, &properties, "found %s, expected an object", xd_json_type_name(properties.value));
        return;
    }
    xd_buffer_init(&feature.lists, PROPERTY_BYTES_MAX);
    if (take_properties(&feature, &fields)) {
        const bool placed = take_shape(&feature, &fields, &closure);
        if (placed && xd_closure_take_fields(&fields, &closure))
            xd_closures_keep(reading, &closure);
    }
    xd_buffer_free(&feature.lists);
}

/* "crs": "gcj02" beside the features, or the object that GeoJSON had before RFC 7946, which QGIS still writes. */
static bool take_crs(struct xd_closures_reading *reading, const struct xd_json_document *document, const struct xd_json_step *root)
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

static void take_root(struct xd_closures_reading *reading, const struct xd_json_document *document, struct drawing *drawing)
{
    const struct xd_json_step root = {.value = document->root};
    struct xd_json_step features;
    size_t features_n = 0;
    const json_t *type = json_object_get(document->root, "type");
    if (json_is_string(type) && strcmp(json_string_value(type), "Feature") == 0) {
        if (take_crs(reading, document, &root))
            take_feature(reading, document, &root, drawing);
        return;
    }
    if (!is_of_type(document, &root, "FeatureCollection") || !take_crs(reading, document, &root) ||
        !xd_json_get_array(document, &root, "features", XD_CLOSURES_MAX, &features, &features_n))
        return;
    for (size_t i = 0; i < features_n && !reading->no_memory; i++) {
        struct xd_json_step feature;
        xd_json_item(&features, i, &feature);
        take_feature(reading, document, &feature, drawing);
    }
}

void xd_closures_geojson_read(struct xd_closures_reading *reading, const char *bytes, size_t n)
{
    struct xd_json_document document;
    struct drawing drawing = {0};
    if (xd_json_read(bytes, n, reading->source, reading->diagnostics, &document) != XD_OK)
        return;
    take_root(reading, &document, &drawing);
    xd_json_document_free(&document);
    xd_free(drawing.points);
    xd_free(drawing.first_part);
    xd_free(drawing.first_point);
}
