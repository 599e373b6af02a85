/* A streaming JSON writer onto an xd_buffer: the same calls give the same bytes on every machine and thread.
 *
 * Shape: `key` names a member and must be given inside an object; it is NULL inside an array and for the outermost value. One outermost value.
 * Text: `"`, `\`, control characters (with DEL) and `<` are escaped (so that the bytes may stand inside a <script> element), other characters are written as
 *   they are; a byte that is not UTF-8 becomes U+FFFD. The bytes are therefore always valid JSON in valid UTF-8.
 * Errors: the first one is kept, every later call does nothing; ask once with xd_json_end. XD_DATA over the buffer's maximum, XD_NO_MEMORY, and
 *   XD_INTERNAL for a wrong use (missing key, unclosed object, nesting over XD_JSON_DEPTH_MAX, a double that is not finite).
 *   After an error the buffer holds an incomplete text.
 * Borrows: buffer and error, until xd_json_end. Cost: O(bytes). Threads: one writer, one thread.
 */
#ifndef XD_BASE_JSON_WRITER_H
#define XD_BASE_JSON_WRITER_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

enum { XD_JSON_DEPTH_MAX = 64, XD_JSON_DECIMALS_MAX = 18, XD_JSON_DIGITS_MAX = 17 };

struct xd_json_writer {
    struct xd_buffer *buffer;
    struct xd_error *error;
    enum xd_status status;
    int depth;      /* open objects and arrays */
    int line_depth; /* depth of the container that is kept on one line; 0 = none */
    bool indent;    /* two blanks a level and a line feed at the end; otherwise no white space at all */
    bool root_written;
    bool first[XD_JSON_DEPTH_MAX + 1]; /* nothing written yet inside the container of that depth */
    bool is_object[XD_JSON_DEPTH_MAX + 1];
};

/* Appends to what the buffer holds. */
void xd_json_begin(struct xd_json_writer *w, struct xd_buffer *buffer, bool indent, struct xd_error *error);

void xd_json_object_begin(struct xd_json_writer *w, const char *key);
void xd_json_object_end(struct xd_json_writer *w);
void xd_json_array_begin(struct xd_json_writer *w, const char *key);
void xd_json_array_end(struct xd_json_writer *w);
/* As above, but all that is inside stays on one line (coordinates, short records). Closed by the same _end. */
void xd_json_object_begin_line(struct xd_json_writer *w, const char *key);
void xd_json_array_begin_line(struct xd_json_writer *w, const char *key);

void xd_json_string(struct xd_json_writer *w, const char *key, const char *text); /* NULL text is written as null */
void xd_json_string_n(struct xd_json_writer *w, const char *key, const char *text, size_t n);
void xd_json_int(struct xd_json_writer *w, const char *key, int64_t value);
void xd_json_bool(struct xd_json_writer *w, const char *key, bool value);
void xd_json_null(struct xd_json_writer *w, const char *key);
/* value / 10^decimals with exactly `decimals` (0..18) decimals, without floating point: (1234, 2) is 12.34, (-5, 7) is -0.0000005. */
void xd_json_fixed(struct xd_json_writer *w, const char *key, int64_t value, int decimals);
/* As printf("%.{significant_digits}g"), which drops trailing zeros; significant_digits 1..17. */
void xd_json_double(struct xd_json_writer *w, const char *key, double value, int significant_digits);
/* A 64-bit identity as a string of 16 hexadecimal digits. */
void xd_json_hash(struct xd_json_writer *w, const char *key, uint64_t hash);

/* Checks that all is closed and something was written; returns the first error. */
XD_MUST_CHECK enum xd_status xd_json_end(struct xd_json_writer *w);

#endif
