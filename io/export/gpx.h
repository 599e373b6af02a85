/* One GPX 1.1 file a vehicle: its stops as waypoints in order, its way as a track; opens in any phone's navigation. docs/formats/geojson.md */
#ifndef XD_IO_EXPORT_GPX_H
#define XD_IO_EXPORT_GPX_H

#include "base/buffer.h"
#include "io/export/export.h"
#include "io/export/shapes.h"

XD_MUST_CHECK enum xd_status xd_gpx_write(const struct xd_export_input *input, const struct xd_shapes *shapes, int32_t route,
                                          struct xd_buffer *buffer, struct xd_error *error);

#endif
