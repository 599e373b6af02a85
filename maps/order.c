#include "maps/order.h"

#include "base/alloc.h"
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { CHAIN_DEGREE = 2, LEAF_NODES = 8, DIRECTIONS = 4, PART_PERCENT = 25, ROUND_PART = 500, ARCS_MOST = INT32_MAX / 4 };

/* An undirected simple graph whose lists shrink in place: neighbour[first[v] .. first[v] + degree[v]). The place of v in the list of its i-th
 * neighbour is twin[first[v] + i], so that taking out costs O(1) also at a hub of a million roads. */
struct lists {
    int32_t *first, *degree, *neighbour, *twin;
};

struct order {
    int32_t nodes_n;
    const struct xd_position *position;
    struct lists lists;
    int32_t *rank; /* negative: not yet */
    int32_t next;  /* lowest rank not given */
    int64_t work, work_max, arcs_max;
    const struct xd_progress *progress;

    /* the core that is dissected: nodes of degree > CHAIN_DEGREE, numbered 0..core_n-1 */
    int32_t core_n;
    int32_t *core_node;                     /* core_n */
    int32_t *first, *head, *back;           /* arcs of the core; back: the same arc the other way */
    int8_t *flow;                           /* arcs: -1, 0, 1 */
    int32_t *part;                          /* core_n: which range of `set` the node is in */
    int32_t *set;                           /* core_n: nodes, ranges of it are dissected */
    int32_t *sorted;                        /* core_n: a range by projection */
    int64_t *key;                           /* core_n */
    int32_t *level, *arc_at, *queue, *path; /* core_n: Dinic */
    uint8_t *side, *best_side;              /* core_n */
    uint8_t *terminal;                      /* core_n: SOURCE, SINK or 0 */
};

enum { NEITHER, SOURCE, SINK };

