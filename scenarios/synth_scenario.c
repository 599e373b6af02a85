#include "scenarios/synth_scenario.h"

#include "scenarios/init.h"

#include <string.h>

enum { DEMAND_PER_PLACE_MAX = 3, SYNTH_DATE_DAYS = 20781 /* 2026-11-24 */ };

static const char *copy(struct xd_scenario *scenario, const char *text)
{
    return xd_arena_string(&scenario->arena, text, strlen(text));
}

static enum xd_status places_copy(const struct xd_synth_county *county, struct xd_scenario *scenario, struct xd_error *error)
{
    const struct xd_places *from = &county->places;
    scenario->places.items = xd_arena_copy(&scenario->arena, from->items, (size_t)from->items_n, sizeof *from->items);
    if (!scenario->places.items)
        return xd_fail_memory(error, "places", (size_t)from->items_n * sizeof *from->items);
    scenario->places.items_n = from->items_n;
    scenario->places.hub = from->hub;
    for (int32_t i = 0; i < from->items_n; i++) {
        struct xd_place *place = &scenario->places.items[i];
        place->code = copy(scenario, from->items[i].code);
        place->name = copy(scenario, from->items[i].name);
        if (!place->code || !place->name)
            return xd_fail_memory(error, "places", 64);
    }
    return XD_OK;
}

static void demand_add(struct xd_scenario *scenario, int32_t place, enum xd_direction direction, enum xd_goods goods, int64_t pieces_n,
                       int64_t mass_g, int64_t volume_cm3)
{
    if (mass_g > 0)
        scenario->demand[scenario->demand_n++] = (struct xd_demand){.place = place,
                                                                    .direction = direction,
                                                                    .goods = goods,
                                                                    .pieces_n = pieces_n,
                                                                    .mass_g = mass_g,
                                                                    .volume_cm3 = volume_cm3,
                                                                    .cold = xd_goods_infos[goods].cold};
}

static enum xd_status demand_fill(const struct xd_synth_county *county, struct xd_scenario *scenario, struct xd_error *error)
{
    const int64_t *p = scenario->parameters.value;
    const size_t rows_max = (size_t)county->places.items_n * DEMAND_PER_PLACE_MAX;
    scenario->demand = xd_arena_alloc(&scenario->arena, rows_max, sizeof *scenario->demand);
    if (!scenario->demand)
        return xd_fail_memory(error, "demand", rows_max * sizeof *scenario->demand);
    for (int32_t i = 0; i < county->places.items_n; i++) {
        const struct xd_synth_place *asked = &county->extra[i];
        demand_add(scenario, i, XD_DOWN, XD_GOODS_PARCEL, asked->down_parcels_n, asked->down_parcels_n * p[XD_PARAMETER_PARCEL_DOWN_MASS_G],
                   asked->down_parcels_n * p[XD_PARAMETER_PARCEL_DOWN_VOLUME_CM3]);
        demand_add(scenario, i, XD_UP, XD_GOODS_PARCEL, asked->up_parcels_n, asked->up_parcels_n * p[XD_PARAMETER_PARCEL_UP_MASS_G],
                   asked->up_parcels_n * p[XD_PARAMETER_PARCEL_UP_VOLUME_CM3]);
        if (asked->goods >= 0) /* cm3 = g / (kg/m3) * 1000 */
            demand_add(scenario, i, XD_UP, (enum xd_goods)asked->goods, 0, asked->produce_g,
                       asked->produce_g * 1000 / p[XD_PARAMETER_PRODUCE_DENSITY_KG_M3]);
    }
    return XD_OK;
}

/* Half of the dry mass by minivans, the rest shared; refrigerated goods by reefers; each kind with a third to spare, at least one. */
static enum xd_status fleet_fill(struct xd_scenario *scenario, struct xd_error *error)
{
    struct xd_fleet_type types[XD_FLEET_TYPES_MAX];
    const int32_t types_n = xd_fleet_defaults(types);
    int64_t cold_g = 0;
    int32_t places_n = 0;
    for (int32_t i = 0; i < scenario->demand_n; i++) {
        if (scenario->demand[i].cold)
            cold_g += scenario->demand[i].mass_g;
        places_n += scenario->demand[i].direction == XD_DOWN ? 1 : 0;
    }
    for (int32_t t = 0; t < types_n; t++) {
        struct xd_fleet_type *type = &types[t];
        type->base = scenario->places.hub;
        type->count = (int32_t)(type->cold ? 2 + cold_g * 4 / 3 / type->payload_g : 2 + places_n / 20);
    }
    scenario->fleet = xd_arena_copy(&scenario->arena, types, (size_t)types_n, sizeof *types);
    if (!scenario->fleet)
        return xd_fail_memory(error, "fleet", sizeof types);
    scenario->fleet_n = types_n;
    return XD_OK;
}

enum xd_status xd_scenario_from_synth(const struct xd_synth_county *county, struct xd_scenario **scenario, struct xd_error *error)
{
    struct xd_scenario *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "scenario", sizeof *made);
    xd_parameters_default(&made->parameters);
    made->date_days = SYNTH_DATE_DAYS;
    made->synthetic = true;
    made->folder = "";
    made->name = copy(made, county->name);
    made->map_path = copy(made, "map.osm.gz");
    made->elevation_path = copy(made, "elevation");
    made->credit = copy(made, "虚构县域 / synthetic county (Xiangdao)");
    enum xd_status status = made->name && made->map_path && made->elevation_path && made->credit ? XD_OK : xd_fail_memory(error, "scenario", 64);
    if (status == XD_OK)
        status = places_copy(county, made, error);
    if (status == XD_OK)
        status = demand_fill(county, made, error);
    if (status == XD_OK)
        status = fleet_fill(made, error);
    if (status == XD_OK)
        *scenario = made;
    else
        xd_scenario_free(made);
    return status;
}
