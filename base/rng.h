/* Addressed random streams: the stream is a pure function of (seed, purpose, epoch, item), so that work can be split over any
 * number of threads and give the same numbers.
 *
 * Source: xoshiro256** (Blackman, Vigna 2018) seeded by splitmix64 over the address.
 * Bounded draws: Lemire's multiply-shift with rejection for ranges under 2^32 values, masks with rejection above.
 */
#ifndef XD_BASE_RNG_H
#define XD_BASE_RNG_H

#include <stdint.h>

enum xd_rng_purpose {
    XD_RNG_TEST = 1,
    XD_RNG_CONSTRUCT,
    XD_RNG_SEARCH,
    XD_RNG_RUIN,
    XD_RNG_SYNTH_RELIEF,
    XD_RNG_SYNTH_ROADS,
    XD_RNG_SYNTH_PLACES,
    XD_RNG_SYNTH_DEMAND,
    XD_RNG_DEMAND,
    XD_RNG_BENCH
};

struct xd_rng {
    uint64_t state[4];
};

struct xd_rng xd_rng_at(uint64_t seed, enum xd_rng_purpose purpose, uint64_t epoch, uint64_t item);
int64_t xd_rng_between(struct xd_rng *rng, int64_t low, int64_t high); /* uniform, both ends included; high <= low gives low */
double xd_rng_unit(struct xd_rng *rng);                                /* [0,1), 53 bits */

static inline uint64_t xd_rng_next(struct xd_rng *rng)
{
    uint64_t *s = rng->state;
    const uint64_t scaled = s[1] * 5, result = ((scaled << 7) | (scaled >> 57)) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 45) | (s[3] >> 19);
    return result;
}

/* Uniform in 0..bound-1; bound >= 1. */
static inline uint32_t xd_rng_below(struct xd_rng *rng, uint32_t bound)
{
    if (bound <= 1)
        return 0;
    uint64_t product = (xd_rng_next(rng) >> 32) * bound;
    if ((uint32_t)product < bound) {
        const uint32_t threshold = (uint32_t)(-bound) % bound; /* 2^32 mod bound: below it the draw would favour some values */
        while ((uint32_t)product < threshold)
            product = (xd_rng_next(rng) >> 32) * bound;
    }
    return (uint32_t)(product >> 32);
}

#endif
