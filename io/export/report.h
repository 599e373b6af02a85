/* report.html: one self-contained page (map, figures, timeline, stops, driver sheets; Chinese and English) that opens without a network.
 * The data stand in it as JSON (report/report.js documents what it reads by reading it). */
#ifndef XD_IO_EXPORT_REPORT_H
#define XD_IO_EXPORT_REPORT_H

#include "base/buffer.h"
#include "io/export/export.h"
#include "io/export/shapes.h"

enum { XD_REPORT_BYTES_MAX = 256 << 20, XD_REPORT_ROAD_POINTS_MAX = 1500000 };

XD_MUST_CHECK enum xd_status xd_report_write(const struct xd_export_input *input, const struct xd_shapes *shapes, struct xd_buffer *buffer,
                                             struct xd_error *error);

#endif
