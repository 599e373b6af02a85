/* ZIPs for tests, by minizip's writer. */
#ifndef XD_TESTS_ZIP_WRITE_H
#define XD_TESTS_ZIP_WRITE_H

#include "base/buffer.h"

#include <stddef.h>

struct zip_entry {
    const char *name;
    const void *bytes;
    size_t n;
    bool stored; /* not deflated */
    const char *password;
};

/* A ZIP with the entries, appended to *zip. Fails the case when it cannot. */
void zip_bytes(const struct zip_entry *entries, size_t entries_n, struct xd_buffer *zip);

#endif
