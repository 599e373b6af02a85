/* One tile of elevation in the form of SRTM: names like N26E106.hgt, samples of two bytes, the high one first, from north to south and west to east.
 * A ZIP (told by its content) is looked through for the tile; gzip is undone by io/bytes/input. */
#ifndef XD_IO_ELEVATION_HGT_H
#define XD_IO_ELEVATION_HGT_H

#include "io/bytes/input.h"
#include "maps/elevation.h"

enum {
    XD_HGT_BYTES_MAX = XD_ELEVATION_SIDE_1S * XD_ELEVATION_SIDE_1S * 2, /* 25,934,402: a tile at one second */
    XD_HGT_ZIP_BYTES_MAX = 64 * 1024 * 1024                             /* of a ZIP as it lies on disk */
};

/* N26E106.hgt, n26e106.HGT, N26E106.SRTMGL1.hgt.zip, N26E106.hgt.gz: the cell first, then words behind points, .hgt, and .zip or .gz or nothing; letters in
 * any case. False, *cell unchanged, for other names and for degrees beyond the globe. */
bool xd_hgt_name_parse(const char *file_name, struct xd_elevation_cell *cell);

/* The samples of the cell's tile; the caller owns *height_m. Heights outside XD_ELEVATION_LOW_M .. HIGH_M become voids, counted in *outside_n.
 * Errors: XD_DATA (of another size than the two; a ZIP without the tile, or one that declares another size, which is then not unpacked; more than a tenth
 * of the heights outside, as in files with the low byte first), XD_NO_MEMORY, those of the input. */
XD_MUST_CHECK enum xd_status xd_hgt_read(struct xd_input *input, struct xd_elevation_cell cell, int32_t *side, int16_t **height_m, int32_t *outside_n,
                                         struct xd_error *error);

#endif
