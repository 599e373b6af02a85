/* Extra roads from tables and GeoJSON: what is read of good ones, and where each fault of others is told. */
#include "base/alloc.h"
#include "io/tables/extra_road_draft.h"
#include "io/tables/tables.h"
#include "tests/unit/tables_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum xd_status read_text(const char *text, struct xd_extra_roads *roads, struct xd_diagnostics *diagnostics)
{
    *roads = (struct xd_extra_roads){0};
    return xd_extra_roads_read_bytes(text, strlen(text), "extra", XD_CRS_WGS84, diagnostics, roads);
}

static struct xd_extra_roads read_good(const char *text)
{
    struct xd_extra_roads roads;
    struct xd_diagnostics diagnostics = {0};
    const enum xd_status status = read_text(text, &roads, &diagnostics);
    if (status != XD_OK || diagnostics.warnings_n > 0)
        xd_tables_print(&diagnostics);
    CU_ASSERT_EQUAL_FATAL(status, XD_OK);
    CU_ASSERT_EQUAL(diagnostics.warnings_n, 0);
    xd_diagnostics_free(&diagnostics);
    return roads;
}

static void a_table_holds_roads_point_by_point(void)
{
    static const char *const texts[] = {
        "road,lon,lat,name,highway,surface,width_m,maxspeed,oneway,join_m,note\n"
        "a,106.1,27.1,Lane,unclassified,concrete,3.5,30,yes,50,new\na,106.2,27.2,Lane,,,,,,,\na,106.3,27.3,,,,3.5,,,,\n7,106.4,27.4,,,,,,,,\n7,106.5,"
        "27.5,,,,,,,,\n",
        "道路;经度;纬度;路名;道路类型;路面;路宽(米);限速;单行;接入距离;备注\n"
        "a;106.1;27.1;Lane;村道;水泥;３．５;30;是;50;新\na;106.2;27.2;;;;;;;;\na;106.3;27.3;;;;;;;;\n7;106.4;27.4;;;;;;;;\n7;106.5;27.5;;;;;;;;\n"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(texts); i++) {
        struct xd_extra_roads roads = read_good(texts[i]);
        CU_ASSERT_EQUAL_FATAL(roads.items_n, 2);
        CU_ASSERT_EQUAL(roads.points_n, 5);
        const struct xd_extra_road *a = &roads.items[0], *b = &roads.items[1];
        CU_ASSERT_STRING_EQUAL(a->label, "a");
        CU_ASSERT_STRING_EQUAL(a->name, "Lane");
        CU_ASSERT_STRING_EQUAL(a->source, "extra");
        CU_ASSERT_EQUAL(a->points_n, 3);
        CU_ASSERT_EQUAL(a->points[2].lon_e7, 1063000000);
        CU_ASSERT_EQUAL(a->points[2].lat_e7, 273000000);
        CU_ASSERT_EQUAL(a->line, 2);
        CU_ASSERT_EQUAL(a->end_line, 4);
        CU_ASSERT_EQUAL(a->join_m, 50);
        CU_ASSERT_EQUAL(a->road.road_class, XD_ROAD_UNCLASSIFIED);
        CU_ASSERT_EQUAL(a->road.surface, XD_SURFACE_PAVED);
        CU_ASSERT_EQUAL(a->road.width_dm, 35);
        CU_ASSERT_EQUAL(a->road.maxspeed_kmh[XD_SPEED_ALL][0], 30);
        CU_ASSERT_EQUAL(a->road.rules[XD_KEY_ACCESS].oneway, XD_ONEWAY_FORWARD);
        CU_ASSERT_STRING_EQUAL(b->label, "7");
        CU_ASSERT_EQUAL(b->points_n, 2);
        CU_ASSERT_EQUAL(b->line, 5);
        CU_ASSERT_EQUAL(b->join_m, XD_EXTRA_JOIN_DEFAULT_M);
        CU_ASSERT_EQUAL(b->road.road_class, XD_ROAD_TRACK); /* where none is told */
        CU_ASSERT_EQUAL(b->road.surface, XD_SURFACE_UNKNOWN);
        xd_extra_roads_free(&roads);
    }
}

