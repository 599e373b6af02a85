#include "base/alloc.h"
#include "io/tables/plan_read.h"
#include "tests/unit/tables_fixture.h"

#include <string.h>

static void same_plans(const struct xd_plan *a, const struct xd_plan *b)
{
    CU_ASSERT_EQUAL(a->problem_hash, b->problem_hash);
    CU_ASSERT_EQUAL(a->seed, b->seed);
    CU_ASSERT_EQUAL(a->iterations, b->iterations);
    CU_ASSERT_EQUAL(a->total_cost, b->total_cost);
    CU_ASSERT_EQUAL(a->unserved_cost, b->unserved_cost);
    CU_ASSERT_EQUAL_FATAL(a->routes_n, b->routes_n);
    CU_ASSERT_EQUAL_FATAL(a->unserved_n, b->unserved_n);
    for (int32_t r = 0; r < a->routes_n; r++) {
        const struct xd_plan_route *x = &a->routes[r];
        const struct xd_plan_route *y = &b->routes[r];
        CU_ASSERT_EQUAL_FATAL(x->visits_n, y->visits_n);
        CU_ASSERT_TRUE(x->vehicle == y->vehicle && x->start_s == y->start_s && x->end_s == y->end_s && x->length_m == y->length_m);
        CU_ASSERT_TRUE(x->depot_leave_s == y->depot_leave_s && x->depot_back_s == y->depot_back_s && x->approach_m == y->approach_m &&
                       x->homeward_m == y->homeward_m);
        CU_ASSERT_TRUE(x->load_start[0] == y->load_start[0] && x->load_start[1] == y->load_start[1]);
        CU_ASSERT_TRUE(x->fixed_cost == y->fixed_cost && x->length_cost == y->length_cost && x->duration_cost == y->duration_cost);
        for (int32_t v = 0; v < x->visits_n; v++)
            CU_ASSERT_EQUAL(memcmp(&x->visits[v], &y->visits[v], sizeof x->visits[v]), 0);
    }
    for (int32_t u = 0; u < a->unserved_n; u++)
        CU_ASSERT_TRUE(a->unserved[u].stop == b->unserved[u].stop && a->unserved[u].reason == b->unserved[u].reason);
}

