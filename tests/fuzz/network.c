/* Any bytes as a map of few objects: the builder takes it or says that it holds no road; restrictions lie on roads and are connected, each relation is
 * kept or counted, and the order of objects and members does not show. */
#include "maps/network.h"
#include "base/alloc.h"

#include <string.h>

enum { IDS_N = 32, OBJECTS_MAX = 64, WAY_NODES_N = 8, MEMBERS_N = 8 };

struct bytes {
    const uint8_t *at, *end;
};

struct map {
    struct xd_osm_node nodes[OBJECTS_MAX];
    struct xd_osm_way ways[OBJECTS_MAX];
    struct xd_osm_relation relations[OBJECTS_MAX];
    int64_t refs[OBJECTS_MAX][WAY_NODES_N];
    struct xd_osm_member members[OBJECTS_MAX][MEMBERS_N];
    int32_t nodes_n, ways_n, relations_n;
    uint32_t node_ids, way_ids, relation_ids; /* taken: an id is there once, as the first of several in the file stays */
};

#define TAGS(...)                                                                                                                                    \
    {                                                                                                                                                \
        (const struct xd_osm_tag[]){__VA_ARGS__}, sizeof((const struct xd_osm_tag[]){__VA_ARGS__}) / sizeof(struct xd_osm_tag)                       \
    }
static const struct xd_osm_tags node_tags[] = {{NULL, 0},
                                               {NULL, 0},
                                               TAGS({"place", "village"}, {"name", "A"}),
                                               TAGS({"place", "hamlet"}),
                                               TAGS({"highway", "traffic_signals"}),
                                               TAGS({"barrier", "bollard"})};
static const struct xd_osm_tags way_tags[] = {TAGS({"highway", "service"}),
                                              TAGS({"highway", "service"}, {"hgv:conditional", "no @ (weight>3)"}),
                                              TAGS({"highway", "residential"}, {"oneway", "yes"}),
                                              TAGS({"highway", "tertiary"}, {"junction", "roundabout"}),
                                              TAGS({"place", "hamlet"}, {"name", "A"}),
                                              TAGS({"place", "village"}),
                                              TAGS({"place", "suburb"}, {"name", "A"}),
                                              TAGS({"railway", "rail"})};
static const struct xd_osm_tags relation_tags[] = {TAGS({"type", "restriction"}, {"restriction", "no_left_turn"}),
                                                   TAGS({"type", "restriction"}, {"restriction", "no_u_turn"}, {"except", "psv"}),
                                                   TAGS({"type", "restriction"}, {"restriction", "only_straight_on"}),
                                                   TAGS({"type", "restriction"}, {"restriction:hgv", "only_u_turn"}, {"restriction:bus", "no_entry"}),
                                                   TAGS({"type", "restriction"}, {"restriction:conditional", "no_left_turn @ (weight>3)"}),
                                                   TAGS({"type", "boundary"}, {"place", "village"}, {"name", "A"}),
                                                   TAGS({"type", "multipolygon"}, {"place", "county"})};
static const char *const roles[] = {"from", "via", "to", "via", "label", "admin_centre", ""};

static void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static uint8_t next(struct bytes *bytes, uint8_t below)
{
    return bytes->at < bytes->end ? (uint8_t)(*bytes->at++ % below) : 0;
}

/* False when the id is taken. */
static bool take_id(uint32_t *ids, int64_t id)
{
    const bool is_free = !(*ids & 1U << id);
    *ids |= 1U << id;
    return is_free;
}

static void add_node(struct map *map, struct bytes *bytes)
{
    const int64_t id = next(bytes, IDS_N);
    const int32_t lon = next(bytes, 255), lat = next(bytes, 255);
    const struct xd_osm_tags tags = node_tags[next(bytes, XD_ARRAY_LENGTH(node_tags))];
    if (map->nodes_n < OBJECTS_MAX && take_id(&map->node_ids, id))
        map->nodes[map->nodes_n++] =
            (struct xd_osm_node){.id = id, .position = {.lon_e7 = 1070000000 + lon * 1000, .lat_e7 = 265000000 + lat * 1000}, .tags = tags};
}

static void add_way(struct map *map, struct bytes *bytes)
{
    const int64_t id = next(bytes, IDS_N);
    const int32_t refs_n = next(bytes, WAY_NODES_N + 1);
    const struct xd_osm_tags tags = way_tags[next(bytes, XD_ARRAY_LENGTH(way_tags))];
    if (map->ways_n == OBJECTS_MAX || !take_id(&map->way_ids, id))
        return;
    for (int32_t i = 0; i < refs_n; i++)
        map->refs[map->ways_n][i] = next(bytes, IDS_N);
    map->ways[map->ways_n] = (struct xd_osm_way){.id = id, .node_ids = map->refs[map->ways_n], .node_ids_n = refs_n, .tags = tags};
    map->ways_n++;
}

