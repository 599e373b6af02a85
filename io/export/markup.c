#include "io/export/markup.h"

#include "base/text.h"

#include <string.h>

static const char replacement_character[] = "\xef\xbf\xbd"; /* U+FFFD */

static const char *replacement(unsigned char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f ? " " : NULL;
    }
}

/* U+FFFE and U+FFFF: UTF-8, but no characters of XML. */
static bool is_noncharacter(const char *at)
{
    return (unsigned char)at[0] == 0xef && (unsigned char)at[1] == 0xbf && (unsigned char)at[2] >= 0xbe;
}

enum xd_status xd_markup_append(struct xd_buffer *buffer, const char *text, struct xd_error *error)
{
    const size_t n = strlen(text);
    size_t plain = 0; /* start of what is not yet written */
    size_t invalid_at = xd_utf8_invalid_at(text, n);
    enum xd_status status = XD_OK;
    for (size_t i = 0; status == XD_OK && i < n;) {
        const char *instead = replacement((unsigned char)text[i]);
        size_t replaced_n = 1;
        if (i == invalid_at) {
            instead = replacement_character;
            invalid_at = i + 1 + xd_utf8_invalid_at(text + i + 1, n - i - 1);
        } else if (is_noncharacter(text + i)) {
            instead = replacement_character;
            replaced_n = 3;
        }
        if (instead) {
            status = xd_buffer_append(buffer, text + plain, i - plain, error);
            if (status == XD_OK)
                status = xd_buffer_append(buffer, instead, strlen(instead), error);
            plain = i + replaced_n;
        }
        i += replaced_n;
    }
    return status == XD_OK ? xd_buffer_append(buffer, text + plain, n - plain, error) : status;
}
