/* UTF-8 text: validity, folding for matching, nearest known word for suggestions. */
#ifndef XD_BASE_TEXT_H
#define XD_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Byte offset of the first invalid byte, or n when all is valid UTF-8 (no surrogates, no overlongs). */
size_t xd_utf8_invalid_at(const char *text, size_t n);
/* Full-width ASCII (U+FF01..FF5E) to half-width, U+3000 and U+00A0 to a blank, trims both ends; in place; returns the new length. text is NUL-terminated. */
size_t xd_text_normalise(char *text);
/* Edit distance over bytes, at most `limit`+1: a byte put in, left out, replaced, or two neighbours swapped count one each; what was swapped is not
 * edited again (optimal string alignment). Unequal texts over XD_TEXT_DISTANCE_MAX bytes count as far apart. */
enum { XD_TEXT_DISTANCE_MAX = 255 };
int xd_text_distance(const char *a, const char *b, int limit);
/* The candidate nearest to word within a third of its bytes (the first of equals), or NULL; NULL for words under 3 bytes. candidates[n]. */
const char *xd_text_suggest(const char *word, const char *const *candidates, size_t n);

#endif
