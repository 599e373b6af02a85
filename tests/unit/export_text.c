/* Names as planners may give them, in every file: a name never becomes a formula, a tag, a broken file or another vehicle. */
#include "io/export/csv_tables.h"
#include "io/export/geojson.h"
#include "io/export/gpx.h"
#include "io/export/markup.h"
#include "io/export/plan_json.h"
#include "io/export/report.h"
#include "io/export/titles.h"
#include "tests/unit/export_fixture.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_BYTES_MAX = 4 << 20 };

static const char *const names[] = {"=1+1",
                                    "+861088888888",
                                    "-大坪",
                                    "@SUM(A1:A9)",
                                    "<script>alert(1)</script>",
                                    "</script><script>alert(1)</script>",
                                    "<!-- <img src=x onerror='alert(1)'> ]]> &amp; \"大坪\" 'x'",
                                    "a,b;c\t\"d\"\r\ne",
                                    "\x01\x02 control \x1f\x7f",
                                    "not \xff UTF-8 \xe5\xa4",
                                    "no character: \xef\xbf\xbe\xef\xbf\xbf",
                                    "",
                                    "𠀀🚚"};

/* One cell of CSV as a table program reads it, quotes undone; gives what follows it. */
static const char *cell_read(const char *at, char *dst, size_t n)
{
    const bool quoted = *at == '"';
    size_t used = 0;
    for (at += quoted ? 1 : 0; *at && (quoted || !strchr(",\r\n", *at)); at++) {
        if (quoted && *at == '"') {
            if (at[1] != '"')
                break;
            at++;
        }
        if (used + 1 < n)
            dst[used++] = *at;
    }
    dst[used] = '\0';
    return at + (quoted && *at == '"' ? 1 : 0);
}

/* Reads column `column` of row `row` (0 = the header). */
static void cell_at(const struct xd_buffer *csv, int row, int column, char *dst, size_t n)
{
    const char *at = csv->bytes + 3;
    for (int r = 0, c = 0; *at; at++) {
        at = cell_read(at, dst, n);
        if (r == row && c == column)
            return;
        c = *at == ',' ? c + 1 : 0;
        r += *at == '\r' ? 1 : 0;
        at += *at == '\r' ? 1 : 0;
        if (!*at)
            break;
    }
    dst[0] = '\0';
}

static void tables_begin_with_the_mark_and_keep_codes_as_text(void)
{
    struct export_county made;
    struct xd_buffer csv;
    struct xd_error error;
    xd_buffer_init(&csv, TEXT_BYTES_MAX);
    if (export_county_open(&made, NULL, true)) {
        CU_ASSERT_EQUAL(xd_routes_csv_write(&made.input, &csv, &error), XD_OK);
        CU_ASSERT_STRING_EQUAL(
            csv.bytes, "\xef\xbb\xbf"
                       "vehicle,trip,sequence,place,name,arrive,begin,depart,distance_km,load_after_kg,load_after_m3,down_parcels,up_"
                       "parcels,produce_kg,cold,base,base_name,leave_base,leave_hub,back_hub,back_base\r\n"
                       "微面 1,1,1,\"=\"\"520326100201\"\"\",大坪村,10:30,10:30,10:37,20,65,0.28,25,0,50,no,\"=\"\"520326\"\"\",中心,10:00,10:00,"
                       "11:42,11:42\r\n"
                       "微面 1,1,2,\"=\"\"520326100202\"\"\",小河村,10:52,10:52,10:57,10,70,0.26,10,4,0,no,\"=\"\"520326\"\"\",中心,10:00,10:00,"
                       "11:42,11:42\r\n");
        xd_buffer_clear(&csv);
        CU_ASSERT_EQUAL(xd_stops_csv_write(&made.input, &csv, &error), XD_OK);
        CU_ASSERT_EQUAL(memcmp(csv.bytes, "\xef\xbb\xbf", 3), 0);
        CU_ASSERT_PTR_NOT_NULL(strstr(csv.bytes, "\"=\"\"520326100203\"\"\",远山村,village,108.5,27.5,"));
        CU_ASSERT_PTR_NOT_NULL(strstr(csv.bytes, "given,off_network,3,0,0,no,no,,,,unreachable\r\n"));
        CU_ASSERT_PTR_NOT_NULL(strstr(csv.bytes, "\"=\"\"520326100204\"\"\",无名村,village,,,,unplaced,,2,0,0,no,no,,,,unreachable\r\n"));
    }
    xd_buffer_free(&csv);
    export_county_close(&made);
}

