#include "scenarios/county_goods.h"

#include "base/number.h"

static int64_t dm3(int64_t cm3)
{
    return cm3 / 1000 + (cm3 % 1000 > 0 ? 1 : 0);
}

static bool add_bounded(int64_t *sum, int64_t value, int64_t max)
{
    return value >= 0 && xd_add_i64(*sum, value, sum) && *sum <= max;
}

enum xd_status xd_goods_sum_add(struct xd_goods_sum *sum, const struct xd_demand *row, const char *table, struct xd_error *error)
{
    struct xd_goods_sum next = *sum;
    const int64_t parcels_n = row->goods == XD_GOODS_PARCEL ? row->pieces_n : 0;
    bool good;
    if (row->direction == XD_DOWN) {
        good = add_bounded(&next.down_parcels_n, parcels_n, XD_LOAD_MAX) && add_bounded(&next.down_g, row->mass_g, XD_LOAD_MAX) &&
               add_bounded(&next.down_cm3, row->volume_cm3, XD_LOAD_MAX * 1000);
    } else {
        good = add_bounded(&next.up_parcels_n, parcels_n, XD_LOAD_MAX) && add_bounded(&next.up_g, row->mass_g, XD_LOAD_MAX) &&
               add_bounded(&next.up_cm3, row->volume_cm3, XD_LOAD_MAX * 1000) && add_bounded(&next.goods_g[row->goods], row->mass_g, XD_LOAD_MAX);
    }
    if (!good)
        return xd_fail(error, XD_DATA, xd_at_line(table, row->line, 0),
                       "the goods of one place are negative or add up to more than %lld kg or as many m3; correct the quantities",
                       (long long)(XD_LOAD_MAX / 1000));
    *sum = next;
    return XD_OK;
}

bool xd_goods_sum_empty(const struct xd_goods_sum *sum)
{
    return sum->down_parcels_n == 0 && sum->up_parcels_n == 0 && sum->down_g == 0 && sum->up_g == 0 && sum->down_cm3 == 0 && sum->up_cm3 == 0;
}

static int64_t times_needed(int64_t load, int64_t capacity)
{
    return capacity > 0 ? (load - 1) / capacity + 1 : INT64_MAX;
}

static int64_t parts_for(const struct xd_fleet_type *type, const struct xd_goods_sum *sum)
{
    const int64_t loads[] = {sum->down_g, sum->up_g, dm3(sum->down_cm3), dm3(sum->up_cm3)};
    const int64_t capacities[] = {type->payload_g, type->payload_g, type->volume_dm3, type->volume_dm3};
    int64_t parts_n = 1;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(loads); i++) {
        const int64_t needed_n = loads[i] > 0 ? times_needed(loads[i], capacities[i]) : 1;
        parts_n = needed_n > parts_n ? needed_n : parts_n;
    }
    return parts_n;
}

int64_t xd_goods_parts_n(const struct xd_county *county, int32_t point, bool cold, const struct xd_goods_sum *sum)
{
    int64_t reaching_n = INT64_MAX, any_n = INT64_MAX;
    for (int32_t t = 0; t < county->scenario->fleet_n; t++) {
        const struct xd_fleet_type *type = &county->scenario->fleet[t];
        if (type->count == 0 || (cold && !type->cold))
            continue;
        const struct xd_matrix *matrix = county->profiles[county->type_profile[t]].matrix;
        const int64_t parts_n = parts_for(type, sum);
        any_n = parts_n < any_n ? parts_n : any_n;
        if (xd_matrix_reachable(matrix, 0, point) && xd_matrix_reachable(matrix, point, 0) && xd_county_base_legs(county, t).reachable)
            reaching_n = parts_n < reaching_n ? parts_n : reaching_n;
    }
    if (reaching_n < INT64_MAX)
        return reaching_n;
    return any_n < INT64_MAX ? any_n : 1;
}

/* total * part / parts_n without overflow: what lies before part `part` of parts_n. */
static int64_t before(int64_t total, int32_t part, int32_t parts_n)
{
    return total / parts_n * part + total % parts_n * part / parts_n;
}

static int64_t share(int64_t total, int32_t part, int32_t parts_n)
{
    return before(total, part + 1, parts_n) - before(total, part, parts_n);
}

/* Parcels before the mass `before_g` of the parcels' `mass_g`; all of them, once all of the mass is. */
static int64_t parcels_before(int64_t parcels_n, int64_t before_g, int64_t mass_g)
{
    if (before_g >= mass_g)
        return parcels_n;
    int64_t product;
    if (xd_multiply_i64(parcels_n, before_g, &product))
        return product / mass_g;
    return parcels_n / mass_g * before_g +
           parcels_n % mass_g * (before_g / 2) / (mass_g / 2); /* more than 9e18 parcel-grams: near enough, and still rising */
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

void xd_goods_part(const struct xd_goods_sum *sum, int32_t part, int32_t parts_n, struct xd_county_stop *stop, int64_t delivery[XD_DIMS_N],
                   int64_t pickup[XD_DIMS_N])
{
    const int64_t from_g = before(sum->up_g, part, parts_n), to_g = before(sum->up_g, part + 1, parts_n);
    int64_t class_from_g = 0;
    stop->part = part;
    stop->parts_n = parts_n;
    stop->down_parcels_n = share(sum->down_parcels_n, part, parts_n);
    stop->down_g = share(sum->down_g, part, parts_n);
    stop->up_g = to_g - from_g;
    for (int c = 0; c < XD_GOODS_N; c++) {
        const int64_t class_to_g = class_from_g + sum->goods_g[c];
        const int64_t low = from_g > class_from_g ? from_g : class_from_g;
        const int64_t high = smaller(to_g, class_to_g);
        stop->goods_g[c] = high > low ? high - low : 0;
        class_from_g = class_to_g;
    }
    stop->produce_g = stop->up_g - stop->goods_g[XD_GOODS_PARCEL];
    const int64_t parcels_g = sum->goods_g[XD_GOODS_PARCEL];
    stop->up_parcels_n = parcels_before(sum->up_parcels_n, to_g, parcels_g);
    if (part > 0)
        stop->up_parcels_n -= parcels_before(sum->up_parcels_n, from_g, parcels_g);
    delivery[0] = stop->down_g;
    delivery[1] = share(dm3(sum->down_cm3), part, parts_n);
    pickup[0] = stop->up_g;
    pickup[1] = share(dm3(sum->up_cm3), part, parts_n);
}
