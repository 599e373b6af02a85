/* Solomon's and Gehring and Homberger's column text: name, VEHICLE block, CUSTOMER table with the depot first. */
#include "io/instance/draft.h"

#include "base/alloc.h"

enum { COLUMNS_N = 7, VEHICLE_COLUMNS_N = 2 };
static const char *const columns[COLUMNS_N] = {"CUST NO.", "XCOORD.", "YCOORD.", "DEMAND", "READY TIME", "DUE DATE", "SERVICE TIME"};

static enum xd_status expect_line(struct xd_scan *scan, const char *word, struct xd_scan_line *line, struct xd_error *error)
{
    struct xd_token token = {0};
    const bool there = xd_scan_next(scan, line);
    if (there)
        (void)xd_scan_split(line, &token, 1);
    if (!there || (word && !xd_token_is(&token, word)))
        return xd_fail(error, XD_DATA, xd_at_line(scan->source, scan->line, there ? line->column : 0),
                       there ? "the line does not begin with %s; expected it here" : "the file ends before %s; expected it here",
                       word ? word : "its numbers");
    return XD_OK;
}

static enum xd_status read_fleet(struct xd_scan *scan, struct xd_draft *draft, struct xd_error *error)
{
    struct xd_scan_line line;
    struct xd_token tokens[VEHICLE_COLUMNS_N];
    enum xd_status status = expect_line(scan, "VEHICLE", &line, error);
    if (status == XD_OK)
        status = expect_line(scan, "NUMBER", &line, error);
    if (status == XD_OK)
        status = expect_line(scan, NULL, &line, error);
    if (status != XD_OK)
        return status;
    const size_t found_n = xd_scan_split(&line, tokens, VEHICLE_COLUMNS_N);
    if (found_n != VEHICLE_COLUMNS_N)
        return xd_fail(error, XD_DATA, xd_at_line(scan->source, line.line, line.column), "the line holds %ld values; expected %ld", (long)found_n,
                       (long)VEHICLE_COLUMNS_N);
    status = xd_scan_int(scan, &tokens[0], "NUMBER", 1, XD_PROBLEM_VEHICLES_MAX, &draft->vehicles_n, error);
    if (status == XD_OK)
        status = xd_scan_int(scan, &tokens[1], "CAPACITY", 1, XD_LOAD_MAX, &draft->capacity, error);
    return status;
}

static enum xd_status read_customer(struct xd_scan *scan, const struct xd_scan_line *line, struct xd_draft *draft, struct xd_error *error)
{
    struct xd_token tokens[COLUMNS_N];
    struct xd_draft_point *p = &draft->points[draft->points_n];
    int64_t number = 0;
    const size_t found_n = xd_scan_split(line, tokens, COLUMNS_N);
    if (found_n != COLUMNS_N)
        return xd_fail(error, XD_DATA, xd_at_line(scan->source, line->line, line->column), "the line holds %ld values; expected %ld", (long)found_n,
                       (long)COLUMNS_N);
    enum xd_status status = xd_scan_int(scan, &tokens[0], columns[0], draft->points_n, draft->points_n, &number, error);
    if (status == XD_OK)
        status = xd_scan_double(scan, &tokens[1], columns[1], -XD_INSTANCE_COORDINATE_MAX, XD_INSTANCE_COORDINATE_MAX, &p->x, error);
    if (status == XD_OK)
        status = xd_scan_double(scan, &tokens[2], columns[2], -XD_INSTANCE_COORDINATE_MAX, XD_INSTANCE_COORDINATE_MAX, &p->y, error);
    if (status == XD_OK)
        status = xd_scan_int(scan, &tokens[3], columns[3], 0, draft->points_n == 0 ? 0 : draft->capacity, &p->demand, error);
    if (status == XD_OK)
        status = xd_scan_fixed(scan, &tokens[4], columns[4], XD_DRAFT_DECIMALS, 0, XD_INSTANCE_SECONDS_MAX, &p->ready_e4, error);
    if (status == XD_OK)
        status = xd_scan_fixed(scan, &tokens[5], columns[5], XD_DRAFT_DECIMALS, 0, XD_INSTANCE_SECONDS_MAX, &p->due_e4, error);
    if (status == XD_OK && p->due_e4 < p->ready_e4)
        status = xd_fail(error, XD_DATA, xd_scan_at(scan, &tokens[5], columns[5]),
                         "the window ends before it begins; expected DUE DATE from READY TIME on");
    if (status == XD_OK)
        status = xd_scan_fixed(scan, &tokens[6], columns[6], XD_DRAFT_DECIMALS, 0, XD_INSTANCE_SECONDS_MAX, &p->service_e4, error);
    p->place_line = line->line;
    if (status == XD_OK)
        draft->points_n++;
    return status;
}

enum xd_status xd_draft_read_solomon(struct xd_scan *scan, struct xd_draft *draft, struct xd_error *error)
{
    struct xd_scan_line line;
    size_t capacity = 0;
    draft->family = XD_INSTANCE_VRPTW;
    draft->duration_max_e4 = -1;
    enum xd_status status = expect_line(scan, NULL, &line, error);
    if (status != XD_OK)
        return status;
    xd_scan_copy(line.text, line.n, draft->name, sizeof draft->name);
    status = read_fleet(scan, draft, error);
    if (status == XD_OK)
        status = expect_line(scan, "CUSTOMER", &line, error);
    if (status == XD_OK)
        status = expect_line(scan, "CUST", &line, error);
    while (status == XD_OK && xd_scan_next(scan, &line)) {
        void *points = draft->points;
        status = xd_array_reserve(&points, &capacity, (size_t)draft->points_n + 1, sizeof *draft->points, XD_PROBLEM_STOPS_MAX + 1,
                                  "customers of an instance", error);
        draft->points = points;
        if (status == XD_OK) {
            draft->points[draft->points_n] = (struct xd_draft_point){0};
            status = read_customer(scan, &line, draft, error);
        }
    }
    if (status == XD_OK && draft->points_n < 2)
        status = xd_fail(error, XD_DATA, xd_at_line(scan->source, scan->line, 0),
                         "the table holds %ld rows; expected the depot and at least one customer", (long)draft->points_n);
    return status;
}
