/* Made-up Chinese names for synthetic counties. */
#ifndef XD_MAPS_SYNTH_NAMES_H
#define XD_MAPS_SYNTH_NAMES_H

#include "base/arena.h"
#include "base/rng.h"

enum { XD_SYNTH_NAME_MAX = 48 };

/* A name not used before in this book: 张家湾村, 大坪村 ... for villages, 石桥镇 ... for townships, 云山 for counties (without 县). */
struct xd_synth_names; /* one a county; remembers what it gave */
XD_MUST_CHECK enum xd_status xd_synth_names_create(struct xd_arena *arena, size_t names_max, struct xd_synth_names **names, struct xd_error *error);
const char *xd_synth_name_county(struct xd_rng *rng);
/* NULL when memory or variety ends (variety: over 40,000 villages, 400 townships). */
const char *xd_synth_name_township(struct xd_synth_names *names, struct xd_rng *rng);
const char *xd_synth_name_village(struct xd_synth_names *names, struct xd_rng *rng);
const char *xd_synth_name_road(struct xd_rng *rng);

#endif
