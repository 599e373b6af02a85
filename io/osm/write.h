/* Writes a synthetic county's map as gzipped OSM XML: the same bytes for the same county. */
#ifndef XD_IO_OSM_WRITE_H
#define XD_IO_OSM_WRITE_H

#include "base/output.h"
#include "maps/synth.h"

enum { XD_OSM_WRITE_BYTES_MAX = 1 << 30 };

/* Adds path to the set. Elevations are written as ele=* of every node that lacks one, in whole metres. Errors: XD_DATA over the limit, XD_NO_MEMORY, output errors. */
XD_MUST_CHECK enum xd_status xd_osm_write_gz(const struct xd_synth_county *county, const char *path, struct xd_output_set *set,
                                             struct xd_error *error);

#endif
