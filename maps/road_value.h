/* Quantities as mappers write them: speeds, weights, lengths and durations with their units.
 * Full-width characters are taken as their plain ones. 0 = not told or not understood, so that a mistyped limit bars nobody. */
#ifndef XD_MAPS_ROAD_VALUE_H
#define XD_MAPS_ROAD_VALUE_H

#include <stdint.h>

/* "50", "50 km/h", "30 mph", "10 knots", "walk", "none" (0), "CN:urban"; the least of a ";" list. 0..255. */
uint8_t xd_road_value_speed_kmh(const char *text);
/* "3.5", "3.5 t", "3500 kg", "2 st", "7000 lbs"; rounded down, at least 1 (100 kg). */
uint16_t xd_road_value_weight_100kg(const char *text);
/* "3.5", "3.5 m", "350 cm", "12'6\"", "12 ft"; rounded down, at least 1. */
uint16_t xd_road_value_length_cm(const char *text);
/* "00:20", "1:05:00", "45" (minutes), "PT1H30M", "P1DT2H". At most XD_FERRY_DURATION_MAX_S. */
int32_t xd_road_value_duration_s(const char *text);

#endif
