/* The one road map of a map that nearly everybody uses: of all built-in profiles on wheels, without turn costs. Whoever can use just the roads that one of
 * them can, and obeys the same restrictions, takes it, so that a map is ordered once, and kept beside the map (io/snapshot). For others its edges and states
 * need not be right (maps/topology.h).
 *
 * Owns: its road map; borrows network and profiles. Threads: one at a time.
 */
#ifndef XD_MAPS_STANDARD_ROADS_H
#define XD_MAPS_STANDARD_ROADS_H

#include "maps/road_map.h"
#include "maps/sections.h"

struct xd_standard_roads {
    const struct xd_network *network;
    const struct xd_profiles *built_in;
    struct xd_road_map map; /* empty before it is asked for */
};

/* Not on foot, who use paths too and so many more roads. */
static inline bool xd_is_on_wheels(const struct xd_profile *profile)
{
    return profile->class_kmh[XD_ROAD_PATH] == 0;
}

/* *map: the standard one, built where it is not yet, when it serves all profiles and turn costs are not asked for; else *own, built for them. standard may be
 * NULL. The caller frees *own in any case. Cost: some looks at each road for a profile that is not built in; and xd_road_map_build.
 * Errors: as xd_road_map_build. */
XD_MUST_CHECK enum xd_status xd_standard_roads_take(struct xd_standard_roads *standard, const struct xd_network *network,
                                                    const struct xd_profile *const *profiles, int32_t profiles_n, bool turn_costs,
                                                    struct xd_road_map *own, struct xd_road_map **map, struct xd_error *error);
/* Built, and ordered unless that would take far longer than roads do: all that is to be kept. Errors: as xd_road_map_build, xd_road_map_order. */
XD_MUST_CHECK enum xd_status xd_standard_roads_ready(struct xd_standard_roads *standard, const struct xd_progress *progress, struct xd_error *error);
void xd_standard_roads_free(struct xd_standard_roads *standard); /* NULL is legal */

/* Network and road map as sections. */
XD_MUST_CHECK enum xd_status xd_standard_roads_list(const struct xd_standard_roads *standard, struct xd_sections *sections, struct xd_error *error);
/* From sections, whose items both borrow: sections->is_wrong, and neither of them, where they are none. Errors: XD_NO_MEMORY. */
XD_MUST_CHECK enum xd_status xd_standard_roads_restore(struct xd_sections *sections, const struct xd_profiles *built_in, struct xd_network **network,
                                                       struct xd_standard_roads *standard, struct xd_error *error);
/* Of the sizes of what sections hold. */
uint64_t xd_standard_roads_layout(void);

#endif
