#include "io/bytes/input_source.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RAW_BYTES = 256 * 1024 };

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

static struct xd_location here(const struct xd_input_source *source)
{
    return xd_at_byte(source->name, source->raw_before + (int64_t)source->raw_at);
}

/* More raw bytes behind those at hand are wanted only when all at hand are used. */
static enum xd_status raw_refill(struct xd_input_source *source, struct xd_error *error)
{
    if (source->raw_at < source->raw_n || source->raw_ended)
        return XD_OK;
    source->raw_before += (int64_t)source->raw_n;
    source->raw_at = 0;
    source->raw_n = 0;
    if (source->file < 0) {
        source->raw_ended = true;
        return XD_OK;
    }
    ssize_t got_n;
    do
        got_n = read(source->file, source->raw_buffer, RAW_BYTES);
    while (got_n < 0 && errno == EINTR);
    if (got_n < 0)
        return xd_fail(error, XD_IO, here(source), "reading failed: %s; check the disk or the network folder and try again", strerror(errno));
    source->raw_n = (size_t)got_n;
    source->raw_ended = got_n == 0;
    if (source->raw_before + (int64_t)source->raw_n > XD_INPUT_FILE_BYTES_MAX)
        return xd_fail(error, XD_DATA, here(source), "the file is larger than the limit of %lld bytes; cut it to the county first",
                       (long long)XD_INPUT_FILE_BYTES_MAX);
    return XD_OK;
}

/* At least wanted_n raw bytes at hand unless the file ends before; only for the few bytes of a magic number. */
static enum xd_status raw_gather(struct xd_input_source *source, size_t wanted_n, struct xd_error *error)
{
    while (source->raw_n - source->raw_at < wanted_n && !source->raw_ended) {
        size_t left_n = source->raw_n - source->raw_at;
        if (source->file < 0) { /* all of memory is at hand from the start */
            if (left_n == 0)
                source->raw_ended = true;
            return XD_OK;
        }
        memmove(source->raw_buffer, source->raw_buffer + source->raw_at, left_n);
        source->raw_before += (int64_t)source->raw_at;
        source->raw_at = 0;
        source->raw_n = left_n;
        ssize_t got_n = read(source->file, source->raw_buffer + left_n, RAW_BYTES - left_n);
        if (got_n < 0 && errno == EINTR)
            continue;
        if (got_n < 0)
            return xd_fail(error, XD_IO, here(source), "reading failed: %s; check the disk or the network folder and try again", strerror(errno));
        source->raw_n += (size_t)got_n;
        if (got_n == 0)
            break;
    }
    return XD_OK;
}

static enum xd_input_packing packing_at_hand(const struct xd_input_source *source)
{
    const unsigned char *raw = source->raw + source->raw_at;
    size_t n = source->raw_n - source->raw_at;
    if (n >= 2 && raw[0] == 0x1f && raw[1] == 0x8b)
        return XD_INPUT_GZIP;
    if (n >= 4 && raw[0] == 'B' && raw[1] == 'Z' && raw[2] == 'h' && raw[3] >= '1' && raw[3] <= '9')
        return XD_INPUT_BZIP2;
    return XD_INPUT_PLAIN;
}

static enum xd_status gzip_begin(struct xd_input_source *source, struct xd_error *error)
{
    int result;
    if (source->gzip_ready) {
        result = inflateReset(&source->gzip);
    } else {
        source->gzip = (z_stream){.zalloc = zlib_allocate, .zfree = library_free};
        result = inflateInit2(&source->gzip, 16 + MAX_WBITS);
        source->gzip_ready = result == Z_OK;
    }
    if (result == Z_MEM_ERROR)
        return xd_fail_memory(error, "gzip decompression", 64 * 1024);
    return result == Z_OK ? XD_OK : xd_fail(error, XD_INTERNAL, here(source), "gzip decompression cannot start (%d)", result);
}

static enum xd_status bzip2_begin(struct xd_input_source *source, struct xd_error *error)
{
    if (source->bzip2_ready)
        BZ2_bzDecompressEnd(&source->bzip2);
    source->bzip2 = (bz_stream){.bzalloc = bzip2_allocate, .bzfree = library_free};
    int result = BZ2_bzDecompressInit(&source->bzip2, 0, 0);
    source->bzip2_ready = result == BZ_OK;
    if (result == BZ_MEM_ERROR)
        return xd_fail_memory(error, "bzip2 decompression", 64 * 1024);
    return result == BZ_OK ? XD_OK : xd_fail(error, XD_INTERNAL, here(source), "bzip2 decompression cannot start (%d)", result);
}

