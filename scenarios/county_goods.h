/* The goods of one place and temperature, and their division over several visits. Internal to the composition of a county. */
#ifndef XD_SCENARIOS_COUNTY_GOODS_H
#define XD_SCENARIOS_COUNTY_GOODS_H

#include "scenarios/county.h"

/* Everything that one place sends and gets at one temperature. Zero-initialise. */
struct xd_goods_sum {
    int64_t down_parcels_n, up_parcels_n;
    int64_t down_g, up_g;
    int64_t down_cm3, up_cm3;
    int64_t goods_g[XD_GOODS_N]; /* up, by class; sums to up_g */
};

/* table: the row's file, for messages. Errors: XD_DATA when a sum passes XD_LOAD_MAX; *sum unchanged. */
XD_MUST_CHECK enum xd_status xd_goods_sum_add(struct xd_goods_sum *sum, const struct xd_demand *row, const char *table, struct xd_error *error);
bool xd_goods_sum_empty(const struct xd_goods_sum *sum);
/* Visits that the goods need: the fewest over the types that may carry them and get there and back by their table; over all that may carry them
 * where none gets there; 1 where no type may. */
int64_t xd_goods_parts_n(const struct xd_county *county, int32_t point, bool cold, const struct xd_goods_sum *sum);
/* Part `part` of `parts_n`: equal masses and volumes to a gram and cubic decimetre, in order of class (parcels first), so that all parts add up
 * exactly. Fills *stop, delivery and pickup. Volumes are rounded up to cubic decimetres before they are divided. */
void xd_goods_part(const struct xd_goods_sum *sum, int32_t part, int32_t parts_n, struct xd_county_stop *stop, int64_t delivery[XD_DIMS_N],
                   int64_t pickup[XD_DIMS_N]);

#endif
