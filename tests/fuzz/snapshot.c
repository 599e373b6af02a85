/* Any bytes as changes of a small snapshot, its checksums put right again: refused, or taken and used without harm. An input of another kind (its first
 * byte odd) is the whole file. */
#include "tests/harness/snapshot.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { CHANGE_BYTES = 7 }; /* place: 2, how: 1, value: 4 */

static void change(unsigned char *bytes, size_t n, const uint8_t *how)
{
    const size_t at = ((size_t)how[0] | (size_t)how[1] << 8) * sizeof(int32_t) % n;
    int32_t value, word;
    memcpy(&value, how + 3, sizeof value);
    memcpy(&word, bytes + at, sizeof word); /* n is a multiple of 64 */
    switch (how[2] % 4) {
    case 0:
        word = value;
        break;
    case 1:
        word = (int32_t)((uint32_t)word + (uint32_t)(int32_t)(int8_t)how[3]);
        break;
    case 2:
        word ^= value;
        break;
    default: /* that of another place */
        memcpy(&word, bytes + (uint32_t)value % (n / sizeof word) * sizeof word, sizeof word);
    }
    memcpy(bytes + at, &word, sizeof word);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct snapshot_sample sample;
    if (!sample.bytes)
        snapshot_sample_make(&sample);
    const int64_t live_before = xd_alloc_statistics_read().live_bytes;
    const bool is_whole = size > 0 && data[0] % 2 == 1;
    const size_t n = is_whole ? size - 1 : sample.n;
    unsigned char *bytes = snapshot_memory(n);
    memcpy(bytes, is_whole ? data + 1 : sample.bytes, n);
    for (size_t at = 1; at + CHANGE_BYTES <= size && !is_whole; at += CHANGE_BYTES)
        change(bytes, n, data + at);
    if (is_whole && n >= sizeof(struct xd_snapshot_header)) { /* else hardly any would get beyond the first look */
        memcpy(bytes, sample.bytes, offsetof(struct xd_snapshot_header, network_hash));
        const int64_t file_n = (int64_t)n;
        memcpy(bytes + offsetof(struct xd_snapshot_header, file_bytes), &file_n, sizeof file_n);
    }
    snapshot_seal(bytes, n);
    (void)snapshot_try(&sample, bytes, n, NULL);
    free(bytes);
    if (xd_alloc_statistics_read().live_bytes != live_before)
        __builtin_trap();
    return 0;
}
