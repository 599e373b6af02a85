/* Quantities as mappers write them. */
#include "maps/road.h"
#include "maps/road_value.h"
#include "tests/profiles/profile_suites.h"

#include <stdio.h>
#include <string.h>

struct value_case {
    const char *text;
    int32_t value; /* 0 = not told; UNREAD = not understood, and said so */
};

enum { UNREAD = -1 };

/* clang-format off */
static const struct value_case speeds_kmh[] = {
    {"50", 50}, {"50 km/h", 50}, {"50km/h", 50}, {"50 kmh", 50}, {"50 kph", 50}, {"60公里", 60}, {"40公里/小时", 40}, {"６０", 60}, {" 50 ", 50},
    {"30 mph", 48}, {"20mph", 32}, {"10 knots", 18}, {"60;40", 40}, {"60|40|50", 40}, {"60; 40", 40}, {"６０；４０", 40}, {"none;80", 80},
    {"none", 0}, {"signals", 0}, {"variable", 0}, {"default", 0}, {"unposted", 0}, {"walk", 6},
    {"CN:urban", 50}, {"CN:rural", 70}, {"CN:motorway", 120}, {"cn:urban", 50}, {"FR:urban", 50}, {"DE:rural", 90}, {"AD:living_street", 10},
    {"GB:nsl_single", 96}, {"FR:30", 30}, {"DE:zone:30", 30}, {"FR:zone30", 30}, {"CH:zone20", 20},
    {"49.9", 49}, {"1000", 255},
    {"", UNREAD}, {"-50", UNREAD}, {"fast", UNREAD}, {"50 furlongs", UNREAD}, {"5O", UNREAD}, {"0x32", UNREAD}, {"nan", UNREAD}, {"0", UNREAD},
    {"0.4", UNREAD}, {"FR:zone", UNREAD}, {"FR:", UNREAD}, {"50 km/h h", UNREAD}, {"a text of many words that no speed limit is made of ...", UNREAD},
};

static const struct value_case weights_100kg[] = {
    {"3.5", 35}, {"3,5", 35}, {"3.5 t", 35}, {"3.5t", 35}, {"3500 kg", 35}, {"3500kg", 35}, {"3.5 tons", 35}, {"10吨", 100}, {"3500公斤", 35},
    {"2 st", 18}, {"7000 lbs", 31}, {"1 lt", 10}, {"60 cwt", 30}, {"0.05", 1}, {"3.59", 35}, {"499", 4990}, {"500", 5}, {"3500", 35},
    /* commas between groups of three digits part thousands where the unit is a pound or a kilogram, else they are decimal points */
    {"10,000 lbs", 45}, {"10,000lbs", 45}, {"26,000 lb", 117}, {"3,500 kg", 35}, {"3,500公斤", 35}, {"7,500 千克", 75}, {"1,000,000 lbs", 4535},
    {"80,000.5 lbs", 362}, {"３，５００ kg", 35}, {"10,000", 100}, {"3,500", 35}, {"3,500 t", 35}, {"12,500 t", 125}, {"7,50", 75}, {"500,5 kg", 5},
    {"1500,5 kg", 15}, {"1000,500 kg", 10}, {"1,00,000 lbs", UNREAD}, {"1,000,00 kg", UNREAD}, {"1.000,5 kg", UNREAD}, {"1,000,000 t", UNREAD},
    {"10,000 lbs;20,000 lbs", 45},
    {"9999999 t", 65535}, {"3.5;7.5", 35}, {"none;7.5", 75},
    {"none", 0}, {"default", 0}, {"below_default", 0}, {"unsigned", 0},
    {"", UNREAD}, {"0", UNREAD}, {"-3.5", UNREAD}, {"3.5 cats", UNREAD}, {"3.5 t t", UNREAD}, {"heavy", UNREAD},
};

static const struct value_case lengths_cm[] = {
    {"3.5", 350}, {"3,5", 350}, {"3.5 m", 350}, {"3.5m", 350}, {"350 cm", 350}, {"350厘米", 350}, {"3500 mm", 350}, {"3,500 mm", 350}, {"3,500 m", 350}, {"350,5 cm", 350}, {"３．５米", 350},
    {"12'6\"", 381}, {"12'6''", 381}, {"12' 6\"", 381}, {"12′6″", 381}, {"12’6”", 381}, {"12'", 365}, {"12 ft", 365}, {"12.5 ft", 381},
    {"150 in", 381}, {"150\"", 381}, {"12'6", 381}, {"0.001", 1}, {"9999", 65535}, {"4;3.5", 350},
    {"default", 0}, {"below_default", 0}, {"none", 0}, {"no_indications", 0}, {"unsigned", 0},
    {"", UNREAD}, {"0", UNREAD}, {"-2", UNREAD}, {"2 miles", UNREAD}, {"high", UNREAD}, {"3.5-4", UNREAD},
};

