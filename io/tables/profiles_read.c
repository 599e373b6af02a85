#include "io/tables/profiles_read.h"

#include "base/number.h"
#include "base/text.h"
#include "io/bytes/csv.h"
#include "io/export/embedded.h"
#include "maps/profile_table.h"
#include "maps/road_access.h"

#include <stdio.h>
#include <string.h>

enum { ROWS_MAX = 1000, CELL_MAX = 160, LIST_MAX = 512 };

static const char BUILT_IN[] = "profiles.csv (built in)";
static const char BASED_ON[] = "based_on";

struct reading {
    const struct xd_csv *csv;
    struct xd_diagnostics *diagnostics;
    struct xd_profiles *made;
    int32_t *row_of;      /* xd_profile_properties_n: the property's row, -1 = none */
    int32_t based_on_row; /* -1 = none */
};

static const char *text_of(const struct reading *reading, const struct xd_csv_cell *cell)
{
    return reading->csv->text + cell->text;
}

static const struct xd_csv_cell *cell_at(const struct reading *reading, int32_t row, int32_t column)
{
    return &reading->csv->cells[reading->csv->rows[row].first_cell + (size_t)column];
}

static struct xd_location place_of(const struct reading *reading, const struct xd_csv_cell *cell, const char *field)
{
    return xd_at_cell(reading->csv->source, cell->line, cell->column, field);
}

static void no_memory(struct xd_diagnostics *diagnostics)
{
    struct xd_error error;
    (void)xd_fail_memory(&error, "vehicle profiles", sizeof(struct xd_profile) * XD_PROFILES_MAX);
    xd_diagnostics_add(diagnostics, &error);
}

/* ---- rows ---- */

static int32_t property_find(const char *key)
{
    for (size_t i = 0; i < xd_profile_properties_n; i++)
        if (strcmp(xd_profile_properties[i].key, key) == 0)
            return (int32_t)i;
    return -1;
}

static void refuse_row(const struct reading *reading, const struct xd_csv_cell *cell)
{
    const char *words[128] = {BASED_ON};
    size_t words_n = 1;
    for (size_t i = 0; i < xd_profile_properties_n && words_n < XD_ARRAY_LENGTH(words); i++)
        words[words_n++] = xd_profile_properties[i].key;
    const char *near = xd_text_suggest(text_of(reading, cell), words, words_n);
    if (near)
        xd_diagnostics_error(reading->diagnostics, XD_DATA, place_of(reading, cell, "property"),
                             "found the unknown property \"%.40s\"; do you mean \"%s\"?", text_of(reading, cell), near);
    else
        xd_diagnostics_error(reading->diagnostics, XD_DATA, place_of(reading, cell, "property"),
                             "found the unknown property \"%.40s\"; docs/profiles.md lists all", text_of(reading, cell));
}

static void rows_find(struct reading *reading)
{
    reading->based_on_row = -1;
    for (size_t i = 0; i < xd_profile_properties_n; i++)
        reading->row_of[i] = -1;
    for (int32_t row = 0; row < reading->csv->rows_n; row++) {
        const struct xd_csv_cell *cell = cell_at(reading, row, 0);
        const int32_t property = property_find(text_of(reading, cell));
        const bool is_base = strcmp(text_of(reading, cell), BASED_ON) == 0;
        if (property < 0 && !is_base) {
            refuse_row(reading, cell);
            continue;
        }
        int32_t *at = is_base ? &reading->based_on_row : &reading->row_of[property];
        if (*at >= 0)
            xd_diagnostics_error(reading->diagnostics, XD_DATA, place_of(reading, cell, "property"),
                                 "found the property \"%.40s\" again, expected each once (it is in line %d already)", text_of(reading, cell),
                                 (int)cell_at(reading, *at, 0)->line);
        else
            *at = row;
    }
}

/* ---- cells ---- */

/* "hgv > goods > access" */
static bool keys_of(const char *text, int32_t *keys)
{
    int last = XD_ACCESS_KEYS_N;
    *keys = 0;
    while (*text) {
        size_t n = strcspn(text, ">");
        size_t end = n;
        while (end > 0 && text[end - 1] == ' ')
            end--;
        int key = 0;
        while (key < XD_ACCESS_KEYS_N && (strlen(xd_access_key_names[key]) != end || memcmp(xd_access_key_names[key], text, end) != 0))
            key++;
        if (key >= last)
            return false;
        last = key;
        *keys |= 1 << key;
        text += n + (text[n] == '>');
        text += strspn(text, " ");
    }
    return *keys != 0;
}