static void positions_of_a_table_are_in_the_crs_of_the_scenario_and_of_geojson_in_its_own(void)
{
    static const char table[] = "road,lon,lat\na,106.1,27.1\na,106.2,27.2\n";
    static const char line[] =
        "{\"type\":\"Feature\",%s\"properties\":null,\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[106.1,27.1,900],[106.2,27.2]]}}";
    const struct xd_position told = {.lon_e7 = 1061000000, .lat_e7 = 271000000};
    static const struct {
        const char *crs;
        enum xd_crs meant;
    } kinds[] = {{"", XD_CRS_WGS84},
                 {"\"crs\":\"gcj02\",", XD_CRS_GCJ02},
                 {"\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},", XD_CRS_WGS84}};
    for (int crs = 0; crs < 3; crs++) {
        struct xd_extra_roads roads = {0};
        struct xd_diagnostics diagnostics = {0};
        const struct xd_position expected = xd_position_to_wgs84(told, (enum xd_crs)crs);
        CU_ASSERT_EQUAL_FATAL(xd_extra_roads_read_bytes(table, strlen(table), "t", (enum xd_crs)crs, &diagnostics, &roads), XD_OK);
        CU_ASSERT_EQUAL(roads.items[0].points[0].lon_e7, expected.lon_e7);
        CU_ASSERT_EQUAL(roads.items[0].points[0].lat_e7, expected.lat_e7);
        xd_extra_roads_free(&roads);
    }
    for (size_t i = 0; i < XD_ARRAY_LENGTH(kinds); i++) {
        struct xd_extra_roads roads = {0};
        struct xd_diagnostics diagnostics = {0};
        char text[512];
        const struct xd_position expected = xd_position_to_wgs84(told, kinds[i].meant);
        snprintf(text, sizeof text, line, kinds[i].crs);
        CU_ASSERT_EQUAL_FATAL(xd_extra_roads_read_bytes(text, strlen(text), "t", XD_CRS_BD09, &diagnostics, &roads), XD_OK);
        CU_ASSERT_EQUAL(roads.items[0].points[0].lon_e7, expected.lon_e7);
        xd_extra_roads_free(&roads);
    }
}

static void geojson_holds_lines_with_tags(void)
{
    struct xd_extra_roads roads = read_good(
        "{\"type\":\"FeatureCollection\",\"name\":\"x\",\"features\":["
        "{\"type\":\"Feature\",\"properties\":{\"highway\":\"tertiary\",\"name\":\"乡道\",\"width\":4.5,\"maxspeed\":40,\"bridge\":true,\"oneway\":"
        "\"-1\","
        "\"join_m\":12.6,\"tags\":{\"x\":1},\"y\":null},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[106.1,27.1],[106.2,27.2]]}},"
        "{\"type\":\"Feature\",\"properties\":{\"route\":\"ferry\",\"motor_vehicle\":\"yes\"},\"geometry\":{\"type\":\"MultiLineString\","
        "\"coordinates\":"
        "[[[106.3,27.1],[106.4,27.2]],[[106.5,27.1],[106.6,27.2],[106.7,27.2]]]}}]}");
    CU_ASSERT_EQUAL_FATAL(roads.items_n, 3);
    const struct xd_extra_road *a = &roads.items[0];
    CU_ASSERT_STRING_EQUAL(a->name, "乡道");
    CU_ASSERT_STRING_EQUAL(a->label, "乡道");
    CU_ASSERT_STRING_EQUAL(a->field, "features[0]");
    CU_ASSERT_EQUAL(a->join_m, 13);
    CU_ASSERT_EQUAL(a->road.road_class, XD_ROAD_TERTIARY);
    CU_ASSERT_EQUAL(a->road.width_dm, 45);
    CU_ASSERT_EQUAL(a->road.maxspeed_kmh[XD_SPEED_ALL][0], 40);
    CU_ASSERT_TRUE(a->road.flags & XD_ROAD_BRIDGE);
    CU_ASSERT_EQUAL(a->road.rules[XD_KEY_ACCESS].oneway, XD_ONEWAY_BACKWARD);
    CU_ASSERT_EQUAL(roads.items[1].road.road_class, XD_ROAD_FERRY);
    CU_ASSERT_STRING_EQUAL(roads.items[1].label, "features[1]");
    CU_ASSERT_EQUAL(roads.items[2].points_n, 3);
    xd_extra_roads_free(&roads);
}

