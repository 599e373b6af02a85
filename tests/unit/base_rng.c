#include "base/hash.h"
#include "base/macros.h"
#include "base/rng.h"
#include "tests/unit/base_suites.h"

#include <string.h>

/* The published outputs of xoshiro256** from the state 1, 2, 3, 4; the first by hand: rotl(2 * 5, 7) * 9 = 10 * 128 * 9 = 11520. */
static void the_generator_gives_the_published_numbers(void)
{
    static const uint64_t expected[] = {11520,
                                        0,
                                        1509978240,
                                        UINT64_C(1215971899390074240),
                                        UINT64_C(1216172134540287360),
                                        UINT64_C(607988272756665600),
                                        UINT64_C(16172922978634559625),
                                        UINT64_C(8476171486693032832),
                                        UINT64_C(10595114339597558777),
                                        UINT64_C(2904607092377533576)};
    struct xd_rng rng = {{1, 2, 3, 4}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(expected); i++)
        CU_ASSERT_EQUAL(xd_rng_next(&rng), expected[i]);
}

/* Oracle of the seeding: splitmix64 as its authors define it, checked below against the published numbers. */
static uint64_t oracle_splitmix64(uint64_t *x)
{
    uint64_t z = (*x += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static void streams_are_seeded_by_splitmix64_over_their_address(void)
{
    static const uint64_t published[] = {UINT64_C(6457827717110365317), UINT64_C(3203168211198807973), UINT64_C(9817491932198370423),
                                         UINT64_C(4593380528125082431), UINT64_C(16408922859458223821)};
    uint64_t x = 1234567;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(published); i++)
        CU_ASSERT_EQUAL(oracle_splitmix64(&x), published[i]);

    uint64_t key = 42;
    key = oracle_splitmix64(&key) ^ (uint64_t)XD_RNG_TEST;
    key = oracle_splitmix64(&key) ^ 7;
    key = oracle_splitmix64(&key) ^ 9;
    key = oracle_splitmix64(&key);
    struct xd_rng rng = xd_rng_at(42, XD_RNG_TEST, 7, 9);
    for (int i = 0; i < 4; i++)
        CU_ASSERT_EQUAL(rng.state[i], oracle_splitmix64(&key));
}

static void each_part_of_the_address_gives_another_stream(void)
{
    uint64_t first[5];
    struct xd_rng rngs[5] = {xd_rng_at(1, XD_RNG_TEST, 2, 3), xd_rng_at(2, XD_RNG_TEST, 2, 3), xd_rng_at(1, XD_RNG_SEARCH, 2, 3),
                             xd_rng_at(1, XD_RNG_TEST, 3, 3), xd_rng_at(1, XD_RNG_TEST, 2, 2)};
    for (int i = 0; i < 5; i++)
        first[i] = xd_rng_next(&rngs[i]);
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < i; j++)
            CU_ASSERT_NOT_EQUAL(first[i], first[j]);
    struct xd_rng again = xd_rng_at(1, XD_RNG_TEST, 2, 3);
    CU_ASSERT_EQUAL(xd_rng_next(&again), first[0]);
    struct xd_rng swapped = xd_rng_at(1, XD_RNG_TEST, 3, 2); /* epoch and item are not interchangeable */
    CU_ASSERT_NOT_EQUAL(xd_rng_next(&swapped), first[0]);
}

/* 9 degrees of freedom: chi squared passes 33.72 once in 10,000 seeds; the seeds are fixed, so this never flickers. */
static double chi_squared_of_ten(const int32_t counts[10], int32_t draws_n)
{
    double expected = draws_n / 10.0;
    double sum = 0;
    for (int i = 0; i < 10; i++)
        sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    return sum;
}

static void bounded_draws_are_uniform_within_a_stream_and_across_streams(void)
{
    int32_t within[10] = {0};
    int32_t across[10] = {0};
    int32_t real[10] = {0};
    struct xd_rng rng = xd_rng_at(3, XD_RNG_TEST, 0, 0);
    for (uint64_t i = 0; i < 100000; i++) {
        struct xd_rng neighbour = xd_rng_at(3, XD_RNG_TEST, 1, i);
        within[xd_rng_below(&rng, 10)]++;
        across[xd_rng_below(&neighbour, 10)]++;
        real[(int)(xd_rng_unit(&rng) * 10)]++;
    }
    CU_ASSERT_TRUE(chi_squared_of_ten(within, 100000) < 33.72);
    CU_ASSERT_TRUE(chi_squared_of_ten(across, 100000) < 33.72);
    CU_ASSERT_TRUE(chi_squared_of_ten(real, 100000) < 33.72);
}

