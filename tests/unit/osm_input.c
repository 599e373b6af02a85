/* io/bytes/input: what is read from a file, a pipe or memory, packed or not, and what is told when it cannot be. */
#include "base/alloc.h"
#include "io/bytes/input.h"
#include "tests/harness/osm_record.h"
#include "tests/unit/osm_suites.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONG_BYTES = 1 << 20 };

/* Bytes that pack well but not to nothing. */
static void fill(unsigned char *bytes, size_t n)
{
    uint32_t state = 12345;
    for (size_t i = 0; i < n; i++) {
        state = state * 1664525u + 1013904223u;
        bytes[i] = (unsigned char)("abcdefgh"[(state >> 20) % 8]);
    }
}

static enum xd_status read_memory(const void *bytes, size_t n, size_t step_n, struct xd_buffer *out, struct xd_error *error)
{
    struct xd_input *input = NULL;
    unsigned char step[4096];
    size_t got_n = 0;
    enum xd_status status = xd_input_open_memory("memory", bytes, n, &input, error);
    do {
        if (status == XD_OK)
            status = xd_input_read(input, step, step_n, &got_n, error);
        if (status == XD_OK)
            status = xd_buffer_append(out, step, got_n, error);
    } while (status == XD_OK && got_n == step_n);
    xd_input_close(input);
    return status;
}

static void expect_long_bytes(const struct xd_buffer *packed, const unsigned char *bytes)
{
    static const size_t steps[] = {1000, 4096};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(steps); i++) {
        struct xd_buffer out;
        struct xd_error error = {.status = XD_OK};
        xd_buffer_init(&out, 3 * LONG_BYTES);
        CU_ASSERT_EQUAL(read_memory(packed->bytes, packed->length, steps[i], &out, &error), XD_OK);
        CU_ASSERT_EQUAL_FATAL(out.length, LONG_BYTES);
        CU_ASSERT_EQUAL(memcmp(out.bytes, bytes, LONG_BYTES), 0);
        xd_buffer_free(&out);
    }
}

static void packed_bytes_come_out_as_they_went_in(void)
{
    static unsigned char bytes[LONG_BYTES];
    struct xd_buffer packed;
    fill(bytes, sizeof bytes);
    xd_buffer_init(&packed, 4 * LONG_BYTES);
    CU_ASSERT_EQUAL(xd_buffer_append(&packed, bytes, sizeof bytes, NULL), XD_OK);
    expect_long_bytes(&packed, bytes);
    xd_buffer_clear(&packed);
    gzip_bytes(bytes, sizeof bytes, &packed);
    CU_ASSERT(packed.length < LONG_BYTES);
    expect_long_bytes(&packed, bytes);
    xd_buffer_clear(&packed);
    bzip2_bytes(bytes, sizeof bytes, &packed);
    CU_ASSERT(packed.length < LONG_BYTES);
    expect_long_bytes(&packed, bytes);
    xd_buffer_free(&packed);
}

static void several_gzip_members_and_bzip2_streams_are_one_text(void)
{
    for (int kind = 0; kind < 2; kind++) {
        struct xd_buffer packed;
        struct xd_buffer out;
        xd_buffer_init(&packed, 1 << 16);
        xd_buffer_init(&out, 1 << 16);
        void (*pack)(const void *, size_t, struct xd_buffer *) = kind == 0 ? gzip_bytes : bzip2_bytes;
        pack("one ", 4, &packed);
        pack("", 0, &packed);
        pack("two", 3, &packed);
        CU_ASSERT_EQUAL(read_memory(packed.bytes, packed.length, 100, &out, NULL), XD_OK);
        CU_ASSERT_STRING_EQUAL(out.bytes, "one two");
        xd_buffer_free(&packed);
        xd_buffer_free(&out);
    }
}

