/* Bytes of a file, a pipe or memory in order, with gzip and bzip2 undone on the way, and caps on everything.
 *
 * Compression is told by the first bytes, not by the name; files of several gzip members or bzip2 streams are read to their end.
 * Owns: the input owns its file and buffers; a memory input borrows the bytes. Threads: one input, one thread; behind the
 * first MiB of a file another thread unpacks ahead, which shows in nothing but time.
 * Errors: XD_NO_INPUT (missing, a folder, not readable), XD_IO (reading failed midway), XD_DATA (damaged or cut-off compression, bytes behind its end,
 * a cap passed; located at the byte of the file as it lies on disk), XD_NO_MEMORY.
 */
#ifndef XD_IO_BYTES_INPUT_H
#define XD_IO_BYTES_INPUT_H

#include "base/buffer.h"

#define XD_INPUT_FILE_BYTES_MAX INT64_C(68719476736)      /* 64 GiB as it lies on disk */
#define XD_INPUT_UNPACKED_BYTES_MAX INT64_C(274877906944) /* 256 GiB after decompression: ten times the planet's PBF */
enum { XD_INPUT_PEEK_MAX = 1024 };

enum xd_input_packing { XD_INPUT_PLAIN, XD_INPUT_GZIP, XD_INPUT_BZIP2 };

struct xd_input;

/* path "-" is a file name like any other. The name in messages is the path as given. */
XD_MUST_CHECK enum xd_status xd_input_open(const char *path, struct xd_input **input, struct xd_error *error);
/* bytes[n] must outlive the input. */
XD_MUST_CHECK enum xd_status xd_input_open_memory(const char *name, const void *bytes, size_t n, struct xd_input **input, struct xd_error *error);
void xd_input_close(struct xd_input *input);

/* Up to n bytes into dst; *got_n < n only at the end of the data. After an error the input can only be closed. */
XD_MUST_CHECK enum xd_status xd_input_read(struct xd_input *input, void *dst, size_t n, size_t *got_n, struct xd_error *error);
/* The next bytes, as many as are at hand, without copying them where that can be; *n = 0 at the end of the data. *bytes lives until the next call. */
XD_MUST_CHECK enum xd_status xd_input_next(struct xd_input *input, const unsigned char **bytes, size_t *n, struct xd_error *error);
/* The next up to n <= XD_INPUT_PEEK_MAX bytes, which the next read gives again. *bytes lives until the next call. */
XD_MUST_CHECK enum xd_status xd_input_peek(struct xd_input *input, size_t n, const unsigned char **bytes, size_t *got_n, struct xd_error *error);
/* Lowers the cap on the bytes that can be read (after decompression) from now on in total. */
void xd_input_limit(struct xd_input *input, int64_t unpacked_bytes_max);

const char *xd_input_name(const struct xd_input *input);
int64_t xd_input_size(const struct xd_input *input);        /* bytes on disk, -1 for a pipe or a device */
int64_t xd_input_file_offset(const struct xd_input *input); /* bytes taken from the file so far, for progress */
int64_t xd_input_offset(const struct xd_input *input);      /* bytes given to the reader so far */

/* The whole file, decompressed, appended to *buffer (which must allow max_bytes). Errors: as above; XD_DATA naming the cap over max_bytes; the
 * buffer's length is then as before. */
XD_MUST_CHECK enum xd_status xd_input_read_all(const char *path, size_t max_bytes, struct xd_buffer *buffer, struct xd_error *error);

#endif
