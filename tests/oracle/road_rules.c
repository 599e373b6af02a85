#include "tests/oracle/road_rules.h"

#include "base/geo.h"
#include "maps/curvature.h"
#include "maps/node_signal.h"
#include "maps/speed_cap.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNDER_WAY_MAX = 1024 };

static void *array(size_t n, size_t size)
{
    void *made = calloc(n + 1, size);
    if (!made) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return made;
}

static void *grown(void *items, int32_t *max, size_t size)
{
    *max = *max * 2 + 64;
    void *made = realloc(items, (size_t)*max * size);
    if (!made) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return made;
}

/* ---- a piece ---- */

static int64_t length_cm(const struct xd_network *network, int64_t place)
{
    return (int64_t)(xd_distance_m(network->node_position[network->road_node[place]], network->node_position[network->road_node[place + 1]]) * 100.0 +
                     0.5);
}

static int64_t rounded(int64_t numerator, int64_t denominator)
{
    return (2 * numerator + denominator) / (2 * denominator);
}

/* The told duration of a boat or movable bridge, shared out by length: what is over at the piece's end less what is over at its begin. */
static int64_t told_ms(const struct xd_network *network, int32_t road, int64_t place)
{
    const int64_t duration_ms = (int64_t)network->roads[road].duration_s * 1000, first = network->first_node[road];
    int64_t begin_cm = 0, whole_cm = 0;
    for (int64_t p = first; p + 1 < network->first_node[road + 1]; p++) {
        begin_cm += p < place ? length_cm(network, p) : 0;
        whole_cm += length_cm(network, p);
    }
    const int64_t end_cm = begin_cm + length_cm(network, place);
    if (whole_cm == 0)
        return place == first ? duration_ms : 0;
    return (int64_t)((double)duration_ms * ((double)end_cm / (double)whole_cm)) -
           (int64_t)((double)duration_ms * ((double)begin_cm / (double)whole_cm));
}

/* Time over a piece whose ends may lie in curves: up to 25 m, at most half of it, at the curve's speed where that is less. */
static int64_t curved_ms(const struct xd_road_rules *rules, int32_t road, int64_t place, int64_t kmh)
{
    const int64_t cm = length_cm(rules->network, place);
    const int64_t reach_cm = cm / 2 < 2500 ? cm / 2 : 2500;
    int64_t ms = 0, rest_cm = cm;
    for (int64_t end = place; end <= place + 1; end++) {
        const int32_t curve_kmh = xd_speed_cap_radius_kmh(rules->profile, xd_curve_radius_m(rules->network, road, end));
        if (curve_kmh < kmh) {
            ms += rounded(36 * reach_cm, curve_kmh);
            rest_cm -= reach_cm;
        }
    }
    return ms + rounded(36 * rest_cm, kmh);
}

static int64_t whole_kj(const struct xd_profile *profile, int64_t cm, int32_t kmh, int64_t up_cm)
{
    const int64_t j = xd_energy_j(profile, cm, kmh, up_cm), size = j < 0 ? -j : j, most = cm / 2, kj = (size + 500) / 1000;
    const int64_t capped = kj < most ? kj : most;
    return j < 0 ? -capped : capped;
}

/* What closures leave of a way in a direction: the least percent of its speed (0: closed) and the least cap. */
static int32_t percent_left(const struct xd_road_rules *rules, int64_t way, bool against, int32_t *kmh)
{
    const struct xd_closures *closures = rules->options.closures;
    int32_t percent = 100;
    for (int32_t c = 0; closures && c < closures->items_n; c++) {
        const struct xd_closure *closure = &closures->items[c];
        bool holds = (closure->profiles == XD_CLOSURE_ALL_PROFILES || (closure->profiles & rules->options.closures_bit)) &&
                     (closure->directions & (against ? XD_CLOSURE_BACKWARD : XD_CLOSURE_FORWARD));
        int32_t i = 0;
        while (i < closure->ways_n && closure->ways[i] != way)
            i++;
        holds = holds && i < closure->ways_n;
        if (holds && closure->speed_percent < percent)
            percent = closure->speed_percent;
        if (holds && closure->max_kmh > 0 && closure->max_kmh < *kmh)
            *kmh = closure->max_kmh;
    }
    return percent;
}

