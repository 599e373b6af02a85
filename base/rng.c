#include "base/rng.h"

static const uint64_t GOLDEN = UINT64_C(0x9e3779b97f4a7c15);

/* One step of splitmix64 (Steele, Lea, Flood 2014; constants of Vigna's reference). A bijection of *state. */
static uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = (*state += GOLDEN);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* key <- splitmix64(key xor word) for each word of the address; the four words of state are the next four outputs from the last key. The four
 * are never all zero, since splitmix64 is a bijection of four different inputs. */
struct xd_rng xd_rng_at(uint64_t seed, enum xd_rng_purpose purpose, uint64_t epoch, uint64_t item)
{
    const uint64_t address[] = {seed, (uint64_t)purpose, epoch, item};
    uint64_t key = 0;
    for (int i = 0; i < 4; i++) {
        key ^= address[i];
        key = splitmix64(&key);
    }
    struct xd_rng rng;
    for (int i = 0; i < 4; i++)
        rng.state[i] = splitmix64(&key);
    return rng;
}

int64_t xd_rng_between(struct xd_rng *rng, int64_t low, int64_t high)
{
    if (high <= low)
        return low;
    uint64_t span = (uint64_t)high - (uint64_t)low; /* values - 1 */
    uint64_t offset;
    if (span < UINT32_MAX) {
        offset = xd_rng_below(rng, (uint32_t)span + 1);
    } else {
        uint64_t mask = UINT64_MAX >> __builtin_clzll(span); /* the least 2^k - 1 that covers the span: under two draws on average */
        do {
            offset = xd_rng_next(rng) & mask;
        } while (offset > span);
    }
    return (int64_t)((uint64_t)low + offset);
}

double xd_rng_unit(struct xd_rng *rng)
{
    return (double)(xd_rng_next(rng) >> 11) * 0x1p-53;
}
