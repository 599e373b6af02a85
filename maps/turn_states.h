/* States and arcs of a topology whose edges are laid: one state a junction, more where restrictions or turn costs ask for them. */
#ifndef XD_MAPS_TURN_STATES_H
#define XD_MAPS_TURN_STATES_H

#include "base/arena.h"
#include "maps/topology.h"

/* For these vehicles. Fills states, arcs, bans and entries, in the arena. A restriction is a path of directed edges of which all but the last were driven; the states under
 * way are those of the longest such beginnings (as in string matching), so that there are no more than restrictions have steps.
 * Errors: XD_DATA over limits, XD_NO_MEMORY. Cost: O(arcs + steps of restrictions * arcs of a junction). */
XD_MUST_CHECK enum xd_status xd_turn_states_find(struct xd_topology *topology, const struct xd_profile *const *profiles, int32_t profiles_n,
                                                 struct xd_arena *arena, struct xd_error *error);

#endif
