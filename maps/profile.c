/* Vehicles as rows. Class speeds, top speeds and payloads: DOMAIN's tables (assumptions, grade X there); all other caps are assumptions too, told in
 * docs/profiles.md. */
#include "maps/profile.h"

#include <string.h>

enum {
    ANY = 1 << XD_KEY_ACCESS,
    WHEELS = ANY | 1 << XD_KEY_VEHICLE,
    MOTOR = WHEELS | 1 << XD_KEY_MOTOR_VEHICLE,
    /* motorcar=no is mostly a lane that only two wheels fit: four-wheelers obey it unless goods or hgv say otherwise */
    CAR = MOTOR | 1 << XD_KEY_MOTORCAR,
    VAN = CAR | 1 << XD_KEY_GOODS,
    TRUCK = VAN | 1 << XD_KEY_HGV,
    BUS = MOTOR | 1 << XD_KEY_BUS,
    FOOT = ANY | 1 << XD_KEY_FOOT,
    NO = XD_CAP_CLOSED
};

/* motorway trunk primary secondary tertiary unclassified residential living_street service track path ferry */
#define CLASS_SPEEDS                                                                                                                                 \
    {                                                                                                                                                \
        90, 60, 50, 40, 32, 25, 20, 12, 15, 10, 0, 10                                                                                                \
    }
#define CLASS_SPEEDS_SLOW                                                                                                                            \
    {                                                                                                                                                \
        0, 60, 50, 40, 32, 25, 20, 12, 15, 10, 0, 10                                                                                                 \
    }
/* none, expressway, grade 1, 2, 3, 4, ungraded: the upper design speed in hills (JTG B01: grade 3 40/30, grade 4 30/20) */
#define CHINA_CAPS                                                                                                                                   \
    {                                                                                                                                                \
        0, 100, 80, 60, 40, 30, 15                                                                                                                   \
    }
/* -, grade1 .. grade5 */
#define TRACK_CAPS                                                                                                                                   \
    {                                                                                                                                                \
        0, 40, 30, 20, 12, 8                                                                                                                         \
    }

/* surface: unknown, paved, plates, cobble, compacted, gravel, dirt, mud
 * smoothness: unknown, excellent, good, intermediate, bad, very_bad, horrible, very_horrible, impassable */
static const struct xd_profile profiles[] = {
    {.name = "tricycle",
     .name_zh = "电动三轮车",
     .access_keys = MOTOR,
     .top_speed_kmh = 30,
     .mass_100kg = 6,
     .height_cm = 180,
     .width_cm = 130,
     .class_kmh = CLASS_SPEEDS_SLOW,
     .china_kmh = CHINA_CAPS,
     .track_grade_kmh = TRACK_CAPS,
     .surface_kmh = {0, 0, 30, 20, 25, 20, 15, 8},
     .smoothness_kmh = {0, 0, 0, 0, 20, 12, 6, NO, NO}},
    {.name = "minivan",
     .name_zh = "微型面包车",
     .access_keys = CAR,
     .top_speed_kmh = 60,
     .mass_100kg = 19,
     .height_cm = 195,
     .width_cm = 170,
     .class_kmh = CLASS_SPEEDS,
     .china_kmh = CHINA_CAPS,
     .track_grade_kmh = TRACK_CAPS,
     .surface_kmh = {0, 0, 60, 30, 40, 30, 25, 10},
     .smoothness_kmh = {0, 0, 0, 60, 30, 15, 8, 5, NO}},
    {.name = "ev_van",
     .name_zh = "新能源厢式货车",
     .access_keys = VAN,
     .top_speed_kmh = 70,
     .mass_100kg = 30,
     .height_cm = 220,
     .width_cm = 180,
     .class_kmh = CLASS_SPEEDS,
     .china_kmh = CHINA_CAPS,
     .track_grade_kmh = TRACK_CAPS,
     .surface_kmh = {0, 0, 60, 30, 40, 30, 25, 8},
     .smoothness_kmh = {0, 0, 0, 60, 30, 12, 6, NO, NO}},
    {.name = "light_truck",
     .name_zh = "4.2米轻型货车",
     .access_keys = TRUCK,
     .top_speed_kmh = 70,
     .mass_100kg = 45,
     .height_cm = 320,
     .width_cm = 220,
     .class_kmh = CLASS_SPEEDS,
     .china_kmh = CHINA_CAPS,
     .track_grade_kmh = TRACK_CAPS,
     .surface_kmh = {0, 0, 50, 25, 35, 25, 20, 8},
     .smoothness_kmh = {0, 0, 0, 50, 25, 12, 6, NO, NO}},
    {.name = "reefer",
     .name_zh = "4.2米冷藏车",
     .access_keys = TRUCK,
     .top_speed_kmh = 70,
     .mass_100kg = 45,
     .height_cm = 330,
     .width_cm = 225,
     .class_kmh = CLASS_SPEEDS,
     .china_kmh = CHINA_CAPS,
     .track_grade_kmh = TRACK_CAPS,
     .surface_kmh = {0, 0, 50, 25, 35, 25, 20, 8},
     .smoothness_kmh = {0, 0, 0, 50, 25, 12, 6, NO, NO}},
    {.name = "bus",
     .name_zh = "农村客车",
     .access_keys = BUS,
     .is_bus = true,
     .top_speed_kmh = 60,
     .mass_100kg = 65,
     .height_cm = 290,
     .width_cm = 220,
     .class_kmh = CLASS_SPEEDS,
     .china_kmh = CHINA_CAPS,
     .track_grade_kmh = TRACK_CAPS,
     .surface_kmh = {0, 0, 50, 25, 35, 25, 20, 8},
     .smoothness_kmh = {0, 0, 0, 50, 25, 12, NO, NO, NO}},
    {.name = "walking",
     .name_zh = "步行",
     .access_keys = FOOT,
     .on_foot = true,
     .top_speed_kmh = 5,
     .mass_100kg = 1,
     .height_cm = 200,
     .width_cm = 60,
     .class_kmh = {0, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4, 10}},
};

