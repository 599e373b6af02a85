/* Where an input's bytes come from: a file or memory, with gzip and bzip2 undone. Inner to io/bytes: input.c is its face, input_ahead.c runs it on a thread.
 *
 * Owns: the file and its buffers; borrows the name and the bytes of memory. Errors: as in io/bytes/input.h. Threads: one thread at a time. */
#ifndef XD_IO_BYTES_INPUT_SOURCE_H
#define XD_IO_BYTES_INPUT_SOURCE_H

#include "io/bytes/input.h"

#include <bzlib.h>
#include <zlib.h>

struct xd_input_source {
    const char *name;
    int file; /* -1 for memory */
    int64_t size;
    const unsigned char *raw; /* the file's bytes at hand: raw[raw_at .. raw_n) are not used yet */
    size_t raw_at;
    size_t raw_n;
    unsigned char *raw_buffer; /* NULL for memory */
    int64_t raw_before;        /* bytes of the file before raw[0] */
    bool raw_ended;
    enum xd_input_packing packing;
    bool member_open; /* inside a gzip member or bzip2 stream */
    int64_t member_offset;
    z_stream gzip;
    bool gzip_ready;
    bz_stream bzip2;
    bool bzip2_ready;
};

/* On a zero-initialised source with a name; after an error it can only be closed. */
XD_MUST_CHECK enum xd_status xd_input_source_open(struct xd_input_source *source, struct xd_error *error);
void xd_input_source_open_memory(struct xd_input_source *source, const void *bytes, size_t n);
/* Fills dst as far as the data goes. */
XD_MUST_CHECK enum xd_status xd_input_source_read(struct xd_input_source *source, unsigned char *dst, size_t n, size_t *got_n,
                                                  struct xd_error *error);
/* Of a source that is not packed: the bytes at hand, without copying; *n = 0 at the end of the data. *bytes lives until the next call. */
XD_MUST_CHECK enum xd_status xd_input_source_next(struct xd_input_source *source, size_t most_n, const unsigned char **bytes, size_t *n,
                                                  struct xd_error *error);
int64_t xd_input_source_offset(const struct xd_input_source *source); /* bytes of the file used so far */
void xd_input_source_close(struct xd_input_source *source);

#endif
