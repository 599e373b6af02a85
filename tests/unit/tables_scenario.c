#include "base/alloc.h"
#include "base/geo.h"
#include "io/tables/scenario_read.h"
#include "io/tables/scenario_write.h"
#include "io/tables/tables.h"
#include "tests/malformed/tables_cases.h"
#include "tests/unit/tables_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The base scenario with one file changed, which must be good. */
static struct xd_scenario *read_changed(const char *name, int file, const char *text, size_t n, struct xd_diagnostics *diagnostics)
{
    char path[XD_TEST_PATH_MAX];
    enum xd_status status;
    xd_tables_folder(name, file, text, n, path);
    struct xd_scenario *scenario = xd_tables_read(path, diagnostics, &status);
    xd_tables_print(diagnostics);
    CU_ASSERT_EQUAL(status, XD_OK);
    CU_ASSERT_PTR_NOT_NULL(scenario);
    return scenario;
}

static struct xd_scenario *read_text(const char *name, int file, const char *text)
{
    struct xd_diagnostics diagnostics = {0};
    struct xd_scenario *scenario = read_changed(name, file, text, text ? strlen(text) : 0, &diagnostics);
    CU_ASSERT_EQUAL(diagnostics.warnings_n, 0);
    xd_diagnostics_free(&diagnostics);
    return scenario;
}

static void the_base_scenario_is_read_whole(void)
{
    struct xd_scenario *s = read_text("base", -1, NULL);
    if (!s)
        return;
    CU_ASSERT_STRING_EQUAL(s->name, "云山县");
    CU_ASSERT_EQUAL(s->date_days, 20513); /* 2026-03-01: 56 years of 365 days, 14 leap days, 31 + 28 days */
    CU_ASSERT_PTR_NOT_NULL(strstr(s->map_path, "/base/county.osm"));
    CU_ASSERT_STRING_EQUAL(s->credit, "© OpenStreetMap contributors");
    CU_ASSERT_PTR_NULL(s->elevation_path);
    CU_ASSERT_EQUAL(s->places.items_n, 4);
    CU_ASSERT_EQUAL(s->places.hub, 0);
    CU_ASSERT_EQUAL(s->places.items[2].parent, 1); /* by its code */
    CU_ASSERT_EQUAL(s->places.items[3].parent, 1); /* told */
    CU_ASSERT_EQUAL(s->places.items[2].source, XD_PLACE_GIVEN);
    CU_ASSERT_EQUAL(s->places.items[2].position.lon_e7, 1066100000);
    CU_ASSERT_EQUAL(s->places.items[2].opens_s, 32400);
    CU_ASSERT_EQUAL(s->places.items[2].residents_n, 800);
    CU_ASSERT_EQUAL(s->places.items[3].residents_n, -1);
    CU_ASSERT_EQUAL(s->demand_n, 3);
    CU_ASSERT_EQUAL(s->demand[0].mass_g, 50000);      /* 25 parcels of the 2 kg that the scenario gives */
    CU_ASSERT_EQUAL(s->demand[0].volume_cm3, 200000); /* of the default 0.008 m3 */
    CU_ASSERT_EQUAL(s->demand[1].mass_g, 50000);      /* 100 jin */
    CU_ASSERT_EQUAL(s->demand[1].volume_cm3, 200000); /* 50 kg / 250 kg/m3 */
    CU_ASSERT_EQUAL(s->demand[1].pieces_n, 0);
    CU_ASSERT_EQUAL(s->demand[2].mass_g, 20000); /* 4 parcels up of 5 kg */
    CU_ASSERT_EQUAL(s->fleet_n, 2);
    CU_ASSERT_EQUAL(s->fleet[0].payload_g, 600000);
    CU_ASSERT_EQUAL(s->fleet[0].volume_dm3, 4500);
    CU_ASSERT_EQUAL(s->fleet[0].other_fen_km, 15);
    CU_ASSERT_EQUAL(s->fleet[0].energy_per_100km_milli, 8000);
    CU_ASSERT_EQUAL(s->fleet[0].range_m, XD_RANGE_NONE);
    CU_ASSERT_EQUAL(s->fleet[1].range_m, 300000);
    CU_ASSERT_EQUAL(s->fleet[1].duty_max_s, 30600);
    CU_ASSERT_TRUE(s->fleet[1].cold);
    CU_ASSERT_TRUE(s->parameters.given[XD_PARAMETER_PARCEL_DOWN_MASS_G]);
    CU_ASSERT_FALSE(s->parameters.given[XD_PARAMETER_HUB_CUTOFF_S]);
    CU_ASSERT_EQUAL(s->parameters.value[XD_PARAMETER_HUB_RELEASE_S], 34200);
    xd_scenario_free(s);
}