static int by_value(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* ---- lists ---- */

static enum xd_status lists_make(struct order *order, struct xd_arena *arena, const int32_t *first_out, const int32_t *head, struct xd_error *error)
{
    const int32_t nodes_n = order->nodes_n, arcs_n = first_out[nodes_n];
    struct lists *lists = &order->lists;
    lists->first = xd_arena_alloc_zero(arena, (size_t)nodes_n + 2, sizeof *lists->first);
    lists->degree = xd_arena_alloc_zero(arena, (size_t)nodes_n + 1, sizeof *lists->degree);
    lists->neighbour = xd_arena_alloc(arena, 2 * (size_t)arcs_n + 1, sizeof *lists->neighbour);
    lists->twin = xd_arena_alloc(arena, 2 * (size_t)arcs_n + 1, sizeof *lists->twin);
    int32_t *met = xd_arena_alloc_zero(arena, (size_t)nodes_n + 1, sizeof *met);
    if (!lists->first || !lists->degree || !lists->neighbour || !lists->twin || !met)
        return xd_fail_memory(error, "the order of a road graph", 4 * (size_t)arcs_n * sizeof *lists->neighbour);
    for (int32_t v = 0; v < nodes_n; v++)
        for (int32_t a = first_out[v]; a < first_out[v + 1]; a++) {
            lists->first[v + 1]++;
            lists->first[head[a] + 1]++;
        }
    for (int32_t v = 0; v < nodes_n; v++)
        lists->first[v + 1] += lists->first[v];
    for (int32_t v = 0; v < nodes_n; v++)
        for (int32_t a = first_out[v]; a < first_out[v + 1]; a++) {
            lists->neighbour[lists->first[v] + lists->degree[v]++] = head[a];
            lists->neighbour[lists->first[head[a]] + lists->degree[head[a]]++] = v;
        }
    for (int32_t v = 0; v < nodes_n; v++) {
        int32_t *list = lists->neighbour + lists->first[v], kept_n = 0;
        qsort(list, (size_t)lists->degree[v], sizeof *list, by_value); /* short lists: no allocation */
        for (int32_t i = 0; i < lists->degree[v]; i++)
            if (list[i] != v && (kept_n == 0 || list[kept_n - 1] != list[i]))
                list[kept_n++] = list[i];
        lists->degree[v] = kept_n;
    }
    /* lists are met in ascending nodes: v stands in the list of its neighbour where that list's next is */
    for (int32_t v = 0; v < nodes_n; v++)
        for (int32_t i = lists->first[v]; i < lists->first[v] + lists->degree[v]; i++)
            lists->twin[i] = lists->first[lists->neighbour[i]] + met[lists->neighbour[i]]++;
    return XD_OK;
}

static bool are_neighbours(const struct lists *lists, int32_t a, int32_t b)
{
    const int32_t from = lists->degree[a] < lists->degree[b] ? a : b, to = from == a ? b : a;
    for (int32_t i = lists->first[from]; i < lists->first[from] + lists->degree[from]; i++)
        if (lists->neighbour[i] == to)
            return true;
    return false;
}

/* The entry at place `at` of v's list goes; the last takes its place. */
static void take_from_list(struct lists *lists, int32_t v, int32_t at)
{
    const int32_t last = lists->first[v] + --lists->degree[v];
    lists->neighbour[at] = lists->neighbour[last];
    lists->twin[at] = lists->twin[last];
    lists->twin[lists->twin[at]] = at;
}

/* The node goes; of two neighbours each becomes the other's. Lists never grow. */
static void eliminate(struct order *order, int32_t v)
{
    struct lists *lists = &order->lists;
    const int32_t *list = lists->neighbour + lists->first[v], *twin = lists->twin + lists->first[v];
    const int32_t degree = lists->degree[v];
    order->rank[v] = order->next++;
    lists->degree[v] = 0;
    if (degree == 2 && !are_neighbours(lists, list[0], list[1])) {
        const int32_t at_a = twin[0], at_b = twin[1];
        lists->neighbour[at_a] = list[1];
        lists->neighbour[at_b] = list[0];
        lists->twin[at_a] = at_b;
        lists->twin[at_b] = at_a;
        return;
    }
    for (int32_t i = 0; i < degree; i++)
        take_from_list(lists, list[i], twin[i]);
}

enum { RANK_NONE = -1, RANK_WAITING = -2 };

static void wait_if_short(struct order *order, int32_t v, int32_t *waiting, int32_t *waiting_n)
{
    if (order->rank[v] != RANK_NONE || order->lists.degree[v] > CHAIN_DEGREE)
        return;
    order->rank[v] = RANK_WAITING;
    waiting[(*waiting_n)++] = v;
}

/* Rounds: nodes beside one that has just gone wait for the next, so that a long chain halves each time instead of becoming a long path.
 * Rounds in which few go are left to the dissection: a ladder would be unravelled from its ends, rung by rung. All nodes in `waiting` are different
 * ones, so nodes_n places are enough. */
static void chains_eliminate(struct order *order, int32_t *waiting, int32_t *rests)
{
    struct lists *lists = &order->lists;
    int32_t waiting_n = 0;
    for (int32_t v = 0; v < order->nodes_n; v++) {
        rests[v] = 0;
        order->rank[v] = RANK_NONE;
        wait_if_short(order, v, waiting, &waiting_n);
    }
    for (int32_t round = 1, gone_n = order->nodes_n; waiting_n > 0 && gone_n > (order->nodes_n - order->next) / ROUND_PART; round++) {
        const int32_t round_n = waiting_n, next = order->next;
        int32_t later_n = 0;
        for (int32_t i = 0; i < round_n; i++) {
            const int32_t v = waiting[i], degree = lists->degree[v];
            int32_t neighbour[CHAIN_DEGREE];
            if (rests[v] == round) {
                waiting[later_n++] = v;
                continue;
            }
            memcpy(neighbour, lists->neighbour + lists->first[v], (size_t)degree * sizeof *neighbour);
            eliminate(order, v);
            for (int32_t k = 0; k < degree; k++) {
                rests[neighbour[k]] = round;
                wait_if_short(order, neighbour[k], waiting, &waiting_n);
            }
        }
        memmove(waiting + later_n, waiting + round_n, (size_t)(waiting_n - round_n) * sizeof *waiting);
        waiting_n += later_n - round_n;
        gone_n = order->next - next;
    }
}

/* ---- the core ---- */

static enum xd_status core_make(struct order *order, struct xd_arena *arena, int32_t *core_of, struct xd_error *error)
{
    const struct lists *lists = &order->lists;
    int32_t arcs_n = 0;
    for (int32_t v = 0; v < order->nodes_n; v++) {
        core_of[v] = order->rank[v] < 0 ? order->core_n++ : -1;
        arcs_n += order->rank[v] < 0 ? lists->degree[v] : 0;
    }
    const size_t n = (size_t)order->core_n + 1;
    order->core_node = xd_arena_alloc(arena, n, sizeof(int32_t));
    order->first = xd_arena_alloc_zero(arena, n + 1, sizeof(int32_t));
    order->head = xd_arena_alloc(arena, (size_t)arcs_n + 1, sizeof(int32_t));
    order->back = xd_arena_alloc(arena, (size_t)arcs_n + 1, sizeof(int32_t));
    order->flow = xd_arena_alloc(arena, (size_t)arcs_n + 1, 1);
    order->part = xd_arena_alloc_zero(arena, n, sizeof(int32_t));
    order->set = xd_arena_alloc(arena, n, sizeof(int32_t));
    order->sorted = xd_arena_alloc(arena, n, sizeof(int32_t));
    order->key = xd_arena_alloc(arena, n, sizeof(int64_t));
    order->level = xd_arena_alloc(arena, n, sizeof(int32_t));
    order->arc_at = xd_arena_alloc(arena, n, sizeof(int32_t));
    order->queue = xd_arena_alloc(arena, n, sizeof(int32_t));
    order->path = xd_arena_alloc(arena, n, sizeof(int32_t));
    order->side = xd_arena_alloc(arena, n, 1);
    order->best_side = xd_arena_alloc(arena, n, 1);
    order->terminal = xd_arena_alloc_zero(arena, n, 1);
    if (!order->core_node || !order->first || !order->head || !order->back || !order->flow || !order->part || !order->set || !order->sorted ||
        !order->key || !order->level || !order->arc_at || !order->queue || !order->path || !order->side || !order->best_side || !order->terminal)
        return xd_fail_memory(error, "the order of a road graph", n * 60 + (size_t)arcs_n * 9);
    for (int32_t v = 0, c = 0, arc = 0; v < order->nodes_n; v++) {
        if (core_of[v] < 0)
            continue;
        order->core_node[c] = v;
        order->set[c] = c;
        order->first[c] = arc;
        for (int32_t i = 0; i < lists->degree[v]; i++)
            order->head[arc++] = core_of[lists->neighbour[lists->first[v] + i]];
        order->first[++c] = arc;
    }
    for (int32_t v = 0; v < order->core_n; v++) {
        qsort(order->head + order->first[v], (size_t)(order->first[v + 1] - order->first[v]), sizeof(int32_t), by_value);
        order->level[v] = order->first[v]; /* next arc of v that meets its other way */
    }
    /* heads are visited in ascending tails: the other way of each is the next of its head's list */
    for (int32_t v = 0; v < order->core_n; v++)
        for (int32_t a = order->first[v]; a < order->first[v + 1]; a++)
            order->back[a] = order->level[order->head[a]]++;
    return XD_OK;
}

/* ---- flow within one part ---- */

/* Levels by breadth from the sources; true when a sink is reached. */
static bool levels_find(struct order *order, int32_t part, const int32_t *nodes, int32_t nodes_n)
{
    int32_t from = 0, to = 0;
    bool reached = false;
    for (int32_t i = 0; i < nodes_n; i++) {
        order->level[nodes[i]] = order->terminal[nodes[i]] == SOURCE ? 0 : -1;
        order->arc_at[nodes[i]] = order->first[nodes[i]];
        if (order->terminal[nodes[i]] == SOURCE)
            order->queue[to++] = nodes[i];
    }
    while (from < to) {
        const int32_t v = order->queue[from++];
        order->work += order->first[v + 1] - order->first[v];
        if (order->terminal[v] == SINK) {
            reached = true;
            continue;
        }
        for (int32_t a = order->first[v]; a < order->first[v + 1]; a++) {
            const int32_t w = order->head[a];
            if (order->part[w] == part && order->level[w] < 0 && order->flow[a] < 1) {
                order->level[w] = order->level[v] + 1;
                order->queue[to++] = w;
            }
        }
    }
    return reached;
}

/* One path to a sink along rising levels, by depth with an explicit stack; false when `source` has none left. */
static bool augment(struct order *order, int32_t part, int32_t source)
{
    int32_t depth = 0, v = source;
    while (order->terminal[v] != SINK) {
        int32_t *a = &order->arc_at[v];
        order->work++;
        while (*a < order->first[v + 1] &&
               (order->part[order->head[*a]] != part || order->flow[*a] >= 1 || order->level[order->head[*a]] != order->level[v] + 1))
            (*a)++;
        if (*a < order->first[v + 1]) {
            order->path[depth++] = *a;
            v = order->head[*a];
            continue;
        }
        if (depth == 0)
            return false;
        v = order->head[order->back[order->path[--depth]]];
        order->arc_at[v]++;
    }
    for (int32_t i = 0; i < depth; i++) {
        order->flow[order->path[i]]++;
        order->flow[order->back[order->path[i]]]--;
    }
    return true;
}

/* Marks in `side` what the sources still reach; the number of units that flow, or above `limit` some number above it. */
static int32_t cut_find(struct order *order, int32_t part, const int32_t *nodes, int32_t nodes_n, int32_t limit)
{
    int32_t flow_n = 0;
    for (int32_t i = 0; i < nodes_n; i++)
        memset(order->flow + order->first[nodes[i]], 0, (size_t)(order->first[nodes[i] + 1] - order->first[nodes[i]]));
    while (flow_n <= limit && order->work < order->work_max && levels_find(order, part, nodes, nodes_n)) {
        for (int32_t i = 0; i < nodes_n; i++)
            while (order->terminal[nodes[i]] == SOURCE && augment(order, part, nodes[i]))
                flow_n++;
    }
    for (int32_t i = 0; i < nodes_n; i++)
        order->side[nodes[i]] = order->level[nodes[i]] >= 0;
    return flow_n;
}

/* ---- dissection ---- */

/* Radix sort of nodes by key, ties by their place before: 8 passes of a byte, those without difference left out. */
static void sort_by_key(struct order *order, int32_t *nodes, int32_t n, int32_t *other)
{
    int64_t low = INT64_MAX, high = INT64_MIN;
    for (int32_t i = 0; i < n; i++) {
        low = order->key[nodes[i]] < low ? order->key[nodes[i]] : low;
        high = order->key[nodes[i]] > high ? order->key[nodes[i]] : high;
    }
    int32_t *from = nodes, *to = other;
    for (int shift = 0; shift < 64 && (uint64_t)(high - low) >> shift != 0; shift += 8) {
        int32_t count[257] = {0};
        for (int32_t i = 0; i < n; i++)
            count[(((uint64_t)(order->key[from[i]] - low) >> shift) & 255) + 1]++;
        for (int b = 0; b < 256; b++)
            count[b + 1] += count[b];
        for (int32_t i = 0; i < n; i++)
            to[count[((uint64_t)(order->key[from[i]] - low) >> shift) & 255]++] = from[i];
        int32_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != nodes)
        memcpy(nodes, from, (size_t)n * sizeof *nodes);
}

static int64_t projection(const struct order *order, int32_t core, int direction)
{
    const struct xd_position at = order->position[order->core_node[core]];
    const int64_t x = at.lon_e7, y = at.lat_e7;
    return direction == 0 ? x : direction == 1 ? y : direction == 2 ? x + y : x - y;
}

/* Parts the range into the best cut's two sides; best_side is set. */
static void best_cut(struct order *order, int32_t part, int32_t *nodes, int32_t n, int32_t *other)
{
    const int32_t quarter_n = (int32_t)((int64_t)n * PART_PERCENT / 100), ends_n = quarter_n > 0 ? quarter_n : 1;
    int64_t best_cut_n = INT64_MAX, best_smaller_n = 1;
    for (int direction = 0; direction < DIRECTIONS; direction++) {
        for (int32_t i = 0; i < n; i++)
            order->key[nodes[i]] = projection(order, nodes[i], direction);
        order->work += 8 * (int64_t)n;
        sort_by_key(order, nodes, n, other);
        for (int32_t i = 0; i < n; i++)
            order->terminal[nodes[i]] = i < ends_n ? SOURCE : i >= n - ends_n ? SINK : NEITHER;
        const int32_t limit = best_cut_n == INT64_MAX ? INT32_MAX : (int32_t)(best_cut_n * (n / 2) / best_smaller_n);
        const int32_t cut_n = cut_find(order, part, nodes, n, limit);
        int32_t reached_n = 0;
        for (int32_t i = 0; i < n; i++)
            reached_n += order->side[nodes[i]];
        const int32_t smaller_n = reached_n < n - reached_n ? reached_n : n - reached_n;
        /* fewer cut arcs a node of the smaller side */
        if (cut_n <= limit && smaller_n > 0 && (best_cut_n == INT64_MAX || (int64_t)cut_n * best_smaller_n < best_cut_n * smaller_n)) {
            best_cut_n = cut_n;
            best_smaller_n = smaller_n;
            for (int32_t i = 0; i < n; i++)
                order->best_side[nodes[i]] = order->side[nodes[i]];
        }
    }
}

/* Of the cut's arcs, all ends on one side are a separator: the side with fewer. Sides become 0, 1, and 2 for the separator. */
static void separator_find(struct order *order, int32_t part, const int32_t *nodes, int32_t n)
{
    int32_t ends_n[2] = {0, 0};
    for (int32_t i = 0; i < n; i++) {
        bool touches = false;
        for (int32_t a = order->first[nodes[i]]; a < order->first[nodes[i] + 1] && !touches; a++)
            touches = order->part[order->head[a]] == part && order->best_side[order->head[a]] != order->best_side[nodes[i]];
        order->side[nodes[i]] = touches;
        ends_n[order->best_side[nodes[i]]] += touches;
    }
    const uint8_t chosen = ends_n[1] <= ends_n[0];
    for (int32_t i = 0; i < n; i++)
        if (order->side[nodes[i]] && order->best_side[nodes[i]] == chosen)
            order->best_side[nodes[i]] = 2;
}

struct range {
    int32_t begin, end, rank; /* of set; the lowest rank */
};

static int32_t leave_rank(struct order *order, const int32_t *nodes, int32_t n, int32_t rank)
{
    for (int32_t i = 0; i < n; i++)
        order->rank[order->core_node[nodes[i]]] = rank++;
    return rank;
}

/* Ranges wait on a stack: at most one of each depth's two parts. */
static enum xd_status dissect(struct order *order, struct xd_error *error)
{
    struct range *stack = NULL;
    size_t stack_n = 0, stack_max = 0;
    int32_t parts_n = 0;
    enum xd_status status = xd_array_reserve((void **)&stack, &stack_max, 64, sizeof *stack, INT32_MAX, "parts of a road graph", error);
    if (status != XD_OK)
        return status;
    stack[stack_n++] = (struct range){0, order->core_n, order->next};
    while (stack_n > 0 && order->work < order->work_max) {
        if (xd_cancelled(order->progress)) {
            status = xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted");
            break;
        }
        const struct range range = stack[--stack_n];
        int32_t *nodes = order->set + range.begin;
        const int32_t n = range.end - range.begin, part = ++parts_n;
        if (n <= LEAF_NODES) {
            leave_rank(order, nodes, n, range.rank);
            for (int32_t i = 0; i < n; i++)
                order->part[nodes[i]] = part;
            continue;
        }
        for (int32_t i = 0; i < n; i++)
            order->part[nodes[i]] = part;
        best_cut(order, part, nodes, n, order->sorted);
        separator_find(order, part, nodes, n);
        int32_t count[3] = {0, 0, 0};
        for (int32_t i = 0; i < n; i++)
            count[order->best_side[nodes[i]]]++;
        if ((int64_t)count[2] * (count[2] - 1) / 2 > order->arcs_max) {
            order->work = order->work_max;
            break;
        }
        int32_t at[3] = {0, count[0], count[0] + count[1]};
        for (int32_t i = 0; i < n; i++)
            order->sorted[at[order->best_side[nodes[i]]]++] = nodes[i];
        memcpy(nodes, order->sorted, (size_t)n * sizeof *nodes);
        leave_rank(order, nodes + count[0] + count[1], count[2], range.rank + count[0] + count[1]);
        for (int32_t i = count[0] + count[1]; i < n; i++)
            order->part[nodes[i]] = -1;
        status = xd_array_reserve((void **)&stack, &stack_max, stack_n + 2, sizeof *stack, INT32_MAX, "parts of a road graph", error);
        if (status != XD_OK)
            break;
        for (int32_t i = 0; i < count[1]; i++)
            order->part[nodes[count[0] + i]] = -1; /* not of the first part, whose turn may come before */
        if (count[0] > 0)
            stack[stack_n++] = (struct range){range.begin, range.begin + count[0], range.rank};
        if (count[1] > 0)
            stack[stack_n++] = (struct range){range.begin + count[0], range.begin + count[0] + count[1], range.rank + count[0]};
    }
    xd_free(stack);
    return status;
}

enum xd_status xd_order_find(const struct xd_order_input *input, int32_t *rank, int64_t *work, struct xd_error *error)
{
    const size_t n = (size_t)input->nodes_n + 1;
    struct xd_arena arena;
    struct order order = {.nodes_n = input->nodes_n,
                          .position = input->position,
                          .rank = rank,
                          .work_max = input->work_max,
                          .arcs_max = input->arcs_max,
                          .progress = input->progress};
    *work = input->work_max;
    if (input->first_out[input->nodes_n] > ARCS_MOST)
        return XD_OK;
    xd_arena_init(&arena);
    enum xd_status status = lists_make(&order, &arena, input->first_out, input->head, error);
    int32_t *waiting = xd_arena_alloc(&arena, n, sizeof *waiting);
    int32_t *rests = xd_arena_alloc(&arena, n, sizeof *rests);
    if (status == XD_OK && (!waiting || !rests))
        status = xd_fail_memory(error, "the order of a road graph", n * sizeof *waiting);
    if (status == XD_OK) {
        chains_eliminate(&order, waiting, rests);
        status = core_make(&order, &arena, waiting, error);
    }
    if (status == XD_OK)
        status = dissect(&order, error);
    if (status == XD_OK)
        *work = order.work < order.work_max ? order.work : order.work_max;
    xd_arena_free(&arena);
    return status;
}
