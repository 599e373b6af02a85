#include "base/error.h"

#include "base/alloc.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static xd_message_lookup catalogue = NULL;

struct xd_location xd_at_none(void)
{
    return (struct xd_location){.source = NULL, .line = 0, .column = 0, .byte_offset = -1, .field = NULL};
}

struct xd_location xd_at_file(const char *source)
{
    struct xd_location at = xd_at_none();
    at.source = source;
    return at;
}

struct xd_location xd_at_line(const char *source, int64_t line, int64_t column)
{
    struct xd_location at = xd_at_file(source);
    at.line = line;
    at.column = column;
    return at;
}

struct xd_location xd_at_cell(const char *source, int64_t line, int64_t column, const char *field)
{
    struct xd_location at = xd_at_line(source, line, column);
    at.field = field;
    return at;
}

struct xd_location xd_at_byte(const char *source, int64_t byte_offset)
{
    struct xd_location at = xd_at_file(source);
    at.byte_offset = byte_offset;
    return at;
}

void xd_message_catalogue_set(xd_message_lookup lookup)
{
    catalogue = lookup;
}

const char *xd_message(const char *english)
{
    const char *translated = catalogue ? catalogue(english) : NULL;
    return translated ? translated : english;
}

/* Messages quote what was found in files. Control characters would let a file write to the planner's terminal, and broken UTF-8 would
 * spread into reports: both are replaced here, once for all. */
static void make_printable(char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < 0x20 || byte == 0x7f)
            text[i] = ' ';
    }
    for (size_t at = xd_utf8_invalid_at(text, n); at < n; at += xd_utf8_invalid_at(text + at, n - at))
        text[at] = '?';
}

/* Copies at most n - 1 bytes; a character that does not fit wholly is left out. */
static void copy_cut(char *dst, size_t n, const char *src)
{
    size_t length = src ? strlen(src) : 0;
    if (length > n - 1) {
        length = n - 1;
        while (length > 0 && ((unsigned char)src[length] & 0xc0) == 0x80)
            length--;
    }
    if (length > 0)
        memcpy(dst, src, length);
    dst[length] = '\0';
    make_printable(dst);
}

/* vsnprintf cuts anywhere: take back the bytes of a character that was cut in two. */
static void drop_cut_character(char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && length - start < 3 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    if (wanted > 1 && length - start + 1 < wanted)
        text[start - 1] = '\0';
}

enum xd_status xd_fail_v(struct xd_error *error, enum xd_status status, struct xd_location at, const char *format, va_list arguments)
{
    if (!error)
        return status;
    struct xd_error made; /* apart, since the arguments may point into *error (an error wrapped in another) */
    made.status = status;
    made.line = at.line;
    made.column = at.column;
    made.byte_offset = at.byte_offset;
    copy_cut(made.source, sizeof made.source, at.source);
    copy_cut(made.field, sizeof made.field, at.field);
    int needed_n = vsnprintf(made.message, sizeof made.message, xd_message(format), arguments);
    if (needed_n < 0) {
        copy_cut(made.message, sizeof made.message, format);
    } else {
        if ((size_t)needed_n >= sizeof made.message)
            drop_cut_character(made.message, sizeof made.message - 1);
        make_printable(made.message);
    }
    *error = made;
    return status;
}

enum xd_status xd_fail(struct xd_error *error, enum xd_status status, struct xd_location at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    enum xd_status result = xd_fail_v(error, status, at, format, arguments);
    va_end(arguments);
    return result;
}

size_t xd_error_format(const struct xd_error *error, char *dst, size_t n)
{
    char place[XD_ERROR_SOURCE_MAX + 2 * 21 + 64];
    size_t used = (size_t)snprintf(place, sizeof place, "%s", error->source);
    if (error->line > 0) {
        used += (size_t)snprintf(place + used, sizeof place - used, "%s%" PRId64, used ? ":" : xd_message("line "), error->line);
        if (error->column > 0)
            used += (size_t)snprintf(place + used, sizeof place - used, ":%" PRId64, error->column);
    } else if (error->byte_offset >= 0) {
        /* cannot pass the room: the source is cut to its maximum and the translation of one word is short */
        snprintf(place + used, sizeof place - used, "%s%s%" PRId64, used ? ": " : "", xd_message("byte "), error->byte_offset);
        used = strlen(place);
    }
    int needed_n = snprintf(dst, n, "%s%s%s%s%s", place, used ? ": " : "", error->field, error->field[0] ? ": " : "", error->message);
    if (needed_n < 0)
        return 0;
    if (n > 0 && (size_t)needed_n >= n)
        drop_cut_character(dst, n - 1);
    return (size_t)needed_n;
}

/* Room for one more, or NULL. The list doubles from 8 to its limit, so that most reports stay small. */
static struct xd_error *diagnostics_slot(struct xd_error **list, int32_t *list_n)
{
    int32_t n = *list_n;
    if (n >= XD_DIAGNOSTICS_MAX)
        return NULL;
    if (n == 0 || (n >= 8 && (n & (n - 1)) == 0)) {
        size_t capacity = n == 0 ? 8 : (size_t)n * 2;
        struct xd_error *grown = xd_realloc(*list, capacity, sizeof **list);
        if (!grown)
            return NULL;
        *list = grown;
    }
    (*list_n)++;
    return *list + n;
}

void xd_diagnostics_add(struct xd_diagnostics *list, const struct xd_error *error)
{
    if (!list)
        return;
    struct xd_error copy = *error; /* it may be one of the list's own, which a growth would move */
    struct xd_error *slot = diagnostics_slot(&list->errors, &list->errors_n);
    if (slot)
        *slot = copy;
    else
        list->errors_left_out_n++;
}

void xd_diagnostics_error(struct xd_diagnostics *list, enum xd_status status, struct xd_location at, const char *format, ...)
{
    if (!list)
        return;
    struct xd_error made;
    va_list arguments;
    va_start(arguments, format);
    (void)xd_fail_v(&made, status, at, format, arguments);
    va_end(arguments);
    xd_diagnostics_add(list, &made);
}

void xd_diagnostics_warn(struct xd_diagnostics *list, struct xd_location at, const char *format, ...)
{
    if (!list)
        return;
    struct xd_error made;
    va_list arguments;
    va_start(arguments, format);
    (void)xd_fail_v(&made, XD_OK, at, format, arguments);
    va_end(arguments);
    struct xd_error *slot = diagnostics_slot(&list->warnings, &list->warnings_n);
    if (slot)
        *slot = made;
    else
        list->warnings_left_out_n++;
}

enum xd_status xd_diagnostics_status(const struct xd_diagnostics *list)
{
    if (list->errors_n > 0)
        return list->errors[0].status;
    return list->errors_left_out_n > 0 ? XD_NO_MEMORY : XD_OK; /* none could be stored: the memory ran out */
}

void xd_diagnostics_free(struct xd_diagnostics *list)
{
    if (!list)
        return;
    xd_free(list->errors);
    xd_free(list->warnings);
    *list = (struct xd_diagnostics){0};
}
