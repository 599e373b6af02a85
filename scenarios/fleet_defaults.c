#include "scenarios/init.h"

/* The vehicle table of the domain notes, section 1.3: payload, volume, energy, fixed cost and range from there (engineering assumptions);
 * tyres and wear per km, shift and the tricycle's wage are assumptions of this table. The range of the van is 180 km less the quarter that hills take.
 * Shift 08:00-18:00, duty at most 8 h: a vehicle that brings parcels leaves with them at 10:00, one that only collects may leave earlier. */
static const struct xd_fleet_type STANDARD[] = {
    {.key = "tricycle",
     .name = "电动三轮",
     .profile = "tricycle",
     .payload_g = 250000,
     .volume_dm3 = 1200,
     .fixed_fen_day = 2500,
     .driver_fen_day = 20000,
     .other_fen_km = 5,
     .energy = XD_ENERGY_ELECTRIC,
     .energy_per_100km_milli = 4000,
     .range_m = 60000},
    {.key = "minivan",
     .name = "微面",
     .profile = "minivan",
     .payload_g = 600000,
     .volume_dm3 = 4500,
     .fixed_fen_day = 7000,
     .driver_fen_day = 20000,
     .other_fen_km = 15,
     .energy = XD_ENERGY_PETROL,
     .energy_per_100km_milli = 8000,
     .range_m = XD_RANGE_NONE},
    {.key = "ev_van",
     .name = "新能源厢式车",
     .profile = "ev_van",
     .payload_g = 900000,
     .volume_dm3 = 6500,
     .fixed_fen_day = 9500,
     .driver_fen_day = 20000,
     .other_fen_km = 15,
     .energy = XD_ENERGY_ELECTRIC,
     .energy_per_100km_milli = 24000,
     .range_m = 135000},
    {.key = "light_truck",
     .name = "4.2米轻卡",
     .profile = "light_truck",
     .payload_g = 1600000,
     .volume_dm3 = 16000,
     .fixed_fen_day = 17000,
     .driver_fen_day = 22000,
     .other_fen_km = 30,
     .energy = XD_ENERGY_DIESEL,
     .energy_per_100km_milli = 13000,
     .range_m = XD_RANGE_NONE},
    {.key = "reefer",
     .name = "4.2米冷藏车",
     .profile = "reefer",
     .payload_g = 1400000,
     .volume_dm3 = 14000,
     .cold = true,
     .fixed_fen_day = 26000,
     .driver_fen_day = 22000,
     .other_fen_km = 30,
     .energy = XD_ENERGY_DIESEL,
     .energy_per_100km_milli = 16000,
     .energy_per_hour_milli = 2000,
     .range_m = XD_RANGE_NONE},
};

int32_t xd_fleet_defaults(struct xd_fleet_type types[XD_FLEET_TYPES_MAX])
{
    const int32_t types_n = (int32_t)XD_ARRAY_LENGTH(STANDARD);
    for (int32_t i = 0; i < types_n; i++) {
        types[i] = STANDARD[i];
        types[i].shift_start_s = 8 * 3600;
        types[i].shift_end_s = 18 * 3600;
        types[i].duty_max_s = 8 * 3600;
    }
    return types_n;
}
