#include "base/alloc.h"
#include "base/arena.h"
#include "base/parallel.h"
#include "tests/unit/base_suites.h"

#include <stdio.h>
#include <string.h>

static void blocks_are_counted_and_returned(void)
{
    struct xd_alloc_statistics before = xd_alloc_statistics_read();
    char *a = xd_alloc(10, 7);
    char *b = xd_alloc_zero(100, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(a);
    CU_ASSERT_PTR_NOT_NULL_FATAL(b);
    struct xd_alloc_statistics during = xd_alloc_statistics_read();
    CU_ASSERT_EQUAL(during.live_n - before.live_n, 2);
    CU_ASSERT_EQUAL(during.live_bytes - before.live_bytes, 170);
    CU_ASSERT_EQUAL(during.allocations_n - before.allocations_n, 2);
    CU_ASSERT_TRUE(during.peak_bytes >= during.live_bytes);
    for (int i = 0; i < 100; i++)
        CU_ASSERT_EQUAL(b[i], 0);
    xd_free(a);
    xd_free(b);
    xd_free(NULL);
    struct xd_alloc_statistics after = xd_alloc_statistics_read();
    CU_ASSERT_EQUAL(after.live_n, before.live_n);
    CU_ASSERT_EQUAL(after.live_bytes, before.live_bytes);
}

static void blocks_are_aligned_to_sixteen(void)
{
    for (size_t size = 0; size < 200; size++) {
        void *block = xd_alloc(size, 1);
        CU_ASSERT_PTR_NOT_NULL_FATAL(block);
        CU_ASSERT_EQUAL((uintptr_t)block % 16, 0);
        xd_free(block);
    }
}

static void an_overflowing_size_is_refused(void)
{
    void *none = xd_alloc(SIZE_MAX / 2, 3);
    CU_ASSERT_PTR_NULL(none);
    none = xd_alloc_zero(SIZE_MAX, 1);
    CU_ASSERT_PTR_NULL(none);
    char *kept = xd_alloc(4, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(kept);
    memcpy(kept, "abc", 4);
    none = xd_realloc(kept, SIZE_MAX / 4, 8);
    CU_ASSERT_PTR_NULL(none);
    CU_ASSERT_STRING_EQUAL(kept, "abc");
    xd_free(kept);
}

static void realloc_keeps_the_contents_and_counts_the_difference(void)
{
    struct xd_alloc_statistics before = xd_alloc_statistics_read();
    char *text = xd_realloc(NULL, 4, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    memcpy(text, "abc", 4);
    text = xd_realloc(text, 100000, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    CU_ASSERT_STRING_EQUAL(text, "abc");
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_bytes - before.live_bytes, 100000);
    text = xd_realloc(text, 2, 2);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    CU_ASSERT_STRING_EQUAL(text, "abc");
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_bytes - before.live_bytes, 4);
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n - before.live_n, 1);
    xd_free(text);
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_bytes, before.live_bytes);
}

static void the_hook_fails_the_nth_allocation_only(void)
{
    void *blocks[5];
    xd_alloc_fail_at(3, false);
    for (int i = 0; i < 5; i++)
        blocks[i] = xd_alloc(1, 8);
    xd_alloc_fail_at(0, false);
    for (int i = 0; i < 5; i++) {
        CU_ASSERT_EQUAL(blocks[i] == NULL, i == 2);
        xd_free(blocks[i]);
    }
}

static void the_hook_fails_the_nth_and_all_later_allocations(void)
{
    void *blocks[5];
    xd_alloc_fail_at(3, true);
    for (int i = 0; i < 5; i++)
        blocks[i] = i % 2 ? xd_alloc_zero(1, 8) : xd_malloc_plain(8);
    void *grown = blocks[0] ? xd_realloc_plain(blocks[0], 16) : NULL;
    xd_alloc_fail_at(0, false);
    CU_ASSERT_PTR_NULL(grown);
    for (int i = 0; i < 5; i++) {
        CU_ASSERT_EQUAL(blocks[i] == NULL, i >= 2);
        xd_free(blocks[i]);
    }
}

static void the_budget_refuses_what_goes_over_it(void)
{
    struct xd_alloc_statistics before = xd_alloc_statistics_read();
    xd_alloc_budget_set((size_t)before.live_bytes + 1000);
    void *fits = xd_alloc(900, 1);
    void *over = xd_alloc(101, 1);
    void *rest = xd_alloc(100, 1);
    void *grown = xd_realloc(rest, 101, 1);
    xd_alloc_budget_set(0);
    CU_ASSERT_PTR_NOT_NULL(fits);
    CU_ASSERT_PTR_NULL(over);
    CU_ASSERT_PTR_NOT_NULL(rest);
    CU_ASSERT_PTR_NULL(grown);
    xd_free(fits);
    xd_free(rest);
    void *after = xd_alloc(5000, 1);
    CU_ASSERT_PTR_NOT_NULL(after);
    xd_free(after);
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_bytes, before.live_bytes);
}

