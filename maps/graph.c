/* From the network's roads to the graph of one vehicle: pieces get times, chains of pieces become edges, edges become arcs. */
#include "maps/graph.h"

#include "base/arena.h"
#include "maps/components.h"

/* A piece's weights stay below this, and so do an arc's: chains that would pass it are cut, a single piece is closed. No road comes near
 * (12 days, 10,000 km); it keeps int32_t sums safe on any input. */
enum { WEIGHT_MAX = 1 << 30 };

enum { FORWARD, BACKWARD, DIRECTIONS_N };

struct graph {
    struct xd_graph face; /* first */
    struct xd_arena arena;
};

/* Pieces of all roads, by the place of their first node in network->road_node. Pieces at a road's last node do not exist: closed both ways. */
struct piece {
    int32_t ms[DIRECTIONS_N]; /* XD_PIECE_CLOSED or time */
    int32_t length_cm;
    int32_t road;
};

struct chain_edge {
    int32_t tail, head;           /* network nodes */
    int32_t tail_side, head_side; /* incidences, where the node is barred and every road end is a node of its own; else -1 */
    int64_t first_step, steps_n;
};

struct builder {
    const struct xd_network *network;
    const struct xd_profile *profile;
    struct piece *pieces; /* road_nodes_n */
    int64_t road_nodes_n;
    int32_t *first_incidence; /* nodes_n + 1 */
    int64_t *incidence;       /* piece * 2 + (1 at the piece's last node), by node */
    uint8_t *is_end;          /* nodes_n: a chain ends here */
    uint8_t *is_barred;       /* nodes_n: no way through */
    uint8_t *is_walked;       /* pieces */
    int64_t *step;            /* pieces in the order of the edges: piece * 2 + (1 when drawn against its road) */
    int64_t steps_n;
    struct chain_edge *edges;
    size_t edges_n, edges_max;
    int64_t roads_used_n, roads_closed_n;
};

static void builder_free(struct builder *builder)
{
    xd_free(builder->pieces);
    xd_free(builder->first_incidence);
    xd_free(builder->incidence);
    xd_free(builder->is_end);
    xd_free(builder->is_barred);
    xd_free(builder->is_walked);
    xd_free(builder->step);
    xd_free(builder->edges);
}

/* ---- weights ---- */

static bool is_open(const struct piece *piece)
{
    return piece->ms[FORWARD] != XD_PIECE_CLOSED || piece->ms[BACKWARD] != XD_PIECE_CLOSED;
}

static int32_t piece_ms(int64_t length_cm, int32_t kmh)
{
    const int64_t ms = (length_cm * 36 + kmh / 2) / kmh; /* 1 km/h = 1/36 cm/ms, rounded half up */
    return ms < WEIGHT_MAX ? (int32_t)ms : XD_PIECE_CLOSED;
}

/* A boat's told duration is shared out over its pieces by length, so that they add up to it exactly. */
static void spread_duration(struct piece *pieces, int64_t pieces_n, int64_t length_cm, int64_t duration_ms)
{
    int64_t before_cm = 0;
    int64_t before_ms = 0;
    for (int64_t i = 0; i < pieces_n; i++) {
        before_cm += pieces[i].length_cm;
        const int64_t until_ms = length_cm > 0 ? (int64_t)((double)duration_ms * ((double)before_cm / (double)length_cm)) : duration_ms;
        for (int direction = 0; direction < DIRECTIONS_N; direction++)
            if (pieces[i].ms[direction] != XD_PIECE_CLOSED)
                pieces[i].ms[direction] = (int32_t)(until_ms - before_ms);
        before_ms = until_ms;
    }
}

