/* A network is millions of numbers: they are mixed word by word, long rows in four lanes, where base/hash.h goes byte by byte. By value, so that the machine's
 * byte order does not show. Source: the rounds of xxHash64 (Collet), the finaliser of murmur3. */
#include "maps/network_hash.h"

#include "base/hash.h"

#include <string.h>

enum { BLOCK_WORDS = 256, LANES = 4 };

static const uint64_t SEED = UINT64_C(0x27d4eb2f165667c5), FIRST = UINT64_C(0x9e3779b185ebca87), SECOND = UINT64_C(0xc2b2ae3d27d4eb4f);

struct mixer {
    uint64_t state;
};

static uint64_t mixed(uint64_t state, uint64_t word)
{
    const uint64_t sum = state + word * SECOND;
    return (sum << 31 | sum >> 33) * FIRST;
}

static void mix_i64(struct mixer *hash, int64_t value)
{
    hash->state = mixed(hash->state, (uint64_t)value);
}

static void mix_words(struct mixer *hash, const uint64_t *words, int32_t n)
{
    uint64_t lanes[LANES];
    int32_t i = 0;
    for (int lane = 0; lane < LANES; lane++)
        lanes[lane] = hash->state + (uint64_t)lane;
    for (; i + LANES <= n; i += LANES)
        for (int lane = 0; lane < LANES; lane++)
            lanes[lane] = mixed(lanes[lane], words[i + lane]);
    for (; i < n; i++)
        lanes[0] = mixed(lanes[0], words[i]);
    hash->state = lanes[0];
    for (int lane = 1; lane < LANES; lane++)
        hash->state = mixed(hash->state, lanes[lane]);
}

/* The length first, so that "ab", "c" and "a", "bc" differ. */
static void mix_string(struct mixer *hash, const char *text)
{
    const size_t n = strlen(text);
    mix_i64(hash, (int64_t)n);
    for (size_t first = 0; first < n; first += sizeof(uint64_t)) {
        uint64_t word = 0;
        for (size_t i = first; i < n && i < first + sizeof word; i++)
            word |= (uint64_t)(unsigned char)text[i] << (8 * (i - first));
        hash->state = mixed(hash->state, word);
    }
}

static void hash_rules(struct mixer *hash, const struct xd_road_rule *rules)
{
    for (int key = 0; key < XD_ACCESS_KEYS_N; key++)
        mix_i64(hash, rules[key].forward | rules[key].backward << 2 | rules[key].oneway << 4);
}

static void hash_limits(struct mixer *hash, const struct xd_road_limits *limits)
{
    for (int group = 0; group < XD_LIMIT_GROUPS_N; group++) {
        const int64_t values[] = {limits[group].maxweight_100kg, limits[group].maxaxleload_100kg, limits[group].maxheight_cm,
                                  limits[group].maxwidth_cm, limits[group].maxlength_cm};
        for (size_t i = 0; i < XD_ARRAY_LENGTH(values); i++)
            mix_i64(hash, values[i]);
    }
}

/* Nothing where there are none. */
static void hash_clauses(struct mixer *hash, const struct xd_clause *list)
{
    for (bool is_last = !list; !is_last; is_last = list++->is_last) {
        const int64_t values[] = {list->kind, list->which, list->part, list->tests_n, list->value, list->is_last};
        for (size_t i = 0; i < XD_ARRAY_LENGTH(values); i++)
            mix_i64(hash, values[i]);
        for (int i = 0; i < list->tests_n; i++) {
            mix_i64(hash, list->tests[i].kind | list->tests[i].compare << 8);
            mix_i64(hash, list->tests[i].bound);
        }
    }
}

static void hash_road(struct mixer *hash, const struct xd_clause *list, const struct xd_road *road)
{
    const int64_t values[] = {road->road_class, road->china_grade, road->surface,        road->smoothness,     road->track_grade, road->width_dm,
                              road->lanes_n,    road->flags,       road->advised_kmh[0], road->advised_kmh[1], road->duration_s};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(values); i++)
        mix_i64(hash, values[i]);
    for (int group = 0; group < XD_SPEED_GROUPS_N; group++)
        for (int d = 0; d < 2; d++)
            mix_i64(hash, road->maxspeed_kmh[group][d]);
    hash_limits(hash, road->limits);
    hash_rules(hash, road->rules);
    hash_clauses(hash, list);
}

