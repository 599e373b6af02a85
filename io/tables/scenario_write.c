#include "io/tables/scenario_write.h"

#include "base/number.h"
#include "io/tables/closure_fields.h"
#include "io/tables/tables.h"

#include <stdio.h>
#include <string.h>

#define SCENARIO_FILE_MAX ((size_t)64 * 1024 * 1024)

static enum xd_status add_file(const struct xd_buffer *text, const char *folder, const char *name, struct xd_output_set *set, struct xd_error *error)
{
    struct xd_buffer path;
    struct xd_output *output;
    xd_buffer_init(&path, 4096);
    enum xd_status status = xd_buffer_printf(&path, error, "%s/%s", folder, name);
    if (status == XD_OK)
        status = xd_output_add(set, path.bytes, &output, error);
    if (status == XD_OK)
        status = xd_output_write(output, text->bytes, text->length, error);
    xd_buffer_free(&path);
    return status;
}

/* A text between double quotes, which YAML reads back as it is. */
static enum xd_status put_yaml_text(struct xd_buffer *text, const char *key, const char *value, struct xd_error *error)
{
    enum xd_status status = xd_buffer_printf(text, error, "%s: \"", key);
    for (const char *c = value; *c && status == XD_OK; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte == '"' || byte == '\\')
            status = xd_buffer_printf(text, error, "\\%c", *c);
        else if (byte < 0x20 || byte == 0x7f)
            status = xd_buffer_printf(text, error, "\\x%02x", byte);
        else
            status = xd_buffer_append(text, c, 1, error);
    }
    return status == XD_OK ? xd_buffer_append(text, "\"\n", 2, error) : status;
}

static const char *grade_text(char grade)
{
    switch (grade) {
    case 'A':
        return "official 官方来源";
    case 'B':
        return "reviewed or national press 论文或中央媒体";
    case 'C':
        return "single local source 单一地方来源";
    case 'D':
        return "arithmetic 推算";
    default:
        return "assumption 工程假设";
    }
}

static enum xd_status put_parameter(struct xd_buffer *text, const struct xd_parameters *parameters, int32_t index, struct xd_error *error)
{
    const struct xd_parameter_info *info = &xd_parameter_infos[index];
    char value[64];
    char low[64];
    char high[64];
    xd_parameter_format(index, parameters->value[index], value, sizeof value);
    xd_parameter_format(index, info->min, low, sizeof low);
    xd_parameter_format(index, info->max, high, sizeof high);
    const char *quote = info->form == XD_FORM_CLOCK ? "\"" : "";
    enum xd_status status = xd_buffer_printf(text, error, "  # %s %s [%s %s], %s .. %s; %c: %s\n", info->label_zh, info->label, info->unit,
                                             info->unit_zh, low, high, info->grade, grade_text(info->grade));
    bool given = parameters->given[index] || parameters->value[index] != info->standard;
    return status == XD_OK ? xd_buffer_printf(text, error, "  %s%s: %s%s%s\n", given ? "" : "# ", info->key, quote, value, quote) : status;
}

static bool codes_are_areas(const struct xd_places *places)
{
    for (int32_t p = 0; p < places->items_n; p++)
        if (!xd_code_is_area(places->items[p].code))
            return false;
    return true;
}

