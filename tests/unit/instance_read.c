/* Each form of instance, read: lengths of each convention with their arithmetic, limits, windows, loads, numbering. */
#include "tests/malformed/instance_cases.h"
#include "tests/unit/instance_fixture.h"

#include <string.h>

static void expect_row(const struct xd_instance *instance, int32_t from, const int32_t *expected)
{
    for (int32_t to = 0; to < instance->matrix->points_n; to++)
        CU_ASSERT_EQUAL(xd_instance_length(instance, from, to), expected[to]);
}

/* ---- EUC_2D ---- */

static void coordinates_give_lengths_rounded_to_the_nearest_integer(void)
{
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_AUTO);
    /* (0,0) to (3,4): 5; (6,8): 10; (0,5): 5; (1,1): 1.414 -> 1 */
    const int32_t depot[] = {0, 5, 10, 5, 1};
    /* (6,8) to (0,0): 10; (3,4): 5; (0,5): sqrt 45 = 6.708 -> 7; (1,1): sqrt 74 = 8.602 -> 9 */
    const int32_t second[] = {10, 5, 0, 7, 9};
    expect_row(instance, 0, depot);
    expect_row(instance, 2, second);
    CU_ASSERT_EQUAL(instance->family, XD_INSTANCE_CVRP);
    CU_ASSERT_EQUAL(instance->convention, XD_CONVENTION_ROUNDED);
    CU_ASSERT_EQUAL(instance->cost_decimals, 0);
    CU_ASSERT_EQUAL(instance->problem->cost_scale, 1);
    CU_ASSERT_STRING_EQUAL(instance->problem->name, "five");
    xd_instance_free(instance);
}

static void half_a_unit_is_rounded_up(void)
{
    /* (0,0) to (0,2.5): 2.5 -> 3, as TSPLIB's nint(x) = (int)(x + 0.5) says */
    struct xd_instance *instance =
        xd_instance_of("TYPE: CVRP\nDIMENSION: 2\nCAPACITY: 1\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 0 2.5e0\n"
                       "DEMAND_SECTION\n1 0\n2 1\nDEPOT_SECTION\n1\n-1\n",
                       XD_CONVENTION_AUTO);
    CU_ASSERT_EQUAL(xd_instance_length(instance, 0, 1), 3);
    CU_ASSERT_STRING_EQUAL(instance->problem->name, "");
    xd_instance_free(instance);
}

static void the_exact_convention_keeps_four_decimals(void)
{
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_EXACT);
    /* sqrt 45 = 6.70820393 -> 67082; sqrt 74 = 8.60232527 -> 86023 */
    const int32_t second[] = {100000, 50000, 0, 67082, 86023};
    expect_row(instance, 2, second);
    CU_ASSERT_EQUAL(instance->cost_decimals, 4);
    CU_ASSERT_EQUAL(instance->problem->cost_scale, 10000);
    xd_instance_free(instance);
}

static void the_truncated_convention_cuts_behind_one_decimal(void)
{
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_TRUNCATED);
    /* sqrt 45 = 6.708 -> 6.7; sqrt 74 = 8.602 -> 8.6; sqrt 2 = 1.414 -> 1.4 */
    const int32_t second[] = {100, 50, 0, 67, 86};
    expect_row(instance, 2, second);
    CU_ASSERT_EQUAL(xd_instance_length(instance, 0, 4), 14);
    CU_ASSERT_EQUAL(instance->cost_decimals, 1);
    xd_instance_free(instance);
}

static void loads_and_fleet_are_as_stated(void)
{
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_AUTO);
    const struct xd_problem *p = instance->problem;
    const int64_t demands[] = {4, 5, 6, 3};
    CU_ASSERT_EQUAL_FATAL(p->stops_n, 4);
    for (int32_t s = 0; s < 4; s++) {
        CU_ASSERT_EQUAL(p->stops[s].delivery[0], demands[s]);
        CU_ASSERT_EQUAL(p->stops[s].location, s + 1);
        CU_ASSERT_EQUAL(p->stops[s].origin, s + 1);
        CU_ASSERT_EQUAL(p->stops[s].unserved_cost, XD_REQUIRED);
        CU_ASSERT_EQUAL(p->stops[s].service_s, 0);
    }
    CU_ASSERT_EQUAL(p->types_n, 1);
    CU_ASSERT_EQUAL(p->types[0].capacity[0], 10);
    CU_ASSERT_EQUAL(p->types[0].count, 4); /* no VEHICLES: one a customer */
    CU_ASSERT_EQUAL(p->types[0].cost_per_m, 1);
    CU_ASSERT_EQUAL(p->types[0].fixed_cost, 0);
    CU_ASSERT_EQUAL(xd_matrix_time_s(instance->matrix, 0, 1), 0); /* without limits the clock stands */
    xd_instance_free(instance);
}

