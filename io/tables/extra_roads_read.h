/* Roads that the map does not have: a CSV table, one row a point, or GeoJSON lines (docs/formats/extra_roads.md tells both). Which of the two is told by
 * the first character.
 *
 * Errors: all of a file go to the diagnostics, located at file:line:column, none of its roads is added then; XD_DATA, XD_NO_INPUT, XD_NO_MEMORY. */
#ifndef XD_IO_TABLES_EXTRA_ROADS_READ_H
#define XD_IO_TABLES_EXTRA_ROADS_READ_H

#include "io/bytes/text.h"
#include "maps/extra_road.h"

enum { XD_EXTRA_ROADS_FILE_MAX = 64 * 1024 * 1024, XD_EXTRA_ROAD_TAGS_MAX = 64, XD_EXTRA_ROAD_LABEL_MAX = 80 };

/* crs: of lon and lat of a table; GeoJSON tells its own, or is WGS-84. Appends to *roads. */
XD_MUST_CHECK enum xd_status xd_extra_roads_read(const char *path, enum xd_crs crs, enum xd_text_encoding encoding,
                                                 struct xd_diagnostics *diagnostics, struct xd_extra_roads *roads);
/* The same from UTF-8 text in memory. */
XD_MUST_CHECK enum xd_status xd_extra_roads_read_bytes(const char *bytes, size_t n, const char *source, enum xd_crs crs,
                                                       struct xd_diagnostics *diagnostics, struct xd_extra_roads *roads);

#endif
