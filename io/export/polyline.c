#include "io/export/polyline.h"

#include <string.h>

enum { STACK_MAX = 128 };

static double off_line_m2(struct xd_position a, struct xd_position b, struct xd_position p)
{
    double bx, by, px, py;
    xd_project_m(a, b, &bx, &by);
    xd_project_m(a, p, &px, &py);
    const double length2 = bx * bx + by * by;
    double part = length2 > 0.0 ? (px * bx + py * by) / length2 : 0.0;
    part = part < 0.0 ? 0.0 : part > 1.0 ? 1.0 : part;
    const double dx = px - part * bx;
    const double dy = py - part * by;
    return dx * dx + dy * dy;
}

/* The stack holds the larger halves' bounds at most; the smaller half is done first, so its depth is log2(n). */
static void mark(const struct xd_position *points, int64_t points_n, double tolerance_m, unsigned char *keep)
{
    int64_t stack[STACK_MAX][2];
    int depth = 0;
    memset(keep, 0, (size_t)points_n);
    keep[0] = keep[points_n - 1] = 1;
    stack[depth][0] = 0;
    stack[depth++][1] = points_n - 1;
    while (depth > 0) {
        const int64_t first = stack[--depth][0];
        const int64_t last = stack[depth][1];
        int64_t farthest = -1;
        double most = tolerance_m * tolerance_m;
        for (int64_t i = first + 1; i < last; i++) {
            const double off = off_line_m2(points[first], points[last], points[i]);
            if (off > most) {
                most = off;
                farthest = i;
            }
        }
        if (farthest < 0 || depth + 2 > STACK_MAX)
            continue;
        keep[farthest] = 1;
        const bool left_larger = farthest - first > last - farthest;
        stack[depth][0] = left_larger ? first : farthest;
        stack[depth++][1] = left_larger ? farthest : last;
        stack[depth][0] = left_larger ? farthest : first;
        stack[depth++][1] = left_larger ? last : farthest;
    }
}

static size_t encode(int64_t difference, char *dst)
{
    uint64_t value = difference < 0 ? ~((uint64_t)difference << 1) : (uint64_t)difference << 1;
    size_t n = 0;
    while (value >= 32) {
        dst[n++] = (char)(63 + (32 | (value & 31)));
        value >>= 5;
    }
    dst[n++] = (char)(63 + value);
    return n;
}

static int64_t round_e5(int32_t e7)
{
    return (e7 >= 0 ? (int64_t)e7 + 50 : (int64_t)e7 - 50) / 100;
}

enum xd_status xd_polyline_append(struct xd_buffer *buffer, const struct xd_position *points, int64_t points_n, double tolerance_m,
                                  unsigned char *keep, struct xd_error *error)
{
    int64_t lat = 0;
    int64_t lon = 0;
    if (points_n > 0)
        mark(points, points_n, tolerance_m, keep);
    for (int64_t i = 0; i < points_n; i++) {
        if (!keep[i])
            continue;
        char text[32];
        size_t n = encode(round_e5(points[i].lat_e7) - lat, text);
        n += encode(round_e5(points[i].lon_e7) - lon, text + n);
        lat = round_e5(points[i].lat_e7);
        lon = round_e5(points[i].lon_e7);
        const enum xd_status status = xd_buffer_append(buffer, text, n, error);
        if (status != XD_OK)
            return status;
    }
    return XD_OK;
}
