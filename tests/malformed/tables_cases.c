#include "tests/malformed/tables_cases.h"

#include "base/alloc.h"

#include <string.h>

const char *const xd_tables_names[XD_TABLES_FILES_N] = {"scenario.yaml", "places.csv", "demand.csv", "fleet.csv", "closures.csv", "closures.geojson"};

const char *const xd_tables_base[XD_TABLES_FILES_N] = {
    [XD_FILE_YAML] = "xiangdao: 1\n"
                     "name: 云山县\n"
                     "date: 2026-03-01\n"
                     "map: county.osm\n"
                     "crs: wgs84\n"
                     "parameters:\n"
                     "  parcel_down_kg: 2\n"
                     "  hub_release: \"09:30\"\n"
                     "closures: [closures.csv, closures.geojson]\n",
    [XD_FILE_PLACES] = "code,name,tier,parent,lon,lat,residents,opens,closes\n"
                       "520326,云山县中心,hub,,106.50,27.50,,,\n"
                       "520326100,青溪镇,township,520326,106.60,27.60,3200,,\n"
                       "520326100201,大坪村,village,,106.61,27.61,800,09:00,17:00\n"
                       "520326100202,小河村,village,520326100,106.62,27.62,,,\n",
    [XD_FILE_DEMAND] = "place,goods,direction,quantity,unit,mass_kg,volume_m3,cold\n"
                       "520326100201,parcel,down,25,piece,,,\n"
                       "520326100201,leafy,up,100,jin,,,\n"
                       "520326100202,parcel,up,4,piece,,,\n",
    [XD_FILE_FLEET] = "type,name,profile,base,count,payload_kg,volume_m3,cold,fixed_yuan_day,driver_yuan_day,other_yuan_km,yuan_hour,energy,"
                      "energy_per_100km,shift_start,shift_end,duty_max_h,range_km\n"
                      "minivan,微面,minivan,,3,600,4.5,no,70,200,0.15,0,petrol,8,07:00,19:00,8,\n"
                      "reefer,冷藏车,reefer,520326,1,1400,14,yes,260,220,0.3,0,diesel,16,07:00,19:00,8.5,300\n",
    [XD_FILE_CLOSURES] = "name,way,lon,lat,radius_m,direction,speed_percent,max_kmh,from,until,season,vehicles,note\n"
                         "塌方,12 13,,,,forward,0,,2026-02-01,2026-04-01,,,landslide\n"
                         "凝冻,,106.60,27.60,500,,60,,,,ice winter,minivan reefer,\n",
    [XD_FILE_GEOJSON] = "{\"type\": \"FeatureCollection\", \"features\": [\n"
                        "{\"type\": \"Feature\", \"properties\": {\"name\": \"roadworks\", \"max_kmh\": 20, \"buffer_m\": 12},\n"
                        " \"geometry\": {\"type\": \"LineString\", \"coordinates\": [[106.6, 27.6], [106.61, 27.61]]}},\n"
                        "{\"type\": \"Feature\", \"properties\": {\"name\": \"flood\", \"vehicles\": [\"bus\"], \"owner\": \"x\"},\n"
                        " \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[106.6, 27.6], [106.7, 27.6], [106.7, 27.7], [106.6, 27.6]]]}}\n"
                        "]}\n",
};

#define YAML XD_FILE_YAML
#define PLACES XD_FILE_PLACES
#define DEMAND XD_FILE_DEMAND
#define FLEET XD_FILE_FLEET
#define CLOSURES XD_FILE_CLOSURES
#define GEOJSON XD_FILE_GEOJSON
#define PLAN XD_FILE_PLAN