const struct xd_profile *xd_profiles(int32_t *profiles_n)
{
    *profiles_n = (int32_t)XD_ARRAY_LENGTH(profiles);
    return profiles;
}

const struct xd_profile *xd_profile_find(const char *name)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(profiles); i++)
        if (strcmp(profiles[i].name, name) == 0)
            return &profiles[i];
    return NULL;
}

static bool is_open(const struct xd_profile *profile, const uint8_t access[XD_ACCESS_KEYS_N])
{
    for (int key = XD_ACCESS_KEYS_N - 1; key >= 0; key--)
        if ((profile->access_keys & 1 << key) && access[key] != XD_ACCESS_UNSET)
            return access[key] == XD_ACCESS_YES || access[key] == XD_ACCESS_DESTINATION;
    return true;
}

static bool fits(const struct xd_profile *profile, uint16_t maxweight_100kg, uint16_t maxheight_cm, uint16_t maxwidth_cm)
{
    return (maxweight_100kg == 0 || profile->mass_100kg <= maxweight_100kg) && (maxheight_cm == 0 || profile->height_cm <= maxheight_cm) &&
           (maxwidth_cm == 0 || profile->width_cm <= maxwidth_cm);
}

/* The lesser of speed and cap; 0 where the cap says closed. */
static int32_t capped(int32_t kmh, int32_t cap_kmh)
{
    if (cap_kmh == XD_CAP_CLOSED)
        return 0;
    return cap_kmh > 0 && cap_kmh < kmh ? cap_kmh : kmh;
}

int32_t xd_profile_speed_kmh(const struct xd_profile *profile, const struct xd_road *road, int direction)
{
    int32_t kmh = profile->class_kmh[road->road_class];
    if (kmh == 0 || !is_open(profile, road->access) || !fits(profile, road->maxweight_100kg, road->maxheight_cm, road->maxwidth_cm))
        return 0;
    if ((road->flags & XD_ROAD_MOTORROAD) && profile->class_kmh[XD_ROAD_MOTORWAY] == 0)
        return 0;
    int oneway = profile->on_foot ? 0 : profile->is_bus ? road->oneway_bus : road->oneway;
    if (oneway != 0 && (oneway > 0) != (direction > 0))
        return 0;
    if (road->road_class == XD_ROAD_FERRY)
        return kmh;
    kmh = capped(kmh, profile->top_speed_kmh);
    kmh = capped(kmh, profile->china_kmh[road->china_grade]);
    kmh = capped(kmh, profile->surface_kmh[road->surface]);
    kmh = capped(kmh, profile->smoothness_kmh[road->smoothness]);
    kmh = capped(kmh, profile->track_grade_kmh[road->track_grade]);
    if (!profile->on_foot)
        kmh = capped(kmh, direction > 0 ? road->maxspeed_forward_kmh : road->maxspeed_backward_kmh);
    return kmh;
}

bool xd_profile_passes(const struct xd_profile *profile, const struct xd_road_barrier *barrier)
{
    return is_open(profile, barrier->access) && fits(profile, barrier->maxweight_100kg, barrier->maxheight_cm, barrier->maxwidth_cm);
}
