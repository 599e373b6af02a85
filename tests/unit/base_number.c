#include "base/macros.h"
#include "base/number.h"
#include "tests/unit/base_suites.h"

#include <float.h>
#include <string.h>

static void integers_are_read_whole_or_refused(void)
{
    static const struct {
        const char *text;
        int64_t min, max;
        enum xd_number_result result;
        int64_t value;
    } cases[] = {
        {"0", 0, 0, XD_NUMBER_OK, 0},
        {"-0", 0, 0, XD_NUMBER_OK, 0},
        {"+17", 0, 100, XD_NUMBER_OK, 17},
        {"007", 0, 100, XD_NUMBER_OK, 7},
        {"9223372036854775807", INT64_MIN, INT64_MAX, XD_NUMBER_OK, INT64_MAX},
        {"-9223372036854775808", INT64_MIN, INT64_MAX, XD_NUMBER_OK, INT64_MIN},
        {"9223372036854775808", INT64_MIN, INT64_MAX, XD_NUMBER_RANGE, 0},
        {"-9223372036854775809", INT64_MIN, INT64_MAX, XD_NUMBER_RANGE, 0},
        {"99999999999999999999999", INT64_MIN, INT64_MAX, XD_NUMBER_RANGE, 0},
        {"99999999999999999999999x", INT64_MIN, INT64_MAX, XD_NUMBER_MALFORMED, 0},
        {"101", 0, 100, XD_NUMBER_RANGE, 0},
        {"-1", 0, 100, XD_NUMBER_RANGE, 0},
        {"", 0, 100, XD_NUMBER_EMPTY, 0},
        {"-", 0, 100, XD_NUMBER_MALFORMED, 0},
        {"+-1", 0, 100, XD_NUMBER_MALFORMED, 0},
        {" 1", 0, 100, XD_NUMBER_MALFORMED, 0},
        {"1 ", 0, 100, XD_NUMBER_MALFORMED, 0},
        {"1.0", 0, 100, XD_NUMBER_MALFORMED, 0},
        {"0x10", 0, 100, XD_NUMBER_MALFORMED, 0},
        {"1e2", 0, 100, XD_NUMBER_MALFORMED, 0},
        {"6x0", 0, 100, XD_NUMBER_MALFORMED, 0},
        {"1,000", 0, 10000, XD_NUMBER_MALFORMED, 0},
        {"５", 0, 100, XD_NUMBER_MALFORMED, 0},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        int64_t value = -77;
        CU_ASSERT_EQUAL(xd_parse_int64(cases[i].text, strlen(cases[i].text), cases[i].min, cases[i].max, &value), cases[i].result);
        CU_ASSERT_EQUAL(value, cases[i].result == XD_NUMBER_OK ? cases[i].value : -77);
    }
}

static void a_token_ends_where_its_length_says(void)
{
    int64_t value = 0;
    double real = 0;
    CU_ASSERT_EQUAL(xd_parse_int64("1234", 2, 0, 99, &value), XD_NUMBER_OK);
    CU_ASSERT_EQUAL(value, 12);
    CU_ASSERT_EQUAL(xd_parse_double("1234", 3, 0, 999, &real), XD_NUMBER_OK);
    CU_ASSERT_EQUAL(real, 123);
    CU_ASSERT_EQUAL(xd_parse_fixed("1.239", 4, 2, 0, 999, &value), XD_NUMBER_OK);
    CU_ASSERT_EQUAL(value, 123);
}

