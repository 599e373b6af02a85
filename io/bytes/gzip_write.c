#include "io/bytes/gzip_write.h"

#include "base/alloc.h"

#include <zlib.h>

static voidpf zlib_alloc(voidpf context, uInt items, uInt size)
{
    (void)context;
    return xd_alloc(items, size);
}

static void zlib_free(voidpf context, voidpf pointer)
{
    (void)context;
    xd_free(pointer);
}

enum xd_status xd_gzip_write(const void *bytes, size_t n, struct xd_output *output, struct xd_error *error)
{
    enum { CHUNK = 65536, GZIP = 15 + 16 };
    z_stream stream = {.zalloc = zlib_alloc, .zfree = zlib_free};
    if (deflateInit2(&stream, 9, Z_DEFLATED, GZIP, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return xd_fail_memory(error, "compression", CHUNK);
    unsigned char chunk[CHUNK];
    stream.next_in = (Bytef *)(uintptr_t)bytes; /* zlib reads only; its type lacks the const */
    stream.avail_in = (uInt)n;
    enum xd_status status = XD_OK;
    int result = Z_OK;
    while (status == XD_OK && result == Z_OK) {
        stream.next_out = chunk;
        stream.avail_out = CHUNK;
        result = deflate(&stream, Z_FINISH);
        status = xd_output_write(output, chunk, CHUNK - stream.avail_out, error);
    }
    deflateEnd(&stream);
    if (status == XD_OK && result != Z_STREAM_END)
        status = xd_fail(error, XD_INTERNAL, xd_at_none(), "compression ended with zlib code %d", result);
    return status;
}
