#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "tests/unit/base_suites.h"

#include <stdio.h>
#include <string.h>

static void an_error_tells_what_and_where(void)
{
    struct xd_error error;
    CU_ASSERT_EQUAL(xd_fail(&error, XD_DATA, xd_at_cell("places.csv", 12, 3, "lat"), "found \"%s\", expected %d..%d", "91x", -90, 90), XD_DATA);
    CU_ASSERT_EQUAL(error.status, XD_DATA);
    CU_ASSERT_EQUAL(error.line, 12);
    CU_ASSERT_EQUAL(error.column, 3);
    CU_ASSERT_EQUAL(error.byte_offset, -1);
    CU_ASSERT_STRING_EQUAL(error.source, "places.csv");
    CU_ASSERT_STRING_EQUAL(error.field, "lat");
    CU_ASSERT_STRING_EQUAL(error.message, "found \"91x\", expected -90..90");
    CU_ASSERT_EQUAL(xd_fail(NULL, XD_IO, xd_at_none(), "nobody asks"), XD_IO);
}

static void an_error_is_printed_with_what_is_known_of_its_place(void)
{
    static const struct {
        struct xd_location at;
        const char *text;
    } cases[] = {
        {{NULL, 0, 0, -1, NULL}, "wrong"},
        {{"a.csv", 0, 0, -1, NULL}, "a.csv: wrong"},
        {{"a.csv", 7, 0, -1, NULL}, "a.csv:7: wrong"},
        {{"a.csv", 7, 2, -1, NULL}, "a.csv:7:2: wrong"},
        {{"a.csv", 7, 2, -1, "code"}, "a.csv:7:2: code: wrong"},
        {{"a.pbf", 0, 0, 0, NULL}, "a.pbf: byte 0: wrong"},
        {{"a.pbf", 0, 0, 4096, NULL}, "a.pbf: byte 4096: wrong"},
        {{NULL, 7, 2, -1, NULL}, "line 7:2: wrong"},
        {{NULL, 0, 0, -1, "--seed"}, "--seed: wrong"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        struct xd_error error;
        char text[200];
        (void)xd_fail(&error, XD_DATA, cases[i].at, "wrong");
        CU_ASSERT_EQUAL(xd_error_format(&error, text, sizeof text), strlen(cases[i].text));
        CU_ASSERT_STRING_EQUAL(text, cases[i].text);
    }
}

static void a_printed_error_is_cut_between_characters_and_tells_its_length(void)
{
    struct xd_error error;
    char text[8];
    (void)xd_fail(&error, XD_DATA, xd_at_none(), "乡镇站"); /* 9 bytes */
    CU_ASSERT_EQUAL(xd_error_format(&error, text, sizeof text), 9);
    CU_ASSERT_STRING_EQUAL(text, "乡镇"); /* 7 bytes would cut the third */
    CU_ASSERT_EQUAL(xd_error_format(&error, text, 7), 9);
    CU_ASSERT_STRING_EQUAL(text, "乡镇");
    CU_ASSERT_EQUAL(xd_error_format(&error, NULL, 0), 9);
}

static void over_long_parts_are_cut_between_characters(void)
{
    char source[900];
    for (size_t shift = 0; shift < 3; shift++) { /* each position of the border inside a character */
        memset(source, 'a', shift);
        for (size_t i = shift; i + 3 < sizeof source; i += 3)
            memcpy(source + i, "村", 4);
        struct xd_error error;
        (void)xd_fail(&error, XD_DATA, xd_at_cell(source, 1, 1, source), "%s", source);
        CU_ASSERT_EQUAL(xd_utf8_invalid_at(error.message, strlen(error.message)), strlen(error.message));
        CU_ASSERT_EQUAL(xd_utf8_invalid_at(error.source, strlen(error.source)), strlen(error.source));
        CU_ASSERT_EQUAL(xd_utf8_invalid_at(error.field, strlen(error.field)), strlen(error.field));
        CU_ASSERT_TRUE(strlen(error.message) >= XD_ERROR_MESSAGE_MAX - 3 && strlen(error.message) < XD_ERROR_MESSAGE_MAX);
        CU_ASSERT_TRUE(strlen(error.source) >= XD_ERROR_SOURCE_MAX - 3 && strlen(error.source) < XD_ERROR_SOURCE_MAX);
        CU_ASSERT_EQUAL(strncmp(error.message, source, strlen(error.message)), 0);
        CU_ASSERT_PTR_NULL(strchr(error.message, '?')); /* no half character was left to be replaced */
        CU_ASSERT_PTR_NULL(strchr(error.source, '?'));
    }
}

static void control_characters_and_broken_text_of_a_file_do_not_reach_the_terminal(void)
{
    struct xd_error error;
    (void)xd_fail(&error, XD_DATA, xd_at_file("a\nb"), "found \"%s\"", "\x1b[31m\xff\x80村\xe6");
    CU_ASSERT_STRING_EQUAL(error.source, "a b");
    CU_ASSERT_STRING_EQUAL(error.message, "found \" [31m??村?\"");
}

static void an_error_may_be_wrapped_in_itself(void)
{
    struct xd_error error;
    (void)xd_fail(&error, XD_DATA, xd_at_line("map.osm", 4, 5), "no nodes");
    (void)xd_fail(&error, XD_DATA, xd_at_line(error.source, error.line, error.column), "the map is of no use: %s", error.message);
    CU_ASSERT_STRING_EQUAL(error.source, "map.osm");
    CU_ASSERT_STRING_EQUAL(error.message, "the map is of no use: no nodes");
}

static const char *chinese(const char *english)
{
    if (strcmp(english, "found %d, expected %s") == 0)
        return "应为 %2$s,却是 %1$d";
    return strcmp(english, "line ") == 0 ? "行 " : NULL;
}

static void a_catalogue_translates_formats_and_may_change_the_order(void)
{
    struct xd_error error;
    char text[100];
    xd_message_catalogue_set(chinese);
    (void)xd_fail(&error, XD_DATA, xd_at_line(NULL, 3, 0), "found %d, expected %s", 7, "村");
    (void)xd_error_format(&error, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "行 3: 应为 村,却是 7");
    (void)xd_fail(&error, XD_DATA, xd_at_none(), "not in the catalogue %d", 7);
    CU_ASSERT_STRING_EQUAL(error.message, "not in the catalogue 7");
    xd_message_catalogue_set(NULL);
    CU_ASSERT_STRING_EQUAL(xd_message("line "), "line ");
}

static void diagnostics_keep_the_first_hundred_and_count_the_rest(void)
{
    struct xd_diagnostics list = {0};
    CU_ASSERT_EQUAL(xd_diagnostics_status(&list), XD_OK);
    for (int i = 0; i < 130; i++) {
        xd_diagnostics_warn(&list, xd_at_line("a.csv", i + 1, 0), "odd row %d", i);
        CU_ASSERT_EQUAL(xd_diagnostics_status(&list), XD_OK);
    }
    xd_diagnostics_error(&list, XD_CONFIG, xd_at_none(), "first");
    for (int i = 1; i < 105; i++)
        xd_diagnostics_error(&list, XD_DATA, xd_at_line("a.csv", i + 1, 0), "bad row %d", i);
    CU_ASSERT_EQUAL(list.errors_n, 100);
    CU_ASSERT_EQUAL(list.errors_left_out_n, 5);
    CU_ASSERT_EQUAL(list.warnings_n, 100);
    CU_ASSERT_EQUAL(list.warnings_left_out_n, 30);
    CU_ASSERT_STRING_EQUAL(list.errors[99].message, "bad row 99");
    CU_ASSERT_EQUAL(list.errors[99].line, 100);
    CU_ASSERT_STRING_EQUAL(list.warnings[64].message, "odd row 64");
    CU_ASSERT_EQUAL(xd_diagnostics_status(&list), XD_CONFIG);
    xd_diagnostics_add(&list, &list.errors[3]);
    CU_ASSERT_EQUAL(list.errors_left_out_n, 6);
    xd_diagnostics_free(&list);
    CU_ASSERT_EQUAL(list.errors_n, 0);
    xd_diagnostics_free(&list);
    xd_diagnostics_free(NULL);
}

static void a_list_may_be_given_its_own_errors(void)
{
    struct xd_diagnostics list = {0};
    xd_diagnostics_error(&list, XD_DATA, xd_at_none(), "seed");
    for (int i = 0; i < 20; i++)
        xd_diagnostics_add(&list, &list.errors[0]); /* crosses two growths, which move the list */
    CU_ASSERT_EQUAL(list.errors_n, 21);
    CU_ASSERT_STRING_EQUAL(list.errors[20].message, "seed");
    xd_diagnostics_free(&list);
}

static void diagnostics_without_memory_still_say_that_something_was_wrong(void)
{
    struct xd_diagnostics list = {0};
    xd_alloc_fail_at(1, true);
    xd_diagnostics_error(&list, XD_DATA, xd_at_none(), "bad");
    xd_diagnostics_warn(&list, xd_at_none(), "odd");
    xd_alloc_fail_at(0, false);
    CU_ASSERT_EQUAL(list.errors_left_out_n, 1);
    CU_ASSERT_EQUAL(list.warnings_left_out_n, 1);
    CU_ASSERT_EQUAL(xd_diagnostics_status(&list), XD_NO_MEMORY);
    xd_diagnostics_free(&list);
}

static const struct xd_test_case cases[] = {
    XD_CASE(an_error_tells_what_and_where),
    XD_CASE(an_error_is_printed_with_what_is_known_of_its_place),
    XD_CASE(a_printed_error_is_cut_between_characters_and_tells_its_length),
    XD_CASE(over_long_parts_are_cut_between_characters),
    XD_CASE(control_characters_and_broken_text_of_a_file_do_not_reach_the_terminal),
    XD_CASE(an_error_may_be_wrapped_in_itself),
    XD_CASE(a_catalogue_translates_formats_and_may_change_the_order),
    XD_CASE(diagnostics_keep_the_first_hundred_and_count_the_rest),
    XD_CASE(a_list_may_be_given_its_own_errors),
    XD_CASE(diagnostics_without_memory_still_say_that_something_was_wrong),
};
const struct xd_test_suite xd_suite_base_error = {"base_error", cases, XD_ARRAY_LENGTH(cases)};