static void vehicles_limit_the_fleet(void)
{
    struct xd_instance *instance =
        xd_instance_of("VEHICLES : 2\nTYPE:CVRP\nDIMENSION:4\nCAPACITY:9\nEDGE_WEIGHT_TYPE:EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 1 0\n"
                       "3 2 0\n4 3 0\nDEMAND_SECTION\n1 0\n2 1\n3 1\n4 1\nDEPOT_SECTION\n1\n-1\nEOF\nwhat stands behind EOF is not read\n",
                       XD_CONVENTION_AUTO);
    CU_ASSERT_EQUAL(instance->problem->vehicles_n, 2);
    xd_instance_free(instance);
}

static void a_depot_in_the_middle_is_left_out_of_the_numbering(void)
{
    /* Node 2 is the depot: customers 1, 2, 3 are nodes 1, 3, 4. */
    struct xd_instance *instance =
        xd_instance_of("NAME:m\nTYPE:CVRP\nDIMENSION:4\nCAPACITY:9\nEDGE_WEIGHT_TYPE:EUC_2D\nNODE_COORD_SECTION\n4 30 0\n3 20 0\n2 10 0\n1 0 0\n"
                       "DEMAND_SECTION\n2 0\n1 1\n3 3\n4 4\nDEPOT_SECTION\n2\n-1\n",
                       XD_CONVENTION_AUTO);
    const int32_t depot[] = {0, 10, 10, 20};
    const int64_t demands[] = {1, 3, 4};
    expect_row(instance, 0, depot);
    for (int32_t s = 0; s < 3; s++)
        CU_ASSERT_EQUAL(instance->problem->stops[s].delivery[0], demands[s]);
    xd_instance_free(instance);
}

static void windows_line_ends_tabs_and_a_byte_order_mark_are_read_over(void)
{
    struct xd_instance *instance = xd_instance_of("\xEF\xBB\xBFNAME :\tours \r\n\r\nTYPE : \tCVRP\t\r\nDIMENSION\t:2\r\nCAPACITY : "
                                                  "1\r\nEDGE_WEIGHT_TYPE:EUC_2D\r\nNODE_COORD_TYPE : TWOD_COORDS\r\n"
                                                  "DISPLAY_DATA_TYPE : COORD_DISPLAY\r\nCOMMENT : a: b\r\nCOMMENT\r\nNODE_COORD_SECTION :\r\n "
                                                  "1\t0\t0\r\n\f2 -3 .4e1 \r\nDEMAND_SECTION\r\n1 0\r\n2 1\r\n"
                                                  "DEPOT_SECTION\r\n1\r\n-1\r\nEOF",
                                                  XD_CONVENTION_AUTO);
    CU_ASSERT_STRING_EQUAL(instance->problem->name, "ours");
    CU_ASSERT_EQUAL(xd_instance_length(instance, 0, 1), 5); /* (-3, 4) */
    xd_instance_free(instance);
}

static void a_long_name_is_cut_at_a_character(void)
{
    char text[512] = "NAME : ", *end = text + strlen(text);
    for (int i = 0; i < 30; i++, end += 3)
        memcpy(end, "县", 3); /* 90 bytes; 63 fit, which are 21 characters */
    strcpy(end, "\nTYPE: CVRP\nDIMENSION: 2\nCAPACITY: 1\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 0 1\nDEMAND_SECTION\n1 0\n2 "
                "1\nDEPOT_SECTION\n1\n-1\n");
    struct xd_instance *instance = xd_instance_of(text, XD_CONVENTION_AUTO);
    CU_ASSERT_EQUAL(strlen(instance->problem->name), 63);
    CU_ASSERT_EQUAL(memcmp(instance->problem->name, text + 7, 63), 0);
    xd_instance_free(instance);
}

