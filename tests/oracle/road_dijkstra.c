#include "tests/oracle/road_dijkstra.h"

#include <stdio.h>
#include <stdlib.h>

struct entry {
    struct xd_way key;
    int32_t state;
};

struct xd_road_oracle {
    struct xd_road_rules *rules;
    struct xd_way *label; /* states */
    int32_t *seen;        /* states: the search that labelled it */
    int32_t labels_max, search;
    struct entry *heap; /* with stale entries */
    int32_t heap_n, heap_max;
};

static void *resized(void *items, int32_t n, size_t size)
{
    void *made = realloc(items, (size_t)n * size);
    if (!made) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return made;
}

static void provide_labels(struct xd_road_oracle *oracle, int32_t states_n)
{
    const int32_t before = oracle->labels_max;
    if (states_n <= before)
        return;
    oracle->labels_max = states_n + states_n / 2 + 64;
    oracle->label = resized(oracle->label, oracle->labels_max, sizeof *oracle->label);
    oracle->seen = resized(oracle->seen, oracle->labels_max, sizeof *oracle->seen);
    for (int32_t i = before; i < oracle->labels_max; i++)
        oracle->seen[i] = 0;
}

struct xd_road_oracle *xd_road_oracle_create(const struct xd_network *network, const struct xd_profile *profile,
                                             const struct xd_road_rules_options *options)
{
    struct xd_road_oracle *oracle = resized(NULL, 1, sizeof *oracle);
    *oracle = (struct xd_road_oracle){.rules = xd_road_rules_create(network, profile, options)};
    provide_labels(oracle, 2 * oracle->rules->places_n);
    return oracle;
}

void xd_road_oracle_free(struct xd_road_oracle *oracle)
{
    if (!oracle)
        return;
    xd_road_rules_free(oracle->rules);
    free(oracle->label);
    free(oracle->seen);
    free(oracle->heap);
    free(oracle);
}

struct xd_road_rules *xd_road_oracle_rules(struct xd_road_oracle *oracle)
{
    return oracle->rules;
}

/* ---- a place on a piece ---- */

/* Driven over in a direction: what lies before the place, and what behind. */
struct place {
    int32_t piece;    /* directed */
    int32_t road_ppm; /* of the piece, from where the drawing of its road begins */
    struct xd_way before, behind;
};

static struct xd_way part(struct xd_way whole, int64_t ppm)
{
    if (whole.cost_ms == XD_WAY_NONE)
        return whole;
    return (struct xd_way){whole.cost_ms * ppm / 1000000, whole.time_ms * ppm / 1000000, whole.length_cm * ppm / 1000000,
                           whole.energy_kj * ppm / 1000000};
}

static struct xd_way less_by(struct xd_way whole, struct xd_way begun)
{
    if (whole.cost_ms == XD_WAY_NONE)
        return whole;
    return (struct xd_way){whole.cost_ms - begun.cost_ms, whole.time_ms - begun.time_ms, whole.length_cm - begun.length_cm,
                           whole.energy_kj - begun.energy_kj};
}

static struct xd_way plus(struct xd_way a, struct xd_way b)
{
    if (a.cost_ms == XD_WAY_NONE || b.cost_ms == XD_WAY_NONE)
        return xd_way_none();
    return (struct xd_way){a.cost_ms + b.cost_ms, a.time_ms + b.time_ms, a.length_cm + b.length_cm, a.energy_kj + b.energy_kj};
}

static bool is_less(struct xd_way a, struct xd_way b)
{
    const int64_t x[] = {a.cost_ms, a.time_ms, a.length_cm, a.energy_kj}, y[] = {b.cost_ms, b.time_ms, b.length_cm, b.energy_kj};
    for (int i = 0; i < 4; i++)
        if (x[i] != y[i])
            return x[i] < y[i];
    return false;
}

/* In a direction of the road: 0, or 1 against its drawing. */
static struct place place_of(const struct xd_road_oracle *oracle, const struct xd_topology *topology, const struct xd_snap *snap, int against)
{
    const int32_t step = topology->piece_step[topology->first_piece[snap->edge] + snap->piece], piece = step / 2 * 2 + against;
    const int32_t road_ppm = step % 2 ? 1000000 - snap->part_ppm : snap->part_ppm;
    const struct xd_way whole = oracle->rules->weight[piece], low = part(whole, road_ppm), high = less_by(whole, low);
    return (struct place){piece, road_ppm, against ? high : low, against ? low : high};
}

/* Within the piece, in its direction. */
static struct xd_way direct(const struct place *from, const struct place *to)
{
    if (from->piece != to->piece || (from->piece % 2 ? to->road_ppm > from->road_ppm : to->road_ppm < from->road_ppm))
        return xd_way_none();
    return less_by(to->before, from->before);
}

/* ---- searching ---- */

