#include "maps/closure.h"

#include "base/hash.h"
#include "base/number.h"

enum xd_status xd_closures_add(struct xd_closures *closures, const struct xd_closure *closure, struct xd_error *error)
{
    enum xd_status status = xd_array_reserve((void **)&closures->items, &closures->capacity, (size_t)closures->items_n + 1, sizeof *closures->items,
                                             XD_CLOSURES_MAX, "closures", error);
    if (status == XD_OK)
        closures->items[closures->items_n++] = *closure;
    return status;
}

void xd_closures_free(struct xd_closures *closures)
{
    xd_free(closures->items);
    xd_arena_free(&closures->arena);
    *closures = (struct xd_closures){0};
}

static int month_of(int64_t day)
{
    char date[11];
    xd_format_date(day, date);
    return (date[5] - '0') * 10 + date[6] - '0';
}

bool xd_closure_in_force(const struct xd_closure *closure, int64_t day)
{
    if (day == XD_CLOSURE_ALWAYS)
        return true;
    if (closure->from_days != XD_CLOSURE_ALWAYS && day < closure->from_days)
        return false;
    if (closure->until_days != XD_CLOSURE_ALWAYS && day > closure->until_days)
        return false;
    return (closure->months >> month_of(day) & 1) != 0;
}

void xd_closures_hash(const struct xd_closures *closures, struct xd_hash *hash)
{
    xd_hash_i64(hash, closures->items_n);
    for (int32_t i = 0; i < closures->items_n; i++) {
        const struct xd_closure *c = &closures->items[i];
        const int32_t parts_n = c->groups_n > 0 ? c->first_part[c->groups_n] : 0, points_n = parts_n > 0 ? c->first_point[parts_n] : 0;
        const int64_t values[] = {c->shape,         c->ways_n,  c->groups_n,  parts_n,       points_n,  c->reach_m, c->directions,
                                  c->speed_percent, c->max_kmh, c->from_days, c->until_days, c->months, c->profiles};
        xd_hash_string(hash, c->name);
        xd_hash_string(hash, c->note);
        for (size_t v = 0; v < XD_ARRAY_LENGTH(values); v++)
            xd_hash_i64(hash, values[v]);
        for (int32_t w = 0; w < c->ways_n; w++)
            xd_hash_i64(hash, c->ways[w]);
        for (int32_t g = 0; g <= c->groups_n && c->groups_n > 0; g++)
            xd_hash_i64(hash, c->first_part[g]);
        for (int32_t p = 0; p <= parts_n && parts_n > 0; p++)
            xd_hash_i64(hash, c->first_point[p]);
        for (int32_t p = 0; p < points_n; p++) {
            xd_hash_i64(hash, c->points[p].lon_e7);
            xd_hash_i64(hash, c->points[p].lat_e7);
        }
    }
}