/* The 微面 live at 小河村, 45 min from the hub: they leave at 09:15, load at the hub from 10:00, are back there at 11:42 and home at 12:27. */
static void a_base_is_shown_by_tables_and_maps(void)
{
    const struct export_names own = {.base = 3};
    struct export_county made;
    struct xd_buffer text;
    struct xd_error error;
    xd_buffer_init(&text, TEXT_BYTES_MAX);
    if (export_county_open(&made, &own, true)) {
        CU_ASSERT_EQUAL(xd_routes_csv_write(&made.input, &text, &error), XD_OK);
        CU_ASSERT_PTR_NOT_NULL(strstr(text.bytes, ",no,\"=\"\"520326100202\"\"\",小河村,09:15,10:00,11:42,12:27\r\n微面 1,1,2,"));
        xd_buffer_clear(&text);
        CU_ASSERT_EQUAL(xd_gpx_write(&made.input, made.shapes, 0, &text, &error), XD_OK);
        const char *const names_in_order[] = {"<name>09:15 小河村<",   "<name>10:00 中心<", "<name>1 10:30 大坪村<",
                                              "<name>2 10:52 小河村<", "<name>11:42 中心<", "<name>12:27 小河村<"};
        const char *at = text.bytes;
        for (size_t i = 0; at && i < XD_ARRAY_LENGTH(names_in_order); i++) {
            at = strstr(at, names_in_order[i]);
            CU_ASSERT_PTR_NOT_NULL(at);
        }
        /* The way begins and ends at 小河村, the end of the road: 26.58 N. */
        const char *track = strstr(text.bytes, "<trkpt lat=\"26.58");
        CU_ASSERT_TRUE(track && track == strstr(text.bytes, "<trkpt"));
        const char *last = text.bytes;
        for (const char *next = last; (next = strstr(next, "<trkpt")) != NULL; next++)
            last = next;
        CU_ASSERT_EQUAL(strncmp(last, "<trkpt lat=\"26.58", 17), 0);
        xd_buffer_clear(&text);
        CU_ASSERT_EQUAL(xd_geojson_write(&made.input, made.shapes, &text, &error), XD_OK);
        json_t *map = json_loadb(text.bytes, text.length, 0, NULL);
        int bases_n = 0;
        size_t i;
        json_t *feature;
        json_array_foreach(json_object_get(map, "features"), i, feature)
        {
            const json_t *facts = json_object_get(feature, "properties");
            const char *kind = json_string_value(json_object_get(facts, "kind"));
            if (strcmp(kind, "base") == 0) {
                bases_n++;
                CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(facts, "name")), "小河村");
                CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(facts, "leave")), "09:15");
                CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(facts, "back")), "12:27");
            } else if (strcmp(kind, "route") == 0) {
                CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(facts, "hub_leave")), "10:00");
                CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(facts, "start")), "09:15");
                const json_t *line = json_object_get(json_object_get(feature, "geometry"), "coordinates");
                CU_ASSERT_DOUBLE_EQUAL(json_real_value(json_array_get(json_array_get(line, 0), 1)), 26.58, 0.001);
            }
        }
        CU_ASSERT_EQUAL(bases_n, 1);
        json_decref(map);
    }
    xd_buffer_free(&text);
    export_county_close(&made);
}

static void no_name_becomes_a_formula_or_another_cell(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(names); i++) {
        const struct export_names own = {.village = names[i], .vehicle = names[i]};
        struct export_county made;
        struct xd_buffer csv;
        struct xd_error error;
        char cell[256], title[XD_TITLE_MAX + 1];
        xd_buffer_init(&csv, TEXT_BYTES_MAX);
        if (export_county_open(&made, &own, true)) {
            const bool formula = names[i][0] != '\0' && strchr("=+-@", names[i][0]);
            CU_ASSERT_EQUAL(xd_routes_csv_write(&made.input, &csv, &error), XD_OK);
            cell_at(&csv, 1, 4, cell, sizeof cell);
            CU_ASSERT_TRUE(!strchr("=+-@", cell[0]) || cell[0] == '\0');
            CU_ASSERT_STRING_EQUAL(cell + (formula ? 1 : 0), names[i]);
            cell_at(&csv, 1, 0, cell, sizeof cell);
            snprintf(title, sizeof title, "%s%s 1", formula ? "'" : "", names[i]);
            CU_ASSERT_STRING_EQUAL(cell, title);
            cell_at(&csv, 2, 4, cell, sizeof cell);
            CU_ASSERT_STRING_EQUAL(cell, "小河村");
        }
        xd_buffer_free(&csv);
        export_county_close(&made);
    }
}

