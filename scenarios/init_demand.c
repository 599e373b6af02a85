#include "scenarios/init_parts.h"

#include "base/rng.h"

enum {
    ROWS_PER_PLACE_MAX = 3,
    PARCELS_MAX = 20000,        /* of one place: a village is not asked to be a city, whatever its population tag says */
    PARCELS_DOWN_PERMILLE = 80, /* 0.08 a resident-day (X) */
    PARCELS_UP_PERMILLE = 280,  /* of those down (D) */
    VILLAGE_MEDIAN_N = 25,      /* p90 90 (X) */
    HAMLET_MEDIAN_N = 4,        /* p90 14 (X) */
    PRODUCERS_PERMILLE = 300,   /* of villages (X); hamlets bring theirs there */
    PRODUCE_STEP_G = 50000,
    PRODUCE_STEPS_MIN = 4, /* 0.2 t */
    PRODUCE_STEPS_MAX = 30 /* 1.5 t: the largest vehicle of the default fleet takes it in one or two visits */
};

/* Quantiles k/64 of the lognormal with sigma 1, in thousandths of its median (so that p90 is 3.6 medians); the ends are the quantiles 1/256 and 255/256.
 * A table instead of log and cos: the same draws from every compiler and library. */
static const int32_t LOGNORMAL_PERMILLE[65] = {70,   116,  155,  187,  216,  242,  268,  292,  317,  340,  364,  388,  412,  436,  460,  485,  509,
                                               535,  560,  587,  613,  641,  669,  698,  727,  758,  789,  821,  854,  889,  925,  962,  1000, 1040,
                                               1082, 1125, 1170, 1218, 1268, 1320, 1375, 1434, 1495, 1561, 1630, 1705, 1784, 1870, 1963, 2064, 2174,
                                               2294, 2428, 2577, 2746, 2937, 3159, 3421, 3736, 4128, 4637, 5344, 6441, 8618, 14297};

static int64_t draw_lognormal(struct xd_rng *rng, int64_t median)
{
    const uint64_t bits = xd_rng_next(rng) >> 42; /* 22 bits: 6 for the knot, 16 between knots */
    const int32_t knot = (int32_t)(bits >> 16);
    const int64_t part = (int64_t)(bits & 0xffff);
    const int64_t permille = LOGNORMAL_PERMILLE[knot] + (LOGNORMAL_PERMILLE[knot + 1] - LOGNORMAL_PERMILLE[knot]) * part / 65536;
    return (median * permille + 500) / 1000;
}

/* Shares of twentieths (X): a hill county's mix. */
static enum xd_goods draw_goods(struct xd_rng *rng)
{
    static const enum xd_goods twentieths[20] = {XD_GOODS_FRUIT, XD_GOODS_FRUIT, XD_GOODS_FRUIT, XD_GOODS_FRUIT, XD_GOODS_FRUIT,
                                                 XD_GOODS_DRY,   XD_GOODS_DRY,   XD_GOODS_DRY,   XD_GOODS_DRY,   XD_GOODS_DRY,
                                                 XD_GOODS_EGG,   XD_GOODS_EGG,   XD_GOODS_EGG,   XD_GOODS_KIWI,  XD_GOODS_KIWI,
                                                 XD_GOODS_OTHER, XD_GOODS_LEAFY, XD_GOODS_LEAFY, XD_GOODS_LEAFY, XD_GOODS_BERRY};
    return twentieths[xd_rng_below(rng, 20)];
}

static void parcels_add(struct xd_scenario *scenario, int32_t place, enum xd_direction direction, int64_t pieces_n)
{
    const int64_t *p = scenario->parameters.value;
    const bool down = direction == XD_DOWN;
    if (pieces_n > 0)
        scenario->demand[scenario->demand_n++] =
            (struct xd_demand){.place = place,
                               .direction = direction,
                               .goods = XD_GOODS_PARCEL,
                               .pieces_n = pieces_n,
                               .mass_g = pieces_n * p[down ? XD_PARAMETER_PARCEL_DOWN_MASS_G : XD_PARAMETER_PARCEL_UP_MASS_G],
                               .volume_cm3 = pieces_n * p[down ? XD_PARAMETER_PARCEL_DOWN_VOLUME_CM3 : XD_PARAMETER_PARCEL_UP_VOLUME_CM3]};
}

/* Every draw is made for every village, so that the draws of one do not hang on what the map tells of it. */
static void village_add(struct xd_scenario *scenario, int32_t place, const struct xd_map_place *from, uint64_t seed)
{
    struct xd_rng rng = xd_rng_at(seed, XD_RNG_DEMAND, (uint64_t)from->osm_type, (uint64_t)from->osm_id);
    int64_t down_n = draw_lognormal(&rng, from->kind == XD_MAP_HAMLET ? HAMLET_MEDIAN_N : VILLAGE_MEDIAN_N);
    const bool produces = xd_rng_below(&rng, 1000) < PRODUCERS_PERMILLE && from->kind == XD_MAP_VILLAGE;
    const int64_t produce_g = xd_rng_between(&rng, PRODUCE_STEPS_MIN, PRODUCE_STEPS_MAX) * PRODUCE_STEP_G;
    const enum xd_goods goods = draw_goods(&rng);
    if (from->population >= 0)
        down_n = from->population >= (int64_t)PARCELS_MAX * 1000 ? PARCELS_MAX : (from->population * PARCELS_DOWN_PERMILLE + 500) / 1000;
    down_n = down_n < 1 ? 1 : down_n > PARCELS_MAX ? PARCELS_MAX : down_n;
    parcels_add(scenario, place, XD_DOWN, down_n);
    parcels_add(scenario, place, XD_UP, (down_n * PARCELS_UP_PERMILLE + 500) / 1000);
    if (produces)
        scenario->demand[scenario->demand_n++] =
            (struct xd_demand){.place = place,
                               .direction = XD_UP,
                               .goods = goods,
                               .mass_g = produce_g,
                               .volume_cm3 = produce_g * 1000 / scenario->parameters.value[XD_PARAMETER_PRODUCE_DENSITY_KG_M3],
                               .cold = xd_goods_infos[goods].cold};
}

enum xd_status xd_init_demand(const struct xd_network *network, const int32_t *map_place, uint64_t seed, struct xd_scenario *scenario,
                              struct xd_error *error)
{
    const size_t rows_max = (size_t)scenario->places.items_n * ROWS_PER_PLACE_MAX;
    scenario->demand = xd_arena_alloc(&scenario->arena, rows_max, sizeof *scenario->demand);
    if (!scenario->demand)
        return xd_fail_memory(error, "demand", rows_max * sizeof *scenario->demand);
    for (int32_t i = 0; i < scenario->places.items_n; i++)
        if (scenario->places.items[i].tier == XD_TIER_VILLAGE)
            village_add(scenario, i, &network->map_places[map_place[i]], seed);
    return XD_OK;
}
