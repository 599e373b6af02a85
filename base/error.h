/* Status codes and located errors: what went wrong, where, found and expected.
 *
 * Every fallible function returns an `enum xd_status` and, where it takes a `struct xd_error *error` (which may be NULL),
 * fills it on failure only. Outputs are unchanged on failure unless a header says otherwise.
 * Reports of many errors at once go through `struct xd_diagnostics`.
 */
#ifndef XD_BASE_ERROR_H
#define XD_BASE_ERROR_H

#include "base/macros.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The values are the program's exit codes (sysexits where one fits); DESIGN of the command line. */
enum xd_status {
    XD_OK = 0,
    XD_NO_PLAN = 1,        /* ran, but no feasible plan / a violation found */
    XD_USAGE = 64,         /* wrong command line */
    XD_DATA = 65,          /* input data wrong: malformed, out of range, over a limit */
    XD_NO_INPUT = 66,      /* an input file is missing or unreadable */
    XD_INTERNAL = 70,      /* a bug of ours */
    XD_NO_MEMORY = 71,     /* allocation failed or over the budget */
    XD_CANNOT_CREATE = 73, /* an output cannot be created */
    XD_IO = 74,            /* reading or writing failed midway */
    XD_TRY_AGAIN = 75,     /* temporary */
    XD_CONFIG = 78,        /* scenario configuration wrong (YAML keys, values) */
    XD_INTERRUPTED = 130   /* cancelled by the user */
};

enum { XD_ERROR_SOURCE_MAX = 256, XD_ERROR_FIELD_MAX = 64, XD_ERROR_MESSAGE_MAX = 640 };

struct xd_error {
    enum xd_status status;
    char source[XD_ERROR_SOURCE_MAX]; /* file or option name; "" when none */
    int64_t line;                     /* from 1; 0 = not known */
    int64_t column;                   /* from 1; 0 = not known */
    int64_t byte_offset;              /* from 0; -1 = not known */
    char field[XD_ERROR_FIELD_MAX];   /* column or key name; "" when none */
    char message[XD_ERROR_MESSAGE_MAX];
};

/* Where an error is. Pass `xd_at_none()` when there is no place. Strings are copied by the setter. */
struct xd_location {
    const char *source;
    int64_t line;
    int64_t column;
    int64_t byte_offset;
    const char *field;
};

struct xd_location xd_at_none(void);
struct xd_location xd_at_file(const char *source);
struct xd_location xd_at_line(const char *source, int64_t line, int64_t column);
struct xd_location xd_at_cell(const char *source, int64_t line, int64_t column, const char *field);
struct xd_location xd_at_byte(const char *source, int64_t byte_offset);

/* Fills *error (if not NULL) and returns status, so that callers write `return xd_fail(error, XD_DATA, at, "...")`.
 * `format` is looked up in the message catalogue (xd_message_catalogue_set) before use; over-long text is cut on a UTF-8 border. */
enum xd_status xd_fail(struct xd_error *error, enum xd_status status, struct xd_location at, const char *format, ...) XD_PRINTF(4, 5);
enum xd_status xd_fail_v(struct xd_error *error, enum xd_status status, struct xd_location at, const char *format, va_list arguments);

/* Writes "source:line:column: field: message" (what is known of it) into dst[n], NUL-terminated; returns the needed length without NUL. */
size_t xd_error_format(const struct xd_error *error, char *dst, size_t n);

/* Translation of message formats: `lookup(english)` returns the translated format with the same conversions (positional allowed), or
 * NULL to keep the English. One catalogue for the process, set by app before any thread starts; NULL = English. */
typedef const char *(*xd_message_lookup)(const char *english);
void xd_message_catalogue_set(xd_message_lookup lookup);
const char *xd_message(const char *english);

/* A list of located errors and warnings in the order found. Zero-initialise; free with xd_diagnostics_free. */
enum { XD_DIAGNOSTICS_MAX = 100 };
struct xd_diagnostics {
    struct xd_error *errors; /* errors_n of them, at most XD_DIAGNOSTICS_MAX */
    int32_t errors_n;
    int32_t errors_left_out_n; /* found after the list was full */
    struct xd_error *warnings;
    int32_t warnings_n;
    int32_t warnings_left_out_n;
};

/* Add one. Never fails: what cannot be stored (limit, memory) is counted in *_left_out_n. */
void xd_diagnostics_error(struct xd_diagnostics *list, enum xd_status status, struct xd_location at, const char *format, ...) XD_PRINTF(4, 5);
void xd_diagnostics_warn(struct xd_diagnostics *list, struct xd_location at, const char *format, ...) XD_PRINTF(3, 4);
void xd_diagnostics_add(struct xd_diagnostics *list, const struct xd_error *error);
/* XD_OK without errors, else the status of the first error. */
enum xd_status xd_diagnostics_status(const struct xd_diagnostics *list);
void xd_diagnostics_free(struct xd_diagnostics *list);

#endif