/* Without the rejection two thirds of 2^32 would be drawn 1.5 times too rarely in the upper half: bound 3 * 2^30 maps 4 inputs on 3 values. */
static void large_bounds_are_not_biased(void)
{
    struct xd_rng rng = xd_rng_at(5, XD_RNG_TEST, 0, 0);
    const uint32_t bound = UINT32_C(3) << 30;
    int32_t thirds[3] = {0};
    int32_t residues[3] = {0};
    for (int i = 0; i < 90000; i++) {
        uint32_t value = xd_rng_below(&rng, bound);
        CU_ASSERT_FATAL(value < bound);
        thirds[value >> 30]++;
        residues[value % 3]++; /* this is what the bias would show in: 2 to 1 to 1 */
    }
    for (int i = 0; i < 3; i++) {
        CU_ASSERT_TRUE(thirds[i] > 29300 && thirds[i] < 30700); /* 30000 +- 5 standard deviations of 141 */
        CU_ASSERT_TRUE(residues[i] > 29300 && residues[i] < 30700);
    }
}

static void ranges_hold_both_ends(void)
{
    struct xd_rng rng = xd_rng_at(7, XD_RNG_TEST, 0, 0);
    int32_t counts[10] = {0};
    for (int i = 0; i < 10000; i++) {
        int64_t value = xd_rng_between(&rng, -4, 5);
        CU_ASSERT_FATAL(value >= -4 && value <= 5);
        counts[value + 4]++;
    }
    CU_ASSERT_TRUE(chi_squared_of_ten(counts, 10000) < 33.72);
    bool negative = false;
    bool positive = false;
    for (int i = 0; i < 100; i++) {
        int64_t value = xd_rng_between(&rng, INT64_MIN, INT64_MAX);
        negative = negative || value < 0;
        positive = positive || value > 0;
        value = xd_rng_between(&rng, -INT64_C(5000000000), INT64_C(5000000000));
        CU_ASSERT_TRUE(value >= -INT64_C(5000000000) && value <= INT64_C(5000000000));
        CU_ASSERT_EQUAL(xd_rng_between(&rng, INT64_MAX, INT64_MAX), INT64_MAX);
        value = xd_rng_between(&rng, 0, UINT32_MAX);
        CU_ASSERT_TRUE(value >= 0 && value <= UINT32_MAX);
    }
    CU_ASSERT_TRUE(negative && positive);
    CU_ASSERT_EQUAL(xd_rng_between(&rng, 9, 3), 9);
    CU_ASSERT_EQUAL(xd_rng_below(&rng, 1), 0);
    CU_ASSERT_EQUAL(xd_rng_below(&rng, 0), 0);
    for (int i = 0; i < 1000; i++) {
        double unit = xd_rng_unit(&rng);
        CU_ASSERT_TRUE(unit >= 0 && unit < 1);
    }
}

static void the_hash_folds_the_published_fnv1a(void)
{
    struct xd_hash hash = xd_hash_begin();
    CU_ASSERT_EQUAL(hash.state, UINT64_C(0xcbf29ce484222325));
    xd_hash_bytes(&hash, "a", 1);
    CU_ASSERT_EQUAL(hash.state, UINT64_C(0xaf63dc4c8601ec8c));
    hash = xd_hash_begin();
    xd_hash_bytes(&hash, "foo", 3);
    xd_hash_bytes(&hash, "bar", 3);
    CU_ASSERT_EQUAL(hash.state, UINT64_C(0x85944171f73967e8));
    CU_ASSERT_EQUAL(xd_hash_end(hash), xd_mix64(UINT64_C(0x85944171f73967e8)));
    CU_ASSERT_EQUAL(xd_mix64(0), 0);
    CU_ASSERT_EQUAL(xd_mix64(1), UINT64_C(0xb456bcfc34c2cb2c));
}

