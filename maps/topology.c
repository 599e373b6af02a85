/* From the network's roads to edges: roads are cut at nodes where more than two pieces meet or something stands, then joined where one road simply goes
 * on as another. Only the cuts are looked at one by one; the points between them are passed over in file order. */
#include "maps/topology.h"

#include "base/arena.h"
#include "base/sort.h"
#include "maps/curvature.h"
#include "maps/node_signal.h"
#include "maps/turn_states.h"

#include <string.h>

enum { NOT_JOINED = -1, DEGREE_MANY = 3 };

struct topology {
    struct xd_topology face; /* first */
    struct xd_arena arena;
};

_Static_assert(XD_PROFILES_MAX <= 32, "a bit for each vehicle");

/* A stretch of a road without a cut, between the nodes node[0] and node[1]. */
struct segment {
    int64_t first_piece; /* place of its first point in network->road_node */
    int32_t pieces_n, road;
    int32_t node[2];
    int64_t length_cm;
};

/* Segments in the order in which an edge runs through them: segment * 2 + (1 when against its road). */
struct chain {
    int64_t first_step;
    int32_t steps_n;
    int32_t node[2]; /* where it begins and ends */
    int64_t pieces_n;
};

struct builder {
    const struct xd_network *network;
    bool turn_costs;
    uint32_t *users;     /* roads_n: bits of the vehicles that can use it in some direction */
    uint32_t *end_users; /* nodes_n: those of a road that ends there */
    uint8_t *degree;     /* nodes_n: pieces that meet there, DEGREE_MANY for more */
    uint8_t *is_cut;     /* nodes_n */
    uint16_t *radius_m;  /* by place in road_node */
    int32_t *piece_cm;   /* by place in road_node */
    struct segment *segments;
    size_t segments_n, segments_max;
    int32_t *mate;      /* 2 * segments_n: the segment's end that goes on from this one (segment * 2 + end), or NOT_JOINED */
    uint8_t *is_walked; /* segments_n */
    int32_t *steps;     /* segments_n */
    int64_t steps_n;
    struct chain *chains;
    size_t chains_n, chains_max;
    int64_t pieces_n;
};

static void builder_free(struct builder *builder)
{
    xd_free(builder->users);
    xd_free(builder->end_users);
    xd_free(builder->degree);
    xd_free(builder->is_cut);
    xd_free(builder->radius_m);
    xd_free(builder->piece_cm);
    xd_free(builder->segments);
    xd_free(builder->mate);
    xd_free(builder->is_walked);
    xd_free(builder->steps);
    xd_free(builder->chains);
}

/* ---- where to cut ---- */

static void count_degree(struct builder *builder, int32_t node, int more)
{
    const int degree = builder->degree[node] + more;
    builder->degree[node] = (uint8_t)(degree < DEGREE_MANY ? degree : DEGREE_MANY);
}

/* Where two roads of different users meet, one of them ends for somebody. */
static void end_road(struct builder *builder, int32_t node, uint32_t users)
{
    count_degree(builder, node, 1);
    if (builder->end_users[node] != 0 && builder->end_users[node] != users)
        count_degree(builder, node, DEGREE_MANY);
    builder->end_users[node] = users;
}

static void use_roads(struct builder *builder, const struct xd_profile *const *profiles, int32_t profiles_n)
{
    const struct xd_network *network = builder->network;
    for (int32_t r = 0; r < network->roads_n; r++) {
        const struct xd_road *road = &network->roads[r];
        for (int32_t i = 0; i < profiles_n; i++)
            if (xd_profile_speed_kmh(profiles[i], network->clauses, road, 1) > 0 || xd_profile_speed_kmh(profiles[i], network->clauses, road, -1) > 0)
                builder->users[r] |= UINT32_C(1) << i;
        if (builder->users[r] == 0)
            continue;
        const int64_t first = network->first_node[r], last = network->first_node[r + 1] - 1;
        end_road(builder, network->road_node[first], builder->users[r]);
        for (int64_t i = first + 1; i < last; i++)
            count_degree(builder, network->road_node[i], 2);
        end_road(builder, network->road_node[last], builder->users[r]);
    }
}

/* Where the k-th step of a restriction ends. */
static int32_t restriction_node(const struct xd_network *network, int32_t restriction, int32_t k)
{
    const int64_t step = network->restriction_step[network->restrictions[restriction].first_step + k];
    return network->road_node[step / 2 + (step % 2 ? 0 : 1)];
}

