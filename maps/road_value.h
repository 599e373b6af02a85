/* Quantities and words as mappers write them: lists, speeds, weights, lengths and durations with their units.
 * Full-width characters are taken as their plain ones; of a list the least counts. 0 = not told or not understood, so that a mistyped limit bars nobody:
 * *unread is then set to true (and never to false), but not where the text is NULL or a word that means "no limit". */
#ifndef XD_MAPS_ROAD_VALUE_H
#define XD_MAPS_ROAD_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "50", "50 km/h", "30 mph", "10 knots", "walk", "none" (0), "CN:urban", "DE:zone:30"; lists with ; or |. 0..255. */
uint8_t xd_road_value_speed_kmh(const char *text, bool *unread);
/* "3.5", "3.5 t", "3500 kg", "2 st", "7000 lbs", "60 cwt"; rounded down, at least 1 (100 kg). A bare number of 500 and more is kilograms. */
uint16_t xd_road_value_weight_100kg(const char *text, bool *unread);
/* The same in kg, of up to INT32_MAX; no lists. */
int32_t xd_road_value_weight_kg(const char *text, bool *unread);
/* "3.5", "3.5 m", "350 cm", "12'6\"", "12 ft"; rounded down, at least 1. */
uint16_t xd_road_value_length_cm(const char *text, bool *unread);
/* "00:20", "1:05:00", "45" (minutes), "PT1H30M", "P1DT2H". At most XD_DURATION_MAX_S. */
int32_t xd_road_value_duration_s(const char *text, bool *unread);
/* "2", "1.5" (1). 1..255. */
uint8_t xd_road_value_lanes(const char *text, bool *unread);

/* The words of a value between semicolons, one after the other, in plain characters and without blanks around. */
enum { XD_ROAD_WORDS_MAX = 127 };
struct xd_road_words {
    char text[XD_ROAD_WORDS_MAX + 1];
    char *at;
};
/* False where the value is NULL, blank, or too long to be words (then *unread). */
bool xd_road_words_begin(struct xd_road_words *words, const char *value, bool *unread);
const char *xd_road_words_next(struct xd_road_words *words); /* NULL at the end */

struct xd_road_word {
    const char *word;
    int value;
};
/* The word's value in any case of letters, or `otherwise`. */
int xd_road_word_find(const struct xd_road_word *table, size_t table_n, const char *word, int otherwise);
#define XD_ROAD_WORD(table, word, otherwise) xd_road_word_find(table, XD_ARRAY_LENGTH(table), word, otherwise)

#endif