const struct xd_malformed_case xd_tables_malformed[] = {
    /* the scenario file */
    {"no_scenario_file", YAML, NULL, NULL, XD_NO_INPUT, NULL, 0, 0, "", "scenario.yaml", 0},
    {"empty_scenario_file", YAML, NULL, "", XD_CONFIG, NULL, 1, 1, "", "found an empty file", 0},
    {"scenario_is_a_list", YAML, NULL, "- a\n- b\n", XD_CONFIG, NULL, 1, 1, "", "found a list", 0},
    {"unclosed_quote", YAML, "\"09:30\"", "\"09:30", XD_CONFIG, NULL, 10, 1, "", "not well-formed YAML", 0},
    {"tab_indentation", YAML, "  hub_release", "\thub_release", XD_CONFIG, NULL, 8, 1, "", "not well-formed YAML", 0},
    {"control_character", YAML, "county.osm", "county\x01.osm", XD_CONFIG, NULL, 4, 12, "", "control characters are not allowed", 0},
    {"key_twice", YAML, "crs: wgs84\n", "crs: wgs84\ncrs: gcj02\n", XD_CONFIG, NULL, 6, 1, "", "\"crs\" again, expected it once (it is in line 5", 0},
    {"unknown_key_with_suggestion", YAML, "crs: wgs84", "crss: wgs84", XD_CONFIG, NULL, 5, 1, "", "do you mean \"crs\"?", 0},
    {"unknown_key_with_swapped_letters", YAML, "crs: wgs84", "csr: wgs84", XD_CONFIG, NULL, 5, 1, "", "do you mean \"crs\"?", 0},
    {"unknown_key_without_suggestion", YAML, "crs: wgs84", "temperature: 3", XD_CONFIG, NULL, 5, 1, "", "unknown key \"temperature\"", 0},
    {"missing_keys_in_one_message", YAML, "name: 云山县\ndate: 2026-03-01\n", "", XD_CONFIG, NULL, 1, 1, "", "misses the key(s) name, date", 0},
    {"other_version", YAML, "xiangdao: 1", "xiangdao: 2", XD_CONFIG, NULL, 1, 11, "xiangdao", "version \"2\", expected 1", 0},
    {"date_that_is_none", YAML, "2026-03-01", "2026-02-30", XD_CONFIG, NULL, 3, 7, "date", "found \"2026-02-30\", expected a date", 0},
    {"key_without_value", YAML, "map: county.osm", "map:", XD_CONFIG, NULL, 4, 5, "map", "has no value", 0},
    {"list_for_a_name", YAML, "name: 云山县", "name: [a, b]", XD_CONFIG, NULL, 2, 7, "name", "found a list, expected a single value", 0},
    {"unknown_crs", YAML, "crs: wgs84", "crs: utm48", XD_CONFIG, NULL, 5, 6, "crs", "found \"utm48\", expected one of wgs84, gcj02, bd09", 0},
    {"anchor", YAML, "name: 云山县", "name: &a 云山县", XD_CONFIG, NULL, 2, 7, "", "anchor or alias \"a\"", 0},
    {"billion_laughs", YAML, NULL, "a: &a [x, x]\nb: &b [*a, *a]\n", XD_CONFIG, NULL, 1, 4, "", "anchor or alias", 0},
    {"tag", YAML, "date: 2026-03-01", "date: !!timestamp 2026-03-01", XD_CONFIG, NULL, 3, 7, "", "found the tag", 0},
    {"merge_key", YAML, "crs: wgs84", "<<: {crs: wgs84}", XD_CONFIG, NULL, 5, 1, "", "merge key", 0},
    {"connector_negative", YAML, "parameters:\n", "parameters:\n  connector_m: -5\n", XD_CONFIG, NULL, 7, 16, "connector_m",
     "found \"-5\", expected 0 to 30000 (m)", 0},
    {"connector_as_text", YAML, "parameters:\n", "parameters:\n  connector_m: far\n", XD_CONFIG, NULL, 7, 16, "connector_m",
     "found \"far\", expected a whole number", 0},
    {"connector_huge", YAML, "parameters:\n", "parameters:\n  connector_m: 99999999999999999999\n", XD_CONFIG, NULL, 7, 16, "connector_m",
     "expected 0 to 30000 (m)", 0},
    {"connector_within_the_radius", YAML, "parameters:\n", "parameters:\n  connector_m: 1000\n", XD_CONFIG, NULL, 7, 16, "connector_m",
     "found 1000 m, expected more than snap_radius_m (1000 m)", 0},
    {"connector_of_no_speed", YAML, "parameters:\n", "parameters:\n  connector_kmh: 0\n", XD_CONFIG, NULL, 7, 18, "connector_kmh",
     "found \"0\", expected 0.5 to 30 (km/h)", 0},
    {"connector_of_negative_speed", YAML, "parameters:\n", "parameters:\n  connector_kmh: -4\n", XD_CONFIG, NULL, 7, 18, "connector_kmh",
     "found \"-4\", expected 0.5 to 30 (km/h)", 0},
    {"connector_too_fast", YAML, "parameters:\n", "parameters:\n  connector_kmh: 31\n", XD_CONFIG, NULL, 7, 18, "connector_kmh",
     "found \"31\", expected 0.5 to 30 (km/h)", 0},
    {"connector_speed_as_text", YAML, "parameters:\n", "parameters:\n  connector_kmh: slow\n", XD_CONFIG, NULL, 7, 18, "connector_kmh",
     "found \"slow\", expected km/h", 0},
    {"connector_misspelt", YAML, "parameters:\n", "parameters:\n  conector_m: 2000\n", XD_CONFIG, NULL, 7, 3, "", "do you mean \"connector_m\"?", 0},
    {"approach_of_no_side", YAML, "parameters:\n", "parameters:\n  approach: curb\n", XD_CONFIG, NULL, 7, 13, "approach",
     "found \"curb\", expected any, kerb or kerb_left", 0},
    {"two_documents", YAML, "parameters:", "---\nparameters:", XD_CONFIG, NULL, 6, 1, "", "second document", 0},
    {"deep_nesting", YAML, "name: 云山县", "name: [[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]", XD_CONFIG, NULL, 2, 22, "", "nested deeper than 16", 0},
    {"policies_are_later", YAML, "crs: wgs84", "policies: {direct: {}}", XD_CONFIG, NULL, 5, 1, "", "\"policies\", which is not supported yet", 0},
    {"base_is_later", YAML, "crs: wgs84", "base: other.yaml", XD_CONFIG, NULL, 5, 1, "", "\"base\", which is not supported yet", 0},
    {"unknown_parameter", YAML, "parcel_down_kg", "parcel_down_kgs", XD_CONFIG, NULL, 7, 3, "",
     "unknown parameter \"parcel_down_kgs\"; do you mean \"parcel_down_kg\"?", 0},
    {"parameter_that_is_no_number", YAML, "parcel_down_kg: 2", "parcel_down_kg: 2x", XD_CONFIG, NULL, 7, 19, "parcel_down_kg", "2x", 0},
    {"parameter_out_of_range", YAML, "parcel_down_kg: 2", "parcel_down_kg: -2", XD_CONFIG, NULL, 7, 19, "parcel_down_kg", "-2", 0},
    {"release_after_cutoff", YAML, "09:30", "20:30", XD_CONFIG, NULL, 8, 16, "hub_release", "hub_release is 20:30 and hub_cutoff is 18:00", 0},
    {"yaml_neither_utf8_nor_gb18030", YAML, "云山县", "\xff\xff\xff", XD_CONFIG, NULL, 2, 7, "", "neither UTF-8 nor GB18030", 0},
    /* tables as such */
    {"no_places_table", PLACES, NULL, NULL, XD_NO_INPUT, NULL, 0, 0, "", "places.csv", 0},
    {"empty_table", PLACES, NULL, "", XD_DATA, NULL, 1, 1, "", "found no row at all", 0},
    {"table_with_header_alone", PLACES, NULL, "code,name,tier\n", XD_DATA, NULL, 1, 0, "", "a header and no rows", 0},
    {"utf16_table", PLACES, NULL,
     "\xff\xfe"
     "code",
     XD_DATA, NULL, 1, 1, "", "UTF-16", 0},
    {"missing_columns_all_at_once", DEMAND, "goods,direction,", "", XD_DATA, NULL, 1, 1, "", "misses the columns goods, direction", 0},
    {"unknown_column_with_suggestion", PLACES, "residents", "residens", XD_DATA, NULL, 1, 0, "", "do you mean \"residents\"?", 0},
    {"column_twice", PLACES, "opens,closes", "opens,opens", XD_DATA, NULL, 1, 0, "", "\"opens\" again", 0},
    {"short_row", DEMAND, "4,piece,,,", "4,piece", XD_DATA, NULL, 4, 0, "", "ends after 5 cells, expected 8", 0},
    {"long_row", DEMAND, "4,piece,,,", "4,piece,,,,x", XD_DATA, NULL, 4, 35, "", "found cell 9 (\"x\"), expected 8", 0},
    {"unclosed_quote_in_table", DEMAND, "4,piece", "\"4,piece", XD_DATA, NULL, 4, 24, "", "quote that is never closed", 0},
    {"quote_inside_a_cell", PLACES, "小河村", "小\"河\"村", XD_DATA, NULL, 5, 15, "", "quote in the middle of a cell", 0},
    /* places */
    {"mangled_code", PLACES, "520326100201", "5.20326E+11", XD_DATA, NULL, 4, 1, "code", "format the column as text", 0},
    {"code_of_ten_digits", PLACES, "520326100201", "5203261002", XD_DATA, NULL, 4, 1, "code", "(10 digits), expected an area code of 6, 9 or 12", 0},
    {"code_with_letters", PLACES, "520326100201", "n123456", XD_DATA, NULL, 4, 1, "code", "`codes: free`", 0},
    {"blank_code", PLACES, "520326100201,", ",", XD_DATA, NULL, 4, 1, "code", "is blank", 0},
    {"code_twice", PLACES, "520326100202", "520326100201", XD_DATA, NULL, 5, 1, "code", "again, expected each code once (it is in line 4", 0},
    {"blank_name", PLACES, "大坪村", "", XD_DATA, NULL, 4, 14, "name", "is blank", 0},
    {"unknown_tier", PLACES, "township", "city", XD_DATA, NULL, 3, 15, "tier", "expected one of hub, county, township, village", 0},
    {"unknown_parent", PLACES, "520326100,106.62", "520326109,106.62", XD_DATA, NULL, 5, 26, "parent", "unknown code 520326109", 0},
    {"parent_of_a_lower_tier", PLACES, "township,520326", "township,520326100201", XD_DATA, NULL, 3, 24, "parent", "parent of a higher tier", 0},
    {"place_above_itself", PLACES, "village,520326100", "village,520326100202", XD_DATA, NULL, 5, 26, "parent", "among its own parents", 0},
    {"only_the_cycle_is_told", PLACES, "village,,106.61,27.61,800,09:00,17:00\n520326100202,小河村,village,520326100,",
     "village,520326100202,106.61,27.61,800,09:00,17:00\n520326100202,小河村,village,520326100202,", XD_DATA, NULL, 5, 26, "parent",
     "found 520326100202 among its own parents", 0},
    {"no_hub", PLACES, "hub", "county", XD_DATA, NULL, 1, 1, "tier", "found no hub among 4 places", 0},
    {"two_hubs", PLACES, "township", "hub", XD_DATA, NULL, 3, 15, "tier", "second hub, expected one (the first is in line 2)", 2},
    {"lon_without_lat", PLACES, "106.61,27.61", "106.61,", XD_DATA, NULL, 4, 34, "lat", "is blank while the other coordinate is given", 0},
    {"coordinates_swapped", PLACES, "106.61,27.61", "27.61,106.61", XD_DATA, NULL, 4, 27, "lon", "look swapped", 0},
    {"latitude_out_of_range", PLACES, "106.61,27.61", "106.61,-97.61", XD_DATA, NULL, 4, 34, "lat", "expected a number from -90 to 90", 0},
    {"longitude_in_degrees_and_minutes", PLACES, "106.61", "106°36'", XD_DATA, NULL, 4, 27, "lon", "expected a number from -180 to 180", 0},
    {"negative_residents", PLACES, ",800,", ",-800,", XD_DATA, NULL, 4, 40, "residents", "found -800", 0},
    {"closes_before_it_opens", PLACES, "09:00,17:00", "17:00,09:00", XD_DATA, NULL, 4, 50, "closes", "opens at 17:00 and closes at 09:00", 0},
    {"hour_that_is_none", PLACES, "09:00", "9 o'clock", XD_DATA, NULL, 4, 44, "opens", "expected a time of day as HH:MM", 0},
    /* demand */
    {"negative_quantity", DEMAND, ",25,", ",-25,", XD_DATA, NULL, 2, 26, "quantity", "found -25, expected a number from 0", 0},
    {"absurd_quantity", DEMAND, ",25,", ",99999999,", XD_DATA, NULL, 2, 26, "quantity", "found 99999999", 0},
    {"half_a_parcel", DEMAND, ",25,", ",2.5,", XD_DATA, NULL, 2, 26, "quantity", "expected a whole number", 0},
    {"quantity_with_its_unit", DEMAND, ",100,", ",100斤,", XD_DATA, NULL, 3, 23, "quantity", "without a unit", 0},
    {"unknown_place_with_suggestion", DEMAND, "520326100202", "520326100203", XD_DATA, NULL, 4, 1, "place", "do you mean 52032610020", 0},
    {"place_by_name", DEMAND, "520326100202", "小河村", XD_DATA, NULL, 4, 1, "place", "found the name \"小河村\", expected its code 520326100202", 0},
    {"demand_at_the_hub", DEMAND, "520326100202", "520326", XD_DATA, NULL, 4, 1, "place", "demand at the hub itself", 0},
    {"unknown_goods", DEMAND, "leafy", "bricks", XD_DATA, NULL, 3, 14, "goods", "found \"bricks\", expected one of parcel", 0},
    {"produce_going_down", DEMAND, "leafy,up", "leafy,down", XD_DATA, NULL, 3, 20, "direction", "from the hub to villages go parcels alone", 0},
    {"unknown_unit", DEMAND, "jin", "lb", XD_DATA, NULL, 3, 27, "unit", "found \"lb\", expected one of piece, crate, kg, jin, t", 0},
    {"parcels_by_mass", DEMAND, "25,piece", "25,kg", XD_DATA, NULL, 2, 29, "unit", "found parcels in \"kg\"", 0},
    {"crates_without_mass", DEMAND, "100,jin", "5,crate", XD_DATA, NULL, 3, 31, "mass_kg", "has no standard mass", 0},
    {"mass_that_contradicts_the_quantity", DEMAND, "jin,,", "jin,70,", XD_DATA, NULL, 3, 31, "mass_kg",
     "found 70 kg, but quantity and unit say 50 kg", 0},
    /* fleet */
    {"unknown_profile", FLEET, "微面,minivan", "微面,minvan", XD_DATA, NULL, 2, 12, "profile", "do you mean \"minivan\"?", 0},
    {"unknown_base_with_suggestion", FLEET, "520326", "520327", XD_DATA, NULL, 3, 19, "base", "do you mean 520326?", 0},
    {"base_by_name", FLEET, "520326", "小河村", XD_DATA, NULL, 3, 19, "base", "found the name \"小河村\", expected its code 520326100202", 0},
    {"base_that_is_no_code", FLEET, "520326", "at home", XD_DATA, NULL, 3, 19, "base", "expected an area code", 0},
    {"vehicle_without_payload", FLEET, ",600,", ",0,", XD_DATA, NULL, 2, 23, "payload_kg", "cannot carry anything", 0},
    {"no_vehicle_at_all", FLEET, ",3,600,4.5,no,70,200,0.15,0,petrol,8,07:00,19:00,8,\nreefer,冷藏车,reefer,520326,1,",
     ",0,600,4.5,no,70,200,0.15,0,petrol,8,07:00,19:00,8,\nreefer,冷藏车,reefer,520326,0,", XD_DATA, NULL, 1, 1, "count",
     "2 vehicle types and no vehicle at all", 0},
    {"type_twice", FLEET, "\nreefer", "\nminivan", XD_DATA, NULL, 3, 1, "type", "again, expected each once (it is in line 2", 0},
    {"shift_that_ends_before_it_starts", FLEET, "07:00,19:00", "19:00,07:00", XD_DATA, NULL, 2, 63, "shift_end", "after shift_start 19:00", 0},
    {"energy_without_consumption", FLEET, "petrol,8,", "petrol,,", XD_DATA, NULL, 2, 55, "energy_per_100km", "is blank, expected litres", 0},
    {"consumption_per_hour_without_energy", FLEET,
     "other_yuan_km,yuan_hour,energy,energy_per_100km,shift_start,shift_end,duty_max_h,range_km\nminivan,微面,minivan,,3,600,4.5,no,70,200,0.15,0,"
     "petrol,8,",
     "energy_per_hour,yuan_hour,energy,energy_per_100km,shift_start,shift_end,duty_max_h,range_km\nminivan,微面,minivan,,3,600,4.5,no,70,200,0.15,0,"
     "none,0,",
     XD_DATA, NULL, 2, 48, "energy", "while energy_per_hour is given, expected diesel, petrol or electric", 0},
    {"no_duty_at_all", FLEET, "19:00,8,", "19:00,0,", XD_DATA, NULL, 2, 69, "duty_max_h", "found 0", 0},
    /* closures */
    {"closures_is_a_mapping", YAML, "[closures.csv, closures.geojson]", "{a: b}", XD_CONFIG, NULL, 9, 11, "closures", "found a mapping", 0},
    {"closures_holds_a_list", YAML, "[closures.csv, closures.geojson]", "[closures.csv, [x]]", XD_CONFIG, NULL, 9, 26, "closures",
     "found no file name", 0},
    {"no_closures_file", YAML, "[closures.csv, closures.geojson]", "missing.csv", XD_NO_INPUT, "missing.csv", 0, 0, "", "does not exist", 0},
    {"closure_without_a_place", CLOSURES, "12 13", "", XD_DATA, NULL, 2, 4, "way", "is blank, and so are lon and lat", 0},
    {"closure_at_two_places", CLOSURES, "12 13,,", "12 13,106.5,", XD_DATA, NULL, 2, 4, "way", "beside a position or radius_m", 0},
    {"closure_without_lat", CLOSURES, "27.60", "", XD_DATA, NULL, 3, 12, "lat", "is blank, expected both lon and lat", 0},
    {"closure_without_radius", CLOSURES, ",500,", ",,", XD_DATA, NULL, 3, 18, "radius_m", "is blank, expected how far", 0},
    {"closure_of_no_radius", CLOSURES, ",500,", ",0,", XD_DATA, NULL, 3, 18, "radius_m", "found \"0\", expected a whole number from 1 to 100000", 0},
    {"closure_way_that_is_none", CLOSURES, "12 13", "12 x13", XD_DATA, NULL, 2, 4, "way", "found \"x13\", expected ids of OpenStreetMap ways", 0},
    {"closure_without_a_name", CLOSURES, "塌方,", ",", XD_DATA, NULL, 2, 1, "name", "is blank, expected what people call", 0},
    {"closure_direction_that_is_none", CLOSURES, "forward", "up", XD_DATA, NULL, 2, 13, "direction", "found \"up\", expected one of both", 0},
    {"closure_direction_of_a_circle", CLOSURES, "500,,", "500,forward,", XD_DATA, NULL, 3, 22, "direction", "only a way or a line has a direction",
     0},
    {"closure_faster_than_before", CLOSURES, ",60,", ",101,", XD_DATA, NULL, 3, 23, "speed_percent",
     "found \"101\", expected a whole number from 0 to 100", 0},
    {"closure_that_changes_nothing", CLOSURES, ",60,", ",100,", XD_DATA, NULL, 3, 23, "speed_percent", "nothing changes", 0},
    {"closure_closed_and_capped", CLOSURES, ",0,,", ",0,30,", XD_DATA, NULL, 2, 23, "max_kmh", "which closes the road", 0},
    {"closure_date_that_is_none", CLOSURES, "2026-02-01", "2026-02-31", XD_DATA, NULL, 2, 24, "from", "found \"2026-02-31\", expected a date", 0},
    {"closure_that_ends_before_it_begins", CLOSURES, "2026-04-01", "2026-01-31", XD_DATA, NULL, 2, 35, "until", "the same day as from or a later", 0},
    {"closure_season_that_is_none", CLOSURES, "ice winter", "ice monsoon", XD_DATA, NULL, 3, 29, "season", "found \"monsoon\", expected rainy", 0},
    {"closure_of_an_unknown_vehicle", CLOSURES, "minivan reefer", "minvan", XD_DATA, NULL, 3, 40, "vehicles", "do you mean \"minivan\"?", 0},
    {"closure_column_unknown", CLOSURES, "speed_percent", "speed_pct", XD_DATA, NULL, 1, 37, "", "unknown column \"speed_pct\"", 0},
    {"geojson_cut_off", GEOJSON, "]}\n", "]", XD_DATA, NULL, 0, 0, "", "not well-formed JSON", 0},
    {"geojson_of_another_type", GEOJSON, "FeatureCollection", "Topology", XD_DATA, NULL, 1, 10, "type",
     "found \"Topology\", expected \"FeatureCollection\"", 0},
    {"geojson_feature_of_another_type", GEOJSON, "\"Feature\", \"properties\": {\"name\": \"roadworks\"",
     "\"feature\", \"properties\": {\"name\": \"roadworks\"", XD_DATA, NULL, 2, 10, "features[0].type", "found \"feature\"", 0},
    {"geojson_list", GEOJSON, NULL, "[1, 2]\n", XD_DATA, NULL, 1, 1, "", "found an array, expected an object", 0},
    {"geojson_geometry_unknown", GEOJSON, "LineString", "Linestring", XD_DATA, NULL, 3, 23, "features[0].geometry.type",
     "found Linestring, expected Point", 0},
    {"geojson_no_geometry", GEOJSON, "{\"type\": \"LineString\", \"coordinates\": [[106.6, 27.6], [106.61, 27.61]]}", "null", XD_DATA, NULL, 3, 14,
     "features[0].geometry", "found neither a geometry nor ids of ways", 0},
    {"geojson_lat_before_lon", GEOJSON, "[106.61, 27.61]", "[27.61, 106.61]", XD_DATA, NULL, 3, 76, "features[0].geometry.coordinates[1][1]",
     "expected degrees from -90 to 90", 0},
    {"geojson_position_as_text", GEOJSON, "[106.61, 27.61]", "\"106.61 27.61\"", XD_DATA, NULL, 3, 68, "features[0].geometry.coordinates[1]",
     "found a text, expected a position", 0},
    {"geojson_line_of_one_point", GEOJSON, ", [106.61, 27.61]", "", XD_DATA, NULL, 3, 52, "features[0].geometry.coordinates",
     "found 1 items, expected a line", 0},
    {"geojson_line_of_no_length", GEOJSON, "[106.61, 27.61]", "[106.6, 27.6]", XD_DATA, NULL, 3, 52, "features[0].geometry.coordinates",
     "the same position throughout", 0},
    {"geojson_ring_too_short", GEOJSON, ", [106.7, 27.7], [106.6, 27.6]", "", XD_DATA, NULL, 5, 50, "features[1].geometry.coordinates[0]",
     "found 2 items, expected a ring", 0},
    {"geojson_property_misspelt", GEOJSON, "max_kmh", "max_kph", XD_DATA, NULL, 2, 68, "features[0].properties.max_kph", "do you mean \"max_kmh\"?",
     0},
    {"geojson_property_twice", GEOJSON, "\"max_kmh\": 20", "\"max_kmh\": 20, \"限速\": 30", XD_DATA, NULL, 2, 0, "", "is told twice", 0},
    {"geojson_vehicle_unknown", GEOJSON, "[\"bus\"]", "[\"buss\"]", XD_DATA, NULL, 4, 65, "features[1].properties.vehicles", "do you mean \"bus\"?",
     0},
    {"geojson_property_as_an_object", GEOJSON, "20,", "{},", XD_DATA, NULL, 2, 68, "features[0].properties.max_kmh",
     "found an object, expected a text or a number", 0},
    {"geojson_unknown_crs", GEOJSON, "\"features\"", "\"crs\": \"utm\", \"features\"", XD_DATA, NULL, 1, 38, "crs", "found the crs \"utm\"", 0},
    /* plan.json */
    {"plan_cut_off", PLAN, "\"routes\"", "\"routes", XD_DATA, NULL, 0, 0, "", "not well-formed JSON", 0},
    {"plan_is_a_list", PLAN, NULL, "[]\n", XD_DATA, NULL, 1, 1, "", "found no plan", 0},
    {"plan_of_another_schema", PLAN, "xiangdao-plan", "kpi", XD_DATA, NULL, 2, 13, "schema", "found \"kpi\", expected \"xiangdao-plan\"", 0},
    {"plan_of_another_version", PLAN, "\"version\": 2", "\"version\": 4", XD_DATA, NULL, 3, 14, "version", "found version 4, expected 1 to 3", 0},
    {"plan_of_version_3_without_connectors", PLAN, "\"version\": 2", "\"version\": 3", XD_DATA, NULL, 0, 0, "routes[0].visits[0].connector_m",
     "is missing", 2},
    {"plan_of_version_2_with_connectors", PLAN, "\"cut_off\"", "\"connectors\": [], \"cut_off\"", XD_DATA, NULL, 0, 0, "connectors",
     "found an unknown key", 0},
    {"plan_key_twice", PLAN, "\"version\": 2,", "\"version\": 2, \"version\": 2,", XD_DATA, NULL, 3, 0, "", "not well-formed JSON: duplicate", 0},
    {"plan_unknown_key", PLAN, "\"iterations\"", "\"iterationz\"", XD_DATA, NULL, 13, 17, "iterationz", "do you mean \"iterations\"?", 2},
    {"plan_negative_seed", PLAN, "\"seed\": 7", "\"seed\": -7", XD_DATA, NULL, 12, 11, "seed", "expected a whole number from 0", 0},
    {"plan_hash_that_is_none", PLAN, "\"problem_hash\": \"", "\"problem_hash\": \"x", XD_DATA, NULL, 10, 19, "problem_hash", "16 hexadecimal digits",
     0},
    {"plan_time_as_text", PLAN, "\"arrive_s\": ", "\"arrive_s\": \"\", \"name\": ", XD_DATA, NULL, 0, 0, "", "duplicate", 0},
    {"plan_of_version_1_with_a_base", PLAN, "\"version\": 2", "\"version\": 1", XD_DATA, NULL, 0, 0, "routes[0].base", "found an unknown key", 8},
    {"plan_route_without_a_base", PLAN, "\"base\"", "\"basis\"", XD_DATA, NULL, 0, 0, "routes[0].basis", "found an unknown key", 0},
    {"plan_hub_time_as_text", PLAN, "\"hub_leave_s\": ", "\"hub_leave_s\": \"\", \"name\": ", XD_DATA, NULL, 0, 0, "", "duplicate", 0},
    {"plan_approach_that_is_negative", PLAN, "\"approach_m\": 0", "\"approach_m\": -1", XD_DATA, NULL, 0, 0, "routes[0].approach_m", "found -1", 0},
    {"plan_route_without_visits", PLAN, "\"visits\"", "\"visit\"", XD_DATA, NULL, 0, 0, "routes[0].visit", "do you mean \"visits\"?", 0},
};
const size_t xd_tables_malformed_n = XD_ARRAY_LENGTH(xd_tables_malformed);

char *xd_malformed_apply(const struct xd_malformed_case *c, const char *base)
{
    if (!c->from)
        return xd_string_copy(c->to);
    const char *at = strstr(base, c->from);
    if (!at)
        return NULL;
    size_t before_n = (size_t)(at - base);
    size_t to_n = strlen(c->to);
    const char *after = at + strlen(c->from);
    char *text = xd_alloc(before_n + to_n + strlen(after) + 1, 1);
    if (!text)
        return NULL;
    memcpy(text, base, before_n);
    memcpy(text + before_n, c->to, to_n);
    strcpy(text + before_n + to_n, after);
    return text;
}
