#include "maps/extra_road.h"

#include "base/hash.h"
#include "maps/network_hash.h"

enum xd_status xd_extra_roads_add(struct xd_extra_roads *roads, const struct xd_extra_road *road, struct xd_error *error)
{
    if (road->points_n > XD_EXTRA_POINTS_MAX - roads->points_n)
        return xd_fail(error, XD_DATA, xd_at_cell(road->source, road->line, 0, road->field), "points of extra roads: %lld, the limit is %lld",
                       (long long)roads->points_n + road->points_n, (long long)XD_EXTRA_POINTS_MAX);
    const enum xd_status status = xd_array_reserve((void **)&roads->items, &roads->capacity, (size_t)roads->items_n + 1, sizeof *roads->items,
                                                   XD_EXTRA_ROADS_MAX, "extra roads", error);
    if (status != XD_OK)
        return status;
    roads->items[roads->items_n++] = *road;
    roads->points_n += road->points_n;
    return XD_OK;
}

void xd_extra_roads_hash(const struct xd_extra_roads *roads, struct xd_hash *hash)
{
    xd_hash_i64(hash, roads->items_n);
    for (int32_t r = 0; r < roads->items_n; r++) {
        const struct xd_extra_road *road = &roads->items[r];
        xd_hash_string(hash, road->name);
        xd_hash_i64(hash, (int64_t)xd_road_hash(&road->road, road->clauses));
        xd_hash_i64(hash, road->join_m);
        xd_hash_i64(hash, road->points_n);
        for (int32_t i = 0; i < road->points_n; i++) {
            xd_hash_i64(hash, road->points[i].lon_e7);
            xd_hash_i64(hash, road->points[i].lat_e7);
        }
    }
}

void xd_extra_roads_free(struct xd_extra_roads *roads)
{
    xd_free(roads->items);
    xd_arena_free(&roads->arena);
    *roads = (struct xd_extra_roads){0};
}
