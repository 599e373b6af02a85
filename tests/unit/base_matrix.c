#include "base/alloc.h"
#include "base/buffer.h"
#include "base/matrix.h"
#include "tests/unit/base_suites.h"

#include <string.h>

static void a_new_table_reaches_nothing_but_itself(void)
{
    struct xd_matrix *matrix = NULL;
    struct xd_error error;
    CU_ASSERT_EQUAL_FATAL(xd_matrix_create(5, &matrix, &error), XD_OK);
    CU_ASSERT_EQUAL(matrix->points_n, 5);
    for (int32_t i = 0; i < 5; i++) {
        for (int32_t j = 0; j < 5; j++) {
            CU_ASSERT_EQUAL(xd_matrix_reachable(matrix, i, j), i == j);
            CU_ASSERT_EQUAL(xd_matrix_time_s(matrix, i, j), i == j ? 0 : XD_UNREACHABLE);
            CU_ASSERT_EQUAL(xd_matrix_length_m(matrix, i, j), i == j ? 0 : XD_UNREACHABLE);
        }
    }
    matrix->time_s[xd_matrix_cell(matrix, 3, 1)] = 60;
    CU_ASSERT_TRUE(xd_matrix_reachable(matrix, 3, 1));
    CU_ASSERT_FALSE(xd_matrix_reachable(matrix, 1, 3));
    CU_ASSERT_EQUAL(matrix->time_s[16], 60); /* row 3 of 5 columns, column 1 */
    xd_matrix_free(matrix);
    xd_matrix_free(NULL);
}

static void a_table_may_be_empty_and_has_a_limit(void)
{
    struct xd_matrix *matrix = NULL;
    struct xd_error error;
    CU_ASSERT_EQUAL_FATAL(xd_matrix_create(0, &matrix, &error), XD_OK);
    xd_matrix_free(matrix);
    matrix = NULL;
    CU_ASSERT_EQUAL(xd_matrix_create(XD_MATRIX_POINTS_MAX + 1, &matrix, &error), XD_DATA);
    CU_ASSERT_PTR_NULL(matrix);
    CU_ASSERT_STRING_EQUAL(error.message, "a travel table of 32769 points is asked for, the limit is 32768; plan a smaller area");
    CU_ASSERT_EQUAL(xd_matrix_create(-1, &matrix, &error), XD_DATA);
    CU_ASSERT_PTR_NULL(matrix);
}

static void a_buffer_grows_and_stays_nul_terminated(void)
{
    struct xd_buffer buffer;
    struct xd_error error;
    xd_buffer_init(&buffer, 10000);
    CU_ASSERT_EQUAL(xd_buffer_append(&buffer, NULL, 0, &error), XD_OK);
    CU_ASSERT_PTR_NULL(buffer.bytes);
    for (int i = 0; i < 1000; i++)
        CU_ASSERT_EQUAL_FATAL(xd_buffer_append(&buffer, &"abcdefg"[i % 7], 1, &error), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_buffer_printf(&buffer, &error, "%d-%s", 42, "x"), XD_OK);
    CU_ASSERT_EQUAL(buffer.length, 1004);
    CU_ASSERT_EQUAL(strlen(buffer.bytes), 1004);
    CU_ASSERT_EQUAL(strncmp(buffer.bytes, "abcdefgabcdefg", 14), 0);
    CU_ASSERT_STRING_EQUAL(buffer.bytes + 1000, "42-x");
    xd_buffer_clear(&buffer);
    CU_ASSERT_EQUAL(buffer.length, 0);
    CU_ASSERT_STRING_EQUAL(buffer.bytes, "");
    xd_buffer_free(&buffer);
    CU_ASSERT_PTR_NULL(buffer.bytes);
    CU_ASSERT_EQUAL(buffer.max, 10000);
    xd_buffer_clear(&buffer);
    xd_buffer_free(&buffer);
    xd_buffer_free(NULL);
}

static void an_empty_print_makes_an_empty_text(void)
{
    struct xd_buffer buffer;
    xd_buffer_init(&buffer, 10);
    CU_ASSERT_EQUAL_FATAL(xd_buffer_printf(&buffer, NULL, "%s", ""), XD_OK);
    CU_ASSERT_STRING_EQUAL(buffer.bytes, "");
    xd_buffer_free(&buffer);
}

static void a_buffer_refuses_what_goes_over_its_maximum_and_is_unchanged(void)
{
    struct xd_buffer buffer;
    struct xd_error error;
    xd_buffer_init(&buffer, 8);
    CU_ASSERT_EQUAL(xd_buffer_append(&buffer, "12345678", 8, &error), XD_OK);
    CU_ASSERT_EQUAL(xd_buffer_append(&buffer, "9", 1, &error), XD_DATA);
    CU_ASSERT_EQUAL(xd_buffer_printf(&buffer, &error, "%d", 9), XD_DATA);
    CU_ASSERT_EQUAL(xd_buffer_append(&buffer, "9", SIZE_MAX, &error), XD_DATA);
    CU_ASSERT_STRING_EQUAL(buffer.bytes, "12345678");
    CU_ASSERT_EQUAL(buffer.length, 8);
    xd_buffer_free(&buffer);
    xd_buffer_init(&buffer, SIZE_MAX);
    CU_ASSERT_EQUAL(xd_buffer_append(&buffer, "9", SIZE_MAX, &error), XD_NO_MEMORY);
    CU_ASSERT_EQUAL(xd_buffer_append(&buffer, "9", SIZE_MAX - 1, &error), XD_NO_MEMORY);
    CU_ASSERT_EQUAL(xd_buffer_append(&buffer, "9", 1, &error), XD_OK);
    CU_ASSERT_STRING_EQUAL(buffer.bytes, "9");
    xd_buffer_free(&buffer);
}

static const struct xd_test_case cases[] = {
    XD_CASE(a_new_table_reaches_nothing_but_itself),
    XD_CASE(a_table_may_be_empty_and_has_a_limit),
    XD_CASE(a_buffer_grows_and_stays_nul_terminated),
    XD_CASE(an_empty_print_makes_an_empty_text),
    XD_CASE(a_buffer_refuses_what_goes_over_its_maximum_and_is_unchanged),
};
const struct xd_test_suite xd_suite_base_matrix = {"base_matrix", cases, XD_ARRAY_LENGTH(cases)};
