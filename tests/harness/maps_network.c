#include "tests/harness/maps_network.h"

#include "tests/harness/harness.h"

static enum xd_status pass(struct xd_network_builder *builder, int number, const struct xd_osm_node *nodes, int32_t nodes_n,
                           const struct xd_osm_way *ways, int32_t ways_n)
{
    struct xd_osm_sink sink = {0};
    enum xd_status status = xd_network_builder_sink(builder, number, &sink, NULL);
    for (int32_t i = 0; i < nodes_n && status == XD_OK && sink.node; i++)
        status = sink.node(sink.context, &nodes[i], NULL);
    for (int32_t i = 0; i < ways_n && status == XD_OK && sink.way; i++)
        status = sink.way(sink.context, &ways[i], NULL);
    return status;
}

struct xd_network *network_of_objects(const struct xd_osm_node *nodes, int32_t nodes_n, const struct xd_osm_way *ways, int32_t ways_n,
                                      enum xd_status *status)
{
    struct xd_network_builder *builder = NULL;
    struct xd_network *network = NULL;
    *status = xd_network_builder_create(&builder, NULL);
    for (int number = 1; number <= 2 && *status == XD_OK; number++)
        *status = pass(builder, number, nodes, nodes_n, ways, ways_n);
    if (*status == XD_OK)
        *status = xd_network_builder_finish(builder, &network, NULL);
    else
        xd_network_builder_free(builder);
    return network;
}

struct xd_network *network_of_synth(uint64_t seed, int32_t townships_n, int32_t villages_n)
{
    const struct xd_synth_options options = {
        .seed = seed, .townships_n = townships_n, .villages_n = villages_n, .hubs_n = 1, .relief = XD_RELIEF_MOUNTAIN};
    struct xd_synth_county *county = NULL;
    enum xd_status status = xd_synth_county_create(&options, NULL, &county, NULL);
    CU_ASSERT_EQUAL_FATAL(status, XD_OK);
    struct xd_network *network = network_of_objects(county->nodes, county->nodes_n, county->ways, county->ways_n, &status);
    CU_ASSERT_PTR_NOT_NULL_FATAL(network);
    xd_synth_county_free(county);
    return network;
}
