#include "maps/places.h"

#include "base/arena.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

const char *xd_tier_name(enum xd_tier tier)
{
    static const char *const names[] = {"hub", "county", "township", "village"};
    return (size_t)tier < XD_ARRAY_LENGTH(names) ? names[tier] : "unknown";
}

const char *xd_place_source_name(enum xd_place_source source)
{
    static const char *const names[] = {"unplaced", "given", "matched_name_parent", "matched_name"};
    return (size_t)source < XD_ARRAY_LENGTH(names) ? names[source] : "unknown";
}

/* A name of a map place, as it is compared. A place whose name and name:zh differ has two entries, its bare names two more. */
struct name_entry {
    const char *key;
    int32_t map_place;
};

struct name_list {
    struct name_entry *items;
    int32_t items_n;
};

static int compare_entries(const void *a, const void *b)
{
    const struct name_entry *x = a, *y = b;
    const int order = strcmp(x->key, y->key);
    if (order != 0)
        return order;
    return x->map_place < y->map_place ? -1 : x->map_place > y->map_place;
}

static int32_t characters_n(const char *text, size_t n)
{
    int32_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80 ? 1 : 0;
    return count;
}

/* Length of the name without its administrative suffix; the whole length when it has none or when one character would be left, which names too many places. */
static size_t bare_length(const char *name)
{
    static const char *const suffixes[] = {"村民委员会", "村委会", "社区", "街道", "村", "镇", "乡"};
    const size_t n = strlen(name);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(suffixes); i++) {
        const size_t suffix_n = strlen(suffixes[i]);
        if (n > suffix_n && strcmp(name + n - suffix_n, suffixes[i]) == 0)
            return characters_n(name, n - suffix_n) >= 2 ? n - suffix_n : n;
    }
    return n;
}

/* The compared form of a name in the arena: normalised, bare if asked. NULL without memory. */
static const char *compared_form(struct xd_arena *arena, const char *name, bool bare)
{
    char *text = xd_arena_string(arena, name, strlen(name));
    if (!text)
        return NULL;
    xd_text_normalise(text);
    if (bare)
        text[bare_length(text)] = '\0';
    return text;
}

static enum xd_status list_names(const struct xd_network *network, bool bare, struct xd_arena *arena, struct name_list *list, struct xd_error *error)
{
    const size_t capacity = (size_t)network->map_places_n * 2;
    list->items_n = 0;
    list->items = xd_arena_alloc(arena, capacity, sizeof *list->items);
    if (!list->items)
        return xd_fail_memory(error, "names of the map's places", capacity * sizeof *list->items);
    for (int32_t i = 0; i < network->map_places_n; i++) {
        const struct xd_map_place *place = &network->map_places[i];
        const char *const names[] = {place->name, place->name_zh};
        for (size_t n = 0; n < XD_ARRAY_LENGTH(names); n++) {
            if (names[n][0] == '\0' || (n == 1 && strcmp(names[0], names[1]) == 0))
                continue;
            const char *key = compared_form(arena, names[n], bare);
            if (!key)
                return xd_fail_memory(error, "names of the map's places", strlen(names[n]) + 1);
            list->items[list->items_n++] = (struct name_entry){key, i};
        }
    }
    if (list->items_n > 0)
        qsort(list->items, (size_t)list->items_n, sizeof *list->items, compare_entries);
    return XD_OK;
}

