#include "tests/harness/road_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NODES_MAX = 4096, WAYS_MAX = 4096, WAY_NODES_MAX = 256, LINE_MAX_N = 2048, RELATIONS_MAX = 64, MEMBERS_MAX = 64, ROLE_SIZE = 32 };

static void refuse(const char *line)
{
    fprintf(stderr, "a road map of a test is wrong: %s\n", line);
    exit(1);
}

struct xd_osm_tags road_map_tags(const char *text, struct road_map_tags *tags)
{
    if (strlen(text) >= sizeof tags->text)
        refuse(text);
    memcpy(tags->text, text, strlen(text) + 1);
    tags->items_n = 0;
    for (char *at = tags->text; *at != '\0';) {
        char *end = strstr(at, ", ");
        char *next = end ? end + 2 : at + strlen(at);
        if (end)
            *end = '\0';
        char *equals = strchr(at, '=');
        if (!equals || tags->items_n == ROAD_MAP_TAGS_MAX)
            refuse(text);
        *equals = '\0';
        tags->items[tags->items_n++] = (struct xd_osm_tag){.key = at, .value = equals + 1};
        at = next;
    }
    return (struct xd_osm_tags){.items = tags->items, .items_n = tags->items_n};
}

struct xd_position road_map_position(double east_m, double north_m)
{
    static const double units_a_metre = 1e7 * 180.0 / (3.14159265358979323846 * 6371008.8);
    const double lon_e7 = 1000000000.0 + east_m * units_a_metre;
    const double lat_e7 = north_m * units_a_metre;
    return (struct xd_position){.lon_e7 = (int32_t)(lon_e7 + 0.5), .lat_e7 = (int32_t)(lat_e7 + (lat_e7 < 0 ? -0.5 : 0.5))};
}

enum xd_status road_map_build(const struct road_map_objects *objects, struct xd_network **network, struct xd_error *error)
{
    struct xd_network_builder *builder = NULL;
    struct xd_osm_sink sink;
    enum xd_status status = xd_network_builder_create(&builder, error);
    if (status == XD_OK)
        status = xd_network_builder_sink(builder, 1, &sink, error);
    for (int32_t i = 0; i < objects->ways_n && status == XD_OK; i++)
        status = sink.way(sink.context, &objects->ways[i], error);
    for (int32_t i = 0; i < objects->relations_n && status == XD_OK; i++)
        status = sink.relation(sink.context, &objects->relations[i], error);
    if (status == XD_OK)
        status = xd_network_builder_sink(builder, 2, &sink, error);
    for (int32_t i = 0; i < objects->nodes_n && status == XD_OK; i++)
        status = sink.node(sink.context, &objects->nodes[i], error);
    for (int32_t i = 0; i < objects->ways_n && status == XD_OK && sink.way; i++)
        status = sink.way(sink.context, &objects->ways[i], error);
    if (status == XD_OK)
        return xd_network_builder_finish(builder, network, error);
    xd_network_builder_free(builder);
    return status;
}

struct text_map {
    struct xd_osm_node nodes[NODES_MAX];
    struct road_map_tags node_tags[NODES_MAX];
    int32_t nodes_n;
    struct xd_osm_way ways[WAYS_MAX];
    struct road_map_tags way_tags[WAYS_MAX];
    int64_t way_nodes[WAYS_MAX][WAY_NODES_MAX];
    int32_t ways_n;
    struct xd_osm_relation relations[RELATIONS_MAX];
    struct road_map_tags relation_tags[RELATIONS_MAX];
    struct xd_osm_member members[RELATIONS_MAX][MEMBERS_MAX];
    char roles[RELATIONS_MAX][MEMBERS_MAX][ROLE_SIZE];
    int32_t relations_n;
};