static void chinese_headers_and_words_are_read(void)
{
    static const char demand[] = "编码,货物,方向,数量,单位,重量,体积,冷藏\n"
                                 "520326100201,快递,下行,２５,件,,,\n520326100201,叶菜,上行,100,斤,,,否\n520326100202,快递,上行,4,件,,,\n"
                                 "520326100202,猕猴桃,上行,3,筐,45,,\n520326100202,其他,上行,0,公斤,,,\n520326100202,干货,上,1.5,吨,,2,\n";
    struct xd_scenario *s = read_text("chinese", XD_FILE_DEMAND, demand);
    if (!s)
        return;
    CU_ASSERT_EQUAL_FATAL(s->demand_n, 5); /* nothing is nothing: the row of 0 kg is left out */
    CU_ASSERT_EQUAL(s->demand[0].pieces_n, 25);
    CU_ASSERT_EQUAL(s->demand[1].mass_g, 50000);
    CU_ASSERT_FALSE(s->demand[1].cold);
    CU_ASSERT_EQUAL(s->demand[3].goods, XD_GOODS_KIWI);
    CU_ASSERT_EQUAL(s->demand[3].pieces_n, 3);
    CU_ASSERT_EQUAL(s->demand[3].mass_g, 45000);
    CU_ASSERT_EQUAL(s->demand[4].mass_g, 1500000);
    CU_ASSERT_EQUAL(s->demand[4].volume_cm3, 2000000);
    xd_scenario_free(s);
}

static void every_class_of_goods_is_known_by_its_key_and_chinese_label(void)
{
    for (int g = 0; g < XD_GOODS_N; g++) {
        CU_ASSERT_TRUE(xd_names_hold(xd_goods_words[g], xd_goods_infos[g].key));
        if (!xd_names_hold(xd_goods_words[g], xd_goods_infos[g].label_zh))
            printf("\n  %s is not known", xd_goods_infos[g].label_zh);
        CU_ASSERT_TRUE(xd_names_hold(xd_goods_words[g], xd_goods_infos[g].label_zh));
    }
}

static void a_gb18030_table_is_read_with_a_note(void)
{
    /* 编码,名称,层级 / 520326,云山县,县级中心 / 520326100201,村,村, GB18030 by hand */
    static const char gb[] = "\xb1\xe0\xc2\xeb,\xc3\xfb\xb3\xc6,\xb2\xe3\xbc\xb6\r\n"
                             "520326,\xd4\xc6\xc9\xbd\xcf\xd8,\xcf\xd8\xbc\xb6\xd6\xd0\xd0\xc4\r\n"
                             "520326100201,\xb4\xf3\xc6\xba\xb4\xe5,\xb4\xe5\r\n520326100202,x,\xb4\xe5\r\n";
    struct xd_diagnostics diagnostics = {0};
    struct xd_scenario *s = read_changed("gb18030", XD_FILE_PLACES, gb, sizeof gb - 1, &diagnostics);
    CU_ASSERT_EQUAL_FATAL(diagnostics.warnings_n, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.warnings[0].message, "GB18030"));
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.warnings[0].source, "places.csv"));
    if (s) {
        CU_ASSERT_STRING_EQUAL(s->places.items[1].name, "大坪村");
        CU_ASSERT_EQUAL(s->places.items[0].tier, XD_TIER_HUB);
        CU_ASSERT_EQUAL(s->places.items[1].source, XD_PLACE_UNPLACED);
        CU_ASSERT_EQUAL(s->places.items[1].parent, 0); /* the county's code is the hub's */
    }
    xd_scenario_free(s);
    xd_diagnostics_free(&diagnostics);
}

