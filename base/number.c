#include "base/number.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DOUBLE_TOKEN_MAX = 512, CLOCK_HOURS_MAX = 48, DATE_YEAR_MIN = 1900, DATE_YEAR_MAX = 2199 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes a sign; *negative says which. */
static size_t skip_sign(const char *text, size_t n, bool *negative)
{
    *negative = n > 0 && text[0] == '-';
    return n > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
}

static bool push_digit(uint64_t *magnitude, unsigned digit)
{
    uint64_t wider;
    if (__builtin_mul_overflow(*magnitude, UINT64_C(10), &wider) || __builtin_add_overflow(wider, (uint64_t)digit, &wider))
        return false;
    *magnitude = wider;
    return true;
}

static enum xd_number_result finish_signed(uint64_t magnitude, bool fits, bool negative, int64_t min, int64_t max, int64_t *value)
{
    uint64_t most = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    if (!fits || magnitude > most)
        return XD_NUMBER_RANGE;
    int64_t signed_value = !negative ? (int64_t)magnitude : magnitude == 0 ? 0 : -(int64_t)(magnitude - 1) - 1;
    if (signed_value < min || signed_value > max)
        return XD_NUMBER_RANGE;
    *value = signed_value;
    return XD_NUMBER_OK;
}

enum xd_number_result xd_parse_int64(const char *text, size_t n, int64_t min, int64_t max, int64_t *value)
{
    if (n == 0)
        return XD_NUMBER_EMPTY;
    bool negative;
    size_t i = skip_sign(text, n, &negative);
    if (i == n)
        return XD_NUMBER_MALFORMED;
    uint64_t magnitude = 0;
    bool fits = true;
    for (; i < n; i++) {
        if (!is_digit(text[i]))
            return XD_NUMBER_MALFORMED; /* found to the end, so that "9999...9x" is malformed and not out of range */
        fits = fits && push_digit(&magnitude, (unsigned)(text[i] - '0'));
    }
    return finish_signed(magnitude, fits, negative, min, max, value);
}

enum xd_number_result xd_parse_fixed(const char *text, size_t n, int decimals, int64_t min, int64_t max, int64_t *value)
{
    if (n == 0)
        return XD_NUMBER_EMPTY;
    bool negative;
    bool point_seen = false;
    bool fits = true;
    bool round_up = false;
    int kept_decimals = 0;
    int cut_decimals = 0;
    size_t digits_n = 0;
    uint64_t magnitude = 0;
    for (size_t i = skip_sign(text, n, &negative); i < n; i++) {
        if (text[i] == '.' && !point_seen) {
            point_seen = true;
            continue;
        }
        if (!is_digit(text[i]))
            return XD_NUMBER_MALFORMED;
        digits_n++;
        unsigned digit = (unsigned)(text[i] - '0');
        if (!point_seen || kept_decimals < decimals) {
            fits = fits && push_digit(&magnitude, digit);
            kept_decimals += point_seen;
        } else if (cut_decimals == 0) {
            cut_decimals = 1; /* the first digit cut decides: half goes away from zero */
            round_up = digit >= 5;
        }
    }
    if (digits_n == 0)
        return XD_NUMBER_MALFORMED;
    for (; kept_decimals < decimals; kept_decimals++)
        fits = fits && push_digit(&magnitude, 0);
    if (round_up && __builtin_add_overflow(magnitude, UINT64_C(1), &magnitude))
        fits = false;
    return finish_signed(magnitude, fits, negative, min, max, value);
}

static size_t skip_digits(const char *text, size_t n, size_t i)
{
    while (i < n && is_digit(text[i]))
        i++;
    return i;
}

/* [sign] digits [. digits] [e [sign] digits], a digit on at least one side of the point. strtod would also take blanks, hex, inf and nan. */
static bool is_decimal(const char *text, size_t n)
{
    bool negative;
    size_t start = skip_sign(text, n, &negative);
    size_t i = skip_digits(text, n, start);
    size_t digits_n = i - start;
    if (i < n && text[i] == '.') {
        size_t fraction = i + 1;
        i = skip_digits(text, n, fraction);
        digits_n += i - fraction;
    }
    if (digits_n == 0)
        return false;
    if (i < n && (text[i] == 'e' || text[i] == 'E')) {
        i++;
        i += skip_sign(text + i, n - i, &negative);
        size_t exponent = i;
        i = skip_digits(text, n, i);
        if (i == exponent)
            return false;
    }
    return i == n;
}

/* strtod follows the locale's decimal point. The program never calls setlocale, so that this is the "C" locale's in every thread. */
enum xd_number_result xd_parse_double(const char *text, size_t n, double min, double max, double *value)
{
    if (n == 0)
        return XD_NUMBER_EMPTY;
    if (!is_decimal(text, n))
        return XD_NUMBER_MALFORMED;
    if (n >= DOUBLE_TOKEN_MAX)
        return XD_NUMBER_RANGE;
    char token[DOUBLE_TOKEN_MAX];
    memcpy(token, text, n);
    token[n] = '\0';
    double parsed = strtod(token, NULL);
    if (!isfinite(parsed) || parsed < min || parsed > max)
        return XD_NUMBER_RANGE; /* an underflow gives the nearest small number, which is right */
    *value = parsed;
    return XD_NUMBER_OK;
}