static enum xd_status make_yaml(const struct xd_scenario *scenario, const char *map_name, struct xd_buffer *text, struct xd_error *error)
{
    char date[11];
    xd_format_date(scenario->date_days, date);
    enum xd_status status = xd_buffer_printf(text, error,
                                             "# A scenario of Xiangdao: one county, one day. 一个县、一天的配送情景。\n"
                                             "# Keys and columns: docs/formats/scenario.md. Paths are relative to this file. 路径相对于本文件。\n"
                                             "xiangdao: 1  # version of this form 格式版本\n");
    if (status == XD_OK)
        status = put_yaml_text(text, "name", scenario->name ? scenario->name : "", error);
    if (status == XD_OK)
        status = xd_buffer_printf(text, error, "date: %s  # the day that is planned 计划日期\n", date);
    if (status == XD_OK)
        status = put_yaml_text(text, "map", map_name, error);
    if (status == XD_OK && scenario->elevation_path)
        status = put_yaml_text(text, "elevation", scenario->elevation_path, error);
    else if (status == XD_OK)
        status = xd_buffer_printf(text, error,
                                  "# elevation: elevation  # folder of SRTM tiles (N26E106.hgt, .hgt.zip, .hgt.gz); without it all roads are flat.\n"
                                  "# Free: SRTMGL1 or SRTMGL3 at NASA Earthdata, or viewfinderpanoramas.org. 高程: SRTM 分幅所在文件夹(可免费下载); "
                                  "不填则道路按平路计。\n");
    if (status == XD_OK)
        status = xd_buffer_printf(text, error,
                                  "crs: wgs84  # of lon and lat in places.csv 坐标系: wgs84, gcj02 (高德 腾讯), bd09 (百度)\n"
                                  "encoding: auto  # of the tables 表格编码: auto, utf-8, gb18030\n%s"
                                  "places: places.csv\ndemand: demand.csv\nfleet: fleet.csv\n"
                                  "closures: closures.csv  # closed and slow roads; CSV or GeoJSON, or a list of files 封路与限速\n"
                                  "synthetic: %s  # true = no real county 虚构的县\n",
                                  !scenario->codes_free && codes_are_areas(&scenario->places)
                                      ? ""
                                      : "codes: free  # any letters and digits instead of area codes 不用区划代码\n",
                                  scenario->synthetic ? "true" : "false");
    if (status == XD_OK)
        status = put_yaml_text(text, "credit", scenario->credit ? scenario->credit : "", error);
    if (status == XD_OK)
        status = xd_buffer_printf(text, error,
                                  "\n# Every default that the plan uses. Lines behind # are in force as they stand and are reported as assumed;\n"
                                  "# take the # away when you know the value of your county.\n"
                                  "# 以下为全部默认参数。带 # 的行按所示值生效, 并在结果中标明为假设; 知道本县实际值时去掉 # 并修改。\n"
                                  "parameters:\n");
    for (int32_t i = 0; i < XD_PARAMETERS_N && status == XD_OK; i++)
        status = put_parameter(text, &scenario->parameters, i, error);
    return status;
}

static void put_header(struct xd_csv_writer *writer, const struct xd_csv_column *columns, size_t columns_n)
{
    for (size_t c = 0; c < columns_n; c++) {
        char key[XD_CSV_KEY_MAX];
        snprintf(key, sizeof key, "%.*s", (int)strcspn(columns[c].names, "|"), columns[c].names);
        xd_csv_put_text(writer, key);
    }
    xd_csv_row_end(writer);
}

static void put_word(struct xd_csv_writer *writer, const char *words)
{
    char word[64];
    snprintf(word, sizeof word, "%.*s", (int)strcspn(words, "|"), words);
    xd_csv_put_text(writer, word);
}

static void put_clock(struct xd_csv_writer *writer, int64_t seconds)
{
    char clock[32];
    xd_clock_text(seconds, clock);
    xd_csv_put_text(writer, clock);
}

/* What is equal to `blank` is left blank. */
static void put_integer_unless(struct xd_csv_writer *writer, int64_t value, int64_t blank)
{
    if (value == blank)
        xd_csv_put_blank(writer);
    else
        xd_csv_put_integer(writer, value);
}

static void put_clock_unless(struct xd_csv_writer *writer, int64_t seconds, int64_t blank)
{
    if (seconds == blank)
        xd_csv_put_blank(writer);
    else
        put_clock(writer, seconds);
}

static void put_market(struct xd_csv_writer *writer, const struct xd_place *place)
{
    char text[96] = "";
    size_t used = 0;
    for (int day = 1; day <= place->market_cycle_days && day < 32; day++)
        if (place->market_days >> day & 1)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%d", used ? "-" : "", day);
    if (used > 0)
        snprintf(text + used, sizeof text - used, "/%d", (int)place->market_cycle_days);
    if (used > 0)
        xd_csv_put_literal(writer, text); /* Excel would make a date of 1-4-7 */
    else
        xd_csv_put_blank(writer);
}

