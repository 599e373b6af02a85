/* The parallel map over slots: item i writes only slot i; the number of items never depends on the number of threads.
 *
 * Threads: OpenMP, dynamic schedule. Errors: every item runs, also after a failure, so that the error returned is always that of
 * the lowest failing item. Work that can be cancelled asks xd_cancelled at the start of its items and returns XD_INTERRUPTED.
 */
#ifndef XD_BASE_PARALLEL_H
#define XD_BASE_PARALLEL_H

#include "base/error.h"

enum { XD_THREADS_MAX = 256 };

/* worker is 0..threads_n-1: index of a scratch area, never a source of difference in results. error is the item's own. */
typedef enum xd_status (*xd_parallel_item)(void *context, int32_t item, int32_t worker, struct xd_error *error);

XD_MUST_CHECK enum xd_status xd_parallel_for(int32_t threads_n, int32_t items_n, xd_parallel_item run, void *context, struct xd_error *error);
int32_t xd_threads_available(void); /* processors this process may use, 1..XD_THREADS_MAX */

#endif
