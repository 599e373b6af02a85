#include "scenarios/parameters.h"

#include "base/number.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { CLOCK_MAX_S = 108000 /* 30:00: the early hours of the next day */, WRITTEN_DECIMALS = 6, WRITTEN_UNIT = 1000000 };

/* Defaults: docs of the domain, section 1.3. min and max bound what is believable at all, not what is usual. */
const struct xd_parameter_info xd_parameter_infos[XD_PARAMETERS_N] = {
    /* key, unit, unit_zh, form, stored_per_unit, standard, min, max, grade, label, label_zh */
    [XD_PARAMETER_HUB_RELEASE_S] = {"hub_release", "HH:MM", "时:分", XD_FORM_CLOCK, 1, 36000, 0, CLOCK_MAX_S, 'B', "parcels leave the hub from",
                                    "县中心包裹可出发时刻"},
    [XD_PARAMETER_HUB_CUTOFF_S] = {"hub_cutoff", "HH:MM", "时:分", XD_FORM_CLOCK, 1, 64800, 0, CLOCK_MAX_S, 'B', "vehicles are back at the hub by",
                                   "县中心干线截单时刻"},
    [XD_PARAMETER_POINT_OPENS_S] = {"point_opens", "HH:MM", "时:分", XD_FORM_CLOCK, 1, 30600, 0, CLOCK_MAX_S, 'X', "village points open at",
                                    "村级服务点开门"},
    [XD_PARAMETER_POINT_CLOSES_S] = {"point_closes", "HH:MM", "时:分", XD_FORM_CLOCK, 1, 64800, 0, CLOCK_MAX_S, 'X', "village points close at",
                                     "村级服务点关门"},
    [XD_PARAMETER_PARCEL_DOWN_MASS_G] = {"parcel_down_kg", "kg", "公斤", XD_FORM_FIXED, 1000, 1500, 1, 100000, 'X', "mass of a parcel down",
                                         "下行包裹单件重量"},
    [XD_PARAMETER_PARCEL_DOWN_VOLUME_CM3] = {"parcel_down_m3", "m3", "立方米", XD_FORM_FIXED, 1000000, 8000, 1, 1000000, 'X',
                                             "volume of a parcel down", "下行包裹单件体积"},
    [XD_PARAMETER_PARCEL_UP_MASS_G] = {"parcel_up_kg", "kg", "公斤", XD_FORM_FIXED, 1000, 5000, 1, 100000, 'D', "mass of a parcel up",
                                       "上行包裹单件重量"},
    [XD_PARAMETER_PARCEL_UP_VOLUME_CM3] = {"parcel_up_m3", "m3", "立方米", XD_FORM_FIXED, 1000000, 15000, 1, 1000000, 'X', "volume of a parcel up",
                                           "上行包裹单件体积"},
    [XD_PARAMETER_PRODUCE_DENSITY_KG_M3] = {"produce_kg_per_m3", "kg/m3", "公斤/立方米", XD_FORM_INTEGER, 1, 250, 10, 3000, 'X',
                                            "loaded density of produce", "农产品装载密度"},
    [XD_PARAMETER_SERVICE_FIXED_S] = {"service_min", "min", "分钟", XD_FORM_FIXED, 60, 240, 0, 14400, 'X', "time of a visit", "每次停站固定时间"},
    [XD_PARAMETER_SERVICE_PARCEL_S] = {"service_s_per_parcel", "s", "秒", XD_FORM_INTEGER, 1, 6, 0, 600, 'X', "time of a parcel", "每件包裹交接时间"},
    [XD_PARAMETER_SERVICE_PRODUCE_S_T] = {"service_min_per_t", "min/t", "分钟/吨", XD_FORM_FIXED, 60, 720, 0, 28800, 'X', "loading time of produce",
                                          "农产品装车时间"},
    [XD_PARAMETER_DIESEL_FEN_L] = {"diesel_yuan_l", "yuan/L", "元/升", XD_FORM_FIXED, 100, 750, 0, 10000, 'X', "price of diesel", "柴油价格"},
    [XD_PARAMETER_PETROL_FEN_L] = {"petrol_yuan_l", "yuan/L", "元/升", XD_FORM_FIXED, 100, 790, 0, 10000, 'X', "price of petrol", "汽油价格"},
    [XD_PARAMETER_ELECTRICITY_FEN_KWH] = {"electricity_yuan_kwh", "yuan/kWh", "元/千瓦时", XD_FORM_FIXED, 100, 80, 0, 10000, 'X',
                                          "price of electricity", "电价"},
    [XD_PARAMETER_CO2_DIESEL_G_L] = {"co2_diesel_kg_l", "kg/L", "公斤/升", XD_FORM_FIXED, 1000, 2630, 0, 10000, 'X', "CO2 of diesel",
                                     "柴油二氧化碳排放"},
    [XD_PARAMETER_CO2_PETROL_G_L] = {"co2_petrol_kg_l", "kg/L", "公斤/升", XD_FORM_FIXED, 1000, 2300, 0, 10000, 'X', "CO2 of petrol",
                                     "汽油二氧化碳排放"},
    [XD_PARAMETER_CO2_ELECTRICITY_MG_WH] = {"co2_electricity_kg_kwh", "kg/kWh", "公斤/千瓦时", XD_FORM_FIXED, 10000, 5366, 0, 50000, 'X',
                                            "CO2 of electricity", "电力二氧化碳排放"},
    [XD_PARAMETER_HANDLING_FEN_PARCEL] = {"handling_yuan_parcel", "yuan/parcel", "元/件", XD_FORM_FIXED, 100, 10, 0, 10000, 'X',
                                          "handling at the hub", "县中心分拣操作费"},
    [XD_PARAMETER_AGENT_DOWN_FEN_PARCEL] = {"agent_down_yuan_parcel", "yuan/parcel", "元/件", XD_FORM_FIXED, 100, 50, 0, 10000, 'X',
                                            "village agent, parcel down", "村级代办费(下行)"},
    [XD_PARAMETER_AGENT_UP_FEN_PARCEL] = {"agent_up_yuan_parcel", "yuan/parcel", "元/件", XD_FORM_FIXED, 100, 100, 0, 10000, 'X',
                                          "village agent, parcel up", "村级代办费(上行)"},
    [XD_PARAMETER_UNSERVED_FEN_STOP] = {"unserved_yuan_stop", "yuan", "元", XD_FORM_FIXED, 100, 50000, 0, 10000000, 'X', "price of a visit left out",
                                        "未服务一站的代价"},
    [XD_PARAMETER_UNSERVED_FEN_PARCEL] = {"unserved_yuan_parcel", "yuan/parcel", "元/件", XD_FORM_FIXED, 100, 500, 0, 1000000, 'X',
                                          "price of a parcel left out", "未服务一件的代价"},
    [XD_PARAMETER_UNSERVED_FEN_KG] = {"unserved_yuan_kg", "yuan/kg", "元/公斤", XD_FORM_FIXED, 100, 100, 0, 100000, 'X',
                                      "price of a kg of produce left out", "未运农产品每公斤代价"},
    [XD_PARAMETER_PROMISE_DOWN_NEAR_S] = {"promise_down_near_h", "h", "小时", XD_FORM_FIXED, 3600, 86400, 60, 864000, 'X',
                                          "promise hub to village, near", "下行时限(近村)"},
    [XD_PARAMETER_PROMISE_DOWN_REMOTE_S] = {"promise_down_remote_h", "h", "小时", XD_FORM_FIXED, 3600, 172800, 60, 864000, 'X',
                                            "promise hub to village, remote", "下行时限(远村)"},
    [XD_PARAMETER_PROMISE_UP_PARCEL_S] = {"promise_up_parcel_h", "h", "小时", XD_FORM_FIXED, 3600, 86400, 60, 864000, 'X',
                                          "promise village to hub, parcels", "上行时限(包裹)"},
    [XD_PARAMETER_PROMISE_UP_PRODUCE_S] = {"promise_up_produce_h", "h", "小时", XD_FORM_FIXED, 3600, 43200, 60, 864000, 'X',
                                           "promise village to hub, produce", "上行时限(农产品)"},
    [XD_PARAMETER_SNAP_RADIUS_M] = {"snap_radius_m", "m", "米", XD_FORM_INTEGER, 1, 1000, 1, 20000, 'X', "a place lies at a road within",
                                    "地点到道路的最大距离"},
    [XD_PARAMETER_CONNECTOR_M] = {"connector_m", "m", "米", XD_FORM_INTEGER, 1, 0, 0, XD_CONNECTOR_METRES_MAX, 'X',
                                  "longest straight line from a place to a road beyond that (0: none)", "更远地点直线接驳的最大长度(0 为不接驳)"},
    [XD_PARAMETER_CONNECTOR_M_H] = {"connector_kmh", "km/h", "公里/小时", XD_FORM_FIXED, 1000, XD_CONNECTOR_KMH_DEFAULT * 1000, 500,
                                    XD_CONNECTOR_KMH_MAX * 1000, 'X', "speed on such a line", "直线接驳速度"},
    [XD_PARAMETER_APPROACH] = {"approach", "word", "词", XD_FORM_APPROACH, 1, XD_APPROACH_ANY, XD_APPROACH_ANY, XD_APPROACHES_N - 1, 'X',
                               "side from which a place is reached: any, kerb (on the right), kerb_left",
                               "停靠侧:any 任意,kerb 靠右路缘,kerb_left 靠左路缘"},
};