static enum xd_status make_places(const struct xd_scenario *scenario, const struct xd_code_index *codes, struct xd_buffer *text,
                                  struct xd_error *error)
{
    const struct xd_places *places = &scenario->places;
    struct xd_csv_writer writer;
    xd_csv_begin(&writer, text, error);
    put_header(&writer, xd_places_columns, XD_PLACES_COLUMNS_N);
    for (int32_t p = 0; p < places->items_n; p++) {
        const struct xd_place *place = &places->items[p];
        bool given = place->source == XD_PLACE_GIVEN;
        bool top = place->tier == XD_TIER_HUB || place->tier == XD_TIER_COUNTY;
        xd_csv_put_code(&writer, place->code);
        xd_csv_put_text(&writer, place->name);
        put_word(&writer, xd_tier_words[place->tier]);
        if (place->parent >= 0)
            xd_csv_put_code(&writer, places->items[place->parent].code);
        else if (!top && xd_parent_by_code(codes, place->code, p) >= 0)
            xd_csv_put_text(&writer, "-"); /* a blank would be filled from the code */
        else
            xd_csv_put_blank(&writer);
        if (given) {
            xd_csv_put_fixed(&writer, place->position.lon_e7, 7);
            xd_csv_put_fixed(&writer, place->position.lat_e7, 7);
        } else { /* matched positions are found again */
            xd_csv_put_blank(&writer);
            xd_csv_put_blank(&writer);
        }
        put_integer_unless(&writer, place->residents_n, -1);
        put_clock_unless(&writer, place->opens_s, -1);
        put_clock_unless(&writer, place->closes_s, -1);
        put_integer_unless(&writer, place->elevation_m, XD_ELEVATION_UNKNOWN);
        put_market(&writer, place);
        xd_csv_row_end(&writer);
    }
    return xd_csv_end(&writer);
}

static enum xd_status make_demand(const struct xd_scenario *scenario, struct xd_buffer *text, struct xd_error *error)
{
    const struct xd_parameters *parameters = &scenario->parameters;
    struct xd_csv_writer writer;
    xd_csv_begin(&writer, text, error);
    put_header(&writer, xd_demand_columns, XD_DEMAND_COLUMNS_N);
    for (int32_t d = 0; d < scenario->demand_n; d++) {
        const struct xd_demand *demand = &scenario->demand[d];
        bool parcel = demand->goods == XD_GOODS_PARCEL;
        bool pieces = demand->pieces_n > 0 || parcel;
        bool standard_mass = !pieces || (parcel && demand->mass_g == xd_demand_mass_g(parameters, demand->direction, demand->pieces_n));
        xd_csv_put_code(&writer, scenario->places.items[demand->place].code);
        put_word(&writer, xd_goods_words[demand->goods]);
        put_word(&writer, xd_direction_words[demand->direction]);
        xd_csv_put_fixed(&writer, pieces ? demand->pieces_n : demand->mass_g, pieces ? 0 : 3);
        put_word(&writer, xd_unit_words[!pieces ? XD_UNIT_KG : parcel ? XD_UNIT_PIECE : XD_UNIT_CRATE]);
        if (standard_mass)
            xd_csv_put_blank(&writer); /* so that it follows when the planner changes the quantity */
        else
            xd_csv_put_fixed(&writer, demand->mass_g, 3);
        if (demand->volume_cm3 == xd_demand_volume_cm3(parameters, demand->goods, demand->direction, demand->pieces_n, demand->mass_g))
            xd_csv_put_blank(&writer);
        else
            xd_csv_put_fixed(&writer, demand->volume_cm3, 6);
        if (demand->cold == xd_goods_infos[demand->goods].cold)
            xd_csv_put_blank(&writer);
        else
            xd_csv_put_text(&writer, demand->cold ? "yes" : "no");
        xd_csv_row_end(&writer);
    }
    return xd_csv_end(&writer);
}