static void every_cut_of_packed_bytes_is_told_at_the_end_of_the_file(void)
{
    static unsigned char bytes[3000];
    fill(bytes, sizeof bytes);
    for (int kind = 0; kind < 2; kind++) {
        struct xd_buffer packed;
        struct xd_buffer out;
        xd_buffer_init(&packed, 1 << 16);
        xd_buffer_init(&out, 1 << 16);
        if (kind == 0)
            gzip_bytes(bytes, sizeof bytes, &packed);
        else
            bzip2_bytes(bytes, sizeof bytes, &packed);
        for (size_t n = kind == 0 ? 2 : 4; n < packed.length; n++) {
            struct xd_error error = {.status = XD_OK};
            xd_buffer_clear(&out);
            CU_ASSERT_EQUAL(read_memory(packed.bytes, n, 4096, &out, &error), XD_DATA);
            CU_ASSERT_EQUAL(error.byte_offset, (int64_t)n);
            CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "cut off"));
        }
        xd_buffer_free(&packed);
        xd_buffer_free(&out);
    }
}

static void bytes_behind_packed_data_are_told_at_their_place(void)
{
    for (int kind = 0; kind < 2; kind++) {
        struct xd_buffer packed;
        struct xd_buffer out;
        struct xd_error error = {.status = XD_OK};
        xd_buffer_init(&packed, 1 << 16);
        xd_buffer_init(&out, 1 << 16);
        if (kind == 0)
            gzip_bytes("text", 4, &packed);
        else
            bzip2_bytes("text", 4, &packed);
        size_t end = packed.length;
        CU_ASSERT_EQUAL(xd_buffer_append(&packed, "junk", 4, NULL), XD_OK);
        CU_ASSERT_EQUAL(read_memory(packed.bytes, packed.length, 4096, &out, &error), XD_DATA);
        CU_ASSERT_EQUAL(error.byte_offset, (int64_t)end);
        CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "behind the end"));
        xd_buffer_free(&packed);
        xd_buffer_free(&out);
    }
}

/* A changed byte is found by the check sum at the latest; the time stamp and the system byte of gzip's header mean nothing. */
static void every_changed_byte_of_packed_data_is_told(void)
{
    static unsigned char bytes[500];
    fill(bytes, sizeof bytes);
    for (int kind = 0; kind < 2; kind++) {
        struct xd_buffer packed;
        struct xd_buffer out;
        xd_buffer_init(&packed, 1 << 16);
        xd_buffer_init(&out, 1 << 16);
        if (kind == 0)
            gzip_bytes(bytes, sizeof bytes, &packed);
        else
            bzip2_bytes(bytes, sizeof bytes, &packed);
        for (size_t i = kind == 0 ? 10 : 4; i < packed.length; i++) {
            struct xd_error error = {.status = XD_OK};
            xd_buffer_clear(&out);
            packed.bytes[i] = (char)(packed.bytes[i] ^ 0x10);
            enum xd_status status = read_memory(packed.bytes, packed.length, 4096, &out, &error);
            bool same = out.length == sizeof bytes && memcmp(out.bytes, bytes, sizeof bytes) == 0;
            CU_ASSERT((status == XD_DATA && error.byte_offset >= 0) || (status == XD_OK && same));
            packed.bytes[i] = (char)(packed.bytes[i] ^ 0x10);
        }
        xd_buffer_free(&packed);
        xd_buffer_free(&out);
    }
}

static void a_bomb_stops_at_the_cap(void)
{
    static unsigned char zeros[LONG_BYTES];
    struct xd_buffer packed;
    struct xd_input *input = NULL;
    struct xd_error error = {.status = XD_OK};
    unsigned char *dst = xd_alloc(LONG_BYTES, 1);
    size_t got_n = 7;
    xd_buffer_init(&packed, LONG_BYTES);
    gzip_bytes(zeros, sizeof zeros, &packed);
    CU_ASSERT_PTR_NOT_NULL_FATAL(dst);
    CU_ASSERT_EQUAL_FATAL(xd_input_open_memory("bomb.gz", packed.bytes, packed.length, &input, &error), XD_OK);
    xd_input_limit(input, 1000);
    CU_ASSERT_EQUAL(xd_input_read(input, dst, LONG_BYTES, &got_n, &error), XD_DATA);
    CU_ASSERT_EQUAL(got_n, 7);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "limit of 1000 bytes after decompression"));
    xd_input_close(input);
    xd_buffer_free(&packed);
    xd_free(dst);
}

