#include "base/macros.h"
#include "base/rng.h"
#include "base/text.h"
#include "tests/unit/base_suites.h"

#include <stdint.h>
#include <string.h>

static void broken_utf8_is_found_at_its_first_byte(void)
{
    static const struct {
        const char *text;
        size_t n, at;
    } cases[] = {
        {"", 0, 0},
        {"plain", 5, 5},
        {"村级服务点", 15, 15},
        {"a\0b", 3, 3},
        {"ab\x80", 3, 2},   /* a continuation alone */
        {"\xc0\xaf", 2, 0}, /* overlong '/' */
        {"\xc1\xbf", 2, 0},
        {"\xe0\x9f\xbf", 3, 0},     /* overlong */
        {"\xe0\xa0\x80", 3, 3},     /* U+0800, the first of three bytes */
        {"\xed\x9f\xbf", 3, 3},     /* U+D7FF */
        {"\xed\xa0\x80", 3, 0},     /* U+D800, a surrogate */
        {"\xee\x80\x80", 3, 3},     /* U+E000 */
        {"\xf0\x8f\xbf\xbf", 4, 0}, /* overlong */
        {"\xf0\x90\x80\x80", 4, 4}, /* U+10000 */
        {"\xf4\x8f\xbf\xbf", 4, 4}, /* U+10FFFF */
        {"\xf4\x90\x80\x80", 4, 0}, /* beyond */
        {"\xf5\x80\x80\x80", 4, 0},
        {"ab\xe6\x9d", 4, 2}, /* cut */
        {"ab\xe6\x9d"
         "c",
         5, 2},
        {"村\xff", 4, 3},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++)
        CU_ASSERT_EQUAL(xd_utf8_invalid_at(cases[i].text, cases[i].n), cases[i].at);
}

