#include "solver/search/walk.h"

enum xd_status xd_walk_create(const struct xd_kernel *kernel, struct xd_walk **walk, struct xd_error *error)
{
    const size_t nodes_n = (size_t)kernel->nodes_n, columns_n = (size_t)kernel->columns_n, slots_n = (size_t)kernel->routes_max + 1;
    const size_t link_bytes = kernel->calls->link_bytes;
    struct xd_walk *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the search", sizeof *made);
    struct xd_arena *arena = &made->arena;
    made->kernel = kernel;
    made->links = xd_arena_alloc_zero(arena, columns_n, link_bytes);
    made->best_links = xd_arena_alloc_zero(arena, columns_n, link_bytes);
    made->journal = xd_arena_alloc(arena, nodes_n, link_bytes);
    made->journal_node = xd_arena_alloc(arena, nodes_n, sizeof(int32_t));
    made->tours = xd_arena_alloc_zero(arena, slots_n, sizeof *made->tours);
    made->best_tours = xd_arena_alloc_zero(arena, slots_n, sizeof *made->best_tours);
    made->tour_journal = xd_arena_alloc(arena, slots_n, sizeof *made->tour_journal);
    made->free_slots = xd_arena_alloc(arena, slots_n, sizeof(int32_t));
    made->emptied = xd_arena_alloc(arena, slots_n, sizeof(int32_t));
    made->bank = xd_arena_alloc(arena, nodes_n, sizeof(int32_t));
    made->bank_before = xd_arena_alloc(arena, nodes_n, sizeof(int32_t));
    made->order = xd_arena_alloc(arena, nodes_n, sizeof *made->order);
    made->nodes = xd_arena_alloc(arena, nodes_n, sizeof(int32_t));
    made->dirty = xd_arena_alloc(arena, nodes_n, sizeof(int32_t));
    made->dirty_tours = xd_arena_alloc(arena, slots_n, sizeof(int32_t));
    if (!made->links || !made->best_links || !made->journal || !made->journal_node || !made->tours || !made->best_tours || !made->tour_journal ||
        !made->free_slots || !made->emptied || !made->bank || !made->bank_before || !made->order || !made->nodes || !made->dirty ||
        !made->dirty_tours) {
        xd_walk_free(made);
        return xd_fail_memory(error, "the search", columns_n * 3 * link_bytes);
    }
    *walk = made;
    return XD_OK;
}

void xd_walk_free(struct xd_walk *walk)
{
    if (!walk)
        return;
    xd_arena_free(&walk->arena);
    xd_free(walk);
}
