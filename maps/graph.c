/* Pieces get times, edges the sums of their pieces, arcs those of their edge and turn. */
#include "maps/graph.h"

#include "base/arena.h"
#include "maps/components.h"
#include "maps/curvature.h"
#include "maps/graph_parts.h"
#include "maps/node_signal.h"
#include "maps/speed_cap.h"

/* A piece's time stays below this; no road comes near (12 days). */
enum { WEIGHT_MAX = 1 << 30, WHOLE_PERCENT = 100 };

struct graph {
    struct xd_graph face; /* first */
    struct xd_arena arena;
    struct xd_topology *own_topology; /* or NULL */
    struct xd_graph_conditions conditions;
    uint32_t overlay_bit; /* the profile's in the overlay */
    int32_t *piece_ms[XD_DIRECTIONS_N], *piece_kj[XD_DIRECTIONS_N];
    uint16_t *road_percent[XD_DIRECTIONS_N];
    int32_t *road_kmh[XD_DIRECTIONS_N]; /* scratch, in the arena */
    int32_t curve_kmh[XD_CURVE_STRAIGHT_M + 1];
    uint8_t *met_n; /* junctions: pieces that meet there and are this vehicle's in some direction, up to 3; scratch */
    uint8_t *piece_use;
    struct xd_short_way *edge_weight; /* 2 * edges_n, scratch */
    struct xd_short_way *weight;
    struct xd_turn *turn;
    int32_t *component, *order; /* states_n */
};

/* ---- pieces ---- */

static int32_t time_of_part(int32_t length_cm, int32_t kmh)
{
    const int64_t ms = ((int64_t)length_cm * 36 + kmh / 2) / kmh; /* 1 km/h = 1/36 cm/ms, rounded half up */
    return ms < WEIGHT_MAX ? (int32_t)ms : WEIGHT_MAX;
}

