#include "base/hash.h"
#include "maps/synth.h"
#include "tests/harness/harness.h"

#include <stdlib.h>
#include <string.h>

static struct xd_synth_county *make(struct xd_synth_options options)
{
    struct xd_synth_county *county = NULL;
    struct xd_error error = {0};
    const enum xd_status status = xd_synth_county_create(&options, NULL, &county, &error);
    if (status != XD_OK)
        puts(error.message);
    CU_ASSERT_EQUAL_FATAL(status, XD_OK);
    return county;
}

static uint64_t county_hash(const struct xd_synth_county *county)
{
    struct xd_hash hash = xd_hash_begin();
    for (int32_t i = 0; i < county->nodes_n; i++) {
        xd_hash_i64(&hash, county->nodes[i].id);
        xd_hash_i64(&hash, county->nodes[i].position.lon_e7);
        xd_hash_i64(&hash, county->nodes[i].position.lat_e7);
        xd_hash_i64(&hash, county->node_elevation_m[i]);
    }
    for (int32_t i = 0; i < county->ways_n; i++)
        for (int32_t t = 0; t < county->ways[i].tags.items_n; t++)
            xd_hash_string(&hash, county->ways[i].tags.items[t].value);
    for (int32_t i = 0; i < county->places.items_n; i++) {
        xd_hash_string(&hash, county->places.items[i].name);
        xd_hash_string(&hash, county->places.items[i].code);
        xd_hash_i64(&hash, county->extra[i].down_parcels_n);
        xd_hash_i64(&hash, county->extra[i].produce_g);
    }
    return xd_hash_end(hash);
}

static const char *value_of(struct xd_osm_tags tags, const char *key)
{
    for (int32_t i = 0; i < tags.items_n; i++)
        if (strcmp(tags.items[i].key, key) == 0)
            return tags.items[i].value;
    return "";
}

static int32_t ways_with(const struct xd_synth_county *county, const char *key, const char *value)
{
    int32_t n = 0;
    for (int32_t i = 0; i < county->ways_n; i++)
        n += strcmp(value_of(county->ways[i].tags, key), value) == 0 ? 1 : 0;
    return n;
}

/* Union-find over node indices (id - 1001): an oracle that knows nothing of graphs. */
static int32_t root_of(int32_t *parent, int32_t node)
{
    while (parent[node] != node)
        node = parent[node] = parent[parent[node]];
    return node;
}

static void the_same_seed_gives_the_same_county(void)
{
    struct xd_synth_county *a = make((struct xd_synth_options){.seed = 7, .hubs_n = 1, .relief = XD_RELIEF_MOUNTAIN});
    struct xd_synth_county *b = make((struct xd_synth_options){.seed = 7, .hubs_n = 1, .relief = XD_RELIEF_MOUNTAIN});
    struct xd_synth_county *c = make((struct xd_synth_options){.seed = 8, .hubs_n = 1, .relief = XD_RELIEF_MOUNTAIN});
    CU_ASSERT_EQUAL(county_hash(a), county_hash(b));
    CU_ASSERT_NOT_EQUAL(county_hash(a), county_hash(c));
    xd_synth_county_free(a);
    xd_synth_county_free(b);
    xd_synth_county_free(c);
}

static void counts_lie_in_the_promised_ranges_or_are_as_asked(void)
{
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct xd_synth_county *county = make((struct xd_synth_options){.seed = seed, .hubs_n = 1, .relief = XD_RELIEF_MOUNTAIN});
        int32_t tiers[4] = {0};
        for (int32_t i = 0; i < county->places.items_n; i++)
            tiers[county->places.items[i].tier]++;
        CU_ASSERT(tiers[XD_TIER_TOWNSHIP] >= 12 && tiers[XD_TIER_TOWNSHIP] <= 20);
        CU_ASSERT(tiers[XD_TIER_VILLAGE] >= 120 && tiers[XD_TIER_VILLAGE] <= 250);
        CU_ASSERT_EQUAL(tiers[XD_TIER_HUB], 1);
        CU_ASSERT_EQUAL(tiers[XD_TIER_COUNTY], 1);
        xd_synth_county_free(county);
    }
    struct xd_synth_county *county =
        make((struct xd_synth_options){.seed = 1, .townships_n = 3, .villages_n = 10, .hubs_n = 2, .relief = XD_RELIEF_PLAIN});
    CU_ASSERT_EQUAL(county->places.items_n, 1 + 3 + 10 + 2);
    xd_synth_county_free(county);
}

