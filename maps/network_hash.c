#include "maps/network_hash.h"

#include "base/hash.h"

static void hash_access(struct xd_hash *hash, const uint8_t access[XD_ACCESS_KEYS_N])
{
    for (int key = 0; key < XD_ACCESS_KEYS_N; key++)
        xd_hash_i64(hash, access[key]);
}

static void hash_road(struct xd_hash *hash, const struct xd_road *road)
{
    const int64_t values[] = {road->road_class,      road->china_grade,  road->surface,     road->smoothness,           road->track_grade,
                              road->oneway,          road->oneway_bus,   road->flags,       road->maxspeed_forward_kmh, road->maxspeed_backward_kmh,
                              road->maxweight_100kg, road->maxheight_cm, road->maxwidth_cm, road->ferry_duration_s};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(values); i++)
        xd_hash_i64(hash, values[i]);
    hash_access(hash, road->access);
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
        hash_access(&hash, barrier->access);
        xd_hash_i64(&hash, barrier->maxweight_100kg);
        xd_hash_i64(&hash, barrier->maxheight_cm);
        xd_hash_i64(&hash, barrier->maxwidth_cm);
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
        xd_hash_i64(&hash, place->osm_id);
        xd_hash_i64(&hash, place->position.lon_e7);
        xd_hash_i64(&hash, place->position.lat_e7);
        xd_hash_i64(&hash, place->kind);
        xd_hash_i64(&hash, place->population);
        xd_hash_string(&hash, place->name);
        xd_hash_string(&hash, place->name_zh);
        xd_hash_string(&hash, place->code);
    }
    return xd_hash_end(hash);
}
