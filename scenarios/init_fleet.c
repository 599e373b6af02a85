#include "scenarios/init_parts.h"

#include <math.h>
#include <string.h>

/* Roads are half as long again as the straight line and driven at 25 km/h: 216 s a straight kilometre (X). Next stops lie 0.75 sqrt(area / places) apart. */
enum { SECONDS_PER_KM = 216, MICRO = 1000000, SPARE = 2 };

struct fleet_rows {
    const struct xd_fleet_type *minivan, *truck, *reefer;
};

/* Work of one kind of goods, summed over places. Vehicles in millionths. */
struct fleet_need {
    int64_t small_micro; /* loads of stops that the small vehicle takes, in its capacities */
    int64_t large_n;     /* visits of the large vehicle, for stops that are more than the small one takes */
    int64_t time_micro;  /* working days */
    int32_t stops_n;
};

/* Everything of one place at one temperature. */
struct place_goods {
    int64_t down_g, up_g, down_dm3, up_dm3, parcels_n, produce_g;
};

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void goods_of(const struct xd_scenario *scenario, struct place_goods *goods)
{
    for (int32_t i = 0; i < scenario->demand_n; i++) {
        const struct xd_demand *row = &scenario->demand[i];
        struct place_goods *place = &goods[row->place * 2 + (row->cold ? 1 : 0)];
        const int64_t dm3 = (row->volume_cm3 + 999) / 1000;
        place->down_g += row->direction == XD_DOWN ? row->mass_g : 0;
        place->down_dm3 += row->direction == XD_DOWN ? dm3 : 0;
        place->up_g += row->direction == XD_UP ? row->mass_g : 0;
        place->up_dm3 += row->direction == XD_UP ? dm3 : 0;
        place->parcels_n += row->goods == XD_GOODS_PARCEL ? row->pieces_n : 0;
        place->produce_g += row->goods != XD_GOODS_PARCEL ? row->mass_g : 0;
    }
}

/* Share of the vehicle that the goods fill, in millionths: the tighter of mass and volume. */
static int64_t filled_micro(const struct xd_fleet_type *type, const struct place_goods *goods)
{
    return larger(larger(goods->down_g, goods->up_g) * MICRO / type->payload_g, larger(goods->down_dm3, goods->up_dm3) * MICRO / type->volume_dm3);
}

/* Seconds from a stop to the next, from the box around the places. */
static int64_t hop_s(const struct xd_scenario *scenario, int32_t stops_n)
{
    double west = 0, east = 0, south = 0, north = 0;
    const struct xd_position hub = scenario->places.items[scenario->places.hub].position;
    for (int32_t i = 0; i < scenario->places.items_n; i++) {
        double x, y;
        xd_project_m(hub, scenario->places.items[i].position, &x, &y);
        west = x < west ? x : west;
        east = x > east ? x : east;
        south = y < south ? y : south;
        north = y > north ? y : north;
    }
    const double hop_m = stops_n > 0 ? 0.75 * sqrt((east - west) * (north - south) / stops_n) : 0;
    return (int64_t)hop_m * SECONDS_PER_KM / 1000;
}

static void need_add(const struct xd_scenario *scenario, int32_t place, const struct place_goods *goods, const struct xd_fleet_type *small,
                     const struct xd_fleet_type *large, int64_t hop, struct fleet_need *need)
{
    const int64_t *p = scenario->parameters.value;
    const int64_t fill_micro = filled_micro(small, goods);
    const int64_t day_s = larger(p[XD_PARAMETER_HUB_CUTOFF_S] - p[XD_PARAMETER_HUB_RELEASE_S], 3600);
    const double away_m = xd_distance_m(scenario->places.items[scenario->places.hub].position, scenario->places.items[place].position);
    const int64_t left_s = larger(day_s - 2 * ((int64_t)away_m * SECONDS_PER_KM / 1000), 3600);
    const int64_t visits_n = fill_micro <= MICRO ? 1 : filled_micro(large, goods) / MICRO + 1;
    const int64_t work_s = visits_n * (p[XD_PARAMETER_SERVICE_FIXED_S] + hop) + goods->parcels_n * p[XD_PARAMETER_SERVICE_PARCEL_S] +
                           goods->produce_g / 1000 * p[XD_PARAMETER_SERVICE_PRODUCE_S_T] / 1000;
    if (fill_micro <= MICRO)
        need->small_micro += fill_micro;
    else
        need->large_n += visits_n;
    need->time_micro += work_s * MICRO / left_s;
}

