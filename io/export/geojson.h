/* routes.geojson: one LineString a route and one Point a visit, unserved place and hub, for QGIS and web maps. docs/formats/geojson.md */
#ifndef XD_IO_EXPORT_GEOJSON_H
#define XD_IO_EXPORT_GEOJSON_H

#include "base/buffer.h"
#include "io/export/export.h"
#include "io/export/shapes.h"

XD_MUST_CHECK enum xd_status xd_geojson_write(const struct xd_export_input *input, const struct xd_shapes *shapes, struct xd_buffer *buffer,
                                              struct xd_error *error);

#endif
