#include "maps/turn_states.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NONE = -1, END_OF_LIST = -1 };

/* A restriction as directed edges: path[first .. first + n), the last being the one that is forbidden, or demanded. */
struct rule {
    int32_t restriction;
    int32_t first, n;
};

/* So many edges of a rule's path are driven. */
struct under_way {
    int32_t rule, driven_n;
};

/* A state beyond the plain ones: how one came, and which rules are under way: under_way[first .. first + n), maybe none. */
struct extra {
    int32_t directed; /* the edge one came by */
    int32_t first, n;
    int32_t next; /* extra with the same hash, or NONE */
};

enum { HASH_SIZE = 4096 };

struct builder {
    struct xd_topology *topology;
    struct xd_arena *arena;
    int32_t *out_first, *out; /* directed edges that leave each junction */
    int32_t plain_n;          /* states before the extras: junctions, or directed edges with turn costs */
    int32_t *came;            /* junctions: NONE, or where it matters which edge one came by, that of the plain state */
    struct rule *rules;       /* by first edge of their path */
    int32_t rules_n;
    int32_t *path;
    size_t path_n, path_max;
    struct extra *extras;
    size_t extras_n, extras_max;
    struct under_way *under_way;
    size_t under_way_n, under_way_max;
    int32_t bucket[HASH_SIZE];
    int32_t *bans;
    size_t bans_n, bans_max;
};

/* ---- restrictions as paths of edges ---- */

/* A piece that some restriction names, and where it lies. */
struct needed {
    int32_t place;    /* in road_node */
    int32_t directed; /* edge * 2 + (1 when the edge runs against the piece's road), or NONE: in no edge */
};

