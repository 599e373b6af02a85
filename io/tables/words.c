#include "io/tables/tables.h"

#include <inttypes.h>
#include <stdio.h>

const struct xd_csv_column xd_places_columns[XD_PLACES_COLUMNS_N] = {
    [XD_PLACES_CODE] = {"code|编码|代码|区划代码|统计用区划代码|id", true},
    [XD_PLACES_NAME] = {"name|名称|地名|村名", true},
    [XD_PLACES_TIER] = {"tier|层级|级别|类别", true},
    [XD_PLACES_PARENT] = {"parent|上级|上级编码|上级代码|所属", false},
    [XD_PLACES_LON] = {"lon|经度|longitude|lng", false},
    [XD_PLACES_LAT] = {"lat|纬度|latitude", false},
    [XD_PLACES_RESIDENTS] = {"residents|人口|常住人口|人数", false},
    [XD_PLACES_OPENS] = {"opens|开门|开门时间|营业开始", false},
    [XD_PLACES_CLOSES] = {"closes|关门|关门时间|营业结束", false},
    [XD_PLACES_ELEVATION] = {"elevation_m|海拔|海拔m|海拔(米)", false},
    [XD_PLACES_MARKET] = {"market|场期|赶场|赶集", false},
};

const struct xd_csv_column xd_demand_columns[XD_DEMAND_COLUMNS_N] = {
    [XD_DEMAND_PLACE] = {"place|地点|村点|编码|代码|地点编码", true},
    [XD_DEMAND_GOODS] = {"goods|货物|货类|品类|货品", true},
    [XD_DEMAND_DIRECTION] = {"direction|方向|上下行", true},
    [XD_DEMAND_QUANTITY] = {"quantity|数量", true},
    [XD_DEMAND_UNIT] = {"unit|单位", true},
    [XD_DEMAND_MASS] = {"mass_kg|质量|重量|总重|重量kg|重量(kg)", false},
    [XD_DEMAND_VOLUME] = {"volume_m3|体积|体积m3|体积(m3)", false},
    [XD_DEMAND_COLD] = {"cold|冷藏|冷链", false},
};

const struct xd_csv_column xd_fleet_columns[XD_FLEET_COLUMNS_N] = {
    [XD_FLEET_TYPE] = {"type|车型|车型编号", true},
    [XD_FLEET_NAME] = {"name|名称|车型名称", false},
    [XD_FLEET_PROFILE] = {"profile|行驶类型|道路类型", true},
    [XD_FLEET_BASE] = {"base|驻地|基地|停放点", false},
    [XD_FLEET_COUNT] = {"count|数量|辆数|车辆数", true},
    [XD_FLEET_PAYLOAD] = {"payload_kg|载重|载重kg|载重(kg)|载质量", true},
    [XD_FLEET_VOLUME] = {"volume_m3|容积|容积m3|容积(m3)", true},
    [XD_FLEET_COLD] = {"cold|冷藏|冷链", false},
    [XD_FLEET_FIXED] = {"fixed_yuan_day|固定费用|固定费(元/天)", true},
    [XD_FLEET_DRIVER] = {"driver_yuan_day|司机费用|司机费(元/天)", false},
    [XD_FLEET_OTHER_KM] = {"other_yuan_km|其他费用|其他费(元/公里)", false},
    [XD_FLEET_HOUR] = {"yuan_hour|小时费用|小时费(元/小时)", false},
    [XD_FLEET_ENERGY] = {"energy|能源|燃料", false},
    [XD_FLEET_CONSUMPTION] = {"energy_per_100km|百公里能耗|能耗", false},
    [XD_FLEET_CONSUMPTION_HOUR] = {"energy_per_hour|每小时能耗|小时能耗", false},
    [XD_FLEET_SHIFT_START] = {"shift_start|上班|上班时间", true},
    [XD_FLEET_SHIFT_END] = {"shift_end|下班|下班时间", true},
    [XD_FLEET_DUTY_MAX] = {"duty_max_h|最长工时|最长工时(小时)", true},
    [XD_FLEET_RANGE] = {"range_km|续航|续航(公里)|续航里程", false},
};

