/* Where a restriction lies: the ways to drive from its `from` over its `via` to its `to`, piece by piece. Internal to maps/network_restrictions.c. */
#ifndef XD_MAPS_NETWORK_TURNS_H
#define XD_MAPS_NETWORK_TURNS_H

#include "maps/network_builder.h"

/* A node of a member way that another member has too. */
struct xd_turn_contact {
    int32_t node;
    int32_t member; /* index in the relation's members */
    int32_t road;
    int64_t position; /* in road_node; of a ring never the last, which is its first */
};

/* What all relations gave so far, and scratch for the one at hand. Zero-initialise but for `frozen`; free with xd_turns_free. */
struct xd_turns {
    const struct xd_network_frozen *frozen; /* nodes and roads */
    struct xd_restriction *entries;
    size_t entries_n, entries_max;
    int64_t *steps;
    size_t steps_n, steps_max;

    struct xd_turn_contact *contacts; /* by node; room for XD_RESTRICTION_TRIES_MAX */
    size_t contacts_n;
    int64_t path[XD_RESTRICTION_STEPS_MAX];
    int32_t path_n;
    int32_t tries_n;
    bool over_limit;
    int64_t all_tries_n; /* of all relations so far */
    uint8_t *is_crossed; /* nodes: 1 where several roads meet, or one meets itself */
};
/* Once before the first relation. Errors: XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_turns_begin(struct xd_turns *turns, struct xd_error *error);
void xd_turns_free(struct xd_turns *turns);

/* Index of the first road of the way; *end behind its last. Equal when the network has none. */
int32_t xd_turns_roads(const struct xd_turns *turns, int64_t way_id, int32_t *end);

/* Adds an entry for each way to drive: from, to and via ways of the network, the via ways each once and in any order; or via_node of the network (else -1).
 * Where members meet at their ends, other places where they touch are not looked at.
 * *added_n: entries, 0 where they do not meet or where a limit was passed (over_limit). Errors: limits, XD_NO_MEMORY.
 * Cost: O(nodes of the members), and XD_RESTRICTION_TRIES_MAX tries; XD_NETWORK_TRIES_MAX for all relations together. */
XD_MUST_CHECK enum xd_status xd_turns_find(struct xd_turns *turns, const struct xd_draft_restriction *restriction,
                                           const struct xd_draft_member *members, int32_t members_n, int32_t via_node, size_t *added_n,
                                           struct xd_error *error);

#endif