static void push(struct xd_road_oracle *oracle, int32_t state, struct xd_way key)
{
    provide_labels(oracle, state + 1);
    if (key.cost_ms == XD_WAY_NONE || (oracle->seen[state] == oracle->search && !is_less(key, oracle->label[state])))
        return;
    oracle->seen[state] = oracle->search;
    oracle->label[state] = key;
    if (oracle->heap_n == oracle->heap_max) {
        oracle->heap_max = 2 * oracle->heap_max + 64;
        oracle->heap = resized(oracle->heap, oracle->heap_max, sizeof *oracle->heap);
    }
    int32_t at = oracle->heap_n++;
    for (; at > 0 && is_less(key, oracle->heap[(at - 1) / 2].key); at = (at - 1) / 2)
        oracle->heap[at] = oracle->heap[(at - 1) / 2];
    oracle->heap[at] = (struct entry){key, state};
}

static struct entry pop(struct xd_road_oracle *oracle)
{
    struct entry top = oracle->heap[0], last = oracle->heap[--oracle->heap_n];
    int32_t at = 0;
    for (int32_t child = 1; child < oracle->heap_n; child = 2 * at + 1) {
        if (child + 1 < oracle->heap_n && is_less(oracle->heap[child + 1].key, oracle->heap[child].key))
            child++;
        if (!is_less(oracle->heap[child].key, last.key))
            break;
        oracle->heap[at] = oracle->heap[child];
        at = child;
    }
    oracle->heap[at] = last;
    return top;
}

static void search(struct xd_road_oracle *oracle, const struct xd_topology *topology, const struct xd_snap *from)
{
    struct xd_road_rules *rules = oracle->rules;
    oracle->search++;
    oracle->heap_n = 0;
    for (int direction = 0; direction < 2; direction++) {
        const struct place source = place_of(oracle, topology, from, direction);
        push(oracle, xd_road_rules_drive(rules, -1, source.piece), source.behind);
    }
    while (oracle->heap_n > 0) {
        const struct entry at = pop(oracle);
        if (is_less(oracle->label[at.state], at.key))
            continue;
        const int32_t node = xd_road_rules_node(rules, xd_road_rules_piece(rules, at.state), true);
        for (int32_t i = rules->first_out[node]; i < rules->first_out[node + 1]; i++) {
            const int32_t piece = rules->out[i];
            const struct xd_way way = plus(plus(at.key, xd_road_rules_turn(rules, at.state, piece)), rules->weight[piece]);
            if (way.cost_ms != XD_WAY_NONE)
                push(oracle, xd_road_rules_drive(rules, at.state, piece), way);
        }
    }
}

static void better(struct xd_way *best, struct xd_way way)
{
    if (is_less(way, *best))
        *best = way;
}

/* The best way of the search that enters the target's piece at its begin. */
static struct xd_way entering(const struct xd_road_oracle *oracle, const struct place *target)
{
    const struct xd_road_rules *rules = oracle->rules;
    const int32_t node = xd_road_rules_node(rules, target->piece, false);
    struct xd_way best = xd_way_none();
    for (int32_t r = rules->first_in[node]; r < rules->first_in[node + 1]; r++) {
        const int32_t in = rules->in[r];
        int32_t state = in;
        for (int32_t next = rules->first_state[in];; next = rules->states[next].next) {
            if (state < oracle->labels_max && oracle->seen[state] == oracle->search)
                better(&best, plus(plus(oracle->label[state], xd_road_rules_turn(rules, state, target->piece)), target->before));
            if (next < 0)
                break;
            state = 2 * rules->places_n + next;
        }
    }
    return best;
}

void xd_road_oracle_run(struct xd_road_oracle *oracle, const struct xd_topology *topology, const struct xd_snap *from, const struct xd_snap *to,
                        int32_t to_n, struct xd_way *ways)
{
    search(oracle, topology, from);
    for (int32_t i = 0; i < to_n; i++) {
        ways[i] = xd_way_none();
        for (int direction = 0; direction < 2; direction++) {
            const struct place source = place_of(oracle, topology, from, direction), target = place_of(oracle, topology, &to[i], direction);
            better(&ways[i], direct(&source, &target));
            better(&ways[i], entering(oracle, &target));
        }
    }
}

struct xd_way xd_road_oracle_drive(struct xd_road_oracle *oracle, const struct xd_topology *topology, const struct xd_snap *from,
                                   const struct xd_snap *to, const int32_t *pieces, int32_t n)
{
    struct xd_road_rules *rules = oracle->rules;
    struct place source = place_of(oracle, topology, from, 0), target = place_of(oracle, topology, to, 0);
    if (n < 1 || pieces[0] / 2 != source.piece / 2 || pieces[n - 1] / 2 != target.piece / 2)
        return xd_way_none();
    if (source.piece != pieces[0])
        source = place_of(oracle, topology, from, 1);
    if (target.piece != pieces[n - 1])
        target = place_of(oracle, topology, to, 1);
    if (n == 1)
        return direct(&source, &target);
    struct xd_way way = source.behind;
    int32_t state = xd_road_rules_drive(rules, -1, pieces[0]);
    for (int32_t i = 1; i < n; i++) {
        if (xd_road_rules_node(rules, pieces[i - 1], true) != xd_road_rules_node(rules, pieces[i], false))
            return xd_way_none();
        way = plus(plus(way, xd_road_rules_turn(rules, state, pieces[i])), i + 1 < n ? rules->weight[pieces[i]] : target.before);
        state = xd_road_rules_drive(rules, state, pieces[i]);
    }
    return way;
}
