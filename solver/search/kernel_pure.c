#define XD_KERNEL_TIMED 0
#include "solver/search/anneal_body.inc"
#include "solver/search/local_run.inc"

const struct xd_kernel_calls xd_kernel_pure = {
    .cell_bytes = sizeof(struct cell),
    .near_bytes = sizeof(struct near),
    .link_bytes = sizeof(struct link),
    .fill = tables_fill,
    .load = walk_load,
    .fill_up = walk_fill_up,
    .save = walk_save,
    .run = walk_run,
    .is_sound = walk_is_sound,
    .spot_bytes = sizeof(struct spot),
    .local_load = local_load,
    .local_save = local_save,
    .local_reprice = local_reprice,
    .local_queue_all = local_queue_all,
    .local_run = local_run,
    .local_move = local_move,
    .local_is_sound = local_is_sound,
};