static void a_look_ahead_takes_nothing_away(void)
{
    struct xd_input *input = NULL;
    const unsigned char *bytes = NULL;
    size_t got_n = 0;
    char dst[16];
    CU_ASSERT_EQUAL_FATAL(xd_input_open_memory("m", "hello world", 11, &input, NULL), XD_OK);
    CU_ASSERT_EQUAL(xd_input_peek(input, 5, &bytes, &got_n, NULL), XD_OK);
    CU_ASSERT(got_n == 5 && memcmp(bytes, "hello", 5) == 0);
    CU_ASSERT_EQUAL(xd_input_read(input, dst, 3, &got_n, NULL), XD_OK);
    CU_ASSERT(got_n == 3 && memcmp(dst, "hel", 3) == 0);
    CU_ASSERT_EQUAL(xd_input_offset(input), 3);
    CU_ASSERT_EQUAL(xd_input_peek(input, 100, &bytes, &got_n, NULL), XD_OK);
    CU_ASSERT(got_n == 8 && memcmp(bytes, "lo world", 8) == 0);
    CU_ASSERT_EQUAL(xd_input_read(input, dst, sizeof dst, &got_n, NULL), XD_OK);
    CU_ASSERT(got_n == 8 && memcmp(dst, "lo world", 8) == 0);
    CU_ASSERT_EQUAL(xd_input_read(input, dst, sizeof dst, &got_n, NULL), XD_OK);
    CU_ASSERT_EQUAL(got_n, 0);
    xd_input_close(input);
}

static void expect_not_opened(const char *path, const char *fragment)
{
    struct xd_input *input = NULL;
    struct xd_error error = {.status = XD_OK};
    CU_ASSERT_EQUAL(xd_input_open(path, &input, &error), XD_NO_INPUT);
    CU_ASSERT_PTR_NULL(input);
    CU_ASSERT_STRING_EQUAL(error.source, path);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, fragment));
}

static void what_cannot_be_opened_is_told_by_its_reason(void)
{
    char path[XD_TEST_PATH_MAX];
    xd_temporary_file("unreadable.osm", "<osm", 4, path);
    expect_not_opened("/no/such/folder/map.osm", "does not exist");
    expect_not_opened(xd_temporary_folder(), "is a folder");
    if (geteuid() == 0)
        return; /* root may read everything */
    CU_ASSERT_EQUAL(chmod(path, 0), 0);
    expect_not_opened(path, "not readable");
}

static void a_file_is_read_whole_up_to_the_given_size(void)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_buffer buffer;
    struct xd_error error = {.status = XD_OK};
    xd_temporary_file("ten.csv", "0123456789", 10, path);
    xd_buffer_init(&buffer, 100);
    CU_ASSERT_EQUAL(xd_buffer_append(&buffer, "+", 1, NULL), XD_OK);
    CU_ASSERT_EQUAL(xd_input_read_all(path, 10, &buffer, &error), XD_OK);
    CU_ASSERT_STRING_EQUAL(buffer.bytes, "+0123456789");
    CU_ASSERT_EQUAL(xd_input_read_all(path, 9, &buffer, &error), XD_DATA);
    CU_ASSERT_STRING_EQUAL(buffer.bytes, "+0123456789");
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "limit of 9 bytes"));
    xd_buffer_free(&buffer);
}

static void a_pipe_is_read_as_it_comes(void)
{
    int ends[2];
    char path[64];
    struct xd_buffer packed;
    struct xd_buffer buffer;
    xd_buffer_init(&packed, 4096);
    xd_buffer_init(&buffer, 4096);
    gzip_bytes("piped text", 10, &packed);
    CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
    CU_ASSERT_EQUAL(write(ends[1], packed.bytes, packed.length), (ssize_t)packed.length);
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    CU_ASSERT_EQUAL(xd_input_read_all(path, 4096, &buffer, NULL), XD_OK);
    CU_ASSERT_STRING_EQUAL(buffer.bytes, "piped text");
    close(ends[0]);
    xd_buffer_free(&packed);
    xd_buffer_free(&buffer);
}

