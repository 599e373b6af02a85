/* The bytes before the first 0 are the name of a file, those behind it its content: plain, gzip or ZIP. The heights of a tile are all read. */
#include "base/alloc.h"
#include "io/elevation/hgt.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 300 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = memchr(data, 0, size);
    const size_t name_n = end ? (size_t)(end - data) : size;
    struct xd_elevation_cell cell = {26, 106};
    struct xd_input *input = NULL;
    if (name_n >= NAME_MAX_BYTES)
        return 0;
    char *name = malloc(name_n + 1); /* exactly as long, so that the address sanitizer sees its end */
    if (!name)
        return 0;
    memcpy(name, data, name_n);
    name[name_n] = '\0';
    const bool is_tile = xd_hgt_name_parse(name, &cell);
    if (is_tile && (cell.south_deg < -90 || cell.south_deg > 89 || cell.west_deg < -180 || cell.west_deg > 179))
        abort();
    if (end && xd_input_open_memory("fuzz.hgt", end + 1, size - name_n - 1, &input, NULL) == XD_OK) {
        int32_t side = 0, outside_n = 0;
        int16_t *height_m = NULL;
        if (xd_hgt_read(input, cell, &side, &height_m, &outside_n, NULL) == XD_OK)
            for (int32_t i = 0; i < side * side; i++)
                if (height_m[i] != XD_ELEVATION_VOID_M && (height_m[i] < XD_ELEVATION_LOW_M || height_m[i] > XD_ELEVATION_HIGH_M))
                    abort();
        xd_free(height_m);
        xd_input_close(input);
    }
    free(name);
    return 0;
}
