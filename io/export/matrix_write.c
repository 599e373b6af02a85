#include "io/export/matrix_write.h"

#include "base/json_writer.h"
#include "base/output.h"
#include "io/bytes/csv.h"

#include <string.h>

enum { ROW_BYTES_MAX = 1 << 30 };

/* What is written. has_connectors: some point lies at the end of a straight line. */
struct table {
    const struct xd_matrix *matrix;
    const struct xd_matrix_points *points;
    int32_t points_n;
    bool has_connectors;
};

typedef enum xd_status (*write_rows)(struct xd_output *output, const struct table *table, struct xd_error *error);

/* Row by row through one buffer, so that a table of 30,000 points needs no second table of text. */
static enum xd_status flush(struct xd_buffer *buffer, struct xd_output *output, struct xd_error *error)
{
    const enum xd_status status = xd_output_write(output, buffer->bytes ? buffer->bytes : "", buffer->length, error);
    xd_buffer_clear(buffer);
    return status;
}

static void csv_cell(struct xd_csv_writer *csv, int32_t value)
{
    if (value == XD_UNREACHABLE)
        xd_csv_put_blank(csv);
    else
        xd_csv_put_integer(csv, value);
}

/* Of a cell's metres, those on straight lines. */
static int32_t connector_of_cell(const struct table *table, int32_t from, int32_t to)
{
    if (!xd_matrix_reachable(table->matrix, from, to))
        return XD_UNREACHABLE;
    return (int32_t)xd_snap_ends_of(&table->points->snaps[from], &table->points->snaps[to]).length_m;
}

static enum xd_status write_csv(struct xd_output *output, const struct table *table, struct xd_error *error)
{
    static const char *const header[] = {"from", "to", "time_s", "length_m"};
    const struct xd_matrix *matrix = table->matrix;
    struct xd_buffer buffer;
    struct xd_csv_writer csv;
    xd_buffer_init(&buffer, ROW_BYTES_MAX);
    xd_csv_begin(&csv, &buffer, error);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(header); i++)
        xd_csv_put_text(&csv, header[i]);
    if (matrix->energy_kj)
        xd_csv_put_text(&csv, "energy_kj");
    if (table->has_connectors)
        xd_csv_put_text(&csv, "connector_m");
    xd_csv_row_end(&csv);
    for (int32_t from = 0; csv.status == XD_OK && from < matrix->points_n; from++) {
        for (int32_t to = 0; to < matrix->points_n; to++) {
            xd_csv_put_code(&csv, table->points->ids[from]);
            xd_csv_put_code(&csv, table->points->ids[to]);
            csv_cell(&csv, xd_matrix_time_s(matrix, from, to));
            csv_cell(&csv, xd_matrix_length_m(matrix, from, to));
            if (matrix->energy_kj)
                csv_cell(&csv, matrix->energy_kj[xd_matrix_cell(matrix, from, to)]);
            if (table->has_connectors)
                csv_cell(&csv, connector_of_cell(table, from, to));
            xd_csv_row_end(&csv);
        }
        if (csv.status == XD_OK)
            csv.status = flush(&buffer, output, error);
    }
    const enum xd_status status = xd_csv_end(&csv);
    xd_buffer_free(&buffer);
    return status;
}

static void json_rows(struct xd_json_writer *json, const char *key, const int32_t *cells, int32_t n, struct xd_buffer *buffer,
                      struct xd_output *output)
{
    xd_json_array_begin(json, key);
    for (int32_t from = 0; from < n; from++) {
        xd_json_array_begin_line(json, NULL);
        for (int32_t to = 0; to < n; to++) {
            const int32_t value = cells[(size_t)from * (size_t)n + (size_t)to];
            if (value == XD_UNREACHABLE)
                xd_json_null(json, NULL);
            else
                xd_json_int(json, NULL, value);
        }
        xd_json_array_end(json);
        if (json->status == XD_OK)
            json->status = flush(buffer, output, json->error);
    }
    xd_json_array_end(json);
}

static const char *status_of(const struct xd_matrix_points *points, int32_t i)
{
    return xd_snap_status_name(points->apart[i] ? XD_SNAP_ISLAND : points->snaps[i].status);
}

