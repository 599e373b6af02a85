/* Closures from tables and GeoJSON: what people write is what is meant, up to the limits. */
#include "base/alloc.h"
#include "io/tables/closure_fields.h"
#include "io/tables/profiles_read.h"
#include "tests/unit/tables_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DOCUMENT_MAX = 64 * 1024, ALLOCATIONS_MAX = 2000 };

static struct xd_profiles *profiles;

static enum xd_status read_as(const char *text, enum xd_crs crs, struct xd_diagnostics *diagnostics, struct xd_closures *closures)
{
    if (!profiles)
        CU_ASSERT_EQUAL_FATAL(xd_profiles_read(NULL, diagnostics, &profiles), XD_OK);
    return xd_closures_read_bytes(text, strlen(text), "closures", profiles, crs, diagnostics, closures);
}

static struct xd_closures sound(const char *text, enum xd_crs crs)
{
    struct xd_diagnostics diagnostics = {0};
    struct xd_closures closures = {.items_n = 0};
    CU_ASSERT_EQUAL(read_as(text, crs, &diagnostics, &closures), XD_OK);
    xd_tables_print(&diagnostics);
    xd_diagnostics_free(&diagnostics);
    xd_profiles_free(profiles);
    profiles = NULL;
    return closures;
}

/* The one error's message must hold the words. */
static void expect_refused(const char *text, const char *words)
{
    struct xd_diagnostics diagnostics = {0};
    struct xd_closures closures = {.items_n = 0};
    CU_ASSERT_EQUAL(read_as(text, XD_CRS_WGS84, &diagnostics, &closures), XD_DATA);
    CU_ASSERT_EQUAL(closures.items_n, 0);
    CU_ASSERT_EQUAL_FATAL(diagnostics.errors_n, 1);
    if (!strstr(diagnostics.errors[0].message, words))
        printf("\n    %s", diagnostics.errors[0].message);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.errors[0].message, words));
    xd_closures_free(&closures);
    xd_diagnostics_free(&diagnostics);
    xd_profiles_free(profiles);
    profiles = NULL;
}

static uint32_t bit_of(const char *name)
{
    struct xd_diagnostics diagnostics = {0};
    struct xd_profiles *known = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_profiles_read(NULL, &diagnostics, &known), XD_OK);
    const uint32_t bit = UINT32_C(1) << (xd_profile_find(known, name) - known->items);
    xd_profiles_free(known);
    return bit;
}

static void a_table_is_read_with_lists_dates_seasons_and_vehicles(void)
{
    struct xd_closures closures = sound("名称,道路,经度,纬度,半径,方向,速度百分比,限速,开始,结束,季节,车辆,备注\n"
                                        "塌方,13、12 12,,,,反向,,,2026-06-01,2026-06-15,,,\"山体, 滑坡\"\n"
                                        "#示例,1,,,,,,,,,,,\n"
                                        "凝冻,,106.6,27.6,500,,60,30,,,凝冻期,minivan;reefer,\n"
                                        "施工,7,,,,both,,20,,,rainy,,\n",
                                        XD_CRS_WGS84);
    CU_ASSERT_EQUAL_FATAL(closures.items_n, 3);
    const struct xd_closure *slide = &closures.items[0], *ice = &closures.items[1], *works = &closures.items[2];
    CU_ASSERT_STRING_EQUAL(slide->name, "塌方");
    CU_ASSERT_STRING_EQUAL(slide->note, "山体, 滑坡");
    CU_ASSERT_EQUAL(slide->shape, XD_CLOSURE_WAYS);
    CU_ASSERT_EQUAL_FATAL(slide->ways_n, 2); /* sorted, each once */
    CU_ASSERT_EQUAL(slide->ways[0], 12);
    CU_ASSERT_EQUAL(slide->ways[1], 13);
    CU_ASSERT_EQUAL(slide->directions, XD_CLOSURE_BACKWARD);
    CU_ASSERT_EQUAL(slide->speed_percent, 0); /* neither told: closed */
    CU_ASSERT_EQUAL(slide->from_days, 20605);
    CU_ASSERT_EQUAL(slide->until_days, 20619);
    CU_ASSERT_EQUAL(slide->months, XD_MONTHS_ALL);
    CU_ASSERT_EQUAL(slide->profiles, XD_CLOSURE_ALL_PROFILES);
    CU_ASSERT_EQUAL(slide->line, 2);
    CU_ASSERT_STRING_EQUAL(slide->source, "closures");
    CU_ASSERT_EQUAL(ice->shape, XD_CLOSURE_CIRCLE);
    CU_ASSERT_EQUAL(ice->points[0].lon_e7, 1066000000);
    CU_ASSERT_EQUAL(ice->reach_m, 500);
    CU_ASSERT_EQUAL(ice->speed_percent, 60);
    CU_ASSERT_EQUAL(ice->max_kmh, 30);
    CU_ASSERT_EQUAL(ice->months, 1 << 12 | 1 << 1 | 1 << 2);
    CU_ASSERT_EQUAL(ice->profiles, bit_of("minivan") | bit_of("reefer"));
    CU_ASSERT_EQUAL(works->speed_percent, 100); /* only the cap */
    CU_ASSERT_EQUAL(works->max_kmh, 20);
    CU_ASSERT_EQUAL(works->months, 0x3e0); /* May to September */
    xd_closures_free(&closures);
}

