#include "tests/malformed/instance_cases.h"

#include "base/alloc.h"

#include <string.h>

const char *const xd_instance_bases[XD_INSTANCE_BASES_N] = {
    [XD_BASE_CVRP] = "NAME : five\n"
                     "COMMENT : (made for the tests: optimum 30)\n"
                     "TYPE : CVRP\n"
                     "DIMENSION : 5\n"
                     "EDGE_WEIGHT_TYPE : EUC_2D\n"
                     "CAPACITY : 10\n"
                     "NODE_COORD_SECTION\n"
                     "1 0 0\n"
                     "2 3 4\n"
                     "3 6 8\n"
                     "4 0 5\n"
                     "5 1 1\n"
                     "DEMAND_SECTION\n"
                     "1 0\n"
                     "2 4\n"
                     "3 5\n"
                     "4 6\n"
                     "5 3\n"
                     "DEPOT_SECTION\n"
                     "1\n"
                     "-1\n"
                     "EOF\n",
    [XD_BASE_TABLE] = "NAME : table\n"
                      "TYPE : CVRP\n"
                      "DIMENSION : 4\n"
                      "CAPACITY : 10\n"
                      "EDGE_WEIGHT_TYPE : EXPLICIT\n"
                      "EDGE_WEIGHT_FORMAT : LOWER_ROW\n"
                      "EDGE_WEIGHT_SECTION\n"
                      "12\n"
                      "13 23\n"
                      "14 24 34\n"
                      "DEMAND_SECTION\n"
                      "1 0\n"
                      "2 4\n"
                      "3 5\n"
                      "4 6\n"
                      "DEPOT_SECTION\n"
                      "1\n"
                      "-1\n",
    [XD_BASE_SOLOMON] = "S3\n"
                        "\n"
                        "VEHICLE\n"
                        "NUMBER     CAPACITY\n"
                        "  2         10\n"
                        "\n"
                        "CUSTOMER\n"
                        "CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME\n"
                        "\n"
                        "  0  0  0  0   0  100   0\n"
                        "  1  3  4  4   0   30  10\n"
                        "  2  6  8  5  20   40  10\n"
                        "  3  1  1  3   0  100   5\n",
    [XD_BASE_SOLUTION] = "Route #1: 1 2\n"
                         "Route #2: 4 3\n"
                         "Cost 30\n",
};

#define CVRP XD_BASE_CVRP
#define TABLE XD_BASE_TABLE
#define SOLOMON XD_BASE_SOLOMON
#define SOLUTION XD_BASE_SOLUTION