static void take_node(struct text_map *map, const char *line, const char *tags)
{
    double east_m = 0, north_m = 0;
    long long id = 0;
    if (map->nodes_n == NODES_MAX || sscanf(line, "node %lld %lf %lf", &id, &east_m, &north_m) != 3)
        refuse(line);
    const int32_t i = map->nodes_n++;
    map->nodes[i] = (struct xd_osm_node){.id = id, .position = road_map_position(east_m, north_m), .tags = road_map_tags(tags, &map->node_tags[i])};
}

static void take_way(struct text_map *map, const char *line, const char *tags)
{
    const char *at = line + strlen("way");
    const int32_t i = map->ways_n++;
    long long id = 0;
    int32_t n = -1; /* the first number is the way's own */
    int length;
    long long number;
    for (; sscanf(at, "%lld%n", &number, &length) == 1; at += length, n++) {
        if (n < 0)
            id = number;
        else if (n < WAY_NODES_MAX)
            map->way_nodes[i][n] = number;
    }
    if (n < 0 || n > WAY_NODES_MAX)
        refuse(line);
    map->ways[i] = (struct xd_osm_way){.id = id, .node_ids = map->way_nodes[i], .node_ids_n = n, .tags = road_map_tags(tags, &map->way_tags[i])};
}

static void take_member(struct xd_osm_member *member, char role[ROLE_SIZE], const char *word)
{
    char kind[16];
    long long id = 0;
    role[0] = '\0';
    if (sscanf(word, "%15[a-z]:%lld:%31s", kind, &id, role) < 2)
        refuse(word);
    *member = (struct xd_osm_member){.kind = strcmp(kind, "node") == 0  ? XD_OSM_NODE
                                             : strcmp(kind, "way") == 0 ? XD_OSM_WAY
                                                                        : XD_OSM_RELATION,
                                     .id = id,
                                     .role = role};
}

static void take_relation(struct text_map *map, const char *line, const char *tags)
{
    const int32_t i = map->relations_n++;
    long long id = 0;
    int length = 0;
    int32_t n = 0;
    if (i == RELATIONS_MAX || sscanf(line, "relation %lld%n", &id, &length) != 1)
        refuse(line);
    char word[64];
    for (const char *at = line + length; sscanf(at, "%63s%n", word, &length) == 1; at += length, n++) {
        if (n == MEMBERS_MAX)
            refuse(line);
        take_member(&map->members[i][n], map->roles[i][n], word);
    }
    map->relations[i] =
        (struct xd_osm_relation){.id = id, .members = map->members[i], .members_n = n, .tags = road_map_tags(tags, &map->relation_tags[i])};
}

struct xd_network *road_map_network(const char *text)
{
    struct text_map *map = calloc(1, sizeof *map);
    struct xd_network *network = NULL;
    struct xd_error error = {.status = XD_OK};
    if (!map)
        refuse("out of memory");
    while (*text != '\0') {
        char line[LINE_MAX_N];
        const size_t n = strcspn(text, "\n");
        if (n >= sizeof line)
            refuse(text);
        memcpy(line, text, n);
        line[n] = '\0';
        text += n + (text[n] != '\0');
        char *tags = strstr(line, " : ");
        if (tags)
            *tags = '\0';
        if (strncmp(line, "node ", 5) == 0)
            take_node(map, line, tags ? tags + 3 : "");
        else if (strncmp(line, "way ", 4) == 0 && map->ways_n < WAYS_MAX)
            take_way(map, line, tags ? tags + 3 : "");
        else if (strncmp(line, "relation ", 9) == 0)
            take_relation(map, line, tags ? tags + 3 : "");
        else if (line[0] != '\0')
            refuse(line);
    }
    const struct road_map_objects objects = {.nodes = map->nodes,
                                             .ways = map->ways,
                                             .relations = map->relations,
                                             .nodes_n = map->nodes_n,
                                             .ways_n = map->ways_n,
                                             .relations_n = map->relations_n};
    if (road_map_build(&objects, &network, &error) != XD_OK)
        refuse(error.message);
    free(map);
    return network;
}
