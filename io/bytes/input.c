#include "io/bytes/input.h"

#include "base/alloc.h"

#include <bzlib.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { RAW_BYTES = 256 * 1024, ALL_STEP_BYTES = 256 * 1024 };

struct xd_input {
    char *name;
    int file; /* -1 for memory */
    int64_t size;
    const unsigned char *raw; /* the file's bytes at hand: raw[raw_at .. raw_n) are not used yet */
    size_t raw_at;
    size_t raw_n;
    unsigned char *raw_buffer; /* RAW_BYTES, NULL for memory */
    int64_t raw_before;        /* bytes of the file before raw[0] */
    bool raw_ended;
    enum xd_input_packing packing;
    bool member_open; /* inside a gzip member or bzip2 stream */
    int64_t member_offset;
    z_stream gzip;
    bool gzip_ready;
    bz_stream bzip2;
    bool bzip2_ready;
    int64_t given_n;    /* to the reader */
    int64_t unpacked_n; /* given plus looked at ahead */
    int64_t unpacked_max;
    unsigned char ahead[XD_INPUT_PEEK_MAX];
    size_t ahead_at;
    size_t ahead_n;
};

static void *zlib_allocate(void *opaque, unsigned items, unsigned size)
{
    (void)opaque;
    return xd_alloc(items, size);
}

static void *bzip2_allocate(void *opaque, int items, int size)
{
    (void)opaque;
    return items < 0 || size < 0 ? NULL : xd_alloc((size_t)items, (size_t)size);
}

static void library_free(void *opaque, void *pointer)
{
    (void)opaque;
    xd_free(pointer);
}

static struct xd_location here(const struct xd_input *input)
{
    return xd_at_byte(input->name, input->raw_before + (int64_t)input->raw_at);
}

/* More raw bytes behind those at hand are wanted only when all at hand are used. */
static enum xd_status raw_refill(struct xd_input *input, struct xd_error *error)
{
    if (input->raw_at < input->raw_n || input->raw_ended)
        return XD_OK;
    input->raw_before += (int64_t)input->raw_n;
    input->raw_at = 0;
    input->raw_n = 0;
    if (input->file < 0) {
        input->raw_ended = true;
        return XD_OK;
    }
    ssize_t got_n;
    do
        got_n = read(input->file, input->raw_buffer, RAW_BYTES);
    while (got_n < 0 && errno == EINTR);
    if (got_n < 0)
        return xd_fail(error, XD_IO, here(input), "reading failed: %s; check the disk or the network folder and try again", strerror(errno));
    input->raw_n = (size_t)got_n;
    input->raw_ended = got_n == 0;
    if (input->raw_before + (int64_t)input->raw_n > XD_INPUT_FILE_BYTES_MAX)
        return xd_fail(error, XD_DATA, here(input), "the file is larger than the limit of %lld bytes; cut it to the county first",
                       (long long)XD_INPUT_FILE_BYTES_MAX);
    return XD_OK;
}

/* At least wanted_n raw bytes at hand unless the file ends before; only for the few bytes of a magic number. */
static enum xd_status raw_gather(struct xd_input *input, size_t wanted_n, struct xd_error *error)
{
    while (input->raw_n - input->raw_at < wanted_n && !input->raw_ended) {
        size_t left_n = input->raw_n - input->raw_at;
        if (input->file < 0) { /* all of memory is at hand from the start */
            if (left_n == 0)
                input->raw_ended = true;
            return XD_OK;
        }
        memmove(input->raw_buffer, input->raw_buffer + input->raw_at, left_n);
        input->raw_before += (int64_t)input->raw_at;
        input->raw_at = 0;
        input->raw_n = left_n;
        ssize_t got_n = read(input->file, input->raw_buffer + left_n, RAW_BYTES - left_n);
        if (got_n < 0 && errno == EINTR)
            continue;
        if (got_n < 0)
            return xd_fail(error, XD_IO, here(input), "reading failed: %s; check the disk or the network folder and try again", strerror(errno));
        input->raw_n += (size_t)got_n;
        if (got_n == 0)
            break;
    }
    return XD_OK;
}

