/* Closures from the command line to the roads. */
#ifndef XD_APP_CLOSURES_H
#define XD_APP_CLOSURES_H

#include "io/tables/closures_read.h"
#include "maps/overlay.h"

#define XD_APP_CLOSURES_HELP "closures and slow-downs: CSV or GeoJSON (docs/formats/closures.md)"
#define XD_APP_CLOSURES_HELP_ZH "封路与限速:CSV 或 GeoJSON(见 docs/formats/closures.md)"

/* Adds a file's closures to the set; path NULL: nothing. Prints all errors but the last, and warnings. */
XD_MUST_CHECK enum xd_status xd_app_closures_add(const char *path, const struct xd_profiles *profiles, enum xd_crs crs, struct xd_closures *closures,
                                                 struct xd_error *error);
/* *overlay stays NULL where there is no closure. Prints what deserves a look (xd_overlay_review). */
XD_MUST_CHECK enum xd_status xd_app_overlay_build(const struct xd_network *network, const struct xd_profiles *profiles,
                                                  const struct xd_closures *closures, int64_t day, struct xd_overlay **overlay,
                                                  struct xd_error *error);
/* --date; text NULL leaves *day. Errors: XD_USAGE. */
XD_MUST_CHECK enum xd_status xd_app_date(const char *text, int64_t *day, struct xd_error *error);

#endif
