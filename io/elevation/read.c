#include "io/elevation/read.h"

#include "io/elevation/hgt.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { NAME_BYTES = 256, PATH_BYTES = 4096, NAMES_TOLD_BYTES = 320 };

struct reading {
    const char *path;
    struct xd_elevation *elevation;
    char (*names)[NAME_BYTES]; /* a tile's file in the folder, "" = none */
    struct xd_diagnostics *diagnostics;
    struct xd_error first; /* the first error */
    int32_t tiles_read_n;
};

static void fault(struct reading *reading, const struct xd_error *error)
{
    if (reading->first.status == XD_OK)
        reading->first = *error;
    xd_diagnostics_add(reading->diagnostics, error);
}

static int32_t slot_of(const struct xd_elevation *elevation, struct xd_elevation_cell cell)
{
    for (int32_t i = 0; i < elevation->tiles_n; i++)
        if (elevation->tiles[i].cell.south_deg == cell.south_deg && elevation->tiles[i].cell.west_deg == cell.west_deg)
            return i;
    return -1;
}

/* Letters in any case, but with an order of their own where only the case differs. */
static bool comes_before(const char *a, const char *b)
{
    const int order = strcasecmp(a, b);
    return order != 0 ? order < 0 : strcmp(a, b) < 0;
}

static void read_tile(struct reading *reading, const char *path, int32_t slot)
{
    struct xd_input *input = NULL;
    struct xd_error error = {.status = XD_OK};
    int32_t side = 0, outside_n = 0;
    int16_t *height_m = NULL;
    enum xd_status status = xd_input_open(path, &input, &error);
    if (status == XD_OK)
        status = xd_hgt_read(input, reading->elevation->tiles[slot].cell, &side, &height_m, &outside_n, &error);
    xd_input_close(input);
    if (status != XD_OK) {
        fault(reading, &error);
        return;
    }
    xd_elevation_fill(reading->elevation, slot, side, height_m);
    reading->tiles_read_n++;
    if (outside_n > 0)
        xd_diagnostics_warn(reading->diagnostics, xd_at_file(path), "%ld heights lie outside %d .. %d m and are taken for unknown", (long)outside_n,
                            XD_ELEVATION_LOW_M, XD_ELEVATION_HIGH_M);
}

static void read_folder(struct reading *reading, DIR *folder)
{
    const struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        struct xd_elevation_cell cell;
        const int32_t slot = xd_hgt_name_parse(entry->d_name, &cell) ? slot_of(reading->elevation, cell) : -1;
        if (slot >= 0 && (reading->names[slot][0] == '\0' || comes_before(entry->d_name, reading->names[slot])))
            snprintf(reading->names[slot], NAME_BYTES, "%s", entry->d_name);
    }
    for (int32_t slot = 0; slot < reading->elevation->tiles_n; slot++) {
        char path[PATH_BYTES];
        struct xd_error error;
        if (reading->names[slot][0] == '\0')
            continue;
        if ((size_t)snprintf(path, sizeof path, "%s/%s", reading->path, reading->names[slot]) < sizeof path) {
            read_tile(reading, path, slot);
        } else {
            (void)xd_fail(&error, XD_NO_INPUT, xd_at_file(reading->path), "the path of a tile is longer than %d bytes; move the folder", PATH_BYTES);
            fault(reading, &error);
        }
    }
}

static void read_file(struct reading *reading)
{
    const char *slash = strrchr(reading->path, '/');
    struct xd_elevation_cell cell;
    struct xd_error error;
    if (!xd_hgt_name_parse(slash ? slash + 1 : reading->path, &cell)) {
        (void)xd_fail(
            &error, XD_DATA, xd_at_file(reading->path),
            "is not named like a tile of elevation; expected a name like N26E106.hgt, N26E106.hgt.gz or N26E106.SRTMGL1.hgt.zip, or a folder");
        fault(reading, &error);
        return;
    }
    const int32_t slot = slot_of(reading->elevation, cell);
    if (slot >= 0)
        read_tile(reading, reading->path, slot);
}

/* "N26E106, N27E106" as far as it fits; returns how many there are. */
static int32_t missing_names(const struct xd_elevation *elevation, char dst[NAMES_TOLD_BYTES])
{
    int32_t missing_n = 0;
    size_t used = 0;
    dst[0] = '\0';
    for (int32_t i = 0; i < elevation->tiles_n; i++) {
        char name[XD_ELEVATION_NAME_BYTES];
        if (elevation->tiles[i].side > 0)
            continue;
        missing_n++;
        xd_elevation_cell_name(elevation->tiles[i].cell, name);
        if (used + strlen(name) + sizeof ", ..." < NAMES_TOLD_BYTES)
            used += (size_t)snprintf(dst + used, NAMES_TOLD_BYTES - used, "%s%s", used > 0 ? ", " : "", name);
        else if (dst[used - 1] != '.')
            snprintf(dst + used, NAMES_TOLD_BYTES - used, ", ...");
    }
    return missing_n;
}

static void tell_missing(struct reading *reading)
{
    char names[NAMES_TOLD_BYTES];
    struct xd_error error;
    const int32_t missing_n = missing_names(reading->elevation, names);
    if (missing_n > 0 && reading->tiles_read_n == 0) {
        (void)xd_fail(&error, XD_NO_INPUT, xd_at_file(reading->path),
                      "holds none of the tiles of elevation that the map needs; expected %s (.hgt, .hgt.zip or .hgt.gz)", names);
        fault(reading, &error);
    } else if (missing_n > 0) {
        xd_diagnostics_warn(reading->diagnostics, xd_at_file(reading->path),
                            "%ld of the %ld tiles of elevation that the map needs are missing, roads there are taken for flat: %s", (long)missing_n,
                            (long)reading->elevation->tiles_n, names);
    }
}

static void read_path(struct reading *reading)
{
    struct stat facts;
    struct xd_input *input = NULL;
    struct xd_error error;
    DIR *folder = opendir(reading->path);
    const int reason = errno;
    if (folder) {
        read_folder(reading, folder);
        closedir(folder);
    } else if (stat(reading->path, &facts) == 0 && S_ISDIR(facts.st_mode)) {
        (void)xd_fail(&error, XD_NO_INPUT, xd_at_file(reading->path), "the folder cannot be opened: %s", strerror(reason));
        fault(reading, &error);
    } else if (xd_input_open(reading->path, &input, &error) == XD_OK) { /* says why not */
        xd_input_close(input);
        read_file(reading);
    } else {
        fault(reading, &error);
    }
}

enum xd_status xd_elevation_read(const char *path, const struct xd_elevation_area *area, struct xd_elevation **elevation,
                                 struct xd_diagnostics *diagnostics)
{
    struct reading reading = {.path = path, .diagnostics = diagnostics};
    struct xd_error error;
    if (xd_elevation_area_slots(area, &reading.elevation, &error) != XD_OK) {
        snprintf(error.source, sizeof error.source, "%s", path);
        fault(&reading, &error);
        return reading.first.status;
    }
    reading.names = xd_alloc_zero((size_t)reading.elevation->tiles_n, sizeof *reading.names);
    if (reading.names) {
        read_path(&reading);
    } else {
        (void)xd_fail_memory(&error, "names of tiles", (size_t)reading.elevation->tiles_n * sizeof *reading.names);
        fault(&reading, &error);
    }
    if (reading.first.status == XD_OK)
        tell_missing(&reading);
    xd_free(reading.names);
    if (reading.first.status == XD_OK)
        *elevation = reading.elevation;
    else
        xd_elevation_free(reading.elevation);
    return reading.first.status;
}