void xd_parameters_default(struct xd_parameters *parameters)
{
    *parameters = (struct xd_parameters){0};
    for (int32_t i = 0; i < XD_PARAMETERS_N; i++)
        parameters->value[i] = xd_parameter_infos[i].standard;
}

int32_t xd_parameter_find(const char *key)
{
    for (int32_t i = 0; i < XD_PARAMETERS_N; i++)
        if (strcmp(xd_parameter_infos[i].key, key) == 0)
            return i;
    return -1;
}

/* The stored value of the written text; false when the text has not the form. A number too large for its form counts as its largest. */
static bool written_parse(const struct xd_parameter_info *info, const char *text, int64_t *value)
{
    const size_t n = strlen(text);
    const int64_t written_max = INT64_C(1000000000);
    int64_t written = 0;
    enum xd_number_result result = XD_NUMBER_MALFORMED;
    switch (info->form) {
    case XD_FORM_APPROACH:
        for (*value = 0; *value < XD_APPROACHES_N && strcmp(xd_approach_names[*value], text) != 0;)
            ++*value;
        return *value < XD_APPROACHES_N;
    case XD_FORM_CLOCK:
        return xd_parse_clock(text, n, value) == XD_NUMBER_OK;
    case XD_FORM_INTEGER:
        result = xd_parse_int64(text, n, -written_max, written_max, &written);
        *value = written * info->stored_per_unit;
        break;
    case XD_FORM_FIXED:
        result = xd_parse_fixed(text, n, WRITTEN_DECIMALS, -written_max * 1000, written_max * 1000, &written);
        *value = (written * info->stored_per_unit + (written < 0 ? -WRITTEN_UNIT / 2 : WRITTEN_UNIT / 2)) / WRITTEN_UNIT;
        break;
    }
    if (result == XD_NUMBER_RANGE)
        *value = INT64_MAX;
    return result == XD_NUMBER_OK || result == XD_NUMBER_RANGE;
}

