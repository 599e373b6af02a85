#include "io/tables/tables.h"

static bool by_mass(enum xd_unit unit)
{
    return unit == XD_UNIT_KG || unit == XD_UNIT_JIN || unit == XD_UNIT_T;
}

/* The quantity: pieces, or grams from a unit of mass. False after an error. */
static bool read_quantity(const struct xd_csv_view *view, int32_t row, enum xd_unit unit, struct xd_demand *demand)
{
    static const int64_t grams[XD_UNITS_N] = {[XD_UNIT_KG] = 1000, [XD_UNIT_JIN] = 500, [XD_UNIT_T] = 1000000};
    if (!by_mass(unit))
        return xd_csv_integer(view, row, XD_DEMAND_QUANTITY, 0, XD_QUANTITY_PIECES_MAX, &demand->pieces_n);
    int64_t milligrams_scale = grams[unit]; /* quantity is read in thousandths of the unit */
    int64_t thousandths = 0;
    if (!xd_csv_fixed(view, row, XD_DEMAND_QUANTITY, 3, 0, XD_DEMAND_MASS_MAX_G / grams[unit] * 1000, &thousandths))
        return false;
    demand->mass_g = (thousandths * milligrams_scale + 500) / 1000;
    return true;
}

static bool read_mass_and_volume(const struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, enum xd_unit unit,
                                 struct xd_demand *demand)
{
    const struct xd_parameters *parameters = &reading->scenario->parameters;
    int64_t told_g = -1;
    if (!xd_csv_fixed(view, row, XD_DEMAND_MASS, 3, 0, XD_DEMAND_MASS_MAX_G, &told_g))
        return false;
    if (by_mass(unit) && told_g >= 0 && told_g != demand->mass_g) {
        char mass[32];
        xd_fixed_text(demand->mass_g, 3, mass);
        xd_csv_refuse(view, row, XD_DEMAND_MASS, "found %s kg, but quantity and unit say %s kg; leave mass_kg blank",
                      xd_csv_text(view, row, XD_DEMAND_MASS), mass);
        return false;
    }
    if (!by_mass(unit) && told_g < 0 && demand->goods != XD_GOODS_PARCEL) {
        xd_csv_refuse(view, row, XD_DEMAND_MASS, "is blank, but a %s of %s has no standard mass; fill mass_kg (of all together) or use the unit kg",
                      unit == XD_UNIT_CRATE ? "crate" : "piece", xd_goods_infos[demand->goods].label);
        return false;
    }
    if (!by_mass(unit))
        demand->mass_g = told_g >= 0 ? told_g : xd_demand_mass_g(parameters, demand->direction, demand->pieces_n);
    demand->volume_cm3 = xd_demand_volume_cm3(parameters, demand->goods, demand->direction, demand->pieces_n, demand->mass_g);
    return xd_csv_fixed(view, row, XD_DEMAND_VOLUME, 6, 0, XD_DEMAND_VOLUME_MAX_CM3, &demand->volume_cm3);
}

static bool goods_may_go(const struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, enum xd_unit unit,
                         const struct xd_demand *demand)
{
    if (demand->direction == XD_DOWN && demand->goods != XD_GOODS_PARCEL) {
        xd_csv_refuse(view, row, XD_DEMAND_DIRECTION,
                      "found %s going down, expected up: from the hub to villages go parcels alone; write it as parcels or as up",
                      xd_goods_infos[demand->goods].label);
        return false;
    }
    if (demand->goods == XD_GOODS_PARCEL && unit != XD_UNIT_PIECE) {
        xd_csv_refuse(view, row, XD_DEMAND_UNIT,
                      "found parcels in \"%.20s\", expected piece (件): service time and fees count parcels; the mass goes into mass_kg",
                      xd_csv_text(view, row, XD_DEMAND_UNIT));
        return false;
    }
    if (demand->place >= 0 && demand->place == reading->scenario->places.hub) {
        xd_csv_refuse(view, row, XD_DEMAND_PLACE,
                      "found demand at the hub itself, expected another place: its goods need no vehicle; remove the row");
        return false;
    }
    return true;
}

/* False after an error and for a row without goods. */
static bool read_row(const struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, struct xd_demand *demand)
{
    int goods = XD_GOODS_PARCEL;
    int direction = XD_DOWN;
    int unit = XD_UNIT_PIECE;
    *demand = (struct xd_demand){.line = view->csv->rows[row].line};
    demand->place = xd_place_cell(reading, view, row, XD_DEMAND_PLACE);
    bool good = demand->place >= 0;
    good = xd_csv_choice(view, row, XD_DEMAND_GOODS, xd_goods_words, XD_GOODS_N, &goods) && good;
    good = xd_csv_choice(view, row, XD_DEMAND_DIRECTION, xd_direction_words, 2, &direction) && good;
    bool unit_good = xd_csv_choice(view, row, XD_DEMAND_UNIT, xd_unit_words, XD_UNITS_N, &unit);
    demand->goods = (enum xd_goods)goods;
    demand->direction = (enum xd_direction)direction;
    demand->cold = xd_goods_infos[goods].cold;
    good = xd_csv_yes_no(view, row, XD_DEMAND_COLD, &demand->cold) && good;
    good = unit_good && read_quantity(view, row, (enum xd_unit)unit, demand) && good;
    if (!good || !goods_may_go(reading, view, row, (enum xd_unit)unit, demand) ||
        !read_mass_and_volume(reading, view, row, (enum xd_unit)unit, demand))
        return false;
    return demand->pieces_n > 0 || demand->mass_g > 0;
}

void xd_demand_table_read(struct xd_scenario_reading *reading, const char *path)
{
    int32_t at[XD_DEMAND_COLUMNS_N];
    struct xd_csv *csv = NULL;
    if (!xd_table_open(reading, path, xd_demand_columns, XD_DEMAND_COLUMNS_N, XD_DEMAND_ROWS_MAX, at, &csv))
        return;
    struct xd_scenario *scenario = reading->scenario;
    struct xd_csv_view view = {.csv = csv, .columns = xd_demand_columns, .at = at, .diagnostics = reading->diagnostics};
    scenario->demand = xd_reading_array(reading, csv->rows_n, sizeof *scenario->demand);
    for (int32_t row = 0; scenario->demand && row < csv->rows_n; row++)
        if (read_row(reading, &view, row, &scenario->demand[scenario->demand_n]))
            scenario->demand_n++;
    xd_csv_free(csv);
}