static void decimals_become_scaled_integers_rounded_half_away_from_zero(void)
{
    static const struct {
        const char *text;
        int decimals;
        enum xd_number_result result;
        int64_t value;
    } cases[] = {
        {"116.3456789", 7, XD_NUMBER_OK, 1163456789},
        {"-12.5", 0, XD_NUMBER_OK, -13},
        {"12.5", 0, XD_NUMBER_OK, 13},
        {"12.49999999999999999999", 0, XD_NUMBER_OK, 12},
        {"0.00000005", 7, XD_NUMBER_OK, 1},
        {"-0.00000005", 7, XD_NUMBER_OK, -1},
        {"0.00000004999", 7, XD_NUMBER_OK, 0},
        {".5", 1, XD_NUMBER_OK, 5},
        {"3.", 2, XD_NUMBER_OK, 300},
        {"3", 2, XD_NUMBER_OK, 300},
        {"9.999", 2, XD_NUMBER_OK, 1000},
        {"92233720368547758.07", 2, XD_NUMBER_OK, INT64_MAX},
        {"-92233720368547758.08", 2, XD_NUMBER_OK, INT64_MIN},
        {"92233720368547758.075", 2, XD_NUMBER_RANGE, 0},
        {"92233720368547758.08", 2, XD_NUMBER_RANGE, 0},
        {"99999999999999999999", 7, XD_NUMBER_RANGE, 0},
        {"", 7, XD_NUMBER_EMPTY, 0},
        {".", 7, XD_NUMBER_MALFORMED, 0},
        {"-.", 7, XD_NUMBER_MALFORMED, 0},
        {"1.2.3", 7, XD_NUMBER_MALFORMED, 0},
        {"1e3", 7, XD_NUMBER_MALFORMED, 0},
        {"nan", 7, XD_NUMBER_MALFORMED, 0},
        {"1,5", 7, XD_NUMBER_MALFORMED, 0},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        int64_t value = -77;
        CU_ASSERT_EQUAL(xd_parse_fixed(cases[i].text, strlen(cases[i].text), cases[i].decimals, INT64_MIN, INT64_MAX, &value), cases[i].result);
        CU_ASSERT_EQUAL(value, cases[i].result == XD_NUMBER_OK ? cases[i].value : -77);
    }
    int64_t value = 5;
    CU_ASSERT_EQUAL(xd_parse_fixed("180.00000004", 12, 7, -1800000000, 1800000000, &value), XD_NUMBER_OK);
    CU_ASSERT_EQUAL(value, 1800000000);
    CU_ASSERT_EQUAL(xd_parse_fixed("180.0000001", 11, 7, -1800000000, 1800000000, &value), XD_NUMBER_RANGE);
}

static void doubles_are_finite_decimals(void)
{
    static const struct {
        const char *text;
        enum xd_number_result result;
        double value;
    } cases[] = {
        {"1.5", XD_NUMBER_OK, 1.5},         {"-2e3", XD_NUMBER_OK, -2000},     {"5.2E+11", XD_NUMBER_OK, 5.2e11},
        {".25", XD_NUMBER_OK, 0.25},        {"7.", XD_NUMBER_OK, 7},           {"1e-400", XD_NUMBER_OK, 0},
        {"0.1", XD_NUMBER_OK, 0.1},         {"1e400", XD_NUMBER_RANGE, 0},     {"-1e400", XD_NUMBER_RANGE, 0},
        {"", XD_NUMBER_EMPTY, 0},           {"inf", XD_NUMBER_MALFORMED, 0},   {"nan", XD_NUMBER_MALFORMED, 0},
        {"NAN(1)", XD_NUMBER_MALFORMED, 0}, {"0x1p3", XD_NUMBER_MALFORMED, 0}, {"1e", XD_NUMBER_MALFORMED, 0},
        {"1e+", XD_NUMBER_MALFORMED, 0},    {"e5", XD_NUMBER_MALFORMED, 0},    {".e5", XD_NUMBER_MALFORMED, 0},
        {" 1", XD_NUMBER_MALFORMED, 0},     {"1 ", XD_NUMBER_MALFORMED, 0},    {"1,5", XD_NUMBER_MALFORMED, 0},
        {"--1", XD_NUMBER_MALFORMED, 0},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        double value = -77;
        CU_ASSERT_EQUAL(xd_parse_double(cases[i].text, strlen(cases[i].text), -DBL_MAX, DBL_MAX, &value), cases[i].result);
        CU_ASSERT_EQUAL(value, cases[i].result == XD_NUMBER_OK ? cases[i].value : -77);
    }
    double value = -77;
    CU_ASSERT_EQUAL(xd_parse_double("90.1", 4, -90, 90, &value), XD_NUMBER_RANGE);
    char zeros[600];
    memset(zeros, '0', sizeof zeros);
    CU_ASSERT_EQUAL(xd_parse_double(zeros, sizeof zeros, 0, 1, &value), XD_NUMBER_RANGE);
    CU_ASSERT_EQUAL(xd_parse_double(zeros, 511, 0, 1, &value), XD_NUMBER_OK);
    CU_ASSERT_EQUAL(value, 0);
}

