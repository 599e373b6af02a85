#include "io/elevation/hgt_write.h"

#include "io/bytes/gzip_write.h"
#include "maps/synth_elevation.h"

#include <stdio.h>

enum { SIDE = XD_ELEVATION_SIDE_3S, SAMPLES_N = SIDE * SIDE, PATH_BYTES = 4096 };

static enum xd_status write_tile(struct xd_elevation_cell cell, const int16_t *height_m, unsigned char *bytes, const char *folder,
                                 struct xd_output_set *set, struct xd_error *error)
{
    char name[XD_ELEVATION_NAME_BYTES];
    char path[PATH_BYTES];
    struct xd_output *output = NULL;
    for (int32_t i = 0; i < SAMPLES_N; i++) {
        bytes[2 * i] = (unsigned char)((uint16_t)height_m[i] >> 8);
        bytes[2 * i + 1] = (unsigned char)((uint16_t)height_m[i] & 0xff);
    }
    xd_elevation_cell_name(cell, name);
    if ((size_t)snprintf(path, sizeof path, "%s/%s.hgt.gz", folder, name) >= sizeof path)
        return xd_fail(error, XD_CANNOT_CREATE, xd_at_file(folder), "the path is longer than %d bytes; choose a shorter output folder", PATH_BYTES);
    enum xd_status status = xd_output_add(set, path, &output, error);
    return status == XD_OK ? xd_gzip_write(bytes, (size_t)SAMPLES_N * 2, output, error) : status;
}

enum xd_status xd_hgt_write_county(const struct xd_synth_county *county, const char *folder, struct xd_output_set *set, struct xd_error *error)
{
    const struct xd_elevation_cell first = xd_elevation_cell_of(county->ground->south_west);
    const struct xd_elevation_cell last = xd_elevation_cell_of(xd_synth_relief_north_east(county->ground));
    int16_t *height_m = xd_alloc(SAMPLES_N, sizeof *height_m);
    unsigned char *bytes = xd_alloc(SAMPLES_N, 2);
    enum xd_status status = height_m && bytes ? XD_OK : xd_fail_memory(error, "a tile of elevation", (size_t)SAMPLES_N * 4);
    for (int32_t south_deg = first.south_deg; status == XD_OK && south_deg <= last.south_deg; south_deg++)
        for (int32_t west_deg = first.west_deg; status == XD_OK && west_deg <= last.west_deg; west_deg++) {
            const struct xd_elevation_cell cell = {south_deg, west_deg};
            if (xd_synth_elevation_tile(county->ground, cell, SIDE, height_m))
                status = write_tile(cell, height_m, bytes, folder, set, error);
        }
    xd_free(height_m);
    xd_free(bytes);
    return status;
}