static int32_t first_of(const struct name_list *list, const char *key)
{
    int32_t low = 0, high = list->items_n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (strcmp(list->items[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* May the map's kind of place be what the table calls this tier? 乡 are place=village in many maps. */
static bool kind_fits(enum xd_tier tier, enum xd_map_place_kind kind)
{
    switch (tier) {
    case XD_TIER_VILLAGE:
        return kind == XD_MAP_VILLAGE || kind == XD_MAP_HAMLET || kind == XD_MAP_SUBURB || kind == XD_MAP_ISOLATED_DWELLING || kind == XD_MAP_OTHER;
    case XD_TIER_TOWNSHIP:
        return kind != XD_MAP_HAMLET && kind != XD_MAP_ISOLATED_DWELLING && kind != XD_MAP_COUNTY;
    case XD_TIER_HUB:
    case XD_TIER_COUNTY:
        break;
    }
    return true;
}

struct match {
    int32_t map_place; /* -1 = none */
    enum xd_place_source source;
};

/* The match of a place among the entries of its key. Places of a fitting kind go before others; others count only where `any_kind`. */
static struct match choose(const struct xd_places *places, const struct xd_place *place, const struct xd_network *network,
                           const struct name_list *list, const char *key, bool any_kind, int32_t radius_m)
{
    const struct match none = {-1, XD_PLACE_UNPLACED};
    const int32_t first = first_of(list, key);
    int32_t end = first, fitting_n = 0;
    for (; end < list->items_n && strcmp(list->items[end].key, key) == 0; end++)
        fitting_n += kind_fits(place->tier, network->map_places[list->items[end].map_place].kind) ? 1 : 0;
    if (end == first || (fitting_n == 0 && !any_kind))
        return none;
    const struct xd_place *parent = place->parent >= 0 ? &places->items[place->parent] : NULL;
    const bool near = parent && parent->source != XD_PLACE_UNPLACED;
    int32_t best = -1, candidates_n = 0;
    double best_m = 0;
    for (int32_t i = first; i < end; i++) {
        const int32_t candidate = list->items[i].map_place;
        if ((fitting_n > 0 && !kind_fits(place->tier, network->map_places[candidate].kind)) ||
            (i > first && candidate == list->items[i - 1].map_place))
            continue;
        candidates_n++;
        const double distance_m = near ? xd_distance_m(parent->position, network->map_places[candidate].position) : 0;
        if (near && distance_m > radius_m)
            continue;
        if (best < 0 || distance_m < best_m) {
            best = candidate;
            best_m = distance_m;
        }
    }
    if (best < 0 || (candidates_n > 1 && !near))
        return none;
    return (struct match){best, candidates_n > 1 ? XD_PLACE_MATCHED_NAME_PARENT : XD_PLACE_MATCHED_NAME};
}

static enum xd_status match_place(struct xd_places *places, int32_t index, const struct xd_network *network, const struct name_list lists[2],
                                  int32_t radius_m, struct xd_arena *scratch, struct match *match, struct xd_error *error)
{
    *match = (struct match){-1, XD_PLACE_UNPLACED};
    for (int bare = 0; bare < 2 && match->map_place < 0; bare++) {
        const char *key = compared_form(scratch, places->items[index].name, bare == 1);
        if (!key)
            return xd_fail_memory(error, "the name of a place", strlen(places->items[index].name) + 1);
        if (key[0] != '\0')
            *match = choose(places, &places->items[index], network, &lists[bare], key, bare == 0, radius_m);
    }
    return XD_OK;
}

/* Tier by tier, so that a township has its position before its villages look for theirs. */
enum xd_status xd_places_match(struct xd_places *places, const struct xd_network *network, int32_t match_radius_m, int32_t *matched_n,
                               int32_t *unmatched_n, struct xd_error *error)
{
    struct xd_arena arena;
    struct name_list lists[2];
    int32_t asked_n = 0, found_n = 0;
    enum xd_status status = XD_OK;
    xd_arena_init(&arena);
    for (int32_t i = 0; i < places->items_n; i++)
        asked_n += places->items[i].source == XD_PLACE_UNPLACED ? 1 : 0;
    struct match *matches = asked_n > 0 ? xd_arena_alloc(&arena, (size_t)places->items_n, sizeof *matches) : NULL;
    if (asked_n > 0 && !matches)
        status = xd_fail_memory(error, "matches of places", (size_t)places->items_n * sizeof *matches);
    for (int bare = 0; bare < 2 && asked_n > 0 && status == XD_OK; bare++)
        status = list_names(network, bare == 1, &arena, &lists[bare], error);
    for (int32_t i = 0; i < places->items_n && asked_n > 0 && status == XD_OK; i++)
        matches[i] = (struct match){-1, XD_PLACE_UNPLACED};
    for (int tier = XD_TIER_HUB; tier <= XD_TIER_VILLAGE && asked_n > 0; tier++) {
        for (int32_t i = 0; i < places->items_n && status == XD_OK; i++) {
            struct xd_place *place = &places->items[i];
            if ((int)place->tier != tier || place->source != XD_PLACE_UNPLACED)
                continue;
            status = match_place(places, i, network, lists, match_radius_m, &arena, &matches[i], error);
            if (status != XD_OK || matches[i].map_place < 0)
                continue;
            place->position = network->map_places[matches[i].map_place].position;
            place->source = matches[i].source;
            found_n++;
        }
    }
    for (int32_t i = 0; i < places->items_n && matches && status != XD_OK && found_n > 0; i++)
        if (matches[i].map_place >= 0) /* as it was */
            places->items[i].source = XD_PLACE_UNPLACED;
    xd_arena_free(&arena);
    if (status != XD_OK)
        return status;
    *matched_n = found_n;
    *unmatched_n = asked_n - found_n;
    return XD_OK;
}
