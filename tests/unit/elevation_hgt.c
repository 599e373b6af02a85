/* io/elevation/hgt: one tile from its bytes, plain and packed, and what is told of wrong ones. */
#include "base/alloc.h"
#include "io/elevation/hgt.h"
#include "tests/harness/zip_write.h"
#include "tests/unit/elevation_suites.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

enum { COARSE_BYTES = 1201 * 1201 * 2, FINE_BYTES = 3601 * 3601 * 2, ROOM = FINE_BYTES + 16, PACKED_MAX = 80 << 20 };

static unsigned char raw[ROOM];
static const struct xd_elevation_cell cell = {26, 106};

/* Sample i is i % 3000 - 400 m, but for sample 5, which is void. */
static void fill_raw(void)
{
    for (int32_t i = 0; i < ROOM / 2; i++) {
        const int32_t metres = i == 5 ? -32768 : i % 3000 - 400;
        raw[2 * i] = (unsigned char)((uint32_t)metres >> 8 & 0xff);
        raw[2 * i + 1] = (unsigned char)((uint32_t)metres & 0xff);
    }
}

static enum xd_status read_bytes(const void *bytes, size_t n, int32_t *side, int16_t **height_m, int32_t *outside_n, struct xd_error *error)
{
    struct xd_input *input = NULL;
    enum xd_status status = xd_input_open_memory("N26E106.hgt", bytes, n, &input, error);
    if (status == XD_OK)
        status = xd_hgt_read(input, cell, side, height_m, outside_n, error);
    xd_input_close(input);
    return status;
}

static void expect_tile(const void *bytes, size_t n, int32_t expected_side)
{
    int32_t side = 0, outside_n = -1;
    int16_t *height_m = NULL;
    struct xd_error error = {.status = XD_OK};
    CU_ASSERT_EQUAL(read_bytes(bytes, n, &side, &height_m, &outside_n, &error), XD_OK);
    if (error.status != XD_OK)
        printf("\n    %s", error.message);
    CU_ASSERT_EQUAL_FATAL(side, expected_side);
    CU_ASSERT_EQUAL(outside_n, 0);
    for (int32_t i = 0; i < side * side; i += 997)
        CU_ASSERT_EQUAL(height_m[i], i % 3000 - 400);
    CU_ASSERT_EQUAL(height_m[5], XD_ELEVATION_VOID_M);
    xd_free(height_m);
}

static void expect_refused(const void *bytes, size_t n, enum xd_status expected, const char *text)
{
    int32_t side = 7, outside_n = 7;
    int16_t *height_m = NULL;
    struct xd_error error = {.status = XD_OK};
    CU_ASSERT_EQUAL(read_bytes(bytes, n, &side, &height_m, &outside_n, &error), expected);
    CU_ASSERT_STRING_EQUAL(error.source, "N26E106.hgt");
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, text));
    if (!strstr(error.message, text))
        printf("\n    \"%s\" lacks \"%s\"", error.message, text);
    CU_ASSERT_PTR_NULL(height_m);
    CU_ASSERT_EQUAL(side, 7);
}

