/* io/bytes/zip: members of a ZIP in memory, and what is told when it is damaged or lies. */
#include "base/alloc.h"
#include "io/bytes/zip.h"
#include "tests/harness/zip_write.h"
#include "tests/unit/elevation_suites.h"

#include <stdio.h>
#include <string.h>

enum { ZIP_BYTES = 8 << 20, LONG_BYTES = 100000, MEMBER_BYTES_MAX = 1 << 20 };

static char long_text[LONG_BYTES];

static void sample(struct xd_buffer *zip)
{
    for (size_t i = 0; i < sizeof long_text; i++)
        long_text[i] = (char)('a' + i * i % 7);
    const struct zip_entry entries[] = {{"readme.txt", "hello", 5, true, NULL}, {"tiles/long.txt", long_text, sizeof long_text, false, NULL}};
    xd_buffer_init(zip, ZIP_BYTES);
    zip_bytes(entries, XD_ARRAY_LENGTH(entries), zip);
}

/* Reads every member; the bytes of all, one behind the other. */
static enum xd_status read_all(const void *bytes, size_t n, struct xd_buffer *out, struct xd_error *error)
{
    struct xd_zip *zip = NULL;
    struct xd_zip_member member;
    bool is_end = false;
    enum xd_status status = xd_zip_open("sample.zip", bytes, n, &zip, error);
    while (status == XD_OK && !is_end) {
        status = xd_zip_next(zip, &member, &is_end, error);
        if (status != XD_OK || is_end)
            continue;
        if (member.size > MEMBER_BYTES_MAX) { /* as the readers of tiles do */
            status = xd_fail(error, XD_DATA, xd_at_byte("sample.zip", 0), "declares %llu bytes", (unsigned long long)member.size);
            continue;
        }
        char *unpacked = xd_alloc((size_t)member.size, 1);
        status = unpacked ? xd_zip_read(zip, &member, unpacked, error) : xd_fail_memory(error, "a member", (size_t)member.size);
        if (status == XD_OK)
            status = xd_buffer_append(out, unpacked, (size_t)member.size, error);
        xd_free(unpacked);
    }
    xd_zip_close(zip);
    return status;
}

static void stored_and_deflated_members_come_out_as_they_went_in(void)
{
    struct xd_buffer zip, out;
    sample(&zip);
    xd_buffer_init(&out, ZIP_BYTES);
    CU_ASSERT_EQUAL(read_all(zip.bytes, zip.length, &out, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(out.length, 5 + LONG_BYTES);
    CU_ASSERT_EQUAL(memcmp(out.bytes, "hello", 5), 0);
    CU_ASSERT_EQUAL(memcmp(out.bytes + 5, long_text, LONG_BYTES), 0);
    CU_ASSERT_TRUE(xd_zip_begins((const unsigned char *)zip.bytes, zip.length));
    CU_ASSERT_FALSE(xd_zip_begins((const unsigned char *)zip.bytes, 3));
    xd_buffer_free(&out);
    xd_buffer_free(&zip);
}

/* Damage is told at a byte of the file; where nothing depends on the byte (zeros at the end, dates), all comes out as it went in, or nothing. */
static enum xd_status read_damaged(const char *bytes, size_t n, struct xd_buffer *out)
{
    struct xd_error error = {.status = XD_OK};
    char *exact = xd_alloc(n, 1); /* exactly as long, for the address sanitizer */
    CU_ASSERT_PTR_NOT_NULL_FATAL(exact);
    memcpy(exact, bytes, n);
    xd_buffer_clear(out);
    const enum xd_status status = read_all(exact, n, out, &error);
    xd_free(exact);
    if (status == XD_OK && out->length > 5) {
        CU_ASSERT_EQUAL_FATAL(out->length, 5 + LONG_BYTES);
        CU_ASSERT_EQUAL(memcmp(out->bytes, "hello", 5), 0);
        CU_ASSERT_EQUAL(memcmp(out->bytes + 5, long_text, LONG_BYTES), 0);
    } else if (status != XD_OK) {
        CU_ASSERT_EQUAL(status, XD_DATA);
        CU_ASSERT_STRING_EQUAL(error.source, "sample.zip");
        CU_ASSERT(error.byte_offset >= 0 || strstr(error.message, "password") != NULL);
    }
    return status;
}

static void cuts_and_changed_bytes_are_told_and_never_read_as_other_data(void)
{
    struct xd_buffer zip, out;
    size_t told_n = 0;
    sample(&zip);
    xd_buffer_init(&out, ZIP_BYTES);
    for (size_t n = 0; n < zip.length; n++) /* minizip takes missing bytes at the very end for zeros: the offset, the length of a comment */
        CU_ASSERT(read_damaged(zip.bytes, n, &out) == XD_DATA || n >= zip.length - 6);
    for (size_t at = 0; at < zip.length; at++) {
        zip.bytes[at] = (char)(zip.bytes[at] ^ 0x55);
        told_n += read_damaged(zip.bytes, zip.length, &out) == XD_DATA ? 1 : 0;
        zip.bytes[at] = (char)(zip.bytes[at] ^ 0x55);
    }
    CU_ASSERT(told_n > zip.length * 2 / 3);
    xd_buffer_free(&out);
    xd_buffer_free(&zip);
}

static void a_password_is_told(void)
{
    struct xd_buffer zip, out;
    struct xd_error error = {.status = XD_OK};
    const struct zip_entry entry = {"secret.txt", "hello", 5, false, "sesame"};
    xd_buffer_init(&zip, ZIP_BYTES);
    xd_buffer_init(&out, ZIP_BYTES);
    zip_bytes(&entry, 1, &zip);
    CU_ASSERT_EQUAL(read_all(zip.bytes, zip.length, &out, &error), XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "password"));
    xd_buffer_free(&out);
    xd_buffer_free(&zip);
}

static void as_many_members_as_the_limit_and_no_more(void)
{
    static struct zip_entry entries[XD_ZIP_MEMBERS_MAX + 1];
    for (int32_t i = 0; i <= XD_ZIP_MEMBERS_MAX; i++)
        entries[i] = (struct zip_entry){"a", "x", 1, true, NULL};
    for (size_t more = 0; more < 2; more++) {
        struct xd_buffer zip, out;
        struct xd_error error = {.status = XD_OK};
        xd_buffer_init(&zip, ZIP_BYTES);
        xd_buffer_init(&out, ZIP_BYTES);
        zip_bytes(entries, XD_ZIP_MEMBERS_MAX + more, &zip);
        CU_ASSERT_EQUAL(read_all(zip.bytes, zip.length, &out, &error), more ? XD_DATA : XD_OK);
        CU_ASSERT_EQUAL(out.length, XD_ZIP_MEMBERS_MAX);
        if (more)
            CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "limit of 1000 files"));
        xd_buffer_free(&out);
        xd_buffer_free(&zip);
    }
}

