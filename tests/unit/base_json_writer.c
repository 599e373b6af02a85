#include "base/json_writer.h"
#include "base/macros.h"
#include "base/text.h"
#include "tests/unit/base_suites.h"

#include <math.h>
#include <string.h>

static struct xd_buffer buffer;
static struct xd_error error;
static struct xd_json_writer w;

static void begin(bool indent)
{
    xd_buffer_free(&buffer);
    xd_buffer_init(&buffer, 1 << 20);
    xd_json_begin(&w, &buffer, indent, &error);
}

static void check_text(const char *expected)
{
    CU_ASSERT_EQUAL(xd_json_end(&w), XD_OK);
    CU_ASSERT_STRING_EQUAL(buffer.bytes ? buffer.bytes : "", expected);
    xd_buffer_free(&buffer);
}

static void write_example(void)
{
    xd_json_object_begin(&w, NULL);
    xd_json_string(&w, "name", "大坪村");
    xd_json_int(&w, "parcels", -12);
    xd_json_array_begin_line(&w, "at");
    xd_json_fixed(&w, NULL, 1041234567, 7);
    xd_json_fixed(&w, NULL, -5, 7);
    xd_json_array_end(&w);
    xd_json_array_begin(&w, "stops");
    xd_json_object_begin_line(&w, NULL);
    xd_json_bool(&w, "served", true);
    xd_json_array_begin(&w, "windows");
    xd_json_int(&w, NULL, 1);
    xd_json_int(&w, NULL, 2);
    xd_json_array_end(&w);
    xd_json_object_end(&w);
    xd_json_null(&w, NULL);
    xd_json_array_end(&w);
    xd_json_object_begin(&w, "empty");
    xd_json_object_end(&w);
    xd_json_array_begin(&w, "none");
    xd_json_array_end(&w);
    xd_json_object_end(&w);
}

static void an_indented_text_puts_each_member_on_its_line(void)
{
    begin(true);
    write_example();
    check_text("{\n"
               "  \"name\": \"大坪村\",\n"
               "  \"parcels\": -12,\n"
               "  \"at\": [104.1234567, -0.0000005],\n"
               "  \"stops\": [\n"
               "    {\"served\": true, \"windows\": [1, 2]},\n"
               "    null\n"
               "  ],\n"
               "  \"empty\": {},\n"
               "  \"none\": []\n"
               "}\n");
}

static void a_compact_text_has_no_white_space(void)
{
    begin(false);
    write_example();
    check_text("{\"name\":\"大坪村\",\"parcels\":-12,\"at\":[104.1234567,-0.0000005],\"stops\":[{\"served\":true,\"windows\":[1,2]},null],"
               "\"empty\":{},\"none\":[]}");
}

