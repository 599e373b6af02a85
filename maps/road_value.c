#include "maps/road_value.h"

#include "base/macros.h"
#include "base/number.h"
#include "base/text.h"
#include "maps/road.h"

#include <string.h>
#include <strings.h>

enum { TEXT_MAX = 48, MILLI = 1000, KMH_MAX = 255, BARE_KG_MIN = 500 };
#define NUMBER_MAX INT64_C(10000000000) /* of a number in thousandths */

bool xd_road_words_begin(struct xd_road_words *words, const char *value, bool *unread)
{
    if (!value)
        return false;
    const size_t n = strlen(value);
    if (n > XD_ROAD_WORDS_MAX) {
        *unread = true;
        return false;
    }
    memcpy(words->text, value, n + 1);
    words->at = words->text;
    return xd_text_normalise(words->text) > 0;
}

const char *xd_road_words_next(struct xd_road_words *words)
{
    char *word;
    do {
        word = strsep(&words->at, ";");
    } while (word && xd_text_normalise(word) == 0);
    return word;
}

int xd_road_word_find(const struct xd_road_word *table, size_t table_n, const char *word, int otherwise)
{
    for (size_t i = 0; i < table_n; i++)
        if (strcasecmp(table[i].word, word) == 0)
            return table[i].value;
    return otherwise;
}

/* Typographic primes and quotes become plain ones: 12\u20326\u2033 is 12'6". */
static void plain_quotes(char *text)
{
    static const struct {
        const char *from;
        char to;
    } quotes[] = {{"\xe2\x80\xb2", '\''}, {"\xe2\x80\xb3", '"'}, {"\xe2\x80\x99", '\''}, {"\xe2\x80\x9d", '"'}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(quotes); i++)
        for (char *at = strstr(text, quotes[i].from); at; at = strstr(at, quotes[i].from)) {
            *at = quotes[i].to;
            memmove(at + 1, at + 3, strlen(at + 3) + 1);
        }
}

/* A copy that can be cut: plain characters, no blanks at the ends. False for nothing, and for what is too long to be a quantity. */
static bool take_copy(const char *text, char copy[TEXT_MAX], bool *unread)
{
    if (!text)
        return false;
    size_t n = strlen(text);
    if (n >= TEXT_MAX) {
        *unread = true;
        return false;
    }
    memcpy(copy, text, n + 1);
    plain_quotes(copy);
    if (xd_text_normalise(copy) == 0)
        *unread = true;
    return copy[0] != '\0';
}

static const char *skip_blanks(const char *text)
{
    while (*text == ' ')
        text++;
    return text;
}

/* The number at the start, in thousandths; *rest behind it and its blanks. A comma between digits is a decimal point ("3,5"); a unit may know
 * better (take_quantity). */
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

/* A number whose commas part thousands ("10,000", "1,000,000.5"); false when its commas are none. */
static bool take_grouped_milli(const char *text, int64_t *milli, const char **rest)
{
    char digits[TEXT_MAX];
    size_t n = strspn(text, "0123456789"), at = n;
    if (n < 1 || n > 3 || text[n] != ',')
        return false;
    memcpy(digits, text, n);
    for (; text[at] == ','; at += 1 + 3) {
        if (strspn(text + at + 1, "0123456789") != 3)
            return false;
        memcpy(digits + n, text + at + 1, 3);
        n += 3;
    }
    const size_t part_n = text[at] == '.' ? 1 + strspn(text + at + 1, "0123456789") : 0;
    memcpy(digits + n, text + at, part_n);
    if (xd_parse_fixed(digits, n + part_n, 3, 0, NUMBER_MAX, milli) != XD_NUMBER_OK)
        return false;
    *rest = skip_blanks(text + at + part_n);
    return true;
}

struct unit {
    const char *name;
    int64_t numerator, denominator; /* of a thousandth of the unit, in what is asked for */
};

/* Nobody writes three decimals of a small unit: there such a comma parts thousands. */
static bool is_small(const char *unit)
{
    static const struct xd_road_word units[] = {{"kg", 1}, {"公斤", 1}, {"千克", 1}, {"lb", 1}, {"lbs", 1}, {"mm", 1}};
    return XD_ROAD_WORD(units, unit, 0) != 0;
}

