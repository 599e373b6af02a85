#include "io/export/markup.h"

#include <string.h>

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

enum xd_status xd_markup_append(struct xd_buffer *buffer, const char *text, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    const char *start = text;
    const char *at = text;
    for (; status == XD_OK && *at; at++) {
        const char *instead = replacement((unsigned char)*at);
        if (!instead)
            continue;
        status = xd_buffer_append(buffer, start, (size_t)(at - start), error);
        if (status == XD_OK)
            status = xd_buffer_append(buffer, instead, strlen(instead), error);
        start = at + 1;
    }
    return status == XD_OK ? xd_buffer_append(buffer, start, (size_t)(at - start), error) : status;
}
