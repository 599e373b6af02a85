#include "base/json_writer.h"

#include "base/hash.h"
#include "base/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

void xd_json_begin(struct xd_json_writer *w, struct xd_buffer *buffer, bool indent, struct xd_error *error)
{
    *w = (struct xd_json_writer){.buffer = buffer, .error = error, .status = XD_OK, .indent = indent};
}

static void put(struct xd_json_writer *w, const char *bytes, size_t n)
{
    if (w->status == XD_OK)
        w->status = xd_buffer_append(w->buffer, bytes, n, w->error);
}

static void put_text(struct xd_json_writer *w, const char *text)
{
    put(w, text, strlen(text));
}

static void misuse(struct xd_json_writer *w, const char *what)
{
    if (w->status == XD_OK)
        w->status = xd_fail(w->error, XD_INTERNAL, xd_at_none(), "JSON is written wrongly: %s; please report this", what);
}

static void put_line(struct xd_json_writer *w, int depth)
{
    put(w, "\n", 1);
    for (int i = 0; i < depth; i++)
        put(w, "  ", 2);
}

/* Bytes that may not stand in a string as they are. `<` is legal JSON, but would end a <script> element. */
static bool needs_escape(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\' || c == '<' || c == 0x7f;
}

static void put_escape(struct xd_json_writer *w, unsigned char c)
{
    static const char short_forms[] = "\"\"\\\\\bb\ff\nn\rr\tt"; /* pairs: the byte, its letter */
    for (size_t i = 0; i + 1 < sizeof short_forms; i += 2) {
        if ((unsigned char)short_forms[i] == c) {
            char escape[2] = {'\\', short_forms[i + 1]};
            put(w, escape, 2);
            return;
        }
    }
    char escape[7];
    snprintf(escape, sizeof escape, "\\u%04x", (unsigned)c);
    put(w, escape, 6);
}

static void put_string(struct xd_json_writer *w, const char *text, size_t n)
{
    put(w, "\"", 1);
    size_t valid_end = xd_utf8_invalid_at(text, n);
    size_t plain = 0; /* start of what is not yet written */
    for (size_t i = 0; i < n; i++) {
        if (i == valid_end) {
            put(w, text + plain, i - plain);
            put(w, "\xef\xbf\xbd", 3); /* U+FFFD for one byte that is not UTF-8 */
            plain = i + 1;
            valid_end = i + 1 + xd_utf8_invalid_at(text + i + 1, n - i - 1);
        } else if (needs_escape((unsigned char)text[i])) {
            put(w, text + plain, i - plain);
            put_escape(w, (unsigned char)text[i]);
            plain = i + 1;
        }
    }
    put(w, text + plain, n - plain);
    put(w, "\"", 1);
}

/* What stands before every value: comma, line, key. False when nothing may be written. */
static bool value_begin(struct xd_json_writer *w, const char *key)
{
    if (w->status != XD_OK)
        return false;
    bool in_object = w->depth > 0 && w->is_object[w->depth];
    if (in_object && !key)
        misuse(w, "a member without a key");
    else if (!in_object && key)
        misuse(w, "a key outside an object");
    else if (w->depth == 0 && w->root_written)
        misuse(w, "two outermost values");
    if (w->status != XD_OK)
        return false;
    w->root_written = true;
    if (w->depth > 0) {
        bool one_line = w->line_depth > 0;
        if (!w->first[w->depth])
            put(w, ", ", w->indent && one_line ? 2 : 1);
        w->first[w->depth] = false;
        if (w->indent && !one_line)
            put_line(w, w->depth);
    }
    if (key) {
        put_string(w, key, strlen(key));
        put(w, ": ", w->indent ? 2 : 1);
    }
    return w->status == XD_OK;
}

static void container_begin(struct xd_json_writer *w, const char *key, bool is_object, bool one_line)
{
    if (!value_begin(w, key))
        return;
    if (w->depth == XD_JSON_DEPTH_MAX) {
        misuse(w, "too many levels");
        return;
    }
    put(w, is_object ? "{" : "[", 1);
    w->depth++;
    w->first[w->depth] = true;
    w->is_object[w->depth] = is_object;
    if (one_line && w->line_depth == 0)
        w->line_depth = w->depth;
}

