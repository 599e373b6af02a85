/* The travel table: the one value in which maps and solver meet.
 *
 * Shape: n x n, row = origin, column = destination, row-major; the diagonal is 0.
 * Units: time_s seconds, length_m metres, energy_kj kilojoules; all are XD_UNREACHABLE where there is no way: ask xd_matrix_reachable before summing.
 * Owns: the arrays. Threads: immutable after construction, shared freely.
 */
#ifndef XD_BASE_MATRIX_H
#define XD_BASE_MATRIX_H

#include "base/error.h"

#include <stddef.h>

#define XD_UNREACHABLE INT32_MAX
enum { XD_MATRIX_POINTS_MAX = 32768 };

struct xd_matrix {
    int32_t points_n;
    int32_t *time_s;
    int32_t *length_m;
    int32_t *energy_kj; /* NULL: not asked for; XD_UNREACHABLE where there is no way */
};

/* All cells XD_UNREACHABLE, the diagonal 0. Errors: XD_DATA above XD_MATRIX_POINTS_MAX, XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_matrix_create(int32_t points_n, struct xd_matrix **matrix, struct xd_error *error);
/* For who writes every cell: the arrays hold anything. with_energy: energy_kj too. Errors as xd_matrix_create. */
XD_MUST_CHECK enum xd_status xd_matrix_create_blank(int32_t points_n, bool with_energy, struct xd_matrix **matrix, struct xd_error *error);
/* Row `from`: XD_UNREACHABLE, 0 on the diagonal. */
void xd_matrix_clear_row(struct xd_matrix *matrix, int32_t from);
void xd_matrix_free(struct xd_matrix *matrix);

static inline size_t xd_matrix_cell(const struct xd_matrix *matrix, int32_t from, int32_t to)
{
    return (size_t)from * (size_t)matrix->points_n + (size_t)to;
}
static inline int32_t xd_matrix_time_s(const struct xd_matrix *matrix, int32_t from, int32_t to)
{
    return matrix->time_s[xd_matrix_cell(matrix, from, to)];
}
static inline int32_t xd_matrix_length_m(const struct xd_matrix *matrix, int32_t from, int32_t to)
{
    return matrix->length_m[xd_matrix_cell(matrix, from, to)];
}
static inline bool xd_matrix_reachable(const struct xd_matrix *matrix, int32_t from, int32_t to)
{
    return matrix->time_s[xd_matrix_cell(matrix, from, to)] != XD_UNREACHABLE;
}

#endif
