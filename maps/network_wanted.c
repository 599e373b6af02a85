/* The nodes that kept ways and relations name, by id. */
#include "base/sort.h"
#include "maps/network_builder.h"

#include <string.h>

enum xd_status xd_draft_wanted_list(struct xd_network_builder *builder, struct xd_error *error)
{
    const size_t refs_n = builder->all.refs_n;
    size_t n = 0;
    builder->wanted = xd_alloc(refs_n + 1, sizeof *builder->wanted);
    builder->position = xd_alloc(refs_n + 1, sizeof *builder->position);
    if (!builder->wanted || !builder->position)
        return xd_fail_memory(error, "the nodes of roads", 2 * (refs_n + 1) * sizeof *builder->wanted);
    if (refs_n > 0) {
        /* What will hold the positions has the size of the scratch that sorting needs. */
        _Static_assert(sizeof *builder->position == sizeof *builder->wanted, "an id and a position take the same room");
        memcpy(builder->wanted, builder->all.refs, refs_n * sizeof *builder->wanted);
        xd_sort_i64(builder->wanted, (int64_t *)(void *)builder->position, refs_n);
        n = 1;
        for (size_t i = 1; i < refs_n; i++)
            if (builder->wanted[i] != builder->wanted[n - 1])
                builder->wanted[n++] = builder->wanted[i];
    }
    builder->wanted_n = n;
    builder->node_state = xd_alloc_zero(n + 1, sizeof *builder->node_state);
    builder->node_signal = xd_alloc_zero(n + 1, sizeof *builder->node_signal);
    if (!builder->node_state || !builder->node_signal)
        return xd_fail_memory(error, "the nodes of roads", 2 * (n + 1));
    return n > XD_NETWORK_NODES_MAX ? xd_fail(error, XD_DATA, xd_at_none(), "%s: %llu, the limit is %llu", "nodes of roads", (unsigned long long)n,
                                              (unsigned long long)XD_NETWORK_NODES_MAX)
                                    : XD_OK;
}

/* Index of the first wanted id that is not below `id`, looked for from `hint` on in growing steps: O(log distance), whatever order ids come in. */
static size_t find_from(const struct xd_network_builder *builder, size_t hint, int64_t id)
{
    const int64_t *wanted = builder->wanted;
    size_t low = hint, high = hint, step = 1; /* the answer lies in low .. high */
    if (hint < builder->wanted_n && wanted[hint] < id) {
        while (high < builder->wanted_n && wanted[high] < id) {
            low = high + 1;
            high = step < builder->wanted_n - high ? high + step : builder->wanted_n;
            step *= 2;
        }
    } else {
        while (low > 0 && wanted[low - 1] >= id) {
            high = low - 1;
            low = low > step ? low - step : 0;
            step *= 2;
        }
    }
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (wanted[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t xd_draft_wanted_find(const struct xd_network_builder *builder, size_t *cursor, int64_t id)
{
    *cursor = find_from(builder, *cursor, id);
    return *cursor < builder->wanted_n && builder->wanted[*cursor] == id ? *cursor : builder->wanted_n;
}

size_t xd_draft_node_find(struct xd_network_builder *builder, int64_t id)
{
    return xd_draft_wanted_find(builder, &builder->cursor, id);
}
