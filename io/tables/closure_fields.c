#include "io/tables/closure_fields.h"

#include "base/number.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOKEN_MAX = 128, LIST_MAX = 256 };

const struct xd_csv_column xd_closures_columns[XD_CLOSURES_COLUMNS_N] = {
    [XD_CLOSURES_NAME] = {"name|名称|事件|封路名称", true},
    [XD_CLOSURES_WAY] = {"way|道路|道路编号|线编号|OSM编号", false},
    [XD_CLOSURES_LON] = {"lon|经度|longitude|lng", false},
    [XD_CLOSURES_LAT] = {"lat|纬度|latitude", false},
    [XD_CLOSURES_RADIUS] = {"radius_m|半径|半径m|半径(米)", false},
    [XD_CLOSURES_DIRECTION] = {"direction|方向", false},
    [XD_CLOSURES_PERCENT] = {"speed_percent|速度百分比|车速百分比|车速(%)", false},
    [XD_CLOSURES_KMH] = {"max_kmh|限速|限速kmh|限速(公里/小时)", false},
    [XD_CLOSURES_FROM] = {"from|开始|开始日期|起始日期", false},
    [XD_CLOSURES_UNTIL] = {"until|结束|结束日期|截止日期", false},
    [XD_CLOSURES_SEASON] = {"season|季节|时段", false},
    [XD_CLOSURES_VEHICLES] = {"vehicles|车辆|车型|适用车辆", false},
    [XD_CLOSURES_NOTE] = {"note|备注|说明|原因", false},
    [XD_CLOSURES_BUFFER] = {"buffer_m|缓冲|缓冲m|缓冲(米)", false},
};

const char *const xd_closure_direction_words[3] = {"both|双向|两向", "forward|正向|顺向", "backward|反向|逆向"};

const struct xd_season xd_seasons[XD_SEASONS_N] = {
    {"rainy|雨季|汛期", 5, 9}, {"dry|旱季|枯水期", 10, 4}, {"ice|冰冻|凝冻|凝冻期", 12, 2}, {"spring|春|春季", 3, 5},
    {"summer|夏|夏季", 6, 8},  {"autumn|秋|秋季", 9, 11},  {"winter|冬|冬季", 12, 2},
};

void xd_closure_refuse(const struct xd_closure_fields *fields, size_t column, const char *format, ...)
{
    struct xd_diagnostics *diagnostics = fields->reading->diagnostics;
    char key[XD_ERROR_FIELD_MAX];
    struct xd_error error;
    va_list arguments;
    if (diagnostics->errors_n >= XD_DIAGNOSTICS_MAX) { /* the place of what will not be shown is not looked for */
        diagnostics->errors_left_out_n++;
        return;
    }
    va_start(arguments, format);
    (void)xd_fail_v(&error, XD_DATA, fields->at(fields, column, key), format, arguments);
    va_end(arguments);
    xd_diagnostics_add(diagnostics, &error);
}

void *xd_closures_copy(struct xd_closures_reading *reading, const void *items, size_t items_n, size_t item_size)
{
    void *copy = xd_arena_copy(&reading->closures->arena, items, items_n, item_size);
    struct xd_error error;
    if (!copy && !reading->no_memory) {
        (void)xd_fail_memory(&error, "closures", items_n * item_size);
        xd_diagnostics_add(reading->diagnostics, &error);
        reading->no_memory = true;
    }
    return copy;
}

void xd_closures_keep(struct xd_closures_reading *reading, const struct xd_closure *closure)
{
    struct xd_error error;
    if (xd_closures_add(reading->closures, closure, &error) == XD_OK)
        return;
    if (!reading->no_memory)
        xd_diagnostics_add(reading->diagnostics, &error);
    reading->no_memory = reading->no_memory || error.status == XD_NO_MEMORY;
}

