#include "app/progress.h"

#include "app/interrupt.h"
#include "base/error.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const double quiet_s = 2.0;    /* nothing is said before */
static const double terminal_s = 0.2; /* between rewrites of the line */
static const double log_s = 10.0;     /* between lines where there is no terminal */

static double clock_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double elapsed_s(void *context)
{
    const struct xd_progress_bar *bar = context;
    return clock_s() - bar->origin_s;
}

static bool cancelled(void *context)
{
    (void)context;
    return xd_interrupt_asked();
}

static void print(struct xd_progress_bar *bar, int64_t done, int64_t total, int64_t cost, double now_s)
{
    char line[256];
    size_t n = (size_t)snprintf(line, sizeof line, "%s", xd_message(bar->phase));
    if (total > 0)
        n += (size_t)snprintf(line + n, sizeof line - n, "  %3d %%", (int)(100.0 * (double)done / (double)total));
    if (cost >= 0 && bar->cost_scale > 0)
        n += (size_t)snprintf(line + n, sizeof line - n, "  %s %.2f %s", xd_message("cost"), (double)cost / (double)bar->cost_scale,
                              bar->cost_unit ? xd_message(bar->cost_unit) : "");
    const double spent_s = now_s - bar->phase_start_s;
    if (total > 0 && done > 0 && done < total)
        snprintf(line + n, sizeof line - n, "  %s %.0f s", xd_message("about"), spent_s * (double)(total - done) / (double)done);
    if (bar->is_terminal)
        fprintf(stderr, "\r\033[K%s", line);
    else
        fprintf(stderr, "%s\n", line);
    bar->line_open = bar->is_terminal;
    fflush(stderr);
}

static void report(void *context, const char *phase, int64_t done, int64_t total, int64_t cost)
{
    struct xd_progress_bar *bar = context;
    const double now_s = elapsed_s(bar);
    if (!bar->phase || strcmp(bar->phase, phase) != 0) {
        xd_progress_bar_end(bar);
        bar->phase = phase;
        bar->phase_start_s = now_s;
    }
    const double pause_s = bar->is_terminal ? terminal_s : log_s;
    if (bar->quiet || now_s < quiet_s || now_s - bar->phase_start_s < quiet_s / 2.0 ||
        (bar->last_print_s > 0.0 && now_s - bar->last_print_s < pause_s))
        return;
    bar->last_print_s = now_s;
    print(bar, done, total, cost, now_s);
}

void xd_progress_bar_init(struct xd_progress_bar *bar, bool quiet)
{
    *bar = (struct xd_progress_bar){.origin_s = clock_s(), .is_terminal = isatty(STDERR_FILENO) == 1, .quiet = quiet};
    bar->progress = (struct xd_progress){.context = bar, .report = report, .cancelled = cancelled, .elapsed_s = elapsed_s};
}

void xd_progress_bar_end(struct xd_progress_bar *bar)
{
    if (bar->line_open)
        fputs("\r\033[K", stderr);
    bar->line_open = false;
}

int64_t xd_process_peak_bytes(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (int64_t)usage.ru_maxrss * 1024 : -1;
}