static int32_t lesser(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* Slower towards an end in a curve, which takes up to half of the piece. */
static int32_t time_of_piece(const struct graph *made, int64_t piece, int32_t kmh)
{
    const struct xd_topology *topology = made->face.topology;
    const int32_t length_cm = topology->piece_length_cm[piece];
    int32_t straight_cm = length_cm;
    int64_t ms = 0;
    for (int end = 0; end < 2; end++) {
        const int32_t curve_kmh = made->curve_kmh[topology->piece_radius_m[end][piece]];
        if (curve_kmh >= kmh)
            continue;
        const int32_t curve_cm = lesser(length_cm / 2, XD_CURVE_REACH_M * 100);
        ms += time_of_part(curve_cm, curve_kmh);
        straight_cm -= curve_cm;
    }
    ms += time_of_part(straight_cm, kmh);
    return length_cm < WEIGHT_MAX && ms < WEIGHT_MAX ? (int32_t)ms : XD_PIECE_CLOSED;
}

/* The told duration of a boat, or of a bridge that opens for boats, is shared out over its pieces by length, so that they add up to it exactly. */
static int32_t time_of_told_piece(const struct xd_network *network, int32_t road, int64_t place)
{
    const double duration_ms = (double)network->roads[road].duration_s * 1000.0;
    int64_t before_cm = 0, until_cm = 0, whole_cm = 0;
    for (int64_t p = network->first_node[road]; p + 1 < network->first_node[road + 1]; p++) {
        const int64_t cm = xd_topology_piece_cm(network, p);
        before_cm += p < place ? cm : 0;
        until_cm += p <= place ? cm : 0;
        whole_cm += cm;
    }
    const double before = whole_cm > 0 ? (double)before_cm / (double)whole_cm : 1.0, until = whole_cm > 0 ? (double)until_cm / (double)whole_cm : 1.0;
    const int64_t before_ms = place == network->first_node[road] ? 0 : (int64_t)(duration_ms * before);
    return (int32_t)((int64_t)(duration_ms * until) - before_ms);
}

static void weigh_roads(struct graph *made)
{
    const struct xd_network *network = made->face.network;
    const struct xd_profile *profile = made->face.profile;
    for (int32_t r = 0; r < network->roads_n; r++) {
        for (int direction = 0; direction < XD_DIRECTIONS_N; direction++) {
            const struct xd_road_use use = xd_profile_use(profile, network->clauses, &network->roads[r], direction ? -1 : 1);
            made->road_kmh[direction][r] = use.speed_kmh;
            made->road_percent[direction][r] = (uint16_t)(use.end_only ? profile->end_only_percent : WHOLE_PERCENT);
        }
        if (made->road_kmh[0][r] > 0 || made->road_kmh[1][r] > 0)
            made->face.roads_used_n++;
        else
            made->face.roads_closed_n++;
    }
    for (int32_t radius_m = 0; radius_m <= XD_CURVE_STRAIGHT_M; radius_m++)
        made->curve_kmh[radius_m] = xd_speed_cap_radius_kmh(profile, radius_m);
}

int32_t xd_graph_piece_rise_cm(const struct xd_graph *graph, int64_t piece)
{
    const struct xd_network *network = graph->network;
    const int32_t step = graph->topology->piece_step[piece], against = step % 2;
    if (!graph->heights || network->roads[graph->topology->piece_road[piece]].road_class == XD_ROAD_FERRY)
        return 0;
    return xd_road_heights_rise_cm(graph->heights, network->road_node[step / 2 + against], network->road_node[step / 2 + !against]);
}

static int32_t energy_of_piece(const struct graph *made, int32_t length_cm, int32_t kmh, int32_t rise_cm)
{
    const int64_t j = xd_energy_j(made->face.profile, length_cm, kmh, rise_cm), most = length_cm / 2; /* 50 MJ/km: no vehicle takes that */
    const int64_t kj = j >= 0 ? (j + 500) / 1000 : -((500 - j) / 1000);
    return (int32_t)(kj > most ? most : kj < -most ? -most : kj);
}

/* A closure's limit holds where a duration is told, too. */
static int32_t told_ms(int32_t told, int32_t length_cm, int32_t max_kmh)
{
    const int32_t limited = max_kmh > 0 && max_kmh < INT32_MAX ? time_of_part(length_cm, max_kmh) : 0;
    return limited > told ? limited : told;
}

static void weigh_piece(struct graph *made, int64_t p)
{
    const struct xd_topology *topology = made->face.topology;
    const struct xd_network *network = made->face.network;
    const int32_t r = topology->piece_road[p], against = topology->piece_step[p] % 2, length_cm = topology->piece_length_cm[p];
    const bool is_ferry = network->roads[r].road_class == XD_ROAD_FERRY;
    const int32_t rise_cm = xd_graph_piece_rise_cm(&made->face, p);
    for (int direction = 0; direction < XD_DIRECTIONS_N; direction++) {
        const struct xd_overlay_effect effect =
            xd_overlay_at(made->conditions.overlay, made->overlay_bit, r, topology->piece_step[p] / 2, direction ^ against);
        int32_t kmh = lesser(made->road_kmh[direction ^ against][r], effect.max_kmh), ms = XD_PIECE_CLOSED;
        const int32_t up_cm = direction ? -rise_cm : rise_cm;
        if (rise_cm != 0 && kmh > 0 && length_cm > 0)
            kmh = lesser(kmh, xd_speed_cap_slope_kmh(made->face.profile, (int32_t)((int64_t)up_cm * 1000 / length_cm)));
        if (kmh > 0 && network->roads[r].duration_s > 0)
            ms = told_ms(time_of_told_piece(network, r, topology->piece_step[p] / 2), length_cm, effect.max_kmh);
        else if (kmh > 0)
            ms = is_ferry ? time_of_part(length_cm, kmh) : time_of_piece(made, p, kmh);
        ms = xd_overlay_slowed_ms(effect, ms);
        made->piece_ms[direction][p] = ms < WEIGHT_MAX ? ms : XD_PIECE_CLOSED;
        made->face.has_costs = made->face.has_costs || (kmh > 0 && made->road_percent[direction ^ against][r] != WHOLE_PERCENT);
        if (made->piece_kj[direction])
            made->piece_kj[direction][p] = kmh > 0 && !is_ferry ? energy_of_piece(made, length_cm, (kmh * effect.percent + 99) / 100, up_cm) : 0;
    }
}

static void weigh_pieces(struct graph *made)
{
    const int64_t pieces_n = made->face.topology->first_piece[made->face.topology->edges_n];
    for (int64_t p = 0; p < pieces_n; p++)
        weigh_piece(made, p);
}

/* ---- edges and arcs ---- */

static struct xd_short_way weigh_edge(const struct graph *made, int32_t e, int direction)
{
    const struct xd_topology *topology = made->face.topology;
    struct xd_way sum = {0};
    for (int64_t p = topology->first_piece[e]; p < topology->first_piece[e + 1]; p++) {
        if (made->piece_ms[direction][p] == XD_PIECE_CLOSED)
            return xd_short_way_of(xd_way_none());
        sum.cost_ms += xd_graph_piece_cost(&made->face, p, direction);
        sum.time_ms += made->piece_ms[direction][p];
        sum.length_cm += topology->piece_length_cm[p];
        sum.energy_kj += made->face.piece_kj[direction] ? made->face.piece_kj[direction][p] : 0;
    }
    return xd_short_way_of(sum);
}

static bool is_vehicles_own(const struct graph *made, int32_t road)
{
    return made->road_kmh[0][road] > 0 || made->road_kmh[1][road] > 0;
}

static void count_met(struct graph *made)
{
    const struct xd_topology *topology = made->face.topology;
    for (int32_t d = 0; d < 2 * topology->edges_n; d++) {
        uint8_t *met_n = &made->met_n[xd_topology_to(topology, d)];
        if (*met_n < 3 && is_vehicles_own(made, topology->piece_road[xd_topology_last_piece(topology, d)]))
            (*met_n)++;
    }
}

static int32_t road_of_place(const struct xd_network *network, int64_t place)
{
    int32_t low = 0, high = network->roads_n - 1;
    while (low < high) {
        const int32_t middle = low + (high - low + 1) / 2;
        if (network->first_node[middle] <= place)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* A restriction that prescribes a road which the vehicle may not drive prescribes nothing to it. (Where there is a choice, the arc's list has all.) */
static bool can_be_obeyed(const struct graph *made, const struct xd_restriction *restriction)
{
    const struct xd_network *network = made->face.network;
    const int64_t last = network->restriction_step[restriction->first_step + restriction->steps_n - 1];
    return !restriction->only || made->road_kmh[last % 2][road_of_place(network, last / 2)] > 0;
}

static bool is_banned(const struct graph *made, int32_t arc)
{
    const struct xd_topology *topology = made->face.topology;
    if (topology->arc_bans[arc] < 0)
        return false;
    for (const int32_t *ban = topology->bans + topology->arc_bans[arc]; *ban >= 0; ban++) {
        const struct xd_restriction *restriction = &made->face.network->restrictions[*ban];
        if (xd_profile_is_bound(made->face.profile, made->face.network->clauses, restriction) && can_be_obeyed(made, restriction))
            return true;
    }
    return false;
}

/* The last piece of a directed edge is driven with the drawing of its road. */
static bool ends_with_drawing(const struct xd_topology *topology, int32_t directed)
{
    return topology->piece_step[xd_topology_last_piece(topology, directed)] % 2 == directed % 2;
}

static int32_t stop_ms(const struct xd_graph *graph, int32_t node, int32_t came)
{
    const uint8_t signal = graph->network->node_signal[node];
    const bool with = ends_with_drawing(graph->topology, came);
    if ((signal & (XD_NODE_FORWARD | XD_NODE_BACKWARD)) && !(signal & (with ? XD_NODE_FORWARD : XD_NODE_BACKWARD)))
        return 0;
    if (signal & XD_NODE_SIGNAL)
        return graph->profile->signal_s * 1000;
    return signal & XD_NODE_STOP ? graph->profile->stop_sign_s * 1000 : 0;
}

/* Could one go on from the state of an arc that turns back? At least a piece. */
static bool can_go_on(const struct graph *made, int32_t back)
{
    const struct xd_topology *topology = made->face.topology;
    const int32_t state = topology->tail[back];
    for (int32_t a = topology->first_out[state]; a < topology->first_out[state + 1]; a++) {
        const int32_t directed = topology->arc_edge[a];
        if (a != back && made->piece_ms[directed % 2][xd_topology_last_piece(topology, directed ^ 1)] != XD_PIECE_CLOSED && !is_banned(made, a))
            return true;
    }
    return false;
}

/* What turning takes; straight on, where the road just goes on, and where one can but turn back, it is nothing. */
static int32_t turn_ms(const struct graph *made, int32_t arc)
{
    const struct xd_topology *topology = made->face.topology;
    const struct xd_profile *profile = made->face.profile;
    const int32_t turn = topology->arc_turn[arc];
    if (turn == XD_TURN_BACK)
        return can_go_on(made, arc) ? profile->u_turn_s * 1000 : 0;
    if (made->met_n[topology->state_junction[topology->tail[arc]]] == 2)
        return 0;
    return (int32_t)((int64_t)profile->turn_s * 1000 * turn * turn / (180 * 180));
}

/* Back over the edge one came by, in the middle of the vehicle's road. */
static bool turns_midway(const struct graph *made, int32_t arc)
{
    const struct xd_topology *topology = made->face.topology;
    const int32_t state = topology->tail[arc], junction = topology->state_junction[state], came = topology->state_edge[state];
    return came >= 0 && topology->arc_edge[arc] == (came ^ 1) && made->met_n[junction] == 2 && !topology->junction_stands[junction];
}

static struct xd_turn weigh_turn(const struct graph *made, int32_t arc)
{
    const struct xd_graph *graph = &made->face;
    const struct xd_topology *topology = graph->topology;
    const int32_t node = topology->junction_node[topology->state_junction[topology->tail[arc]]], barrier = graph->network->node_barrier[node];
    struct xd_turn turn = {0, 0};
    if (turns_midway(made, arc) || is_banned(made, arc))
        return (struct xd_turn){XD_FAR_WAY, XD_FAR_WAY};
    if (topology->turn_costs)
        turn.time_ms = turn_ms(made, arc) + stop_ms(graph, node, topology->state_edge[topology->tail[arc]]);
    if (barrier >= 0) {
        const struct xd_barrier_use use = xd_profile_barrier_use(graph->profile, graph->network->clauses, &graph->network->barriers[barrier]);
        if (use.pass == XD_PASS_NO)
            return (struct xd_turn){XD_FAR_WAY, XD_FAR_WAY};
        turn.time_ms += use.delay_s * 1000;
        turn.cost_ms = use.pass == XD_PASS_END_ONLY ? graph->profile->end_only_barrier_s * 1000 : 0;
    }
    turn.cost_ms += turn.time_ms;
    return turn;
}

static void weigh_arcs(struct graph *made)
{
    const struct xd_topology *topology = made->face.topology;
    for (int32_t e = 0; e < topology->edges_n; e++)
        for (int direction = 0; direction < XD_DIRECTIONS_N; direction++)
            made->edge_weight[2 * e + direction] = weigh_edge(made, e, direction);
    for (int32_t a = 0; a < topology->arcs_n; a++) {
        const struct xd_turn turn = weigh_turn(made, a);
        const struct xd_way edge = xd_way_of_short(made->edge_weight[topology->arc_edge[a]]);
        const struct xd_way way = turn.cost_ms >= XD_FAR_WAY ? xd_way_none() : xd_way_sum(edge, (struct xd_way){turn.cost_ms, turn.time_ms, 0, 0});
        made->turn[a] = turn;
        made->weight[a] = xd_short_way_of(way);
        made->face.open_arcs_n += made->weight[a].cost_ms < XD_FAR_WAY;
        made->face.has_costs = made->face.has_costs || turn.cost_ms != turn.time_ms;
    }
}

/* ---- what hangs together ---- */

static enum xd_status find_components(struct graph *made, struct xd_error *error)
{
    const struct xd_topology *topology = made->face.topology;
    int32_t *first = xd_alloc((size_t)topology->states_n + 1, sizeof *first), *head = xd_alloc((size_t)topology->arcs_n + 1, sizeof *head);
    enum xd_status status =
        first && head ? XD_OK : xd_fail_memory(error, "the components of the road graph", (size_t)topology->arcs_n * sizeof *head);
    if (status == XD_OK) {
        int32_t n = 0;
        for (int32_t s = 0; s < topology->states_n; s++) {
            first[s] = n;
            for (int32_t a = topology->first_out[s]; a < topology->first_out[s + 1]; a++)
                if (made->weight[a].cost_ms < XD_FAR_WAY)
                    head[n++] = topology->head[a];
        }
        first[topology->states_n] = n;
        status = xd_components_find(topology->states_n, first, head, made->component, made->order, &made->face.components_n, error);
    }
    xd_free(first);
    xd_free(head);
    return status;
}

/* ---- the frozen graph ---- */

static enum xd_status allocate(struct graph *made, struct xd_error *error)
{
    const struct xd_topology *topology = made->face.topology;
    struct xd_arena *arena = &made->arena;
    const size_t pieces_n = (size_t)topology->first_piece[topology->edges_n] + 1, roads_n = (size_t)made->face.network->roads_n + 1;
    bool good = true;
    for (int direction = 0; direction < XD_DIRECTIONS_N; direction++) {
        made->piece_ms[direction] = xd_arena_alloc(arena, pieces_n, sizeof(int32_t));
        if (made->face.has_energy)
            made->face.piece_kj[direction] = made->piece_kj[direction] = xd_arena_alloc(arena, pieces_n, sizeof(int32_t));
        made->road_percent[direction] = xd_arena_alloc(arena, roads_n, sizeof(uint16_t));
        made->road_kmh[direction] = xd_arena_alloc(arena, roads_n, sizeof(int32_t));
        made->face.piece_ms[direction] = made->piece_ms[direction];
        made->face.road_percent[direction] = made->road_percent[direction];
        good = good && made->piece_ms[direction] && (made->piece_kj[direction] || !made->face.has_energy) && made->road_percent[direction] &&
               made->road_kmh[direction];
    }
    made->piece_use = xd_arena_alloc(arena, pieces_n, 1);
    made->met_n = xd_arena_alloc_zero(arena, (size_t)topology->junctions_n + 1, 1);
    made->edge_weight = xd_arena_alloc(arena, 2 * (size_t)topology->edges_n + 1, sizeof *made->edge_weight);
    made->weight = xd_arena_alloc(arena, (size_t)topology->arcs_n + 1, sizeof *made->weight);
    made->turn = xd_arena_alloc(arena, (size_t)topology->arcs_n + 1, sizeof *made->turn);
    made->component = xd_arena_alloc(arena, (size_t)topology->states_n + 1, sizeof *made->component);
    made->order = xd_arena_alloc(arena, (size_t)topology->states_n + 1, sizeof *made->order);
    if (!good || !made->piece_use || !made->met_n || !made->edge_weight || !made->weight || !made->turn || !made->component || !made->order)
        return xd_fail_memory(error, "the weights of the road graph", pieces_n * 9 + (size_t)topology->arcs_n * 24);
    return XD_OK;
}

static void show(struct graph *made)
{
    const struct xd_topology *topology = made->face.topology;
    made->face.nodes_n = topology->states_n;
    made->face.arcs_n = topology->arcs_n;
    made->face.first_out = topology->first_out;
    made->face.head = topology->head;
    made->face.weight = made->weight;
    made->face.turn = made->turn;
    made->face.piece_use = made->piece_use;
    made->face.component = made->component;
}

enum xd_status xd_graph_weigh(const struct xd_topology *topology, const struct xd_profile *profile, const struct xd_graph_conditions *conditions,
                              struct xd_graph **graph, struct xd_error *error)
{
    struct graph *made = xd_alloc_zero(1, sizeof *made);
    enum xd_status status = made ? XD_OK : xd_fail_memory(error, "the weights of the road graph", sizeof *made);
    if (status == XD_OK) {
        made->conditions = conditions ? *conditions : (struct xd_graph_conditions){0};
        made->face.heights = made->conditions.heights;
        made->face.has_energy = made->conditions.energy && profile->energy != XD_FUEL_NONE;
        made->face.topology = topology;
        made->face.network = topology->network;
        made->face.profile = profile;
        made->overlay_bit = xd_overlay_bit(made->conditions.overlay, profile);
        status = allocate(made, error);
    }
    if (status == XD_OK) {
        weigh_roads(made);
        weigh_pieces(made);
        count_met(made);
        weigh_arcs(made);
        status = find_components(made, error);
    }
    if (status == XD_OK) {
        show(made);
        status = xd_graph_parts_find(&made->face, made->order, made->piece_use, &made->arena, error);
    }
    if (status == XD_OK) {
        *graph = &made->face;
        made = NULL;
    }
    xd_graph_free(made ? &made->face : NULL);
    return status;
}

enum xd_status xd_graph_build(const struct xd_network *network, const struct xd_profile *profile, struct xd_graph **graph, struct xd_error *error)
{
    struct xd_topology *topology = NULL;
    enum xd_status status = xd_topology_build(network, &profile, 1, false, &topology, error);
    if (status == XD_OK)
        status = xd_graph_weigh(topology, profile, NULL, graph, error);
    if (status == XD_OK)
        ((struct graph *)*graph)->own_topology = topology; /* its first member */
    else
        xd_topology_free(topology);
    return status;
}

void xd_graph_free(struct xd_graph *graph)
{
    struct graph *made = (struct graph *)graph; /* its first member */
    if (!made)
        return;
    struct xd_arena arena = made->arena;
    xd_topology_free(made->own_topology);
    xd_free(made);
    xd_arena_free(&arena);
}
