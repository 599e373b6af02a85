#include "maps/standard_roads.h"

#include "base/hash.h"
#include "maps/network_sections.h"
#include "maps/road_map_sections.h"

static bool uses(const struct xd_profile *profile, const struct xd_clause *clauses, const struct xd_road *road)
{
    return xd_profile_speed_kmh(profile, clauses, road, 1) > 0 || xd_profile_speed_kmh(profile, clauses, road, -1) > 0;
}

/* Whether a topology treats both alike: the same roads, and the same restrictions bind. */
static bool are_alike(const struct xd_network *network, const struct xd_profile *a, const struct xd_profile *b)
{
    const struct xd_clause *clauses = network->clauses;
    bool good = a->access_keys == b->access_keys || network->restrictions_n == 0;
    for (int32_t i = 0; i < network->restrictions_n && good; i++)
        good = network->restrictions[i].clauses == 0 ||
               xd_profile_is_bound(a, clauses, &network->restrictions[i]) == xd_profile_is_bound(b, clauses, &network->restrictions[i]);
    for (int32_t r = 0; r < network->roads_n && good; r++)
        good = uses(a, clauses, &network->roads[r]) == uses(b, clauses, &network->roads[r]);
    return good;
}

/* Whether it is like one of those that the map is for; most are one of them. */
static bool serves(const struct xd_standard_roads *standard, const struct xd_profile *profile)
{
    const struct xd_profiles *built_in = standard->built_in;
    const uint64_t hash = xd_profile_hash(profile);
    bool good = false;
    for (int32_t i = 0; i < built_in->items_n && !good; i++)
        good = xd_is_on_wheels(&built_in->items[i]) && xd_profile_hash(&built_in->items[i]) == hash;
    for (int32_t i = 0; i < built_in->items_n && !good; i++)
        good = xd_is_on_wheels(&built_in->items[i]) && are_alike(standard->network, &built_in->items[i], profile);
    return good;
}

static enum xd_status build(struct xd_standard_roads *standard, struct xd_error *error)
{
    const struct xd_profile *listed[XD_PROFILES_MAX];
    int32_t n = 0;
    if (standard->map.topology)
        return XD_OK;
    for (int32_t i = 0; i < standard->built_in->items_n; i++)
        if (xd_is_on_wheels(&standard->built_in->items[i]))
            listed[n++] = &standard->built_in->items[i];
    return xd_road_map_build(standard->network, listed, n, false, &standard->map, error);
}

enum xd_status xd_standard_roads_take(struct xd_standard_roads *standard, const struct xd_network *network, const struct xd_profile *const *profiles,
                                      int32_t profiles_n, bool turn_costs, struct xd_road_map *own, struct xd_road_map **map, struct xd_error *error)
{
    bool is_served = standard != NULL && !turn_costs;
    *own = (struct xd_road_map){0};
    for (int32_t i = 0; i < profiles_n && is_served; i++)
        is_served = serves(standard, profiles[i]);
    *map = is_served ? &standard->map : own;
    return is_served ? build(standard, error) : xd_road_map_build(network, profiles, profiles_n, turn_costs, own, error);
}

enum xd_status xd_standard_roads_ready(struct xd_standard_roads *standard, const struct xd_progress *progress, struct xd_error *error)
{
    enum xd_status status = build(standard, error);
    if (status == XD_OK)
        status = xd_road_map_order(&standard->map, INT64_MAX, progress, error);
    return status;
}

void xd_standard_roads_free(struct xd_standard_roads *standard)
{
    if (standard)
        xd_road_map_free(&standard->map);
}

/* ---- as sections ---- */

enum xd_status xd_standard_roads_list(const struct xd_standard_roads *standard, struct xd_sections *sections, struct xd_error *error)
{
    const enum xd_status status = xd_network_list(standard->network, sections, error);
    if (status != XD_OK)
        return status;
    xd_road_map_list(&standard->map, sections);
    return sections->is_wrong ? xd_fail_memory(error, "the road graph", sizeof(struct xd_section)) : XD_OK;
}

enum xd_status xd_standard_roads_restore(struct xd_sections *sections, const struct xd_profiles *built_in, struct xd_network **network,
                                         struct xd_standard_roads *standard, struct xd_error *error)
{
    struct xd_standard_roads made = {.built_in = built_in};
    struct xd_network *taken = NULL;
    enum xd_status status = xd_network_take(sections, &taken, error);
    made.network = taken;
    if (status == XD_OK && !sections->is_wrong)
        status = xd_road_map_take(sections, taken, &made.map, error);
    sections->is_wrong = sections->is_wrong || sections->taken_n != sections->items_n;
    if (status == XD_OK && !sections->is_wrong) {
        *network = taken;
        *standard = made;
    } else {
        xd_standard_roads_free(&made);
        xd_network_free(taken);
    }
    return status;
}

uint64_t xd_standard_roads_layout(void)
{
    static const size_t sizes[] = {sizeof(struct xd_position), sizeof(struct xd_road), sizeof(struct xd_road_barrier), sizeof(struct xd_restriction),
                                   sizeof(struct xd_network_counts)};
    struct xd_hash hash = xd_hash_begin();
    for (size_t i = 0; i < XD_ARRAY_LENGTH(sizes); i++)
        xd_hash_i64(&hash, (int64_t)sizes[i]);
    return xd_hash_end(hash);
}