static void control_characters_of_a_name_do_not_reach_a_terminal(void)
{
    static const char text[] =
        "NAME : a\x1b[2J\0b\x7f\nTYPE: CVRP\nDIMENSION: 2\nCAPACITY: 1\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 0 1\n"
        "DEMAND_SECTION\n1 0\n2 1\nDEPOT_SECTION\n1\n-1\n";
    struct xd_instance *instance = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_instance_try(text, sizeof text - 1, XD_CONVENTION_AUTO, &instance, NULL), XD_OK);
    CU_ASSERT_STRING_EQUAL(instance->problem->name, "a?[2J?b?");
    xd_instance_free(instance);
}

/* ---- limits on routes ---- */

static const char limited[] =
    "NAME : CMTx\nTYPE : CVRP\nDIMENSION : 3\nCAPACITY : 9\nDISTANCE : 20.5\nSERVICE_TIME : 1.25\nEDGE_WEIGHT_TYPE : EUC_2D\n"
    "NODE_COORD_SECTION\n1 0 0\n2 3 4\n3 6 8\nDEMAND_SECTION\n1 0\n2 1\n3 1\nDEPOT_SECTION\n1\n-1\n";

static void distance_and_service_time_limit_the_duration_of_a_route(void)
{
    struct xd_instance *instance = xd_instance_of(limited, XD_CONVENTION_AUTO);
    const struct xd_problem *p = instance->problem;
    CU_ASSERT_EQUAL(instance->convention, XD_CONVENTION_EXACT); /* by the name: values of the CMT set are of unrounded lengths */
    CU_ASSERT_EQUAL(p->types[0].duration_max_s, 205000);        /* 20.5 times 10^4 */
    CU_ASSERT_EQUAL(p->stops[0].service_s, 12500);
    CU_ASSERT_EQUAL(xd_matrix_time_s(instance->matrix, 1, 2), 50000);
    /* Both in one route: length 20, services 2.5: 22.5 > 20.5. Apart: 10 + 1.25 and 20 + 1.25 = 21.25 > 20.5. */
    CU_ASSERT_EQUAL(xd_instance_cost_of(instance, "Route #1: 1 2\n"), -1);
    CU_ASSERT_EQUAL(xd_instance_cost_of(instance, "Route #1: 1\nRoute #2: 2\n"), -1);
    xd_instance_free(instance);
}

static void a_limit_met_exactly_is_allowed(void)
{
    char text[sizeof limited];
    memcpy(text, limited, sizeof text);
    memcpy(strstr(text, "20.5"), "22.5", 4);
    struct xd_instance *instance = xd_instance_of(text, XD_CONVENTION_AUTO);
    CU_ASSERT_EQUAL(xd_instance_cost_of(instance, "Route #1: 1 2\n"), 200000); /* 20 + 2.5 = 22.5 */
    xd_instance_free(instance);
    memcpy(strstr(text, "22.5"), "22.4", 4);
    instance = xd_instance_of(text, XD_CONVENTION_AUTO);
    CU_ASSERT_EQUAL(xd_instance_cost_of(instance, "Route #1: 1 2\n"), -1);
    xd_instance_free(instance);
}