#define FEATURE(properties, type, coordinates)                                                                                                       \
    "{\"type\":\"Feature\",\"properties\":" properties ",\n\"geometry\":{\"type\":\"" type "\",\n\"coordinates\":" coordinates "}}"

static void each_fault_is_told_where_it_stands(void)
{
    static const struct {
        const char *text, *words, *field;
        int64_t line;
    } cases[] = {
        {"road,lon,lat\n", NULL, NULL, 0}, /* no road at all is none */
        {"road,lon\na,1\n", "misses the column lat", "", 1},
        {"road,lon,lat,hihgway\na,1,2,track\n", "found the unknown column \"hihgway\"; do you mean \"highway\"?", "", 1},
        {"road,lon,lat\na,1,2\n", "found one point of the road a, expected two rows or more", "road", 2},
        {"road,lon,lat\na,1,2\na,1,2\n", "found the same position throughout", "lon", 2},
        {"road,lon,lat\na,1,2\na,181,2\n", "181", "lon", 3},
        {"road,lon,lat\na,1,2\na,1,x\n", "x", "lat", 3},
        {"road,lon,lat\n,1,2\n,2,2\n", "is empty, expected a name or number", "road", 2},
        {"road,lon,lat\na,1,2\na,2,2\nb,1,2\nb,2,2\na,3,2\na,4,2\n", "found the road a again, which began on line 2", "road", 6},
        {"road,lon,lat,highway\na,1,2,rood\na,2,2,\n", "found \"rood\", expected a class of road", "highway", 2},
        {"road,lon,lat,highway\na,1,2,proposed\na,2,2,\n", "found \"proposed\", expected a class of road", "highway", 2},
        {"road,lon,lat,highway\na,1,2,track\na,2,2,path\n", "found \"path\", expected what the first row of the road says (line 2)", "highway", 3},
        {"road,lon,lat,surface\na,1,2,snow?\na,2,2,\n", "found \"snow?\", expected a value of OpenStreetMap's surface", "surface", 2},
        {"road,lon,lat,maxspeed\na,1,2,quick\na,2,2,\n", "found \"quick\", expected a value of OpenStreetMap's maxspeed", "maxspeed", 2},
        {"road,lon,lat,oneway\na,1,2,perhaps\na,2,2,\n", "found \"perhaps\", expected a value of OpenStreetMap's oneway", "oneway", 2},
        {"road,lon,lat,width_m\na,1,2,0.2\na,2,2,\n", "0.2", "width_m", 2},
        {"road,lon,lat,join_m\na,1,2,501\na,2,2,\n", "501", "join_m", 2},
        {"road,lon,lat,join_m\na,1,2,0\na,2,2,\n", "0", "join_m", 2},
        {"[]", "found an array, expected an object", "", 1},
        {"{\"type\":\"Topology\"}", "found \"Topology\", expected \"FeatureCollection\"", "type", 1},
        {"{\"type\":\"FeatureCollection\",\"crs\":\"lv95\",\"features\":[]}", "found the crs \"lv95\", expected one of wgs84", "crs", 1},
        {FEATURE("{}", "Point", "[1,2]"), "found Point, expected LineString or MultiLineString", "geometry.type", 2},
        {FEATURE("7", "LineString", "[[1,2],[2,2]]"), "found a whole number, expected an object", "properties", 1},
        {FEATURE("{}", "LineString", "[[1,2]]"), "found fewer than two positions, expected a line", "geometry.coordinates", 3},
        {FEATURE("{}", "LineString", "[[1,2],[2]]"), "found fewer than two numbers, expected a position", "geometry.coordinates[1]", 3},
        {FEATURE("{}", "LineString", "[[1,2],[2,91]]"), "found a number out of range, expected degrees from -90 to 90", "geometry.coordinates[1][1]",
         3},
        {FEATURE("{}", "LineString", "[[1,2],[1,2]]"), "found the same position throughout", "geometry.coordinates", 3},
        {FEATURE("{}", "MultiLineString", "[]"), "found no line", "geometry.coordinates", 3},
        {FEATURE("{\"highway\":\"construction\"}", "LineString", "[[1,2],[2,2]]"), "found no road that can be driven (highway \"construction\")",
         "properties", 1},
        {FEATURE("{\"join_m\":900}", "LineString", "[[1,2],[2,2]]"), "found a number out of range, expected metres from 1 to 500",
         "properties.join_m", 1},
        {FEATURE("{\"join_m\":\"9\"}", "LineString", "[[1,2],[2,2]]"), "found a text, expected metres from 1 to 500", "properties.join_m", 1},
        {"{\"type\":\"Feature\",\"geometry\":null}", "found null, expected an object", "geometry", 1},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        struct xd_extra_roads roads;
        struct xd_diagnostics diagnostics = {0};
        const enum xd_status status = read_text(cases[i].text, &roads, &diagnostics);
        CU_ASSERT_EQUAL(status, cases[i].words ? XD_DATA : XD_OK);
        CU_ASSERT_EQUAL(diagnostics.errors_n, cases[i].words ? 1 : 0);
        CU_ASSERT_EQUAL(roads.items_n, 0);
        CU_ASSERT_EQUAL(roads.points_n, 0);
        if (cases[i].words && diagnostics.errors_n > 0) {
            const struct xd_error *error = &diagnostics.errors[0];
            const bool good = strstr(error->message, cases[i].words) && strcmp(error->field, cases[i].field) == 0 && error->line == cases[i].line;
            if (!good)
                printf("\n    case %zu: %ld: %s: %s", i, (long)error->line, error->field, error->message);
            CU_ASSERT_TRUE(good);
        }
        xd_extra_roads_free(&roads);
        xd_diagnostics_free(&diagnostics);
    }
}

