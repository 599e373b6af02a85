/* What a file says, before units and conventions: the common form of the parsers. Private to io/instance. */
#ifndef XD_IO_INSTANCE_DRAFT_H
#define XD_IO_INSTANCE_DRAFT_H

#include "io/instance/instance.h"
#include "io/instance/scan.h"

enum { XD_DRAFT_DECIMALS = 4, XD_DRAFT_SCALE = 10000 }; /* times of the file are kept as integers times this */

struct xd_draft_point {
    double x, y;
    int64_t demand;
    int64_t ready_e4, due_e4, service_e4;
    int64_t place_line, demand_line; /* where each was given; 0 = not yet */
};

struct xd_draft {
    char name[XD_PROBLEM_NAME_MAX];
    enum xd_instance_family family;
    int32_t points_n; /* depot and customers, in file order */
    struct xd_draft_point *points;
    int32_t depot;
    int64_t capacity;
    int64_t vehicles_n;        /* -1 = as many as customers */
    int64_t duration_max_e4;   /* -1 = none; length and service together */
    struct xd_matrix *weights; /* EXPLICIT lengths in file order; NULL = from coordinates */
};

/* draft is zero-initialised by the caller, who frees it also after an error. */
XD_MUST_CHECK enum xd_status xd_draft_read_tsplib(struct xd_scan *scan, struct xd_draft *draft, struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_draft_read_solomon(struct xd_scan *scan, struct xd_draft *draft, struct xd_error *error);
void xd_draft_free(struct xd_draft *draft);

#endif
