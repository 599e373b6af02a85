/* Closures and slow-downs: a CSV table, or GeoJSON (docs/formats/closures.md tells both). Which of the two is told by the first character.
 *
 * Errors: all of a file go to the diagnostics, located at file:line:column, none of its closures is added then; XD_DATA, XD_NO_INPUT, XD_NO_MEMORY. */
#ifndef XD_IO_TABLES_CLOSURES_READ_H
#define XD_IO_TABLES_CLOSURES_READ_H

#include "io/bytes/text.h"
#include "maps/closure.h"
#include "maps/profile.h"

enum { XD_CLOSURES_FILE_MAX = 64 * 1024 * 1024, XD_CLOSURE_TEXT_MAX = 500, XD_CLOSURE_BUFFER_MAX_M = 1000 };

/* profiles: what `vehicles` may name. crs: of lon and lat of a table; GeoJSON tells its own, or is WGS-84. Appends to *closures. */
XD_MUST_CHECK enum xd_status xd_closures_read(const char *path, const struct xd_profiles *profiles, enum xd_crs crs, enum xd_text_encoding encoding,
                                              struct xd_diagnostics *diagnostics, struct xd_closures *closures);
/* The same from UTF-8 text in memory. */
XD_MUST_CHECK enum xd_status xd_closures_read_bytes(const char *bytes, size_t n, const char *source, const struct xd_profiles *profiles,
                                                    enum xd_crs crs, struct xd_diagnostics *diagnostics, struct xd_closures *closures);

#endif