/* What a cell of this kind may hold, for messages. */
static const char *words_of(enum xd_profile_kind kind)
{
    return kind == XD_PROFILE_SPEED ? " or no" : kind == XD_PROFILE_CAP ? ", - or closed" : kind == XD_PROFILE_EASE ? " or -" : "";
}

static void read_number(const struct reading *reading, const struct xd_csv_cell *cell, const struct xd_profile_property *property, const char *text,
                        struct xd_profile *profile)
{
    int64_t value = 0;
    const enum xd_number_result result = xd_parse_int64(text, strlen(text), property->min, property->max, &value);
    if (result == XD_NUMBER_OK)
        *xd_profile_value(profile, property) = (int32_t)value;
    else if (property->kind == XD_PROFILE_SPEED && strcmp(text, "no") == 0)
        *xd_profile_value(profile, property) = 0;
    else if ((property->kind == XD_PROFILE_CAP || property->kind == XD_PROFILE_EASE) && strcmp(text, "-") == 0)
        *xd_profile_value(profile, property) = XD_CAP_NONE;
    else if (property->kind == XD_PROFILE_CAP && strcmp(text, "closed") == 0)
        *xd_profile_value(profile, property) = XD_CAP_CLOSED;
    else
        xd_diagnostics_error(reading->diagnostics, XD_DATA, place_of(reading, cell, profile->name), "%s: found \"%.40s\", expected %d .. %d%s",
                             property->key, text, (int)property->min, (int)property->max, xd_message(words_of(property->kind)));
}

static bool fuel_of(const char *text, int32_t *fuel)
{
    for (int32_t i = 0; i < XD_FUELS_N; i++)
        if (strcmp(xd_fuel_names[i], text) == 0) {
            *fuel = i;
            return true;
        }
    return false;
}

static void read_cell(const struct reading *reading, const struct xd_csv_cell *cell, const struct xd_profile_property *property,
                      struct xd_profile *profile)
{
    char text[CELL_MAX];
    if (property->kind == XD_PROFILE_LABEL) {
        profile->name_zh = xd_arena_string(&reading->made->arena, text_of(reading, cell), cell->length);
        if (!profile->name_zh) {
            profile->name_zh = "";
            no_memory(reading->diagnostics);
        }
        return;
    }
    snprintf(text, sizeof text, "%s", text_of(reading, cell));
    (void)xd_text_normalise(text);
    if (property->kind == XD_PROFILE_FUEL) {
        if (!fuel_of(text, &profile->energy))
            xd_diagnostics_error(reading->diagnostics, XD_DATA, place_of(reading, cell, profile->name),
                                 "%s: found \"%.40s\", expected none, diesel, petrol or electric", property->key, text);
    } else if (property->kind != XD_PROFILE_KEYS) {
        read_number(reading, cell, property, text, profile);
    } else if (cell->length >= sizeof text || !keys_of(text, &profile->access_keys)) {
        xd_diagnostics_error(reading->diagnostics, XD_DATA, place_of(reading, cell, profile->name),
                             "%s: found \"%.40s\", expected access keys with > between, the most special first: hgv > goods > motorcar > "
                             "motor_vehicle > vehicle > access",
                             property->key, text);
    }
}

/* ---- columns ---- */

static bool is_name(const char *name)
{
    const size_t n = strlen(name);
    return n > 0 && n <= XD_PROFILE_NAME_MAX && strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == n;
}

static bool is_note(const char *header)
{
    return xd_names_hold("unit|note|单位|说明|备注", header);
}

