/* A growable byte buffer with a stated maximum; always NUL-terminated behind its length. */
#ifndef XD_BASE_BUFFER_H
#define XD_BASE_BUFFER_H

#include "base/error.h"

#include <stddef.h>

struct xd_buffer {
    char *bytes; /* NULL while empty; else length bytes and a NUL */
    size_t length;
    size_t capacity;
    size_t max;
};

void xd_buffer_init(struct xd_buffer *buffer, size_t max);
/* Errors: XD_DATA over the maximum, XD_NO_MEMORY; the buffer is unchanged. */
XD_MUST_CHECK enum xd_status xd_buffer_append(struct xd_buffer *buffer, const void *bytes, size_t n, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_buffer_printf(struct xd_buffer *buffer, struct xd_error *error, const char *format, ...) XD_PRINTF(3, 4);
void xd_buffer_clear(struct xd_buffer *buffer);
void xd_buffer_free(struct xd_buffer *buffer);

#endif
