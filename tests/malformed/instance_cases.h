/* Sound instances and a solution, and the ways in which they are broken: one change a case, with the error that it must give. */
#ifndef XD_TESTS_MALFORMED_INSTANCE_CASES_H
#define XD_TESTS_MALFORMED_INSTANCE_CASES_H

#include "base/error.h"

enum xd_instance_base { XD_BASE_CVRP, XD_BASE_TABLE, XD_BASE_SOLOMON, XD_BASE_SOLUTION, XD_INSTANCE_BASES_N }; /* the solution is of XD_BASE_CVRP */

extern const char *const xd_instance_bases[XD_INSTANCE_BASES_N];

struct xd_instance_case {
    const char *name;
    enum xd_instance_base base;
    const char *from;     /* replaced where it first stands; NULL = the whole becomes `to` */
    const char *to;       /* NULL = the file is cut before `from` */
    int64_t line, column; /* 0 = none expected */
    const char *field;
    const char *message; /* a part of it */
};

extern const struct xd_instance_case xd_instance_malformed[];
extern const size_t xd_instance_malformed_n;

/* Base text with the case's change; xd_free it. NULL when from does not stand in the text. */
char *xd_instance_case_text(const struct xd_instance_case *c);

#endif
