#include "maps/elevation_roads.h"

#include "maps/elevation_solve.h"

#include <math.h>

enum { ROUNDS_MAX = 4 };

static const double shortest_cm = 100.0;    /* pieces count as at least so long */
static const double unbelieved_part = 1e-6; /* of a ground that does not count: keeps the equations solvable */

/* A piece of road between neighbouring nodes. */
struct piece {
    int32_t a, b;
    double length_cm;
    bool has_ground; /* no bridge, tunnel or ferry */
    bool is_limited; /* no footpath: those may be steep */
};

struct solving {
    const struct xd_network *network;
    const struct xd_progress *progress;
    struct xd_arena arena, scratch; /* scratch: a round's */
    int32_t nodes_n;
    struct piece *pieces;
    int64_t pieces_n;
    double *ground_cm;            /* nodes */
    double *weight;               /* nodes: of the ground */
    double *height_cm;            /* nodes */
    double *away_cm;              /* nodes: from the nearest ground, along the roads */
    bool *is_known;               /* nodes: has ground, or is near to it */
    bool *is_believed;            /* nodes */
    struct xd_height_link *links; /* pieces */
    double reach_cm;
    int32_t iterations_n, unbelieved_n;
};

static enum xd_status solving_create(struct solving *s, const struct xd_elevation *elevation, struct xd_error *error)
{
    const size_t n = (size_t)s->nodes_n;
    const int64_t pieces_max = s->network->first_node[s->network->roads_n];
    double **const arrays[] = {&s->ground_cm, &s->weight, &s->height_cm, &s->away_cm};
    bool is_made = true;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(arrays); i++) {
        *arrays[i] = xd_arena_alloc_zero(&s->arena, n, sizeof(double));
        is_made = is_made && *arrays[i];
    }
    s->is_known = xd_arena_alloc_zero(&s->arena, n, sizeof(bool));
    s->is_believed = xd_arena_alloc_zero(&s->arena, n, sizeof(bool));
    s->pieces = xd_arena_alloc(&s->arena, (size_t)pieces_max, sizeof *s->pieces);
    s->links = xd_arena_alloc(&s->arena, (size_t)pieces_max, sizeof *s->links);
    if (!is_made || !s->is_known || !s->is_believed || !s->pieces || !s->links)
        return xd_fail_memory(error, "heights of roads", n * 34 + (size_t)pieces_max * (sizeof *s->pieces + sizeof *s->links));
    for (int32_t v = 0; v < s->nodes_n; v++) {
        const int32_t cm = xd_elevation_height_cm(elevation, s->network->node_position[v]);
        s->is_known[v] = s->is_believed[v] = cm != XD_ELEVATION_UNKNOWN_CM;
        s->ground_cm[v] = s->is_known[v] ? (double)cm : 0.0;
    }
    return XD_OK;
}

static void gather_pieces(struct solving *s)
{
    const struct xd_network *network = s->network;
    for (int32_t r = 0; r < network->roads_n; r++) {
        const struct xd_road *road = &network->roads[r];
        const bool has_ground = (road->flags & (XD_ROAD_BRIDGE | XD_ROAD_TUNNEL)) == 0 && road->road_class != XD_ROAD_FERRY;
        for (int64_t k = network->first_node[r]; k + 1 < network->first_node[r + 1]; k++) {
            const int32_t a = network->road_node[k], b = network->road_node[k + 1];
            const double length_cm = xd_distance_m(network->node_position[a], network->node_position[b]) * 100.0;
            if (a != b)
                s->pieces[s->pieces_n++] = (struct piece){.a = a,
                                                          .b = b,
                                                          .length_cm = length_cm < shortest_cm ? shortest_cm : length_cm,
                                                          .has_ground = has_ground,
                                                          .is_limited = road->road_class != XD_ROAD_PATH};
        }
    }
}

/* Nodes without ground take that of the nearest node that has some, up to XD_ELEVATION_GAP_M along the roads, as a first guess; it weighs nothing.
 */
static void bridge_gaps(struct solving *s)
{
    double *away_cm = s->away_cm;
    bool is_moving = true;
    for (int32_t v = 0; v < s->nodes_n; v++)
        away_cm[v] = s->is_known[v] ? 0.0 : XD_ELEVATION_GAP_M * 100.0;
    while (is_moving) {
        is_moving = false;
        for (int64_t e = 0; e < s->pieces_n; e++) {
            const struct piece *piece = &s->pieces[e];
            for (int32_t side = 0; side < 2; side++) {
                const int32_t from = side == 0 ? piece->a : piece->b, to = side == 0 ? piece->b : piece->a;
                if (!s->is_known[from] || away_cm[from] + piece->length_cm >= away_cm[to])
                    continue;
                away_cm[to] = away_cm[from] + piece->length_cm;
                s->ground_cm[to] = s->ground_cm[from];
                s->is_known[to] = true;
                is_moving = true;
            }
        }
    }
}

