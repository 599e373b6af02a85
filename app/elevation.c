#include "app/elevation.h"

#include "app/workspace.h"

enum xd_status xd_app_elevation_open(const char *path, const struct xd_network *network, struct xd_elevation **elevation, struct xd_error *error)
{
    struct xd_elevation_area area = {0};
    struct xd_diagnostics diagnostics = {0};
    if (!path)
        return XD_OK;
    xd_elevation_area_add_network(&area, network);
    enum xd_status status = xd_elevation_read(path, &area, elevation, &diagnostics);
    status = xd_diagnostics_take_last(&diagnostics, error, status);
    xd_diagnostics_free(&diagnostics);
    return status;
}

enum xd_status xd_app_heights_open(const char *path, const struct xd_network *network, const struct xd_progress *progress,
                                   struct xd_road_heights **heights, struct xd_error *error)
{
    struct xd_elevation *elevation = NULL;
    enum xd_status status = xd_app_elevation_open(path, network, &elevation, error);
    if (status == XD_OK && elevation)
        status = xd_road_heights_create(elevation, network, XD_ELEVATION_REACH_M, progress, heights, error);
    xd_elevation_free(elevation);
    return status;
}