static void weigh_road(struct builder *builder, int32_t r)
{
    const struct xd_network *network = builder->network;
    const struct xd_road *road = &network->roads[r];
    const int32_t kmh[DIRECTIONS_N] = {xd_profile_speed_kmh(builder->profile, road, 1), xd_profile_speed_kmh(builder->profile, road, -1)};
    const int64_t first = network->first_node[r];
    const int64_t last = network->first_node[r + 1] - 1;
    int64_t sum_cm = 0;
    for (int64_t i = first; i < last; i++) {
        struct piece *piece = &builder->pieces[i];
        const double m = xd_distance_m(network->node_position[network->road_node[i]], network->node_position[network->road_node[i + 1]]);
        const int64_t cm = (int64_t)(m * 100.0 + 0.5);
        piece->road = r;
        piece->length_cm = cm < WEIGHT_MAX ? (int32_t)cm : WEIGHT_MAX;
        sum_cm += piece->length_cm;
        for (int direction = 0; direction < DIRECTIONS_N; direction++)
            piece->ms[direction] = kmh[direction] > 0 && cm < WEIGHT_MAX ? piece_ms(cm, kmh[direction]) : XD_PIECE_CLOSED;
    }
    builder->pieces[last] = (struct piece){.ms = {XD_PIECE_CLOSED, XD_PIECE_CLOSED}, .road = r};
    if (road->road_class == XD_ROAD_FERRY && road->ferry_duration_s > 0)
        spread_duration(builder->pieces + first, last - first, sum_cm, (int64_t)road->ferry_duration_s * 1000);
    if (kmh[FORWARD] > 0 || kmh[BACKWARD] > 0)
        builder->roads_used_n++;
    else
        builder->roads_closed_n++;
}

/* ---- where chains end ---- */

static int32_t piece_node(const struct builder *builder, int64_t piece, int side)
{
    return builder->network->road_node[piece + side];
}

static enum xd_status list_incidences(struct builder *builder, struct xd_error *error)
{
    const int32_t nodes_n = builder->network->nodes_n;
    int64_t open_n = 0;
    for (int64_t p = 0; p < builder->road_nodes_n; p++)
        open_n += is_open(&builder->pieces[p]);
    if (open_n > INT32_MAX / 2)
        return xd_fail(error, XD_DATA, xd_at_none(), "%s: %llu, the limit is %llu", "pieces of road", (unsigned long long)open_n,
                       (unsigned long long)(INT32_MAX / 2));
    builder->first_incidence = xd_alloc_zero((size_t)nodes_n + 2, sizeof *builder->first_incidence);
    builder->incidence = xd_alloc((size_t)open_n * 2 + 1, sizeof *builder->incidence);
    builder->step = xd_alloc((size_t)open_n + 1, sizeof *builder->step);
    if (!builder->first_incidence || !builder->incidence || !builder->step)
        return xd_fail_memory(error, "the road graph", (size_t)open_n * 2 * sizeof *builder->incidence);
    int32_t *first = builder->first_incidence;
    for (int64_t p = 0; p < builder->road_nodes_n; p++)
        for (int side = 0; side < 2 && is_open(&builder->pieces[p]); side++)
            first[piece_node(builder, p, side) + 2]++;
    for (int32_t v = 0; v < nodes_n; v++)
        first[v + 2] += first[v + 1];
    for (int64_t p = 0; p < builder->road_nodes_n; p++)
        for (int side = 0; side < 2 && is_open(&builder->pieces[p]); side++)
            builder->incidence[first[piece_node(builder, p, side) + 1]++] = p * 2 + side;
    return XD_OK;
}

/* Whether a vehicle can drive the piece towards its node on that side, or away from it. */
static bool opens_towards(const struct builder *builder, int64_t incidence)
{
    return builder->pieces[incidence / 2].ms[incidence % 2 ? FORWARD : BACKWARD] != XD_PIECE_CLOSED;
}

static bool opens_away(const struct builder *builder, int64_t incidence)
{
    return builder->pieces[incidence / 2].ms[incidence % 2 ? BACKWARD : FORWARD] != XD_PIECE_CLOSED;
}

/* A chain runs through nodes where two pieces meet that are open in the same directions. */
static bool ends_chain(const struct builder *builder, int32_t node)
{
    const int64_t *at = builder->incidence + builder->first_incidence[node];
    if (builder->first_incidence[node + 1] - builder->first_incidence[node] != 2 || builder->is_barred[node] || at[0] / 2 == at[1] / 2)
        return true;
    return opens_towards(builder, at[0]) != opens_away(builder, at[1]) || opens_away(builder, at[0]) != opens_towards(builder, at[1]);
}

