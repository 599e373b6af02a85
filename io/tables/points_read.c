#include "io/tables/points_read.h"

#include "base/alloc.h"
#include "io/bytes/csv.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMN_ID, COLUMN_LON, COLUMN_LAT, COLUMNS_N };
enum { LON_LIMIT_E7 = 1800000000, LAT_LIMIT_E7 = 900000000 };

static const struct xd_csv_column columns[COLUMNS_N] = {{"id|name|编号|名称", true}, {"lon|longitude|lng|经度", true}, {"lat|latitude|纬度", true}};

struct numbered {
    const char *id;
    int32_t row;
};

static int by_id(const void *a, const void *b)
{
    const struct numbered *x = a;
    const struct numbered *y = b;
    const int order = strcmp(x->id, y->id);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static enum xd_status refuse_twins(const struct xd_csv_view *view, const struct xd_points *points)
{
    struct numbered *sorted = xd_alloc((size_t)points->items_n, sizeof *sorted);
    if (!sorted)
        return XD_NO_MEMORY;
    for (int32_t i = 0; i < points->items_n; i++)
        sorted[i] = (struct numbered){points->ids[i], i};
    qsort(sorted, (size_t)points->items_n, sizeof *sorted, by_id);
    for (int32_t i = 1; i < points->items_n; i++)
        if (strcmp(sorted[i].id, sorted[i - 1].id) == 0)
            xd_csv_refuse(view, sorted[i].row, COLUMN_ID, "found %.40s again, first on line %ld; expected every id once", sorted[i].id,
                          (long)view->csv->rows[sorted[i - 1].row].line);
    xd_free(sorted);
    return XD_OK;
}

static enum xd_status fill(const struct xd_csv_view *view, struct xd_points *points)
{
    const int32_t n = view->csv->rows_n;
    points->positions = xd_alloc_zero((size_t)n, sizeof *points->positions);
    points->ids = xd_alloc_zero((size_t)n, sizeof *points->ids);
    if (!points->positions || !points->ids)
        return XD_NO_MEMORY;
    for (points->items_n = 0; points->items_n < n; points->items_n++) {
        const int32_t row = points->items_n;
        int64_t lon_e7 = 0;
        int64_t lat_e7 = 0;
        if (xd_csv_blank(view, row, COLUMN_ID))
            xd_csv_refuse(view, row, COLUMN_ID, "is empty, expected an id of the point");
        if (xd_csv_fixed(view, row, COLUMN_LON, 7, -LON_LIMIT_E7, LON_LIMIT_E7, &lon_e7) &&
            xd_csv_fixed(view, row, COLUMN_LAT, 7, -LAT_LIMIT_E7, LAT_LIMIT_E7, &lat_e7))
            points->positions[row] = (struct xd_position){.lon_e7 = (int32_t)lon_e7, .lat_e7 = (int32_t)lat_e7};
        points->ids[row] = xd_string_copy(xd_csv_text(view, row, COLUMN_ID));
        if (!points->ids[row])
            return XD_NO_MEMORY;
    }
    return refuse_twins(view, points);
}

enum xd_status xd_points_read(const char *path, struct xd_diagnostics *diagnostics, struct xd_points *points)
{
    struct xd_buffer text;
    struct xd_csv *csv = NULL;
    struct xd_points made = {0};
    struct xd_error error = {0};
    int32_t at[COLUMNS_N];
    xd_buffer_init(&text, XD_TEXT_FILE_MAX);
    enum xd_status status = xd_text_read_file(path, XD_TEXT_FILE_MAX, XD_ENCODING_AUTO, &text, diagnostics, &error);
    if (status != XD_OK)
        xd_diagnostics_add(diagnostics, &error);
    if (status == XD_OK)
        status = xd_csv_read(text.bytes ? text.bytes : "", text.length, path, XD_MATRIX_POINTS_MAX, diagnostics, &csv);
    if (status == XD_OK && !xd_csv_match(csv, columns, COLUMNS_N, at, diagnostics))
        status = XD_DATA;
    if (status == XD_OK && csv->rows_n == 0) {
        xd_diagnostics_error(diagnostics, XD_DATA, xd_at_file(path), "holds no points; expected rows of id,lon,lat");
        status = XD_DATA;
    }
    if (status == XD_OK) {
        const struct xd_csv_view view = {.csv = csv, .columns = columns, .at = at, .diagnostics = diagnostics};
        status = fill(&view, &made);
        if (status == XD_NO_MEMORY)
            xd_diagnostics_error(diagnostics, XD_NO_MEMORY, xd_at_file(path), "out of memory while reading points");
        else
            status = xd_diagnostics_status(diagnostics);
    }
    if (status == XD_OK)
        *points = made;
    else
        xd_points_free(&made);
    xd_csv_free(csv);
    xd_buffer_free(&text);
    return status;
}

void xd_points_free(struct xd_points *points)
{
    for (int32_t i = 0; points->ids && i < points->items_n; i++)
        xd_free(points->ids[i]);
    xd_free(points->ids);
    xd_free(points->positions);
    *points = (struct xd_points){0};
}
