/* The list of violations while it grows. Private to the judge. */
#ifndef XD_SOLVER_CHECK_REPORT_H
#define XD_SOLVER_CHECK_REPORT_H

#include "solver/check/check.h"

struct xd_report {
    struct xd_violations *violations; /* borrowed */
    size_t capacity;                  /* of its items */
    int64_t found_n;                  /* also those that could not be stored */
    enum xd_status status;            /* XD_NO_MEMORY once the list could not grow */
    struct xd_error *error;
};

/* Never fails at once: the status is asked when all is judged. Over XD_VIOLATIONS_MAX they are counted as left out. */
void xd_report_add(struct xd_report *report, enum xd_violation_kind kind, int32_t route, int32_t stop, int64_t found, int64_t limit);

#endif
