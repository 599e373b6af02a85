#include "app/connector.h"

static enum xd_status set(struct xd_parameters *parameters, enum xd_parameter index, const char *option, const char *text, struct xd_error *error)
{
    struct xd_location at = xd_at_none();
    at.field = option;
    return text ? xd_parameter_set(parameters, (int32_t)index, text, at, error) : XD_OK;
}

enum xd_status xd_app_connector_set(const struct xd_app_connector *told, struct xd_parameters *parameters, struct xd_error *error)
{
    struct xd_location at = xd_at_none();
    at.field = "--connector-m";
    enum xd_status status = set(parameters, XD_PARAMETER_CONNECTOR_M, "--connector-m", told->longest_m, error);
    if (status == XD_OK)
        status = set(parameters, XD_PARAMETER_CONNECTOR_M_H, "--connector-kmh", told->speed_kmh, error);
    if (status == XD_OK)
        status = xd_parameters_connector_check(parameters, at, error);
    if (status == XD_OK && told->speed_kmh && parameters->value[XD_PARAMETER_CONNECTOR_M] == 0)
        status = xd_fail(error, XD_USAGE, xd_at_none(), "--connector-kmh does nothing without a longest line: give --connector-m too");
    if (status != XD_OK)
        error->status = XD_USAGE; /* it stands on the command line, not in a file */
    return status == XD_OK ? XD_OK : XD_USAGE;
}

enum xd_status xd_app_approach_set(const char *told, struct xd_parameters *parameters, struct xd_error *error)
{
    const enum xd_status status = set(parameters, XD_PARAMETER_APPROACH, "--approach", told, error);
    if (status != XD_OK)
        error->status = XD_USAGE;
    return status == XD_OK ? XD_OK : XD_USAGE;
}
