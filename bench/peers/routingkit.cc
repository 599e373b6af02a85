// The same graph and places as bench/macro/roads.c, in RoutingKit (a library of others, not part of this repository): order by inertial flow, customizable
// hierarchy, customization, perfect hierarchy, plain contraction hierarchy, tables by pinned targets, single ways. One thread; the least of three runs.
// bench/macro/roads.sh builds this where XD_ROUTINGKIT names a built RoutingKit folder.
// Reads what XD_BENCH_DUMP wrote; prints lines as bench/harness.h does.
#include <routingkit/contraction_hierarchy.h>
#include <routingkit/customizable_contraction_hierarchy.h>
#include <routingkit/nested_dissection.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace RoutingKit;

static double seconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

static void report(const char *map, const char *step, double value, const char *unit)
{
    std::printf("{\"bench\": \"routingkit\", \"case\": \"%s/%s\", \"value\": %.6g, \"unit\": \"%s\"}\n", map, step, value, unit);
}

template <class Work> static double least(int runs, Work work)
{
    double best = 1e9;
    for (int i = 0; i < runs; i++) {
        const double start = seconds();
        work();
        best = std::min(best, seconds() - start);
    }
    return best;
}

static std::vector<unsigned> take(std::FILE *file, std::size_t n)
{
    std::vector<unsigned> made(n);
    if (std::fread(made.data(), sizeof(unsigned), n, file) != n)
        std::exit(1);
    return made;
}

template <class Query> static void table(const char *map, const char *step, Query &query, const std::vector<unsigned> &places)
{
    report(map, step,
           least(3,
                 [&] {
                     std::vector<unsigned> cells(places.size() * places.size()); // a table takes its memory anew, here as there
                     query.reset().pin_targets(places);
                     for (std::size_t i = 0; i < places.size(); i++)
                         query.reset_source().add_source(places[i]).run_to_pinned_targets().get_distances_to_targets(&cells[i * places.size()]);
                 }),
           "s");
}

int main(int argc, char **argv)
{
    std::FILE *file = argc == 3 ? std::fopen(argv[1], "rb") : nullptr;
    if (!file) {
        std::fprintf(stderr, "usage: routingkit DUMP NAME\n");
        return 64;
    }
    const char *map = argv[2];
    const std::vector<unsigned> counts = take(file, 3), position = take(file, 2 * counts[0]), tail = take(file, counts[1]),
                                head = take(file, counts[1]), weight = take(file, counts[1]), places = take(file, counts[2]);
    std::fclose(file);
    std::vector<float> latitude(counts[0]), longitude(counts[0]);
    for (unsigned v = 0; v < counts[0]; v++) {
        longitude[v] = static_cast<float>(static_cast<std::int32_t>(position[2 * v]) * 1e-7);
        latitude[v] = static_cast<float>(static_cast<std::int32_t>(position[2 * v + 1]) * 1e-7);
    }
    const std::vector<unsigned> small(places.begin(), places.begin() + 1000);
    std::vector<unsigned> order;
    CustomizableContractionHierarchy cch;
    ContractionHierarchy perfect, plain;
    report(map, "order",
           least(1, [&] { order = compute_nested_node_dissection_order_using_inertial_flow(counts[0], tail, head, latitude, longitude); }), "s");
    report(map, "completion", least(1, [&] { cch = CustomizableContractionHierarchy(order, tail, head); }), "s");
    CustomizableContractionHierarchyMetric metric(cch, weight);
    report(map, "customize", least(3, [&] { metric.customize(); }), "s");
    report(map, "perfect", least(3, [&] { perfect = metric.build_contraction_hierarchy_using_perfect_witness_search(); }), "s");
    report(map, "contraction_hierarchy", least(1, [&] { plain = ContractionHierarchy::build(counts[0], tail, head, weight); }), "s");
    ContractionHierarchyQuery query(plain);
    CustomizableContractionHierarchyQuery custom(metric);
    table(map, "table_1000", query, small);
    if (counts[0] >= 4 * places.size()) // it marks as many targets as there are junctions at most, the same one twice too
        table(map, "table_5000", query, places);
    table(map, "table_1000_customizable", custom, small);
    const double start = seconds();
    unsigned sum = 0;
    for (unsigned i = 0; i < 20000; i++)
        sum += query.reset().add_source(small[i * 7919u % 1000]).add_target(small[i * 104729u % 1000]).run().get_distance();
    report(map, "way", (seconds() - start) * 1e6 / 20000, "us");
    const double custom_start = seconds();
    for (unsigned i = 0; i < 20000; i++)
        sum += custom.reset().add_source(small[i * 7919u % 1000]).add_target(small[i * 104729u % 1000]).run().get_distance();
    report(map, "way_customizable", (seconds() - custom_start) * 1e6 / 20000, "us");
    std::fprintf(stderr, "sum %u\n", sum);
    return 0;
}
