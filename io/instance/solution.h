/* Solutions of benchmark instances in the CVRPLIB form (docs/formats/instances.md): `Route #1: 3 7 12`, one line a route, then `Cost N`.
 *
 * Customers are numbered from 1 in file order, the depot left out. Routes of a problem with several vehicle types carry theirs: `Route #1 %2: 5 7`.
 */
#ifndef XD_IO_INSTANCE_SOLUTION_H
#define XD_IO_INSTANCE_SOLUTION_H

#include "base/buffer.h"
#include "io/instance/instance.h"
#include "solver/check/check.h"

#define XD_SOLUTION_BYTES_MAX ((size_t)16 * 1024 * 1024)
enum { XD_SOLUTION_COST_TEXT_MAX = 32 };

/* Appends the text of the plan, which must be of the instance's problem. Errors: XD_NO_MEMORY, XD_DATA over the buffer's maximum. */
XD_MUST_CHECK enum xd_status xd_solution_write(const struct xd_instance *instance, const struct xd_verified_plan *plan, struct xd_buffer *buffer,
                                               struct xd_error *error);

/* A cost of the problem in the units of the instance: "26362", "828.9", "524.6111". */
void xd_solution_cost_text(const struct xd_instance *instance, int64_t cost, char dst[XD_SOLUTION_COST_TEXT_MAX]);

/* Routes as a file states them. Owns its arrays (xd_solution_free). Whether they are allowed and cost what is stated is the checker's to say. */
struct xd_solution {
    int32_t routes_n;
    int32_t *types; /* routes_n */
    int32_t *first; /* routes_n + 1 */
    int32_t *stops;
    bool has_cost;
    int64_t cost; /* as stated, in units of the problem */
};

/* Errors: XD_NO_INPUT, XD_IO, XD_NO_MEMORY; XD_DATA with line and column: a line that is neither route nor cost, an unknown customer or vehicle type, more than
 * two visits a customer, no route at all. *solution is unchanged then. */
XD_MUST_CHECK enum xd_status xd_solution_read(const char *path, const struct xd_instance *instance, struct xd_solution *solution,
                                              struct xd_error *error);
XD_MUST_CHECK enum xd_status xd_solution_parse(const char *source, const char *bytes, size_t n, const struct xd_instance *instance,
                                               struct xd_solution *solution, struct xd_error *error);
void xd_solution_free(struct xd_solution *solution);
struct xd_routes xd_solution_routes(const struct xd_solution *solution); /* borrows */

#endif