void xd_matrix_points_json(struct xd_json_writer *json, const char *key, const struct xd_matrix_points *points, int32_t points_n)
{
    xd_json_array_begin(json, key);
    for (int32_t i = 0; i < points_n; i++) {
        const struct xd_snap *snap = &points->snaps[i];
        xd_json_object_begin_line(json, NULL);
        xd_json_string(json, "id", points->ids[i]);
        xd_json_string(json, "status", status_of(points, i));
        if (snap->distance_m >= 0)
            xd_json_int(json, "distance_m", snap->distance_m);
        else
            xd_json_null(json, "distance_m");
        if (snap->status == XD_SNAP_OK) {
            xd_json_fixed(json, "snapped_lon", snap->position.lon_e7, 7);
            xd_json_fixed(json, "snapped_lat", snap->position.lat_e7, 7);
        }
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

void xd_matrix_connectors_json(struct xd_json_writer *json, const struct xd_matrix_points *points, int32_t points_n)
{
    xd_json_array_begin(json, "connectors");
    for (int32_t i = 0; i < points_n; i++) {
        if (points->snaps[i].connector_m == 0)
            continue;
        xd_json_object_begin_line(json, NULL);
        xd_json_string(json, "id", points->ids[i]);
        xd_json_int(json, "length_m", points->snaps[i].connector_m);
        xd_json_int(json, "time_s", points->snaps[i].connector_s);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

static enum xd_status write_json(struct xd_output *output, const struct table *table, struct xd_error *error)
{
    const struct xd_matrix *matrix = table->matrix;
    struct xd_buffer buffer;
    struct xd_json_writer json;
    xd_buffer_init(&buffer, ROW_BYTES_MAX);
    xd_json_begin(&json, &buffer, true, error);
    xd_json_object_begin(&json, NULL);
    xd_json_string(&json, "schema", "xiangdao-matrix");
    xd_json_int(&json, "version", 1);
    xd_json_array_begin(&json, "ids");
    for (int32_t i = 0; i < matrix->points_n; i++)
        xd_json_string(&json, NULL, table->points->ids[i]);
    xd_json_array_end(&json);
    if (table->points->snaps)
        xd_matrix_points_json(&json, "points", table->points, matrix->points_n);
    if (table->has_connectors)
        xd_matrix_connectors_json(&json, table->points, matrix->points_n);
    json_rows(&json, "time_s", matrix->time_s, matrix->points_n, &buffer, output);
    json_rows(&json, "length_m", matrix->length_m, matrix->points_n, &buffer, output);
    if (matrix->energy_kj)
        json_rows(&json, "energy_kj", matrix->energy_kj, matrix->points_n, &buffer, output);
    xd_json_object_end(&json);
    enum xd_status status = xd_json_end(&json);
    if (status == XD_OK)
        status = flush(&buffer, output, error);
    xd_buffer_free(&buffer);
    return status;
}

static void put_u32(unsigned char *dst, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        dst[i] = (unsigned char)(value >> (8 * i));
}

/* Two numbers a point: metres, then seconds, of the straight line there. */
static enum xd_status write_bin_connectors(struct xd_output *output, const struct table *table, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    for (int kind = 0; kind < 2; kind++)
        for (int32_t i = 0; status == XD_OK && i < table->matrix->points_n; i++) {
            unsigned char number[4];
            put_u32(number, (uint32_t)(kind ? table->points->snaps[i].connector_s : table->points->snaps[i].connector_m));
            status = xd_output_write(output, number, sizeof number, error);
        }
    return status;
}

static enum xd_status write_bin(struct xd_output *output, const struct table *table, struct xd_error *error)
{
    const struct xd_matrix *matrix = table->matrix;
    unsigned char chunk[4096];
    const size_t cells_n = (size_t)matrix->points_n * (size_t)matrix->points_n;
    const int32_t *const tables[] = {matrix->time_s, matrix->length_m, matrix->energy_kj};
    const size_t tables_n = XD_ARRAY_LENGTH(tables) - (matrix->energy_kj ? 0 : 1);
    memcpy(chunk, "XDMATRIX", 8);
    put_u32(chunk + 8, 1U + (matrix->energy_kj ? 1U : 0U) + (table->has_connectors ? 2U : 0U));
    put_u32(chunk + 12, (uint32_t)matrix->points_n);
    enum xd_status status = xd_output_write(output, chunk, 16, error);
    for (size_t t = 0; t < tables_n; t++)
        for (size_t first = 0; status == XD_OK && first < cells_n; first += sizeof chunk / 4) {
            const size_t n = cells_n - first < sizeof chunk / 4 ? cells_n - first : sizeof chunk / 4;
            for (size_t i = 0; i < n; i++)
                put_u32(chunk + 4 * i, (uint32_t)tables[t][first + i]);
            status = xd_output_write(output, chunk, 4 * n, error);
        }
    return status == XD_OK && table->has_connectors ? write_bin_connectors(output, table, error) : status;
}

/* ---- files ---- */

static enum xd_status write_file(const char *path, write_rows write, const struct table *table, struct xd_error *error)
{
    struct xd_output_set *set = NULL;
    struct xd_output *output = NULL;
    enum xd_status status = xd_output_set_open(&set, error);
    if (status == XD_OK)
        status = xd_output_add(set, path, &output, error);
    if (status == XD_OK)
        status = write(output, table, error);
    if (status == XD_OK)
        return xd_output_set_commit(set, error);
    xd_output_set_discard(set);
    return status;
}

static void csv_position(struct xd_csv_writer *csv, struct xd_position position)
{
    xd_csv_put_fixed(csv, position.lon_e7, 7);
    xd_csv_put_fixed(csv, position.lat_e7, 7);
}

static enum xd_status write_snaps(struct xd_output *output, const struct table *table, struct xd_error *error)
{
    static const char *const header[] = {"id", "lon", "lat", "snapped_lon", "snapped_lat", "distance_m", "status"};
    const struct xd_matrix_points *points = table->points;
    struct xd_buffer buffer;
    struct xd_csv_writer csv;
    xd_buffer_init(&buffer, ROW_BYTES_MAX);
    xd_csv_begin(&csv, &buffer, error);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(header); i++)
        xd_csv_put_text(&csv, header[i]);
    xd_csv_row_end(&csv);
    for (int32_t i = 0; i < table->points_n; i++) {
        const struct xd_snap *snap = &points->snaps[i];
        xd_csv_put_code(&csv, points->ids[i]);
        csv_position(&csv, points->positions[i]);
        if (snap->status == XD_SNAP_OK) {
            csv_position(&csv, snap->position);
        } else {
            xd_csv_put_blank(&csv);
            xd_csv_put_blank(&csv);
        }
        if (snap->distance_m >= 0)
            xd_csv_put_integer(&csv, snap->distance_m);
        else
            xd_csv_put_blank(&csv);
        xd_csv_put_text(&csv, status_of(points, i));
        xd_csv_row_end(&csv);
    }
    if (csv.status == XD_OK)
        csv.status = flush(&buffer, output, error);
    const enum xd_status status = xd_csv_end(&csv);
    xd_buffer_free(&buffer);
    return status;
}

enum xd_status xd_matrix_snaps_write(const char *path, const struct xd_matrix_points *points, int32_t points_n, struct xd_error *error)
{
    const struct table table = {.points = points, .points_n = points_n};
    return write_file(path, write_snaps, &table, error);
}

enum xd_status xd_matrix_write(const char *path, const struct xd_matrix *matrix, const struct xd_matrix_points *points, struct xd_error *error)
{
    static const struct {
        const char *ending;
        write_rows write;
    } forms[] = {{".csv", write_csv}, {".json", write_json}, {".bin", write_bin}};
    write_rows write = NULL;
    struct table table = {matrix, points, matrix->points_n, false};
    for (int32_t i = 0; points->snaps && i < matrix->points_n; i++)
        table.has_connectors = table.has_connectors || points->snaps[i].connector_m > 0;
    const size_t length = strlen(path);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(forms); i++) {
        const size_t n = strlen(forms[i].ending);
        if (length > n && strcmp(path + length - n, forms[i].ending) == 0)
            write = forms[i].write;
    }
    if (!write)
        return xd_fail(error, XD_USAGE, xd_at_file(path), "ends in none of .csv, .json, .bin, which tell the form of the table");
    return write_file(path, write, &table, error);
}