/* Quantity in the wanted unit, rounded down; false when number or unit is not understood, and for nought, which limits nothing. */
static bool take_quantity(const char *text, const struct unit *units, size_t units_n, int64_t *value)
{
    int64_t plain = 0, grouped = 0;
    const char *rest = NULL, *behind = NULL;
    const bool is_plain = take_milli(text, &plain, &rest), is_grouped = take_grouped_milli(text, &grouped, &behind);
    rest = is_plain ? rest : behind;
    for (size_t i = 0; i < units_n && rest; i++) {
        const int64_t milli = is_grouped && is_small(units[i].name) ? grouped : is_plain ? plain : 0;
        if (milli > 0 && strcasecmp(rest, units[i].name) == 0) {
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

static const struct xd_road_word speed_words[] = {
    {"walk", 6},
    {"none", 0},
    {"signals", 0},
    {"variable", 0},
    {"default", 0},
    {"implicit", 0},
    {"unposted", 0},
    {"no", 0},
    /* China's road traffic regulations, article 45: one lane each way */
    {"CN:urban", 50},
    {"CN:rural", 70},
    {"CN:motorway", 120},
    {"CN:living_street", 10},
};

/* Zones of other countries by their ending; common values, only ever a cap above the class's own speed. */
static const struct xd_road_word speed_zones[] = {{"urban", 50},         {"rural", 90},        {"trunk", 100},
                                                  {"nsl_single", 96},    {"nsl_dual", 112},    {"motorway", 120},
                                                  {"living_street", 10}, {"bicycle_road", 30}, {"walk", 6}};

static bool speed_one(const char *text, int64_t *kmh)
{
    static const struct unit units[] = {{"", 1, 1000},           {"km/h", 1, 1000},      {"kmh", 1, 1000},       {"kph", 1, 1000},
                                        {"公里", 1, 1000},       {"公里/小时", 1, 1000}, {"千米/小时", 1, 1000}, {"mph", 1609344, 1000000000},
                                        {"knots", 1852, 1000000}};
    *kmh = XD_ROAD_WORD(speed_words, text, -1);
    if (*kmh >= 0)
        return true;
    const char *colon = strrchr(text, ':');
    if (!colon)
        return take_quantity(text, units, XD_ARRAY_LENGTH(units), kmh) && *kmh > 0;
    *kmh = XD_ROAD_WORD(speed_zones, colon + 1, -1);
    if (*kmh >= 0)
        return true;
    /* "DE:zone:30", "CN:zone30", "FR:30" */
    const char *number = strncasecmp(colon + 1, "zone", 4) == 0 ? colon + 5 : colon + 1;
    return take_quantity(number, units, 1, kmh) && *kmh > 0;
}

uint8_t xd_road_value_speed_kmh(const char *text, bool *unread)
{
    char copy[TEXT_MAX];
    if (!take_copy(text, copy, unread))
        return 0;
    int64_t least = 0;
    char *saved = NULL;
    for (char *one = strtok_r(copy, ";|", &saved); one; one = strtok_r(NULL, ";|", &saved)) {
        int64_t kmh;
        if (xd_text_normalise(one) == 0)
            continue;
        if (!speed_one(one, &kmh))
            *unread = true;
        else if (kmh > 0 && (least == 0 || kmh < least))
            least = kmh;
    }
    return least > KMH_MAX ? KMH_MAX : (uint8_t)least;
}

/* Words on the place of a limit that mean: none is signed. */
static bool is_no_limit(const char *text)
{
    static const struct xd_road_word words[] = {{"default", 1},  {"below_default", 1}, {"none", 1},    {"no", 1},
                                                {"unsigned", 1}, {"no_sign", 1},       {"unknown", 1}, {"no_indications", 1}};
    return XD_ROAD_WORD(words, text, 0) != 0;
}

/* Quantity of one of the words of a list. */
typedef bool (*quantity_one)(const char *text, int64_t *value);

static uint16_t least_of_list(const char *text, quantity_one one, bool *unread)
{
    char copy[TEXT_MAX];
    if (!take_copy(text, copy, unread))
        return 0;
    uint16_t least = 0;
    char *saved = NULL;
    for (char *word = strtok_r(copy, ";", &saved); word; word = strtok_r(NULL, ";", &saved)) {
        int64_t value;
        if (xd_text_normalise(word) == 0 || is_no_limit(word))
            continue;
        if (!one(word, &value))
            *unread = true;
        else if (least == 0 || clamp_limit(value) < least)
            least = clamp_limit(value);
    }
    return least;
}

static bool weight_kg(const char *text, int64_t *kg)
{
    /* A bare number is tonnes. "st" is the American short ton of 907.18474 kg, "lt" the long one, "cwt" the long hundredweight of 112 lb. */
    static const struct unit units[] = {{"", 1, 1},
                                        {"t", 1, 1},
                                        {"ton", 1, 1},
                                        {"tons", 1, 1},
                                        {"tonnes", 1, 1},
                                        {"吨", 1, 1},
                                        {"kg", 1, 1000},
                                        {"公斤", 1, 1000},
                                        {"千克", 1, 1000},
                                        {"st", 90718474, 100000000},
                                        {"lt", 10160469, 10000000},
                                        {"cwt", 5080235, 100000000},
                                        {"lb", 45359237, 100000000000},
                                        {"lbs", 45359237, 100000000000}};
    int64_t bare_milli;
    const char *rest;
    if (take_milli(text, &bare_milli, &rest) && *rest == '\0' && bare_milli >= (int64_t)BARE_KG_MIN * MILLI) {
        *kg = bare_milli / MILLI; /* no bridge bears so many tonnes: the mapper wrote kilograms */
        return true;
    }
    return take_quantity(text, units, XD_ARRAY_LENGTH(units), kg);
}

static bool weight_one(const char *text, int64_t *value)
{
    int64_t kg;
    if (!weight_kg(text, &kg))
        return false;
    *value = kg / 100;
    return true;
}

int32_t xd_road_value_weight_kg(const char *text, bool *unread)
{
    char copy[TEXT_MAX];
    int64_t kg;
    if (!take_copy(text, copy, unread))
        return 0;
    if (!weight_kg(copy, &kg)) {
        *unread = true;
        return 0;
    }
    return kg > INT32_MAX ? INT32_MAX : (int32_t)kg;
}

uint16_t xd_road_value_weight_100kg(const char *text, bool *unread)
{
    return least_of_list(text, weight_one, unread);
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

static bool length_one(const char *text, int64_t *value)
{
    static const struct unit units[] = {{"", 100, 1000},   {"m", 100, 1000}, {"metres", 100, 1000}, {"米", 100, 1000},      {"cm", 1, 1000},
                                        {"厘米", 1, 1000}, {"mm", 1, 10000}, {"ft", 3048, 100000},  {"feet", 3048, 100000}, {"in", 254, 100000}};
    return take_quantity(text, units, XD_ARRAY_LENGTH(units), value) || feet_and_inches(text, value);
}

uint16_t xd_road_value_length_cm(const char *text, bool *unread)
{
    return least_of_list(text, length_one, unread);
}

static bool lanes_one(const char *text, int64_t *value)
{
    static const struct unit units[] = {{"", 1, 1000}};
    return take_quantity(text, units, 1, value) && *value > 0;
}

uint8_t xd_road_value_lanes(const char *text, bool *unread)
{
    const uint16_t lanes_n = least_of_list(text, lanes_one, unread);
    return lanes_n > UINT8_MAX ? UINT8_MAX : (uint8_t)lanes_n;
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

int32_t xd_road_value_duration_s(const char *text, bool *unread)
{
    char copy[TEXT_MAX];
    if (!take_copy(text, copy, unread))
        return 0;
    int64_t seconds = 0;
    int64_t minutes_milli;
    const char *rest;
    if (copy[0] == 'P') {
        if (!iso_duration(copy + 1, &seconds))
            seconds = 0;
    } else if (xd_parse_clock(copy, strlen(copy), &seconds) == XD_NUMBER_OK) {
        /* hours and minutes */
    } else if (take_milli(copy, &minutes_milli, &rest) &&
               (*rest == '\0' || strcasecmp(rest, "min") == 0 || strcasecmp(rest, "minutes") == 0 || strcmp(rest, "分钟") == 0)) {
        seconds = minutes_milli * 60 / MILLI;
    }
    if (seconds <= 0)
        *unread = true;
    return seconds > XD_DURATION_MAX_S ? XD_DURATION_MAX_S : (int32_t)seconds;
}
