/* Extra roads from any bytes, tables and GeoJSON alike: no crash; roads or errors, never both or neither; a network that takes what is read is sound. */
#include "io/tables/extra_roads_read.h"
#include "maps/network_extend.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

/* Three roads around 107, 27, of some hundred metres: what seeds draw comes near them. */
static struct xd_network *small_network(void)
{
    static const struct xd_osm_tag street[] = {{"highway", "residential"}}, path[] = {{"highway", "path"}};
    static const int64_t a[] = {1, 2, 3}, b[] = {2, 4}, c[] = {3, 5};
    static const struct xd_osm_way ways[] = {{.id = 10, .node_ids = a, .node_ids_n = 3, .tags = {street, 1}},
                                             {.id = 11, .node_ids = b, .node_ids_n = 2, .tags = {street, 1}},
                                             {.id = 12, .node_ids = c, .node_ids_n = 2, .tags = {path, 1}}};
    static const struct xd_osm_member members[] = {{XD_OSM_WAY, 10, "from"}, {XD_OSM_NODE, 2, "via"}, {XD_OSM_WAY, 11, "to"}};
    static const struct xd_osm_tag rule[] = {{"type", "restriction"}, {"restriction", "no_left_turn"}};
    static const struct xd_osm_relation relation = {.id = 7, .members = members, .members_n = 3, .tags = {rule, 2}};
    static const int32_t places[][2] = {
        {1070000000, 270000000}, {1070050000, 270000000}, {1070100000, 270000000}, {1070050000, 270050000}, {1070100000, 269950000}};
    struct xd_network_builder *builder = NULL;
    struct xd_network *network = NULL;
    require(xd_network_builder_create(&builder, NULL) == XD_OK);
    for (int pass = 1; pass <= 2; pass++) {
        struct xd_osm_sink sink = {0};
        require(xd_network_builder_sink(builder, pass, &sink, NULL) == XD_OK);
        for (int i = 0; i < 5 && sink.node; i++) {
            const struct xd_osm_node node = {.id = i + 1, .position = {.lon_e7 = places[i][0], .lat_e7 = places[i][1]}};
            require(sink.node(sink.context, &node, NULL) == XD_OK);
        }
        for (int i = 0; i < 3 && sink.way; i++)
            require(sink.way(sink.context, &ways[i], NULL) == XD_OK);
        if (sink.relation)
            require(sink.relation(sink.context, &relation, NULL) == XD_OK);
    }
    require(xd_network_builder_finish(builder, &network, NULL) == XD_OK);
    return network;
}

static void require_sound(const struct xd_network *old, const struct xd_network *network, int32_t roads_n)
{
    require(network->roads_n == old->roads_n + roads_n && network->restrictions_n == old->restrictions_n);
    for (int32_t i = 0; i < network->nodes_n; i++)
        require((i == 0 || network->node_osm_id[i - 1] < network->node_osm_id[i]) && xd_position_valid(network->node_position[i]));
    for (int32_t r = 0; r < network->roads_n; r++) {
        require(network->first_node[r + 1] - network->first_node[r] >= 2);
        for (int64_t k = network->first_node[r]; k < network->first_node[r + 1]; k++)
            require(network->road_node[k] >= 0 && network->road_node[k] < network->nodes_n &&
                    (k == network->first_node[r] || network->road_node[k] != network->road_node[k - 1]));
    }
    for (int32_t i = 0; i < network->restrictions_n; i++)
        for (int32_t s = 0; s < network->restrictions[i].steps_n; s++)
            require(network->restriction_step[network->restrictions[i].first_step + s] / 2 < network->first_node[network->roads_n] - 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct xd_network *old;
    struct xd_diagnostics diagnostics = {0}, told = {0};
    struct xd_extra_roads roads = {0};
    struct xd_network *network = NULL;
    struct xd_extend_counts counts;
    struct xd_buffer text;
    struct xd_error error;
    if (!old)
        old = small_network();
    if (size == 0)
        return 0;
    xd_buffer_init(&text, (size_t)1 << 24);
    require(xd_buffer_append(&text, data + 1, size - 1, &error) == XD_OK);
    if (xd_text_decode(&text, "fuzz", XD_ENCODING_AUTO, &diagnostics, &error) == XD_OK && text.bytes) {
        const enum xd_status status = xd_extra_roads_read_bytes(text.bytes, text.length, "fuzz", (enum xd_crs)(data[0] % 3), &diagnostics, &roads);
        require((status == XD_OK) == (diagnostics.errors_n == 0) && (status == XD_OK || roads.items_n == 0));
        for (int32_t r = 0; r < roads.items_n; r++)
            require(roads.items[r].points_n >= 2 && roads.items[r].join_m >= 1 && roads.items[r].join_m <= XD_EXTRA_JOIN_MAX_M &&
                    roads.items[r].name && strlen(roads.items[r].label) <= XD_EXTRA_ROAD_LABEL_MAX);
        if (roads.items_n > 0) {
            const enum xd_status extended = xd_network_extend(old, roads.items, roads.items_n, &told, &network, &counts);
            require((extended == XD_OK) == (network != NULL) && (extended == XD_OK) == (told.errors_n == 0));
            if (network)
                require_sound(old, network, roads.items_n);
        }
    }
    xd_network_free(network);
    xd_extra_roads_free(&roads);
    xd_buffer_free(&text);
    xd_diagnostics_free(&told);
    xd_diagnostics_free(&diagnostics);
    return 0;
}