static struct xd_way piece_weight(const struct xd_road_rules *rules, int32_t road, int64_t place, bool against)
{
    const struct xd_network *network = rules->network;
    const struct xd_road *item = &network->roads[road];
    const struct xd_road_use use = xd_profile_use(rules->profile, network->clauses, item, against ? -1 : 1);
    int32_t kmh = use.speed_kmh;
    const int32_t percent = percent_left(rules, network->road_osm_id[road], against, &kmh);
    if (kmh <= 0 || percent == 0)
        return xd_way_none();
    struct xd_way way = {.length_cm = length_cm(network, place)};
    if (item->road_class == XD_ROAD_FERRY) {
        way.time_ms = rounded(36 * way.length_cm, kmh);
    } else {
        int64_t up_cm = 0;
        if (rules->options.heights) {
            const int32_t begin = network->road_node[place + (against ? 1 : 0)], end = network->road_node[place + (against ? 0 : 1)];
            up_cm = xd_road_heights_rise_cm(rules->options.heights, begin, end);
            const int32_t cap = way.length_cm > 0 ? xd_speed_cap_slope_kmh(rules->profile, (int32_t)(1000 * up_cm / way.length_cm)) : kmh;
            kmh = cap < kmh ? cap : kmh;
        }
        way.time_ms = curved_ms(rules, road, place, kmh);
        way.energy_kj = rules->options.energy ? whole_kj(rules->profile, way.length_cm, (kmh * percent + 99) / 100, up_cm) : 0;
    }
    if (item->duration_s > 0)
        way.time_ms = told_ms(network, road, place);
    way.time_ms = (100 * way.time_ms + percent / 2) / percent;
    way.cost_ms = use.end_only ? way.time_ms * rules->profile->end_only_percent / 100 : way.time_ms;
    return way;
}

/* ---- the whole network ---- */

int32_t xd_road_rules_node(const struct xd_road_rules *rules, int32_t piece, bool at_end)
{
    const bool last = (piece % 2 == 1) != at_end;
    return rules->network->road_node[piece / 2 + (last ? 1 : 0)];
}

/* Closed for a day or not. */
static bool may_drive(const struct xd_road_rules *rules, int32_t piece)
{
    return xd_profile_use(rules->profile, rules->network->clauses, &rules->network->roads[rules->road[piece / 2]], piece % 2 ? -1 : 1).speed_kmh > 0;
}

static void weigh_pieces(struct xd_road_rules *rules)
{
    const struct xd_network *network = rules->network;
    for (int32_t d = 0; d < 2 * rules->places_n; d++)
        rules->weight[d] = xd_way_none();
    for (int32_t r = 0; r < network->roads_n; r++)
        for (int64_t p = network->first_node[r]; p < network->first_node[r + 1]; p++) {
            rules->road[p] = r;
            if (p + 1 == network->first_node[r + 1])
                continue;
            for (int against = 0; against < 2; against++)
                rules->weight[2 * p + against] = piece_weight(rules, r, p, against == 1);
            for (int64_t end = p; end <= p + 1; end++)
                rules->pieces_met_n[network->road_node[end]] += may_drive(rules, (int32_t)p * 2) || may_drive(rules, (int32_t)p * 2 + 1);
        }
}

static bool is_open(const struct xd_road_rules *rules, int32_t piece)
{
    return rules->weight[piece].cost_ms != XD_WAY_NONE;
}

