/* A thread that unpacks an input while its reader is at work with what came before. Inner to io/bytes.
 *
 * Shape: a ring of XD_INPUT_AHEAD_BUFFERS pieces, each filled to its end before the next, so that what is given, and at what place of the file an error is
 * told, is the same whatever the threads do. Memory: the ring, XD_INPUT_AHEAD_BYTES a piece. Threads: the source belongs to the thread until the end. */
#ifndef XD_IO_BYTES_INPUT_AHEAD_H
#define XD_IO_BYTES_INPUT_AHEAD_H

#include "io/bytes/input_source.h"

enum { XD_INPUT_AHEAD_BUFFERS = 3, XD_INPUT_AHEAD_BYTES = 256 * 1024 };

struct xd_input_ahead;

/* NULL when there is no thread or memory for it: the reader then unpacks for itself. */
struct xd_input_ahead *xd_input_ahead_start(struct xd_input_source *source);
/* The next piece, which lives until the next call; *n = 0 at the end of the data. *offset: bytes of the file that were used for all up to its end. */
XD_MUST_CHECK enum xd_status xd_input_ahead_next(struct xd_input_ahead *ahead, const unsigned char **bytes, size_t *n, int64_t *offset,
                                                 struct xd_error *error);
void xd_input_ahead_stop(struct xd_input_ahead *ahead); /* waits for the thread */

#endif
