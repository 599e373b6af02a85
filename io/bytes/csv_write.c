#include "io/bytes/csv.h"

#include <string.h>

void xd_fixed_text(int64_t value, int decimals, char dst[32])
{
    char reversed[24]; /* 19 digits and a point at most */
    size_t n = 0;
    uint64_t rest = value < 0 ? (uint64_t)(-(value + 1)) + 1 : (uint64_t)value;
    for (int i = 0; i < decimals && i < 18; i++, rest /= 10)
        if (n > 0 || rest % 10 != 0) /* zeros at the end are left out */
            reversed[n++] = (char)('0' + rest % 10);
    if (n > 0)
        reversed[n++] = '.';
    do {
        reversed[n++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        reversed[n++] = '-';
    for (size_t i = 0; i < n; i++)
        dst[i] = reversed[n - 1 - i];
    dst[n] = '\0';
}

static void put_raw(struct xd_csv_writer *writer, const char *bytes, size_t n)
{
    if (writer->status == XD_OK)
        writer->status = xd_buffer_append(writer->buffer, bytes, n, writer->error);
}

static void begin_cell(struct xd_csv_writer *writer)
{
    if (writer->row_begun)
        put_raw(writer, ",", 1);
    writer->row_begun = true;
}

void xd_csv_begin(struct xd_csv_writer *writer, struct xd_buffer *buffer, struct xd_error *error)
{
    *writer = (struct xd_csv_writer){.buffer = buffer, .error = error, .status = XD_OK, .row_begun = false};
    put_raw(writer, "\xef\xbb\xbf", 3);
}

static void put_quoted(struct xd_csv_writer *writer, const char *prefix, const char *text, const char *suffix)
{
    put_raw(writer, "\"", 1);
    put_raw(writer, prefix, strlen(prefix));
    for (const char *part = text; *part;) {
        size_t n = strcspn(part, "\"");
        put_raw(writer, part, n);
        part += n;
        if (*part == '"') {
            put_raw(writer, "\"\"", 2);
            part++;
        }
    }
    put_raw(writer, suffix, strlen(suffix));
    put_raw(writer, "\"", 1);
}

void xd_csv_put_text(struct xd_csv_writer *writer, const char *text)
{
    begin_cell(writer);
    bool formula = text[0] != '\0' && strchr("=+-@'", text[0]) != NULL;
    if (formula || strpbrk(text, "\",;\t\r\n#"))
        put_quoted(writer, formula ? "'" : "", text, "");
    else
        put_raw(writer, text, strlen(text));
}

void xd_csv_put_code(struct xd_csv_writer *writer, const char *code)
{
    size_t n = strlen(code);
    if (n == 0 || strspn(code, "0123456789") != n) {
        xd_csv_put_text(writer, code);
        return;
    }
    xd_csv_put_literal(writer, code);
}

void xd_csv_put_literal(struct xd_csv_writer *writer, const char *text)
{
    begin_cell(writer);
    put_quoted(writer, "=\"\"", text, "\"\"");
}

void xd_csv_put_integer(struct xd_csv_writer *writer, int64_t value)
{
    xd_csv_put_fixed(writer, value, 0);
}

void xd_csv_put_fixed(struct xd_csv_writer *writer, int64_t value, int decimals)
{
    char text[32];
    xd_fixed_text(value, decimals, text);
    begin_cell(writer);
    put_raw(writer, text, strlen(text));
}

void xd_csv_put_blank(struct xd_csv_writer *writer)
{
    begin_cell(writer);
}

void xd_csv_row_end(struct xd_csv_writer *writer)
{
    put_raw(writer, "\r\n", 2);
    writer->row_begun = false;
}

enum xd_status xd_csv_end(struct xd_csv_writer *writer)
{
    return writer->status;
}