static void a_written_plan_reads_back_equal_and_passes_the_judge(void)
{
    struct xd_tables_county made;
    struct xd_buffer text;
    struct xd_diagnostics diagnostics = {0};
    struct xd_plan *plan = NULL;
    xd_buffer_init(&text, 1 << 20);
    CU_ASSERT_TRUE_FATAL(xd_tables_county_open(&made) && xd_tables_plan_text(&made, &text));
    CU_ASSERT_EQUAL(xd_plan_read_bytes(text.bytes, text.length, "plan.json", &made.county, &diagnostics, &plan), XD_OK);
    xd_tables_print(&diagnostics);
    CU_ASSERT_EQUAL(diagnostics.warnings_n, 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    CU_ASSERT_EQUAL(plan->routes_n, 1);
    CU_ASSERT_EQUAL(plan->unserved_n, 1);
    same_plans(xd_verified_plan_values(made.verified), plan);
    struct xd_violations violations = {0};
    struct xd_verified_plan *again = NULL;
    CU_ASSERT_EQUAL(xd_check_plan(made.county.problem, plan, &violations, &again, NULL), XD_OK);
    xd_verified_plan_free(again);
    xd_violations_free(&violations);
    xd_plan_free(plan);
    xd_buffer_free(&text);
    xd_diagnostics_free(&diagnostics);
    xd_tables_county_close(&made);
}

static void a_plan_with_straight_lines_is_of_version_3_and_says_them_once_more(void)
{
    static const struct {
        const char *from, *to, *field;
    } changes[] = {{NULL, NULL, NULL},
                   {"\"connector_m\": 1500", "\"connector_m\": 1501", "routes[0].visits[0].connector_m"},
                   {"\"connector_s\": 0", "\"connector_s\": 9", "routes[0].visits[1].connector_s"}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(changes); i++) {
        struct xd_tables_county made;
        struct xd_buffer text;
        struct xd_diagnostics diagnostics = {0};
        struct xd_plan *plan = NULL;
        xd_buffer_init(&text, 1 << 20);
        CU_ASSERT_TRUE_FATAL(xd_tables_county_open(&made));
        xd_tables_county_connect(&made);
        CU_ASSERT_TRUE_FATAL(xd_tables_plan_text(&made, &text));
        CU_ASSERT_PTR_NOT_NULL(strstr(text.bytes, "\"version\": 3"));
        CU_ASSERT_PTR_NOT_NULL(strstr(text.bytes, "\"profile\": \"minivan\", \"length_m\": 1500, \"time_s\": 1350}"));
        CU_ASSERT_PTR_NOT_NULL(strstr(text.bytes, "{\"key\": \"connector_kmh\", \"value\": \"4\"")); /* a guess that the plan rests on */
        CU_ASSERT_PTR_NULL(strstr(text.bytes, "{\"key\": \"connector_m\""));
        if (changes[i].from) {
            char *at = strstr(text.bytes, changes[i].from);
            CU_ASSERT_PTR_NOT_NULL_FATAL(at);
            memcpy(at, changes[i].to, strlen(changes[i].to));
        }
        CU_ASSERT_EQUAL(xd_plan_read_bytes(text.bytes, text.length, "plan.json", &made.county, &diagnostics, &plan), XD_OK);
        CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
        same_plans(xd_verified_plan_values(made.verified), plan);
        CU_ASSERT_EQUAL(diagnostics.warnings_n, changes[i].from ? 1 : 0);
        if (changes[i].from && diagnostics.warnings_n == 1)
            CU_ASSERT_STRING_EQUAL(diagnostics.warnings[0].field, changes[i].field);
        xd_plan_free(plan);
        xd_buffer_free(&text);
        xd_diagnostics_free(&diagnostics);
        xd_tables_county_close(&made);
    }
}

static void a_stop_that_the_county_does_not_have_is_left_to_the_judge(void)
{
    struct xd_tables_county made;
    struct xd_buffer text;
    struct xd_diagnostics diagnostics = {0};
    struct xd_plan *plan = NULL;
    xd_buffer_init(&text, 1 << 20);
    CU_ASSERT_TRUE_FATAL(xd_tables_county_open(&made) && xd_tables_plan_text(&made, &text));
    char *place = strstr(text.bytes, "\"place\": \"520326100201\"");
    CU_ASSERT_PTR_NOT_NULL_FATAL(place);
    place[strlen("\"place\": \"52032610020")] = '9';
    CU_ASSERT_EQUAL(xd_plan_read_bytes(text.bytes, text.length, "plan.json", &made.county, &diagnostics, &plan), XD_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    CU_ASSERT_EQUAL_FATAL(diagnostics.warnings_n, 1);
    CU_ASSERT_STRING_EQUAL(diagnostics.warnings[0].field, "routes[0].visits[0].place");
    CU_ASSERT_TRUE(diagnostics.warnings[0].line > 1 && diagnostics.warnings[0].column > 1);
    struct xd_violations violations = {0};
    struct xd_verified_plan *verified = NULL;
    CU_ASSERT_EQUAL(xd_check_plan(made.county.problem, plan, &violations, &verified, NULL), XD_NO_PLAN);
    bool named = false;
    for (int32_t v = 0; v < violations.items_n; v++)
        named = named || violations.items[v].kind == XD_VIOLATION_STOP_UNKNOWN;
    CU_ASSERT_TRUE(named);
    xd_violations_free(&violations);
    xd_plan_free(plan);
    xd_buffer_free(&text);
    xd_diagnostics_free(&diagnostics);
    xd_tables_county_close(&made);
}

static void what_a_plan_says_twice_is_warned_of_where_it_differs(void)
{
    static const struct {
        const char *from, *to, *field, *message;
    } cases[] = {
        {"\"start\": \"0", "\"start\": \"2", "routes[0].start", "as start_s says"},
        {"\"hub_leave\": \"0", "\"hub_leave\": \"2", "routes[0].hub_leave", "as hub_leave_s says"},
        {"\"base\": \"520326\"", "\"base\": \"520327\"", "routes[0].base", "found the base 520327, expected 520326 as in the scenario"},
        {"\"total_yuan\": ", "\"total_yuan\":9", "cost.total_yuan", "as total_units says"},
        {"\"type\": \"minivan\"", "\"type\": \"minivax\"", "routes[0].vehicle", "type and number say minivax"},
        {"\"down_parcels\": ", "\"down_parcels\":9", "routes[0].visits[0].down_parcels", "as in the scenario"},
    };
    struct xd_tables_county made;
    struct xd_buffer text;
    xd_buffer_init(&text, 1 << 20);
    CU_ASSERT_TRUE_FATAL(xd_tables_county_open(&made) && xd_tables_plan_text(&made, &text));
    for (size_t c = 0; c < XD_ARRAY_LENGTH(cases); c++) {
        struct xd_diagnostics diagnostics = {0};
        struct xd_plan *plan = NULL;
        char *changed = xd_alloc(text.length + 1, 1);
        CU_ASSERT_PTR_NOT_NULL_FATAL(changed);
        memcpy(changed, text.bytes, text.length);
        changed[text.length] = '\0';
        char *at = strstr(changed, cases[c].from);
        CU_ASSERT_PTR_NOT_NULL_FATAL(at);
        memcpy(at, cases[c].to, strlen(cases[c].to));
        CU_ASSERT_EQUAL(xd_plan_read_bytes(changed, text.length, "plan.json", &made.county, &diagnostics, &plan), XD_OK);
        xd_tables_print(&diagnostics);
        CU_ASSERT_EQUAL_FATAL(diagnostics.warnings_n, 1);
        CU_ASSERT_STRING_EQUAL(diagnostics.warnings[0].field, cases[c].field);
        CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.warnings[0].message, cases[c].message));
        same_plans(xd_verified_plan_values(made.verified), plan);
        xd_plan_free(plan);
        xd_free(changed);
        xd_diagnostics_free(&diagnostics);
    }
    xd_buffer_free(&text);
    xd_tables_county_close(&made);
}

