/* Nodes that stand in the way. */
#include "base/macros.h"
#include "maps/road_access.h"
#include "maps/road_conditions.h"
#include "maps/road_limit.h"
#include "maps/road_value.h"

#include <string.h>

/* What kinds of barrier are by themselves, before any tag of access: closed to vehicles, or open, and then which of those that cost time.
 * People on foot pass all of them, unless foot=no or access=no. */
enum { CLOSED = -1, UNKNOWN = -2 };
static const struct xd_road_word kinds[] = {
    {"bollard", CLOSED},
    {"block", CLOSED},
    {"jersey_barrier", CLOSED},
    {"log", CLOSED},
    {"debris", CLOSED},
    {"chain", CLOSED},
    {"rope", CLOSED},
    {"planter", CLOSED},
    {"cycle_barrier", CLOSED},
    {"motorcycle_barrier", CLOSED},
    {"horse_stile", CLOSED},
    {"stile", CLOSED},
    {"turnstile", CLOSED},
    {"full-height_turnstile", CLOSED},
    {"kissing_gate", CLOSED},
    {"wicket_gate", CLOSED},
    {"wall", CLOSED},
    {"city_wall", CLOSED},
    {"retaining_wall", CLOSED},
    {"fence", CLOSED},
    {"hedge", CLOSED},
    {"ditch", CLOSED},
    {"guard_rail", CLOSED},
    {"barrier_board", CLOSED},
    {"bus_trap", CLOSED},
    {"sump_buster", CLOSED},
    {"tank_trap", CLOSED},
    {"delineators", CLOSED},
    {"yes", CLOSED},
    {"gate", XD_BARRIER_GATE},
    {"swing_gate", XD_BARRIER_GATE},
    {"sliding_gate", XD_BARRIER_GATE},
    {"hampshire_gate", XD_BARRIER_GATE},
    {"bump_gate", XD_BARRIER_GATE},
    {"lift_gate", XD_BARRIER_LIFT_GATE},
    {"sliding_beam", XD_BARRIER_LIFT_GATE},
    {"toll_booth", XD_BARRIER_TOLL_BOOTH},
    {"border_control", XD_BARRIER_BORDER_CONTROL},
    {"checkpoint", XD_BARRIER_BORDER_CONTROL},
    {"cattle_grid", XD_BARRIER_OTHER},
    {"entrance", XD_BARRIER_OTHER},
    {"sally_port", XD_BARRIER_OTHER},
    {"spikes", XD_BARRIER_OTHER},
    {"kerb", XD_BARRIER_OTHER},
    {"height_restrictor", XD_BARRIER_OTHER},
    {"width_restrictor", XD_BARRIER_OTHER},
};

static bool value_is(struct xd_osm_tags tags, const char *key, const char *value)
{
    const char *found = xd_osm_tag_value(tags, key);
    return found && strcmp(found, value) == 0;
}

static int kind_of(struct xd_osm_tags tags, const char *barrier)
{
    if (strcmp(barrier, "kerb") == 0)
        return value_is(tags, "kerb", "raised") ? CLOSED : XD_BARRIER_OTHER;
    if (strcmp(barrier, "bollard") == 0 && value_is(tags, "bollard", "rising"))
        return XD_BARRIER_OTHER;
    return XD_ROAD_WORD(kinds, barrier, UNKNOWN);
}

/* A restrictor is there for a limit that it should tell. */
static bool misses_limit(const char *barrier, const struct xd_road_limits *limits)
{
    return (strcmp(barrier, "height_restrictor") == 0 && limits[XD_LIMIT_ALL].maxheight_cm == 0) ||
           (strcmp(barrier, "width_restrictor") == 0 && limits[XD_LIMIT_ALL].maxwidth_cm == 0);
}

bool xd_road_barrier_decode(struct xd_osm_tags tags, struct xd_road_barrier *barrier, struct xd_clauses *clauses, struct xd_road_doubts *doubts)
{
    const char *name = xd_osm_tag_value(tags, "barrier");
    if (!name || strcmp(name, "no") == 0)
        return false;
    struct xd_road_barrier made = {0};
    const int kind = kind_of(tags, name);
    made.kind = (uint8_t)(kind > 0 ? kind : XD_BARRIER_OTHER);
    xd_road_access_decode(tags, made.rules, doubts);
    xd_road_limits_decode(tags, made.limits, doubts);
    const bool conditional = xd_road_conditions_decode(tags, clauses, doubts);
    if (kind == UNKNOWN || misses_limit(name, made.limits))
        xd_road_doubt_add(doubts, XD_DOUBT_BARRIER);
    /* Tags of access say more than the kind of barrier. */
    struct xd_road_rule *vehicle = &made.rules[XD_KEY_VEHICLE], *psv = &made.rules[XD_KEY_PSV];
    if (made.rules[XD_KEY_ACCESS].forward == XD_ACCESS_UNSET && vehicle->forward == XD_ACCESS_UNSET &&
        (kind == CLOSED || value_is(tags, "locked", "yes"))) {
        vehicle->forward = vehicle->backward = XD_ACCESS_NO;
        /* These are built so that buses pass. */
        if (psv->forward == XD_ACCESS_UNSET && (strcmp(name, "bus_trap") == 0 || strcmp(name, "sump_buster") == 0))
            psv->forward = psv->backward = XD_ACCESS_YES;
    }
    bool counts = conditional || made.kind != XD_BARRIER_OTHER || xd_road_limits_any(made.limits);
    for (int key = 0; key < XD_ACCESS_KEYS_N; key++)
        counts = counts || made.rules[key].forward == XD_ACCESS_END_ONLY || made.rules[key].forward == XD_ACCESS_NO;
    if (counts)
        *barrier = made;
    return counts;
}
