#include "base/text.h"

#include <string.h>

/* Length of the character at text[0..n), 0 when it is not valid. Source: Unicode 15, table 3-7 (well-formed byte sequences). */
static size_t character_length(const unsigned char *text, size_t n)
{
    unsigned char lead = text[0];
    if (lead < 0x80)
        return 1;
    size_t length;
    unsigned char low = 0x80;
    unsigned char high = 0xbf;
    if (lead >= 0xc2 && lead <= 0xdf) {
        length = 2;
    } else if (lead >= 0xe0 && lead <= 0xef) {
        length = 3;
        if (lead == 0xe0)
            low = 0xa0; /* overlong below */
        if (lead == 0xed)
            high = 0x9f; /* surrogates above */
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        length = 4;
        if (lead == 0xf0)
            low = 0x90;
        if (lead == 0xf4)
            high = 0x8f; /* U+10FFFF is the last */
    } else {
        return 0;
    }
    if (n < length || text[1] < low || text[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if (text[i] < 0x80 || text[i] > 0xbf)
            return 0;
    return length;
}

size_t xd_utf8_invalid_at(const char *text, size_t n)
{
    size_t i = 0;
    while (i < n) {
        size_t length = character_length((const unsigned char *)text + i, n - i);
        if (length == 0)
            return i;
        i += length;
    }
    return n;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

size_t xd_text_normalise(char *text)
{
    const unsigned char *from = (const unsigned char *)text;
    char *to = text;
    while (*from) {
        if (from[0] == 0xef && from[1] == 0xbc && from[2] >= 0x81 && from[2] <= 0xbf) {
            *to++ = (char)(from[2] - 0x81 + 0x21); /* U+FF01..FF3F */
            from += 3;
        } else if (from[0] == 0xef && from[1] == 0xbd && from[2] >= 0x80 && from[2] <= 0x9e) {
            *to++ = (char)(from[2] - 0x80 + 0x60); /* U+FF40..FF5E */
            from += 3;
        } else if (from[0] == 0xe3 && from[1] == 0x80 && from[2] == 0x80) {
            *to++ = ' ';
            from += 3;
        } else if (from[0] == 0xc2 && from[1] == 0xa0) {
            *to++ = ' ';
            from += 2;
        } else {
            *to++ = (char)*from++;
        }
    }
    while (to > text && is_blank(to[-1]))
        to--;
    char *start = text;
    while (start < to && is_blank(*start))
        start++;
    size_t length = (size_t)(to - start);
    memmove(text, start, length);
    text[length] = '\0';
    return length;
}

int xd_text_distance(const char *a, const char *b, int limit)
{
    size_t a_n = strlen(a);
    size_t b_n = strlen(b);
    if (limit < 0)
        limit = 0;
    size_t gap = a_n > b_n ? a_n - b_n : b_n - a_n;
    if (gap > (size_t)limit)
        return limit + 1;
    if (a_n > XD_TEXT_DISTANCE_MAX || b_n > XD_TEXT_DISTANCE_MAX)
        return strcmp(a, b) == 0 ? 0 : limit + 1;
    int rows[3][XD_TEXT_DISTANCE_MAX + 1]; /* rows[i % 3][j]: distance of a[0..i) and b[0..j) */
    for (size_t j = 0; j <= b_n; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= a_n; i++) {
        const int *two_up = rows[(i + 1) % 3], *up = rows[(i + 2) % 3];
        int *row = rows[i % 3];
        int least = row[0] = (int)i;
        for (size_t j = 1; j <= b_n; j++) {
            int replaced = up[j - 1] + (a[i - 1] != b[j - 1]);
            int best = up[j] < row[j - 1] ? up[j] + 1 : row[j - 1] + 1;
            best = replaced < best ? replaced : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && two_up[j - 2] + 1 < best)
                best = two_up[j - 2] + 1;
            row[j] = best;
            least = best < least ? best : least;
        }
        if (least > limit) /* nor does a later row get below: a swap takes one more than two rows up, and that row had at least limit */
            return limit + 1;
    }
    return rows[a_n % 3][b_n] > limit ? limit + 1 : rows[a_n % 3][b_n];
}

const char *xd_text_suggest(const char *word, const char *const *candidates, size_t n)
{
    size_t length = strlen(word);
    if (length < 3 || length > XD_TEXT_DISTANCE_MAX)
        return NULL;
    const char *nearest = NULL;
    int limit = (int)(length / 3);
    for (size_t i = 0; i < n && limit >= 0; i++) {
        int distance = xd_text_distance(word, candidates[i], limit);
        if (distance <= limit) {
            nearest = candidates[i];
            limit = distance - 1; /* of equals the first stays */
        }
    }
    return nearest;
}