static void a_long_name_is_cut_at_a_character_and_keeps_the_number(void)
{
    char name[400] = "x", title[XD_TITLE_MAX], other[XD_TITLE_MAX];
    struct export_county made;
    struct export_names own = {.vehicle = name};
    for (int shift = 0; shift < 3; shift++) { /* the cut falls on each of the three bytes of a character */
        memset(name, 'x', (size_t)shift + 1);
        for (size_t n = (size_t)shift + 1; n + 3 < sizeof name; n += 3)
            memcpy(name + n, "车", 4);
        if (export_county_open(&made, &own, true)) {
            CU_ASSERT_EQUAL(xd_vehicle_title(made.county, 2, title, sizeof title), strlen(name) + 2);
            CU_ASSERT_TRUE(strlen(title) <= XD_TITLE_MAX - 1 && strlen(title) >= XD_TITLE_MAX - 4);
            CU_ASSERT_STRING_EQUAL(title + strlen(title) - 5, "… 3");
            CU_ASSERT_EQUAL(memcmp(title + strlen(title) - 8, "车", 3), 0);
            (void)xd_vehicle_title(made.county, 1, other, sizeof other);
            CU_ASSERT_STRING_NOT_EQUAL(title, other);
        }
        export_county_close(&made);
    }
}

static xmlChar *text_of(xmlNode *parent, const char *name)
{
    for (xmlNode *node = parent->children; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0)
            return xmlNodeGetContent(node);
    return NULL;
}

static void gpx_is_well_formed_with_any_name(void)
{
    static const char *const read_back[] = {NULL,
                                            NULL,
                                            NULL,
                                            NULL,
                                            NULL,
                                            NULL,
                                            NULL,
                                            NULL,
                                            "   control   ",
                                            "not \xef\xbf\xbd UTF-8 \xef\xbf\xbd\xef\xbf\xbd",
                                            "no character: \xef\xbf\xbd\xef\xbf\xbd"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(names); i++) {
        const struct export_names own = {.village = names[i], .vehicle = names[i], .county = names[i]};
        struct export_county made;
        struct xd_buffer gpx;
        struct xd_error error;
        xd_buffer_init(&gpx, TEXT_BYTES_MAX);
        if (export_county_open(&made, &own, true)) {
            CU_ASSERT_EQUAL(xd_gpx_write(&made.input, made.shapes, 0, &gpx, &error), XD_OK);
            xmlDoc *document = xmlReadMemory(gpx.bytes, (int)gpx.length, "x.gpx", NULL, XML_PARSE_NONET);
            CU_ASSERT_PTR_NOT_NULL(document);
            int waypoints_n = 0, tracks_n = 0;
            for (xmlNode *node = document ? xmlDocGetRootElement(document)->children : NULL; node; node = node->next) {
                tracks_n += strcmp((const char *)node->name, "trk") == 0;
                if (strcmp((const char *)node->name, "wpt") != 0 || waypoints_n++ > 0)
                    continue;
                char expected[256];
                xmlChar *text = text_of(node, "name");
                snprintf(expected, sizeof expected, "1 10:30 %s", i < XD_ARRAY_LENGTH(read_back) && read_back[i] ? read_back[i] : names[i]);
                if (!strchr(names[i], '\r')) /* XML reads CR LF as LF */
                    CU_ASSERT_STRING_EQUAL(text, expected);
                xmlFree(text);
            }
            CU_ASSERT_EQUAL(waypoints_n, 2);
            CU_ASSERT_EQUAL(tracks_n, 1);
            xmlFreeDoc(document);
        }
        xd_buffer_free(&gpx);
        export_county_close(&made);
    }
}

