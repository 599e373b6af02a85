/* Text into XML and HTML: escaped, and never a byte or character that XML 1.0 forbids (a control becomes a blank, anything else U+FFFD). */
#ifndef XD_IO_EXPORT_MARKUP_H
#define XD_IO_EXPORT_MARKUP_H

#include "base/buffer.h"

XD_MUST_CHECK enum xd_status xd_markup_append(struct xd_buffer *buffer, const char *text, struct xd_error *error);

#endif