static void names_and_codes_are_unique(void)
{
    struct xd_synth_county *county = make((struct xd_synth_options){.seed = 3, .hubs_n = 1, .relief = XD_RELIEF_HILLS});
    const struct xd_places *places = &county->places;
    for (int32_t i = 0; i < places->items_n; i++)
        for (int32_t k = 0; k < i; k++)
            if (strcmp(places->items[i].code, places->items[k].code) == 0 || strcmp(places->items[i].name, places->items[k].name) == 0)
                CU_FAIL("two places share a name or code");
    xd_synth_county_free(county);
}

static void every_kind_of_road_is_there(void)
{
    struct xd_synth_county *county = make((struct xd_synth_options){.seed = 2, .hubs_n = 1, .relief = XD_RELIEF_MOUNTAIN});
    static const char *const kinds[] = {"primary", "secondary", "tertiary", "unclassified", "residential", "living_street", "service", "track"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(kinds); i++)
        CU_ASSERT(ways_with(county, "highway", kinds[i]) > 0);
    CU_ASSERT(ways_with(county, "oneway", "yes") > 0);
    CU_ASSERT(ways_with(county, "oneway", "-1") > 0);
    CU_ASSERT(ways_with(county, "junction", "roundabout") > 0);
    CU_ASSERT(ways_with(county, "route", "ferry") == 1);
    CU_ASSERT(ways_with(county, "tracktype", "grade3") + ways_with(county, "tracktype", "grade2") > 0);
    xd_synth_county_free(county);
}

static void all_villages_but_one_hang_together_by_road(void)
{
    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct xd_synth_county *county = make((struct xd_synth_options){.seed = seed, .hubs_n = 1, .relief = XD_RELIEF_MOUNTAIN});
        int32_t *parent = malloc((size_t)county->nodes_n * sizeof *parent);
        CU_ASSERT_PTR_NOT_NULL_FATAL(parent);
        for (int32_t i = 0; i < county->nodes_n; i++)
            parent[i] = i;
        for (int32_t w = 0; w < county->ways_n; w++)
            for (int32_t k = 1; k < county->ways[w].node_ids_n; k++)
                parent[root_of(parent, (int32_t)(county->ways[w].node_ids[k] - 1001))] =
                    root_of(parent, (int32_t)(county->ways[w].node_ids[k - 1] - 1001));
        const int32_t main_root = root_of(parent, (int32_t)(county->ways[0].node_ids[0] - 1001));
        int32_t cut_off_n = 0;
        for (int32_t i = 0; i < county->places.items_n; i++) {
            if (county->places.items[i].tier != XD_TIER_VILLAGE)
                continue;
            int32_t nearest = -1;
            double nearest_m = 1e18;
            for (int32_t w = 0; w < county->ways_n; w++)
                for (int32_t k = 0; k < county->ways[w].node_ids_n; k++) {
                    const int32_t node = (int32_t)(county->ways[w].node_ids[k] - 1001);
                    const double d = xd_distance_m(county->nodes[node].position, county->places.items[i].position);
                    if (d < nearest_m) {
                        nearest_m = d;
                        nearest = node;
                    }
                }
            CU_ASSERT(nearest_m < 400.0);
            cut_off_n += root_of(parent, nearest) != main_root ? 1 : 0;
        }
        CU_ASSERT_EQUAL(cut_off_n, 1);
        free(parent);
        xd_synth_county_free(county);
    }
}

