/* Numbers, text and JSON strings from any bytes: no crash, and what is accepted keeps its promises. */
#include "base/error.h"
#include "base/json_writer.h"
#include "base/number.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static void read_numbers(const char *text, size_t n)
{
    int64_t value = 0;
    double real = 0;
    char again[32];
    if (xd_parse_int64(text, n, -1000, INT64_MAX, &value) == XD_NUMBER_OK) {
        require(value >= -1000);
        int64_t fixed = 0;
        require(xd_parse_fixed(text, n, 0, INT64_MIN, INT64_MAX, &fixed) == XD_NUMBER_OK && fixed == value);
    }
    if (xd_parse_fixed(text, n, 7, -1800000000, 1800000000, &value) == XD_NUMBER_OK) {
        require(value >= -1800000000 && value <= 1800000000);
        require(n >= 512 || (xd_parse_double(text, n, -181, 181, &real) == XD_NUMBER_OK && fabs(real * 1e7 - (double)value) < 0.6));
    }
    if (xd_parse_double(text, n, -1e300, 1e300, &real) == XD_NUMBER_OK)
        require(isfinite(real) && fabs(real) <= 1e300);
    if (xd_parse_clock(text, n, &value) == XD_NUMBER_OK) {
        int64_t minutes = -1;
        xd_format_clock(value, again);
        require(xd_parse_clock(again, strlen(again), &minutes) == XD_NUMBER_OK && minutes == value / 60 * 60);
    }
    if (xd_parse_date(text, n, &value) == XD_NUMBER_OK) {
        xd_format_date(value, again);
        require(n == 10 && memcmp(again, text, 10) == 0);
    }
}

static void read_text(const char *text, size_t n)
{
    static const char *const words[] = {"capacity", "villages", "人口"};
    char copy[1025];
    size_t length = n < 1024 ? n : 1024;
    memcpy(copy, text, length);
    copy[length] = '\0';
    bool valid = xd_utf8_invalid_at(copy, strlen(copy)) == strlen(copy);
    require(xd_text_distance(copy, copy, 3) == 0);
    (void)xd_text_suggest(copy, words, 3);
    size_t normal = xd_text_normalise(copy);
    require(normal == strlen(copy) && normal <= length);
    require(!valid || xd_utf8_invalid_at(copy, normal) == normal);
    struct xd_error error;
    (void)xd_fail(&error, XD_DATA, xd_at_cell(copy, 1, 1, copy), "found %s", copy);
    require(xd_utf8_invalid_at(error.message, strlen(error.message)) == strlen(error.message));
}

static void write_string(const char *text, size_t n)
{
    struct xd_buffer buffer;
    struct xd_json_writer w;
    xd_buffer_init(&buffer, 8 * n + 2);
    xd_json_begin(&w, &buffer, false, NULL);
    xd_json_string_n(&w, NULL, text, n);
    require(xd_json_end(&w) == XD_OK);
    require(xd_utf8_invalid_at(buffer.bytes, buffer.length) == buffer.length);
    xd_buffer_free(&buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    read_numbers((const char *)data, size);
    read_text((const char *)data, size);
    write_string((const char *)data, size);
    return 0;
}
