#include "base/matrix.h"

#include "base/alloc.h"

enum xd_status xd_matrix_create(int32_t points_n, struct xd_matrix **matrix, struct xd_error *error)
{
    if (points_n < 0 || points_n > XD_MATRIX_POINTS_MAX)
        return xd_fail(error, XD_DATA, xd_at_none(), "a travel table of %d points is asked for, the limit is %d; plan a smaller area", (int)points_n,
                       (int)XD_MATRIX_POINTS_MAX);
    enum xd_status status = XD_OK;
    size_t cells_n = (size_t)points_n * (size_t)points_n;
    struct xd_matrix *made = xd_alloc_zero(1, sizeof *made);
    if (made) {
        made->points_n = points_n;
        made->time_s = xd_alloc(cells_n, sizeof *made->time_s);
        made->length_m = xd_alloc(cells_n, sizeof *made->length_m);
    }
    if (!made || !made->time_s || !made->length_m) {
        status = xd_fail_memory(error, "the travel table", cells_n * 2 * sizeof(int32_t));
        goto done;
    }
    for (size_t cell = 0; cell < cells_n; cell++) {
        made->time_s[cell] = XD_UNREACHABLE;
        made->length_m[cell] = XD_UNREACHABLE;
    }
    for (int32_t i = 0; i < points_n; i++) {
        made->time_s[xd_matrix_cell(made, i, i)] = 0;
        made->length_m[xd_matrix_cell(made, i, i)] = 0;
    }
    *matrix = made;
    made = NULL;
done:
    xd_matrix_free(made);
    return status;
}

void xd_matrix_free(struct xd_matrix *matrix)
{
    if (!matrix)
        return;
    xd_free(matrix->length_m);
    xd_free(matrix->time_s);
    xd_free(matrix);
}