static void positions_of_a_table_are_converted_from_the_scenarios_crs(void)
{
    static const char text[] = "name,lon,lat,radius_m\nx,106.6,27.6,100\n";
    struct xd_closures plain = sound(text, XD_CRS_WGS84), shifted = sound(text, XD_CRS_GCJ02);
    CU_ASSERT_FATAL(plain.items_n == 1 && shifted.items_n == 1);
    const struct xd_position expected = xd_position_to_wgs84(plain.items[0].points[0], XD_CRS_GCJ02);
    CU_ASSERT_EQUAL(shifted.items[0].points[0].lon_e7, expected.lon_e7);
    CU_ASSERT_EQUAL(shifted.items[0].points[0].lat_e7, expected.lat_e7);
    CU_ASSERT_NOT_EQUAL(shifted.items[0].points[0].lon_e7, plain.items[0].points[0].lon_e7);
    xd_closures_free(&plain);
    xd_closures_free(&shifted);
}

static void geojson_of_every_kind_is_read(void)
{
    struct xd_closures closures = sound(
        "{\"type\":\"FeatureCollection\",\"features\":["
        "{\"type\":\"Feature\",\"properties\":{\"name\":\"a\",\"note\":null,\"highway\":\"x\",\"tags\":{\"a\":1}},\"geometry\":{\"type\":\"Polygon\","
        "\"coordinates\":[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,1],[2,2]]]}},"
        "{\"type\":\"Feature\",\"properties\":{\"名称\":\"b\",\"speed_percent\":50.0},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,"
        "0],"
        "[4,0],[4,4]]],[[[5,5],[6,5],[6,6]]]]}},"
        "{\"type\":\"Feature\",\"properties\":{\"name\":\"c\",\"direction\":\"forward\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[0,0]"
        ","
        "[1,1,300]]}},"
        "{\"type\":\"Feature\",\"properties\":{\"name\":\"d\",\"buffer_m\":\"20\",\"season\":[\"ice\",\"雨季\"],\"vehicles\":[\"bus\",\"minivan\"]},"
        "\"geometry\":{\"type\":\"MultiLineString\",\"coordinates\":[[[0,0],[1,1]],[[2,2],[3,3]]]}},"
        "{\"type\":\"Feature\",\"properties\":{\"name\":\"e\",\"radius_m\":75},\"geometry\":{\"type\":\"Point\",\"coordinates\":[106.6,27.6]}},"
        "{\"type\":\"Feature\",\"properties\":{\"name\":\"f\",\"way\":[99,98]},\"geometry\":null}]}",
        XD_CRS_GCJ02); /* of the tables; GeoJSON is WGS-84 unless it says otherwise */
    CU_ASSERT_EQUAL_FATAL(closures.items_n, 6);
    const struct xd_closure *c = closures.items;
    CU_ASSERT_TRUE(c[0].shape == XD_CLOSURE_AREA && c[0].groups_n == 1 && c[0].first_part[1] == 2 && c[0].first_point[2] == 7);
    CU_ASSERT_TRUE(c[1].shape == XD_CLOSURE_AREA && c[1].groups_n == 2 && c[1].first_part[2] == 2 && c[1].speed_percent == 50);
    CU_ASSERT_TRUE(c[2].shape == XD_CLOSURE_LINE && c[2].reach_m == XD_CLOSURE_LINE_REACH_M && c[2].directions == XD_CLOSURE_FORWARD);
    CU_ASSERT_TRUE(c[3].shape == XD_CLOSURE_LINE && c[3].reach_m == 20 && c[3].groups_n == 2 && c[3].points[2].lon_e7 == 20000000);
    CU_ASSERT_EQUAL(c[3].profiles, bit_of("bus") | bit_of("minivan"));
    CU_ASSERT_EQUAL(c[3].months, 0x3e0 | 1 << 12 | 1 << 1 | 1 << 2);
    CU_ASSERT_TRUE(c[4].shape == XD_CLOSURE_CIRCLE && c[4].reach_m == 75 && c[4].points[0].lat_e7 == 276000000);
    CU_ASSERT_TRUE(c[5].shape == XD_CLOSURE_WAYS && c[5].ways_n == 2 && c[5].ways[0] == 98);
    xd_closures_free(&closures);
}

