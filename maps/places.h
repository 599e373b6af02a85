/* The county-township-village tree, and matching villages without coordinates to the map's places.
 *
 * Shape: places in the order of the table; parent is an index or -1. Key: the area code of 6, 9 or 12 digits (or the table's own id, any text of
 *        up to 32 bytes without blanks, where a map outside China is planned).
 * Owns: all, in one arena held by whoever built it (io/tables, maps/synth). */
#ifndef XD_MAPS_PLACES_H
#define XD_MAPS_PLACES_H

#include "maps/network.h"

enum { XD_PLACES_MAX = 30000, XD_PLACE_CODE_MAX = 32 };

#define XD_ELEVATION_UNKNOWN INT32_MIN

enum xd_tier { XD_TIER_HUB, XD_TIER_COUNTY, XD_TIER_TOWNSHIP, XD_TIER_VILLAGE };

enum xd_place_source {                               /* where the position comes from; told in every output */
                       XD_PLACE_UNPLACED,            /* none: listed, cannot be served */
                       XD_PLACE_GIVEN,               /* table */
                       XD_PLACE_MATCHED_NAME_PARENT, /* map place of that name nearest the parent's position */
                       XD_PLACE_MATCHED_NAME         /* the only map place of that name */
};

struct xd_place {
    const char *code;
    const char *name;
    enum xd_tier tier;
    int32_t parent;              /* index, -1 = none */
    struct xd_position position; /* WGS-84; meaningful unless UNPLACED */
    enum xd_place_source source;
    int64_t residents_n;       /* -1 = not told */
    int32_t opens_s, closes_s; /* -1 = the parameter's default */
    int32_t elevation_m;       /* XD_ELEVATION_UNKNOWN = not told */
    int32_t market_cycle_days; /* 0 = no market; else 5..12 */
    uint32_t market_days;      /* bit d set: market on day d (1..cycle) of the cycle: 1-4-7 = bits 1, 4, 7 */
    int32_t line;              /* of the table, for messages; 0 = none */
};

struct xd_places {
    struct xd_place *items;
    int32_t items_n;
    int32_t hub; /* index of the one hub, -1 = none */
};

/* Gives positions to places that have none: names compared after xd_text_normalise and without the suffixes 村 村委会 村民委员会 社区
 * 镇 乡 街道 (tried exact first, then bare, where at least two characters are left); several candidates: the nearest to the parent's position within
 * match_radius_m (ties: the first of the map), else left unplaced. One candidate is taken unless it lies farther than that from its parent. Map places of a
 * kind that fits the tier go before others, and bare names match fitting kinds alone. Tiers in order: a township is placed before its villages.
 * *matched_n, *unmatched_n count. Errors: XD_NO_MEMORY, places unchanged. Deterministic; cost O((places + map places) log). */
enum { XD_PLACES_MATCH_RADIUS_M = 40000 };
XD_MUST_CHECK enum xd_status xd_places_match(struct xd_places *places, const struct xd_network *network, int32_t match_radius_m, int32_t *matched_n,
                                             int32_t *unmatched_n, struct xd_error *error);
const char *xd_tier_name(enum xd_tier tier);                   /* "hub", "county", "township", "village" */
const char *xd_place_source_name(enum xd_place_source source); /* "unplaced", "given", "matched_name_parent", "matched_name" */

#endif
