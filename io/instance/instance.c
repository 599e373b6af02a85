#include "io/instance/instance.h"

#include "base/alloc.h"
#include "io/bytes/input.h"
#include "io/instance/draft.h"

#include <math.h>
#include <string.h>

/* ---- conventions ---- */

static const struct {
    const char *name, *text;
} conventions[] = {
    [XD_CONVENTION_AUTO] = {"auto", "the convention of the instance's own set"},
    [XD_CONVENTION_ROUNDED] = {"rounded", "lengths rounded to the nearest integer, as TSPLIB says; total length"},
    [XD_CONVENTION_EXACT] = {"exact", "unrounded lengths, kept to some decimals; total length"},
    [XD_CONVENTION_TRUNCATED] = {"truncated", "lengths and travel times truncated to one decimal (DIMACS); total length"},
};

const char *xd_instance_convention_name(enum xd_instance_convention convention)
{
    return conventions[convention].name;
}

const char *xd_instance_convention_text(enum xd_instance_convention convention)
{
    return conventions[convention].text;
}

const char *xd_instance_family_name(enum xd_instance_family family)
{
    return family == XD_INSTANCE_CVRP ? "cvrp" : "vrptw";
}

static enum xd_instance_convention choose_convention(const struct xd_draft *draft, enum xd_instance_convention asked)
{
    if (asked != XD_CONVENTION_AUTO)
        return asked;
    if (draft->family == XD_INSTANCE_VRPTW)
        return XD_CONVENTION_TRUNCATED;
    /* Both sets say EUC_2D, yet all their published values are of unrounded lengths. */
    const bool unrounded = strncmp(draft->name, "CMT", 3) == 0 || strncmp(draft->name, "Golden", 6) == 0;
    return unrounded && !draft->weights ? XD_CONVENTION_EXACT : XD_CONVENTION_ROUNDED;
}

static int decimals_of(enum xd_instance_convention convention, enum xd_instance_family family)
{
    if (convention == XD_CONVENTION_TRUNCATED)
        return 1;
    if (convention == XD_CONVENTION_EXACT)
        return family == XD_INSTANCE_VRPTW ? XD_INSTANCE_TIMED_DECIMALS : XD_INSTANCE_EXACT_DECIMALS;
    return 0;
}

/* ---- the matrix ---- */

static int32_t point_of(const struct xd_draft *draft, int32_t location)
{
    if (location == 0)
        return draft->depot;
    return location <= draft->depot ? location - 1 : location;
}

/* The length between coordinates in units of the problem; false when it does not fit. sqrt is exact to the last bit in IEEE arithmetic, so that
 * every compiler gives the same integers. */
static bool euclid(const struct xd_draft_point *a, const struct xd_draft_point *b, enum xd_instance_convention convention, double scale,
                   int32_t *length)
{
    const double dx = a->x - b->x, dy = a->y - b->y;
    const double scaled = sqrt(dx * dx + dy * dy) * scale;
    if (!(scaled < (double)XD_LENGTH_NO_LIMIT))
        return false;
    *length = (int32_t)(convention == XD_CONVENTION_TRUNCATED ? scaled : scaled + 0.5);
    return true;
}

static enum xd_status fill_matrix(const struct xd_draft *draft, enum xd_instance_convention convention, int64_t scale, bool timed,
                                  const struct xd_progress *progress, struct xd_matrix *matrix, struct xd_error *error)
{
    for (int32_t from = 0; from < draft->points_n; from++) {
        const int32_t a = point_of(draft, from);
        if (xd_cancelled(progress))
            return xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted while the tables were made");
        for (int32_t to = 0; to < draft->points_n; to++) {
            const int32_t b = point_of(draft, to);
            const size_t cell = xd_matrix_cell(matrix, from, to);
            if (draft->weights) {
                const int64_t weight = xd_matrix_length_m(draft->weights, a, b) * scale;
                if (weight >= XD_LENGTH_NO_LIMIT)
                    return xd_fail(error, XD_DATA, xd_at_none(), "the weight from node %ld to node %ld is too large; expected under %ld", (long)a + 1,
                                   (long)b + 1, (long)(XD_LENGTH_NO_LIMIT / scale));
                matrix->length_m[cell] = (int32_t)weight;
            } else if (!euclid(&draft->points[a], &draft->points[b], convention, (double)scale, &matrix->length_m[cell])) {
                return xd_fail(error, XD_DATA, xd_at_none(), "nodes %ld and %ld lie too far apart; expected less than %ld", (long)a + 1, (long)b + 1,
                               (long)(XD_LENGTH_NO_LIMIT / scale));
            }
            matrix->time_s[cell] = timed ? matrix->length_m[cell] : 0;
        }
    }
    return XD_OK;
}