/* Longer than what starts the thread that unpacks ahead; hardly to be packed, so that the file is long too. */
enum { AHEAD_BYTES = 3 << 20 };

static unsigned char *noise(void)
{
    unsigned char *bytes = xd_alloc(AHEAD_BYTES, 1);
    uint64_t state = 7;
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    for (size_t i = 0; i < AHEAD_BYTES; i++) {
        state = state * UINT64_C(6364136223846793005) + 1;
        bytes[i] = (unsigned char)(state >> 56);
    }
    return bytes;
}

/* Read, next and peek in turn, until the end or an error. Compares with expected, unless NULL, and gives the length. */
static enum xd_status read_mixed(struct xd_input *input, const unsigned char *expected, size_t *length, struct xd_error *error)
{
    static unsigned char own[100000];
    const unsigned char *bytes = own;
    enum xd_status status = XD_OK;
    size_t n = 1;
    *length = 0;
    for (int turn = 0; status == XD_OK && n > 0; turn++) {
        if (turn % 7 == 3) {
            status = xd_input_peek(input, 1000, &bytes, &n, error);
            if (status == XD_OK)
                CU_ASSERT(!expected || memcmp(bytes, expected + *length, n) == 0);
            continue;
        }
        bytes = own;
        status = turn % 2 ? xd_input_next(input, &bytes, &n, error) : xd_input_read(input, own, 1 + (size_t)turn * 997 % sizeof own, &n, error);
        if (status != XD_OK)
            break;
        CU_ASSERT_FATAL(*length + n <= AHEAD_BYTES);
        CU_ASSERT(!expected || memcmp(bytes, expected + *length, n) == 0);
        *length += n;
        CU_ASSERT_EQUAL(xd_input_offset(input), (int64_t)*length);
    }
    return status;
}

static void a_long_file_is_unpacked_ahead_and_shows_it_in_nothing(void)
{
    unsigned char *bytes = noise();
    struct xd_buffer packed;
    xd_buffer_init(&packed, 2 * AHEAD_BYTES);
    for (int kind = 0; kind < 3; kind++) {
        char path[XD_TEST_PATH_MAX];
        xd_buffer_clear(&packed);
        if (kind == 0)
            gzip_bytes(bytes, AHEAD_BYTES, &packed);
        else if (kind == 1)
            bzip2_bytes(bytes, AHEAD_BYTES, &packed);
        else
            CU_ASSERT_EQUAL_FATAL(xd_buffer_append(&packed, bytes, AHEAD_BYTES, NULL), XD_OK);
        for (int damage = 0; damage < 3; damage++) { /* none; a changed byte; cut off */
            struct xd_input *input = NULL;
            struct xd_error error = {.status = XD_OK};
            size_t length = 0;
            const size_t at = packed.length / 4 * 3;
            packed.bytes[at] = (char)(packed.bytes[at] ^ (damage == 1 ? 0x10 : 0));
            xd_temporary_file("long", packed.bytes, damage == 2 ? at : packed.length, path);
            packed.bytes[at] = (char)(packed.bytes[at] ^ (damage == 1 ? 0x10 : 0));
            if (kind == 2 && damage > 0)
                continue; /* plain bytes are all good */
            CU_ASSERT_EQUAL_FATAL(xd_input_open(path, &input, NULL), XD_OK);
            const enum xd_status status =
                read_mixed(input, damage == 1 ? NULL : bytes, &length, &error); /* a changed byte may come out before it is found */
            CU_ASSERT_EQUAL(status, damage ? XD_DATA : XD_OK);
            CU_ASSERT(damage == 2 ? length < AHEAD_BYTES : length <= AHEAD_BYTES);
            if (damage) {
                CU_ASSERT_STRING_EQUAL(error.source, path);
                CU_ASSERT(error.byte_offset > (int64_t)packed.length / 4);
            } else {
                CU_ASSERT_EQUAL(length, AHEAD_BYTES);
                CU_ASSERT_EQUAL(xd_input_file_offset(input), (int64_t)packed.length);
            }
            xd_input_close(input);
        }
    }
    xd_buffer_free(&packed);
    xd_free(bytes);
}