static void strings_are_escaped_strictly(void)
{
    static const struct {
        const char *text;
        size_t n;
        const char *json;
    } cases[] = {
        {"", 0, "\"\""},
        {"a\"b\\c", 5, "\"a\\\"b\\\\c\""},
        {"\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\""},
        {"\x01\x1f\x7f", 3, "\"\\u0001\\u001f\\u007f\""},
        {"a\0b", 3, "\"a\\u0000b\""},
        {"</script>", 9, "\"\\u003c/script>\""},
        {"/村\xf0\x9f\x9a\x9a", 8, "\"/村\xf0\x9f\x9a\x9a\""},
        {"\xff村\x80\xe6\x9d", 7, "\"\xef\xbf\xbd村\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
        {"\xed\xa0\x80", 3, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        begin(false);
        xd_json_string_n(&w, NULL, cases[i].text, cases[i].n);
        check_text(cases[i].json);
    }
    begin(false);
    xd_json_object_begin(&w, NULL);
    xd_json_string(&w, "k\"\n", NULL);
    xd_json_string_n(&w, "", NULL, 0);
    xd_json_object_end(&w);
    check_text("{\"k\\\"\\n\":null,\"\":\"\"}");
}

/* Whatever the bytes are, the text is valid UTF-8 without control characters and its quotes pair up. */
static void any_bytes_give_a_valid_string(void)
{
    for (int a = 0; a < 256; a++) {
        for (int b = 0; b < 256; b++) {
            char bytes[2] = {(char)a, (char)b};
            begin(false);
            xd_json_string_n(&w, NULL, bytes, 2);
            CU_ASSERT_EQUAL_FATAL(xd_json_end(&w), XD_OK);
            CU_ASSERT_EQUAL_FATAL(xd_utf8_invalid_at(buffer.bytes, buffer.length), buffer.length);
            CU_ASSERT_FATAL(buffer.bytes[0] == '"' && buffer.bytes[buffer.length - 1] == '"');
            for (size_t i = 1; i + 1 < buffer.length; i++) {
                CU_ASSERT_FATAL((unsigned char)buffer.bytes[i] >= 0x20 && buffer.bytes[i] != '"');
                if (buffer.bytes[i] == '\\')
                    i++;
            }
        }
    }
    xd_buffer_free(&buffer);
}

static void fixed_numbers_are_exact_to_the_last_digit(void)
{
    static const struct {
        int64_t value;
        int decimals;
        const char *json;
    } cases[] = {
        {0, 0, "0"},
        {0, 2, "0.00"},
        {1234, 2, "12.34"},
        {5, 2, "0.05"},
        {-5, 2, "-0.05"},
        {-5, 7, "-0.0000005"},
        {100, 2, "1.00"},
        {INT64_MAX, 0, "9223372036854775807"},
        {INT64_MIN, 0, "-9223372036854775808"},
        {INT64_MAX, 18, "9.223372036854775807"},
        {INT64_MIN, 18, "-9.223372036854775808"},
        {INT64_MIN, 2, "-92233720368547758.08"},
        {7, 18, "0.000000000000000007"},
        {-1800000000, 7, "-180.0000000"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        begin(false);
        xd_json_fixed(&w, NULL, cases[i].value, cases[i].decimals);
        check_text(cases[i].json);
    }
}

static void doubles_take_the_digits_that_are_asked_for(void)
{
    static const struct {
        double value;
        int digits;
        const char *json;
    } cases[] = {
        {0, 6, "0"},
        {-0.0, 6, "0"},
        {0.1, 3, "0.1"},
        {1.0 / 3, 4, "0.3333"},
        {1234567, 3, "1.23e+06"},
        {-2.5e-9, 2, "-2.5e-09"},
        {0.1, 17, "0.10000000000000001"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        begin(false);
        xd_json_double(&w, NULL, cases[i].value, cases[i].digits);
        check_text(cases[i].json);
    }
    begin(false);
    xd_json_hash(&w, NULL, 0xab);
    check_text("\"00000000000000ab\"");
}

enum wrong_use {
    KEY_IN_ARRAY,
    KEY_AT_ROOT,
    NO_KEY_IN_OBJECT,
    TWO_ROOTS,
    NOTHING,
    UNCLOSED,
    WRONG_END,
    END_WITHOUT_BEGIN,
    NAN_NUMBER,
    INFINITE_NUMBER,
    TOO_MANY_DECIMALS,
    TOO_MANY_DIGITS,
    TOO_DEEP,
    WRONG_USES_N
};

static void use_wrongly(enum wrong_use use)
{
    switch (use) {
    case KEY_IN_ARRAY:
        xd_json_array_begin(&w, NULL);
        xd_json_int(&w, "key", 1);
        xd_json_array_end(&w);
        break;
    case KEY_AT_ROOT:
        xd_json_int(&w, "key", 1);
        break;
    case NO_KEY_IN_OBJECT:
        xd_json_object_begin(&w, NULL);
        xd_json_int(&w, NULL, 1);
        xd_json_object_end(&w);
        break;
    case TWO_ROOTS:
        xd_json_int(&w, NULL, 1);
        xd_json_int(&w, NULL, 2);
        break;
    case UNCLOSED:
        xd_json_array_begin(&w, NULL);
        break;
    case WRONG_END:
        xd_json_array_begin(&w, NULL);
        xd_json_object_end(&w);
        break;
    case END_WITHOUT_BEGIN:
        xd_json_int(&w, NULL, 1);
        xd_json_array_end(&w);
        break;
    case NAN_NUMBER:
        xd_json_double(&w, NULL, (double)NAN, 6);
        break;
    case INFINITE_NUMBER:
        xd_json_double(&w, NULL, -HUGE_VAL, 6);
        break;
    case TOO_MANY_DECIMALS:
        xd_json_fixed(&w, NULL, 1, 19);
        break;
    case TOO_MANY_DIGITS:
        xd_json_double(&w, NULL, 1, 18);
        break;
    case TOO_DEEP:
        for (int i = 0; i <= XD_JSON_DEPTH_MAX; i++)
            xd_json_array_begin(&w, NULL);
        for (int i = 0; i <= XD_JSON_DEPTH_MAX; i++)
            xd_json_array_end(&w);
        break;
    case NOTHING:
    case WRONG_USES_N:
        break;
    }
}

static void a_wrong_use_is_an_internal_error_kept_to_the_end(void)
{
    for (int use = 0; use < WRONG_USES_N; use++) {
        begin(use % 2 == 0);
        use_wrongly((enum wrong_use)use);
        error.message[0] = use == NOTHING || use == UNCLOSED ? '\0' : error.message[0];
        CU_ASSERT_EQUAL(xd_json_end(&w), XD_INTERNAL);
        CU_ASSERT_EQUAL(error.status, XD_INTERNAL);
        CU_ASSERT_EQUAL(strncmp(error.message, "JSON is written wrongly", 23), 0);
        xd_buffer_free(&buffer);
    }
}

static void the_deepest_nesting_is_written(void)
{
    begin(false);
    for (int i = 0; i < XD_JSON_DEPTH_MAX; i++)
        xd_json_array_begin(&w, NULL);
    for (int i = 0; i < XD_JSON_DEPTH_MAX; i++)
        xd_json_array_end(&w);
    CU_ASSERT_EQUAL(xd_json_end(&w), XD_OK);
    CU_ASSERT_EQUAL(buffer.length, 2 * XD_JSON_DEPTH_MAX);
    xd_buffer_free(&buffer);
}

static void a_full_buffer_is_the_first_error(void)
{
    xd_buffer_free(&buffer);
    xd_buffer_init(&buffer, 20);
    xd_json_begin(&w, &buffer, false, &error);
    xd_json_array_begin(&w, NULL);
    xd_json_string(&w, NULL, "abcdefghijklmnopqrstuvwxyz");
    xd_json_object_end(&w); /* a wrong use after the first error changes nothing */
    CU_ASSERT_EQUAL(xd_json_end(&w), XD_DATA);
    CU_ASSERT_EQUAL(error.status, XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "more than 20 bytes"));
    xd_buffer_free(&buffer);
}

static const struct xd_test_case cases[] = {
    XD_CASE(an_indented_text_puts_each_member_on_its_line),
    XD_CASE(a_compact_text_has_no_white_space),
    XD_CASE(strings_are_escaped_strictly),
    XD_CASE(any_bytes_give_a_valid_string),
    XD_CASE(fixed_numbers_are_exact_to_the_last_digit),
    XD_CASE(doubles_take_the_digits_that_are_asked_for),
    XD_CASE(a_wrong_use_is_an_internal_error_kept_to_the_end),
    XD_CASE(the_deepest_nesting_is_written),
    XD_CASE(a_full_buffer_is_the_first_error),
};
const struct xd_test_suite xd_suite_base_json_writer = {"base_json_writer", cases, XD_ARRAY_LENGTH(cases)};
