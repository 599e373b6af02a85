/* Progress on standard error for work over two seconds: phase, share done, cost so far, time left. On a terminal one line rewritten, elsewhere
 * a line every ten seconds. Also the clock and the cancelling that everything below app sees. */
#ifndef XD_APP_PROGRESS_H
#define XD_APP_PROGRESS_H

#include "base/progress.h"

struct xd_progress_bar {
    struct xd_progress progress; /* give &bar.progress to the work */
    double origin_s;
    double phase_start_s;
    double last_print_s;
    const char *phase;
    int64_t cost_scale; /* cost units to one of display; 0 = print no cost */
    const char *cost_unit;
    bool is_terminal, quiet, line_open;
};

void xd_progress_bar_init(struct xd_progress_bar *bar, bool quiet);
/* Ends an open line. */
void xd_progress_bar_end(struct xd_progress_bar *bar);

/* Bytes of the process's largest resident set, -1 where it cannot be told. */
int64_t xd_process_peak_bytes(void);

#endif