static void tags_of_geojson_that_are_not_understood_are_warned_of_once(void)
{
    static const char feature[] =
        "{\"type\":\"Feature\",\"properties\":{\"surface\":\"snow?\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[1,2],[2,2]]}}";
    char text[1024];
    struct xd_extra_roads roads;
    struct xd_diagnostics diagnostics = {0};
    snprintf(text, sizeof text, "{\"type\":\"FeatureCollection\",\"features\":[%s,%s]}", feature, feature);
    CU_ASSERT_EQUAL_FATAL(read_text(text, &roads, &diagnostics), XD_OK);
    CU_ASSERT_EQUAL(roads.items_n, 2);
    CU_ASSERT_EQUAL_FATAL(diagnostics.warnings_n, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.warnings[0].message, "surface: found a value that is not understood"));
    CU_ASSERT_STRING_EQUAL(diagnostics.warnings[0].field, "features[0].properties");
    xd_extra_roads_free(&roads);
    xd_diagnostics_free(&diagnostics);
}

static void properties_and_labels_end_at_their_limits(void)
{
    for (int over = 0; over < 2; over++) {
        char text[8192], label[128];
        struct xd_extra_roads roads;
        struct xd_diagnostics diagnostics = {0};
        size_t n = (size_t)snprintf(text, sizeof text, "{\"type\":\"Feature\",\"properties\":{");
        for (int i = 0; i < XD_EXTRA_ROAD_TAGS_MAX + over; i++)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s\"k%d\":\"v\"", i > 0 ? "," : "", i);
        snprintf(text + n, sizeof text - n, "},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[1,2],[2,2]]}}");
        CU_ASSERT_EQUAL(read_text(text, &roads, &diagnostics), over ? XD_DATA : XD_OK);
        CU_ASSERT_TRUE(!over || strstr(diagnostics.errors[0].message, "found more than 64 properties") != NULL);
        xd_extra_roads_free(&roads);
        xd_diagnostics_free(&diagnostics);
        diagnostics = (struct xd_diagnostics){0};
        memset(label, 'x', sizeof label);
        label[XD_EXTRA_ROAD_LABEL_MAX + over] = '\0';
        snprintf(text, sizeof text, "road,lon,lat\n%s,1,2\n%s,2,2\n", label, label);
        CU_ASSERT_EQUAL(read_text(text, &roads, &diagnostics), over ? XD_DATA : XD_OK);
        CU_ASSERT_TRUE(!over || strstr(diagnostics.errors[0].message, "has more than 80 bytes") != NULL);
        xd_extra_roads_free(&roads);
        xd_diagnostics_free(&diagnostics);
    }
    struct xd_extra_roads roads;
    struct xd_diagnostics diagnostics = {0};
    CU_ASSERT_EQUAL_FATAL(
        read_text("{\"type\":\"Feature\",\"properties\":{\"name\":\"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十\"},"
                  "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[1,2],[2,2]]}}",
                  &roads, &diagnostics),
        XD_OK);
    CU_ASSERT_EQUAL(strlen(roads.items[0].label), 78); /* 26 characters of three bytes */
    CU_ASSERT_EQUAL(strlen(roads.items[0].name), 90);
    xd_extra_roads_free(&roads);
    xd_diagnostics_free(&diagnostics);
}

