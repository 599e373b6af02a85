#include "io/bytes/zip.h"

#include "base/alloc.h"

#include <minizip/unzip.h>
#include <string.h>

struct xd_zip {
    const char *source;
    const unsigned char *bytes;
    size_t bytes_n;
    size_t at;
    unzFile file;
    int32_t members_n; /* given so far */
};

/* ---- what minizip reads through ---- */

static voidpf memory_open(voidpf opaque, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return opaque;
}

static uLong memory_read(voidpf opaque, voidpf stream, void *dst, uLong n)
{
    struct xd_zip *zip = opaque;
    (void)stream;
    const size_t left_n = zip->bytes_n - zip->at;
    const size_t got_n = n < left_n ? n : left_n;
    memcpy(dst, zip->bytes + zip->at, got_n);
    zip->at += got_n;
    return got_n;
}

static ZPOS64_T memory_tell(voidpf opaque, voidpf stream)
{
    const struct xd_zip *zip = opaque;
    (void)stream;
    return zip->at;
}

static long memory_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    struct xd_zip *zip = opaque;
    (void)stream;
    const size_t from = origin == ZLIB_FILEFUNC_SEEK_SET ? 0 : origin == ZLIB_FILEFUNC_SEEK_CUR ? zip->at : zip->bytes_n;
    if (offset > zip->bytes_n - from)
        return -1;
    zip->at = from + (size_t)offset;
    return 0;
}

static int memory_close(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

static int memory_error(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

/* ---- the members ---- */

bool xd_zip_begins(const unsigned char *bytes, size_t n)
{
    return n >= 4 && memcmp(bytes, "PK\003\004", 4) == 0;
}

static enum xd_status damaged(const struct xd_zip *zip, const char *what, int code, struct xd_error *error)
{
    return xd_fail(error, XD_DATA, xd_at_byte(zip->source, (int64_t)zip->at),
                   "the ZIP is damaged or cut off (%s, code %d); download or copy it again", what, code);
}

enum xd_status xd_zip_open(const char *source, const void *bytes, size_t n, struct xd_zip **zip, struct xd_error *error)
{
    struct xd_zip *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "a ZIP", sizeof *made);
    *made = (struct xd_zip){.source = source, .bytes = bytes, .bytes_n = n};
    zlib_filefunc64_def functions = {.zopen64_file = memory_open,
                                     .zread_file = memory_read,
                                     .ztell64_file = memory_tell,
                                     .zseek64_file = memory_seek,
                                     .zclose_file = memory_close,
                                     .zerror_file = memory_error,
                                     .opaque = made};
    made->file = unzOpen2_64(source, &functions);
    if (!made->file) {
        const enum xd_status status = damaged(made, "no directory at its end", UNZ_BADZIPFILE, error);
        xd_free(made);
        return status;
    }
    *zip = made;
    return XD_OK;
}

void xd_zip_close(struct xd_zip *zip)
{
    if (!zip)
        return;
    unzClose(zip->file);
    xd_free(zip);
}

enum xd_status xd_zip_next(struct xd_zip *zip, struct xd_zip_member *member, bool *is_end, struct xd_error *error)
{
    enum { ENCRYPTED = 1 };
    unz_file_info64 info;
    struct xd_zip_member found = {0};
    const int step = zip->members_n == 0 ? unzGoToFirstFile(zip->file) : unzGoToNextFile(zip->file);
    if (step == UNZ_END_OF_LIST_OF_FILE) {
        *is_end = true;
        return XD_OK;
    }
    if (step != UNZ_OK)
        return damaged(zip, "directory", step, error);
    if (zip->members_n == XD_ZIP_MEMBERS_MAX)
        return xd_fail(error, XD_DATA, xd_at_byte(zip->source, (int64_t)zip->at), "the ZIP holds more than the limit of %d files; unpack it first",
                       XD_ZIP_MEMBERS_MAX);
    const int result = unzGetCurrentFileInfo64(zip->file, &info, found.name, XD_ZIP_NAME_MAX, NULL, 0, NULL, 0);
    if (result != UNZ_OK)
        return damaged(zip, "directory", result, error);
    zip->members_n++;
    found.size = info.uncompressed_size;
    found.is_encrypted = (info.flag & ENCRYPTED) != 0;
    *member = found;
    *is_end = false;
    return XD_OK;
}

enum xd_status xd_zip_read(struct xd_zip *zip, const struct xd_zip_member *member, void *dst, struct xd_error *error)
{
    enum { STEP_BYTES = 1 << 20 };
    unsigned char *bytes = dst;
    if (member->is_encrypted)
        return xd_fail(error, XD_DATA, xd_at_file(zip->source), "%s in it needs a password, which is not supported; unpack it first", member->name);
    int result = unzOpenCurrentFile(zip->file);
    if (result != UNZ_OK)
        return damaged(zip, member->name, result, error);
    uint64_t at = 0;
    while (at < member->size &&
           (result = unzReadCurrentFile(zip->file, bytes + at, (unsigned)(member->size - at < STEP_BYTES ? member->size - at : STEP_BYTES))) > 0)
        at += (uint64_t)result;
    const int closed = unzCloseCurrentFile(zip->file); /* compares the checksum: of more bytes than declared it is another */
    if (result < 0)
        return damaged(zip, member->name, result, error);
    if (at < member->size)
        return xd_fail(error, XD_DATA, xd_at_byte(zip->source, (int64_t)zip->at),
                       "%s in it is not of the %llu bytes that it declares; download it again", member->name, (unsigned long long)member->size);
    return closed == UNZ_OK ? XD_OK : damaged(zip, member->name, closed, error);
}