static void geojson_tells_its_crs(void)
{
    static const char form[] = "{\"type\":\"Feature\",\"crs\":%s,\"properties\":{\"name\":\"e\",\"radius_m\":75},\"geometry\":{\"type\":\"Point\","
                               "\"coordinates\":[106.6,27.6]}}";
    static const char *const crs[] = {"\"gcj02\"", "null", "{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}}"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(crs); i++) {
        char text[512];
        snprintf(text, sizeof text, form, crs[i]);
        struct xd_closures closures = sound(text, XD_CRS_BD09);
        CU_ASSERT_EQUAL_FATAL(closures.items_n, 1);
        CU_ASSERT_EQUAL(closures.items[0].points[0].lon_e7 == 1066000000, i > 0);
        xd_closures_free(&closures);
    }
}

/* head, then n times item, separated, then tail; free() it. */
static char *repeated(const char *head, const char *item, int32_t n, const char *tail)
{
    char *text = malloc(strlen(head) + (size_t)n * (strlen(item) + 1) + strlen(tail) + 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    char *at = text + sprintf(text, "%s", head);
    for (int32_t i = 0; i < n; i++)
        at += sprintf(at, "%s%s", i > 0 && head[0] == '{' ? "," : "", item);
    strcpy(at, tail);
    return text;
}

static void limits_hold_at_their_number_and_refuse_one_more(void)
{
    static const char line[] = "{\"type\":\"Feature\",\"properties\":{\"name\":\"e\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[1,1],";
    static const struct {
        const char *head, *item, *tail;
        int32_t max_n, given_n;
        const char *words;
    } rows[] = {
        {"name,way\n", "x,1\n", "", XD_CLOSURES_MAX, 0, "10000"},
        {"name,way\nx,1", " 2", "\n", XD_CLOSURE_WAYS_MAX, 1, "the limit of one closure; divide it"},
        {"name,way\n", "x", ",1\n", XD_CLOSURE_TEXT_MAX, 0, "the limit is 500"},
        {line, "[2,2]", "]}}", XD_CLOSURE_POINTS_MAX, 1, "the limit of one closure; simplify it"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        char *at_limit = repeated(rows[i].head, rows[i].item, rows[i].max_n - rows[i].given_n, rows[i].tail);
        char *above = repeated(rows[i].head, rows[i].item, rows[i].max_n - rows[i].given_n + 1, rows[i].tail);
        struct xd_closures closures = sound(at_limit, XD_CRS_WGS84);
        CU_ASSERT_EQUAL(closures.items_n, i == 0 ? XD_CLOSURES_MAX : 1);
        expect_refused(above, rows[i].words);
        xd_closures_free(&closures);
        free(at_limit);
        free(above);
    }
    expect_refused("name,lon,lat,radius_m\nx,1,1,100001\n", "from 1 to 100000"); /* XD_CLOSURE_REACH_MAX_M */
    expect_refused("name,way,max_kmh\nx,1,151\n", "from 1 to 150");              /* XD_CLOSURE_KMH_MAX */
    expect_refused(
        "{\"type\":\"Feature\",\"properties\":{\"name\":\"e\",\"buffer_m\":1001},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[1,1],"
        "[2,2]]}}",
        "from 1 to 1000"); /* XD_CLOSURE_BUFFER_MAX_M */
}

static void each_allocation_of_closures_failed_is_no_memory(void)
{
    static const char *const texts[] = {
        "name,way\nx,1 2 3\ny,4\n",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"name\":\"a\",\"vehicles\":["
        "\"bus\"]},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,0],[4,4],[0,0]]]}}]}"};
    struct xd_diagnostics none = {0};
    CU_ASSERT_EQUAL_FATAL(xd_profiles_read(NULL, &none, &profiles), XD_OK);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(texts); i++) {
        enum xd_status status = XD_NO_MEMORY;
        uint64_t nth = 1;
        for (; status != XD_OK && nth < ALLOCATIONS_MAX; nth++) {
            struct xd_diagnostics diagnostics = {0};
            struct xd_closures closures = {.items_n = 0};
            const int64_t live_n = xd_alloc_statistics_read().live_n;
            xd_alloc_fail_at(nth, false);
            status = read_as(texts[i], XD_CRS_WGS84, &diagnostics, &closures);
            xd_alloc_fail_at(0, false);
            CU_ASSERT_TRUE(status == XD_OK || status == XD_NO_MEMORY);
            CU_ASSERT_EQUAL(closures.items_n, status == XD_OK ? i == 0 ? 2 : 1 : 0);
            xd_closures_free(&closures);
            xd_diagnostics_free(&diagnostics);
            CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
        }
        CU_ASSERT_TRUE(nth > 4 && nth < ALLOCATIONS_MAX);
    }
    xd_profiles_free(profiles);
    profiles = NULL;
}

/* docs/formats/closures.md tells every column and season that the readers know, with their other names. */
static void every_column_and_season_is_documented(void)
{
    static char document[DOCUMENT_MAX];
    char path[XD_TEST_PATH_MAX];
    xd_source_file("docs/formats/closures.md", path);
    FILE *file = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    document[fread(document, 1, sizeof document - 1, file)] = '\0';
    fclose(file);
    for (size_t i = 0; i < XD_CLOSURES_COLUMNS_N + XD_SEASONS_N; i++) {
        char names[256], row[96];
        snprintf(names, sizeof names, "%s", i < XD_CLOSURES_COLUMNS_N ? xd_closures_columns[i].names : xd_seasons[i - XD_CLOSURES_COLUMNS_N].words);
        char *name = strtok(names, "|");
        snprintf(row, sizeof row, "| `%s` |", name);
        const char *line = strstr(document, row);
        if (!line)
            printf("\n    docs/formats/closures.md lacks %s", row);
        CU_ASSERT_PTR_NOT_NULL_FATAL(line);
        while ((name = strtok(NULL, "|"))) {
            const char *at = strstr(line, name);
            CU_ASSERT_TRUE(at && (size_t)(at - line) < strcspn(line, "\n"));
        }
    }
}

static const struct xd_test_case cases[] = {
    XD_CASE(a_table_is_read_with_lists_dates_seasons_and_vehicles),
    XD_CASE(positions_of_a_table_are_converted_from_the_scenarios_crs),
    XD_CASE(geojson_of_every_kind_is_read),
    XD_CASE(geojson_tells_its_crs),
    XD_CASE(limits_hold_at_their_number_and_refuse_one_more),
    XD_CASE(each_allocation_of_closures_failed_is_no_memory),
    XD_CASE(every_column_and_season_is_documented),
};
const struct xd_test_suite xd_suite_tables_closures = {"tables_closures", cases, XD_ARRAY_LENGTH(cases)};
