#include "maps/road_map_sections.h"

struct facts {
    int32_t is_there, nodes_n, arcs_n, spare;
};

static void walk(struct xd_sections *sections, const struct facts *facts, int32_t topology_arcs_n, struct xd_hierarchy *hierarchy)
{
    hierarchy->rank = xd_section_walk(sections, hierarchy->rank, facts->nodes_n, sizeof *hierarchy->rank);
    hierarchy->node = xd_section_walk(sections, hierarchy->node, facts->nodes_n, sizeof *hierarchy->node);
    hierarchy->up_first = xd_section_walk(sections, hierarchy->up_first, (int64_t)facts->nodes_n + 1, sizeof *hierarchy->up_first);
    hierarchy->up_head = xd_section_walk(sections, hierarchy->up_head, facts->arcs_n, sizeof *hierarchy->up_head);
    hierarchy->arc_at = xd_section_walk(sections, hierarchy->arc_at, topology_arcs_n, sizeof *hierarchy->arc_at);
}

void xd_hierarchy_list(const struct xd_hierarchy *hierarchy, struct xd_sections *sections)
{
    const struct facts facts = {
        .is_there = hierarchy != NULL, .nodes_n = hierarchy ? hierarchy->nodes_n : 0, .arcs_n = hierarchy ? hierarchy->arcs_n : 0};
    (void)xd_section_copy(sections, &facts, sizeof facts);
    if (hierarchy) {
        struct xd_hierarchy copy = *hierarchy;
        walk(sections, &facts, hierarchy->topology->arcs_n, &copy);
    }
}

static bool is_order(const struct xd_hierarchy *hierarchy)
{
    for (int32_t v = 0; v < hierarchy->nodes_n; v++)
        if (hierarchy->node[hierarchy->rank[v]] != v)
            return false;
    return true;
}

/* Heads ascend, from above their own rank. */
static bool are_heads(const struct xd_hierarchy *hierarchy)
{
    for (int32_t v = 0; v < hierarchy->nodes_n; v++) {
        int32_t before = v;
        for (int32_t a = hierarchy->up_first[v]; a < hierarchy->up_first[v + 1]; a++) {
            if (hierarchy->up_head[a] <= before)
                return false;
            before = hierarchy->up_head[a];
        }
    }
    return true;
}

/* Place of a head among a rank's arcs, from `from` on, or -1. */
static int32_t arc_to(const struct xd_hierarchy *hierarchy, int32_t rank, int32_t from, int32_t head)
{
    const int32_t end = hierarchy->up_first[rank + 1];
    int32_t to = end;
    while (from < to) {
        const int32_t middle = from + (to - from) / 2;
        if (hierarchy->up_head[middle] < head)
            from = middle + 1;
        else
            to = middle;
    }
    return from < end && hierarchy->up_head[from] == head ? from : -1;
}

/* What a rank leads to beside its parent, the parent leads to as well; so does then each of its heads to all that come behind it, which is what triangles
 * are found by. */
static bool is_complete(const struct xd_hierarchy *hierarchy)
{
    for (int32_t v = 0; v < hierarchy->nodes_n; v++) {
        const int32_t first = hierarchy->up_first[v], end = hierarchy->up_first[v + 1];
        int32_t at = end > first ? hierarchy->up_first[hierarchy->up_head[first]] : 0;
        for (int32_t a = first + 1; a < end; a++) {
            at = arc_to(hierarchy, hierarchy->up_head[first], at, hierarchy->up_head[a]);
            if (at < 0)
                return false;
        }
    }
    return true;
}

static bool are_places(const struct xd_hierarchy *hierarchy)
{
    const struct xd_topology *topology = hierarchy->topology;
    for (int32_t a = 0; a < topology->arcs_n; a++) {
        const int32_t x = hierarchy->rank[topology->tail[a]], y = hierarchy->rank[topology->head[a]], at = hierarchy->arc_at[a];
        if (x == y ? at != -1 : at < 0 || at % 2 != (x > y))
            return false;
        if (x == y)
            continue;
        const int32_t low = x < y ? x : y, high = x < y ? y : x;
        if (at / 2 < hierarchy->up_first[low] || at / 2 >= hierarchy->up_first[low + 1] || hierarchy->up_head[at / 2] != high)
            return false;
    }
    return true;
}

static bool is_sound(const struct xd_hierarchy *hierarchy)
{
    return xd_are_within(hierarchy->rank, hierarchy->nodes_n, 0, hierarchy->nodes_n) && is_order(hierarchy) &&
           xd_are_within(hierarchy->node, hierarchy->nodes_n, 0, hierarchy->nodes_n) &&
           xd_are_firsts(hierarchy->up_first, hierarchy->nodes_n, hierarchy->arcs_n) &&
           xd_are_within(hierarchy->up_head, hierarchy->arcs_n, 0, hierarchy->nodes_n) && are_heads(hierarchy) && is_complete(hierarchy) &&
           are_places(hierarchy);
}

enum xd_status xd_hierarchy_take(struct xd_sections *sections, const struct xd_topology *topology, struct xd_hierarchy **hierarchy,
                                 struct xd_error *error)
{
    struct xd_hierarchy arrays = {.topology = topology};
    const struct facts *facts = xd_section_copy(sections, NULL, sizeof *facts);
    *hierarchy = NULL;
    if (sections->is_wrong || facts->is_there == 0)
        return XD_OK;
    sections->is_wrong = facts->is_there != 1 || facts->nodes_n != topology->states_n || facts->arcs_n < 0 || facts->arcs_n > INT32_MAX / 2;
    if (sections->is_wrong)
        return XD_OK;
    walk(sections, facts, topology->arcs_n, &arrays);
    arrays.nodes_n = facts->nodes_n;
    arrays.arcs_n = facts->arcs_n;
    sections->is_wrong = sections->is_wrong || !is_sound(&arrays);
    return sections->is_wrong ? XD_OK : xd_hierarchy_borrow(&arrays, hierarchy, error);
}
