/* Travel tables as files. docs/formats/matrix.md
 *
 * .csv: from,to,time_s,length_m, one row a pair (blank where unreachable); .json: ids and rows of both tables (null where unreachable);
 * .bin: "XDMATRIX", u32 version 1, u32 n, n*n i32 seconds, n*n i32 metres, little-endian, row = origin, 2147483647 = unreachable. */
#ifndef XD_IO_EXPORT_MATRIX_WRITE_H
#define XD_IO_EXPORT_MATRIX_WRITE_H

#include "base/matrix.h"

/* The form is told by the path's ending; XD_USAGE for another. ids[points_n]. The file appears whole or not at all. */
XD_MUST_CHECK enum xd_status xd_matrix_write(const char *path, const struct xd_matrix *matrix, char *const *ids, struct xd_error *error);

#endif