static void list_pieces(const struct xd_road_rules *rules, bool at_end, int32_t *first, int32_t *list)
{
    const int32_t nodes_n = rules->network->nodes_n;
    int32_t *at = array((size_t)nodes_n, sizeof *at);
    for (int32_t d = 0; d < 2 * rules->places_n; d++)
        if (is_open(rules, d))
            first[xd_road_rules_node(rules, d, at_end) + 1]++;
    for (int32_t v = 0; v < nodes_n; v++)
        first[v + 1] += first[v];
    for (int32_t d = 0; d < 2 * rules->places_n; d++)
        if (is_open(rules, d)) {
            const int32_t v = xd_road_rules_node(rules, d, at_end);
            list[first[v] + at[v]++] = d;
        }
    free(at);
}

static int64_t step_of(const struct xd_road_rules *rules, int32_t restriction, int32_t step)
{
    return rules->network->restriction_step[rules->network->restrictions[restriction].first_step + step];
}

static bool binds(const struct xd_road_rules *rules, int32_t restriction)
{
    return xd_profile_is_bound(rules->profile, rules->network->clauses, &rules->network->restrictions[restriction]);
}

static void list_restrictions(struct xd_road_rules *rules)
{
    for (int32_t i = 0; i < rules->network->restrictions_n; i++)
        for (int32_t k = 0; k + 1 < rules->network->restrictions[i].steps_n; k++)
            rules->is_via[xd_road_rules_node(rules, (int32_t)step_of(rules, i, k), true)] = true;
    for (int32_t d = 0; d < 2 * rules->places_n; d++)
        rules->first_binding[d] = rules->first_state[d] = -1;
    for (int32_t i = rules->network->restrictions_n - 1; i >= 0; i--)
        if (binds(rules, i)) {
            const int64_t d = step_of(rules, i, 0);
            rules->next_binding[i] = rules->first_binding[d];
            rules->first_binding[d] = i;
        }
}

struct xd_road_rules *xd_road_rules_create(const struct xd_network *network, const struct xd_profile *profile,
                                           const struct xd_road_rules_options *options)
{
    struct xd_road_rules *rules = array(1, sizeof *rules);
    const size_t places_n = (size_t)network->first_node[network->roads_n], nodes_n = (size_t)network->nodes_n;
    rules->network = network;
    rules->profile = profile;
    rules->options = *options;
    rules->places_n = (int32_t)places_n;
    rules->road = array(places_n, sizeof *rules->road);
    rules->weight = array(2 * places_n, sizeof *rules->weight);
    rules->pieces_met_n = array(nodes_n, sizeof *rules->pieces_met_n);
    rules->is_via = array(nodes_n, sizeof *rules->is_via);
    rules->first_out = array(nodes_n + 1, sizeof *rules->first_out);
    rules->out = array(2 * places_n, sizeof *rules->out);
    rules->first_in = array(nodes_n + 1, sizeof *rules->first_in);
    rules->in = array(2 * places_n, sizeof *rules->in);
    rules->first_binding = array(2 * places_n, sizeof *rules->first_binding);
    rules->next_binding = array((size_t)network->restrictions_n, sizeof *rules->next_binding);
    rules->first_state = array(2 * places_n, sizeof *rules->first_state);
    weigh_pieces(rules);
    list_pieces(rules, false, rules->first_out, rules->out);
    list_pieces(rules, true, rules->first_in, rules->in);
    list_restrictions(rules);
    return rules;
}

void xd_road_rules_free(struct xd_road_rules *rules)
{
    if (!rules)
        return;
    free(rules->road);
    free(rules->weight);
    free(rules->pieces_met_n);
    free(rules->is_via);
    free(rules->first_out);
    free(rules->out);
    free(rules->first_in);
    free(rules->in);
    free(rules->first_binding);
    free(rules->next_binding);
    free(rules->first_state);
    free(rules->states);
    free(rules->under_way);
    free(rules);
}

/* ---- states ---- */

static const struct xd_road_state *with_restrictions(const struct xd_road_rules *rules, int32_t state)
{
    return state < 2 * rules->places_n ? NULL : &rules->states[state - 2 * rules->places_n];
}

