#include "base/buffer.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

void xd_buffer_init(struct xd_buffer *buffer, size_t max)
{
    *buffer = (struct xd_buffer){.bytes = NULL, .length = 0, .capacity = 0, .max = max};
}

/* Room for n more bytes and the NUL. */
static enum xd_status buffer_reserve(struct xd_buffer *buffer, size_t n, struct xd_error *error)
{
    if (n > buffer->max || buffer->length > buffer->max - n)
        return xd_fail(error, XD_DATA, xd_at_none(), "a text of more than %zu bytes is over the limit of its buffer; split the input", buffer->max);
    if (buffer->length + n == SIZE_MAX)
        return xd_fail_memory(error, "a text buffer", SIZE_MAX);
    size_t needed = buffer->length + n + 1;
    if (needed <= buffer->capacity)
        return XD_OK;
    size_t capacity = buffer->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : buffer->capacity;
    while (capacity < needed)
        capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
    if (buffer->max < SIZE_MAX && capacity > buffer->max + 1)
        capacity = buffer->max + 1;
    char *grown = xd_realloc(buffer->bytes, capacity, 1);
    if (!grown)
        return xd_fail_memory(error, "a text buffer", capacity);
    if (!buffer->bytes)
        grown[0] = '\0';
    buffer->bytes = grown;
    buffer->capacity = capacity;
    return XD_OK;
}

enum xd_status xd_buffer_append(struct xd_buffer *buffer, const void *bytes, size_t n, struct xd_error *error)
{
    if (n == 0)
        return XD_OK;
    enum xd_status status = buffer_reserve(buffer, n, error);
    if (status != XD_OK)
        return status;
    memcpy(buffer->bytes + buffer->length, bytes, n);
    buffer->length += n;
    buffer->bytes[buffer->length] = '\0';
    return XD_OK;
}

enum xd_status xd_buffer_printf(struct xd_buffer *buffer, struct xd_error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int needed_n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (needed_n < 0)
        return xd_fail(error, XD_INTERNAL, xd_at_none(), "a text cannot be formatted: \"%s\"", format);
    enum xd_status status = buffer_reserve(buffer, (size_t)needed_n, error);
    if (status != XD_OK)
        return status;
    va_start(arguments, format);
    vsnprintf(buffer->bytes + buffer->length, (size_t)needed_n + 1, format, arguments);
    va_end(arguments);
    buffer->length += (size_t)needed_n;
    return XD_OK;
}

void xd_buffer_clear(struct xd_buffer *buffer)
{
    buffer->length = 0;
    if (buffer->bytes)
        buffer->bytes[0] = '\0';
}

void xd_buffer_free(struct xd_buffer *buffer)
{
    if (!buffer)
        return;
    xd_free(buffer->bytes);
    xd_buffer_init(buffer, buffer->max);
}
