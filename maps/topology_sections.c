#include "maps/curvature.h"
#include "maps/road_map_sections.h"

/* What is one number. */
struct facts {
    int64_t pieces_n;
    int32_t junctions_n, edges_n, states_n, arcs_n, bans_n, restrictions_used_n;
};

static void walk(struct xd_sections *sections, const struct facts *facts, struct xd_topology *topology)
{
    const int64_t directed_n = 2 * (int64_t)facts->edges_n;
    topology->junction_node = xd_section_walk(sections, topology->junction_node, facts->junctions_n, sizeof *topology->junction_node);
    topology->junction_stands = xd_section_walk(sections, topology->junction_stands, facts->junctions_n, sizeof *topology->junction_stands);
    topology->edge_tail = xd_section_walk(sections, topology->edge_tail, facts->edges_n, sizeof *topology->edge_tail);
    topology->edge_head = xd_section_walk(sections, topology->edge_head, facts->edges_n, sizeof *topology->edge_head);
    topology->first_piece = xd_section_walk(sections, topology->first_piece, (int64_t)facts->edges_n + 1, sizeof *topology->first_piece);
    topology->point = xd_section_walk(sections, topology->point, facts->pieces_n + facts->edges_n, sizeof *topology->point);
    topology->piece_length_cm = xd_section_walk(sections, topology->piece_length_cm, facts->pieces_n, sizeof *topology->piece_length_cm);
    topology->piece_road = xd_section_walk(sections, topology->piece_road, facts->pieces_n, sizeof *topology->piece_road);
    for (int end = 0; end < 2; end++)
        topology->piece_radius_m[end] = xd_section_walk(sections, topology->piece_radius_m[end], facts->pieces_n, sizeof(uint16_t));
    topology->piece_step = xd_section_walk(sections, topology->piece_step, facts->pieces_n, sizeof *topology->piece_step);
    topology->state_junction = xd_section_walk(sections, topology->state_junction, facts->states_n, sizeof *topology->state_junction);
    topology->state_edge = xd_section_walk(sections, topology->state_edge, facts->states_n, sizeof *topology->state_edge);
    topology->arrival = xd_section_walk(sections, topology->arrival, directed_n, sizeof *topology->arrival);
    topology->first_out = xd_section_walk(sections, topology->first_out, (int64_t)facts->states_n + 1, sizeof *topology->first_out);
    topology->head = xd_section_walk(sections, topology->head, facts->arcs_n, sizeof *topology->head);
    topology->tail = xd_section_walk(sections, topology->tail, facts->arcs_n, sizeof *topology->tail);
    topology->arc_edge = xd_section_walk(sections, topology->arc_edge, facts->arcs_n, sizeof *topology->arc_edge);
    topology->arc_bans = xd_section_walk(sections, topology->arc_bans, facts->arcs_n, sizeof *topology->arc_bans);
    topology->bans = xd_section_walk(sections, topology->bans, facts->bans_n, sizeof *topology->bans);
    topology->entry_first = xd_section_walk(sections, topology->entry_first, directed_n + 1, sizeof *topology->entry_first);
    topology->entry_arc = xd_section_walk(sections, topology->entry_arc, facts->arcs_n, sizeof *topology->entry_arc);
}

static int32_t bans_n(const struct xd_topology *topology)
{
    int32_t n = 0;
    for (int32_t a = 0; a < topology->arcs_n; a++) {
        if (topology->arc_bans[a] < n) /* also where there are none */
            continue;
        n = topology->arc_bans[a];
        while (topology->bans[n++] >= 0)
            ;
    }
    return n;
}

void xd_topology_list(const struct xd_topology *topology, struct xd_sections *sections)
{
    struct xd_topology copy = *topology;
    const struct facts facts = {.pieces_n = topology->first_piece[topology->edges_n],
                                .junctions_n = topology->junctions_n,
                                .edges_n = topology->edges_n,
                                .states_n = topology->states_n,
                                .arcs_n = topology->arcs_n,
                                .bans_n = bans_n(topology),
                                .restrictions_used_n = topology->restrictions_used_n};
    sections->is_wrong = sections->is_wrong || topology->turn_costs;
    (void)xd_section_copy(sections, &facts, sizeof facts);
    walk(sections, &facts, &copy);
}

/* ---- what indexes what ---- */

static bool are_counts(const struct facts *facts)
{
    return facts->pieces_n >= 0 && facts->pieces_n <= XD_NETWORK_ROAD_NODES_MAX && facts->junctions_n >= 0 && facts->edges_n >= 0 &&
           facts->edges_n <= INT32_MAX / 4 && facts->states_n >= 0 && facts->states_n < INT32_MAX / 2 && facts->arcs_n >= 0 &&
           facts->arcs_n < INT32_MAX / 2 && facts->bans_n >= 0;
}

