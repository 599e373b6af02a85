#include "io/bytes/csv.h"

#include "base/alloc.h"

#include <csv.h>
#include <string.h>

/* libcsv gives cells without positions. It is therefore fed in runs that end with a byte that can end a cell (separator, quote, line end): at most
 * one cell ends in a run, and its position is that of the run in which it began. */
struct csv_build {
    struct xd_csv *csv;
    struct csv_parser parser;
    const char *bytes;
    size_t bytes_n;
    size_t cells_n, cells_capacity;
    size_t rows_capacity;
    size_t text_n;
    size_t text_size;
    int32_t rows_max;
    int32_t row_cells_n; /* of the row being read */
    bool has_header;
    bool cell_fresh;      /* the next byte begins a cell */
    bool cell_ended;      /* in the last run */
    int32_t line, column; /* of the next byte */
    int32_t cell_line, cell_column;
    size_t cell_begin;
    struct xd_diagnostics *diagnostics;
    enum xd_status status; /* what ends the reading at once */
    struct xd_error error;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Blanks of any kind at both ends: ASCII, U+00A0, U+3000, and U+FEFF, which files put together by hand keep within. */
static void trim(const char **text, size_t *n)
{
    static const char *const wide[] = {"\xc2\xa0", "\xe3\x80\x80", "\xef\xbb\xbf"};
    bool again = true;
    while (again && *n > 0) {
        again = false;
        if (is_blank((*text)[0])) {
            (*text)++;
            (*n)--;
            again = true;
            continue;
        }
        if (is_blank((*text)[*n - 1])) {
            (*n)--;
            again = true;
            continue;
        }
        for (size_t w = 0; w < XD_ARRAY_LENGTH(wide) && !again; w++) {
            size_t wide_n = strlen(wide[w]);
            if (*n < wide_n)
                continue;
            if (memcmp(*text, wide[w], wide_n) == 0) {
                *text += wide_n;
                *n -= wide_n;
                again = true;
            } else if (memcmp(*text + *n - wide_n, wide[w], wide_n) == 0) {
                *n -= wide_n;
                again = true;
            }
        }
    }
}

/* What writers put around a text for Excel: ="..." and a leading apostrophe. */
static void unwrap(const char **text, size_t *n)
{
    trim(text, n);
    if (*n >= 3 && (*text)[0] == '=' && (*text)[1] == '"' && (*text)[*n - 1] == '"') {
        *text += 2;
        *n -= 3;
        trim(text, n);
    } else if (*n >= 2 && (*text)[0] == '\'' && strchr("=+-@'", (*text)[1])) {
        (*text)++;
        (*n)--;
    }
}

static void stop(struct csv_build *build, enum xd_status status)
{
    if (build->status == XD_OK)
        build->status = status;
}

/* libcsv's first callback: a cell has ended. */
static void on_cell(void *cell_bytes, size_t n, void *context)
{
    struct csv_build *build = context;
    struct xd_csv *csv = build->csv;
    build->cell_ended = true;
    if (build->status != XD_OK)
        return;
    if (build->row_cells_n >= XD_CSV_COLUMNS_MAX) {
        stop(build, xd_fail(&build->error, XD_DATA, xd_at_line(csv->source, build->cell_line, build->cell_column),
                            "found more than %d cells in a row; remove columns that are not used", (int)XD_CSV_COLUMNS_MAX));
        return;
    }
    stop(build, xd_array_reserve((void **)&csv->cells, &build->cells_capacity, build->cells_n + 1, sizeof *csv->cells, SIZE_MAX / sizeof *csv->cells,
                                 "table cells", &build->error));
    const char *text = cell_bytes;
    unwrap(&text, &n);
    if (build->status == XD_OK && build->text_n + n + 1 > build->text_size)
        stop(build, xd_fail(&build->error, XD_INTERNAL, xd_at_file(csv->source), "a table is longer than its file"));
    if (build->status != XD_OK)
        return;
    if (n > 0)
        memcpy(csv->text + build->text_n, text, n);
    csv->text[build->text_n + n] = '\0';
    csv->cells[build->cells_n++] =
        (struct xd_csv_cell){.text = (uint32_t)build->text_n, .length = (uint32_t)n, .line = build->cell_line, .column = build->cell_column};
    build->text_n += n + 1;
    build->row_cells_n++;
}

/* Tells ragged rows; cuts blank cells behind the last column. */
static bool row_fits(struct csv_build *build, size_t first_cell, int32_t *cells_n)
{
    const struct xd_csv *csv = build->csv;
    const struct xd_csv_cell *cells = csv->cells + first_cell;
    if (*cells_n < csv->columns_n) {
        const struct xd_csv_cell *last = &cells[*cells_n - 1];
        xd_diagnostics_error(
            build->diagnostics, XD_DATA, xd_at_line(csv->source, last->line, last->column),
            "the row ends after %d cells, expected %d as in the header; fill the missing cells or leave them blank between separators", (int)*cells_n,
            (int)csv->columns_n);
        return false;
    }
    for (int32_t c = csv->columns_n; c < *cells_n; c++) {
        if (cells[c].length == 0)
            continue;
        xd_diagnostics_error(build->diagnostics, XD_DATA, xd_at_line(csv->source, cells[c].line, cells[c].column),
                             "found cell %d (\"%.40s\"), expected %d cells as in the header; a text that holds the separator needs quotes",
                             (int)c + 1, csv->text + cells[c].text, (int)csv->columns_n);
        return false;
    }
    *cells_n = csv->columns_n;
    return true;
}

/* libcsv's second callback: a row has ended. */
static void on_row(int ended_by, void *context)
{
    (void)ended_by;
    struct csv_build *build = context;
    struct xd_csv *csv = build->csv;
    int32_t cells_n = build->row_cells_n;
    build->row_cells_n = 0;
    if (build->status != XD_OK || cells_n == 0)
        return;
    size_t first_cell = build->cells_n - (size_t)cells_n;
    int32_t last_filled = cells_n;
    while (last_filled > 0 && csv->cells[first_cell + (size_t)last_filled - 1].length == 0)
        last_filled--;
    struct xd_csv_row row = {.line = csv->cells[first_cell].line, .cells_n = cells_n, .first_cell = first_cell};
    bool keep = last_filled > 0;
    if (keep && !build->has_header) {
        row.cells_n = last_filled; /* Excel leaves separators behind the last column */
        csv->header = row;
        csv->columns_n = row.cells_n;
        build->has_header = true;
        build->cells_n = first_cell + (size_t)row.cells_n;
        return;
    }
    keep = keep && row_fits(build, first_cell, &row.cells_n);
    if (keep && csv->rows_n >= build->rows_max) {
        stop(build,
             xd_fail(&build->error, XD_DATA, xd_at_line(csv->source, row.line, 1), "found more than %d rows; split the table", (int)build->rows_max));
        return;
    }
    if (!keep) {
        build->cells_n = first_cell;
        build->text_n = csv->cells[first_cell].text;
        return;
    }
    stop(build, xd_array_reserve((void **)&csv->rows, &build->rows_capacity, (size_t)csv->rows_n + 1, sizeof *csv->rows, XD_CSV_ROWS_MAX,
                                 "table rows", &build->error));
    if (build->status != XD_OK)
        return;
    build->cells_n = first_cell + (size_t)row.cells_n;
    csv->rows[csv->rows_n++] = row;
}

static size_t skip_line(const char *bytes, size_t n, size_t at)
{
    while (at < n && bytes[at] != '\n' && bytes[at] != '\r')
        at++;
    return at;
}

/* The separator that the first row holds most often outside quotes; a comma when it holds none. */
static char find_separator(const char *bytes, size_t n)
{
    size_t at = 0;
    while (at < n && (is_blank(bytes[at]) || bytes[at] == '#'))
        at = bytes[at] == '#' ? skip_line(bytes, n, at) : at + 1;
    static const char separators[] = {',', ';', '\t'};
    size_t counts[3] = {0, 0, 0};
    bool quoted = false;
    for (; at < n && (quoted || (bytes[at] != '\n' && bytes[at] != '\r')); at++) {
        if (bytes[at] == '"')
            quoted = !quoted;
        for (size_t s = 0; s < 3 && !quoted; s++)
            counts[s] += bytes[at] == separators[s];
    }
    size_t best = 0;
    for (size_t s = 1; s < 3; s++)
        if (counts[s] > counts[best])
            best = s;
    return separators[best];
}

/* Moves the position over bytes [from, to). */
static void advance(struct csv_build *build, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        char c = build->bytes[i];
        if (c == '\n' || (c == '\r' && !(i + 1 < build->bytes_n && build->bytes[i + 1] == '\n'))) {
            build->line++;
            build->column = 1;
        } else if (((unsigned char)c & 0xc0) != 0x80 && c != '\r') {
            build->column++;
        }
    }
}

