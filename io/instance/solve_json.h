/* The object that `xiangdao solve --json` prints (docs/formats/instances.md). */
#ifndef XD_IO_INSTANCE_SOLVE_JSON_H
#define XD_IO_INSTANCE_SOLVE_JSON_H

#include "io/instance/solution.h"

struct xd_solve_facts {
    const struct xd_verified_plan *plan; /* NULL: no feasible plan was found */
    double seconds;                      /* of the search */
    int64_t iterations, horizon, seed;
    int32_t threads_n;
    const char *stop_reason;
};

/* Appends the object. Errors: as those of base/json_writer.h. */
XD_MUST_CHECK enum xd_status xd_solve_json_write(const struct xd_instance *instance, const struct xd_solve_facts *facts, struct xd_buffer *buffer,
                                                 struct xd_error *error);

#endif
