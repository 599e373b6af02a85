/* Numbers of OSM XML in the form that nearly all have, without the care for all others, which is left to base/number.h. Inner to io/osm. */
#ifndef XD_IO_OSM_XML_VALUES_H
#define XD_IO_OSM_XML_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Eight digits at once; false when one of them is none. The first is the lowest byte, so that on a machine of the other order they are gone through. */
static inline bool xd_xml_eight_digits(const char *text, int64_t *value)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t word;
    memcpy(&word, text, sizeof word);
    const uint64_t digits = word ^ UINT64_C(0x3030303030303030);
    if (((digits + UINT64_C(0x0606060606060606)) | digits) & UINT64_C(0xf0f0f0f0f0f0f0f0))
        return false;
    const uint64_t pairs = (digits * 10 + (digits >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
    const uint64_t fours = (pairs * 100 + (pairs >> 16)) & UINT64_C(0x0000ffff0000ffff);
    *value = (int64_t)((fours * 10000 + (fours >> 32)) & UINT64_C(0xffffffff));
    return true;
#else
    int64_t sum = 0;
    for (int i = 0; i < 8; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        sum = sum * 10 + (text[i] - '0');
    }
    *value = sum;
    return true;
#endif
}

/* "13694994092": nothing but digits, and few enough to fit. False for everything else, good or bad; *value is then not set. */
static inline bool xd_xml_plain_id(const char *text, size_t n, int64_t *value)
{
    enum { DIGITS_MAX = 18 };
    int64_t sum = 0;
    if (n == 0 || n > DIGITS_MAX)
        return false;
    for (; n >= 8; n -= 8, text += 8) {
        int64_t eight;
        if (!xd_xml_eight_digits(text, &eight))
            return false;
        sum = sum * 100000000 + eight;
    }
    for (; n > 0; n--, text++) {
        const unsigned digit = (unsigned)(unsigned char)*text - '0';
        if (digit > 9)
            return false;
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

/* "42.5", "-1.4123", "7": up to three digits, then a point with up to seven more, within limit_degrees. False for everything else, good or bad. */
static inline bool xd_xml_plain_degrees(const char *text, size_t n, int32_t limit_degrees, int32_t *value_e7)
{
    static const int64_t scale[] = {10000000, 1000000, 100000, 10000, 1000, 100, 10, 1};
    enum { WHOLE_MAX = 3, DECIMALS_MAX = 7 };
    const bool negative = n > 0 && text[0] == '-';
    size_t whole_n = 0;
    int64_t whole, decimals = 0;
    text += negative;
    n -= negative;
    while (whole_n < n && text[whole_n] != '.')
        if (++whole_n > WHOLE_MAX)
            return false;
    const size_t decimals_n = whole_n < n ? n - whole_n - 1 : 0;
    if (decimals_n > DECIMALS_MAX || !xd_xml_plain_id(text, whole_n, &whole) ||
        (decimals_n > 0 && !xd_xml_plain_id(text + whole_n + 1, decimals_n, &decimals)))
        return false;
    const int64_t magnitude = whole * scale[0] + decimals * scale[decimals_n];
    if (magnitude > limit_degrees * scale[0])
        return false;
    *value_e7 = (int32_t)(negative ? -magnitude : magnitude);
    return true;
}

#endif
