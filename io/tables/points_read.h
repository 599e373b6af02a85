/* POINTS.csv of `network matrix`: id,lon,lat (WGS-84), one row a point. */
#ifndef XD_IO_TABLES_POINTS_READ_H
#define XD_IO_TABLES_POINTS_READ_H

#include "base/geo.h"
#include "base/matrix.h"

struct xd_points {
    int32_t items_n; /* 1..XD_MATRIX_POINTS_MAX */
    struct xd_position *positions;
    char **ids;
};

/* All errors to diagnostics, located; duplicates of an id are refused. *points (zero-initialised by the caller) is filled only on XD_OK. */
XD_MUST_CHECK enum xd_status xd_points_read(const char *path, struct xd_diagnostics *diagnostics, struct xd_points *points);
void xd_points_free(struct xd_points *points);

#endif