static const char *packing_name(enum xd_input_packing packing)
{
    return packing == XD_INPUT_GZIP ? "gzip" : "bzip2";
}

/* At a border between members: opens the next, or finds that the data ended (member_open stays false), or garbage. */
static enum xd_status next_member(struct xd_input_source *source, struct xd_error *error)
{
    enum xd_status status = raw_gather(source, 4, error);
    if (status != XD_OK || source->raw_at == source->raw_n)
        return status;
    if (packing_at_hand(source) != source->packing)
        return xd_fail(error, XD_DATA, here(source),
                       "%zu or more bytes stand behind the end of the %s data; expected the end of the file; pack the file again",
                       source->raw_n - source->raw_at, packing_name(source->packing));
    status = source->packing == XD_INPUT_GZIP ? gzip_begin(source, error) : bzip2_begin(source, error);
    if (status != XD_OK)
        return status;
    source->member_offset = source->raw_before + (int64_t)source->raw_at;
    source->member_open = true;
    return XD_OK;
}

static enum xd_status damaged(const struct xd_input_source *source, const char *reason, struct xd_error *error)
{
    return xd_fail(error, XD_DATA, here(source), "the %s data is damaged (%s); download or copy the file again", packing_name(source->packing),
                   reason);
}

static enum xd_status gzip_step(struct xd_input_source *source, unsigned char *dst, size_t n, size_t *got_n, struct xd_error *error)
{
    source->gzip.next_in = (unsigned char *)(uintptr_t)(source->raw + source->raw_at); /* zlib reads only; its type lacks the const */
    size_t in_n = source->raw_n - source->raw_at;
    source->gzip.avail_in = in_n > RAW_BYTES ? RAW_BYTES : (unsigned)in_n;
    unsigned offered_n = source->gzip.avail_in;
    source->gzip.next_out = dst;
    source->gzip.avail_out = n > RAW_BYTES ? RAW_BYTES : (unsigned)n;
    unsigned room_n = source->gzip.avail_out;
    int result = inflate(&source->gzip, Z_NO_FLUSH);
    source->raw_at += offered_n - source->gzip.avail_in;
    *got_n = room_n - source->gzip.avail_out;
    if (result == Z_STREAM_END)
        source->member_open = false;
    else if (result == Z_MEM_ERROR)
        return xd_fail_memory(error, "gzip decompression", 32 * 1024);
    else if (result != Z_OK && result != Z_BUF_ERROR)
        return damaged(source, source->gzip.msg ? source->gzip.msg : "unknown dictionary", error);
    return XD_OK;
}

static enum xd_status bzip2_step(struct xd_input_source *source, unsigned char *dst, size_t n, size_t *got_n, struct xd_error *error)
{
    source->bzip2.next_in = (char *)(uintptr_t)(source->raw + source->raw_at);
    size_t in_n = source->raw_n - source->raw_at;
    source->bzip2.avail_in = in_n > RAW_BYTES ? RAW_BYTES : (unsigned)in_n;
    unsigned offered_n = source->bzip2.avail_in;
    source->bzip2.next_out = (char *)dst;
    source->bzip2.avail_out = n > RAW_BYTES ? RAW_BYTES : (unsigned)n;
    unsigned room_n = source->bzip2.avail_out;
    int result = BZ2_bzDecompress(&source->bzip2);
    source->raw_at += offered_n - source->bzip2.avail_in;
    *got_n = room_n - source->bzip2.avail_out;
    switch (result) {
    case BZ_OK:
        return XD_OK;
    case BZ_STREAM_END:
        source->member_open = false;
        return XD_OK;
    case BZ_MEM_ERROR:
        return xd_fail_memory(error, "bzip2 decompression", 4 * 1024 * 1024);
    case BZ_DATA_ERROR_MAGIC:
        return damaged(source, "wrong block header", error);
    default:
        return damaged(source, "wrong checksum or block", error);
    }
}

