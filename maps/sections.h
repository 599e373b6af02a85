/* The arrays of a frozen object one after the other, to be kept as they are and used again in place (io/snapshot).
 *
 * A type walks its arrays in one order, to list them and to take them: xd_section_walk gives the array back when listing, and when taking the section in
 * its place, which must have just that many items of that size. What is inside must be checked by the type before it is used, as a file can hold anything.
 * Owns: what was packed for the list; borrows all other items. Threads: one list, one thread.
 */
#ifndef XD_MAPS_SECTIONS_H
#define XD_MAPS_SECTIONS_H

#include "base/arena.h"
#include "base/geo.h"

enum { XD_SECTIONS_MAX = 64 };

struct xd_section {
    const void *items; /* aligned for them */
    int64_t items_n;
    int32_t item_size;
};

struct xd_sections { /* zero-initialise to list; free with xd_sections_free */
    struct xd_section items[XD_SECTIONS_MAX];
    int32_t items_n;
    bool is_taking;
    int32_t taken_n; /* when taking: the next */
    bool is_wrong;   /* not what was expected: too many, too few, other counts or sizes, or values that the type refused */
    struct xd_arena arena;
};

/* After a wrong section NULL; so ask is_wrong before anything is read. */
const void *xd_section_walk(struct xd_sections *sections, const void *items, int64_t items_n, size_t item_size);
/* The same for a struct of the list's own: a copy of it when listing. Errors: is_wrong also where memory is short when listing. */
const void *xd_section_copy(struct xd_sections *sections, const void *item, size_t item_size);
void xd_sections_free(struct xd_sections *sections);

/* What is in arrays that index others. Cost: O(items). */
bool xd_are_within(const int32_t *items, int64_t items_n, int32_t from, int32_t below); /* from <= item < below */
bool xd_are_firsts(const int32_t *first, int64_t lists_n, int64_t items_n); /* 0 = first[0] <= first[1] <= .. = first[lists_n] = items_n */
bool xd_are_firsts_i64(const int64_t *first, int64_t lists_n, int64_t items_n, int64_t least_n); /* and each list has least_n items or more */
bool xd_are_positions(const struct xd_position *positions, int64_t positions_n);

#endif