static int32_t count_of(int64_t vehicles_micro)
{
    const int64_t count = (vehicles_micro + MICRO - 1) / MICRO + SPARE;
    return count < XD_FLEET_COUNT_MAX ? (int32_t)count : XD_FLEET_COUNT_MAX;
}

static void counts_set(struct xd_scenario *scenario, const struct fleet_rows *rows, const struct place_goods *goods)
{
    struct fleet_need needs[2] = {{0}};
    int32_t places_n = 0;
    for (int32_t i = 0; i < scenario->places.items_n * 2; i++)
        needs[i % 2].stops_n += goods[i].down_g + goods[i].up_g > 0 ? 1 : 0;
    for (int32_t i = 0; i < scenario->places.items_n; i++)
        places_n += goods[i * 2].down_g + goods[i * 2].up_g + goods[i * 2 + 1].up_g > 0 ? 1 : 0;
    for (int cold = 0; cold < 2; cold++) {
        const int64_t hop = hop_s(scenario, needs[cold].stops_n);
        for (int32_t i = 0; i < scenario->places.items_n; i++)
            if (goods[i * 2 + cold].down_g + goods[i * 2 + cold].up_g > 0)
                need_add(scenario, i, &goods[i * 2 + cold], cold ? rows->reefer : rows->minivan, cold ? rows->reefer : rows->truck, hop,
                         &needs[cold]);
    }
    for (int32_t t = 0; t < scenario->fleet_n; t++) {
        struct xd_fleet_type *type = &scenario->fleet[t];
        type->base = scenario->places.hub;
        type->count = SPARE + places_n / 20;
        if (strcmp(type->key, rows->minivan->key) == 0)
            type->count = count_of(larger(2 * needs[0].small_micro, needs[0].time_micro * 3 / 2));
        else if (strcmp(type->key, rows->truck->key) == 0)
            type->count = count_of(needs[0].large_n * MICRO);
        else if (type->cold)
            type->count = count_of(larger(2 * needs[1].small_micro, needs[1].time_micro * 3 / 2) + needs[1].large_n * MICRO);
    }
}

enum xd_status xd_init_fleet(struct xd_scenario *scenario, struct xd_error *error)
{
    struct xd_fleet_type types[XD_FLEET_TYPES_MAX];
    const int32_t types_n = xd_fleet_defaults(types);
    struct fleet_rows rows = {0};
    for (int32_t t = 0; t < types_n; t++) {
        if (strcmp(types[t].key, "minivan") == 0)
            rows.minivan = &types[t];
        else if (strcmp(types[t].key, "light_truck") == 0)
            rows.truck = &types[t];
        else if (types[t].cold)
            rows.reefer = &types[t];
    }
    if (!rows.minivan || !rows.truck || !rows.reefer)
        return xd_fail(error, XD_INTERNAL, xd_at_none(), "the default fleet lacks a minivan, a light truck or a refrigerated vehicle");
    scenario->fleet = xd_arena_copy(&scenario->arena, types, (size_t)types_n, sizeof *types);
    struct place_goods *goods = xd_alloc_zero((size_t)scenario->places.items_n * 2, sizeof *goods);
    enum xd_status status = scenario->fleet && goods ? XD_OK : xd_fail_memory(error, "the fleet", sizeof types);
    if (status == XD_OK) {
        scenario->fleet_n = types_n;
        goods_of(scenario, goods);
        counts_set(scenario, &rows, goods);
    }
    xd_free(goods);
    return status;
}