/* Oracle: every code point, encoded by the definition, is valid exactly when it is no surrogate; shortest form only. */
static void every_code_point_is_valid_except_the_surrogates(void)
{
    size_t wrong = 0;
    for (uint32_t c = 1; c <= 0x10ffff; c++) {
        char text[4];
        size_t n;
        if (c < 0x80) {
            text[0] = (char)c;
            n = 1;
        } else if (c < 0x800) {
            text[0] = (char)(0xc0 | c >> 6);
            text[1] = (char)(0x80 | (c & 0x3f));
            n = 2;
        } else if (c < 0x10000) {
            text[0] = (char)(0xe0 | c >> 12);
            text[1] = (char)(0x80 | (c >> 6 & 0x3f));
            text[2] = (char)(0x80 | (c & 0x3f));
            n = 3;
        } else {
            text[0] = (char)(0xf0 | c >> 18);
            text[1] = (char)(0x80 | (c >> 12 & 0x3f));
            text[2] = (char)(0x80 | (c >> 6 & 0x3f));
            text[3] = (char)(0x80 | (c & 0x3f));
            n = 4;
        }
        bool surrogate = c >= 0xd800 && c <= 0xdfff;
        wrong += (xd_utf8_invalid_at(text, n) == n) == surrogate;
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static void full_width_text_becomes_plain_and_is_trimmed(void)
{
    static const struct {
        const char *text, *normal;
    } cases[] = {
        {"", ""},
        {"   ", ""},
        {" \t村 \r\n", "村"},
        {"１２３．５", "123.5"},
        {"ＡＢｃ～！", "ABc~!"},
        {"\xef\xbc\xbf\xef\xbd\x80", "_`"}, /* U+FF3F and U+FF40, where the lead byte changes */
        {"\xef\xbc\x80", "\xef\xbc\x80"},   /* U+FF00 and U+FF5F are not full-width ASCII */
        {"\xef\xbd\x9f", "\xef\xbd\x9f"},
        {"　大坪　村　", "大坪 村"},
        {"\xc2\xa0"
         "1\xc2\xa0"
         "2\xc2\xa0",
         "1 2"},
        {"（北）", "(北)"},
        {"\xef", "\xef"}, /* broken text is left as it is */
        {"\xef\xbc", "\xef\xbc"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        char text[64];
        strcpy(text, cases[i].text);
        CU_ASSERT_EQUAL(xd_text_normalise(text), strlen(cases[i].normal));
        CU_ASSERT_STRING_EQUAL(text, cases[i].normal);
    }
}

/* Oracle: the recursive definition. */
static int distance_by_definition(const char *a, const char *b)
{
    if (!*a || !*b)
        return (int)(strlen(a) + strlen(b));
    int replace = distance_by_definition(a + 1, b + 1) + (*a != *b);
    int remove = distance_by_definition(a + 1, b) + 1;
    int insert = distance_by_definition(a, b + 1) + 1;
    int best = replace < remove ? replace : remove;
    best = best < insert ? best : insert;
    if (a[1] && b[1] && a[0] == b[1] && a[1] == b[0]) {
        int swap = distance_by_definition(a + 2, b + 2) + 1;
        best = swap < best ? swap : best;
    }
    return best;
}

static void the_distance_equals_its_definition_up_to_the_limit(void)
{
    struct xd_rng rng = xd_rng_at(1, XD_RNG_TEST, 0, 0);
    int wrong = 0;
    for (int round = 0; round < 2000; round++) {
        char words[2][8];
        for (int w = 0; w < 2; w++) {
            uint32_t n = xd_rng_below(&rng, 7);
            for (uint32_t i = 0; i < n; i++)
                words[w][i] = (char)('a' + xd_rng_below(&rng, 3));
            words[w][n] = '\0';
        }
        int limit = (int)xd_rng_below(&rng, 8);
        int expected = distance_by_definition(words[0], words[1]);
        wrong += xd_text_distance(words[0], words[1], limit) != (expected > limit ? limit + 1 : expected);
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static void a_swap_of_neighbours_counts_one(void)
{
    static const struct {
        const char *a, *b;
        int distance;
    } cases[] = {
        {"csr", "crs", 1}, {"abcd", "badc", 2}, /* two swaps */
        {"ca", "abc", 3},                       /* what was swapped is not edited again: ca, a, ab, abc */
        {"abc", "cab", 2},                      /* no neighbours: one moves over two */
        {"aa", "aa", 0},   {"shfit", "shift", 1},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        CU_ASSERT_EQUAL(xd_text_distance(cases[i].a, cases[i].b, 9), cases[i].distance);
        CU_ASSERT_EQUAL(xd_text_distance(cases[i].b, cases[i].a, 9), cases[i].distance);
    }
}

static void very_long_words_are_equal_or_far_apart(void)
{
    char a[400];
    char b[400];
    memset(a, 'x', sizeof a - 1);
    a[sizeof a - 1] = '\0';
    strcpy(b, a);
    CU_ASSERT_EQUAL(xd_text_distance(a, b, 3), 0);
    b[5] = 'y';
    CU_ASSERT_EQUAL(xd_text_distance(a, b, 3), 4);
}

static void the_nearest_known_word_is_suggested(void)
{
    static const char *const keys[] = {"capacity_kg", "capacity_m3", "shift", "villages", "refrigerated", "人口数"};
    static const struct {
        const char *word, *suggestion;
    } cases[] = {
        {"capacity_gk", "capacity_kg"},
        {"capacity", NULL}, /* 3 missing, 8 / 3 = 2 allowed */
        {"shfit", "shift"}, /* a swap counts 1, 5 / 3 = 1 allowed */
        {"hsfit", NULL},    /* two swaps */
        {"shft", "shift"},
        {"vilages", "villages"},
        {"refridgerated", "refrigerated"},
        {"人囗数", "人口数"},
        {"zzz", NULL},
        {"kg", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        const char *found = xd_text_suggest(cases[i].word, keys, XD_ARRAY_LENGTH(keys));
        const char *expected = cases[i].suggestion;
        CU_ASSERT_EQUAL(found == NULL, expected == NULL);
        if (found && expected)
            CU_ASSERT_STRING_EQUAL(found, expected);
    }
    static const char *const twins[] = {"abcX", "abcY"};
    CU_ASSERT_STRING_EQUAL(xd_text_suggest("abcZ", twins, 2), "abcX"); /* of equals the first */
}

static const struct xd_test_case cases[] = {
    XD_CASE(broken_utf8_is_found_at_its_first_byte),
    XD_CASE(every_code_point_is_valid_except_the_surrogates),
    XD_CASE(full_width_text_becomes_plain_and_is_trimmed),
    XD_CASE(the_distance_equals_its_definition_up_to_the_limit),
    XD_CASE(a_swap_of_neighbours_counts_one),
    XD_CASE(very_long_words_are_equal_or_far_apart),
    XD_CASE(the_nearest_known_word_is_suggested),
};
const struct xd_test_suite xd_suite_base_text = {"base_text", cases, XD_ARRAY_LENGTH(cases)};
