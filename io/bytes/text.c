#include "io/bytes/text.h"

#include "base/alloc.h"
#include "base/text.h"
#include "io/bytes/input.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

struct xd_text_place xd_text_place_of(const char *text, size_t n, size_t offset)
{
    struct xd_text_place place = {.line = 1, .column = 1};
    for (size_t i = 0; i < offset && i < n; i++) {
        bool ends_line = text[i] == '\n' || (text[i] == '\r' && !(i + 1 < n && text[i + 1] == '\n'));
        if (ends_line) {
            place.line++;
            place.column = 1;
        } else if (!is_continuation(text[i]) && text[i] != '\r') {
            place.column++;
        }
    }
    return place;
}

static struct xd_location location_of(const struct xd_buffer *text, const char *source, size_t offset)
{
    struct xd_text_place place = xd_text_place_of(text->bytes, text->length, offset);
    struct xd_location at = xd_at_line(source, place.line, place.column);
    at.byte_offset = (int64_t)offset;
    return at;
}

/* Keeps the bytes from `start` on. */
static void drop_front(struct xd_buffer *text, size_t start)
{
    memmove(text->bytes, text->bytes + start, text->length - start);
    text->length -= start;
    text->bytes[text->length] = '\0';
}

static bool begins_with(const struct xd_buffer *text, const char *mark, size_t n)
{
    return text->length >= n && memcmp(text->bytes, mark, n) == 0;
}

static enum xd_status refuse_unreadable(const struct xd_buffer *text, const char *source, struct xd_error *error)
{
    if (begins_with(text, "\xff\xfe", 2) || begins_with(text, "\xfe\xff", 2))
        return xd_fail(error, XD_DATA, xd_at_line(source, 1, 1),
                       "found UTF-16 text (a file saved as \"Unicode\"), expected UTF-8 or GB18030; save it again as \"CSV UTF-8\"");
    const char *nul = text->length > 0 ? memchr(text->bytes, '\0', text->length) : NULL;
    if (nul)
        return xd_fail(error, XD_DATA, location_of(text, source, (size_t)(nul - text->bytes)),
                       "found a NUL byte, expected text; this is UTF-16 or no text file (an .xlsx?): save it as \"CSV UTF-8\"");
    return XD_OK;
}

/* Converts into *out. *invalid_at is the first byte that is not GB18030 when the result is XD_DATA. */
static enum xd_status convert_gb18030(const struct xd_buffer *text, struct xd_buffer *out, size_t *invalid_at, struct xd_error *error)
{
    enum { CHUNK = 8192 };
    char chunk[CHUNK];
    char *from = text->bytes;
    size_t from_n = text->length;
    enum xd_status status = XD_OK;
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == (iconv_t)-1)
        return xd_fail(error, XD_NO_INPUT, xd_at_none(), "this system cannot convert GB18030 (no such iconv module); save the file as UTF-8");
    while (from_n > 0 && status == XD_OK) {
        char *to = chunk;
        size_t to_n = CHUNK;
        size_t result = iconv(converter, &from, &from_n, &to, &to_n);
        int problem = result == (size_t)-1 ? errno : 0;
        if (problem != 0 && problem != E2BIG) {
            *invalid_at = (size_t)(from - text->bytes);
            status = XD_DATA;
            break;
        }
        status = xd_buffer_append(out, chunk, (size_t)(to - chunk), error);
        if (status == XD_DATA) { /* told apart from bad bytes by the caller: over the limit has its error filled */
            *invalid_at = SIZE_MAX;
        }
    }
    iconv_close(converter);
    return status;
}

static enum xd_status decode_gb18030(struct xd_buffer *text, const char *source, enum xd_text_encoding encoding, size_t utf8_invalid,
                                     struct xd_diagnostics *diagnostics, struct xd_error *error)
{
    struct xd_buffer converted;
    xd_buffer_init(&converted, text->max);
    size_t invalid_at = 0;
    enum xd_status status = convert_gb18030(text, &converted, &invalid_at, error);
    if (status == XD_DATA && invalid_at != SIZE_MAX) {
        if (encoding == XD_ENCODING_GB18030)
            xd_fail(error, XD_DATA, location_of(text, source, invalid_at),
                    "found bytes that are not GB18030, as `encoding` says; expected GB18030 text");
        else
            xd_fail(error, XD_DATA, location_of(text, source, utf8_invalid),
                    "found bytes that are neither UTF-8 nor GB18030; save the file as \"CSV UTF-8\"");
    }
    if (status != XD_OK) {
        xd_buffer_free(&converted);
        return status;
    }
    xd_buffer_free(text);
    *text = converted;
    if (encoding == XD_ENCODING_AUTO)
        xd_diagnostics_warn(diagnostics, xd_at_file(source),
                            "is not UTF-8 and was read as GB18030; look at the names, and set `encoding` if they are wrong");
    return XD_OK;
}

enum xd_status xd_text_decode(struct xd_buffer *text, const char *source, enum xd_text_encoding encoding, struct xd_diagnostics *diagnostics,
                              struct xd_error *error)
{
    enum xd_status status = refuse_unreadable(text, source, error);
    if (status == XD_OK && text->length > 0) {
        bool has_mark = begins_with(text, "\xef\xbb\xbf", 3);
        if (has_mark)
            drop_front(text, 3);
        size_t invalid_at = xd_utf8_invalid_at(text->bytes, text->length);
        bool is_utf8 = invalid_at == text->length;
        if (encoding == XD_ENCODING_UTF8 || has_mark) { /* who writes the mark writes UTF-8, whatever `encoding` says */
            if (!is_utf8)
                status = xd_fail(error, XD_DATA, location_of(text, source, invalid_at),
                                 "found a byte that is not UTF-8; save the file as \"CSV UTF-8\"%s", has_mark ? "" : " or set `encoding: auto`");
        } else if (encoding == XD_ENCODING_GB18030 || !is_utf8) {
            status = decode_gb18030(text, source, encoding, invalid_at, diagnostics, error);
        }
        if (status == XD_OK && begins_with(text, "\xef\xbb\xbf", 3))
            drop_front(text, 3); /* GB18030 has a byte order mark too */
    }
    if (status != XD_OK)
        xd_buffer_clear(text);
    return status;
}

enum xd_status xd_text_read_file(const char *path, size_t max, enum xd_text_encoding encoding, struct xd_buffer *text,
                                 struct xd_diagnostics *diagnostics, struct xd_error *error)
{
    enum xd_status status = xd_input_read_all(path, max, text, error);
    return status == XD_OK ? xd_text_decode(text, path, encoding, diagnostics, error) : status;
}