static void files_are_bounded_and_missing_ones_told(void)
{
    struct xd_extra_roads roads = {0};
    struct xd_diagnostics diagnostics = {0};
    char path[XD_TEST_PATH_MAX];
    xd_temporary_file("extra.csv", "", 0, path);
    FILE *file = fopen(path, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    /* a hole: no bytes on the disk */
    CU_ASSERT_EQUAL(fseek(file, XD_EXTRA_ROADS_FILE_MAX, SEEK_SET), 0);
    fputc('x', file);
    fclose(file);
    CU_ASSERT_EQUAL(xd_extra_roads_read(path, XD_CRS_WGS84, XD_ENCODING_AUTO, &diagnostics, &roads), XD_DATA);
    CU_ASSERT_EQUAL(diagnostics.errors_n, 1);
    CU_ASSERT_EQUAL(remove(path), 0);
    CU_ASSERT_EQUAL(xd_extra_roads_read(path, XD_CRS_WGS84, XD_ENCODING_AUTO, &diagnostics, &roads), XD_NO_INPUT);
    xd_diagnostics_free(&diagnostics);
}

static void each_allocation_that_fails_is_no_memory_and_adds_nothing(void)
{
    static const char *const texts[] = {
        "road,lon,lat,name\na,1,2,N\na,2,2,\nb,1,1,\nb,2,2,\n",
        "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE("{\"name\":\"N\"}", "LineString", "[[1,2],[2,2]]") "]}"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(texts); i++) {
        enum xd_status status = XD_NO_MEMORY;
        for (uint64_t nth = 1; nth < 300 && status != XD_OK; nth++) {
            struct xd_extra_roads roads = {0};
            struct xd_diagnostics diagnostics = {0};
            const struct xd_alloc_statistics before = xd_alloc_statistics_read();
            xd_alloc_fail_at(nth, false);
            status = read_text(texts[i], &roads, &diagnostics);
            xd_alloc_fail_at(0, false);
            CU_ASSERT_TRUE(status == XD_OK || status == XD_NO_MEMORY);
            CU_ASSERT_EQUAL(roads.items_n > 0, status == XD_OK);
            xd_extra_roads_free(&roads);
            xd_diagnostics_free(&diagnostics);
            CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, before.live_n);
        }
        CU_ASSERT_EQUAL(status, XD_OK);
    }
}