static void the_peak_is_reset_to_what_lives(void)
{
    void *big = xd_alloc(1 << 20, 1);
    CU_ASSERT_PTR_NOT_NULL(big);
    xd_free(big);
    xd_alloc_statistics_reset();
    struct xd_alloc_statistics now = xd_alloc_statistics_read();
    CU_ASSERT_EQUAL(now.allocations_n, 0);
    CU_ASSERT_EQUAL(now.peak_bytes, now.live_bytes);
    void *small = xd_alloc(100, 1);
    xd_free(small);
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().peak_bytes, now.live_bytes + 100);
}

static enum xd_status allocate_in_turn(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    (void)context;
    (void)worker;
    for (int i = 0; i < 200; i++) {
        void *block = xd_alloc((size_t)(item % 7 + i), 3);
        if (!block)
            return xd_fail_memory(error, "a test", 1);
        block = xd_realloc(block, (size_t)i + 1, 1); /* never fails here; a failure would show as a leak */
        xd_free(block);
    }
    return XD_OK;
}

static void four_threads_count_without_losing_any(void)
{
    struct xd_alloc_statistics before = xd_alloc_statistics_read();
    struct xd_error error;
    CU_ASSERT_EQUAL(xd_parallel_for(4, 64, allocate_in_turn, NULL, &error), XD_OK);
    struct xd_alloc_statistics after = xd_alloc_statistics_read();
    CU_ASSERT_EQUAL(after.live_n, before.live_n);
    CU_ASSERT_EQUAL(after.live_bytes, before.live_bytes);
    CU_ASSERT_EQUAL(after.allocations_n - before.allocations_n, 64 * 200 * 2);
}

static void a_failed_allocation_is_named_with_its_size(void)
{
    struct xd_error error;
    CU_ASSERT_EQUAL(xd_fail_memory(&error, "the travel table", 4096), XD_NO_MEMORY);
    CU_ASSERT_STRING_EQUAL(error.message, "out of memory: the travel table needs 4096 bytes");
}

static void an_array_grows_by_doubling_up_to_its_maximum(void)
{
    void *items = NULL;
    size_t capacity = 0;
    struct xd_error error;
    CU_ASSERT_EQUAL(xd_array_reserve(&items, &capacity, 1, 4, 100, "stops", &error), XD_OK);
    CU_ASSERT_EQUAL(capacity, 16);
    CU_ASSERT_EQUAL(xd_array_reserve(&items, &capacity, 17, 4, 100, "stops", &error), XD_OK);
    CU_ASSERT_EQUAL(capacity, 32);
    CU_ASSERT_EQUAL(xd_array_reserve(&items, &capacity, 70, 4, 100, "stops", &error), XD_OK);
    CU_ASSERT_EQUAL(capacity, 70);
    CU_ASSERT_EQUAL(xd_array_reserve(&items, &capacity, 71, 4, 100, "stops", &error), XD_OK);
    CU_ASSERT_EQUAL(capacity, 100); /* 140 would pass the maximum */
    void *before = items;
    CU_ASSERT_EQUAL(xd_array_reserve(&items, &capacity, 101, 4, 100, "stops", &error), XD_DATA);
    CU_ASSERT_EQUAL(capacity, 100);
    CU_ASSERT_PTR_EQUAL(items, before);
    CU_ASSERT_STRING_EQUAL(error.message, "stops: 101 are needed, the limit is 100; split the input");
    xd_free(items);
    items = NULL;
    capacity = 0;
    CU_ASSERT_EQUAL(xd_array_reserve(&items, &capacity, SIZE_MAX / 2, 16, SIZE_MAX, "stops", &error), XD_NO_MEMORY);
    CU_ASSERT_PTR_NULL(items);
    CU_ASSERT_EQUAL(capacity, 0);
}

static void arena_pieces_are_aligned_and_do_not_overlap(void)
{
    enum { PIECES = 3000 };
    static unsigned char *pieces[PIECES];
    static size_t sizes[PIECES];
    struct xd_arena arena = {0};
    size_t asked = 0;
    for (size_t i = 0; i < PIECES; i++) {
        sizes[i] = i % 500 == 499 ? 100000 + i : i * 37 % 700; /* some larger than a block */
        asked += sizes[i];
        pieces[i] = xd_arena_alloc(&arena, sizes[i], 1);
        CU_ASSERT_PTR_NOT_NULL_FATAL(pieces[i]);
        CU_ASSERT_EQUAL((uintptr_t)pieces[i] % (sizes[i] >= 64 ? 64 : 16), 0);
        memset(pieces[i], (int)(i % 251), sizes[i]);
    }
    size_t wrong = 0;
    for (size_t i = 0; i < PIECES; i++)
        for (size_t j = 0; j < sizes[i]; j++)
            wrong += pieces[i][j] != i % 251;
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_TRUE(arena.total_bytes >= asked);
    xd_arena_free(&arena);
    CU_ASSERT_PTR_NULL(arena.blocks);
    xd_arena_free(NULL);
}

