#include "maps/overlay_shape.h"

#include "base/alloc.h"

#include <math.h>

enum { STEPS_MIN = 8, STEPS_MAX = 100000 };
static const double metres_a_unit = 6371008.8 * 3.14159265358979323846 / 180.0 / 1e7;
static const double step_min_m = 0.5, step_max_m = 5.0;

static double cosine_of(int64_t lat_e7)
{
    return cos((double)lat_e7 / 1e7 * (3.14159265358979323846 / 180.0));
}

static double lesser(double a, double b)
{
    return a < b ? a : b;
}

static int32_t points_n_of(const struct xd_closure *closure)
{
    return closure->groups_n > 0 ? closure->first_point[closure->first_part[closure->groups_n]] : 0;
}

/* ---- preparing ---- */

static struct xd_shape_box box_of(const struct xd_closure *closure)
{
    struct xd_shape_box box = {INT64_MAX, INT64_MAX, INT64_MIN, INT64_MIN};
    const int32_t n = points_n_of(closure);
    for (int32_t i = 0; i < n; i++) {
        const struct xd_position at = closure->points[i];
        box.west = at.lon_e7 < box.west ? at.lon_e7 : box.west;
        box.east = at.lon_e7 > box.east ? at.lon_e7 : box.east;
        box.south = at.lat_e7 < box.south ? at.lat_e7 : box.south;
        box.north = at.lat_e7 > box.north ? at.lat_e7 : box.north;
    }
    if (n > 0 && closure->reach_m > 0) {
        const int64_t high = (int64_t)(closure->reach_m / metres_a_unit * 1.01) + 1;
        const int64_t pole = box.north > -box.south ? box.north : -box.south;
        const double squeeze = cosine_of(pole);
        const int64_t wide = squeeze > 0.01 ? (int64_t)((double)high / squeeze * 1.01) + 1 : INT32_MAX * (int64_t)2;
        box = (struct xd_shape_box){box.west - wide, box.south - high, box.east + wide, box.north + high};
    }
    return box;
}

enum xd_status xd_shape_prepare(const struct xd_closure *closure, struct xd_shape *shape, struct xd_error *error)
{
    *shape = (struct xd_shape){.closure = closure, .box = box_of(closure)};
    if (closure->shape != XD_CLOSURE_LINE)
        return XD_OK;
    const int32_t n = points_n_of(closure);
    shape->along_m = xd_alloc((size_t)n + 1, sizeof *shape->along_m);
    if (!shape->along_m)
        return xd_fail_memory(error, "a closure's line", ((size_t)n + 1) * sizeof *shape->along_m);
    for (int32_t part = 0; part < closure->first_part[closure->groups_n]; part++) {
        shape->along_m[closure->first_point[part]] = 0.0;
        for (int32_t i = closure->first_point[part] + 1; i < closure->first_point[part + 1]; i++)
            shape->along_m[i] = shape->along_m[i - 1] + xd_distance_m(closure->points[i - 1], closure->points[i]);
    }
    return XD_OK;
}

void xd_shape_free(struct xd_shape *shape)
{
    xd_free(shape->along_m);
    shape->along_m = NULL;
}

/* ---- areas: exact, on integers ---- */

