/* --connector-m and --connector-kmh: straight lines from places beyond the last road; --approach: from which side places are reached
 * (docs/formats/scenario.md). */
#ifndef XD_APP_CONNECTOR_H
#define XD_APP_CONNECTOR_H

#include "app/options.h"
#include "scenarios/parameters.h"

/* As the command line says; NULL = not told. */
struct xd_app_connector {
    const char *longest_m, *speed_kmh;
};

#define XD_APP_CONNECTOR_OPTIONS(target)                                                                                                             \
    {XD_OPTION_TEXT,                                                                                                                                 \
     "--connector-m",                                                                                                                                \
     NULL,                                                                                                                                           \
     "M",                                                                                                                                            \
     &(target)->longest_m,                                                                                                                           \
     0,                                                                                                                                              \
     0,                                                                                                                                              \
     "a straight line of up to M metres from where the road is too far (a guess: better --extra-roads)",                                             \
     "离路太远的地点以不超过 M 米的直线接驳(只是估计,最好用 --extra-roads)"},                                                                        \
    {                                                                                                                                                \
        XD_OPTION_TEXT, "--connector-kmh", NULL, "V", &(target)->speed_kmh, 0, 0, "speed on such a line (default 4)", "直线接驳速度(默认 4)" \
    }

#define XD_APP_APPROACH_OPTION(target)                                                                                                               \
    {                                                                                                                                                \
        XD_OPTION_TEXT, "--approach", NULL, "A", (target), 0, 0,                                                                                     \
            "any (default); kerb: reach and leave places only with them on the right side of the road, kerb_left: on the left",                      \
            "any(默认)任意侧;kerb 只在地点位于道路右侧时停靠,kerb_left 左侧"                                                     \
    }

/* Into the parameters, over what is there. Errors: XD_USAGE. */
XD_MUST_CHECK enum xd_status xd_app_connector_set(const struct xd_app_connector *told, struct xd_parameters *parameters, struct xd_error *error);

/* told: NULL = not told. */
XD_MUST_CHECK enum xd_status xd_app_approach_set(const char *told, struct xd_parameters *parameters, struct xd_error *error);

#endif
