#include "io/elevation/hgt.h"

#include "base/alloc.h"
#include "io/bytes/zip.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { BYTES_3S = XD_ELEVATION_SIDE_3S * XD_ELEVATION_SIDE_3S * 2, BYTES_1S = XD_HGT_BYTES_MAX };

/* ---- names ---- */

/* digits_n digits behind a letter of the two; -1 when it is none. */
static int32_t parse_degrees(const char *text, char plus, char minus, int32_t digits_n, int32_t *sign)
{
    const int letter = toupper((unsigned char)text[0]);
    int32_t degrees = 0;
    if (letter != plus && letter != minus)
        return -1;
    for (int32_t i = 1; i <= digits_n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        degrees = degrees * 10 + (text[i] - '0');
    }
    *sign = letter == plus ? 1 : -1;
    return degrees;
}

static bool ends_with(const char *text, size_t n, const char *end)
{
    const size_t end_n = strlen(end);
    return n >= end_n && strncasecmp(text + n - end_n, end, end_n) == 0;
}

bool xd_hgt_name_parse(const char *file_name, struct xd_elevation_cell *cell)
{
    int32_t north = 0, east = 0;
    const int32_t lat_deg = parse_degrees(file_name, 'N', 'S', 2, &north);
    const int32_t lon_deg = lat_deg < 0 ? -1 : parse_degrees(file_name + 3, 'E', 'W', 3, &east);
    if (lon_deg < 0)
        return false;
    const char *rest = file_name + 7;
    size_t n = strlen(rest);
    n -= ends_with(rest, n, ".zip") ? 4 : ends_with(rest, n, ".gz") ? 3 : 0;
    if (!ends_with(rest, n, ".hgt") || rest[0] != '.')
        return false;
    const struct xd_elevation_cell found = {.south_deg = north * lat_deg, .west_deg = east * lon_deg};
    if (found.south_deg < -90 || found.south_deg > 89 || found.west_deg < -180 || found.west_deg > 179)
        return false;
    *cell = found;
    return true;
}

/* ---- samples ---- */

static enum xd_status wrong_size(const struct xd_input *input, const char *more_than, long long bytes_n, struct xd_error *error)
{
    return xd_fail(error, XD_DATA, xd_at_byte(xd_input_name(input), xd_input_file_offset(input)),
                   "holds %s%lld bytes of heights, expected %d (1201 x 1201 samples of two bytes) or %d (3601 x 3601)", more_than, bytes_n, BYTES_3S,
                   BYTES_1S);
}

/* Up to n bytes behind those that were read; *got_n counts on. */
static enum xd_status read_on(struct xd_input *input, unsigned char *bytes, size_t n, size_t *got_n, struct xd_error *error)
{
    size_t step_n = 0;
    const enum xd_status status = xd_input_read(input, bytes + *got_n, n, &step_n, error);
    *got_n += status == XD_OK ? step_n : 0;
    return status;
}

/* The size is known at the end only: memory for a fine tile is taken when the file goes on behind a coarse one. */
static enum xd_status read_plain(struct xd_input *input, unsigned char **bytes, size_t *bytes_n, struct xd_error *error)
{
    size_t got_n = 0;
    unsigned char *taken = xd_alloc(BYTES_3S + 1, 1);
    if (!taken)
        return xd_fail_memory(error, "a tile of elevation", BYTES_3S + 1);
    enum xd_status status = read_on(input, taken, BYTES_3S + 1, &got_n, error);
    if (status == XD_OK && got_n > BYTES_3S) {
        unsigned char *grown = xd_realloc(taken, BYTES_1S + 1, 1);
        if (grown)
            taken = grown;
        status = grown ? read_on(input, taken, BYTES_1S + 1 - got_n, &got_n, error) : xd_fail_memory(error, "a tile of elevation", BYTES_1S + 1);
    }
    if (status == XD_OK && got_n != BYTES_3S && got_n != BYTES_1S)
        status = wrong_size(input, got_n > BYTES_1S ? "more than " : "", got_n > BYTES_1S ? BYTES_1S : (long long)got_n, error);
    if (status == XD_OK) {
        *bytes = taken;
        *bytes_n = got_n;
    } else {
        xd_free(taken);
    }
    return status;
}

/* The member of the cell's name; *is_there false when there is none, member then the last one seen. */
static enum xd_status find_member(struct xd_zip *zip, struct xd_elevation_cell cell, struct xd_zip_member *member, bool *is_there,
                                  struct xd_error *error)
{
    *is_there = false;
    for (bool is_end = false; !*is_there;) {
        struct xd_elevation_cell found;
        const enum xd_status status = xd_zip_next(zip, member, &is_end, error);
        if (status != XD_OK || is_end)
            return status;
        const char *slash = strrchr(member->name, '/');
        *is_there =
            xd_hgt_name_parse(slash ? slash + 1 : member->name, &found) && found.south_deg == cell.south_deg && found.west_deg == cell.west_deg;
    }
    return XD_OK;
}