static int sign_of(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* On which side of a to b the point c lies: each product fits 64 bits, their difference need not. */
static int side_of(struct xd_position a, struct xd_position b, struct xd_position c)
{
    const int64_t bx = (int64_t)b.lon_e7 - a.lon_e7, by = (int64_t)b.lat_e7 - a.lat_e7;
    const int64_t cx = (int64_t)c.lon_e7 - a.lon_e7, cy = (int64_t)c.lat_e7 - a.lat_e7;
    return sign_of(bx * cy, by * cx);
}

static bool overlap(int32_t a, int32_t b, int32_t c, int32_t d)
{
    return (a < b ? a : b) <= (c > d ? c : d) && (c < d ? c : d) <= (a > b ? a : b);
}

static bool meet(struct xd_position a, struct xd_position b, struct xd_position c, struct xd_position d)
{
    return overlap(a.lon_e7, b.lon_e7, c.lon_e7, d.lon_e7) && overlap(a.lat_e7, b.lat_e7, c.lat_e7, d.lat_e7) &&
           side_of(a, b, c) * side_of(a, b, d) <= 0 && side_of(c, d, a) * side_of(c, d, b) <= 0;
}

/* Rings close by themselves, whether or not their last point repeats the first. */
static bool in_polygon(const struct xd_closure *closure, int32_t group, struct xd_position at)
{
    bool inside = false;
    for (int32_t part = closure->first_part[group]; part < closure->first_part[group + 1]; part++) {
        const int32_t first = closure->first_point[part], end = closure->first_point[part + 1];
        for (int32_t i = first, before = end - 1; i < end; before = i++) {
            const struct xd_position a = closure->points[before], b = closure->points[i];
            if ((a.lat_e7 <= at.lat_e7) == (b.lat_e7 <= at.lat_e7))
                continue;
            const int side = side_of(a, b, at);
            inside = inside != (b.lat_e7 > a.lat_e7 ? side > 0 : side < 0);
        }
    }
    return inside;
}

static bool in_area(const struct xd_closure *closure, struct xd_position at)
{
    for (int32_t group = 0; group < closure->groups_n; group++)
        if (in_polygon(closure, group, at))
            return true;
    return false;
}

static bool meets_outline(const struct xd_closure *closure, struct xd_position a, struct xd_position b)
{
    for (int32_t part = 0; part < closure->first_part[closure->groups_n]; part++) {
        const int32_t first = closure->first_point[part], end = closure->first_point[part + 1];
        for (int32_t i = first, before = end - 1; i < end; before = i++)
            if (meet(a, b, closure->points[before], closure->points[i]))
                return true;
    }
    return false;
}

static void touch_area(const struct xd_closure *closure, const struct xd_position *points, int32_t points_n, uint8_t *touched)
{
    bool inside = in_area(closure, points[0]);
    for (int32_t i = 0; i + 1 < points_n; i++) {
        const bool next = in_area(closure, points[i + 1]);
        touched[i] = inside || next || meets_outline(closure, points[i], points[i + 1]) ? closure->directions : 0;
        inside = next;
    }
}

/* ---- circles and lines: in the plane around a point, in metres ---- */

struct nearest {
    double squared_m;
    double part;         /* 0..1 from a to b */
    bool before, behind; /* the foot lies outside of a to b */
};

static struct nearest nearest_on(struct xd_position from, double east_m, struct xd_position a, struct xd_position b)
{
    const double ax = ((double)a.lon_e7 - from.lon_e7) * east_m, ay = ((double)a.lat_e7 - from.lat_e7) * metres_a_unit;
    const double dx = ((double)b.lon_e7 - a.lon_e7) * east_m, dy = ((double)b.lat_e7 - a.lat_e7) * metres_a_unit;
    const double length = dx * dx + dy * dy, along = -(ax * dx + ay * dy);
    struct nearest found = {.part = 0.0, .before = along<0.0, .behind = along> length};
    if (length > 0.0 && along > 0.0)
        found.part = along >= length ? 1.0 : along / length;
    const double x = ax + found.part * dx, y = ay + found.part * dy;
    found.squared_m = x * x + y * y;
    return found;
}

static void touch_circle(const struct xd_closure *closure, const struct xd_position *points, int32_t points_n, uint8_t *touched)
{
    const struct xd_position centre = closure->points[0];
    const double east_m = metres_a_unit * cosine_of(centre.lat_e7), squared_m = (double)closure->reach_m * closure->reach_m;
    for (int32_t i = 0; i + 1 < points_n; i++)
        touched[i] = nearest_on(centre, east_m, points[i], points[i + 1]).squared_m <= squared_m ? closure->directions : 0;
}

/* How far along the line the position stands beside it; negative where it does not, within reach and between its ends. */
static double along_line(const struct xd_shape *shape, int32_t part, struct xd_position at)
{
    const struct xd_closure *closure = shape->closure;
    const int32_t first = closure->first_point[part], last = closure->first_point[part + 1] - 1;
    const double east_m = metres_a_unit * cosine_of(at.lat_e7);
    double best = (double)closure->reach_m * closure->reach_m, along_m = -1.0;
    for (int32_t i = first; i < last; i++) {
        const struct nearest found = nearest_on(at, east_m, closure->points[i], closure->points[i + 1]);
        if (found.squared_m > best)
            continue;
        best = found.squared_m;
        if ((i == first && found.before) || (i + 1 == last && found.behind))
            along_m = -1.0;
        else
            along_m = shape->along_m[i] + found.part * (shape->along_m[i + 1] - shape->along_m[i]);
    }
    return along_m;
}

static struct xd_position between(struct xd_position a, struct xd_position b, int32_t i, int32_t n)
{
    return (struct xd_position){.lon_e7 = (int32_t)(a.lon_e7 + ((int64_t)b.lon_e7 - a.lon_e7) * i / n),
                                .lat_e7 = (int32_t)(a.lat_e7 + ((int64_t)b.lat_e7 - a.lat_e7) * i / n)};
}

/* A stretch of the road that stays beside the line. */
struct run {
    double length_m, forward_m;
    int32_t first_piece;
    double along_m; /* of the line at the step before; negative: there is no run */
};

/* forward_m[], per piece, of the run that ends: added to all_m[] when the run goes along the line. */
static void end_run(struct run *run, int32_t piece, double *forward_m, double *all_m)
{
    const bool goes_along = run->forward_m * 100.0 >= run->length_m * XD_SHAPE_ALONG_PERCENT;
    for (int32_t p = run->first_piece; p <= piece; p++) {
        all_m[p] += goes_along ? forward_m[p] : 0.0;
        forward_m[p] = 0.0;
    }
    *run = (struct run){.along_m = -1.0, .first_piece = piece};
}

/* One line of the closure. forward_m[p] gets a sign: negative where the piece is drawn against the line. */
static void follow_line(const struct xd_shape *shape, int32_t part, const struct xd_position *points, int32_t points_n, double *forward_m,
                        double *all_m)
{
    const double line_m = shape->along_m[shape->closure->first_point[part + 1] - 1];
    double step_m = lesser(shape->closure->reach_m, line_m) / 4;
    step_m = step_m < step_min_m ? step_min_m : lesser(step_m, step_max_m);
    struct run run = {.along_m = -1.0};
    for (int32_t p = 0; p + 1 < points_n; p++)
        forward_m[p] = all_m[p] = 0.0;
    for (int32_t p = 0; p + 1 < points_n; p++) {
        const double length_m = xd_distance_m(points[p], points[p + 1]), wanted = lesser(length_m / step_m, STEPS_MAX);
        const int32_t steps_n = wanted < STEPS_MIN ? STEPS_MIN : (int32_t)wanted;
        for (int32_t i = p == 0 ? 0 : 1; i <= steps_n; i++) {
            const double along_m = along_line(shape, part, between(points[p], points[p + 1], i, steps_n));
            if (along_m < 0.0) {
                end_run(&run, p, forward_m, all_m);
                continue;
            }
            if (run.along_m >= 0.0 && i > 0) {
                const double own_m = length_m / steps_n, came_m = along_m - run.along_m;
                const double counts_m = lesser(own_m, fabs(came_m));
                run.length_m += own_m;
                run.forward_m += counts_m;
                forward_m[p] += came_m < 0.0 ? -counts_m : counts_m;
            } else if (run.along_m < 0.0) {
                run.first_piece = p;
            }
            run.along_m = along_m;
        }
    }
    end_run(&run, points_n - 2, forward_m, all_m);
}

static void touch_line(const struct xd_shape *shape, const struct xd_position *points, int32_t points_n, uint8_t *touched, double *scratch)
{
    const struct xd_closure *closure = shape->closure;
    double *all_m = scratch + points_n;
    for (int32_t i = 0; i + 1 < points_n; i++)
        touched[i] = 0;
    for (int32_t part = 0; part < closure->first_part[closure->groups_n]; part++) {
        const double line_m = shape->along_m[closure->first_point[part + 1] - 1];
        follow_line(shape, part, points, points_n, scratch, all_m);
        for (int32_t i = 0; i + 1 < points_n; i++) {
            const double enough_m = lesser(closure->reach_m, lesser(xd_distance_m(points[i], points[i + 1]), line_m) / 2);
            if (all_m[i] == 0.0 || fabs(all_m[i]) < enough_m)
                continue;
            const bool turned = all_m[i] < 0.0 && closure->directions != XD_CLOSURE_BOTH;
            touched[i] |= turned ? (uint8_t)(XD_CLOSURE_BOTH - closure->directions) : closure->directions;
        }
    }
}

void xd_shape_touch(const struct xd_shape *shape, const struct xd_position *points, int32_t points_n, uint8_t *touched, double *scratch)
{
    switch (shape->closure->shape) {
    case XD_CLOSURE_AREA:
        touch_area(shape->closure, points, points_n, touched);
        break;
    case XD_CLOSURE_CIRCLE:
        touch_circle(shape->closure, points, points_n, touched);
        break;
    case XD_CLOSURE_LINE:
        touch_line(shape, points, points_n, touched, scratch);
        break;
    case XD_CLOSURE_WAYS:
        for (int32_t i = 0; i + 1 < points_n; i++)
            touched[i] = shape->closure->directions;
        break;
    }
}
