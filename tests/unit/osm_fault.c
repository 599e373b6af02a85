/* A map cut at every byte, and read with each allocation failed in turn: an error, never a part of the map for the whole. */
#include "base/alloc.h"
#include "tests/harness/osm_record.h"
#include "tests/unit/osm_suites.h"

#include <string.h>

enum { BYTES_MAX = 1 << 20, FORMS_N = 5, ALLOCATIONS_MAX = 5000 };

/* The sample as XML, gzip, bzip2, PBF with zlib, raw PBF of plain nodes. ends: where a cut PBF is a whole smaller one. */
static void sample(int number, struct xd_buffer *bytes, size_t ends[3])
{
    static const struct pbf_form forms[] = {{.dense = true, .packing = PBF_ZLIB, .granularity_nano = 100},
                                            {.dense = false, .packing = PBF_RAW, .granularity_nano = 100}};
    size_t n = strlen(osm_sample_xml);
    ends[0] = ends[1] = ends[2] = SIZE_MAX;
    if (number == 0)
        CU_ASSERT_EQUAL_FATAL(xd_buffer_append(bytes, osm_sample_xml, n, NULL), XD_OK);
    if (number == 1)
        gzip_bytes(osm_sample_xml, n, bytes);
    if (number == 2)
        bzip2_bytes(osm_sample_xml, n, bytes);
    if (number >= 3)
        pbf_map_write(bytes, &osm_sample_map, &forms[number - 3], ends);
}

static void every_cut_of_a_map_is_told_with_its_place(void)
{
    for (int number = 0; number < FORMS_N; number++) {
        struct xd_buffer bytes;
        struct xd_buffer lines;
        size_t ends[3];
        xd_buffer_init(&bytes, BYTES_MAX);
        xd_buffer_init(&lines, BYTES_MAX);
        sample(number, &bytes, ends);
        size_t whole_n = number == 0 ? bytes.length - 1 : bytes.length; /* without its last line feed XML is still whole */
        for (size_t n = 0; n < whole_n; n++) {
            struct xd_error error = {.status = XD_OK};
            char *cut = xd_alloc(n, 1); /* exactly as long, for the address sanitizer */
            CU_ASSERT_PTR_NOT_NULL_FATAL(cut);
            memcpy(cut, bytes.bytes, n);
            xd_buffer_clear(&lines);
            enum xd_status status = osm_record_memory(cut, n, &lines, &error);
            xd_free(cut);
            if (n == ends[0] || n == ends[1] || n == ends[2]) {
                CU_ASSERT_EQUAL(status, XD_OK);
                continue;
            }
            CU_ASSERT_EQUAL(status, XD_DATA);
            CU_ASSERT_STRING_EQUAL(error.source, "map");
            CU_ASSERT(error.message[0] != '\0');
            if (n > 10) /* less is told as a file that is no map */
                CU_ASSERT(error.line > 0 || error.byte_offset >= 0);
        }
        xd_buffer_free(&bytes);
        xd_buffer_free(&lines);
    }
}

static void each_failed_allocation_gives_an_error_and_leaves_nothing_behind(void)
{
    for (int number = 0; number < FORMS_N; number++) {
        struct xd_buffer bytes;
        struct xd_buffer lines;
        size_t ends[3];
        int nth = 1;
        xd_buffer_init(&bytes, BYTES_MAX);
        xd_buffer_init(&lines, BYTES_MAX);
        sample(number, &bytes, ends);
        CU_ASSERT_EQUAL(osm_record_memory(bytes.bytes, bytes.length, &lines, NULL), XD_OK); /* grows lines for good */
        for (; nth < ALLOCATIONS_MAX; nth++) {
            struct xd_error error = {.status = XD_OK};
            xd_buffer_clear(&lines);
            int64_t live_before = xd_alloc_statistics_read().live_bytes;
            xd_alloc_fail_at((uint64_t)nth, nth % 2 == 0);
            enum xd_status status = osm_record_memory(bytes.bytes, bytes.length, &lines, &error);
            xd_alloc_fail_at(0, false);
            CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_bytes, live_before);
            if (status == XD_OK) {
                CU_ASSERT_STRING_EQUAL(lines.bytes, osm_sample_lines);
                break;
            }
            CU_ASSERT_EQUAL(status, XD_NO_MEMORY);
            CU_ASSERT_EQUAL(error.status, XD_NO_MEMORY);
        }
        CU_ASSERT(nth > 5 && nth < ALLOCATIONS_MAX);
        xd_buffer_free(&bytes);
        xd_buffer_free(&lines);
    }
}

static const struct xd_test_case cases[] = {
    {"every_cut_of_a_map_is_told_with_its_place", every_cut_of_a_map_is_told_with_its_place},
    {"each_failed_allocation_gives_an_error_and_leaves_nothing_behind", each_failed_allocation_gives_an_error_and_leaves_nothing_behind},
};
const struct xd_test_suite xd_suite_osm_fault = {"osm_fault", cases, XD_ARRAY_LENGTH(cases)};
