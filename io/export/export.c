#include "io/export/export.h"

#include "base/buffer.h"
#include "base/json_writer.h"
#include "io/export/closures_json.h"
#include "io/export/csv_tables.h"
#include "io/export/geojson.h"
#include "io/export/gpx.h"
#include "io/export/plan_json.h"
#include "io/export/report.h"
#include "io/export/titles.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES_MAX = 4096, FILE_BYTES_MAX = 512 << 20 };

/* One file of the folder: filled by `fill`, added to the set. */
struct writer {
    const struct xd_export_input *input;
    const struct xd_shapes *shapes;
    const char *folder;
    struct xd_output_set *set;
    struct xd_buffer buffer;
};

static enum xd_status add_file(struct writer *writer, const char *name, struct xd_error *error)
{
    char path[PATH_BYTES_MAX];
    struct xd_output *output = NULL;
    if ((size_t)snprintf(path, sizeof path, "%s/%s", writer->folder, name) >= sizeof path)
        return xd_fail(error, XD_CANNOT_CREATE, xd_at_file(writer->folder), "the path is longer than %d bytes; choose a shorter output folder",
                       PATH_BYTES_MAX);
    enum xd_status status = xd_output_add(writer->set, path, &output, error);
    if (status == XD_OK)
        status = xd_output_write(output, writer->buffer.bytes, writer->buffer.length, error);
    xd_buffer_clear(&writer->buffer);
    return status;
}

/* "gpx/NN-NAME.gpx" of a route. A name that every file system takes: what is not a letter, digit or UTF-8 becomes '_'. */
static void file_name(const struct xd_export_input *input, int32_t route, char *dst, size_t n)
{
    char title[XD_TITLE_MAX];
    xd_vehicle_title(input->county, xd_verified_plan_values(input->plan)->routes[route].vehicle, title, sizeof title);
    const size_t begin = (size_t)snprintf(dst, n, "gpx/%02ld-", (long)route + 1);
    const size_t used = begin + (size_t)snprintf(dst + begin, n - begin, "%s.gpx", title);
    for (size_t i = begin; i + 4 < used && i < n; i++)
        if ((unsigned char)dst[i] < 0x80 &&
            !((dst[i] >= '0' && dst[i] <= '9') || (dst[i] >= 'A' && dst[i] <= 'Z') || (dst[i] >= 'a' && dst[i] <= 'z')))
            dst[i] = '_';
}

static enum xd_status add_gpx(struct writer *writer, struct xd_error *error)
{
    const struct xd_plan *plan = xd_verified_plan_values(writer->input->plan);
    enum xd_status status = XD_OK;
    for (int32_t r = 0; status == XD_OK && r < plan->routes_n; r++) {
        char name[XD_TITLE_MAX + 32];
        file_name(writer->input, r, name, sizeof name);
        status = xd_gpx_write(writer->input, writer->shapes, r, &writer->buffer, error);
        if (status == XD_OK)
            status = add_file(writer, name, error);
    }
    return status;
}

static enum xd_status add_kpi(struct writer *writer, struct xd_error *error)
{
    struct xd_json_writer json;
    xd_json_begin(&json, &writer->buffer, true, error);
    xd_export_kpi(writer->input, &json, NULL);
    const enum xd_status status = xd_json_end(&json);
    return status == XD_OK ? add_file(writer, "kpi.json", error) : status;
}

static enum xd_status add_run(struct writer *writer, const struct xd_run_facts *run, struct xd_error *error)
{
    struct xd_json_writer json;
    xd_json_begin(&json, &writer->buffer, true, error);
    xd_json_object_begin(&json, NULL);
    xd_json_string(&json, "schema", "xiangdao-run");
    xd_json_int(&json, "version", 1);
    xd_json_string(&json, "started", run->started);
    xd_json_string(&json, "host", run->host);
    xd_json_string(&json, "command_line", run->command_line);
    xd_json_int(&json, "threads", run->threads_n);
    xd_json_string(&json, "stop_reason", run->stop_reason);
    xd_json_string(&json, "snapshot", run->snapshot);
    xd_json_object_begin(&json, "seconds");
    xd_json_double(&json, "load", run->load_s, 6);
    xd_json_double(&json, "snap", run->open_s, 6);
    xd_json_double(&json, "reweigh", run->reweigh_s, 6);
    xd_json_double(&json, "table", run->table_s, 6);
    xd_json_double(&json, "search", run->search_s, 6);
    xd_json_object_end(&json);
    if (run->peak_bytes >= 0)
        xd_json_int(&json, "peak_bytes", run->peak_bytes);
    else
        xd_json_null(&json, "peak_bytes");
    xd_closures_json(&json, "closures", writer->input->county->overlay, false);
    xd_json_object_end(&json);
    const enum xd_status status = xd_json_end(&json);
    return status == XD_OK ? add_file(writer, "run.json", error) : status;
}

