/* Writes bytes as one gzip member: the same bytes on every machine with the same zlib, as no time and no system stand in its header. */
#ifndef XD_IO_BYTES_GZIP_WRITE_H
#define XD_IO_BYTES_GZIP_WRITE_H

#include "base/output.h"

/* n < 4 GiB. Errors: XD_NO_MEMORY, output errors. */
XD_MUST_CHECK enum xd_status xd_gzip_write(const void *bytes, size_t n, struct xd_output *output, struct xd_error *error);

#endif
