/* Writes the relief of a synthetic county as tiles N26E106.hgt.gz: the same bytes for the same county. */
#ifndef XD_IO_ELEVATION_HGT_WRITE_H
#define XD_IO_ELEVATION_HGT_WRITE_H

#include "base/output.h"
#include "maps/synth.h"

/* Adds the tiles that the county lies in, at three seconds of arc, to the set under folder. Errors: XD_CANNOT_CREATE (a path too long), XD_NO_MEMORY,
 * output errors. */
XD_MUST_CHECK enum xd_status xd_hgt_write_county(const struct xd_synth_county *county, const char *folder, struct xd_output_set *set,
                                                 struct xd_error *error);

#endif
