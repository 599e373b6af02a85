#include "io/tables/tables.h"

#include "base/alloc.h"
#include "base/number.h"

#include <stdlib.h>
#include <string.h>

/* The box of mainland China that the GCJ-02 shift is defined in. */
enum { CHINA_WEST_E7 = 720040000, CHINA_EAST_E7 = 1378347000, CHINA_SOUTH_E7 = 8293000, CHINA_NORTH_E7 = 558271000 };
enum { LON_LIMIT_E7 = 1800000000, LAT_LIMIT_E7 = 900000000, MARKET_CYCLE_MIN_DAYS = 5, MARKET_CYCLE_MAX_DAYS = 12 };

static bool in_china(struct xd_position position)
{
    return position.lon_e7 >= CHINA_WEST_E7 && position.lon_e7 <= CHINA_EAST_E7 && position.lat_e7 >= CHINA_SOUTH_E7 &&
           position.lat_e7 <= CHINA_NORTH_E7;
}

/* No county lies north of 72 degrees; a "latitude" beyond with a "longitude" of China's latitudes is the other way round. */
static bool looks_swapped(int64_t lon_e7, int64_t lat_e7)
{
    return lat_e7 >= CHINA_WEST_E7 && lat_e7 <= CHINA_EAST_E7 && lon_e7 >= 0 && lon_e7 <= CHINA_NORTH_E7;
}

static void read_position(struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, struct xd_place *place)
{
    bool no_lon = xd_csv_blank(view, row, XD_PLACES_LON);
    bool no_lat = xd_csv_blank(view, row, XD_PLACES_LAT);
    if (no_lon && no_lat)
        return;
    if (no_lon || no_lat) {
        xd_csv_refuse(view, row, no_lon ? XD_PLACES_LON : XD_PLACES_LAT, "is blank while the other coordinate is given, expected both or none");
        return;
    }
    int64_t lon_e7 = 0;
    int64_t lat_e7 = 0;
    bool good = xd_csv_fixed(view, row, XD_PLACES_LON, 7, -LON_LIMIT_E7, LON_LIMIT_E7, &lon_e7);
    good = good && xd_csv_fixed(view, row, XD_PLACES_LAT, 7, -LON_LIMIT_E7, LON_LIMIT_E7, &lat_e7);
    if (!good)
        return;
    if (looks_swapped(lon_e7, lat_e7)) {
        xd_csv_refuse(view, row, XD_PLACES_LON, "found lon %s and lat %s: they look swapped; lon is the larger number in China (about 73 to 135)",
                      xd_csv_text(view, row, XD_PLACES_LON), xd_csv_text(view, row, XD_PLACES_LAT));
        return;
    }
    if (lat_e7 < -LAT_LIMIT_E7 || lat_e7 > LAT_LIMIT_E7) {
        xd_csv_refuse(view, row, XD_PLACES_LAT, "found %.40s, expected a number from %s to %s", xd_csv_text(view, row, XD_PLACES_LAT), "-90", "90");
        return;
    }
    struct xd_position position = {.lon_e7 = (int32_t)lon_e7, .lat_e7 = (int32_t)lat_e7};
    if (reading->crs != XD_CRS_WGS84 && !in_china(position)) {
        xd_csv_refuse(view, row, XD_PLACES_LON, "found a position outside China while crs is %s, expected one inside; set `crs: wgs84` or correct it",
                      xd_crs_name(reading->crs));
        return;
    }
    place->position = xd_position_to_wgs84(position, reading->crs);
    place->source = XD_PLACE_GIVEN;
}

static void read_hours(const struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, struct xd_place *place)
{
    if (!xd_csv_clock(view, row, XD_PLACES_OPENS, &place->opens_s) || !xd_csv_clock(view, row, XD_PLACES_CLOSES, &place->closes_s))
        return;
    if (place->opens_s < 0 && place->closes_s < 0)
        return;
    const int64_t *value = reading->scenario->parameters.value;
    int64_t opens_s = place->opens_s >= 0 ? place->opens_s : value[XD_PARAMETER_POINT_OPENS_S];
    int64_t closes_s = place->closes_s >= 0 ? place->closes_s : value[XD_PARAMETER_POINT_CLOSES_S];
    if (opens_s < closes_s)
        return;
    char opens[32];
    char closes[32];
    xd_clock_text(opens_s, opens);
    xd_clock_text(closes_s, closes);
    xd_csv_refuse(view, row, place->closes_s >= 0 ? XD_PLACES_CLOSES : XD_PLACES_OPENS,
                  "opens at %s and closes at %s, expected a closing time after it", opens, closes);
}

