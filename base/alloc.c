#include "base/alloc.h"

#include <malloc.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Stands before every block, so that xd_free knows what it returns. Its size keeps the block's alignment. */
struct block_header {
    alignas(16) size_t bytes;
};
_Static_assert(sizeof(struct block_header) == 16, "the header keeps malloc's alignment");

enum hook_mode { HOOK_OFF, HOOK_ONE, HOOK_ALL_AFTER };

static _Atomic int hook_mode = HOOK_OFF;
static _Atomic uint64_t hook_nth = 0;
static _Atomic uint64_t hook_seen_n = 0;
static _Atomic int64_t budget_bytes = INT64_MAX;
static _Atomic uint64_t allocations_n = 0;
static _Atomic int64_t live_n = 0;
static _Atomic int64_t live_bytes = 0;
static _Atomic int64_t peak_bytes = 0;

static bool hook_fails(void)
{
    int mode = atomic_load_explicit(&hook_mode, memory_order_relaxed);
    if (mode == HOOK_OFF)
        return false;
    uint64_t seen_n = atomic_fetch_add_explicit(&hook_seen_n, 1, memory_order_relaxed) + 1;
    uint64_t nth = atomic_load_explicit(&hook_nth, memory_order_relaxed);
    return mode == HOOK_ONE ? seen_n == nth : seen_n >= nth;
}

/* Counts `more` bytes as live; false over the budget. Counted first and given back, so that two threads cannot both take the last bytes. */
static bool take_bytes(int64_t more)
{
    int64_t now = atomic_fetch_add_explicit(&live_bytes, more, memory_order_relaxed) + more;
    if (more > 0 && now > atomic_load_explicit(&budget_bytes, memory_order_relaxed)) {
        atomic_fetch_sub_explicit(&live_bytes, more, memory_order_relaxed);
        return false;
    }
    return true;
}

/* After success only, so that a refused allocation does not count towards the peak. */
static void note_peak(void)
{
    int64_t now = atomic_load_explicit(&live_bytes, memory_order_relaxed);
    int64_t peak = atomic_load_explicit(&peak_bytes, memory_order_relaxed);
    while (now > peak && !atomic_compare_exchange_weak_explicit(&peak_bytes, &peak, now, memory_order_relaxed, memory_order_relaxed)) {
    }
}

static bool total_size(size_t count, size_t size, size_t *bytes)
{
    size_t product;
    if (__builtin_mul_overflow(count, size, &product) || product > (size_t)PTRDIFF_MAX - sizeof(struct block_header))
        return false;
    *bytes = product;
    return true;
}

enum { PAGE_BYTES = 4096, LARGE_PAGE_BYTES = 2 << 20, FRESH_BYTES = 128 * 1024, LARGE_BYTES = 4 << 20 };

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 /* Linux 5.14; refused by older ones, where nothing is wrong without it */
#endif

