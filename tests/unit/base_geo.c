#include "base/geo.h"
#include "base/macros.h"
#include "base/rng.h"
#include "tests/unit/base_suites.h"

#include <math.h>
#include <stdlib.h>

static const double TO_RADIANS = 3.14159265358979323846 / 180;
static const double RADIUS_M = 6371008.8;

static struct xd_position at(double lon, double lat)
{
    return (struct xd_position){(int32_t)lround(lon * 1e7), (int32_t)lround(lat * 1e7)};
}

static struct xd_position random_between(struct xd_rng *rng, double west, double south, double east, double north)
{
    return at(west + (east - west) * xd_rng_unit(rng), south + (north - south) * xd_rng_unit(rng));
}

static void positions_end_at_the_poles_and_the_date_line(void)
{
    CU_ASSERT_TRUE(xd_position_valid(at(180, 90)));
    CU_ASSERT_TRUE(xd_position_valid(at(-180, -90)));
    CU_ASSERT_FALSE(xd_position_valid((struct xd_position){1800000001, 0}));
    CU_ASSERT_FALSE(xd_position_valid((struct xd_position){0, -900000001}));
    CU_ASSERT_FALSE(xd_position_valid((struct xd_position){INT32_MIN, INT32_MAX}));
}

static void distances_follow_the_great_circle(void)
{
    double degree_m = RADIUS_M * TO_RADIANS; /* 111195.08 */
    CU_ASSERT_DOUBLE_EQUAL(xd_distance_m(at(10, 0), at(11, 0)), degree_m, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(xd_distance_m(at(10, 40), at(10, 39)), degree_m, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(xd_distance_m(at(0, 60), at(1, 60)), 55597.0109, 1e-3); /* 2 R asin(cos 60 sin 0.5) */
    CU_ASSERT_DOUBLE_EQUAL(xd_distance_m(at(179.5, 0), at(-179.5, 0)), degree_m, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(xd_distance_m(at(0, 0), at(180, 0)), 180 * degree_m, 1e-3);
    CU_ASSERT_DOUBLE_EQUAL(xd_distance_m(at(33, 90), at(120, -90)), 180 * degree_m, 1e-3);
    CU_ASSERT_EQUAL(xd_distance_m(at(104.1, 30.6), at(104.1, 30.6)), 0);
    CU_ASSERT_DOUBLE_EQUAL(xd_distance_m(at(104, 30), at(104, 30.0000001)), 0.0111195, 1e-6);
}

/* Oracle: the angle between the two unit vectors, by atan2 of cross and dot product. */
static void distances_equal_the_angle_between_vectors(void)
{
    struct xd_rng rng = xd_rng_at(1, XD_RNG_TEST, 0, 0);
    for (int i = 0; i < 5000; i++) {
        struct xd_position points[2];
        double v[2][3];
        for (int k = 0; k < 2; k++) {
            points[k] = random_between(&rng, -180, -90, 180, 90);
            double lon = points[k].lon_e7 / 1e7 * TO_RADIANS;
            double lat = points[k].lat_e7 / 1e7 * TO_RADIANS;
            v[k][0] = cos(lat) * cos(lon);
            v[k][1] = cos(lat) * sin(lon);
            v[k][2] = sin(lat);
        }
        double cross[3] = {v[0][1] * v[1][2] - v[0][2] * v[1][1], v[0][2] * v[1][0] - v[0][0] * v[1][2], v[0][0] * v[1][1] - v[0][1] * v[1][0]};
        double sine = sqrt(cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]);
        double cosine = v[0][0] * v[1][0] + v[0][1] * v[1][1] + v[0][2] * v[1][2];
        CU_ASSERT_DOUBLE_EQUAL(xd_distance_m(points[0], points[1]), RADIUS_M * atan2(sine, cosine), 0.2);
    }
}

static void the_plane_keeps_distances_within_a_thousandth_up_to_a_hundred_kilometres(void)
{
    struct xd_rng rng = xd_rng_at(2, XD_RNG_TEST, 0, 0);
    double worst = 0;
    for (int i = 0; i < 5000; i++) {
        struct xd_position origin = random_between(&rng, -180, -65, 180, 65);
        double x[2];
        double y[2];
        struct xd_position points[2];
        for (int k = 0; k < 2; k++) {
            double lat = origin.lat_e7 / 1e7 + 1.2 * xd_rng_unit(&rng) - 0.6; /* +-67 km each way: up to 95 km off */
            double lon = origin.lon_e7 / 1e7 + (1.2 * xd_rng_unit(&rng) - 0.6) / cos(lat * TO_RADIANS);
            points[k] = at(lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon, lat);
            xd_project_m(origin, points[k], &x[k], &y[k]);
        }
        double plane_m = sqrt((x[0] - x[1]) * (x[0] - x[1]) + (y[0] - y[1]) * (y[0] - y[1]));
        double sphere_m = xd_distance_m(points[0], points[1]);
        double wrong = sphere_m < 1 ? 0 : fabs(plane_m - sphere_m) / sphere_m;
        worst = wrong > worst ? wrong : worst;
    }
    CU_ASSERT_TRUE(worst < 0.0002); /* (100 / 6371)^2 / 2 = 0.00012 */
    double east_m = 1;
    double north_m = 1;
    xd_project_m(at(104, 30), at(104, 30), &east_m, &north_m);
    CU_ASSERT_DOUBLE_EQUAL(east_m, 0, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(north_m, 0, 1e-6);
    xd_project_m(at(104, 30), at(104.01, 30.01), &east_m, &north_m);
    CU_ASSERT_TRUE(east_m > 0 && north_m > 0);
}

/* Known pairs, to six decimals, as the widely used converters give them. */
static void known_points_are_shifted_as_published(void)
{
    static const struct {
        double wgs_lon, wgs_lat, gcj_lon, gcj_lat;
    } pairs[] = {
        {121.5272106, 31.1774276, 121.531541859, 31.175303984},
        {113.912316, 22.543847, 113.917176481, 22.540796132},
        {116.377817, 39.911954, 116.384047225, 39.913345455},
        {116.404, 39.915, 116.410244499, 39.916404282},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(pairs); i++) {
        struct xd_position gcj = xd_position_from_wgs84(at(pairs[i].wgs_lon, pairs[i].wgs_lat), XD_CRS_GCJ02);
        CU_ASSERT_DOUBLE_EQUAL(gcj.lon_e7 / 1e7, pairs[i].gcj_lon, 1.5e-7);
        CU_ASSERT_DOUBLE_EQUAL(gcj.lat_e7 / 1e7, pairs[i].gcj_lat, 1.5e-7);
    }
    /* GCJ-02 116.404, 39.915 is BD-09 116.410369, 39.921337 */
    struct xd_position wgs = xd_position_to_wgs84(at(116.404, 39.915), XD_CRS_GCJ02);
    struct xd_position bd = xd_position_from_wgs84(wgs, XD_CRS_BD09);
    CU_ASSERT_DOUBLE_EQUAL(bd.lon_e7 / 1e7, 116.41036949, 2e-6);
    CU_ASSERT_DOUBLE_EQUAL(bd.lat_e7 / 1e7, 39.92133699, 2e-6);
}

static void there_and_back_is_the_same_point_over_china(void)
{
    struct xd_rng rng = xd_rng_at(3, XD_RNG_TEST, 0, 0);
    static const enum xd_crs systems[] = {XD_CRS_GCJ02, XD_CRS_BD09};
    double least_m = 1e9;
    double most_m = 0;
    for (size_t s = 0; s < 2; s++) {
        int32_t worst_e7 = 0;
        for (int i = 0; i < 20000; i++) {
            struct xd_position p = random_between(&rng, 73.6, 18.2, 134.7, 53.5);
            struct xd_position shifted = xd_position_from_wgs84(p, systems[s]);
            struct xd_position back = xd_position_to_wgs84(shifted, systems[s]);
            int32_t off_e7 = abs(back.lon_e7 - p.lon_e7) + abs(back.lat_e7 - p.lat_e7);
            worst_e7 = off_e7 > worst_e7 ? off_e7 : worst_e7;
            if (systems[s] == XD_CRS_GCJ02) {
                double shift_m = xd_distance_m(p, shifted);
                least_m = shift_m < least_m ? shift_m : least_m;
                most_m = shift_m > most_m ? shift_m : most_m;
            }
        }
        CU_ASSERT_TRUE(worst_e7 <= 3); /* under 1e-6 degrees; the rounding to e7 alone takes up to 2 */
    }
    CU_ASSERT_TRUE(least_m > 10); /* measured: 22 and 700 */
    CU_ASSERT_TRUE(most_m > 600 && most_m < 800);
}

static void the_shift_is_a_few_hundred_metres_where_people_live(void)
{
    static const double cities[][2] = {{116.4, 39.9},   {121.47, 31.23}, {113.26, 23.13}, {104.07, 30.67},
                                       {108.94, 34.34}, {103.83, 36.06}, {126.53, 45.8}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cities); i++) {
        struct xd_position p = at(cities[i][0], cities[i][1]);
        double shift_m = xd_distance_m(p, xd_position_from_wgs84(p, XD_CRS_GCJ02));
        CU_ASSERT_TRUE(shift_m > 100 && shift_m < 700);
    }
}

static void outside_china_the_systems_agree(void)
{
    static const double places[][2] = {{1.52, 42.5}, {9.52, 47.14}, {-122.4, 37.8}, {151.2, -33.9}, {139.7, 35.7}, {72.0, 30}, {100, 0.8}, {100, 56}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(places); i++) {
        struct xd_position p = at(places[i][0], places[i][1]);
        for (int crs = XD_CRS_WGS84; crs <= XD_CRS_BD09; crs++) {
            struct xd_position there = xd_position_from_wgs84(p, (enum xd_crs)crs);
            struct xd_position back = xd_position_to_wgs84(p, (enum xd_crs)crs);
            CU_ASSERT_TRUE(there.lon_e7 == p.lon_e7 && there.lat_e7 == p.lat_e7);
            CU_ASSERT_TRUE(back.lon_e7 == p.lon_e7 && back.lat_e7 == p.lat_e7);
        }
    }
    struct xd_position inside = at(104, 30);
    struct xd_position same = xd_position_to_wgs84(inside, XD_CRS_WGS84);
    CU_ASSERT_TRUE(same.lon_e7 == inside.lon_e7 && same.lat_e7 == inside.lat_e7);
}

static void coordinate_systems_have_names(void)
{
    enum xd_crs crs = XD_CRS_WGS84;
    CU_ASSERT_TRUE(xd_crs_parse("GCJ02", &crs));
    CU_ASSERT_EQUAL(crs, XD_CRS_GCJ02);
    CU_ASSERT_TRUE(xd_crs_parse("bd09", &crs));
    CU_ASSERT_EQUAL(crs, XD_CRS_BD09);
    CU_ASSERT_FALSE(xd_crs_parse("bd-09", &crs));
    CU_ASSERT_FALSE(xd_crs_parse("", &crs));
    CU_ASSERT_EQUAL(crs, XD_CRS_BD09);
    CU_ASSERT_TRUE(xd_crs_parse("Wgs84", &crs));
    CU_ASSERT_EQUAL(crs, XD_CRS_WGS84);
    CU_ASSERT_STRING_EQUAL(xd_crs_name(XD_CRS_WGS84), "wgs84");
    CU_ASSERT_STRING_EQUAL(xd_crs_name(XD_CRS_GCJ02), "gcj02");
    CU_ASSERT_STRING_EQUAL(xd_crs_name(XD_CRS_BD09), "bd09");
}

static const struct xd_test_case cases[] = {
    XD_CASE(positions_end_at_the_poles_and_the_date_line),
    XD_CASE(distances_follow_the_great_circle),
    XD_CASE(distances_equal_the_angle_between_vectors),
    XD_CASE(the_plane_keeps_distances_within_a_thousandth_up_to_a_hundred_kilometres),
    XD_CASE(known_points_are_shifted_as_published),
    XD_CASE(there_and_back_is_the_same_point_over_china),
    XD_CASE(the_shift_is_a_few_hundred_metres_where_people_live),
    XD_CASE(outside_china_the_systems_agree),
    XD_CASE(coordinate_systems_have_names),
};
const struct xd_test_suite xd_suite_base_geo = {"base_geo", cases, XD_ARRAY_LENGTH(cases)};