static void coordinates_are_converted_from_the_crs_of_the_scenario(void)
{
    static const struct {
        const char *word;
        enum xd_crs crs;
    } systems[] = {{"crs: gcj02", XD_CRS_GCJ02}, {"crs: BD-09", XD_CRS_BD09}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(systems); i++) {
        const struct xd_malformed_case change = {.from = "crs: wgs84", .to = systems[i].word};
        char *yaml = xd_malformed_apply(&change, xd_tables_base[XD_FILE_YAML]);
        CU_ASSERT_PTR_NOT_NULL_FATAL(yaml);
        struct xd_scenario *s = read_text("crs", XD_FILE_YAML, yaml);
        if (s) {
            struct xd_position told = {.lon_e7 = 1066100000, .lat_e7 = 276100000};
            struct xd_position expected = xd_position_to_wgs84(told, systems[i].crs);
            double moved_m = xd_distance_m(s->places.items[2].position, told);
            CU_ASSERT_EQUAL(s->places.items[2].position.lon_e7, expected.lon_e7);
            CU_ASSERT_EQUAL(s->places.items[2].position.lat_e7, expected.lat_e7);
            CU_ASSERT_TRUE(moved_m > 100 && moved_m < 2000);
        }
        xd_scenario_free(s);
        xd_free(yaml);
    }
    /* a position outside China has no meaning in these systems */
    const struct xd_malformed_case abroad = {.from = "106.61,27.61", .to = "11.5,49.9"};
    char path[XD_TEST_PATH_MAX];
    char *places = xd_malformed_apply(&abroad, xd_tables_base[XD_FILE_PLACES]);
    CU_ASSERT_PTR_NOT_NULL_FATAL(places);
    struct xd_diagnostics diagnostics = {0};
    enum xd_status status;
    xd_tables_folder("abroad", XD_FILE_PLACES, places, strlen(places), path);
    struct xd_scenario *s = xd_tables_read(path, &diagnostics, &status);
    CU_ASSERT_EQUAL(status, XD_OK); /* in WGS-84 it is a place like any other */
    xd_scenario_free(s);
    char yaml_path[XD_TEST_PATH_MAX];
    static const char gcj02[] = "xiangdao: 1\nname: x\ndate: 2026-03-01\nmap: m\ncrs: gcj02\n";
    xd_temporary_file("abroad/scenario.yaml", gcj02, strlen(gcj02), yaml_path);
    CU_ASSERT_PTR_NULL(xd_tables_read(path, &diagnostics, &status));
    CU_ASSERT_EQUAL(status, XD_DATA);
    CU_ASSERT_EQUAL_FATAL(diagnostics.errors_n, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.errors[0].message, "outside China while crs is gcj02"));
    xd_diagnostics_free(&diagnostics);
    xd_free(places);
}