/* Each value as large as it may be; tests/malformed has what lies above. */
static void values_at_their_limits_are_read(void)
{
    struct xd_instance *instance =
        xd_instance_of("TYPE : CVRP\nDIMENSION : 2\nCAPACITY : 1000000000000\nVEHICLES : 32000\nDISTANCE : 100000000\nSERVICE_TIME : 100000000\n"
                       "EDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 1000000000 -1000000000\n2 999999997 -999999996\nDEMAND_SECTION\n1 0\n"
                       "2 1000000000000\nDEPOT_SECTION\n1\n-1\n",
                       XD_CONVENTION_AUTO);
    CU_ASSERT_EQUAL(xd_instance_length(instance, 0, 1), 5); /* 3 and 4 apart */
    CU_ASSERT_EQUAL(instance->problem->vehicles_n, 32000);
    CU_ASSERT_EQUAL(instance->problem->types[0].capacity[0], XD_LOAD_MAX);
    CU_ASSERT_EQUAL(instance->problem->stops[0].delivery[0], XD_LOAD_MAX);
    CU_ASSERT_EQUAL(instance->problem->stops[0].service_s, XD_TIME_MAX);
    CU_ASSERT_EQUAL(instance->problem->types[0].duration_max_s, XD_TIME_MAX);
    xd_instance_free(instance);
    instance = xd_instance_of(
        "w\nVEHICLE\nNUMBER CAPACITY\n1 10\nCUSTOMER\nCUST NO. X Y D R D S\n0 0 0 0 0 10000000 0\n1 3 4 1 10000000 10000000 10000000\n",
        XD_CONVENTION_AUTO);
    CU_ASSERT_EQUAL(instance->problem->stops[0].earliest_s, XD_TIME_MAX); /* in tenths */
    CU_ASSERT_EQUAL(instance->problem->stops[0].service_s, XD_TIME_MAX);
    xd_instance_free(instance);
}

static void limits_are_rounded_to_the_safe_side(void)
{
    struct xd_instance *instance = xd_instance_of(limited, XD_CONVENTION_ROUNDED);
    CU_ASSERT_EQUAL(instance->problem->types[0].duration_max_s, 20); /* 20.5 down */
    CU_ASSERT_EQUAL(instance->problem->stops[0].service_s, 2);       /* 1.25 up */
    xd_instance_free(instance);
}

/* ---- EXPLICIT ---- */

/* The whole 4 x 4 table 0 12 13 14 / 12 0 23 24 / 13 23 0 34 / 14 24 34 0 in each form that lists it. */
static void every_weight_format_gives_the_same_table(void)
{
    static const struct {
        const char *format, *weights;
    } forms[] = {
        {"FULL_MATRIX", "0 12 13 14\n12 0 23 24\n13 23 0 34\n14 24 34 0"},
        {"FULL_MATRIX", "0 12 13 14 12 0 23 24 13 23\n0 34\n\n14 24 34\n0"},  /* lines break anywhere */
        {"FULL_MATRIX", "9 12 13 14\n12 9 23 24\n13 23 9 34\n14 24 34 9999"}, /* the diagonal is of no account */
        {"LOWER_ROW", "12\n13 23\n14 24 34"},
        {"LOWER_DIAG_ROW", "0\n12 0\n13 23 0\n14 24 34 0"},
        {"UPPER_ROW", "12 13 14\n23 24\n34"},
        {"UPPER_DIAG_ROW", "0 12 13 14\n0 23 24\n0 34\n0"},
        {"LOWER_COL", "12 13 14\n23 24\n34"},
        {"LOWER_DIAG_COL", "0 12 13 14\n0 23 24\n0 34\n0"},
        {"UPPER_COL", "12\n13 23\n14 24 34"},
        {"UPPER_DIAG_COL", "0\n12 0\n13 23 0\n14 24 34 0\f"},
    };
    static const int32_t table[4][4] = {{0, 12, 13, 14}, {12, 0, 23, 24}, {13, 23, 0, 34}, {14, 24, 34, 0}};
    for (size_t f = 0; f < XD_ARRAY_LENGTH(forms); f++) {
        char text[512] = "TYPE: CVRP\nDIMENSION: 4\nCAPACITY: 9\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: ";
        strcat(strcat(strcat(text, forms[f].format), "\nEDGE_WEIGHT_SECTION\n"), forms[f].weights);
        strcat(text, "\nDISPLAY_DATA_SECTION\n1 0 0\n2 0 0\n3 0 0\n4 0 0\nDEMAND_SECTION\n1 0\n2 1\n3 1\n4 1\nDEPOT_SECTION\n1\n-1\n");
        struct xd_instance *instance = xd_instance_of(text, XD_CONVENTION_AUTO);
        for (int32_t from = 0; from < 4; from++)
            expect_row(instance, from, table[from]);
        CU_ASSERT_EQUAL(instance->convention, XD_CONVENTION_ROUNDED);
        xd_instance_free(instance);
    }
}