/* The profile that the column is for, made when it is new; NULL after an error. */
static struct xd_profile *column_profile(const struct reading *reading, int32_t column, bool *is_new)
{
    const struct xd_csv_cell *head = &reading->csv->cells[reading->csv->header.first_cell + (size_t)column];
    const char *name = text_of(reading, head);
    struct xd_profiles *made = reading->made;
    *is_new = false;
    if (!is_name(name)) {
        xd_diagnostics_error(reading->diagnostics, XD_DATA, place_of(reading, head, ""),
                             "found \"%.40s\", expected the name of a profile: 1 to %d letters, digits, _ or -", name, XD_PROFILE_NAME_MAX);
        return NULL;
    }
    for (int32_t other = 1; other < column; other++) {
        const struct xd_csv_cell *before = &reading->csv->cells[reading->csv->header.first_cell + (size_t)other];
        if (strcmp(text_of(reading, before), name) == 0) {
            xd_diagnostics_error(reading->diagnostics, XD_DATA, place_of(reading, head, ""), "found the profile \"%.40s\" again, expected each once",
                                 name);
            return NULL;
        }
    }
    for (int32_t i = 0; i < made->items_n; i++)
        if (strcmp(made->items[i].name, name) == 0)
            return &made->items[i];
    if (made->items_n == XD_PROFILES_MAX) {
        xd_diagnostics_error(reading->diagnostics, XD_DATA, place_of(reading, head, ""),
                             "found more than %d profiles; remove those that are not used", (int)XD_PROFILES_MAX);
        return NULL;
    }
    const char *copy = xd_arena_string(&made->arena, name, strlen(name));
    if (!copy) {
        no_memory(reading->diagnostics);
        return NULL;
    }
    *is_new = true;
    made->items[made->items_n] = (struct xd_profile){.name = copy, .name_zh = copy};
    return &made->items[made->items_n++];
}

/* Everything from the profile in the row based_on. False after an error; *found tells whether there was one. */
static bool take_base(const struct reading *reading, int32_t column, bool is_new, struct xd_profile *profile, bool *found)
{
    *found = false;
    if (reading->based_on_row < 0)
        return true;
    const struct xd_csv_cell *cell = cell_at(reading, reading->based_on_row, column);
    if (cell->length == 0)
        return true;
    const struct xd_profile *base = xd_profile_find(reading->made, text_of(reading, cell));
    if (!base || (base == profile && is_new)) {
        const char *names[XD_PROFILES_MAX];
        char list[LIST_MAX];
        (void)xd_profiles_names(reading->made, names, list, sizeof list);
        xd_diagnostics_error(reading->diagnostics, XD_DATA, place_of(reading, cell, profile->name),
                             "%s: found \"%.40s\", expected a profile that is known or stands to the left: %s", BASED_ON, text_of(reading, cell),
                             list);
        return false;
    }
    const struct xd_profile own = *profile;
    *profile = *base;
    profile->name = own.name;
    profile->name_zh = own.name_zh;
    *found = true;
    return true;
}

static void tell_missing(const struct reading *reading, int32_t column, const struct xd_profile *profile)
{
    char list[LIST_MAX] = "";
    int missing_n = 0;
    for (size_t i = 0; i < xd_profile_properties_n; i++) {
        const int32_t row = reading->row_of[i];
        if (row >= 0 && cell_at(reading, row, column)->length > 0)
            continue;
        const size_t used = strlen(list);
        if (missing_n++ < 5)
            snprintf(list + used, sizeof list - used, "%s%s", used ? ", " : "", xd_profile_properties[i].key);
    }
    const struct xd_csv_cell *head = &reading->csv->cells[reading->csv->header.first_cell + (size_t)column];
    if (missing_n > 0)
        xd_diagnostics_error(reading->diagnostics, XD_DATA, place_of(reading, head, ""),
                             "the new profile %s lacks %d properties (%s%s); name a profile to start from in a row based_on, or fill them",
                             profile->name, missing_n, list, missing_n > 5 ? " ..." : "");
}

static void read_column(const struct reading *reading, int32_t column)
{
    bool is_new, has_base;
    struct xd_profile *profile = column_profile(reading, column, &is_new);
    if (!profile || !take_base(reading, column, is_new, profile, &has_base))
        return;
    if (is_new && !has_base)
        tell_missing(reading, column, profile);
    for (size_t i = 0; i < xd_profile_properties_n; i++) {
        const int32_t row = reading->row_of[i];
        if (row >= 0 && cell_at(reading, row, column)->length > 0)
            read_cell(reading, cell_at(reading, row, column), &xd_profile_properties[i], profile);
    }
}