/* The nodes that a restriction passes are junctions, and so is where something stands that may stop or hold up a vehicle. */
static void cut_nodes(struct builder *builder)
{
    const struct xd_network *network = builder->network;
    for (int32_t v = 0; v < network->nodes_n; v++)
        builder->is_cut[v] = builder->degree[v] > 0 && (builder->degree[v] != 2 || network->node_barrier[v] >= 0 ||
                                                        (builder->turn_costs && (network->node_signal[v] & (XD_NODE_SIGNAL | XD_NODE_STOP))));
    for (int32_t i = 0; i < network->restrictions_n; i++)
        for (int32_t k = 0; k + 1 < network->restrictions[i].steps_n; k++) {
            const int32_t via = restriction_node(network, i, k);
            builder->is_cut[via] = builder->degree[via] > 0;
        }
}

int32_t xd_topology_piece_cm(const struct xd_network *network, int64_t place)
{
    const double m = xd_distance_m(network->node_position[network->road_node[place]], network->node_position[network->road_node[place + 1]]);
    const int64_t cm = (int64_t)(m * 100.0 + 0.5);
    return cm < XD_TOPOLOGY_PIECE_FAR_CM ? (int32_t)cm : XD_TOPOLOGY_PIECE_FAR_CM;
}

static enum xd_status add_segment(struct builder *builder, struct segment segment, struct xd_error *error)
{
    enum xd_status status = xd_array_reserve((void **)&builder->segments, &builder->segments_max, builder->segments_n + 1, sizeof *builder->segments,
                                             INT32_MAX / 4, "stretches of road", error);
    if (status == XD_OK)
        builder->segments[builder->segments_n++] = segment;
    return status;
}

static enum xd_status cut_road(struct builder *builder, int32_t r, struct xd_error *error)
{
    const struct xd_network *network = builder->network;
    const int64_t first = network->first_node[r], last = network->first_node[r + 1] - 1;
    for (int64_t i = first; i <= last; i++)
        builder->radius_m[i] = xd_curve_radius_m(network, r, i);
    struct segment segment = {.first_piece = first, .road = r, .node = {network->road_node[first], -1}};
    enum xd_status status = XD_OK;
    for (int64_t i = first; i < last && status == XD_OK; i++) {
        const int32_t node = network->road_node[i + 1];
        builder->piece_cm[i] = xd_topology_piece_cm(network, i);
        if (segment.pieces_n > 0 && segment.length_cm + builder->piece_cm[i] > XD_TOPOLOGY_EDGE_MAX_CM) {
            segment.node[1] = network->road_node[i];
            builder->is_cut[segment.node[1]] = 1;
            status = add_segment(builder, segment, error);
            segment = (struct segment){.first_piece = i, .road = r, .node = {segment.node[1], -1}};
        }
        segment.length_cm += builder->piece_cm[i];
        segment.pieces_n++;
        if (status != XD_OK || (i + 1 < last && !builder->is_cut[node]))
            continue;
        segment.node[1] = node;
        status = add_segment(builder, segment, error);
        segment = (struct segment){.first_piece = i + 1, .road = r, .node = {node, -1}};
    }
    return status;
}

static enum xd_status cut_roads(struct builder *builder, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    for (int32_t r = 0; r < builder->network->roads_n && status == XD_OK; r++)
        if (builder->users[r] != 0)
            status = cut_road(builder, r, error);
    return status;
}

/* ---- chains ---- */

/* Ends of segments that meet at an uncut node come in twos: no third piece is there. */
static enum xd_status join_segments(struct builder *builder, struct xd_error *error)
{
    const size_t ends_n = 2 * builder->segments_n;
    int64_t *keys = xd_alloc(ends_n + 1, sizeof *keys), *scratch = xd_alloc(ends_n + 1, sizeof *scratch);
    builder->mate = xd_alloc(ends_n + 1, sizeof *builder->mate);
    builder->is_walked = xd_alloc_zero(builder->segments_n + 1, 1);
    builder->steps = xd_alloc(builder->segments_n + 1, sizeof *builder->steps);
    if (!keys || !scratch || !builder->mate || !builder->is_walked || !builder->steps) {
        xd_free(keys);
        xd_free(scratch);
        return xd_fail_memory(error, "the road graph", ends_n * 5 * sizeof *keys / 2);
    }
    size_t n = 0;
    for (size_t s = 0; s < builder->segments_n; s++)
        for (int end = 0; end < 2; end++) {
            builder->mate[2 * s + (size_t)end] = NOT_JOINED;
            if (!builder->is_cut[builder->segments[s].node[end]])
                keys[n++] = (int64_t)builder->segments[s].node[end] << 32 | (int64_t)(2 * s + (size_t)end);
        }
    xd_sort_i64(keys, scratch, n);
    for (size_t i = 0; i + 1 < n; i += 2) {
        const int32_t a = (int32_t)(keys[i] & INT32_MAX), b = (int32_t)(keys[i + 1] & INT32_MAX);
        builder->mate[a] = b;
        builder->mate[b] = a;
    }
    xd_free(keys);
    xd_free(scratch);
    return XD_OK;
}

