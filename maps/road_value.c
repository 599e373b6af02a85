#include "maps/road_value.h"

#include "base/macros.h"
#include "base/number.h"
#include "base/text.h"
#include "maps/road.h"

#include <string.h>
#include <strings.h>

enum { TEXT_MAX = 48, MILLI = 1000, KMH_MAX = 255 };
#define NUMBER_MAX INT64_C(10000000000) /* of a number in thousandths */

/* A copy that can be cut: plain characters, no blanks at the ends. False for what is too long to be a quantity. */
static bool take_copy(const char *text, char copy[TEXT_MAX])
{
    if (!text)
        return false;
    size_t n = strlen(text);
    if (n >= TEXT_MAX)
        return false;
    memcpy(copy, text, n + 1);
    (void)xd_text_normalise(copy);
    return copy[0] != '\0';
}

static const char *skip_blanks(const char *text)
{
    while (*text == ' ')
        text++;
    return text;
}

/* The number at the start, in thousandths; *rest behind it and its blanks. A comma between digits is a decimal point ("3,5"). */
static bool take_milli(const char *text, int64_t *milli, const char **rest)
{
    char digits[TEXT_MAX];
    size_t n = 0;
    while ((text[n] >= '0' && text[n] <= '9') || text[n] == '.' || text[n] == ',') {
        digits[n] = text[n] == ',' ? '.' : text[n];
        n++;
    }
    if (n == 0 || xd_parse_fixed(digits, n, 3, 0, NUMBER_MAX, milli) != XD_NUMBER_OK)
        return false;
    *rest = skip_blanks(text + n);
    return true;
}

struct unit {
    const char *name;
    int64_t numerator, denominator; /* of a thousandth of the unit, in what is asked for */
};

/* Quantity in the wanted unit, rounded down; false when number or unit is not understood. */
static bool take_quantity(const char *text, const struct unit *units, size_t units_n, int64_t *value)
{
    int64_t milli;
    const char *rest;
    if (!take_milli(text, &milli, &rest))
        return false;
    for (size_t i = 0; i < units_n; i++) {
        if (strcasecmp(rest, units[i].name) == 0) {
            *value = milli * units[i].numerator / units[i].denominator;
            return true;
        }
    }
    return false;
}

static uint16_t clamp_limit(int64_t value)
{
    if (value < 1)
        return 1;
    return value > UINT16_MAX ? UINT16_MAX : (uint16_t)value;
}

static const struct {
    const char *word;
    uint8_t kmh;
} speed_words[] = {
    {"walk", 6},
    {"none", 0},
    {"signals", 0},
    {"variable", 0},
    /* China's road traffic regulations, article 45: one lane each way */
    {"CN:urban", 50},
    {"CN:rural", 70},
    {"CN:motorway", 120},
    {"CN:living_street", 10},
};

/* Zones of other countries by their ending; common values, only ever a cap above the class's own speed. */
static const struct {
    const char *ending;
    uint8_t kmh;
} speed_zones[] = {{":urban", 50}, {":rural", 90}, {":trunk", 100}, {":motorway", 120}, {":living_street", 10}, {":walk", 6}};

static uint8_t speed_one(const char *text)
{
    static const struct unit units[] = {{"", 1, 1000},           {"km/h", 1, 1000}, {"kmh", 1, 1000},
                                        {"kph", 1, 1000},        {"公里", 1, 1000}, {"mph", 1609344, 1000000000},
                                        {"knots", 1852, 1000000}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(speed_words); i++)
        if (strcasecmp(text, speed_words[i].word) == 0)
            return speed_words[i].kmh;
    const char *colon = strrchr(text, ':');
    for (size_t i = 0; colon && i < XD_ARRAY_LENGTH(speed_zones); i++)
        if (strcasecmp(colon, speed_zones[i].ending) == 0)
            return speed_zones[i].kmh;
    int64_t kmh;
    if (!take_quantity(text, units, XD_ARRAY_LENGTH(units), &kmh))
        return 0;
    return kmh > KMH_MAX ? KMH_MAX : (uint8_t)kmh;
}

