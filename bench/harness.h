/* What every bench shares: a clock, repetition, and one JSON line a result on standard output.
 *
 * A line is {"bench": "base_number", "case": "fixed_e7", "value": 21.4, "unit": "ns/number"}; bench-compare puts two files of them side by side.
 * Less is better for times and memory; a unit of quality says itself what is better ("% gap").
 */
#ifndef XD_BENCH_HARNESS_H
#define XD_BENCH_HARNESS_H

#include <stdint.h>

double xd_bench_seconds(void);     /* monotonic */
int64_t xd_bench_peak_bytes(void); /* resident, of the process so far */

/* The results of the work go here, so that the compiler cannot leave the work out. */
void xd_bench_keep(uint64_t value);

/* One result. bench, name and unit are plain words, written as they are. */
void xd_bench_report(const char *bench, const char *name, double value, const char *unit);

/* Runs `run` once to warm up, then until XD_BENCH_SECONDS (environment, default 1) have passed, at least 5 times; reports the median as nanoseconds an
 * item, where one run handles items_n of them: unit "ns/number" for item "number". */
void xd_bench_measure(const char *bench, const char *name, int64_t items_n, const char *item, void (*run)(void *context), void *context);

#endif