/* As the program wrote it when all vehicles lived at the hub: without the lines of version 2. */
static void a_plan_of_version_1_is_read_as_one_of_vehicles_at_the_hub(void)
{
    static const char *const new_keys[] = {"\"base\"", "\"base_name\"", "\"hub_leave", "\"hub_back", "\"approach_m\"", "\"homeward_m\""};
    struct xd_tables_county made;
    struct xd_buffer text;
    struct xd_diagnostics diagnostics = {0};
    struct xd_plan *plan = NULL;
    xd_buffer_init(&text, 1 << 20);
    CU_ASSERT_TRUE_FATAL(xd_tables_county_open(&made) && xd_tables_plan_text(&made, &text));
    size_t n = 0;
    for (size_t at = 0; at < text.length;) {
        const char *line = text.bytes + at;
        const size_t line_n = strcspn(line, "\n") + 1, blanks_n = strspn(line, " ");
        bool is_new = false;
        for (size_t k = 0; k < XD_ARRAY_LENGTH(new_keys); k++)
            is_new = is_new || strncmp(line + blanks_n, new_keys[k], strlen(new_keys[k])) == 0;
        at += line_n;
        if (is_new)
            continue;
        memmove(text.bytes + n, line, line_n);
        n += line_n;
    }
    CU_ASSERT_EQUAL(text.length - n > 200, true);
    char *version = strstr(text.bytes, "\"version\": 2");
    CU_ASSERT_PTR_NOT_NULL_FATAL(version);
    version[strlen("\"version\": ")] = '1';
    CU_ASSERT_EQUAL(xd_plan_read_bytes(text.bytes, n, "plan.json", &made.county, &diagnostics, &plan), XD_OK);
    xd_tables_print(&diagnostics);
    CU_ASSERT_EQUAL(diagnostics.warnings_n, 0);
    CU_ASSERT_PTR_NOT_NULL_FATAL(plan);
    same_plans(xd_verified_plan_values(made.verified), plan);
    xd_plan_free(plan);
    xd_buffer_free(&text);
    xd_diagnostics_free(&diagnostics);
    xd_tables_county_close(&made);
}

static void no_prefix_of_a_plan_is_a_plan(void)
{
    struct xd_tables_county made;
    struct xd_buffer text;
    xd_buffer_init(&text, 1 << 20);
    CU_ASSERT_TRUE_FATAL(xd_tables_county_open(&made) && xd_tables_plan_text(&made, &text));
    for (size_t n = 0; n + 2 < text.length; n += 7) {
        struct xd_diagnostics diagnostics = {0};
        struct xd_plan *plan = NULL;
        CU_ASSERT_EQUAL(xd_plan_read_bytes(text.bytes, n, "plan.json", &made.county, &diagnostics, &plan), XD_DATA);
        CU_ASSERT_PTR_NULL(plan);
        CU_ASSERT_TRUE(diagnostics.errors_n == 1 && diagnostics.errors[0].line > 0);
        xd_diagnostics_free(&diagnostics);
    }
    xd_buffer_free(&text);
    xd_tables_county_close(&made);
}

static const struct xd_test_case cases[] = {
    XD_CASE(a_written_plan_reads_back_equal_and_passes_the_judge),      XD_CASE(a_plan_with_straight_lines_is_of_version_3_and_says_them_once_more),
    XD_CASE(a_stop_that_the_county_does_not_have_is_left_to_the_judge), XD_CASE(what_a_plan_says_twice_is_warned_of_where_it_differs),
    XD_CASE(a_plan_of_version_1_is_read_as_one_of_vehicles_at_the_hub), XD_CASE(no_prefix_of_a_plan_is_a_plan),
};
const struct xd_test_suite xd_suite_tables_plan = {"tables_plan", cases, XD_ARRAY_LENGTH(cases)};