/* ---- the problem ---- */

static int64_t scaled_down(int64_t value_e4, int64_t scale)
{
    return value_e4 * scale / XD_DRAFT_SCALE;
}

static int64_t scaled_up(int64_t value_e4, int64_t scale)
{
    return (value_e4 * scale + XD_DRAFT_SCALE - 1) / XD_DRAFT_SCALE;
}

/* timed: the clock matters. Without windows and limits all times are 0, so that no route is too long for the day. */
static void fill_stop(const struct xd_draft *draft, int32_t location, int64_t scale, bool timed, struct xd_stop *stop)
{
    const struct xd_draft_point *point = &draft->points[point_of(draft, location)];
    *stop = (struct xd_stop){.location = location, .latest_s = XD_TIME_MAX, .unserved_cost = XD_REQUIRED, .origin = location};
    stop->delivery[0] = point->demand;
    if (timed)
        stop->service_s = scaled_up(point->service_e4, scale);
    if (draft->family == XD_INSTANCE_VRPTW) {
        stop->earliest_s = scaled_up(point->ready_e4, scale);
        stop->latest_s = scaled_down(point->due_e4, scale);
    }
}

static void fill_type(const struct xd_draft *draft, int64_t scale, struct xd_vehicle_type *type)
{
    *type = (struct xd_vehicle_type){
        .name = "vehicle", .latest_s = XD_TIME_MAX, .duration_max_s = XD_TIME_MAX, .length_max_m = XD_LENGTH_NO_LIMIT, .cost_per_m = 1};
    type->count = draft->vehicles_n < 0 ? draft->points_n - 1 : (int32_t)draft->vehicles_n;
    type->capacity[0] = draft->capacity;
    if (draft->duration_max_e4 >= 0)
        type->duration_max_s = scaled_down(draft->duration_max_e4, scale);
    if (draft->family == XD_INSTANCE_VRPTW) {
        type->earliest_s = scaled_up(draft->points[draft->depot].ready_e4, scale);
        type->latest_s = scaled_down(draft->points[draft->depot].due_e4, scale);
    }
}

/* The problem's clock ends at XD_TIME_MAX; the finer the convention, the fewer units of the file that is. */
static enum xd_status check_time(const struct xd_instance *instance, const char *field, int64_t line, int64_t value_e4, int64_t scale,
                                 struct xd_error *error)
{
    const int64_t max = XD_TIME_MAX / scale;
    struct xd_location at = xd_at_none();
    if (value_e4 <= max * XD_DRAFT_SCALE)
        return XD_OK;
    at.line = line;
    at.field = field;
    return xd_fail(error, XD_DATA, at, "%.4f is too long for the convention \"%s\"; expected at most %lld", (double)value_e4 / XD_DRAFT_SCALE,
                   xd_instance_convention_name(instance->convention), (long long)max);
}

static enum xd_status check_times(const struct xd_draft *draft, const struct xd_instance *instance, int64_t scale, struct xd_error *error)
{
    enum xd_status status = check_time(instance, "DISTANCE", 0, draft->duration_max_e4, scale, error);
    for (int32_t i = 0; i < draft->points_n && status == XD_OK; i++) {
        const struct xd_draft_point *p = &draft->points[i];
        const bool windows = draft->family == XD_INSTANCE_VRPTW;
        status = check_time(instance, windows ? "SERVICE TIME" : "SERVICE_TIME", windows ? p->place_line : 0, p->service_e4, scale, error);
        if (status == XD_OK)
            status = check_time(instance, "DUE DATE", p->place_line, p->due_e4, scale, error); /* READY TIME is not after it */
    }
    return status;
}