static bool two_digits(const char *text, int *value)
{
    if (!is_digit(text[0]) || !is_digit(text[1]))
        return false;
    *value = (text[0] - '0') * 10 + (text[1] - '0');
    return true;
}

enum xd_number_result xd_parse_clock(const char *text, size_t n, int64_t *seconds)
{
    if (n == 0)
        return XD_NUMBER_EMPTY;
    int hour = 0;
    int minute = 0;
    int second = 0;
    size_t hour_digits_n = skip_digits(text, n, 0);
    if (hour_digits_n < 1 || hour_digits_n > 2)
        return XD_NUMBER_MALFORMED;
    for (size_t i = 0; i < hour_digits_n; i++)
        hour = hour * 10 + (text[i] - '0');
    const char *rest = text + hour_digits_n;
    size_t rest_n = n - hour_digits_n;
    if ((rest_n != 3 && rest_n != 6) || rest[0] != ':' || !two_digits(rest + 1, &minute))
        return XD_NUMBER_MALFORMED;
    if (rest_n == 6 && (rest[3] != ':' || !two_digits(rest + 4, &second)))
        return XD_NUMBER_MALFORMED;
    int64_t total = (int64_t)hour * 3600 + minute * 60 + second;
    if (minute > 59 || second > 59 || total > (int64_t)CLOCK_HOURS_MAX * 3600)
        return XD_NUMBER_RANGE;
    *seconds = total;
    return XD_NUMBER_OK;
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days from 1 January of year 1 to 1 January of `year`. */
static int64_t days_before_year(int64_t year)
{
    int64_t past = year - 1;
    return past * 365 + past / 4 - past / 100 + past / 400;
}

enum { DAYS_BEFORE_1970 = 719162 };

enum xd_number_result xd_parse_date(const char *text, size_t n, int64_t *days)
{
    if (n == 0)
        return XD_NUMBER_EMPTY;
    int century;
    int year_of_century;
    int month;
    int day;
    if (n != 10 || text[4] != '-' || text[7] != '-' || !two_digits(text, &century) || !two_digits(text + 2, &year_of_century) ||
        !two_digits(text + 5, &month) || !two_digits(text + 8, &day))
        return XD_NUMBER_MALFORMED;
    int year = century * 100 + year_of_century;
    if (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
        return XD_NUMBER_RANGE;
    int64_t total = days_before_year(year) - DAYS_BEFORE_1970 + day - 1;
    for (int m = 1; m < month; m++)
        total += month_days(year, m);
    *days = total;
    return XD_NUMBER_OK;
}

void xd_format_date(int64_t days, char dst[11])
{
    if (days < -DAYS_BEFORE_1970 || days >= days_before_year(10000) - DAYS_BEFORE_1970) {
        memcpy(dst, "0000-00-00", 11);
        return;
    }
    int64_t rest = days + DAYS_BEFORE_1970;
    int64_t year = rest / 366 + 1; /* never too late */
    while (days_before_year(year + 1) <= rest)
        year++;
    rest -= days_before_year(year);
    int month = 1;
    for (; rest >= month_days(year, month); month++)
        rest -= month_days(year, month);
    int parts[] = {(int)(year / 100), (int)(year % 100), month, (int)rest + 1};
    static const int at[] = {0, 2, 5, 8};
    for (int i = 0; i < 4; i++) {
        dst[at[i]] = (char)('0' + parts[i] / 10);
        dst[at[i] + 1] = (char)('0' + parts[i] % 10);
    }
    dst[4] = '-';
    dst[7] = '-';
    dst[10] = '\0';
}

void xd_format_clock(int64_t seconds, char dst[12])
{
    enum { HOURS_SHOWN_MAX = 999999 };
    bool negative = seconds < 0;
    int64_t minutes = negative ? (seconds + 1) / 60 - 1 : seconds / 60; /* rounded down, not towards zero */
    uint64_t size = negative ? (uint64_t)(-minutes) : (uint64_t)minutes;
    if (size / 60 > HOURS_SHOWN_MAX)
        size = (uint64_t)HOURS_SHOWN_MAX * 60 + 59;
    snprintf(dst, 12, "%s%02u:%02u", negative ? "-" : "", (unsigned)(size / 60) % (HOURS_SHOWN_MAX + 1), (unsigned)(size % 60));
}

const char *xd_number_problem(enum xd_number_result result)
{
    switch (result) {
    case XD_NUMBER_OK:
        return "is good";
    case XD_NUMBER_EMPTY:
        return "is empty";
    case XD_NUMBER_MALFORMED:
        return "is not a number";
    case XD_NUMBER_RANGE:
        return "is out of range";
    }
    return "is not a number";
}

bool xd_add_i64(int64_t a, int64_t b, int64_t *sum)
{
    int64_t result;
    if (__builtin_add_overflow(a, b, &result))
        return false;
    *sum = result;
    return true;
}

bool xd_multiply_i64(int64_t a, int64_t b, int64_t *product)
{
    int64_t result;
    if (__builtin_mul_overflow(a, b, &result))
        return false;
    *product = result;
    return true;
}