/* "1-4-7" in the ten-day cycle, "2-5/6" in one of six days. */
static void read_market(const struct xd_csv_view *view, int32_t row, struct xd_place *place)
{
    char text[64];
    size_t n = xd_csv_normalised(view, row, XD_PLACES_MARKET, text, sizeof text);
    if (n == 0)
        return;
    int64_t cycle = 10;
    uint32_t days = 0;
    bool good = n < sizeof text;
    char *slash = strchr(text, '/');
    if (good && slash) {
        good = xd_parse_int64(slash + 1, strlen(slash + 1), MARKET_CYCLE_MIN_DAYS, MARKET_CYCLE_MAX_DAYS, &cycle) == XD_NUMBER_OK;
        *slash = '\0';
    }
    for (const char *at = text; good;) {
        int64_t day;
        size_t digits_n = strspn(at, "0123456789");
        good = xd_parse_int64(at, digits_n, 1, cycle, &day) == XD_NUMBER_OK && (at[digits_n] == '-' || at[digits_n] == '\0');
        if (!good)
            break;
        days |= UINT32_C(1) << day;
        if (at[digits_n] == '\0')
            break;
        at += digits_n + 1;
    }
    if (!good) {
        xd_csv_refuse(view, row, XD_PLACES_MARKET,
                      "found \"%.40s\", expected market days as 1-4-7, with the cycle behind a slash when it is not ten days: 2-5/6",
                      xd_csv_text(view, row, XD_PLACES_MARKET));
        return;
    }
    place->market_cycle_days = (int32_t)cycle;
    place->market_days = days;
}

static void read_row(struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, struct xd_place *place)
{
    *place = (struct xd_place){.code = "", .name = "", .tier = XD_TIER_VILLAGE, .parent = -1, .residents_n = -1, .opens_s = -1, .closes_s = -1};
    place->elevation_m = XD_ELEVATION_UNKNOWN;
    place->line = view->csv->rows[row].line;
    char code[XD_PLACE_CODE_MAX + 1];
    if (xd_code_cell(reading, view, row, XD_PLACES_CODE, code)) {
        const char *copy = xd_reading_string(reading, code);
        place->code = copy ? copy : "";
    }
    if (xd_csv_blank(view, row, XD_PLACES_NAME))
        xd_csv_refuse(view, row, XD_PLACES_NAME, "is blank, expected the place's name");
    const char *name = xd_reading_string(reading, xd_csv_text(view, row, XD_PLACES_NAME));
    place->name = name ? name : "";
    int tier = XD_TIER_VILLAGE;
    if (xd_csv_choice(view, row, XD_PLACES_TIER, xd_tier_words, XD_ARRAY_LENGTH(xd_tier_words), &tier))
        place->tier = (enum xd_tier)tier;
    read_position(reading, view, row, place);
    (void)xd_csv_integer(view, row, XD_PLACES_RESIDENTS, 0, XD_RESIDENTS_MAX, &place->residents_n);
    read_hours(reading, view, row, place);
    int64_t elevation_m = XD_ELEVATION_UNKNOWN;
    if (xd_csv_integer(view, row, XD_PLACES_ELEVATION, XD_ELEVATION_MIN_M, XD_ELEVATION_MAX_M, &elevation_m))
        place->elevation_m = (int32_t)elevation_m;
    read_market(view, row, place);
}

static void refuse_duplicates(struct xd_scenario_reading *reading, const struct xd_csv_view *view)
{
    const struct xd_code_entry *entries = reading->codes.entries;
    const struct xd_place *items = reading->scenario->places.items;
    reading->codes_sound = reading->codes.entries_n == reading->scenario->places.items_n;
    for (int32_t e = 1, first = 0; e < reading->codes.entries_n; e++) {
        if (strcmp(entries[e].code, entries[first].code) != 0) {
            first = e;
            continue;
        }
        reading->codes_sound = false;
        xd_csv_refuse(view, entries[e].place, XD_PLACES_CODE, "found the code %s again, expected each code once (it is in line %d already)",
                      entries[e].code, (int)items[entries[first].place].line);
    }
}

/* A hub is a depot of the county or of a township; else parents are of a higher tier. */
static bool may_be_above(const struct xd_place *parent, const struct xd_place *place)
{
    if (place->tier == XD_TIER_HUB)
        return parent->tier == XD_TIER_COUNTY || parent->tier == XD_TIER_TOWNSHIP;
    return parent->tier < place->tier;
}

