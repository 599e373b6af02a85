/* Each allocation of each constructor of base is failed in turn: the status is XD_NO_MEMORY, the outputs are unchanged, nothing leaks. */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/json_writer.h"
#include "base/matrix.h"
#include "base/parallel.h"
#include "tests/unit/base_suites.h"

#include <string.h>

static enum xd_status make_matrix(struct xd_error *error)
{
    struct xd_matrix *matrix = NULL;
    enum xd_status status = xd_matrix_create(20, &matrix, error);
    CU_ASSERT_EQUAL(status == XD_OK, matrix != NULL);
    xd_matrix_free(matrix);
    return status;
}

static enum xd_status grow_array(struct xd_error *error)
{
    void *items = NULL;
    size_t capacity = 0;
    enum xd_status status = XD_OK;
    for (size_t n = 1; n < 1000 && status == XD_OK; n++) {
        void *before = items;
        size_t capacity_before = capacity;
        status = xd_array_reserve(&items, &capacity, n, 8, 1000, "numbers", error);
        if (status != XD_OK) {
            CU_ASSERT_PTR_EQUAL(items, before);
            CU_ASSERT_EQUAL(capacity, capacity_before);
        }
    }
    xd_free(items);
    return status;
}

static enum xd_status fill_buffer(struct xd_error *error)
{
    struct xd_buffer buffer;
    enum xd_status status = XD_OK;
    xd_buffer_init(&buffer, 100000);
    for (int i = 0; i < 500 && status == XD_OK; i++) {
        size_t length = buffer.length;
        status = i % 2 ? xd_buffer_append(&buffer, "twenty bytes of text", 20, error) : xd_buffer_printf(&buffer, error, "%010d", i);
        if (status != XD_OK) {
            CU_ASSERT_EQUAL(buffer.length, length);
            if (buffer.bytes)
                CU_ASSERT_EQUAL(strlen(buffer.bytes), length);
        }
    }
    xd_buffer_free(&buffer);
    return status;
}

static enum xd_status write_json(struct xd_error *error)
{
    struct xd_buffer buffer;
    struct xd_json_writer w;
    xd_buffer_init(&buffer, 100000);
    xd_json_begin(&w, &buffer, true, error);
    xd_json_array_begin(&w, NULL);
    for (int i = 0; i < 500; i++)
        xd_json_int(&w, NULL, i);
    xd_json_array_end(&w);
    enum xd_status status = xd_json_end(&w);
    xd_buffer_free(&buffer);
    return status;
}

static enum xd_status fill_arena(struct xd_error *error)
{
    struct xd_arena arena = {0};
    enum xd_status status = XD_OK;
    for (size_t i = 0; i < 3000 && status == XD_OK; i++) {
        size_t before = arena.total_bytes;
        if (!xd_arena_alloc(&arena, i % 400 == 399 ? 50000 : 10, 8)) {
            status = xd_fail_memory(error, "an arena", 80);
            CU_ASSERT_EQUAL(arena.total_bytes, before);
            xd_arena_reset(&arena); /* usable again after a failure */
        }
    }
    xd_arena_free(&arena);
    return status;
}

static enum xd_status copy_string(struct xd_error *error)
{
    char *copy = xd_string_copy("station");
    enum xd_status status = copy ? XD_OK : xd_fail_memory(error, "a name", 8);
    xd_free(copy);
    return status;
}

static enum xd_status make_matrix_item(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    (void)context;
    (void)worker;
    struct xd_matrix *matrix = NULL;
    enum xd_status status = xd_matrix_create(item, &matrix, error); /* no assertion inside a parallel region */
    xd_matrix_free(matrix);
    return status;
}

static enum xd_status make_many_in_parallel(struct xd_error *error)
{
    return xd_parallel_for(3, 30, make_matrix_item, NULL, error);
}

static void each_allocation_of_each_constructor_may_fail(void)
{
    static enum xd_status (*const constructors[])(struct xd_error *) = {make_matrix, grow_array,  fill_buffer,          write_json,
                                                                        fill_arena,  copy_string, make_many_in_parallel};
    static const uint64_t allocations_n[] = {3, 7, 6, 5, 5, 1, 90}; /* at least so many are failed: the loop below is not empty */
    for (size_t c = 0; c < XD_ARRAY_LENGTH(constructors); c++) {
        for (int and_after = 0; and_after < 2; and_after++) {
            enum xd_status status = XD_NO_MEMORY;
            uint64_t n = 0;
            while (status != XD_OK) {
                struct xd_error error = {.message = ""};
                struct xd_alloc_statistics start = xd_alloc_statistics_read();
                CU_ASSERT_TRUE_FATAL(++n < 1000);
                xd_alloc_fail_at(n, and_after != 0);
                status = constructors[c](&error);
                xd_alloc_fail_at(0, false);
                struct xd_alloc_statistics end = xd_alloc_statistics_read();
                CU_ASSERT_TRUE_FATAL(status == XD_OK || status == XD_NO_MEMORY);
                CU_ASSERT_EQUAL(strncmp(error.message, "out of memory: ", 15) == 0, status != XD_OK);
                CU_ASSERT_EQUAL(end.live_n, start.live_n);
                CU_ASSERT_EQUAL(end.live_bytes, start.live_bytes);
            }
            CU_ASSERT_TRUE(n > allocations_n[c]);
        }
    }
}

static const struct xd_test_case cases[] = {
    XD_CASE(each_allocation_of_each_constructor_may_fail),
};
const struct xd_test_suite xd_suite_base_fault = {"base_fault", cases, XD_ARRAY_LENGTH(cases)};