static enum xd_status make_fleet(const struct xd_scenario *scenario, struct xd_buffer *text, struct xd_error *error)
{
    struct xd_csv_writer writer;
    xd_csv_begin(&writer, text, error);
    put_header(&writer, xd_fleet_columns, XD_FLEET_COLUMNS_N);
    for (int32_t t = 0; t < scenario->fleet_n; t++) {
        const struct xd_fleet_type *type = &scenario->fleet[t];
        xd_csv_put_text(&writer, type->key);
        xd_csv_put_text(&writer, type->name);
        xd_csv_put_text(&writer, type->profile);
        if (type->base < 0 || type->base == scenario->places.hub)
            xd_csv_put_blank(&writer);
        else
            xd_csv_put_code(&writer, scenario->places.items[type->base].code);
        xd_csv_put_integer(&writer, type->count);
        xd_csv_put_fixed(&writer, type->payload_g, 3);
        xd_csv_put_fixed(&writer, type->volume_dm3, 3);
        xd_csv_put_text(&writer, type->cold ? "yes" : "no");
        xd_csv_put_fixed(&writer, type->fixed_fen_day, 2);
        xd_csv_put_fixed(&writer, type->driver_fen_day, 2);
        xd_csv_put_fixed(&writer, type->other_fen_km, 2);
        xd_csv_put_fixed(&writer, type->hourly_fen, 2);
        put_word(&writer, xd_energy_words[type->energy]);
        if (type->energy == XD_ENERGY_NONE)
            xd_csv_put_blank(&writer);
        else
            xd_csv_put_fixed(&writer, type->energy_per_100km_milli, 3);
        if (type->energy == XD_ENERGY_NONE || type->energy_per_hour_milli == 0)
            xd_csv_put_blank(&writer);
        else
            xd_csv_put_fixed(&writer, type->energy_per_hour_milli, 3);
        put_clock(&writer, type->shift_start_s);
        put_clock(&writer, type->shift_end_s);
        xd_csv_put_fixed(&writer, ((int64_t)type->duty_max_s * 1000000 + 1800) / 3600, 6);
        if (type->range_m == XD_RANGE_NONE)
            xd_csv_put_blank(&writer);
        else
            xd_csv_put_fixed(&writer, type->range_m, 3);
        xd_csv_row_end(&writer);
    }
    return xd_csv_end(&writer);
}

/* A table without a row, with rows behind # to copy. */
static enum xd_status make_closures(struct xd_buffer *text, struct xd_error *error)
{
    struct xd_csv_writer writer;
    xd_csv_begin(&writer, text, error);
    put_header(&writer, xd_closures_columns, XD_CLOSURES_TABLE_COLUMNS_N);
    const enum xd_status status = xd_csv_end(&writer);
    return status != XD_OK ? status
                           : xd_buffer_printf(
                                 text, error,
                                 "# Closed and slow roads; rows behind # are examples and not in force. 封路与限速; 以 # 开头的行是示例, 不生效。\r\n"
                                 "# Where: ids of OpenStreetMap ways, or lon, lat and radius_m. How much: speed_percent 0 or blank closes. See "
                                 "docs/formats/closures.md\r\n"
                                 "# 位置: OpenStreetMap 的 way 编号, 或经度、纬度与半径(米)。speed_percent 为 0 或不填即封闭。\r\n"
                                 "# 塌方 landslide,123456789 123456790,,,,both,0,,2026-06-01,2026-06-15,,,\r\n"
                                 "# 凝冻 ice,,106.8300,26.8100,3000,,60,,,,ice,,60%% of the speed 车速降至六成\r\n"
                                 "# 施工 roadworks,123456791,,,,forward,,20,2026-09-01,,,light_truck reefer,\r\n");
}

const char *const xd_scenario_file_names[5] = {"scenario.yaml", "places.csv", "demand.csv", "fleet.csv", "closures.csv"};

enum xd_status xd_scenario_write(const struct xd_scenario *scenario, const char *map_name, const char *folder, struct xd_output_set *set,
                                 struct xd_error *error)
{
    struct xd_buffer text;
    struct xd_code_index codes = {0};
    xd_buffer_init(&text, SCENARIO_FILE_MAX);
    enum xd_status status = xd_code_index_build(&scenario->places, &codes, error);
    for (size_t f = 0; f < XD_ARRAY_LENGTH(xd_scenario_file_names) && status == XD_OK; f++) {
        xd_buffer_clear(&text);
        if (f == 0)
            status = make_yaml(scenario, map_name, &text, error);
        else if (f == 1)
            status = make_places(scenario, &codes, &text, error);
        else if (f == 2)
            status = make_demand(scenario, &text, error);
        else if (f == 3)
            status = make_fleet(scenario, &text, error);
        else
            status = make_closures(&text, error);
        if (status == XD_OK)
            status = add_file(&text, folder, xd_scenario_file_names[f], set, error);
    }
    xd_code_index_free(&codes);
    xd_buffer_free(&text);
    return status;
}