static void an_input_that_is_unpacked_ahead_may_be_closed_limited_and_short_of_memory(void)
{
    unsigned char *bytes = noise();
    struct xd_buffer packed;
    char path[XD_TEST_PATH_MAX];
    unsigned char *dst = xd_alloc(AHEAD_BYTES, 1);
    CU_ASSERT_PTR_NOT_NULL_FATAL(dst);
    xd_buffer_init(&packed, 2 * AHEAD_BYTES);
    gzip_bytes(bytes, AHEAD_BYTES, &packed);
    xd_temporary_file("long.gz", packed.bytes, packed.length, path);
    for (int nth = 0; nth < 12; nth++) {
        struct xd_input *input = NULL;
        struct xd_error error = {.status = XD_OK};
        size_t got_n = 0;
        const int64_t live_before = xd_alloc_statistics_read().live_bytes;
        xd_alloc_fail_at((uint64_t)nth, false); /* 0: none; without memory for the thread the reader unpacks for itself */
        enum xd_status status = xd_input_open(path, &input, &error);
        for (size_t read_n = 0; status == XD_OK && read_n < AHEAD_BYTES / 2; read_n += got_n)
            status = xd_input_read(input, dst, 300000, &got_n, &error);
        xd_alloc_fail_at(0, false);
        CU_ASSERT(status == XD_OK || (status == XD_NO_MEMORY && nth > 0));
        if (status == XD_OK) {
            xd_input_limit(input, AHEAD_BYTES - 1);
            CU_ASSERT_EQUAL(nth % 2 ? XD_DATA : xd_input_read(input, dst, AHEAD_BYTES, &got_n, &error), XD_DATA); /* or closed in the middle */
        }
        xd_input_close(input);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_bytes, live_before);
    }
    xd_buffer_free(&packed);
    xd_free(dst);
    xd_free(bytes);
}

static const struct xd_test_case cases[] = {
    {"packed_bytes_come_out_as_they_went_in", packed_bytes_come_out_as_they_went_in},
    {"several_gzip_members_and_bzip2_streams_are_one_text", several_gzip_members_and_bzip2_streams_are_one_text},
    {"every_cut_of_packed_bytes_is_told_at_the_end_of_the_file", every_cut_of_packed_bytes_is_told_at_the_end_of_the_file},
    {"bytes_behind_packed_data_are_told_at_their_place", bytes_behind_packed_data_are_told_at_their_place},
    {"every_changed_byte_of_packed_data_is_told", every_changed_byte_of_packed_data_is_told},
    {"a_bomb_stops_at_the_cap", a_bomb_stops_at_the_cap},
    {"a_look_ahead_takes_nothing_away", a_look_ahead_takes_nothing_away},
    {"what_cannot_be_opened_is_told_by_its_reason", what_cannot_be_opened_is_told_by_its_reason},
    {"a_file_is_read_whole_up_to_the_given_size", a_file_is_read_whole_up_to_the_given_size},
    {"a_pipe_is_read_as_it_comes", a_pipe_is_read_as_it_comes},
    {"a_long_file_is_unpacked_ahead_and_shows_it_in_nothing", a_long_file_is_unpacked_ahead_and_shows_it_in_nothing},
    {"an_input_that_is_unpacked_ahead_may_be_closed_limited_and_short_of_memory",
     an_input_that_is_unpacked_ahead_may_be_closed_limited_and_short_of_memory},
};
const struct xd_test_suite xd_suite_osm_input = {"osm_input", cases, XD_ARRAY_LENGTH(cases)};
