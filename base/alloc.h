/* The only door to the heap: checked sizes, a byte budget, counters, and a hook that fails the n-th allocation.
 *
 * Owns: the caller owns what it gets and returns it with xd_free (xd_free(NULL) is legal).
 * Errors: NULL on overflow of count*size, over the budget, at the hook, or when the system has none.
 * Threads: all functions are thread-safe; the hook's count is process-wide.
 */
#ifndef XD_BASE_ALLOC_H
#define XD_BASE_ALLOC_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

void *xd_alloc(size_t count, size_t size) XD_MUST_CHECK; /* not initialised; count*size == 0 gives a valid pointer */
void *xd_alloc_zero(size_t count, size_t size) XD_MUST_CHECK;
void *xd_realloc(void *old, size_t count, size_t size) XD_MUST_CHECK; /* old stays valid on NULL */
void xd_free(void *pointer);
char *xd_string_copy(const char *text) XD_MUST_CHECK;

/* malloc-shaped doors for libraries that take an allocator (libxml2, zlib, jansson). */
void *xd_malloc_plain(size_t size);
void *xd_realloc_plain(void *old, size_t size);

/* Fault hook: the n-th allocation from now (1 = the next) and, if `and_after`, all later ones return NULL. 0 switches it off. */
void xd_alloc_fail_at(uint64_t nth, bool and_after);
void xd_alloc_budget_set(size_t bytes); /* 0 = no limit */

struct xd_alloc_statistics {
    uint64_t allocations_n; /* since the start or the last reset */
    int64_t live_n;
    int64_t live_bytes;
    int64_t peak_bytes;
};
struct xd_alloc_statistics xd_alloc_statistics_read(void);
void xd_alloc_statistics_reset(void); /* counts and peak; live figures stay */

/* XD_NO_MEMORY with the text "out of memory: WHAT needs N bytes". */
enum xd_status xd_fail_memory(struct xd_error *error, const char *what, size_t bytes);

/* Grows *items (of item_size bytes each, *capacity allocated) to hold at least needed_n; doubles; never above max_n.
 * Errors: XD_DATA naming `what` and the limit when needed_n > max_n; XD_NO_MEMORY. *items and *capacity unchanged on error. */
XD_MUST_CHECK enum xd_status xd_array_reserve(void **items, size_t *capacity, size_t needed_n, size_t item_size, size_t max_n, const char *what,
                                              struct xd_error *error);

#endif
