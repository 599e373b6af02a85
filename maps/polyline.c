#include "maps/polyline.h"

/* 1e-7 to 1e-6 degrees, halves away from 0. */
static int64_t micro(int32_t e7)
{
    return e7 >= 0 ? ((int64_t)e7 + 5) / 10 : -((5 - (int64_t)e7) / 10);
}

/* Five bits a character, the lowest first, each but the last marked; the sign goes to the lowest bit. */
static char *put(char *to, int64_t change)
{
    uint64_t bits = change < 0 ? ~((uint64_t)change << 1) : (uint64_t)change << 1;
    for (; bits >= 0x20; bits >>= 5)
        *to++ = (char)((0x20 | (bits & 0x1f)) + 63);
    *to++ = (char)(bits + 63);
    return to;
}

void xd_polyline6_encode(const struct xd_position *points, int32_t points_n, char *text)
{
    int64_t lat = 0, lon = 0;
    for (int32_t i = 0; i < points_n; i++) {
        text = put(text, micro(points[i].lat_e7) - lat);
        text = put(text, micro(points[i].lon_e7) - lon);
        lat = micro(points[i].lat_e7);
        lon = micro(points[i].lon_e7);
    }
    *text = '\0';
}
