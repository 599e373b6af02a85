#include "maps/profile_table.h"

enum { KMH_MAX = 130 };

#define NUMBER(key, field, min, max)                                                                                                                 \
    {                                                                                                                                                \
        key, XD_PROFILE_NUMBER, offsetof(struct xd_profile, field), min, max                                                                         \
    }
#define SPEED(key, field)                                                                                                                            \
    {                                                                                                                                                \
        key, XD_PROFILE_SPEED, offsetof(struct xd_profile, field), 1, KMH_MAX                                                                        \
    }
#define CAP(key, field)                                                                                                                              \
    {                                                                                                                                                \
        key, XD_PROFILE_CAP, offsetof(struct xd_profile, field), 1, KMH_MAX                                                                          \
    }
#define EASE(key, field)                                                                                                                             \
    {                                                                                                                                                \
        key, XD_PROFILE_EASE, offsetof(struct xd_profile, field), 1, KMH_MAX                                                                         \
    }

const struct xd_profile_property xd_profile_properties[] = {
    {"name_zh", XD_PROFILE_LABEL, offsetof(struct xd_profile, name_zh), 0, 0},
    {"access_keys", XD_PROFILE_KEYS, offsetof(struct xd_profile, access_keys), 0, 0},
    NUMBER("top_kmh", top_kmh, 1, KMH_MAX),
    NUMBER("mass_kg", mass_kg, 1, 100000),
    NUMBER("axle_kg", axle_kg, 1, 100000),
    NUMBER("height_cm", height_cm, 1, 1000),
    NUMBER("width_cm", width_cm, 1, 1000),
    NUMBER("length_cm", length_cm, 1, 5000),
    SPEED("motorway_kmh", class_kmh[XD_ROAD_MOTORWAY]),
    SPEED("trunk_kmh", class_kmh[XD_ROAD_TRUNK]),
    SPEED("primary_kmh", class_kmh[XD_ROAD_PRIMARY]),
    SPEED("secondary_kmh", class_kmh[XD_ROAD_SECONDARY]),
    SPEED("tertiary_kmh", class_kmh[XD_ROAD_TERTIARY]),
    SPEED("unclassified_kmh", class_kmh[XD_ROAD_UNCLASSIFIED]),
    SPEED("residential_kmh", class_kmh[XD_ROAD_RESIDENTIAL]),
    SPEED("living_street_kmh", class_kmh[XD_ROAD_LIVING_STREET]),
    SPEED("service_kmh", class_kmh[XD_ROAD_SERVICE]),
    SPEED("track_kmh", class_kmh[XD_ROAD_TRACK]),
    SPEED("path_kmh", class_kmh[XD_ROAD_PATH]),
    SPEED("ferry_kmh", class_kmh[XD_ROAD_FERRY]),
    CAP("movable_bridge_kmh", movable_bridge_kmh),
    CAP("surface_paved_kmh", surface_kmh[XD_SURFACE_PAVED]),
    CAP("surface_plates_kmh", surface_kmh[XD_SURFACE_CONCRETE_PLATES]),
    CAP("surface_cobble_kmh", surface_kmh[XD_SURFACE_COBBLE]),
    CAP("surface_compacted_kmh", surface_kmh[XD_SURFACE_COMPACTED]),
    CAP("surface_gravel_kmh", surface_kmh[XD_SURFACE_GRAVEL]),
    CAP("surface_dirt_kmh", surface_kmh[XD_SURFACE_DIRT]),
    CAP("surface_mud_kmh", surface_kmh[XD_SURFACE_MUD]),
    CAP("smoothness_excellent_kmh", smoothness_kmh[1]),
    CAP("smoothness_good_kmh", smoothness_kmh[2]),
    CAP("smoothness_intermediate_kmh", smoothness_kmh[3]),
    CAP("smoothness_bad_kmh", smoothness_kmh[4]),
    CAP("smoothness_very_bad_kmh", smoothness_kmh[5]),
    CAP("smoothness_horrible_kmh", smoothness_kmh[6]),
    CAP("smoothness_very_horrible_kmh", smoothness_kmh[7]),
    CAP("smoothness_impassable_kmh", smoothness_kmh[8]),
    CAP("china_expressway_kmh", china_kmh[XD_ROAD_CN_EXPRESSWAY]),
    CAP("china_grade_1_kmh", china_kmh[XD_ROAD_CN_GRADE_1]),
    CAP("china_grade_2_kmh", china_kmh[XD_ROAD_CN_GRADE_2]),
    CAP("china_grade_3_kmh", china_kmh[XD_ROAD_CN_GRADE_3]),
    CAP("china_grade_4_kmh", china_kmh[XD_ROAD_CN_GRADE_4]),
    CAP("china_ungraded_kmh", china_kmh[XD_ROAD_CN_UNGRADED]),
    CAP("tracktype_grade1_kmh", track_grade_kmh[1]),
    CAP("tracktype_grade2_kmh", track_grade_kmh[2]),
    CAP("tracktype_grade3_kmh", track_grade_kmh[3]),
    CAP("tracktype_grade4_kmh", track_grade_kmh[4]),
    CAP("tracktype_grade5_kmh", track_grade_kmh[5]),
    NUMBER("width_margin_cm", width_margin_cm, 0, 1000),
    CAP("width_below_2_5_m_kmh", width_kmh[XD_WIDTH_BELOW_250]),
    CAP("width_below_3_m_kmh", width_kmh[XD_WIDTH_BELOW_300]),
    CAP("width_below_3_5_m_kmh", width_kmh[XD_WIDTH_BELOW_350]),
    CAP("width_below_4_5_m_kmh", width_kmh[XD_WIDTH_BELOW_450]),
    CAP("one_lane_kmh", one_lane_kmh),
    NUMBER("alternating_percent", alternating_percent, 100, 1000),
    NUMBER("end_only_percent", end_only_percent, 100, 10000),
    NUMBER("end_only_barrier_s", end_only_barrier_s, 0, 3600),
    NUMBER("gate_s", barrier_delay_s[XD_BARRIER_GATE], 0, 3600),
    NUMBER("lift_gate_s", barrier_delay_s[XD_BARRIER_LIFT_GATE], 0, 3600),
    NUMBER("toll_booth_s", barrier_delay_s[XD_BARRIER_TOLL_BOOTH], 0, 3600),
    NUMBER("border_control_s", barrier_delay_s[XD_BARRIER_BORDER_CONTROL], 0, 3600),
    NUMBER("turn_s", turn_s, 0, 600),
    NUMBER("u_turn_s", u_turn_s, 0, 600),
    NUMBER("signal_s", signal_s, 0, 600),
    NUMBER("stop_sign_s", stop_sign_s, 0, 600),
    NUMBER("lateral_cm_s2", lateral_cm_s2, 0, 1000),
    EASE("uphill_over_3_percent_kmh", uphill_kmh[XD_UPHILL_OVER_30]),
    EASE("uphill_over_5_percent_kmh", uphill_kmh[XD_UPHILL_OVER_50]),
    EASE("uphill_over_8_percent_kmh", uphill_kmh[XD_UPHILL_OVER_80]),
    EASE("uphill_over_12_percent_kmh", uphill_kmh[XD_UPHILL_OVER_120]),
    EASE("downhill_over_5_percent_kmh", downhill_kmh[XD_DOWNHILL_OVER_50]),
    EASE("downhill_over_8_percent_kmh", downhill_kmh[XD_DOWNHILL_OVER_80]),
    EASE("downhill_over_12_percent_kmh", downhill_kmh[XD_DOWNHILL_OVER_120]),
    {"energy", XD_PROFILE_FUEL, offsetof(struct xd_profile, energy), 0, XD_FUELS_N - 1},
    NUMBER("energy_mass_kg", energy_mass_kg, 1, 100000),
    NUMBER("rolling_per_mille", rolling_per_mille, 0, 200),
    NUMBER("drag_area_dm2", drag_area_dm2, 0, 3000),
    NUMBER("efficiency_percent", efficiency_percent, 1, 100),
    NUMBER("idle_w", idle_w, 0, 100000),
    NUMBER("regeneration_percent", regeneration_percent, 0, 100),
};
const size_t xd_profile_properties_n = XD_ARRAY_LENGTH(xd_profile_properties);

const char *const xd_fuel_names[XD_FUELS_N] = {"none", "diesel", "petrol", "electric"};

int32_t *xd_profile_value(struct xd_profile *profile, const struct xd_profile_property *property)
{
    return (int32_t *)(void *)((char *)profile + property->offset);
}