/* From a segment's end at a cut to the next cut; a chain that would grow too long is cut at a joint, and the next goes on from there. */
static enum xd_status walk(struct builder *builder, int32_t segment_end, struct xd_error *error)
{
    bool goes_on = true;
    while (goes_on) {
        struct chain chain = {.first_step = builder->steps_n, .node = {builder->segments[segment_end / 2].node[segment_end % 2], -1}};
        int64_t length_cm = 0;
        goes_on = false;
        for (;;) {
            const int32_t s = segment_end / 2, far_end = segment_end ^ 1;
            const struct segment *segment = &builder->segments[s];
            builder->is_walked[s] = 1;
            builder->steps[builder->steps_n++] = s * 2 + segment_end % 2;
            length_cm += segment->length_cm;
            chain.pieces_n += segment->pieces_n;
            chain.node[1] = segment->node[far_end % 2];
            segment_end = builder->mate[far_end];
            if (segment_end == NOT_JOINED)
                break;
            if (length_cm + builder->segments[segment_end / 2].length_cm > XD_TOPOLOGY_EDGE_MAX_CM) {
                builder->is_cut[chain.node[1]] = 1;
                builder->mate[far_end] = builder->mate[segment_end] = NOT_JOINED;
                goes_on = true;
                break;
            }
        }
        chain.steps_n = (int32_t)(builder->steps_n - chain.first_step);
        builder->pieces_n += chain.pieces_n;
        enum xd_status status = xd_array_reserve((void **)&builder->chains, &builder->chains_max, builder->chains_n + 1, sizeof *builder->chains,
                                                 INT32_MAX / 4, "edges of the road graph", error);
        if (status != XD_OK)
            return status;
        builder->chains[builder->chains_n++] = chain;
    }
    return XD_OK;
}

static enum xd_status walk_chains(struct builder *builder, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    for (size_t s = 0; s < builder->segments_n && status == XD_OK; s++)
        for (int end = 0; end < 2 && status == XD_OK; end++)
            if (!builder->is_walked[s] && builder->mate[2 * s + (size_t)end] == NOT_JOINED)
                status = walk(builder, (int32_t)(2 * s) + end, error);
    /* What is left are rings that nothing else joins: each begins where its first segment does. */
    for (size_t s = 0; s < builder->segments_n && status == XD_OK; s++) {
        if (builder->is_walked[s])
            continue;
        builder->is_cut[builder->segments[s].node[0]] = 1;
        builder->mate[builder->mate[2 * s]] = NOT_JOINED;
        builder->mate[2 * s] = NOT_JOINED;
        status = walk(builder, (int32_t)(2 * s), error);
    }
    return status;
}

/* ---- the frozen edges ---- */

struct frozen {
    int32_t *junction_node, *edge_tail, *edge_head, *piece_length_cm, *piece_road, *piece_step;
    uint8_t *junction_stands;
    int64_t *first_piece;
    uint16_t *piece_radius_m[2];
    struct xd_position *point;
};

static void mark_restrictions(const struct xd_network *network, const int32_t *junction_of, uint8_t *junction_stands)
{
    for (int32_t i = 0; i < network->restrictions_n; i++)
        for (int32_t k = 0; k + 1 < network->restrictions[i].steps_n; k++) {
            const int32_t junction = junction_of[restriction_node(network, i, k)];
            if (junction >= 0)
                junction_stands[junction] = 1;
        }
}