static void free_codes_and_markets_are_read(void)
{
    static const char yaml[] = "xiangdao: 1\nname: x\ndate: 2026-03-01\nmap: /m.osm\ncodes: free\nsynthetic: yes\ncredit: none\nparameters:\n";
    static const char places[] = "code;name;tier;parent;lon;lat;elevation_m;market\nn1;Hub;hub;;11.5;49.9;;\nn20;Dorf;village;;;;420;1-4-7\n"
                                 "n3;Weiler;village;n20;11.5;49.8;-3;2-5/6\n";
    static const char fleet[] = "type,profile,count,payload_kg,volume_m3,fixed_yuan_day,shift_start,shift_end,duty_max_h\n"
                                "v,minivan,1,600,4,70,7:00,26:30,8\n";
    static const char demand[] = "place,goods,direction,quantity,unit\nn20,parcel,down,1,piece\n";
    char path[XD_TEST_PATH_MAX];
    char file[XD_TEST_PATH_MAX];
    struct xd_diagnostics diagnostics = {0};
    enum xd_status status;
    xd_tables_folder("free", XD_FILE_PLACES, places, strlen(places), path);
    xd_temporary_file("free/scenario.yaml", yaml, strlen(yaml), file);
    xd_temporary_file("free/demand.csv", demand, strlen(demand), file);
    xd_temporary_file("free/fleet.csv", fleet, strlen(fleet), file);
    struct xd_scenario *s = xd_tables_read(path, &diagnostics, &status);
    xd_tables_print(&diagnostics);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    CU_ASSERT_TRUE(s->synthetic && s->codes_free);
    CU_ASSERT_STRING_EQUAL(s->map_path, "/m.osm");
    CU_ASSERT_STRING_EQUAL(s->credit, "none");
    CU_ASSERT_EQUAL(s->places.items[1].elevation_m, 420);
    CU_ASSERT_EQUAL(s->places.items[0].elevation_m, XD_ELEVATION_UNKNOWN);
    CU_ASSERT_EQUAL(s->places.items[1].market_cycle_days, 10);
    CU_ASSERT_EQUAL(s->places.items[1].market_days, (1u << 1) | (1u << 4) | (1u << 7));
    CU_ASSERT_EQUAL(s->places.items[2].market_cycle_days, 6);
    CU_ASSERT_EQUAL(s->places.items[2].market_days, (1u << 2) | (1u << 5));
    CU_ASSERT_EQUAL(s->places.items[2].parent, 1); /* a hamlet under a village */
    CU_ASSERT_EQUAL(s->fleet[0].shift_end_s, 95400);
    CU_ASSERT_STRING_EQUAL(s->fleet[0].name, "v");
    xd_scenario_free(s);
    xd_diagnostics_free(&diagnostics);
}

/* Writes to name under the temporary folder and reads that. */
static struct xd_scenario *write_and_read(const struct xd_scenario *scenario, const char *name)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_error error;
    struct xd_output_set *set = NULL;
    struct xd_diagnostics diagnostics = {0};
    enum xd_status status;
    snprintf(path, sizeof path, "%s/%s", xd_temporary_folder(), name);
    CU_ASSERT_EQUAL_FATAL(xd_output_set_open(&set, &error), XD_OK);
    CU_ASSERT_EQUAL(xd_scenario_write(scenario, "county.osm", path, set, &error), XD_OK);
    CU_ASSERT_EQUAL(xd_output_set_commit(set, &error), XD_OK);
    struct xd_scenario *again = xd_tables_read(path, &diagnostics, &status);
    xd_tables_print(&diagnostics);
    CU_ASSERT_EQUAL(diagnostics.warnings_n, 0);
    xd_diagnostics_free(&diagnostics);
    return again;
}