static enum xd_input_packing packing_at_hand(const struct xd_input *input)
{
    const unsigned char *raw = input->raw + input->raw_at;
    size_t n = input->raw_n - input->raw_at;
    if (n >= 2 && raw[0] == 0x1f && raw[1] == 0x8b)
        return XD_INPUT_GZIP;
    if (n >= 4 && raw[0] == 'B' && raw[1] == 'Z' && raw[2] == 'h' && raw[3] >= '1' && raw[3] <= '9')
        return XD_INPUT_BZIP2;
    return XD_INPUT_PLAIN;
}

static enum xd_status gzip_begin(struct xd_input *input, struct xd_error *error)
{
    int result;
    if (input->gzip_ready) {
        result = inflateReset(&input->gzip);
    } else {
        input->gzip = (z_stream){.zalloc = zlib_allocate, .zfree = library_free};
        result = inflateInit2(&input->gzip, 16 + MAX_WBITS);
        input->gzip_ready = result == Z_OK;
    }
    if (result == Z_MEM_ERROR)
        return xd_fail_memory(error, "gzip decompression", 64 * 1024);
    return result == Z_OK ? XD_OK : xd_fail(error, XD_INTERNAL, here(input), "gzip decompression cannot start (%d)", result);
}

static enum xd_status bzip2_begin(struct xd_input *input, struct xd_error *error)
{
    if (input->bzip2_ready)
        BZ2_bzDecompressEnd(&input->bzip2);
    input->bzip2 = (bz_stream){.bzalloc = bzip2_allocate, .bzfree = library_free};
    int result = BZ2_bzDecompressInit(&input->bzip2, 0, 0);
    input->bzip2_ready = result == BZ_OK;
    if (result == BZ_MEM_ERROR)
        return xd_fail_memory(error, "bzip2 decompression", 64 * 1024);
    return result == BZ_OK ? XD_OK : xd_fail(error, XD_INTERNAL, here(input), "bzip2 decompression cannot start (%d)", result);
}

static const char *packing_name(enum xd_input_packing packing)
{
    return packing == XD_INPUT_GZIP ? "gzip" : "bzip2";
}

/* At a border between members: opens the next, or finds that the data ended (member_open stays false), or garbage. */
static enum xd_status next_member(struct xd_input *input, struct xd_error *error)
{
    enum xd_status status = raw_gather(input, 4, error);
    if (status != XD_OK || input->raw_at == input->raw_n)
        return status;
    if (packing_at_hand(input) != input->packing)
        return xd_fail(error, XD_DATA, here(input),
                       "%zu or more bytes stand behind the end of the %s data; expected the end of the file; pack the file again",
                       input->raw_n - input->raw_at, packing_name(input->packing));
    status = input->packing == XD_INPUT_GZIP ? gzip_begin(input, error) : bzip2_begin(input, error);
    if (status != XD_OK)
        return status;
    input->member_offset = input->raw_before + (int64_t)input->raw_at;
    input->member_open = true;
    return XD_OK;
}

static enum xd_status damaged(const struct xd_input *input, const char *reason, struct xd_error *error)
{
    return xd_fail(error, XD_DATA, here(input), "the %s data is damaged (%s); download or copy the file again", packing_name(input->packing), reason);
}

