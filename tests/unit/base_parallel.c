#include "base/hash.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "tests/unit/base_suites.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { ITEMS = 500 };

struct slots {
    uint64_t value[ITEMS];
    int32_t threads_n;
    _Atomic int32_t runs_n;
    _Atomic int32_t wrong_workers_n;
};

/* Uneven work, so that the threads do not take the items in turn. */
static enum xd_status fill_slot(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    struct slots *slots = context;
    (void)error;
    struct xd_rng rng = xd_rng_at(11, XD_RNG_TEST, 0, (uint64_t)item);
    struct xd_hash hash = xd_hash_begin();
    for (int32_t i = 0; i < item % 50 * 20; i++)
        xd_hash_i64(&hash, (int64_t)xd_rng_next(&rng));
    slots->value[item] = xd_hash_end(hash);
    slots->runs_n++;
    if (worker < 0 || worker >= slots->threads_n)
        slots->wrong_workers_n++;
    return XD_OK;
}

static void the_same_bytes_come_from_any_number_of_threads(void)
{
    static struct slots one;
    static struct slots many;
    one.threads_n = 1;
    CU_ASSERT_EQUAL(xd_parallel_for(1, ITEMS, fill_slot, &one, NULL), XD_OK);
    CU_ASSERT_EQUAL(one.runs_n, ITEMS);
    for (int32_t threads_n = 2; threads_n <= 5; threads_n++) {
        memset(&many, 0, sizeof many);
        many.threads_n = threads_n;
        CU_ASSERT_EQUAL(xd_parallel_for(threads_n, ITEMS, fill_slot, &many, NULL), XD_OK);
        CU_ASSERT_EQUAL(many.runs_n, ITEMS);
        CU_ASSERT_EQUAL(many.wrong_workers_n, 0);
        CU_ASSERT_EQUAL(memcmp(one.value, many.value, sizeof one.value), 0);
    }
}

/* Each worker's scratch is its own: a plain counter a worker loses nothing. */
static enum xd_status count_by_worker(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    (void)item;
    (void)error;
    ((int32_t *)context)[worker * 16]++;
    return XD_OK;
}

static void a_worker_runs_one_item_at_a_time(void)
{
    int32_t counts[4 * 16] = {0};
    CU_ASSERT_EQUAL(xd_parallel_for(4, 20000, count_by_worker, counts, NULL), XD_OK);
    CU_ASSERT_EQUAL(counts[0] + counts[16] + counts[32] + counts[48], 20000);
}

static enum xd_status fail_some(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    (void)worker;
    (*(_Atomic int32_t *)context)++;
    if (item == 437)
        return xd_fail(error, XD_DATA, xd_at_none(), "item %d", (int)item);
    if (item == 38 || item == 39 || item == 300)
        return xd_fail(error, item == 38 ? XD_NO_PLAN : XD_IO, xd_at_line("rows", item, 0), "item %d", (int)item);
    return XD_OK;
}

static void the_error_of_the_lowest_failing_item_is_returned(void)
{
    for (int32_t threads_n = 1; threads_n <= 4; threads_n++) {
        for (int round = 0; round < 20; round++) {
            _Atomic int32_t runs_n = 0;
            struct xd_error error;
            CU_ASSERT_EQUAL(xd_parallel_for(threads_n, ITEMS, fail_some, &runs_n, &error), XD_NO_PLAN);
            CU_ASSERT_STRING_EQUAL(error.message, "item 38");
            CU_ASSERT_EQUAL(error.line, 38);
            CU_ASSERT_EQUAL(runs_n, ITEMS);
            CU_ASSERT_EQUAL(xd_parallel_for(threads_n, ITEMS, fail_some, &runs_n, NULL), XD_NO_PLAN);
        }
    }
}

static enum xd_status fail_silently(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    (void)context;
    (void)worker;
    (void)error;
    return item == 2 ? XD_INTERRUPTED : XD_OK;
}

static void an_item_that_fails_without_a_word_still_gives_an_error(void)
{
    struct xd_error error;
    CU_ASSERT_EQUAL(xd_parallel_for(2, 4, fail_silently, NULL, &error), XD_INTERRUPTED);
    CU_ASSERT_EQUAL(error.status, XD_INTERRUPTED);
    CU_ASSERT_TRUE(error.message[0] != '\0');
}

static void no_items_no_threads_and_too_many_threads_are_fine(void)
{
    struct slots *none = NULL;
    CU_ASSERT_EQUAL(xd_parallel_for(4, 0, fill_slot, none, NULL), XD_OK);
    CU_ASSERT_EQUAL(xd_parallel_for(4, -1, fill_slot, none, NULL), XD_OK);
    static struct slots slots;
    slots.threads_n = 1;
    CU_ASSERT_EQUAL(xd_parallel_for(0, 3, fill_slot, &slots, NULL), XD_OK);
    CU_ASSERT_EQUAL(xd_parallel_for(-7, 3, fill_slot, &slots, NULL), XD_OK);
    CU_ASSERT_EQUAL(slots.wrong_workers_n, 0);
    slots.threads_n = 3; /* never more workers than items */
    CU_ASSERT_EQUAL(xd_parallel_for(100000, 3, fill_slot, &slots, NULL), XD_OK);
    CU_ASSERT_EQUAL(slots.wrong_workers_n, 0);
    CU_ASSERT_TRUE(xd_threads_available() >= 1 && xd_threads_available() <= XD_THREADS_MAX);
}

static const struct xd_test_case cases[] = {
    XD_CASE(the_same_bytes_come_from_any_number_of_threads),    XD_CASE(a_worker_runs_one_item_at_a_time),
    XD_CASE(the_error_of_the_lowest_failing_item_is_returned),  XD_CASE(an_item_that_fails_without_a_word_still_gives_an_error),
    XD_CASE(no_items_no_threads_and_too_many_threads_are_fine),
};
const struct xd_test_suite xd_suite_base_parallel = {"base_parallel", cases, XD_ARRAY_LENGTH(cases)};