int32_t xd_road_rules_piece(const struct xd_road_rules *rules, int32_t state)
{
    const struct xd_road_state *found = with_restrictions(rules, state);
    return found ? found->piece : state;
}

static int by_restriction(const void *a, const void *b)
{
    const struct xd_road_under_way *x = a, *y = b;
    if (x->restriction != y->restriction)
        return x->restriction < y->restriction ? -1 : 1;
    return (x->driven_n > y->driven_n) - (x->driven_n < y->driven_n);
}

static int32_t state_of(struct xd_road_rules *rules, int32_t piece, const struct xd_road_under_way *items, int32_t n)
{
    if (n == 0)
        return piece;
    for (int32_t i = rules->first_state[piece]; i >= 0; i = rules->states[i].next)
        if (rules->states[i].n == n && memcmp(rules->under_way + rules->states[i].first, items, (size_t)n * sizeof *items) == 0)
            return 2 * rules->places_n + i;
    while (rules->under_way_n + n > rules->under_way_max)
        rules->under_way = grown(rules->under_way, &rules->under_way_max, sizeof *rules->under_way);
    if (rules->states_n == rules->states_max)
        rules->states = grown(rules->states, &rules->states_max, sizeof *rules->states);
    memcpy(rules->under_way + rules->under_way_n, items, (size_t)n * sizeof *items);
    rules->states[rules->states_n] = (struct xd_road_state){piece, rules->under_way_n, n, rules->first_state[piece]};
    rules->first_state[piece] = rules->states_n;
    rules->under_way_n += n;
    return 2 * rules->places_n + rules->states_n++;
}

int32_t xd_road_rules_drive(struct xd_road_rules *rules, int32_t state, int32_t piece)
{
    struct xd_road_under_way items[UNDER_WAY_MAX];
    int32_t n = 0;
    const struct xd_road_state *before = state < 0 ? NULL : with_restrictions(rules, state);
    for (int32_t i = 0; before && i < before->n; i++) {
        const struct xd_road_under_way item = rules->under_way[before->first + i];
        if (item.driven_n + 1 < rules->network->restrictions[item.restriction].steps_n && step_of(rules, item.restriction, item.driven_n) == piece)
            items[n++] = (struct xd_road_under_way){item.restriction, item.driven_n + 1};
    }
    for (int32_t r = rules->first_binding[piece]; r >= 0; r = rules->next_binding[r])
        if (rules->network->restrictions[r].steps_n > 1 && n < UNDER_WAY_MAX)
            items[n++] = (struct xd_road_under_way){r, 1};
    qsort(items, (size_t)n, sizeof *items, by_restriction);
    return state_of(rules, piece, items, n);
}

/* ---- turns ---- */

/* All but its last step is driven. */
static bool is_due(const struct xd_road_rules *rules, struct xd_road_under_way item)
{
    return item.driven_n + 1 == rules->network->restrictions[item.restriction].steps_n;
}

/* Against what a relation prescribes now, by one entry or several that leave a choice? Steps that are closed to the vehicle in any case do not count. */
static bool is_against_only(const struct xd_road_rules *rules, const struct xd_road_state *at, int32_t restriction, int32_t piece)
{
    const struct xd_restriction *items = rules->network->restrictions;
    bool some_open = false;
    for (int32_t i = 0; i < at->n; i++) {
        const struct xd_road_under_way item = rules->under_way[at->first + i];
        const struct xd_restriction *other = &items[item.restriction];
        if (!is_due(rules, item) || !other->only || other->osm_id != items[restriction].osm_id || other->keys != items[restriction].keys)
            continue;
        const int64_t last = step_of(rules, item.restriction, item.driven_n);
        if (last == piece)
            return false;
        some_open = some_open || may_drive(rules, (int32_t)last);
    }
    return some_open;
}

