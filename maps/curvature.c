#include "maps/curvature.h"

#include <math.h>

static double least(double a, double b)
{
    return a < b ? a : b;
}

uint16_t xd_curve_radius_m(const struct xd_network *network, int32_t road, int64_t place)
{
    if (place <= network->first_node[road] || place + 1 >= network->first_node[road + 1])
        return 0;
    const struct xd_position *position = network->node_position;
    const struct xd_position before = position[network->road_node[place - 1]], here = position[network->road_node[place]],
                             behind = position[network->road_node[place + 1]];
    static const double metres_a_unit = 6371008.8 * 3.14159265358979323846 / 180.0 / 1e7;
    const double north_m = metres_a_unit, east_m = metres_a_unit * cos((double)here.lat_e7 / 1e7 * (3.14159265358979323846 / 180.0));
    const double ax = ((double)before.lon_e7 - here.lon_e7) * east_m, ay = ((double)before.lat_e7 - here.lat_e7) * north_m;
    const double bx = ((double)behind.lon_e7 - here.lon_e7) * east_m, by = ((double)behind.lat_e7 - here.lat_e7) * north_m;
    const double a = sqrt(ax * ax + ay * ay), b = sqrt(bx * bx + by * by);
    if (a <= 0.0 || b <= 0.0) /* the same point again */
        return 0;
    const double straight = -(ax * bx + ay * by) / (a * b); /* cosine of the turn */
    if (straight >= 1.0)
        return 0;
    /* a tangent of length t touches an arc of radius t / tan(turn / 2) */
    const double tangent_m = least(least(a, b) / 2.0, XD_CURVE_REACH_M);
    const double radius_m = straight <= -1.0 ? 1.0 : tangent_m * sqrt((1.0 + straight) / (1.0 - straight));
    return radius_m >= XD_CURVE_STRAIGHT_M ? 0 : radius_m < 1.0 ? 1 : (uint16_t)radius_m;
}