static void geometry_is_valid(const json_t *feature)
{
    const json_t *geometry = json_object_get(feature, "geometry");
    const json_t *at = json_object_get(geometry, "coordinates");
    const bool line = strcmp(json_string_value(json_object_get(geometry, "type")), "LineString") == 0;
    CU_ASSERT_EQUAL(line, strcmp(json_string_value(json_object_get(json_object_get(feature, "properties"), "kind")), "route") == 0);
    CU_ASSERT_TRUE(!line || json_array_size(at) >= 2); /* RFC 7946, 3.1.4 */
    for (size_t i = 0; i < (line ? json_array_size(at) : 1); i++) {
        const json_t *position = line ? json_array_get(at, i) : at;
        CU_ASSERT_EQUAL(json_array_size(position), 2);
        const double lon = json_number_value(json_array_get(position, 0)), lat = json_number_value(json_array_get(position, 1));
        CU_ASSERT_TRUE(lon > 107.0 && lon < 109.0 && lat > 26.0 && lat < 28.0); /* longitude first */
    }
}

static void geojson_is_valid_with_any_name(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(names); i++) {
        const struct export_names own = {.village = names[i], .vehicle = names[i], .county = names[i]};
        struct export_county made;
        struct xd_buffer text;
        struct xd_error error;
        xd_buffer_init(&text, TEXT_BYTES_MAX);
        if (export_county_open(&made, &own, true)) {
            CU_ASSERT_EQUAL(xd_geojson_write(&made.input, made.shapes, &text, &error), XD_OK);
            json_t *json = json_loadb(text.bytes, text.length, JSON_REJECT_DUPLICATES, NULL);
            CU_ASSERT_PTR_NOT_NULL(json);
            CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(json, "type")), "FeatureCollection");
            const json_t *features = json_object_get(json, "features");
            CU_ASSERT_EQUAL(json_array_size(features), 5); /* hub, route, A, B, C; D has no position */
            for (size_t f = 0; f < json_array_size(features); f++) {
                CU_ASSERT_STRING_EQUAL(json_string_value(json_object_get(json_array_get(features, f), "type")), "Feature");
                geometry_is_valid(json_array_get(features, f));
            }
            const char *name = json_string_value(json_object_get(json_object_get(json_array_get(features, 2), "properties"), "name"));
            if (!strchr(names[i], '\xff'))
                CU_ASSERT_STRING_EQUAL(name, names[i]);
            json_decref(json);
        }
        xd_buffer_free(&text);
        export_county_close(&made);
    }
}

static size_t count_of(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        n++;
    return n;
}

static void no_name_ends_the_script_that_the_report_keeps_its_data_in(void)
{
    size_t scripts_n = 0;
    for (size_t i = 0; i <= XD_ARRAY_LENGTH(names); i++) {
        const char *name = i == 0 ? "plain" : names[i - 1];
        const struct export_names own = {.village = name, .vehicle = name, .county = name};
        struct export_county made;
        struct xd_buffer html;
        struct xd_error error;
        xd_buffer_init(&html, TEXT_BYTES_MAX);
        if (export_county_open(&made, &own, true)) {
            static const char opening[] = "<script type=\"application/json\" id=\"data\">";
            CU_ASSERT_EQUAL(xd_report_write(&made.input, made.shapes, &html, &error), XD_OK);
            CU_ASSERT_EQUAL(html.length, strlen(html.bytes)); /* no zero byte */
            scripts_n = i == 0 ? count_of(html.bytes, "</script>") : scripts_n;
            CU_ASSERT_EQUAL(count_of(html.bytes, "</script>"), scripts_n);
            const char *start = strstr(html.bytes, opening);
            CU_ASSERT_PTR_NOT_NULL_FATAL(start);
            start += strlen(opening);
            const size_t n = (size_t)(strstr(start, "</script>") - start);
            CU_ASSERT_PTR_NULL(memchr(start, '<', n));
            json_t *json = json_loadb(start, n, JSON_REJECT_DUPLICATES, NULL);
            CU_ASSERT_PTR_NOT_NULL(json);
            CU_ASSERT_EQUAL(json_array_size(json_object_get(json, "vehicles")), 1);
            CU_ASSERT_EQUAL(json_array_size(json_object_get(json, "unserved")), 2);
            json_decref(json);
        }
        xd_buffer_free(&html);
        export_county_close(&made);
    }
}

