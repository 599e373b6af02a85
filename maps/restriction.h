/* Turn restrictions: what the tags of a type=restriction relation say, and what is left of them on the network's roads.
 *
 * Source: wiki.openstreetmap.org, "Relation:restriction". Whom a restriction binds: docs/profiles.md.
 */
#ifndef XD_MAPS_RESTRICTION_H
#define XD_MAPS_RESTRICTION_H

#include "maps/road.h"

enum {
    XD_RESTRICTION_MEMBERS_MAX = 64,  /* of roles from, via and to */
    XD_RESTRICTION_STEPS_MAX = 1000,  /* pieces of road that one restriction goes along */
    XD_RESTRICTION_TRIES_MAX = 16384, /* ways to drive through the members that are looked at for one restriction; also nodes where they may meet */
    XD_NETWORK_TRIES_MAX = 1 << 26,   /* of all restrictions together; NODES_A_TRY nodes of their members count as one */
    XD_NETWORK_RESTRICTIONS_MAX = 1000000
};

/* One forbidden (or prescribed) way to drive. A step is a piece of road in a direction: piece * 2 + (1 when driven against its road's drawing), where
 * piece p lies between network->road_node[p] and road_node[p + 1]. Steps follow each other: each begins at the node where the one before ends. */
struct xd_restriction {
    int64_t osm_id;
    /* false: nobody may drive the last step after all others. true: who has driven all others must drive the last; entries of one osm_id and keys that
     * come to their last step together leave the choice between them. Last steps that are closed to a vehicle are not asked of it. */
    bool only;
    uint8_t rule;         /* enum xd_turn_rule */
    uint16_t keys;        /* bits 1 << enum xd_access_key: whom it binds without a condition, see xd_profile_is_bound */
    uint16_t except_keys; /* whom not */
    uint16_t clauses;     /* place of its conditions among the network's; 0 = none */
    int64_t first_step;   /* steps are network->restriction_step[first_step .. first_step + steps_n) */
    int32_t steps_n;      /* 2 at a node; more along via ways */
    int32_t spare;        /* no padding: kept byte by byte */
};
_Static_assert(sizeof(struct xd_restriction) == 32, "no padding");

/* Whether those who obey access_keys (see maps/profile.h) are excepted: by their most special key, as buses by any key of buses, or by motor_vehicle,
 * vehicle or access. Cost: O(1). */
bool xd_restriction_lets_off(uint16_t except_keys, uint32_t access_keys);

/* Why a relation gave no restriction. */
enum xd_restriction_drop {
    XD_RESTRICTION_UNKNOWN_KIND,   /* no restriction=* that is understood */
    XD_RESTRICTION_CONDITIONAL,    /* holds at times only, or by a condition that is not understood: not applied */
    XD_RESTRICTION_OTHER_VEHICLES, /* bicycles, mopeds ...: binds none of ours */
    XD_RESTRICTION_NO_VIA,
    XD_RESTRICTION_MEMBERS,        /* no from, no to, several via nodes, via nodes beside ways, members of a wrong type */
    XD_RESTRICTION_MEMBER_MISSING, /* the file does not hold it, or not its nodes */
    XD_RESTRICTION_NOT_ROADS,      /* a member way is no road */
    XD_RESTRICTION_NOT_MEETING,    /* the members do not meet */
    XD_RESTRICTION_OVER_LIMIT,     /* of members, steps or tries */
    XD_RESTRICTION_REPEATED,       /* the same id again: the first kept */
    XD_RESTRICTION_DROPS_N
};
const char *xd_restriction_drop_name(enum xd_restriction_drop drop); /* "unknown_kind", "conditional" ... */

/* Sorts of restriction that differ in how they lie on the roads. */
enum xd_turn_rule { XD_TURN_NO, XD_TURN_NO_U, XD_TURN_ONLY, XD_TURN_ONLY_U, XD_TURN_RULES_N };

struct xd_restriction_tags {
    uint16_t keys[XD_TURN_RULES_N]; /* whom each rule binds without a condition */
    uint8_t rules;                  /* bits 1 << enum xd_turn_rule: those that it has, with or without */
    uint16_t except_keys;
};
/* Is it type=restriction (or type=restriction:hgv ...)? */
bool xd_restriction_is(struct xd_osm_tags tags);
/* XD_RESTRICTION_DROPS_N when it is understood, else why not. *restriction and *clauses are filled only then. doubts may be NULL. */
enum xd_restriction_drop xd_restriction_decode(struct xd_osm_tags tags, struct xd_restriction_tags *restriction, struct xd_clauses *clauses,
                                               struct xd_road_doubts *doubts);

#endif