static const struct value_case durations_s[] = {
    {"00:20", 1200}, {"1:05", 3900}, {"01:05:30", 3930}, {"45", 2700}, {"7.5", 450}, {"45 min", 2700}, {"45 分钟", 2700}, {"PT30M", 1800},
    {"PT1H30M", 5400}, {"P1DT2H", 93600}, {"PT90S", 90}, {"P1D", 86400}, {"P60D", 604800}, {"99999", 604800},
    {"", UNREAD}, {"PT", UNREAD}, {"P", UNREAD}, {"PT1H30", UNREAD}, {"1:99", UNREAD}, {"soon", UNREAD}, {"-5", UNREAD}, {"P1H", UNREAD}, {"0", UNREAD},
};

static const struct value_case lanes[] = {
    {"1", 1}, {"2", 2}, {"1.5", 1}, {"２", 2}, {"2;1", 1}, {"1000", 255}, {"", UNREAD}, {"0", UNREAD}, {"many", UNREAD}, {"-1", UNREAD}, {"0.5", UNREAD},
};
/* clang-format on */

static void expect(const struct value_case *one, int32_t found, bool unread)
{
    const bool good = one->value == UNREAD ? unread && found == 0 : !unread && found == one->value;
    if (!good)
        fprintf(stderr, "\"%s\": expected %ld, found %ld%s\n", one->text, (long)one->value, (long)found, unread ? ", unread" : "");
    CU_ASSERT(good);
}

#define EXPECT_ALL(rows, read)                                                                                                                       \
    do {                                                                                                                                             \
        bool none_unread = false;                                                                                                                    \
        for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {                                                                                         \
            bool unread = false;                                                                                                                     \
            const int32_t found = read(rows[i].text, &unread);                                                                                       \
            expect(&rows[i], found, unread);                                                                                                         \
        }                                                                                                                                            \
        CU_ASSERT_EQUAL(read(NULL, &none_unread), 0);                                                                                                \
        CU_ASSERT(!none_unread);                                                                                                                     \
    } while (0)

static void speeds_are_read_with_their_units_rounded_down(void)
{
    EXPECT_ALL(speeds_kmh, xd_road_value_speed_kmh);
}

static void weights_are_read_with_their_units_rounded_down(void)
{
    EXPECT_ALL(weights_100kg, xd_road_value_weight_100kg);
}

static void lengths_are_read_with_their_units_rounded_down(void)
{
    EXPECT_ALL(lengths_cm, xd_road_value_length_cm);
}

static void durations_are_clocks_minutes_or_iso(void)
{
    EXPECT_ALL(durations_s, xd_road_value_duration_s);
}

static void lanes_are_whole_numbers(void)
{
    EXPECT_ALL(lanes, xd_road_value_lanes);
}

/* What can be read of a list counts; the rest is told. */
static void a_list_that_is_read_in_part_says_so(void)
{
    bool unread = false;
    CU_ASSERT_EQUAL(xd_road_value_speed_kmh("60;fast", &unread), 60);
    CU_ASSERT(unread);
    unread = false;
    CU_ASSERT_EQUAL(xd_road_value_weight_100kg("3.5;heavy", &unread), 35);
    CU_ASSERT(unread);
}

static void words_are_taken_up_to_their_limit(void)
{
    char text[XD_ROAD_WORDS_MAX + 2];
    struct xd_road_words words;
    bool unread = false;
    memset(text, 'a', sizeof text);
    text[XD_ROAD_WORDS_MAX + 1] = '\0';
    CU_ASSERT(!xd_road_words_begin(&words, text, &unread));
    CU_ASSERT(unread);
    unread = false;
    text[XD_ROAD_WORDS_MAX] = '\0';
    CU_ASSERT(xd_road_words_begin(&words, text, &unread));
    CU_ASSERT_STRING_EQUAL(xd_road_words_next(&words), text);
    CU_ASSERT_PTR_NULL(xd_road_words_next(&words));
    CU_ASSERT(xd_road_words_begin(&words, " a ;; 　b；c;", &unread));
    CU_ASSERT_STRING_EQUAL(xd_road_words_next(&words), "a");
    CU_ASSERT_STRING_EQUAL(xd_road_words_next(&words), "b");
    CU_ASSERT_STRING_EQUAL(xd_road_words_next(&words), "c");
    CU_ASSERT_PTR_NULL(xd_road_words_next(&words));
    CU_ASSERT(!unread);
}

static const struct xd_test_case cases[] = {
    {"words_are_taken_up_to_their_limit", words_are_taken_up_to_their_limit},
    {"speeds_are_read_with_their_units_rounded_down", speeds_are_read_with_their_units_rounded_down},
    {"weights_are_read_with_their_units_rounded_down", weights_are_read_with_their_units_rounded_down},
    {"lengths_are_read_with_their_units_rounded_down", lengths_are_read_with_their_units_rounded_down},
    {"durations_are_clocks_minutes_or_iso", durations_are_clocks_minutes_or_iso},
    {"lanes_are_whole_numbers", lanes_are_whole_numbers},
    {"a_list_that_is_read_in_part_says_so", a_list_that_is_read_in_part_says_so},
};
const struct xd_test_suite xd_suite_profile_values = {"profile_values", cases, XD_ARRAY_LENGTH(cases)};
