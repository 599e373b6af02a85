/* A table from any bytes, in any encoding: no crash, and what is read, written and read again is the same. */
#include "base/text.h"
#include "io/bytes/csv.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static const char *cell_text(const struct xd_csv *csv, const struct xd_csv_row *row, int32_t column)
{
    return csv->text + csv->cells[row->first_cell + (size_t)column].text;
}

static void write_row(struct xd_csv_writer *writer, const struct xd_csv *csv, const struct xd_csv_row *row)
{
    for (int32_t c = 0; c < csv->columns_n; c++)
        xd_csv_put_text(writer, cell_text(csv, row, c));
    xd_csv_row_end(writer);
}

static void write_and_read(const struct xd_csv *csv)
{
    struct xd_buffer buffer;
    struct xd_csv_writer writer;
    struct xd_error error;
    struct xd_diagnostics diagnostics = {0};
    struct xd_csv *again = NULL;
    xd_buffer_init(&buffer, (size_t)1 << 24);
    xd_csv_begin(&writer, &buffer, &error);
    write_row(&writer, csv, &csv->header);
    for (int32_t r = 0; r < csv->rows_n; r++)
        write_row(&writer, csv, &csv->rows[r]);
    require(xd_csv_end(&writer) == XD_OK);
    require(xd_text_decode(&buffer, "again", XD_ENCODING_UTF8, &diagnostics, &error) == XD_OK);
    require(xd_csv_read(buffer.bytes, buffer.length, "again", XD_CSV_ROWS_MAX, &diagnostics, &again) == XD_OK);
    /* a header may end in other columns' separators only: the counts agree */
    require(again->rows_n == csv->rows_n && again->columns_n == csv->columns_n);
    for (int32_t r = 0; r < csv->rows_n; r++)
        for (int32_t c = 0; c < csv->columns_n; c++)
            require(strcmp(cell_text(csv, &csv->rows[r], c), cell_text(again, &again->rows[r], c)) == 0);
    xd_csv_free(again);
    xd_buffer_free(&buffer);
    xd_diagnostics_free(&diagnostics);
}

static void read_cells(const struct xd_csv *csv, struct xd_diagnostics *diagnostics)
{
    static const struct xd_csv_column columns[] = {{"a|甲", true}, {"b", false}};
    int32_t at[2];
    if (!xd_csv_match(csv, columns, 2, at, diagnostics))
        return;
    struct xd_csv_view view = {.csv = csv, .columns = columns, .at = at, .diagnostics = diagnostics};
    for (int32_t r = 0; r < csv->rows_n; r++) {
        int64_t number = 5;
        int32_t seconds = 0;
        bool yes = false;
        if (xd_csv_fixed(&view, r, 0, 3, -1000, 1000000, &number))
            require(number >= -1000 && number <= 1000000);
        (void)xd_csv_integer(&view, r, 1, 0, 10, &number);
        if (xd_csv_clock(&view, r, 1, &seconds))
            require(seconds >= 0 && seconds <= 48 * 3600);
        (void)xd_csv_yes_no(&view, r, 1, &yes);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct xd_buffer text;
    struct xd_error error;
    struct xd_diagnostics diagnostics = {0};
    struct xd_csv *csv = NULL;
    if (size == 0)
        return 0;
    xd_buffer_init(&text, (size_t)1 << 24);
    require(xd_buffer_append(&text, data + 1, size - 1, &error) == XD_OK);
    if (xd_text_decode(&text, "fuzz", (enum xd_text_encoding)(data[0] % 3), &diagnostics, &error) == XD_OK && text.bytes) {
        require(xd_utf8_invalid_at(text.bytes, text.length) == text.length);
        enum xd_status status = xd_csv_read(text.bytes, text.length, "fuzz", 1000, &diagnostics, &csv);
        require((status == XD_OK) == (csv != NULL) && (status == XD_OK) == (diagnostics.errors_n == 0));
        if (csv) {
            for (int32_t e = 0; e < csv->rows_n; e++)
                require(csv->rows[e].line > 0 && csv->rows[e].cells_n == csv->columns_n);
            write_and_read(csv);
            read_cells(csv, &diagnostics);
        }
    }
    xd_csv_free(csv);
    xd_buffer_free(&text);
    xd_diagnostics_free(&diagnostics);
    return 0;
}
