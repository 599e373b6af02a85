#include "solver/search/local.h"

enum { NEAR_TRIED = 20 };

enum xd_status xd_local_create(const struct xd_kernel *kernel, struct xd_local **local, struct xd_error *error)
{
    const size_t nodes_n = (size_t)kernel->nodes_n, slots_n = (size_t)kernel->routes_max;
    struct xd_local *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the search", sizeof *made);
    struct xd_arena *arena = &made->arena;
    made->kernel = kernel;
    made->routes_n = kernel->routes_max;
    made->near_n = kernel->near_n < NEAR_TRIED ? kernel->near_n : NEAR_TRIED;
    made->weight_load = made->weight_warp = 256;
    made->spots = xd_arena_alloc_zero(arena, nodes_n + 2 * slots_n, kernel->calls->spot_bytes);
    made->routes = xd_arena_alloc_zero(arena, slots_n, sizeof *made->routes);
    made->queue = xd_arena_alloc(arena, nodes_n, sizeof *made->queue);
    made->queued = xd_arena_alloc_zero(arena, nodes_n, sizeof *made->queued);
    made->scratch_a = xd_arena_alloc(arena, nodes_n, sizeof(int32_t));
    made->scratch_b = xd_arena_alloc(arena, nodes_n, sizeof(int32_t));
    made->places_a = xd_arena_alloc(arena, nodes_n, sizeof *made->places_a);
    made->places_b = xd_arena_alloc(arena, nodes_n, sizeof *made->places_b);
    made->pair_seen = xd_arena_alloc_zero(arena, slots_n, sizeof(int32_t));
    if (!made->spots || !made->routes || !made->queue || !made->queued || !made->scratch_a || !made->scratch_b || !made->places_a ||
        !made->places_b || !made->pair_seen) {
        xd_local_free(made);
        return xd_fail_memory(error, "the search", (nodes_n + 2 * slots_n) * kernel->calls->spot_bytes);
    }
    *local = made;
    return XD_OK;
}

void xd_local_free(struct xd_local *local)
{
    if (!local)
        return;
    xd_arena_free(&local->arena);
    xd_free(local);
}