static enum xd_status gzip_step(struct xd_input *input, unsigned char *dst, size_t n, size_t *got_n, struct xd_error *error)
{
    input->gzip.next_in = (unsigned char *)(uintptr_t)(input->raw + input->raw_at); /* zlib reads only; its type lacks the const */
    size_t in_n = input->raw_n - input->raw_at;
    input->gzip.avail_in = in_n > RAW_BYTES ? RAW_BYTES : (unsigned)in_n;
    unsigned offered_n = input->gzip.avail_in;
    input->gzip.next_out = dst;
    input->gzip.avail_out = n > RAW_BYTES ? RAW_BYTES : (unsigned)n;
    unsigned room_n = input->gzip.avail_out;
    int result = inflate(&input->gzip, Z_NO_FLUSH);
    input->raw_at += offered_n - input->gzip.avail_in;
    *got_n = room_n - input->gzip.avail_out;
    if (result == Z_STREAM_END)
        input->member_open = false;
    else if (result == Z_MEM_ERROR)
        return xd_fail_memory(error, "gzip decompression", 32 * 1024);
    else if (result != Z_OK && result != Z_BUF_ERROR)
        return damaged(input, input->gzip.msg ? input->gzip.msg : "unknown dictionary", error);
    return XD_OK;
}

static enum xd_status bzip2_step(struct xd_input *input, unsigned char *dst, size_t n, size_t *got_n, struct xd_error *error)
{
    input->bzip2.next_in = (char *)(uintptr_t)(input->raw + input->raw_at);
    size_t in_n = input->raw_n - input->raw_at;
    input->bzip2.avail_in = in_n > RAW_BYTES ? RAW_BYTES : (unsigned)in_n;
    unsigned offered_n = input->bzip2.avail_in;
    input->bzip2.next_out = (char *)dst;
    input->bzip2.avail_out = n > RAW_BYTES ? RAW_BYTES : (unsigned)n;
    unsigned room_n = input->bzip2.avail_out;
    int result = BZ2_bzDecompress(&input->bzip2);
    input->raw_at += offered_n - input->bzip2.avail_in;
    *got_n = room_n - input->bzip2.avail_out;
    switch (result) {
    case BZ_OK:
        return XD_OK;
    case BZ_STREAM_END:
        input->member_open = false;
        return XD_OK;
    case BZ_MEM_ERROR:
        return xd_fail_memory(error, "bzip2 decompression", 4 * 1024 * 1024);
    case BZ_DATA_ERROR_MAGIC:
        return damaged(input, "wrong block header", error);
    default:
        return damaged(input, "wrong checksum or block", error);
    }
}

/* Up to n bytes, at least one unless the data ended. */
static enum xd_status unpack(struct xd_input *input, unsigned char *dst, size_t n, size_t *got_n, struct xd_error *error)
{
    *got_n = 0;
    while (*got_n == 0) {
        enum xd_status status = XD_OK;
        if (input->packing != XD_INPUT_PLAIN && !input->member_open) {
            status = next_member(input, error);
            if (status != XD_OK || !input->member_open)
                return status;
        }
        /* A decompressor may still hold output when all input is used, so that it is asked before more is read. */
        if (input->packing == XD_INPUT_GZIP)
            status = gzip_step(input, dst, n, got_n, error);
        else if (input->packing == XD_INPUT_BZIP2)
            status = bzip2_step(input, dst, n, got_n, error);
        if (status != XD_OK || *got_n > 0)
            return status;
        if (input->packing != XD_INPUT_PLAIN && (!input->member_open || input->raw_at < input->raw_n))
            continue;
        status = raw_refill(input, error);
        if (status != XD_OK)
            return status;
        if (input->raw_at == input->raw_n) {
            if (input->packing == XD_INPUT_PLAIN)
                return XD_OK;
            return xd_fail(error, XD_DATA, here(input),
                           "the file ends in the middle of the %s data that begins at byte %lld: it is cut off; download or copy it again",
                           packing_name(input->packing), (long long)input->member_offset);
        }
        if (input->packing == XD_INPUT_PLAIN) {
            *got_n = input->raw_n - input->raw_at < n ? input->raw_n - input->raw_at : n;
            memcpy(dst, input->raw + input->raw_at, *got_n);
            input->raw_at += *got_n;
        }
    }
    return XD_OK;
}

