/* Strict numbers from text: whole token, no locale, no nan/inf/hex, no leading blanks, range checked. */
#ifndef XD_BASE_NUMBER_H
#define XD_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum xd_number_result { XD_NUMBER_OK, XD_NUMBER_EMPTY, XD_NUMBER_MALFORMED, XD_NUMBER_RANGE };

/* text[n] need not be NUL-terminated. *value unchanged unless XD_NUMBER_OK. */
enum xd_number_result xd_parse_int64(const char *text, size_t n, int64_t min, int64_t max, int64_t *value);
/* Decimal ("-12.5", ".5", "3.") times 10^decimals, rounded half away from zero; e.g. decimals 7 for degrees -> e7. Exponents are malformed. */
enum xd_number_result xd_parse_fixed(const char *text, size_t n, int decimals, int64_t min, int64_t max, int64_t *value);
/* Decimal with optional exponent; finite. */
enum xd_number_result xd_parse_double(const char *text, size_t n, double min, double max, double *value);
/* "HH:MM" or "HH:MM:SS" (hours to 48) -> seconds of the day. */
enum xd_number_result xd_parse_clock(const char *text, size_t n, int64_t *seconds);
/* "YYYY-MM-DD", a real date 1900..2199 -> days since 1970-01-01. */
enum xd_number_result xd_parse_date(const char *text, size_t n, int64_t *days);
void xd_format_date(int64_t days, char dst[11]);             /* "0000-00-00" outside the years 1..9999 */
void xd_format_clock(int64_t seconds, char dst[12]);         /* "HH:MM" rounded down; hours may pass 24 */
const char *xd_number_problem(enum xd_number_result result); /* "is empty", "is not a number", "is out of range" (English, for messages) */

/* Checked int64 arithmetic; false on overflow, *sum unchanged. */
bool xd_add_i64(int64_t a, int64_t b, int64_t *sum);
bool xd_multiply_i64(int64_t a, int64_t b, int64_t *product);

#endif