static enum xd_status number_junctions(const struct builder *builder, struct topology *made, struct frozen *frozen, int32_t *junction_of,
                                       struct xd_error *error)
{
    const int32_t nodes_n = builder->network->nodes_n;
    int32_t n = 0;
    for (int32_t v = 0; v < nodes_n; v++)
        junction_of[v] = builder->is_cut[v] ? n++ : -1;
    frozen->junction_node = xd_arena_alloc(&made->arena, (size_t)n + 1, sizeof *frozen->junction_node);
    frozen->junction_stands = xd_arena_alloc_zero(&made->arena, (size_t)n + 1, 1);
    if (!frozen->junction_node || !frozen->junction_stands)
        return xd_fail_memory(error, "the road graph", (size_t)n * sizeof *frozen->junction_node);
    for (int32_t v = 0; v < nodes_n; v++)
        if (junction_of[v] >= 0) {
            frozen->junction_node[junction_of[v]] = v;
            frozen->junction_stands[junction_of[v]] = builder->network->node_barrier[v] >= 0;
        }
    mark_restrictions(builder->network, junction_of, frozen->junction_stands);
    made->face.junctions_n = n;
    return XD_OK;
}

/* The pieces of one segment from `to` on, and the point behind each. */
static int64_t lay_segment(const struct builder *builder, int32_t step, struct frozen *frozen, int64_t to, struct xd_position *point)
{
    const struct xd_network *network = builder->network;
    const struct segment *segment = &builder->segments[step / 2];
    const int32_t against = step % 2;
    for (int32_t i = 0; i < segment->pieces_n; i++, to++) {
        const int64_t place = segment->first_piece + (against ? segment->pieces_n - 1 - i : i);
        point[i] = network->node_position[network->road_node[place + !against]];
        frozen->piece_length_cm[to] = builder->piece_cm[place];
        frozen->piece_road[to] = segment->road;
        frozen->piece_radius_m[0][to] = builder->radius_m[place + against];
        frozen->piece_radius_m[1][to] = builder->radius_m[place + !against];
        frozen->piece_step[to] = (int32_t)(place * 2 + against);
    }
    return to;
}

static enum xd_status freeze_edges(const struct builder *builder, struct topology *made, struct frozen *frozen, const int32_t *junction_of,
                                   struct xd_error *error)
{
    struct xd_arena *arena = &made->arena;
    const size_t edges_n = builder->chains_n, pieces_n = (size_t)builder->pieces_n;
    frozen->edge_tail = xd_arena_alloc(arena, edges_n + 1, sizeof *frozen->edge_tail);
    frozen->edge_head = xd_arena_alloc(arena, edges_n + 1, sizeof *frozen->edge_head);
    frozen->first_piece = xd_arena_alloc(arena, edges_n + 1, sizeof *frozen->first_piece);
    frozen->point = xd_arena_alloc(arena, pieces_n + edges_n + 1, sizeof *frozen->point);
    frozen->piece_length_cm = xd_arena_alloc(arena, pieces_n + 1, sizeof *frozen->piece_length_cm);
    frozen->piece_road = xd_arena_alloc(arena, pieces_n + 1, sizeof *frozen->piece_road);
    frozen->piece_step = xd_arena_alloc(arena, pieces_n + 1, sizeof *frozen->piece_step);
    for (int end = 0; end < 2; end++)
        frozen->piece_radius_m[end] = xd_arena_alloc(arena, pieces_n + 1, sizeof(uint16_t));
    if (!frozen->edge_tail || !frozen->edge_head || !frozen->first_piece || !frozen->point || !frozen->piece_length_cm || !frozen->piece_road ||
        !frozen->piece_step || !frozen->piece_radius_m[0] || !frozen->piece_radius_m[1])
        return xd_fail_memory(error, "the road graph's edges", pieces_n * (3 * sizeof(int32_t) + sizeof *frozen->point));
    int64_t to = 0;
    for (size_t e = 0; e < edges_n; e++) {
        const struct chain *chain = &builder->chains[e];
        struct xd_position *point = frozen->point + to + (int64_t)e;
        frozen->edge_tail[e] = junction_of[chain->node[0]];
        frozen->edge_head[e] = junction_of[chain->node[1]];
        frozen->first_piece[e] = to;
        *point++ = builder->network->node_position[chain->node[0]];
        for (int32_t i = 0; i < chain->steps_n; i++) {
            const int64_t next = lay_segment(builder, builder->steps[chain->first_step + i], frozen, to, point);
            point += next - to;
            to = next;
        }
    }
    frozen->first_piece[edges_n] = to;
    made->face.edges_n = (int32_t)edges_n;
    return XD_OK;
}

