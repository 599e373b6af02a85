#include "io/tables/extra_roads_read.h"

#include "io/tables/extra_road_draft.h"

#include <string.h>

/* OSM's value, then what else is understood. */
struct word {
    const char *value, *words;
};
static const struct word highway_words[] = {{"secondary", "县道"},       {"tertiary", "乡道"},         {"unclassified", "村道|通村路|通组路"},
                                            {"residential", "村内道路"}, {"service", "便道|施工便道"}, {"track", "机耕路|机耕道|土路|林道|田间道"},
                                            {"path", "小路|步道|人行道"}};
static const struct word surface_words[] = {{"concrete", "水泥|水泥路|混凝土|硬化"},
                                            {"asphalt", "沥青|柏油|油路"},
                                            {"gravel", "砂石|碎石|石子|泥结碎石"},
                                            {"dirt", "土|土路|泥土"},
                                            {"mud", "泥|泥泞"},
                                            {"unpaved", "未硬化"}};
static const struct word oneway_words[] = {{"yes", "是|单向|单行"}, {"no", "否|双向"}, {"-1", "反向"}};

static const struct {
    const char *key;
    const struct word *words;
    size_t words_n;
} vocabularies[] = {{"highway", highway_words, XD_ARRAY_LENGTH(highway_words)},
                    {"surface", surface_words, XD_ARRAY_LENGTH(surface_words)},
                    {"oneway", oneway_words, XD_ARRAY_LENGTH(oneway_words)}};

const char *xd_extra_value(const char *key, const char *value)
{
    for (size_t v = 0; v < XD_ARRAY_LENGTH(vocabularies); v++)
        for (size_t w = 0; w < vocabularies[v].words_n && strcmp(vocabularies[v].key, key) == 0; w++)
            if (xd_names_hold(vocabularies[v].words[w].words, value))
                return vocabularies[v].words[w].value;
    return value;
}

static bool tell(struct xd_extra_reading *reading, const struct xd_error *error)
{
    if (!reading->no_memory)
        xd_diagnostics_add(reading->diagnostics, error);
    reading->no_memory = reading->no_memory || error->status == XD_NO_MEMORY;
    return false;
}

bool xd_extra_add_point(struct xd_extra_reading *reading, struct xd_position position)
{
    struct xd_error error;
    if (xd_array_reserve((void **)&reading->points, &reading->capacity, (size_t)reading->points_n + 1, sizeof *reading->points, XD_EXTRA_POINTS_MAX,
                         "points of an extra road", &error) != XD_OK)
        return tell(reading, &error);
    reading->points[reading->points_n++] = xd_position_to_wgs84(position, reading->crs);
    return true;
}

bool xd_extra_no_extent(const struct xd_extra_reading *reading)
{
    for (int32_t i = 1; i < reading->points_n; i++)
        if (reading->points[i].lon_e7 != reading->points[0].lon_e7 || reading->points[i].lat_e7 != reading->points[0].lat_e7)
            return false;
    return true;
}

static const char *copy(struct xd_extra_reading *reading, const char *text)
{
    return text ? xd_arena_string(&reading->roads->arena, text, strlen(text)) : NULL;
}

bool xd_extra_keep(struct xd_extra_reading *reading, const struct xd_extra_road *road)
{
    struct xd_error error;
    struct xd_extra_road kept = *road;
    kept.source = reading->source;
    kept.label = copy(reading, road->label);
    kept.name = copy(reading, road->name);
    kept.field = copy(reading, road->field);
    kept.points = xd_arena_copy(&reading->roads->arena, reading->points, (size_t)reading->points_n, sizeof *reading->points);
    kept.points_n = reading->points_n;
    if (road->clauses)
        kept.clauses = xd_arena_copy(&reading->roads->arena, road->clauses, (size_t)xd_clause_list_n(road->clauses), sizeof *road->clauses);
    enum xd_status status = kept.label && kept.name && kept.field && kept.points && !kept.clauses == !road->clauses
                                ? XD_OK
                                : xd_fail_memory(&error, "extra roads", (size_t)reading->points_n * sizeof *reading->points);
    if (status == XD_OK)
        status = xd_extra_roads_add(reading->roads, &kept, &error);
    return status == XD_OK || tell(reading, &error);
}

static int64_t errors_n_of(const struct xd_diagnostics *diagnostics)
{
    return (int64_t)diagnostics->errors_n + diagnostics->errors_left_out_n;
}

enum xd_status xd_extra_roads_read_bytes(const char *bytes, size_t n, const char *source, enum xd_crs crs, struct xd_diagnostics *diagnostics,
                                         struct xd_extra_roads *roads)
{
    const int64_t errors_before_n = errors_n_of(diagnostics);
    const int32_t told_before_n = diagnostics->errors_n, items_before_n = roads->items_n, points_before_n = roads->points_n;
    struct xd_extra_reading reading = {.crs = crs, .diagnostics = diagnostics, .roads = roads};
    struct xd_error error;
    size_t begin = 0;
    reading.source = copy(&reading, source);
    while (begin < n && strchr(" \t\r\n", bytes[begin]))
        begin++;
    if (!reading.source) {
        (void)xd_fail_memory(&error, "extra roads", strlen(source));
        (void)tell(&reading, &error);
    } else if (begin < n && (bytes[begin] == '{' || bytes[begin] == '[')) {
        xd_extra_geojson_read(&reading, bytes, n);
    } else {
        xd_extra_table_read(&reading, bytes, n);
    }
    xd_free(reading.points);
    if (errors_n_of(diagnostics) == errors_before_n)
        return XD_OK;
    roads->items_n = items_before_n;
    roads->points_n = points_before_n;
    return diagnostics->errors_n > told_before_n ? diagnostics->errors[told_before_n].status : XD_DATA;
}

enum xd_status xd_extra_roads_read(const char *path, enum xd_crs crs, enum xd_text_encoding encoding, struct xd_diagnostics *diagnostics,
                                   struct xd_extra_roads *roads)
{
    struct xd_buffer text;
    struct xd_error error;
    xd_buffer_init(&text, XD_EXTRA_ROADS_FILE_MAX);
    enum xd_status status = xd_text_read_file(path, XD_EXTRA_ROADS_FILE_MAX, encoding, &text, diagnostics, &error);
    if (status != XD_OK)
        xd_diagnostics_add(diagnostics, &error);
    else
        status = xd_extra_roads_read_bytes(text.bytes ? text.bytes : "", text.length, path, crs, diagnostics, roads);
    xd_buffer_free(&text);
    return status;
}