static int by_place(const void *a, const void *b)
{
    const struct needed *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

static struct needed *find_needed(struct needed *needed, int32_t n, int32_t place)
{
    int32_t from = 0, to = n;
    while (from < to) {
        const int32_t middle = from + (to - from) / 2;
        if (needed[middle].place < place)
            from = middle + 1;
        else
            to = middle;
    }
    return from < n && needed[from].place == place ? &needed[from] : NULL;
}

static enum xd_status list_needed(const struct xd_topology *topology, struct needed **needed, int32_t *needed_n, struct xd_error *error)
{
    const struct xd_network *network = topology->network;
    int64_t steps_n = 0;
    for (int32_t i = 0; i < network->restrictions_n; i++)
        steps_n += network->restrictions[i].steps_n;
    struct needed *made = xd_alloc((size_t)steps_n + 1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "turn restrictions", (size_t)steps_n * sizeof *made);
    int32_t n = 0;
    for (int32_t i = 0; i < network->restrictions_n; i++)
        for (int32_t k = 0; k < network->restrictions[i].steps_n; k++)
            made[n++] = (struct needed){(int32_t)(network->restriction_step[network->restrictions[i].first_step + k] / 2), NONE};
    qsort(made, (size_t)n, sizeof *made, by_place);
    for (int32_t e = 0; e < topology->edges_n && n > 0; e++)
        for (int64_t p = topology->first_piece[e]; p < topology->first_piece[e + 1]; p++) {
            const int32_t step = topology->piece_step[p];
            struct needed *here = find_needed(made, n, step / 2);
            for (; here && here < made + n && here->place == step / 2; here++)
                here->directed = e * 2 + step % 2;
        }
    *needed = made;
    *needed_n = n;
    return XD_OK;
}

static enum xd_status push_path(struct builder *builder, int32_t directed, struct xd_error *error)
{
    enum xd_status status = xd_array_reserve((void **)&builder->path, &builder->path_max, builder->path_n + 1, sizeof *builder->path, INT32_MAX / 2,
                                             "steps of turn restrictions", error);
    if (status == XD_OK)
        builder->path[builder->path_n++] = directed;
    return status;
}

/* The restriction's path, when all its pieces lie in edges that follow each other. */
static enum xd_status add_rule(struct builder *builder, int32_t restriction, struct needed *needed, int32_t needed_n, struct xd_error *error)
{
    const struct xd_topology *topology = builder->topology;
    const struct xd_network *network = topology->network;
    const struct xd_restriction *from = &network->restrictions[restriction];
    struct rule rule = {.restriction = restriction, .first = (int32_t)builder->path_n};
    enum xd_status status = XD_OK;
    int32_t last = NONE;
    for (int32_t k = 0; k < from->steps_n && status == XD_OK; k++) {
        const int64_t step = network->restriction_step[from->first_step + k];
        const struct needed *here = find_needed(needed, needed_n, (int32_t)(step / 2));
        if (!here || here->directed == NONE) {
            builder->path_n = (size_t)rule.first;
            return XD_OK;
        }
        const int32_t directed = here->directed ^ (int32_t)(step % 2);
        if (last != NONE && xd_topology_to(topology, last) != xd_topology_from(topology, directed)) {
            builder->path_n = (size_t)rule.first;
            return XD_OK;
        }
        status = push_path(builder, directed, error);
        last = directed;
    }
    rule.n = (int32_t)(builder->path_n - (size_t)rule.first);
    if (status != XD_OK || rule.n < 2) {
        builder->path_n = (size_t)rule.first;
        return status;
    }
    builder->rules[builder->rules_n++] = rule;
    return XD_OK;
}

static enum xd_status make_rules(struct builder *builder, struct xd_error *error)
{
    const struct xd_network *network = builder->topology->network;
    struct needed *needed = NULL;
    int32_t needed_n = 0;
    builder->rules = xd_alloc((size_t)network->restrictions_n + 1, sizeof *builder->rules);
    if (!builder->rules)
        return xd_fail_memory(error, "turn restrictions", (size_t)network->restrictions_n * sizeof *builder->rules);
    enum xd_status status = network->restrictions_n > 0 ? list_needed(builder->topology, &needed, &needed_n, error) : XD_OK;
    for (int32_t i = 0; i < network->restrictions_n && status == XD_OK; i++)
        status = add_rule(builder, i, needed, needed_n, error);
    xd_free(needed);
    builder->topology->restrictions_used_n = builder->rules_n;
    return status;
}

/* rule_first[d] .. rule_first[d + 1]: rules whose path begins with directed edge d; counting sort, so that ties keep the network's order. */
static enum xd_status sort_rules(struct builder *builder, int32_t **rule_first, struct xd_error *error)
{
    const int32_t directed_n = 2 * builder->topology->edges_n;
    int32_t *first = xd_alloc_zero((size_t)directed_n + 2, sizeof *first);
    struct rule *sorted = xd_alloc((size_t)builder->rules_n + 1, sizeof *sorted);
    if (!first || !sorted) {
        xd_free(first);
        xd_free(sorted);
        return xd_fail_memory(error, "turn restrictions", (size_t)directed_n * sizeof *first);
    }
    for (int32_t i = 0; i < builder->rules_n; i++)
        first[builder->path[builder->rules[i].first] + 2]++;
    for (int32_t d = 0; d < directed_n; d++)
        first[d + 2] += first[d + 1];
    for (int32_t i = 0; i < builder->rules_n; i++)
        sorted[first[builder->path[builder->rules[i].first] + 1]++] = builder->rules[i];
    xd_free(builder->rules);
    builder->rules = sorted;
    *rule_first = first;
    return XD_OK;
}

/* ---- where it matters which edge one came by, though turns are free ---- */

static bool is_bound(const struct builder *builder, const struct xd_profile *profile)
{
    const struct xd_network *network = builder->topology->network;
    for (int32_t i = 0; i < builder->rules_n; i++)
        if (xd_profile_is_bound(profile, network->clauses, &network->restrictions[builder->rules[i].restriction]))
            return true;
    return false;
}

/* Marks the junctions where the road of this vehicle goes on and nothing stands: there it may not turn back, as it could to get round a restriction. */
static void mark_passed(struct builder *builder, const struct xd_profile *profile, uint8_t *met_n)
{
    const struct xd_topology *topology = builder->topology;
    memset(met_n, 0, (size_t)topology->junctions_n);
    for (int32_t d = 0; d < 2 * topology->edges_n; d++) {
        const struct xd_network *network = topology->network;
        const struct xd_road *road = &network->roads[topology->piece_road[xd_topology_last_piece(topology, d)]];
        const int32_t j = xd_topology_to(topology, d);
        if (met_n[j] < 3 &&
            (xd_profile_speed_kmh(profile, network->clauses, road, 1) > 0 || xd_profile_speed_kmh(profile, network->clauses, road, -1) > 0))
            met_n[j]++;
    }
    for (int32_t d = 0; d < 2 * topology->edges_n; d++) {
        const int32_t j = xd_topology_to(topology, d);
        if (met_n[j] == 2 && !topology->junction_stands[j] && builder->came[j] == NONE)
            builder->came[j] = d;
    }
}

static enum xd_status find_passed(struct builder *builder, const struct xd_profile *const *profiles, int32_t profiles_n, struct xd_error *error)
{
    const struct xd_topology *topology = builder->topology;
    uint8_t *met_n = xd_alloc((size_t)topology->junctions_n + 1, 1);
    builder->came = xd_alloc((size_t)topology->junctions_n + 1, sizeof *builder->came);
    if (!met_n || !builder->came) {
        xd_free(met_n);
        return xd_fail_memory(error, "the road graph's states", (size_t)topology->junctions_n * sizeof *builder->came);
    }
    for (int32_t j = 0; j < topology->junctions_n; j++)
        builder->came[j] = NONE;
    for (int32_t i = 0; i < profiles_n && !topology->turn_costs; i++)
        if (is_bound(builder, profiles[i]))
            mark_passed(builder, profiles[i], met_n);
    xd_free(met_n);
    return XD_OK;
}

/* ---- states ---- */

static int32_t plain_state(const struct builder *builder, int32_t directed)
{
    return builder->topology->turn_costs ? directed : xd_topology_to(builder->topology, directed);
}

static bool is_plain(const struct builder *builder, int32_t directed)
{
    const int32_t came = builder->came[xd_topology_to(builder->topology, directed)];
    return came == NONE || came == directed;
}

static int32_t state_bucket(int32_t directed, const struct under_way *list, int32_t n)
{
    uint32_t hash = (uint32_t)directed * 2654435761U;
    for (int32_t i = 0; i < n; i++)
        hash = (hash ^ (uint32_t)list[i].rule ^ (uint32_t)list[i].driven_n << 20) * 2654435761U;
    return (int32_t)(hash >> 16) % HASH_SIZE;
}

/* The state of having driven `directed` out of a state with the rules list[0..n) under way; made when it is new. */
static enum xd_status arrive(struct builder *builder, const int32_t *rule_first, int32_t from_extra, int32_t directed, int32_t *state,
                             struct xd_error *error)
{
    const size_t first = builder->under_way_n;
    const int32_t before_n = from_extra == NONE ? 0 : builder->extras[from_extra].n;
    const int32_t starts_n = rule_first[directed + 1] - rule_first[directed];
    if (before_n + starts_n == 0 && is_plain(builder, directed)) {
        *state = plain_state(builder, directed);
        return XD_OK;
    }
    enum xd_status status = xd_array_reserve((void **)&builder->under_way, &builder->under_way_max, first + (size_t)(before_n + starts_n),
                                             sizeof *builder->under_way, INT32_MAX / 2, "turn restrictions under way", error);
    if (status != XD_OK)
        return status;
    int32_t n = 0;
    for (int32_t i = 0; i < before_n; i++) {
        const struct under_way here = builder->under_way[builder->extras[from_extra].first + i];
        const struct rule *rule = &builder->rules[here.rule];
        if (here.driven_n + 1 < rule->n && builder->path[rule->first + here.driven_n] == directed)
            builder->under_way[first + (size_t)n++] = (struct under_way){here.rule, here.driven_n + 1};
    }
    for (int32_t r = rule_first[directed]; r < rule_first[directed + 1]; r++)
        builder->under_way[first + (size_t)n++] = (struct under_way){r, 1};
    if (n == 0 && is_plain(builder, directed)) {
        *state = plain_state(builder, directed);
        return XD_OK;
    }
    int32_t *bucket = &builder->bucket[state_bucket(directed, builder->under_way + first, n)];
    for (int32_t x = *bucket; x != NONE; x = builder->extras[x].next) {
        const struct extra *extra = &builder->extras[x];
        if (extra->directed == directed && extra->n == n &&
            memcmp(builder->under_way + extra->first, builder->under_way + first, (size_t)n * sizeof *builder->under_way) == 0) {
            *state = builder->plain_n + x;
            return XD_OK;
        }
    }
    status = xd_array_reserve((void **)&builder->extras, &builder->extras_max, builder->extras_n + 1, sizeof *builder->extras, INT32_MAX / 4,
                              "states of turn restrictions", error);
    if (status != XD_OK)
        return status;
    builder->extras[builder->extras_n] = (struct extra){.directed = directed, .first = (int32_t)first, .n = n, .next = *bucket};
    *bucket = (int32_t)builder->extras_n++;
    *state = builder->plain_n + *bucket;
    builder->under_way_n += (size_t)n;
    return XD_OK;
}

static int32_t extra_of(const struct builder *builder, int32_t state)
{
    return state < builder->plain_n ? NONE : state - builder->plain_n;
}

static int32_t junction_of(const struct builder *builder, int32_t state)
{
    if (state >= builder->plain_n)
        return xd_topology_to(builder->topology, builder->extras[state - builder->plain_n].directed);
    return builder->topology->turn_costs ? xd_topology_to(builder->topology, state) : state;
}

/* The directed edge that one came by, or NONE where any will do. */
static int32_t edge_of(const struct builder *builder, int32_t state)
{
    const int32_t x = extra_of(builder, state);
    return x != NONE ? builder->extras[x].directed : builder->topology->turn_costs ? state : builder->came[state];
}

/* ---- arcs ---- */

/* Whether the state has a rule of the same relation, for the same vehicles, that demands just this edge. */
static bool is_demanded(const struct builder *builder, const struct extra *extra, const struct xd_restriction *other, int32_t directed)
{
    const struct xd_network *network = builder->topology->network;
    for (int32_t i = 0; i < extra->n; i++) {
        const struct under_way here = builder->under_way[extra->first + i];
        const struct rule *rule = &builder->rules[here.rule];
        const struct xd_restriction *restriction = &network->restrictions[rule->restriction];
        if (restriction->only && restriction->osm_id == other->osm_id && restriction->keys == other->keys && here.driven_n + 1 == rule->n &&
            builder->path[rule->first + here.driven_n] == directed)
            return true;
    }
    return false;
}

/* Restrictions that forbid to drive `directed` out of a state: those it would complete, and those that demand another edge now. */
static enum xd_status ban(struct builder *builder, int32_t state, int32_t directed, int32_t *list, struct xd_error *error)
{
    const int32_t x = extra_of(builder, state);
    const struct xd_network *network = builder->topology->network;
    *list = NONE;
    for (int32_t i = 0; x != NONE && i < builder->extras[x].n; i++) {
        const struct under_way here = builder->under_way[builder->extras[x].first + i];
        const struct rule *rule = &builder->rules[here.rule];
        const struct xd_restriction *restriction = &network->restrictions[rule->restriction];
        if (here.driven_n + 1 != rule->n)
            continue;
        if (restriction->only ? is_demanded(builder, &builder->extras[x], restriction, directed)
                              : builder->path[rule->first + here.driven_n] != directed)
            continue;
        enum xd_status status = xd_array_reserve((void **)&builder->bans, &builder->bans_max, builder->bans_n + 2, sizeof *builder->bans,
                                                 INT32_MAX / 2, "turns that are restricted", error);
        if (status != XD_OK)
            return status;
        if (*list == NONE)
            *list = (int32_t)builder->bans_n;
        builder->bans[builder->bans_n++] = rule->restriction;
    }
    if (*list != NONE)
        builder->bans[builder->bans_n++] = END_OF_LIST;
    return XD_OK;
}

/* Heading of a directed edge at its begin or end, in radians; false where that piece has no length. By the drawing of the road, so that it is the same
 * however the edge runs. */
static bool find_heading(const struct xd_topology *topology, int32_t directed, bool at_end, double *heading)
{
    const int64_t piece = at_end ? xd_topology_last_piece(topology, directed) : xd_topology_last_piece(topology, directed ^ 1);
    const int32_t step = topology->piece_step[piece];
    const struct xd_network *network = topology->network;
    double east_m, north_m;
    xd_project_m(network->node_position[network->road_node[step / 2]], network->node_position[network->road_node[step / 2 + 1]], &east_m, &north_m);
    *heading = step % 2 == directed % 2 ? atan2(north_m, east_m) : atan2(-north_m, -east_m);
    return topology->piece_length_cm[piece] > 0;
}

/* Degrees between the ways in and out; in whole degrees, so that the last bit of a libm does not show. */
static uint8_t turn_of(const struct xd_topology *topology, int32_t in, int32_t out)
{
    static const double degrees = 180.0 / 3.14159265358979323846;
    double came, goes;
    if (in == (out ^ 1))
        return XD_TURN_BACK;
    if (!find_heading(topology, in, true, &came) || !find_heading(topology, out, false, &goes))
        return XD_TURN_STRAIGHT;
    double turn = fabs(goes - came) * degrees;
    if (turn > 180.0)
        turn = 360.0 - turn;
    return (uint8_t)(turn + 0.5);
}

struct arcs {
    int32_t *first_out, *head, *tail, *arc_edge, *arc_bans;
    uint8_t *turn;
    size_t n, heads_max, tails_max, edges_max, bans_max, turns_max;
};

static enum xd_status reserve_arcs(struct arcs *arcs, size_t n, struct xd_error *error)
{
    static const char what[] = "arcs of the road graph";
    enum xd_status status = xd_array_reserve((void **)&arcs->head, &arcs->heads_max, n, sizeof *arcs->head, INT32_MAX / 2, what, error);
    if (status == XD_OK)
        status = xd_array_reserve((void **)&arcs->tail, &arcs->tails_max, n, sizeof *arcs->tail, INT32_MAX / 2, what, error);
    if (status == XD_OK)
        status = xd_array_reserve((void **)&arcs->arc_edge, &arcs->edges_max, n, sizeof *arcs->arc_edge, INT32_MAX / 2, what, error);
    if (status == XD_OK)
        status = xd_array_reserve((void **)&arcs->arc_bans, &arcs->bans_max, n, sizeof *arcs->arc_bans, INT32_MAX / 2, what, error);
    if (status == XD_OK)
        status = xd_array_reserve((void **)&arcs->turn, &arcs->turns_max, n, sizeof *arcs->turn, INT32_MAX / 2, what, error);
    return status;
}

/* State by state, also those that turn up on the way. With turn costs the plain states are the directed edges. */
static enum xd_status drive_on(struct builder *builder, const int32_t *rule_first, struct arcs *arcs, struct xd_error *error)
{
    const struct xd_topology *topology = builder->topology;
    enum xd_status status = XD_OK;
    for (int32_t s = 0; s < builder->plain_n + (int32_t)builder->extras_n && status == XD_OK; s++) {
        const int32_t j = junction_of(builder, s), x = extra_of(builder, s);
        const int32_t came = edge_of(builder, s);
        status = reserve_arcs(arcs, arcs->n + (size_t)(builder->out_first[j + 1] - builder->out_first[j]), error);
        for (int32_t i = builder->out_first[j]; i < builder->out_first[j + 1] && status == XD_OK; i++) {
            const size_t a = arcs->n++;
            arcs->tail[a] = s;
            arcs->arc_edge[a] = builder->out[i];
            arcs->turn[a] = topology->turn_costs ? turn_of(topology, came, builder->out[i]) : XD_TURN_STRAIGHT;
            status = arrive(builder, rule_first, x, builder->out[i], &arcs->head[a], error);
            if (status == XD_OK)
                status = ban(builder, s, builder->out[i], &arcs->arc_bans[a], error);
        }
    }
    return status;
}

static enum xd_status list_outs(struct builder *builder, struct xd_error *error)
{
    const struct xd_topology *topology = builder->topology;
    const int32_t directed_n = 2 * topology->edges_n;
    builder->out_first = xd_alloc_zero((size_t)topology->junctions_n + 2, sizeof *builder->out_first);
    builder->out = xd_alloc((size_t)directed_n + 1, sizeof *builder->out);
    if (!builder->out_first || !builder->out)
        return xd_fail_memory(error, "the road graph", (size_t)directed_n * sizeof *builder->out);
    int32_t *first = builder->out_first;
    for (int32_t d = 0; d < directed_n; d++)
        first[xd_topology_from(topology, d) + 2]++;
    for (int32_t j = 0; j < topology->junctions_n; j++)
        first[j + 2] += first[j + 1];
    for (int32_t d = 0; d < directed_n; d++)
        builder->out[first[xd_topology_from(topology, d) + 1]++] = d;
    return XD_OK;
}

/* ---- the frozen states ---- */

static enum xd_status freeze_states(struct builder *builder, const struct arcs *arcs, const int32_t *arrival, struct xd_error *error)
{
    struct xd_topology *topology = builder->topology;
    struct xd_arena *arena = builder->arena;
    const int32_t states_n = builder->plain_n + (int32_t)builder->extras_n, directed_n = 2 * topology->edges_n;
    int32_t *state_junction = xd_arena_alloc(arena, (size_t)states_n + 1, sizeof *state_junction);
    int32_t *state_edge = xd_arena_alloc(arena, (size_t)states_n + 1, sizeof *state_edge);
    int32_t *first_out = xd_arena_alloc_zero(arena, (size_t)states_n + 2, sizeof *first_out);
    int32_t *entry_first = xd_arena_alloc_zero(arena, (size_t)directed_n + 2, sizeof *entry_first);
    int32_t *entry_arc = xd_arena_alloc(arena, arcs->n + 1, sizeof *entry_arc);
    topology->head = xd_arena_copy(arena, arcs->head, arcs->n, sizeof *arcs->head);
    topology->tail = xd_arena_copy(arena, arcs->tail, arcs->n, sizeof *arcs->tail);
    topology->arc_edge = xd_arena_copy(arena, arcs->arc_edge, arcs->n, sizeof *arcs->arc_edge);
    topology->arc_bans = xd_arena_copy(arena, arcs->arc_bans, arcs->n, sizeof *arcs->arc_bans);
    topology->arc_turn = topology->turn_costs ? xd_arena_copy(arena, arcs->turn, arcs->n, sizeof *arcs->turn) : NULL;
    topology->arrival = xd_arena_copy(arena, arrival, (size_t)directed_n, sizeof *arrival);
    topology->bans = xd_arena_copy(arena, builder->bans, builder->bans_n, sizeof *builder->bans);
    if (!state_junction || !state_edge || !first_out || !entry_first || !entry_arc || !topology->head || !topology->tail || !topology->arc_edge ||
        !topology->arc_bans || (topology->turn_costs && !topology->arc_turn) || !topology->arrival || !topology->bans)
        return xd_fail_memory(error, "the road graph's states", arcs->n * 5 * sizeof(int32_t));
    for (int32_t s = 0; s < states_n; s++) {
        state_junction[s] = junction_of(builder, s);
        state_edge[s] = edge_of(builder, s);
    }
    for (size_t a = 0; a < arcs->n; a++) {
        first_out[arcs->tail[a] + 1]++;
        entry_first[arcs->arc_edge[a] + 2]++;
    }
    for (int32_t s = 0; s < states_n; s++)
        first_out[s + 1] += first_out[s];
    for (int32_t d = 0; d < directed_n; d++)
        entry_first[d + 2] += entry_first[d + 1];
    for (size_t a = 0; a < arcs->n; a++)
        entry_arc[entry_first[arcs->arc_edge[a] + 1]++] = (int32_t)a;
    topology->states_n = states_n;
    topology->arcs_n = (int32_t)arcs->n;
    topology->state_junction = state_junction;
    topology->state_edge = state_edge;
    topology->first_out = first_out;
    topology->entry_first = entry_first;
    topology->entry_arc = entry_arc;
    return XD_OK;
}

enum xd_status xd_turn_states_find(struct xd_topology *topology, const struct xd_profile *const *profiles, int32_t profiles_n, struct xd_arena *arena,
                                   struct xd_error *error)
{
    const int32_t directed_n = 2 * topology->edges_n;
    struct builder *builder = xd_alloc_zero(1, sizeof *builder);
    struct arcs arcs = {0};
    int32_t *rule_first = NULL, *arrival = xd_alloc((size_t)directed_n + 1, sizeof *arrival);
    enum xd_status status = builder && arrival ? XD_OK : xd_fail_memory(error, "the road graph's states", sizeof *builder);
    if (status != XD_OK)
        goto done;
    builder->topology = topology;
    builder->arena = arena;
    builder->plain_n = topology->turn_costs ? directed_n : topology->junctions_n;
    memset(builder->bucket, -1, sizeof builder->bucket);
    status = list_outs(builder, error);
    if (status == XD_OK)
        status = make_rules(builder, error);
    if (status == XD_OK)
        status = find_passed(builder, profiles, profiles_n, error);
    if (status == XD_OK)
        status = sort_rules(builder, &rule_first, error);
    for (int32_t d = 0; d < directed_n && status == XD_OK; d++)
        status = arrive(builder, rule_first, NONE, d, &arrival[d], error);
    if (status == XD_OK)
        status = reserve_arcs(&arcs, 1, error);
    if (status == XD_OK)
        status = xd_array_reserve((void **)&builder->bans, &builder->bans_max, 1, sizeof *builder->bans, INT32_MAX / 2, "turns that are restricted",
                                  error);
    if (status == XD_OK)
        status = drive_on(builder, rule_first, &arcs, error);
    if (status == XD_OK)
        status = freeze_states(builder, &arcs, arrival, error);
done:
    if (builder) {
        xd_free(builder->out_first);
        xd_free(builder->out);
        xd_free(builder->came);
        xd_free(builder->rules);
        xd_free(builder->path);
        xd_free(builder->extras);
        xd_free(builder->under_way);
        xd_free(builder->bans);
    }
    xd_free(builder);
    xd_free(rule_first);
    xd_free(arrival);
    xd_free(arcs.head);
    xd_free(arcs.tail);
    xd_free(arcs.arc_edge);
    xd_free(arcs.arc_bans);
    xd_free(arcs.turn);
    return status;
}