static void a_scenario_takes_one_file_of_extra_roads_or_several(void)
{
    static const char places[] = "code,name,tier,lon,lat\nh,H,hub,106.1,27.1\na,A,village,106.2,27.1\n";
    static const char demand[] = "place,goods,direction,quantity,unit\na,parcel,down,1,piece\n";
    static const char fleet[] =
        "type,profile,count,payload_kg,volume_m3,fixed_yuan_day,shift_start,shift_end,duty_max_h\nv,minivan,1,600,4.5,70,08:00,18:00,8\n";
    static const char one[] = "road,lon,lat\na,106.1,27.1\na,106.2,27.1\n";
    static const char two[] = FEATURE("{}", "LineString", "[[106.1,27.1],[106.2,27.2]]");
    static const struct {
        const char *line;
        int32_t roads_n;
    } cases[] = {{"", 0},
                 {"extra_roads: one.csv\n", 1},
                 {"extra_roads: [one.csv, two.geojson]\n", 2},
                 {"extra_roads: [one.csv, {a: b}]\n", -1},
                 {"extra_roads: none.csv\n", -1},
                 {"extra_roads: {a: b}\n", -1}};
    uint64_t hashes[XD_ARRAY_LENGTH(cases)] = {0};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        char yaml[512];
        struct xd_diagnostics diagnostics = {0};
        struct xd_scenario *scenario = NULL;
        snprintf(yaml, sizeof yaml, "xiangdao: 1\nname: x\ndate: 2026-03-02\nmap: none.osm\ncodes: free\ncrs: gcj02\n%s", cases[i].line);
        const struct xd_memory_file files[] = {{"scenario.yaml", yaml, strlen(yaml)},  {"places.csv", places, strlen(places)},
                                               {"demand.csv", demand, strlen(demand)}, {"fleet.csv", fleet, strlen(fleet)},
                                               {"one.csv", one, strlen(one)},          {"two.geojson", two, strlen(two)}};
        const enum xd_status status = xd_scenario_read_memory(files, XD_ARRAY_LENGTH(files), &diagnostics, &scenario);
        CU_ASSERT_EQUAL(status == XD_OK, cases[i].roads_n >= 0);
        if (status == XD_OK) {
            CU_ASSERT_EQUAL(scenario->extra_roads.items_n, cases[i].roads_n);
            hashes[i] = xd_scenario_hash(scenario);
            const struct xd_position told = {.lon_e7 = 1061000000, .lat_e7 = 271000000}, meant = xd_position_to_wgs84(told, XD_CRS_GCJ02);
            CU_ASSERT_TRUE(cases[i].roads_n < 1 || scenario->extra_roads.items[0].points[0].lon_e7 == meant.lon_e7);
            CU_ASSERT_TRUE(cases[i].roads_n < 2 || scenario->extra_roads.items[1].points[0].lon_e7 == told.lon_e7);
        }
        xd_scenario_free(scenario);
        xd_diagnostics_free(&diagnostics);
    }
    CU_ASSERT_TRUE(hashes[0] != hashes[1] && hashes[1] != hashes[2]);
}

static void every_column_of_extra_roads_is_documented_with_its_other_names(void)
{
    enum { DOCUMENT_MAX = 64 * 1024 };
    char path[XD_TEST_PATH_MAX];
    char *document = calloc(1, DOCUMENT_MAX);
    xd_source_file("docs/formats/extra_roads.md", path);
    FILE *file = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    CU_ASSERT_TRUE_FATAL(fread(document, 1, DOCUMENT_MAX - 1, file) > 1000);
    fclose(file);
    for (size_t c = 0; c < XD_EXTRA_COLUMNS_N; c++) {
        char names[256], row[96];
        snprintf(names, sizeof names, "%s", xd_extra_columns[c].names);
        char *name = strtok(names, "|");
        snprintf(row, sizeof row, "| `%s` | %s |", name, xd_extra_columns[c].required ? "yes" : "no");
        const char *line = strstr(document, row);
        if (!line)
            printf("\n    docs/formats/extra_roads.md lacks %s", row);
        CU_ASSERT_PTR_NOT_NULL_FATAL(line);
        char text[1024];
        snprintf(text, sizeof text, "%.*s", (int)strcspn(line, "\n"), line);
        while ((name = strtok(NULL, "|")))
            CU_ASSERT_PTR_NOT_NULL(strstr(text, name));
    }
    free(document);
}

static const struct xd_test_case cases[] = {
    XD_CASE(a_table_holds_roads_point_by_point),
    XD_CASE(positions_of_a_table_are_in_the_crs_of_the_scenario_and_of_geojson_in_its_own),
    XD_CASE(geojson_holds_lines_with_tags),
    XD_CASE(each_fault_is_told_where_it_stands),
    XD_CASE(tags_of_geojson_that_are_not_understood_are_warned_of_once),
    XD_CASE(properties_and_labels_end_at_their_limits),
    XD_CASE(files_are_bounded_and_missing_ones_told),
    XD_CASE(each_allocation_that_fails_is_no_memory_and_adds_nothing),
    XD_CASE(a_scenario_takes_one_file_of_extra_roads_or_several),
    XD_CASE(every_column_of_extra_roads_is_documented_with_its_other_names),
};
const struct xd_test_suite xd_suite_tables_extra_roads = {"tables_extra_roads", cases, XD_ARRAY_LENGTH(cases)};