static void read_parent(struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row)
{
    struct xd_place *place = &reading->scenario->places.items[row];
    if (strcmp(xd_csv_text(view, row, XD_PLACES_PARENT), "-") == 0)
        return; /* none, said plainly */
    if (xd_csv_blank(view, row, XD_PLACES_PARENT)) {
        if (place->tier != XD_TIER_HUB && place->tier != XD_TIER_COUNTY)
            place->parent = xd_parent_by_code(&reading->codes, place->code, row);
        const struct xd_place *derived = place->parent >= 0 ? &reading->scenario->places.items[place->parent] : NULL;
        if (derived && !may_be_above(derived, place))
            place->parent = -1;
        return;
    }
    place->parent = xd_place_cell(reading, view, row, XD_PLACES_PARENT);
    if (place->parent < 0)
        return;
    const struct xd_place *parent = &reading->scenario->places.items[place->parent];
    if (!may_be_above(parent, place) && !(parent->tier == XD_TIER_VILLAGE && place->tier == XD_TIER_VILLAGE)) {
        xd_csv_refuse(view, row, XD_PLACES_PARENT, "found %s %s above %s %s, expected a parent of a higher tier", xd_tier_name(parent->tier),
                      parent->code, xd_tier_name(place->tier), place->code);
        place->parent = -1;
    }
}

/* Does the cycle that `member` is on go through p? */
static bool is_on_cycle(const struct xd_places *places, int32_t member, int32_t p)
{
    int32_t at = member;
    do {
        if (at == p)
            return true;
        at = places->items[at].parent;
    } while (at != member);
    return false;
}

/* Only villages may stand under villages, so only their chains can close. */
static void refuse_cycles(const struct xd_scenario_reading *reading, const struct xd_csv_view *view)
{
    struct xd_places *places = &reading->scenario->places;
    for (int32_t p = 0; p < places->items_n; p++) {
        int32_t slow = p;
        int32_t fast = places->items[p].parent;
        while (fast >= 0 && fast != slow) {
            fast = places->items[fast].parent;
            if (fast < 0 || fast == slow)
                break;
            fast = places->items[fast].parent;
            slow = places->items[slow].parent;
        }
        if (fast < 0 || !is_on_cycle(places, fast, p)) /* what only leads into a cycle is right itself */
            continue;
        xd_csv_refuse(view, p, XD_PLACES_PARENT, "found %s among its own parents, expected a tree that ends at a township or the hub",
                      places->items[p].code);
        places->items[p].parent = -1; /* told once a cycle */
    }
}

static void find_hub(struct xd_scenario_reading *reading, const struct xd_csv_view *view)
{
    struct xd_places *places = &reading->scenario->places;
    places->hub = -1;
    for (int32_t p = 0; p < places->items_n; p++) {
        if (places->items[p].tier != XD_TIER_HUB)
            continue;
        if (places->hub >= 0)
            xd_csv_refuse(view, p, XD_PLACES_TIER, "found a second hub, expected one (the first is in line %d)",
                          (int)places->items[places->hub].line);
        else
            places->hub = p;
    }
    if (places->hub < 0)
        xd_diagnostics_error(reading->diagnostics, XD_DATA, xd_at_cell(view->csv->source, view->csv->header.line, 1, "tier"),
                             "found no hub among %d places, expected one row with the tier hub (县级中心): where the vehicles start",
                             (int)places->items_n);
}

void xd_places_table_read(struct xd_scenario_reading *reading, const char *path)
{
    int32_t at[XD_PLACES_COLUMNS_N];
    struct xd_csv *csv = NULL;
    if (!xd_table_open(reading, path, xd_places_columns, XD_PLACES_COLUMNS_N, XD_PLACES_MAX, at, &csv))
        return;
    struct xd_places *places = &reading->scenario->places;
    struct xd_error error;
    struct xd_csv_view view = {.csv = csv, .columns = xd_places_columns, .at = at, .diagnostics = reading->diagnostics};
    if (csv->rows_n == 0) {
        xd_diagnostics_error(reading->diagnostics, XD_DATA, xd_at_line(csv->source, csv->header.line, 1),
                             "found a header and no rows, expected a hub and villages");
        goto done;
    }
    places->items = xd_reading_array(reading, csv->rows_n, sizeof *places->items);
    if (!places->items)
        goto done;
    places->items_n = csv->rows_n;
    for (int32_t row = 0; row < csv->rows_n; row++)
        read_row(reading, &view, row, &places->items[row]);
    if (xd_code_index_build(places, &reading->codes, &error) != XD_OK) {
        xd_diagnostics_add(reading->diagnostics, &error);
        goto done;
    }
    reading->places_read = true;
    refuse_duplicates(reading, &view);
    for (int32_t row = 0; row < csv->rows_n; row++)
        read_parent(reading, &view, row);
    refuse_cycles(reading, &view);
    find_hub(reading, &view);
done:
    xd_csv_free(csv);
}
