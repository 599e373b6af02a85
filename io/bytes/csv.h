/* CSV tables: a strict, located reader on libcsv with typed cells, and a writer whose files Excel opens right.
 *
 * Reader: separators `,` `;` and tab are told from the header row; rows that begin with # and blank rows are left out; quotes per RFC 4180;
 *         ="5203..." (how Excel is made to keep codes as text) gives 5203...; every row must have as many cells as the header.
 * Shape: cell (row r, column c) is cells[rows[r].first_cell + c]; columns_n cells a row. Text is UTF-8, trimmed, NUL-terminated.
 * Owns: everything (xd_csv_free); cells borrow from it. Errors: all of a file go to the diagnostics, located at file:line:column, where column
 *         counts characters from 1 to the beginning of the cell. Cost: O(bytes). Threads: immutable once read.
 */
#ifndef XD_IO_BYTES_CSV_H
#define XD_IO_BYTES_CSV_H

#include "base/arena.h"
#include "base/buffer.h"
#include "io/bytes/text.h"

enum { XD_CSV_COLUMNS_MAX = 256, XD_CSV_CELL_MAX = 64 * 1024, XD_CSV_ROWS_MAX = 1000000 };

struct xd_csv_cell {
    uint32_t text; /* offset into the table's text */
    uint32_t length;
    int32_t line, column;
};

struct xd_csv_row {
    int32_t line;
    int32_t cells_n; /* as found; missing ones are refused before anybody sees the table */
    size_t first_cell;
};

struct xd_csv {
    const char *source; /* borrowed: the file's name in messages */
    char separator;
    int32_t columns_n;
    int32_t rows_n; /* without the header */
    struct xd_csv_row header;
    struct xd_csv_row *rows;
    struct xd_csv_cell *cells;
    char *text;
};

/* Reads text that xd_text_decode returned. *csv is set only on XD_OK. rows_max <= XD_CSV_ROWS_MAX. */
XD_MUST_CHECK enum xd_status xd_csv_read(const char *bytes, size_t n, const char *source, int32_t rows_max, struct xd_diagnostics *diagnostics,
                                         struct xd_csv **csv);
void xd_csv_free(struct xd_csv *csv);

/* A column that a table may have. names: the English key, then its other names, between `|`: "code|编码|代码". */
struct xd_csv_column {
    const char *names;
    bool required;
};
enum { XD_CSV_KEY_MAX = 32 };

/* Finds the columns: at[c] is the table's column or -1. Missing required columns (all in one message), unknown ones (with a suggestion) and
 * duplicates are errors; returns false after any. */
bool xd_csv_match(const struct xd_csv *csv, const struct xd_csv_column *columns, size_t columns_n, int32_t *at, struct xd_diagnostics *diagnostics);

/* A table with matched columns; row-wise access by the column's number in `columns`. */
struct xd_csv_view {
    const struct xd_csv *csv;
    const struct xd_csv_column *columns;
    const int32_t *at;
    struct xd_diagnostics *diagnostics;
};

const char *xd_csv_text(const struct xd_csv_view *view, int32_t row, size_t column); /* "" when the table has no such column */
bool xd_csv_blank(const struct xd_csv_view *view, int32_t row, size_t column);
/* Where the cell is, with the column's English key; where the row is when the table has no such column. */
struct xd_location xd_csv_at(const struct xd_csv_view *view, int32_t row, size_t column, char key[XD_CSV_KEY_MAX]);
/* One error at the cell. */
void xd_csv_refuse(const struct xd_csv_view *view, int32_t row, size_t column, const char *format, ...) XD_PRINTF(4, 5);

/* Typed cells: false after an error was added; *value is unchanged then, and also where the cell is blank (which is true: the caller's default
 * stands) unless the column is required, for which blank is an error. Full-width digits and thousands separators are understood. */
bool xd_csv_integer(const struct xd_csv_view *view, int32_t row, size_t column, int64_t min, int64_t max, int64_t *value);
/* Times 10^decimals, as xd_parse_fixed; min and max are in the scaled unit. */
bool xd_csv_fixed(const struct xd_csv_view *view, int32_t row, size_t column, int decimals, int64_t min, int64_t max, int64_t *value);
bool xd_csv_clock(const struct xd_csv_view *view, int32_t row, size_t column, int32_t *seconds);
/* One of the choices (each "key|other name|..."): *choice is its number. */
bool xd_csv_choice(const struct xd_csv_view *view, int32_t row, size_t column, const char *const *choices, size_t choices_n, int *choice);
bool xd_csv_yes_no(const struct xd_csv_view *view, int32_t row, size_t column, bool *value);
/* The cell after xd_text_normalise in dst (cut to n - 1 bytes); returns the whole length. */
size_t xd_csv_normalised(const struct xd_csv_view *view, int32_t row, size_t column, char *dst, size_t n);

/* Is `word` one of the names in "a|b|c" (ASCII letters in any case)? */
bool xd_names_hold(const char *names, const char *word);

/* Writer: UTF-8 with byte order mark, CR LF, quotes where needed. Errors are kept; ask once with xd_csv_end. */
struct xd_csv_writer {
    struct xd_buffer *buffer;
    struct xd_error *error;
    enum xd_status status;
    bool row_begun;
};
void xd_csv_begin(struct xd_csv_writer *writer, struct xd_buffer *buffer, struct xd_error *error);
/* A text beginning with = + - @ or ' gets an apostrophe in front, so that no spreadsheet takes it for a formula; xd_csv_text's reader drops it. */
void xd_csv_put_text(struct xd_csv_writer *writer, const char *text);
void xd_csv_put_code(struct xd_csv_writer *writer, const char *code);    /* digits alone as ="...", other codes as text */
void xd_csv_put_literal(struct xd_csv_writer *writer, const char *text); /* as ="...": no spreadsheet makes a date or a number of it */
void xd_csv_put_integer(struct xd_csv_writer *writer, int64_t value);
void xd_csv_put_fixed(struct xd_csv_writer *writer, int64_t value, int decimals); /* trailing zeros dropped */
void xd_csv_put_blank(struct xd_csv_writer *writer);
void xd_csv_row_end(struct xd_csv_writer *writer);
XD_MUST_CHECK enum xd_status xd_csv_end(struct xd_csv_writer *writer);

/* value / 10^decimals without trailing zeros: (1500, 3) is "1.5". */
void xd_fixed_text(int64_t value, int decimals, char dst[32]);

#endif
