#include "maps/components.h"

#include "base/alloc.h"

struct search {
    const int32_t *first_out, *head;
    int32_t *component;
    int32_t *number; /* by discovery, from 1; 0 = not yet seen */
    int32_t *low;
    int32_t *next_arc;
    int32_t *path;  /* nodes being explored */
    int32_t *stack; /* nodes whose component is open */
    int32_t *order;
    int32_t ordered_n, path_n, stack_n, numbered_n, components_n;
};

static void open_node(struct search *search, int32_t v)
{
    search->number[v] = search->low[v] = ++search->numbered_n;
    search->next_arc[v] = search->first_out[v];
    search->path[search->path_n++] = v;
    search->stack[search->stack_n++] = v;
}

static void close_node(struct search *search, int32_t v)
{
    search->path_n--;
    if (search->path_n > 0) {
        const int32_t parent = search->path[search->path_n - 1];
        if (search->low[v] < search->low[parent])
            search->low[parent] = search->low[v];
    }
    if (search->low[v] != search->number[v])
        return;
    int32_t member;
    do {
        member = search->stack[--search->stack_n];
        search->component[member] = search->components_n;
        search->order[search->ordered_n++] = member;
    } while (member != v);
    search->components_n++;
}

static void explore(struct search *search, int32_t root)
{
    open_node(search, root);
    while (search->path_n > 0) {
        const int32_t v = search->path[search->path_n - 1];
        if (search->next_arc[v] == search->first_out[v + 1]) {
            close_node(search, v);
            continue;
        }
        const int32_t w = search->head[search->next_arc[v]++];
        if (search->number[w] == 0)
            open_node(search, w);
        else if (search->component[w] < 0 && search->number[w] < search->low[v])
            search->low[v] = search->number[w];
    }
}

enum xd_status xd_components_find(int32_t nodes_n, const int32_t *first_out, const int32_t *head, int32_t *component, int32_t *order,
                                  int32_t *components_n, struct xd_error *error)
{
    const size_t n = (size_t)nodes_n;
    int32_t *scratch = xd_alloc_zero(5 * n + 1, sizeof *scratch);
    if (!scratch)
        return xd_fail_memory(error, "the components of the road graph", 5 * n * sizeof *scratch);
    struct search search = {.first_out = first_out,
                            .head = head,
                            .component = component,
                            .order = order,
                            .number = scratch,
                            .low = scratch + n,
                            .next_arc = scratch + 2 * n,
                            .path = scratch + 3 * n,
                            .stack = scratch + 4 * n};
    for (int32_t v = 0; v < nodes_n; v++)
        component[v] = -1;
    for (int32_t v = 0; v < nodes_n; v++)
        if (search.number[v] == 0)
            explore(&search, v);
    *components_n = search.components_n;
    xd_free(scratch);
    return XD_OK;
}
