#include "bench/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { REPEATS_MIN = 5, REPEATS_MAX = 10000 };

static volatile uint64_t kept;

double xd_bench_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int64_t xd_bench_peak_bytes(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (int64_t)usage.ru_maxrss * 1024 : -1;
}

void xd_bench_keep(uint64_t value)
{
    kept = value;
}

void xd_bench_report(const char *bench, const char *name, double value, const char *unit)
{
    printf("{\"bench\": \"%s\", \"case\": \"%s\", \"value\": %.6g, \"unit\": \"%s\"}\n", bench, name, value, unit);
    fflush(stdout);
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

void xd_bench_measure(const char *bench, const char *name, int64_t items_n, const char *item, void (*run)(void *context), void *context)
{
    static double seconds[REPEATS_MAX];
    const char *asked = getenv("XD_BENCH_SECONDS");
    const double budget_s = asked ? strtod(asked, NULL) : 1.0;
    int repeats_n = 0;
    run(context);
    const double start = xd_bench_seconds();
    while (repeats_n < REPEATS_MAX && (repeats_n < REPEATS_MIN || xd_bench_seconds() - start < budget_s)) {
        const double before = xd_bench_seconds();
        run(context);
        seconds[repeats_n++] = xd_bench_seconds() - before;
    }
    qsort(seconds, (size_t)repeats_n, sizeof seconds[0], compare_doubles);
    char unit[64];
    snprintf(unit, sizeof unit, "ns/%s", item);
    xd_bench_report(bench, name, seconds[repeats_n / 2] * 1e9 / (double)items_n, unit);
}