/* Fills dst as far as the data goes and counts against the cap. */
static enum xd_status unpack_all(struct xd_input *input, unsigned char *dst, size_t n, size_t *got_n, struct xd_error *error)
{
    size_t filled_n = 0;
    while (filled_n < n) {
        size_t step_n;
        enum xd_status status = unpack(input, dst + filled_n, n - filled_n, &step_n, error);
        if (status != XD_OK)
            return status;
        if (step_n == 0)
            break;
        filled_n += step_n;
        input->unpacked_n += (int64_t)step_n;
        if (input->unpacked_n > input->unpacked_max)
            return xd_fail(error, XD_DATA, here(input), "holds more than the limit of %lld bytes%s; cut it down first",
                           (long long)input->unpacked_max, input->packing == XD_INPUT_PLAIN ? "" : " after decompression");
    }
    *got_n = filled_n;
    return XD_OK;
}

enum xd_status xd_input_read(struct xd_input *input, void *dst, size_t n, size_t *got_n, struct xd_error *error)
{
    unsigned char *bytes = dst;
    size_t from_ahead_n = input->ahead_n - input->ahead_at < n ? input->ahead_n - input->ahead_at : n;
    if (from_ahead_n > 0)
        memcpy(bytes, input->ahead + input->ahead_at, from_ahead_n);
    size_t more_n = 0;
    if (n > from_ahead_n) {
        enum xd_status status = unpack_all(input, bytes + from_ahead_n, n - from_ahead_n, &more_n, error);
        if (status != XD_OK)
            return status;
    }
    input->ahead_at += from_ahead_n;
    input->given_n += (int64_t)(from_ahead_n + more_n);
    *got_n = from_ahead_n + more_n;
    return XD_OK;
}

enum xd_status xd_input_peek(struct xd_input *input, size_t n, const unsigned char **bytes, size_t *got_n, struct xd_error *error)
{
    if (n > XD_INPUT_PEEK_MAX)
        return xd_fail(error, XD_INTERNAL, xd_at_file(input->name), "a look ahead of %zu bytes; expected at most %d", n, (int)XD_INPUT_PEEK_MAX);
    size_t held_n = input->ahead_n - input->ahead_at;
    if (held_n < n) {
        memmove(input->ahead, input->ahead + input->ahead_at, held_n);
        input->ahead_at = 0;
        input->ahead_n = held_n;
        size_t more_n;
        enum xd_status status = unpack_all(input, input->ahead + held_n, n - held_n, &more_n, error);
        if (status != XD_OK)
            return status;
        input->ahead_n += more_n;
        held_n += more_n;
    }
    *bytes = input->ahead + input->ahead_at;
    *got_n = held_n < n ? held_n : n;
    return XD_OK;
}

static enum xd_status new_input(const char *name, struct xd_input **input, struct xd_error *error)
{
    struct xd_input *fresh = xd_alloc_zero(1, sizeof *fresh);
    if (!fresh)
        return xd_fail_memory(error, "an input", sizeof *fresh);
    fresh->file = -1;
    fresh->size = -1;
    fresh->unpacked_max = XD_INPUT_UNPACKED_BYTES_MAX;
    fresh->name = xd_string_copy(name);
    if (!fresh->name) {
        xd_free(fresh);
        return xd_fail_memory(error, "the name of an input", strlen(name) + 1);
    }
    *input = fresh;
    return XD_OK;
}

static enum xd_status open_failed(const char *path, int reason, struct xd_error *error)
{
    if (reason == ENOENT || reason == ENOTDIR)
        return xd_fail(error, XD_NO_INPUT, xd_at_file(path), "the file does not exist; check the name and the folder");
    if (reason == EACCES || reason == EPERM)
        return xd_fail(error, XD_NO_INPUT, xd_at_file(path), "the file is not readable; you lack the permission (chmod +r, or ask its owner)");
    return xd_fail(error, XD_NO_INPUT, xd_at_file(path), "the file cannot be opened: %s", strerror(reason));
}

