/* Lines as short text for the report's page: differences of 1e-5 degrees (about 1 m), zigzag, five bits a character from '?' on. */
#ifndef XD_IO_EXPORT_POLYLINE_H
#define XD_IO_EXPORT_POLYLINE_H

#include "base/buffer.h"
#include "base/geo.h"

/* Appends the line, leaving out points less than tolerance_m off the straight way (Douglas-Peucker; the ends stay).
 * keep[points_n] is scratch. Cost: O(n log n) usual. Errors: those of the buffer. */
XD_MUST_CHECK enum xd_status xd_polyline_append(struct xd_buffer *buffer, const struct xd_position *points, int64_t points_n, double tolerance_m,
                                                unsigned char *keep, struct xd_error *error);

#endif