static void clocks_reach_to_the_end_of_the_second_day(void)
{
    static const struct {
        const char *text;
        enum xd_number_result result;
        int64_t seconds;
    } cases[] = {
        {"00:00", XD_NUMBER_OK, 0},        {"08:30", XD_NUMBER_OK, 30600},         {"8:30", XD_NUMBER_OK, 30600},
        {"08:30:15", XD_NUMBER_OK, 30615}, {"23:59:59", XD_NUMBER_OK, 86399},      {"26:15", XD_NUMBER_OK, 94500},
        {"48:00", XD_NUMBER_OK, 172800},   {"48:01", XD_NUMBER_RANGE, 0},          {"49:00", XD_NUMBER_RANGE, 0},
        {"08:60", XD_NUMBER_RANGE, 0},     {"08:00:60", XD_NUMBER_RANGE, 0},       {"", XD_NUMBER_EMPTY, 0},
        {"8", XD_NUMBER_MALFORMED, 0},     {"8:3", XD_NUMBER_MALFORMED, 0},        {"008:30", XD_NUMBER_MALFORMED, 0},
        {"-8:30", XD_NUMBER_MALFORMED, 0}, {"08:30:", XD_NUMBER_MALFORMED, 0},     {"08:30:1", XD_NUMBER_MALFORMED, 0},
        {"08.30", XD_NUMBER_MALFORMED, 0}, {"08:30 ", XD_NUMBER_MALFORMED, 0},     {":30", XD_NUMBER_MALFORMED, 0},
        {"0830", XD_NUMBER_MALFORMED, 0},  {"08:30:15:1", XD_NUMBER_MALFORMED, 0}, {"08：30", XD_NUMBER_MALFORMED, 0},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        int64_t seconds = -77;
        CU_ASSERT_EQUAL(xd_parse_clock(cases[i].text, strlen(cases[i].text), &seconds), cases[i].result);
        CU_ASSERT_EQUAL(seconds, cases[i].result == XD_NUMBER_OK ? cases[i].seconds : -77);
    }
}

static void clocks_are_printed_rounded_down(void)
{
    static const struct {
        int64_t seconds;
        const char *text;
    } cases[] = {{0, "00:00"},   {59, "00:00"},   {60, "00:01"},   {86399, "23:59"},  {94500, "26:15"},         {360000, "100:00"},
                 {-1, "-00:01"}, {-60, "-00:01"}, {-61, "-00:02"}, {-3600, "-01:00"}, {INT64_MAX, "999999:59"}, {INT64_MIN, "-999999:59"}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        char text[12];
        xd_format_clock(cases[i].seconds, text);
        CU_ASSERT_STRING_EQUAL(text, cases[i].text);
    }
}

static void dates_are_real_days(void)
{
    static const struct {
        const char *text;
        enum xd_number_result result;
        int64_t days;
    } cases[] = {
        {"1970-01-01", XD_NUMBER_OK, 0},        {"1969-12-31", XD_NUMBER_OK, -1},
        {"2000-03-01", XD_NUMBER_OK, 11017},  /* 30 * 365 + 7 leap days (1972..1996) + 31 + 29 */
        {"1900-01-01", XD_NUMBER_OK, -25567}, /* 70 * 365 + 17 leap days (1904..1968) before */
        {"2199-12-31", XD_NUMBER_OK, 84005},    {"2024-02-29", XD_NUMBER_OK, 19782},
        {"2023-02-29", XD_NUMBER_RANGE, 0},     {"1900-02-29", XD_NUMBER_RANGE, 0},
        {"2000-02-30", XD_NUMBER_RANGE, 0},     {"2026-04-31", XD_NUMBER_RANGE, 0},
        {"2026-13-01", XD_NUMBER_RANGE, 0},     {"2026-00-01", XD_NUMBER_RANGE, 0},
        {"2026-01-00", XD_NUMBER_RANGE, 0},     {"1899-12-31", XD_NUMBER_RANGE, 0},
        {"2200-01-01", XD_NUMBER_RANGE, 0},     {"", XD_NUMBER_EMPTY, 0},
        {"2026-1-01", XD_NUMBER_MALFORMED, 0},  {"2026/01/01", XD_NUMBER_MALFORMED, 0},
        {"26-01-01", XD_NUMBER_MALFORMED, 0},   {"2026-01-01 ", XD_NUMBER_MALFORMED, 0},
        {"2026-o1-01", XD_NUMBER_MALFORMED, 0},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        int64_t days = -777777;
        CU_ASSERT_EQUAL(xd_parse_date(cases[i].text, strlen(cases[i].text), &days), cases[i].result);
        CU_ASSERT_EQUAL(days, cases[i].result == XD_NUMBER_OK ? cases[i].days : -777777);
    }
}

