/* The members of a ZIP that lies in memory, one after the other (by minizip).
 *
 * Nothing is sized by what the ZIP declares: a member is read into the caller's memory, into exactly the size that it declares and that the caller has
 * looked at before. Borrows the bytes. Threads: one ZIP, one thread.
 * Errors: XD_DATA (no ZIP, damaged, cut off, a password, a member that is not of its declared size or checksum, over a limit), XD_NO_MEMORY.
 */
#ifndef XD_IO_BYTES_ZIP_H
#define XD_IO_BYTES_ZIP_H

#include "base/error.h"

enum {
    XD_ZIP_MEMBERS_MAX = 1000, /* looked at */
    XD_ZIP_NAME_MAX = 255      /* bytes of a member's name; longer ones are cut */
};

struct xd_zip;

struct xd_zip_member {
    char name[XD_ZIP_NAME_MAX + 1]; /* with its folders */
    uint64_t size;                  /* bytes unpacked, as declared */
    bool is_encrypted;
};

/* Four bytes tell a ZIP. */
bool xd_zip_begins(const unsigned char *bytes, size_t n);

/* source is the name in messages. bytes[n] and source must outlive the ZIP. */
XD_MUST_CHECK enum xd_status xd_zip_open(const char *source, const void *bytes, size_t n, struct xd_zip **zip, struct xd_error *error);
void xd_zip_close(struct xd_zip *zip);
/* The first, then the next member; *is_end instead behind the last one. */
XD_MUST_CHECK enum xd_status xd_zip_next(struct xd_zip *zip, struct xd_zip_member *member, bool *is_end, struct xd_error *error);
/* The member that xd_zip_next gave last, into dst[member->size]. */
XD_MUST_CHECK enum xd_status xd_zip_read(struct xd_zip *zip, const struct xd_zip_member *member, void *dst, struct xd_error *error);

#endif
