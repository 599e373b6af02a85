/* Lines and blank-separated tokens of a text held in memory, with their places for messages. Private to io/instance. */
#ifndef XD_IO_INSTANCE_SCAN_H
#define XD_IO_INSTANCE_SCAN_H

#include "base/error.h"

struct xd_scan {
    const char *source;
    const char *bytes; /* borrowed, n of them */
    size_t n;
    size_t at;    /* of the next line */
    int64_t line; /* number of the line given last, from 1; 0 = none yet */
};

struct xd_scan_line {
    const char *text; /* without line end and surrounding blanks */
    size_t n;
    int64_t line;
    int64_t column; /* of text[0] */
};

struct xd_token {
    const char *text;
    size_t n;
    int64_t line, column;
};

/* A byte order mark is skipped. */
struct xd_scan xd_scan_begin(const char *source, const char *bytes, size_t n);
/* The next line that is not blank; false at the end. */
bool xd_scan_next(struct xd_scan *scan, struct xd_scan_line *line);
/* Splits at blanks and tabs into tokens[max]; returns how many there are, which may be over max. */
size_t xd_scan_split(const struct xd_scan_line *line, struct xd_token *tokens, size_t max);
/* The first token of the line, which goes on behind it; false when the line holds none. */
bool xd_scan_take(struct xd_scan_line *line, struct xd_token *token);
bool xd_token_is(const struct xd_token *token, const char *word);
/* Copies what fits into dst[max], cut at a UTF-8 border, NUL-terminated; control characters, which would reach a terminal, become '?'. */
void xd_scan_copy(const char *text, size_t n, char *dst, size_t max);

struct xd_location xd_scan_at(const struct xd_scan *scan, const struct xd_token *token, const char *field);
XD_MUST_CHECK enum xd_status xd_scan_int(const struct xd_scan *scan, const struct xd_token *token, const char *field, int64_t min, int64_t max,
                                         int64_t *value, struct xd_error *error);
/* Times 10^decimals. min and max are in whole units; times 10^decimals they must fit int64_t. */
XD_MUST_CHECK enum xd_status xd_scan_fixed(const struct xd_scan *scan, const struct xd_token *token, const char *field, int decimals, int64_t min,
                                           int64_t max, int64_t *value, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_scan_double(const struct xd_scan *scan, const struct xd_token *token, const char *field, double min, double max,
                                            double *value, struct xd_error *error);

#endif