static void every_day_of_three_centuries_is_printed_as_it_is_read(void)
{
    char text[11];
    int64_t wrong = 0;
    for (int64_t day = -25567; day <= 84005; day++) {
        int64_t again = 0;
        xd_format_date(day, text);
        wrong += xd_parse_date(text, 10, &again) != XD_NUMBER_OK || again != day;
    }
    CU_ASSERT_EQUAL(wrong, 0);
    xd_format_date(-719162, text);
    CU_ASSERT_STRING_EQUAL(text, "0001-01-01");
    xd_format_date(-646420, text); /* 199 * 365 + 48 leap days + 31 + 28 days after year 1 began; the year 200 has no 29 February */
    CU_ASSERT_STRING_EQUAL(text, "0200-03-01");
    xd_format_date(2932896, text);
    CU_ASSERT_STRING_EQUAL(text, "9999-12-31");
    xd_format_date(2932897, text);
    CU_ASSERT_STRING_EQUAL(text, "0000-00-00");
    xd_format_date(INT64_MIN, text);
    CU_ASSERT_STRING_EQUAL(text, "0000-00-00");
}

static void checked_arithmetic_keeps_the_result_on_overflow(void)
{
    int64_t result = 5;
    CU_ASSERT_TRUE(xd_add_i64(INT64_MAX - 1, 1, &result));
    CU_ASSERT_EQUAL(result, INT64_MAX);
    CU_ASSERT_FALSE(xd_add_i64(INT64_MAX, 1, &result));
    CU_ASSERT_FALSE(xd_add_i64(INT64_MIN, -1, &result));
    CU_ASSERT_EQUAL(result, INT64_MAX);
    CU_ASSERT_TRUE(xd_multiply_i64(-3, 7, &result));
    CU_ASSERT_EQUAL(result, -21);
    CU_ASSERT_FALSE(xd_multiply_i64(INT64_MIN, -1, &result));
    CU_ASSERT_FALSE(xd_multiply_i64(INT64_C(1) << 32, INT64_C(1) << 31, &result));
    CU_ASSERT_EQUAL(result, -21);
}

static void problems_are_named_for_messages(void)
{
    CU_ASSERT_STRING_EQUAL(xd_number_problem(XD_NUMBER_EMPTY), "is empty");
    CU_ASSERT_STRING_EQUAL(xd_number_problem(XD_NUMBER_MALFORMED), "is not a number");
    CU_ASSERT_STRING_EQUAL(xd_number_problem(XD_NUMBER_RANGE), "is out of range");
}

static const struct xd_test_case cases[] = {
    XD_CASE(integers_are_read_whole_or_refused),
    XD_CASE(a_token_ends_where_its_length_says),
    XD_CASE(decimals_become_scaled_integers_rounded_half_away_from_zero),
    XD_CASE(doubles_are_finite_decimals),
    XD_CASE(clocks_reach_to_the_end_of_the_second_day),
    XD_CASE(clocks_are_printed_rounded_down),
    XD_CASE(dates_are_real_days),
    XD_CASE(every_day_of_three_centuries_is_printed_as_it_is_read),
    XD_CASE(checked_arithmetic_keeps_the_result_on_overflow),
    XD_CASE(problems_are_named_for_messages),
};
const struct xd_test_suite xd_suite_base_number = {"base_number", cases, XD_ARRAY_LENGTH(cases)};
