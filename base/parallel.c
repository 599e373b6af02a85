#include "base/parallel.h"

#include <omp.h>

struct failure {
    int32_t item; /* the lowest so far; items_n = none */
    enum xd_status status;
    struct xd_error error;
};

static void run_item(xd_parallel_item run, void *context, int32_t item, int32_t worker, struct failure *lowest)
{
    struct xd_error error;
    error.message[0] = '\0'; /* an item that fails without a word */
    enum xd_status status = run(context, item, worker, &error);
    if (status == XD_OK)
        return;
    if (error.message[0] == '\0')
        (void)xd_fail(&error, status, xd_at_none(), "a part of the parallel work failed");
#pragma omp critical(xd_parallel_failure)
    if (item < lowest->item) {
        lowest->item = item;
        lowest->status = status;
        lowest->error = error;
    }
}

enum xd_status xd_parallel_for(int32_t threads_n, int32_t items_n, xd_parallel_item run, void *context, struct xd_error *error)
{
    struct failure lowest = {.item = items_n < 0 ? 0 : items_n, .status = XD_OK};
    if (threads_n > XD_THREADS_MAX)
        threads_n = XD_THREADS_MAX;
    if (threads_n > items_n)
        threads_n = items_n;
    if (threads_n <= 1) {
        for (int32_t item = 0; item < items_n; item++)
            run_item(run, context, item, 0, &lowest);
    } else {
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads_n)
        for (int32_t item = 0; item < items_n; item++)
            run_item(run, context, item, (int32_t)omp_get_thread_num(), &lowest);
    }
    if (lowest.status != XD_OK && error)
        *error = lowest.error;
    return lowest.status;
}

int32_t xd_threads_available(void)
{
    int processors_n = omp_get_num_procs();
    if (processors_n < 1)
        return 1;
    return processors_n > XD_THREADS_MAX ? XD_THREADS_MAX : (int32_t)processors_n;
}