static void values_are_hashed_as_little_endian_and_strings_with_their_length(void)
{
    struct xd_hash a = xd_hash_begin();
    struct xd_hash b = xd_hash_begin();
    xd_hash_i64(&a, 0x0102030405060708);
    xd_hash_bytes(&b, "\x08\x07\x06\x05\x04\x03\x02\x01", 8);
    CU_ASSERT_EQUAL(a.state, b.state);
    xd_hash_string(&a, "ab");
    xd_hash_bytes(&b, "\2\0\0\0\0\0\0\0ab", 10);
    CU_ASSERT_EQUAL(a.state, b.state);
    xd_hash_string(&a, NULL);
    xd_hash_string(&b, "");
    CU_ASSERT_EQUAL(a.state, b.state);
    xd_hash_bytes(&a, NULL, 0);
    CU_ASSERT_EQUAL(a.state, b.state);
    char hex[17];
    xd_hash_hex(UINT64_C(0x00ab54a98ceb1f0a), hex);
    CU_ASSERT_STRING_EQUAL(hex, "00ab54a98ceb1f0a");
}

/* Each byte alone, over blocks and what is left of them; swapped words of one lane and of two; zeros behind. */
static void a_checksum_shows_every_change_but_padding(void)
{
    enum { BYTES_N = 5 * XD_CHECKSUM_BLOCK, USED_N = BYTES_N - 77 };
    unsigned char bytes[BYTES_N] = {0}, word[8];
    struct xd_rng rng = {{1, 2, 3, 4}};
    for (size_t i = 0; i < USED_N; i++)
        bytes[i] = (unsigned char)(xd_rng_next(&rng) | 1);
    const uint64_t right = xd_checksum(bytes, USED_N);
    CU_ASSERT_EQUAL(xd_checksum(bytes, USED_N), right);
    for (size_t i = 0; i < USED_N; i++)
        for (int bit = 0; bit < 8; bit++) {
            bytes[i] ^= (unsigned char)(1 << bit);
            CU_ASSERT_NOT_EQUAL(xd_checksum(bytes, USED_N), right);
            bytes[i] ^= (unsigned char)(1 << bit);
        }
    for (size_t at = 8; at <= XD_CHECKSUM_BLOCK; at += XD_CHECKSUM_BLOCK - 8) { /* the neighbour, and the same lane's next */
        memcpy(word, bytes, sizeof word);
        memcpy(bytes, bytes + at, sizeof word);
        memcpy(bytes + at, word, sizeof word);
        CU_ASSERT_NOT_EQUAL(xd_checksum(bytes, USED_N), right);
        memcpy(word, bytes, sizeof word);
        memcpy(bytes, bytes + at, sizeof word);
        memcpy(bytes + at, word, sizeof word);
    }
    /* The highest bit of two words that one lane takes one after the other: a plain product would lose both. */
    bytes[7] ^= 0x80;
    bytes[XD_CHECKSUM_BLOCK + 7] ^= 0x80;
    CU_ASSERT_NOT_EQUAL(xd_checksum(bytes, USED_N), right);
    bytes[7] ^= 0x80;
    bytes[XD_CHECKSUM_BLOCK + 7] ^= 0x80;
    CU_ASSERT_EQUAL(xd_checksum(bytes, BYTES_N - XD_CHECKSUM_BLOCK), right);
    CU_ASSERT_NOT_EQUAL(xd_checksum(bytes, BYTES_N), right); /* a block more */
    CU_ASSERT_NOT_EQUAL(xd_checksum(NULL, 0), xd_checksum(bytes + USED_N, XD_CHECKSUM_BLOCK));
}

static const struct xd_test_case cases[] = {
    XD_CASE(the_generator_gives_the_published_numbers),
    XD_CASE(streams_are_seeded_by_splitmix64_over_their_address),
    XD_CASE(each_part_of_the_address_gives_another_stream),
    XD_CASE(bounded_draws_are_uniform_within_a_stream_and_across_streams),
    XD_CASE(large_bounds_are_not_biased),
    XD_CASE(ranges_hold_both_ends),
    XD_CASE(the_hash_folds_the_published_fnv1a),
    XD_CASE(a_checksum_shows_every_change_but_padding),
    XD_CASE(values_are_hashed_as_little_endian_and_strings_with_their_length),
};
const struct xd_test_suite xd_suite_base_rng = {"base_rng", cases, XD_ARRAY_LENGTH(cases)};