bool xd_closure_take_points(struct xd_closures_reading *reading, struct xd_closure *closure, const struct xd_position *points,
                            const int32_t *first_part, const int32_t *first_point, int32_t groups_n)
{
    const int32_t parts_n = first_part[groups_n], points_n = first_point[parts_n];
    struct xd_position *copy = xd_closures_copy(reading, points, (size_t)points_n, sizeof *points);
    for (int32_t i = 0; i < points_n && copy; i++)
        copy[i] = xd_position_to_wgs84(copy[i], reading->crs);
    closure->points = copy;
    closure->first_part = xd_closures_copy(reading, first_part, (size_t)groups_n + 1, sizeof *first_part);
    closure->first_point = xd_closures_copy(reading, first_point, (size_t)parts_n + 1, sizeof *first_point);
    closure->groups_n = groups_n;
    return closure->points && closure->first_part && closure->first_point;
}

/* ---- cells ---- */

/* The field in half-width, without blanks around it; false after an error (too long), or where it is blank. */
static bool token_of(const struct xd_closure_fields *fields, size_t column, char token[TOKEN_MAX])
{
    const char *text = fields->text[column];
    if (strlen(text) >= TOKEN_MAX) {
        xd_closure_refuse(fields, column, "found a text of %zu bytes (\"%.20s...\"), expected a short value", strlen(text), text);
        return false;
    }
    strcpy(token, text);
    return xd_text_normalise(token) > 0;
}

static bool take_integer(const struct xd_closure_fields *fields, size_t column, int64_t min, int64_t max, int64_t *value)
{
    char token[TOKEN_MAX];
    if (!token_of(fields, column, token))
        return strlen(fields->text[column]) < TOKEN_MAX;
    if (xd_parse_int64(token, strlen(token), min, max, value) == XD_NUMBER_OK)
        return true;
    xd_closure_refuse(fields, column, "found \"%.40s\", expected a whole number from %" PRId64 " to %" PRId64, token, min, max);
    return false;
}

static bool take_date(const struct xd_closure_fields *fields, size_t column, int64_t *days)
{
    char token[TOKEN_MAX];
    if (!token_of(fields, column, token))
        return strlen(fields->text[column]) < TOKEN_MAX;
    if (xd_parse_date(token, strlen(token), days) == XD_NUMBER_OK)
        return true;
    xd_closure_refuse(fields, column, "found \"%.40s\", expected a date as YYYY-MM-DD from 1900 to 2199", token);
    return false;
}

/* One of a list's words; lists are separated by blanks, commas, semicolons, bars and their Chinese forms. */
static size_t next_word(const char **at, char word[TOKEN_MAX])
{
    static const char *const separators[] = {
        " ", "\t", ",", ";", "|", "\xe3\x80\x81" /* 、 */, "\xef\xbc\x8c" /* , */, "\xef\xbc\x9b" /* ; */, "\xe3\x80\x80" /* a wide blank */};
    size_t n = 0;
    word[0] = '\0';
    while (**at) {
        size_t skip_n = 0;
        for (size_t s = 0; s < XD_ARRAY_LENGTH(separators) && skip_n == 0; s++)
            skip_n = strncmp(*at, separators[s], strlen(separators[s])) == 0 ? strlen(separators[s]) : 0;
        if (skip_n > 0 && n > 0)
            break;
        if (skip_n == 0 && n + 1 < TOKEN_MAX)
            word[n] = **at;
        n += skip_n == 0;
        *at += skip_n > 0 ? skip_n : 1;
    }
    word[n + 1 < TOKEN_MAX ? n : TOKEN_MAX - 1] = '\0';
    return n == 0 ? 0 : xd_text_normalise(word);
}

