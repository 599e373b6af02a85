/* Travel tables as files. docs/formats/matrix.md
 *
 * .csv: from,to,time_s,length_m, one row a pair (blank where unreachable); .json: ids and rows of both tables (null where unreachable);
 * .bin: "XDMATRIX", u32 version 1, u32 n, n*n i32 seconds, n*n i32 metres, little-endian, row = origin, 2147483647 = unreachable.
 * Each form tells the straight lines at its points, where there are any (xd_snap_connect). */
#ifndef XD_IO_EXPORT_MATRIX_WRITE_H
#define XD_IO_EXPORT_MATRIX_WRITE_H

#include "base/json_writer.h"
#include "base/matrix.h"
#include "maps/snap.h"

/* What a table is of: points_n each; apart: on other parts of the roads than most points. snaps: NULL: nothing is told but ids. */
struct xd_matrix_points {
    char *const *ids;
    const struct xd_position *positions;
    const struct xd_snap *snaps;
    const bool *apart;
};

/* The form is told by the path's ending; XD_USAGE for another. The file appears whole or not at all. */
XD_MUST_CHECK enum xd_status xd_matrix_write(const char *path, const struct xd_matrix *matrix, const struct xd_matrix_points *points,
                                             struct xd_error *error);
/* id,lon,lat,snapped_lon,snapped_lat,distance_m,status, one row a point. */
XD_MUST_CHECK enum xd_status xd_matrix_snaps_write(const char *path, const struct xd_matrix_points *points, int32_t points_n, struct xd_error *error);
/* "points": where each lies on the roads, how far from them, and the status; "connectors": those at the end of a straight line, with its metres and seconds. */
void xd_matrix_points_json(struct xd_json_writer *json, const char *key, const struct xd_matrix_points *points, int32_t points_n);
void xd_matrix_connectors_json(struct xd_json_writer *json, const struct xd_matrix_points *points, int32_t points_n);

#endif
