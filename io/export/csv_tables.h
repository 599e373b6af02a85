/* routes.csv and stops.csv: UTF-8 with BOM, CRLF, codes as text, so that Excel in China opens them right. docs/formats/plan.md
 *
 * routes.csv has one row a visit in driving order (vehicle,trip,sequence,place,arrive...) and is what `evaluate` reads;
 * stops.csv has one row a stop asked for, served or not. */
#ifndef XD_IO_EXPORT_CSV_TABLES_H
#define XD_IO_EXPORT_CSV_TABLES_H

#include "base/buffer.h"
#include "io/export/export.h"

XD_MUST_CHECK enum xd_status xd_routes_csv_write(const struct xd_export_input *input, struct xd_buffer *buffer, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_stops_csv_write(const struct xd_export_input *input, struct xd_buffer *buffer, struct xd_error *error);

#endif