/* Weight of the ground: half of the pieces around that lie on it. */
static void weigh(struct solving *s)
{
    for (int32_t v = 0; v < s->nodes_n; v++)
        s->weight[v] = 0.0;
    for (int64_t e = 0; e < s->pieces_n; e++) {
        const struct piece *piece = &s->pieces[e];
        const double half_cm = 0.5 * piece->length_cm;
        s->weight[piece->a] += half_cm * (piece->has_ground && s->is_believed[piece->a] ? 1.0 : unbelieved_part);
        s->weight[piece->b] += half_cm * (piece->has_ground && s->is_believed[piece->b] ? 1.0 : unbelieved_part);
    }
}

static bool is_coupled(const struct solving *s, const struct piece *piece)
{
    return s->is_known[piece->a] && s->is_known[piece->b];
}

static enum xd_status solve(struct solving *s, struct xd_error *error)
{
    int32_t links_n = 0;
    for (int64_t e = 0; e < s->pieces_n; e++) {
        const struct piece *piece = &s->pieces[e];
        if (is_coupled(s, piece))
            s->links[links_n++] = (struct xd_height_link){piece->a, piece->b, s->reach_cm * s->reach_cm / piece->length_cm};
    }
    const enum xd_status status =
        xd_heights_solve(s->nodes_n, s->weight, s->ground_cm, s->links, links_n, &s->scratch, s->progress, s->height_cm, &s->iterations_n, error);
    xd_arena_reset(&s->scratch);
    return status;
}

/* The ground at the ends of pieces that are too steep is left out from now on; how many nodes that are. */
static int32_t disbelieve(struct solving *s)
{
    int32_t found_n = 0;
    for (int64_t e = 0; e < s->pieces_n; e++) {
        const struct piece *piece = &s->pieces[e];
        if (!piece->is_limited || !is_coupled(s, piece) ||
            fabs(s->height_cm[piece->a] - s->height_cm[piece->b]) * 100.0 <= piece->length_cm * XD_ELEVATION_GRADE_LIMIT_PERCENT)
            continue;
        found_n += s->is_believed[piece->a] + s->is_believed[piece->b];
        s->is_believed[piece->a] = s->is_believed[piece->b] = false;
    }
    s->unbelieved_n += found_n;
    return found_n;
}

static enum xd_status find_heights(struct solving *s, const struct xd_elevation *elevation, struct xd_error *error)
{
    enum xd_status status = solving_create(s, elevation, error);
    if (status != XD_OK)
        return status;
    gather_pieces(s);
    bridge_gaps(s);
    for (int32_t v = 0; v < s->nodes_n; v++)
        s->height_cm[v] = s->ground_cm[v];
    int32_t found_n = 1;
    for (int32_t round = 0; status == XD_OK && round < ROUNDS_MAX && found_n > 0; round++) {
        weigh(s);
        status = solve(s, error);
        found_n = status == XD_OK ? disbelieve(s) : 0;
    }
    return status;
}

enum xd_status xd_road_heights_create(const struct xd_elevation *elevation, const struct xd_network *network, int32_t reach_m,
                                      const struct xd_progress *progress, struct xd_road_heights **heights, struct xd_error *error)
{
    struct solving s = {.network = network, .progress = progress, .nodes_n = network->nodes_n, .reach_cm = reach_m * 100.0};
    struct xd_road_heights *made = xd_alloc_zero(1, sizeof *made);
    int32_t *node_cm = xd_alloc((size_t)network->nodes_n, sizeof *node_cm);
    enum xd_status status = made && node_cm ? XD_OK : xd_fail_memory(error, "heights of roads", (size_t)network->nodes_n * sizeof *node_cm);
    if (status == XD_OK)
        status = find_heights(&s, elevation, error);
    if (status == XD_OK) {
        *made =
            (struct xd_road_heights){.nodes_n = network->nodes_n, .node_cm = node_cm, .iterations_n = s.iterations_n, .unbelieved_n = s.unbelieved_n};
        for (int32_t v = 0; v < network->nodes_n; v++) {
            node_cm[v] = s.is_known[v] ? (int32_t)floor(s.height_cm[v] + 0.5) : XD_ELEVATION_UNKNOWN_CM;
            made->unknown_n += s.is_known[v] ? 0 : 1;
        }
        *heights = made;
    } else {
        xd_free(node_cm);
        xd_free(made);
    }
    xd_arena_free(&s.arena);
    xd_arena_free(&s.scratch);
    return status;
}

void xd_road_heights_free(struct xd_road_heights *heights)
{
    if (!heights)
        return;
    xd_free(heights->node_cm);
    xd_free(heights);
}

int32_t xd_road_heights_rise_cm(const struct xd_road_heights *heights, int32_t a, int32_t b)
{
    const int32_t a_cm = heights->node_cm[a], b_cm = heights->node_cm[b];
    return a_cm == XD_ELEVATION_UNKNOWN_CM || b_cm == XD_ELEVATION_UNKNOWN_CM ? 0 : b_cm - a_cm;
}