static void plan_json_is_valid_with_any_name(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(names); i++) {
        const struct export_names own = {.village = names[i], .vehicle = names[i], .county = names[i]};
        struct export_county made;
        struct xd_buffer text;
        struct xd_error error;
        xd_buffer_init(&text, TEXT_BYTES_MAX);
        if (export_county_open(&made, &own, true)) {
            CU_ASSERT_EQUAL(xd_export_plan_json(&made.input, &text, &error), XD_OK);
            json_t *json = json_loadb(text.bytes, text.length, JSON_REJECT_DUPLICATES, NULL);
            CU_ASSERT_PTR_NOT_NULL(json);
            json_decref(json);
        }
        xd_buffer_free(&text);
        export_county_close(&made);
    }
}

static void an_empty_day_is_written_in_every_form(void)
{
    struct export_county made;
    struct xd_buffer text;
    struct xd_error error;
    xd_buffer_init(&text, TEXT_BYTES_MAX);
    if (export_county_open(&made, NULL, false)) {
        CU_ASSERT_EQUAL(xd_geojson_write(&made.input, made.shapes, &text, &error), XD_OK);
        json_t *json = json_loadb(text.bytes, text.length, 0, NULL);
        CU_ASSERT_EQUAL(json_array_size(json_object_get(json, "features")), 4); /* hub; A, B, C unserved */
        json_decref(json);
        xd_buffer_clear(&text);
        CU_ASSERT_EQUAL(xd_routes_csv_write(&made.input, &text, &error), XD_OK);
        CU_ASSERT_EQUAL(count_of(text.bytes, "\r\n"), 1);
        xd_buffer_clear(&text);
        CU_ASSERT_EQUAL(xd_stops_csv_write(&made.input, &text, &error), XD_OK);
        CU_ASSERT_EQUAL(count_of(text.bytes, "\r\n"), 5);
        xd_buffer_clear(&text);
        CU_ASSERT_EQUAL(xd_report_write(&made.input, made.shapes, &text, &error), XD_OK);
        CU_ASSERT_PTR_NOT_NULL(strstr(text.bytes, "\"vehicles\":[]"));
    }
    xd_buffer_free(&text);
    export_county_close(&made);
}

static void markup_leaves_plain_text_as_it_is(void)
{
    static const char *const texts[][2] = {{"", ""},
                                           {"大坪村 10:30", "大坪村 10:30"},
                                           {"a<b>&\"c'", "a&lt;b&gt;&amp;&quot;c&#39;"},
                                           {"\t\n\r", "\t\n\r"},
                                           {"\x1b[31m", " [31m"},
                                           {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* a surrogate */
                                           {"\xef\xbf\xbd", "\xef\xbf\xbd"},
                                           {"x\xf0\x9f", "x\xef\xbf\xbd\xef\xbf\xbd"}};
    struct xd_buffer buffer;
    struct xd_error error;
    xd_buffer_init(&buffer, 1000);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(texts); i++) {
        xd_buffer_clear(&buffer);
        CU_ASSERT_EQUAL(xd_markup_append(&buffer, texts[i][0], &error), XD_OK);
        CU_ASSERT_STRING_EQUAL(buffer.bytes ? buffer.bytes : "", texts[i][1]);
    }
    xd_buffer_free(&buffer);
}

static const struct xd_test_case cases[] = {
    XD_CASE(tables_begin_with_the_mark_and_keep_codes_as_text),
    XD_CASE(a_base_is_shown_by_tables_and_maps),
    XD_CASE(no_name_becomes_a_formula_or_another_cell),
    XD_CASE(a_long_name_is_cut_at_a_character_and_keeps_the_number),
    XD_CASE(gpx_is_well_formed_with_any_name),
    XD_CASE(geojson_is_valid_with_any_name),
    XD_CASE(no_name_ends_the_script_that_the_report_keeps_its_data_in),
    XD_CASE(plan_json_is_valid_with_any_name),
    XD_CASE(an_empty_day_is_written_in_every_form),
    XD_CASE(markup_leaves_plain_text_as_it_is),
};
const struct xd_test_suite xd_suite_export_text = {"export_text", cases, XD_ARRAY_LENGTH(cases)};
