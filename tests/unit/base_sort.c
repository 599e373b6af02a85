#include "base/rng.h"
#include "base/sort.h"
#include "tests/unit/base_suites.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 3000 };

static int by_value(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void numbers_of_any_sign_and_size_are_sorted_as_qsort_does(void)
{
    static int64_t values[MOST], sorted[MOST], scratch[MOST];
    for (int kind = 0; kind < 6; kind++) {
        for (size_t n = 0; n <= MOST; n = n < 5 ? n + 1 : n * 7) {
            struct xd_rng rng = xd_rng_at(1, XD_RNG_TEST, (uint64_t)kind, n);
            for (size_t i = 0; i < n; i++) {
                const int64_t any = (int64_t)xd_rng_next(&rng);
                values[i] = kind == 0   ? any
                            : kind == 1 ? any % 10
                            : kind == 2 ? INT64_MIN + (any & 3)
                            : kind == 3 ? INT64_MAX - (any & 7)
                            : kind == 4 ? 5
                                        : any & 0xff00ff00;
            }
            memcpy(sorted, values, n * sizeof *values);
            qsort(sorted, n, sizeof *sorted, by_value);
            xd_sort_i64(values, scratch, n);
            CU_ASSERT_EQUAL(n == 0 ? 0 : memcmp(values, sorted, n * sizeof *values), 0);
        }
    }
}

static const struct xd_test_case cases[] = {XD_CASE(numbers_of_any_sign_and_size_are_sorted_as_qsort_does)};
const struct xd_test_suite xd_suite_base_sort = {"base_sort", cases, XD_ARRAY_LENGTH(cases)};