enum xd_status xd_input_open(const char *path, struct xd_input **input, struct xd_error *error)
{
    struct xd_input *fresh = NULL;
    enum xd_status status = new_input(path, &fresh, error);
    if (status != XD_OK)
        return status;
    struct stat about;
    fresh->file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); /* a pipe that nobody writes to would be waited for */
    if (fresh->file < 0) {
        status = open_failed(path, errno, error);
        goto done;
    }
    if (fcntl(fresh->file, F_SETFL, 0) != 0 || fstat(fresh->file, &about) != 0) {
        status = open_failed(path, errno, error);
        goto done;
    }
    if (S_ISDIR(about.st_mode)) {
        status = xd_fail(error, XD_NO_INPUT, xd_at_file(path), "is a folder; expected a file: name the file inside it");
        goto done;
    }
    if (S_ISREG(about.st_mode))
        fresh->size = (int64_t)about.st_size;
    fresh->raw_buffer = xd_alloc(RAW_BYTES, 1);
    if (!fresh->raw_buffer) {
        status = xd_fail_memory(error, "an input", RAW_BYTES);
        goto done;
    }
    fresh->raw = fresh->raw_buffer;
    status = raw_gather(fresh, 4, error);
    if (status != XD_OK)
        goto done;
    fresh->packing = packing_at_hand(fresh);
    *input = fresh;
    fresh = NULL;
done:
    xd_input_close(fresh);
    return status;
}

enum xd_status xd_input_open_memory(const char *name, const void *bytes, size_t n, struct xd_input **input, struct xd_error *error)
{
    struct xd_input *fresh = NULL;
    enum xd_status status = new_input(name, &fresh, error);
    if (status != XD_OK)
        return status;
    fresh->raw = bytes;
    fresh->raw_n = n;
    fresh->size = (int64_t)n;
    fresh->packing = packing_at_hand(fresh);
    *input = fresh;
    return XD_OK;
}

void xd_input_close(struct xd_input *input)
{
    if (!input)
        return;
    if (input->gzip_ready)
        inflateEnd(&input->gzip);
    if (input->bzip2_ready)
        BZ2_bzDecompressEnd(&input->bzip2);
    if (input->file >= 0)
        close(input->file);
    xd_free(input->raw_buffer);
    xd_free(input->name);
    xd_free(input);
}

void xd_input_limit(struct xd_input *input, int64_t unpacked_bytes_max)
{
    if (unpacked_bytes_max < input->unpacked_max)
        input->unpacked_max = unpacked_bytes_max;
}

const char *xd_input_name(const struct xd_input *input)
{
    return input->name;
}

int64_t xd_input_size(const struct xd_input *input)
{
    return input->size;
}

int64_t xd_input_file_offset(const struct xd_input *input)
{
    return input->raw_before + (int64_t)input->raw_at;
}

int64_t xd_input_offset(const struct xd_input *input)
{
    return input->given_n;
}

enum xd_status xd_input_read_all(const char *path, size_t max_bytes, struct xd_buffer *buffer, struct xd_error *error)
{
    struct xd_input *input = NULL;
    size_t length_before = buffer->length;
    char *step = NULL;
    enum xd_status status = xd_input_open(path, &input, error);
    if (status != XD_OK)
        return status;
    step = xd_alloc(ALL_STEP_BYTES, 1);
    if (!step) {
        status = xd_fail_memory(error, "reading a file", ALL_STEP_BYTES);
        goto done;
    }
    if (max_bytes < (size_t)INT64_MAX)
        xd_input_limit(input, (int64_t)max_bytes);
    for (;;) {
        size_t got_n;
        status = xd_input_read(input, step, ALL_STEP_BYTES, &got_n, error);
        if (status == XD_OK)
            status = xd_buffer_append(buffer, step, got_n, error);
        if (status != XD_OK || got_n == 0)
            goto done;
    }
done:
    if (status != XD_OK && buffer->bytes) {
        buffer->length = length_before;
        buffer->bytes[length_before] = '\0';
    }
    xd_free(step);
    xd_input_close(input);
    return status;
}
