#include "io/tables/tables.h"

#include "base/text.h"

#include <string.h>

enum { RANGE_MAX_KM = 10000, HOURS_MAX = 48 };

static void read_profile(struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, struct xd_fleet_type *type)
{
    char name[64];
    xd_csv_normalised(view, row, XD_FLEET_PROFILE, name, sizeof name);
    const struct xd_profiles *profiles = reading->scenario->profiles;
    if (!profiles)
        return; /* could not be read, which is told */
    const struct xd_profile *profile = xd_profile_find(profiles, name);
    if (profile) {
        type->profile = profile->name;
        return;
    }
    const char *words[XD_PROFILES_MAX];
    char list[256];
    const size_t words_n = (size_t)xd_profiles_names(profiles, words, list, sizeof list);
    const char *near = xd_text_suggest(name, words, words_n);
    if (near)
        xd_csv_refuse(view, row, XD_FLEET_PROFILE, "found the unknown profile \"%.40s\"; do you mean \"%s\"?", name, near);
    else
        xd_csv_refuse(view, row, XD_FLEET_PROFILE, "found the unknown profile \"%.40s\", expected one of %s", name, list);
}

/* Any place of the county; without a word the hub. */
static void read_base(struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, struct xd_fleet_type *type)
{
    type->base = reading->scenario->places.hub;
    if (xd_csv_blank(view, row, XD_FLEET_BASE) || !reading->places_read)
        return;
    const int32_t base = xd_place_cell(reading, view, row, XD_FLEET_BASE);
    type->base = base >= 0 ? base : type->base;
}

static void read_capacity(const struct xd_csv_view *view, int32_t row, struct xd_fleet_type *type)
{
    bool mass_good = xd_csv_fixed(view, row, XD_FLEET_PAYLOAD, 3, 0, XD_PAYLOAD_MAX_G, &type->payload_g);
    bool volume_good = xd_csv_fixed(view, row, XD_FLEET_VOLUME, 3, 0, XD_VEHICLE_VOLUME_MAX_DM3, &type->volume_dm3);
    if (mass_good && type->payload_g == 0)
        xd_csv_refuse(view, row, XD_FLEET_PAYLOAD, "found 0: this vehicle cannot carry anything; fill its payload or remove the row");
    if (volume_good && type->volume_dm3 == 0)
        xd_csv_refuse(view, row, XD_FLEET_VOLUME, "found 0: this vehicle cannot carry anything; fill its volume or remove the row");
    (void)xd_csv_yes_no(view, row, XD_FLEET_COLD, &type->cold);
}

static void read_money_and_energy(const struct xd_csv_view *view, int32_t row, struct xd_fleet_type *type)
{
    (void)xd_csv_fixed(view, row, XD_FLEET_FIXED, 2, 0, XD_MONEY_MAX_FEN, &type->fixed_fen_day);
    (void)xd_csv_fixed(view, row, XD_FLEET_DRIVER, 2, 0, XD_MONEY_MAX_FEN, &type->driver_fen_day);
    (void)xd_csv_fixed(view, row, XD_FLEET_OTHER_KM, 2, 0, XD_MONEY_MAX_FEN, &type->other_fen_km);
    (void)xd_csv_fixed(view, row, XD_FLEET_HOUR, 2, 0, XD_MONEY_MAX_FEN, &type->hourly_fen);
    int energy = XD_ENERGY_NONE;
    bool good = xd_csv_choice(view, row, XD_FLEET_ENERGY, xd_energy_words, XD_ARRAY_LENGTH(xd_energy_words), &energy);
    good = xd_csv_fixed(view, row, XD_FLEET_CONSUMPTION, 3, 0, XD_CONSUMPTION_MAX_MILLI, &type->energy_per_100km_milli) && good;
    type->energy = (enum xd_energy)energy;
    if (xd_csv_fixed(view, row, XD_FLEET_CONSUMPTION_HOUR, 3, 0, XD_CONSUMPTION_MAX_MILLI, &type->energy_per_hour_milli) && good &&
        energy == XD_ENERGY_NONE && type->energy_per_hour_milli > 0)
        xd_csv_refuse(view, row, XD_FLEET_ENERGY, "is none or blank while energy_per_hour is given, expected diesel, petrol or electric");
    if (good && energy == XD_ENERGY_NONE && type->energy_per_100km_milli > 0)
        xd_csv_refuse(view, row, XD_FLEET_ENERGY, "is none or blank while energy_per_100km is given, expected diesel, petrol or electric");
    if (good && energy != XD_ENERGY_NONE && xd_csv_blank(view, row, XD_FLEET_CONSUMPTION))
        xd_csv_refuse(view, row, XD_FLEET_CONSUMPTION, "is blank, expected %s per 100 km", energy == XD_ENERGY_ELECTRIC ? "kWh" : "litres");
}

