/* Strict numbers from text: every coordinate of a map and every cell of a table passes here. */
#include "bench/harness.h"

#include "base/number.h"
#include "base/rng.h"

#include <inttypes.h>
#include <stdio.h>

enum { NUMBERS_N = 10000 };

struct texts {
    char text[NUMBERS_N][24];
    size_t n[NUMBERS_N];
};

static void parse_fixed_e7(void *context)
{
    const struct texts *texts = context;
    uint64_t sum = 0;
    for (int i = 0; i < NUMBERS_N; i++) {
        int64_t value = 0;
        if (xd_parse_fixed(texts->text[i], texts->n[i], 7, INT64_C(-1800000000), INT64_C(1800000000), &value) == XD_NUMBER_OK)
            sum += (uint64_t)value;
    }
    xd_bench_keep(sum);
}

static void parse_int64(void *context)
{
    const struct texts *texts = context;
    uint64_t sum = 0;
    for (int i = 0; i < NUMBERS_N; i++) {
        int64_t value = 0;
        if (xd_parse_int64(texts->text[i], texts->n[i], 0, INT64_MAX, &value) == XD_NUMBER_OK)
            sum += (uint64_t)value;
    }
    xd_bench_keep(sum);
}

int main(void)
{
    static struct texts degrees;
    static struct texts ids;
    struct xd_rng rng = xd_rng_at(1, XD_RNG_BENCH, 0, 0);
    for (int i = 0; i < NUMBERS_N; i++) {
        const int64_t e7 = xd_rng_between(&rng, INT64_C(730000000), INT64_C(1350000000));
        degrees.n[i] = (size_t)snprintf(degrees.text[i], sizeof degrees.text[i], "%" PRId64 ".%07" PRId64, e7 / 10000000, e7 % 10000000);
        ids.n[i] = (size_t)snprintf(ids.text[i], sizeof ids.text[i], "%" PRId64, xd_rng_between(&rng, 1, INT64_C(13000000000)));
    }
    xd_bench_measure("base_number", "fixed_e7", NUMBERS_N, "number", parse_fixed_e7, &degrees);
    xd_bench_measure("base_number", "int64", NUMBERS_N, "number", parse_int64, &ids);
    return 0;
}
