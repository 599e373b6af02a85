/* Positions, distances and the Chinese coordinate systems.
 * Units: degrees times 1e7 (`_e7`) as int32_t; metres. */
#ifndef XD_BASE_GEO_H
#define XD_BASE_GEO_H

#include <stdbool.h>
#include <stdint.h>

struct xd_position {
    int32_t lon_e7; /* -1800000000..1800000000 */
    int32_t lat_e7; /* -900000000..900000000 */
};

enum xd_crs { XD_CRS_WGS84, XD_CRS_GCJ02, XD_CRS_BD09 };

bool xd_position_valid(struct xd_position position);
/* Great-circle distance on a sphere of 6,371,008.8 m (haversine). */
double xd_distance_m(struct xd_position a, struct xd_position b);
/* Local plane around `origin`: east and north in metres. Error < 0.1 % within 100 km. */
void xd_project_m(struct xd_position origin, struct xd_position point, double *east_m, double *north_m);
/* To WGS-84. GCJ-02 is undone by fixed-point iteration to < 1e-7 degrees; outside China the systems agree. */
struct xd_position xd_position_to_wgs84(struct xd_position position, enum xd_crs crs);
struct xd_position xd_position_from_wgs84(struct xd_position position, enum xd_crs crs);
bool xd_crs_parse(const char *name, enum xd_crs *crs); /* wgs84, gcj02, bd09, any case */
const char *xd_crs_name(enum xd_crs crs);

#endif