enum xd_status xd_parameter_set(struct xd_parameters *parameters, int32_t index, const char *text, struct xd_location at, struct xd_error *error)
{
    if (index < 0 || index >= XD_PARAMETERS_N)
        return xd_fail(error, XD_INTERNAL, at, "parameter %" PRId32 " is unknown; there are %d", index, (int)XD_PARAMETERS_N);
    const struct xd_parameter_info *info = &xd_parameter_infos[index];
    char low[32], high[32], standard[32];
    xd_parameter_format(index, info->min, low, sizeof low);
    xd_parameter_format(index, info->max, high, sizeof high);
    xd_parameter_format(index, info->standard, standard, sizeof standard);
    if (!at.field)
        at.field = info->key;
    int64_t value = 0;
    const bool understood = written_parse(info, text, &value);
    if (!understood && info->form == XD_FORM_APPROACH)
        return xd_fail(error, XD_CONFIG, at, "found \"%.40s\", expected any, kerb or kerb_left", text);
    if (!understood)
        return xd_fail(error, XD_CONFIG, at, "found \"%.40s\", expected %s, for example %s", text,
                       info->form == XD_FORM_INTEGER ? xd_message("a whole number") : info->unit, standard);
    if (value < info->min || value > info->max)
        return xd_fail(error, XD_CONFIG, at, "found \"%.40s\", expected %s to %s (%s)", text, low, high, info->unit);
    parameters->value[index] = value;
    parameters->given[index] = true;
    return XD_OK;
}