static void an_arena_takes_few_blocks(void)
{
    struct xd_alloc_statistics before = xd_alloc_statistics_read();
    struct xd_arena arena;
    xd_arena_init(&arena);
    for (int i = 0; i < 1 << 18; i++)
        CU_ASSERT_PTR_NOT_NULL_FATAL(xd_arena_alloc(&arena, 1, 64)); /* 16 MiB in all */
    /* 64, 64, 128, ... 2048 KiB make 4 MiB in 7 blocks, then 3 to 4 of 4 MiB */
    CU_ASSERT_TRUE(xd_alloc_statistics_read().allocations_n - before.allocations_n <= 12);
    xd_arena_free(&arena);
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, before.live_n);
}

static void a_large_piece_does_not_waste_the_rest_of_a_block(void)
{
    struct xd_arena arena = {0};
    const unsigned char *first = xd_arena_alloc(&arena, 1, 16);
    CU_ASSERT_PTR_NOT_NULL(xd_arena_alloc(&arena, 1, 40000)); /* of the 64 KiB of the first block */
    CU_ASSERT_PTR_NOT_NULL(xd_arena_alloc(&arena, 1, 40000)); /* does not fit any more: a block of its own */
    const unsigned char *next = xd_arena_alloc(&arena, 1, 16);
    CU_ASSERT_TRUE(next > first && next < first + 65536);
    CU_ASSERT_EQUAL(arena.total_bytes, 65536 + 40000);
    xd_arena_free(&arena);
}

static void a_reset_arena_keeps_its_largest_block_only(void)
{
    struct xd_alloc_statistics before = xd_alloc_statistics_read();
    struct xd_arena arena = {0};
    for (int i = 0; i < 5; i++)
        CU_ASSERT_PTR_NOT_NULL_FATAL(xd_arena_alloc(&arena, 1000, 30));
    CU_ASSERT_PTR_NOT_NULL_FATAL(xd_arena_alloc(&arena, 1, 3 << 20));
    xd_arena_reset(&arena);
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n - before.live_n, 1);
    CU_ASSERT_EQUAL(arena.total_bytes, 3 << 20);
    uint64_t allocations_n = xd_alloc_statistics_read().allocations_n;
    CU_ASSERT_PTR_NOT_NULL(xd_arena_alloc(&arena, 1, 3 << 20)); /* all of it again, without a new block */
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().allocations_n, allocations_n);
    xd_arena_free(&arena);
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, before.live_n);
    xd_arena_reset(&arena); /* an empty one */
}

static void arena_copies_are_equal_and_strings_end_with_nul(void)
{
    struct xd_arena arena = {0};
    static const int32_t numbers[] = {3, 1, 2};
    const int32_t *copy = xd_arena_copy(&arena, numbers, 3, sizeof numbers[0]);
    CU_ASSERT_PTR_NOT_NULL_FATAL(copy);
    CU_ASSERT_EQUAL(memcmp(copy, numbers, sizeof numbers), 0);
    CU_ASSERT_PTR_NOT_NULL(xd_arena_copy(&arena, NULL, 0, 4));
    const char *text = xd_arena_string(&arena, "village", 4);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    CU_ASSERT_STRING_EQUAL(text, "vill");
    const char *zeros = xd_arena_alloc_zero(&arena, 10, 10);
    CU_ASSERT_PTR_NOT_NULL_FATAL(zeros);
    for (int i = 0; i < 100; i++)
        CU_ASSERT_EQUAL(zeros[i], 0);
    CU_ASSERT_PTR_NULL(xd_arena_alloc(&arena, SIZE_MAX, 2));
    CU_ASSERT_PTR_NULL(xd_arena_alloc(&arena, SIZE_MAX / 2, 1));
    CU_ASSERT_PTR_NULL(xd_arena_string(&arena, "", SIZE_MAX));
    xd_arena_free(&arena);
}

static const struct xd_test_case cases[] = {
    XD_CASE(blocks_are_counted_and_returned),
    XD_CASE(blocks_are_aligned_to_sixteen),
    XD_CASE(an_overflowing_size_is_refused),
    XD_CASE(realloc_keeps_the_contents_and_counts_the_difference),
    XD_CASE(the_hook_fails_the_nth_allocation_only),
    XD_CASE(the_hook_fails_the_nth_and_all_later_allocations),
    XD_CASE(the_budget_refuses_what_goes_over_it),
    XD_CASE(the_peak_is_reset_to_what_lives),
    XD_CASE(four_threads_count_without_losing_any),
    XD_CASE(a_failed_allocation_is_named_with_its_size),
    XD_CASE(an_array_grows_by_doubling_up_to_its_maximum),
    XD_CASE(arena_pieces_are_aligned_and_do_not_overlap),
    XD_CASE(an_arena_takes_few_blocks),
    XD_CASE(a_large_piece_does_not_waste_the_rest_of_a_block),
    XD_CASE(a_reset_arena_keeps_its_largest_block_only),
    XD_CASE(arena_copies_are_equal_and_strings_end_with_nul),
};
const struct xd_test_suite xd_suite_base_alloc = {"base_alloc", cases, XD_ARRAY_LENGTH(cases)};
