/* Streets of a synthetic county's towns, and what its places ask for. */
#ifndef XD_MAPS_SYNTH_TOWN_H
#define XD_MAPS_SYNTH_TOWN_H

#include "maps/synth_roads.h"

/* A street grid around the town's cell, joined to the road there. The seat: 7 x 5 streets with a one-way pair, a roundabout, a gated yard, a
 * living street; a township: one main street with two lanes beside it. */
XD_MUST_CHECK enum xd_status xd_synth_town_build(struct xd_synth_draft *draft, const struct xd_synth_relief *ground, int32_t cell, bool is_seat,
                                                 uint64_t seed, int32_t number, struct xd_error *error);

/* Parcels and produce of every place: lognormal parcels by residents (median 25 a village), up 0.28 of down, produce in three villages of ten. */
void xd_synth_demand(uint64_t seed, struct xd_synth_county *county);

#endif
