/* Sorting without comparing: numbers by their bytes, lowest first (LSD radix sort), leaving out bytes that all have in common.
 * Cost: O(n) for each byte that differs. Does not allocate. Threads: any, on arrays of their own. */
#ifndef XD_BASE_SORT_H
#define XD_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

void xd_sort_i64(int64_t *values, int64_t *scratch, size_t n); /* ascending; scratch has room for n and holds nothing of use afterwards */

#endif
