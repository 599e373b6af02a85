#include "base/geo.h"

#include <math.h>
#include <stddef.h>
#include <strings.h>

static const double PI = 3.14159265358979323846;
static const double EARTH_RADIUS_M = 6371008.8;
static const double E7 = 1e7;

enum { LON_MAX_E7 = 1800000000, LAT_MAX_E7 = 900000000 };

static double radians(double degrees)
{
    return degrees * (PI / 180.0);
}

bool xd_position_valid(struct xd_position position)
{
    return position.lon_e7 >= -LON_MAX_E7 && position.lon_e7 <= LON_MAX_E7 && position.lat_e7 >= -LAT_MAX_E7 && position.lat_e7 <= LAT_MAX_E7;
}

double xd_distance_m(struct xd_position a, struct xd_position b)
{
    double lat_a = radians(a.lat_e7 / E7);
    double lat_b = radians(b.lat_e7 / E7);
    double half_lat = sin(radians(((double)b.lat_e7 - a.lat_e7) / E7) / 2);
    double half_lon = sin(radians(((double)b.lon_e7 - a.lon_e7) / E7) / 2);
    double h = half_lat * half_lat + cos(lat_a) * cos(lat_b) * half_lon * half_lon;
    return 2 * EARTH_RADIUS_M * asin(h >= 1 ? 1 : sqrt(h));
}

/* Spherical transverse Mercator around the origin's meridian: its scale is wrong by (x/R)^2/2 only (0.012 % at 100 km east or west), for every
 * pair of points near the origin and not only for pairs with the origin, as with the plain east = lon * cos(lat). */
void xd_project_m(struct xd_position origin, struct xd_position point, double *east_m, double *north_m)
{
    double lat = radians(point.lat_e7 / E7);
    double lon = radians(((double)point.lon_e7 - origin.lon_e7) / E7);
    double across = cos(lat) * sin(lon);
    *east_m = EARTH_RADIUS_M * atanh(across);
    *north_m = EARTH_RADIUS_M * (atan2(sin(lat), cos(lat) * cos(lon)) - radians(origin.lat_e7 / E7));
}

/* The Chinese systems, in degrees. Source: the published reverse-engineered formulas of GCJ-02 (Krasovsky 1940 ellipsoid) and BD-09. */

struct degrees {
    double lon;
    double lat;
};

/* The rectangle in which GCJ-02 shifts; it also covers parts of the neighbours, as the maps made with it do. */
static bool is_shifted(struct degrees p)
{
    return p.lon >= 72.004 && p.lon <= 137.8347 && p.lat >= 0.8293 && p.lat <= 55.8271;
}

static struct degrees gcj02_from_wgs84(struct degrees p)
{
    static const double semi_major_m = 6378245.0;
    static const double eccentricity_2 = 0.00669342162296594323;
    if (!is_shifted(p))
        return p;
    double x = p.lon - 105.0;
    double y = p.lat - 35.0;
    double root = sqrt(fabs(x));
    double ripple = (20.0 * sin(6.0 * x * PI) + 20.0 * sin(2.0 * x * PI)) * 2.0 / 3.0;
    double north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple +
                     (20.0 * sin(y * PI) + 40.0 * sin(y / 3.0 * PI)) * 2.0 / 3.0 +
                     (160.0 * sin(y / 12.0 * PI) + 320.0 * sin(y * PI / 30.0)) * 2.0 / 3.0;
    double east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple +
                    (20.0 * sin(x * PI) + 40.0 * sin(x / 3.0 * PI)) * 2.0 / 3.0 +
                    (150.0 * sin(x / 12.0 * PI) + 300.0 * sin(x / 30.0 * PI)) * 2.0 / 3.0;
    double sine = sin(radians(p.lat));
    double w2 = 1 - eccentricity_2 * sine * sine;
    double w = sqrt(w2);
    double meridian_radius_m = semi_major_m * (1 - eccentricity_2) / (w2 * w);
    double parallel_radius_m = semi_major_m / w * cos(radians(p.lat));
    return (struct degrees){p.lon + east_m / radians(parallel_radius_m), p.lat + north_m / radians(meridian_radius_m)};
}

static struct degrees bd09_from_wgs84(struct degrees p)
{
    static const double wave = 52.35987755982988731; /* pi * 3000 / 180 */
    if (!is_shifted(p))
        return p;
    struct degrees g = gcj02_from_wgs84(p);
    double distance = sqrt(g.lon * g.lon + g.lat * g.lat) + 0.00002 * sin(g.lat * wave);
    double angle = atan2(g.lat, g.lon) + 0.000003 * cos(g.lon * wave);
    return (struct degrees){distance * cos(angle) + 0.0065, distance * sin(angle) + 0.006};
}

static struct degrees from_wgs84(struct degrees p, enum xd_crs crs)
{
    switch (crs) {
    case XD_CRS_GCJ02:
        return gcj02_from_wgs84(p);
    case XD_CRS_BD09:
        return bd09_from_wgs84(p);
    case XD_CRS_WGS84:
        break;
    }
    return p;
}

static struct degrees to_degrees(struct xd_position p)
{
    return (struct degrees){p.lon_e7 / E7, p.lat_e7 / E7};
}

static int32_t to_e7(double degrees, int32_t most)
{
    double scaled = nearbyint(degrees * E7);
    return scaled > most ? most : scaled < -most ? -most : (int32_t)scaled;
}

static struct xd_position to_position(struct degrees p)
{
    return (struct xd_position){to_e7(p.lon, LON_MAX_E7), to_e7(p.lat, LAT_MAX_E7)};
}

struct xd_position xd_position_from_wgs84(struct xd_position position, enum xd_crs crs)
{
    if (crs == XD_CRS_WGS84)
        return position;
    return to_position(from_wgs84(to_degrees(position), crs));
}

/* The shift changes by about a hundredth of the way moved, so that each step gains two digits; a fixed number of steps keeps it reproducible. */
struct xd_position xd_position_to_wgs84(struct xd_position position, enum xd_crs crs)
{
    enum { STEPS = 10 };
    struct degrees target = to_degrees(position);
    if (crs == XD_CRS_WGS84 || !is_shifted(target))
        return position;
    struct degrees guess = target;
    for (int i = 0; i < STEPS; i++) {
        struct degrees image = from_wgs84(guess, crs);
        guess.lon += target.lon - image.lon;
        guess.lat += target.lat - image.lat;
    }
    return to_position(guess);
}

static const struct {
    enum xd_crs crs;
    const char *name;
} names[] = {{XD_CRS_WGS84, "wgs84"}, {XD_CRS_GCJ02, "gcj02"}, {XD_CRS_BD09, "bd09"}};

bool xd_crs_parse(const char *name, enum xd_crs *crs)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcasecmp(name, names[i].name) == 0) {
            *crs = names[i].crs;
            return true;
        }
    }
    return false;
}

const char *xd_crs_name(enum xd_crs crs)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].crs == crs)
            return names[i].name;
    return "wgs84";
}
