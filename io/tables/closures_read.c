#include "io/tables/closures_read.h"

#include "io/tables/closure_fields.h"

#include <stdio.h>
#include <string.h>

enum { LON_LIMIT_E7 = 1800000000, LAT_LIMIT_E7 = 900000000 };

/* ---- the table ---- */

static struct xd_location at_cell(const struct xd_closure_fields *fields, size_t column, char key[XD_ERROR_FIELD_MAX])
{
    return xd_csv_at(fields->place, fields->row, column, key);
}

static bool take_circle(const struct xd_csv_view *view, const struct xd_closure_fields *fields, struct xd_closure *closure)
{
    static const int32_t first_part[] = {0, 1}, first_point[] = {0, 1};
    int64_t lon_e7 = 0, lat_e7 = 0;
    bool good = true;
    closure->shape = XD_CLOSURE_CIRCLE;
    for (size_t column = XD_CLOSURES_LON; column <= XD_CLOSURES_LAT; column++)
        if (xd_csv_blank(view, fields->row, column)) {
            xd_csv_refuse(view, fields->row, column, "is blank, expected both lon and lat, or ids of ways");
            good = false;
        }
    good = good && xd_csv_fixed(view, fields->row, XD_CLOSURES_LON, 7, -LON_LIMIT_E7, LON_LIMIT_E7, &lon_e7);
    good = good && xd_csv_fixed(view, fields->row, XD_CLOSURES_LAT, 7, -LAT_LIMIT_E7, LAT_LIMIT_E7, &lat_e7);
    good = xd_closure_take_reach(fields, XD_CLOSURES_RADIUS, 0, XD_CLOSURE_REACH_MAX_M, closure) && good;
    const struct xd_position at = {.lon_e7 = (int32_t)lon_e7, .lat_e7 = (int32_t)lat_e7};
    return good && xd_closure_take_points(fields->reading, closure, &at, first_part, first_point, 1);
}

static bool take_place(const struct xd_csv_view *view, const struct xd_closure_fields *fields, struct xd_closure *closure)
{
    const int32_t row = fields->row;
    const bool around = !xd_csv_blank(view, row, XD_CLOSURES_LON) || !xd_csv_blank(view, row, XD_CLOSURES_LAT);
    if (xd_csv_blank(view, row, XD_CLOSURES_WAY) && !around) {
        xd_closure_refuse(fields, XD_CLOSURES_WAY, "is blank, and so are lon and lat, expected ids of ways, or a position and radius_m");
        return false;
    }
    if (xd_csv_blank(view, row, XD_CLOSURES_WAY))
        return take_circle(view, fields, closure);
    if (around || !xd_csv_blank(view, row, XD_CLOSURES_RADIUS)) {
        xd_closure_refuse(fields, XD_CLOSURES_WAY, "found ids of ways beside a position or radius_m, expected one of them");
        return false;
    }
    return xd_closure_take_ways(fields, closure);
}

static void read_row(struct xd_closures_reading *reading, const struct xd_csv_view *view, int32_t row)
{
    struct xd_closure closure = {.source = reading->source, .line = view->csv->rows[row].line};
    struct xd_closure_fields fields = {.reading = reading, .at = at_cell, .place = view, .row = row};
    for (size_t c = 0; c < XD_CLOSURES_TABLE_COLUMNS_N; c++)
        fields.text[c] = xd_csv_text(view, row, c);
    fields.text[XD_CLOSURES_BUFFER] = "";
    const bool placed = take_place(view, &fields, &closure);
    if (xd_closure_take_fields(&fields, &closure) && placed)
        xd_closures_keep(reading, &closure);
}

static void table_read(struct xd_closures_reading *reading, const char *bytes, size_t n)
{
    int32_t at[XD_CLOSURES_COLUMNS_N];
    struct xd_csv *csv = NULL;
    if (xd_csv_read(bytes, n, reading->source, XD_CLOSURES_MAX, reading->diagnostics, &csv) != XD_OK)
        return;
    const struct xd_csv_view view = {.csv = csv, .columns = xd_closures_columns, .at = at, .diagnostics = reading->diagnostics};
    if (xd_csv_match(csv, xd_closures_columns, XD_CLOSURES_TABLE_COLUMNS_N, at, reading->diagnostics))
        for (int32_t row = 0; row < csv->rows_n && !reading->no_memory; row++)
            read_row(reading, &view, row);
    xd_csv_free(csv);
}

/* ---- both ---- */

static int64_t errors_n_of(const struct xd_diagnostics *diagnostics)
{
    return (int64_t)diagnostics->errors_n + diagnostics->errors_left_out_n;
}

enum xd_status xd_closures_read_bytes(const char *bytes, size_t n, const char *source, const struct xd_profiles *profiles, enum xd_crs crs,
                                      struct xd_diagnostics *diagnostics, struct xd_closures *closures)
{
    const int64_t errors_before_n = errors_n_of(diagnostics);
    const int32_t told_before_n = diagnostics->errors_n, items_before_n = closures->items_n;
    struct xd_closures_reading reading = {.profiles = profiles, .crs = crs, .diagnostics = diagnostics, .closures = closures};
    reading.source = xd_closures_copy(&reading, source, strlen(source) + 1, 1);
    size_t begin = 0;
    while (begin < n && strchr(" \t\r\n", bytes[begin]))
        begin++;
    if (reading.source && begin < n && (bytes[begin] == '{' || bytes[begin] == '['))
        xd_closures_geojson_read(&reading, bytes, n);
    else if (reading.source)
        table_read(&reading, bytes, n);
    if (errors_n_of(diagnostics) == errors_before_n)
        return XD_OK;
    closures->items_n = items_before_n;
    return diagnostics->errors_n > told_before_n ? diagnostics->errors[told_before_n].status : XD_DATA;
}

enum xd_status xd_closures_read(const char *path, const struct xd_profiles *profiles, enum xd_crs crs, enum xd_text_encoding encoding,
                                struct xd_diagnostics *diagnostics, struct xd_closures *closures)
{
    struct xd_buffer text;
    struct xd_error error;
    xd_buffer_init(&text, XD_CLOSURES_FILE_MAX);
    enum xd_status status = xd_text_read_file(path, XD_CLOSURES_FILE_MAX, encoding, &text, diagnostics, &error);
    if (status != XD_OK)
        xd_diagnostics_add(diagnostics, &error);
    else
        status = xd_closures_read_bytes(text.bytes ? text.bytes : "", text.length, path, profiles, crs, diagnostics, closures);
    xd_buffer_free(&text);
    return status;
}
