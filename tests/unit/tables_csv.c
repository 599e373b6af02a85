#include "base/alloc.h"
#include "io/bytes/csv.h"
#include "tests/unit/tables_fixture.h"

#include <stdlib.h>
#include <string.h>

static struct xd_csv *read_csv(const char *text, struct xd_diagnostics *diagnostics)
{
    struct xd_csv *csv = NULL;
    enum xd_status status = xd_csv_read(text, strlen(text), "t.csv", XD_CSV_ROWS_MAX, diagnostics, &csv);
    CU_ASSERT_EQUAL(status == XD_OK, csv != NULL);
    return csv;
}

static const char *cell(const struct xd_csv *csv, int32_t row, size_t column)
{
    return csv->text + csv->cells[csv->rows[row].first_cell + column].text;
}

static void separators_are_told_from_the_header(void)
{
    static const struct {
        const char *text;
        char separator;
    } tables[] = {{"a,b\n1,2\n", ','}, {"a;b\r\n1;2\r\n", ';'}, {"a\tb\r1\t2", '\t'}, {"# x;y;z\n\"a;;;\",b\n1,2", ','}};
    for (size_t t = 0; t < XD_ARRAY_LENGTH(tables); t++) {
        struct xd_diagnostics diagnostics = {0};
        struct xd_csv *csv = read_csv(tables[t].text, &diagnostics);
        CU_ASSERT_PTR_NOT_NULL_FATAL(csv);
        CU_ASSERT_EQUAL(csv->separator, tables[t].separator);
        CU_ASSERT_EQUAL(csv->columns_n, 2);
        CU_ASSERT_EQUAL(csv->rows_n, 1);
        CU_ASSERT_STRING_EQUAL(cell(csv, 0, 1), "2");
        xd_csv_free(csv);
        xd_diagnostics_free(&diagnostics);
    }
}

static void cells_know_line_and_character_column(void)
{
    struct xd_diagnostics diagnostics = {0};
    struct xd_csv *csv = read_csv("# 注\n\n名,b,c\r\n云山,\"x\ny\",z\r\n1,,3\r\n", &diagnostics);
    CU_ASSERT_PTR_NOT_NULL_FATAL(csv);
    CU_ASSERT_EQUAL(csv->rows_n, 2);
    CU_ASSERT_EQUAL(csv->header.line, 3);
    const struct xd_csv_cell *first = &csv->cells[csv->rows[0].first_cell];
    CU_ASSERT_EQUAL(first[0].line, 4);
    CU_ASSERT_EQUAL(first[1].column, 4); /* two characters of three bytes and a comma stand before it */
    CU_ASSERT_STRING_EQUAL(cell(csv, 0, 1), "x\ny");
    CU_ASSERT_EQUAL(first[2].line, 5); /* behind the line feed inside the quotes: y", are three characters */
    CU_ASSERT_EQUAL(first[2].column, 4);
    CU_ASSERT_EQUAL(csv->rows[1].line, 6);
    CU_ASSERT_EQUAL(csv->cells[csv->rows[1].first_cell + 2].column, 4);
    xd_csv_free(csv);
    xd_diagnostics_free(&diagnostics);
}

static void blank_rows_comments_and_spare_separators_are_left_out(void)
{
    struct xd_diagnostics diagnostics = {0};
    struct xd_csv *csv = read_csv("a,b,,\n,,\n#1,2\n3,4,,,\n  \n\n\"#5\",6\n,,,,,\n\n\n", &diagnostics);
    CU_ASSERT_PTR_NOT_NULL_FATAL(csv);
    CU_ASSERT_EQUAL(csv->columns_n, 2);
    CU_ASSERT_EQUAL(csv->rows_n, 2);
    CU_ASSERT_STRING_EQUAL(cell(csv, 0, 0), "3");
    CU_ASSERT_STRING_EQUAL(cell(csv, 1, 0), "#5");
    xd_csv_free(csv);
    xd_diagnostics_free(&diagnostics);
}

static void excel_texts_are_unwrapped_in_both_spellings(void)
{
    struct xd_diagnostics diagnostics = {0};
    struct xd_csv *csv = read_csv("a,b,c\n=\"520326\",\"=\"\"520326\"\"\",'=x\n", &diagnostics);
    CU_ASSERT_PTR_NOT_NULL_FATAL(csv);
    CU_ASSERT_STRING_EQUAL(cell(csv, 0, 0), "520326");
    CU_ASSERT_STRING_EQUAL(cell(csv, 0, 1), "520326");
    CU_ASSERT_STRING_EQUAL(cell(csv, 0, 2), "=x");
    xd_csv_free(csv);
    xd_diagnostics_free(&diagnostics);
}

