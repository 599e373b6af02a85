#include "io/instance/scan.h"

#include "base/number.h"
#include "base/text.h"

#include <string.h>

enum { QUOTED_MAX = 40 }; /* bytes of a wrong token shown in a message */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

struct xd_scan xd_scan_begin(const char *source, const char *bytes, size_t n)
{
    const bool marked = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    return (struct xd_scan){.source = source, .bytes = bytes, .n = n, .at = marked ? 3 : 0, .line = 0};
}

bool xd_scan_next(struct xd_scan *scan, struct xd_scan_line *line)
{
    while (scan->at < scan->n) {
        const char *text = scan->bytes + scan->at;
        const char *feed = memchr(text, '\n', scan->n - scan->at);
        size_t n = feed ? (size_t)(feed - text) : scan->n - scan->at;
        size_t blanks_n = 0;
        scan->at += n + (feed ? 1 : 0);
        scan->line++;
        while (blanks_n < n && is_blank(text[blanks_n]))
            blanks_n++;
        while (n > blanks_n && is_blank(text[n - 1]))
            n--;
        if (n == blanks_n)
            continue;
        *line = (struct xd_scan_line){text + blanks_n, n - blanks_n, scan->line, (int64_t)blanks_n + 1};
        return true;
    }
    return false;
}

size_t xd_scan_split(const struct xd_scan_line *line, struct xd_token *tokens, size_t max)
{
    size_t count = 0, at = 0;
    while (at < line->n) {
        size_t end = at;
        while (end < line->n && !is_blank(line->text[end]))
            end++;
        if (count < max)
            tokens[count] = (struct xd_token){line->text + at, end - at, line->line, line->column + (int64_t)at};
        count++;
        at = end;
        while (at < line->n && is_blank(line->text[at]))
            at++;
    }
    return count;
}

bool xd_scan_take(struct xd_scan_line *line, struct xd_token *token)
{
    size_t begin = 0;
    while (begin < line->n && is_blank(line->text[begin]))
        begin++;
    size_t end = begin;
    while (end < line->n && !is_blank(line->text[end]))
        end++;
    *token = (struct xd_token){line->text + begin, end - begin, line->line, line->column + (int64_t)begin};
    *line = (struct xd_scan_line){line->text + end, line->n - end, line->line, line->column + (int64_t)end};
    return token->n > 0;
}

bool xd_token_is(const struct xd_token *token, const char *word)
{
    return token->n == strlen(word) && memcmp(token->text, word, token->n) == 0;
}

void xd_scan_copy(const char *text, size_t n, char *dst, size_t max)
{
    size_t length = n < max ? n : max - 1;
    if (length < n)
        while (length > 0 && ((unsigned char)text[length] & 0xC0u) == 0x80u)
            length--;
    for (size_t i = 0; i < length; i++)
        dst[i] = (unsigned char)text[i] < ' ' || text[i] == 0x7f ? '?' : text[i];
    dst[length] = '\0';
}

struct xd_location xd_scan_at(const struct xd_scan *scan, const struct xd_token *token, const char *field)
{
    return xd_at_cell(scan->source, token->line, token->column, field);
}

static enum xd_status fail_number(const struct xd_scan *scan, const struct xd_token *token, const char *field, enum xd_number_result problem,
                                  double min, double max, struct xd_error *error)
{
    char found[QUOTED_MAX];
    xd_scan_copy(token->text, token->n, found, sizeof found);
    return xd_fail(error, XD_DATA, xd_scan_at(scan, token, field), "\"%s\" %s; expected %.0f to %.0f", found, xd_message(xd_number_problem(problem)),
                   min, max);
}

enum xd_status xd_scan_int(const struct xd_scan *scan, const struct xd_token *token, const char *field, int64_t min, int64_t max, int64_t *value,
                           struct xd_error *error)
{
    const enum xd_number_result result = xd_parse_int64(token->text, token->n, min, max, value);
    return result == XD_NUMBER_OK ? XD_OK : fail_number(scan, token, field, result, (double)min, (double)max, error);
}

enum xd_status xd_scan_fixed(const struct xd_scan *scan, const struct xd_token *token, const char *field, int decimals, int64_t min, int64_t max,
                             int64_t *value, struct xd_error *error)
{
    int64_t power = 1;
    for (int i = 0; i < decimals; i++)
        power *= 10;
    const enum xd_number_result result = xd_parse_fixed(token->text, token->n, decimals, min * power, max * power, value);
    return result == XD_NUMBER_OK ? XD_OK : fail_number(scan, token, field, result, (double)min, (double)max, error);
}

enum xd_status xd_scan_double(const struct xd_scan *scan, const struct xd_token *token, const char *field, double min, double max, double *value,
                              struct xd_error *error)
{
    const enum xd_number_result result = xd_parse_double(token->text, token->n, min, max, value);
    return result == XD_NUMBER_OK ? XD_OK : fail_number(scan, token, field, result, min, max, error);
}