/* The longest edge of several pieces must fit, and no length be less than nothing. */
static bool are_lengths(const struct xd_topology *topology)
{
    int32_t bits = 0;
    bool fits = true;
    for (int32_t e = 0; e < topology->edges_n; e++) {
        const int64_t first = topology->first_piece[e], end = topology->first_piece[e + 1];
        int64_t length_cm = 0;
        for (int64_t p = first; p < end; p++) {
            bits |= topology->piece_length_cm[p];
            length_cm += topology->piece_length_cm[p];
        }
        fits = fits && length_cm <= (end - first > 1 ? XD_TOPOLOGY_EDGE_MAX_CM : XD_TOPOLOGY_PIECE_FAR_CM);
    }
    return bits >= 0 && fits;
}

static bool are_radii(const uint16_t *radius_m, int64_t pieces_n)
{
    uint16_t most = 0;
    for (int64_t p = 0; p < pieces_n; p++)
        most = radius_m[p] > most ? radius_m[p] : most;
    return most <= XD_CURVE_STRAIGHT_M;
}

static bool are_edges(const struct xd_topology *topology, const struct facts *facts)
{
    const struct xd_network *network = topology->network;
    const int64_t places_n = network->first_node[network->roads_n], steps_end = places_n > 0 ? 2 * (places_n - 1) : 0;
    return xd_are_within(topology->junction_node, facts->junctions_n, 0, network->nodes_n) &&
           xd_are_within(topology->edge_tail, facts->edges_n, 0, facts->junctions_n) &&
           xd_are_within(topology->edge_head, facts->edges_n, 0, facts->junctions_n) &&
           xd_are_firsts_i64(topology->first_piece, facts->edges_n, facts->pieces_n, 1) &&
           xd_are_positions(topology->point, facts->pieces_n + facts->edges_n) && are_lengths(topology) &&
           xd_are_within(topology->piece_road, facts->pieces_n, 0, network->roads_n) && are_radii(topology->piece_radius_m[0], facts->pieces_n) &&
           are_radii(topology->piece_radius_m[1], facts->pieces_n) && xd_are_within(topology->piece_step, facts->pieces_n, 0, (int32_t)steps_end);
}

/* Arcs begin where their tail is, and end where their edge does. */
static bool are_arcs(const struct xd_topology *topology)
{
    for (int32_t s = 0; s < topology->states_n; s++)
        for (int32_t a = topology->first_out[s]; a < topology->first_out[s + 1]; a++)
            if (topology->tail[a] != s || topology->state_junction[s] != xd_topology_from(topology, topology->arc_edge[a]) ||
                topology->state_junction[topology->head[a]] != xd_topology_to(topology, topology->arc_edge[a]))
                return false;
    return true;
}

static bool are_entries(const struct xd_topology *topology)
{
    for (int32_t d = 0; d < 2 * topology->edges_n; d++) {
        if (topology->state_junction[topology->arrival[d]] != xd_topology_to(topology, d))
            return false;
        for (int32_t i = topology->entry_first[d]; i < topology->entry_first[d + 1]; i++)
            if (topology->arc_edge[topology->entry_arc[i]] != d)
                return false;
    }
    return true;
}

static bool are_states(const struct xd_topology *topology, const struct facts *facts)
{
    const int32_t directed_n = 2 * facts->edges_n;
    return xd_are_within(topology->state_junction, facts->states_n, 0, facts->junctions_n) &&
           xd_are_within(topology->state_edge, facts->states_n, -1, directed_n) && xd_are_within(topology->arrival, directed_n, 0, facts->states_n) &&
           xd_are_firsts(topology->first_out, facts->states_n, facts->arcs_n) && xd_are_within(topology->head, facts->arcs_n, 0, facts->states_n) &&
           xd_are_within(topology->arc_edge, facts->arcs_n, 0, directed_n) && xd_are_within(topology->arc_bans, facts->arcs_n, -1, facts->bans_n) &&
           xd_are_within(topology->bans, facts->bans_n, -1, topology->network->restrictions_n) &&
           (facts->bans_n == 0 || topology->bans[facts->bans_n - 1] == -1) && xd_are_firsts(topology->entry_first, directed_n, facts->arcs_n) &&
           xd_are_within(topology->entry_arc, facts->arcs_n, 0, facts->arcs_n) && are_arcs(topology) && are_entries(topology);
}

enum xd_status xd_topology_take(struct xd_sections *sections, const struct xd_network *network, struct xd_topology **topology, struct xd_error *error)
{
    struct xd_topology arrays = {.network = network};
    const struct facts *facts = xd_section_copy(sections, NULL, sizeof *facts);
    *topology = NULL;
    sections->is_wrong = sections->is_wrong || !are_counts(facts);
    if (sections->is_wrong)
        return XD_OK;
    walk(sections, facts, &arrays);
    arrays.junctions_n = facts->junctions_n;
    arrays.edges_n = facts->edges_n;
    arrays.states_n = facts->states_n;
    arrays.arcs_n = facts->arcs_n;
    arrays.restrictions_used_n = facts->restrictions_used_n;
    sections->is_wrong = sections->is_wrong || !are_edges(&arrays, facts) || !are_states(&arrays, facts);
    return sections->is_wrong ? XD_OK : xd_topology_borrow(&arrays, topology, error);
}
