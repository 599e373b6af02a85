/* A network as sections (maps/sections.h): arrays as they are, but for places and names, whose texts become one blob. */
#ifndef XD_MAPS_NETWORK_SECTIONS_H
#define XD_MAPS_NETWORK_SECTIONS_H

#include "maps/network.h"
#include "maps/sections.h"

/* Errors: XD_NO_MEMORY, XD_DATA where the names are too long for it. Cost: O(nodes + names). */
XD_MUST_CHECK enum xd_status xd_network_list(const struct xd_network *network, struct xd_sections *sections, struct xd_error *error);
/* The next sections as a network that borrows their items; NULL with XD_OK, and sections->is_wrong, where they are none: everything that indexes
 * something is checked. Errors: XD_NO_MEMORY. Cost: O(nodes + roads). */
XD_MUST_CHECK enum xd_status xd_network_take(struct xd_sections *sections, struct xd_network **network, struct xd_error *error);

#endif
