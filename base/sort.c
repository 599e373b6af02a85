#include "base/sort.h"

#include <string.h>

enum { BYTE_VALUES = 256, BYTES = 8 };

/* In the order of the signed values: the sign bit turned over. */
static uint64_t sortable(int64_t value)
{
    return (uint64_t)value ^ (UINT64_C(1) << 63);
}

void xd_sort_i64(int64_t *values, int64_t *scratch, size_t n)
{
    uint64_t differ = 0;
    int64_t *from = values, *to = scratch;
    for (size_t i = 1; i < n; i++)
        differ |= sortable(values[i]) ^ sortable(values[0]);
    for (int byte = 0; byte < BYTES; byte++) {
        const int shift = 8 * byte;
        size_t begin[BYTE_VALUES + 1] = {0};
        if ((differ >> shift & (BYTE_VALUES - 1)) == 0)
            continue;
        for (size_t i = 0; i < n; i++)
            begin[(sortable(from[i]) >> shift & (BYTE_VALUES - 1)) + 1]++;
        for (int b = 0; b < BYTE_VALUES; b++)
            begin[b + 1] += begin[b];
        for (size_t i = 0; i < n; i++)
            to[begin[sortable(from[i]) >> shift & (BYTE_VALUES - 1)]++] = from[i];
        int64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != values)
        memcpy(values, from, n * sizeof *values);
}