static void hash_signals(struct mixer *hash, const struct xd_network *network)
{
    for (int32_t i = 0; i < network->nodes_n; i++) {
        if (network->node_signal[i] == 0)
            continue;
        mix_i64(hash, i);
        mix_i64(hash, network->node_signal[i]);
    }
}

static void hash_restrictions(struct mixer *hash, const struct xd_network *network)
{
    mix_i64(hash, network->restrictions_n);
    for (int32_t i = 0; i < network->restrictions_n; i++) {
        const struct xd_restriction *restriction = &network->restrictions[i];
        mix_i64(hash, restriction->osm_id);
        mix_i64(hash, restriction->only);
        mix_i64(hash, restriction->keys);
        mix_i64(hash, restriction->except_keys);
        if (restriction->clauses > 0)
            mix_i64(hash, restriction->rule);
        hash_clauses(hash, xd_clauses_at(network->clauses, restriction->clauses));
        mix_i64(hash, restriction->steps_n);
        for (int32_t s = 0; s < restriction->steps_n; s++)
            mix_i64(hash, network->restriction_step[restriction->first_step + s]);
    }
}

static void hash_nodes(struct mixer *hash, const struct xd_network *network)
{
    uint64_t words[BLOCK_WORDS];
    mix_i64(hash, network->nodes_n);
    for (int32_t first = 0, n; first < network->nodes_n; first += n) {
        n = network->nodes_n - first < BLOCK_WORDS ? network->nodes_n - first : BLOCK_WORDS;
        for (int32_t i = 0; i < n; i++)
            words[i] = (uint64_t)network->node_osm_id[first + i];
        mix_words(hash, words, n);
        for (int32_t i = 0; i < n; i++)
            words[i] = (uint64_t)(uint32_t)network->node_position[first + i].lon_e7 << 32 | (uint32_t)network->node_position[first + i].lat_e7;
        mix_words(hash, words, n);
    }
    for (int32_t i = 0; i < network->nodes_n; i++) {
        if (network->node_barrier[i] < 0)
            continue;
        const struct xd_road_barrier *barrier = &network->barriers[network->node_barrier[i]];
        mix_i64(hash, i);
        hash_rules(hash, barrier->rules);
        hash_limits(hash, barrier->limits);
        mix_i64(hash, barrier->kind);
        hash_clauses(hash, xd_clauses_at(network->clauses, barrier->clauses));
    }
}

static void hash_roads(struct mixer *hash, const struct xd_network *network)
{
    uint64_t words[BLOCK_WORDS];
    mix_i64(hash, network->roads_n);
    for (int32_t r = 0; r < network->roads_n; r++) {
        mix_i64(hash, network->road_osm_id[r]);
        hash_road(hash, xd_clauses_at(network->clauses, network->roads[r].clauses), &network->roads[r]);
        mix_string(hash, network->road_name[r]);
        mix_i64(hash, network->first_node[r + 1] - network->first_node[r]);
        for (int64_t first = network->first_node[r], n; first < network->first_node[r + 1]; first += n) {
            n = network->first_node[r + 1] - first < BLOCK_WORDS ? network->first_node[r + 1] - first : BLOCK_WORDS;
            for (int64_t i = 0; i < n; i++)
                words[i] = (uint64_t)network->road_node[first + i];
            mix_words(hash, words, (int32_t)n);
        }
    }
}

static void hash_places(struct mixer *hash, const struct xd_network *network)
{
    mix_i64(hash, network->map_places_n);
    for (int32_t i = 0; i < network->map_places_n; i++) {
        const struct xd_map_place *place = &network->map_places[i];
        mix_i64(hash, place->osm_type);
        mix_i64(hash, place->osm_id);
        mix_i64(hash, place->position.lon_e7);
        mix_i64(hash, place->position.lat_e7);
        mix_i64(hash, place->kind);
        mix_i64(hash, place->population);
        mix_string(hash, place->name);
        mix_string(hash, place->name_zh);
        mix_string(hash, place->code);
    }
}

uint64_t xd_road_hash(const struct xd_road *road, const struct xd_clause *list)
{
    struct mixer hash = {.state = SEED};
    hash_road(&hash, list, road);
    return xd_mix64(hash.state);
}

uint64_t xd_network_hash(const struct xd_network *network)
{
    struct mixer hash = {.state = SEED};
    hash_nodes(&hash, network);
    hash_roads(&hash, network);
    hash_places(&hash, network);
    hash_restrictions(&hash, network);
    hash_signals(&hash, network);
    return xd_mix64(hash.state);
}
