/* Bytes of a text file into valid UTF-8: byte order marks, GB18030 (what Excel saves in China), and plain words about what cannot be read.
 *
 * Owns: the caller owns the buffer. Errors: XD_DATA located at line:column (UTF-16, NUL bytes, neither UTF-8 nor GB18030, over the limit),
 * XD_NO_MEMORY; the buffer is emptied. Cost: O(bytes). Threads: any. */
#ifndef XD_IO_BYTES_TEXT_H
#define XD_IO_BYTES_TEXT_H

#include "base/buffer.h"

enum xd_text_encoding { XD_ENCODING_AUTO, XD_ENCODING_UTF8, XD_ENCODING_GB18030 };

enum { XD_TEXT_FILE_MAX = 256 * 1024 * 1024 };

/* Replaces what the buffer holds by UTF-8 without a byte order mark. AUTO: UTF-8 when the bytes are valid UTF-8, else GB18030, which is told
 * as a warning in diagnostics (may be NULL). source names the file in messages. */
XD_MUST_CHECK enum xd_status xd_text_decode(struct xd_buffer *text, const char *source, enum xd_text_encoding encoding,
                                            struct xd_diagnostics *diagnostics, struct xd_error *error);

/* Reads a whole text file of at most max bytes and decodes it. Errors: also XD_NO_INPUT (missing, unreadable, a folder), XD_IO. */
XD_MUST_CHECK enum xd_status xd_text_read_file(const char *path, size_t max, enum xd_text_encoding encoding, struct xd_buffer *text,
                                               struct xd_diagnostics *diagnostics, struct xd_error *error);

/* Line and character column (both from 1) of a byte of UTF-8 text; a line ends with LF, CR or CR LF. */
struct xd_text_place {
    int64_t line, column;
};
struct xd_text_place xd_text_place_of(const char *text, size_t n, size_t offset);

#endif
