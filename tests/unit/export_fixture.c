#include "tests/unit/export_fixture.h"

#include "io/osm/read.h"
#include "io/tables/tables.h"

#include <stdio.h>
#include <string.h>

static const char map_xml[] = "<osm version='0.6'>"
                              "<node id='1' lat='26.50' lon='107.10'/><node id='2' lat='26.50' lon='107.25'/><node id='3' lat='26.58' lon='107.30'/>"
                              "<way id='10'><nd ref='1'/><nd ref='2'/><nd ref='3'/><tag k='highway' v='tertiary'/></way></osm>";

static const char scenario_yaml[] =
    "xiangdao: 1\nname: 试县\ndate: 2026-03-01\nmap: county.osm\ncredit: \"© tests\"\nparameters:\n  petrol_yuan_l: 7.5\n";
static const char places_csv[] = "code,name,tier,parent,lon,lat\n"
                                 "520326,中心,hub,,107.10,26.50\n"
                                 "520326100,青溪镇,township,520326,107.25,26.50\n"
                                 "520326100201,大坪村,village,520326100,107.25,26.50\n"
                                 "520326100202,小河村,village,520326100,107.30,26.58\n"
                                 "520326100203,远山村,village,520326100,108.50,27.50\n"
                                 "520326100204,无名村,village,520326100,,\n";
static const char demand_csv[] = "place,goods,direction,quantity,unit,cold\n"
                                 "520326100201,parcel,down,25,piece,no\n"
                                 "520326100201,dry,up,100,jin,no\n"
                                 "520326100202,parcel,down,10,piece,no\n"
                                 "520326100202,parcel,up,4,piece,no\n"
                                 "520326100203,parcel,down,3,piece,no\n"
                                 "520326100204,parcel,down,2,piece,no\n";
static const char fleet_csv[] =
    "type,name,profile,base,count,payload_kg,volume_m3,cold,fixed_yuan_day,driver_yuan_day,other_yuan_km,yuan_hour,energy,"
    "energy_per_100km,shift_start,shift_end,duty_max_h,range_km\n"
    "minivan,微面,minivan,,3,600,4.5,no,70,200,0.15,0,petrol,8,08:00,18:00,8,\n"
    "reefer,冷藏车,reefer,,1,1400,14,yes,260,220,0.3,0,diesel,16,08:00,18:00,8,\n";

enum { HUB, VILLAGE_A, VILLAGE_B, ROAD_POINTS_N };

/* The distances of the picture instead of the map's, so that everything can be computed by hand. */
static void distances_set(struct xd_county *county)
{
    static const int32_t km[ROAD_POINTS_N][ROAD_POINTS_N] = {{0, 20, 30}, {20, 0, 10}, {30, 10, 0}};
    for (int32_t p = 0; p < county->profiles_n; p++) {
        struct xd_matrix *matrix = county->profiles[p].matrix;
        for (int32_t from = 0; from < ROAD_POINTS_N; from++)
            for (int32_t to = 0; to < ROAD_POINTS_N; to++) {
                matrix->time_s[xd_matrix_cell(matrix, from, to)] = km[from][to] * 90;
                matrix->length_m[xd_matrix_cell(matrix, from, to)] = km[from][to] * 1000;
            }
    }
}

static enum xd_status county_make(struct export_county *made, struct xd_error *error)
{
    enum xd_status status = xd_county_open(made->scenario, made->network, NULL, NULL, NULL, &made->county, error);
    if (status == XD_OK)
        status = xd_county_tables(made->county, 1, NULL, error);
    if (status == XD_OK) {
        distances_set(made->county);
        status = xd_county_compose(made->county, error);
    }
    return status;
}

static enum xd_status plan_make(struct export_county *made, bool routes, struct xd_error *error)
{
    static const int32_t types[] = {0}, first[] = {0, 2}, stops[] = {0, 1}; /* stops in the order of the places: A, B, C, D */
    const struct xd_routes bare = {.routes_n = routes ? 1 : 0, .types = types, .first = first, .stops = stops};
    struct xd_plan *plan = NULL;
    struct xd_violations violations = {0};
    enum xd_status status = xd_plan_schedule(made->county->problem, &bare, 7, 100, &plan, error);
    if (status == XD_OK)
        status = xd_check_plan(made->county->problem, plan, &violations, &made->verified, error);
    if (status == XD_OK)
        status = xd_metrics_compute(made->county, made->verified, &made->metrics, error);
    if (status == XD_OK)
        status = xd_shapes_create(made->county, xd_verified_plan_values(made->verified), &made->shapes, error);
    xd_violations_free(&violations);
    xd_plan_free(plan);
    return status;
}

bool export_county_open(struct export_county *made, const struct export_names *names, bool routes)
{
    const struct xd_memory_file files[] = {{"scenario.yaml", scenario_yaml, sizeof scenario_yaml - 1},
                                           {"places.csv", places_csv, sizeof places_csv - 1},
                                           {"demand.csv", demand_csv, sizeof demand_csv - 1},
                                           {"fleet.csv", fleet_csv, sizeof fleet_csv - 1}};
    char path[XD_TEST_PATH_MAX];
    struct xd_diagnostics diagnostics = {0};
    struct xd_error error = {.status = XD_OK};
    *made = (struct export_county){0};
    xd_temporary_file("county.osm", map_xml, sizeof map_xml - 1, path);
    enum xd_status status = xd_scenario_read_memory(files, XD_ARRAY_LENGTH(files), &diagnostics, &made->scenario);
    if (status != XD_OK && diagnostics.errors_n > 0)
        error = diagnostics.errors[0];
    xd_diagnostics_free(&diagnostics);
    if (status == XD_OK)
        status = xd_osm_read_network(path, NULL, &made->network, &error);
    if (status == XD_OK && names) {
        made->scenario->name = names->county ? names->county : made->scenario->name;
        made->scenario->fleet[0].base = names->base;
        made->scenario->fleet[0].name = names->vehicle ? names->vehicle : made->scenario->fleet[0].name;
        made->scenario->places.items[2].name = names->village ? names->village : made->scenario->places.items[2].name;
    }
    if (status == XD_OK)
        status = county_make(made, &error);
    if (status == XD_OK)
        status = plan_make(made, routes, &error);
    if (status != XD_OK)
        fprintf(stderr, "%s\n", error.message);
    CU_ASSERT_EQUAL(status, XD_OK);
    made->input = (struct xd_export_input){.county = made->county, .plan = made->verified, .metrics = made->metrics, .language = XD_LANGUAGE_EN};
    return status == XD_OK;
}

void export_county_close(struct export_county *made)
{
    xd_shapes_free(made->shapes);
    xd_metrics_free(made->metrics);
    xd_verified_plan_free(made->verified);
    xd_county_free(made->county);
    xd_network_free(made->network);
    xd_scenario_free(made->scenario);
}