static bool is_forbidden(const struct xd_road_rules *rules, int32_t state, int32_t piece)
{
    const struct xd_road_state *at = with_restrictions(rules, state);
    for (int32_t i = 0; at && i < at->n; i++) {
        const struct xd_road_under_way item = rules->under_way[at->first + i];
        const struct xd_restriction *restriction = &rules->network->restrictions[item.restriction];
        if (!is_due(rules, item))
            continue;
        if (restriction->only ? is_against_only(rules, at, item.restriction, piece) : step_of(rules, item.restriction, item.driven_n) == piece)
            return true;
    }
    return false;
}

/* Clockwise from the north, along the drawing or against it. */
static double heading_degrees(const struct xd_road_rules *rules, int32_t piece)
{
    const struct xd_network *network = rules->network;
    double east_m, north_m;
    xd_project_m(network->node_position[network->road_node[piece / 2]], network->node_position[network->road_node[piece / 2 + 1]], &east_m, &north_m);
    return atan2(east_m, north_m) * (180.0 / 3.14159265358979323846) + (piece % 2 ? 180.0 : 0.0);
}

/* Whole degrees to either side; nothing turns where a piece has no length. */
static int64_t turn_degrees(const struct xd_road_rules *rules, int32_t in, int32_t out)
{
    if (rules->weight[in].length_cm == 0 || rules->weight[out].length_cm == 0)
        return 0;
    const double turn = fabs(fmod(heading_degrees(rules, out) - heading_degrees(rules, in) + 1080.0, 360.0));
    return (int64_t)((turn > 180.0 ? 360.0 - turn : turn) + 0.5);
}

static bool can_go_on(const struct xd_road_rules *rules, int32_t state)
{
    const int32_t in = xd_road_rules_piece(rules, state), node = xd_road_rules_node(rules, in, true);
    for (int32_t i = rules->first_out[node]; i < rules->first_out[node + 1]; i++)
        if (rules->out[i] != (in ^ 1) && !is_forbidden(rules, state, rules->out[i]))
            return true;
    return false;
}

/* Signals and stop signs for who comes over the piece. */
static int64_t stop_s(const struct xd_road_rules *rules, int32_t in)
{
    const int signal = rules->network->node_signal[xd_road_rules_node(rules, in, true)];
    if ((signal & XD_NODE_FORWARD) && in % 2 == 1)
        return 0;
    if ((signal & XD_NODE_BACKWARD) && in % 2 == 0)
        return 0;
    return signal & XD_NODE_SIGNAL ? rules->profile->signal_s : signal & XD_NODE_STOP ? rules->profile->stop_sign_s : 0;
}

struct xd_way xd_road_rules_turn(const struct xd_road_rules *rules, int32_t state, int32_t piece)
{
    const int32_t in = xd_road_rules_piece(rules, state), node = xd_road_rules_node(rules, in, true);
    const int32_t barrier = rules->network->node_barrier[node];
    const bool is_back = piece == (in ^ 1), roads_meet = rules->pieces_met_n[node] != 2;
    struct xd_way way = {0};
    if (!is_open(rules, piece) || is_forbidden(rules, state, piece) || (is_back && !roads_meet && barrier < 0 && !rules->is_via[node]))
        return xd_way_none();
    if (rules->options.turn_costs) {
        way.time_ms = 1000 * stop_s(rules, in);
        if (is_back)
            way.time_ms += can_go_on(rules, state) ? 1000 * rules->profile->u_turn_s : 0;
        else if (roads_meet) {
            const int64_t degrees = turn_degrees(rules, in, piece);
            way.time_ms += (int64_t)rules->profile->turn_s * 1000 * degrees * degrees / (180 * 180);
        }
    }
    way.cost_ms = way.time_ms;
    if (barrier >= 0) {
        const struct xd_barrier_use use = xd_profile_barrier_use(rules->profile, rules->network->clauses, &rules->network->barriers[barrier]);
        if (use.pass == XD_PASS_NO)
            return xd_way_none();
        way.time_ms += 1000 * use.delay_s;
        way.cost_ms += 1000 * use.delay_s + (use.pass == XD_PASS_END_ONLY ? 1000 * rules->profile->end_only_barrier_s : 0);
    }
    return way;
}
