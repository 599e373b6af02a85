#include "base/arena.h"

#include <string.h>

enum { FIRST_BLOCK = 64 * 1024, BLOCK_MAX = 4 * 1024 * 1024, WIDE_ALIGN = 64, NARROW_ALIGN = 16 };

/* Bytes are counted from `bytes`, which is aligned to WIDE_ALIGN inside the allocation. */
struct xd_arena_block {
    struct xd_arena_block *older;
    size_t size;
    unsigned char *bytes;
};

void xd_arena_init(struct xd_arena *arena)
{
    *arena = (struct xd_arena){0};
}

static struct xd_arena_block *block_create(size_t size)
{
    if (size > (size_t)PTRDIFF_MAX - sizeof(struct xd_arena_block) - WIDE_ALIGN)
        return NULL;
    struct xd_arena_block *block = xd_alloc(1, sizeof *block + WIDE_ALIGN - 1 + size);
    if (!block)
        return NULL;
    unsigned char *start = (unsigned char *)(block + 1);
    size_t over = (size_t)((uintptr_t)start % WIDE_ALIGN);
    block->bytes = over ? start + (WIDE_ALIGN - over) : start;
    block->size = size;
    block->older = NULL;
    return block;
}

/* Blocks double with what the arena holds, so that their number stays logarithmic up to BLOCK_MAX each. */
static size_t next_block_size(const struct xd_arena *arena)
{
    if (arena->total_bytes >= BLOCK_MAX)
        return BLOCK_MAX;
    return arena->total_bytes < FIRST_BLOCK ? FIRST_BLOCK : arena->total_bytes;
}

void *xd_arena_alloc(struct xd_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > (size_t)PTRDIFF_MAX)
        return NULL;
    size_t align = bytes >= WIDE_ALIGN ? WIDE_ALIGN : NARROW_ALIGN;
    if (bytes == 0)
        bytes = 1; /* distinct pointers, as from xd_alloc */
    struct xd_arena_block *newest = arena->blocks;
    size_t start = (arena->used + align - 1) / align * align;
    if (newest && start <= newest->size && bytes <= newest->size - start) {
        arena->used = start + bytes;
        return newest->bytes + start;
    }
    size_t block_size = next_block_size(arena);
    bool oversize = bytes > block_size / 4;
    struct xd_arena_block *block = block_create(oversize ? bytes : block_size);
    if (!block)
        return NULL;
    arena->total_bytes += block->size;
    if (oversize && newest) {
        /* its own block, put behind the newest, whose rest stays in use */
        block->older = newest->older;
        newest->older = block;
    } else {
        block->older = newest;
        arena->blocks = block;
        arena->used = bytes;
    }
    return block->bytes;
}

void *xd_arena_alloc_zero(struct xd_arena *arena, size_t count, size_t size)
{
    void *items = xd_arena_alloc(arena, count, size);
    if (items)
        memset(items, 0, count * size);
    return items;
}

void *xd_arena_copy(struct xd_arena *arena, const void *items, size_t count, size_t size)
{
    void *copy = xd_arena_alloc(arena, count, size);
    if (copy && count * size > 0)
        memcpy(copy, items, count * size);
    return copy;
}

char *xd_arena_string(struct xd_arena *arena, const char *text, size_t length)
{
    if (length == SIZE_MAX)
        return NULL;
    char *copy = xd_arena_alloc(arena, length + 1, 1);
    if (!copy)
        return NULL;
    if (length > 0)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

static void blocks_free(struct xd_arena_block *block, const struct xd_arena_block *kept)
{
    while (block) {
        struct xd_arena_block *older = block->older;
        if (block != kept)
            xd_free(block);
        block = older;
    }
}

void xd_arena_reset(struct xd_arena *arena)
{
    struct xd_arena_block *largest = arena->blocks;
    for (struct xd_arena_block *block = arena->blocks; block; block = block->older)
        if (block->size > largest->size)
            largest = block;
    blocks_free(arena->blocks, largest);
    if (largest)
        largest->older = NULL;
    arena->blocks = largest;
    arena->used = 0;
    arena->total_bytes = largest ? largest->size : 0;
}

void xd_arena_free(struct xd_arena *arena)
{
    if (!arena)
        return;
    blocks_free(arena->blocks, NULL);
    *arena = (struct xd_arena){0};
}