static int by_id(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

bool xd_closure_take_ways(const struct xd_closure_fields *fields, struct xd_closure *closure)
{
    int64_t ways[XD_CLOSURE_WAYS_MAX];
    char word[TOKEN_MAX];
    const char *at = fields->text[XD_CLOSURES_WAY];
    int32_t n = 0, kept_n = 0;
    while (next_word(&at, word) > 0) {
        int64_t id = 0;
        if (xd_parse_int64(word, strlen(word), INT64_MIN, INT64_MAX, &id) != XD_NUMBER_OK) {
            xd_closure_refuse(fields, XD_CLOSURES_WAY, "found \"%.40s\", expected ids of OpenStreetMap ways, with blanks between", word);
            return false;
        }
        if (n == XD_CLOSURE_WAYS_MAX) {
            xd_closure_refuse(fields, XD_CLOSURES_WAY, "found more than %d ways, the limit of one closure; divide it", (int)XD_CLOSURE_WAYS_MAX);
            return false;
        }
        ways[n++] = id;
    }
    qsort(ways, (size_t)n, sizeof *ways, by_id);
    for (int32_t i = 0; i < n; i++)
        if (i == 0 || ways[i] != ways[i - 1])
            ways[kept_n++] = ways[i];
    closure->shape = XD_CLOSURE_WAYS;
    closure->ways_n = kept_n;
    closure->ways = xd_closures_copy(fields->reading, ways, (size_t)kept_n, sizeof *ways);
    return closure->ways != NULL;
}

bool xd_closure_take_reach(const struct xd_closure_fields *fields, size_t column, int32_t standard_m, int32_t max_m, struct xd_closure *closure)
{
    int64_t reach_m = standard_m;
    if (!take_integer(fields, column, 1, max_m, &reach_m))
        return false;
    if (reach_m == 0) {
        xd_closure_refuse(fields, column, "is blank, expected how far the closure reaches around its position, in metres");
        return false;
    }
    closure->reach_m = (int32_t)reach_m;
    return true;
}

static bool take_direction(const struct xd_closure_fields *fields, struct xd_closure *closure)
{
    static const uint8_t directions[] = {XD_CLOSURE_BOTH, XD_CLOSURE_FORWARD, XD_CLOSURE_BACKWARD};
    char token[TOKEN_MAX];
    closure->directions = XD_CLOSURE_BOTH;
    if (!token_of(fields, XD_CLOSURES_DIRECTION, token))
        return strlen(fields->text[XD_CLOSURES_DIRECTION]) < TOKEN_MAX;
    size_t i = 0;
    while (i < XD_ARRAY_LENGTH(directions) && !xd_names_hold(xd_closure_direction_words[i], token))
        i++;
    if (i == XD_ARRAY_LENGTH(directions)) {
        xd_closure_refuse(fields, XD_CLOSURES_DIRECTION, "found \"%.40s\", expected one of both, forward, backward", token);
        return false;
    }
    closure->directions = directions[i];
    if (i > 0 && closure->shape != XD_CLOSURE_WAYS && closure->shape != XD_CLOSURE_LINE) {
        xd_closure_refuse(fields, XD_CLOSURES_DIRECTION, "found %.40s, expected both: only a way or a line has a direction", token);
        return false;
    }
    return true;
}

static bool take_speed(const struct xd_closure_fields *fields, struct xd_closure *closure)
{
    int64_t percent = -1, kmh = 0;
    if (!take_integer(fields, XD_CLOSURES_PERCENT, 0, 100, &percent) || !take_integer(fields, XD_CLOSURES_KMH, 1, XD_CLOSURE_KMH_MAX, &kmh))
        return false;
    if (percent == 0 && kmh > 0) {
        xd_closure_refuse(fields, XD_CLOSURES_KMH, "found %" PRId64 " while speed_percent is 0, which closes the road, expected one of them", kmh);
        return false;
    }
    if (percent == 100 && kmh == 0) {
        xd_closure_refuse(fields, XD_CLOSURES_PERCENT, "found 100 and no max_kmh: nothing changes; give a lower one, or 0 to close the road");
        return false;
    }
    closure->speed_percent = (int32_t)(percent >= 0 ? percent : kmh > 0 ? 100 : 0);
    closure->max_kmh = (int32_t)kmh;
    return true;
}

static bool take_seasons(const struct xd_closure_fields *fields, struct xd_closure *closure)
{
    const char *at = fields->text[XD_CLOSURES_SEASON];
    char word[TOKEN_MAX];
    uint16_t months = 0;
    while (next_word(&at, word) > 0) {
        size_t s = 0;
        while (s < XD_SEASONS_N && !xd_names_hold(xd_seasons[s].words, word))
            s++;
        if (s == XD_SEASONS_N) {
            xd_closure_refuse(fields, XD_CLOSURES_SEASON, "found \"%.40s\", expected rainy, dry, ice, spring, summer, autumn or winter", word);
            return false;
        }
        for (int month = xd_seasons[s].first_month;; month = month % 12 + 1) {
            months |= (uint16_t)(1U << month);
            if (month == xd_seasons[s].last_month)
                break;
        }
    }
    closure->months = months != 0 ? months : XD_MONTHS_ALL;
    return true;
}

static bool take_vehicles(const struct xd_closure_fields *fields, struct xd_closure *closure)
{
    const struct xd_profiles *profiles = fields->reading->profiles;
    const char *at = fields->text[XD_CLOSURES_VEHICLES];
    char word[TOKEN_MAX];
    uint32_t bits = 0;
    bool any = false;
    for (; next_word(&at, word) > 0; any = true) {
        const struct xd_profile *found = profiles ? xd_profile_find(profiles, word) : NULL;
        const char *names[XD_PROFILES_MAX];
        char list[LIST_MAX];
        if (found) {
            bits |= UINT32_C(1) << (found - profiles->items);
            continue;
        }
        if (!profiles)
            continue; /* could not be read, which is told */
        const char *near = xd_text_suggest(word, names, (size_t)xd_profiles_names(profiles, names, list, sizeof list));
        if (near)
            xd_closure_refuse(fields, XD_CLOSURES_VEHICLES, "found the unknown profile \"%.40s\"; do you mean \"%s\"?", word, near);
        else
            xd_closure_refuse(fields, XD_CLOSURES_VEHICLES, "found the unknown profile \"%.40s\", expected one of %s", word, list);
        return false;
    }
    closure->profiles = any ? bits : XD_CLOSURE_ALL_PROFILES;
    return true;
}

static bool take_text(const struct xd_closure_fields *fields, size_t column, const char **text)
{
    const size_t n = strlen(fields->text[column]);
    if (n > XD_CLOSURE_TEXT_MAX) {
        xd_closure_refuse(fields, column, "found a text of %zu bytes, the limit is %d", n, (int)XD_CLOSURE_TEXT_MAX);
        return false;
    }
    *text = xd_closures_copy(fields->reading, fields->text[column], n + 1, 1);
    return *text != NULL;
}

static bool take_dates(const struct xd_closure_fields *fields, struct xd_closure *closure)
{
    closure->from_days = closure->until_days = XD_CLOSURE_ALWAYS;
    bool good = take_date(fields, XD_CLOSURES_FROM, &closure->from_days);
    good = take_date(fields, XD_CLOSURES_UNTIL, &closure->until_days) && good;
    if (good && closure->from_days != XD_CLOSURE_ALWAYS && closure->until_days != XD_CLOSURE_ALWAYS && closure->until_days < closure->from_days) {
        xd_closure_refuse(fields, XD_CLOSURES_UNTIL, "found %.20s, expected the same day as from or a later one", fields->text[XD_CLOSURES_UNTIL]);
        return false;
    }
    return good;
}

bool xd_closure_take_fields(const struct xd_closure_fields *fields, struct xd_closure *closure)
{
    bool good = take_text(fields, XD_CLOSURES_NAME, &closure->name);
    if (good && closure->name[0] == '\0') {
        xd_closure_refuse(fields, XD_CLOSURES_NAME, "is blank, expected what people call the closure");
        good = false;
    }
    good = take_text(fields, XD_CLOSURES_NOTE, &closure->note) && good;
    good = take_direction(fields, closure) && good;
    good = take_speed(fields, closure) && good;
    good = take_dates(fields, closure) && good;
    good = take_seasons(fields, closure) && good;
    return take_vehicles(fields, closure) && good;
}