static enum xd_status build(const struct xd_draft *draft, const struct xd_instance_options *options, struct xd_instance *instance,
                            struct xd_error *error)
{
    const int32_t customers_n = draft->points_n - 1;
    const bool timed = draft->family == XD_INSTANCE_VRPTW || draft->duration_max_e4 >= 0;
    struct xd_vehicle_type type;
    struct xd_stop *stops = xd_alloc((size_t)customers_n, sizeof *stops);
    const struct xd_progress *progress = options ? options->progress : NULL;
    int64_t scale = 1;
    if (!stops)
        return xd_fail_memory(error, "the stops of the instance", (size_t)customers_n * sizeof *stops);
    instance->family = draft->family;
    instance->convention = choose_convention(draft, options ? options->convention : XD_CONVENTION_AUTO);
    instance->cost_decimals = decimals_of(instance->convention, draft->family);
    for (int i = 0; i < instance->cost_decimals; i++)
        scale *= 10;
    enum xd_status status = timed ? check_times(draft, instance, scale, error) : XD_OK;
    if (status == XD_OK)
        status = xd_matrix_create(draft->points_n, &instance->matrix, error);
    if (status == XD_OK)
        status = fill_matrix(draft, instance->convention, scale, timed, progress, instance->matrix, error);
    if (status != XD_OK)
        goto done;
    for (int32_t s = 0; s < customers_n; s++)
        fill_stop(draft, s + 1, scale, timed, &stops[s]);
    fill_type(draft, scale, &type);
    const struct xd_matrix *matrices[1] = {instance->matrix};
    const struct xd_problem_input input = {.name = draft->name,
                                           .stops = stops,
                                           .stops_n = customers_n,
                                           .types = &type,
                                           .types_n = 1,
                                           .matrices = matrices,
                                           .matrices_n = 1,
                                           .cost_scale = scale,
                                           .progress = progress};
    status = xd_problem_build(&input, &instance->problem, error);
done:
    xd_free(stops);
    return status;
}

/* ---- the doors ---- */

void xd_draft_free(struct xd_draft *draft)
{
    xd_free(draft->points);
    xd_matrix_free(draft->weights);
    *draft = (struct xd_draft){0};
}

/* Solomon's files have a line VEHICLE of its own soon; CVRPLIB's begin with keywords and colons. */
static bool looks_like_solomon(struct xd_scan scan)
{
    struct xd_scan_line line;
    struct xd_token token;
    for (int i = 0; i < 3 && xd_scan_next(&scan, &line); i++) {
        const size_t tokens_n = xd_scan_split(&line, &token, 1);
        if (tokens_n == 1 && xd_token_is(&token, "VEHICLE"))
            return true;
    }
    return false;
}

enum xd_status xd_instance_parse(const char *source, const char *bytes, size_t n, const struct xd_instance_options *options,
                                 struct xd_instance **instance, struct xd_error *error)
{
    struct xd_scan scan = xd_scan_begin(source, bytes, n);
    struct xd_draft draft = {0};
    struct xd_instance *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the instance", sizeof *made);
    enum xd_status status = looks_like_solomon(scan) ? xd_draft_read_solomon(&scan, &draft, error) : xd_draft_read_tsplib(&scan, &draft, error);
    if (status == XD_OK) {
        status = build(&draft, options, made, error);
        /* What only shows in the whole has no line, but it has a file. */
        if (status == XD_DATA && error && error->source[0] == '\0')
            xd_scan_copy(source, strlen(source), error->source, sizeof error->source);
    }
    xd_draft_free(&draft);
    if (status == XD_OK) {
        *instance = made;
        made = NULL;
    }
    xd_instance_free(made);
    return status;
}

enum xd_status xd_instance_read(const char *path, const struct xd_instance_options *options, struct xd_instance **instance, struct xd_error *error)
{
    struct xd_buffer buffer;
    xd_buffer_init(&buffer, XD_INSTANCE_BYTES_MAX);
    enum xd_status status = xd_input_read_all(path, XD_INSTANCE_BYTES_MAX, &buffer, error);
    if (status == XD_OK)
        status = xd_instance_parse(path, buffer.bytes ? buffer.bytes : "", buffer.length, options, instance, error);
    xd_buffer_free(&buffer);
    return status;
}

void xd_instance_free(struct xd_instance *instance)
{
    if (!instance)
        return;
    xd_problem_free(instance->problem);
    xd_matrix_free(instance->matrix);
    xd_free(instance);
}
