#include "maps/speed_cap.h"

/* 3.6^2 km/h to m/s, squared, and cm/s2 to m/s2: v_kmh^2 = r_m * a_cm * 12.96 / 100 */
enum { SQUARE_NUMERATOR = 1296, SQUARE_DENOMINATOR = 10000 };

/* The largest v <= limit with v * v <= square. */
static int32_t root_below(int64_t square, int32_t limit)
{
    int32_t low = 0, high = limit;
    while (low < high) {
        const int32_t middle = low + (high - low + 1) / 2;
        if ((int64_t)middle * middle <= square)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

int32_t xd_speed_cap_radius_kmh(const struct xd_profile *profile, int32_t radius_m)
{
    if (radius_m <= 0 || profile->lateral_cm_s2 == 0)
        return profile->top_kmh;
    const int32_t kmh = root_below((int64_t)radius_m * profile->lateral_cm_s2 * SQUARE_NUMERATOR / SQUARE_DENOMINATOR, profile->top_kmh);
    return kmh > 0 ? kmh : 1;
}

int32_t xd_speed_cap_slope_kmh(const struct xd_profile *profile, int32_t per_mille_up)
{
    static const int32_t uphill[XD_UPHILL_CLASSES_N] = {
        [XD_UPHILL_OVER_30] = 30, [XD_UPHILL_OVER_50] = 50, [XD_UPHILL_OVER_80] = 80, [XD_UPHILL_OVER_120] = 120};
    static const int32_t downhill[XD_DOWNHILL_CLASSES_N] = {[XD_DOWNHILL_OVER_50] = -50, [XD_DOWNHILL_OVER_80] = -80, [XD_DOWNHILL_OVER_120] = -120};
    int32_t kmh = profile->top_kmh;
    for (int i = 0; i < XD_UPHILL_CLASSES_N; i++)
        if (per_mille_up > uphill[i] && profile->uphill_kmh[i] != XD_CAP_NONE && profile->uphill_kmh[i] < kmh)
            kmh = profile->uphill_kmh[i];
    for (int i = 0; i < XD_DOWNHILL_CLASSES_N; i++)
        if (per_mille_up < downhill[i] && profile->downhill_kmh[i] != XD_CAP_NONE && profile->downhill_kmh[i] < kmh)
            kmh = profile->downhill_kmh[i];
    return kmh;
}

int64_t xd_energy_j(const struct xd_profile *profile, int64_t length_cm, int32_t speed_kmh, int64_t rise_cm)
{
    if (profile->energy == XD_FUEL_NONE || length_cm <= 0 || speed_kmh <= 0)
        return 0;
    const double length_m = (double)length_cm / 100.0, speed_m_s = (double)speed_kmh / 3.6;
    const double weight_n = (double)profile->energy_mass_kg * 9.81;
    const double roll_j = weight_n * ((double)profile->rolling_per_mille / 1000.0) * length_m;
    const double air_j = 0.6 * ((double)profile->drag_area_dm2 / 100.0) * (speed_m_s * speed_m_s) * length_m;
    const double climb_j = weight_n * ((double)rise_cm / 100.0);
    const double wheels_j = roll_j + air_j + climb_j;
    const double efficiency = (double)profile->efficiency_percent / 100.0;
    const double moved_j = wheels_j >= 0 ? wheels_j / efficiency : wheels_j * efficiency * ((double)profile->regeneration_percent / 100.0);
    const double joules = moved_j + (double)profile->idle_w * (length_m / speed_m_s);
    return joules >= 0 ? (int64_t)(joules + 0.5) : -(int64_t)(0.5 - joules);
}