static enum xd_status find_ends(struct builder *builder, struct xd_error *error)
{
    const struct xd_network *network = builder->network;
    builder->is_end = xd_alloc_zero((size_t)network->nodes_n, 1);
    builder->is_barred = xd_alloc_zero((size_t)network->nodes_n, 1);
    builder->is_walked = xd_alloc_zero((size_t)builder->road_nodes_n, 1);
    if (!builder->is_end || !builder->is_barred || !builder->is_walked)
        return xd_fail_memory(error, "the road graph", (size_t)network->nodes_n * 2 + (size_t)builder->road_nodes_n);
    for (int32_t v = 0; v < network->nodes_n; v++) {
        builder->is_barred[v] = network->node_barrier[v] >= 0 && !xd_profile_passes(builder->profile, &network->barriers[network->node_barrier[v]]);
        builder->is_end[v] = ends_chain(builder, v);
    }
    return XD_OK;
}

/* ---- chains ---- */

/* A node's incidences ascend. */
static int32_t side_of(const struct builder *builder, int32_t node, int64_t incidence)
{
    if (!builder->is_barred[node])
        return -1;
    int32_t from = builder->first_incidence[node], to = builder->first_incidence[node + 1] - 1;
    while (from < to) {
        const int32_t middle = from + (to - from) / 2;
        if (builder->incidence[middle] < incidence)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Walks from a chain's end along a piece to the next end, and on as long as a chain is cut for its length. */
static enum xd_status walk(struct builder *builder, int32_t from, int64_t incidence, struct xd_error *error)
{
    while (!builder->is_walked[incidence / 2]) {
        struct chain_edge edge = {.tail = from, .tail_side = side_of(builder, from, incidence), .first_step = builder->steps_n};
        int64_t sums[3] = {0, 0, 0};
        bool is_cut = false;
        for (;;) {
            const int64_t p = incidence / 2;
            const struct piece *piece = &builder->pieces[p];
            sums[0] += piece->ms[FORWARD];
            sums[1] += piece->ms[BACKWARD];
            sums[2] += piece->length_cm;
            builder->is_walked[p] = 1;
            builder->step[builder->steps_n++] = incidence;
            const int64_t arrived = incidence ^ 1;
            edge.head = piece_node(builder, p, (int)(arrived % 2));
            if (builder->is_end[edge.head]) {
                edge.head_side = side_of(builder, edge.head, arrived);
                break;
            }
            const int64_t *at = builder->incidence + builder->first_incidence[edge.head];
            incidence = at[0] == arrived ? at[1] : at[0];
            const struct piece *next = &builder->pieces[incidence / 2];
            is_cut = sums[0] + next->ms[FORWARD] >= WEIGHT_MAX || sums[1] + next->ms[FORWARD] >= WEIGHT_MAX ||
                     sums[0] + next->ms[BACKWARD] >= WEIGHT_MAX || sums[1] + next->ms[BACKWARD] >= WEIGHT_MAX ||
                     sums[2] + next->length_cm >= WEIGHT_MAX;
            if (is_cut) {
                builder->is_end[edge.head] = 1;
                edge.head_side = -1;
                break;
            }
        }
        edge.steps_n = builder->steps_n - edge.first_step;
        enum xd_status status = xd_array_reserve((void **)&builder->edges, &builder->edges_max, builder->edges_n + 1, sizeof *builder->edges,
                                                 INT32_MAX / 2, "edges of the road graph", error);
        if (status != XD_OK)
            return status;
        builder->edges[builder->edges_n++] = edge;
        if (!is_cut)
            break;
        from = edge.head;
    }
    return XD_OK;
}

static enum xd_status walk_from(struct builder *builder, int32_t node, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    for (int32_t i = builder->first_incidence[node]; i < builder->first_incidence[node + 1] && status == XD_OK; i++)
        if (!builder->is_walked[builder->incidence[i] / 2])
            status = walk(builder, node, builder->incidence[i], error);
    return status;
}

static enum xd_status walk_chains(struct builder *builder, struct xd_error *error)
{
    const int32_t nodes_n = builder->network->nodes_n;
    enum xd_status status = XD_OK;
    for (int32_t v = 0; v < nodes_n && status == XD_OK; v++)
        if (builder->is_end[v])
            status = walk_from(builder, v, error);
    /* What is left are rings that nothing else joins: each starts at its lowest node. */
    for (int32_t v = 0; v < nodes_n && status == XD_OK; v++) {
        if (builder->first_incidence[v] == builder->first_incidence[v + 1] || builder->is_walked[builder->incidence[builder->first_incidence[v]] / 2])
            continue;
        builder->is_end[v] = 1;
        status = walk_from(builder, v, error);
    }
    return status;
}

/* ---- the frozen graph ---- */

struct frozen {
    int32_t *first_out, *head, *time_ms, *length_cm, *arc_edge, *node_network, *edge_tail, *edge_head, *component;
    int64_t *first_piece;
    struct xd_position *point;
    int32_t *piece_ms[DIRECTIONS_N], *piece_length_cm, *piece_road;
};

/* Graph nodes in the order of the network's: one where a chain ends, or one for each road end at a barred node. */
static enum xd_status number_nodes(const struct builder *builder, struct graph *graph, struct frozen *frozen, int32_t *node_of, int32_t *node_of_side,
                                   struct xd_error *error)
{
    int32_t n = 0;
    for (int32_t v = 0; v < builder->network->nodes_n; v++) {
        const int32_t first = builder->first_incidence[v];
        const int32_t last = builder->first_incidence[v + 1];
        node_of[v] = n;
        if (first == last || !builder->is_end[v])
            continue;
        for (int32_t i = first; i < last && builder->is_barred[v]; i++)
            node_of_side[i] = n++;
        n += !builder->is_barred[v];
    }
    frozen->node_network = xd_arena_alloc(&graph->arena, (size_t)n + 1, sizeof *frozen->node_network);
    frozen->first_out = xd_arena_alloc_zero(&graph->arena, (size_t)n + 2, sizeof *frozen->first_out);
    frozen->component = xd_arena_alloc(&graph->arena, (size_t)n + 1, sizeof *frozen->component);
    if (!frozen->node_network || !frozen->first_out || !frozen->component)
        return xd_fail_memory(error, "the road graph", (size_t)n * 3 * sizeof *frozen->first_out);
    for (int32_t v = 0; v < builder->network->nodes_n; v++) {
        const int32_t until = v + 1 < builder->network->nodes_n ? node_of[v + 1] : n;
        for (int32_t i = node_of[v]; i < until; i++)
            frozen->node_network[i] = v;
    }
    graph->face.nodes_n = n;
    return XD_OK;
}

static enum xd_status freeze_edges(const struct builder *builder, struct graph *graph, struct frozen *frozen, const int32_t *node_of,
                                   const int32_t *node_of_side, struct xd_error *error)
{
    struct xd_arena *arena = &graph->arena;
    const struct xd_network *network = builder->network;
    const size_t edges_n = builder->edges_n;
    const size_t steps_n = (size_t)builder->steps_n;
    frozen->edge_tail = xd_arena_alloc(arena, edges_n + 1, sizeof *frozen->edge_tail);
    frozen->edge_head = xd_arena_alloc(arena, edges_n + 1, sizeof *frozen->edge_head);
    frozen->first_piece = xd_arena_alloc(arena, edges_n + 1, sizeof *frozen->first_piece);
    frozen->point = xd_arena_alloc(arena, steps_n + edges_n + 1, sizeof *frozen->point);
    frozen->piece_ms[FORWARD] = xd_arena_alloc(arena, steps_n + 1, sizeof(int32_t));
    frozen->piece_ms[BACKWARD] = xd_arena_alloc(arena, steps_n + 1, sizeof(int32_t));
    frozen->piece_length_cm = xd_arena_alloc(arena, steps_n + 1, sizeof *frozen->piece_length_cm);
    frozen->piece_road = xd_arena_alloc(arena, steps_n + 1, sizeof *frozen->piece_road);
    if (!frozen->edge_tail || !frozen->edge_head || !frozen->first_piece || !frozen->point || !frozen->piece_ms[FORWARD] ||
        !frozen->piece_ms[BACKWARD] || !frozen->piece_length_cm || !frozen->piece_road)
        return xd_fail_memory(error, "the road graph's edges", steps_n * (4 * sizeof(int32_t) + sizeof *frozen->point));
    for (size_t e = 0; e < edges_n; e++) {
        const struct chain_edge *edge = &builder->edges[e];
        frozen->edge_tail[e] = edge->tail_side >= 0 ? node_of_side[edge->tail_side] : node_of[edge->tail];
        frozen->edge_head[e] = edge->head_side >= 0 ? node_of_side[edge->head_side] : node_of[edge->head];
        frozen->first_piece[e] = edge->first_step;
        struct xd_position *point = frozen->point + edge->first_step + (int64_t)e;
        point[0] = network->node_position[edge->tail];
        for (int64_t i = 0; i < edge->steps_n; i++) {
            const int64_t step = builder->step[edge->first_step + i];
            const struct piece *piece = &builder->pieces[step / 2];
            const int64_t to = edge->first_step + i;
            point[i + 1] = network->node_position[piece_node(builder, step / 2, step % 2 ? 0 : 1)];
            frozen->piece_ms[FORWARD][to] = piece->ms[step % 2 ? BACKWARD : FORWARD];
            frozen->piece_ms[BACKWARD][to] = piece->ms[step % 2 ? FORWARD : BACKWARD];
            frozen->piece_length_cm[to] = piece->length_cm;
            frozen->piece_road[to] = piece->road;
        }
    }
    frozen->first_piece[edges_n] = builder->steps_n;
    graph->face.edges_n = (int32_t)edges_n;
    return XD_OK;
}

/* Arcs by tail, then by edge. All pieces of an edge are open in the same directions. */
static enum xd_status freeze_arcs(struct graph *graph, struct frozen *frozen, struct xd_error *error)
{
    const int32_t edges_n = graph->face.edges_n;
    int32_t *first = frozen->first_out;
    const int32_t *const ends[DIRECTIONS_N] = {frozen->edge_tail, frozen->edge_head};
    int32_t arcs_n = 0;
    for (int32_t e = 0; e < edges_n; e++)
        for (int direction = 0; direction < DIRECTIONS_N; direction++)
            if (frozen->piece_ms[direction][frozen->first_piece[e]] != XD_PIECE_CLOSED) {
                first[ends[direction][e] + 1]++;
                arcs_n++;
            }
    for (int32_t v = 0; v < graph->face.nodes_n; v++)
        first[v + 1] += first[v];
    frozen->head = xd_arena_alloc(&graph->arena, (size_t)arcs_n + 1, sizeof *frozen->head);
    frozen->time_ms = xd_arena_alloc(&graph->arena, (size_t)arcs_n + 1, sizeof *frozen->time_ms);
    frozen->length_cm = xd_arena_alloc(&graph->arena, (size_t)arcs_n + 1, sizeof *frozen->length_cm);
    frozen->arc_edge = xd_arena_alloc(&graph->arena, (size_t)arcs_n + 1, sizeof *frozen->arc_edge);
    int32_t *next = xd_arena_copy(&graph->arena, first, (size_t)graph->face.nodes_n + 1, sizeof *next);
    if (!frozen->head || !frozen->time_ms || !frozen->length_cm || !frozen->arc_edge || !next)
        return xd_fail_memory(error, "the road graph's arcs", (size_t)arcs_n * 4 * sizeof(int32_t));
    for (int32_t e = 0; e < edges_n; e++)
        for (int direction = 0; direction < DIRECTIONS_N; direction++) {
            if (frozen->piece_ms[direction][frozen->first_piece[e]] == XD_PIECE_CLOSED)
                continue;
            const int32_t arc = next[ends[direction][e]]++;
            int32_t ms = 0;
            int32_t cm = 0;
            for (int64_t p = frozen->first_piece[e]; p < frozen->first_piece[e + 1]; p++) {
                ms += frozen->piece_ms[direction][p];
                cm += frozen->piece_length_cm[p];
            }
            frozen->head[arc] = ends[1 - direction][e];
            frozen->time_ms[arc] = ms;
            frozen->length_cm[arc] = cm;
            frozen->arc_edge[arc] = e * 2 + direction;
        }
    graph->face.arcs_n = arcs_n;
    return XD_OK;
}

static void show(struct xd_graph *face, const struct frozen *frozen, const struct builder *builder)
{
    face->network = builder->network;
    face->profile = builder->profile;
    face->first_out = frozen->first_out;
    face->head = frozen->head;
    face->time_ms = frozen->time_ms;
    face->length_cm = frozen->length_cm;
    face->arc_edge = frozen->arc_edge;
    face->node_network = frozen->node_network;
    face->edge_tail = frozen->edge_tail;
    face->edge_head = frozen->edge_head;
    face->first_piece = frozen->first_piece;
    face->point = frozen->point;
    face->piece_forward_ms = frozen->piece_ms[FORWARD];
    face->piece_backward_ms = frozen->piece_ms[BACKWARD];
    face->piece_length_cm = frozen->piece_length_cm;
    face->piece_road = frozen->piece_road;
    face->component = frozen->component;
    face->roads_used_n = builder->roads_used_n;
    face->roads_closed_n = builder->roads_closed_n;
}

static enum xd_status freeze(const struct builder *builder, struct graph *graph, struct xd_error *error)
{
    const size_t nodes_n = (size_t)builder->network->nodes_n;
    struct frozen frozen = {0};
    int32_t *node_of = xd_alloc(nodes_n + 1, sizeof *node_of);
    int32_t *node_of_side = xd_alloc((size_t)builder->first_incidence[nodes_n] + 1, sizeof *node_of_side);
    enum xd_status status = XD_OK;
    if (!node_of || !node_of_side) {
        status = xd_fail_memory(error, "the road graph", nodes_n * sizeof *node_of);
        goto done;
    }
    status = number_nodes(builder, graph, &frozen, node_of, node_of_side, error);
    if (status == XD_OK)
        status = freeze_edges(builder, graph, &frozen, node_of, node_of_side, error);
    if (status == XD_OK)
        status = freeze_arcs(graph, &frozen, error);
    if (status == XD_OK) {
        show(&graph->face, &frozen, builder);
        status = xd_components_find(graph->face.nodes_n, frozen.first_out, frozen.head, frozen.component, &graph->face.components_n, error);
    }
done:
    xd_free(node_of);
    xd_free(node_of_side);
    return status;
}

enum xd_status xd_graph_build(const struct xd_network *network, const struct xd_profile *profile, struct xd_graph **graph, struct xd_error *error)
{
    struct builder builder = {.network = network, .profile = profile, .road_nodes_n = network->first_node[network->roads_n]};
    struct graph *made = xd_alloc_zero(1, sizeof *made);
    builder.pieces = xd_alloc((size_t)builder.road_nodes_n + 1, sizeof *builder.pieces);
    enum xd_status status =
        made && builder.pieces ? XD_OK : xd_fail_memory(error, "the road graph", (size_t)builder.road_nodes_n * sizeof *builder.pieces);
    for (int32_t r = 0; r < network->roads_n && status == XD_OK; r++)
        weigh_road(&builder, r);
    if (status == XD_OK)
        status = list_incidences(&builder, error);
    if (status == XD_OK)
        status = find_ends(&builder, error);
    if (status == XD_OK)
        status = walk_chains(&builder, error);
    if (status == XD_OK)
        status = freeze(&builder, made, error);
    if (status == XD_OK) {
        *graph = &made->face;
        made = NULL;
    }
    xd_graph_free(made ? &made->face : NULL);
    builder_free(&builder);
    return status;
}

void xd_graph_free(struct xd_graph *graph)
{
    struct graph *made = (struct graph *)graph; /* its first member */
    if (!made)
        return;
    struct xd_arena arena = made->arena;
    xd_free(made);
    xd_arena_free(&arena);
}
