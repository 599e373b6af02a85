/* Lines as text: the encoded polyline of maps in the web, with six decimals of a degree. Source: Google's description of the format; precision 6 as OSRM's. */
#ifndef XD_MAPS_POLYLINE_H
#define XD_MAPS_POLYLINE_H

#include "base/geo.h"

#include <stddef.h>

enum { XD_POLYLINE6_POINT_BYTES = 14 }; /* at most, of one point */

/* Writes the points and a NUL into text, which has room for points_n * XD_POLYLINE6_POINT_BYTES + 1 bytes. */
void xd_polyline6_encode(const struct xd_position *points, int32_t points_n, char *text);

#endif