static void a_full_matrix_may_differ_by_direction(void)
{
    struct xd_instance *instance =
        xd_instance_of("NAME: CMT\nTYPE: CVRP\nDIMENSION: 3\nCAPACITY: 9\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: FULL_MATRIX\n"
                       "EDGE_WEIGHT_SECTION\n0 1 2 3 0 4 5 6 0\nDEMAND_SECTION\n1 1\n2 1\n3 0\nDEPOT_SECTION\n3\n-1\n",
                       XD_CONVENTION_AUTO);
    /* Node 3 is the depot: location 0. Row of node 3: 5 to node 1, 6 to node 2. */
    const int32_t depot[] = {0, 5, 6}, first[] = {2, 0, 1};
    expect_row(instance, 0, depot);
    expect_row(instance, 1, first);
    CU_ASSERT_EQUAL(instance->convention, XD_CONVENTION_ROUNDED); /* weights are integers, whatever the name */
    CU_ASSERT_EQUAL(xd_instance_cost_of(instance, "Route #1: 1 2\n"), 5 + 1 + 4);
    CU_ASSERT_EQUAL(xd_instance_cost_of(instance, "Route #1: 2 1\n"), 6 + 3 + 2);
    xd_instance_free(instance);
}

/* ---- Solomon ---- */

static void solomon_tables_give_windows_and_services_in_tenths(void)
{
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_SOLOMON], XD_CONVENTION_AUTO);
    const struct xd_problem *p = instance->problem;
    CU_ASSERT_EQUAL(instance->family, XD_INSTANCE_VRPTW);
    CU_ASSERT_EQUAL(instance->convention, XD_CONVENTION_TRUNCATED);
    CU_ASSERT_EQUAL(instance->cost_decimals, 1);
    CU_ASSERT_STRING_EQUAL(p->name, "S3");
    CU_ASSERT_EQUAL_FATAL(p->stops_n, 3);
    CU_ASSERT_EQUAL(p->vehicles_n, 2);
    CU_ASSERT_EQUAL(p->types[0].capacity[0], 10);
    CU_ASSERT_EQUAL(p->types[0].earliest_s, 0);
    CU_ASSERT_EQUAL(p->types[0].latest_s, 1000);
    CU_ASSERT_EQUAL(p->stops[1].earliest_s, 200);
    CU_ASSERT_EQUAL(p->stops[1].latest_s, 400);
    CU_ASSERT_EQUAL(p->stops[1].service_s, 100);
    CU_ASSERT_EQUAL(p->stops[1].delivery[0], 5);
    /* (0,0) to (1,1): 1.414 -> 1.4; times are lengths */
    CU_ASSERT_EQUAL(xd_instance_length(instance, 0, 3), 14);
    CU_ASSERT_EQUAL(xd_matrix_time_s(instance->matrix, 0, 3), 14);
    xd_instance_free(instance);
}

static void windows_between_tenths_shrink_and_never_grow(void)
{
    static const char text[] =
        "w\nVEHICLE\nNUMBER CAPACITY\n1 10\nCUSTOMER\nCUST NO. XCOORD. YCOORD. DEMAND READY DUE SERVICE\n0 0 0 0 0 99.99 0\n1 3 4 1 5.01 9.99 1.01\n";
    struct xd_instance *instance = xd_instance_of(text, XD_CONVENTION_AUTO);
    CU_ASSERT_EQUAL(instance->problem->stops[0].earliest_s, 51); /* 50.1 up */
    CU_ASSERT_EQUAL(instance->problem->stops[0].latest_s, 99);   /* 99.9 down */
    CU_ASSERT_EQUAL(instance->problem->stops[0].service_s, 11);  /* 10.1 up */
    CU_ASSERT_EQUAL(instance->problem->types[0].latest_s, 999);
    xd_instance_free(instance);
    instance = xd_instance_of(text, XD_CONVENTION_EXACT); /* three decimals */
    CU_ASSERT_EQUAL(instance->cost_decimals, 3);
    CU_ASSERT_EQUAL(instance->problem->stops[0].earliest_s, 5010);
    CU_ASSERT_EQUAL(instance->problem->stops[0].latest_s, 9990);
    CU_ASSERT_EQUAL(xd_instance_length(instance, 0, 1), 5000);
    xd_instance_free(instance);
}