static void add_relation(struct map *map, struct bytes *bytes)
{
    const int64_t id = next(bytes, IDS_N);
    const int32_t members_n = next(bytes, MEMBERS_N + 1);
    const struct xd_osm_tags tags = relation_tags[next(bytes, XD_ARRAY_LENGTH(relation_tags))];
    if (map->relations_n == OBJECTS_MAX || !take_id(&map->relation_ids, id))
        return;
    for (int32_t i = 0; i < members_n; i++) {
        const uint8_t role = next(bytes, XD_ARRAY_LENGTH(roles)), kind = next(bytes, 8);
        const bool usual_way = role != 1 && role < 4; /* the second "via" is mostly a way */
        map->members[map->relations_n][i] = (struct xd_osm_member){.kind = kind == 7                 ? XD_OSM_RELATION
                                                                           : usual_way == (kind < 6) ? XD_OSM_WAY
                                                                                                     : XD_OSM_NODE,
                                                                   .id = next(bytes, IDS_N),
                                                                   .role = roles[role]};
    }
    map->relations[map->relations_n] =
        (struct xd_osm_relation){.id = id, .members = map->members[map->relations_n], .members_n = members_n, .tags = tags};
    map->relations_n++;
}

static enum xd_status feed(const struct map *map, const struct xd_osm_sink *sink, bool reversed, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    for (int32_t i = 0; i < map->nodes_n && status == XD_OK && sink->node; i++)
        status = sink->node(sink->context, &map->nodes[reversed ? map->nodes_n - 1 - i : i], error);
    for (int32_t i = 0; i < map->ways_n && status == XD_OK && sink->way; i++)
        status = sink->way(sink->context, &map->ways[reversed ? map->ways_n - 1 - i : i], error);
    for (int32_t i = 0; i < map->relations_n && status == XD_OK && sink->relation; i++) {
        struct xd_osm_member members[MEMBERS_N];
        struct xd_osm_relation relation = map->relations[reversed ? map->relations_n - 1 - i : i];
        for (int32_t m = 0; m < relation.members_n; m++)
            members[m] = relation.members[reversed ? relation.members_n - 1 - m : m];
        relation.members = members;
        status = sink->relation(sink->context, &relation, error);
    }
    return status;
}

static struct xd_network *build(const struct map *map, bool reversed)
{
    struct xd_network_builder *builder = NULL;
    struct xd_network *network = NULL;
    struct xd_error error = {.status = XD_OK};
    struct xd_osm_sink sink;
    enum xd_status status = xd_network_builder_create(&builder, &error);
    for (int pass = 1; pass <= 2 && status == XD_OK; pass++) {
        status = xd_network_builder_sink(builder, pass, &sink, &error);
        if (status == XD_OK)
            status = feed(map, &sink, reversed, &error);
    }
    require(status == XD_OK);
    status = xd_network_builder_finish(builder, &network, &error);
    require((status == XD_OK) == (network != NULL) && (network || (status == XD_DATA && strstr(error.message, "no road"))));
    return network;
}

static void require_connected(const struct xd_network *network, const struct xd_restriction *restriction)
{
    int32_t behind = -1;
    require(restriction->steps_n >= 2 && (restriction->keys != 0 || restriction->clauses != 0));
    for (int32_t i = 0; i < restriction->steps_n; i++) {
        const int64_t step = network->restriction_step[restriction->first_step + i], piece = step / 2;
        int32_t road = 0;
        require(piece >= 0 && piece + 1 < network->first_node[network->roads_n]);
        while (network->first_node[road + 1] <= piece)
            road++;
        require(piece + 1 < network->first_node[road + 1]); /* the piece does not reach over into the next road */
        require(i == 0 || network->road_node[piece + step % 2] == behind);
        behind = network->road_node[piece + 1 - step % 2];
    }
}

static void require_sound(const struct xd_network *network)
{
    int64_t told_n = network->counts.restrictions_kept;
    for (int reason = 0; reason < XD_RESTRICTION_DROPS_N; reason++)
        told_n += network->counts.restrictions_dropped[reason];
    require(told_n == network->counts.restrictions_seen && network->counts.restrictions_kept <= network->restrictions_n);
    for (int32_t i = 0; i < network->restrictions_n; i++)
        require_connected(network, &network->restrictions[i]);
    int32_t areas_n = 0;
    for (int32_t i = 0; i < network->map_places_n; i++) {
        const struct xd_map_place *place = &network->map_places[i], *before = place - (i > 0);
        require(xd_position_valid(place->position));
        require(i == 0 || before->osm_type < place->osm_type || (before->osm_type == place->osm_type && before->osm_id < place->osm_id));
        areas_n += place->osm_type != XD_OSM_NODE;
    }
    require(network->counts.place_areas_seen == areas_n + network->counts.place_areas_twice + network->counts.place_areas_unplaced);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes bytes = {data, data + size};
    struct map map = {.nodes_n = 0};
    const int64_t live_before = xd_alloc_statistics_read().live_bytes;
    while (bytes.at < bytes.end)
        switch (next(&bytes, 4)) {
        case 0:
            add_way(&map, &bytes);
            break;
        case 1:
            add_relation(&map, &bytes);
            break;
        default:
            add_node(&map, &bytes);
        }
    struct xd_network *network = build(&map, false);
    struct xd_network *other = build(&map, true);
    require((network != NULL) == (other != NULL));
    if (network && other) {
        require_sound(network);
        require(network->hash == other->hash);
    }
    xd_network_free(network);
    xd_network_free(other);
    require(xd_alloc_statistics_read().live_bytes == live_before);
    return 0;
}
