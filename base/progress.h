/* Callbacks that app gives to long work: progress, cancelling and the clock. Everything below app is otherwise blind to time.
 * All members may be NULL. report and elapsed_s are called from one thread at a time, at epoch barriers or between work items; cancelled also from
 * work items that run at once. */
#ifndef XD_BASE_PROGRESS_H
#define XD_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct xd_progress {
    void *context;
    /* done of total units of the named phase ("read map", "table", "search"); total 0 = not known. cost < 0 = no figure. */
    void (*report)(void *context, const char *phase, int64_t done, int64_t total, int64_t cost);
    bool (*cancelled)(void *context);
    double (*elapsed_s)(void *context); /* monotonic, from an origin of the caller's choice */
};

static inline bool xd_cancelled(const struct xd_progress *progress)
{
    return progress && progress->cancelled && progress->cancelled(progress->context);
}

static inline void xd_report(const struct xd_progress *progress, const char *phase, int64_t done, int64_t total, int64_t cost)
{
    if (progress && progress->report)
        progress->report(progress->context, phase, done, total, cost);
}

#endif