/* Is this ="..." without any quote inside, up to the end of the cell? Then its = is not shown to libcsv, which would refuse the quote behind it. */
static bool is_excel_text(const struct csv_build *build, size_t at)
{
    const char *bytes = build->bytes;
    size_t n = build->bytes_n;
    if (n - at < 3 || bytes[at] != '=' || bytes[at + 1] != '"')
        return false;
    size_t end = at + 2;
    while (end < n && bytes[end] != '"' && bytes[end] != '\n' && bytes[end] != '\r')
        end++;
    if (end >= n || bytes[end] != '"')
        return false;
    return end + 1 == n || bytes[end + 1] == build->csv->separator || bytes[end + 1] == '\n' || bytes[end + 1] == '\r';
}

static bool all_blank(const char *bytes, size_t from, size_t to, char separator)
{
    for (size_t i = from; i < to; i++)
        if (!is_blank(bytes[i]) || bytes[i] == separator)
            return false;
    return true;
}

static void fail_parse(struct csv_build *build, bool at_end)
{
    const char *source = build->csv->source;
    if (csv_error(&build->parser) == CSV_ENOMEM)
        stop(build, xd_fail_memory(&build->error, "a table cell", XD_CSV_CELL_MAX));
    else if (at_end)
        stop(build, xd_fail(&build->error, XD_DATA, xd_at_line(source, build->cell_line, build->cell_column),
                            "found a quote that is never closed, expected \" at the end of the cell"));
    else
        stop(build, xd_fail(&build->error, XD_DATA, xd_at_line(source, build->line, build->column),
                            "found a quote in the middle of a cell, expected it at the cell's ends (inside a quoted cell it is written twice)"));
}

