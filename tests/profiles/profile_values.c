/* Quantities as mappers write them. */
#include "maps/road.h"
#include "maps/road_value.h"
#include "tests/profiles/profile_suites.h"

#include <stdio.h>

struct value_case {
    const char *text;
    int32_t value; /* 0 = not told */
};

static const struct value_case speeds_kmh[] = {
    {"50", 50},       {"50 km/h", 50},
    {"50km/h", 50},   {"50 kmh", 50},
    {"50 kph", 50},   {"60公里", 60},
    {"６０", 60},     {" 50 ", 50},
    {"30 mph", 48},   {"20mph", 32},
    {"10 knots", 18}, {"60;40", 40},
    {"60|40|50", 40}, {"60; 40", 40},
    {"none;80", 80},  {"none", 0},
    {"signals", 0},   {"variable", 0},
    {"walk", 6},      {"CN:urban", 50},
    {"CN:rural", 70}, {"CN:motorway", 120},
    {"cn:urban", 50}, {"FR:urban", 50},
    {"DE:rural", 90}, {"AD:living_street", 10},
    {"49.9", 49},     {"1000", 255},
    {"", 0},          {"-50", 0},
    {"fast", 0},      {"50 furlongs", 0},
    {"5O", 0},        {"0x32", 0},
    {"nan", 0},       {";", 0},
    {"50 km/h h", 0},
};

static const struct value_case weights_100kg[] = {
    {"3.5", 35}, {"3,5", 35},  {"3.5 t", 35},      {"3.5t", 35}, {"3500 kg", 35}, {"3.5 tons", 35}, {"10吨", 100}, {"2 st", 18}, {"7000 lbs", 31},
    {"0.05", 1}, {"3.59", 35}, {"9999999", 65535}, {"none", 0},  {"default", 0},  {"unsigned", 0},  {"", 0},       {"-3.5", 0},  {"3.5 cats", 0},
};

static const struct value_case lengths_cm[] = {
    {"3.5", 350},      {"3,5", 350},          {"3.5 m", 350},  {"3.5m", 350},   {"350 cm", 350}, {"3500 mm", 350},
    {"３．５米", 350}, {"12'6\"", 381},       {"12'6''", 381}, {"12'", 365},    {"12 ft", 365},  {"150 in", 381},
    {"150\"", 381},    {"12'6", 381},         {"0.001", 1},    {"9999", 65535}, {"default", 0},  {"below_default", 0},
    {"none", 0},       {"no_indications", 0}, {"", 0},         {"-2", 0},       {"2 miles", 0},
};

static const struct value_case durations_s[] = {
    {"00:20", 1200},   {"1:05", 3900},    {"01:05:30", 3930}, {"45", 2700},   {"7.5", 450},     {"45 min", 2700},  {"PT30M", 1800},
    {"PT1H30M", 5400}, {"P1DT2H", 93600}, {"PT90S", 90},      {"P1D", 86400}, {"P60D", 604800}, {"99999", 604800}, {"", 0},
    {"PT", 0},         {"P", 0},          {"PT1H30", 0},      {"1:99", 0},    {"soon", 0},      {"-5", 0},         {"P1H", 0},
};

static void expect(const struct value_case *one, int32_t found)
{
    if (found != one->value)
        fprintf(stderr, "\"%s\": expected %ld, found %ld\n", one->text, (long)one->value, (long)found);
    CU_ASSERT_EQUAL(found, one->value);
}

static void speeds_are_read_with_their_units_rounded_down(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(speeds_kmh); i++)
        expect(&speeds_kmh[i], xd_road_value_speed_kmh(speeds_kmh[i].text));
    CU_ASSERT_EQUAL(xd_road_value_speed_kmh(NULL), 0);
}

static void weights_are_read_with_their_units_rounded_down(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(weights_100kg); i++)
        expect(&weights_100kg[i], xd_road_value_weight_100kg(weights_100kg[i].text));
    CU_ASSERT_EQUAL(xd_road_value_weight_100kg(NULL), 0);
}

static void lengths_are_read_with_their_units_rounded_down(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(lengths_cm); i++)
        expect(&lengths_cm[i], xd_road_value_length_cm(lengths_cm[i].text));
    CU_ASSERT_EQUAL(xd_road_value_length_cm(NULL), 0);
}

static void durations_are_clocks_minutes_or_iso(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(durations_s); i++)
        expect(&durations_s[i], xd_road_value_duration_s(durations_s[i].text));
    CU_ASSERT_EQUAL(xd_road_value_duration_s(NULL), 0);
}

static const struct xd_test_case cases[] = {
    {"speeds_are_read_with_their_units_rounded_down", speeds_are_read_with_their_units_rounded_down},
    {"weights_are_read_with_their_units_rounded_down", weights_are_read_with_their_units_rounded_down},
    {"lengths_are_read_with_their_units_rounded_down", lengths_are_read_with_their_units_rounded_down},
    {"durations_are_clocks_minutes_or_iso", durations_are_clocks_minutes_or_iso},
};
const struct xd_test_suite xd_suite_profile_values = {"profile_values", cases, XD_ARRAY_LENGTH(cases)};
