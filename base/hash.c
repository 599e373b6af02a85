#include "base/hash.h"

#include <string.h>

static const uint64_t FNV_OFFSET = UINT64_C(0xcbf29ce484222325);
static const uint64_t FNV_PRIME = UINT64_C(0x100000001b3);

struct xd_hash xd_hash_begin(void)
{
    return (struct xd_hash){FNV_OFFSET};
}

void xd_hash_bytes(struct xd_hash *hash, const void *bytes, size_t n)
{
    const unsigned char *at = bytes;
    uint64_t state = hash->state;
    for (size_t i = 0; i < n; i++)
        state = (state ^ at[i]) * FNV_PRIME;
    hash->state = state;
}

void xd_hash_i64(struct xd_hash *hash, int64_t value)
{
    unsigned char bytes[8]; /* little-endian on every machine */
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)value >> (8 * i));
    xd_hash_bytes(hash, bytes, sizeof bytes);
}

void xd_hash_string(struct xd_hash *hash, const char *text)
{
    size_t n = text ? strlen(text) : 0;
    xd_hash_i64(hash, (int64_t)n); /* so that "ab","c" and "a","bc" differ */
    if (n > 0)
        xd_hash_bytes(hash, text, n);
}

uint64_t xd_hash_end(struct xd_hash hash)
{
    return xd_mix64(hash.state);
}

uint64_t xd_mix64(uint64_t value)
{
    value ^= value >> 33;
    value *= UINT64_C(0xff51afd7ed558ccd);
    value ^= value >> 33;
    value *= UINT64_C(0xc4ceb9fe1a85ec53);
    value ^= value >> 33;
    return value;
}

void xd_hash_hex(uint64_t hash, char dst[17])
{
    for (int i = 0; i < 16; i++)
        dst[i] = "0123456789abcdef"[(hash >> (60 - 4 * i)) & 15];
    dst[16] = '\0';
}

/* ---- checksum ---- */

enum { LANES = 8 };

static uint64_t lane_step(uint64_t state, uint64_t word)
{
    static const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15); /* odd: each step is one to one in the state, and in the word */
    state = (state ^ word) * factor;
    return state << 29 | state >> 35;
}

/* Lanes of their own, so that eight multiplications are under way at a time. */
static void take_block(uint64_t lanes[LANES], const unsigned char *bytes)
{
    uint64_t words[LANES];
    memcpy(words, bytes, sizeof words);
    for (int i = 0; i < LANES; i++)
        lanes[i] = lane_step(lanes[i], words[i]);
}

uint64_t xd_checksum(const void *bytes, size_t n)
{
    const unsigned char *at = bytes;
    unsigned char last[XD_CHECKSUM_BLOCK] = {0};
    uint64_t lanes[LANES] = {1, 2, 3, 4, 5, 6, 7, 8}, sum = (n + XD_CHECKSUM_BLOCK - 1) / XD_CHECKSUM_BLOCK;
    for (; n >= XD_CHECKSUM_BLOCK; n -= XD_CHECKSUM_BLOCK, at += XD_CHECKSUM_BLOCK)
        take_block(lanes, at);
    if (n > 0) {
        memcpy(last, at, n);
        take_block(lanes, last);
    }
    for (int i = 0; i < LANES; i++)
        sum = lane_step(sum, lanes[i]);
    return xd_mix64(sum);
}