/* One run from `at`; returns where the next begins. */
static size_t feed_run(struct csv_build *build, size_t at)
{
    const char *bytes = build->bytes;
    size_t end = at;
    while (end < build->bytes_n && bytes[end] != build->csv->separator && bytes[end] != '"' && bytes[end] != '\n' && bytes[end] != '\r')
        end++;
    if (end < build->bytes_n)
        end++;
    if (end - build->cell_begin > XD_CSV_CELL_MAX) {
        stop(build, xd_fail(&build->error, XD_DATA, xd_at_line(build->csv->source, build->cell_line, build->cell_column),
                            "found a cell of more than %d bytes; is a quote here never closed?", (int)XD_CSV_CELL_MAX));
        return end;
    }
    build->cell_ended = false;
    size_t done = csv_parse(&build->parser, bytes + at, end - at, on_cell, on_row, build);
    if (done != end - at) {
        advance(build, at, at + done);
        fail_parse(build, false);
        return end;
    }
    build->cell_fresh = build->cell_ended || (build->cell_fresh && all_blank(bytes, at, end, build->csv->separator));
    advance(build, at, end);
    return end;
}

static void feed_all(struct csv_build *build)
{
    for (size_t at = 0; at < build->bytes_n && build->status == XD_OK;) {
        if (build->cell_fresh) {
            build->cell_begin = at;
            build->cell_line = build->line;
            build->cell_column = build->column;
            bool comment = build->row_cells_n == 0 && build->bytes[at] == '#';
            size_t skipped = comment ? skip_line(build->bytes, build->bytes_n, at) : at + is_excel_text(build, at);
            advance(build, at, skipped);
            at = skipped;
            if (comment)
                continue;
        }
        at = feed_run(build, at);
    }
    if (build->status == XD_OK && csv_fini(&build->parser, on_cell, on_row, build) != 0)
        fail_parse(build, true);
}

void xd_csv_free(struct xd_csv *csv)
{
    if (!csv)
        return;
    xd_free(csv->rows);
    xd_free(csv->cells);
    xd_free(csv->text);
    xd_free(csv);
}

enum xd_status xd_csv_read(const char *bytes, size_t n, const char *source, int32_t rows_max, struct xd_diagnostics *diagnostics, struct xd_csv **csv)
{
    int32_t errors_before_n = diagnostics->errors_n + diagnostics->errors_left_out_n;
    struct csv_build build = {
        .bytes = bytes, .bytes_n = n, .rows_max = rows_max, .cell_fresh = true, .line = 1, .column = 1, .cell_line = 1, .cell_column = 1};
    build.diagnostics = diagnostics;
    build.csv = xd_alloc_zero(1, sizeof *build.csv);
    bool parser_open = false;
    if (!build.csv) {
        build.status = xd_fail_memory(&build.error, "a table", sizeof *build.csv);
        goto done;
    }
    build.csv->source = source;
    if (n > XD_TEXT_FILE_MAX) {
        build.status =
            xd_fail(&build.error, XD_DATA, xd_at_file(source), "found %zu bytes, the limit is %d; split the table", n, (int)XD_TEXT_FILE_MAX);
        goto done;
    }
    build.text_size = n + 2; /* every cell takes the place of at least a separator or line end */
    build.csv->text = xd_alloc(build.text_size, 1);
    if (!build.csv->text) {
        build.status = xd_fail_memory(&build.error, "a table's text", build.text_size);
        goto done;
    }
    build.csv->separator = find_separator(bytes, n);
    if (csv_init(&build.parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        build.status = xd_fail(&build.error, XD_INTERNAL, xd_at_file(source), "the CSV reader cannot be set up");
        goto done;
    }
    parser_open = true;
    csv_set_delim(&build.parser, (unsigned char)build.csv->separator);
    csv_set_realloc_func(&build.parser, xd_realloc_plain);
    csv_set_free_func(&build.parser, xd_free);
    feed_all(&build);
    if (build.status == XD_OK && !build.has_header)
        build.status =
            xd_fail(&build.error, XD_DATA, xd_at_line(source, 1, 1), "found no row at all, expected a header row with the names of the columns");
done:
    if (parser_open)
        csv_free(&build.parser);
    if (build.status != XD_OK)
        xd_diagnostics_add(diagnostics, &build.error);
    else if (diagnostics->errors_n + diagnostics->errors_left_out_n > errors_before_n)
        build.status = XD_DATA;
    if (build.status != XD_OK)
        xd_csv_free(build.csv);
    else
        *csv = build.csv;
    return build.status;
}
