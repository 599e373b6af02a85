#include "maps/sections.h"

const void *xd_section_walk(struct xd_sections *sections, const void *items, int64_t items_n, size_t item_size)
{
    if (sections->is_wrong)
        return NULL;
    if (sections->is_taking) {
        const struct xd_section *next = &sections->items[sections->taken_n];
        sections->is_wrong = sections->taken_n == sections->items_n || next->items_n != items_n || (size_t)next->item_size != item_size;
        sections->taken_n += !sections->is_wrong;
        return sections->is_wrong ? NULL : next->items;
    }
    sections->is_wrong = sections->items_n == XD_SECTIONS_MAX || (!items && items_n > 0);
    if (!sections->is_wrong)
        sections->items[sections->items_n++] = (struct xd_section){items, items_n, (int32_t)item_size};
    return items;
}

const void *xd_section_copy(struct xd_sections *sections, const void *item, size_t item_size)
{
    return xd_section_walk(sections, sections->is_taking ? NULL : xd_arena_copy(&sections->arena, item, 1, item_size), 1, item_size);
}

void xd_sections_free(struct xd_sections *sections)
{
    xd_arena_free(&sections->arena);
    *sections = (struct xd_sections){0};
}

/* Without a way out of the loops, so that they run several items at a time. */
bool xd_are_within(const int32_t *items, int64_t items_n, int32_t from, int32_t below)
{
    int32_t least = from, most = from;
    for (int64_t i = 0; i < items_n; i++) {
        least = items[i] < least ? items[i] : least;
        most = items[i] > most ? items[i] : most;
    }
    return items_n == 0 || (least >= from && most < below);
}

bool xd_are_firsts(const int32_t *first, int64_t lists_n, int64_t items_n)
{
    int32_t falls = 0;
    for (int64_t i = 0; i < lists_n; i++)
        falls |= first[i] > first[i + 1];
    return first[0] == 0 && !falls && first[lists_n] == items_n;
}

bool xd_are_firsts_i64(const int64_t *first, int64_t lists_n, int64_t items_n, int64_t least_n)
{
    bool good = first[0] == 0 && first[lists_n] == items_n;
    for (int64_t i = 0; i < lists_n && good; i++)
        good = first[i] <= items_n && first[i + 1] >= first[i] && first[i + 1] - first[i] >= least_n;
    return good;
}

bool xd_are_positions(const struct xd_position *positions, int64_t positions_n)
{
    struct xd_position least = {0, 0}, most = {0, 0};
    for (int64_t i = 0; i < positions_n; i++) {
        const struct xd_position here = positions[i];
        least.lon_e7 = here.lon_e7 < least.lon_e7 ? here.lon_e7 : least.lon_e7;
        least.lat_e7 = here.lat_e7 < least.lat_e7 ? here.lat_e7 : least.lat_e7;
        most.lon_e7 = here.lon_e7 > most.lon_e7 ? here.lon_e7 : most.lon_e7;
        most.lat_e7 = here.lat_e7 > most.lat_e7 ? here.lat_e7 : most.lat_e7;
    }
    return xd_position_valid(least) && xd_position_valid(most);
}
