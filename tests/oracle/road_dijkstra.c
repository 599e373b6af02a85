#include "tests/oracle/road_dijkstra.h"

#include "base/alloc.h"
#include "base/geo.h"

struct label {
    int64_t ms, cm;
};

static const struct label NOWHERE = {INT64_MAX, INT64_MAX};

struct arc {
    int32_t head, next; /* next arc of the same tail, or -1 */
    struct label weight;
};

struct entry {
    struct label key;
    int32_t node;
};

struct xd_road_oracle {
    const struct xd_network *network;
    const struct xd_profile *profile;
    int32_t *first; /* nodes: first arc or -1 */
    struct arc *arcs;
    int32_t arcs_n;
    bool *barred; /* nodes */
    struct label *label;
    struct entry *heap; /* with stale entries: arcs_n + 2 */
    int32_t heap_n;
};

static bool less(struct label a, struct label b)
{
    return a.ms < b.ms || (a.ms == b.ms && a.cm < b.cm);
}

static struct label plus(struct label a, struct label b)
{
    return a.ms == INT64_MAX || b.ms == INT64_MAX ? NOWHERE : (struct label){a.ms + b.ms, a.cm + b.cm};
}

static int64_t piece_cm(const struct xd_network *network, int64_t piece)
{
    return (int64_t)(xd_distance_m(network->node_position[network->road_node[piece]], network->node_position[network->road_node[piece + 1]]) * 100.0 +
                     0.5);
}

/* Weight of the piece between road_node[piece] and [piece + 1] of a road, in one direction. A ferry's told duration is shared out by length. */
static struct label piece_weight(const struct xd_network *network, const struct xd_profile *profile, int32_t r, int64_t piece, int direction)
{
    const struct xd_road *road = &network->roads[r];
    int64_t cm = piece_cm(network, piece);
    int64_t kmh = xd_profile_speed_kmh(profile, road, direction);
    if (kmh <= 0)
        return NOWHERE;
    if (road->road_class != XD_ROAD_FERRY || road->ferry_duration_s <= 0)
        return (struct label){(36 * cm + kmh / 2) / kmh, cm};
    int64_t before_cm = 0, whole_cm = 0;
    for (int64_t p = network->first_node[r]; p + 1 < network->first_node[r + 1]; p++) {
        before_cm += p < piece ? piece_cm(network, p) : 0;
        whole_cm += piece_cm(network, p);
    }
    double duration_ms = 1000.0 * road->ferry_duration_s;
    double until = whole_cm > 0 ? (double)(before_cm + cm) / (double)whole_cm : 1.0,
           begin = whole_cm > 0 ? (double)before_cm / (double)whole_cm : 1.0;
    int64_t begin_ms = piece == network->first_node[r] ? 0 : (int64_t)(duration_ms * begin);
    return (struct label){(int64_t)(duration_ms * until) - begin_ms, cm};
}

static void arc_add(struct xd_road_oracle *oracle, int32_t tail, int32_t head, struct label weight)
{
    if (weight.ms == INT64_MAX)
        return;
    oracle->arcs[oracle->arcs_n] = (struct arc){head, oracle->first[tail], weight};
    oracle->first[tail] = oracle->arcs_n++;
}

struct xd_road_oracle *xd_road_oracle_create(const struct xd_network *network, const struct xd_profile *profile)
{
    size_t nodes_n = (size_t)network->nodes_n, arcs_max = 2 * (size_t)network->first_node[network->roads_n];
    struct xd_road_oracle *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return NULL;
    *made = (struct xd_road_oracle){.network = network, .profile = profile};
    made->first = xd_alloc(nodes_n, sizeof *made->first);
    made->barred = xd_alloc(nodes_n, sizeof *made->barred);
    made->label = xd_alloc(nodes_n, sizeof *made->label);
    made->arcs = xd_alloc(arcs_max, sizeof *made->arcs);
    made->heap = xd_alloc(arcs_max + 2, sizeof *made->heap);
    if (!made->first || !made->barred || !made->label || !made->arcs || !made->heap) {
        xd_road_oracle_free(made);
        return NULL;
    }
    for (int32_t v = 0; v < network->nodes_n; v++) {
        made->first[v] = -1;
        made->barred[v] = network->node_barrier[v] >= 0 && !xd_profile_passes(profile, &network->barriers[network->node_barrier[v]]);
    }
    for (int32_t r = 0; r < network->roads_n; r++) {
        for (int64_t p = network->first_node[r]; p + 1 < network->first_node[r + 1]; p++) {
            arc_add(made, network->road_node[p], network->road_node[p + 1], piece_weight(network, profile, r, p, 1));
            arc_add(made, network->road_node[p + 1], network->road_node[p], piece_weight(network, profile, r, p, -1));
        }
    }
    return made;
}

void xd_road_oracle_free(struct xd_road_oracle *oracle)
{
    if (!oracle)
        return;
    xd_free(oracle->first);
    xd_free(oracle->barred);
    xd_free(oracle->label);
    xd_free(oracle->arcs);
    xd_free(oracle->heap);
    xd_free(oracle);
}

/* --- a place on a piece ------------------------------------------------------------------------------------------------------------------- */

