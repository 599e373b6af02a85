#include "app/open_map.h"

#include "app/workspace.h"
#include "io/osm/read.h"
#include "io/snapshot/snapshot.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct opened {
    struct xd_opened_map face; /* first */
    struct xd_profiles *built_in;
    struct xd_snapshot snapshot; /* in use, or nothing */
    struct xd_standard_roads standard;
};

const char *xd_snapshot_use_name(enum xd_snapshot_use use)
{
    static const char *const names[] = {"off", "used", "written", "stale", "damaged"};
    return names[use];
}

/* Whether somebody may write into the folder of the file: root may everywhere, and leaves alone what is closed to all. */
static bool folder_is_open(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct stat now;
    char *folder = xd_string_copy(slash ? path : ".");
    if (folder && slash)
        folder[slash == path ? 1 : slash - path] = '\0';
    const bool is_open = folder && stat(folder, &now) == 0 && (now.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) && access(folder, W_OK) == 0;
    xd_free(folder);
    return is_open;
}

/* The map could change once more without a new time. */
static bool is_young(const struct xd_snapshot_identity *identity)
{
    struct timespec now;
    return clock_gettime(CLOCK_REALTIME, &now) != 0 || now.tv_sec - identity->map_mtime_ns / 1000000000 <= XD_SNAPSHOT_YOUNG_S;
}

/* Of the map as it was before it was read: it may be another one by now. */
static bool is_same_still(const char *path, const struct xd_profiles *built_in, const struct xd_snapshot_identity *identity)
{
    struct xd_snapshot_identity now;
    return xd_snapshot_identify(path, built_in, &now, NULL) == XD_OK && memcmp(&now, identity, sizeof now) == 0;
}

/* What keeps it from being written is no error of this run. */
static enum xd_status keep(const char *path, const char *snapshot_path, const struct xd_snapshot_identity *identity,
                           const struct xd_progress *progress, struct opened *made, bool *is_written, struct xd_error *error)
{
    *is_written = false;
    if (is_young(identity) || !folder_is_open(path))
        return XD_OK;
    xd_report(progress, "prepare roads", 0, 0, -1);
    enum xd_status status = xd_standard_roads_ready(&made->standard, progress, error);
    if (status != XD_OK || !is_same_still(path, made->built_in, identity))
        return status;
    status = xd_snapshot_write(snapshot_path, identity, &made->standard, error);
    *is_written = status == XD_OK;
    return status == XD_CANNOT_CREATE || status == XD_IO ? XD_OK : status;
}

static enum xd_status read_map(const char *path, const struct xd_progress *progress, struct opened *made, struct xd_error *error)
{
    const enum xd_status status = xd_osm_read_network(path, progress, &made->face.network, error);
    made->standard = (struct xd_standard_roads){.network = made->face.network, .built_in = made->built_in};
    made->face.standard = &made->standard;
    return status;
}

static enum xd_status open_with_snapshot(const char *path, const struct xd_progress *progress, struct opened *made, struct xd_error *error)
{
    static const enum xd_snapshot_use without[] = {
        [XD_SNAPSHOT_MISSING] = XD_SNAPSHOT_OFF, [XD_SNAPSHOT_STALE] = XD_SNAPSHOT_REPLACED, [XD_SNAPSHOT_DAMAGED] = XD_SNAPSHOT_REFUSED};
    const size_t n = strlen(path) + sizeof ".xdroads";
    struct xd_snapshot_identity identity;
    enum xd_snapshot_look look = XD_SNAPSHOT_MISSING;
    bool is_written = false;
    if (xd_snapshot_identify(path, made->built_in, &identity, NULL) != XD_OK)
        return read_map(path, progress, made, error); /* which tells what is wrong with it */
    char *snapshot_path = xd_alloc(n, 1);
    if (!snapshot_path)
        return xd_fail_memory(error, "the name of a snapshot", n);
    snprintf(snapshot_path, n, "%s.xdroads", path);
    enum xd_status status = xd_snapshot_read(snapshot_path, &identity, made->built_in, &made->snapshot, &look, error);
    if (status == XD_OK && look == XD_SNAPSHOT_GOOD) {
        made->face = (struct xd_opened_map){made->snapshot.network, &made->snapshot.standard, XD_SNAPSHOT_USED};
    } else if (status == XD_OK) {
        status = read_map(path, progress, made, error);
        if (status == XD_OK)
            status = keep(path, snapshot_path, &identity, progress, made, &is_written, error);
        made->face.snapshot = look == XD_SNAPSHOT_MISSING && is_written ? XD_SNAPSHOT_WRITTEN : without[look];
    }
    xd_free(snapshot_path);
    return status;
}

enum xd_status xd_app_map_open(const char *path, bool with_snapshot, const struct xd_progress *progress, struct xd_opened_map **map,
                               struct xd_error *error)
{
    struct opened *made = xd_alloc_zero(1, sizeof *made);
    enum xd_status status = made ? xd_profiles_open(NULL, &made->built_in, error) : xd_fail_memory(error, "a map", sizeof *made);
    if (status == XD_OK)
        status = with_snapshot ? open_with_snapshot(path, progress, made, error) : read_map(path, progress, made, error);
    if (status == XD_OK) {
        *map = &made->face;
        made = NULL;
    }
    xd_app_map_close(made ? &made->face : NULL);
    return status;
}

static void roads_free(struct opened *made)
{
    xd_standard_roads_free(&made->standard);
    if (!made->snapshot.bytes)
        xd_network_free(made->face.network);
    xd_snapshot_close(&made->snapshot);
}

void xd_app_map_replace(struct xd_opened_map *map, struct xd_network *network)
{
    struct opened *made = (struct opened *)map; /* its first member */
    roads_free(made);
    made->face.network = network;
    made->standard = (struct xd_standard_roads){.network = network, .built_in = made->built_in};
    made->face.standard = &made->standard;
}

void xd_app_map_close(struct xd_opened_map *map)
{
    struct opened *made = (struct opened *)map; /* its first member */
    if (!made)
        return;
    roads_free(made);
    xd_profiles_free(made->built_in);
    xd_free(made);
}