static void a_written_scenario_reads_back_equal(void)
{
    struct xd_scenario *s = read_text("round", -1, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    /* what tables seldom hold: names for spreadsheets to stumble over, masses and volumes beside the default, odd seconds */
    s->name = "云 \"山\": #1\\";
    s->places.items[1].name = "=HYPERLINK(\"x\"),村";
    s->places.items[2].name = "（全角）村";
    s->places.items[2].opens_s = 32461;
    s->places.items[3].parent = -1;
    s->places.items[3].elevation_m = 1234;
    s->places.items[3].market_cycle_days = 12;
    s->places.items[3].market_days = 1u << 12 | 1u << 3;
    s->demand[0].mass_g = 12345;
    s->demand[1].volume_cm3 = 7;
    s->demand[1].cold = !s->demand[1].cold;
    s->demand[1].pieces_n = 6;
    s->fleet[0].duty_max_s = 12347;
    s->fleet[0].range_m = 123456;
    s->fleet[0].base = 3; /* a village */
    s->fleet[0].energy_per_hour_milli = 2345;
    s->fleet[1].energy = XD_ENERGY_NONE;
    s->fleet[1].energy_per_100km_milli = 0;
    s->parameters.value[XD_PARAMETER_SNAP_RADIUS_M] = 750;
    s->parameters.given[XD_PARAMETER_SNAP_RADIUS_M] = true;
    s->synthetic = true;
    s->credit = "made up: \"synth\"";
    s->elevation_path = "tiles of \"SRTM\"";
    xd_closures_free(&s->closures); /* what is written has none */
    struct xd_scenario *again = write_and_read(s, "round-1");
    CU_ASSERT_PTR_NOT_NULL_FATAL(again);
    CU_ASSERT_EQUAL(xd_scenario_hash(again), xd_scenario_hash(s));
    CU_ASSERT_STRING_EQUAL(again->places.items[1].name, s->places.items[1].name);
    CU_ASSERT_STRING_EQUAL(again->places.items[2].name, s->places.items[2].name);
    CU_ASSERT_STRING_EQUAL(again->credit, s->credit);
    CU_ASSERT_PTR_NOT_NULL_FATAL(again->elevation_path);
    CU_ASSERT_PTR_NOT_NULL(strstr(again->elevation_path, "/round-1/tiles of \"SRTM\"")); /* beside the file */
    CU_ASSERT_EQUAL(again->fleet[0].duty_max_s, 12347);
    CU_ASSERT_EQUAL(again->fleet[0].base, 3);
    CU_ASSERT_EQUAL(again->fleet[1].base, again->places.hub);
    CU_ASSERT_EQUAL(again->fleet[0].energy_per_hour_milli, 2345);
    CU_ASSERT_EQUAL(again->places.items[2].opens_s, 32461);
    for (int32_t i = 0; i < XD_PARAMETERS_N; i++) {
        CU_ASSERT_EQUAL(again->parameters.value[i], s->parameters.value[i]);
        CU_ASSERT_EQUAL(again->parameters.given[i], s->parameters.given[i]); /* assumed stays assumed */
    }
    xd_scenario_free(again);
    xd_scenario_free(s);
}

static void every_parameter_reads_back_from_its_bounds(void)
{
    struct xd_scenario *s = read_text("bounds", -1, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(s);
    for (int high = 0; high < 2; high++) {
        for (int32_t i = 0; i < XD_PARAMETERS_N; i++) {
            s->parameters.value[i] = high ? xd_parameter_infos[i].max : xd_parameter_infos[i].min;
            s->parameters.given[i] = true;
        }
        s->parameters.value[XD_PARAMETER_HUB_RELEASE_S] = 60;
        s->parameters.value[XD_PARAMETER_HUB_CUTOFF_S] = xd_parameter_infos[XD_PARAMETER_HUB_CUTOFF_S].max;
        s->parameters.value[XD_PARAMETER_POINT_OPENS_S] = 60;
        s->parameters.value[XD_PARAMETER_POINT_CLOSES_S] = xd_parameter_infos[XD_PARAMETER_POINT_CLOSES_S].max;
        struct xd_scenario *again = write_and_read(s, "bounds-1");
        CU_ASSERT_PTR_NOT_NULL_FATAL(again);
        for (int32_t i = 0; i < XD_PARAMETERS_N; i++)
            CU_ASSERT_EQUAL(again->parameters.value[i], s->parameters.value[i]);
        xd_scenario_free(again);
    }
    xd_scenario_free(s);
}

/* The base scenario with `profiles: own.csv`; NULL after an error. */
static struct xd_scenario *read_with_profiles(const char *fleet, const char *own, struct xd_diagnostics *diagnostics)
{
    char yaml[1024];
    struct xd_scenario *scenario = NULL;
    snprintf(yaml, sizeof yaml, "profiles: own.csv\n%s", xd_tables_base[XD_FILE_YAML]);
    struct xd_memory_file files[XD_TABLES_FILES_N + 1];
    for (int f = 0; f < XD_TABLES_FILES_N; f++) {
        const char *text = f == XD_FILE_YAML ? yaml : f == XD_FILE_FLEET && fleet ? fleet : xd_tables_base[f];
        files[f] = (struct xd_memory_file){.name = xd_tables_names[f], .bytes = text, .n = strlen(text)};
    }
    files[XD_TABLES_FILES_N] = (struct xd_memory_file){.name = "own.csv", .bytes = own, .n = own ? strlen(own) : 0};
    return xd_scenario_read_memory(files, XD_TABLES_FILES_N + (own ? 1 : 0), diagnostics, &scenario) == XD_OK ? scenario : NULL;
}

static void own_profiles_lie_on_top_of_the_built_in_ones(void)
{
    struct xd_diagnostics diagnostics = {0};
    const char *fleet = "type,profile,count,payload_kg,volume_m3,fixed_yuan_day,shift_start,shift_end,duty_max_h\n"
                        "v,minivan,1,600,4.5,70,07:00,19:00,8\nh,重卡,1,9000,40,300,07:00,19:00,8\n";
    struct xd_scenario *plain = read_text("plain-profiles", -1, NULL);
    struct xd_scenario *same = read_with_profiles(NULL, "property,bus\nmass_kg,7000\n", &diagnostics);
    struct xd_scenario *other = read_with_profiles(NULL, "property,minivan\nmass_kg,1500\n", &diagnostics);
    struct xd_scenario *heavy = read_with_profiles(fleet, "property,heavy\nbased_on,light_truck\nname_zh,重卡\nmass_kg,18000\n", &diagnostics);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plain);
    CU_ASSERT_PTR_NOT_NULL_FATAL(same);
    CU_ASSERT_PTR_NOT_NULL_FATAL(other);
    CU_ASSERT_PTR_NOT_NULL_FATAL(heavy);
    CU_ASSERT_EQUAL(xd_scenario_hash(same), xd_scenario_hash(plain)); /* no vehicle of the fleet is a bus */
    CU_ASSERT_NOT_EQUAL(xd_scenario_hash(other), xd_scenario_hash(plain));
    CU_ASSERT_STRING_EQUAL(heavy->fleet[1].profile, "heavy");
    CU_ASSERT_EQUAL(xd_profile_find(heavy->profiles, heavy->fleet[1].profile)->mass_kg, 18000);
    xd_scenario_free(plain);
    xd_scenario_free(same);
    xd_scenario_free(other);
    xd_scenario_free(heavy);
    xd_diagnostics_free(&diagnostics);
}

static void wrong_own_profiles_are_told_once_at_their_place(void)
{
    struct xd_diagnostics diagnostics = {0};
    CU_ASSERT_PTR_NULL(read_with_profiles(NULL, "property,minivan\nmass_kg,much\n", &diagnostics));
    CU_ASSERT_EQUAL(diagnostics.errors_n, 1);
    CU_ASSERT_EQUAL(diagnostics.errors[0].line, 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.errors[0].source, "own.csv"));
    CU_ASSERT_PTR_NULL(read_with_profiles(NULL, NULL, &diagnostics));
    CU_ASSERT_EQUAL(diagnostics.errors_n, 2);
    CU_ASSERT_EQUAL(diagnostics.errors[1].status, XD_NO_INPUT);
    xd_diagnostics_free(&diagnostics);
}

static const struct xd_test_case cases[] = {
    XD_CASE(the_base_scenario_is_read_whole),
    XD_CASE(chinese_headers_and_words_are_read),
    XD_CASE(every_class_of_goods_is_known_by_its_key_and_chinese_label),
    XD_CASE(a_gb18030_table_is_read_with_a_note),
    XD_CASE(coordinates_are_converted_from_the_crs_of_the_scenario),
    XD_CASE(free_codes_and_markets_are_read),
    XD_CASE(a_written_scenario_reads_back_equal),
    XD_CASE(every_parameter_reads_back_from_its_bounds),
    XD_CASE(own_profiles_lie_on_top_of_the_built_in_ones),
    XD_CASE(wrong_own_profiles_are_told_once_at_their_place),
};
const struct xd_test_suite xd_suite_tables_scenario = {"tables_scenario", cases, XD_ARRAY_LENGTH(cases)};