struct place {
    int32_t road;
    int64_t piece;
    int32_t node[2];      /* the piece's ends in the edge's drawing order */
    struct label to[2];   /* from the place to the ends */
    struct label from[2]; /* from the ends to the place */
    int64_t part_ppm;
};

static bool same(struct xd_position a, struct xd_position b)
{
    return a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7;
}

static struct label part(struct label whole, int64_t ppm, bool rest)
{
    if (whole.ms == INT64_MAX)
        return NOWHERE;
    struct label begin = {whole.ms * ppm / XD_SNAP_PART_WHOLE, whole.cm * ppm / XD_SNAP_PART_WHOLE};
    return rest ? (struct label){whole.ms - begin.ms, whole.cm - begin.cm} : begin;
}

static bool place_find(const struct xd_road_oracle *oracle, const struct xd_graph *graph, const struct xd_snap *snap, struct place *place)
{
    const struct xd_network *network = oracle->network;
    int64_t at = graph->first_piece[snap->edge] + snap->piece;
    struct xd_position a = graph->point[at + snap->edge], b = graph->point[at + snap->edge + 1];
    int32_t r = graph->piece_road[at];
    for (int64_t p = network->first_node[r]; p + 1 < network->first_node[r + 1]; p++) {
        int32_t u = network->road_node[p], v = network->road_node[p + 1];
        bool with = same(network->node_position[u], a) && same(network->node_position[v], b);
        if (!with && !(same(network->node_position[u], b) && same(network->node_position[v], a)))
            continue;
        struct label along = piece_weight(network, oracle->profile, r, p, with ? 1 : -1),
                     against = piece_weight(network, oracle->profile, r, p, with ? -1 : 1);
        *place = (struct place){.road = r, .piece = p, .node = {with ? u : v, with ? v : u}, .part_ppm = snap->part_ppm};
        place->from[0] = part(along, snap->part_ppm, false);
        place->to[1] = part(along, snap->part_ppm, true);
        place->to[0] = part(against, snap->part_ppm, false);
        place->from[1] = part(against, snap->part_ppm, true);
        return true;
    }
    return false;
}

/* --- searching ---------------------------------------------------------------------------------------------------------------------------- */

static void push(struct xd_road_oracle *oracle, int32_t node, struct label key)
{
    if (key.ms == INT64_MAX || !less(key, oracle->label[node]))
        return;
    oracle->label[node] = key;
    int32_t at = oracle->heap_n++;
    for (; at > 0 && less(key, oracle->heap[(at - 1) / 2].key); at = (at - 1) / 2)
        oracle->heap[at] = oracle->heap[(at - 1) / 2];
    oracle->heap[at] = (struct entry){key, node};
}

static struct entry pop(struct xd_road_oracle *oracle)
{
    struct entry top = oracle->heap[0], last = oracle->heap[--oracle->heap_n];
    int32_t at = 0;
    for (int32_t child = 1; child < oracle->heap_n; child = 2 * at + 1) {
        if (child + 1 < oracle->heap_n && less(oracle->heap[child + 1].key, oracle->heap[child].key))
            child++;
        if (!less(oracle->heap[child].key, last.key))
            break;
        oracle->heap[at] = oracle->heap[child];
        at = child;
    }
    oracle->heap[at] = last;
    return top;
}

static void search(struct xd_road_oracle *oracle, const struct place *source)
{
    for (int32_t v = 0; v < oracle->network->nodes_n; v++)
        oracle->label[v] = NOWHERE;
    oracle->heap_n = 0;
    for (int end = 0; end < 2; end++)
        push(oracle, source->node[end], source->to[end]);
    while (oracle->heap_n > 0) {
        struct entry at = pop(oracle);
        if (less(oracle->label[at.node], at.key) || oracle->barred[at.node])
            continue;
        for (int32_t i = oracle->first[at.node]; i >= 0; i = oracle->arcs[i].next)
            push(oracle, oracle->arcs[i].head, plus(at.key, oracle->arcs[i].weight));
    }
}

/* Both on one piece, without leaving it. */
static struct label direct(const struct place *a, const struct place *b)
{
    if (a->road != b->road || a->piece != b->piece)
        return NOWHERE;
    int towards = b->part_ppm >= a->part_ppm ? 1 : 0;
    struct label far = a->to[towards], near = b->to[towards];
    if (a->part_ppm == b->part_ppm && far.ms == INT64_MAX)
        return (struct label){0, 0};
    return far.ms == INT64_MAX ? NOWHERE : (struct label){far.ms - near.ms, far.cm - near.cm};
}

bool xd_road_oracle_run(struct xd_road_oracle *oracle, const struct xd_graph *graph, const struct xd_snap *from, const struct xd_snap *to,
                        int32_t to_n, int64_t *time_ms, int64_t *length_cm)
{
    struct place source, target;
    if (!place_find(oracle, graph, from, &source))
        return false;
    search(oracle, &source);
    for (int32_t i = 0; i < to_n; i++) {
        if (!place_find(oracle, graph, &to[i], &target))
            return false;
        struct label best = direct(&source, &target);
        for (int end = 0; end < 2; end++) {
            struct label over = oracle->barred[target.node[end]] ? NOWHERE : plus(oracle->label[target.node[end]], target.from[end]);
            best = less(over, best) ? over : best;
        }
        time_ms[i] = best.ms;
        length_cm[i] = best.cm;
    }
    return true;
}
