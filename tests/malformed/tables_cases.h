/* A sound scenario and plan, and the ways in which they are broken: one change a case, with the error that it must give. */
#ifndef XD_TESTS_MALFORMED_TABLES_CASES_H
#define XD_TESTS_MALFORMED_TABLES_CASES_H

#include "base/error.h"

enum xd_tables_file {
    XD_FILE_YAML,
    XD_FILE_PLACES,
    XD_FILE_DEMAND,
    XD_FILE_FLEET,
    XD_FILE_CLOSURES,
    XD_FILE_GEOJSON,
    XD_TABLES_FILES_N,
    XD_FILE_PLAN = XD_TABLES_FILES_N
};

extern const char *const xd_tables_names[XD_TABLES_FILES_N];
extern const char *const xd_tables_base[XD_TABLES_FILES_N];

struct xd_malformed_case {
    const char *name;
    enum xd_tables_file file;
    const char *from; /* replaced where it first stands; NULL = the whole file becomes `to` (absent when `to` is NULL too) */
    const char *to;
    enum xd_status status;
    const char *source;   /* the error's file; NULL = the file changed */
    int64_t line, column; /* 0 = none expected */
    const char *field;
    const char *message; /* a part of it */
    int32_t errors_n;    /* 0 = 1 */
};

extern const struct xd_malformed_case xd_tables_malformed[];
extern const size_t xd_tables_malformed_n;

/* Base text with the case's change; xd_free it. NULL when from does not stand in the text. */
char *xd_malformed_apply(const struct xd_malformed_case *c, const char *base);

#endif
