#include "app/closures.h"

#include "app/workspace.h"
#include "base/number.h"

#include <string.h>

enum xd_status xd_app_closures_add(const char *path, const struct xd_profiles *profiles, enum xd_crs crs, struct xd_closures *closures,
                                   struct xd_error *error)
{
    struct xd_diagnostics diagnostics = {0};
    if (!path)
        return XD_OK;
    enum xd_status status = xd_closures_read(path, profiles, crs, XD_ENCODING_AUTO, &diagnostics, closures);
    status = xd_diagnostics_take_last(&diagnostics, error, status);
    xd_diagnostics_free(&diagnostics);
    return status;
}

enum xd_status xd_app_overlay_build(const struct xd_network *network, const struct xd_profiles *profiles, const struct xd_closures *closures,
                                    int64_t day, struct xd_overlay **overlay, struct xd_error *error)
{
    struct xd_diagnostics diagnostics = {0};
    if (closures->items_n == 0)
        return XD_OK;
    const enum xd_status status = xd_overlay_build(network, profiles, closures, day, overlay, error);
    if (status == XD_OK)
        xd_overlay_review(*overlay, &diagnostics);
    xd_diagnostics_print(&diagnostics);
    xd_diagnostics_free(&diagnostics);
    return status;
}

enum xd_status xd_app_date(const char *text, int64_t *day, struct xd_error *error)
{
    if (!text || xd_parse_date(text, strlen(text), day) == XD_NUMBER_OK)
        return XD_OK;
    return xd_fail(error, XD_USAGE, xd_at_none(), "--date \"%s\" is not a date; expected YYYY-MM-DD", text);
}
