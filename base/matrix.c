#include "base/matrix.h"

#include "base/alloc.h"

enum xd_status xd_matrix_create_blank(int32_t points_n, bool with_energy, struct xd_matrix **matrix, struct xd_error *error)
{
    if (points_n < 0 || points_n > XD_MATRIX_POINTS_MAX)
        return xd_fail(error, XD_DATA, xd_at_none(), "a travel table of %d points is asked for, the limit is %d; plan a smaller area", (int)points_n,
                       (int)XD_MATRIX_POINTS_MAX);
    const size_t cells_n = (size_t)points_n * (size_t)points_n;
    struct xd_matrix *made = xd_alloc_zero(1, sizeof *made);
    if (made) {
        made->points_n = points_n;
        made->time_s = xd_alloc(cells_n, sizeof *made->time_s);
        made->length_m = xd_alloc(cells_n, sizeof *made->length_m);
        made->energy_kj = with_energy ? xd_alloc(cells_n, sizeof *made->energy_kj) : NULL;
    }
    if (!made || !made->time_s || !made->length_m || (with_energy && !made->energy_kj)) {
        xd_matrix_free(made);
        return xd_fail_memory(error, "the travel table", cells_n * 3 * sizeof(int32_t));
    }
    *matrix = made;
    return XD_OK;
}

void xd_matrix_clear_row(struct xd_matrix *matrix, int32_t from)
{
    for (int32_t to = 0; to < matrix->points_n; to++) {
        const size_t cell = xd_matrix_cell(matrix, from, to);
        matrix->time_s[cell] = matrix->length_m[cell] = to == from ? 0 : XD_UNREACHABLE;
        if (matrix->energy_kj)
            matrix->energy_kj[cell] = to == from ? 0 : XD_UNREACHABLE;
    }
}

enum xd_status xd_matrix_create(int32_t points_n, struct xd_matrix **matrix, struct xd_error *error)
{
    enum xd_status status = xd_matrix_create_blank(points_n, false, matrix, error);
    for (int32_t from = 0; from < points_n && status == XD_OK; from++)
        xd_matrix_clear_row(*matrix, from);
    return status;
}

void xd_matrix_free(struct xd_matrix *matrix)
{
    if (!matrix)
        return;
    xd_free(matrix->energy_kj);
    xd_free(matrix->length_m);
    xd_free(matrix->time_s);
    xd_free(matrix);
}