static enum xd_status unpack_member(struct xd_zip *zip, const struct xd_input *input, struct xd_elevation_cell cell, unsigned char **bytes,
                                    size_t *bytes_n, struct xd_error *error)
{
    struct xd_zip_member member = {0};
    bool is_there = false;
    enum xd_status status = find_member(zip, cell, &member, &is_there, error);
    char name[XD_ELEVATION_NAME_BYTES];
    xd_elevation_cell_name(cell, name);
    if (status == XD_OK && !is_there)
        return xd_fail(error, XD_DATA, xd_at_file(xd_input_name(input)), "found \"%.80s\" in the ZIP, expected %s.hgt; is it the right file?",
                       member.name, name);
    if (status == XD_OK && member.size != BYTES_3S && member.size != BYTES_1S)
        return wrong_size(input, "", member.size > INT64_MAX ? (long long)INT64_MAX : (long long)member.size, error);
    unsigned char *taken = status == XD_OK ? xd_alloc((size_t)member.size, 1) : NULL;
    if (status == XD_OK)
        status = taken ? xd_zip_read(zip, &member, taken, error) : xd_fail_memory(error, "a tile of elevation", (size_t)member.size);
    if (status == XD_OK) {
        *bytes = taken;
        *bytes_n = (size_t)member.size;
    } else {
        xd_free(taken);
    }
    return status;
}

static enum xd_status read_zip(struct xd_input *input, struct xd_elevation_cell cell, unsigned char **bytes, size_t *bytes_n, struct xd_error *error)
{
    enum { STEP_BYTES = 64 * 1024 };
    unsigned char step[STEP_BYTES];
    struct xd_buffer packed;
    struct xd_zip *zip = NULL;
    size_t got_n = 0;
    xd_buffer_init(&packed, XD_HGT_ZIP_BYTES_MAX);
    xd_input_limit(input, XD_HGT_ZIP_BYTES_MAX);
    enum xd_status status = XD_OK;
    do {
        status = xd_input_read(input, step, STEP_BYTES, &got_n, error);
        if (status == XD_OK)
            status = xd_buffer_append(&packed, step, got_n, error);
    } while (status == XD_OK && got_n == STEP_BYTES);
    if (status == XD_OK)
        status = xd_zip_open(xd_input_name(input), packed.bytes, packed.length, &zip, error);
    if (status == XD_OK)
        status = unpack_member(zip, input, cell, bytes, bytes_n, error);
    xd_zip_close(zip);
    xd_buffer_free(&packed);
    return status;
}

/* In place: two bytes, the high one first, to this machine's numbers. */
static enum xd_status decode(const struct xd_input *input, unsigned char *bytes, int32_t side, int32_t *outside_n, struct xd_error *error)
{
    const int64_t samples_n = (int64_t)side * side;
    int64_t first = -1, heights_n = 0;
    int32_t outside = 0, first_m = 0;
    for (int64_t i = 0; i < samples_n; i++) {
        const int32_t unsigned_m = bytes[2 * i] << 8 | bytes[2 * i + 1];
        int16_t height_m = (int16_t)(unsigned_m >= 32768 ? unsigned_m - 65536 : unsigned_m);
        heights_n += height_m != XD_ELEVATION_VOID_M ? 1 : 0;
        if (height_m != XD_ELEVATION_VOID_M && (height_m < XD_ELEVATION_LOW_M || height_m > XD_ELEVATION_HIGH_M)) {
            if (first < 0) {
                first = i;
                first_m = height_m;
            }
            outside++;
            height_m = XD_ELEVATION_VOID_M;
        }
        memcpy(bytes + 2 * i, &height_m, sizeof height_m);
    }
    if (outside > heights_n / 10)
        return xd_fail(
            error, XD_DATA, xd_at_file(xd_input_name(input)),
            "%ld of %lld heights are impossible, the first %ld m in row %lld, column %lld; expected %d .. %d m, samples with the high byte first",
            (long)outside, (long long)heights_n, (long)first_m, (long long)(first / side + 1), (long long)(first % side + 1), XD_ELEVATION_LOW_M,
            XD_ELEVATION_HIGH_M);
    *outside_n = outside;
    return XD_OK;
}

enum xd_status xd_hgt_read(struct xd_input *input, struct xd_elevation_cell cell, int32_t *side, int16_t **height_m, int32_t *outside_n,
                           struct xd_error *error)
{
    const unsigned char *start;
    unsigned char *bytes = NULL;
    size_t start_n = 0, bytes_n = 0;
    enum xd_status status = xd_input_peek(input, 4, &start, &start_n, error);
    if (status == XD_OK)
        status = xd_zip_begins(start, start_n) ? read_zip(input, cell, &bytes, &bytes_n, error) : read_plain(input, &bytes, &bytes_n, error);
    const int32_t found_side = bytes_n == BYTES_3S ? XD_ELEVATION_SIDE_3S : XD_ELEVATION_SIDE_1S;
    if (status == XD_OK)
        status = decode(input, bytes, found_side, outside_n, error);
    if (status == XD_OK) {
        *side = found_side;
        *height_m = (int16_t *)(void *)bytes;
    } else {
        xd_free(bytes);
    }
    return status;
}
