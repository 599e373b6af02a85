/* The bytes are a ZIP: every member is looked at, and read where it declares up to 1 MiB. */
#include "base/alloc.h"
#include "io/bytes/zip.h"

enum { MEMBER_BYTES_MAX = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct xd_zip *zip = NULL;
    struct xd_zip_member member;
    bool is_end = false;
    enum xd_status status = xd_zip_open("fuzz.zip", data, size, &zip, NULL);
    while (status == XD_OK && !is_end) {
        status = xd_zip_next(zip, &member, &is_end, NULL);
        if (status != XD_OK || is_end || member.size > MEMBER_BYTES_MAX)
            continue;
        void *bytes = xd_alloc((size_t)member.size, 1);
        if (bytes)
            (void)!xd_zip_read(zip, &member, bytes, NULL);
        xd_free(bytes);
    }
    xd_zip_close(zip);
    return 0;
}
