#include "tests/unit/scenarios_fixture.h"

#include "io/tables/tables.h"

#include <stdio.h>
#include <string.h>

enum { STREET_N = 9, APART_N = 3, FIRST_ID = 101, APART_ID = 201, TABLE_MAX = 4096 };

static struct xd_position at(int32_t lon_e7, int32_t lat_e7)
{
    return (struct xd_position){.lon_e7 = lon_e7, .lat_e7 = lat_e7};
}

static enum xd_status feed_ways(struct xd_osm_sink *sink, struct xd_error *error)
{
    static const struct xd_osm_tag tags[] = {{"highway", "residential"}, {"surface", "asphalt"}};
    int64_t street[STREET_N], apart[APART_N];
    for (int i = 0; i < STREET_N; i++)
        street[i] = FIRST_ID + i;
    for (int i = 0; i < APART_N; i++)
        apart[i] = APART_ID + i;
    const struct xd_osm_way ways[] = {{.id = 1, .node_ids = street, .node_ids_n = STREET_N, .tags = {tags, 2}},
                                      {.id = 2, .node_ids = apart, .node_ids_n = APART_N, .tags = {tags, 2}}};
    enum xd_status status = XD_OK;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(ways) && status == XD_OK && sink->way; i++)
        status = sink->way(sink->context, &ways[i], error);
    return status;
}

static enum xd_status feed_nodes(struct xd_osm_sink *sink, struct xd_error *error)
{
    static const struct {
        int64_t id;
        int32_t lon_e7, lat_e7;
        const char *kind, *name;
    } places[] = {{301, 1066200000, 270000000, "village", "大坪村"},
                  {302, 1066300000, 270000000, "village", "小河村"},
                  {303, 1079000000, 270000000, "village", "小河村"},
                  {304, 1066000000, 270000000, "town", "云山镇"}};
    enum xd_status status = XD_OK;
    for (int i = 0; i < STREET_N + APART_N && status == XD_OK && sink->node; i++) {
        const bool apart = i >= STREET_N;
        const struct xd_osm_node node = {.id = apart ? APART_ID + i - STREET_N : FIRST_ID + i,
                                         .position = at(1066000000 + 100000 * (apart ? i - STREET_N : i), apart ? 271000000 : 270000000)};
        status = sink->node(sink->context, &node, error);
    }
    for (size_t i = 0; i < XD_ARRAY_LENGTH(places) && status == XD_OK && sink->node; i++) {
        const struct xd_osm_tag tags[] = {{"place", places[i].kind}, {"name", places[i].name}};
        const struct xd_osm_node node = {.id = places[i].id, .position = at(places[i].lon_e7, places[i].lat_e7), .tags = {tags, 2}};
        status = sink->node(sink->context, &node, error);
    }
    return status;
}

struct xd_network *xd_small_network(void)
{
    struct xd_network_builder *builder = NULL;
    struct xd_network *network = NULL;
    struct xd_error error = {0};
    enum xd_status status = xd_network_builder_create(&builder, &error);
    for (int pass = 1; pass <= 2 && status == XD_OK; pass++) {
        struct xd_osm_sink sink = {0};
        status = xd_network_builder_sink(builder, pass, &sink, &error);
        if (status == XD_OK)
            status = feed_nodes(&sink, &error);
        if (status == XD_OK)
            status = feed_ways(&sink, &error);
    }
    if (status == XD_OK)
        status = xd_network_builder_finish(builder, &network, &error);
    else
        xd_network_builder_free(builder);
    if (status != XD_OK)
        puts(error.message);
    CU_ASSERT_EQUAL_FATAL(status, XD_OK);
    return network;
}

struct xd_scenario *xd_small_scenario(struct xd_small_tables tables)
{
    static const char head[] = "xiangdao: 1\nname: small\ndate: 2026-03-02\nmap: none.osm\ncodes: free\nparameters:\n";
    char yaml[TABLE_MAX], places[TABLE_MAX], demand[TABLE_MAX], fleet[TABLE_MAX];
    snprintf(yaml, sizeof yaml, "%s%s", head, tables.parameters ? tables.parameters : "");
    snprintf(places, sizeof places, "code,name,tier,parent,lon,lat,opens,closes\n%s",
             tables.places ? tables.places
                           : "h,Hub,hub,,106.60,27,,\nt,云山镇,township,,106.60,27,,\na,A,village,t,106.61,27,,\nb,B,village,t,106.64,27,,\n");
    snprintf(demand, sizeof demand, "place,goods,direction,quantity,unit,mass_kg,volume_m3,cold\n%s",
             tables.demand ? tables.demand : "a,parcel,down,10,piece,,,\nb,parcel,down,10,piece,,,\n");
    snprintf(fleet, sizeof fleet,
             "type,profile,count,payload_kg,volume_m3,cold,fixed_yuan_day,driver_yuan_day,other_yuan_km,yuan_hour,energy,energy_per_100km,"
             "energy_per_hour,shift_start,shift_end,duty_max_h,range_km\n%s",
             tables.fleet ? tables.fleet : "van,minivan,2,600,4.5,no,70,200,0.15,0,petrol,8,,08:00,18:00,8,\n");
    const struct xd_memory_file files[] = {{"scenario.yaml", yaml, strlen(yaml)},
                                           {"places.csv", places, strlen(places)},
                                           {"demand.csv", demand, strlen(demand)},
                                           {"fleet.csv", fleet, strlen(fleet)}};
    struct xd_diagnostics diagnostics = {0};
    struct xd_scenario *scenario = NULL;
    const enum xd_status status = xd_scenario_read_memory(files, XD_ARRAY_LENGTH(files), &diagnostics, &scenario);
    for (int32_t e = 0; e < diagnostics.errors_n; e++)
        printf("\n    %s: %s", diagnostics.errors[e].source, diagnostics.errors[e].message);
    xd_diagnostics_free(&diagnostics);
    CU_ASSERT_EQUAL_FATAL(status, XD_OK);
    if (tables.base > 0)
        scenario->fleet[0].base = tables.base;
    return scenario;
}

enum xd_status xd_small_county(struct xd_scenario *scenario, const struct xd_network *network, struct xd_county **county, struct xd_error *error)
{
    struct xd_county *made = NULL;
    enum xd_status status = xd_county_open(scenario, network, NULL, NULL, NULL, &made, error);
    if (status == XD_OK)
        status = xd_county_tables(made, 1, NULL, error);
    if (status == XD_OK)
        status = xd_county_compose(made, error);
    if (status == XD_OK) {
        *county = made;
        return XD_OK;
    }
    xd_county_free(made);
    *county = NULL;
    return status;
}
