#include "scenarios/scenario.h"

#include "base/hash.h"

const struct xd_goods_info xd_goods_infos[XD_GOODS_N] = {
    [XD_GOODS_PARCEL] = {"parcel", "parcels", "包裹", false},
    [XD_GOODS_LEAFY] = {"leafy", "leafy vegetables", "叶菜", true},
    [XD_GOODS_BERRY] = {"berry", "berries", "浆果", true},
    [XD_GOODS_FRUIT] = {"fruit", "fruit", "水果", false},
    [XD_GOODS_KIWI] = {"kiwi", "kiwi fruit", "猕猴桃", false},
    [XD_GOODS_EGG] = {"egg", "eggs", "禽蛋", false},
    [XD_GOODS_DRY] = {"dry", "dry goods", "干货", false},
    [XD_GOODS_MEAT] = {"meat", "meat", "肉类", true},
    [XD_GOODS_OTHER] = {"other", "other produce", "其他农产品", false},
};

void xd_scenario_free(struct xd_scenario *scenario)
{
    if (!scenario)
        return;
    xd_profiles_free(scenario->own_profiles);
    xd_extra_roads_free(&scenario->extra_roads);
    xd_closures_free(&scenario->closures);
    xd_arena_free(&scenario->arena);
    xd_free(scenario);
}

static void place_hash(struct xd_hash *hash, const struct xd_place *place)
{
    xd_hash_string(hash, place->code);
    xd_hash_string(hash, place->name);
    const bool placed = place->source != XD_PLACE_UNPLACED;
    const int64_t values[] = {place->tier,
                              place->parent,
                              placed ? place->position.lon_e7 : 0,
                              placed ? place->position.lat_e7 : 0,
                              place->source,
                              place->residents_n,
                              place->opens_s,
                              place->closes_s,
                              place->elevation_m,
                              place->market_cycle_days,
                              place->market_days};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(values); i++)
        xd_hash_i64(hash, values[i]);
}

static void type_hash(struct xd_hash *hash, const struct xd_profiles *profiles, const struct xd_fleet_type *type)
{
    const struct xd_profile *profile = profiles ? xd_profile_find(profiles, type->profile) : NULL;
    xd_hash_i64(hash, profile ? (int64_t)xd_profile_hash(profile) : 0);
    xd_hash_string(hash, type->key);
    xd_hash_string(hash, type->name);
    xd_hash_string(hash, type->profile);
    const int64_t values[] = {type->base,
                              type->count,
                              type->payload_g,
                              type->volume_dm3,
                              type->cold,
                              type->fixed_fen_day,
                              type->driver_fen_day,
                              type->other_fen_km,
                              type->hourly_fen,
                              type->energy,
                              type->energy_per_100km_milli,
                              type->energy_per_hour_milli,
                              type->shift_start_s,
                              type->shift_end_s,
                              type->duty_max_s,
                              type->range_m};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(values); i++)
        xd_hash_i64(hash, values[i]);
}

uint64_t xd_scenario_hash(const struct xd_scenario *scenario)
{
    struct xd_hash hash = xd_hash_begin();
    xd_hash_string(&hash, scenario->name);
    xd_hash_i64(&hash, scenario->date_days);
    xd_hash_i64(&hash, scenario->codes_free);
    xd_hash_i64(&hash, scenario->synthetic);
    xd_hash_i64(&hash, scenario->places.items_n);
    xd_hash_i64(&hash, scenario->places.hub);
    for (int32_t i = 0; i < scenario->places.items_n; i++)
        place_hash(&hash, &scenario->places.items[i]);
    xd_hash_i64(&hash, scenario->demand_n);
    for (int32_t i = 0; i < scenario->demand_n; i++) {
        const struct xd_demand *row = &scenario->demand[i];
        const int64_t values[] = {row->place, row->direction, row->goods, row->pieces_n, row->mass_g, row->volume_cm3, row->cold};
        for (size_t v = 0; v < XD_ARRAY_LENGTH(values); v++)
            xd_hash_i64(&hash, values[v]);
    }
    xd_hash_i64(&hash, scenario->fleet_n);
    for (int32_t i = 0; i < scenario->fleet_n; i++)
        type_hash(&hash, scenario->profiles, &scenario->fleet[i]);
    const int32_t parameters_n = scenario->parameters.value[XD_PARAMETER_CONNECTOR_M] > 0 ? XD_PARAMETERS_N : XD_PARAMETER_CONNECTOR_M;
    for (int32_t i = 0; i < parameters_n; i++)
        xd_hash_i64(&hash, scenario->parameters.value[i]);
    if (scenario->extra_roads.items_n > 0)
        xd_extra_roads_hash(&scenario->extra_roads, &hash);
    if (scenario->closures.items_n > 0)
        xd_closures_hash(&scenario->closures, &hash);
    return xd_hash_end(hash);
}

int64_t xd_fleet_energy_fen_unit(const struct xd_scenario *scenario, const struct xd_fleet_type *type)
{
    switch (type->energy) {
    case XD_ENERGY_DIESEL:
        return scenario->parameters.value[XD_PARAMETER_DIESEL_FEN_L];
    case XD_ENERGY_PETROL:
        return scenario->parameters.value[XD_PARAMETER_PETROL_FEN_L];
    case XD_ENERGY_ELECTRIC:
        return scenario->parameters.value[XD_PARAMETER_ELECTRICITY_FEN_KWH];
    case XD_ENERGY_NONE:
        break;
    }
    return 0;
}

int64_t xd_fleet_cost_fen_km(const struct xd_scenario *scenario, const struct xd_fleet_type *type)
{
    /* mL per 100 km * fen per L = 1/100000 fen per km */
    return (type->energy_per_100km_milli * xd_fleet_energy_fen_unit(scenario, type) + 50000) / 100000 + type->other_fen_km;
}

int64_t xd_fleet_cost_fen_h(const struct xd_scenario *scenario, const struct xd_fleet_type *type)
{
    return (type->energy_per_hour_milli * xd_fleet_energy_fen_unit(scenario, type) + 500) / 1000 + type->hourly_fen;
}