static void container_end(struct xd_json_writer *w, bool is_object)
{
    if (w->status != XD_OK)
        return;
    if (w->depth == 0 || w->is_object[w->depth] != is_object) {
        misuse(w, "an end without its begin");
        return;
    }
    bool one_line = w->line_depth > 0;
    if (w->line_depth == w->depth)
        w->line_depth = 0;
    w->depth--;
    if (w->indent && !one_line && !w->first[w->depth + 1])
        put_line(w, w->depth);
    put(w, is_object ? "}" : "]", 1);
}

void xd_json_object_begin(struct xd_json_writer *w, const char *key)
{
    container_begin(w, key, true, false);
}

void xd_json_object_begin_line(struct xd_json_writer *w, const char *key)
{
    container_begin(w, key, true, true);
}

void xd_json_object_end(struct xd_json_writer *w)
{
    container_end(w, true);
}

void xd_json_array_begin(struct xd_json_writer *w, const char *key)
{
    container_begin(w, key, false, false);
}

void xd_json_array_begin_line(struct xd_json_writer *w, const char *key)
{
    container_begin(w, key, false, true);
}

void xd_json_array_end(struct xd_json_writer *w)
{
    container_end(w, false);
}

void xd_json_string_n(struct xd_json_writer *w, const char *key, const char *text, size_t n)
{
    if (value_begin(w, key))
        put_string(w, text ? text : "", text ? n : 0);
}

void xd_json_string(struct xd_json_writer *w, const char *key, const char *text)
{
    if (text)
        xd_json_string_n(w, key, text, strlen(text));
    else
        xd_json_null(w, key);
}

void xd_json_int(struct xd_json_writer *w, const char *key, int64_t value)
{
    xd_json_fixed(w, key, value, 0);
}

void xd_json_bool(struct xd_json_writer *w, const char *key, bool value)
{
    if (value_begin(w, key))
        put_text(w, value ? "true" : "false");
}

void xd_json_null(struct xd_json_writer *w, const char *key)
{
    if (value_begin(w, key))
        put_text(w, "null");
}

void xd_json_fixed(struct xd_json_writer *w, const char *key, int64_t value, int decimals)
{
    if (decimals < 0 || decimals > XD_JSON_DECIMALS_MAX) {
        misuse(w, "decimals outside 0..18");
        return;
    }
    if (!value_begin(w, key))
        return;
    char text[24]; /* from the end: sign, 20 digits, point */
    size_t at = sizeof text;
    uint64_t rest = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
    for (int digits_n = 0; rest > 0 || digits_n <= decimals; digits_n++) {
        if (digits_n == decimals && decimals > 0)
            text[--at] = '.';
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (value < 0)
        text[--at] = '-';
    put(w, text + at, sizeof text - at);
}

void xd_json_double(struct xd_json_writer *w, const char *key, double value, int significant_digits)
{
    if (significant_digits < 1 || significant_digits > XD_JSON_DIGITS_MAX) {
        misuse(w, "significant digits outside 1..17");
        return;
    }
    if (!isfinite(value)) {
        misuse(w, "a number that is not finite");
        return;
    }
    if (!value_begin(w, key))
        return;
    char text[40]; /* "C" locale: the program never calls setlocale */
    int n = snprintf(text, sizeof text, "%.*g", significant_digits, value == 0 ? 0.0 : value);
    put(w, text, (size_t)n);
}

void xd_json_hash(struct xd_json_writer *w, const char *key, uint64_t hash)
{
    char hex[17];
    xd_hash_hex(hash, hex);
    xd_json_string_n(w, key, hex, 16);
}

enum xd_status xd_json_end(struct xd_json_writer *w)
{
    if (w->depth > 0)
        misuse(w, "an object or array is not closed");
    else if (!w->root_written)
        misuse(w, "nothing was written");
    if (w->indent)
        put(w, "\n", 1);
    return w->status;
}