enum xd_status xd_export_plan(const struct xd_export_input *input, const struct xd_run_facts *run, const char *folder, struct xd_output_set *set,
                              struct xd_error *error)
{
    struct xd_shapes *shapes = NULL;
    struct writer writer = {.input = input, .folder = folder, .set = set};
    xd_buffer_init(&writer.buffer, FILE_BYTES_MAX);
    enum xd_status status = xd_shapes_create(input->county, xd_verified_plan_values(input->plan), &shapes, error);
    writer.shapes = shapes;
    if (status == XD_OK)
        status = xd_export_plan_json(input, &writer.buffer, error);
    if (status == XD_OK)
        status = add_file(&writer, "plan.json", error);
    if (status == XD_OK)
        status = xd_routes_csv_write(input, &writer.buffer, error);
    if (status == XD_OK)
        status = add_file(&writer, "routes.csv", error);
    if (status == XD_OK)
        status = xd_stops_csv_write(input, &writer.buffer, error);
    if (status == XD_OK)
        status = add_file(&writer, "stops.csv", error);
    if (status == XD_OK)
        status = xd_geojson_write(input, shapes, &writer.buffer, error);
    if (status == XD_OK)
        status = add_file(&writer, "routes.geojson", error);
    if (status == XD_OK)
        status = add_gpx(&writer, error);
    if (status == XD_OK)
        status = add_kpi(&writer, error);
    if (status == XD_OK)
        status = xd_report_write(input, shapes, &writer.buffer, error);
    if (status == XD_OK)
        status = add_file(&writer, "report.html", error);
    if (status == XD_OK)
        status = add_run(&writer, run, error);
    xd_buffer_free(&writer.buffer);
    xd_shapes_free(shapes);
    return status;
}

/* What add_gpx wrote begins so; a file of somebody else's never goes. */
static bool is_own_gpx(const char *path)
{
    char head[256];
    struct stat facts;
    FILE *file = lstat(path, &facts) == 0 && S_ISREG(facts.st_mode) ? fopen(path, "rb") : NULL;
    if (!file)
        return false;
    const size_t n = fread(head, 1, sizeof head - 1, file);
    fclose(file);
    head[n] = '\0';
    return strstr(head, "<gpx version=\"1.1\" creator=\"Xiangdao\"") != NULL;
}

/* entry: "NN-NAME.gpx". */
static bool is_of_plan(const struct xd_export_input *input, const char *entry)
{
    char name[XD_TITLE_MAX + 32];
    const long number = strtol(entry, NULL, 10);
    if (number < 1 || number > xd_verified_plan_values(input->plan)->routes_n)
        return false;
    file_name(input, (int32_t)number - 1, name, sizeof name);
    return strcmp(name + strlen("gpx/"), entry) == 0;
}

enum xd_status xd_export_remove_stale(const struct xd_export_input *input, const char *folder, struct xd_error *error)
{
    char path[PATH_BYTES_MAX];
    if ((size_t)snprintf(path, sizeof path, "%s/gpx", folder) >= sizeof path)
        return XD_OK; /* nothing could have been written there */
    DIR *listing = opendir(path);
    enum xd_status status = XD_OK;
    for (struct dirent *entry = listing ? readdir(listing) : NULL; status == XD_OK && entry; entry = readdir(listing)) {
        const char *name = entry->d_name;
        const size_t digits_n = strspn(name, "0123456789"), length = strlen(name);
        if (digits_n < 2 || name[digits_n] != '-' || length < 4 || strcmp(name + length - 4, ".gpx") != 0 || is_of_plan(input, name))
            continue;
        if ((size_t)snprintf(path, sizeof path, "%s/gpx/%s", folder, name) >= sizeof path || !is_own_gpx(path))
            continue;
        if (unlink(path) != 0)
            status = xd_fail(error, XD_IO, xd_at_file(path), "a route of an earlier plan cannot be removed (%s); remove it, so that nobody drives it",
                             strerror(errno));
    }
    if (listing)
        closedir(listing);
    return status;
}