static void read_day(const struct xd_csv_view *view, int32_t row, struct xd_fleet_type *type)
{
    bool good = xd_csv_clock(view, row, XD_FLEET_SHIFT_START, &type->shift_start_s);
    good = xd_csv_clock(view, row, XD_FLEET_SHIFT_END, &type->shift_end_s) && good;
    if (good && type->shift_start_s >= type->shift_end_s)
        xd_csv_refuse(view, row, XD_FLEET_SHIFT_END, "found %s, expected a time after shift_start %s (past midnight is 24:00 and more)",
                      xd_csv_text(view, row, XD_FLEET_SHIFT_END), xd_csv_text(view, row, XD_FLEET_SHIFT_START));
    int64_t micro_hours = 0;
    if (xd_csv_fixed(view, row, XD_FLEET_DUTY_MAX, 6, 1, (int64_t)HOURS_MAX * 1000000, &micro_hours))
        type->duty_max_s = (int32_t)((micro_hours * 3600 + 500000) / 1000000);
    type->range_m = XD_RANGE_NONE;
    (void)xd_csv_fixed(view, row, XD_FLEET_RANGE, 3, 1, (int64_t)RANGE_MAX_KM * 1000, &type->range_m);
}

static void read_row(struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, struct xd_fleet_type *type)
{
    *type = (struct xd_fleet_type){.key = "", .name = "", .profile = "", .base = -1, .line = view->csv->rows[row].line};
    const char *key = xd_csv_text(view, row, XD_FLEET_TYPE);
    const char *name = xd_csv_blank(view, row, XD_FLEET_NAME) ? key : xd_csv_text(view, row, XD_FLEET_NAME);
    if (key[0] == '\0')
        xd_csv_refuse(view, row, XD_FLEET_TYPE, "is blank, expected a short name of the vehicle type");
    const char *key_copy = xd_reading_string(reading, key);
    const char *name_copy = xd_reading_string(reading, name);
    type->key = key_copy ? key_copy : "";
    type->name = name_copy ? name_copy : "";
    for (int32_t other = 0; other < row; other++)
        if (key[0] != '\0' && strcmp(reading->scenario->fleet[other].key, key) == 0)
            xd_csv_refuse(view, row, XD_FLEET_TYPE, "found the type \"%.40s\" again, expected each once (it is in line %d already)", key,
                          (int)reading->scenario->fleet[other].line);
    int64_t count = 0;
    if (xd_csv_integer(view, row, XD_FLEET_COUNT, 0, XD_FLEET_COUNT_MAX, &count))
        type->count = (int32_t)count;
    read_profile(reading, view, row, type);
    read_base(reading, view, row, type);
    read_capacity(view, row, type);
    read_money_and_energy(view, row, type);
    read_day(view, row, type);
}

void xd_fleet_table_read(struct xd_scenario_reading *reading, const char *path)
{
    int32_t at[XD_FLEET_COLUMNS_N];
    struct xd_csv *csv = NULL;
    if (!xd_table_open(reading, path, xd_fleet_columns, XD_FLEET_COLUMNS_N, XD_FLEET_TYPES_MAX, at, &csv))
        return;
    struct xd_scenario *scenario = reading->scenario;
    struct xd_csv_view view = {.csv = csv, .columns = xd_fleet_columns, .at = at, .diagnostics = reading->diagnostics};
    int32_t errors_before_n = reading->diagnostics->errors_n;
    int64_t vehicles_n = 0;
    scenario->fleet = xd_reading_array(reading, csv->rows_n, sizeof *scenario->fleet);
    for (int32_t row = 0; scenario->fleet && row < csv->rows_n; row++) {
        read_row(reading, &view, row, &scenario->fleet[row]);
        scenario->fleet_n = row + 1;
        vehicles_n += scenario->fleet[row].count;
    }
    if (scenario->fleet && vehicles_n == 0 && reading->diagnostics->errors_n == errors_before_n)
        xd_diagnostics_error(reading->diagnostics, XD_DATA, xd_at_cell(csv->source, csv->header.line, 1, "count"),
                             "found %d vehicle types and no vehicle at all, expected a count above 0 in one row", (int)csv->rows_n);
    xd_csv_free(csv);
}