static void populate(uintptr_t first, uintptr_t end)
{
    first = first / PAGE_BYTES * PAGE_BYTES;
    if (first < end)
        (void)madvise((void *)first, (end - first + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES, MADV_POPULATE_WRITE);
}

/* Pages of what is asked for in one piece are mostly all written to, and soon. Taking them from the system one by one costs more than what is done with them, above
 * all on virtual machines, so that they are taken together: the first and the last of a large block, which are small ones, and all of a block that is not so large;
 * between them in pages of 2 MiB as they are touched, where the system grants them. `known` bytes of the block have been there before. The hint names the whole
 * mapping: one that is half of one sort and half of another cannot be moved when the block grows. */
static void take_pages(void *block, size_t known, size_t bytes)
{
    const uintptr_t start = (uintptr_t)block, end = start + bytes;
    if (bytes < FRESH_BYTES)
        return;
    if (bytes < LARGE_BYTES) {
        populate(start + known, end);
        return;
    }
    const uintptr_t first_page = start / PAGE_BYTES * PAGE_BYTES;
    const uintptr_t last_page_end = (start + malloc_usable_size(block) + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    (void)madvise((void *)first_page, last_page_end - first_page, MADV_HUGEPAGE);
    const uintptr_t first_large = (start + LARGE_PAGE_BYTES - 1) / LARGE_PAGE_BYTES * LARGE_PAGE_BYTES;
    const uintptr_t last_large_end = end / LARGE_PAGE_BYTES * LARGE_PAGE_BYTES;
    populate(start + known, first_large);
    populate(start + known > last_large_end ? start + known : last_large_end, end);
}

static void *allocate(size_t count, size_t size, bool zero)
{
    size_t bytes;
    if (!total_size(count, size, &bytes) || hook_fails() || !take_bytes((int64_t)bytes))
        return NULL;
    struct block_header *header = zero ? calloc(1, sizeof *header + bytes) : malloc(sizeof *header + bytes);
    if (!header) {
        atomic_fetch_sub_explicit(&live_bytes, (int64_t)bytes, memory_order_relaxed);
        return NULL;
    }
    take_pages(header, 0, sizeof *header + bytes);
    header->bytes = bytes;
    atomic_fetch_add_explicit(&allocations_n, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&live_n, 1, memory_order_relaxed);
    note_peak();
    return header + 1;
}

void *xd_alloc(size_t count, size_t size)
{
    return allocate(count, size, false);
}

void *xd_alloc_zero(size_t count, size_t size)
{
    return allocate(count, size, true);
}

void *xd_realloc(void *old, size_t count, size_t size)
{
    if (!old)
        return allocate(count, size, false);
    size_t bytes;
    struct block_header *header = (struct block_header *)old - 1;
    size_t old_bytes = header->bytes;
    if (!total_size(count, size, &bytes) || hook_fails())
        return NULL;
    int64_t more = (int64_t)bytes - (int64_t)old_bytes;
    if (more > 0 && !take_bytes(more))
        return NULL;
    struct block_header *grown = realloc(header, sizeof *grown + bytes);
    if (!grown) {
        if (more > 0)
            atomic_fetch_sub_explicit(&live_bytes, more, memory_order_relaxed);
        return NULL;
    }
    if (more < 0)
        atomic_fetch_add_explicit(&live_bytes, more, memory_order_relaxed);
    else
        take_pages(grown, sizeof *grown + old_bytes, sizeof *grown + bytes);
    grown->bytes = bytes;
    atomic_fetch_add_explicit(&allocations_n, 1, memory_order_relaxed);
    note_peak();
    return grown + 1;
}

void xd_free(void *pointer)
{
    if (!pointer)
        return;
    struct block_header *header = (struct block_header *)pointer - 1;
    atomic_fetch_sub_explicit(&live_bytes, (int64_t)header->bytes, memory_order_relaxed);
    atomic_fetch_sub_explicit(&live_n, 1, memory_order_relaxed);
    free(header);
}

char *xd_string_copy(const char *text)
{
    size_t n = strlen(text) + 1;
    char *copy = xd_alloc(n, 1);
    if (copy)
        memcpy(copy, text, n);
    return copy;
}

void *xd_malloc_plain(size_t size)
{
    return allocate(1, size, false);
}

void *xd_realloc_plain(void *old, size_t size)
{
    return xd_realloc(old, 1, size);
}

void xd_alloc_fail_at(uint64_t nth, bool and_after)
{
    atomic_store_explicit(&hook_mode, HOOK_OFF, memory_order_relaxed);
    atomic_store_explicit(&hook_seen_n, 0, memory_order_relaxed);
    atomic_store_explicit(&hook_nth, nth, memory_order_relaxed);
    if (nth > 0)
        atomic_store_explicit(&hook_mode, and_after ? HOOK_ALL_AFTER : HOOK_ONE, memory_order_relaxed);
}

void xd_alloc_budget_set(size_t bytes)
{
    bool limited = bytes > 0 && bytes < (size_t)INT64_MAX;
    atomic_store_explicit(&budget_bytes, limited ? (int64_t)bytes : INT64_MAX, memory_order_relaxed);
}

struct xd_alloc_statistics xd_alloc_statistics_read(void)
{
    return (struct xd_alloc_statistics){
        .allocations_n = atomic_load_explicit(&allocations_n, memory_order_relaxed),
        .live_n = atomic_load_explicit(&live_n, memory_order_relaxed),
        .live_bytes = atomic_load_explicit(&live_bytes, memory_order_relaxed),
        .peak_bytes = atomic_load_explicit(&peak_bytes, memory_order_relaxed),
    };
}

void xd_alloc_statistics_reset(void)
{
    atomic_store_explicit(&allocations_n, 0, memory_order_relaxed);
    atomic_store_explicit(&peak_bytes, atomic_load_explicit(&live_bytes, memory_order_relaxed), memory_order_relaxed);
}

enum xd_status xd_fail_memory(struct xd_error *error, const char *what, size_t bytes)
{
    return xd_fail(error, XD_NO_MEMORY, xd_at_none(), "out of memory: %s needs %zu bytes", xd_message(what), bytes);
}

enum xd_status xd_array_reserve(void **items, size_t *capacity, size_t needed_n, size_t item_size, size_t max_n, const char *what,
                                struct xd_error *error)
{
    if (needed_n > max_n)
        return xd_fail(error, XD_DATA, xd_at_none(), "%s: %zu are needed, the limit is %zu; split the input", xd_message(what), needed_n, max_n);
    if (needed_n <= *capacity)
        return XD_OK;
    size_t grown_n = *capacity < 8 ? 16 : *capacity <= max_n / 2 ? *capacity * 2 : max_n;
    if (grown_n < needed_n)
        grown_n = needed_n;
    if (grown_n > max_n)
        grown_n = max_n;
    void *grown = xd_realloc(*items, grown_n, item_size);
    if (!grown) {
        size_t bytes;
        return xd_fail_memory(error, what, __builtin_mul_overflow(grown_n, item_size, &bytes) ? SIZE_MAX : bytes);
    }
    *items = grown;
    *capacity = grown_n;
    return XD_OK;
}