uint8_t xd_road_value_speed_kmh(const char *text)
{
    char copy[TEXT_MAX];
    if (!take_copy(text, copy))
        return 0;
    uint8_t least = 0;
    char *saved = NULL;
    for (char *one = strtok_r(copy, ";|", &saved); one; one = strtok_r(NULL, ";|", &saved)) {
        (void)xd_text_normalise(one);
        uint8_t kmh = speed_one(one);
        if (kmh > 0 && (least == 0 || kmh < least))
            least = kmh;
    }
    return least;
}

uint16_t xd_road_value_weight_100kg(const char *text)
{
    /* A bare number is tonnes. "st" is the American short ton of 907.18474 kg. */
    static const struct unit units[] = {{"", 10, 1000},
                                        {"t", 10, 1000},
                                        {"ton", 10, 1000},
                                        {"tons", 10, 1000},
                                        {"tonnes", 10, 1000},
                                        {"吨", 10, 1000},
                                        {"kg", 1, 100 * 1000},
                                        {"st", 90718474, 10000000000},
                                        {"lbs", 45359237, 10000000000000}};
    char copy[TEXT_MAX];
    int64_t value;
    if (!take_copy(text, copy) || !take_quantity(copy, units, XD_ARRAY_LENGTH(units), &value))
        return 0;
    return clamp_limit(value);
}

/* feet, feet'inches" or inches alone */
static bool feet_and_inches(const char *text, int64_t *cm)
{
    int64_t feet = 0, inches = 0;
    const char *rest;
    if (!take_milli(text, &feet, &rest))
        return false;
    if (*rest == '"' && rest[1] == '\0') {
        *cm = feet * 254 / 100000;
        return true;
    }
    if (*rest != '\'')
        return false;
    rest = skip_blanks(rest + 1);
    if (*rest != '\0') {
        if (!take_milli(rest, &inches, &rest) || (strcmp(rest, "\"") != 0 && strcmp(rest, "''") != 0 && *rest != '\0'))
            return false;
    }
    *cm = (feet * 3048 + inches * 254) / 100000;
    return true;
}

uint16_t xd_road_value_length_cm(const char *text)
{
    static const struct unit units[] = {{"", 100, 1000},  {"m", 100, 1000},     {"米", 100, 1000},      {"cm", 1, 1000},
                                        {"mm", 1, 10000}, {"ft", 3048, 100000}, {"feet", 3048, 100000}, {"in", 254, 100000}};
    char copy[TEXT_MAX];
    int64_t value;
    if (!take_copy(text, copy) || (!take_quantity(copy, units, XD_ARRAY_LENGTH(units), &value) && !feet_and_inches(copy, &value)))
        return 0;
    return clamp_limit(value);
}

/* "P1DT2H30M15S" behind its P */
static bool iso_duration(const char *text, int64_t *seconds)
{
    bool in_time = false;
    int64_t sum = 0;
    if (*text == '\0')
        return false;
    while (*text != '\0') {
        if (*text == 'T' && !in_time) {
            in_time = true;
            text++;
            continue;
        }
        int64_t milli;
        const char *rest;
        if (!take_milli(text, &milli, &rest))
            return false;
        int64_t unit_s = 0;
        if (in_time)
            unit_s = *rest == 'H' ? 3600 : *rest == 'M' ? 60 : *rest == 'S' ? 1 : 0;
        else
            unit_s = *rest == 'D' ? 86400 : 0;
        if (unit_s == 0)
            return false;
        sum += milli * unit_s / MILLI;
        text = rest + 1;
    }
    *seconds = sum;
    return true;
}

int32_t xd_road_value_duration_s(const char *text)
{
    char copy[TEXT_MAX];
    if (!take_copy(text, copy))
        return 0;
    int64_t seconds = 0;
    int64_t minutes_milli;
    const char *rest;
    if (copy[0] == 'P') {
        if (!iso_duration(copy + 1, &seconds))
            return 0;
    } else if (xd_parse_clock(copy, strlen(copy), &seconds) == XD_NUMBER_OK) {
        /* hours and minutes */
    } else if (take_milli(copy, &minutes_milli, &rest) && (*rest == '\0' || strcasecmp(rest, "min") == 0 || strcasecmp(rest, "minutes") == 0)) {
        seconds = minutes_milli * 60 / MILLI;
    }
    return seconds > XD_FERRY_DURATION_MAX_S ? XD_FERRY_DURATION_MAX_S : (int32_t)seconds;
}