const char *const xd_tier_words[4] = {
    [XD_TIER_HUB] = "hub|县级中心|县级公共配送中心|县级寄递公共配送中心|县级配送中心|配送中心|中心",
    [XD_TIER_COUNTY] = "county|县|区|县级|县级市",
    [XD_TIER_TOWNSHIP] = "township|乡镇|乡|镇|街道|乡镇站|station",
    [XD_TIER_VILLAGE] = "village|村|社区|行政村|建制村|自然村|村级服务点|hamlet|point",
};

const char *const xd_goods_words[XD_GOODS_N] = {
    [XD_GOODS_PARCEL] = "parcel|parcels|快递|包裹|快件|邮件",
    [XD_GOODS_LEAFY] = "leafy|叶菜|叶菜类|蔬菜|leafy vegetables",
    [XD_GOODS_BERRY] = "berry|浆果|berries|樱桃|草莓|蓝莓",
    [XD_GOODS_FRUIT] = "fruit|水果|鲜果",
    [XD_GOODS_KIWI] = "kiwi|猕猴桃",
    [XD_GOODS_EGG] = "egg|蛋|鸡蛋|禽蛋|蛋类|eggs",
    [XD_GOODS_DRY] = "dry|干货|粮食|dry goods",
    [XD_GOODS_MEAT] = "meat|肉|肉类|鲜肉",
    [XD_GOODS_OTHER] = "other|其他|其它|其他农产品",
};

const char *const xd_direction_words[2] = {[XD_DOWN] = "down|下行|下", [XD_UP] = "up|上行|上"};

const char *const xd_unit_words[XD_UNITS_N] = {
    [XD_UNIT_PIECE] = "piece|件|pieces|个|pcs",
    [XD_UNIT_CRATE] = "crate|筐|箱|包|crates",
    [XD_UNIT_KG] = "kg|公斤|千克",
    [XD_UNIT_JIN] = "jin|斤|市斤",
    [XD_UNIT_T] = "t|吨|ton|tonne",
};

const char *const xd_energy_words[4] = {
    [XD_ENERGY_NONE] = "none|无",
    [XD_ENERGY_DIESEL] = "diesel|柴油",
    [XD_ENERGY_PETROL] = "petrol|汽油|gasoline",
    [XD_ENERGY_ELECTRIC] = "electric|电|电动|纯电",
};

void xd_clock_text(int64_t seconds, char dst[32])
{
    int64_t minutes = seconds / 60;
    if (seconds % 60 == 0)
        snprintf(dst, 32, "%02" PRId64 ":%02" PRId64, minutes / 60, minutes % 60);
    else
        snprintf(dst, 32, "%02" PRId64 ":%02" PRId64 ":%02" PRId64, minutes / 60, minutes % 60, seconds % 60);
}

int64_t xd_demand_mass_g(const struct xd_parameters *parameters, enum xd_direction direction, int64_t pieces_n)
{
    return pieces_n * parameters->value[direction == XD_DOWN ? XD_PARAMETER_PARCEL_DOWN_MASS_G : XD_PARAMETER_PARCEL_UP_MASS_G];
}

int64_t xd_demand_volume_cm3(const struct xd_parameters *parameters, enum xd_goods goods, enum xd_direction direction, int64_t pieces_n,
                             int64_t mass_g)
{
    if (goods == XD_GOODS_PARCEL)
        return pieces_n * parameters->value[direction == XD_DOWN ? XD_PARAMETER_PARCEL_DOWN_VOLUME_CM3 : XD_PARAMETER_PARCEL_UP_VOLUME_CM3];
    int64_t density = parameters->value[XD_PARAMETER_PRODUCE_DENSITY_KG_M3]; /* kg/m3 = g/dm3 */
    return density > 0 ? (mass_g * 1000 + density - 1) / density : 0;
}
