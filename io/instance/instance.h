/* Benchmark instances as problems: CVRPLIB/TSPLIB CVRP files and Solomon / Gehring-Homberger VRPTW files (docs/formats/instances.md).
 *
 * Shape: location 0 is the depot, location c is customer c; stop s is customer s + 1 (in file order, the depot left out); every customer must be served.
 * Units: those of the file times 10^cost_decimals. Objective: length only.
 * Owns: problem and matrix (xd_instance_free).
 */
#ifndef XD_IO_INSTANCE_INSTANCE_H
#define XD_IO_INSTANCE_INSTANCE_H

#include "solver/model/problem.h"

#define XD_INSTANCE_BYTES_MAX ((size_t)256 * 1024 * 1024)
enum { XD_INSTANCE_TIMED_DECIMALS = 3, XD_INSTANCE_EXACT_DECIMALS = 4 }; /* of the exact convention, with and without time windows */
#define XD_INSTANCE_COORDINATE_MAX 1000000000.0
#define XD_INSTANCE_SECONDS_MAX 100000000 /* windows, service, limits of the file, before scaling */

/* How a length between coordinates becomes an integer. AUTO: TRUNCATED for VRPTW, EXACT for the CMT and Golden sets, ROUNDED otherwise. */
enum xd_instance_convention { XD_CONVENTION_AUTO, XD_CONVENTION_ROUNDED, XD_CONVENTION_EXACT, XD_CONVENTION_TRUNCATED };

enum xd_instance_family { XD_INSTANCE_CVRP, XD_INSTANCE_VRPTW };

struct xd_instance_options {
    enum xd_instance_convention convention;
    const struct xd_progress *progress; /* asked between rows of the matrix whether to go on; NULL = go on */
};

struct xd_instance {
    struct xd_problem *problem;
    struct xd_matrix *matrix;
    enum xd_instance_family family;
    enum xd_instance_convention convention; /* never AUTO */
    int cost_decimals;                      /* problem costs are 10^cost_decimals times the file's units */
};

/* Errors: XD_NO_INPUT, XD_IO, XD_DATA with line, column and keyword; XD_NO_MEMORY (a matrix of 30,000 customers takes 7.2 GB);
 * XD_INTERRUPTED. */
XD_MUST_CHECK enum xd_status xd_instance_read(const char *path, const struct xd_instance_options *options, struct xd_instance **instance,
                                              struct xd_error *error);
/* As above from memory; source names the bytes in messages. */
XD_MUST_CHECK enum xd_status xd_instance_parse(const char *source, const char *bytes, size_t n, const struct xd_instance_options *options,
                                               struct xd_instance **instance, struct xd_error *error);
void xd_instance_free(struct xd_instance *instance);

const char *xd_instance_family_name(enum xd_instance_family family);             /* "cvrp", "vrptw" */
const char *xd_instance_convention_name(enum xd_instance_convention convention); /* "auto", "rounded", "exact", "truncated" */
const char *xd_instance_convention_text(enum xd_instance_convention convention); /* one English sentence, for people */

#endif