static void a_mountain_county_is_steeper_than_a_plain_one(void)
{
    int32_t spread[3];
    for (int relief = 0; relief < 3; relief++) {
        struct xd_synth_county *county = make((struct xd_synth_options){.seed = 5, .hubs_n = 1, .relief = (enum xd_relief)relief});
        int32_t low = INT32_MAX;
        int32_t high = INT32_MIN;
        for (int32_t i = 0; i < county->nodes_n; i++) {
            low = county->node_elevation_m[i] < low ? county->node_elevation_m[i] : low;
            high = county->node_elevation_m[i] > high ? county->node_elevation_m[i] : high;
        }
        spread[relief] = high - low;
        xd_synth_county_free(county);
    }
    CU_ASSERT(spread[XD_RELIEF_PLAIN] < 80);
    CU_ASSERT(spread[XD_RELIEF_HILLS] > 3 * spread[XD_RELIEF_PLAIN]);
    CU_ASSERT(spread[XD_RELIEF_MOUNTAIN] > 400);
}

static void impossible_sizes_are_refused(void)
{
    static const struct xd_synth_options wrong[] = {{.hubs_n = 0},
                                                    {.hubs_n = 3},
                                                    {.hubs_n = 1, .villages_n = -1},
                                                    {.hubs_n = 1, .townships_n = 1},
                                                    {.hubs_n = 1, .villages_n = 20001},
                                                    {.hubs_n = 1, .townships_n = 2, .villages_n = 5000}};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(wrong); i++) {
        struct xd_synth_county *county = NULL;
        struct xd_error error = {0};
        CU_ASSERT_EQUAL(xd_synth_county_create(&wrong[i], NULL, &county, &error), XD_USAGE);
        CU_ASSERT_PTR_NULL(county);
    }
}

static void each_failed_allocation_is_told_and_leaks_nothing(void)
{
    const struct xd_synth_options options = {.seed = 1, .townships_n = 3, .villages_n = 8, .hubs_n = 1, .relief = XD_RELIEF_HILLS};
    const int64_t live_n = xd_alloc_statistics_read().live_n;
    for (uint64_t nth = 1;; nth++) {
        struct xd_synth_county *county = NULL;
        struct xd_error error = {0};
        xd_alloc_fail_at(nth, false);
        const enum xd_status status = xd_synth_county_create(&options, NULL, &county, &error);
        xd_alloc_fail_at(0, false);
        if (status == XD_OK) {
            xd_synth_county_free(county);
            break;
        }
        CU_ASSERT_EQUAL(status, XD_NO_MEMORY);
        CU_ASSERT_EQUAL_FATAL(xd_alloc_statistics_read().live_n, live_n);
    }
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
}

int main(int argc, char **argv)
{
    static const struct xd_test_case cases[] = {
        {"the_same_seed_gives_the_same_county", the_same_seed_gives_the_same_county},
        {"counts_lie_in_the_promised_ranges_or_are_as_asked", counts_lie_in_the_promised_ranges_or_are_as_asked},
        {"names_and_codes_are_unique", names_and_codes_are_unique},
        {"every_kind_of_road_is_there", every_kind_of_road_is_there},
        {"all_villages_but_one_hang_together_by_road", all_villages_but_one_hang_together_by_road},
        {"a_mountain_county_is_steeper_than_a_plain_one", a_mountain_county_is_steeper_than_a_plain_one},
        {"impossible_sizes_are_refused", impossible_sizes_are_refused},
        {"each_failed_allocation_is_told_and_leaks_nothing", each_failed_allocation_is_told_and_leaks_nothing},
    };
    static const struct xd_test_suite suites[] = {{"synth", cases, XD_ARRAY_LENGTH(cases)}};
    return xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites));
}