enum xd_approach xd_parameters_approach(const struct xd_parameters *parameters)
{
    return (enum xd_approach)parameters->value[XD_PARAMETER_APPROACH];
}

struct xd_connector xd_parameters_connector(const struct xd_parameters *parameters)
{
    return (struct xd_connector){(int32_t)parameters->value[XD_PARAMETER_CONNECTOR_M], (int32_t)parameters->value[XD_PARAMETER_CONNECTOR_M_H]};
}

enum xd_status xd_parameters_connector_check(const struct xd_parameters *parameters, struct xd_location at, struct xd_error *error)
{
    const int64_t longest_m = parameters->value[XD_PARAMETER_CONNECTOR_M], radius_m = parameters->value[XD_PARAMETER_SNAP_RADIUS_M];
    if (longest_m == 0 || longest_m > radius_m)
        return XD_OK;
    return xd_fail(error, XD_CONFIG, at,
                   "found %" PRId64 " m, expected more than snap_radius_m (%" PRId64 " m), within which no line is needed, or 0", longest_m,
                   radius_m);
}

size_t xd_parameter_format(int32_t index, int64_t value, char *dst, size_t n)
{
    const struct xd_parameter_info *info = &xd_parameter_infos[index];
    char text[48];
    const uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    const uint64_t unit = (uint64_t)info->stored_per_unit;
    if (info->form == XD_FORM_APPROACH) {
        snprintf(text, sizeof text, "%s", xd_approach_names[value]);
    } else if (info->form == XD_FORM_CLOCK) {
        if (value % 60)
            snprintf(text, sizeof text, "%02" PRId64 ":%02" PRId64 ":%02" PRId64, value / 3600, value / 60 % 60, value % 60);
        else
            snprintf(text, sizeof text, "%02" PRId64 ":%02" PRId64, value / 3600, value / 60 % 60);
    } else if (size % unit == 0) {
        snprintf(text, sizeof text, "%s%" PRIu64, value < 0 ? "-" : "", size / unit);
    } else {
        snprintf(text, sizeof text, "%s%" PRIu64 ".%06" PRIu64, value < 0 ? "-" : "", size / unit, ((size % unit) * WRITTEN_UNIT + unit / 2) / unit);
        for (size_t length = strlen(text); text[length - 1] == '0'; length--)
            text[length - 1] = '\0';
    }
    const size_t length = strlen(text);
    if (n > 0) {
        const size_t kept = length < n ? length : n - 1;
        memcpy(dst, text, kept);
        dst[kept] = '\0';
    }
    return length;
}
