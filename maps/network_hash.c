#include "maps/network_hash.h"

#include "base/hash.h"

static void hash_rules(struct xd_hash *hash, const struct xd_road_rule *rules)
{
    for (int key = 0; key < XD_ACCESS_KEYS_N; key++)
        xd_hash_i64(hash, rules[key].forward | rules[key].backward << 2 | rules[key].oneway << 4);
}

static void hash_limits(struct xd_hash *hash, const struct xd_road_limits *limits)
{
    for (int group = 0; group < XD_LIMIT_GROUPS_N; group++) {
        const int64_t values[] = {limits[group].maxweight_100kg, limits[group].maxaxleload_100kg, limits[group].maxheight_cm,
                                  limits[group].maxwidth_cm, limits[group].maxlength_cm};
        for (size_t i = 0; i < XD_ARRAY_LENGTH(values); i++)
            xd_hash_i64(hash, values[i]);
    }
}

static void hash_road(struct xd_hash *hash, const struct xd_road *road)
{
    const int64_t values[] = {road->road_class, road->china_grade, road->surface,        road->smoothness,     road->track_grade,     road->width_dm,
                              road->lanes_n,    road->flags,       road->advised_kmh[0], road->advised_kmh[1], road->ferry_duration_s};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(values); i++)
        xd_hash_i64(hash, values[i]);
    for (int group = 0; group < XD_SPEED_GROUPS_N; group++)
        for (int d = 0; d < 2; d++)
            xd_hash_i64(hash, road->maxspeed_kmh[group][d]);
    hash_limits(hash, road->limits);
    hash_rules(hash, road->rules);
}

static void hash_signals(struct xd_hash *hash, const struct xd_network *network)
{
    for (int32_t i = 0; i < network->nodes_n; i++) {
        if (network->node_signal[i] == 0)
            continue;
        xd_hash_i64(hash, i);
        xd_hash_i64(hash, network->node_signal[i]);
    }
}

static void hash_restrictions(struct xd_hash *hash, const struct xd_network *network)
{
    xd_hash_i64(hash, network->restrictions_n);
    for (int32_t i = 0; i < network->restrictions_n; i++) {
        const struct xd_restriction *restriction = &network->restrictions[i];
        xd_hash_i64(hash, restriction->osm_id);
        xd_hash_i64(hash, restriction->only);
        xd_hash_i64(hash, restriction->keys);
        xd_hash_i64(hash, restriction->except_keys);
        xd_hash_i64(hash, restriction->steps_n);
        for (int32_t s = 0; s < restriction->steps_n; s++)
            xd_hash_i64(hash, network->restriction_step[restriction->first_step + s]);
    }
}

uint64_t xd_network_hash(const struct xd_network *network)
{
    struct xd_hash hash = xd_hash_begin();
    xd_hash_i64(&hash, network->nodes_n);
    for (int32_t i = 0; i < network->nodes_n; i++) {
        xd_hash_i64(&hash, network->node_osm_id[i]);
        xd_hash_i64(&hash, network->node_position[i].lon_e7);
        xd_hash_i64(&hash, network->node_position[i].lat_e7);
        if (network->node_barrier[i] < 0)
            continue;
        const struct xd_road_barrier *barrier = &network->barriers[network->node_barrier[i]];
        hash_rules(&hash, barrier->rules);
        hash_limits(&hash, barrier->limits);
        xd_hash_i64(&hash, barrier->kind);
    }
    xd_hash_i64(&hash, network->roads_n);
    for (int32_t r = 0; r < network->roads_n; r++) {
        xd_hash_i64(&hash, network->road_osm_id[r]);
        hash_road(&hash, &network->roads[r]);
        xd_hash_string(&hash, network->road_name[r]);
        xd_hash_i64(&hash, network->first_node[r + 1] - network->first_node[r]);
        for (int64_t i = network->first_node[r]; i < network->first_node[r + 1]; i++)
            xd_hash_i64(&hash, network->road_node[i]);
    }
    xd_hash_i64(&hash, network->map_places_n);
    for (int32_t i = 0; i < network->map_places_n; i++) {
        const struct xd_map_place *place = &network->map_places[i];
        xd_hash_i64(&hash, place->osm_type);
        xd_hash_i64(&hash, place->osm_id);
        xd_hash_i64(&hash, place->position.lon_e7);
        xd_hash_i64(&hash, place->position.lat_e7);
        xd_hash_i64(&hash, place->kind);
        xd_hash_i64(&hash, place->population);
        xd_hash_string(&hash, place->name);
        xd_hash_string(&hash, place->name_zh);
        xd_hash_string(&hash, place->code);
    }
    hash_restrictions(&hash, network);
    hash_signals(&hash, network);
    return xd_hash_end(hash);
}