/* ---- the whole ---- */

static struct xd_profiles *profiles_copy(const struct xd_profiles *base)
{
    struct xd_profiles *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return NULL;
    made->items = xd_arena_alloc_zero(&made->arena, XD_PROFILES_MAX, sizeof *made->items);
    bool good = made->items != NULL;
    for (int32_t i = 0; good && base && i < base->items_n; i++) {
        struct xd_profile *item = &made->items[made->items_n++];
        *item = base->items[i];
        item->name = xd_arena_string(&made->arena, base->items[i].name, strlen(base->items[i].name));
        item->name_zh = xd_arena_string(&made->arena, base->items[i].name_zh, strlen(base->items[i].name_zh));
        good = item->name && item->name_zh;
    }
    if (good)
        return made;
    xd_profiles_free(made);
    return NULL;
}

static void read_table(struct reading *reading)
{
    const struct xd_csv *csv = reading->csv;
    const struct xd_csv_cell *first = &csv->cells[csv->header.first_cell];
    if (!xd_names_hold("property|属性", text_of(reading, first))) {
        xd_diagnostics_error(reading->diagnostics, XD_DATA, place_of(reading, first, ""),
                             "found \"%.40s\", expected the header of a table of profiles: property, then the names of profiles",
                             text_of(reading, first));
        return;
    }
    rows_find(reading);
    for (int32_t column = 1; column < csv->columns_n; column++)
        if (!is_note(text_of(reading, &csv->cells[csv->header.first_cell + (size_t)column])))
            read_column(reading, column);
    if (reading->made->items_n == 0)
        xd_diagnostics_error(reading->diagnostics, XD_DATA, place_of(reading, first, ""), "found no profile, expected a column for at least one");
}

enum xd_status xd_profiles_read_bytes(const char *bytes, size_t n, const char *source, const struct xd_profiles *base,
                                      struct xd_diagnostics *diagnostics, struct xd_profiles **profiles)
{
    const int32_t errors_before_n = diagnostics->errors_n, left_out_before_n = diagnostics->errors_left_out_n;
    struct xd_csv *csv = NULL;
    enum xd_status status = xd_csv_read(bytes, n, source, ROWS_MAX, diagnostics, &csv);
    if (status != XD_OK)
        return status;
    struct reading reading = {.csv = csv, .diagnostics = diagnostics, .made = profiles_copy(base)};
    reading.row_of = xd_alloc(xd_profile_properties_n, sizeof *reading.row_of);
    if (reading.made && reading.row_of)
        read_table(&reading);
    else
        no_memory(diagnostics);
    const bool good = diagnostics->errors_n == errors_before_n && diagnostics->errors_left_out_n == left_out_before_n;
    if (good)
        *profiles = reading.made;
    else
        xd_profiles_free(reading.made);
    xd_free(reading.row_of);
    xd_csv_free(csv);
    if (good)
        return XD_OK;
    return diagnostics->errors_n > errors_before_n ? diagnostics->errors[errors_before_n].status : XD_NO_MEMORY;
}

enum xd_status xd_profiles_read(const char *path, struct xd_diagnostics *diagnostics, struct xd_profiles **profiles)
{
    struct xd_profiles *built_in = NULL;
    struct xd_buffer text;
    struct xd_error error;
    enum xd_status status = xd_profiles_read_bytes((const char *)xd_embedded_profiles_csv, xd_embedded_profiles_csv_n, BUILT_IN, NULL, diagnostics,
                                                   path ? &built_in : profiles);
    if (status != XD_OK || !path)
        return status;
    xd_buffer_init(&text, XD_TEXT_FILE_MAX);
    status = xd_text_read_file(path, XD_TEXT_FILE_MAX, XD_ENCODING_AUTO, &text, diagnostics, &error);
    if (status == XD_OK)
        status = xd_profiles_read_bytes(text.bytes ? text.bytes : "", text.length, path, built_in, diagnostics, profiles);
    else
        xd_diagnostics_add(diagnostics, &error);
    xd_buffer_free(&text);
    xd_profiles_free(built_in);
    return status;
}