static void a_name_up_to_the_limit_is_whole_and_a_longer_one_is_cut(void)
{
    for (size_t n = XD_ZIP_NAME_MAX; n <= XD_ZIP_NAME_MAX + 1; n++) {
        char name[XD_ZIP_NAME_MAX + 2] = "";
        struct xd_buffer bytes;
        struct xd_zip *zip = NULL;
        struct xd_zip_member member;
        bool is_end = true;
        memset(name, 'n', n);
        const struct zip_entry entry = {name, "x", 1, true, NULL};
        xd_buffer_init(&bytes, ZIP_BYTES);
        zip_bytes(&entry, 1, &bytes);
        CU_ASSERT_EQUAL_FATAL(xd_zip_open("sample.zip", bytes.bytes, bytes.length, &zip, NULL), XD_OK);
        CU_ASSERT_EQUAL(xd_zip_next(zip, &member, &is_end, NULL), XD_OK);
        CU_ASSERT_FALSE(is_end);
        CU_ASSERT_EQUAL(strlen(member.name), XD_ZIP_NAME_MAX);
        xd_zip_close(zip);
        xd_buffer_free(&bytes);
    }
}

static void a_failed_allocation_is_told(void)
{
    struct xd_buffer zip;
    struct xd_zip *opened = NULL;
    sample(&zip);
    const int64_t live_n = xd_alloc_statistics_read().live_n;
    xd_alloc_fail_at(1, false);
    CU_ASSERT_EQUAL(xd_zip_open("sample.zip", zip.bytes, zip.length, &opened, NULL), XD_NO_MEMORY);
    xd_alloc_fail_at(0, false);
    CU_ASSERT_PTR_NULL(opened);
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
    xd_buffer_free(&zip);
}

static const struct xd_test_case cases[] = {
    {"stored_and_deflated_members_come_out_as_they_went_in", stored_and_deflated_members_come_out_as_they_went_in},
    {"cuts_and_changed_bytes_are_told_and_never_read_as_other_data", cuts_and_changed_bytes_are_told_and_never_read_as_other_data},
    {"a_password_is_told", a_password_is_told},
    {"as_many_members_as_the_limit_and_no_more", as_many_members_as_the_limit_and_no_more},
    {"a_name_up_to_the_limit_is_whole_and_a_longer_one_is_cut", a_name_up_to_the_limit_is_whole_and_a_longer_one_is_cut},
    {"a_failed_allocation_is_told", a_failed_allocation_is_told},
};
const struct xd_test_suite xd_suite_elevation_zip = {"elevation_zip", cases, XD_ARRAY_LENGTH(cases)};