static void numbers_take_full_width_digits_and_plain_thousands_separators(void)
{
    static const struct xd_csv_column columns[] = {{"n|数", true}};
    static const struct {
        const char *table;
        int64_t value; /* thousandths; -1 = refused */
    } cases[] = {
        {"n\n１２３．５\n", 123500},
        {"n,x\n\"1,234,567.5\",\n", 1234567500},
        {"n\n1 234\n", 1234000},
        {"数\n　12　\n", 12000},
        {"n,x\n\"1,23\",\n", -1},
        {"n,x\n\"12,3456\",\n", -1},
        {"n;x\n1,234;\n", -1},
        {"n\n1e3\n", -1},
        {"n\nnan\n", -1},
        {"n\n0x10\n", -1},
        {"n\n--1\n", -1},
        {"n\n12斤\n", -1},
        {"n,x\n,1\n", -1},
        {"n\n1.0005\n", 1001},
        {"n,x\n\"１，２３４\",\n", 1234000},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        struct xd_diagnostics diagnostics = {0};
        static const struct xd_csv_column with_spare[] = {{"n|数", true}, {"x", false}};
        int32_t at[2];
        int64_t value = -7;
        struct xd_csv *csv = read_csv(cases[i].table, &diagnostics);
        CU_ASSERT_PTR_NOT_NULL_FATAL(csv);
        CU_ASSERT_TRUE(xd_csv_match(csv, with_spare, 2, at, &diagnostics));
        struct xd_csv_view view = {.csv = csv, .columns = columns, .at = at, .diagnostics = &diagnostics};
        bool good = xd_csv_fixed(&view, 0, 0, 3, 0, INT64_C(1000000000000), &value);
        CU_ASSERT_EQUAL(good, cases[i].value >= 0);
        CU_ASSERT_EQUAL(value, cases[i].value >= 0 ? cases[i].value : -7);
        CU_ASSERT_EQUAL(diagnostics.errors_n, cases[i].value >= 0 ? 0 : 1);
        xd_csv_free(csv);
        xd_diagnostics_free(&diagnostics);
    }
}

static void what_is_written_is_read_back_and_no_text_is_a_formula(void)
{
    static const char *const texts[] = {"plain", "=1+2",   "+86",        "-1",          "@x",   "'quoted", "'=x",
                                        "a,b",   "a\"b\"", "two\nlines", "#no comment", "云山", ""};
    struct xd_buffer buffer;
    struct xd_csv_writer writer;
    struct xd_error error;
    struct xd_diagnostics diagnostics = {0};
    xd_buffer_init(&buffer, 1 << 16);
    xd_csv_begin(&writer, &buffer, &error);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(texts) + 1; i++) {
        xd_csv_put_text(&writer, i == 0 ? "head" : texts[i - 1]);
        xd_csv_put_integer(&writer, (int64_t)i);
        xd_csv_row_end(&writer);
    }
    CU_ASSERT_EQUAL_FATAL(xd_csv_end(&writer), XD_OK);
    CU_ASSERT_EQUAL(memcmp(buffer.bytes, "\xef\xbb\xbfhead,0\r\n", 11), 0);
    CU_ASSERT_PTR_NULL(strstr(buffer.bytes, "\n="));
    CU_ASSERT_EQUAL(xd_text_decode(&buffer, "t.csv", XD_ENCODING_AUTO, &diagnostics, &error), XD_OK);
    struct xd_csv *csv = read_csv(buffer.bytes, &diagnostics);
    CU_ASSERT_PTR_NOT_NULL_FATAL(csv);
    CU_ASSERT_EQUAL_FATAL(csv->rows_n, (int32_t)XD_ARRAY_LENGTH(texts));
    for (size_t i = 0; i < XD_ARRAY_LENGTH(texts); i++)
        CU_ASSERT_STRING_EQUAL(cell(csv, (int32_t)i, 0), texts[i]);
    xd_csv_free(csv);
    xd_buffer_free(&buffer);
    xd_diagnostics_free(&diagnostics);
}

static void limits_of_cells_columns_and_rows_are_told(void)
{
    struct xd_diagnostics diagnostics = {0};
    size_t n = XD_CSV_CELL_MAX + 100;
    char *text = xd_alloc(n + 1, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    memset(text, 'x', n);
    text[0] = '"';
    text[n] = '\0';
    CU_ASSERT_PTR_NULL(read_csv(text, &diagnostics));
    memset(text, ',', n);
    text[600] = 'x';
    text[601] = '\0';
    CU_ASSERT_PTR_NULL(read_csv(text, &diagnostics));
    struct xd_csv *csv = NULL;
    CU_ASSERT_EQUAL(xd_csv_read("a\n1\n2\n3\n", 8, "t.csv", 2, &diagnostics, &csv), XD_DATA);
    CU_ASSERT_EQUAL_FATAL(diagnostics.errors_n, 3);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.errors[0].message, "more than 65536 bytes"));
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.errors[1].message, "more than 256 cells"));
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.errors[2].message, "more than 2 rows"));
    CU_ASSERT_EQUAL(diagnostics.errors[2].line, 4);
    xd_free(text);
    xd_diagnostics_free(&diagnostics);
}

