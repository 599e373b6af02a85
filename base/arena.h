/* A bump allocator for objects that live and die together: frozen results (one arena each) and scratch (reset between items).
 *
 * Owns: every block; pointers die at reset or free. Errors: NULL as in base/alloc.h. Cost: O(1) amortised. Threads: one arena, one thread.
 */
#ifndef XD_BASE_ARENA_H
#define XD_BASE_ARENA_H

#include "base/alloc.h"

struct xd_arena_block;
struct xd_arena {
    struct xd_arena_block *blocks; /* newest first */
    size_t used;                   /* bytes in the newest */
    size_t total_bytes;            /* over all blocks */
};

void xd_arena_init(struct xd_arena *arena);                                            /* or zero-initialise */
void *xd_arena_alloc(struct xd_arena *arena, size_t count, size_t size) XD_MUST_CHECK; /* aligned to 64 when >= 64 bytes, else 16; not initialised */
void *xd_arena_alloc_zero(struct xd_arena *arena, size_t count, size_t size) XD_MUST_CHECK;
void *xd_arena_copy(struct xd_arena *arena, const void *items, size_t count, size_t size) XD_MUST_CHECK;
char *xd_arena_string(struct xd_arena *arena, const char *text, size_t length) XD_MUST_CHECK; /* copies length bytes and adds NUL */
void xd_arena_reset(struct xd_arena *arena);                                                  /* keeps the largest block */
void xd_arena_free(struct xd_arena *arena);

#endif