static void show(struct xd_topology *face, const struct frozen *frozen)
{
    face->junction_node = frozen->junction_node;
    face->junction_stands = frozen->junction_stands;
    face->edge_tail = frozen->edge_tail;
    face->edge_head = frozen->edge_head;
    face->first_piece = frozen->first_piece;
    face->point = frozen->point;
    face->piece_length_cm = frozen->piece_length_cm;
    face->piece_road = frozen->piece_road;
    face->piece_step = frozen->piece_step;
    face->piece_radius_m[0] = frozen->piece_radius_m[0];
    face->piece_radius_m[1] = frozen->piece_radius_m[1];
}

static enum xd_status freeze(const struct builder *builder, const struct xd_profile *const *profiles, int32_t profiles_n, struct topology *made,
                             struct xd_error *error)
{
    struct frozen frozen = {0};
    int32_t *junction_of = xd_alloc((size_t)builder->network->nodes_n + 1, sizeof *junction_of);
    enum xd_status status = junction_of ? XD_OK : xd_fail_memory(error, "the road graph", (size_t)builder->network->nodes_n * sizeof *junction_of);
    if (status == XD_OK)
        status = number_junctions(builder, made, &frozen, junction_of, error);
    if (status == XD_OK)
        status = freeze_edges(builder, made, &frozen, junction_of, error);
    xd_free(junction_of);
    if (status != XD_OK)
        return status;
    show(&made->face, &frozen);
    return xd_turn_states_find(&made->face, profiles, profiles_n, &made->arena, error);
}

static enum xd_status builder_start(struct builder *builder, struct xd_error *error)
{
    const struct xd_network *network = builder->network;
    const size_t nodes_n = (size_t)network->nodes_n, places_n = (size_t)network->first_node[network->roads_n];
    builder->users = xd_alloc_zero((size_t)network->roads_n + 1, sizeof *builder->users);
    builder->end_users = xd_alloc_zero(nodes_n + 1, sizeof *builder->end_users);
    builder->degree = xd_alloc_zero(nodes_n + 1, 1);
    builder->is_cut = xd_alloc_zero(nodes_n + 1, 1);
    builder->piece_cm = xd_alloc(places_n + 1, sizeof *builder->piece_cm);
    builder->radius_m = xd_alloc(places_n + 1, sizeof *builder->radius_m);
    if (!builder->radius_m || !builder->users || !builder->end_users || !builder->degree || !builder->is_cut || !builder->piece_cm)
        return xd_fail_memory(error, "the road graph", nodes_n * 2 + places_n * sizeof *builder->piece_cm);
    return XD_OK;
}

enum xd_status xd_topology_build(const struct xd_network *network, const struct xd_profile *const *profiles, int32_t profiles_n, bool turn_costs,
                                 struct xd_topology **topology, struct xd_error *error)
{
    struct builder builder = {.network = network, .turn_costs = turn_costs};
    struct topology *made = xd_alloc_zero(1, sizeof *made);
    enum xd_status status = made ? builder_start(&builder, error) : xd_fail_memory(error, "the road graph", sizeof *made);
    if (status == XD_OK) {
        made->face.network = network;
        made->face.turn_costs = turn_costs;
        use_roads(&builder, profiles, profiles_n);
        cut_nodes(&builder);
        status = cut_roads(&builder, error);
    }
    if (status == XD_OK)
        status = join_segments(&builder, error);
    if (status == XD_OK)
        status = walk_chains(&builder, error);
    if (status == XD_OK)
        status = freeze(&builder, profiles, profiles_n, made, error);
    if (status == XD_OK) {
        *topology = &made->face;
        made = NULL;
    }
    xd_topology_free(made ? &made->face : NULL);
    builder_free(&builder);
    return status;
}

enum xd_status xd_topology_borrow(const struct xd_topology *arrays, struct xd_topology **topology, struct xd_error *error)
{
    struct topology *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the road graph", sizeof *made);
    made->face = *arrays;
    *topology = &made->face;
    return XD_OK;
}

void xd_topology_free(struct xd_topology *topology)
{
    struct topology *made = (struct topology *)topology; /* its first member */
    if (!made)
        return;
    struct xd_arena arena = made->arena;
    xd_free(made);
    xd_arena_free(&arena);
}