static enum xd_status decode(const char *bytes, size_t n, enum xd_text_encoding encoding, struct xd_diagnostics *diagnostics, struct xd_buffer *text)
{
    struct xd_error error;
    xd_buffer_init(text, 1 << 16);
    CU_ASSERT_EQUAL(xd_buffer_append(text, bytes, n, &error), XD_OK);
    enum xd_status status = xd_text_decode(text, "t.csv", encoding, diagnostics, &error);
    if (status != XD_OK)
        xd_diagnostics_add(diagnostics, &error);
    return status;
}

static void encodings_are_told_apart(void)
{
    static const char gb[] = "\xd4\xc6\xc9\xbd\xcf\xd8,\x95\x32\x82\x36"; /* 云山县, and U+20000 of four bytes */
    static const struct {
        const char *bytes;
        size_t n;
        enum xd_text_encoding encoding;
        enum xd_status status;
        const char *text;
        int warnings_n;
        int64_t column; /* of the error */
    } cases[] = {
        {"\xef\xbb\xbf云山", 9, XD_ENCODING_AUTO, XD_OK, "云山", 0, 0},
        {"云山", 6, XD_ENCODING_AUTO, XD_OK, "云山", 0, 0},
        {gb, sizeof gb - 1, XD_ENCODING_AUTO, XD_OK, "云山县,\xf0\xa0\x80\x80", 1, 0},
        {gb, sizeof gb - 1, XD_ENCODING_GB18030, XD_OK, "云山县,\xf0\xa0\x80\x80", 0, 0},
        {gb, sizeof gb - 1, XD_ENCODING_UTF8, XD_DATA, "", 0, 1},
        {"\xc1\xaa\xcd\xa8", 4, XD_ENCODING_GB18030, XD_OK, "联通", 0, 0},
        {"ab\xff\xff", 4, XD_ENCODING_AUTO, XD_DATA, "", 0, 3},
        {"\xff\xfe"
         "a\0",
         4, XD_ENCODING_AUTO, XD_DATA, "", 0, 1},
        {"ab\0c", 4, XD_ENCODING_AUTO, XD_DATA, "", 0, 3},
        {"\xef\xbb\xbf"
         "ab\xff",
         6, XD_ENCODING_AUTO, XD_DATA, "", 0, 3},
        {"\xef\xbb\xbf"
         "ab\xe8\xe8",
         7, XD_ENCODING_GB18030, XD_DATA, "", 0, 3},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        struct xd_buffer text;
        struct xd_diagnostics diagnostics = {0};
        CU_ASSERT_EQUAL(decode(cases[i].bytes, cases[i].n, cases[i].encoding, &diagnostics, &text), cases[i].status);
        CU_ASSERT_STRING_EQUAL(text.bytes, cases[i].text);
        CU_ASSERT_EQUAL(diagnostics.warnings_n, cases[i].warnings_n);
        CU_ASSERT_EQUAL(diagnostics.errors_n, cases[i].status != XD_OK);
        if (diagnostics.errors_n > 0)
            CU_ASSERT_EQUAL(diagnostics.errors[0].column, cases[i].column);
        xd_buffer_free(&text);
        xd_diagnostics_free(&diagnostics);
    }
}

static void fixed_numbers_are_written_without_spare_zeros(void)
{
    static const struct {
        int64_t value;
        int decimals;
        const char *text;
    } cases[] = {{0, 3, "0"},          {1500, 3, "1.5"},          {-1500, 3, "-1.5"}, {5, 3, "0.005"},
                 {1000, 3, "1"},       {1066100000, 7, "106.61"}, {120, 0, "120"},    {INT64_MIN, 0, "-9223372036854775808"},
                 {-1, 7, "-0.0000001"}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        char text[32];
        xd_fixed_text(cases[i].value, cases[i].decimals, text);
        CU_ASSERT_STRING_EQUAL(text, cases[i].text);
    }
}

static const struct xd_test_case cases[] = {
    XD_CASE(separators_are_told_from_the_header),
    XD_CASE(cells_know_line_and_character_column),
    XD_CASE(blank_rows_comments_and_spare_separators_are_left_out),
    XD_CASE(excel_texts_are_unwrapped_in_both_spellings),
    XD_CASE(numbers_take_full_width_digits_and_plain_thousands_separators),
    XD_CASE(what_is_written_is_read_back_and_no_text_is_a_formula),
    XD_CASE(limits_of_cells_columns_and_rows_are_told),
    XD_CASE(encodings_are_told_apart),
    XD_CASE(fixed_numbers_are_written_without_spare_zeros),
};
const struct xd_test_suite xd_suite_tables_csv = {"tables_csv", cases, XD_ARRAY_LENGTH(cases)};
