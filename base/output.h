/* Output files that appear whole or not at all: written beside the target, fsynced, renamed, folder fsynced.
 *
 * A set commits many files together: all temporaries are complete on disk before the first rename. Discarding (or a failure) removes the temporaries.
 * Errors: XD_CANNOT_CREATE (open, folder, rename), XD_IO (write, fsync), with path and the system's reason. After a failed write every later
 * write on that output fails too, so callers may check once at commit.
 * After a failure no temporary stays, nor an empty folder that the set made; files renamed before the failing rename stay, whole.
 * A target that exists and is not a plain file is refused. At most 32 files of a set are open at a time, the others are reopened when written to.
 * Threads: one set, one thread.
 */
#ifndef XD_BASE_OUTPUT_H
#define XD_BASE_OUTPUT_H

#include "base/error.h"

#include <stddef.h>

enum { XD_OUTPUT_FILES_MAX = 4096 };
struct xd_output_set;
struct xd_output;

XD_MUST_CHECK enum xd_status xd_output_set_open(struct xd_output_set **set, struct xd_error *error);
/* Starts a file of the set; missing parent folders are created. */
XD_MUST_CHECK enum xd_status xd_output_add(struct xd_output_set *set, const char *path, struct xd_output **output, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_output_write(struct xd_output *output, const void *bytes, size_t n, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_output_printf(struct xd_output *output, struct xd_error *error, const char *format, ...) XD_PRINTF(3, 4);
/* fsync all, rename all, fsync folders. The set is freed in either case. */
XD_MUST_CHECK enum xd_status xd_output_set_commit(struct xd_output_set *set, struct xd_error *error);
void xd_output_set_discard(struct xd_output_set *set); /* NULL legal */

/* One whole file at once. */
XD_MUST_CHECK enum xd_status xd_output_file(const char *path, const void *bytes, size_t n, struct xd_error *error);

/* Could this file be written? Its temporary is made and removed again: for work that takes long before there is something to write. */
XD_MUST_CHECK enum xd_status xd_output_probe(const char *path, struct xd_error *error);

/* Fault hook: the n-th system operation (open, write, fsync, rename, mkdir) from now fails with this errno; 0 = off. */
void xd_output_fail_at(uint64_t nth, int error_number);
uint64_t xd_output_operations_n(void);

#endif