/* Up to n bytes, at least one unless the data ended. */
static enum xd_status unpack(struct xd_input_source *source, unsigned char *dst, size_t n, size_t *got_n, struct xd_error *error)
{
    *got_n = 0;
    while (*got_n == 0) {
        enum xd_status status = XD_OK;
        if (source->packing != XD_INPUT_PLAIN && !source->member_open) {
            status = next_member(source, error);
            if (status != XD_OK || !source->member_open)
                return status;
        }
        /* A decompressor may still hold output when all input is used, so that it is asked before more is read. */
        if (source->packing == XD_INPUT_GZIP)
            status = gzip_step(source, dst, n, got_n, error);
        else if (source->packing == XD_INPUT_BZIP2)
            status = bzip2_step(source, dst, n, got_n, error);
        if (status != XD_OK || *got_n > 0)
            return status;
        if (source->packing != XD_INPUT_PLAIN && (!source->member_open || source->raw_at < source->raw_n))
            continue;
        status = raw_refill(source, error);
        if (status != XD_OK)
            return status;
        if (source->raw_at == source->raw_n) {
            if (source->packing == XD_INPUT_PLAIN)
                return XD_OK;
            return xd_fail(error, XD_DATA, here(source),
                           "the file ends in the middle of the %s data that begins at byte %lld: it is cut off; download or copy it again",
                           packing_name(source->packing), (long long)source->member_offset);
        }
        if (source->packing == XD_INPUT_PLAIN) {
            *got_n = source->raw_n - source->raw_at < n ? source->raw_n - source->raw_at : n;
            memcpy(dst, source->raw + source->raw_at, *got_n);
            source->raw_at += *got_n;
        }
    }
    return XD_OK;
}

enum xd_status xd_input_source_read(struct xd_input_source *source, unsigned char *dst, size_t n, size_t *got_n, struct xd_error *error)
{
    size_t filled_n = 0;
    while (filled_n < n) {
        size_t step_n;
        enum xd_status status = unpack(source, dst + filled_n, n - filled_n, &step_n, error);
        if (status != XD_OK)
            return status;
        if (step_n == 0)
            break;
        filled_n += step_n;
    }
    *got_n = filled_n;
    return XD_OK;
}

enum xd_status xd_input_source_next(struct xd_input_source *source, size_t most_n, const unsigned char **bytes, size_t *n, struct xd_error *error)
{
    enum xd_status status = raw_refill(source, error);
    if (status != XD_OK)
        return status;
    const size_t left_n = source->raw_n - source->raw_at;
    *bytes = source->raw + source->raw_at;
    *n = left_n < most_n ? left_n : most_n;
    source->raw_at += *n;
    return XD_OK;
}

int64_t xd_input_source_offset(const struct xd_input_source *source)
{
    return source->raw_before + (int64_t)source->raw_at;
}

static enum xd_status open_failed(const char *path, int reason, struct xd_error *error)
{
    if (reason == ENOENT || reason == ENOTDIR)
        return xd_fail(error, XD_NO_INPUT, xd_at_file(path), "the file does not exist; check the name and the folder");
    if (reason == EACCES || reason == EPERM)
        return xd_fail(error, XD_NO_INPUT, xd_at_file(path), "the file is not readable; you lack the permission (chmod +r, or ask its owner)");
    return xd_fail(error, XD_NO_INPUT, xd_at_file(path), "the file cannot be opened: %s", strerror(reason));
}

enum xd_status xd_input_source_open(struct xd_input_source *source, struct xd_error *error)
{
    struct stat about;
    source->size = -1;
    source->file = open(source->name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK); /* a pipe that nobody writes to would be waited for */
    if (source->file < 0)
        return open_failed(source->name, errno, error);
    if (fcntl(source->file, F_SETFL, 0) != 0 || fstat(source->file, &about) != 0)
        return open_failed(source->name, errno, error);
    if (S_ISDIR(about.st_mode))
        return xd_fail(error, XD_NO_INPUT, xd_at_file(source->name), "is a folder; expected a file: name the file inside it");
    if (S_ISREG(about.st_mode))
        source->size = (int64_t)about.st_size;
    source->raw_buffer = xd_alloc(RAW_BYTES, 1);
    if (!source->raw_buffer)
        return xd_fail_memory(error, "an input", RAW_BYTES);
    source->raw = source->raw_buffer;
    enum xd_status status = raw_gather(source, 4, error);
    source->packing = packing_at_hand(source);
    return status;
}

void xd_input_source_open_memory(struct xd_input_source *source, const void *bytes, size_t n)
{
    source->file = -1;
    source->raw = bytes;
    source->raw_n = n;
    source->size = (int64_t)n;
    source->packing = packing_at_hand(source);
}

void xd_input_source_close(struct xd_input_source *source)
{
    if (source->gzip_ready)
        inflateEnd(&source->gzip);
    if (source->bzip2_ready)
        BZ2_bzDecompressEnd(&source->bzip2);
    if (source->file >= 0)
        close(source->file);
    xd_free(source->raw_buffer);
}