const struct xd_instance_case xd_instance_malformed[] = {
    /* CVRPLIB: the file as such */
    {"empty_file", CVRP, NULL, "", 0, 0, "", "DIMENSION is missing"},
    {"blank_file", CVRP, NULL, " \n\t\r\n\n", 3, 0, "", "DIMENSION is missing"},
    {"a_file_of_another_kind", CVRP, NULL, "<?xml version=\"1.0\"?>\n<osm/>\n", 1, 1, "", "keyword \"<?xml\" is not known"},
    {"bytes_that_are_no_text", CVRP, NULL, "\x89PNG\r\n\x1a\n\xff\xfe\x01", 1, 1, "", "is not known"},
    {"slip_of_the_pen_in_a_keyword", CVRP, "CAPACITY", "CAPACTIY", 6, 1, "", "did you mean CAPACITY?"},
    {"keyword_in_small_letters", CVRP, "DIMENSION", "dimension", 4, 1, "", "keyword \"dimension\" is not known"},
    {"keyword_twice", CVRP, "NODE_COORD_SECTION", "CAPACITY : 12\nNODE_COORD_SECTION", 7, 1, "CAPACITY", "a second time, first in line 6"},
    {"section_twice", CVRP, "EOF", "DEPOT_SECTION\n1\n-1\nEOF", 22, 1, "DEPOT_SECTION", "a second time, first in line 19"},
    /* header */
    {"other_type", CVRP, "TYPE : CVRP", "TYPE : TSP", 3, 8, "TYPE", "\"TSP\" is not known here; expected CVRP"},
    {"dimension_missing", CVRP, "DIMENSION : 5\n", "", 6, 0, "NODE_COORD_SECTION", "before DIMENSION"},
    {"dimension_no_number", CVRP, "DIMENSION : 5", "DIMENSION : five", 4, 13, "DIMENSION", "\"five\" is not a number; expected 2 to 32001"},
    {"dimension_without_value", CVRP, "DIMENSION : 5", "DIMENSION :", 4, 12, "DIMENSION", "\"\" is empty"},
    {"dimension_one", CVRP, "DIMENSION : 5", "DIMENSION : 1", 4, 13, "DIMENSION", "\"1\" is out of range"},
    {"dimension_huge", CVRP, "DIMENSION : 5", "DIMENSION : 32002", 4, 13, "DIMENSION", "\"32002\" is out of range; expected 2 to 32001"},
    {"dimension_over_64_bits", CVRP, "DIMENSION : 5", "DIMENSION : 99999999999999999999", 4, 13, "DIMENSION", "is out of range"},
    {"dimension_negative", CVRP, "DIMENSION : 5", "DIMENSION : -5", 4, 13, "DIMENSION", "is out of range"},
    {"dimension_hexadecimal", CVRP, "DIMENSION : 5", "DIMENSION : 0x5", 4, 13, "DIMENSION", "\"0x5\" is not a number"},
    {"capacity_zero", CVRP, "CAPACITY : 10", "CAPACITY : 0", 6, 12, "CAPACITY", "\"0\" is out of range; expected 1 to 1000000000000"},
    {"capacity_infinite", CVRP, "CAPACITY : 10", "CAPACITY : inf", 6, 12, "CAPACITY", "\"inf\" is not a number"},
    {"capacity_missing", CVRP, "CAPACITY : 10\n", "", 21, 0, "", "CAPACITY is missing"},
    {"vehicles_none", CVRP, "CAPACITY", "VEHICLES : 0\nCAPACITY", 6, 12, "VEHICLES", "\"0\" is out of range; expected 1 to 32000"},
    {"other_lengths", CVRP, "EUC_2D", "CEIL_2D", 5, 20, "EDGE_WEIGHT_TYPE", "\"CEIL_2D\" is not known here; expected EUC_2D or EXPLICIT"},
    {"lengths_missing", CVRP, "EDGE_WEIGHT_TYPE : EUC_2D\n", "", 21, 0, "", "EDGE_WEIGHT_TYPE is missing"},
    {"three_dimensions", CVRP, "CAPACITY", "NODE_COORD_TYPE : THREED_COORDS\nCAPACITY", 6, 19, "NODE_COORD_TYPE", "expected TWOD_COORDS"},
    {"distance_not_a_number", CVRP, "CAPACITY", "DISTANCE : nan\nCAPACITY", 6, 12, "DISTANCE", "\"nan\" is not a number; expected 0 to 100000000"},
    {"distance_with_exponent", CVRP, "CAPACITY", "DISTANCE : 1e400\nCAPACITY", 6, 12, "DISTANCE", "\"1e400\" is not a number"},
    {"distance_too_long", CVRP, "CAPACITY", "DISTANCE : 100000000.1\nCAPACITY", 6, 12, "DISTANCE", "is out of range"},
    {"service_negative", CVRP, "CAPACITY", "SERVICE_TIME : -1\nCAPACITY", 6, 16, "SERVICE_TIME", "\"-1\" is out of range"},
    /* coordinates */
    {"coordinate_nan", CVRP, "2 3 4", "2 nan 4", 9, 3, "NODE_COORD_SECTION", "\"nan\" is not a number"},
    {"coordinate_infinite", CVRP, "2 3 4", "2 3 -inf", 9, 5, "NODE_COORD_SECTION", "\"-inf\" is not a number"},
    {"coordinate_over_doubles", CVRP, "2 3 4", "2 3 1e400", 9, 5, "NODE_COORD_SECTION", "\"1e400\" is out of range"},
    {"coordinate_too_far", CVRP, "2 3 4", "2 1000000001 4", 9, 3, "NODE_COORD_SECTION", "is out of range; expected -1000000000 to 1000000000"},
    {"coordinate_with_comma", CVRP, "2 3 4", "2 3,5 4", 9, 3, "NODE_COORD_SECTION", "\"3,5\" is not a number"},
    {"coordinate_missing", CVRP, "2 3 4", "2 3", 9, 1, "NODE_COORD_SECTION", "the line holds 2 values; expected 3"},
    {"coordinate_too_many", CVRP, "2 3 4", "  2 3 4 0", 9, 3, "NODE_COORD_SECTION", "the line holds 4 values; expected 3"},
    {"node_twice", CVRP, "3 6 8", "2 6 8", 10, 1, "NODE_COORD_SECTION", "node 2 is given a second time, first in line 9"},
    {"node_unknown", CVRP, "5 1 1", "6 1 1", 12, 1, "NODE_COORD_SECTION", "\"6\" is out of range; expected 1 to 5"},
    {"node_zero", CVRP, "1 0 0", "0 0 0", 8, 1, "NODE_COORD_SECTION", "\"0\" is out of range"},
    {"too_few_nodes", CVRP, "5 1 1\n", "", 12, 1, "NODE_COORD_SECTION", "the line holds 1 values; expected 3"},
    {"too_many_nodes", CVRP, "5 1 1\n", "5 1 1\n6 2 2\n", 13, 1, "", "keyword \"6\" is not known"},
    {"cut_in_the_coordinates", CVRP, "4 0 5", NULL, 10, 0, "NODE_COORD_SECTION", "the file ends inside the section"},
    {"coordinates_missing", CVRP, "NODE_COORD_SECTION\n1 0 0\n2 3 4\n3 6 8\n4 0 5\n5 1 1\n", "", 16, 0, "", "NODE_COORD_SECTION is missing"},
    {"nodes_too_far_apart", CVRP, "2 3 4", "2 1000000000 1", 0, 0, "", "nodes 1 and 2 lie too far apart; expected less than 1000000000"},
    /* demands and depot */
    {"demand_negative", CVRP, "3 5\n", "3 -5\n", 16, 3, "DEMAND_SECTION", "\"-5\" is out of range; expected 0 to 1000000000000"},
    {"demand_broken", CVRP, "3 5\n", "3 5.5\n", 16, 3, "DEMAND_SECTION", "\"5.5\" is not a number"},
    {"demand_over_capacity", CVRP, "4 6\n", "4 11\n", 17, 0, "DEMAND_SECTION", "node 4 has demand 11; expected at most the capacity 10"},
    {"demand_at_the_depot", CVRP, "1 0\n2 4", "1 3\n2 4", 14, 0, "DEMAND_SECTION", "the depot has demand 3; expected 0"},
    {"demand_twice", CVRP, "5 3\n", "4 3\n", 18, 1, "DEMAND_SECTION", "node 4 is given a second time, first in line 17"},
    {"demands_missing", CVRP, "DEMAND_SECTION\n1 0\n2 4\n3 5\n4 6\n5 3\n", "", 16, 0, "", "DEMAND_SECTION is missing"},
    {"too_few_demands", CVRP, "5 3\n", "", 18, 1, "DEMAND_SECTION", "the line holds 1 values; expected 2"},
    {"cut_in_the_demands", CVRP, "4 6\n", NULL, 16, 0, "DEMAND_SECTION", "the file ends inside the section"},
    {"cut_before_the_depot", CVRP, "DEPOT_SECTION", NULL, 18, 0, "", "DEPOT_SECTION is missing"},
    {"cut_in_the_depot", CVRP, "-1", NULL, 20, 0, "DEPOT_SECTION", "the file ends inside the section"},
    {"depot_unknown", CVRP, "\n1\n-1", "\n7\n-1", 20, 1, "DEPOT_SECTION", "\"7\" is out of range; expected 1 to 5"},
    {"two_depots", CVRP, "\n1\n-1", "\n1\n2\n-1", 21, 1, "DEPOT_SECTION", "a second depot is listed"},
    {"depot_list_not_ended", CVRP, "-1\n", "", 21, 1, "DEPOT_SECTION", "expected one depot, then -1"},
    /* tables of weights */
    {"weights_without_format", TABLE, "EDGE_WEIGHT_FORMAT : LOWER_ROW\n", "", 6, 0, "EDGE_WEIGHT_SECTION",
     "expected EDGE_WEIGHT_TYPE : EXPLICIT and EDGE_WEIGHT_FORMAT"},
    {"weights_of_coordinates", TABLE, "EXPLICIT", "EUC_2D", 7, 0, "EDGE_WEIGHT_SECTION", "stands without its kind"},
    {"unknown_format", TABLE, "LOWER_ROW", "LOWER_ROWS", 6, 22, "EDGE_WEIGHT_FORMAT", "\"LOWER_ROWS\" is not known here; expected FULL_MATRIX"},
    {"weights_missing", TABLE, "EDGE_WEIGHT_SECTION\n12\n13 23\n14 24 34\n", "", 14, 0, "", "EDGE_WEIGHT_SECTION is missing"},
    {"weight_negative", TABLE, "13 23", "13 -23", 9, 4, "EDGE_WEIGHT_SECTION", "\"-23\" is out of range; expected 0 to 1000000000"},
    {"weight_too_long", TABLE, "13 23", "13 1000000001", 9, 4, "EDGE_WEIGHT_SECTION", "is out of range"},
    {"weight_at_the_limit", TABLE, "13 23", "13 1000000000", 0, 0, "", "the weight from node 2 to node 3 is too large"},
    {"weight_no_number", TABLE, "24 34", "24\t x4", 10, 8, "EDGE_WEIGHT_SECTION", "\"x4\" is not a number"},
    {"too_few_weights", TABLE, "14 24 34", "14 24", 11, 1, "EDGE_WEIGHT_SECTION", "\"DEMAND_SECTION\" is not a number"},
    {"too_many_weights", TABLE, "14 24 34", "14 24 34  44", 10, 11, "EDGE_WEIGHT_SECTION",
     "the line holds more weights than LOWER_ROW of 4 nodes has"},
    {"cut_in_the_weights", TABLE, "24 34", NULL, 10, 0, "EDGE_WEIGHT_SECTION",
     "the file ends at the weight from node 4 to node 2; expected LOWER_ROW of 4 nodes"},
    {"too_short_for_the_weights", TABLE, "DIMENSION : 4", "DIMENSION : 30000", 7, 0, "EDGE_WEIGHT_SECTION",
     "too short for the weights of 30000 nodes"},
    /* Solomon */
    {"solomon_cut_before_the_numbers", SOLOMON, "  2         10", NULL, 4, 0, "", "the file ends before its numbers"},
    {"solomon_cut_before_the_customers", SOLOMON, "CUSTOMER", NULL, 6, 0, "", "the file ends before CUSTOMER"},
    {"solomon_without_numbers", SOLOMON, "NUMBER     CAPACITY\n", "", 4, 3, "", "does not begin with NUMBER"},
    {"solomon_without_columns", SOLOMON, "CUST NO.", "NO.", 8, 1, "", "does not begin with CUST"},
    {"solomon_without_capacity", SOLOMON, "  2         10", "  2", 5, 3, "", "the line holds 1 values; expected 2"},
    {"solomon_no_vehicles", SOLOMON, "  2         10", "0 10", 5, 1, "NUMBER", "\"0\" is out of range; expected 1 to 32000"},
    {"solomon_capacity_too_large", SOLOMON, "         10", " 1000000000001", 5, 5, "CAPACITY", "is out of range"},
    {"solomon_no_customer", SOLOMON, "  1  3", NULL, 10, 0, "", "the table holds 1 rows; expected the depot and at least one customer"},
    {"solomon_number_left_out", SOLOMON, "  2  6", "  3  6", 12, 3, "CUST NO.", "\"3\" is out of range; expected 2 to 2"},
    {"solomon_number_twice", SOLOMON, "  3  1", "  2  1", 13, 3, "CUST NO.", "\"2\" is out of range; expected 3 to 3"},
    {"solomon_demand_at_the_depot", SOLOMON, "  0  0  0  0", "  0  0  0  1", 10, 12, "DEMAND", "\"1\" is out of range; expected 0 to 0"},
    {"solomon_demand_over_capacity", SOLOMON, "8  5", "8  11", 12, 12, "DEMAND", "\"11\" is out of range; expected 0 to 10"},
    {"solomon_demand_negative", SOLOMON, "8  5", "8  -5", 12, 12, "DEMAND", "\"-5\" is out of range"},
    {"solomon_coordinate_nan", SOLOMON, "6  8", "NaN  8", 12, 6, "XCOORD.", "\"NaN\" is not a number"},
    {"solomon_window_backwards", SOLOMON, "20   40", "41   40", 12, 20, "DUE DATE", "the window ends before it begins"},
    {"solomon_ready_negative", SOLOMON, "20   40", "-1   40", 12, 15, "READY TIME", "\"-1\" is out of range; expected 0 to 100000000"},
    {"solomon_due_with_exponent", SOLOMON, "20   40", "20  4e1", 12, 19, "DUE DATE", "\"4e1\" is not a number"},
    {"solomon_service_infinite", SOLOMON, "40  10", "40 inf", 12, 23, "SERVICE TIME", "\"inf\" is not a number"},
    {"solomon_column_missing", SOLOMON, "40  10", "40", 12, 3, "", "the line holds 6 values; expected 7"},
    {"solomon_cut_in_a_row", SOLOMON, "  40  10", NULL, 12, 3, "", "the line holds 5 values; expected 7"},
    {"solomon_text_behind_the_table", SOLOMON, "100   5\n", "100   5\nEOF\n", 14, 1, "", "the line holds 1 values; expected 7"},
    {"solomon_window_over_the_day", SOLOMON, "20   40", "20   10000000.0001", 12, 0, "DUE DATE",
     "10000000.0001 is too long for the convention \"truncated\"; expected at most 10000000"},
    {"solomon_service_over_the_day", SOLOMON, "40  10", "40  10000001", 12, 0, "SERVICE TIME", "10000001.0000 is too long"},
    {"limit_too_long_for_four_decimals", CVRP, "NAME : five", "NAME : CMT\nDISTANCE : 10001", 0, 0, "DISTANCE",
     "10001.0000 is too long for the convention \"exact\"; expected at most 10000"},
    {"service_too_long_for_four_decimals", CVRP, "NAME : five", "NAME : CMT\nDISTANCE : 1\nSERVICE_TIME : 10001", 0, 0, "SERVICE_TIME",
     "10001.0000 is too long"},
    /* solutions */
    {"solution_empty", SOLUTION, NULL, "", 0, 0, "", "the file holds no route"},
    {"solution_of_cost_alone", SOLUTION, NULL, "Cost 30\n", 1, 0, "", "the file holds no route"},
    {"solution_unknown_line", SOLUTION, "Cost", "Time", 3, 1, "", "the line is neither a route nor the cost"},
    {"solution_route_without_number", SOLUTION, "Route #2", "Route 2", 2, 1, "", "does not begin with its number"},
    {"solution_route_without_any_number", SOLUTION, "Route #2", "Route #", 2, 8, "Route #", "\"\" is empty"},
    {"solution_route_without_colon", SOLUTION, "#2:", "#2", 2, 1, "", "the route has no colon"},
    {"solution_route_number_zero", SOLUTION, "#2:", "#0:", 2, 8, "Route #", "\"0\" is out of range"},
    {"solution_second_depot", SOLUTION, "#2:", "#2 @2:", 2, 11, "depot", "\"2\" is out of range; expected 1 to 1"},
    {"solution_second_type", SOLUTION, "#2:", "#2 @1 %2:", 2, 14, "vehicle type", "\"2\" is out of range; expected 1 to 1"},
    {"solution_unknown_mark", SOLUTION, "#2:", "#2 !4:", 2, 10, "", "the mark is not known here"},
    {"solution_too_many_marks", SOLUTION, "#2:", "#2 @1 %1 %1:", 2, 1, "", "does not begin with its number"},
    {"solution_depot_as_customer", SOLUTION, "4 3", "0 4 3", 2, 11, "customer", "\"0\" is out of range; expected 1 to 4"},
    {"solution_unknown_customer", SOLUTION, "4 3", "4 5", 2, 13, "customer", "\"5\" is out of range; expected 1 to 4"},
    {"solution_customer_no_number", SOLUTION, "4 3", "4 three", 2, 13, "customer", "\"three\" is not a number"},
    {"solution_trips", SOLUTION, "4 3", "4 | 3", 2, 13, "customer", "\"|\" is not a number"},
    {"solution_too_many_visits", SOLUTION, "4 3", "4 3 1 2 4 3 1", 2, 0, "", "visits of a solution (two a customer)"},
    {"solution_cost_no_number", SOLUTION, "Cost 30", "Cost nan", 3, 6, "Cost", "\"nan\" is not a number"},
    {"solution_cost_negative", SOLUTION, "Cost 30", "Cost -30", 3, 6, "Cost", "\"-30\" is out of range"},
    {"solution_cost_too_large", SOLUTION, "Cost 30", "Cost 1000000000000001", 3, 6, "Cost", "is out of range; expected 0 to 1000000000000000"},
    {"solution_cost_missing", SOLUTION, "Cost 30", "Cost", 3, 1, "", "the cost is not one number"},
    {"solution_cost_with_unit", SOLUTION, "Cost 30", "Cost 30 km", 3, 1, "", "the cost is not one number"},
    {"solution_cost_twice", SOLUTION, "Cost 30", "Cost 30\nCost 30", 4, 1, "", "given once"},
};
const size_t xd_instance_malformed_n = XD_ARRAY_LENGTH(xd_instance_malformed);

char *xd_instance_case_text(const struct xd_instance_case *c)
{
    const char *base = xd_instance_bases[c->base];
    if (!c->from)
        return xd_string_copy(c->to);
    const char *at = strstr(base, c->from);
    if (!at)
        return NULL;
    const size_t before_n = (size_t)(at - base);
    const char *rest = c->to ? at + strlen(c->from) : "";
    const char *to = c->to ? c->to : "";
    char *text = xd_alloc(before_n + strlen(to) + strlen(rest) + 1, 1);
    if (!text)
        return NULL;
    memcpy(text, base, before_n);
    strcpy(text + before_n, to);
    strcat(text, rest);
    return text;
}
