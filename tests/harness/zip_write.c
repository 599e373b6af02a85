#include "tests/harness/zip_write.h"

#include "tests/harness/harness.h"

#include <minizip/zip.h>
#include <stdio.h>
#include <zlib.h>

void zip_bytes(const struct zip_entry *entries, size_t entries_n, struct xd_buffer *zip)
{
    char path[XD_TEST_PATH_MAX];
    xd_temporary_file("made.zip", "", 0, path);
    zipFile file = zipOpen64(path, APPEND_STATUS_CREATE);
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    for (size_t i = 0; i < entries_n; i++) {
        const zip_fileinfo info = {.dosDate = 0x50000000};
        const uLong checksum = entries[i].password ? crc32(0, entries[i].bytes, (uInt)entries[i].n) : 0;
        CU_ASSERT_EQUAL_FATAL(zipOpenNewFileInZip3_64(file, entries[i].name, &info, NULL, 0, NULL, 0, NULL, entries[i].stored ? 0 : Z_DEFLATED, 6, 0,
                                                      -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, entries[i].password, checksum, 0),
                              ZIP_OK);
        CU_ASSERT_EQUAL_FATAL(zipWriteInFileInZip(file, entries[i].bytes, (unsigned)entries[i].n), ZIP_OK);
        CU_ASSERT_EQUAL_FATAL(zipCloseFileInZip(file), ZIP_OK);
    }
    CU_ASSERT_EQUAL_FATAL(zipClose(file, NULL), ZIP_OK);
    FILE *made = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(made);
    char step[65536];
    for (size_t n; (n = fread(step, 1, sizeof step, made)) > 0;)
        CU_ASSERT_EQUAL_FATAL(xd_buffer_append(zip, step, n, NULL), XD_OK);
    fclose(made);
}