static void pack_gzip(size_t n, struct xd_buffer *out)
{
    z_stream stream = {0};
    unsigned char *packed = xd_alloc(compressBound(ROOM) + 64, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(packed);
    CU_ASSERT_EQUAL_FATAL(deflateInit2(&stream, 1, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = raw;
    stream.avail_in = (uInt)n;
    stream.next_out = packed;
    stream.avail_out = (uInt)compressBound(ROOM) + 64;
    CU_ASSERT_EQUAL(deflate(&stream, Z_FINISH), Z_STREAM_END);
    CU_ASSERT_EQUAL(xd_buffer_append(out, packed, stream.total_out, NULL), XD_OK);
    deflateEnd(&stream);
    xd_free(packed);
}

static void names_of_tiles_are_known_in_every_form(void)
{
    static const struct {
        const char *name;
        int32_t south_deg, west_deg; /* 999: no tile */
    } names[] = {
        {"N26E106.hgt", 26, 106},
        {"n26e106.HGT", 26, 106},
        {"N26E106.hgt.zip", 26, 106},
        {"N26E106.SRTMGL1.hgt.zip", 26, 106},
        {"N26E106.SRTMGL3.hgt", 26, 106},
        {"S01W001.hgt.gz", -1, -1},
        {"S90W180.HGT.GZ", -90, -180},
        {"N89E179.hgt", 89, 179},
        {"N00E000.hgt", 0, 0},
        {"N90E000.hgt", 999, 0},
        {"S91E000.hgt", 999, 0},
        {"N00E180.hgt", 999, 0},
        {"N00W181.hgt", 999, 0},
        {"N26E106", 999, 0},
        {"N26E106.tif", 999, 0},
        {"N26E106hgt", 999, 0},
        {"N26E106.zip", 999, 0},
        {"N2E106.hgt", 999, 0},
        {"N26E16.hgt", 999, 0},
        {"E106N26.hgt", 999, 0},
        {"", 999, 0},
        {"N", 999, 0},
        {"N26", 999, 0},
        {"N26E", 999, 0},
        {"N26E106a.hgt", 999, 0},
        {"N26E106.hgt.bak", 999, 0},
        {"xN26E106.hgt", 999, 0},
        {"N26E106.hgt.gz.zip", 999, 0},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(names); i++) {
        struct xd_elevation_cell found = {999, 0};
        CU_ASSERT_EQUAL(xd_hgt_name_parse(names[i].name, &found), names[i].south_deg != 999);
        CU_ASSERT_EQUAL(found.south_deg, names[i].south_deg);
        CU_ASSERT_EQUAL(found.west_deg, names[i].west_deg);
    }
}

static void both_sizes_are_read_plain_gzipped_and_zipped(void)
{
    static const int32_t sides[] = {1201, 3601};
    fill_raw();
    for (size_t s = 0; s < XD_ARRAY_LENGTH(sides); s++) {
        const size_t n = (size_t)sides[s] * (size_t)sides[s] * 2;
        struct xd_buffer packed;
        xd_buffer_init(&packed, PACKED_MAX);
        expect_tile(raw, n, sides[s]);
        pack_gzip(n, &packed);
        expect_tile(packed.bytes, packed.length, sides[s]);
        xd_buffer_clear(&packed);
        const struct zip_entry entries[] = {
            {"readme.txt", "hello", 5, true, NULL}, {"S26E106.hgt", "no", 2, true, NULL}, {"srtm/n26e106.SRTMGL1.HGT", raw, n, false, NULL}};
        zip_bytes(entries, XD_ARRAY_LENGTH(entries), &packed);
        expect_tile(packed.bytes, packed.length, sides[s]);
        xd_buffer_free(&packed);
    }
}

static void every_other_size_is_told_with_the_two_expected(void)
{
    static const struct {
        size_t n;
        const char *told;
    } sizes[] = {{0, "holds 0 bytes"},
                 {2, "holds 2 bytes"},
                 {COARSE_BYTES - 2, "holds 2884800 bytes"},
                 {COARSE_BYTES + 1, "holds 2884803 bytes"},
                 {FINE_BYTES - 1, "holds 25934401 bytes"},
                 {XD_HGT_BYTES_MAX + 1, "holds more than 25934402 bytes"}};
    fill_raw();
    for (size_t i = 0; i < XD_ARRAY_LENGTH(sizes); i++) {
        expect_refused(raw, sizes[i].n, XD_DATA, sizes[i].told);
        expect_refused(raw, sizes[i].n, XD_DATA, "expected 2884802 (1201 x 1201 samples of two bytes) or 25934402 (3601 x 3601)");
    }
    CU_ASSERT_EQUAL(XD_HGT_BYTES_MAX, FINE_BYTES);
}

static void a_zip_that_declares_another_size_is_refused_before_it_is_unpacked(void)
{
    struct xd_buffer zip;
    static const unsigned char nothing[100000];
    const struct zip_entry bomb = {"N26E106.hgt", nothing, sizeof nothing, false, NULL};
    xd_buffer_init(&zip, PACKED_MAX);
    zip_bytes(&bomb, 1, &zip);
    xd_alloc_statistics_reset();
    const int64_t before = xd_alloc_statistics_read().live_bytes;
    /* the directory's entry, 46 bytes and the name from the end record's 22: declared size at 24 */
    unsigned char *declared = (unsigned char *)zip.bytes + zip.length - 22 - 46 - 11 + 24;
    CU_ASSERT_EQUAL(declared[0] | declared[1] << 8 | declared[2] << 16, 100000);
    expect_refused(zip.bytes, zip.length, XD_DATA, "holds 100000 bytes");
    memcpy(declared, "\xff\xff\xff\xfe", 4);
    expect_refused(zip.bytes, zip.length, XD_DATA, "holds 4278190079 bytes");
    CU_ASSERT(xd_alloc_statistics_read().peak_bytes - before < 1 << 20);
    /* one that lies: declares a tile, holds less, or more */
    declared[0] = COARSE_BYTES & 0xff;
    declared[1] = COARSE_BYTES >> 8 & 0xff;
    declared[2] = COARSE_BYTES >> 16 & 0xff;
    declared[3] = 0;
    expect_refused(zip.bytes, zip.length, XD_DATA, "");
    xd_buffer_free(&zip);
    fill_raw();
    const struct zip_entry large = {"N26E106.hgt", raw, COARSE_BYTES + 2, false, NULL};
    xd_buffer_init(&zip, PACKED_MAX);
    zip_bytes(&large, 1, &zip);
    declared = (unsigned char *)zip.bytes + zip.length - 22 - 46 - 11 + 24;
    declared[0] = COARSE_BYTES & 0xff;
    declared[1] = COARSE_BYTES >> 8 & 0xff;
    expect_refused(zip.bytes, zip.length, XD_DATA, "");
    xd_buffer_free(&zip);
}

static void a_zip_without_the_tile_tells_what_it_holds(void)
{
    struct xd_buffer zip;
    const struct zip_entry other = {"N27E106.hgt", "x", 1, true, NULL};
    xd_buffer_init(&zip, PACKED_MAX);
    zip_bytes(&other, 1, &zip);
    expect_refused(zip.bytes, zip.length, XD_DATA, "found \"N27E106.hgt\" in the ZIP, expected N26E106.hgt");
    xd_buffer_free(&zip);
}

static void a_zip_up_to_the_limit_of_bytes_and_no_more(void)
{
    struct xd_buffer zip;
    fill_raw();
    for (size_t more = 0; more < 2; more++) {
        const struct zip_entry tile = {"N26E106.hgt", raw, COARSE_BYTES, false, NULL};
        xd_buffer_init(&zip, (size_t)XD_HGT_ZIP_BYTES_MAX + 16);
        zip_bytes(&tile, 1, &zip);
        /* bytes before the first member, as in archives that unpack themselves; the first four stay those of a ZIP */
        const size_t shift = XD_HGT_ZIP_BYTES_MAX + more - zip.length;
        unsigned char *moved = xd_alloc_zero(XD_HGT_ZIP_BYTES_MAX + more, 1);
        CU_ASSERT_PTR_NOT_NULL_FATAL(moved);
        memcpy(moved, "PK\003\004", 4);
        memcpy(moved + shift, zip.bytes, zip.length);
        if (more)
            expect_refused(moved, XD_HGT_ZIP_BYTES_MAX + more, XD_DATA, "limit of 67108864 bytes");
        else
            expect_tile(moved, XD_HGT_ZIP_BYTES_MAX, 1201);
        xd_free(moved);
        xd_buffer_free(&zip);
    }
}

static void set_sample(int32_t i, int32_t metres)
{
    raw[2 * i] = (unsigned char)((uint32_t)metres >> 8 & 0xff);
    raw[2 * i + 1] = (unsigned char)((uint32_t)metres & 0xff);
}

static void impossible_heights_become_voids_and_too_many_are_refused(void)
{
    int32_t side = 0, outside_n = 0;
    int16_t *height_m = NULL;
    fill_raw();
    set_sample(7, 9001);
    set_sample(8, -501);
    set_sample(9, 9000);
    set_sample(10, -500);
    CU_ASSERT_EQUAL_FATAL(read_bytes(raw, COARSE_BYTES, &side, &height_m, &outside_n, NULL), XD_OK);
    CU_ASSERT_EQUAL(outside_n, 2);
    CU_ASSERT_EQUAL(height_m[7], XD_ELEVATION_VOID_M);
    CU_ASSERT_EQUAL(height_m[8], XD_ELEVATION_VOID_M);
    CU_ASSERT_EQUAL(height_m[9], 9000);
    CU_ASSERT_EQUAL(height_m[10], -500);
    xd_free(height_m);
    fill_raw();
    for (int32_t i = 0; i < COARSE_BYTES; i += 2) { /* the low byte first */
        const unsigned char kept = raw[i];
        raw[i] = raw[i + 1];
        raw[i + 1] = kept;
    }
    expect_refused(raw, COARSE_BYTES, XD_DATA, "in row 1, column 1; expected -500 .. 9000 m, samples with the high byte first");
}

static void each_failed_allocation_is_told_and_every_cut_of_packed_bytes(void)
{
    fill_raw();
    for (int32_t kind = 0; kind < 3; kind++) {
        struct xd_buffer packed;
        xd_buffer_init(&packed, PACKED_MAX);
        const struct zip_entry entry = {"N26E106.hgt", raw, COARSE_BYTES, false, NULL};
        if (kind == 0)
            CU_ASSERT_EQUAL(xd_buffer_append(&packed, raw, FINE_BYTES, NULL), XD_OK);
        if (kind == 1)
            pack_gzip(COARSE_BYTES, &packed);
        if (kind == 2)
            zip_bytes(&entry, 1, &packed);
        const int64_t live_n = xd_alloc_statistics_read().live_n;
        uint64_t nth = 1;
        for (; nth < 1000; nth++) {
            int32_t side = 0, outside_n = 0;
            int16_t *height_m = NULL;
            struct xd_error error = {.status = XD_OK};
            xd_alloc_fail_at(nth, nth % 2 == 0);
            const enum xd_status status = read_bytes(packed.bytes, packed.length, &side, &height_m, &outside_n, &error);
            xd_alloc_fail_at(0, false);
            xd_free(height_m);
            CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
            if (status == XD_OK)
                break;
            CU_ASSERT_EQUAL(status, XD_NO_MEMORY);
        }
        CU_ASSERT(nth > 3 && nth < 1000);
        for (size_t n = 0; kind > 0 && n < packed.length; n += packed.length / 37 + 1)
            expect_refused(packed.bytes, n, XD_DATA, "");
        xd_buffer_free(&packed);
    }
}

static const struct xd_test_case cases[] = {
    {"names_of_tiles_are_known_in_every_form", names_of_tiles_are_known_in_every_form},
    {"both_sizes_are_read_plain_gzipped_and_zipped", both_sizes_are_read_plain_gzipped_and_zipped},
    {"every_other_size_is_told_with_the_two_expected", every_other_size_is_told_with_the_two_expected},
    {"a_zip_that_declares_another_size_is_refused_before_it_is_unpacked", a_zip_that_declares_another_size_is_refused_before_it_is_unpacked},
    {"a_zip_without_the_tile_tells_what_it_holds", a_zip_without_the_tile_tells_what_it_holds},
    {"a_zip_up_to_the_limit_of_bytes_and_no_more", a_zip_up_to_the_limit_of_bytes_and_no_more},
    {"impossible_heights_become_voids_and_too_many_are_refused", impossible_heights_become_voids_and_too_many_are_refused},
    {"each_failed_allocation_is_told_and_every_cut_of_packed_bytes", each_failed_allocation_is_told_and_every_cut_of_packed_bytes},
};
const struct xd_test_suite xd_suite_elevation_hgt = {"elevation_hgt", cases, XD_ARRAY_LENGTH(cases)};