static void solomon_routes_must_keep_windows_load_and_the_depots_closing(void)
{
    struct xd_instance *instance = xd_instance_of(xd_instance_bases[XD_BASE_SOLOMON], XD_CONVENTION_AUTO);
    /* 0-1-2-0: at 1 after 5.0, served until 15.0; at 2 after 5.0 more, waits from 20.0 on; length 5 + 5 + 10 = 20. 0-3-0: 1.4 + 1.4. Together 22.8. */
    CU_ASSERT_EQUAL(xd_instance_cost_of(instance, "Route #1: 1 2\nRoute #2: 3\n"), 228);
    /* 2 before 1: leaves 2 at 30.0, at 1 at 35.0, whose window ends at 30. */
    CU_ASSERT_EQUAL(xd_instance_cost_of(instance, "Route #1: 2 1\nRoute #2: 3\n"), -1);
    /* loads 4 + 5 + 3 = 12 > 10 */
    CU_ASSERT_EQUAL(xd_instance_cost_of(instance, "Route #1: 3 1 2\n"), -1);
    xd_instance_free(instance);
}

static void files_and_memory_give_the_same_instance(void)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_instance *memory = xd_instance_of(xd_instance_bases[XD_BASE_CVRP], XD_CONVENTION_AUTO), *file = NULL;
    xd_temporary_file("five.vrp", xd_instance_bases[XD_BASE_CVRP], strlen(xd_instance_bases[XD_BASE_CVRP]), path);
    CU_ASSERT_EQUAL_FATAL(xd_instance_read(path, NULL, &file, NULL), XD_OK);
    CU_ASSERT_EQUAL(memory->problem->hash, file->problem->hash);
    xd_instance_free(file);
    xd_instance_free(memory);
    xd_instance_free(NULL);
}

static bool cancelled_at_once(void *context)
{
    (void)context;
    return true;
}

static void a_reading_that_is_cancelled_gives_no_instance(void)
{
    const struct xd_progress progress = {.cancelled = cancelled_at_once};
    const struct xd_instance_options options = {.convention = XD_CONVENTION_AUTO, .progress = &progress};
    const char *text = xd_instance_bases[XD_BASE_CVRP];
    struct xd_instance *instance = NULL;
    struct xd_error error;
    CU_ASSERT_EQUAL(xd_instance_parse("five", text, strlen(text), &options, &instance, &error), XD_INTERRUPTED);
    CU_ASSERT_PTR_NULL(instance);
    CU_ASSERT_STRING_EQUAL(error.message, "interrupted while the tables were made");
}

static const struct xd_test_case cases[] = {
    XD_CASE(coordinates_give_lengths_rounded_to_the_nearest_integer),
    XD_CASE(half_a_unit_is_rounded_up),
    XD_CASE(the_exact_convention_keeps_four_decimals),
    XD_CASE(the_truncated_convention_cuts_behind_one_decimal),
    XD_CASE(loads_and_fleet_are_as_stated),
    XD_CASE(vehicles_limit_the_fleet),
    XD_CASE(a_depot_in_the_middle_is_left_out_of_the_numbering),
    XD_CASE(windows_line_ends_tabs_and_a_byte_order_mark_are_read_over),
    XD_CASE(a_long_name_is_cut_at_a_character),
    XD_CASE(control_characters_of_a_name_do_not_reach_a_terminal),
    XD_CASE(distance_and_service_time_limit_the_duration_of_a_route),
    XD_CASE(a_limit_met_exactly_is_allowed),
    XD_CASE(limits_are_rounded_to_the_safe_side),
    XD_CASE(values_at_their_limits_are_read),
    XD_CASE(every_weight_format_gives_the_same_table),
    XD_CASE(a_full_matrix_may_differ_by_direction),
    XD_CASE(solomon_tables_give_windows_and_services_in_tenths),
    XD_CASE(windows_between_tenths_shrink_and_never_grow),
    XD_CASE(solomon_routes_must_keep_windows_load_and_the_depots_closing),
    XD_CASE(a_reading_that_is_cancelled_gives_no_instance),
    XD_CASE(files_and_memory_give_the_same_instance),
};
const struct xd_test_suite xd_suite_instance_read = {"instance_read", cases, XD_ARRAY_LENGTH(cases)};
